//! Titles that are given, sold and swapped.

use pallet_nfts::{Call as Nfts, PriceDirection, PriceWithDirection};
use tributary_primitives::title::{Title, TitleKind};
use tributary_runtime::Runtime;

use super::{address, Actor, Deed, Scene, POOR};

impl Scene {
	pub(super) fn any_title(&mut self) -> Option<Title> {
		self.numbers.pick(self.facts.titles.keys().copied())
	}

	pub(super) fn give_title(&mut self) -> Option<Deed> {
		// A vault of which nothing is staked may owe to an owner who has nothing.
		let idle = self.facts.vaults.open.iter().filter(|(_, vault)| vault.stakes.is_empty());
		let idle = self.numbers.pick(idle.map(|(title, _)| *title));
		let idle = idle.filter(|_| self.numbers.once_in(4));
		let title = idle.or_else(|| self.any_title())?;
		let owner = self.holder(&self.facts.titles[&title].owner)?;
		let poor = idle.is_some() || self.numbers.once_in(4);
		let to = if poor { Actor::from(self.numbers.pick(POOR)?) } else { self.rich() };
		let dest = address(to);
		let collection = title.kind.collection();
		Deed::of(owner, Nfts::<Runtime>::transfer { collection, item: title.id, dest })
	}

	/// Lets somebody else give a title away, or has nobody do so any more.
	pub(super) fn delegate_title(&mut self) -> Option<Deed> {
		let delegated = self.facts.titles.iter().filter(|(_, book)| !book.delegates.is_empty());
		let delegated: Vec<Title> = delegated.map(|(title, _)| *title).collect();
		let end = self.numbers.pick(delegated).filter(|_| self.numbers.once_in(4));
		let title = match end {
			Some(title) => title,
			None => self.any_title()?,
		};
		let book = &self.facts.titles[&title];
		let (owner, delegates) = (book.owner.clone(), book.delegates.clone());
		let (collection, item) = (title.kind.collection(), title.id);
		let call = if end.is_none() {
			let delegate = address(self.anyone());
			let maybe_deadline = self.numbers.once_in(2).then(|| self.numbers.below(30) as u32);
			Nfts::<Runtime>::approve_transfer { collection, item, delegate, maybe_deadline }
		} else if self.numbers.once_in(2) {
			Nfts::<Runtime>::clear_all_transfer_approvals { collection, item }
		} else {
			let delegate = self.numbers.pick(delegates.into_keys())?;
			let delegate = address(self.holder(&delegate)?);
			Nfts::<Runtime>::cancel_approval { collection, item, delegate }
		};
		Deed::of(self.holder(&owner)?, call)
	}

	/// Gives a title away that is another one's, mostly to oneself.
	pub(super) fn take_title(&mut self) -> Option<Deed> {
		let late = self.numbers.once_in(12);
		let delegates = self.facts.titles.iter().flat_map(|(title, book)| {
			let able = book
				.delegates
				.keys()
				.filter(|who| late || book.may_be_given_by(who, self.facts.now));
			able.map(|who| (*title, who.clone()))
		});
		let delegates: Vec<_> = delegates.collect();
		let (title, delegate) = self.numbers.pick(delegates)?;
		let delegate = self.holder(&delegate)?;
		let to = if self.numbers.once_in(3) { self.rich() } else { delegate };
		let (collection, item, dest) = (title.kind.collection(), title.id, address(to));
		Deed::of(delegate, Nfts::<Runtime>::transfer { collection, item, dest })
	}

	/// Offers a title for money, or takes an offer.
	pub(super) fn sell_title(&mut self) -> Option<Deed> {
		let offered = self.facts.titles.iter().filter(|(_, book)| book.price.is_some());
		let offered: Vec<Title> = offered.map(|(title, _)| *title).collect();
		let to_buy = self.numbers.pick(offered).filter(|_| !self.numbers.once_in(3));
		if let Some(title) = to_buy {
			let offer = self.facts.titles[&title].price.as_ref()?;
			let ((price, _), buyer) = (offer.price?, offer.buyer.clone());
			let anyone = self.rich();
			let buyer = buyer.and_then(|buyer| self.holder(&buyer)).unwrap_or(anyone);
			let bid_price = price + self.numbers.within(0, price);
			let collection = title.kind.collection();
			return Deed::of(
				buyer,
				Nfts::<Runtime>::buy_item { collection, item: title.id, bid_price },
			);
		}
		let title = self.any_title()?;
		let owner = self.holder(&self.facts.titles[&title].owner)?;
		let price = (!self.numbers.once_in(6)).then(|| self.amount(50));
		let whitelisted_buyer = self.numbers.once_in(4).then(|| address(self.anyone()));
		let (collection, item) = (title.kind.collection(), title.id);
		Deed::of(owner, Nfts::<Runtime>::set_price { collection, item, price, whitelisted_buyer })
	}

	/// Offers a title for another, takes such an offer, or takes it back.
	pub(super) fn swap_title(&mut self) -> Option<Deed> {
		let offered = self.facts.titles.iter().filter(|(_, book)| book.swap.is_some());
		let offered: Vec<Title> = offered.map(|(title, _)| *title).collect();
		match self.numbers.pick(offered) {
			Some(title) if self.numbers.once_in(8) => {
				let owner = self.holder(&self.facts.titles[&title].owner)?;
				let (offered_collection, offered_item) = (title.kind.collection(), title.id);
				Deed::of(owner, Nfts::<Runtime>::cancel_swap { offered_collection, offered_item })
			}
			Some(title) if !self.numbers.once_in(4) => self.claim_swap(title),
			_ => self.offer_swap(),
		}
	}

	fn claim_swap(&mut self, title: Title) -> Option<Deed> {
		let offer = self.facts.titles[&title].swap.as_ref()?;
		let (send_collection, wanted) = offer.wanted?;
		let witness_price = offer.price.map(|(amount, given)| PriceWithDirection {
			amount,
			direction: if given { PriceDirection::Send } else { PriceDirection::Receive },
		});
		let kind = TitleKind::of_collection(send_collection)?;
		let fitting = self
			.facts
			.titles
			.keys()
			.filter(|sent| sent.kind == kind && wanted.is_none_or(|wanted| sent.id == wanted));
		let sent = self.numbers.pick(fitting.copied())?;
		let call = Nfts::<Runtime>::claim_swap {
			send_collection,
			send_item: sent.id,
			receive_collection: title.kind.collection(),
			receive_item: title.id,
			witness_price,
		};
		Deed::of(self.holder(&self.facts.titles[&sent].owner)?, call)
	}

	fn offer_swap(&mut self) -> Option<Deed> {
		let (offered, wanted) = (self.any_title()?, self.any_title()?);
		let direction =
			if self.numbers.once_in(2) { PriceDirection::Send } else { PriceDirection::Receive };
		let amount = self.amount(20);
		let price = PriceWithDirection { amount, direction };
		let call = Nfts::<Runtime>::create_swap {
			offered_collection: offered.kind.collection(),
			offered_item: offered.id,
			desired_collection: wanted.kind.collection(),
			maybe_desired_item: self.numbers.once_in(2).then_some(wanted.id),
			maybe_price: self.numbers.once_in(2).then_some(price),
			duration: 1 + self.numbers.below(40) as u32,
		};
		Deed::of(self.holder(&self.facts.titles[&offered].owner)?, call)
	}
}
