//! The assessment: attempts, waiting, answers that can be changed until submitted, and results.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::clock::Timestamp;
use crate::course::Course;
use crate::id::TopicId;
use crate::progress::{Attempt, AttemptAnswer, Change, Run, Shown, Submitted};
use crate::quiz::draw::{DrawnQuestion, draw};
use crate::quiz::mark::{Answered, Mark, answered, mark, passed, percent};
use crate::quiz::question::{LessonLink, Question};
use crate::quiz::response::{Certainty, Response};

use super::check::sums;
use super::response::acceptable;
use super::{Missing, Purpose, Text, Training};

/// What the learner can do about the assessment now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssessmentState {
    /// Something comes first.
    Locked(Vec<Missing>),
    /// An attempt can begin.
    Ready {
        /// Attempts left in this run, this one included; `None` without a limit.
        left: Option<u32>,
    },
    /// An attempt is under way.
    UnderWay {
        /// Its number within the run, from 1.
        attempt: usize,
        /// Answered questions.
        answered: usize,
        /// Drawn questions.
        total: usize,
    },
    /// The last attempt failed; the next one can begin at `until`.
    Waiting {
        /// When the next attempt can begin.
        until: Timestamp,
        /// Attempts left in this run; `None` without a limit.
        left: Option<u32>,
    },
    /// All attempts failed.
    NoneLeft,
    /// An attempt passed.
    Passed {
        /// Number of the attempt, over all runs.
        number: u32,
        /// What it scored, in whole percent, rounded down.
        percent: u32,
    },
    /// An attempt is under way on a course version that is not here any more.
    VersionMissing,
}

/// An attempt with its questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    /// Number of the attempt, over all runs.
    pub number: u32,
    /// The version of the course that it is taken on.
    pub course: Arc<Course>,
    /// The questions in the order shown.
    pub drawn: Vec<DrawnQuestion>,
}

impl Sitting {
    /// The drawn question at `index`, from 0.
    #[must_use]
    pub fn question(&self, index: usize) -> Option<&Question> {
        self.course.assessment.quiz.questions.get(self.drawn.get(index)?.index)
    }

    /// The drawn questions in the order shown.
    pub fn questions(&self) -> impl Iterator<Item = (&Question, &DrawnQuestion)> {
        let bank = &self.course.assessment.quiz.questions;
        self.drawn.iter().filter_map(|drawn| Some((bank.get(drawn.index)?, drawn)))
    }
}

/// How an attempt went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptResult {
    /// Thousandths of a point.
    pub earned: u64,
    /// Thousandths of a point.
    pub possible: u64,
    /// Whole percent, rounded down, so that 79.9 never looks like the 80 that it is not.
    pub percent: u32,
    /// What had to be reached.
    pub pass_percent: u32,
    /// Whether it was.
    pub passed: bool,
    /// By topic, in the order of the course, topics without a drawn question left out.
    pub topics: Vec<TopicResult>,
    /// By question, in the order shown; `None` where nothing was answered.
    pub marks: Vec<Option<Mark>>,
    /// What to re-read: the links of the questions that did not earn everything, each once, in the order shown.
    pub reread: Vec<LessonLink>,
    /// Whether the answers may be looked at with their explanations.
    pub review: Review,
}

/// How an attempt went in one topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicResult {
    /// Which topic.
    pub topic: TopicId,
    /// Its title.
    pub title: String,
    /// Thousandths of a point.
    pub earned: u64,
    /// Thousandths of a point.
    pub possible: u64,
}

/// Whether the answers of an attempt may be looked at with their explanations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Review {
    /// After a pass or the last allowed attempt.
    Open,
    /// Another attempt is to come, and the bank is the same.
    AfterLastAttempt,
}

