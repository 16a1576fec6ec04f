//! Gateway and payer against each other, over HTTP, with a chain that is made up.

mod late;
mod liars;
mod settling;

use std::{
	collections::BTreeMap,
	net::SocketAddr,
	path::PathBuf,
	sync::{Arc, Mutex},
	time::Duration,
};

use subxt::utils::AccountId32;
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};
use tributary_engine::{BlobSource, BlobStore};
use tributary_primitives::{
	blob::Content, ids::ChannelId, report::MAX_ITEMS, views::ChannelView, voucher::Voucher,
};

use super::{
	book::Book,
	http::Client,
	payer::{Limits, Paid, Payer},
	problem::{Kind, Problem},
	program::Program,
	server::serve,
	service::{Books, Service},
	view::ChannelSource,
	wire::{Ask, Offer, Terms},
};
use crate::{
	error::{Error, Result},
	keys,
	voucher::SignedVoucher,
};

const GENESIS: [u8; 32] = [1; 32];
const PRICE: u128 = 10;
const MAX_OWING: usize = 3;

type Channels = BTreeMap<ChannelId, ChannelView<AccountId32>>;

/// A chain on which nothing is but channels, at block 50.
#[derive(Clone, Default)]
struct Fake(Arc<Mutex<Channels>>);

impl ChannelSource for Fake {
	async fn channel(&self, id: ChannelId) -> Result<(u64, Option<ChannelView<AccountId32>>)> {
		Ok((50, self.0.lock().unwrap().get(&id).cloned()))
	}
}

/// A channel from Alice, who signs herself, to Bob.
fn channel(id: ChannelId, deposit: u128) -> ChannelView<AccountId32> {
	let (alice, bob) = (keys::account("alice").unwrap(), keys::account("bob").unwrap());
	let (payer, signer, server) = (alice, alice, bob);
	ChannelView {
		id,
		payer,
		signer,
		server,
		model: 3,
		deposit,
		expires_at: 200,
		close_window: 5,
		closing_at: None,
	}
}

/// Everything of both sides that survives a restart.
struct World {
	dir: TempDir,
	chain: Fake,
}

/// A gateway that is running.
struct Gateway {
	address: SocketAddr,
	task: JoinHandle<()>,
}

impl Drop for Gateway {
	fn drop(&mut self) {
		self.task.abort();
	}
}

impl World {
	fn new() -> Self {
		let world = Self { dir: tempfile::tempdir().unwrap(), chain: Fake::default() };
		world.open(channel(7, 1_000));
		world
	}

	fn open(&self, channel: ChannelView<AccountId32>) {
		self.chain.0.lock().unwrap().insert(channel.id, channel);
	}

	fn path(&self, name: &str) -> PathBuf {
		self.dir.path().join(name)
	}

	async fn gateway(&self, command: &str, price: u128) -> Gateway {
		self.gateway_up_to(MAX_ITEMS, command, price).await
	}

	/// A gateway that takes so many items of a channel.
	async fn gateway_up_to(&self, max_items: u32, command: &str, price: u128) -> Gateway {
		self.serve(self.service(max_items, command, price)).await
	}

	/// What a gateway does, as it is started.
	fn service(&self, max_items: u32, command: &str, price: u128) -> Arc<Service<Fake>> {
		let terms = Terms {
			genesis: GENESIS,
			model: 3,
			server: keys::account("bob").unwrap(),
			price,
			max_prompt: 2_000,
			max_answer: 10_000,
			margin: 20,
		};
		let program = Program::new(command, 10_000, Duration::from_secs(20), 2).unwrap();
		let store = BlobStore::open(self.path("server-blobs")).unwrap();
		let books = Books { dir: self.path("server"), max_items, max_owing: MAX_OWING };
		let service = Service::new(self.chain.clone(), terms, program, store, books, PRICE);
		service.load().unwrap();
		Arc::new(service)
	}

	async fn serve(&self, service: Arc<Service<Fake>>) -> Gateway {
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let address = listener.local_addr().unwrap();
		let task = tokio::spawn(serve(listener, service));
		Gateway { address, task }
	}

	fn payer(&self, gateway: &Gateway, id: ChannelId) -> Result<Payer> {
		let channel = self.chain.0.lock().unwrap()[&id].clone();
		Payer::open(
			gateway.client(),
			GENESIS,
			keys::keypair("alice").unwrap(),
			channel,
			Limits { max_price: PRICE, max_bytes: 10_000 },
			BlobStore::open(self.path("payer-blobs")).unwrap(),
			&self.path("payer"),
		)
	}

	fn server_book(&self) -> Book {
		Book::open(&self.path("server"), 7).unwrap()
	}

	fn payer_book(&self) -> Book {
		Book::open(&self.path("payer"), 7).unwrap()
	}
}

