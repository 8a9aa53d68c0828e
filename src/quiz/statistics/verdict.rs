//! What the figures of a question say in plain words.

use std::collections::BTreeSet;

use super::choices::Choosable;
use super::{ItemFigures, real};
use crate::quiz::question::{Difficulty, Kind};

/// With fewer first attempts no verdict is given: the standard error of a correlation is then above 0.18, wider than the
/// bands below (1 ÷ √(n − 1), Crocker & Algina 1986, p. 324).
pub const JUDGED_FROM: usize = 30;
/// A question that more than this earn is hardly a question (the last band of Moodle's quiz report statistics).
pub const TOO_EASY: f64 = 0.95;
/// A question that fewer than this earn, after a training, is too hard or wrong (Moodle: below the band "about right").
pub const TOO_HARD: f64 = 0.35;
/// Below this a question tells hardly apart who knows more (Ebel & Frisbie 1991, p. 232: 0.19 and less is poor).
pub const POOR: f64 = 0.20;
/// A wrong option that fewer than this choose does no work (Haladyna & Downing 1993).
pub const UNUSED: f64 = 0.05;
/// How many standard errors a figure must be off before it accuses a key (Crocker & Algina 1986, p. 324: two).
pub const STANDARD_ERRORS: f64 = 2.0;
/// The fewest learners on whom an accusation may rest. Ours.
pub const FEWEST: usize = 5;
/// A question that is said to be easy and that fewer than this earn is not. Ours.
pub const NOT_EASY: f64 = 0.50;
/// A question that is said to be hard and that more than this earn is not. Ours.
pub const NOT_HARD: f64 = 0.90;
/// When at least [`FEWEST`] were sure and less than this share of what they did was right, they have learned something
/// wrong rather than nothing (the idea of Hasan, Bagayoko & Kelley 1999; the half is ours).
pub const SURE_AND_RIGHT: f64 = 0.5;

/// What the figures of a question say. In the order of how much it matters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Wrong options that draw those who know more.
    FoolsTheBest(BTreeSet<String>),
    /// Who knows more earns less.
    Backwards,
    /// Learners are sure, and wrong.
    Misconception,
    /// Within a standard error of what guessing earns, or below.
    Guessed,
    /// Few get it right.
    TooHard,
    /// Its author says that it is easy, and most get it wrong.
    NotEasy,
    /// Who knows more and who knows less do the same.
    TellsNobodyApart,
    /// Wrong options that next to nobody takes.
    Unpicked(BTreeSet<String>),
    /// Nearly everybody gets it right.
    TooEasy,
    /// Its author says that it is hard, and nearly all get it right.
    NotHard,
    /// Nothing to do.
    Fine,
}

impl Verdict {
    /// The verdict in plain words, ready to stand in a table.
    #[must_use]
    pub fn words(&self) -> String {
        let quoted =
            |labels: &BTreeSet<String>| labels.iter().map(|label| format!("“{label}”")).collect::<Vec<_>>();
        match self {
            Self::FoolsTheBest(options) => format!(
                "wrong option {} fools the best learners: check the key",
                quoted(options).join(" and ")
            ),
            Self::Backwards => {
                "who does well elsewhere gets it wrong: check the key and the wording".to_owned()
            }
            Self::Misconception => "learners are sure and wrong: a misconception to teach against".to_owned(),
            Self::Guessed => "hardly better than guessing: not taught, or not understood".to_owned(),
            Self::TooHard => "too hard".to_owned(),
            Self::NotEasy => {
                "said to be easy, and most get it wrong: teach it better, or state another difficulty"
                    .to_owned()
            }
            Self::TellsNobodyApart => "tells nobody apart".to_owned(),
            Self::Unpicked(options) => {
                format!("next to nobody picks {}: write a likelier mistake", quoted(options).join(", "))
            }
            Self::TooEasy => "too easy".to_owned(),
            Self::NotHard => {
                "said to be hard, and nearly all get it right: state another difficulty".to_owned()
            }
            Self::Fine => "fine".to_owned(),
        }
    }

    /// A stable name for programs.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::FoolsTheBest(_) => "fools-the-best",
            Self::Backwards => "backwards",
            Self::Misconception => "misconception",
            Self::Guessed => "guessed",
            Self::TooHard => "too-hard",
            Self::NotEasy => "not-easy",
            Self::TellsNobodyApart => "tells-nobody-apart",
            Self::Unpicked(_) => "unpicked",
            Self::TooEasy => "too-easy",
            Self::NotHard => "not-hard",
            Self::Fine => "fine",
        }
    }
}

/// Everything that the figures say, what matters most first; never empty from [`JUDGED_FROM`] attempts on, and always
/// empty before.
#[must_use]
pub fn verdicts(
    figures: &ItemFigures,
    choices: &[Choosable],
    kind: &Kind,
    guess: Option<f64>,
    stated: Option<Difficulty>,
) -> Vec<Verdict> {
    let Some(facility) = figures.facility.filter(|_| figures.attempts >= JUDGED_FROM) else {
        return Vec::new();
    };
    let mut said = Vec::new();
    let error = STANDARD_ERRORS / (real(figures.attempts) - 1.0).sqrt();
    let discrimination = figures.discrimination.filter(|_| figures.apart >= FEWEST);
    let wrong = || choices.iter().zip(&figures.choices).filter(|(choice, _)| !choice.right);
    let fooling: BTreeSet<String> = wrong()
        .filter(|(_, figures)| figures.count >= FEWEST && figures.correlation.is_some_and(|r| r > error))
        .map(|(choice, _)| choice.label.clone())
        .collect();
    if !fooling.is_empty() {
        said.push(Verdict::FoolsTheBest(fooling));
    } else if discrimination.is_some_and(|discrimination| discrimination < -error) {
        said.push(Verdict::Backwards);
    }
    let [sure, ..] = &figures.calibration;
    if sure.count >= FEWEST && sure.facility.is_some_and(|facility| facility < SURE_AND_RIGHT) {
        said.push(Verdict::Misconception);
    }
    let spread = figures.deviation.unwrap_or_default() / real(figures.attempts).sqrt();
    if guess.is_some_and(|guess| guess > 0.0 && facility < guess + spread) {
        said.push(Verdict::Guessed);
    } else if facility < TOO_HARD {
        said.push(Verdict::TooHard);
    }
    if facility > TOO_EASY {
        said.push(Verdict::TooEasy);
    } else if said.is_empty() && discrimination.is_some_and(|discrimination| discrimination < POOR) {
        said.push(Verdict::TellsNobodyApart);
    }
    // Where the question is one choice; of a way through a story or a pair some are always rare.
    let one_choice = matches!(kind, Kind::Single { .. } | Kind::Multiple { .. });
    let unused: BTreeSet<String> = wrong()
        .filter(|(_, figures_of)| one_choice && real(figures_of.count) < UNUSED * real(figures.attempts))
        .map(|(choice, _)| choice.label.clone())
        .collect();
    // Where nearly everybody is right, that nobody is wrong is no news.
    if !unused.is_empty() && facility <= TOO_EASY {
        said.push(Verdict::Unpicked(unused));
    }
    match stated {
        Some(Difficulty::Easy) if facility < NOT_EASY => said.push(Verdict::NotEasy),
        Some(Difficulty::Hard) if facility > NOT_HARD => said.push(Verdict::NotHard),
        Some(Difficulty::Easy | Difficulty::Medium | Difficulty::Hard) | None => {}
    }
    if said.is_empty() {
        said.push(Verdict::Fine);
    }
    said.sort();
    said
}

#[cfg(test)]
mod tests;