impl Training {
    /// How the assessment stands.
    #[must_use]
    pub fn assessment(&self, now: Timestamp) -> AssessmentState {
        let last = self.attempts().next_back();
        if let Some(passed) = self.passed_attempt() {
            let percent = passed.submitted.map_or(0, |end| percent(end.earned, end.possible));
            return AssessmentState::Passed { number: passed.number, percent };
        }
        if let Some(attempt) = last.filter(|attempt| attempt.submitted.is_none()) {
            let Some(sitting) = &self.sitting else { return AssessmentState::VersionMissing };
            let total = sitting.drawn.len();
            let answered = total - open_questions(attempt, sitting).len();
            return AssessmentState::UnderWay { attempt: self.attempts().count(), answered, total };
        }
        let taken = u32::try_from(self.attempts().count()).unwrap_or(u32::MAX);
        let left = self.course().assessment.attempts.map(|allowed| allowed.saturating_sub(taken));
        match self.purpose {
            Purpose::Learning => {}
            // There are as many as a trainer needs.
            Purpose::Preview => return AssessmentState::Ready { left: None },
        }
        if left == Some(0) {
            return AssessmentState::NoneLeft;
        }
        if let Some(failed) = last.and_then(|attempt| attempt.submitted) {
            let until = failed.at.plus_minutes(self.course().assessment.waits.after(taken));
            if now < until {
                return AssessmentState::Waiting { until, left };
            }
        }
        let missing = self.missing();
        if missing.is_empty() { AssessmentState::Ready { left } } else { AssessmentState::Locked(missing) }
    }

    /// What is to be read and answered before the assessment opens.
    pub(super) fn missing(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        for index in 0..self.course().modules.len() {
            if !self.is_read(Text::Lesson(index)) {
                missing.push(Missing::Lesson(index));
            }
            let check = self.check(index).map(|check| check.state);
            if check.is_some_and(|state| !state.is_passed()) {
                missing.push(Missing::Check(index));
            }
        }
        missing
    }

    /// Begins an attempt; the questions are drawn. Nothing happens unless the assessment is [`AssessmentState::Ready`].
    #[must_use = "what is not saved is lost"]
    pub fn start_attempt(&mut self, now: Timestamp) -> Vec<Change> {
        let ready = matches!(self.assessment(now), AssessmentState::Ready { .. });
        let Some(run) = self.progress.run().filter(|_| ready) else { return Vec::new() };
        let attempt = Attempt {
            number: self.progress.attempts.last().map_or(0, |attempt| attempt.number) + 1,
            run: run.number,
            quiz: self.course().assessment.quiz.id.clone(),
            course_digest: self.course().digest,
            started_at: now,
            current: 0,
            active_seconds: 0,
            answers: BTreeMap::new(),
            edits: 0,
            submitted: None,
        };
        self.perform(vec![Change::AttemptStarted(attempt)])
    }

    /// The attempt under way.
    #[must_use]
    pub fn attempt(&self) -> Option<(&Attempt, &Arc<Sitting>)> {
        let attempt = self.attempts().next_back().filter(|attempt| attempt.submitted.is_none())?;
        Some((attempt, self.sitting.as_ref()?))
    }

    /// How far each question of the attempt under way is answered, in the order shown.
    #[must_use]
    pub fn answered(&self) -> Vec<Answered> {
        self.attempt().map_or_else(Vec::new, |(attempt, sitting)| all_answered(attempt, sitting).collect())
    }

    /// The positions of the questions of the attempt under way that are not completely answered, in the order shown.
    #[must_use]
    pub fn unanswered(&self) -> Vec<usize> {
        self.attempt().map_or_else(Vec::new, |(attempt, sitting)| open_questions(attempt, sitting))
    }

    /// Answers, or with `None` clears, the drawn question at `index`, after `seconds` more on it. Nothing happens when
    /// the response does not fit the question.
    #[must_use = "what is not saved is lost"]
    pub fn answer(
        &mut self,
        index: usize,
        response: Option<Response>,
        certainty: Option<Certainty>,
        seconds: u64,
    ) -> Vec<Change> {
        let question = self.attempt().and_then(|(_, sitting)| sitting.question(index));
        let Some(question) = question else { return Vec::new() };
        let Ok(response) = response.map(|response| acceptable(question, response)).transpose() else {
            return Vec::new();
        };
        self.change_answer(index, |answer| {
            answer.response = response;
            answer.certainty = certainty;
            answer.seconds += seconds;
        })
    }

