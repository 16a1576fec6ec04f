//! Closing channels with the vouchers that were taken, in time.

mod when;

use std::{collections::BTreeMap, slice, sync::Arc};

use serde_json::json;
use subxt::utils::AccountId32;
use tokio::task::JoinSet;
use tributary_engine::BlobStore;
use tributary_primitives::{blob::open_tail, ids::ChannelId, views::ChannelView};

use super::{places::AT_ONCE, service::Service, view::SharedChain};
use crate::{
	amount::Amount,
	chain::{
		calls,
		tx::{Options, Outcome, Prepared, Via, MORTALITY},
		Call, Chain,
	},
	commands::follow::Follower,
	context::{Answer, Context},
	error::{Error, Result},
	keys::Signer,
	voucher::SignedVoucher,
};

pub use when::{open_until, retry_after, takes_vouchers, Owed, Settling, LAST_CALL, RETRY};

/// Blocks that may pass before a transaction that is to be sent is signed.
const SIGNING: u64 = 10;

/// Closes the channels of a gateway.
pub struct Settler<'a> {
	context: &'a Context,
	/// The connection that the gateway uses.
	shared: SharedChain,
	/// The server's key.
	key: Signer,
	service: Arc<Service<SharedChain>>,
	/// Where the lists of outputs are put.
	store: BlobStore,
	settling: Settling,
	/// The blocks before which a channel that could not be closed is left alone.
	later: BTreeMap<ChannelId, u64>,
	/// The blocks since which channels are gone.
	gone: BTreeMap<ChannelId, u64>,
	/// The most channels that the next transaction closes.
	at_once: usize,
	/// What was sent, until it is known what became of it.
	sent: JoinSet<Followed>,
}

/// A channel that is to be closed.
struct Due {
	channel: ChannelId,
	/// The last block in which it may be.
	last: u32,
	why: &'static str,
}

/// A channel that is being closed.
struct Closing {
	channel: ChannelId,
	/// The last block in which it may be.
	last: u32,
	amount: u128,
	why: &'static str,
	/// The last block in which something that was sent earlier may close it.
	earlier: Option<u64>,
}

/// What became of a transaction, or that it is not known.
struct Followed {
	closings: Vec<Closing>,
	prepared: Prepared,
	outcome: Result<Outcome>,
}

type Open = BTreeMap<ChannelId, ChannelView<AccountId32>>;

impl Follower for Settler<'_> {
	async fn on_block(&mut self, chain: &Chain, number: u64) -> Result<()> {
		self.shared.replace(chain).await;
		self.service.set_least_payment(chain.settings().await?.min_payment);
		let open = chain.channels(&self.key.account()).await?;
		let open: Open = open.into_iter().map(|found| (found.id, found)).collect();
		self.hear(chain, &open, number).await?;
		let due = self.due(chain, &open, number).await?;
		if self.key.agent().is_some() {
			// An act takes no batch of which some calls may fail.
			for due in &due {
				self.act(chain, due, &open, number).await?;
			}
			return Ok(());
		}
		let mut left = due.as_slice();
		while !left.is_empty() {
			let (now, then) = left.split_at(left.len().min(self.at_once));
			// None waits for another: a window may have fewer blocks than there are transactions to send.
			if !self.hand_in(chain, now, number).await? {
				break;
			}
			left = then;
		}
		Ok(())
	}
}

impl<'a> Settler<'a> {
	/// Closes the channels of `service`, to which `key` is the server.
	pub fn new(
		context: &'a Context,
		shared: SharedChain,
		key: Signer,
		service: Arc<Service<SharedChain>>,
		store: BlobStore,
		settling: Settling,
	) -> Self {
		Self {
			context,
			shared,
			key,
			service,
			store,
			settling,
			later: BTreeMap::new(),
			gone: BTreeMap::new(),
			at_once: AT_ONCE,
			sent: JoinSet::new(),
		}
	}

	/// Says whether answers are sold.
	pub fn set_sells(&self, sells: bool) {
		self.service.set_sells(sells);
	}

	/// The channels that are closed now, those first that may not wait.
	async fn due(&mut self, chain: &Chain, open: &Open, number: u64) -> Result<Vec<Due>> {
		let mut due = Vec::new();
		for channel in self.service.channels() {
			let Some(found) = open.get(&channel) else {
				self.note_gone(chain, channel, number).await?;
				continue;
			};
			self.gone.remove(&channel);
			if self.later.get(&channel).is_some_and(|later| number < *later) {
				continue;
			}
			if let Some(why) = self.reason(found, number).await? {
				due.push(Due { channel, last: open_until(found), why });
			}
		}
		due.sort_by_key(|due| due.last);
		Ok(due)
	}

