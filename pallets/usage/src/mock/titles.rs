//! Titles that tests transfer and vault, and vaults that only count what they are given.

use std::collections::BTreeMap;

use codec::{Decode, Encode};
use frame_support::{ensure, parameter_types};
use sp_runtime::DispatchError;
use tributary_primitives::{
	title::{Beneficiary, Tenure, Title},
	traits::{OnTitleChange, Titles, Vaults},
};

use super::{free, AccountId, System, Usage, EXISTENTIAL_DEPOSIT, VAULTS};

#[derive(Clone, Encode, Decode)]
struct Held {
	owner: AccountId,
	vaulted: bool,
	former: Vec<Tenure<AccountId>>,
	/// The blocks in which the former tenures ended.
	ends: Vec<u32>,
}

parameter_types! {
	storage All: BTreeMap<Title, Held> = BTreeMap::new();
	storage Changes: u64 = 0;
	storage Credited: BTreeMap<Title, u128> = BTreeMap::new();
}

pub struct MockTitles;

impl MockTitles {
	fn get(title: Title) -> Option<Held> {
		All::get().get(&title).cloned()
	}

	fn update(title: Title, change: impl FnOnce(&mut Held)) {
		let mut all = All::get();
		change(all.get_mut(&title).unwrap());
		All::set(&all);
	}

	/// Makes a title without a past.
	pub fn put(title: Title, owner: AccountId) {
		let mut all = All::get();
		all.insert(title, Held { owner, vaulted: false, former: Vec::new(), ends: Vec::new() });
		All::set(&all);
	}

	/// Gives the title to somebody else.
	pub fn transfer(title: Title, to: AccountId) {
		let held = Self::get(title).unwrap();
		if !held.vaulted {
			Self::end_tenure(title, Beneficiary::Owner(held.owner), held.owner);
		}
		Usage::owner_changes(title, &held.owner);
		Self::update(title, |held| held.owner = to);
	}

	/// Sends the title's revenue to its vault.
	pub fn vault(title: Title) {
		let held = Self::get(title).unwrap();
		if !held.vaulted {
			Self::end_tenure(title, Beneficiary::Owner(held.owner), held.owner);
			Self::update(title, |held| held.vaulted = true);
		}
	}

	/// Sends the title's revenue to its owner again; what the vault was not given is `heir`'s.
	pub fn unvault(title: Title, heir: AccountId) {
		if Self::get(title).unwrap().vaulted {
			Self::end_tenure(title, Beneficiary::Vault, heir);
			Self::update(title, |held| held.vaulted = false);
		}
	}

	fn end_tenure(title: Title, from: Beneficiary<AccountId>, for_whom: AccountId) {
		let change = Changes::get() + 1;
		Changes::set(&change);
		Self::update(title, |held| {
			let since = held.former.last().map_or(0, |former| former.until.unwrap());
			let beneficiary = Beneficiary::Owner(for_whom);
			held.former.push(Tenure { beneficiary, since, until: Some(change) });
			held.ends.push(System::block_number() as u32);
		});
		Usage::beneficiary_changes(title, &from);
	}

	/// Makes all former tenures of a title begin with the first, so that they overlap.
	pub fn overlap(title: Title) {
		Self::update(title, |held| held.former.iter_mut().for_each(|former| former.since = 0));
	}
}

impl Titles<AccountId> for MockTitles {
	type Error = DispatchError;

	fn mint(title: Title, owner: &AccountId) -> Result<(), DispatchError> {
		Self::put(title, *owner);
		Ok(())
	}

	fn owner(title: Title) -> Option<AccountId> {
		Self::get(title).map(|held| held.owner)
	}

	fn beneficiary(title: Title) -> Option<Beneficiary<AccountId>> {
		let Held { owner, vaulted, .. } = Self::get(title)?;
		Some(if vaulted { Beneficiary::Vault } else { Beneficiary::Owner(owner) })
	}

	fn beneficiary_as_of(title: Title, block: u32) -> Option<Beneficiary<AccountId>> {
		let Held { former, ends, .. } = Self::get(title)?;
		let then = former.into_iter().zip(ends).find(|(_, end)| *end > block);
		then.map_or_else(|| Self::beneficiary(title), |(tenure, _)| Some(tenure.beneficiary))
	}

	fn changes() -> u64 {
		Changes::get()
	}

	fn current_tenure(title: Title) -> u32 {
		Self::get(title).map_or(0, |held| held.former.len() as u32)
	}

	fn tenure(title: Title, index: u32) -> Option<Tenure<AccountId>> {
		let former = Self::get(title)?.former;
		let today = Tenure {
			beneficiary: Self::beneficiary(title)?,
			since: former.last().map_or(0, |last| last.until.unwrap()),
			until: None,
		};
		former.into_iter().chain([today]).nth(index as usize)
	}
}

pub struct MockVaults;

impl MockVaults {
	/// All that the title's vault was ever given.
	pub fn credited(title: Title) -> u128 {
		Credited::get().get(&title).copied().unwrap_or(0)
	}
}

impl Vaults<AccountId> for MockVaults {
	type Error = DispatchError;

	fn account() -> AccountId {
		VAULTS
	}

	fn credit(title: Title, amount: u128) -> Result<(), DispatchError> {
		let vaulted = MockTitles::beneficiary(title) == Some(Beneficiary::Vault);
		ensure!(vaulted, DispatchError::Other("the title has no vault"));
		let mut all = Credited::get();
		*all.entry(title).or_default() += amount;
		let sum: u128 = all.values().sum();
		ensure!(
			free(VAULTS) == EXISTENTIAL_DEPOSIT + sum,
			DispatchError::Other("the account has not got what is credited")
		);
		Credited::set(&all);
		Ok(())
	}
}
