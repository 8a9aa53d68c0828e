//! The course at a glance: how every part stands, what comes next, what is left.

use crate::clock::Timestamp;
use crate::quiz::Quiz;

use super::assessment::{AssessmentState, Missing};
use super::check::{CheckState, CheckView};
use super::completion::PolicyState;
use super::{Text, Training};

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Read the lesson of the module at this index.
    Lesson(usize),
    /// Take, finish or repeat the check of the module at this index.
    Check(usize),
    /// Go to the assessment.
    Assessment,
    /// Read the policy and agree to it.
    Policy,
    /// Sign the record.
    Sign,
    /// Everything is done: look at the certificate.
    Certificate,
}

impl From<Missing> for Step {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::Lesson(module) => Self::Lesson(module),
            Missing::Check(module) => Self::Check(module),
        }
    }
}

/// How a lesson stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LessonState {
    /// Never opened.
    NotStarted,
    /// Opened, not all of it seen yet.
    Reading {
        /// Seen so far without a gap, 0 to 99.
        percent: u32,
    },
    /// All of it was seen.
    Read,
    /// It was read, and has changed since with a new version of the course.
    Changed,
}

/// How a module stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleOverview {
    /// Title of the lesson, as its author wrote it.
    pub title: String,
    /// How long reading takes.
    pub minutes: u32,
    /// The lesson.
    pub lesson: LessonState,
    /// The knowledge check, if there is one.
    pub check: Option<CheckState>,
}

/// The course at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// In the order of the course.
    pub modules: Vec<ModuleOverview>,
    /// The assessment.
    pub assessment: AssessmentState,
    /// The policy, if there is one.
    pub policy: Option<PolicyState>,
    /// What is done, in whole percent of the estimated time; 100 only when the record is signed.
    pub percent: u32,
    /// Estimated minutes left.
    pub minutes_left: u32,
    /// By when the course is to be completed, if it was assigned.
    pub due: Option<Timestamp>,
    /// What to do next.
    pub next: Step,
}

/// What a new version of the course changed for this learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// A lesson that was read is to be read again.
    LessonChanged {
        /// Index of the module.
        module: usize,
    },
    /// Questions of a check are new or mean something else; only they are asked.
    CheckChanged {
        /// Index of the module.
        module: usize,
        /// How many.
        questions: usize,
    },
    /// The attempt under way is finished on the version it began with.
    AttemptOnOlderVersion {
        /// That version.
        version: String,
    },
}

/// Estimated half-minutes that a question takes: reading, thinking, reading the feedback.
const QUESTION_HALF_MINUTES: usize = 1;

impl Training {
    /// The course at a glance.
    #[must_use]
    pub fn overview(&self, now: Timestamp) -> Overview {
        let course = self.course();
        let modules = course.modules.iter().enumerate().map(|(index, module)| ModuleOverview {
            title: module.lesson.title.clone(),
            minutes: module.lesson.minutes,
            lesson: self.lesson_state(index),
            check: self.check(index).map(|check| check.state),
        });
        let (left, all) = self.half_minutes();
        let done = (all - left.min(all)) * 100 / all.max(1);
        let complete = self.completion().is_some();
        Overview {
            modules: modules.collect(),
            assessment: self.assessment(now),
            policy: self.policy_state(),
            percent: if complete { 100 } else { u32::try_from(done.min(99)).unwrap_or(99) },
            minutes_left: u32::try_from(left.div_ceil(2)).unwrap_or(u32::MAX),
            due: self.assigned().map(|assigned| assigned.due),
            next: self.next_step(),
        }
    }

    /// How the lesson of the module at this index stands.
    #[must_use]
    pub fn lesson_state(&self, module: usize) -> LessonState {
        let text = Text::Lesson(module);
        let (Some(frontier), Some(reading)) = (self.frontier(text), self.reading(text)) else {
            return LessonState::NotStarted;
        };
        if self.is_read(text) {
            LessonState::Read
        } else if reading.finished_at.is_some() {
            LessonState::Changed
        } else {
            LessonState::Reading { percent: frontier.percent().min(99) }
        }
    }

