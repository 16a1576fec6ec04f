//! The `attribution_` methods of a real node.

mod common;

use std::time::Duration;

use serde_json::{json, Value};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie};
use sp_runtime::Perbill;
use tributary_primitives::{
	availability::Demanded,
	blob::{open_tail, Content},
	fees::DEFAULTS,
	ids::commitment,
	originality::Hit,
	traits::SyntheticPolicy,
};
use tributary_runtime::{AccountId, Runtime, RuntimeCall, UncheckedExtrinsic};

use common::{
	transactions::{extension, genesis, hex, nonce, signed, submit},
	Node,
};

type DatasetsCall = pallet_datasets::Call<Runtime>;
type AttributionCall = pallet_attribution::Call<Runtime>;

const SOON: Duration = Duration::from_secs(180);
const CONTRIBUTION: &str = "attribution_submitContribution";
const PROOF: &str = "attribution_submitProof";

/// Blocks come slowly enough for a commitment to be revealed in its window on a busy machine.
fn start() -> Node {
	let node = Node::start(&["--dev", "--tmp", "--sealing", "interval=400"]);
	node.wait_for("final block", SOON, |node| (node.heights().1 >= 2).then_some(()));
	node
}

#[test]
fn fresh_chain_answers_every_reading_method() {
	let node = start();
	let epoch = node.get("attribution_epoch", json!([]));
	assert_eq!(epoch["length"], 10);
	assert!(epoch["block"].as_u64().unwrap() >= 2, "{epoch}");
	let genesis = genesis(&node);
	assert_eq!(node.get("attribution_epoch", json!([genesis]))["block"], 0);

	let root = format!("0x{}", "ab".repeat(32));
	for (method, params) in [
		("attribution_dataset", json!([0])),
		("attribution_dataset", json!([0, genesis])),
		("attribution_contribution", json!([7])),
		("attribution_contributionByRoot", json!([root])),
		("attribution_model", json!([0])),
		("attribution_lineage", json!([0])),
		("attribution_shares", json!([0])),
		("attribution_corpus", json!([0, null, 0, 16])),
		("attribution_corpus", json!([0, 0, 0, 16, genesis])),
		("attribution_receipt", json!([0, 0, 0])),
		("attribution_pot", json!([0, 0])),
		("attribution_report", json!([0, 0])),
		("attribution_claimable", json!([0])),
		("attribution_demand", json!([0])),
		("attribution_accusation", json!([0, Bob.to_account_id()])),
		("attribution_reward", json!([0, genesis])),
		("attribution_sharesHistory", json!([0, 0, 16])),
		("attribution_title", json!([{ "kind": "model", "id": 0 }])),
		("attribution_vault", json!([{ "kind": "dataset", "id": 0 }, genesis])),
		("attribution_stake", json!([{ "kind": "agent", "id": 0 }, Bob.to_account_id()])),
		("attribution_channel", json!([0])),
	] {
		assert_eq!(node.get(method, params), Value::Null, "{method}");
	}
	let empty = json!({ "items": [], "next": null });
	assert_eq!(node.get("attribution_datasets", json!([0, 1000])), empty);
	assert_eq!(node.get("attribution_contributions", json!([0, 0, 0])), empty);
	assert_eq!(node.get("attribution_receipts", json!([0, 0, 0, 10])), empty);
	assert_eq!(node.get("attribution_demands", json!([0, 10])), empty);
	assert_eq!(node.get("attribution_lineageTenures", json!([0, 0, 0, 10])), empty);
	assert_eq!(
		node.get("attribution_tenures", json!([{ "kind": "model", "id": 0 }, 0, 10])),
		empty
	);
	assert_eq!(node.get("attribution_channels", json!([Bob.to_account_id(), 0, 10])), empty);
	assert_eq!(node.get("attribution_accusations", json!([0])), json!([]));
	assert_eq!(
		node.get("attribution_settings", json!([])),
		serde_json::to_value(&DEFAULTS).unwrap()
	);
	let books = node.get("attribution_books", json!([]));
	assert_eq!((&books["deposited"], &books["claimed"]), (&json!("0"), &json!("0")));
}

#[test]
fn bad_parameters_and_blocks_are_refused_by_number() {
	let node = start();
	assert_eq!(node.refusal("attribution_dataset", json!(["zero"])).code, -32602);
	assert_eq!(node.refusal("attribution_contributionByRoot", json!(["0x12"])).code, -32602);
	let error = node.refusal("attribution_books", json!([format!("0x{}", "11".repeat(32))]));
	assert_eq!(error.code, 10_001);
	assert!(error.message.contains("leave `at` out"), "{}", error.message);
}

