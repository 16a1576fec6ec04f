//! Any order of calls keeps the state sound and the money whole. What each account should hold and how each
//! accusation should end is kept by a second, smaller book that knows the rules alone.

use std::collections::{BTreeMap, BTreeSet};

use frame_support::traits::{
	fungible::{Inspect, InspectHold},
	UnfilteredDispatchable,
};
use proptest::prelude::*;
use tributary_primitives::{
	ids::Seq,
	originality::Hit,
	traits::{Sanctions, SyntheticPolicy},
};

use super::fixture::*;
use crate::{mock::*, Call, Hits, HoldReason, Original};

/// Whose the contributions are; what they are is in [`bytes_of`].
const CONTRIBUTORS: [AccountId; 6] = [ALICE, BOB, ALICE, CHARLIE, DAVE, BOB];
/// The contribution whose dataset lets synthetic ones pass.
const PASSING: Seq = 4;

/// An original, a copy of it, a new edition of it, a quotation of half of it, and two that are both copies
/// and loops.
fn bytes_of(seq: Seq) -> Vec<u8> {
	match seq {
		0 => original(),
		1 => original()[100..4_950].to_vec(),
		2 => [original(), text(3, 150)].concat(),
		3 => [original()[..2_500].to_vec(), text(4, 2_500)].concat(),
		4 => original()[50..4_800].to_vec(),
		_ => original()[..4_400].to_vec(),
	}
}

/// What is accused: a copy of an earlier contribution, or a loop of the output that is [`original`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Claim {
	Copy(Seq),
	Loop,
}

#[derive(Clone, Debug)]
enum Step {
	Accuse(AccountId, Seq, Claim),
	/// For one of the open accusations, so many of the hits that can be shown, from this one on.
	Show(usize, usize, usize),
	/// For one of the open accusations, all hits that can be shown.
	Prove(usize),
	/// By whom, and which of the open accusations.
	Close(AccountId, usize),
	/// What an account does that accuses nothing.
	Meddle(AccountId, Seq),
	/// Ended by another pallet.
	End(Seq),
	Wait(u32),
	/// A block without randomness.
	Blank,
}

fn step() -> impl Strategy<Value = Step> {
	let who = || ALICE..=EVE;
	let seq = || 0u64..6;
	let claim = prop_oneof![2 => seq().prop_map(Claim::Copy), 1 => Just(Claim::Loop)];
	prop_oneof![
		6 => (who(), seq(), claim).prop_map(|(who, seq, claim)| Step::Accuse(who, seq, claim)),
		3 => (0usize..32, 0usize..32, 0usize..9)
			.prop_map(|(which, from, count)| Step::Show(which, from, count)),
		3 => (0usize..32).prop_map(Step::Prove),
		3 => (who(), 0usize..32).prop_map(|(by, which)| Step::Close(by, which)),
		1 => (who(), seq()).prop_map(|(who, seq)| Step::Meddle(who, seq)),
		1 => seq().prop_map(Step::End),
		3 => (1u32..4).prop_map(Step::Wait),
		1 => Just(Step::Blank),
	]
}

/// An accusation that the book knows to be open.
struct Open {
	claim: Claim,
	draw_at: u32,
	shown: BTreeSet<u8>,
}

/// What should have happened so far.
#[derive(Default)]
struct Book {
	open: BTreeMap<(Seq, AccountId), Open>,
	ended: BTreeSet<Seq>,
	repeats: BTreeSet<Seq>,
	marked: bool,
	blank: BTreeSet<u32>,
	/// Growth of each account's balance, holds included.
	growth: BTreeMap<AccountId, i128>,
	burned: u128,
}

impl Book {
	fn grow(&mut self, who: AccountId, amount: i128) {
		*self.growth.entry(who).or_default() += amount;
	}

	/// Takes `amount` from `from`: half for `to`, the rest burned.
	fn slash(&mut self, from: AccountId, to: AccountId, amount: u128) {
		self.grow(from, -(amount as i128));
		self.grow(to, (amount / 2) as i128);
		self.burned += amount - amount / 2;
	}

	/// One of the open accusations.
	fn pick(&self, which: usize) -> Option<(Seq, AccountId)> {
		self.open.keys().nth(which.checked_rem(self.open.len())?).copied()
	}

