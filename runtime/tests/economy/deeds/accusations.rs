//! Accusations of copies and loops.

use pallet_originality::{Call as Originality, Original};
use tributary_primitives::{
	blob::Content,
	ids::Seq,
	originality::{sample_position, Hit, SAMPLES, SAMPLE_WINDOW},
};
use tributary_runtime::Runtime;

use super::{Deed, Scene};
use crate::library::RECORD;

const WINDOW: usize = SAMPLE_WINDOW as usize;

impl Scene {
	pub(super) fn accuse(&mut self) -> Option<Deed> {
		let standing = self.facts.contributions.iter();
		let standing = standing.filter(|(_, contribution)| contribution.ended.is_none());
		let passing = self.outputs_of_passing();
		let looped = standing.clone().filter(|(_, of)| {
			of.synthetic.is_none() && of.accepted.is_some() && passing.contains(&of.content)
		});
		let looped = self.numbers.pick(looped.map(|(seq, _)| *seq));
		let looped = looped.filter(|_| self.numbers.once_in(3));
		let standing: Vec<Seq> = standing.map(|(seq, _)| *seq).collect();
		let accused = looped.or_else(|| self.numbers.pick(standing))?;
		let content = self.facts.contributions[&accused].content;
		let original = match self.served(content) {
			Some(output) => output,
			None => self.copied(accused)?,
		};
		let item = match original {
			Original::Contribution(_) => None,
			Original::Output { model, epoch, receipt, item } => {
				let outputs =
					self.facts.payments.receipts[&(model, epoch)][receipt as usize].outputs;
				let opening = self.facts.library.open(&outputs, item as usize * RECORD, RECORD);
				Some(Box::new(opening))
			}
		};
		let call = Originality::<Runtime>::accuse { accused, original, item };
		Deed::of(self.anyone(), call)
	}

	/// An output that is this contribution.
	fn served(&mut self, content: Content) -> Option<Original> {
		let mut found = Vec::new();
		for ((model, epoch), receipts) in &self.facts.payments.receipts {
			for (receipt, paid) in (0u32..).zip(receipts) {
				let items = self.facts.library.items(&paid.outputs);
				let same = (0u32..).zip(&items).filter(|(_, output)| **output == content);
				found.extend(same.map(|(item, _)| Original::Output {
					model: *model,
					epoch: *epoch,
					receipt,
					item,
				}));
			}
		}
		self.numbers.pick(found)
	}

	/// A contribution that another repeats, or just an earlier one.
	fn copied(&mut self, accused: Seq) -> Option<Original> {
		let bytes = self.facts.library.get(&self.facts.contributions[&accused].content);
		let end = &bytes[bytes.len().saturating_sub(WINDOW)..];
		let earlier: Vec<Seq> =
			self.facts.contributions.range(..accused).map(|(seq, _)| *seq).collect();
		let copied = earlier.iter().copied().filter(|seq| {
			let original = self.facts.library.get(&self.facts.contributions[seq].content);
			original.ends_with(end)
		});
		let copied: Vec<Seq> = copied.collect();
		let any = self.numbers.pick(earlier).filter(|_| self.numbers.once_in(12));
		self.numbers.pick(copied).or(any).map(Original::Contribution)
	}

	pub(super) fn show_hits(&mut self) -> Option<Deed> {
		let now = self.facts.now;
		let open = self.facts.accusations.open.iter().filter(|((accused, _), accusation)| {
			now > accusation.draw_at
				&& now <= accusation.prove_until
				&& self.facts.is_undecided(*accused, accusation.original)
		});
		let provable = open.filter_map(|((accused, challenger), _)| {
			let hits = self.hits(*accused, challenger)?;
			Some((*accused, challenger.clone(), hits))
		});
		let provable: Vec<_> = provable.collect();
		let (accused, challenger, hits) = self.numbers.pick(provable)?;
		let hits = hits.try_into().expect("they are few");
		let call = Originality::<Runtime>::show_hits { accused, hits };
		Deed::of(self.holder(&challenger)?, call)
	}

	/// Up to eight drawn windows that were not shown and stand in the original.
	fn hits(&self, accused: Seq, challenger: &tributary_runtime::AccountId) -> Option<Vec<Hit>> {
		let accusation = &self.facts.accusations.open[&(accused, challenger.clone())];
		let draw = pallet_originality::Draws::<Runtime>::get(accusation.draw_at)?;
		let seed = draw.seed.expect("every block has randomness");
		let content = self.facts.contributions[&accused].content;
		let original = match accusation.original {
			Original::Contribution(seq) => self.facts.contributions[&seq].content,
			Original::Output { model, epoch, receipt, item } => {
				self.facts.output((model, epoch), receipt, item)
			}
		};
		let (ours, theirs) = (self.facts.library.get(&content), self.facts.library.get(&original));
		let hits = (0..SAMPLES).filter(|sample| !accusation.shown.contains(sample));
		let hits = hits.filter_map(|sample| {
			let position = sample_position(&seed, sample, content.len)? as usize;
			let window = &ours[position..position + WINDOW];
			let offset = theirs.windows(WINDOW).position(|found| found == window)?;
			Some(Hit {
				sample,
				accused: self.facts.library.open(&content, position, WINDOW),
				offset: offset as u64,
				original: self.facts.library.open(&original, offset, WINDOW),
			})
		});
		let hits: Vec<Hit> = hits.take(8).collect();
		(!hits.is_empty()).then_some(hits)
	}

	pub(super) fn close_accusation(&mut self) -> Option<Deed> {
		let (now, early) = (self.facts.now, self.numbers.once_in(12));
		let open = self.facts.accusations.open.iter().filter(|((accused, _), accusation)| {
			early
				|| now > accusation.prove_until
				|| !self.facts.is_undecided(*accused, accusation.original)
		});
		let open: Vec<_> = open.map(|(key, _)| key.clone()).collect();
		let (accused, challenger) = self.numbers.pick(open)?;
		Deed::of(self.anyone(), Originality::<Runtime>::close { accused, challenger })
	}
}
