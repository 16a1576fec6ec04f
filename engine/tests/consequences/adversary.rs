//! What somebody registers who has nothing of their own to give.

use proptest::{prelude::*, sample::Index};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trick {
	Copy,
	Pad,
	PrefixExtend,
	SuffixExtend,
	Interleave,
	Split,
	Merge,
	Reorder,
}

pub const TRICKS: [Trick; 8] = [
	Trick::Copy,
	Trick::Pad,
	Trick::PrefixExtend,
	Trick::SuffixExtend,
	Trick::Interleave,
	Trick::Split,
	Trick::Merge,
	Trick::Reorder,
];

/// A trick, and what it is done with.
#[derive(Clone, Debug)]
pub struct Attack {
	pub trick: Trick,
	victim: Index,
	other: Index,
	cuts: Vec<Index>,
	noise: Vec<u8>,
}

pub fn attack() -> impl Strategy<Value = Attack> {
	let cuts = prop::collection::vec(any::<Index>(), 0..5);
	let noise = prop::collection::vec(b'a'..b'f', 1..40);
	let chosen = prop::sample::select(&TRICKS[..]);
	(chosen, any::<Index>(), any::<Index>(), cuts, noise).prop_map(
		|(trick, victim, other, cuts, noise)| Attack { trick, victim, other, cuts, noise },
	)
}

/// `text` cut at some places.
pub fn cut<'a>(text: &'a [u8], cuts: &[Index]) -> Vec<&'a [u8]> {
	let mut places: Vec<usize> = cuts.iter().map(|place| place.index(text.len() + 1)).collect();
	places.extend([0, text.len()]);
	places.sort_unstable();
	places.windows(2).map(|ends| &text[ends[0]..ends[1]]).collect()
}

impl Attack {
	/// What is registered, after `documents` were.
	pub fn registrations(&self, documents: &[Vec<u8>]) -> Vec<Vec<u8>> {
		let victim = &documents[self.victim.index(documents.len())][..];
		let other = &documents[self.other.index(documents.len())][..];
		let noise = &self.noise[..];
		let pieces = cut(victim, &self.cuts);
		match self.trick {
			Trick::Copy => vec![victim.to_vec()],
			Trick::Pad => vec![[noise, victim, noise].concat()],
			Trick::PrefixExtend => vec![[noise, victim].concat()],
			Trick::SuffixExtend => vec![[victim, noise].concat()],
			Trick::Interleave => {
				let strange = cut(noise, &self.cuts);
				let pairs = pieces.iter().zip(strange);
				vec![pairs.flat_map(|(piece, strange)| [piece, strange].concat()).collect()]
			}
			Trick::Split => pieces.into_iter().map(<[u8]>::to_vec).collect(),
			Trick::Merge => vec![[other, victim].concat()],
			Trick::Reorder => vec![pieces.into_iter().rev().flatten().copied().collect()],
		}
	}
}
