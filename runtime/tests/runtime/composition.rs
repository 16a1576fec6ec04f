//! What wallets and other programs rely on: the order of the extensions, indices, prefix, version.

use frame_support::traits::PalletInfoAccess;
use frame_system::Config as System;
use sp_runtime::traits::TransactionExtension;
use tributary_primitives::availability::Demanded;
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
		tributary_runtime::System::index(),
		Timestamp::index(),
		Babe::index(),
		Authorship::index(),
		Balances::index(),
		TransactionPayment::index(),
		Offences::index(),
		Historical::index(),
		Session::index(),
		Grandpa::index(),
		AuthorityDiscovery::index(),
		Utility::index(),
		Proxy::index(),
		Multisig::index(),
		Sudo::index(),
		Datasets::index(),
		Models::index(),
		Usage::index(),
		Attribution::index(),
		Availability::index(),
		Originality::index(),
	];
	assert_eq!(indices, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 40, 41, 42, 43, 44, 45]);
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
	assert_eq!(VERSION.api_version(&id), Some(2));
}

#[test]
fn a_proxy_that_may_not_pay_cannot_move_money() {
	use configs::accounts::ProxyType;
	use frame_support::traits::InstanceFilter;

	let to = Address::Id(AccountId::new([1; 32]));
	let transfer: RuntimeCall =
		pallet_balances::Call::transfer_allow_death { dest: to, value: 1 }.into();
	let pay: RuntimeCall = pallet_usage::Call::pay {
		model: 0,
		outputs: Default::default(),
		outputs_tail: Default::default(),
		amount: 1,
	}
	.into();
	let accuse: RuntimeCall = pallet_originality::Call::accuse {
		accused: 1,
		original: pallet_originality::Original::Contribution(0),
		item: None,
	}
	.into();
	let demand: RuntimeCall = pallet_availability::Call::demand {
		blob: Demanded::Contribution { seq: 0 },
		chunk: 0,
		item: None,
		keep_open: None,
	}
	.into();
	let claim: RuntimeCall = pallet_usage::Call::claim_owner { model: 0 }.into();
	assert!(!ProxyType::NonTransfer.filter(&demand) && !ProxyType::Data.filter(&demand));
	assert!(ProxyType::Attributor.filter(&demand));
	for call in [transfer, pay, accuse] {
		assert!(ProxyType::Any.filter(&call));
		for restricted in [ProxyType::NonTransfer, ProxyType::Data, ProxyType::Attributor] {
			assert!(!restricted.filter(&call));
		}
	}
	assert!(ProxyType::NonTransfer.filter(&claim));
	assert!(!ProxyType::NonTransfer.is_superset(&ProxyType::Any));
	assert!(ProxyType::NonTransfer.is_superset(&ProxyType::Data));
}
