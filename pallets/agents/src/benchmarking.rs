//! Benchmarks of all calls, and of what others' calls set off here.

use alloc::{boxed::Box, collections::BTreeSet, vec, vec::Vec};

use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Inspect as _, InspectHold as _, Mutate as _},
		fungibles::Inspect as _,
		Get,
	},
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_io::hashing::blake2_256;
use sp_runtime::{
	traits::{Saturating, Zero},
	Perbill,
};
use tributary_primitives::{
	agent::{
		Budget, CallIndex, Currency, Decaying, Flow, ModelRate, Outcome, MAX_ALLOWED_CALLS,
		MAX_BUDGETED_ASSETS, MAX_COUNTERPARTIES, MAX_UNBONDING,
	},
	blob::{self, Content, Opening, CHUNK_LEN},
	ids::{AgentId, ModelId},
	title::Title,
	traits::{OnSlash as _, OnTitleChange as _, Payments as _, Titles as _, Vaults as _},
};

use crate::*;

/// Sets up what other pallets know.
pub trait BenchmarkHelper<AccountId, Call> {
	/// Registers a model that can be paid for; asked for the indices from 0 on.
	fn model(index: u32) -> ModelId;

	/// Makes an asset of which `account`, which exists, has `amount` units, and returns its id; asked for the
	/// indices from 0 on.
	fn asset(index: u32, account: &AccountId, amount: u128) -> u32;

	/// A call that gives `amount` planck to `to`, who need not exist, and that agents may make.
	fn send(to: &AccountId, amount: u128) -> Call;

	/// A call that makes `calls`, and that agents may make.
	fn nest(calls: Vec<Call>) -> Call;

	/// Makes a title of `owner` that is no agent's, and can be transferred.
	fn title(owner: &AccountId) -> Title;

	/// Sends the revenue of a title of `owner` to a vault in which something is staked.
	fn vault(title: Title, owner: &AccountId);
}

type CallOf<T> = <T as Config>::RuntimeCall;

/// More than all deposits, stakes and payments.
fn plenty<T: Config>() -> u128 {
	T::MinStake::get()
		.saturating_add(T::AgentDeposit::get())
		.saturating_add(T::MandateDeposit::get())
		.saturating_add(T::PayerDeposit::get())
		.saturating_add(T::Payments::min_payment())
		.saturating_add(T::Payments::receipt_deposit())
		.max(T::Currency::minimum_balance())
		.saturating_mul(1_000_000)
}

fn funded<T: Config>(name: &'static str, index: u32) -> Result<T::AccountId, BenchmarkError> {
	let who: T::AccountId = account(name, index, 0);
	T::Currency::mint_into(&who, plenty::<T>())?;
	Ok(who)
}

/// So many models, each with a tenth.
fn models<T: Config>(count: u32) -> ModelRates {
	let model = |index| ModelRate {
		model: T::BenchmarkHelper::model(index),
		rate: Perbill::from_percent(10),
	};
	BoundedVec::truncate_from((0..count).map(model).collect())
}

fn metadata() -> Content {
	Content { root: [7; 32], len: 1_000 }
}

/// A blob of `8 * 2^siblings` chunks, and its last `chunks` chunks.
fn outputs(chunks: u32, siblings: u32) -> Result<(Content, Box<Opening>), BenchmarkError> {
	let all = 8u64.checked_shl(siblings).unwrap_or(8).saturating_mul(CHUNK_LEN);
	let mut data = vec![0u8; usize::try_from(all).unwrap_or_default()];
	for (at, chunk) in data.chunks_mut(1024).enumerate() {
		for (byte, digit) in chunk.iter_mut().zip(at.to_le_bytes()) {
			*byte = digit;
		}
	}
	let run = u64::from(chunks).saturating_mul(CHUNK_LEN);
	let tail = blob::open(&data, all.saturating_sub(run), run)
		.map_err(|_| BenchmarkError::Stop("the tail opens"))?;
	Ok((Content::of(&data), Box::new(tail)))
}

fn remark<T: Config>(bytes: u32) -> CallOf<T> {
	let remark = vec![0; usize::try_from(bytes).unwrap_or_default()];
	frame_system::Call::<T>::remark { remark }.into()
}

/// The blocks of the window of [`mandate`].
const WINDOW: u32 = 1_000;

/// The last of the counterparties of [`mandate`].
fn last_counterparty<T: Config>() -> Result<T::AccountId, BenchmarkError> {
	counterparties::<T>().pop_last().ok_or(BenchmarkError::Stop("there are counterparties"))
}

