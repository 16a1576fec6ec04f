//! Questions about what is owned, shared, traded and paid off chain.

use codec::{Decode, Encode};
use subxt::{
	ext::scale_value::{At, Value},
	rpcs::rpc_params,
	utils::AccountId32,
};
use tributary_primitives::{
	fees::Settings,
	ids::{ChannelId, ModelId},
	title::Title,
	views::{
		ChannelView, ClaimableLineageView, Page, SharesView, StakeView, TenureView, TitleView,
		VaultView, MAX_HISTORY_PAGE, MAX_PAGE,
	},
};

use super::{
	calls::{Pair, Traded},
	Chain,
};
use crate::error::{from_subxt, Error, Result};

/// A pool of the native token and shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
	/// What is in it.
	pub reserves: Pair,
	/// The asset that liquidity is counted in.
	pub unit: u32,
	/// All units of liquidity.
	pub supply: u128,
}

/// `title`, as text and in errors.
pub fn title_text(title: &Title) -> String {
	let kind = format!("{:?}", title.kind).to_lowercase();
	format!("{kind}:{}", title.id)
}

impl Chain {
	/// The parameters that can be changed.
	///
	/// # Errors
	/// Where the node does not answer, or as [`Chain::ask`]; so with everything below.
	pub async fn settings(&self) -> Result<Settings> {
		self.ask("attribution_settings", rpc_params![]).await
	}

	/// A title.
	pub async fn title(&self, title: Title) -> Result<TitleView<AccountId32>> {
		let found: Option<_> = self.ask("attribution_title", rpc_params![title]).await?;
		found.ok_or_else(|| {
			Error::refused(format!("there is no title {}. Check the number.", title_text(&title)))
		})
	}

	/// Whom a title's revenue went to, from tenure `from` on.
	pub async fn tenures(&self, title: Title, from: u32) -> Result<Vec<TenureView<AccountId32>>> {
		let mut all = Vec::new();
		let mut from = Some(from);
		while let Some(cursor) = from {
			let params = rpc_params![title, cursor, MAX_PAGE];
			let page: Page<_, u32> = self.ask("attribution_tenures", params).await?;
			all.extend(page.items);
			from = page.next;
		}
		Ok(all)
	}

	/// One tenure of a title.
	pub async fn tenure(&self, title: Title, index: u32) -> Result<TenureView<AccountId32>> {
		let params = rpc_params![title, index, 1];
		let page: Page<TenureView<AccountId32>, u32> =
			self.ask("attribution_tenures", params).await?;
		page.items.into_iter().find(|tenure| tenure.index == index).ok_or_else(|| {
			Error::refused(format!("title {} has no tenure {index}.", title_text(&title)))
		})
	}

	/// The vault of a title, if there are shares of it.
	pub async fn find_vault(&self, title: Title) -> Result<Option<VaultView<AccountId32>>> {
		self.ask("attribution_vault", rpc_params![title]).await
	}

	/// The vault of a title.
	pub async fn vault(&self, title: Title) -> Result<VaultView<AccountId32>> {
		self.find_vault(title).await?.ok_or_else(|| {
			Error::refused(format!(
				"there are no shares of {}. Its owner issues them with `shares issue`.",
				title_text(&title)
			))
		})
	}

	/// What an account has staked in the vault of a title.
	pub async fn stake(
		&self,
		title: Title,
		account: &AccountId32,
	) -> Result<Option<StakeView<AccountId32>>> {
		self.ask("attribution_stake", rpc_params![title, account]).await
	}

	/// An open channel, if there is one of that number.
	pub async fn find_channel(&self, id: ChannelId) -> Result<Option<ChannelView<AccountId32>>> {
		self.ask("attribution_channel", rpc_params![id]).await
	}

	/// An open channel.
	pub async fn open_channel(&self, id: ChannelId) -> Result<ChannelView<AccountId32>> {
		self.find_channel(id).await?.ok_or_else(|| {
			Error::refused(format!(
				"there is no open channel {id}: it may have been closed or finished. Check the number."
			))
		})
	}

	/// The open channels that an account pays or serves.
	pub async fn channels(&self, account: &AccountId32) -> Result<Vec<ChannelView<AccountId32>>> {
		let mut all = Vec::new();
		let mut from = Some(0);
		while let Some(cursor) = from {
			let params = rpc_params![account, cursor, MAX_PAGE];
			let page: Page<_, ChannelId> = self.ask("attribution_channels", params).await?;
			all.extend(page.items);
			from = page.next;
		}
		Ok(all)
	}

