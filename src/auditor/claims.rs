//! An evidence pack made again: what only HR can say is taken from its tables, everything else from the entries of its log.

use std::collections::{BTreeMap, BTreeSet};

use super::contents::{Contents, OTHER};
use super::fault::Fault;
use super::log::Sound;
use super::people::{Ties, unlike};
use super::said::{self, Facts, OPENED, WaiverText};
use super::text;
use super::unsure::Unsure;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::id::CourseId;
use crate::log::Commitment;
use crate::record::claims::{AcknowledgementClaim, MEANING};
use crate::record::file_name;
use crate::record::verdict::{Approval, Outcome};
use crate::registry::PersonNumber;
use crate::registry::change::Trigger;
use crate::registry::dossier::{Dossier, RecordState};
use crate::registry::evidence::recount::{Recount, recount};
use crate::registry::evidence::{
    Chosen, Erased, Evidence, Exception, Exhibit, LogFacts, Review, Row, Sample, Tie, Version, Whole, within,
};
use crate::registry::policy::{self, Approved};
use crate::registry::status::Status;
use crate::registry::terms::Level;
use crate::report::evidence::Files;

/// A pack made again.
pub(super) struct Rebuilt {
    pub(super) evidence: Evidence,
    /// The versions that the log has, and whether they were approved.
    pub(super) versions: BTreeMap<Digest, Approval>,
    /// What is wrong beside rows that differ.
    pub(super) faults: Vec<Fault>,
    /// What is not wrong by itself, and for whoever checks to ask about.
    pub(super) questions: Vec<String>,
    /// What is not compared, because why it differs is told.
    pub(super) unsure: Unsure,
    /// What was decided about records, as the log has it.
    pub(super) reviews: Vec<Review>,
}

/// Makes the pack again.
pub(super) fn rebuilt(files: &Files, contents: &Contents, log: &Sound<'_>) -> Result<Rebuilt, String> {
    let facts = said::facts(files)?;
    let (key, size) = (&log.key, log.head.size.get());
    let erased = Erased::of(&log.entries, &facts.course, &within(facts.from, facts.as_of));
    let last = log.entries.last().map(|entry| entry.at);
    let (openings, mut faults) = said::openings(files);
    let log = recount(&log.entries, &openings, &facts.course, facts.as_of);
    faults.extend(log.faults.iter().map(|words| Fault::within(OPENED, words)));
    let mut building = Building {
        files,
        contents,
        facts,
        faults,
        questions: Vec::new(),
        unsure: Unsure::default(),
        log,
        cited: BTreeSet::new(),
        is_citing_unknown: false,
    };
    building.period(last);
    let ties = Ties::of(files);
    let (left_out_in_log, strange) = said::left_out(files);
    let mut people = building.people(&ties, &left_out_in_log)?;
    building.tell_all("log/left-out.txt", strange);
    building.whole(&people);
    let chosen = building.chosen(&ties, &mut people);
    building.name_waivers(&mut people, &chosen);
    building.left_out(&people, &left_out_in_log);
    building.names(&people, &chosen);
    let versions = building.versions(&chosen);
    let (title, controls) = building.called(&versions);
    let Building { facts, faults, questions, unsure, log, .. } = building;
    let earlier: BTreeSet<u64> = files.keys().filter_map(|path| earlier(path)).collect();
    let evidence = Evidence {
        program: facts.program,
        course: facts.course,
        title,
        controls,
        from: facts.from,
        to: facts.to,
        as_of: facts.as_of,
        signer: key.key().did(),
        log: LogFacts {
            key: key.to_string(),
            size,
            population: log.on_the_roster.map(|(index, _)| index),
            entries: Whole::Here,
            earlier: earlier.into_iter().collect(),
        },
        sample: facts.sample.map(|sample| Sample { seed: sample.seed, size: sample.size }),
        people,
        left_out: facts.left_out,
        left_out_in_log,
        erased: Some(erased),
        chosen,
        versions,
        findings: facts.findings,
    };
    let added = log.added.iter().map(|digest| (*digest, Approval::Withdrawn));
    let approved = log.approved.iter().map(|(digest, _)| (*digest, Approval::Approved));
    let versions = added.chain(approved).collect();
    let reviews = log.reviews.into_iter().map(|(_, review)| review).collect();
    Ok(Rebuilt { evidence, versions, faults, questions, unsure, reviews })
}

