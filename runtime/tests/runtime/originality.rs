//! Copies and loops, shown by windows that the chain itself draws.

use pallet_originality::{Event, Original};
use sp_keyring::Sr25519Keyring as Account;
use tributary_primitives::{
	blob::open,
	fees::DEFAULTS,
	ids::Seq,
	originality::{sample_position, Hit, REQUIRED_HITS, SAMPLES, SAMPLE_WINDOW},
	traits::SyntheticPolicy,
	views::{AccusationView, ContributionStateView, SuspensionCause},
	window::portion,
};
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi, params::TRIB, AccountId,
	Runtime, RuntimeEvent,
};

use crate::{
	chain::Chain,
	report::{
		bond, pay_all, Attribution, Output, Receipt, Report, Run, World, FIRST, MODEL, OWNER,
		SECOND, WATCHER,
	},
	scene::{
		contribute, create_dataset, record_opening, register_model, text, Datasets, DATA_AMOUNT,
		WINDOW,
	},
};

pub type Originality = pallet_originality::Call<Runtime>;

const REPEATER: Account = Account::Eve;

fn accusation(chain: &mut Chain, accused: Seq) -> Option<AccusationView<AccountId>> {
	chain.ext.execute_with(|| {
		let own = Runtime::accusation(accused, WATCHER.to_account_id());
		assert_eq!(Runtime::accusations(accused), own.iter().cloned().collect::<Vec<_>>());
		own
	})
}

/// Has the watcher accuse a contribution, waits for the draw, and returns its seed.
pub fn accuse(chain: &mut Chain, call: Originality, accused: Seq) -> [u8; 32] {
	chain.run(WATCHER, call);
	let open = accusation(chain, accused).expect("it is open");
	assert_eq!(open.draw_at, chain.number() + DEFAULTS.draw_delay);
	chain.until(open.draw_at);
	assert_eq!(accusation(chain, accused).expect("it is open").seed, None);
	chain.until(open.draw_at + 1);
	accusation(chain, accused).expect("it is open").seed.expect("the block drew")
}

/// Every drawn window of `accused` that stands in `original`.
pub fn hits(seed: &[u8; 32], accused: &[u8], original: &[u8]) -> Vec<Hit> {
	let len = u64::from(SAMPLE_WINDOW);
	let hit = |sample| {
		let position = sample_position(seed, sample, accused.len() as u64).expect("it is long");
		let window = &accused[position as usize..][..SAMPLE_WINDOW as usize];
		let offset = original.windows(window.len()).position(|other| other == window)? as u64;
		Some(Hit {
			sample,
			accused: open(accused, position, len).expect("it is there"),
			offset,
			original: open(original, offset, len).expect("it is there"),
		})
	};
	(0..SAMPLES).filter_map(hit).collect()
}

fn show_hits(accused: Seq, hits: &[Hit]) -> Originality {
	let hits = hits.to_vec().try_into().expect("they are eight at most");
	Originality::show_hits { accused, hits }
}

/// Shows just as many hits as are required, and returns what was slashed and paid.
pub fn prove(chain: &mut Chain, accused: Seq, hits: &[Hit]) -> (u128, u128) {
	let mut upheld = None;
	for part in hits[..REQUIRED_HITS as usize].chunks(8) {
		assert_eq!(upheld, None, "that many are required");
		chain.run(WATCHER, show_hits(accused, part));
		upheld = chain.find_event(|event| match event {
			RuntimeEvent::Originality(Event::Upheld { slashed, reward, .. }) => {
				Some((slashed, reward))
			}
			_ => None,
		});
	}
	upheld.expect("no more are required")
}

/// A dataset with one contribution, and a later one of `bytes`. Returns the first.
fn repeated(bytes: &[u8]) -> (Chain, Vec<u8>) {
	let mut chain = Chain::start("development");
	let first = text(1, 5_000);
	create_dataset(&mut chain, SyntheticPolicy::Refuse);
	contribute(&mut chain, FIRST, &first);
	assert_eq!(contribute(&mut chain, REPEATER, bytes), 1);
	(chain, first)
}

