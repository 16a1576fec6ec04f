//! Fetching blobs from peers.

mod failure;
mod pace;

use std::{collections::HashMap, path::PathBuf, time::Duration};

use futures::StreamExt;
use indicatif::ProgressBar;
use iroh::{endpoint::Connection, Endpoint, EndpointAddr};
use iroh_blobs::{
	api::remote::GetProgressItem,
	get::request::{get_blob, get_verified_size},
	Hash, HashAndFormat, ALPN,
};
use tokio::{
	sync::{Mutex, OnceCell},
	time::Instant,
};
use tributary_engine::BlobStore;
use tributary_primitives::blob::Content;

use self::{
	failure::{failure, Failure},
	pace::{time_for, Clock, Transfers},
};
use super::{endpoint, partial, partial::Partial, Peer};
use crate::error::Error;

/// How long a peer has to take a connection, to say how long a blob is, and for each next run of bytes.
const ANSWER: Duration = Duration::from_secs(10);
/// The same where others are asked in its place, several times in each turn.
pub const PROMPT: Duration = Duration::from_millis(2_500);
/// How long a peer that did not answer is left alone, and after each further failure twice as long, up to
/// the longest.
const FIRST_REST: Duration = Duration::from_secs(2);
const LONGEST_REST: Duration = Duration::from_secs(30);
/// Blobs up to this many bytes are held in memory until they are whole: what arrives of one is lost where it is
/// broken off, so that at the least rate it has to fit into a turn.
const SMALL: u64 = 128 * 1024;

/// The rate at which a peer that serves a blob for the first time hashes it, in bytes a second, before it
/// answers; and the longest that is waited for that.
const HASH_RATE: u64 = 64 * 1024 * 1024;
const LONGEST_HASHING: Duration = Duration::from_secs(5);

/// What is known of a blob's length before it is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
	/// The chain says it. A blob of another length is not fetched.
	Exactly(u64),
	/// A longer one is not fetched.
	AtMost(u64),
}

impl Length {
	fn allows(self, len: u64) -> bool {
		match self {
			Self::Exactly(wanted) => len == wanted,
			Self::AtMost(most) => len <= most,
		}
	}

	/// How long a peer may take to hash a blob before it says anything.
	fn hashing(self) -> Duration {
		let len = match self {
			Self::Exactly(len) => len,
			Self::AtMost(_) => 0,
		};
		LONGEST_HASHING.min(Duration::from_millis(len.saturating_mul(1_000) / HASH_RATE))
	}
}

/// A blob that is in the store now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fetched {
	/// Its name.
	pub content: Content,
	/// How many of its bytes came from a peer this time.
	pub received: u64,
}

/// Why a blob was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
	/// No peer could be reached, or each stopped answering.
	#[error("no peer answers: {0}")]
	Unreachable(String),
	/// At least one peer answered, and none gave the blob.
	#[error("no peer gives it: {0}")]
	NotServed(String),
	/// The time that was given for it is over, and a part of it has arrived.
	#[error("it is still on its way")]
	Unfinished,
	/// The time that was given for it is over, and nothing has arrived.
	#[error("there was no time to ask every peer")]
	OutOfTime,
	/// Something on this machine.
	#[error(transparent)]
	Local(Error),
}

/// Fetches blobs into a store, from several peers in turn.
pub struct Fetcher {
	store: BlobStore,
	dir: PathBuf,
	peers: Vec<Peer>,
	endpoint: OnceCell<Endpoint>,
	/// By peer and not by key: one peer may have several addresses, of which some do not work.
	links: Mutex<HashMap<Peer, Link>>,
	/// How long a peer has for each next step.
	answer: Duration,
	/// Transfers that the end of the time broke off.
	transfers: Transfers,
}

/// How a peer was reached.
#[derive(Default)]
struct Link {
	connection: Option<Connection>,
	/// Whether it has given something by this connection.
	given: bool,
	/// How often it did not answer since it last gave something.
	failures: u32,
	/// Until when it is left alone, and why.
	rest: Option<(Instant, String)>,
}

impl Fetcher {
	/// Fetches from `peers` into `store`, which is in the folder `dir`.
	pub fn new(store: BlobStore, dir: PathBuf, peers: Vec<Peer>) -> Self {
		let (endpoint, links) = (OnceCell::new(), Mutex::default());
		let transfers = Transfers::default();
		Self { store, dir, peers, endpoint, links, answer: ANSWER, transfers }
	}

