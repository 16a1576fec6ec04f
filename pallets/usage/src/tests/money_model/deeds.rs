//! Who owns which title, and whom its revenue went to in each of its tenures.

use std::collections::BTreeMap;

use tributary_primitives::title::Title;

use crate::mock::AccountId;

/// Whom the revenue of a title goes to.
#[derive(Clone, Copy)]
pub enum Whom {
	Account(AccountId),
	Vault,
}

struct Deed {
	owner: AccountId,
	/// In order; the last is that of today.
	tenures: Vec<Whom>,
	/// The block in which each but the last ended.
	ends: Vec<u64>,
}

#[derive(Default)]
pub struct Deeds(BTreeMap<Title, Deed>);

impl Deeds {
	pub fn register(&mut self, title: Title, owner: AccountId) {
		self.0.insert(title, Deed { owner, tenures: vec![Whom::Account(owner)], ends: vec![] });
	}

	pub fn owner(&self, title: Title) -> AccountId {
		self.0[&title].owner
	}

	pub fn today(&self, title: Title) -> Whom {
		*self.0[&title].tenures.last().unwrap()
	}

	/// Whom what it had earned by the end of `block` is paid to.
	pub fn then(&self, title: Title, block: u64) -> Whom {
		let deed = &self.0[&title];
		deed.tenures[deed.ends.iter().filter(|end| **end <= block).count()]
	}

	pub fn tenures(&self, title: Title) -> usize {
		self.0[&title].tenures.len()
	}

	pub fn tenure(&self, title: Title, index: u32) -> Option<Whom> {
		self.0[&title].tenures.get(index as usize).copied()
	}

	/// Returns whose revenue it was, where that changes.
	pub fn sell(&mut self, title: Title, to: AccountId, block: u64) -> Option<AccountId> {
		let from = self.today(title);
		let deed = self.0.get_mut(&title).unwrap();
		deed.owner = to;
		match from {
			Whom::Account(seller) => {
				deed.tenures.push(Whom::Account(to));
				deed.ends.push(block);
				Some(seller)
			}
			Whom::Vault => None,
		}
	}

	/// Returns whose revenue it was, where that changes.
	pub fn vault(&mut self, title: Title, block: u64) -> Option<AccountId> {
		let Whom::Account(owner) = self.today(title) else { return None };
		let deed = self.0.get_mut(&title).unwrap();
		deed.tenures.push(Whom::Vault);
		deed.ends.push(block);
		Some(owner)
	}

	pub fn unvault(&mut self, title: Title, heir: AccountId, block: u64) {
		if let Whom::Vault = self.today(title) {
			let deed = self.0.get_mut(&title).unwrap();
			*deed.tenures.last_mut().unwrap() = Whom::Account(heir);
			deed.tenures.push(Whom::Account(deed.owner));
			deed.ends.push(block);
		}
	}
}
