//! `blob serve` and `blob fetch`.

use std::{net::SocketAddr, process::ExitCode, time::Duration};

use serde_json::json;
use tokio::time::Instant;

use crate::{
	context::{root_text, Answer, Context},
	ending::Ending,
	error::{Error, Result},
	exchange::{FetchError, Fetched, Length, Peer, Server},
};

/// A person may wait for a blob as long as it takes: peers that do not answer are left anyway.
const PATIENCE: Duration = Duration::from_secs(365 * 24 * 3_600);

pub async fn serve(context: &Context, listen: SocketAddr) -> Result<ExitCode> {
	let mut ending = Ending::listen()?;
	let server = Server::start(context.store_dir(), listen).await?;
	let peers: Vec<_> = server.peers().await.iter().map(Peer::to_string).collect();
	let json = json!({ "store": context.store_dir(), "peers": peers });
	context.print(&Answer::new(json, peers.join("\n")));
	context.note(format!(
		"serving {} to whoever knows the hash of a blob; end with Ctrl-C",
		context.store_dir().display()
	));
	ending.asked().await?;
	server.stop().await;
	Ok(ExitCode::SUCCESS)
}

pub async fn fetch(
	context: &Context,
	roots: &[[u8; 32]],
	peers: &[Peer],
	max_bytes: u64,
) -> Result<ExitCode> {
	let fetcher = context.fetcher(peers)?;
	let store = context.store()?;
	if !fetcher.has_peers() && !roots.iter().all(|root| store.contains(root)) {
		return Err(Error::usage(
			"nobody to fetch from: name a peer with --peer, or peers in the config file",
		));
	}
	let (mut blobs, mut failed, mut lines) = (Vec::new(), Vec::new(), Vec::new());
	let mut answered = false;
	for root in roots {
		let text = format!("0x{}", hex::encode(root));
		let bar = context.progress(&text[..10], 0);
		let until = Instant::now() + PATIENCE;
		let fetched = fetcher.fetch(root, Length::AtMost(max_bytes), until, &bar).await;
		bar.finish_and_clear();
		match fetched {
			Ok(Fetched { content, received }) => {
				lines.push(format!("{} {}", root_text(&content), content.len));
				blobs.push(json!({ "root": text, "len": content.len, "received": received }));
			}
			Err(FetchError::Local(error)) => return Err(error),
			Err(error) => {
				answered |= matches!(error, FetchError::NotServed(_));
				lines.push(format!("{text} is not fetched: {error}"));
				failed.push(json!({ "root": text, "reason": error.to_string() }));
			}
		}
	}
	fetcher.close().await;
	let code = match (failed.is_empty(), answered) {
		(true, _) => 0,
		(false, true) => 1,
		(false, false) => 3,
	};
	context.print(&Answer::new(json!({ "blobs": blobs, "failed": failed }), lines.join("\n")));
	Ok(ExitCode::from(code))
}
