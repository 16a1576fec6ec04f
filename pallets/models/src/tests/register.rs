use sp_runtime::{traits::Dispatchable, DispatchError, TokenError};
use tributary_primitives::blob::{open, Content, Opening};

use crate::{
	mock::*, Call, Error, Event, Model, Models as Stored, NextModel, Registration, Relation,
};

#[test]
fn ids_count_from_zero_and_everything_is_kept() {
	test_ext(|| {
		assert_eq!(pretrained(&[pin(0, 3)]), 0);
		System::set_block_number(9);
		let draft = Draft::new(Relation::Finetune, &[0], &[]);
		dispatch(BOB, draft.call()).unwrap();
		let relation = Relation::Finetune;
		System::assert_last_event(Event::Registered { model: 1, owner: BOB, relation }.into());
		assert_eq!(NextModel::<Test>::get(), 2);
		assert_eq!(
			Stored::<Test>::get(1),
			Some(Model {
				depositor: BOB,
				registration: Registration {
					relation,
					parents: vec![0].try_into().unwrap(),
					pins: Default::default(),
					generative: false,
					terms: draft.terms,
					artifact: Content::of(b"weights"),
					manifest: Content::of(b"manifest"),
				},
				lineage_sum: percent(10),
				registered_at: 9,
				deposit: held(BOB),
			})
		);
	});
}

#[test]
fn the_deposit_grows_with_record_ancestors_and_corpus() {
	test_ext(|| {
		pretrained(&[]);
		let bare = held(ALICE);
		assert!(bare > 1_000);
		assert_eq!(Balances::free_balance(ALICE), RICH - bare);
		// A pin is 8 bytes, in the record and in the corpus.
		pretrained(&[pin(0, 1)]);
		let pinned = held(ALICE) - bare;
		assert_eq!(pinned, bare + 10 * 16);
		// A parent is 4 bytes in the record and 8 among the ancestors, and its pin is inherited.
		derived(&[1]).registered();
		assert_eq!(held(ALICE) - bare - pinned, bare + 10 * (12 + 8));
	});
}

#[test]
fn register_is_refused_when_the_deposit_cannot_be_paid() {
	test_ext(|| {
		let call = Draft::new(Relation::Pretrain, &[], &[]).call();
		refused(PAUPER, call, TokenError::FundsUnavailable);
	});
}

#[test]
fn each_relation_wants_its_number_of_parents() {
	test_ext(|| {
		pretrained(&[]);
		pretrained(&[]);
		let refuse = |relation, parents: &[u32]| {
			let draft = Draft::new(relation, parents, &[]).rates(percent(0), percent(0));
			refused(ALICE, draft.call(), Error::<Test>::WrongParents);
		};
		let admit = |relation, parents: &[u32]| {
			Draft::new(relation, parents, &[]).rates(percent(0), percent(0)).registered();
		};
		refuse(Relation::Pretrain, &[0]);
		refuse(Relation::Merge, &[]);
		refuse(Relation::Merge, &[0]);
		admit(Relation::Merge, &[0, 1]);
		for relation in [
			Relation::Finetune,
			Relation::Adapter,
			Relation::Quantized,
			Relation::Distill,
			Relation::Convert,
		] {
			refuse(relation, &[]);
			admit(relation, &[0]);
			admit(relation, &[0, 1]);
		}
	});
}

#[test]
fn register_is_refused_when_a_parent_is_missing_or_named_twice() {
	test_ext(|| {
		pretrained(&[]);
		pretrained(&[]);
		refused(ALICE, derived(&[2]).call(), Error::<Test>::NotFound);
		refused(ALICE, derived(&[0, 1, 3]).call(), Error::<Test>::NotFound);
		refused(ALICE, derived(&[0, 0]).call(), Error::<Test>::DuplicateParent);
		refused(ALICE, derived(&[1, 0, 1]).call(), Error::<Test>::DuplicateParent);
	});
}

#[test]
fn register_is_refused_when_the_window_is_out_of_range() {
	test_ext(|| {
		for window in [0, 23, 1_025, u32::MAX] {
			let draft = Draft::new(Relation::Pretrain, &[], &[]).window(window);
			refused(ALICE, draft.call(), Error::<Test>::WindowOutOfRange);
		}
		for window in [24, 1_024] {
			Draft::new(Relation::Pretrain, &[], &[]).window(window).registered();
		}
	});
}

#[test]
fn register_is_refused_when_no_id_is_left() {
	test_ext(|| {
		NextModel::<Test>::put(u32::MAX);
		let call = Draft::new(Relation::Pretrain, &[], &[]).call();
		refused(ALICE, call, Error::<Test>::NoNumberLeft);
		NextModel::<Test>::put(0);
	});
}

/// A registration with one of its two blobs replaced: the artifact where `first`, else the manifest.
fn with_blob(first: bool, content: Content, tail: &Opening) -> Call<Test> {
	let mut call = Draft::new(Relation::Pretrain, &[], &[]).call();
	let Call::register { artifact, artifact_tail, manifest, manifest_tail, .. } = &mut call else {
		unreachable!()
	};
	let (named, opened) = if first { (artifact, artifact_tail) } else { (manifest, manifest_tail) };
	(*named, **opened) = (content, tail.clone());
	call
}

#[test]
fn register_is_refused_when_either_tail_is_wrong() {
	test_ext(|| {
		let data: Vec<u8> = (0..5_000u32).map(|at| (at % 251) as u8).collect();
		let (content, tail) = blob(&data);
		for first in [true, false] {
			let late = Opening { first_chunk: 5, ..(*tail).clone() };
			refused(ALICE, with_blob(first, content, &late), Error::<Test>::OpeningOutOfRange);
			for len in [content.len - 1, content.len + 1] {
				let off = Content { len, ..content };
				refused(ALICE, with_blob(first, off, &tail), Error::<Test>::OpeningBadLength);
			}
			let mut bare = (*tail).clone();
			bare.siblings.pop();
			refused(ALICE, with_blob(first, content, &bare), Error::<Test>::OpeningBadSiblings);
			let mut forged = (*tail).clone();
			forged.bytes[7] ^= 1;
			refused(ALICE, with_blob(first, content, &forged), Error::<Test>::OpeningRootMismatch);
			let head = open(&data, 0, 2_048).unwrap();
			refused(ALICE, with_blob(first, content, &head), Error::<Test>::OpeningNotTail);
			dispatch(ALICE, with_blob(first, content, &tail)).unwrap();
		}
	});
}

#[test]
fn every_call_wants_a_signature() {
	test_ext(|| {
		let model = pretrained(&[]);
		for call in [
			Draft::new(Relation::Pretrain, &[], &[]).call(),
			Call::set_lineage_rate { model, rate: percent(1) },
		] {
			let refusal = RuntimeCall::from(call).dispatch(RuntimeOrigin::none()).unwrap_err();
			assert_eq!(refusal.error, DispatchError::BadOrigin);
		}
	});
}
