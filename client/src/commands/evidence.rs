//! What a report on a model's epoch rests on: receipts and corpus from the chain, bytes from the store.

mod bounded;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{json, Value as Json};
use subxt::utils::AccountId32;
use tributary_engine::{
	build_partial_report, build_report, corpus::MAX_CORPUS_BYTES, find_entry_fault, find_fault,
	open_item, Corpus, EpochFacts, EpochInput, Index, IndexError, MissingBlob, Needed,
	PartialReport, ReceiptInput, WatchError,
};
use tributary_primitives::{
	availability::Demanded,
	blob::{Content, Opening},
	fault::{self, Blame, Fault},
	ids::{seq_of, source_of, EpochIndex, ModelId, ReportId},
	report::{Entry, Record, RECORD_LEN},
	traits::ReceiptFacts,
	views::ReportView,
};

use self::bounded::{read_corpus, Bounded, Sources};
use crate::{
	chain::Chain,
	context::{root_text, Context},
	error::{Error, Result},
};

/// Sources outside the corpus that the chain is asked about for one report, so that a report that names
/// many holds nobody up. One that names more is wrong by any of the others.
const MAX_FOREIGN: usize = 256;

/// Everything that a report on one epoch of one model rests on.
pub struct Evidence {
	input: EpochInput,
	index: Index,
	store: Bounded,
	receipts: Vec<ReceiptFacts>,
	sources: BTreeMap<u64, Content>,
	/// The number of sources of the corpus that the store does not have.
	absent: usize,
	/// The sources that the store has and that were not read: they are too long, or too much with the others.
	left_out: BTreeSet<u64>,
}

/// What the bytes that are here show of a report.
pub enum Finding {
	/// It is right, and everything that could show otherwise was looked at.
	Right,
	/// It is wrong, and whose the blame is.
	Wrong(Box<Fault>, Blame),
	/// Nothing is wrong as far as can be seen without these.
	Missing(Vec<Missing>),
	/// Nothing is wrong as far as can be seen without these, some of which are here.
	Unread {
		/// Those that are here, and too large to be read.
		unread: Vec<Missing>,
		/// The others.
		missing: Vec<Missing>,
	},
}

/// A blob that the check of a report needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
	/// What it is to the report.
	pub what: What,
	/// Its name.
	pub content: Content,
}

/// What a blob is to a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
	/// Its entries.
	Entries,
	/// Its payouts.
	Payouts,
	/// A part of what it reports on.
	Needed(Needed),
}

impl Evidence {
	/// Gathers it. Sources and lists of items that the store lacks are left out; those of withheld
	/// receipts are not looked for.
	///
	/// # Errors
	/// Where the epoch is open or nobody paid in it, or what the store has can not be read.
	pub async fn gather(
		context: &Context,
		chain: &Chain,
		model: ModelId,
		epoch: EpochIndex,
	) -> Result<Self> {
		Self::gather_bounded(context, chain, model, epoch, None).await
	}

	/// The same for a check, without blobs of more than `max_bytes`, and without sources for which a corpus has no
	/// room: what others have brought in must not keep the rest of a report from being checked.
	///
	/// # Errors
	/// As [`Evidence::gather`].
	pub async fn gather_within(
		context: &Context,
		chain: &Chain,
		model: ModelId,
		epoch: EpochIndex,
		max_bytes: u64,
	) -> Result<Self> {
		Self::gather_bounded(context, chain, model, epoch, Some(max_bytes)).await
	}

	async fn gather_bounded(
		context: &Context,
		chain: &Chain,
		model: ModelId,
		epoch: EpochIndex,
		max_bytes: Option<u64>,
	) -> Result<Self> {
		let window = chain.model(model).await?.window;
		let now = chain.epoch().await?;
		if epoch >= now.current {
			return Err(Error::refused(format!(
				"epoch {epoch} is not closed: block {} is in epoch {}. Wait until it is over.",
				now.block, now.current
			)));
		}
		let store = Bounded::new(context.store()?, max_bytes.unwrap_or(u64::MAX));
		let mut receipts = Vec::new();
		let mut inputs = Vec::new();
		for receipt in chain.receipts(model, epoch).await? {
			let (outputs, data_amount, withheld) =
				(receipt.outputs, receipt.data_amount, receipt.withheld);
			let outputs_blob = if withheld { None } else { store.find(&outputs)? };
			inputs.push(ReceiptInput { outputs_blob, data_amount, withheld });
			receipts.push(ReceiptFacts { outputs, data_amount, withheld });
		}
		if receipts.is_empty() {
			return Err(Error::refused(format!(
				"nobody paid for model {model} in epoch {epoch}: there is nothing to report on."
			)));
		}

		let sources: BTreeMap<_, _> = (chain.corpus(model, epoch).await?.iter())
			.filter_map(|entry| Some((source_of(entry.seq)?, entry.content)))
			.collect();
		let bar = context.progress("reading the corpus", sources.len());
		let read = read_corpus(&store, &sources, MAX_CORPUS_BYTES as u64, || bar.inc(1))?;
		bar.finish_and_clear();
		let Sources { corpus, absent, mut left_out } = read;
		// A report is built from all that is here, or not at all.
		if let Some(too_large) = left_out.first().filter(|_| max_bytes.is_none()) {
			return Err(Error::usage(format!(
				"the sources that are here have more bytes than the {MAX_CORPUS_BYTES} that are indexed at most: \
				 there is no room for source {too_large}. Leave sources out of the store, and report with --partial."
			)));
		}
		let here: Vec<_> = corpus.iter().map(|(source, _)| source).collect();
		let index = match Index::build(corpus, window) {
			// The records are checked in any case.
			Err(IndexError::SuffixArray { .. }) if max_bytes.is_some() => {
				left_out.extend(here);
				Index::build(Corpus::new(), window)
			}
			built => built,
		};
		let index = index.map_err(Error::usage)?;
		let input = EpochInput { window, receipts: inputs };
		Ok(Self { input, index, store, receipts, sources, absent, left_out })
	}

