//! Documents and outputs that repeat each other: few letters, shared phrases, and lengths about the border
//! of a chunk.

use proptest::{prelude::*, sample::Index};

use crate::rule::Receipt;

/// Bytes that stand in front of some texts, so that windows lie across the border of a chunk. There are
/// few of them, and they are quoted as everything else is.
fn filler(kind: u8, len: usize) -> Vec<u8> {
	let mut state = u32::from(kind) + 1;
	let mut next = || {
		state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
		(state >> 24) as u8
	};
	(0..len).map(|_| next()).collect()
}

/// How a text is spelled: filler, then letters and stretches of what was spelled before, in turn.
#[derive(Clone, Debug)]
pub struct Text {
	filler: Option<(u8, usize)>,
	pieces: Vec<(Vec<u8>, Index, Index, usize)>,
}

impl Text {
	/// Spells the text; it quotes `earlier` texts, and itself where there are none.
	pub fn spell(&self, earlier: &[Vec<u8>]) -> Vec<u8> {
		let mut text = self.filler.map(|(kind, len)| filler(kind, len)).unwrap_or_default();
		for (letters, quoted, from, len) in &self.pieces {
			text.extend_from_slice(letters);
			let quoted = match earlier {
				[] => text.clone(),
				earlier => earlier[quoted.index(earlier.len())].clone(),
			};
			if !quoted.is_empty() {
				// The end of a long text is quoted as often as its filler.
				let tail = quoted.len().min(120);
				let from = quoted.len() - tail + from.index(tail);
				let from = from.saturating_sub(len / 2);
				text.extend_from_slice(&quoted[from..quoted.len().min(from + len)]);
			}
		}
		text
	}
}

/// A text of at most `pieces` pieces for windows of `window` bytes.
pub fn text(window: usize, pieces: usize) -> impl Strategy<Value = Text> {
	let letters = prop::collection::vec(b'a'..b'd', 0..window + 2);
	let piece = (letters, any::<Index>(), any::<Index>(), 0..window * 4);
	let filler = prop_oneof![
		7 => Just(None),
		1 => (0u8..2, 980usize..1030).prop_map(Some),
	];
	let pieces = prop::collection::vec(piece, 0..pieces);
	(filler, pieces).prop_map(|(filler, pieces)| Text { filler, pieces })
}

/// A payment whose outputs are not spelled yet.
#[derive(Clone, Debug)]
pub struct Order {
	outputs: Vec<Text>,
	data: u128,
	withheld: bool,
}

/// A few payments of at most a few outputs each.
pub fn orders(window: usize) -> impl Strategy<Value = Vec<Order>> {
	let data = prop_oneof![0u128..50, 0u128..1 << 64];
	let outputs = prop::collection::vec(text(window, 6), 1..5);
	let order = (outputs, data, prop::bool::weighted(0.05));
	let order = order.prop_map(|(outputs, data, withheld)| Order { outputs, data, withheld });
	prop::collection::vec(order, 1..4)
}

/// Spells outputs that quote `documents`.
pub fn serve(orders: &[Order], documents: &[Vec<u8>]) -> Vec<Receipt> {
	let receipts = orders.iter().map(|order| Receipt {
		outputs: order.outputs.iter().map(|text| text.spell(documents)).collect(),
		data: order.data,
		withheld: order.withheld,
	});
	receipts.collect()
}

/// Documents, each of which may quote those before it.
pub fn spell_all(texts: &[Text]) -> Vec<Vec<u8>> {
	let mut documents: Vec<Vec<u8>> = Vec::new();
	for text in texts {
		let document = text.spell(&documents);
		documents.push(document);
	}
	documents
}
