use super::*;
use crate::window::worth;

fn mismatch(world: &World, index: u64, position: u64) -> Result<Blame, FaultError> {
	let entry = world.entries[index as usize];
	let at = entry.offset + position - entry.start;
	let bytes =
		(world.output(entry.receipt, entry.item, position, 1), world.bytes(entry.source, at, 1));
	mismatch_by(world, index, position, Some(bytes))
}

fn mismatch_by(
	world: &World,
	index: u64,
	position: u64,
	bytes: Option<(Opening, Opening)>,
) -> Result<Blame, FaultError> {
	let (entry, item) = (world.entry(index), world.item_of(index));
	verify(world, &Fault::Mismatch { entry, item, position, bytes })
}

fn prior(
	world: &World,
	index: u64,
	position: u64,
	source: u64,
	offset: u64,
) -> Result<Blame, FaultError> {
	let entry = world.entries[index as usize];
	let len = world.window.into();
	let output = world.output(entry.receipt, entry.item, position, len);
	let bytes = world.bytes(source, offset, len);
	let (entry, item) = (world.entry(index), world.item_of(index));
	verify(world, &Fault::Prior { entry, item, position, output, source, offset, bytes })
}

#[test]
fn foreign_is_a_source_outside_the_corpus() {
	let world = World::honest().with(|world| world.entries[3].source = 3);
	assert_eq!(world.foreign(3), Ok(Attributor));
	for index in 0..6 {
		assert_eq!(World::honest().foreign(index), Err(NoFault));
	}
	let fault = Fault::Foreign { entry: world.entry(3) };
	assert_eq!(verify(&World::honest(), &fault), Err(ROOT_MISMATCH));
	let beyond = EntryProof { index: 6, opening: world.entry(5).opening };
	assert_eq!(verify(&world, &Fault::Foreign { entry: beyond }), Err(NotFound));
}

#[test]
fn mismatch_is_a_byte_that_differs() {
	let world = World::honest().with(|world| world.sources.get_mut(&1).unwrap()[5] = b'X');
	assert_eq!(mismatch(&world, 0, 5), Ok(Attributor));
	assert_eq!(mismatch(&world, 0, 4), Err(NoFault));
	let world = World::honest().with(|world| world.entries[1].offset = 0);
	assert_eq!(mismatch(&world, 1, 3), Ok(Attributor));
}

#[test]
fn an_honest_entry_matches_in_every_byte_that_it_covers() {
	let world = World::honest();
	for (index, covered) in [(0, 0..6), (1, 3..8), (3, 0..4), (4, 1..6)] {
		for position in covered {
			assert_eq!(mismatch(&world, index, position), Err(NoFault));
			assert_eq!(mismatch_by(&world, index, position, None), Err(NoFault));
		}
	}
}

#[test]
fn mismatch_is_about_a_byte_that_the_entry_covers() {
	let world = World::honest();
	let bytes = || Some((world.output(0, 0, 0, 1), world.bytes(1, 0, 1)));
	for position in [6, 7, u64::MAX] {
		assert_eq!(mismatch_by(&world, 0, position, bytes()), Err(OutOfRange));
		assert_eq!(mismatch_by(&world, 0, position, None), Err(OutOfRange));
	}
	assert_eq!(mismatch_by(&world, 1, 2, bytes()), Err(OutOfRange));
	let beyond = World::honest().with(|world| world.entries[1].count = u64::MAX);
	assert_eq!(mismatch_by(&beyond, 1, 8, None), Err(OutOfRange));
}

#[test]
fn mismatch_is_a_source_that_ends_before_the_byte() {
	let world = World::honest().with(|world| world.entries[1].offset = 2);
	assert_eq!(mismatch_by(&world, 1, 7, None), Ok(Attributor));
	assert_eq!(mismatch_by(&world, 1, 6, None), Err(NoFault));
	let past_numbers = World::honest().with(|world| world.entries[1].offset = u64::MAX);
	assert_eq!(mismatch_by(&past_numbers, 1, 3, None), Ok(Attributor));
	assert_eq!(mismatch_by(&past_numbers, 1, 4, None), Ok(Attributor));
	let bytes = Some((world.output(0, 0, 0, 1), world.bytes(2, 0, 1)));
	assert_eq!(mismatch_by(&world, 1, 7, bytes), Err(OutOfRange));
}

#[test]
fn mismatch_needs_an_owner_that_is_known() {
	let world = World::honest();
	assert_eq!(mismatch_by(&world, 5, 3, None), Err(NotFound));
	let foreign = World::honest().with(|world| world.entries[3].source = 3);
	assert_eq!(mismatch_by(&foreign, 3, 0, None), Err(NotFound));
}

#[test]
fn mismatch_believes_no_forged_bytes() {
	let world = World::honest();
	let forged = |bytes| mismatch_by(&world, 0, 0, Some(bytes));
	let x = open(b"Xbcdef", 0, 1).unwrap();
	assert_eq!(forged((world.output(0, 0, 0, 1), x)), Err(ROOT_MISMATCH));
	let x = open(b"Xbcdefgh", 0, 1).unwrap();
	assert_eq!(forged((x, world.bytes(1, 0, 1))), Err(ROOT_MISMATCH));
	let other = World::honest().with(|world| world.receipts[0].1[0][0] = b'X');
	let item = other.item(0, 0);
	let fault = Fault::Mismatch { entry: world.entry(0), item, position: 0, bytes: None };
	assert_eq!(verify(&world, &fault), Err(ROOT_MISMATCH));
}

