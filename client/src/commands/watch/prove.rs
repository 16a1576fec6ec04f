//! Submitting faults.

use futures::{stream, StreamExt};
use serde_json::{json, Value as Json};
use tributary_primitives::{
	fault::{Blame, Fault},
	views::ReportStateView,
};

use super::{check::Wrong, order::Open, state::Announcement, Watcher};
use crate::{
	amount::Amount,
	chain::{calls, events::Event, tx::Outcome},
	commands::race::{self, send_unless_decided},
	error::{Error, Result},
};

/// The blocks for which a proof is waited for before the watch goes on without it. It is sent again then.
const PATIENCE: u64 = 12;
/// Proofs that are on their way at a time.
const AT_ONCE: usize = 16;

impl Watcher<'_> {
	/// Proves reports wrong, none of them after another, and says how that went.
	pub(super) async fn prove_all(&mut self, wrong: Vec<Wrong>) -> Result<()> {
		if self.announces {
			// Without blame there is no reward that somebody else could take.
			let blamed = wrong.iter().filter(|wrong| wrong.blame == Blame::Attributor);
			let blamed: Vec<_> = blamed.map(|wrong| (&wrong.open, &wrong.fault)).collect();
			self.announce_all(&blamed).await?;
		}
		let this = &*self;
		let submissions = wrong.iter().map(|wrong| this.submit(wrong));
		let sent: Vec<_> = stream::iter(submissions).buffered(AT_ONCE).collect().await;
		let mut ended = Ok(());
		for (wrong, (announced, sent)) in wrong.into_iter().zip(sent) {
			if let Err(error) = self.tell_proven(wrong, announced, sent) {
				ended = Err(error);
			}
		}
		ended
	}

	/// Submits a fault. Says whether one of the report was announced; nothing was sent where somebody else was
	/// faster.
	async fn submit(&self, wrong: &Wrong) -> (bool, Result<Option<Outcome>>) {
		let Open { period: (model, epoch), report } = &wrong.open;
		let announced = self.file.state.announced(report).map(Announcement::fault).transpose();
		let announced = announced.unwrap_or_else(|error| {
			self.context.note(error.to_string());
			None
		});
		let decided = || async {
			let now = self.chain.find_report(*model, *epoch).await?;
			Ok(now.is_none_or(|now| {
				now.id != report.id || now.state != ReportStateView::Challengeable
			}))
		};
		let submit = async |fault: &Fault| {
			let call = calls::submit_fault(*model, *epoch, report.id, &self.account, fault);
			send_unless_decided(self.context, &self.chain, &call, decided).await
		};
		let sending = first_heard(announced.as_ref(), &wrong.fault, submit);
		// Where somebody else proves it last of all, that shows only then.
		let patience = PATIENCE + race::patience(self.context.waits_for_finality());
		let sent = match self.chain.best().await {
			Ok(best) => self.in_blocks(best.number.saturating_add(patience), sending).await,
			Err(error) => Err(error),
		};
		let late = || Error::refused("it stands in no block yet, and is sent again");
		(announced.is_some(), sent.and_then(|sent| sent.ok_or_else(late)))
	}

	/// Says how a proof went.
	fn tell_proven(
		&mut self,
		wrong: Wrong,
		announced: bool,
		sent: Result<Option<Outcome>>,
	) -> Result<()> {
		let Wrong { open, fault, blame, about, mut json } = wrong;
		let kind = kind(&fault);
		json["fault"] = json!(kind);
		json["blame"] = json!(match blame {
			Blame::Attributor => "attributor",
			Blame::Nobody => "nobody",
		});
		json["announced"] = json!(announced);
		let text = match sent {
			Ok(Some(outcome)) => {
				json["transaction"] = outcome.to_json();
				voided(&outcome, &format!("{about} is wrong ({kind})"), &mut json)
			}
			Ok(None) => {
				json["meanwhile"] = json!(true);
				format!("{about} is wrong ({kind}); somebody else was faster")
			}
			Err(error @ Error::Refused { .. }) => {
				json["reason"] = json!(error.to_string());
				format!("{about} is wrong ({kind}), but the proof was refused: {error}")
			}
			Err(error) => return Err(error),
		};
		self.conclude(&open, None, json, text);
		Ok(())
	}
}

/// Submits the fault that was announced, as that alone is paid to whoever announced it. What it shows may be
/// right by now, as a receipt was withheld for instance: then the one that was found is submitted.
async fn first_heard<T>(
	announced: Option<&Fault>,
	found: &Fault,
	mut submit: impl AsyncFnMut(&Fault) -> Result<T>,
) -> Result<T> {
	if let Some(announced) = announced.filter(|announced| *announced != found) {
		match submit(announced).await {
			Err(Error::Refused { .. }) => {}
			sent => return sent,
		}
	}
	submit(found).await
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

#[cfg(test)]
mod tests {
	use super::*;
	use tributary_primitives::{blob::open_tail, fault::EntryProof};

	fn fault(index: u64) -> Fault {
		Fault::Foreign { entry: EntryProof { index, opening: open_tail(b"abc").unwrap() } }
	}

	/// What is submitted where the chain refuses some, and how it ends.
	async fn submitted(
		announced: Option<u64>,
		found: u64,
		answers: &[(u64, Result<()>)],
	) -> (Vec<u64>, Option<u8>) {
		let mut order = Vec::new();
		let submit = async |sent: &Fault| {
			let (index, answer) = answers.iter().find(|(index, _)| fault(*index) == *sent).unwrap();
			order.push(*index);
			match answer {
				Ok(()) => Ok(()),
				Err(Error::Refused { .. }) => Err(Error::refused("it shows nothing wrong")),
				Err(error) => Err(Error::Unreachable(error.to_string())),
			}
		};
		let announced = announced.map(fault);
		let ended = first_heard(announced.as_ref(), &fault(found), submit).await;
		(order, ended.err().map(|error| error.exit_code()))
	}

	#[tokio::test]
	async fn the_announced_fault_is_submitted_before_the_one_that_is_found() {
		let answers = [(1, Ok(())), (2, Ok(()))];
		assert_eq!(submitted(Some(1), 2, &answers).await, (vec![1], None));
		assert_eq!(submitted(None, 2, &answers).await, (vec![2], None));
	}

	#[tokio::test]
	async fn an_announced_fault_that_went_stale_holds_no_other_up() {
		let answers = [(1, Err(Error::refused(""))), (2, Ok(()))];
		assert_eq!(submitted(Some(1), 2, &answers).await, (vec![1, 2], None));
	}

	#[tokio::test]
	async fn a_refused_fault_is_not_submitted_twice() {
		let answers = [(1, Err(Error::refused("")))];
		assert_eq!(submitted(Some(1), 1, &answers).await, (vec![1], Some(1)));
	}

	#[tokio::test]
	async fn a_node_that_goes_away_is_no_refusal() {
		let answers = [(1, Err(Error::Unreachable(String::new()))), (2, Ok(()))];
		assert_eq!(submitted(Some(1), 2, &answers).await, (vec![1], Some(3)));
	}
}
