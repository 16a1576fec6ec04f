//! A node process, and what tests ask of it over JSON-RPC.

#![allow(dead_code)]

pub mod network;
pub mod transactions;

use std::{
	io::{BufRead, BufReader, Read, Write},
	net::TcpStream,
	path::Path,
	process::{Child, Command, Output, Stdio},
	sync::mpsc,
	thread,
	time::{Duration, Instant},
};

use serde_json::{json, Value};

const BINARY: &str = env!("CARGO_BIN_EXE_tributary-node");
const START: Duration = Duration::from_secs(120);
const ADDRESS: &str = "Running JSON-RPC server: addr=";

/// A running node, killed when it is dropped.
pub struct Node {
	process: Child,
	address: String,
}

/// An error answer.
#[derive(Debug)]
pub struct RpcError {
	pub code: i64,
	pub message: String,
	pub data: Value,
}

impl Node {
	/// Starts a node on free ports and waits for its JSON-RPC server.
	pub fn start(args: &[&str]) -> Self {
		let mut process = Command::new(BINARY)
			.args(["--rpc-port", "0", "--listen-addr", "/ip4/127.0.0.1/tcp/0"])
			.args(["--no-prometheus", "--no-telemetry"])
			.args(args)
			.stdout(Stdio::null())
			.stderr(Stdio::piped())
			.spawn()
			.expect("the node starts");
		let log = process.stderr.take().expect("stderr is piped");
		let (found, address) = mpsc::channel();
		thread::spawn(move || {
			for line in BufReader::new(log).lines().map_while(Result::ok) {
				eprintln!("{line}");
				if let Some((_, rest)) = line.split_once(ADDRESS) {
					let address = rest.split([',', ' ']).next().unwrap_or(rest);
					let _ = found.send(address.to_owned());
				}
			}
		});
		let address = address.recv_timeout(START).unwrap_or_else(|_| {
			let _ = process.kill();
			panic!("the node did not start its JSON-RPC server in {START:?}")
		});
		Self { process, address }
	}

	/// Where its JSON-RPC server listens, as host and port.
	pub fn address(&self) -> &str {
		&self.address
	}

	/// Calls a method.
	pub fn call(&self, method: &str, params: Value) -> Result<Value, RpcError> {
		let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
		let mut answer: Value =
			serde_json::from_str(&self.post(&request.to_string())).expect("the answer is JSON");
		match answer.get_mut("error") {
			Some(error) => Err(RpcError {
				code: error["code"].as_i64().expect("an error has a code"),
				message: error["message"].as_str().expect("an error has words").to_owned(),
				data: error["data"].take(),
			}),
			None => Ok(answer["result"].take()),
		}
	}

	/// Calls a method that answers.
	pub fn get(&self, method: &str, params: Value) -> Value {
		self.call(method, params.clone())
			.unwrap_or_else(|error| panic!("{method}({params}): {error:?}"))
	}

	/// Calls a method that refuses.
	pub fn refusal(&self, method: &str, params: Value) -> RpcError {
		match self.call(method, params.clone()) {
			Ok(answer) => panic!("{method}({params}) answered {answer}"),
			Err(error) => error,
		}
	}

	/// The numbers of the best and of the newest final block.
	pub fn heights(&self) -> (u64, u64) {
		let number = |hash: Value| {
			let header = self.get("chain_getHeader", json!([hash]));
			let number = header["number"].as_str().expect("a header has a number");
			u64::from_str_radix(number.trim_start_matches("0x"), 16).expect("numbers are hex")
		};
		(number(Value::Null), number(self.get("chain_getFinalizedHead", json!([]))))
	}

	/// Waits for what `found` looks for.
	pub fn wait_for<T>(
		&self,
		what: &str,
		limit: Duration,
		mut found: impl FnMut(&Self) -> Option<T>,
	) -> T {
		let end = Instant::now() + limit;
		loop {
			if let Some(value) = found(self) {
				return value;
			}
			assert!(Instant::now() < end, "no {what} in {limit:?}");
			thread::sleep(Duration::from_millis(50));
		}
	}

	/// Ends the node as an operator does, and checks that it says nothing is wrong.
	pub fn stop(mut self) {
		let status = Command::new("kill")
			.args(["-TERM", &self.process.id().to_string()])
			.status()
			.expect("kill runs");
		assert!(status.success());
		assert!(self.process.wait().expect("the node ends").success());
	}

	fn post(&self, body: &str) -> String {
		let mut stream = TcpStream::connect(&self.address).expect("the node listens");
		stream.set_read_timeout(Some(Duration::from_secs(180))).expect("the timeout is not zero");
		write!(
			stream,
			"POST / HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
			 Connection: close\r\n\r\n{body}",
			self.address,
			body.len()
		)
		.expect("the node reads");
		let mut answer = String::new();
		stream.read_to_string(&mut answer).expect("the node answers");
		let (_, body) = answer.split_once("\r\n\r\n").expect("the answer has a body");
		body.to_owned()
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		let _ = self.process.kill();
		let _ = self.process.wait();
	}
}

/// Runs a command of the program.
pub fn run(args: &[&str]) -> Output {
	Command::new(BINARY).args(args).output().expect("the program starts")
}

/// Runs a command that must succeed, and gives its standard output.
pub fn succeed(args: &[&str]) -> String {
	let output = run(args);
	assert!(
		output.status.success(),
		"{args:?} failed: {}",
		String::from_utf8_lossy(&output.stderr)
	);
	String::from_utf8(output.stdout).expect("the output is text")
}

/// Runs a command that must fail, and gives its standard error.
pub fn fail(args: &[&str]) -> String {
	let output = run(args);
	assert!(!output.status.success(), "{args:?} succeeded");
	String::from_utf8(output.stderr).expect("the output is text")
}

/// A path as an argument.
pub fn arg(path: &Path) -> &str {
	path.to_str().expect("temporary paths are text")
}
