//! How what an agent is paid is divided.

use bounded_collections::{BoundedVec, ConstU32};
use sp_arithmetic::Perbill;

use super::{ModelRate, MAX_MODELS};
use crate::split::protocol_fee;

/// The parts of one payment for an agent, in planck. They sum to the payment exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Earnings {
	/// What is paid for each model, in the order of the rates.
	pub models: BoundedVec<u128, ConstU32<MAX_MODELS>>,
	/// The protocol's part of what the models leave.
	pub protocol_fee: u128,
	/// What is added to the agent's stake.
	pub retained: u128,
	/// What is paid to the owner of its title, or to the title's vault.
	pub rest: u128,
}

impl Earnings {
	/// All that is paid for models; `None` where that is more than can exist.
	pub fn for_models(&self) -> Option<u128> {
		self.models.iter().try_fold(0u128, |sum, part| sum.checked_add(*part))
	}
}

/// Divides a payment of `amount` planck for an agent (protocol 9).
///
/// Each model gets `floor(rate * amount)`. Of what they leave the protocol fee is taken, rounded up, as of
/// any payment; of what that leaves `floor(retention * net)` is retained, and the rest is the title's.
///
/// Returns `None` where there are more models than [`MAX_MODELS`], or their rates exceed the whole.
pub fn divide_earnings(
	amount: u128,
	models: &[ModelRate],
	fee: Perbill,
	retention: Perbill,
) -> Option<Earnings> {
	let parts = models.iter().map(|ModelRate { rate, .. }| rate.mul_floor(amount));
	let models = BoundedVec::try_from(parts.collect::<alloc::vec::Vec<_>>()).ok()?;
	let mut earnings = Earnings { models, ..Default::default() };
	let left = amount.checked_sub(earnings.for_models()?)?;
	earnings.protocol_fee = protocol_fee(left, fee);
	let net = left.checked_sub(earnings.protocol_fee)?;
	earnings.retained = retention.mul_floor(net);
	earnings.rest = net.checked_sub(earnings.retained)?;
	Some(earnings)
}
