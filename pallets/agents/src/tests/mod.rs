//! What agents can and can not do.

mod acts;
mod budgets;
mod fixture;
mod invariants;
mod making;
mod mandates;
mod nesting;
mod owning;
mod paying;
mod reads;
mod reputation;
mod rights;
mod stakes;
mod try_state;
mod weights;
