//! What happens next: a call that makes sense as things stand, most of the time.

mod accusations;
mod actors;
mod agents;
mod allowances;
mod batches;
mod channels;
pub mod closing;
mod demands;
mod faults;
mod market;
mod payments;
mod registry;
mod reports;
mod shares;
mod titles;

use actors::{address, POOR};
pub use actors::{Actor, RICH};

use frame_support::traits::Get;
use tributary_primitives::fees::Setting;
use tributary_runtime::{Runtime, RuntimeCall};

use crate::{
	model::{
		money::{Purse, EXISTENTIAL},
		Expected, TRIB,
	},
	numbers::Numbers,
};

/// Who makes a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Who {
	Actor(Actor),
	Root,
	/// It needs no signature.
	Nobody,
}

#[derive(Clone, Debug)]
pub struct Deed {
	pub who: Who,
	pub call: RuntimeCall,
}

impl Deed {
	fn of(who: impl Into<Actor>, call: impl Into<RuntimeCall>) -> Option<Self> {
		Some(Self { who: Who::Actor(who.into()), call: call.into() })
	}

	fn of_nobody(call: impl Into<RuntimeCall>) -> Option<Self> {
		Some(Self { who: Who::Nobody, call: call.into() })
	}
}

/// What is known to those who act.
pub struct Scene {
	pub numbers: Numbers,
	pub facts: Expected,
	/// What is thought of next where it takes more than one deed.
	intent: Option<Thought>,
}

/// How a deed is thought of, unless there is nothing to do of its kind.
type Thought = fn(&mut Scene) -> Option<Deed>;

/// How often each kind of deed is tried.
const DEEDS: &[(usize, Thought)] = &[
	(4, Scene::create_dataset),
	(8, Scene::commit),
	(12, Scene::reveal),
	(2, Scene::expire),
	(8, Scene::curate),
	(1, Scene::withdraw),
	(3, Scene::manage_dataset),
	(6, Scene::register_model),
	(1, Scene::set_lineage_rate),
	(22, Scene::pay),
	(3, Scene::claim_owner),
	(6, Scene::claim_lineage),
	(3, Scene::release_receipt),
	(3, Scene::collect_due),
	(2, Scene::bond),
	(1, Scene::unbond),
	(10, Scene::report),
	(6, Scene::show_fault),
	(8, Scene::finalise),
	(12, Scene::claim),
	(10, Scene::announce),
	(25, Scene::reveal_announcement),
	(3, Scene::pay_reward),
	(2, Scene::withdraw_announcement),
	(12, Scene::claim_passed),
	(5, Scene::demand),
	(4, Scene::demand_again),
	(10, Scene::answer),
	(5, Scene::enforce),
	(9, Scene::accuse),
	(42, Scene::show_hits),
	(3, Scene::close_accusation),
	(6, Scene::give_title),
	(4, Scene::sell_title),
	(4, Scene::swap_title),
	(5, Scene::delegate_title),
	(3, Scene::take_title),
	(3, Scene::issue),
	(6, Scene::stake),
	(4, Scene::unstake),
	(4, Scene::claim_dividends),
	(3, Scene::wind_up),
	(2, Scene::collect_owed),
	(3, Scene::owe_little),
	(4, Scene::open_channel),
	(2, Scene::top_up),
	(3, Scene::close_channel),
	(1, Scene::request_close),
	(2, Scene::finish_channel),
	(4, Scene::move_shares),
	(6, Scene::allow),
	(3, Scene::move_allowed),
	(1, Scene::end_allowance),
	(2, Scene::keep_entry),
	(2, Scene::clear_asset),
	(2, Scene::create_pool),
	(4, Scene::change_liquidity),
	(5, Scene::trade),
	(3, Scene::move_money),
	(2, Scene::set),
	(2, Scene::create_agent),
	(3, Scene::employ),
	(3, Scene::give_mandate),
	(4, Scene::fund_agent),
	(2, Scene::describe_agent),
	(2, Scene::switch_agent),
	(3, Scene::stake_agent),
	(2, Scene::withdraw_from_agent),
	(8, Scene::pay_agent),
	(1, Scene::forget_payer),
];

impl Scene {
	pub fn new(numbers: Numbers, facts: Expected) -> Self {
		Self { numbers, facts, intent: None }
	}

