//! Transactions: built, sent, and followed into a block.

use std::collections::BTreeSet;

use serde_json::{json, Map, Value as Json};
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
use subxt_signer::sr25519::Keypair;

use super::{events::Event, refusal, BlockId, Call, Chain};
use crate::{
	error::{from_subxt, Error, Result},
	keys::account_of,
};

/// Blocks in which a signed transaction is valid.
pub const MORTALITY: u64 = 64;
/// The blocks after which a transaction that stands in none of them is sent again.
const RESEND_AFTER: u64 = 4;

/// Pallets whose events name things that a caller goes on with.
const OUR_PALLETS: [&str; 8] = [
	"Datasets",
	"Models",
	"Usage",
	"Attribution",
	"Availability",
	"Originality",
	"Shares",
	"Channels",
];
/// The fields of their events that are repeated at the top of a result.
const IDS: [&str; 13] = [
	"dataset", "seq", "model", "ancestor", "epoch", "receipt", "report", "total", "amount",
	"demand", "accused", "channel", "asset",
];

/// The door through which a transaction enters the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
	/// `author_submitExtrinsic`.
	Pool,
	/// `attribution_submitContribution`, which tries the call first and says why it would fail.
	Contribution,
	/// `attribution_submitProof`, which does the same for faults, answers, hits and claims.
	Proof,
}

impl Via {
	fn method(self) -> &'static str {
		match self {
			Self::Pool => "author_submitExtrinsic",
			Self::Contribution => "attribution_submitContribution",
			Self::Proof => "attribution_submitProof",
		}
	}
}

/// What to wait for, and whether to send at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
	/// Wait until the block is final, not only until it is the best.
	pub finalised: bool,
	/// Check and price the transaction, and do not send it.
	pub dry_run: bool,
}

/// What became of a transaction.
#[derive(Clone, Debug)]
pub enum Outcome {
	/// It is in a block, and the call succeeded.
	Included(Included),
	/// It would have been sent.
	Checked {
		/// `Pallet.call`.
		call: String,
		/// The estimated fee, in planck.
		fee: u128,
	},
}

/// A transaction in a block.
#[derive(Clone, Debug)]
pub struct Included {
	/// The block.
	pub block: BlockId,
	/// The hash of the extrinsic.
	pub hash: H256,
	/// What its signer paid for it, in planck.
	pub fee: u128,
	/// Its events.
	pub events: Vec<Event>,
}

impl Included {
	/// The first event `name` of `pallet`.
	pub fn event(&self, pallet: &str, name: &str) -> Option<&Event> {
		self.events.iter().find(|event| event.is(pallet, name))
	}

	/// The result as `--json` prints it.
	pub fn to_json(&self) -> Json {
		let mut result = Map::new();
		result.insert("block".into(), json!(self.block.number));
		result.insert("blockHash".into(), json!(self.block.hash));
		result.insert("hash".into(), json!(self.hash));
		result.insert("fee".into(), json!(self.fee.to_string()));
		result.insert("events".into(), self.events.iter().map(Event::to_json).collect());
		for event in self.events.iter().filter(|event| OUR_PALLETS.contains(&event.pallet.as_str()))
		{
			if let Some(id) = event.fields.get("id").filter(|_| event.name == "Reported") {
				result.insert("report".into(), id.clone());
			}
			for name in IDS {
				if let Some(id) = event.fields.get(name) {
					result.entry(name).or_insert_with(|| id.clone());
				}
			}
		}
		result.into()
	}
}

impl Outcome {
	/// The transaction in its block; `None` after a dry run.
	pub fn included(&self) -> Option<&Included> {
		match self {
			Self::Included(included) => Some(included),
			Self::Checked { .. } => None,
		}
	}

	/// The result as `--json` prints it.
	pub fn to_json(&self) -> Json {
		match self {
			Self::Included(included) => included.to_json(),
			Self::Checked { call, fee } => {
				json!({ "dryRun": true, "call": call, "fee": fee.to_string() })
			}
		}
	}
}

impl Chain {
	/// Signs `call` with `key`, sends it and waits for it.
	///
	/// # Errors
	/// Where the call does not fit the runtime, is refused or fails, or the node stops answering.
	pub async fn send(
		&self,
		call: &Call,
		key: &Keypair,
		via: Via,
		options: Options,
	) -> Result<Outcome> {
		let account = account_of(key);
		let best = self.best().await?;
		let anchor = self.anchor(best).await?;
		let at = self.at(anchor.hash).await?;
		let nonce = self.legacy.system_account_next_index(&account).await?;
		let params = DefaultExtrinsicParamsBuilder::new().nonce(nonce);
		// A block's own state does not have its hash yet, so nothing mortal from it can be tried there.
		let params = match options.dry_run {
			true => params.immortal().build(),
			false => params.mortal(MORTALITY).build(),
		};
		let signed = at.tx().create_signed(call, key, params).await.map_err(misfit)?;
		if options.dry_run {
			let fee = signed.partial_fee_estimate().await.map_err(from_subxt)?;
			self.check(signed.encoded(), best).await?;
			return Ok(Outcome::Checked { call: call.title(), fee });
		}
		self.submit(signed.encoded().to_vec(), signed.hash(), anchor, via, options).await
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
		self.submit(bytes, hash, from, via, options).await
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

	async fn submit(
		&self,
		bytes: Vec<u8>,
		hash: H256,
		from: BlockId,
		via: Via,
		options: Options,
	) -> Result<Outcome> {
		let hex = format!("0x{}", hex::encode(&bytes));
		let _: Json = self.rpc.request(via.method(), rpc_params![&hex]).await?;
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
			return Ok(Outcome::Included(Included { block, hash, fee, events }));
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
				let hex = format!("0x{}", hex::encode(extrinsic));
				// A pool that has it still refuses it; what else is wrong shows when it expires.
				let _ = self.rpc.request::<Json>(via.method(), rpc_params![hex]).await;
			}
		}
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