	/// The same, with `answer` for each next step of a peer.
	pub fn answering_within(self, answer: Duration) -> Self {
		Self { answer, ..self }
	}

	/// Whether there is anybody to ask.
	pub fn has_peers(&self) -> bool {
		!self.peers.is_empty()
	}

	/// Fetches the blob of hash `root` unless it is there. `bar` shows how far it is.
	/// At the time `until` it stops, and goes on from there when it is called again; so it does after a
	/// peer was lost. Peers that did not answer are asked after those that did, and a peer that is slow is too slow
	/// in the end, however often it is broken off.
	///
	/// # Errors
	/// Says why no peer gave it.
	pub async fn fetch(
		&self,
		root: &[u8; 32],
		length: Length,
		until: Instant,
		bar: &ProgressBar,
	) -> Result<Fetched, FetchError> {
		if let Ok(meta) = std::fs::metadata(self.store.path(root)) {
			let content = Content { root: *root, len: meta.len() };
			return Ok(Fetched { content, received: 0 });
		}
		let empty = Content::of(&[]);
		if *root == empty.root {
			self.store.put(&[]).map_err(|error| FetchError::Local(Error::usage(error)))?;
			return Ok(Fetched { content: empty, received: 0 });
		}
		let mut answered = false;
		let mut reasons = Vec::new();
		for peer in &self.in_order().await {
			let mut clock = self.transfers.resume(peer, root, self.answer, until);
			let fetched = self.fetch_from(peer, root, length, &mut clock, bar).await;
			let why = match fetched {
				Ok(fetched) => {
					self.transfers.forget(root);
					self.gave(peer).await;
					return Ok(fetched);
				}
				Err(Failure::OutOfTime) => {
					self.transfers.put_off(peer, root, &clock);
					return Err(match self.transfers.has_begun(root) {
						true => FetchError::Unfinished,
						false => FetchError::OutOfTime,
					});
				}
				Err(Failure::Local(error)) => return Err(FetchError::Local(error)),
				Err(Failure::Unreachable(why)) => {
					self.rest(peer, why.clone()).await;
					why
				}
				Err(Failure::Busy(why)) => {
					self.failed(peer).await;
					answered = true;
					why
				}
				Err(Failure::NotServed(why)) => {
					answered = true;
					why
				}
			};
			reasons.push(format!("{peer} {why}"));
		}
		if reasons.is_empty() {
			reasons.push("none is named. Name one with --peer or in the config file".into());
		}
		let reasons = reasons.join("; ");
		Err(match answered {
			true => FetchError::NotServed(reasons),
			false => FetchError::Unreachable(reasons),
		})
	}

	async fn fetch_from(
		&self,
		peer: &Peer,
		root: &[u8; 32],
		length: Length,
		clock: &mut Clock,
		bar: &ProgressBar,
	) -> Result<Fetched, Failure> {
		let hash = Hash::from_bytes(*root);
		let connection = self.connect(peer, clock).await?;
		let size = clock.long_step(length.hashing(), get_verified_size(&connection, &hash)).await;
		let size = match size {
			Err(Failure::Unreachable(why)) if self.has_given(peer, &connection).await => {
				return Err(Failure::Busy(why));
			}
			size => size?,
		};
		let (len, _) = size.map_err(|error| failure(&error))?;
		if !length.allows(len) {
			return Err(Failure::NotServed(match length {
				Length::Exactly(wanted) => format!(
					"has {len} bytes of that hash, where the chain says {wanted}: no blob has that name"
				),
				Length::AtMost(most) => {
					format!("has {len} bytes, and --max-bytes allows {most}")
				}
			}));
		}
		let content = Content { root: *root, len };
		bar.set_length(len);
		if len <= SMALL {
			let whole = async { get_blob(connection, hash).await };
			let bytes = clock.long_step(time_for(len), whole).await?;
			let bytes = bytes.map_err(|error| failure(&error))?;
			self.store.put(&bytes).map_err(|error| Failure::Local(Error::usage(error)))?;
			return Ok(Fetched { content, received: len });
		}
		let received = self.receive(connection, &content, clock, bar).await?;
		Ok(Fetched { content, received })
	}

