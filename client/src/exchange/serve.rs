//! Serving the blobs of the store.

use std::{fs, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use iroh::{protocol::Router, Endpoint};
use iroh_blobs::{
	api::blobs::{AddPathOptions, ImportMode},
	protocol::GetRequest,
	provider::events::{
		AbortReason, ConnectMode, EventMask, EventResult, EventSender, ObserveMode,
		ProviderMessage, RequestMode,
	},
	store::fs::FsStore,
	BlobFormat, BlobsProtocol, Hash, ALPN,
};
use tokio::sync::{mpsc, Semaphore};
use tributary_engine::BlobStore;

use super::{endpoint, Peer};
use crate::{
	error::{Error, Result},
	files,
};

/// Connections at a time. A further one is turned away, and may come back.
const CONNECTIONS: usize = 128;
/// Blobs that are hashed at a time, before they are served for the first time.
const IMPORTS: usize = 2;
/// Requests that wait to be looked at.
const WAITING: usize = 64;
/// How long the addresses of an endpoint that listens everywhere are waited for.
const ADDRESSES: Duration = Duration::from_secs(3);

/// Serves every blob of a store, also those that are put there later.
pub struct Server {
	router: Router,
	/// Held as long as the folder of hash trees is in use.
	_lock: files::Lock,
}

impl Server {
	/// Serves the store in `dir` at `address`.
	///
	/// # Errors
	/// Where the address is taken, another program serves the store, or the file system refuses.
	pub async fn start(dir: &Path, address: SocketAddr) -> Result<Self> {
		BlobStore::open(dir).map_err(Error::usage)?;
		// Files are imported by their absolute paths.
		let dir = fs::canonicalize(dir).map_err(|error| Error::file(dir, error))?;
		let store = BlobStore::open(&dir).map_err(Error::usage)?;
		let lock = files::lock(&dir.join(".serve.lock"))?.ok_or_else(|| {
			Error::usage(format!(
				"another program serves {}. Stop it, or serve another store.",
				dir.display()
			))
		})?;
		// Hash trees refer to files by path, and files come and go: each server makes its own.
		let trees = dir.join(".serve");
		if trees.exists() {
			fs::remove_dir_all(&trees).map_err(|error| Error::file(&trees, error))?;
		}
		let served = FsStore::load(&trees)
			.await
			.map_err(|error| Error::usage(format!("{}: {error:#}", trees.display())))?;

		let endpoint = endpoint::listening(&dir, address).await?;
		let (sender, events) = EventSender::channel(WAITING, MASK);
		let gate = Gate { store, served: served.clone(), imports: Semaphore::new(IMPORTS) };
		tokio::spawn(Arc::new(gate).answer(events));
		let blobs = BlobsProtocol::new(&served, Some(sender));
		let router = Router::builder(endpoint).accept(ALPN, blobs).spawn();
		Ok(Self { router, _lock: lock })
	}

	/// The names under which it can be reached.
	pub async fn peers(&self) -> Vec<Peer> {
		let endpoint = self.router.endpoint();
		let bound = endpoint.bound_sockets();
		let mut addresses: Vec<_> =
			bound.iter().copied().filter(|address| !address.ip().is_unspecified()).collect();
		if addresses.len() < bound.len() {
			addresses.extend(local_addresses(endpoint).await);
		}
		addresses.sort();
		addresses.dedup();
		addresses.into_iter().map(|address| Peer { id: endpoint.id(), address }).collect()
	}

	/// Ends all connections.
	pub async fn stop(self) {
		// The store of hash trees may fail to close, and is thrown away anyway.
		let _ = self.router.shutdown().await;
	}
}

/// The addresses of this machine, once the endpoint has looked for them.
async fn local_addresses(endpoint: &Endpoint) -> Vec<SocketAddr> {
	let looking = async {
		loop {
			let found: Vec<_> = endpoint.addr().ip_addrs().copied().collect();
			if !found.is_empty() {
				return found;
			}
			tokio::time::sleep(Duration::from_millis(50)).await;
		}
	};
	tokio::time::timeout(ADDRESSES, looking).await.unwrap_or_default()
}

/// Single blobs are given, each after a look at the request, and nothing else.
const MASK: EventMask = EventMask {
	connected: ConnectMode::Intercept,
	get: RequestMode::Intercept,
	get_many: RequestMode::Disabled,
	push: RequestMode::Disabled,
	observe: ObserveMode::Intercept,
	..EventMask::DEFAULT
};

/// Decides what is served.
struct Gate {
	store: BlobStore,
	served: FsStore,
	imports: Semaphore,
}

impl Gate {
	async fn answer(self: Arc<Self>, mut events: mpsc::Receiver<ProviderMessage>) {
		let mut connections = 0usize;
		while let Some(event) = events.recv().await {
			// Whoever asked may be gone; there is nobody to tell then.
			match event {
				ProviderMessage::ClientConnected(event) => {
					let verdict = if connections < CONNECTIONS {
						connections += 1;
						Ok(())
					} else {
						Err(AbortReason::RateLimited)
					};
					let _ = event.tx.send(verdict).await;
				}
				ProviderMessage::ConnectionClosed(_) => {
					connections = connections.saturating_sub(1);
				}
				ProviderMessage::GetRequestReceived(event) => {
					let gate = self.clone();
					tokio::spawn(async move {
						let verdict = gate.admit(&event.inner.request).await;
						let _ = event.tx.send(verdict).await;
					});
				}
				ProviderMessage::ObserveRequestReceived(event) => {
					let _ = event.tx.send(Err(AbortReason::Permission)).await;
				}
				_ => {}
			}
		}
	}

	/// Admits a request for one blob that the store has, after its hash tree is made.
	async fn admit(&self, request: &GetRequest) -> EventResult {
		let hash = request.hash;
		if !request.ranges.is_blob() || !self.store.contains(hash.as_bytes()) {
			return Err(AbortReason::Permission);
		}
		if self.is_ready(hash).await {
			return Ok(());
		}
		let _permit = self.imports.acquire().await.map_err(|_| AbortReason::RateLimited)?;
		if self.is_ready(hash).await {
			return Ok(());
		}
		let path = self.store.path(hash.as_bytes());
		let options = AddPathOptions {
			path: path.clone(),
			format: BlobFormat::Raw,
			mode: ImportMode::TryReference,
		};
		match self.served.blobs().add_path_with_opts(options).temp_tag().await {
			Ok(tag) if tag.hash() == hash => Ok(()),
			Ok(_) => {
				eprintln!("{} does not have the hash that it is named by", path.display());
				Err(AbortReason::Permission)
			}
			Err(error) => {
				eprintln!("{} can not be served: {error:#}", path.display());
				Err(AbortReason::Permission)
			}
		}
	}

	async fn is_ready(&self, hash: Hash) -> bool {
		self.served.blobs().has(hash).await.unwrap_or(false)
	}
}
