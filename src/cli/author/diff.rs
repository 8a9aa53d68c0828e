//! `countersign author diff`: what changed between two versions of a course.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::super::error::Failure;
use super::super::printer::Printer;
use super::super::{Outcome, courses};
use crate::author::diff::{
    Change, Comparison, FileChange, LessonChange, Order, Presence, QuestionChange, QuizChange, Version,
    Weight,
};
use crate::course::Course;
use crate::phrase::counted;

#[derive(Debug, Args)]
#[command(
    after_help = "Warnings, and exit code 1: a question means something else and its revision did not change, a revision that \
                  goes back, an identifier that is used for another question, other content under the same version, and \
                  changed rules (pass mark, draw, attempts, validity, policy).\n\n\
                  What a question means is its kind, the words of its prompt, steps and cloze text, its options, items and \
                  pairs, and its key. Points, topic, `why`, feedback, source and the order of options are not part of it.\n\n\
                  Examples:\n  \
                  countersign author diff phishing-1.0.course .           the working copy against the last pack\n  \
                  countersign author diff old/ new/ --text                with the lines of lessons that changed\n  \
                  countersign author diff bundled . --json                against the bundled course, for a program"
)]
pub(in crate::cli) struct DiffArguments {
    /// The version that is known: course folder, pack, or `bundled`
    old: PathBuf,
    /// The version under review: course folder, pack, or `bundled`
    new: PathBuf,
    /// Show the lines of lessons that changed
    #[arg(long, conflicts_with = "json")]
    text: bool,
    /// One JSON document on stdout
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &DiffArguments, printer: Printer) -> Result<Outcome, Failure> {
    let (old, new) = (load(&arguments.old)?, load(&arguments.new)?);
    let comparison = Comparison::of(&old, &new);
    if arguments.json {
        let value = serde_json::to_value(&comparison)
            .map_err(|error| Failure::new("cannot write the comparison as JSON").because(&error))?;
        printer.json(&value)?;
    } else {
        Report { printer, with_text: arguments.text }.print(&comparison)?;
    }
    Ok(if comparison.warnings.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

/// A folder or pack that happens to have this name is `./bundled`.
fn load(path: &Path) -> Result<Arc<Course>, Failure> {
    if path == Path::new("bundled") { courses::bundled() } else { courses::load(path) }
}

/// The comparison in words.
struct Report {
    printer: Printer,
    with_text: bool,
}

impl Report {
    fn print(&self, comparison: &Comparison) -> Result<(), Failure> {
        let Comparison { old, new, warnings, facts, lessons, quizzes, files } = comparison;
        let named = |version: &Version| {
            // `sha256:` and eight digits.
            let digest: String = version.digest.chars().skip(7).take(8).collect();
            format!("{} {} ({digest})", version.id, version.version)
        };
        self.line(0, &format!("{} → {}", named(old), named(new)))?;
        if facts.is_empty() && lessons.is_empty() && quizzes.is_empty() && files.is_empty() {
            return self.line(0, "nothing changed");
        }
        self.section("course.ron", facts, |fact| self.change(2, fact))?;
        self.section("lessons", lessons, |lesson| self.lesson(lesson))?;
        self.section("quizzes", quizzes, |quiz| self.quiz(quiz))?;
        self.section("files", files, |file| self.file(file))?;
        self.section("warnings", warnings, |warning| {
            self.line(2, &format!("warning[{}]: {}: {}", warning.rule, warning.subject, warning.message))?;
            self.line(4, &format!("hint: {}", warning.hint))
        })
    }

    fn section<T>(
        &self,
        title: &str,
        items: &[T],
        print: impl Fn(&T) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if items.is_empty() {
            return Ok(());
        }
        self.line(0, "")?;
        self.line(0, title)?;
        items.iter().try_for_each(print)
    }

    fn lesson(&self, lesson: &LessonChange) -> Result<(), Failure> {
        let words = match (lesson.words_added, lesson.words_removed) {
            (0, 0) => "the same words".to_owned(),
            (added, removed) => format!("{} added, {removed} removed", counted(added, "word", "words")),
        };
        self.line(2, &format!("{} {}  {words}", sign(lesson.presence), lesson.path))?;
        lesson.changes.iter().try_for_each(|change| self.change(6, change))?;
        if self.with_text {
            lesson.hunks.iter().try_for_each(|line| self.line(6, line))?;
        }
        Ok(())
    }

    fn quiz(&self, quiz: &QuizChange) -> Result<(), Failure> {
        self.line(2, &format!("{} {}", sign(quiz.presence), quiz.id))?;
        quiz.changes.iter().try_for_each(|change| self.change(6, change))?;
        match quiz.order {
            Order::Kept => {}
            Order::Changed => self.line(6, "the questions stand in another order")?,
        }
        quiz.questions.iter().try_for_each(|question| self.question(question))
    }

    fn question(&self, question: &QuestionChange) -> Result<(), Failure> {
        let mut said = vec![match (question.old_revision, question.new_revision) {
            (Some(old), Some(new)) if old != new => format!("revision {old} → {new}"),
            (_, Some(revision)) | (Some(revision), None) => format!("revision {revision}"),
            (None, None) => String::new(),
        }];
        said.extend(question.moved_from.as_ref().map(|from| format!("moved from {from}")));
        let weighs = |weight| question.changes.iter().any(|change| change.weight == weight);
        said.extend(weighs(Weight::Key).then(|| "key changed".to_owned()));
        said.extend(weighs(Weight::Meaning).then(|| "reworded".to_owned()));
        self.line(4, &format!("{} {}  {}", sign(question.presence), question.id, said.join(", ")))?;
        question.changes.iter().try_for_each(|change| self.change(8, change))
    }

    fn file(&self, file: &FileChange) -> Result<(), Failure> {
        let size = match (file.old_size, file.new_size) {
            (Some(old), Some(new)) => format!("{old} → {new} bytes"),
            (Some(size), None) | (None, Some(size)) => counted(size, "byte", "bytes"),
            (None, None) => String::new(),
        };
        self.line(2, &format!("{} {}  {size}", sign(file.presence), file.path))
    }

    /// On one line when both values are short, else the old above the new.
    fn change(&self, indent: usize, change: &Change) -> Result<(), Failure> {
        const SHORT: usize = 40;
        let short = |text: &String| text.chars().nth(SHORT).is_none() && !text.contains('\n');
        let part = &change.part;
        match (&change.old, &change.new) {
            (Some(old), Some(new)) if short(old) && short(new) => {
                self.line(indent, &format!("{part}: {old} → {new}"))
            }
            (Some(old), Some(new)) => {
                self.line(indent, &format!("{part}:"))?;
                self.value(indent + 2, '-', old)?;
                self.value(indent + 2, '+', new)
            }
            (Some(gone), None) => self.value(indent, '-', &format!("{part}: {gone}")),
            (None, Some(new)) => self.value(indent, '+', &format!("{part}: {new}")),
            (None, None) => Ok(()),
        }
    }

    fn value(&self, indent: usize, sign: char, text: &str) -> Result<(), Failure> {
        text.lines().try_for_each(|line| self.line(indent, &format!("{sign} {line}")))
    }

    fn line(&self, indent: usize, text: &str) -> Result<(), Failure> {
        self.printer.line(&format!("{:indent$}{text}", ""))
    }
}

fn sign(presence: Presence) -> char {
    match presence {
        Presence::Added => '+',
        Presence::Removed => '-',
        Presence::Changed => '~',
    }
}
