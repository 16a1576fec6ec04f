//! Verification runs inside a block, so it must not allocate.

use std::{
	alloc::{GlobalAlloc, Layout, System},
	cell::Cell,
};
use tributary_primitives::blob::{open, open_tail, verify, verify_tail, Content, OpeningError};

struct Counting;

thread_local! {
	static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call goes to the system allocator unchanged.
unsafe impl GlobalAlloc for Counting {
	unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
		ALLOCATIONS.set(ALLOCATIONS.get() + 1);
		unsafe { System.alloc(layout) }
	}

	unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
		unsafe { System.dealloc(ptr, layout) }
	}
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn verification_allocates_nothing() {
	let data: Vec<u8> = (0..100_000u32).map(|i| (i % 251) as u8).collect();
	let content = Content::of(&data);
	let (run, tail) = (open(&data, 5_000, 7_000).unwrap(), open_tail(&data).unwrap());
	let other = Content { len: u64::MAX, ..content };

	let before = ALLOCATIONS.get();
	let results = (
		verify(&content, &run).is_ok(),
		verify_tail(&content, &tail).is_ok(),
		verify(&other, &run),
	);
	assert_eq!(ALLOCATIONS.get(), before);
	assert_eq!(results, (true, true, Err(OpeningError::BadSiblings)));
	assert!(before > 0);
}
