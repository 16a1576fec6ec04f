//! Shares of titles, their vaults and dividends.

#![cfg_attr(not(feature = "std"), no_std)]
