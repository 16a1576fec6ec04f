//! What every account should have and which channels should be open, kept by the rules alone.

use std::collections::BTreeMap;

use crate::mock::*;

/// The money of one account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purse {
	pub free: u128,
	/// On hold for channels.
	pub channels: u128,
	/// On hold for receipts.
	pub receipts: u128,
	pub frozen: u128,
}

impl Purse {
	fn frozen_in_free(&self) -> u128 {
		self.frozen.saturating_sub(self.channels + self.receipts)
	}

	/// What may go on hold.
	pub fn liquid(&self) -> u128 {
		self.free.saturating_sub(self.frozen_in_free().max(EXISTENTIAL_DEPOSIT))
	}

	/// What its owner can send away.
	pub fn movable(&self) -> u128 {
		let bound = self.frozen + self.channels + self.receipts > 0;
		let least = if bound { EXISTENTIAL_DEPOSIT } else { 0 };
		self.free.saturating_sub(self.frozen_in_free().max(least))
	}
}

/// A channel that is or was open.
#[derive(Clone, Debug)]
pub struct Entry {
	pub payer: AccountId,
	pub server: AccountId,
	/// Which of the keys signs.
	pub key: usize,
	pub deposit: u128,
	pub reserve: u128,
	pub expires_at: u32,
	pub closing_at: Option<u32>,
	pub open: bool,
	/// The largest voucher that its key has signed for it.
	pub signed: u128,
}

/// What should have happened so far.
pub struct Book {
	pub purses: BTreeMap<AccountId, Purse>,
	/// All channels, by their numbers.
	pub channels: Vec<Entry>,
	pub burned: u128,
	pub receipts: usize,
}

impl Book {
	pub fn new() -> Self {
		let purse = Purse { free: ENDOWMENT, ..Default::default() };
		Self {
			purses: ACCOUNTS.into_iter().map(|who| (who, purse)).collect(),
			channels: Vec::new(),
			burned: 0,
			receipts: 0,
		}
	}

	pub fn purse(&mut self, who: &AccountId) -> &mut Purse {
		self.purses.get_mut(who).unwrap()
	}

	pub fn deposit(&mut self, who: &AccountId, amount: u128) {
		let purse = self.purse(who);
		purse.free -= amount;
		purse.channels += amount;
	}

	/// Frees all that is held for the channel.
	pub fn release(&mut self, channel: usize) {
		let entry = &mut self.channels[channel];
		entry.open = false;
		let (payer, amount) = (entry.payer.clone(), entry.deposit + entry.reserve);
		let purse = self.purse(&payer);
		purse.channels -= amount;
		purse.free += amount;
	}

	/// Whether the payer can pay `amount` from what is free once the channel is released.
	pub fn can_pay(&self, channel: usize, amount: u128) -> bool {
		let entry = &self.channels[channel];
		let free = self.purses[&entry.payer].free + entry.deposit + entry.reserve;
		!Refuses::get()
			&& amount >= LEAST
			&& free >= amount + ReceiptDeposit::get() + EXISTENTIAL_DEPOSIT
	}

	pub fn pay(&mut self, channel: usize, amount: u128) {
		let payer = self.channels[channel].payer.clone();
		let deposit = ReceiptDeposit::get();
		let purse = self.purse(&payer);
		purse.free -= amount + deposit;
		purse.receipts += deposit;
		let fee = (amount * 2).div_ceil(100);
		self.burned += fee;
		self.purse(&REVENUE).free += amount - fee;
		self.receipts += 1;
	}

	pub fn send(&mut self, from: &AccountId, to: &AccountId, amount: u128) {
		self.purse(from).free -= amount;
		self.purse(to).free += amount;
	}
}
