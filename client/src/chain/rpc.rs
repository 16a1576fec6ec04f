//! Questions to the node: the `attribution_` methods in the types of the protocol's views, and the few
//! entries of other pallets that they do not cover.

use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use subxt::{
	ext::scale_value::{At, Value, ValueDef},
	rpcs::{client::RpcParams, rpc_params},
	utils::{AccountId32, H256},
};
use tributary_primitives::{
	availability::Demanded,
	blob::Content,
	ids::{DatasetId, EpochIndex, ModelId, ReportId, Seq},
	views::{
		AccusationView, AncestorView, BooksView, ClaimableView, ContributionView, CorpusEntryView,
		DatasetView, DemandView, EpochView, ModelView, Page, PotView, ReceiptView, ReportView,
		RewardView, SharesView, MAX_PAGE,
	},
};

use super::Chain;
use crate::error::{from_subxt, Error, Result};

/// An account's balance, in planck.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
	/// What is not on hold.
	pub free: u128,
	/// What is on hold: deposits and bonds.
	pub reserved: u128,
}

/// An attributor's bond, in planck.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bonded {
	/// The whole bond.
	pub held: u128,
	/// What open reports lock of it.
	pub locked: u128,
	/// What one more report locks.
	pub each: u128,
}

impl Chain {
	/// Asks the node any method.
	///
	/// # Errors
	/// Where the node refuses the question or does not answer.
	pub async fn ask<T: DeserializeOwned>(&self, method: &str, params: RpcParams) -> Result<T> {
		Ok(self.rpc.request(method, params).await?)
	}

	/// Asks the node any method with parameters in JSON.
	///
	/// # Errors
	/// As [`Chain::ask`].
	pub async fn ask_raw(&self, method: &str, params: &[Json]) -> Result<Json> {
		let mut all = RpcParams::new();
		for param in params {
			all.push(param)?;
		}
		self.ask(method, all).await
	}

	/// A dataset.
	///
	/// # Errors
	/// Where there is none of that id, or as [`Chain::ask`]; so with everything below.
	pub async fn dataset(&self, id: DatasetId) -> Result<DatasetView<AccountId32>> {
		let found: Option<_> = self.ask("attribution_dataset", rpc_params![id]).await?;
		found.ok_or_else(|| missing("dataset", id))
	}

	/// All datasets.
	pub async fn datasets(&self) -> Result<Vec<DatasetView<AccountId32>>> {
		let mut all = Vec::new();
		let mut from = Some(0);
		while let Some(cursor) = from {
			let page: Page<_, DatasetId> =
				self.ask("attribution_datasets", rpc_params![cursor, MAX_PAGE]).await?;
			all.extend(page.items);
			from = page.next;
		}
		Ok(all)
	}

	/// A commitment or contribution.
	pub async fn contribution(&self, seq: Seq) -> Result<ContributionView<AccountId32>> {
		let found: Option<_> = self.ask("attribution_contribution", rpc_params![seq]).await?;
		found.ok_or_else(|| missing("contribution", seq))
	}

	/// The bytes of a contribution, by name.
	pub async fn content_of(&self, seq: Seq) -> Result<Content> {
		self.contribution(seq).await?.content.ok_or_else(|| {
			Error::refused(format!(
				"contribution {seq} is not revealed: nobody can tell what its bytes are. Wait for the \
				 reveal."
			))
		})
	}

	/// The contribution of the blob with this hash, if any.
	pub async fn contribution_by_root(&self, root: &[u8; 32]) -> Result<Option<Seq>> {
		let root = format!("0x{}", hex::encode(root));
		self.ask("attribution_contributionByRoot", rpc_params![root]).await
	}

	/// A model.
	pub async fn model(&self, id: ModelId) -> Result<ModelView<AccountId32>> {
		self.find_model(id).await?.ok_or_else(|| missing("model", id))
	}

	/// A model, if there is one of that id.
	pub async fn find_model(&self, id: ModelId) -> Result<Option<ModelView<AccountId32>>> {
		self.ask("attribution_model", rpc_params![id]).await
	}

	/// All models. Ids have no gaps.
	pub async fn models(&self) -> Result<Vec<ModelView<AccountId32>>> {
		let mut all = Vec::new();
		for id in 0.. {
			match self.find_model(id).await? {
				Some(model) => all.push(model),
				None => break,
			}
		}
		Ok(all)
	}

	/// The ancestors of a model.
	pub async fn lineage(&self, id: ModelId) -> Result<Vec<AncestorView<AccountId32>>> {
		let found: Option<_> = self.ask("attribution_lineage", rpc_params![id]).await?;
		found.ok_or_else(|| missing("model", id))
	}

	/// How a payment for a model is divided.
	pub async fn shares(&self, id: ModelId) -> Result<SharesView<AccountId32>> {
		let found: Option<_> = self.ask("attribution_shares", rpc_params![id]).await?;
		found.ok_or_else(|| missing("model", id))
	}

