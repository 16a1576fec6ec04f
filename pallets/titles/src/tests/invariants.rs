//! Any order of transfers, sales, swaps and vaulting is heard, and the tenures tell who earned when. What
//! should be so is kept by a small book that knows the rules of ownership alone and is never asked by the
//! locker.

use proptest::prelude::*;
use tributary_primitives::{
	title::{Beneficiary, Title},
	traits::{Titles as _, VaultedTitles as _},
};

use crate::mock::*;

const TITLES: [Title; 4] = [MODEL, OTHER, DATASET, AGENT];

/// Indices are those of [`TITLES`].
#[derive(Clone, Debug)]
enum Step {
	Transfer {
		by: AccountId,
		title: usize,
		to: AccountId,
	},
	Approve {
		by: AccountId,
		title: usize,
		delegate: AccountId,
	},
	List {
		by: AccountId,
		title: usize,
		price: u128,
	},
	Buy {
		by: AccountId,
		title: usize,
		bid: u128,
	},
	Offer {
		by: AccountId,
		offered: usize,
		desired: usize,
	},
	Swap {
		by: AccountId,
		sent: usize,
		received: usize,
	},
	Burn {
		by: AccountId,
		title: usize,
	},
	Vault {
		title: usize,
	},
	Unvault {
		title: usize,
		heir: AccountId,
	},
	/// The title earns something.
	Earn {
		title: usize,
	},
	/// Another block begins.
	Wait,
}

fn step() -> impl Strategy<Value = Step> {
	let by = || ALICE..=DAVE;
	let title = || 0..TITLES.len();
	prop_oneof![
		4 => (by(), title(), by()).prop_map(|(by, title, to)| Step::Transfer { by, title, to }),
		1 => (by(), title(), by())
			.prop_map(|(by, title, delegate)| Step::Approve { by, title, delegate }),
		2 => (by(), title(), 1..4u128)
			.prop_map(|(by, title, price)| Step::List { by, title, price }),
		3 => (by(), title(), 1..4u128).prop_map(|(by, title, bid)| Step::Buy { by, title, bid }),
		3 => (by(), title(), title())
			.prop_map(|(by, offered, desired)| Step::Offer { by, offered, desired }),
		3 => (by(), title(), title())
			.prop_map(|(by, sent, received)| Step::Swap { by, sent, received }),
		1 => (by(), title()).prop_map(|(by, title)| Step::Burn { by, title }),
		1 => title().prop_map(|title| Step::Vault { title }),
		1 => (title(), by()).prop_map(|(title, heir)| Step::Unvault { title, heir }),
		4 => title().prop_map(|title| Step::Earn { title }),
		3 => Just(Step::Wait),
	]
}

/// A title as the book knows it.
#[derive(Clone, Debug)]
struct Entry {
	owner: AccountId,
	vaulted: bool,
	delegates: Vec<AccountId>,
	price: Option<u128>,
	/// What it is offered for.
	offered_for: Option<usize>,
	/// Whom it left.
	left: Vec<AccountId>,
	/// The former tenures: whom the revenue went to, and who takes what was not paid.
	former: Vec<(Beneficiary<AccountId>, AccountId)>,
	/// Who took what was not paid of each block that is over: the account of a tenure that has ended since,
	/// the beneficiary of today for the others.
	blocks: Vec<Option<AccountId>>,
	/// What it earned: the number of changes at that time, and in which tenure.
	earned: Vec<(u64, usize)>,
}

impl Entry {
	fn of(owner: AccountId) -> Self {
		Self {
			owner,
			vaulted: false,
			delegates: vec![],
			price: None,
			offered_for: None,
			left: vec![],
			former: vec![],
			blocks: vec![],
			earned: vec![],
		}
	}

	fn beneficiary(&self) -> Beneficiary<AccountId> {
		if self.vaulted {
			Beneficiary::Vault
		} else {
			Beneficiary::Owner(self.owner)
		}
	}

	/// Ends the tenure of today.
	fn end(&mut self, taker: AccountId) {
		self.former.push((self.beneficiary(), taker));
		for block in &mut self.blocks {
			block.get_or_insert(taker);
		}
	}

	/// Gives the title to `to`.
	fn give(&mut self, to: AccountId) {
		if !self.vaulted {
			self.end(self.owner);
		}
		self.left.push(self.owner);
		self.owner = to;
		self.delegates.clear();
		self.price = None;
		self.offered_for = None;
	}
}

struct Book([Entry; TITLES.len()]);

impl Book {
	fn changes(&self) -> usize {
		self.0.iter().map(|entry| entry.former.len()).sum()
	}

	/// Whether `pallet-nfts` should let `step` pass, and what the titles are like then. `None` for what
	/// is no call.
	fn call(&mut self, step: &Step) -> Option<(AccountId, NftsCall, bool)> {
		Some(match *step {
			Step::Transfer { by, title, to } => {
				let entry = &mut self.0[title];
				let may = entry.owner == by || entry.delegates.contains(&by);
				if may {
					entry.give(to);
				}
				(by, transfer(TITLES[title], to), may)
			}
			Step::Approve { by, title, delegate } => {
				let entry = &mut self.0[title];
				let may = entry.owner == by;
				if may && !entry.delegates.contains(&delegate) {
					entry.delegates.push(delegate);
				}
				(by, approve(TITLES[title], delegate), may)
			}
			Step::List { by, title, price } => {
				let entry = &mut self.0[title];
				let may = entry.owner == by;
				if may {
					entry.price = Some(price);
				}
				(by, list(TITLES[title], price), may)
			}
			Step::Buy { by, title, bid } => {
				let entry = &mut self.0[title];
				let may = entry.owner != by && entry.price.is_some_and(|price| bid >= price);
				if may {
					entry.give(by);
				}
				(by, buy(TITLES[title], bid), may)
			}
			Step::Offer { by, offered, desired } => {
				let entry = &mut self.0[offered];
				let may = entry.owner == by;
				if may {
					entry.offered_for = Some(desired);
				}
				(by, offer(TITLES[offered], TITLES[desired]), may)
			}
			Step::Swap { by, sent, received } => {
				let may = self.0[sent].owner == by && self.0[received].offered_for == Some(sent);
				if may {
					let other = self.0[received].owner;
					self.0[sent].give(other);
					self.0[received].give(by);
				}
				(by, swap(TITLES[sent], TITLES[received]), may)
			}
			Step::Burn { by, title } => (by, burn(TITLES[title]), false),
			Step::Vault { .. } | Step::Unvault { .. } | Step::Earn { .. } | Step::Wait => {
				return None;
			}
		})
	}
}

