//! What goes into an evidence pack, from the registry.

mod log;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::json;

use super::super::super::error::Failure;
use super::super::open::{Head, Registry, of_store};
use super::super::people::Basis;
use super::super::soundness;
use crate::clock::Timestamp;
use crate::course::{self, Course, pack};
use crate::digest::Digest;
use crate::id::CourseId;
use crate::log::{Commitment, Entry, Event, Index, Pseudonym, Salt};
use crate::record::{file_name, read_assignment, read_completion};
use crate::registry::PersonNumber;
use crate::registry::change::{Decided, Waived, WaiverRevoked};
use crate::registry::dossier::{Dossier, RosterState, TakenBack, WaiverState};
use crate::registry::evidence::{
    Chosen, EXPIRING_DAYS, Evidence, Exception, Exhibit, Listed, Listing, Review, Row, Sample, Tie, Version,
    was_there,
};
use crate::registry::status::{Reckoning, Status};
use crate::report::evidence::Files;
use crate::shell::Wording;
use crate::store::StoreError;
use crate::store::registry::ArchivedCourse;
pub(super) use log::last_entry;

/// The most people whose records are put into one pack, which is made in memory.
const MOST_CHOSEN: usize = 10_000;
/// The most findings that are told; whoever wants to see more looks into the registry.
const MOST_FINDINGS: usize = 1_000;

/// What was asked for.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) course: CourseId,
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    pub(super) as_of: Timestamp,
    pub(super) sample: Option<Sample>,
}

/// The pack, but for what it says of itself.
pub(super) struct Gathered {
    pub(super) evidence: Evidence,
    /// Records, receipts, assignments, courses, and the files of the log.
    pub(super) files: Files,
}

pub(super) fn gather(registry: &Registry, head: &Head, wanted: &Wanted) -> Result<Gathered, Failure> {
    let told = |error: StoreError| of_store(&error);
    let archived = registry.store().courses(wanted.as_of).map_err(told)?;
    let ours = archived.iter().filter(|version| version.course == wanted.course);
    // Of those that were approved the last, and else the last.
    let Some(newest) = ours.max_by_key(|version| version.approved_at) else {
        let mut known: Vec<_> = archived.iter().map(|version| version.course.to_string()).collect();
        known.sort();
        known.dedup();
        let hint = if known.is_empty() {
            Wording::from(
                "none was; name a later last day with --to, or add it first: countersign hr course add",
            )
        } else {
            Wording::from(format!("those that were: {}", known.join(", ")))
        };
        return Err(
            Failure::new(format!("no course {} was in the registry by then", wanted.course)).hint(hint)
        );
    };
    let mut gathering = Gathering { registry, head, wanted, files: Files::new(), versions: BTreeSet::new() };
    let Population { people, left_out, left_out_in_log } = gathering.people()?;
    let chosen = gathering.chosen(&people)?;
    gathering.versions.extend(
        archived
            .iter()
            .filter(|one| one.course == wanted.course && one.approved_at.is_some())
            .map(|one| one.digest),
    );
    let versions = gathering.courses(&archived)?;
    let course = gathering.course(&newest.digest)?;
    let log = gathering.log()?;
    let erased = gathering.erased();
    gathering.opened_texts(&people, &chosen)?;
    let findings = gathering.findings()?;
    let evidence = Evidence {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        course: wanted.course.clone(),
        title: newest.title.clone(),
        controls: course.map(|course| course.controls).unwrap_or_default(),
        from: wanted.from,
        to: wanted.to,
        as_of: wanted.as_of,
        signer: registry.log().key().did(),
        log,
        sample: wanted.sample.clone(),
        people,
        left_out,
        left_out_in_log,
        erased,
        chosen,
        versions,
        findings,
    };
    Ok(Gathered { evidence, files: gathering.files })
}

/// Where decisions stand in the log, with what binds their texts, by record and time.
type Decisions = BTreeMap<(Digest, Timestamp), Vec<(Commitment, u64)>>;

/// Who is in a pack.
struct Population {
    people: Vec<Row>,
    /// How many had left before the period, and sent nothing in it.
    left_out: usize,
    /// Who those of them are of whom the log has entries about the course.
    left_out_in_log: Vec<Pseudonym>,
}

struct Gathering<'a> {
    registry: &'a Registry,
    head: &'a Head,
    wanted: &'a Wanted,
    files: Files,
    /// The versions that are needed.
    versions: BTreeSet<Digest>,
}