#[test]
fn what_is_no_submission_is_refused_by_number() {
	let node = start();
	let commit = || DatasetsCall::commit { hash: [1; 32] };
	let remark = frame_system::Call::remark { remark: Vec::new() };
	let claim = |node: &Node| {
		let opening = || pallet_attribution::PayoutProof {
			index: 0,
			opening: Box::new(open_tail(&[0; 64]).unwrap()),
		};
		let call = AttributionCall::claim {
			model: 0,
			epoch: 0,
			source: 1,
			first: opening(),
			last: opening(),
		};
		signed(node, Bob, nonce(node, Bob), call)
	};

	for method in [CONTRIBUTION, PROOF] {
		assert_eq!(node.refusal(method, json!(["no hex"])).code, -32602);
		for garbage in ["0x", "0x00", "0x0102030405", "0xffffffff"] {
			assert_eq!(node.refusal(method, json!([garbage])).code, 10_011, "{garbage}");
		}
		let long = format!("0x{}", "00".repeat(1024 * 1024 + 1));
		assert_eq!(node.refusal(method, json!([long])).code, 10_010);
		let remark = signed(&node, Bob, nonce(&node, Bob), remark.clone());
		let error = node.refusal(method, json!([remark]));
		assert_eq!(error.code, 10_012);
		assert!(error.message.contains("author_submitExtrinsic"), "{}", error.message);
	}

	let commit_of_bob = signed(&node, Bob, 0, commit());
	assert_eq!(node.refusal(PROOF, json!([commit_of_bob])).code, 10_012);
	assert_eq!(node.refusal(CONTRIBUTION, json!([claim(&node)])).code, 10_012);

	let unsigned = UncheckedExtrinsic::new_bare(commit().into());
	assert_eq!(node.refusal(CONTRIBUTION, json!([hex(&unsigned)])).code, 10_013);

	let ahead = signed(&node, Bob, 5, commit());
	let error = node.refusal(CONTRIBUTION, json!([ahead]));
	assert_eq!(error.code, 10_020);
	assert!(error.message.contains("nonce"), "{}", error.message);
	let mut forged = commit_of_bob.into_bytes();
	// A digit inside the signature: after the length, the version and the account with its tag.
	let digit = &mut forged[2 + 2 * (2 + 1 + 33 + 1 + 20)];
	*digit = if *digit == b'0' { b'1' } else { b'0' };
	let forged = String::from_utf8(forged).unwrap();
	let error = node.refusal(CONTRIBUTION, json!([forged]));
	assert_eq!(error.code, 10_020);
	assert!(error.message.contains("signature"), "{}", error.message);

	let error = node.refusal(PROOF, json!([claim(&node)]));
	assert_eq!(error.code, 10_021, "{}", error.message);
	assert_eq!(
		(&error.data["pallet"], &error.data["error"]),
		(&json!("Attribution"), &json!("NotFound"))
	);

	let fault = AttributionCall::submit_fault {
		model: 0,
		epoch: 0,
		report: 0,
		challenger: Bob.to_account_id(),
		fault: Box::new(tributary_primitives::fault::Fault::Order {
			index: 0,
			payouts: open_tail(&[0; 64]).unwrap(),
		}),
	};
	let fault = UncheckedExtrinsic::new_transaction(fault.into(), extension(0));
	assert_eq!(node.refusal(PROOF, json!([hex(&fault)])).code, 10_023);
	assert_eq!(node.refusal(PROOF, json!([answer(0, &[0; 64])])).code, 10_025);
	let unsigned = UncheckedExtrinsic::new_bare(show_hits(0).into());
	assert_eq!(node.refusal(PROOF, json!([hex(&unsigned)])).code, 10_013);
	let hits = node.refusal(PROOF, json!([signed(&node, Bob, nonce(&node, Bob), show_hits(0))]));
	assert_eq!((hits.code, &hits.data["error"]), (10_021, &json!("NotAccused")));
	assert_eq!(node.get("author_pendingExtrinsics", json!([])), json!([]));
}

/// The transaction that nobody signs by which a chunk is shown.
fn answer(demand: u64, bytes: &[u8]) -> String {
	let opening = Box::new(open_tail(bytes).unwrap());
	let call = pallet_availability::Call::answer { demand, opening };
	hex(&UncheckedExtrinsic::new_transaction(call.into(), extension(0)))
}

fn show_hits(accused: u64) -> pallet_originality::Call<Runtime> {
	let opening = || open_tail(&[0; 64]).unwrap();
	let hit = Hit { sample: 0, accused: opening(), offset: 0, original: opening() };
	pallet_originality::Call::show_hits { accused, hits: vec![hit].try_into().unwrap() }
}

