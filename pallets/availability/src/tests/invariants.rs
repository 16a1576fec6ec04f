//! Any order of calls keeps the state sound and the money whole. What should have happened is kept by a
//! second, smaller book that knows the rules alone.

use std::collections::{BTreeMap, BTreeSet};

use frame_support::{
	pallet_prelude::TransactionSource,
	traits::{fungible::Inspect, Authorize, UnfilteredDispatchable},
};
use proptest::prelude::*;
use tributary_primitives::{availability::Demanded, traits::Demands as _};

use super::fixture::*;
use crate::{mock::*, Call};

const DEPOSIT: u128 = 100;
const ACCOUNTS: [AccountId; 6] = [ALICE, BOB, CHARLIE, DAVE, EVE, FERDIE];
const CONTRIBUTORS: [AccountId; 2] = [BOB, CHARLIE];

/// What is demanded; entries and payouts of the newest report or, where `stale`, of the one before.
#[derive(Clone, Copy, Debug)]
enum Target {
	Entries { stale: bool },
	Payouts { stale: bool },
	Items(u32),
	Output(u32, u32),
	Contribution { seq: u64, for_report: bool },
}

#[derive(Clone, Copy, Debug)]
enum Step {
	Demand(AccountId, Target, u64),
	Draw(AccountId, u64),
	/// Of the demand so many before the newest, with its chunk or a forged one.
	Answer(u64, bool),
	/// Of the demand so many before the newest.
	Enforce(u64),
	Post,
	Finalise,
	Withdraw(u64),
	Wait(u32),
}

fn target() -> impl Strategy<Value = Target> {
	let stale = || prop::bool::weighted(0.1);
	prop_oneof![
		3 => stale().prop_map(|stale| Target::Entries { stale }),
		1 => stale().prop_map(|stale| Target::Payouts { stale }),
		2 => (0u32..3).prop_map(Target::Items),
		2 => (0u32..2, 0u32..3).prop_map(|(receipt, item)| Target::Output(receipt, item)),
		4 => (0u64..2, any::<bool>())
			.prop_map(|(seq, for_report)| Target::Contribution { seq, for_report }),
	]
}

fn step() -> impl Strategy<Value = Step> {
	let who = || prop::sample::select(&ACCOUNTS[..]);
	prop_oneof![
		8 => (who(), target(), 0u64..4).prop_map(|(who, at, chunk)| Step::Demand(who, at, chunk)),
		1 => (who(), 0u64..2).prop_map(|(who, seq)| Step::Draw(who, seq)),
		5 => (0u64..6, prop::bool::weighted(0.8))
			.prop_map(|(back, honest)| Step::Answer(back, honest)),
		5 => (0u64..6).prop_map(Step::Enforce),
		3 => Just(Step::Post),
		1 => Just(Step::Finalise),
		1 => (0u64..2).prop_map(Step::Withdraw),
		3 => (1u32..5).prop_map(Step::Wait),
	]
}

/// A demand that pends.
#[derive(Clone)]
struct Due {
	blob: Demanded,
	chunk: u64,
	demander: AccountId,
	respondent: AccountId,
	until: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Known {
	id: u32,
	demand_until: u32,
	until: u32,
	is_final: bool,
}

/// What should have happened so far.
#[derive(Default)]
struct Book {
	pending: BTreeMap<u64, Due>,
	next: u64,
	report: Option<Known>,
	next_report: u32,
	/// The demands that the report waits for.
	waited_for: BTreeSet<u64>,
	withheld_receipts: BTreeSet<u32>,
	/// For each contribution, when it ended and when it was withheld.
	contributions: [(Option<u32>, Option<u32>); 2],
	/// Growth of each account's balance, holds included.
	growth: BTreeMap<AccountId, i128>,
	burned: u128,
}

impl Book {
	fn blob(&self, target: Target) -> Demanded {
		let report = |stale: bool| self.next_report.saturating_sub(1 + u32::from(stale));
		match target {
			Target::Entries { stale } => entries_of(report(stale)),
			Target::Payouts { stale } => payouts_of(report(stale)),
			Target::Items(receipt) => items_of(receipt),
			Target::Output(receipt, item) => output_of(receipt, item),
			Target::Contribution { seq, .. } => contribution(seq),
		}
	}

