//! The figures that may be shown: what a small group did stays with the group.
//!
//! Three rules, so that no figure says what a certain person answered (the threshold rule of statistical disclosure
//! control: Hundepool et al. 2012, chapters 2 and 4). A question that fewer than ten learners had shows nothing, and
//! neither does a further question when its figures could be calculated from the rest. An option that one or two learners
//! chose does not show how many, and neither do as many further options as it takes to keep that from being calculated.
//! A correlation that rests on one or two learners is not shown, nor anything that gives it away.

use std::num::NonZeroU32;

use super::choices::Choosable;
use super::verdict::{Verdict, verdicts};
use super::{CalibrationFigures, ItemFigures, QuizFigures};
use crate::id::{CourseId, QuestionId, QuizId};
use crate::quiz::question::{Difficulty, Kind};

/// With fewer first attempts nothing is shown.
pub const FEWEST_ATTEMPTS: usize = 10;
/// A group of fewer than this is not counted out.
pub const FEWEST_TOGETHER: usize = 3;

/// What may be said about a quiz.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The course it belongs to.
    pub course: CourseId,
    /// The course's title, in plain text.
    pub title: String,
    /// Which quiz.
    pub quiz: QuizId,
    /// The versions of the course that attempts were taken on.
    pub versions: Vec<String>,
    /// How many learners' first attempts.
    pub attempts: usize,
    /// The quiz as a whole, with [`FEWEST_ATTEMPTS`].
    pub whole: Option<QuizFigures>,
    /// The questions, what matters most first.
    pub rows: Vec<Row>,
}

/// What is known of a question before anybody answered it.
#[derive(Debug, Clone, PartialEq)]
pub struct Described {
    /// Which question.
    pub question: QuestionId,
    /// Which revision of it.
    pub revision: NonZeroU32,
    /// Told apart from another content under the same identifier and revision: the course version it is from.
    pub only_in: Option<String>,
    /// What is asked, in plain text.
    pub prompt: String,
    /// How it is answered.
    pub kind: Kind,
    /// What can be chosen, in the order of the columns' options, with texts in plain text.
    pub choices: Vec<Choosable>,
    /// How hard its author says that it is.
    pub difficulty: Option<Difficulty>,
    /// What guessing earns.
    pub guess: Option<f64>,
}

/// What may be said about a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The question.
    pub about: Described,
    /// Its figures, or why there are none.
    pub shown: Shown,
}

/// The figures of a question, or why there are none.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// Nobody had it yet.
    Nobody,
    /// Fewer than [`FEWEST_ATTEMPTS`] had it.
    TooFew,
    /// Enough had it, but with its figures those of a question that too few had could be calculated.
    Covers,
    /// Here they are. Boxed, because most of a large bank may be without.
    Figures(Box<Figures>),
}

/// The figures of a question that may be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// What was calculated, for everything that is not withheld; numbers of learners that are withheld are 0 here, so that
    /// no output can let them out. Discrimination, efficiency, effective weight and the
    /// rest scores of options are `None` also where they rest on too few learners.
    pub item: ItemFigures,
    /// How many chose each option, in the order of the choices.
    pub choices: Vec<Count>,
    /// How many left it open.
    pub left_open: Count,
    /// How many said each level of certainty; `None` when nobody was asked.
    pub calibration: Option<[Count; 3]>,
    /// How many were sure and earned less than half; nobody when nobody was asked.
    pub sure_and_wrong: Count,
    /// What it says in words; empty while too few learners had it to judge.
    pub verdicts: Vec<Verdict>,
}

/// A number of learners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(usize),
    /// One or two, or a number that would tell how many those are.
    Withheld,
}

impl Count {
    /// The number as it is handed on: what is withheld is nobody.
    fn said(self) -> usize {
        match self {
            Self::Exactly(number) => number,
            Self::Withheld => 0,
        }
    }
}

