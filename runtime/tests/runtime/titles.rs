//! Titles that are sold between payments: what was earned before is the seller's, and what is earned after
//! the buyer's.

use sp_keyring::Sr25519Keyring as Account;
use sp_runtime::Perbill;
use tributary_primitives::{
	blob::Content,
	ids::source_of,
	title::{Beneficiary, Title, TitleKind},
};
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi,
	genesis_presets::ENDOWMENT,
	params::{EpochLength, VaultLock, TRIB},
	AccountId, Runtime, RuntimeCall,
};

use crate::{
	chain::{address, Chain},
	report::{bond, Output, Receipt, Report, FIRST, OWNER},
	scene::{
		blocks, contribute, create_curated_dataset, pay_for, register_model, tail, text, Datasets,
		Usage, CURATOR, DATASET,
	},
};

type Nfts = pallet_nfts::Call<Runtime>;
type Shares = pallet_shares::Call<Runtime>;

const ANCESTOR: Account = Account::Eve;
const BUYER: Account = Account::EveStash;
const ANYONE: Account = Account::DaveStash;

const PARENT: u32 = 0;
const MODEL: u32 = 1;

const PRICE: u128 = 500 * TRIB;
/// Of 100 TRIB 2 are the protocol's; of the rest 30 % are the data's, and 10 % the parent's.
const OWNERS_PART: u128 = 58_800_000_000_000;
const PARENTS_PART: u128 = 9_800_000_000_000;

fn models() -> u32 {
	TitleKind::Model.collection()
}

/// A chain with a model and its parent.
fn linked() -> Chain {
	let mut chain = Chain::start("development");
	register_model(&mut chain, ANCESTOR, Vec::new(), 0);
	register_model(&mut chain, OWNER, vec![PARENT], 0);
	chain
}

fn pay(chain: &mut Chain, seed: u8) {
	let items = text(seed, 64);
	pay_for(chain, MODEL, Content::of(&items), tail(&items));
}

/// Lists a title at [`PRICE`], and has the buyer buy it.
fn sell(chain: &mut Chain, seller: Account, title: Title) {
	let (collection, item) = (title.kind.collection(), title.id);
	let price = Some(PRICE);
	chain.run(seller, Nfts::set_price { collection, item, price, whitelisted_buyer: None });
	let listed = chain.ext.execute_with(|| Runtime::title(title));
	assert_eq!(listed.expect("it exists").price, price);
	chain.run(BUYER, Nfts::buy_item { collection, item, bid_price: PRICE });
}

/// Has somebody who has no part in it call, and returns what the accounts got by it.
fn paid_by(chain: &mut Chain, call: impl Into<RuntimeCall>, to: [Account; 3]) -> [u128; 3] {
	let before = to.map(|who| chain.before_fees(who));
	chain.run(ANYONE, call);
	let after = to.map(|who| chain.before_fees(who));
	[0, 1, 2].map(|index| after[index] - before[index])
}

#[test]
fn a_title_sold_between_two_payments_pays_both_owners_exactly() {
	let mut chain = linked();
	pay(&mut chain, 1);
	let funds = [OWNER, ANCESTOR, BUYER].map(|who| chain.before_fees(who));
	sell(&mut chain, OWNER, Title::model(MODEL));
	sell(&mut chain, ANCESTOR, Title::model(PARENT));
	assert_eq!(chain.before_fees(OWNER), funds[0] + PRICE);
	assert_eq!(chain.before_fees(ANCESTOR), funds[1] + PRICE);
	assert_eq!(chain.before_fees(BUYER), funds[2] - 2 * PRICE);
	pay(&mut chain, 2);

	let of = [OWNER, ANCESTOR, BUYER];
	let seller = Usage::collect_due { beneficiary: OWNER.to_account_id() };
	assert_eq!(paid_by(&mut chain, seller, of), [OWNERS_PART, 0, 0]);
	let owner = Usage::claim_owner { model: MODEL };
	assert_eq!(paid_by(&mut chain, owner.clone(), of), [0, 0, OWNERS_PART]);
	let lineage = |tenure| Usage::claim_lineage { model: MODEL, ancestor: PARENT, tenure };
	assert_eq!(paid_by(&mut chain, lineage(1), of), [0, 0, PARENTS_PART]);
	assert_eq!(paid_by(&mut chain, lineage(0), of), [0, PARENTS_PART, 0]);
	for again in [owner, lineage(0), lineage(1)] {
		assert_eq!(
			paid_by(&mut chain, again, of),
			[0; 3],
			"it is paid once, and asking fails nobody"
		);
	}
	chain.check();
}

