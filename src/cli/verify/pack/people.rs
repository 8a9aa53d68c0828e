//! Whose rows the table of people has, and whom the log means by each.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::named::named_first;
use super::said::{self, Table};
use super::text;
use crate::log::Pseudonym;
use crate::registry::PersonNumber;
use crate::registry::evidence::Tie;
use crate::registry::evidence::recount::Recount;
use crate::report::evidence::Files;
use crate::report::table::{cell, text as bare};

/// That the table has a row of each of these people, in this order, and of nobody else; or whom one has and the other has not.
pub(super) fn same_people(numbers: &[&str], table: &Table) -> Result<(), String> {
    let listed: Vec<String> = numbers.iter().map(|number| bare(&cell(number)).into_owned()).collect();
    let listed: Vec<&str> = listed.iter().map(String::as_str).collect();
    let here: Vec<&str> = table.rows.iter().filter_map(|row| row.first()).map(String::as_str).collect();
    if here == listed {
        return Ok(());
    }
    let [named, told] = [&listed, &here].map(|people| people.iter().copied().collect::<BTreeSet<&str>>());
    let gone: Vec<&str> = named.difference(&told).copied().collect();
    let more: Vec<&str> = told.difference(&named).copied().collect();
    let mut words = Vec::new();
    if !gone.is_empty() {
        words.push(format!("population.csv has no row of {}, whom numbers.txt names", named_first(&gone)));
    }
    if !more.is_empty() {
        words.push(format!(
            "numbers.txt has no line of {}, of whom population.csv has a row",
            named_first(&more)
        ));
    }
    if words.is_empty() {
        words = disordered(numbers, &listed, &here);
    }
    Err(words.join("; "))
}

/// Who stands twice in which of the two, or else where they do not belong. The numbers of a pack are sorted as they are written.
fn disordered(numbers: &[&str], listed: &[&str], here: &[&str]) -> Vec<String> {
    let people = [("numbers.txt", listed), ("population.csv", here)];
    let twice = people.iter().filter_map(|(file, people)| {
        let twice = repeated(people);
        (!twice.is_empty()).then(|| format!("{file} has {} more than once", named_first(&twice)))
    });
    let twice: Vec<String> = twice.collect();
    if !twice.is_empty() {
        return twice;
    }
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    let should: Vec<String> = sorted.iter().map(|number| bare(&cell(number)).into_owned()).collect();
    let misplaced = people.iter().filter_map(|(file, people)| {
        let (should, says) = should.iter().zip(*people).find(|(should, says)| should != *says)?;
        Some(format!("{file} has {says} where {should} must stand"))
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
}

impl Ties {
    pub(super) fn of(files: &Files) -> Self {
        let tie = |line: &str| {
            let mut parts = line.splitn(3, ' ').skip(1);
            let (salt, number) = (said::salt(parts.next()?)?, parts.next()?);
            Some((number.to_owned(), Tie { pseudonym: Pseudonym::of(number, &salt), salt }))
        };
        let by_number: BTreeMap<String, Tie> =
            text(files, "log/people.txt").lines().filter_map(tie).collect();
        let bound = by_number.values().map(|tie| tie.pseudonym).collect();
        Self { by_number, bound }
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

/// What is told when the secret of somebody leads to another than the one in their row, and the log does not know that other one.
pub(super) fn unlike(log: &Recount, number: &PersonNumber, in_row: Option<Pseudonym>) -> String {
    if in_row.is_some_and(|in_row| log.people.contains_key(&in_row)) {
        format!("log/people.txt: {number} is not who population.csv says in the log")
    } else {
        format!(
            "population.csv and log/people.txt: {number} is not the same in the log, and it has no entry about either: one of the \
             two was altered"
        )
    }
}
