use super::*;

/// Applies `change` to entry `index` of the honest report.
fn changed(index: usize, change: impl FnOnce(&mut Entry)) -> World {
	World::honest().with(|world| change(&mut world.entries[index]))
}

/// The fault is proven, and needs no item.
fn shown_without_item(world: &World, index: u64) {
	assert_eq!(world.structure_by(index, None), Ok(Attributor));
}

/// The fault is proven, and only with the item.
fn shown_with_item(world: &World, index: u64) {
	assert_eq!(world.structure(index), Ok(Attributor));
	assert_eq!(world.structure_by(index, None), Err(NotFound));
}

#[test]
fn an_honest_report_has_no_structure_fault() {
	for world in [World::honest(), World::long()] {
		for index in 0..world.entries.len() as u64 {
			assert_eq!(world.structure(index), Err(NoFault));
			assert_eq!(world.structure_by(index, None), Err(NotFound));
		}
	}
}

#[test]
fn a_reserved_field_must_be_zero() {
	shown_without_item(&changed(1, |entry| entry.reserved = 1), 1);
}

#[test]
fn an_unowned_entry_has_no_offset() {
	shown_without_item(&changed(5, |entry| entry.offset = 1), 5);
}

#[test]
fn the_first_entry_starts_the_first_item() {
	shown_without_item(&changed(0, |entry| entry.start = 1), 0);
	shown_without_item(
		&World::honest().with(|world| {
			world.entries.remove(0);
		}),
		0,
	);
	shown_without_item(
		&World::honest().with(|world| {
			world.entries.drain(..3);
		}),
		0,
	);
}

#[test]
fn an_entry_names_a_receipt_and_an_item_that_exist() {
	for receipt in [2, u32::MAX] {
		let world = changed(3, |entry| entry.receipt = receipt);
		shown_without_item(&world, 3);
		assert_eq!(world.structure_by(3, Some(Opening::default())), Ok(Attributor));
	}
	for item in [2, u32::MAX] {
		shown_without_item(&changed(1, |entry| entry.item = item), 1);
	}
	shown_without_item(&changed(5, |entry| entry.item = 1), 5);
}

#[test]
fn an_entry_of_an_item_with_windows_covers_some() {
	let world = World::honest().with(|world| {
		world.entries.splice(3.., [run((1, 0, 0, 0), (0, 0), 60)]);
	});
	shown_with_item(&world, 3);
}

#[test]
fn an_entry_that_is_wrong_by_itself_needs_no_successor() {
	let alone = |change: fn(&mut Entry)| {
		let world = World::long().with(|world| change(&mut world.entries[15]));
		let opening = records(&blob(&world.entries), 15, 1);
		let entry = EntryProof { index: 15, opening };
		let item = Some(world.item(2, 9));
		verify(&world, &Fault::Structure { entry, item })
	};
	assert_eq!(alone(|entry| (entry.count, entry.source) = (0, 0)), Ok(Attributor));
	assert_eq!(alone(|entry| entry.count = 2), Ok(Attributor));
	assert_eq!(alone(|entry| entry.reserved = 2), Ok(Attributor));
	assert_eq!(alone(|entry| entry.amount = 0), Err(NOT_COVERED));
}

#[test]
fn an_empty_entry_is_unowned_and_starts_at_zero() {
	shown_without_item(&changed(2, |entry| entry.start = 1), 2);
	shown_without_item(&changed(2, |entry| entry.source = 1), 2);
	shown_without_item(&changed(2, |entry| entry.offset = 1), 2);
}

#[test]
fn an_entry_of_an_item_without_windows_covers_none() {
	assert_eq!(changed(2, |entry| entry.count = 1).structure(2), Ok(Attributor));
}

#[test]
fn an_entry_stays_in_its_item() {
	assert_eq!(changed(1, |entry| entry.count = 3).structure(1), Ok(Attributor));
	assert_eq!(changed(5, |entry| entry.count = 4).structure(5), Ok(Attributor));
	shown_without_item(&changed(1, |entry| entry.count = u64::MAX), 1);
	shown_without_item(&changed(5, |entry| entry.count = u64::MAX), 5);
}

