//! Who gets what of one unit paid for each version of a model.

use sp_runtime::{Perbill, Saturating};
use tributary_primitives::{
	split::Rates,
	traits::Models as _,
	views::{AncestorShareView, DatasetShareView, SharesView, MAX_HISTORY_PAGE},
};

use crate::{mock::*, Call, Error, Relation};

#[test]
fn shares_name_who_gets_what_of_one_unit() {
	test_ext(|| {
		Versions::set([(0, 3), (7, 2)].into());
		pretrained(&[pin(7, 1)]);
		let draft = Draft::new(Relation::Finetune, &[0], &[pin(0, 3)]);
		dispatch(BOB, draft.call()).unwrap();
		let dataset = |dataset, version, earned| DatasetShareView {
			dataset,
			version,
			owner: LIBRARIAN,
			curator_share: percent(dataset),
			earned,
		};
		assert_eq!(
			Models::shares_view(1),
			Some(SharesView {
				model: 1,
				owner: BOB,
				protocol_fee: percent(2),
				ancestors: vec![AncestorShareView { model: 0, owner: ALICE, rate: percent(10) }],
				data_rate: percent(20),
				attribution_fee: percent(5),
				datasets: vec![dataset(0, 3, 1_000), dataset(7, 1, 1_007)],
				owner_rate: percent(70),
			})
		);
		assert_eq!(Models::shares_view(2), None);
	});
}

#[test]
fn shares_name_the_owners_of_today() {
	test_ext(|| {
		pretrained(&[]);
		derived(&[0]).registered();
		sell(0, BOB);
		let shares = Models::shares_view(1).unwrap();
		assert_eq!((shares.owner, shares.ancestors[0].owner), (ALICE, BOB));
		sell(1, PAUPER);
		assert_eq!(Models::shares_view(1).unwrap().owner, PAUPER);
	});
}

/// Three fine-tunes of a model, each by another owner and with its own data. Returns the last.
fn three_fine_tunes() -> u32 {
	Versions::set((0..4).map(|dataset| (dataset, 1)).collect());
	let base = pretrained(&[pin(0, 1)]);
	(1..4).fold(base, |last, dataset| {
		Draft::new(Relation::Finetune, &[last], &[pin(dataset, 1)]).registered()
	})
}

#[test]
fn dilution_over_fine_tunes_is_seen_in_the_history() {
	test_ext(|| {
		let last = three_fine_tunes();
		let history = Models::shares_history(last, 0, u32::MAX).unwrap();
		assert_eq!(history.next, None);
		let seen: Vec<_> = history
			.items
			.iter()
			.map(|shares| (shares.model, shares.ancestors.len(), shares.datasets.len()))
			.collect();
		assert_eq!(seen, [(0, 0, 1), (1, 1, 2), (2, 2, 3), (3, 3, 4)]);
		let owners: Vec<_> = history.items.iter().map(|shares| shares.owner_rate).collect();
		assert_eq!(owners, [percent(80), percent(70), percent(60), percent(50)]);
		for shares in history.items {
			assert_eq!(Models::shares_view(shares.model), Some(shares.clone()));
			let ancestors = shares.ancestors.iter().map(|ancestor| ancestor.rate);
			let net = ancestors
				.chain([shares.data_rate, shares.owner_rate])
				.map(|rate| rate.deconstruct())
				.sum::<u32>();
			assert_eq!(net, 1_000_000_000, "they make up the net amount");
		}
	});
}

#[test]
fn a_version_past_keeps_the_rates_that_it_was_registered_with() {
	test_ext(|| {
		let last = three_fine_tunes();
		let before = Models::shares_history(last, 0, 4);
		dispatch(ALICE, Call::set_lineage_rate { model: 0, rate: percent(40) }).unwrap();
		assert_eq!(Models::shares_history(last, 0, 4), before);
		let late = derived(&[last]).registered();
		let rates = |model| {
			let shares = Models::shares_view(model).unwrap();
			shares.ancestors.into_iter().map(|ancestor| ancestor.rate).collect::<Vec<_>>()
		};
		assert_eq!(rates(late), [percent(40), percent(10), percent(10), percent(10)]);
	});
}

#[test]
fn a_history_is_read_page_by_page_in_order_of_ids() {
	test_ext(|| {
		let mut parents = vec![];
		for _ in 0..16 {
			parents.push(rootless());
		}
		let apart = rootless();
		let model = derived(&parents).registered();
		let page = |from, limit| {
			let page = Models::shares_history(model, from, limit).unwrap();
			(page.items.into_iter().map(|shares| shares.model).collect::<Vec<_>>(), page.next)
		};
		assert_eq!(page(0, 3), (vec![0, 1, 2], Some(3)));
		assert_eq!(page(14, 3), (vec![14, 15, model], None));
		assert_eq!(page(15, 1), (vec![15], Some(model)));
		assert_eq!(page(apart, 5), (vec![model], None));
		assert_eq!(page(model + 1, 5), (vec![], None));
		assert_eq!(page(0, 0), (vec![0], Some(1)));
		let (longest, next) = page(0, u32::MAX);
		assert_eq!((longest.len(), next), (MAX_HISTORY_PAGE as usize, Some(model)));
		assert_eq!(Models::shares_history(model + 1, 0, 5), None);
	});
}

/// A model without parents that asks nothing and gives nothing to the data.
fn rootless() -> u32 {
	Draft::new(Relation::Pretrain, &[], &[]).rates(percent(0), percent(0)).registered()
}

#[test]
fn the_fees_of_today_are_shown_and_bound_registrations_of_today() {
	test_ext(|| {
		let model = Draft::new(Relation::Pretrain, &[], &[]).rates(percent(0), percent(98));
		model.registered();
		ProtocolFee::set(percent(3));
		AttributionFee::set(percent(7));
		let shares = Models::shares_view(0).unwrap();
		assert_eq!((shares.protocol_fee, shares.attribution_fee), (percent(3), percent(7)));
		assert_eq!(
			Models::rates(0),
			Some(Rates {
				protocol_fee: percent(3),
				lineage: percent(0),
				data: percent(98),
				attribution_fee: percent(7)
			})
		);
		refused(ALICE, model.call(), Error::<Test>::RatesExceedWhole);
		assert_eq!(Models::registration_parts(&[], percent(98)), Some(1_010_000_000));
		let less = percent(97);
		Draft::new(Relation::Pretrain, &[], &[]).rates(percent(0), less).registered();
		let above = less.saturating_add(Perbill::from_parts(1));
		let above = Draft::new(Relation::Pretrain, &[], &[]).rates(percent(0), above);
		refused(ALICE, above.call(), Error::<Test>::RatesExceedWhole);
	});
}
