//! Checking a course: all that is wrong with it, in one run.

mod answers;
mod excerpt;
mod human;
mod json;
mod sarif;

use std::collections::{BTreeMap, HashMap};
use std::mem;

use chrono::NaiveDate;

use crate::author::craft;
use crate::author::diagnostic::{Diagnostic, Severity};
use crate::course::draft::draft;
use crate::course::{self, CourseFiles, Fault, Lines, Position, Review, Rule, normalised};

pub use human::{Ink, human, summary};
pub use json::json;
pub use sarif::sarif;

/// What is to be said about a course.
#[derive(Debug, Clone)]
pub struct Report {
    /// By file and place, errors before warnings at the same place.
    pub diagnostics: Vec<Diagnostic>,
    /// How many more there are, because there are absurdly many.
    pub left_out: usize,
    /// Every lesson that could be read, by path.
    pub lessons: Vec<LessonFacts>,
    /// The text of every file that a diagnostic points into.
    texts: BTreeMap<String, Text>,
}

/// A lesson in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonFacts {
    /// Path within the course.
    pub path: String,
    /// In plain text.
    pub title: String,
    /// How long reading takes, at least one.
    pub minutes: u32,
    /// The school year that its words ask for, if they can be judged.
    pub grade: Option<f64>,
}

#[derive(Debug, Clone)]
struct Text {
    text: String,
    lines: Lines,
}

/// Where in a file something is, both ends in characters; the end is behind the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Region {
    start: Position,
    end: Position,
}

/// Checks a course as it is on `today`.
#[must_use]
pub fn check(files: &CourseFiles, today: NaiveDate) -> Report {
    check_as_far_as_read(files, Vec::new(), today)
}

/// The same, when some of its files could not be read; `unreadable` says why.
#[must_use]
pub fn check_as_far_as_read(files: &CourseFiles, unreadable: Vec<Fault>, today: NaiveDate) -> Report {
    let mut review = course::review(files);
    let faults = faults(&mut review, unreadable);
    let draft = draft(files);
    let grades: HashMap<String, Option<f64>> =
        craft::readability(&draft).into_iter().map(|read| (read.lesson, read.grade)).collect();
    let mut diagnostics: Vec<Diagnostic> = faults.into_iter().map(Diagnostic::from).collect();
    diagnostics.extend(craft::remarks(&draft, today));
    let lessons = review.lessons.into_iter().map(|lesson| LessonFacts {
        grade: grades.get(&lesson.path).copied().flatten(),
        path: lesson.path,
        title: lesson.title,
        minutes: lesson.minutes,
    });
    Report::new(diagnostics, review.left_out, lessons.collect(), files)
}

/// What is wrong with the course that was reviewed and must be mended before anybody gets it, when some of its files could not be
/// read; `unreadable` says why.
pub(super) fn errors(mut review: Review, unreadable: Vec<Fault>) -> Vec<Fault> {
    let mut faults = faults(&mut review, unreadable);
    faults.retain(|fault| Severity::from(fault.rule.weight()) == Severity::Error);
    faults
}

/// Takes everything that is wrong with a course by its rules.
fn faults(review: &mut Review, unreadable: Vec<Fault>) -> Vec<Fault> {
    let mut found = mem::take(&mut review.faults);
    found.retain(|fault| !is_there_all_the_same(fault, &unreadable));
    unreadable.into_iter().chain(found).chain(answers::check(&review.questions)).collect()
}

/// Whether `fault` says of a file that it is missing, and one of `told` says something else of it: what cannot be read is there.
pub(super) fn is_there_all_the_same(fault: &Fault, told: &[Fault]) -> bool {
    fault.rule == Rule::MissingFile && told.iter().any(|told| told.file == fault.file)
}

impl Report {
    fn new(
        mut diagnostics: Vec<Diagnostic>,
        left_out: usize,
        lessons: Vec<LessonFacts>,
        files: &CourseFiles,
    ) -> Self {
        // What is wrong with a file as a whole stands before what is wrong in it.
        let place = |remark: &Diagnostic| remark.span.as_ref().map(|span| (span.start, span.end));
        diagnostics.sort_by(|a, b| {
            let key = |remark: &Diagnostic| (place(remark), remark.severity, remark.rule);
            a.file.cmp(&b.file).then_with(|| key(a).cmp(&key(b))).then_with(|| a.message.cmp(&b.message))
        });
        diagnostics.dedup();
        let mut texts = BTreeMap::new();
        for remark in diagnostics.iter().filter(|remark| remark.span.is_some()) {
            if let Some(bytes) = files.get(&remark.file)
                && !texts.contains_key(&remark.file)
            {
                let text = normalised(bytes).into_owned();
                texts.insert(remark.file.clone(), Text { lines: Lines::new(&text), text });
            }
        }
        Self { diagnostics, left_out, lessons, texts }
    }

    /// How many diagnostics are errors, and how many are warnings.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.diagnostics.iter().filter(|remark| remark.severity == Severity::Error).count();
        (errors, self.diagnostics.len() - errors)
    }

    /// The same report with every warning as an error.
    #[must_use]
    pub fn with_warnings_denied(mut self) -> Self {
        for remark in &mut self.diagnostics {
            remark.severity = Severity::Error;
        }
        self
    }

    /// The same report with nothing but the errors.
    #[must_use]
    pub fn without_warnings(mut self) -> Self {
        self.diagnostics.retain(|remark| remark.severity == Severity::Error);
        self
    }

    /// The text that a diagnostic points into, and where.
    fn place(&self, remark: &Diagnostic) -> Option<(&Text, Region)> {
        let (text, span) = (self.texts.get(&remark.file)?, remark.span.as_ref()?);
        let at = |offset: usize| text.lines.position(&text.text, offset);
        Some((text, Region { start: at(span.start), end: at(span.end) }))
    }
}

/// A rule that a diagnostic can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleFacts {
    /// The stable name.
    pub name: &'static str,
    /// What its diagnostics are, unless warnings are denied.
    pub severity: Severity,
    /// One sentence.
    pub description: &'static str,
}

/// Every rule there is: what a course is held to, then what would make it better.
pub fn rules() -> impl Iterator<Item = RuleFacts> {
    let faults = Rule::ALL.iter().map(|rule| RuleFacts {
        name: rule.code(),
        severity: rule.weight().into(),
        description: rule.description(),
    });
    let craft = craft::RULES.iter().map(|(name, description)| RuleFacts {
        name,
        severity: Severity::Warning,
        description,
    });
    faults.chain(craft)
}

#[cfg(test)]
mod tests;
