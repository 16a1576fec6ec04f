//! What the call does, and what it refuses.

mod ranges;
mod setting;
