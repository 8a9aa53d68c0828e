//! Whose rows the table of people has, and whom the log means by each.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::Fault;
use super::said::{self, Table};
use super::text;
use crate::log::{Pseudonym, Salt};
use crate::phrase::named_first;
use crate::registry::PersonNumber;
use crate::registry::evidence::Tie;
use crate::registry::evidence::recount::Recount;
use crate::report::evidence::Files;
use crate::report::table::{cell, text as bare};

/// The people of a pack: whom `numbers.txt` names, and of whom the table has a row.
pub(super) struct Listing<'a> {
    /// Of whom there is a row, with the first that there is, in the order in which they must stand.
    pub(super) rows: BTreeMap<&'a str, &'a [String]>,
    /// Of whom there is none, and who stands there instead: that may be one of them under another number.
    pub(super) missing: Vec<&'a str>,
    /// In what the two differ.
    pub(super) faults: Vec<Fault>,
}

impl<'a> Listing<'a> {
    pub(super) fn of(numbers: &[&'a str], table: &'a Table) -> Self {
        let spelled: Vec<String> = numbers.iter().map(|number| bare(&cell(number)).into_owned()).collect();
        let known: BTreeMap<&str, &str> =
            spelled.iter().map(String::as_str).zip(numbers.iter().copied()).collect();
        let mut rows = BTreeMap::new();
        for row in &table.rows {
            let Some(number) = row.first() else { continue };
            rows.entry(known.get(number.as_str()).copied().unwrap_or(number)).or_insert(row.as_slice());
        }
        let named: BTreeSet<&str> = numbers.iter().copied().collect();
        let mut missing: Vec<&str> =
            named.iter().copied().filter(|number| !rows.contains_key(number)).collect();
        if !missing.is_empty() {
            missing.extend(rows.keys().copied().filter(|number| !named.contains(number)));
        }
        Self { rows, missing, faults: otherwise(numbers, &spelled, table) }
    }
}

/// Whom the table or the list of numbers has and the other has not, or who stands where another must.
fn otherwise(numbers: &[&str], listed: &[String], table: &Table) -> Vec<Fault> {
    let listed: Vec<&str> = listed.iter().map(String::as_str).collect();
    let here: Vec<&str> = table.rows.iter().filter_map(|row| row.first()).map(String::as_str).collect();
    if here == listed {
        return Vec::new();
    }
    let [named, told] = [&listed, &here].map(|people| people.iter().copied().collect::<BTreeSet<&str>>());
    let gone: Vec<&str> = named.difference(&told).copied().collect();
    let more: Vec<&str> = told.difference(&named).copied().collect();
    let mut words = Vec::new();
    if !gone.is_empty() {
        words.push(Fault::within(
            "population.csv",
            format!("has no row of {}, whom numbers.txt names", named_first(&gone)),
        ));
    }
    if !more.is_empty() {
        words.push(Fault::within(
            "numbers.txt",
            format!("has no line of {}, of whom population.csv has a row", named_first(&more)),
        ));
    }
    if words.is_empty() { disordered(numbers, &listed, &here) } else { words }
}

/// Who stands twice in which of the two, or else where they do not belong. The numbers of a pack are sorted as they are written.
fn disordered(numbers: &[&str], listed: &[&str], here: &[&str]) -> Vec<Fault> {
    let people = [("numbers.txt", listed), ("population.csv", here)];
    let twice = people.iter().filter_map(|(file, people)| {
        let twice = repeated(people);
        (!twice.is_empty())
            .then(|| Fault::within(*file, format!("has {} more than once", named_first(&twice))))
    });
    let twice: Vec<Fault> = twice.collect();
    if !twice.is_empty() {
        return twice;
    }
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    let should: Vec<String> = sorted.iter().map(|number| bare(&cell(number)).into_owned()).collect();
    let misplaced = people.iter().filter_map(|(file, people)| {
        let (should, says) = should.iter().zip(*people).find(|(should, says)| should != *says)?;
        Some(Fault::within(*file, format!("has {says} where {should} must stand")))
    });
    misplaced.collect()
}

fn repeated<'a>(people: &[&'a str]) -> Vec<&'a str> {
    let (mut known, mut repeated) = (BTreeSet::new(), BTreeSet::new());
    repeated.extend(people.iter().copied().filter(|number| !known.insert(*number)));
    repeated.into_iter().collect()
}

