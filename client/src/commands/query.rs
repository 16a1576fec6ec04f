//! `query`, `epoch`, `books` and `balance`.

use serde_json::{json, Value as Json};

use super::dataset::list;
use crate::{
	amount::Amount,
	cli::Query,
	context::{Answer, Context},
	error::Result,
};

pub async fn run(context: &Context, arguments: Query) -> Result<Answer> {
	let Query { method, params } = arguments;
	let method = if method.contains('_') { method } else { format!("attribution_{method}") };
	let params: Vec<Json> = params
		.into_iter()
		.map(|param| serde_json::from_str(&param).unwrap_or(Json::String(param)))
		.collect();
	let found = context.chain().await?.ask_raw(&method, &params).await?;
	let text = format!("{found:#}");
	Ok(Answer::new(found, text))
}

pub async fn epoch(context: &Context) -> Result<Answer> {
	let epoch = context.chain().await?.epoch().await?;
	let text = format!(
		"epoch {} at block {}; an epoch has {} blocks",
		epoch.current, epoch.block, epoch.length
	);
	Ok(Answer::new(json!(epoch), text))
}

pub async fn books(context: &Context) -> Result<Answer> {
	let books = context.chain().await?.books().await?;
	let text = list(&[
		("paid in, after the protocol fee", Amount(books.deposited).to_string()),
		("paid out", Amount(books.claimed).to_string()),
		("held", Amount(books.held).to_string()),
	]);
	Ok(Answer::new(json!(books), text))
}

pub async fn balance(context: &Context, named: Option<String>) -> Result<Answer> {
	let account = context.account(named.as_deref())?;
	let balance = context.chain().await?.balance(&account).await?;
	let json = json!({
		"account": account,
		"free": balance.free.to_string(),
		"reserved": balance.reserved.to_string(),
	});
	let text = list(&[
		("account", account.to_string()),
		("free", Amount(balance.free).to_string()),
		("reserved", Amount(balance.reserved).to_string()),
	]);
	Ok(Answer::new(json, text))
}
