//! Submitting with a reason: an extrinsic is bounded, read, matched with what its method carries, and
//! run on the best block before the pool sees it.
//!
//! Reading and running keep a thread busy for as long as the runtime runs, so they are done on blocking
//! threads: at most [`MAX_CHECKS`] at once over all connections, while at most [`MAX_WAITING`] wait; more
//! are refused with [`Error::Busy`].

use std::{num::NonZeroUsize, sync::Arc, time::Duration};

use codec::{Decode, DecodeLimit};
use pallet_attribution::refusal;
use pallet_availability::refusal as availability;
use sc_transaction_pool_api::{
	error::{Error as PoolError, IntoPoolError},
	InPoolTransaction, TransactionPool,
};
use sp_api::{ApiRef, Core, ProvideRuntimeApi};
use sp_block_builder::BlockBuilder;
use sp_blockchain::HeaderBackend;
use sp_runtime::{
	generic::Preamble,
	traits::Header as _,
	transaction_validity::{
		InvalidTransaction, TransactionSource, TransactionTag, TransactionValidityError,
		UnknownTransaction, ValidTransaction,
	},
	ApplyExtrinsicResult, DispatchError, MultiAddress, OpaqueExtrinsic,
};
use sp_transaction_pool::runtime_api::TaggedTransactionQueue;
use tributary_primitives::{
	availability::verify_answer,
	blob::Opening,
	ids::{EpochIndex, ModelId},
};
use tributary_runtime::{
	attribution_api::AttributionApi, AccountId, BlockNumber, Header, Nonce, Runtime, RuntimeCall,
	UncheckedExtrinsic,
};

use super::{error::Error, gate::Gate, module_errors::ModuleErrors};
use crate::service::{Block, FullClient, FullPool, Hash};

type Api<'a> = ApiRef<'a, <FullClient as ProvideRuntimeApi<Block>>::Api>;
type DatasetsCall = pallet_datasets::Call<Runtime>;
type AttributionCall = pallet_attribution::Call<Runtime>;
type AvailabilityCall = pallet_availability::Call<Runtime>;
type OriginalityCall = pallet_originality::Call<Runtime>;
type UtilityCall = pallet_utility::Call<Runtime>;

/// The most transactions of the signer in the pool that a dry run applies first.
const MAX_PENDING: usize = 64;

/// The most submissions that are checked at once.
const MAX_CHECKS: NonZeroUsize = NonZeroUsize::new(4).expect("4 is not 0");

/// The most submissions that wait to be checked; with [`Kind::max_bytes`] this bounds the memory that
/// the queue takes.
const MAX_WAITING: usize = 32;

/// How long the pool may take to know the block that a submission was tried on.
const POOL_KNOWS_BLOCK_WITHIN: Duration = Duration::from_secs(1);

/// What a submitting method carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
	/// Commits and reveals.
	Contribution,
	/// Calls that carry openings.
	Proof,
}

impl Kind {
	/// The most bytes of an extrinsic.
	///
	/// A reveal has at most 12 KiB, so a batch holds dozens; shown windows have at most sixteen openings
	/// of that size, a fault four, a claim two, an answer one.
	const fn max_bytes(self) -> usize {
		match self {
			Self::Contribution => 1024 * 1024,
			Self::Proof => 256 * 1024,
		}
	}

