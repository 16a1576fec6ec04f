//! What the tests of the watch look at.

use subxt::utils::AccountId32;
use tributary_primitives::{
	blob::Content,
	ids::ReportId,
	views::{ReportStateView, ReportView},
};

use super::state::Mark;

/// A report that is posted in block 10, and demanded of and challenged up to block 20.
pub fn report(id: ReportId) -> ReportView<AccountId32> {
	let content = Content { root: [0; 32], len: 64 };
	ReportView {
		id,
		attributor: AccountId32([1; 32]),
		entries: content,
		payouts: content,
		total: 0,
		posted_at: 10,
		demand_until: 20,
		challenge_until: 20,
		unseen: Vec::new(),
		state: ReportStateView::Challengeable,
	}
}

/// A block of that number.
pub fn mark(number: u64) -> Mark {
	Mark { number, hash: [7; 32] }
}
