//! The commands that need no node, run as a program.

use std::{fs, path::Path, process::Command};

use serde_json::{json, Value};

use crate::place::{bytes, text, Place};

#[test]
fn a_blob_is_named_by_its_b3sum() {
	let place = Place::new();
	let empty = place.file("empty", b"");
	let abc = place.file("abc", b"abc");
	assert_eq!(
		place.json(&["blob", "hash", &empty]),
		json!({
			"root": "0xaf1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
			"len": 0,
		})
	);
	let exact = place.run(&["blob", "hash", &empty, "--json"]).stdout;
	assert!(exact.starts_with(b"{\"root\":\"0xaf13"));
	assert_eq!(
		place.json(&["blob", "hash", &abc]),
		json!({
			"root": "0x6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85",
			"len": 3,
		})
	);
}

#[test]
fn an_opening_verifies_against_the_name_alone() {
	let place = Place::new();
	let out = place.path("opening");
	for (len, offset, count) in [(1, 0, 1), (1024, 0, 1024), (5000, 4999, 1), (9000, 1000, 100)] {
		let file = place.file("blob", bytes(len));
		let (offset_text, count_text) = (offset.to_string(), count.to_string());
		let opened = place.json(&[
			"blob",
			"open",
			&file,
			"--offset",
			&offset_text,
			"--len",
			&count_text,
			"--out",
			text(&out),
		]);
		let len = len.to_string();
		let root = opened["root"].as_str().unwrap();
		let verified = place.json(&["blob", "verify", "--root", root, "--len", &len, text(&out)]);
		assert_eq!(verified["offset"], opened["offset"]);
		assert_eq!(verified["length"], opened["length"]);
		let start = verified["offset"].as_u64().unwrap();
		let end = start + verified["length"].as_u64().unwrap();
		assert!(start <= offset && offset + count <= end);
	}
	let output = place.run(&["blob", "open", "blob", "--offset", "0", "--len", "1", "--out", "o"]);
	assert!(output.status.success());
	let root = place.json(&["blob", "hash", "blob"])["root"].as_str().unwrap().to_owned();
	let output = place.run(&["blob", "verify", "--root", &root[2..], "--len", "9000", "o"]);
	assert_eq!(String::from_utf8(output.stdout).unwrap(), "offset 0 length 1024\n");
}

#[test]
fn a_wrong_opening_is_refused_with_exit_code_1() {
	let place = Place::new();
	let file = place.file("blob", bytes(5000));
	let opening = place.path("opening");
	place.json(&["blob", "open", &file, "--offset", "2000", "--len", "9", "--out", text(&opening)]);
	let root = place.json(&["blob", "hash", &file])["root"].as_str().unwrap().to_owned();
	let verify = |root: &str, len: &str, path: &Path| {
		place.fails(1, &["blob", "verify", "--root", root, "--len", len, text(path)])
	};

	assert!(verify(&"00".repeat(32), "5000", &opening).contains("does not belong"));
	assert!(verify(&root, "1000", &opening).contains("past the end"));
	verify(&root, "9000", &opening);

	let good = fs::read(&opening).unwrap();
	for at in [0, 9, 500, good.len() - 1] {
		let mut bad = good.clone();
		bad[at] ^= 1;
		place.file("bad", bad);
		verify(&root, "5000", &place.path("bad"));
	}
	place.file("short", &good[..good.len() - 1]);
	verify(&root, "5000", &place.path("short"));
	place.file("long", [good, vec![0]].concat());
	verify(&root, "5000", &place.path("long"));
}

#[test]
fn a_refusal_is_one_json_value_too() {
	let place = Place::new();
	place.file("opening", b"nothing");
	let zero = "00".repeat(32);
	let output = place.run(&["blob", "verify", "--root", &zero, "--len", "9", "opening", "--json"]);
	assert_eq!(output.status.code(), Some(1));
	let value: Value = serde_json::from_slice(&output.stdout).unwrap();
	assert_eq!(value["error"]["exit"], 1);
	assert!(value["error"]["message"].as_str().unwrap().contains("opening"));
}

#[test]
fn bad_usage_ends_with_exit_code_2() {
	let place = Place::new();
	let file = place.file("blob", bytes(100));
	let open = |offset: &str, len: &str| {
		place.fails(2, &["blob", "open", &file, "--offset", offset, "--len", len, "--out", "o"])
	};
	assert!(open("99", "2").contains("100 bytes"));
	place.fails(2, &[]);
	place.fails(2, &["blob", "hash", "missing"]);
	place.fails(2, &["blob", "verify", "--root", "xyz", "--len", "1", "blob"]);
	place.fails(2, &["trace", &file, "--corpus", "missing"]);
	place.fails(2, &["trace", &file, "--corpus", ".", "--window", "0"]);
	place.fails(2, &["pay", "0", "--output", &file, "--amount", "ten"]);
	assert!(place.fails(2, &["pay", "0", "--output", &file, "--amount", "10"]).contains("--key"));
	assert!(place.fails(2, &["epoch", "--url", "http://localhost"]).contains("ws://"));
	assert!(place.fails(2, &["title", "show", "model"]).contains("model:0"));
	place.fails(2, &["shares", "stake", "model:0", "0"]);
	let ask = ["gateway", "ask", "localhost", "x", "--channel", "0", "--max-price", "1"];
	assert!(place.fails(2, &ask).contains("http://"));
}

