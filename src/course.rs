//! What trainers write, parsed into types that cannot be wrong.

mod assemble;
mod assets;
mod bank;
mod digest;
pub mod draft;
mod embedded;
pub(crate) mod fields;
mod glossary;
mod hidden;
mod kinds;
mod lessons;
mod links;
mod manifest;
pub mod pack;
mod parse;
mod path;
pub mod reference;
mod rest;
mod review;
mod rule;
mod single;
pub(crate) mod source;
pub(crate) mod tree;
mod unique;
mod waits;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::digest::Digest;
use crate::id::{CourseId, QuizId, TopicId};
use crate::markup::Document;
use crate::quiz::Quiz;
use crate::quiz::question::Question;

pub use digest::digest;
pub use embedded::{embedded, embedded_file};
pub use glossary::{Glossary, Term};
pub use kinds::is_term_of_records;
pub use links::{leads_out, linked_file, linked_terms, linked_text, percent_decoded};
pub use parse::{parse, title};
pub use path::is_course_path;
pub use rest::{Broken, Remainder, Shown};
pub use review::{ReadQuestion, Review, Reviewed, review, review_and_parse};
pub use rule::{Rule, Weight};
pub use single::{parse_lesson, parse_quiz};
pub use source::{Lines, normalised, quote};
pub use waits::Waits;

/// The file that makes a folder a course.
pub const MANIFEST: &str = "course.ron";

/// The largest lesson, in bytes.
pub const MAX_LESSON: usize = lessons::MAX_BYTES;

/// The largest quiz or manifest, in bytes.
pub const MAX_QUIZ: usize = parse::MAX_RON_BYTES;

/// The most characters of what learners are told in a line by whoever asks them: six lines of the smallest screen, beside the day
/// and the lessons.
pub const MOST_FOR_LEARNERS: usize = 200;

/// The files of a course as they stand in its folder: path with `/`, relative to the folder, to content.
pub type CourseFiles = BTreeMap<String, Vec<u8>>;

/// A course without faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// Stable over all versions.
    pub id: CourseId,
    /// In plain text.
    pub title: String,
    /// For people; what counts is the digest.
    pub version: String,
    /// BCP 47, such as `en`.
    pub language: String,
    /// Who answers for the content.
    pub owner: String,
    /// When the content was last reviewed.
    pub reviewed: NaiveDate,
    /// When it must be reviewed again.
    pub review_by: NaiveDate,
    /// For how many days a completion is valid, at least one.
    pub validity_days: u32,
    /// At least one.
    pub topics: Vec<Topic>,
    /// In the order in which they are taken, at least one.
    pub modules: Vec<Module>,
    /// What a knowledge check must reach to count as passed.
    pub check_pass_percent: Percent,
    /// What counts.
    pub assessment: Assessment,
    /// What the learner agrees to, if anything.
    pub policy: Option<Policy>,
    /// What its words mean, if it says so.
    pub glossary: Option<Glossary>,
    /// The controls it serves, such as `NIST SP 800-53r5 AT-2`.
    pub controls: Vec<String>,
    /// Where learners send their completion file, in plain text. Courses from before there was a limit may say it at any length.
    pub deliver_to: String,
    /// The digest over all its files.
    pub digest: Digest,
    /// All its files; the same pictures and texts that the digest covers.
    pub files: Arc<CourseFiles>,
}

/// What a question can be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Unique within the course.
    pub id: TopicId,
    /// In plain text.
    pub title: String,
}

/// A lesson and its knowledge check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// What is read.
    pub lesson: Lesson,
    /// What is asked afterwards.
    pub check: Option<Quiz>,
}

/// One Markdown file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// Path within the course.
    pub path: String,
    /// Its first heading, in plain text.
    pub title: String,
    /// The Markdown, with LF line ends and without byte order mark, and what is known about it.
    pub document: Arc<Document>,
    /// Of the file as it is, byte for byte.
    pub digest: Digest,
    /// How long reading takes, at least one.
    pub minutes: u32,
}

impl Lesson {
    /// The Markdown, with LF line ends and without byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        self.document.source()
    }
}

/// The quiz that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The bank.
    pub quiz: Quiz,
    /// What must be reached.
    pub pass_percent: Percent,
    /// How many questions an attempt gets; at least one of every topic in the bank and every mandatory one fit in.
    pub draw: usize,
    /// How many attempts a run allows; `None` for as many as it takes.
    pub attempts: Option<u32>,
    /// How long to wait after a failed attempt.
    pub waits: Waits,
}

/// A text to be read and agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The text.
    pub lesson: Lesson,
    /// The sentence agreed to.
    pub statement: String,
}