/// Commits and reveals `bytes`, the first of the account's transactions, and waits until it is accepted as
/// contribution `seq`.
fn contribute(node: &Node, account: Sr25519Keyring, seq: u64, bytes: &[u8]) {
	let (content, salt) = (Content::of(bytes), [7; 32]);
	let hash = commitment(&genesis(node), 0, &account.to_account_id(), &content, &salt);
	node.get(CONTRIBUTION, json!([signed(node, account, 0, DatasetsCall::commit { hash })]));
	let wait_for = |state: &str| {
		node.wait_for(state, SOON, |node| {
			let found = node.get("attribution_contribution", json!([seq]));
			(found["state"] == state).then_some(())
		})
	};
	wait_for("committed");
	let tail = Box::new(open_tail(bytes).unwrap());
	let reveal = DatasetsCall::reveal { seq, dataset: 0, content, salt, tail };
	node.get(CONTRIBUTION, json!([signed(node, account, 1, reveal)]));
	wait_for("accepted");
}

#[test]
fn accusation_is_drawn_by_the_randomness_of_a_sealed_chain() {
	let node = start();
	submit(&node, &signed(&node, Alice, 0, create_dataset()));
	contribute(&node, Bob, 0, &[7; 2_000]);
	contribute(&node, Charlie, 1, &[7; 2_001]);
	let original = pallet_originality::Original::Contribution(0);
	let accuse = pallet_originality::Call::accuse { accused: 1, original, item: None };
	submit(&node, &signed(&node, Alice, 1, accuse));
	let drawn = node.wait_for("draw", SOON, |node| {
		let found = node.get("attribution_accusation", json!([1, Alice.to_account_id()]));
		(found["seed"].is_string()).then_some(found)
	});
	assert_eq!(drawn["bond"], "10000000000000");
	assert_eq!(drawn["original"], json!({ "contribution": 0 }));
	assert_eq!(node.get("attribution_accusations", json!([1])), json!([drawn]));
}

#[test]
fn demanded_chunk_is_shown_through_the_node_which_refuses_what_does_not_show_it() {
	// Blocks come with transactions alone, so that no deadline passes on a busy machine.
	let node = Node::start(&["--dev", "--tmp", "--sealing", "instant"]);
	let bytes = [7; 2_000];
	submit(&node, &signed(&node, Alice, 0, create_dataset()));
	contribute(&node, Bob, 0, &bytes);

	let demand = |nonce, chunk| {
		let blob = Demanded::Contribution { seq: 0 };
		let call = pallet_availability::Call::demand { blob, chunk, item: None, keep_open: None };
		submit(&node, &signed(&node, Charlie, nonce, call));
	};
	let pending = |id: u64| {
		node.wait_for("demand", SOON, |node| {
			Some(node.get("attribution_demand", json!([id]))).filter(|found| !found.is_null())
		})
	};
	demand(0, 1);
	let open = pending(0);
	assert_eq!(open["blob"], json!({ "kind": "contribution", "seq": 0 }));
	assert_eq!((&open["chunk"], &open["deposit"]), (&json!(1), &json!("1000000000000")));
	assert_eq!(node.get("attribution_demands", json!([0, 10]))["items"], json!([open]));

	let wrong = node.refusal(PROOF, json!([answer(0, &[8; 2_000])]));
	assert_eq!((wrong.code, &wrong.data["chunk"]), (10_027, &json!(1)), "{}", wrong.message);
	let right = node.get(PROOF, json!([answer(0, &bytes)]));
	assert!(right.is_string());
	node.wait_for("answer", SOON, |node| {
		node.get("attribution_demand", json!([0])).is_null().then_some(())
	});
	assert_eq!(node.refusal(PROOF, json!([answer(0, &bytes)])).code, 10_025);

	demand(1, 1);
	let until = pending(1)["answerUntil"].as_u64().unwrap();
	for nonce in 1.. {
		let height = node.heights().0;
		if height >= until {
			break;
		}
		let remark = frame_system::Call::remark { remark: Vec::new() };
		submit(&node, &signed(&node, Alice, nonce, remark));
		node.wait_for("block", SOON, |node| (node.heights().0 > height).then_some(()));
	}
	let late = node.refusal(PROOF, json!([answer(1, &bytes)]));
	assert_eq!((late.code, &late.data["until"]), (10_026, &json!(until)), "{}", late.message);
}

