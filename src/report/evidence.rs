//! The texts of an evidence pack: a page to read, a page of commands, and tables.

mod differences;
mod page;
mod readme;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::digest::Digest;
use crate::registry::evidence::{Evidence, Whole};

pub use differences::{Difference, LINE_ENDS, differences, is_script, other_column};
pub(super) use tables::counts;
pub use tables::{POPULATION, listed_as, standing};

/// The files of a pack by their paths in it.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Checks the signature of a record with openssl and jq; the same file that the project keeps for everybody.
const VERIFY_RECORD: &str = include_str!("../../docs/verify/verify.sh");
/// Checks the log with Python.
const VERIFY_LOG: &str = include_str!("../../docs/verify/log.py");
/// Makes the tables again with Python.
const VERIFY_TABLES: &str = include_str!("../../docs/verify/tables.py");

/// What a pack says of itself, to be put beside the records, receipts and courses that it is about. The same evidence
/// gives the same bytes.
#[must_use]
pub fn files(evidence: &Evidence) -> Files {
    let mut files = tables::files(evidence);
    files.insert("index.html".to_owned(), page::html(evidence).into_bytes());
    files.insert("README.txt".to_owned(), readme::text(evidence).into_bytes());
    files.insert("verify/verify.sh".to_owned(), VERIFY_RECORD.into());
    files.insert("verify/log.py".to_owned(), VERIFY_LOG.into());
    files.insert("verify/tables.py".to_owned(), VERIFY_TABLES.into());
    files
}

/// Where in a pack all stands that is put beside what it says of itself, but for the list of files and its signature.
#[must_use]
pub fn beside(evidence: &Evidence) -> BTreeSet<String> {
    let mut paths: BTreeSet<String> =
        ["allowed_signers", "log/checkpoint", "log/key", "log/opened.jsonl"].map(str::to_owned).into();
    let mut add = |path: String| paths.extend([path]);
    for chosen in &evidence.chosen {
        for exhibit in &chosen.records {
            add(format!("records/{}", exhibit.file));
            add(format!("receipts/{}", exhibit.receipt));
        }
        for exception in &chosen.waivers {
            add(format!("waivers/{}", exception.file));
            add(format!("waivers/{}", exception.receipt));
        }
        for name in &chosen.assignments {
            add(format!("assignments/{name}"));
        }
    }
    for version in &evidence.versions {
        add(format!("courses/{}", version.file));
    }
    match evidence.log.entries {
        Whole::Here => add("log/entries.jsonl".to_owned()),
        Whole::TooLong => {}
    }
    if evidence.log.population.is_some() {
        add("log/roster.tlog-proof".to_owned());
    }
    for size in &evidence.log.earlier {
        add(format!("log/earlier/{size}.checkpoint"));
        add(format!("log/earlier/{size}.extension"));
    }
    paths
}

/// What `sha256sum` prints for files whose paths have neither line feeds nor backslashes.
#[must_use]
pub fn sums(files: &Files) -> String {
    let mut sums = String::new();
    for (path, bytes) in files {
        let _ = writeln!(sums, "{}  {path}", Digest::of(bytes).hex());
    }
    sums
}
