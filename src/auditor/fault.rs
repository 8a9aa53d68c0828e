//! What is wrong with a pack, by the file that it is told of.

use std::fmt;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The path of the file in the pack.
    file: String,
    what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    /// It is not here.
    Missing,
    /// It is another than on the list.
    Changed,
    /// Words that go on behind its name.
    Itself(String),
    /// Something in it.
    Within(String),
    /// Something in this line of it, counted from 1.
    Line(usize, String),
    /// Something in it or in this other file.
    Either(&'static str, String),
}

impl Fault {
    /// A file that must be here is not.
    pub(super) fn missing(file: impl Into<String>) -> Self {
        Self { file: file.into(), what: What::Missing }
    }

    /// A file is not the one on the list.
    pub(super) fn changed(file: impl Into<String>) -> Self {
        Self { file: file.into(), what: What::Changed }
    }

    /// What a file is, or is not.
    pub(super) fn of(file: impl Into<String>, words: impl Into<String>) -> Self {
        Self { file: file.into(), what: What::Itself(words.into()) }
    }

    /// Something in a file.
    pub(super) fn within(file: impl Into<String>, words: impl Into<String>) -> Self {
        Self { file: file.into(), what: What::Within(words.into()) }
    }

    /// Something in a line of a file, counted from 1.
    pub(super) fn in_line(file: &str, line: usize, words: &str) -> Self {
        Self { file: file.to_owned(), what: What::Line(line, words.to_owned()) }
    }

    /// Something in one of two files, and nobody can tell in which.
    pub(super) fn in_either(file: &str, other: &'static str, words: impl Into<String>) -> Self {
        Self { file: file.to_owned(), what: What::Either(other, words.into()) }
    }

    /// Whether a file is missing, or is not the one that was signed.
    pub(super) fn is_of_whole(&self) -> bool {
        match &self.what {
            What::Missing | What::Changed => true,
            What::Itself(_) | What::Within(_) | What::Line(..) | What::Either(..) => false,
        }
    }

    /// The path of the file in the pack.
    pub(super) fn file(&self) -> &str {
        &self.file
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = &self.file;
        match &self.what {
            What::Missing => write!(formatter, "{file} is missing"),
            What::Changed => write!(formatter, "{file} was changed"),
            What::Itself(words) => write!(formatter, "{file} {words}"),
            What::Within(words) => write!(formatter, "{file}: {words}"),
            What::Line(line, words) => write!(formatter, "{file}:{line}: {words}"),
            What::Either(other, words) => write!(formatter, "{file} and {other}: {words}"),
        }
    }
}

/// What is told of each.
pub(super) fn told(faults: impl IntoIterator<Item = Fault>) -> Vec<String> {
    faults.into_iter().map(|fault| fault.to_string()).collect()
}
