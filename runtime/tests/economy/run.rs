//! A chain on which one call follows the other, and the second model beside it.

use std::collections::VecDeque;

use frame_support::{
	dispatch::DispatchResult,
	storage::{with_transaction, TransactionOutcome},
};
use sp_runtime::{
	traits::Dispatchable,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	DispatchError, StateVersion,
};
use tributary_runtime::{
	Authorship, Executive, RuntimeCall, RuntimeEvent, RuntimeOrigin, System, UncheckedExtrinsic,
};

use crate::{
	books::{check_closed, compare, compare_all, first_money},
	chain::{general, sign, Chain},
	deeds::{
		closing::{Duty, EMPLOY, ENDOW, END_AGENTS, FREE, RETIRE, SETTLE},
		Actor, Deed, Scene, Who, RICH,
	},
	model::{Expected, TRIB},
	numbers::Numbers,
	tally::Tally,
};

/// How many of the last deeds are shown where one goes wrong.
const SHOWN: usize = 12;

/// In so many rounds all is done that was left to do.
const ROUNDS: usize = 12;

/// What was done last. It is printed where the test fails.
struct Trail {
	seed: u64,
	steps: u64,
	last: VecDeque<(u32, Deed, String)>,
}

impl Drop for Trail {
	fn drop(&mut self) {
		if std::thread::panicking() {
			let Self { seed, steps, .. } = self;
			println!(
				"TRIBUTARY_ECONOMY_SEED={seed} TRIBUTARY_ECONOMY_STEPS={steps} does this again:"
			);
			for (block, deed, outcome) in &self.last {
				let shown = format!("{:?}: {:?}", deed.who, deed.call);
				let short: String = shown.chars().take(300).collect();
				println!("block {block}: {short}\n    {outcome}");
			}
		}
	}
}

impl Trail {
	fn note(&mut self, block: u32, deed: &Deed) {
		self.last.push_back((block, deed.clone(), "under way".into()));
		if self.last.len() > SHOWN {
			self.last.pop_front();
		}
	}

	fn outcome(&mut self, outcome: &DispatchResult) {
		if let Some((_, _, shown)) = self.last.back_mut() {
			*shown = format!("{outcome:?}");
		}
	}
}

/// A chain, what is expected of it, and what decides what happens.
pub struct Run {
	chain: Chain,
	scene: Scene,
	trail: Trail,
	/// All planck of the beginning.
	issued: u128,
}

impl Run {
	pub fn of(seed: u64) -> Self {
		let mut chain = Chain::start("local_testnet");
		let (money, genesis) = chain.ext.execute_with(|| (first_money(), System::block_hash(0)));
		let issued = money.issued();
		assert_eq!(chain.issuance(), issued);
		let trail = Trail { seed, steps: 0, last: VecDeque::new() };
		let scene = Scene::new(Numbers::of(seed), Expected::new(genesis, money));
		Self { chain, scene, trail, issued }
	}

	/// Makes blocks until so many calls were made, and then has everyone claim all there is.
	pub fn go(mut self, steps: u64, tally: &mut Tally) {
		while self.trail.steps < steps {
			let calls = self.scene.numbers.below(8);
			self.trail.steps += calls as u64;
			tally.steps += calls as u64;
			self.block((0..calls).map(|_| Scene::next), tally);
			let Self { chain, scene, .. } = &mut self;
			if scene.numbers.once_in(25) {
				let number = chain.number();
				chain.until(number + 1 + scene.numbers.below(25) as u32);
			}
			if scene.numbers.once_in(40) {
				self.check();
			}
		}
		self.check();
		self.close(tally);
		tally.taken += self.scene.facts.taken;
	}

	/// Makes a block of what is thought of, one after the other. Returns how many of them succeeded.
	fn block(
		&mut self,
		thoughts: impl IntoIterator<Item = impl FnOnce(&mut Scene) -> Deed>,
		tally: &mut Tally,
	) -> usize {
		let Self { chain, scene, trail, issued } = self;
		chain.author = scene.numbers.below(4) as u32;
		let succeeded = chain.make(1, || {
			scene.facts.now = System::block_number();
			scene.facts.author = Authorship::author().expect("the block has an author");
			let mut succeeded = 0;
			for thought in thoughts {
				let deed = thought(scene);
				trail.note(scene.facts.now, &deed);
				succeeded += usize::from(step(deed, scene, trail, tally));
				let money = &scene.facts.money;
				assert_eq!(money.issued() + money.burned, *issued, "what is gone is burned");
			}
			succeeded
		});
		chain.ext.commit_all().expect("it is kept in memory");
		tally.blocks += 1;
		succeeded
	}

