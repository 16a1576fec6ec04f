//! Payments, channels and deposits: money that reaches somebody by a promise.

use pallet_originality::Original;
use sp_keyring::Sr25519Keyring as Account;
use tributary_primitives::{
	agent::{Breach, Budget, Currency, Mandate},
	availability::Demanded,
	blob::Content,
	title::{Title, TitleKind},
	traits::SyntheticPolicy,
};
use tributary_runtime::{
	params::{VaultLock, TRIB},
	AccountId, Runtime, RuntimeCall,
};

use super::{index, is_refused};
use crate::{
	agents::scene::{
		acting, batch_all, breach, counterparties, create, do_act, mandate, wide, Agent, Agents,
		FRIEND, FUNDS, HOLDER,
	},
	chain::{address, Chain},
	market::{issue, SUPPLY},
	originality::Originality,
	report::{FIRST, OWNER},
	scene::{blocks, contribute, create_dataset, register_model, tail, text, Usage, PAYER},
};

type Assets = pallet_assets::Call<Runtime>;
type Availability = pallet_availability::Call<Runtime>;
type Channels = pallet_channels::Call<Runtime>;
type Nfts = pallet_nfts::Call<Runtime>;

const MODEL: u32 = 0;
const FRIENDS_MODEL: u32 = 1;

/// An agent that may deal with these alone, by these calls, on a chain with a model of [`OWNER`] and one of
/// [`FRIEND`].
fn dealing(calls: &[RuntimeCall], with: impl IntoIterator<Item = Account>) -> (Chain, Agent) {
	let (mut chain, agent) = acting(calls);
	register_model(&mut chain, OWNER, Vec::new(), 0);
	register_model(&mut chain, FRIEND, Vec::new(), 0);
	let counterparties = counterparties(with.into_iter().map(|who| who.to_account_id()));
	mandate(&mut chain, &agent, Mandate { counterparties, ..wide(calls) });
	(chain, agent)
}

fn pay(model: u32) -> RuntimeCall {
	let items = text(7, 64);
	let (outputs, outputs_tail) = (Content::of(&items), tail(&items));
	Usage::pay { model, outputs, outputs_tail, amount: 10 * TRIB }.into()
}

fn open(model: u32, server: Account, signer: Account) -> RuntimeCall {
	let (server, signer) = (server.to_account_id(), signer.to_account_id());
	Channels::open { model, server, signer, deposit: 10 * TRIB, lifetime: 1_000 }.into()
}

fn top_up(channel: u64) -> RuntimeCall {
	Channels::top_up { channel, amount: TRIB, expires_at: None }.into()
}

#[test]
fn a_payment_for_a_friends_model() {
	let (mut chain, agent) = dealing(&[pay(MODEL)], [OWNER]);
	let expected = Breach::Counterparty(index(&pay(FRIENDS_MODEL)));
	assert_eq!(breach(&mut chain, &agent, pay(FRIENDS_MODEL)), expected);
	assert_eq!(chain.free(&agent.account), FUNDS);
	do_act(&mut chain, &agent, pay(MODEL));
	chain.check();
}

/// The account that what vaulted titles earn goes to.
fn vaults() -> AccountId {
	tributary_runtime::Shares::account_id()
}

/// Has the agent own the first model, of which [`FRIEND`] has all shares.
fn give_without_its_revenue(chain: &mut Chain, agent: &Agent) {
	issue(chain, OWNER, Title::model(MODEL));
	let (target, amount) = (address(FRIEND), SUPPLY.into());
	chain.run(OWNER, Assets::transfer { id: 0, target, amount });
	let unlocked = chain.number() + blocks::<VaultLock>();
	chain.until(unlocked);
	let (collection, dest) = (TitleKind::Model.collection(), agent.account.clone().into());
	chain.run(OWNER, Nfts::transfer { collection, item: MODEL, dest });
}

