//! Demands for bytes, their answers, and silence.

use pallet_availability::Call as Availability;
use tributary_primitives::availability::Demanded;
use tributary_runtime::Runtime;

use super::{Deed, Scene};
use crate::{library::RECORD, model::payments::Place};

/// The bytes of a chunk.
const CHUNK: usize = 1_024;

impl Scene {
	/// An epoch with an open report, or any of the last ones.
	fn any_place(&mut self) -> Option<Place> {
		let (now, reports) = (self.facts.now, &self.facts.reports);
		let open = reports.standing.keys().filter(|of| reports.challengeable(**of, now).is_some());
		if let Some(place) = self.numbers.pick(open.copied()).filter(|_| self.numbers.once_in(2)) {
			return Some(place);
		}
		let recent = self.facts.epoch().saturating_sub(3);
		let places = self.facts.payments.receipts.keys().filter(|(_, epoch)| *epoch >= recent);
		self.numbers.pick(places.copied())
	}

	pub(super) fn demand(&mut self) -> Option<Deed> {
		let place = self.any_place();
		let report = place.and_then(|place| self.facts.reports.standing.get(&place));
		let report = report.map(|report| report.id);
		let receipts = place.map_or(0, |place| self.facts.payments.receipts[&place].len());
		let contributions: Vec<_> = self.facts.contributions.keys().copied().collect();
		let (mut item, mut keep_open) = (None, None);
		let blob = match (self.numbers.below(6), place, report) {
			(0, Some((model, epoch)), Some(report)) => Demanded::Entries { model, epoch, report },
			(1, Some((model, epoch)), Some(report)) => Demanded::Payouts { model, epoch, report },
			(2, Some((model, epoch)), _) => {
				let receipt = self.numbers.below(receipts) as u32;
				Demanded::Items { model, epoch, receipt }
			}
			(3 | 4, Some((model, epoch)), _) => {
				let receipt = self.numbers.below(receipts);
				let outputs = self.facts.payments.receipts[&(model, epoch)][receipt].outputs;
				let index = self.numbers.below(self.facts.library.items(&outputs).len());
				let opening = self.facts.library.open(&outputs, index * RECORD, RECORD);
				item = Some(Box::new(opening));
				Demanded::Output { model, epoch, receipt: receipt as u32, item: index as u32 }
			}
			_ => {
				// What is demanded already, now and then.
				let pending = self.facts.demands.open.values().filter_map(|open| match open.blob {
					Demanded::Contribution { seq } => Some(seq),
					_ => None,
				});
				let pending = self.numbers.pick(pending).filter(|_| self.numbers.once_in(4));
				let seq = match pending {
					Some(seq) => seq,
					None => self.numbers.pick(contributions)?,
				};
				keep_open = place.filter(|_| self.numbers.once_in(2));
				Demanded::Contribution { seq }
			}
		};
		let chunk = self.numbers.below(2) as u64 * self.numbers.below(2) as u64;
		let call = Availability::<Runtime>::demand { blob, chunk, item, keep_open };
		Deed::of(self.anyone(), call)
	}

	/// Has a report wait for an answer that somebody else has demanded.
	pub(super) fn demand_again(&mut self) -> Option<Deed> {
		let facts = &self.facts;
		let mut fitting = Vec::new();
		for open in facts.demands.open.values() {
			let Demanded::Contribution { seq } = open.blob else { continue };
			let until = open.answer_until.max(facts.now) + facts.settings.answer_window;
			let places = facts.reports.standing.keys().filter(|place| {
				let report = facts.reports.challengeable(**place, facts.now);
				report.is_some_and(|report| report.challenge_until < until)
					&& facts.corpus(**place).iter().any(|(source, _)| *source == seq + 1)
			});
			fitting.extend(places.map(|place| (open.blob, open.chunk, *place)));
		}
		let (blob, chunk, place) = self.numbers.pick(fitting)?;
		let keep_open = Some(place);
		let call = Availability::<Runtime>::demand { blob, chunk, item: None, keep_open };
		Deed::of(self.anyone(), call)
	}

	pub(super) fn answer(&mut self) -> Option<Deed> {
		let (now, late) = (self.facts.now, self.numbers.once_in(12));
		let open = self.facts.demands.open.iter();
		// Every fourth demand finds nobody who answers.
		let heard = open.filter(|(id, open)| late || (**id % 4 > 0 && now <= open.answer_until));
		let demand = self.numbers.pick(heard.map(|(id, _)| *id))?;
		let of = &self.facts.demands.open[&demand];
		let opening = self.facts.library.open(&of.content, of.chunk as usize * CHUNK, 1);
		Deed::of_nobody(Availability::<Runtime>::answer { demand, opening: Box::new(opening) })
	}

	pub(super) fn enforce(&mut self) -> Option<Deed> {
		let (now, early) = (self.facts.now, self.numbers.once_in(15));
		let open = self.facts.demands.open.iter();
		let over = open.filter(|(_, open)| early || now > open.answer_until);
		let demand = self.numbers.pick(over.map(|(id, _)| *id))?;
		Deed::of(self.anyone(), Availability::<Runtime>::enforce { demand })
	}
}
