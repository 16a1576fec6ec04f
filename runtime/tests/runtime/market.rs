//! Shares of a title: issued, pooled, swapped, staked and paid.

use frame_support::traits::{fungibles::Inspect as _, Get};
use sp_keyring::Sr25519Keyring as Account;
use tributary_primitives::{blob::Content, title::Title, views::VaultView};
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi,
	configs::market::{StakeDeposit, TradedAsset},
	params::{VaultLock, TRIB},
	AccountId, AssetConversion, Assets, Runtime, RuntimeEvent,
};

use crate::{
	chain::Chain,
	report::OWNER,
	scene::{blocks, pay_for, register_model, tail, text, Usage},
};

type AssetCalls = pallet_assets::Call<Runtime>;
pub type Pools = pallet_asset_conversion::Call<Runtime>;
pub type Shares = pallet_shares::Call<Runtime>;

const BUYER: Account = Account::EveStash;
const ANYONE: Account = Account::DaveStash;

const MODEL: u32 = 0;
/// How many shares every title has.
pub const SUPPLY: u64 = 1_000_000;
/// Of 100 TRIB 2 are the protocol's; of the rest 30 % are the data's.
const OWNERS_PART: u128 = 68_600_000_000_000;

fn title() -> Title {
	Title::model(MODEL)
}

/// The native token, as a pool trades it.
pub fn native() -> Box<TradedAsset> {
	Box::new(TradedAsset::Native)
}

/// Shares, as a pool trades them.
pub fn shares(asset: u32) -> Box<TradedAsset> {
	Box::new(TradedAsset::WithId(asset))
}

/// Issues shares of a title of `owner`. Returns the asset that they are.
pub fn issue(chain: &mut Chain, owner: Account, title: Title) -> u32 {
	let name = b"Model 0".to_vec().try_into().expect("it is short");
	let symbol = b"M0".to_vec().try_into().expect("it is short");
	chain.run(owner, Shares::issue { title, supply: SUPPLY, name, symbol });
	let asset = chain.find_event(|event| match event {
		RuntimeEvent::Shares(pallet_shares::Event::Issued { asset, .. }) => Some(asset),
		_ => None,
	});
	asset.expect("it has a number")
}

/// Adds so many planck and shares to the pool of an asset, for `mint_to`.
pub fn add_liquidity(asset: u32, planck: u128, units: u128, mint_to: AccountId) -> Pools {
	Pools::add_liquidity {
		asset1: native(),
		asset2: shares(asset),
		amount1_desired: planck,
		amount2_desired: units,
		amount1_min: 1,
		amount2_min: 1,
		mint_to,
	}
}

/// A chain with a model whose owner has issued shares of it; with the asset that they are.
fn issued() -> (Chain, u32) {
	let mut chain = Chain::start("development");
	register_model(&mut chain, OWNER, Vec::new(), 0);
	let asset = issue(&mut chain, OWNER, title());
	(chain, asset)
}

fn pay(chain: &mut Chain, seed: u8) {
	let items = text(seed, 64);
	pay_for(chain, MODEL, Content::of(&items), tail(&items));
}

fn shares_of(chain: &mut Chain, asset: u32, who: Account) -> u64 {
	let balance = chain.ext.execute_with(|| Assets::balance(asset, who.to_account_id()));
	balance.try_into().expect("there are no more")
}

fn vault(chain: &mut Chain) -> VaultView<AccountId> {
	chain.ext.execute_with(|| Runtime::vault(title())).expect("it has one")
}

fn stake(chain: &mut Chain, who: Account, shares: u64) {
	chain.run(who, Shares::stake { title: title(), shares });
}

/// Has the account claim its dividends, and returns them.
fn dividends(chain: &mut Chain, who: Account) -> u128 {
	let before = chain.before_fees(who);
	chain.run(who, Shares::claim_dividends { title: title() });
	chain.before_fees(who) - before
}

