//! Work that takes a processor for long, kept off the threads that serve JSON-RPC: on blocking threads,
//! a few at a time.

use std::{num::NonZeroUsize, sync::Arc};

use tokio::{sync::Semaphore, task};

use super::error::Error;

/// Lets a few pieces of work run at once and a bounded number wait, first come, first served.
pub struct Gate {
	capacity: usize,
	admitted: Arc<Semaphore>,
	running: Arc<Semaphore>,
}

impl Gate {
	/// At most `running` pieces of work at once, while at most `waiting` wait.
	pub fn new(running: NonZeroUsize, waiting: usize) -> Self {
		let capacity = running.get().saturating_add(waiting);
		Self {
			capacity,
			admitted: Arc::new(Semaphore::new(capacity)),
			running: Arc::new(Semaphore::new(running.get())),
		}
	}

	/// Runs `work` on a blocking thread when its turn comes, and gives what it gives. Must be called
	/// within a tokio runtime.
	///
	/// Work whose caller goes away while it waits is never run; work that runs already keeps its place
	/// until it ends.
	///
	/// # Errors
	/// [`Error::Busy`] at once where the queue is full, what `work` fails with, and [`Error::Runtime`]
	/// where the node stops before it ends.
	pub async fn run<T: Send + 'static>(
		&self,
		work: impl FnOnce() -> Result<T, Error> + Send + 'static,
	) -> Result<T, Error> {
		let busy = || Error::Busy { limit: self.capacity };
		let place = self.admitted.clone().try_acquire_owned().map_err(|_| busy())?;
		let turn = self.running.clone().acquire_owned().await.map_err(|_| busy())?;
		// A blocking task outlives the future that awaits it, so the task holds the places.
		task::spawn_blocking(move || {
			let _places = (place, turn);
			work()
		})
		.await
		.map_err(|error| Error::Runtime(format!("its check did not end: {error}")))?
	}
}

#[cfg(test)]
mod tests {
	use std::{sync::mpsc, thread, time::Duration};

	use tokio::time::timeout;

	use super::*;

	const LONG: Duration = Duration::from_secs(10);
	const SHORT: Duration = Duration::from_millis(50);

	fn gate(running: usize, waiting: usize) -> Arc<Gate> {
		Arc::new(Gate::new(NonZeroUsize::new(running).unwrap(), waiting))
	}

	/// Starts work that lasts until the sender is dropped; it has begun when this returns.
	async fn occupy(
		gate: &Arc<Gate>,
	) -> (mpsc::Sender<()>, task::JoinHandle<Result<thread::ThreadId, Error>>) {
		let (end, ended) = mpsc::channel::<()>();
		let (begin, begun) = tokio::sync::oneshot::channel();
		let gate = gate.clone();
		let handle = task::spawn(async move {
			gate.run(move || {
				begin.send(()).unwrap();
				let _ = ended.recv();
				Ok(thread::current().id())
			})
			.await
		});
		timeout(LONG, begun).await.unwrap().unwrap();
		(end, handle)
	}

	#[tokio::test]
	async fn work_runs_on_another_thread_and_its_error_comes_back() {
		let gate = gate(1, 0);
		let on = gate.run(|| Ok(thread::current().id())).await.unwrap();
		assert_ne!(on, thread::current().id());
		assert!(matches!(gate.run::<()>(|| Err(Error::Unsigned)).await, Err(Error::Unsigned)));
	}

	#[tokio::test]
	async fn work_over_the_bound_waits_and_then_runs() {
		let gate = gate(2, 1);
		let (first, first_handle) = occupy(&gate).await;
		let (second, second_handle) = occupy(&gate).await;
		let third = gate.run(|| Ok(3));
		tokio::pin!(third);
		assert!(timeout(SHORT, &mut third).await.is_err(), "two are running already");
		drop(first);
		assert_eq!(timeout(LONG, third).await.unwrap().unwrap(), 3);
		drop(second);
		first_handle.await.unwrap().unwrap();
		second_handle.await.unwrap().unwrap();
	}

	#[tokio::test]
	async fn full_queue_refuses_until_a_place_is_free() {
		let gate = gate(1, 1);
		let (running, handle) = occupy(&gate).await;
		let mut waiting = Box::pin(gate.run(|| Ok(())));
		assert!(timeout(SHORT, &mut waiting).await.is_err());
		assert!(matches!(gate.run(|| Ok(())).await, Err(Error::Busy { limit: 2 })));

		drop(waiting);
		let waiting = gate.run(|| Ok(()));
		tokio::pin!(waiting);
		assert!(timeout(SHORT, &mut waiting).await.is_err(), "the place of who left is free");
		drop(running);
		timeout(LONG, waiting).await.unwrap().unwrap();
		handle.await.unwrap().unwrap();
	}

	#[tokio::test]
	async fn work_whose_caller_left_keeps_its_place_until_it_ends() {
		let gate = gate(1, 0);
		let (running, handle) = occupy(&gate).await;
		handle.abort();
		assert!(handle.await.unwrap_err().is_cancelled());
		assert!(matches!(gate.run(|| Ok(())).await, Err(Error::Busy { limit: 1 })));
		drop(running);
		timeout(LONG, async {
			while gate.run(|| Ok(())).await.is_err() {
				tokio::time::sleep(SHORT).await;
			}
		})
		.await
		.unwrap();
	}
}
