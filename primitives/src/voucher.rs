//! Vouchers: payments that are signed off the chain and settled on it once (protocol 4).
//!
//! The payer of a channel signs one voucher after the other, each for all that was served so far, and
//! its server closes the channel with one of them. Nothing but the channel says whether a voucher was
//! used: a signature is no identifier, since it can be written in more than one way.

use alloc::vec::Vec;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use crate::{blob::Content, ids::ChannelId};

/// What everything that is signed as a voucher starts with. A transaction starts with the index of a
/// pallet: one of index 116, the tag's first byte, or 60, that of [`wrap`], could be mistaken for a
/// voucher.
pub const VOUCHER_TAG: [u8; 17] = *b"tributary/voucher";

const WRAP_START: &[u8] = b"<Bytes>";
const WRAP_END: &[u8] = b"</Bytes>";

/// What a payer has agreed to pay through a channel so far.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub struct Voucher {
	/// For everything since the channel was opened, in planck.
	#[cfg_attr(feature = "std", serde(with = "crate::views::planck"))]
	pub amount: u128,
	/// The blob of 64-byte items, one for each output since the channel was opened.
	pub outputs: Content,
	/// Tells payer and server which of two vouchers is the later one. The chain takes any number.
	pub nonce: u64,
}

impl Voucher {
	/// What is signed: [`VOUCHER_TAG`], then `SCALE(genesis_hash, channel, amount, outputs, nonce)`. With
	/// a hash of 32 bytes that is 121 bytes.
	///
	/// The genesis hash keeps a voucher from being used on another chain. The channel keeps it from
	/// being used in another one, or twice, as its number is never used again.
	pub fn payload<Hash: Encode>(&self, genesis_hash: &Hash, channel: ChannelId) -> Vec<u8> {
		let mut payload = VOUCHER_TAG.to_vec();
		(genesis_hash, channel, self).encode_to(&mut payload);
		payload
	}

	/// Whether the voucher is signed, as it stands or [wrapped](wrap). `verify` says whether the
	/// signature is that of the channel's signer for a message. It is asked at most twice.
	pub fn is_signed<Hash: Encode>(
		&self,
		genesis_hash: &Hash,
		channel: ChannelId,
		verify: impl Fn(&[u8]) -> bool,
	) -> bool {
		let payload = self.payload(genesis_hash, channel);
		verify(&payload) || verify(&wrap(&payload))
	}
}

/// `<Bytes>payload</Bytes>`: what a wallet signs where it is asked to sign bytes, so that they can never
/// be a transaction.
pub fn wrap(payload: &[u8]) -> Vec<u8> {
	[WRAP_START, payload, WRAP_END].concat()
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	const VOUCHER: Voucher =
		Voucher { amount: 1_000, outputs: Content { root: [3; 32], len: 128 }, nonce: 5 };

	#[test]
	fn the_payload_is_the_tag_and_the_plain_fields() {
		let expected = [
			&b"tributary/voucher"[..],
			&[1; 32],
			&7u64.to_le_bytes(),
			&1_000u128.to_le_bytes(),
			&[3; 32],
			&128u64.to_le_bytes(),
			&5u64.to_le_bytes(),
		];
		assert_eq!(VOUCHER.payload(&[1u8; 32], 7), expected.concat());
		assert_eq!(VOUCHER.payload(&[1u8; 32], 7).len(), 121);
	}

	#[test]
	fn a_wallet_wraps_the_payload() {
		assert_eq!(wrap(b"payload"), b"<Bytes>payload</Bytes>");
	}

	#[test]
	fn a_signature_of_the_payload_or_of_the_wrapped_payload_is_as_good() {
		let payload = VOUCHER.payload(&[1u8; 32], 7);
		let signed = |what: Vec<u8>| VOUCHER.is_signed(&[1u8; 32], 7, |message| message == what);
		assert!(signed(payload.clone()));
		assert!(signed(wrap(&payload)));
		assert!(!signed(wrap(&wrap(&payload))));
		assert!(!signed(payload[VOUCHER_TAG.len()..].to_vec()));
		assert!(!signed(VOUCHER.payload(&[1u8; 32], 8)));
	}

	#[test]
	fn a_voucher_reads_and_writes_as_json() {
		let json = serde_json::to_string(&VOUCHER).unwrap();
		assert_eq!(
			json,
			format!(
				r#"{{"amount":"1000","outputs":{{"root":"0x{}","len":128}},"nonce":5}}"#,
				"03".repeat(32)
			)
		);
		assert_eq!(serde_json::from_str::<Voucher>(&json).unwrap(), VOUCHER);
	}

	prop_compose! {
		fn signed()(
			genesis: [u8; 2], channel in 0u64..4, amount in 0u128..4,
			root: [u8; 2], len in 0u64..4, nonce in 0u64..4,
		) -> ([u8; 32], ChannelId, Voucher) {
			let spread = |[first, last]: [u8; 2]| {
				let mut bytes = [0; 32];
				(bytes[0], bytes[31]) = (first & 1, last & 1);
				bytes
			};
			let outputs = Content { root: spread(root), len };
			(spread(genesis), channel, Voucher { amount, outputs, nonce })
		}
	}

	proptest! {
		#[test]
		fn two_vouchers_are_never_signed_alike(one in signed(), other in signed()) {
			let payload = |(genesis, channel, voucher): &([u8; 32], ChannelId, Voucher)| {
				voucher.payload(genesis, *channel)
			};
			let (first, second) = (payload(&one), payload(&other));
			prop_assert_eq!(first == second, one == other);
			prop_assert_ne!(wrap(&first), second);
		}
	}
}
