//! Whom the counterparties of a mandate stand for.

use subxt::utils::AccountId32;
use tributary_primitives::{
	title::{Title, TitleKind},
	views::TitleView,
};

use crate::{
	chain::{calls::Traded, Chain},
	cli::parse_title,
	error::{Error, Result},
	keys::{account, agent_account},
};

/// The accounts that a mandate names: one as everywhere, or `model:ID` or `dataset:ID` for whom it belongs to now,
/// `agent:ID` for the agent itself and whom it belongs to now, `pool:TITLE` for the pool of its shares. What is paid for a title whose revenue
/// is divided goes to the vaults' account too.
///
/// # Errors
/// Where it names nobody, or the chain has no such title.
pub async fn counterparties(chain: &Chain, name: &str) -> Result<Vec<AccountId32>> {
	if let Some(title) = name.strip_prefix("pool:") {
		let title = parse_title(title).map_err(Error::usage)?;
		return Ok(vec![pool_account(chain.vault(title).await?.asset)]);
	}
	let Ok(title) = parse_title(name) else { return Ok(vec![account(name)?]) };
	Ok(payees(&chain.title(title).await?))
}

/// Whom a call is with that pays for a title.
fn payees(title: &TitleView<AccountId32>) -> Vec<AccountId32> {
	let agent = match title.title {
		Title { kind: TitleKind::Agent, id } => Some(agent_account(id)),
		_ => None,
	};
	agent.into_iter().chain([title.owner]).chain(title.vaulted.then(vaults_account)).collect()
}

/// The account that has the revenue of titles with shares: that of the pallet id `tr/share`.
fn vaults_account() -> AccountId32 {
	let mut bytes = [0; 32];
	let name = b"modltr/share";
	bytes[..name.len()].copy_from_slice(name);
	AccountId32(bytes)
}

/// The account of the pool of the native token and `asset`.
fn pool_account(asset: u32) -> AccountId32 {
	use codec::Encode;

	let seed = (*b"py/ascon", Traded::Native, Traded::WithId(asset));
	AccountId32(sp_crypto_hashing::blake2_256(&seed.encode()))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn whoever_is_paid_for_a_title_is_its_counterparty_with_the_vaults_where_it_has_shares() {
		let title = |title: Title, vaulted: bool| TitleView {
			title,
			owner: AccountId32([4; 32]),
			vaulted,
			tenures: 0,
			price: None,
		};
		let owner = AccountId32([4; 32]);
		assert_eq!(payees(&title(Title::model(1), false)), [owner]);
		assert_eq!(payees(&title(Title::model(1), true)), [owner, vaults_account()]);
		let agent = agent_account(7);
		assert_eq!(payees(&title(Title::agent(7), false)), [agent, owner]);
		assert_eq!(payees(&title(Title::agent(7), true)), [agent, owner, vaults_account()]);
		let vaults = format!("6d6f646c74722f7368617265{}", "0".repeat(40));
		assert_eq!(hex::encode(vaults_account().0), vaults);
	}

	#[test]
	fn the_account_of_a_pool_is_that_of_the_runtime() {
		let seed = [b"py/ascon".as_slice(), &[0, 1, 7, 0, 0, 0]].concat();
		assert_eq!(pool_account(7).0, sp_crypto_hashing::blake2_256(&seed));
	}
}
