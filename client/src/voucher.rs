//! Vouchers with their signatures, as they are given and kept (protocol 4).

use serde::{Deserialize, Serialize};
use subxt::utils::AccountId32;
use subxt_signer::sr25519;
use tributary_primitives::{ids::ChannelId, voucher::Voucher};

/// A voucher with its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignedVoucher {
	/// The channel.
	pub channel: ChannelId,
	/// What is signed, with the chain's first hash and the channel.
	pub voucher: Voucher,
	/// The signature.
	pub signature: Signature,
}

impl SignedVoucher {
	/// Signs `voucher` for a channel of the chain of `genesis`.
	pub fn sign(
		key: &sr25519::Keypair,
		genesis: &[u8; 32],
		channel: ChannelId,
		voucher: Voucher,
	) -> Self {
		let signature = Signature::sr25519(key, &voucher.payload(genesis, channel));
		Self { channel, voucher, signature }
	}

	/// Whether the account `signer` has signed it, with a key of the kind sr25519: gateways take no
	/// others.
	pub fn is_signed_by(&self, genesis: &[u8; 32], signer: &AccountId32) -> bool {
		let verify = |message: &[u8]| self.signature.is_of(signer, message);
		self.voucher.is_signed(genesis, self.channel, verify)
	}
}

/// A signature, by the kind of its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Signature {
	/// Of a key of Schnorr over Ristretto, as most wallets have.
	Sr25519(Bytes),
	/// Of an Edwards key.
	Ed25519(Bytes),
	/// Of a secp256k1 key, over the BLAKE2 hash.
	Ecdsa(Bytes),
	/// Of a secp256k1 key, over the Keccak hash, as Ethereum's wallets sign.
	Eth(Bytes),
}

impl Signature {
	/// The signature of an sr25519 key.
	pub fn sr25519(key: &sr25519::Keypair, message: &[u8]) -> Self {
		Self::Sr25519(key.sign(message).0.to_vec().into())
	}

	/// Whether it is an sr25519 one of `signer` over `message`.
	pub fn is_of(&self, signer: &AccountId32, message: &[u8]) -> bool {
		let Self::Sr25519(Bytes(bytes)) = self else { return false };
		let Ok(bytes) = <[u8; 64]>::try_from(bytes.as_slice()) else { return false };
		let (signature, key) = (sr25519::Signature(bytes), sr25519::PublicKey(signer.0));
		sr25519::verify(&signature, message, &key)
	}

	/// The name of its kind in the runtime, and its bytes.
	pub fn parts(&self) -> (&'static str, &[u8]) {
		match self {
			Self::Sr25519(Bytes(bytes)) => ("Sr25519", bytes),
			Self::Ed25519(Bytes(bytes)) => ("Ed25519", bytes),
			Self::Ecdsa(Bytes(bytes)) => ("Ecdsa", bytes),
			Self::Eth(Bytes(bytes)) => ("Eth", bytes),
		}
	}
}

/// Bytes, in JSON as 0x-prefixed hex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bytes(pub Vec<u8>);

impl From<Vec<u8>> for Bytes {
	fn from(bytes: Vec<u8>) -> Self {
		Self(bytes)
	}
}

impl From<Bytes> for String {
	fn from(bytes: Bytes) -> Self {
		format!("0x{}", hex::encode(bytes.0))
	}
}

impl TryFrom<String> for Bytes {
	type Error = hex::FromHexError;

	fn try_from(text: String) -> Result<Self, Self::Error> {
		hex::decode(text.strip_prefix("0x").unwrap_or(&text)).map(Self)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::keys;
	use serde_json::json;
	use tributary_primitives::{blob::Content, voucher::wrap};

	const GENESIS: [u8; 32] = [1; 32];

	fn voucher() -> Voucher {
		Voucher { amount: 5, outputs: Content::of(b"list"), nonce: 1 }
	}

	fn signed() -> (SignedVoucher, AccountId32) {
		let key = keys::keypair("alice").unwrap();
		(SignedVoucher::sign(&key, &GENESIS, 7, voucher()), keys::account_of(&key))
	}

	#[test]
	fn a_voucher_is_signed_for_one_channel_of_one_chain() {
		let (signed, alice) = signed();
		assert!(signed.is_signed_by(&GENESIS, &alice));
		assert!(!signed.is_signed_by(&[2; 32], &alice));
		assert!(!signed.is_signed_by(&GENESIS, &keys::account("bob").unwrap()));
		assert!(!SignedVoucher { channel: 8, ..signed.clone() }.is_signed_by(&GENESIS, &alice));
		let dearer = Voucher { amount: 6, ..signed.voucher };
		assert!(!SignedVoucher { voucher: dearer, ..signed }.is_signed_by(&GENESIS, &alice));
	}

	#[test]
	fn a_wallet_may_have_wrapped_what_it_signed() {
		let (mut signed, alice) = signed();
		let key = keys::keypair("alice").unwrap();
		let signature = key.sign(&wrap(&signed.voucher.payload(&GENESIS, 7)));
		signed.signature = Signature::Sr25519(signature.0.to_vec().into());
		assert!(signed.is_signed_by(&GENESIS, &alice));
	}

	#[test]
	fn other_kinds_of_keys_and_odd_lengths_are_refused() {
		let (signed, alice) = signed();
		let (_, bytes) = signed.signature.parts();
		let other = Signature::Ed25519(bytes.to_vec().into());
		let short = Signature::Sr25519(bytes[1..].to_vec().into());
		for signature in [other, short] {
			assert!(!SignedVoucher { signature, ..signed.clone() }.is_signed_by(&GENESIS, &alice));
		}
	}

	#[test]
	fn a_signed_voucher_has_the_documented_shape() {
		let (mut signed, _) = signed();
		signed.signature = Signature::Sr25519(vec![1, 255].into());
		let list = format!("0x{}", hex::encode(Content::of(b"list").root));
		let json = json!({
			"channel": 7,
			"voucher": { "amount": "5", "outputs": { "root": list, "len": 4 }, "nonce": 1 },
			"signature": { "sr25519": "0x01ff" },
		});
		assert_eq!(serde_json::to_value(&signed).unwrap(), json);
		assert_eq!(serde_json::from_value::<SignedVoucher>(json).unwrap(), signed);
	}
}
