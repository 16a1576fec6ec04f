//! What may happen next: to the chain and in the book, which must agree on whether it succeeds.

use frame_support::traits::UnfilteredDispatchable;
use proptest::prelude::*;
use tributary_primitives::{
	blob::{self, Content},
	ids::announcement,
	report::Entry,
	traits::{OpenReports, Receipts, Slash},
};

use super::{
	super::{faults::lies, fixture::*},
	book::{Book, Known, LAST_RECEIPT, SYNTHETIC},
	MODELS,
};
use crate::{mock::*, Call, Claims};

type Place = (u32, u32);

#[derive(Clone, Debug)]
pub enum Step {
	Bond(AccountId, u128),
	Unbond(AccountId, u128),
	/// Honestly or with one of the lies, and with source 1 seen or not.
	Report(AccountId, Place, Option<usize>, bool),
	/// With the one fault or with that which the report calls for.
	Fault(AccountId, Place, Option<usize>),
	/// Of the one fault or of that which the report calls for.
	Announce(AccountId, Place, Option<usize>),
	/// As the n-th of all announcements.
	Reveal(prop::sample::Index),
	Withdraw(prop::sample::Index),
	/// Of the n-th of all reports.
	PayReward(prop::sample::Index),
	KeepOpen(Place, u32),
	VoidWithheld(AccountId, Place),
	/// And withholds the last receipt then.
	VoidBlameless(Place),
	/// What the windows are from now on.
	Windows(u32, u32),
	Finalise(Place),
	Claim(AccountId, Place, u64),
	ClaimPassed(u64),
	Wait(u32),
}

pub fn step() -> impl Strategy<Value = Step> {
	let who = || ALICE..=CHARLIE;
	// Most on one place, so that one thing leads to another.
	let place = || {
		let any = (prop::sample::select(&MODELS[..]), 0u32..2);
		prop_oneof![3 => Just((MODEL, 0)), 2 => any]
	};
	let lie = || prop::option::weighted(0.3, 0usize..8);
	let index = any::<prop::sample::Index>;
	prop_oneof![
		2 => (who(), 1u128..3_000).prop_map(|(who, amount)| Step::Bond(who, amount)),
		1 => (who(), 1u128..3_000).prop_map(|(who, amount)| Step::Unbond(who, amount)),
		4 => (who(), place(), prop::option::of(prop_oneof![0usize..8, Just(3)]), any::<bool>())
			.prop_map(|(who, place, lie, unseen)| Step::Report(who, place, lie, unseen)),
		5 => (who(), place(), lie()).prop_map(|(who, place, lie)| Step::Fault(who, place, lie)),
		6 => (who(), place(), lie()).prop_map(|(who, place, lie)| Step::Announce(who, place, lie)),
		6 => index().prop_map(Step::Reveal),
		1 => index().prop_map(Step::Withdraw),
		6 => index().prop_map(Step::PayReward),
		1 => (place(), 1u32..9).prop_map(|(place, blocks)| Step::KeepOpen(place, blocks)),
		1 => (who(), place()).prop_map(|(who, place)| Step::VoidWithheld(who, place)),
		1 => place().prop_map(Step::VoidBlameless),
		1 => (1u32..8, 1u32..8).prop_map(|(challenge, reward)| Step::Windows(challenge, reward)),
		3 => place().prop_map(Step::Finalise),
		4 => (who(), place(), 1u64..=2)
			.prop_map(|(who, place, source)| Step::Claim(who, place, source)),
		5 => (0u64..5).prop_map(Step::ClaimPassed),
		3 => (1u32..6).prop_map(Step::Wait),
	]
}

fn draft(lie: Option<usize>, withheld: bool) -> Draft {
	let mut draft = Draft::of_world();
	if withheld {
		draft.entries.retain(|entry| entry.receipt < LAST_RECEIPT);
		let amount = payments()[LAST_RECEIPT as usize].data_amount;
		draft.entries.push(Entry { receipt: LAST_RECEIPT, amount, ..Default::default() });
		draft = Draft::of(draft.entries);
	}
	if let Some(lie) = lie {
		(lies()[lie].tell)(&mut draft);
	}
	draft
}

fn dispatch(call: Call<Test>, origin: RuntimeOrigin) -> bool {
	call.dispatch_bypass_filter(origin).is_ok()
}

