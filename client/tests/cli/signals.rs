//! Signals that end what runs until it is told to.

use std::{
	io::{BufRead, BufReader, Read},
	process::{Child, Command, Stdio},
};

use crate::place::{wait_for, Place};

/// A program that serves in the background of a script, until it is dropped.
struct Job {
	shell: Child,
	/// The number of the program's process.
	process: String,
}

impl Job {
	/// One that has said that it serves.
	fn start(place: &Place) -> Self {
		let arguments = ["blob", "serve", "--listen", "127.0.0.1:0", "--json"];
		let mut shell = place.in_background(&arguments);
		let mut shell = shell.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
		let process = line(shell.stderr.take().unwrap());
		let stdout = shell.stdout.take().unwrap();
		let job = Self { shell, process };
		assert!(line(stdout).contains("peers"));
		job
	}

	fn send(&self, signal: &str) {
		Command::new("kill").args([signal, &self.process]).status().unwrap();
	}
}

impl Drop for Job {
	fn drop(&mut self) {
		if self.shell.try_wait().is_ok_and(|ended| ended.is_none()) {
			self.send("-KILL");
			let _ = self.shell.wait();
		}
	}
}

/// The next line that `from` says.
fn line(from: impl Read) -> String {
	let mut line = String::new();
	BufReader::new(from).read_line(&mut line).unwrap();
	line.trim_end().to_owned()
}

fn is_ended_by(signal: &str) {
	let place = Place::new();
	let mut job = Job::start(&place);
	job.send(signal);
	wait_for(|| job.shell.try_wait().unwrap().is_some());
	assert_eq!(job.shell.wait().unwrap().code(), Some(0));
}

#[test]
fn a_program_in_the_background_of_a_script_is_ended_by_sigterm() {
	is_ended_by("-TERM");
}

#[test]
fn a_program_in_the_background_of_a_script_is_ended_by_sigint_that_shells_ignore_there() {
	is_ended_by("-INT");
}
