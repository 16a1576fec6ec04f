use super::*;
use crate::exchange::Server;
use std::path::Path;
use tributary_engine::BlobSource;

#[test]
fn a_length_is_held_to() {
	assert!(Length::Exactly(5).allows(5) && !Length::Exactly(5).allows(4));
	assert!(Length::AtMost(5).allows(0) && !Length::AtMost(5).allows(6));
}

#[test]
fn a_peer_is_left_alone_for_longer_each_time_up_to_a_bound() {
	let rests = [0, 1, 2, 3, 4, 5, u32::MAX].map(|failures| rest_after(failures).as_secs());
	assert_eq!(rests, [2, 4, 8, 16, 30, 30, 30]);
}

/// A store in a folder of its own.
fn store(dir: &Path) -> BlobStore {
	BlobStore::open(dir).unwrap()
}

fn fetcher(dir: &Path, peer: Peer) -> Fetcher {
	Fetcher::new(store(dir), dir.to_owned(), vec![peer])
}

async fn fetch(fetcher: &Fetcher, content: &Content) -> Result<Fetched, FetchError> {
	let until = Instant::now() + Duration::from_secs(60);
	let length = Length::Exactly(content.len);
	fetcher.fetch(&content.root, length, until, &ProgressBar::hidden()).await
}

/// Fetches what one of the peers serves, again where that one was too busy to answer at once, and says how many
/// times it took.
async fn fetch_in_the_end(fetcher: &Fetcher, content: &Content) -> u32 {
	let mut times = 1;
	loop {
		match fetch(fetcher, content).await {
			Ok(fetched) => {
				assert_eq!(fetched.content, *content);
				return times;
			}
			Err(error) => assert!(times < 30, "{error}"),
		}
		times += 1;
		tokio::time::sleep(FIRST_REST).await;
	}
}

/// How often each of `peers` did not answer since it last gave something.
async fn failures(fetcher: &Fetcher, peers: [Peer; 2]) -> [u32; 2] {
	let links = fetcher.links.lock().await;
	peers.map(|peer| links.get(&peer).map_or(0, |link| link.failures))
}

/// A peer that takes connections and says nothing.
async fn silent() -> (Endpoint, Peer) {
	let endpoint = Endpoint::builder(iroh::endpoint::presets::Minimal)
		.relay_mode(iroh::RelayMode::Disabled)
		.alpns(vec![ALPN.to_vec()])
		.clear_ip_transports()
		.bind_addr("127.0.0.1:0")
		.unwrap()
		.bind()
		.await
		.unwrap();
	let peer = Peer { id: endpoint.id(), address: endpoint.bound_sockets()[0] };
	let accepting = endpoint.clone();
	tokio::spawn(async move {
		let mut held = Vec::new();
		while let Some(incoming) = accepting.accept().await {
			if let Ok(connecting) = incoming.accept() {
				held.extend(connecting.await);
			}
		}
	});
	(endpoint, peer)
}

/// A peer whose machine is off: its key, and a socket that nobody reads.
fn offline() -> (std::net::UdpSocket, Peer) {
	let socket = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
	let address = socket.local_addr().unwrap();
	(socket, Peer { id: iroh::SecretKey::from_bytes(&[9; 32]).public(), address })
}

