//! Blobs between two runs of the program on one machine.

use std::{
	collections::HashSet,
	fs,
	io::{BufRead, BufReader},
	net::UdpSocket,
	path::{Path, PathBuf},
	process::{Child, Stdio},
};

use serde_json::Value;

use crate::place::{bytes, wait_for, Place};

/// A program that serves the blobs of a place, until it is dropped.
struct Server {
	child: Child,
	peer: String,
}

impl Server {
	/// Nothing where it can not listen there.
	fn start(place: &Place, listen: &str) -> Option<Self> {
		let arguments = ["blob", "serve", "--listen", listen, "--json"];
		let mut child =
			place.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
		let mut line = String::new();
		BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
		let Ok(said) = serde_json::from_str::<Value>(&line) else {
			child.wait().unwrap();
			return None;
		};
		Some(Self { child, peer: said["peers"][0].as_str().unwrap().to_owned() })
	}

	/// On a port that is free.
	fn anywhere(place: &Place) -> Self {
		Self::start(place, "127.0.0.1:0").unwrap()
	}

	/// Where it listens.
	fn address(&self) -> &str {
		self.peer.split_once('@').unwrap().1
	}

	/// Who it is.
	fn id(&self) -> &str {
		self.peer.split_once('@').unwrap().0
	}

	/// Ends it without a word to its peers, and returns a socket that keeps its port from others.
	fn kill(mut self) -> UdpSocket {
		self.child.kill().unwrap();
		self.child.wait().unwrap();
		UdpSocket::bind(self.address()).unwrap()
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

/// Waits until a server has hashed a blob, which may take it longer than a peer may say nothing.
fn wait_until_hashed(root: &str, server: &Server) {
	let place = Place::new();
	let arguments = ["blob", "fetch", root, "--peer", &server.peer, "--max-bytes", "1"];
	wait_for(|| place.run(&arguments).status.code() == Some(1));
}

/// Fetches the rest of a blob. A disk that stalls breaks a fetch off as a silent peer does, and the next one goes on.
fn fetch_the_rest(place: &Place, root: &str, server: &Server) -> Value {
	let arguments = ["blob", "fetch", root, "--peer", &server.peer, "--json"];
	let mut fetches = (0..5).map(|_| place.run(&arguments));
	let fetched = fetches.find(|output| output.status.code() != Some(3)).unwrap();
	assert_eq!(fetched.status.code(), Some(0), "{}", String::from_utf8_lossy(&fetched.stderr));
	serde_json::from_slice(&fetched.stdout).unwrap()
}

/// How much of a blob is in the folder of its parts.
fn arrived(parts: &Path) -> u64 {
	let entries = fs::read_dir(parts).into_iter().flatten().flatten();
	let data = entries.filter(|entry| entry.path().extension().is_some_and(|ext| ext == "data"));
	data.map(|entry| entry.metadata().unwrap().len()).sum()
}

/// The connections that somebody tried to open to `socket`, by the ids in their Initial packets
/// (RFC 9000, 17.2.2): the form and the type in the first byte, a version, the length of the id and the id.
fn attempts(socket: &UdpSocket) -> HashSet<Vec<u8>> {
	socket.set_nonblocking(true).unwrap();
	let (mut packet, mut ids) = ([0; 1_500], HashSet::new());
	while socket.recv_from(&mut packet).is_ok() {
		if packet[0] & 0b1011_0000 == 0b1000_0000 {
			ids.insert(packet[6..][..usize::from(packet[5])].to_vec());
		}
	}
	ids
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
	wait_until_hashed(&root, &server);

	let start = || {
		let mut fetching = here.command(&["blob", "fetch", &root, "--peer", &peer]);
		fetching.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
	};
	let parts = here.path("data/tributary/blobs/.fetch").join(&root[2..]).join("data");
	let mut fetching = start();
	wait_for(|| {
		if let Some(status) = fetching.try_wait().unwrap() {
			assert_eq!(status.code(), Some(3), "the transfer was faster than the test");
			// The disk stalled.
			fetching = start();
		}
		arrived(&parts) > 16 << 20
	});
	let port = server.kill();
	let status = fetching.wait().unwrap();
	assert_eq!(status.code(), Some(3), "the transfer was faster than the test");
	assert!(arrived(&parts) < len as u64, "all of it had arrived");
	assert!(!stored(&here, &root).exists(), "nothing half-written is in the store");

	drop(port);
	let mut server = None;
	// A process that another test starts just now may hold the port a little longer.
	wait_for(|| {
		server = Server::start(&there, &address);
		server.is_some()
	});
	let server = server.unwrap();
	assert_eq!(server.peer, peer, "a server keeps its key");
	wait_until_hashed(&root, &server);
	let fetched = fetch_the_rest(&here, &root, &server);
	let received = fetched["blobs"][0]["received"].as_u64().unwrap();
	assert!(received < len as u64, "{received} of {len} bytes came again");
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

	let peers = ["--peer", &silent, "--peer", &server.peer];
	let arguments = [&["blob", "fetch", &roots[0], &roots[1]], &peers[..]].concat();
	let fetched = here.json(&arguments);
	assert_eq!(fetched["blobs"].as_array().unwrap().len(), 2);
}

#[test]
fn a_peer_that_is_not_there_is_asked_once_for_several_blobs() {
	let (here, there, away) = (Place::new(), Place::new(), Place::new());
	let roots = [put(&there, b"first"), put(&there, b"second"), put(&there, b"third")];
	let (server, away) = (Server::anywhere(&there), Server::anywhere(&away));
	// A socket that never answers, under a key of its own: packets for one key go to all of its addresses.
	let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
	let peer = format!("{}@{}", away.id(), silent.local_addr().unwrap());

	let peers = ["--peer", &peer, "--peer", &server.peer];
	let arguments = [&["blob", "fetch", &roots[0], &roots[1], &roots[2]], &peers[..]].concat();
	let fetched = here.json(&arguments);
	assert_eq!(fetched["blobs"].as_array().unwrap().len(), 3);
	assert_eq!(attempts(&silent).len(), 1, "connections that were tried");
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
