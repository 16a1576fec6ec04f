//! One file for each behaviour. Every test ends in `do_try_state`, by [`crate::mock::run`].

mod accusing;
mod bytes;
mod draws;
mod fixture;
mod hits;
mod invariants;
mod moot;
mod odds;
mod try_state;
mod verdicts;