	/// The corpus of a model at the last block of an epoch, by ascending `seq`.
	pub async fn corpus(&self, model: ModelId, epoch: EpochIndex) -> Result<Vec<CorpusEntryView>> {
		let mut all = Vec::new();
		let mut from = Some(0);
		while let Some(cursor) = from {
			let params = rpc_params![model, epoch, cursor, MAX_PAGE];
			let page: Option<Page<CorpusEntryView, u64>> =
				self.ask("attribution_corpus", params).await?;
			let page = page.ok_or_else(|| missing("model", model))?;
			all.extend(page.items);
			from = page.next;
		}
		all.sort_by_key(|entry| entry.seq);
		Ok(all)
	}

	/// Where the chain is in its epochs.
	pub async fn epoch(&self) -> Result<EpochView> {
		self.ask("attribution_epoch", rpc_params![]).await
	}

	/// All payments for a model in an epoch, by index.
	pub async fn receipts(
		&self,
		model: ModelId,
		epoch: EpochIndex,
	) -> Result<Vec<ReceiptView<AccountId32>>> {
		let mut all = Vec::new();
		let mut from = Some(0);
		while let Some(cursor) = from {
			let params = rpc_params![model, epoch, cursor, MAX_PAGE];
			let page: Page<_, u32> = self.ask("attribution_receipts", params).await?;
			all.extend(page.items);
			from = page.next;
		}
		Ok(all)
	}

	/// A payment, unless it was released.
	pub async fn find_receipt(
		&self,
		model: ModelId,
		epoch: EpochIndex,
		index: u32,
	) -> Result<Option<ReceiptView<AccountId32>>> {
		let params = rpc_params![model, epoch, index, 1];
		let page: Page<ReceiptView<_>, u32> = self.ask("attribution_receipts", params).await?;
		Ok(page.items.into_iter().find(|receipt| receipt.index == index))
	}

	/// A payment.
	pub async fn receipt(
		&self,
		model: ModelId,
		epoch: EpochIndex,
		index: u32,
	) -> Result<ReceiptView<AccountId32>> {
		self.find_receipt(model, epoch, index).await?.ok_or_else(|| {
			Error::refused(format!(
				"there is no receipt {index} of model {model} in epoch {epoch}. Check the numbers."
			))
		})
	}

	/// What the sources of (model, epoch) share, if anything was paid.
	pub async fn pot(&self, model: ModelId, epoch: EpochIndex) -> Result<Option<PotView>> {
		self.ask("attribution_pot", rpc_params![model, epoch]).await
	}

	/// The live report on (model, epoch), if there is one.
	pub async fn find_report(
		&self,
		model: ModelId,
		epoch: EpochIndex,
	) -> Result<Option<ReportView<AccountId32>>> {
		self.ask("attribution_report", rpc_params![model, epoch]).await
	}

	/// The live report on (model, epoch).
	pub async fn report(
		&self,
		model: ModelId,
		epoch: EpochIndex,
	) -> Result<ReportView<AccountId32>> {
		self.find_report(model, epoch).await?.ok_or_else(|| {
			Error::refused(format!(
				"there is no report on epoch {epoch} of model {model}. Post one once the epoch is closed."
			))
		})
	}

	/// What a model's owner and ancestors may claim.
	pub async fn claimable(&self, model: ModelId) -> Result<ClaimableView> {
		let found: Option<_> = self.ask("attribution_claimable", rpc_params![model]).await?;
		found.ok_or_else(|| missing("model", model))
	}

	/// The books of all payments.
	pub async fn books(&self) -> Result<BooksView> {
		self.ask("attribution_books", rpc_params![]).await
	}

	/// A demand, until it is answered or enforced.
	pub async fn find_demand(&self, id: u64) -> Result<Option<DemandView<AccountId32>>> {
		self.ask("attribution_demand", rpc_params![id]).await
	}

	/// The demand for that chunk that was neither answered nor enforced, if there is one.
	pub async fn pending_demand(&self, blob: &Demanded, chunk: u64) -> Result<Option<u64>> {
		let number = |number: u64| Value::u128(number.into());
		let period = |model: ModelId, epoch: EpochIndex| {
			vec![("model", number(model.into())), ("epoch", number(epoch.into()))]
		};
		let (name, mut fields, rest) = match *blob {
			Demanded::Entries { model, epoch, report } => {
				("Entries", period(model, epoch), vec![("report", report)])
			}
			Demanded::Payouts { model, epoch, report } => {
				("Payouts", period(model, epoch), vec![("report", report)])
			}
			Demanded::Items { model, epoch, receipt } => {
				("Items", period(model, epoch), vec![("receipt", receipt)])
			}
			Demanded::Output { model, epoch, receipt, item } => {
				("Output", period(model, epoch), vec![("receipt", receipt), ("item", item)])
			}
			Demanded::Contribution { seq } => {
				("Contribution", vec![("seq", number(seq))], Vec::new())
			}
		};
		fields.extend(rest.into_iter().map(|(field, value)| (field, number(value.into()))));
		let key = Value::unnamed_composite([Value::named_variant(name, fields), number(chunk)]);
		let found = self.storage("Availability", "Pending", vec![key]).await?;
		Ok(found.and_then(|id| id.as_u128()).and_then(|id| u64::try_from(id).ok()))
	}