#[test]
fn mismatch_needs_the_very_byte() {
	let world = World::honest().with(|world| {
		world.receipts[1].1[0] = [&[b'a'; 2000][..], b"cdef"].concat();
		world.sources.insert(1, vec![b'a'; 3000]);
		world.entries[3] = run((1, 0, 0, 2001), (1, 2), 0);
	});
	assert_eq!(mismatch(&world, 3, 2000), Ok(Attributor));
	let right = (world.output(1, 0, 2000, 1), world.bytes(1, 2002, 1));
	let other = (world.output(1, 0, 0, 1), world.bytes(1, 0, 1));
	let by = |a: &Opening, b: &Opening| mismatch_by(&world, 3, 2000, Some((a.clone(), b.clone())));
	assert_eq!(by(&right.0, &right.1), Ok(Attributor));
	assert_eq!(by(&other.0, &right.1), Err(NOT_COVERED));
	assert_eq!(by(&right.0, &other.1), Err(NOT_COVERED));
}

#[test]
fn prior_is_an_earlier_source_with_the_window() {
	let world = World::honest().with(|world| {
		world.entries[0].source = 9;
		world.pay();
	});
	assert_eq!(prior(&world, 0, 0, 1, 0), Ok(Attributor));
	assert_eq!(prior(&world, 0, 2, 2, 0), Ok(Attributor));
	assert_eq!(prior(&world, 0, 0, 1, 1), Err(NoFault));
	assert_eq!(prior(&world, 0, 0, 9, 0), Err(NoFault));
}

#[test]
fn prior_of_an_unowned_entry_is_any_source() {
	let world = World::honest().with(|world| {
		world.entries[3] = run((1, 0, 0, 1), (0, 0), 10);
	});
	for (source, offset) in [(1, 2), (2, 0), (9, 2)] {
		assert_eq!(prior(&world, 3, 0, source, offset), Ok(Attributor));
	}
}

#[test]
fn a_later_copy_is_no_prior() {
	let world = World::honest();
	assert_eq!(prior(&world, 0, 0, 9, 0), Err(NoFault));
	assert_eq!(prior(&world, 1, 3, 9, 3), Err(NoFault));
	assert_eq!(prior(&world, 0, 2, 2, 0), Err(NoFault));
}

#[test]
fn prior_is_about_a_window_of_the_entry() {
	let world = World::honest();
	assert_eq!(prior(&world, 1, 2, 1, 2), Err(OutOfRange));
	assert_eq!(prior(&world, 5, 0, 1, 2), Err(OutOfRange));
	assert_eq!(prior(&world, 4, 3, 1, 0), Err(OutOfRange));
	let beyond = World::honest().with(|world| world.entries[5].count = u64::MAX - 3);
	let fault = |position| Fault::Prior {
		entry: beyond.entry(5),
		item: beyond.item_of(5),
		position,
		output: beyond.output(1, 0, 0, 9),
		source: 1,
		offset: 0,
		bytes: beyond.bytes(1, 0, 4),
	};
	assert_eq!(verify(&beyond, &fault(5)), Err(NoFault));
	for position in [6, 9, u64::MAX - 4] {
		assert_eq!(verify(&beyond, &fault(position)), Err(OutOfRange));
	}
}

#[test]
fn prior_needs_a_source_of_the_corpus_and_windows_of_some_bytes() {
	let world = World::honest();
	let fault = |source, offset| Fault::Prior {
		entry: world.entry(5),
		item: world.item_of(5),
		position: 3,
		output: world.output(1, 0, 3, 4),
		source,
		offset,
		bytes: world.bytes(1, 0, 4),
	};
	assert_eq!(verify(&world, &fault(0, 0)), Err(NotFound));
	assert_eq!(verify(&world, &fault(3, 0)), Err(NotFound));
	assert_eq!(verify(&world, &fault(2, 0)), Err(ROOT_MISMATCH));
	assert_eq!(verify(&world, &fault(1, 3)), Err(NOT_COVERED));
	assert_eq!(verify(&world, &fault(1, u64::MAX)), Err(NOT_COVERED));
	assert_eq!(verify(&world, &fault(1, 0)), Err(NoFault));
	let zero = World::honest().with(|world| {
		world.sources.insert(0, b"cdefgh?!.".to_vec());
	});
	assert_eq!(prior(&zero, 5, 3, 0, 3), Err(NotFound));
	let without_window = World::honest().with(|world| world.window = 0);
	assert_eq!(verify(&without_window, &fault(1, 0)), Err(OutOfRange));
}

#[test]
fn amount_is_the_formulas() {
	let world = World::honest();
	for index in 0..6 {
		assert_eq!(world.amount(index), Err(NoFault));
		for wrong in [0, world.entries[index as usize].amount + 1, u128::MAX] {
			let world = World::honest().with(|world| world.entries[index as usize].amount = wrong);
			assert_eq!(world.amount(index), Ok(Attributor));
		}
	}
	assert_eq!(worth(100, 5, 0, 3), 60);
}

#[test]
fn amount_is_not_asked_of_an_entry_that_leaves_its_item() {
	for count in [3, u64::MAX] {
		let world = World::honest().with(|world| world.entries[1].count = count);
		assert_eq!(world.amount(1), Err(OutOfRange));
	}
	let nowhere = World::honest().with(|world| world.entries[1].item = 2);
	assert_eq!(nowhere.amount_by(1, Some(nowhere.item(0, 0))), Err(NotFound));
}

#[test]
fn amount_believes_no_forged_item() {
	let world = World::honest();
	let other = World::honest().with(|world| world.receipts[0].1[0].push(b'!'));
	assert_eq!(world.amount_by(0, Some(other.item(0, 0))), Err(ROOT_MISMATCH));
}

#[test]
fn amount_needs_the_item() {
	let world = World::honest().with(|world| world.entries[0].amount += 1);
	assert_eq!(world.amount_by(0, None), Err(NotFound));
}
