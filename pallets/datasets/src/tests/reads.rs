use sp_runtime::Perbill;
use tributary_primitives::{
	blob::Content,
	traits::{ContributionFacts, Contributions as _, Sanctions as _, SyntheticPolicy},
	views::{
		AdmissionView, ContributionStateView as State, DatasetView, SuspensionCause as Cause,
		UseView, MAX_PAGE,
	},
};

use crate::{mock::*, Admission, Call, NextDataset, Use, Uses};

#[test]
fn a_dataset_is_shown_as_it_was_created() {
	test_ext(|| {
		let mut call = create(curated(&[BOB, CAROL]));
		let Call::create { curator_share, contribution_deposit, .. } = &mut call else {
			unreachable!()
		};
		(*curator_share, *contribution_deposit) = (Perbill::from_percent(5), 77);
		dispatch(ALICE, call).unwrap();
		assert_eq!(
			Datasets::dataset_view(0),
			Some(DatasetView {
				id: 0,
				owner: ALICE,
				admission: AdmissionView::Curated,
				curators: vec![BOB, CAROL],
				curator_share: Perbill::from_percent(5),
				licence: b"CC-BY-4.0".to_vec(),
				uses: [
					UseView::Allowed,
					UseView::NotAllowed,
					UseView::Constrained,
					UseView::Allowed
				],
				contribution_deposit: 77,
				metadata: Content::of(b"{}"),
				synthetic: SyntheticPolicy::Refuse,
				closed: false,
				version: 0,
			})
		);
		assert_eq!(Datasets::dataset_view(1), None);
		dataset(Admission::Open);
		let open = Datasets::dataset_view(1).unwrap();
		assert_eq!((open.admission, open.curators), (AdmissionView::Open, vec![]));
		let id = dataset_that_passes_through();
		let view = Datasets::dataset_view(id).unwrap();
		assert_eq!(view.synthetic, SyntheticPolicy::PassThrough);
	});
}

#[test]
fn a_contribution_is_shown_in_every_state_with_its_block() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		let shown = |seq| {
			let view = Datasets::contribution_view(seq).unwrap();
			assert_eq!((view.seq, view.contributor), (seq, BOB));
			(view.state, view.since, view.dataset, view.content, view.index)
		};
		let content = Content::of(b"words");
		let seq = committed(BOB, 0, &content);
		assert_eq!(shown(seq), (State::Committed, 1, None, None, None));
		pass(1);
		dispatch(BOB, reveal(seq, 0, b"words")).unwrap();
		assert_eq!(shown(seq), (State::Pending, 2, Some(0), Some(content), None));
		pass(1);
		dispatch(CAROL, Call::accept { seq }).unwrap();
		assert_eq!(shown(seq), (State::Accepted, 3, Some(0), Some(content), Some(0)));
		pass(1);
		dispatch(BOB, Call::withdraw { seq }).unwrap();
		assert_eq!(shown(seq), (State::Withdrawn, 4, Some(0), Some(content), Some(0)));
		assert_eq!(Datasets::contribution_view(seq).unwrap().committed_at, 1);

		let rejected = contributed(BOB, 0, b"others");
		dispatch(CAROL, Call::reject { seq: rejected }).unwrap();
		let content = Some(Content::of(b"others"));
		assert_eq!(shown(rejected), (State::Rejected, 5, Some(0), content, None));
		assert_eq!(Datasets::contribution_view(9), None);
	});
}

#[test]
fn a_suspended_contribution_is_shown_with_its_cause_and_block() {
	test_ext(|| {
		dataset(Admission::Open);
		dataset_that_passes_through();
		let shown = |seq| {
			let view = Datasets::contribution_view(seq).unwrap();
			(view.state, view.since, view.cause, view.withheld_at, view.synthetic)
		};
		let seqs = [&b"copy"[..], b"loop", b"gone"].map(|data| contributed(BOB, 0, data));
		pass(3);
		Datasets::suspend_copy(seqs[0], &CAROL).unwrap();
		assert_eq!(shown(seqs[0]), (State::Suspended, 7, Some(Cause::Copy), None, None));
		Datasets::mark_synthetic(seqs[1], served(0), &CAROL).unwrap();
		let refused = (State::Suspended, 7, Some(Cause::Synthetic), None, Some(served(0)));
		assert_eq!(shown(seqs[1]), refused);
		Datasets::withhold(seqs[2], &CAROL).unwrap();
		assert_eq!(shown(seqs[2]), (State::Suspended, 7, Some(Cause::Withheld), Some(7), None));

		let passes = contributed(BOB, 1, b"loop that passes");
		Datasets::mark_synthetic(passes, served(1), &CAROL).unwrap();
		assert_eq!(shown(passes), (State::Accepted, 8, None, None, Some(served(1))));
		Datasets::lock(passes).unwrap();
		committed(BOB, 0, &Content::of(b"later"));
		let locks = |seq| Datasets::contribution_view(seq).map(|view| view.locks);
		assert_eq!((locks(passes), locks(passes + 1)), (Some(1), Some(0)));
	});
}

