//! Reports, bonds, faults, and what a final report pays (protocol 6).

use std::collections::BTreeMap;

use tributary_primitives::{blob::Content, fault::Fault, ids::ReportId};
use tributary_runtime::{AccountId, Runtime, RuntimeEvent};

use super::{deposit, money::Reason, payments::Place, told, Expected};
use crate::attribution::last_block;

/// The bytes of what is kept of a report that lists no source, and of an announcement.
const REPORT_BYTES: usize = 252;
const ANNOUNCEMENT_BYTES: usize = 64;

/// A report as it was posted.
pub struct Report {
	pub id: ReportId,
	pub attributor: AccountId,
	pub entries: Content,
	pub payouts: Content,
	pub total: u128,
	pub unseen: Vec<u64>,
	/// The number of withheld receipts that it knows of.
	pub withheld: u32,
	pub posted_at: u32,
	/// For how many blocks faults are heard at least.
	window: u32,
	pub challenge_until: u32,
	bond: u128,
	/// What is held for its storage.
	storage: u128,
	pub is_final: bool,
	/// What was claimed, by source.
	pub claims: BTreeMap<u64, u128>,
}

impl Report {
	/// Whose bond it locks, and how much of it.
	pub fn at_stake(&self) -> (&AccountId, u128) {
		(&self.attributor, self.bond)
	}
}

/// Whose the bond of a fallen report is, as things stand.
#[derive(PartialEq)]
enum Standing {
	/// Its attributor's: nobody was shown to blame.
	Blameless,
	/// That of who had it voided.
	Submitted,
	/// That of the announcer with this number.
	Announced(u64),
}

pub struct Reward {
	pub report: Report,
	beneficiary: AccountId,
	standing: Standing,
	pub reveal_until: u32,
}

pub struct Announcement {
	order: u64,
	pub place: Place,
}

#[derive(Default)]
pub struct Reports {
	/// Open and final ones.
	pub standing: BTreeMap<Place, Report>,
	pub rewards: BTreeMap<ReportId, Reward>,
	pub announcements: BTreeMap<(ReportId, AccountId), Announcement>,
	announced: u64,
	/// What the contributions of a dataset were paid of the revenue of a model.
	pub earned: BTreeMap<(u32, u32), u128>,
	/// What was paid of what a source passes on, by source and entry.
	pub passed: BTreeMap<(u64, u64), u128>,
}

impl Reports {
	/// The open report of an epoch, while faults of it are heard.
	pub fn challengeable(&self, place: Place, now: u32) -> Option<&Report> {
		let report = self.standing.get(&place)?;
		(!report.is_final && now <= report.challenge_until).then_some(report)
	}
}

impl Expected {
	pub(super) fn report_call(
		&mut self,
		who: &AccountId,
		call: &pallet_attribution::Call<Runtime>,
		events: &[RuntimeEvent],
	) {
		use pallet_attribution::Call;
		match call {
			Call::bond { amount } => self.money.hold(who, Reason::Bond, *amount),
			Call::unbond { amount } => self.money.release(who, Reason::Bond, *amount),
			Call::report { model, epoch, .. } => self.post(who, (*model, *epoch), call, events),
			Call::submit_fault { model, epoch, challenger, fault, .. } => {
				self.show_fault((*model, *epoch), challenger, fault, events);
			}
			Call::finalise { model, epoch } => self.finalise((*model, *epoch)),
			Call::claim { model, epoch, source, .. } => self.claim((*model, *epoch), *source),
			Call::announce { model, epoch, report, .. } => {
				self.money.hold(who, Reason::Announcement, deposit(1, ANNOUNCEMENT_BYTES));
				let announcement =
					Announcement { order: self.reports.announced, place: (*model, *epoch) };
				self.reports.announced += 1;
				self.reports.announcements.insert((*report, who.clone()), announcement);
			}
			Call::reveal_announcement { report, .. } => self.reveal_announcement(who, *report),
			Call::pay_reward { report } => self.pay_reward(*report),
			Call::withdraw_announcement { report } => {
				self.end_announcement(who, *report);
			}
			Call::claim_passed { source, entry } => self.claim_passed(*source, entry.index),
			call => panic!("nothing is known of {call:?}"),
		}
	}

	fn post(
		&mut self,
		who: &AccountId,
		place: Place,
		call: &pallet_attribution::Call<Runtime>,
		events: &[RuntimeEvent],
	) {
		use pallet_attribution::{Call, Event};
		let Call::report { entries, payouts, total, unseen, withheld, .. } = call else { return };
		let (id, challenge_until) = told(events, |event| match event {
			RuntimeEvent::Attribution(Event::Reported { id, challenge_until, .. }) => {
				Some((*id, *challenge_until))
			}
			_ => None,
		});
		let storage = deposit(1, REPORT_BYTES + 8 * unseen.len());
		self.money.hold(who, Reason::Report, storage);
		let report = Report {
			id,
			attributor: who.clone(),
			entries: *entries,
			payouts: *payouts,
			total: *total,
			unseen: unseen.to_vec(),
			withheld: *withheld,
			posted_at: self.now,
			window: self.settings.challenge_window,
			challenge_until,
			bond: self.settings.report_bond,
			storage,
			is_final: false,
			claims: BTreeMap::new(),
		};
		self.reports.standing.insert(place, report);
		self.note_demands(events);
	}

