//! Transactions: built, sent, and followed into a block.

mod outcome;

use std::collections::BTreeSet;

use serde_json::Value as Json;
use subxt::{
	config::{
		ClientState, DefaultExtrinsicParamsBuilder, DefaultTransactionExtensions,
		TransactionExtensions,
	},
	error::ExtrinsicError,
	ext::frame_decode::extrinsics::{
		best_v5_general_transaction_extension_version, encode_v5_general,
	},
	rpcs::{methods::legacy::DryRunResult, rpc_params},
	transactions::{Payload, ValidationResult},
	utils::H256,
	SubstrateConfig,
};
use tributary_primitives::ids::AgentId;

use super::{calls, refusal, BlockId, Call, Chain};
use crate::{
	error::{from_subxt, Error, Result},
	keys::Signer,
};

pub use outcome::{Included, Options, Outcome, Via};

/// Blocks in which a signed transaction is valid.
pub const MORTALITY: u64 = 64;
/// The blocks after which a transaction that stands in none of them is sent again.
const RESEND_AFTER: u64 = 4;

/// The node's error for a transaction that its pool has.
const ALREADY_IMPORTED: i32 = 1013;

/// A transaction that is signed and not sent.
#[derive(Clone, Debug)]
pub struct Prepared {
	bytes: Vec<u8>,
	hash: H256,
	anchor: BlockId,
	/// Its number among the signer's transactions.
	pub nonce: u64,
	/// The SCALE-encoded call, without the act that holds it.
	pub call: Vec<u8>,
	agent: Option<AgentId>,
}

impl Prepared {
	/// What the other doors take is a contribution or a proof itself, and not an act.
	fn door(&self, via: Via) -> Via {
		self.agent.map_or(via, |_| Via::Pool)
	}

	/// The block that it is bound to. It may enter those above it, in whatever fork they stand.
	pub fn valid_after(&self) -> u64 {
		self.anchor.number
	}

	/// The last block that it may enter.
	pub fn valid_until(&self) -> u64 {
		self.anchor.number.saturating_add(MORTALITY)
	}

	/// One that makes `call`, bound to the block `anchor`, without a signature.
	#[cfg(test)]
	pub fn unsigned(anchor: BlockId, nonce: u64, call: Vec<u8>) -> Self {
		Self { bytes: Vec::new(), hash: H256::zero(), anchor, nonce, call, agent: None }
	}
}

impl Chain {
	/// Signs `call`, sends it and waits for it. The operator of an agent has it made by the agent.
	///
	/// # Errors
	/// Where the call does not fit the runtime, is refused or fails, the agent's mandate does not allow
	/// it, or the node stops answering.
	pub async fn send(
		&self,
		call: &Call,
		signer: &Signer,
		via: Via,
		options: Options,
	) -> Result<Outcome> {
		if options.dry_run {
			return self.try_out(call, signer).await;
		}
		let prepared = self.prepare(call, signer).await?;
		self.hand_in(&prepared, via).await?;
		self.conclude(prepared, via, options).await
	}

	/// Signs `call`, and does not send it.
	///
	/// # Errors
	/// Where the call does not fit the runtime, or the node stops answering.
	pub async fn prepare(&self, call: &Call, signer: &Signer) -> Result<Prepared> {
		let best = self.best().await?;
		let anchor = self.anchor(best).await?;
		let at = self.at(anchor.hash).await?;
		let nonce = self.legacy.system_account_next_index(&signer.operator()).await?;
		let params = DefaultExtrinsicParamsBuilder::new().nonce(nonce).mortal(MORTALITY).build();
		let encoded = at.tx().call_data(call).map_err(misfit)?;
		let sent = wrapped(call, &encoded, signer);
		let signed = at.tx().create_signed(&sent, signer.pair(), params).await.map_err(misfit)?;
		Ok(Prepared {
			bytes: signed.encoded().to_vec(),
			hash: signed.hash(),
			anchor,
			nonce,
			call: encoded,
			agent: signer.agent(),
		})
	}

	/// Gives what is signed to the node. Where it refuses, the transaction will never enter a block.
	///
	/// # Errors
	/// Where the node refuses it or does not answer.
	pub async fn hand_in(&self, prepared: &Prepared, via: Via) -> Result<()> {
		self.give(&prepared.bytes, prepared.door(via)).await
	}