#[test]
fn other_pallets_see_versions_and_facts() {
	test_ext(|| {
		dataset(curated(&[CAROL]));
		assert_eq!(Datasets::latest_version(0), Some(0));
		assert_eq!(Datasets::latest_version(1), None);
		let seq = committed(BOB, 0, &Content::of(b"words"));
		assert_eq!(Datasets::contribution(seq), None);
		pass(1);
		dispatch(BOB, reveal(seq, 0, b"words")).unwrap();
		let mut facts = ContributionFacts {
			content: Content::of(b"words"),
			contributor: BOB,
			dataset: 0,
			committed_at: 1,
			index: None,
			accepted_at: None,
			ended_at: None,
			withheld_at: None,
			synthetic: None,
		};
		assert_eq!(Datasets::contribution(seq), Some(facts.clone()));
		assert!(!facts.within(1) && !facts.accepted_as_of(9));
		dispatch(CAROL, Call::accept { seq }).unwrap();
		(facts.index, facts.accepted_at) = (Some(0), Some(2));
		assert_eq!(Datasets::contribution(seq), Some(facts.clone()));
		assert!(facts.within(1) && !facts.within(0));
		assert_eq!(Datasets::latest_version(0), Some(1));
		pass(1);
		dispatch(BOB, Call::withdraw { seq }).unwrap();
		facts.ended_at = Some(3);
		assert_eq!(Datasets::contribution(seq), Some(facts.clone()));
		pass(1);
		Datasets::withhold(seq, &CAROL).unwrap();
		facts.withheld_at = Some(4);
		assert_eq!(Datasets::contribution(seq), Some(facts));
		assert_eq!(Datasets::latest_version(0), Some(1));
	});
}

#[test]
fn the_curator_share_is_that_of_the_dataset() {
	test_ext(|| {
		let mut call = create(curated(&[BOB]));
		let Call::create { curator_share, .. } = &mut call else { unreachable!() };
		*curator_share = Perbill::from_percent(5);
		dispatch(ALICE, call).unwrap();
		dataset(Admission::Open);
		assert_eq!(Datasets::curator_share(0), Perbill::from_percent(5));
		assert_eq!(Datasets::curator_share(1), Perbill::zero());
		assert_eq!(Datasets::curator_share(2), Perbill::zero());
	});
}

#[test]
fn training_is_allowed_unless_the_flags_say_no() {
	test_ext(|| {
		for (training, generative_training, allowed) in [
			(Use::Allowed, Use::Allowed, [true, true]),
			(Use::Constrained, Use::Constrained, [true, true]),
			(Use::Allowed, Use::NotAllowed, [true, false]),
			(Use::NotAllowed, Use::Allowed, [false, true]),
			(Use::NotAllowed, Use::NotAllowed, [false, false]),
		] {
			let id = NextDataset::<Test>::get();
			let mut call = create(Admission::Open);
			let Call::create { uses, .. } = &mut call else { unreachable!() };
			*uses = Uses {
				data_mining: Use::NotAllowed,
				inference: Use::NotAllowed,
				training,
				generative_training,
			};
			dispatch(ALICE, call).unwrap();
			let asked = [false, true].map(|generative| Datasets::allows_training(id, generative));
			assert_eq!(asked, allowed, "{training:?}, {generative_training:?}");
		}
		let missing = NextDataset::<Test>::get();
		assert!(!Datasets::allows_training(missing, false));
		assert!(!Datasets::allows_training(missing, true));
	});
}

#[test]
fn pages_go_on_to_the_end() {
	test_ext(|| {
		for _ in 0..5 {
			dataset(Admission::Open);
		}
		for data in [&b"a"[..], b"b", b"c"] {
			contributed(BOB, 2, data);
		}
		let ids = |from, limit| {
			let page = Datasets::datasets_page(from, limit);
			(page.items.into_iter().map(|dataset| dataset.id).collect::<Vec<_>>(), page.next)
		};
		assert_eq!(ids(0, 2), (vec![0, 1], Some(2)));
		assert_eq!(ids(2, 2), (vec![2, 3], Some(4)));
		assert_eq!(ids(4, 2), (vec![4], None));
		assert_eq!(ids(3, 2), (vec![3, 4], None));
		assert_eq!(ids(0, 0), (vec![0], Some(1)));
		assert_eq!(ids(5, 2), (vec![], None));
		assert_eq!(ids(u32::MAX, u32::MAX), (vec![], None));

		let seqs = |dataset, from, limit| {
			let page = Datasets::contributions_page(dataset, from, limit);
			(page.items.into_iter().map(|view| view.seq).collect::<Vec<_>>(), page.next)
		};
		assert_eq!(seqs(2, 0, 2), (vec![0, 1], Some(2)));
		assert_eq!(seqs(2, 2, 2), (vec![2], None));
		assert_eq!(seqs(2, 0, MAX_PAGE), (vec![0, 1, 2], None));
		assert_eq!(seqs(9, 0, 2), (vec![], None));
		dispatch(BOB, Call::withdraw { seq: 1 }).unwrap();
		assert_eq!(seqs(2, 0, MAX_PAGE), (vec![0, 1, 2], None));
		assert_eq!((Datasets::entry(2, 1), Datasets::entry(2, 3)), (Some(1), None));
	});
}

#[test]
fn a_page_is_never_longer_than_the_most() {
	test_ext(|| {
		dispatch(ALICE, create(Admission::Open)).unwrap();
		let only = crate::Datasets::<Test>::get(0).unwrap();
		for id in 1..=MAX_PAGE {
			crate::Datasets::<Test>::insert(id, only.clone());
			sell(id, ALICE);
		}
		let page = Datasets::datasets_page(0, u32::MAX);
		assert_eq!((page.items.len(), page.next), (MAX_PAGE as usize, Some(MAX_PAGE)));
		for id in 1..=MAX_PAGE {
			crate::Datasets::<Test>::remove(id);
		}
	});
}
