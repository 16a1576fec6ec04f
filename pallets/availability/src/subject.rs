//! What a demand is about: whose bytes they are, which report waits for them, and what follows where
//! nobody shows them.

use frame_support::ensure;
use sp_runtime::DispatchError;
use tributary_primitives::{
	availability::Demanded,
	blob::{self, Content, Opening},
	ids::{EpochIndex, ModelId, ReportId, Seq},
	report::{record_count, record_offset, Item, Record, RECORD_LEN},
	traits::{
		Contributions, Models, OpenReports, ReceiptFacts, Receipts, ReportBlobs, Sanctions, Slash,
		WithholdReceipts,
	},
};

use crate::{
	pallet::{Config, Error},
	types::DemandOf,
};

/// A blob that may be demanded.
pub(crate) struct Subject<AccountId> {
	/// Its bytes.
	pub content: Content,
	/// Who answers for them.
	pub respondent: AccountId,
	/// The epoch of a model whose report waits for them, if there is one.
	pub waits: Option<(ModelId, EpochIndex)>,
}

/// Who answers for `blob` now, and is paid the deposit of a demand for it; `None` where nobody does. Reads
/// twice at most.
pub fn respondent<T: Config>(blob: &Demanded) -> Option<T::AccountId> {
	match *blob {
		Demanded::Entries { model, epoch, report } | Demanded::Payouts { model, epoch, report } => {
			T::Reports::demandable(model, epoch, report).map(|blobs| blobs.attributor)
		}
		Demanded::Items { model, .. } | Demanded::Output { model, .. } => T::Models::owner(model),
		Demanded::Contribution { seq } => {
			T::Datasets::contribution(seq).map(|facts| facts.contributor)
		}
	}
}

type SubjectOf<T> = Subject<<T as frame_system::Config>::AccountId>;

/// What `blob` names, if something would follow from its not being shown.
pub(crate) fn find<T: Config>(
	blob: &Demanded,
	item: Option<&Opening>,
	keep_open: Option<(ModelId, EpochIndex)>,
) -> Result<SubjectOf<T>, Error<T>> {
	let is_output = matches!(blob, Demanded::Output { .. });
	let is_contribution = matches!(blob, Demanded::Contribution { .. });
	ensure!(item.is_none() || is_output, Error::<T>::UnexpectedItem);
	ensure!(keep_open.is_none() || is_contribution, Error::<T>::UnexpectedReport);
	match *blob {
		Demanded::Entries { model, epoch, report } => {
			of_report((model, epoch), report, |blobs| blobs.entries)
		}
		Demanded::Payouts { model, epoch, report } => {
			of_report((model, epoch), report, |blobs| blobs.payouts)
		}
		Demanded::Items { model, epoch, receipt } => of_receipt((model, epoch), receipt),
		Demanded::Output { model, epoch, receipt, item: index } => {
			let item = item.ok_or(Error::<T>::MissingItem)?;
			let list = of_receipt::<T>((model, epoch), receipt)?;
			Ok(Subject { content: output(&list.content, index, item)?, ..list })
		}
		Demanded::Contribution { seq } => of_contribution(seq, keep_open),
	}
}

fn of_report<T: Config>(
	(model, epoch): (ModelId, EpochIndex),
	report: ReportId,
	content: impl FnOnce(&ReportBlobs<T::AccountId>) -> Content,
) -> Result<SubjectOf<T>, Error<T>> {
	let blobs = T::Reports::demandable(model, epoch, report).ok_or(Error::<T>::DemandsOver)?;
	Ok(Subject {
		content: content(&blobs),
		respondent: blobs.attributor,
		waits: Some((model, epoch)),
	})
}

/// A receipt as it stands, with all that are withheld.
fn receipt_of<T: Config>(
	(model, epoch): (ModelId, EpochIndex),
	receipt: u32,
) -> Option<ReceiptFacts> {
	T::Usage::receipt(model, epoch, receipt, u32::MAX)
}

/// The list of items of a receipt.
fn of_receipt<T: Config>(
	(model, epoch): (ModelId, EpochIndex),
	receipt: u32,
) -> Result<SubjectOf<T>, Error<T>> {
	let facts = receipt_of::<T>((model, epoch), receipt).ok_or(Error::<T>::NotFound)?;
	ensure!(!facts.withheld, Error::<T>::AlreadyWithheld);
	ensure!(!T::Usage::is_settled(model, epoch), Error::<T>::PotSettled);
	ensure!(T::Reports::hears_demands(model, epoch), Error::<T>::DemandsOver);
	Ok(Subject {
		content: facts.outputs,
		respondent: T::Models::owner(model).ok_or(Error::<T>::NotFound)?,
		waits: Some((model, epoch)),
	})
}

/// The output that item `index` of `items` names, by the chunk that holds the item.
fn output<T: Config>(items: &Content, index: u32, chunk: &Opening) -> Result<Content, Error<T>> {
	let index = u64::from(index);
	let offset = record_offset(index)
		.filter(|_| record_count(items.len).is_some_and(|count| index < count))
		.ok_or(Error::<T>::NotFound)?;
	let bytes = blob::verify(items, chunk)?.slice(offset, RECORD_LEN as u64)?;
	Ok(Item::read(bytes, 0).ok_or(Error::<T>::NotFound)?.output)
}

fn of_contribution<T: Config>(
	seq: Seq,
	keep_open: Option<(ModelId, EpochIndex)>,
) -> Result<SubjectOf<T>, Error<T>> {
	let facts = T::Datasets::contribution(seq).ok_or(Error::<T>::NotFound)?;
	ensure!(facts.withheld_at.is_none(), Error::<T>::AlreadyWithheld);
	if let Some((model, epoch)) = keep_open {
		let earns = T::Usage::receipt_count(model, epoch) > 0
			&& facts.accepted_as_of(T::Usage::last_block(epoch))
			&& T::Models::corpus_version(model, facts.dataset)
				.is_some_and(|version| facts.within(version));
		ensure!(earns, Error::<T>::OutsideCorpus);
		ensure!(T::Reports::hears_demands(model, epoch), Error::<T>::DemandsOver);
	} else {
		ensure!(facts.ended_at.is_none(), Error::<T>::ContributionEnded);
	}
	Ok(Subject { content: facts.content, respondent: facts.contributor, waits: keep_open })
}

/// Draws the consequence of `demand`, which nobody answered. `None` where its subject does not stand any
/// more, and nothing follows.
pub(crate) fn sanction<T: Config>(demand: &DemandOf<T>) -> Result<Option<Slash>, DispatchError> {
	match demand.blob {
		Demanded::Entries { model, epoch, report } | Demanded::Payouts { model, epoch, report } => {
			T::Reports::void_withheld(model, epoch, report, &demand.demander)
		}
		Demanded::Items { model, epoch, receipt }
		| Demanded::Output { model, epoch, receipt, .. } => {
			let counts = receipt_of::<T>((model, epoch), receipt)
				.is_some_and(|receipt| !receipt.withheld)
				&& !T::Usage::is_settled(model, epoch);
			// A report that can no longer fall has covered the receipt's items, and settles its pot.
			if !counts || !T::Reports::void_blameless(model, epoch)? {
				return Ok(None);
			}
			T::Usage::withhold(model, epoch, receipt)?;
			Ok(Some(Slash::default()))
		}
		Demanded::Contribution { seq } => {
			let stands = T::Datasets::contribution(seq)
				.is_some_and(|contribution| contribution.withheld_at.is_none());
			stands.then(|| T::Datasets::withhold(seq, &demand.demander)).transpose()
		}
	}
}
