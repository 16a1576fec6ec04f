//! A place to run the program in.

use std::{
	fs,
	path::{Path, PathBuf},
	process::{Command, Output},
	time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_tributary");

/// A folder of its own for each test, and the program run as if it were the home folder.
pub struct Place(TempDir);

impl Place {
	pub fn new() -> Self {
		Self(tempfile::tempdir().unwrap())
	}

	pub fn path(&self, name: &str) -> PathBuf {
		self.0.path().join(name)
	}

	pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
		let path = self.path(name);
		fs::create_dir_all(path.parent().unwrap()).unwrap();
		fs::write(&path, bytes).unwrap();
		path.display().to_string()
	}

	pub fn command(&self, arguments: &[&str]) -> Command {
		let mut command = self.of_program(PROGRAM);
		command.args(arguments);
		command
	}

	/// The program as a script starts it in the background: a shell that says the program's process on
	/// standard error, waits for it and ends as it does.
	#[cfg(unix)]
	pub fn in_background(&self, arguments: &[&str]) -> Command {
		let mut shell = self.of_program("sh");
		let script = r#""$@" 2>/dev/null & echo "$!" >&2; wait "$!""#;
		shell.args(["-c", script, "sh", PROGRAM]).args(arguments);
		shell
	}

	fn of_program(&self, program: &str) -> Command {
		let mut command = Command::new(program);
		command.current_dir(self.0.path());
		for variable in ["TRIBUTARY_URL", "TRIBUTARY_KEY", "TRIBUTARY_STORE"] {
			command.env_remove(variable);
		}
		command.env("XDG_CONFIG_HOME", self.path("config")).env("XDG_DATA_HOME", self.path("data"));
		command
	}

	pub fn run(&self, arguments: &[&str]) -> Output {
		self.command(arguments).output().unwrap()
	}

	/// Runs a command that must succeed, and returns the one JSON value that it prints.
	pub fn json(&self, arguments: &[&str]) -> Value {
		self.json_with_code(0, arguments)
	}

	/// Runs a command that must end with `code`, and returns the one JSON value that it prints.
	pub fn json_with_code(&self, code: i32, arguments: &[&str]) -> Value {
		let output = self.run(&[arguments, &["--json"]].concat());
		assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
		serde_json::from_slice(&output.stdout).unwrap()
	}

	/// Runs a command that must end with `code`, and returns what it says.
	pub fn fails(&self, code: i32, arguments: &[&str]) -> String {
		let output = self.run(arguments);
		assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
		String::from_utf8(output.stderr).unwrap()
	}
}

pub fn text(path: &Path) -> &str {
	path.to_str().unwrap()
}

/// Bytes of which no two chunks are equal.
pub fn bytes(len: usize) -> Vec<u8> {
	(0u32..).flat_map(|word| word.wrapping_mul(2_654_435_761).to_le_bytes()).take(len).collect()
}

/// Waits at most a minute.
pub fn wait_for(mut condition: impl FnMut() -> bool) {
	let started = Instant::now();
	while !condition() {
		assert!(started.elapsed() < Duration::from_secs(180), "it did not come to that");
		std::thread::sleep(Duration::from_millis(1));
	}
}
