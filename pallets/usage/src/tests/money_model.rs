//! A second, independent model of the money, run beside the pallet through random interleavings.
//!
//! It shares no arithmetic, storage layout or error logic with the pallet: amounts are plain integers,
//! rates are parts per billion, and lineage is kept as what every payment adds up to. After each step it
//! predicts every balance.

use std::collections::BTreeMap;

use frame_support::storage::with_storage_layer;
use proptest::prelude::*;
use sp_runtime::DispatchError;
use tributary_primitives::traits::Pots as _;

use crate::{mock::*, Error};

const BILLION: u128 = 1_000_000_000;

/// Ancestors and what each asks, in parts per billion.
type Rates = &'static [(u32, u32)];
/// Who holds a receipt's deposit, and since which block.
type Deposited = (AccountId, u64);

/// Model, owner, lineage and data rate. The rates are odd, so that nothing divides evenly; 51 does not
/// exist as an account, and 52 owns two.
const MODELS: [(u32, AccountId, Rates, u32); 4] = [
	(0, BASE_OWNER, &[], 300_000_007),
	(1, 51, &[(0, 111_111_113)], 250_000_001),
	(2, 52, &[(0, 333_333_331), (1, 77_777_777)], 123_456_789),
	(3, 52, &[(0, 1), (1, 99_999_999), (2, 400_000_009)], 479_999_990),
];
/// Claimants, attributors and sources; 51 to 54 do not exist at first.
const PEOPLE: [AccountId; 8] = [BASE_OWNER, ATTRIBUTOR, 51, 52, 53, 54, PAYERS[0], TREASURY];

/// The claims on lineage that can succeed.
const LINEAGE_CLAIMS: [(AccountId, u32, u32); 6] = [
	(BASE_OWNER, 1, 0),
	(BASE_OWNER, 2, 0),
	(51, 2, 1),
	(BASE_OWNER, 3, 0),
	(51, 3, 1),
	(52, 3, 2),
];

#[derive(Clone, Debug)]
enum Step {
	Pay { payer: AccountId, model: u32, amount: u128 },
	ClaimOwner { who: AccountId, model: u32 },
	ClaimLineage { who: AccountId, model: u32, ancestor: u32 },
	Settle { model: u32, epoch: u32, attributor: AccountId, permille: u128 },
	PaySource { model: u32, epoch: u32, who: AccountId, amount: u128 },
	Release { who: AccountId, model: u32, epoch: u32, index: u32 },
	CollectDue { who: AccountId },
	Donate { amount: u128 },
	Wait { blocks: u64 },
}

fn amount() -> impl Strategy<Value = u128> {
	prop_oneof![0u128..40, 8u128..2_000, 1u128..ENDOWMENT * 2, Just(ENDOWMENT / 3)]
}

fn step() -> impl Strategy<Value = Step> {
	let model = prop_oneof![9 => 0u32..4, 1 => Just(4)];
	let epoch = 0u32..3;
	let who = || prop::sample::select(&PEOPLE[..]);
	let owner = || prop::sample::select(&[BASE_OWNER, 51, 52][..]);
	let payer = prop::sample::select(&[PAYERS[0], PAYERS[1], 53][..]);
	prop_oneof![
		6 => (payer, model.clone(), amount())
			.prop_map(|(payer, model, amount)| Step::Pay { payer, model, amount }),
		3 => (owner(), model.clone()).prop_map(|(who, model)| Step::ClaimOwner { who, model }),
		1 => (owner(), model.clone(), model.clone())
			.prop_map(|(who, model, ancestor)| Step::ClaimLineage { who, model, ancestor }),
		4 => prop::sample::select(&LINEAGE_CLAIMS[..])
			.prop_map(|(who, model, ancestor)| Step::ClaimLineage { who, model, ancestor }),
		4 => (model.clone(), epoch.clone(), who(), 0u128..1_002).prop_map(
			|(model, epoch, attributor, permille)| Step::Settle {
				model, epoch, attributor, permille,
			}),
		4 => (model.clone(), epoch.clone(), who(), amount()).prop_map(
			|(model, epoch, who, amount)| Step::PaySource { model, epoch, who, amount }),
		3 => (prop::sample::select(&PAYERS[..]), model, epoch, 0u32..3).prop_map(
			|(who, model, epoch, index)| Step::Release { who, model, epoch, index }),
		1 => who().prop_map(|who| Step::CollectDue { who }),
		1 => (1u128..100).prop_map(|amount| Step::Donate { amount }),
		4 => (1u64..8).prop_map(|blocks| Step::Wait { blocks }),
	]
}

/// What a step may end in: done, refused with an error of the pallet, or refused by the currency.
#[derive(Debug)]
enum Refusal {
	Pallet(Error<Test>),
	Currency,
}

