//! Genesis: what the presets put on the chain.

use sp_genesis_builder::runtime_decl_for_genesis_builder::GenesisBuilder;
use sp_keyring::Sr25519Keyring as Account;
use tributary_runtime::{
	configs::tributary::Treasury,
	genesis_presets::{preset_names, ENDOWMENT},
	AuthorityDiscovery, Babe, Balances, Grandpa, Historical, Runtime, Session, System, Usage,
};

use crate::chain::Chain;

#[test]
fn both_presets_build_a_sound_genesis() {
	assert_eq!(preset_names().len(), 2);
	for (preset, authorities) in [("development", 1), ("local_testnet", 4)] {
		let mut chain = Chain::start(preset);
		chain.ext.execute_with(|| {
			assert_eq!(Session::validators().len(), authorities);
			assert_eq!(Babe::authorities().len(), authorities);
			assert_eq!(Grandpa::grandpa_authorities().len(), authorities);
			assert_eq!(AuthorityDiscovery::authorities().len(), authorities);
			for account in Account::well_known() {
				assert_eq!(Balances::free_balance(account.to_account_id()), ENDOWMENT);
			}
			assert_eq!(pallet_sudo::Key::<Runtime>::get(), Some(Account::Alice.to_account_id()));
		});
		chain.check();
	}
}

#[test]
fn an_unknown_preset_is_none() {
	assert_eq!(Runtime::get_preset(&Some("mainnet".into())), None);
}

#[test]
fn the_first_two_sessions_have_a_membership_root() {
	Chain::start("local_testnet").ext.execute_with(|| {
		let first = Historical::historical_root(0).expect("the first session has a root");
		assert_eq!(Historical::historical_root(1), Some(first));
		assert_eq!(first.1, 4);
	});
}

#[test]
fn the_account_of_payments_exists_and_owes_nothing() {
	Chain::start("development").ext.execute_with(|| {
		assert!(System::providers(&Usage::account_id()) > 0);
		let books = Usage::books_view();
		assert_eq!((books.deposited, books.claimed, books.held), (0, 0, 0));
		assert_ne!(Usage::account_id(), Treasury::get());
	});
}
