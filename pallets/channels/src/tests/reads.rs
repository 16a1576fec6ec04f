//! What others read.

use tributary_primitives::views::{ChannelView, MAX_PAGE};

use super::fixture::*;
use crate::mock::*;

fn page(who: &AccountId, from: u64, limit: u32) -> (Vec<u64>, Option<u64>) {
	let page = ChannelsPallet::channels_page(who, from, limit);
	(page.items.iter().map(|view| view.id).collect(), page.next)
}

#[test]
fn a_channel_reads_as_it_stands() {
	run(|| {
		let channel = open();
		request_close(channel).unwrap();
		assert_eq!(
			ChannelsPallet::channel_view(channel),
			Some(ChannelView {
				id: channel,
				payer: ALICE,
				signer: Key::usual().account(),
				server: SERVER,
				model: MODEL,
				deposit: DEPOSIT,
				expires_at: 1 + LIFETIME,
				close_window: WINDOW,
				closing_at: Some(1 + WINDOW),
			})
		);
		finish(&SERVER, channel).unwrap();
		assert_eq!(ChannelsPallet::channel_view(channel), None);
	});
}

#[test]
fn payers_and_servers_find_their_channels() {
	run(|| {
		open();
		open_with(&BOB, ALICE, DEPOSIT, LIFETIME).unwrap();
		assert_eq!(page(&ALICE, 0, 9), (vec![0], None));
		assert_eq!(page(&BOB, 0, 9), (vec![1], None));
		assert_eq!(page(&SERVER, 0, 9), (vec![0, 1], None));
		assert_eq!(page(&STRANGER, 0, 9), (vec![], None));
		finish(&SERVER, 0).unwrap();
		assert_eq!(page(&ALICE, 0, 9), (vec![], None));
		assert_eq!(page(&SERVER, 0, 9), (vec![1], None));
	});
}

#[test]
fn pages_are_in_order_of_numbers_and_follow_each_other() {
	run(|| {
		Balances::force_set_balance(RuntimeOrigin::root(), ALICE, 10_000_000).unwrap();
		for _ in 0..600 {
			open();
		}
		for closed in [0, 4, 255, 256, 599] {
			finish(&SERVER, closed).unwrap();
		}
		let expected: Vec<u64> =
			(0..600).filter(|id| ![0, 4, 255, 256, 599].contains(id)).collect();
		for who in [ALICE, SERVER] {
			for limit in [1, 7, MAX_PAGE, u32::MAX] {
				let (mut seen, mut from) = (Vec::new(), Some(0));
				while let Some(start) = from {
					let (ids, next) = page(&who, start, limit);
					assert!(ids.len() <= limit.min(MAX_PAGE) as usize);
					seen.extend(ids);
					from = next;
				}
				assert_eq!(seen, expected);
			}
		}
	});
}

#[test]
fn a_page_starts_anywhere_and_holds_one_at_least() {
	run(|| {
		for _ in 0..5 {
			open();
		}
		finish(&SERVER, 2).unwrap();
		assert_eq!(page(&ALICE, 2, 2), (vec![3, 4], None));
		assert_eq!(page(&ALICE, 1, 0), (vec![1], Some(3)));
		assert_eq!(page(&ALICE, 5, 9), (vec![], None));
		assert_eq!(page(&ALICE, u64::MAX, 9), (vec![], None));
	});
}
