//! Shares in accounts: what they, and those whom they let, do with them.

use pallet_assets::Account;
use tributary_runtime::{AccountId, Runtime, RuntimeEvent};

use super::{deposit, titles::account, told, Expected};

/// What is deposited for an account's entry of an asset, and for an allowance.
pub fn entry_deposit() -> u128 {
	deposit(1, 16)
}

/// Whose the deposit for the name of an asset is that is not removed yet.
pub struct Ending {
	pub depositor: AccountId,
	pub name: u128,
}

impl Expected {
	pub(super) fn asset_call(&mut self, who: &AccountId, call: &pallet_assets::Call<Runtime>) {
		use pallet_assets::Call;
		match call {
			Call::transfer { id, target, amount }
			| Call::transfer_keep_alive { id, target, amount } => {
				self.market.move_shares(*id, who, &account(target), *amount);
			}
			Call::approve_transfer { id, delegate, amount } => {
				let key = (*id, who.clone(), account(delegate));
				if !self.market.allowances.contains_key(&key) {
					self.money.reserve(who, entry_deposit());
				}
				*self.market.allowances.entry(key).or_default() += amount;
			}
			Call::cancel_approval { id, delegate } => {
				let known = self.market.allowances.remove(&(*id, who.clone(), account(delegate)));
				assert!(known.is_some(), "there is an allowance");
				self.money.unreserve(who, entry_deposit());
			}
			Call::transfer_approved { id, owner, destination, amount } => {
				let (owner, key) = (account(owner), (*id, account(owner), who.clone()));
				let left = self.market.allowances.get_mut(&key).expect("there is an allowance");
				*left = left.checked_sub(*amount).expect("no more is moved than is allowed");
				if *left == 0 {
					self.market.allowances.remove(&key);
					self.money.unreserve(&owner, entry_deposit());
				}
				self.market.move_shares(*id, &owner, &account(destination), *amount);
			}
			Call::touch { id } => {
				self.money.reserve(who, entry_deposit());
				self.market.touched.insert((*id, who.clone()), who.clone());
			}
			Call::refund { id, allow_burn } => {
				let burned = self.market.shares.remove(&(*id, who.clone()));
				assert!(*allow_burn || burned.is_none(), "shares are burned where that is wanted");
				if self.market.touched.remove(&(*id, who.clone())).is_some() {
					self.money.unreserve(who, entry_deposit());
				}
			}
			Call::destroy_approvals { id } => self.clear_allowances(*id, |_, _| true),
			Call::destroy_accounts { id } => self.clear_entries(*id, |_| true),
			Call::finish_destroy { id } => {
				let Ending { depositor, name } =
					self.market.ending.remove(id).expect("something was left");
				self.money.unreserve(&depositor, name);
			}
			call => panic!("nothing is known of {call:?}"),
		}
	}

	/// Forgets the shares of an asset that nobody has any more, and gives back what was deposited for it as far
	/// as it is removed.
	pub(super) fn end_asset(&mut self, asset: u32, ending: Ending, events: &[RuntimeEvent]) {
		let destroyed = told(events, |event| match event {
			RuntimeEvent::Shares(pallet_shares::Event::Dissolved {
				asset: of, destroyed, ..
			}) => (*of == asset).then_some(*destroyed),
			_ => None,
		});
		self.market.shares.retain(|(of, _), _| *of != asset);
		if destroyed {
			self.clear_allowances(asset, |_, _| true);
			self.clear_entries(asset, |_| true);
			self.money.unreserve(&ending.depositor, ending.name);
			return;
		}
		// Which of them are removed at once is decided by their order in the storage.
		self.clear_allowances(asset, |owner, delegate| {
			!pallet_assets::Approvals::<Runtime>::contains_key((asset, owner, delegate))
		});
		self.clear_entries(asset, |who| !Account::<Runtime>::contains_key(asset, who));
		self.market.ending.insert(asset, ending);
	}

	fn clear_allowances(&mut self, asset: u32, gone: impl Fn(&AccountId, &AccountId) -> bool) {
		let Self { money, market, .. } = self;
		market.allowances.retain(|(of, owner, delegate), _| {
			let cleared = *of == asset && gone(owner, delegate);
			if cleared {
				money.unreserve(owner, entry_deposit());
			}
			!cleared
		});
	}

	fn clear_entries(&mut self, asset: u32, gone: impl Fn(&AccountId) -> bool) {
		let Self { money, market, .. } = self;
		market.touched.retain(|(of, who), depositor| {
			let cleared = *of == asset && gone(who);
			if cleared {
				money.unreserve(depositor, entry_deposit());
			}
			!cleared
		});
	}
}
