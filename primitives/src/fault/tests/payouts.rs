use super::*;

fn changed(index: usize, change: impl FnOnce(&mut Payout)) -> World {
	World::honest().with(|world| change(&mut world.payouts[index]))
}

#[test]
fn honest_payouts_are_in_order_and_equal_their_entries() {
	for world in [World::honest(), World::long()] {
		for index in 0..world.payouts.len() as u64 {
			assert_eq!(world.order(index), Err(NoFault));
			assert_eq!(world.unequal(index), Err(NoFault));
		}
	}
}

#[test]
fn order_is_a_field_that_must_be_zero_or_must_not() {
	assert_eq!(changed(3, |payout| payout.reserved = 1).order(3), Ok(Attributor));
	assert_eq!(changed(0, |payout| payout.source = 0).order(0), Ok(Attributor));
}

#[test]
fn order_is_a_first_payout_that_does_not_start_at_zero() {
	assert_eq!(changed(0, |payout| payout.before = 1).order(0), Ok(Attributor));
	let shifted = World::honest().with(|world| {
		for payout in &mut world.payouts {
			payout.before += 1;
		}
	});
	assert_eq!(shifted.order(0), Ok(Attributor));
}

#[test]
fn order_is_a_payout_that_is_not_after_the_one_before() {
	let swapped = World::honest().with(|world| world.payouts.swap(1, 2));
	assert_eq!(swapped.order(1), Ok(Attributor));
	let ordinals = World::honest().with(|world| {
		(world.payouts[0].ordinal, world.payouts[1].ordinal) = (3, 0);
	});
	assert_eq!(ordinals.order(0), Ok(Attributor));
	let twice = World::honest().with(|world| world.payouts[1] = world.payouts[0]);
	assert_eq!(twice.order(0), Ok(Attributor));
	let twice_with_fitting_sums = twice.with(|world| world.payouts[1].before = 60);
	assert_eq!(twice_with_fitting_sums.order(0), Ok(Attributor));
}

#[test]
fn order_is_a_wrong_running_sum() {
	for before in [0, 59, 61, u128::MAX] {
		assert_eq!(changed(1, |payout| payout.before = before).order(0), Ok(Attributor));
	}
	let overflowing = World::honest().with(|world| {
		world.payouts[1].before = u128::MAX;
		world.payouts[2].before = 9;
	});
	assert_eq!(overflowing.order(1), Ok(Attributor));
}

#[test]
fn order_needs_the_next_payout_unless_it_is_the_last() {
	let world = World::long();
	let last = world.payouts.len() as u64 - 1;
	let fault =
		|index, held| Fault::Order { index, payouts: records(&blob(&world.payouts), held, 1) };
	assert_eq!(verify(&world, &fault(15, 15)), Err(NOT_COVERED));
	assert_eq!(verify(&world, &fault(20, 0)), Err(NOT_COVERED));
	assert_eq!(verify(&world, &fault(last, last)), Err(NoFault));
	assert_eq!(verify(&world, &fault(last + 1, last)), Err(NotFound));
	assert_eq!(verify(&world, &fault(u64::MAX, last)), Err(NotFound));
}

#[test]
fn order_believes_no_forged_payouts() {
	let wrong = World::honest().with(|world| world.payouts.swap(1, 2));
	let fault = Fault::Order { index: 1, payouts: wrong.payout(1) };
	assert_eq!(verify(&World::honest(), &fault), Err(ROOT_MISMATCH));
}

#[test]
fn unequal_is_another_source_or_amount_than_the_entrys() {
	assert_eq!(changed(0, |payout| payout.source = 2).unequal(0), Ok(Attributor));
	assert_eq!(changed(0, |payout| payout.amount += 1).unequal(0), Ok(Attributor));
	assert_eq!(changed(0, |payout| payout.ordinal = 3).unequal(0), Ok(Attributor));
	assert_eq!(changed(0, |payout| payout.ordinal = 5).unequal(0), Ok(Attributor));
}

