//! The pure half of the Tributary protocol.
//!
//! Everything that the runtime, an attributor and a watcher must agree on lives here as plain
//! functions and fixed encodings: no storage, no origins, no money movements. Section numbers in
//! the docs of each module are those of `docs/protocol.md`.
//!
//! - [`blob`]: contents, and openings that prove runs of their chunks (section 1)
//! - [`ids`]: identifiers and the commitment that opens to a contribution (2)
//! - [`window`]: windows of an output and what each is worth (5)
//! - [`report`]: 64-byte records of items, entries and payouts (4, 6)
//! - [`fault`]: one-step proofs that a report is wrong (6)
//! - [`run`]: the payouts of one source, and what they earned (6)
//! - [`availability`]: demands for bytes, and answers (6)
//! - [`originality`]: whether a contribution repeats earlier bytes (2)
//! - [`fees`]: parameters that can be changed, and their bounds (4, 11)
//! - [`split`]: how a payment is divided, and entitlements that accrue lazily (4)
//! - [`dividend`]: how revenue is divided among staked shares (8)
//! - [`title`]: who owns what, and whom its revenue goes to (8)
//! - [`traits`]: what one pallet asks of another
//! - [`views`]: what the runtime API returns
//! - [`agent`]: mandates, histories, earnings and reputation of agents (9)
//! - [`voucher`]: payments that are signed off the chain (4)

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::panic,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_truncation,
		clippy::cast_sign_loss,
		clippy::cast_lossless
	)
)]

extern crate alloc;

pub mod agent;
pub mod availability;
pub mod blob;
pub mod dividend;
pub mod fault;
pub mod fees;
pub mod ids;
pub mod originality;
pub mod report;
pub mod run;
pub mod search;
pub mod split;
pub mod title;
pub mod traits;
pub mod views;
pub mod voucher;
pub mod window;