impl Gateway {
	fn client(&self) -> Client {
		let url = format!("http://{}", self.address).parse().unwrap();
		Client::new(url, Duration::from_secs(20))
	}

	/// Asks the first question of a channel.
	async fn ask(&self, channel: ChannelId, prompt: &str) -> std::result::Result<Offer, Problem> {
		self.ask_as("alice", channel, 1, prompt).await
	}

	async fn ask_as(
		&self,
		name: &str,
		channel: ChannelId,
		nonce: u64,
		prompt: &str,
	) -> std::result::Result<Offer, Problem> {
		let key = keys::keypair(name).unwrap();
		let ask = Ask::sign(&key, &GENESIS, channel, nonce, prompt);
		self.client().post("/ask", &ask).await.unwrap()
	}

	async fn pay(&self, signed: &SignedVoucher) -> std::result::Result<Vec<u8>, Problem> {
		self.client().bytes("/voucher", signed, 10_000).await.unwrap()
	}
}

fn sign(name: &str, channel: ChannelId, voucher: Voucher) -> SignedVoucher {
	SignedVoucher::sign(&keys::keypair(name).unwrap(), &GENESIS, channel, voucher)
}

async fn buy(payer: &mut Payer, prompt: &str) -> Result<Vec<Paid>> {
	let mut paid = Vec::new();
	payer.ask(prompt, &mut paid).await.map(|()| paid)
}

fn texts(paid: &[Paid]) -> Vec<String> {
	paid.iter().map(|paid| String::from_utf8(paid.bytes.clone()).unwrap()).collect()
}

fn kind<T: std::fmt::Debug>(said: std::result::Result<T, Problem>) -> Kind {
	said.unwrap_err().error
}

#[tokio::test]
async fn answers_are_served_for_ever_larger_vouchers() {
	let world = World::new();
	let gateway = world.gateway("tr a-z A-Z", PRICE).await;
	let mut payer = world.payer(&gateway, 7).unwrap();
	for (count, prompt) in (1..).zip(["one", "two", "three"]) {
		let paid = buy(&mut payer, prompt).await.unwrap();
		assert_eq!(texts(&paid), [prompt.to_uppercase()]);
		assert_eq!((paid[0].price, paid[0].amount), (Some(PRICE), PRICE * count));
	}
	let (server, payer) = (world.server_book(), world.payer_book());
	assert_eq!(server.signed(), payer.signed());
	assert_eq!(server.items(), payer.items());
	let signed = server.signed().unwrap();
	assert!(signed.is_signed_by(&GENESIS, &keys::account("alice").unwrap()));
	assert_eq!(signed.voucher.outputs, Content::of(server.items()));
	assert_eq!((signed.voucher.amount, signed.voucher.nonce), (3 * PRICE, 3));
	for (dir, name) in [("server-blobs", "server"), ("payer-blobs", "payer")] {
		let store = BlobStore::open(world.path(dir)).unwrap();
		assert_eq!(store.get(&Content::of(b"THREE")).unwrap(), &b"THREE"[..], "{name}");
	}
}

#[tokio::test]
async fn a_gateway_that_was_killed_goes_on_where_it_was() {
	let world = World::new();
	let first = world.gateway("cat", PRICE).await;
	buy(&mut world.payer(&first, 7).unwrap(), "one").await.unwrap();
	let offer = first.ask_as("alice", 7, 2, "two").await.unwrap();
	drop(first);

	let second = world.gateway("cat", PRICE).await;
	let again = second.ask_as("alice", 7, 2, "two").await.unwrap();
	assert_eq!(again, offer, "the answer waits still");
	let signed = sign("alice", 7, offer.voucher);
	assert_eq!(second.pay(&signed).await.unwrap(), b"two");
	drop(second);

	let third = world.gateway("cat", PRICE).await;
	assert_eq!(third.pay(&signed).await.unwrap(), b"two", "the same voucher gives the same answer");
	assert_eq!(world.server_book().nonce(), 2);
}

#[tokio::test]
async fn a_payer_that_was_killed_gets_what_it_has_paid_for() {
	let world = World::new();
	let gateway = world.gateway("cat", PRICE).await;
	buy(&mut world.payer(&gateway, 7).unwrap(), "one").await.unwrap();
	// Signed and written down; neither sent nor answered.
	let offer = gateway.ask_as("alice", 7, 2, "two").await.unwrap();
	let signed = sign("alice", 7, offer.voucher);
	world.payer_book().accept(signed, &offer.item).unwrap();

	let paid = buy(&mut world.payer(&gateway, 7).unwrap(), "three").await.unwrap();
	assert_eq!(texts(&paid), ["two", "three"]);
	assert!(paid[0].earlier && !paid[1].earlier);
	assert_eq!(paid[1].amount, 3 * PRICE);

	// Asked, and nothing written down.
	gateway.ask_as("alice", 7, 4, "four").await.unwrap();
	let paid = buy(&mut world.payer(&gateway, 7).unwrap(), "five").await.unwrap();
	assert_eq!(texts(&paid), ["four", "five"]);
	assert_eq!(world.server_book().amount(), 5 * PRICE);
}

