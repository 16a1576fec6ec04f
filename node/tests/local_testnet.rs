//! Four validators on loopback, one authority each: they produce, exchange and finalise blocks, and
//! carry the whole loop.

mod common;

use std::collections::BTreeSet;

use serde_json::{json, Value};

use common::{
	network::{run_script, start_validators, SOON},
	Node,
};

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

#[test]
fn four_validators_carry_the_loop_and_agree() {
	let nodes = start_validators();
	let told = run_script("loop", &nodes[3..]);
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
