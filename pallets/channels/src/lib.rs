//! Payments off the chain, by vouchers.

#![cfg_attr(not(feature = "std"), no_std)]