use Refusal::{Currency, Pallet};

#[derive(Default)]
struct PotBook {
	data: u128,
	fee: u128,
	settled: bool,
}

#[derive(Default)]
struct Money {
	block: u64,
	free: BTreeMap<AccountId, u128>,
	deposits: BTreeMap<AccountId, u128>,
	held: u128,
	paid_in: u128,
	paid_out: u128,
	net: BTreeMap<u32, u128>,
	owners: BTreeMap<u32, u128>,
	ancestors_took: BTreeMap<(u32, u32), u128>,
	pots: BTreeMap<(u32, u32), PotBook>,
	receipts: BTreeMap<(u32, u32), Vec<Option<Deposited>>>,
	due: BTreeMap<AccountId, u128>,
}

fn part(amount: u128, parts: u32) -> u128 {
	amount * u128::from(parts) / BILLION
}

fn listed(model: u32) -> Result<(AccountId, Rates, u32), Refusal> {
	let found = MODELS.iter().find(|(id, ..)| *id == model);
	found
		.map(|(_, owner, lineage, data)| (*owner, *lineage, *data))
		.ok_or(Pallet(Error::ModelNotFound))
}

impl Money {
	fn genesis() -> Self {
		let mut money = Self { block: 1, ..Default::default() };
		for who in [FEES, BASE_OWNER, TUNE_OWNER, ATTRIBUTOR, Usage::account_id()] {
			money.free.insert(who, 10);
		}
		for payer in PAYERS {
			money.free.insert(payer, ENDOWMENT);
		}
		money
	}

