//! All money of the chain, told in advance: every call of every pallet of ours, and those of others that move
//! titles, shares and money, in any order on the runtime as it is; and after each of them a second model,
//! which knows the protocol alone, says every balance to the planck. In the end everyone claims, collects and
//! takes back all there is, and nothing may be left but deposits for what is kept for good, what rounding
//! leaves, and what retired or ownerless agents hold.
//!
//! - [`model`]: the second model
//! - [`deeds`]: what may happen next
//! - [`books`]: whether both agree, and whether the books add up
//! - [`run`]: a chain, and one deed after the other
//!
//! A run that fails prints what was done last, and how to have it done again.

mod attribution;
mod books;
#[allow(dead_code, reason = "the other tests of the runtime use more of it")]
#[path = "../runtime/chain.rs"]
mod chain;
mod deeds;
mod library;
mod model;
mod numbers;
mod run;
mod tally;

use run::Run;
use tally::Tally;

/// How many calls are made on a chain before another one is started.
const EPISODE: u64 = 4_000;

/// How many calls are made in all: enough for every call to succeed, or what the environment says.
fn steps() -> u64 {
	std::env::var("TRIBUTARY_ECONOMY_STEPS")
		.map_or(5_000, |steps| steps.parse().expect("TRIBUTARY_ECONOMY_STEPS is a number"))
}

/// The seed of the first chain; others follow it.
fn first_seed() -> u64 {
	std::env::var("TRIBUTARY_ECONOMY_SEED")
		.map_or(1, |seed| seed.parse().expect("TRIBUTARY_ECONOMY_SEED is a number"))
}

#[test]
fn every_planck_is_where_the_protocol_says_after_every_call() {
	let (steps, started) = (steps(), std::time::Instant::now());
	let mut tally = Tally::default();
	let mut seed = first_seed();
	while tally.steps < steps {
		Run::of(seed).go(EPISODE.min(steps - tally.steps), &mut tally);
		seed += 1;
	}
	println!("{} s", started.elapsed().as_secs());
	tally.close();
}