#[tokio::test]
async fn an_answer_waits_until_it_is_paid_for_and_is_made_once() {
	let world = World::new();
	let gateway = world.gateway("cat", PRICE).await;
	let offer = gateway.ask(7, "one").await.unwrap();
	assert_eq!(gateway.ask(7, "one").await.unwrap(), offer);
	let refused = gateway.ask(7, "two").await.unwrap_err();
	assert_eq!((refused.error, refused.offer), (Kind::Unpaid, Some(Box::new(offer))));
	gateway.pay(&sign("alice", 7, offer.voucher)).await.unwrap();
	gateway.ask_as("alice", 7, 2, "two").await.unwrap();
}

#[tokio::test]
async fn wrong_vouchers_are_refused() {
	let world = World::new();
	let gateway = world.gateway("cat", PRICE).await;
	let early = Voucher { amount: 1, outputs: Content::of(b"x"), nonce: 1 };
	assert_eq!(kind(gateway.pay(&sign("alice", 7, early)).await), Kind::Voucher);

	let voucher = gateway.ask(7, "one").await.unwrap().voucher;
	let other_chain = SignedVoucher::sign(&keys::keypair("alice").unwrap(), &[2; 32], 7, voucher);
	let other_channel = SignedVoucher { channel: 7, ..sign("alice", 8, voucher) };
	for wrong in [
		sign("alice", 7, Voucher { amount: PRICE - 1, ..voucher }),
		sign("alice", 7, Voucher { nonce: 2, ..voucher }),
		sign("alice", 7, Voucher { outputs: Content::of(b"x"), ..voucher }),
		sign("bob", 7, voucher),
		other_chain,
		other_channel,
	] {
		assert_eq!(kind(gateway.pay(&wrong).await), Kind::Voucher, "{wrong:?}");
	}
	assert_eq!(kind(gateway.pay(&sign("alice", 9, voucher)).await), Kind::Channel);
	assert_eq!(world.server_book().nonce(), 0);
	assert_eq!(gateway.pay(&sign("alice", 7, voucher)).await.unwrap(), b"one");
}

#[tokio::test]
async fn questions_of_strangers_and_old_questions_are_refused() {
	let world = World::new();
	let gateway = world.gateway("cat", PRICE).await;
	assert_eq!(kind(gateway.ask_as("eve", 7, 1, "x").await), Kind::Signature);
	assert_eq!(kind(gateway.ask_as("alice", 7, 0, "x").await), Kind::Signature);
	assert_eq!(kind(gateway.ask_as("alice", 7, 2, "x").await), Kind::Signature);
	assert!(!world.path("server/7.json").exists());
	buy(&mut world.payer(&gateway, 7).unwrap(), "one").await.unwrap();
	assert_eq!(kind(gateway.ask(7, "one").await), Kind::Signature, "nobody can ask it again");
}

#[tokio::test]
async fn channels_that_can_not_pay_get_no_answer() {
	let world = World::new();
	let gateway = world.gateway("cat", PRICE).await;
	world.open(ChannelView { closing_at: Some(60), ..channel(1, 1_000) });
	world.open(ChannelView { expires_at: 70, ..channel(2, 1_000) });
	world.open(ChannelView { model: 4, ..channel(3, 1_000) });
	world.open(ChannelView { server: keys::account("eve").unwrap(), ..channel(4, 1_000) });
	world.open(channel(5, PRICE - 1));
	for id in [0, 1, 2, 3, 4] {
		assert_eq!(kind(gateway.ask(id, "x").await), Kind::Channel, "channel {id}");
		assert!(!world.path(&format!("server/{id}.json")).exists());
	}
	assert_eq!(kind(gateway.ask(5, "x").await), Kind::Deposit);
	world.open(channel(5, PRICE));
	gateway.ask(5, "x").await.unwrap();
}

#[tokio::test]
async fn a_channel_gets_no_more_answers_than_the_chain_takes_items() {
	let world = World::new();
	let gateway = world.gateway_up_to(2, "cat", PRICE).await;
	world.open(channel(8, 1_000));
	let mut payer = world.payer(&gateway, 7).unwrap();
	for prompt in ["one", "two"] {
		assert_eq!(texts(&buy(&mut payer, prompt).await.unwrap()), [prompt]);
	}
	let refused = gateway.ask_as("alice", 7, 3, "three").await.unwrap_err();
	assert_eq!(refused.error, Kind::Channel);
	assert!(refused.message.contains("open another"), "{}", refused.message);
	assert_eq!((world.server_book().item_count(), world.server_book().offer()), (2, None));
	let paid = buy(&mut world.payer(&gateway, 8).unwrap(), "three").await.unwrap();
	assert_eq!(texts(&paid), ["three"], "another channel is served");
	let last = world.server_book().signed().unwrap().clone();
	assert_eq!(gateway.pay(&last).await.unwrap(), b"two", "what is paid for is still given");
}

