//! Closing channels with the vouchers that were taken, in time.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::json;
use subxt::utils::AccountId32;
use tributary_engine::BlobStore;
use tributary_primitives::{blob::open_tail, ids::ChannelId, views::ChannelView};

use super::{service::Service, view::SharedChain};
use crate::{
	amount::Amount,
	chain::{
		calls,
		tx::{Outcome, Via, MORTALITY},
		Call, Chain,
	},
	commands::follow::Follower,
	context::{Answer, Context},
	error::{Error, Result},
	keys::Signer,
	voucher::SignedVoucher,
};

/// Blocks that are waited before a channel that was not closed is closed again.
const RETRY: u64 = 10;
/// Blocks that may pass before a transaction that is to be sent is signed.
const SIGNING: u64 = 10;
/// Channels that are closed in one transaction.
const AT_ONCE: usize = 16;

/// When channels are closed.
#[derive(Clone, Copy, Debug)]
pub struct Settling {
	/// The blocks before its expiry in which a channel is closed.
	pub margin: u32,
	/// The amount from which on it is closed at once, in planck.
	pub at: Option<u128>,
}

impl Settling {
	/// Why a channel of which vouchers for `amount` planck were taken is closed in the block `best`, if
	/// it is. `full` says that no voucher for one more item may follow, and the chain takes none for less
	/// than `least` planck.
	fn reason(
		&self,
		channel: &ChannelView<AccountId32>,
		amount: u128,
		full: bool,
		best: u64,
		least: u128,
	) -> Option<&'static str> {
		if amount == 0 || amount < least {
			return None;
		}
		if full {
			return Some("its list is full");
		}
		if channel.closing_at.is_some() {
			return Some("its payer asks to");
		}
		if best.saturating_add(self.margin.into()) >= channel.expires_at.into() {
			return Some("it expires soon");
		}
		self.at.filter(|at| amount >= *at).map(|_| "enough is owed")
	}
}

/// Closes the channels of a gateway.
pub struct Settler<'a> {
	/// What the program runs with.
	pub context: &'a Context,
	/// The connection that the gateway uses.
	pub shared: SharedChain,
	/// The server's key.
	pub key: Signer,
	/// The gateway.
	pub service: Arc<Service<SharedChain>>,
	/// Where the lists of outputs are put.
	pub store: BlobStore,
	/// When.
	pub settling: Settling,
	/// The blocks before which a channel that could not be closed is left alone.
	pub later: BTreeMap<ChannelId, u64>,
	/// The blocks since which channels are gone.
	pub gone: BTreeMap<ChannelId, u64>,
}

/// A channel that is to be closed.
struct Due {
	channel: ChannelId,
	/// The last block in which it may be.
	last: u32,
	why: &'static str,
}

impl Follower for Settler<'_> {
	async fn on_block(&mut self, chain: &Chain, number: u64) -> Result<()> {
		self.shared.replace(chain).await;
		self.service.set_least_payment(chain.settings().await?.min_payment);
		let open = chain.channels(&self.key.account()).await?;
		let open: BTreeMap<_, _> = open.into_iter().map(|found| (found.id, found)).collect();
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
				due.push(Due { channel, last: found.closing_at.unwrap_or(found.expires_at), why });
			}
		}
		due.sort_by_key(|due| due.last);
		// An act takes no batch of which some calls may fail.
		let at_once = self.key.agent().map_or(AT_ONCE, |_| 1);
		for due in due.chunks(at_once) {
			self.close(chain, due, number).await?;
		}
		Ok(())
	}
}

