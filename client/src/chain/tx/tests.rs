use super::*;
use crate::chain::events::Event;
use codec::{Compact, Decode};
use scale_info::{meta_type, MetaType, TypeInfo};
use serde_json::json;
use subxt::{ext::frame_metadata::v16, metadata::Metadata};

#[derive(TypeInfo)]
#[allow(dead_code, non_camel_case_types)]
enum Calls {
	call { number: u32 },
}

#[derive(TypeInfo)]
struct Empty;

/// A runtime with one call of one argument, and the transaction extensions of the chain.
fn metadata() -> Metadata {
	let extensions: [(&'static str, MetaType, MetaType); 11] = [
		("AuthorizeCall", meta_type::<Empty>(), meta_type::<()>()),
		("CheckNonZeroSender", meta_type::<Empty>(), meta_type::<()>()),
		("CheckSpecVersion", meta_type::<Empty>(), meta_type::<u32>()),
		("CheckTxVersion", meta_type::<Empty>(), meta_type::<u32>()),
		("CheckGenesis", meta_type::<Empty>(), meta_type::<[u8; 32]>()),
		("CheckMortality", meta_type::<u8>(), meta_type::<[u8; 32]>()),
		("CheckNonce", meta_type::<Compact<u32>>(), meta_type::<()>()),
		("CheckWeight", meta_type::<Empty>(), meta_type::<()>()),
		("ChargeTransactionPayment", meta_type::<Compact<u128>>(), meta_type::<()>()),
		("CheckMetadataHash", meta_type::<u8>(), meta_type::<Option<[u8; 32]>>()),
		("WeightReclaim", meta_type::<Empty>(), meta_type::<()>()),
	];
	let indices = (0..11u32).map(Compact).collect();
	v16::RuntimeMetadataV16::new(
		vec![v16::PalletMetadata {
			name: "Test",
			storage: None,
			calls: Some(v16::PalletCallMetadata {
				ty: meta_type::<Calls>(),
				deprecation_info: v16::EnumDeprecationInfo::nothing_deprecated(),
			}),
			event: None,
			constants: Vec::new(),
			error: None,
			associated_types: Vec::new(),
			view_functions: Vec::new(),
			index: 43,
			docs: Vec::new(),
			deprecation_info: v16::ItemDeprecationInfo::NotDeprecated,
		}],
		v16::ExtrinsicMetadata {
			versions: vec![4, 5],
			address_ty: meta_type::<u8>(),
			call_ty: meta_type::<Calls>(),
			signature_ty: meta_type::<u8>(),
			transaction_extensions_by_version: [(0u8, indices)].into_iter().collect(),
			transaction_extensions: extensions
				.map(|(identifier, ty, implicit)| v16::TransactionExtensionMetadata {
					identifier,
					ty,
					implicit,
				})
				.into(),
		},
		Vec::new(),
		v16::OuterEnums {
			call_enum_ty: meta_type::<Calls>(),
			event_enum_ty: meta_type::<()>(),
			error_enum_ty: meta_type::<()>(),
		},
		v16::CustomMetadata { map: Default::default() },
	)
	.try_into()
	.unwrap()
}

#[test]
fn an_unsigned_call_is_a_general_transaction_with_default_extensions() {
	let state = ClientState {
		genesis_hash: H256([7; 32]),
		spec_version: 1,
		transaction_version: 1,
		metadata: metadata().into(),
	};
	let call = Call::new("Test", "call").scale("number", &5u32);
	let bytes = general_transaction(&state, &call).unwrap();
	let inner = Vec::<u8>::decode(&mut bytes.as_slice()).unwrap();
	let immortal_nonce_tip_mode = [0, 0, 0, 0];
	assert_eq!(inner, [&[0x45, 0][..], &immortal_nonce_tip_mode, &[43, 0], &[5, 0, 0, 0]].concat());
	assert!(same_extrinsic(&inner, &bytes) && same_extrinsic(&bytes, &bytes));
}

#[test]
fn a_call_that_the_runtime_does_not_have_is_refused() {
	let state = ClientState {
		genesis_hash: H256([7; 32]),
		spec_version: 1,
		transaction_version: 1,
		metadata: metadata().into(),
	};
	let call = Call::new("Test", "other");
	let error = general_transaction(&state, &call).unwrap_err();
	assert_eq!(error.exit_code(), 1);
}

#[test]
fn a_result_repeats_the_ids_of_our_own_events() {
	let event = |pallet: &str, name: &str, fields: Json| Event {
		pallet: pallet.into(),
		name: name.into(),
		fields: fields.as_object().cloned().unwrap_or_default(),
	};
	let included = Included {
		block: BlockId { number: 9, hash: H256::zero() },
		index: 1,
		hash: H256::zero(),
		fee: 5,
		events: vec![
			event("Balances", "Withdraw", json!({ "amount": "99" })),
			event("Attribution", "Reported", json!({ "id": 3, "model": 1, "total": "7" })),
			event("Usage", "Paid", json!({ "model": 2, "amount": "8" })),
		],
	};
	let json = included.to_json();
	assert_eq!((&json["block"], &json["fee"]), (&json!(9), &json!("5")));
	assert_eq!((&json["report"], &json["model"]), (&json!(3), &json!(1)));
	assert_eq!((&json["total"], &json["amount"]), (&json!("7"), &json!("8")));
	assert_eq!(json["events"][0]["pallet"], "Balances");
}

#[test]
fn what_the_pool_has_is_handed_in_and_what_it_refuses_is_not() {
	let answer = |code, message| {
		let error = json!({ "code": code, "message": message });
		subxt::rpcs::Error::User(serde_json::from_value(error).unwrap())
	};
	assert!(is_in_pool(&answer(1013, "Transaction Already Imported")));
	assert!(!is_in_pool(&answer(1014, "Priority is too low")));
	assert!(!is_in_pool(&answer(1012, "Transaction is temporarily banned")));
	assert!(!is_in_pool(&subxt::rpcs::Error::DisconnectedWillReconnect("lost".into())));
}