	/// All demands from `from` on that were neither answered nor enforced.
	pub async fn demands(&self, from: u64) -> Result<Vec<DemandView<AccountId32>>> {
		let mut all = Vec::new();
		let mut from = Some(from);
		while let Some(cursor) = from {
			let page: Page<_, u64> =
				self.ask("attribution_demands", rpc_params![cursor, MAX_PAGE]).await?;
			all.extend(page.items);
			from = page.next;
		}
		Ok(all)
	}

	/// The open accusation of `account` against a contribution.
	pub async fn find_accusation(
		&self,
		accused: Seq,
		account: &AccountId32,
	) -> Result<Option<AccusationView<AccountId32>>> {
		self.ask("attribution_accusation", rpc_params![accused, account]).await
	}

	/// The open accusations against a contribution.
	pub async fn accusations(&self, accused: Seq) -> Result<Vec<AccusationView<AccountId32>>> {
		self.ask("attribution_accusations", rpc_params![accused]).await
	}

	/// The reward for a voided report, while it is not paid.
	pub async fn find_reward(&self, report: ReportId) -> Result<Option<RewardView<AccountId32>>> {
		self.ask("attribution_reward", rpc_params![report]).await
	}

	/// An account's balance.
	pub async fn balance(&self, account: &AccountId32) -> Result<Balance> {
		let found = self.storage("System", "Account", vec![Value::from_bytes(account.0)]).await?;
		let amount = |field: &str| {
			found
				.as_ref()
				.and_then(|found| found.at("data").at(field)?.as_u128())
				.unwrap_or_default()
		};
		Ok(Balance { free: amount("free"), reserved: amount("reserved") })
	}

	/// An attributor's bond.
	pub async fn bonded(&self, account: &AccountId32) -> Result<Bonded> {
		let key = || vec![Value::from_bytes(account.0)];
		let locked = self.storage("Attribution", "Locked", key()).await?;
		let holds = self.storage("Balances", "Holds", key()).await?;
		Ok(Bonded {
			held: holds.as_ref().map(bond_of).unwrap_or_default(),
			locked: locked.and_then(|locked| locked.as_u128()).unwrap_or_default(),
			each: self.settings().await?.report_bond,
		})
	}

	/// What settled pots owe to an account that could not take it, in planck.
	pub async fn due(&self, account: &AccountId32) -> Result<u128> {
		let due = self.storage("Usage", "Dues", vec![Value::from_bytes(account.0)]).await?;
		Ok(due.and_then(|due| due.as_u128()).unwrap_or_default())
	}

	/// Whether what a source earned by a report was paid.
	pub async fn is_claimed(&self, report: u32, source: u64) -> Result<bool> {
		let key = vec![Value::u128(report.into()), Value::u128(source.into())];
		Ok(self.storage("Attribution", "Claims", key).await?.is_some())
	}

	/// The hash that was committed to as `seq`, while it waits for its reveal.
	pub async fn commitment(&self, seq: Seq) -> Result<Option<[u8; 32]>> {
		let found = self.storage("Datasets", "Commitments", vec![Value::u128(seq.into())]).await?;
		let hash = found.as_ref().and_then(|found| found.at("hash")).map(|hash| &hash.value);
		let Some(ValueDef::Composite(hash)) = hash else { return Ok(None) };
		let bytes: Option<Vec<u8>> =
			hash.values().map(|byte| byte.as_u128()?.try_into().ok()).collect();
		Ok(bytes.and_then(|bytes| bytes.try_into().ok()))
	}

	/// An entry of a pallet's storage, in the state of the best block.
	pub(super) async fn storage(
		&self,
		pallet: &str,
		entry: &str,
		key: Vec<Value>,
	) -> Result<Option<Value>> {
		let hash: H256 = self.best().await?.hash;
		let at = self.at(hash).await?;
		let address = subxt::dynamic::storage::<Vec<Value>, Value>(pallet, entry);
		let found = at.storage().try_fetch(address, key).await.map_err(from_subxt)?;
		found.map(|found| found.decode().map_err(from_subxt)).transpose()
	}
}

fn missing(what: &str, id: impl std::fmt::Display) -> Error {
	Error::refused(format!("there is no {what} {id} on the chain. Check the number."))
}

/// The hold of an attributor's bond among all holds of an account.
fn bond_of<T>(holds: &Value<T>) -> u128 {
	let is_bond = |hold: &Value<T>| {
		let Some(ValueDef::Variant(pallet)) = hold.at("id").map(|id| &id.value) else {
			return false;
		};
		let reason = pallet.values.values().next().map(|reason| &reason.value);
		pallet.name == "Attribution"
			&& matches!(reason, Some(ValueDef::Variant(reason))
				if reason.name == "Bond")
	};
	let mut amounts = Vec::new();
	let mut stack = vec![holds];
	// Bounded vectors are newtypes around the list, however many.
	while let Some(value) = stack.pop() {
		if is_bond(value) {
			amounts.extend(value.at("amount").and_then(Value::as_u128));
		} else if let ValueDef::Composite(inner) = &value.value {
			stack.extend(inner.values());
		}
	}
	amounts.iter().sum()
}
