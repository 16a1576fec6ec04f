use super::*;
use crate::availability::Demanded;
use serde_json::json;

mod agent;
mod market;
mod registry;

fn dataset() -> DatasetView<String> {
	DatasetView {
		id: 7,
		owner: "5Grw".into(),
		admission: AdmissionView::Curated,
		curators: vec!["5FHn".into()],
		curator_share: Perbill::from_percent(5),
		licence: b"CC-BY-4.0".to_vec(),
		uses: [UseView::Allowed, UseView::NotAllowed, UseView::Constrained, UseView::Allowed],
		contribution_deposit: u128::MAX,
		metadata: Content { root: [0xab; 32], len: 12 },
		synthetic: SyntheticPolicy::PassThrough,
		closed: false,
		version: 3,
	}
}

#[test]
fn json_has_hex_roots_decimal_planck_and_rates_in_parts_per_billion() {
	let json = json!({
		"id": 7,
		"owner": "5Grw",
		"admission": "curated",
		"curators": ["5FHn"],
		"curatorShare": 50_000_000,
		"licence": "CC-BY-4.0",
		"uses": ["allowed", "notAllowed", "constrained", "allowed"],
		"contributionDeposit": "340282366920938463463374607431768211455",
		"metadata": { "root": format!("0x{}", "ab".repeat(32)), "len": 12 },
		"synthetic": "passThrough",
		"closed": false,
		"version": 3,
	});
	is_json(dataset(), json);
}

/// `view` is written as `json`, and read from it.
fn is_json<View>(view: View, json: serde_json::Value)
where
	View: Clone + std::fmt::Debug + PartialEq + serde::Serialize + serde::de::DeserializeOwned,
{
	assert_eq!(serde_json::to_value(view.clone()).unwrap(), json);
	assert_eq!(serde_json::from_value::<View>(json).unwrap(), view);
}

fn root(byte: &str) -> String {
	format!("0x{}", byte.repeat(32))
}

fn served() -> ServedOutput {
	let output = Content { root: [0xcd; 32], len: 40 };
	ServedOutput { model: 1, epoch: 2, receipt: 3, item: 4, output, windows: 9 }
}

fn served_json() -> serde_json::Value {
	json!({
		"model": 1,
		"epoch": 2,
		"receipt": 3,
		"item": 4,
		"output": { "root": root("cd"), "len": 40 },
		"windows": 9,
	})
}

#[test]
fn a_demand_says_what_is_demanded_by_its_kind() {
	let demand = |blob| DemandView::<String> {
		id: 5,
		blob,
		content: Content { root: [0xab; 32], len: 4_000 },
		chunk: 3,
		demander: "5Grw".into(),
		respondent: "5FHn".into(),
		deposit: u128::MAX,
		answer_until: 17,
	};
	for (blob, json) in [
		(
			Demanded::Entries { model: 1, epoch: 2, report: 3 },
			json!({ "kind": "entries", "model": 1, "epoch": 2, "report": 3 }),
		),
		(
			Demanded::Payouts { model: 1, epoch: 2, report: 3 },
			json!({ "kind": "payouts", "model": 1, "epoch": 2, "report": 3 }),
		),
		(
			Demanded::Items { model: 1, epoch: 2, receipt: 3 },
			json!({ "kind": "items", "model": 1, "epoch": 2, "receipt": 3 }),
		),
		(
			Demanded::Output { model: 1, epoch: 2, receipt: 3, item: 4 },
			json!({ "kind": "output", "model": 1, "epoch": 2, "receipt": 3, "item": 4 }),
		),
		(Demanded::Contribution { seq: 6 }, json!({ "kind": "contribution", "seq": 6 })),
	] {
		let expected = json!({
			"id": 5,
			"blob": json,
			"content": { "root": root("ab"), "len": 4_000 },
			"chunk": 3,
			"demander": "5Grw",
			"respondent": "5FHn",
			"deposit": "340282366920938463463374607431768211455",
			"answerUntil": 17,
		});
		is_json(demand(blob), expected);
	}
}

#[test]
fn an_accusation_has_a_hex_seed_once_it_is_drawn() {
	let accusation = |original, seed| AccusationView::<String> {
		accused: 8,
		challenger: "5Grw".into(),
		original,
		content: Content { root: [0xab; 32], len: 4_000 },
		bond: 10,
		draw_at: 5,
		seed,
		hits: 0b101,
		prove_until: 15,
	};
	let json = |original, seed| {
		json!({
			"accused": 8,
			"challenger": "5Grw",
			"original": original,
			"content": { "root": root("ab"), "len": 4_000 },
			"bond": "10",
			"drawAt": 5,
			"seed": seed,
			"hits": 5,
			"proveUntil": 15,
		})
	};
	let contribution = json(json!({ "contribution": 7 }), json!(null));
	is_json(accusation(OriginalView::Contribution(7), None), contribution);
	let output = json(json!({ "output": served_json() }), json!(root("ef")));
	is_json(accusation(OriginalView::Output(served()), Some([0xef; 32])), output);
}

