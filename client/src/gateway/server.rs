//! The gateway's side of HTTP.

use std::{convert::Infallible, sync::Arc, time::Duration};

use http_body_util::{BodyExt, Full, Limited};
use hyper::{
	body::{Bytes, Incoming},
	header::CONTENT_TYPE,
	server::conn::http1,
	service::service_fn,
	Method, Request, Response, StatusCode,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde::{de::DeserializeOwned, Serialize};
use tokio::{net::TcpListener, sync::Semaphore};

use super::{
	problem::{Kind, Problem},
	service::Service,
	view::ChannelSource,
};

/// Connections at a time. A further one waits.
const CONNECTIONS: usize = 128;
/// How long a client may take to send a request's head, and then its body.
const PATIENCE: Duration = Duration::from_secs(20);
/// The longest request beside its prompt, in bytes.
const OVERHEAD: u64 = 4_096;
/// The most bytes that JSON takes for one of a prompt.
const ESCAPED: u64 = 6;

/// Serves until it is dropped.
pub async fn serve<V: ChannelSource>(listener: TcpListener, service: Arc<Service<V>>) {
	let connections = Arc::new(Semaphore::new(CONNECTIONS));
	loop {
		let Ok(turn) = connections.clone().acquire_owned().await else { return };
		let stream = match listener.accept().await {
			Ok((stream, _)) => stream,
			// Too many open files, for instance: others may end.
			Err(error) => {
				eprintln!("a connection was not accepted: {error}");
				tokio::time::sleep(Duration::from_millis(100)).await;
				continue;
			}
		};
		let service = service.clone();
		tokio::spawn(async move {
			let answering = service_fn(|request| answer(&service, request));
			// A client that goes away is no error of the gateway.
			let _ = http1::Builder::new()
				.timer(TokioTimer::new())
				.header_read_timeout(PATIENCE)
				.max_buf_size(16 * 1024)
				.serve_connection(TokioIo::new(stream), answering)
				.await;
			drop(turn);
		});
	}
}

async fn answer<V: ChannelSource>(
	service: &Service<V>,
	request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
	let (method, path) = (request.method().clone(), request.uri().path().to_owned());
	let answered = match (&method, path.as_str()) {
		(&Method::GET, "/") => Ok(json(StatusCode::OK, service.terms())),
		(&Method::POST, "/ask") => ask(service, request).await,
		(&Method::POST, "/voucher") => voucher(service, request).await,
		_ => Err(Problem::new(Kind::NotFound, "ask with POST /ask, pay with POST /voucher")),
	};
	Ok(answered.unwrap_or_else(|problem| {
		let status = StatusCode::from_u16(problem.error.status());
		json(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), &problem)
	}))
}

async fn ask<V: ChannelSource>(
	service: &Service<V>,
	request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Problem> {
	let longest = service.terms().max_prompt.saturating_mul(ESCAPED).saturating_add(OVERHEAD);
	let ask = body(request, longest).await?;
	Ok(json(StatusCode::OK, &service.ask(&ask).await?))
}

async fn voucher<V: ChannelSource>(
	service: &Service<V>,
	request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Problem> {
	let answer = service.pay(body(request, OVERHEAD).await?).await?;
	let mut response = Response::new(Full::new(Bytes::from(answer)));
	let octets = hyper::header::HeaderValue::from_static("application/octet-stream");
	response.headers_mut().insert(CONTENT_TYPE, octets);
	Ok(response)
}

/// The body of a request, of at most `longest` bytes.
async fn body<T: DeserializeOwned>(request: Request<Incoming>, longest: u64) -> Result<T, Problem> {
	let longest = usize::try_from(longest).unwrap_or(usize::MAX);
	let reading = Limited::new(request.into_body(), longest).collect();
	let read = tokio::time::timeout(PATIENCE, reading).await.map_err(|_| {
		Problem::new(Kind::BadRequest, "the request did not arrive in time: send it again")
	})?;
	let bytes = read.map_err(|error| match error.is::<http_body_util::LengthLimitError>() {
		true => Problem::new(Kind::TooLong, format!("a request has at most {longest} bytes here")),
		false => Problem::new(Kind::BadRequest, format!("the request was broken off: {error}")),
	})?;
	serde_json::from_slice(&bytes.to_bytes()).map_err(|error| {
		Problem::new(Kind::BadRequest, format!("the request is not understood: {error}"))
	})
}

fn json(status: StatusCode, value: &impl Serialize) -> Response<Full<Bytes>> {
	let body = serde_json::to_vec(value).unwrap_or_default();
	let mut response = Response::new(Full::new(Bytes::from(body)));
	*response.status_mut() = status;
	let json = hyper::header::HeaderValue::from_static("application/json");
	response.headers_mut().insert(CONTENT_TYPE, json);
	response
}
