//! Four validators on loopback, and the scripts that carry a case through them.

use std::{path::Path, process::Command, time::Duration};

use serde_json::{json, Value};

use super::{arg, Node};

/// How long anything that needs a few blocks may take.
pub const SOON: Duration = Duration::from_secs(180);
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

/// Starts four validators, one authority each, and waits until all of them finalise blocks.
pub fn start_validators() -> Vec<Node> {
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
	for node in &nodes {
		node.wait_for("three peers", SOON, |node| {
			let health = node.get("system_health", json!([]));
			(health["peers"].as_u64() >= Some(3)).then_some(())
		});
		node.wait_for("final block", SOON, |node| (node.heights().1 >= 3).then_some(()));
	}
	nodes
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

/// Runs `scripts/NAME` against `nodes`, and returns what it tells.
pub fn run_script(name: &str, nodes: &[Node]) -> Value {
	let root =
		Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace holds the node");
	let data = tempfile::tempdir().expect("a temporary folder");
	let json = data.path().join("told.json");
	let mut script = Command::new(root.join("scripts").join(name));
	script.env("TRIBUTARY_BIN", programs()).args(["--json", arg(&json)]);
	for node in nodes {
		script.args(["--url", &format!("ws://{}", node.address())]);
	}
	let status = script.status().expect("the script starts");
	assert!(status.success(), "scripts/{name} failed");
	serde_json::from_slice(&std::fs::read(json).expect("the script wrote its data")).expect("JSON")
}
