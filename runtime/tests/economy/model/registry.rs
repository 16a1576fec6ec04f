//! Datasets, contributions and models (protocol 2, 3).

use std::collections::{BTreeMap, BTreeSet};

use tributary_primitives::{
	blob::Content,
	ids::{DatasetId, ModelId, Seq, Version},
	title::Title,
	traits::{ServedOutput, SyntheticPolicy},
};
use tributary_runtime::{AccountId, Runtime};

use super::{deposit, money::Reason, rate, titles::TitleBook, Expected};

pub struct Dataset {
	pub depositor: AccountId,
	/// Nobody where it is open.
	pub curators: Vec<AccountId>,
	pub curator_share: u128,
	licence: usize,
	pub policy: SyntheticPolicy,
	deposit: u128,
	/// What a contribution holds at least.
	ask: u128,
	pub closed: bool,
	pub entries: Vec<Seq>,
}

impl Dataset {
	pub fn version(&self) -> Version {
		self.entries.len() as Version
	}

	/// The bytes of its record.
	fn bytes(&self) -> usize {
		let admission = match self.curators.len() {
			0 => 1,
			curators => 2 + 32 * curators,
		};
		32 + admission + 4 + 1 + self.licence + 4 + 1 + 16 + 40 + 1 + 4 + 16
	}
}

pub struct Commitment {
	pub who: AccountId,
	pub at: u32,
	deposit: u128,
}

pub struct Contribution {
	pub who: AccountId,
	pub dataset: DatasetId,
	pub content: Content,
	/// Its place in the dataset, and since when.
	pub accepted: Option<(Version, u32)>,
	pub ended: Option<u32>,
	pub withheld: Option<u32>,
	/// The output that it repeats, where its dataset lets that pass.
	pub synthetic: Option<ServedOutput>,
	deposit: u128,
}

pub struct Model {
	/// The rate of each ancestor, as it was when the model was registered.
	pub ancestors: BTreeMap<ModelId, u128>,
	pub corpus: BTreeMap<DatasetId, Version>,
	/// What it asks of later descendants.
	pub lineage_rate: u128,
	pub data_rate: u128,
	pub window: usize,
	/// All net amounts that were paid for it.
	pub gross: u128,
	/// What its owner may claim.
	pub owner: u128,
	/// What has left its books.
	pub claimed: u128,
}

impl Model {
	/// What its ancestors ask together.
	pub fn lineage(&self) -> u128 {
		self.ancestors.values().sum()
	}
}

impl Expected {
	pub(super) fn dataset_call(&mut self, who: &AccountId, call: &pallet_datasets::Call<Runtime>) {
		use pallet_datasets::{Admission, Call};
		match call {
			Call::create {
				admission,
				curator_share,
				licence,
				synthetic,
				contribution_deposit,
				..
			} => {
				let curators = match admission {
					Admission::Open => Vec::new(),
					Admission::Curated(curators) => curators.to_vec(),
				};
				let mut dataset = Dataset {
					depositor: who.clone(),
					curators,
					curator_share: rate(*curator_share),
					licence: licence.len(),
					policy: *synthetic,
					deposit: 0,
					ask: *contribution_deposit,
					closed: false,
					entries: Vec::new(),
				};
				dataset.deposit = deposit(1, dataset.bytes());
				self.money.hold(who, Reason::Dataset, dataset.deposit);
				let title = Title::dataset(self.datasets.len() as DatasetId);
				self.titles.insert(title, TitleBook::of(who, self.now));
				self.datasets.push(dataset);
			}
			Call::commit { hash } => {
				let deposit = self.settings.commit_deposit;
				self.money.hold(who, Reason::Commitment, deposit);
				let commitment = Commitment { who: who.clone(), at: self.now, deposit };
				self.commitments.insert(self.next_seq, commitment);
				if let Some(secret) = self.library.hashed.remove(hash) {
					self.library.committed.insert(self.next_seq, secret);
				}
				self.next_seq += 1;
			}
			Call::reveal { seq, dataset, content, .. } => self.reveal(*seq, *dataset, *content),
			Call::accept { seq } => self.accept(*seq),
			Call::reject { seq } | Call::withdraw { seq } => {
				let contribution = self.contributions.get_mut(seq).expect("it is known");
				let deposit = std::mem::take(&mut contribution.deposit);
				contribution.ended = Some(self.now);
				self.money.release(&contribution.who, Reason::Contribution, deposit);
			}
			Call::expire { seq } => {
				let Commitment { who, deposit, .. } =
					self.commitments.remove(seq).expect("it is known");
				self.money.burn_held(&who, Reason::Commitment, deposit);
			}
			Call::set_curators { dataset, curators } => {
				let dataset = &mut self.datasets[*dataset as usize];
				self.money.release(&dataset.depositor, Reason::Dataset, dataset.deposit);
				dataset.curators = curators.to_vec();
				dataset.depositor = who.clone();
				dataset.deposit = deposit(1, dataset.bytes());
				self.money.hold(who, Reason::Dataset, dataset.deposit);
			}
			Call::set_closed { dataset, closed } => {
				self.datasets[*dataset as usize].closed = *closed;
			}
			call => panic!("nothing is known of {call:?}"),
		}
	}

