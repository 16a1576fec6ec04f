//! The openings that answer demands, as they stand in blocks.

use codec::Decode;
use subxt::utils::H256;
use tributary_primitives::blob::Opening;

use super::Chain;
use crate::error::{from_subxt, Result};

impl Chain {
	/// The demands that the calls in a block answer, and with what; also those of calls that failed.
	/// Nothing in it is verified.
	///
	/// # Errors
	/// Where the node does not have the block or does not answer.
	pub async fn answers(&self, block: H256) -> Result<Vec<(u64, Opening)>> {
		let at = self.at(block).await?;
		let extrinsics = at.extrinsics().fetch().await.map_err(from_subxt)?;
		// What another pallet's extrinsic can not be decoded as is none of ours.
		let answers = extrinsics.iter().flatten().filter(|extrinsic| {
			(extrinsic.pallet_name(), extrinsic.call_name()) == ("Availability", "answer")
		});
		Ok(answers.filter_map(|extrinsic| decode(extrinsic.call_data_field_bytes())).collect())
	}
}

/// The arguments of `Availability.answer`.
fn decode(mut fields: &[u8]) -> Option<(u64, Opening)> {
	let answer = Decode::decode(&mut fields).ok()?;
	fields.is_empty().then_some(answer)
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;
	use tributary_primitives::blob::open_tail;

	#[test]
	fn the_arguments_of_an_answer_are_read_whole() {
		let answer = (7u64, open_tail(b"abc").unwrap());
		let bytes = answer.encode();
		assert_eq!(decode(&bytes), Some(answer));
		assert_eq!(decode(&bytes[..bytes.len() - 1]), None);
		assert_eq!(decode(&[&bytes[..], &[0]].concat()), None);
	}
}
