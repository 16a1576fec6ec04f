//! The five consequences of the window rule (protocol 5), for generated corpora and adversaries. Every
//! corpus is reported on by the engine, and what the report pays is what a plain reading of the rule pays.
//!
//! Each test counts how often what it is about really came up, and fails where it never did.

mod adversary;
mod outcome;
mod rule;
mod texts;

use std::{
	cell::RefCell,
	collections::{BTreeMap, BTreeSet, HashSet},
};

use adversary::{attack, cut, Attack, Trick, TRICKS};
use outcome::report;
use proptest::{
	prelude::*,
	sample::Index,
	test_runner::{RngSeed, TestCaseResult, TestRunner},
};
use rule::{item_amount, owners, Corpus, Receipt};
use sp_arithmetic::Perbill;
use texts::{orders, serve, spell_all, text, Order, Text};
use tributary_primitives::split::{entitlement, split, sum_rates, Rates, Split};

/// How often something came up.
#[derive(Default)]
struct Tally(RefCell<BTreeMap<String, u64>>);

impl Tally {
	fn add(&self, what: impl ToString, times: u64) {
		*self.0.borrow_mut().entry(what.to_string()).or_default() += times;
	}

	fn add_if(&self, what: impl ToString, so: bool) {
		self.add(what, u64::from(so));
	}
}

/// Runs a test on the same 256 cases each time, or on as many new ones as `PROPTEST_CASES` says. Nothing
/// that the test counts may never have come up.
fn check<S: Strategy>(name: &str, strategy: S, test: impl Fn(S::Value, &Tally) -> TestCaseResult) {
	let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
	let config = match std::env::var_os("PROPTEST_CASES") {
		Some(_) => config,
		None => ProptestConfig { cases: 256, rng_seed: RngSeed::Fixed(5), ..config },
	};
	let (cases, tally) = (config.cases, Tally::default());
	if let Err(error) = TestRunner::new(config).run(&strategy, |case| test(case, &tally)) {
		panic!("{name}: {error}");
	}
	let counts = tally.0.into_inner();
	println!("{name}: {cases} cases, {counts:?}");
	for (what, count) in counts {
		assert!(count > 0, "{name}: never {what}");
	}
}

/// Contributions and payments that are not spelled yet.
#[derive(Clone, Debug)]
struct Market {
	window: usize,
	honest: Vec<Text>,
	attacks: Vec<Attack>,
	later: Vec<Text>,
	orders: Vec<Order>,
}

fn markets() -> impl Strategy<Value = Market> {
	prop::sample::select(&[3usize, 4, 8, 24, 32][..]).prop_flat_map(|window| {
		let honest = prop::collection::vec(text(window, 6), 1..5);
		let attacks = prop::collection::vec(attack(), 1..4);
		let later = prop::collection::vec(text(window, 6), 0..3);
		(honest, attacks, later, orders(window)).prop_map(
			move |(honest, attacks, later, orders)| Market {
				window,
				honest,
				attacks,
				later,
				orders,
			},
		)
	})
}

/// A contribution, and how it came about: `None` where it is somebody's own.
type Registered = (u64, Vec<u8>, Option<Trick>);

/// A market, spelled. Sources are registered in this order: those of honest contributors, those of the
/// adversary, and later ones. Outputs quote all of them.
struct Play {
	window: usize,
	honest: Vec<Registered>,
	forged: Vec<Registered>,
	later: Vec<Registered>,
	receipts: Vec<Receipt>,
}

impl Market {
	fn play(&self) -> Play {
		let honest = spell_all(&self.honest);
		let forged: Vec<(Vec<u8>, Trick)> = self
			.attacks
			.iter()
			.flat_map(|attack| {
				let forged = attack.registrations(&honest).into_iter();
				forged.map(|bytes| (bytes, attack.trick))
			})
			.collect();
		let mut all = honest.clone();
		all.extend(forged.iter().map(|(bytes, _)| bytes.clone()));
		let later: Vec<Vec<u8>> = self.later.iter().map(|text| text.spell(&all)).collect();
		all.extend_from_slice(&later);

		let mut sources = (1u64..).step_by(3);
		let mut register = |bytes: Vec<u8>, trick| (sources.next().unwrap(), bytes, trick);
		Play {
			window: self.window,
			honest: honest.into_iter().map(|bytes| register(bytes, None)).collect(),
			forged: forged.into_iter().map(|(bytes, trick)| register(bytes, Some(trick))).collect(),
			later: later.into_iter().map(|bytes| register(bytes, None)).collect(),
			receipts: serve(&self.orders, &all),
		}
	}
}

