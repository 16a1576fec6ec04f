//! One file for each behaviour. Every test ends in `do_try_state`, by [`crate::mock::run`].

mod authorisation;
mod bonds;
mod claims;
mod corpus;
mod faults;
mod finality;
pub(crate) mod fixture;
mod invariants;
mod reports;
