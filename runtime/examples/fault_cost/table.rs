//! The figures as a table and as JSON.

use std::fmt;

use serde_json::{json, Value};

/// One fault.
pub struct Row {
	/// Its kind.
	pub fault: &'static str,
	/// Whether what it shows lies across the border of two chunks.
	pub across: bool,
	/// The size of all blobs.
	pub blobs: &'static str,
	/// The fault's encoded size.
	pub bytes: usize,
	/// The whole runtime call that verifies it.
	pub call_ns: u64,
	/// The same work by the native build of the runtime, on the same state.
	pub native_ns: u64,
	/// A native hash of its bytes.
	pub blake3_ns: u64,
}

/// All figures.
pub struct Report {
	/// A runtime call that does next to nothing.
	pub empty_call_ns: u64,
	/// One signature, verified natively.
	pub sr25519_ns: u64,
	/// How often each figure was measured.
	pub repeat: usize,
	/// One row for each fault and size.
	pub rows: Vec<Row>,
}

impl Report {
	/// What of a row's call is the fault's.
	fn wasm_ns(&self, row: &Row) -> u64 {
		row.call_ns.saturating_sub(self.empty_call_ns)
	}

	/// How many times as long that takes as something else.
	fn times(&self, row: &Row, other_ns: u64) -> f64 {
		self.wasm_ns(row) as f64 / other_ns.max(1) as f64
	}

	/// The figures as JSON, times in nanoseconds.
	pub fn json(&self) -> Value {
		let rows: Vec<_> = self
			.rows
			.iter()
			.map(|row| {
				json!({
					"fault": row.fault,
					"acrossChunks": row.across,
					"blobs": row.blobs,
					"scaleBytes": row.bytes,
					"callNs": row.call_ns,
					"wasmNs": self.wasm_ns(row),
					"nativeNs": row.native_ns,
					"blake3Ns": row.blake3_ns,
					"wasmPerNative": self.times(row, row.native_ns),
					"wasmPerBlake3": self.times(row, row.blake3_ns),
					"wasmPerSr25519": self.times(row, self.sr25519_ns),
				})
			})
			.collect();
		json!({
			"emptyCallNs": self.empty_call_ns,
			"sr25519Ns": self.sr25519_ns,
			"repeat": self.repeat,
			"rows": rows,
		})
	}
}

impl fmt::Display for Report {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		writeln!(
			f,
			"Medians of {} runs, in ns. `wasm` is the runtime call less an empty one, which takes {}; `native` is \
			 the same work by the\nnative build; `blake3` is a native hash of the fault's bytes. One native sr25519 \
			 verification takes {}. The last three\ncolumns are `wasm` divided by each of these.\n",
			self.repeat, self.empty_call_ns, self.sr25519_ns
		)?;
		writeln!(
			f,
			"{:<24} {:<6} {:>6} {:>7} {:>7} {:>7} {:>7} {:>8} {:>8} {:>8}",
			"fault",
			"blobs",
			"bytes",
			"call",
			"wasm",
			"native",
			"blake3",
			"/native",
			"/blake3",
			"/sr25519"
		)?;
		for row in &self.rows {
			let across = if row.across { ", across chunks" } else { "" };
			writeln!(
				f,
				"{:<24} {:<6} {:>6} {:>7} {:>7} {:>7} {:>7} {:>8.1} {:>8.1} {:>8.2}",
				format!("{}{across}", row.fault),
				row.blobs,
				row.bytes,
				row.call_ns,
				self.wasm_ns(row),
				row.native_ns,
				row.blake3_ns,
				self.times(row, row.native_ns),
				self.times(row, row.blake3_ns),
				self.times(row, self.sr25519_ns),
			)?;
		}
		Ok(())
	}
}
