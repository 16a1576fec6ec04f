//! Keys and accounts, as a person names them.
//!
//! A key is the name of a development account (`alice`), a derivation of the development phrase
//! (`//Alice`), or a file that holds a secret phrase or seed, with derivations or without. A phrase is
//! not taken from the command line, where every process of the machine can read it.

use std::{fs, path::Path, str::FromStr};

use subxt::utils::AccountId32;
use subxt_signer::{sr25519::Keypair, SecretUri};
use tributary_primitives::{agent::MAX_CALLS_OF_ACT, ids::AgentId};

use crate::error::{Error, Result};

/// The development accounts, whose secrets everybody knows.
pub const DEV_NAMES: [&str; 6] = ["alice", "bob", "charlie", "dave", "eve", "ferdie"];

/// Who signs, and as whom: an account signs for itself, an operator for its agent.
#[derive(Clone)]
pub struct Signer {
	pair: Keypair,
	agent: Option<AgentId>,
}

impl Signer {
	/// `pair` signs, for itself or as the operator of `agent`.
	pub fn new(pair: Keypair, agent: Option<AgentId>) -> Self {
		Self { pair, agent }
	}

	/// The keypair that signs.
	pub fn pair(&self) -> &Keypair {
		&self.pair
	}

	/// The account that signs and pays fees.
	pub fn operator(&self) -> AccountId32 {
		account_of(&self.pair)
	}

	/// The agent that it signs for, if any.
	pub fn agent(&self) -> Option<AgentId> {
		self.agent
	}

	/// The account in whose name calls are made: the agent's, or that of the key.
	pub fn account(&self) -> AccountId32 {
		self.agent.map_or_else(|| self.operator(), agent_account)
	}

	/// How many calls share a transaction, where `most` may: those of an act count with their batch.
	pub fn at_once(&self, most: usize) -> usize {
		let of_act = usize::try_from(MAX_CALLS_OF_ACT).unwrap_or(usize::MAX).saturating_sub(1);
		self.agent.map_or(most, |_| most.min(of_act))
	}
}

/// The account of an agent, whose key nobody has: that of the pallet id `tr/agent` and the agent's number.
pub fn agent_account(agent: AgentId) -> AccountId32 {
	let mut bytes = [0; 32];
	let name = b"modltr/agent".iter().chain(&agent.to_le_bytes()).copied().collect::<Vec<_>>();
	bytes[..name.len()].copy_from_slice(&name);
	AccountId32(bytes)
}

/// The keypair that `key` names.
///
/// # Errors
/// Where it is neither of the three, or the file holds no secret.
pub fn keypair(key: &str) -> Result<Keypair> {
	if let Some(uri) = dev_uri(key) {
		return from_uri(&uri, key);
	}
	if key.starts_with("//") {
		return from_uri(key, key);
	}
	let path = Path::new(key);
	if !path.is_file() {
		return Err(Error::usage(format!(
			"`{key}` is no key: give a development name ({}), a derivation such as //Alice, or the \
			 path of a file with a secret phrase",
			DEV_NAMES.join(", ")
		)));
	}
	warn_if_readable_by_others(path);
	let secret = fs::read_to_string(path).map_err(|error| Error::file(path, error))?;
	from_uri(secret.trim(), key)
}

/// The account that `text` names: an address, a public key in hex, a development name, or a derivation of
/// the development phrase.
///
/// # Errors
/// Where it is none of these.
pub fn account(text: &str) -> Result<AccountId32> {
	if let Some(uri) = dev_uri(text) {
		return Ok(account_of(&from_uri(&uri, text)?));
	}
	if text.starts_with("//") {
		return Ok(account_of(&from_uri(text, text)?));
	}
	if let Some(digits) = text.strip_prefix("0x") {
		let mut bytes = [0; 32];
		return hex::decode_to_slice(digits, &mut bytes)
			.map(|()| AccountId32(bytes))
			.map_err(|error| Error::usage(format!("`{text}` is no public key: {error}")));
	}
	AccountId32::from_str(text).map_err(|error| {
		Error::usage(format!(
			"`{text}` is no account: {error}. Give an address, a public key as 0x and 64 hex digits, a \
			 development name, or a derivation such as //Alice"
		))
	})
}

/// The account of a keypair.
pub fn account_of(keypair: &Keypair) -> AccountId32 {
	AccountId32(keypair.public_key().0)
}

fn dev_uri(name: &str) -> Option<String> {
	let lower = name.to_ascii_lowercase();
	DEV_NAMES.contains(&lower.as_str()).then(|| {
		let (first, rest) = lower.split_at(1);
		format!("//{}{rest}", first.to_ascii_uppercase())
	})
}

/// `name` stands in the error instead of the secret.
fn from_uri(uri: &str, name: &str) -> Result<Keypair> {
	SecretUri::from_str(uri)
		.map_err(|error| error.to_string())
		.and_then(|uri| Keypair::from_uri(&uri).map_err(|error| error.to_string()))
		.map_err(|error| Error::usage(format!("`{name}` holds no secret: {error}")))
}

#[cfg(unix)]
fn warn_if_readable_by_others(path: &Path) {
	use std::os::unix::fs::PermissionsExt;
	let open = fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0);
	if open {
		eprintln!("warning: others can read {0}; run: chmod 600 {0}", path.display());
	}
}

#[cfg(not(unix))]
fn warn_if_readable_by_others(_path: &Path) {}

#[cfg(test)]
mod tests {
	use super::*;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

	#[test]
	fn a_development_name_a_derivation_and_a_file_give_the_same_key() {
		let file = tempfile::NamedTempFile::new().unwrap();
		fs::write(
			file.path(),
			"bottom drive obey lake curtain smoke basket hold race lonely fit walk//Alice\n",
		)
		.unwrap();
		for key in ["alice", "Alice", "//Alice", file.path().to_str().unwrap()] {
			assert_eq!(account_of(&keypair(key).unwrap()).to_string(), ALICE, "{key}");
		}
	}

	#[test]
	fn a_phrase_on_the_command_line_is_refused() {
		let error =
			keypair("bottom drive obey lake curtain smoke basket hold race lonely fit walk");
		assert_eq!(error.unwrap_err().exit_code(), 2);
	}

	#[test]
	fn an_operator_acts_in_the_name_of_its_agent() {
		let pair = keypair("alice").unwrap();
		let own = Signer::new(pair.clone(), None);
		assert_eq!((own.account().to_string(), own.at_once(16)), (ALICE.to_owned(), 16));
		let operator = Signer::new(pair, Some(7));
		assert_eq!(operator.operator(), own.account());
		assert_eq!(
			hex::encode(operator.account().0),
			format!("6d6f646c74722f6167656e7407000000{}", "0".repeat(32))
		);
		assert_eq!((operator.at_once(16), operator.at_once(2)), (15, 2));
	}

	#[test]
	fn accounts_are_read_in_each_way() {
		let alice = account(ALICE).unwrap();
		assert_eq!(account("alice").unwrap(), alice);
		assert_eq!(account("//Alice").unwrap(), alice);
		assert_eq!(account(&format!("0x{}", hex::encode(alice.0))).unwrap(), alice);
		assert!(account("alise").is_err());
		assert!(account("0x00").is_err());
	}
}
