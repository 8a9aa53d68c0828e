//! The rows of people made again: what the roster says of somebody by their row, how they stand by the log.

use std::collections::BTreeMap;

use super::claims::Building;
use super::fault::Fault;
use super::listed::{listed, roster};
use super::people::{Listing as Numbers, Ties};
use super::said::{Table, WaiverCells, waiver_logged};
use super::spared::Spared;
use super::text;
use super::unsure::{STANDING, Unsure};
use crate::digest::Digest;
use crate::log::Pseudonym;
use crate::registry::PersonNumber;
use crate::registry::change::RuleSet;
use crate::registry::dossier::Dossier;
use crate::registry::evidence::{EXPIRING_DAYS, Listed, Listing, Review, Row};
use crate::registry::status::{Reckoning, Status};
use crate::report::evidence::{Files, POPULATION, other_column, standing};
use crate::report::table::{cell, text as bare};

/// What rows are made of, beside what they say of themselves.
struct Maker<'a> {
    building: &'a Building<'a>,
    reckoning: Reckoning<'a>,
    waivers: BTreeMap<String, Vec<WaiverCells>>,
    reviews: BTreeMap<Pseudonym, Vec<Review>>,
    /// What other tables say that follows from who somebody is in the log, by their number.
    beside: BTreeMap<String, Vec<[String; 3]>>,
}

/// A row of the table, and what is made of it.
struct Made<'a> {
    row: Row,
    cells: &'a [String],
    /// The cells that cannot be read.
    unread: Vec<&'static str>,
}

impl Building<'_> {
    /// The population: who, and what the roster says of them, by its own table; how they stand, by the log.
    pub(super) fn people(&mut self, ties: &Ties, left_out: &[Pseudonym]) -> Result<Vec<Row>, String> {
        let table = Table::of(self.files, "population.csv")?;
        if let Some(words) = other_column(&POPULATION, &table.header) {
            return Err(format!("population.csv: {words}"));
        }
        // That a line is empty is told of the file.
        let numbers = text(self.files, "numbers.txt");
        let numbers: Vec<&str> = numbers.lines().filter(|number| !number.is_empty()).collect();
        let listing = Numbers::of(&numbers, &table);
        let (validity_days, policies) = (self.log.validity_days(), self.policies());
        let rules: Vec<RuleSet> = self.log.rules.iter().map(as_in_tables).collect();
        let reckoning = Reckoning {
            at: self.facts.as_of,
            validity_days: &validity_days,
            rules: &rules,
            policies: &policies,
            expiring_days: EXPIRING_DAYS,
        };
        let maker = Maker {
            building: self,
            reckoning,
            waivers: WaiverCells::by_number(self.files),
            reviews: self.reviews_by_person(),
            beside: beside(self.files),
        };
        let (mut unsure, mut faults) = (Unsure::default(), listing.faults);
        if !faults.is_empty() {
            unsure.list_otherwise();
        }
        listing.missing.iter().for_each(|number| unsure.stranger(&bare(&cell(number))));
        let mut people = Vec::with_capacity(listing.rows.len());
        for (number, cells) in listing.rows {
            let Ok(number) = PersonNumber::new(number) else {
                faults.push(Fault::within("population.csv", format!("{number:?} is no number of a person")));
                unsure.stranger(&bare(&cell(number)));
                continue;
            };
            let said = table.cell(cells, "in the log").parse().ok().map(Pseudonym::from_digest);
            let (listed, wrong) = listed(&table, cells);
            let unread = wrong.iter().map(|(column, _)| *column).collect();
            faults.extend(
                wrong.iter().map(|(_, words)| Fault::within("population.csv", format!("{number}: {words}"))),
            );
            let row = maker.row(number.clone(), listed, ties.meant(&self.log, &number, said));
            people.push(Made { row, cells, unread });
        }
        for (place, row) in maker.meant_otherwise(&people, (&table, ties), left_out) {
            people[place].row = row;
        }
        for made in &people {
            maker.unsure(made, &mut unsure);
            if made.row.pseudonym.is_none() {
                faults.push(Fault::within(
                    "population.csv",
                    format!("{}: it is not told who that is in the log", made.row.number),
                ));
            }
        }
        let questions = maker.spared(&people, &table);
        self.questions.extend(questions.questions());
        self.faults.extend(faults);
        self.unsure = unsure;
        Ok(people.into_iter().map(|made| made.row).collect())
    }

    fn reviews_by_person(&self) -> BTreeMap<Pseudonym, Vec<Review>> {
        let mut reviews: BTreeMap<Pseudonym, Vec<_>> = BTreeMap::new();
        for (pseudonym, review) in &self.log.reviews {
            reviews.entry(*pseudonym).or_default().push(review.clone());
        }
        reviews
    }
}

