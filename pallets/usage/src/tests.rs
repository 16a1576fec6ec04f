//! One module for each behaviour. Every test ends in `do_try_state`.

mod claims;
mod curators;
mod epochs;
mod genesis;
mod money_model;
mod passed;
mod payment;
mod properties;
mod receipts;
mod sales;
mod settlement;
mod try_state;
mod vaults;
