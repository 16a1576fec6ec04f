//! What a watch has to remember when it is stopped and started again.

use std::{
	collections::BTreeSet,
	fs::File,
	io::{self, Read},
	path::{Path, PathBuf},
};

use codec::{DecodeAll, Encode};
use serde::{Deserialize, Serialize};
use subxt::utils::{AccountId32, H256};
use tributary_primitives::{
	availability::Demanded,
	fault::Fault,
	ids::{EpochIndex, ModelId, ReportId, Salt},
	views::{hex32, ReportView},
};

use crate::{
	chain::BlockId,
	error::{Error, Result},
	files,
};

/// The most bytes of a state file that are read.
const MAX_FILE: u64 = 256 << 20;
/// The most bytes of an announced fault: a fault that fits a transaction has fewer.
const MAX_FAULT: usize = 64 << 10;

/// A model's epoch.
pub type Period = (ModelId, EpochIndex);

/// What is remembered. The account's deposits and rewards hang on demands and announcements.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct State {
	/// The open reports that were looked at, one for each model and epoch.
	pub reports: Vec<Known>,
	/// The account's demands that were neither answered nor enforced.
	pub demands: Vec<OwnDemand>,
	/// The account's announcements that were neither revealed and paid nor withdrawn.
	pub announcements: Vec<Announcement>,
	/// No demand of a lower number pends, in a block that is final.
	#[serde(default)]
	pub demands_from: u64,
}

/// An open report that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Known {
	/// The model.
	pub model: ModelId,
	/// The epoch.
	pub epoch: EpochIndex,
	/// The report.
	pub report: ReportId,
	/// Its blobs: a reorganisation may give its number to another.
	#[serde(with = "hex32")]
	pub entries: [u8; 32],
	/// As `entries`.
	#[serde(with = "hex32")]
	pub payouts: [u8; 32],
	/// The last block in which a fault is heard, as far as is known.
	pub challenge_until: u32,
	/// The block in whose state nothing was left to check, if that was so.
	#[serde(default)]
	pub settled_in: Option<Mark>,
	/// What was said of it last.
	pub said: Option<String>,
	/// The chunks that were demanded for its sake.
	#[serde(default)]
	pub asked: Vec<Asked>,
}

/// A block in whose state something was found or done. A reorganisation may take it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
	/// Its number.
	pub number: u64,
	/// Its hash.
	#[serde(with = "hex32")]
	pub hash: [u8; 32],
}

/// A chunk that was demanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
	/// The blob.
	pub blob: Demanded,
	/// The chunk of it.
	pub chunk: u64,
	/// The block in which it was demanded, as far as that is known.
	#[serde(default)]
	pub asked_in: Option<Mark>,
	/// The block after which the demand was sent that is not known to stand in any.
	#[serde(default)]
	pub sent_in: Option<u64>,
}

/// A demand of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnDemand {
	/// Its number.
	pub id: u64,
	/// What was demanded.
	pub blob: Demanded,
	/// The chunk of it, where it was noted.
	#[serde(default)]
	pub chunk: Option<u64>,
	/// The last block in which it may be answered.
	pub answer_until: u32,
}

/// A fault that was announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Announcement {
	/// The model.
	pub model: ModelId,
	/// The epoch.
	pub epoch: EpochIndex,
	/// The report.
	pub report: ReportId,
	/// The blobs of the report that the fault is of, where they were noted.
	#[serde(default)]
	blobs: Option<Blobs>,
	/// The secret in the announcement.
	#[serde(with = "hex32")]
	pub salt: Salt,
	/// The very bytes of the fault that was announced, SCALE-encoded, in hex.
	fault: String,
	/// Whether there is nothing left to reveal.
	pub revealed: bool,
	/// The block in which it was revealed, if it was.
	#[serde(default)]
	pub revealed_in: Option<Mark>,
	/// Whether the deposit was returned.
	pub returned: bool,
}