	/// The number of receipts and of sources.
	pub fn counts(&self) -> (usize, usize) {
		(self.receipts.len(), self.sources.len())
	}

	/// The number of receipts whose outputs are withheld.
	pub fn withheld(&self) -> u32 {
		let withheld = self.receipts.iter().filter(|receipt| receipt.withheld).count();
		u32::try_from(withheld).unwrap_or(u32::MAX)
	}

	/// Builds the report; a `partial` one leaves out the sources that the store lacks, and leaves the
	/// windows of the outputs that it lacks unowned.
	///
	/// # Errors
	/// Where the store lacks a list of items, or a source or an output of a report that is not partial.
	pub fn report(&self, partial: bool) -> Result<PartialReport> {
		let mut receipts = self.receipts.iter().zip(&self.input.receipts).enumerate();
		if let Some((receipt, (facts, _))) =
			receipts.find(|(_, (facts, input))| !facts.withheld && input.outputs_blob.is_none())
		{
			return Err(Error::usage(format!(
				"the store lacks the list of items of receipt {receipt}, blob {} of {} bytes, and no \
				 report can be built without it. Fetch it with `blob fetch`, or demand it.",
				root_text(&facts.outputs),
				facts.outputs.len
			)));
		}
		let (input, index, store) = (&self.input, &self.index, &self.store);
		if partial {
			return build_partial_report(input, index, store, &self.sources).map_err(Error::usage);
		}
		if self.absent > 0 {
			let absent = |source: &u64| index.corpus().get(*source).is_none();
			let first = self.sources.iter().find(|(source, _)| absent(source));
			let (source, content) =
				first.map(|(source, content)| (*source, *content)).unwrap_or_default();
			return Err(Error::usage(format!(
				"the store lacks {} of {} sources; the first is source {source}, blob {} of {} bytes. \
				 Fetch them with `blob fetch`, or leave them out with --partial.",
				self.absent,
				self.sources.len(),
				root_text(&content),
				content.len
			)));
		}
		let report = build_report(input, index, store).map_err(Error::usage)?;
		Ok(PartialReport { report, outputs: Vec::new(), unseen: Vec::new() })
	}

	/// Looks for a fault in a report. Its entries are checked also where its payouts are missing.
	///
	/// # Errors
	/// Where bytes that are here can not be read.
	pub async fn check(&self, chain: &Chain, report: &ReportView<AccountId32>) -> Result<Finding> {
		let payouts = self.store.find(&report.payouts)?;
		let lacks_payouts = Missing { what: What::Payouts, content: report.payouts };
		let lacks_payouts = payouts.is_none().then_some(lacks_payouts);
		let Some(entries) = self.store.find(&report.entries)? else {
			let entries = Missing { what: What::Entries, content: report.entries };
			return Ok(self.unsettled([entries].into_iter().chain(lacks_payouts)));
		};
		let mut facts = EpochFacts {
			entries: report.entries,
			payouts: report.payouts,
			window: self.input.window,
			receipts: self.receipts.clone(),
			sources: self.sources.clone(),
			excused: report.unseen.iter().copied().collect(),
		};
		facts.excused.extend(self.withheld_sources(chain, report, &entries).await?);
		self.look(&facts, &entries, payouts.as_deref())
	}

	/// Looks for a fault in these entries and payouts.
	fn look(&self, facts: &EpochFacts, entries: &[u8], payouts: Option<&[u8]>) -> Result<Finding> {
		let lacks_payouts = Missing { what: What::Payouts, content: facts.payouts };
		let lacks_payouts = payouts.is_none().then_some(lacks_payouts);
		let (input, index, store) = (&self.input, &self.index, &self.store);
		let found = match payouts {
			Some(payouts) => find_fault(input, index, store, facts, entries, payouts),
			// Entries that are wrong are so whatever is paid for them.
			None => find_entry_fault(input, index, store, facts, entries),
		};
		match found {
			Ok(None) => Ok(match lacks_payouts {
				Some(payouts) => self.unsettled([payouts]),
				None => Finding::Right,
			}),
			Ok(Some(fault)) => {
				let blame = fault::verify(facts, &fault).map_err(Error::usage)?;
				Ok(Finding::Wrong(Box::new(fault), blame))
			}
			Err(WatchError::Missing(missing)) => {
				let missing = missing.0.into_iter().map(Missing::from);
				Ok(self.unsettled(lacks_payouts.into_iter().chain(missing)))
			}
			Err(error) => Err(Error::usage(error)),
		}
	}