/// What the tables of exceptions and decisions say of everybody that follows from the log.
fn beside(files: &Files) -> BTreeMap<String, Vec<[String; 3]>> {
    let mut rows: BTreeMap<String, Vec<[String; 3]>> = BTreeMap::new();
    for (path, columns) in [
        ("waivers.csv", ["given", "until", "taken back"]),
        ("reviews.csv", ["record", "decision", "decided"]),
    ] {
        let Ok(table) = Table::of(files, path) else { continue };
        for row in &table.rows {
            let cells = columns.map(|column| table.cell(row, column).to_owned());
            rows.entry(table.cell(row, "number").to_owned()).or_default().push(cells);
        }
    }
    rows
}

impl Maker<'_> {
    fn row(&self, number: PersonNumber, listed: Option<Listed>, pseudonym: Option<Pseudonym>) -> Row {
        let facts = &self.building.facts;
        let mut dossier = self.dossier(pseudonym);
        dossier.roster = listed.as_ref().map(|listed| roster(listed, facts.as_of));
        let status = self.reckoning.standing(&dossier).remove(&facts.course);
        let rests_on = status.as_ref().and_then(Status::record);
        let rests_on = dossier.records.iter().find(|record| Some(record.digest) == rests_on).cloned();
        let begin = self.building.begin();
        let said = self.waivers.get(number.as_str()).map(Vec::as_slice).unwrap_or_default();
        let waivers = dossier.waivers.iter().filter(|waiver| waiver.until >= begin).collect();
        let waivers = WaiverCells::beside(waivers, said);
        let reviews =
            pseudonym.and_then(|pseudonym| self.reviews.get(&pseudonym)).cloned().unwrap_or_default();
        Row { number, roster: listed, status, rests_on, waivers, reviews, pseudonym }
    }

    fn dossier(&self, pseudonym: Option<Pseudonym>) -> Dossier {
        self.building.log.dossier(&pseudonym.unwrap_or_else(|| Pseudonym::from_digest(Digest::of(b""))))
    }

    /// The rows that are what the log says of somebody else than they name, where that name is all that was altered: one row is
    /// of the one person who is missing, or two were exchanged.
    fn meant_otherwise(
        &self,
        people: &[Made<'_>],
        (table, ties): (&Table, &Ties),
        left_out: &[Pseudonym],
    ) -> Vec<(usize, Row)> {
        let fits = |made: &Made<'_>, row: &Row| {
            let says = |(column, should): &(&str, String)| table.cell(made.cells, column) == should;
            standing(row).iter().all(says) && self.is_told_beside(row)
        };
        let is_strange = |made: &Made<'_>| self.is_certain(made) && !fits(made, &made.row);
        let strange = people.iter().enumerate().filter(|(_, made)| is_strange(made));
        let strange: Vec<(usize, &Made<'_>)> = strange.take(3).collect();
        let meant: Vec<Pseudonym> = match strange[..] {
            [(place, _)] => {
                let others = (0..).zip(people).filter(|(other, _)| *other != place);
                let known = others.filter_map(|(_, made)| made.row.pseudonym).collect();
                let left_out = left_out.iter().copied().collect();
                self.building.missing(&known, &left_out).map(|(pseudonym, _)| *pseudonym).take(2).collect()
            }
            [(_, one), (_, other)] => [other, one].iter().filter_map(|made| made.row.pseudonym).collect(),
            _ => Vec::new(),
        };
        let is_bound = |made: &Made<'_>| ties.tie(&made.row.number).is_some();
        if meant.len() != strange.len() || strange.iter().any(|(_, made)| is_bound(made)) {
            return Vec::new();
        }
        let rows = strange.iter().zip(meant);
        let rows: Vec<(usize, Row)> = rows
            .map(|((place, made), pseudonym)| {
                (*place, self.row(made.row.number.clone(), made.row.roster.clone(), Some(pseudonym)))
            })
            .collect();
        let is_all = strange.iter().zip(&rows).all(|((_, made), (_, row))| fits(made, row));
        if is_all { rows } else { Vec::new() }
    }

    /// Whether the tables of exceptions and decisions say of somebody what the log says of whom the row names.
    fn is_told_beside(&self, row: &Row) -> bool {
        let mut should: Vec<[String; 3]> = row.waivers.iter().map(waiver_logged).collect();
        should.extend(row.reviews.iter().map(|review| {
            [review.record.to_string(), review.decision.word().to_owned(), review.at.to_string()]
        }));
        let mut says = self.beside.get(row.number.as_str()).cloned().unwrap_or_default();
        should.sort();
        says.sort();
        should == says
    }

    /// Marks what of a row cannot be made again.
    fn unsure(&self, made: &Made<'_>, unsure: &mut Unsure) {
        let number = made.cells.first().map(String::as_str).unwrap_or_default();
        if !made.unread.is_empty() {
            unsure.cells(number, made.unread.iter().copied());
        }
        if made.unread.contains(&"on the roster") {
            unsure.list_otherwise();
        }
        if made.row.pseudonym.is_none() {
            unsure.cells(number, ["in the log"]);
            unsure.stranger(number);
        }
        if made.row.pseudonym.is_none() || !self.is_certain(made) {
            unsure.cells(number, STANDING);
        }
    }

    /// Whether how somebody stands follows from what can be read: for how long their completion counts, and, where nobody asked
    /// or excepted them, the rules that may ask and what these go by.
    fn is_certain(&self, made: &Made<'_>) -> bool {
        let log = &self.building.log;
        let dossier = self.dossier(made.row.pseudonym);
        let earned = dossier.records.iter().rev().find(|record| record.counts() && record.passed);
        let is_unknown =
            |version: &Digest| log.added.contains(version) && !log.versions.contains_key(version);
        if made.unread.contains(&"on the roster") || earned.is_some_and(|earned| is_unknown(&earned.version))
        {
            return false;
        }
        let mut asked = dossier.assignments.last().into_iter();
        let is_asked = asked.any(|asked| earned.is_none_or(|earned| earned.received_at < asked.at));
        let is_excepted =
            earned.is_none() && dossier.waivers.iter().any(|waiver| waiver.holds(self.reckoning.at));
        let is_at_work = made.row.roster.as_ref().is_some_and(|listed| listed.listing == Listing::AtWork);
        let is_rule_read = !log.is_rule_unknown && !self.building.is_policy_unknown();
        is_asked
            || is_excepted
            || !is_at_work
            || is_rule_read && (made.unread.is_empty() || log.rules.is_empty())
    }

    /// Who is not overdue by HR's word alone.
    fn spared(&self, people: &[Made<'_>], table: &Table) -> Spared {
        let course = &self.building.facts.course;
        let mut spared = Spared::default();
        for Made { row, cells, .. } in people {
            let (Some(listed), Some(_)) = (&row.roster, &row.pseudonym) else { continue };
            let words = table.cell(cells, "on the roster");
            let dossier = self.dossier(row.pseudonym);
            spared.consider((&self.reckoning, course), &dossier, listed, (row.number.as_str(), words));
        }
        spared
    }
}

/// A rule whose departments and roles are spelled as cells spell them: a hidden character is a sign there.
fn as_in_tables(rule: &RuleSet) -> RuleSet {
    let mut rule = rule.clone();
    for text in rule.audience.departments.iter_mut().chain(&mut rule.audience.roles) {
        *text = bare(&cell(text)).into_owned();
    }
    rule
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;
    use crate::registry::change::{Audience, Trigger};
    use crate::registry::person::Profile;

    /// A table shows a soft hyphen as a sign, and an apostrophe before a formula.
    #[test]
    fn a_rule_is_for_whom_the_table_spells_otherwise() {
        for department in ["R\u{ad}D", "=R&D", "R&D"] {
            let rule = RuleSet {
                at: Timestamp::EPOCH,
                id: uuid::Uuid::nil(),
                course: "vector-course".parse().expect("an id"),
                trigger: Trigger::Every { months: 12, notice_days: 30 },
                audience: Audience { departments: vec![department.to_owned()], ..Audience::default() },
                by: String::new(),
            };
            let told = cell(department);
            let profile = Profile { department: Some(bare(&told).into_owned()), ..Profile::named("Ada") };
            let number = PersonNumber::new("7").expect("a number");
            assert!(as_in_tables(&rule).audience.includes(&number, &profile), "{department:?}");
        }
    }
}
