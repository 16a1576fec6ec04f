//! Which questions and vouchers a gateway takes.

use std::{sync::atomic::Ordering, time::Instant};

use subxt::utils::AccountId32;
use tributary_primitives::{ids::ChannelId, views::ChannelView};

use super::{
	super::{
		book::Book,
		pause::Pause,
		problem::{Kind, Problem},
		settle::{open_until, takes_vouchers, LAST_CALL},
		view::ChannelSource,
		wire::{Ask, Offer},
	},
	Answered, Service,
};
use crate::amount::Amount;

impl<V: ChannelSource> Service<V> {
	/// The answer to a question that was made before; `None` where it is to be made now, if it can be sold.
	pub(super) fn made(
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
		if book.has_failed() {
			return Err(Problem::new(
				Kind::Channel,
				"the channel was to be closed and could not be: it gets no more answers before that is made up \
				 for; open another",
			));
		}
		if !self.places.has_one_for(ask.channel) {
			return Err(self.crowded());
		}
		if !self.sells.load(Ordering::Relaxed) {
			return Err(Problem::new(
				Kind::Unavailable,
				"the seller may not act on the chain now, and so can close no channel: ask again later",
			));
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

	/// The number of the best block, and the channel, if answers are sold to it now.
	pub(super) async fn serving(&self, id: ChannelId) -> Answered<(u64, ChannelView<AccountId32>)> {
		let (best, found) = self.view.channel(id).await.map_err(Problem::unavailable)?;
		let channel = self.ours(found)?;
		if channel.closing_at.is_some() {
			return Err(Problem::new(Kind::Channel, "the payer has asked to close the channel"));
		}
		let margin = u64::from(self.terms.margin).max(LAST_CALL);
		if best.saturating_add(margin) >= channel.expires_at.into() {
			return Err(Problem::new(
				Kind::Channel,
				format!(
					"the channel expires in block {}, and gets no answers in the {margin} blocks before: put \
					 its expiry off",
					channel.expires_at
				),
			));
		}
		Ok((best, channel))
	}

	/// The channel, if it is one to this gateway.
	pub(super) fn ours(
		&self,
		found: Option<ChannelView<AccountId32>>,
	) -> Answered<ChannelView<AccountId32>> {
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

	/// There is no place for one more channel that owes.
	pub(super) fn crowded(&self) -> Problem {
		Problem::new(
			Kind::Unavailable,
			format!(
				"the gateway has vouchers of {} channels, and could not close more in time: use a channel that \
				 has paid already, or ask again when some are closed",
				self.places.most()
			),
		)
	}
}

/// A voucher that comes too late is never paid.
pub(super) fn check_in_time(channel: &ChannelView<AccountId32>, best: u64) -> Answered<()> {
	if takes_vouchers(channel, best) {
		return Ok(());
	}
	Err(Problem::new(
		Kind::Channel,
		format!(
			"the channel can be finished after block {}, and a voucher that is taken in the {LAST_CALL} \
			 blocks before may be too late to close it: open another",
			open_until(channel)
		),
	))
}

/// What the program does not answer is paid by nobody.
pub(super) fn check_pause(pause: &Pause) -> Answered<()> {
	let Some(left) = pause.left(Instant::now()) else { return Ok(()) };
	Err(Problem::new(
		Kind::Unavailable,
		format!(
			"the program has not answered the channel's last question: ask again in {} s",
			left.as_secs().saturating_add(1)
		),
	))
}

/// An answer that is sold, or a voucher that is taken, while the channel may be closed with an earlier one
/// would never be paid.
pub(super) fn check_not_settling(book: &Book, best: u64) -> Answered<()> {
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
