//! Accusations of copies and loops: what is at stake for whom (protocol 2).

use std::collections::{BTreeMap, BTreeSet};

use pallet_originality::Original;
use tributary_primitives::{
	ids::Seq,
	traits::{ServedOutput, SyntheticPolicy},
};
use tributary_runtime::{AccountId, Runtime, RuntimeEvent};

use super::{money::Reason, told, Expected};

/// So many of the drawn windows have to be shown.
pub const ENOUGH: usize = 26;

pub struct Accusation {
	pub original: Original,
	bond: u128,
	pub draw_at: u32,
	pub prove_until: u32,
	pub shown: BTreeSet<u8>,
}

#[derive(Default)]
pub struct Accusations {
	pub open: BTreeMap<(Seq, AccountId), Accusation>,
	/// Those that were suspended by one.
	pub repeats: BTreeSet<Seq>,
}

impl Expected {
	pub(super) fn accusation_call(
		&mut self,
		who: &AccountId,
		call: &pallet_originality::Call<Runtime>,
		events: &[RuntimeEvent],
	) {
		use pallet_originality::{Call, Event};
		match call {
			Call::accuse { accused, original, .. } => {
				let (draw_at, prove_until) = told(events, |event| match event {
					RuntimeEvent::Originality(Event::Accused { draw_at, prove_until, .. }) => {
						Some((*draw_at, *prove_until))
					}
					_ => None,
				});
				let bond = self.settings.accusation_bond;
				self.money.hold(who, Reason::Accusation, bond);
				let shown = BTreeSet::new();
				let accusation =
					Accusation { original: *original, bond, draw_at, prove_until, shown };
				self.accusations.open.insert((*accused, who.clone()), accusation);
			}
			Call::show_hits { accused, hits } => {
				let key = (*accused, who.clone());
				let accusation = self.accusations.open.get_mut(&key).expect("it is open");
				accusation.shown.extend(hits.iter().map(|hit| hit.sample));
				if accusation.shown.len() >= ENOUGH {
					self.uphold(*accused, who);
				}
			}
			Call::close { accused, challenger } => self.close(*accused, challenger),
			call => panic!("nothing is known of {call:?}"),
		}
	}

	fn uphold(&mut self, accused: Seq, challenger: &AccountId) {
		let accusation = self.accusations.open.remove(&(accused, challenger.clone()));
		let Accusation { original, bond, .. } = accusation.expect("it is open");
		match original {
			Original::Contribution(_) => self.suspend(accused, challenger),
			Original::Output { model, epoch, receipt, item } => {
				let output = self.output((model, epoch), receipt, item);
				let windows =
					(output.len + 1).saturating_sub(self.models[model as usize].window as u64);
				let served = ServedOutput { model, epoch, receipt, item, output, windows };
				let contribution = self.contributions.get_mut(&accused).expect("it is known");
				match self.datasets[contribution.dataset as usize].policy {
					SyntheticPolicy::PassThrough => contribution.synthetic = Some(served),
					SyntheticPolicy::Refuse => self.suspend(accused, challenger),
				}
			}
		}
		if self.contributions[&accused].ended.is_some() {
			self.accusations.repeats.insert(accused);
		}
		self.money.release(challenger, Reason::Accusation, bond);
	}

	/// Whether there is something left to decide.
	pub fn is_undecided(&self, accused: Seq, original: Original) -> bool {
		let contribution = &self.contributions[&accused];
		let stands = match original {
			Original::Contribution(seq) => !self.accusations.repeats.contains(&seq),
			Original::Output { .. } => contribution.synthetic.is_none(),
		};
		stands && contribution.ended.is_none()
	}

	fn close(&mut self, accused: Seq, challenger: &AccountId) {
		let accusation = self.accusations.open.remove(&(accused, challenger.clone()));
		let Accusation { original, bond, .. } = accusation.expect("it is open");
		if self.is_undecided(accused, original) {
			let contributor = self.contributions[&accused].who.clone();
			self.money.slash(challenger, Reason::Accusation, &contributor, bond);
			self.answer_for(challenger, bond);
		} else {
			self.money.release(challenger, Reason::Accusation, bond);
		}
	}
}
