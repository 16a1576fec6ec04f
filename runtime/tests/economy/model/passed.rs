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

	/// Gives the part of one entry of the output's own report to whom the entry names.
	pub(super) fn claim_passed(&mut self, source: u64, ordinal: u64) {
		let served = self.contributions[&(source - 1)].synthetic.expect("it repeats an output");
		let report = &self.reports.standing[&(served.model, served.epoch)];
		let row = self.library.rows(&report.entries)[ordinal as usize];
		let named = row.source;
		let credited = self.payments.passed.get(&source).map_or(0, |bucket| bucket.credited);
		let due = match row.count {
			0 => credited,
			count => portion(credited, count.into(), served.windows.into()),
		};
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
				self.pay_contributor(&who, dataset, amount);
				self.note_earned(served.model, dataset, amount);
			}
		}
	}
}
