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
		tx::{Outcome, Via},
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
	/// it is. `full` says that no voucher for one more item may follow.
	fn reason(
		&self,
		channel: &ChannelView<AccountId32>,
		amount: u128,
		full: bool,
		best: u64,
	) -> Option<&'static str> {
		if amount == 0 {
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
	why: &'static str,
	signed: SignedVoucher,
	items: Vec<u8>,
}

impl Follower for Settler<'_> {
	async fn on_block(&mut self, chain: &Chain, number: u64) -> Result<()> {
		self.shared.replace(chain).await;
		let open = chain.channels(&self.key.account()).await?;
		let open: BTreeMap<_, _> = open.into_iter().map(|found| (found.id, found)).collect();
		let mut due = Vec::new();
		for channel in self.service.channels() {
			let Some(found) = open.get(&channel) else {
				self.note_gone(chain, channel, number).await?;
				continue;
			};
			self.gone.remove(&channel);
			if self.later.get(&channel).is_none_or(|later| number >= *later) {
				due.extend(self.due(found, number).await?);
			}
		}
		// An act takes no batch of which some calls may fail.
		let at_once = self.key.agent().map_or(AT_ONCE, |_| 1);
		for due in due.chunks(at_once) {
			self.close(chain, due, number).await?;
		}
		Ok(())
	}
}

impl Settler<'_> {
	/// What a channel is closed with, if it is time.
	async fn due(&self, channel: &ChannelView<AccountId32>, number: u64) -> Result<Option<Due>> {
		let book = self.service.book(channel.id).await?;
		let (amount, full) = (book.amount(), self.service.is_full(&book));
		let why = self.settling.reason(channel, amount, full, number);
		let Some((why, signed)) = why.zip(book.signed().cloned()) else { return Ok(None) };
		Ok(Some(Due { why, signed, items: book.items().to_vec() }))
	}

	/// Closes channels, and says which.
	async fn close(&mut self, chain: &Chain, due: &[Due], number: u64) -> Result<()> {
		for due in due {
			self.later.insert(due.signed.channel, number.saturating_add(RETRY));
		}
		let mut calls = Vec::new();
		for due in due {
			calls.push(closing(&self.store, &due.signed, &due.items)?);
		}
		let call = match calls.as_slice() {
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
				self.context.note(format!("{} channels are not closed: {message}", due.len()));
				return Ok(());
			}
			Err(error) => return Err(error),
		};
		for Due { why, signed, .. } in due {
			let (id, amount) = (signed.channel, signed.voucher.amount);
			if !is_closed(&outcome, id) {
				self.context.note(format!("channel {id} is not closed; it is tried again"));
				continue;
			}
			let json = json!({
				"action": "closed",
				"channel": id,
				"amount": amount.to_string(),
				"why": why,
				"transaction": outcome.to_json(),
			});
			let text = format!("channel {id} is closed as {why}: {} paid", Amount(amount));
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
		assert_eq!(settling.reason(&channel(100, None), 5, false, 89), None);
		assert!(settling.reason(&channel(100, None), 5, false, 90).is_some());
		assert!(settling.reason(&channel(100, None), 5, false, 200).is_some(), "not too late");
	}

	#[test]
	fn a_channel_is_closed_when_its_payer_asks_or_enough_is_owed() {
		let settling = Settling { margin: 10, at: Some(50) };
		assert!(settling.reason(&channel(100, Some(30)), 5, false, 20).is_some());
		assert_eq!(settling.reason(&channel(100, None), 49, false, 20), None);
		assert!(settling.reason(&channel(100, None), 50, false, 20).is_some());
	}

	#[test]
	fn a_channel_is_closed_when_its_list_is_full() {
		let settling = Settling { margin: 10, at: None };
		assert_eq!(settling.reason(&channel(100, None), 5, false, 20), None);
		assert_eq!(settling.reason(&channel(100, None), 5, true, 20), Some("its list is full"));
	}

	#[test]
	fn a_channel_without_a_voucher_is_left_to_its_payer() {
		let settling = Settling { margin: 10, at: Some(0) };
		assert_eq!(settling.reason(&channel(100, Some(30)), 0, false, 99), None);
	}
}
