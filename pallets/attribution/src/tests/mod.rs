//! One file for each behaviour. Every test ends in `do_try_state`, by [`crate::mock::run`].

mod announcements;
mod authorisation;
mod bonds;
mod claims;
mod corpus;
mod faults;
mod finality;
pub(crate) mod fixture;
mod invariants;
mod open_reports;
mod passed;
mod reports;
mod rewards;
mod unseen;
mod withheld;
