//! What calls weigh and cost.

use codec::Encode;
use frame_support::dispatch::GetDispatchInfo;
use frame_system::Config as System;
use sp_core::ecdsa;
use sp_keyring::Sr25519Keyring as Account;
use sp_runtime::{traits::TransactionExtension, MultiSignature};
use tributary_primitives::{
	agent::{
		Budget, CallIndex, Mandate, ModelRate, MAX_ALLOWED_CALLS, MAX_BUDGETED_ASSETS,
		MAX_CALLS_OF_ACT, MAX_COUNTERPARTIES, MAX_MODELS,
	},
	availability::Demanded,
	blob::{Content, Opening, MAX_OPENING_BYTES, MAX_SIBLINGS},
	fault::{EntryProof, Fault},
	fees::{divide, Setting, DEFAULTS},
	originality::Hit,
	title::Title,
	traits::SyntheticPolicy,
};
use tributary_runtime::{
	configs::tributary::Treasury,
	params::{MILLI_TRIB, TRIB},
	AccountId, Authorship, Runtime, RuntimeCall, TransactionPayment,
};

use crate::{
	agents::scene::{acting, batch_all, OPERATOR},
	chain::{address, extension, Chain},
};

/// The largest opening that can be decoded.
fn largest() -> Opening {
	Opening {
		first_chunk: u64::MAX,
		bytes: vec![0; MAX_OPENING_BYTES as usize].try_into().expect("it is within the bound"),
		siblings: vec![[0; 32]; MAX_SIBLINGS as usize].try_into().expect("it is within the bound"),
	}
}

