//! The second model: plain integers, and what every step adds up to.

use std::collections::{BTreeMap, BTreeSet};

use tributary_primitives::{
	title::{Payee, Title},
	traits::PassedTo,
};

use super::{
	deeds::{Deeds, Whom},
	step::{part_of, Step},
};
use crate::{mock::*, Error};

const BILLION: u128 = 1_000_000_000;

/// Ancestors and what each asks, in parts per billion.
type Rates = &'static [(u32, u32)];
/// Who holds a receipt's deposit, and since which block.
type Deposited = (AccountId, u64);

/// Model, first owner, lineage and data rate. The rates are odd, so that nothing divides evenly; 51 does
/// not exist as an account, and 52 owns two.
pub const MODELS: [(u32, AccountId, Rates, u32); 4] = [
	(0, BASE_OWNER, &[], 300_000_007),
	(1, 51, &[(0, 111_111_113)], 250_000_001),
	(2, 52, &[(0, 333_333_331), (1, 77_777_777)], 123_456_789),
	(3, 52, &[(0, 1), (1, 99_999_999), (2, 400_000_009)], 479_999_990),
];

/// Dataset, first owner and curator share.
pub const DATASETS: [(u32, AccountId, u32); 3] =
	[(0, 54, 0), (1, 53, 333_333_331), (2, 51, 1_000_000_000)];

/// What a step may end in: done, refused with an error of the pallet, or refused by the currency.
#[derive(Debug)]
pub enum Refusal {
	Pallet(Error<Test>),
	Currency,
}

pub use Refusal::{Currency, Pallet};

#[derive(Default)]
struct PotBook {
	data: u128,
	fee: u128,
	settled: bool,
}

/// What a source passes on.
#[derive(Default)]
pub struct PassingBook {
	pub earned: u128,
	pub left: u128,
}

#[derive(Default)]
pub struct Money {
	block: u64,
	free: BTreeMap<AccountId, u128>,
	pub deposits: BTreeMap<AccountId, u128>,
	pub held: u128,
	pub paid_in: u128,
	pub paid_out: u128,
	net: BTreeMap<u32, u128>,
	pub owners: BTreeMap<u32, u128>,
	pub deeds: Deeds,
	/// What had been paid for the model when the tenure of the ancestor began to earn, and what has when it
	/// earned last: by model, ancestor and tenure.
	spans: BTreeMap<(u32, u32, u32), (u128, u128)>,
	tenures_took: BTreeMap<(u32, u32, u32), u128>,
	pub vaults: BTreeMap<Title, u128>,
	pots: BTreeMap<(u32, u32), PotBook>,
	receipts: BTreeMap<(u32, u32), Vec<Option<Deposited>>>,
	pub withheld: BTreeSet<(u32, u32, u32)>,
	pub due: BTreeMap<AccountId, u128>,
	pub passing: BTreeMap<u64, PassingBook>,
}

fn part(amount: u128, parts: u32) -> u128 {
	amount * u128::from(parts) / BILLION
}

fn listed(model: u32) -> Result<(Rates, u32), Refusal> {
	let found = MODELS.iter().find(|(id, ..)| *id == model);
	found.map(|(_, _, lineage, data)| (*lineage, *data)).ok_or(Pallet(Error::ModelNotFound))
}

impl Money {
	pub fn genesis() -> Self {
		let mut money = Self { block: 1, ..Default::default() };
		for (model, owner, ..) in MODELS {
			money.deeds.register(Title::model(model), owner);
		}
		for (dataset, owner, _) in DATASETS {
			money.deeds.register(Title::dataset(dataset), owner);
		}
		for who in [FEES, VAULTS, BASE_OWNER, TUNE_OWNER, ATTRIBUTOR, Usage::account_id()] {
			money.free.insert(who, 10);
		}
		for payer in PAYERS {
			money.free.insert(payer, ENDOWMENT);
		}
		money
	}

