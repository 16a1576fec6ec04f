//! Titles, and whose what they earn was and is (protocol 8).

use std::collections::BTreeMap;

use sp_runtime::MultiAddress;
use tributary_primitives::{
	ids::ModelId,
	title::{Title, TitleKind},
};
use tributary_runtime::{AccountId, Address, Runtime};

use super::{parts::floor, Expected};

/// What was paid for each model so far.
type Gross = BTreeMap<ModelId, u128>;

/// A span in which a title's revenue was one's.
pub struct Tenure {
	/// Whose, once it is over.
	heir: Option<AccountId>,
	/// The block in which it began.
	from: u32,
	since: Gross,
	until: Option<Gross>,
	/// What of each model's revenue was paid for it.
	pub paid: BTreeMap<ModelId, u128>,
}

impl Tenure {
	fn begin(from: u32, since: Gross) -> Self {
		Self { heir: None, from, since, until: None, paid: BTreeMap::new() }
	}
}

/// What a title is offered for.
pub struct Offer {
	/// The collection and, where it matters, the item that is wanted for it.
	pub wanted: Option<(u32, Option<u32>)>,
	/// What is paid beside: by the owner, where `given`.
	pub price: Option<(u128, bool)>,
	pub buyer: Option<AccountId>,
}

pub struct TitleBook {
	pub owner: AccountId,
	/// The block in which its vault began, if it has one.
	pub vaulted: Option<u32>,
	/// For money.
	pub price: Option<Offer>,
	/// For another title.
	pub swap: Option<Offer>,
	/// Who else may give it away, and until which block, if there is a last one.
	pub delegates: BTreeMap<AccountId, Option<u32>>,
	/// The last is that of today.
	pub tenures: Vec<Tenure>,
}

impl TitleBook {
	/// That of something registered now: before, nothing was paid that it could earn of.
	pub fn of(owner: &AccountId, now: u32) -> Self {
		let tenures = vec![Tenure::begin(now, Gross::new())];
		Self {
			owner: owner.clone(),
			vaulted: None,
			price: None,
			swap: None,
			delegates: BTreeMap::new(),
			tenures,
		}
	}

	/// Whether `who` may give it away in the block `now`.
	pub fn may_be_given_by(&self, who: &AccountId, now: u32) -> bool {
		let delegate = self.delegates.get(who);
		*who == self.owner || delegate.is_some_and(|until| until.is_none_or(|until| now <= until))
	}

	/// Whom the revenue goes to; `None` for the vault.
	pub fn beneficiary(&self) -> Option<AccountId> {
		self.vaulted.is_none().then(|| self.owner.clone())
	}
}

/// The account that a call names.
pub fn account(address: &Address) -> AccountId {
	match address {
		MultiAddress::Id(account) => account.clone(),
		address => panic!("no account: {address:?}"),
	}
}

fn title_of(collection: u32, item: u32) -> Title {
	let kind = match collection {
		0 => TitleKind::Dataset,
		1 => TitleKind::Model,
		_ => TitleKind::Agent,
	};
	Title { kind, id: item }
}

impl Expected {
	pub fn book(&mut self, title: Title) -> &mut TitleBook {
		self.titles.get_mut(&title).expect("it is known")
	}

	fn gross(&self) -> Gross {
		(0..).zip(&self.models).map(|(id, model)| (id, model.gross)).collect()
	}

	/// Whom a tenure is paid to; `None` for the vault.
	pub fn beneficiary_of(&self, title: Title, tenure: usize) -> Option<AccountId> {
		let book = &self.titles[&title];
		book.tenures[tenure].heir.clone().or_else(|| book.beneficiary())
	}

	/// Whom a title's revenue went to at the end of a block, as things stand; `None` for the vault.
	pub fn beneficiary_as_of(&self, title: Title, block: u32) -> Option<AccountId> {
		let begun = self.titles[&title].tenures.iter().filter(|tenure| tenure.from <= block);
		self.beneficiary_of(title, begun.count().saturating_sub(1))
	}

	/// What a tenure of `ancestor` has earned of the revenue of `model`.
	pub fn earned(&self, model: ModelId, ancestor: ModelId, tenure: usize) -> u128 {
		let of = &self.models[model as usize];
		let asked = of.ancestors[&ancestor];
		let Tenure { since, until, .. } = &self.titles[&Title::model(ancestor)].tenures[tenure];
		let end = until.as_ref().map_or(of.gross, |until| until.get(&model).copied().unwrap_or(0));
		let start = since.get(&model).copied().unwrap_or(0);
		floor(asked, end) - floor(asked, start)
	}

