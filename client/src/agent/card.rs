//! What an agent says of itself: an A2A AgentCard that is an ERC-8004 registration file too.

use serde_json::{json, Map, Value as Json};
use subxt::utils::H256;
use tributary_primitives::{agent::MAX_METADATA, ids::AgentId};

use crate::error::{Error, Result};

/// The `type` of an ERC-8004 registration file.
const REGISTRATION: &str = "https://eips.ethereum.org/EIPS/eip-8004#registration-v1";
/// The version of the A2A protocol that cards are written for.
const PROTOCOL: &str = "0.3.0";

/// What a card is made of.
#[derive(Clone, Debug, Default)]
pub struct Facts {
	/// The agent's name.
	pub name: String,
	/// What it does.
	pub description: String,
	/// Where it is asked.
	pub url: String,
	/// Its own version.
	pub version: String,
	/// What it can, each as `id: description`.
	pub skills: Vec<String>,
	/// The chain and the number that it is registered under, if it is.
	pub registered: Option<(H256, AgentId)>,
}

/// Makes a card.
///
/// # Errors
/// Where a skill has no id, or the card is not valid.
pub fn build(facts: &Facts) -> Result<Json> {
	let mut skills = Vec::new();
	for skill in &facts.skills {
		let (id, description) = skill.split_once(':').ok_or_else(|| {
			Error::usage(format!("`{skill}` is no skill: write it as ID: DESCRIPTION"))
		})?;
		let (id, description) = (id.trim(), description.trim());
		skills.push(json!({ "id": id, "name": id, "description": description, "tags": [id] }));
	}
	let mut card = json!({
		"protocolVersion": PROTOCOL,
		"name": facts.name,
		"description": facts.description,
		"url": facts.url,
		"preferredTransport": "JSONRPC",
		"version": facts.version,
		"capabilities": { "streaming": false, "pushNotifications": false },
		"defaultInputModes": ["text/plain"],
		"defaultOutputModes": ["text/plain"],
		"skills": skills,
		"type": REGISTRATION,
		"endpoints": [{ "name": "A2A", "endpoint": facts.url, "version": PROTOCOL }],
		"registrations": [],
		"supportedTrust": ["reputation", "crypto-economic"],
	});
	if let Some((genesis, agent)) = facts.registered {
		card["registrations"] = json!([{ "agentId": agent, "agentRegistry": registry(genesis) }]);
	}
	check(&card)?;
	Ok(card)
}

/// The name of a chain's agents, by CAIP-2: the first 32 digits of its genesis hash.
pub fn registry(genesis: H256) -> String {
	let digits = hex::encode(genesis.as_bytes());
	format!("polkadot:{}:agents", &digits[..32])
}

/// Checks what both forms require of a card.
///
/// # Errors
/// Everything that is missing or of another type.
pub fn check(card: &Json) -> Result<()> {
	let mut wrong = Vec::new();
	let Some(fields) = card.as_object() else {
		return Err(Error::usage("a card is a JSON object"));
	};
	for name in ["protocolVersion", "name", "description", "url", "version"] {
		text(fields, name, "", &mut wrong);
	}
	if fields.get("capabilities").is_none_or(|value| !value.is_object()) {
		wrong.push("capabilities is an object".to_owned());
	}
	for name in ["defaultInputModes", "defaultOutputModes", "supportedTrust"] {
		let modes = fields.get(name).and_then(Json::as_array);
		if modes.is_none_or(|modes| !modes.iter().all(Json::is_string)) {
			wrong.push(format!("{name} is a list of texts"));
		}
	}
	list(fields, "skills", &mut wrong, |skill, place, wrong| {
		for name in ["id", "name", "description"] {
			text(skill, name, place, wrong);
		}
		let tags = skill.get("tags").and_then(Json::as_array);
		if tags.is_none_or(|tags| !tags.iter().all(Json::is_string)) {
			wrong.push(format!("{place}tags is a list of texts"));
		}
	});
	if fields.get("type").and_then(Json::as_str) != Some(REGISTRATION) {
		wrong.push(format!("type is {REGISTRATION}"));
	}
	list(fields, "endpoints", &mut wrong, |endpoint, place, wrong| {
		for name in ["name", "endpoint"] {
			text(endpoint, name, place, wrong);
		}
	});
	list(fields, "registrations", &mut wrong, |registration, place, wrong| {
		text(registration, "agentRegistry", place, wrong);
		if registration.get("agentId").is_none_or(|id| !id.is_u64() && !id.is_string()) {
			wrong.push(format!("{place}agentId is a number"));
		}
	});
	if wrong.is_empty() {
		return Ok(());
	}
	Err(Error::refused(format!("the card is not valid: {}.", wrong.join("; "))))
}

