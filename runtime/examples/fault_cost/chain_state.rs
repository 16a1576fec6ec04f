//! A world on a chain: registered, paid for and reported on by real transactions.

use sp_keyring::Sr25519Keyring as Account;
use tributary_primitives::{
	blob::{Content, Opening},
	fees::DEFAULTS,
	traits::SyntheticPolicy,
};
use tributary_runtime::{params::EpochLength, Runtime, Usage};

use super::{blob::Blob, cases::World};
use crate::{
	chain::Chain,
	scene::{blocks, contribute_blob, create_dataset, pay_for, register_model},
};

type Attribution = pallet_attribution::Call<Runtime>;

const ATTRIBUTOR: Account = Account::CharlieStash;

/// The only model.
pub const MODEL: u32 = 0;

fn named(blob: &Blob) -> (Content, Box<Opening>) {
	(blob.content(), Box::new(blob.tail()))
}

/// A chain on which the report of `world` is open, and the epoch that it is on.
pub fn reported(world: &World) -> (Chain, u32) {
	let mut chain = Chain::start("development");
	create_dataset(&mut chain, SyntheticPolicy::Refuse);
	for (who, blob) in [(Account::Charlie, &world.earlier), (Account::Dave, &world.later)] {
		let (content, tail) = named(blob);
		contribute_blob(&mut chain, who, content, tail);
	}
	register_model(&mut chain, Account::Eve, Vec::new(), 2);
	let (items, items_tail) = named(&world.items);
	pay_for(&mut chain, MODEL, items, items_tail);
	let epoch = chain.ext.execute_with(Usage::current_epoch);
	chain.until((epoch + 1) * blocks::<EpochLength>() - 1);

	let (entries, entries_tail) = named(&world.entries);
	let (payouts, payouts_tail) = named(&world.payouts);
	chain.run(ATTRIBUTOR, Attribution::bond { amount: DEFAULTS.report_bond });
	let report = Attribution::report {
		model: MODEL,
		epoch,
		entries,
		entries_tail,
		payouts,
		payouts_tail,
		total: 0,
		unseen: Default::default(),
		withheld: 0,
	};
	chain.run(ATTRIBUTOR, report);
	(chain, epoch)
}
