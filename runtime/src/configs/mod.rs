//! What each pallet is told, by subject.

pub mod accounts;
pub mod consensus;
pub mod money;
pub mod system;
pub mod tributary;