impl Gathering<'_> {
    /// Everybody who had to be trained, and everybody who sent a record.
    fn people(&self) -> Result<Population, Failure> {
        let told = |error: StoreError| of_store(&error);
        let (store, at) = (self.registry.store(), self.wanted.as_of);
        let begin = Timestamp::at_start_of(self.wanted.from);
        let basis = Basis::load(store, at)?;
        let reckoning = basis.reckoning(at, EXPIRING_DAYS);
        let mut people = Vec::new();
        let mut gone = Vec::new();
        let mut reviewed = BTreeSet::new();
        store
            .dossiers(at, &mut |dossier| {
                let row = self.row(&dossier, &reckoning);
                let course = &self.wanted.course;
                let records = || dossier.records.iter().filter(|record| record.course == *course);
                if records().any(|record| record.decision.is_some()) {
                    reviewed.insert(dossier.number.clone());
                }
                let last = dossier.last_about(course);
                match row.roster.as_ref().map(|listed| listed.listing.is_on_roster()) {
                    Some(true) => people.push(row),
                    Some(false) => {
                        gone.push((row, last));
                    }
                    None if last.is_some() => people.push(row),
                    None => {}
                }
                Ok(())
            })
            .map_err(told)?;
        let (mut left_out, mut left_out_in_log) = (0, Vec::new());
        for (mut row, last) in gone {
            let mut history = store.roster_history(&row.number).map_err(told)?;
            history.retain(|(said, _)| *said <= at);
            match (was_there(&history, self.wanted.from, at.date()), &mut row.roster) {
                (true, _) => people.push(row),
                (false, Some(listed)) if last.is_some_and(|at| at >= begin) => {
                    listed.listing = Listing::LeftBefore;
                    people.push(row);
                }
                (false, _) => {
                    left_out += 1;
                    let salt = if last.is_some() { store.salt(&row.number).map_err(told)? } else { None };
                    left_out_in_log.extend(salt.map(|salt| Pseudonym::of(row.number.as_str(), &salt)));
                }
            }
        }
        // In the order of numbers, places would tell who is who.
        left_out_in_log.sort_unstable();
        people.sort_by(|one, other| one.number.cmp(&other.number));
        let entries = if reviewed.is_empty() { BTreeMap::new() } else { self.review_entries()? };
        for row in &mut people {
            let salt = store.salt(&row.number).map_err(told)?;
            row.pseudonym = salt.as_ref().map(|salt| Pseudonym::of(row.number.as_str(), salt));
            if reviewed.contains(&row.number) {
                row.reviews = self.reviews(&row.number, salt.as_ref(), &entries)?;
            }
        }
        Ok(Population { people, left_out, left_out_in_log })
    }

    /// The decisions in the log, found by record and moment: their words may have been altered since, so nothing else ties them to
    /// what the tables say.
    fn review_entries(&self) -> Result<Decisions, Failure> {
        let mut places = Decisions::new();
        let first = Index::new(0).expect("every tree can have a first entry");
        let visited = self.registry.store().log_entries(first, &mut |index, bytes| {
            // Most entries are of other kinds, and reading one costs more than looking for a word in it.
            let word = br#""entry":"reviewed""#;
            if bytes.windows(word.len()).any(|part| part == word)
                && let Ok(Entry { at, event: Event::Reviewed { record, details, .. } }) = Entry::parse(&bytes)
            {
                places.entry((record, at)).or_default().push((details, index.get()));
            }
            Ok(())
        });
        visited.map(|()| places).map_err(|error| of_store(&error))
    }

    fn reviews(
        &self,
        number: &PersonNumber,
        salt: Option<&Salt>,
        entries: &Decisions,
    ) -> Result<Vec<Review>, Failure> {
        let told = |error: StoreError| of_store(&error);
        let (store, at) = (self.registry.store(), self.wanted.as_of);
        let dossier = store.dossier(number, at).map_err(told)?;
        let ours: BTreeSet<Digest> = dossier
            .iter()
            .flat_map(|dossier| &dossier.records)
            .filter(|record| record.course == self.wanted.course)
            .map(|record| record.digest)
            .collect();
        let decided = store.decisions(number, at).map_err(told)?;
        let review = |decided: Decided| {
            let Decided { at, record, decision, by, reason } = decided;
            let index = salt.and_then(|salt| {
                let bound = Commitment::to(&Decided::details(&by, &reason), salt);
                let of_then = entries.get(&(record, at))?;
                // Of a text that was altered since it was logged the place still shows what it should have been.
                of_then
                    .iter()
                    .find(|(details, _)| *details == bound)
                    .or(of_then.first())
                    .map(|(_, index)| *index)
            });
            Review { index, record, decision, at, by, reason }
        };
        Ok(decided.into_iter().filter(|decided| ours.contains(&decided.record)).map(review).collect())
    }

    /// What entries bind without saying it, with the salts by which that is hashed again: of everybody's entries what is about
    /// nobody, and of decisions about records and of exceptions taken back those about people whose salts are here anyway.
    fn opened_texts(&mut self, people: &[Row], chosen: &[Chosen]) -> Result<(), Failure> {
        let texts = self.registry.store().openings(self.wanted.as_of).map_err(|error| of_store(&error))?;
        let mut lines: Vec<(u64, String)> = texts
            .into_iter()
            .map(|opened| (opened.index, line(opened.index, &opened.salt, &opened.text)))
            .collect();
        for chosen in chosen {
            let Some(tie) = &chosen.tie else { continue };
            let Ok(place) = people.binary_search_by(|row| row.number.cmp(&chosen.number)) else { continue };
            for review in &people[place].reviews {
                let Some(index) = review.index else { continue };
                lines.push((index, line(index, &tie.salt, &Decided::details(&review.by, &review.reason))));
            }
            for TakenBack { index, by, reason } in
                people[place].waivers.iter().filter_map(|one| one.taken_back.as_ref())
            {
                lines.push((*index, line(*index, &tie.salt, &WaiverRevoked::details(by, reason))));
            }
        }
        lines.sort_unstable();
        let text: String = lines.into_iter().map(|(_, line)| line).collect();
        self.files.insert("log/opened.jsonl".to_owned(), text.into_bytes());
        Ok(())
    }

    fn row(&self, dossier: &Dossier, reckoning: &Reckoning<'_>) -> Row {
        let begin = Timestamp::at_start_of(self.wanted.from);
        let listed = |roster: &RosterState| Listed {
            name: roster.profile.name.clone(),
            department: roster.profile.department.clone(),
            role: roster.profile.role.clone(),
            hired: roster.profile.hired,
            first_seen: roster.first_seen,
            listing: Listing::of(roster, self.wanted.as_of.date()),
        };
        let waivers =
            dossier.waivers.iter().filter(|one| one.course == self.wanted.course && one.until >= begin);
        let status = reckoning.standing(dossier).remove(&self.wanted.course);
        let rests_on = status.as_ref().and_then(Status::record);
        let rests_on = dossier.records.iter().find(|record| Some(record.digest) == rests_on);
        Row {
            number: dossier.number.clone(),
            roster: dossier.roster.as_ref().map(listed),
            rests_on: rests_on.cloned(),
            status,
            waivers: waivers.cloned().collect(),
            reviews: Vec::new(),
            pseudonym: None,
        }
    }

    /// An archived version, if it can still be read.
    fn course(&self, digest: &Digest) -> Result<Option<Course>, Failure> {
        let files = self.registry.store().course_files(digest).map_err(|error| of_store(&error))?;
        Ok(files.and_then(|files| course::parse(files).ok()))
    }

    /// Those whose records are to be here.
    fn chosen(&mut self, people: &[Row]) -> Result<Vec<Chosen>, Failure> {
        let numbers: Vec<PersonNumber> = people.iter().map(|row| row.number.clone()).collect();
        let mut chosen = match &self.wanted.sample {
            Some(sample) => sample.draw(&numbers),
            None if numbers.len() > MOST_CHOSEN => {
                return Err(Failure::new(format!(
                    "the records of {} people are too many for one pack, which takes {MOST_CHOSEN}",
                    numbers.len()
                ))
                .hint("let the auditor choose a sample: --sample 25 --seed TEXT"));
            }
            None => numbers,
        };
        chosen.sort();
        let waivers = |number: &PersonNumber| {
            let row = people.binary_search_by(|row| row.number.cmp(number)).ok();
            row.map(|place| people[place].waivers.clone()).unwrap_or_default()
        };
        chosen
            .into_iter()
            .map(|number| {
                let waivers = waivers(&number);
                self.person(number, waivers)
            })
            .collect()
    }

    fn person(&mut self, number: PersonNumber, waivers: Vec<WaiverState>) -> Result<Chosen, Failure> {
        let told = |error: StoreError| of_store(&error);
        let (store, wanted) = (self.registry.store(), self.wanted);
        let salt = store.salt(&number).map_err(told)?;
        let tie = salt.map(|salt| Tie { pseudonym: Pseudonym::of(number.as_str(), &salt), salt });
        let waivers = waivers.into_iter().map(|state| self.waiver(&number, tie.as_ref(), state));
        let waivers = waivers.collect::<Result<Vec<_>, Failure>>()?;
        let mut chosen = Chosen { number, tie, assignments: Vec::new(), records: Vec::new(), waivers };
        let Some(dossier) = store.dossier(&chosen.number, wanted.as_of).map_err(told)? else {
            return Ok(chosen);
        };
        let begin = Timestamp::at_start_of(wanted.from);
        // What a status at the end can rest on may have come before the period: the last that counts, and the last.
        let records: Vec<_> =
            dossier.records.iter().filter(|record| record.course == wanted.course).collect();
        let last =
            records.iter().rev().find(|record| record.counts() && record.passed).map(|record| record.index);
        let needed =
            records.into_iter().filter(|record| record.received_at >= begin || Some(record.index) == last);
        let mut cited = BTreeSet::new();
        for state in needed {
            let Some(bytes) = store.record(&state.digest).map_err(told)? else { continue };
            let read = read_completion(&bytes).ok();
            let number = chosen.number.as_str();
            let exhibit = Exhibit {
                file: file_name::completion(number, &state.course, state.signed_at, &state.digest),
                receipt: file_name::receipt(number, &state.course, state.signed_at, &state.digest),
                state: state.clone(),
                acknowledgement: read.as_ref().and_then(|record| record.claims.acknowledgement.clone()),
            };
            self.versions.insert(state.version);
            self.versions.extend(
                read.iter()
                    .flat_map(|record| record.claims.attempts.iter().filter_map(|one| one.course_digest)),
            );
            let answers = read.and_then(|record| record.claims.assignment);
            cited.extend(answers.map(|assignment| assignment.digest));
            let receipt = self.registry.receipt(state.index, self.head)?.to_string();
            self.files.insert(format!("receipts/{}", exhibit.receipt), receipt.into_bytes());
            self.files.insert(format!("records/{}", exhibit.file), bytes);
            chosen.records.push(exhibit);
        }
        for state in dossier.assignments.iter().filter(|one| one.course == wanted.course) {
            if state.at < begin && !cited.contains(&state.digest) {
                continue;
            }
            let Some(bytes) = store.assignment(state.id).map_err(told)? else { continue };
            // Named by when it was signed; what was altered cannot be read and is told by the audit.
            let Ok(read) = read_assignment(&bytes) else { continue };
            let name =
                file_name::assignment(chosen.number.as_str(), &state.course, read.created, &state.digest);
            self.files.insert(format!("assignments/{name}"), bytes);
            chosen.assignments.push(name);
        }
        chosen.assignments.sort();
        Ok(chosen)
    }

    /// A waiver as the log binds it, with its receipt.
    fn waiver(
        &mut self,
        number: &PersonNumber,
        tie: Option<&Tie>,
        state: WaiverState,
    ) -> Result<Exception, Failure> {
        let text = Waived::details(state.id, &state.approver, &state.reason);
        // Without a salt nothing can be tied; the name is that of the text then.
        let digest =
            tie.map_or_else(|| Digest::of(text.as_bytes()), |tie| Commitment::to(&text, &tie.salt).digest());
        let file = file_name::waiver(number.as_str(), &state.course, state.at, &digest);
        let receipt = format!("{}.tlog-proof", file.trim_end_matches(".json"));
        let proof = self.registry.receipt(state.index, self.head)?.to_string();
        self.files.insert(format!("waivers/{file}"), text.into_bytes());
        self.files.insert(format!("waivers/{receipt}"), proof.into_bytes());
        Ok(Exception { file, receipt, state })
    }

    fn courses(&mut self, archived: &[ArchivedCourse]) -> Result<Vec<Version>, Failure> {
        let mut versions = Vec::new();
        let ours = archived.iter().filter(|one| one.course == self.wanted.course);
        for one in ours.filter(|one| self.versions.contains(&one.digest)) {
            let files = self.registry.store().course_files(&one.digest).map_err(|error| of_store(&error))?;
            let Some(files) = files else { continue };
            let bytes = pack::write(&files).map_err(|error| {
                Failure::new(format!("cannot make a pack of {} {}", one.course, one.version)).because(&error)
            })?;
            let file = format!("{}_{}.course", one.course, one.digest.short());
            self.files.insert(format!("courses/{file}"), bytes);
            versions.push(Version {
                file,
                version: one.version.clone(),
                digest: one.digest,
                approved_at: one.approved_at,
            });
        }
        Ok(versions)
    }

    fn findings(&self) -> Result<Vec<String>, Failure> {
        let mut findings = Vec::new();
        let audited = self.registry.store().audit(&mut |found| {
            if findings.len() < MOST_FINDINGS {
                findings.push(found.to_string());
            }
        });
        soundness::remember(self.registry, audited.map_err(|error| of_store(&error))?);
        Ok(findings)
    }
}

/// A text that an entry binds, as it stands in a pack.
fn line(index: u64, salt: &Salt, text: &str) -> String {
    format!("{}\n", json!({ "entry": index, "salt": salt.hex().as_str(), "text": text }))
}
