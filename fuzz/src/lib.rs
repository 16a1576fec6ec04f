//! What the fuzz targets run. Each module that has a `run` is a target: it takes the fuzzer's bytes, and
//! panics where it finds something wrong.
//!
//! Everything here compiles on the stable compiler too, so that a test replays the seeds.

pub mod bao;
pub mod bytes;
pub mod decode;
pub mod fault;
pub mod forge;
pub mod heap;
pub mod lies;
pub mod opening;
pub mod proofs;
pub mod seeds;
pub mod vouchers;
pub mod world;