fn largest_calls() -> Vec<RuntimeCall> {
	use pallet_attribution::{Call as Attribution, PayoutProof};
	use pallet_availability::Call as Availability;
	use pallet_channels::Call as Channels;
	use pallet_datasets::{Admission, Call as Datasets, Use, Uses};
	use pallet_models::{Call as Models, Pin, Relation, Terms};
	use pallet_originality::{Call as Originality, Original};
	use pallet_settings::Call as Settings;
	use pallet_shares::Call as Shares;
	use pallet_usage::Call as Usage;

	let title = Title::model(0);
	let name = || vec![b'a'; 50].try_into().expect("50 bytes");
	let tail = || Box::new(largest());
	let who = Account::Alice.to_account_id();
	let content = Content { root: [0; 32], len: u64::MAX };
	let allowed = Use::Allowed;
	let curators: Vec<_> = vec![who.clone(); 16];
	let entry = || EntryProof { index: u64::MAX, opening: largest() };
	let proof = || PayoutProof { index: u64::MAX, opening: tail() };
	let fault = Fault::Prior {
		entry: entry(),
		item: largest(),
		position: 0,
		output: largest(),
		source: 0,
		offset: 0,
		bytes: largest(),
	};
	let hit = Hit { sample: 0, accused: largest(), offset: 0, original: largest() };
	let output = Demanded::Output { model: 0, epoch: 0, receipt: 0, item: 0 };
	let mut calls = vec![
		Datasets::create {
			admission: Admission::Curated(curators.clone().try_into().expect("16 curators")),
			curator_share: Default::default(),
			licence: vec![b'a'; 128].try_into().expect("128 bytes"),
			uses: Uses {
				data_mining: allowed,
				inference: allowed,
				training: allowed,
				generative_training: allowed,
			},
			synthetic: SyntheticPolicy::Refuse,
			contribution_deposit: 0,
			metadata: content,
			metadata_tail: tail(),
		}
		.into(),
		Datasets::commit { hash: [0; 32] }.into(),
		Datasets::reveal { seq: 0, dataset: 0, content, salt: [0; 32], tail: tail() }.into(),
		Datasets::accept { seq: 0 }.into(),
		Datasets::reject { seq: 0 }.into(),
		Datasets::withdraw { seq: 0 }.into(),
		Datasets::expire { seq: 0 }.into(),
		Datasets::set_curators { dataset: 0, curators: curators.try_into().expect("16 curators") }
			.into(),
		Datasets::set_closed { dataset: 0, closed: true }.into(),
		Models::register {
			relation: Relation::Merge,
			parents: vec![0; 16].try_into().expect("16 parents"),
			pins: vec![Pin { dataset: 0, version: 1 }; 64].try_into().expect("64 pins"),
			generative: true,
			terms: Terms {
				lineage_rate: Default::default(),
				data_rate: Default::default(),
				window: 32,
			},
			max_lineage: Default::default(),
			artifact: content,
			artifact_tail: tail(),
			manifest: content,
			manifest_tail: tail(),
		}
		.into(),
		Models::set_lineage_rate { model: 0, rate: Default::default() }.into(),
		Usage::pay { model: 0, outputs: content, outputs_tail: tail(), amount: 0 }.into(),
		Usage::claim_owner { model: 0 }.into(),
		Usage::claim_lineage { model: 0, ancestor: 0, tenure: 0 }.into(),
		Usage::release_receipt { model: 0, epoch: 0, index: 0 }.into(),
		Usage::collect_due { beneficiary: who.clone() }.into(),
		Attribution::bond { amount: 0 }.into(),
		Attribution::unbond { amount: 0 }.into(),
		Attribution::report {
			model: 0,
			epoch: 0,
			entries: content,
			entries_tail: tail(),
			payouts: content,
			payouts_tail: tail(),
			total: 0,
			unseen: vec![1; 64].try_into().expect("64 sources"),
			withheld: 0,
		}
		.into(),
		Attribution::submit_fault {
			model: 0,
			epoch: 0,
			report: 0,
			challenger: who.clone(),
			fault: Box::new(fault.clone()),
		}
		.into(),
		Attribution::finalise { model: 0, epoch: 0 }.into(),
		Attribution::claim { model: 0, epoch: 0, source: 1, first: proof(), last: proof() }.into(),
		Attribution::announce { model: 0, epoch: 0, report: 0, hash: [0; 32] }.into(),
		Attribution::reveal_announcement { report: 0, fault: Box::new(fault), salt: [0; 32] }
			.into(),
		Attribution::pay_reward { report: 0 }.into(),
		Attribution::withdraw_announcement { report: 0 }.into(),
		Attribution::claim_passed { source: 1, entry: entry() }.into(),
		Availability::demand { blob: output, chunk: 0, item: Some(tail()), keep_open: None }.into(),
		Availability::answer { demand: 0, opening: tail() }.into(),
		Availability::enforce { demand: 0 }.into(),
		Originality::accuse {
			accused: 1,
			original: Original::Output { model: 0, epoch: 0, receipt: 0, item: 0 },
			item: Some(tail()),
		}
		.into(),
		Originality::show_hits { accused: 1, hits: vec![hit; 8].try_into().expect("eight hits") }
			.into(),
		Originality::close { accused: 1, challenger: who.clone() }.into(),
		Shares::issue { title, supply: u64::MAX, name: name(), symbol: name() }.into(),
		Shares::stake { title, shares: 0 }.into(),
		Shares::unstake { title, shares: 0 }.into(),
		Shares::claim_dividends { title }.into(),
		Shares::dissolve { title }.into(),
		Shares::collect_owed { title, asset: 0, who: who.clone() }.into(),
		Channels::open { model: 0, server: who.clone(), signer: who, deposit: 0, lifetime: 0 }
			.into(),
		Channels::top_up { channel: 0, amount: 0, expires_at: Some(0) }.into(),
		Channels::close {
			channel: 0,
			voucher: Default::default(),
			signature: MultiSignature::Ecdsa(ecdsa::Signature::default()),
			outputs_tail: tail(),
		}
		.into(),
		Channels::request_close { channel: 0 }.into(),
		Channels::finish { channel: 0 }.into(),
		Settings::set { setting: Setting::ReportBond(u128::MAX) }.into(),
	];
	calls.extend(largest_calls_of_agents());
	calls
}