impl Settler<'_> {
	/// Why a channel is closed now, if it is.
	async fn reason(
		&self,
		channel: &ChannelView<AccountId32>,
		number: u64,
	) -> Result<Option<&'static str>> {
		let book = self.service.book(channel.id).await?;
		let (amount, full) = (book.amount(), self.service.is_full(&book));
		let least = self.service.least_payment();
		Ok(self.settling.reason(channel, amount, full, number, least))
	}

	/// Closes channels, and says which.
	async fn close(&mut self, chain: &Chain, due: &[Due], number: u64) -> Result<()> {
		let best = chain.best().await?.number;
		let until = best.saturating_add(SIGNING).saturating_add(MORTALITY);
		let (mut calls, mut sent) = (Vec::new(), Vec::new());
		for Due { channel, why, .. } in due {
			self.later.insert(*channel, number.saturating_add(RETRY));
			if let Some((signed, items)) = self.service.settle(*channel, until).await? {
				calls.push(closing(&self.store, &signed, &items)?);
				sent.push((*channel, signed.voucher.amount, *why));
			}
		}
		let call = match calls.as_slice() {
			[] => return Ok(()),
			[one] => one.clone(),
			several => {
				let mut encoded = Vec::new();
				for call in several {
					encoded.push(chain.encode(call).await?);
				}
				calls::force_batch(&encoded)
			}
		};
		let outcome = match self.context.send(chain, &call, &self.key, Via::Pool).await {
			Ok(outcome) => outcome,
			Err(Error::Refused { message, .. }) => {
				self.context.note(format!("{} channels are not closed: {message}", sent.len()));
				for (channel, ..) in sent {
					self.service.go_on(channel).await?;
				}
				return Ok(());
			}
			// It may stand in a block that is not heard of: nothing is sold until that is known.
			Err(error) => return Err(error),
		};
		for (channel, amount, why) in sent {
			if !is_closed(&outcome, channel) {
				self.context.note(format!("channel {channel} is not closed; it is tried again"));
				self.service.go_on(channel).await?;
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

	fn channel(expires_at: u32, closing_at: Option<u32>) -> ChannelView<AccountId32> {
		let account = AccountId32([1; 32]);
		ChannelView {
			id: 7,
			payer: account,
			signer: account,
			server: account,
			model: 1,
			deposit: 1_000,
			expires_at,
			close_window: 5,
			closing_at,
		}
	}

	#[test]
	fn a_channel_is_closed_before_it_expires() {
		let settling = Settling { margin: 10, at: None };
		assert_eq!(settling.reason(&channel(100, None), 5, false, 89, 1), None);
		assert!(settling.reason(&channel(100, None), 5, false, 90, 1).is_some());
		assert!(settling.reason(&channel(100, None), 5, false, 200, 1).is_some(), "not too late");
	}

	#[test]
	fn a_channel_is_closed_when_its_payer_asks_or_enough_is_owed() {
		let settling = Settling { margin: 10, at: Some(50) };
		assert!(settling.reason(&channel(100, Some(30)), 5, false, 20, 1).is_some());
		assert_eq!(settling.reason(&channel(100, None), 49, false, 20, 1), None);
		assert!(settling.reason(&channel(100, None), 50, false, 20, 1).is_some());
	}

	#[test]
	fn a_channel_is_closed_when_its_list_is_full() {
		let settling = Settling { margin: 10, at: None };
		assert_eq!(settling.reason(&channel(100, None), 5, false, 20, 1), None);
		assert_eq!(settling.reason(&channel(100, None), 5, true, 20, 1), Some("its list is full"));
	}

	#[test]
	fn a_channel_without_a_voucher_is_left_to_its_payer() {
		let settling = Settling { margin: 10, at: Some(0) };
		assert_eq!(settling.reason(&channel(100, Some(30)), 0, false, 99, 1), None);
	}

	#[test]
	fn a_channel_is_not_closed_with_less_than_the_chain_takes() {
		let settling = Settling { margin: 10, at: Some(0) };
		assert_eq!(settling.reason(&channel(100, Some(30)), 24, true, 99, 25), None);
		assert!(settling.reason(&channel(100, Some(30)), 25, false, 20, 25).is_some());
	}
}
