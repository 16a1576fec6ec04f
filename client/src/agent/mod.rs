//! Agents that run by themselves, and the files that say what one may do and does.
//!
//! [`mandate`] and [`strategy`] are files that people write, [`card`] is what an agent says of itself. [`journal`] is
//! what a running agent remembers, so that it never acts twice for one decision; [`pool`] and [`attribute`] are
//! decisions, [`standing`] and [`rest`] say when there are none to be made. `commands::agent` puts them together.

pub mod attribute;
pub mod card;
mod counterparty;
pub mod journal;
pub mod mandate;
pub mod pool;
pub mod rest;
pub mod standing;
pub mod strategy;