#[tokio::test]
async fn what_was_asked_before_the_payer_closes_can_still_be_paid() {
	let world = World::new();
	let gateway = world.gateway("cat", PRICE).await;
	let offer = gateway.ask(7, "one").await.unwrap();
	world.open(ChannelView { closing_at: Some(70), ..channel(7, 1_000) });
	assert_eq!(kind(gateway.ask(7, "two").await), Kind::Channel);
	assert_eq!(gateway.pay(&sign("alice", 7, offer.voucher)).await.unwrap(), b"one");
}

#[tokio::test]
async fn a_payer_refuses_a_price_above_its_own() {
	let world = World::new();
	let gateway = world.gateway("cat", PRICE + 1).await;
	let error = buy(&mut world.payer(&gateway, 7).unwrap(), "one").await.unwrap_err();
	assert!(error.to_string().contains("at most"), "{error}");
	assert_eq!(world.payer_book().nonce(), 0);
}

#[tokio::test]
async fn a_gateway_that_has_lost_its_books_is_noticed() {
	let world = World::new();
	let gateway = world.gateway("cat", PRICE).await;
	buy(&mut world.payer(&gateway, 7).unwrap(), "one").await.unwrap();
	drop(gateway);
	// It begins anew, and would have the payer sign for less than it has.
	std::fs::remove_dir_all(world.path("server")).unwrap();
	let gateway = world.gateway("cat", 2 * PRICE).await;
	let error = buy(&mut world.payer(&gateway, 7).unwrap(), "two").await.unwrap_err();
	assert!(error.to_string().contains("paid for 0 answers"), "{error}");
	assert_eq!(world.payer_book().nonce(), 1);
}

#[tokio::test]
async fn a_channel_is_paid_through_by_its_signer_and_by_one_program() {
	let world = World::new();
	let gateway = world.gateway("cat", PRICE).await;
	world.open(ChannelView { signer: keys::account("eve").unwrap(), ..channel(8, 1_000) });
	assert!(matches!(world.payer(&gateway, 8), Err(Error::Usage(_))));
	let first = world.payer(&gateway, 7).unwrap();
	assert!(matches!(world.payer(&gateway, 7), Err(Error::Usage(_))));
	drop(first);
	world.payer(&gateway, 7).unwrap();
}

#[tokio::test]
async fn programs_that_fail_cost_nothing() {
	let world = World::new();
	let gateway = world.gateway("false", PRICE).await;
	assert_eq!(kind(gateway.ask(7, "x").await), Kind::Program);
	drop(gateway);
	let gateway = world.gateway("cat", PRICE).await;
	assert_eq!(gateway.ask(7, "x").await.unwrap().voucher.amount, PRICE);
}

#[tokio::test]
async fn requests_are_bounded_and_have_to_be_understood() {
	let world = World::new();
	let gateway = world.gateway("cat", PRICE).await;
	assert_eq!(kind(gateway.ask(7, &"x".repeat(2_001)).await), Kind::TooLong);
	assert_eq!(kind(gateway.ask(7, &"x".repeat(1_000_000)).await), Kind::TooLong);
	gateway.ask(7, &"\u{1}".repeat(2_000)).await.unwrap();
	let client = gateway.client();
	let odd = serde_json::json!({ "channel": "7" });
	assert_eq!(kind(client.bytes("/ask", &odd, 100).await.unwrap()), Kind::BadRequest);
	assert_eq!(kind(client.bytes("/other", &odd, 100).await.unwrap()), Kind::NotFound);
	let nobody = "http://127.0.0.1:9".parse().unwrap();
	let nobody = Client::new(nobody, Duration::from_secs(5));
	let error = nobody.bytes("/ask", &odd, 100).await.unwrap_err();
	assert_eq!(error.exit_code(), 3);
}

#[tokio::test]
async fn channels_are_served_side_by_side() {
	let world = World::new();
	for id in 10..14 {
		world.open(channel(id, 1_000));
	}
	let gateway = world.gateway("cat", PRICE).await;
	let asks = (10..14).map(|id| gateway.ask(id, "x"));
	for offer in futures::future::join_all(asks).await {
		assert_eq!(offer.unwrap().voucher.amount, PRICE);
	}
	let same = (0..4).map(|_| gateway.ask(7, "x"));
	let offers: Vec<_> = futures::future::join_all(same).await;
	assert!(offers.windows(2).all(|pair| pair[0] == pair[1]), "one answer for one channel");
}
