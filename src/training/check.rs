//! Knowledge checks: every question with feedback, and the wrong ones again.

use crate::clock::Timestamp;
use crate::id::QuestionId;
use crate::progress::{Change, CheckAnswer, CheckProgress, Draft};
use crate::quiz::Quiz;
use crate::quiz::draw::display_order;
use crate::quiz::mark::{Mark, mark, passed, percent};
use crate::quiz::question::Question;
use crate::quiz::response::{Certainty, Response};

use super::Training;
use super::response::acceptable;

/// How a knowledge check stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckState {
    /// No question was answered yet.
    NotStarted,
    /// Some questions are open.
    UnderWay {
        /// Answered questions.
        answered: usize,
        /// All questions.
        total: usize,
    },
    /// Everything was answered.
    Finished {
        /// Fully right answers.
        right: usize,
        /// Answers that earned a part of their points.
        partly: usize,
        /// All questions.
        total: usize,
        /// The score in whole percent of the points, rounded down.
        percent: u32,
        /// Whether the score reaches what the course asks of its checks.
        passed: bool,
    },
}

impl CheckState {
    /// Whether it is passed, which it stays whatever is tried again.
    #[must_use]
    pub fn is_passed(self) -> bool {
        matches!(self, Self::Finished { passed: true, .. })
    }

    /// Whether something was answered partly right: who tries that again could do worse.
    fn is_partly_right(self) -> bool {
        matches!(self, Self::Finished { partly: 1.., .. })
    }

    /// The score in percent, where counting the right answers does not show it, or not that they are enough for a pass mark of so many
    /// percent: what is partly right earns something too, and questions can have several points.
    #[must_use]
    pub fn percent_to_tell(self, pass_percent: u32) -> Option<u32> {
        match self {
            Self::NotStarted | Self::UnderWay { .. } => None,
            Self::Finished { right, partly, total, percent, passed } => {
                let mark = usize::try_from(pass_percent).unwrap_or(100);
                (!passed || partly > 0 || 100 * right < mark * total).then_some(percent)
            }
        }
    }
}

/// A knowledge check as the learner left it.
#[derive(Debug, Clone)]
pub struct CheckView<'a> {
    /// Its questions.
    pub quiz: &'a Quiz,
    /// The present round, from 1; 0 before the first.
    pub round: u32,
    /// The questions still to be answered in this round, in order.
    pub open: Vec<&'a Question>,
    /// The questions answered so far with their answers, in the order of the quiz.
    pub answered: Vec<(&'a Question, &'a CheckAnswer)>,
    /// How it stands.
    pub state: CheckState,
    progress: Option<&'a CheckProgress>,
}

impl<'a> CheckView<'a> {
    fn new(quiz: &'a Quiz, progress: Option<&'a CheckProgress>, pass_percent: u32) -> Self {
        // An answer counts as long as its question is the same.
        let answer = |question: &'a Question| {
            let answer = progress?.answers.get(&question.id)?;
            (answer.revision == question.revision.get()).then_some((question, answer))
        };
        let answered: Vec<_> = quiz.questions.iter().filter_map(answer).collect();
        let open = quiz.questions.iter().filter(|question| {
            let repeated = progress.is_some_and(|progress| progress.open.contains(&question.id));
            repeated || answer(question).is_none()
        });
        let open: Vec<_> = open.collect();
        let (earned, possible) = sums(answered.iter().map(|(_, answer)| (answer.earned, answer.possible)));
        let total = quiz.questions.len();
        // Half an answer is a beginning, too.
        let begun = |question: &Question| {
            let draft = progress.and_then(|progress| progress.drafts.get(&question.id));
            draft.is_some_and(|draft| draft.revision == question.revision.get() && draft.response.is_some())
        };
        let state = if answered.is_empty() && !quiz.questions.iter().any(begun) {
            CheckState::NotStarted
        } else if answered.len() < total {
            CheckState::UnderWay { answered: answered.len(), total }
        } else {
            let right = answered.iter().filter(|(_, answer)| answer.earned == answer.possible).count();
            let is_part = |answer: &CheckAnswer| answer.earned > 0 && answer.earned < answer.possible;
            let partly = answered.iter().filter(|(_, answer)| is_part(answer)).count();
            let passed = passed(earned, possible, pass_percent);
            CheckState::Finished { right, partly, total, percent: percent(earned, possible), passed }
        };
        let round = progress.map_or(0, |progress| progress.round);
        Self { quiz, round, open, answered, state, progress }
    }

    /// The questions that did not earn everything, in the order of the quiz.
    pub fn wrong(&self) -> impl Iterator<Item = &'a Question> {
        let wrong = self.answered.iter().filter(|(_, answer)| answer.earned < answer.possible);
        wrong.map(|(question, _)| *question)
    }

    /// Whether a question is asked after something was answered or begun. What the present round does not ask, because a newer version of
    /// the course is the first to ask it, is another round.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        self.state != CheckState::NotStarted && !self.open.is_empty() && self.asks_all_open()
    }

    /// How many questions are left of another round in which what was not right is asked again; `None` where none is under way.
    #[must_use]
    pub fn left_to_try_again(&self) -> Option<usize> {
        let is_again = matches!(self.state, CheckState::Finished { .. }) && self.is_under_way();
        is_again.then_some(self.open.len())
    }

    /// Earned and possible thousandths of all that counts.
    pub(super) fn points(&self) -> (u64, u64) {
        sums(self.answered.iter().map(|(_, answer)| (answer.earned, answer.possible)))
    }

    fn asks_all_open(&self) -> bool {
        let asked =
            |question: &&Question| self.progress.is_some_and(|check| check.open.contains(&question.id));
        self.open.iter().all(asked)
    }

    /// The last round in which something was answered, from 1; 0 before the first answer. A round that somebody only looked into is no try.
    #[must_use]
    pub fn tries(&self) -> u32 {
        let answers = self.progress.into_iter().flat_map(|progress| progress.answers.values());
        answers.map(|answer| answer.round).max().unwrap_or(0)
    }

    /// Whether this is the answer to the question that counts, and not a better one of an earlier round.
    #[must_use]
    pub fn counts(&self, question: &QuestionId, response: &Response) -> bool {
        self.answered
            .iter()
            .any(|(answered, answer)| answered.id == *question && answer.response == *response)
    }

    /// What was begun on a question and not handed in.
    #[must_use]
    pub fn draft(&self, question: &Question) -> Option<&'a Draft> {
        let draft = self.progress?.drafts.get(&question.id)?;
        (draft.revision == question.revision.get()).then_some(draft)
    }
}

