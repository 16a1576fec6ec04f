//! What the calls do.

use frame_support::{
	ensure,
	traits::{fungible::hold::Mutate, tokens::Precision, Get},
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Saturating, DispatchError, DispatchResult};
use tributary_primitives::{
	blob::{verify_tail, Content, Opening},
	ids::{commitment, DatasetId, Salt, Seq},
	title::Title,
	traits::Titles,
};
use tributary_slashing::burn;

use crate::{
	types::*, Commitments, Config, Contributions, Datasets, Entries, Error, Event, HoldReason,
	NextDataset, NextSeq, Pallet, Roots,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_create(
		owner: T::AccountId,
		terms: DatasetTerms<CuratorsOf<T>>,
		metadata_tail: &Opening,
	) -> DispatchResult {
		match &terms.admission {
			Admission::Open => {
				ensure!(terms.curator_share.is_zero(), Error::<T>::ShareWithoutCurators)
			}
			Admission::Curated(curators) => Self::ensure_curators(curators)?,
		}
		let printable = terms.licence.iter().all(|byte| matches!(byte, b' '..=b'~'));
		ensure!(printable && !terms.licence.is_empty(), Error::<T>::BadLicence);
		let id = NextDataset::<T>::get();
		let next = id.checked_add(1).ok_or(Error::<T>::NoNumberLeft)?;
		verify_tail(&terms.metadata, metadata_tail).map_err(Error::<T>::from)?;

		let mut dataset =
			Dataset { depositor: owner.clone(), terms, closed: false, version: 0, deposit: 0 };
		dataset.deposit = Self::dataset_deposit(&dataset);
		Self::hold(HoldReason::Dataset, &owner, dataset.deposit)?;
		T::Titles::mint(Title::dataset(id), &owner)?;
		NextDataset::<T>::put(next);
		Datasets::<T>::insert(id, dataset);
		Self::deposit_event(Event::Created { dataset: id, owner });
		Ok(())
	}

	pub(crate) fn do_commit(contributor: T::AccountId, hash: [u8; 32]) -> DispatchResult {
		let seq = NextSeq::<T>::get();
		let next = seq.checked_add(1).ok_or(Error::<T>::NoNumberLeft)?;
		let deposit = T::CommitDeposit::get();
		Self::hold(HoldReason::Commitment, &contributor, deposit)?;
		NextSeq::<T>::put(next);
		let committed_at = frame_system::Pallet::<T>::block_number();
		let stored = Commitment { contributor: contributor.clone(), hash, committed_at, deposit };
		Commitments::<T>::insert(seq, stored);
		Self::deposit_event(Event::Committed { seq, contributor, hash });
		Ok(())
	}

	pub(crate) fn do_reveal(
		contributor: T::AccountId,
		seq: Seq,
		id: DatasetId,
		content: Content,
		salt: Salt,
		tail: &Opening,
	) -> DispatchResult {
		let committed = Commitments::<T>::get(seq).ok_or(Error::<T>::NotFound)?;
		ensure!(committed.contributor == contributor, Error::<T>::NotAuthorized);
		let now = frame_system::Pallet::<T>::block_number();
		ensure!(now > committed.committed_at, Error::<T>::TooEarly);
		ensure!(now <= Self::reveal_until(&committed), Error::<T>::TooLate);
		let genesis_hash = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::default());
		let hash = commitment(&genesis_hash, id, &contributor, &content, &salt);
		ensure!(hash == committed.hash, Error::<T>::CommitmentMismatch);
		let mut dataset = Datasets::<T>::get(id).ok_or(Error::<T>::NotFound)?;
		ensure!(!dataset.closed, Error::<T>::DatasetClosed);
		ensure!(content.len > 0, Error::<T>::EmptyContent);
		if let Some(first) = Roots::<T>::get(content.root) {
			log::debug!(target: "datasets", "reveal of {seq} refused: contribution {first} has its root");
			return Err(Error::<T>::AlreadyRegistered.into());
		}
		verify_tail(&content, tail).map_err(Error::<T>::from)?;

		Self::release(HoldReason::Commitment, &contributor, committed.deposit)?;
		let deposit = dataset.terms.contribution_deposit.max(T::ContributionDeposit::get());
		Self::hold(HoldReason::Contribution, &contributor, deposit)?;
		Commitments::<T>::remove(seq);
		Roots::<T>::insert(content.root, seq);
		let mut contribution = Contribution {
			contributor: contributor.clone(),
			dataset: id,
			content,
			committed_at: committed.committed_at,
			revealed_at: now,
			accepted: None,
			ended: None,
			deposit,
			withheld: None,
			synthetic: None,
			locks: 0,
		};
		Self::deposit_event(Event::Revealed { seq, dataset: id, contributor, content });
		if dataset.terms.admission == Admission::Open {
			Self::append(seq, &mut contribution, &mut dataset)?;
		}
		Contributions::<T>::insert(seq, contribution);
		Ok(())
	}

	pub(crate) fn do_accept(curator: &T::AccountId, seq: Seq) -> DispatchResult {
		let (mut contribution, mut dataset) = Self::pending_for(curator, seq)?;
		Self::append(seq, &mut contribution, &mut dataset)?;
		Contributions::<T>::insert(seq, contribution);
		Ok(())
	}

	pub(crate) fn do_reject(curator: &T::AccountId, seq: Seq) -> DispatchResult {
		let (contribution, _) = Self::pending_for(curator, seq)?;
		ensure!(contribution.locks == 0, Error::<T>::Locked);
		let dataset = contribution.dataset;
		Self::end(seq, contribution, Ending::Rejected)?;
		Self::deposit_event(Event::Rejected { seq, dataset });
		Ok(())
	}

	pub(crate) fn do_withdraw(contributor: &T::AccountId, seq: Seq) -> DispatchResult {
		let contribution = Contributions::<T>::get(seq).ok_or(Error::<T>::NotFound)?;
		ensure!(contribution.contributor == *contributor, Error::<T>::NotAuthorized);
		ensure!(contribution.ended.is_none(), Error::<T>::AlreadyEnded);
		ensure!(contribution.locks == 0, Error::<T>::Locked);
		let dataset = contribution.dataset;
		Self::end(seq, contribution, Ending::Withdrawn)?;
		Self::deposit_event(Event::Withdrawn { seq, dataset });
		Ok(())
	}

	pub(crate) fn do_expire(seq: Seq) -> DispatchResult {
		let committed = Commitments::<T>::get(seq).ok_or(Error::<T>::NotFound)?;
		let now = frame_system::Pallet::<T>::block_number();
		ensure!(now > Self::reveal_until(&committed), Error::<T>::NotExpired);
		let Commitment { contributor, deposit: burned, .. } = committed;
		let reason = HoldReason::Commitment.into();
		burn::<T::Currency, _>(&reason, &contributor, burned)?;
		Commitments::<T>::remove(seq);
		Self::deposit_event(Event::Expired { seq, contributor, burned });
		Ok(())
	}

	pub(crate) fn do_set_curators(
		owner: &T::AccountId,
		id: DatasetId,
		curators: CuratorsOf<T>,
	) -> DispatchResult {
		let mut dataset = Self::owned_by(owner, id)?;
		ensure!(dataset.terms.admission != Admission::Open, Error::<T>::NotCurated);
		Self::ensure_curators(&curators)?;
		dataset.terms.admission = Admission::Curated(curators.clone());

		Self::release(HoldReason::Dataset, &dataset.depositor, dataset.deposit)?;
		dataset.depositor = owner.clone();
		dataset.deposit = Self::dataset_deposit(&dataset);
		Self::hold(HoldReason::Dataset, owner, dataset.deposit)?;
		Datasets::<T>::insert(id, dataset);
		Self::deposit_event(Event::CuratorsSet { dataset: id, curators });
		Ok(())
	}

	pub(crate) fn do_set_closed(
		owner: &T::AccountId,
		id: DatasetId,
		closed: bool,
	) -> DispatchResult {
		let mut dataset = Self::owned_by(owner, id)?;
		dataset.closed = closed;
		Datasets::<T>::insert(id, dataset);
		Self::deposit_event(Event::ClosedSet { dataset: id, closed });
		Ok(())
	}

	/// What the depositor of `dataset` has on hold for it, in planck. Its own `deposit` field counts with
	/// the same bytes whatever it says.
	pub(crate) fn dataset_deposit(dataset: &DatasetOf<T>) -> u128 {
		let bytes = u128::try_from(codec::Encode::encoded_size(dataset)).unwrap_or(u128::MAX);
		T::DepositBase::get().saturating_add(T::DepositPerByte::get().saturating_mul(bytes))
	}

	/// The last block in which a commitment may be revealed.
	pub(crate) fn reveal_until(committed: &CommitmentOf<T>) -> BlockNumberFor<T> {
		committed.committed_at.saturating_add(T::RevealWindow::get())
	}

	fn ensure_curators(curators: &CuratorsOf<T>) -> DispatchResult {
		ensure!(!curators.is_empty(), Error::<T>::NoCurators);
		let mut earlier = curators.iter();
		while let Some(curator) = earlier.next_back() {
			ensure!(!earlier.as_slice().contains(curator), Error::<T>::DuplicateCurator);
		}
		Ok(())
	}

	/// The dataset `id`, where `owner` owns its title.
	fn owned_by(owner: &T::AccountId, id: DatasetId) -> Result<DatasetOf<T>, DispatchError> {
		let dataset = Datasets::<T>::get(id).ok_or(Error::<T>::NotFound)?;
		let owns = T::Titles::owner(Title::dataset(id)).as_ref() == Some(owner);
		ensure!(owns, Error::<T>::NotAuthorized);
		Ok(dataset)
	}

	/// A contribution that waits for `curator`, and its dataset.
	fn pending_for(
		curator: &T::AccountId,
		seq: Seq,
	) -> Result<(ContributionOf<T>, DatasetOf<T>), DispatchError> {
		let contribution = Contributions::<T>::get(seq).ok_or(Error::<T>::NotFound)?;
		let dataset = Datasets::<T>::get(contribution.dataset).ok_or(Error::<T>::NotFound)?;
		let authorized = match &dataset.terms.admission {
			Admission::Open => false,
			Admission::Curated(curators) => curators.contains(curator),
		};
		ensure!(authorized, Error::<T>::NotAuthorized);
		ensure!(contribution.is_pending(), Error::<T>::NotPending);
		Ok((contribution, dataset))
	}

	/// Gives `contribution` the next index of `dataset`. The caller stores the contribution.
	fn append(
		seq: Seq,
		contribution: &mut ContributionOf<T>,
		dataset: &mut DatasetOf<T>,
	) -> DispatchResult {
		let (id, index) = (contribution.dataset, dataset.version);
		dataset.version = index.checked_add(1).ok_or(Error::<T>::NoNumberLeft)?;
		let at = frame_system::Pallet::<T>::block_number();
		contribution.accepted = Some(Acceptance { index, at });
		Entries::<T>::insert(id, index, seq);
		Datasets::<T>::insert(id, &*dataset);
		Self::deposit_event(Event::Accepted { seq, dataset: id, index });
		Ok(())
	}

	/// Ends `contribution` in this block, gives its deposit back and stores it.
	fn end(seq: Seq, mut contribution: ContributionOf<T>, how: Ending) -> DispatchResult {
		Self::release(HoldReason::Contribution, &contribution.contributor, contribution.deposit)?;
		contribution.deposit = 0;
		contribution.ended = Some(Ended { how, at: frame_system::Pallet::<T>::block_number() });
		Contributions::<T>::insert(seq, contribution);
		Ok(())
	}

	fn hold(reason: HoldReason, who: &T::AccountId, amount: u128) -> DispatchResult {
		T::Currency::hold(&reason.into(), who, amount)
	}

	fn release(reason: HoldReason, who: &T::AccountId, amount: u128) -> DispatchResult {
		T::Currency::release(&reason.into(), who, amount, Precision::Exact).map(|_| ())
	}
}
