//! Whose signature of what is as good as money.

use sp_core::U256;
use sp_runtime::{traits::Verify, MultiSignature};
use tributary_primitives::{blob::Content, voucher::wrap};

use super::fixture::*;
use crate::{mock::*, Error, Voucher};

#[test]
fn keys_of_every_kind_sign_vouchers() {
	run(|| {
		for key in Key::all(1) {
			let channel = open_for(&key);
			let signature = key.sign_voucher(channel, &voucher(600));
			close_signed(&SERVER, channel, voucher(600), signature).unwrap();
		}
		assert_eq!(total(&ALICE), ENDOWMENT - 4 * 600);
	});
}

#[test]
fn what_a_wallet_wraps_before_it_signs_is_as_good() {
	run(|| {
		for key in Key::all(1) {
			let channel = open_for(&key);
			let signature = key.sign_wrapped(channel, &voucher(600));
			close_signed(&SERVER, channel, voucher(600), signature).unwrap();
		}
	});
}

#[test]
fn the_signer_may_be_the_payer() {
	run(|| {
		let key = Key::usual();
		let payer = key.account();
		Balances::force_set_balance(RuntimeOrigin::root(), payer.clone(), ENDOWMENT).unwrap();
		open_with(&payer, payer.clone(), DEPOSIT, LIFETIME).unwrap();
		close(0, voucher(600)).unwrap();
		assert_eq!(total(&payer), ENDOWMENT - 600);
	});
}

#[test]
fn the_payer_s_own_key_does_not_sign_where_it_named_another() {
	run(|| {
		let payer = Key::of(2);
		Balances::force_set_balance(RuntimeOrigin::root(), payer.account(), ENDOWMENT).unwrap();
		open_with(&payer.account(), Key::usual().account(), DEPOSIT, LIFETIME).unwrap();
		let signature = payer.sign_voucher(0, &voucher(600));
		refused(close_signed(&SERVER, 0, voucher(600), signature), Error::BadSignature);
	});
}

#[test]
fn a_wrong_key_of_any_kind_is_refused() {
	run(|| {
		for (right, wrong) in Key::all(1).iter().zip(Key::all(2)) {
			let channel = open_for(right);
			for signature in [
				wrong.sign_voucher(channel, &voucher(600)),
				wrong.sign_wrapped(channel, &voucher(600)),
			] {
				let closed = close_signed(&SERVER, channel, voucher(600), signature);
				refused(closed, Error::BadSignature);
			}
		}
		assert_eq!(total(&ALICE), ENDOWMENT);
	});
}

#[test]
fn a_key_of_another_kind_with_the_same_secret_is_refused() {
	run(|| {
		for (kind, right) in Key::all(1).iter().enumerate() {
			let channel = open_for(right);
			for (other, key) in Key::all(1).iter().enumerate() {
				let signature = key.sign_voucher(channel, &voucher(600));
				if other != kind {
					let closed = close_signed(&SERVER, channel, voucher(600), signature);
					refused(closed, Error::BadSignature);
				}
			}
		}
	});
}

#[test]
fn a_signature_called_by_another_kind_is_refused() {
	run(|| {
		let [ed25519, sr25519, ecdsa, eth] = Key::all(1);
		let relabelled = |key: &Key, channel| match key.sign_voucher(channel, &voucher(600)) {
			MultiSignature::Ed25519(it) => MultiSignature::Sr25519(it.0.into()),
			MultiSignature::Sr25519(it) => MultiSignature::Ed25519(it.0.into()),
			MultiSignature::Ecdsa(it) => MultiSignature::Eth(it.0.into()),
			MultiSignature::Eth(it) => MultiSignature::Ecdsa(it.0.into()),
		};
		for key in [ed25519, sr25519, ecdsa, eth] {
			let channel = open_for(&key);
			let signature = relabelled(&key, channel);
			let closed = close_signed(&SERVER, channel, voucher(600), signature);
			refused(closed, Error::BadSignature);
		}
	});
}

#[test]
fn every_field_of_a_voucher_is_signed() {
	run(|| {
		let channel = open();
		let signed = voucher(600);
		let signature = Key::usual().sign_voucher(channel, &signed);
		let Content { root, len } = signed.outputs;
		let mut other = root;
		other[31] ^= 1;
		for changed in [
			Voucher { amount: 601, ..signed },
			Voucher { amount: 599, ..signed },
			Voucher { outputs: Content { root: other, len }, ..signed },
			Voucher { outputs: Content { root, len: len + 64 }, ..signed },
			Voucher { nonce: signed.nonce + 1, ..signed },
		] {
			let closed = close_signed(&SERVER, channel, changed, signature.clone());
			refused(closed, Error::BadSignature);
		}
		close_signed(&SERVER, channel, signed, signature).unwrap();
	});
}

