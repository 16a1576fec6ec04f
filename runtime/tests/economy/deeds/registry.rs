//! Datasets, contributions and models.

use pallet_datasets::{Admission, Call as Datasets, Use, Uses};
use pallet_models::{Call as Models, Pin, Relation, Terms};
use sp_runtime::Perbill;
use tributary_primitives::{
	blob::Content,
	ids::{commitment, ModelId, Seq},
	title::Title,
	traits::SyntheticPolicy,
};
use tributary_runtime::{params::RevealWindow, AccountId, Runtime};

use super::{blocks, Deed, Scene, RICH};
use crate::library::Secret;

/// The parents of each model, which make a diamond of the fourth. The last is trained on a contribution of
/// which the earnings are passed on twice.
const PARENTS: [&[ModelId]; 8] = [&[], &[0], &[0], &[1, 2], &[], &[3], &[4, 2], &[]];

impl Scene {
	fn parts(&mut self, least: u128, most: u128) -> Perbill {
		Perbill::from_parts(self.numbers.within(least, most) as u32)
	}

	pub(super) fn create_dataset(&mut self) -> Option<Deed> {
		let id = self.facts.datasets.len();
		if id >= 4 {
			return None;
		}
		let curated = id % 2 == 1;
		let metadata = self.facts.library.put(b"{}".to_vec());
		let policy = match id {
			0 | 3 => SyntheticPolicy::PassThrough,
			_ => SyntheticPolicy::Refuse,
		};
		let call = Datasets::<Runtime>::create {
			admission: if curated { Admission::Curated(self.curators()) } else { Admission::Open },
			curator_share: if curated { self.parts(1, 400_000_000) } else { Perbill::zero() },
			licence: b"CC-BY-4.0"[..3 + id].to_vec().try_into().expect("it is short"),
			uses: Uses {
				data_mining: Use::Allowed,
				inference: Use::Constrained,
				training: Use::Allowed,
				generative_training: if id == 2 { Use::NotAllowed } else { Use::Constrained },
			},
			synthetic: policy,
			contribution_deposit: if id > 1 { self.amount(3) } else { 0 },
			metadata,
			metadata_tail: self.facts.library.tail(&metadata),
		};
		Deed::of(self.rich(), call)
	}

	fn curators(&mut self) -> pallet_datasets::CuratorsOf<Runtime> {
		let first = self.numbers.below(5);
		let count = 1 + self.numbers.below(2);
		let of = &RICH[first..(first + count).min(6)];
		of.iter()
			.map(|curator| curator.to_account_id())
			.collect::<Vec<_>>()
			.try_into()
			.expect("they are few")
	}

	/// Bytes to contribute, and where: new ones, a copy with a few more, or an output that was served, which
	/// mostly goes where such is let pass.
	fn material(&mut self) -> (u32, Vec<u8>) {
		let dataset = self.numbers.below(self.facts.datasets.len()) as u32;
		let known: Vec<Content> =
			self.facts.contributions.values().map(|contribution| contribution.content).collect();
		let receipts = self.facts.payments.receipts.values().flatten();
		let served: Vec<Content> = receipts.map(|receipt| receipt.outputs).collect();
		match self.numbers.below(10) {
			0 => (dataset, self.fresh(1_100, 2_600)),
			1 | 2 if !known.is_empty() => {
				let (new, copied) = (self.fresh(1, 5), self.numbers.pick(known).expect("some"));
				(dataset, [&new[..], self.facts.library.get(&copied)].concat())
			}
			3..=6 if !served.is_empty() => {
				let items =
					self.facts.library.items(&self.numbers.pick(served).expect("there are some"));
				let output = self.numbers.pick(items).expect("there are some");
				let passing =
					self.outputs_of_passing().into_iter().filter(|of| !known.contains(of));
				let passing = self.numbers.pick(passing).filter(|_| self.numbers.once_in(3));
				let output = passing.unwrap_or(output);
				let passes = if self.numbers.once_in(4) { dataset } else { dataset / 2 * 3 };
				let dataset = passes.min(self.facts.datasets.len() as u32 - 1);
				(dataset, self.facts.library.get(&output).to_vec())
			}
			_ => (dataset, self.fresh(40, 240)),
		}
	}