/// By which secret people are bound to what the log calls them, of those whose secrets are here.
pub(super) struct Ties {
    by_number: BTreeMap<String, Tie>,
    bound: BTreeSet<Pseudonym>,
    /// Whose lines there are, in their order.
    listed: Vec<String>,
    /// The lines of which a secret does not lead to what they say.
    wrong: Vec<Fault>,
}

impl Ties {
    pub(super) fn of(files: &Files) -> Self {
        let (mut by_number, mut listed, mut wrong) = (BTreeMap::new(), Vec::new(), Vec::new());
        for (index, line) in text(files, "log/people.txt").lines().enumerate() {
            let Some((said, salt, number)) = parts(line) else {
                wrong.push(Fault::in_line(
                    "log/people.txt",
                    index + 1,
                    "is no digest with a secret and a number",
                ));
                continue;
            };
            let tie = Tie { pseudonym: Pseudonym::of(number, &salt), salt };
            if tie.pseudonym.digest().hex() == said {
                by_number.insert(number.to_owned(), tie);
            } else {
                wrong.push(Fault::within("log/people.txt", format!("{number} is not sha256:{said}")));
            }
            listed.push(number.to_owned());
        }
        let bound = by_number.values().map(|tie| tie.pseudonym).collect();
        Self { by_number, bound, listed, wrong }
    }

    /// What is wrong with the list, which must have a secret of each of these people in their order, and of nobody else. Whose
    /// secret it was that is nobody's nobody can tell.
    pub(super) fn faults(&self, chosen: &[PersonNumber]) -> Vec<Fault> {
        if !self.wrong.is_empty() {
            return self.wrong.clone();
        }
        let chosen: Vec<&str> = chosen.iter().map(PersonNumber::as_str).collect();
        let listed: Vec<&str> = self.listed.iter().map(String::as_str).collect();
        let lacking = |people: &[&'_ str], others: &[&'_ str]| -> Vec<String> {
            let others: BTreeSet<&str> = others.iter().copied().collect();
            let lacking = people.iter().filter(|number| !others.contains(*number));
            lacking.map(|number| (*number).to_owned()).collect()
        };
        let (missing, more) = (lacking(&chosen, &listed), lacking(&listed, &chosen));
        let mut words = Vec::new();
        if !missing.is_empty() {
            let of = named_first(&missing);
            words.push(Fault::within(
                "log/people.txt",
                format!("of {of} it is not told who they are in the log"),
            ));
        }
        if !more.is_empty() {
            let who = named_first(&more);
            words.push(Fault::within(
                "log/people.txt",
                format!("tells who {who} is in the log, who is not in the sample"),
            ));
        }
        if words.is_empty() && listed != chosen {
            words.push(Fault::within(
                "log/people.txt",
                "the order of its lines is not what it must be, or one stands there twice",
            ));
        }
        words
    }

    pub(super) fn numbers(&self) -> BTreeSet<&str> {
        self.by_number.keys().map(String::as_str).collect()
    }

    pub(super) fn tie(&self, number: &PersonNumber) -> Option<&Tie> {
        self.by_number.get(number.as_str())
    }

    /// Whom the log means by a row. Nobody can make a secret that leads from a number to somebody whom the log knows, so it
    /// stands against what the row says of itself; and so does any secret where the row says somebody whose secret is here, too.
    pub(super) fn meant(
        &self,
        log: &Recount,
        number: &PersonNumber,
        said: Option<Pseudonym>,
    ) -> Option<Pseudonym> {
        let is_of_another = said.is_some_and(|said| self.bound.contains(&said));
        let bound = self.tie(number).map(|tie| tie.pseudonym);
        bound.filter(|bound| is_of_another || log.people.contains_key(bound)).or(said)
    }
}

/// What somebody is called in the log, the secret by which it follows, and their number.
fn parts(line: &str) -> Option<(&str, Salt, &str)> {
    let mut parts = line.splitn(3, ' ');
    Some((parts.next()?, said::salt(parts.next()?)?, parts.next()?))
}

/// What is told when the secret of somebody leads to another than the one in their row, and the log does not know that other one.
pub(super) fn unlike(log: &Recount, number: &PersonNumber, in_row: Option<Pseudonym>) -> Fault {
    if in_row.is_some_and(|in_row| log.people.contains_key(&in_row)) {
        Fault::within("log/people.txt", format!("{number} is not who population.csv says in the log"))
    } else {
        Fault::in_either(
            "population.csv",
            "log/people.txt",
            format!(
                "{number} is not the same in the log, and it has no entry about either: one of the two was altered"
            ),
        )
    }
}
