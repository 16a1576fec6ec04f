//! Views of what is owned, shared and paid off chain.

use serde_json::json;

use super::*;
use crate::title::{Beneficiary, Title, TitleKind};

#[test]
fn a_title_says_what_it_is_of_and_what_it_costs() {
	for (kind, name) in
		[(TitleKind::Dataset, "dataset"), (TitleKind::Model, "model"), (TitleKind::Agent, "agent")]
	{
		for (price, shown) in [(None, json!(null)), (Some(u128::MAX), json!(u128::MAX.to_string()))]
		{
			let title = TitleView::<String> {
				title: Title { kind, id: 3 },
				owner: "5Grw".into(),
				vaulted: true,
				tenures: 2,
				price,
			};
			let json = json!({
				"title": { "kind": name, "id": 3 },
				"owner": "5Grw",
				"vaulted": true,
				"tenures": 2,
				"price": shown,
			});
			is_json(title, json);
		}
	}
}

#[test]
fn a_price_that_is_no_decimal_string_is_refused() {
	let title = |price: serde_json::Value| {
		let title = json!({ "kind": "model", "id": 3 });
		let view = json!({
			"title": title, "owner": "5Grw", "vaulted": false, "tenures": 0, "price": price
		});
		serde_json::from_value::<TitleView<String>>(view)
	};
	assert!(title(json!("7")).is_ok());
	for price in [json!(7), json!("-7"), json!(""), json!("7.0")] {
		assert!(title(price).is_err());
	}
}

#[test]
fn a_tenure_says_whose_the_revenue_was_and_whether_it_has_ended() {
	for (beneficiary, shown, until) in [
		(Beneficiary::Owner("5Grw".to_owned()), json!({ "owner": "5Grw" }), Some(9)),
		(Beneficiary::Vault, json!("vault"), None),
	] {
		let json = json!({ "index": 1, "beneficiary": shown, "since": 4, "until": until });
		is_json(TenureView { index: 1, beneficiary, since: 4, until }, json);
	}
}

#[test]
fn a_vault_and_a_stake_write_shares_and_planck_as_decimal_strings() {
	let vault = VaultView::<String> {
		title: Title::model(3),
		owner: "5Grw".into(),
		asset: 4,
		supply: u128::MAX,
		staked: 5,
		received: 60,
		paid: 30,
		owed: 7,
		residue: 1,
	};
	let json = json!({
		"title": { "kind": "model", "id": 3 },
		"owner": "5Grw",
		"asset": 4,
		"supply": "340282366920938463463374607431768211455",
		"staked": "5",
		"received": "60",
		"paid": "30",
		"owed": "7",
		"residue": "1",
	});
	is_json(vault, json);
	let stake = StakeView::<String> {
		title: Title::dataset(8),
		account: "5FHn".into(),
		staked: 5,
		claimable: 2,
	};
	let json = json!({
		"title": { "kind": "dataset", "id": 8 },
		"account": "5FHn",
		"staked": "5",
		"claimable": "2",
	});
	is_json(stake, json);
}

#[test]
fn a_channel_says_whether_its_payer_has_asked_to_close_it() {
	for closing_at in [None, Some(17)] {
		let channel = ChannelView::<String> {
			id: 6,
			payer: "5Grw".into(),
			signer: "5DAn".into(),
			server: "5FHn".into(),
			model: 3,
			deposit: 1_000,
			expires_at: 40,
			close_window: 10,
			closing_at,
		};
		let json = json!({
			"id": 6,
			"payer": "5Grw",
			"signer": "5DAn",
			"server": "5FHn",
			"model": 3,
			"deposit": "1000",
			"expiresAt": 40,
			"closeWindow": 10,
			"closingAt": closing_at,
		});
		is_json(channel, json);
	}
}