	const fn carries(self) -> &'static str {
		match self {
			Self::Contribution => {
				"attribution_submitContribution carries Datasets.commit, Datasets.reveal, or a \
				 Utility.batch_all of them"
			}
			Self::Proof => {
				"attribution_submitProof carries Attribution.submit_fault, claim, claim_passed or \
				 reveal_announcement, Availability.answer, or Originality.show_hits"
			}
		}
	}

	fn takes(self, call: &RuntimeCall) -> bool {
		match (self, call) {
			(Self::Contribution, RuntimeCall::Datasets(call)) => is_contribution(call),
			(Self::Contribution, RuntimeCall::Utility(UtilityCall::batch_all { calls })) => {
				!calls.is_empty()
					&& calls.iter().all(
						|call| matches!(call, RuntimeCall::Datasets(call) if is_contribution(call)),
					)
			}
			(Self::Proof, RuntimeCall::Attribution(call)) => matches!(
				call,
				AttributionCall::submit_fault { .. }
					| AttributionCall::claim { .. }
					| AttributionCall::claim_passed { .. }
					| AttributionCall::reveal_announcement { .. }
			),
			(Self::Proof, RuntimeCall::Availability(call)) => {
				matches!(call, AvailabilityCall::answer { .. })
			}
			(Self::Proof, RuntimeCall::Originality(call)) => {
				matches!(call, OriginalityCall::show_hits { .. })
			}
			_ => false,
		}
	}
}

fn is_contribution(call: &DatasetsCall) -> bool {
	matches!(call, DatasetsCall::commit { .. } | DatasetsCall::reveal { .. })
}

/// Whether the runtime lets the call in without a signature.
fn authorises_itself(call: &RuntimeCall) -> bool {
	matches!(
		call,
		RuntimeCall::Attribution(AttributionCall::submit_fault { .. })
			| RuntimeCall::Availability(AvailabilityCall::answer { .. })
	)
}

/// Takes extrinsics for the pool.
pub struct Submitter {
	checker: Arc<Checker>,
	gate: Gate,
}

impl Submitter {
	/// Checks on `client`, submits to `pool`.
	pub fn new(client: Arc<FullClient>, pool: Arc<FullPool>) -> Self {
		let checker = Checker { client, pool, module_errors: ModuleErrors::default() };
		Self { checker: Arc::new(checker), gate: Gate::new(MAX_CHECKS, MAX_WAITING) }
	}

	/// Submits a SCALE-encoded extrinsic of the given kind, and gives its hash.
	///
	/// # Errors
	/// Says why the extrinsic is not submitted; the pool is as before then.
	pub async fn submit(&self, kind: Kind, bytes: Vec<u8>) -> Result<Hash, Error> {
		if bytes.len() > kind.max_bytes() {
			return Err(Error::TooLarge { len: bytes.len(), limit: kind.max_bytes() });
		}
		let checker = self.checker.clone();
		let (at, transaction) = match self.gate.run(move || checker.examine(kind, &bytes)).await? {
			Examined::InPool(hash) => return Ok(hash),
			Examined::Good { at, transaction } => (at, transaction),
		};
		let pool = &self.checker.pool;
		let hash = pool.hash_of(&transaction);
		// It was tried on this block. A pool that does not know the block yet tries it on the parent, where what
		// it is about may not exist, and bans it.
		drop(pool.ready_at_with_timeout(at, POOL_KNOWS_BLOCK_WITHIN).await);
		let submitted = pool.submit_one(at, TransactionSource::External, transaction).await;
		submitted.or_else(|error| match error.into_pool_error() {
			// What comes while a block is imported may be in the pool's view of that block before the pool
			// submits it there.
			Ok(PoolError::AlreadyImported(_)) => Ok(hash),
			Ok(error) => Err(Error::Pool(error.to_string())),
			Err(error) => Err(Error::Pool(error.to_string())),
		})
	}
}

/// What is known of an extrinsic that is not refused.
enum Examined {
	/// The pool has it already, by this hash.
	InPool(Hash),
	/// It would be applied.
	Good {
		/// On this block.
		at: Hash,
		/// As the pool takes it.
		transaction: OpaqueExtrinsic,
	},
}

/// Reads extrinsics and runs them. Everything here occupies its thread.
struct Checker {
	client: Arc<FullClient>,
	pool: Arc<FullPool>,
	module_errors: ModuleErrors,
}

impl Checker {
	fn examine(&self, kind: Kind, bytes: &[u8]) -> Result<Examined, Error> {
		let (transaction, extrinsic) = read(kind, bytes)?;
		let hash = self.pool.hash_of(&transaction);
		if self.pool.ready_transaction(&hash).is_some() {
			return Ok(Examined::InPool(hash));
		}
		let at = self.client.info().best_hash;
		self.check(at, &extrinsic, &transaction)?;
		Ok(Examined::Good { at, transaction })
	}

