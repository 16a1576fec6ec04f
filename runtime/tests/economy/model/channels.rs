//! Channels: payments that were promised (protocol 4).

use std::collections::BTreeMap;

use tributary_primitives::ids::{ChannelId, ModelId};
use tributary_runtime::{AccountId, Runtime};

use super::{deposit, money::Reason, payments::RECEIPT_DEPOSIT, Expected};

pub struct Channel {
	pub payer: AccountId,
	pub server: AccountId,
	pub signer: AccountId,
	pub model: ModelId,
	pub deposit: u128,
	/// What else is held for it.
	reserve: u128,
	pub expires_at: u32,
	pub closing_at: Option<u32>,
}

#[derive(Default)]
pub struct Channels {
	pub open: BTreeMap<ChannelId, Channel>,
	next: ChannelId,
}

impl Expected {
	pub(super) fn channel_call(&mut self, who: &AccountId, call: &pallet_channels::Call<Runtime>) {
		use pallet_channels::Call;
		match call {
			Call::open { model, server, signer, deposit: amount, lifetime } => {
				let reserve = deposit(3, 320) + RECEIPT_DEPOSIT;
				self.money.hold(who, Reason::Channel, amount + reserve);
				let channel = Channel {
					payer: who.clone(),
					server: server.clone(),
					signer: signer.clone(),
					model: *model,
					deposit: *amount,
					reserve,
					expires_at: self.now + lifetime,
					closing_at: None,
				};
				self.channels.open.insert(self.channels.next, channel);
				self.channels.next += 1;
			}
			Call::top_up { channel, amount, expires_at } => {
				let channel = self.channels.open.get_mut(channel).expect("it is open");
				channel.deposit += amount;
				channel.expires_at = expires_at.unwrap_or(channel.expires_at);
				channel.closing_at = None;
				self.money.hold(who, Reason::Channel, *amount);
			}
			Call::close { channel, voucher, .. } => {
				let Channel { payer, model, .. } = self.end_channel(*channel);
				self.pay(&payer, model, voucher.outputs, voucher.amount);
			}
			Call::request_close { channel } => {
				let channel = self.channels.open.get_mut(channel).expect("it is open");
				channel.closing_at = Some(self.now + 20);
			}
			Call::finish { channel } => {
				self.end_channel(*channel);
			}
			call => panic!("nothing is known of {call:?}"),
		}
	}

	fn end_channel(&mut self, id: ChannelId) -> Channel {
		let channel = self.channels.open.remove(&id).expect("it is open");
		let held = channel.deposit + channel.reserve;
		self.money.release(&channel.payer, Reason::Channel, held);
		channel
	}
}
