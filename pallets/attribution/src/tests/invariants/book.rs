//! What should have happened so far.

use std::collections::BTreeMap;

use tributary_primitives::{blob::Content, report::Entry, traits::ServedOutput};

use super::super::{faults::lies, fixture::*};
use crate::mock::*;

/// The source that may be synthetic: Charlie's.
pub const SYNTHETIC: u64 = 2;
/// The receipt that may be withheld.
pub const LAST_RECEIPT: u32 = 1;
/// The lie of which an attributor is excused that has not seen source 1.
pub const EXCUSED: usize = 3;
/// What a report of [`Bond`] loses to be burned, and to be a reward.
pub const HALVES: (u128, u128) = (501, 500);

/// What [`SYNTHETIC`] repeats: the first output of the first payment for [`MODEL`].
pub fn output() -> ServedOutput {
	let output = Content { root: [0; 32], len: 160 };
	ServedOutput { model: MODEL, epoch: 0, receipt: 0, item: 0, output, windows: 137 }
}

/// A report that is open, final or waited for.
#[derive(Clone)]
pub struct Known {
	pub draft: Draft,
	pub lie: Option<usize>,
	/// Whether its attributor has not seen source 1.
	pub unseen: bool,
	pub id: u32,
	pub attributor: AccountId,
	pub until: u32,
	pub settled: bool,
	pub claimed: Vec<u64>,
}

impl Known {
	/// The fault for `lie`, if the report has the records that it is about.
	pub fn fault(&self, lie: usize) -> Option<tributary_primitives::fault::Fault> {
		(self.draft.payouts.len() > 1).then(|| (lies()[lie].fault)(&self.draft))
	}

	pub fn excuses(&self, lie: usize) -> bool {
		self.unseen && lie == EXCUSED
	}
}

#[derive(Clone, Copy)]
pub enum Standing {
	Blameless,
	Submitted(AccountId),
	Announced(u64, AccountId),
}

/// A voided report with a reward.
pub struct Waiting {
	pub place: (u32, u32),
	pub report: Known,
	pub amount: u128,
	pub standing: Standing,
	pub until: u32,
}

#[derive(Default)]
pub struct Book {
	pub synthetic: bool,
	pub bonds: BTreeMap<AccountId, u128>,
	/// Growth of each account's balance, holds included.
	pub growth: BTreeMap<AccountId, i128>,
	pub burned: u128,
	pub reports: BTreeMap<(u32, u32), Known>,
	pub next: u32,
	/// By report and announcer: the lie and the place in the order.
	pub announcements: BTreeMap<(u32, AccountId), (usize, u64)>,
	pub next_order: u64,
	pub waiting: BTreeMap<u32, Waiting>,
	/// All that [`SYNTHETIC`] passed on, and what was paid of it for each entry.
	pub passed: u128,
	pub passed_claims: BTreeMap<u64, u128>,
	/// What the one dataset earned by each model.
	pub earned: BTreeMap<u32, u128>,
}

impl Book {
	pub fn grow(&mut self, who: AccountId, amount: i128) {
		*self.growth.entry(who).or_default() += amount;
	}

	pub fn bond(&self, who: AccountId) -> u128 {
		self.bonds.get(&who).copied().unwrap_or(0)
	}

	pub fn locked(&self, who: AccountId) -> u128 {
		let open = |report: &&Known| report.attributor == who && !report.settled;
		let open = self.reports.values().filter(open).count() as u128 * Bond::get();
		let waits = |waiting: &&Waiting| waiting.report.attributor == who;
		let waiting: u128 = self.waiting.values().filter(waits).map(|waiting| waiting.amount).sum();
		open + waiting
	}

	/// The report on `place`, if it can be challenged.
	pub fn challengeable(&self, place: (u32, u32)) -> Option<&Known> {
		let now = System::block_number();
		self.reports.get(&place).filter(|known| !known.settled && now <= known.until)
	}

	pub fn settle(&mut self, place: (u32, u32)) {
		let report = self.reports.get_mut(&place).unwrap();
		if report.settled {
			return;
		}
		report.settled = true;
		let (attributor, residual) = (report.attributor, 10_778 - report.draft.total() as i128);
		self.grow(attributor, FEE as i128);
		self.grow(TREASURY, residual);
		self.grow(POTS, -(residual + FEE as i128));
	}

