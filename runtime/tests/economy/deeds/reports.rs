//! Reports, honest and not, and what they pay.

use pallet_attribution::{Call as Attribution, PayoutProof};
use tributary_primitives::{
	blob::Content,
	fault::EntryProof,
	ids::Seq,
	report::{Entry, Payout},
};
use tributary_runtime::{AccountId, Runtime};

use super::{Deed, Scene};
use crate::{
	attribution::{blob, payouts, records},
	model::{money::Reason, payments::Place},
};

impl Scene {
	/// The epochs that are over and of which no report stands.
	fn unreported(&self) -> Vec<Place> {
		let paid = self.facts.payments.receipts.keys();
		let open = paid.filter(|(model, epoch)| {
			*epoch < self.facts.epoch()
				&& !self.facts.reports.standing.contains_key(&(*model, *epoch))
		});
		open.copied().collect()
	}

	/// Who has bonded enough for one more report.
	fn attributors(&self) -> Vec<AccountId> {
		let reports = &self.facts.reports;
		let open = reports.standing.values().filter(|report| !report.is_final);
		let fallen = reports.rewards.values().map(|reward| &reward.report);
		let locked: Vec<_> = open.chain(fallen).map(|report| report.at_stake()).collect();
		let able = self.facts.money.purses.keys().filter(|who| {
			let own = locked.iter().filter(|(of, _)| of == who);
			let locked = own.map(|(_, bond)| bond).sum::<u128>();
			self.facts.money.held(who, Reason::Bond) >= locked + self.facts.settings.report_bond
		});
		able.cloned().collect()
	}

	pub(super) fn bond(&mut self) -> Option<Deed> {
		let amount = self.facts.settings.report_bond + self.amount(30);
		Deed::of(self.anyone(), Attribution::<Runtime>::bond { amount })
	}

	pub(super) fn unbond(&mut self) -> Option<Deed> {
		let who = self.rich();
		let bonded = self.facts.money.held(&who.to_account_id(), Reason::Bond);
		let amount = self.numbers.within(1, bonded.max(1));
		Deed::of(who, Attribution::<Runtime>::unbond { amount })
	}

	pub(super) fn report(&mut self) -> Option<Deed> {
		let unreported = self.unreported();
		let (model, epoch) = self.numbers.pick(unreported)?;
		let able = self.attributors();
		let Some(who) = self.numbers.pick(able) else { return self.bond() };
		let (entries, unseen) = self.content_of_report((model, epoch));
		let (payouts, total) = payouts(&entries);
		let entries = self.facts.library.put(blob(&entries));
		let payouts = self.facts.library.put(blob(&payouts));
		let call = Attribution::<Runtime>::report {
			model,
			epoch,
			entries,
			entries_tail: self.facts.library.tail(&entries),
			payouts,
			payouts_tail: self.facts.library.tail(&payouts),
			total,
			unseen: unseen.try_into().expect("they are few"),
			withheld: self.facts.payments.withheld_count((model, epoch)),
		};
		Deed::of(self.holder(&who)?, call)
	}

	/// Entries and the sources that are listed as unseen: most are right; some leave a source out, and some
	/// are wrong by a planck.
	fn content_of_report(&mut self, place: Place) -> (Vec<Entry>, Vec<u64>) {
		let mut corpus = self.facts.corpus(place);
		let lie = self.numbers.below(9);
		let earning: Vec<u64> = if (1..4).contains(&lie) {
			let honest = self.facts.entries(place, &corpus);
			honest.into_iter().map(|entry| entry.source).filter(|source| *source > 0).collect()
		} else {
			Vec::new()
		};
		let mut unseen = Vec::new();
		if let Some(hidden) = self.numbers.pick(earning) {
			corpus.retain(|(source, _)| *source != hidden);
			unseen.extend((lie > 1).then_some(hidden));
		} else if lie == 4 {
			unseen.extend(self.numbers.pick(corpus.iter().map(|(source, _)| *source)));
		}
		let mut entries = self.facts.entries(place, &corpus);
		if lie == 5 || lie == 6 {
			let index = self.numbers.below(entries.len());
			let amount = &mut entries[index].amount;
			*amount = if lie == 5 { amount.saturating_sub(1) } else { *amount + 1 };
		}
		(entries, unseen)
	}

	pub(super) fn finalise(&mut self) -> Option<Deed> {
		let (now, early) = (self.facts.now, self.numbers.once_in(20));
		let ripe = self
			.facts
			.reports
			.standing
			.iter()
			.filter(|(_, report)| !report.is_final && (early || now > report.challenge_until));
		let (model, epoch) = self.numbers.pick(ripe.map(|(place, _)| *place))?;
		Deed::of(self.anyone(), Attribution::<Runtime>::finalise { model, epoch })
	}

	pub(super) fn claim(&mut self) -> Option<Deed> {
		let (now, again) = (self.facts.now, self.numbers.once_in(12));
		let mut ready = Vec::new();
		for (place, report) in &self.facts.reports.standing {
			if report.is_final || now > report.challenge_until {
				let rows = self.facts.library.rows(&report.entries);
				let open = rows
					.iter()
					.map(|row| row.source)
					.filter(|source| *source > 0 && (again || !report.claims.contains_key(source)));
				ready.extend(open.map(|source| (*place, report.payouts, source)));
			}
		}
		let ((model, epoch), payouts, source) = self.numbers.pick(ready)?;
		let contribution = &self.facts.contributions[&(source - 1)];
		let (synthetic, contributor) = (contribution.synthetic.is_some(), contribution.who.clone());
		// Some are claimed for by others.
		let other = synthetic || self.numbers.once_in(3);
		let who = if other { self.anyone() } else { self.holder(&contributor)? };
		let (first, last) = self.run(&payouts, source)?;
		Deed::of(who, Attribution::<Runtime>::claim { model, epoch, source, first, last })
	}

	/// The two ends of the run of a source.
	fn run(&self, blob: &Content, source: u64) -> Option<(PayoutProof, PayoutProof)> {
		let all: Vec<Payout> = records(self.facts.library.get(blob));
		let first = all.iter().position(|payout| payout.source == source)?;
		let last = all.iter().rposition(|payout| payout.source == source)?;
		let open = |from, to| Box::new(self.facts.library.open_records(blob, from, to));
		let head = open(first.saturating_sub(1), first);
		let tail = open(last, last + 1);
		Some((
			PayoutProof { index: first as u64, opening: head },
			PayoutProof { index: last as u64, opening: tail },
		))
	}

	pub(super) fn claim_passed(&mut self) -> Option<Deed> {
		let mut ready: Vec<(Seq, Content, u64)> = Vec::new();
		for (seq, contribution) in &self.facts.contributions {
			let Some(served) = contribution.synthetic else { continue };
			let place = (served.model, served.epoch);
			let Some(report) = self.facts.reports.standing.get(&place) else { continue };
			let entries: Vec<Entry> = records(self.facts.library.get(&report.entries));
			let own = (0u64..).zip(&entries).filter(|(_, entry)| {
				let whole = (entry.item, entry.count) == (0, 0);
				entry.receipt == served.receipt && (entry.item == served.item || whole)
			});
			ready.extend(own.map(|(index, _)| (*seq, report.entries, index)));
		}
		let (seq, entries, index) = self.numbers.pick(ready)?;
		let at = index as usize;
		let opening = self.facts.library.open_records(&entries, at, at + 1);
		let (source, entry) = (seq + 1, EntryProof { index, opening });
		Deed::of(self.anyone(), Attribution::<Runtime>::claim_passed { source, entry })
	}
}