#[test]
fn a_node_that_does_not_answer_is_exit_code_3() {
	let place = Place::new();
	// Port 9 is discard, and nobody listens there.
	assert!(place.fails(3, &["epoch", "--url", "ws://127.0.0.1:9"]).contains("no node answers"));
}

#[test]
fn the_example_of_the_protocol_is_traced() {
	let place = Place::new();
	place.file("corpus/a", b"abcdef");
	place.file("corpus/b", b"cdefgh");
	let output = place.file("output", b"abcdefgh");
	let output = place.run(&["trace", &output, "--corpus", "corpus", "--window", "4", "--json"]);
	assert_eq!(
		serde_json::from_slice::<Value>(&output.stdout).unwrap(),
		json!({
			"window": 4,
			"windows": 5,
			"runs": [
				{ "start": 0, "count": 3, "source": 1, "offset": 0 },
				{ "start": 3, "count": 2, "source": 2, "offset": 1 },
			],
			"owned": { "1": 3, "2": 2 },
			"unowned": 0,
		})
	);
	assert_eq!(output.stderr, b"");
	assert!(output.stdout.starts_with(b"{\"window\":4,\"windows\":5,\"runs\":[{\"start\":0,"));
}

#[test]
fn sources_are_the_regular_files_by_the_bytes_of_their_names() {
	let place = Place::new();
	// By bytes `10` goes before `9`, upper case before lower case, and both before what is not ASCII.
	for (name, contents) in
		[("é", "eeee"), ("b", "bbbb"), ("9", "9999"), ("10", "1010"), ("A", "AAAA")]
	{
		place.file(&format!("corpus/{name}"), contents);
	}
	place.file("corpus/folder/inner", b"iiii");
	#[cfg(unix)]
	std::os::unix::fs::symlink("/etc/hostname", place.path("corpus/link")).unwrap();
	let owner = |bytes: &str| {
		let output = place.file("output", bytes);
		let traced = place.json(&["trace", &output, "--corpus", "corpus", "--window", "4"]);
		traced["runs"][0]["source"].as_u64().unwrap()
	};
	for (source, bytes) in
		[(1, "1010"), (2, "9999"), (3, "AAAA"), (4, "bbbb"), (5, "eeee"), (0, "iiii")]
	{
		assert_eq!(owner(bytes), source, "{bytes}");
	}
}

#[test]
fn any_window_and_any_output_can_be_traced() {
	let place = Place::new();
	place.file("corpus/a", b"ab");
	place.file("corpus/b", b"");
	let trace = |bytes: &str, window: &str| {
		let output = place.file("output", bytes);
		place.json(&["trace", &output, "--corpus", "corpus", "--window", window])
	};
	let traced = trace("bxa", "1");
	assert_eq!(traced["owned"], json!({ "1": 2 }));
	assert_eq!(traced["unowned"], 1);
	let none = json!({ "window": 5000, "windows": 0, "runs": [], "owned": {}, "unowned": 0 });
	assert_eq!(trace("short", "5000"), none);
	assert_eq!(trace("", "1")["windows"], 0);
}

#[test]
fn the_store_is_taken_from_the_flag_then_the_environment_then_the_file() {
	let place = Place::new();
	place.file("blob", b"abc");
	let root = "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85";
	let put = |command: &mut Command| assert!(command.output().unwrap().status.success());
	let arguments = ["blob", "put", "blob"];

	put(&mut place.command(&arguments));
	assert!(place.path("data/tributary/blobs").join(root).is_file());

	let file = place.path("from-file");
	place.file("config/tributary/config.toml", format!("store = {:?}\n", text(&file)));
	put(&mut place.command(&arguments));
	assert!(file.join(root).is_file());

	put(place.command(&arguments).env("TRIBUTARY_STORE", "from-env"));
	assert!(place.path("from-env").join(root).is_file());

	let with_flag = [&arguments[..], &["--store", "from-flag"]].concat();
	put(place.command(&with_flag).env("TRIBUTARY_STORE", "not-used"));
	assert!(place.path("from-flag").join(root).is_file());
	assert!(!place.path("not-used").exists());

	let got = place.run(&["blob", "get", root, "--store", "from-flag", "--out", "again"]);
	assert!(got.status.success());
	assert_eq!(fs::read(place.path("again")).unwrap(), b"abc");
	place.fails(2, &["blob", "get", &"00".repeat(32), "--out", "none"]);

	place.file("config/tributary/config.toml", "stroe = 1\n");
	assert!(place.fails(2, &["blob", "hash", "blob"]).contains("stroe"));
}

#[test]
fn a_watch_demands_no_more_chunks_than_it_can_put_together() {
	let place = Place::new();
	let watch = |most: &str, code| {
		let arguments = ["watch", "--once", "--demand", "--max-demands", most];
		place.fails(code, &[&arguments[..], &["--url", "ws://127.0.0.1:1"]].concat())
	};
	assert!(watch("16385", 2).contains("16384"));
	assert!(watch("16384", 3).contains("no node answers"));
}
