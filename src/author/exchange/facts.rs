//! What comments say about a question: Moodle's `[id:…]` and `[tag:…]`, and what only we know.
//!
//! A fact of ours is a tag, `[tag:countersign-revision=2]`, so that it survives a visit to Moodle. Moodle cuts tags after
//! 50 characters; longer facts stand in brackets of their own, `[countersign-source=…]`, which Moodle leaves out whole
//! instead of keeping a half.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::author::exchange::Note;
use crate::author::exchange::excerpt::quote;

/// What our facts begin with.
const OURS: &str = "countersign-";
/// The facts about a quiz as a whole; all others are about a question.
const OF_QUIZ: [&str; 3] = ["quiz", "title", "certainty"];
/// The longest tag of Moodle, in characters.
const LONGEST_TAG: usize = 50;

/// What the comments of a block say.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Moodle's id number and the line it stands on.
    pub id: Option<(usize, String)>,
    tags: Vec<(usize, String)>,
    ours: BTreeMap<String, (usize, String)>,
    /// What could not be understood.
    notes: Vec<Note>,
}

impl Facts {
    /// Reads comment lines.
    pub(super) fn read(comments: &[(usize, String)]) -> Self {
        let mut facts = Self::default();
        for (line, comment) in comments {
            for token in tokens(comment) {
                facts.add(*line, &token);
            }
        }
        facts
    }

    fn add(&mut self, line: usize, token: &str) {
        let tag = token.strip_prefix("tag:").map(str::trim);
        if let Some(fact) = tag.unwrap_or(token).strip_prefix(OURS) {
            let (key, value) = fact.split_once('=').unwrap_or((fact, ""));
            match decode(value) {
                Some(value) if !self.ours.contains_key(key) => {
                    self.ours.insert(key.to_owned(), (line, value));
                }
                Some(_) => self.notes.push(Note::new(line, format!("{} stands here twice", quote(token)))),
                None => self.notes.push(Note::new(line, format!("{} cannot be read", quote(token)))),
            }
        } else if let Some(tag) = tag {
            self.tags.push((line, tag.to_owned()));
        } else if let Some(id) = token.strip_prefix("id:") {
            if self.id.is_none() {
                self.id = Some((line, id.trim().to_owned()));
            } else {
                self.notes
                    .push(Note::new(line, format!("a second id, {}, counts for nothing", quote(id.trim()))));
            }
        }
    }

    /// A fact of ours; it is not there any more afterwards.
    pub(super) fn take(&mut self, key: &str) -> Option<String> {
        self.ours.remove(key).map(|(_, value)| value)
    }

    /// A fact of ours that `read` makes something of; what it cannot read is noted.
    pub(super) fn take_as<T>(&mut self, key: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let (line, value) = self.ours.remove(key)?;
        let fact = read(&value);
        if fact.is_none() {
            let message = format!("`{OURS}{key}` cannot be {}", quote(&value));
            self.notes.push(Note::with_hint(line, message, "mend it in the quiz after the import"));
        }
        fact
    }

    /// Whether there is anything that belongs to a question.
    pub(super) fn is_of_question(&self) -> bool {
        let is_of_question = |key: &String| !OF_QUIZ.contains(&key.as_str());
        self.id.is_some()
            || !self.tags.is_empty()
            || !self.notes.is_empty()
            || self.ours.keys().any(is_of_question)
    }

    /// What nobody asked for and what could not be read, in the order of the file.
    pub(super) fn leftovers(self) -> Vec<Note> {
        let mut notes = self.notes;
        notes.extend(self.tags.into_iter().map(|(line, tag)| {
            Note::with_hint(
                line,
                format!("the tag {} is lost", quote(&tag)),
                "a question belongs to one topic instead",
            )
        }));
        let unknown = self.ours.into_iter();
        notes.extend(unknown.map(|(key, (line, _))| {
            Note::new(line, format!("`{OURS}{key}` means nothing for this kind of question"))
        }));
        notes.sort_by_key(|note| note.line);
        notes
    }
}

/// A fact of ours for a comment.
pub(super) fn fact(key: &str, value: &str) -> String {
    let fact =
        if value.is_empty() { format!("{OURS}{key}") } else { format!("{OURS}{key}={}", encode(value)) };
    if fact.chars().count() <= LONGEST_TAG { format!("[tag:{fact}]") } else { format!("[{fact}]") }
}

/// What stands in brackets, `\]` standing for the bracket itself.
fn tokens(comment: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut token: Option<String> = None;
    let mut chars = comment.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, &mut token) {
            ('[', _) => token = Some(String::new()),
            (']', Some(_)) => tokens.extend(token.take()),
            ('\\', Some(open)) if chars.next_if_eq(&']').is_some() => open.push(']'),
            (c, Some(open)) => open.push(c),
            (_, None) => {}
        }
    }
    tokens
}

/// Percent-encodes (RFC 3986, section 2.1) whatever means something in a comment or a tag, or would not be seen.
fn encode(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let last = value.len();
    for (at, c) in value.char_indices() {
        let at_end = at == 0 || at + c.len_utf8() == last;
        let kept = c.is_alphanumeric() || "-._~/#,:;()+*!?'&=".contains(c) || (c == ' ' && !at_end);
        if kept {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

fn decode(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        let digits = after.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &after[2..];
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ids_tags_and_facts() {
        let lines = [
            (1, "// question: 7 [id:q-7] [tag:easy] [tag: two words ]".to_owned()),
            (2, "// [tag:countersign-revision=2] [countersign-source=F%20%5B1%5D] [id:again]".to_owned()),
            (3, "// [tag:a\\]b] [tag:countersign-points=%zz] [nothing] [open".to_owned()),
        ];
        let mut facts = Facts::read(&lines);
        assert_eq!(facts.id, Some((1, "q-7".to_owned())));
        assert_eq!(facts.take("source").as_deref(), Some("F [1]"));
        assert_eq!(facts.take_as("revision", |text| text.parse::<u32>().ok()), Some(2));
        let left: Vec<String> = facts.leftovers().iter().map(ToString::to_string).collect();
        assert_eq!(
            left,
            [
                "line 1: the tag `easy` is lost",
                "line 1: the tag `two words` is lost",
                "line 2: a second id, `again`, counts for nothing",
                "line 3: `tag:countersign-points=%zz` cannot be read",
                "line 3: the tag `a]b` is lost",
            ]
        );
    }

    proptest! {
        #[test]
        fn a_fact_is_read_again(value in "\\PC{1,30}|[\u{0}-\u{7f}]{1,60}") {
            let comment = format!("// {}", fact("source", &value));
            prop_assert!(!comment.contains('\n'));
            prop_assert_eq!(Facts::read(&[(1, comment)]).take("source"), Some(value));
        }
    }
}
