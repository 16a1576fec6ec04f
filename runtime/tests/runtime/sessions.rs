//! Sessions, membership roots and evidence of equivocation.

use codec::Encode;
use frame_support::traits::KeyOwnerProofSystem;
use sp_consensus_babe::{AuthorityId, EquivocationProof};
use sp_core::{crypto::KeyTypeId, Pair};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring as Account};
use sp_runtime::{
	traits::Header as _, transaction_validity::TransactionSource, Digest, DigestItem,
};
use tributary_runtime::{
	params::{EVIDENCE_SESSIONS, SESSION_SLOTS},
	Babe, Executive, Grandpa, Hash, Header, Historical, Offences, Runtime, RuntimeEvent, Session,
	SessionKeys, UncheckedExtrinsic,
};

use crate::chain::Chain;

const BABE: KeyTypeId = sp_consensus_babe::KEY_TYPE;

impl Chain {
	/// Makes the first block of the next session.
	fn next_session(&mut self) {
		self.block_after(SESSION_SLOTS.into(), Vec::new());
	}
}

fn babe_key(account: Account) -> AuthorityId {
	account.public().into()
}

#[test]
fn authorities_stay_the_same_and_so_does_the_grandpa_set() {
	let mut chain = Chain::start("local_testnet");
	chain.block(Vec::new());
	let before = chain.ext.execute_with(Session::validators);
	for session in 1..6 {
		chain.next_session();
		chain.ext.execute_with(|| {
			assert_eq!(Session::current_index(), session);
			assert_eq!(Session::validators(), before);
			assert_eq!(Babe::current_epoch().epoch_index, u64::from(session));
			assert_eq!(Grandpa::current_set_id(), 0);
			assert!(Historical::historical_root(session + 1).is_some());
		});
	}
	chain.check();
}

#[test]
fn membership_is_provable_sessions_later() {
	let mut chain = Chain::start("local_testnet");
	chain.block(Vec::new());
	let proof = chain
		.ext
		.execute_with(|| Historical::prove((BABE, babe_key(Account::Bob))))
		.expect("Bob is an authority");
	for _ in 0..3 {
		chain.next_session();
		chain.ext.execute_with(|| {
			let checked = Historical::check_proof((BABE, babe_key(Account::Bob)), proof.clone());
			assert_eq!(checked, Some((Account::Bob.to_account_id(), ())));
		});
	}
}

#[test]
fn replaced_keys_are_announced_and_provable() {
	let mut chain = Chain::start("local_testnet");
	chain.block(Vec::new());
	let new_key = babe_key(Account::Ferdie);
	chain.ext.execute_with(|| {
		let keys = SessionKeys {
			babe: new_key.clone(),
			grandpa: Ed25519Keyring::Ferdie.public().into(),
			authority_discovery: Account::Ferdie.public().into(),
		};
		pallet_session::NextKeys::<Runtime>::insert(Account::Bob.to_account_id(), keys);
	});
	for _ in 0..2 {
		chain.next_session();
	}
	let proof = chain.ext.execute_with(|| {
		assert!(Babe::authorities().iter().any(|(key, _)| *key == new_key));
		assert_eq!(Session::validators().len(), 4);
		Historical::prove((BABE, new_key.clone())).expect("the new key is an authority's")
	});
	chain.next_session();
	chain.ext.execute_with(|| {
		let checked = Historical::check_proof((BABE, new_key.clone()), proof);
		assert_eq!(checked, Some((Account::Bob.to_account_id(), ())));
		assert_eq!(Grandpa::current_set_id(), 1);
	});
}

#[test]
fn old_membership_roots_are_pruned() {
	let mut chain = Chain::start("development");
	chain.block(Vec::new());
	chain.ext.execute_with(|| {
		for _ in 0..EVIDENCE_SESSIONS + 3 {
			Session::rotate_session();
		}
		assert_eq!(Historical::historical_root(2), None);
		assert!(Historical::historical_root(3).is_some());
	});
}

/// A block header that `signer` sealed for `slot`.
fn sealed(signer: Account, slot: u64, salt: u8) -> Header {
	use sp_consensus_babe::digests::{PreDigest, SecondaryPlainPreDigest};

	let claim = PreDigest::SecondaryPlain(SecondaryPlainPreDigest {
		authority_index: 0,
		slot: slot.into(),
	});
	let logs = vec![DigestItem::PreRuntime(sp_consensus_babe::BABE_ENGINE_ID, claim.encode())];
	let mut header =
		Header::new(2, Hash::repeat_byte(salt), Hash::zero(), Hash::zero(), Digest { logs });
	let seal = signer.pair().sign(header.hash().as_ref());
	header.digest.push(DigestItem::Seal(sp_consensus_babe::BABE_ENGINE_ID, seal.0.to_vec()));
	header
}

#[test]
fn an_equivocation_is_accepted_as_an_offence_once() {
	let mut chain = Chain::start("local_testnet");
	chain.block(Vec::new());
	let slot = chain.ext.execute_with(|| u64::from(Babe::current_slot()));
	let call =
		chain.ext.execute_with(|| pallet_babe::Call::<Runtime>::report_equivocation_unsigned {
			equivocation_proof: Box::new(EquivocationProof {
				offender: babe_key(Account::Bob),
				slot: slot.into(),
				first_header: sealed(Account::Bob, slot, 1),
				second_header: sealed(Account::Bob, slot, 2),
			}),
			key_owner_proof: Historical::prove((BABE, babe_key(Account::Bob)))
				.expect("is an authority"),
		});
	chain.next_session();
	let evidence = UncheckedExtrinsic::new_bare(call.into());
	chain.ext.execute_with(|| {
		let parent = Hash::zero();
		let validity =
			Executive::validate_transaction(TransactionSource::Local, evidence.clone(), parent);
		assert!(validity.is_ok());
		let from_outside =
			Executive::validate_transaction(TransactionSource::External, evidence.clone(), parent);
		assert!(from_outside.is_err());
	});
	assert_eq!(chain.try_block(evidence.clone()), Ok(Ok(())));
	let is_offence = |event: &RuntimeEvent| {
		matches!(event, RuntimeEvent::Offences(pallet_offences::Event::Offence { .. }))
	};
	assert!(chain.events().iter().any(is_offence));
	assert!(chain.try_block(evidence).is_err());
	chain.ext.execute_with(|| {
		use sp_staking::offence::ReportOffence;
		let bob = (Account::Bob.to_account_id(), ());
		type Equivocation = pallet_babe::EquivocationOffence<(tributary_runtime::AccountId, ())>;
		let known =
			<Offences as ReportOffence<_, _, Equivocation>>::is_known_offence(&[bob], &slot.into());
		assert!(known);
	});
	chain.check();
}