/// A card's bytes as they are registered.
///
/// # Errors
/// Where they are more than the chain takes.
pub fn to_bytes(card: &Json) -> Result<Vec<u8>> {
	let bytes = serde_json::to_vec_pretty(card).map_err(Error::usage)?;
	check_length(&bytes)?;
	Ok(bytes)
}

/// Checks that a card is not longer than the chain takes.
///
/// # Errors
/// Where it is.
pub fn check_length(bytes: &[u8]) -> Result<()> {
	if bytes.len() as u64 > MAX_METADATA {
		return Err(Error::refused(format!(
			"the card has {} bytes, and may have {MAX_METADATA}.",
			bytes.len()
		)));
	}
	Ok(())
}

fn text(fields: &Map<String, Json>, name: &str, place: &str, wrong: &mut Vec<String>) {
	if fields.get(name).and_then(Json::as_str).is_none_or(|text| text.trim().is_empty()) {
		wrong.push(format!("{place}{name} is a text"));
	}
}

fn list(
	fields: &Map<String, Json>,
	name: &str,
	wrong: &mut Vec<String>,
	check: impl Fn(&Map<String, Json>, &str, &mut Vec<String>),
) {
	let Some(items) = fields.get(name).and_then(Json::as_array) else {
		wrong.push(format!("{name} is a list"));
		return;
	};
	for (at, item) in items.iter().enumerate() {
		match item.as_object() {
			Some(item) => check(item, &format!("{name}[{at}]."), wrong),
			None => wrong.push(format!("{name}[{at}] is an object")),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn facts() -> Facts {
		Facts {
			name: "Counter".into(),
			description: "Counts words".into(),
			url: "http://127.0.0.1:9950".into(),
			version: "1".into(),
			skills: vec!["count: counts the words of a prompt".into()],
			registered: Some((H256([0xab; 32]), 7)),
		}
	}

	#[test]
	fn a_card_has_what_both_forms_require() {
		let card = build(&facts()).unwrap();
		assert_eq!(card["skills"][0]["id"], "count");
		assert_eq!(card["endpoints"][0]["endpoint"], "http://127.0.0.1:9950");
		let registration = &card["registrations"][0];
		assert_eq!(registration["agentId"], 7);
		assert_eq!(
			registration["agentRegistry"],
			format!("polkadot:{}:agents", "ab".repeat(16)).as_str()
		);
		let read: Json = serde_json::from_slice(&to_bytes(&card).unwrap()).unwrap();
		assert!(check(&read).is_ok());
	}

	#[test]
	fn an_agent_that_is_not_registered_yet_has_a_card_too() {
		let card = build(&Facts { registered: None, ..facts() }).unwrap();
		assert_eq!(card["registrations"], json!([]));
	}

	#[test]
	fn everything_that_is_missing_is_named() {
		let card = build(&facts()).unwrap();
		for field in card.as_object().unwrap().keys() {
			let mut without = card.clone();
			without.as_object_mut().unwrap().remove(field);
			let checked = check(&without);
			match field.as_str() {
				"preferredTransport" => assert!(checked.is_ok()),
				field => assert!(checked.unwrap_err().to_string().contains(field), "{field}"),
			}
		}
		let mut wrong = card.clone();
		wrong["skills"][0]["tags"] = json!("count");
		wrong["registrations"][0] = json!(7);
		let error = check(&wrong).unwrap_err().to_string();
		assert!(error.contains("skills[0].tags") && error.contains("registrations[0]"), "{error}");
		assert!(check(&json!([])).is_err());
	}

	#[test]
	fn a_card_that_is_too_long_or_a_skill_without_a_name_is_refused() {
		let long = Facts { description: "x".repeat(64 * 1024), ..facts() };
		assert!(to_bytes(&build(&long).unwrap()).is_err());
		assert!(build(&Facts { skills: vec!["counting".into()], ..facts() }).is_err());
		assert!(build(&Facts { name: String::new(), ..facts() }).is_err());
	}
}
