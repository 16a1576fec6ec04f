//! Checking reports.

use std::{collections::BTreeSet, time::Duration};

use futures::{stream, StreamExt};
use indicatif::ProgressBar;
use serde_json::{json, Value as Json};
use tokio::time::Instant;
use tributary_engine::corpus::MAX_CORPUS_BYTES;
use tributary_primitives::{
	blob::Content,
	fault::{Blame, Fault},
	ids::ReportId,
	views::ReportStateView,
};

use super::{
	demands::Lacking,
	order::{in_turn, soonest_first, Open},
	sought::{by_weight, ungiven_last},
	state::{Known, Mark},
	Watcher,
};
use crate::{
	commands::{
		evidence::{Evidence, Finding, Missing},
		stored::is_here,
	},
	context::{root_text, Answer},
	error::{Error, Result},
	exchange::{FetchError, Length, PROMPT},
};

/// How long blobs of all reports are fetched before the next block is looked at.
const TURN: Duration = Duration::from_secs(10);
// A peer that says nothing leaves time for others.
const _: () = assert!(4 * PROMPT.as_millis() <= TURN.as_millis());
/// The same where there is only one look, for each time that something has arrived.
const LONG_TURN: Duration = Duration::from_secs(600);
/// Blobs that are fetched at a time.
const FETCHES: usize = 4;
/// How long reports are derived before those that were found wrong are proven so.
const DERIVING: Duration = Duration::from_secs(10);

/// What became of blobs that were looked for at peers.
#[derive(Debug, Default)]
struct Fetched {
	/// Those that are here now.
	arrived: BTreeSet<Content>,
	/// Others that are on their way.
	coming: BTreeSet<Content>,
}

/// A report that was found wrong.
#[derive(Clone, Debug)]
pub struct Wrong {
	/// The report.
	pub open: Open,
	/// What is wrong.
	pub fault: Fault,
	/// Whose the blame is.
	pub blame: Blame,
	/// What the report is called.
	pub about: String,
	/// What is said of it.
	pub json: Json,
}

