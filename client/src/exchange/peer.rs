//! The name of a program that serves blobs.

use std::{fmt, net::SocketAddr, str::FromStr};

use iroh::{EndpointAddr, EndpointId};

/// The most bytes of a written peer; the longest that names one has fewer.
const MAX_LEN: usize = 256;

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
		if text.len() > MAX_LEN {
			return Err(format!(
				"{} bytes are no peer: at most {MAX_LEN} are read. Write KEY@IP:PORT, as `blob serve` \
				 prints it.",
				text.len()
			));
		}
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
	use proptest::prelude::*;
	use std::net::{Ipv4Addr, Ipv6Addr};

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

	#[test]
	fn a_text_that_is_too_long_is_not_looked_at() {
		let error = "k".repeat(MAX_LEN + 1).parse::<Peer>().unwrap_err();
		assert!(error.starts_with("257 bytes") && error.contains("KEY@IP:PORT"), "{error}");
		let id = SecretKey::from_bytes(&[7; 32]).public();
		let longest = format!("{id}@[{}%{}]:65535", Ipv6Addr::from([0xff; 16]), u32::MAX);
		assert!(longest.len() < MAX_LEN && longest.parse::<Peer>().is_ok(), "{longest}");
	}

	proptest! {
		#[test]
		fn every_peer_is_read_as_it_is_written(
			key in any::<[u8; 32]>(),
			ip in prop_oneof![
				any::<[u8; 4]>().prop_map(|bytes| Ipv4Addr::from(bytes).into()),
				any::<[u8; 16]>().prop_map(|bytes| Ipv6Addr::from(bytes).into()),
			],
			port in any::<u16>(),
		) {
			let id = SecretKey::from_bytes(&key).public();
			let peer = Peer { id, address: SocketAddr::new(ip, port) };
			prop_assert_eq!(peer.to_string().parse(), Ok(peer));
		}

		#[test]
		fn any_text_names_a_peer_or_is_refused_in_words(text in any::<String>()) {
			if let Err(error) = text.parse::<Peer>() {
				prop_assert!(error.contains("KEY@IP:PORT"));
			}
		}

		#[test]
		fn what_is_almost_a_peer_is_no_reason_to_end(
			key in "[0-9a-zA-Z]{0,80}",
			host in "[0-9a-fA-F:.%\\[\\]]{0,60}",
			port in "[:0-9]{0,8}",
			sign in "@{0,2}",
		) {
			let text = format!("{key}{sign}{host}{port}");
			match text.parse::<Peer>() {
				Ok(peer) => prop_assert_eq!(peer.to_string().parse(), Ok(peer)),
				Err(error) => prop_assert!(error.contains(&text)),
			}
		}
	}
}