/// Makes a pool of 1,000 TRIB and 100,000 shares.
fn pool(chain: &mut Chain, asset: u32) {
	let treasury = chain.treasury();
	chain.run(OWNER, Pools::create_pool { asset1: native(), asset2: shares(asset) });
	let fee: u128 = <Runtime as pallet_asset_conversion::Config>::PoolSetupFee::get();
	assert_eq!(chain.treasury(), treasury + fee);
	chain.run(OWNER, add_liquidity(asset, 1_000 * TRIB, 100_000, OWNER.to_account_id()));
}

#[test]
fn shares_are_pooled_swapped_and_staked_and_earn_what_the_title_earns() {
	let (mut chain, asset) = issued();
	assert_eq!(shares_of(&mut chain, asset, OWNER), SUPPLY);
	pool(&mut chain, asset);

	let paid = 100 * TRIB;
	// Of what comes in 0.3 % stay in the pool; the product of what it holds stays the same for the rest.
	let in_after_fee = paid * 997 / 1_000;
	let got = 100_000 * in_after_fee / (1_000 * TRIB + in_after_fee);
	chain.ext.execute_with(|| {
		let (native, shares) = (TradedAsset::Native, TradedAsset::WithId(asset));
		let quoted =
			AssetConversion::quote_price_exact_tokens_for_tokens(native, shares, paid, true);
		assert_eq!(quoted, Some(got));
	});
	let funds = chain.before_fees(BUYER);
	let swap = Pools::swap_exact_tokens_for_tokens {
		path: vec![native(), shares(asset)],
		amount_in: paid,
		amount_out_min: got,
		send_to: BUYER.to_account_id(),
		keep_alive: true,
	};
	chain.run(BUYER, swap);
	assert_eq!(chain.before_fees(BUYER), funds - paid);
	let bought: u64 = got.try_into().expect("the pool has no more");
	assert_eq!(shares_of(&mut chain, asset, BUYER), bought);

	stake(&mut chain, BUYER, bought);
	assert_eq!(chain.before_fees(BUYER), funds - paid - StakeDeposit::get());
	stake(&mut chain, OWNER, 3 * bought);
	pay(&mut chain, 1);
	let books = vault(&mut chain);
	assert_eq!((books.received, books.paid, books.owed), (OWNERS_PART, 0, 0));
	assert_eq!(u128::from(4 * bought), books.staked);
	let of_buyer = chain.ext.execute_with(|| Runtime::stake(title(), BUYER.to_account_id()));
	let of_buyer = of_buyer.expect("it has staked");
	assert_eq!(of_buyer.staked, u128::from(bought));

	// Whole planck are paid; fractions of them stay in the vault's residue or with the stake.
	let (buyers, owners) = (dividends(&mut chain, BUYER), dividends(&mut chain, OWNER));
	assert_eq!(of_buyer.claimable, buyers);
	assert!((OWNERS_PART / 4 - 1..=OWNERS_PART / 4).contains(&buyers), "{buyers}");
	assert!((OWNERS_PART / 4 * 3 - 1..=OWNERS_PART / 4 * 3).contains(&owners), "{owners}");
	assert_eq!(vault(&mut chain).paid, buyers + owners);
	assert_eq!(dividends(&mut chain, BUYER), 0, "a claim of nothing is no mistake");

	chain.run(BUYER, Shares::unstake { title: title(), shares: bought });
	assert_eq!(shares_of(&mut chain, asset, BUYER), bought);
	assert_eq!(chain.before_fees(BUYER), funds - paid + buyers);
	pay(&mut chain, 2);
	assert_eq!(chain.ext.execute_with(|| Runtime::stake(title(), BUYER.to_account_id())), None);
	let all_again = dividends(&mut chain, OWNER);
	assert!((OWNERS_PART - 1..=OWNERS_PART + 1).contains(&all_again), "{all_again}");
	chain.check();
}