impl Sheet {
    /// What may be said of these figures; `described` stands in the order of the columns.
    #[must_use]
    pub fn new(
        (course, title, quiz): (CourseId, String, QuizId),
        versions: Vec<String>,
        mut figures: QuizFigures,
        described: Vec<Described>,
    ) -> Self {
        let attempts = figures.attempts;
        let items = std::mem::take(&mut figures.items);
        let covered = covered(&items);
        let mut rows: Vec<Row> = items
            .into_iter()
            .zip(described)
            .zip(covered)
            .map(|((item, about), shown)| {
                let shown = shown.unwrap_or_else(|| Shown::Figures(Box::new(Figures::new(item, &about))));
                Row { about, shown }
            })
            .collect();
        rows.sort_by(|left, right| left.rank().cmp(&right.rank()));
        let whole = (attempts >= FEWEST_ATTEMPTS).then_some(figures);
        Self { course, title, quiz, versions, attempts, whole, rows }
    }
}

impl Row {
    /// The figures, where they may be shown.
    #[must_use]
    pub fn figures(&self) -> Option<&Figures> {
        match &self.shown {
            Shown::Figures(figures) => Some(figures),
            Shown::Nobody | Shown::TooFew | Shown::Covers => None,
        }
    }

    /// What is to be done about first; among equals the hardest, then by name.
    fn rank(&self) -> (u8, Option<&Verdict>, i64, &QuestionId, NonZeroU32) {
        let group = match &self.shown {
            Shown::Figures(figures) if figures.verdicts.is_empty() => 1,
            Shown::Figures(_) => 0,
            Shown::TooFew | Shown::Covers => 2,
            Shown::Nobody => 3,
        };
        let facility = self.figures().and_then(|figures| figures.item.facility);
        #[expect(clippy::cast_possible_truncation, reason = "a share times a million")]
        let facility = facility.map_or(0, |facility| (facility * 1e6) as i64);
        let verdict = self.figures().and_then(|figures| figures.verdicts.first());
        (group, verdict, facility, &self.about.question, self.about.revision)
    }
}

impl Figures {
    fn new(mut item: ItemFigures, about: &Described) -> Self {
        let verdicts = verdicts(&item, &about.choices, &about.kind, about.guess, about.difficulty);
        if item.apart < FEWEST_TOGETHER {
            item.discrimination = None;
            item.efficiency = None;
            item.effective_weight = None;
            for choice in &mut item.choices {
                choice.mean_rest = None;
                choice.correlation = None;
            }
        }
        let (choices, left_open) = counts(&item, about);
        for (choice, count) in item.choices.iter_mut().zip(&choices) {
            if *count == Count::Withheld || choice.count < FEWEST_TOGETHER {
                choice.mean_rest = None;
                choice.correlation = None;
            }
            choice.count = count.said();
        }
        item.left_open = left_open.said();
        let calibration = calibration(&mut item);
        let small = (1..FEWEST_TOGETHER).contains(&item.sure_and_wrong);
        let sure_and_wrong = match calibration {
            Some([Count::Withheld, ..]) => Count::Withheld,
            Some([Count::Exactly(_), ..]) | None if small => Count::Withheld,
            Some([Count::Exactly(_), ..]) | None => Count::Exactly(item.sure_and_wrong),
        };
        item.sure_and_wrong = sure_and_wrong.said();
        Self { item, choices, left_open, calibration, sure_and_wrong, verdicts }
    }
}

