//! The program, run as a program. What needs a node is tested with one by `scripts/loop`.

mod exchange;
mod offline;
mod place;
