//! The rows of people made again: what the roster says of somebody by their row, how they stand by the log.

use std::collections::BTreeMap;

use super::claims::Building;
use super::people::{Ties, same_people};
use super::said::{Table, WaiverCells, WaiverText};
use super::spared::Spared;
use super::text;
use crate::clock::Timestamp;
use crate::log::Pseudonym;
use crate::registry::PersonNumber;
use crate::registry::change::RuleSet;
use crate::registry::dossier::RosterState;
use crate::registry::evidence::{EXPIRING_DAYS, Listed, Listing, Review, Row};
use crate::registry::person::{Presence, Profile};
use crate::registry::status::{Reckoning, Status};
use crate::report::evidence::{listed_as, standing};
use crate::report::table::{cell, text as bare};

/// What rows are made of, beside what they say of themselves.
struct Maker<'a> {
    building: &'a Building<'a>,
    reckoning: Reckoning<'a>,
    waivers: BTreeMap<String, Vec<WaiverCells>>,
    reviews: BTreeMap<Pseudonym, Vec<Review>>,
}

impl Building<'_> {
    /// The population: who, and what the roster says of them, by its own table; how they stand, by the log.
    pub(super) fn people(&mut self, left_out: &[Pseudonym]) -> Result<Vec<Row>, String> {
        let table = Table::of(self.files, "population.csv")?;
        let numbers: Vec<&str> = text(self.files, "numbers.txt").lines().collect();
        same_people(&numbers, &table)?;
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
            waivers: self.waiver_texts()?,
            reviews: self.reviews_by_person(),
        };
        let ties = Ties::of(self.files);
        let mut people = Vec::with_capacity(numbers.len());
        for (number, row) in numbers.iter().zip(&table.rows) {
            let number = PersonNumber::new(number).map_err(|error| format!("numbers.txt: {error}"))?;
            let said = table.cell(row, "in the log").parse().ok().map(Pseudonym::from_digest);
            let Some(pseudonym) = ties.meant(&self.log, &number, said) else {
                return Err(format!("population.csv: {number}: it is not told who that is in the log"));
            };
            let listed = listed(&table, row).map_err(|words| format!("population.csv: {number}: {words}"))?;
            people.push(maker.row(number, listed, pseudonym));
        }
        for (place, row) in maker.meant_otherwise(&people, (&table, &ties), left_out) {
            people[place] = row;
        }
        let questions = maker.spared(&people, &table);
        self.questions.extend(questions.questions());
        Ok(people)
    }

    /// What `waivers.csv` says of exceptions beside what the log does, by number and in the order of the table.
    fn waiver_texts(&self) -> Result<BTreeMap<String, Vec<WaiverCells>>, String> {
        let table = Table::of(self.files, "waivers.csv")?;
        let mut texts: BTreeMap<String, Vec<WaiverCells>> = BTreeMap::new();
        for row in &table.rows {
            let text = |column| table.cell(row, column).to_owned();
            let id =
                text("waiver").parse().map_err(|_| "waivers.csv: a waiver has no identifier".to_owned())?;
            let cells = WaiverCells {
                said: WaiverText { id, approver: text("approver"), reason: text("reason") },
                taken_back_by: text("taken back by"),
                taken_back_because: text("taken back because"),
            };
            texts.entry(text("number")).or_default().push(cells);
        }
        Ok(texts)
    }

    fn reviews_by_person(&self) -> BTreeMap<Pseudonym, Vec<Review>> {
        let mut reviews: BTreeMap<Pseudonym, Vec<_>> = BTreeMap::new();
        for (pseudonym, review) in &self.log.reviews {
            reviews.entry(*pseudonym).or_default().push(review.clone());
        }
        reviews
    }
}

