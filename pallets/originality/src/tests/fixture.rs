//! A small world with a copy and a loop in it, and what proves things about them.

use frame_support::{dispatch::DispatchResult, traits::fungible::InspectHold};
use sp_runtime::traits::{BlakeTwo256, Hash};
use tributary_primitives::{
	blob::{self, Content, Opening},
	ids::{EpochIndex, ModelId, Seq},
	originality::{sample_position, Hit},
	report::{Item, Record, RECORD_LEN},
	traits::SyntheticPolicy,
};

use crate::{mock::*, Hits, HoldReason, Original, SAMPLES, SAMPLE_WINDOW};

/// Alice's contribution of [`original`].
pub const ORIGINAL: Seq = 3;
/// Bob's contribution of [`copy`].
pub const ACCUSED: Seq = 7;

pub const MODEL: ModelId = 4;
pub const EPOCH: EpochIndex = 0;
pub const RECEIPT: u32 = 0;
pub const WINDOW: u32 = 40;
/// The output of [`outputs`] that [`original`] is.
pub const LOOPED: Original =
	Original::Output { model: MODEL, epoch: EPOCH, receipt: RECEIPT, item: 1 };

/// The block in which [`run_world`] starts.
pub const START: u32 = 2;
/// The block of the draw for an accusation made in [`START`].
pub const DRAW_AT: u32 = START + DRAW_DELAY;
/// The last block in which hits of that draw are heard.
pub const PROVE_UNTIL: u32 = DRAW_AT + PROOF_WINDOW;

/// `len` bytes that no other seed has a window of.
pub fn text(seed: u64, len: usize) -> Vec<u8> {
	(0u32..).flat_map(|part| BlakeTwo256::hash_of(&(seed, part)).0).take(len).collect()
}

pub fn original() -> Vec<u8> {
	text(1, 5_000)
}

/// The better part of [`original`].
pub fn copy() -> Vec<u8> {
	original()[200..4_900].to_vec()
}

pub fn contribute(seq: Seq, contributor: AccountId, bytes: &[u8]) {
	contribute_under(SyntheticPolicy::Refuse, seq, contributor, bytes);
}

/// A contribution to a dataset with this policy, committed in this block.
pub fn contribute_under(policy: SyntheticPolicy, seq: Seq, contributor: AccountId, bytes: &[u8]) {
	let contribution = Contribution {
		content: Content::of(bytes),
		contributor,
		committed_at: System::block_number(),
		ended_at: None,
		synthetic: None,
		policy,
		locks: 0,
	};
	Contributed::insert(seq, contribution);
}

/// Ends a contribution as its contributor or a curator would.
pub fn end(seq: Seq) {
	let ended_at = Some(System::block_number());
	Contributed::mutate_extant(seq, |contribution| contribution.ended_at = ended_at);
}

/// What [`MODEL`] served under one receipt: something else, and [`original`].
pub fn outputs() -> Vec<u8> {
	let items = [text(2, 300), original()];
	let items = items.map(|bytes| Item { output: Content::of(&bytes), reserved: [0; 24] });
	items.iter().flat_map(Record::to_bytes).collect()
}

/// A payment for `outputs` in this block.
pub fn pay(receipt: u32, outputs: &[u8]) {
	Windows::insert(MODEL, WINDOW);
	let payment =
		Payment { outputs: Content::of(outputs), at: System::block_number(), withheld: false };
	Paid::insert((MODEL, EPOCH, receipt), payment);
}

/// Block [`START`], in which Bob's [`copy`] was committed, after Alice's [`original`] and a payment for it.
pub fn run_world(test: impl FnOnce()) {
	run(|| {
		contribute(ORIGINAL, ALICE, &original());
		pay(RECEIPT, &outputs());
		advance_to(START);
		contribute(ACCUSED, BOB, &copy());
		test();
	});
}

/// As [`run_world`]; Charlie has accused [`copy`] of being one.
pub fn run_accused(test: impl FnOnce()) {
	run_world(|| {
		accuse(CHARLIE, ACCUSED, ORIGINAL).unwrap();
		test();
	});
}