    /// Flags the drawn question at `index` to come back to it, or takes the flag away.
    #[must_use = "what is not saved is lost"]
    pub fn toggle_flag(&mut self, index: usize) -> Vec<Change> {
        self.change_answer(index, |answer| answer.flagged = !answer.flagged)
    }

    /// Everything that the drawn question at `index` asks was on the screen by now, or said.
    #[must_use = "what is not saved is lost"]
    pub fn shown_wholly(&mut self, index: usize) -> Vec<Change> {
        self.change_answer(index, |answer| answer.shown = Shown::Wholly)
    }

    /// The positions of the questions of the attempt under way that have an answer although a part of them was never shown, in the
    /// order shown.
    #[must_use]
    pub fn answered_unseen(&self) -> Vec<usize> {
        let Some((attempt, sitting)) = self.attempt() else { return Vec::new() };
        let is_unseen = |question: &Question| {
            let answer = attempt.answers.get(&question.id);
            answer.is_some_and(|answer| answer.response.is_some() && answer.shown == Shown::Partly)
        };
        let unseen = sitting.questions().enumerate().filter(|(_, (question, _))| is_unseen(question));
        unseen.map(|(index, _)| index).collect()
    }

    /// The positions of the questions of the attempt under way that are flagged, in the order shown.
    #[must_use]
    pub fn flagged(&self) -> Vec<usize> {
        let Some((attempt, sitting)) = self.attempt() else { return Vec::new() };
        let is_flagged =
            |question: &Question| attempt.answers.get(&question.id).is_some_and(|answer| answer.flagged);
        let flagged = sitting.questions().enumerate().filter(|(_, (question, _))| is_flagged(question));
        flagged.map(|(index, _)| index).collect()
    }

    fn change_answer(&mut self, index: usize, change: impl FnOnce(&mut AttemptAnswer)) -> Vec<Change> {
        let Some((attempt, sitting)) = self.attempt() else { return Vec::new() };
        let Some(question) = sitting.question(index) else { return Vec::new() };
        let before = attempt.answers.get(&question.id).cloned().unwrap_or_default();
        let mut answer = before.clone();
        change(&mut answer);
        if answer == before {
            return Vec::new();
        }
        let (number, edits, question) = (attempt.number, attempt.edits, question.id.clone());
        self.perform(vec![Change::AttemptAnswered { number, edits, question, answer }])
    }

    /// Goes to the drawn question at `index` after `seconds` more on the one before.
    #[must_use = "what is not saved is lost"]
    pub fn go_to(&mut self, index: usize, seconds: u64) -> Vec<Change> {
        let Some((attempt, sitting)) = self.attempt() else { return Vec::new() };
        let current = index.min(sitting.drawn.len().saturating_sub(1));
        let left = attempt.current;
        if seconds == 0 && current == left {
            return Vec::new();
        }
        let mut changes = self.change_answer(left, |answer| answer.seconds += seconds);
        // The move builds on the answer before it, so the attempt is looked at again.
        let Some((attempt, _)) = self.attempt() else { return changes };
        let moved = Change::AttemptMoved {
            number: attempt.number,
            edits: attempt.edits,
            current,
            active_seconds: attempt.active_seconds + seconds,
        };
        changes.extend(self.perform(vec![moved]));
        changes
    }

    /// Submits the attempt under way; from now on nothing in it changes.
    #[must_use = "what is not saved is lost"]
    pub fn submit(&mut self, now: Timestamp) -> Vec<Change> {
        let Some((attempt, sitting)) = self.attempt() else { return Vec::new() };
        let marks = marks(attempt, sitting).map(|(_, mark)| (mark.earned, mark.possible));
        let (earned, possible) = sums(marks);
        let pass_percent = sitting.course.assessment.pass_percent.get();
        let submitted =
            Submitted { at: now, earned, possible, passed: passed(earned, possible, pass_percent) };
        let (number, edits) = (attempt.number, attempt.edits);
        self.perform(vec![Change::AttemptSubmitted { number, edits, submitted }])
    }

