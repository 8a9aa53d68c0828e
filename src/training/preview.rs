//! A training that nobody takes: a trainer looks at the course as learners see it, while it is being written.
//!
//! Everything is open, and what was done so far follows the course from one edition to the next: nothing of it is kept, so
//! it may be rewritten, where a learner's progress only ever grows.

use std::sync::Arc;

use crate::clock::Timestamp;
use crate::course::{Course, Lesson};
use crate::digest::Digest;
use crate::id::{QuestionId, QuizId};
use crate::progress::{Attempt, AttemptAnswer, Change, CheckProgress, Progress, Reading, Submitted};
use crate::quiz::Quiz;
use crate::quiz::draw::Seed;
use crate::quiz::key::key;
use crate::quiz::mark::{mark, passed};
use crate::quiz::response::Response;

use super::assessment::marks;
use super::check::sums;
use super::edition::{followed, question_after};
use super::response::acceptable;
use super::{CheckState, LONGEST_PAUSE, Purpose, Seen, Sight, Succession, Text, Training};

/// Why nobody says who they are in a preview.
pub const NOBODY_LEARNS: &str = "nobody learns in a preview";

/// Why a preview writes no certificate and no notes, and who does.
pub const NOTHING_IS_WRITTEN: &str = "a preview writes no files; for learners countersign learn does";

impl Training {
    /// This training, for somebody who looks at the course while it is being written.
    #[must_use]
    pub fn for_preview(self) -> Self {
        let mut training = Self { purpose: Purpose::Preview, ..self };
        training.sit_down();
        training
    }

    /// What this training is for.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// What the draw with this number (an attempt, or a round of a check) is made from. In a preview it stays the same
    /// while the course changes: a question that is mended must not run away from whoever mends it.
    pub(super) fn seed(&self, course: &Course, nonce: Option<&str>, quiz: &QuizId, number: u32) -> Seed {
        match self.purpose {
            Purpose::Learning => Seed::new(&course.digest, &self.learner.did, nonce, quiz, number),
            Purpose::Preview => Seed::new(&Digest::of(b"preview"), "preview", nonce, quiz, number),
        }
    }

    /// As if nothing had been done yet.
    #[must_use]
    pub fn afresh(&self, now: Timestamp) -> Self {
        let mut training = Self { progress: Progress::default(), last_record: None, ..self.clone() };
        // Nothing of a preview is kept, so the change that begins the run goes nowhere.
        drop(training.begin(now));
        training
    }

    /// What was done so far, on the next edition of the course: answers stay with their questions as far as they still
    /// fit, and are marked anew.
    #[must_use]
    pub fn revised(&self, course: Arc<Course>) -> Self {
        let old = self.course();
        let succession = Succession::new(Arc::clone(old), Arc::clone(&course));
        let asked = self.sitting.as_ref().and_then(|sitting| {
            let (attempt, _) = self.attempt()?;
            let id = &sitting.question(attempt.current)?.id;
            question_after(&sitting.course.assessment.quiz, id, &course.assessment.quiz).cloned()
        });
        let mut progress = Progress {
            runs: self.progress.runs.clone(),
            completions: self.progress.completions.clone(),
            acknowledgement: self.progress.acknowledgement.clone(),
            bookmarks: self.progress.bookmarks.clone(),
            visited: self.progress.visited.clone(),
            ..Progress::default()
        };
        match (&mut progress.acknowledgement, &course.policy) {
            (Some(agreed), Some(policy)) => {
                agreed.policy.clone_from(&policy.lesson.path);
                agreed.digest = policy.lesson.digest;
                agreed.statement.clone_from(&policy.statement);
                agreed.language.clone_from(&course.language);
            }
            (agreed, _) => *agreed = None,
        }
        let policies = old.policy.as_ref().zip(course.policy.as_ref());
        let policies = policies.map(|(old, new)| (&old.lesson, &new.lesson));
        let modules = old
            .modules
            .iter()
            .enumerate()
            .filter_map(|(index, module)| Some((module, course.modules.get(succession.module(index)?)?)));
        let modules: Vec<_> = modules.collect();
        let lessons = modules.iter().map(|(old, new)| (&old.lesson, &new.lesson)).chain(policies);
        for (old, new) in lessons {
            if let Some(reading) = self.progress.lessons.get(&old.path) {
                progress.lessons.insert(new.path.clone(), reading_after(reading, old, new));
            }
        }
        for (old, new) in modules.iter().filter_map(|(old, new)| old.check.as_ref().zip(new.check.as_ref())) {
            if let Some(check) = self.progress.checks.get(&old.id) {
                progress.checks.insert(new.id.clone(), check_after(check, old, new));
            }
        }
        progress.attempts =
            self.progress.attempts.iter().map(|attempt| attempt_after(attempt, old, &course)).collect();
        // The certificate names the version that was completed.
        let older = match (progress.completions.is_empty(), self.older.is_empty()) {
            (true, _) => Vec::new(),
            (false, true) => vec![Arc::clone(&self.newest)],
            (false, false) => self.older.values().cloned().collect(),
        };
        let assigned = self.assigned.clone();
        let mut training = Self::new(course, older, self.learner.clone(), assigned, progress);
        training.last_record = self.last_record;
        let mut training = training.for_preview();
        training.mark_attempts_anew();
        training.return_to(asked.as_ref());
        training
    }

