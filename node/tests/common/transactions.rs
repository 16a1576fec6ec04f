//! Transactions of the development accounts.

use codec::{Decode, Encode};
use serde_json::json;
use sp_core::Pair;
use sp_keyring::Sr25519Keyring;
use sp_runtime::generic::Era;
use tributary_runtime::{
	Nonce, Runtime, RuntimeCall, Signature, SignedPayload, TxExtension, UncheckedExtrinsic, VERSION,
};

use super::Node;

/// The node's error for a transaction that its pool has.
const ALREADY_IMPORTED: i64 = 1013;

/// The account's next nonce, its transactions in the pool counted.
pub fn nonce(node: &Node, account: Sr25519Keyring) -> Nonce {
	let nonce = node.get("system_accountNextIndex", json!([account.to_account_id()]));
	nonce.as_u64().and_then(|nonce| nonce.try_into().ok()).expect("a nonce is a number")
}

/// The account's next nonce in the best block.
pub fn included(node: &Node, account: Sr25519Keyring) -> Nonce {
	let account = format!("0x{}", hex::encode(account.to_account_id()));
	let nonce = node.get("state_call", json!(["AccountNonceApi_account_nonce", account]));
	let nonce = nonce.as_str().expect("a state call gives hex").trim_start_matches("0x");
	Nonce::decode(&mut &hex::decode(nonce).expect("it is hex")[..]).expect("it is a nonce")
}

/// The genesis hash.
pub fn genesis(node: &Node) -> sp_core::H256 {
	serde_json::from_value(node.get("chain_getBlockHash", json!([0]))).expect("a hash is hex")
}

/// The extensions of a transaction.
pub fn extension(nonce: Nonce) -> TxExtension {
	(
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckMortality::from(Era::Immortal),
		frame_system::CheckNonce::from(nonce),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::<Runtime>::from(0),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}

/// A transaction signed by `account`, as hex.
pub fn signed(
	node: &Node,
	account: Sr25519Keyring,
	nonce: Nonce,
	call: impl Into<RuntimeCall>,
) -> String {
	let call = call.into();
	let genesis = genesis(node);
	let versions = (VERSION.spec_version, VERSION.transaction_version);
	let payload = SignedPayload::from_raw(
		call.clone(),
		extension(nonce),
		((), (), versions.0, versions.1, genesis, genesis, (), (), (), None, ()),
	);
	let signature = payload.using_encoded(|bytes| account.pair().sign(bytes));
	hex(&UncheckedExtrinsic::new_signed(
		call,
		account.to_account_id().into(),
		Signature::Sr25519(signature),
		extension(nonce),
	))
}

/// Gives a transaction to the pool.
pub fn submit(node: &Node, transaction: &str) {
	match node.call("author_submitExtrinsic", json!([transaction])) {
		Ok(_) => {}
		// The pool says so even of what comes for the first time, where it comes while a block is imported.
		Err(error) => assert_eq!(error.code, ALREADY_IMPORTED, "{error:?}"),
	}
}

/// The extrinsic as hex.
pub fn hex(extrinsic: &UncheckedExtrinsic) -> String {
	format!("0x{}", hex::encode(extrinsic.encode()))
}
