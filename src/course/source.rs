//! The text of one course file, with its places and its faults.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;
use unicode_normalization::UnicodeNormalization as _;

use crate::course::rule::{Rule, Weight};
use crate::course::{Fault, Label, Position};

/// Enough for any honest file; a hostile one must not fill the memory with complaints.
pub(crate) const MAX_FAULTS: usize = 1_000;
/// So many times what somebody may have meant is looked for in one file: it takes a hundred times as long as to see that
/// something is wrong, and a pack has room for 2,000 files that hold nothing but slips.
const MAX_GUESSES: usize = 200;
/// How much of a file is repeated in a message.
const MAX_QUOTE: usize = 60;

/// The text of one course file.
#[derive(Debug)]
pub(crate) struct Source {
    /// Path within the course.
    pub path: String,
    /// Without byte order mark, with LF line ends.
    pub text: Arc<str>,
    /// Found when the first place in it is asked for: most files have no faults.
    lines: OnceCell<Lines>,
    faults: RefCell<Vec<Fault>>,
    /// How many faults of each sort were noted: what makes the course unusable must not be lost behind what does not.
    broken: Cell<usize>,
    others: Cell<usize>,
    /// How many times what was meant was looked for.
    guesses: Cell<usize>,
    markdown: RefCell<Vec<Markdown>>,
}

/// Markdown that stands in a text of a RON file, if it may hold a link or a picture.
#[derive(Debug)]
pub(crate) struct Markdown {
    /// The text as it is read.
    pub text: String,
    /// Where the text stands, quotation marks and all.
    pub span: Range<usize>,
    /// Where its first letter stands, if the text is written as it is read.
    pub verbatim: Option<usize>,
}

impl Markdown {
    /// Where a part of the text stands in the file.
    pub(crate) fn place(&self, part: Range<usize>) -> Range<usize> {
        match self.verbatim {
            Some(start) => start + part.start..start + part.end,
            None => self.span.clone(),
        }
    }
}

impl Source {
    /// Reads a file as text; what is too large or not UTF-8 is a fault at its place.
    pub(crate) fn read(path: &str, bytes: &[u8], limit: usize) -> Result<Self, Box<Fault>> {
        if bytes.len() > limit {
            let message = format!("{} bytes are too many, {limit} is the limit", bytes.len());
            return Err(Box::new(Fault {
                hint: Some("make several files of it".to_owned()),
                ..Fault::of_file(Rule::TooLarge, path, message)
            }));
        }
        match str::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(path, with_line_feeds(without_mark(text)))),
            Err(error) => {
                // What was replaced stands where the bytes before end, whatever these were made of.
                let before = normalised(&bytes[..error.valid_up_to()]);
                let at = Lines::new(&before).position(&before, before.len());
                let bad = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
                Err(Box::new(Fault {
                    at: Some(at),
                    span: Some(before.len()..before.len() + char::REPLACEMENT_CHARACTER.len_utf8()),
                    hint: Some("save the file as UTF-8".to_owned()),
                    ..Fault::of_file(Rule::NotUtf8, path, format!("byte {bad:#04x} is not UTF-8"))
                }))
            }
        }
    }

    fn new(path: &str, text: Cow<'_, str>) -> Self {
        Self {
            path: path.to_owned(),
            lines: OnceCell::new(),
            text: text.into(),
            faults: RefCell::default(),
            broken: Cell::default(),
            others: Cell::default(),
            guesses: Cell::default(),
            markdown: RefCell::default(),
        }
    }

    /// The line and column of a byte offset that lies on a character boundary.
    pub(crate) fn position(&self, offset: usize) -> Position {
        self.lines.get_or_init(|| Lines::new(&self.text)).position(&self.text, offset)
    }

    /// The character at `offset`; nothing at the end of the file.
    pub(crate) fn character(&self, offset: usize) -> Range<usize> {
        let length = self.text[offset..].chars().next().map_or(0, char::len_utf8);
        offset..offset + length
    }

    /// Notes what is wrong at `span`.
    pub(crate) fn fault(&self, rule: Rule, span: Range<usize>, message: impl Into<String>) {
        self.note(rule, span, message.into(), || None, None);
    }

    /// Notes what is wrong at `span` and what to do about it.
    pub(crate) fn fault_with_hint(
        &self,
        rule: Rule,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<Option<String>>,
    ) {
        self.note(rule, span, message.into(), || hint.into(), None);
    }

    /// Notes what is wrong at `span` and what may be meant. That is looked for only while somebody would read it: for a
    /// fault that is listed, and not for the thousandth of a file.
    pub(crate) fn fault_with_guess(
        &self,
        rule: Rule,
        span: Range<usize>,
        message: impl Into<String>,
        guess: impl FnOnce() -> Option<String>,
    ) {
        let guess = || {
            let before = self.guesses.replace(self.guesses.get() + 1);
            if before < MAX_GUESSES { guess() } else { None }
        };
        self.note(rule, span, message.into(), guess, None);
    }

    /// Notes what is wrong at `span` because of what stands elsewhere in the file.
    pub(crate) fn fault_beside(
        &self,
        rule: Rule,
        span: Range<usize>,
        message: impl Into<String>,
        beside: Range<usize>,
        label: &str,
    ) {
        let beside = Label { span: beside, text: label.to_owned() };
        self.note(rule, span, message.into(), || None, Some(beside));
    }

    fn note(
        &self,
        rule: Rule,
        span: Range<usize>,
        message: String,
        hint: impl FnOnce() -> Option<String>,
        beside: Option<Label>,
    ) {
        let count = match rule.weight() {
            Weight::Broken => &self.broken,
            Weight::Unfit | Weight::Advice => &self.others,
        };
        if count.get() > MAX_FAULTS {
            return;
        }
        count.set(count.get() + 1);
        if count.get() > MAX_FAULTS {
            let rule = if rule.weight() == Weight::Broken { Rule::TooMany } else { rule };
            let message = format!("more than {MAX_FAULTS} faults; the others are not listed");
            self.faults.borrow_mut().push(Fault::of_file(rule, &self.path, message));
            return;
        }
        let at = Some(self.position(span.start));
        let (file, hint) = (self.path.clone(), hint());
        self.faults.borrow_mut().push(Fault { rule, file, at, span: Some(span), message, hint, beside });
    }

    /// Keeps Markdown of this file, if there may be something in it to be followed.
    pub(crate) fn keep_markdown(&self, markdown: Markdown) {
        if ["](", "][", "]:", "<", "://"].iter().any(|sign| markdown.text.contains(sign)) {
            self.markdown.borrow_mut().push(markdown);
        }
    }

    /// The Markdown that was kept, in the order of reading.
    pub(crate) fn take_markdown(&self) -> Vec<Markdown> {
        self.markdown.take()
    }

    /// Everything noted since it was last asked, in the order of the file.
    pub(crate) fn take_faults(&self) -> Vec<Fault> {
        let mut faults = self.faults.take();
        faults.sort_by_key(|fault| fault.at);
        faults
    }
}

