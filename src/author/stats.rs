//! Which questions work: completion records in, item statistics out, and nothing about any one learner.
//!
//! What counts is a learner's first attempt at the assessment, in a record whose signature holds, on a course that is here,
//! marked again from the answers: no mark that a record claims is used. A person counts once a course. Who that is says
//! the employee number, and the key: records that share either are one person's, and the earliest first attempt counts.
//! Names and numbers are folded into digests at once; neither they nor responses that were typed are kept.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::clock::Timestamp;
use crate::course::Course;
use crate::digest::Digest;
use crate::id::{CourseId, QuestionId, QuizId};
use crate::markup;
use crate::quiz::key;
use crate::quiz::mark;
use crate::quiz::question::{GapKind, Kind, OrderScoring, Points, Question};
use crate::quiz::response::Response;
use crate::quiz::statistics::choices::{Finder, choices};
use crate::quiz::statistics::guess::guess;
use crate::quiz::statistics::sheet::{Described, Sheet};
use crate::quiz::statistics::{Cell, Column, Given, Responses};
use crate::record::Completion;
use crate::record::claims::{AttemptClaim, ResponseClaim};
use crate::record::verdict::{Approval, CourseVersion, Outcome, Verifier, verdict};

/// Gathers first attempts, one record at a time; of a record only what the figures need is kept.
#[derive(Debug)]
pub struct Collector {
    verifier: Verifier,
    quizzes: Vec<Gathered>,
    /// For each course version which quiz it belongs to and which columns its questions are.
    versions: HashMap<Digest, Version>,
    /// Records by their fingerprints.
    seen: HashSet<Digest>,
    read: usize,
    left_out: Vec<LeftOut>,
    unknown: BTreeSet<String>,
}

/// What came of the records.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    /// How many files were looked at.
    pub read: usize,
    /// How many learners' first attempts count; somebody who took two courses counts in each.
    pub counted: usize,
    /// Every quiz that somebody took.
    pub sheets: Vec<Sheet>,
    /// The files that do not count, in the order in which they were found not to.
    pub left_out: Vec<LeftOut>,
    /// The courses of which a version was taken that is not here, by identifier and version. The texts may hold anything.
    pub unknown: BTreeSet<String>,
}

/// A file that does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// The record's fingerprint or, where it cannot be read as a record, SHA-256 of the file: file names hold employee
    /// numbers.
    pub fingerprint: Digest,
    /// Why.
    pub reason: Reason,
}

/// Why a record does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It is no record, or it was changed since it was signed.
    Signature,
    /// It was read before.
    Twice,
    /// The version of the course on which the first attempt was taken is not here.
    UnknownCourse,
    /// It says of the course what is not so.
    Content,
    /// Draw, answers or marks are not what the course gives.
    Grading,
    /// The learner's first attempt is not in it, only later ones.
    LaterRun,
    /// It was marked by a rule that is not known here.
    UnknownRule,
    /// Another record of the same person has an earlier first attempt.
    SamePerson,
}

/// A course version and its assessment's questions.
#[derive(Debug)]
struct Version {
    course: Arc<Course>,
    gathered: usize,
    places: HashMap<QuestionId, usize>,
    columns: Vec<usize>,
}

/// A quiz over all versions of its course, and the first attempts at it.
#[derive(Debug)]
struct Gathered {
    course: CourseId,
    title: String,
    quiz: QuizId,
    responses: Responses,
    questions: Vec<Known>,
    candidates: Vec<Candidate>,
}

/// A question, as one of the columns.
#[derive(Debug)]
struct Known {
    column: Column,
    described: Described,
    measure: Measure,
    finder: Finder,
}

/// Somebody's first attempt, before it is known whether they have an earlier one.
#[derive(Debug)]
struct Candidate {
    started: Timestamp,
    record: Digest,
    person: Digest,
    key: Digest,
    version: Digest,
    cells: Vec<Cell>,
}

impl Reason {
    /// Why, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Signature => "no completion record, or changed since it was signed",
            Self::Twice => "the same record once more",
            Self::UnknownCourse => "taken on a version of a course that is not here (give it with --course)",
            Self::Content => "says of the course what is not so",
            Self::Grading => "draw, answers or marks are not what the course gives",
            Self::LaterRun => "begins with a later attempt: the first one is in an earlier record",
            Self::UnknownRule => "marked by a rule that this version does not know",
            Self::SamePerson => "another record of the same person has an earlier first attempt",
        }
    }
}

impl Statistics {
    /// How many files do not count, by reason.
    #[must_use]
    pub fn reasons(&self) -> BTreeMap<Reason, usize> {
        let mut reasons = BTreeMap::new();
        for left_out in &self.left_out {
            *reasons.entry(left_out.reason).or_default() += 1;
        }
        reasons
    }
}