	/// The report that may still be voided.
	fn open_report(&mut self, now: u32) -> Option<&mut Known> {
		self.report.as_mut().filter(|report| !report.is_final && now <= report.until)
	}

	/// The demand that pends for a chunk.
	fn pending_for(&self, blob: Demanded, chunk: u64) -> Option<u64> {
		let of = |due: &Due| (due.blob, due.chunk) == (blob, chunk);
		self.pending.iter().find(|(_, due)| of(due)).map(|(id, _)| *id)
	}

	/// Until when a report stays open where it waits for a chunk that is demanded now.
	fn until(&self, blob: Demanded, chunk: u64, now: u32) -> u32 {
		match self.pending_for(blob, chunk) {
			Some(id) => self.pending[&id].until.max(now) + ANSWER_WINDOW,
			None => now + 2 * ANSWER_WINDOW,
		}
	}

	fn hears(&self, now: u32) -> bool {
		self.report.is_none_or(|report| !report.is_final && now <= report.demand_until)
	}

	fn may_demand(&self, target: Target, chunk: u64, now: u32) -> bool {
		let blob = self.blob(target);
		let heard = match (target, blob) {
			(_, Demanded::Entries { report, .. } | Demanded::Payouts { report, .. }) => {
				self.hears(now) && self.report.is_some_and(|known| known.id == report)
			}
			(_, Demanded::Items { receipt, .. } | Demanded::Output { receipt, .. }) => {
				receipt < 2 && !self.withheld_receipts.contains(&receipt) && self.hears(now)
			}
			(Target::Contribution { for_report, .. }, Demanded::Contribution { seq }) => {
				let (ended, withheld) = self.contributions[seq as usize];
				let earns = if for_report { self.hears(now) } else { ended.is_none() };
				withheld.is_none() && earns
			}
			_ => unreachable!("a blob is of its target"),
		};
		heard && chunk < bytes_of(&blob).len().div_ceil(1_024) as u64
	}

	/// Whether a report that waits for the chunk would stay open longer.
	fn puts_off(&self, until: u32, now: u32) -> bool {
		let open = self.report.filter(|report| !report.is_final && now <= report.until);
		open.is_some_and(|report| report.until < until)
	}

	fn open(&mut self, demander: AccountId, blob: Demanded, chunk: u64, now: u32) {
		let respondent = match blob {
			Demanded::Entries { .. } | Demanded::Payouts { .. } => ALICE,
			Demanded::Items { .. } | Demanded::Output { .. } => FERDIE,
			Demanded::Contribution { seq } => CONTRIBUTORS[seq as usize],
		};
		let until = now + ANSWER_WINDOW;
		self.pending.insert(self.next, Due { blob, chunk, demander, respondent, until });
		self.next += 1;
	}

	/// Has the open report wait for the demand `id`.
	fn keep_open(&mut self, id: u64, until: u32, now: u32) {
		if let Some(report) = self.open_report(now) {
			report.until = report.until.max(until);
			self.waited_for.insert(id);
		}
	}

	fn grow(&mut self, who: AccountId, amount: i128) {
		*self.growth.entry(who).or_default() += amount;
	}

	fn slash(&mut self, from: AccountId, demander: AccountId, amount: u128) {
		let reward = amount / 2;
		self.grow(from, -(amount as i128));
		self.grow(demander, reward as i128);
		self.burned += amount - reward;
	}

	fn answer(&mut self, id: u64) {
		let due = self.pending.remove(&id).unwrap();
		self.grow(due.demander, -(DEPOSIT as i128));
		self.grow(due.respondent, DEPOSIT as i128);
	}

	fn enforce(&mut self, id: u64, now: u32) {
		let Due { blob, demander, .. } = self.pending.remove(&id).unwrap();
		match blob {
			Demanded::Entries { report, .. } | Demanded::Payouts { report, .. } => {
				if self.open_report(now).is_some_and(|known| known.id == report) {
					self.report = None;
					self.slash(ALICE, demander, BOND);
				}
			}
			Demanded::Items { receipt, .. } | Demanded::Output { receipt, .. } => {
				let stands = self.report.is_some() && self.open_report(now).is_none();
				if !stands && self.withheld_receipts.insert(receipt) {
					self.report = None;
				}
			}
			Demanded::Contribution { seq } => {
				let seq = seq as usize;
				let (ended, withheld) = self.contributions[seq];
				if withheld.is_none() {
					self.contributions[seq] = (ended.or(Some(now)), Some(now));
					if ended.is_none() {
						self.slash(CONTRIBUTORS[seq], demander, CONTRIBUTION_DEPOSIT);
					}
				}
			}
		}
	}

