//! Agents.

use codec::Encode;
use subxt::utils::AccountId32;
use tributary_primitives::{
	agent::Mandate,
	blob::Content,
	ids::{AgentId, ModelId},
	title::Title,
};

use super::{account, number, Call, Registered};
use crate::amount::Rate;

/// What an agent is created with.
#[derive(Clone, Debug)]
pub struct NewAgent {
	/// What it says of itself.
	pub metadata: Content,
	/// The models that it runs on, and the part of what it is paid that each gets.
	pub models: Vec<(ModelId, Rate)>,
	/// The part of its earnings that is added to its stake.
	pub retention: Rate,
	/// Its first stake, in planck.
	pub stake: u128,
}

/// Something that an agent's account holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
pub enum Holding {
	/// So many planck.
	Native(u128),
	/// So many units of an asset.
	Asset(u32, u128),
	/// A title.
	Title(Title),
}

fn of(call: &'static str, agent: AgentId) -> Call {
	Call::new("Agents", call).plain("agent", number(agent))
}

fn with_models(call: Call, models: &[(ModelId, Rate)], retention: Rate) -> Call {
	let models: Vec<(ModelId, u32)> = models.iter().map(|(model, rate)| (*model, rate.0)).collect();
	call.scale("models", &models).plain("retention", number(retention.0))
}

/// `Agents.create`.
pub fn create_agent(new: &NewAgent) -> Call {
	let call = Call::new("Agents", "create").scale("metadata", &new.metadata);
	with_models(call, &new.models, new.retention).plain("stake", number(new.stake))
}

/// `Agents.set_operator`; without one nobody acts for it.
pub fn set_operator(agent: AgentId, operator: Option<AccountId32>) -> Call {
	of("set_operator", agent).scale("operator", &operator)
}

/// `Agents.set_mandate`; without one it does not act.
pub fn set_mandate(agent: AgentId, mandate: Option<&Mandate<AccountId32>>) -> Call {
	of("set_mandate", agent).scale("mandate", &mandate)
}

/// `Agents.set_metadata`.
pub fn set_agent_metadata(agent: AgentId, metadata: &Content) -> Call {
	of("set_metadata", agent).scale("metadata", metadata)
}

/// `Agents.set_models`.
pub fn set_models(agent: AgentId, models: &[(ModelId, Rate)], retention: Rate) -> Call {
	with_models(of("set_models", agent), models, retention)
}

/// `Agents.pause`.
pub fn pause_agent(agent: AgentId) -> Call {
	of("pause", agent)
}

/// `Agents.resume`.
pub fn resume_agent(agent: AgentId) -> Call {
	of("resume", agent)
}

/// `Agents.retire`.
pub fn retire_agent(agent: AgentId) -> Call {
	of("retire", agent)
}

/// `Agents.bond`.
pub fn bond_agent(agent: AgentId, amount: u128) -> Call {
	of("bond", agent).plain("amount", number(amount))
}

/// `Agents.unbond`.
pub fn unbond_agent(agent: AgentId, amount: u128) -> Call {
	of("unbond", agent).plain("amount", number(amount))
}

/// `Agents.withdraw_unbonded`.
pub fn withdraw_unbonded(agent: AgentId) -> Call {
	of("withdraw_unbonded", agent)
}

/// `Agents.withdraw`.
pub fn withdraw_from_agent(agent: AgentId, holding: &Holding) -> Call {
	of("withdraw", agent).scale("holding", holding)
}

/// `Agents.act` of an encoded call.
pub fn act(agent: AgentId, call: Vec<u8>) -> Call {
	of("act", agent).encoded("call", call)
}

/// `Agents.pay`.
pub fn pay_agent(agent: AgentId, outputs: &Registered, amount: u128) -> Call {
	of("pay", agent)
		.scale("outputs", &outputs.content)
		.scale("outputs_tail", &outputs.tail)
		.plain("amount", number(amount))
}

/// `Agents.forget_payer`.
pub fn forget_payer(agent: AgentId, payer: &AccountId32) -> Call {
	of("forget_payer", agent).plain("payer", account(payer))
}
