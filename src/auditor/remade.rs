//! What a pack must be, made again from the entries of its log and held against what it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::claims::{self, Rebuilt};
use super::contents::Contents;
use super::fault::{Fault, told};
use super::log::Sound;
use super::{Finding, Subject};
use crate::digest::Digest;
use crate::record::verdict::Approval;
use crate::registry::evidence::Review;
use crate::report::evidence::{self, Difference, Files, differences, is_script};

/// Why nothing was made again.
const NOT_MADE: &str = "not compared: the log is not here as it was signed (above), so nothing can be made again from its entries";

/// Why the pages were not compared when the reason for the tables is told above.
const NO_TABLES: &str =
    "README.txt, index.html and the scripts were not compared: the tables could not be made again (above)";

/// The same where some of them could.
const NOT_ALL_TABLES: &str = "README.txt, index.html and the scripts were not compared: not all of the tables could be made again (above)";

/// What whoever checks must know of pages and scripts that were not compared: anything can stand in them.
const UNCOMPARED: &str = "do not run the scripts in verify/ or the commands of README.txt, and do not believe what README.txt and \
                          index.html say";

/// The tables, proofs and pages, made again from the entries.
pub(super) struct Remade {
    pub(super) findings: Vec<Finding>,
    /// The files that must be here and are not, and those that are no part of the pack.
    pub(super) layout: Vec<Fault>,
    /// The versions of the course, and whether they were approved, if the log tells.
    pub(super) versions: Option<BTreeMap<Digest, Approval>>,
    /// What was decided about records up to the moment of the pack.
    pub(super) reviews: Vec<Review>,
}

impl Remade {
    pub(super) fn of(files: &Files, contents: &Contents, log: &Sound<'_>) -> Self {
        let rebuilt = match claims::rebuilt(files, contents, log) {
            Ok(rebuilt) => rebuilt,
            Err(words) => {
                let pages = uncompared(NO_TABLES);
                let findings = vec![Finding::of(Subject::Tables, vec![words], Vec::new), pages];
                return Self { findings, layout: Vec::new(), versions: None, reviews: Vec::new() };
            }
        };
        let Rebuilt { evidence, versions, faults, questions, unsure, reviews } = rebuilt;
        let is_page = |path: &str| path == "README.txt" || path == "index.html" || is_script(path);
        let made = evidence::files(&evidence);
        let layout = layout(&made, &evidence::beside(&evidence), files, unsure.has_strangers());
        let (pages, mut tables): (Files, Files) = made.into_iter().partition(|(path, _)| is_page(path));
        let mut wrong = faults;
        // Of a file that is not here that alone is told; of a table, also what the log says that it lacks.
        let is_table = |path: &str| Path::new(path).extension().is_some_and(|end| end == "csv");
        let is_missing = |path: &str| layout.contains(&Fault::missing(path));
        wrong.retain(|fault| is_table(fault.file()) || !is_missing(fault.file()));
        let mut wrong = told(wrong);
        let settled = unsure.settle(&mut tables, files);
        wrong.extend(words(differences(&tables, &settled)));
        // Whatever is not compared has a reason, which is told; without one this is no pass.
        if !unsure.is_empty() && wrong.is_empty() {
            let why = if layout.is_empty() { "" } else { ": for what is wrong with the files, see there" };
            wrong.push(format!("not all of the tables could be made again{why}"));
        }
        let tables = Finding::of(Subject::Tables, wrong, || {
            vec![
                format!(
                    "statuses, dates, levels, decisions and exceptions of {} people are what the log says",
                    evidence.people.len()
                ),
                format!(
                    "names, departments, roles, days of work, who stands on the roster and since when are HR's word; so is which \
                     number is whom in the log, and by which identifier an exception goes, but for {}; and of whoever has left, that it was before the period",
                    evidence.chosen.len()
                ),
                "who is at work, on leave or has left is HR's word, and with it whether somebody whose due date has passed is overdue; \
                 the times of entries are those of HR's clock"
                    .to_owned(),
            ]
        });
        let made = log.proofs(&evidence);
        let proofs = Finding::of(Subject::Proofs, unlike_proofs(&made, files), || {
            vec![format!("{} receipts and extensions are those of this log", made.len())]
        });
        let pages = if !unsure.is_empty() {
            uncompared(NOT_ALL_TABLES)
        } else if evidence.program == env!("CARGO_PKG_VERSION") {
            Finding::of(Subject::Pages, differing(&pages, files), || {
                vec![
                    "README.txt, index.html and the scripts are those of this version of countersign"
                        .to_owned(),
                ]
            })
        } else {
            // Another version may say the same in other words, so a pack of it does not fail by that; which one it was is HR's word.
            uncompared(&format!(
                "README.txt, index.html and the scripts are of version {}, as HR says, and were not compared: believe the tables, \
                 or check with that version",
                evidence.program
            ))
        };
        let questions = if questions.is_empty() {
            let well = "people are called as in what was signed, no more have left by the log than are told, and nobody is spared a due \
                 date that has passed by HR's word that they are not at work";
            Finding::of(Subject::Questions, Vec::new(), || vec![well.to_owned()])
        } else {
            Finding::unknown(Subject::Questions, questions)
        };
        let registry = Finding::of(Subject::Registry, evidence.findings.clone(), || {
            vec!["its own check before the pack was made found nothing, as HR says".to_owned()]
        });
        let findings = vec![tables, proofs, pages, questions, registry];
        Self { findings, layout, versions: Some(versions), reviews }
    }

