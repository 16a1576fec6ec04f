//! Any calls in any order: refusals change nothing, the storage stays sound, and money is neither made nor
//! lost but by expiry.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sp_io::storage::root as storage_root;
use sp_runtime::StateVersion::V1;
use tributary_primitives::{blob::Content, ids::Seq};

use crate::{
	mock::*, Admission, Call, Commitments, Contributions, Datasets as Stored, Entries, NextSeq,
};

/// One step. Numbers pick among what there is, and now and then something that is not there.
#[derive(Clone, Debug)]
enum Step {
	Pass(u32),
	Create(bool),
	Commit { who: AccountId, dataset: u32, data: u8 },
	Reveal { who: Option<AccountId>, pick: usize },
	Accept { who: AccountId, pick: usize },
	Reject { who: AccountId, pick: usize },
	Withdraw { who: Option<AccountId>, pick: usize },
	Expire { pick: usize },
	SetCurators { who: AccountId, dataset: u32, curators: Vec<AccountId> },
	SetClosed { who: AccountId, dataset: u32, closed: bool },
}

fn step() -> impl Strategy<Value = Step> {
	let who = || ALICE..=PAUPER;
	let maybe = || prop::option::weighted(0.1, ALICE..=PAUPER);
	let (dataset, pick) = (|| 0u32..4, || 0usize..64);
	prop_oneof![
		4 => (1u32..=REVEAL_WINDOW).prop_map(Step::Pass),
		2 => any::<bool>().prop_map(Step::Create),
		8 => (who(), dataset(), 0u8..24)
			.prop_map(|(who, dataset, data)| Step::Commit { who, dataset, data }),
		8 => (maybe(), pick()).prop_map(|(who, pick)| Step::Reveal { who, pick }),
		4 => (who(), pick()).prop_map(|(who, pick)| Step::Accept { who, pick }),
		2 => (who(), pick()).prop_map(|(who, pick)| Step::Reject { who, pick }),
		3 => (maybe(), pick()).prop_map(|(who, pick)| Step::Withdraw { who, pick }),
		2 => pick().prop_map(|pick| Step::Expire { pick }),
		1 => (who(), dataset(), prop::collection::vec(who(), 0..4))
			.prop_map(|(who, dataset, curators)| Step::SetCurators { who, dataset, curators }),
		1 => (who(), dataset(), any::<bool>())
			.prop_map(|(who, dataset, closed)| Step::SetClosed { who, dataset, closed }),
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
		Step::Create(true) => (ALICE, create(Admission::Open)),
		Step::Create(false) => (ALICE, create(curated(&[BOB, CAROL]))),
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
	})
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
			let issued = Balances::total_issuance();
			let mut burned = 0;
			let mut accepted = 0;
			for step in steps {
				let (before, root) = (lists(), storage_root(V1));
				let Some((who, call)) = call(&step, &mut secrets) else { continue };
				if let Call::expire { seq } = &call {
					let late = Commitments::<Test>::get(seq)
						.is_some_and(|stored| System::block_number() > stored.committed_at + REVEAL_WINDOW);
					burned += if late { COMMIT_DEPOSIT } else { 0 };
				}
				if dispatch(who, call).is_err() {
					prop_assert_eq!(root, storage_root(V1), "refused, but changed: {:?}", step);
				}
				check();
				prop_assert_eq!(Balances::total_issuance() + burned, issued);
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