/// The blobs of a report: a reorganisation may give its number to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Blobs {
	#[serde(with = "hex32")]
	entries: [u8; 32],
	#[serde(with = "hex32")]
	payouts: [u8; 32],
}

impl Blobs {
	fn of(report: &ReportView<AccountId32>) -> Self {
		Self { entries: report.entries.root, payouts: report.payouts.root }
	}
}

impl State {
	/// What is remembered of the open report on `period`.
	pub fn known(&self, period: Period) -> Option<&Known> {
		self.reports.iter().find(|known| known.period() == period)
	}

	/// What is remembered of `report`, from now on if nothing was before. An earlier report on the same
	/// epoch is forgotten.
	pub fn know(&mut self, report: &ReportView<AccountId32>, period: Period) -> &mut Known {
		let (model, epoch) = period;
		let at = self.reports.iter().position(|known| known.period() == period);
		let fresh = || Known {
			model,
			epoch,
			report: report.id,
			entries: report.entries.root,
			payouts: report.payouts.root,
			challenge_until: report.challenge_until,
			settled_in: None,
			said: None,
			asked: Vec::new(),
		};
		let at = at.unwrap_or_else(|| {
			self.reports.push(fresh());
			self.reports.len() - 1
		});
		let known = &mut self.reports[at];
		if !known.is(report) {
			*known = fresh();
		}
		known.challenge_until = report.challenge_until;
		known
	}

	/// The blocks on which something rests, in order.
	pub fn marks(&self) -> BTreeSet<Mark> {
		let settled = self.reports.iter().filter_map(|known| known.settled_in);
		let asked = self.reports.iter().flat_map(|known| &known.asked);
		let asked = asked.filter_map(|asked| asked.asked_in);
		let revealed = self.announcements.iter().filter_map(|announced| announced.revealed_in);
		settled.chain(asked).chain(revealed).collect()
	}

	/// Takes back what rests on the block `gone`, which a reorganisation has left behind.
	pub fn take_back(&mut self, gone: &Mark) {
		for known in &mut self.reports {
			known.settled_in = known.settled_in.filter(|mark| mark != gone);
			known.asked.iter_mut().for_each(|asked| asked.take_back(gone));
		}
		for announcement in &mut self.announcements {
			if announcement.revealed_in.as_ref() == Some(gone) {
				announcement.revealed_in = None;
				announcement.revealed = false;
				announcement.returned = false;
			}
		}
	}

	/// Has reports checked again that were settled before the block `number`, of which it is not known what
	/// happened in it.
	pub fn doubt(&mut self, number: u64) {
		for known in &mut self.reports {
			known.settled_in = known.settled_in.filter(|mark| mark.number >= number);
		}
	}

	/// Forgets the report on `period`.
	pub fn forget(&mut self, period: Period) {
		self.reports.retain(|known| known.period() != period);
	}

	/// The announced fault of `report`, if there is one; not one of another report that had its number.
	pub fn announced(&self, report: &ReportView<AccountId32>) -> Option<&Announcement> {
		let blobs = Blobs::of(report);
		self.announcements.iter().find(|announcement| {
			announcement.report == report.id && announcement.blobs.is_none_or(|of| of == blobs)
		})
	}

	/// Replaces what was announced of the report of `announcement`. Returns that.
	pub fn replace(&mut self, announcement: Announcement) -> Option<Announcement> {
		let same = |other: &Announcement| other.report == announcement.report;
		let earlier = self.announcements.iter().position(same);
		let earlier = earlier.map(|at| self.announcements.remove(at));
		self.announcements.push(announcement);
		earlier
	}
}

impl Known {
	/// What it reports on.
	pub fn period(&self) -> Period {
		(self.model, self.epoch)
	}

	/// Whether it is `report`, and not another one of that number.
	pub fn is(&self, report: &ReportView<AccountId32>) -> bool {
		let name = (self.report, self.entries, self.payouts);
		name == (report.id, report.entries.root, report.payouts.root)
	}