fn corpus(parts: &[&[Registered]]) -> Corpus {
	let all = parts.iter().copied().flatten();
	all.map(|(source, bytes, _)| (*source, bytes.clone())).collect()
}

fn sources(part: &[Registered]) -> BTreeSet<u64> {
	part.iter().map(|(source, ..)| *source).collect()
}

fn windows<'a>(texts: impl IntoIterator<Item = &'a Vec<u8>>, window: usize) -> HashSet<&'a [u8]> {
	texts.into_iter().flat_map(|text| text.windows(window)).collect()
}

#[test]
fn a_later_copy_earns_nothing_on_the_windows_that_it_copied() {
	check("copies", markets(), |market, tally| {
		let Play { window, honest, forged, later, receipts } = market.play();
		let corpus = corpus(&[&honest, &forged, &later]);
		let outcome = report(&corpus, &receipts, window);
		let earlier = windows(honest.iter().map(|(_, bytes, _)| bytes), window);
		let honest_sources = sources(&honest);
		for trick in TRICKS {
			let copies = forged.iter().filter(|(.., by)| *by == Some(trick));
			let copied = windows(copies.map(|(_, bytes, _)| bytes), window);
			let mut count = 0;
			for (receipt, Receipt { outputs, .. }) in receipts.iter().enumerate() {
				for (item, output) in outputs.iter().enumerate() {
					let paid = outcome.owners(receipt, item);
					for (bytes, owner) in output.windows(window).zip(paid) {
						if earlier.contains(bytes) {
							prop_assert!(
								honest_sources.contains(&owner),
								"{trick:?} earns {owner}"
							);
							count += u64::from(copied.contains(bytes));
						}
					}
				}
			}
			tally.add(format!("{trick:?} copied a window that its owner was paid for"), count);
		}
		for (source, _, trick) in &forged {
			if matches!(trick, Some(Trick::Copy | Trick::Split)) {
				prop_assert_eq!(outcome.earned.get(source), None);
			}
		}
		tally.add_if("what is the adversary's own earns", outcome.sum(sources(&forged)) > 0);
		let across = receipts.iter().flat_map(|receipt| &receipt.outputs).any(|output| {
			let owners = owners(&corpus, output, window);
			owners
				.get(1024 - window + 1..1024)
				.is_some_and(|owners| owners.iter().any(|by| *by > 0))
		});
		tally.add_if("an owned window across the border of a chunk", across);
		Ok(())
	});
}

#[test]
fn a_later_registration_never_lowers_what_an_earlier_contributor_earns() {
	check("sabotage", markets(), |market, tally| {
		let Play { window, honest, forged, later, receipts } = market.play();
		let before = report(&corpus(&[&honest, &later]), &receipts, window);
		let after = report(&corpus(&[&honest, &forged, &later]), &receipts, window);
		for source in sources(&honest) {
			prop_assert_eq!(before.earned.get(&source), after.earned.get(&source));
		}
		let (honest, forged, later) = (sources(&honest), sources(&forged), sources(&later));
		for source in &later {
			prop_assert!(after.sum([*source]) <= before.sum([*source]));
		}
		let (gained, lost) = (after.sum(forged), before.sum(later.clone()) - after.sum(later));
		let unowned = before.sum([0]) - after.sum([0]);
		prop_assert_eq!(gained, lost + unowned);
		tally.add_if("earlier ones earn", before.sum(honest) > 0);
		tally.add_if("the new one earns what nobody owned", unowned > 0);
		tally.add_if("the new one earns what a later one would have", lost > 0);
		Ok(())
	});
}

