//! Bytes that are demanded, and what follows where nobody shows them.

use tributary_primitives::{
	availability::Demanded,
	blob::{open, Opening},
	fault::Fault,
	fees::DEFAULTS,
	traits::SyntheticPolicy,
	views::{ContributionStateView, DemandView, SuspensionCause},
};
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi, params::TRIB, AccountId,
	Runtime, RuntimeEvent,
};

use crate::{
	chain::{general, Chain},
	report::{
		bond, fault_transaction, free_bond, voided, Attribution, Output, Receipt, Report, World,
		ATTRIBUTOR, BOND, FIRST, MODEL, SECOND, WATCHER,
	},
	scene::{record_opening, Datasets, DATA_AMOUNT, WINDOW},
};

type Availability = pallet_availability::Call<Runtime>;

/// Two payments, each for an output that one contribution holds.
fn world() -> World {
	World::of(SyntheticPolicy::Refuse, |first, second| {
		vec![
			Receipt::of([Output::whole(&first[..3_000], 1, 0)]),
			Receipt::of([Output::whole(&second[500..2_000], 2, 500)]),
		]
	})
}

/// Demands a chunk for the watcher, and returns the demand's number.
fn demand(
	chain: &mut Chain,
	blob: Demanded,
	chunk: u64,
	item: Option<Opening>,
	keep_open: Option<(u32, u32)>,
) -> u64 {
	let item = item.map(Box::new);
	chain.run(WATCHER, Availability::demand { blob, chunk, item, keep_open });
	chain
		.find_event(|event| match event {
			RuntimeEvent::Availability(pallet_availability::Event::Demanded { demand, .. }) => {
				Some(demand)
			}
			_ => None,
		})
		.expect("it has a number")
}

/// Demands the only output of receipt 1.
fn demand_second_output(world: &mut World) -> u64 {
	let item = record_opening(&world.receipts[1].items(), 0);
	let blob = Demanded::Output { model: MODEL, epoch: world.epoch, receipt: 1, item: 0 };
	demand(&mut world.chain, blob, 0, Some(item), None)
}

fn view(chain: &mut Chain, id: u64) -> Option<DemandView<AccountId>> {
	chain.ext.execute_with(|| Runtime::demand(id))
}

/// Lets the demand's last block pass, and has the watcher enforce it, which is free.
fn enforce(chain: &mut Chain, id: u64) {
	let until = view(chain, id).expect("it is open").answer_until;
	chain.until(until);
	chain.run(WATCHER, Availability::enforce { demand: id });
	assert_eq!(chain.fee_of(&WATCHER.to_account_id()), 0);
}

#[test]
fn a_withheld_output_voids_the_report_without_blame_and_the_next_one_pays_it_to_the_residual() {
	let mut world = world();
	let unaware = world.report();
	bond(&mut world.chain);
	unaware.post(&mut world.chain);
	let (issued, before) = (world.chain.issuance(), world.chain.before_fees(WATCHER));
	let demand = demand_second_output(&mut world);
	assert_eq!(world.chain.before_fees(WATCHER), before - TRIB);
	enforce(&mut world.chain, demand);

	let (model, epoch) = (MODEL, world.epoch);
	let chain = &mut world.chain;
	let outdated = chain.find_event(|event| match event {
		RuntimeEvent::Attribution(pallet_attribution::Event::Outdated { attributor, .. }) => {
			Some(attributor)
		}
		_ => None,
	});
	assert_eq!(outdated, Some(ATTRIBUTOR.to_account_id()));
	assert_eq!(free_bond(chain), BOND);
	assert_eq!(chain.issuance(), issued, "nobody lost anything");
	assert_eq!(chain.before_fees(WATCHER), before);
	chain.ext.execute_with(|| {
		assert_eq!(Runtime::report(model, epoch), None);
		assert!(Runtime::receipt(model, epoch, 1).expect("it is kept").withheld);
	});
	let unaware = chain.signed(ATTRIBUTOR, unaware.call());
	assert!(
		chain.block(vec![unaware])[0].is_err(),
		"the receipts are not as its attributor saw them"
	);

	world.receipts[1].withheld = true;
	let report = world.report();
	let chain = &mut world.chain;
	report.post(chain);
	report.finalise(chain);
	assert_eq!(report.total(), DATA_AMOUNT);
	assert_eq!(chain.treasury(), DATA_AMOUNT);
	let before = chain.before_fees(FIRST);
	chain.run(FIRST, report.claim(1));
	assert_eq!(chain.before_fees(FIRST), before + DATA_AMOUNT);
	chain.check();
}

