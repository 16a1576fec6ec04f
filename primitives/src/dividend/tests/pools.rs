//! Whole histories of a pool.

use super::*;

/// How many accounts take part.
const ACCOUNTS: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
	Credit(u128),
	Join(usize, u64),
	Leave(usize, u64),
	Claim(usize),
}

impl Step {
	fn account(&self) -> Option<usize> {
		match *self {
			Self::Credit(_) => None,
			Self::Join(who, _) | Self::Leave(who, _) | Self::Claim(who) => Some(who),
		}
	}
}

fn step() -> impl Strategy<Value = Step> {
	let who = || 0..ACCOUNTS;
	let shares = || prop_oneof![1u64..10, 1u64..1 << 50];
	let amount = prop_oneof![0u128..20, 0u128..1 << 60, 0u128..1 << 110];
	prop_oneof![
		4 => amount.prop_map(Step::Credit),
		3 => (who(), shares()).prop_map(|(who, shares)| Step::Join(who, shares)),
		2 => (who(), shares()).prop_map(|(who, shares)| Step::Leave(who, shares)),
		1 => who().prop_map(|who| Step::Leave(who, u64::MAX)),
		2 => who().prop_map(Step::Claim),
	]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
	prop::collection::vec(step(), 1..60)
}

#[derive(Default)]
struct History {
	pool: Pool,
	positions: [Position; ACCOUNTS],
	paid: [u128; ACCOUNTS],
	received: u128,
}

impl History {
	/// Takes a step. One that leaves with more than there is leaves with all.
	fn take(&mut self, step: Step) {
		match step {
			Step::Credit(amount) => {
				if self.pool.credit(amount).is_some() {
					self.received += amount;
				}
			}
			Step::Join(who, shares) => {
				self.paid[who] += self.pool.join(&mut self.positions[who], shares).unwrap();
			}
			Step::Leave(who, shares) => {
				let shares = shares.min(self.positions[who].shares);
				self.paid[who] += self.pool.leave(&mut self.positions[who], shares).unwrap();
			}
			Step::Claim(who) => {
				self.paid[who] += self.pool.settle(&mut self.positions[who]).unwrap();
			}
		}
	}

	fn of(steps: &[Step]) -> Self {
		let mut history = Self::default();
		steps.iter().for_each(|step| history.take(*step));
		history
	}

	fn earned(&self, who: usize) -> Dividend {
		self.pool.earned(&self.positions[who]).unwrap()
	}

	/// What each has got in all, were it paid now.
	fn totals(&self) -> [u128; ACCOUNTS] {
		core::array::from_fn(|who| self.paid[who] + self.earned(who).planck)
	}
}

/// What each account gets where every credit is pushed to all of them at once, in units of `2^-64` planck
/// that are only rounded down to planck when the last share leaves.
#[derive(Default)]
struct Pushed {
	shares: [u128; ACCOUNTS],
	units: [u128; ACCOUNTS],
	lost: [u128; ACCOUNTS],
}

impl Pushed {
	fn take(&mut self, step: Step) {
		match step {
			Step::Credit(amount) => {
				let all: u128 = self.shares.iter().sum();
				let each = (amount * PLANCK).checked_div(all).unwrap_or(0);
				for (units, shares) in self.units.iter_mut().zip(self.shares) {
					*units += each * shares;
				}
			}
			Step::Join(who, shares) => self.shares[who] += u128::from(shares),
			Step::Leave(who, shares) => {
				self.shares[who] -= u128::from(shares).min(self.shares[who]);
				if self.shares[who] == 0 {
					self.lost[who] = self.units[who] % PLANCK;
					self.units[who] -= self.lost[who];
				}
			}
			Step::Claim(_) => {}
		}
	}
}

proptest! {
	#[test]
	fn what_came_in_is_what_was_paid_and_earned_and_the_residue(steps in steps()) {
		let mut history = History::default();
		let mut credits_and_exits = 0u128;
		for step in steps {
			history.take(step);
			credits_and_exits += u128::from(step.account().is_none());
			credits_and_exits += u128::from(matches!(step, Step::Leave(..)));
			let staked: u64 = history.positions.iter().map(|position| position.shares).sum();
			prop_assert_eq!(history.pool.shares, staked);
			let paid: u128 = history.paid.iter().sum();
			prop_assert!(paid <= history.received);
			let residue = history.pool.residue;
			let all = (0..ACCOUNTS).try_fold(residue, |sum, who| sum.checked_add(history.earned(who)));
			prop_assert_eq!(all, Some(Dividend::whole(history.received - paid)));
			prop_assert!(residue <= Dividend::whole(credits_and_exits));
		}
	}

	#[test]
	fn a_pool_that_all_have_left_has_a_residue_of_whole_planck(steps in steps()) {
		let mut history = History::of(&steps);
		for who in 0..ACCOUNTS {
			history.take(Step::Leave(who, u64::MAX));
		}
		let paid: u128 = history.paid.iter().sum();
		prop_assert_eq!(history.pool.residue, Dividend::whole(history.received - paid));
	}

	#[test]
	fn the_order_of_what_accounts_do_between_two_credits_makes_no_difference(steps in steps()) {
		let mut sorted = steps.clone();
		for run in sorted.split_mut(|step| step.account().is_none()) {
			run.sort_by_key(Step::account);
		}
		let (a, b) = (History::of(&steps), History::of(&sorted));
		prop_assert_eq!(a.totals(), b.totals());
		prop_assert_eq!(a.pool, b.pool);
	}

	#[test]
	fn how_often_anyone_claims_makes_no_difference(steps in steps()) {
		let quiet: Vec<_> =
			steps.iter().copied().filter(|step| !matches!(step, Step::Claim(_))).collect();
		let loud: Vec<_> = steps
			.iter()
			.flat_map(|step| [*step].into_iter().chain((0..ACCOUNTS).map(Step::Claim)))
			.collect();
		let (a, b, c) = (History::of(&steps), History::of(&quiet), History::of(&loud));
		prop_assert_eq!(a.totals(), b.totals());
		prop_assert_eq!(a.totals(), c.totals());
	}

	#[test]
	fn who_joins_earns_nothing_of_what_came_in_before(steps in steps(), shares in 1u64..1 << 50) {
		let mut history = History::of(&steps);
		let mut late = Position::default();
		prop_assert_eq!(history.pool.join(&mut late, shares), Some(0));
		prop_assert_eq!(history.pool.earned(&late), Some(Dividend::default()));
		prop_assert_eq!(history.pool.leave(&mut late, shares), Some(0));
	}

	#[test]
	fn a_credit_that_is_pushed_to_every_account_gives_the_same(
		steps in prop::collection::vec(step(), 1..60),
	) {
		// So small that all units fit 128 bits.
		let steps = steps.into_iter().map(|step| match step {
			Step::Credit(amount) => Step::Credit(amount % (1 << 50)),
			step => step,
		});
		let (mut history, mut pushed) = (History::default(), Pushed::default());
		for step in steps {
			history.take(step);
			pushed.take(step);
			for who in 0..ACCOUNTS {
				prop_assert_eq!(history.totals()[who], pushed.units[who] / PLANCK);
			}
		}
	}
}