#[test]
fn cutting_a_document_into_pieces_never_earns_more() {
	let cuts = prop::collection::vec((any::<Index>(), 0usize..40, any::<bool>()), 1..6);
	let strategy = (markets(), any::<Index>(), cuts, any::<bool>());
	check("pieces", strategy, |(market, chosen, cuts, backwards), tally| {
		let Play { window, honest, later, receipts, .. } = market.play();
		let others = corpus(&[&honest, &later]);
		let (first, whole, _) = &honest[chosen.index(honest.len())];
		let alone = report(&others, &receipts, window).sum([*first]);

		// Pieces may overlap, stand in any order, and come with the whole's priority or after everybody.
		let places: Vec<Index> = cuts.iter().map(|(place, ..)| *place).collect();
		let mut start = 0;
		let shapes = cuts.iter().map(|(_, overlap, late)| (*overlap, *late)).chain([(0, false)]);
		let pieces = cut(whole, &places).into_iter().zip(shapes).map(|(piece, (overlap, late))| {
			let end = start + piece.len();
			let piece = &whole[start.saturating_sub(overlap)..end];
			start = end;
			(piece, late)
		});
		let mut pieces: Vec<(&[u8], bool)> = pieces.collect();
		if backwards {
			pieces.reverse();
		}
		let (spaced, mut names) = (|source: u64| source * 100, BTreeSet::new());
		let respaced = |skip: Option<u64>| -> Corpus {
			let others = others.iter().filter(|(source, _)| Some(**source) != skip);
			others.map(|(source, bytes)| (spaced(*source), bytes.clone())).collect()
		};
		let mut added = Corpus::new();
		for (name, (piece, late)) in (1..).zip(&pieces) {
			let name = if *late { spaced(1_000) } else { spaced(*first) } + name;
			names.insert(name);
			added.insert(name, piece.to_vec());
		}
		let mut instead = respaced(Some(*first));
		instead.extend(added.clone());
		let instead = report(&instead, &receipts, window).sum(names.clone());
		prop_assert!(instead <= alone, "{instead} for the pieces, {alone} for the whole");
		let mut beside = respaced(None);
		beside.extend(added);
		names.insert(spaced(*first));
		prop_assert_eq!(report(&beside, &receipts, window).sum(names), alone);
		tally.add_if("pieces earn as much as the whole", instead == alone && alone > 0);
		tally.add_if("pieces earn less than the whole", instead < alone);
		tally.add_if(
			"pieces earn less than the whole, and something",
			0 < instead && instead < alone,
		);
		Ok(())
	});
}

/// The rates of a model, and those of its ancestors.
fn rates() -> impl Strategy<Value = (Rates, Vec<Perbill>)> {
	let fee = prop_oneof![Just(0), 1u32..=200_000_000, Just(1_000_000_000)];
	let parts = (fee, 0u32..=1_000_000_000, 0u32..=1_000_000_000, 0u32..=1_000_000_000);
	(parts, 0usize..5).prop_map(|((fee, lineage, data, attribution), ancestors)| {
		let sum = u64::from(fee) + u64::from(lineage) + u64::from(data);
		let scale = |part: u32| (u64::from(part) * 1_000_000_000 / sum.max(1_000_000_000)) as u32;
		let each = scale(lineage) / ancestors.max(1) as u32;
		let each = vec![Perbill::from_parts(each); ancestors];
		let rates = Rates {
			protocol_fee: Perbill::from_parts(scale(fee)),
			lineage: sum_rates(each.iter().copied()).unwrap(),
			data: Perbill::from_parts(scale(data)),
			attribution_fee: Perbill::from_parts(attribution),
		};
		(rates, each)
	})
}

/// Pays for what was served: what the payments were, and how they are divided. The receipts carry what is
/// left for the data.
fn pay(receipts: &mut [Receipt], rates: &Rates) -> Vec<(u128, Split)> {
	let mut gross = 0;
	let paid = receipts.iter_mut().map(|receipt| {
		let amount = receipt.data;
		let parts = split(amount, rates, gross).unwrap();
		gross += parts.net();
		receipt.data = parts.data;
		(amount, parts)
	});
	paid.collect()
}

