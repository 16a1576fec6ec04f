//! Demands for bytes, accusations, announced faults and credit that is passed on.

use subxt::{ext::scale_value::Value, utils::AccountId32};
use tributary_primitives::{
	availability::Demanded,
	blob::Opening,
	fault::{EntryProof, Fault},
	ids::{EpochIndex, ModelId, ReportId, Salt, Seq},
	originality::Hit,
};

use super::{account, number, Call};

/// Hits that one call may show.
pub const HITS_AT_ONCE: usize = 8;

/// What a contribution is accused of repeating.
#[derive(Clone, Debug)]
pub enum Original {
	/// An earlier contribution.
	Contribution(Seq),
	/// An output that was served before.
	Output {
		/// The model that served it.
		model: ModelId,
		/// The epoch of its receipt.
		epoch: EpochIndex,
		/// The receipt.
		receipt: u32,
		/// The item.
		item: u32,
		/// The item, in the receipt's list.
		opening: Opening,
	},
}

/// `Availability.demand`. `item` opens the item that names a demanded output, and is given for outputs alone.
/// `keep_open` names the report for the sake of which a contribution is demanded.
pub fn demand(
	blob: &Demanded,
	chunk: u64,
	item: Option<&Opening>,
	keep_open: Option<(ModelId, EpochIndex)>,
) -> Call {
	Call::new("Availability", "demand")
		.scale("blob", blob)
		.plain("chunk", number(chunk))
		.scale("item", &item)
		.scale("keep_open", &keep_open)
}

/// `Availability.answer`, which nobody signs.
pub fn answer(demand: u64, opening: &Opening) -> Call {
	Call::new("Availability", "answer").plain("demand", number(demand)).scale("opening", opening)
}

/// `Availability.enforce`.
pub fn enforce(demand: u64) -> Call {
	Call::new("Availability", "enforce").plain("demand", number(demand))
}

/// `Originality.accuse`.
pub fn accuse(accused: Seq, original: &Original) -> Call {
	let (named, item) = match original {
		Original::Contribution(seq) => {
			(Value::unnamed_variant("Contribution", [number(*seq)]), None)
		}
		Original::Output { model, epoch, receipt, item, opening } => {
			let fields = [
				("model", number(*model)),
				("epoch", number(*epoch)),
				("receipt", number(*receipt)),
				("item", number(*item)),
			];
			(Value::named_variant("Output", fields), Some(opening))
		}
	};
	Call::new("Originality", "accuse")
		.plain("accused", number(accused))
		.plain("original", named)
		.scale("item", &item)
}

/// `Originality.show_hits`, of at most [`HITS_AT_ONCE`].
pub fn show_hits(accused: Seq, hits: &[Hit]) -> Call {
	Call::new("Originality", "show_hits").plain("accused", number(accused)).scale("hits", &hits)
}

/// `Originality.close`.
pub fn close_accusation(accused: Seq, challenger: &AccountId32) -> Call {
	Call::new("Originality", "close")
		.plain("accused", number(accused))
		.plain("challenger", account(challenger))
}

/// `Attribution.announce`.
pub fn announce(model: ModelId, epoch: EpochIndex, report: ReportId, hash: &[u8; 32]) -> Call {
	Call::new("Attribution", "announce")
		.plain("model", number(model))
		.plain("epoch", number(epoch))
		.plain("report", number(report))
		.scale("hash", hash)
}

/// `Attribution.reveal_announcement`.
pub fn reveal_announcement(report: ReportId, fault: &Fault, salt: &Salt) -> Call {
	Call::new("Attribution", "reveal_announcement")
		.plain("report", number(report))
		.scale("fault", fault)
		.scale("salt", salt)
}

/// `Attribution.pay_reward`.
pub fn pay_reward(report: ReportId) -> Call {
	Call::new("Attribution", "pay_reward").plain("report", number(report))
}

/// `Attribution.withdraw_announcement`.
pub fn withdraw_announcement(report: ReportId) -> Call {
	Call::new("Attribution", "withdraw_announcement").plain("report", number(report))
}

/// `Attribution.claim_passed`.
pub fn claim_passed(source: u64, entry: &EntryProof) -> Call {
	Call::new("Attribution", "claim_passed").plain("source", number(source)).scale("entry", entry)
}
