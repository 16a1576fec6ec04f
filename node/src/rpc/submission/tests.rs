//! Whatever bytes come in, they are refused with a reason or read as what they are.

use codec::Encode;
use proptest::prelude::*;
use sp_core::{ecdsa, ed25519, sr25519};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{generic::Era, MultiSignature};
use tributary_primitives::{
	blob::Opening,
	fault::{EntryProof, Fault},
};
use tributary_runtime::TxExtension;

use super::*;

const KINDS: [Kind; 2] = [Kind::Contribution, Kind::Proof];

fn extension(nonce: Nonce) -> TxExtension {
	(
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckMortality::from(Era::Mortal(64, 7)),
		frame_system::CheckNonce::from(nonce),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(5),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}

/// A call, and the kind of method that carries it.
fn calls() -> Vec<(RuntimeCall, Option<Kind>)> {
	let commit = || DatasetsCall::commit { hash: [7; 32] };
	let reveal = DatasetsCall::reveal {
		seq: 3,
		dataset: 1,
		content: Default::default(),
		salt: [8; 32],
		tail: Box::new(Opening::default()),
	};
	let opening = || Box::new(Opening::default());
	let proof = || pallet_attribution::PayoutProof { index: 2, opening: opening() };
	let fault = Fault::Foreign { entry: EntryProof { index: 9, opening: Opening::default() } };
	let batch = |calls: Vec<RuntimeCall>| RuntimeCall::from(UtilityCall::batch_all { calls });
	let remark = frame_system::Call::remark { remark: vec![1; 40] };
	let (contribution, proven) = (Some(Kind::Contribution), Some(Kind::Proof));
	vec![
		(commit().into(), contribution),
		(reveal.clone().into(), contribution),
		(batch(vec![commit().into(), reveal.into()]), contribution),
		(batch(vec![commit().into(), remark.clone().into()]), None),
		(batch(Vec::new()), None),
		(
			AttributionCall::submit_fault {
				model: 0,
				epoch: 1,
				report: 2,
				challenger: Sr25519Keyring::Alice.to_account_id(),
				fault: Box::new(fault),
			}
			.into(),
			proven,
		),
		(
			AttributionCall::claim { model: 0, epoch: 1, source: 1, first: proof(), last: proof() }
				.into(),
			proven,
		),
		(AvailabilityCall::answer { demand: 4, opening: opening() }.into(), proven),
		(OriginalityCall::show_hits { accused: 4, hits: Default::default() }.into(), proven),
		(remark.into(), None),
	]
}

fn signatures() -> [MultiSignature; 3] {
	[
		sr25519::Signature::from_raw([1; 64]).into(),
		ed25519::Signature::from_raw([2; 64]).into(),
		ecdsa::Signature::from_raw([3; 65]).into(),
	]
}

/// The call as a transaction: signed, general or bare.
fn dressed(call: RuntimeCall) -> Vec<UncheckedExtrinsic> {
	let signed = signatures().map(|signature| {
		let signer = MultiAddress::Id(Sr25519Keyring::Alice.to_account_id());
		UncheckedExtrinsic::new_signed(call.clone(), signer, signature, extension(3))
	});
	let mut all = signed.to_vec();
	all.push(UncheckedExtrinsic::new_transaction(call.clone(), extension(0)));
	all.push(UncheckedExtrinsic::new_bare(call));
	all
}

/// All of [`calls`], in every dress, as they travel.
fn real() -> Vec<Vec<u8>> {
	calls().into_iter().flat_map(|(call, _)| dressed(call)).map(|real| real.encode()).collect()
}

/// Checks what becomes of `bytes`: they are refused for what they are not, or read as what they are.
fn check(kind: Kind, bytes: &[u8]) {
	match read(kind, bytes) {
		Ok((transaction, extrinsic)) => {
			assert_eq!(extrinsic.encode(), bytes, "what was read is what came in");
			assert_eq!(transaction.encode(), bytes, "and the pool gets the same");
			assert!(kind.takes(&extrinsic.function));
			let signed = matches!(extrinsic.preamble, Preamble::Signed(..));
			assert!(signed || authorises_itself(&extrinsic.function));
		}
		Err(error) => {
			assert!(
				matches!(error, Error::Malformed(_) | Error::WrongCall { .. } | Error::Unsigned),
				"{error:?} is none of the reasons"
			);
			assert!(!error.to_string().is_empty());
		}
	}
}

#[test]
fn each_call_is_read_by_the_method_that_carries_it_and_refused_by_the_other() {
	for (call, carried) in calls() {
		let alone = authorises_itself(&call);
		for (place, extrinsic) in dressed(call).into_iter().enumerate() {
			let is_signed = place < signatures().len();
			for kind in KINDS {
				let result = read(kind, &extrinsic.encode());
				match (carried == Some(kind), is_signed || alone) {
					(false, _) => assert!(matches!(result, Err(Error::WrongCall { .. }))),
					(true, false) => assert!(matches!(result, Err(Error::Unsigned))),
					(true, true) => assert_eq!(result.unwrap().1.encode(), extrinsic.encode()),
				}
			}
		}
	}
}

#[test]
fn what_is_cut_short_or_goes_on_is_malformed() {
	for bytes in real() {
		for kind in KINDS {
			for len in 0..bytes.len() {
				assert!(matches!(read(kind, &bytes[..len]), Err(Error::Malformed(_))), "{len}");
			}
			let longer = [&bytes[..], &[0]].concat();
			assert!(matches!(read(kind, &longer), Err(Error::Malformed(_))));
		}
	}
}

#[test]
fn calls_nested_deeper_than_the_runtime_takes_are_malformed() {
	let mut call: RuntimeCall = DatasetsCall::commit { hash: [7; 32] }.into();
	for _ in 0..frame_support::MAX_EXTRINSIC_DEPTH + 1 {
		call = UtilityCall::batch_all { calls: vec![call] }.into();
	}
	for extrinsic in dressed(call) {
		for kind in KINDS {
			assert!(matches!(read(kind, &extrinsic.encode()), Err(Error::Malformed(_))));
		}
	}
}

/// A change of some bytes.
#[derive(Clone, Debug)]
enum Change {
	Set(prop::sample::Index, u8),
	Insert(prop::sample::Index, Vec<u8>),
	Remove(prop::sample::Index, usize),
	Swap(prop::sample::Index, prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
	let at = any::<prop::sample::Index>;
	prop_oneof![
		4 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
		1 => (at(), prop::collection::vec(any::<u8>(), 1..8))
			.prop_map(|(at, bytes)| Change::Insert(at, bytes)),
		1 => (at(), 1usize..8).prop_map(|(at, count)| Change::Remove(at, count)),
		1 => (at(), at()).prop_map(|(left, right)| Change::Swap(left, right)),
	]
}

fn apply(change: &Change, bytes: &mut Vec<u8>) {
	if bytes.is_empty() {
		return;
	}
	match change {
		Change::Set(at, byte) => *at.get_mut(bytes.as_mut_slice()) = *byte,
		Change::Insert(at, new) => {
			let at = at.index(bytes.len());
			bytes.splice(at..at, new.iter().copied());
		}
		Change::Remove(at, count) => {
			let at = at.index(bytes.len());
			bytes.drain(at..bytes.len().min(at + count));
		}
		Change::Swap(left, right) => {
			let len = bytes.len();
			bytes.swap(left.index(len), right.index(len));
		}
	}
}

/// `body` behind its own length, as an extrinsic starts.
fn prefixed(body: &[u8]) -> Vec<u8> {
	body.to_vec().encode()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn any_bytes_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
		for kind in KINDS {
			check(kind, &bytes);
			check(kind, &prefixed(&bytes));
		}
	}

	#[test]
	fn changed_transactions_are_refused_or_read(
		which in any::<prop::sample::Index>(),
		changes in prop::collection::vec(change(), 1..6),
	) {
		let mut bytes = which.get(&real()).clone();
		for change in &changes {
			apply(change, &mut bytes);
		}
		for kind in KINDS {
			check(kind, &bytes);
		}
	}

	#[test]
	fn changed_bodies_behind_a_right_length_are_refused_or_read(
		which in any::<prop::sample::Index>(),
		changes in prop::collection::vec(change(), 1..6),
	) {
		let whole = which.get(&real()).clone();
		let mut body = Vec::<u8>::decode(&mut &whole[..]).unwrap();
		for change in &changes {
			apply(change, &mut body);
		}
		for kind in KINDS {
			check(kind, &prefixed(&body));
		}
	}
}
