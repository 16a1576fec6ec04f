//! Calls that are for nobody, however they are wrapped.

use sp_keyring::Sr25519Keyring as Account;
use sp_runtime::{DispatchError, DispatchResult};
use tributary_primitives::title::Title;
use tributary_runtime::{
	attribution_api::runtime_decl_for_attribution_api::AttributionApi,
	configs::accounts::ProxyType, AccountId, Runtime, RuntimeCall, RuntimeEvent,
};

use crate::{
	chain::{address, Chain},
	report::OWNER,
	scene::register_model,
};

type Multisig = pallet_multisig::Call<Runtime>;
type Nfts = pallet_nfts::Call<Runtime>;
type Proxy = pallet_proxy::Call<Runtime>;
type Sudo = pallet_sudo::Call<Runtime>;
type Utility = pallet_utility::Call<Runtime>;

const DELEGATE: Account = Account::EveStash;
const MODEL: u32 = 0;

fn burn() -> RuntimeCall {
	Nfts::burn { collection: 1, item: MODEL }.into()
}

fn boxed(call: RuntimeCall) -> Box<RuntimeCall> {
	Box::new(call)
}

fn is_filtered(result: DispatchResult) -> bool {
	result == Err(frame_system::Error::<Runtime>::CallFiltered.into())
}

fn titled() -> Chain {
	let mut chain = Chain::start("development");
	register_model(&mut chain, OWNER, Vec::new(), 0);
	chain
}

fn ensure_title(chain: &mut Chain, owner: &AccountId) {
	let title = chain.ext.execute_with(|| Runtime::title(Title::model(MODEL)));
	assert_eq!(title.map(|title| title.owner).as_ref(), Some(owner));
}

/// What the call that the last block's transaction carried came to, as an event says.
fn carried(chain: &mut Chain) -> Option<DispatchResult> {
	chain.find_event(|event| match event {
		RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
		RuntimeEvent::Utility(pallet_utility::Event::BatchInterrupted { error, .. }) => {
			Some(Err(error))
		}
		RuntimeEvent::Utility(pallet_utility::Event::ItemFailed { error }) => Some(Err(error)),
		RuntimeEvent::Sudo(pallet_sudo::Event::Sudid { sudo_result }) => Some(sudo_result),
		RuntimeEvent::Multisig(pallet_multisig::Event::MultisigExecuted { result, .. }) => {
			Some(result)
		}
		_ => None,
	})
}

#[test]
fn a_title_is_not_burned_by_its_owner() {
	let mut chain = titled();
	let direct = chain.signed(OWNER, burn());
	assert!(is_filtered(chain.block(vec![direct])[0]));
	ensure_title(&mut chain, &OWNER.to_account_id());
	chain.check();
}

#[test]
fn a_title_is_not_burned_in_a_batch() {
	let mut chain = titled();
	let nested =
		Utility::batch_all { calls: vec![Utility::batch_all { calls: vec![burn()] }.into()] };
	for whole in [Utility::batch_all { calls: vec![burn()] }, nested] {
		let batch = chain.signed(OWNER, whole);
		assert!(is_filtered(chain.block(vec![batch])[0]));
	}
	for part in
		[Utility::batch { calls: vec![burn()] }, Utility::force_batch { calls: vec![burn()] }]
	{
		chain.run(OWNER, part);
		assert!(is_filtered(carried(&mut chain).expect("it was tried")));
	}
	let derived = chain.signed(OWNER, Utility::as_derivative { index: 0, call: boxed(burn()) });
	assert!(is_filtered(chain.block(vec![derived])[0]));
	let either = Utility::if_else { main: boxed(burn()), fallback: boxed(burn()) };
	let either = chain.signed(OWNER, either);
	assert!(chain.block(vec![either])[0].is_err());
	ensure_title(&mut chain, &OWNER.to_account_id());
	chain.check();
}

#[test]
fn a_title_is_not_burned_by_a_proxy() {
	let mut chain = titled();
	let delegate = address(DELEGATE);
	chain.run(OWNER, Proxy::add_proxy { delegate, proxy_type: ProxyType::Any, delay: 0 });
	let batch = Utility::batch_all { calls: vec![burn()] }.into();
	for call in [burn(), batch] {
		let real = address(OWNER);
		chain.run(DELEGATE, Proxy::proxy { real, force_proxy_type: None, call: boxed(call) });
		assert!(is_filtered(carried(&mut chain).expect("it was tried")));
	}
	ensure_title(&mut chain, &OWNER.to_account_id());
	chain.check();
}

#[test]
fn a_title_is_not_burned_by_a_multisig_that_owns_it() {
	let mut chain = titled();
	let mut signatories = vec![OWNER.to_account_id(), DELEGATE.to_account_id()];
	signatories.sort();
	let shared =
		|threshold| pallet_multisig::Pallet::<Runtime>::multi_account_id(&signatories, threshold);
	let give = |to: AccountId| Nfts::transfer { collection: 1, item: MODEL, dest: to.into() };

	chain.run(OWNER, give(shared(1)));
	let other_signatories = vec![DELEGATE.to_account_id()];
	let alone = Multisig::as_multi_threshold_1 { other_signatories, call: boxed(burn()) };
	let alone = chain.signed(OWNER, alone);
	let refused = chain.block(vec![alone])[0];
	assert!(is_filtered(refused) || carried(&mut chain).is_some_and(is_filtered));
	ensure_title(&mut chain, &shared(1));

	let back = give(shared(2)).into();
	let other_signatories = vec![DELEGATE.to_account_id()];
	chain.run(OWNER, Multisig::as_multi_threshold_1 { other_signatories, call: boxed(back) });
	ensure_title(&mut chain, &shared(2));
	let max_weight = sp_runtime::Weight::from_parts(1_000_000_000_000, 1_000_000);
	let together = |other: Account, maybe_timepoint| Multisig::as_multi {
		threshold: 2,
		other_signatories: vec![other.to_account_id()],
		maybe_timepoint,
		call: boxed(burn()),
		max_weight,
	};
	chain.run(OWNER, together(DELEGATE, None));
	let height = chain.number();
	let timepoint = pallet_multisig::Timepoint { height, index: 1 };
	chain.run(DELEGATE, together(OWNER, Some(timepoint)));
	assert!(is_filtered(carried(&mut chain).expect("it was tried")));
	ensure_title(&mut chain, &shared(2));
	chain.check();
}

#[test]
fn a_title_is_not_burned_by_root() {
	let mut chain = titled();
	chain.run(Account::Alice, Sudo::sudo { call: boxed(burn()) });
	assert_eq!(carried(&mut chain), Some(Err(DispatchError::BadOrigin)));
	ensure_title(&mut chain, &OWNER.to_account_id());
	chain.check();
}