#[test]
fn a_reward_says_whose_it_is_as_things_stand() {
	let reward = RewardView::<String> {
		report: 3,
		model: 1,
		epoch: 2,
		beneficiary: "5Grw".into(),
		amount: 50,
		reveal_until: 12,
	};
	let json = json!({
		"report": 3,
		"model": 1,
		"epoch": 2,
		"beneficiary": "5Grw",
		"amount": "50",
		"revealUntil": 12,
	});
	is_json(reward, json);
}

#[test]
fn a_report_lists_the_sources_that_its_attributor_could_not_get() {
	let report = ReportView::<String> {
		id: 3,
		attributor: "5Grw".into(),
		entries: Content { root: [0xab; 32], len: 128 },
		payouts: Content { root: [0xcd; 32], len: 64 },
		total: 70,
		posted_at: 4,
		demand_until: 9,
		challenge_until: 15,
		unseen: vec![2, 9],
		state: ReportStateView::Challengeable,
	};
	let json = json!({
		"id": 3,
		"attributor": "5Grw",
		"entries": { "root": root("ab"), "len": 128 },
		"payouts": { "root": root("cd"), "len": 64 },
		"total": "70",
		"postedAt": 4,
		"demandUntil": 9,
		"challengeUntil": 15,
		"unseen": [2, 9],
		"state": "challengeable",
	});
	is_json(report, json);
}

#[test]
fn a_contribution_says_what_is_held_against_it() {
	let contribution = |cause, withheld_at, synthetic| ContributionView::<String> {
		seq: 6,
		contributor: "5FHn".into(),
		committed_at: 1,
		state: ContributionStateView::Suspended,
		since: 9,
		dataset: Some(7),
		content: Some(Content { root: [0xab; 32], len: 12 }),
		index: Some(0),
		cause: Some(cause),
		withheld_at,
		synthetic,
		locks: 2,
	};
	for (cause, name, withheld_at, synthetic) in [
		(SuspensionCause::Copy, "copy", None, None),
		(SuspensionCause::Synthetic, "synthetic", None, Some(served())),
		(SuspensionCause::Withheld, "withheld", Some(9), None),
	] {
		let json = json!({
			"seq": 6,
			"contributor": "5FHn",
			"committedAt": 1,
			"state": "suspended",
			"since": 9,
			"dataset": 7,
			"content": { "root": root("ab"), "len": 12 },
			"index": 0,
			"cause": name,
			"withheldAt": withheld_at,
			"synthetic": synthetic.map(|_| served_json()),
			"locks": 2,
		});
		is_json(contribution(cause, withheld_at, synthetic), json);
	}
}

#[test]
fn a_receipt_says_whether_its_outputs_are_withheld() {
	let receipt = ReceiptView::<String> {
		index: 1,
		payer: "5Grw".into(),
		outputs: Content { root: [0xab; 32], len: 64 },
		amount: 100,
		data_amount: 25,
		block: 3,
		withheld: true,
	};
	let json = json!({
		"index": 1,
		"payer": "5Grw",
		"outputs": { "root": root("ab"), "len": 64 },
		"amount": "100",
		"dataAmount": "25",
		"block": 3,
		"withheld": true,
	});
	is_json(receipt, json);
}

#[test]
fn a_page_says_where_the_next_one_starts() {
	let page = Page { items: vec![PinView { dataset: 1, version: 2 }], next: None::<u32> };
	assert_eq!(
		serde_json::to_value(page).unwrap(),
		json!({ "items": [{ "dataset": 1, "version": 2 }], "next": null })
	);
}

#[test]
fn malformed_json_is_refused() {
	let read = |root: &str, planck: serde_json::Value| {
		let mut json = serde_json::to_value(dataset()).unwrap();
		json["metadata"]["root"] = root.into();
		json["contributionDeposit"] = planck;
		serde_json::from_value::<DatasetView<String>>(json)
	};
	assert!(read(&"ab".repeat(32), "1".into()).is_ok());
	assert!(read("0xab", "1".into()).unwrap_err().to_string().contains("64 hex digits"));
	for planck in [json!(1), json!("-1"), json!("0x1"), json!(u128::MAX.to_string() + "0")] {
		assert!(read(&"ab".repeat(32), planck).is_err());
	}
}