#[test]
fn the_curators_part_of_an_epoch_stays_the_sellers_where_the_claim_comes_after_the_sale() {
	let mut chain = Chain::start("development");
	let share = Perbill::from_percent(10);
	create_curated_dataset(&mut chain, share);
	let data = text(1, 2_000);
	let seq = contribute(&mut chain, FIRST, &data);
	chain.run(CURATOR, Datasets::accept { seq });
	let source = source_of(seq).expect("there are few");
	register_model(&mut chain, OWNER, Vec::new(), 1);
	let receipts = [Receipt::of([Output::whole(&data, source, 0)])];
	receipts[0].pay(&mut chain, 0);
	chain.until(blocks::<EpochLength>());
	let report = Report::honest(0, 0, &receipts);
	bond(&mut chain);
	report.post(&mut chain);
	report.finalise(&mut chain);
	sell(&mut chain, CURATOR, Title::dataset(DATASET));

	let earned = report.earned(source);
	let curators = share.mul_floor(earned);
	assert!(curators > 0);
	let of = [CURATOR, BUYER, FIRST];
	assert_eq!(paid_by(&mut chain, report.claim(source), of), [curators, 0, earned - curators]);
	chain.check();
}

#[test]
fn readers_see_who_owned_a_title_and_what_each_may_claim() {
	let mut chain = linked();
	pay(&mut chain, 1);
	sell(&mut chain, ANCESTOR, Title::model(PARENT));
	chain.ext.execute_with(|| {
		let title = Runtime::title(Title::model(PARENT)).expect("it exists");
		assert_eq!((title.owner, title.vaulted), (BUYER.to_account_id(), false));
		assert_eq!((title.tenures, title.price), (1, None));
		let tenures = Runtime::tenures(Title::model(PARENT), 0, 10);
		let of = |who: Account| Beneficiary::Owner(who.to_account_id());
		let beneficiaries: Vec<_> =
			tenures.items.iter().map(|tenure| tenure.beneficiary.clone()).collect();
		assert_eq!(beneficiaries, [of(ANCESTOR), of(BUYER)]);
		assert_eq!((tenures.items[0].since, tenures.items[0].until), (0, Some(1)));
		assert_eq!((tenures.items[1].since, tenures.items[1].until), (1, None));
		assert_eq!(Runtime::tenures(Title::model(PARENT), 0, 1).next, Some(1));

		let claimable = Runtime::lineage_tenures(MODEL, PARENT, 0, 10).items;
		let amounts: Vec<_> = claimable.iter().map(|item| (item.tenure, item.amount)).collect();
		assert_eq!(amounts, [(0, PARENTS_PART), (1, 0)]);
		let shares = Runtime::shares(MODEL).expect("the model exists");
		assert_eq!(shares.owner, OWNER.to_account_id());
		assert_eq!(shares.ancestors[0].owner, BUYER.to_account_id());
		let history = Runtime::shares_history(MODEL, 0, 10).expect("the model exists");
		let models: Vec<_> = history.items.iter().map(|shares| shares.model).collect();
		assert_eq!((models, history.next), (vec![PARENT, MODEL], None));
		assert_eq!(Runtime::model(PARENT).expect("it exists").owner, BUYER.to_account_id());
	});
	chain.check();
}

#[test]
fn a_title_that_is_given_away_loses_its_listing_and_cannot_be_bought() {
	let mut chain = linked();
	let (collection, item) = (models(), MODEL);
	let price = Some(PRICE);
	chain.run(OWNER, Nfts::set_price { collection, item, price, whitelisted_buyer: None });
	chain.run(OWNER, Nfts::transfer { collection, item, dest: address(ANYONE) });
	let late = chain.signed(BUYER, Nfts::buy_item { collection, item, bid_price: PRICE });
	assert!(chain.block(vec![late])[0].is_err());
	assert_eq!(chain.before_fees(BUYER), ENDOWMENT);
	chain.check();
}

