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

/// Claims that share a transaction.
const AT_ONCE: usize = 16;
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

	/// Sends claims, several of them in one transaction. Of several, one that is refused is left, and the
	/// others are made.
	pub(super) async fn send_planned(&mut self, planned: Vec<Planned>) -> Result<()> {
		self.goes_on |= planned.len() > 1;
		let at_once = self.key.at_once(AT_ONCE);
		send(self, &planned, at_once).await
	}
}

/// Makes claims.
trait Claims {
	/// Makes all of `planned` in one transaction, or none.
	async fn together(&mut self, planned: &[Planned]) -> Result<()>;

	/// Makes one claim.
	async fn alone(&mut self, planned: &Planned) -> Result<()>;
}

impl Claims for Run<'_> {
	async fn together(&mut self, planned: &[Planned]) -> Result<()> {
		let mut encoded = Vec::new();
		for claim in planned {
			encoded.push(self.chain.encode(&claim.call).await?);
		}
		let call = calls::batch_all(&encoded);
		let outcome = self.context.send(&self.chain, &call, &self.key, Via::Pool).await?;
		let events = outcome.included().map(|tx| tx.events.as_slice()).unwrap_or_default();
		let mut paid = events
			.iter()
			.filter(|event| event.is(USAGE, OWNER_CLAIMED) || event.is(USAGE, LINEAGE_CLAIMED));
		for Planned { json, what, .. } in planned {
			self.record(&outcome, paid.next(), json.clone(), what);
		}
		Ok(())
	}

	async fn alone(&mut self, planned: &Planned) -> Result<()> {
		let Planned { call, json, what, paid } = planned;
		self.send(call.clone(), Via::Pool, json.clone(), what, (USAGE, paid)).await
	}
}

/// Makes claims, at most `at_once` in a transaction. Those of a transaction that is refused are made one by one, so
/// that one that can not be paid does not hold up the others. No batch that lets a call fail is for agents.
async fn send(claims: &mut impl Claims, planned: &[Planned], at_once: usize) -> Result<()> {
	for some in planned.chunks(at_once.max(1)) {
		if some.len() > 1 {
			match claims.together(some).await {
				Err(Error::Refused { .. }) => {}
				sent => {
					sent?;
					continue;
				}
			}
		}
		for claim in some {
			claims.alone(claim).await?;
		}
	}
	Ok(())
}

const USAGE: &str = "Usage";

#[cfg(test)]
mod tests {
	use super::*;

	/// Claims of which those on one model are refused.
	#[derive(Default)]
	struct Fake {
		refused: Option<ModelId>,
		gone: bool,
		/// The models of each transaction that was sent.
		sent: Vec<Vec<u64>>,
		/// Those that were paid.
		paid: Vec<u64>,
	}

	fn model(planned: &Planned) -> u64 {
		planned.json["model"].as_u64().unwrap()
	}

	impl Fake {
		fn send(&mut self, planned: &[Planned]) -> Result<()> {
			let models: Vec<_> = planned.iter().map(model).collect();
			self.sent.push(models.clone());
			if self.gone {
				return Err(Error::Unreachable("gone".into()));
			}
			if self.refused.is_some_and(|refused| models.contains(&refused.into())) {
				return Err(Error::refused("below the existential deposit"));
			}
			self.paid.extend(models);
			Ok(())
		}
	}

	impl Claims for Fake {
		async fn together(&mut self, planned: &[Planned]) -> Result<()> {
			self.send(planned)
		}

		async fn alone(&mut self, planned: &Planned) -> Result<()> {
			// As claims of several go on.
			match self.send(std::slice::from_ref(planned)) {
				Err(Error::Refused { .. }) => Ok(()),
				sent => sent,
			}
		}
	}

	fn plan(models: std::ops::Range<ModelId>) -> Vec<Planned> {
		models.map(Planned::owner).collect()
	}

	#[tokio::test]
	async fn claims_share_transactions_of_as_many_as_may() {
		let mut claims = Fake::default();
		send(&mut claims, &plan(0..31), 15).await.unwrap();
		let lengths: Vec<_> = claims.sent.iter().map(Vec::len).collect();
		assert_eq!(lengths, [15, 15, 1]);
		assert_eq!(claims.paid, (0..31).collect::<Vec<_>>());
	}

	#[tokio::test]
	async fn a_claim_that_can_not_be_paid_does_not_hold_up_the_others() {
		let mut claims = Fake { refused: Some(1), ..Fake::default() };
		send(&mut claims, &plan(0..5), 3).await.unwrap();
		assert_eq!(claims.paid, [0, 2, 3, 4]);
		assert_eq!(claims.sent.len(), 1 + 3 + 1);
	}

	#[tokio::test]
	async fn what_became_of_claims_that_were_sent_is_not_guessed() {
		let mut claims = Fake { gone: true, ..Fake::default() };
		let error = send(&mut claims, &plan(0..5), 3).await.unwrap_err();
		assert_eq!(error.exit_code(), 3);
		assert_eq!(claims.sent.len(), 1);
	}
}