/// How many entries the earlier head has of which a file is, by its name.
fn earlier(path: &str) -> Option<u64> {
    let name = path.strip_prefix("log/earlier/")?;
    let size = name.strip_suffix(".checkpoint").or_else(|| name.strip_suffix(".extension"))?;
    size.parse().ok().filter(|number: &u64| number.to_string() == size)
}

pub(super) struct Building<'a> {
    pub(super) files: &'a Files,
    pub(super) contents: &'a Contents,
    pub(super) facts: Facts,
    pub(super) log: Recount,
    pub(super) faults: Vec<Fault>,
    pub(super) questions: Vec<String>,
    pub(super) unsure: Unsure,
    /// The assignments that the records here answer, and the versions of the course that they were taken from.
    cited: BTreeSet<Digest>,
    /// Whether there are records that cannot be read, which may have been taken from any version.
    is_citing_unknown: bool,
}

impl Building<'_> {
    pub(super) fn begin(&self) -> Timestamp {
        Timestamp::at_start_of(self.facts.from)
    }

    /// All that is wrong with a file.
    fn tell_all(&mut self, path: &'static str, faults: Vec<Fault>) {
        if !faults.is_empty() {
            self.unsure.told(path);
            self.faults.extend(faults);
        }
    }

    /// When the last version with another policy was approved, by the courses in the pack.
    pub(super) fn policies(&self) -> BTreeMap<CourseId, Timestamp> {
        let approved = self.log.approved.iter().filter_map(|(digest, at)| {
            let (_, course) = self.contents.courses.get(digest)?;
            let policy = course.policy.as_ref().map(|policy| policy.lesson.digest);
            Some(Approved { course: self.facts.course.clone(), policy, at: *at })
        });
        policy::changes(approved.collect())
    }

    /// The versions that must be here, in the order in which they were added: those that were approved, without which nobody can
    /// tell whether the policy changed, and so who is due; and those that records here name.
    fn versions(&mut self, chosen: &[Chosen]) -> Vec<Version> {
        let approved: BTreeMap<Digest, Timestamp> = self.log.approved.iter().copied().collect();
        let mut needed: BTreeSet<Digest> = approved.keys().copied().collect();
        let exhibits = chosen.iter().flat_map(|chosen| &chosen.records);
        needed.extend(exhibits.map(|exhibit| exhibit.state.version));
        needed.extend(&self.cited);
        let mut versions: Vec<Version> = Vec::new();
        for digest in self.log.added.iter().copied() {
            let here = self.contents.courses.get(&digest);
            let may_be_cited = (self.is_citing_unknown || self.unsure.has_strangers()) && here.is_some();
            if !needed.remove(&digest) && !may_be_cited {
                continue;
            }
            let file = format!("{}_{}.course", self.facts.course, digest.short());
            let path = format!("courses/{file}");
            let is_at = here.is_some_and(|(at, _)| *at == path);
            // That its file is missing or cannot be read is told where files and courses are.
            let is_told = !self.files.contains_key(&path)
                || self.contents.wrong.iter().any(|fault| fault.file() == path);
            if !is_at && !is_told {
                self.faults.push(Fault::within(&path, OTHER));
            }
            let version = self.log.versions.get(&digest).map(|text| text.version.clone()).unwrap_or_default();
            versions.push(Version { file, version, digest, approved_at: approved.get(&digest).copied() });
        }
        if self.is_policy_asking() {
            let unread = approved.keys().filter(|digest| !self.contents.courses.contains_key(digest));
            self.faults.extend(unread.map(|digest| {
                Fault::within("courses", format!(
                    "the approved version {digest} cannot be read: when the policy changed, and so who is due, cannot be told"
                ))
            }));
        }
        versions
    }

    /// Whether a rule asks people whenever the policy changes.
    fn is_policy_asking(&self) -> bool {
        self.log.rules.iter().any(|rule| matches!(rule.trigger, Trigger::OnNewPolicy { .. }))
    }

    /// Whether when the policy changed cannot be told, and a rule asks by that.
    pub(super) fn is_policy_unknown(&self) -> bool {
        let mut approved = self.log.approved.iter();
        self.is_policy_asking() && !approved.all(|(digest, _)| self.contents.courses.contains_key(digest))
    }

    /// What the course is called, and which controls it serves: by the version that was approved last, or the last one.
    fn called(&self, versions: &[Version]) -> (String, Vec<String>) {
        let approved = versions.iter().filter(|version| version.approved_at.is_some());
        let newest = approved.max_by_key(|version| version.approved_at).map(|version| version.digest);
        let named = newest
            .or_else(|| self.log.added.last().copied())
            .and_then(|digest| self.log.versions.get(&digest));
        let course = newest.and_then(|digest| self.contents.courses.get(&digest));
        (
            named.map_or_else(|| self.facts.title.clone(), |text| text.title.clone()),
            course.map_or_else(|| self.facts.controls.clone(), |(_, course)| course.controls.clone()),
        )
    }

    /// Those whose records are here, each tied to the log by their salt.
    fn chosen(&mut self, ties: &Ties, people: &mut [Row]) -> Vec<Chosen> {
        let numbers: Vec<PersonNumber> = people.iter().map(|row| row.number.clone()).collect();
        let places: BTreeMap<&PersonNumber, usize> = numbers.iter().zip(0..).collect();
        let drawn = self.drawn(&numbers, ties);
        let drawn = drawn.iter().filter(|number| !self.unsure.is_stranger(number));
        let places: BTreeSet<usize> = drawn.filter_map(|number| places.get(number).copied()).collect();
        if !self.unsure.is_list_otherwise() {
            let numbers: Vec<PersonNumber> = places.iter().map(|place| numbers[*place].clone()).collect();
            self.tell_all("log/people.txt", ties.faults(&numbers));
        }
        let mut chosen = Vec::with_capacity(places.len());
        for place in places {
            let row = &mut people[place];
            let number = row.number.clone();
            let tie = ties.tie(&number).cloned();
            if tie.as_ref().is_some_and(|tie| Some(tie.pseudonym) != row.pseudonym) {
                self.faults.push(unlike(&self.log, &number, row.pseudonym));
            }
            self.decisions(row);
            let Some(dossier) = row.pseudonym.map(|pseudonym| self.log.dossier(&pseudonym)) else { continue };
            let mut records = Vec::new();
            for state in self.needed(&dossier) {
                records.push(self.exhibit(&number, state));
            }
            let waivers = self.exceptions(row, &dossier, tie.as_ref());
            let assignments = self.assignments(&number, &dossier);
            chosen.push(Chosen { number, tie, assignments, records, waivers });
        }
        chosen
    }

    /// Whom the seed draws. Where the two files that name them agree on others, the seed is what was altered, and those are whom
    /// the rest of the pack is about.
    fn drawn(&mut self, numbers: &[PersonNumber], ties: &Ties) -> Vec<PersonNumber> {
        let Some(sample) = &self.facts.sample else { return numbers.to_vec() };
        let text = text(self.files, "sample.txt");
        let named: BTreeSet<&str> = text.lines().collect();
        let is_named = |number: &&PersonNumber| named.contains(number.as_str());
        if self.unsure.is_list_otherwise() {
            return numbers.iter().filter(is_named).cloned().collect();
        }
        let drawn = Sample { seed: sample.seed.clone(), size: sample.size }.draw(numbers);
        if named != ties.numbers() || named == drawn.iter().map(PersonNumber::as_str).collect() {
            return drawn;
        }
        self.faults.push(Fault::of("sample.txt", "is not the sample that the seed draws"));
        numbers.iter().filter(is_named).cloned().collect()
    }

    /// The decisions about somebody whose salt is here: who made them, and why, is what was logged. Of one whose text is not
    /// here, which is told, the table alone says it.
    fn decisions(&mut self, row: &mut Row) {
        for review in &mut row.reviews {
            if !review.index.is_some_and(|index| self.is_opened(index)) {
                (review.by, review.reason) = said::decision(self.files, review);
            }
        }
    }

    /// Whether what an entry binds is here as it was logged; that it is not is told.
    fn is_opened(&mut self, index: u64) -> bool {
        let is_opened = self.log.opened.contains(&index);
        if !is_opened {
            let lacking = self.log.lacking(index, &format!("the text of entry {index}"));
            self.faults.extend(lacking.map(|words| Fault::within(OPENED, words)));
        }
        is_opened
    }

    /// Names of the files of somebody's assignments: those that the log says were written for them. In the period all of them are
    /// here, and from before it those that the records here answer.
    fn assignments(&mut self, number: &PersonNumber, dossier: &Dossier) -> Vec<String> {
        let (begin, course) = (self.begin(), &self.facts.course);
        let mut names = Vec::new();
        for asked in &dossier.assignments {
            if let Some(read) = self.contents.assignments.get(&asked.digest) {
                let name = file_name::assignment(number.as_str(), course, read.created, &asked.digest);
                if read.claims.person.number != number.as_str() {
                    self.faults.push(Fault::of(
                        format!("assignments/{name}"),
                        format!("is for somebody else than {number}"),
                    ));
                }
                names.push(name);
            } else if let Some(name) = self.contents.unsound_assignment(&asked.digest) {
                names.push(name.to_owned());
            } else if asked.at >= begin || self.cited.contains(&asked.digest) {
                // The day on which it was signed stands in its name, and nowhere else.
                self.faults.push(Fault::of(
                    format!("assignments/…_{}.assignment.json", asked.digest.short()),
                    format!(
                        "is missing: {number} was asked at {}, and what was signed for them then is not here",
                        asked.at
                    ),
                ));
            }
        }
        names.sort();
        names
    }

    /// The records that must be here: those of the period, and the last that counts.
    fn needed(&self, dossier: &Dossier) -> Vec<RecordState> {
        let begin = self.begin();
        let last = dossier.records.iter().rev().find(|record| record.counts() && record.passed);
        let last = last.map(|record| record.index);
        let needed = |record: &&RecordState| record.received_at >= begin || Some(record.index) == last;
        dossier.records.iter().filter(needed).cloned().collect()
    }

    /// A record that the log has. When its file is not here as it was signed, that is one fault; that the log has it, and so has
    /// the tables, is none.
    fn exhibit(&mut self, number: &PersonNumber, state: RecordState) -> Exhibit {
        let (course, digest) = (&self.facts.course, &state.digest);
        let file = file_name::completion(number.as_str(), course, state.signed_at, digest);
        let receipt = file_name::receipt(number.as_str(), course, state.signed_at, digest);
        let path = format!("records/{file}");
        self.faults.extend(self.contents.misplaced_record(number, digest, &path));
        // One that stands elsewhere is read there.
        let acknowledgement = if let Some(claims) = self.contents.claims(digest) {
            self.cited.extend(claims.assignment.as_ref().map(|assignment| assignment.digest));
            self.cited.extend(claims.attempts.iter().filter_map(|attempt| attempt.course_digest));
            claims.acknowledgement.clone()
        } else {
            self.is_citing_unknown = true;
            self.agreed(number, &state, &path)
        };
        Exhibit { file, receipt, state, acknowledgement }
    }

    /// What somebody agreed to in a record that is not here as it was signed. Where the log says that its content was right, it
    /// is what the course asks them to agree to; when that was, nothing but the file and the table can say.
    fn agreed(
        &mut self,
        number: &PersonNumber,
        state: &RecordState,
        path: &str,
    ) -> Option<AcknowledgementClaim> {
        let course = self.contents.courses.get(&state.version).map(|(_, course)| course);
        let Some(course) = course.filter(|_| state.levels.at(Level::Content) == Outcome::Pass) else {
            return said::acknowledgement(self.files, &state.digest);
        };
        let policy = course.policy.as_ref()?;
        let altered = self.files.get(path).filter(|_| !self.contents.is_record(path));
        let in_file = altered.and_then(|bytes| said::agreed_in(bytes));
        let in_table = said::agreed_at(self.files, &state.digest);
        if let (Some(file), Some(table)) = (&in_file, &in_table)
            && file != table
        {
            let about = format!("{number}, {}", state.digest);
            let words = format!("agreed is {table:?}, and {path} says {file:?}: one of the two was altered");
            self.faults.push(Fault::within("acknowledgements.csv", format!("{about}: {words}")));
        }
        let at = in_table.or(in_file).and_then(|at| at.parse().ok());
        Some(AcknowledgementClaim {
            policy: policy.lesson.path.clone(),
            digest: policy.lesson.digest,
            statement: policy.statement.clone(),
            language: course.language.clone(),
            at: at.unwrap_or(state.signed_at),
            meaning: MEANING.to_owned(),
        })
    }

    /// The exceptions of somebody whose salt is here: who approved them or took them back, and why, is what was logged.
    fn exceptions(&mut self, row: &mut Row, logged: &Dossier, tie: Option<&Tie>) -> Vec<Exception> {
        let mut exceptions = Vec::new();
        // Without the secret of that person, which is told, nobody can tell whether a file is what was logged.
        let salt = tie.filter(|tie| Some(tie.pseudonym) == row.pseudonym).map(|tie| &tie.salt);
        for state in &mut row.waivers {
            let Some(commitment) = self.log.waivers.get(&state.index).copied() else { continue };
            let (number, course) = (row.number.as_str(), &self.facts.course);
            let file = file_name::waiver(number, course, state.at, &commitment.digest());
            let said = text(self.files, &format!("waivers/{file}"));
            let is_other = salt.is_some_and(|salt| Commitment::to(&said, salt) != commitment);
            let read: Option<WaiverText> = serde_json::from_str(&said).ok().filter(|_| !is_other);
            // Of one that is not here the table alone says who approved it, and why; that the log has it is no fault.
            if let Some(read) = read {
                (state.id, state.approver, state.reason) = (read.id, read.approver, read.reason);
            } else if salt.is_some() {
                self.faults.push(Fault::within(
                    "waivers.csv",
                    format!(
                        "{number}: the exception of entry {} is not in waivers/{file} as it was logged",
                        state.index
                    ),
                ));
            }
            let logged = logged.waivers.iter().find(|logged| logged.index == state.index);
            if let Some(taken_back) = logged.and_then(|logged| logged.taken_back.as_ref())
                && self.is_opened(taken_back.index)
            {
                state.taken_back = Some(taken_back.clone());
            }
            let receipt = format!("{}.tlog-proof", file.trim_end_matches(".json"));
            exceptions.push(Exception { file, receipt, state: state.clone() });
        }
        exceptions
    }
}

