//! `pay`.

use std::path::PathBuf;

use serde_json::json;
use tributary_primitives::report::{Item, Record};

use super::sent;
use crate::{
	chain::{
		calls::{self, Registered},
		events::Event,
		tx::Via,
	},
	cli::Pay,
	context::{Answer, Context},
	error::{Error, Result},
	files::read,
};

pub async fn run(context: &Context, arguments: Pay) -> Result<Answer> {
	let Pay { model, outputs, amount } = arguments;
	let key = context.key()?;
	let blob = store_outputs(context, &outputs)?;

	let chain = context.chain().await?;
	let call = calls::pay(model, &blob, amount.0);
	let outcome = context.send(&chain, &call, &key, Via::Pool).await?;
	let mut answer = sent(&outcome, || {
		let receipt = outcome.included().and_then(|tx| receipt_name(tx.event("Usage", "Paid")?));
		format!("{amount} paid for model {model}: {}", receipt.unwrap_or_default())
	});
	answer.json["outputs"] = json!(blob.content);
	if let Some(paid) = outcome.included().and_then(|tx| tx.event("Usage", "Paid")) {
		for part in ["protocolFee", "lineage", "data", "attributionFee", "owner"] {
			answer.json["parts"][part] = json!(paid.text(part));
		}
	}
	Ok(answer)
}

/// Stores outputs and their list.
///
/// # Errors
/// Where a file can not be read, or the file system refuses.
pub fn store_outputs(context: &Context, outputs: &[PathBuf]) -> Result<Registered> {
	let store = context.store()?;
	let mut items = Vec::new();
	let bar = context.progress("storing outputs", outputs.len());
	for output in outputs {
		let output = store.put(&read(output)?).map_err(Error::usage)?;
		items.extend_from_slice(&Item { output, reserved: [0; 24] }.to_bytes());
		bar.inc(1);
	}
	bar.finish_and_clear();
	context.register(&items)
}

fn receipt_name(paid: &Event) -> Option<String> {
	Some(format!("receipt {} of epoch {}", paid.number("receipt")?, paid.number("epoch")?))
}
