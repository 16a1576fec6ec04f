//! Answers for vouchers: a program's output is served over HTTP, and each answer is paid by a voucher of a
//! channel before its bytes are given (protocol 4).
//!
//! One answer takes two requests. `POST /ask` with a signed [`Ask`](wire::Ask) runs the program and gives an
//! [`Offer`](wire::Offer): the name of the answer, and the voucher that it is sold for. The payer checks
//! that the amount grows by no more than it accepts, and that the list of outputs grows by this answer
//! alone; it signs, and `POST /voucher` with a [`SignedVoucher`](crate::voucher::SignedVoucher) gives the bytes,
//! which it checks against their name. `GET /` gives the [`Terms`](wire::Terms).
//!
//! So a payer can lose one answer's price to a server that does not deliver, and a server one answer to a
//! payer that does not pay: while an answer waits to be paid, its channel gets no other. Both sides keep
//! a [`Book`](book::Book) of the channel on disk, written before anything is said that rests on it, so
//! either may be killed at any time. A request that was answered and not heard may be sent again.

pub mod book;
pub mod http;
mod pause;
pub mod payer;
pub mod places;
pub mod problem;
pub mod program;
pub mod server;
pub mod service;
pub mod settle;
pub mod view;
pub mod wire;

#[cfg(test)]
mod tests;