impl Building<'_> {
    /// Each exception has an identifier of its own. A status names the one that it rests on as the table of exceptions does, or
    /// as the table of people where the other has no identifier.
    fn name_waivers(&mut self, people: &mut [Row], chosen: &[Chosen]) {
        let sampled: BTreeSet<&str> = chosen.iter().map(|chosen| chosen.number.as_str()).collect();
        let spared: BTreeSet<&str> = people.iter().map(|row| row.number.as_str()).collect();
        let unnamed = said::unnamed_waivers(self.files).into_iter();
        let is_spared = |number: &str| spared.contains(number) && !sampled.contains(number);
        for (number, says) in unnamed.filter(|(number, _)| is_spared(number)) {
            self.faults.push(Fault::within(
                "waivers.csv",
                format!("{number}: {says:?} is no identifier of a waiver"),
            ));
            self.unsure.unnamed(&number, &says);
        }
        let (told, mut known) = (said::waivers_of_people(self.files), BTreeSet::new());
        for row in people {
            for state in row.waivers.iter().filter(|state| !state.id.is_nil() && !known.insert(state.id)) {
                let about = format!("{}, {}", row.number, state.id);
                let words = format!("{about}: another exception has this identifier, too");
                self.faults.push(Fault::within("waivers.csv", words));
            }
            if let Some(Status::Waived { waiver, until }) = &mut row.status {
                let state = row.waivers.iter().find(|state| state.until == *until);
                let named = state.map(|state| state.id).filter(|id| !id.is_nil());
                *waiver = named.or_else(|| told.get(row.number.as_str()).copied()).unwrap_or_default();
            }
        }
    }
}
