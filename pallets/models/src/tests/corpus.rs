use crate::{mock::*, Error, Pin, Relation};

fn pins(draft: &[Pin]) -> Draft {
	Draft::new(Relation::Pretrain, &[], draft)
}

#[test]
fn the_corpus_is_the_union_with_the_greatest_version_of_each() {
	test_ext(|| {
		Versions::set([(0, 3), (1, 7), (2, 1)].into());
		let base = pretrained(&[pin(1, 2), pin(0, 3)]);
		let tuned = Draft::new(Relation::Finetune, &[base], &[pin(1, 5), pin(0, 1)]).registered();
		let other = pretrained(&[pin(2, 1), pin(1, 4)]);
		let merged = derived(&[tuned, other]).registered();
		assert_eq!(Models::corpus(base), Some(vec![pin(0, 3), pin(1, 2)]));
		assert_eq!(Models::corpus(tuned), Some(vec![pin(0, 3), pin(1, 5)]));
		assert_eq!(Models::corpus(merged), Some(vec![pin(0, 3), pin(1, 5), pin(2, 1)]));
	});
}

#[test]
fn data_of_three_cycles_ago_is_still_in_the_corpus() {
	test_ext(|| {
		let mut last = pretrained(&[pin(0, 2)]);
		for _ in 0..3 {
			last = derived(&[last]).registered();
		}
		assert_eq!(Models::corpus(last), Some(vec![pin(0, 2)]));
	});
}

#[test]
fn the_corpus_is_fixed_when_the_dataset_grows() {
	test_ext(|| {
		let model = pretrained(&[pin(0, 3)]);
		Versions::set([(0, 9)].into());
		assert_eq!(Models::corpus(model), Some(vec![pin(0, 3)]));
	});
}

#[test]
fn register_is_refused_when_a_pinned_version_does_not_exist() {
	test_ext(|| {
		for version in [0, 4, u32::MAX] {
			let draft = pins(&[pin(0, version)]);
			refused(ALICE, draft.call(), Error::<Test>::VersionNotFound);
		}
		// An empty dataset has no version to pin.
		for version in [0, 1] {
			let draft = pins(&[pin(1, version)]);
			refused(ALICE, draft.call(), Error::<Test>::VersionNotFound);
		}
		for version in [1, 2, 3] {
			pins(&[pin(0, version)]).registered();
		}
	});
}

#[test]
fn register_is_refused_when_a_pinned_dataset_does_not_exist_or_is_pinned_twice() {
	test_ext(|| {
		let missing = pins(&[pin(0, 1), pin(2, 1)]);
		refused(ALICE, missing.call(), Error::<Test>::DatasetNotFound);
		let twice = pins(&[pin(0, 1), pin(0, 2)]);
		refused(ALICE, twice.call(), Error::<Test>::DuplicatePin);
	});
}
