//! Calls that do to the account that signs what other pallets might.

#[allow(
	clippy::multiple_bound_locations,
	reason = "the pallet macro repeats the bound of its type, and this one asks for the account beside it"
)]
#[frame_support::pallet(dev_mode)]
pub mod pallet {
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{Mutate, MutateHold},
			tokens::Precision,
		},
		weights::Weight,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::traits::Dispatchable;
	use tributary_primitives::{ids::AgentId, title::Title, traits::OnSlash};

	use crate::mock::{
		sell, world::Seller, AccountId, Agents, Assets, Balances, RuntimeCall, RuntimeHoldReason,
		RuntimeOrigin, Test, World,
	};

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {}

	/// Why the probe holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Because a call asked to.
		Asked,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T>
	where
		T: frame_system::Config<AccountId = AccountId>,
	{
		/// Puts something on hold.
		pub fn hold(origin: OriginFor<T>, amount: u128) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Balances::hold(&reason(), &who, amount)
		}

		/// Releases it.
		pub fn release(origin: OriginFor<T>, amount: u128) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Balances::release(&reason(), &who, amount, Precision::Exact).map(|_| ())
		}

		/// Earns something.
		pub fn earn(origin: OriginFor<T>, amount: u128) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Balances::mint_into(&who, amount).map(|_| ())
		}

		/// Says that it may touch assets, and does not.
		pub fn touch(origin: OriginFor<T>, assets: Vec<u32>) -> DispatchResult {
			ensure_signed(origin)?;
			drop(assets);
			Ok(())
		}

		/// Changes who the seller is.
		pub fn change_seller(origin: OriginFor<T>, to: AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Seller::set(&to);
			Ok(())
		}

		/// Pays the seller of the day a unit of an asset.
		pub fn pay_seller(origin: OriginFor<T>, asset: u32) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Assets::transfer(RuntimeOrigin::signed(who), asset, Seller::get(), 1)
		}

		/// Gives the title of an agent away.
		pub fn lose_title(origin: OriginFor<T>, agent: AgentId, to: AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			sell(agent, to)
		}

		/// Gives the title of an agent away and takes it back.
		pub fn wash_title(origin: OriginFor<T>, agent: AgentId, to: AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			let owner = World::owner_of(Title::agent(agent));
			sell(agent, to)?;
			sell(agent, owner)
		}

		/// Makes another call in its own name, as a wrapper that the rules have forgotten would.
		pub fn forward(origin: OriginFor<T>, call: Box<RuntimeCall>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			call.dispatch(RuntimeOrigin::signed(who)).map(|_| ()).map_err(|failure| failure.error)
		}

		/// Makes another call in somebody else's name.
		pub fn forward_as(
			origin: OriginFor<T>,
			who: AccountId,
			call: Box<RuntimeCall>,
		) -> DispatchResult {
			ensure_signed(origin)?;
			call.dispatch(RuntimeOrigin::signed(who)).map(|_| ()).map_err(|failure| failure.error)
		}

		/// Proves a wrong of the account that signs.
		pub fn be_slashed(origin: OriginFor<T>, amount: u128) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Agents::slashed(&who, amount);
			Ok(())
		}

		/// Burns all that is free, as no transfer could while something is on hold.
		pub fn drain(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let free = frame_system::Account::<Test>::mutate(who, |account| {
				core::mem::take(&mut account.data.free)
			});
			pallet_balances::TotalIssuance::<Test>::mutate(|issued| *issued -= free);
			Ok(())
		}

		/// Weighs a second, or what it says after the call.
		#[pallet::weight(Weight::from_parts(1_000_000_000_000, 0))]
		pub fn weigh(origin: OriginFor<T>, actual: Option<u64>) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Ok(actual.map(|time| Weight::from_parts(time, 0)).into())
		}
	}

	fn reason() -> RuntimeHoldReason {
		RuntimeHoldReason::Probe(HoldReason::Asked)
	}
}