    /// What to do next: where the learner left off.
    #[must_use]
    pub fn next_step(&self) -> Step {
        if self.completion().is_some() {
            return Step::Certificate;
        }
        if self.passed_attempt().is_some() {
            let open = self.policy_state() == Some(PolicyState::Open);
            return if open { Step::Policy } else { Step::Sign };
        }
        if self.attempt().is_some() {
            return Step::Assessment;
        }
        self.missing().first().copied().map_or(Step::Assessment, Step::from)
    }

    /// What comes after the check of a module, whether it was passed or is left for later: what is missing behind it, else
    /// before it. `None` when nothing but this check is missing.
    #[must_use]
    pub fn step_after_check(&self, module: usize) -> Option<Step> {
        let next = self.next_step();
        if next != Step::Check(module) {
            return Some(next);
        }
        let mut rest = self.missing();
        let here = rest.iter().position(|missing| *missing == Missing::Check(module))?;
        rest.rotate_left(here);
        rest.get(1).copied().map(Step::from)
    }

    /// What a new version of the course changed for this learner.
    #[must_use]
    pub fn news(&self) -> Vec<News> {
        let mut news = Vec::new();
        if self.completion().is_some() {
            return news;
        }
        if let Some((_, sitting)) =
            self.attempt().filter(|(_, sitting)| sitting.course.digest != self.newest.digest)
        {
            news.push(News::AttemptOnOlderVersion { version: sitting.course.version.clone() });
        }
        for module in 0..self.course().modules.len() {
            if self.lesson_state(module) == LessonState::Changed {
                news.push(News::LessonChanged { module });
            }
            // In a first round that is under way open questions are no news.
            let check = self.check(module).filter(|check| self.finished_once(check.quiz));
            let questions = check.map_or(0, |check| check.quiz.questions.len() - check.answered.len());
            if questions > 0 {
                news.push(News::CheckChanged { module, questions });
            }
        }
        news
    }

    /// Whether a round of this check was answered to its end in this run.
    fn finished_once(&self, quiz: &Quiz) -> bool {
        self.progress.checks.get(&quiz.id).is_some_and(|check| check.round > 0 && check.open.is_empty())
    }

    /// Estimated half-minutes: left and altogether.
    fn half_minutes(&self) -> (usize, usize) {
        let course = self.course();
        let passed = self.passed_attempt().is_some();
        let (mut left, mut all) = (0, 0);
        let mut add = |cost: usize, remaining: usize| {
            left += remaining;
            all += cost;
        };
        for (index, module) in course.modules.iter().enumerate() {
            let cost = 2 * usize::try_from(module.lesson.minutes).unwrap_or(usize::MAX / 4);
            let unread = match self.lesson_state(index) {
                LessonState::Read => 0,
                LessonState::NotStarted | LessonState::Changed => 100,
                LessonState::Reading { percent } => 100 - usize::try_from(percent).unwrap_or(100),
            };
            add(cost, if passed { 0 } else { (cost * unread).div_ceil(100) });
            if let Some(check) = self.check(index) {
                let cost = check.quiz.questions.len() * QUESTION_HALF_MINUTES;
                add(cost, if passed { 0 } else { open_questions(&check) * QUESTION_HALF_MINUTES });
            }
        }
        let cost = 2 * course.assessment.draw * QUESTION_HALF_MINUTES;
        let open = match self.attempt() {
            Some(_) => 2 * self.unanswered().len() * QUESTION_HALF_MINUTES,
            None => cost,
        };
        add(cost, if passed { 0 } else { open });
        if let Some(policy) = &course.policy {
            let cost = 2 * usize::try_from(policy.lesson.minutes).unwrap_or(usize::MAX / 4);
            let agreed = matches!(self.policy_state(), Some(PolicyState::Agreed(_)));
            add(cost, if agreed { 0 } else { cost });
        }
        (left, all)
    }
}

fn open_questions(check: &CheckView<'_>) -> usize {
    match check.state {
        CheckState::Finished { passed: true, .. } => 0,
        CheckState::NotStarted | CheckState::UnderWay { .. } | CheckState::Finished { .. } => {
            check.open.len().max(check.wrong().count())
        }
    }
}
