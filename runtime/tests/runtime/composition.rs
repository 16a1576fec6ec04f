//! What wallets and other programs rely on: the order of the extensions, indices, prefix, version.

use frame_support::traits::{PalletInfoAccess, PalletsInfoAccess};
use frame_system::Config as System;
use sp_runtime::traits::TransactionExtension;
use tributary_primitives::voucher::{wrap, VOUCHER_TAG};
use tributary_runtime::*;

#[test]
fn extensions_stand_in_the_order_that_wallets_sign() {
	let names: Vec<_> = <TxExtension as TransactionExtension<RuntimeCall>>::metadata()
		.into_iter()
		.map(|extension| extension.identifier)
		.collect();
	assert_eq!(
		names,
		[
			"AuthorizeCall",
			"CheckNonZeroSender",
			"CheckSpecVersion",
			"CheckTxVersion",
			"CheckGenesis",
			"CheckMortality",
			"CheckNonce",
			"CheckWeight",
			"ChargeTransactionPayment",
			"CheckMetadataHash",
			"WeightReclaim",
		]
	);
}

#[test]
fn pallets_keep_their_indices() {
	let indices = [
		(tributary_runtime::System::index(), 0),
		(Timestamp::index(), 1),
		(Babe::index(), 2),
		(Authorship::index(), 3),
		(Balances::index(), 4),
		(TransactionPayment::index(), 5),
		(Offences::index(), 6),
		(Historical::index(), 7),
		(Session::index(), 8),
		(Grandpa::index(), 9),
		(AuthorityDiscovery::index(), 10),
		(Utility::index(), 11),
		(Proxy::index(), 12),
		(Multisig::index(), 13),
		(Sudo::index(), 14),
		(Parameters::index(), 15),
		(Nfts::index(), 16),
		(Assets::index(), 17),
		(PoolAssets::index(), 18),
		(AssetConversion::index(), 19),
		(Datasets::index(), 40),
		(Models::index(), 41),
		(Usage::index(), 42),
		(Attribution::index(), 43),
		(Availability::index(), 44),
		(Originality::index(), 45),
		(Titles::index(), 46),
		(Shares::index(), 47),
		(Channels::index(), 48),
		(Settings::index(), 49),
		(Agents::index(), 50),
	];
	for (index, expected) in indices {
		assert_eq!(index, expected);
	}
	assert_eq!(AllPalletsWithSystem::infos().len(), indices.len(), "every pallet is in the list");
}

#[test]
fn no_transaction_can_be_mistaken_for_a_voucher() {
	let tag = [VOUCHER_TAG[0], wrap(&[])[0]];
	assert_eq!(tag, [116, 60]);
	for pallet in AllPalletsWithSystem::infos() {
		assert!(!tag.map(usize::from).contains(&pallet.index), "{} could be", pallet.name);
	}
}

#[test]
fn the_token_is_what_the_chain_specification_says() {
	assert_eq!(<Runtime as System>::SS58Prefix::get(), 42);
	assert_eq!(params::TRIB, 10u128.pow(params::DECIMALS.into()));
	assert_eq!(params::DECIMALS, 12);
	assert_eq!(VERSION.spec_name, "tributary");
}

#[test]
fn the_attribution_api_is_announced() {
	let id = <dyn attribution_api::AttributionApi<Block, AccountId> as sp_api::RuntimeApiInfo>::ID;
	assert_eq!(VERSION.api_version(&id), Some(4));
}
