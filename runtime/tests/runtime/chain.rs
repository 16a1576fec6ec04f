//! A chain in memory that makes real blocks: slots claimed by VRF, the timestamp inherent and signed
//! transactions.

use std::collections::BTreeMap;

use codec::Encode;
use frame_support::{
	storage::{with_transaction, TransactionOutcome},
	traits::Get,
};
use serde_json::Value;
use sp_consensus_babe::{
	digests::{PreDigest, SecondaryPlainPreDigest, SecondaryVRFPreDigest},
	make_vrf_sign_data, AuthorityId, Randomness,
};
use sp_core::{crypto::VrfSecret, Pair};
use sp_genesis_builder::runtime_decl_for_genesis_builder::GenesisBuilder;
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring as Account;
use sp_runtime::{
	generic::Era, traits::Header as _, ApplyExtrinsicResult, Digest, DigestItem, DispatchError,
	MultiAddress, MultiSignature,
};
use tributary_primitives::fees::divide;
use tributary_runtime::{
	configs::{settings::chain::TreasuryShare, tributary::Treasury},
	params::{EXISTENTIAL_DEPOSIT, SECONDS_PER_BLOCK},
	AccountId, Address, Babe, Balances, BlockNumber, Executive, Hash, Header, Nonce, Runtime,
	RuntimeCall, RuntimeEvent, SignedPayload, System, TxExtension, UncheckedExtrinsic,
};

/// The slot of block 0; any number that is not near zero.
const GENESIS_SLOT: u64 = 600_000_000;

/// What a transaction cost, the tip included, in planck.
struct Fee {
	payer: AccountId,
	fee: u128,
	tip: u128,
}

/// A chain from one of the presets.
pub struct Chain {
	pub ext: TestExternalities,
	/// The index of the authority that makes the blocks.
	pub author: u32,
	parent: Hash,
	slot: u64,
	/// What each account has paid in fees, in planck.
	fees: BTreeMap<AccountId, u128>,
	/// What of that went to the treasury, in planck.
	treasury_fees: u128,
}

impl Chain {
	/// A chain at block 0 of `preset`.
	pub fn start(preset: &str) -> Self {
		let mut ext = TestExternalities::default();
		let parent = ext.execute_with(|| {
			build_genesis(preset);
			genesis_header().hash()
		});
		ext.execute_with(|| frame_system::BlockHash::<Runtime>::insert(0, parent));
		let (fees, treasury_fees) = (BTreeMap::new(), 0);
		Self { ext, author: 0, parent, slot: GENESIS_SLOT, fees, treasury_fees }
	}

	/// Makes a block of `transactions` one slot after the last. Panics where one of them may not be
	/// in a block at all; what each call came to is returned.
	pub fn block(
		&mut self,
		transactions: Vec<UncheckedExtrinsic>,
	) -> Vec<Result<(), DispatchError>> {
		self.block_after(1, transactions)
	}

	/// As [`Self::block`], `slots` slots after the last.
	pub fn block_after(
		&mut self,
		slots: u64,
		transactions: Vec<UncheckedExtrinsic>,
	) -> Vec<Result<(), DispatchError>> {
		self.make(slots, || {
			let apply = |transaction| {
				Executive::apply_extrinsic(transaction).expect("it is a valid transaction")
			};
			transactions.into_iter().map(apply).collect()
		})
	}

	/// Makes a block of one transaction and says whether it may be in a block, and what it came to.
	pub fn try_block(&mut self, transaction: UncheckedExtrinsic) -> ApplyExtrinsicResult {
		self.make(1, || Executive::apply_extrinsic(transaction))
	}

	/// Makes a block `slots` slots after the last, of what `fill` applies.
	pub fn make<T>(&mut self, slots: u64, fill: impl FnOnce() -> T) -> T {
		self.slot += slots;
		let result = self.ext.execute_with(|| {
			initialize(self.parent, self.slot, self.author);
			let result = fill();
			self.parent = Executive::finalize_block().hash();
			result
		});
		let share = self.ext.execute_with(TreasuryShare::get);
		for Fee { payer, fee, tip } in self.fees_of_block() {
			*self.fees.entry(payer).or_default() += fee;
			self.treasury_fees += divide(fee - tip, share).share;
		}
		result
	}

	/// Makes empty blocks until `number` is the last one.
	pub fn until(&mut self, number: BlockNumber) {
		while self.number() < number {
			self.block(Vec::new());
		}
	}

