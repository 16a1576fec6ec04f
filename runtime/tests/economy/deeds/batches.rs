//! Several deeds in one.

use pallet_utility::Call as Utility;
use tributary_runtime::{Runtime, RuntimeCall};

use super::{Actor, Deed, Scene, Thought, Who};

/// What anyone may do for whom it is good.
const CLAIMS: [Thought; 8] = [
	Scene::claim_owner,
	Scene::claim_lineage,
	Scene::claim,
	Scene::claim_passed,
	Scene::collect_due,
	Scene::collect_owed,
	Scene::finalise,
	Scene::pay_reward,
];

/// How often something is thought of that may fit into a batch.
const ATTEMPTS: usize = 12;

/// Whether events say what is to be known of the call.
fn is_told(call: &RuntimeCall) -> bool {
	matches!(
		call,
		RuntimeCall::Attribution(_)
			| RuntimeCall::Availability(_)
			| RuntimeCall::Originality(_)
			| RuntimeCall::Shares(_)
			| RuntimeCall::AssetConversion(pallet_asset_conversion::Call::create_pool { .. })
	)
}

impl Scene {
	/// Deeds of one account, done in one.
	pub(super) fn batch(&mut self) -> Option<Deed> {
		let Deed { who: Who::Actor(who), call } = self.draw()? else { return None };
		let mut calls = vec![call];
		for _ in 0..ATTEMPTS {
			let Some(deed) = self.draw().filter(|deed| deed.who == Who::Actor(who)) else {
				continue;
			};
			// Nothing tells the events of an agent's calls from each other.
			let person = matches!(who, Actor::Person(_));
			if person || !is_told(&deed.call) || !calls.iter().any(is_told) {
				calls.push(deed.call);
			}
		}
		if matches!(who, Actor::Agent(_)) {
			return Deed::of(who, Utility::<Runtime>::batch_all { calls });
		}
		let call = match self.numbers.below(3) {
			0 => Utility::<Runtime>::batch { calls },
			1 => Utility::<Runtime>::batch_all { calls },
			_ => Utility::<Runtime>::force_batch { calls },
		};
		Deed::of(who, call)
	}

	/// Puts what an agent does into a batch now and then: one that undoes the record of what failed is for
	/// nobody.
	pub(super) fn seldom_batched(&mut self, deed: Deed) -> Deed {
		let is_act = matches!(deed.call, RuntimeCall::Agents(pallet_agents::Call::act { .. }));
		if !is_act || !self.numbers.once_in(40) {
			return deed;
		}
		let (who, calls) = (deed.who, vec![deed.call]);
		let call = match self.numbers.below(3) {
			0 => Utility::<Runtime>::batch { calls },
			1 => Utility::<Runtime>::force_batch { calls },
			_ => Utility::<Runtime>::batch_all { calls },
		};
		Deed { who, call: call.into() }
	}

	/// Claims for whomever, all or none; of some nothing is left once the ones before them have succeeded.
	pub(super) fn claim_all(&mut self) -> Option<Deed> {
		let mut calls: Vec<RuntimeCall> = Vec::new();
		for _ in 0..1 + self.numbers.below(6) {
			let claim = self.numbers.pick(CLAIMS)?;
			calls.extend(claim(self).map(|deed| deed.call));
		}
		let again = self.numbers.pick(calls.clone())?;
		if self.numbers.once_in(2) {
			calls.push(again);
		}
		Deed::of(self.anyone(), Utility::<Runtime>::batch_all { calls })
	}
}