	fn can_accuse(&self, who: AccountId, seq: Seq, claim: Claim) -> bool {
		let free = !self.open.contains_key(&(seq, who)) && !self.ended.contains(&seq);
		let sound = match claim {
			Claim::Copy(original) => {
				original < seq
					&& CONTRIBUTORS[original as usize] != CONTRIBUTORS[seq as usize]
					&& !self.repeats.contains(&original)
					&& !(self.marked && original == PASSING)
			}
			Claim::Loop => !(self.marked && seq == PASSING),
		};
		free && sound
	}

	fn is_moot(&self, seq: Seq, open: &Open) -> bool {
		let answered = match open.claim {
			Claim::Copy(original) => self.repeats.contains(&original),
			Claim::Loop => self.marked && seq == PASSING,
		};
		answered || self.ended.contains(&seq)
	}

	fn is_drawn(&self, open: &Open) -> bool {
		System::block_number() > open.draw_at && !self.blank.contains(&open.draw_at)
	}

	/// Whether hits are heard for that accusation.
	fn hears(&self, seq: Seq, open: &Open) -> bool {
		System::block_number() <= open.draw_at + PROOF_WINDOW
			&& self.is_drawn(open)
			&& !self.is_moot(seq, open)
	}

	fn uphold(&mut self, seq: Seq, who: AccountId) {
		let open = self.open.remove(&(seq, who)).unwrap();
		if open.claim == Claim::Loop && seq == PASSING {
			self.marked = true;
		} else {
			self.ended.insert(seq);
			self.repeats.insert(seq);
			self.slash(CONTRIBUTORS[seq as usize], who, DEPOSIT);
		}
	}
}

fn dispatch(call: Call<Test>, who: AccountId) -> bool {
	call.dispatch_bypass_filter(RuntimeOrigin::signed(who)).is_ok()
}

fn accusation(accused: Seq, claim: Claim) -> Call<Test> {
	match claim {
		Claim::Copy(seq) => {
			Call::accuse { accused, original: Original::Contribution(seq), item: None }
		}
		Claim::Loop => {
			let item = Some(Box::new(open_item(&outputs(), 1)));
			Call::accuse { accused, original: LOOPED, item }
		}
	}
}

/// All hits that prove `claim` against `seq` in the draw of `who`; none where there was no draw.
fn provable(who: AccountId, seq: Seq, claim: Claim) -> Vec<Hit> {
	let earlier = match claim {
		Claim::Copy(seq) => bytes_of(seq),
		Claim::Loop => original(),
	};
	let seed = view(who, seq).and_then(|view| view.seed);
	seed.map(|seed| hits(&seed, &bytes_of(seq), &earlier)).unwrap_or_default()
}

/// Shows at most eight `hits` for an open accusation, on the chain and in the book.
fn show_some(book: &mut Book, who: AccountId, seq: Seq, hits: Vec<Hit>) {
	let samples: BTreeSet<u8> = hits.iter().map(|hit| hit.sample).collect();
	let open = &book.open[&(seq, who)];
	let expected = book.hears(seq, open) && !samples.is_subset(&open.shown);
	let hits = Hits::try_from(hits).expect("they are at most eight");
	assert_eq!(dispatch(Call::show_hits { accused: seq, hits }, who), expected);
	if expected {
		let open = book.open.get_mut(&(seq, who)).unwrap();
		open.shown.extend(samples);
		if open.shown.len() >= 26 {
			book.uphold(seq, who);
		}
	}
}