	/// What happens next.
	pub fn next(&mut self) -> Deed {
		loop {
			let deed = match (self.intent.take(), self.numbers.below(40)) {
				(Some(intent), _) => intent(self),
				(None, 0) => self.batch(),
				(None, 1) => self.claim_all(),
				(None, _) => self.draw(),
			};
			let Some(mut deed) = deed else { continue };
			// Now and then by somebody who may not.
			if matches!(deed.who, Who::Actor(_)) && self.numbers.once_in(15) {
				deed.who = Who::Actor(self.anyone());
			}
			if let Some(deed) = self.by_operator(deed) {
				return self.seldom_batched(deed);
			}
		}
	}

	/// One call, unless there is nothing to do of the kind that was drawn.
	fn draw(&mut self) -> Option<Deed> {
		let all: usize = DEEDS.iter().map(|(weight, _)| weight).sum();
		let mut drawn = self.numbers.below(all);
		let (_, deed) = DEEDS
			.iter()
			.find(|(weight, _)| {
				let found = drawn < *weight;
				drawn = drawn.saturating_sub(*weight);
				found
			})
			.expect("the weights sum to that");
		deed(self)
	}

	/// An amount up to `most` tokens, in planck.
	fn amount(&mut self, most: u128) -> u128 {
		self.numbers.within(EXISTENTIAL, most * TRIB)
	}

	/// Gives the poor something, or takes all that they have.
	fn move_money(&mut self) -> Option<Deed> {
		let poor = self.numbers.pick(POOR)?;
		let purse = self.facts.money.purses.get(&poor.to_account_id()).cloned().unwrap_or_default();
		let (from, to, value) = if purse.free > 0 && !self.numbers.once_in(4) {
			let kept = if purse == (Purse { free: purse.free, ..Purse::default() }) {
				0
			} else {
				EXISTENTIAL
			};
			(Actor::from(poor), self.rich(), purse.free - kept)
		} else {
			let value = self.amount(4);
			(self.rich(), Actor::from(poor), value)
		};
		let dest = address(to);
		Deed::of(from, pallet_balances::Call::<Runtime>::transfer_allow_death { dest, value })
	}

	/// Changes a parameter, beyond its bounds now and then.
	fn set(&mut self) -> Option<Deed> {
		let wild = if self.numbers.once_in(6) { 1_000_000 } else { 1 };
		let percent = |numbers: &mut Numbers, least: u128, most: u128| {
			let parts = numbers.within(least * 10_000_000 + 1, most * 10_000_000) as u32;
			sp_runtime::Perbill::from_parts(parts)
		};
		let (blocks, numbers) = (|number: u128| (number * wild) as u32, &mut self.numbers);
		let setting = match numbers.below(18) {
			0 => Setting::ProtocolFee(percent(numbers, 0, 25)),
			1 => Setting::AuthorShare(percent(numbers, 0, 80)),
			2 => Setting::AttributionFee(percent(numbers, 0, 55)),
			3 => Setting::TreasuryShare(percent(numbers, 5, 85)),
			4 => Setting::MinPayment(numbers.within(EXISTENTIAL, TRIB / 50) * wild),
			5 => Setting::ReportBond(numbers.within(TRIB / 2, 150 * TRIB)),
			6 => Setting::DemandDeposit(numbers.within(TRIB / 100, 2 * TRIB) * wild),
			7 => Setting::AccusationBond(numbers.within(TRIB / 10, 20 * TRIB)),
			8 => Setting::CommitDeposit(numbers.within(TRIB / 200, TRIB)),
			9 => Setting::ContributionDeposit(numbers.within(TRIB / 100, 3 * TRIB)),
			10 => Setting::DrawDelay(blocks(numbers.within(1, 3))),
			11 => Setting::ProofWindow(blocks(numbers.within(5, 12))),
			12 => Setting::ChallengeWindow(blocks(numbers.within(3, 12))),
			13 => Setting::AnswerWindow(blocks(numbers.within(2, 7))),
			14 => Setting::RewardWindow(blocks(numbers.within(1, 7))),
			// What little is paid then, some accounts can not take.
			_ => Setting::MinPayment(EXISTENTIAL),
		};
		let call = pallet_settings::Call::<Runtime>::set { setting };
		let who =
			if self.numbers.once_in(8) { Who::Actor(self.person().into()) } else { Who::Root };
		Some(Deed { who, call: call.into() })
	}
}

/// How many blocks a span has.
fn blocks<Span: Get<u32>>() -> u32 {
	Span::get()
}