	/// How payments for each ancestor of a model and for the model itself are divided, in order.
	pub async fn shares_history(&self, id: ModelId) -> Result<Vec<SharesView<AccountId32>>> {
		let mut all = Vec::new();
		let mut from = Some(0);
		while let Some(cursor) = from {
			let params = rpc_params![id, cursor, MAX_HISTORY_PAGE];
			let page: Option<Page<_, ModelId>> =
				self.ask("attribution_sharesHistory", params).await?;
			let page = page.ok_or_else(|| {
				Error::refused(format!("there is no model {id} on the chain. Check the number."))
			})?;
			all.extend(page.items);
			from = page.next;
		}
		Ok(all)
	}

	/// What the tenures of an ancestor's title may claim of a model's revenue.
	pub async fn lineage_tenures(
		&self,
		model: ModelId,
		ancestor: ModelId,
	) -> Result<Vec<ClaimableLineageView>> {
		let mut all = Vec::new();
		let mut from = Some(0);
		while let Some(cursor) = from {
			let params = rpc_params![model, ancestor, cursor, MAX_PAGE];
			let page: Page<_, u32> = self.ask("attribution_lineageTenures", params).await?;
			all.extend(page.items);
			from = page.next;
		}
		Ok(all)
	}

	/// The shares that an account has, but for those that it has staked.
	pub async fn shares_of(&self, asset: u32, account: &AccountId32) -> Result<u128> {
		self.units_of("Assets", asset, account).await
	}

	/// The units of liquidity that an account has in a pool.
	pub async fn liquidity_of(&self, unit: u32, account: &AccountId32) -> Result<u128> {
		self.units_of("PoolAssets", unit, account).await
	}

	async fn units_of(&self, pallet: &str, asset: u32, account: &AccountId32) -> Result<u128> {
		let key = vec![Value::u128(asset.into()), Value::from_bytes(account.0)];
		let found = self.storage(pallet, "Account", key).await?;
		Ok(found.and_then(|found| found.at("balance")?.as_u128()).unwrap_or_default())
	}

	/// The pool of the native token and the shares `asset`, if there is one.
	pub async fn find_pool(&self, asset: u32) -> Result<Option<Pool>> {
		let pair = [Traded::Native.value(), Traded::WithId(asset).value()];
		let key = vec![Value::unnamed_composite(pair)];
		let Some(found) = self.storage("AssetConversion", "Pools", key).await? else {
			return Ok(None);
		};
		let unit = found.at("lp_token").and_then(Value::as_u128);
		let unit = unit.and_then(|unit| u32::try_from(unit).ok()).unwrap_or_default();
		let info = self.storage("PoolAssets", "Asset", vec![Value::u128(unit.into())]).await?;
		let supply = info.and_then(|info| info.at("supply")?.as_u128()).unwrap_or_default();
		let reserves: Option<(u128, u128)> =
			self.pool_call("get_reserves", &(Traded::Native, Traded::WithId(asset))).await?;
		let (planck, shares) = reserves.unwrap_or_default();
		Ok(Some(Pool { reserves: Pair { planck, shares }, unit, supply }))
	}

	/// What `amount` of `from` is swapped for, after the pool's fee; `None` where the pool has too little,
	/// or there is none.
	pub async fn quote(&self, from: Traded, into: Traded, amount: u128) -> Result<Option<u128>> {
		let arguments = (from, into, amount, true);
		self.pool_call("quote_price_exact_tokens_for_tokens", &arguments).await
	}

	async fn pool_call<T: Decode>(&self, name: &str, arguments: &impl Encode) -> Result<T> {
		let at = self.at(self.best().await?.hash).await?;
		let function = format!("AssetConversionApi_{name}");
		let bytes = at.runtime_apis().call_raw(&function, Some(&arguments.encode())).await;
		T::decode(&mut bytes.map_err(from_subxt)?.as_slice()).map_err(|_| {
			Error::refused(format!(
				"the runtime's {function} gives something else than this program expects. Use the \
				 program of the node's release."
			))
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_traded_is_encoded_as_the_runtime_does() {
		assert_eq!(Traded::Native.encode(), [0]);
		assert_eq!(Traded::WithId(7).encode(), [1, 7, 0, 0, 0]);
		assert_eq!(title_text(&Title::model(3)), "model:3");
	}
}
