//! Genesis: what the presets put on the chain.

use sp_genesis_builder::runtime_decl_for_genesis_builder::GenesisBuilder;
use sp_keyring::Sr25519Keyring as Account;
use sp_runtime::traits::AccountIdConversion;
use tributary_primitives::{
	fees::DEFAULTS,
	title::{Title, TitleKind},
};
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi,
	configs::tributary::Treasury,
	genesis_presets::{preset_names, ENDOWMENT},
	params::{SharesPalletId, TitlesPalletId, EXISTENTIAL_DEPOSIT},
	AccountId, AuthorityDiscovery, Babe, Balances, Grandpa, Historical, Nfts, Runtime, Session,
	System, Usage,
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

#[test]
fn the_treasury_takes_any_amount_from_the_start() {
	let mut chain = Chain::start("local_testnet");
	assert_eq!(chain.free(&Treasury::get()), EXISTENTIAL_DEPOSIT);
}

#[test]
fn the_collections_of_titles_exist_and_belong_to_nobody_who_signs() {
	Chain::start("development").ext.execute_with(|| {
		for kind in TitleKind::ALL {
			let owner = Nfts::collection_owner(kind.collection()).expect("it exists");
			assert_eq!(owner, TitlesPalletId::get().into_account_truncating());
		}
		assert_eq!(Nfts::collection_owner(3), None);
		assert_eq!(Runtime::title(Title::model(0)), None);
	});
}

#[test]
fn the_account_of_vaults_exists() {
	Chain::start("development").ext.execute_with(|| {
		let account: AccountId = SharesPalletId::get().into_account_truncating();
		assert!(System::providers(&account) > 0);
	});
}

#[test]
fn a_new_chain_has_the_settings_of_the_protocol() {
	Chain::start("development").ext.execute_with(|| assert_eq!(Runtime::settings(), DEFAULTS));
}