impl Training {
    /// The knowledge check of the module at this index, if it has one.
    #[must_use]
    pub fn check(&self, module: usize) -> Option<CheckView<'_>> {
        let quiz = self.course().modules.get(module)?.check.as_ref()?;
        let progress = self.progress.checks.get(&quiz.id);
        Some(CheckView::new(quiz, progress, self.course().check_pass_percent.get()))
    }

    /// What is to be said to whoever may answer what is left of the check of this module, or try it again: what that can change.
    #[must_use]
    pub fn what_trying_changes(&self, module: usize) -> Option<&'static str> {
        let view = self.check(module)?;
        if view.open.is_empty() && view.wrong().next().is_none() {
            return None;
        }
        if self.completion().is_some() {
            return Some(RECORD_STANDS);
        }
        view.state.is_partly_right().then_some(BETTER_COUNTS)
    }

    /// The checks in which what was not right is being asked again: the index of the module, and how many questions are left.
    pub fn tried_again(&self) -> impl Iterator<Item = (usize, usize)> {
        let modules = 0..self.course().modules.len();
        modules.filter_map(|module| Some((module, self.check(module)?.left_to_try_again()?)))
    }

    /// The score in whole percent that the signed record of this run has for the check of this module, where that is another figure than
    /// the present one: by answers after the signature, or by a newer version of the course.
    #[must_use]
    pub fn percent_in_record(&self, module: usize) -> Option<u32> {
        let (view, record) = (self.check(module)?, self.certificate()?.claims);
        let signed = record.checks.iter().find(|claim| claim.quiz == view.quiz.id)?;
        let signed = percent(signed.earned, signed.possible);
        let now = match view.state {
            CheckState::Finished { percent, .. } => Some(percent),
            CheckState::NotStarted | CheckState::UnderWay { .. } => None,
        };
        (now != Some(signed)).then_some(signed)
    }

    /// Begins the first round, the next one with the questions answered wrongly, or one with everything that is open
    /// when a newer version of the course asks what the round under way does not. No round begins while one asks
    /// all that is open, or when nothing was wrong. That the learner is here is noted, unless the check is passed: to try again what is done
    /// leads away from nothing. Call it whenever a check with open questions is shown.
    #[must_use = "what is not saved is lost"]
    pub fn start_check(&mut self, module: usize) -> Vec<Change> {
        let Some(view) = self.check(module) else { return Vec::new() };
        let questions: Vec<&Question> = if view.open.is_empty() {
            view.wrong().collect()
        } else if view.asks_all_open() {
            Vec::new()
        } else {
            view.open.clone()
        };
        let visit = self.visit_check(module);
        if questions.is_empty() {
            return self.perform(visit.into_iter().collect());
        }
        let quiz = view.quiz.id.clone();
        let open = questions.iter().map(|question| question.id.clone()).collect();
        let mut changes = vec![Change::CheckStarted { quiz: quiz.clone(), round: view.round + 1, open }];
        // A round begins without drafts; what was begun on a question that stays the same is taken along.
        changes.extend(questions.iter().filter_map(|question| {
            let (quiz, question, draft) = (quiz.clone(), question.id.clone(), view.draft(question)?.clone());
            Some(Change::CheckDrafted { quiz, question, draft })
        }));
        changes.extend(visit);
        self.perform(changes)
    }

    /// The options of a question of a check in the order in which this round asks it, or in which it was answered last.
    #[must_use]
    pub fn check_order(&self, module: usize, question: &Question) -> Vec<String> {
        let Some(view) = self.check(module) else { return Vec::new() };
        let is_open = view.open.iter().any(|open| open.id == question.id);
        let answer = view.answered.iter().find(|(answered, _)| !is_open && answered.id == question.id);
        let round = answer.map_or(view.round, |(_, answer)| answer.round);
        let nonce = self.progress.run().and_then(|run| run.nonce.as_deref());
        let seed = self.seed(self.course(), nonce, &view.quiz.id, round);
        display_order(question, &seed)
    }

    /// Keeps an answer that is not handed in yet. Nothing happens when the question is not open or the response does
    /// not fit it.
    #[must_use = "what is not saved is lost"]
    pub fn draft(
        &mut self,
        module: usize,
        question: &QuestionId,
        response: Option<Response>,
        certainty: Option<Certainty>,
    ) -> Vec<Change> {
        let Some((view, question)) = self.open_question(module, question) else { return Vec::new() };
        let Ok(response) = response.map(|response| acceptable(question, response)).transpose() else {
            return Vec::new();
        };
        let draft = Draft { revision: question.revision.get(), response, certainty };
        if view.draft(question) == Some(&draft) {
            return Vec::new();
        }
        let (quiz, question) = (view.quiz.id.clone(), question.id.clone());
        let drafted = Change::CheckDrafted { quiz, question, draft };
        self.perform(self.visit_check(module).into_iter().chain([drafted]).collect())
    }

    /// Hands in an answer to an open question, of whose answers in all rounds the best is kept; `None` when the question is not open or the
    /// response does not fit it.
    #[must_use = "what is not saved is lost"]
    pub fn hand_in(
        &mut self,
        module: usize,
        question: &QuestionId,
        response: Response,
        certainty: Option<Certainty>,
        now: Timestamp,
    ) -> Option<(Mark, Vec<Change>)> {
        let (view, question) = self.open_question(module, question)?;
        let response = acceptable(question, response).ok()?;
        let mark = mark(question, Some(&response));
        let answer = CheckAnswer {
            revision: question.revision.get(),
            response,
            certainty,
            earned: mark.earned,
            possible: mark.possible,
            round: view.round,
            at: now,
        };
        // Whoever tries again loses nothing: the better answer counts. It is handed in anew, which closes the question in this round.
        let before = view.answered.iter().find(|(answered, _)| answered.id == question.id);
        let better =
            before.filter(|(_, before)| before.possible == answer.possible && before.earned > answer.earned);
        let answer =
            better.map_or(answer, |(_, before)| CheckAnswer { round: view.round, ..(*before).clone() });
        let (quiz, question) = (view.quiz.id.clone(), question.id.clone());
        let answered = Change::CheckAnswered { quiz, question, answer };
        let changes = self.visit_check(module).into_iter().chain([answered]).collect();
        Some((mark, self.perform(changes)))
    }

    fn open_question(&self, module: usize, id: &QuestionId) -> Option<(CheckView<'_>, &Question)> {
        let view = self.check(module)?;
        let question = view.open.iter().copied().find(|question| question.id == *id)?;
        Some((view, question))
    }
}

