//! One module for each behaviour. Every test ends in `do_try_state`.

mod claims;
mod epochs;
mod genesis;
mod money_model;
mod passed;
mod payment;
mod receipts;
mod settlement;
mod try_state;
