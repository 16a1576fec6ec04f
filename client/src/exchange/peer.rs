//! The name of a program that serves blobs.

use std::{fmt, net::SocketAddr, str::FromStr};

use iroh::{EndpointAddr, EndpointId};

/// A program that serves blobs: its key, and where it listens. Written `KEY@IP:PORT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Peer {
	/// Its public key, which it proves to have.
	pub id: EndpointId,
	/// Where it listens.
	pub address: SocketAddr,
}

impl From<Peer> for EndpointAddr {
	fn from(peer: Peer) -> Self {
		Self::new(peer.id).with_ip_addr(peer.address)
	}
}

impl fmt::Display for Peer {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}@{}", self.id, self.address)
	}
}

impl FromStr for Peer {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let wrong = |why: String| {
			format!("`{text}` is no peer: {why}. Write KEY@IP:PORT, as `blob serve` prints it.")
		};
		let (id, address) =
			text.split_once('@').ok_or_else(|| wrong("there is no @ in it".into()))?;
		Ok(Self {
			id: id.parse().map_err(|error| wrong(format!("{error}")))?,
			address: address.parse().map_err(|error| wrong(format!("{error}")))?,
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use iroh::SecretKey;

	#[test]
	fn a_peer_is_read_as_it_is_written() {
		let id = SecretKey::from_bytes(&[7; 32]).public();
		for address in ["127.0.0.1:9946", "[2001:db8::1]:9946"] {
			let peer = Peer { id, address: address.parse().unwrap() };
			assert_eq!(peer.to_string().parse(), Ok(peer));
		}
	}

	#[test]
	fn what_names_no_peer_is_refused_with_the_reason() {
		let id = SecretKey::from_bytes(&[7; 32]).public();
		let texts = ["127.0.0.1:9946".into(), format!("{id}@somewhere"), "abc@127.0.0.1:1".into()];
		for text in texts {
			let error = text.parse::<Peer>().unwrap_err();
			assert!(error.contains(&text) && error.contains("KEY@IP:PORT"), "{error}");
		}
	}
}