#[test]
fn contribution_is_in_the_pool_once_and_the_next_is_tried_after_it() {
	// No block takes anything out of the pool.
	let node = Node::start(&["--dev", "--tmp", "--sealing", "interval=3600000"]);
	let commit = |nonce| signed(&node, Bob, nonce, DatasetsCall::commit { hash: [2; 32] });
	let first = commit(0);
	let hash = node.get(CONTRIBUTION, json!([first]));
	assert_eq!(node.get(CONTRIBUTION, json!([first])), hash);
	let pending = || node.get("author_pendingExtrinsics", json!([]));
	assert_eq!(pending(), json!([first]));

	let ahead = node.refusal(CONTRIBUTION, json!([commit(2)]));
	assert_eq!(ahead.code, 10_020, "{}", ahead.message);
	let second = commit(1);
	node.get(CONTRIBUTION, json!([second]));
	assert_eq!(pending(), json!([first, second]));
}

#[test]
fn contribution_is_submitted_and_its_copy_is_refused_with_the_first() {
	let node = start();
	let bytes = b"What everybody knows belongs to whoever wrote it down first.";
	let content = Content::of(bytes);
	let genesis = genesis(&node);
	let commit = |account: Sr25519Keyring| {
		let account: AccountId = account.to_account_id();
		DatasetsCall::commit { hash: commitment(&genesis, 0, &account, &content, &[7; 32]) }
	};
	let reveal = |seq| DatasetsCall::reveal {
		seq,
		dataset: 0,
		content,
		salt: [7; 32],
		tail: Box::new(open_tail(bytes).unwrap()),
	};
	let state = |seq: u64, state: &'static str| {
		node.wait_for(state, SOON, |node| {
			let found = node.get("attribution_contribution", json!([seq]));
			(found["state"] == state).then_some(found)
		})
	};

	let create = signed(&node, Alice, 0, create_dataset());
	submit(&node, &create);
	let dataset = node.wait_for("dataset", SOON, |node| {
		Some(node.get("attribution_dataset", json!([0]))).filter(|dataset| !dataset.is_null())
	});
	assert_eq!(dataset["owner"], json!(Alice.to_account_id()));
	assert_eq!(dataset["licence"], "CC0-1.0");
	let title = json!({ "kind": "dataset", "id": 0 });
	let owned = node.get("attribution_title", json!([title]));
	assert_eq!((&owned["title"], &owned["owner"]), (&title, &json!(Alice.to_account_id())));
	assert_eq!((&owned["vaulted"], &owned["price"]), (&json!(false), &Value::Null));
	let tenures = node.get("attribution_tenures", json!([title, 0, 10]));
	let owner = json!({ "owner": Alice.to_account_id() });
	assert_eq!(tenures["items"][0]["beneficiary"], owner, "{tenures}");

	node.get(CONTRIBUTION, json!([signed(&node, Bob, 0, commit(Bob))]));
	state(0, "committed");
	node.get(CONTRIBUTION, json!([signed(&node, Charlie, 0, commit(Charlie))]));
	state(1, "committed");

	let stolen = node.refusal(CONTRIBUTION, json!([signed(&node, Charlie, 1, reveal(0))]));
	assert_eq!(stolen.code, 10_021, "{}", stolen.message);
	assert_eq!(stolen.data["pallet"], "Datasets");
	assert_eq!(stolen.data["error"], "NotAuthorized");
	assert!(stolen.message.contains(stolen.data["docs"].as_str().unwrap()), "{}", stolen.message);

	node.get(CONTRIBUTION, json!([signed(&node, Bob, 1, reveal(0))]));
	let found = state(0, "accepted");
	assert_eq!(found["contributor"], json!(Bob.to_account_id()));
	let root = json!(format!("0x{}", hex::encode(content.root)));
	assert_eq!(found["content"]["root"], root);
	assert_eq!(node.get("attribution_contributionByRoot", json!([root])), 0);

	let calls: Vec<RuntimeCall> = vec![reveal(1).into()];
	for call in [RuntimeCall::from(reveal(1)), pallet_utility::Call::batch_all { calls }.into()] {
		let copy = node.refusal(CONTRIBUTION, json!([signed(&node, Charlie, 1, call)]));
		assert_eq!(copy.code, 10_022, "{}", copy.message);
		assert_eq!(copy.data["first"], 0);
		assert_eq!(copy.data["root"], root);
	}
	assert_eq!(nonce(&node, Charlie), 1);
}

fn create_dataset() -> DatasetsCall {
	let metadata = b"{}";
	let allowed = pallet_datasets::Use::Allowed;
	DatasetsCall::create {
		admission: pallet_datasets::Admission::Open,
		curator_share: Perbill::zero(),
		licence: b"CC0-1.0".to_vec().try_into().unwrap(),
		uses: pallet_datasets::Uses {
			data_mining: allowed,
			inference: allowed,
			training: allowed,
			generative_training: allowed,
		},
		synthetic: SyntheticPolicy::Refuse,
		contribution_deposit: 0,
		metadata: Content::of(metadata),
		metadata_tail: Box::new(open_tail(metadata).unwrap()),
	}
}
