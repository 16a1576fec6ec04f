//! Every decoder of bytes from outside: no panic, no more heap than the bytes are worth, and what is read
//! is written as it came.

use std::{fmt::Debug, fs, path::PathBuf, sync::OnceLock};

use codec::{Decode, DecodeLimit, Encode};
use serde::{de::DeserializeOwned, Serialize};
use tributary_engine::{BlobError, BlobSource, BlobStore, ClaimRun};
use tributary_primitives::{
	agent::{Act, Decaying, Mandate, ModelRate, Windows},
	availability::Demanded,
	blob::{Content, Opening, OpeningError},
	fault::{EntryProof, Fault, FaultError},
	fees::{Setting, Settings},
	originality::{Hit, HitError},
	report::{record_count, record_offset, Entry, Item, Payout, Record, RECORD_LEN},
	split::Rates,
	title::{Beneficiary, Title},
	traits::{ServedOutput, SyntheticPolicy},
	views::{
		AccusationView, ActView, AgentView, AncestorShareView, AncestorView, BooksView,
		ChannelView, ClaimableLineageView, ClaimableView, ContributionView, CorpusEntryView,
		DatasetShareView, DatasetView, DemandView, EpochView, HistoryView, MandateView, ModelView,
		Page, PinView, PotView, ReceiptView, ReportView, ReputationView, RewardView, SharesView,
		StakeView, TenureView, TitleView, VaultView,
	},
	voucher::Voucher,
};

use crate::{bytes::Bytes, heap};

/// How deep the node lets calls nest.
const MAX_DEPTH: u32 = 256;

/// A decoder, by what it reads.
pub struct Decoder {
	/// The name of a seed for it.
	pub name: &'static str,
	/// Reads bytes, and panics where it should not have.
	pub run: fn(&[u8]),
	/// Bytes that it takes.
	pub seed: fn() -> Vec<u8>,
}

macro_rules! scale {
	($($name:literal: $type:ty,)*) => {
		[$(Decoder { name: $name, run: scale::<$type>, seed: zeros::<$type> }),*]
	};
}

macro_rules! json {
	($($name:literal: $type:ty,)*) => {
		[$(Decoder { name: $name, run: json::<$type>, seed: json_of_zeros::<$type> }),*]
	};
}

