//! `report`: build, post, show and finalise.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::json;
use tributary_engine::PartialReport;
use tributary_primitives::{
	blob::Content,
	ids::seq_of,
	report::{Entry, Payout, Record, RECORD_LEN},
};

use super::{dataset::list, evidence::Evidence, sent};
use crate::{
	amount::Amount,
	chain::{
		calls::{self, NewReport},
		tx::{Outcome, Via},
		Chain,
	},
	cli::{Period, Report},
	context::{root_text, Answer, Context},
	error::{Error, Result},
	files::{read, write},
};

pub async fn run(context: &Context, command: Report) -> Result<Answer> {
	match command {
		Report::Build { period, partial, out } => build(context, period, partial, &out).await,
		Report::Post {
			period,
			entries: Some(entries),
			payouts: Some(payouts),
			unseen,
			bond,
			..
		} => {
			let chain = context.chain().await?;
			let Period { model, epoch } = period;
			let payouts = read(&payouts)?;
			let receipts = chain.receipts(model, epoch).await?;
			let withheld = receipts.iter().filter(|receipt| receipt.withheld).count();
			let new = NewReport {
				total: total_of(&payouts)?,
				entries: context.register(&read(&entries)?)?,
				payouts: context.register(&payouts)?,
				unseen: sorted(unseen),
				withheld: u32::try_from(withheld).unwrap_or(u32::MAX),
			};
			post(context, &chain, period, &new, bond).await
		}
		Report::Post { period, partial, bond, .. } => {
			let chain = context.chain().await?;
			let Period { model, epoch } = period;
			let evidence = Evidence::gather(context, &chain, model, epoch).await?;
			let PartialReport { report, outputs, unseen } = evidence.report(partial)?;
			let new = NewReport {
				entries: context.register(&report.entries)?,
				payouts: context.register(&report.payouts)?,
				total: report.total,
				unseen,
				withheld: evidence.withheld(),
			};
			let mut answer = post(context, &chain, period, &new, bond).await?;
			answer.json["unseen"] = json!(outputs);
			Ok(answer)
		}
		Report::Show { period } => show(context, period).await,
		Report::Finalise { period: Period { model, epoch } } => {
			let (chain, key) = (context.chain().await?, context.key()?);
			let call = calls::finalise(model, epoch);
			let outcome = context.send(&chain, &call, &key, Via::Pool).await?;
			Ok(sent(&outcome, || format!("the report on epoch {epoch} of model {model} is final")))
		}
	}
}

async fn build(context: &Context, period: Period, partial: bool, out: &Path) -> Result<Answer> {
	let chain = context.chain().await?;
	let Period { model, epoch } = period;
	let evidence = Evidence::gather(context, &chain, model, epoch).await?;
	let PartialReport { report, outputs, unseen } = evidence.report(partial)?;
	let store = context.store()?;
	let entries = store.put(&report.entries).map_err(Error::usage)?;
	let payouts = store.put(&report.payouts).map_err(Error::usage)?;
	let (receipts, sources) = evidence.counts();
	let mut owners = owners_of(&report.entries);
	let unowned = owners.remove(&0).unwrap_or_default();
	let owners: Vec<_> = owners
		.into_iter()
		.map(|(source, (windows, amount))| {
			json!({
				"source": source,
				"seq": seq_of(source),
				"windows": windows,
				"amount": amount.to_string(),
			})
		})
		.collect();
	let json = json!({
		"model": model,
		"epoch": epoch,
		"receipts": receipts,
		"sources": sources,
		"entries": entries,
		"payouts": payouts,
		"total": report.total.to_string(),
		"owners": owners,
		"unowned": { "windows": unowned.0, "amount": unowned.1.to_string() },
		"unseen": outputs,
		"unseenSources": unseen,
		"withheld": evidence.withheld(),
	});
	fs::create_dir_all(out).map_err(|error| Error::file(out, error))?;
	write(&out.join("entries.bin"), &report.entries)?;
	write(&out.join("payouts.bin"), &report.payouts)?;
	write(&out.join("report.json"), format!("{json:#}\n").as_bytes())?;
	let mut text = format!(
		"epoch {epoch} of model {model}: {} entries, {} payouts, {} in all; written to {}",
		records(&entries),
		records(&payouts),
		Amount(report.total),
		out.display()
	);
	for output in &outputs {
		text.push_str(&format!(
			"\nreceipt {}, item {}: output {} of {} bytes is not here; its windows are left unowned",
			output.receipt,
			output.item,
			root_text(&output.output),
			output.output.len
		));
	}
	if !unseen.is_empty() {
		text.push_str(&format!(
			"\nsources {unseen:?} are not here; post the report with them as unseen"
		));
	}
	Ok(Answer::new(json, text))
}

