//! Ancestors and corpora of any graph, against a count of all paths; and what inserting models does.

use proptest::{prelude::*, sample::Index};
use sp_runtime::Perbill;
use tributary_primitives::traits::Models as _;

use crate::{mock::*, Ancestors, Call, Corpus, Models as Stored, Pin, Relation};

/// A model of a graph: its parents among the earlier ones, what it asks and what it pins.
#[derive(Clone, Debug)]
struct Node {
	parents: Vec<usize>,
	rate: Perbill,
	pins: Vec<Pin>,
}

/// Graphs whose rates never exceed the whole, with at most `most` models. Parents are mostly near, so that
/// many paths lead to one ancestor.
fn graph(most: usize) -> impl Strategy<Value = Vec<Node>> {
	let near = prop::collection::btree_set(1usize..5, 0..4);
	let far = prop::collection::vec(any::<Index>(), 0..2);
	let pins = prop::collection::btree_map(0u32..12, 1u32..=4, 0..3);
	let node = (near, far, 0u32..=16_000_000, pins);
	prop::collection::vec(node, 1..=most).prop_map(|nodes| {
		let place = |(at, (near, far, rate, pins)): (usize, (_, Vec<Index>, _, _))| {
			let near: std::collections::BTreeSet<usize> = near;
			let pins: std::collections::BTreeMap<u32, u32> = pins;
			let mut parents: Vec<usize> =
				near.iter().filter_map(|back| at.checked_sub(*back)).collect();
			parents.extend(far.iter().filter(|_| at > 0).map(|far| far.index(at)));
			parents.sort();
			parents.dedup();
			let pins = pins.into_iter().map(|(dataset, version)| pin(dataset, version)).collect();
			Node { parents, rate: Perbill::from_parts(rate), pins }
		};
		nodes.into_iter().enumerate().map(place).collect()
	})
}

/// How many paths lead from each model to each earlier one.
fn paths(graph: &[Node]) -> Vec<Vec<u128>> {
	let mut paths: Vec<Vec<u128>> = Vec::new();
	for node in graph {
		let mut own = vec![0; graph.len()];
		for parent in &node.parents {
			own[*parent] += 1;
			for (sum, through) in own.iter_mut().zip(&paths[*parent]) {
				*sum += through;
			}
		}
		paths.push(own);
	}
	paths
}

fn register(node: &Node) -> u32 {
	let parents: Vec<u32> = node.parents.iter().map(|parent| *parent as u32).collect();
	let draft = match parents.len() {
		0 => Draft::new(Relation::Pretrain, &[], &node.pins),
		_ => Draft::new(Relation::Finetune, &parents, &node.pins),
	};
	draft.rates(node.rate, percent(0)).registered()
}

/// Registers `graph` and compares what each model was given with the paths that there are. Returns the
/// greatest number of paths to one ancestor.
fn compare(graph: &[Node]) -> u128 {
	Versions::set((0..12).map(|dataset| (dataset, 4)).collect());
	let paths = paths(graph);
	for (at, node) in graph.iter().enumerate() {
		let model = register(node);
		assert_eq!(model as usize, at);
		let reached = || (0..at).filter(|earlier| paths[at][*earlier] > 0);
		let ancestors: Vec<_> = reached().map(|id| (id as u32, graph[id].rate)).collect();
		assert_eq!(Ancestors::<Test>::get(model).into_inner(), ancestors);
		let sum: u32 = ancestors.iter().map(|(_, rate)| rate.deconstruct()).sum();
		let stored = Stored::<Test>::get(model).unwrap().lineage_sum;
		assert_eq!(stored, Perbill::from_parts(sum), "each is charged once");

		let mut greatest = [0; 12];
		for pin in reached().chain([at]).flat_map(|id| &graph[id].pins) {
			let greatest = &mut greatest[pin.dataset as usize];
			*greatest = pin.version.max(*greatest);
		}
		let corpus = greatest.iter().zip(0..).filter(|(version, _)| **version > 0);
		let corpus: Vec<_> = corpus.map(|(version, dataset)| pin(dataset, *version)).collect();
		assert_eq!(Corpus::<Test>::get(model).into_inner(), corpus);
	}
	check();
	paths.into_iter().flatten().max().unwrap_or_default()
}

#[test]
fn a_million_paths_to_one_ancestor_charge_it_once() {
	new_test_ext().execute_with(|| {
		// Each model has the two before it as its parents, as Fibonacci's rabbits do.
		let graph: Vec<_> = (0usize..32)
			.map(|at| Node {
				parents: (at.saturating_sub(2)..at).collect(),
				rate: Perbill::from_parts(30_000_000),
				pins: vec![pin(at as u32 % 12, 1 + at as u32 % 4)],
			})
			.collect();
		assert!(compare(&graph) > 1_000_000);
	});
}

proptest! {
	#[test]
	fn ancestors_and_corpus_are_those_that_any_path_leads_to(graph in graph(48)) {
		new_test_ext().execute_with(|| compare(&graph));
	}

	#[test]
	fn inserting_models_leaves_an_ancestor_what_it_asks(
		asked in 0u32..=300_000_000,
		inserted in prop::collection::vec((0u32..=40_000_000, any::<bool>(), any::<bool>()), 0..8),
		raised in 0u32..=300_000_000,
		raise_at in 0usize..8,
	) {
		new_test_ext().execute_with(|| {
			let rated = |draft: Draft, rate| draft.rates(Perbill::from_parts(rate), percent(0));
			let ancestor = rated(Draft::new(Relation::Pretrain, &[], &[]), asked).registered();
			let mut last = ancestor;
			for (place, (rate, also_linked, with_another)) in inserted.iter().enumerate() {
				if place == raise_at {
					let rate = Perbill::from_parts(raised);
					dispatch(ALICE, Call::set_lineage_rate { model: ancestor, rate }).unwrap();
				}
				let mut parents = vec![last];
				if *also_linked && last != ancestor {
					parents.push(ancestor);
				}
				if *with_another {
					parents.push(rated(Draft::new(Relation::Pretrain, &[], &[]), 0).registered());
				}
				let draft = rated(derived(&parents), *rate);
				dispatch(BOB, draft.call()).unwrap();
				last = crate::NextModel::<Test>::get() - 1;
			}
			let direct = derived(&[ancestor]).registered();
			let detour = derived(&[last]).registered();
			let asks = Models::lineage_rate(direct, ancestor);
			assert!(asks.is_some());
			assert_eq!(Models::lineage_rate(detour, ancestor), asks);
			check();
		});
	}
}
