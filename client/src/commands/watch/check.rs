//! Checking one report.

use std::time::Duration;

use indicatif::ProgressBar;
use serde_json::json;
use subxt::utils::AccountId32;
use tokio::time::Instant;
use tributary_engine::BlobStore;
use tributary_primitives::{
	blob::Content,
	views::{ReportStateView, ReportView},
};

use super::{
	demands::Lacking,
	state::{Known, Mark, Period},
	Watcher,
};
use crate::{
	commands::evidence::{Evidence, Finding, Missing},
	context::{root_text, Answer},
	error::{Error, Result},
	exchange::{FetchError, Length},
};

/// How long blobs of one report are fetched before other reports are looked at.
const TURN: Duration = Duration::from_secs(10);
/// The same where there is only one look.
const LONG_TURN: Duration = Duration::from_secs(600);

/// What became of blobs that were looked for at peers.
#[derive(Clone, Copy, Debug, Default)]
struct Fetched {
	/// How many are here now.
	arrived: usize,
	/// Whether one of the others is on its way.
	coming: bool,
}

impl Watcher<'_> {
	/// Checks the report on `period`, if there is one that may be challenged and of which something is
	/// not settled.
	pub(super) async fn check(&mut self, period: Period) -> Result<()> {
		let (model, epoch) = period;
		let best = self.chain.best().await?.number;
		let quiet = self.periods.get(&period) == Some(&false);
		let settled =
			|known: &Known| known.settled_in.is_some() && best <= known.challenge_until.into();
		if quiet && self.file.state.known(period).is_some_and(settled) {
			return Ok(());
		}
		let found = self.chain.find_report(model, epoch).await?;
		let open = found.filter(|report| report.state == ReportStateView::Challengeable);
		let Some(report) = open else {
			self.periods.remove(&period);
			self.file.state.forget(period);
			return self.file.save();
		};
		// One look checks everything, whatever was said of it before.
		let settled = self.file.state.know(&report, period).settled_in.is_some() && !self.once;
		if !settled && self.is_worth_a_check(&report).await? {
			self.derive(&report, period).await?;
		}
		if let Some(known) = self.file.state.known(period) {
			if known.settled_in.is_none() {
				self.demand_missing(&report, period).await?;
			}
		}
		self.periods.insert(period, false);
		self.file.save()
	}

	/// Whether a report was never checked, or something that its check lacked has arrived.
	async fn is_worth_a_check(&mut self, report: &ReportView<AccountId32>) -> Result<bool> {
		let Some(lacking) = self.learned.lacking.get(&report.id).cloned() else { return Ok(true) };
		let missing = lacking.missing();
		if missing.is_empty() {
			return Ok(true);
		}
		let Ok(store) = self.context.store() else { return Ok(true) };
		if missing.iter().any(|missing| is_here(&store, &missing.content)) {
			return Ok(true);
		}
		let shown = self.take_answers(&lacking).await?;
		let fetched = self.fetch(&missing).await;
		if let Some(lacking) = self.learned.lacking.get_mut(&report.id) {
			lacking.coming = fetched.coming;
		}
		Ok(shown > 0 || fetched.arrived > 0)
	}

	/// Derives the report again, and says what it comes to.
	async fn derive(&mut self, report: &ReportView<AccountId32>, period: Period) -> Result<()> {
		let (model, epoch) = period;
		let about = format!("report {} on epoch {epoch} of model {model}", report.id);
		let mut json = json!({
			"model": model,
			"epoch": epoch,
			"report": report.id,
			"attributor": report.attributor,
		});
		// What is found rests on this block, or on one above it.
		let mark = self.last;
		let found = self.find(report, period).await;
		let (text, settled) = match found {
			Ok((Finding::Right, _)) => {
				json["verdict"] = json!("sound");
				json["unseen"] = json!(0);
				(format!("{about} is right"), true)
			}
			Ok((Finding::Wrong(fault, blame), _)) => {
				json["verdict"] = json!("fault");
				// A report that is void is not found again. One that is stands where the block of the
				// proof was left behind, and is proven wrong once more.
				self.learned.lacking.remove(&report.id);
				(self.prove(report, period, &about, &fault, blame, &mut json).await?, false)
			}
			Ok((Finding::Missing(missing), lacking)) => {
				self.learned.lacking.insert(report.id, lacking);
				json["missing"] = missing.iter().copied().map(Missing::to_json).collect();
				let text = if missing.iter().all(Missing::is_unnamed_source) {
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
				};
				(text, false)
			}
			// One report whose bytes are not to be had must not end the watch over the others.
			Err(error @ (Error::Usage(_) | Error::Refused { .. })) => {
				json["verdict"] = json!("unchecked");
				json["reason"] = json!(error.to_string());
				(format!("{about} can not be checked: {error}"), false)
			}
			Err(error) => return Err(error),
		};
		if settled {
			self.learned.lacking.remove(&report.id);
		}
		let known = self.file.state.know(report, period);
		known.settled_in = mark.map(Mark::from).filter(|_| settled);
		let said = known.said.replace(text.clone());
		if self.once || said.as_ref() != Some(&text) {
			self.tell_verdict(Answer::new(json, text));
		}
		Ok(())
	}

	/// Looks for a fault, and for missing blobs at peers, until neither gives anything new.
	async fn find(
		&mut self,
		report: &ReportView<AccountId32>,
		(model, epoch): Period,
	) -> Result<(Finding, Lacking)> {
		loop {
			let evidence = Evidence::gather(self.context, &self.chain, model, epoch).await?;
			let finding = evidence.check(&self.chain, report).await?;
			let Finding::Missing(missing) = &finding else {
				return Ok((finding, Lacking::default()));
			};
			let name = (model, epoch, report.id);
			let blobs = missing.iter().map(|missing| (*missing, evidence.demanded(name, missing)));
			let mut lacking = Lacking { blobs: blobs.collect(), coming: false };
			let shown = self.take_answers(&lacking).await?;
			let fetched = self.fetch(missing).await;
			if shown == 0 && fetched.arrived == 0 {
				lacking.coming = fetched.coming;
				return Ok((finding, lacking));
			}
		}
	}

	/// Fetches what peers have of `missing`, the shortest first, as long as its turn lasts.
	async fn fetch(&mut self, missing: &[Missing]) -> Fetched {
		let mut fetched = Fetched::default();
		if !self.fetcher.has_peers() {
			return fetched;
		}
		let turn = if self.once { LONG_TURN } else { TURN };
		let until = Instant::now() + turn;
		let mut contents: Vec<_> = missing.iter().map(|missing| missing.content).collect();
		contents.sort_by_key(|content| (content.len, content.root));
		contents.dedup();
		for content in contents {
			let length = Length::Exactly(content.len);
			let bar = ProgressBar::hidden();
			match self.fetcher.fetch(&content.root, length, until, &bar).await {
				Ok(found) if found.content == content => {
					fetched.arrived += 1;
					self.context.note(format!("blob {} is fetched", root_text(&content)));
				}
				// A file of another length is there: no blob has that name.
				Ok(_) => {}
				Err(error @ (FetchError::NotServed(_) | FetchError::Unreachable(_))) => {
					self.note_once(format!("blob {}: {error}", root_text(&content)));
				}
				Err(FetchError::Unfinished) => {
					fetched.coming = true;
					break;
				}
				Err(FetchError::Local(error)) => {
					self.note_once(format!("blob {}: {error}", root_text(&content)));
				}
			}
		}
		fetched
	}
}

/// Whether the store has a file of that name and length.
fn is_here(store: &BlobStore, content: &Content) -> bool {
	let meta = std::fs::metadata(store.path(&content.root));
	meta.is_ok_and(|meta| meta.is_file() && meta.len() == content.len)
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