#[tokio::test(flavor = "multi_thread")]
async fn peers_that_say_nothing_do_not_keep_a_turn_from_the_next_one() {
	let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
	let contents: Vec<_> =
		(0..3).map(|byte| store(there.path()).put(&[byte; 1_000]).unwrap()).collect();
	let server = Server::start(there.path(), "127.0.0.1:0".parse().unwrap()).await.unwrap();
	let (liar, silent) = silent().await;
	let (_socket, offline) = offline();
	let good = server.peers().await[0];
	let peers = vec![silent, offline, good];
	let fetcher = Fetcher::new(store(here.path()), here.path().to_owned(), peers);
	let fetcher = fetcher.answering_within(PROMPT);
	for content in &contents {
		let before = failures(&fetcher, [silent, offline]).await;
		let times = fetch_in_the_end(&fetcher, content).await;
		assert_eq!(fetcher.in_order().await[0], good, "those that said nothing come last now");
		if content != &contents[0] && times == 1 {
			let now = failures(&fetcher, [silent, offline]).await;
			assert_eq!(now, before, "they are not asked where the first one gives it");
		}
		// They have rested, and may be asked again.
		tokio::time::sleep(FIRST_REST).await;
	}
	for peer in [silent, offline] {
		let links = fetcher.links.lock().await;
		let (_, why) = links[&peer].rest.as_ref().unwrap();
		assert_eq!(why, "does not answer within 2.5 s", "a turn has time for the next one");
	}
	fetcher.close().await;
	server.stop().await;
	liar.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_peer_is_no_sign_that_a_blob_is_on_its_way() {
	let here = tempfile::tempdir().unwrap();
	let (liar, peer) = silent().await;
	let fetcher = fetcher(here.path(), peer).answering_within(PROMPT);
	let content = Content::of(b"nobody has this");
	let length = Length::Exactly(content.len);
	let soon = Instant::now() + PROMPT / 2;
	let cut = fetcher.fetch(&content.root, length, soon, &ProgressBar::hidden()).await;
	assert!(matches!(cut, Err(FetchError::OutOfTime)), "{cut:?}");
	let silent = fetch(&fetcher, &content).await;
	assert!(matches!(silent, Err(FetchError::Unreachable(_))), "{silent:?}");
	// It is still resting however late the next fetch begins.
	fetcher.links.lock().await.get_mut(&peer).unwrap().rest.as_mut().unwrap().0 += LONGEST_REST;
	let rests = fetch(&fetcher, &content).await;
	assert!(matches!(rests, Err(FetchError::Unreachable(_))), "{rests:?}");
	assert!(fetcher.links.lock().await[&peer].connection.is_none(), "it is left alone");
	fetcher.close().await;
	liar.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_gives_others_is_not_left_alone_for_one_that_it_does_not_begin_with() {
	let here = tempfile::tempdir().unwrap();
	let (liar, peer) = silent().await;
	let fetcher = fetcher(here.path(), peer).answering_within(PROMPT);
	let content = Content::of(b"its tree is being made");
	let soon = Instant::now() + LONGEST_REST;
	let mut clock = fetcher.transfers.resume(&peer, &content.root, LONGEST_REST, soon);
	fetcher.connect(&peer, &mut clock).await.unwrap();
	fetcher.links.lock().await.get_mut(&peer).unwrap().given = true;
	let busy = fetch(&fetcher, &content).await;
	assert!(matches!(busy, Err(FetchError::NotServed(_))), "{busy:?}");
	let links = fetcher.links.lock().await;
	assert!(links[&peer].rest.is_none() && links[&peer].connection.is_some());
	assert_eq!(links[&peer].failures, 1, "others are asked first");
	drop(links);
	fetcher.close().await;
	liar.close().await;
}

#[test]
fn a_long_blob_has_time_to_be_hashed_before_it_is_served() {
	let seconds = |length: Length| length.hashing().as_secs_f32();
	assert_eq!(seconds(Length::Exactly(32 << 20)), 0.5);
	assert_eq!(seconds(Length::Exactly(u64::MAX)), 5.0);
	assert_eq!(seconds(Length::AtMost(1 << 30)), 0.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_peer_did_not_have_is_fetched_once_it_has_it() {
	let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
	let server = Server::start(there.path(), "127.0.0.1:0".parse().unwrap()).await.unwrap();
	let fetcher = fetcher(here.path(), server.peers().await[0]);
	for bytes in [&[1; 100][..], &[2; 3_000_000]] {
		let content = Content::of(bytes);
		for _ in 0..3 {
			let refused = fetch(&fetcher, &content).await;
			assert!(matches!(refused, Err(FetchError::NotServed(_))), "{refused:?}");
		}
		store(there.path()).put(bytes).unwrap();
		assert_eq!(fetch(&fetcher, &content).await.unwrap().content, content);
		assert_eq!(store(here.path()).get(&content).unwrap(), bytes);
	}
	fetcher.close().await;
	server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_was_away_is_asked_again() {
	let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
	let content = store(there.path()).put(b"some bytes").unwrap();
	let server = Server::start(there.path(), "127.0.0.1:0".parse().unwrap()).await.unwrap();
	let id = server.peers().await[0].id;
	server.stop().await;
	// Keeps the port from others.
	let socket = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
	let peer = Peer { id, address: socket.local_addr().unwrap() };
	let fetcher = fetcher(here.path(), peer);
	let lost = fetch(&fetcher, &content).await;
	assert!(matches!(lost, Err(FetchError::Unreachable(_))), "{lost:?}");

	drop(socket);
	let back = Instant::now() + LONGEST_REST + 2 * ANSWER;
	let server = loop {
		match Server::start(there.path(), peer.address).await {
			Ok(server) => break server,
			// A process that another test starts just now may hold the port a little longer.
			Err(error) => assert!(Instant::now() < back, "{error}"),
		}
		tokio::time::sleep(Duration::from_millis(100)).await;
	};
	assert_eq!(server.peers().await, [peer]);
	while let Err(error) = fetch(&fetcher, &content).await {
		assert!(Instant::now() < back, "{error}");
		tokio::time::sleep(Duration::from_millis(100)).await;
	}
	assert_eq!(store(here.path()).get(&content).unwrap().as_ref(), b"some bytes");
	fetcher.close().await;
	server.stop().await;
}