    /// What is found without entries.
    pub(super) fn nothing() -> Self {
        let tables = Finding::unknown(Subject::Tables, vec![NOT_MADE.to_owned()]);
        let findings = vec![tables, uncompared(NOT_MADE)];
        Self { findings, layout: Vec::new(), versions: None, reviews: Vec::new() }
    }
}

/// Why pages and scripts were not compared, and what follows from it for whoever has them.
fn uncompared(reason: &str) -> Finding {
    Finding::unknown(Subject::Pages, vec![reason.to_owned(), UNCOMPARED.to_owned()])
}

/// In what receipts and extensions differ. One that belongs to something else is told by where it belongs: what stands in it nobody
/// can read.
fn unlike_proofs(made: &Files, files: &Files) -> Vec<String> {
    let belongs = |path: &str| {
        let found = files.get(path)?;
        made.iter().find(|(_, bytes)| *bytes == found).map(|(belongs, _)| belongs)
    };
    let told = |difference: Difference<'_>| match belongs(difference.path) {
        Some(belongs) => {
            format!("{}: is of something else: what is in it belongs in {belongs}", difference.path)
        }
        None => difference.words,
    };
    differences(made, files).into_iter().map(told).collect()
}

/// In what the pages differ. They are made of what else is here, so which of the two was altered is not told by them.
fn differing(pages: &Files, files: &Files) -> Vec<String> {
    let differences = differences(pages, files);
    let is_page_other = differences.iter().any(|difference| !is_script(difference.path));
    let mut wrong = words(differences);
    if is_page_other {
        wrong.push(
            "README.txt and index.html are made of the tables and pack.json: where a page and a table differ, one of the two was \
             altered"
                .to_owned(),
        );
    }
    wrong
}

fn words(differences: Vec<Difference<'_>>) -> Vec<String> {
    differences.into_iter().map(|difference| difference.words).collect()
}

/// What a pack has is known: nothing is missing, and nothing is beside it that somebody could take for a part of it. What signed
/// files there are of people is known when it is known who all of them are in the log.
fn layout(made: &Files, beside: &BTreeSet<String>, files: &Files, has_strangers: bool) -> Vec<Fault> {
    let must = || made.keys().chain(beside);
    let missing = must().filter(|path| !files.contains_key(*path)).map(Fault::missing);
    let is_of_people = |path: &str| {
        ["assignments/", "receipts/", "records/", "waivers/"].iter().any(|folder| path.starts_with(folder))
    };
    let more = files.keys().filter(|path| !made.contains_key(*path) && !beside.contains(*path));
    let more = more.filter(|path| !(has_strangers && is_of_people(path)));
    missing.chain(more.map(|path| Fault::of(path, "is no part of the pack"))).collect()
}
