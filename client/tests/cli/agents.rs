//! What is said of agents without a node.

use serde_json::{json, Value};

use crate::place::{text, Place};

fn new_card(place: &Place, out: &str) -> Value {
	place.json(&[
		"agent",
		"card",
		"new",
		"--name",
		"Counter",
		"--description",
		"Counts words",
		"--endpoint",
		"http://127.0.0.1:9950",
		"--skill",
		"count: counts the words of a prompt",
		"--out",
		out,
	])
}

#[test]
fn a_card_that_was_made_is_valid() {
	let place = Place::new();
	let out = place.path("card.json");
	let card = new_card(&place, text(&out));
	assert_eq!(card["skills"][0]["id"], "count");
	let checked = place.json(&["agent", "card", "check", text(&out)]);
	assert_eq!(checked, json!({ "valid": true, "card": card }));
}

#[test]
fn a_card_that_lacks_something_is_refused_with_all_of_it() {
	let place = Place::new();
	let mut card = new_card(&place, text(&place.path("card.json")));
	card.as_object_mut().unwrap().remove("version");
	card["skills"] = json!("counting");
	let file = place.file("wrong.json", card.to_string());
	let error = place.fails(1, &["agent", "card", "check", &file]);
	assert!(error.contains("version") && error.contains("skills"), "{error}");
	let file = place.file("text.json", "a card");
	place.fails(2, &["agent", "card", "check", &file]);
}

#[test]
fn a_strategy_that_is_none_is_refused_before_a_node_is_asked() {
	let place = Place::new();
	let file = place.file("strategy.toml", "agent = 0\n[poool]\n");
	let error = place.fails(2, &["agent", "run", &file]);
	assert!(error.contains("poool"), "{error}");
	place.fails(2, &["agent", "run", "missing.toml"]);
}
