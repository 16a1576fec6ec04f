//! When a channel is closed, and how long its vouchers are taken.

use subxt::utils::AccountId32;
use tributary_primitives::views::ChannelView;

/// Blocks that are waited before a channel that was not closed is closed again.
pub const RETRY: u64 = 10;
/// The blocks at the end of a channel in which no voucher is taken: what is refused once is tried again in them, and
/// stands in a block.
pub const LAST_CALL: u64 = RETRY + 2;

/// When channels are closed.
#[derive(Clone, Copy, Debug)]
pub struct Settling {
	/// The blocks before its expiry in which a channel is closed.
	pub margin: u32,
	/// The amount from which on it is closed at once, in planck.
	pub at: Option<u128>,
}

/// What a channel owes.
#[derive(Clone, Copy, Debug)]
pub struct Owed {
	/// What its last voucher is for, in planck.
	pub amount: u128,
	/// Whether no voucher for one more item may follow.
	pub full: bool,
	/// Whether it was to be closed before, and was not.
	pub failed: bool,
}

impl Settling {
	/// Why a channel is closed in the block `best`, if it is. The chain takes no voucher for less than `least` planck.
	pub fn reason(
		&self,
		channel: &ChannelView<AccountId32>,
		owed: Owed,
		best: u64,
		least: u128,
	) -> Option<&'static str> {
		let Owed { amount, full, failed } = owed;
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
		if self.at.is_some_and(|at| amount >= at) {
			return Some("enough is owed");
		}
		failed.then_some("it was not closed before")
	}
}

/// The last block that may close a channel, as anyone may finish it afterwards.
pub fn open_until(channel: &ChannelView<AccountId32>) -> u32 {
	channel.closing_at.map_or(channel.expires_at, |closing| closing.min(channel.expires_at))
}

/// The blocks after which a closing that was not sent in the block `now` is tried again, where `last` is the last block
/// that may close the channel: the less there are left the sooner.
pub fn retry_after(last: u32, now: u64) -> u64 {
	(u64::from(last).saturating_sub(now) / 2).clamp(1, RETRY)
}

/// Whether a voucher that is taken in the block `best` can still close its channel.
pub fn takes_vouchers(channel: &ChannelView<AccountId32>, best: u64) -> bool {
	best.saturating_add(LAST_CALL) < open_until(channel).into()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_was_not_sent_is_tried_again_while_the_channel_stands() {
		assert_eq!(
			[1_000, 120, 109, 103, 101, 99].map(|last| retry_after(last, 100)),
			[10, 10, 4, 1, 1, 1]
		);
	}

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

	fn owed(amount: u128) -> Owed {
		Owed { amount, full: false, failed: false }
	}

	#[test]
	fn a_channel_is_closed_before_it_expires() {
		let settling = Settling { margin: 10, at: None };
		assert_eq!(settling.reason(&channel(100, None), owed(5), 89, 1), None);
		assert!(settling.reason(&channel(100, None), owed(5), 90, 1).is_some());
		assert!(settling.reason(&channel(100, None), owed(5), 200, 1).is_some(), "not too late");
	}

	#[test]
	fn a_channel_is_closed_when_its_payer_asks_or_enough_is_owed() {
		let settling = Settling { margin: 10, at: Some(50) };
		assert!(settling.reason(&channel(100, Some(30)), owed(5), 20, 1).is_some());
		assert_eq!(settling.reason(&channel(100, None), owed(49), 20, 1), None);
		assert!(settling.reason(&channel(100, None), owed(50), 20, 1).is_some());
	}

	#[test]
	fn a_channel_is_closed_when_its_list_is_full() {
		let settling = Settling { margin: 10, at: None };
		assert_eq!(settling.reason(&channel(100, None), owed(5), 20, 1), None);
		let full = Owed { full: true, ..owed(5) };
		assert_eq!(settling.reason(&channel(100, None), full, 20, 1), Some("its list is full"));
	}

	#[test]
	fn a_channel_that_was_not_closed_is_closed_again_also_when_its_payer_took_the_request_back() {
		let settling = Settling { margin: 10, at: None };
		let failed = Owed { failed: true, ..owed(5) };
		assert!(settling.reason(&channel(100, None), failed, 20, 1).is_some());
	}

	#[test]
	fn a_channel_without_a_voucher_is_left_to_its_payer() {
		let settling = Settling { margin: 10, at: Some(0) };
		assert_eq!(settling.reason(&channel(100, Some(30)), owed(0), 99, 1), None);
	}

	#[test]
	fn a_channel_is_not_closed_with_less_than_the_chain_takes() {
		let settling = Settling { margin: 10, at: Some(0) };
		let full = |amount| Owed { full: true, ..owed(amount) };
		assert_eq!(settling.reason(&channel(100, Some(30)), full(24), 99, 25), None);
		assert!(settling.reason(&channel(100, Some(30)), owed(25), 20, 25).is_some());
	}

	#[test]
	fn a_voucher_is_taken_only_while_its_closing_can_still_be_tried_twice() {
		let last = 100 - LAST_CALL;
		for channel in [channel(100, None), channel(200, Some(100)), channel(100, Some(150))] {
			assert_eq!(open_until(&channel), 100);
			assert!(takes_vouchers(&channel, last - 1));
			assert!(!takes_vouchers(&channel, last));
		}
		// It is due in the next block, and again after a rest: both come before the end.
		assert!(last - 1 + 1 + RETRY < 100);
	}
}
