//! What an agent is paid, who gets it, and what its reputation makes of it.

use frame_support::traits::Get;
use sp_keyring::Sr25519Keyring as Account;
use sp_runtime::Perbill;
use tributary_primitives::{
	agent::ModelRate,
	blob::Content,
	title::{Beneficiary, Title},
};
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi,
	configs::agents::PayerDeposit,
	params::{ReceiptDeposit, TRIB},
	AccountId, Runtime, RuntimeEvent,
};

use super::scene::{
	create, create_with, mandate, wide, Agent, Agents, FRIEND, HOLDER, OPERATOR, STAKE,
};
use crate::{
	chain::Chain,
	market::{issue, Shares, SUPPLY},
	report::OWNER,
	scene::{register_model, tail, text, Usage, PAID, PAYER},
};

const MODEL: u32 = 0;
/// Of 100 TRIB the model gets 40. Of the rest 2 % are the protocol's, and of 58.8 a quarter is retained.
const OF_MODEL: u128 = 40 * TRIB;
const FEE: u128 = 1_200_000_000_000;
const RETAINED: u128 = 14_700_000_000_000;
const REST: u128 = 44_100_000_000_000;
/// Of both protocol fees, 2 TRIB in all, one half is burned.
const BURNED: u128 = TRIB;

/// A chain with an agent that runs on a model of [`OWNER`], and one more model that it does not pay for.
fn earning() -> (Chain, Agent) {
	let mut chain = Chain::start("development");
	register_model(&mut chain, OWNER, Vec::new(), 0);
	register_model(&mut chain, FRIEND, Vec::new(), 0);
	let models = vec![
		ModelRate { model: MODEL, rate: Perbill::from_percent(40) },
		ModelRate { model: 1, rate: Perbill::zero() },
	];
	let agent = create_with(&mut chain, HOLDER, models, Perbill::from_percent(25));
	(chain, agent)
}

/// Has `who` pay the agent 100 TRIB.
fn pay(chain: &mut Chain, agent: &Agent, who: Account) {
	let items = text(3, 64);
	let (outputs, outputs_tail) = (Content::of(&items), tail(&items));
	chain.run(who, Agents::pay { agent: agent.id, outputs, outputs_tail, amount: PAID });
}

fn bonded(chain: &mut Chain, agent: &Agent) -> u128 {
	chain.ext.execute_with(|| Runtime::agent(agent.id)).expect("it exists").bonded
}

/// What is burned for the agent, and who burned how much.
fn reputation(chain: &mut Chain, agent: &Agent) -> (u128, Vec<(AccountId, u128)>) {
	let view = chain.ext.execute_with(|| Runtime::reputation(agent.id, None, 10));
	let view = view.expect("the agent exists");
	assert_eq!(view.payers as usize, view.parts.items.len());
	let parts = view.parts.items.into_iter().map(|part| (part.payer, part.amount)).collect();
	(view.score, parts)
}

#[test]
fn a_payment_is_divided_between_models_protocol_stake_and_owner() {
	let (mut chain, agent) = earning();
	let issued = chain.issuance();
	let funds = [HOLDER, PAYER, FRIEND].map(|who| chain.before_fees(who));
	pay(&mut chain, &agent, PAYER);
	let paid = chain.find_event(|event| match event {
		RuntimeEvent::Agents(pallet_agents::Event::Paid {
			models,
			protocol_fee,
			retained,
			rest,
			beneficiary,
			burned,
			..
		}) => {
			assert_eq!(beneficiary, Beneficiary::Owner(HOLDER.to_account_id()));
			let models: Vec<_> = models.iter().map(|part| (part.model, part.amount)).collect();
			Some((models, protocol_fee, retained, rest, burned))
		}
		_ => None,
	});
	let parts = (vec![(MODEL, OF_MODEL)], FEE, RETAINED, REST, BURNED);
	assert_eq!(paid, Some(parts));
	assert_eq!(chain.issuance(), issued - BURNED);
	assert_eq!(chain.before_fees(HOLDER), funds[0] + REST);
	assert_eq!(chain.before_fees(FRIEND), funds[2]);
	assert_eq!(bonded(&mut chain, &agent), STAKE + RETAINED);
	let receipt: u128 = chain.ext.execute_with(|| {
		let epoch = Runtime::epoch().current;
		let receipt = Runtime::receipt(MODEL, epoch, 0).expect("the model was paid");
		assert_eq!((receipt.payer, receipt.amount), (PAYER.to_account_id(), OF_MODEL));
		ReceiptDeposit::get()
	});
	assert_eq!(chain.before_fees(PAYER), funds[1] - PAID - receipt - PayerDeposit::get());

	let of_owner = chain.before_fees(OWNER);
	chain.run(PAYER, Usage::claim_owner { model: MODEL });
	// Of 40 TRIB 2 % are the protocol's; of the rest 30 % are the data's.
	assert_eq!(chain.before_fees(OWNER), of_owner + 27_440_000_000_000);
	chain.check();
}