#[test]
fn unequal_is_a_payout_that_names_no_entry() {
	for ordinal in [6, u64::MAX] {
		assert_eq!(changed(3, |payout| payout.ordinal = ordinal).unequal(3), Ok(Attributor));
	}
	let world = World::honest();
	let unnamed = |world: &World, entry| {
		verify(world, &Fault::Unequal { index: 3, payout: world.payout(3), entry })
	};
	assert_eq!(unnamed(&world, None), Err(NoFault));
	let past = changed(3, |payout| payout.ordinal = 6);
	assert_eq!(unnamed(&past, Some(past.entry(5).opening)), Err(NotFound));
}

#[test]
fn unequal_believes_no_forged_openings() {
	let world = World::honest();
	let fault = |payout, entry| Fault::Unequal { index: 0, payout, entry: Some(entry) };
	let payout = changed(0, |payout| payout.amount = 1).payout(0);
	let of_payout = fault(payout, world.entry(0).opening);
	assert_eq!(verify(&world, &of_payout), Err(ROOT_MISMATCH));
	let entry = World::honest().with(|world| world.entries[0].amount = 1).entry(0).opening;
	assert_eq!(verify(&world, &fault(world.payout(0), entry)), Err(ROOT_MISMATCH));

	let long = World::long();
	let held_elsewhere =
		Fault::Unequal { index: 20, payout: long.payout(20), entry: Some(long.entry(0).opening) };
	assert_eq!(verify(&long, &held_elsewhere), Err(NOT_COVERED));
}

/// The honest report without the payouts of `dropped`.
fn without(dropped: &[usize]) -> World {
	World::honest().with(|world| {
		let mut kept: Vec<_> = (0..).zip(world.payouts.clone()).collect();
		kept.retain(|(index, _)| !dropped.contains(index));
		world.payouts = kept.into_iter().map(|(_, payout)| payout).collect();
	})
}

#[test]
fn absent_is_an_owned_entry_between_two_payouts_that_touch() {
	for (payout, entry) in [(0, 0), (1, 3), (2, 1), (3, 4)] {
		let world = without(&[payout]);
		for gap in 0..=3 {
			let expected = if gap == payout as u64 { Ok(Attributor) } else { Err(NoFault) };
			assert_eq!(world.absent(entry, gap), expected);
		}
	}
}

#[test]
fn absent_from_no_payouts_at_all_needs_no_opening() {
	let world = without(&[0, 1, 2, 3]);
	assert_eq!(world.absent(0, 0), Ok(Attributor));
	assert_eq!(world.absent(2, 0), Err(NoFault));
	assert_eq!(world.absent(0, 1), Err(NotFound));
}

#[test]
fn absent_is_refused_of_honest_payouts() {
	let world = World::honest();
	for entry in 0..6 {
		for gap in 0..=4 {
			assert_eq!(world.absent(entry, gap), Err(NoFault));
		}
	}
	let fault = Fault::Absent { entry: world.entry(0), index: 1, payouts: None };
	assert_eq!(verify(&world, &fault), Err(NotFound));
	let fault = Fault::Absent { entry: world.entry(0), index: 5, payouts: world.gap(4) };
	assert_eq!(verify(&world, &fault), Err(NotFound));
}

#[test]
fn absent_believes_no_forged_payouts() {
	let moved = World::honest().with(|world| world.payouts[1].ordinal = 5);
	let fault = Fault::Absent { entry: moved.entry(3), index: 1, payouts: moved.gap(1) };
	assert_eq!(verify(&moved, &fault), Ok(Attributor));
	assert_eq!(verify(&World::honest(), &fault), Err(ROOT_MISMATCH));
}

#[test]
fn absent_needs_both_neighbours() {
	let dropped = World::long().with(|world| {
		world.payouts.remove(16);
	});
	let ordinal = World::long().payouts[16].ordinal;
	assert_eq!(dropped.absent(ordinal, 16), Ok(Attributor));
	for held in [15, 16] {
		let payouts = Some(records(&blob(&dropped.payouts), held, 1));
		let fault = Fault::Absent { entry: dropped.entry(ordinal), index: 16, payouts };
		assert_eq!(verify(&dropped, &fault), Err(NOT_COVERED));
	}
}
