//! What a gateway does with a question and with a voucher.

mod admission;

use std::{
	collections::HashMap,
	path::PathBuf,
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc, Mutex as Locked,
	},
	time::Instant,
};

use subxt::utils::AccountId32;
use tokio::sync::{watch, Mutex, OwnedMutexGuard};
use tributary_engine::{BlobSource, BlobStore};
use tributary_primitives::{blob::Content, ids::ChannelId, views::ChannelView};

use super::{
	book::Book,
	pause::Pause,
	places::Places,
	problem::{Kind, Problem},
	program::Program,
	view::ChannelSource,
	wire::{prompt_hash, Ask, Offer, Terms},
};
use crate::{
	error::{Error, Result},
	voucher::SignedVoucher,
};
use admission::{check_in_time, check_not_settling, check_pause};

/// Where the books of channels are, how long they may become, and how many.
#[derive(Clone, Debug)]
pub struct Books {
	/// Their folder.
	pub dir: PathBuf,
	/// The most items that a channel pays for: [`MAX_ITEMS`](tributary_primitives::report::MAX_ITEMS), or fewer.
	pub max_items: u32,
	/// The most channels that owe at a time: as many as can be [closed in time](super::places::capacity).
	pub max_owing: usize,
}

/// What a channel is closed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
	/// The last voucher.
	pub signed: SignedVoucher,
	/// The list of its items.
	pub items: Vec<u8>,
	/// The last block in which an earlier attempt may close the channel.
	pub earlier: Option<u64>,
}

/// A channel, while the gateway runs.
#[derive(Clone)]
struct Desk {
	/// Held while a question is answered, for as long as the program takes.
	asking: Arc<Mutex<Pause>>,
	/// Held to read and to write and never while a program runs, as settling waits for it.
	book: Arc<Mutex<Book>>,
}

/// Sells the answers of a program. Questions of one channel are answered one after the other.
pub struct Service<V> {
	view: V,
	terms: Terms,
	program: Program,
	store: BlobStore,
	files: Books,
	/// The chain's least payment, in planck.
	least: watch::Sender<u128>,
	sells: AtomicBool,
	places: Places,
	desks: Locked<HashMap<ChannelId, Desk>>,
}

type Answered<T> = std::result::Result<T, Problem>;

impl<V: ChannelSource> Service<V> {
	/// Sells the answers of `program` on `terms`, with the books in `files` and the answers in `store`.
	/// `least` is the chain's least payment, in planck.
	pub fn new(
		view: V,
		terms: Terms,
		program: Program,
		store: BlobStore,
		files: Books,
		least: u128,
	) -> Self {
		let least = watch::Sender::new(least);
		let places = Places::new(files.max_owing);
		Self {
			view,
			terms,
			program,
			store,
			files,
			least,
			sells: true.into(),
			places,
			desks: Locked::default(),
		}
	}

	/// What is served, and for how much.
	pub fn terms(&self) -> &Terms {
		&self.terms
	}

	/// The chain's least payment, in planck.
	pub fn least_payment(&self) -> u128 {
		*self.least.borrow()
	}

	/// Takes note of the chain's least payment, in planck, which may change.
	pub fn set_least_payment(&self, least: u128) {
		self.least.send_replace(least);
	}

	/// Says whether answers are sold. What is offered already can still be paid for.
	pub fn set_sells(&self, sells: bool) {
		self.sells.store(sells, Ordering::Relaxed);
	}

	/// Opens the books of all channels that are not over, and says which these are.
	///
	/// # Errors
	/// Where one can not be read.
	pub fn load(&self) -> Result<Vec<ChannelId>> {
		let mut desks = self.desks.lock().map_err(Error::usage)?;
		let dir = &self.files.dir;
		for channel in Book::channels(dir)? {
			let book = Book::open(dir, channel)?;
			if book.signed().is_some() {
				self.places.note(channel);
			}
			desks.insert(channel, Desk::new(book));
		}
		let mut channels: Vec<_> = desks.keys().copied().collect();
		channels.sort_unstable();
		Ok(channels)
	}

	/// The channels whose books are open.
	pub fn channels(&self) -> Vec<ChannelId> {
		self.desks.lock().map(|desks| desks.keys().copied().collect()).unwrap_or_default()
	}

	/// Ends the book of a channel that is gone for good.
	///
	/// # Errors
	/// Where the file system refuses.
	pub async fn end(&self, channel: ChannelId) -> Result<()> {
		let mut book = self.book(channel).await?;
		if book.signed().is_some() || book.offer().is_some() {
			book.end()?;
		}
		self.desks.lock().map_err(Error::usage)?.remove(&channel);
		self.places.free(channel);
		Ok(())
	}

	/// What a channel is closed with; `None` where there is no voucher. Nothing is sold to the channel from now on, up to the block `until`, which is the last one that
	/// may close it so.
	///
	/// # Errors
	/// Where the book can not be read or written.
	pub async fn settle(&self, channel: ChannelId, until: u64) -> Result<Option<Settled>> {
		let mut book = self.book(channel).await?;
		let Some(signed) = book.signed().cloned() else { return Ok(None) };
		let earlier = book.settling();
		book.settle(earlier.max(Some(until)))?;
		Ok(Some(Settled { signed, items: book.items().to_vec(), earlier }))
	}

	/// Takes the voucher for what was offered, where nothing was sent that closes the channel but what may have been
	/// up to the block `earlier`. Nothing more is offered.
	///
	/// # Errors
	/// Where the book can not be read or written.
	pub async fn go_on(&self, channel: ChannelId, earlier: Option<u64>) -> Result<()> {
		self.book(channel).await?.fail(earlier)
	}