fn accuse_of_copying() -> Originality {
	Originality::accuse { accused: 1, original: Original::Contribution(0), item: None }
}

#[test]
fn a_padded_copy_is_shown_by_windows_of_real_randomness_and_suspended() {
	let copy = [text(9, 100), text(1, 5_000)].concat();
	let (mut chain, first) = repeated(&copy);
	let (before, issued) = (chain.before_fees(WATCHER), chain.issuance());
	let seed = accuse(&mut chain, accuse_of_copying(), 1);
	assert_eq!(chain.before_fees(WATCHER), before - DEFAULTS.accusation_bond);
	let evasion = chain.signed(REPEATER, Datasets::withdraw { seq: 1 });
	assert!(chain.block(vec![evasion])[0].is_err());

	let found = hits(&seed, &copy, &first);
	assert_eq!(prove(&mut chain, 1, &found), (TRIB, TRIB / 2));
	assert_eq!(chain.before_fees(WATCHER), before + TRIB / 2);
	assert_eq!(chain.issuance(), issued - TRIB / 2);
	let suspended = chain.ext.execute_with(|| Runtime::contribution(1)).expect("it was committed");
	assert_eq!(suspended.state, ContributionStateView::Suspended);
	assert_eq!((suspended.cause, suspended.locks), (Some(SuspensionCause::Copy), 0));
	assert_eq!(accusation(&mut chain, 1), None);
	chain.check();
}

#[test]
fn a_quotation_is_no_copy_and_the_accuser_pays() {
	let quoting = [&text(9, 3_000)[..], &text(1, 5_000)[..1_000]].concat();
	let (mut chain, first) = repeated(&quoting);
	let (before, issued) = (chain.before_fees(WATCHER), chain.issuance());
	let accused_had = chain.before_fees(REPEATER);
	let seed = accuse(&mut chain, accuse_of_copying(), 1);
	let found = hits(&seed, &quoting, &first);
	assert!(!found.is_empty() && found.len() < REQUIRED_HITS as usize, "{}", found.len());
	let first_of_them = &found[..found.len().min(8)];
	chain.run(WATCHER, show_hits(1, first_of_them));
	let open = accusation(&mut chain, 1).expect("it is open");
	assert_eq!(open.hits.count_ones() as usize, first_of_them.len());

	chain.until(open.prove_until);
	let late = chain.signed(WATCHER, show_hits(1, &found[found.len() - 1..]));
	assert!(chain.block(vec![late])[0].is_err());
	chain.run(FIRST, Originality::close { accused: 1, challenger: WATCHER.to_account_id() });
	let half = DEFAULTS.accusation_bond / 2;
	assert_eq!(chain.before_fees(WATCHER), before - 2 * half);
	assert_eq!(chain.before_fees(REPEATER), accused_had + half);
	assert_eq!(chain.issuance(), issued - half);
	let stands = chain.ext.execute_with(|| Runtime::contribution(1)).expect("it was committed");
	assert_eq!((stands.state, stands.locks), (ContributionStateView::Accepted, 0));
	chain.check();
}

/// Where the two halves of the output of [`looped`] meet.
const SEAM: usize = 500;

/// A world in which a model has served one output, that quotes both contributions and is attributed for
/// good. Returns the output's windows by their owners, too.
fn served() -> (World, Report) {
	let mut world = World::of(SyntheticPolicy::PassThrough, |first, second| {
		let bytes = [&first[..SEAM], &second[100..600]].concat();
		let across = u64::from(WINDOW) - 1;
		let half = SEAM as u64 - across;
		let runs = vec![
			Run { count: half, source: 1, offset: 0 },
			Run { count: across, source: 0, offset: 0 },
			Run { count: half, source: 2, offset: 100 },
		];
		vec![Receipt::of([Output { bytes, runs }])]
	});
	let report = world.report();
	bond(&mut world.chain);
	report.post(&mut world.chain);
	report.finalise(&mut world.chain);
	(world, report)
}

