//! The seeds of each target: small, and the same on every machine.

use codec::Encode;
use tributary_primitives::{
	blob::{open, Content},
	fault::{EntryProof, Fault},
	originality::Hit,
};

use crate::{decode::DECODERS, fault, opening, proofs, vouchers};

/// A target.
pub struct Target {
	/// Its name.
	pub name: &'static str,
	/// What it does with an input.
	pub run: fn(&[u8]),
	/// The names of its seeds, and the seeds.
	pub seeds: fn() -> Vec<(String, Vec<u8>)>,
}

/// All targets.
pub static TARGETS: [Target; 5] = [
	Target { name: "opening", run: opening::run, seeds: || choices(4, 96) },
	Target { name: "fault", run: fault::run, seeds: || choices(4, 1_200) },
	Target { name: "decode", run: crate::decode::run, seeds: encodings },
	Target { name: "proofs", run: proofs::run, seeds: || choices(3, 160) },
	Target { name: "vouchers", run: vouchers::run, seeds: || choices(2, 160) },
];

/// Noise, two inputs for each first byte below `modes`.
fn choices(modes: u8, len: usize) -> Vec<(String, Vec<u8>)> {
	let seed = |mode: u8, round: u8| {
		let mut input = vec![0; len];
		blake3::Hasher::new().update(&[mode, round]).finalize_xof().fill(&mut input);
		input[0] = mode;
		(format!("{mode}-{round}"), input)
	};
	(0..modes).flat_map(|mode| [seed(mode, 0), seed(mode, 1)]).collect()
}

/// What each decoder takes, after the byte that names it; and real openings, faults and hits.
fn encodings() -> Vec<(String, Vec<u8>)> {
	let decoders = DECODERS.iter().copied().flatten();
	let mut seeds: Vec<(String, Vec<u8>)> = (0u8..)
		.zip(decoders)
		.map(|(chosen, decoder)| {
			(decoder.name.to_owned(), [vec![chosen], (decoder.seed)()].concat())
		})
		.collect();
	for (name, value) in examples() {
		let decoder = name.split('.').next().unwrap_or_default();
		let chosen = seeds.iter().position(|(named, _)| named == decoder);
		let chosen = chosen.expect("an example names its decoder") as u8;
		seeds.push((name.to_owned(), [vec![chosen], value].concat()));
	}
	seeds
}

fn examples() -> Vec<(&'static str, Vec<u8>)> {
	let data: Vec<u8> = (0..2_100u32).map(|at| (at % 251) as u8).collect();
	let last = open(&data, 2_090, 5).expect("the bytes are there");
	let entry = || EntryProof { index: 33, opening: last.clone() };
	let faults = [
		Fault::Structure { entry: entry(), item: Some(last.clone()) },
		Fault::Mismatch {
			entry: entry(),
			item: last.clone(),
			position: 3,
			bytes: Some((last.clone(), last.clone())),
		},
		Fault::Prior {
			entry: entry(),
			item: last.clone(),
			position: 1,
			output: last.clone(),
			source: 2,
			offset: 5,
			bytes: last.clone(),
		},
		Fault::Absent { entry: entry(), index: 7, payouts: None },
	];
	let [structure, mismatch, prior, absent] = faults.map(|fault| fault.encode());
	let hit = Hit { sample: 31, accused: last.clone(), offset: 9, original: last.clone() };
	vec![
		("content.tail", Content::of(&data).encode()),
		("opening.tail", last.encode()),
		("entry-proof.tail", entry().encode()),
		("fault.structure", structure),
		("fault.mismatch", mismatch),
		("fault.prior", prior),
		("fault.absent", absent),
		("hit.last", hit.encode()),
	]
}
