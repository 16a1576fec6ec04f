//! Every rule of the pallet, one file for each behaviour.

mod corpus;
mod lineage;
mod rates;
mod reads;
mod register;
mod steps;
