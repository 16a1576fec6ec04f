//! Claims on the revenue of models: for their owners, and for their ancestors.

use serde_json::{json, Value as Json};
use tributary_primitives::ids::ModelId;

use super::Run;
use crate::{
	chain::{calls, tx::Via, Call},
	error::{Error, Result},
};

/// A claim that is to be sent.
pub struct Planned {
	call: Call,
	json: Json,
	what: String,
	/// The event of `Usage` that says how much it paid.
	paid: &'static str,
}

impl Planned {
	/// What a model earned for its owner.
	pub fn owner(model: ModelId) -> Self {
		Self {
			call: calls::claim_owner(model),
			json: json!({ "kind": "owner", "model": model }),
			what: format!("owner of model {model}"),
			paid: OWNER_CLAIMED,
		}
	}

	/// What a model earned for a tenure of an ancestor's title.
	pub fn lineage(model: ModelId, ancestor: ModelId, tenure: u32) -> Self {
		Self {
			call: calls::claim_lineage(model, ancestor, tenure),
			json: json!({
				"kind": "lineage", "model": model, "ancestor": ancestor, "tenure": tenure,
			}),
			what: format!("model {ancestor} as ancestor of model {model}, tenure {tenure}"),
			paid: LINEAGE_CLAIMED,
		}
	}
}

const OWNER_CLAIMED: &str = "OwnerClaimed";
const LINEAGE_CLAIMED: &str = "LineageClaimed";

impl Run<'_> {
	/// Claims for an ancestor: for the tenure `wanted` of its title, or for those that have something left,
	/// and for the one of today where none has.
	pub(super) async fn lineages(
		&self,
		model: ModelId,
		ancestor: ModelId,
		wanted: Option<u32>,
	) -> Result<Vec<Planned>> {
		let planned = |tenure: u32| Planned::lineage(model, ancestor, tenure);
		if let Some(tenure) = wanted {
			return Ok(vec![planned(tenure)]);
		}
		let all = self.chain.lineage_tenures(model, ancestor).await?;
		let left: Vec<_> =
			all.iter().filter(|part| part.amount > 0).map(|part| planned(part.tenure)).collect();
		match (left.is_empty(), all.last()) {
			(false, _) => Ok(left),
			(true, Some(today)) => Ok(vec![planned(today.tenure)]),
			(true, None) => Err(Error::refused(format!(
				"model {ancestor} is no ancestor of model {model}. Look at `model lineage {model}`."
			))),
		}
	}

	/// Sends claims, several of them in one transaction: all of them, or none.
	pub(super) async fn send_planned(&mut self, planned: Vec<Planned>) -> Result<()> {
		if let [Planned { call, json, what, paid }] = planned.as_slice() {
			return self.send(call.clone(), Via::Pool, json.clone(), what, (USAGE, paid)).await;
		}
		let mut encoded = Vec::new();
		for claim in &planned {
			encoded.push(self.chain.encode(&claim.call).await?);
		}
		let call = calls::batch_all(&encoded);
		let outcome = self.context.send(&self.chain, &call, &self.key, Via::Pool).await?;
		let events = outcome.included().map(|tx| tx.events.as_slice()).unwrap_or_default();
		let mut paid = events
			.iter()
			.filter(|event| event.is(USAGE, OWNER_CLAIMED) || event.is(USAGE, LINEAGE_CLAIMED));
		for Planned { json, what, .. } in planned {
			self.record(&outcome, paid.next(), json, &what);
		}
		Ok(())
	}
}

const USAGE: &str = "Usage";
