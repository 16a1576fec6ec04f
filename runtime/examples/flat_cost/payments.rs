//! Models with more and more ancestors, and a payment for one of them.

use pallet_models::{Relation, Terms};
use sp_keyring::Sr25519Keyring as Account;
use sp_runtime::Perbill;
use tributary_primitives::{
	blob::Content,
	report::{Item, Record},
};
use tributary_runtime::{params::TRIB, UncheckedExtrinsic};

use crate::{
	chain::Chain,
	run_call,
	scene::{tail, Models, Usage, PAYER},
};

/// How many ancestors the models have that are paid for.
pub const ANCESTORS: [u32; 6] = [0, 1, 16, 64, 128, 256];

/// A chain with 257 models, each the child of the one before: a model has as many ancestors as its id says.
pub fn models() -> Chain {
	let mut chain = Chain::start("development");
	let blob = b"bytes";
	for id in 0..=256u32 {
		let parents: Vec<_> = id.checked_sub(1).into_iter().collect();
		let call = Models::register {
			relation: if id == 0 { Relation::Pretrain } else { Relation::Finetune },
			parents: parents.try_into().expect("it is one"),
			pins: Default::default(),
			generative: true,
			terms: Terms {
				lineage_rate: Perbill::from_parts(1_000_000),
				data_rate: Perbill::from_percent(30),
				window: 32,
			},
			max_lineage: Perbill::one(),
			artifact: Content::of(blob),
			artifact_tail: tail(blob),
			manifest: Content::of(blob),
			manifest_tail: tail(blob),
		};
		run_call(&mut chain, Account::Eve, call);
	}
	chain
}

/// A payment for the model with so many ancestors.
pub fn payment(chain: &mut Chain, ancestors: u32) -> UncheckedExtrinsic {
	let items = Item { output: Content::of(b"output"), reserved: [0; 24] }.to_bytes();
	let (outputs, outputs_tail) = (Content::of(&items), tail(&items));
	let call = Usage::pay { model: ancestors, outputs, outputs_tail, amount: 10 * TRIB };
	chain.signed(PAYER, call)
}
