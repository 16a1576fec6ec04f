//! Payments, what they are divided into, and what is claimed of them (protocol 4).

use std::collections::BTreeMap;

use tributary_primitives::{
	blob::Content,
	ids::{EpochIndex, ModelId},
	title::Title,
};
use tributary_runtime::{AccountId, Runtime};

use super::{
	money::Reason,
	parts::{ceil, floor},
	rate, Expected, TRIB,
};

/// What a payer deposits for a receipt.
pub const RECEIPT_DEPOSIT: u128 = TRIB / 100;

/// A (model, epoch).
pub type Place = (ModelId, EpochIndex);

pub struct Receipt {
	pub payer: AccountId,
	pub outputs: Content,
	pub data: u128,
	pub block: u32,
	/// Its place among the withheld ones.
	pub withheld: Option<u32>,
	pub released: bool,
}

/// What the sources of an epoch and its attributor share.
#[derive(Default)]
pub struct Pot {
	pub data: u128,
	pub fee: u128,
	/// What is left for the sources, once it is settled.
	pub settled: Option<u128>,
}

impl Pot {
	pub fn held(&self) -> u128 {
		self.settled.unwrap_or(self.data + self.fee)
	}
}

/// What a source passes on.
#[derive(Default)]
pub struct Bucket {
	pub credited: u128,
	pub left: u128,
}

#[derive(Default)]
pub struct Payments {
	pub receipts: BTreeMap<Place, Vec<Receipt>>,
	pub pots: BTreeMap<Place, Pot>,
	/// What is due to accounts that could not take it, or have sold what earned it.
	pub dues: BTreeMap<AccountId, u128>,
	/// By source.
	pub passed: BTreeMap<u64, Bucket>,
	pub deposited: u128,
	pub claimed: u128,
}

impl Payments {
	pub fn is_settled(&self, place: Place) -> bool {
		self.pots.get(&place).is_some_and(|pot| pot.settled.is_some())
	}

	pub fn withheld_count(&self, place: Place) -> u32 {
		let receipts = self.receipts.get(&place).into_iter().flatten();
		receipts.filter(|receipt| receipt.withheld.is_some()).count() as u32
	}
}

impl Expected {
	/// The output of an item of a receipt.
	pub fn output(&self, place: Place, receipt: u32, item: u32) -> Content {
		let outputs = self.payments.receipts[&place][receipt as usize].outputs;
		self.library.items(&outputs)[item as usize]
	}

	pub(super) fn payment_call(&mut self, who: &AccountId, call: &pallet_usage::Call<Runtime>) {
		use pallet_usage::Call;
		match call {
			Call::pay { model, outputs, amount, .. } => self.pay(who, *model, *outputs, *amount),
			Call::claim_owner { model } => {
				let owner = self.titles[&Title::model(*model)].owner.clone();
				let model = &mut self.models[*model as usize];
				let amount = std::mem::take(&mut model.owner);
				model.claimed += amount;
				self.pay_out(&owner, amount);
			}
			Call::claim_lineage { model, ancestor, tenure } => {
				self.claim_lineage(*model, *ancestor, *tenure as usize);
			}
			Call::release_receipt { model, epoch, index } => {
				let receipts = self.payments.receipts.get_mut(&(*model, *epoch));
				let receipt = &mut receipts.expect("it is known")[*index as usize];
				receipt.released = true;
				self.money.release(&receipt.payer, Reason::Receipt, RECEIPT_DEPOSIT);
			}
			Call::collect_due { beneficiary } => {
				let amount = self.payments.dues.remove(beneficiary).unwrap_or(0);
				self.pay_out(beneficiary, amount);
			}
			call => panic!("nothing is known of {call:?}"),
		}
	}

