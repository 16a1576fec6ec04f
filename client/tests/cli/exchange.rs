//! Blobs between two runs of the program on one machine.

use std::{
	fs,
	io::{BufRead, BufReader},
	net::UdpSocket,
	path::PathBuf,
	process::{Child, Stdio},
	time::{Duration, Instant},
};

use serde_json::Value;

use crate::place::{bytes, wait_for, Place};

/// A program that serves the blobs of a place, until it is dropped.
struct Server {
	child: Child,
	peer: String,
}

impl Server {
	fn start(place: &Place, listen: &str) -> Self {
		let arguments = ["blob", "serve", "--listen", listen, "--json"];
		let mut child =
			place.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
		let mut line = String::new();
		BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
		let said: Value = serde_json::from_str(&line).unwrap();
		Self { child, peer: said["peers"][0].as_str().unwrap().to_owned() }
	}

	/// On a port that is free.
	fn anywhere(place: &Place) -> Self {
		Self::start(place, "127.0.0.1:0")
	}

	/// Where it listens.
	fn address(&self) -> &str {
		self.peer.split_once('@').unwrap().1
	}

	/// Who it is.
	fn id(&self) -> &str {
		self.peer.split_once('@').unwrap().0
	}

	/// Ends it without a word to its peers.
	fn kill(mut self) {
		self.child.kill().unwrap();
		self.child.wait().unwrap();
	}
}

impl Drop for Server {
	fn drop(&mut self) {
		let _ = self.child.kill();
		let _ = self.child.wait();
	}
}

/// Puts a blob into the store of a place, and returns its root.
fn put(place: &Place, bytes: &[u8]) -> String {
	let file = place.file("put", bytes);
	place.json(&["blob", "put", &file])["blobs"][0]["root"].as_str().unwrap().to_owned()
}

fn stored(place: &Place, root: &str) -> PathBuf {
	place.path("data/tributary/blobs").join(&root[2..])
}

fn fetch(place: &Place, code: i32, root: &str, peers: &[&str]) -> Value {
	let peers = peers.iter().flat_map(|peer| ["--peer", peer]);
	let arguments: Vec<_> = ["blob", "fetch", root].into_iter().chain(peers).collect();
	place.json_with_code(code, &arguments)
}

#[test]
fn what_is_served_is_fetched_and_so_is_what_is_put_there_later() {
	let (here, there) = (Place::new(), Place::new());
	let early = put(&there, &bytes(5_000));
	let server = Server::anywhere(&there);
	let mut roots = vec![early];
	for len in [0, 1, 1_024, 16 << 10, 1 << 20, (1 << 20) + 1, 5_000_000] {
		roots.push(put(&there, &bytes(len)));
	}
	for root in &roots {
		let fetched = fetch(&here, 0, root, &[&server.peer]);
		assert_eq!(fetched["blobs"][0]["root"], root.as_str());
		assert_eq!(fetched["failed"], Value::Array(Vec::new()));
		assert_eq!(fs::read(stored(&here, root)).unwrap(), fs::read(stored(&there, root)).unwrap());
	}
	let again = fetch(&here, 0, &roots[1], &[]);
	assert_eq!(again["blobs"][0]["received"], 0, "nobody is asked for what is here");
	let left: Vec<_> = fs::read_dir(here.path("data/tributary/blobs/.fetch"))
		.map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
		.unwrap_or_default();
	assert_eq!(left, Vec::<PathBuf>::new(), "nothing partial is left behind");
}

#[test]
fn a_fetch_goes_on_where_a_killed_server_broke_it_off() {
	let (here, there) = (Place::new(), Place::new());
	let len = 400_000_000;
	let root = put(&there, &bytes(len));
	let server = Server::anywhere(&there);
	let (address, peer) = (server.address().to_owned(), server.peer.clone());

	let arguments = ["blob", "fetch", &root, "--peer", &peer, "--json"];
	let mut fetching = here.command(&arguments);
	let fetching = fetching.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
	let parts = here.path("data/tributary/blobs/.fetch").join(&root[2..]).join("data");
	wait_for(|| {
		let entries = fs::read_dir(&parts).into_iter().flatten().flatten();
		let data =
			entries.filter(|entry| entry.path().extension().is_some_and(|ext| ext == "data"));
		data.map(|entry| entry.metadata().unwrap().len()).sum::<u64>() > 16 << 20
	});
	server.kill();
	let output = fetching.wait_with_output().unwrap();
	assert_eq!(output.status.code(), Some(3), "the transfer was faster than the test");
	assert!(!stored(&here, &root).exists(), "nothing half-written is in the store");

	let server = Server::start(&there, &address);
	assert_eq!(server.peer, peer, "a server keeps its key");
	let fetched = fetch(&here, 0, &root, &[&peer]);
	let received = fetched["blobs"][0]["received"].as_u64().unwrap();
	assert!(0 < received && received < len as u64, "{received} of {len} bytes came again");
	assert_eq!(here.json(&["blob", "hash", stored(&here, &root).to_str().unwrap()])["root"], root);
}