/// The text of a course file as it is read: without byte order mark, with LF line ends, and with U+FFFD for whatever is
/// not UTF-8. Spans of faults are byte ranges of this text.
#[must_use]
pub fn normalised(bytes: &[u8]) -> Cow<'_, str> {
    match String::from_utf8_lossy(bytes) {
        Cow::Borrowed(text) => with_line_feeds(without_mark(text)),
        Cow::Owned(text) => Cow::Owned(with_line_feeds(without_mark(&text)).into_owned()),
    }
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if memmem::find(text.as_bytes(), b"\r\n").is_some() {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Where the lines of a text begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines(Vec<usize>);

impl Lines {
    /// Finds the lines.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self(std::iter::once(0).chain(ends.map(|(offset, _)| offset + 1)).collect())
    }

    /// The line and column of a byte offset of the text that the lines were found in.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.0.partition_point(|start| *start <= offset);
        let start = self.0[line - 1];
        let column = text.get(start..offset).map_or(0, |before| before.chars().count()) + 1;
        Position { line, column }
    }

    /// The bytes of a line (counted from 1) without its end.
    #[must_use]
    pub fn range(&self, text: &str, line: usize) -> Range<usize> {
        let start = line.checked_sub(1).and_then(|line| self.0.get(line)).copied().unwrap_or(text.len());
        let end = self.0.get(line).map_or(text.len(), |next| next - 1);
        start..end.max(start)
    }
}

/// A piece of a file for a message: in backquotes, cut where it gets long.
#[must_use]
pub fn quote(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTE) {
        Some((cut, _)) => format!("`{}…`", &text[..cut]),
        None => format!("`{text}`"),
    }
}

/// Which of the known words somebody meant, as a hint.
pub(crate) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, known).map(|meant| did_you_mean_this(&[meant]))
}

/// What to do where a course names a `path` that is none of its `files`: the name of the one that was meant, if one is near enough. Two
/// names may differ in nothing that can be seen, because `é` is one character or two.
pub(crate) fn file_meant<'a>(path: &str, files: impl Iterator<Item = &'a str> + Clone) -> Option<String> {
    if files.clone().any(|file| file.nfc().eq(path.nfc())) {
        let hint = "a file of this name is there, but its accents are stored differently, for Unicode knows two ways: \
                    rename it and type its name anew";
        return Some(hint.to_owned());
    }
    nearest_path(path, files).map(|meant| did_you_mean_this(&[meant]))
}

/// The hint that one of `words` was meant.
pub(crate) fn did_you_mean_this(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| quote(word)).collect();
    match quoted.split_last() {
        Some((last, before)) if !before.is_empty() => {
            format!("did you mean {} or {last}?", before.join(", "))
        }
        Some(_) | None => format!("did you mean {}?", quoted.concat()),
    }
}

