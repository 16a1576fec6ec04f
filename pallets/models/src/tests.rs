//! Every rule of the pallet, one file for each behaviour.

mod bounds;
mod corpus;
mod graph;
mod lineage;
mod rates;
mod reads;
mod register;
mod shares;
mod steps;
mod titles;
mod try_state;
mod uses;