/// Everything that a call, a view or a record is read by, in an order that never changes: the first byte
/// of an input names its decoder. New ones go to the end.
pub static DECODERS: [&[Decoder]; 7] = [
	&scale! {
		"content": Content,
		"opening": Opening,
		"opening-error": OpeningError,
		"fault": Fault,
		"fault-error": FaultError,
		"entry-proof": EntryProof,
		"hit": Hit,
		"hit-error": HitError,
		"demanded": Demanded,
		"served-output": ServedOutput,
		"synthetic-policy": SyntheticPolicy,
		"rates": Rates,
		"scale-dataset": DatasetView<[u8; 32]>,
		"scale-contribution": ContributionView<[u8; 32]>,
		"scale-model": ModelView<[u8; 32]>,
		"scale-shares": SharesView<[u8; 32]>,
		"scale-corpus": Page<CorpusEntryView, u64>,
		"scale-receipts": Page<ReceiptView<[u8; 32]>, u32>,
		"scale-report": ReportView<[u8; 32]>,
		"scale-demands": Page<DemandView<[u8; 32]>, u64>,
		"scale-accusations": Vec<AccusationView<[u8; 32]>>,
		"scale-reward": Option<RewardView<[u8; 32]>>,
		"scale-claimable": ClaimableView,
	},
	&json! {
		"json-content": Content,
		"json-demanded": Demanded,
		"json-served-output": ServedOutput,
		"json-dataset": DatasetView<String>,
		"json-contribution": ContributionView<String>,
		"json-pin": PinView,
		"json-model": ModelView<String>,
		"json-ancestor": AncestorView<String>,
		"json-shares": SharesView<String>,
		"json-corpus-entry": CorpusEntryView,
		"json-epoch": EpochView,
		"json-receipt": ReceiptView<String>,
		"json-report": ReportView<String>,
		"json-demands": Page<DemandView<String>, u64>,
		"json-accusation": AccusationView<String>,
		"json-reward": RewardView<String>,
		"json-claimable": ClaimableView,
		"json-claimable-lineage": ClaimableLineageView,
		"json-pot": PotView,
		"json-books": BooksView,
	},
	&[
		Decoder { name: "records", run: records, seed: payouts_of_three },
		Decoder { name: "claim", run: claim, seed: payouts_of_three },
		Decoder { name: "stored-blob", run: stored_blob, seed: || b"\x01stored".to_vec() },
	],
	&scale! {
		"voucher": Voucher,
		"setting": Setting,
		"title": Title,
		"beneficiary": Beneficiary<[u8; 32]>,
		"scale-settings": Settings,
		"scale-title": TitleView<[u8; 32]>,
		"scale-tenures": Page<TenureView<[u8; 32]>, u32>,
		"scale-vault": VaultView<[u8; 32]>,
		"scale-stake": StakeView<[u8; 32]>,
		"scale-channels": Page<ChannelView<[u8; 32]>, u64>,
		"scale-history": Page<SharesView<[u8; 32]>, u32>,
	},
	&json! {
		"json-voucher": Voucher,
		"json-title": Title,
		"json-settings": Settings,
		"json-title-view": TitleView<String>,
		"json-tenure": TenureView<String>,
		"json-vault": VaultView<String>,
		"json-stake": StakeView<String>,
		"json-channel": ChannelView<String>,
		"json-ancestor-share": AncestorShareView<String>,
		"json-dataset-share": DatasetShareView<String>,
	},
	&scale! {
		"mandate": Mandate<[u8; 32]>,
		"windows": Windows,
		"act": Act,
		"model-rate": ModelRate,
		"decaying": Decaying,
		"scale-agents": Page<AgentView<[u8; 32]>, u32>,
		"scale-mandate": MandateView<[u8; 32]>,
		"scale-agent-history": HistoryView,
		"scale-reputation": ReputationView<[u8; 32]>,
	},
	&json! {
		"json-agent": AgentView<String>,
		"json-mandate": MandateView<String>,
		"json-act": ActView,
		"json-agent-history": HistoryView,
		"json-reputation": ReputationView<String>,
	},
];

/// One input.
pub fn run(data: &[u8]) {
	let mut bytes = Bytes::new(data);
	let count = DECODERS.iter().map(|group| group.len()).sum();
	let chosen = bytes.below(count);
	let decoder = DECODERS.iter().copied().flatten().nth(chosen).expect("it is below the count");
	(decoder.run)(bytes.rest());
}

fn scale<T: Decode + Encode + PartialEq + Debug>(input: &[u8]) {
	let mut rest = input;
	let decoded = heap::bounded(input.len(), || T::decode(&mut rest));
	let whole = T::decode_all_with_depth_limit(MAX_DEPTH, &mut &*input);
	let Ok(value) = decoded else {
		assert!(whole.is_err());
		return;
	};
	let used = &input[..input.len() - rest.len()];
	assert_eq!(value.encode(), used, "one value, two encodings");
	assert_eq!(whole.ok(), rest.is_empty().then_some(value));
}

fn json<T: DeserializeOwned + Serialize + PartialEq + Debug>(input: &[u8]) {
	let Ok(value) = heap::bounded(input.len(), || serde_json::from_slice::<T>(input)) else {
		return;
	};
	let written = serde_json::to_vec(&value).expect("a view is valid JSON");
	assert_eq!(serde_json::from_slice::<T>(&written).expect("it was just written"), value);
}

/// The encoding of the value that zeros stand for.
fn zeros<T: Decode + Encode>() -> Vec<u8> {
	T::decode(&mut &[0; 512][..]).map(|value| value.encode()).unwrap_or_default()
}

