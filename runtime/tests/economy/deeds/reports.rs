//! Reports, honest and not, and what they pay.

use std::collections::BTreeMap;

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
	pub(super) fn unreported(&self) -> Vec<Place> {
		let paid = self.facts.payments.receipts.keys();
		let open = paid.filter(|(model, epoch)| {
			*epoch < self.facts.epoch()
				&& !self.facts.reports.standing.contains_key(&(*model, *epoch))
		});
		open.copied().collect()
	}

	/// What of bonds is locked.
	pub(super) fn locked_bonds(&self) -> BTreeMap<AccountId, u128> {
		let reports = &self.facts.reports;
		let open = reports.standing.values().filter(|report| !report.is_final);
		let fallen = reports.rewards.values().map(|reward| &reward.report);
		let mut locked = BTreeMap::new();
		for (who, bond) in open.chain(fallen).map(|report| report.at_stake()) {
			*locked.entry(who.clone()).or_default() += bond;
		}
		locked
	}

	/// Who has bonded enough for one more report.
	fn attributors(&self) -> Vec<AccountId> {
		let locked = self.locked_bonds();
		let able = self.facts.money.purses.keys().filter(|who| {
			let locked = locked.get(who).copied().unwrap_or(0);
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
		let call = self.report_of((model, epoch), &entries, unseen);
		Deed::of(self.holder(&who)?, call)
	}

	/// The report of an epoch with these entries.
	pub(super) fn report_of(
		&mut self,
		(model, epoch): Place,
		entries: &[Entry],
		unseen: Vec<u64>,
	) -> Attribution<Runtime> {
		let (payouts, total) = payouts(entries);
		let entries = self.facts.library.put(blob(entries));
		let payouts = self.facts.library.put(blob(&payouts));
		Attribution::report {
			model,
			epoch,
			entries,
			entries_tail: self.facts.library.tail(&entries),
			payouts,
			payouts_tail: self.facts.library.tail(&payouts),
			total,
			unseen: unseen.try_into().expect("they are few"),
			withheld: self.facts.payments.withheld_count((model, epoch)),
		}
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
	pub(super) fn run(&self, blob: &Content, source: u64) -> Option<(PayoutProof, PayoutProof)> {
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
		let seqs = self.facts.contributions.keys();
		let all: Vec<(Seq, u64)> = seqs
			.flat_map(|seq| {
				self.entries_passed(*seq).into_iter().map(move |(index, _)| (*seq, index))
			})
			.collect();
		let due = all.iter().copied().filter(|(seq, at)| self.facts.passed_left(seq + 1, *at) > 0);
		let due: Vec<_> = due.collect();
		let due = self.numbers.pick(due).filter(|_| !self.numbers.once_in(4));
		let (seq, index) = due.or_else(|| self.numbers.pick(all))?;
		Deed::of(self.anyone(), self.claim_of_passed(seq, index))
	}

	/// The entries of the output that a contribution repeats, by their numbers.
	pub fn entries_passed(&self, seq: Seq) -> Vec<(u64, Entry)> {
		let Some(served) = self.facts.contributions[&seq].synthetic else { return Vec::new() };
		let report = self.facts.reports.standing.get(&(served.model, served.epoch));
		let Some(report) = report else { return Vec::new() };
		let entries: Vec<Entry> = records(self.facts.library.get(&report.entries));
		let own = (0u64..).zip(entries).filter(|(_, entry)| {
			let whole = (entry.item, entry.count) == (0, 0);
			entry.receipt == served.receipt && (entry.item == served.item || whole)
		});
		own.collect()
	}

	pub(super) fn claim_of_passed(&self, seq: Seq, index: u64) -> Attribution<Runtime> {
		let served = self.facts.contributions[&seq].synthetic.expect("it repeats an output");
		let entries = self.facts.reports.standing[&(served.model, served.epoch)].entries;
		let at = index as usize;
		let opening = self.facts.library.open_records(&entries, at, at + 1);
		Attribution::claim_passed { source: seq + 1, entry: EntryProof { index, opening } }
	}

	/// Whether a contribution repeats an output of which another such contribution owns a part, so that what
	/// it earns is passed on twice.
	pub(super) fn passes_along(&self, seq: Seq) -> bool {
		let entries = self.entries_passed(seq);
		entries.iter().any(|(_, entry)| entry.source <= seq && self.is_passing(entry.source))
	}

	fn is_passing(&self, source: u64) -> bool {
		let contribution = source.checked_sub(1).map(|seq| &self.facts.contributions[&seq]);
		contribution.is_some_and(|contribution| contribution.synthetic.is_some())
	}

	/// The outputs of which a contribution owns a part that repeats an output.
	pub(super) fn outputs_of_passing(&self) -> Vec<Content> {
		let mut found = Vec::new();
		for (place, report) in &self.facts.reports.standing {
			let entries: Vec<Entry> = records(self.facts.library.get(&report.entries));
			let own = entries.iter().filter(|entry| self.is_passing(entry.source));
			found.extend(own.map(|entry| self.facts.output(*place, entry.receipt, entry.item)));
		}
		found
	}
}
