//! The calls of our own pallets.

use alloc::vec;

use tributary_primitives::{title::Title, traits::Titles as _};

use super::{agent_account, contributor, earners, shares_of, Leaf};
use crate::{AccountId, Runtime, Titles};

/// Curators of a dataset that is made get a right, to decide on contributions, so they are counterparties.
/// Those of one that is there already may not be changed, and what others contribute to it is not decided on.
pub fn datasets(call: &pallet_datasets::Call<Runtime>) -> Option<Leaf> {
	use pallet_datasets::{Admission, Call};

	match call {
		Call::create {
			admission,
			curator_share: _,
			licence: _,
			uses: _,
			synthetic: _,
			contribution_deposit: _,
			metadata: _,
			metadata_tail: _,
		} => match admission {
			Admission::Open => Leaf::alone(),
			Admission::Curated(curators) => Leaf::with(curators.to_vec()),
		},
		Call::commit { hash: _ }
		| Call::reveal { seq: _, dataset: _, content: _, salt: _, tail: _ }
		| Call::withdraw { seq: _ }
		| Call::expire { seq: _ }
		| Call::set_closed { dataset: _, closed: _ } => Leaf::alone(),
		_ => None,
	}
}

pub fn models(call: &pallet_models::Call<Runtime>) -> Option<Leaf> {
	use pallet_models::Call;

	match call {
		Call::register {
			relation: _,
			parents: _,
			pins: _,
			generative: _,
			terms: _,
			max_lineage: _,
			artifact: _,
			artifact_tail: _,
			manifest: _,
			manifest_tail: _,
		} => Leaf::alone(),
		_ => None,
	}
}

/// Whoever owns a model is paid for it, or has staked its shares. A claim pays what is somebody's already.
pub fn usage(call: &pallet_usage::Call<Runtime>) -> Option<Leaf> {
	use pallet_usage::Call;

	match call {
		Call::pay { model, outputs: _, outputs_tail: _, amount: _ } => {
			Leaf::with(earners(Title::model(*model))?)
		}
		Call::collect_due { beneficiary } => Leaf::with(vec![beneficiary.clone()]),
		Call::claim_owner { model: _ }
		| Call::claim_lineage { model: _, ancestor: _, tenure: _ }
		| Call::release_receipt { model: _, epoch: _, index: _ } => Leaf::alone(),
		_ => None,
	}
}

/// A fault is submitted by a transaction that nobody signs.
pub fn attribution(call: &pallet_attribution::Call<Runtime>) -> Option<Leaf> {
	use pallet_attribution::Call;

	match call {
		Call::bond { amount: _ }
		| Call::unbond { amount: _ }
		| Call::report {
			model: _,
			epoch: _,
			entries: _,
			entries_tail: _,
			payouts: _,
			payouts_tail: _,
			total: _,
			unseen: _,
			withheld: _,
		}
		| Call::finalise { model: _, epoch: _ }
		| Call::claim { model: _, epoch: _, source: _, first: _, last: _ }
		| Call::announce { model: _, epoch: _, report: _, hash: _ }
		| Call::reveal_announcement { report: _, fault: _, salt: _ }
		| Call::pay_reward { report: _ }
		| Call::withdraw_announcement { report: _ }
		| Call::claim_passed { source: _, entry: _ } => Leaf::alone(),
		_ => None,
	}
}

/// Whoever answers a demand is paid its deposit. The answer is a transaction that nobody signs.
pub fn availability(call: &pallet_availability::Call<Runtime>) -> Option<Leaf> {
	use pallet_availability::Call;

	match call {
		Call::demand { blob, chunk: _, item: _, keep_open: _ } => {
			Leaf::with(pallet_availability::respondent::<Runtime>(blob).into_iter().collect())
		}
		Call::enforce { demand: _ } => Leaf::alone(),
		_ => None,
	}
}

/// Whoever is accused in vain is paid a part of the bond.
pub fn originality(call: &pallet_originality::Call<Runtime>) -> Option<Leaf> {
	use pallet_originality::Call;

	match call {
		Call::accuse { accused, original: _, item: _ } => {
			Leaf::with(contributor(*accused).into_iter().collect())
		}
		Call::show_hits { accused: _, hits: _ } => Leaf::alone(),
		Call::close { accused: _, challenger } => Leaf::with(vec![challenger.clone()]),
		_ => None,
	}
}

/// Who dissolves a vault burns its shares, and its title's owner has the revenue again.
pub fn shares(call: &pallet_shares::Call<Runtime>) -> Option<Leaf> {
	use pallet_shares::Call;

	match call {
		Call::issue { title: _, supply: _, name: _, symbol: _ } => Leaf::alone(),
		Call::stake { title, shares: _ }
		| Call::unstake { title, shares: _ }
		| Call::claim_dividends { title } => Leaf::moving(shares_of(*title)?),
		Call::dissolve { title } => Some(Leaf {
			counterparties: vec![Titles::owner(*title)?],
			assets: vec![shares_of(*title)?],
		}),
		Call::collect_owed { title: _, asset, who } => {
			Some(Leaf { counterparties: vec![who.clone()], assets: vec![*asset] })
		}
		_ => None,
	}
}

/// What a channel may take is spent when it is held, and vouchers that its signer makes take it.
pub fn channels(call: &pallet_channels::Call<Runtime>) -> Option<Leaf> {
	use pallet_channels::Call;

	match call {
		Call::open { model, server, signer, deposit: _, lifetime: _ } => {
			let parties = [server.clone(), signer.clone()];
			Leaf::with(parties.into_iter().chain(earners(Title::model(*model))?).collect())
		}
		Call::top_up { channel, amount: _, expires_at: _ } => {
			let channel = pallet_channels::Channels::<Runtime>::get(channel)?;
			let parties = [channel.server, channel.signer];
			Leaf::with(parties.into_iter().chain(earners(Title::model(channel.model))?).collect())
		}
		Call::close { channel: _, voucher: _, signature: _, outputs_tail: _ }
		| Call::request_close { channel: _ }
		| Call::finish { channel: _ } => Leaf::alone(),
		_ => None,
	}
}

/// An agent may pay another one, whoever owns that, and who has staked its shares. Everything else is for owners and operators themselves.
pub fn agents(agent: &AccountId, call: &pallet_agents::Call<Runtime>) -> Option<Leaf> {
	use pallet_agents::Call;

	match call {
		Call::pay { agent: id, outputs: _, outputs_tail: _, amount: _ } => {
			let paid = agent_account(*id)?;
			if paid == *agent {
				return None;
			}
			Leaf::with([paid].into_iter().chain(earners(Title::agent(*id))?).collect())
		}
		_ => None,
	}
}