impl Watcher<'_> {
	/// The reports that may be challenged and of which something is not settled, those first that are final
	/// soonest. The others are forgotten.
	pub(super) async fn open_reports(&mut self) -> Result<Vec<Open>> {
		let best = self.chain.best().await?.number;
		let mut open = Vec::new();
		for (period, happened) in self.periods.clone() {
			let settled =
				|known: &Known| known.settled_in.is_some() && best <= known.challenge_until.into();
			if !happened && self.file.state.known(period).is_some_and(settled) {
				continue;
			}
			let found = self.chain.find_report(period.0, period.1).await?;
			match found.filter(|report| report.state == ReportStateView::Challengeable) {
				Some(report) => {
					let known = self.file.state.known(period);
					if !known.is_some_and(|known| known.is(&report)) {
						// A reorganisation may have given it the number of another.
						self.learned.forget(report.id);
						self.unsaid.remove(&report.id);
					}
					self.file.state.know(&report, period);
					self.periods.insert(period, false);
					open.push(Open { period, report });
				}
				None => {
					self.periods.remove(&period);
					self.file.state.forget(period);
				}
			}
		}
		soonest_first(&mut open);
		self.file.save()?;
		Ok(open)
	}

	/// Checks reports of which all that a check needs is at hand, or was not looked for: nothing is fetched
	/// for them.
	pub(super) async fn check_at_hand(&mut self, open: &[Open]) -> Result<()> {
		// What is here and too large to be read does not come to be smaller.
		let is_open = |open: &&Open| !self.learned.unread_parts.contains_key(&open.report.id);
		let open: Vec<_> = open
			.iter()
			.filter(is_open)
			.filter(|open| self.is_worth_a_check(open))
			.cloned()
			.collect();
		self.check_all(&open).await
	}

	/// Whether a report was never checked, or something that its check lacked is here.
	fn is_worth_a_check(&self, Open { period, report }: &Open) -> bool {
		let settled = |known: &Known| known.settled_in.is_some();
		// One look checks everything, whatever was said of it before.
		if !self.once && self.file.state.known(*period).is_some_and(settled) {
			return false;
		}
		let Some(lacking) = self.learned.lacking.get(&report.id) else { return true };
		let Ok(store) = self.context.store() else { return true };
		let mut missing = lacking.missing().into_iter();
		lacking.blobs.is_empty() || missing.any(|missing| is_here(&store, &missing.content))
	}

	/// Derives reports again, and proves those wrong that are.
	async fn check_all(&mut self, open: &[Open]) -> Result<()> {
		let mut since = Instant::now();
		let mut wrong = Vec::new();
		for open in open {
			wrong.extend(self.derive(open).await?);
			if since.elapsed() >= DERIVING {
				self.prove_all(std::mem::take(&mut wrong)).await?;
				since = Instant::now();
			}
		}
		self.prove_all(wrong).await?;
		self.file.save()
	}

	/// Fetches what checks lacked, and checks again what it arrives for, until nothing more does or the turn
	/// is over.
	pub(super) async fn fetch_and_check(&mut self, open: &[Open]) -> Result<()> {
		let turn = if self.once { LONG_TURN } else { TURN };
		let mut until = Instant::now() + turn;
		let mut waiting = open.to_vec();
		loop {
			let arrived = self.gather(&waiting, until).await?;
			waiting.retain(|open| arrived.contains(&open.report.id));
			self.check_all(&waiting).await?;
			if waiting.is_empty() || !self.once && Instant::now() >= until {
				break;
			}
			if self.once {
				until = Instant::now() + turn;
			}
		}
		for open in open {
			if let Some((json, text)) = self.unsaid.remove(&open.report.id) {
				self.conclude(open, None, json, text);
			}
		}
		self.unsaid.clear();
		self.file.save()
	}

	/// Derives a report again, and says what it comes to, unless it is wrong. What it lacks is said once that was
	/// looked for.
	async fn derive(&mut self, open: &Open) -> Result<Option<Wrong>> {
		let Open { period: (model, epoch), report } = open;
		let about = format!("report {} on epoch {epoch} of model {model}", report.id);
		let mut json = json!({
			"model": model,
			"epoch": epoch,
			"report": report.id,
			"attributor": report.attributor,
		});
		// What is found rests on this block, or on one above it.
		let mark = self.trail.last().map(Mark::from);
		self.unsaid.remove(&report.id);
		self.learned.unread_parts.remove(&report.id);
		let text = match self.find(open).await {
			Ok((Finding::Right, _)) => {
				json["verdict"] = json!("sound");
				json["unseen"] = json!(0);
				self.learned.lacking.remove(&report.id);
				self.conclude(open, mark, json, format!("{about} is right"));
				return Ok(None);
			}
			Ok((Finding::Wrong(fault, blame), _)) => {
				json["verdict"] = json!("fault");
				// A report that is void is not found again. One that is stands where the block of the
				// proof was left behind, and is proven wrong once more.
				self.learned.lacking.remove(&report.id);
				return Ok(Some(Wrong { open: open.clone(), fault: *fault, blame, about, json }));
			}
			Ok((Finding::Missing(missing), lacking)) => {
				self.learned.lacking.insert(report.id, lacking);
				json["missing"] = missing.iter().copied().map(Missing::to_json).collect();
				if missing.iter().all(Missing::is_unnamed_source) {
					json["verdict"] = json!("sound");
					json["unseen"] = json!(missing.len());
					format!(
						"{about} is right as far as can be seen: {} sources are not here",
						missing.len()
					)
				} else {
					let reason = lacks(&missing);
					json["verdict"] = json!("unchecked");
					json["reason"] = json!(reason);
					format!("{about} can not be checked: {reason}")
				}
			}
			Ok((Finding::Unread { unread, missing }, lacking)) => {
				if missing.is_empty() {
					self.learned.lacking.remove(&report.id);
					let seen_in = mark.map_or(0, |mark| mark.number);
					self.learned.unread_parts.insert(report.id, seen_in);
				} else {
					self.learned.lacking.insert(report.id, lacking);
				}
				let reason = too_large(&unread);
				if !missing.is_empty() {
					json["missing"] = missing.into_iter().map(Missing::to_json).collect();
				}
				json["unread"] = unread.into_iter().map(Missing::to_json).collect();
				json["verdict"] = json!("unchecked");
				json["reason"] = json!(reason);
				format!("{about} is not checked as a whole: {reason}")
			}
			// One report whose bytes are not to be had must not end the watch over the others.
			Err(error @ (Error::Usage(_) | Error::Refused { .. })) => {
				json["verdict"] = json!("unchecked");
				json["reason"] = json!(error.to_string());
				format!("{about} can not be checked: {error}")
			}
			Err(error) => return Err(error),
		};
		self.unsaid.insert(report.id, (json, text));
		Ok(None)
	}

	/// Remembers what was found of a report, and says it unless that was said before.
	pub(super) fn conclude(
		&mut self,
		Open { period, report }: &Open,
		settled_in: Option<Mark>,
		json: Json,
		text: String,
	) {
		let known = self.file.state.know(report, *period);
		known.settled_in = settled_in;
		let said = known.said.replace(text.clone());
		if self.once || said.as_ref() != Some(&text) {
			self.tell_verdict(Answer::new(json, text));
		}
	}

	/// Looks for a fault with what is here.
	async fn find(&self, Open { period, report }: &Open) -> Result<(Finding, Lacking)> {
		let (model, epoch) = *period;
		let seen_in = self.trail.last().map(|block| block.number).unwrap_or_default();
		let evidence =
			Evidence::gather_within(self.context, &self.chain, model, epoch, self.max_bytes)
				.await?;
		let finding = evidence.check(&self.chain, report).await?;
		let (Finding::Missing(missing) | Finding::Unread { missing, .. }) = &finding else {
			return Ok((finding, Lacking::default()));
		};
		let name = (model, epoch, report.id);
		let blobs = missing.iter().map(|missing| (*missing, evidence.demanded(name, missing)));
		let lacking = Lacking { blobs: blobs.collect(), coming: false, seen_in };
		Ok((finding, lacking))
	}

	/// Takes what answers have shown and peers have of what the checks of reports lacked. Gives the reports
	/// for which something has arrived.
	async fn gather(&mut self, open: &[Open], until: Instant) -> Result<BTreeSet<ReportId>> {
		let mut arrived = BTreeSet::new();
		let mut lists = Vec::new();
		for Open { report, .. } in open {
			let Some(lacking) = self.learned.lacking.get(&report.id).cloned() else { continue };
			if self.take_answers(&lacking).await? > 0 {
				arrived.insert(report.id);
			}
			lists.push(by_weight(&lacking.missing()));
		}
		let now = self.chain.best().await?.number;
		let contents = ungiven_last(in_turn(lists, usize::MAX), &self.learned.not_given, now);
		let fetched = self.fetch(contents, until, now).await;
		for Open { report, .. } in open {
			let Some(lacking) = self.learned.lacking.get_mut(&report.id) else { continue };
			let any = |of: &BTreeSet<Content>| {
				lacking.blobs.iter().any(|(missing, _)| of.contains(&missing.content))
			};
			if any(&fetched.arrived) {
				arrived.insert(report.id);
			}
			lacking.coming = any(&fetched.coming);
		}
		Ok(arrived)
	}

	/// Fetches what peers have of `contents` in the block `now`, several at a time, those first that come first.
	async fn fetch(&mut self, contents: Vec<Content>, until: Instant, now: u64) -> Fetched {
		let mut fetched = Fetched::default();
		if !self.fetcher.has_peers() {
			return fetched;
		}
		let lacking = self.learned.lacking.values().flat_map(|lacking| &lacking.blobs);
		let wanted: BTreeSet<_> = lacking.map(|(missing, _)| missing.content).collect();
		self.learned.not_given.retain(|content| wanted.contains(content));
		let most = self.max_bytes;
		let (contents, long): (Vec<_>, Vec<_>) =
			contents.into_iter().partition(|content| content.len <= most);
		for content in long {
			self.note_once(format!(
				"blob {} has {} bytes and is not fetched: --max-bytes allows {most}",
				root_text(&content),
				content.len
			));
		}
		let fetcher = &self.fetcher;
		let fetches = contents.into_iter().map(|content| async move {
			if Instant::now() >= until {
				return (content, None);
			}
			let length = Length::Exactly(content.len);
			let bar = ProgressBar::hidden();
			(content, Some(fetcher.fetch(&content.root, length, until, &bar).await))
		});
		let results: Vec<_> = stream::iter(fetches).buffer_unordered(FETCHES).collect().await;
		for (content, result) in results {
			match result {
				Some(Ok(found)) if found.content == content => {
					self.learned.not_given.forget(&content);
					fetched.arrived.insert(content);
					self.context.note(format!("blob {} is fetched", root_text(&content)));
				}
				// A file of another length is there: no blob has that name.
				Some(Ok(_) | Err(FetchError::OutOfTime)) | None => {}
				Some(Err(FetchError::Unfinished)) => {
					fetched.coming.insert(content);
				}
				Some(Err(error)) => {
					if matches!(error, FetchError::NotServed(_)) {
						self.learned.not_given.failed(content, now);
					}
					self.note_once(format!("blob {}: {error}", root_text(&content)));
				}
			}
		}
		fetched
	}
}

/// What a check did not read though it is here, in words.
fn too_large(unread: &[Missing]) -> String {
	let first = unread.first().map(Missing::to_string).unwrap_or_default();
	let others = match unread.len() {
		0 | 1 => String::new(),
		count => format!(", and so are {} other blobs", count - 1),
	};
	format!(
		"{first}, is here and too large to be read{others}: what only they show is unchecked. \
		 --max-bytes bounds each, and all sources together have room for {MAX_CORPUS_BYTES} bytes."
	)
}

/// What a check lacks, in words.
fn lacks(missing: &[Missing]) -> String {
	match missing {
		[] => "nothing is missing".to_owned(),
		[one] => format!("{one} is not here. Fetch it, or demand it."),
		[first, rest @ ..] => format!(
			"{first}, is not here, nor are {} other blobs. Fetch them, or demand them.",
			rest.len()
		),
	}
}
