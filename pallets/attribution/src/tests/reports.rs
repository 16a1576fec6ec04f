use frame_support::{assert_noop, assert_ok, traits::fungible::Mutate};
use sp_runtime::{DispatchError, TokenError};
use tributary_primitives::{
	blob::{self, Content, Opening},
	report::Payout,
	views::{ReportStateView, ReportView},
};

use super::fixture::*;
use crate::{mock::*, Error, Event, NextReport, ReportState, Reports, Unseen};

/// A report on the world in its parts.
struct Parts {
	entries: Content,
	entries_tail: Opening,
	payouts: Content,
	payouts_tail: Opening,
	total: u128,
}

impl Parts {
	fn of(draft: &Draft) -> Self {
		Self::of_blobs(&draft.entries_blob(), &draft.payouts_blob(), draft.total())
	}

	fn of_blobs(entries: &[u8], payouts: &[u8], total: u128) -> Self {
		Self {
			entries: Content::of(entries),
			entries_tail: blob::open_tail(entries).unwrap(),
			payouts: Content::of(payouts),
			payouts_tail: blob::open_tail(payouts).unwrap(),
			total,
		}
	}

	fn post(self) -> sp_runtime::DispatchResult {
		Attribution::report(
			RuntimeOrigin::signed(ALICE),
			MODEL,
			EPOCH,
			self.entries,
			Box::new(self.entries_tail),
			self.payouts,
			Box::new(self.payouts_tail),
			self.total,
			Unseen::default(),
			0,
		)
	}
}

/// Twenty of the world's entries and payouts: more than a chunk of each.
fn long() -> Draft {
	Draft::of_runs(&[(1, 12), (2, 8)])
}

#[test]
fn a_report_is_recorded_with_its_deposit_and_its_lock() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		let report = Reports::<Test>::get(MODEL, EPOCH).unwrap();
		assert_eq!(report.id, 0);
		assert_eq!(report.state, ReportState::Open);
		assert_eq!(report.bond, Bond::get());
		assert_eq!(report.deposit, report_deposit());
		assert_eq!(deposit_of(ALICE), report_deposit());
		assert_eq!(Attribution::locked(&ALICE), Bond::get());
		assert_eq!(NextReport::<Test>::get(), 1);
		assert_eq!(
			Attribution::report_view(MODEL, EPOCH),
			Some(ReportView {
				id: 0,
				attributor: ALICE,
				entries: Content::of(&draft.entries_blob()),
				payouts: Content::of(&draft.payouts_blob()),
				total: draft.total(),
				posted_at: REPORT_BLOCK,
				demand_until: LAST_BLOCK,
				challenge_until: LAST_BLOCK,
				unseen: vec![],
				state: ReportStateView::Challengeable,
			})
		);
		assert_eq!(
			events().last(),
			Some(&Event::Reported {
				id: 0,
				model: MODEL,
				epoch: EPOCH,
				attributor: ALICE,
				total: draft.total(),
				challenge_until: LAST_BLOCK,
			})
		);
	});
}

