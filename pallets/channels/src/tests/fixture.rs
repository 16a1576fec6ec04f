//! Keys, vouchers, and what the tests do over and over.

use frame_support::{dispatch::DispatchResult, traits::UnfilteredDispatchable};
use sp_core::{ecdsa, ed25519, sr25519, Pair};
use sp_runtime::{
	traits::{IdentifyAccount, Verify},
	DispatchError, MultiSignature, MultiSigner,
};
use tributary_primitives::{
	blob::{self, Content, Opening},
	ids::ChannelId,
	voucher::wrap,
};

use crate::{mock::*, Call, Channels, Error, Event, NextChannel, Voucher};

/// What [`open`] deposits.
pub const DEPOSIT: u128 = 1_000;
/// For how long [`open`] opens a channel.
pub const LIFETIME: u32 = 20;

/// A key of one of the kinds that there are.
#[allow(clippy::large_enum_variant, reason = "a test has a few of them")]
pub enum Key {
	Ed25519(ed25519::Pair),
	Sr25519(sr25519::Pair),
	Ecdsa(ecdsa::Pair),
	Eth(ecdsa::KeccakPair),
}

impl Key {
	/// One key of each kind, made from `seed`.
	pub fn all(seed: u8) -> [Self; 4] {
		let seed = [seed; 32];
		[
			Self::Ed25519(ed25519::Pair::from_seed(&seed)),
			Self::Sr25519(sr25519::Pair::from_seed(&seed)),
			Self::Ecdsa(ecdsa::Pair::from_seed(&seed)),
			Self::Eth(ecdsa::KeccakPair::from_seed(&seed)),
		]
	}

	/// The key that signs where nothing depends on its kind.
	pub fn usual() -> Self {
		Self::of(1)
	}

	pub fn of(seed: u8) -> Self {
		Self::Ed25519(ed25519::Pair::from_seed(&[seed; 32]))
	}

	pub fn account(&self) -> AccountId {
		let signer: MultiSigner = match self {
			Self::Ed25519(pair) => pair.public().into(),
			Self::Sr25519(pair) => pair.public().into(),
			Self::Ecdsa(pair) => pair.public().into(),
			Self::Eth(pair) => MultiSigner::Eth(pair.public()),
		};
		signer.into_account()
	}

	pub fn sign(&self, message: &[u8]) -> MultiSignature {
		let signature: MultiSignature = match self {
			Self::Ed25519(pair) => pair.sign(message).into(),
			Self::Sr25519(pair) => pair.sign(message).into(),
			Self::Ecdsa(pair) => pair.sign(message).into(),
			Self::Eth(pair) => MultiSignature::Eth(pair.sign(message)),
		};
		assert!(signature.verify(message, &self.account()));
		signature
	}

	/// Signs `voucher` for `channel` of this chain.
	pub fn sign_voucher(&self, channel: ChannelId, voucher: &Voucher) -> MultiSignature {
		self.sign(&payload(channel, voucher))
	}

	/// As [`Key::sign_voucher`], with a wallet that wraps what it signs.
	pub fn sign_wrapped(&self, channel: ChannelId, voucher: &Voucher) -> MultiSignature {
		self.sign(&wrap(&payload(channel, voucher)))
	}
}

pub fn payload(channel: ChannelId, voucher: &Voucher) -> Vec<u8> {
	voucher.payload(&System::block_hash(0), channel)
}

/// A list of outputs of that many items.
pub fn outputs(items: usize) -> Vec<u8> {
	(0..items).flat_map(|item| [(item % 251) as u8; 64]).collect()
}

/// A voucher for three outputs.
pub fn voucher(amount: u128) -> Voucher {
	Voucher { amount, outputs: Content::of(&outputs(3)), nonce: 1 }
}

/// The tail of the outputs of [`voucher`].
pub fn tail() -> Box<Opening> {
	Box::new(blob::open_tail(&outputs(3)).unwrap())
}

/// Dispatches `call` as an extrinsic does: whole or not at all.
pub fn dispatch(who: &AccountId, call: Call<Test>) -> DispatchResult {
	let origin = RuntimeOrigin::signed(who.clone());
	call.dispatch_bypass_filter(origin).map(|_| ()).map_err(|error| error.error)
}

pub fn open_with(
	payer: &AccountId,
	signer: AccountId,
	deposit: u128,
	lifetime: u32,
) -> DispatchResult {
	let call = Call::open { model: MODEL, server: SERVER, signer, deposit, lifetime };
	dispatch(payer, call)
}

/// Alice opens a channel of [`DEPOSIT`] to the server, with vouchers by `key`.
pub fn open_for(key: &Key) -> ChannelId {
	open_with(&ALICE, key.account(), DEPOSIT, LIFETIME).unwrap();
	NextChannel::<Test>::get() - 1
}

/// Alice opens a channel of [`DEPOSIT`] to the server, with vouchers by the usual key.
pub fn open() -> ChannelId {
	open_for(&Key::usual())
}

pub fn top_up(channel: ChannelId, amount: u128, expires_at: Option<u32>) -> DispatchResult {
	dispatch(&ALICE, Call::top_up { channel, amount, expires_at })
}

/// `who` closes `channel` with a voucher and any signature.
pub fn close_signed(
	who: &AccountId,
	channel: ChannelId,
	voucher: Voucher,
	signature: MultiSignature,
) -> DispatchResult {
	dispatch(who, Call::close { channel, voucher, signature, outputs_tail: tail() })
}

/// The server closes `channel` with a voucher by the usual key.
pub fn close(channel: ChannelId, voucher: Voucher) -> DispatchResult {
	close_signed(&SERVER, channel, voucher, Key::usual().sign_voucher(channel, &voucher))
}

pub fn request_close(channel: ChannelId) -> DispatchResult {
	dispatch(&ALICE, Call::request_close { channel })
}

pub fn finish(who: &AccountId, channel: ChannelId) -> DispatchResult {
	dispatch(who, Call::finish { channel })
}

/// What the call was refused with.
pub fn refusal(result: DispatchResult) -> DispatchError {
	result.expect_err("it is refused")
}

/// Expects a refusal with `error`.
#[track_caller]
pub fn refused(result: DispatchResult, error: Error<Test>) {
	assert_eq!(result, Err(error.into()));
}

pub fn stored(channel: ChannelId) -> crate::ChannelOf<Test> {
	Channels::<Test>::get(channel).expect("it is open")
}

pub fn is_open(channel: ChannelId) -> bool {
	Channels::<Test>::contains_key(channel)
}

/// All that the payer has, on hold or not.
pub fn total(who: &AccountId) -> u128 {
	use frame_support::traits::fungible::Inspect;
	Balances::total_balance(who)
}

/// The events of the pallet, oldest first.
pub fn events() -> Vec<Event<Test>> {
	let events = System::events().into_iter();
	events
		.filter_map(|record| match record.event {
			RuntimeEvent::ChannelsPallet(event) => Some(event),
			_ => None,
		})
		.collect()
}

pub fn last_event() -> Event<Test> {
	events().pop().expect("there is one")
}
