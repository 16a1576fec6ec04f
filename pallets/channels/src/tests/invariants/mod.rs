//! Any order of calls keeps the state sound and the money whole: the chain and a book that knows the rules
//! alone agree on every call and every balance. A voucher pays at most once, whoever hands it in where;
//! and nobody is paid more than the largest voucher that a channel's key has signed for it.

mod book;

use proptest::prelude::*;
use sp_runtime::MultiSignature;

use self::book::{Book, Entry, Purse};
use super::fixture::*;
use crate::{mock::*, Call, Channels, Voucher};

const PAYERS: [AccountId; 2] = [ALICE, BOB];
const SERVERS: [AccountId; 2] = [SERVER, OTHER_SERVER];
/// No index of an account: the server of the channel, whoever that is.
const SERVER_ITSELF: usize = ACCOUNTS.len();

#[derive(Clone, Debug)]
enum Step {
	/// By which payer, to which server, with vouchers by which key.
	Open {
		payer: usize,
		server: usize,
		key: usize,
		deposit: u128,
		lifetime: u32,
	},
	TopUp {
		by: usize,
		channel: usize,
		amount: u128,
		later: Option<u32>,
	},
	/// For one of the newest channels.
	Sign {
		channel: usize,
		key: usize,
		amount: u128,
		wrapped: bool,
	},
	/// With one of the vouchers that were signed, in its channel or in another.
	Close {
		by: usize,
		voucher: usize,
		elsewhere: Option<usize>,
	},
	/// By the server of one of the newest vouchers, with that voucher.
	Settle(usize),
	/// With a voucher that says more than what was signed.
	Forge {
		voucher: usize,
		more: u128,
	},
	RequestClose {
		by: usize,
		channel: usize,
	},
	Finish {
		by: usize,
		channel: usize,
	},
	Wait(u32),
	Freeze {
		payer: usize,
		amount: u128,
	},
	/// A payer sends away all that it can.
	Drain(usize),
	Fund(usize),
	Refuse(bool),
	ReceiptDeposit(u128),
}

fn step() -> impl Strategy<Value = Step> {
	let (by, which, key) = (|| 0usize..6, || 0usize..64, || 0usize..4);
	prop_oneof![
		6 => (0usize..2, 0usize..2, key(), 0u128..1_200, 3u32..30).prop_map(
			|(payer, server, key, deposit, lifetime)| {
				Step::Open { payer, server, key, deposit, lifetime }
			},
		),
		3 => (by(), which(), 0u128..800, prop::option::of(0u32..40)).prop_map(
			|(by, channel, amount, later)| Step::TopUp { by, channel, amount, later },
		),
		8 => (0usize..4, key(), 0u128..1_000, any::<bool>()).prop_map(
			|(channel, key, amount, wrapped)| Step::Sign { channel, key, amount, wrapped },
		),
		3 => (by(), which(), prop::option::weighted(0.2, which())).prop_map(
			|(by, voucher, elsewhere)| Step::Close { by, voucher, elsewhere },
		),
		8 => (0usize..3).prop_map(Step::Settle),
		1 => (which(), 1u128..100).prop_map(|(voucher, more)| Step::Forge { voucher, more }),
		3 => (by(), which()).prop_map(|(by, channel)| Step::RequestClose { by, channel }),
		4 => (by(), which()).prop_map(|(by, channel)| Step::Finish { by, channel }),
		4 => (1u32..8).prop_map(Step::Wait),
		1 => (0usize..2, 0u128..150_000)
			.prop_map(|(payer, amount)| Step::Freeze { payer, amount }),
		1 => (0usize..2).prop_map(|payer| Step::Freeze { payer, amount: 0 }),
		1 => (0usize..2).prop_map(Step::Drain),
		2 => (0usize..2).prop_map(Step::Fund),
		1 => prop::bool::weighted(0.2).prop_map(Step::Refuse),
		1 => (0u128..100).prop_map(Step::ReceiptDeposit),
	]
}

/// A voucher that somebody has signed.
struct Signed {
	channel: usize,
	key: usize,
	voucher: Voucher,
	signature: MultiSignature,
}

struct Run {
	book: Book,
	keys: [Key; 4],
	signed: Vec<Signed>,
}

impl Run {
	fn new() -> Self {
		Self { book: Book::new(), keys: Key::all(1), signed: Vec::new() }
	}

	/// One of the channels that are or were open.
	fn channel(&self, which: usize) -> Option<(usize, Entry)> {
		let channel = which.checked_rem(self.book.channels.len())?;
		Some((channel, self.book.channels[channel].clone()))
	}