#[test]
fn a_report_needs_a_signature() {
	run_closed(|| {
		let draft = Draft::of_world();
		let (entries, payouts) = (draft.entries_blob(), draft.payouts_blob());
		assert_noop!(
			Attribution::report(
				RuntimeOrigin::none(),
				MODEL,
				EPOCH,
				Content::of(&entries),
				Box::new(blob::open_tail(&entries).unwrap()),
				Content::of(&payouts),
				Box::new(blob::open_tail(&payouts).unwrap()),
				draft.total(),
				Unseen::default(),
				0,
			),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn a_report_before_the_epoch_closes_is_refused() {
	run_closed(|| {
		System::set_block_number(REPORT_BLOCK - 1);
		assert_noop!(Draft::of_world().post(ALICE), Error::<Test>::EpochOpen);
		System::set_block_number(REPORT_BLOCK);
		assert_ok!(Draft::of_world().post(ALICE));
	});
}

#[test]
fn a_report_without_receipts_is_refused() {
	run_closed(|| {
		let draft = Draft::of_world();
		let total = draft.total();
		assert_noop!(draft.post_on(ALICE, MODEL + 1, EPOCH, total), Error::<Test>::NoReceipts);
		System::set_block_number(2 * EPOCH_LENGTH);
		assert_noop!(draft.post_on(ALICE, MODEL, EPOCH + 1, total), Error::<Test>::NoReceipts);
	});
}

#[test]
fn a_second_report_is_refused_while_one_is_open_or_final() {
	let draft = Draft::of_world();
	run_reported(&draft, || {
		assert_ok!(Attribution::bond(RuntimeOrigin::signed(BOB), Bond::get()));
		assert_noop!(draft.post(BOB), Error::<Test>::AlreadyReported);
		System::set_block_number(LAST_BLOCK + 1);
		assert_noop!(draft.post(BOB), Error::<Test>::AlreadyReported);
		assert_ok!(Attribution::finalise(RuntimeOrigin::signed(BOB), MODEL, EPOCH));
		assert_noop!(draft.post(BOB), Error::<Test>::AlreadyReported);
	});
}

#[test]
fn each_open_report_needs_a_bond_of_its_own() {
	run_closed(|| {
		let draft = Draft::of_world();
		assert_noop!(draft.post(BOB), Error::<Test>::BondTooSmall);
		assert_ok!(draft.post(ALICE));

		Windows::insert(8, WINDOW);
		pay(8, EPOCH, &payments());
		let second = || draft.post_on(ALICE, 8, EPOCH, draft.total());
		assert_noop!(second(), Error::<Test>::BondTooSmall);
		assert_ok!(Attribution::bond(RuntimeOrigin::signed(ALICE), Bond::get() - 1));
		assert_noop!(second(), Error::<Test>::BondTooSmall);
		assert_ok!(Attribution::bond(RuntimeOrigin::signed(ALICE), 1));
		assert_ok!(second());
		assert_eq!(Attribution::locked(&ALICE), 2 * Bond::get());
		assert_eq!(deposit_of(ALICE), 2 * report_deposit());
		assert_eq!(Attribution::report_view(8, EPOCH).unwrap().id, 1);
	});
}

#[test]
fn a_report_whose_deposit_cannot_be_held_is_refused() {
	run_closed(|| {
		let free = ENDOWMENT - Bond::get() - EXISTENTIAL_DEPOSIT;
		let left = report_deposit() - 1;
		assert_ok!(Balances::burn_from(
			&ALICE,
			free - left,
			frame_support::traits::tokens::Preservation::Preserve,
			frame_support::traits::tokens::Precision::Exact,
			frame_support::traits::tokens::Fortitude::Polite,
		));
		assert_noop!(Draft::of_world().post(ALICE), TokenError::FundsUnavailable);
	});
}

#[test]
fn lengths_that_are_no_report_are_refused() {
	run_closed(|| {
		let draft = Draft::of_world();
		let (entries, payouts) = (draft.entries_blob(), draft.payouts_blob());
		let post = |entries: &[u8], payouts: &[u8]| {
			Parts::of_blobs(entries, payouts, draft.total()).post()
		};
		assert_noop!(post(&[], &payouts), Error::<Test>::EmptyEntries);
		let off_by_one = &entries[..entries.len() - 1];
		assert_noop!(post(off_by_one, &payouts), Error::<Test>::NotRecords);
		assert_noop!(post(&entries, &payouts[1..]), Error::<Test>::NotRecords);
		assert_noop!(
			post(&payouts, &[&payouts[..], &[0; 64]].concat()),
			Error::<Test>::TooManyPayouts
		);
	});
}

#[test]
fn a_wrong_total_is_refused() {
	run_closed(|| {
		let draft = Draft::of_world();
		for total in [draft.total() - 1, draft.total() + 1, 0] {
			assert_noop!(draft.post_on(ALICE, MODEL, EPOCH, total), Error::<Test>::TotalMismatch);
		}
		let unowned = Draft { payouts: Vec::new(), ..draft };
		assert_noop!(unowned.post_on(ALICE, MODEL, EPOCH, 1), Error::<Test>::TotalMismatch);
	});
}

#[test]
fn a_running_sum_that_overflows_is_a_wrong_total() {
	run_closed(|| {
		let mut draft = Draft::of_world();
		let payout = Payout { source: 1, amount: 2, before: u128::MAX, ..Default::default() };
		draft.payouts = vec![payout];
		for total in [0, 1] {
			assert_noop!(draft.post_on(ALICE, MODEL, EPOCH, total), Error::<Test>::TotalMismatch);
		}
	});
}

#[test]
fn a_total_above_the_pot_is_refused() {
	run_closed(|| {
		let data: u128 = payments().iter().map(|payment| payment.data_amount).sum();
		let mut draft = Draft::of_world();
		let before = draft.total() - draft.payouts.last().unwrap().amount;
		draft.payouts.last_mut().unwrap().amount = data + 1 - before;
		assert_noop!(draft.post(ALICE), Error::<Test>::TotalExceedsPot);
		draft.payouts.last_mut().unwrap().amount = data - before;
		assert_ok!(draft.post(ALICE));
	});
}

#[test]
fn a_report_without_payouts_has_total_zero() {
	run_closed(|| {
		let unowned = Draft { payouts: Vec::new(), ..Draft::of_world() };
		assert_ok!(unowned.post(ALICE));
		assert_eq!(Attribution::report_view(MODEL, EPOCH).unwrap().total, 0);
	});
}

#[test]
fn payouts_that_are_worth_nothing_are_reported_with_total_zero() {
	run_closed(|| {
		let payments = payments().map(|payment| Paying { data_amount: 0, ..payment });
		pay(MODEL, EPOCH, &payments);
		let draft = Draft::honest(&payments, &sources());
		assert!(!draft.payouts.is_empty());
		assert_ok!(draft.post(ALICE));
		assert_eq!(Attribution::report_view(MODEL, EPOCH).unwrap().total, 0);
	});
}

/// Ways to spoil a tail opening of a blob of more than one chunk, and how each is refused.
fn spoilt(tail: &Opening, blob: &[u8]) -> Vec<(Opening, Error<Test>)> {
	let mut late = tail.clone();
	late.first_chunk += 1;
	let mut short = tail.clone();
	short.bytes.pop();
	let mut flipped = tail.clone();
	flipped.bytes[0] ^= 1;
	let mut bare = tail.clone();
	bare.siblings.pop();
	let mut extra = tail.clone();
	extra.siblings.try_push([0; 32]).unwrap();
	vec![
		(late, Error::OpeningOutOfRange),
		(short, Error::OpeningBadLength),
		(flipped, Error::OpeningRootMismatch),
		(bare, Error::OpeningBadSiblings),
		(extra, Error::OpeningBadSiblings),
		(blob::open(blob, 0, 1).unwrap(), Error::OpeningNotTail),
	]
}

#[test]
fn a_wrong_tail_opening_of_the_entries_is_refused() {
	run_closed(|| {
		let draft = long();
		for (entries_tail, error) in spoilt(&Parts::of(&draft).entries_tail, &draft.entries_blob())
		{
			assert_noop!(Parts { entries_tail, ..Parts::of(&draft) }.post(), error);
		}
		assert_ok!(Parts::of(&draft).post());
	});
}

#[test]
fn a_wrong_tail_opening_of_the_payouts_is_refused() {
	run_closed(|| {
		let draft = long();
		for (payouts_tail, error) in spoilt(&Parts::of(&draft).payouts_tail, &draft.payouts_blob())
		{
			assert_noop!(Parts { payouts_tail, ..Parts::of(&draft) }.post(), error);
		}
		assert_ok!(Parts::of(&draft).post());
	});
}

#[test]
fn a_length_off_by_a_record_is_refused() {
	run_closed(|| {
		let mut parts = Parts::of(&long());
		parts.entries.len += 64;
		assert_noop!(parts.post(), Error::<Test>::OpeningBadLength);
		let mut parts = Parts::of(&long());
		parts.payouts.len -= 64;
		assert_noop!(parts.post(), Error::<Test>::OpeningBadLength);
	});
}