	/// Bytes that nobody knows.
	pub(super) fn fresh(&mut self, least: u128, most: u128) -> Vec<u8> {
		let len = self.numbers.within(least, most) as usize;
		self.numbers.bytes(len)
	}

	pub(super) fn commit(&mut self) -> Option<Deed> {
		if self.facts.datasets.is_empty() || self.facts.contributions.len() > 80 {
			return None;
		}
		let who = self.anyone();
		let (dataset, bytes) = self.material();
		let content = self.facts.library.put(bytes);
		let mut taken = self.facts.contributions.values().map(|known| known.content);
		let waits = self.facts.commitments.keys();
		let mut waits = waits.filter_map(|seq| self.facts.library.committed.get(seq));
		let known = taken.any(|of| of == content) || waits.any(|secret| secret.content == content);
		if known && !self.numbers.once_in(20) {
			return None;
		}
		let (account, salt) = (who.to_account_id(), [7; 32]);
		let hash = commitment(&self.facts.genesis, dataset, &account, &content, &salt);
		let secret = Secret { who: account, dataset, content, salt };
		self.facts.library.hashed.insert(hash, secret);
		Deed::of(who, Datasets::<Runtime>::commit { hash })
	}

	pub(super) fn reveal(&mut self) -> Option<Deed> {
		let (now, wild) = (self.facts.now, self.numbers.once_in(12));
		let open = self.facts.commitments.iter().filter(|(seq, open)| {
			let in_time = open.at < now && now <= open.at + blocks::<RevealWindow>();
			// Some are never revealed.
			wild || (in_time && *seq % 9 != 5)
		});
		let open: Vec<Seq> = open.map(|(seq, _)| *seq).collect();
		let seq = self.numbers.pick(open)?;
		let Secret { who, dataset, content, salt } =
			self.facts.library.committed.get(&seq)?.clone();
		let closed = self.facts.datasets[dataset as usize].closed;
		if closed && !wild {
			return None;
		}
		let tail = self.facts.library.tail(&content);
		let who = self.holder(&who)?;
		Deed::of(who, Datasets::<Runtime>::reveal { seq, dataset, content, salt, tail })
	}

	pub(super) fn expire(&mut self) -> Option<Deed> {
		let early = self.numbers.once_in(10);
		let until = self.facts.now.saturating_sub(blocks::<RevealWindow>());
		let open = self.facts.commitments.iter();
		let old: Vec<Seq> =
			open.filter(|(_, open)| early || open.at < until).map(|(seq, _)| *seq).collect();
		let seq = self.numbers.pick(old)?;
		Deed::of(self.anyone(), Datasets::<Runtime>::expire { seq })
	}

	/// Accepts a contribution that waits, or turns it down.
	pub(super) fn curate(&mut self) -> Option<Deed> {
		let waiting: Vec<(Seq, u32)> = self
			.facts
			.contributions
			.iter()
			.filter(|(_, waits)| waits.accepted.is_none() && waits.ended.is_none())
			.map(|(seq, waits)| (*seq, waits.dataset))
			.collect();
		let (seq, dataset) = self.numbers.pick(waiting)?;
		let curators = self.facts.datasets[dataset as usize].curators.clone();
		let curator = self.numbers.pick(curators)?;
		let curator = self.holder(&curator)?;
		if self.numbers.once_in(6) {
			Deed::of(curator, Datasets::<Runtime>::reject { seq })
		} else {
			Deed::of(curator, Datasets::<Runtime>::accept { seq })
		}
	}

	pub(super) fn withdraw(&mut self) -> Option<Deed> {
		if !self.numbers.once_in(3) {
			return None;
		}
		let standing: Vec<(Seq, AccountId)> = self
			.facts
			.contributions
			.iter()
			.filter(|(_, contribution)| contribution.ended.is_none())
			.map(|(seq, contribution)| (*seq, contribution.who.clone()))
			.collect();
		let (seq, who) = self.numbers.pick(standing)?;
		Deed::of(self.holder(&who)?, Datasets::<Runtime>::withdraw { seq })
	}

