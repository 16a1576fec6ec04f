use codec::Decode;
use sp_runtime::{Perbill, Saturating};
use tributary_primitives::traits::Models as _;

use crate::{mock::*, Call, Error, Event, Models as Stored, Relation};

#[test]
fn rates_may_make_up_the_whole_and_no_part_more() {
	test_ext(|| {
		Draft::new(Relation::Pretrain, &[], &[]).rates(percent(50), percent(98)).registered();
		let child = |data| derived(&[0]).rates(percent(0), data);
		child(percent(48)).registered();
		let above = percent(48).saturating_add(Perbill::from_parts(1));
		refused(ALICE, child(above).call(), Error::<Test>::RatesExceedWhole);
		assert_eq!(Models::registration_parts(&[0], percent(48)), Some(1_000_000_000));
		assert_eq!(Models::registration_parts(&[0], above), Some(1_000_000_001));
		assert_eq!(Models::registration_parts(&[9], above), None);
	});
}

#[test]
fn the_data_rate_and_the_fee_alone_may_exceed_the_whole() {
	test_ext(|| {
		let greedy = Draft::new(Relation::Pretrain, &[], &[]).rates(percent(0), percent(99));
		refused(ALICE, greedy.call(), Error::<Test>::RatesExceedWhole);
		assert_eq!(Models::registration_parts(&[], percent(99)), Some(1_010_000_000));
	});
}

#[test]
fn the_sum_of_many_ancestors_does_not_wrap() {
	test_ext(|| {
		let parents: Vec<u32> = (0..16)
			.map(|_| {
				Draft::new(Relation::Pretrain, &[], &[])
					.rates(percent(100), percent(0))
					.registered()
			})
			.collect();
		refused(ALICE, derived(&parents).call(), Error::<Test>::RatesExceedWhole);
		assert_eq!(Models::registration_parts(&parents, percent(0)), Some(16_020_000_000));
	});
}

#[test]
fn a_rate_above_the_whole_does_not_decode() {
	assert!(Perbill::decode(&mut &1_000_000_001u32.to_le_bytes()[..]).is_err());
}

#[test]
fn a_diamond_is_charged_once() {
	test_ext(|| {
		let base =
			Draft::new(Relation::Pretrain, &[], &[]).rates(percent(60), percent(0)).registered();
		let (left, right) = (derived(&[base]).registered(), derived(&[base]).registered());
		let bottom = derived(&[left, right, base]).registered();
		assert_eq!(Stored::<Test>::get(bottom).unwrap().lineage_sum, percent(60));
	});
}

#[test]
fn a_rate_is_fixed_at_the_moment_of_linking() {
	test_ext(|| {
		let base = pretrained(&[]);
		let child = derived(&[base]).registered();
		dispatch(ALICE, Call::set_lineage_rate { model: base, rate: percent(30) }).unwrap();
		System::assert_last_event(Event::LineageRateSet { model: base, rate: percent(30) }.into());
		assert_eq!(Models::ancestors(child), [(base, percent(10))]);
		assert_eq!(Stored::<Test>::get(child).unwrap().lineage_sum, percent(10));
		// Later descendants meet the rate of their day, through an old link too.
		let late = derived(&[base]).registered();
		let grandchild = derived(&[child]).registered();
		assert_eq!(Models::ancestors(late), [(base, percent(30))]);
		assert_eq!(Models::ancestors(grandchild), [(base, percent(30)), (child, percent(0))]);
	});
}

#[test]
fn a_registration_says_how_much_its_ancestors_may_ask() {
	test_ext(|| {
		let base = pretrained(&[]);
		let middle = derived(&[base]).rates(percent(5), percent(0)).registered();
		let child = derived(&[middle]);
		let below = percent(15) - Perbill::from_parts(1);
		refused(ALICE, child.clone().at_most(below).call(), Error::<Test>::LineageAboveMaximum);
		child.at_most(percent(15)).registered();
		Draft::new(Relation::Pretrain, &[], &[]).at_most(percent(0)).registered();
	});
}

#[test]
fn an_ancestor_that_raises_its_rate_just_before_gets_no_more_of_a_registration() {
	test_ext(|| {
		let base = pretrained(&[]);
		let signed = derived(&[base]).at_most(percent(10));
		dispatch(ALICE, Call::set_lineage_rate { model: base, rate: percent(90) }).unwrap();
		refused(BOB, signed.call(), Error::<Test>::LineageAboveMaximum);
		dispatch(ALICE, Call::set_lineage_rate { model: base, rate: percent(9) }).unwrap();
		dispatch(BOB, signed.call()).unwrap();
		assert_eq!(Stored::<Test>::get(1).unwrap().lineage_sum, percent(9));
	});
}

#[test]
fn set_lineage_rate_is_refused_to_anyone_but_the_owner() {
	test_ext(|| {
		let model = pretrained(&[]);
		let call = |model| Call::set_lineage_rate { model, rate: percent(1) };
		refused(BOB, call(model), Error::<Test>::NotAuthorized);
		refused(ALICE, call(model + 1), Error::<Test>::NotFound);
		let before = held(ALICE);
		dispatch(ALICE, call(model)).unwrap();
		assert_eq!(held(ALICE), before);
	});
}
