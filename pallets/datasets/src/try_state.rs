//! What must hold of the storage after every block.

use alloc::collections::BTreeMap;

use frame_support::{ensure, traits::fungible::hold::Inspect};
use sp_runtime::TryRuntimeError;
use tributary_primitives::{
	title::Title,
	traits::{SyntheticPolicy, Titles},
	views::SuspensionCause,
};

use crate::{
	types::*, Commitments, Config, Contributions, Datasets, Entries, HoldReason, NextDataset,
	NextSeq, Pallet, Roots,
};

impl<T: Config> Pallet<T> {
	/// Checks the storage.
	///
	/// 1. Every dataset has an id below [`NextDataset`], and none below is missing.
	/// 2. A dataset's version is the number of its entries, at indices 0 .. version.
	/// 3. A dataset's terms are such as `create` admits, and its deposit is that of its size.
	/// 4. Every commitment and contribution has a number below [`NextSeq`], and none is both.
	/// 5. A contribution has exactly one root, which names it, and was revealed after its commitment.
	/// 6. A contribution is accepted exactly where an entry of its dataset names it, at its index.
	/// 7. A contribution that is rejected was never accepted; one in an open dataset is never pending
	///    or rejected; what ended holds nothing; and no end is before the acceptance.
	/// 8. What each account has on hold is the sum of what is stored for it, by reason.
	/// 9. What is withheld was revealed and has ended before or with it, and what is suspended for that
	///    is withheld since then.
	/// 10. What repeats a served output is suspended for it exactly where its dataset refuses such, and
	///     nothing else is.
	/// 11. Every dataset has a title.
	///
	/// # Errors
	/// Names the first check that fails.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let datasets = Self::check_datasets()?;
		let commitments = Self::check_commitments()?;
		let contributions = Self::check_contributions()?;
		Self::check_entries()?;
		Self::check_holds(HoldReason::Dataset, datasets)?;
		Self::check_holds(HoldReason::Commitment, commitments)?;
		Self::check_holds(HoldReason::Contribution, contributions)
	}

	fn check_datasets() -> Result<Sums<T>, TryRuntimeError> {
		let mut sums = Sums::<T>::new();
		let mut datasets: u32 = 0;
		for (id, dataset) in Datasets::<T>::iter() {
			datasets = datasets.saturating_add(1);
			ensure!(id < NextDataset::<T>::get(), "1: a dataset is past the counter");
			let entries = u32::try_from(Entries::<T>::iter_prefix(id).count());
			ensure!(entries == Ok(dataset.version), "2: a version is not the number of entries");
			if let Admission::Curated(curators) = &dataset.terms.admission {
				ensure!(!curators.is_empty(), "3: a curated dataset has no curator");
			} else {
				ensure!(dataset.terms.curator_share.is_zero(), "3: an open dataset shares");
			}
			ensure!(!dataset.terms.licence.is_empty(), "3: a dataset has no licence");
			ensure!(dataset.deposit == Self::dataset_deposit(&dataset), "3: a deposit is off");
			let owner = T::Titles::owner(Title::dataset(id));
			ensure!(owner.is_some(), "11: a dataset has no title");
			add::<T>(&mut sums, dataset.depositor, dataset.deposit);
		}
		ensure!(datasets == NextDataset::<T>::get(), "1: a dataset is missing");
		Ok(sums)
	}

	fn check_commitments() -> Result<Sums<T>, TryRuntimeError> {
		let mut sums = Sums::<T>::new();
		for (seq, committed) in Commitments::<T>::iter() {
			ensure!(seq < NextSeq::<T>::get(), "4: a commitment is past the counter");
			ensure!(!Contributions::<T>::contains_key(seq), "4: a number is taken twice");
			add::<T>(&mut sums, committed.contributor, committed.deposit);
		}
		Ok(sums)
	}

	fn check_contributions() -> Result<Sums<T>, TryRuntimeError> {
		let mut sums = Sums::<T>::new();
		let mut contributions: usize = 0;
		for (seq, contribution) in Contributions::<T>::iter() {
			contributions = contributions.saturating_add(1);
			ensure!(seq < NextSeq::<T>::get(), "4: a contribution is past the counter");
			let first = Roots::<T>::get(contribution.content.root);
			ensure!(first == Some(seq), "5: a root names another contribution");
			ensure!(contribution.content.len > 0, "5: a contribution is empty");
			ensure!(
				contribution.committed_at < contribution.revealed_at,
				"5: a contribution was revealed before a block passed"
			);
			Self::check_state(seq, &contribution)?;
			Self::check_sanctions(&contribution)?;
			add::<T>(&mut sums, contribution.contributor, contribution.deposit);
		}
		ensure!(Roots::<T>::iter().count() == contributions, "5: a root has no contribution");
		Ok(sums)
	}

	fn check_state(seq: u64, contribution: &ContributionOf<T>) -> Result<(), TryRuntimeError> {
		let dataset = Datasets::<T>::get(contribution.dataset).ok_or("6: a dataset is missing")?;
		let open = dataset.terms.admission == Admission::Open;
		if let Some(accepted) = contribution.accepted {
			let entry = Entries::<T>::get(contribution.dataset, accepted.index);
			ensure!(entry == Some(seq), "6: an accepted contribution has no entry");
			ensure!(accepted.at >= contribution.revealed_at, "6: accepted before its reveal");
		} else {
			ensure!(!open, "7: a contribution to an open dataset is not accepted");
		}
		if let Some(ended) = contribution.ended {
			ensure!(contribution.deposit == 0, "7: what ended holds a deposit");
			ensure!(ended.at >= contribution.revealed_at, "7: an end is before the reveal");
			let since = contribution.accepted.map(|accepted| accepted.at);
			ensure!(since.is_none_or(|since| ended.at >= since), "7: an end is before acceptance");
			let rejected = ended.how == Ending::Rejected;
			ensure!(!(rejected && since.is_some()), "7: an accepted contribution is rejected");
		}
		Ok(())
	}

	fn check_sanctions(contribution: &ContributionOf<T>) -> Result<(), TryRuntimeError> {
		let suspended_at = |cause| match contribution.ended {
			Some(Ended { how: Ending::Suspended(shown), at }) if shown == cause => Some(at),
			_ => None,
		};
		if let Some(withheld) = contribution.withheld {
			ensure!(withheld >= contribution.revealed_at, "9: withheld before the reveal");
			let ended = contribution.ended.is_some_and(|ended| ended.at <= withheld);
			ensure!(ended, "9: a withheld contribution stands");
		}
		let withheld = suspended_at(SuspensionCause::Withheld);
		ensure!(
			withheld.is_none() || withheld == contribution.withheld,
			"9: a contribution is suspended as withheld and is not"
		);
		let dataset = Datasets::<T>::get(contribution.dataset).ok_or("6: a dataset is missing")?;
		let refused = suspended_at(SuspensionCause::Synthetic).is_some();
		ensure!(
			!refused || contribution.synthetic.is_some(),
			"10: a contribution is suspended as synthetic and repeats nothing"
		);
		ensure!(
			contribution.synthetic.is_none()
				|| refused == (dataset.terms.synthetic == SyntheticPolicy::Refuse),
			"10: a synthetic contribution is not treated as its dataset says"
		);
		Ok(())
	}

	fn check_entries() -> Result<(), TryRuntimeError> {
		for (id, index, seq) in Entries::<T>::iter() {
			let dataset = Datasets::<T>::get(id).ok_or("2: an entry has no dataset")?;
			ensure!(index < dataset.version, "2: an entry is past the version");
			let contribution = Contributions::<T>::get(seq).ok_or("6: an entry names nothing")?;
			let place = contribution.accepted.map(|accepted| accepted.index);
			ensure!(
				contribution.dataset == id && place == Some(index),
				"6: an entry names a contribution of another place"
			);
		}
		Ok(())
	}

	fn check_holds(reason: HoldReason, sums: Sums<T>) -> Result<(), TryRuntimeError> {
		for (who, sum) in sums {
			let held = T::Currency::balance_on_hold(&reason.into(), &who);
			ensure!(held == sum, "8: an account holds another sum than what is stored for it");
		}
		Ok(())
	}
}

/// What is stored for each account holds, in planck.
type Sums<T> = BTreeMap<<T as frame_system::Config>::AccountId, u128>;

fn add<T: Config>(sums: &mut Sums<T>, who: T::AccountId, amount: u128) {
	let sum = sums.entry(who).or_default();
	*sum = sum.saturating_add(amount);
}
