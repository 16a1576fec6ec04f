//! Any calls and sanctions in any order: refusals change nothing, the storage stays sound, what has ended
//! stays ended, and money is neither made nor lost but by expiry and sanctions.

use std::collections::BTreeMap;

use frame_support::storage::with_storage_layer;
use proptest::prelude::*;
use sp_io::storage::root as storage_root;
use sp_runtime::{DispatchError, StateVersion::V1};
use tributary_primitives::{
	blob::Content,
	ids::Seq,
	traits::{Sanctions as _, Slash, SyntheticPolicy},
};

use crate::{
	mock::*, Admission, Call, Commitments, ContributionOf, Contributions, Datasets as Stored,
	Entries, Error, NextSeq,
};

/// One step. Numbers pick among what there is, and now and then something that is not there.
#[derive(Clone, Debug)]
enum Step {
	Pass(u32),
	Create { curated: bool, passes_through: bool },
	Commit { who: AccountId, dataset: u32, data: u8 },
	Reveal { who: Option<AccountId>, pick: usize },
	Accept { who: AccountId, pick: usize },
	Reject { who: AccountId, pick: usize },
	Withdraw { who: Option<AccountId>, pick: usize },
	Expire { pick: usize },
	SetCurators { who: AccountId, dataset: u32, curators: Vec<AccountId> },
	SetClosed { who: AccountId, dataset: u32, closed: bool },
	Sell { dataset: u32, to: AccountId },
	Lock { pick: usize },
	Unlock { pick: usize },
	SuspendCopy { who: AccountId, pick: usize },
	MarkSynthetic { who: AccountId, pick: usize, item: u32 },
	Withhold { who: AccountId, pick: usize },
}

fn step() -> impl Strategy<Value = Step> {
	let who = || ALICE..=PAUPER;
	let challenger = || ALICE..=NOBODY;
	let maybe = || prop::option::weighted(0.1, ALICE..=PAUPER);
	let (dataset, pick) = (|| 0u32..4, || 0usize..64);
	prop_oneof![
		4 => (1u32..=REVEAL_WINDOW).prop_map(Step::Pass),
		2 => (any::<bool>(), any::<bool>())
			.prop_map(|(curated, passes_through)| Step::Create { curated, passes_through }),
		8 => (who(), dataset(), 0u8..24)
			.prop_map(|(who, dataset, data)| Step::Commit { who, dataset, data }),
		8 => (maybe(), pick()).prop_map(|(who, pick)| Step::Reveal { who, pick }),
		4 => (who(), pick()).prop_map(|(who, pick)| Step::Accept { who, pick }),
		2 => (who(), pick()).prop_map(|(who, pick)| Step::Reject { who, pick }),
		3 => (maybe(), pick()).prop_map(|(who, pick)| Step::Withdraw { who, pick }),
		2 => pick().prop_map(|pick| Step::Expire { pick }),
		3 => (who(), dataset(), prop::collection::vec(who(), 0..4))
			.prop_map(|(who, dataset, curators)| Step::SetCurators { who, dataset, curators }),
		1 => (who(), dataset(), any::<bool>())
			.prop_map(|(who, dataset, closed)| Step::SetClosed { who, dataset, closed }),
		2 => (dataset(), who()).prop_map(|(dataset, to)| Step::Sell { dataset, to }),
		2 => pick().prop_map(|pick| Step::Lock { pick }),
		2 => pick().prop_map(|pick| Step::Unlock { pick }),
		1 => (challenger(), pick()).prop_map(|(who, pick)| Step::SuspendCopy { who, pick }),
		2 => (challenger(), pick(), 0u32..3)
			.prop_map(|(who, pick, item)| Step::MarkSynthetic { who, pick, item }),
		1 => (challenger(), pick()).prop_map(|(who, pick)| Step::Withhold { who, pick }),
	]
}

/// What was committed to, by number, which only the contributors know.
type Secrets = BTreeMap<Seq, (AccountId, u32, Vec<u8>)>;

/// The number that `pick` stands for, and at times the next, which nobody has.
fn picked(pick: usize) -> Seq {
	pick as u64 % (NextSeq::<Test>::get() + 1)
}

