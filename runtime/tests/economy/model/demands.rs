//! Demands for bytes: who pays for an answer, and what silence costs (protocol 6).

use std::collections::BTreeMap;

use tributary_primitives::{availability::Demanded, blob::Content, title::Title};
use tributary_runtime::{AccountId, Runtime, RuntimeEvent};

use super::{money::Reason, payments::Place, Expected};

pub struct Demand {
	pub blob: Demanded,
	pub chunk: u64,
	demander: AccountId,
	respondent: AccountId,
	deposit: u128,
	pub answer_until: u32,
	pub content: Content,
}

#[derive(Default)]
pub struct Demands {
	pub open: BTreeMap<u64, Demand>,
}

/// The epoch of a model whose outputs are demanded.
fn outputs_of(blob: Demanded) -> Option<(Place, u32)> {
	match blob {
		Demanded::Items { model, epoch, receipt }
		| Demanded::Output { model, epoch, receipt, .. } => Some(((model, epoch), receipt)),
		_ => None,
	}
}

impl Expected {
	pub(super) fn demand_call(
		&mut self,
		call: &pallet_availability::Call<Runtime>,
		events: &[RuntimeEvent],
	) {
		use pallet_availability::Call;
		match call {
			Call::demand { .. } => self.note_demands(events),
			Call::answer { demand, .. } => {
				let Demand { demander, respondent, deposit, .. } =
					self.demands.open.remove(demand).expect("it is open");
				self.money.pay_held(&demander, Reason::Demand, &respondent, deposit);
			}
			Call::enforce { demand } => {
				let Demand { blob, demander, deposit, .. } =
					self.demands.open.remove(demand).expect("it is open");
				self.punish(blob, &demander, events);
				self.money.release(&demander, Reason::Demand, deposit);
			}
			call => panic!("nothing is known of {call:?}"),
		}
	}

	/// Takes note of all that is demanded now, and of reports that stay open for it.
	pub(super) fn note_demands(&mut self, events: &[RuntimeEvent]) {
		for event in events {
			match event {
				RuntimeEvent::Availability(pallet_availability::Event::Demanded {
					demand,
					blob,
					chunk,
					demander,
					respondent,
					answer_until,
				}) => {
					let deposit = self.settings.demand_deposit;
					self.money.hold(demander, Reason::Demand, deposit);
					assert_eq!(self.respondent(*blob), *respondent, "{blob:?}");
					let demand_of = Demand {
						blob: *blob,
						chunk: *chunk,
						demander: demander.clone(),
						respondent: respondent.clone(),
						deposit,
						answer_until: *answer_until,
						content: self.content_of(*blob),
					};
					self.demands.open.insert(*demand, demand_of);
				}
				RuntimeEvent::Attribution(pallet_attribution::Event::KeptOpen {
					model,
					epoch,
					challenge_until,
					..
				}) => {
					let report = self.reports.standing.get_mut(&(*model, *epoch));
					report.expect("it stands").challenge_until = *challenge_until;
				}
				_ => {}
			}
		}
	}

	/// Who answers for the bytes.
	fn respondent(&self, blob: Demanded) -> AccountId {
		match blob {
			Demanded::Entries { model, epoch, .. } | Demanded::Payouts { model, epoch, .. } => {
				self.reports.standing[&(model, epoch)].attributor.clone()
			}
			Demanded::Items { model, .. } | Demanded::Output { model, .. } => {
				self.titles[&Title::model(model)].owner.clone()
			}
			Demanded::Contribution { seq } => self.contributions[&seq].who.clone(),
		}
	}

	fn content_of(&self, blob: Demanded) -> Content {
		match blob {
			Demanded::Entries { model, epoch, .. } => {
				self.reports.standing[&(model, epoch)].entries
			}
			Demanded::Payouts { model, epoch, .. } => {
				self.reports.standing[&(model, epoch)].payouts
			}
			Demanded::Items { model, epoch, receipt } => {
				self.payments.receipts[&(model, epoch)][receipt as usize].outputs
			}
			Demanded::Output { model, epoch, receipt, item } => {
				self.output((model, epoch), receipt, item)
			}
			Demanded::Contribution { seq } => self.contributions[&seq].content,
		}
	}

	/// What follows where nobody has shown the bytes.
	fn punish(&mut self, blob: Demanded, demander: &AccountId, events: &[RuntimeEvent]) {
		match blob {
			Demanded::Entries { model, epoch, report }
			| Demanded::Payouts { model, epoch, report } => {
				let place = (model, epoch);
				let open = self.reports.challengeable(place, self.now);
				if open.is_some_and(|open| open.id == report) {
					self.void(place, Some(demander), events);
				}
			}
			Demanded::Contribution { seq } => {
				let contribution = self.contributions.get_mut(&seq).expect("it is known");
				if contribution.withheld.is_none() {
					contribution.withheld = Some(self.now);
					self.suspend(seq, demander);
				}
			}
			Demanded::Items { .. } | Demanded::Output { .. } => {
				let (place, receipt) = outputs_of(blob).expect("it is of outputs");
				self.withhold(place, receipt as usize, events);
			}
		}
	}

	/// Outputs were not shown: the receipt counts without them, and a report that can still fall does.
	fn withhold(&mut self, place: Place, receipt: usize, events: &[RuntimeEvent]) {
		let stands = self.reports.standing.contains_key(&place);
		let open = self.reports.challengeable(place, self.now).is_some();
		let known = self.payments.receipts[&place][receipt].withheld.is_some();
		if known || self.payments.is_settled(place) || (stands && !open) {
			return;
		}
		if open {
			self.void(place, None, events);
		}
		let before = self.payments.withheld_count(place);
		let receipts = self.payments.receipts.get_mut(&place).expect("it was paid for");
		receipts[receipt].withheld = Some(before);
	}
}
