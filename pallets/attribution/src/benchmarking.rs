//! Benchmarks of all calls. Openings are as large as their parameters say: `c` chunks and `s`
//! siblings in all.

mod scene;

use alloc::{boxed::Box, vec::Vec};

use frame_benchmarking::v2::*;
use frame_support::{
	pallet_prelude::{Authorize, TransactionSource},
	traits::Get,
};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use tributary_primitives::{
	blob::{Content, Opening, CHUNK_LEN},
	fault::{EntryProof, Fault},
	ids::{announcement, source_of, EpochIndex, ModelId, Seq},
	report::{Entry, Payout, MAX_UNSEEN},
	traits::{Models, PassedCredit, Receipts, ServedOutput},
	window::window_count,
};

use self::scene::*;
use crate::*;

/// Sets up what other pallets know.
pub trait BenchmarkHelper<AccountId> {
	/// Makes a model whose corpus holds `source` as an accepted contribution of `contributor` to a
	/// dataset of which curators have a share, and one payment for it in an epoch that is not over, with a data amount that the contributor's
	/// account can exist with and with `outputs` as its blob of items. Returns the model, the epoch
	/// and the contribution's place.
	fn prepare(
		contributor: &AccountId,
		source: Content,
		outputs: Content,
	) -> (ModelId, EpochIndex, Seq);

	/// Puts `count` more accepted contributions into the corpus of `model`, later than those that are
	/// there and each of at least 1,024 chunks, so that chunks drawn of it differ. Returns their places,
	/// ascending.
	fn add_sources(model: ModelId, count: u32) -> Vec<Seq>;

	/// Makes the contribution `seq` one that repeats `served` and passes its credit on.
	fn mark_synthetic(seq: Seq, served: ServedOutput);
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn bond() {
		let attributor = attributor::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(attributor.clone()), T::Bond::get());