	/// The last block.
	pub fn number(&mut self) -> BlockNumber {
		self.ext.execute_with(System::block_number)
	}

	/// `call`, signed by `who`, and the `ahead`th of theirs in the next block.
	pub fn signed_ahead(
		&mut self,
		who: Account,
		ahead: Nonce,
		call: impl Into<RuntimeCall>,
	) -> UncheckedExtrinsic {
		self.sign(who, ahead, 0, call.into())
	}

	/// `call`, signed by `who`, with a tip of `tip` planck.
	pub fn tipped(
		&mut self,
		who: Account,
		tip: u128,
		call: impl Into<RuntimeCall>,
	) -> UncheckedExtrinsic {
		self.sign(who, 0, tip, call.into())
	}

	fn sign(
		&mut self,
		who: Account,
		ahead: Nonce,
		tip: u128,
		call: RuntimeCall,
	) -> UncheckedExtrinsic {
		self.ext.execute_with(|| sign(who, ahead, tip, call))
	}

	/// `call`, signed by `who`.
	pub fn signed(&mut self, who: Account, call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
		self.signed_ahead(who, 0, call)
	}

	/// Makes a block of one call by `who`, which must succeed.
	pub fn run(&mut self, who: Account, call: impl Into<RuntimeCall>) {
		let transaction = self.signed(who, call);
		assert_eq!(self.block(vec![transaction]), [Ok(())]);
	}

	/// What `who` can spend, in planck.
	pub fn free(&mut self, who: &AccountId) -> u128 {
		self.ext.execute_with(|| Balances::free_balance(who))
	}

	/// All there is, in planck.
	pub fn issuance(&mut self) -> u128 {
		self.ext.execute_with(Balances::total_issuance)
	}

	/// What the treasury has beside its parts of fees and what it started with, in planck.
	pub fn treasury(&mut self) -> u128 {
		self.free(&Treasury::get()) - EXISTENTIAL_DEPOSIT - self.treasury_fees
	}

	/// The events of the last block.
	pub fn events(&mut self) -> Vec<RuntimeEvent> {
		self.ext.execute_with(|| {
			System::read_events_no_consensus().map(|record| record.event).collect()
		})
	}

	/// What `found` looks for among the events of the last block.
	pub fn find_event<T>(&mut self, found: impl FnMut(RuntimeEvent) -> Option<T>) -> Option<T> {
		self.events().into_iter().find_map(found)
	}

	/// What of the fees of the last block `who` paid, in planck.
	pub fn fee_of(&mut self, who: &AccountId) -> u128 {
		let own = self.fees_of_block().into_iter().filter(|fee| fee.payer == *who);
		own.map(|fee| fee.fee).sum()
	}

	/// What `who` could spend if no transaction had cost a fee, in planck.
	pub fn before_fees(&mut self, who: Account) -> u128 {
		let who = who.to_account_id();
		self.free(&who) + self.fees.get(&who).copied().unwrap_or_default()
	}

	fn fees_of_block(&mut self) -> Vec<Fee> {
		let fee = |event| match event {
			RuntimeEvent::TransactionPayment(
				pallet_transaction_payment::Event::TransactionFeePaid { who, actual_fee, tip },
			) => Some(Fee { payer: who, fee: actual_fee, tip }),
			_ => None,
		};
		self.events().into_iter().filter_map(fee).collect()
	}

	/// Checks the state of our pallets. For the end of a test.
	pub fn check(&mut self) {
		self.ext.execute_with(|| {
			for (pallet, state) in [
				("Datasets", pallet_datasets::Pallet::<Runtime>::do_try_state()),
				("Models", pallet_models::Pallet::<Runtime>::do_try_state()),
				("Usage", pallet_usage::Pallet::<Runtime>::do_try_state()),
				("Attribution", pallet_attribution::Pallet::<Runtime>::do_try_state()),
				("Availability", pallet_availability::Pallet::<Runtime>::do_try_state()),
				("Originality", pallet_originality::Pallet::<Runtime>::do_try_state()),
				("Titles", pallet_titles::Pallet::<Runtime>::do_try_state()),
				("Shares", pallet_shares::Pallet::<Runtime>::do_try_state()),
				("Channels", pallet_channels::Pallet::<Runtime>::do_try_state()),
				("Settings", pallet_settings::Pallet::<Runtime>::do_try_state()),
				("Agents", pallet_agents::Pallet::<Runtime>::do_try_state()),
			] {
				assert_eq!(state, Ok(()), "the state of {pallet} is not sound");
			}
		});
	}
}