	/// Takes `amount` of the bond of `who`.
	fn lose(&mut self, who: AccountId, amount: u128) {
		*self.bonds.get_mut(&who).unwrap() -= amount;
		self.grow(who, -(amount as i128));
	}

	/// Burns half of the bond for a report of `attributor`.
	pub fn slash(&mut self, attributor: AccountId) {
		self.lose(attributor, HALVES.0);
		self.burned += HALVES.0;
	}

	/// Pays the other half.
	pub fn reward(&mut self, attributor: AccountId, to: AccountId) {
		self.lose(attributor, HALVES.1);
		self.grow(to, HALVES.1 as i128);
	}

	/// Voids the report on `place` by a fault for `lie` that `challenger` has shown.
	pub fn void_by(&mut self, place: (u32, u32), lie: usize, challenger: AccountId) {
		let report = &self.reports[&place];
		let excused = report.excuses(lie);
		if excused {
			let attributor = report.attributor;
			let deposit = report_deposit_of(1);
			self.grow(attributor, -(deposit as i128));
			self.burned += deposit;
		}
		self.void(place, (!excused).then_some(challenger));
	}

	/// Voids the report on `place`, to the attributor's blame where there is a challenger.
	pub fn void(&mut self, place: (u32, u32), challenger: Option<AccountId>) {
		let report = self.reports.remove(&place).unwrap();
		if challenger.is_some() {
			self.slash(report.attributor);
		}
		if self.is_announced(&report) {
			let (amount, standing) = match challenger {
				None => (Bond::get(), Standing::Blameless),
				Some(challenger) => (HALVES.1, Standing::Submitted(challenger)),
			};
			let until = System::block_number() + CurrentRewardWindow::get();
			let id = report.id;
			self.waiting.insert(id, Waiting { place, report, amount, standing, until });
		} else if let Some(challenger) = challenger {
			self.reward(report.attributor, challenger);
		}
	}

	pub fn is_announced(&self, report: &Known) -> bool {
		self.announcements.keys().any(|(id, _)| *id == report.id)
	}

	/// The last block in which a fault of a report on `place` is heard that is posted now.
	pub fn until(&self, place: (u32, u32)) -> u32 {
		let waiting = self.waiting.values().filter(|waiting| waiting.place == place);
		let reveals = waiting.map(|waiting| waiting.until);
		reveals.fold(System::block_number() + CurrentChallengeWindow::get(), u32::max)
	}

	/// Reveals the announcement of `announcer`.
	pub fn reveal(&mut self, id: u32, announcer: AccountId) {
		let (_, order) = self.announcements.remove(&(id, announcer)).unwrap();
		let mut waiting = self.waiting.remove(&id).unwrap();
		if let Standing::Blameless = waiting.standing {
			self.slash(waiting.report.attributor);
			waiting.amount = HALVES.1;
		}
		match waiting.standing {
			Standing::Announced(earlier, _) if earlier < order => {}
			_ => waiting.standing = Standing::Announced(order, announcer),
		}
		self.waiting.insert(id, waiting);
	}

	pub fn pay_reward(&mut self, id: u32) {
		let waiting = self.waiting.remove(&id).unwrap();
		match waiting.standing {
			Standing::Blameless => {}
			Standing::Submitted(to) | Standing::Announced(_, to) => {
				self.reward(waiting.report.attributor, to);
			}
		}
	}

	pub fn paid_of_passed(&self) -> u128 {
		self.passed_claims.values().sum()
	}

	/// What `entry` is still due of what [`SYNTHETIC`] passed on, and whom.
	pub fn due_of_passed(&self, ordinal: u64, entry: &Entry) -> Option<(u128, AccountId)> {
		if (entry.receipt, entry.item) != (0, 0) {
			return None;
		}
		let due = self.passed * u128::from(entry.count) / 137;
		let amount = due - self.passed_claims.get(&ordinal).copied().unwrap_or(0);
		let to = if entry.source == 1 { BOB } else { TREASURY };
		Some((amount, to))
	}
}
