//! Parameters within the bounds that the protocol rests on.

#![cfg_attr(not(feature = "std"), no_std)]
