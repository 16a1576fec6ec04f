//! Honest reports are accused of everything, with real openings and with forged ones.

use tributary_primitives::{
	blob::Opening,
	fault::{verify, Blame, Fault},
};

use crate::{
	case::Case,
	mutate::{transplant, wrong_reports, Numbers},
	places, seeds,
};

/// Every opening of a fault; that of the item comes second, where there is one.
fn openings(fault: &mut Fault) -> Vec<&mut Opening> {
	match fault {
		Fault::Structure { entry, item } | Fault::Amount { entry, item } => {
			std::iter::once(&mut entry.opening).chain(item).collect()
		}
		Fault::Foreign { entry } => vec![&mut entry.opening],
		Fault::Mismatch { entry, item, bytes, .. } => {
			let bytes = bytes.iter_mut().flat_map(|(ours, theirs)| [ours, theirs]);
			[&mut entry.opening, item].into_iter().chain(bytes).collect()
		}
		Fault::Prior { entry, item, output, bytes, .. } => {
			vec![&mut entry.opening, item, output, bytes]
		}
		Fault::Order { payouts, .. } => vec![payouts],
		Fault::Unequal { payout, entry, .. } => std::iter::once(payout).chain(entry).collect(),
		Fault::Absent { entry, payouts, .. } => {
			std::iter::once(&mut entry.opening).chain(payouts).collect()
		}
	}
}

/// Changes a byte or a sibling of an opening, or its place.
fn forge(opening: &mut Opening, numbers: &mut Numbers) {
	let bit = 1 << numbers.below(8);
	match (numbers.below(3), opening.bytes.len(), opening.siblings.len()) {
		(0, _, siblings) if siblings > 0 => {
			let sibling = numbers.below(siblings);
			opening.siblings[sibling][numbers.below(32)] ^= bit;
		}
		(1, _, _) => opening.first_chunk ^= u64::from(bit),
		(_, bytes, _) => opening.bytes[numbers.below(bytes)] ^= bit,
	}
}

/// Forges one opening of a fault, and says which one by its place among them.
fn forge_one(fault: &mut Fault, numbers: &mut Numbers) -> usize {
	let mut openings = openings(fault);
	let opening = numbers.below(openings.len());
	forge(openings[opening], numbers);
	opening
}

/// A fault of structure without the item that it shows; `None` for one that shows none.
fn without_item(fault: &Fault) -> Option<Fault> {
	match fault {
		Fault::Structure { entry, item: Some(_) } => {
			Some(Fault::Structure { entry: entry.clone(), item: None })
		}
		_ => None,
	}
}

#[test]
fn nothing_can_be_shown_against_an_honest_attributor() {
	let (mut real, mut forged, mut unread) = (0, 0, 0);
	for seed in seeds() {
		for case in Case::all(seed + 1) {
			let honest = case.facts(&case.report.entries, &case.report.payouts);
			let numbers = &mut Numbers(seed + 5);
			let most = places(&case, seed) / 2;
			wrong_reports(&case, most, &mut Numbers(seed + 4), |entries, payouts| {
				let Some((lie, Blame::Attributor)) = case.find(entries, payouts) else { return };
				let mut fault = transplant(lie.clone(), &case.report);
				let blame = verify(&honest, &fault);
				assert_ne!(blame, Ok(Blame::Attributor), "{fault:?} of {}", case.name);
				real += 1;

				forge_one(&mut fault, numbers);
				let blame = verify(&honest, &fault);
				assert_ne!(blame, Ok(Blame::Attributor), "{fault:?} of {}", case.name);
				let mut fault = lie;
				let opening = forge_one(&mut fault, numbers);
				let lying = case.facts(entries, payouts);
				if verify(&lying, &fault).is_ok() {
					// An item that the entry does not name, or that is withheld, is not looked at.
					let bare = without_item(&fault).filter(|_| opening == 1);
					let needs_no_item = bare.is_some_and(|bare| verify(&lying, &bare).is_ok());
					assert!(needs_no_item, "{fault:?} of {}", case.name);
					unread += 1;
				}
				forged += 1;
			});
		}
	}
	println!(
		"{real} accusations with real openings, {forged} with forged ones, {unread} of them for an item \
		 that decides nothing"
	);
	assert!(real > 1000 && forged > 1000);
}
