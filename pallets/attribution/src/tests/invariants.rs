//! Any order of calls keeps the state sound and the money whole. What each account should hold is
//! kept by a second, smaller book that knows the rules alone.

use std::collections::BTreeMap;

use frame_support::traits::{fungible::Inspect, UnfilteredDispatchable};
use proptest::prelude::*;
use tributary_primitives::blob::{self, Content};

use super::{faults::lies, fixture::*};
use crate::{mock::*, Call, ReportState, Reports};

const MODELS: [u32; 2] = [MODEL, MODEL + 1];
const ACCOUNTS: [AccountId; 7] = [ALICE, BOB, CHARLIE, DAVE, EVE, POTS, TREASURY];

#[derive(Clone, Debug)]
enum Step {
	Bond(AccountId, u128),
	Unbond(AccountId, u128),
	/// Of a model's epoch, honestly or with one of the lies.
	Report(AccountId, u32, u32, Option<usize>),
	/// Of a model's epoch, with the one fault or with that which its report calls for.
	Fault(AccountId, u32, u32, Option<usize>),
	Finalise(u32, u32),
	Claim(AccountId, u32, u32, u64),
	Wait(u32),
}

fn step() -> impl Strategy<Value = Step> {
	let who = || ALICE..=CHARLIE;
	let place = || (prop::sample::select(&MODELS[..]), 0u32..2);
	prop_oneof![
		2 => (who(), 1u128..3_000).prop_map(|(who, amount)| Step::Bond(who, amount)),
		1 => (who(), 1u128..3_000).prop_map(|(who, amount)| Step::Unbond(who, amount)),
		4 => (who(), place(), prop::option::of(0usize..8))
			.prop_map(|(who, (model, epoch), lie)| Step::Report(who, model, epoch, lie)),
		3 => (who(), place(), prop::option::weighted(0.3, 0usize..8))
			.prop_map(|(who, (model, epoch), lie)| Step::Fault(who, model, epoch, lie)),
		2 => place().prop_map(|(model, epoch)| Step::Finalise(model, epoch)),
		4 => (who(), place(), 1u64..=2)
			.prop_map(|(who, (model, epoch), source)| Step::Claim(who, model, epoch, source)),
		3 => (1u32..6).prop_map(Step::Wait),
	]
}

/// A report that the book knows to be open or final.
struct Known {
	draft: Draft,
	lie: Option<usize>,
	id: u32,
	attributor: AccountId,
	until: u32,
	settled: bool,
	claimed: Vec<u64>,
}

/// What should have happened so far.
#[derive(Default)]
struct Book {
	bonds: BTreeMap<AccountId, u128>,
	/// Growth of each account's balance, holds included.
	growth: BTreeMap<AccountId, i128>,
	burned: u128,
	reports: BTreeMap<(u32, u32), Known>,
	next: u32,
}

impl Book {
	fn grow(&mut self, who: AccountId, amount: i128) {
		*self.growth.entry(who).or_default() += amount;
	}

	fn bond(&self, who: AccountId) -> u128 {
		self.bonds.get(&who).copied().unwrap_or(0)
	}

	fn locked(&self, who: AccountId) -> u128 {
		let open = |report: &&Known| report.attributor == who && !report.settled;
		self.reports.values().filter(open).count() as u128 * Bond::get()
	}