	pub fn free(&self, who: AccountId) -> u128 {
		self.free.get(&who).copied().unwrap_or(0)
	}

	fn give(&mut self, who: AccountId, amount: u128) -> Result<(), Refusal> {
		let after = self.free(who) + amount;
		if amount == 0 {
			return Ok(());
		}
		if after < 10 {
			return Err(Pallet(Error::BelowExistentialDeposit));
		}
		self.free.insert(who, after);
		self.held -= amount;
		self.paid_out += amount;
		Ok(())
	}

	fn give_or_owe(&mut self, who: AccountId, amount: u128) {
		let all = self.due.remove(&who).unwrap_or(0) + amount;
		if self.give(who, all).is_err() {
			self.due.insert(who, all);
		}
	}

	/// Gives the vault of a title what the account holds.
	fn credit(&mut self, title: Title, amount: u128) {
		self.held -= amount;
		self.paid_out += amount;
		*self.vaults.entry(title).or_default() += amount;
		*self.free.get_mut(&VAULTS).unwrap() += amount;
	}

	/// Divides what a contribution earned between its contributor and the dataset, for which `whom` is paid.
	fn give_payee(
		&mut self,
		payee: &Payee<AccountId>,
		amount: u128,
		whom: impl FnOnce(&Deeds, Title) -> Whom,
	) -> Result<(), Refusal> {
		let share =
			DATASETS.iter().find(|(id, ..)| *id == payee.dataset).map_or(0, |found| found.2);
		let curators = part(amount, share);
		self.give(payee.contributor, amount - curators)?;
		if curators > 0 {
			let title = Title::dataset(payee.dataset);
			match whom(&self.deeds, title) {
				Whom::Account(owner) => self.give_or_owe(owner, curators),
				Whom::Vault => self.credit(title, curators),
			}
		}
		Ok(())
	}

	/// Makes what a title earned due to whoever it was earned for.
	fn owe(&mut self, title: Title, to: Option<AccountId>) {
		if let Some(to) = to.filter(|_| title == Title::model(title.id)) {
			let earned = self.owners.remove(&title.id).unwrap_or(0);
			if earned > 0 {
				*self.due.entry(to).or_default() += earned;
			}
		}
	}

	pub fn claimable_lineage(&self, model: u32, (ancestor, rate): (u32, u32), tenure: u32) -> u128 {
		let key = (model, ancestor, tenure);
		let (before, after) = self.spans.get(&key).copied().unwrap_or((0, 0));
		let took = self.tenures_took.get(&key).copied().unwrap_or(0);
		part(after, rate) - part(before, rate) - took
	}

