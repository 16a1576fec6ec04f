//! Shares that others may move, and entries of shares that are paid for.

use pallet_assets::Call as Assets;
use tributary_runtime::{AccountId, Runtime};

use super::{address, Deed, Scene};

impl Scene {
	/// An asset of which somebody has shares.
	fn any_asset(&mut self) -> Option<u32> {
		let all = self.facts.vaults.open.values().map(|vault| vault.asset);
		self.numbers.pick(all)
	}

	fn any_allowance(&mut self) -> Option<(u32, AccountId, AccountId, u128)> {
		let all = self.facts.market.allowances.iter();
		let all: Vec<_> = all
			.map(|((asset, owner, delegate), most)| {
				(*asset, owner.clone(), delegate.clone(), *most)
			})
			.collect();
		self.numbers.pick(all)
	}

	/// Lets somebody else move shares, more than there are now and then.
	pub(super) fn allow(&mut self) -> Option<Deed> {
		let id = self.any_asset()?;
		let (who, own) = self.any_holder(id)?;
		let delegate = address(self.anyone());
		let most = if self.numbers.once_in(4) { 2 * own } else { own };
		let amount = self.numbers.within(1, most);
		Deed::of(self.holder(&who)?, Assets::<Runtime>::approve_transfer { id, delegate, amount })
	}

	/// Moves the shares of another one.
	pub(super) fn move_allowed(&mut self) -> Option<Deed> {
		let (id, owner, delegate, most) = self.any_allowance()?;
		let (delegate, destination) = (self.holder(&delegate)?, address(self.anyone()));
		let amount = if self.numbers.once_in(15) { most + 1 } else { self.some_of(most) };
		let owner = address(self.holder(&owner)?);
		let call = Assets::<Runtime>::transfer_approved { id, owner, destination, amount };
		Deed::of(delegate, call)
	}

	pub(super) fn end_allowance(&mut self) -> Option<Deed> {
		let (id, owner, delegate, _) = self.any_allowance()?;
		let delegate = address(self.holder(&delegate)?);
		Deed::of(self.holder(&owner)?, Assets::<Runtime>::cancel_approval { id, delegate })
	}

	/// Removes what is left of an asset after its vault is dissolved.
	pub(super) fn clear_asset(&mut self) -> Option<Deed> {
		let id = self.numbers.pick(self.facts.market.ending.keys().copied())?;
		let market = &self.facts.market;
		let call = if market.allowances.keys().any(|(of, ..)| *of == id) {
			Assets::<Runtime>::destroy_approvals { id }
		} else if market.touched.keys().any(|(of, _)| *of == id) {
			Assets::<Runtime>::destroy_accounts { id }
		} else {
			Assets::<Runtime>::finish_destroy { id }
		};
		Deed::of(self.anyone(), call)
	}

	/// Pays for an entry of shares, or gets back what was paid; now and then with all shares in it burned.
	pub(super) fn keep_entry(&mut self) -> Option<Deed> {
		let market = &self.facts.market;
		let idle = market.touched.keys().filter(|(asset, who)| market.of(*asset, who) == 0);
		let idle: Vec<_> = idle.cloned().collect();
		match self.numbers.pick(idle) {
			Some((id, who)) if self.numbers.once_in(2) => {
				let allow_burn = self.numbers.once_in(4);
				Deed::of(self.holder(&who)?, Assets::<Runtime>::refund { id, allow_burn })
			}
			_ if self.numbers.once_in(3) => {
				let id = self.any_asset()?;
				let (who, _) = self.any_holder(id)?;
				let allow_burn = !self.numbers.once_in(4);
				Deed::of(self.holder(&who)?, Assets::<Runtime>::refund { id, allow_burn })
			}
			_ => {
				let id = self.any_asset()?;
				Deed::of(self.anyone(), Assets::<Runtime>::touch { id })
			}
		}
	}
}
