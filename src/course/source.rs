//! The text of one course file, with its places and its faults.

use std::cell::RefCell;
use std::sync::Arc;

use crate::course::{Fault, Position};

/// Enough for any honest file; a hostile one must not fill the memory with complaints.
const MAX_FAULTS: usize = 1_000;
/// How much of a file is repeated in a message.
const MAX_QUOTE: usize = 60;

/// The text of one course file.
#[derive(Debug)]
pub(super) struct Source {
    /// Path within the course.
    pub path: String,
    /// Without byte order mark, with LF line ends.
    pub text: Arc<str>,
    /// Where every line begins.
    lines: Vec<usize>,
    faults: RefCell<Vec<Fault>>,
}

impl Source {
    /// Reads a file as text; what is too large or not UTF-8 is a fault at its place.
    pub(super) fn read(path: &str, bytes: &[u8], limit: usize) -> Result<Self, Fault> {
        let fault = |at, message: String, hint: &str| Fault {
            file: path.to_owned(),
            at,
            message,
            hint: Some(hint.to_owned()),
        };
        if bytes.len() > limit {
            let message = format!("{} bytes are too many, {limit} is the limit", bytes.len());
            return Err(fault(None, message, "make several files of it"));
        }
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        match str::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(path, text.replace("\r\n", "\n"))),
            Err(error) => {
                let (good, bad) = bytes.split_at(error.valid_up_to());
                let before = Self::new(path, String::from_utf8_lossy(good).replace("\r\n", "\n"));
                let at = before.position(before.text.len());
                let message = format!("byte {:#04x} is not UTF-8", bad.first().copied().unwrap_or_default());
                Err(fault(Some(at), message, "save the file as UTF-8"))
            }
        }
    }

    fn new(path: &str, text: String) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(ends.map(|(offset, _)| offset + 1)).collect();
        Self { path: path.to_owned(), text: text.into(), lines, faults: RefCell::default() }
    }

    /// The line and column of a byte offset that lies on a character boundary.
    pub(super) fn position(&self, offset: usize) -> Position {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines[line - 1];
        let column = self.text.get(start..offset).map_or(0, |before| before.chars().count()) + 1;
        Position { line, column }
    }

    /// Notes what is wrong at `offset`.
    pub(super) fn fault(&self, offset: usize, message: impl Into<String>) {
        self.note(offset, message.into(), None);
    }

    /// Notes what is wrong at `offset` and what to do about it.
    pub(super) fn fault_with_hint(
        &self,
        offset: usize,
        message: impl Into<String>,
        hint: impl Into<Option<String>>,
    ) {
        self.note(offset, message.into(), hint.into());
    }

    fn note(&self, offset: usize, message: String, hint: Option<String>) {
        let mut faults = self.faults.borrow_mut();
        if faults.len() > MAX_FAULTS {
            return;
        }
        let message = if faults.len() == MAX_FAULTS {
            format!("more than {MAX_FAULTS} faults; the others are not listed")
        } else {
            message
        };
        faults.push(Fault { file: self.path.clone(), at: Some(self.position(offset)), message, hint });
    }

    /// Everything noted, in the order of the file.
    pub(super) fn into_faults(self) -> Vec<Fault> {
        let mut faults = self.faults.into_inner();
        faults.sort_by_key(|fault| fault.at);
        faults
    }
}

/// A piece of a file for a message: in backquotes, cut where it gets long.
pub(super) fn quote(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTE) {
        Some((cut, _)) => format!("`{}…`", &text[..cut]),
        None => format!("`{text}`"),
    }
}

/// Which of the known words somebody meant, as a hint.
pub(super) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    // Long words are no typing errors, and comparing them is quadratic.
    if word.len() > 64 {
        return None;
    }
    let near = known.into_iter().take(500).filter(|other| other.len().abs_diff(word.len()) <= 8);
    // Jaro-Winkler is blind to two letters swapped in a short word (`tow`), the most common slip of all.
    let likeness = |other: &str| match strsim::osa_distance(word, other) {
        0 | 1 if word.len() > 2 => 0.95,
        _ => strsim::jaro_winkler(word, other),
    };
    let scored = near.map(|other| (likeness(other), other));
    let best = scored.filter(|(score, _)| *score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0));
    best.map(|(_, other)| format!("did you mean {}?", quote(other)))
}
