//! The parameters that can be changed: where they are kept, and who changes them.

use frame_support::traits::Get;
use frame_system::{EnsureNever, EnsureRoot};
use tributary_primitives::fees::{Setting, Settings};

use crate::{AccountId, Runtime, RuntimeEvent};

pub use values::{chain, RuntimeParameters, RuntimeParametersKey, RuntimeParametersValue};

/// What each of [`Settings`] is stored as, by its index.
macro_rules! stored {
	($($index:literal $name:ident: $type:ident = $field:ident;)*) => {
		#[allow(
			missing_docs,
			clippy::cast_possible_truncation,
			reason = "the macros write types without docs, and the codec's derive casts their indices"
		)]
		mod values {
			use frame_support::dynamic_params::dynamic_params;

			use crate::Runtime;

			#[dynamic_params(RuntimeParameters, pallet_parameters::Parameters::<Runtime>)]
			pub mod groups {
				use frame_support::dynamic_params::dynamic_pallet_params;
				use sp_runtime::Perbill;
				use tributary_primitives::fees::DEFAULTS;

				use super::*;

				#[dynamic_pallet_params]
				#[codec(index = 0)]
				pub mod chain {
					$(
						#[codec(index = $index)]
						pub static $name: $type = DEFAULTS.$field;
					)*
				}
			}

			pub use groups::chain;
		}

		impl pallet_settings::Store for Kept {
			fn put(setting: Setting) {
				let (key, value) = match setting {
					$(
						Setting::$name(value) => (
							chain::ParametersKey::$name(chain::$name),
							chain::ParametersValue::$name(value),
						),
					)*
				};
				pallet_parameters::Parameters::<Runtime>::insert(
					RuntimeParametersKey::Chain(key),
					RuntimeParametersValue::Chain(value),
				);
			}

			fn settings() -> Settings {
				Settings { $($field: chain::$name::get()),* }
			}
		}
	};
}

/// The settings, as `pallet-parameters` keeps them.
pub struct Kept;

stored! {
	0 ProtocolFee: Perbill = protocol_fee;
	1 AuthorShare: Perbill = author_share;
	2 AttributionFee: Perbill = attribution_fee;
	3 TreasuryShare: Perbill = treasury_share;
	4 MinPayment: u128 = min_payment;
	5 ReportBond: u128 = report_bond;
	6 DemandDeposit: u128 = demand_deposit;
	7 AccusationBond: u128 = accusation_bond;
	8 CommitDeposit: u128 = commit_deposit;
	9 ContributionDeposit: u128 = contribution_deposit;
	10 DrawDelay: u32 = draw_delay;
	11 ProofWindow: u32 = proof_window;
	12 ChallengeWindow: u32 = challenge_window;
	13 AnswerWindow: u32 = answer_window;
	14 RewardWindow: u32 = reward_window;
}

/// The pallet's own call is for nobody, root included: it does not check values, as
/// [`pallet_settings`] does, and root could speak for any origin that it took values from.
impl pallet_parameters::Config for Runtime {
	type AdminOrigin = EnsureNever<()>;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeParameters = RuntimeParameters;
	type WeightInfo = ();
}

impl pallet_settings::Config for Runtime {
	type Store = Kept;
	type UpdateOrigin = EnsureRoot<AccountId>;
	type WeightInfo = pallet_settings::weights::SubstrateWeight<Runtime>;
}
