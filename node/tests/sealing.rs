//! Chains whose blocks are sealed on demand.

mod common;

use std::time::Duration;

use serde_json::json;
use sp_keyring::Sr25519Keyring::Bob;

use common::{
	fail,
	transactions::{nonce, signed},
	Node,
};

const SOON: Duration = Duration::from_secs(60);

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
	node.get("author_submitExtrinsic", json!([transaction]));
	node.wait_for("sealed block", SOON, |node| (node.heights() == (1, 1)).then_some(()));
}

#[test]
fn sealing_is_refused_outside_development() {
	let said = fail(&["--chain", "local", "--sealing", "instant"]);
	assert!(said.contains("--dev"), "{said}");
	let said = fail(&["--dev", "--sealing", "interval=0"]);
	assert!(said.contains("milliseconds from 1"), "{said}");
}
