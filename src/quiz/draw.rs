//! The draw: which questions an attempt gets, in which order, and the order of their options.
//!
//! Nothing here is random. Everything follows from who takes which course for the how-manieth time, so that nobody
//! can wait for an easy draw and an auditor derives the same one again with `printf` and `sha256sum`.

use std::collections::HashSet;

use crate::digest::{Digest, Hashing};
use crate::id::{OptionId, QuizId, TopicId};
use crate::quiz::Quiz;
use crate::quiz::question::{Drawn, GapKind, Kind, Question};

/// What a draw depends on, folded into one digest. All that is hashed for a draw begins with its field.
#[derive(Debug, Clone)]
pub struct Seed(Hashing);

/// The questions of one attempt, in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// In the order shown.
    pub questions: Vec<DrawnQuestion>,
}

/// A question of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnQuestion {
    /// Its place in [`Quiz::questions`].
    pub index: usize,
    /// What [`display_order`] gives for it.
    pub order: Vec<String>,
}

/// Draws `count` questions: every mandatory one, then one of each topic that has none yet (in the order of `topics`),
/// then the first in the order of their digests. A course without faults has room for the first two in its count;
/// without that room they are drawn all the same, because leaving out a mandatory question would be worse.
#[must_use]
pub fn draw<'a>(
    quiz: &'a Quiz,
    topics: impl IntoIterator<Item = &'a TopicId>,
    count: usize,
    seed: &Seed,
) -> Draw {
    let mut ranked: Vec<(Digest, usize)> =
        quiz.questions.iter().enumerate().map(|(index, question)| (seed.rank(question), index)).collect();
    ranked.sort_unstable();

    let mut drawn: Vec<bool> = quiz.questions.iter().map(|q| q.drawn == Drawn::Always).collect();
    let mut covered: HashSet<&TopicId> =
        quiz.questions.iter().filter(|question| question.drawn == Drawn::Always).map(|q| &q.topic).collect();
    for topic in topics {
        if covered.insert(topic)
            && let Some((_, first)) = ranked.iter().find(|(_, index)| quiz.questions[*index].topic == *topic)
        {
            drawn[*first] = true;
        }
    }
    let missing = count.saturating_sub(drawn.iter().filter(|drawn| **drawn).count());
    let fill: Vec<usize> = ranked.iter().map(|(_, i)| *i).filter(|i| !drawn[*i]).take(missing).collect();
    for index in fill {
        drawn[index] = true;
    }

    let shown = ranked.into_iter().map(|(_, index)| index).filter(|index| drawn[*index]);
    let questions = shown
        .map(|index| DrawnQuestion { index, order: display_order(&quiz.questions[index], seed) })
        .collect();
    Draw { questions }
}

/// The identifiers of what is shuffled in a question, as shown: options, right sides, items to order; the options of
/// gaps as `gap/option`, those of scenario steps as `step/option`. Empty where something is typed.
#[must_use]
pub fn display_order(question: &Question, seed: &Seed) -> Vec<String> {
    let within = |part: &OptionId, ids: Vec<&OptionId>| -> Vec<String> {
        seed.shuffled(question, ids).into_iter().map(|id| format!("{part}/{id}")).collect()
    };
    match &question.kind {
        Kind::Single { options } | Kind::Multiple { options } => {
            seed.shuffled(question, options.iter().map(|option| &option.id).collect())
        }
        // Everybody reads "true, false" faster than "false, true", and the order gives nothing away.
        Kind::TrueFalse { .. } => vec!["true".to_owned(), "false".to_owned()],
        Kind::Match { pairs, extra } => {
            let rights = pairs.iter().map(|pair| &pair.id).chain(extra.iter().map(|item| &item.id));
            seed.shuffled(question, rights.collect())
        }
        Kind::Order { items, .. } => {
            let key: Vec<&OptionId> = items.iter().map(|item| &item.id).collect();
            let mut order = seed.shuffled(question, key.clone());
            // Shown in the right order, the question would be answered before it is read.
            if order.len() > 1 && order.iter().zip(&key).all(|(shown, right)| shown == right.as_str()) {
                order.swap(0, 1);
            }
            order
        }
        Kind::Number(_) | Kind::Text(_) => Vec::new(),
        Kind::Cloze { gaps, .. } => gaps
            .iter()
            .flat_map(|gap| match &gap.kind {
                GapKind::Choice(options) => {
                    within(&gap.id, options.iter().map(|option| &option.id).collect())
                }
                GapKind::Text(_) | GapKind::Number(_) => Vec::new(),
            })
            .collect(),
        Kind::Scenario { steps } => steps
            .iter()
            .flat_map(|step| within(&step.id, step.options.iter().map(|branch| &branch.choice.id).collect()))
            .collect(),
    }
}

impl Seed {
    /// The seed of this attempt. `learner` is the learner's `did:key`, `nonce` that of the assignment, `attempt` counts
    /// from 1 (for a knowledge check: the round).
    #[must_use]
    pub fn new(course: &Digest, learner: &str, nonce: Option<&str>, quiz: &QuizId, attempt: u32) -> Self {
        let (course, attempt) = (course.to_string(), attempt.to_string());
        let fields =
            ["countersign draw 1", &course, learner, nonce.unwrap_or_default(), quiz.as_str(), &attempt];
        Self(Hashing::default().field(&Digest::of_fields(fields).hex()))
    }

    fn rank(&self, question: &Question) -> Digest {
        self.of(question).digest()
    }

    fn of(&self, question: &Question) -> Hashing {
        self.0.clone().field(question.id.as_str())
    }

    fn shuffled(&self, question: &Question, mut ids: Vec<&OptionId>) -> Vec<String> {
        let begun = self.of(question);
        ids.sort_by_cached_key(|id| begun.clone().field(id.as_str()).digest());
        ids.into_iter().map(ToString::to_string).collect()
    }
}

#[cfg(test)]
mod tests;
