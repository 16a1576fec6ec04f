//! What it takes the runtime's wasm to verify a fault of each kind, beside what it takes the same machine
//! to do the same natively, to hash the fault's bytes, and to verify a signature.
//!
//! Every fault is shown to a chain that has a report with that fault, by the runtime call that a watcher
//! tries its faults with. The state is in memory, so reading it costs little. Blobs of up to 1 TiB are made up: of each only the chunks that are opened exist.
//! `scripts/fault-cost` builds and runs this.

mod blob;
mod cases;
#[allow(dead_code)]
#[path = "../../tests/runtime/chain.rs"]
mod chain;
mod chain_state;
mod measure;
#[allow(dead_code)]
#[path = "../../tests/runtime/scene.rs"]
mod scene;
mod table;

use std::{hint::black_box, process::ExitCode};

use codec::{Decode, Encode};
use tributary_primitives::{
	fault::{Fault, FaultError},
	ids::{EpochIndex, ModelId},
};
use tributary_runtime::Attribution;

use cases::{cases, Case};
use chain_state::{reported, MODEL};
use measure::{blake3_ns, median_ns, sr25519_ns, Wasm};
use table::{Report, Row};

const USAGE: &str = "fault_cost [--json] [--repeat N]
  --json      print the figures as JSON
  --repeat N  measure each figure N times (201 unless told) and give the median";

/// The sizes of all blobs, in bytes.
const SIZES: [(&str, u64); 3] = [("1 MiB", 1 << 20), ("1 GiB", 1 << 30), ("1 TiB", 1 << 40)];
const REPEAT: usize = 201;

struct Options {
	json: bool,
	repeat: usize,
}

fn options() -> Result<Options, String> {
	let mut options = Options { json: false, repeat: REPEAT };
	let mut args = std::env::args().skip(1);
	while let Some(arg) = args.next() {
		match arg.as_str() {
			"--json" => options.json = true,
			"--repeat" => {
				options.repeat = args
					.next()
					.and_then(|number| number.parse().ok())
					.filter(|number| *number > 0)
					.ok_or("--repeat needs a number above 0")?;
			}
			other => return Err(format!("unknown argument: {other}")),
		}
	}
	Ok(options)
}

fn measure_case(wasm: &Wasm, size: &'static str, case: &Case, repeat: usize) -> Row {
	let (mut chain, epoch) = reported(&case.world);
	let fault = case.fault.encode();
	let arguments = (MODEL, epoch, &case.fault).encode();
	let mut verdict = Vec::new();
	let call_ns = median_ns(repeat, || {
		verdict = wasm.call(&mut chain.ext, "AttributionApi_check_fault", &arguments);
	});
	let verdict = Option::<Result<(), FaultError>>::decode(&mut &verdict[..]);
	assert_eq!(verdict, Ok(Some(Ok(()))), "the runtime accepts the {} fault", case.kind);
	let native_ns = chain.ext.execute_with(|| {
		median_ns(repeat, || {
			let decoded = <(ModelId, EpochIndex, Fault)>::decode(&mut &arguments[..]);
			let (model, epoch, fault) = decoded.expect("it was encoded so");
			black_box(Attribution::check_fault(model, epoch, &fault).encode());
		})
	});
	Row {
		fault: case.kind,
		across: case.across,
		blobs: size,
		bytes: fault.len(),
		call_ns,
		native_ns,
		blake3_ns: blake3_ns(&fault, repeat),
	}
}

fn run(options: &Options) -> Report {
	let wasm = Wasm::new();
	let mut rows = Vec::new();
	for (size, len) in SIZES {
		for case in cases(len) {
			rows.push(measure_case(&wasm, size, &case, options.repeat));
		}
	}
	let mut empty = sp_io::TestExternalities::default();
	let empty_call_ns = median_ns(options.repeat, || {
		wasm.call(&mut empty, "Metadata_metadata_versions", &[]);
	});
	Report { empty_call_ns, sr25519_ns: sr25519_ns(options.repeat), repeat: options.repeat, rows }
}

fn main() -> ExitCode {
	match options() {
		Ok(options) => {
			let report = run(&options);
			if options.json {
				println!("{}", report.json());
			} else {
				print!("{report}");
			}
			ExitCode::SUCCESS
		}
		Err(error) => {
			eprintln!("error: {error}\n{USAGE}");
			ExitCode::FAILURE
		}
	}
}