#[test]
fn paying_ones_own_model_loses_at_least_the_protocol_fee() {
	let coalition = (any::<bool>(), any::<u64>());
	let strategy = (markets(), rates(), coalition);
	check("own model", strategy, |(market, (rates, ancestors), coalition), tally| {
		let Play { window, honest, forged, later, mut receipts } = market.play();
		let corpus = corpus(&[&honest, &forged, &later]);
		let payments = pay(&mut receipts, &rates);
		let outcome = report(&corpus, &receipts, window);
		let paid: u128 = payments.iter().map(|(amount, _)| amount).sum();
		let part =
			|of: fn(&Split) -> u128| payments.iter().map(|(_, parts)| of(parts)).sum::<u128>();
		let fee = part(|parts| parts.protocol_fee);
		let gross = part(Split::net);
		prop_assert!(fee * 1_000_000_000 >= paid * u128::from(rates.protocol_fee.deconstruct()));

		let back = |attributor: bool, holds: &dyn Fn(usize) -> bool| {
			let of_ancestors = ancestors.iter().enumerate().filter(|(at, _)| holds(*at));
			let lineage: u128 = of_ancestors.map(|(_, rate)| entitlement(*rate, gross)).sum();
			let sources = corpus.keys().enumerate().filter(|(at, _)| holds(at + 5));
			let data = outcome.sum(sources.map(|(_, source)| *source));
			let attributed = if attributor { part(|parts| parts.attribution_fee) } else { 0 };
			part(|parts| parts.owner) + lineage + data + attributed
		};
		let (attributor, members) = coalition;
		let some = back(attributor, &|at| members >> (at % 64) & 1 == 1);
		let everybody = back(true, &|_| true);
		prop_assert!(some <= everybody);
		prop_assert!(
			everybody + fee <= paid,
			"{everybody} of {paid} come back, and {fee} are the fee"
		);

		// What does not come back even so is the fee, what nobody owns, and what rounding leaves aside.
		let lineage: u128 = ancestors.iter().map(|rate| entitlement(*rate, gross)).sum();
		let aside = part(|parts| parts.lineage) - lineage;
		prop_assert!(aside <= ancestors.len() as u128);
		prop_assert_eq!(everybody + fee + outcome.sum([0]) + aside, paid);
		let earned = outcome.payouts.iter().any(|payout| payout.amount > 0);
		tally.add_if("some of the coalition's data earns", earned && fee > 0);
		tally.add_if("nothing but the fee is lost", earned && fee > 0 && everybody + fee == paid);
		tally.add_if("somebody else holds something", some < everybody);
		Ok(())
	});
}

#[test]
fn no_more_is_paid_out_than_was_paid_in() {
	check("books", (markets(), rates()), |(market, (rates, _)), tally| {
		let Play { window, honest, forged, later, mut receipts } = market.play();
		let corpus = corpus(&[&honest, &forged, &later]);
		let payments = pay(&mut receipts, &rates);
		let outcome = report(&corpus, &receipts, window);
		for (at, receipt) in receipts.iter().enumerate() {
			let entries = || outcome.entries.iter().filter(|entry| entry.receipt as usize == at);
			prop_assert_eq!(entries().map(|entry| entry.amount).sum::<u128>(), receipt.data);
			for item in 0..receipt.outputs.len() {
				let of_item = entries().filter(|entry| entry.item as usize == item);
				let amount: u128 = of_item.map(|entry| entry.amount).sum();
				let withheld = if item == 0 { receipt.data } else { 0 };
				let share = if receipt.withheld { withheld } else { item_amount(receipt, item) };
				prop_assert_eq!(amount, share, "receipt {}, item {}", at, item);
			}
			tally.add_if("a receipt is withheld", receipt.withheld && receipt.data > 0);
		}
		let data: u128 = receipts.iter().map(|receipt| receipt.data).sum();
		let paid: u128 = payments.iter().map(|(amount, _)| amount).sum();
		let payouts: u128 = outcome.payouts.iter().map(|payout| payout.amount).sum();
		prop_assert_eq!(outcome.claimed, payouts);
		prop_assert_eq!(payouts + outcome.sum([0]), data);
		prop_assert!(payouts <= data && data <= paid);
		tally.add_if("sources earn all of it", payouts == data && data > 0);
		tally.add_if("sources earn a part of it", 0 < payouts && payouts < data);
		tally.add_if(
			"an output has no window",
			outcome.entries.iter().any(|entry| entry.count == 0),
		);
		Ok(())
	});
}
