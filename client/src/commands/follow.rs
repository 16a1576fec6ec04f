//! Following the chain for as long as the program runs, also past a node that goes away.

use std::{convert::Infallible, time::Duration};

use crate::{
	chain::Chain,
	context::Context,
	ending::Ending,
	error::{Error, Result},
};

/// The pauses between attempts to go on.
#[derive(Clone, Copy, Debug)]
struct Pauses {
	/// The first; each next one is twice as long.
	first: Duration,
	longest: Duration,
}

const PAUSES: Pauses = Pauses { first: Duration::from_secs(1), longest: Duration::from_secs(30) };

/// Does something with each new block.
pub trait Follower {
	/// Called with the number of each new best block. Numbers may be skipped, and come again after a
	/// reorganisation or a failure.
	async fn on_block(&mut self, chain: &Chain, number: u64) -> Result<()>;
}

/// Shows `follower` each new block until the process is asked to [end](Ending). A node that goes away, is
/// started again or refuses to answer is waited for.
///
/// # Errors
/// Where waiting does not help: something on this machine fails, or the node follows another chain now.
pub async fn follow(context: &Context, chain: Chain, follower: &mut impl Follower) -> Result<()> {
	let mut ending = Ending::listen()?;
	let mut node = Node { context, chain, follower };
	tokio::select! {
		ended = keep_on(&mut node, PAUSES) => ended.map(|never| match never {}),
		ended = ending.asked() => ended,
	}
}

/// Something that is followed, and may be lost and found again.
trait Link {
	/// Goes on until it fails; `progress` is called whenever something was achieved.
	async fn run(&mut self, progress: impl FnMut()) -> Result<Infallible>;

	/// Finds it again.
	async fn reconnect(&mut self) -> Result<()>;

	/// Says something.
	fn note(&self, text: String);
}

/// Runs `link`, and finds it again after each failure that may pass.
async fn keep_on(link: &mut impl Link, pauses: Pauses) -> Result<Infallible> {
	let mut pause = pauses.first;
	loop {
		let Err(error) = link.run(|| pause = pauses.first).await;
		let mut failed = error;
		loop {
			if !may_pass(&failed) {
				return Err(failed);
			}
			link.note(format!("{failed} Trying again in {} s.", pause.as_secs_f32()));
			tokio::time::sleep(pause).await;
			pause = pauses.longest.min(pause.saturating_mul(2));
			match link.reconnect().await {
				Ok(()) => break,
				Err(error) => failed = error,
			}
		}
		link.note("connected again".to_owned());
	}
}

/// Whether a failure may pass by itself. A node that was started again may lack blocks and their state
/// for a while and says so by refusing; what fails on this machine needs a person.
fn may_pass(error: &Error) -> bool {
	match error {
		Error::Unreachable(_) | Error::Refused { .. } => true,
		Error::Usage(_) => false,
	}
}

struct Node<'a, F> {
	context: &'a Context,
	chain: Chain,
	follower: &'a mut F,
}

impl<F: Follower> Link for Node<'_, F> {
	async fn run(&mut self, mut progress: impl FnMut()) -> Result<Infallible> {
		let mut heads = self.chain.best_heads().await?;
		loop {
			// What takes longer than a block would fall ever further behind otherwise.
			let newest = heads.newest().await?;
			self.follower.on_block(&self.chain, newest).await?;
			progress();
		}
	}

	async fn reconnect(&mut self) -> Result<()> {
		let chain = self.context.chain().await?;
		if chain.genesis() != self.chain.genesis() {
			return Err(Error::usage(format!(
				"the node follows another chain now: its first block is {:?}, and was {:?}. Name a node \
				 of the same chain with --url.",
				chain.genesis(),
				self.chain.genesis()
			)));
		}
		self.chain = chain;
		Ok(())
	}

	fn note(&self, text: String) {
		self.context.note(text);
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::{cell::RefCell, collections::VecDeque};

	const SHORT: Pauses =
		Pauses { first: Duration::from_millis(1), longest: Duration::from_millis(4) };

	/// What happens at each attempt, and what was said.
	struct Script {
		runs: VecDeque<(u32, Error)>,
		connections: VecDeque<Result<()>>,
		notes: RefCell<Vec<String>>,
	}

	impl Link for Script {
		async fn run(&mut self, mut progress: impl FnMut()) -> Result<Infallible> {
			let (blocks, error) = self.runs.pop_front().unwrap();
			(0..blocks).for_each(|_| progress());
			Err(error)
		}

		async fn reconnect(&mut self) -> Result<()> {
			self.connections.pop_front().unwrap_or(Ok(()))
		}

		fn note(&self, text: String) {
			self.notes.borrow_mut().push(text);
		}
	}

	fn gone() -> Error {
		Error::Unreachable("gone.".into())
	}

	async fn run(
		runs: impl IntoIterator<Item = (u32, Error)>,
		connections: impl IntoIterator<Item = Result<()>>,
	) -> (Error, Vec<String>) {
		let mut script = Script {
			runs: runs.into_iter().collect(),
			connections: connections.into_iter().collect(),
			notes: RefCell::default(),
		};
		let Err(error) = keep_on(&mut script, SHORT).await;
		(error, script.notes.into_inner())
	}

	#[tokio::test]
	async fn what_a_restart_of_the_node_causes_is_survived() {
		let runs = [
			(3, gone()),
			(0, Error::refused("State already discarded for the block.")),
			(1, Error::refused("the chain has no block 17")),
			(0, Error::usage("the disk is full")),
		];
		let (error, notes) = run(runs, [Err(gone()), Err(gone()), Ok(())]).await;
		assert_eq!(error.to_string(), "the disk is full");
		assert_eq!(notes.iter().filter(|note| *note == "connected again").count(), 3);
		assert!(notes.iter().any(|note| note.contains("discarded")), "{notes:?}");
	}

	#[tokio::test]
	async fn what_can_not_heal_ends_it() {
		let (error, notes) = run([(5, gone())], [Err(Error::usage("another chain"))]).await;
		assert_eq!(error.to_string(), "another chain");
		assert_eq!(notes.len(), 1);
	}

	#[tokio::test]
	async fn pauses_grow_up_to_a_bound_and_shrink_with_progress() {
		let failures = (0..4).map(|_| (0, gone()));
		let runs = failures.chain([(1, gone()), (0, Error::usage("end"))]);
		let (_, notes) = run(runs, []).await;
		let pauses: Vec<_> = notes.iter().filter(|note| note.contains("Trying")).collect();
		let wanted = ["0.001 s", "0.002 s", "0.004 s", "0.004 s", "0.001 s"];
		assert_eq!(pauses.len(), wanted.len());
		for (note, wanted) in pauses.iter().zip(wanted) {
			assert!(note.contains(wanted), "{note} has {wanted}");
		}
	}
}