impl Collector {
    /// For records about these courses; several versions of one are best.
    #[must_use]
    pub fn new(courses: Vec<Arc<Course>>) -> Self {
        let mut collector = Self {
            verifier: Verifier::default(),
            quizzes: Vec::new(),
            versions: HashMap::new(),
            seen: HashSet::new(),
            read: 0,
            left_out: Vec::new(),
            unknown: BTreeSet::new(),
        };
        for course in courses {
            if !collector.versions.contains_key(&course.digest) {
                collector.know(&course);
                let version = CourseVersion { course, approval: Approval::Approved };
                collector.verifier.courses.push(version);
            }
        }
        collector
    }

    /// The course versions that are here.
    pub fn courses(&self) -> impl Iterator<Item = &Course> {
        self.verifier.courses.iter().map(|version| &*version.course)
    }

    /// A further file, of whatever content. Of a file larger than a record may be, one byte more than that is enough.
    pub fn add(&mut self, bytes: &[u8]) {
        self.read += 1;
        let verdict = verdict(bytes, &self.verifier);
        let outcomes = [verdict.signature.outcome, verdict.content.outcome, verdict.grading.outcome];
        let Some(record) = verdict.record.filter(|_| outcomes[0] == Outcome::Pass) else {
            self.left_out.push(LeftOut { fingerprint: Digest::of(bytes), reason: Reason::Signature });
            return;
        };
        let fingerprint = record.digest;
        let taken =
            if self.seen.insert(fingerprint) { self.take(&record, outcomes) } else { Err(Reason::Twice) };
        if let Err(reason) = taken {
            if reason == Reason::UnknownCourse {
                let course = &record.claims.course;
                self.unknown.insert(format!("{} {}", course.course_id, course.version));
            }
            self.left_out.push(LeftOut { fingerprint, reason });
        }
    }

    /// The figures of everybody's first attempts.
    #[must_use]
    pub fn finish(self) -> Statistics {
        let Self { quizzes, versions, read, mut left_out, unknown, .. } = self;
        let mut counted = 0;
        let mut sheets = Vec::new();
        for mut gathered in quizzes {
            let candidates = first_of_everybody(std::mem::take(&mut gathered.candidates), &mut left_out);
            if candidates.is_empty() {
                continue;
            }
            counted += candidates.len();
            let mut names: Vec<String> = Vec::new();
            for candidate in candidates {
                let version = versions.get(&candidate.version).map(|known| known.course.version.clone());
                names.extend(version.filter(|version| !names.contains(version)));
                gathered.responses.add_row(candidate.cells);
            }
            let described = gathered.questions.into_iter().map(|known| known.described).collect();
            let about = (gathered.course, gathered.title, gathered.quiz);
            sheets.push(Sheet::new(about, names, gathered.responses.figures(), described));
        }
        Statistics { read, counted, sheets, left_out, unknown }
    }

    fn know(&mut self, course: &Arc<Course>) {
        let quiz = &course.assessment.quiz;
        let same = |gathered: &Gathered| gathered.course == course.id && gathered.quiz == quiz.id;
        let place = self.quizzes.iter().position(same).unwrap_or_else(|| {
            self.quizzes.push(Gathered {
                course: course.id.clone(),
                title: course.title.clone(),
                quiz: quiz.id.clone(),
                responses: Responses::default(),
                questions: Vec::new(),
                candidates: Vec::new(),
            });
            self.quizzes.len() - 1
        });
        let gathered = &mut self.quizzes[place];
        let mut known: HashMap<(QuestionId, u32), Vec<usize>> = HashMap::new();
        for (place, question) in gathered.questions.iter().enumerate() {
            let about = &question.described;
            known.entry((about.question.clone(), about.revision.get())).or_default().push(place);
        }
        let mut columns = Vec::with_capacity(quiz.questions.len());
        for question in &quiz.questions {
            let measure = Measure::of(question);
            let namesakes = known.entry((question.id.clone(), question.revision.get())).or_default();
            let same = namesakes.iter().find(|place| gathered.questions[**place].measure == measure);
            if let Some(place) = same
                && question.difficulty.is_some()
            {
                // Nothing that counts, so it makes no other question: what the version given last says holds.
                gathered.questions[*place].described.difficulty = question.difficulty;
            }
            columns.push(same.copied().unwrap_or_else(|| {
                let only_in = (!namesakes.is_empty()).then(|| course.version.clone());
                namesakes.push(gathered.questions.len());
                gathered.know(question, measure, only_in)
            }));
        }
        let places =
            (0..).zip(&quiz.questions).map(|(place, question)| (question.id.clone(), place)).collect();
        self.versions
            .insert(course.digest, Version { course: Arc::clone(course), gathered: place, places, columns });
    }