	fn reveal(&mut self, seq: Seq, dataset: DatasetId, content: Content) {
		let Commitment { who, deposit, .. } = self.commitments.remove(&seq).expect("it is known");
		self.money.release(&who, Reason::Commitment, deposit);
		let deposit = self.settings.contribution_deposit.max(self.datasets[dataset as usize].ask);
		self.money.hold(&who, Reason::Contribution, deposit);
		let contribution = Contribution {
			who,
			dataset,
			content,
			accepted: None,
			ended: None,
			withheld: None,
			synthetic: None,
			deposit,
		};
		self.contributions.insert(seq, contribution);
		if self.datasets[dataset as usize].curators.is_empty() {
			self.accept(seq);
		}
	}

	fn accept(&mut self, seq: Seq) {
		let contribution = self.contributions.get_mut(&seq).expect("it is known");
		let dataset = &mut self.datasets[contribution.dataset as usize];
		contribution.accepted = Some((dataset.version(), self.now));
		dataset.entries.push(seq);
	}

	/// Ends a contribution, unless it has ended, and divides its deposit with `challenger`.
	pub(super) fn suspend(&mut self, seq: Seq, challenger: &AccountId) {
		let contribution = self.contributions.get_mut(&seq).expect("it is known");
		if contribution.ended.is_none() {
			contribution.ended = Some(self.now);
			let deposit = std::mem::take(&mut contribution.deposit);
			let contributor = contribution.who.clone();
			self.money.slash(&contributor, Reason::Contribution, challenger, deposit);
			self.answer_for(&contributor, deposit);
		}
	}

	/// The ancestors of a model with these parents, and what each asks of it today.
	pub fn ancestors_of(&self, parents: &[ModelId]) -> BTreeMap<ModelId, u128> {
		let mut above: BTreeSet<ModelId> = parents.iter().copied().collect();
		for parent in parents {
			above.extend(self.models[*parent as usize].ancestors.keys());
		}
		above.iter().map(|id| (*id, self.models[*id as usize].lineage_rate)).collect()
	}

	pub(super) fn model_call(&mut self, who: &AccountId, call: &pallet_models::Call<Runtime>) {
		use pallet_models::Call;
		match call {
			Call::register { parents, pins, terms, max_lineage, .. } => {
				let ancestors = self.ancestors_of(parents);
				assert!(ancestors.values().sum::<u128>() <= rate(*max_lineage), "it is accepted");
				let mut corpus: BTreeMap<DatasetId, Version> =
					pins.iter().map(|pin| (pin.dataset, pin.version)).collect();
				for parent in parents {
					for (dataset, version) in &self.models[*parent as usize].corpus {
						let pinned = corpus.entry(*dataset).or_default();
						*pinned = (*pinned).max(*version);
					}
				}
				let stated = 1 + 1 + 4 * parents.len() + 1 + 8 * pins.len() + 1 + 12 + 40 + 40;
				let derived = 1 + 8 * ancestors.len() + 1 + 8 * corpus.len();
				let bytes = 32 + stated + 4 + 4 + 16 + derived;
				self.money.hold(who, Reason::Model, deposit(1, bytes));
				let title = Title::model(self.models.len() as ModelId);
				self.titles.insert(title, TitleBook::of(who, self.now));
				self.models.push(Model {
					ancestors,
					corpus,
					lineage_rate: rate(terms.lineage_rate),
					data_rate: rate(terms.data_rate),
					window: terms.window as usize,
					gross: 0,
					owner: 0,
					claimed: 0,
				});
			}
			Call::set_lineage_rate { model, rate: asked } => {
				self.models[*model as usize].lineage_rate = rate(*asked);
			}
			call => panic!("nothing is known of {call:?}"),
		}
	}
}