    /// The attempt of this number with its questions; `None` when its course version is not here.
    #[must_use]
    pub fn sitting(&self, number: u32) -> Option<(&Attempt, Arc<Sitting>)> {
        let attempt = self.progress.attempts.iter().find(|attempt| attempt.number == number)?;
        let kept = self.sitting.iter().find(|sitting| sitting.number == number).cloned();
        let sitting = kept.or_else(|| self.drawn_again(attempt).map(Arc::new))?;
        Some((attempt, sitting))
    }

    fn drawn_again(&self, attempt: &Attempt) -> Option<Sitting> {
        let course = self.version_of(attempt)?;
        let nonce = self.run_of(attempt)?.nonce.as_deref();
        let seed = self.seed(course, nonce, &attempt.quiz, self.number_drawn(attempt));
        let topics = course.topics.iter().map(|topic| &topic.id);
        let drawn = draw(&course.assessment.quiz, topics, course.assessment.draw, &seed).questions;
        Some(Sitting { number: attempt.number, course: Arc::clone(course), drawn })
    }

    /// The number of an attempt in its draw and in a record, from 1 (docs/record-format.md, "The draw"): it counts those of
    /// all runs for the same assignment, or without one, so that nobody chooses it by beginning anew. What another nonce
    /// draws is other questions anyway, and whoever is asked anew begins with 1.
    pub(super) fn number_drawn(&self, attempt: &Attempt) -> u32 {
        let nonce_of = |attempt| self.run_of(attempt).map(|run| &run.nonce);
        let nonce = nonce_of(attempt);
        let until = self.progress.attempts.iter().take_while(|other| other.number < attempt.number);
        until.filter(|other| nonce_of(other) == nonce).fold(1, |number, _| number + 1)
    }

    fn run_of(&self, attempt: &Attempt) -> Option<&Run> {
        self.progress.runs.iter().find(|run| run.number == attempt.run)
    }

    /// How a submitted attempt went; `None` while it is under way or when its course version is not here.
    #[must_use]
    pub fn result(&self, number: u32) -> Option<AttemptResult> {
        let (attempt, sitting) = self.sitting(number)?;
        let submitted = attempt.submitted?;
        let assessment = &sitting.course.assessment;
        let marked: Vec<(&Question, Mark)> = marks(attempt, &sitting).collect();
        let topics = sitting.course.topics.iter().filter_map(|topic| {
            let of_topic = marked.iter().filter(|(question, _)| question.topic == topic.id);
            let (earned, possible) = sums(of_topic.map(|(_, mark)| (mark.earned, mark.possible)));
            let result =
                TopicResult { topic: topic.id.clone(), title: topic.title.clone(), earned, possible };
            (possible > 0).then_some(result)
        });
        let mut reread = Vec::new();
        for (question, mark) in &marked {
            if let Some(link) = question.lesson.as_ref().filter(|_| mark.earned < mark.possible)
                && !reread.contains(link)
            {
                reread.push(link.clone());
            }
        }
        reread.sort_by_cached_key(|link| place_in(&sitting.course, link));
        let same_run = self.progress.attempts.iter().filter(|other| other.run == attempt.run);
        let in_run: Vec<_> = same_run.collect();
        let allowed = assessment.attempts.and_then(|allowed| usize::try_from(allowed).ok());
        let settled = self.purpose == Purpose::Preview
            || in_run.iter().any(|other| other.submitted.is_some_and(|end| end.passed))
            || self.progress.run().is_some_and(|run| run.number > attempt.run)
            || allowed.is_some_and(|allowed| {
                in_run.iter().filter(|other| other.submitted.is_some()).count() >= allowed
            });
        let is_answered = all_answered(attempt, &sitting).map(|answered| answered != Answered::Not);
        let marks = marked.iter().zip(is_answered);
        Some(AttemptResult {
            earned: submitted.earned,
            possible: submitted.possible,
            percent: percent(submitted.earned, submitted.possible),
            pass_percent: assessment.pass_percent.get(),
            passed: submitted.passed,
            topics: topics.collect(),
            marks: marks.map(|((_, mark), is_answered)| is_answered.then_some(*mark)).collect(),
            reread,
            review: if settled { Review::Open } else { Review::AfterLastAttempt },
        })
    }