		assert_eq!(Pallet::<T>::bonded(&attributor), T::Bond::get());
	}

	#[benchmark]
	fn unbond() -> Result<(), BenchmarkError> {
		let attributor = attributor::<T>();
		Pallet::<T>::bond(RawOrigin::Signed(attributor.clone()).into(), T::Bond::get())?;

		#[extrinsic_call]
		_(RawOrigin::Signed(attributor.clone()), T::Bond::get());

		assert_eq!(Pallet::<T>::bonded(&attributor), 0);
		Ok(())
	}

	#[benchmark]
	fn report(
		c: Linear<2, 9>,
		s: Linear<0, 8>,
		u: Linear<0, MAX_UNSEEN>,
	) -> Result<(), BenchmarkError> {
		let attributor = attributor::<T>();
		Pallet::<T>::bond(RawOrigin::Signed(attributor.clone()).into(), T::Bond::get())?;
		let (_, model, epoch, _) = payment::<T>();
		let unseen = unseen::<T>(model, u);
		close::<T>(epoch);
		let entries = Blob::new(c.saturating_sub(1), s);
		let payouts = Blob::of::<Payout>(&[]);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(attributor),
			model,
			epoch,
			entries.content(),
			Box::new(entries.tail()),
			payouts.content(),
			Box::new(payouts.tail()),
			0,
			unseen,
			0,
		);

		assert!(Reports::<T>::contains_key(model, epoch));
		Ok(())
	}

	#[benchmark]
	fn submit_fault(c: Linear<4, 18>, s: Linear<0, 16>) -> Result<(), BenchmarkError> {
		let (model, epoch, fault) = prior::<T>(c, s)?;
		let call = call::<T>(model, epoch, fault);

		#[block]
		{
			submit::<T>(call)?;
		}

		assert!(!Reports::<T>::contains_key(model, epoch));
		Ok(())
	}

	#[benchmark]
	fn submit_announced_fault(c: Linear<4, 18>, s: Linear<0, 16>) -> Result<(), BenchmarkError> {
		let (model, epoch, fault) = prior::<T>(c, s)?;
		scene::announce::<T>(model, epoch, &fault)?;
		let call = call::<T>(model, epoch, fault);

		#[block]
		{
			submit::<T>(call)?;
		}

		assert!(Rewards::<T>::contains_key(newest::<T>()));
		Ok(())
	}

	#[benchmark]
	fn authorize_submit_fault(c: Linear<4, 18>, s: Linear<0, 16>) -> Result<(), BenchmarkError> {
		let (model, epoch, fault) = prior::<T>(c, s)?;
		let call = call::<T>(model, epoch, fault);

		#[block]
		{
			call.authorize(TransactionSource::External)
				.ok_or("the call says whether it is authorised")??;
		}

		Ok(())
	}

	#[benchmark]
	fn finalise() -> Result<(), BenchmarkError> {
		let (_, model, epoch, _) = payment::<T>();
		let nothing = Blob::of::<Payout>(&[]);
		post::<T>((model, epoch), &Blob::new(1, 0), &nothing, 0, Unseen::default())?;
		end_challenge::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(attributor::<T>()), model, epoch);

		assert!(Pallet::<T>::check_fault(
			model,
			epoch,
			&Fault::Order { index: 0, payouts: Opening::default() }
		)
		.is_none());
		Ok(())
	}

	/// Half of the pot is nobody's, and goes to the treasury when the claim makes the report final.
	#[benchmark]
	fn claim(c: Linear<2, 16>, s: Linear<0, 16>) -> Result<(), BenchmarkError> {
		let (contributor, model, epoch, seq) = payment::<T>();
		let source = source_of(seq).unwrap_or_default();
		let total = T::Usage::data_amount(model, epoch).div_ceil(2);
		let mut payouts = Blob::new(c.div_ceil(2), s.div_ceil(2));
		let payout = Payout { source, amount: total, ..Default::default() };
		let last = payouts.end_with(&payout);
		post::<T>((model, epoch), &payouts, &payouts, total, Unseen::default())?;
		end_challenge::<T>();
		let end = PayoutProof { index: last, opening: Box::new(payouts.tail()) };

		#[extrinsic_call]
		_(RawOrigin::Signed(contributor), model, epoch, source, end.clone(), end);

		assert_eq!(Claims::<T>::iter_values().sum::<u128>(), total);
		Ok(())
	}

	#[benchmark]
	fn announce() -> Result<(), BenchmarkError> {
		let (model, epoch, fault) = prior::<T>(0, 0)?;
		let announcer = funded::<T>("announcer");
		let genesis_hash = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::default());
		let hash = announcement(&genesis_hash, newest::<T>(), &fault, &announcer, &SALT);

		#[extrinsic_call]
		_(RawOrigin::Signed(announcer.clone()), model, epoch, newest::<T>(), hash);

		assert!(Announcements::<T>::contains_key(newest::<T>(), announcer));
		Ok(())
	}

	#[benchmark]
	fn reveal_announcement(c: Linear<4, 18>, s: Linear<0, 16>) -> Result<(), BenchmarkError> {
		let (model, epoch, fault) = prior::<T>(c, s)?;
		let announcer = scene::announce::<T>(model, epoch, &fault)?;
		let_wait::<T>(model, epoch, attributor::<T>(), Standing::Blameless)?;
		let id = newest::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(announcer.clone()), id, Box::new(fault), SALT);

		let reward = Rewards::<T>::get(id).ok_or("the reward waits")?;
		assert_eq!(reward.beneficiary, announcer);
		Ok(())
	}

	#[benchmark]
	fn pay_reward() -> Result<(), BenchmarkError> {
		let (model, epoch, _) = prior::<T>(0, 0)?;
		let challenger: T::AccountId = account("challenger", 0, 0);
		let_wait::<T>(model, epoch, challenger, Standing::Submitted)?;
		end_challenge::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(attributor::<T>()), newest::<T>());

		assert_eq!(Pallet::<T>::bonded(&attributor::<T>()), 0);
		Ok(())
	}

	#[benchmark]
	fn withdraw_announcement() -> Result<(), BenchmarkError> {
		let (model, epoch, fault) = prior::<T>(0, 0)?;
		let announcer = scene::announce::<T>(model, epoch, &fault)?;
		end_challenge::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(announcer.clone()), newest::<T>());

		assert!(!Announcements::<T>::contains_key(newest::<T>(), announcer));
		Ok(())
	}

	/// The whole of an output is one entry, of an earlier contributor.
	#[benchmark]
	fn claim_passed(c: Linear<1, 8>, s: Linear<0, 8>) -> Result<(), BenchmarkError> {
		let (_, model, epoch, seq) = payment::<T>();
		let synthetic =
			*T::BenchmarkHelper::add_sources(model, 1).first().ok_or("one was added")?;
		let output = Content { root: [0; 32], len: CHUNK_LEN };
		let window = T::Models::window(model).unwrap_or_default();
		let windows = window_count(output.len, window);
		let served = ServedOutput { model, epoch, receipt: 0, item: 0, output, windows };
		T::BenchmarkHelper::mark_synthetic(synthetic, served);

		let source = source_of(synthetic).unwrap_or_default();
		let total = T::Usage::data_amount(model, epoch);
		let payouts = Blob::of(&[Payout { source, amount: total, ..Default::default() }]);
		let mut entries = Blob::new(c, s);
		let owner = source_of(seq).unwrap_or_default();
		let index =
			entries.end_with(&Entry { source: owner, count: windows, ..Default::default() });
		post::<T>((model, epoch), &entries, &payouts, total, Unseen::default())?;
		end_challenge::<T>();
		let end = PayoutProof { index: 0, opening: Box::new(payouts.tail()) };
		let anyone = RawOrigin::Signed(attributor::<T>());
		Pallet::<T>::claim(anyone.clone().into(), model, epoch, source, end.clone(), end)?;
		assert_eq!(T::Usage::passed(source), total);
		let proof = EntryProof { index, opening: entries.tail() };

		#[extrinsic_call]
		_(anyone, source, proof);

		assert_eq!(PassedClaims::<T>::iter_values().sum::<u128>(), total);
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, mock::ext(), mock::Test);
}