	/// Waits for what was handed in.
	///
	/// # Errors
	/// As [`Chain::send`].
	pub async fn conclude(
		&self,
		prepared: Prepared,
		via: Via,
		options: Options,
	) -> Result<Outcome> {
		let via = prepared.door(via);
		let Prepared { bytes, hash, anchor, agent, .. } = prepared;
		let included = self.follow(bytes, hash, anchor, via, options).await?;
		if let Some(agent) = agent {
			self.judge(agent, &included).await?;
		}
		Ok(Outcome::Included(included))
	}

	/// Checks and prices a transaction.
	async fn try_out(&self, call: &Call, signer: &Signer) -> Result<Outcome> {
		let best = self.best().await?;
		let at = self.at(best.hash).await?;
		let nonce = self.legacy.system_account_next_index(&signer.operator()).await?;
		// A block's own state does not have its hash yet, so nothing mortal from it can be tried there.
		let params = DefaultExtrinsicParamsBuilder::new().nonce(nonce).immortal().build();
		let encoded = at.tx().call_data(call).map_err(misfit)?;
		if let Some(agent) = signer.agent() {
			self.foresee(agent, &encoded, best).await?;
		}
		let sent = wrapped(call, &encoded, signer);
		let signed = at.tx().create_signed(&sent, signer.pair(), params).await.map_err(misfit)?;
		let fee = signed.partial_fee_estimate().await.map_err(from_subxt)?;
		self.check(signed.encoded(), best).await?;
		Ok(Outcome::Checked { call: call.title(), fee })
	}

	/// The block that a mortal transaction is bound to. Its signature covers the block's hash, so a
	/// reorganisation of that block would make it invalid for good: it is the newest final one, unless
	/// finality is so far behind that little would be left of the transaction's life.
	async fn anchor(&self, best: BlockId) -> Result<BlockId> {
		let final_block = self.finalised().await?;
		let lag = best.number.saturating_sub(final_block.number);
		Ok(if lag < MORTALITY / 2 { final_block } else { best })
	}

	/// Sends `call` as a general transaction that nobody signs and nobody pays for. The runtime
	/// authorises such a call by what it shows.
	///
	/// # Errors
	/// As [`Chain::send`].
	pub async fn send_unsigned(&self, call: &Call, via: Via, options: Options) -> Result<Outcome> {
		let best = self.best().await?;
		let at = self.at(best.hash).await?;
		let state = ClientState {
			genesis_hash: self.genesis(),
			spec_version: at.spec_version(),
			transaction_version: at.transaction_version(),
			metadata: at.metadata(),
		};
		let bytes = general_transaction(&state, call)?;
		if options.dry_run {
			self.check(&bytes, best).await?;
			return Ok(Outcome::Checked { call: call.title(), fee: 0 });
		}
		let hash = at.tx().from_bytes(bytes.clone()).hash();
		let from = self.anchor(best).await?;
		self.give(&bytes, via).await?;
		self.follow(bytes, hash, from, via, options).await.map(Outcome::Included)
	}

	/// The encoded call, as a batch holds it.
	///
	/// # Errors
	/// Where the call does not fit the runtime.
	pub async fn encode(&self, call: &Call) -> Result<Vec<u8>> {
		let at = self.at(self.best().await?.hash).await?;
		at.tx().call_data(call).map_err(misfit)
	}

	/// Tries the transaction on the state of `best`: executes it where the node lets us, and validates
	/// it in any case.
	async fn check(&self, bytes: &[u8], best: BlockId) -> Result<()> {
		let at = self.at(best.hash).await?;
		let tx = at.tx().from_bytes(bytes.to_vec());
		match tx.validate().await.map_err(from_subxt)? {
			ValidationResult::Valid(_) => {}
			ValidationResult::Invalid(reason) => return Err(refusal::invalid(&reason)),
			ValidationResult::Unknown(reason) => return Err(refusal::unknown(&reason)),
		}
		// A node that serves strangers refuses this method; the validity above is then all we know.
		if let Ok(result) = self.legacy.dry_run(bytes, Some(best.hash)).await {
			if let Ok(DryRunResult::DispatchError(error)) = result.into_dry_run_result() {
				return Err(refusal::dispatch_error(error, &at.metadata()));
			}
		}
		Ok(())
	}

	async fn give(&self, bytes: &[u8], via: Via) -> Result<()> {
		let hex = format!("0x{}", hex::encode(bytes));
		match self.rpc.request::<Json>(via.method(), rpc_params![hex]).await {
			Err(error) if is_in_pool(&error) => Ok(()),
			answer => Ok(answer.map(drop)?),
		}
	}