	/// Ends the tenure of today. What it has earned and was not paid is `heir`'s.
	fn end_tenure(&mut self, title: Title, heir: AccountId) {
		let (gross, now) = (self.gross(), self.now);
		let tenures = &mut self.book(title).tenures;
		let today = tenures.last_mut().expect("there is one");
		today.until = Some(gross.clone());
		today.heir = Some(heir);
		tenures.push(Tenure::begin(now, gross));
	}

	/// What the owner of a model has earned becomes due, as it is a former owner now.
	fn leave_due(&mut self, title: Title) {
		if title.kind == TitleKind::Model {
			let model = &mut self.models[title.id as usize];
			let amount = std::mem::take(&mut model.owner);
			model.claimed += amount;
			let owner = self.titles[&title].owner.clone();
			if amount > 0 {
				*self.payments.dues.entry(owner).or_default() += amount;
			}
		}
	}

	/// The vault takes what the title earns from now on.
	pub(super) fn begin_vault(&mut self, title: Title) {
		self.end_tenure(title, self.titles[&title].owner.clone());
		self.leave_due(title);
		self.book(title).vaulted = Some(self.now);
	}

	/// The owner takes it again, and `heir` what the vault was not given.
	pub(super) fn end_vault(&mut self, title: Title, heir: &AccountId) {
		self.end_tenure(title, heir.clone());
		self.book(title).vaulted = None;
	}

	pub(super) fn give_title(&mut self, title: Title, to: &AccountId) {
		if self.titles[&title].vaulted.is_none() {
			self.end_tenure(title, self.titles[&title].owner.clone());
			self.leave_due(title);
		}
		if title.kind == TitleKind::Agent {
			// Its next owner has not chosen who acts for it.
			self.agent(title.id).operator = None;
		}
		let book = self.book(title);
		book.owner = to.clone();
		(book.price, book.swap) = (None, None);
		book.delegates.clear();
	}

	pub(super) fn title_call(&mut self, who: &AccountId, call: &pallet_nfts::Call<Runtime>) {
		use pallet_nfts::{Call, PriceDirection};
		match call {
			Call::transfer { collection, item, dest } => {
				let (title, now) = (title_of(*collection, *item), self.now);
				let book = self.book(title);
				assert!(book.may_be_given_by(who, now), "{who} may not give {title:?} away");
				self.taken += u64::from(*who != self.titles[&title].owner);
				self.give_title(title, &account(dest));
			}
			Call::approve_transfer { collection, item, delegate, maybe_deadline } => {
				let until = maybe_deadline.map(|blocks| self.now + blocks);
				let book = self.book(title_of(*collection, *item));
				book.delegates.insert(account(delegate), until);
			}
			Call::cancel_approval { collection, item, delegate } => {
				self.book(title_of(*collection, *item)).delegates.remove(&account(delegate));
			}
			Call::clear_all_transfer_approvals { collection, item } => {
				self.book(title_of(*collection, *item)).delegates.clear();
			}
			Call::set_price { collection, item, price, whitelisted_buyer } => {
				let offer = price.map(|price| Offer {
					wanted: None,
					price: Some((price, false)),
					buyer: whitelisted_buyer.as_ref().map(account),
				});
				self.book(title_of(*collection, *item)).price = offer;
			}
			Call::buy_item { collection, item, .. } => {
				let title = title_of(*collection, *item);
				let book = self.book(title);
				let price = book.price.as_ref().and_then(|offer| offer.price);
				let (price, seller) = (price.expect("it has a price").0, book.owner.clone());
				self.money.pay(who, &seller, price);
				self.give_title(title, who);
			}
			Call::create_swap {
				offered_collection,
				offered_item,
				desired_collection,
				maybe_desired_item,
				maybe_price,
				..
			} => {
				let price = maybe_price
					.as_ref()
					.map(|price| (price.amount, price.direction == PriceDirection::Send));
				let offer = Offer {
					wanted: Some((*desired_collection, *maybe_desired_item)),
					price,
					buyer: None,
				};
				self.book(title_of(*offered_collection, *offered_item)).swap = Some(offer);
			}
			Call::cancel_swap { offered_collection, offered_item } => {
				self.book(title_of(*offered_collection, *offered_item)).swap = None;
			}
			Call::claim_swap {
				send_collection,
				send_item,
				receive_collection,
				receive_item,
				..
			} => {
				let sent = title_of(*send_collection, *send_item);
				let received = title_of(*receive_collection, *receive_item);
				let offerer = self.titles[&received].owner.clone();
				match self.titles[&received].swap.as_ref().expect("it is offered").price {
					Some((amount, true)) => self.money.pay(&offerer, who, amount),
					Some((amount, false)) => self.money.pay(who, &offerer, amount),
					None => {}
				}
				self.give_title(sent, &offerer);
				self.give_title(received, who);
			}
			call => panic!("nothing is known of {call:?}"),
		}
	}
}
