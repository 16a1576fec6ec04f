//! What openings show of contributions and payouts: drawn windows of copies, drawn chunks, and the run of
//! a source. Nothing is accepted that a look at the bytes does not confirm.

use tributary_engine::{find_hits, ClaimRun};
use tributary_primitives::{
	availability::drawn_chunk,
	blob::{Content, Opening},
	originality::{sample_position, verify_hit, Hit, SAMPLES, SAMPLE_WINDOW},
	report::{Payout, Record, RECORD_LEN},
	run::{run_earnings, RunEnd},
};

use crate::{bytes::Bytes, forge};

/// One input.
pub fn run(data: &[u8]) {
	let mut bytes = Bytes::new(data);
	match bytes.below(3) {
		0 => earnings(&mut bytes),
		1 => draws(&mut bytes),
		_ => hits(&mut bytes),
	}
}

fn draws(bytes: &mut Bytes) {
	let (seed, len) = (bytes.array(), bytes.number());
	let content = Content { root: [0; 32], len };
	assert!(drawn_chunk(&seed, &content) < content.chunks());
	let sample = bytes.byte();
	match sample_position(&seed, sample, len) {
		Some(position) => {
			assert!(sample < SAMPLES);
			assert!(position.checked_add(SAMPLE_WINDOW.into()).is_some_and(|end| end <= len));
		}
		None => assert!(sample >= SAMPLES || len < SAMPLE_WINDOW.into()),
	}
}

/// A blob, and one that repeats parts of it.
fn hits(bytes: &mut Bytes) {
	let len = 64 + bytes.below(5_000);
	let original = bytes.pattern(len);
	let mut accused = Vec::new();
	for _ in 0..1 + bytes.below(4) {
		let (from, len) = (bytes.below(len), bytes.below(3_000));
		accused.extend_from_slice(&original[from..original.len().min(from + len)]);
		let strange = bytes.below(64);
		accused.extend_from_slice(&bytes.pattern(strange));
	}
	let seed = bytes.array();
	let (ours, theirs) = (Content::of(&accused), Content::of(&original));
	let found = find_hits(&seed, &accused, &original).expect("all bytes are here");
	for hit in &found {
		assert_eq!(verify_hit(&seed, &ours, &theirs, hit), Ok(()));
	}
	for _ in 0..8 {
		let sample = bytes.below(usize::from(SAMPLES) + 1) as u8;
		let position = sample_position(&seed, sample, ours.len).unwrap_or(0) as usize;
		let window = accused.get(position..position + SAMPLE_WINDOW as usize);
		let occurrence = window.and_then(|window| {
			original.windows(window.len()).position(|earlier| earlier == window)
		});
		let offset = match bytes.below(3) {
			0 => bytes.number(),
			_ => occurrence.unwrap_or_else(|| bytes.below(len)) as u64,
		};
		let at = usize::try_from(offset).unwrap_or(usize::MAX).min(len);
		let honest = Hit {
			sample,
			accused: forge::around(&accused, position, 2),
			offset,
			original: forge::around(&original, at, 2),
		};
		let mut hit = honest.clone();
		if bytes.below(4) == 3 {
			let other = forge::real(&original, bytes);
			let opening = if bytes.flag() { &mut hit.accused } else { &mut hit.original };
			forge::damage(opening, &other, bytes);
		}
		let end = at.saturating_add(SAMPLE_WINDOW as usize);
		if sample < SAMPLES {
			let hit = found.iter().any(|hit| hit.sample == sample);
			assert_eq!(hit, occurrence.is_some(), "drawn window {sample}");
		}
		let equal = window.is_some() && sample < SAMPLES && original.get(at..end) == window;
		let accepted = verify_hit(&seed, &ours, &theirs, &hit).is_ok();
		assert!(equal || !accepted, "a hit where the bytes differ");
		assert!(accepted || !equal || hit != honest, "a true hit is refused");
	}
}

fn earnings(bytes: &mut Bytes) {
	let (mut source, mut before) = (1, 0);
	let mut payouts: Vec<Payout> = Vec::new();
	for ordinal in 0..bytes.below(100) as u64 {
		let [step, amount] = bytes.array();
		source += u64::from(step % 16 / 13);
		let amount = u128::from(amount) << (step / 16 * 4);
		payouts.push(Payout { source, ordinal, amount, before, reserved: 0 });
		before += amount;
	}
	let blob = payouts.iter().flat_map(Payout::to_bytes).collect::<Vec<_>>();
	let content = Content::of(&blob);
	let source = 1 + bytes.below(8) as u64;
	let mut run = (0..).zip(&payouts).filter(|(_, payout)| payout.source == source);
	let first = run.next();
	let last = run.last().or(first);
	let truth = first
		.zip(last)
		.map(|((first, from), (last, to))| (first, last, to.before + to.amount - from.before));
	let found = ClaimRun::find(&blob, source).expect("the payouts are sorted");
	let found = found.map(|run| {
		let earned = run_earnings(
			&content,
			source,
			RunEnd { index: run.first.index, opening: &run.first.opening },
			RunEnd { index: run.last.index, opening: &run.last.opening },
		);
		assert_eq!(earned, Ok(run.amount));
		(run.first.index, run.last.index, run.amount)
	});
	assert_eq!(found, truth);

	for _ in 0..8 {
		let mut end = |near: u64| {
			let index = match bytes.below(3) {
				0 => bytes.number(),
				_ => near.saturating_add(bytes.below(3) as u64).saturating_sub(1),
			};
			let at = index.saturating_sub(1).min(payouts.len() as u64) as usize * RECORD_LEN;
			let mut opening = forge::around(&blob, at, 1 + bytes.below(3));
			if bytes.below(4) == 3 {
				let other = forge::real(&blob, bytes);
				forge::damage(&mut opening, &other, bytes);
			}
			(index, opening)
		};
		let near = truth.unwrap_or((0, 0, 0));
		let (first, last): ((u64, Opening), (u64, Opening)) = (end(near.0), end(near.1));
		let earned = run_earnings(
			&content,
			source,
			RunEnd { index: first.0, opening: &first.1 },
			RunEnd { index: last.0, opening: &last.1 },
		);
		if let Ok(amount) = earned {
			assert_eq!(Some((first.0, last.0, amount)), truth, "a claim of another run");
		}
	}
}