	/// Waits until a transaction stands in a block.
	async fn follow(
		&self,
		bytes: Vec<u8>,
		hash: H256,
		from: BlockId,
		via: Via,
		options: Options,
	) -> Result<Included> {
		loop {
			let (block, index) = self.find(&bytes, from, via).await?;
			if options.finalised && self.wait_for_finality(block.number).await? != block.hash {
				// Its block was left behind by a reorganisation; it may stand in another by now.
				continue;
			}
			let events = self.events(block.hash, Some(index)).await?;
			let fee = events
				.iter()
				.find(|event| event.is("TransactionPayment", "TransactionFeePaid"))
				.and_then(|event| event.amount("actualFee"))
				.unwrap_or_default();
			return Ok(Included { block, index, hash, fee, events });
		}
	}

	/// Follows the best chain until the extrinsic stands in a block above `from`. A pool may lose what it
	/// had put into a block that a reorganisation leaves behind, so it is sent again now and then.
	async fn find(&self, extrinsic: &[u8], from: BlockId, via: Via) -> Result<(BlockId, u32)> {
		let mut heads = self.best_heads().await?;
		let mut seen = BTreeSet::new();
		let mut sent_at = from.number;
		loop {
			heads.next().await?;
			let best = self.best().await?;
			let mut block = best;
			while block.number > from.number && seen.insert(block.hash) {
				let (parent, extrinsics) = self.body(block.hash).await?;
				let place = extrinsics.iter().position(|bytes| same_extrinsic(bytes, extrinsic));
				if let Some(index) = place.and_then(|place| u32::try_from(place).ok()) {
					return Ok((block, index));
				}
				block = parent;
			}
			if best.number > from.number.saturating_add(MORTALITY) {
				return Err(Error::refused(format!(
					"the transaction entered none of {MORTALITY} blocks and is not valid any more. The \
					 node dropped it; look at the account's balance and try again."
				)));
			}
			if best.number >= sent_at.saturating_add(RESEND_AFTER) {
				sent_at = best.number;
				// Why the pool refuses it now shows when it expires.
				let _ = self.give(extrinsic, via).await;
			}
		}
	}
}

/// What the signer sends to have `call` made, of which `encoded` is the SCALE form.
fn wrapped(call: &Call, encoded: &[u8], signer: &Signer) -> Call {
	match signer.agent() {
		Some(agent) => calls::act(agent, encoded.to_vec()),
		None => call.clone(),
	}
}

/// A general transaction of version 5 without a signature: each extension of the chain's metadata with its
/// default, and the call.
fn general_transaction(state: &ClientState<SubstrateConfig>, call: &Call) -> Result<Vec<u8>> {
	let params = DefaultExtrinsicParamsBuilder::new().immortal().build();
	let extensions = DefaultTransactionExtensions::<SubstrateConfig>::new(state, params)
		.map_err(ExtrinsicError::from)
		.map_err(misfit)?;
	let (metadata, types) = (&*state.metadata, state.metadata.types());
	let version = best_v5_general_transaction_extension_version(&extensions, metadata, types)
		.map_err(ExtrinsicError::from)
		.map_err(misfit)?;
	encode_v5_general(
		call.pallet_name(),
		call.call_name(),
		call.call_data(),
		version,
		&extensions,
		metadata,
		types,
	)
	.map_err(ExtrinsicError::from)
	.map_err(misfit)
}

/// Whether the pool refuses only what it has. It says so even of what comes for the first time, where it comes
/// while a block is imported.
fn is_in_pool(error: &subxt::rpcs::Error) -> bool {
	matches!(error, subxt::rpcs::Error::User(error) if error.code == ALREADY_IMPORTED)
}

/// Nodes give an extrinsic with its length in front or without it.
fn same_extrinsic(bytes: &[u8], ours: &[u8]) -> bool {
	bytes == ours || subxt::utils::strip_compact_prefix(ours).is_ok_and(|(_, rest)| rest == bytes)
}

/// A call that does not fit the runtime's metadata.
fn misfit(error: impl Into<subxt::Error>) -> Error {
	match error.into() {
		subxt::Error::ExtrinsicError(
			error @ (ExtrinsicError::EncodeError(_)
			| ExtrinsicError::PalletNameNotFound(_)
			| ExtrinsicError::CallNameNotFound { .. }
			| ExtrinsicError::UnsupportedVersion
			| ExtrinsicError::Params(_)),
		) => Error::refused(format!(
			"the call does not fit the chain's runtime: {error}. Use the program of the node's release."
		)),
		error => error.into(),
	}
}

#[cfg(test)]
mod tests;
