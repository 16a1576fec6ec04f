//! The calls that this program makes, in the types of the protocol.

mod agents;
mod channels;
mod disputes;
mod market;

use codec::{Compact, Encode};
use subxt::{ext::scale_value::Value, utils::AccountId32};
use tributary_primitives::{
	blob::{Content, Opening},
	fault::Fault,
	ids::{DatasetId, EpochIndex, ModelId, Salt, Seq, Version},
	traits::SyntheticPolicy,
};

use super::call::Call;
use crate::amount::Rate;

pub use agents::*;
pub use channels::*;
pub use disputes::*;
pub use market::*;

/// A blob that is registered: its name and the opening that proves its length.
#[derive(Clone, Debug)]
pub struct Registered {
	/// The name.
	pub content: Content,
	/// The tail opening.
	pub tail: Opening,
}

/// What a dataset's owner says of one use, by the runtime's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Use {
	/// Allowed.
	Allowed,
	/// Not allowed.
	NotAllowed,
	/// Allowed under the licence's conditions.
	Constrained,
}

/// How a model came from its parents, by the runtime's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Relation {
	/// From nothing: it has no parent.
	Pretrain,
	/// By further training.
	Finetune,
	/// An adapter for its parent.
	Adapter,
	/// Of two or more parents.
	Merge,
	/// With fewer bits.
	Quantized,
	/// Trained on its parent's outputs.
	Distill,
	/// In another format.
	Convert,
}

/// What a dataset is created with.
#[derive(Clone, Debug)]
pub struct NewDataset {
	/// Who decides on contributions; everyone is admitted where there is nobody.
	pub curators: Vec<AccountId32>,
	/// The curators' part of what its contributions earn.
	pub curator_share: Rate,
	/// An SPDX licence expression.
	pub licence: String,
	/// Data mining, inference, training, generative training.
	pub uses: [Use; 4],
	/// What becomes of contributions that repeat a served output.
	pub synthetic: SyntheticPolicy,
	/// What a contribution must hold, in planck.
	pub contribution_deposit: u128,
	/// Its description.
	pub metadata: Registered,
}

/// What a model is registered with.
#[derive(Clone, Debug)]
pub struct NewModel {
	/// How it came from its parents.
	pub relation: Relation,
	/// The models that it was made from.
	pub parents: Vec<ModelId>,
	/// The datasets that it pins itself.
	pub pins: Vec<(DatasetId, Version)>,
	/// Whether it is generative.
	pub generative: bool,
	/// What it asks of a later descendant's net revenue.
	pub lineage_rate: Rate,
	/// The part of its net revenue that goes to the data.
	pub data_rate: Rate,
	/// Its window, in bytes.
	pub window: u32,
	/// The most that its ancestors' rates may sum to.
	pub max_lineage: Rate,
	/// Its weights, or whatever is served.
	pub artifact: Registered,
	/// How it was trained.
	pub manifest: Registered,
}

/// What a report is posted with.
#[derive(Clone, Debug)]
pub struct NewReport {
	/// The blob of entries.
	pub entries: Registered,
	/// The blob of payouts.
	pub payouts: Registered,
	/// What all sources earn by it, in planck.
	pub total: u128,
	/// The sources whose bytes were not to be had, ascending.
	pub unseen: Vec<u64>,
	/// The number of receipts whose outputs are withheld.
	pub withheld: u32,
}

/// One end of a source's run of payouts.
#[derive(Clone, Debug, Encode)]
pub struct PayoutProof {
	/// The payout's index.
	pub index: u64,
	/// The chunks of the blob of payouts that hold it and its neighbour outside the run.
	pub opening: Opening,
}

fn number(value: impl Into<u128>) -> Value {
	Value::u128(value.into())
}

/// A variant's name is its name in the runtime.
fn unit(variant: impl std::fmt::Debug) -> Value {
	Value::unnamed_variant(format!("{variant:?}"), [])
}

fn account(account: &AccountId32) -> Value {
	Value::from_bytes(account.0)
}

/// `Datasets.create`.
pub fn create_dataset(new: &NewDataset) -> Call {
	let admission = if new.curators.is_empty() {
		Value::unnamed_variant("Open", [])
	} else {
		let curators = Value::unnamed_composite(new.curators.iter().map(account));
		Value::unnamed_variant("Curated", [curators])
	};
	let names = ["data_mining", "inference", "training", "generative_training"];
	let uses = Value::named_composite(names.into_iter().zip(new.uses.map(unit)));
	Call::new("Datasets", "create")
		.plain("admission", admission)
		.plain("curator_share", number(new.curator_share.0))
		.scale("licence", &new.licence.as_bytes())
		.plain("uses", uses)
		.scale("synthetic", &new.synthetic)
		.plain("contribution_deposit", number(new.contribution_deposit))
		.scale("metadata", &new.metadata.content)
		.scale("metadata_tail", &new.metadata.tail)
}

/// `Datasets.commit`.
pub fn commit(hash: [u8; 32]) -> Call {
	Call::new("Datasets", "commit").scale("hash", &hash)
}

/// `Datasets.reveal`.
pub fn reveal(seq: Seq, dataset: DatasetId, blob: &Registered, salt: &Salt) -> Call {
	Call::new("Datasets", "reveal")
		.plain("seq", number(seq))
		.plain("dataset", number(dataset))
		.scale("content", &blob.content)
		.scale("salt", salt)
		.scale("tail", &blob.tail)
}

