//! Datasets, contributions, models and payments, put on a chain by signed transactions.

use codec::Encode;
use frame_support::traits::Get;
use pallet_datasets::{Admission, CuratorsOf, Use, Uses};
use pallet_models::{Pin, Relation, Terms};
use sp_io::hashing::blake2_256;
use sp_keyring::Sr25519Keyring as Account;
use sp_runtime::Perbill;
use tributary_primitives::{
	blob::{open, open_tail, Content, Opening},
	ids::{commitment, Seq},
	report::{Record, RECORD_LEN},
	traits::SyntheticPolicy,
};
use tributary_runtime::{params::TRIB, Hash, Runtime, RuntimeEvent, System};

use crate::chain::Chain;

pub type Datasets = pallet_datasets::Call<Runtime>;
pub type Models = pallet_models::Call<Runtime>;
pub type Usage = pallet_usage::Call<Runtime>;

pub const CURATOR: Account = Account::Bob;
pub const PAYER: Account = Account::BobStash;

/// The only dataset.
pub const DATASET: u32 = 0;
/// The window of every model, in bytes.
pub const WINDOW: u32 = 24;
/// What every payment is, in planck.
pub const PAID: u128 = 100 * TRIB;
/// What the items of a receipt share: 2 % are the protocol's, of the rest 30 % go to the data, and 5 % of
/// that to the attributor.
pub const DATA_AMOUNT: u128 = 27_930_000_000_000;

/// The length of a span, in blocks.
pub fn blocks<Span: Get<u32>>() -> u32 {
	Span::get()
}

/// Bytes that no other seed gives, and in which no window stands twice.
pub fn text(seed: u8, len: usize) -> Vec<u8> {
	(0..len.div_ceil(32))
		.flat_map(|part| blake2_256(&(seed, part as u32).encode()))
		.take(len)
		.collect()
}

/// The last chunk of `data`.
pub fn tail(data: &[u8]) -> Box<Opening> {
	Box::new(open_tail(data).expect("every blob has a last chunk"))
}

/// A blob of records.
pub fn records<R: Record>(list: &[R]) -> Vec<u8> {
	list.iter().flat_map(Record::to_bytes).collect()
}

/// The chunk of a blob that holds its record `index`.
pub fn record_opening(blob: &[u8], index: usize) -> Opening {
	let at = (index * RECORD_LEN) as u64;
	open(blob, at, RECORD_LEN as u64).expect("the record is there")
}

/// Opens [`DATASET`] to everybody. Its curator takes nothing.
pub fn create_dataset(chain: &mut Chain, synthetic: SyntheticPolicy) {
	create_dataset_with(chain, synthetic, Admission::Open, Perbill::zero());
}

/// Creates [`DATASET`], where [`CURATOR`] accepts what it is for, and `curator_share` of what that earns goes
/// to whoever has its title.
pub fn create_curated_dataset(chain: &mut Chain, curator_share: Perbill) {
	let curators = vec![CURATOR.to_account_id()].try_into().expect("it is one");
	let admission = Admission::Curated(curators);
	create_dataset_with(chain, SyntheticPolicy::Refuse, admission, curator_share);
}

fn create_dataset_with(
	chain: &mut Chain,
	synthetic: SyntheticPolicy,
	admission: Admission<CuratorsOf<Runtime>>,
	curator_share: Perbill,
) {
	let metadata = b"{}";
	let call = Datasets::create {
		admission,
		curator_share,
		licence: b"CC-BY-4.0".to_vec().try_into().expect("it is short"),
		uses: Uses {
			data_mining: Use::Allowed,
			inference: Use::Allowed,
			training: Use::Allowed,
			generative_training: Use::Constrained,
		},
		synthetic,
		contribution_deposit: 0,
		metadata: Content::of(metadata),
		metadata_tail: tail(metadata),
	};
	chain.run(CURATOR, call);
}

/// Commits and reveals the blob `content`, of which `tail` is the last chunk. Takes two blocks.
pub fn contribute_blob(
	chain: &mut Chain,
	who: Account,
	content: Content,
	tail: Box<Opening>,
) -> Seq {
	let salt = [7; 32];
	let genesis: Hash = chain.ext.execute_with(|| System::block_hash(0));
	let hash = commitment(&genesis, DATASET, &who.to_account_id(), &content, &salt);
	chain.run(who, Datasets::commit { hash });
	let seq = chain
		.find_event(|event| match event {
			RuntimeEvent::Datasets(pallet_datasets::Event::Committed { seq, .. }) => Some(seq),
			_ => None,
		})
		.expect("the commitment has a place");
	chain.run(who, Datasets::reveal { seq, dataset: DATASET, content, salt, tail });
	seq
}

/// Commits and reveals `data`. Takes two blocks.
pub fn contribute(chain: &mut Chain, who: Account, data: &[u8]) -> Seq {
	contribute_blob(chain, who, Content::of(data), tail(data))
}

/// Registers a model of `owner` that pins version `version` of [`DATASET`], unless that is 0.
pub fn register_model(chain: &mut Chain, owner: Account, parents: Vec<u32>, version: u32) {
	let (artifact, manifest) = (text(owner as u8, 3_000), b"steps = 1".to_vec());
	let pins = if version > 0 { vec![Pin { dataset: DATASET, version }] } else { Vec::new() };
	let call = Models::register {
		relation: if parents.is_empty() { Relation::Pretrain } else { Relation::Finetune },
		parents: parents.try_into().expect("there are few"),
		pins: pins.try_into().expect("there are few"),
		generative: true,
		terms: Terms {
			lineage_rate: Perbill::from_percent(10),
			data_rate: Perbill::from_percent(30),
			window: WINDOW,
		},
		max_lineage: Perbill::one(),
		artifact: Content::of(&artifact),
		artifact_tail: tail(&artifact),
		manifest: Content::of(&manifest),
		manifest_tail: tail(&manifest),
	};
	chain.run(owner, call);
}

/// Pays [`PAID`] for the items of the blob `outputs`, of which `outputs_tail` is the last chunk.
pub fn pay_for(chain: &mut Chain, model: u32, outputs: Content, outputs_tail: Box<Opening>) {
	chain.run(PAYER, Usage::pay { model, outputs, outputs_tail, amount: PAID });
}