pub fn take(book: &mut Book, step: Step) {
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
		Step::Report(who, place, lie, unseen) => report(book, who, place, lie, unseen),
		Step::Fault(who, place, lie) => fault(book, who, place, lie),
		Step::Announce(who, place, lie) => announce(book, who, place, lie),
		Step::Reveal(index) => {
			if !book.announcements.is_empty() {
				let (id, who) = *index.get(&book.announcements.keys().collect::<Vec<_>>());
				reveal(book, *id, *who);
			}
		}
		Step::Withdraw(index) => {
			if !book.announcements.is_empty() {
				let (id, who) = **index.get(&book.announcements.keys().collect::<Vec<_>>());
				let challengeable =
					|place: &Place| book.challengeable(*place).is_some_and(|known| known.id == id);
				let expected =
					!book.waiting.contains_key(&id) && !book.reports.keys().any(challengeable);
				let call = Call::withdraw_announcement { report: id };
				assert_eq!(dispatch(call, RuntimeOrigin::signed(who)), expected);
				if expected {
					book.announcements.remove(&(id, who));
				}
			}
		}
		Step::PayReward(index) => {
			let report = index.index(book.next.max(1) as usize) as u32;
			let waiting = book.waiting.get(&report);
			let expected = waiting.is_some_and(|waiting| now > waiting.until);
			let call = Call::pay_reward { report };
			assert_eq!(dispatch(call, RuntimeOrigin::signed(DAVE)), expected);
			if expected {
				book.pay_reward(report);
			}
		}
		Step::KeepOpen(place, blocks) => {
			Attribution::keep_open(place.0, place.1, now + blocks);
			if book.challengeable(place).is_some() {
				let known = book.reports.get_mut(&place).unwrap();
				known.until = known.until.max(now + blocks);
			}
		}
		Step::VoidWithheld(demander, place) => {
			let known = book.challengeable(place).cloned();
			let id = known.as_ref().map_or(0, |known| known.id);
			let slash = Attribution::void_withheld(place.0, place.1, id, &demander).unwrap();
			let reward = |known: &Known| if book.is_announced(known) { 0 } else { 500 };
			let expected =
				known.as_ref().map(|known| Slash { slashed: 1_001, reward: reward(known) });
			assert_eq!(slash, expected);
			if known.is_some() {
				book.void(place, Some(demander));
			}
		}
		Step::VoidBlameless(place) => {
			let challengeable = book.challengeable(place).is_some();
			let expected = challengeable || !book.reports.contains_key(&place);
			let voided = <Attribution as OpenReports<_, u32>>::void_blameless(place.0, place.1);
			assert_eq!(voided, Ok(expected));
			if challengeable {
				book.void(place, None);
			}
			if expected && World::withheld_count(place.0, place.1) == 0 {
				withhold(place.0, place.1, LAST_RECEIPT);
			}
		}
		Step::Windows(challenge, reward) => {
			CurrentChallengeWindow::set(challenge);
			CurrentRewardWindow::set(reward);
		}
		Step::Finalise(place) => {
			let known = book.reports.get(&place);
			let expected = known.is_some_and(|known| !known.settled && now > known.until);
			let call = Call::finalise { model: place.0, epoch: place.1 };
			assert_eq!(dispatch(call, RuntimeOrigin::signed(DAVE)), expected);
			if expected {
				book.settle(place);
			}
		}
		Step::Claim(who, place, source) => claim(book, who, place, source),
		Step::ClaimPassed(ordinal) => claim_passed(book, ordinal),
		Step::Wait(blocks) => System::set_block_number(now + blocks),
	}
}

fn report(book: &mut Book, who: AccountId, place: Place, lie: Option<usize>, unseen: bool) {
	let now = System::block_number();
	let (model, epoch) = place;
	let withheld = World::withheld_count(model, epoch);
	let draft = draft(lie, withheld > 0);
	let (entries, payouts) = (draft.entries_blob(), draft.payouts_blob());
	let expected = now >= (epoch + 1) * EPOCH_LENGTH
		&& !book.reports.contains_key(&place)
		&& book.locked(who) + Bond::get() <= book.bond(who);
	let sources = if unseen { vec![1] } else { vec![] };
	let call = Call::report {
		model,
		epoch,
		entries: Content::of(&entries),
		entries_tail: Box::new(blob::open_tail(&entries).unwrap()),
		payouts: Content::of(&payouts),
		payouts_tail: Box::new(blob::open_tail(&payouts).unwrap()),
		total: draft.total(),
		unseen: sources.try_into().unwrap(),
		withheld,
	};
	assert_eq!(dispatch(call, RuntimeOrigin::signed(who)), expected);
	if expected {
		let known = Known {
			draft,
			lie,
			unseen,
			id: book.next,
			attributor: who,
			until: book.until(place),
			settled: false,
			claimed: vec![],
		};
		book.next += 1;
		book.reports.insert(place, known);
	}
}

