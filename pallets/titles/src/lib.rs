//! Titles of datasets, models and agents.

#![cfg_attr(not(feature = "std"), no_std)]