#[test]
fn a_report_that_gives_a_withheld_output_to_a_source_is_wrong() {
	let mut world = world();
	let mut lie = world.report();
	let demand = demand_second_output(&mut world);
	enforce(&mut world.chain, demand);
	world.receipts[1].withheld = true;
	let honest = world.report();
	lie.withheld = honest.withheld;

	let chain = &mut world.chain;
	for (report, accepted) in [(&lie, true), (&honest, false)] {
		bond(chain);
		let id = report.post(chain);
		let fault = Fault::Structure { entry: report.entry(1), item: None };
		let fault = fault_transaction(report, id, WATCHER, fault);
		assert_eq!(chain.try_block(fault).is_ok(), accepted);
		assert_eq!(voided(chain), accepted.then_some((BOND, BOND / 2)));
	}
	chain.check();
}

#[test]
fn an_attributor_who_withholds_entries_is_slashed() {
	let mut world = world();
	let report = world.report();
	let chain = &mut world.chain;
	bond(chain);
	let id = report.post(chain);
	let (before, issued) = (chain.before_fees(WATCHER), chain.issuance());
	let blob = Demanded::Entries { model: MODEL, epoch: world.epoch, report: id };
	let demand = demand(chain, blob, 0, None, None);
	enforce(chain, demand);
	assert_eq!(chain.before_fees(WATCHER), before + BOND / 2);
	assert_eq!(chain.issuance(), issued - BOND / 2);
	assert_eq!(free_bond(chain), 0);
	chain.ext.execute_with(|| assert_eq!(Runtime::report(MODEL, world.epoch), None));
	chain.check();
}

#[test]
fn a_chunk_is_shown_by_a_transaction_that_nobody_signs_and_its_respondent_is_paid() {
	let mut world = world();
	let report = world.report();
	let chain = &mut world.chain;
	bond(chain);
	let id = report.post(chain);
	let posted_at = chain.number();
	let blob = Demanded::Payouts { model: MODEL, epoch: world.epoch, report: id };
	let demand = demand(chain, blob, 0, None, None);
	let open_demand = view(chain, demand).expect("it is open");
	let listed = chain.ext.execute_with(|| Runtime::demands(0, 10));
	assert_eq!((listed.items, listed.next), (vec![open_demand], None));

	let answer = |bytes: &[u8]| {
		let opening = Box::new(open(bytes, 0, bytes.len() as u64).expect("it is short"));
		general(Availability::answer { demand, opening })
	};
	let (right, wrong) = (answer(&report.payouts_blob()), answer(&report.entries_blob()));
	assert!(chain.try_block(wrong).is_err());
	let before = chain.before_fees(ATTRIBUTOR);
	assert_eq!(chain.try_block(right.clone()), Ok(Ok(())));
	assert_eq!(chain.before_fees(ATTRIBUTOR), before + TRIB);
	assert_eq!(view(chain, demand), None);
	assert!(chain.try_block(right).is_err(), "it is answered once");

	// The demand keeps the report open for two answer windows after itself.
	chain.until(posted_at + DEFAULTS.challenge_window);
	let finalise = Attribution::finalise { model: MODEL, epoch: world.epoch };
	let early = chain.signed(ATTRIBUTOR, finalise);
	assert!(chain.block(vec![early])[0].is_err());
	report.finalise(chain);
	assert_eq!(chain.number(), posted_at + 1 + 2 * DEFAULTS.answer_window + 1);
	chain.check();
}

