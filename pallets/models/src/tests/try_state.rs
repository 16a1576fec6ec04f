//! The checks of `do_try_state` on titles and uses see what they are for.

use frame_support::storage::{with_transaction, TransactionOutcome};
use sp_runtime::DispatchError;

use crate::{mock::*, Relation};

/// The number of the check that fails after `tamper`, whose changes of the storage are undone.
fn failing(tamper: impl FnOnce()) -> Option<u32> {
	let message = with_transaction(|| {
		tamper();
		let message = match Models::do_try_state() {
			Err(DispatchError::Other(message)) => Some(message),
			_ => None,
		};
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(message))
	});
	message.unwrap()?.split(':').next()?.parse().ok()
}

#[test]
fn a_model_without_a_title_is_seen() {
	test_ext(|| {
		pretrained(&[]);
		let last = derived(&[0]).registered();
		assert_eq!(failing(|| ()), None);
		assert_eq!(failing(|| remove_title(0)), Some(8));
		assert_eq!(failing(|| remove_title(last)), Some(8));
	});
}

#[test]
fn a_corpus_that_does_not_allow_its_training_is_seen() {
	test_ext(|| {
		pretrained(&[pin(0, 1)]);
		Draft::new(Relation::Finetune, &[0], &[]).generative().registered();
		let said = |training: &[u32], generative: &[u32]| {
			NoTraining::set(training.iter().copied().collect());
			NoGenerative::set(generative.iter().copied().collect());
		};
		assert_eq!(failing(|| said(&[0], &[])), Some(9));
		assert_eq!(failing(|| said(&[], &[0])), Some(9));
		assert_eq!(failing(|| said(&[1], &[1])), None);
	});
}
