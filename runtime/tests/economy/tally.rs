//! How often what happened.

use std::collections::BTreeMap;

use frame_support::{
	dispatch::DispatchResult,
	traits::{GetCallMetadata, GetCallName},
};
use scale_info::{TypeDef, TypeInfo};
use tributary_primitives::agent::Outcome;
use tributary_runtime::{Runtime, RuntimeCall, RuntimeEvent};

/// The calls of other pallets that move titles, shares and money.
const OTHERS: [(&str, &str); 26] = [
	("Nfts", "transfer"),
	("Nfts", "approve_transfer"),
	("Nfts", "cancel_approval"),
	("Nfts", "clear_all_transfer_approvals"),
	("Nfts", "set_price"),
	("Nfts", "buy_item"),
	("Nfts", "create_swap"),
	("Nfts", "cancel_swap"),
	("Nfts", "claim_swap"),
	("Assets", "transfer"),
	("Assets", "transfer_keep_alive"),
	("Assets", "approve_transfer"),
	("Assets", "transfer_approved"),
	("Assets", "cancel_approval"),
	("Assets", "touch"),
	("Assets", "refund"),
	("AssetConversion", "create_pool"),
	("AssetConversion", "add_liquidity"),
	("AssetConversion", "remove_liquidity"),
	("AssetConversion", "swap_exact_tokens_for_tokens"),
	("AssetConversion", "swap_tokens_for_exact_tokens"),
	("Balances", "transfer_allow_death"),
	("Utility", "batch"),
	("Utility", "batch_all"),
	("Utility", "force_batch"),
	("Settings", "set"),
];

/// Nothing that a payer has burned for an agent fades to nothing in the time that a chain has here.
const FORGET: (&str, &str) = ("Agents", "forget_payer");

/// What becomes of acts, and why.
const OUTCOMES: [&str; 8] = [
	"Done",
	"Failed",
	"Breached(Expired",
	"Breached(NotAllowed",
	"Breached(NotDelegable",
	"Breached(Counterparty",
	"Breached(CallBudget",
	"Breached(WindowBudget",
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
	/// How often an act had which outcome.
	outcomes: BTreeMap<String, u64>,
	/// How often agents did what.
	acts: BTreeMap<(&'static str, &'static str), u64>,
	pub steps: u64,
	/// How many calls were made to claim and collect all there is, at the ends of chains.
	pub closing: u64,
	/// What is left to agents for which nobody speaks, in planck.
	pub stranded: u128,
	pub blocks: u64,
	pub transactions: u64,
	/// How many titles were given away by delegates.
	pub taken: u64,
}

impl Tally {
	pub fn count(&mut self, call: &RuntimeCall, outcome: &DispatchResult, events: &[RuntimeEvent]) {
		let name = call.get_call_metadata();
		let name = (name.pallet_name, name.function_name);
		let counts = self.calls.entry(name).or_default();
		counts[usize::from(outcome.is_err())] += 1;
		if let Err(error) = outcome {
			let error: &'static str = (*error).into();
			*self.refusals.entry((name.0, name.1, error)).or_default() += 1;
		}
		if let (Ok(()), RuntimeCall::Agents(pallet_agents::Call::act { call, .. })) =
			(outcome, call)
		{
			self.count_act(call, events);
		}
		for event in events {
			let shown = format!("{event:?}");
			let name = shown.split([' ', '{']).next().unwrap_or_default();
			*self.events.entry(name.to_string()).or_default() += 1;
		}
	}

	fn count_act(&mut self, call: &RuntimeCall, events: &[RuntimeEvent]) {
		let outcome = events.iter().find_map(|event| match event {
			RuntimeEvent::Agents(pallet_agents::Event::Acted { act, .. }) => Some(act.outcome),
			_ => None,
		});
		let outcome = outcome.expect("every act is recorded");
		let shown = format!("{outcome:?}");
		let upto =
			shown.match_indices(['(', ' ', '{', ')']).nth(1).map_or(shown.len(), |(at, _)| at);
		*self.outcomes.entry(shown[..upto].to_string()).or_default() += 1;
		if outcome == Outcome::Done {
			let name = call.get_call_metadata();
			*self.acts.entry((name.pallet_name, name.function_name)).or_default() += 1;
		}
	}

	/// Prints all counts, and fails where a call of ours has never succeeded.
	pub fn close(&self) {
		println!(
			"{} steps and {} at the ends of chains in {} blocks, {} of them signed transactions; {} titles given \
			 away by delegates",
			self.steps, self.closing, self.blocks, self.transactions, self.taken
		);
		println!("{} planck are left to agents for which nobody speaks", self.stranded);
		for ((pallet, call), [succeeded, refused]) in &self.calls {
			println!("{succeeded:>8} {refused:>8}  {pallet}.{call}");
		}
		for ((pallet, call, error), count) in &self.refusals {
			println!("{count:>8}  {pallet}.{call} refused: {error}");
		}
		for (event, count) in &self.events {
			println!("{count:>8}  {event}");
		}
		for (outcome, count) in &self.outcomes {
			println!("{count:>8}  acts {outcome}");
		}
		for ((pallet, call), count) in &self.acts {
			println!("{count:>8}  done by agents: {pallet}.{call}");
		}
		self.check_calls();
		if self.steps >= LONG {
			self.check_events();
		}
	}

	fn check_calls(&self) {
		let ours: [(&str, &[&str]); 10] = [
			("Datasets", pallet_datasets::Call::<Runtime>::get_call_names()),
			("Models", pallet_models::Call::<Runtime>::get_call_names()),
			("Usage", pallet_usage::Call::<Runtime>::get_call_names()),
			("Attribution", pallet_attribution::Call::<Runtime>::get_call_names()),
			("Availability", pallet_availability::Call::<Runtime>::get_call_names()),
			("Originality", pallet_originality::Call::<Runtime>::get_call_names()),
			("Shares", pallet_shares::Call::<Runtime>::get_call_names()),
			("Channels", pallet_channels::Call::<Runtime>::get_call_names()),
			("Settings", pallet_settings::Call::<Runtime>::get_call_names()),
			("Agents", pallet_agents::Call::<Runtime>::get_call_names()),
		];
		let ours = ours
			.into_iter()
			.flat_map(|(pallet, calls)| calls.iter().map(move |call| (pallet, *call)));
		let never: Vec<_> = ours
			.chain(OTHERS)
			.filter(|name| *name != FORGET)
			.filter(|name| self.calls.get(name).is_none_or(|[succeeded, _]| *succeeded == 0))
			.collect();
		assert!(never.is_empty(), "these calls never succeeded: {never:?}");
		assert!(self.taken > 0, "no delegate has given a title away");
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
			("Agents", variants::<pallet_agents::Event<Runtime>>()),
		];
		let ours = ours.into_iter().flat_map(|(pallet, events)| {
			events.into_iter().map(move |event| format!("{pallet}(Event::{event}"))
		});
		let never: Vec<String> = ours
			.filter(|name| *name != "Agents(Event::PayerForgotten")
			.filter(|name| !self.events.contains_key(name))
			.collect();
		assert!(never.is_empty(), "these events never happened: {never:?}");
		let never = OUTCOMES.iter().filter(|outcome| !self.outcomes.contains_key(**outcome));
		let never: Vec<_> = never.collect();
		assert!(never.is_empty(), "no act came to this: {never:?}");
	}
}
