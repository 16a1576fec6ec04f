//! What is asked of a transaction, and what became of it.

use serde_json::{json, Map, Value as Json};
use subxt::utils::H256;

use super::super::{events::Event, BlockId};

/// Pallets whose events name things that a caller goes on with.
const OUR_PALLETS: [&str; 9] = [
	"Datasets",
	"Models",
	"Usage",
	"Attribution",
	"Availability",
	"Originality",
	"Shares",
	"Channels",
	"Agents",
];
/// The fields of their events that are repeated at the top of a result.
const IDS: [&str; 14] = [
	"dataset", "seq", "model", "ancestor", "epoch", "receipt", "report", "total", "amount",
	"demand", "accused", "channel", "asset", "agent",
];

/// The door through which a transaction enters the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
	/// `author_submitExtrinsic`.
	Pool,
	/// `attribution_submitContribution`, which tries the call first and says why it would fail.
	Contribution,
	/// `attribution_submitProof`, which does the same for faults, answers, hits and claims.
	Proof,
}

impl Via {
	/// The node's method.
	pub(super) fn method(self) -> &'static str {
		match self {
			Self::Pool => "author_submitExtrinsic",
			Self::Contribution => "attribution_submitContribution",
			Self::Proof => "attribution_submitProof",
		}
	}
}

/// What to wait for, and whether to send at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
	/// Wait until the block is final, not only until it is the best.
	pub finalised: bool,
	/// Check and price the transaction, and do not send it.
	pub dry_run: bool,
}

/// What became of a transaction.
#[derive(Clone, Debug)]
pub enum Outcome {
	/// It is in a block, and the call succeeded.
	Included(Included),
	/// It would have been sent.
	Checked {
		/// `Pallet.call`.
		call: String,
		/// The estimated fee, in planck.
		fee: u128,
	},
}

/// A transaction in a block.
#[derive(Clone, Debug)]
pub struct Included {
	/// The block.
	pub block: BlockId,
	/// Its place in the block.
	pub index: u32,
	/// The hash of the extrinsic.
	pub hash: H256,
	/// What its signer paid for it, in planck.
	pub fee: u128,
	/// Its events.
	pub events: Vec<Event>,
}

impl Included {
	/// The first event `name` of `pallet`.
	pub fn event(&self, pallet: &str, name: &str) -> Option<&Event> {
		self.events.iter().find(|event| event.is(pallet, name))
	}

	/// The result as `--json` prints it.
	pub fn to_json(&self) -> Json {
		let mut result = Map::new();
		result.insert("block".into(), json!(self.block.number));
		result.insert("blockHash".into(), json!(self.block.hash));
		result.insert("hash".into(), json!(self.hash));
		result.insert("fee".into(), json!(self.fee.to_string()));
		result.insert("events".into(), self.events.iter().map(Event::to_json).collect());
		for event in self.events.iter().filter(|event| OUR_PALLETS.contains(&event.pallet.as_str()))
		{
			if let Some(id) = event.fields.get("id").filter(|_| event.name == "Reported") {
				result.insert("report".into(), id.clone());
			}
			for name in IDS {
				if let Some(id) = event.fields.get(name) {
					result.entry(name).or_insert_with(|| id.clone());
				}
			}
		}
		result.into()
	}
}

impl Outcome {
	/// The transaction in its block; `None` after a dry run.
	pub fn included(&self) -> Option<&Included> {
		match self {
			Self::Included(included) => Some(included),
			Self::Checked { .. } => None,
		}
	}

	/// The result as `--json` prints it.
	pub fn to_json(&self) -> Json {
		match self {
			Self::Included(included) => included.to_json(),
			Self::Checked { call, fee } => {
				json!({ "dryRun": true, "call": call, "fee": fee.to_string() })
			}
		}
	}
}
