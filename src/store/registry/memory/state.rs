//! What is known after some changes: the plain words of what the tables say.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::id::CourseId;
use crate::registry::change::{CourseState, Decided, RetentionSet, RuleSet, Waived, WaiverRevoked};
use crate::registry::dossier::{AssignmentState, RecordState, RosterState, TakenBack, WaiverState};
use crate::registry::person::Presence;
use crate::registry::{Change, Dossier, PersonNumber, Terms};
use crate::store::registry::{ArchivedCourse, Refusal};

/// What is known.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) people: BTreeMap<PersonNumber, Dossier>,
    pub(super) courses: Vec<ArchivedCourse>,
    pub(super) terms: Terms,
    pub(super) rules: Vec<RuleSet>,
    ended_rules: BTreeSet<Uuid>,
    pub(super) retentions: BTreeMap<CourseId, RetentionSet>,
    /// Whose they are, and their digests.
    pub(super) assignments: BTreeMap<Uuid, (PersonNumber, Digest)>,
    /// Whose they are.
    pub(super) records: BTreeMap<Digest, PersonNumber>,
    pub(super) waivers: BTreeMap<Uuid, Waived>,
    put_aside: BTreeSet<Digest>,
    has_begun: bool,
}

impl State {
    /// Whether a change may follow.
    pub(super) fn allows(&self, change: &Change, erased: &BTreeSet<Digest>) -> Result<(), Refusal> {
        let has_version = |digest| self.courses.iter().any(|course| course.digest == digest);
        let refuse = |refused, refusal| if refused { Err(refusal) } else { Ok(()) };
        let known = |person: &PersonNumber| refuse(!self.people.contains_key(person), Refusal::UnknownPerson);
        match change {
            Change::Opened(_) => refuse(self.has_begun, Refusal::LogHasBegun),
            Change::Roster(_) | Change::TermsSet(_) | Change::RetentionSet(_) => Ok(()),
            Change::PutAside(file) => {
                let here = self.put_aside.contains(&file.file) || erased.contains(&file.file);
                refuse(here, Refusal::FileIsHere(file.file))
            }
            Change::CourseAdded(change) => {
                refuse(has_version(change.digest), Refusal::VersionIsHere(change.digest))
            }
            Change::CourseJudged(change) => {
                refuse(!has_version(change.digest), Refusal::UnknownVersion(change.digest))
            }
            Change::RuleSet(change) => {
                let here = self.rules.iter().any(|rule| rule.id == change.id);
                refuse(here || self.ended_rules.contains(&change.id), Refusal::RuleIsHere(change.id))?;
                change.audience.people.iter().flatten().try_for_each(known)
            }
            Change::RuleEnded(change) => {
                let here = self.rules.iter().any(|rule| rule.id == change.id);
                refuse(!here, Refusal::UnknownRule(change.id))
            }
            Change::Assigned(change) => {
                known(&change.person)?;
                refuse(!has_version(change.version), Refusal::UnknownVersion(change.version))?;
                refuse(self.assignments.contains_key(&change.id), Refusal::AssignmentIsHere(change.id))
            }
            Change::Collected(change) => {
                let here = self.records.contains_key(&change.digest) || erased.contains(&change.digest);
                refuse(here, Refusal::RecordIsHere(change.digest))?;
                if let Some(id) = change.assignment {
                    refuse(!self.assignments.contains_key(&id), Refusal::UnknownAssignment(id))?;
                }
                let has_key = self.people.get(&change.person).is_some_and(|person| !person.keys.is_empty());
                refuse(change.pins && has_key, Refusal::KeyIsPinned(change.digest))
            }
            Change::Decided(change) => {
                refuse(!self.records.contains_key(&change.record), Refusal::UnknownRecord(change.record))
            }
            Change::KeyAccepted(change) => known(&change.person),
            Change::Waived(change) => {
                known(&change.person)?;
                refuse(self.waivers.contains_key(&change.id), Refusal::WaiverIsHere(change.id))
            }
            Change::WaiverRevoked(change) => {
                let holds = self.waivers.get(&change.id).is_some_and(|waived| {
                    let dossier = self.people.get(&waived.person);
                    dossier.is_some_and(|dossier| {
                        dossier
                            .waivers
                            .iter()
                            .any(|waiver| waiver.id == change.id && waiver.taken_back.is_none())
                    })
                });
                refuse(!holds, Refusal::UnknownWaiver(change.id))
            }
            Change::Erased(change) => {
                known(&change.person)?;
                let missing = change.files.difference(&self.put_aside).next();
                missing.map_or(Ok(()), |file| Err(Refusal::UnknownFile(*file)))
            }
        }
    }

