//! What a payment costs the runtime's wasm with 0 to 256 ancestors of the model, and what a claim costs with 1
//! to 1,000,000 entries of the source: as much at every size, but for the siblings of a claim's openings.
//!
//! Every transaction is applied as a block author applies it, signature and fee included, to a state in memory,
//! and undone. `scripts/flat-cost` builds and runs this.

#[allow(dead_code)]
#[path = "../../tests/runtime/chain.rs"]
mod chain;
mod claims;
#[allow(dead_code)]
#[path = "../fault_cost/measure.rs"]
mod measure;
mod payments;
#[allow(dead_code)]
#[path = "../../tests/runtime/scene.rs"]
mod scene;

use std::process::ExitCode;

use codec::{Decode, Encode};
use frame_support::dispatch::GetDispatchInfo;
use serde_json::json;
use sp_core::traits::Externalities;
use sp_keyring::Sr25519Keyring as Account;
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	ApplyExtrinsicResult,
};
use tributary_runtime::{RuntimeCall, UncheckedExtrinsic};

use chain::Chain;
use measure::{median_ns, Wasm};

const USAGE: &str = "flat_cost [--json] [--repeat N]
  --json      print the figures as JSON
  --repeat N  apply each transaction N times (201 unless told) and give the median";
const REPEAT: usize = 201;

/// A transaction, applied again and again.
struct Row {
	/// What is done, and of how many.
	what: &'static str,
	count: u32,
	/// The transaction's size.
	bytes: usize,
	/// What it declares, in picoseconds.
	weight: u64,
	/// How long it takes.
	ns: u64,
}

/// Makes a block of one call by `who`, which must succeed. The block that ends a session has no room for it:
/// the next one takes it then.
fn run_call(chain: &mut Chain, who: Account, call: impl Into<RuntimeCall>) {
	let full = TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources);
	let call = call.into();
	let mut attempt = || {
		let transaction = chain.signed(who, call.clone());
		chain.try_block(transaction)
	};
	let mut outcome = attempt();
	if outcome == Err(full) {
		outcome = attempt();
	}
	assert_eq!(outcome, Ok(Ok(())));
}

fn measure(
	wasm: &Wasm,
	chain: &mut Chain,
	(what, count): (&'static str, u32),
	transaction: &UncheckedExtrinsic,
	repeat: usize,
) -> Row {
	let encoded = transaction.encode();
	let weight = transaction.get_dispatch_info().total_weight().ref_time();
	let ns = median_ns(repeat, || {
		chain.ext.ext().storage_start_transaction();
		let result = wasm.call(&mut chain.ext, "BlockBuilder_apply_extrinsic", &encoded);
		chain.ext.ext().storage_rollback_transaction().expect("one was started");
		let result = ApplyExtrinsicResult::decode(&mut &result[..]);
		assert_eq!(result, Ok(Ok(Ok(()))), "{what} with {count}");
	});
	Row { what, count, bytes: encoded.len(), weight, ns }
}

fn run(repeat: usize) -> Vec<Row> {
	let wasm = Wasm::new();
	let mut rows = Vec::new();
	let mut chain = payments::models();
	for ancestors in payments::ANCESTORS {
		let pay = payments::payment(&mut chain, ancestors);
		rows.push(measure(&wasm, &mut chain, ("pay, ancestors", ancestors), &pay, repeat));
	}
	for entries in claims::ENTRIES {
		let (mut chain, claim) = claims::claim(entries);
		rows.push(measure(&wasm, &mut chain, ("claim, entries", entries), &claim, repeat));
	}
	rows
}

fn options() -> Result<(bool, usize), String> {
	let (mut as_json, mut repeat) = (false, REPEAT);
	let mut args = std::env::args().skip(1);
	while let Some(arg) = args.next() {
		match arg.as_str() {
			"--json" => as_json = true,
			"--repeat" => {
				let number = args.next().and_then(|number| number.parse().ok());
				repeat =
					number.filter(|number| *number > 0).ok_or("--repeat needs a number above 0")?;
			}
			other => return Err(format!("unknown argument: {other}")),
		}
	}
	Ok((as_json, repeat))
}

fn main() -> ExitCode {
	let (as_json, repeat) = match options() {
		Ok(options) => options,
		Err(error) => {
			eprintln!("error: {error}\n{USAGE}");
			return ExitCode::FAILURE;
		}
	};
	let rows = run(repeat);
	if as_json {
		let rows: Vec<_> = rows
			.iter()
			.map(|Row { what, count, bytes, weight, ns }| {
				json!({ "what": what, "count": count, "bytes": bytes, "weightPs": weight, "ns": ns })
			})
			.collect();
		println!("{}", json!({ "repeat": repeat, "rows": rows }));
		return ExitCode::SUCCESS;
	}
	println!("{:<16} {:>9} {:>7} {:>11} {:>9}", "what", "count", "bytes", "weight, us", "wasm, us");
	for Row { what, count, bytes, weight, ns } in rows {
		let (weight, us) = (weight as f64 / 1e6, ns as f64 / 1e3);
		println!("{what:<16} {count:>9} {bytes:>7} {weight:>11.1} {us:>9.1}");
	}
	println!("\nMedians of {repeat} runs; the signature's check is part of each.");
	ExitCode::SUCCESS
}