    fn take(&mut self, record: &Completion, outcomes: [Outcome; 3]) -> Result<(), Reason> {
        let claims = &record.claims;
        let [_, content, grading] = outcomes;
        if content == Outcome::Fail {
            return Err(Reason::Content);
        }
        if grading == Outcome::Fail {
            return Err(Reason::Grading);
        }
        let first = claims.attempts.first().ok_or(Reason::Grading)?;
        let digest = first.course_digest.unwrap_or(claims.course.digest);
        let version = self.versions.get(&digest).ok_or(Reason::UnknownCourse)?;
        if first.number != 1 {
            return Err(Reason::LaterRun);
        }
        if first.scoring != AttemptClaim::SCORING {
            return Err(Reason::UnknownRule);
        }
        let gathered = &mut self.quizzes[version.gathered];
        let cells = cells(first, version, &gathered.questions).ok_or(Reason::Grading)?;
        gathered.candidates.push(Candidate {
            started: first.started_at,
            record: record.digest,
            person: Digest::of_fields(["person", claims.person.number.trim()]),
            key: Digest::of_fields(["key", record.issuer.as_str()]),
            version: digest,
            cells,
        });
        Ok(())
    }
}

impl Gathered {
    fn know(&mut self, question: &Question, measure: Measure, only_in: Option<String>) -> usize {
        let mut choices = choices(question);
        for choice in &mut choices {
            markup::plain(&choice.text).as_str().clone_into(&mut choice.text);
        }
        let possible = mark::mark(question, None).possible;
        let column = self.responses.add_column(possible, choices.len());
        let described = Described {
            question: question.id.clone(),
            revision: question.revision,
            only_in,
            prompt: markup::plain(&question.prompt).as_str().to_owned(),
            kind: question.kind.clone(),
            choices,
            difficulty: question.difficulty,
            guess: guess(&question.kind),
        };
        let finder = Finder::new(question);
        self.questions.push(Known { column, described, measure, finder });
        self.questions.len() - 1
    }
}

/// What answers to two questions must have in common to be counted together. A trainer who changes key, points or options
/// and not the revision makes another question of it, whatever it is called.
#[derive(Debug, PartialEq)]
struct Measure {
    points: Points,
    key: Response,
    offered: Vec<(String, bool)>,
    typed: Vec<GapKind>,
    scoring: Option<OrderScoring>,
}

impl Measure {
    fn of(question: &Question) -> Self {
        let (mut typed, mut scoring) = (Vec::new(), None);
        match &question.kind {
            Kind::Number(key) => typed.push(GapKind::Number(key.clone())),
            Kind::Text(key) => typed.push(GapKind::Text(key.clone())),
            Kind::Cloze { gaps, .. } => typed.extend(gaps.iter().filter_map(|gap| match &gap.kind {
                GapKind::Choice(_) => None,
                GapKind::Text(_) | GapKind::Number(_) => Some(gap.kind.clone()),
            })),
            Kind::Order { scoring: by, .. } => scoring = Some(*by),
            Kind::Single { .. }
            | Kind::Multiple { .. }
            | Kind::TrueFalse { .. }
            | Kind::Match { .. }
            | Kind::Scenario { .. } => {}
        }
        let mut offered: Vec<_> =
            choices(question).into_iter().map(|choosable| (choosable.label, choosable.right)).collect();
        // Another order in the file is no other question: options are shuffled for every learner.
        offered.sort();
        Self { points: question.points, key: key::key(question), offered, typed, scoring }
    }
}

/// What the learner did with each question, marked again; `None` when the attempt holds a question that is not there.
fn cells(attempt: &AttemptClaim, version: &Version, known: &[Known]) -> Option<Vec<Cell>> {
    let questions = &version.course.assessment.quiz.questions;
    let cell = |claim: &ResponseClaim| {
        let place = *version.places.get(&claim.item)?;
        let known = &known[version.columns[place]];
        let response = claim.response.as_ref();
        Some(Cell {
            column: known.column,
            earned: mark::mark(&questions[place], response).earned,
            given: if response.is_some() { Given::Answered } else { Given::LeftOpen },
            chosen: response.map(|response| known.finder.chosen(response)).unwrap_or_default(),
            certainty: claim.certainty,
            seconds: u32::try_from(claim.seconds).unwrap_or(u32::MAX),
        })
    };
    attempt.responses.iter().map(cell).collect()
}

/// Everybody's earliest, in the order of time; the same whatever the order in which the files came.
fn first_of_everybody(mut candidates: Vec<Candidate>, left_out: &mut Vec<LeftOut>) -> Vec<Candidate> {
    candidates.sort_by_key(|candidate| (candidate.started, candidate.record));
    let mut met: HashSet<Digest> = HashSet::with_capacity(2 * candidates.len());
    candidates.retain(|candidate| {
        let new = [met.insert(candidate.person), met.insert(candidate.key)] == [true, true];
        if !new {
            left_out.push(LeftOut { fingerprint: candidate.record, reason: Reason::SamePerson });
        }
        new
    });
    candidates
}

#[cfg(test)]
mod tests;
