//! Faults of open reports, announced and shown.

use pallet_attribution::Call as Attribution;
use tributary_primitives::{
	blob::Content,
	fault::{EntryProof, Fault},
	ids::{announcement, ReportId},
	report::Entry,
};
use tributary_runtime::Runtime;

use super::{Actor, Deed, Scene};
use crate::{
	attribution::records,
	library::RECORD,
	model::{payments::Place, reports::Report},
};

impl Scene {
	/// The open reports of which faults are heard.
	fn challengeable(&self) -> Vec<(Place, ReportId)> {
		let places = self.facts.reports.standing.keys();
		let open = places.filter_map(|place| {
			let report = self.facts.reports.challengeable(*place, self.facts.now)?;
			Some((*place, report.id))
		});
		open.collect()
	}

	/// An open report and what is wrong with it; now and then with what is not.
	fn any_fault(&mut self) -> Option<(Place, ReportId, Fault)> {
		let open = self.challengeable();
		if self.numbers.once_in(30) {
			let (place, report) = self.numbers.pick(open)?;
			return Some((place, report, self.no_fault(place)));
		}
		let wrong = open.into_iter().filter_map(|(place, report)| {
			let fault = self.fault(place)?;
			Some((place, report, fault))
		});
		let wrong: Vec<_> = wrong.collect();
		let announced = wrong.iter().filter(|(_, report, _)| {
			self.facts.reports.announcements.keys().any(|(of, _)| of == report)
		});
		let announced = self.numbers.pick(announced.cloned()).filter(|_| self.numbers.once_in(2));
		announced.or_else(|| self.numbers.pick(wrong))
	}

	pub(super) fn show_fault(&mut self) -> Option<Deed> {
		let ((model, epoch), report, fault) = self.any_fault()?;
		let challenger = self.anyone().to_account_id();
		let call = Attribution::<Runtime>::submit_fault {
			model,
			epoch,
			report,
			challenger,
			fault: Box::new(fault),
		};
		Deed::of_nobody(call)
	}

	pub(super) fn announce(&mut self) -> Option<Deed> {
		let (place, report, fault) = self.any_fault()?;
		let who = self.anyone();
		let (account, salt) = (who.to_account_id(), [9; 32]);
		let hash = announcement(&self.facts.genesis, report, &fault, &account, &salt);
		let known = self.facts.reports.announcements.contains_key(&(report, account.clone()));
		if !known {
			self.facts.library.announced.insert((report, account), (fault, salt));
		}
		let (model, epoch) = place;
		Deed::of(who, Attribution::<Runtime>::announce { model, epoch, report, hash })
	}

	pub(super) fn reveal_announcement(&mut self) -> Option<Deed> {
		let (report, who) = self.announced(|scene, id, _| {
			let reward = scene.facts.reports.rewards.get(&id);
			reward.is_some_and(|reward| scene.facts.now <= reward.reveal_until)
		})?;
		let (fault, salt) =
			self.facts.library.announced.get(&(report, who.to_account_id()))?.clone();
		let fault = Box::new(fault);
		Deed::of(who, Attribution::<Runtime>::reveal_announcement { report, fault, salt })
	}

	pub(super) fn withdraw_announcement(&mut self) -> Option<Deed> {
		let early = self.numbers.once_in(8);
		let (report, who) = self.announced(|scene, id, place| {
			let reports = &scene.facts.reports;
			let open = reports.challengeable(place, scene.facts.now);
			let stands = open.is_some_and(|report| report.id == id);
			early || (!stands && !reports.rewards.contains_key(&id))
		})?;
		Deed::of(who, Attribution::<Runtime>::withdraw_announcement { report })
	}

	/// An announcement of a report that `fits`.
	fn announced(
		&mut self,
		fits: impl Fn(&Self, ReportId, Place) -> bool,
	) -> Option<(ReportId, Actor)> {
		let all = self.facts.reports.announcements.iter();
		let fitting: Vec<_> = all
			.filter(|((id, _), announced)| fits(self, *id, announced.place))
			.map(|(key, _)| key.clone())
			.collect();
		let (id, who) = self.numbers.pick(fitting)?;
		Some((id, self.holder(&who)?))
	}