#[test]
fn an_unseen_source_is_demanded_and_suspended_where_nobody_shows_it() {
	let mut world = world();
	let mut report = world.report();
	report.unseen = vec![2];
	let chain = &mut world.chain;
	bond(chain);
	report.post(chain);
	let demands = chain.ext.execute_with(|| Runtime::demands(0, 10)).items;
	assert_eq!(demands.len(), 2, "two chunks are drawn");
	for demand in &demands {
		assert_eq!(demand.blob, Demanded::Contribution { seq: 1 });
		assert_eq!(demand.demander, ATTRIBUTOR.to_account_id());
		assert_eq!(demand.respondent, SECOND.to_account_id());
	}
	let evasion = chain.signed(SECOND, Datasets::withdraw { seq: 1 });
	assert!(chain.block(vec![evasion])[0].is_err());

	let (before, issued) = (chain.before_fees(ATTRIBUTOR), chain.issuance());
	enforce(chain, demands[0].id);
	// Half of the contribution's deposit is the demander's, and the demand's own comes back.
	assert_eq!(chain.before_fees(ATTRIBUTOR), before + TRIB + TRIB / 2);
	assert_eq!(chain.issuance(), issued - TRIB / 2);
	let suspended = chain.ext.execute_with(|| Runtime::contribution(1)).expect("it was committed");
	assert_eq!(suspended.state, ContributionStateView::Suspended);
	assert_eq!(suspended.cause, Some(SuspensionCause::Withheld));
	assert_eq!(suspended.withheld_at, Some(chain.number()));
	enforce(chain, demands[1].id);
	assert_eq!(chain.before_fees(ATTRIBUTOR), before + 2 * TRIB + TRIB / 2);
	assert_eq!(chain.issuance(), issued - TRIB / 2, "it is suspended once");

	// It is out of the corpus of closed epochs too, and pages keep their places.
	for (at, limit, seqs, next) in
		[(0, 10, vec![0], None), (0, 1, vec![0], Some(1)), (1, 1, vec![], None)]
	{
		let page = chain.ext.execute_with(|| Runtime::corpus(MODEL, Some(world.epoch), at, limit));
		let page = page.expect("the model exists");
		assert_eq!(page.items.iter().map(|entry| entry.seq).collect::<Vec<_>>(), seqs);
		assert_eq!(page.next, next);
	}
	chain.check();
}

#[test]
fn a_report_that_names_a_source_which_is_withheld_later_falls_without_blame() {
	let mut world = world();
	let report = world.report();
	let chain = &mut world.chain;
	bond(chain);
	let id = report.post(chain);
	let keep_open = Some((MODEL, world.epoch));
	let demand = demand(chain, Demanded::Contribution { seq: 1 }, 7, None, keep_open);
	enforce(chain, demand);
	let standing = chain.ext.execute_with(|| Runtime::report(MODEL, world.epoch));
	assert_eq!(standing.map(|report| report.id), Some(id), "a fault has to show that it names it");
	let fault = Fault::Foreign { entry: report.entry(1) };
	assert_eq!(chain.try_block(fault_transaction(&report, id, WATCHER, fault)), Ok(Ok(())));
	assert_eq!(voided(chain), Some((0, 0)));
	assert_eq!(free_bond(chain), BOND);
	chain.check();
}

/// A report that calls the output of receipt 0 unowned, and the fault that shows a window of it in the
/// first source.
fn overlooked(world: &World) -> (Report, Fault) {
	let mut report = world.report();
	report.entries[0].source = 0;
	report.entries[0].offset = 0;
	let window = |bytes: &[u8]| open(bytes, 40, WINDOW.into()).expect("it is there");
	let fault = Fault::Prior {
		entry: report.entry(0),
		item: record_opening(&world.receipts[0].items(), 0),
		position: 40,
		output: window(&world.receipts[0].outputs[0].bytes),
		source: 1,
		offset: 40,
		bytes: window(&world.first),
	};
	(report, fault)
}

#[test]
fn overlooking_a_source_costs_nothing_where_it_is_listed_as_unseen_and_else_the_bond() {
	for (unseen, slashed) in [(vec![1], 0), (Vec::new(), BOND)] {
		let mut world = world();
		let (mut report, fault) = overlooked(&world);
		report.unseen = unseen;
		let chain = &mut world.chain;
		bond(chain);
		let id = report.post(chain);
		assert_eq!(chain.try_block(fault_transaction(&report, id, WATCHER, fault)), Ok(Ok(())));
		assert_eq!(voided(chain), Some((slashed, slashed / 2)));
		assert_eq!(free_bond(chain), BOND - slashed);
		chain.check();
	}
}
