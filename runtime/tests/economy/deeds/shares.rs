//! Shares of titles, and what is staked for their revenue.

use pallet_nfts::Call as Nfts;
use pallet_shares::Call as Shares;
use pallet_usage::Call as Usage;
use tributary_primitives::{
	fees::Setting,
	title::{Title, TitleKind},
};
use tributary_runtime::{params::VaultLock, AccountId, Runtime};

use super::{address, blocks, Actor, Deed, Scene, Who, POOR};
use crate::model::money::EXISTENTIAL;

impl Scene {
	fn any_vault(&mut self) -> Option<(Title, u32)> {
		let vaults = self.facts.vaults.open.iter().map(|(title, vault)| (*title, vault.asset));
		self.numbers.pick(vaults)
	}

	/// Somebody who has shares of an asset and is no pallet, and how many.
	pub(super) fn any_holder(&mut self, asset: u32) -> Option<(AccountId, u128)> {
		let shares = self.facts.market.shares.iter();
		let own = shares.filter(|((of, who), _)| *of == asset && self.holder(who).is_some());
		let own: Vec<(AccountId, u128)> =
			own.map(|((_, who), shares)| (who.clone(), *shares)).collect();
		self.numbers.pick(own)
	}

	fn any_staker(&mut self, title: Title) -> Option<(AccountId, u128)> {
		let stakes = self.facts.vaults.open[&title].stakes.iter();
		self.numbers.pick(stakes.map(|(who, stake)| (who.clone(), stake.shares)))
	}

	/// All of `most`, or a part.
	pub(super) fn some_of(&mut self, most: u128) -> u128 {
		if self.numbers.once_in(3) {
			most
		} else {
			self.numbers.within(1, most)
		}
	}

	pub(super) fn issue(&mut self) -> Option<Deed> {
		let title = self.any_title()?;
		let owner = self.holder(&self.facts.titles[&title].owner)?;
		let supply = self.numbers.within(0, 3) * 5_000 + self.numbers.within(1, 40);
		let named = self.numbers.once_in(2);
		let text = |text: &[u8]| if named { text.to_vec() } else { Vec::new() };
		let name = text(b"Model one").try_into().expect("it is short");
		let symbol = text(b"ONE").try_into().expect("it is short");
		let supply = supply as u64;
		Deed::of(owner, Shares::<Runtime>::issue { title, supply, name, symbol })
	}

	pub(super) fn stake(&mut self) -> Option<Deed> {
		let (title, asset) = self.any_vault()?;
		let (who, own) = self.any_holder(asset)?;
		let shares = self.some_of(own) as u64;
		Deed::of(self.holder(&who)?, Shares::<Runtime>::stake { title, shares })
	}

	pub(super) fn unstake(&mut self) -> Option<Deed> {
		let (title, _) = self.any_vault()?;
		let (who, staked) = self.any_staker(title)?;
		let shares = self.some_of(staked) as u64;
		Deed::of(self.holder(&who)?, Shares::<Runtime>::unstake { title, shares })
	}

	pub(super) fn claim_dividends(&mut self) -> Option<Deed> {
		let (title, _) = self.any_vault()?;
		let anyone = self.anyone();
		let staker = self.any_staker(title).and_then(|(who, _)| self.holder(&who));
		Deed::of(staker.unwrap_or(anyone), Shares::<Runtime>::claim_dividends { title })
	}

	/// Brings all shares of a title into one account, and dissolves its vault.
	pub(super) fn wind_up(&mut self) -> Option<Deed> {
		let pools = &self.facts.market.pools;
		let vaults = self.facts.vaults.open.iter().filter(|(_, vault)| {
			pools.get(&vault.asset).is_none_or(|pool| pool.liquidity.is_empty())
		});
		let vaults: Vec<(Title, u32)> =
			vaults.map(|(title, vault)| (*title, vault.asset)).collect();
		let (title, asset) = self.numbers.pick(vaults)?;
		if let Some((who, staked)) = self.any_staker(title) {
			let stakes = self.facts.vaults.open[&title].stakes.len();
			let own = self.facts.market.of(asset, &who) + staked;
			let who = self.holder(&who)?;
			if stakes == 1 && own == self.facts.market.supply(asset) {
				return Deed::of(who, Shares::<Runtime>::dissolve { title });
			}
			let shares = staked as u64;
			return Deed::of(who, Shares::<Runtime>::unstake { title, shares });
		}
		let (who, own) = self.any_holder(asset)?;
		if own == self.facts.market.supply(asset) {
			return Deed::of(self.holder(&who)?, Shares::<Runtime>::dissolve { title });
		}
		let shares = self.facts.market.shares.iter().filter(|((of, _), _)| *of == asset);
		let (_, largest) = shares.max_by_key(|(_, shares)| **shares)?.0.clone();
		let target = address(self.holder(&largest)?);
		let call = pallet_assets::Call::<Runtime>::transfer { id: asset, target, amount: own };
		Deed::of(self.holder(&who)?, call)
	}

	/// Has a vault of which nothing is staked owe so little to an owner who has nothing that it cannot be paid.
	pub(super) fn owe_little(&mut self) -> Option<Deed> {
		let mut idle = self.facts.vaults.open.iter().filter(|(title, vault)| {
			title.kind == TitleKind::Model
				&& vault.stakes.is_empty()
				&& self.facts.titles[title]
					.vaulted
					.is_some_and(|since| self.facts.now >= since + blocks::<VaultLock>())
		});
		let (title, _) = idle.next_back()?;
		let title = *title;
		let account = self.facts.titles[&title].owner.clone();
		let owner = self.holder(&account)?;
		let purse = self.facts.money.purses.get(&account).cloned().unwrap_or_default();
		let is_poor = POOR.iter().any(|poor| Actor::from(*poor) == owner);
		if is_poor && purse.bound() > 0 {
			return None;
		}
		self.intent = (!self.numbers.once_in(8)).then_some(Self::owe_little);
		if !is_poor {
			let (collection, item) = (title.kind.collection(), title.id);
			let dest = address(self.numbers.pick(POOR)?);
			return Deed::of(owner, Nfts::<Runtime>::transfer { collection, item, dest });
		}
		if purse.free > 0 {
			let (dest, value) = (address(self.person()), purse.free);
			let call = pallet_balances::Call::<Runtime>::transfer_allow_death { dest, value };
			return Deed::of(owner, call);
		}
		if self.facts.settings.min_payment > EXISTENTIAL {
			let setting = Setting::MinPayment(EXISTENTIAL);
			let call = pallet_settings::Call::<Runtime>::set { setting };
			return Some(Deed { who: Who::Root, call: call.into() });
		}
		self.intent = None;
		let outputs = self.outputs(title.id);
		let outputs_tail = self.facts.library.tail(&outputs);
		let (model, amount) = (title.id, EXISTENTIAL);
		Deed::of(self.person(), Usage::<Runtime>::pay { model, outputs, outputs_tail, amount })
	}

	pub(super) fn collect_owed(&mut self) -> Option<Deed> {
		let (any, asset) = self.any_vault()?;
		let anyone = self.anyone().to_account_id();
		let owed = self.numbers.pick(self.facts.vaults.owed.keys().cloned());
		let (title, asset, who) =
			owed.filter(|_| !self.numbers.once_in(4)).unwrap_or((any, asset, anyone));
		Deed::of(self.anyone(), Shares::<Runtime>::collect_owed { title, asset, who })
	}
}
