//! `trace`: who owns each window of an output, given a folder of contributions.

use std::{ffi::OsString, fs, path::Path};

use tributary_engine::{trace, Corpus, Index};

use crate::{
	cli::Trace,
	context::Answer,
	error::{Error, Result},
	files::read,
};

pub fn run(arguments: &Trace) -> Result<Answer> {
	let output = read(&arguments.output)?;
	let (corpus, names) = corpus(&arguments.corpus)?;
	let index = Index::build(corpus, arguments.window).map_err(Error::usage)?;
	let traced = trace(&index, &output);

	let mut lines = vec![format!("{} windows of {} bytes", traced.windows, traced.window)];
	for (name, source) in names.iter().zip(1u64..) {
		if let Some(windows) = traced.owned.get(&source) {
			lines.push(format!("{windows:>10}  source {source}  {}", name.to_string_lossy()));
		}
	}
	lines.push(format!("{:>10}  unowned", traced.unowned));
	Answer::ordered(&traced, lines.join("\n"))
}

/// The regular files directly in `dir`, by the bytes of their names, as sources 1, 2, 3 ...
fn corpus(dir: &Path) -> Result<(Corpus, Vec<OsString>)> {
	let mut names = Vec::new();
	for entry in fs::read_dir(dir).map_err(|error| Error::file(dir, error))? {
		let entry = entry.map_err(|error| Error::file(dir, error))?;
		let kind = entry.file_type().map_err(|error| Error::file(&entry.path(), error))?;
		if kind.is_file() {
			names.push(entry.file_name());
		}
	}
	names.sort_by(|a, b| a.as_encoded_bytes().cmp(b.as_encoded_bytes()));
	let mut corpus = Corpus::new();
	for (name, source) in names.iter().zip(1u64..) {
		corpus.push(source, &read(&dir.join(name))?).map_err(Error::usage)?;
	}
	Ok((corpus, names))
}
