//! Demands for what is missing.

mod made;

use std::collections::BTreeSet;

use subxt::utils::AccountId32;
use tributary_primitives::{
	availability::Demanded,
	blob::Opening,
	views::{DemandView, ReportView},
};

use super::{
	learned::Sake,
	order::{in_turn, Open},
	others::{Other, Others},
	plan::{allot, first_demand, Plan},
	state::{Known, OwnDemand, Period},
	Watcher,
};
use crate::{
	chain::BlockId,
	commands::{demand::Wanted, evidence::Missing},
	error::Result,
};

/// Demands that are sent at a time, in one transaction.
const AT_ONCE: usize = 16;

/// What names a blob in a demand, and the opening of its item.
type Name = (Demanded, Option<Opening>);

/// What the check of a report lacked.
#[derive(Clone, Debug, Default)]
pub struct Lacking {
	/// The blobs, those first that matter most; what names one is unknown where the list of items is
	/// missing that it stands in.
	pub blobs: Vec<(Missing, Option<Name>)>,
	/// Whether a peer is giving one of them.
	pub coming: bool,
	/// The block in which that was so.
	pub seen_in: u64,
}

impl Lacking {
	/// The blobs.
	pub fn missing(&self) -> Vec<Missing> {
		self.blobs.iter().map(|(missing, _)| *missing).collect()
	}
}

/// A chunk that is to be demanded, and the report for the sake of which it is.
#[derive(Clone, Debug)]
struct Wish {
	open: Open,
	wanted: Wanted,
	/// Whether a demand for the chunk pends: nothing is held for another one.
	repeats: bool,
}

impl Watcher<'_> {
	/// Learns from the chain which demands pend, the account's and others'.
	pub(super) async fn find_demands(&mut self) -> Result<()> {
		let pending = self.chain.demands(self.file.state.demands_from).await?;
		let block = self.chain.best().await?;
		self.learned.others = Others::default();
		self.note_demands(&pending, block)
	}

	/// Notes all demands that pend, as was seen in `block` or before.
	pub(super) fn note_demands(
		&mut self,
		pending: &[DemandView<AccountId32>],
		block: BlockId,
	) -> Result<()> {
		let first = pending.iter().map(|demand| demand.id).min();
		self.lowest = self.lowest.or(first.map(|first| (block, first)));
		for demand in pending {
			self.note_demand(demand, block)?;
		}
		Ok(())
	}

	/// Leaves demands behind that are decided for good.
	pub(super) async fn leave_demands_behind(&mut self, final_block: BlockId) -> Result<()> {
		let Some((block, first)) = self.lowest else { return Ok(()) };
		if block.number > final_block.number {
			return Ok(());
		}
		self.lowest = None;
		if self.chain.stands(block).await? {
			self.file.state.demands_from = first.max(self.file.state.demands_from);
		}
		self.file.save()
	}

	/// Notes a demand that pends in `block`.
	pub(super) fn note_demand(
		&mut self,
		demand: &DemandView<AccountId32>,
		block: BlockId,
	) -> Result<()> {
		let noted = Other::from(demand);
		if demand.demander == self.account {
			return self.own_demand(demand.id, &noted, block);
		}
		self.other_demand(demand.id, noted);
		Ok(())
	}

	/// Demands chunks of the blobs that the checks of reports lacked, within the bound, and as long as demands
	/// are heard: as many as share a transaction, of each report in turn. Peers are asked for some of that time
	/// before.
	pub(super) async fn demand_missing(&mut self, open: &[Open]) -> Result<()> {
		if self.max_demands == 0 {
			return Ok(());
		}
		let mut open = open.to_vec();
		open.sort_by_key(|open| (open.report.demand_until, open.period));
		loop {
			let mut lists = Vec::new();
			for open in &open {
				let list = self.wishes(open).await?;
				lists.extend(Some(list).filter(|list| !list.is_empty()));
				if lists.len() == AT_ONCE {
					break;
				}
			}
			let wishes = in_turn(lists, self.key.at_once(AT_ONCE));
			if wishes.is_empty() || !self.demand(wishes).await? || !self.once {
				return Ok(());
			}
		}
	}

	/// What is to be demanded now for the sake of a report, what matters most first.
	async fn wishes(&mut self, open: &Open) -> Result<Vec<Wish>> {
		let Open { period, report } = open;
		let settled = self.file.state.know(report, *period).settled_in.is_some();
		let lacking = self.learned.lacking.get(&report.id).cloned();
		let Some(lacking) = lacking.filter(|_| !settled) else { return Ok(Vec::new()) };
		// What is sent now is in the next block at the earliest.
		let next = self.chain.best().await?.number.saturating_add(1);
		if next > report.demand_until.into() {
			return Ok(Vec::new());
		}
		let wish = |wanted| Wish { open: open.clone(), wanted, repeats: false };
		let again = self.again(open, &lacking, next).await?;
		let known = self.file.state.know(report, *period).clone();
		let repeated = self.repeated(report, &known, &lacking, next).await?;
		let mut wishes: Vec<_> =
			repeated.map(|wanted| Wish { repeats: true, ..wish(wanted) }).into_iter().collect();
		wishes.extend(again.into_iter().map(wish));
		// One look is the last.
		let waits = lacking.coming || self.fetcher.has_peers() && !self.once;
		if !waits || next >= first_demand(report, lacking.coming).into() {
			let left = (self.max_demands as usize).saturating_sub(known.asked.len());
			let chosen = self.choose(report, &known, &lacking, left, next).await?;
			wishes.extend(chosen.into_iter().map(wish));
		}
		Ok(wishes)
	}

	/// The chunks that are to be demanded in the block `next`, where `left` demands are left.
	async fn choose(
		&mut self,
		report: &ReportView<AccountId32>,
		known: &Known,
		lacking: &Lacking,
		left: usize,
		next: u64,
	) -> Result<Vec<Wanted>> {
		let mut plans = Vec::new();
		let mut names = Vec::new();
		for (missing, name) in &lacking.blobs {
			let Some((blob, item)) = name else { continue };
			if !self.may_demand(&(report.id, *blob), next) {
				continue;
			}
			let mut plan = Plan::new(&missing.content, known.asked_of(blob).collect());
			plan.pends = known.is_on_its_way(blob)
				|| self.file.state.demands.iter().any(|demand| demand.blob == *blob);
			plan.leave(self.learned.others.chunks_of(blob).map(|(chunk, _)| chunk));
			plan.leave(own_chunks(&self.file.state.demands, blob).map(|(chunk, _)| chunk));
			let takes = self.chunks.takes(&missing.content);
			if takes {
				plan.leave(self.chunks.kept(&missing.content)?);
			}
			plans.push((plan, takes));
			names.push((*blob, item));
		}
		allot(&mut plans, left as u64);
		let room = left.min(self.key.at_once(AT_ONCE));
		let mut wanted = Vec::new();
		// Silence on one chunk is enough: each blob has one demanded before any has another.
		loop {
			let before = wanted.len();
			for ((plan, _), (blob, item)) in plans.iter_mut().zip(&names) {
				while wanted.len() < room {
					let Some(chunk) = plan.draw()? else { break };
					// A refusal in a block would cost a fee, and whoever demands it shows it to all.
					if let Some(pending) = self.chain.pending_demand(blob, chunk).await? {
						if let Some(demand) = self.chain.find_demand(pending).await? {
							let best = self.chain.best().await?;
							self.note_demand(&demand, best)?;
						}
						continue;
					}
					wanted.push(wanted_of(known.period(), *blob, chunk, item.as_ref()));
					break;
				}
			}
			if wanted.len() == before {
				return Ok(wanted);
			}
		}
	}

	/// Whether a demand for a blob is worth a transaction in the block `next`.
	pub(super) fn may_demand(&self, sake: &Sake, next: u64) -> bool {
		!self.learned.hopeless.contains_key(sake) && self.learned.refused.is_due(sake, next)
	}

	/// The demand for a chunk that was demanded before for no report, or for another one, if `report` would be
	/// final before something follows from silence on it. Repeated, it keeps the report open.
	async fn repeated(
		&self,
		report: &ReportView<AccountId32>,
		known: &Known,
		lacking: &Lacking,
		next: u64,
	) -> Result<Option<Wanted>> {
		let window = self.chain.settings().await?.answer_window;
		let mut latest: Option<(u32, Wanted)> = None;
		for (_, name) in &lacking.blobs {
			let Some((blob, item)) = name else { continue };
			if !self.may_demand(&(report.id, *blob), next) {
				continue;
			}
			for (chunk, until) in
				repeatable(&self.file.state.demands, &self.learned.others, known, blob)
			{
				if outlasts(until, window, report)
					&& latest.as_ref().is_none_or(|(of, _)| *of < until)
				{
					let wanted = wanted_of(known.period(), *blob, chunk, item.as_ref());
					latest = Some((until, wanted));
				}
			}
		}
		Ok(latest.map(|(_, wanted)| wanted))
	}
}

