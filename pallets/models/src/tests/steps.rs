//! Any registrations in any order, against ancestors and corpora that are found by walking the graph.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sp_io::storage::root as storage_root;
use sp_runtime::{Perbill, StateVersion::V1};
use tributary_primitives::{split::sum_rates, traits::Models as _};

use crate::{mock::*, Ancestors, Call, Corpus, Models as Stored, NextModel, Pin, Relation, Terms};

#[derive(Clone, Debug)]
enum Step {
	/// A registration, whose parents are counted back from the newest model.
	Register {
		who: AccountId,
		draft: Draft,
	},
	SetRate {
		who: AccountId,
		back: u32,
		rate: Perbill,
	},
	Grow {
		dataset: u32,
	},
	Sell {
		back: u32,
		to: AccountId,
	},
}

fn rate(most: u32) -> impl Strategy<Value = Perbill> {
	prop_oneof![
		6 => (0u32..=20_000_000).prop_map(Perbill::from_parts),
		1 => (0..=most).prop_map(Perbill::from_percent),
	]
}

fn draft() -> impl Strategy<Value = Draft> {
	let relation = prop::sample::select(vec![
		Relation::Pretrain,
		Relation::Finetune,
		Relation::Adapter,
		Relation::Merge,
		Relation::Quantized,
		Relation::Distill,
		Relation::Convert,
	]);
	// Mostly as many parents as the relation admits, and mostly small steps back, so that diamonds are
	// common.
	let shaped = (relation, prop::collection::vec(0u32..6, 0..5), prop::bool::weighted(0.9))
		.prop_map(|(relation, mut back, fit)| {
			if fit {
				back.sort();
				back.dedup();
				let fitting = if back.len() > 1 { Relation::Merge } else { Relation::Finetune };
				let relation = if back.is_empty() { Relation::Pretrain } else { fitting };
				(relation, back)
			} else {
				(relation, back)
			}
		});
	let pins = prop::collection::vec((0u32..6, 0u32..5), 0..4);
	let max_lineage = prop_oneof![4 => Just(Perbill::one()), 1 => rate(100)];
	let window = prop_oneof![9 => 24u32..=1_024, 1 => any::<u32>()];
	let terms = (rate(100), rate(100), window, max_lineage);
	let generative = any::<bool>();
	(shaped, pins, generative, terms).prop_map(|((relation, parents), pins, generative, terms)| {
		let (lineage_rate, data_rate, window, max_lineage) = terms;
		let pins = pins.into_iter().map(|(dataset, version)| pin(dataset, version)).collect();
		let terms = Terms { lineage_rate, data_rate, window };
		Draft { relation, parents, pins, generative, terms, max_lineage }
	})
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		8 => (ALICE..=BOB, draft()).prop_map(|(who, draft)| Step::Register { who, draft }),
		2 => (ALICE..=BOB, 0u32..8, rate(50))
			.prop_map(|(who, back, rate)| Step::SetRate { who, back, rate }),
		2 => (0u32..5).prop_map(|dataset| Step::Grow { dataset }),
		1 => (0u32..8, ALICE..=BOB).prop_map(|(back, to)| Step::Sell { back, to }),
	]
}

/// All models that a walk from `model` to its parents meets.
fn walk(model: u32, met: &mut BTreeSet<u32>) {
	for parent in Stored::<Test>::get(model).unwrap().registration.parents {
		if met.insert(parent) {
			walk(parent, met);
		}
	}
}

/// What `model` should have been given just now.
fn expected(model: u32) -> (Vec<(u32, Perbill)>, Vec<Pin>) {
	let mut met = BTreeSet::new();
	walk(model, &mut met);
	let stored = |id: u32| Stored::<Test>::get(id).unwrap().registration;
	let rates = met.iter().map(|id| (*id, stored(*id).terms.lineage_rate)).collect();
	let mut corpus = BTreeMap::new();
	for id in met.iter().chain([&model]) {
		for Pin { dataset, version } in stored(*id).pins {
			let greatest = corpus.entry(dataset).or_insert(0u32);
			*greatest = version.max(*greatest);
		}
	}
	(rates, corpus.into_iter().map(|(dataset, version)| pin(dataset, version)).collect())
}

/// As many cases as `PROPTEST_CASES` says, and `cases` where it says nothing.
fn cases(cases: u32) -> ProptestConfig {
	let asked = std::env::var_os("PROPTEST_CASES").is_some();
	let config = ProptestConfig::default();
	if asked {
		config
	} else {
		ProptestConfig { cases, ..config }
	}
}

proptest! {
	#![proptest_config(cases(256))]

	#[test]
	fn any_registrations_in_any_order_keep_the_graph_sound(steps in prop::collection::vec(step(), 1..60)) {
		new_test_ext().execute_with(|| {
			NoTraining::set([1, 3].into());
			NoGenerative::set([2, 3].into());
			let issued = Balances::total_issuance();
			let mut given = Vec::new();
			for step in steps {
				let root = storage_root(V1);
				let next = NextModel::<Test>::get();
				let (who, call) = match step.clone() {
					Step::Grow { dataset } => {
						Versions::mutate(|versions| *versions.entry(dataset).or_default() += 1);
						continue;
					},
					Step::Sell { back, to } => {
						let model = next.wrapping_sub(back).wrapping_sub(1);
						if model < next {
							sell(model, to);
						}
						continue;
					},
					Step::Register { who, mut draft } => {
						let name = |back: &u32| next.wrapping_sub(*back).wrapping_sub(1);
						draft.parents = draft.parents.iter().map(name).collect();
						(who, draft.call())
					},
					Step::SetRate { who, back, rate } => {
						(who, Call::set_lineage_rate { model: next.wrapping_sub(back), rate })
					},
				};
				let owned = match call {
					Call::set_lineage_rate { model, .. } => Some(Models::owner(model)),
					_ => None,
				};
				let done = dispatch(who, call);
				if let Some(owner) = owned {
					prop_assert_eq!(done.is_ok(), owner == Some(who), "{:?}", step);
				}
				if done.is_err() {
					prop_assert_eq!(root, storage_root(V1), "refused, but changed: {:?}", step);
				}
				if NextModel::<Test>::get() > next {
					given.push(expected(next));
					let Step::Register { draft, .. } = step else { unreachable!() };
					let (ancestors, corpus) = expected(next);
					let holds = |dataset| corpus.iter().any(|pin| pin.dataset == dataset);
					prop_assert!(!holds(3), "a model holds what forbids all training");
					prop_assert!(!(draft.generative && holds(2)), "a generative model holds 2");
					prop_assert!(draft.generative || !holds(1), "one that is not holds 1");
					let asked = sum_rates(ancestors.iter().map(|(_, rate)| *rate));
					prop_assert!(asked.is_some_and(|asked| asked <= draft.max_lineage));
				}
				check();
				for (model, (ancestors, corpus)) in (0u32..).zip(&given) {
					prop_assert_eq!(&Ancestors::<Test>::get(model).into_inner(), ancestors);
					prop_assert_eq!(&Corpus::<Test>::get(model).into_inner(), corpus);
					let data = Stored::<Test>::get(model).unwrap().registration.terms.data_rate;
					let rates = ancestors.iter().map(|(_, rate)| *rate);
					prop_assert!(sum_rates(rates.chain([data, ProtocolFee::get()])).is_some());
				}
				prop_assert_eq!(Balances::total_issuance(), issued);
			}
			Ok(())
		})?;
	}
}
