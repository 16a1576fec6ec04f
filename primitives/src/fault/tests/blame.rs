//! Who answers for a wrong report: its attributor, but for bytes that were not to be had.

use super::*;

/// The fault that shows source `source` at the first window of entry 0, of which source 9 is said to be
/// the owner.
fn prior(world: &World, source: u64, offset: u64) -> Fault {
	Fault::Prior {
		entry: world.entry(0),
		item: world.item_of(0),
		position: 2,
		output: world.output(0, 0, 2, 4),
		source,
		offset,
		bytes: world.bytes(source, offset, 4),
	}
}

fn credits_the_copy() -> World {
	World::honest().with(|world| {
		world.entries[0].source = 9;
		world.pay();
	})
}

#[test]
fn an_earlier_source_that_was_not_to_be_had_blames_nobody() {
	let world = credits_the_copy().with(|world| world.excused = [1].into());
	assert_eq!(verify(&world, &prior(&world, 1, 2)), Ok(Nobody));
}

#[test]
fn an_earlier_source_that_was_to_be_had_blames_the_attributor_whatever_else_was_not() {
	let world = credits_the_copy().with(|world| world.excused = [1, 9].into());
	assert_eq!(verify(&world, &prior(&world, 2, 0)), Ok(Attributor));
	let world = credits_the_copy();
	assert_eq!(verify(&world, &prior(&world, 1, 2)), Ok(Attributor));
}

#[test]
fn a_source_that_left_the_corpus_as_withheld_blames_nobody() {
	let world = World::honest().with(|world| {
		world.entries[3].source = 3;
		world.entries[4].source = 4;
		world.excused = [4].into();
	});
	assert_eq!(world.foreign(3), Ok(Attributor));
	assert_eq!(world.foreign(4), Ok(Nobody));
}

#[test]
fn who_names_bytes_that_differ_is_to_blame_though_the_source_left_the_corpus() {
	let left = |world: &mut World| {
		world.left = [1].into();
		world.excused = [1].into();
	};
	let lie = World::honest().with(|world| {
		world.entries[0].offset = 1;
		left(world);
	});
	let honest = World::honest().with(left);
	for (world, shown) in [(lie, Ok(Attributor)), (honest, Err(NoFault))] {
		let at = world.entries[0].offset;
		let bytes = Some((world.output(0, 0, 0, 1), world.bytes(1, at, 1)));
		let (entry, item) = (world.entry(0), world.item_of(0));
		let mismatch = Fault::Mismatch { entry, item, position: 0, bytes };
		assert_eq!(verify(&world, &mismatch), shown);
		assert_eq!(world.foreign(0), Ok(Nobody));
		assert_eq!(verify(&world, &prior(&world, 1, 2)), Err(NotFound));
	}
}

#[test]
fn an_excuse_makes_no_fault_of_what_is_right() {
	let world = World::honest().with(|world| world.excused = [1, 2, 9].into());
	for index in 0..world.entries.len() as u64 {
		assert_eq!(world.foreign(index), Err(NoFault));
	}
	assert_eq!(verify(&world, &prior(&world, 2, 0)), Err(NoFault));
	assert_eq!(verify(&world, &prior(&world, 9, 2)), Err(NoFault));
}

#[test]
fn nothing_else_is_excused() {
	let excused = |change: fn(&mut World)| {
		World::honest().with(|world| {
			world.excused = [1, 2, 9].into();
			change(world);
		})
	};
	let world = excused(|world| world.entries[0].reserved = 1);
	assert_eq!(world.structure(0), Ok(Attributor));
	let world = excused(|world| world.entries[0].amount = 1);
	assert_eq!(world.amount(0), Ok(Attributor));
	let world = excused(|world| world.entries[0].offset = 1);
	let bytes = Some((world.output(0, 0, 0, 1), world.bytes(1, 1, 1)));
	let (entry, item) = (world.entry(0), world.item_of(0));
	let mismatch = Fault::Mismatch { entry, item, position: 0, bytes };
	assert_eq!(verify(&world, &mismatch), Ok(Attributor));
	let world = excused(|world| world.payouts[0].before = 1);
	assert_eq!(world.order(0), Ok(Attributor));
	let world = excused(|world| world.payouts[0].amount = 1);
	assert_eq!(world.unequal(0), Ok(Attributor));
	let world = excused(|world| world.payouts.clear());
	assert_eq!(world.absent(0, 0), Ok(Attributor));
}
