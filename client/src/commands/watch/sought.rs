//! In which order missing blobs are sought. Nobody but who reports and pays picks what is missing, and whoever
//! names bytes that nobody has must not keep others from being asked for.

use std::collections::BTreeSet;

use tributary_primitives::blob::Content;

use super::backoff::Backoff;
use crate::commands::evidence::Missing;

/// The blobs that a check lacked, each once: those first without which least can be checked, and sources last that
/// no entry names.
pub fn by_weight(missing: &[Missing]) -> Vec<Content> {
	let mut missing = missing.to_vec();
	missing.sort_by_key(Missing::is_unnamed_source);
	let mut seen = BTreeSet::new();
	let contents = missing.into_iter().map(|missing| missing.content);
	contents.filter(|content| seen.insert(*content)).collect()
}

/// Each of `contents` once, in the same order, but after all others those that no peer gave before and that rest in
/// the block `now`.
pub fn ungiven_last(
	contents: Vec<Content>,
	not_given: &Backoff<Content>,
	now: u64,
) -> Vec<Content> {
	let mut seen = BTreeSet::new();
	let contents = contents.into_iter().filter(|content| seen.insert(*content));
	let (mut first, rest): (Vec<_>, Vec<_>) =
		contents.partition(|content| not_given.is_due(content, now));
	first.extend(rest);
	first
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::commands::evidence::What;
	use tributary_engine::Needed;

	fn content(of: u64) -> Content {
		Content { root: [1; 32], len: of }
	}

	fn missing(needed: Needed, of: u64) -> Missing {
		Missing { what: What::Needed(needed), content: content(of) }
	}

	#[test]
	fn small_sources_that_nobody_has_do_not_come_before_large_outputs() {
		let source = |source, named| Needed::Source { source, named };
		let missing = [
			Missing { what: What::Payouts, content: content(640) },
			missing(Needed::Items { receipt: 0 }, 64),
			missing(Needed::Output { receipt: 1, item: 0 }, 90_000),
			missing(Needed::Output { receipt: 1, item: 1 }, 90_000),
			missing(source(1, false), 1),
			missing(source(2, true), 5_000),
			missing(source(3, false), 2),
			missing(source(4, true), 4_000),
		];
		let order = by_weight(&missing);
		let lengths: Vec<_> = order.iter().map(|content| content.len).collect();
		assert_eq!(lengths, [640, 64, 90_000, 5_000, 4_000, 1, 2]);
	}

	#[test]
	fn what_no_peer_gave_is_asked_for_after_what_was_not_asked_for() {
		let mut not_given = Backoff::default();
		let sought = || [5, 6, 7, 5, 8].map(content).to_vec();
		for of in [5, 6] {
			not_given.failed(content(of), 10);
		}
		let order = |not_given: &Backoff<_>, now| {
			ungiven_last(sought(), not_given, now).iter().map(|of| of.len).collect::<Vec<_>>()
		};
		assert_eq!(order(&not_given, 10), [7, 8, 5, 6], "they are asked for where there is time");
		assert_eq!(order(&not_given, 11), [5, 6, 7, 8]);
		not_given.failed(content(5), 11);
		assert_eq!(order(&not_given, 12), [6, 7, 8, 5]);
		not_given.retain(|of| *of != content(5));
		assert_eq!(order(&not_given, 12), [5, 6, 7, 8], "what nobody misses is forgotten");
	}
}