	fn free(&self, who: AccountId) -> u128 {
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

	fn claimable_lineage(&self, model: u32, ancestor: u32, rate: u32) -> u128 {
		let net = self.net.get(&model).copied().unwrap_or(0);
		part(net, rate) - self.ancestors_took.get(&(model, ancestor)).copied().unwrap_or(0)
	}

	fn apply(&mut self, step: &Step) -> Result<(), Refusal> {
		match *step {
			Step::Wait { blocks } => self.block += blocks,
			Step::Pay { payer, model, amount } => return self.pay(payer, model, amount),
			Step::ClaimOwner { who, model } => {
				if listed(model)?.0 != who {
					return Err(Pallet(Error::NotAuthorized));
				}
				let amount = self.owners.get(&model).copied().unwrap_or(0);
				if amount == 0 {
					return Err(Pallet(Error::NothingToClaim));
				}
				self.give(who, amount)?;
				self.owners.insert(model, 0);
			}
			Step::ClaimLineage { who, model, ancestor } => {
				let (_, lineage, _) = listed(model)?;
				let (owner, ..) = listed(ancestor)?;
				let rate = lineage.iter().find(|(id, _)| *id == ancestor);
				let (_, rate) = rate.ok_or(Pallet(Error::NotAnAncestor))?;
				if owner != who {
					return Err(Pallet(Error::NotAuthorized));
				}
				let amount = self.claimable_lineage(model, ancestor, *rate);
				if amount == 0 {
					return Err(Pallet(Error::NothingToClaim));
				}
				self.give(who, amount)?;
				*self.ancestors_took.entry((model, ancestor)).or_default() += amount;
			}
			Step::Settle { model, epoch, attributor, .. } => {
				if self.block <= u64::from(epoch) * 10 + 9 {
					return Err(Pallet(Error::EpochOpen));
				}
				let attributed = attributed(self.pot_data(model, epoch), step);
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
			Step::PaySource { model, epoch, who, amount } => {
				let pot = self.pots.get(&(model, epoch)).ok_or(Pallet(Error::PotNotFound))?;
				if !pot.settled {
					return Err(Pallet(Error::PotOpen));
				}
				if pot.data < amount {
					return Err(Pallet(Error::ExceedsPot));
				}
				self.give(who, amount)?;
				self.pots.entry((model, epoch)).and_modify(|pot| pot.data -= amount);
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
				if amount == 0 {
					return Err(Pallet(Error::NothingToClaim));
				}
				self.give(who, amount)?;
				self.due.remove(&who);
			}
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
		let (_, lineage, data_rate) = listed(model)?;
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
		*self.owners.entry(model).or_default() += net - set_aside - data;
		let epoch = u32::try_from(self.block / 10).unwrap();
		let pot = self.pots.entry((model, epoch)).or_default();
		pot.data += data - attribution;
		pot.fee += attribution;
		self.receipts.entry((model, epoch)).or_default().push(Some((payer, self.block)));
		Ok(())
	}

	fn pot_data(&self, model: u32, epoch: u32) -> u128 {
		self.pots.get(&(model, epoch)).map_or(0, |pot| pot.data)
	}

	/// Every planck that is held has an owner, save less than one for each ancestor.
	fn residue(&self) -> u128 {
		let lineage: u128 = MODELS
			.iter()
			.flat_map(|(model, _, lineage, _)| {
				lineage.iter().map(|(id, rate)| self.claimable_lineage(*model, *id, *rate))
			})
			.sum();
		let pots: u128 = self.pots.values().map(|pot| pot.data + pot.fee).sum();
		let owners: u128 = self.owners.values().sum();
		self.held - lineage - pots - owners - self.due.values().sum::<u128>()
	}
}

/// What a settlement attributes: its part of the pot, and one planck too much above the whole.
fn attributed(data: u128, step: &Step) -> u128 {
	match step {
		Step::Settle { permille: 1_001, .. } => data + 1,
		Step::Settle { permille, .. } => data * permille / 1_000,
		_ => 0,
	}
}

fn dispatch(step: &Step) -> Result<(), DispatchError> {
	let signed = RuntimeOrigin::signed;
	match *step {
		Step::Pay { payer, model, amount } => pay(payer, model, amount),
		Step::ClaimOwner { who, model } => Usage::claim_owner(signed(who), model),
		Step::ClaimLineage { who, model, ancestor } => {
			Usage::claim_lineage(signed(who), model, ancestor)
		}
		Step::Settle { model, epoch, attributor, .. } => {
			let data = Usage::pot_view(model, epoch).map_or(0, |pot| pot.data);
			Usage::settle(model, epoch, &attributor, attributed(data, step)).map(|_| ())
		}
		Step::PaySource { model, epoch, who, amount } => {
			Usage::pay_source(model, epoch, &who, amount)
		}
		Step::Release { who, model, epoch, index } => {
			Usage::release_receipt(signed(who), model, epoch, index)
		}
		Step::CollectDue { who } => Usage::collect_due(signed(PAYERS[0]), who),
		Step::Donate { amount } => {
			Balances::transfer_keep_alive(signed(PAYERS[0]), Usage::account_id(), amount)
		}
		Step::Wait { blocks } => {
			System::set_block_number(System::block_number() + blocks);
			Ok(())
		}
	}
}

fn agree(money: &Money, step: &Step) {
	for who in PEOPLE.into_iter().chain([FEES, TUNE_OWNER, PAYERS[1], Usage::account_id()]) {
		assert_eq!(free(who), money.free(who), "free balance of {who} after {step:?}");
		let held = match who == Usage::account_id() {
			true => money.held,
			false => money.deposits.get(&who).copied().unwrap_or(0),
		};
		assert_eq!(Balances::reserved_balance(who), held, "holds of {who} after {step:?}");
	}
	let books = Usage::books_view();
	assert_eq!(
		(books.deposited, books.claimed, books.held),
		(money.paid_in, money.paid_out, money.held),
		"books after {step:?}"
	);
	for (model, _, lineage, _) in MODELS {
		let view = Usage::claimable_view(model).unwrap();
		assert_eq!(view.owner, money.owners.get(&model).copied().unwrap_or(0));
		for ((id, rate), seen) in lineage.iter().zip(view.lineage) {
			assert_eq!(seen.ancestor, *id);
			assert_eq!(seen.amount, money.claimable_lineage(model, *id, *rate));
		}
	}
	assert!(money.residue() < 6, "residue after {step:?}");
}

/// As many cases as `PROPTEST_CASES` says, and `cases` where it says nothing.
fn cases(cases: u32) -> ProptestConfig {
	let asked = std::env::var_os("PROPTEST_CASES").is_some();
	let config = ProptestConfig::default();
	if asked {
		config
	} else {
		ProptestConfig { cases, ..config }
	}
}

proptest! {
	#![proptest_config(cases(384))]

	#[test]
	fn every_interleaving_moves_the_money_that_a_second_model_predicts(
		steps in prop::collection::vec(step(), 1..160),
	) {
		run(|| {
			for (model, owner, lineage, data) in MODELS {
				MockModels::put(model, owner, lineage, data);
			}
			let issued = Balances::total_issuance();
			let mut money = Money::genesis();
			for step in &steps {
				let done = with_storage_layer(|| dispatch(step));
				match money.apply(step) {
					Ok(()) => assert_eq!(done, Ok(()), "{step:?}"),
					Err(Pallet(error)) => assert_eq!(done, Err(error.into()), "{step:?}"),
					Err(Currency) => assert!(done.is_err(), "{step:?}"),
				}
				agree(&money, step);
				assert_eq!(Balances::total_issuance(), issued);
				check();
			}
		});
	}
}
