//! `title`: whom datasets and models belong to, and selling them.

use serde_json::json;
use subxt::utils::AccountId32;
use tributary_primitives::{
	title::Beneficiary,
	views::{TenureView, TitleView},
};

use super::{dataset::list, sent};
use crate::{
	amount::Amount,
	chain::{calls, market::title_text, tx::Via},
	cli::TitleCommand,
	context::{Answer, Context},
	error::{Error, Result},
	keys::account,
};

pub async fn run(context: &Context, command: TitleCommand) -> Result<Answer> {
	let chain = context.chain().await?;
	let (call, done) = match command {
		TitleCommand::Show { title } => {
			let (found, tenures) = (chain.title(title).await?, chain.tenures(title, 0).await?);
			let json = json!({ "title": found, "tenures": tenures });
			return Ok(Answer::new(json, describe(&found, &tenures)));
		}
		TitleCommand::Transfer { title, to } => {
			let to = account(&to)?;
			let done = format!("{} belongs to {to}", title_text(&title));
			(calls::transfer_title(title, &to), done)
		}
		TitleCommand::List { title, price, buyer } => {
			let buyer = buyer.as_deref().map(account).transpose()?;
			let done = format!("{} is for sale, for {price}", title_text(&title));
			(calls::price_title(title, Some(price.0), buyer.as_ref()), done)
		}
		TitleCommand::Unlist { title } => {
			let done = format!("{} is not for sale", title_text(&title));
			(calls::price_title(title, None, None), done)
		}
		TitleCommand::Buy { title, max_price } => {
			let found = chain.title(title).await?;
			let price = found.price.ok_or_else(|| {
				Error::refused(format!("{} is not for sale.", title_text(&title)))
			})?;
			if max_price.is_some_and(|most| price > most.0) {
				return Err(Error::refused(format!(
					"{} costs {}. Give more with --max-price.",
					title_text(&title),
					Amount(price)
				)));
			}
			let done = format!("{} is yours, for {}", title_text(&title), Amount(price));
			// The price may be raised until the transaction is in a block, and not above this.
			(calls::buy_title(title, max_price.map_or(price, |most| most.0)), done)
		}
	};
	let outcome = context.send(&chain, &call, &context.key()?, Via::Pool).await?;
	Ok(sent(&outcome, || done))
}

fn describe(title: &TitleView<AccountId32>, tenures: &[TenureView<AccountId32>]) -> String {
	let price = title.price.map(|price| Amount(price).to_string());
	let revenue = if title.vaulted { "to whoever staked its shares" } else { "to its owner" };
	let mut lines = vec![
		("title", title_text(&title.title)),
		("owner", title.owner.to_string()),
		("price", price.unwrap_or_else(|| "not for sale".into())),
		("revenue", revenue.to_owned()),
	];
	for tenure in tenures {
		let whom = match &tenure.beneficiary {
			Beneficiary::Owner(owner) => owner.to_string(),
			Beneficiary::Vault => "the vault".to_owned(),
		};
		let until = tenure.until.map_or_else(|| "now".into(), |until| format!("change {until}"));
		lines.push((
			"tenure",
			format!("{}: {whom}, from change {} to {until}", tenure.index, tenure.since),
		));
	}
	list(&lines)
}
