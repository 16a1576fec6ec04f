//! What gateways and payers say to each other, in JSON. What pays is a
//! [`SignedVoucher`](crate::voucher::SignedVoucher).

use codec::Encode;
use serde::{Deserialize, Serialize};
use subxt::utils::AccountId32;
use subxt_signer::sr25519::Keypair;
use tributary_primitives::{
	blob::Content,
	ids::{ChannelId, ModelId},
	views::{hex32, planck},
	voucher::{wrap, Voucher},
};

use crate::voucher::Signature;

/// What everything that is signed as a question starts with.
const ASK_TAG: &[u8] = b"tributary/ask";

/// A question. It is signed, as whoever knows the number of a channel could else have its payer buy answers
/// that it never asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Ask {
	/// The channel that pays.
	pub channel: ChannelId,
	/// The number of the voucher that its answer is to be paid with.
	pub nonce: u64,
	/// What the program reads.
	pub prompt: String,
	/// That of the channel's signer over [`Ask::payload`].
	pub signature: Signature,
}

impl Ask {
	/// Signs a question to a gateway of the chain of `genesis`.
	pub fn sign(
		key: &Keypair,
		genesis: &[u8; 32],
		channel: ChannelId,
		nonce: u64,
		prompt: &str,
	) -> Self {
		let payload = Self::payload(genesis, channel, nonce, prompt);
		let signature = Signature::sr25519(key, &payload);
		Self { channel, nonce, prompt: prompt.to_owned(), signature }
	}

	/// Whether `signer` has asked it.
	pub fn is_signed_by(&self, genesis: &[u8; 32], signer: &AccountId32) -> bool {
		let payload = Self::payload(genesis, self.channel, self.nonce, &self.prompt);
		self.signature.is_of(signer, &payload) || self.signature.is_of(signer, &wrap(&payload))
	}

	/// What is signed: `"tributary/ask" ++ SCALE(genesis, channel, nonce, BLAKE3(prompt))`.
	fn payload(genesis: &[u8; 32], channel: ChannelId, nonce: u64, prompt: &str) -> Vec<u8> {
		let mut payload = ASK_TAG.to_vec();
		(genesis, channel, nonce, prompt_hash(prompt)).encode_to(&mut payload);
		payload
	}
}

/// An answer that waits to be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
	/// The BLAKE3 hash of the prompt that it answers.
	#[serde(with = "hex32")]
	pub prompt: [u8; 32],
	/// The name of its bytes.
	pub item: Content,
	/// The voucher that it is sold for: for all answers so far, and this one.
	#[serde(flatten)]
	pub voucher: Voucher,
}

impl Offer {
	/// Whether it answers `prompt`.
	pub fn answers(&self, prompt: &str) -> bool {
		self.prompt == prompt_hash(prompt)
	}
}

/// The hash that names a prompt.
pub fn prompt_hash(prompt: &str) -> [u8; 32] {
	*blake3::hash(prompt.as_bytes()).as_bytes()
}

/// What a gateway serves, and for how much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
	/// The hash of the chain's first block.
	#[serde(with = "hex32")]
	pub genesis: [u8; 32],
	/// The model.
	pub model: ModelId,
	/// The account that channels are opened to.
	pub server: AccountId32,
	/// What an answer costs, in planck.
	#[serde(with = "planck")]
	pub price: u128,
	/// The longest prompt, in bytes.
	pub max_prompt: u64,
	/// The longest answer, in bytes.
	pub max_answer: u64,
	/// The blocks before its expiry in which a channel gets no answers any more.
	pub margin: u32,
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::keys;
	use serde_json::json;

	#[test]
	fn a_question_is_signed_for_one_place_of_one_channel() {
		let (key, genesis) = (keys::keypair("alice").unwrap(), [1; 32]);
		let alice = keys::account_of(&key);
		let ask = Ask::sign(&key, &genesis, 7, 1, "x");
		assert!(ask.is_signed_by(&genesis, &alice));
		assert!(!ask.is_signed_by(&[2; 32], &alice));
		assert!(!ask.is_signed_by(&genesis, &keys::account("bob").unwrap()));
		for wrong in [
			Ask { channel: 8, ..ask.clone() },
			Ask { nonce: 2, ..ask.clone() },
			Ask { prompt: "y".into(), ..ask },
		] {
			assert!(!wrong.is_signed_by(&genesis, &alice), "{wrong:?}");
		}
	}

	#[test]
	fn an_offer_has_the_documented_shape() {
		let list = Content::of(b"list");
		let voucher = Voucher { amount: 5, outputs: list, nonce: 1 };
		let offer = Offer { prompt: [2; 32], item: list, voucher };
		let json = json!({
			"prompt": format!("0x{}", "02".repeat(32)),
			"item": list,
			"amount": "5",
			"outputs": list,
			"nonce": 1,
		});
		assert_eq!(serde_json::to_value(offer).unwrap(), json);
		assert_eq!(serde_json::from_value::<Offer>(json).unwrap(), offer);
	}

	#[test]
	fn an_offer_says_which_question_it_answers() {
		let voucher = Voucher::default();
		let offer = Offer { prompt: prompt_hash("x"), item: Content::of(b"y"), voucher };
		assert!(offer.answers("x") && !offer.answers("y"));
	}
}
