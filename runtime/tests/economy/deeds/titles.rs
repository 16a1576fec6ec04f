//! Titles that are given, sold and swapped.

use pallet_nfts::{Call as Nfts, PriceDirection, PriceWithDirection};
use tributary_primitives::title::{Title, TitleKind};
use tributary_runtime::Runtime;

use super::{address, Deed, Scene, POOR};

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
		let to = if poor { self.numbers.pick(POOR)? } else { self.rich() };
		let dest = address(to);
		let collection = title.kind.collection();
		Deed::of(owner, Nfts::<Runtime>::transfer { collection, item: title.id, dest })
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