	pub fn apply(&mut self, step: &Step) -> Result<(), Refusal> {
		match *step {
			Step::Wait { blocks } => self.block += blocks,
			Step::Pay { payer, model, amount } => return self.pay(payer, model, amount),
			Step::ClaimOwner { model } => {
				listed(model)?;
				let amount = self.owners.get(&model).copied().unwrap_or(0);
				self.give(self.deeds.owner(Title::model(model)), amount)?;
				self.owners.insert(model, 0);
			}
			Step::ClaimLineage { model, ancestor, tenure } => {
				let (lineage, _) = listed(model)?;
				listed(ancestor)?;
				let asked = lineage.iter().find(|(id, _)| *id == ancestor);
				let asked = asked.ok_or(Pallet(Error::NotAnAncestor))?;
				let title = Title::model(ancestor);
				let whom = self.deeds.tenure(title, tenure);
				let amount = self.claimable_lineage(model, *asked, tenure);
				match whom.ok_or(Pallet(Error::TenureNotFound))? {
					Whom::Account(who) => self.give(who, amount)?,
					Whom::Vault => self.credit(title, amount),
				}
				*self.tenures_took.entry((model, ancestor, tenure)).or_default() += amount;
			}
			Step::Settle { model, epoch, attributor, permille } => {
				if self.block <= u64::from(epoch) * 10 + 9 {
					return Err(Pallet(Error::EpochOpen));
				}
				let attributed = part_of(self.pot_data(model, epoch), permille);
				let pot = self.pots.get_mut(&(model, epoch)).ok_or(Pallet(Error::PotNotFound))?;
				if pot.settled {
					return Err(Pallet(Error::PotSettled));
				}
				if attributed > pot.data {
					return Err(Pallet(Error::ExceedsPot));
				}
				let (fee, residual) = (pot.fee, pot.data - attributed);
				*pot = PotBook { data: attributed, fee: 0, settled: true };
				self.give_or_owe(attributor, fee);
				self.give_or_owe(TREASURY, residual);
			}
			Step::PaySource { amount: 0, .. } => (),
			Step::PaySource { model, epoch, ref payee, amount } => {
				self.holds_for_sources(model, epoch, amount)?;
				let last = u64::from(epoch) * 10 + 9;
				self.give_payee(payee, amount, |deeds, title| deeds.then(title, last))?;
				self.pots.entry((model, epoch)).and_modify(|pot| pot.data -= amount);
			}
			Step::PassOn { model, epoch, source, permille } => {
				let amount = part_of(self.pot_data(model, epoch), permille);
				self.holds_for_sources(model, epoch, amount)?;
				self.pots.entry((model, epoch)).and_modify(|pot| pot.data -= amount);
				self.pass(source, amount);
			}
			Step::PayPassed { source, ref to, permille } => {
				let left = self.passing.get(&source).map_or(0, |passing| passing.left);
				let amount = part_of(left, permille);
				if amount > left {
					return Err(Pallet(Error::ExceedsPassed));
				}
				match to {
					PassedTo::Contributor(payee) => self.give_payee(payee, amount, Deeds::today)?,
					PassedTo::Source(target) => self.pass(*target, amount),
					PassedTo::Treasury => self.give_or_owe(TREASURY, amount),
				}
				self.passing.entry(source).or_default().left -= amount;
			}
			Step::Withhold { model, epoch, index } => {
				let receipts = self.receipts.get(&(model, epoch));
				let receipt = receipts.and_then(|receipts| receipts.get(index as usize)?.as_ref());
				receipt.ok_or(Pallet(Error::ReceiptNotFound))?;
				if self.pots.get(&(model, epoch)).is_some_and(|pot| pot.settled) {
					return Err(Pallet(Error::PotSettled));
				}
				self.withheld.insert((model, epoch, index));
			}
			Step::Release { who, model, epoch, index } => {
				let settled = self.pots.get(&(model, epoch)).is_some_and(|pot| pot.settled);
				let receipt = self
					.receipts
					.get_mut(&(model, epoch))
					.and_then(|receipts| receipts.get_mut(index as usize))
					.filter(|receipt| receipt.is_some())
					.ok_or(Pallet(Error::ReceiptNotFound))?;
				let (payer, block) = receipt.unwrap();
				if payer != who {
					return Err(Pallet(Error::NotAuthorized));
				}
				if !settled {
					return Err(Pallet(Error::PotOpen));
				}
				if self.block < block + RECEIPT_RETENTION {
					return Err(Pallet(Error::TooEarly));
				}
				*receipt = None;
				*self.deposits.get_mut(&who).unwrap() -= RECEIPT_DEPOSIT;
				*self.free.get_mut(&who).unwrap() += RECEIPT_DEPOSIT;
			}
			Step::CollectDue { who } => {
				let amount = self.due.get(&who).copied().unwrap_or(0);
				self.give(who, amount)?;
				self.due.remove(&who);
			}
			Step::Sell { title, to } => {
				let seller = self.deeds.sell(title, to, self.block);
				self.owe(title, seller);
			}
			Step::Vault { title } => {
				let owner = self.deeds.vault(title, self.block);
				self.owe(title, owner);
			}
			Step::Unvault { title, heir } => self.deeds.unvault(title, heir, self.block),
			Step::Donate { amount } => {
				if self.free(PAYERS[0]) < amount + 10 {
					return Err(Currency);
				}
				*self.free.get_mut(&PAYERS[0]).unwrap() -= amount;
				*self.free.get_mut(&Usage::account_id()).unwrap() += amount;
			}
		}
		Ok(())
	}

