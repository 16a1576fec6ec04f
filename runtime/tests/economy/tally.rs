//! How often what happened.

use std::collections::BTreeMap;

use frame_support::{
	dispatch::DispatchResult,
	traits::{GetCallMetadata, GetCallName},
};
use scale_info::{TypeDef, TypeInfo};
use tributary_runtime::{Runtime, RuntimeCall, RuntimeEvent};

/// The calls of other pallets that move titles, shares and money.
const OTHERS: [(&str, &str); 15] = [
	("Nfts", "transfer"),
	("Nfts", "set_price"),
	("Nfts", "buy_item"),
	("Nfts", "create_swap"),
	("Nfts", "cancel_swap"),
	("Nfts", "claim_swap"),
	("Assets", "transfer"),
	("Assets", "transfer_keep_alive"),
	("AssetConversion", "create_pool"),
	("AssetConversion", "add_liquidity"),
	("AssetConversion", "remove_liquidity"),
	("AssetConversion", "swap_exact_tokens_for_tokens"),
	("AssetConversion", "swap_tokens_for_exact_tokens"),
	("Balances", "transfer_allow_death"),
	("Settings", "set"),
];

/// In so many steps everything has to happen that can.
const LONG: u64 = 200_000;

/// The names of the variants of an enum.
fn variants<T: TypeInfo>() -> Vec<&'static str> {
	let TypeDef::Variant(all) = T::type_info().type_def else { return Vec::new() };
	all.variants.iter().map(|variant| variant.name).collect()
}

#[derive(Default)]
pub struct Tally {
	/// How often a call succeeded and was refused.
	calls: BTreeMap<(&'static str, &'static str), [u64; 2]>,
	/// How often it was refused for what.
	refusals: BTreeMap<(&'static str, &'static str, &'static str), u64>,
	events: BTreeMap<String, u64>,
	pub steps: u64,
	pub blocks: u64,
	pub transactions: u64,
}

impl Tally {
	pub fn count(&mut self, call: &RuntimeCall, outcome: &DispatchResult, events: &[RuntimeEvent]) {
		self.steps += 1;
		let name = call.get_call_metadata();
		let name = (name.pallet_name, name.function_name);
		let counts = self.calls.entry(name).or_default();
		counts[usize::from(outcome.is_err())] += 1;
		if let Err(error) = outcome {
			let error: &'static str = (*error).into();
			*self.refusals.entry((name.0, name.1, error)).or_default() += 1;
		}
		for event in events {
			let shown = format!("{event:?}");
			let name = shown.split([' ', '{']).next().unwrap_or_default();
			*self.events.entry(name.to_string()).or_default() += 1;
		}
	}

	/// Prints all counts, and fails where a call of ours has never succeeded.
	pub fn close(&self) {
		println!(
			"{} steps in {} blocks, {} of them signed transactions",
			self.steps, self.blocks, self.transactions
		);
		for ((pallet, call), [succeeded, refused]) in &self.calls {
			println!("{succeeded:>8} {refused:>8}  {pallet}.{call}");
		}
		for ((pallet, call, error), count) in &self.refusals {
			println!("{count:>8}  {pallet}.{call} refused: {error}");
		}
		for (event, count) in &self.events {
			println!("{count:>8}  {event}");
		}
		self.check_calls();
		if self.steps >= LONG {
			self.check_events();
		}
	}

	fn check_calls(&self) {
		let ours: [(&str, &[&str]); 9] = [
			("Datasets", pallet_datasets::Call::<Runtime>::get_call_names()),
			("Models", pallet_models::Call::<Runtime>::get_call_names()),
			("Usage", pallet_usage::Call::<Runtime>::get_call_names()),
			("Attribution", pallet_attribution::Call::<Runtime>::get_call_names()),
			("Availability", pallet_availability::Call::<Runtime>::get_call_names()),
			("Originality", pallet_originality::Call::<Runtime>::get_call_names()),
			("Shares", pallet_shares::Call::<Runtime>::get_call_names()),
			("Channels", pallet_channels::Call::<Runtime>::get_call_names()),
			("Settings", pallet_settings::Call::<Runtime>::get_call_names()),
		];
		let ours = ours
			.into_iter()
			.flat_map(|(pallet, calls)| calls.iter().map(move |call| (pallet, *call)));
		let never: Vec<_> = ours
			.chain(OTHERS)
			.filter(|name| self.calls.get(name).is_none_or(|[succeeded, _]| *succeeded == 0))
			.collect();
		assert!(never.is_empty(), "these calls never succeeded: {never:?}");
	}

	fn check_events(&self) {
		let ours = [
			("Datasets", variants::<pallet_datasets::Event<Runtime>>()),
			("Models", variants::<pallet_models::Event<Runtime>>()),
			("Usage", variants::<pallet_usage::Event<Runtime>>()),
			("Attribution", variants::<pallet_attribution::Event<Runtime>>()),
			("Availability", variants::<pallet_availability::Event<Runtime>>()),
			("Originality", variants::<pallet_originality::Event<Runtime>>()),
			("Titles", variants::<pallet_titles::Event<Runtime>>()),
			("Shares", variants::<pallet_shares::Event<Runtime>>()),
			("Channels", variants::<pallet_channels::Event<Runtime>>()),
			("Settings", variants::<pallet_settings::Event<Runtime>>()),
		];
		let ours = ours.into_iter().flat_map(|(pallet, events)| {
			events.into_iter().map(move |event| format!("{pallet}(Event::{event}"))
		});
		let never: Vec<String> = ours.filter(|name| !self.events.contains_key(name)).collect();
		assert!(never.is_empty(), "these events never happened: {never:?}");
	}
}