#[test]
fn a_peer_without_the_blob_is_passed_over() {
	let (here, without, with) = (Place::new(), Place::new(), Place::new());
	let root = put(&with, &bytes(3_000_000));
	put(&without, b"something else");
	let (without, with) = (Server::anywhere(&without), Server::anywhere(&with));

	let failed = fetch(&here, 1, &root, &[&without.peer]);
	let reason = failed["failed"][0]["reason"].as_str().unwrap();
	assert!(reason.contains(&without.peer) && reason.contains("does not serve it"), "{reason}");
	assert!(!stored(&here, &root).exists());
	fetch(&here, 0, &root, &[&without.peer, &with.peer]);
	assert!(stored(&here, &root).exists());
}

#[test]
fn a_peer_that_is_not_there_is_passed_over() {
	let (here, there) = (Place::new(), Place::new());
	let roots = [put(&there, b"first"), put(&there, b"second")];
	let server = Server::anywhere(&there);
	// A socket that never answers.
	let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
	let silent = format!("{}@{}", server.id(), silent.local_addr().unwrap());

	let failed = fetch(&here, 3, &roots[0], &[&silent]);
	assert!(failed["failed"][0]["reason"].as_str().unwrap().contains("no peer answers"));

	let started = Instant::now();
	let peers = ["--peer", &silent, "--peer", &server.peer];
	let arguments = [&["blob", "fetch", &roots[0], &roots[1]], &peers[..]].concat();
	let fetched = here.json(&arguments);
	assert_eq!(fetched["blobs"].as_array().unwrap().len(), 2);
	assert!(started.elapsed() < Duration::from_secs(18), "it is asked once for both");
}

#[test]
fn a_peer_with_another_key_is_no_peer() {
	let (here, there, other) = (Place::new(), Place::new(), Place::new());
	let root = put(&there, b"some bytes");
	let (server, other) = (Server::anywhere(&there), Server::anywhere(&other));
	let wrong = format!("{}@{}", other.id(), server.address());
	fetch(&here, 3, &root, &[&wrong]);
	assert!(!stored(&here, &root).exists());
}

#[test]
fn a_blob_that_is_too_long_is_not_fetched() {
	let (here, there) = (Place::new(), Place::new());
	let root = put(&there, &bytes(2_000_000));
	let server = Server::anywhere(&there);
	let fetch = |most: &str, code| {
		let arguments = ["blob", "fetch", &root, "--peer", &server.peer, "--max-bytes", most];
		here.json_with_code(code, &arguments)
	};
	let failed = fetch("1999999", 1);
	assert!(failed["failed"][0]["reason"].as_str().unwrap().contains("2000000 bytes"));
	assert!(!here.path("data/tributary/blobs/.fetch").exists());
	fetch("2000000", 0);
}

#[test]
fn a_damaged_file_is_not_served() {
	let (here, there) = (Place::new(), Place::new());
	let root = put(&there, &bytes(3_000_000));
	let path = stored(&there, &root);
	let mut damaged = fs::read(&path).unwrap();
	damaged[1_234_567] ^= 1;
	fs::write(&path, &damaged).unwrap();
	let server = Server::anywhere(&there);
	fetch(&here, 1, &root, &[&server.peer]);
	assert!(!stored(&here, &root).exists());

	damaged[1_234_567] ^= 1;
	fs::write(&path, &damaged).unwrap();
	fetch(&here, 0, &root, &[&server.peer]);
}

#[test]
fn a_file_that_is_damaged_while_it_is_served_is_not_taken() {
	let (here, there) = (Place::new(), Place::new());
	let root = put(&there, &bytes(3_000_000));
	let server = Server::anywhere(&there);
	fetch(&Place::new(), 0, &root, &[&server.peer]);
	let path = stored(&there, &root);
	let mut damaged = fs::read(&path).unwrap();
	damaged[1_234_567] ^= 1;
	fs::write(&path, &damaged).unwrap();
	fetch(&here, 1, &root, &[&server.peer]);
	assert!(!stored(&here, &root).exists());
}

#[test]
fn a_store_is_served_once() {
	let place = Place::new();
	let server = Server::anywhere(&place);
	let arguments = ["blob", "serve", "--listen", "127.0.0.1:0"];
	assert!(place.fails(2, &arguments).contains("another program serves"));
	let other = Place::new();
	let arguments = ["blob", "serve", "--listen", server.address()];
	assert!(other.fails(2, &arguments).contains("--listen"));
}

#[test]
fn a_store_may_be_named_relative_to_the_folder() {
	let (here, there) = (Place::new(), Place::new());
	for place in [&here, &there] {
		place.file("config/tributary/config.toml", "store = \"blobs\"\n");
	}
	let server = Server::anywhere(&there);
	for bytes in [&bytes(100), &bytes(3_000_000)] {
		let root = put(&there, bytes);
		fetch(&here, 0, &root, &[&server.peer]);
		assert_eq!(&fs::read(here.path("blobs").join(&root[2..])).unwrap(), bytes);
	}
}

#[test]
fn peers_may_stand_in_the_config_file() {
	let (here, there) = (Place::new(), Place::new());
	let root = put(&there, b"some bytes");
	assert!(here.fails(2, &["blob", "fetch", &root]).contains("--peer"));
	let server = Server::anywhere(&there);
	here.file("config/tributary/config.toml", format!("peers = [{:?}]\n", server.peer));
	fetch(&here, 0, &root, &[]);
	here.fails(2, &["blob", "fetch", &root, "--peer", "somebody"]);
}