	fn check(
		&self,
		at: Hash,
		extrinsic: &UncheckedExtrinsic,
		transaction: &OpaqueExtrinsic,
	) -> Result<(), Error> {
		let parent = self.client.expect_header(at)?;
		let number = parent.number().saturating_add(1);
		match &extrinsic.function {
			RuntimeCall::Attribution(AttributionCall::submit_fault {
				model, epoch, fault, ..
			}) => {
				let verdict =
					self.client.runtime_api().check_fault(at, *model, *epoch, (**fault).clone())?;
				verdict.ok_or_else(|| no_report(*model, *epoch))?.map_err(Error::NoFault)?;
			}
			RuntimeCall::Availability(AvailabilityCall::answer { demand, opening }) => {
				self.check_answer(at, number, *demand, opening)?;
			}
			_ => {}
		}
		let validity = self
			.client
			.runtime_api()
			.validate_transaction(at, TransactionSource::External, transaction.clone(), at)?
			.map_err(invalid)?;

		let api = self.client.runtime_api();
		let header =
			Header::new(number, Default::default(), Default::default(), at, Default::default());
		api.initialize_block(at, &header)?;
		if let Preamble::Signed(MultiAddress::Id(signer), ..) = &extrinsic.preamble {
			for pending in self.pending_before(signer, &validity) {
				// A pending transaction that fails is the pool's to drop; the nonce tells then.
				let _ = api.apply_extrinsic(at, pending)?;
			}
		}
		let outcome: ApplyExtrinsicResult = api.apply_extrinsic(at, transaction.clone())?;
		match outcome.map_err(invalid)? {
			Ok(()) => Ok(()),
			Err(error) => Err(self.refused(&api, at, &extrinsic.function, error)?),
		}
	}

	/// Whether block `number`, after block `at`, would hear the answer.
	fn check_answer(
		&self,
		at: Hash,
		number: BlockNumber,
		demand: u64,
		opening: &Opening,
	) -> Result<(), Error> {
		let view = self.client.runtime_api().demand(at, demand)?;
		let view = view.ok_or(Error::NoDemand { demand })?;
		if number > view.answer_until {
			return Err(Error::AnswerOver { demand, until: view.answer_until });
		}
		verify_answer(&view.content, view.chunk, opening).map_err(|error| Error::WrongAnswer {
			demand,
			chunk: view.chunk,
			error,
		})
	}

	/// The signer's transactions in the pool that come before the one with this validity, in order.
	fn pending_before(
		&self,
		signer: &AccountId,
		validity: &ValidTransaction,
	) -> Vec<OpaqueExtrinsic> {
		let nonce_of = |tags: &[TransactionTag]| {
			tags.iter().find_map(|tag| match <(AccountId, Nonce)>::decode(&mut &tag[..]) {
				Ok((account, nonce)) if account == *signer && tag.len() == TAG_LEN => Some(nonce),
				_ => None,
			})
		};
		let Some(own) = nonce_of(&validity.provides) else {
			return Vec::new();
		};
		let mut pending: Vec<_> = self
			.pool
			.ready()
			.filter_map(|transaction| {
				let nonce = nonce_of(transaction.provides()).filter(|nonce| *nonce < own)?;
				Some((nonce, OpaqueExtrinsic::clone(transaction.data())))
			})
			.collect();
		pending.sort_by_key(|(nonce, _)| *nonce);
		pending.into_iter().take(MAX_PENDING).map(|(_, transaction)| transaction).collect()
	}

