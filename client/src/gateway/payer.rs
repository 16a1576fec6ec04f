//! The payer's side: asks, checks what an answer is sold for, and pays.

use std::path::Path;

use subxt::utils::AccountId32;
use subxt_signer::sr25519::Keypair;
use tributary_engine::BlobStore;
use tributary_primitives::{blob::Content, views::ChannelView};

use super::{
	book::Book,
	http::{Client, Said},
	problem::{Kind, Problem},
	wire::{Ask, Offer},
};
use crate::{
	amount::Amount,
	error::{Error, Result},
	files,
	keys::account_of,
	voucher::SignedVoucher,
};

/// What a payer accepts.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
	/// The most that an answer may cost, in planck.
	pub max_price: u128,
	/// The longest answer, in bytes.
	pub max_bytes: u64,
}

/// An answer that was paid for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paid {
	/// Its name.
	pub item: Content,
	/// Its bytes.
	pub bytes: Vec<u8>,
	/// What it cost, in planck; `None` where that was known before.
	pub price: Option<u128>,
	/// What the channel has paid in all, in planck.
	pub amount: u128,
	/// Whether it answers an earlier question, which was broken off.
	pub earlier: bool,
}

/// The payer of one channel at one gateway.
pub struct Payer {
	client: Client,
	genesis: [u8; 32],
	key: Keypair,
	channel: ChannelView<AccountId32>,
	limits: Limits,
	store: BlobStore,
	book: Book,
	/// Held as long as the book is in use.
	_lock: files::Lock,
}

impl Payer {
	/// Pays through `channel`, with the book in the folder `dir`. Answers are put into `store`.
	///
	/// # Errors
	/// Where the key does not sign for the channel, another program pays through it, or the book can not
	/// be read.
	pub fn open(
		client: Client,
		genesis: [u8; 32],
		key: Keypair,
		channel: ChannelView<AccountId32>,
		limits: Limits,
		store: BlobStore,
		dir: &Path,
	) -> Result<Self> {
		let account = account_of(&key);
		if channel.signer != account {
			return Err(Error::usage(format!(
				"vouchers of channel {} are signed by {}, and the key is that of {account}",
				channel.id, channel.signer
			)));
		}
		let lock = files::lock(&dir.join(format!("{}.lock", channel.id)))?.ok_or_else(|| {
			Error::usage(format!("another program pays through channel {}", channel.id))
		})?;
		let book = Book::open(dir, channel.id)?;
		Ok(Self { client, genesis, key, channel, limits, store, book, _lock: lock })
	}

	/// The book.
	pub fn book(&self) -> &Book {
		&self.book
	}

	/// Asks one question and pays for its answer, which is the last of those that are added to `paid`. An
	/// answer before it, the delivery of which was broken off, comes first.
	///
	/// # Errors
	/// Where the gateway refuses, asks for more than is accepted, or gives other bytes than it sold.
	pub async fn ask(&mut self, prompt: &str, paid: &mut Vec<Paid>) -> Result<()> {
		paid.extend(self.resume().await?);
		let mut said = self.post(prompt).await?;
		if let Err(Problem { error: Kind::Unpaid, offer: Some(offer), .. }) = &said {
			paid.push(self.buy(offer, true).await?);
			said = self.post(prompt).await?;
		}
		let offer = heard(said)?;
		if !offer.answers(prompt) {
			return Err(Error::refused(
				"the gateway's answer is to another question. Nothing was paid for it.",
			));
		}
		paid.push(self.buy(&offer, false).await?);
		Ok(())
	}

	async fn post(&self, prompt: &str) -> Result<Said<Offer>> {
		let nonce = self.book.nonce().saturating_add(1);
		let ask = Ask::sign(&self.key, &self.genesis, self.channel.id, nonce, prompt);
		self.client.post(ASK, &ask).await
	}

	/// Gets the bytes of the last answer that was paid for, if they did not arrive.
	async fn resume(&mut self) -> Result<Option<Paid>> {
		let (Some(signed), Some(item)) = (self.book.signed().cloned(), self.book.last_item())
		else {
			return Ok(None);
		};
		if self.book.is_delivered() {
			return Ok(None);
		}
		self.fetch(&signed, &item, None, true).await.map(Some)
	}

	/// Pays for an answer, if it costs what is accepted.
	async fn buy(&mut self, offer: &Offer, earlier: bool) -> Result<Paid> {
		let price = self.check(offer)?;
		let id = self.channel.id;
		let signed = SignedVoucher::sign(&self.key, &self.genesis, id, offer.voucher);
		// Once it is sent it may be used, whatever is heard of it.
		self.book.accept(signed.clone(), &offer.item)?;
		self.fetch(&signed, &offer.item, Some(price), earlier).await
	}

	/// What an answer costs, in planck, if that is accepted.
	fn check(&self, offer: &Offer) -> Result<u128> {
		let refuse = |why: String| Err(Error::refused(format!("{why} Nothing was paid for it.")));
		let Limits { max_price, max_bytes } = self.limits;
		if offer.item.len > max_bytes {
			return refuse(format!(
				"the answer has {} bytes, and at most {max_bytes} are accepted.",
				offer.item.len
			));
		}
		let Some(price) = offer.voucher.amount.checked_sub(self.book.amount()) else {
			return refuse(format!(
				"the gateway asks for {} in all, and {} were agreed before.",
				Amount(offer.voucher.amount),
				Amount(self.book.amount())
			));
		};
		if price > max_price {
			return refuse(format!(
				"the answer costs {}, and at most {} is accepted.",
				Amount(price),
				Amount(max_price)
			));
		}
		if self.book.next(&offer.item, price) != Some(offer.voucher) {
			return refuse(format!(
				"the gateway's list of outputs is not that of the {} answers before and this one. If it \
				 has lost its books, close the channel and open another.",
				self.book.nonce()
			));
		}
		if offer.voucher.amount > self.channel.deposit {
			return refuse(format!(
				"the channel's deposit is {}, and the voucher would be for {}: top it up.",
				Amount(self.channel.deposit),
				Amount(offer.voucher.amount)
			));
		}
		Ok(price)
	}

	async fn fetch(
		&mut self,
		signed: &SignedVoucher,
		item: &Content,
		price: Option<u128>,
		earlier: bool,
	) -> Result<Paid> {
		let longest = usize::try_from(item.len).unwrap_or(usize::MAX);
		let bytes = heard(self.client.bytes(VOUCHER, signed, longest).await?)?;
		if Content::of(&bytes) != *item {
			return Err(Error::refused(format!(
				"the gateway was paid for blob 0x{} and gave other bytes. Do not pay it any more; ask \
				 again to get what was sold.",
				hex::encode(item.root)
			)));
		}
		self.store.put(&bytes).map_err(Error::usage)?;
		self.book.deliver()?;
		Ok(Paid { item: *item, bytes, price, amount: signed.voucher.amount, earlier })
	}
}

const ASK: &str = "/ask";
const VOUCHER: &str = "/voucher";

/// A refusal in words.
fn heard<T>(said: Said<T>) -> Result<T> {
	said.map_err(|problem| Error::refused(format!("the gateway refuses: {}", problem.message)))
}
