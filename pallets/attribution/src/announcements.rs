//! Announcements of faults, and the rewards that wait for them.

use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	traits::{fungible::hold::Mutate as _, tokens::Precision},
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::ArithmeticError;
use tributary_primitives::{
	fault::{self, Blame, Fault},
	ids::{announcement, EpochIndex, ModelId, ReportId, Salt},
};

use crate::{
	facts::ReportFacts,
	pallet::{
		Announcements, Config, Error, Event, HoldReason, NextAnnouncement, Pallet, Revealing,
		Rewards,
	},
	refusal::Refusal,
	types::{announcement_deposit, Announcement, RewardOf, Standing},
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_announce(
		announcer: T::AccountId,
		(model, epoch): (ModelId, EpochIndex),
		id: ReportId,
		hash: [u8; 32],
	) -> DispatchResult {
		Self::challengeable(model, epoch, id).map_err(Error::<T>::from)?;
		ensure!(!Announcements::<T>::contains_key(id, &announcer), Error::<T>::AlreadyAnnounced);
		let deposit = announcement_deposit::<T>();
		T::Currency::hold(&HoldReason::Announcement.into(), &announcer, deposit)?;
		let order = NextAnnouncement::<T>::get();
		NextAnnouncement::<T>::put(order.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		let announcement = Announcement { model, epoch, hash, order, deposit };
		Announcements::<T>::insert(id, &announcer, announcement);
		Self::deposit_event(Event::Announced { report: id, announcer, order });
		Ok(())
	}

	pub(crate) fn do_reveal_announcement(
		announcer: T::AccountId,
		id: ReportId,
		fault: &Fault,
		salt: &Salt,
	) -> DispatchResult {
		let mut reward = Rewards::<T>::get(id).ok_or(Error::<T>::NoReward)?;
		let now = frame_system::Pallet::<T>::block_number();
		ensure!(now <= reward.reveal_until, Error::<T>::RevealOver);
		let Announcement { hash, order, deposit, .. } =
			Announcements::<T>::take(id, &announcer).ok_or(Error::<T>::NotAnnounced)?;
		let genesis_hash = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::default());
		ensure!(
			announcement(&genesis_hash, id, fault, &announcer, salt) == hash,
			Error::<T>::WrongAnnouncement
		);
		Self::ensure_to_blame(&reward, fault)?;

		let slashed = match reward.standing {
			Standing::Blameless => Self::slash(&mut reward.report)?,
			_ => 0,
		};
		let is_earliest = match reward.standing {
			Standing::Announced { order: earliest } => order < earliest,
			_ => true,
		};
		if is_earliest {
			reward.beneficiary = announcer.clone();
			reward.standing = Standing::Announced { order };
		}
		let beneficiary = reward.beneficiary.clone();
		Rewards::<T>::insert(id, reward);
		Self::return_announcement_deposit(&announcer, deposit)?;
		Self::deposit_event(Event::AnnouncementRevealed {
			report: id,
			announcer,
			beneficiary,
			slashed,
		});
		Ok(())
	}

	pub(crate) fn do_pay_reward(id: ReportId) -> DispatchResult {
		let reward = Rewards::<T>::take(id).ok_or(Error::<T>::NoReward)?;
		let now = frame_system::Pallet::<T>::block_number();
		ensure!(now > reward.reveal_until, Error::<T>::RewardWaits);
		Revealing::<T>::mutate_exists(reward.model, reward.epoch, |last| {
			*last = last.filter(|last| *last > reward.reveal_until);
		});
		let rewarded = reward.rewarded().cloned();
		let amount = Self::let_go(reward.report, rewarded.as_ref())?;
		let beneficiary = reward.beneficiary;
		Self::deposit_event(match rewarded {
			Some(_) => Event::RewardPaid { report: id, beneficiary, amount },
			None => Event::BondFreed { report: id, attributor: beneficiary },
		});
		Ok(())
	}

	pub(crate) fn do_withdraw_announcement(
		announcer: T::AccountId,
		id: ReportId,
	) -> DispatchResult {
		let Announcement { model, epoch, deposit, .. } =
			Announcements::<T>::take(id, &announcer).ok_or(Error::<T>::NotAnnounced)?;
		ensure!(!Rewards::<T>::contains_key(id), Error::<T>::RewardWaits);
		ensure!(Self::challengeable(model, epoch, id).is_err(), Error::<T>::NotFinal);
		Self::return_announcement_deposit(&announcer, deposit)?;
		Self::deposit_event(Event::AnnouncementWithdrawn { report: id, announcer });
		Ok(())
	}

	/// Whether `fault` shows the voided report of `reward` to be wrong by its attributor's fault.
	fn ensure_to_blame(reward: &RewardOf<T>, fault: &Fault) -> Result<(), Error<T>> {
		let RewardOf::<T> { model, epoch, report, .. } = reward;
		let facts = ReportFacts::<T>::new(*model, *epoch, report).ok_or(Error::<T>::NotFound)?;
		let blame = fault::verify(&facts, fault).map_err(Refusal::from)?;
		ensure!(blame == Blame::Attributor, Error::<T>::NobodyToBlame);
		Ok(())
	}

	fn return_announcement_deposit(announcer: &T::AccountId, deposit: u128) -> DispatchResult {
		let reason = HoldReason::Announcement.into();
		T::Currency::release(&reason, announcer, deposit, Precision::Exact)?;
		Ok(())
	}
}
