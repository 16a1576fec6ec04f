//! Who owns each window of one output (protocol 5).

use std::collections::BTreeMap;

use serde::Serialize;
use tributary_primitives::window::window_count;

use crate::index::Index;

/// Neighbouring windows of an output that stand side by side in one source, or that nobody owns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
	/// The first window.
	pub start: u64,
	/// The number of windows, at least 1.
	pub count: u64,
	/// The owner, `seq + 1`; 0 where the windows are unowned.
	pub source: u64,
	/// Where the first window stands in the source; 0 where the windows are unowned.
	pub offset: u64,
}

/// The owners of all windows of one output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
	/// The window, in bytes.
	pub window: u32,
	/// The number of windows.
	pub windows: u64,
	/// Maximal runs that cover every window once, in order.
	pub runs: Vec<Run>,
	/// The number of windows of each source that owns any.
	pub owned: BTreeMap<u64, u64>,
	/// The number of windows that nobody owns.
	pub unowned: u64,
}

/// Finds the owner of every window of `output`.
///
/// A run goes on as long as the next window has the same owner and stands one byte further in it;
/// where it does not, the next run starts at the window's least offset in its owner. An output
/// shorter than the window has no run.
pub fn trace(index: &Index, output: &[u8]) -> Trace {
	let window = index.window();
	let mut trace = Trace {
		window,
		windows: window_count(output.len() as u64, window),
		runs: Vec::new(),
		owned: BTreeMap::new(),
		unowned: 0,
	};
	for (at, bytes) in (0u64..).zip(output.windows(window as usize)) {
		let (source, offset) = match index.owner(bytes) {
			Some(owner) => (owner.source, owner.offset),
			None => (0, 0),
		};
		match source {
			0 => trace.unowned += 1,
			source => *trace.owned.entry(source).or_default() += 1,
		}
		match trace.runs.last_mut() {
			Some(run) if run.source == source && continues(index, run, bytes) => run.count += 1,
			_ => trace.runs.push(Run { start: at, count: 1, source, offset }),
		}
	}
	trace
}

/// Whether `window`, which has the run's owner, stands right after the run in it. All its bytes but
/// the last are those that the run ends with.
fn continues(index: &Index, run: &Run, window: &[u8]) -> bool {
	if run.source == 0 {
		return true;
	}
	let next = (run.offset + run.count) as usize + window.len() - 1;
	index.corpus().get(run.source).and_then(|bytes| bytes.get(next)) == window.last()
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::corpus::Corpus;

	fn index(sources: &[&[u8]], window: u32) -> Index {
		let mut corpus = Corpus::new();
		for (source, bytes) in (1..).zip(sources) {
			corpus.push(source, bytes).unwrap();
		}
		Index::build(corpus, window).unwrap()
	}

	#[test]
	fn the_example_of_the_protocol() {
		let trace = trace(&index(&[b"abcdef", b"cdefgh"], 4), b"abcdefgh");
		assert_eq!(
			serde_json::to_string(&trace).unwrap(),
			concat!(
				r#"{"window":4,"windows":5,"runs":["#,
				r#"{"start":0,"count":3,"source":1,"offset":0},"#,
				r#"{"start":3,"count":2,"source":2,"offset":1}],"#,
				r#""owned":{"1":3,"2":2},"unowned":0}"#
			)
		);
	}

	#[test]
	fn a_run_goes_on_at_a_later_occurrence() {
		let trace = trace(&index(&[b"abcabd"], 2), b"cabd");
		assert_eq!(trace.runs, [Run { start: 0, count: 3, source: 1, offset: 2 }]);
	}

	#[test]
	fn a_new_run_starts_at_the_least_offset() {
		let trace = trace(&index(&[b"abxab"], 2), b"abab");
		assert_eq!(
			trace.runs,
			[
				Run { start: 0, count: 1, source: 1, offset: 0 },
				Run { start: 1, count: 1, source: 0, offset: 0 },
				Run { start: 2, count: 1, source: 1, offset: 0 },
			]
		);
	}

	#[test]
	fn a_short_output_has_no_run() {
		let trace = trace(&index(&[b"abcd"], 4), b"abc");
		assert_eq!((trace.windows, trace.runs.len(), trace.unowned), (0, 0, 0));
	}
}