	fn refused(
		&self,
		api: &Api<'_>,
		at: Hash,
		call: &RuntimeCall,
		error: DispatchError,
	) -> Result<Error, Error> {
		let refusal = self.module_errors.refusal(&self.client, at, error)?;
		if refusal.pallet.as_deref() == Some("Datasets") && refusal.error == "AlreadyRegistered" {
			for root in roots(call) {
				if let Some(first) = api.contribution_by_root(at, root)? {
					return Ok(Error::AlreadyRegistered { root, first });
				}
			}
		}
		Ok(Error::Refused(refusal))
	}
}

/// Bytes of the tag by which `CheckNonce` orders transactions: an account and a nonce.
const TAG_LEN: usize = 32 + 4;

fn read(kind: Kind, bytes: &[u8]) -> Result<(OpaqueExtrinsic, UncheckedExtrinsic), Error> {
	let malformed = |error: codec::Error| Error::Malformed(error.to_string());
	let extrinsic = UncheckedExtrinsic::decode_all_with_depth_limit(
		frame_support::MAX_EXTRINSIC_DEPTH,
		&mut &*bytes,
	)
	.map_err(malformed)?;
	let transaction = OpaqueExtrinsic::try_from_encoded_extrinsic(bytes).map_err(malformed)?;
	if !kind.takes(&extrinsic.function) {
		return Err(Error::WrongCall { carries: kind.carries() });
	}
	if !authorises_itself(&extrinsic.function)
		&& !matches!(extrinsic.preamble, Preamble::Signed(..))
	{
		return Err(Error::Unsigned);
	}
	Ok((transaction, extrinsic))
}

/// The hashes of the bytes that the call reveals.
fn roots(call: &RuntimeCall) -> Vec<[u8; 32]> {
	match call {
		RuntimeCall::Datasets(DatasetsCall::reveal { content, .. }) => vec![content.root],
		RuntimeCall::Utility(UtilityCall::batch_all { calls }) => {
			calls.iter().flat_map(roots).collect()
		}
		_ => Vec::new(),
	}
}

fn no_report(model: ModelId, epoch: EpochIndex) -> Error {
	Error::NoReport { model, epoch }
}

/// The words of the codes that the runtime refuses a fault or an answer with.
fn refusal_words(code: u8) -> String {
	match code {
		refusal::NO_REPORT => "there is no report on that epoch of that model".into(),
		refusal::WRONG_REPORT => {
			"the report that stands has another id; attribution_report names it".into()
		}
		refusal::ALREADY_FINAL => "the report is final".into(),
		refusal::CHALLENGE_OVER => "the report's challenge window is over".into(),
		availability::NO_DEMAND => "there is no such open demand".into(),
		availability::ANSWER_OVER => "the demand may no longer be answered".into(),
		code => format!("the runtime refuses it with code {code}"),
	}
}

fn invalid(error: TransactionValidityError) -> Error {
	let words = match error {
		TransactionValidityError::Invalid(error) => match error {
			InvalidTransaction::Payment => "the signer can not pay the fee".into(),
			InvalidTransaction::Future => {
				"its nonce is ahead of the signer's; submit the earlier ones first".into()
			}
			InvalidTransaction::Stale => {
				"its nonce is used already, in the chain or by a transaction in the pool".into()
			}
			InvalidTransaction::BadProof => {
				"the signature is wrong, or made for another chain, runtime version or nonce".into()
			}
			InvalidTransaction::AncientBirthBlock => {
				"it was signed too many blocks ago; sign it again".into()
			}
			InvalidTransaction::ExhaustsResources => {
				"it takes more than a block has; split it".into()
			}
			InvalidTransaction::UnknownOrigin => {
				"nothing authorises it: it is neither signed nor a general transaction with a fault or \
				 an answer"
					.into()
			}
			InvalidTransaction::Custom(code) => refusal_words(code),
			error => <&str>::from(error).to_owned(),
		},
		TransactionValidityError::Unknown(UnknownTransaction::Custom(code)) => {
			format!("the runtime can not tell, code {code}")
		}
		TransactionValidityError::Unknown(error) => <&str>::from(error).to_owned(),
	};
	Error::Invalid(words)
}

#[cfg(test)]
mod tests;