/// Which of the known words somebody meant, if one is near enough.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Long words are no typing errors, and comparing them is quadratic.
    if word.len() > LONGEST_SLIP {
        return None;
    }
    let near = known.into_iter().take(500).filter(|other| other.len().abs_diff(word.len()) <= 8);
    let scored = near.map(|other| (likeness(word, other), other));
    let best = scored.filter(|(score, _)| *score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0));
    best.map(|(_, other)| other)
}

/// So many bytes a word has at most that may be a slip of another one.
const LONGEST_SLIP: usize = 64;

/// How much two words are alike, from 0 to 1.
fn likeness(word: &str, other: &str) -> f64 {
    // Jaro-Winkler is blind to two letters swapped in a short word (`tow`), the most common slip of all.
    match strsim::osa_distance(word, other) {
        0 => 1.0,
        1 if word.len() > 2 => 0.95,
        _ => strsim::jaro_winkler(word, other),
    }
}

/// The hint that no known word is near enough: which ones there are, or how many.
pub(crate) fn known_here(known: &[&str]) -> String {
    const MANY: usize = 24;
    match known.len() {
        ..=MANY => format!("known here: {}", known.join(", ")),
        many => format!("none of the {many} names that are known here is like it"),
    }
}

/// Which of the known paths somebody meant: one of the same type or in the same folder, in whose own name at most every
/// third letter is another. Folders and types are alike everywhere and say nothing.
pub(crate) fn nearest_path<'a>(path: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// The folder, the name itself and its type.
    fn parts(path: &str) -> (&str, &str, &str) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let (stem, kind) = name.rsplit_once('.').unwrap_or((name, ""));
        (folder, stem, kind)
    }
    // Long words are no typing errors, and comparing them is quadratic.
    if path.len() > 64 {
        return None;
    }
    let wanted = path.to_lowercase();
    let (folder, stem, kind) = parts(&wanted);
    let scored = known.into_iter().take(500).filter(|other| other.len() <= 64).filter_map(|known| {
        let lowered = known.to_lowercase();
        let other = parts(&lowered);
        let (own_length, length) = (stem.chars().count(), other.1.chars().count());
        let differing = strsim::osa_distance(stem, other.1);
        let near = differing * 3 <= own_length.max(length) && (kind == other.2 || folder == other.0);
        near.then_some(((differing, folder != other.0, kind != other.2), known))
    });
    scored.min_by_key(|(score, _)| *score).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 200,000 dead links took 23 seconds, nearly all of it for hints that nobody saw.
    #[test]
    fn nobody_guesses_for_faults_that_are_not_listed() {
        let source = Source::new("a.md", Cow::Borrowed("x"));
        let asked = Cell::new(0);
        let slips = |rule, count| {
            for _ in 0..count {
                source.fault_with_guess(rule, 0..1, "wrong", || {
                    asked.set(asked.get() + 1);
                    Some("meant".to_owned())
                });
            }
            (source.take_faults().into_iter().filter(|fault| fault.hint.is_some()).count(), asked.take())
        };
        assert_eq!(slips(Rule::DeadLink, 3), (3, 3));
        assert_eq!(slips(Rule::DeadLink, MAX_FAULTS), (MAX_GUESSES - 3, MAX_GUESSES - 3));
        assert_eq!(slips(Rule::DeadReference, MAX_FAULTS), (0, 0));
        let other = Source::new("b.md", Cow::Borrowed("x"));
        for _ in 0..=MAX_FAULTS {
            other.fault(Rule::DeadLink, 0..1, "wrong");
        }
        other.fault_with_guess(Rule::DeadLink, 0..1, "wrong", || panic!("this fault is not listed"));
    }

    /// One slip in the settings said all names of 52 actions, at each start; then five that were nothing like it.
    #[test]
    fn of_many_words_only_their_number_is_told() {
        assert_eq!(known_here(&["id", "title"]), "known here: id, title");
        assert_eq!(known_here(&["w"; 50]), "none of the 50 names that are known here is like it");
    }

    #[test]
    fn one_of_several_words_may_be_meant() {
        let check = |words: &[&str], expected: &str| assert_eq!(did_you_mean_this(words), expected);
        check(&["a"], "did you mean `a`?");
        check(&["a", "b"], "did you mean `a` or `b`?");
        check(&["a", "b", "c", "d"], "did you mean `a`, `b`, `c` or `d`?");
    }

    #[test]
    fn the_word_itself_is_nearer_than_any_other() {
        assert_eq!(nearest("exit", ["next", "exit"]), Some("exit"));
    }

    #[test]
    fn long_pieces_are_cut_in_messages() {
        assert_eq!(quote("short"), "`short`");
        assert_eq!(quote(&"ä".repeat(60)), format!("`{}`", "ä".repeat(60)));
        assert_eq!(quote(&"ä".repeat(61)), format!("`{}…`", "ä".repeat(60)));
    }
}
