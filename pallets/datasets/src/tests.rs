//! Every rule of the pallet, one file for each behaviour.

mod commit;
mod create;
mod curation;
mod endings;
mod reads;
mod reveal;
mod sanctions;
mod steps;
mod titles;
mod try_state;
