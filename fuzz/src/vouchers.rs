//! What is signed as a voucher, against the layout written out: two vouchers have one payload only if they
//! are the same, and a message is taken for a voucher only if it is its payload, as it stands or wrapped.

use std::cell::Cell;

use tributary_primitives::{
	blob::Content,
	ids::ChannelId,
	voucher::{wrap, Voucher},
};

use crate::{bytes::Bytes, heap};

/// A voucher, and what it is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bound {
	genesis: [u8; 32],
	channel: ChannelId,
	voucher: Voucher,
}

impl Bound {
	fn read(bytes: &mut Bytes) -> Self {
		let (genesis, channel) = (bytes.hash(), bytes.number());
		let amount = u128::from(bytes.number()) << (bytes.byte() % 65);
		let outputs = Content { root: bytes.hash(), len: bytes.number() };
		let voucher = Voucher { amount, outputs, nonce: bytes.number() };
		Self { genesis, channel, voucher }
	}

	/// Changes a field, or none.
	fn change(&mut self, bytes: &mut Bytes) {
		let Voucher { amount, outputs, nonce } = &mut self.voucher;
		let bit = |bytes: &mut Bytes| (bytes.below(32), 1 << bytes.below(8));
		match bytes.below(7) {
			0 => {}
			1 => {
				let (at, bit) = bit(bytes);
				self.genesis[at] ^= bit;
			}
			2 => self.channel ^= bytes.number(),
			3 => *amount ^= u128::from(bytes.number()) << bytes.below(65),
			4 => {
				let (at, bit) = bit(bytes);
				outputs.root[at] ^= bit;
			}
			5 => outputs.len ^= bytes.number(),
			_ => *nonce ^= bytes.number(),
		}
	}

	/// The payload, written out.
	fn written(&self) -> Vec<u8> {
		let Voucher { amount, outputs, nonce } = &self.voucher;
		[
			&b"tributary/voucher"[..],
			&self.genesis,
			&self.channel.to_le_bytes(),
			&amount.to_le_bytes(),
			&outputs.root,
			&outputs.len.to_le_bytes(),
			&nonce.to_le_bytes(),
		]
		.concat()
	}

	/// Whether somebody who has signed `message` has signed the voucher.
	fn is_signed_by(&self, message: &[u8]) -> bool {
		let asked = Cell::new(0);
		let signed = self.voucher.is_signed(&self.genesis, self.channel, |candidate| {
			asked.set(asked.get() + 1);
			candidate == message
		});
		assert!(asked.get() <= 2, "a signature is checked {} times", asked.get());
		signed
	}
}

/// One input.
pub fn run(data: &[u8]) {
	let mut bytes = Bytes::new(data);
	let near = bytes.flag();
	let one = Bound::read(&mut bytes);
	let mut other = if near { one } else { Bound::read(&mut bytes) };
	other.change(&mut bytes);

	let payload = heap::bounded(0, || one.voucher.payload(&one.genesis, one.channel));
	assert_eq!(payload, one.written());
	assert_eq!(payload == other.written(), one == other, "two vouchers, one payload");
	let wrapped = wrap(&payload);
	assert!(wrapped.starts_with(b"<Bytes>") && wrapped.ends_with(b"</Bytes>"));
	for message in [&payload, &wrapped] {
		assert!(one.is_signed_by(message));
		assert_eq!(other.is_signed_by(message), one == other, "a voucher that was not signed");
	}

	let mut message = if bytes.flag() { wrapped.clone() } else { payload.clone() };
	match bytes.below(4) {
		0 => message = bytes.rest().to_vec(),
		1 => message.truncate(bytes.below(message.len() + 1)),
		2 => message.extend_from_slice(bytes.rest()),
		_ => {
			let at = bytes.below(message.len());
			message[at] ^= bytes.byte();
		}
	}
	let same = message == payload || message == wrapped;
	assert_eq!(one.is_signed_by(&message), same, "a message that is no voucher");
}
