use tributary_primitives::traits::Models as _;

use crate::{mock::*, Error, Models as Stored, Relation};

/// The ids of the ancestors of `model`.
fn ancestors(model: u32) -> Vec<u32> {
	Models::ancestors(model).into_iter().map(|(ancestor, _)| ancestor).collect()
}

#[test]
fn ancestors_are_all_models_reachable_through_parents() {
	test_ext(|| {
		let base = pretrained(&[]);
		let other = pretrained(&[]);
		let tuned = derived(&[base]).registered();
		let merged = derived(&[other, tuned]).registered();
		assert!(ancestors(base).is_empty());
		assert_eq!(ancestors(tuned), [base]);
		assert_eq!(ancestors(merged), [base, other, tuned]);
	});
}

#[test]
fn an_ancestor_on_many_paths_counts_once() {
	test_ext(|| {
		let base = pretrained(&[]);
		let left = Draft::new(Relation::Finetune, &[base], &[]).registered();
		let right = Draft::new(Relation::Adapter, &[base], &[]).registered();
		let bottom = derived(&[left, right]).registered();
		let ten = percent(10);
		assert_eq!(Models::ancestors(bottom), [(base, ten), (left, ten), (right, ten)]);
		assert_eq!(Stored::<Test>::get(bottom).unwrap().lineage_sum, percent(30));
		// A second diamond below the first, one leg of which is the base itself.
		let last = derived(&[base, bottom, left]).registered();
		assert_eq!(ancestors(last), [base, left, right, bottom]);
		assert_eq!(Stored::<Test>::get(last).unwrap().lineage_sum, percent(30));
	});
}

#[test]
fn a_model_has_at_most_256_ancestors() {
	test_ext(|| {
		let mut last =
			Draft::new(Relation::Pretrain, &[], &[]).rates(percent(0), percent(0)).registered();
		for _ in 0..256 {
			last = derived(&[last]).registered();
		}
		assert_eq!(ancestors(last).len(), 256);
		refused(ALICE, derived(&[last]).call(), Error::<Test>::TooManyAncestors);
		// One more model that is an ancestor already changes nothing.
		let sibling = derived(&[last - 1, 0]).registered();
		assert_eq!(ancestors(sibling).len(), 256);
		let apart = pretrained(&[]);
		refused(ALICE, derived(&[last - 1, apart]).call(), Error::<Test>::TooManyAncestors);
	});
}