	/// Why a channel is closed now, if it is.
	async fn reason(
		&self,
		channel: &ChannelView<AccountId32>,
		number: u64,
	) -> Result<Option<&'static str>> {
		let book = self.service.book(channel.id).await?;
		let full = self.service.is_full(&book);
		let owed = Owed { amount: book.amount(), full, failed: book.has_failed() };
		let least = self.service.least_payment();
		Ok(self.settling.reason(channel, owed, number, least))
	}

	/// Writes down that channels are about to be closed, and gives what closes them.
	async fn begin(
		&mut self,
		chain: &Chain,
		due: &[Due],
		number: u64,
	) -> Result<(Vec<Closing>, Vec<Call>)> {
		let until = last_block(chain.best().await?.number);
		let (mut closings, mut calls) = (Vec::new(), Vec::new());
		for &Due { channel, last, why } in due {
			self.later.insert(channel, number.saturating_add(RETRY));
			if let Some(found) = self.service.settle(channel, until).await? {
				calls.push(closing(&self.store, &found.signed, &found.items)?);
				let (amount, earlier) = (found.signed.voucher.amount, found.earlier);
				closings.push(Closing { channel, last, amount, why, earlier });
			}
		}
		Ok((closings, calls))
	}

	/// Closes a channel in the name of an agent, and waits for it.
	async fn act(&mut self, chain: &Chain, due: &Due, open: &Open, number: u64) -> Result<()> {
		let (closings, calls) = self.begin(chain, slice::from_ref(due), number).await?;
		let [call] = calls.as_slice() else { return Ok(()) };
		match self.context.send(chain, call, &self.key, Via::Pool).await {
			Ok(outcome) => self.tell(&closings, &outcome, open).await,
			Err(Error::Refused { message, .. }) => {
				let later = number.saturating_add(retry_after(due.last, number));
				self.later.insert(due.channel, later);
				self.keep_back(&closings, &message, open).await
			}
			// It may stand in a block that is not heard of: nothing is sold until that is known.
			Err(error) => Err(error),
		}
	}

	/// Sends one transaction that closes channels, and does not wait for it. Says whether the node took it.
	async fn hand_in(&mut self, chain: &Chain, due: &[Due], number: u64) -> Result<bool> {
		let (closings, calls) = self.begin(chain, due, number).await?;
		if calls.is_empty() {
			return Ok(true);
		}
		let prepared = match self.prepare(chain, &calls).await {
			Ok(prepared) => prepared,
			Err(error) => return self.not_sent(closings, number, error).await,
		};
		match chain.hand_in(&prepared, Via::Pool).await {
			Ok(()) => {
				self.at_once = AT_ONCE.min(self.at_once.saturating_mul(2));
				self.follow(chain, closings, prepared);
				Ok(true)
			}
			Err(error @ Error::Refused { .. }) => self.not_sent(closings, number, error).await,
			Err(error) => {
				// It may have arrived.
				self.follow(chain, closings, prepared);
				Err(error)
			}
		}
	}

	async fn prepare(&self, chain: &Chain, calls: &[Call]) -> Result<Prepared> {
		let call = match calls {
			[one] => one.clone(),
			several => {
				let mut encoded = Vec::new();
				for call in several {
					encoded.push(chain.encode(call).await?);
				}
				calls::force_batch(&encoded)
			}
		};
		chain.prepare(&call, &self.key).await
	}

	/// What was not sent closes nothing; what was sent earlier still may.
	async fn not_sent(
		&mut self,
		closings: Vec<Closing>,
		number: u64,
		error: Error,
	) -> Result<bool> {
		let refused = matches!(error, Error::Refused { .. });
		for closing in &closings {
			self.service.go_on(closing.channel, closing.earlier).await?;
			let blocks = match refused && closings.len() == 1 {
				true => retry_after(closing.last, number),
				false => 1,
			};
			self.later.insert(closing.channel, number.saturating_add(blocks));
		}
		if !refused {
			return Err(error);
		}
		// Who can not pay for so many at once may for fewer.
		self.at_once = fewer(closings.len());
		self.context.note(format!("{} channels are not closed: {error}", closings.len()));
		Ok(false)
	}

	/// Waits for a transaction while blocks go on. What a reorganisation may take back is not told.
	fn follow(&mut self, chain: &Chain, closings: Vec<Closing>, prepared: Prepared) {
		let chain = chain.clone();
		self.sent.spawn(async move {
			let options = Options { finalised: true, dry_run: false };
			let outcome = chain.conclude(prepared.clone(), Via::Pool, options).await;
			Followed { closings, prepared, outcome }
		});
	}

	/// Takes note of what became of the transactions that were waited for.
	async fn hear(&mut self, chain: &Chain, open: &Open, number: u64) -> Result<()> {
		let mut heard = Vec::new();
		while let Some(followed) = self.sent.try_join_next() {
			heard.push(followed.map_err(Error::usage)?);
		}
		for Followed { closings, prepared, outcome } in heard {
			match outcome {
				Ok(outcome) => self.tell(&closings, &outcome, open).await?,
				Err(Error::Refused { message, .. }) => {
					self.keep_back(&closings, &message, open).await?;
				}
				Err(Error::Unreachable(_))
					if number <= prepared.valid_until().saturating_add(MORTALITY) =>
				{
					self.follow(chain, closings, prepared);
				}
				Err(Error::Unreachable(message)) => {
					self.keep_back(&closings, &message, open).await?;
				}
				Err(error) => return Err(error),
			}
		}
		Ok(())
	}

	/// Says which channels a transaction has closed.
	async fn tell(&self, closings: &[Closing], outcome: &Outcome, open: &Open) -> Result<()> {
		for closing in closings {
			let &Closing { channel, amount, why, .. } = closing;
			if !is_closed(outcome, channel) {
				let why = "its call has failed; it is tried again";
				self.keep_back(slice::from_ref(closing), why, open).await?;
				continue;
			}
			let json = json!({
				"action": "closed",
				"channel": channel,
				"amount": amount.to_string(),
				"why": why,
				"transaction": outcome.to_json(),
			});
			let text = format!("channel {channel} is closed as {why}: {} paid", Amount(amount));
			self.context.print(&Answer::new(json, text));
		}
		Ok(())
	}

	/// Sells nothing more to channels that were not closed, if they still stand. A transaction that was sent may
	/// close them up to its last block all the same, so that block stays in their books.
	async fn keep_back(&self, closings: &[Closing], why: &str, open: &Open) -> Result<()> {
		for Closing { channel, .. } in closings {
			if open.contains_key(channel) {
				self.context.note(format!("channel {channel} is not closed: {why}"));
				self.service.keep_back(*channel).await?;
			}
		}
		Ok(())
	}

	/// Ends the book of a channel that is gone in a final block: until then it may come back.
	async fn note_gone(&mut self, chain: &Chain, channel: ChannelId, number: u64) -> Result<()> {
		let since = *self.gone.entry(channel).or_insert(number);
		if chain.finalised().await?.number >= since {
			self.service.end(channel).await?;
			self.gone.remove(&channel);
			self.later.remove(&channel);
		}
		Ok(())
	}
}

