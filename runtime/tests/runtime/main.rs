//! The runtime as a whole: blocks, signatures, fees, sessions, the loop from a contribution to a claim, and
//! what follows from lies, silence and copies. Every test that runs blocks ends in the state checks of our
//! pallets.

mod announcements;
mod availability;
mod chain;
mod composition;
mod originality;
mod presets;
mod report;
mod scene;
mod sessions;
mod the_loop;
mod weights;
