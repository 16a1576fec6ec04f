use super::*;
use serde_json::json;

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
		"closed": false,
		"version": 3,
	});
	assert_eq!(serde_json::to_value(dataset()).unwrap(), json);
	assert_eq!(serde_json::from_value::<DatasetView<String>>(json).unwrap(), dataset());
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
