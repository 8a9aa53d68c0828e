//! Warnings about craft: what works, but would serve learners better if it were done otherwise.
//!
//! A trainer who is told off for good work switches the tool off, so every rule would rather miss something than be
//! wrong. Rules about how texts are worded know English only and say nothing about courses in other languages. Rules
//! that speak about habits ("the key is often the longest option") ask first whether chance explains what they see.
//!
//! Where the rules come from: Haladyna, Downing and Rodriguez, "A review of multiple-choice item-writing guidelines for
//! classroom assessment", Applied Measurement in Education 15(3), 2002 (HDR below, with the number of the guideline);
//! NBME, "Constructing written test questions for the basic and clinical sciences" (NBME); Tarrant, Knierim, Hayes and
//! Ware, "The frequency of item writing flaws in multiple-choice questions used in high stakes nursing assessments",
//! Nurse Education Today 26(8), 2006.

mod chance;
mod display;
mod english;
mod guidance;
mod habits;
mod keys;
mod likeness;
mod links;
mod places;
mod reading;
mod remarks;
mod slips;
mod structure;
mod study;
mod syllables;
mod upkeep;
mod wording;

use chrono::NaiveDate;

use crate::author::diagnostic::Diagnostic;
use crate::course::draft::Draft;
use remarks::Remarks;
use study::Studied;

pub use reading::{Readability, readability};

/// Every rule: its name, and what it means in one line.
pub const RULES: &[(&str, &str)] = &[
    (
        "absolute-words",
        "wrong options say always or never much more often than right ones, which gives them away",
    ),
    ("all-of-the-above", "an option stands for all the others; who knows two of them knows the key"),
    ("article-cue", "`a` or `an` before the options fits the key and not all of the others"),
    (
        "bad-chart",
        "a chart is shown as code because a line of it is no label with a number, or its name has a capital",
    ),
    ("bare-www", "an address without https:// is no link"),
    ("code-too-wide", "a line of code goes on in the next line on a screen of 80 columns"),
    ("cut-word", "a word is cut in two because no line is wide enough for it"),
    ("guessable", "ticking some number of options blindly earns as much as an answer by half-knowledge"),
    ("hard-to-read", "the lesson asks for more years of school than many readers have"),
    ("insecure-link", "a link leads to http: instead of https:"),
    ("key-often-longest", "the right option is the longest much more often than chance allows"),
    ("lesson-never-asked", "no question leads back to this lesson"),
    ("long-lesson", "the lesson takes longer to read than attention lasts"),
    ("long-section", "a long stretch of text has no heading"),
    ("longest-option", "the right option is much longer than every other"),
    ("look-alike-host", "a link leads to a host that can be taken for another one"),
    ("lost-cells", "a row of a table has more cells than its header, and learners never see them"),
    ("misleading-link", "the words or the address of a link name a host that it does not lead to"),
    ("missing-lesson-link", "the question does not say what to re-read"),
    ("missing-source", "the question does not say where its key comes from"),
    ("missing-why", "the question does not explain its key"),
    ("negative-prompt", "the prompt asks for what is not so, without emphasis on the word that says it"),
    ("none-of-the-above", "an option says that no other is right; who ticks it shows no knowledge"),
    (
        "note-takes-text",
        "text stands in a footnote, where a blank line was forgotten or too much was indented",
    ),
    ("one-sided-truth", "nearly all true-or-false statements of the quiz have the same answer"),
    ("one-wrong-option", "a question with several right options has a single wrong one"),
    ("picture-without-description", "a picture says nothing to those who cannot see it"),
    ("raw-markup", "learners see the signs of Markdown that lacks something to be what was meant"),
    ("refers-to-options", "an option names others by letter or place, but options are shuffled"),
    ("review-overdue", "the day on which the content must be reviewed has passed"),
    ("review-soon", "the content must be reviewed within the next 30 days"),
    ("several-titles", "a lesson has more than one heading of level 1"),
    ("similar-options", "two options of a question say the same"),
    ("similar-questions", "two questions ask nearly the same"),
    ("skipped-heading-level", "a heading stands more than one level below the one before it"),
    ("small-bank", "attempts share many of their questions because the bank is hardly larger than a draw"),
    ("table-becomes-list", "a table is too wide for a screen of 80 columns and is shown as a list"),
    ("thin-topic", "a topic has so few questions that attempts ask the same ones"),
    ("topic-never-asked", "no question of the assessment is about this topic"),
    ("uneven-feedback", "some wrong options of a question have feedback and others have none"),
    (
        "uneven-key-positions",
        "the right option stands in the same place of the file much more often than chance allows",
    ),
    ("unopened-link", "learners read the address of a link and cannot open it"),
    ("unused-note", "no sentence and no question refers to a footnote"),
    ("vague-link-text", "the words of a link do not say where it leads"),
    ("web-picture", "a picture is on the web, and learners never see it"),
];

/// What could be done better in a course, file by file from top to bottom. `today` is the learner's day, for reviews.
///
/// Every remark is a warning of a rule in [`RULES`]. Of the same rule a file gets a hundred at most and the number of
/// the others.
#[must_use]
pub fn remarks(draft: &Draft, today: NaiveDate) -> Vec<Diagnostic> {
    let mut remarks = Remarks::default();
    upkeep::check(draft, today, &mut remarks);
    let words = english::Words::of(draft.language.as_deref());
    let named = slips::NamedNotes::of(draft);
    for lesson in &draft.lessons {
        let survey = lesson.document.survey();
        structure::check(lesson, &survey, &mut remarks);
        links::check_lesson(lesson, &survey, words, &mut remarks);
        slips::check_lesson(lesson, &survey, &named, &mut remarks);
        display::check_lesson(lesson, &mut remarks);
        reading::check(lesson, &survey, words, &mut remarks);
    }
    let studied: Vec<Studied<'_>> = draft.quizzes.iter().map(Studied::new).collect();
    for quiz in &studied {
        keys::check(quiz, &mut remarks);
        habits::check(quiz, words, &mut remarks);
        wording::check(quiz, words, &mut remarks);
        guidance::check(quiz, &mut remarks);
        links::check_quiz(quiz, &mut remarks);
        display::check_quiz(quiz, &mut remarks);
    }
    likeness::check(&studied, &mut remarks);
    let order = std::iter::once(crate::course::MANIFEST)
        .chain(draft.lessons.iter().map(|lesson| lesson.path.as_str()))
        .chain(draft.quizzes.iter().map(|quiz| quiz.path.as_str()));
    remarks.in_order(order)
}

#[cfg(test)]
mod tests;
