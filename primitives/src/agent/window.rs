//! What was spent in the last blocks.

use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use super::{Currency, Mandate, MAX_BUDGETED_ASSETS};

/// The buckets that a window's blocks fill.
const FILLED: u32 = 8;
/// The buckets that a window of blocks can reach into, as it may begin inside one.
const REACHED: usize = 9;

/// What was spent in the last `window` blocks, or a little more: it is counted in buckets of
/// `ceil(window / 8)` blocks each, and with a bucket that a window of blocks reaches into the whole of it
/// counts. So what is counted is never less than what was spent, and a limit on it holds for every run of
/// `window` blocks.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct RollingWindow {
	/// The blocks of a bucket.
	bucket: u32,
	/// The number of the newest bucket, counted from block 0.
	newest: u32,
	/// What was spent in each bucket, the newest first.
	spent: [u128; REACHED],
}

impl RollingWindow {
	/// A window of so many blocks, at least 1, in which nothing was spent.
	pub fn new(window: u32) -> Self {
		Self { bucket: bucket(window), newest: 0, spent: [0; REACHED] }
	}

	/// What counts in `block`.
	pub fn spent(&self, block: u32) -> u128 {
		let mut now = *self;
		now.advance(block);
		now.spent.iter().fold(0, |sum, bucket| sum.saturating_add(*bucket))
	}

	/// Counts `amount` as spent in `block`. Blocks come in order; one that is earlier counts as the latest.
	pub fn spend(&mut self, block: u32, amount: u128) {
		self.advance(block);
		if let Some(newest) = self.spent.first_mut() {
			*newest = newest.saturating_add(amount);
		}
	}

	/// Makes it a window of so many blocks from `block` on. Where the buckets are other ones, all that
	/// counts in `block` counts as spent in it. What had left the window before stays forgotten.
	pub fn resize(&mut self, block: u32, window: u32) {
		if self.bucket != bucket(window) {
			let spent = self.spent(block);
			*self = Self::new(window);
			self.spend(block, spent);
		}
	}

	fn advance(&mut self, block: u32) {
		let number = block.checked_div(self.bucket).unwrap_or(0);
		let ahead = number.saturating_sub(self.newest);
		let ahead = usize::try_from(ahead).unwrap_or(REACHED).min(REACHED);
		self.spent.rotate_right(ahead);
		self.spent.iter_mut().take(ahead).for_each(|bucket| *bucket = 0);
		self.newest = self.newest.max(number);
	}
}

/// The blocks of a bucket of a window of so many blocks.
fn bucket(window: u32) -> u32 {
	window.div_ceil(FILLED).max(1)
}

/// What an agent has spent of each currency that its mandate has a budget for.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Windows {
	/// Of the native token.
	pub native: RollingWindow,
	/// Of assets, by their ids, in ascending order.
	pub assets: BoundedVec<(u32, RollingWindow), ConstU32<MAX_BUDGETED_ASSETS>>,
}

impl Windows {
	/// The windows of `mandate`, which counts from `block` on. What was spent under the mandate before,
	/// of the same currencies, counts for it too.
	pub fn of<AccountId: Ord>(
		mandate: &Mandate<AccountId>,
		before: Option<&Self>,
		block: u32,
	) -> Self {
		let carried = |currency| {
			let mut window = before
				.and_then(|before| before.window(currency))
				.copied()
				.unwrap_or_else(|| RollingWindow::new(mandate.window));
			window.resize(block, mandate.window);
			window
		};
		let mut assets = BoundedVec::new();
		for (asset, _) in &mandate.assets {
			// As many as the mandate has: never one too many.
			let _ = assets.try_push((*asset, carried(Currency::Asset(*asset))));
		}
		Self { native: carried(Currency::Native), assets }
	}

	/// What counts of `currency` in `block`; 0 of an asset without a budget, of which nothing can be spent.
	pub fn spent(&self, currency: Currency, block: u32) -> u128 {
		self.window(currency).map_or(0, |window| window.spent(block))
	}

	/// Counts `amount` of `currency` as spent in `block`.
	pub fn spend(&mut self, currency: Currency, block: u32, amount: u128) {
		let window = match currency {
			Currency::Native => Some(&mut self.native),
			Currency::Asset(asset) => self
				.assets
				.iter_mut()
				.find(|(counted, _)| *counted == asset)
				.map(|(_, window)| window),
		};
		if let Some(window) = window {
			window.spend(block, amount);
		}
	}

	fn window(&self, currency: Currency) -> Option<&RollingWindow> {
		match currency {
			Currency::Native => Some(&self.native),
			Currency::Asset(asset) => {
				self.assets.iter().find(|(counted, _)| *counted == asset).map(|(_, window)| window)
			}
		}
	}
}
