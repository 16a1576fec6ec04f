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
				let seq = self.numbers.pick(contributions)?;
				keep_open = place.filter(|_| self.numbers.once_in(2));
				Demanded::Contribution { seq }
			}
		};
		let chunk = self.numbers.below(2) as u64 * self.numbers.below(2) as u64;
		let call = Availability::<Runtime>::demand { blob, chunk, item, keep_open };
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
