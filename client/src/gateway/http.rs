//! The payer's side of HTTP.

use std::{fmt, str::FromStr, time::Duration};

use http_body_util::{BodyExt, Full, Limited};
use hyper::{
	body::Bytes, client::conn::http1, header::CONTENT_TYPE, header::HOST, Request, StatusCode, Uri,
};
use hyper_util::rt::TokioIo;
use serde::{de::DeserializeOwned, Serialize};
use tokio::net::TcpStream;

use super::problem::Problem;
use crate::error::{Error, Result};

/// The longest message that is not an answer, in bytes.
const MESSAGE: usize = 64 * 1024;
/// How long a gateway has to take a connection.
const CONNECT: Duration = Duration::from_secs(10);

/// Where a gateway is: `http://HOST:PORT`, and a path where it stands behind another server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
	authority: String,
	path: String,
}

impl FromStr for Url {
	type Err = String;

	fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
		let wrong = || format!("`{text}` is no address of a gateway: write http://HOST:PORT");
		let uri: Uri = text.parse().map_err(|_| wrong())?;
		let authority = uri.authority().filter(|_| uri.scheme_str() == Some("http"));
		let authority = authority.ok_or_else(wrong)?;
		let port = authority.port_u16().unwrap_or(80);
		let path = uri.path().trim_end_matches('/').to_owned();
		Ok(Self { authority: format!("{}:{port}", authority.host()), path })
	}
}

impl fmt::Display for Url {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "http://{}{}", self.authority, self.path)
	}
}

/// What a gateway said: what was asked for, or why not.
pub type Said<T> = std::result::Result<T, Problem>;

/// Asks a gateway.
#[derive(Clone, Debug)]
pub struct Client {
	url: Url,
	/// How long it may take to answer.
	timeout: Duration,
}

impl Client {
	/// Asks the gateway at `url`, which may take `timeout` to answer.
	pub fn new(url: Url, timeout: Duration) -> Self {
		Self { url, timeout }
	}

	/// Sends `message` to `path`, and reads the JSON of the answer.
	///
	/// # Errors
	/// Where the gateway is not reachable or does not speak as a gateway does.
	pub async fn post<T: DeserializeOwned>(
		&self,
		path: &str,
		message: &impl Serialize,
	) -> Result<Said<T>> {
		let said = self.bytes(path, message, MESSAGE).await?;
		Ok(match said {
			Ok(bytes) => Ok(serde_json::from_slice(&bytes).map_err(|error| self.odd(error))?),
			Err(problem) => Err(problem),
		})
	}

	/// Sends `message` to `path`, and reads an answer of at most `longest` bytes.
	///
	/// # Errors
	/// As [`Client::post`].
	pub async fn bytes(
		&self,
		path: &str,
		message: &impl Serialize,
		longest: usize,
	) -> Result<Said<Vec<u8>>> {
		let body = serde_json::to_vec(message).map_err(Error::usage)?;
		let exchange = self.exchange(path, body, longest.max(MESSAGE));
		let (status, bytes) = tokio::time::timeout(self.timeout, exchange)
			.await
			.map_err(|_| self.gone(format!("no answer within {} s", self.timeout.as_secs())))??;
		if status.is_success() {
			return Ok(Ok(bytes));
		}
		let problem = serde_json::from_slice(&bytes).map_err(|error| self.odd(error))?;
		Ok(Err(problem))
	}

	async fn exchange(
		&self,
		path: &str,
		body: Vec<u8>,
		longest: usize,
	) -> Result<(StatusCode, Vec<u8>)> {
		let connecting = TcpStream::connect(&self.url.authority);
		let stream = tokio::time::timeout(CONNECT, connecting)
			.await
			.map_err(|_| self.gone("it takes no connection"))?
			.map_err(|error| self.gone(error))?;
		let (mut sender, connection) =
			http1::handshake(TokioIo::new(stream)).await.map_err(|error| self.gone(error))?;
		let connection = tokio::spawn(connection);
		let request = Request::post(format!("{}{path}", self.url.path))
			.header(HOST, &self.url.authority)
			.header(CONTENT_TYPE, "application/json")
			.body(Full::new(Bytes::from(body)))
			.map_err(Error::usage)?;
		let response = sender.send_request(request).await.map_err(|error| self.gone(error))?;
		let status = response.status();
		let read = Limited::new(response.into_body(), longest).collect().await;
		connection.abort();
		let bytes = read.map_err(|error| self.gone(error))?.to_bytes();
		Ok((status, bytes.to_vec()))
	}

	fn gone(&self, why: impl fmt::Display) -> Error {
		Error::Unreachable(format!("the gateway at {} does not answer: {why}", self.url))
	}

	fn odd(&self, why: impl fmt::Display) -> Error {
		Error::refused(format!("what answers at {} is no gateway: {why}", self.url))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn addresses_are_read_with_port_and_path() {
		let url = |text: &str| text.parse::<Url>();
		assert_eq!(url("http://127.0.0.1:9950").unwrap().to_string(), "http://127.0.0.1:9950");
		assert_eq!(url("http://example.org/").unwrap().to_string(), "http://example.org:80");
		assert_eq!(url("http://[::1]:7/a/b/").unwrap().to_string(), "http://[::1]:7/a/b");
		for wrong in ["", "127.0.0.1:9950", "https://example.org", "ws://x:1", "http://"] {
			assert!(url(wrong).is_err(), "{wrong}");
		}
	}
}