/// The longest mandate that can be decoded.
fn largest_mandate() -> Mandate<AccountId> {
	let budget = Budget { per_call: u128::MAX, per_window: u128::MAX };
	let accounts = (0..MAX_COUNTERPARTIES).map(|index| AccountId::from([index as u8; 32]));
	Mandate {
		calls: (0..MAX_ALLOWED_CALLS as u8)
			.map(|call| CallIndex { pallet: 0, call })
			.collect::<Vec<_>>()
			.try_into()
			.expect("they are as many as may be"),
		native: budget,
		assets: (0..MAX_BUDGETED_ASSETS)
			.map(|asset| (asset, budget))
			.collect::<Vec<_>>()
			.try_into()
			.expect("they are as many as may be"),
		window: u32::MAX,
		counterparties: Some(
			accounts.collect::<Vec<_>>().try_into().expect("they are as many as may be"),
		),
		expires_at: u32::MAX,
	}
}

fn largest_calls_of_agents() -> Vec<RuntimeCall> {
	use pallet_agents::{Call as Agents, Holding};

	let (agent, amount) = (0, u128::MAX);
	let (outputs, outputs_tail) = (Content { root: [0; 32], len: u64::MAX }, Box::new(largest()));
	let rate = ModelRate { model: 0, rate: Default::default() };
	let models = || vec![rate; MAX_MODELS as usize].try_into().expect("they are as many as may be");
	let retention = Default::default();
	vec![
		Agents::create { metadata: outputs, models: models(), retention, stake: amount }.into(),
		Agents::set_operator { agent, operator: Some(Account::Alice.to_account_id()) }.into(),
		Agents::set_mandate { agent, mandate: Some(largest_mandate()) }.into(),
		Agents::set_metadata { agent, metadata: outputs }.into(),
		Agents::set_models { agent, models: models(), retention }.into(),
		Agents::pause { agent }.into(),
		Agents::resume { agent }.into(),
		Agents::retire { agent }.into(),
		Agents::bond { agent, amount }.into(),
		Agents::unbond { agent, amount }.into(),
		Agents::withdraw_unbonded { agent }.into(),
		Agents::withdraw { agent, holding: Holding::Title(Title::model(0)) }.into(),
		act(remark(100_000)).into(),
		Agents::pay { agent, outputs, outputs_tail, amount }.into(),
		Agents::forget_payer { agent, payer: Account::Alice.to_account_id() }.into(),
	]
}

fn act(call: RuntimeCall) -> pallet_agents::Call<Runtime> {
	pallet_agents::Call::act { agent: 0, call: Box::new(call) }
}

fn remark(bytes: usize) -> RuntimeCall {
	frame_system::Call::remark { remark: vec![0; bytes] }.into()
}

#[test]
fn an_act_weighs_a_constant_more_than_what_it_does_and_a_little_for_its_bytes() {
	let of = |call: &RuntimeCall| call.get_dispatch_info().call_weight.ref_time();
	let own = |call: RuntimeCall| of(&act(call.clone()).into()) - of(&call);
	let constant = own(remark(0));
	assert!(constant > 0);
	assert!(constant < 4_000_000_000, "{constant} ps is more than a five-hundredth of a block");
	for call in largest_calls() {
		let bytes = call.encoded_size() as u64;
		let over = own(call.clone()) - constant;
		assert!(over <= 10_000 * bytes, "{over} ps for {bytes} bytes of {:?}", &call.encode()[..2]);
	}
}

#[test]
fn an_act_is_charged_for_the_calls_that_it_made_and_not_for_those_that_it_could() {
	let batch = |count| batch_all(vec![remark(0); count]);
	let (mut chain, agent) = acting(&[batch(1)]);
	let mut given_back = |call: RuntimeCall| {
		let call = pallet_agents::Call::act { agent: agent.id, call: Box::new(call) };
		let transaction = chain.signed(OPERATOR, call);
		let len = transaction.encoded_size() as u32;
		let most = chain
			.ext
			.execute_with(|| TransactionPayment::query_info(transaction.clone(), len).partial_fee);
		assert_eq!(chain.block(vec![transaction]), [Ok(())]);
		most - chain.fee_of(&OPERATOR.to_account_id())
	};
	let most = MAX_CALLS_OF_ACT as usize - 1;
	let (of_one, of_most) = (given_back(batch(1)), given_back(batch(most)));
	assert!(of_one > of_most + 10 * MILLI_TRIB, "{of_one} {of_most}");
	chain.check();
}

