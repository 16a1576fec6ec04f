//! Payments, and claims on them.

use pallet_usage::Call as Usage;
use tributary_primitives::{blob::Content, ids::ModelId, title::Title};
use tributary_runtime::{
	params::{ReceiptRetention, RevealWindow},
	Runtime,
};

use super::{blocks, Deed, Scene};

impl Scene {
	/// Bytes of a contribution that a model was trained on, or of any other.
	fn quoted(&mut self, model: ModelId) -> Option<Vec<u8>> {
		let corpus = &self.facts.models[model as usize].corpus;
		let trained = self.facts.contributions.values().filter(|contribution| {
			let version = corpus.get(&contribution.dataset);
			contribution.accepted.is_some_and(|(index, _)| version.is_some_and(|v| index < *v))
		});
		let trained: Vec<_> = trained.map(|of| (of.content, of.synthetic.is_some())).collect();
		let passing = trained.iter().filter(|(_, synthetic)| *synthetic).map(|(of, _)| *of);
		let passing: Vec<Content> = passing.collect();
		// The latest may repeat outputs that quote the others.
		let latest = passing.last().copied().filter(|_| self.numbers.once_in(2));
		let passing = latest.or_else(|| self.numbers.pick(passing));
		let passing = passing.filter(|_| self.numbers.once_in(3));
		let trained: Vec<Content> = trained.into_iter().map(|(content, _)| content).collect();
		let all = self.facts.contributions.values().map(|contribution| contribution.content);
		let content = match passing.or(self.numbers.pick(trained)) {
			Some(content) if !self.numbers.once_in(8) => content,
			_ => self.numbers.pick(all)?,
		};
		let most = self.numbers.within(24, 80) as usize;
		Some(self.facts.library.quote(&content, most, &mut self.numbers))
	}

	/// The list of one to three outputs, each a patchwork of quotations and of what nobody knows.
	pub(super) fn outputs(&mut self, model: ModelId) -> Content {
		let mut list = Vec::new();
		for _ in 0..1 + self.numbers.below(3) {
			let mut bytes = Vec::new();
			for _ in 0..1 + self.numbers.below(3) {
				let new = self.fresh(1, 50);
				let quoted = self.quoted(model).filter(|_| !self.numbers.once_in(4));
				bytes.extend(quoted.unwrap_or(new));
			}
			let output = self.facts.library.put(bytes);
			list.extend(output.root);
			list.extend(output.len.to_le_bytes());
			list.extend([0; 24]);
		}
		self.facts.library.put(list)
	}

	pub(super) fn pay(&mut self) -> Option<Deed> {
		let models = 0..self.facts.models.len() as u32;
		// What little some are paid, they can not take.
		let of_poor = models
			.clone()
			.filter(|id| self.facts.money.free(&self.facts.titles[&Title::model(*id)].owner) == 0);
		let of_poor = self.numbers.pick(of_poor).filter(|_| !self.numbers.once_in(4));
		let model = of_poor.or(self.numbers.pick(models))?;
		let outputs = self.outputs(model);
		let least = self.facts.settings.min_payment;
		let little = of_poor.is_some() || self.numbers.once_in(4);
		let amount = if little { least } else { least + self.amount(40) };
		let outputs_tail = self.facts.library.tail(&outputs);
		Deed::of(self.rich(), Usage::<Runtime>::pay { model, outputs, outputs_tail, amount })
	}

	pub(super) fn claim_owner(&mut self) -> Option<Deed> {
		let model = self.numbers.pick(0..self.facts.models.len() as u32)?;
		Deed::of(self.anyone(), Usage::<Runtime>::claim_owner { model })
	}

	pub(super) fn claim_lineage(&mut self) -> Option<Deed> {
		let model = self.numbers.pick(0..self.facts.models.len() as u32)?;
		let of = &self.facts.models[model as usize];
		let ancestor = self.numbers.pick(of.ancestors.keys().copied())?;
		let tenures = &self.facts.titles[&Title::model(ancestor)].tenures;
		let any = self.numbers.below(tenures.len() + 1) as u32;
		let open = self.numbers.pick(self.open_tenures(model, ancestor));
		let tenure = open.filter(|_| !self.numbers.once_in(4)).unwrap_or(any);
		Deed::of(self.anyone(), Usage::<Runtime>::claim_lineage { model, ancestor, tenure })
	}

	pub(super) fn release_receipt(&mut self) -> Option<Deed> {
		let early = self.numbers.once_in(30);
		let last = self.facts.now.saturating_sub(blocks::<ReceiptRetention>());
		let old = self.facts.payments.receipts.iter().flat_map(|(place, receipts)| {
			let ripe = self.facts.payments.is_settled(*place);
			(0..).zip(receipts).filter_map(move |(index, receipt)| {
				let due = early || (ripe && !receipt.released && receipt.block <= last);
				due.then(|| (*place, index, receipt.payer.clone()))
			})
		});
		let ((model, epoch), index, payer) = self.numbers.pick(old)?;
		let call = Usage::<Runtime>::release_receipt { model, epoch, index };
		Deed::of(self.holder(&payer)?, call)
	}

	pub(super) fn collect_due(&mut self) -> Option<Deed> {
		let anyone = self.anyone().to_account_id();
		let due = self.numbers.pick(self.facts.payments.dues.keys().cloned());
		let beneficiary = due.filter(|_| !self.numbers.once_in(5)).unwrap_or(anyone);
		Deed::of(self.anyone(), Usage::<Runtime>::collect_due { beneficiary })
	}

	/// A number of blocks that is a span of this chain.
	pub(super) fn span(&mut self) -> u32 {
		blocks::<RevealWindow>() + self.numbers.below(30) as u32
	}
}