	pub(super) fn pay(&mut self, payer: &AccountId, id: ModelId, outputs: Content, amount: u128) {
		let settings = &self.settings;
		let fee = ceil(rate(settings.protocol_fee), amount);
		let attribution = rate(settings.attribution_fee);
		self.pay_fee(payer, fee);

		let net = amount - fee;
		let model = &mut self.models[id as usize];
		let asked = model.lineage();
		let lineage = floor(asked, model.gross + net) - floor(asked, model.gross);
		let for_data = floor(model.data_rate, net);
		let for_attributor = floor(attribution, for_data);
		let for_owner = net - lineage - for_data;
		model.gross += net;
		self.payments.deposited += net;
		let title = Title::model(id);
		if self.titles[&title].vaulted.is_some() {
			model.claimed += for_owner;
			self.payments.claimed += for_owner;
			self.collect(payer, net - for_owner);
			self.money.pay(payer, &self.vault, for_owner);
			self.credit_vault(title, for_owner);
		} else {
			model.owner += for_owner;
			self.collect(payer, net);
		}

		self.money.hold(payer, Reason::Receipt, RECEIPT_DEPOSIT);
		let (place, data) = ((id, self.epoch()), for_data - for_attributor);
		let pot = self.payments.pots.entry(place).or_default();
		pot.data += data;
		pot.fee += for_attributor;
		self.payments.receipts.entry(place).or_default().push(Receipt {
			payer: payer.clone(),
			outputs,
			data,
			block: self.now,
			withheld: None,
			released: false,
		});
	}

	/// Pays a protocol fee: some to the block's author, and the rest to nobody.
	pub(super) fn pay_fee(&mut self, payer: &AccountId, fee: u128) {
		let for_author = floor(rate(self.settings.author_share), fee);
		self.money.pay(payer, &self.author, for_author);
		self.money.burn(payer, fee - for_author);
	}

	fn collect(&mut self, payer: &AccountId, amount: u128) {
		let revenue = self.revenue.clone();
		self.money.pay(payer, &revenue, amount);
		self.money.hold(&revenue, Reason::Revenue, amount);
	}

	fn claim_lineage(&mut self, model: ModelId, ancestor: ModelId, tenure: usize) {
		let earned = self.earned(model, ancestor, tenure);
		let title = Title::model(ancestor);
		let beneficiary = self.beneficiary_of(title, tenure);
		let paid = self.book(title).tenures[tenure].paid.entry(model).or_default();
		let amount = earned - *paid;
		*paid = earned;
		self.models[model as usize].claimed += amount;
		match beneficiary {
			Some(owner) => self.pay_out(&owner, amount),
			None => self.pay_into_vault(title, amount),
		}
	}

	/// Pays what an account has earned.
	pub(super) fn pay_out(&mut self, to: &AccountId, amount: u128) {
		self.payments.claimed += amount;
		self.money.pay_held(&self.revenue, Reason::Revenue, to, amount);
	}

	/// With what was due before; what the account can not take is due from now on.
	pub(super) fn pay_or_leave_due(&mut self, to: &AccountId, amount: u128) {
		let due = self.payments.dues.remove(to).unwrap_or(0) + amount;
		if self.money.can_take(to, due) {
			self.pay_out(to, due);
		} else if due > 0 {
			self.payments.dues.insert(to.clone(), due);
		}
	}

	fn pay_into_vault(&mut self, title: Title, amount: u128) {
		let vault = self.vault.clone();
		self.pay_out(&vault, amount);
		self.credit_vault(title, amount);
	}

	/// Divides what a contribution has earned with the title of its dataset, whose part is that of whom its
	/// revenue went to at the end of the block `as_of`.
	pub(super) fn pay_contributor(
		&mut self,
		who: &AccountId,
		dataset: u32,
		amount: u128,
		as_of: u32,
	) {
		let for_title = floor(self.datasets[dataset as usize].curator_share, amount);
		self.pay_out(who, amount - for_title);
		let title = Title::dataset(dataset);
		match self.beneficiary_as_of(title, as_of) {
			Some(owner) if for_title > 0 => self.pay_or_leave_due(&owner, for_title),
			None => self.pay_into_vault(title, for_title),
			_ => {}
		}
	}

	/// Divides the pot of an epoch: `attributed` stays for the sources.
	pub(super) fn settle(&mut self, place: Place, attributor: &AccountId, attributed: u128) {
		let pot = self.payments.pots.get_mut(&place).expect("it was paid for");
		let (residual, fee) = (pot.data - attributed, pot.fee);
		pot.settled = Some(attributed);
		self.models[place.0 as usize].claimed += residual + fee;
		self.pay_or_leave_due(attributor, fee);
		let treasury = self.treasury.clone();
		self.pay_or_leave_due(&treasury, residual);
	}

	/// Takes what a source has earned out of a settled pot.
	pub(super) fn take_from_pot(&mut self, place: Place, amount: u128) {
		let pot = self.payments.pots.get_mut(&place).expect("it was paid for");
		let left = pot.settled.as_mut().expect("it is settled");
		*left = left.checked_sub(amount).expect("no more is claimed than was attributed");
		self.models[place.0 as usize].claimed += amount;
	}
}
