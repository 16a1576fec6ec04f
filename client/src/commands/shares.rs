//! `shares`: shares in the revenue of titles.

use serde_json::json;
use subxt::utils::AccountId32;
use tributary_primitives::{title::Title, views::VaultView};

use super::{dataset::list, sent};
use crate::{
	amount::Amount,
	chain::{
		calls,
		events::Event,
		market::title_text,
		tx::{Outcome, Via},
		Call, Chain,
	},
	cli::{Shares, SomeShares},
	context::{Answer, Context},
	error::Result,
	keys::account,
};

pub async fn run(context: &Context, command: Shares) -> Result<Answer> {
	let chain = context.chain().await?;
	match command {
		Shares::Issue { title, supply, name, symbol } => {
			let call = calls::issue_shares(title, supply, &name, &symbol);
			let outcome = send(context, &chain, call).await?;
			Ok(sent(&outcome, || {
				let asset = event(&outcome, "Issued").and_then(|event| event.number("asset"));
				format!(
					"{supply} shares of {} are yours, as asset {}; its revenue goes to those that are \
					 staked",
					title_text(&title),
					asset.unwrap_or_default()
				)
			}))
		}
		Shares::Stake(SomeShares { title, shares }) => {
			let outcome = send(context, &chain, calls::stake_shares(title, shares)).await?;
			Ok(sent(&outcome, || staked(&outcome, "Staked", title)))
		}
		Shares::Unstake(SomeShares { title, shares }) => {
			let outcome = send(context, &chain, calls::unstake_shares(title, shares)).await?;
			Ok(sent(&outcome, || staked(&outcome, "Unstaked", title)))
		}
		Shares::Claim { title, owed_to: None } => {
			let outcome = send(context, &chain, calls::claim_dividends(title)).await?;
			Ok(sent(&outcome, || paid(&outcome, "DividendsClaimed", title)))
		}
		Shares::Claim { title, owed_to: Some(who) } => {
			let asset = chain.vault(title).await?.asset;
			let call = calls::collect_owed(title, asset, &account(&who)?);
			let outcome = send(context, &chain, call).await?;
			Ok(sent(&outcome, || paid(&outcome, "OwedPaid", title)))
		}
		Shares::Transfer { some: SomeShares { title, shares }, to } => {
			let (asset, to) = (chain.vault(title).await?.asset, account(&to)?);
			let outcome = send(context, &chain, calls::transfer_shares(asset, &to, shares)).await?;
			Ok(sent(&outcome, || format!("{shares} shares of {} went to {to}", title_text(&title))))
		}
		Shares::Dissolve { title } => {
			let outcome = send(context, &chain, calls::dissolve_shares(title)).await?;
			Ok(sent(&outcome, || {
				let unstaked = event(&outcome, "Unstaked");
				let paid = unstaked.and_then(|event| event.amount("paid")).unwrap_or_default();
				format!(
					"{} has no shares any more, and its revenue goes to its owner; {} paid out",
					title_text(&title),
					Amount(paid)
				)
			}))
		}
		Shares::Show { title, account } => show(context, &chain, title, account.as_deref()).await,
	}
}

async fn send(context: &Context, chain: &Chain, call: Call) -> Result<Outcome> {
	context.send(chain, &call, &context.key()?, Via::Pool).await
}

fn event<'a>(outcome: &'a Outcome, name: &str) -> Option<&'a Event> {
	outcome.included()?.event("Shares", name)
}

/// What an account has staked, and was paid on the way.
fn staked(outcome: &Outcome, name: &str, title: Title) -> String {
	let event = event(outcome, name);
	let staked = event.and_then(|event| event.number("staked")).unwrap_or_default();
	let paid = event.and_then(|event| event.amount("paid")).unwrap_or_default();
	format!("{staked} shares of {} are staked; {} paid out", title_text(&title), Amount(paid))
}

fn paid(outcome: &Outcome, name: &str, title: Title) -> String {
	let amount = event(outcome, name).and_then(|event| event.amount("amount"));
	format!("{} paid by the vault of {}", Amount(amount.unwrap_or_default()), title_text(&title))
}

async fn show(
	context: &Context,
	chain: &Chain,
	title: Title,
	named: Option<&str>,
) -> Result<Answer> {
	let vault = chain.vault(title).await?;
	let mut lines = describe(&vault);
	let mut json = json!({ "vault": vault, "stake": null, "free": null });
	if named.is_some() || context.has_key() {
		let account = context.account(named)?;
		let stake = chain.stake(title, &account).await?;
		let free = chain.shares_of(vault.asset, &account).await?;
		let (shares, claimable) =
			stake.as_ref().map(|stake| (stake.staked, stake.claimable)).unwrap_or_default();
		lines.push(("account", account.to_string()));
		lines.push(("not staked", free.to_string()));
		lines.push(("staked by it", shares.to_string()));
		lines.push(("claimable", Amount(claimable).to_string()));
		json["stake"] = json!(stake);
		json["free"] = json!(free.to_string());
	}
	Ok(Answer::new(json, list(&lines)))
}

fn describe(vault: &VaultView<AccountId32>) -> Vec<(&'static str, String)> {
	vec![
		("title", title_text(&vault.title)),
		("owner", vault.owner.to_string()),
		("asset", vault.asset.to_string()),
		("shares", vault.supply.to_string()),
		("staked", vault.staked.to_string()),
		("received", Amount(vault.received).to_string()),
		("paid out", Amount(vault.paid).to_string()),
		("owed", Amount(vault.owed).to_string()),
		("residue", Amount(vault.residue).to_string()),
	]
}
