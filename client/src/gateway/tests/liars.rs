//! Payers of gateways that lie.

use std::convert::Infallible;

use http_body_util::Full;
use hyper::{
	body::{Bytes, Incoming},
	server::conn::http1,
	service::service_fn,
	Request, Response,
};
use hyper_util::rt::TokioIo;

use super::{super::wire::prompt_hash, *};

/// A gateway that says `offer` to every question, and gives `bytes` for every voucher.
async fn liar(offer: Offer, bytes: &'static [u8]) -> Gateway {
	let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
	let address = listener.local_addr().unwrap();
	let task = tokio::spawn(async move {
		loop {
			let (stream, _) = listener.accept().await.unwrap();
			let answer = service_fn(|request: Request<Incoming>| async move {
				let body = match request.uri().path() {
					"/ask" => serde_json::to_vec(&offer).unwrap(),
					_ => bytes.to_vec(),
				};
				Ok::<_, Infallible>(Response::new(Full::new(Bytes::from(body))))
			});
			let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
		}
	});
	Gateway { address, task }
}

#[tokio::test]
async fn a_payer_signs_for_nothing_but_its_list_and_this_answer() {
	let world = World::new();
	let gateway = world.gateway("cat", PRICE).await;
	buy(&mut world.payer(&gateway, 7).unwrap(), "one").await.unwrap();
	let item = Content::of(b"two");
	let voucher = world.payer_book().next(&item, PRICE).unwrap();
	let honest = Offer { prompt: prompt_hash("two"), item, voucher };
	let with = |voucher| Offer { voucher, ..honest };
	let long = Content { len: 10_001, ..item };
	for (offer, why) in [
		(with(Voucher { amount: voucher.amount + 1, ..voucher }), "at most"),
		(with(Voucher { amount: PRICE - 1, ..voucher }), "agreed before"),
		(with(Voucher { nonce: 3, ..voucher }), "list of outputs"),
		(with(Voucher { outputs: Content::of(b"x"), ..voucher }), "list of outputs"),
		(Offer { item: Content::of(b"x"), ..honest }, "list of outputs"),
		(Offer { item: long, ..honest }, "bytes"),
		(Offer { prompt: prompt_hash("x"), ..honest }, "another question"),
	] {
		let gateway = liar(offer, b"two").await;
		let error = buy(&mut world.payer(&gateway, 7).unwrap(), "two").await.unwrap_err();
		assert!(error.to_string().contains(why), "{error} has {why}");
		assert_eq!(world.payer_book().nonce(), 1, "{why}");
	}
	world.open(channel(7, 2 * PRICE - 1));
	let gateway = liar(honest, b"two").await;
	let error = buy(&mut world.payer(&gateway, 7).unwrap(), "two").await.unwrap_err();
	assert!(error.to_string().contains("top it up"), "{error}");
	world.open(channel(7, 2 * PRICE));
	assert_eq!(texts(&buy(&mut world.payer(&gateway, 7).unwrap(), "two").await.unwrap()), ["two"]);
}

#[tokio::test]
async fn other_bytes_than_those_that_were_sold_are_not_taken() {
	let world = World::new();
	let item = Content::of(b"one");
	let voucher = world.payer_book().next(&item, PRICE).unwrap();
	let offer = Offer { prompt: prompt_hash("one"), item, voucher };
	let gateway = liar(offer, b"eno").await;
	let error = buy(&mut world.payer(&gateway, 7).unwrap(), "one").await.unwrap_err();
	assert!(error.to_string().contains("other bytes"), "{error}");
	let book = world.payer_book();
	assert!(!book.is_delivered(), "it is asked for again");
	assert!(!BlobStore::open(world.path("payer-blobs")).unwrap().contains(&item.root));
	let error = buy(&mut world.payer(&gateway, 7).unwrap(), "two").await.unwrap_err();
	assert!(error.to_string().contains("other bytes"), "and nothing is paid before it is there");
	assert_eq!(world.payer_book().nonce(), 1);
}