	/// What it comes to that these were not read. What is here does not arrive, so it is not among what is missing.
	fn unsettled(&self, lacking: impl IntoIterator<Item = Missing>) -> Finding {
		let (unread, missing): (Vec<_>, _) = lacking.into_iter().partition(|lacking| {
			let left_out = match lacking.what {
				What::Needed(Needed::Source { source, .. }) => self.left_out.contains(&source),
				_ => false,
			};
			left_out || self.store.is_too_long(&lacking.content)
		});
		match unread.is_empty() {
			true => Finding::Missing(missing),
			false => Finding::Unread { unread, missing },
		}
	}

	/// The sources that the entries name and that are outside the corpus because their bytes turned out
	/// to be withheld when the report was made: its attributor is not to blame for those.
	async fn withheld_sources(
		&self,
		chain: &Chain,
		report: &ReportView<AccountId32>,
		entries: &[u8],
	) -> Result<BTreeSet<u64>> {
		// The challenge window of its day.
		let window = report.demand_until.saturating_sub(report.posted_at);
		let named: BTreeSet<_> = named_sources(entries).collect();
		let mut withheld = BTreeSet::new();
		let foreign = named.into_iter().filter(|source| !self.sources.contains_key(source));
		for source in foreign.take(MAX_FOREIGN) {
			let Some(seq) = seq_of(source) else { continue };
			// An entry may name anything; what the chain does not know is nobody's excuse.
			let at = match chain.contribution(seq).await {
				Ok(found) => found.withheld_at,
				Err(Error::Refused { .. }) => None,
				Err(error) => return Err(error),
			};
			if at.is_some_and(|at| at.saturating_add(window) >= report.posted_at) {
				withheld.insert(source);
			}
		}
		Ok(withheld)
	}

	/// What names a missing blob in a demand, with the opening of its item where it is an output.
	/// `None` where the list of items is not here.
	pub fn demanded(
		&self,
		(model, epoch, report): (ModelId, EpochIndex, ReportId),
		missing: &Missing,
	) -> Option<(Demanded, Option<Opening>)> {
		Some(match missing.what {
			What::Entries => (Demanded::Entries { model, epoch, report }, None),
			What::Payouts => (Demanded::Payouts { model, epoch, report }, None),
			What::Needed(Needed::Items { receipt }) => {
				(Demanded::Items { model, epoch, receipt }, None)
			}
			What::Needed(Needed::Output { receipt, item }) => {
				let items = self.input.receipts.get(receipt as usize)?.outputs_blob.as_deref()?;
				let opening = open_item(items, item).ok()?;
				(Demanded::Output { model, epoch, receipt, item }, Some(opening))
			}
			What::Needed(Needed::Source { source, .. }) => {
				(Demanded::Contribution { seq: seq_of(source)? }, None)
			}
		})
	}
}

impl From<MissingBlob> for Missing {
	fn from(blob: MissingBlob) -> Self {
		Self { what: What::Needed(blob.needed), content: blob.content }
	}
}

impl Missing {
	/// Whether no entry of the report names it: the report is right as far as it goes.
	pub fn is_unnamed_source(&self) -> bool {
		matches!(self.what, What::Needed(Needed::Source { named: false, .. }))
	}

	/// As `--json` prints it.
	pub fn to_json(self) -> Json {
		let mut json = match self.what {
			What::Entries => json!({ "kind": "entries" }),
			What::Payouts => json!({ "kind": "payouts" }),
			What::Needed(needed) => json!(needed),
		};
		json["content"] = json!(self.content);
		json
	}
}

impl std::fmt::Display for Missing {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		match self.what {
			What::Entries => f.write_str("the entries")?,
			What::Payouts => f.write_str("the payouts")?,
			What::Needed(Needed::Items { receipt }) => write!(f, "the items of receipt {receipt}")?,
			What::Needed(Needed::Output { receipt, item }) => {
				write!(f, "the output of item {item} of receipt {receipt}")?;
			}
			What::Needed(Needed::Source { source, .. }) => write!(f, "source {source}")?,
		}
		write!(f, ", blob {} of {} bytes", root_text(&self.content), self.content.len)
	}
}

/// The sources of a blob of entries, as often as they occur.
fn named_sources(entries: &[u8]) -> impl Iterator<Item = u64> + '_ {
	let (records, _) = entries.as_chunks::<RECORD_LEN>();
	let sources = records.iter().map(|bytes| Entry::from_bytes(bytes).source);
	sources.filter(|source| *source != 0)
}

#[cfg(test)]
mod tests;
