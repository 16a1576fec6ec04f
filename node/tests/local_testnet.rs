//! Four validators on loopback, one authority each: they produce, exchange and finalise blocks, and
//! carry the whole loop.

mod common;

use std::{collections::BTreeSet, path::Path, process::Command, time::Duration};

use serde_json::{json, Value};

use common::Node;

const SOON: Duration = Duration::from_secs(180);
const AUTHORITIES: [&str; 4] = ["--alice", "--bob", "--charlie", "--dave"];

/// The address at which other nodes on this machine reach `node`.
fn loopback_address(node: &Node) -> String {
	let addresses = node.get("system_localListenAddresses", json!([]));
	let addresses = addresses.as_array().expect("addresses are a list").iter();
	addresses
		.filter_map(Value::as_str)
		.find(|address| address.starts_with("/ip4/127.0.0.1/tcp/") && !address.contains("/ws/"))
		.expect("the node listens on loopback")
		.to_owned()
}

fn start_all() -> Vec<Node> {
	let mut nodes: Vec<Node> = Vec::new();
	for (index, authority) in AUTHORITIES.into_iter().enumerate() {
		let key = format!("{:064x}", index + 1);
		let mut args = vec![
			"--chain",
			"local",
			authority,
			"--tmp",
			"--node-key",
			&key,
			"--no-mdns",
			"--allow-private-ip",
		];
		let boot = nodes.first().map(loopback_address);
		if let Some(boot) = &boot {
			args.extend(["--bootnodes", boot]);
		}
		nodes.push(Node::start(&args));
	}
	nodes
}

/// The hash of block `number`, once the node has it.
fn hash(node: &Node, number: u64) -> Option<String> {
	node.get("chain_getBlockHash", json!([number])).as_str().map(str::to_owned)
}

/// The first digest item of a BABE header names the authority that made it, in the pre-runtime digest:
/// one byte of kind, then the index as u32.
fn author(node: &Node, number: u64) -> u32 {
	let header = node.get("chain_getHeader", json!([hash(node, number)]));
	let logs = header["digest"]["logs"].as_array().expect("a header has a digest").iter();
	let babe = logs
		.filter_map(Value::as_str)
		.find_map(|log| log.strip_prefix("0x0642414245"))
		.expect("a block says who made it");
	let bytes = hex::decode(babe).expect("logs are hex");
	let pre_digest = &bytes[codec_prefix(&bytes)..];
	u32::from_le_bytes(pre_digest[1..5].try_into().expect("four bytes"))
}

/// The bytes of a compact length.
fn codec_prefix(bytes: &[u8]) -> usize {
	match bytes[0] & 3 {
		0 => 1,
		1 => 2,
		_ => 4,
	}
}

/// The folder of the node under test, which must hold the client too: the loop runs both.
fn programs() -> &'static Path {
	let node = Path::new(env!("CARGO_BIN_EXE_tributary-node"));
	let folder = node.parent().expect("a program stands in a folder");
	let client = folder.join("tributary");
	assert!(
		client.is_file(),
		"{} is missing; build it with the profile and target folder of this test: cargo build -p \
		 tributary-client, with --release where the test has it",
		client.display()
	);
	folder
}

#[test]
fn four_validators_carry_the_loop_and_agree() {
	let programs = programs();
	let nodes = start_all();
	for node in &nodes {
		node.wait_for("three peers", SOON, |node| {
			let health = node.get("system_health", json!([]));
			(health["peers"].as_u64() >= Some(3)).then_some(())
		});
		node.wait_for("final block", SOON, |node| (node.heights().1 >= 3).then_some(()));
	}

	let root =
		Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace holds the node");
	let data = tempfile::tempdir().expect("a temporary folder");
	let json = data.path().join("loop.json");
	let status = Command::new(root.join("scripts/loop"))
		.env("TRIBUTARY_BIN", programs)
		.args(["--url", &format!("ws://{}", nodes[3].address()), "--json", common::arg(&json)])
		.status()
		.expect("the loop starts");
	assert!(status.success(), "the loop failed");
	let told: Value =
		serde_json::from_slice(&std::fs::read(json).expect("the loop wrote its data"))
			.expect("JSON");
	assert_eq!(told["planck"]["copier"], "0");
	assert_ne!(told["planck"]["contributor1"], "0");

	let settled = told["finalised"]["block"].as_u64().expect("the report became final in a block");
	for node in &nodes {
		node.wait_for("finality of the loop", SOON, |node| {
			(node.heights().1 >= settled).then_some(())
		});
	}
	let agreed = hash(&nodes[0], settled);
	for node in &nodes {
		assert_eq!(hash(node, settled), agreed);
		assert_eq!(
			node.get("attribution_books", json!([agreed])),
			nodes[0].get("attribution_books", json!([agreed]))
		);
	}
	let authors: BTreeSet<u32> = (1..=settled).map(|number| author(&nodes[0], number)).collect();
	assert_eq!(authors, BTreeSet::from([0, 1, 2, 3]), "every authority made blocks");

	nodes.into_iter().for_each(Node::stop);
}
