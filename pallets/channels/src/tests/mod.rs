//! One file for each behaviour. Every test ends in `do_try_state`, by [`crate::mock::run`].

mod batches;
mod closing;
mod endings;
mod fixture;
mod guarantees;
mod invariants;
mod opening;
mod reads;
mod signatures;
mod topping_up;
mod try_state;
