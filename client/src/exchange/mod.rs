//! Blobs between machines, with the protocol of `iroh-blobs` over QUIC.
//!
//! There are no relays and no discovery: a [`Peer`] is named by its key and an address at which it can be
//! reached. Each run of bytes is checked against the blob's hash as it arrives, so that a peer can refuse
//! and delay, and nothing else.
//!
//! Beside the plain files of the store there are three folders, each of which may be deleted while no
//! program uses it: `.serve` with the hash trees of blobs that were served, `.fetch` with blobs of
//! which a part has arrived, and `.chunks` with chunks that were shown on the chain.

mod chunks;
mod endpoint;
mod fetch;
mod partial;
mod peer;
mod serve;

pub use chunks::Chunks;
pub use fetch::{FetchError, Fetched, Fetcher, Length, PROMPT};
pub use peer::Peer;
pub use serve::Server;