pub fn accuse(challenger: AccountId, accused: Seq, original: Seq) -> DispatchResult {
	let original = Original::Contribution(original);
	Originality::accuse(RuntimeOrigin::signed(challenger), accused, original, None)
}

/// Accuses `accused` of repeating [`original`], as it was served under [`RECEIPT`].
pub fn accuse_loop(challenger: AccountId, accused: Seq) -> DispatchResult {
	let item = Some(Box::new(open_item(&outputs(), 1)));
	Originality::accuse(RuntimeOrigin::signed(challenger), accused, LOOPED, item)
}

pub fn open_item(outputs: &[u8], index: u64) -> Opening {
	let len = RECORD_LEN as u64;
	blob::open(outputs, index * len, len).unwrap()
}

pub fn show(challenger: AccountId, hits: &[Hit]) -> DispatchResult {
	show_of(challenger, ACCUSED, hits)
}

pub fn show_of(challenger: AccountId, accused: Seq, hits: &[Hit]) -> DispatchResult {
	let hits = Hits::try_from(hits.to_vec()).expect("they are at most eight");
	Originality::show_hits(RuntimeOrigin::signed(challenger), accused, hits)
}

/// Shows as many of `hits` as the accusation of `challenger` needs, eight in a call.
pub fn show_all(challenger: AccountId, accused: Seq, hits: &[Hit]) -> DispatchResult {
	for hits in hits.chunks(8) {
		show_of(challenger, accused, hits)?;
		if view(challenger, accused).is_none() {
			break;
		}
	}
	Ok(())
}

pub fn close(challenger: AccountId) -> DispatchResult {
	Originality::close(RuntimeOrigin::signed(EVE), ACCUSED, challenger)
}

pub fn view(
	challenger: AccountId,
	accused: Seq,
) -> Option<tributary_primitives::views::AccusationView<AccountId>> {
	Originality::accusation_view(accused, &challenger)
}

pub fn seed_of(challenger: AccountId) -> [u8; 32] {
	view(challenger, ACCUSED).expect("it is open").seed.expect("it is drawn")
}

/// The hits that prove Charlie's accusation of [`ACCUSED`].
pub fn charlies_hits() -> Vec<Hit> {
	hits(&seed_of(CHARLIE), &copy(), &original())
}

/// A hit for every drawn window of `accused` that `original` contains.
pub fn hits(seed: &[u8; 32], accused: &[u8], original: &[u8]) -> Vec<Hit> {
	let samples = 0..SAMPLES;
	samples.filter_map(|sample| hit(seed, sample, accused, original)).collect()
}

fn hit(seed: &[u8; 32], sample: u8, accused: &[u8], original: &[u8]) -> Option<Hit> {
	let len = u64::from(SAMPLE_WINDOW);
	let position = sample_position(seed, sample, accused.len() as u64)?;
	let window = &accused[position as usize..][..len as usize];
	let offset = original.windows(window.len()).position(|bytes| bytes == window)? as u64;
	Some(Hit {
		sample,
		accused: blob::open(accused, position, len).unwrap(),
		offset,
		original: blob::open(original, offset, len).unwrap(),
	})
}

pub fn bond_of(who: AccountId) -> u128 {
	Balances::balance_on_hold(&HoldReason::Accusation.into(), &who)
}

pub fn locks_of(seq: Seq) -> u32 {
	Contributed::get(seq).unwrap().locks
}

pub fn ended_at(seq: Seq) -> Option<u32> {
	Contributed::get(seq).unwrap().ended_at
}

/// The events of the pallet, oldest first.
pub fn events() -> Vec<crate::Event<Test>> {
	let events = System::events().into_iter();
	events
		.filter_map(|record| match record.event {
			RuntimeEvent::Originality(event) => Some(event),
			_ => None,
		})
		.collect()
}

pub fn last_event() -> crate::Event<Test> {
	events().pop().expect("there is one")
}