	/// Receives what is missing of a blob that is too long for the memory, and says how many bytes that
	/// were.
	async fn receive(
		&self,
		connection: Connection,
		content: &Content,
		clock: &mut Clock,
		bar: &ProgressBar,
	) -> Result<u64, Failure> {
		let dir = self.dir.join(".fetch").join(hex::encode(content.root));
		if partial::recover(&dir, content, &self.store).await.map_err(Failure::Local)? {
			return Ok(0);
		}
		let partial = Partial::open(&dir).await.map_err(Failure::Local)?;
		let whole = HashAndFormat::raw(Hash::from_bytes(content.root));
		let here = partial.parts.remote().local(whole).await;
		let here = here.map(|local| local.local_bytes()).unwrap_or_default();
		let mut arriving = Box::pin(partial.parts.remote().fetch(connection, whole).stream());
		let mut so_far = 0;
		let received = loop {
			match clock.step(arriving.next()).await {
				Ok(Some(GetProgressItem::Progress(bytes))) => {
					clock.received(bytes.saturating_sub(so_far));
					so_far = bytes;
					bar.set_position(here.saturating_add(bytes));
				}
				Ok(Some(GetProgressItem::Done(stats))) => break Ok(stats.payload_bytes_read),
				Ok(Some(GetProgressItem::Error(error))) => break Err(failure(&error)),
				Ok(None) => break Err(Failure::Unreachable("ended the transfer".into())),
				Err(failure) => break Err(failure),
			}
		};
		drop(arriving);
		match received {
			Ok(bytes) => {
				let finished = partial.finish(content, &self.store).await;
				finished.map(|()| bytes).map_err(Failure::Local)
			}
			Err(failure) => {
				partial.close().await;
				Err(failure)
			}
		}
	}

	/// A connection to `peer`, the one of before where it still stands.
	async fn connect(&self, peer: &Peer, clock: &mut Clock) -> Result<Connection, Failure> {
		if let Some(link) = self.links.lock().await.get(peer) {
			match (&link.connection, &link.rest) {
				(_, Some((until, why))) if Instant::now() < *until => {
					return Err(Failure::Unreachable(why.clone()));
				}
				(Some(connection), _) if connection.close_reason().is_none() => {
					return Ok(connection.clone());
				}
				_ => {}
			}
		}
		let endpoint =
			self.endpoint.get_or_try_init(endpoint::asking).await.map_err(Failure::Local)?;
		let connecting = endpoint.connect(EndpointAddr::from(*peer), ALPN);
		let connection = clock
			.step(connecting)
			.await?
			.map_err(|error| Failure::Unreachable(format!("can not be reached: {error:#}")))?;
		self.links.lock().await.entry(*peer).or_default().connection = Some(connection.clone());
		Ok(connection)
	}

	/// The peers, those first that failed least since they last gave something, and else as they were named.
	async fn in_order(&self) -> Vec<Peer> {
		let links = self.links.lock().await;
		let mut peers = self.peers.clone();
		peers.sort_by_key(|peer| links.get(peer).map_or(0, |link| link.failures));
		peers
	}

	/// Leaves a peer alone for a while.
	async fn rest(&self, peer: &Peer, why: String) {
		let mut links = self.links.lock().await;
		let link = links.entry(*peer).or_default();
		// A peer that rests already does not rest longer for being asked.
		if link.rest.as_ref().is_none_or(|(until, _)| *until <= Instant::now()) {
			link.rest = Some((Instant::now() + rest_after(link.failures), why));
			link.failures = link.failures.saturating_add(1);
			(link.connection, link.given) = (None, false);
		}
	}

	/// Notes that a peer gave a blob. One that only refuses does not make up for its silence by that.
	async fn gave(&self, peer: &Peer) {
		if let Some(link) = self.links.lock().await.get_mut(peer) {
			(link.failures, link.rest, link.given) = (0, None, true);
		}
	}

	/// Notes that a peer that gives other blobs did not begin with one, which may be in hand: others are asked before
	/// it now.
	async fn failed(&self, peer: &Peer) {
		if let Some(link) = self.links.lock().await.get_mut(peer) {
			link.failures = link.failures.saturating_add(1);
		}
	}

	/// Whether a peer has given something by `connection`, which stands.
	async fn has_given(&self, peer: &Peer, connection: &Connection) -> bool {
		let links = self.links.lock().await;
		connection.close_reason().is_none() && links.get(peer).is_some_and(|link| link.given)
	}

	/// Ends all connections.
	pub async fn close(&self) {
		if let Some(endpoint) = self.endpoint.get() {
			endpoint.close().await;
		}
	}
}

/// How long a peer is left alone that did not answer, and had failed so often before.
fn rest_after(failures: u32) -> Duration {
	LONGEST_REST.min(FIRST_REST.saturating_mul(2u32.saturating_pow(failures)))
}

#[cfg(test)]
mod tests;
