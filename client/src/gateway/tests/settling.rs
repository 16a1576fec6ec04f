//! What settling has to do with questions and vouchers.

use super::{super::service::Settled, *};

/// The last block that may close a channel, where the best one is 50.
const UNTIL: u64 = 114;
/// What settling takes at most where nothing holds it up.
const SOON: Duration = Duration::from_secs(5);

/// A program that says when it runs, and answers only when it is let.
struct Slow {
	command: String,
	runs: PathBuf,
	lets_go: PathBuf,
}

impl Slow {
	fn new(world: &World) -> Self {
		let (script, runs, lets_go) = (world.path("slow"), world.path("runs"), world.path("go"));
		let wait = format!(
			"touch {}\nwhile [ ! -e {} ]; do sleep 0.05; done\necho late",
			runs.display(),
			lets_go.display()
		);
		std::fs::write(&script, wait).unwrap();
		Self { command: format!("sh {}", script.display()), runs, lets_go }
	}

	async fn runs(&self) {
		while !self.runs.exists() {
			tokio::time::sleep(Duration::from_millis(10)).await;
		}
	}

	fn let_go(&self) {
		std::fs::write(&self.lets_go, "").unwrap();
	}
}

/// A gateway, with what it does; it has sold one answer to channel 7.
async fn sold(world: &World, command: &str) -> (Arc<Service<Fake>>, Gateway) {
	let gateway = world.gateway("cat", PRICE).await;
	buy(&mut world.payer(&gateway, 7).unwrap(), "one").await.unwrap();
	drop(gateway);
	let service = world.service(MAX_ITEMS, command, PRICE);
	let gateway = world.serve(service.clone()).await;
	(service, gateway)
}

#[tokio::test]
async fn a_channel_is_settled_while_the_program_answers_its_question() {
	let world = World::new();
	let slow = Slow::new(&world);
	let (service, gateway) = sold(&world, &slow.command).await;
	let asking = gateway.ask_as("alice", 7, 2, "two");
	let settling = async {
		slow.runs().await;
		let settled = tokio::time::timeout(SOON, service.settle(7, UNTIL)).await.unwrap();
		let Settled { signed, items, earlier } = settled.unwrap().unwrap();
		assert_eq!(earlier, None);
		assert_eq!((signed.voucher.amount, signed.voucher.nonce), (PRICE, 1));
		assert_eq!(Content::of(&items), signed.voucher.outputs);
		slow.let_go();
	};
	let (asked, ()) = futures::future::join(asking, settling).await;
	assert_eq!(kind(asked), Kind::Channel, "what came too late is not sold");
	assert_eq!((world.server_book().offer(), world.server_book().nonce()), (None, 1));
}

#[tokio::test]
async fn a_channel_is_settled_while_other_questions_wait_for_the_program() {
	let world = World::new();
	let (service, gateway) = sold(&world, "sleep 600").await;
	for id in 10..18 {
		world.open(channel(id, 1_000));
	}
	let asks = (10..18).map(|id| gateway.ask(id, "x"));
	let asks = futures::future::join(
		gateway.ask_as("alice", 7, 2, "two"),
		futures::future::join_all(asks),
	);
	let settling = async {
		// Until each question has its place.
		while service.channels().len() < 9 {
			tokio::time::sleep(Duration::from_millis(10)).await;
		}
		for id in 10..18 {
			let settled = tokio::time::timeout(SOON, service.settle(id, UNTIL)).await.unwrap();
			assert_eq!(settled.unwrap(), None, "no voucher of channel {id} was taken");
		}
		let settled = tokio::time::timeout(SOON, service.settle(7, UNTIL)).await.unwrap();
		assert!(settled.unwrap().is_some());
	};
	tokio::select! {
		_ = asks => panic!("the program sleeps"),
		() = settling => {}
	}
}

#[tokio::test]
async fn nothing_is_sold_to_a_channel_that_is_being_closed() {
	let world = World::new();
	let (service, gateway) = sold(&world, "cat").await;
	let offer = gateway.ask_as("alice", 7, 2, "two").await.unwrap();
	let voucher = sign("alice", 7, offer.voucher);
	service.settle(7, UNTIL).await.unwrap().unwrap();

	let refused = gateway.pay(&voucher).await.unwrap_err();
	assert_eq!(refused.error, Kind::Channel);
	assert!(refused.message.contains("being closed"), "{}", refused.message);
	assert_eq!(kind(gateway.ask_as("alice", 7, 2, "two").await), Kind::Channel);
	let last = world.server_book().signed().unwrap().clone();
	assert_eq!(gateway.pay(&last).await.unwrap(), b"one", "what is paid for is still given");

	service.go_on(7, None).await.unwrap();
	assert_eq!(gateway.pay(&voucher).await.unwrap(), b"two", "it was not closed");
}

