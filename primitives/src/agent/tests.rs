//! The rules of agents.

mod earnings;
mod history;
mod mandate;
mod meter;
mod reputation;
mod window;
