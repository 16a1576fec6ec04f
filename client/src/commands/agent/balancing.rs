//! An agent that keeps what it has in balance.

use serde_json::json;
use tributary_primitives::{
	agent::Budget,
	views::{BudgetView, MandateView},
};

use crate::{
	agent::{
		pool::{decide, Move, Position, Rules},
		strategy::PoolStrategy,
	},
	amount::Amount,
	chain::{
		calls::{self, Pair, Traded},
		market::title_text,
		tx::Via,
		Chain,
	},
	commands::{follow::Follower, market::less},
	context::{Answer, Context},
	error::{Error, Result},
	keys::Signer,
};

/// Swaps TRIB for shares and back.
pub struct Balancing<'a> {
	context: &'a Context,
	signer: Signer,
	strategy: PoolStrategy,
}

impl<'a> Balancing<'a> {
	/// By `strategy`.
	///
	/// # Errors
	/// Where there is no key.
	pub fn new(context: &'a Context, strategy: PoolStrategy) -> Result<Self> {
		Ok(Self { context, signer: context.key()?, strategy })
	}

	/// What the agent has, and the pool.
	async fn position(&self, chain: &Chain, asset: u32) -> Result<Position> {
		let account = self.signer.account();
		let title = &self.strategy.title;
		let pool = chain.find_pool(asset).await?.ok_or_else(|| {
			Error::refused(format!("there is no pool of shares of {}.", title_text(title)))
		})?;
		let free = chain.balance(&account).await?.free;
		let fee = chain.constant("AssetConversion", "LPFee").await?;
		Ok(Position {
			planck: free.saturating_sub(self.strategy.reserve.0),
			shares: chain.shares_of(asset, &account).await?,
			reserves: pool.reserves,
			fee: u32::try_from(fee).unwrap_or(u32::MAX),
		})
	}
}

impl Follower for Balancing<'_> {
	async fn on_block(&mut self, chain: &Chain, number: u64) -> Result<()> {
		let Some(journal) = self.context.journal() else { return Ok(()) };
		if journal.state().rests_after_swap(number, self.strategy.every.into()) {
			return Ok(());
		}
		let asset = chain.vault(self.strategy.title).await?.asset;
		let position = self.position(chain, asset).await?;
		let Some(agent) = self.signer.agent() else { return Ok(()) };
		let Some(mandate) = chain.mandate(agent).await? else {
			return Err(Error::refused(format!("agent {agent} has no mandate.")));
		};
		let rules = within(self.strategy.rules(), &mandate, asset);
		let Some(swap) = decide(&position, &rules) else { return Ok(()) };

		let shares = Traded::WithId(asset);
		let (from, into, given) = match swap {
			Move::Buy(planck) => (Traded::Native, shares, planck),
			Move::Sell(count) => (shares, Traded::Native, count),
		};
		let Some(quoted) = chain.quote(from, into, given).await? else { return Ok(()) };
		let least = less(quoted, self.strategy.slippage);
		let call = calls::swap(from, into, given, least, &self.signer.account());
		// Noted before, so that a program that ends in between does not swap again too early.
		journal.change(|state| state.swapped_in = Some(number))?;
		let outcome = self.context.send(chain, &call, &self.signer, Via::Pool).await?;
		let event = outcome.included().and_then(|tx| tx.event("AssetConversion", "SwapExecuted"));
		let got = event.and_then(|event| event.amount("amountOut")).unwrap_or_default();
		let (gave, took) = match swap {
			Move::Buy(_) => (Amount(given).to_string(), format!("{got} shares")),
			Move::Sell(_) => (format!("{given} shares"), Amount(got).to_string()),
		};
		let json = json!({
			"action": "swapped",
			"title": self.strategy.title,
			"gave": given.to_string(),
			"got": got.to_string(),
			"bought": matches!(swap, Move::Buy(_)),
			"part": position.part(),
			"transaction": outcome.to_json(),
		});
		let text = format!("{gave} swapped for {took} of {}", title_text(&self.strategy.title));
		self.context.print(&Answer::new(json, text));
		Ok(())
	}
}

/// The rules, with no more in one swap than the mandate has room for in this block.
fn within<AccountId>(rules: Rules, mandate: &MandateView<AccountId>, asset: u32) -> Rules {
	let room = |budget: &BudgetView| {
		let Budget { per_call, per_window } = budget.budget;
		per_call.min(per_window.saturating_sub(budget.spent))
	};
	let of_shares = mandate.assets.iter().find(|budget| budget.asset == asset);
	let most = Pair {
		planck: rules.most.planck.min(room(&mandate.native)),
		shares: rules.most.shares.min(of_shares.map_or(0, |budget| room(&budget.budget))),
	};
	Rules { most, ..rules }
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::amount::Rate;
	use tributary_primitives::views::AssetBudgetView;

	fn budget(per_call: u128, per_window: u128, spent: u128) -> BudgetView {
		BudgetView { budget: Budget { per_call, per_window }, spent }
	}

	#[test]
	fn a_swap_gives_no_more_than_the_mandate_leaves_room_for() {
		let mandate = MandateView {
			calls: Vec::new(),
			native: budget(50, 100, 70),
			assets: vec![AssetBudgetView { asset: 7, budget: budget(5, 100, 0) }],
			window: 10,
			counterparties: None,
			expires_at: 9,
			depositor: 1u64,
			deposit: 0,
		};
		let rules = Rules {
			target: Rate(0),
			tolerance: Rate(0),
			most: Pair { planck: 1_000, shares: 1_000 },
		};
		assert_eq!(within(rules, &mandate, 7).most, Pair { planck: 30, shares: 5 });
		assert_eq!(within(rules, &mandate, 8).most.shares, 0, "an asset without a budget");
		let small = Rules { most: Pair { planck: 2, shares: 3 }, ..rules };
		assert_eq!(within(small, &mandate, 7).most, small.most);
		let spent = MandateView { native: budget(50, 100, 200), ..mandate };
		assert_eq!(within(rules, &spent, 7).most.planck, 0);
	}
}