    /// Makes a change that may follow, entered at `at` as entry `index`.
    pub(super) fn apply(&mut self, change: &Change, index: u64, at: Timestamp) {
        self.has_begun = true;
        match change {
            Change::Opened(_) => {}
            Change::PutAside(file) => {
                self.put_aside.insert(file.file);
            }
            Change::Roster(import) => {
                for person in &import.people {
                    let dossier = self.dossier(&person.number);
                    let first_seen = dossier.roster.as_ref().map_or(at, |before| before.first_seen);
                    let (profile, said) = (person.profile.clone(), person.presence);
                    dossier.roster = Some(RosterState::at(at, profile, said, first_seen));
                }
            }
            Change::CourseAdded(change) => self.courses.push(ArchivedCourse {
                digest: change.digest,
                course: change.course.clone(),
                title: change.title.clone(),
                version: change.version.clone(),
                validity_days: change.validity_days,
                added_at: at,
                state: CourseState::Added,
                approved_at: None,
            }),
            Change::CourseJudged(change) => {
                for course in self.courses.iter_mut().filter(|course| course.digest == change.digest) {
                    course.state = change.state;
                    let approved = (change.state == CourseState::Approved).then_some(at);
                    course.approved_at = course.approved_at.or(approved);
                }
            }
            Change::TermsSet(change) => self.terms = change.terms,
            Change::RetentionSet(change) => {
                self.retentions.insert(change.course.clone(), RetentionSet { at, ..change.clone() });
            }
            Change::RuleSet(change) => self.rules.push(RuleSet { at, ..change.clone() }),
            Change::RuleEnded(change) => {
                self.rules.retain(|rule| rule.id != change.id);
                self.ended_rules.insert(change.id);
            }
            Change::Assigned(change) => {
                self.assignments.insert(change.id, (change.person.clone(), change.digest));
                self.dossier(&change.person).assignments.push(AssignmentState {
                    id: change.id,
                    digest: change.digest,
                    at,
                    due: change.due,
                    course: change.course.clone(),
                    version: change.version,
                    rule: change.rule,
                });
            }
            Change::Collected(change) => {
                self.records.insert(change.digest, change.person.clone());
                let dossier = self.dossier(&change.person);
                dossier.records.push(RecordState {
                    digest: change.digest,
                    index,
                    received_at: at,
                    signed_at: change.signed_at,
                    course: change.course.clone(),
                    version: change.version,
                    assignment: change.assignment,
                    earned: change.earned,
                    possible: change.possible,
                    passed: change.passed,
                    levels: change.levels,
                    treatment: change.treatment,
                    decision: None,
                });
                if change.pins {
                    add_key(dossier, &change.key);
                }
            }
            Change::Decided(change) => self.decided(change),
            Change::KeyAccepted(change) => add_key(self.dossier(&change.person), &change.key),
            Change::Waived(change) => self.waived(change, index, at),
            Change::WaiverRevoked(change) => self.waiver_revoked(change, index, at),
            Change::Erased(change) => {
                self.people.remove(&change.person);
                self.assignments.retain(|_, (person, _)| *person != change.person);
                self.records.retain(|_, person| *person != change.person);
                self.waivers.retain(|_, waived| waived.person != change.person);
                self.put_aside.retain(|file| !change.files.contains(file));
                self.rules.iter_mut().for_each(|rule| forget_in(rule, &change.person));
            }
        }
    }

    /// Days pass without a change, too.
    pub(super) fn come_to(&mut self, at: Timestamp) {
        for roster in self.people.values_mut().filter_map(|dossier| dossier.roster.as_mut()) {
            roster.day = at.date();
            roster.presence = roster.said.on(roster.day, &roster.profile);
        }
    }

    /// What the last roster that names a person says of them.
    pub(super) fn last_said(&self, person: &PersonNumber) -> Option<Presence> {
        self.people.get(person)?.roster.as_ref().map(|roster| roster.said)
    }

    /// How many people stand on the roster.
    pub(super) fn on_the_roster(&self) -> u64 {
        let said = self.people.values().filter_map(|dossier| dossier.roster.as_ref());
        said.filter(|roster| roster.said != Presence::Gone).count() as u64
    }

    fn decided(&mut self, change: &Decided) {
        let person = self.records.get(&change.record);
        let dossier = person.and_then(|person| self.people.get_mut(person));
        let records = dossier.into_iter().flat_map(|dossier| &mut dossier.records);
        for record in records.filter(|record| record.digest == change.record) {
            record.decision = Some(change.decision);
        }
    }

    fn waived(&mut self, change: &Waived, index: u64, at: Timestamp) {
        self.waivers.insert(change.id, Waived { at, ..change.clone() });
        self.dossier(&change.person).waivers.push(WaiverState {
            id: change.id,
            index,
            course: change.course.clone(),
            at,
            until: change.until,
            taken_back: None,
            approver: change.approver.clone(),
            reason: change.reason.clone(),
        });
    }

    fn waiver_revoked(&mut self, change: &WaiverRevoked, index: u64, at: Timestamp) {
        let person = self.waivers.get(&change.id).map(|waived| &waived.person);
        let dossier = person.and_then(|person| self.people.get_mut(person));
        let waivers = dossier.into_iter().flat_map(|dossier| &mut dossier.waivers);
        for waiver in waivers.filter(|waiver| waiver.id == change.id) {
            let WaiverRevoked { by, reason, .. } = change.clone();
            waiver.taken_back = Some(TakenBack { index, by, reason });
            waiver.until = waiver.until.min(at);
        }
    }

    fn dossier(&mut self, number: &PersonNumber) -> &mut Dossier {
        self.people.entry(number.clone()).or_insert_with(|| Dossier {
            number: number.clone(),
            roster: None,
            assignments: Vec::new(),
            records: Vec::new(),
            waivers: Vec::new(),
            keys: Vec::new(),
        })
    }
}

/// What a rule says of somebody who was erased is nothing any more.
pub(super) fn forget_in(rule: &mut RuleSet, person: &PersonNumber) {
    if let Some(people) = &mut rule.audience.people {
        people.remove(person);
    }
}

fn add_key(dossier: &mut Dossier, did: &str) {
    if !dossier.keys.iter().any(|key| key == did) {
        dossier.keys.push(did.to_owned());
    }
}
