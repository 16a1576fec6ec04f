//! Channels.

use subxt::{ext::scale_value::Value, utils::AccountId32};
use tributary_primitives::{
	blob::Opening,
	ids::{ChannelId, ModelId},
};

use super::{account, number, Call};
use crate::voucher::SignedVoucher;

/// What a channel is opened with.
#[derive(Clone, Copy, Debug)]
pub struct NewChannel {
	/// What the server serves.
	pub model: ModelId,
	/// Who may close it with a voucher.
	pub server: AccountId32,
	/// The account of the key that signs vouchers.
	pub signer: AccountId32,
	/// The most that vouchers may take, in planck.
	pub deposit: u128,
	/// For how many blocks the server can rely on it.
	pub lifetime: u32,
}

/// `Channels.open`.
pub fn open_channel(new: &NewChannel) -> Call {
	Call::new("Channels", "open")
		.plain("model", number(new.model))
		.plain("server", account(&new.server))
		.plain("signer", account(&new.signer))
		.plain("deposit", number(new.deposit))
		.plain("lifetime", number(new.lifetime))
}

/// `Channels.top_up`.
pub fn top_up_channel(channel: ChannelId, amount: u128, expires_at: Option<u32>) -> Call {
	Call::new("Channels", "top_up")
		.plain("channel", number(channel))
		.plain("amount", number(amount))
		.scale("expires_at", &expires_at)
}

/// `Channels.close`. `tail` opens the end of the voucher's list of outputs.
pub fn close_channel(signed: &SignedVoucher, tail: &Opening) -> Call {
	let (kind, bytes) = signed.signature.parts();
	Call::new("Channels", "close")
		.plain("channel", number(signed.channel))
		.scale("voucher", &signed.voucher)
		.plain("signature", Value::unnamed_variant(kind, [Value::from_bytes(bytes)]))
		.scale("outputs_tail", tail)
}

/// `Channels.request_close`.
pub fn request_close_channel(channel: ChannelId) -> Call {
	Call::new("Channels", "request_close").plain("channel", number(channel))
}

/// `Channels.finish`.
pub fn finish_channel(channel: ChannelId) -> Call {
	Call::new("Channels", "finish").plain("channel", number(channel))
}
