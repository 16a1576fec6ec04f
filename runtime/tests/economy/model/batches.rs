//! Several calls in one.

use pallet_utility::{Call, Event};
use tributary_runtime::{AccountId, Runtime, RuntimeCall, RuntimeEvent};

use super::Expected;

impl Expected {
	/// Notes the calls of a batch that succeeded, each with its own events.
	pub(super) fn batch_call(
		&mut self,
		signer: Option<&AccountId>,
		call: &Call<Runtime>,
		events: &[RuntimeEvent],
	) {
		let (calls, all) = match call {
			Call::batch { calls } | Call::force_batch { calls } => (calls, false),
			Call::batch_all { calls } => (calls, true),
			call => panic!("nothing is known of {call:?}"),
		};
		let act = |call: &RuntimeCall| {
			matches!(call, RuntimeCall::Agents(pallet_agents::Call::act { .. }))
		};
		assert!(!all || !calls.iter().any(act), "no act can be undone by what fails after it");
		let (mut calls, mut from) = (calls.iter(), 0);
		for (at, event) in events.iter().enumerate() {
			let succeeded = match event {
				RuntimeEvent::Utility(Event::ItemCompleted) => true,
				RuntimeEvent::Utility(Event::ItemFailed { .. }) => false,
				_ => continue,
			};
			let call = calls.next().expect("each of these events ends a call");
			assert!(succeeded || !all, "all or nothing succeeds");
			if succeeded {
				self.heard(signer, call, &events[from..at]);
			}
			from = at + 1;
		}
		assert!(!all || calls.len() == 0, "all or nothing succeeds");
	}
}