	fn pay(&mut self, payer: AccountId, model: u32, amount: u128) -> Result<(), Refusal> {
		if amount < MIN_PAYMENT {
			return Err(Pallet(Error::PaymentTooSmall));
		}
		let (lineage, data_rate) = listed(model)?;
		if self.free(payer) < amount + RECEIPT_DEPOSIT + 10 {
			return Err(Currency);
		}
		let fee = (amount * u128::from(PROTOCOL_FEE)).div_ceil(BILLION);
		let net = amount - fee;
		let lineage_rate: u32 = lineage.iter().map(|(_, rate)| rate).sum();
		let before = self.net.get(&model).copied().unwrap_or(0);
		let set_aside = part(before + net, lineage_rate) - part(before, lineage_rate);
		let data = part(net, data_rate);
		let attribution = part(data, ATTRIBUTION_FEE);

		*self.free.get_mut(&payer).unwrap() -= amount + RECEIPT_DEPOSIT;
		*self.deposits.entry(payer).or_default() += RECEIPT_DEPOSIT;
		*self.free.get_mut(&FEES).unwrap() += fee;
		self.held += net;
		self.paid_in += net;
		self.net.insert(model, before + net);
		for (ancestor, _) in lineage {
			let today = self.deeds.tenures(Title::model(*ancestor)) - 1;
			let key = (model, *ancestor, u32::try_from(today).unwrap());
			self.spans.entry(key).or_insert((before, before)).1 = before + net;
		}
		let rest = net - set_aside - data;
		match self.deeds.today(Title::model(model)) {
			Whom::Account(_) => *self.owners.entry(model).or_default() += rest,
			Whom::Vault => self.credit(Title::model(model), rest),
		}
		let epoch = u32::try_from(self.block / 10).unwrap();
		let pot = self.pots.entry((model, epoch)).or_default();
		pot.data += data - attribution;
		pot.fee += attribution;
		self.receipts.entry((model, epoch)).or_default().push(Some((payer, self.block)));
		Ok(())
	}

	/// Whether `amount` is left for the sources of a settled pot.
	fn holds_for_sources(&self, model: u32, epoch: u32, amount: u128) -> Result<(), Refusal> {
		let pot = self.pots.get(&(model, epoch)).ok_or(Pallet(Error::PotNotFound))?;
		if !pot.settled {
			return Err(Pallet(Error::PotOpen));
		}
		if pot.data < amount {
			return Err(Pallet(Error::ExceedsPot));
		}
		Ok(())
	}

	fn pass(&mut self, source: u64, amount: u128) {
		let passing = self.passing.entry(source).or_default();
		passing.earned += amount;
		passing.left += amount;
	}

	fn pot_data(&self, model: u32, epoch: u32) -> u128 {
		self.pots.get(&(model, epoch)).map_or(0, |pot| pot.data)
	}

	/// Every planck that is held has an owner, save less than one for each ancestor.
	pub fn residue(&self) -> u128 {
		let lineage: u128 = MODELS
			.iter()
			.flat_map(|(model, _, lineage, _)| lineage.iter().map(|asked| (*model, *asked)))
			.flat_map(|(model, asked)| {
				let tenures = self.deeds.tenures(Title::model(asked.0)) as u32;
				(0..tenures).map(move |tenure| self.claimable_lineage(model, asked, tenure))
			})
			.sum();
		let pots: u128 = self.pots.values().map(|pot| pot.data + pot.fee).sum();
		let owners: u128 = self.owners.values().sum();
		let passing: u128 = self.passing.values().map(|passing| passing.left).sum();
		self.held - lineage - pots - owners - passing - self.due.values().sum::<u128>()
	}
}
