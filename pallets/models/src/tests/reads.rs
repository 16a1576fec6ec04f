use tributary_primitives::{
	blob::Content,
	split::Rates,
	traits::Models as _,
	views::{ModelView, PinView},
};

use crate::{mock::*, Relation};

#[test]
fn a_model_is_shown_as_it_was_registered() {
	test_ext(|| {
		pretrained(&[pin(0, 2)]);
		let draft = Draft::new(Relation::Quantized, &[0], &[pin(0, 1)]).window(48).generative();
		dispatch(BOB, draft.call()).unwrap();
		assert_eq!(
			Models::model_view(1),
			Some(ModelView {
				id: 1,
				owner: BOB,
				relation: b"quantized".to_vec(),
				parents: vec![0],
				pins: vec![PinView { dataset: 0, version: 1 }],
				generative: true,
				corpus: vec![PinView { dataset: 0, version: 2 }],
				artifact: Content::of(b"weights"),
				manifest: Content::of(b"manifest"),
				lineage_rate: percent(10),
				data_rate: percent(20),
				window: 48,
				registered_at: 1,
			})
		);
		assert_eq!(Models::model_view(2), None);
	});
}

#[test]
fn other_pallets_see_owner_rates_window_lineage_and_corpus() {
	test_ext(|| {
		pretrained(&[pin(0, 2)]);
		let draft = Draft::new(Relation::Finetune, &[0], &[]).window(64);
		dispatch(BOB, draft.call()).unwrap();
		assert_eq!(
			(Models::owner(0), Models::owner(1), Models::owner(2)),
			(Some(ALICE), Some(BOB), None)
		);
		assert_eq!((Models::window(1), Models::window(2)), (Some(64), None));
		assert_eq!(
			Models::rates(1),
			Some(Rates {
				protocol_fee: percent(2),
				lineage: percent(10),
				data: percent(20),
				attribution_fee: percent(5)
			})
		);
		assert_eq!(Models::rates(2), None);
		assert_eq!(Models::lineage_rate(1, 0), Some(percent(10)));
		for (model, ancestor) in [(0, 1), (1, 1), (1, 2), (2, 0)] {
			assert_eq!(Models::lineage_rate(model, ancestor), None);
		}
		assert_eq!(Models::corpus_version(1, 0), Some(2));
		for (model, dataset) in [(1, 1), (2, 0)] {
			assert_eq!(Models::corpus_version(model, dataset), None);
		}
		assert_eq!(Models::ancestors(1), [(0, percent(10))]);
		assert!(Models::ancestors(2).is_empty());
		assert_eq!(Models::corpus(2), None);
	});
}

#[test]
fn relations_have_the_names_of_model_cards() {
	let names = [
		(Relation::Pretrain, "pretrain"),
		(Relation::Finetune, "finetune"),
		(Relation::Adapter, "adapter"),
		(Relation::Merge, "merge"),
		(Relation::Quantized, "quantized"),
		(Relation::Distill, "distill"),
		(Relation::Convert, "convert"),
	];
	for (relation, name) in names {
		assert_eq!(relation.name(), name);
	}
}