/// Takes the step on the chain and in the book, which must agree on whether it succeeds.
fn take(book: &mut Book, step: &Step) {
	if let Some((by, call, may)) = book.call(step) {
		let before = storage_root();
		assert_eq!(sign(by, call).is_ok(), may, "{step:?}");
		assert!(may || storage_root() == before, "{step:?} was refused and left something behind");
	}
	match *step {
		Step::Vault { title } => {
			Titles::vault(TITLES[title]).unwrap();
			let entry = &mut book.0[title];
			if !entry.vaulted {
				entry.end(entry.owner);
				entry.vaulted = true;
			}
		}
		Step::Unvault { title, heir } => {
			Titles::unvault(TITLES[title], &heir).unwrap();
			let entry = &mut book.0[title];
			if entry.vaulted {
				entry.end(heir);
				entry.vaulted = false;
			}
		}
		Step::Earn { title } => {
			let entry = &mut book.0[title];
			entry.earned.push((Titles::changes(), entry.former.len()));
		}
		Step::Wait => {
			System::set_block_number(System::block_number() + 1);
			book.0.iter_mut().for_each(|entry| entry.blocks.push(None));
		}
		_ => {}
	}
}

fn compare(book: &Book) {
	Titles::do_try_state().unwrap();
	assert_eq!(Titles::changes(), book.changes() as u64);
	for (title, entry) in TITLES.iter().zip(&book.0) {
		assert_eq!(Titles::owner(*title), Some(entry.owner));
		assert_eq!(Titles::beneficiary(*title), Some(entry.beneficiary()));
		let tenures = Titles::tenures_page(*title, 0, u32::MAX).items;
		let whose = tenures.iter().map(|tenure| tenure.beneficiary.clone());
		let former = entry.former.iter().map(|(_, taker)| Beneficiary::Owner(*taker));
		let expected = former.chain([entry.beneficiary()]);
		assert_eq!(whose.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
		for (block, taker) in (1..).zip(&entry.blocks) {
			let whose = taker.map_or_else(|| entry.beneficiary(), Beneficiary::Owner);
			assert_eq!(
				Titles::beneficiary_as_of(*title, block),
				Some(whose),
				"{title:?} in {block}"
			);
		}
		for (at, tenure) in &entry.earned {
			let then = tenures.iter().filter(|tenure| {
				tenure.since <= *at && tenure.until.is_none_or(|until| *at < until)
			});
			let then: Vec<_> = then.map(|tenure| tenure.index as usize).collect();
			assert_eq!(then, [*tenure], "what {title:?} earned at {at}");
		}
	}
}

/// Each change of a beneficiary was heard once, in order, while the title had its former owner; and each
/// departure of a title was.
fn compare_heard(log: &[Heard], book: &Book) {
	let mut counted = 0;
	for heard in log {
		match heard {
			Heard::Beneficiary { from, owner, changes, .. } => {
				counted += 1;
				assert_eq!(*changes, counted);
				assert!(owner.is_some());
				if let Beneficiary::Owner(from) = from {
					assert_eq!(*owner, Some(*from));
				}
			}
			Heard::Owner { from, owner, .. } => assert_eq!(*owner, Some(*from)),
		}
	}
	for (title, entry) in TITLES.iter().zip(&book.0) {
		let former = log.iter().filter_map(|heard| match heard {
			Heard::Beneficiary { title: of, from, .. } if of == title => Some(from.clone()),
			_ => None,
		});
		let expected = entry.former.iter().map(|(from, _)| from.clone());
		assert_eq!(former.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
		let left = log.iter().filter_map(|heard| match heard {
			Heard::Owner { title: of, from, .. } if of == title => Some(*from),
			_ => None,
		});
		assert_eq!(left.collect::<Vec<_>>(), entry.left);
	}
}

/// As many cases as `PROPTEST_CASES` says, and `cases` where it says nothing.
fn cases(cases: u32) -> ProptestConfig {
	let asked = std::env::var_os("PROPTEST_CASES").is_some();
	let config = ProptestConfig::default();
	if asked {
		config
	} else {
		ProptestConfig { cases, ..config }
	}
}

proptest! {
	#![proptest_config(cases(256))]

	#[test]
	fn any_order_of_changes_is_heard_and_told_by_the_tenures(
		steps in prop::collection::vec(step(), 1..96),
	) {
		run(|| {
			let owners = [ALICE, BOB, CHARLIE, DAVE];
			for (title, owner) in TITLES.into_iter().zip(owners) {
				mint(title, owner);
			}
			let mut book = Book(owners.map(Entry::of));
			for step in &steps {
				take(&mut book, step);
				compare(&book);
			}
			compare_heard(&heard(), &book);
		});
	}
}