#[tokio::test]
async fn a_gateway_that_was_killed_knows_which_channels_it_was_closing() {
	let world = World::new();
	let (service, gateway) = sold(&world, "cat").await;
	service.settle(7, UNTIL).await.unwrap().unwrap();
	drop((service, gateway));

	let again = world.gateway("cat", PRICE).await;
	assert_eq!(kind(again.ask_as("alice", 7, 2, "two").await), Kind::Channel);
	drop(again);
	// The transaction has entered no block in its time: the channel stands.
	world.server_book().settle(Some(49)).unwrap();
	let again = world.gateway("cat", PRICE).await;
	let offer = again.ask_as("alice", 7, 2, "two").await.unwrap();
	assert_eq!(again.pay(&sign("alice", 7, offer.voucher)).await.unwrap(), b"two");
	assert_eq!(world.server_book().settling(), None);
}

#[tokio::test]
async fn no_answer_is_sold_that_the_chain_takes_no_payment_for() {
	let world = World::new();
	let (service, gateway) = sold(&world, "cat").await;
	world.open(channel(8, 1_000));
	service.set_least_payment(PRICE + 1);
	let refused = gateway.ask(8, "one").await.unwrap_err();
	assert_eq!(refused.error, Kind::Unavailable);
	assert!(refused.message.contains("no payment below"), "{}", refused.message);
	gateway.ask_as("alice", 7, 2, "two").await.unwrap();
	service.set_least_payment(PRICE);
	gateway.ask(8, "one").await.unwrap();
}

#[tokio::test]
async fn who_may_not_close_channels_sells_nothing_but_what_was_offered() {
	let world = World::new();
	let (service, gateway) = sold(&world, "cat").await;
	world.open(channel(8, 1_000));
	let offer = gateway.ask_as("alice", 7, 2, "two").await.unwrap();
	service.set_sells(false);
	let refused = gateway.ask(8, "one").await.unwrap_err();
	assert_eq!(refused.error, Kind::Unavailable);
	assert!(refused.message.contains("may not act"), "{}", refused.message);
	assert_eq!(gateway.pay(&sign("alice", 7, offer.voucher)).await.unwrap(), b"two");
	service.set_sells(true);
	gateway.ask(8, "one").await.unwrap();
}

#[tokio::test]
async fn nothing_more_is_offered_to_a_channel_that_could_not_be_closed() {
	let world = World::new();
	let (service, gateway) = sold(&world, "cat").await;
	world.open(channel(8, 1_000));
	let offer = gateway.ask_as("alice", 7, 2, "two").await.unwrap();
	service.settle(7, UNTIL).await.unwrap().unwrap();
	service.go_on(7, None).await.unwrap();
	gateway.pay(&sign("alice", 7, offer.voucher)).await.unwrap();
	let refused = gateway.ask_as("alice", 7, 3, "three").await.unwrap_err();
	assert_eq!(refused.error, Kind::Channel);
	assert!(refused.message.contains("could not be"), "{}", refused.message);
	drop((service, gateway));

	let again = world.gateway("cat", PRICE).await;
	assert_eq!(kind(again.ask_as("alice", 7, 3, "three").await), Kind::Channel);
	again.ask(8, "one").await.unwrap();
}

#[tokio::test]
async fn what_was_sent_earlier_may_still_close_a_channel_when_a_later_attempt_is_refused() {
	let world = World::new();
	let (service, gateway) = sold(&world, "cat").await;
	let offer = gateway.ask_as("alice", 7, 2, "two").await.unwrap();
	let voucher = sign("alice", 7, offer.voucher);
	service.settle(7, UNTIL).await.unwrap().unwrap();
	service.keep_back(7).await.unwrap();
	assert_eq!(kind(gateway.pay(&voucher).await), Kind::Channel, "its call failed, or was lost");

	let again = service.settle(7, UNTIL + 10).await.unwrap().unwrap();
	assert_eq!(again.earlier, Some(UNTIL));
	assert_eq!(world.server_book().settling(), Some(UNTIL + 10));
	service.go_on(7, again.earlier).await.unwrap();
	assert_eq!(world.server_book().settling(), Some(UNTIL));
	assert_eq!(kind(gateway.pay(&voucher).await), Kind::Channel);
}