fn fault(book: &mut Book, challenger: AccountId, place: Place, lie: Option<usize>) {
	let own = book.reports.get(&place).and_then(|known| known.lie);
	let lie = lie.or(own).unwrap_or(0);
	let known = book.reports.get(&place);
	let (id, fault) = match known {
		Some(known) => (known.id, known.fault(lie)),
		None => (0, Some((lies()[lie].fault)(&draft(Some(lie), false)))),
	};
	let Some(fault) = fault.map(Box::new) else { return };
	let expected = book.challengeable(place).is_some_and(|known| known.lie == Some(lie));
	let (model, epoch) = place;
	let call = Call::submit_fault { model, epoch, report: id, challenger, fault };
	let voided = dispatch(call, authorised());
	assert!(voided || !expected);
	if voided {
		assert!(book.challengeable(place).unwrap().lie.is_some());
		book.void_by(place, lie, challenger);
	}
}

fn announce(book: &mut Book, who: AccountId, place: Place, lie: Option<usize>) {
	let Some(known) = book.reports.get(&place) else { return };
	let (id, lie) = (known.id, lie.or(known.lie).unwrap_or(0));
	let Some(fault) = known.fault(lie) else { return };
	let expected =
		book.challengeable(place).is_some() && !book.announcements.contains_key(&(id, who));
	let hash = announcement(&System::block_hash(0), id, &fault, &who, &[0; 32]);
	let call = Call::announce { model: place.0, epoch: place.1, report: id, hash };
	assert_eq!(dispatch(call, RuntimeOrigin::signed(who)), expected);
	if expected {
		book.announcements.insert((id, who), (lie, book.next_order));
		book.next_order += 1;
	}
}

fn reveal(book: &mut Book, id: u32, who: AccountId) {
	let (lie, _) = book.announcements[&(id, who)];
	let known = book.reports.values().find(|known| known.id == id);
	let known = known.or(book.waiting.get(&id).map(|waiting| &waiting.report));
	let Some(known) = known else { return };
	let possible = known.lie.is_some()
		&& !known.excuses(lie)
		&& book.waiting.get(&id).is_some_and(|waiting| System::block_number() <= waiting.until);
	let due = known.lie == Some(lie);
	let fault = Box::new(known.fault(lie).unwrap());
	let call = Call::reveal_announcement { report: id, fault, salt: [0; 32] };
	let revealed = dispatch(call, RuntimeOrigin::signed(who));
	assert!(possible || !revealed);
	assert!(revealed || !possible || !due);
	if revealed {
		book.reveal(id, who);
	}
}

fn claim(book: &mut Book, who: AccountId, place: Place, source: u64) {
	let Some(known) = book.reports.get(&place) else { return };
	let amount = known.draft.earned(source);
	if amount == 0 {
		return;
	}
	let (first, last) = known.draft.ends(source);
	let (id, honest) = (known.id, known.lie.is_none());
	let passes_on = book.synthetic && source == SYNTHETIC;
	let owner = [BOB, CHARLIE][source as usize - 1];
	let possible = book.challengeable(place).is_none();
	let again = known.claimed.contains(&source);
	let before = Claims::<Test>::get(id, source);
	let (model, epoch) = place;
	let call = Call::claim { model, epoch, source, first, last };
	let done = dispatch(call, RuntimeOrigin::signed(who));
	assert!(possible || !done);
	assert!(done || !possible || !honest);
	if done {
		let claimed = Claims::<Test>::get(id, source);
		assert!(!honest || claimed == Some(amount));
		book.settle(place);
		if again {
			assert_eq!(claimed, before);
			return;
		}
		let paid = claimed.unwrap();
		book.reports.get_mut(&place).unwrap().claimed.push(source);
		if passes_on {
			book.passed += paid;
		} else {
			book.grow(owner, paid as i128);
			book.grow(POTS, -(paid as i128));
			*book.earned.entry(model).or_default() += paid;
		}
	}
}

fn claim_passed(book: &mut Book, ordinal: u64) {
	let Some(known) = book.reports.get(&(MODEL, 0)) else { return };
	let Some(entry) = known.draft.entries.get(ordinal as usize) else { return };
	let due = book.due_of_passed(ordinal, entry).filter(|_| book.synthetic && known.settled);
	let entry = known.draft.entry(ordinal, 1);
	let call = Call::claim_passed { source: SYNTHETIC, entry };
	assert_eq!(dispatch(call, RuntimeOrigin::signed(EVE)), due.is_some());
	if let Some((amount, to)) = due {
		*book.passed_claims.entry(ordinal).or_default() += amount;
		book.grow(to, amount as i128);
		book.grow(POTS, -(amount as i128));
		if to == BOB {
			*book.earned.entry(MODEL).or_default() += amount;
		}
	}
}
