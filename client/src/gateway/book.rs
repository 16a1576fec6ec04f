//! What payer and server know of a channel, on disk: the last voucher, the items that it is for, and an
//! answer that waits to be paid.

use std::{
	fs, io,
	path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use tributary_primitives::{
	blob::Content,
	ids::ChannelId,
	report::{Item, Record, RECORD_LEN},
	voucher::Voucher,
};

use super::wire::Offer;
use crate::{
	error::{Error, Result},
	files,
	voucher::SignedVoucher,
};

/// The book of one channel. Its file is replaced as a whole with each change; the items stand in a
/// second file that only grows, of which those count that the last voucher is for.
#[derive(Debug)]
pub struct Book {
	channel: ChannelId,
	path: PathBuf,
	state: State,
	items: Vec<u8>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct State {
	/// The last voucher.
	signed: Option<SignedVoucher>,
	/// The answer that waits to be paid, at the server.
	offer: Option<Offer>,
	/// Whether the bytes of the last answer that was paid for are here, at the payer.
	delivered: bool,
	/// Whether the channel is over.
	over: bool,
	/// The last block in which the channel may be closed with the last voucher, where that was sent.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	settling: Option<u64>,
	/// Whether the channel was to be closed, and was not.
	#[serde(default, skip_serializing_if = "std::ops::Not::not")]
	failed: bool,
}

impl Book {
	/// Opens the book of `channel` in the folder `dir`. One that is not there is empty, and is made with
	/// the first change.
	///
	/// # Errors
	/// Where it can not be read, or its files do not belong together.
	pub fn open(dir: &Path, channel: ChannelId) -> Result<Self> {
		let path = dir.join(format!("{channel}.json"));
		let state = match fs::read_to_string(&path) {
			Ok(text) => serde_json::from_str(&text).map_err(|error| damaged(&path, &error))?,
			Err(error) if error.kind() == io::ErrorKind::NotFound => State::default(),
			Err(error) => return Err(Error::file(&path, error)),
		};
		let mut book = Self { channel, path, state, items: Vec::new() };
		let Some(outputs) = book.state.signed.as_ref().map(|signed| signed.voucher.outputs) else {
			return Ok(book);
		};
		let items = book.items_path();
		book.items = files::read(&items)?;
		// An item whose voucher was not written down is not paid for.
		book.items.truncate(usize::try_from(outputs.len).unwrap_or(usize::MAX));
		if Content::of(&book.items) != outputs {
			return Err(damaged(&items, &"these are not the items of the last voucher"));
		}
		Ok(book)
	}

	/// The channels that have a book in the folder `dir` and are not over, ascending.
	///
	/// # Errors
	/// Where it can not be read.
	pub fn channels(dir: &Path) -> Result<Vec<ChannelId>> {
		let names = match fs::read_dir(dir) {
			Ok(names) => names,
			Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
			Err(error) => return Err(Error::file(dir, error)),
		};
		let mut channels = Vec::new();
		for name in names {
			let path = name.map_err(|error| Error::file(dir, error))?.path();
			let stem = path.file_stem().and_then(|stem| stem.to_str()).map(str::parse);
			let (Some(Ok(channel)), Some("json")) =
				(stem, path.extension().and_then(|extension| extension.to_str()))
			else {
				continue;
			};
			if !Self::open(dir, channel)?.state.over {
				channels.push(channel);
			}
		}
		channels.sort_unstable();
		Ok(channels)
	}

	/// The channel.
	pub fn channel(&self) -> ChannelId {
		self.channel
	}

	/// The last voucher.
	pub fn signed(&self) -> Option<&SignedVoucher> {
		self.state.signed.as_ref()
	}

	/// What was agreed to be paid so far, in planck.
	pub fn amount(&self) -> u128 {
		self.signed().map_or(0, |signed| signed.voucher.amount)
	}

	/// The number of the last voucher; 0 before the first.
	pub fn nonce(&self) -> u64 {
		self.signed().map_or(0, |signed| signed.voucher.nonce)
	}

	/// The list of items that are paid for.
	pub fn items(&self) -> &[u8] {
		&self.items
	}

	/// How many these are.
	pub fn item_count(&self) -> usize {
		self.items.len() / RECORD_LEN
	}

	/// The last item that is paid for.
	pub fn last_item(&self) -> Option<Content> {
		let at = self.items.len().checked_sub(RECORD_LEN)?;
		Some(Item::read(&self.items, at)?.output)
	}

	/// The voucher for everything so far and one more answer, `item`, that costs `price` planck; `None`
	/// where the sum is more than can be counted.
	pub fn next(&self, item: &Content, price: u128) -> Option<Voucher> {
		Some(Voucher {
			amount: self.amount().checked_add(price)?,
			outputs: Content::of(&[&self.items[..], &record(item)].concat()),
			nonce: self.nonce().checked_add(1)?,
		})
	}

	/// The answer that waits to be paid.
	pub fn offer(&self) -> Option<&Offer> {
		self.state.offer.as_ref()
	}

	/// Writes down an answer that waits to be paid.
	///
	/// # Errors
	/// Where the file system refuses; nothing is changed then.
	pub fn make_offer(&mut self, offer: Offer) -> Result<()> {
		self.replace(State { offer: Some(offer), ..self.state.clone() })
	}

	/// Writes down a voucher that pays for `item` too. No answer waits to be paid any more.
	///
	/// # Errors
	/// Where the voucher is not for the items so far and this one, or the file system refuses; nothing is
	/// changed then.
	pub fn accept(&mut self, signed: SignedVoucher, item: &Content) -> Result<()> {
		let items = [&self.items[..], &record(item)].concat();
		if Content::of(&items) != signed.voucher.outputs {
			return Err(Error::usage("the voucher is for other outputs than those of its channel"));
		}
		files::put_last_private(&self.items_path(), self.items.len() as u64, &record(item))?;
		let failed = self.state.failed;
		self.replace(State { signed: Some(signed), failed, ..State::default() })?;
		self.items = items;
		Ok(())
	}

	/// Whether the bytes of the last answer that was paid for are here.
	pub fn is_delivered(&self) -> bool {
		self.state.delivered || self.state.signed.is_none()
	}

	/// Writes down that they are.
	///
	/// # Errors
	/// Where the file system refuses.
	pub fn deliver(&mut self) -> Result<()> {
		self.replace(State { delivered: true, ..self.state.clone() })
	}

	/// The last block in which the channel may be closed with the last voucher, where that was sent.
	pub fn settling(&self) -> Option<u64> {
		self.state.settling
	}

	/// Writes down that the last voucher is about to be sent, and may close the channel up to the block
	/// `until`; with `None`, that it will not.
	///
	/// # Errors
	/// Where the file system refuses.
	pub fn settle(&mut self, until: Option<u64>) -> Result<()> {
		if self.state.settling == until {
			return Ok(());
		}
		self.replace(State { settling: until, ..self.state.clone() })
	}

	/// Whether the channel was to be closed, and was not.
	pub fn has_failed(&self) -> bool {
		self.state.failed
	}

	/// Writes down that the channel was to be closed and was not, and up to which block an earlier attempt may still
	/// close it.
	///
	/// # Errors
	/// Where the file system refuses.
	pub fn fail(&mut self, settling: Option<u64>) -> Result<()> {
		if self.state.failed && self.state.settling == settling {
			return Ok(());
		}
		self.replace(State { settling, failed: true, ..self.state.clone() })
	}

	/// Writes down that the channel is over.
	///
	/// # Errors
	/// Where the file system refuses.
	pub fn end(&mut self) -> Result<()> {
		self.replace(State { over: true, ..self.state.clone() })
	}

	fn replace(&mut self, state: State) -> Result<()> {
		let text = serde_json::to_string_pretty(&state).map_err(Error::usage)?;
		files::replace_private(&self.path, text.as_bytes())?;
		self.state = state;
		Ok(())
	}

	fn items_path(&self) -> PathBuf {
		self.path.with_extension("items")
	}
}

fn record(item: &Content) -> [u8; RECORD_LEN] {
	Item { output: *item, reserved: [0; 24] }.to_bytes()
}

fn damaged(path: &Path, why: &dyn std::fmt::Display) -> Error {
	Error::usage(format!(
		"{}: {why}. It holds vouchers that are worth money: restore it, or move it away.",
		path.display()
	))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::keys;

	fn signed(book: &Book, item: &Content, price: u128) -> SignedVoucher {
		let key = keys::keypair("alice").unwrap();
		SignedVoucher::sign(&key, &[1; 32], book.channel(), book.next(item, price).unwrap())
	}

	fn offer(book: &Book, item: &Content) -> Offer {
		Offer { prompt: [0; 32], item: *item, voucher: book.next(item, 5).unwrap() }
	}

	#[test]
	fn a_book_is_read_as_it_was_written() {
		let dir = tempfile::tempdir().unwrap();
		let dir = dir.path().join("books");
		let mut book = Book::open(&dir, 7).unwrap();
		assert_eq!((book.amount(), book.nonce(), book.items()), (0, 0, &[][..]));
		let (first, second) = (Content::of(b"first"), Content::of(b"second"));
		book.make_offer(offer(&book, &first)).unwrap();
		assert!(Book::open(&dir, 7).unwrap().offer().is_some());
		book.accept(signed(&book, &first, 5), &first).unwrap();
		book.accept(signed(&book, &second, 7), &second).unwrap();

		let again = Book::open(&dir, 7).unwrap();
		assert_eq!((again.amount(), again.nonce()), (12, 2));
		assert_eq!(again.items(), [record(&first), record(&second)].concat());
		assert_eq!(again.item_count(), 2);
		assert_eq!(again.last_item(), Some(second));
		assert_eq!(again.offer(), None);
		assert_eq!(Content::of(again.items()), again.signed().unwrap().voucher.outputs);
	}

	#[test]
	fn that_a_channel_is_being_closed_is_remembered_until_it_is_taken_back() {
		let dir = tempfile::tempdir().unwrap();
		let mut book = Book::open(dir.path(), 7).unwrap();
		let item = Content::of(b"first");
		book.accept(signed(&book, &item, 5), &item).unwrap();
		let before = fs::read_to_string(dir.path().join("7.json")).unwrap();
		assert!(!before.contains("settling"), "as in the books of earlier releases");
		book.settle(Some(80)).unwrap();
		let mut again = Book::open(dir.path(), 7).unwrap();
		assert_eq!((again.settling(), again.amount()), (Some(80), 5));
		again.settle(None).unwrap();
		assert_eq!(Book::open(dir.path(), 7).unwrap().settling(), None);
	}

	#[test]
	fn that_a_channel_was_not_closed_is_remembered_also_past_the_next_voucher() {
		let dir = tempfile::tempdir().unwrap();
		let mut book = Book::open(dir.path(), 7).unwrap();
		let item = Content::of(b"first");
		book.accept(signed(&book, &item, 5), &item).unwrap();
		assert!(!fs::read_to_string(dir.path().join("7.json")).unwrap().contains("failed"));
		book.settle(Some(80)).unwrap();
		book.fail(None).unwrap();
		assert_eq!((book.settling(), book.has_failed()), (None, true));
		let second = Content::of(b"second");
		book.accept(signed(&book, &second, 5), &second).unwrap();
		assert!(Book::open(dir.path(), 7).unwrap().has_failed());
	}

	#[test]
	fn an_item_without_a_voucher_does_not_count() {
		let dir = tempfile::tempdir().unwrap();
		let mut book = Book::open(dir.path(), 7).unwrap();
		let item = Content::of(b"first");
		book.accept(signed(&book, &item, 5), &item).unwrap();
		let items = dir.path().join("7.items");
		// As a process leaves it that is killed between its two writes.
		let torn = [fs::read(&items).unwrap(), vec![9; 40]].concat();
		fs::write(&items, torn).unwrap();
		let mut again = Book::open(dir.path(), 7).unwrap();
		assert_eq!(again.items(), record(&item));
		let second = Content::of(b"second");
		again.accept(signed(&again, &second, 5), &second).unwrap();
		assert_eq!(Book::open(dir.path(), 7).unwrap().nonce(), 2);
	}

	#[test]
	fn items_that_the_voucher_is_not_for_are_noticed() {
		let dir = tempfile::tempdir().unwrap();
		let mut book = Book::open(dir.path(), 7).unwrap();
		let item = Content::of(b"first");
		book.accept(signed(&book, &item, 5), &item).unwrap();
		fs::write(dir.path().join("7.items"), [9; 64]).unwrap();
		assert!(Book::open(dir.path(), 7).unwrap_err().to_string().contains("restore"));
		fs::remove_file(dir.path().join("7.items")).unwrap();
		assert!(Book::open(dir.path(), 7).is_err());
	}

	#[test]
	fn a_voucher_for_other_outputs_is_not_accepted() {
		let dir = tempfile::tempdir().unwrap();
		let mut book = Book::open(dir.path(), 7).unwrap();
		let wrong = signed(&book, &Content::of(b"other"), 5);
		assert!(book.accept(wrong, &Content::of(b"first")).is_err());
		assert_eq!(book.nonce(), 0);
	}

	#[test]
	fn channels_that_are_over_are_left_out() {
		let dir = tempfile::tempdir().unwrap();
		assert_eq!(Book::channels(&dir.path().join("none")).unwrap(), [0u64; 0]);
		for channel in [11, 7, 9] {
			let mut book = Book::open(dir.path(), channel).unwrap();
			let item = Content::of(b"first");
			book.accept(signed(&book, &item, 5), &item).unwrap();
			if channel == 9 {
				book.end().unwrap();
			}
		}
		assert_eq!(Book::channels(dir.path()).unwrap(), [7, 11]);
	}

	#[test]
	fn what_can_not_be_counted_is_not_offered() {
		let dir = tempfile::tempdir().unwrap();
		let mut book = Book::open(dir.path(), 7).unwrap();
		let item = Content::of(b"first");
		book.accept(signed(&book, &item, u128::MAX), &item).unwrap();
		assert_eq!(book.next(&item, 1), None);
	}
}