	pub(super) fn pay_reward(&mut self) -> Option<Deed> {
		let (now, early) = (self.facts.now, self.numbers.once_in(10));
		let waiting = self.facts.reports.rewards.iter();
		let over = waiting.filter(|(_, reward)| early || now > reward.reveal_until);
		let report = self.numbers.pick(over.map(|(id, _)| *id))?;
		Deed::of(self.anyone(), Attribution::<Runtime>::pay_reward { report })
	}

	/// Something that is not wrong with the report: its first entry's source is in the corpus.
	fn no_fault(&self, place: Place) -> Fault {
		Fault::Foreign { entry: self.entry(&self.facts.reports.standing[&place], 0) }
	}

	fn entry(&self, report: &Report, index: usize) -> EntryProof {
		let opening = self.facts.library.open_records(&report.entries, index, index);
		EntryProof { index: index as u64, opening }
	}

	/// What is wrong with the open report of an epoch, as far as these reports are ever wrong.
	fn fault(&self, place: Place) -> Option<Fault> {
		let report = &self.facts.reports.standing[&place];
		let entries: Vec<Entry> = records(self.facts.library.get(&report.entries));
		let corpus = self.facts.corpus(place);
		let known = |source| corpus.iter().any(|(of, _)| *of == source);
		let foreign = entries.iter().position(|entry| entry.source > 0 && !known(entry.source));
		if let Some(index) = foreign {
			return Some(Fault::Foreign { entry: self.entry(report, index) });
		}
		(0..).zip(&entries).find_map(|(index, entry)| {
			self.amount_fault(place, report, index, entry)
				.or_else(|| self.prior_fault(place, report, index, entry, &corpus))
		})
	}

	/// Whether the report takes a receipt for one that is withheld.
	fn counts_as_withheld(&self, place: Place, report: &Report, receipt: u32) -> bool {
		let paid = &self.facts.payments.receipts[&place][receipt as usize];
		paid.withheld.is_some_and(|ordinal| ordinal < report.withheld)
	}

	fn item_opening(&self, place: Place, entry: &Entry) -> tributary_primitives::blob::Opening {
		let outputs = self.facts.payments.receipts[&place][entry.receipt as usize].outputs;
		self.facts.library.open(&outputs, entry.item as usize * RECORD, RECORD)
	}

	fn amount_fault(
		&self,
		place: Place,
		report: &Report,
		index: usize,
		entry: &Entry,
	) -> Option<Fault> {
		let withheld = self.counts_as_withheld(place, report, entry.receipt);
		let (carried, windows) = if withheld {
			(self.facts.payments.receipts[&place][entry.receipt as usize].data, 0)
		} else {
			self.facts.carried(place, entry.receipt, entry.item)
		};
		let right = match windows {
			0 => carried,
			_ => crate::model::parts::worth(
				carried,
				windows.into(),
				entry.start.into(),
				entry.count.into(),
			),
		};
		let item = (!withheld).then(|| self.item_opening(place, entry));
		(right != entry.amount).then(|| Fault::Amount { entry: self.entry(report, index), item })
	}

	fn prior_fault(
		&self,
		place: Place,
		report: &Report,
		index: usize,
		entry: &Entry,
		corpus: &[(u64, Content)],
	) -> Option<Fault> {
		if entry.count == 0 {
			return None;
		}
		let length = self.facts.models[place.0 as usize].window;
		let output = self.facts.output(place, entry.receipt, entry.item);
		let before = if entry.source == 0 { u64::MAX } else { entry.source };
		let windows = self.facts.library.get(&output).windows(length).enumerate();
		let run = windows.skip(entry.start as usize).take(entry.count as usize);
		run.into_iter().find_map(|(position, window)| {
			let (source, offset) = self.facts.owner(corpus, before, window)?;
			let content = self.facts.contributions[&(source - 1)].content;
			Some(Fault::Prior {
				entry: self.entry(report, index),
				item: self.item_opening(place, entry),
				position: position as u64,
				output: self.facts.library.open(&output, position, length),
				source,
				offset: offset as u64,
				bytes: self.facts.library.open(&content, offset, length),
			})
		})
	}
}