	fn settle(&mut self, place: (u32, u32)) {
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
}

fn draft(lie: Option<usize>) -> Draft {
	let mut draft = Draft::of_world();
	if let Some(lie) = lie {
		(lies()[lie].tell)(&mut draft);
	}
	draft
}

fn dispatch(call: Call<Test>, origin: RuntimeOrigin) -> bool {
	call.dispatch_bypass_filter(origin).is_ok()
}

/// Takes the step on the chain and in the book, which must agree on whether it succeeds.
fn take(book: &mut Book, step: Step) {
	let now = System::block_number();
	match step {
		Step::Bond(who, amount) => {
			if dispatch(Call::bond { amount }, RuntimeOrigin::signed(who)) {
				*book.bonds.entry(who).or_default() += amount;
			}
		}
		Step::Unbond(who, amount) => {
			let expected = amount <= book.bond(who) - book.locked(who);
			assert_eq!(dispatch(Call::unbond { amount }, RuntimeOrigin::signed(who)), expected);
			if expected {
				*book.bonds.get_mut(&who).unwrap() -= amount;
			}
		}
		Step::Report(who, model, epoch, lie) => {
			let draft = draft(lie);
			let (entries, payouts) = (draft.entries_blob(), draft.payouts_blob());
			let expected = now >= (epoch + 1) * EPOCH_LENGTH
				&& !book.reports.contains_key(&(model, epoch))
				&& book.locked(who) + Bond::get() <= book.bond(who);
			let call = Call::report {
				model,
				epoch,
				entries: Content::of(&entries),
				entries_tail: Box::new(blob::open_tail(&entries).unwrap()),
				payouts: Content::of(&payouts),
				payouts_tail: Box::new(blob::open_tail(&payouts).unwrap()),
				total: draft.total(),
			};
			assert_eq!(dispatch(call, RuntimeOrigin::signed(who)), expected);
			if expected {
				let (id, until) = (book.next, now + CHALLENGE_WINDOW);
				book.next += 1;
				let known = Known {
					draft,
					lie,
					id,
					attributor: who,
					until,
					settled: false,
					claimed: vec![],
				};
				book.reports.insert((model, epoch), known);
			}
		}
		Step::Fault(challenger, model, epoch, lie) => {
			let known = book.reports.get(&(model, epoch));
			let own = known.and_then(|known| known.lie);
			let lie = lie.or(own).unwrap_or(0);
			let expected = known.is_some_and(|known| {
				known.lie == Some(lie) && !known.settled && now <= known.until
			});
			let (id, draft) =
				known.map_or((0, draft(Some(lie))), |known| (known.id, known.draft.clone()));
			if draft.payouts.len() < 2 {
				return;
			}
			let fault = Box::new((lies()[lie].fault)(&draft));
			let call = Call::submit_fault { model, epoch, report: id, challenger, fault };
			let voided = dispatch(call, authorised());
			assert!(voided || !expected);
			if voided {
				let known = book.reports.remove(&(model, epoch)).unwrap();
				assert!(known.lie.is_some() && !known.settled && now <= known.until);
				*book.bonds.get_mut(&known.attributor).unwrap() -= Bond::get();
				book.grow(known.attributor, -1_001);
				book.grow(challenger, 500);
				book.burned += 501;
			}
		}
		Step::Finalise(model, epoch) => {
			let expected = book
				.reports
				.get(&(model, epoch))
				.is_some_and(|known| !known.settled && now > known.until);
			let call = Call::finalise { model, epoch };
			assert_eq!(dispatch(call, RuntimeOrigin::signed(DAVE)), expected);
			if expected {
				book.settle((model, epoch));
			}
		}
		Step::Claim(who, model, epoch, source) => {
			let Some(known) = book.reports.get(&(model, epoch)) else { return };
			if known.draft.earned(source) == 0 {
				return;
			}
			let (first, last) = known.draft.ends(source);
			let owner = [BOB, CHARLIE][source as usize - 1];
			let possible = who == owner
				&& (known.settled || now > known.until)
				&& !known.claimed.contains(&source);
			let honest = known.lie.is_none();
			let amount = known.draft.earned(source);
			let call = Call::claim { model, epoch, source, first, last };
			let paid = dispatch(call, RuntimeOrigin::signed(who));
			assert!(possible || !paid);
			assert!(paid || !possible || !honest);
			if paid {
				let paid = match Reports::<Test>::get(model, epoch).unwrap().state {
					ReportState::Final { .. } => {
						let id = known.id;
						crate::Claims::<Test>::get(id, source).unwrap()
					}
					ReportState::Open => unreachable!("a claim makes a report final"),
				};
				assert!(!honest || paid == amount);
				book.settle((model, epoch));
				book.reports.get_mut(&(model, epoch)).unwrap().claimed.push(source);
				book.grow(who, paid as i128);
				book.grow(POTS, -(paid as i128));
			}
		}
		Step::Wait(blocks) => System::set_block_number(now + blocks),
	}
}

fn check_books(book: &Book) {
	check();
	let total = ACCOUNTS.len() as u128 * ENDOWMENT;
	assert_eq!(Balances::total_issuance(), total - book.burned);
	let held: u128 = ACCOUNTS.iter().map(Balances::total_balance).sum();
	assert_eq!(held, Balances::total_issuance());
	for who in ACCOUNTS {
		let growth = book.growth.get(&who).copied().unwrap_or(0);
		assert_eq!(Balances::total_balance(&who) as i128, ENDOWMENT as i128 + growth);
		assert_eq!(bond_of(who), book.bond(who));
		assert_eq!(Attribution::locked(&who), book.locked(who));
	}
	for place in MODELS.into_iter().flat_map(|model| [(model, 0), (model, 1)]) {
		let known = book.reports.get(&place).map(|known| known.id);
		assert_eq!(Attribution::report_view(place.0, place.1).map(|report| report.id), known);
	}
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
	fn any_order_of_calls_keeps_the_books(steps in prop::collection::vec(step(), 1..48)) {
		run(|| {
			populate();
			for model in MODELS {
				Windows::insert(model, WINDOW);
				Corpora::insert(model, DATASET, 2);
				for epoch in [0, 1] {
					pay(model, epoch, &payments());
				}
			}
			System::set_block_number(REPORT_BLOCK);
			let mut book = Book::default();
			for step in steps {
				take(&mut book, step);
				check_books(&book);
			}
		});
	}
}