async fn post(
	context: &Context,
	chain: &Chain,
	Period { model, epoch }: Period,
	new: &NewReport,
	bond: bool,
) -> Result<Answer> {
	let key = context.key()?;
	let mut bonded = None;
	if bond {
		let bond = chain.bonded(&key.account()).await?;
		let missing = bond.locked.saturating_add(bond.each).saturating_sub(bond.held);
		if missing > 0 {
			let outcome = context.send(chain, &calls::bond(missing), &key, Via::Pool).await?;
			if outcome.included().is_some() {
				context.note(format!("bonded {}", Amount(missing)));
			}
			bonded = Some(outcome);
		}
	}
	let call = calls::report(model, epoch, new);
	let outcome = context.send(chain, &call, &key, Via::Pool).await?;
	let reported = outcome.included().and_then(|tx| tx.event("Attribution", "Reported"));
	let drawn = outcome.included().map_or(0, |tx| {
		tx.events.iter().filter(|event| event.is("Availability", "Demanded")).count()
	});
	let held = match drawn {
		0 => 0,
		drawn => {
			let each: u128 = chain.settings().await?.demand_deposit;
			each.saturating_mul(drawn as u128)
		}
	};
	let mut answer = sent(&outcome, || {
		let until = reported.and_then(|event| event.number("challengeUntil"));
		let mut text = format!(
			"report on epoch {epoch} of model {model} is posted: {} in all; faults are heard up to \
			 block {}",
			Amount(new.total),
			until.unwrap_or_default()
		);
		if drawn > 0 {
			text.push_str(&format!(
				"; {drawn} chunks of unseen sources are demanded, for which {} is held",
				Amount(held)
			));
		}
		text
	});
	if let Some(until) = reported.and_then(|event| event.number("challengeUntil")) {
		answer.json["challengeUntil"] = json!(until);
	}
	answer.json["entries"] = json!(new.entries.content);
	answer.json["payouts"] = json!(new.payouts.content);
	answer.json["total"] = json!(new.total.to_string());
	answer.json["unseenSources"] = json!(new.unseen);
	answer.json["withheld"] = json!(new.withheld);
	answer.json["demandsHeld"] = json!(held.to_string());
	answer.json["bond"] = json!(bonded.as_ref().map(Outcome::to_json));
	Ok(answer)
}

async fn show(context: &Context, Period { model, epoch }: Period) -> Result<Answer> {
	let chain = context.chain().await?;
	let report = chain.report(model, epoch).await?;
	let pot = chain.pot(model, epoch).await?;
	let name = |content: &Content| format!("{} {}", root_text(content), content.len);
	let mut lines = vec![
		("report", report.id.to_string()),
		("attributor", report.attributor.to_string()),
		("state", format!("{:?}", report.state).to_lowercase()),
		("entries", name(&report.entries)),
		("payouts", name(&report.payouts)),
		("total", Amount(report.total).to_string()),
		("posted", format!("block {}", report.posted_at)),
		("demands are heard", format!("up to block {}", report.demand_until)),
		("faults are heard", format!("up to block {}", report.challenge_until)),
	];
	if !report.unseen.is_empty() {
		lines.push(("unseen sources", format!("{:?}", report.unseen)));
	}
	if let Some(pot) = &pot {
		lines.push(("pot", Amount(pot.data).to_string()));
		lines.push(("unclaimed", Amount(pot.unclaimed).to_string()));
	}
	Ok(Answer::new(json!({ "report": report, "pot": pot }), list(&lines)))
}

/// The windows of each source and what they are worth, in planck; source 0 for what nobody owns.
fn owners_of(entries: &[u8]) -> BTreeMap<u64, (u64, u128)> {
	let mut owners: BTreeMap<u64, (u64, u128)> = BTreeMap::new();
	let (records, _) = entries.as_chunks::<RECORD_LEN>();
	for entry in records.iter().map(Entry::from_bytes) {
		let (windows, amount) = owners.entry(entry.source).or_default();
		*windows = windows.saturating_add(entry.count);
		*amount = amount.saturating_add(entry.amount);
	}
	owners
}

/// The running sum after the last payout.
fn total_of(payouts: &[u8]) -> Result<u128> {
	if payouts.is_empty() {
		return Ok(0);
	}
	let last = payouts.len().checked_sub(RECORD_LEN).and_then(|at| Payout::read(payouts, at));
	last.and_then(|last| last.before.checked_add(last.amount)).ok_or_else(|| {
		Error::usage("the payouts are no list of 64-byte records with running sums of 128 bits")
	})
}

/// Ascending, each once, as the chain takes them.
fn sorted(mut sources: Vec<u64>) -> Vec<u64> {
	sources.sort_unstable();
	sources.dedup();
	sources
}

fn records(content: &Content) -> u64 {
	content.len / RECORD_LEN as u64
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn windows_and_worth_are_summed_by_owner() {
		let entry = |source, count, amount| Entry { source, count, amount, ..Entry::default() };
		let entries = [entry(2, 3, 30), entry(0, 1, 10), entry(2, 4, 40), entry(0, 0, 5)];
		let bytes: Vec<_> = entries.iter().flat_map(Record::to_bytes).collect();
		assert_eq!(owners_of(&bytes), BTreeMap::from([(0, (1, 15)), (2, (7, 70))]));
	}

	#[test]
	fn the_total_is_the_running_sum_after_the_last_payout() {
		let payout = |amount, before| Payout { amount, before, ..Payout::default() }.to_bytes();
		assert_eq!(total_of(&[]).unwrap(), 0);
		assert_eq!(total_of(&[payout(5, 0), payout(7, 5)].concat()).unwrap(), 12);
		assert!(total_of(&[0; 63]).is_err());
		assert!(total_of(&payout(1, u128::MAX)).is_err());
	}
}
