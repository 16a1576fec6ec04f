//! Channels: what was agreed on off the chain is paid on it once.

use codec::Encode;
use frame_support::traits::Get;
use sp_core::Pair;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring as Account};
use sp_runtime::{traits::IdentifyAccount, MultiSignature, MultiSigner};
use tributary_primitives::{
	blob::Content,
	traits::SyntheticPolicy,
	voucher::{wrap, Voucher},
};
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi,
	params::{CloseWindow, EpochLength, ReceiptDeposit, TRIB},
	AccountId, Hash, Runtime, System,
};

use crate::{
	chain::Chain,
	report::{bond, Output, Receipt, Report, FIRST, OWNER},
	scene::{
		blocks, contribute, create_dataset, register_model, tail, text, DATA_AMOUNT, PAID, PAYER,
	},
};

type Channels = pallet_channels::Call<Runtime>;

const SERVER: Account = Account::EveStash;
const MODEL: u32 = 0;
const DEPOSIT: u128 = 150 * TRIB;

/// A chain with a contribution, a model that pins it, and a channel; with the contribution.
fn opened(signer: AccountId) -> (Chain, Vec<u8>) {
	let mut chain = Chain::start("development");
	let source = text(1, 20_000);
	create_dataset(&mut chain, SyntheticPolicy::Refuse);
	contribute(&mut chain, FIRST, &source);
	register_model(&mut chain, OWNER, Vec::new(), 1);
	let server = SERVER.to_account_id();
	let lifetime = 1_000;
	chain.run(PAYER, Channels::open { model: MODEL, server, signer, deposit: DEPOSIT, lifetime });
	(chain, source)
}

/// A thousand outputs that stand in the source.
fn a_thousand_outputs(source: &[u8]) -> Receipt {
	let output = |index: usize| {
		let at = index * 16;
		Output::whole(&source[at..at + 64], 1, at as u64)
	};
	Receipt::of((0..1_000).map(output).collect::<Vec<_>>())
}

fn genesis(chain: &mut Chain) -> Hash {
	chain.ext.execute_with(|| System::block_hash(0))
}

fn close(items: &[u8], voucher: Voucher, signature: MultiSignature) -> Channels {
	Channels::close { channel: 0, voucher, signature, outputs_tail: tail(items) }
}

#[test]
fn a_thousand_inferences_are_settled_by_one_transaction_and_attributed() {
	let (mut chain, source) = opened(PAYER.to_account_id());
	let receipt = a_thousand_outputs(&source);
	let items = receipt.items();
	let voucher = Voucher { amount: PAID, outputs: Content::of(&items), nonce: 1_000 };
	let payload = voucher.payload(&genesis(&mut chain), 0);
	let signature: MultiSignature = PAYER.pair().sign(&payload).into();

	let funds = chain.before_fees(PAYER);
	let call = close(&items, voucher, signature.clone());
	let transaction = chain.signed(SERVER, call.clone());
	assert!(transaction.encoded_size() < 2_500, "{}", transaction.encoded_size());
	assert_eq!(chain.block(vec![transaction]), [Ok(())]);
	let returned = chain.before_fees(PAYER) - funds;
	assert!(returned >= DEPOSIT - PAID, "what the voucher does not take comes back");
	chain.ext.execute_with(|| {
		assert_eq!(Runtime::channel(0), None);
		let epoch = Runtime::epoch().current;
		let paid = Runtime::receipt(MODEL, epoch, 0).expect("it was paid");
		assert_eq!((paid.payer, paid.amount), (PAYER.to_account_id(), PAID));
		assert_eq!((paid.outputs, paid.data_amount), (Content::of(&items), DATA_AMOUNT));
	});
	let again = chain.signed(SERVER, call);
	assert!(chain.block(vec![again])[0].is_err(), "a voucher is used once");

	let epoch = (chain.number() - 1) / blocks::<EpochLength>();
	chain.until((epoch + 1) * blocks::<EpochLength>() - 1);
	let report = Report::honest(MODEL, epoch, &[receipt]);
	assert_eq!(report.entries.len(), 1_000);
	bond(&mut chain);
	report.post(&mut chain);
	report.finalise(&mut chain);
	let before = chain.before_fees(FIRST);
	chain.run(FIRST, report.claim(1));
	assert_eq!(chain.before_fees(FIRST), before + DATA_AMOUNT);
	chain.check();
}

#[test]
fn a_wallets_wrapped_signature_by_another_kind_of_key_is_as_good() {
	let key = Ed25519Keyring::One;
	let (mut chain, source) = opened(MultiSigner::from(key.public()).into_account());
	let items = a_thousand_outputs(&source).items();
	let voucher = Voucher { amount: PAID, outputs: Content::of(&items), nonce: 7 };
	let payload = wrap(&voucher.payload(&genesis(&mut chain), 0));
	chain.run(SERVER, close(&items, voucher, key.pair().sign(&payload).into()));
	chain.check();
}

#[test]
fn a_voucher_of_another_chain_channel_or_amount_is_refused() {
	let (mut chain, source) = opened(PAYER.to_account_id());
	let items = a_thousand_outputs(&source).items();
	let genesis = genesis(&mut chain);
	let voucher = Voucher { amount: PAID, outputs: Content::of(&items), nonce: 1 };
	let more = Voucher { amount: PAID + 1, ..voucher };
	let payloads = [
		voucher.payload(&Hash::repeat_byte(1), 0),
		voucher.payload(&genesis, 1),
		more.payload(&genesis, 0),
	];
	for payload in payloads {
		let signature = PAYER.pair().sign(&payload).into();
		let refused = chain.signed(SERVER, close(&items, voucher, signature));
		assert!(chain.block(vec![refused])[0].is_err());
	}
	assert!(chain.ext.execute_with(|| Runtime::channel(0)).is_some());
	chain.check();
}

#[test]
fn a_server_that_stays_away_keeps_the_payer_no_longer_than_the_window() {
	let (mut chain, _) = opened(PAYER.to_account_id());
	let listed = chain.ext.execute_with(|| Runtime::channels(SERVER.to_account_id(), 0, 10));
	assert_eq!(listed.items.iter().map(|channel| channel.id).collect::<Vec<_>>(), [0]);
	chain.run(PAYER, Channels::request_close { channel: 0 });
	let asked = chain.number();
	let early = chain.signed(PAYER, Channels::finish { channel: 0 });
	assert!(chain.block(vec![early])[0].is_err());
	chain.until(asked + blocks::<CloseWindow>() + 1);
	let funds = chain.before_fees(PAYER);
	chain.run(PAYER, Channels::finish { channel: 0 });
	let receipt: u128 = ReceiptDeposit::get();
	assert!(chain.before_fees(PAYER) >= funds + DEPOSIT + receipt);
	chain.check();
}