fn call(step: &Step, secrets: &mut Secrets) -> Option<(AccountId, Call<Test>)> {
	Some(match step.clone() {
		Step::Pass(blocks) => {
			pass(blocks);
			return None;
		}
		Step::Sell { dataset, to } => {
			if owner(dataset).is_some() {
				sell(dataset, to);
			}
			return None;
		}
		Step::Create { curated: of_curators, passes_through } => {
			let curators = curated(&[BOB, CAROL]);
			let mut call = create(if of_curators { curators } else { Admission::Open });
			if passes_through {
				let Call::create { synthetic, .. } = &mut call else { unreachable!() };
				*synthetic = SyntheticPolicy::PassThrough;
			}
			(ALICE, call)
		}
		Step::Commit { who, dataset, data } => {
			let data = vec![data; usize::from(data) * 100];
			let content = Content::of(&data);
			let hash = tributary_primitives::ids::commitment(
				&System::block_hash(0),
				dataset,
				&who,
				&content,
				&SALT,
			);
			secrets.insert(NextSeq::<Test>::get(), (who, dataset, data));
			(who, Call::commit { hash })
		}
		Step::Reveal { who, pick } => {
			let seq = picked(pick);
			let (contributor, dataset, data) = secrets.get(&seq)?;
			(who.unwrap_or(*contributor), reveal(seq, *dataset, data))
		}
		Step::Accept { who, pick } => (who, Call::accept { seq: picked(pick) }),
		Step::Reject { who, pick } => (who, Call::reject { seq: picked(pick) }),
		Step::Withdraw { who, pick } => {
			let seq = picked(pick);
			let contributor = secrets.get(&seq).map(|(contributor, ..)| *contributor);
			(who.or(contributor).unwrap_or(BOB), Call::withdraw { seq })
		}
		Step::Expire { pick } => (PAUPER, Call::expire { seq: picked(pick) }),
		Step::SetCurators { who, dataset, curators: of } => {
			(who, Call::set_curators { dataset, curators: curators(&of) })
		}
		Step::SetClosed { who, dataset, closed } => (who, Call::set_closed { dataset, closed }),
		Step::Lock { .. }
		| Step::Unlock { .. }
		| Step::SuspendCopy { .. }
		| Step::MarkSynthetic { .. }
		| Step::Withhold { .. } => return None,
	})
}

/// What a sanction on `seq` must take: all of the deposit where it suspends what stands, half of it for
/// `challenger` if that can exist with it.
fn expected_slash(seq: Seq, challenger: AccountId, suspends: bool) -> Result<Slash, DispatchError> {
	let stored = Contributions::<Test>::get(seq).ok_or(Error::<Test>::NotFound)?;
	if !suspends || stored.ended.is_some() {
		return Ok(Slash { slashed: 0, reward: 0 });
	}
	let half = stored.deposit / 2;
	let exists = System::account_exists(&challenger) || half >= EXISTENTIAL_DEPOSIT;
	Ok(Slash { slashed: stored.deposit, reward: if exists { half } else { 0 } })
}

/// Whether a first mark as synthetic suspends `seq`.
fn refuses_synthetic(seq: Seq) -> bool {
	Contributions::<Test>::get(seq).is_some_and(|stored| {
		let policy = Stored::<Test>::get(stored.dataset).unwrap().terms.synthetic;
		policy == SyntheticPolicy::Refuse && stored.synthetic.is_none()
	})
}

/// Does what other pallets do, and says what it must have taken; `None` for a call.
fn sanction(step: &Step, locks: &mut BTreeMap<Seq, u32>) -> Option<Result<Slash, DispatchError>> {
	let none = Slash { slashed: 0, reward: 0 };
	let (expected, done) = match *step {
		Step::Lock { pick } => {
			let seq = picked(pick);
			let expected = expected_slash(seq, ALICE, false);
			if expected.is_ok() {
				*locks.entry(seq).or_default() += 1;
			}
			(expected, with_storage_layer(|| Datasets::lock(seq)).map(|_| none))
		}
		Step::Unlock { pick } => {
			let seq = picked(pick);
			locks.entry(seq).and_modify(|count| *count = count.saturating_sub(1));
			Datasets::unlock(seq);
			(Ok(none), Ok(none))
		}
		Step::SuspendCopy { who, pick } => {
			let seq = picked(pick);
			let expected = expected_slash(seq, who, true);
			(expected, with_storage_layer(|| Datasets::suspend_copy(seq, &who)))
		}
		Step::MarkSynthetic { who, pick, item } => {
			let seq = picked(pick);
			let expected = expected_slash(seq, who, refuses_synthetic(seq));
			(expected, with_storage_layer(|| Datasets::mark_synthetic(seq, served(item), &who)))
		}
		Step::Withhold { who, pick } => {
			let seq = picked(pick);
			let expected = expected_slash(seq, who, true);
			let done = with_storage_layer(|| Datasets::withhold(seq, &who));
			let withheld = Contributions::<Test>::get(seq).map(|stored| stored.withheld.is_some());
			assert_ne!(withheld, Some(false), "withheld whatever became of it before");
			(expected, done)
		}
		_ => return None,
	};
	assert_eq!(done, expected, "{step:?}");
	Some(done)
}