    /// What was submitted is worth what the keys of this edition make of it.
    fn mark_attempts_anew(&mut self) {
        let submitted = self.progress.attempts.iter().filter_map(|attempt| {
            let (attempt, sitting) = self.sitting(attempt.number)?;
            let before = attempt.submitted?;
            let (earned, possible) =
                sums(marks(attempt, &sitting).map(|(_, mark)| (mark.earned, mark.possible)));
            let pass_percent = sitting.course.assessment.pass_percent.get();
            let passed = passed(earned, possible, pass_percent);
            Some((attempt.number, Submitted { at: before.at, earned, possible, passed }))
        });
        for (number, submitted) in submitted.collect::<Vec<_>>() {
            let attempt = self.progress.attempts.iter_mut().find(|attempt| attempt.number == number);
            if let Some(attempt) = attempt {
                attempt.submitted = Some(submitted);
            }
        }
        self.sit_down();
    }

    /// Puts the attempt under way on the question `asked`, or on the last one when the draw has become too short.
    fn return_to(&mut self, asked: Option<&QuestionId>) {
        let Some((_, sitting)) = self.attempt() else { return };
        let index = sitting.questions().position(|(question, _)| Some(&question.id) == asked);
        let last = sitting.drawn.len().saturating_sub(1);
        if let Some(attempt) = self.progress.attempts.last_mut() {
            attempt.current = index.unwrap_or(attempt.current).min(last);
        }
    }

    /// Does everything up to the signature, as somebody who knows every answer.
    pub fn complete_all(&mut self, now: Timestamp) {
        // Nothing of a preview is kept, so the changes go nowhere.
        for module in 0..self.course().modules.len() {
            drop(self.read_whole(Text::Lesson(module), LONGEST_PAUSE, now));
            self.answer_check(module, now);
        }
        if self.passed_attempt().is_none() {
            if self.attempt().is_none() {
                drop(self.start_attempt(now));
            }
            let sitting = self.attempt().map(|(_, sitting)| Arc::clone(sitting));
            for (index, (question, _)) in sitting.iter().flat_map(|sitting| sitting.questions().enumerate()) {
                drop(self.answer(index, Some(key(question)), None, 1));
            }
            drop(self.submit(now));
        }
        drop(self.read_whole(Text::Policy, LONGEST_PAUSE, now));
        drop(self.acknowledge(now));
    }

    /// As if all of a text had been on one screen for so many seconds.
    pub(crate) fn read_whole(&mut self, text: Text, active_seconds: u64, now: Timestamp) -> Vec<Change> {
        let Some(frontier) = self.frontier(text) else { return Vec::new() };
        let frontier = frontier.after(Sight::WHOLE);
        self.read(text, Seen { place: 0, frontier, active_seconds }, now)
    }

    fn answer_check(&mut self, module: usize, now: Timestamp) {
        let state = self.check(module).map(|check| check.state);
        if state.is_none_or(CheckState::is_passed) {
            return;
        }
        drop(self.start_check(module));
        let open: Vec<(QuestionId, Response)> = self.check(module).map_or_else(Vec::new, |check| {
            check.open.iter().map(|question| (question.id.clone(), key(question))).collect()
        });
        for (question, response) in open {
            drop(self.hand_in(module, &question, response, None, now));
        }
    }
}

/// How far a lesson was read, in its next version. What was read stays read: the trainer has seen it.
fn reading_after(reading: &Reading, old: &Lesson, new: &Lesson) -> Reading {
    Reading {
        digest: new.digest,
        place: followed(old, reading.place, new),
        farthest: if reading.finished_at.is_some() {
            new.text().len()
        } else {
            followed(old, reading.farthest, new)
        },
        ..reading.clone()
    }
}

fn check_after(check: &CheckProgress, old: &Quiz, new: &Quiz) -> CheckProgress {
    let mut after = CheckProgress { round: check.round, ..CheckProgress::default() };
    let question = |id: &QuestionId| question_after(old, id, new).and_then(|id| new.question(id));
    for (id, answer) in &check.answers {
        let Some(question) = question(id) else { continue };
        let Ok(response) = acceptable(question, answer.response.clone()) else { continue };
        let mark = mark(question, Some(&response));
        let mut answer = answer.clone();
        answer.revision = question.revision.get();
        (answer.earned, answer.possible) = (mark.earned, mark.possible);
        answer.response = response;
        after.answers.insert(question.id.clone(), answer);
    }
    for (id, draft) in &check.drafts {
        let Some(question) = question(id) else { continue };
        let mut draft = draft.clone();
        draft.revision = question.revision.get();
        draft.response = draft.response.and_then(|response| acceptable(question, response).ok());
        after.drafts.insert(question.id.clone(), draft);
    }
    let still_open =
        |id: &QuestionId| check.open.iter().any(|open| question_after(old, open, new) == Some(id));
    let asked = |id: &&QuestionId| still_open(id) || !after.answers.contains_key(*id);
    after.open = new.questions.iter().map(|question| &question.id).filter(asked).cloned().collect();
    after
}

fn attempt_after(attempt: &Attempt, old: &Course, new: &Course) -> Attempt {
    let (from, to) = (&old.assessment.quiz, &new.assessment.quiz);
    let answer = |(id, answer): (&QuestionId, &AttemptAnswer)| {
        let question = to.question(question_after(from, id, to)?)?;
        let response = answer.response.clone().and_then(|response| acceptable(question, response).ok());
        Some((question.id.clone(), AttemptAnswer { response, ..answer.clone() }))
    };
    Attempt {
        quiz: to.id.clone(),
        course_digest: new.digest,
        answers: attempt.answers.iter().filter_map(answer).collect(),
        ..attempt.clone()
    }
}

#[cfg(test)]
mod tests;
