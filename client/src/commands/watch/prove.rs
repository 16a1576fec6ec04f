//! Submitting faults.

use serde_json::{json, Value as Json};
use subxt::utils::AccountId32;
use tributary_primitives::{
	fault::{Blame, Fault},
	views::{ReportStateView, ReportView},
};

use super::{state::Period, Watcher};
use crate::{
	amount::Amount,
	chain::{calls, events::Event, tx::Outcome},
	commands::race::send_unless_decided,
	error::{Error, Result},
};

impl Watcher<'_> {
	/// Proves a report wrong, and says how that went. `json` gets a `reason` where it did not go.
	pub(super) async fn prove(
		&mut self,
		report: &ReportView<AccountId32>,
		period: Period,
		about: &str,
		fault: &Fault,
		blame: Blame,
		json: &mut Json,
	) -> Result<String> {
		let kind = kind(fault);
		json["fault"] = json!(kind);
		json["blame"] = json!(match blame {
			Blame::Attributor => "attributor",
			Blame::Nobody => "nobody",
		});
		// Without blame there is no reward that somebody else could take.
		if self.announces && blame == Blame::Attributor {
			self.announce(report, period, fault).await?;
		}
		let announced = self.file.state.announced(report.id);
		json["announced"] = json!(announced.is_some());
		let announced = announced.map(|announcement| announcement.fault()).transpose()?;
		let fault = announced.as_ref().unwrap_or(fault);

		let (model, epoch) = period;
		let call = calls::submit_fault(model, epoch, report.id, &self.account, fault);
		let decided = || async {
			let now = self.chain.find_report(model, epoch).await?;
			Ok(now.is_none_or(|now| {
				now.id != report.id || now.state != ReportStateView::Challengeable
			}))
		};
		match send_unless_decided(self.context, &self.chain, &call, decided).await {
			Ok(Some(outcome)) => {
				json["transaction"] = outcome.to_json();
				Ok(voided(&outcome, &format!("{about} is wrong ({kind})"), json))
			}
			Ok(None) => {
				json["meanwhile"] = json!(true);
				Ok(format!("{about} is wrong ({kind}); somebody else was faster"))
			}
			Err(error @ Error::Refused { .. }) => {
				json["reason"] = json!(error.to_string());
				Ok(format!("{about} is wrong ({kind}), but the proof was refused: {error}"))
			}
			Err(error) => Err(error),
		}
	}
}

/// What a submitted fault did, in words.
fn voided(outcome: &Outcome, wrong: &str, json: &mut Json) -> String {
	let event = |name: &str| outcome.included().and_then(|tx| tx.event("Attribution", name));
	let amount = |event: &Event, field: &str| event.amount(field).unwrap_or_default();
	let Some(voided) = event("Voided") else { return format!("{wrong}; nothing was sent") };
	let (slashed, reward) = (amount(voided, "slashed"), amount(voided, "reward"));
	json["reward"] = json!(reward.to_string());
	if let Some(waits) = event("RewardWaits") {
		let until = waits.number("revealUntil").unwrap_or_default();
		json["revealUntil"] = json!(until);
		format!(
			"{wrong} and void now; what becomes of {} waits for announced faults up to block {until}",
			Amount(amount(waits, "amount"))
		)
	} else if slashed == 0 {
		format!("{wrong} and void now; nobody is to blame")
	} else {
		format!("{wrong} and void now; {} is yours", Amount(reward))
	}
}

/// A fault's name.
fn kind(fault: &Fault) -> &'static str {
	match fault {
		Fault::Structure { .. } => "Structure",
		Fault::Foreign { .. } => "Foreign",
		Fault::Mismatch { .. } => "Mismatch",
		Fault::Prior { .. } => "Prior",
		Fault::Amount { .. } => "Amount",
		Fault::Order { .. } => "Order",
		Fault::Unequal { .. } => "Unequal",
		Fault::Absent { .. } => "Absent",
	}
}