#[test]
fn a_payment_for_the_agents_own_model_whose_shares_a_friend_has() {
	let calls = [pay(MODEL), open(MODEL, OWNER, OWNER), top_up(0)];
	let (mut chain, agent) = dealing(&calls, [OWNER]);
	do_act(&mut chain, &agent, open(MODEL, OWNER, OWNER));
	give_without_its_revenue(&mut chain, &agent);
	let funds = chain.free(&agent.account);
	for call in calls.clone() {
		let expected = Breach::Counterparty(index(&call));
		assert_eq!(breach(&mut chain, &agent, call), expected);
	}
	assert_eq!(chain.free(&agent.account), funds);
	let counterparties = counterparties([OWNER.to_account_id(), vaults()]);
	mandate(&mut chain, &agent, Mandate { counterparties, ..wide(&calls) });
	for call in calls {
		do_act(&mut chain, &agent, call);
	}
	chain.check();
}

#[test]
fn a_payment_for_an_agent_whose_shares_a_friend_has() {
	let calls = [pay_agent(1)];
	let (mut chain, agent) = acting(&calls);
	let paid = create(&mut chain, HOLDER);
	issue(&mut chain, HOLDER, Title::agent(paid.id));
	let known = [paid.account.clone(), HOLDER.to_account_id()];
	for (named, done) in [(vec![], false), (vec![vaults()], true)] {
		let counterparties = counterparties(known.clone().into_iter().chain(named));
		mandate(&mut chain, &agent, Mandate { counterparties, ..wide(&calls) });
		if done {
			do_act(&mut chain, &agent, pay_agent(paid.id));
		} else {
			let expected = Breach::Counterparty(index(&calls[0]));
			assert_eq!(breach(&mut chain, &agent, pay_agent(paid.id)), expected);
		}
	}
	chain.check();
}

#[test]
fn a_payment_for_a_model_that_is_not_there_yet() {
	let (mut chain, agent) = dealing(&[pay(MODEL)], [OWNER]);
	is_refused(&mut chain, &agent, pay(FRIENDS_MODEL + 1));
}

#[test]
fn a_channel_whose_vouchers_a_friend_signs() {
	let (mut chain, agent) = dealing(&[open(MODEL, OWNER, OWNER)], [OWNER, PAYER]);
	for by_a_friend in
		[open(MODEL, OWNER, FRIEND), open(MODEL, FRIEND, PAYER), open(FRIENDS_MODEL, OWNER, PAYER)]
	{
		let expected = Breach::Counterparty(index(&by_a_friend));
		assert_eq!(breach(&mut chain, &agent, by_a_friend), expected);
	}
	assert_eq!(chain.free(&agent.account), FUNDS);
	do_act(&mut chain, &agent, open(MODEL, OWNER, PAYER));
	assert!(chain.free(&agent.account) <= FUNDS - 10 * TRIB, "it is spent when it is held");
	chain.check();
}

#[test]
fn a_channel_that_the_owner_let_a_friend_have_before() {
	let calls = [open(MODEL, OWNER, FRIEND), top_up(0)];
	let (mut chain, agent) = dealing(&calls, [OWNER, FRIEND]);
	do_act(&mut chain, &agent, open(MODEL, OWNER, FRIEND));
	do_act(&mut chain, &agent, top_up(0));
	let counterparties = counterparties([OWNER.to_account_id()]);
	mandate(&mut chain, &agent, Mandate { counterparties, ..wide(&calls) });
	let expected = Breach::Counterparty(index(&top_up(0)));
	assert_eq!(breach(&mut chain, &agent, top_up(0)), expected);
	chain.check();
}

#[test]
fn a_channel_that_the_act_itself_opens() {
	let batch = batch_all([open(MODEL, OWNER, PAYER), top_up(0)]);
	let (mut chain, agent) = dealing(std::slice::from_ref(&batch), [OWNER, PAYER]);
	let expected = Breach::NotDelegable(index(&top_up(0)));
	assert_eq!(breach(&mut chain, &agent, batch), expected, "whom it is with is not known before");
	assert_eq!(chain.free(&agent.account), FUNDS);
	chain.check();
}

#[test]
fn what_a_channel_holds_counts_against_the_budget() {
	let calls = [open(MODEL, OWNER, PAYER)];
	let (mut chain, agent) = dealing(&calls, [OWNER, PAYER]);
	let native = Budget { per_call: 10 * TRIB, per_window: 100 * TRIB };
	mandate(&mut chain, &agent, Mandate { native, ..wide(&calls) });
	let [call] = calls;
	match breach(&mut chain, &agent, call) {
		Breach::CallBudget { currency: Currency::Native, spent, .. } => {
			assert!(spent > 10 * TRIB, "with the deposits of the channel: {spent}");
		}
		other => panic!("{other:?}"),
	}
	assert_eq!(chain.free(&agent.account), FUNDS);
	chain.check();
}