/// The chunks of `blob` that are demanded by the account, with the last block of each demand.
fn own_chunks<'a>(
	demands: &'a [OwnDemand],
	blob: &'a Demanded,
) -> impl Iterator<Item = (u64, u32)> + 'a {
	let of_blob = demands.iter().filter(move |demand| demand.blob == *blob);
	of_blob.filter_map(|demand| Some((demand.chunk?, demand.answer_until)))
}

/// The chunks of `blob` that are demanded, but not for the sake of the report `known`, with the last block of
/// each demand: by others, or by the account for another report.
fn repeatable(
	own: &[OwnDemand],
	others: &Others,
	known: &Known,
	blob: &Demanded,
) -> Vec<(u64, u32)> {
	let asked: BTreeSet<_> = known.asked_of(blob).collect();
	let pending = own_chunks(own, blob).chain(others.chunks_of(blob));
	pending.filter(|(chunk, _)| !asked.contains(chunk)).collect()
}

/// The demand for a chunk for the sake of the report on `period`.
pub(super) fn wanted_of(
	period: Period,
	blob: Demanded,
	chunk: u64,
	item: Option<&Opening>,
) -> Wanted {
	let keep_open = matches!(blob, Demanded::Contribution { .. }).then_some(period);
	Wanted { blob, chunk, item: item.cloned(), keep_open }
}

/// Whether `report` may be final before an answer window has passed since the last block `until` of a
/// demand.
fn outlasts(until: u32, window: u32, report: &ReportView<AccountId32>) -> bool {
	until.saturating_add(window) > report.challenge_until
}

#[cfg(test)]
mod tests;
