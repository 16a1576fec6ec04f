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
	let peer = server.peers().await[0];
	server.stop().await;
	let fetcher = fetcher(here.path(), peer);
	let lost = fetch(&fetcher, &content).await;
	assert!(matches!(lost, Err(FetchError::Unreachable(_))), "{lost:?}");

	let server = Server::start(there.path(), peer.address).await.unwrap();
	let back = Instant::now() + LONGEST_REST + 2 * ANSWER;
	while let Err(error) = fetch(&fetcher, &content).await {
		assert!(Instant::now() < back, "{error}");
		tokio::time::sleep(Duration::from_millis(100)).await;
	}
	assert_eq!(store(here.path()).get(&content).unwrap().as_ref(), b"some bytes");
	fetcher.close().await;
	server.stop().await;
}