	/// The chunks of `blob` that were demanded for its sake.
	pub fn asked_of<'a>(&'a self, blob: &'a Demanded) -> impl Iterator<Item = u64> + 'a {
		self.asked.iter().filter(move |asked| asked.blob == *blob).map(|asked| asked.chunk)
	}
}

impl From<BlockId> for Mark {
	fn from(block: BlockId) -> Self {
		Self { number: block.number, hash: block.hash.0 }
	}
}

impl From<Mark> for BlockId {
	fn from(mark: Mark) -> Self {
		Self { number: mark.number, hash: H256(mark.hash) }
	}
}

impl Announcement {
	/// An announcement of a `fault` of `report` that is to be made.
	pub fn new(
		(model, epoch): Period,
		report: &ReportView<AccountId32>,
		salt: Salt,
		fault: &Fault,
	) -> Self {
		Self {
			model,
			epoch,
			report: report.id,
			blobs: Some(Blobs::of(report)),
			salt,
			fault: hex::encode(fault.encode()),
			revealed: false,
			revealed_in: None,
			returned: false,
		}
	}

	/// The fault.
	///
	/// # Errors
	/// Where the file was changed by hand.
	pub fn fault(&self) -> Result<Fault> {
		let wrong = |why: String| {
			let report = self.report;
			Error::usage(format!("the state file holds no fault for report {report}: {why}"))
		};
		if self.fault.len() > 2 * MAX_FAULT {
			return Err(wrong(format!("{} digits are too many", self.fault.len())));
		}
		let bytes = hex::decode(&self.fault).map_err(|error| wrong(error.to_string()))?;
		Fault::decode_all(&mut bytes.as_slice()).map_err(|error| wrong(error.to_string()))
	}
}

/// A state on disk, which one watch at a time uses.
#[derive(Debug)]
pub struct StateFile {
	/// What is remembered.
	pub state: State,
	path: PathBuf,
	/// What is on the disk.
	written: State,
	/// Nothing is written in a dry run.
	keeps: bool,
	_lock: Option<files::Lock>,
}

impl StateFile {
	/// Opens the state at `path`.
	///
	/// # Errors
	/// Where another watch uses it, or it can not be read.
	pub fn open(path: PathBuf, keeps: bool) -> Result<Self> {
		let lock = match keeps {
			true => Some(files::lock(&path.with_extension("lock"))?.ok_or_else(|| {
				Error::usage(format!(
					"another watch uses {}. Stop it, or name another file with --state.",
					path.display()
				))
			})?),
			false => None,
		};
		let state: State = match File::open(&path) {
			Ok(file) => read(file).map_err(|why| {
				Error::usage(format!(
					"{}: {why}. It holds secrets of open announcements: repair it, or move it \
					 away.",
					path.display()
				))
			})?,
			Err(error) if error.kind() == io::ErrorKind::NotFound => State::default(),
			Err(error) => return Err(Error::file(&path, error)),
		};
		Ok(Self { written: state.clone(), state, path, keeps, _lock: lock })
	}

	/// Where the state of `account` on the chain of `genesis` is below `data`.
	pub fn default_path(data: &Path, genesis: H256, account: &AccountId32) -> PathBuf {
		let name = format!("{}.json", hex::encode(account.0));
		data.join("watch").join(hex::encode(genesis.as_bytes())).join(name)
	}

	/// Writes the state to the disk, if it has changed.
	///
	/// # Errors
	/// Where the file system refuses.
	pub fn save(&mut self) -> Result<()> {
		if !self.keeps || self.state == self.written {
			return Ok(());
		}
		let text = serde_json::to_string_pretty(&self.state).map_err(Error::usage)?;
		files::replace_private(&self.path, text.as_bytes())?;
		self.written = self.state.clone();
		Ok(())
	}
}

/// The state in a file, or why there is none.
fn read(file: impl Read) -> std::result::Result<State, String> {
	let mut bytes = Vec::new();
	file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
	if bytes.len() as u64 > MAX_FILE {
		return Err(format!("it has more than {MAX_FILE} bytes"));
	}
	serde_json::from_slice(&bytes).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests;
