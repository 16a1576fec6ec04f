//! `attributor`.

use serde_json::json;

use super::{dataset::list, sent};
use crate::{
	amount::Amount,
	chain::{calls, tx::Via},
	cli::Attributor,
	context::{Answer, Context},
	error::Result,
};

pub async fn run(context: &Context, command: Attributor) -> Result<Answer> {
	match command {
		Attributor::Bond { amount } => {
			let (chain, key) = (context.chain().await?, context.key()?);
			let outcome = context.send(&chain, &calls::bond(amount.0), &key, Via::Pool).await?;
			Ok(sent(&outcome, || format!("{amount} bonded")))
		}
		Attributor::Unbond { amount } => {
			let (chain, key) = (context.chain().await?, context.key()?);
			let outcome = context.send(&chain, &calls::unbond(amount.0), &key, Via::Pool).await?;
			Ok(sent(&outcome, || format!("{amount} unbonded")))
		}
		Attributor::Show { account: named } => {
			let account = context.account(named.as_deref())?;
			let bond = context.chain().await?.bonded(&account).await?;
			let json = json!({
				"account": account,
				"bond": bond.held.to_string(),
				"locked": bond.locked.to_string(),
				"each": bond.each.to_string(),
			});
			let text = list(&[
				("account", account.to_string()),
				("bond", Amount(bond.held).to_string()),
				("locked by open reports", Amount(bond.locked).to_string()),
				("for each report", Amount(bond.each).to_string()),
			]);
			Ok(Answer::new(json, text))
		}
	}
}
