//! Agents: what they are, do, earn and lose, by signed transactions in real blocks.

mod earning;
mod life;
pub mod scene;
mod stake;
mod undoing;