#[test]
fn an_agent_with_shares_pays_whoever_has_staked_them() {
	let (mut chain, agent) = earning();
	let title = Title::agent(agent.id);
	issue(&mut chain, HOLDER, title);
	chain.run(HOLDER, Shares::stake { title, shares: SUPPLY });
	let funds = chain.before_fees(HOLDER);
	pay(&mut chain, &agent, PAYER);
	assert_eq!(chain.before_fees(HOLDER), funds);
	let vault = chain.ext.execute_with(|| Runtime::vault(title)).expect("it has one");
	assert_eq!(vault.received, REST);
	chain.run(HOLDER, Shares::claim_dividends { title });
	let dividends = chain.before_fees(HOLDER) - funds;
	assert!((REST - 1..=REST).contains(&dividends), "{dividends}");
	assert_eq!(bonded(&mut chain, &agent), STAKE + RETAINED);
	chain.check();
}

#[test]
fn an_agent_that_retains_all_grows_its_stake_by_what_it_earns() {
	let mut chain = Chain::start("development");
	let agent = create_with(&mut chain, HOLDER, Vec::new(), Perbill::one());
	let funds = chain.before_fees(HOLDER);
	pay(&mut chain, &agent, PAYER);
	assert_eq!(bonded(&mut chain, &agent), STAKE + 98 * TRIB);
	assert_eq!(chain.before_fees(HOLDER), funds);
	chain.check();
}

#[test]
fn reputation_is_what_others_burned_and_owner_and_operator_are_no_others() {
	let (mut chain, agent) = earning();
	mandate(&mut chain, &agent, wide(&[]));
	for insider in [HOLDER, OPERATOR] {
		pay(&mut chain, &agent, insider);
		assert_eq!(reputation(&mut chain, &agent), (0, vec![]));
	}
	let payers = [PAYER, FRIEND];
	for payer in payers {
		pay(&mut chain, &agent, payer);
	}
	let (score, mut parts) = reputation(&mut chain, &agent);
	// A few blocks take less than a millionth of it.
	let about = |amount: u128, burned: u128| amount <= burned && burned - amount < burned / 10_000;
	assert!(about(score, 2 * BURNED), "{score}");
	parts.sort();
	let mut expected = payers.map(|who| who.to_account_id());
	expected.sort();
	assert_eq!(parts.iter().map(|part| part.0.clone()).collect::<Vec<_>>(), expected);
	assert!(parts.iter().all(|part| about(part.1, BURNED)), "{parts:?}");

	let first = chain.ext.execute_with(|| Runtime::reputation(agent.id, None, 1));
	let first = first.expect("the agent exists").parts;
	let next = chain.ext.execute_with(|| Runtime::reputation(agent.id, first.next, 1));
	let next = next.expect("the agent exists").parts;
	assert_eq!((next.items.len(), next.next), (1, None));
	assert_ne!(first.items[0].payer, next.items[0].payer);
	chain.check();
}

#[test]
fn an_agent_that_is_retired_is_not_paid() {
	let mut chain = Chain::start("development");
	let agent = create(&mut chain, HOLDER);
	chain.run(HOLDER, Agents::retire { agent: agent.id });
	let items = text(3, 64);
	let (outputs, outputs_tail) = (Content::of(&items), tail(&items));
	let call = Agents::pay { agent: agent.id, outputs, outputs_tail, amount: PAID };
	let refused = chain.signed(PAYER, call);
	let error = pallet_agents::Error::<Runtime>::Retired.into();
	assert_eq!(chain.block(vec![refused]), [Err(error)]);
	chain.check();
}
