//! The runtime as a whole: blocks, signatures, fees, sessions, the loop from a contribution to a claim, titles
//! and shares that change hands, channels, agents and the bounds of their mandates, and what follows from lies,
//! silence and copies. Every test that runs blocks ends in the state checks of our pallets.

mod agents;
mod announcements;
mod availability;
mod calls;
mod chain;
mod channels;
mod composition;
mod mandates;
mod market;
mod originality;
mod presets;
mod proxies;
mod report;
mod scene;
mod sessions;
mod settings;
mod the_loop;
mod titles;
mod weights;
