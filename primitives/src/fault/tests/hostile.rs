//! Bytes from anybody: no panic, and nothing that an honest report could be voided by.

use super::*;
use proptest::prelude::*;

/// Real faults of a wrong report, one of each kind, as seeds to damage.
fn seeds(world: &World) -> Vec<Fault> {
	let (entry, item) = (|| world.entry(15), || world.item_of(15));
	let bytes = Some((world.output(2, 9, 0, 1), world.bytes(1, 0, 1)));
	vec![
		Fault::Structure { entry: entry(), item: Some(item()) },
		Fault::Foreign { entry: entry() },
		Fault::Mismatch { entry: entry(), item: item(), position: 0, bytes },
		Fault::Prior {
			entry: entry(),
			item: item(),
			position: 0,
			output: world.output(2, 9, 0, 4),
			source: 1,
			offset: 0,
			bytes: world.bytes(1, 0, 4),
		},
		Fault::Amount { entry: entry(), item: Some(item()) },
		Fault::Order { index: 15, payouts: world.payout(15) },
		Fault::Unequal { index: 15, payout: world.payout(15), entry: Some(entry().opening) },
		Fault::Absent { entry: entry(), index: 15, payouts: world.gap(15) },
	]
}

#[test]
fn every_kind_of_fault_survives_its_encoding() {
	for fault in seeds(&World::long()) {
		assert_eq!(Fault::decode(&mut &fault.encode()[..]).unwrap(), fault);
	}
}

fn number() -> impl Strategy<Value = u64> {
	prop_oneof![any::<u64>(), 0..64u64, (u64::MAX - 64)..=u64::MAX]
}

proptest! {
	#[test]
	fn arbitrary_bytes_never_panic_and_never_show_a_fault(
		kind in 0u8..8, bytes in prop::collection::vec(any::<u8>(), 0..400),
	) {
		let bytes = [&[kind][..], &bytes].concat();
		if let Ok(fault) = Fault::decode(&mut &bytes[..]) {
			prop_assert!(verify(&World::honest(), &fault).is_err());
		}
	}

	#[test]
	fn damaged_faults_never_panic_and_never_show_a_fault(
		kind in 0usize..8, damage in prop::collection::vec((any::<usize>(), any::<u8>()), 0..4),
	) {
		let world = World::long();
		let mut bytes = seeds(&world)[kind].encode();
		for (place, value) in damage {
			let place = 1 + place % (bytes.len() - 1);
			bytes[place] = value;
		}
		if let Ok(fault) = Fault::decode(&mut &bytes[..]) {
			prop_assert!(verify(&world, &fault).is_err());
		}
	}

	#[test]
	fn absurd_numbers_in_real_faults_never_panic_and_never_show_a_fault(
		a in number(), b in number(), c in number(), kind in 0usize..8,
	) {
		let world = World::long();
		let mut fault = seeds(&world).swap_remove(kind);
		match &mut fault {
			Fault::Structure { entry, .. } | Fault::Foreign { entry } | Fault::Amount { entry, .. } => {
				entry.index = a;
			},
			Fault::Mismatch { entry, position, .. } => {
				(entry.index, *position) = (15 + a % 2, b);
			},
			Fault::Prior { entry, position, source, offset, .. } => {
				(entry.index, *position, *source, *offset) = (15 + a % 2, b, c, a);
			},
			Fault::Order { index, .. } | Fault::Unequal { index, .. } => *index = a,
			Fault::Absent { entry, index, .. } => (entry.index, *index) = (15 + a % 2, b),
		}
		prop_assert!(verify(&world, &fault).is_err());
	}

	#[test]
	fn absurd_entries_never_panic(
		record: [[u8; 32]; 2], start in number(), count in number(), offset in number(),
		position in number(), windows in prop_oneof![Just(0), Just(4), Just(u32::MAX)],
		fields in any::<[bool; 4]>(),
	) {
		let mut entry = Entry::from_bytes(&record.concat().try_into().unwrap());
		if fields[0] {
			(entry.receipt, entry.item, entry.reserved) = (0, 0, 0);
		}
		if fields[1] {
			entry.source = 1;
		}
		(entry.start, entry.count, entry.offset) = (start, count, offset);
		let world = World::honest().with(|world| {
			world.window = windows;
			world.entries[1] = entry;
		});
		let at = if fields[2] { position } else { start };
		let item = world.item(0, 0);
		let output = world.output(0, 0, 0, 8);
		let bytes = world.bytes(1, 0, 6);
		for proof in [world.entry(0), world.entry(1)] {
			for fault in [
				Fault::Structure { entry: proof.clone(), item: fields[3].then(|| item.clone()) },
				Fault::Amount { entry: proof.clone(), item: fields[3].then(|| item.clone()) },
				Fault::Mismatch {
					entry: proof.clone(),
					item: item.clone(),
					position: at,
					bytes: fields[3].then(|| (output.clone(), bytes.clone())),
				},
				Fault::Prior {
					entry: proof.clone(),
					item: item.clone(),
					position: at,
					output: output.clone(),
					source: 1,
					offset: position,
					bytes: bytes.clone(),
				},
			] {
				let _ = verify(&world, &fault);
			}
		}
	}
}
