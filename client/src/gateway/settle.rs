//! Closing channels with the vouchers that were taken, in time.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::json;
use subxt::utils::AccountId32;
use subxt_signer::sr25519::Keypair;
use tributary_engine::BlobStore;
use tributary_primitives::{blob::open_tail, ids::ChannelId, views::ChannelView};

use super::{service::Service, view::SharedChain};
use crate::{
	amount::Amount,
	chain::{calls, tx::Outcome, tx::Via, Chain},
	commands::follow::Follower,
	context::{Answer, Context},
	error::{Error, Result},
	voucher::SignedVoucher,
};

/// Blocks that are waited after a channel could not be closed.
const RETRY: u64 = 10;

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
	/// it is.
	fn reason(
		&self,
		channel: &ChannelView<AccountId32>,
		amount: u128,
		best: u64,
	) -> Option<&'static str> {
		if amount == 0 {
			return None;
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
	pub key: Keypair,
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

impl Follower for Settler<'_> {
	async fn on_block(&mut self, chain: &Chain, number: u64) -> Result<()> {
		self.shared.replace(chain).await;
		for channel in self.service.channels()? {
			let found = chain.find_channel(channel).await?;
			let Some(found) = found else {
				self.note_gone(chain, channel, number).await?;
				continue;
			};
			self.gone.remove(&channel);
			if self.later.get(&channel).is_some_and(|later| number < *later) {
				continue;
			}
			self.settle(chain, &found, number).await?;
		}
		Ok(())
	}
}

impl Settler<'_> {
	/// Closes a channel if it is time.
	async fn settle(
		&mut self,
		chain: &Chain,
		channel: &ChannelView<AccountId32>,
		number: u64,
	) -> Result<()> {
		let book = self.service.book(channel.id).await?;
		let Some(signed) = book.signed().cloned() else { return Ok(()) };
		let Some(why) = self.settling.reason(channel, book.amount(), number) else {
			return Ok(());
		};
		let items = book.items().to_vec();
		// The payer may not be asked to wait for a block.
		drop(book);
		match close(self.context, chain, &self.key, &self.store, &signed, &items).await {
			Ok(outcome) => {
				let amount = signed.voucher.amount;
				let json = json!({
					"action": "closed",
					"channel": channel.id,
					"amount": amount.to_string(),
					"why": why,
					"transaction": outcome.to_json(),
				});
				let text =
					format!("channel {} is closed as {why}: {} paid", channel.id, Amount(amount));
				self.context.print(&Answer::new(json, text));
				self.later.insert(channel.id, number.saturating_add(RETRY));
			}
			Err(Error::Refused { message, .. }) => {
				self.context.note(format!("channel {} is not closed: {message}", channel.id));
				self.later.insert(channel.id, number.saturating_add(RETRY));
			}
			Err(error) => return Err(error),
		}
		Ok(())
	}

	/// Ends the book of a channel that is gone in a final block: until then it may come back.
	async fn note_gone(&mut self, chain: &Chain, channel: ChannelId, number: u64) -> Result<()> {
		let since = *self.gone.entry(channel).or_insert(number);
		if chain.finalised().await?.number >= since {
			self.service.book(channel).await?.end()?;
			self.gone.remove(&channel);
			self.later.remove(&channel);
		}
		Ok(())
	}
}

/// Closes a channel with a voucher, and puts the list of its outputs, `items`, into the store.
///
/// # Errors
/// As [`Context::send`].
pub async fn close(
	context: &Context,
	chain: &Chain,
	key: &Keypair,
	store: &BlobStore,
	signed: &SignedVoucher,
	items: &[u8],
) -> Result<Outcome> {
	// Whoever attributes asks the server for it.
	store.put(items).map_err(Error::usage)?;
	let tail = open_tail(items).map_err(Error::usage)?;
	context.send(chain, &calls::close_channel(signed, &tail), key, Via::Pool).await
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
			closing_at,
		}
	}

	#[test]
	fn a_channel_is_closed_before_it_expires() {
		let settling = Settling { margin: 10, at: None };
		assert_eq!(settling.reason(&channel(100, None), 5, 89), None);
		assert!(settling.reason(&channel(100, None), 5, 90).is_some());
		assert!(settling.reason(&channel(100, None), 5, 200).is_some(), "late, and not too late");
	}

	#[test]
	fn a_channel_is_closed_when_its_payer_asks_or_enough_is_owed() {
		let settling = Settling { margin: 10, at: Some(50) };
		assert!(settling.reason(&channel(100, Some(30)), 5, 20).is_some());
		assert_eq!(settling.reason(&channel(100, None), 49, 20), None);
		assert!(settling.reason(&channel(100, None), 50, 20).is_some());
	}

	#[test]
	fn a_channel_without_a_voucher_is_left_to_its_payer() {
		let settling = Settling { margin: 10, at: Some(0) };
		assert_eq!(settling.reason(&channel(100, Some(30)), 0, 99), None);
	}
}