/// Offers the title of the model for that of its parent.
fn offer_swap(duration: u32) -> Nfts {
	Nfts::create_swap {
		offered_collection: models(),
		offered_item: MODEL,
		desired_collection: models(),
		maybe_desired_item: Some(PARENT),
		maybe_price: None,
		duration,
	}
}

/// The most blocks that an offer stands.
fn longest_offer() -> u32 {
	blocks::<VaultLock>() / 2
}

/// Takes the offer of [`offer_swap`].
fn claim_swap() -> Nfts {
	Nfts::claim_swap {
		send_collection: models(),
		send_item: PARENT,
		receive_collection: models(),
		receive_item: MODEL,
		witness_price: None,
	}
}

fn owners(chain: &mut Chain) -> [AccountId; 2] {
	chain.ext.execute_with(|| {
		[MODEL, PARENT].map(|model| Runtime::title(Title::model(model)).expect("it exists").owner)
	})
}

#[test]
fn titles_are_swapped_while_the_offer_stands() {
	let mut chain = linked();
	chain.run(OWNER, offer_swap(longest_offer()));
	let offered_at = chain.number();
	chain.until(offered_at + longest_offer() - 1);
	chain.run(ANCESTOR, claim_swap());
	assert_eq!(owners(&mut chain), [ANCESTOR, OWNER].map(|who| who.to_account_id()));
	chain.check();
}

#[test]
fn no_swap_stands_open_until_a_title_without_its_revenue_may_be_given_away() {
	let mut chain = linked();
	let before = owners(&mut chain);
	let longer = chain.signed(OWNER, offer_swap(longest_offer() + 1));
	let refused = pallet_nfts::Error::<Runtime>::WrongDuration;
	assert_eq!(chain.block(vec![longer]), [Err(refused.into())]);

	let (name, symbol) = Default::default();
	let title = Title::model(PARENT);
	chain.run(ANCESTOR, Shares::issue { title, supply: 1_000, name, symbol });
	let issued_at = chain.number();
	// Its maker does not know of the shares: it was signed before, and waited in the pool.
	chain.until(issued_at + blocks::<VaultLock>() - longest_offer() - 2);
	chain.run(OWNER, offer_swap(longest_offer()));
	while chain.number() < issued_at + blocks::<VaultLock>() {
		let claimed = chain.signed(ANCESTOR, claim_swap());
		assert!(chain.block(vec![claimed])[0].is_err(), "block {}", chain.number());
	}
	assert_eq!(owners(&mut chain), before);
	let dest = address(BUYER);
	chain.run(ANCESTOR, Nfts::transfer { collection: models(), item: PARENT, dest });
	chain.check();
}

#[test]
fn nobody_makes_a_collection_or_an_item_of_their_own() {
	use pallet_nfts::{CollectionConfig, CollectionSettings, MintSettings};

	let mut chain = linked();
	let config = || CollectionConfig {
		settings: CollectionSettings::all_enabled(),
		max_supply: None,
		mint_settings: MintSettings::default(),
	};
	let calls = [
		Nfts::create { admin: address(OWNER), config: config() },
		Nfts::force_create { owner: address(OWNER), config: config() },
		Nfts::mint { collection: models(), item: 7, mint_to: address(OWNER), witness_data: None },
		Nfts::destroy {
			collection: 2,
			witness: pallet_nfts::DestroyWitness {
				item_metadatas: 0,
				item_configs: 0,
				attributes: 0,
			},
		},
		Nfts::transfer_ownership { collection: models(), new_owner: address(OWNER) },
	];
	for call in calls {
		let refused = chain.signed(OWNER, call.clone());
		assert!(chain.block(vec![refused])[0].is_err(), "{call:?}");
		let call = Box::new(call.into());
		chain.run(Account::Alice, pallet_sudo::Call::sudo { call });
		let result = chain.find_event(|event| match event {
			tributary_runtime::RuntimeEvent::Sudo(pallet_sudo::Event::Sudid { sudo_result }) => {
				Some(sudo_result)
			}
			_ => None,
		});
		assert!(result.expect("it was tried").is_err(), "not even root does");
	}
	chain.check();
}