/// Said to whoever may try again what was partly right.
const BETTER_COUNTS: &str = "Of each question the better answer counts.";

/// Said before the signature to whoever is trying a check again.
pub const ANSWERED_AFTER_SIGNING: &str = "What you answer after you have signed is not in your record.";

/// Said to whoever may answer a check after the signature: its figures can become better, and those of the record do not.
const RECORD_STANDS: &str = "Your record is signed: nothing that you answer here changes it.";

/// Said of a mark that is worse than that of an earlier answer to the same question.
pub const EARLIER_IS_KEPT: &str = "Your earlier answer was better, so it is the one that is kept.";

/// How many of so many answers are right, in the words of both faces: what is partly right counts too.
#[must_use]
pub fn right_answers(right: usize, partly: usize, total: usize) -> String {
    match partly {
        0 => format!("{right} of {total} right"),
        partly => format!("{right} of {total} right, {partly} partly"),
    }
}

/// Earned and possible thousandths of several marks.
pub(super) fn sums(marks: impl Iterator<Item = (u32, u32)>) -> (u64, u64) {
    marks.fold((0, 0), |(earned, possible), mark| (earned + u64::from(mark.0), possible + u64::from(mark.1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two of four with a pass mark of 60 % were said to be passed, and nothing said why.
    #[test]
    fn the_score_is_told_where_counting_does_not_show_the_outcome() {
        #[track_caller]
        fn check(right: usize, percent: u32, passed: bool, expected: Option<u32>) {
            let state = CheckState::Finished { right, partly: 0, total: 5, percent, passed };
            assert_eq!(state.percent_to_tell(60), expected);
        }
        check(5, 100, true, None);
        check(3, 60, true, None);
        check(2, 60, true, Some(60));
        check(2, 59, false, Some(59));
        check(0, 0, false, Some(0));
        let partly = CheckState::Finished { right: 3, partly: 1, total: 4, percent: 87, passed: true };
        assert_eq!(partly.percent_to_tell(60), Some(87), "one check told it and the next did not");
        // Right in those that count little.
        check(4, 50, false, Some(50));
        assert_eq!(CheckState::UnderWay { answered: 1, total: 5 }.percent_to_tell(60), None);
    }
}