fn counterparties<T: Config>() -> BTreeSet<T::AccountId> {
	(0..MAX_COUNTERPARTIES).map(|index| account("other", index, 0)).collect()
}

/// The longest mandate: it lets an agent make remarks, send something, and nest such calls.
fn mandate<T: Config>(account: &T::AccountId) -> Mandate<T::AccountId> {
	let budget = Budget { per_call: u128::MAX, per_window: u128::MAX };
	let made =
		[remark::<T>(0), T::BenchmarkHelper::send(account, 0), T::BenchmarkHelper::nest(vec![])];
	let mut calls: BTreeSet<CallIndex> = made.iter().map(T::Calls::index).collect();
	let room = usize::try_from(MAX_ALLOWED_CALLS).unwrap_or(0).saturating_sub(calls.len());
	calls.extend((0..=u8::MAX).map(|call| CallIndex { pallet: u8::MAX, call }).take(room));
	let assets: BTreeSet<u32> = (0..MAX_BUDGETED_ASSETS)
		.map(|index| T::BenchmarkHelper::asset(index, account, 1_000))
		.collect();
	let others = counterparties::<T>();
	Mandate {
		calls: BoundedVec::truncate_from(calls.into_iter().collect()),
		native: budget,
		assets: BoundedVec::truncate_from(
			assets.into_iter().map(|asset| (asset, budget)).collect(),
		),
		window: WINDOW,
		counterparties: Some(BoundedVec::truncate_from(others.into_iter().collect())),
		expires_at: u32::MAX,
	}
}

/// An agent that may act, and who may do what.
struct Scene<T: Config> {
	owner: T::AccountId,
	operator: T::AccountId,
	agent: AgentId,
	account: T::AccountId,
}

impl<T: Config> Scene<T> {
	fn new(model_count: u32) -> Result<Self, BenchmarkError> {
		let (owner, operator) = (funded::<T>("owner", 0)?, funded::<T>("operator", 0)?);
		let agent = NextAgent::<T>::get();
		let origin = RawOrigin::Signed(owner.clone());
		let retention = Perbill::from_percent(50);
		let stake = T::MinStake::get().saturating_mul(100);
		let models = models::<T>(model_count);
		Pallet::<T>::create(origin.clone().into(), metadata(), models, retention, stake)?;
		Pallet::<T>::set_operator(origin.into(), agent, Some(operator.clone()))?;
		let account = Pallet::<T>::account_of(agent);
		T::Currency::mint_into(&account, plenty::<T>())?;
		Ok(Self { owner, operator, agent, account })
	}

	fn with_mandate() -> Result<Self, BenchmarkError> {
		let scene = Self::new(0)?;
		let mandate = mandate::<T>(&scene.account);
		Pallet::<T>::set_mandate(scene.origin().into(), scene.agent, Some(mandate))?;
		Ok(scene)
	}

	/// Has something spent of all that is counted, in half of the parts of a window.
	fn with_spending(&self) -> Result<(), BenchmarkError> {
		let mandate = Mandates::<T>::get(self.agent).ok_or("the agent has a mandate")?.mandate;
		let mut spending = Spending::<T>::get(self.agent).ok_or("its spending is counted")?;
		let mut block = 0u32;
		while block < WINDOW.div_ceil(2) {
			mandate.currencies().for_each(|currency| spending.spend(currency, block, 1));
			block = block.saturating_add(WINDOW.div_ceil(8));
		}
		Spending::<T>::insert(self.agent, spending);
		Ok(())
	}

	fn origin(&self) -> RawOrigin<T::AccountId> {
		RawOrigin::Signed(self.owner.clone())
	}

