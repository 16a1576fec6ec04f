//! The clock, and the three things that it is held against.

use std::{borrow::Cow, hint::black_box, time::Instant};

use sc_executor::WasmExecutor;
use sp_core::{
	sr25519,
	traits::{CallContext, CodeExecutor, RuntimeCode, WrappedRuntimeCode},
	Pair,
};
use sp_io::{SubstrateHostFunctions, TestExternalities};
use sp_keyring::Sr25519Keyring as Account;

/// The median of how long `work` takes, in nanoseconds, over `repeat` runs after a few to warm up.
pub fn median_ns(repeat: usize, mut work: impl FnMut()) -> u64 {
	for _ in 0..repeat.min(10) {
		work();
	}
	let mut times: Vec<u64> = (0..repeat)
		.map(|_| {
			let started = Instant::now();
			work();
			u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX)
		})
		.collect();
	times.sort_unstable();
	times[times.len() / 2]
}

/// How long a native BLAKE3 takes to hash `bytes`, in nanoseconds.
pub fn blake3_ns(bytes: &[u8], repeat: usize) -> u64 {
	median_ns(repeat, || {
		black_box(blake3::hash(black_box(bytes)));
	})
}

/// How long it takes to verify one sr25519 signature natively, in nanoseconds.
pub fn sr25519_ns(repeat: usize) -> u64 {
	let message = [7; 32];
	let pair = Account::Alice.pair();
	let (signature, public) = (pair.sign(&message), pair.public());
	median_ns(repeat, || {
		let right = sr25519::Pair::verify(black_box(&signature), black_box(message), &public);
		assert!(right);
	})
}

/// The runtime's wasm, compiled as a node compiles it.
pub struct Wasm {
	executor: WasmExecutor<SubstrateHostFunctions>,
	code: WrappedRuntimeCode<'static>,
	hash: Vec<u8>,
}

impl Wasm {
	/// The wasm that is built with this program.
	pub fn new() -> Self {
		let code = tributary_runtime::WASM_BINARY.expect("the runtime was built with its wasm");
		Self {
			executor: WasmExecutor::builder().build(),
			code: WrappedRuntimeCode(Cow::Borrowed(code)),
			hash: blake3::hash(code).as_bytes().to_vec(),
		}
	}

	/// Calls the runtime on a state, as a node does for a reader.
	pub fn call(&self, state: &mut TestExternalities, method: &str, arguments: &[u8]) -> Vec<u8> {
		let code =
			RuntimeCode { code_fetcher: &self.code, heap_pages: None, hash: self.hash.clone() };
		let context = CallContext::Offchain;
		let (result, _) = self.executor.call(&mut state.ext(), &code, method, arguments, context);
		result.expect("the runtime answers")
	}
}