#[test]
fn the_next_entry_leaves_no_gap_and_does_not_overlap() {
	for start in [0, 2, 4, u64::MAX] {
		shown_without_item(&changed(1, |entry| entry.start = start), 0);
	}
	let shorter = changed(0, |entry| entry.count = 2);
	shown_without_item(&shorter, 0);
}

#[test]
fn an_item_is_covered_to_its_end() {
	let world = World::honest().with(|world| {
		world.entries.remove(1);
	});
	shown_with_item(&world, 0);
}

#[test]
fn an_item_that_has_ended_is_not_continued() {
	let world = World::honest().with(|world| {
		let more = run((0, 0, 5, 1), (0, 0), 0);
		world.entries.insert(2, more);
	});
	shown_with_item(&world, 1);
	assert_eq!(world.structure(2), Ok(Attributor));
}

#[test]
fn an_item_without_windows_has_one_entry() {
	let world = World::honest().with(|world| world.entries.insert(2, world.entries[2]));
	shown_without_item(&world, 2);
}

#[test]
fn no_item_and_no_receipt_is_skipped() {
	let world = World::honest().with(|world| {
		world.entries.remove(2);
	});
	shown_without_item(&world, 1);
	let world = World::honest().with(|world| world.receipts.insert(1, (5, vec![b"zz".to_vec()])));
	assert_eq!(world.structure_by(2, None), Err(NotFound));
	let world = world.with(|world| {
		for entry in &mut world.entries[3..] {
			entry.receipt += 1;
		}
	});
	shown_without_item(&world, 2);
}

#[test]
fn the_last_entry_ends_everything() {
	let cut = |left| World::honest().with(|world| world.entries.truncate(left));
	shown_with_item(&cut(5), 4);
	shown_without_item(&cut(3), 2);
	shown_without_item(&cut(1), 0);
	shown_with_item(&changed(5, |entry| entry.count = 2), 5);
}

#[test]
fn nothing_follows_the_last_item() {
	let world = World::honest().with(|world| world.entries.push(run((2, 0, 0, 1), (0, 0), 0)));
	shown_without_item(&world, 5);
	shown_without_item(&world, 6);
	let world = World::honest().with(|world| world.entries.push(world.entries[0]));
	shown_without_item(&world, 5);
}

#[test]
fn the_successor_must_be_held() {
	let world = World::long();
	let one = records(&blob(&world.entries), 15, 1);
	let entry = EntryProof { index: 15, opening: one };
	let fault = Fault::Structure { entry, item: Some(world.item_of(15)) };
	assert_eq!(verify(&world, &fault), Err(NOT_COVERED));
	assert_eq!(world.structure(15), Err(NoFault));
}

#[test]
fn the_entry_must_be_held_and_exist() {
	let world = World::long();
	let fault = |index, held| Fault::Structure {
		entry: EntryProof { index, opening: records(&blob(&world.entries), held, 1) },
		item: None,
	};
	assert_eq!(verify(&world, &fault(20, 0)), Err(NOT_COVERED));
	assert_eq!(verify(&world, &fault(46, 45)), Err(NotFound));
	assert_eq!(verify(&world, &fault(u64::MAX, 45)), Err(NotFound));
}

#[test]
fn forged_openings_show_nothing() {
	let world = World::honest();
	let wrong = changed(1, |entry| entry.reserved = 1);
	let fault = Fault::Structure { entry: wrong.entry(1), item: None };
	assert_eq!(verify(&wrong, &fault), Ok(Attributor));
	assert_eq!(verify(&world, &fault), Err(ROOT_MISMATCH));

	let shorter = World::honest().with(|world| {
		world.receipts[0].1[0].pop();
	});
	assert_eq!(shorter.structure(1), Ok(Attributor));
	assert_eq!(world.structure_by(1, Some(shorter.item(0, 0))), Err(ROOT_MISMATCH));
	assert!(matches!(world.structure_by(3, Some(world.item(0, 0))), Err(FaultError::Opening(_))));
}

#[test]
fn the_item_must_be_held() {
	let world = World::long();
	assert_eq!(world.structure_by(30, Some(world.item(2, 0))), Err(NOT_COVERED));
}