	/// Offers nothing more to a channel that was not closed, and may be up to the block that [`Self::settle`] was given.
	///
	/// # Errors
	/// Where the book can not be read or written.
	pub async fn keep_back(&self, channel: ChannelId) -> Result<()> {
		let mut book = self.book(channel).await?;
		let until = book.settling();
		book.fail(until)
	}

	/// The book of a channel, for as long as it is held. A program that runs for the channel does not hold it.
	///
	/// # Errors
	/// Where it can not be read.
	pub async fn book(&self, channel: ChannelId) -> Result<OwnedMutexGuard<Book>> {
		Ok(self.desk(channel)?.book.lock_owned().await)
	}

	fn desk(&self, channel: ChannelId) -> Result<Desk> {
		let mut desks = self.desks.lock().map_err(Error::usage)?;
		if let Some(desk) = desks.get(&channel) {
			return Ok(desk.clone());
		}
		let desk = Desk::new(Book::open(&self.files.dir, channel)?);
		desks.insert(channel, desk.clone());
		Ok(desk)
	}

	/// Whether the chain takes no voucher for one item more than those in `book`.
	pub fn is_full(&self, book: &Book) -> bool {
		book.item_count() >= self.files.max_items as usize
	}

	/// Runs the program for a question, and says what the answer is sold for. A question that is asked
	/// again before its answer is paid for gets the same.
	pub async fn ask(&self, ask: &Ask) -> Answered<Offer> {
		if ask.prompt.len() as u64 > self.terms.max_prompt {
			return Err(Problem::new(
				Kind::TooLong,
				format!("a prompt has at most {} bytes: ask less", self.terms.max_prompt),
			));
		}
		// No book is made for a channel that is none, and nothing is done for strangers.
		let (_, channel) = self.serving(ask.channel).await?;
		if !ask.is_signed_by(&self.terms.genesis, &channel.signer) {
			return Err(Problem::new(
				Kind::Signature,
				format!("the question is not signed by {} with an sr25519 key", channel.signer),
			));
		}
		let desk = self.desk(ask.channel).map_err(Problem::unavailable)?;
		let mut turn = desk.asking.lock().await;
		// It may have changed while others were served.
		let (best, channel) = self.serving(ask.channel).await?;
		let made = {
			let book = desk.book.lock().await;
			self.made(&book, ask, &channel, best)?
		};
		if let Some(offer) = made {
			return Ok(offer);
		}
		check_pause(&turn)?;
		turn.begin(Instant::now());
		let answer = self.program.answer(&ask.prompt).await.map_err(|error| {
			turn.failed(Instant::now());
			Problem::new(Kind::Program, error)
		})?;
		turn.answered();
		let item = self.store.put(&answer).map_err(Problem::unavailable)?;
		let mut book = desk.book.lock().await;
		// Settling did not wait for the program.
		check_not_settling(&book, best)?;
		let voucher = book
			.next(&item, self.terms.price)
			.ok_or_else(|| Problem::unavailable("the amounts of a channel can not be counted"))?;
		let offer = Offer { prompt: prompt_hash(&ask.prompt), item, voucher };
		book.make_offer(offer).map_err(Problem::unavailable)?;
		Ok(offer)
	}

	/// Takes the voucher for the answer that waits, and gives the answer. The same voucher again gives
	/// the same answer.
	pub async fn pay(&self, signed: SignedVoucher) -> Answered<Vec<u8>> {
		let (best, found) =
			self.view.channel(signed.channel).await.map_err(Problem::unavailable)?;
		let channel = self.ours(found)?;
		let mut book = self.book(signed.channel).await.map_err(Problem::unavailable)?;
		if book.signed().is_some_and(|last| last.voucher == signed.voucher) {
			self.verify(&signed, &channel)?;
			let item = book.last_item().unwrap_or_default();
			return self.bytes(&item);
		}
		check_not_settling(&book, best)?;
		check_in_time(&channel, best)?;
		let Some(offer) = book.offer().copied() else {
			return Err(Problem::new(Kind::Voucher, "no answer waits to be paid for: ask first"));
		};
		if signed.voucher != offer.voucher {
			let message = "the voucher is not the one that the answer is sold for";
			return Err(Problem {
				offer: Some(Box::new(offer)),
				..Problem::new(Kind::Voucher, message)
			});
		}
		if signed.voucher.amount > channel.deposit {
			return Err(Problem::new(
				Kind::Deposit,
				"the channel's deposit is less than that: top it up",
			));
		}
		self.verify(&signed, &channel)?;
		// What can not be given is not taken money for.
		let answer = self.bytes(&offer.item)?;
		// Others may have paid since the question was asked.
		if !self.places.take(book.channel()) {
			return Err(self.crowded());
		}
		if let Err(error) = book.accept(signed, &offer.item) {
			if book.signed().is_none() {
				self.places.free(book.channel());
			}
			return Err(Problem::unavailable(error));
		}
		Ok(answer)
	}

	fn bytes(&self, item: &Content) -> Answered<Vec<u8>> {
		Ok(self.store.get(item).map_err(Problem::unavailable)?.into_owned())
	}

	fn verify(&self, signed: &SignedVoucher, channel: &ChannelView<AccountId32>) -> Answered<()> {
		if signed.is_signed_by(&self.terms.genesis, &channel.signer) {
			return Ok(());
		}
		Err(Problem::new(
			Kind::Voucher,
			format!(
				"the signature is not an sr25519 one of {} over this voucher, channel and chain",
				channel.signer
			),
		))
	}
}

impl Desk {
	fn new(book: Book) -> Self {
		Self { asking: Arc::default(), book: Arc::new(Mutex::new(book)) }
	}
}
