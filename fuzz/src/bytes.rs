//! The fuzzer's bytes, read as choices.

use blake3::OUT_LEN;

/// Reads from the front. Where nothing is left, every choice is the first one.
#[derive(Clone, Debug)]
pub struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
	/// Reads `data`.
	pub fn new(data: &'a [u8]) -> Self {
		Self(data)
	}

	/// Whether nothing is left.
	pub fn is_empty(&self) -> bool {
		self.0.is_empty()
	}

	/// All that is left.
	pub fn rest(&mut self) -> &'a [u8] {
		std::mem::take(&mut self.0)
	}

	/// The next `len` bytes, or as many as there are.
	pub fn take(&mut self, len: usize) -> &'a [u8] {
		let (taken, rest) = self.0.split_at(len.min(self.0.len()));
		self.0 = rest;
		taken
	}

	/// The next `N` bytes, with zeros for those that are missing.
	pub fn array<const N: usize>(&mut self) -> [u8; N] {
		let mut array = [0; N];
		let taken = self.take(N);
		array[..taken.len()].copy_from_slice(taken);
		array
	}

	/// A byte.
	pub fn byte(&mut self) -> u8 {
		let [byte] = self.array();
		byte
	}

	/// One of two.
	pub fn flag(&mut self) -> bool {
		self.byte() & 1 == 1
	}

	/// A number below `bound`, which is at least 1; a byte decides where that suffices.
	pub fn below(&mut self, bound: usize) -> usize {
		match bound {
			..=0x100 => usize::from(self.byte()) % bound,
			_ => u16::from_le_bytes(self.array()) as usize % bound,
		}
	}

	/// Any number, more often one near a border.
	pub fn number(&mut self) -> u64 {
		let [kind, small] = self.array();
		let small = u64::from(small);
		match kind % 6 {
			0 | 1 => small,
			2 => small * 64,
			3 => u64::MAX - small,
			4 => (1u64 << (small % 64)).wrapping_sub(u64::from(kind / 6 % 3)),
			_ => u64::from_le_bytes(self.array()),
		}
	}

	/// A hash of the next 8 bytes, as one that nobody has chosen.
	pub fn hash(&mut self) -> [u8; OUT_LEN] {
		*blake3::hash(&self.array::<8>()).as_bytes()
	}

	/// `len` bytes in one of several patterns: one letter, a short period, or noise.
	pub fn pattern(&mut self, len: usize) -> Vec<u8> {
		let [kind, seed] = self.array();
		match kind % 3 {
			0 => vec![seed; len],
			1 => (0..len).map(|at| (at % (2 + usize::from(seed))) as u8).collect(),
			_ => {
				let mut noise = vec![0; len];
				blake3::Hasher::new().update(&[seed]).finalize_xof().fill(&mut noise);
				noise
			}
		}
	}
}