	/// Has as many parts of the stake unbond as may.
	fn unbond_all(&self, but: u32) -> Result<(), BenchmarkError> {
		for _ in but..MAX_UNBONDING {
			let next = frame_system::Pallet::<T>::block_number().saturating_add(1u32.into());
			frame_system::Pallet::<T>::set_block_number(next);
			Pallet::<T>::unbond(self.origin().into(), self.agent, T::MinStake::get())?;
		}
		Ok(())
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn create(m: Linear<0, 4>) -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner", 0)?;
		let models = models::<T>(m);
		let agent = NextAgent::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), metadata(), models, Perbill::one(), T::MinStake::get());

		assert!(Agents::<T>::contains_key(agent));
		Ok(())
	}

	#[benchmark]
	fn set_operator() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::new(4)?;

		#[extrinsic_call]
		_(scene.origin(), scene.agent, Some(scene.owner.clone()));

		let agent = Agents::<T>::get(scene.agent).ok_or("the agent is there")?;
		assert_eq!(agent.operator, Some(scene.owner));
		Ok(())
	}

	#[benchmark]
	fn set_mandate() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::with_mandate()?;
		let buyer = funded::<T>("buyer", 0)?;
		T::TitleTransfer::give(Title::agent(scene.agent), &buyer)?;
		let record = Mandates::<T>::get(scene.agent).ok_or("the agent has a mandate")?;
		let longer = Mandate { window: 2_000, ..record.mandate };

		#[extrinsic_call]
		_(RawOrigin::Signed(buyer.clone()), scene.agent, Some(longer));

		let record = Mandates::<T>::get(scene.agent).ok_or("the agent has a mandate")?;
		assert_eq!(record.depositor, buyer);
		Ok(())
	}

	#[benchmark]
	fn set_metadata() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::new(4)?;

		#[extrinsic_call]
		_(scene.origin(), scene.agent, Content::default());

		let agent = Agents::<T>::get(scene.agent).ok_or("the agent is there")?;
		assert_eq!(agent.metadata, Content::default());
		Ok(())
	}

	#[benchmark]
	fn set_models(m: Linear<0, 4>) -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::new(0)?;
		let models = models::<T>(m);

		#[extrinsic_call]
		_(scene.origin(), scene.agent, models.clone(), Perbill::zero());

		let agent = Agents::<T>::get(scene.agent).ok_or("the agent is there")?;
		assert_eq!(agent.models, models);
		Ok(())
	}

	#[benchmark]
	fn pause() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::new(4)?;

		#[extrinsic_call]
		_(scene.origin(), scene.agent);

		assert!(Pallet::<T>::resume(scene.origin().into(), scene.agent).is_ok());
		Ok(())
	}

	#[benchmark]
	fn resume() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::new(4)?;
		Pallet::<T>::pause(scene.origin().into(), scene.agent)?;

		#[extrinsic_call]
		_(scene.origin(), scene.agent);

		assert!(Pallet::<T>::pause(scene.origin().into(), scene.agent).is_ok());
		Ok(())
	}

	#[benchmark]
	fn retire() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::with_mandate()?;
		let buyer = funded::<T>("buyer", 0)?;
		T::TitleTransfer::give(Title::agent(scene.agent), &buyer)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(buyer), scene.agent);

		assert!(!Mandates::<T>::contains_key(scene.agent));
		Ok(())
	}

	#[benchmark]
	fn bond() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::new(4)?;
		scene.unbond_all(0)?;
		let who = funded::<T>("who", 0)?;
		let before = Stakes::<T>::get(scene.agent).bonded;

		#[extrinsic_call]
		_(RawOrigin::Signed(who), scene.agent, 1);

		assert_eq!(Stakes::<T>::get(scene.agent).bonded, before.saturating_add(1));
		Ok(())
	}

	#[benchmark]
	fn unbond() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::new(4)?;
		scene.unbond_all(1)?;
		let next = frame_system::Pallet::<T>::block_number().saturating_add(1u32.into());
		frame_system::Pallet::<T>::set_block_number(next);

		#[extrinsic_call]
		_(scene.origin(), scene.agent, 1);

		assert!(Stakes::<T>::get(scene.agent).unbonding.is_full());
		Ok(())
	}

	#[benchmark]
	fn withdraw_unbonded() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::new(4)?;
		scene.unbond_all(0)?;
		let now = frame_system::Pallet::<T>::block_number();
		let free_at = now.saturating_add(T::UnbondingPeriod::get());
		frame_system::Pallet::<T>::set_block_number(free_at);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.operator), scene.agent);

		assert!(Stakes::<T>::get(scene.agent).unbonding.is_empty());
		Ok(())
	}

	#[benchmark]
	fn withdraw_native() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::new(4)?;
		let before = T::Currency::balance(&scene.account);

		#[extrinsic_call]
		withdraw(scene.origin(), scene.agent, Holding::Native(1));

		assert_eq!(T::Currency::balance(&scene.account), before.saturating_sub(1));
		Ok(())
	}

	#[benchmark]
	fn withdraw_asset() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::new(4)?;
		let asset = T::BenchmarkHelper::asset(0, &scene.account, 1_000);

		#[extrinsic_call]
		withdraw(scene.origin(), scene.agent, Holding::Asset(asset, 1_000));

		assert!(T::Assets::balance(asset, &scene.account).is_zero());
		Ok(())
	}

	#[benchmark]
	fn withdraw_title() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::new(4)?;
		let title = T::BenchmarkHelper::title(&scene.account);

		#[extrinsic_call]
		withdraw(scene.origin(), scene.agent, Holding::Title(title));

		assert_eq!(T::Titles::owner(title), Some(scene.owner));
		Ok(())
	}

	#[benchmark]
	fn act(n: Linear<2, 15>, l: Linear<0, 1_000_000>) -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::with_mandate()?;
		scene.with_spending()?;
		let (to, spent) = (last_counterparty::<T>()?, T::Currency::minimum_balance());
		let mut calls = (2..n).map(|_| remark::<T>(0)).collect::<Vec<_>>();
		calls.extend([remark::<T>(l), T::BenchmarkHelper::send(&to, spent)]);
		let call = Box::new(T::BenchmarkHelper::nest(calls));
		// Some of what was spent leaves the window.
		frame_system::Pallet::<T>::set_block_number(
			WINDOW.saturating_add(WINDOW.div_ceil(4)).into(),
		);
		let flow = Flow { currency: Currency::Native, spent, earned: 0 };
		let done = Act {
			block: Pallet::<T>::block(),
			index: 0,
			call_hash: call.using_encoded(blake2_256),
			outcome: Outcome::Done,
			flows: BoundedVec::truncate_from(vec![flow]),
		};
		let before = Histories::<T>::get(scene.agent).ok_or("the agent has a history")?;
		let counted = Spending::<T>::get(scene.agent);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.operator), scene.agent, call);

		assert_eq!(Histories::<T>::get(scene.agent), before.followed_by(&done));
		assert_ne!(Spending::<T>::get(scene.agent), counted);
		assert_eq!(T::Currency::balance(&to), spent);
		Ok(())
	}

	#[benchmark]
	fn pay(m: Linear<0, 4>, c: Linear<1, 8>, s: Linear<0, 9>) -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::new(m)?;
		T::Currency::mint_into(&T::Vaults::account(), T::Currency::minimum_balance())?;
		T::BenchmarkHelper::vault(Title::agent(scene.agent), &scene.owner);
		let payer = funded::<T>("payer", 0)?;
		let (content, tail) = outputs(c, s)?;
		let amount = T::Payments::min_payment().max(1_000).saturating_mul(1_000);

		#[extrinsic_call]
		_(RawOrigin::Signed(payer.clone()), scene.agent, content, tail, amount);

		assert!(PayersOf::<T>::contains_key(scene.agent, &payer));
		Ok(())
	}

	#[benchmark]
	fn forget_payer() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::new(4)?;
		let payer = funded::<T>("payer", 0)?;
		let (content, tail) = outputs(1, 0)?;
		let amount = T::Payments::min_payment().max(1_000).saturating_mul(1_000);
		Pallet::<T>::pay(
			RawOrigin::Signed(payer.clone()).into(),
			scene.agent,
			content,
			tail,
			amount,
		)?;
		let standing = PayersOf::<T>::get(scene.agent, &payer);
		let standing = standing.ok_or(BenchmarkError::Stop("the payer burned something"))?;
		let standing = Standing { burned: Decaying::default(), ..standing };
		PayersOf::<T>::insert(scene.agent, &payer, standing);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.operator), scene.agent, payer.clone());

		assert!(!PayersOf::<T>::contains_key(scene.agent, &payer));
		Ok(())
	}

	#[benchmark]
	fn stake_slashed() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::new(4)?;
		scene.unbond_all(0)?;
		let all = Stakes::<T>::get(scene.agent).held();

		#[block]
		{
			Pallet::<T>::slashed(&scene.account, all);
		}

		let reason = HoldReason::Stake.into();
		assert!(T::Currency::balance_on_hold(&reason, &scene.account).is_zero());
		Ok(())
	}

	#[benchmark]
	fn operator_cleared() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::new(4)?;

		#[block]
		{
			Pallet::<T>::owner_changes(Title::agent(scene.agent), &scene.owner);
		}

		let agent = Agents::<T>::get(scene.agent).ok_or("the agent is there")?;
		assert_eq!(agent.operator, None);
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, mock::ext(), mock::Test);
}
