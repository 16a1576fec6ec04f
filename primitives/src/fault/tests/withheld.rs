//! A receipt whose outputs nobody shows counts as one item without windows, which carries all of the
//! receipt's data amount.

use super::*;

/// Applies `change` to entry `index` of the report with withheld receipts.
fn changed(index: usize, change: impl FnOnce(&mut Entry)) -> World {
	World::withheld().with(|world| change(&mut world.entries[index]))
}

#[test]
fn the_one_entry_of_a_withheld_receipt_is_right_without_an_item() {
	let world = World::withheld();
	for index in [0, 7] {
		assert_eq!(world.structure_by(index, None), Err(NoFault));
		assert_eq!(world.amount_by(index, None), Err(NoFault));
	}
}

#[test]
fn the_items_of_a_withheld_receipt_are_not_looked_at() {
	let world = World::withheld();
	for item in [world.item(0, 0), world.item(0, 1), world.item(1, 0), Opening::default()] {
		assert_eq!(world.structure_by(0, Some(item.clone())), Err(NoFault));
		assert_eq!(world.amount_by(0, Some(item)), Err(NoFault));
	}
}

#[test]
fn a_withheld_receipt_has_one_item_whatever_its_blob_holds() {
	let outputs = Content { root: [0; 32], len: 64 * 1_000 };
	for len in [0, 64, 65, u64::MAX] {
		let outputs = Content { len, ..outputs };
		let receipt = ReceiptFacts { outputs, data_amount: 1, withheld: true };
		assert_eq!(receipt.items(), Some(1));
	}
	let receipt = ReceiptFacts { outputs, data_amount: 1, withheld: false };
	assert_eq!(receipt.items(), Some(1_000));

	for item in [1, u32::MAX] {
		let world = changed(0, |entry| entry.item = item);
		assert_eq!(world.structure_by(0, None), Ok(Attributor));
		assert_eq!(world.amount_by(0, None), Err(NotFound));
		let last = changed(7, |entry| entry.item = item);
		assert_eq!(last.structure_by(7, None), Ok(Attributor));
	}
	let second = run((0, 1, 0, 0), (0, 0), 0);
	let world = World::withheld().with(|world| world.entries.insert(1, second));
	assert_eq!(world.structure_by(0, None), Ok(Attributor));
	assert_eq!(world.structure_by(1, None), Ok(Attributor));
}

#[test]
fn a_withheld_receipt_has_no_windows() {
	for index in [0, 7] {
		for count in [1, 3, u64::MAX] {
			let world = changed(index, |entry| (entry.count, entry.source) = (count, 1));
			assert_eq!(world.structure_by(index as u64, None), Ok(Attributor));
			assert_eq!(world.amount_by(index as u64, None), Err(OutOfRange));
		}
		let world = changed(index, |entry| entry.start = 1);
		assert_eq!(world.structure_by(index as u64, None), Ok(Attributor));
	}
}

#[test]
fn a_withheld_receipt_has_no_owner() {
	let world = changed(0, |entry| entry.source = 1);
	assert_eq!(world.structure_by(0, None), Ok(Attributor));
}

#[test]
fn a_withheld_receipt_has_one_entry_and_is_not_skipped() {
	let twice = World::withheld().with(|world| world.entries.insert(0, world.entries[0]));
	assert_eq!(twice.structure_by(0, None), Ok(Attributor));
	let skipped = World::withheld().with(|world| {
		world.entries.remove(0);
	});
	assert_eq!(skipped.structure_by(0, None), Ok(Attributor));
	let cut = World::withheld().with(|world| {
		world.entries.pop();
	});
	assert_eq!(cut.structure(6), Ok(Attributor));
}

#[test]
fn a_withheld_receipt_carries_its_whole_data_amount() {
	for (index, amount) in [(0, 70), (7, 80)] {
		for wrong in [0, 1, amount / 2, amount + 1, u128::MAX] {
			let world = changed(index, |entry| entry.amount = wrong);
			assert_eq!(world.amount_by(index as u64, None), Ok(Attributor));
		}
	}
}

#[test]
fn bytes_show_nothing_of_a_withheld_receipt() {
	// The second receipt is there and serves the very bytes that the first withholds.
	for world in [World::withheld(), changed(0, |entry| (entry.count, entry.source) = (3, 9))] {
		let (entry, item) = (|| world.entry(0), || world.item(0, 0));
		let output = world.output(0, 0, 0, 6);
		let prior = Fault::Prior {
			entry: entry(),
			item: item(),
			position: 0,
			output: output.clone(),
			source: 1,
			offset: 0,
			bytes: world.bytes(1, 0, 6),
		};
		assert_eq!(verify(&world, &prior), Err(OutOfRange));
		let bytes = Some((output, world.bytes(9, 0, 6)));
		for bytes in [None, bytes] {
			let mismatch = Fault::Mismatch { entry: entry(), item: item(), position: 0, bytes };
			assert!(verify(&world, &mismatch).is_err());
		}
	}
}

#[test]
fn the_report_of_a_receipt_as_it_was_before_is_wrong_once_it_is_withheld() {
	let world = World::honest().with(|world| world.withheld = [1].into());
	assert_eq!(world.structure_by(3, None), Ok(Attributor));
	let before = World::withheld().with(|world| world.withheld.clear());
	assert_eq!(before.structure(0), Ok(Attributor));
}
