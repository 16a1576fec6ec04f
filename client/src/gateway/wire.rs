//! What gateways and payers say to each other, in JSON. What pays is a
//! [`SignedVoucher`](crate::voucher::SignedVoucher).

use serde::{Deserialize, Serialize};
use subxt::utils::AccountId32;
use tributary_primitives::{
	blob::Content,
	ids::{ChannelId, ModelId},
	views::{hex32, planck},
	voucher::Voucher,
};

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Ask {
	/// The channel that pays.
	pub channel: ChannelId,
	/// What the program reads.
	pub prompt: String,
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
	use serde_json::json;

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
