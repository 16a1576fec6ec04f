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
}

#[derive(Default)]
pub struct Deeds(BTreeMap<Title, Deed>);

impl Deeds {
	pub fn register(&mut self, title: Title, owner: AccountId) {
		self.0.insert(title, Deed { owner, tenures: vec![Whom::Account(owner)] });
	}

	pub fn owner(&self, title: Title) -> AccountId {
		self.0[&title].owner
	}

	pub fn today(&self, title: Title) -> Whom {
		*self.0[&title].tenures.last().unwrap()
	}

	pub fn tenures(&self, title: Title) -> usize {
		self.0[&title].tenures.len()
	}

	pub fn tenure(&self, title: Title, index: u32) -> Option<Whom> {
		self.0[&title].tenures.get(index as usize).copied()
	}

	/// Returns whose revenue it was, where that changes.
	pub fn sell(&mut self, title: Title, to: AccountId) -> Option<AccountId> {
		let from = self.today(title);
		let deed = self.0.get_mut(&title).unwrap();
		deed.owner = to;
		match from {
			Whom::Account(seller) => {
				deed.tenures.push(Whom::Account(to));
				Some(seller)
			}
			Whom::Vault => None,
		}
	}

	/// Returns whose revenue it was, where that changes.
	pub fn vault(&mut self, title: Title) -> Option<AccountId> {
		let Whom::Account(owner) = self.today(title) else { return None };
		self.0.get_mut(&title).unwrap().tenures.push(Whom::Vault);
		Some(owner)
	}

	pub fn unvault(&mut self, title: Title, heir: AccountId) {
		if let Whom::Vault = self.today(title) {
			let deed = self.0.get_mut(&title).unwrap();
			*deed.tenures.last_mut().unwrap() = Whom::Account(heir);
			deed.tenures.push(Whom::Account(deed.owner));
		}
	}
}