fn json_of_zeros<T: Zeros + Serialize>() -> Vec<u8> {
	serde_json::to_vec(&T::zeros()).expect("a view is valid JSON")
}

/// What zeros decode to.
trait Zeros: Decode {
	fn zeros() -> Self {
		Self::decode(&mut &[0; 512][..]).expect("zeros are a value of every view")
	}
}

impl<T: Decode> Zeros for T {}

fn payouts_of_three() -> Vec<u8> {
	let amounts = [(1, 0, 5), (1, 2, 0), (7, 1, 9)];
	let mut before = 0;
	let records = amounts.map(|(source, ordinal, amount)| {
		let payout = Payout { source, ordinal, amount, before, reserved: 0 };
		before += amount;
		payout.to_bytes()
	});
	[&[1; 8], records.as_flattened()].concat()
}

fn records(input: &[u8]) {
	fn same<R: Record>(bytes: &[u8; RECORD_LEN]) {
		assert_eq!(R::from_bytes(bytes).to_bytes(), *bytes);
	}
	let mut bytes = Bytes::new(input);
	let at = bytes.number();
	let rest = bytes.rest();
	for record in rest.as_chunks::<RECORD_LEN>().0 {
		same::<Item>(record);
		same::<Entry>(record);
		same::<Payout>(record);
	}
	let there = usize::try_from(at).ok().and_then(|at| at.checked_add(RECORD_LEN));
	let there = there.is_some_and(|end| end <= rest.len());
	assert_eq!(Entry::read(rest, at as usize).is_some(), there);
	assert_eq!(record_count(at).is_some(), at.is_multiple_of(64));
	assert_eq!(record_offset(at).map(|offset| offset / 64), (at < 1 << 58).then_some(at));
}

fn claim(input: &[u8]) {
	let mut bytes = Bytes::new(input);
	let source = u64::from_le_bytes(bytes.array());
	let payouts = bytes.rest();
	let Ok(run) = heap::bounded(payouts.len(), || ClaimRun::find(payouts, source)) else { return };
	let records: Vec<Payout> =
		payouts.as_chunks::<RECORD_LEN>().0.iter().map(Payout::from_bytes).collect();
	let ours = || records.iter().filter(|payout| payout.source == source);
	assert_eq!(run.is_some(), ours().next().is_some());
	let sum: Option<u128> = ours().try_fold(0u128, |sum, payout| sum.checked_add(payout.amount));
	assert_eq!(run.map_or(Some(0), |run| Some(run.amount)), sum);
}

fn stored_blob(input: &[u8]) {
	static DIR: OnceLock<PathBuf> = OnceLock::new();
	let dir = DIR.get_or_init(|| {
		let memory = PathBuf::from("/dev/shm");
		let parent = if memory.is_dir() { memory } else { std::env::temp_dir() };
		parent.join(format!("tributary-fuzz-{}", std::process::id()))
	});
	let store = BlobStore::open(dir).expect("the folder can be made");
	let mut bytes = Bytes::new(input);
	let (named, wrong) = (bytes.below(3), bytes.number());
	let stored = bytes.rest();
	let honest = Content::of(stored);
	let content = match named {
		0 => Content { root: *blake3::hash(&wrong.to_le_bytes()).as_bytes(), len: honest.len },
		1 => Content { len: wrong, ..honest },
		_ => honest,
	};
	fs::write(store.path(&content.root), stored).expect("the folder takes files");
	match store.get(&content) {
		Ok(bytes) => assert!(content == honest && bytes == stored),
		Err(BlobError::Corrupt { .. }) => assert_ne!(content.root, honest.root),
		Err(BlobError::WrongLength { found, .. }) => {
			assert!(content.root == honest.root && found == honest.len && content.len != found);
		}
		Err(error) => panic!("{error}"),
	}
	fs::remove_dir_all(dir).expect("the folder is ours");
}
