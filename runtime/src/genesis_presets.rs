//! The chains that can be started by name: `development`, one authority, and `local_testnet`, four.
//! Every key in them is public. Both use the same parameters.

use alloc::{vec, vec::Vec};

use frame_support::build_struct_json_patch;
use serde_json::Value;
use sp_consensus_babe::{AllowedSlots, BabeEpochConfiguration};
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

use crate::{
	configs::tributary::Treasury,
	params::{EXISTENTIAL_DEPOSIT, PRIMARY_PROBABILITY, TRIB},
	AccountId, BabeConfig, Balance, BalancesConfig, RuntimeGenesisConfig, SessionConfig,
	SessionKeys, SudoConfig,
};

/// How BABE gives out slots: one in four is drawn by VRF, and every other has one fallback author.
pub const BABE_EPOCH_CONFIG: BabeEpochConfiguration = BabeEpochConfiguration {
	c: PRIMARY_PROBABILITY,
	allowed_slots: AllowedSlots::PrimaryAndSecondaryVRFSlots,
};

/// What each well-known account starts with, in planck.
pub const ENDOWMENT: Balance = 1_000_000 * TRIB;

/// An authority under a public development key: its account and its session keys.
fn authority(account: Sr25519Keyring, finality: Ed25519Keyring) -> (AccountId, SessionKeys) {
	let keys = SessionKeys {
		babe: account.public().into(),
		grandpa: finality.public().into(),
		authority_discovery: account.public().into(),
	};
	(account.to_account_id(), keys)
}

/// A genesis with these authorities, money for all well-known accounts, a treasury that takes any amount, and
/// `root` for sudo.
fn genesis(authorities: Vec<(AccountId, SessionKeys)>, root: AccountId) -> Value {
	build_struct_json_patch!(RuntimeGenesisConfig {
		babe: BabeConfig { epoch_config: BABE_EPOCH_CONFIG },
		balances: BalancesConfig {
			balances: Sr25519Keyring::well_known()
				.map(|account| (account.to_account_id(), ENDOWMENT))
				.chain([(Treasury::get(), EXISTENTIAL_DEPOSIT)])
				.collect::<Vec<_>>(),
		},
		session: SessionConfig {
			keys: authorities
				.into_iter()
				.map(|(account, keys)| (account.clone(), account, keys))
				.collect::<Vec<_>>(),
		},
		sudo: SudoConfig { key: Some(root) },
	})
}

/// The JSON of a preset, to be laid over the default genesis; `None` where there is none of that
/// name.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	use Ed25519Keyring as Finality;
	use Sr25519Keyring as Account;

	let authorities = match id.as_ref() {
		DEV_RUNTIME_PRESET => vec![authority(Account::Alice, Finality::Alice)],
		LOCAL_TESTNET_RUNTIME_PRESET => vec![
			authority(Account::Alice, Finality::Alice),
			authority(Account::Bob, Finality::Bob),
			authority(Account::Charlie, Finality::Charlie),
			authority(Account::Dave, Finality::Dave),
		],
		_ => return None,
	};
	serde_json::to_vec(&genesis(authorities, Account::Alice.to_account_id())).ok()
}

/// The names that [`get_preset`] knows.
pub fn preset_names() -> Vec<PresetId> {
	vec![PresetId::from(DEV_RUNTIME_PRESET), PresetId::from(LOCAL_TESTNET_RUNTIME_PRESET)]
}
