//! Channels, and the vouchers that close them.

use pallet_channels::Call as Channels;
use sp_core::Pair;
use sp_runtime::MultiSignature;
use tributary_primitives::{
	ids::ChannelId,
	voucher::{wrap, Voucher},
};
use tributary_runtime::Runtime;

use super::{Actor, Deed, Scene};

impl Scene {
	fn any_channel(&mut self) -> Option<ChannelId> {
		self.numbers.pick(self.facts.channels.open.keys().copied())
	}

	pub(super) fn open_channel(&mut self) -> Option<Deed> {
		let model = self.numbers.pick(0..self.facts.models.len() as u32)?;
		let deposit = self.facts.settings.min_payment + self.amount(60);
		let call = Channels::<Runtime>::open {
			model,
			server: self.anyone().to_account_id(),
			signer: self.person().to_account_id(),
			deposit,
			lifetime: self.span(),
		};
		Deed::of(self.anyone(), call)
	}

	pub(super) fn top_up(&mut self) -> Option<Deed> {
		let channel = self.any_channel()?;
		let open = &self.facts.channels.open[&channel];
		let (payer, later) = (open.payer.clone(), open.expires_at + self.numbers.below(30) as u32);
		let amount = if self.numbers.once_in(3) { 0 } else { self.amount(10) };
		let expires_at = self.numbers.once_in(2).then_some(later);
		let call = Channels::<Runtime>::top_up { channel, amount, expires_at };
		Deed::of(self.holder(&payer)?, call)
	}

	pub(super) fn close_channel(&mut self) -> Option<Deed> {
		let channel = self.any_channel()?;
		let open = &self.facts.channels.open[&channel];
		let (server, signer, model) = (open.server.clone(), open.signer.clone(), open.model);
		let (least, most) = (self.facts.settings.min_payment, open.deposit);
		let amount = if self.numbers.once_in(4) || most < least {
			most
		} else {
			self.numbers.within(least, most)
		};
		let outputs = self.outputs(model);
		let voucher = Voucher { amount, outputs, nonce: self.numbers.below(100) as u64 };
		let payload = voucher.payload(&self.facts.genesis, channel);
		let signed = if self.numbers.once_in(2) { wrap(&payload) } else { payload };
		let Actor::Person(signer) = self.holder(&signer)? else { return None };
		let signature = signer.pair().sign(&signed);
		let call = Channels::<Runtime>::close {
			channel,
			voucher,
			signature: MultiSignature::Sr25519(signature),
			outputs_tail: self.facts.library.tail(&outputs),
		};
		Deed::of(self.holder(&server)?, call)
	}

	pub(super) fn request_close(&mut self) -> Option<Deed> {
		let channel = self.any_channel()?;
		let payer = self.facts.channels.open[&channel].payer.clone();
		Deed::of(self.holder(&payer)?, Channels::<Runtime>::request_close { channel })
	}

	pub(super) fn finish_channel(&mut self) -> Option<Deed> {
		let (now, any) = (self.facts.now, self.numbers.once_in(12));
		let over = self.facts.channels.open.iter().filter(|(_, channel)| {
			let until = channel.closing_at.unwrap_or(u32::MAX).min(channel.expires_at);
			any || now > until
		});
		let channel = self.numbers.pick(over.map(|(id, _)| *id))?;
		Deed::of(self.anyone(), Channels::<Runtime>::finish { channel })
	}
}