	/// Has all claimed, collected and taken back that can be, and checks what is left then.
	fn close(&mut self, tally: &mut Tally) {
		self.fulfil(ENDOW, tally);
		self.fulfil_all(FREE, tally);
		self.fulfil(EMPLOY, tally);
		self.fulfil_all(SETTLE, tally);
		self.fulfil_all(END_AGENTS, tally);
		self.check();
		tally.stranded += check_closed(&self.scene);
		self.fulfil(RETIRE, tally);
		self.check();
	}

	/// Does what there is to do of `duties` until nothing of it is left.
	fn fulfil_all(&mut self, duties: &[Duty], tally: &mut Tally) {
		for _ in 0..ROUNDS {
			if self.fulfil(duties, tally) == 0 {
				return;
			}
		}
		panic!("there is always more to do");
	}

	/// Lets pass all deadlines, and does what there is to do of `duties`. Returns how much that was.
	fn fulfil(&mut self, duties: &[Duty], tally: &mut Tally) -> usize {
		self.chain.until(self.scene.last_deadline());
		let mut done = 0;
		for duty in duties {
			self.scene.facts.now = self.chain.number() + 1;
			let deeds = duty(&mut self.scene);
			tally.closing += deeds.len() as u64;
			done += self.block(deeds.into_iter().map(|deed| move |_: &mut Scene| deed), tally);
		}
		done
	}

	/// Compares all there is, and has every pallet of ours check its state.
	fn check(&mut self) {
		let facts = &self.scene.facts;
		self.chain.ext.execute_with(|| compare_all(facts));
		self.chain.check();
	}
}

/// Has `deed` done by the chain and by the second model, and compares them. Returns whether it succeeded.
fn step(deed: Deed, scene: &mut Scene, trail: &mut Trail, tally: &mut Tally) -> bool {
	let Scene { numbers, facts: expected, .. } = scene;
	System::reset_events();
	let Deed { who, call } = deed;
	let outcome = match who {
		Who::Root => dispatch(RuntimeOrigin::root(), call.clone()),
		Who::Nobody => apply(general(call.clone())).unwrap_or(Err(DispatchError::CannotLookup)),
		Who::Actor(Actor::Person(account)) if RICH.contains(&account) && numbers.once_in(8) => {
			tally.transactions += 1;
			let tip = if numbers.once_in(3) { numbers.within(1, TRIB) } else { 0 };
			match apply(sign(account, 0, tip, call.clone())) {
				// The block that ends a session has no room for transactions.
				Err(TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources)) => {
					Err(DispatchError::Exhausted)
				}
				outcome => outcome.expect("it is a valid transaction"),
			}
		}
		Who::Actor(account) => {
			dispatch(RuntimeOrigin::signed(account.to_account_id()), call.clone())
		}
	};
	trail.outcome(&outcome);
	let events: Vec<RuntimeEvent> =
		System::read_events_no_consensus().map(|record| record.event).collect();
	if outcome.is_ok() {
		let signer = match who {
			Who::Actor(account) => Some(account.to_account_id()),
			_ => None,
		};
		expected.heard(signer.as_ref(), &call, &events);
	}
	for event in &events {
		if let RuntimeEvent::TransactionPayment(
			pallet_transaction_payment::Event::TransactionFeePaid { who, actual_fee, tip },
		) = event
		{
			expected.charged(who, *actual_fee, *tip);
		}
	}
	tally.count(&call, &outcome, &events);
	compare(expected);
	outcome.is_ok()
}

/// Makes a call. One that is refused has to change nothing at all.
fn dispatch(origin: RuntimeOrigin, call: RuntimeCall) -> DispatchResult {
	let root = || sp_io::storage::root(StateVersion::V1);
	let before = root();
	let outcome = call.dispatch(origin).map(|_| ()).map_err(|refused| refused.error);
	if outcome.is_err() {
		assert_eq!(root(), before, "a call that was refused has changed something");
	}
	outcome
}

/// Puts a transaction into the block, unless it may not be in one.
fn apply(transaction: UncheckedExtrinsic) -> Result<DispatchResult, TransactionValidityError> {
	with_transaction(|| match Executive::apply_extrinsic(transaction) {
		Ok(outcome) => TransactionOutcome::Commit(Ok(Ok(outcome))),
		Err(invalid) => TransactionOutcome::Rollback(Ok(Err(invalid))),
	})
	.unwrap_or_else(|error: DispatchError| panic!("{error:?}"))
}