    /// The number of the attempt of the present run that was submitted last.
    #[must_use]
    pub fn last_submitted(&self) -> Option<u32> {
        self.attempts().rfind(|attempt| attempt.submitted.is_some()).map(|attempt| attempt.number)
    }

    /// How the attempt ended that was submitted last in this run, if it did not pass.
    #[must_use]
    pub fn last_failure(&self) -> Option<Submitted> {
        self.attempts().filter_map(|attempt| attempt.submitted).next_back().filter(|end| !end.passed)
    }

    /// Which attempt of its run the one of this number is, from 1: learners count anew when they take the course again.
    #[must_use]
    pub fn place_in_run(&self, number: u32) -> Option<usize> {
        let attempts = &self.progress.attempts;
        let run = attempts.iter().find(|attempt| attempt.number == number)?.run;
        Some(attempts.iter().filter(|attempt| attempt.run == run && attempt.number <= number).count())
    }

    /// Draws the questions of the last attempt again.
    pub(super) fn sit_down(&mut self) {
        let last = self.attempts().next_back();
        self.sitting = last.and_then(|attempt| self.drawn_again(attempt)).map(Arc::new);
    }
}

/// How far each drawn question is answered, in the order shown.
fn all_answered<'a>(attempt: &'a Attempt, sitting: &'a Sitting) -> impl Iterator<Item = Answered> {
    sitting.questions().map(|(question, _)| {
        let answer = attempt.answers.get(&question.id);
        answered(question, answer.and_then(|answer| answer.response.as_ref()))
    })
}

/// The positions of the drawn questions that are not completely answered.
fn open_questions(attempt: &Attempt, sitting: &Sitting) -> Vec<usize> {
    let all = all_answered(attempt, sitting).enumerate();
    all.filter(|(_, answered)| *answered != Answered::Wholly).map(|(index, _)| index).collect()
}

/// What every drawn question earned, in the order shown.
pub(super) fn marks<'a>(
    attempt: &'a Attempt,
    sitting: &'a Sitting,
) -> impl Iterator<Item = (&'a Question, Mark)> {
    sitting.questions().map(|(question, _)| {
        let answer = attempt.answers.get(&question.id).and_then(|answer| answer.response.as_ref());
        (question, mark(question, answer))
    })
}

/// Where in the course a link leads: the index of the lesson and that of the heading, in which order they are read.
fn place_in(course: &Course, link: &LessonLink) -> (Option<usize>, Option<usize>) {
    let lessons = || course.modules.iter().map(|module| &module.lesson);
    let lesson = lessons().position(|lesson| lesson.path == link.lesson);
    let headings = lesson.and_then(|index| lessons().nth(index)).map(|lesson| lesson.document.headings());
    let is_meant = |anchor: &str| link.heading.as_deref() == Some(anchor);
    let heading = headings.and_then(|headings| headings.iter().position(|heading| is_meant(&heading.anchor)));
    (lesson, heading)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course;

    /// Whoever read again what an attempt told went to and fro between lessons.
    #[test]
    fn links_stand_in_the_order_in_which_the_course_is_read() {
        let course = course::parse(course::embedded()).expect("no faults");
        let [first, second] = [0, 1].map(|index| &course.modules[index].lesson);
        let link = |lesson: &course::Lesson, heading: Option<usize>| LessonLink {
            lesson: lesson.path.clone(),
            heading: heading.map(|index| lesson.document.headings()[index].anchor.clone()),
        };
        let expected = [
            link(first, None),
            link(first, Some(1)),
            link(first, Some(2)),
            link(second, None),
            link(second, Some(3)),
        ];
        let mut links = expected.clone();
        links.reverse();
        links.sort_by_cached_key(|link| place_in(&course, link));
        assert_eq!(links, expected);
    }
}