	fn locks(&self, seq: u64) -> usize {
		self.pending.values().filter(|due| due.blob == contribution(seq)).count()
	}

	/// The demands that pend for outputs.
	fn outputs(&self) -> impl Iterator<Item = &Due> {
		self.pending
			.values()
			.filter(|due| matches!(due.blob, Demanded::Items { .. } | Demanded::Output { .. }))
	}
}

fn dispatch(call: Call<Test>, origin: RuntimeOrigin) -> bool {
	call.dispatch_bypass_filter(origin).is_ok()
}

/// Takes the step on the chain and in the book, which must agree on whether it succeeds.
fn take(book: &mut Book, step: Step) {
	let now = System::block_number();
	match step {
		Step::Demand(who, target, chunk) => {
			let blob = book.blob(target);
			let pending = book.pending_for(blob, chunk);
			let until = book.until(blob, chunk, now);
			let item = match blob {
				Demanded::Output { receipt, item, .. } => Some(Box::new(open_item(receipt, item))),
				_ => None,
			};
			let waits = !matches!(target, Target::Contribution { for_report: false, .. });
			let keep_open = matches!(target, Target::Contribution { for_report: true, .. })
				.then_some((MODEL, EPOCH));
			let expected = book.may_demand(target, chunk, now)
				&& (pending.is_none() || (waits && book.puts_off(until, now)));
			let call = Call::demand { blob, chunk, item, keep_open };
			assert_eq!(dispatch(call, RuntimeOrigin::signed(who)), expected, "{target:?}");
			if expected {
				let id = pending.unwrap_or(book.next);
				if pending.is_none() {
					book.open(who, blob, chunk, now);
				}
				if waits {
					book.keep_open(id, until, now);
				}
			}
		}
		Step::Draw(who, seq) => {
			let expected = book.contributions[seq as usize].1.is_none();
			let before = crate::Demands::<Test>::iter_keys().collect::<BTreeSet<_>>();
			Random::put(sp_runtime::testing::H256::from_low_u64_be(book.next));
			assert_eq!(Availability::demand_drawn_chunks(&who, seq).is_ok(), expected);
			let drawn = crate::Demands::<Test>::iter().filter(|(id, _)| !before.contains(id));
			let drawn = drawn.collect::<BTreeMap<_, _>>();
			assert!(drawn.len() <= 2 && (expected || drawn.is_empty()));
			for demand in drawn.into_values() {
				assert_eq!(demand.blob, contribution(seq));
				assert_eq!(book.pending_for(demand.blob, demand.chunk), None);
				book.open(who, demand.blob, demand.chunk, now);
			}
		}
		Step::Answer(back, honest) => {
			let Some(id) = book.next.checked_sub(1 + back) else { return };
			let due = book.pending.get(&id).cloned();
			let expected = honest && due.as_ref().is_some_and(|due| now <= due.until);
			let mut opening = due
				.map(|due| open(&bytes_of(&due.blob), due.chunk))
				.unwrap_or_else(|| open(&source(0), 0));
			if !honest {
				opening.bytes[0] ^= 1;
			}
			let call = Call::<Test>::answer { demand: id, opening: Box::new(opening) };
			let authorised_call = call.authorize(TransactionSource::External).unwrap().is_ok();
			assert_eq!(authorised_call, expected);
			assert_eq!(dispatch(call, authorised()), expected);
			if expected {
				book.answer(id);
			}
		}
		Step::Enforce(back) => {
			let Some(id) = book.next.checked_sub(1 + back) else { return };
			let expected = book.pending.get(&id).is_some_and(|due| now > due.until);
			let call = Call::enforce { demand: id };
			assert_eq!(dispatch(call, RuntimeOrigin::signed(EVE)), expected);
			if expected {
				book.enforce(id, now);
			}
		}
		Step::Post => {
			if book.report.is_some() {
				return;
			}
			let id = book.next_report;
			post(id);
			let last = Availability::last_answer(MODEL, EPOCH);
			let until = now.max(last.unwrap_or(0)) + CHALLENGE_WINDOW;
			Posted::insert((MODEL, EPOCH), Report { challenge_until: until, ..report().unwrap() });
			let demand_until = now + CHALLENGE_WINDOW;
			book.report = Some(Known { id, demand_until, until, is_final: false });
			book.waited_for.clear();
			book.next_report += 1;
		}
		Step::Finalise => {
			let Some(Known { id, until, is_final, .. }) = book.report else { return };
			if is_final || now <= until {
				return;
			}
			for due in book.pending.values() {
				if [entries_of(id), payouts_of(id)].contains(&due.blob) {
					assert!(due.until + ANSWER_WINDOW < now, "there was time to enforce");
				}
			}
			for id in &book.waited_for {
				let over = book.pending.get(id).is_none_or(|due| due.until + ANSWER_WINDOW < now);
				assert!(over, "there was time to enforce, and for a fault");
			}
			for due in book.outputs() {
				assert!(due.until + ANSWER_WINDOW.min(CHALLENGE_WINDOW) < now);
			}
			Posted::insert((MODEL, EPOCH), Report { is_final: true, ..report().unwrap() });
			book.report.as_mut().unwrap().is_final = true;
		}
		Step::Withdraw(seq) => {
			let contribution = Contributed::get(seq).unwrap();
			if contribution.locks == 0 && contribution.ended_at.is_none() {
				change(seq, |contribution| contribution.ended_at = Some(now));
				book.contributions[seq as usize].0 = Some(now);
			}
		}
		Step::Wait(blocks) => System::set_block_number(now + blocks),
	}
}

fn check_books(book: &Book) {
	check();
	let total = ACCOUNTS.len() as u128 * ENDOWMENT;
	assert_eq!(Balances::total_issuance(), total - book.burned);
	for who in ACCOUNTS {
		let growth = book.growth.get(&who).copied().unwrap_or(0);
		assert_eq!(Balances::total_balance(&who) as i128, ENDOWMENT as i128 + growth);
		let own = book.pending.values().filter(|due| due.demander == who).count();
		assert_eq!(held(who), own as u128 * DEPOSIT);
	}
	let shown: Vec<u64> =
		Availability::demands_page(0, u32::MAX).items.iter().map(|demand| demand.id).collect();
	assert_eq!(shown, book.pending.keys().copied().collect::<Vec<_>>());
	let known = report().map(|Report { id, demand_until, challenge_until, is_final, .. }| Known {
		id,
		demand_until,
		until: challenge_until,
		is_final,
	});
	assert_eq!(known, book.report);
	for receipt in [0, 1] {
		let withheld = Paid::get((MODEL, EPOCH, receipt)).unwrap().withheld;
		assert_eq!(withheld, book.withheld_receipts.contains(&receipt));
	}
	for seq in [0, 1] {
		let contribution = Contributed::get(seq).unwrap();
		let ends = (contribution.ended_at, contribution.withheld_at);
		assert_eq!(ends, book.contributions[seq as usize]);
		assert_eq!(contribution.locks as usize, book.locks(seq));
	}
	let last = Availability::last_answer(MODEL, EPOCH);
	assert_eq!(last.is_some(), book.outputs().next().is_some());
	assert!(book.outputs().all(|due| last.is_some_and(|last| due.until <= last)));
	let now = System::block_number();
	let overdue = book.outputs().any(|due| due.until < now);
	assert_eq!(Availability::is_overdue(MODEL, EPOCH), overdue);
}

/// As many cases as `PROPTEST_CASES` says, and `cases` where it says nothing.
fn cases(cases: u32) -> ProptestConfig {
	let asked = std::env::var_os("PROPTEST_CASES").is_some();
	let config = ProptestConfig::default();
	if asked {
		config
	} else {
		ProptestConfig { cases, ..config }
	}
}

proptest! {
	#![proptest_config(cases(96))]

	#[test]
	fn any_order_of_calls_keeps_the_books(steps in prop::collection::vec(step(), 1..64)) {
		run(|| {
			populate();
			System::set_block_number(REPORT_BLOCK);
			let mut book = Book::default();
			for step in steps {
				take(&mut book, step);
				check_books(&book);
			}
		});
	}
}
