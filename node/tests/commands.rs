//! The commands besides running a node.

mod common;

use std::{fs, time::Duration};

use serde_json::Value;

use common::{arg, fail, succeed, Node};

#[test]
fn chain_specifications_carry_the_token() {
	for chain in ["dev", "development", "local", "local_testnet"] {
		let spec: Value =
			serde_json::from_str(&succeed(&["export-chain-spec", "--chain", chain])).unwrap();
		assert_eq!(spec["properties"]["tokenSymbol"], "TRIB");
		assert_eq!(spec["properties"]["tokenDecimals"], 12);
		assert_eq!(spec["properties"]["ss58Format"], 42);
	}
}

#[test]
fn raw_specification_of_a_chain_is_the_chain() {
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().join("raw.json");
	succeed(&["export-chain-spec", "--chain", "local", "--raw", "--output", arg(&path)]);
	let spec: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
	assert_eq!(spec["id"], "tributary_local_testnet");

	let info = |chain| {
		let base = tempfile::tempdir().unwrap();
		let state = succeed(&["export-state", "--chain", chain, "--base-path", arg(base.path())]);
		serde_json::from_str::<Value>(&state).unwrap()["genesis"].take()
	};
	assert_eq!(info(arg(&path)), info("local"));
}

#[test]
fn unknown_chain_is_refused_with_what_is_known() {
	let said = fail(&["export-chain-spec", "--chain", "nowhere"]);
	assert!(said.contains("`nowhere`") && said.contains("`dev`"), "{said}");
}

#[test]
fn keys_are_made_and_inspected() {
	let key = succeed(&["key", "inspect", "//Alice", "--output-type", "json"]);
	let key: Value = serde_json::from_str(&key).unwrap();
	assert_eq!(key["ss58Address"], "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
	assert!(succeed(&["key", "generate"]).contains("Secret phrase"));
}

#[test]
fn database_is_checked_exported_imported_reverted_and_purged() {
	let base = tempfile::tempdir().unwrap();
	let base = arg(base.path());
	let node = Node::start(&["--dev", "--base-path", base]);
	node.wait_for("final block", Duration::from_secs(120), |node| {
		(node.heights().1 >= 2).then_some(())
	});
	node.stop();

	let info = |base| -> Value {
		serde_json::from_str(&succeed(&["chain-info", "--dev", "--base-path", base])).unwrap()
	};
	let first = info(base);
	assert!(first["finalized_number"].as_u64().unwrap() >= 2, "{first}");
	succeed(&["check-block", "--dev", "--base-path", base, "1"]);

	let folder = tempfile::tempdir().unwrap();
	let blocks = folder.path().join("blocks");
	succeed(&["export-blocks", "--dev", "--base-path", base, "--binary", arg(&blocks)]);
	let copy = tempfile::tempdir().unwrap();
	let copy = arg(copy.path());
	succeed(&["import-blocks", "--dev", "--base-path", copy, "--binary", arg(&blocks)]);
	let second = info(copy);
	assert_eq!(second["best_hash"], first["best_hash"]);
	assert_eq!(second["genesis_hash"], first["genesis_hash"]);

	// The copy has no justifications, so nothing but genesis is final and a block can be taken back.
	succeed(&["revert", "--dev", "--base-path", copy, "1"]);
	assert_eq!(
		info(copy)["best_number"].as_u64().unwrap() + 1,
		second["best_number"].as_u64().unwrap()
	);

	succeed(&["purge-chain", "--dev", "--base-path", base, "-y"]);
	assert_eq!(info(base)["best_number"], 0);
}