	/// Takes the step on the chain and in the book, which must agree on whether it succeeds.
	fn take(&mut self, step: Step) {
		match step {
			Step::Open { payer, server, key, deposit, lifetime } => {
				self.open(&PAYERS[payer], &SERVERS[server], key, deposit, lifetime);
			}
			Step::TopUp { by, channel, amount, later } => {
				self.top_up(&ACCOUNTS[by], channel, amount, later);
			}
			Step::Sign { channel, key, amount, wrapped } => {
				self.sign(channel, key, amount, wrapped);
			}
			Step::Close { by, voucher, elsewhere } => self.close(by, voucher, elsewhere, 0),
			Step::Settle(back) => {
				let voucher = self.signed.len().saturating_sub(back + 1);
				self.close(SERVER_ITSELF, voucher, None, 0);
			}
			Step::Forge { voucher, more } => self.close(SERVER_ITSELF, voucher, None, more),
			Step::RequestClose { by, channel } => self.request_close(&ACCOUNTS[by], channel),
			Step::Finish { by, channel } => self.finish(&ACCOUNTS[by], channel),
			Step::Wait(blocks) => wait(blocks),
			Step::Freeze { payer, amount } => self.freeze(&PAYERS[payer], amount),
			Step::Drain(payer) => self.drain(&PAYERS[payer]),
			Step::Fund(payer) => self.fund(&PAYERS[payer]),
			Step::Refuse(refuses) => Refuses::set(refuses),
			Step::ReceiptDeposit(deposit) => ReceiptDeposit::set(deposit),
		}
	}

	fn open(
		&mut self,
		payer: &AccountId,
		server: &AccountId,
		key: usize,
		deposit: u128,
		lifetime: u32,
	) {
		let reserve = RECORD + ReceiptDeposit::get();
		let expected = lifetime >= WINDOW
			&& deposit >= LEAST
			&& deposit + reserve <= self.book.purses[payer].liquid();
		let signer = self.keys[key].account();
		let call = Call::open { model: MODEL, server: server.clone(), signer, deposit, lifetime };
		assert_eq!(dispatch(payer, call).is_ok(), expected);
		if expected {
			self.book.deposit(payer, deposit + reserve);
			self.book.channels.push(Entry {
				payer: payer.clone(),
				server: server.clone(),
				key,
				deposit,
				reserve,
				expires_at: System::block_number() + lifetime,
				closing_at: None,
				open: true,
				signed: 0,
			});
		}
	}

	fn top_up(&mut self, by: &AccountId, which: usize, amount: u128, later: Option<u32>) {
		let Some((channel, entry)) = self.channel(which) else { return };
		let now = System::block_number();
		let expires_at = later.map(|later| entry.expires_at + later);
		let extended = expires_at.is_none_or(|at| at > entry.expires_at && at >= now + WINDOW);
		let expires = expires_at.unwrap_or(entry.expires_at);
		let changes = amount > 0 || expires_at.is_some() || entry.closing_at.is_some();
		let affordable = amount == 0 || amount <= self.book.purses[by].liquid();
		let standing = entry.open && *by == entry.payer && now <= expires;
		let expected = standing && extended && changes && affordable;
		let call = Call::top_up { channel: channel as u64, amount, expires_at };
		assert_eq!(dispatch(by, call).is_ok(), expected);
		if expected {
			self.book.deposit(by, amount);
			let entry = &mut self.book.channels[channel];
			entry.deposit += amount;
			(entry.expires_at, entry.closing_at) = (expires, None);
		}
	}

	fn sign(&mut self, which: usize, key: usize, amount: u128, wrapped: bool) {
		let newest = self.book.channels.len().saturating_sub(which + 1);
		let Some((channel, entry)) = self.channel(newest) else { return };
		// Mostly by the right key.
		let key = if key == 0 { (entry.key + 1) % 4 } else { entry.key };
		let voucher = Voucher { nonce: self.signed.len() as u64, ..voucher(amount) };
		let sign = if wrapped { Key::sign_wrapped } else { Key::sign_voucher };
		let signature = sign(&self.keys[key], channel as u64, &voucher);
		self.signed.push(Signed { channel, key, voucher, signature });
		if key == entry.key {
			self.book.channels[channel].signed = entry.signed.max(amount);
		}
	}

	/// By one of the accounts, or by the channel's server.
	fn close(&mut self, by: usize, voucher: usize, elsewhere: Option<usize>, more: u128) {
		let Some(which) = voucher.checked_rem(self.signed.len()) else { return };
		let signed = &self.signed[which];
		let mut voucher = signed.voucher;
		voucher.amount += more;
		let (signature, for_channel, key) = (signed.signature.clone(), signed.channel, signed.key);
		let Some((channel, entry)) = self.channel(elsewhere.unwrap_or(for_channel)) else { return };
		let by = ACCOUNTS.get(by).unwrap_or(&entry.server).clone();
		let genuine = channel == for_channel && key == entry.key && more == 0;
		let expected = entry.open
			&& by == entry.server
			&& genuine
			&& voucher.amount <= entry.deposit
			&& self.book.can_pay(channel, voucher.amount);
		let closed = close_signed(&by, channel as u64, voucher, signature);
		assert_eq!(closed.is_ok(), expected);
		if expected {
			assert!(voucher.amount <= entry.signed);
			self.book.release(channel);
			self.book.pay(channel, voucher.amount);
		}
	}

