//! The course at a glance: how every part stands, what comes next, what is left.

use crate::clock::Timestamp;
use crate::quiz::Quiz;

use super::assessment::AssessmentState;
use super::check::{CheckState, CheckView};
use super::completion::PolicyState;
use super::{Missing, Parts, ReadBeforeChange, Text, Training};

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
        /// The same by what stands under its headings, if it has several.
        parts: Option<Parts>,
    },
    /// All of it was seen.
    Read,
    /// It was read, or a part of it was, and it has changed since with a new version of the course.
    Changed(ReadBeforeChange),
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
    /// A lesson of which something was read is to be read from its beginning.
    LessonChanged {
        /// Index of the module.
        module: usize,
        /// How far it was read before.
        read: ReadBeforeChange,
    },
    /// Questions of a check are new or mean something else; only they are asked.
    CheckChanged {
        /// Index of the module.
        module: usize,
        /// How many.
        questions: usize,
    },
    /// The attempt under way goes on with the version it began with.
    AttemptOnOlderVersion(OlderVersion),
}

/// The version that an attempt began with, and the one that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OlderVersion {
    /// That of the attempt.
    pub attempt: String,
    /// That of the course that was opened.
    pub opened: String,
}

impl OlderVersion {
    /// What to tell the learner, the same in every face.
    #[must_use]
    pub fn words(&self) -> String {
        let Self { attempt, opened } = self;
        // The author of a draft may have left the number as it was.
        if attempt == opened {
            return "The course has changed. Your attempt goes on with what it began with.".to_owned();
        }
        format!(
            "The course that you opened is version {opened}. Your attempt goes on with version {attempt}, with which it began."
        )
    }
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
        let time = self.time();
        let done = (time.all - time.undone.min(time.all)) * 100 / time.all.max(1);
        let complete = self.completion().is_some();
        Overview {
            modules: modules.collect(),
            assessment: self.assessment(now),
            policy: self.policy_state(),
            percent: if complete { 100 } else { u32::try_from(done.min(99)).unwrap_or(99) },
            minutes_left: u32::try_from(time.left.div_ceil(2)).unwrap_or(u32::MAX),
            due: self.assigned().map(|assigned| assigned.due),
            next: self.next_step(),
        }
    }

    /// How the lesson of the module at this index stands.
    #[must_use]
    pub fn lesson_state(&self, module: usize) -> LessonState {
        let text = Text::Lesson(module);
        let Some(frontier) = self.frontier(text).filter(|_| self.reading(text).is_some()) else {
            return LessonState::NotStarted;
        };
        if self.is_read(text) {
            LessonState::Read
        } else if let Some(read) = self.read_before_change(text) {
            LessonState::Changed(read)
        } else if frontier.is_at_beginning() {
            // Whoever only looked at a place of it, by a search or a link, has not begun to read.
            LessonState::NotStarted
        } else {
            let parts = self.text(text).and_then(|lesson| frontier.parts(&lesson.document));
            LessonState::Reading { percent: frontier.percent().min(99), parts }
        }
    }

    /// What to do next: the first of what is missing.
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

    /// What the learner left off in the middle of, if a new version of the course changed nothing for them: of the lessons and checks that
    /// are begun the one that they were in last, also when something before it is missing, unless something before it was done since. An attempt,
    /// the policy and the signature are it whatever else was begun.
    #[must_use]
    pub fn left_off(&self) -> Option<Step> {
        let next = self.next_step();
        let left = match next {
            Step::Lesson(_) | Step::Check(_) => self.begun_last().map(Step::from),
            Step::Assessment => self.attempt().map(|_| next),
            Step::Policy => {
                let was_opened = self.is_text_begun(Text::Policy) || self.is_read(Text::Policy);
                was_opened.then_some(next)
            }
            // Agreeing leads to the signature; from a result somebody may have gone before.
            Step::Sign => self.policy().is_some().then_some(next),
            Step::Certificate => None,
        };
        left.filter(|_| self.news().is_empty())
    }

    /// Where going on leads: to what was left off in its middle, else to what comes first. The same in every face.
    #[must_use]
    pub fn step_to_go_on(&self) -> Step {
        self.left_off().unwrap_or_else(|| self.next_step())
    }

    /// Whether something was done in it, and it goes on with more of that.
    pub(super) fn is_begun(&self, part: Missing) -> bool {
        match part {
            Missing::Lesson(module) => self.is_text_begun(Text::Lesson(module)),
            Missing::Check(module) => self.check(module).is_some_and(|check| check.is_under_way()),
        }
    }

    /// Whether some of it was seen from its beginning on, and not all.
    fn is_text_begun(&self, text: Text) -> bool {
        let frontier = self.reading(text).and_then(|_| self.frontier(text));
        frontier.is_some_and(|frontier| !frontier.is_at_beginning()) && !self.is_read(text)
    }

    /// Where going on leads from the end of the lesson of a module; `None` when nothing but this lesson is missing.
    #[must_use]
    pub fn step_after_lesson(&self, module: usize) -> Option<Step> {
        self.step_after(Missing::Lesson(module))
    }

    /// Where going on leads from the check of a module, whether it was passed or is left for later; `None` when nothing but this
    /// check is missing.
    #[must_use]
    pub fn step_after_check(&self, module: usize) -> Option<Step> {
        self.step_after(Missing::Check(module))
    }

    /// What is missing behind this part of the course, so that what was left for later does not come back at once; else what is missing
    /// before it. Whoever reads or tries once more what was done goes on with what they began since then, unless its own check is open; a
    /// lesson that was left in its middle for its check comes behind that.
    fn step_after(&self, here: Missing) -> Option<Step> {
        match self.next_step() {
            Step::Lesson(_) | Step::Check(_) => {}
            next @ (Step::Assessment | Step::Policy | Step::Sign | Step::Certificate) => return Some(next),
        }
        let missing = self.missing();
        let own = Missing::Lesson(here.place().0);
        let own = (here != own && missing.contains(&own) && self.is_begun(own)).then_some(own);
        let behind = missing.iter().find(|part| part.place() > here.place());
        let before = || missing.iter().find(|part| **part != here);
        let next = behind.or_else(before).copied();
        let is_own = next.is_some_and(|next| next.place().0 == here.place().0);
        let since = self.begun_since(here, &missing).filter(|_| !is_own && self.news().is_empty());
        since.or(own).or(next).map(Step::from)
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
            news.push(News::AttemptOnOlderVersion(OlderVersion {
                attempt: sitting.course.version.clone(),
                opened: self.newest.version.clone(),
            }));
        }
        for module in 0..self.course().modules.len() {
            if let Some(read) = self.read_before_change(Text::Lesson(module)) {
                news.push(News::LessonChanged { module, read });
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

    /// What the course takes.
    fn time(&self) -> Time {
        let course = self.course();
        let passed = self.passed_attempt().is_some();
        let mut time = Time::default();
        for (index, module) in course.modules.iter().enumerate() {
            let lesson = half_minutes(module.lesson.minutes);
            match self.lesson_state(index) {
                _ if passed => time.add(lesson, 0, 0),
                LessonState::Read => time.add(lesson, 0, 0),
                LessonState::NotStarted | LessonState::Changed(_) => time.add(lesson, lesson, lesson),
                LessonState::Reading { percent, .. } => {
                    let unread = 100 - usize::try_from(percent).unwrap_or(100).min(100);
                    let frontier = self.frontier(Text::Lesson(index));
                    let left = frontier.and_then(|frontier| frontier.minutes_left(&module.lesson.document));
                    time.add(lesson, (lesson * unread).div_ceil(100), half_minutes(left.unwrap_or(0)));
                }
            }
            if let Some(check) = self.check(index) {
                let open = if passed { 0 } else { open_questions(&check) * QUESTION_HALF_MINUTES };
                time.add(check.quiz.questions.len() * QUESTION_HALF_MINUTES, open, open);
            }
        }
        let assessment = 2 * course.assessment.draw * QUESTION_HALF_MINUTES;
        let open = match self.attempt() {
            _ if passed => 0,
            Some(_) => 2 * self.unanswered().len() * QUESTION_HALF_MINUTES,
            None => assessment,
        };
        time.add(assessment, open, open);
        if let Some(policy) = &course.policy {
            let cost = half_minutes(policy.lesson.minutes);
            let agreed = matches!(self.policy_state(), Some(PolicyState::Agreed(_)));
            match self.frontier(Text::Policy) {
                _ if agreed || self.is_read(Text::Policy) => time.add(cost, 0, 0),
                Some(frontier) if frontier.percent() > 0 => {
                    let unread = 100 - usize::try_from(frontier.percent()).unwrap_or(100).min(100);
                    let left = frontier.minutes_left(&policy.lesson.document);
                    time.add(cost, (cost * unread).div_ceil(100), half_minutes(left.unwrap_or(0)));
                }
                Some(_) | None => time.add(cost, cost, cost),
            }
        }
        time
    }
}

/// Estimated half-minutes.
#[derive(Debug, Default)]
struct Time {
    /// Altogether.
    all: usize,
    /// What is not done, in proportion to what is done: minutes are too coarse for the share that somebody has come.
    undone: usize,
    /// What is left, as the texts themselves tell it.
    left: usize,
}

impl Time {
    fn add(&mut self, all: usize, undone: usize, left: usize) {
        self.all += all;
        self.undone += undone;
        self.left += left;
    }
}

fn half_minutes(minutes: u32) -> usize {
    2 * usize::try_from(minutes).unwrap_or(usize::MAX / 4)
}

/// The questions of a check that are still to be answered rightly. One that was not counts from then on, and not only when the last one
/// has shown that the check is not passed: what is done would become less by answering.
fn open_questions(check: &CheckView<'_>) -> usize {
    match check.state {
        state if state.is_passed() => 0,
        CheckState::NotStarted | CheckState::UnderWay { .. } | CheckState::Finished { .. } => {
            let only_wrong = check.wrong().filter(|wrong| check.open.iter().all(|open| open.id != wrong.id));
            check.open.len() + only_wrong.count()
        }
    }
}
