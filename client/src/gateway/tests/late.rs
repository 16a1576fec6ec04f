//! What is sold only as far as it can still be closed, and what is not sold for nothing.

use super::{super::settle::LAST_CALL, *};

/// The best block.
const BEST: u32 = 50;

fn last_call() -> u32 {
	BEST + u32::try_from(LAST_CALL).unwrap()
}

#[tokio::test]
async fn no_voucher_is_taken_that_is_too_late_to_close_its_channel() {
	let world = World::new();
	let gateway = world.gateway("cat", PRICE).await;
	let offer = gateway.ask(7, "one").await.unwrap();
	let voucher = sign("alice", 7, offer.voucher);
	for too_late in [
		ChannelView { closing_at: Some(last_call()), ..channel(7, 1_000) },
		ChannelView { expires_at: last_call(), ..channel(7, 1_000) },
		ChannelView { closing_at: Some(BEST - 1), ..channel(7, 1_000) },
		ChannelView { closing_at: Some(90), expires_at: last_call(), ..channel(7, 1_000) },
	] {
		world.open(too_late);
		let refused = gateway.pay(&voucher).await.unwrap_err();
		assert_eq!(refused.error, Kind::Channel);
		assert!(refused.message.contains("too late"), "{}", refused.message);
		assert_eq!(world.server_book().nonce(), 0);
	}
	world.open(ChannelView { closing_at: Some(last_call() + 1), ..channel(7, 1_000) });
	assert_eq!(gateway.pay(&voucher).await.unwrap(), b"one");
	world.open(ChannelView { closing_at: Some(BEST - 1), ..channel(7, 1_000) });
	assert_eq!(gateway.pay(&voucher).await.unwrap(), b"one", "what is paid for is still given");
}

#[tokio::test]
async fn no_more_channels_owe_than_can_be_closed_in_time() {
	let world = World::new();
	let service = world.service(MAX_ITEMS, "cat", PRICE);
	let gateway = world.serve(service.clone()).await;
	// All ask before any of them pays.
	let mut vouchers = Vec::new();
	for id in 10..15 {
		world.open(channel(id, 1_000));
		vouchers.push(sign("alice", id, gateway.ask(id, "one").await.unwrap().voucher));
	}
	let (paid, late) = vouchers.split_at(MAX_OWING);
	for voucher in paid {
		gateway.pay(voucher).await.unwrap();
	}
	for voucher in late {
		let refused = gateway.pay(voucher).await.unwrap_err();
		assert_eq!(refused.error, Kind::Unavailable);
		assert!(refused.message.contains("of 3 channels"), "{}", refused.message);
	}
	assert_eq!(kind(gateway.ask(7, "one").await), Kind::Unavailable);
	assert!(!world.path("server/7.json").exists(), "the program did not run");
	gateway.ask_as("alice", 10, 2, "two").await.unwrap();

	service.end(11).await.unwrap();
	assert_eq!(gateway.pay(&late[0]).await.unwrap(), b"one", "there is a place again");
	assert_eq!(kind(gateway.pay(&late[1]).await), Kind::Unavailable);
	drop((service, gateway));
	let again = world.gateway("cat", PRICE).await;
	assert_eq!(kind(again.ask(7, "one").await), Kind::Unavailable, "those of before are counted");
}

#[tokio::test]
async fn questions_that_make_the_program_fail_have_their_channel_pause() {
	let world = World::new();
	let (tries, script) = (world.path("tries"), world.path("fails"));
	std::fs::write(&script, format!("echo x >> {}\nexit 1", tries.display())).unwrap();
	let gateway = world.gateway(&format!("sh {}", script.display()), PRICE).await;
	world.open(channel(8, 1_000));
	assert_eq!(kind(gateway.ask(7, "one").await), Kind::Program);
	for prompt in ["one", "two", "three"] {
		let refused = gateway.ask(7, prompt).await.unwrap_err();
		assert_eq!(refused.error, Kind::Unavailable);
		assert!(refused.message.contains("ask again in"), "{}", refused.message);
	}
	assert_eq!(kind(gateway.ask(8, "one").await), Kind::Program, "other channels are served");
	assert_eq!(std::fs::read_to_string(&tries).unwrap().lines().count(), 2);
}

#[tokio::test]
async fn who_goes_away_while_the_program_runs_has_its_channel_pause_too() {
	let world = World::new();
	let service = world.service(MAX_ITEMS, "sleep 600", PRICE);
	let ask = Ask::sign(&keys::keypair("alice").unwrap(), &GENESIS, 7, 1, "one");
	assert!(tokio::time::timeout(Duration::from_millis(200), service.ask(&ask)).await.is_err());
	let refused = tokio::time::timeout(Duration::from_secs(5), service.ask(&ask)).await.unwrap();
	assert_eq!(kind(refused), Kind::Unavailable);
}
