//! Completeness and soundness on the small report: every mutant has a fault that is accepted, and the
//! honest report has none.

use super::*;

/// Every fault that openings of `world` can make.
fn all_faults(world: &World) -> Vec<Fault> {
	let mut faults = Vec::new();
	for index in 0..world.entries.len() as u64 {
		of_entry(world, index, &mut faults);
		for gap in 0..=world.payouts.len() as u64 {
			let (entry, payouts) = (world.entry(index), world.gap(gap));
			faults.push(Fault::Absent { entry, index: gap, payouts });
		}
	}
	for index in 0..world.payouts.len() as u64 {
		let payout = || world.payout(index);
		faults.push(Fault::Order { index, payouts: payout() });
		faults.push(Fault::Unequal { index, payout: payout(), entry: None });
		let ordinal = world.payouts[index as usize].ordinal;
		if ordinal < world.entries.len() as u64 {
			let entry = Some(world.entry(ordinal).opening);
			faults.push(Fault::Unequal { index, payout: payout(), entry });
		}
	}
	faults
}

fn of_entry(world: &World, index: u64, faults: &mut Vec<Fault>) {
	let entry = || world.entry(index);
	faults.push(Fault::Foreign { entry: entry() });
	faults.push(Fault::Structure { entry: entry(), item: None });
	let Entry { receipt, item, .. } = world.entries[index as usize];
	let outputs = world.receipts.get(receipt as usize).map(|(_, outputs)| outputs);
	let Some(output) = outputs.and_then(|outputs| outputs.get(item as usize)) else { return };
	let item = || world.item_of(index);
	faults.push(Fault::Structure { entry: entry(), item: Some(item()) });
	faults.push(Fault::Amount { entry: entry(), item: item() });
	// Every blob is one chunk, so the opening of a whole one holds whatever is asked of it.
	let served = open(output, 0, 1).unwrap();
	for position in 0..output.len() as u64 {
		let (entry_, item_) = (entry(), item());
		faults.push(Fault::Mismatch { entry: entry_, item: item_, position, bytes: None });
		for (source, data) in &world.sources {
			let held = open(data, 0, 1).unwrap();
			let bytes = Some((served.clone(), held.clone()));
			faults.push(Fault::Mismatch { entry: entry(), item: item(), position, bytes });
			for offset in 0..data.len() as u64 {
				faults.push(Fault::Prior {
					entry: entry(),
					item: item(),
					position,
					output: served.clone(),
					source: *source,
					offset,
					bytes: held.clone(),
				});
			}
		}
	}
}

fn has_fault(world: &World) -> bool {
	all_faults(world).iter().any(|fault| verify(world, fault).is_ok())
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

/// Every bit of every record, flipped.
fn flipped<R: Record + Copy>(records: &[R]) -> Vec<(String, Vec<R>)> {
	let mut mutants = Vec::new();
	for (i, record) in records.iter().enumerate() {
		for bit in 0..512 {
			let mut bytes = record.to_bytes();
			bytes[bit / 8] ^= 1 << (bit % 8);
			let mut mutant = records.to_vec();
			mutant[i] = R::from_bytes(&bytes);
			mutants.push((format!("bit {bit} of {i}"), mutant));
		}
	}
	mutants
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
	for world in [World::honest(), without_reuse] {
		for fault in all_faults(&world) {
			assert!(verify(&world, &fault).is_err(), "{fault:?}");
		}
	}
}

#[test]
fn cutting_a_run_in_two_stays_honest() {
	let mut world = World::honest();
	world.entries.splice(0..1, [run((0, 0, 0, 1), (1, 0), 20), run((0, 0, 1, 2), (1, 1), 40)]);
	world.pay();
	assert!(!has_fault(&world));
}

#[test]
fn every_mutant_of_the_entries_has_a_fault() {
	let honest = World::honest();
	let mutants = [reordered(&honest.entries), flipped(&honest.entries)].concat();
	// An attributor who is wrong about entries makes payouts that fit them, or does not.
	for (name, entries) in mutants.into_iter().filter(|(_, entries)| !entries.is_empty()) {
		let mut mutant = World { entries, ..honest.clone() };
		assert!(has_fault(&mutant), "{name}");
		mutant.pay();
		assert!(has_fault(&mutant), "{name}, with payouts that fit");
	}
}

#[test]
fn every_mutant_of_the_payouts_has_a_fault() {
	let honest = World::honest();
	for (name, payouts) in [reordered(&honest.payouts), flipped(&honest.payouts)].concat() {
		let mutant = World { payouts, ..honest.clone() };
		assert!(has_fault(&mutant), "{name}");
	}
}
