//! What runs beside the chain: who owns which window of an output, the report that an attributor
//! posts of it, and the watcher that proves a wrong report wrong. Section numbers are those of
//! `docs/protocol.md`.
//!
//! The way through the crate is that of the data:
//!
//! 1. A [`Corpus`] takes the contributions in order of priority; an [`Index`] over it answers who
//!    owns a window, and [`trace()`] who owns each window of an output (section 5).
//! 2. [`build_report`] turns the receipts of an epoch into the two blobs of a [`Report`]
//!    (section 6). Bytes come from a [`BlobSource`]: a folder ([`BlobStore`]) or memory
//!    ([`MemoryBlobs`]).
//! 3. [`find_fault`] checks somebody else's report and returns a fault that the chain accepts, or
//!    says that there is none.
//! 4. [`ClaimRun::find`] gives a contributor the two openings that claim all that a source earned.
//! 5. [`find_hits`] shows that a contribution repeats earlier bytes (section 2).
//!
//! ```
//! use tributary_engine::{
//!     build_report, find_fault, trace, ClaimRun, Corpus, EpochFacts, EpochInput, Index,
//!     MemoryBlobs, ReceiptInput,
//! };
//! use tributary_primitives::{
//!     blob::Content,
//!     report::{Item, Record},
//! };
//!
//! // Two contributions: seq 0 is source 1, seq 1 is source 2.
//! let mut corpus = Corpus::new();
//! corpus.push(1, b"abcdef")?;
//! corpus.push(2, b"cdefgh")?;
//! let index = Index::build(corpus, 4)?;
//!
//! // The output has five windows. Source 1 is the earliest that has the first three.
//! let output = b"abcdefgh".to_vec();
//! let traced = trace(&index, &output);
//! assert_eq!((traced.owned[&1], traced.owned[&2], traced.unowned), (3, 2, 0));
//!
//! // It was served once, and 100 planck of what was paid for it go to the data.
//! let mut blobs = MemoryBlobs::new();
//! let item = Item { output: blobs.put(output), reserved: [0; 24] };
//! let outputs_blob = Some(item.to_bytes().to_vec());
//! let receipt = ReceiptInput { outputs_blob, data_amount: 100, withheld: false };
//! let input = EpochInput { window: 4, receipts: vec![receipt] };
//! let report = build_report(&input, &index, &blobs)?;
//! assert_eq!(report.total, 100);
//!
//! // A watcher finds nothing to object to, and source 2 claims its two windows.
//! let (entries, payouts) = (&report.entries, &report.payouts);
//! let named = (Content::of(entries), Content::of(payouts));
//! let facts = EpochFacts::new(&input, index.corpus(), named.0, named.1)?;
//! assert!(find_fault(&input, &index, &blobs, &facts, entries, payouts)?.is_none());
//! let claim = ClaimRun::find(payouts, 2)?.expect("source 2 owns windows");
//! assert_eq!(claim.amount, 40);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Limits
//! A corpus is at most 2 GiB ([`corpus::MAX_CORPUS_BYTES`]), and lives in memory with its index: 5
//! bytes for each byte of corpus, 9 while it is built. Windows may have any length here; the chain
//! takes 24 to 1,024 bytes.

pub mod blobs;
pub mod claim;
pub mod corpus;
pub mod epoch;
pub mod hits;
pub mod index;
pub mod openings;
mod records;
pub mod report;
mod search;
pub mod store;
pub mod trace;
pub mod watch;

pub use blobs::{BlobError, BlobSource, MemoryBlobs};
pub use claim::{ClaimError, ClaimRun, PayoutProof};
pub use corpus::{Corpus, CorpusError};
pub use epoch::{EpochFacts, EpochInput, InputError, ReceiptInput};
pub use hits::find_hits;
pub use index::{Index, IndexError, Occurrence};
pub use openings::{entry_proof, item_entries, open_item};
pub use report::{
	build_partial_report, build_report, PartialReport, Report, ReportError, UnseenOutput,
};
pub use store::BlobStore;
pub use trace::{trace, Run, Trace};
pub use watch::{find_entry_fault, find_fault, MissingBlob, MissingBlobs, Needed, WatchError};
