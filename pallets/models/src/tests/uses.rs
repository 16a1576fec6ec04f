//! What the owners of datasets say about training is kept.

use crate::{mock::*, Error, Pin, Relation};

/// Datasets 0 to 3: free, without training, without that of generative models, and without both.
fn with_uses() {
	Versions::set((0..4).map(|dataset| (dataset, 1)).collect());
	NoTraining::set([1, 3].into());
	NoGenerative::set([2, 3].into());
}

fn of(parents: &[u32], pins: &[Pin]) -> Draft {
	let relation = match parents.len() {
		0 => Relation::Pretrain,
		_ => Relation::Finetune,
	};
	Draft::new(relation, parents, pins).rates(percent(0), percent(0))
}

#[test]
fn a_model_that_is_not_generative_does_not_pin_a_dataset_that_forbids_its_training() {
	test_ext(|| {
		with_uses();
		for dataset in [1, 3] {
			for pins in [vec![pin(dataset, 1)], vec![pin(0, 1), pin(dataset, 1)]] {
				refused(ALICE, of(&[], &pins).call(), Error::<Test>::TrainingNotAllowed);
			}
		}
		of(&[], &[pin(0, 1)]).registered();
		of(&[], &[pin(0, 1), pin(1, 1)]).generative().registered();
	});
}

#[test]
fn a_generative_model_does_not_pin_a_dataset_that_forbids_it() {
	test_ext(|| {
		with_uses();
		let draft = of(&[], &[pin(0, 1), pin(2, 1)]);
		let error = Error::<Test>::GenerativeTrainingNotAllowed;
		refused(ALICE, draft.clone().generative().call(), error);
		let model = draft.registered();
		assert!(!Models::model_view(model).unwrap().generative);
	});
}

#[test]
fn a_generative_model_does_not_inherit_such_a_dataset_from_models_that_are_not() {
	test_ext(|| {
		with_uses();
		let classifier = of(&[], &[pin(2, 1)]).registered();
		let free = of(&[], &[pin(0, 1)]).registered();
		let later = of(&[classifier], &[]).registered();
		for parents in [vec![classifier], vec![later], vec![free, later], vec![later, free]] {
			let draft = of(&parents, &[]);
			let error = Error::<Test>::GenerativeTrainingNotAllowed;
			refused(ALICE, draft.clone().generative().call(), error);
			draft.registered();
		}
		of(&[free], &[]).generative().registered();
	});
}

#[test]
fn a_model_that_is_not_generative_does_not_inherit_a_dataset_that_forbids_its_training() {
	test_ext(|| {
		with_uses();
		let generative = of(&[], &[pin(1, 1)]).generative().registered();
		let free = of(&[], &[pin(0, 1)]).registered();
		let later = of(&[generative], &[]).generative().registered();
		for parents in [vec![generative], vec![later], vec![free, later], vec![later, free]] {
			let draft = of(&parents, &[]);
			refused(ALICE, draft.call(), Error::<Test>::TrainingNotAllowed);
			draft.generative().registered();
		}
		of(&[free], &[]).registered();
	});
}

#[test]
fn a_model_that_is_not_generative_may_follow_one_that_is() {
	test_ext(|| {
		with_uses();
		let generative = of(&[], &[pin(0, 1)]).generative().registered();
		let classifier = of(&[generative], &[pin(2, 1)]).registered();
		for parents in [vec![classifier], vec![generative, classifier]] {
			let error = Error::<Test>::GenerativeTrainingNotAllowed;
			refused(ALICE, of(&parents, &[]).generative().call(), error);
		}
		of(&[generative], &[]).generative().registered();
	});
}