	fn request_close(&mut self, by: &AccountId, which: usize) {
		let Some((channel, entry)) = self.channel(which) else { return };
		let now = System::block_number();
		let standing = entry.open && *by == entry.payer;
		let expected = standing && entry.closing_at.is_none() && now <= entry.expires_at;
		let call = Call::request_close { channel: channel as u64 };
		assert_eq!(dispatch(by, call).is_ok(), expected);
		if expected {
			self.book.channels[channel].closing_at = Some(now + WINDOW);
		}
	}

	fn finish(&mut self, by: &AccountId, which: usize) {
		let Some((channel, entry)) = self.channel(which) else { return };
		let now = System::block_number();
		let over = now > entry.expires_at || entry.closing_at.is_some_and(|at| now > at);
		let expected = entry.open && (over || *by == entry.server);
		assert_eq!(finish(by, channel as u64).is_ok(), expected);
		if expected {
			self.book.release(channel);
		}
	}

	fn freeze(&mut self, payer: &AccountId, amount: u128) {
		if total(payer) > 0 {
			freeze(payer, amount);
			self.book.purse(payer).frozen = amount;
		}
	}

	fn drain(&mut self, payer: &AccountId) {
		let amount = self.book.purses[payer].movable();
		if amount > 0 {
			let origin = RuntimeOrigin::signed(payer.clone());
			Balances::transfer_all(origin, STRANGER, false).unwrap();
			self.book.send(payer, &STRANGER, amount);
		}
	}

	fn fund(&mut self, payer: &AccountId) {
		let amount = self.book.purses[&STRANGER].movable().min(3_000);
		if amount > EXISTENTIAL_DEPOSIT {
			let amount = amount - EXISTENTIAL_DEPOSIT;
			let to = payer.clone();
			let origin = RuntimeOrigin::signed(STRANGER);
			if Balances::transfer_keep_alive(origin, to, amount).is_ok() {
				self.book.send(&STRANGER, payer, amount);
			}
		}
	}

	fn check(&self) {
		check();
		for (who, purse) in &self.book.purses {
			let Purse { free: expected, channels, receipts, .. } = *purse;
			assert_eq!((free(who), held(who)), (expected, channels), "{who}");
			assert_eq!(total(who), expected + channels + receipts, "{who}");
		}
		let endowed = ACCOUNTS.len() as u128 * ENDOWMENT;
		assert_eq!(Balances::total_issuance(), endowed - self.book.burned);
		assert_eq!(Receipts::iter().count(), self.book.receipts);
		for (channel, entry) in self.book.channels.iter().enumerate() {
			assert_eq!(is_open(channel as u64), entry.open);
		}
	}
}

/// As many cases as `PROPTEST_CASES` says, and `cases` where it says nothing.
fn cases(cases: u32) -> ProptestConfig {
	let asked = std::env::var_os("PROPTEST_CASES").is_some();
	let config = ProptestConfig::default();
	if asked {
		config
	} else {
		ProptestConfig { cases, ..config }
	}
}

proptest! {
	#![proptest_config(cases(128))]

	#[test]
	fn any_order_of_calls_keeps_the_books(steps in prop::collection::vec(step(), 1..100)) {
		run(|| {
			let mut run = Run::new();
			for step in steps {
				run.take(step);
				run.check();
			}
		});
	}

	#[test]
	fn every_channel_comes_to_an_end_and_nothing_is_left(
		steps in prop::collection::vec(step(), 1..80),
	) {
		run(|| {
			let mut run = Run::new();
			for step in steps {
				run.take(step);
			}
			run.take(Step::Wait(2_000));
			for channel in 0..run.book.channels.len() {
				run.finish(&STRANGER, channel);
			}
			run.check();
			assert_eq!(Channels::<Test>::iter().count(), 0);
			assert!(PAYERS.iter().all(|payer| held(payer) == 0));
		});
	}

	#[test]
	fn nothing_that_a_payer_does_keeps_its_voucher_from_being_paid(
		steps in prop::collection::vec(step(), 1..60),
		amount in LEAST..=DEPOSIT,
	) {
		run(|| {
			let key = Key::usual();
			let channel = open_for(&key);
			let mut run = Run::new();
			run.book.deposit(&ALICE, DEPOSIT + RESERVE);
			run.book.channels.push(Entry {
				payer: ALICE,
				server: SERVER,
				key: 9,
				deposit: DEPOSIT,
				reserve: RESERVE,
				expires_at: 1 + LIFETIME,
				closing_at: None,
				open: true,
				signed: 0,
			});
			for step in steps {
				let by_others = !matches!(
					step,
					Step::Finish { .. } | Step::ReceiptDeposit(_) | Step::Sign { .. }
				);
				if by_others {
					run.take(step);
				}
			}
			Refuses::set(false);
			close_signed(&SERVER, channel, voucher(amount), key.sign_voucher(channel, &voucher(amount)))
				.unwrap();
		});
	}
}
