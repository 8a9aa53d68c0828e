//! An evidence pack made again: what only HR can say is taken from its tables, everything else from the entries of its log.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::contents::Contents;
use super::said::{self, Facts, Table, WaiverText};
use super::text;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::id::CourseId;
use crate::log::{Commitment, Entry, Pseudonym, Salt, VerifierKey};
use crate::record::read_completion;
use crate::registry::PersonNumber;
use crate::registry::change::RuleSet;
use crate::registry::dossier::{Dossier, RecordState, RosterState, WaiverState};
use crate::registry::evidence::recount::{Recount, recount};
use crate::registry::evidence::{
    Chosen, Evidence, Exception, Exhibit, Listed, Listing, LogFacts, Review, Row, Sample, Tie, Version, Whole,
};
use crate::registry::person::{Presence, Profile};
use crate::registry::policy::{self, Approved};
use crate::registry::status::{Reckoning, Status};
use crate::report::evidence::{Files, listed_as};
use crate::report::table::{cell, text as bare};

/// A pack made again.
pub(super) struct Rebuilt {
    pub(super) evidence: Evidence,
    /// The version of countersign that made the pack.
    pub(super) program: String,
    /// The versions that were approved.
    pub(super) approved: BTreeSet<Digest>,
    /// What is wrong beside rows that differ.
    pub(super) faults: Vec<String>,
}

/// Makes the pack again.
pub(super) fn rebuilt(
    files: &Files,
    contents: &Contents,
    key: &VerifierKey,
    entries: &[Entry],
) -> Result<Rebuilt, String> {
    let facts = said::facts(files)?;
    let log = recount(entries, &said::openings(files)?, &facts.course, facts.as_of);
    let mut building = Building { files, contents, facts, faults: log.faults.clone(), log };
    building.approved_are_here();
    let mut people = building.people()?;
    building.whole(&people);
    let chosen = building.chosen(&mut people)?;
    building.reviewers(&mut people, &chosen)?;
    name_waivers(&mut people);
    let left_out_in_log = said::pseudonyms(text(files, "log/left-out.txt"))?;
    building.left_out(&people, &left_out_in_log);
    let versions = building.versions();
    let Building { facts, faults, log, .. } = building;
    let earlier = files.keys().filter_map(|path| {
        let size = path.strip_prefix("log/earlier/")?.strip_suffix(".checkpoint")?;
        size.parse().ok()
    });
    let evidence = Evidence {
        course: facts.course,
        title: facts.title,
        controls: facts.controls,
        from: facts.from,
        to: facts.to,
        as_of: facts.as_of,
        signer: key.key().did(),
        log: LogFacts {
            key: key.to_string(),
            size: entries.len() as u64,
            population: log.on_the_roster.map(|(index, _)| index),
            entries: Whole::Here,
            earlier: earlier.collect(),
        },
        expiring_days: facts.expiring_days,
        sample: facts.sample.map(|sample| Sample { seed: sample.seed, size: sample.size }),
        people,
        left_out: facts.left_out,
        left_out_in_log,
        chosen,
        versions,
        findings: facts.findings,
    };
    let approved = log.approved.iter().map(|(digest, _)| *digest).collect();
    Ok(Rebuilt { evidence, program: facts.program, approved, faults })
}

struct Building<'a> {
    files: &'a Files,
    contents: &'a Contents,
    facts: Facts,
    log: Recount,
    faults: Vec<String>,
}

