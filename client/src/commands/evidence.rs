//! What a report on a model's epoch rests on: receipts and corpus from the chain, bytes from the store.

use std::collections::BTreeMap;

use tributary_engine::{
	build_partial_report, build_report, find_fault, BlobError, BlobSource, BlobStore, Corpus,
	EpochFacts, EpochInput, Index, ReceiptInput, Report, UnseenOutput,
};
use tributary_primitives::{
	blob::Content,
	fault::Fault,
	ids::{source_of, EpochIndex, ModelId},
	traits::ReceiptFacts,
};

use crate::{
	chain::Chain,
	context::Context,
	error::{Error, Result},
};

/// Everything that a report on one epoch of one model rests on.
pub struct Evidence {
	input: EpochInput,
	index: Index,
	store: BlobStore,
	receipts: Vec<ReceiptFacts>,
	sources: BTreeMap<u64, Content>,
	/// Sources of the corpus that the store does not have.
	pub unseen: Vec<u64>,
}

impl Evidence {
	/// Gathers it. A source that the store lacks is left out and named in `unseen`; a list of items
	/// that it lacks is left out too.
	///
	/// # Errors
	/// Where the epoch is open or nobody paid in it, or what the store has can not be read.
	pub async fn gather(
		context: &Context,
		chain: &Chain,
		model: ModelId,
		epoch: EpochIndex,
	) -> Result<Self> {
		let window = chain.model(model).await?.window;
		let now = chain.epoch().await?;
		if epoch >= now.current {
			return Err(Error::refused(format!(
				"epoch {epoch} is not closed: block {} is in epoch {}. Wait until it is over.",
				now.block, now.current
			)));
		}
		let store = context.store()?;
		let mut receipts = Vec::new();
		let mut inputs = Vec::new();
		for receipt in chain.receipts(model, epoch).await? {
			let outputs_blob = match store.get(&receipt.outputs) {
				Ok(bytes) => Some(bytes.into_owned()),
				Err(BlobError::Missing(_)) => None,
				Err(error) => return Err(Error::usage(error)),
			};
			inputs.push(ReceiptInput { outputs_blob, data_amount: receipt.data_amount });
			receipts
				.push(ReceiptFacts { outputs: receipt.outputs, data_amount: receipt.data_amount });
		}
		if receipts.is_empty() {
			return Err(Error::refused(format!(
				"nobody paid for model {model} in epoch {epoch}: there is nothing to report on."
			)));
		}

		let entries = chain.corpus(model, epoch).await?;
		let bar = context.progress("reading the corpus", entries.len());
		let mut corpus = Corpus::new();
		let mut sources = BTreeMap::new();
		let mut unseen = Vec::new();
		for entry in entries {
			bar.inc(1);
			let Some(source) = source_of(entry.seq) else { continue };
			sources.insert(source, entry.content);
			match store.get(&entry.content) {
				Ok(bytes) => corpus.push(source, &bytes).map_err(Error::usage)?,
				Err(BlobError::Missing(_)) => unseen.push(source),
				Err(error) => return Err(Error::usage(error)),
			}
		}
		bar.finish_and_clear();
		let index = Index::build(corpus, window).map_err(Error::usage)?;
		let input = EpochInput { window, receipts: inputs };
		Ok(Self { input, index, store, receipts, sources, unseen })
	}

	/// The number of receipts and of sources.
	pub fn counts(&self) -> (usize, usize) {
		(self.receipts.len(), self.sources.len())
	}

	/// Builds the report; a `partial` one leaves out the sources that the store lacks, and leaves the
	/// windows of the outputs that it lacks, which are returned, unowned.
	///
	/// # Errors
	/// Where the store lacks a list of items, or a source or an output of a report that is not partial.
	pub fn report(&self, partial: bool) -> Result<(Report, Vec<UnseenOutput>)> {
		let mut receipts = self.receipts.iter().zip(&self.input.receipts).enumerate();
		if let Some((receipt, (facts, _))) =
			receipts.find(|(_, (_, input))| input.outputs_blob.is_none())
		{
			return Err(Error::usage(format!(
				"the store lacks the list of items of receipt {receipt}, blob 0x{} of {} bytes, and no \
				 report can be built without it. Fetch it from the payer and `blob put` it.",
				hex::encode(facts.outputs.root),
				facts.outputs.len
			)));
		}
		if let Some(source) = self.unseen.first().filter(|_| !partial) {
			let content = self.sources.get(source).copied().unwrap_or_default();
			return Err(Error::usage(format!(
				"the store lacks {} of {} sources; the first is source {source}, blob 0x{} of {} bytes. \
				 Fetch them and `blob put` them.",
				self.unseen.len(),
				self.sources.len(),
				hex::encode(content.root),
				content.len
			)));
		}
		let (input, index, store) = (&self.input, &self.index, &self.store);
		let built = match partial {
			true => build_partial_report(input, index, store),
			false => build_report(input, index, store).map(|report| (report, Vec::new())),
		};
		built.map_err(Error::usage)
	}

	/// Looks for a fault in the report of these two blobs.
	///
	/// # Errors
	/// Where bytes are missing that the check needs, and what is here shows no fault.
	pub fn fault(&self, entries: &Content, payouts: &Content) -> Result<Option<Fault>> {
		let bytes = |content| self.store.get(content).map_err(Error::usage);
		let (entry_bytes, payout_bytes) = (bytes(entries)?, bytes(payouts)?);
		let facts = EpochFacts {
			entries: *entries,
			payouts: *payouts,
			window: self.input.window,
			receipts: self.receipts.clone(),
			sources: self.sources.clone(),
		};
		find_fault(&self.input, &self.index, &self.store, &facts, &entry_bytes, &payout_bytes)
			.map_err(Error::usage)
	}
}
