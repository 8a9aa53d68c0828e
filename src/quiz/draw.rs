//! The draw: which questions an attempt gets, in which order, and the order of their options.
//!
//! Nothing here is random. Everything follows from who takes which course for the how-manieth time, so that nobody
//! can wait for an easy draw and an auditor derives the same one again with `printf` and `sha256sum`.

use std::collections::HashSet;
use std::fmt;

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

/// Draws `count` questions, as [`draw_places`] does, and the order of what is shown with each.
#[must_use]
pub fn draw<'a>(
    quiz: &'a Quiz,
    topics: impl IntoIterator<Item = &'a TopicId>,
    count: usize,
    seed: &Seed,
) -> Draw {
    let places = draw_places(quiz, topics, count, seed).into_iter();
    let questions = places
        .map(|index| DrawnQuestion { index, order: display_order(&quiz.questions[index], seed) })
        .collect();
    Draw { questions }
}

/// Draws `count` questions by their places in [`Quiz::questions`], in the order in which they are shown: every mandatory
/// one, then one of each topic that has none yet (in the order of `topics`), then the first in the order of their digests.
/// A course without faults has room for the first two in its count; without that room they are drawn all the same, because
/// leaving out a mandatory question would be worse.
#[must_use]
pub fn draw_places<'a>(
    quiz: &'a Quiz,
    topics: impl IntoIterator<Item = &'a TopicId>,
    count: usize,
    seed: &Seed,
) -> Vec<usize> {
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
    ranked.into_iter().map(|(_, index)| index).filter(|index| drawn[*index]).collect()
}

/// The identifiers of what is shuffled in a question, as shown: options, right sides, items to order; the options of
/// gaps as `gap/option`, those of scenario steps as `step/option`. Empty where something is typed.
#[must_use]
pub fn display_order(question: &Question, seed: &Seed) -> Vec<String> {
    shown(question, seed).iter().map(ToString::to_string).collect()
}

/// `things` in the order of `ids`. What the order does not name comes last: nothing of a question may be missing from
/// what is shown, whatever became of the order.
#[must_use]
pub fn in_order<T>(mut things: Vec<T>, ids: &[String], id_of: impl Fn(&T) -> String) -> Vec<T> {
    things.sort_by_cached_key(|thing| {
        let id = id_of(thing);
        ids.iter().position(|listed| *listed == id).unwrap_or(usize::MAX)
    });
    things
}

/// Whether this is the [`display_order`]. A verifier asks that of every question of every record, so nothing is written
/// down for it.
#[must_use]
pub fn is_display_order(order: &[String], question: &Question, seed: &Seed) -> bool {
    let shown = shown(question, seed);
    shown.len() == order.len() && shown.iter().zip(order).all(|(shown, name)| shown.is(name))
}

/// Something that is shuffled.
struct Shown<'a> {
    /// The gap or step that it stands in.
    within: Option<&'a OptionId>,
    id: &'a str,
}

impl Shown<'_> {
    /// Whether it is written like this.
    fn is(&self, name: &str) -> bool {
        let name = match self.within {
            Some(part) => name.strip_prefix(part.as_str()).and_then(|name| name.strip_prefix('/')),
            None => Some(name),
        };
        name == Some(self.id)
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(part) = self.within {
            write!(f, "{part}/")?;
        }
        f.write_str(self.id)
    }
}

fn shown<'a>(question: &'a Question, seed: &Seed) -> Vec<Shown<'a>> {
    let begun = seed.of(question);
    match &question.kind {
        Kind::Single { options } | Kind::Multiple { options } => {
            shuffled(&begun, None, options.iter().map(|option| &option.id))
        }
        // Everybody reads "true, false" faster than "false, true", and the order gives nothing away.
        Kind::TrueFalse { .. } => ["true", "false"].map(|id| Shown { within: None, id }).into(),
        Kind::Match { pairs, extra } => {
            let rights = pairs.iter().map(|pair| &pair.id).chain(extra.iter().map(|item| &item.id));
            shuffled(&begun, None, rights)
        }
        Kind::Order { items, .. } => {
            let mut order = shuffled(&begun, None, items.iter().map(|item| &item.id));
            // Shown in the right order, the question would be answered before it is read.
            if order.len() > 1 && order.iter().zip(items).all(|(shown, right)| shown.id == right.id.as_str())
            {
                order.swap(0, 1);
            }
            order
        }
        Kind::Number(_) | Kind::Text(_) => Vec::new(),
        Kind::Cloze { gaps, .. } => gaps
            .iter()
            .flat_map(|gap| match &gap.kind {
                GapKind::Choice(options) => {
                    shuffled(&begun, Some(&gap.id), options.iter().map(|option| &option.id))
                }
                GapKind::Text(_) | GapKind::Number(_) => Vec::new(),
            })
            .collect(),
        Kind::Scenario { steps } => steps
            .iter()
            .flat_map(|step| {
                let options = step.options.iter().map(|branch| &branch.choice.id);
                shuffled(&begun, Some(&step.id), options)
            })
            .collect(),
    }
}

/// In the order of their digests, which all begin as `begun` does.
fn shuffled<'a>(
    begun: &Hashing,
    within: Option<&'a OptionId>,
    ids: impl Iterator<Item = &'a OptionId>,
) -> Vec<Shown<'a>> {
    let mut shown: Vec<_> = ids.map(|id| Shown { within, id: id.as_str() }).collect();
    shown.sort_by_cached_key(|shown| begun.clone().field(shown.id).digest());
    shown
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
}

#[cfg(test)]
mod tests;
