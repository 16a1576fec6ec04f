//! The reports that may be challenged, as they stand in the state of a block.

use subxt::ext::scale_value::{At, Value, ValueDef};
use tributary_primitives::ids::{EpochIndex, ModelId};

use super::Chain;
use crate::error::{from_subxt, Error, Result};

impl Chain {
	/// The model and epoch of each report of which a fault may be heard after the best block, of `model` or
	/// of all models: from the state of the best block, so that it needs no older one.
	///
	/// # Errors
	/// Where the node does not answer, or its metadata does not fit.
	pub async fn open_reports(&self, model: Option<ModelId>) -> Result<Vec<(ModelId, EpochIndex)>> {
		let best = self.best().await?;
		let at = self.at(best.hash).await?;
		let prefix: Vec<_> = model.into_iter().map(|model| Value::u128(model.into())).collect();
		let address = subxt::dynamic::storage::<Vec<Value>, Value>("Attribution", "Reports");
		let mut entries = at.storage().iter(address, prefix).await.map_err(from_subxt)?;
		let mut open = Vec::new();
		while let Some(entry) = entries.next().await {
			let entry = entry.map_err(from_subxt)?;
			let report = entry.value().decode().map_err(from_subxt)?;
			if !is_open(&report, best.number) {
				continue;
			}
			let key = entry.key().map_err(from_subxt)?;
			let mut parts = Vec::new();
			for part in key.parts() {
				parts.extend(part.decode_as::<u32>().map_err(from_subxt)?);
			}
			let [model, epoch] = parts.as_slice() else {
				return Err(Error::refused(
					"the chain keeps its reports otherwise than this program knows. Use the program of \
					 the node's release.",
				));
			};
			open.push((*model, *epoch));
		}
		Ok(open)
	}
}

/// Whether a report may be challenged after the block `best`.
fn is_open<T>(report: &Value<T>, best: u64) -> bool {
	let is_open = report.at("state").is_some_and(
		|state| matches!(&state.value, ValueDef::Variant(state) if state.name == "Open"),
	);
	let until = report.at("challenge_until").and_then(Value::as_u128);
	is_open && until.is_some_and(|until| u128::from(best) < until)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_report_is_open_while_a_fault_is_heard_in_the_next_block() {
		let report = |state: &str, until: u128| {
			Value::named_composite([
				("challenge_until", Value::u128(until)),
				("state", Value::unnamed_variant(state.to_owned(), [])),
			])
		};
		assert!(is_open(&report("Open", 20), 19));
		assert!(!is_open(&report("Open", 20), 20));
		assert!(!is_open(&report("Final", 20), 10));
		assert!(!is_open(&Value::u128(3), 10), "what is no report");
	}
}
