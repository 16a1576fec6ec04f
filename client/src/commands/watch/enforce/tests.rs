use super::{
	super::order::tests::{entries, output, watched},
	*,
};
use crate::error::Error;
use tributary_primitives::{availability::Demanded, blob::Content};

const ME: AccountId32 = AccountId32([1; 32]);

/// A chain of overdue demands, of which one block takes a few.
#[derive(Default)]
struct Pending {
	demands: BTreeMap<u64, Demanded>,
	own: BTreeSet<u64>,
	/// What silence has already led to.
	decided: BTreeSet<Subject>,
	/// What the chain refuses to speak of.
	refused: BTreeSet<Subject>,
	/// The demands that were left for later.
	put_off: Vec<u64>,
	/// What each block has enforced.
	blocks: Vec<Vec<u64>>,
}

impl Pending {
	fn due(&self) -> Vec<Due> {
		let due = self.demands.iter();
		due.map(|(id, blob)| Due { id: *id, blob: *blob, own: self.own.contains(id) }).collect()
	}

	async fn look(&mut self, open: &[Watched], most: usize) -> &[u64] {
		let (due, blocks) = (self.due(), self.blocks.len());
		enforce_due(self, due, open, most).await.unwrap();
		assert!(self.blocks.len() <= blocks + 1, "no look waits for two blocks");
		self.blocks.get(blocks).map(Vec::as_slice).unwrap_or_default()
	}
}

impl Docket for Pending {
	async fn demand(&self, id: u64) -> Result<Option<DemandView<AccountId32>>> {
		Ok(self.demands.get(&id).map(|blob| DemandView {
			id,
			blob: *blob,
			content: Content { root: [0; 32], len: 64 },
			chunk: 0,
			demander: ME,
			respondent: AccountId32([2; 32]),
			deposit: 1,
			answer_until: 10,
		}))
	}

	async fn follows(&self, subject: Subject) -> Result<Follows> {
		if self.refused.contains(&subject) {
			return Err(Error::refused("there is no receipt 0 of model 1 in epoch 1."));
		}
		Ok(match self.decided.contains(&subject) {
			true => Follows::Nothing,
			false => Follows::Sanction,
		})
	}

	fn forget(&mut self, id: u64) -> Result<()> {
		self.demands.remove(&id);
		Ok(())
	}

	async fn put_off(&mut self, id: u64, _: &Error) -> Result<()> {
		self.put_off.push(id);
		Ok(())
	}

	async fn enforce(&mut self, demands: Vec<DemandView<AccountId32>>) -> Result<()> {
		for demand in &demands {
			self.decided.insert(Subject::of(&demand.blob));
			self.demands.remove(&demand.id);
		}
		self.blocks.push(demands.iter().map(|demand| demand.id).collect());
		Ok(())
	}
}

#[tokio::test]
async fn decoys_do_not_put_off_the_demand_that_matters() {
	let (lie, decoys) = ((5, 5), (1, 1));
	let mut pending = Pending::default();
	pending.demands.extend((0..500).map(|id| (id, output(decoys, 0, id as u32))));
	pending
		.demands
		.extend((500..900).map(|id| (id, Demanded::Contribution { seq: u64::from(id as u32) })));
	pending.demands.insert(1_000, entries(lie, 7));
	let open = [watched(lie, 7, 40, [entries(lie, 7)])];
	let first = pending.look(&open, 4).await.to_vec();
	assert_eq!(first[0], 1_000);
	assert_eq!(first.len(), 4, "what else follows shares the block");
}

#[tokio::test]
async fn decoys_on_a_report_of_the_same_author_do_not_either() {
	let (lie, decoy) = ((1, 1), (5, 5));
	let mut pending = Pending::default();
	pending.demands.extend((0..300).map(|item| (u64::from(item), output(decoy, 0, item))));
	pending.demands.insert(900, entries(lie, 7));
	let lacks = (0..300).map(|item| output(decoy, 0, item));
	let open = [watched(lie, 7, 60, [entries(lie, 7)]), watched(decoy, 8, 30, lacks)];
	assert_eq!(pending.look(&open, 4).await, [0, 900], "one of each subject is enough");
	assert_eq!(pending.look(&open, 4).await, [0; 0], "a withheld receipt is worth nothing");
	assert!(pending.demands.is_empty());
}

#[tokio::test]
async fn outputs_that_no_report_waits_for_take_one_place_at_most() {
	let mut pending = Pending::default();
	pending.demands.extend((0..9).map(|receipt| (u64::from(receipt), output((1, 1), receipt, 0))));
	assert_eq!(pending.look(&[], 4).await, [0]);
	assert_eq!(pending.look(&[], 4).await, [1]);
}

#[tokio::test]
async fn ones_own_deposits_are_given_back_where_nothing_else_follows() {
	let mut pending = Pending::default();
	let open = [watched((1, 1), 3, 40, [])];
	pending.demands.extend((0..6).map(|item| (u64::from(item), output((1, 1), 0, item))));
	pending.own.extend([2, 4]);
	assert_eq!(pending.look(&open, 4).await, [2]);
	assert_eq!(pending.look(&open, 4).await, [4]);
	assert!(pending.demands.is_empty(), "those of others are left to them");
}

#[tokio::test]
async fn a_demand_that_somebody_else_has_enforced_is_forgotten() {
	let mut pending = Pending::default();
	pending.demands.insert(3, entries((1, 1), 3));
	let mut due = pending.due();
	due.push(Due { id: 2, blob: entries((1, 1), 2), own: true });
	enforce_due(&mut pending, due, &[], 4).await.unwrap();
	assert_eq!(pending.blocks, [[3]]);
}

#[tokio::test]
async fn a_demand_that_the_chain_refuses_to_speak_of_holds_no_other_up() {
	let mut pending = Pending::default();
	pending.demands.extend([(1, output((1, 1), 0, 0)), (2, entries((5, 5), 7))]);
	pending.demands.insert(3, Demanded::Contribution { seq: 4 });
	pending.refused.extend([1, 3].map(|id| Subject::of(&pending.demands[&id])));
	assert_eq!(pending.look(&[watched((5, 5), 7, 40, [])], 4).await, [2]);
	assert_eq!(pending.put_off, [3, 1]);
	assert_eq!(pending.demands.len(), 2, "they are looked at again");
}
