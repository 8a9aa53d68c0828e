//! One learner's run through a course, without any face.
//!
//! Everything that a face can do goes through [`Training`]. Its commands change what is held here and return the
//! [`Change`]s that make it durable; the face saves them before it shows anything as done. Time is handed in.

mod assessment;
mod bookmarks;
mod check;
mod completion;
mod earned;
mod edition;
mod finding;
mod frontier;
mod further;
mod left;
mod levels;
mod missing;
mod overview;
mod passphrase;
pub mod person;
mod preview;
mod reading;
mod renewal;
mod response;
mod rules;
#[cfg(test)]
mod tests;
mod text;
mod visits;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

pub use assessment::{AssessmentState, AttemptResult, Review, Sitting, TopicResult};
pub use bookmarks::{LONGEST_NOTE, MOST_BOOKMARKS, Marked};
pub use check::{ANSWERED_AFTER_SIGNING, CheckState, CheckView, EARLIER_IS_KEPT, right_answers};
pub use completion::{Certificate, PolicyState};
pub use earned::{SEVERAL_EARN, earned_words, only_whole_earns};
pub use edition::{Edition, FileChange, Rest, Succession, question_after};
pub use finding::{Finding, Finds};
pub use frontier::{Frontier, PartRead, Sight};
pub use left::{Parts, minutes_left};
pub use levels::{ANYBODY_CAN_CHECK, IT_SAYS_FOR_ITSELF, LEVELS, WITH_OTHER_TOOLS};
pub use missing::Missing;
pub use overview::{LessonState, ModuleOverview, News, OlderVersion, Overview, Step};
pub use passphrase::{
    CANNOT_BE_RECOVERED, LONGEST_PASSPHRASE, Protection, SHORTEST_PASSPHRASE, UnfitPassphrase, begin_anew,
    passphrase,
};
pub use preview::{NOBODY_LEARNS, NOTHING_IS_WRITTEN};
pub use reading::{LONGEST_PAUSE, LinkedText, ReadBeforeChange, Seen, from_lesson};
pub use renewal::Renewal;
pub use response::LONGEST_ANSWER;
pub use rules::{
    DECLARATION, IN_THE_RECORD, OUTGROWN, THE_FILE_COUNTS, in_the_agreement, review_words, rules,
};
pub use text::Text;
pub use world::{Echo, Places, Signed, Trouble, TroubleKind, World};

use crate::clock::Timestamp;
use crate::course::Course;
use crate::digest::Digest;
use crate::progress::{Attempt, Change, Person, Progress, Run};
use crate::record::claims::CompletionClaims;

/// Who is learning, and with which key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learner {
    /// As they introduced themselves.
    pub person: Person,
    /// The did:key of their device key; part of every draw.
    pub did: String,
}

/// What HR asked for, read from a signed assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// Its `urn:uuid:`.
    pub id: String,
    /// Digest of the assignment file.
    pub digest: Digest,
    /// Part of every draw.
    pub nonce: String,
    /// By when the course is to be completed.
    pub due: Timestamp,
    /// Where the completion file goes, as HR says; it may hold anything.
    pub deliver_to: String,
    /// Why it was assigned, as HR says; it may hold anything.
    pub reason: Option<String>,
}

impl Assigned {
    /// Why it was assigned, in one line, if HR says so. It may hold anything.
    #[must_use]
    pub fn why(&self) -> Option<String> {
        self.reason.as_deref().and_then(in_one_line)
    }
}

/// A text as one line, if it says anything.
fn in_one_line(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// One learner's run through a course.
#[derive(Debug, Clone)]
pub struct Training {
    /// The version that the program was opened with.
    newest: Arc<Course>,
    /// Other versions of the course, on which attempts of this learner began.
    older: BTreeMap<Digest, Arc<Course>>,
    learner: Learner,
    assigned: Option<Assigned>,
    /// An assignment that no run answers yet.
    further: Option<Assigned>,
    purpose: Purpose,
    progress: Progress,
    /// The record that this device signed last, whichever course it completed.
    last_record: Option<Digest>,
    /// The last attempt of the present run with its questions drawn; follows from `progress`, kept because a draw hashes the whole bank.
    sitting: Option<Arc<Sitting>>,
    /// What the record of the present run says, once it was asked for; follows from `progress`, kept because its signature is
    /// checked.
    signed: OnceLock<Option<CompletionClaims>>,
    /// What may turn out to be only a glance; nothing of it is kept.
    glance: Option<visits::Glance>,
    /// Where bookmarks are; follows from `progress` and the texts.
    places: bookmarks::Places,
}

/// What a training is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Somebody learns, and it counts.
    Learning,
    /// Somebody looks at the course while it is being written; nothing counts, and everything is open.
    Preview,
}

impl Training {
    /// The course versions other than `course` that this learner's attempts began on.
    #[must_use]
    pub fn versions_needed(course: &Course, progress: &Progress) -> BTreeSet<Digest> {
        let digests = progress.attempts.iter().map(|attempt| attempt.course_digest);
        digests.filter(|digest| *digest != course.digest).collect()
    }

