//! One file for each behaviour. Every test ends in `do_try_state`, by [`crate::mock::run`].

mod collections;
mod hearing;
mod invariants;
mod refusals;
mod tenures;
mod try_state;
mod vaults;
mod views;
