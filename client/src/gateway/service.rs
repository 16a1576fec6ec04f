//! What a gateway does with a question and with a voucher.

use std::{
	collections::HashMap,
	path::PathBuf,
	sync::{Arc, Mutex as Locked},
};

use subxt::utils::AccountId32;
use tokio::sync::{watch, Mutex, OwnedMutexGuard};
use tributary_engine::{BlobSource, BlobStore};
use tributary_primitives::{blob::Content, ids::ChannelId, views::ChannelView};

use super::{
	book::Book,
	problem::{Kind, Problem},
	program::Program,
	view::ChannelSource,
	wire::{prompt_hash, Ask, Offer, Terms},
};
use crate::{
	amount::Amount,
	error::{Error, Result},
	voucher::SignedVoucher,
};

/// Where the books of channels are, and how long they may become.
#[derive(Clone, Debug)]
pub struct Books {
	/// Their folder.
	pub dir: PathBuf,
	/// The most items that a channel pays for: [`MAX_ITEMS`](super::book::MAX_ITEMS), or fewer.
	pub max_items: usize,
}

/// A channel, while the gateway runs.
#[derive(Clone)]
struct Desk {
	/// Held while a question is answered, for as long as the program takes.
	asking: Arc<Mutex<()>>,
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
		Self { view, terms, program, store, files, least, desks: Locked::default() }
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

	/// Opens the books of all channels that are not over, and says which these are.
	///
	/// # Errors
	/// Where one can not be read.
	pub fn load(&self) -> Result<Vec<ChannelId>> {
		let mut desks = self.desks.lock().map_err(Error::usage)?;
		let dir = &self.files.dir;
		for channel in Book::channels(dir)? {
			desks.insert(channel, Desk::new(Book::open(dir, channel)?));
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
		Ok(())
	}

	/// What a channel is closed with, its last voucher and the list of its items; `None` where there is no
	/// voucher. Nothing is sold to the channel from now on, up to the block `until`, which is the last one that
	/// may close it so.
	///
	/// # Errors
	/// Where the book can not be read or written.
	pub async fn settle(
		&self,
		channel: ChannelId,
		until: u64,
	) -> Result<Option<(SignedVoucher, Vec<u8>)>> {
		let mut book = self.book(channel).await?;
		let Some(signed) = book.signed().cloned() else { return Ok(None) };
		book.settle(Some(until))?;
		Ok(Some((signed, book.items().to_vec())))
	}

	/// Goes on to sell to a channel that is not closed after all.
	///
	/// # Errors
	/// Where the book can not be read or written.
	pub async fn go_on(&self, channel: ChannelId) -> Result<()> {
		self.book(channel).await?.settle(None)
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
		book.item_count() >= self.files.max_items
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
		let _turn = desk.asking.lock().await;
		// It may have changed while others were served.
		let (best, channel) = self.serving(ask.channel).await?;
		let made = {
			let book = desk.book.lock().await;
			self.made(&book, ask, &channel, best)?
		};
		if let Some(offer) = made {
			return Ok(offer);
		}
		let answer = self.program.answer(&ask.prompt).await;
		let answer = answer.map_err(|error| Problem::new(Kind::Program, error))?;
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

	/// The answer to a question that was made before; `None` where it is to be made now, if it can be sold.
	fn made(
		&self,
		book: &Book,
		ask: &Ask,
		channel: &ChannelView<AccountId32>,
		best: u64,
	) -> Answered<Option<Offer>> {
		check_not_settling(book, best)?;
		if book.nonce().checked_add(1) != Some(ask.nonce) {
			return Err(Problem::new(
				Kind::Signature,
				format!(
					"the channel has paid for {} answers: ask with the next number",
					book.nonce()
				),
			));
		}
		if let Some(offer) = book.offer() {
			if offer.answers(&ask.prompt) {
				return Ok(Some(*offer));
			}
			let message = "the channel has not paid for its last answer: sign its voucher first";
			return Err(Problem {
				offer: Some(Box::new(*offer)),
				..Problem::new(Kind::Unpaid, message)
			});
		}
		let after = book.amount().checked_add(self.terms.price);
		if after.is_none_or(|after| after > channel.deposit) {
			return Err(Problem::new(
				Kind::Deposit,
				format!(
					"the channel's deposit is {} planck, of which {} are spent, and an answer costs {}: \
					 top it up",
					channel.deposit,
					book.amount(),
					self.terms.price
				),
			));
		}
		let least = self.least_payment();
		if after.is_none_or(|after| after < least) {
			return Err(Problem::new(
				Kind::Unavailable,
				format!(
					"the chain takes no payment below {}, and an answer costs {}: the gateway sells none \
					 before its price is raised",
					Amount(least),
					Amount(self.terms.price)
				),
			));
		}
		if self.is_full(book) {
			return Err(Problem::new(
				Kind::Channel,
				format!(
					"the channel's list is full: it has paid for {} answers, and is closed now; open \
					 another",
					book.item_count()
				),
			));
		}
		Ok(None)
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
		book.accept(signed, &offer.item).map_err(Problem::unavailable)?;
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

	/// The number of the best block, and the channel, if answers are sold to it now.
	async fn serving(&self, id: ChannelId) -> Answered<(u64, ChannelView<AccountId32>)> {
		let (best, found) = self.view.channel(id).await.map_err(Problem::unavailable)?;
		let channel = self.ours(found)?;
		if channel.closing_at.is_some() {
			return Err(Problem::new(Kind::Channel, "the payer has asked to close the channel"));
		}
		if best.saturating_add(self.terms.margin.into()) >= channel.expires_at.into() {
			return Err(Problem::new(
				Kind::Channel,
				format!(
					"the channel expires in block {}, and gets no answers in the {} blocks before: put \
					 its expiry off",
					channel.expires_at, self.terms.margin
				),
			));
		}
		Ok((best, channel))
	}

	/// The channel, if it is one to this gateway.
	fn ours(&self, found: Option<ChannelView<AccountId32>>) -> Answered<ChannelView<AccountId32>> {
		let Some(channel) = found else {
			return Err(Problem::new(Kind::Channel, "there is no such open channel"));
		};
		if (&channel.server, channel.model) != (&self.terms.server, self.terms.model) {
			return Err(Problem::new(
				Kind::Channel,
				format!(
					"the channel is not for this gateway: open one to {} for model {}",
					self.terms.server, self.terms.model
				),
			));
		}
		Ok(channel)
	}
}

impl Desk {
	fn new(book: Book) -> Self {
		Self { asking: Arc::default(), book: Arc::new(Mutex::new(book)) }
	}
}

/// An answer that is sold, or a voucher that is taken, while the channel may be closed with an earlier one
/// would never be paid.
fn check_not_settling(book: &Book, best: u64) -> Answered<()> {
	match book.settling() {
		Some(until) if best <= until => Err(Problem::new(
			Kind::Channel,
			format!(
				"the channel is being closed with what it has paid for so far: open another, or ask again \
				 after block {until} if it is still open then"
			),
		)),
		_ => Ok(()),
	}
}