/// Takes the step on the chain and in the book, which must agree on whether it succeeds.
fn take(book: &mut Book, step: Step) {
	let now = System::block_number();
	match step {
		Step::Accuse(who, seq, claim) => {
			let expected = book.can_accuse(who, seq, claim);
			assert_eq!(dispatch(accusation(seq, claim), who), expected);
			if expected {
				let draw_at = now + DRAW_DELAY;
				book.open.insert((seq, who), Open { claim, draw_at, shown: BTreeSet::new() });
			}
		}
		Step::Show(which, from, count) => {
			let Some((seq, who)) = book.pick(which) else { return };
			let hits = provable(who, seq, book.open[&(seq, who)].claim);
			show_some(book, who, seq, hits.into_iter().skip(from).take(count).collect());
		}
		Step::Prove(which) => {
			let Some((seq, who)) = book.pick(which) else { return };
			let hits = provable(who, seq, book.open[&(seq, who)].claim);
			for hits in hits.chunks(8) {
				if book.open.contains_key(&(seq, who)) {
					show_some(book, who, seq, hits.to_vec());
				}
			}
		}
		Step::Close(by, which) => {
			let Some((seq, who)) = book.pick(which) else { return };
			let open = &book.open[&(seq, who)];
			let undrawn = now > open.draw_at && book.blank.contains(&open.draw_at);
			let moot = undrawn || book.is_moot(seq, open);
			let over = now > open.draw_at + PROOF_WINDOW;
			let call = Call::close { accused: seq, challenger: who };
			assert_eq!(dispatch(call, by), moot || over);
			if moot || over {
				book.open.remove(&(seq, who));
			}
			if over && !moot {
				book.slash(who, CONTRIBUTORS[seq as usize], AccusationBond::get());
			}
		}
		Step::Meddle(who, seq) => {
			if !book.open.contains_key(&(seq, who)) {
				let hits = Hits::default();
				assert!(!dispatch(Call::show_hits { accused: seq, hits }, who));
				assert!(!dispatch(Call::close { accused: seq, challenger: who }, who));
			}
		}
		Step::End(seq) => {
			if book.ended.insert(seq) {
				World::withhold(seq, &EVE).unwrap();
				book.slash(CONTRIBUTORS[seq as usize], EVE, DEPOSIT);
			}
		}
		Step::Wait(blocks) => advance_to(now + blocks),
		Step::Blank => {
			book.blank.insert(now);
			advance(None);
		}
	}
}

fn check_books(book: &Book) {
	check();
	let endowed = ACCOUNTS.len() as u128 * ENDOWMENT;
	assert_eq!(Balances::total_issuance(), endowed - book.burned);
	for who in ACCOUNTS {
		let growth = book.growth.get(&who).copied().unwrap_or(0);
		assert_eq!(Balances::total_balance(&who) as i128, ENDOWMENT as i128 + growth);
		let open = book.open.keys().filter(|(_, challenger)| *challenger == who).count();
		let held = Balances::balance_on_hold(&HoldReason::Accusation.into(), &who);
		assert_eq!(held, open as u128 * AccusationBond::get());
	}
	for seq in 0..6 {
		assert_eq!(ended_at(seq).is_some(), book.ended.contains(&seq), "{seq}");
		let known: BTreeMap<_, _> = Originality::accusations(seq)
			.into_iter()
			.map(|view| ((seq, view.challenger), view.hits.count_ones() as usize))
			.collect();
		let expected = book.open.iter().filter(|((accused, _), _)| *accused == seq);
		let expected: BTreeMap<_, _> =
			expected.map(|(key, open)| (*key, open.shown.len())).collect();
		assert_eq!(known, expected);
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

/// The six contributions, after a payment for [`outputs`].
fn populate() {
	pay(RECEIPT, &outputs());
	advance_to(START);
	for (seq, contributor) in (0u64..).zip(CONTRIBUTORS) {
		let policy = match seq {
			PASSING => SyntheticPolicy::PassThrough,
			_ => SyntheticPolicy::Refuse,
		};
		contribute_under(policy, seq, contributor, &bytes_of(seq));
	}
}

proptest! {
	#![proptest_config(cases(64))]

	#[test]
	fn any_order_of_calls_keeps_the_books(steps in prop::collection::vec(step(), 1..64)) {
		run(|| {
			populate();
			let mut book = Book::default();
			for step in steps {
				take(&mut book, step);
				check_books(&book);
			}
		});
	}

	#[test]
	fn every_accusation_comes_to_an_end_and_nothing_is_left(
		steps in prop::collection::vec(step(), 1..48),
	) {
		run(|| {
			populate();
			let mut book = Book::default();
			for step in steps {
				take(&mut book, step);
			}
			take(&mut book, Step::Wait(DRAW_DELAY + PROOF_WINDOW + 1));
			while !book.open.is_empty() {
				take(&mut book, Step::Close(EVE, 0));
			}
			check_books(&book);
			assert_eq!(crate::Accusations::<Test>::iter().count(), 0);
			assert_eq!(crate::Draws::<Test>::iter().count(), 0);
			assert_eq!(crate::Gathered::<Test>::get(), None);
		});
	}
}