/// `call`, signed by `who`, the `ahead`th of theirs after those that were applied, with a tip of `tip`
/// planck.
pub fn sign(who: Account, ahead: Nonce, tip: u128, call: RuntimeCall) -> UncheckedExtrinsic {
	let nonce = System::account_nonce(who.to_account_id()) + ahead;
	let payload = SignedPayload::new(call, extension(nonce, tip)).expect("it has an implicit part");
	let signature = payload.using_encoded(|bytes| who.pair().sign(bytes));
	let (call, extension, _) = payload.deconstruct();
	UncheckedExtrinsic::new_signed(
		call,
		Address::from(who.to_account_id()),
		MultiSignature::Sr25519(signature),
		extension,
	)
}

/// A transaction that carries no signature, for a call that its pallet authorises.
pub fn general(call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
	UncheckedExtrinsic::new_transaction(call.into(), extension(0, 0))
}

/// What the transaction number `nonce` of an account carries, with a tip of `tip` planck.
pub fn extension(nonce: Nonce, tip: u128) -> TxExtension {
	(
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckMortality::from(Era::Immortal),
		frame_system::CheckNonce::from(nonce),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(tip),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}

/// An account as a call names it.
pub fn address(who: Account) -> Address {
	MultiAddress::Id(who.to_account_id())
}

/// Writes the genesis of `preset` into the externalities.
pub fn build_genesis(preset: &str) {
	let parse = |json: Option<Vec<u8>>| -> Value {
		serde_json::from_slice(&json.expect("the preset exists")).expect("it is JSON")
	};
	let mut genesis = parse(Runtime::get_preset(&None));
	overlay(&mut genesis, parse(Runtime::get_preset(&Some(preset.into()))));
	Runtime::build_state(genesis.to_string().into_bytes()).expect("the preset builds");
}

fn overlay(base: &mut Value, patch: Value) {
	match (base, patch) {
		(Value::Object(base), Value::Object(patch)) => {
			for (key, value) in patch {
				overlay(base.entry(key).or_insert(Value::Null), value);
			}
		}
		(base, patch) => *base = patch,
	}
}

fn genesis_header() -> Header {
	Header::new(0, Hash::zero(), Hash::zero(), Hash::zero(), Digest::default())
}

/// Starts the next block, made by the authority with index `author`, and sets its time.
fn initialize(parent: Hash, slot: u64, author: u32) {
	let (authority, randomness, epoch) = epoch_at(parent, slot, author);
	let data = make_vrf_sign_data(&randomness, slot.into(), epoch);
	let claim = PreDigest::SecondaryVRF(SecondaryVRFPreDigest {
		authority_index: author,
		slot: slot.into(),
		vrf_signature: keys_of(&authority).pair().vrf_sign(&data),
	});
	Executive::initialize_block(&next_header(parent, &claim));
	let now = pallet_timestamp::Call::set { now: slot * u64::from(SECONDS_PER_BLOCK) * 1_000 };
	let inherent = UncheckedExtrinsic::new_bare(now.into());
	Executive::apply_extrinsic(inherent).expect("it is valid").expect("it succeeds");
}

/// The authority with index `author`, the randomness and the index of the BABE epoch that a block in `slot`
/// is in, which the block itself may start.
fn epoch_at(parent: Hash, slot: u64, author: u32) -> (AuthorityId, Randomness, u64) {
	let claim = PreDigest::SecondaryPlain(SecondaryPlainPreDigest {
		authority_index: author,
		slot: slot.into(),
	});
	with_transaction(|| {
		Executive::initialize_block(&next_header(parent, &claim));
		let epoch = Babe::current_epoch();
		let (authority, _) = epoch.authorities[author as usize].clone();
		TransactionOutcome::Rollback(Ok::<_, DispatchError>((
			authority,
			epoch.randomness,
			epoch.epoch_index,
		)))
	})
	.expect("it does not fail")
}

/// Whose key it is.
fn keys_of(authority: &AuthorityId) -> Account {
	Account::iter()
		.find(|account| AuthorityId::from(account.public()) == *authority)
		.expect("authorities are development accounts")
}

fn next_header(parent: Hash, claim: &PreDigest) -> Header {
	let log = DigestItem::PreRuntime(sp_consensus_babe::BABE_ENGINE_ID, claim.encode());
	let number = System::block_number() + 1;
	Header::new(number, Hash::zero(), Hash::zero(), parent, Digest { logs: vec![log] })
}
