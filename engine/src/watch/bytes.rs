//! What outputs and sources show, against entries that cover every window once.

use tributary_primitives::{
	fault::{Facts, Fault},
	report::Entry,
	window::covered_len,
};

use super::{Best, Gaps, MissingBlob, Needed, Rank, Watch, WatchError};
use crate::{
	blobs::BlobSource,
	epoch::Place,
	index::{Index, Occurrence},
	report::output,
	search::{self, borders},
};

/// An entry with the output that it is about.
#[derive(Clone, Copy)]
struct OnOutput<'a> {
	at: u64,
	entry: &'a Entry,
	place: &'a Place,
	output: &'a [u8],
}

impl<B: BlobSource> Watch<'_, B> {
	/// Mismatch and Prior. A mismatch ends the search, and so does a prior that blames the
	/// attributor and crosses no chunk border; the best of the others is put into `best`.
	///
	/// What can not be checked for want of bytes is put into `gaps`, as an entry that names a
	/// hidden source must not hide every other.
	pub(super) fn window_by_window(
		&self,
		best: &mut Best,
		gaps: &mut Gaps,
	) -> Result<Option<Fault>, WatchError> {
		let mut entries = self.entries.iter().peekable();
		while let Some((_, first)) = entries.peek() {
			let here = (first.receipt, first.item);
			let place = self.input.place(here.0, here.1).filter(|place| place.windows > 0);
			let bytes = place.and_then(|place| match output(&place, self.blobs) {
				Ok(bytes) => Some(bytes),
				Err(error) if error.error.is_absence() => {
					let Place { receipt, item, output: content, .. } = place;
					gaps.outputs
						.push(MissingBlob { needed: Needed::Output { receipt, item }, content });
					None
				}
				Err(error) => {
					gaps.unreadable.get_or_insert(error);
					None
				}
			});
			while let Some((at, entry)) =
				entries.next_if(|(_, entry)| (entry.receipt, entry.item) == here)
			{
				if entry.source != 0 && self.index.corpus().get(entry.source).is_none() {
					gaps.named.insert(entry.source);
				}
				let (Some(place), Some(bytes)) = (&place, &bytes) else { continue };
				let on = OnOutput { at, entry: &entry, place, output: bytes };
				if let Some(fault) = self.in_source(on)? {
					return Ok(Some(fault));
				}
				if self.in_earlier_sources(on, best)? {
					return Ok(None);
				}
			}
		}
		Ok(None)
	}

	/// Mismatch: the entry's bytes against its source, where that is at hand.
	fn in_source(&self, on: OnOutput) -> Result<Option<Fault>, WatchError> {
		let OnOutput { at, entry, place, output } = on;
		let Some(source) = self.index.corpus().get(entry.source) else { return Ok(None) };
		let covered = self.covered(on);
		let rest = source.get(usize::try_from(entry.offset).unwrap_or(usize::MAX)..);
		let rest = rest.unwrap_or_default();
		if rest.starts_with(covered) {
			return Ok(None);
		}
		let same = covered.iter().zip(rest).take_while(|(ours, theirs)| ours == theirs).count();
		let ours = (output, entry.start.saturating_add(same as u64));
		let theirs = (source, entry.offset.saturating_add(same as u64));
		Ok(Some(self.proofs.mismatch(at, place, ours, theirs)?))
	}

	/// Prior: the entry's windows against all sources before its own. Says whether no better fault
	/// is left to be found.
	fn in_earlier_sources(&self, on: OnOutput, best: &mut Best) -> Result<bool, WatchError> {
		let windows = self.covered(on).windows(self.input.window as usize);
		for (position, window) in (on.entry.start..).zip(windows) {
			let Some(owner) = earlier(on.entry, self.index, window) else { continue };
			let mut settled = self.consider(on, position, window, owner, best)?;
			if self.facts.is_excused(owner.source) {
				if let Some(owner) = earlier(on.entry, self.without_excused()?, window) {
					settled = self.consider(on, position, window, owner, best)?;
				}
			}
			if settled {
				return Ok(true);
			}
		}
		Ok(false)
	}

	/// Keeps the fault that a window stands in an earlier source, if it is the best so far. Says
	/// whether there is no better one.
	fn consider(
		&self,
		on: OnOutput,
		position: u64,
		window: &[u8],
		mut owner: Occurrence,
		best: &mut Best,
	) -> Result<bool, WatchError> {
		let len = window.len() as u64;
		let blameless = self.facts.is_excused(owner.source);
		let here = borders(position, len);
		let rank =
			|owner: Occurrence| Rank { blameless, borders: here + borders(owner.offset, len) };
		let smaller = Rank { blameless, borders: here };
		if rank(owner) > smaller && best.lacks(smaller) && best.may_search() {
			owner = self.within_a_chunk(on.entry, window, blameless).unwrap_or(owner);
		}
		let rank = rank(owner);
		if best.lacks(rank) {
			best.put(rank, self.proofs.prior(on.at, on.place, (on.output, position), owner)?);
		}
		Ok(rank == Rank { blameless: false, borders: 0 })
	}

	/// A place in a source before that of `entry` where `window` crosses no chunk border; in one
	/// that is not excused, unless the fault is `blameless` anyway.
	fn within_a_chunk(&self, entry: &Entry, window: &[u8], blameless: bool) -> Option<Occurrence> {
		let sources =
			self.index.corpus().iter().take_while(|(source, _)| is_before(entry, *source));
		let mut sources =
			sources.filter(|(source, _)| blameless || !self.facts.is_excused(*source));
		sources.find_map(|(source, bytes)| {
			let offset = search::find(bytes, window)?;
			(borders(offset, window.len() as u64) == 0).then_some(Occurrence { source, offset })
		})
	}

	fn without_excused(&self) -> Result<&Index, WatchError> {
		if let Some(index) = self.without_excused.get() {
			return Ok(index);
		}
		let corpus = self.index.corpus().without(&self.facts.excused);
		let index = Index::build(corpus, self.input.window)?;
		Ok(self.without_excused.get_or_init(|| index))
	}

	/// The bytes that an entry covers, which fits into its item, whose windows fit into the output.
	fn covered<'b>(&self, on: OnOutput<'b>) -> &'b [u8] {
		let start = on.entry.start as usize;
		&on.output[start..start + covered_len(on.entry.count, self.input.window) as usize]
	}
}

/// The owner of `window`, where `entry` should have named it or an earlier one.
fn earlier(entry: &Entry, index: &Index, window: &[u8]) -> Option<Occurrence> {
	index.owner(window).filter(|owner| is_before(entry, owner.source))
}

/// Whether `source` comes before that of `entry`; any does where it is unowned.
fn is_before(entry: &Entry, source: u64) -> bool {
	entry.source == 0 || source < entry.source
}