#[test]
fn the_largest_of_every_call_fits_into_a_quarter_of_a_block() {
	let weights = <Runtime as System>::BlockWeights::get();
	let lengths = <Runtime as System>::BlockLength::get();
	let calls = largest_calls();
	let all: usize = [
		variants::<pallet_datasets::Call<Runtime>>(),
		variants::<pallet_models::Call<Runtime>>(),
		variants::<pallet_usage::Call<Runtime>>(),
		variants::<pallet_attribution::Call<Runtime>>(),
		variants::<pallet_availability::Call<Runtime>>(),
		variants::<pallet_originality::Call<Runtime>>(),
		variants::<pallet_shares::Call<Runtime>>(),
		variants::<pallet_channels::Call<Runtime>>(),
		variants::<pallet_settings::Call<Runtime>>(),
		variants::<pallet_agents::Call<Runtime>>(),
	]
	.into_iter()
	.sum();
	assert_eq!(calls.len(), all, "every call of our pallets is in the list");
	for call in calls {
		let info = call.get_dispatch_info();
		let weight = info.call_weight.saturating_add(extension(0, 0).weight(&call));
		let limit = weights.get(info.class).max_extrinsic.expect("every class of ours has a limit");
		assert!(weight.ref_time() > 0, "{call:?} is free");
		assert!(
			weight.ref_time() <= limit.ref_time() / 4,
			"{} ps of {} ps: {:?}",
			weight.ref_time(),
			limit.ref_time(),
			call.encode().get(..2),
		);
		assert!(call.encoded_size() <= *lengths.max.get(info.class) as usize / 10);
	}
}

fn variants<Call: frame_support::traits::GetCallName>() -> usize {
	Call::get_call_names().len()
}

#[test]
fn a_transfer_costs_about_a_hundredth_of_a_token() {
	let mut chain = Chain::start("development");
	let call =
		pallet_balances::Call::transfer_keep_alive { dest: address(Account::Dave), value: TRIB };
	let transfer = chain.signed(Account::Bob, call);
	let fee = chain.ext.execute_with(|| {
		let len = transfer.encoded_size() as u32;
		TransactionPayment::query_info(transfer.clone(), len).partial_fee
	});
	assert!((5 * MILLI_TRIB..20 * MILLI_TRIB).contains(&fee), "{fee}");
	assert_eq!(chain.block(vec![transfer]), [Ok(())]);
	assert!(chain.fee_of(&Account::Bob.to_account_id()) <= fee);
	chain.check();
}

#[test]
fn a_fee_is_divided_between_author_and_treasury_and_the_tip_is_the_authors() {
	let mut chain = Chain::start("development");
	chain.block(Vec::new());
	let (author, treasury) = (Account::Alice.to_account_id(), Treasury::get());
	let before = (chain.free(&author), chain.free(&treasury), chain.issuance());
	let remark = frame_system::Call::remark { remark: vec![0; 100] };
	let transaction = chain.tipped(Account::Bob, TRIB, remark);
	assert_eq!(chain.block(vec![transaction]), [Ok(())]);
	let fee = chain.fee_of(&Account::Bob.to_account_id()) - TRIB;
	let parts = divide(fee, DEFAULTS.treasury_share);
	assert!(parts.share > 0 && parts.rest > parts.share);
	chain.ext.execute_with(|| assert_eq!(Authorship::author(), Some(author.clone())));
	assert_eq!(chain.free(&author), before.0 + parts.rest + TRIB);
	assert_eq!(chain.free(&treasury), before.1 + parts.share);
	assert_eq!(chain.issuance(), before.2);
	chain.check();
}
