//! What each pallet is told, by subject.

pub mod accounts;
pub mod agents;
pub mod calls;
pub mod consensus;
pub mod mandates;
pub mod market;
pub mod money;
pub mod settings;
pub mod system;
pub mod titles;
pub mod tributary;