#[test]
fn a_voucher_is_no_good_in_another_channel_of_the_same_parties() {
	run(|| {
		let (first, second) = (open(), open());
		let signature = Key::usual().sign_voucher(first, &voucher(600));
		let closed = close_signed(&SERVER, second, voucher(600), signature.clone());
		refused(closed, Error::BadSignature);
		close_signed(&SERVER, first, voucher(600), signature.clone()).unwrap();

		let third = open();
		let closed = close_signed(&SERVER, third, voucher(600), signature);
		refused(closed, Error::BadSignature);
		assert_eq!(total(&ALICE), ENDOWMENT - 600);
	});
}

#[test]
fn a_voucher_is_no_good_on_another_chain() {
	run(|| {
		let channel = open();
		let elsewhere = voucher(600).payload(&[1u8; 32], channel);
		for message in [elsewhere.clone(), wrap(&elsewhere)] {
			let signature = Key::usual().sign(&message);
			let closed = close_signed(&SERVER, channel, voucher(600), signature);
			refused(closed, Error::BadSignature);
		}
	});
}

#[test]
fn a_signature_of_something_else_is_no_voucher() {
	run(|| {
		let channel = open();
		let payload = payload(channel, &voucher(600));
		for message in [
			Vec::new(),
			payload[17..].to_vec(),
			wrap(&wrap(&payload)),
			sp_io::hashing::blake2_256(&payload).to_vec(),
			[&payload[..], &[0]].concat(),
		] {
			let signature = Key::usual().sign(&message);
			let closed = close_signed(&SERVER, channel, voucher(600), signature);
			refused(closed, Error::BadSignature);
		}
	});
}

/// The other signature of the same message by the same key, which anyone can make of the first:
/// `(r, n - s)`, with the other recovery id.
fn malleated(signature: &MultiSignature) -> MultiSignature {
	let order = U256::from_big_endian(&hex(
		"fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
	));
	let other = |bytes: [u8; 65]| {
		let mut other = bytes;
		let s = order - U256::from_big_endian(&bytes[32..64]);
		other[32..64].copy_from_slice(&s.to_big_endian());
		other[64] ^= 1;
		other
	};
	match signature {
		MultiSignature::Ecdsa(it) => MultiSignature::Ecdsa(other(it.0).into()),
		MultiSignature::Eth(it) => MultiSignature::Eth(other(it.0).into()),
		_ => unreachable!("only these two can be malleated"),
	}
}

fn hex(digits: &str) -> Vec<u8> {
	let digit = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
	(0..digits.len()).step_by(2).map(digit).collect()
}

#[test]
fn a_second_signature_made_of_the_first_pays_no_second_time() {
	run(|| {
		let [_, _, ecdsa, eth] = Key::all(1);
		for key in [ecdsa, eth] {
			let before = total(&ALICE);
			let channel = open_for(&key);
			let first = key.sign_voucher(channel, &voucher(600));
			let second = malleated(&first);
			assert_ne!(first, second);
			close_signed(&SERVER, channel, voucher(600), second.clone()).unwrap();
			for signature in [&first, &second] {
				let again = close_signed(&SERVER, channel, voucher(600), signature.clone());
				refused(again, Error::ChannelNotFound);
			}
			let next = open_for(&key);
			for signature in [first, second] {
				let again = close_signed(&SERVER, next, voucher(600), signature);
				refused(again, Error::BadSignature);
			}
			assert_eq!(before - total(&ALICE), 600);
		}
	});
}

#[test]
fn garbage_is_no_signature() {
	run(|| {
		for (kind, key) in Key::all(1).iter().enumerate() {
			let channel = open_for(key);
			for byte in [0, 1, 27, 255] {
				let signature = match kind {
					0 => MultiSignature::Ed25519([byte; 64].into()),
					1 => MultiSignature::Sr25519([byte; 64].into()),
					2 => MultiSignature::Ecdsa([byte; 65].into()),
					_ => MultiSignature::Eth([byte; 65].into()),
				};
				let closed = close_signed(&SERVER, channel, voucher(600), signature);
				refused(closed, Error::BadSignature);
			}
		}
	});
}

#[test]
fn an_account_that_anyone_can_sign_for_is_no_signer() {
	let zeros = AccountId::new([0; 32]);
	let mut anyone_s = [0; 64];
	assert!(MultiSignature::Ed25519(anyone_s.into()).verify(&b"anything"[..], &zeros));
	anyone_s[63] = 0x80;
	assert!(MultiSignature::Sr25519(anyone_s.into()).verify(&b"anything"[..], &zeros));
	run(|| {
		refused(open_with(&ALICE, zeros, DEPOSIT, LIFETIME), Error::WeakSigner);
	});
}
