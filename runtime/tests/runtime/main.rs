//! The runtime as a whole: blocks, signatures, fees, sessions and the loop from a contribution to a
//! claim. Every test that runs blocks ends in the state checks of our pallets.

mod chain;
mod composition;
mod presets;
mod sessions;
mod the_loop;
mod weights;
