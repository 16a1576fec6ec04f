//! Histories and their heads. The heads were computed with Python's `hashlib.blake2b(.., digest_size=32)`
//! over `struct.pack`ed fields.

use bounded_collections::BoundedVec;
use codec::{Decode, Encode, MaxEncodedLen};
use hex_literal::hex;
use proptest::prelude::*;

use super::super::*;

const GENESIS: [u8; 32] = [1; 32];
const CALL: CallIndex = CallIndex { pallet: 30, call: 4 };

fn act(block: u32, index: u64, byte: u8, outcome: Outcome, flows: &[Flow]) -> Act {
	let flows = BoundedVec::truncate_from(flows.to_vec());
	Act { block, index, call_hash: [byte; 32], outcome, flows }
}

fn vectors() -> Vec<(Act, Head)> {
	use Outcome::{Breached, Done, Failed};
	let flows = [
		Flow { currency: Currency::Native, spent: 5, earned: 0 },
		Flow { currency: Currency::Asset(9), spent: 0, earned: 1 << 127 },
	];
	let over_call = Breach::CallBudget { currency: Currency::Native, spent: 6, budget: 5 };
	let over_window = Breach::WindowBudget { currency: Currency::Asset(9), spent: 6, budget: 5 };
	vec![
		(
			act(100, 0, 2, Done, &flows),
			hex!("60a474e32ceeadb61ab2e002bba71a9a1aeef61cdaa8bf7fcdf262c5bc232fd8"),
		),
		(
			act(100, 1, 3, Failed, &[]),
			hex!("215f0301ef718d48a051ca1370342c6c9a59af42b433399586ab481d9cdd7a1d"),
		),
		(
			act(101, 2, 4, Breached(Breach::Expired), &[]),
			hex!("cf46c832710c4704dce8027fcbb945d87bce5eac8496db600e244239ffd0de21"),
		),
		(
			act(101, 3, 5, Breached(Breach::NotAllowed(CALL)), &[]),
			hex!("01f6488d786394a91cd971156ec8146a6fb28cce64372143b74d7de83e8540c2"),
		),
		(
			act(102, 4, 5, Breached(Breach::NotDelegable(CALL)), &[]),
			hex!("b27e552516f14a1a0376ca17c5ed7dbbff61e3a3eb17517b70afb52403215eda"),
		),
		(
			act(102, 5, 5, Breached(Breach::TooManyCalls), &[]),
			hex!("a4bf9a57ce4b0320c904f745dbc646d3cabe04b17be69e625dfe588f7114be62"),
		),
		(
			act(102, 6, 5, Breached(Breach::TooManyCurrencies), &[]),
			hex!("e63d3ae3ddf3bf5ac97ea87ab091c6597240dda834c33085efc14282d310c2b3"),
		),
		(
			act(102, 7, 5, Breached(Breach::Counterparty(CALL)), &[]),
			hex!("8b6828502e8f7970e5462ea3fa8d83792238e47676a8fd7d73e92d10f3f572e9"),
		),
		(
			act(102, 8, 5, Breached(over_call), &[]),
			hex!("f87c50cd75be228b708d6fe858e5b8ac30f311b790699366f5b41478986616f6"),
		),
		(
			act(103, 9, 5, Breached(over_window), &[]),
			hex!("d82ab4712b626dea7b62c6de6daa2885eeec229641912e11899eefd432f77062"),
		),
		(
			act(104, 10, 5, Breached(Breach::TitleLost), &[]),
			hex!("5c43e5de0d2f195979e8699bbe47f835b67610e438b354a274b2f1530846e641"),
		),
	]
}

#[test]
fn the_first_head_is_that_of_the_chain_and_the_agent() {
	assert_eq!(
		origin_head(&GENESIS, 7),
		hex!("a0e617d580f237035701c0d3f853126d90ac725d07a0c749927b79335f9e7f3c")
	);
	assert_ne!(origin_head(&GENESIS, 8), origin_head(&GENESIS, 7));
	assert_ne!(origin_head(&[2u8; 32], 7), origin_head(&GENESIS, 7));
}

#[test]
fn each_act_makes_the_next_head() {
	let mut history = History::origin(&GENESIS, 7);
	for (act, head) in vectors() {
		history = history.followed_by(&act).unwrap();
		assert_eq!(history.head, head, "{act:?}");
		assert_eq!(history.length, act.index + 1);
	}
}

#[test]
fn an_act_that_is_not_the_next_one_does_not_follow() {
	let (first, _) = vectors().remove(0);
	let origin = History::origin(&GENESIS, 7);
	let later = Act { index: 1, ..first.clone() };
	assert_eq!(origin.followed_by(&later), None);
	let after = origin.followed_by(&first).unwrap();
	assert_eq!(after.followed_by(&first), None);
	assert!(after.followed_by(&later).is_some());
	let full = History { length: u64::MAX, ..origin };
	assert_eq!(full.followed_by(&Act { index: u64::MAX, ..first }), None);
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
	let call = (any::<u8>(), any::<u8>()).prop_map(|(pallet, call)| CallIndex { pallet, call });
	prop_oneof![
		Just(Outcome::Done),
		Just(Outcome::Failed),
		Just(Outcome::Breached(Breach::Expired)),
		call.prop_map(|call| Outcome::Breached(Breach::NotAllowed(call))),
	]
}

fn any_act() -> impl Strategy<Value = Act> {
	let flow = (0u32..3, 0u128..3, 0u128..3).prop_map(|(asset, spent, earned)| Flow {
		currency: Currency::Asset(asset),
		spent,
		earned,
	});
	let flows = prop::collection::vec(flow, 0..3);
	(0u32..3, 0u64..3, 0u8..3, any_outcome(), flows)
		.prop_map(|(block, index, byte, outcome, flows)| act(block, index, byte, outcome, &flows))
}

proptest! {
	#[test]
	fn a_head_binds_all_of_an_act(one in any_act(), other in any_act()) {
		let head = origin_head(&GENESIS, 7);
		prop_assert_eq!(next_head(&head, &one) == next_head(&head, &other), one == other);
		prop_assert_ne!(next_head(&[0; 32], &one), next_head(&head, &one));
	}

	#[test]
	fn an_act_is_read_as_it_was_written(act in any_act()) {
		let bytes = act.encode();
		prop_assert!(bytes.len() <= Act::max_encoded_len());
		prop_assert_eq!(Act::decode(&mut &bytes[..]).unwrap(), act);
	}
}
