//! What others read: for the runtime API and for anyone who links the pallet.

use frame_support::traits::tokens::nonfungibles_v2::Trading as _;
use tributary_primitives::{
	title::{Tenure, Title},
	traits::Titles as _,
	views::{Page, TenureView, TitleView, MAX_PAGE},
};

use crate::{Config, Pallet, Vaulted};

impl<T: Config> Pallet<T> {
	/// The title; `None` where there is none.
	pub fn title_view(title: Title) -> Option<TitleView<T::AccountId>> {
		Some(TitleView {
			title,
			owner: Self::owner_of(title)?,
			vaulted: Vaulted::<T>::contains_key(title),
			tenures: Self::current_tenure(title),
			price: T::Nfts::item_price(&title.kind.collection(), &title.id),
		})
	}

	/// The tenures of the title from the index `from` on, at most `limit` of them and [`MAX_PAGE`]; that
	/// of today is the last.
	pub fn tenures_page(
		title: Title,
		from: u32,
		limit: u32,
	) -> Page<TenureView<T::AccountId>, u32> {
		let today = Self::current_tenure(title);
		let end = from.saturating_add(limit.clamp(1, MAX_PAGE));
		let items = (from..end)
			.map_while(|index| {
				let Tenure { beneficiary, since, until } = Self::tenure(title, index)?;
				Some(TenureView { index, beneficiary, since, until })
			})
			.collect();
		Page { items, next: (end <= today).then_some(end) }
	}
}
