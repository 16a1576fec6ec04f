//! The program whose answers are sold.

use std::{process::Stdio, time::Duration};

use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	process::Command,
	sync::Semaphore,
};

use crate::error::{Error, Result};

/// A program that reads a prompt on its standard input and writes an answer on its standard output.
#[derive(Debug)]
pub struct Program {
	words: Vec<String>,
	/// The longest answer, in bytes.
	max_answer: u64,
	/// How long it may take.
	timeout: Duration,
	/// How many may run at a time.
	at_once: Semaphore,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
	/// It can not be run.
	#[error("the program can not be run: {0}")]
	NotRun(std::io::Error),
	/// It ended with a failure.
	#[error("the program failed ({0})")]
	Failed(std::process::ExitStatus),
	/// It took too long.
	#[error("the program gave no answer within {} s", .0.as_secs())]
	TooSlow(Duration),
	/// It said too much.
	#[error("the program's answer is longer than {0} bytes")]
	TooLong(u64),
	/// It said nothing.
	#[error("the program's answer is empty")]
	Empty,
}

impl Program {
	/// The program and arguments that `line` names, separated by blanks. There is no shell.
	///
	/// # Errors
	/// Where the line names nothing.
	pub fn new(line: &str, max_answer: u64, timeout: Duration, at_once: usize) -> Result<Self> {
		let words: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
		if words.is_empty() {
			return Err(Error::usage("--command names no program"));
		}
		Ok(Self { words, max_answer, timeout, at_once: Semaphore::new(at_once) })
	}

	/// The longest answer, in bytes.
	pub fn max_answer(&self) -> u64 {
		self.max_answer
	}

	/// Its answer to a prompt. Waits for its turn where as many run as may.
	///
	/// # Errors
	/// Where it gives none; the program is ended then.
	pub async fn answer(&self, prompt: &str) -> std::result::Result<Vec<u8>, ProgramError> {
		let _turn = self
			.at_once
			.acquire()
			.await
			.map_err(|error| ProgramError::NotRun(std::io::Error::other(error)))?;
		tokio::time::timeout(self.timeout, self.run(prompt))
			.await
			.unwrap_or(Err(ProgramError::TooSlow(self.timeout)))
	}

	async fn run(&self, prompt: &str) -> std::result::Result<Vec<u8>, ProgramError> {
		let (name, arguments) = self.words.split_first().ok_or(ProgramError::Empty)?;
		let mut child = Command::new(name)
			.args(arguments)
			.stdin(Stdio::piped())
			.stdout(Stdio::piped())
			.kill_on_drop(true)
			.spawn()
			.map_err(ProgramError::NotRun)?;
		let (mut stdin, mut stdout) = (child.stdin.take(), child.stdout.take());
		let feed = async {
			if let Some(stdin) = &mut stdin {
				// A program may answer without having read everything.
				let _ = stdin.write_all(prompt.as_bytes()).await;
			}
			stdin = None;
			Ok(())
		};
		let read = async {
			let mut answer = Vec::new();
			if let Some(stdout) = &mut stdout {
				let most = self.max_answer.saturating_add(1);
				stdout.take(most).read_to_end(&mut answer).await.map_err(ProgramError::NotRun)?;
			}
			if answer.len() as u64 > self.max_answer {
				return Err(ProgramError::TooLong(self.max_answer));
			}
			Ok(answer)
		};
		let (_, answer) = futures::future::try_join(feed, read).await?;
		let status = child.wait().await.map_err(ProgramError::NotRun)?;
		match answer {
			_ if !status.success() => Err(ProgramError::Failed(status)),
			answer if answer.is_empty() => Err(ProgramError::Empty),
			answer => Ok(answer),
		}
	}
}

#[cfg(all(test, unix))]
mod tests {
	use super::*;

	fn program(line: &str) -> Program {
		Program::new(line, 1_000, Duration::from_secs(20), 2).unwrap()
	}

	async fn answer(line: &str, prompt: &str) -> std::result::Result<Vec<u8>, ProgramError> {
		program(line).answer(prompt).await
	}

	#[tokio::test]
	async fn a_program_reads_the_prompt_and_writes_the_answer() {
		assert_eq!(answer("tr a-z A-Z", "hello").await.unwrap(), b"HELLO");
		assert_eq!(answer("  echo   fixed ", &"x".repeat(1_000_000)).await.unwrap(), b"fixed\n");
	}

	#[tokio::test]
	async fn a_program_that_gives_no_answer_is_named() {
		assert!(matches!(answer("false", "x").await, Err(ProgramError::Failed(_))));
		assert!(matches!(answer("true", "x").await, Err(ProgramError::Empty)));
		assert!(matches!(answer("/no/such/program", "x").await, Err(ProgramError::NotRun(_))));
		assert!(Program::new(" ", 1, Duration::from_secs(1), 1).is_err());
	}

	#[tokio::test]
	async fn an_answer_that_is_too_long_ends_the_program() {
		assert!(matches!(answer("yes", "x").await, Err(ProgramError::TooLong(1_000))));
		assert_eq!(answer("cat", &"x".repeat(1_000)).await.unwrap().len(), 1_000);
		assert!(answer("cat", &"x".repeat(1_001)).await.is_err());
	}

	#[tokio::test]
	async fn a_program_that_takes_too_long_is_ended() {
		let slow = Program::new("sleep 600", 10, Duration::from_millis(50), 1).unwrap();
		for _ in 0..2 {
			assert!(matches!(slow.answer("x").await, Err(ProgramError::TooSlow(_))));
		}
	}
}
