use tributary_primitives::traits::Models as _;

use crate::{mock::*, Models as Stored, Relation};

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