/// `Datasets.accept`.
pub fn accept(seq: Seq) -> Call {
	Call::new("Datasets", "accept").plain("seq", number(seq))
}

/// `Datasets.reject`.
pub fn reject(seq: Seq) -> Call {
	Call::new("Datasets", "reject").plain("seq", number(seq))
}

/// `Datasets.withdraw`.
pub fn withdraw(seq: Seq) -> Call {
	Call::new("Datasets", "withdraw").plain("seq", number(seq))
}

/// `Models.register`.
pub fn register_model(new: &NewModel) -> Call {
	let terms = Value::named_composite([
		("lineage_rate", number(new.lineage_rate.0)),
		("data_rate", number(new.data_rate.0)),
		("window", number(new.window)),
	]);
	Call::new("Models", "register")
		.plain("relation", unit(new.relation))
		.scale("parents", &new.parents)
		.scale("pins", &new.pins)
		.plain("generative", Value::bool(new.generative))
		.plain("terms", terms)
		.plain("max_lineage", number(new.max_lineage.0))
		.scale("artifact", &new.artifact.content)
		.scale("artifact_tail", &new.artifact.tail)
		.scale("manifest", &new.manifest.content)
		.scale("manifest_tail", &new.manifest.tail)
}

/// `Models.set_lineage_rate`.
pub fn set_lineage_rate(model: ModelId, rate: Rate) -> Call {
	Call::new("Models", "set_lineage_rate")
		.plain("model", number(model))
		.plain("rate", number(rate.0))
}

/// `Usage.pay`.
pub fn pay(model: ModelId, outputs: &Registered, amount: u128) -> Call {
	Call::new("Usage", "pay")
		.plain("model", number(model))
		.scale("outputs", &outputs.content)
		.scale("outputs_tail", &outputs.tail)
		.plain("amount", number(amount))
}

/// `Usage.claim_owner`.
pub fn claim_owner(model: ModelId) -> Call {
	Call::new("Usage", "claim_owner").plain("model", number(model))
}

/// `Usage.claim_lineage`.
pub fn claim_lineage(model: ModelId, ancestor: ModelId, tenure: u32) -> Call {
	Call::new("Usage", "claim_lineage")
		.plain("model", number(model))
		.plain("ancestor", number(ancestor))
		.plain("tenure", number(tenure))
}

/// `Usage.collect_due`.
pub fn collect_due(beneficiary: &AccountId32) -> Call {
	Call::new("Usage", "collect_due").plain("beneficiary", account(beneficiary))
}

/// `Attribution.bond`.
pub fn bond(amount: u128) -> Call {
	Call::new("Attribution", "bond").plain("amount", number(amount))
}

/// `Attribution.unbond`.
pub fn unbond(amount: u128) -> Call {
	Call::new("Attribution", "unbond").plain("amount", number(amount))
}

/// `Attribution.report`.
pub fn report(model: ModelId, epoch: EpochIndex, new: &NewReport) -> Call {
	Call::new("Attribution", "report")
		.plain("model", number(model))
		.plain("epoch", number(epoch))
		.scale("entries", &new.entries.content)
		.scale("entries_tail", &new.entries.tail)
		.scale("payouts", &new.payouts.content)
		.scale("payouts_tail", &new.payouts.tail)
		.plain("total", number(new.total))
		.scale("unseen", &new.unseen)
		.plain("withheld", number(new.withheld))
}

/// `Attribution.submit_fault`, which nobody signs.
pub fn submit_fault(
	model: ModelId,
	epoch: EpochIndex,
	report: u32,
	challenger: &AccountId32,
	fault: &Fault,
) -> Call {
	Call::new("Attribution", "submit_fault")
		.plain("model", number(model))
		.plain("epoch", number(epoch))
		.plain("report", number(report))
		.plain("challenger", account(challenger))
		.scale("fault", fault)
}

/// `Attribution.finalise`.
pub fn finalise(model: ModelId, epoch: EpochIndex) -> Call {
	Call::new("Attribution", "finalise").plain("model", number(model)).plain("epoch", number(epoch))
}

/// `Attribution.claim`.
pub fn claim(
	model: ModelId,
	epoch: EpochIndex,
	source: u64,
	first: &PayoutProof,
	last: &PayoutProof,
) -> Call {
	Call::new("Attribution", "claim")
		.plain("model", number(model))
		.plain("epoch", number(epoch))
		.plain("source", number(source))
		.scale("first", first)
		.scale("last", last)
}

/// `Utility.batch_all` of encoded calls: all of them, or none. It takes no acts of agents, whose records stay
/// whatever becomes of others.
pub fn batch_all(calls: &[Vec<u8>]) -> Call {
	batch("batch_all", calls)
}

/// `Utility.force_batch` of encoded calls: each of them that succeeds.
pub fn force_batch(calls: &[Vec<u8>]) -> Call {
	batch("force_batch", calls)
}

fn batch(name: &'static str, calls: &[Vec<u8>]) -> Call {
	let count = Compact(u32::try_from(calls.len()).unwrap_or(u32::MAX));
	let encoded = [count.encode(), calls.concat()].concat();
	Call::new("Utility", name).encoded("calls", encoded)
}
