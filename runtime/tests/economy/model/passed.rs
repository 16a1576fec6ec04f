//! What sources earn that repeat an output goes to the sources of that output (protocol 2).

use super::{parts::portion, Expected};

impl Expected {
	/// Sets aside what a source passes on.
	pub(super) fn credit_bucket(&mut self, source: u64, amount: u128) {
		if amount > 0 {
			let bucket = self.payments.passed.entry(source).or_default();
			bucket.credited += amount;
			bucket.left += amount;
		}
	}

	/// What of the credit of a source is due for an entry of the output's own report, and whom it names.
	fn passed_due(&self, source: u64, ordinal: u64) -> (u128, u64) {
		let served = self.contributions[&(source - 1)].synthetic.expect("it repeats an output");
		let report = &self.reports.standing[&(served.model, served.epoch)];
		let row = self.library.rows(&report.entries)[ordinal as usize];
		let credited = self.payments.passed.get(&source).map_or(0, |bucket| bucket.credited);
		let due = match row.count {
			0 => credited,
			count => portion(credited, count.into(), served.windows.into()),
		};
		(due, row.source)
	}

	/// What is due for an entry and was not paid.
	pub fn passed_left(&self, source: u64, ordinal: u64) -> u128 {
		let paid = self.reports.passed.get(&(source, ordinal)).copied().unwrap_or(0);
		self.passed_due(source, ordinal).0 - paid
	}

	/// Gives the part of one entry of the output's own report to whom the entry names.
	pub(super) fn claim_passed(&mut self, source: u64, ordinal: u64) {
		let served = self.contributions[&(source - 1)].synthetic.expect("it repeats an output");
		let (due, named) = self.passed_due(source, ordinal);
		let paid = self.reports.passed.entry((source, ordinal)).or_default();
		let amount = due - *paid;
		*paid = due;
		if amount == 0 {
			return;
		}
		self.payments.passed.get_mut(&source).expect("it has credit").left -= amount;
		let earlier = (0 < named && named < source).then(|| &self.contributions[&(named - 1)]);
		match earlier {
			None => {
				let treasury = self.treasury.clone();
				self.pay_or_leave_due(&treasury, amount);
			}
			Some(owner) if owner.synthetic.is_some() => self.credit_bucket(named, amount),
			Some(owner) => {
				let (who, dataset) = (owner.who.clone(), owner.dataset);
				self.pay_contributor(&who, dataset, amount, self.now);
				self.note_earned(served.model, dataset, amount);
			}
		}
	}
}