impl Policy {
    /// What the policy of a new course begins with, until somebody has written one.
    pub const UNWRITTEN: &str = "Replace this page with the policy of your organisation";

    /// Whether that still stands there: nobody is to agree to it.
    #[must_use]
    pub fn is_unwritten(&self) -> bool {
        // However an editor has broken the lines.
        let words: Vec<&str> = self.lesson.text().split_whitespace().collect();
        words.join(" ").contains(Self::UNWRITTEN)
    }
}

/// 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u32);

impl Percent {
    /// `percent` when it is at most 100.
    #[must_use]
    pub fn new(percent: u32) -> Option<Self> {
        (percent <= 100).then_some(Self(percent))
    }

    /// 0 to 100.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

impl Course {
    /// The knowledge check of this identifier.
    #[must_use]
    pub fn check(&self, id: &QuizId) -> Option<&Quiz> {
        let mut checks = self.modules.iter().filter_map(|module| module.check.as_ref());
        checks.find(|check| check.id == *id)
    }

    /// The module whose lesson lists the sources of `question`, as [`Self::listed_sources`] finds them.
    #[must_use]
    pub fn module_that_lists_source(&self, question: &Question) -> Option<usize> {
        self.listed_sources(question).map(|sources| sources.module)
    }

    /// The sources of `question` in the list of the lesson that it links to, if every name, separated by commas, is the label of a
    /// footnote there.
    #[must_use]
    pub fn listed_sources(&self, question: &Question) -> Option<ListedSources> {
        let (source, link) = question.source.as_ref().zip(question.lesson.as_ref())?;
        let module = self.modules.iter().position(|module| module.lesson.path == link.lesson)?;
        let text = self.modules[module].lesson.text();
        let place = |name: &str| {
            let label = format!("\n[^{name}]:");
            let behind = text.find(&label)? + label.len();
            let said = text[behind..].trim_start();
            Some((text.len() - said.len(), name.to_owned()))
        };
        let found = source.split(',').map(|name| place(name.trim()));
        let found = found.collect::<Option<BTreeMap<usize, String>>>()?;
        let (places, names) = found.into_iter().unzip();
        Some(ListedSources { module, places, names })
    }
}

/// The sources of a question where a lesson lists them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSources {
    /// The index of the module.
    pub module: usize,
    /// Where their footnotes begin to speak, behind the labels: in bytes of the lesson's text, in the order of the list.
    pub places: Vec<usize>,
    /// What they are called, in the same order.
    names: Vec<String>,
}

impl ListedSources {
    /// `Source: F005 in the list at the end of lesson 1`, the same in both faces.
    #[must_use]
    pub fn words(&self) -> String {
        let (what, names) = (self.one_or_several("Source", "Sources"), self.names.join(", "));
        format!("{what}: {names} in the list at the end of lesson {}", self.module + 1)
    }

    /// `the source is F005`, for whoever sees it among others.
    #[must_use]
    pub fn which(&self) -> String {
        let (what, names) = (self.one_or_several("source is", "sources are"), self.names.join(", "));
        format!("the {what} {names}")
    }

    fn one_or_several<'a>(&self, one: &'a str, several: &'a str) -> &'a str {
        if self.names.len() == 1 { one } else { several }
    }
}

/// Something wrong with a course, with everything its author needs to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What was not kept.
    pub rule: Rule,
    /// Path within the course.
    pub file: String,
    /// Where in the file, if it is in one place.
    pub at: Option<Position>,
    /// The same place in bytes of the text as [`normalised`] gives it, with its end; may be empty.
    pub span: Option<Range<usize>>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// Another place in the same file without which the fault cannot be understood.
    pub beside: Option<Label>,
}

/// A place in a text, and what it has to do with a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// In bytes, like [`Fault::span`].
    pub span: Range<usize>,
    /// A few words.
    pub text: String,
}

impl Fault {
    /// What is wrong with a file as a whole.
    #[must_use]
    pub fn of_file(rule: Rule, file: &str, message: String) -> Self {
        Self { rule, file: file.to_owned(), at: None, span: None, message, hint: None, beside: None }
    }

    /// Whether it is the same fault, wherever in its file each of them stands.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        (self.rule, &self.file, &self.message) == (other.rule, &other.file, &other.message)
    }
}

/// A place in a text, both counted from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl fmt::Display for Fault {
    /// `path:line:column: message`. The text may hold anything the file held: print it as printable text only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(at) = self.at {
            write!(f, ":{}:{}", at.line, at.column)?;
        }
        write!(f, ": {}", self.message)
    }
}
