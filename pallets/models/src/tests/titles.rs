//! Rights move with the title; the deposit and what was inherited do not.

use sp_runtime::DispatchError;
use tributary_primitives::traits::Models as _;

use crate::{mock::*, Ancestors, Call, Corpus, Error, Models as Stored, Relation};

#[test]
fn whoever_registers_a_model_owns_its_title() {
	test_ext(|| {
		dispatch(BOB, Draft::new(Relation::Pretrain, &[], &[]).call()).unwrap();
		assert_eq!((Models::owner(0), Models::owner(1)), (Some(BOB), None));
	});
}

#[test]
fn whoever_owns_the_title_sets_the_rate_and_nobody_else() {
	test_ext(|| {
		let model = pretrained(&[]);
		sell(model, BOB);
		assert_eq!(Models::owner(model), Some(BOB));
		assert_eq!(Models::model_view(model).unwrap().owner, BOB);
		let call = || Call::set_lineage_rate { model, rate: percent(1) };
		refused(ALICE, call(), Error::<Test>::NotAuthorized);
		dispatch(BOB, call()).unwrap();
		assert_eq!(Stored::<Test>::get(model).unwrap().registration.terms.lineage_rate, percent(1));
	});
}

#[test]
fn a_sale_moves_no_deposit_and_changes_no_lineage() {
	test_ext(|| {
		let base = pretrained(&[pin(0, 2)]);
		let model = derived(&[base]).registered();
		let seen = || {
			let record = (Stored::<Test>::get(model), Stored::<Test>::get(base));
			(record, Ancestors::<Test>::get(model), Corpus::<Test>::get(model), held(ALICE))
		};
		let before = seen();
		sell(base, BOB);
		sell(model, PAUPER);
		assert_eq!(seen(), before);
		assert_eq!((held(BOB), held(PAUPER)), (0, 0));
		let rate = percent(5);
		dispatch(PAUPER, Call::set_lineage_rate { model, rate }).unwrap();
		assert_eq!(held(PAUPER), 0);
		assert_eq!(Stored::<Test>::get(model).unwrap().depositor, ALICE);
	});
}

#[test]
fn register_is_refused_when_its_title_exists() {
	test_ext(|| {
		sell(0, BOB);
		let call = Draft::new(Relation::Pretrain, &[], &[]).call();
		refused(ALICE, call, DispatchError::Other("the title exists"));
	});
}