/// What of a contribution never changes once it is set.
fn fixed(stored: &ContributionOf<Test>) -> impl IntoIterator<Item = (bool, String)> {
	[
		(stored.accepted.is_some(), format!("{:?}", stored.accepted)),
		(stored.ended.is_some(), format!("{:?}", stored.ended)),
		(stored.withheld.is_some(), format!("{:?}", stored.withheld)),
		(stored.synthetic.is_some(), format!("{:?}", stored.synthetic)),
	]
}

/// The entries of every dataset, in order.
fn lists() -> BTreeMap<u32, Vec<Seq>> {
	let entries = |id| (0..).map_while(|index| Entries::<Test>::get(id, index)).collect();
	Stored::<Test>::iter_keys().map(|id| (id, entries(id))).collect()
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
	#![proptest_config(cases(256))]

	#[test]
	fn any_calls_in_any_order_keep_the_storage_sound(steps in prop::collection::vec(step(), 1..80)) {
		new_test_ext().execute_with(|| {
			let mut secrets = Secrets::new();
			let mut locks = BTreeMap::new();
			let issued = Balances::total_issuance();
			let mut burned = 0;
			let mut accepted = 0;
			for step in steps {
				let (before, root) = (lists(), storage_root(V1));
				let stood: BTreeMap<Seq, _> = Contributions::<Test>::iter().collect();
				let done = if let Some(taken) = sanction(&step, &mut locks) {
					taken.map(|taken| burned += taken.slashed - taken.reward)
				} else {
					let Some((who, call)) = call(&step, &mut secrets) else { continue };
					if let Call::expire { seq } = &call {
						let late = Commitments::<Test>::get(seq).is_some_and(|stored| {
							System::block_number() > stored.committed_at + REVEAL_WINDOW
						});
						burned += if late { COMMIT_DEPOSIT } else { 0 };
					}
					let owned = match call {
						Call::set_curators { dataset, .. } | Call::set_closed { dataset, .. } => {
							Some(owner(dataset))
						},
						_ => None,
					};
					let done = dispatch(who, call);
					if let Some(owner) = owned {
						prop_assert!(done.is_err() || owner == Some(who), "{:?} by no owner", step);
					}
					done
				};
				if done.is_err() {
					prop_assert_eq!(root, storage_root(V1), "refused, but changed: {:?}", step);
				}
				check();
				prop_assert_eq!(Balances::total_issuance() + burned, issued);
				for (seq, now) in Contributions::<Test>::iter() {
					let count = locks.get(&seq).copied().unwrap_or(0);
					prop_assert_eq!(now.locks, count, "locks of {}", seq);
					let Some(then) = stood.get(&seq) else { continue };
					for ((set, then), (_, now)) in fixed(then).into_iter().zip(fixed(&now)) {
						prop_assert!(!set || then == now, "{} became {}", then, now);
					}
					let released = then.deposit > 0 && now.deposit == 0;
					let by_call = matches!(step, Step::Withdraw { .. } | Step::Reject { .. });
					prop_assert!(!(released && by_call && count > 0), "released under a lock");
				}
				let after = lists();
				for (id, list) in &before {
					prop_assert!(after[id].starts_with(list), "a dataset is append-only");
				}
				accepted = after.values().map(Vec::len).sum::<usize>();
			}
			let standing = Contributions::<Test>::iter_values().filter(|stored| stored.accepted.is_some());
			prop_assert_eq!(standing.count(), accepted);
			Ok(())
		})?;
	}
}
