//! What a piece of code takes from the heap.

use std::{
	alloc::{GlobalAlloc, Layout, System},
	cell::Cell,
};

struct Metered;

thread_local! {
	static HELD: Cell<isize> = const { Cell::new(0) };
	static PEAK: Cell<isize> = const { Cell::new(0) };
	static CALLS: Cell<usize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
	// Threads that end free memory after their locals are gone.
	let _ = HELD.try_with(|held| {
		held.set(held.get() + bytes);
		PEAK.set(PEAK.get().max(held.get()));
		CALLS.set(CALLS.get() + usize::from(bytes > 0));
	});
}

// SAFETY: every call goes to the system allocator unchanged.
unsafe impl GlobalAlloc for Metered {
	unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
		count(layout.size() as isize);
		unsafe { System.alloc(layout) }
	}

	unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
		count(layout.size() as isize);
		unsafe { System.alloc_zeroed(layout) }
	}

	unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
		count(-(layout.size() as isize));
		unsafe { System.dealloc(ptr, layout) }
	}

	unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, size: usize) -> *mut u8 {
		count(size as isize - layout.size() as isize);
		unsafe { System.realloc(ptr, layout, size) }
	}
}

#[global_allocator]
static ALLOCATOR: Metered = Metered;

/// What a piece of code took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
	/// The most bytes that it held at once.
	pub peak: usize,
	/// How often it asked for more.
	pub calls: usize,
}

/// Runs `code` and tells what it took.
pub fn metered<R>(code: impl FnOnce() -> R) -> (R, Taken) {
	let (held, calls) = (HELD.get(), CALLS.get());
	PEAK.set(held);
	let result = code();
	let peak = usize::try_from(PEAK.get() - held).unwrap_or(0);
	(result, Taken { peak, calls: CALLS.get() - calls })
}

/// Runs `code`, which reads `len` bytes from outside, and checks that it takes no more than they are
/// worth: 64 times as much and 64 KiB.
pub fn bounded<R>(len: usize, code: impl FnOnce() -> R) -> R {
	let (result, taken) = metered(code);
	assert!(taken.peak <= 64 * len + 64 * 1024, "{len} bytes took {} bytes of heap", taken.peak);
	result
}