impl Building<'_> {
    fn begin(&self) -> Timestamp {
        Timestamp::at_start_of(self.facts.from)
    }

    /// The population: who, and what the roster says of them, by its own table; how they stand, by the log.
    fn people(&mut self) -> Result<Vec<Row>, String> {
        let table = Table::of(self.files, "population.csv")?;
        let numbers: Vec<&str> = text(self.files, "numbers.txt").lines().collect();
        let same = numbers.len() == table.rows.len()
            && numbers
                .iter()
                .zip(&table.rows)
                .all(|(number, row)| row.first().is_some_and(|first| *first == cell(number)));
        if !same {
            return Err("population.csv and numbers.txt have not the same people".to_owned());
        }
        let (validity_days, policies) = (self.log.validity_days(), self.policies());
        let rules: Vec<RuleSet> = self.log.rules.iter().map(as_in_tables).collect();
        let reckoning = Reckoning {
            at: self.facts.as_of,
            validity_days: &validity_days,
            rules: &rules,
            policies: &policies,
            expiring_days: self.facts.expiring_days,
        };
        let mut texts = self.waiver_texts()?;
        let mut reviews = self.reviews_by_person();
        let mut people = Vec::with_capacity(numbers.len());
        for (number, row) in numbers.iter().zip(&table.rows) {
            let number = PersonNumber::new(number).map_err(|error| format!("numbers.txt: {error}"))?;
            let pseudonym: Option<Pseudonym> =
                table.cell(row, "in the log").parse().ok().map(Pseudonym::from_digest);
            let Some(pseudonym) = pseudonym else {
                return Err(format!("population.csv: {number}: it is not told who that is in the log"));
            };
            let listed = listed(&table, row).map_err(|words| format!("population.csv: {number}: {words}"))?;
            let mut dossier = self.log.dossier(&pseudonym);
            dossier.roster = listed.as_ref().map(|listed| roster(listed, self.facts.as_of));
            let status = reckoning.standing(&dossier).remove(&self.facts.course);
            let rests_on = status.as_ref().and_then(Status::record);
            let rests_on = dossier.records.iter().find(|record| Some(record.digest) == rests_on).cloned();
            let begin = self.begin();
            let waivers = dossier.waivers.iter().filter(|waiver| waiver.until >= begin).map(|waiver| {
                let said = texts.get_mut(number.as_str()).and_then(VecDeque::pop_front).unwrap_or_default();
                WaiverState { id: said.id, approver: said.approver, reason: said.reason, ..waiver.clone() }
            });
            let waivers = waivers.collect();
            let reviews = reviews.remove(&pseudonym).unwrap_or_default();
            people.push(Row {
                number,
                roster: listed,
                status,
                rests_on,
                waivers,
                reviews,
                pseudonym: Some(pseudonym),
            });
        }
        Ok(people)
    }

    /// Everybody is there once, and as many are on the roster as the log says.
    fn whole(&mut self, people: &[Row]) {
        let mut known = BTreeSet::new();
        for row in people {
            if !known.insert(row.pseudonym) {
                self.faults.push(format!("population.csv: {} is somebody else in the log, too", row.number));
            }
        }
        let here = people
            .iter()
            .filter(|row| row.roster.as_ref().is_some_and(|listed| listed.listing.is_on_roster()));
        let here = here.count() as u64;
        // Of whoever was erased after that moment nobody can tell whether they stood on it.
        let since = self.log.erased.values().filter(|at| **at > self.facts.as_of).count() as u64;
        if let Some((_, total)) = self.log.on_the_roster
            && !(total.saturating_sub(since)..=total).contains(&here)
        {
            self.faults.push(format!("population.csv: {here} are on the roster, and the log says {total}"));
        }
    }

    /// Nobody of whom the log has entries about the course is missing.
    fn left_out(&mut self, people: &[Row], left_out: &[Pseudonym]) {
        if left_out.len() > self.facts.left_out
            || left_out.iter().collect::<BTreeSet<_>>().len() != left_out.len()
        {
            let words =
                format!("log/left-out.txt has more people than the {} who are left out", self.facts.left_out);
            self.faults.push(words);
        }
        let left_out: BTreeSet<&Pseudonym> = left_out.iter().collect();
        let known: BTreeSet<Pseudonym> = people.iter().filter_map(|row| row.pseudonym).collect();
        let begin = self.begin();
        for (pseudonym, dossier) in &self.log.people {
            // Whoever had left before the period was neither asked nor excepted in it, and sent nothing.
            let came = dossier.last_about(&self.facts.course).is_some_and(|at| at >= begin);
            let away = self.log.erased.contains_key(pseudonym) || (left_out.contains(pseudonym) && !came);
            if known.contains(pseudonym) || away {
                continue;
            }
            let asked = dossier
                .assignments
                .last()
                .map(|asked| format!(", asked at {}", asked.at))
                .unwrap_or_default();
            self.faults.push(format!(
                "population.csv: somebody whom the log names {} is missing{asked}",
                pseudonym.digest()
            ));
        }
    }

    /// When the last version with another policy was approved, by the courses in the pack.
    fn policies(&self) -> BTreeMap<CourseId, Timestamp> {
        let approved = self.log.approved.iter().filter_map(|(digest, at)| {
            let (_, course) = self.contents.courses.get(digest)?;
            let policy = course.policy.as_ref().map(|policy| policy.lesson.digest);
            Some(Approved { course: self.facts.course.clone(), policy, at: *at })
        });
        policy::changes(approved.collect())
    }

    /// Without a version nobody can tell whether it has another policy, and so who is due.
    fn approved_are_here(&mut self) {
        let missing =
            self.log.approved.iter().filter(|(digest, _)| !self.contents.courses.contains_key(digest));
        self.faults.extend(missing.map(|(digest, _)| {
            format!(
                "courses: the approved version {digest} is not here, or cannot be read: when the policy changed cannot be told"
            )
        }));
    }

    fn versions(&self) -> Vec<Version> {
        let approved: BTreeMap<Digest, Timestamp> = self.log.approved.iter().copied().collect();
        // In the order in which they were added, which is that of their entries.
        let mut places = BTreeMap::new();
        for (place, digest) in self.log.added.iter().enumerate() {
            places.entry(*digest).or_insert(place);
        }
        let mut versions: Vec<Version> = Vec::new();
        for (digest, (path, _)) in &self.contents.courses {
            let version = self.log.versions.get(digest).map(|text| text.version.clone()).unwrap_or_default();
            let file = path.trim_start_matches("courses/").to_owned();
            let approved_at = approved.get(digest).copied();
            versions.push(Version { file, version, digest: *digest, approved_at });
        }
        versions.sort_by_key(|version| places.get(&version.digest).copied());
        versions
    }

    /// What `waivers.csv` says of exceptions beside what the log does, by number and in the order of the table.
    fn waiver_texts(&self) -> Result<BTreeMap<String, VecDeque<WaiverText>>, String> {
        let table = Table::of(self.files, "waivers.csv")?;
        let mut texts: BTreeMap<String, VecDeque<WaiverText>> = BTreeMap::new();
        for row in &table.rows {
            let text = |column| table.cell(row, column).to_owned();
            let id =
                text("waiver").parse().map_err(|_| "waivers.csv: a waiver has no identifier".to_owned())?;
            let said = WaiverText { id, approver: text("approver"), reason: text("reason") };
            texts.entry(text("number")).or_default().push_back(said);
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

    /// Of those who are not in the sample, who decided is what the table says.
    fn reviewers(&self, people: &mut [Row], chosen: &[Chosen]) -> Result<(), String> {
        let table = Table::of(self.files, "reviews.csv")?;
        let chosen: BTreeSet<&PersonNumber> = chosen.iter().map(|chosen| &chosen.number).collect();
        let said: BTreeMap<&str, &str> =
            table.rows.iter().map(|row| (table.cell(row, "log entry"), table.cell(row, "by"))).collect();
        let others = people.iter_mut().filter(|row| !chosen.contains(&row.number));
        for review in others.flat_map(|row| &mut row.reviews) {
            let place = review.index.map(|index| index.to_string()).unwrap_or_default();
            said.get(place.as_str()).copied().unwrap_or_default().clone_into(&mut review.by);
        }
        Ok(())
    }

    /// Those whose records are here, each tied to the log by their salt.
    fn chosen(&mut self, people: &mut [Row]) -> Result<Vec<Chosen>, String> {
        let numbers: Vec<PersonNumber> = people.iter().map(|row| row.number.clone()).collect();
        let places: BTreeMap<&PersonNumber, usize> = numbers.iter().zip(0..).collect();
        let drawn = match &self.facts.sample {
            Some(sample) => Sample { seed: sample.seed.clone(), size: sample.size }.draw(&numbers),
            None => numbers.clone(),
        };
        let places: BTreeSet<usize> = drawn.iter().filter_map(|number| places.get(number).copied()).collect();
        let (ties, mut assignments) = (self.ties(), self.assignments());
        let (names, waivers) =
            (self.names("records.csv", "record")?, self.names("waivers.csv", "log entry")?);
        let mut chosen = Vec::with_capacity(places.len());
        for place in places {
            let row = &mut people[place];
            let number = row.number.clone();
            let salt = ties.get(number.as_str()).cloned();
            let tie = salt.map(|salt| Tie { pseudonym: Pseudonym::of(number.as_str(), &salt), salt });
            if tie.as_ref().map(|tie| tie.pseudonym) != row.pseudonym {
                self.faults
                    .push(format!("log/people.txt: {number} is not who population.csv says in the log"));
            }
            let dossier = row.pseudonym.map(|pseudonym| self.log.dossier(&pseudonym));
            let mut records = Vec::new();
            for state in dossier.map(|dossier| self.needed(&dossier)).unwrap_or_default() {
                let name = names.get(&state.digest.to_string()).map_or("", String::as_str);
                match self.exhibit(name, &number, state) {
                    Ok(exhibit) => records.push(exhibit),
                    Err(words) => self.faults.push(words),
                }
            }
            let waivers = self.exceptions(row, tie.as_ref(), &waivers);
            let assignments = assignments.remove(number.as_str()).unwrap_or_default();
            chosen.push(Chosen { number, tie, assignments, records, waivers });
        }
        Ok(chosen)
    }

    /// The files that a table names, by another of its columns.
    fn names(&self, path: &str, by: &str) -> Result<BTreeMap<String, String>, String> {
        let table = Table::of(self.files, path)?;
        let name = |row: &Vec<String>| (table.cell(row, by).to_owned(), table.cell(row, "file").to_owned());
        Ok(table.rows.iter().map(name).collect())
    }

    /// The salts of those whose records are here, by number.
    fn ties(&self) -> BTreeMap<String, Salt> {
        let lines = text(self.files, "log/people.txt").lines();
        let tie = |line: &str| {
            let mut parts = line.splitn(3, ' ').skip(1);
            let salt = said::salt(parts.next()?)?;
            Some((parts.next()?.to_owned(), salt))
        };
        lines.filter_map(tie).collect()
    }

    /// Names of the files of assignments, by the number of whom they are for.
    fn assignments(&self) -> BTreeMap<String, Vec<String>> {
        let mut assignments: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, read) in &self.contents.assignments {
            assignments.entry(read.claims.person.number.clone()).or_default().push(name.clone());
        }
        assignments
    }

    /// The records that must be here: those of the period, and the last that counts.
    fn needed(&self, dossier: &Dossier) -> Vec<RecordState> {
        let begin = self.begin();
        let last = dossier.records.iter().rev().find(|record| record.counts() && record.passed);
        let last = last.map(|record| record.index);
        let needed = |record: &&RecordState| record.received_at >= begin || Some(record.index) == last;
        dossier.records.iter().filter(needed).cloned().collect()
    }

    fn exhibit(&self, path: &str, number: &PersonNumber, state: RecordState) -> Result<Exhibit, String> {
        let about = format!("records.csv: {number}, {}", state.digest);
        let name = path.strip_prefix("records/").ok_or_else(|| format!("{about}: the record is missing"))?;
        let bytes = self.files.get(path).ok_or_else(|| format!("{about}: {path} is missing"))?;
        let read = read_completion(bytes).map_err(|fault| format!("{path}: {fault}"))?;
        if read.digest != state.digest || read.claims.person.number != number.as_str() {
            return Err(format!("{about}: {path} is another record, or somebody else's"));
        }
        Ok(Exhibit {
            file: name.to_owned(),
            receipt: format!("{}.tlog-proof", name.trim_end_matches(".json")),
            state,
            acknowledgement: read.claims.acknowledgement,
        })
    }

    /// The exceptions of somebody whose salt is here: approver and reason are what was logged.
    fn exceptions(
        &mut self,
        row: &mut Row,
        tie: Option<&Tie>,
        names: &BTreeMap<String, String>,
    ) -> Vec<Exception> {
        let mut exceptions = Vec::new();
        for state in &mut row.waivers {
            let path = names.get(&state.index.to_string()).map_or("", String::as_str);
            let said = text(self.files, path);
            let bound = tie.map(|tie| Commitment::to(said, &tie.salt));
            let read: Option<WaiverText> = serde_json::from_str(said)
                .ok()
                .filter(|_| bound == self.log.waivers.get(&state.index).copied());
            let Some((read, name)) = read.zip(path.strip_prefix("waivers/")) else {
                let number = &row.number;
                self.faults.push(format!(
                    "waivers.csv: {number}: the exception of entry {} is not here as it was logged",
                    state.index
                ));
                continue;
            };
            (state.id, state.approver, state.reason) = (read.id, read.approver, read.reason);
            exceptions.push(Exception {
                file: name.to_owned(),
                receipt: format!("{}.tlog-proof", name.trim_end_matches(".json")),
                state: state.clone(),
            });
        }
        exceptions
    }
}

/// A rule whose departments and roles are spelled as cells spell them: a hidden character is a sign there.
fn as_in_tables(rule: &RuleSet) -> RuleSet {
    let mut rule = rule.clone();
    for text in rule.audience.departments.iter_mut().chain(&mut rule.audience.roles) {
        *text = bare(&cell(text)).to_owned();
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
fn roster(listed: &Listed, at: Timestamp) -> RosterState {
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

/// A status names the exception that it rests on as the table of exceptions does.
fn name_waivers(people: &mut [Row]) {
    for row in people {
        if let Some(Status::Waived { waiver, until }) = &mut row.status
            && let Some(state) = row.waivers.iter().find(|state| state.until == *until)
        {
            *waiver = state.id;
        }
    }
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
            let profile = Profile { department: Some(bare(&told).to_owned()), ..Profile::named("Ada") };
            let number = PersonNumber::new("7").expect("a number");
            assert!(as_in_tables(&rule).audience.includes(&number, &profile), "{department:?}");
        }
    }
}