    /// A learner with what they have done so far. `assigned` is what the run under way answers, or the first one will; `older` are the versions that [`Self::versions_needed`] named, as far
    /// as they are still there. Call [`Self::begin`] next.
    #[must_use]
    pub fn new(
        course: Arc<Course>,
        older: Vec<Arc<Course>>,
        learner: Learner,
        assigned: Option<Assigned>,
        progress: Progress,
    ) -> Self {
        let older = older.into_iter().map(|version| (version.digest, version)).collect();
        let last_record = progress.completions.last().map(|completion| completion.digest);
        let purpose = Purpose::Learning;
        let mut training = Self {
            newest: course,
            older,
            learner,
            assigned,
            further: None,
            purpose,
            progress,
            last_record,
            sitting: None,
            signed: OnceLock::new(),
            glance: None,
            places: bookmarks::Places::default(),
        };
        training.sit_down();
        training
    }

    /// The same training on a device that has signed records of other courses too, `last` the latest of all.
    #[must_use]
    pub fn after_record(self, last: Option<Digest>) -> Self {
        Self { last_record: last.or(self.last_record), ..self }
    }

    /// Begins the first run, or the next one when a [further assignment](Self::with_further) came and nothing is lost by it.
    #[must_use = "what is not saved is lost"]
    pub fn begin(&mut self, now: Timestamp) -> Vec<Change> {
        if self.further.is_some() && !self.has_something_to_lose(now) {
            return self.begin_further(now);
        }
        if self.progress.run().is_some() { Vec::new() } else { self.next_run(now) }
    }

    /// Takes the course again after it was completed, or when it cannot be completed: because the version is gone on
    /// which the attempt under way began, or because the run [outgrew its record](Self::outgrew_its_record). What was done
    /// before stays in the attempts and records. Nothing happens while the present run can be gone on with.
    #[must_use = "what is not saved is lost"]
    pub fn begin_again(&mut self, now: Timestamp) -> Vec<Change> {
        if self.can_begin_again(now) { self.next_run(now) } else { Vec::new() }
    }

    /// Whether [`Self::begin_again`] would begin a new run.
    #[must_use]
    pub fn can_begin_again(&self, now: Timestamp) -> bool {
        self.completion().is_some()
            || self.assessment(now) == AssessmentState::VersionMissing
            || self.outgrew_its_record()
    }

    fn next_run(&mut self, now: Timestamp) -> Vec<Change> {
        let run = self.run_after(now);
        self.perform(vec![Change::RunStarted(run)])
    }

    fn run_after(&self, now: Timestamp) -> Run {
        let number = self.progress.run().map_or(0, |run| run.number) + 1;
        // An assignment is answered once: taking the course again of one's own accord answers nobody.
        let nonce = self.assigned.as_ref().map(|assigned| assigned.nonce.clone());
        let nonce = nonce.filter(|nonce| !self.progress.answers(nonce));
        Run { number, nonce, started_at: now }
    }

    /// The version in force: the one that the attempt under way began on or that was passed on; until then the newest.
    #[must_use]
    pub fn course(&self) -> &Arc<Course> {
        let last = self.attempts().next_back().filter(|attempt| attempt.submitted.is_none());
        let binding = self.passed_attempt().or(last);
        binding.and_then(|attempt| self.version_of(attempt)).unwrap_or(&self.newest)
    }

    /// Who learns.
    #[must_use]
    pub fn learner(&self) -> &Learner {
        &self.learner
    }

    /// Goes on with what the learner said about themselves after a correction, once that is kept. What is signed already stays
    /// as it was signed.
    pub fn correct(&mut self, person: Person) {
        self.learner.person = person;
    }

    /// What was done so far.
    #[must_use]
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// The assignment that the present run answers.
    #[must_use]
    pub fn assigned(&self) -> Option<&Assigned> {
        let nonce = self.progress.run()?.nonce.as_ref()?;
        self.assigned.as_ref().filter(|assigned| assigned.nonce == *nonce)
    }

    /// Why the learner was asked to take the course, in one line, if HR says so. It may hold anything.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        self.assigned()?.why()
    }

    /// Where the completion file goes, in one line. It may hold anything.
    #[must_use]
    pub fn deliver_to(&self) -> String {
        let assigned = self.assigned().and_then(|assigned| in_one_line(&assigned.deliver_to));
        assigned.or_else(|| in_one_line(&self.course().deliver_to)).unwrap_or_default()
    }

    /// The version of the course that an attempt is taken on, if it is still there.
    fn version_of(&self, attempt: &Attempt) -> Option<&Arc<Course>> {
        if attempt.course_digest == self.newest.digest {
            Some(&self.newest)
        } else {
            self.older.get(&attempt.course_digest)
        }
    }

    /// The attempts of the present run, oldest first.
    fn attempts(&self) -> impl DoubleEndedIterator<Item = &Attempt> {
        let run = self.progress.run().map_or(0, |run| run.number);
        self.progress.attempts.iter().filter(move |attempt| attempt.run == run)
    }

    /// The attempt of the present run that passed.
    fn passed_attempt(&self) -> Option<&Attempt> {
        self.attempts().find(|attempt| attempt.submitted.is_some_and(|submitted| submitted.passed))
    }

    /// Takes changes into what is held here and hands them on to be saved.
    fn perform(&mut self, changes: Vec<Change>) -> Vec<Change> {
        for change in &changes {
            self.progress.apply(change);
        }
        if let Some(Change::Completed(completion)) = changes.last() {
            self.last_record = Some(completion.digest);
        }
        let begins = |change: &Change| matches!(change, Change::RunStarted(_) | Change::RunReplaced { .. });
        if changes.iter().any(|change| begins(change) || matches!(change, Change::Completed(_))) {
            self.signed = OnceLock::new();
        }
        if changes.iter().any(|change| begins(change) || matches!(change, Change::AttemptStarted(_))) {
            self.sit_down();
        }
        changes
    }
}