/// Whether a transaction has closed the channel.
fn is_closed(outcome: &Outcome, channel: ChannelId) -> bool {
	outcome.included().is_some_and(|tx| {
		let mut closed = tx.events.iter().filter(|event| event.is("Channels", "Closed"));
		closed.any(|event| event.number("channel") == Some(channel))
	})
}

/// How many channels are closed at once where `refused` were too many.
fn fewer(refused: usize) -> usize {
	(refused / 2).max(1)
}

/// The last block that may have a transaction that is signed soon after the block `best`.
pub fn last_block(best: u64) -> u64 {
	best.saturating_add(SIGNING).saturating_add(MORTALITY)
}

/// Closes a channel with a voucher, whose list of outputs, `items`, is put into the store.
///
/// # Errors
/// Where the file system refuses.
pub fn closing(store: &BlobStore, signed: &SignedVoucher, items: &[u8]) -> Result<Call> {
	// Whoever attributes asks the server for it.
	store.put(items).map_err(Error::usage)?;
	let tail = open_tail(items).map_err(Error::usage)?;
	Ok(calls::close_channel(signed, &tail))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_refused_at_once_is_tried_by_fewer_until_it_is_one() {
		let tried = std::iter::successors(Some(AT_ONCE), |most| (*most > 1).then(|| fewer(*most)));
		assert_eq!(tried.collect::<Vec<_>>(), [128, 64, 32, 16, 8, 4, 2, 1]);
		assert_eq!(fewer(1), 1);
	}
}
