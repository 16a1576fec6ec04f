//! Four validators, three watchers on different nodes, and five attacks: a lying attributor, a withheld
//! report, one that its attributor demands itself, a copied contribution and a looped output.

mod common;

use common::{
	network::{run_script, start_validators},
	Node,
};

#[test]
fn three_watchers_on_four_validators_let_no_wrong_report_stand() {
	let nodes = start_validators();
	let told = run_script("adversaries", &nodes);
	assert_eq!(told["fault"]["fault"], "Prior");
	for attack in ["withheld", "demandedItself"] {
		assert_eq!(told[attack]["slashed"], "100000000000000", "{attack}");
	}
	assert_eq!(told["loops"].as_array().map(Vec::len), Some(2));
	assert_ne!(told["earned"], "0");
	nodes.into_iter().for_each(Node::stop);
}