/// The payment of another agent.
fn pay_agent(agent: u32) -> RuntimeCall {
	let items = text(8, 64);
	let (outputs, outputs_tail) = (Content::of(&items), tail(&items));
	Agents::pay { agent, outputs, outputs_tail, amount: 10 * TRIB }.into()
}

#[test]
fn a_payment_for_a_friends_agent() {
	let calls = [pay_agent(0)];
	let (mut chain, agent) = acting(&calls);
	let known = create(&mut chain, HOLDER);
	let of_friend = create(&mut chain, FRIEND);
	let named = counterparties([known.account.clone(), HOLDER.to_account_id()]);
	mandate(&mut chain, &agent, Mandate { counterparties: named, ..wide(&calls) });
	let expected = Breach::Counterparty(index(&calls[0]));
	assert_eq!(breach(&mut chain, &agent, pay_agent(of_friend.id)), expected);
	assert_eq!(chain.free(&agent.account), FUNDS);
	is_refused(&mut chain, &agent, pay_agent(of_friend.id + 1));
	do_act(&mut chain, &agent, pay_agent(known.id));
	chain.check();
}

#[test]
fn a_payment_for_an_agent_that_a_friend_has_bought() {
	let calls = [pay_agent(1)];
	let (mut chain, agent) = acting(&calls);
	let known = create(&mut chain, HOLDER);
	let named = counterparties([known.account.clone(), HOLDER.to_account_id()]);
	mandate(&mut chain, &agent, Mandate { counterparties: named, ..wide(&calls) });
	let (collection, dest) = (TitleKind::Agent.collection(), address(FRIEND));
	chain.run(HOLDER, Nfts::transfer { collection, item: known.id, dest });
	let expected = Breach::Counterparty(index(&calls[0]));
	assert_eq!(breach(&mut chain, &agent, pay_agent(known.id)), expected);
	assert_eq!(chain.free(&agent.account), FUNDS);
	chain.check();
}

/// Contributions of somebody, of a friend and of the owner, in this order, and an agent that may make these calls
/// with the owner alone.
fn among_contributions(calls: &[RuntimeCall]) -> (Chain, Agent) {
	let (mut chain, agent) = acting(calls);
	create_dataset(&mut chain, SyntheticPolicy::Refuse);
	for (who, seed) in [(FIRST, 1), (FRIEND, 2), (OWNER, 3)] {
		contribute(&mut chain, who, &text(seed, 5_000));
	}
	let counterparties = counterparties([OWNER.to_account_id()]);
	mandate(&mut chain, &agent, Mandate { counterparties, ..wide(calls) });
	(chain, agent)
}

#[test]
fn a_demand_that_a_friend_is_paid_for_answering() {
	let of = |seq| -> RuntimeCall {
		let blob = Demanded::Contribution { seq };
		Availability::demand { blob, chunk: 0, item: None, keep_open: None }.into()
	};
	let (mut chain, agent) = among_contributions(&[of(2)]);
	let expected = Breach::Counterparty(index(&of(2)));
	assert_eq!(breach(&mut chain, &agent, of(1)), expected);
	assert_eq!(chain.free(&agent.account), FUNDS);
	do_act(&mut chain, &agent, of(2));
	assert!(chain.free(&agent.account) < FUNDS, "the deposit is held");
	chain.check();
}

#[test]
fn an_accusation_that_fails_in_favour_of_a_friend() {
	let of = |accused| -> RuntimeCall {
		let original = Original::Contribution(0);
		Originality::accuse { accused, original, item: None }.into()
	};
	let (mut chain, agent) = among_contributions(&[of(2)]);
	let expected = Breach::Counterparty(index(&of(2)));
	assert_eq!(breach(&mut chain, &agent, of(1)), expected);
	assert_eq!(chain.free(&agent.account), FUNDS);
	do_act(&mut chain, &agent, of(2));
	assert!(chain.free(&agent.account) < FUNDS, "the bond is held");
	chain.check();
}

#[test]
fn a_payment_for_itself() {
	let (mut chain, agent) = acting(&[pay_agent(0)]);
	is_refused(&mut chain, &agent, pay_agent(agent.id));
}