/// Which questions are withheld: those that too few had, and further ones until those together are enough not to be
/// calculated from the quiz as a whole.
fn covered(items: &[ItemFigures]) -> Vec<Option<Shown>> {
    let mut shown: Vec<Option<Shown>> = items
        .iter()
        .map(|item| match item.attempts {
            0 => Some(Shown::Nobody),
            few if few < FEWEST_ATTEMPTS => Some(Shown::TooFew),
            _ => None,
        })
        .collect();
    let few = |shown: &Option<Shown>| *shown == Some(Shown::TooFew);
    let mut together: usize =
        items.iter().zip(&shown).filter(|(_, shown)| few(shown)).map(|(item, _)| item.attempts).sum();
    while together > 0 && together < FEWEST_ATTEMPTS {
        let open = (0..items.len()).filter(|place| shown[*place].is_none());
        let Some(next) = open.min_by_key(|place| items[*place].attempts) else { break };
        shown[next] = Some(Shown::Covers);
        together += items[next].attempts;
    }
    shown
}

/// The numbers that may be shown of each option and of those who left the question open.
fn counts(item: &ItemFigures, about: &Described) -> (Vec<Count>, Count) {
    let all: Vec<usize> = item.choices.iter().map(|choice| choice.count).collect();
    let whole = matches!(about.kind, Kind::Single { .. } | Kind::TrueFalse { .. });
    let mut counts: Vec<Count> = all.iter().map(|count| Count::Exactly(*count)).collect();
    let mut left_open = Count::Exactly(item.left_open);
    let places = about.choices.iter().map(|choice| choice.place + 1).max().unwrap_or_default();
    for place in 0..places {
        // How many are right is what facility says; of the others, which wrong option it was may be withheld.
        let members: Vec<usize> = (0..all.len())
            .filter(|at| about.choices[*at].place == place && !(whole && about.choices[*at].right))
            .collect();
        let mut cells: Vec<usize> = members.iter().map(|at| all[*at]).collect();
        if whole {
            cells.push(item.left_open);
        }
        let hidden = hidden(&cells);
        for (at, hidden) in members.iter().zip(&hidden) {
            if *hidden {
                counts[*at] = Count::Withheld;
            }
        }
        if whole && hidden.last() == Some(&true) {
            left_open = Count::Withheld;
        }
    }
    if !whole && (1..FEWEST_TOGETHER).contains(&item.left_open) {
        left_open = Count::Withheld;
    }
    (counts, left_open)
}

fn calibration(item: &mut ItemFigures) -> Option<[Count; 3]> {
    let counts = item.calibration.map(|level| level.count);
    if counts.iter().sum::<usize>() == 0 {
        return None;
    }
    let hidden = hidden(&[counts[0], counts[1], counts[2], item.certainty_unsaid]);
    let mut shown = [Count::Withheld; 3];
    for (place, level) in item.calibration.iter_mut().enumerate() {
        if hidden[place] {
            *level = CalibrationFigures { count: 0, facility: None };
        } else {
            shown[place] = Count::Exactly(level.count);
        }
    }
    if hidden[3] {
        item.certainty_unsaid = 0;
    }
    if hidden[0] {
        item.sure_and_wrong = 0;
    }
    Some(shown)
}

/// Which of these numbers of learners, whose sum is known, are withheld: every 1 and 2, then the smallest others, nothing
/// last, until the withheld could be distributed in more than one way and are not one or two learners altogether.
fn hidden(cells: &[usize]) -> Vec<bool> {
    let mut hidden: Vec<bool> = cells.iter().map(|count| (1..FEWEST_TOGETHER).contains(count)).collect();
    if !hidden.contains(&true) {
        return hidden;
    }
    loop {
        let withheld = || cells.iter().zip(&hidden).filter(|(_, hidden)| **hidden).map(|(count, _)| *count);
        let (number, sum) = (withheld().count(), withheld().sum::<usize>());
        let none = withheld().any(|count| count == 0);
        if number >= 2 && sum >= FEWEST_TOGETHER && (none || sum > number) {
            return hidden;
        }
        let open = (0..cells.len()).filter(|place| !hidden[*place]);
        let Some(next) = open.min_by_key(|place| (cells[*place] == 0, cells[*place])) else { return hidden };
        hidden[next] = true;
    }
}

#[cfg(test)]
mod tests;
