//! Completeness and soundness on the small report: every mutant has a fault that is accepted, and the
//! honest report has none.

use super::*;

/// Every fault that openings of `world` can make, save those that compare bytes.
fn faults_of_records(world: &World) -> Vec<Fault> {
	let mut faults = Vec::new();
	let gaps: Vec<_> = (0..=world.payouts.len() as u64).map(|gap| (gap, world.gap(gap))).collect();
	for index in 0..world.entries.len() as u64 {
		let entry = world.entry(index);
		faults.push(Fault::Foreign { entry: entry.clone() });
		faults.push(Fault::Structure { entry: entry.clone(), item: None });
		faults.push(Fault::Amount { entry: entry.clone(), item: None });
		if output_of(world, index).is_some() {
			let item = world.item_of(index);
			faults.push(Fault::Structure { entry: entry.clone(), item: Some(item.clone()) });
			faults.push(Fault::Amount { entry: entry.clone(), item: Some(item) });
		}
		for (index, payouts) in gaps.clone() {
			faults.push(Fault::Absent { entry: entry.clone(), index, payouts });
		}
	}
	for index in 0..world.payouts.len() as u64 {
		let payout = world.payout(index);
		faults.push(Fault::Order { index, payouts: payout.clone() });
		faults.push(Fault::Unequal { index, payout: payout.clone(), entry: None });
		let ordinal = world.payouts[index as usize].ordinal;
		if ordinal < world.entries.len() as u64 {
			let entry = Some(world.entry(ordinal).opening);
			faults.push(Fault::Unequal { index, payout, entry });
		}
	}
	faults
}

/// Every fault that compares bytes of the output of entry `index` with bytes of a source.
fn faults_of_bytes(world: &World, index: u64) -> Vec<Fault> {
	let mut faults = Vec::new();
	let Some(served) = output_of(world, index) else { return faults };
	let (entry, item) = (world.entry(index), world.item_of(index));
	// Every blob is one chunk, so the opening of its first byte holds whatever is asked of it.
	let output = open(served, 0, 1).unwrap();
	for position in 0..served.len() as u64 {
		let mismatch =
			|bytes| Fault::Mismatch { entry: entry.clone(), item: item.clone(), position, bytes };
		faults.push(mismatch(None));
		for (source, data) in &world.sources {
			let bytes = open(data, 0, 1).unwrap();
			faults.push(mismatch(Some((output.clone(), bytes.clone()))));
			faults.extend((0..data.len() as u64).map(|offset| Fault::Prior {
				entry: entry.clone(),
				item: item.clone(),
				position,
				output: output.clone(),
				source: *source,
				offset,
				bytes: bytes.clone(),
			}));
		}
	}
	faults
}

/// The output that entry `index` names, where there is one.
fn output_of(world: &World, index: u64) -> Option<&Vec<u8>> {
	let Entry { receipt, item, .. } = world.entries[index as usize];
	world.receipts.get(receipt as usize)?.1.get(item as usize)
}

/// The first fault of the report that is accepted.
fn find_fault(world: &World) -> Option<Fault> {
	let of_bytes = (0..world.entries.len() as u64).flat_map(|index| faults_of_bytes(world, index));
	let mut all = faults_of_records(world).into_iter().chain(of_bytes);
	all.find(|fault| verify(world, fault).is_ok())
}

/// Drops, repeats and swaps of records, by a name to report.
fn reordered<R: Copy + PartialEq>(records: &[R]) -> Vec<(String, Vec<R>)> {
	let mut mutants = Vec::new();
	for i in 0..records.len() {
		let mut dropped = records.to_vec();
		dropped.remove(i);
		mutants.push((format!("drop {i}"), dropped));
		for j in 0..records.len() {
			let mut repeated = records.to_vec();
			repeated.insert(j, records[i]);
			mutants.push((format!("repeat {i} at {j}"), repeated));
			let mut swapped = records.to_vec();
			swapped.swap(i, j);
			if i != j {
				mutants.push((format!("swap {i} and {j}"), swapped));
			}
		}
		mutants.push((format!("cut at {i}"), records[..i].to_vec()));
	}
	mutants
}

/// How many changes of every byte are tried: one, or as many as `TRIBUTARY_MUTANT_SEEDS` says.
fn seeds() -> u32 {
	std::env::var("TRIBUTARY_MUTANT_SEEDS")
		.map_or(1, |count| count.parse().expect("TRIBUTARY_MUTANT_SEEDS is a number"))
}

/// Bits of every byte of every record, flipped: a single one, another for each of the first eight
/// seeds, then more.
fn flipped<R: Record + Copy>(records: &[R], seed: u32) -> Vec<(String, Vec<R>)> {
	let mut mutants = Vec::new();
	let bits = (seed / 8) as u8 * 2 + 1;
	for (i, record) in records.iter().enumerate() {
		for byte in 0..64 {
			let mut bytes = record.to_bytes();
			bytes[byte] ^= bits.rotate_left((byte + i) as u32 + seed);
			let mut mutant = records.to_vec();
			mutant[i] = R::from_bytes(&bytes);
			mutants.push((format!("byte {byte} of {i}, seed {seed}"), mutant));
		}
	}
	mutants
}

/// All mutants of `records`. After 1,024 seeds there are no others.
fn mutants<R: Record + Copy + PartialEq>(records: &[R]) -> Vec<(String, Vec<R>)> {
	let flipped = (0..seeds().min(1_024)).flat_map(|seed| flipped(records, seed));
	reordered(records).into_iter().chain(flipped).collect()
}

#[test]
fn the_honest_reports_have_no_fault() {
	let mut without_reuse = World::honest();
	without_reuse.sources.clear();
	without_reuse.entries = vec![
		run((0, 0, 0, 5), (0, 0), 100),
		run((0, 1, 0, 0), (0, 0), 101),
		run((1, 0, 0, 6), (0, 0), 60),
	];
	without_reuse.pay();
	for world in [World::honest(), World::withheld(), without_reuse] {
		assert_eq!(find_fault(&world), None);
	}
}

#[test]
fn cutting_a_run_in_two_stays_honest() {
	let mut world = World::honest();
	world.entries.splice(0..1, [run((0, 0, 0, 1), (1, 0), 20), run((0, 0, 1, 2), (1, 1), 40)]);
	world.pay();
	assert_eq!(find_fault(&world), None);
}

#[test]
fn every_mutant_of_the_entries_has_a_fault() {
	for honest in [World::honest(), World::withheld()] {
		let mutants = mutants(&honest.entries);
		println!("{} mutants of the entries", mutants.len());
		// An attributor who is wrong about entries makes payouts that fit them, or does not.
		for (name, entries) in mutants.into_iter().filter(|(_, entries)| !entries.is_empty()) {
			let mut mutant = World { entries, ..honest.clone() };
			assert!(find_fault(&mutant).is_some(), "{name}");
			mutant.pay();
			assert!(find_fault(&mutant).is_some(), "{name}, with payouts that fit");
		}
	}
}

#[test]
fn every_mutant_of_the_payouts_has_a_fault() {
	for honest in [World::honest(), World::withheld()] {
		let mutants = mutants(&honest.payouts);
		println!("{} mutants of the payouts", mutants.len());
		for (name, payouts) in mutants {
			let mutant = World { payouts, ..honest.clone() };
			assert!(find_fault(&mutant).is_some(), "{name}");
		}
	}
}
