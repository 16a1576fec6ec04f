//! One file for each behaviour. Every test ends in `do_try_state`, by [`crate::mock::run`].

mod answers;
mod contributions;
mod drawn;
mod enforcement;
mod fixture;
mod invariants;
mod outputs;
mod reads;
mod repeated;
mod reports;
mod state;