	/// Opens a dataset that is closed, closes one, or replaces its curators.
	pub(super) fn manage_dataset(&mut self) -> Option<Deed> {
		let all = 0..self.facts.datasets.len() as u32;
		let closed = all.clone().filter(|id| self.facts.datasets[*id as usize].closed);
		let closed = self.numbers.pick(closed);
		let dataset = match closed {
			Some(dataset) => dataset,
			None => self.numbers.pick(all)?,
		};
		let owner = self.holder(&self.facts.titles[&Title::dataset(dataset)].owner)?;
		if closed.is_some() || self.numbers.once_in(4) {
			let closed = closed.is_none();
			Deed::of(owner, Datasets::<Runtime>::set_closed { dataset, closed })
		} else {
			let curators = self.curators();
			Deed::of(owner, Datasets::<Runtime>::set_curators { dataset, curators })
		}
	}

	pub(super) fn register_model(&mut self) -> Option<Deed> {
		let id = self.facts.models.len();
		let parents = PARENTS.get(id)?;
		// Later ones see more data.
		if self.facts.contributions.len() < 3 + 5 * id {
			return None;
		}
		if id + 1 == PARENTS.len() && !self.pinnable_passes_along() {
			return None;
		}
		let generative = id.is_multiple_of(2);
		let pinnable: Vec<(u32, u32)> = (0..)
			.zip(&self.facts.datasets)
			.filter(|(_, dataset)| dataset.version() > 0)
			.map(|(id, dataset)| (id, dataset.version()))
			.collect();
		let mut pins = Vec::new();
		for (dataset, latest) in pinnable {
			if (generative && dataset == 2 && !self.numbers.once_in(8))
				|| (dataset % 3 > 0 && self.numbers.once_in(3))
			{
				continue;
			}
			let version = latest - self.numbers.below(2.min(latest as usize)) as u32;
			pins.push(Pin { dataset, version });
		}
		let artifact = self.fresh(30, 60);
		let artifact = self.facts.library.put(artifact);
		let manifest = self.facts.library.put(b"steps = 1".to_vec());
		let relation = match parents.len() {
			0 => Relation::Pretrain,
			1 => Relation::Finetune,
			_ => Relation::Merge,
		};
		let call = Models::<Runtime>::register {
			relation,
			parents: parents.to_vec().try_into().expect("they are few"),
			pins: pins.try_into().expect("they are few"),
			generative,
			terms: Terms {
				lineage_rate: self.parts(1, 110_000_000),
				data_rate: self.parts(100_000_000, 450_000_000),
				window: [24, 32][id / 2 % 2],
			},
			max_lineage: self.accepted_lineage(parents),
			artifact,
			artifact_tail: self.facts.library.tail(&artifact),
			manifest,
			manifest_tail: self.facts.library.tail(&manifest),
		};
		Deed::of(self.rich(), call)
	}

	/// Whether a contribution of which the earnings are passed on twice can be pinned.
	fn pinnable_passes_along(&self) -> bool {
		let mut all = self.facts.contributions.iter();
		all.any(|(seq, contribution)| {
			let behind = contribution.accepted.map(|(index, _)| index + 1);
			let version = self.facts.datasets[contribution.dataset as usize].version();
			let last = behind.is_none_or(|behind| behind == version);
			!last && contribution.ended.is_none() && self.passes_along(*seq)
		})
	}

	/// What the ancestors ask; less now and then.
	fn accepted_lineage(&mut self, parents: &[ModelId]) -> Perbill {
		let asked = self.facts.ancestors_of(parents).values().sum::<u128>() as u32;
		let less = if self.numbers.once_in(8) { 1 } else { 0 };
		Perbill::from_parts(asked.saturating_sub(less))
	}

	pub(super) fn set_lineage_rate(&mut self) -> Option<Deed> {
		let model = self.numbers.pick(0..self.facts.models.len() as u32)?;
		let owner = self.holder(&self.facts.titles[&Title::model(model)].owner)?;
		let rate = self.parts(0, 110_000_000);
		Deed::of(owner, Models::<Runtime>::set_lineage_rate { model, rate })
	}
}
