use super::*;
use codec::Decode;
use scale_info::{meta_type, TypeInfo};
use serde_json::json;
use subxt::{ext::frame_metadata::v16, metadata::Metadata};

#[derive(Debug, PartialEq, Decode, TypeInfo)]
enum MultiAddress {
	Id(AccountId32),
	Raw(Vec<u8>),
}

#[derive(Debug, PartialEq, Decode, TypeInfo)]
struct Perbill(u32);

#[derive(Debug, PartialEq, Decode, TypeInfo)]
enum Kind {
	Plain,
	Pair(u8, bool),
	Named { left: u16, right_side: u16 },
}

#[derive(Debug, PartialEq, Decode, TypeInfo)]
#[allow(non_camel_case_types, dead_code)]
enum Calls {
	#[codec(index = 3)]
	transfer { dest: MultiAddress, amount: u128 },
	#[codec(index = 4)]
	many { bytes: Vec<u8>, hash: [u8; 4], list: Vec<u32>, maybe: Option<u64>, kind: Kind },
	#[codec(index = 5)]
	batch { calls: Vec<RuntimeCall>, rate: Perbill, compact: codec::Compact<u128> },
}

#[derive(Debug, PartialEq, Decode, TypeInfo)]
enum RuntimeCall {
	#[codec(index = 43)]
	Test(Calls),
}

/// Those of a runtime with one pallet, `Test`.
pub fn names() -> Names {
	let metadata: Metadata = v16::RuntimeMetadataV16::new(
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
			versions: vec![4],
			address_ty: meta_type::<u8>(),
			call_ty: meta_type::<RuntimeCall>(),
			signature_ty: meta_type::<u8>(),
			transaction_extensions_by_version: Default::default(),
			transaction_extensions: Vec::new(),
		},
		Vec::new(),
		v16::OuterEnums {
			call_enum_ty: meta_type::<RuntimeCall>(),
			event_enum_ty: meta_type::<()>(),
			error_enum_ty: meta_type::<()>(),
		},
		v16::CustomMetadata { map: Default::default() },
	)
	.try_into()
	.unwrap();
	Names::new(metadata.into())
}

fn read(written: Json) -> Calls {
	let bytes = names().encode(&written).unwrap();
	let mut rest = bytes.as_slice();
	let RuntimeCall::Test(call) = RuntimeCall::decode(&mut rest).unwrap();
	assert!(rest.is_empty());
	call
}

fn refusal(written: Json) -> String {
	names().encode(&written).unwrap_err().to_string()
}

fn transfer(amount: Json) -> Json {
	json!({ "call": "Test.transfer", "args": { "dest": "bob", "amount": amount } })
}

#[test]
fn calls_are_known_by_name_and_by_number() {
	let index = CallIndex { pallet: 43, call: 4 };
	assert_eq!(names().index("Test.many").unwrap(), index);
	assert_eq!(names().name(index), "Test.many");
	assert_eq!(names().name(CallIndex { pallet: 43, call: 9 }), "43.9");
	assert_eq!(names().name(CallIndex { pallet: 1, call: 0 }), "1.0");
	for wrong in ["Test", "Test.", "Test.other", "Other.many", ".many"] {
		assert_eq!(names().index(wrong).unwrap_err().exit_code(), 2, "{wrong}");
	}
}

#[test]
fn accounts_and_amounts_are_written_as_everywhere() {
	let bob = MultiAddress::Id(keys::account("bob").unwrap());
	for amount in [json!(1_500_000_000_000u64), json!("1500000000000"), json!("1.5 TRIB")] {
		let Calls::transfer { dest, amount } = read(transfer(amount)) else { panic!("a transfer") };
		assert_eq!((&dest, amount), (&bob, 1_500_000_000_000));
	}
	assert_eq!(
		read(
			json!({ "call": "Test.transfer", "args": { "dest": { "Raw": "0x0102" }, "amount": 0 } })
		),
		Calls::transfer { dest: MultiAddress::Raw(vec![1, 2]), amount: 0 }
	);
}

#[test]
fn every_kind_of_value_is_written_by_its_type() {
	let many = |kind: Json| {
		json!({ "call": "Test.many", "args": {
			"bytes": "text", "hash": "0x01020304", "list": [1, "2"], "maybe": 7, "kind": kind
		} })
	};
	let kinds = [
		(json!("Plain"), Kind::Plain),
		(json!({ "Pair": [1, true] }), Kind::Pair(1, true)),
		(json!({ "Named": { "left": 1, "rightSide": 2 } }), Kind::Named { left: 1, right_side: 2 }),
		(
			json!({ "Named": { "left": 1, "right_side": 2 } }),
			Kind::Named { left: 1, right_side: 2 },
		),
	];
	for (written, expected) in kinds {
		let Calls::many { bytes, hash, list, maybe, kind } = read(many(written)) else {
			panic!("many")
		};
		assert_eq!((bytes.as_slice(), hash, list), (&b"text"[..], [1, 2, 3, 4], vec![1, 2]));
		assert_eq!((maybe, kind), (Some(7), expected));
	}
}

#[test]
fn calls_hold_others() {
	let written = json!({ "call": "Test.batch", "args": {
		"calls": [transfer(json!(5)), transfer(json!(6))], "rate": "5%", "compact": "1 TRIB"
	} });
	let Calls::batch { calls, rate, compact } = read(written) else { panic!("a batch") };
	let amounts = calls.iter().map(|RuntimeCall::Test(call)| match call {
		Calls::transfer { amount, .. } => *amount,
		_ => 0,
	});
	assert_eq!(amounts.collect::<Vec<_>>(), [5, 6]);
	assert_eq!((rate, compact.0), (Perbill(50_000_000), 1_000_000_000_000));
}

#[test]
fn encoded_calls_are_taken_as_they_are() {
	assert_eq!(names().encode(&json!("0x2b0300")).unwrap(), [43, 3, 0]);
	assert!(names().encode(&json!("remark")).is_err());
}

#[test]
fn what_does_not_fit_is_refused_with_its_place() {
	assert!(refusal(json!({ "args": {} })).contains("`call` is missing"));
	assert!(
		refusal(json!({ "call": "Test.transfer", "args": { "dest": "bob" } })).contains("amount")
	);
	assert!(refusal(transfer(json!("many"))).contains("amount"));
	assert!(refusal(transfer(json!(-1))).contains("amount"));
	let unknown = json!({ "call": "Test.transfer", "args": { "to": "bob", "amount": 1 } });
	assert!(refusal(unknown).contains("`to`"));
	let many = |name: &str, value: Json| {
		let mut args = json!({
			"bytes": "", "hash": "0x01020304", "list": [], "maybe": null, "kind": "Plain"
		});
		args[name] = value;
		refusal(json!({ "call": "Test.many", "args": args }))
	};
	assert!(many("hash", json!("0x0102")).contains("hash"));
	assert!(many("list", json!([4_294_967_296u64])).contains("32 bits"));
	assert!(many("kind", json!("Other")).contains("Plain, Pair, Named"));
	assert!(many("kind", json!({ "Pair": [1] })).contains("a list of 2"));
}
