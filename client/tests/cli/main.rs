//! The program, run as a program. What needs a node is tested with one by `scripts/loop`.

mod agents;
mod exchange;
mod offline;
mod place;
#[cfg(unix)]
mod signals;
