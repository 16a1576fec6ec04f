//! Views of models, and of who gets what of a payment for one.

use serde_json::json;

use super::*;

#[test]
fn a_model_says_what_it_came_from_and_whether_it_is_generative() {
	let model = ModelView::<String> {
		id: 3,
		owner: "5Grw".into(),
		relation: b"finetune".to_vec(),
		parents: vec![1, 2],
		pins: vec![PinView { dataset: 7, version: 1 }],
		generative: true,
		corpus: vec![PinView { dataset: 7, version: 4 }],
		artifact: Content { root: [0xab; 32], len: 12 },
		manifest: Content { root: [0xcd; 32], len: 34 },
		lineage_rate: Perbill::from_percent(10),
		data_rate: Perbill::from_percent(30),
		window: 32,
		registered_at: 5,
	};
	let json = json!({
		"id": 3,
		"owner": "5Grw",
		"relation": "finetune",
		"parents": [1, 2],
		"pins": [{ "dataset": 7, "version": 1 }],
		"generative": true,
		"corpus": [{ "dataset": 7, "version": 4 }],
		"artifact": { "root": root("ab"), "len": 12 },
		"manifest": { "root": root("cd"), "len": 34 },
		"lineageRate": 100_000_000,
		"dataRate": 300_000_000,
		"window": 32,
		"registeredAt": 5,
	});
	is_json(model, json);
}

#[test]
fn shares_name_every_ancestor_and_every_dataset() {
	let shares = SharesView::<String> {
		model: 3,
		owner: "5Grw".into(),
		protocol_fee: Perbill::from_percent(2),
		ancestors: vec![AncestorShareView {
			model: 1,
			owner: "5FHn".into(),
			rate: Perbill::from_percent(10),
		}],
		data_rate: Perbill::from_percent(30),
		attribution_fee: Perbill::from_percent(5),
		datasets: vec![DatasetShareView {
			dataset: 7,
			version: 4,
			owner: "5DAn".into(),
			curator_share: Perbill::from_parts(1),
			earned: u128::MAX,
		}],
		owner_rate: Perbill::from_percent(60),
	};
	let json = json!({
		"model": 3,
		"owner": "5Grw",
		"protocolFee": 20_000_000,
		"ancestors": [{ "model": 1, "owner": "5FHn", "rate": 100_000_000 }],
		"dataRate": 300_000_000,
		"attributionFee": 50_000_000,
		"datasets": [{
			"dataset": 7,
			"version": 4,
			"owner": "5DAn",
			"curatorShare": 1,
			"earned": "340282366920938463463374607431768211455",
		}],
		"ownerRate": 600_000_000,
	});
	is_json(shares, json);
}
