//! The most that a model may have, and one more.

use codec::{Decode, Encode};
use frame_support::{dispatch::GetDispatchInfo, weights::Weight};

use crate::{mock::*, Error, Models as Stored, Parents, Pins, Relation, WeightInfo, MAX_PINS};

fn free(draft: Draft) -> Draft {
	draft.rates(percent(0), percent(0))
}

/// The youngest of `length` models that follow each other, of which the first pins `datasets`.
fn line(length: u32, datasets: core::ops::Range<u32>) -> u32 {
	let pins: Vec<_> = datasets.map(|dataset| pin(dataset, 1)).collect();
	let first = free(Draft::new(Relation::Pretrain, &[], &pins)).registered();
	(1..length).fold(first, |last, _| derived(&[last]).registered())
}

/// Sixteen models that have fifteen ancestors each and share none, nor any of sixteen datasets each.
fn sixteen_lines() -> Vec<u32> {
	(0..16).map(|place| line(16, place * 16..(place + 1) * 16)).collect()
}

fn with_datasets(count: u32) {
	Versions::set((0..count).map(|dataset| (dataset, 1)).collect());
}

#[test]
fn a_model_may_have_16_parents_256_ancestors_and_256_datasets_at_once() {
	test_ext(|| {
		with_datasets(256);
		let parents = sixteen_lines();
		let own: Vec<_> = (0..MAX_PINS).map(|place| pin(place * 4, 1)).collect();
		let model = free(Draft::new(Relation::Merge, &parents, &own).generative()).registered();
		assert_eq!(Stored::<Test>::get(model).unwrap().registration.parents.len(), 16);
		assert_eq!(crate::Ancestors::<Test>::get(model).len(), 256);
		assert_eq!(Models::corpus(model).unwrap().len(), 256);
		refused(ALICE, derived(&[model]).call(), Error::<Test>::TooManyAncestors);
	});
}

#[test]
fn a_257th_ancestor_is_refused_whichever_parent_brings_it() {
	test_ext(|| {
		with_datasets(256);
		let mut parents = sixteen_lines();
		for place in [0, 8, 15] {
			let longer = derived(&[parents[place]]).registered();
			let shorter = core::mem::replace(&mut parents[place], longer);
			refused(ALICE, derived(&parents).call(), Error::<Test>::TooManyAncestors);
			parents[place] = shorter;
		}
		derived(&parents).registered();
	});
}

#[test]
fn ancestors_in_one_line_are_bounded_too() {
	test_ext(|| {
		let last = line(257, 0..0);
		assert_eq!(crate::Ancestors::<Test>::get(last).len(), 256);
		refused(ALICE, derived(&[last]).call(), Error::<Test>::TooManyAncestors);
		// One more model that is an ancestor already changes nothing.
		let sibling = derived(&[last - 1, 0]).registered();
		assert_eq!(crate::Ancestors::<Test>::get(sibling).len(), 256);
		let apart = pretrained(&[]);
		refused(ALICE, derived(&[last - 1, apart]).call(), Error::<Test>::TooManyAncestors);
	});
}

#[test]
fn a_257th_dataset_is_refused_inherited_or_pinned() {
	test_ext(|| {
		with_datasets(257);
		let mut parents = sixteen_lines();
		parents[15] = line(16, 240..257);
		refused(ALICE, derived(&parents).call(), Error::<Test>::TooManyPins);

		parents.pop();
		let inherited = derived(&parents).registered();
		assert_eq!(Models::corpus(inherited).unwrap().len(), 240);
		let with = |datasets: core::ops::Range<u32>| {
			let own: Vec<_> = datasets.map(|dataset| pin(dataset, 1)).collect();
			free(Draft::new(Relation::Finetune, &[inherited], &own))
		};
		refused(ALICE, with(239..257).call(), Error::<Test>::TooManyPins);
		let full = with(239..256).registered();
		assert_eq!(Models::corpus(full).unwrap().len(), 256);
		// One that is in the corpus already changes nothing.
		let again = free(Draft::new(Relation::Finetune, &[full], &[pin(255, 1)])).registered();
		assert_eq!(Models::corpus(again).unwrap().len(), 256);
	});
}

#[test]
fn a_17th_parent_and_a_65th_own_pin_do_not_decode() {
	let parents = |count: u32| (0..count).collect::<Vec<u32>>().encode();
	assert!(Parents::decode(&mut &parents(16)[..]).is_ok());
	assert!(Parents::decode(&mut &parents(17)[..]).is_err());
	let pins = |count: u32| (0..count).map(|dataset| (dataset, 1u32)).collect::<Vec<_>>().encode();
	assert!(Pins::decode(&mut &pins(64)[..]).is_ok());
	assert!(Pins::decode(&mut &pins(65)[..]).is_err());
}

/// The weight that is charged first, and the one that is left after the registration.
fn weights(draft: &Draft) -> (Weight, Weight) {
	let declared = draft.call().get_dispatch_info().call_weight;
	let done = dispatch(ALICE, draft.call()).unwrap();
	(declared, done.actual_weight.unwrap())
}

/// The weight with openings of one chunk each.
fn weight(parents: u32, ancestors: u32, pins: u32, inherited: u32) -> Weight {
	<() as WeightInfo>::register(parents, ancestors, pins, inherited, 2, 0)
}

#[test]
fn a_registration_is_charged_for_the_most_first_and_for_what_it_took_in_the_end() {
	test_ext(|| {
		with_datasets(256);
		let bare = free(Draft::new(Relation::Pretrain, &[], &[pin(3, 1), pin(1, 1)]));
		assert_eq!(weights(&bare), (weight(0, 0, 2, 0), weight(0, 0, 2, 0)));
		assert_eq!(weights(&derived(&[0])), (weight(1, 256, 0, 256), weight(1, 1, 0, 0)));
		let tuned = free(Draft::new(Relation::Merge, &[0, 1], &[pin(5, 1)]));
		assert_eq!(weights(&tuned), (weight(2, 256, 1, 256), weight(2, 2, 1, 0)));
		let generative = tuned.generative();
		assert_eq!(weights(&generative), (weight(2, 256, 1, 256), weight(2, 2, 1, 2)));
		// Its corpus was asked about when it was registered.
		let last = derived(&[3]).generative();
		assert_eq!(weights(&last), (weight(1, 256, 0, 256), weight(1, 3, 0, 0)));
	});
}

#[test]
fn what_is_charged_first_is_enough_for_a_model_that_has_the_most_of_everything() {
	test_ext(|| {
		with_datasets(256);
		let full = derived(&sixteen_lines()).generative();
		assert_eq!(weights(&full), (weight(16, 256, 0, 256), weight(16, 256, 0, 256)));
	});
}
