//! The verifier of openings: no panic, no allocation, nothing accepted but true bytes, and always the
//! verdict of `bao-tree`.

use codec::Decode;
use tributary_primitives::{
	availability::verify_answer,
	blob::{self, Content, Opening, CHUNK_LEN, MAX_OPENING_BYTES},
};

use crate::{bao, bytes::Bytes, forge, heap};

/// Past this, `bao-tree` does not reach.
const MAX_TREE: u64 = 1 << 62;

/// One input.
pub fn run(data: &[u8]) {
	let mut bytes = Bytes::new(data);
	match bytes.below(4) {
		0 => foreign(&mut bytes),
		1 => large(&mut bytes),
		_ => damaged(&mut bytes),
	}
}

/// The verdict on an opening, which does not depend on who asks.
fn verdict(content: &Content, opening: &Opening) -> bool {
	let (verified, taken) = heap::metered(|| blob::verify(content, opening));
	assert_eq!(taken.calls, 0, "verification took {} bytes of heap", taken.peak);
	if content.len <= MAX_TREE {
		assert_eq!(verified.is_ok(), bao::accepts(content, opening), "bao-tree disagrees");
	}
	let tail = blob::verify_tail(content, opening);
	let answer = |chunk| verify_answer(content, chunk, opening).is_ok();
	let Ok(verified) = verified else {
		assert!(tail.is_err() && !answer(opening.first_chunk));
		return false;
	};
	let end = verified.offset + verified.bytes.len() as u64;
	assert_eq!(verified.offset, opening.first_chunk * CHUNK_LEN);
	assert_eq!(verified.bytes, &opening.bytes[..]);
	assert_eq!(tail.is_ok(), end == content.len);
	for chunk in opening.first_chunk.saturating_sub(1)..=opening.first_chunk + 9 {
		let at = chunk * CHUNK_LEN;
		assert_eq!(answer(chunk), verified.offset <= at && at < end, "chunk {chunk}");
	}
	true
}

/// What anybody may send.
fn foreign(bytes: &mut Bytes) {
	let mut input = bytes.rest();
	let Ok(content) = Content::decode(&mut input) else { return };
	let Ok(opening) = Opening::decode(&mut input) else { return };
	verdict(&content, &opening);
}

/// A run of a blob that no machine holds: its root is made of the opening.
fn large(bytes: &mut Bytes) {
	let len = bytes.number().min(MAX_TREE);
	let chunks = bao::chunks(len);
	let first = bytes.number() % chunks;
	let end = chunks.min(first + 1 + bytes.below(8) as u64);
	let run_len = bao::run_len(len, first, end).expect("there are such chunks");
	let siblings: Vec<_> = (0..bao::sibling_count(len, first, end)).map(|_| bytes.hash()).collect();
	let mut opening = Opening {
		first_chunk: first,
		bytes: bytes.pattern(run_len as usize).try_into().expect("at most eight chunks"),
		siblings: siblings.try_into().expect("no run has more siblings"),
	};
	let root = bao::root(len, &opening).expect("the opening has that shape");
	let content = Content { root, len };
	assert!(verdict(&content, &opening), "a true opening is refused");

	let honest = opening.clone();
	let other = Opening { first_chunk: first ^ 1, ..honest.clone() };
	forge::damage(&mut opening, &other, bytes);
	assert_eq!(verdict(&content, &opening), opening == honest, "a forged opening is accepted");
}

/// A real blob, a real opening, and a few changes to either.
fn damaged(bytes: &mut Bytes) {
	let len = bytes.below(41) * CHUNK_LEN as usize;
	let len = len.saturating_sub([0, 1, 1023, 512][bytes.below(4)]);
	let data = bytes.pattern(len);
	let honest = Content::of(&data);
	let (mut content, mut opening) = (honest, forge::real(&data, bytes));
	assert!(opening.bytes.len() <= MAX_OPENING_BYTES as usize);
	assert!(verdict(&content, &opening), "a true opening is refused");

	let other = forge::real(&data, bytes);
	for _ in 0..bytes.below(4) {
		match bytes.below(6) {
			0 => content.len = bytes.number(),
			1 => content.len = content.len.wrapping_add(1),
			_ => forge::damage(&mut opening, &other, bytes),
		}
	}
	if !verdict(&content, &opening) {
		return;
	}
	let start = (opening.first_chunk * CHUNK_LEN) as usize;
	let truth = data.get(start..).and_then(|rest| rest.get(..opening.bytes.len()));
	assert_eq!(truth, Some(&opening.bytes[..]), "accepted bytes stand elsewhere or nowhere");
	if blob::verify_tail(&content, &opening).is_ok() {
		assert_eq!(content, honest, "a tail fixes the length");
	}
}