#[test]
fn a_looped_output_passes_what_it_earns_on_to_the_sources_of_that_output() {
	let (mut world, old) = served();
	let output = world.receipts[0].outputs[0].clone();
	let items = world.receipts[0].items();
	let chain = &mut world.chain;
	let echo = [&output.bytes[..], &text(9, 20)].concat();
	assert_eq!(contribute(chain, REPEATER, &echo), 2);

	let (before, issued) = (chain.before_fees(WATCHER), chain.issuance());
	let original = Original::Output { model: MODEL, epoch: world.epoch, receipt: 0, item: 0 };
	let item = Some(Box::new(record_opening(&items, 0)));
	let seed = accuse(chain, Originality::accuse { accused: 2, original, item }, 2);
	assert_eq!(prove(chain, 2, &hits(&seed, &echo, &output.bytes)), (0, 0));
	assert_eq!((chain.before_fees(WATCHER), chain.issuance()), (before, issued));
	let marked = chain.ext.execute_with(|| Runtime::contribution(2)).expect("it was committed");
	assert_eq!(marked.state, ContributionStateView::Accepted);
	let served = marked.synthetic.expect("it is marked");
	assert_eq!((served.model, served.receipt, served.item), (MODEL, 0, 0));
	assert_eq!(served.windows, output.windows());

	// Another model serves what only the echo holds: the windows across the seam.
	register_model(chain, OWNER, vec![MODEL], 3);
	let seam = &echo[SEAM + 1 - WINDOW as usize..][..2 * WINDOW as usize - 2];
	let at = (SEAM + 1 - WINDOW as usize) as u64;
	let receipts = [Receipt::of([Output::whole(seam, 3, at)])];
	let epoch = pay_all(chain, 1, &receipts);
	let report = Report::honest(1, epoch, &receipts);
	report.post(chain);
	report.finalise(chain);
	let repeater = chain.before_fees(REPEATER);
	chain.run(WATCHER, report.claim(3));
	chain.run(REPEATER, report.claim(3));
	assert_eq!(chain.before_fees(REPEATER), repeater, "the credit is not the repeater's");

	let worth = |ordinal: usize| portion(DATA_AMOUNT, old.entries[ordinal].count, output.windows());
	let before = (chain.before_fees(FIRST), chain.before_fees(SECOND), chain.treasury());
	for ordinal in 0..3 {
		let claim = Attribution::claim_passed { source: 3, entry: old.entry(ordinal) };
		chain.run(WATCHER, claim.clone());
		chain.run(WATCHER, claim);
	}
	assert_eq!(chain.before_fees(FIRST), before.0 + worth(0));
	assert_eq!(chain.treasury(), before.2 + worth(1));
	assert_eq!(chain.before_fees(SECOND), before.1 + worth(2));
	let left = DATA_AMOUNT - worth(0) - worth(1) - worth(2);
	assert!(left < 3, "{left} planck of rounding stay");
	chain.check();
}

#[test]
fn a_dataset_that_refuses_loops_suspends_them() {
	let mut world = World::of(SyntheticPolicy::Refuse, |_, _| {
		vec![Receipt::of([Output::whole(&text(30, 2_000), 0, 0)])]
	});
	let output = world.receipts[0].outputs[0].bytes.clone();
	let items = world.receipts[0].items();
	let chain = &mut world.chain;
	assert_eq!(contribute(chain, REPEATER, &output), 2);
	let before = chain.before_fees(WATCHER);
	let original = Original::Output { model: MODEL, epoch: world.epoch, receipt: 0, item: 0 };
	let item = Some(Box::new(record_opening(&items, 0)));
	let seed = accuse(chain, Originality::accuse { accused: 2, original, item }, 2);
	assert_eq!(prove(chain, 2, &hits(&seed, &output, &output)), (TRIB, TRIB / 2));
	assert_eq!(chain.before_fees(WATCHER), before + TRIB / 2);
	let suspended = chain.ext.execute_with(|| Runtime::contribution(2)).expect("it was committed");
	assert_eq!(suspended.cause, Some(SuspensionCause::Synthetic));
	chain.check();
}