	fn show_fault(
		&mut self,
		place: Place,
		challenger: &AccountId,
		fault: &Fault,
		events: &[RuntimeEvent],
	) {
		let report = &self.reports.standing[&place];
		let about = match fault {
			Fault::Foreign { entry } => {
				Some(self.library.rows(&report.entries)[entry.index as usize].source)
			}
			Fault::Prior { source, .. } => Some(*source),
			_ => None,
		};
		let listed = about.is_some_and(|source| report.unseen.contains(&source));
		let excused = listed || about.is_some_and(|source| self.was_withheld(report, source));
		if listed && matches!(fault, Fault::Prior { .. }) {
			let report = self.reports.standing.get_mut(&place).expect("it stands");
			let storage = std::mem::take(&mut report.storage);
			self.money.burn_held(&report.attributor, Reason::Report, storage);
		}
		self.void(place, (!excused).then_some(challenger), events);
	}

	/// Whether the bytes of `source` were withheld at about the time of the report.
	fn was_withheld(&self, report: &Report, source: u64) -> bool {
		let contribution = self.contributions.get(&(source - 1));
		let withheld = contribution.and_then(|contribution| contribution.withheld);
		withheld.is_some_and(|at| at + report.window >= report.posted_at)
	}

	/// Removes an open report; its attributor is to blame where there is a challenger.
	pub(super) fn void(
		&mut self,
		place: Place,
		challenger: Option<&AccountId>,
		events: &[RuntimeEvent],
	) {
		let mut report = self.reports.standing.remove(&place).expect("it stands");
		if challenger.is_some() {
			self.slash_bond(&mut report);
		}
		let id = report.id;
		let attributor = report.attributor.clone();
		if !self.reports.announcements.keys().any(|(of, _)| *of == id) {
			self.let_go(report, challenger);
			return;
		}
		let reveal_until = told(events, |event| match event {
			RuntimeEvent::Attribution(pallet_attribution::Event::RewardWaits {
				report,
				reveal_until,
				..
			}) if *report == id => Some(*reveal_until),
			_ => None,
		});
		let (beneficiary, standing) = match challenger {
			Some(challenger) => (challenger.clone(), Standing::Submitted),
			None => (attributor, Standing::Blameless),
		};
		let reward = Reward { report, beneficiary, standing, reveal_until };
		self.reports.rewards.insert(id, reward);
	}

	/// Burns half of what a report has at stake, rounded up.
	fn slash_bond(&mut self, report: &mut Report) {
		let (all, left) = (report.bond, report.bond / 2);
		self.money.burn_held(&report.attributor, Reason::Bond, all - left);
		self.answer_for(&report.attributor, all);
		report.bond = left;
	}

	/// Gives back what is held for a report that has fallen; what it has left at stake is for `rewarded`,
	/// or stays in its attributor's bond.
	fn let_go(&mut self, report: Report, rewarded: Option<&AccountId>) {
		let Report { attributor, storage, bond, .. } = report;
		self.money.release(&attributor, Reason::Report, storage);
		if let Some(rewarded) = rewarded {
			self.money.pay_held(&attributor, Reason::Bond, rewarded, bond);
		}
	}

	fn reveal_announcement(&mut self, who: &AccountId, id: ReportId) {
		let order = self.end_announcement(who, id);
		let mut reward = self.reports.rewards.remove(&id).expect("it waits");
		let earlier = match reward.standing {
			Standing::Announced(first) => first < order,
			Standing::Submitted => false,
			Standing::Blameless => {
				self.slash_bond(&mut reward.report);
				false
			}
		};
		if !earlier {
			reward.beneficiary = who.clone();
			reward.standing = Standing::Announced(order);
		}
		self.reports.rewards.insert(id, reward);
	}

	/// Gives back what is held for an announcement. Returns its number.
	fn end_announcement(&mut self, who: &AccountId, id: ReportId) -> u64 {
		self.money.release(who, Reason::Announcement, deposit(1, ANNOUNCEMENT_BYTES));
		let announcement = self.reports.announcements.remove(&(id, who.clone()));
		announcement.expect("it is known").order
	}

	fn pay_reward(&mut self, id: ReportId) {
		let Reward { report, beneficiary, standing, .. } =
			self.reports.rewards.remove(&id).expect("it waits");
		self.let_go(report, (standing != Standing::Blameless).then_some(&beneficiary));
	}

	fn finalise(&mut self, place: Place) {
		let report = self.reports.standing.get_mut(&place).expect("it stands");
		report.is_final = true;
		let (attributor, total) = (report.attributor.clone(), report.total);
		self.settle(place, &attributor, total);
		self.return_storage(place);
	}

	/// Gives back what is held for the record of a final report once all of it is claimed.
	fn return_storage(&mut self, place: Place) {
		let report = self.reports.standing.get_mut(&place).expect("it stands");
		if report.claims.values().sum::<u128>() == report.total {
			let storage = std::mem::take(&mut report.storage);
			self.money.release(&report.attributor, Reason::Report, storage);
		}
	}

	fn claim(&mut self, place: Place, source: u64) {
		if !self.reports.standing[&place].is_final {
			self.finalise(place);
		}
		let report = self.reports.standing.get_mut(&place).expect("it stands");
		let rows = self.library.rows(&report.entries).into_iter();
		let earned = rows.filter(|row| row.source == source).map(|row| row.amount).sum();
		if report.claims.insert(source, earned).is_some() {
			return;
		}
		self.take_from_pot(place, earned);
		let contribution = &self.contributions[&(source - 1)];
		let (who, dataset) = (contribution.who.clone(), contribution.dataset);
		if contribution.synthetic.is_some() {
			self.credit_bucket(source, earned);
		} else {
			self.pay_contributor(&who, dataset, earned, last_block(place.1));
			self.note_earned(place.0, dataset, earned);
		}
		self.return_storage(place);
	}

	/// Adds to what a dataset has earned of a model.
	pub(super) fn note_earned(&mut self, model: u32, dataset: u32, amount: u128) {
		if amount > 0 {
			*self.reports.earned.entry((model, dataset)).or_default() += amount;
		}
	}
}