#[test]
fn revenue_of_before_is_the_owners_and_dissolving_gives_the_rest_back() {
	let mut chain = Chain::start("development");
	register_model(&mut chain, OWNER, Vec::new(), 0);
	pay(&mut chain, 1);
	let funds = chain.before_fees(OWNER);
	let (name, symbol) = (Default::default(), Default::default());
	chain.run(OWNER, Shares::issue { title: title(), supply: SUPPLY, name, symbol });
	let deposits = funds - chain.before_fees(OWNER);
	assert!(deposits > 0);
	chain.run(ANYONE, Usage::collect_due { beneficiary: OWNER.to_account_id() });
	assert_eq!(chain.before_fees(OWNER), funds - deposits + OWNERS_PART, "it was earned before");

	pay(&mut chain, 2);
	let unstaked = chain.before_fees(OWNER);
	assert_eq!(
		unstaked,
		funds - deposits + 2 * OWNERS_PART,
		"nobody has staked, so it is the owner's"
	);
	stake(&mut chain, OWNER, SUPPLY);
	pay(&mut chain, 3);
	chain.run(OWNER, Shares::unstake { title: title(), shares: SUPPLY });
	chain.run(OWNER, Shares::dissolve { title: title() });
	assert_eq!(chain.before_fees(OWNER), funds + 3 * OWNERS_PART, "all deposits came back");
	chain.ext.execute_with(|| {
		assert_eq!(Runtime::vault(title()), None);
		assert!(!Runtime::title(title()).expect("it stays").vaulted);
	});
	pay(&mut chain, 4);
	chain.run(ANYONE, Usage::claim_owner { model: MODEL });
	assert_eq!(chain.before_fees(OWNER), funds + 4 * OWNERS_PART);
	chain.check();
}

#[test]
fn shares_pay_whoever_has_staked_them_though_the_title_is_sold() {
	let (mut chain, asset) = issued();
	let target = sp_runtime::MultiAddress::Id(BUYER.to_account_id());
	chain.run(OWNER, AssetCalls::transfer { id: asset, target, amount: 250_000 });
	stake(&mut chain, BUYER, 250_000);
	stake(&mut chain, OWNER, 750_000);
	let transfer = || {
		let dest = sp_runtime::MultiAddress::Id(ANYONE.to_account_id());
		pallet_nfts::Call::transfer { collection: 1, item: MODEL, dest }
	};
	let early = chain.signed(OWNER, transfer());
	assert!(chain.block(vec![early])[0].is_err(), "who buys it has time to see that it has shares");
	let now = chain.number();
	chain.until(now + blocks::<VaultLock>());
	chain.run(OWNER, transfer());
	pay(&mut chain, 1);
	assert_eq!(dividends(&mut chain, BUYER), OWNERS_PART / 4);
	assert_eq!(dividends(&mut chain, OWNER), OWNERS_PART / 4 * 3);
	let new_owner = chain.before_fees(ANYONE);
	chain.run(BUYER, Usage::claim_owner { model: MODEL });
	assert_eq!(chain.before_fees(ANYONE), new_owner);
	chain.check();
}

#[test]
fn nobody_makes_an_asset_of_their_own_and_pools_have_the_native_token_in_them() {
	use sp_runtime::MultiAddress;

	let (mut chain, asset) = issued();
	let (owner, id) = (MultiAddress::Id(OWNER.to_account_id()), asset + 1);
	let calls: [tributary_runtime::RuntimeCall; 5] = [
		AssetCalls::create { id, admin: owner.clone(), min_balance: 1 }.into(),
		AssetCalls::force_create { id, owner: owner.clone(), is_sufficient: true, min_balance: 1 }
			.into(),
		AssetCalls::mint { id: asset, beneficiary: owner.clone(), amount: 1 }.into(),
		AssetCalls::force_asset_status {
			id: asset,
			owner: owner.clone(),
			issuer: owner.clone(),
			admin: owner.clone(),
			freezer: owner,
			min_balance: 1,
			is_sufficient: true,
			is_frozen: true,
		}
		.into(),
		Pools::create_pool {
			asset1: Box::new(TradedAsset::WithId(asset)),
			asset2: Box::new(TradedAsset::WithId(asset + 1)),
		}
		.into(),
	];
	for call in calls {
		let refused = chain.signed(OWNER, call.clone());
		assert!(chain.block(vec![refused])[0].is_err(), "{call:?}");
	}
	chain.ext.execute_with(|| assert_eq!(Assets::total_issuance(asset), SUPPLY.into()));
	chain.check();
}
