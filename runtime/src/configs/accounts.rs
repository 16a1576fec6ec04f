//! What accounts can do with their calls: batch them, delegate them, share them; and sudo.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{ConstU32, InstanceFilter},
};
use scale_info::TypeInfo;
use sp_runtime::traits::BlakeTwo256;

use crate::{
	params::deposit, Balance, Balances, OriginCaller, Runtime, RuntimeCall, RuntimeEvent, System,
};

impl pallet_utility::Config for Runtime {
	type PalletsOrigin = OriginCaller;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// The deposit for an account's list of proxies.
	pub ProxyDepositBase: Balance = deposit(1, 8);
	/// The deposit for each proxy: an account, a type and a delay.
	pub ProxyDepositFactor: Balance = deposit(0, 37);
	/// The deposit for an account's list of announcements.
	pub AnnouncementDepositBase: Balance = deposit(1, 8);
	/// The deposit for each announcement: an account, a hash and a block number.
	pub AnnouncementDepositFactor: Balance = deposit(0, 68);
	/// The deposit for a multisig operation.
	pub MultisigDepositBase: Balance = deposit(1, 88);
	/// The deposit for each of its signatories.
	pub MultisigDepositFactor: Balance = deposit(0, 32);
}

/// What a proxy may do in the name of its account.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ProxyType {
	/// Everything.
	#[default]
	#[codec(index = 0)]
	Any,
	/// Datasets, models, reports and claims, but no payment and no transfer; so no demand for bytes, which
	/// pays for the answer, no accusation, which pays where it fails, and no channel, which pays for
	/// outputs. Of titles, shares and pools nothing that gives one away or offers it; shares may be issued
	/// to their title's owner, staked, and their dividends be claimed. An agent may be paused and described,
	/// and what it has or had at stake be taken back by its owner; it does not act, and nobody else is let
	/// act by it.
	#[codec(index = 1)]
	NonTransfer,
	/// Datasets and contributions, and the claims on what they earn.
	#[codec(index = 2)]
	Data,
	/// Reports and bonds, and demands for bytes.
	#[codec(index = 3)]
	Attributor,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		use pallet_agents::Call as Agents;
		use pallet_attribution::Call as Attribution;
		use pallet_availability::Call as Availability;
		use pallet_channels::Call as Channels;
		use pallet_nfts::Call as Nfts;
		use pallet_originality::Call as Originality;
		use pallet_usage::Call as Usage;

		// A batch is filtered call by call as it is dispatched.
		if matches!(call, RuntimeCall::Utility(..)) {
			return true;
		}
		match self {
			Self::Any => true,
			Self::NonTransfer => match call {
				RuntimeCall::Usage(call) => !matches!(call, Usage::pay { .. }),
				RuntimeCall::Availability(call) => !matches!(call, Availability::demand { .. }),
				RuntimeCall::Originality(call) => !matches!(call, Originality::accuse { .. }),
				RuntimeCall::Channels(call) => matches!(
					call,
					Channels::close { .. }
						| Channels::request_close { .. }
						| Channels::finish { .. }
				),
				RuntimeCall::Nfts(call) => matches!(
					call,
					Nfts::set_price { price: None, .. }
						| Nfts::cancel_swap { .. }
						| Nfts::cancel_approval { .. }
						| Nfts::clear_all_transfer_approvals { .. }
				),
				RuntimeCall::Assets(call) => {
					matches!(call, pallet_assets::Call::cancel_approval { .. })
				}
				RuntimeCall::Agents(call) => matches!(
					call,
					Agents::set_metadata { .. }
						| Agents::pause { .. }
						| Agents::unbond { .. }
						| Agents::withdraw_unbonded { .. }
						| Agents::withdraw { .. }
						| Agents::forget_payer { .. }
				),
				RuntimeCall::PoolAssets(call) => {
					matches!(call, pallet_assets::Call::cancel_approval { .. })
				}
				RuntimeCall::System(..)
				| RuntimeCall::Datasets(..)
				| RuntimeCall::Models(..)
				| RuntimeCall::Attribution(..)
				| RuntimeCall::Shares(..)
				| RuntimeCall::Session(..)
				| RuntimeCall::Multisig(..) => true,
				_ => false,
			},
			Self::Data => matches!(
				call,
				RuntimeCall::Datasets(..)
					| RuntimeCall::Attribution(
						Attribution::claim { .. } | Attribution::claim_passed { .. }
					)
			),
			Self::Attributor => match call {
				RuntimeCall::Attribution(call) => !matches!(call, Attribution::claim { .. }),
				RuntimeCall::Availability(..) => true,
				_ => false,
			},
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		match (self, other) {
			(left, right) if left == right => true,
			(Self::Any, _) => true,
			(_, Self::Any) => false,
			(Self::NonTransfer, _) => true,
			_ => false,
		}
	}
}

impl pallet_proxy::Config for Runtime {
	type AnnouncementDepositBase = AnnouncementDepositBase;
	type AnnouncementDepositFactor = AnnouncementDepositFactor;
	type BlockNumberProvider = System;
	type CallHasher = BlakeTwo256;
	type Currency = Balances;
	type MaxPending = ConstU32<32>;
	type MaxProxies = ConstU32<32>;
	type ProxyDepositBase = ProxyDepositBase;
	type ProxyDepositFactor = ProxyDepositFactor;
	type ProxyType = ProxyType;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
}

impl pallet_multisig::Config for Runtime {
	type BlockNumberProvider = System;
	type Currency = Balances;
	type DepositBase = MultisigDepositBase;
	type DepositFactor = MultisigDepositFactor;
	type MaxSignatories = ConstU32<100>;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
}

impl pallet_sudo::Config for Runtime {
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}