impl Maker<'_> {
    fn row(&self, number: PersonNumber, listed: Option<Listed>, pseudonym: Pseudonym) -> Row {
        let Building { facts, log, .. } = self.building;
        let mut dossier = log.dossier(&pseudonym);
        dossier.roster = listed.as_ref().map(|listed| roster(listed, facts.as_of));
        let status = self.reckoning.standing(&dossier).remove(&facts.course);
        let rests_on = status.as_ref().and_then(Status::record);
        let rests_on = dossier.records.iter().find(|record| Some(record.digest) == rests_on).cloned();
        let begin = self.building.begin();
        let mut said = self.waivers.get(number.as_str()).into_iter().flatten();
        let waivers = dossier.waivers.iter().filter(|waiver| waiver.until >= begin);
        let waivers = waivers.map(|waiver| said.next().cloned().unwrap_or_default().about(waiver)).collect();
        let reviews = self.reviews.get(&pseudonym).cloned().unwrap_or_default();
        Row { number, roster: listed, status, rests_on, waivers, reviews, pseudonym: Some(pseudonym) }
    }

    /// The rows that are what the log says of somebody else than they name, where that name is all that was altered: one row is
    /// of the one person who is missing, or two were exchanged.
    fn meant_otherwise(
        &self,
        people: &[Row],
        (table, ties): (&Table, &Ties),
        left_out: &[Pseudonym],
    ) -> Vec<(usize, Row)> {
        let fits = |place: usize, row: &Row| {
            let said = table.rows.get(place);
            said.is_some_and(|said| {
                standing(row).iter().all(|(column, should)| table.cell(said, column) == should)
            })
        };
        let strange = people.iter().enumerate().filter(|(place, row)| !fits(*place, row));
        let strange: Vec<(usize, &Row)> = strange.take(3).collect();
        let meant: Vec<Pseudonym> = match strange[..] {
            [(place, _)] => {
                let others = (0..).zip(people).filter(|(other, _)| *other != place);
                let known = others.filter_map(|(_, row)| row.pseudonym).collect();
                let left_out = left_out.iter().copied().collect();
                self.building.missing(&known, &left_out).map(|(pseudonym, _)| *pseudonym).take(2).collect()
            }
            [(_, one), (_, other)] => [other, one].iter().filter_map(|row| row.pseudonym).collect(),
            _ => Vec::new(),
        };
        if meant.len() != strange.len() || strange.iter().any(|(_, row)| ties.tie(&row.number).is_some()) {
            return Vec::new();
        }
        let rows = strange.into_iter().zip(meant);
        let rows: Vec<(usize, Row)> = rows
            .map(|((place, row), pseudonym)| {
                (place, self.row(row.number.clone(), row.roster.clone(), pseudonym))
            })
            .collect();
        if rows.iter().all(|(place, row)| fits(*place, row)) { rows } else { Vec::new() }
    }

    /// Who is not overdue by HR's word alone.
    fn spared(&self, people: &[Row], table: &Table) -> Spared {
        let Building { facts, log, .. } = self.building;
        let mut spared = Spared::default();
        for (row, cells) in people.iter().zip(&table.rows) {
            let (Some(listed), Some(pseudonym)) = (&row.roster, &row.pseudonym) else { continue };
            let words = table.cell(cells, "on the roster");
            let dossier = log.dossier(pseudonym);
            spared.consider((&self.reckoning, &facts.course), &dossier, listed, (row.number.as_str(), words));
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

/// What the roster says of somebody, as the table tells it.
fn listed(table: &Table, row: &[String]) -> Result<Option<Listed>, String> {
    let listing =
        listed_as(table.cell(row, "on the roster")).ok_or("it is not told whether they are on the roster")?;
    let Some(listing) = listing else { return Ok(None) };
    let optional = |column| Some(table.cell(row, column).to_owned()).filter(|text| !text.is_empty());
    let hired = match table.cell(row, "hired") {
        "" => None,
        text => Some(text.parse().map_err(|_| "the day on which they were hired is no day")?),
    };
    Ok(Some(Listed {
        name: table.cell(row, "name").to_owned(),
        department: optional("department"),
        role: optional("role"),
        hired,
        first_seen: table
            .cell(row, "first seen")
            .parse()
            .map_err(|_| "since when they are known is no time")?,
        listing,
    }))
}

/// What the roster says of somebody, as statuses are reckoned by it.
pub(super) fn roster(listed: &Listed, at: Timestamp) -> RosterState {
    let presence = match listed.listing {
        Listing::AtWork => Presence::Active,
        Listing::OnLeave => Presence::Away,
        Listing::ToCome | Listing::Over | Listing::Left | Listing::LeftBefore => Presence::Gone,
    };
    let profile = Profile {
        department: listed.department.clone(),
        role: listed.role.clone(),
        hired: listed.hired,
        ..Profile::named(&listed.name)
    };
    RosterState { profile, said: presence, presence, day: at.date(), first_seen: listed.first_seen }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::change::{Audience, Trigger};

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
