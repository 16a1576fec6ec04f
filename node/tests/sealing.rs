//! Chains whose blocks are sealed on demand.

mod common;

use std::time::Duration;

use serde_json::json;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve, Ferdie};

use common::{
	fail,
	transactions::{included, nonce, signed, submit},
	Node,
};

const SOON: Duration = Duration::from_secs(180);

#[test]
fn sealed_chain_is_final_at_once_and_survives_a_change_of_session() {
	let session = u64::from(tributary_runtime::params::SESSION_SLOTS);
	let node = Node::start(&["--dev", "--tmp", "--sealing", "interval=20"]);
	node.wait_for("block after the session", Duration::from_secs(180), |node| {
		let (best, last_final) = node.heights();
		assert!(best <= last_final + 1, "block {best} is not final");
		(last_final > session + 5).then_some(())
	});
	assert!(!node.get("babe_epochAuthorship", json!([])).is_null());
	node.stop();
}

#[test]
fn instant_sealing_waits_for_transactions() {
	let node = Node::start(&["--dev", "--tmp", "--sealing", "instant"]);
	std::thread::sleep(Duration::from_secs(5));
	assert_eq!(node.heights(), (0, 0));

	let remark = frame_system::Call::remark { remark: b"sealed".to_vec() };
	let transaction = signed(&node, Bob, nonce(&node, Bob), remark);
	submit(&node, &transaction);
	node.wait_for("sealed block", SOON, |node| (node.heights() == (1, 1)).then_some(()));
}

/// Each comes a little later after the one before, so that some come while a block is imported.
#[test]
fn instant_sealing_leaves_no_transaction_behind() {
	let node = Node::start(&["--dev", "--tmp", "--sealing", "instant"]);
	let accounts = [Alice, Bob, Charlie, Dave, Eve, Ferdie];
	let remark = || frame_system::Call::remark { remark: Vec::new() };
	let rounds = 40;
	for round in 0..rounds {
		let transactions = accounts.map(|by| signed(&node, by, round, remark()));
		std::thread::scope(|scope| {
			for (wait, transaction) in (0..).zip(transactions) {
				let wait = Duration::from_micros(200) * round * wait;
				let node = &node;
				scope.spawn(move || {
					std::thread::sleep(wait);
					submit(node, &transaction);
				});
			}
		});
		node.wait_for("block with the last", SOON, |node| {
			accounts.iter().all(|account| included(node, *account) > round).then_some(())
		});
	}
	let (best, _) = node.heights();
	let sent = u64::from(rounds) * 6;
	assert!(best <= sent, "{best} blocks for {sent} transactions");
}

#[test]
fn sealing_is_refused_outside_development() {
	let said = fail(&["--chain", "local", "--sealing", "instant"]);
	assert!(said.contains("--dev"), "{said}");
	let said = fail(&["--dev", "--sealing", "interval=0"]);
	assert!(said.contains("milliseconds from 1"), "{said}");
}
