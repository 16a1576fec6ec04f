//! `blob`: names, openings and the store.

use std::{fs::File, path::Path, process::ExitCode};

use codec::{Decode, Encode};
use serde_json::json;
use tributary_engine::BlobSource;
use tributary_primitives::blob::{self, Content, Opening};

use super::exchange;
use crate::{
	cli::Blob,
	context::{root_text, Answer, Context},
	error::{Error, Result},
	files::{read, write},
};

pub async fn run(context: &Context, command: Blob) -> Result<ExitCode> {
	let answer = match command {
		Blob::Hash { file } => {
			let content = hash(&file)?;
			Answer::ordered(&content, format!("{} {}", root_text(&content), content.len))?
		}
		Blob::Open { file, offset, len, out } => open(&file, offset, len, &out)?,
		Blob::Verify { root, len, opening } => verify(&Content { root, len }, &opening)?,
		Blob::Put { files } => put(context, &files)?,
		Blob::Get { root, out } => get(context, &root, &out)?,
		Blob::Serve { listen } => return exchange::serve(context, listen).await,
		Blob::Fetch { roots, peers, max_bytes } => {
			return exchange::fetch(context, &roots, &peers, max_bytes).await;
		}
	};
	context.print(&answer);
	Ok(ExitCode::SUCCESS)
}

/// Names a file without holding it in memory.
fn hash(path: &Path) -> Result<Content> {
	let file = File::open(path).map_err(|error| Error::file(path, error))?;
	let mut hasher = blake3::Hasher::new();
	hasher.update_reader(file).map_err(|error| Error::file(path, error))?;
	Ok(Content { root: *hasher.finalize().as_bytes(), len: hasher.count() })
}

fn open(file: &Path, offset: u64, len: u64, out: &Path) -> Result<Answer> {
	let data = read(file)?;
	let content = Content::of(&data);
	let opening = blob::open(&data, offset, len).map_err(|error| {
		Error::usage(format!(
			"bytes {offset} .. {} of {} can not be opened: {error}. It has {} bytes.",
			offset.saturating_add(len),
			file.display(),
			content.len
		))
	})?;
	let encoded = opening.encode();
	write(out, &encoded)?;
	let first = opening.first_chunk.saturating_mul(blob::CHUNK_LEN);
	let json = json!({
		"root": root_text(&content),
		"len": content.len,
		"offset": first,
		"length": opening.bytes.len(),
		"siblings": opening.siblings.len(),
		"size": encoded.len(),
		"out": out,
	});
	let text = format!(
		"{}: {} bytes from {first} of {} {}, with {} siblings, {} bytes in all",
		out.display(),
		opening.bytes.len(),
		root_text(&content),
		content.len,
		opening.siblings.len(),
		encoded.len()
	);
	Ok(Answer::new(json, text))
}

fn verify(content: &Content, path: &Path) -> Result<Answer> {
	let encoded = read(path)?;
	let mut rest = encoded.as_slice();
	let opening = Opening::decode(&mut rest)
		.ok()
		.filter(|_| rest.is_empty())
		.ok_or_else(|| Error::refused(format!("{} is no SCALE-encoded opening", path.display())))?;
	let verified = blob::verify(content, &opening)
		.map_err(|error| Error::refused(format!("{}: {error}", path.display())))?;
	let (offset, length) = (verified.offset, verified.bytes.len());
	let tail = blob::verify_tail(content, &opening).is_ok();
	let json = json!({ "offset": offset, "length": length, "tail": tail });
	Ok(Answer::new(json, format!("offset {offset} length {length}")))
}

fn put(context: &Context, files: &[std::path::PathBuf]) -> Result<Answer> {
	let store = context.store()?;
	let mut blobs = Vec::new();
	let mut lines = Vec::new();
	for file in files {
		let content = store.put(&read(file)?).map_err(Error::usage)?;
		blobs.push(json!({ "file": file, "root": root_text(&content), "len": content.len }));
		lines.push(format!("{} {} {}", root_text(&content), content.len, file.display()));
	}
	Ok(Answer::new(json!({ "blobs": blobs }), lines.join("\n")))
}

fn get(context: &Context, root: &[u8; 32], out: &Path) -> Result<Answer> {
	let store = context.store()?;
	let path = store.path(root);
	let len = std::fs::metadata(&path)
		.map_err(|_| {
			Error::usage(format!(
				"blob 0x{} is not in the store. Fetch it from whoever serves it: `blob fetch`.",
				hex::encode(root)
			))
		})?
		.len();
	let content = Content { root: *root, len };
	let bytes = store.get(&content).map_err(Error::usage)?;
	write(out, &bytes)?;
	let json = json!({ "root": root_text(&content), "len": len, "out": out });
	Ok(Answer::new(json, format!("{}: {len} bytes", out.display())))
}
