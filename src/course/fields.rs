//! Reading typed values out of a tree, so that every fault of a file is found in one run.
//!
//! A reader takes a node and gives its value, or notes what is wrong and gives nothing. Whoever builds a structure
//! reads all its fields first and asks for the values afterwards, so one bad field never hides the next.

mod slips;

use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};
use std::str::FromStr;

use chrono::NaiveDate;
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use crate::course::hidden;
use crate::course::reference;
use crate::course::rule::Rule;
use crate::course::source::{Markdown, Source, did_you_mean_this, known_here, quote};
use crate::course::tree::{Extent, Field, Node, Value};
use crate::course::{MOST_FOR_LEARNERS, Percent};
use crate::id::IdError;
use crate::quiz::question::Decimal;

/// The most options, pairs, items, gaps or steps of a question; what compares them with each other stays quick.
const MAX_ENTRIES: usize = 1_000;

/// A node within its file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'t> {
    pub source: &'t Source,
    pub node: &'t Node,
}

/// The named fields of a group.
#[derive(Debug, Clone)]
pub(crate) struct Fields<'t> {
    source: &'t Source,
    head: Range<usize>,
    extent: Extent,
    known: &'t [reference::Field],
    by_name: HashMap<&'t str, &'t Field>,
}

impl<'t> At<'t> {
    /// Where the value begins.
    pub(crate) fn start(self) -> usize {
        self.node.span.start
    }

    /// What to point at: a text, a number or a name as a whole, of anything longer its name or opening bracket.
    pub(crate) fn span(self) -> Range<usize> {
        match &self.node.value {
            Value::Text | Value::Number | Value::Name => self.node.span.clone(),
            Value::Group { name: Some(name), .. } | Value::Tuple { name: Some(name), .. } => name.clone(),
            Value::List(_) | Value::Group { name: None, .. } | Value::Tuple { name: None, .. } => {
                self.source.character(self.start())
            }
        }
    }

    /// The value as it is written.
    pub(crate) fn written(self) -> &'t str {
        &self.source.text[self.node.span.clone()]
    }

    /// Notes a fault at this value; gives nothing.
    pub(crate) fn wrong<T>(self, rule: Rule, message: impl Into<String>) -> Option<T> {
        self.source.fault(rule, self.span(), message);
        None
    }

    /// Notes a fault at this value and what to do about it; gives nothing.
    pub(crate) fn wrong_with_hint<T>(
        self,
        rule: Rule,
        message: impl Into<String>,
        hint: impl Into<Option<String>>,
    ) -> Option<T> {
        self.source.fault_with_hint(rule, self.span(), message, hint);
        None
    }

    fn unexpected<T>(self, expected: &str) -> Option<T> {
        self.unexpected_with_hint(expected, None)
    }

    fn unexpected_with_hint<T>(self, expected: &str, hint: Option<String>) -> Option<T> {
        let message = format!("expected {expected}, found {}", self.node.described(self.source));
        self.wrong_with_hint(Rule::WrongType, message, hint)
    }

    /// A text that is not blank.
    pub(crate) fn text(self) -> Option<String> {
        let text = self.any_text()?;
        if text.trim().is_empty() {
            return self.wrong(Rule::EmptyText, "this text is empty");
        }
        Some(text)
    }

    /// A text that stands on one line wherever it is shown.
    pub(crate) fn title(self) -> Option<String> {
        let title = self.text()?;
        if title.contains(['\n', '\r']) {
            let hint = "write it on one line; faces break it where they must".to_owned();
            self.source.fault_with_hint(Rule::LineBreak, self.span(), "this title has a line break", hint);
        }
        Some(title)
    }

    /// A text that learners are told in one line of a bounded length.
    pub(crate) fn line(self) -> Option<String> {
        let text = self.text()?;
        let number = text.chars().count();
        let words = if text.contains(['\n', '\r', '\t']) {
            "this text has a line break or a tab".to_owned()
        } else if number > MOST_FOR_LEARNERS {
            format!("this text has {number} characters, {MOST_FOR_LEARNERS} is the limit")
        } else {
            return Some(text);
        };
        let hint = "say it in a sentence or two, on one line; all else goes into a lesson".to_owned();
        self.source.fault_with_hint(Rule::LongLine, self.span(), words, hint);
        Some(text)
    }

    /// A text that is Markdown.
    pub(crate) fn markdown(self) -> Option<String> {
        let text = self.text()?;
        let opening = self.written().find('"').map_or(0, |quote| quote + 1);
        let verbatim = self.written()[opening..].starts_with(&*text).then_some(self.start() + opening);
        self.source.keep_markdown(Markdown { text: text.clone(), span: self.node.span.clone(), verbatim });
        Some(text)
    }

    /// The path of a file, as far as it is a text; what else it must be is asked of `is_good`. Who writes `\` between the names
    /// of folders, as Windows does, writes escapes without meaning to: that is one fault, whatever came of it.
    pub(crate) fn path(self, is_good: impl Fn(&str) -> bool) -> Option<String> {
        let written = self.written();
        if self.node.value == Value::Text
            && written.contains('\\')
            && !read_ron::<String>(written).is_ok_and(|path| is_good(&path))
            && let Some(meant) = slips::with_slashes(written.trim_matches('"')).filter(|meant| is_good(meant))
        {
            let message = format!("in the path {} stands `\\`", quote(written.trim_matches('"')));
            return self.wrong_with_hint(Rule::BadPath, message, format!("write `/`: {meant}"));
        }
        self.text()
    }

    fn any_text(self) -> Option<String> {
        if self.node.value != Value::Text {
            return self.unexpected("a text in double quotes");
        }
        let text: String = self.ron()?;
        // What is written out is found where the whole file is looked at.
        if self.written().contains('\\')
            && let Some((_, c)) = hidden::characters(&text).next()
        {
            let message = format!("this text holds {}", hidden::named(c));
            self.source.fault_with_hint(Rule::HiddenCharacter, self.span(), message, hidden::hint(c));
        }
        Some(text)
    }

    /// An identifier.
    pub(crate) fn id<T: FromStr<Err = IdError>>(self) -> Option<T> {
        let text = self.any_text()?;
        match text.parse() {
            Ok(id) => Some(id),
            Err(error) => self.wrong(Rule::BadId, format!("bad identifier {}, {error}", quote(&text))),
        }
    }

    /// `true` or `false`.
    pub(crate) fn flag(self) -> Option<bool> {
        match (&self.node.value, self.written()) {
            (Value::Name, "true") => Some(true),
            (Value::Name, "false") => Some(false),
            _ => self.unexpected_with_hint("true or false", slips::flag(self.written())),
        }
    }

    /// A whole number of a range.
    pub(crate) fn count(self, range: RangeInclusive<u32>) -> Option<u32> {
        let (least, most) = (*range.start(), *range.end());
        let expected = match most {
            u32::MAX => format!("a whole number from {least}"),
            _ => format!("a whole number from {least} to {most}"),
        };
        if self.node.value != Value::Number {
            let hint = slips::number(self.written(), |number| range.contains(&number));
            return self.unexpected_with_hint(&expected, hint);
        }
        match read_ron::<u32>(self.written()) {
            Ok(number) if range.contains(&number) => Some(number),
            Ok(_) | Err(_) => {
                let found = self.node.described(self.source);
                self.wrong(Rule::BadValue, format!("expected {expected}, found {found}"))
            }
        }
    }

    /// A percentage.
    pub(crate) fn percent(self) -> Option<Percent> {
        Percent::new(self.count(0..=100)?)
    }

    /// An exact number, written as a number or as a text.
    pub(crate) fn decimal(self) -> Option<Decimal> {
        let expected = "a number such as 530, 12.5 or \"12.5\"";
        let written = match self.node.value {
            Value::Number => self.written().to_owned(),
            Value::Text => self.any_text()?,
            Value::Name | Value::List(_) | Value::Group { .. } | Value::Tuple { .. } => {
                return self.unexpected(expected);
            }
        };
        match Decimal::parse(&written) {
            Some(number) => Some(number),
            None => self.wrong_with_hint(
                Rule::BadValue,
                format!("expected {expected}, found {}", quote(&written)),
                "nothing separates thousands, decimals (up to 9) follow a point".to_owned(),
            ),
        }
    }

    /// A day such as `2026-11-22`.
    pub(crate) fn date(self) -> Option<NaiveDate> {
        let text = self.any_text()?;
        // chrono also reads "2026-1-2", which sorts wrongly.
        let date = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().filter(|date| date.to_string() == text);
        date.or_else(|| {
            let message = format!("expected a date such as 2026-11-22, found {}", quote(&text));
            self.wrong_with_hint(Rule::BadValue, message, slips::date(&text))
        })
    }

    /// The entries of a list.
    pub(crate) fn list(self) -> Option<Vec<At<'t>>> {
        match &self.node.value {
            Value::List(items) => Some(items.iter().map(|node| At { source: self.source, node }).collect()),
            Value::Text | Value::Number | Value::Name | Value::Group { .. } | Value::Tuple { .. } => {
                self.unexpected_with_hint("a list in [ ]", slips::list(self.written()))
            }
        }
    }

    /// Every entry of a list read; nothing if one of them is wrong or the list is not whole.
    pub(crate) fn list_of<T>(self, read: impl FnMut(At<'t>) -> Option<T>) -> Option<Vec<T>> {
        let entries = self.list()?;
        if let Some(over) = entries.get(MAX_ENTRIES) {
            let message = format!("{} entries are too many, {MAX_ENTRIES} is the limit", entries.len());
            return over.wrong(Rule::TooMany, message);
        }
        let values = all(entries.into_iter().map(read).collect())?;
        self.is_whole().then_some(values)
    }

    /// Notes a list that is shorter than `least`; what is missing from a cut list may stand behind the cut.
    pub(crate) fn at_least(self, least: usize, message: &str) {
        if self.is_whole() && matches!(&self.node.value, Value::List(entries) if entries.len() < least) {
            self.source.fault(Rule::TooFew, self.span(), message);
        }
    }

    /// Whether no syntax fault hides a part of the value.
    pub(crate) fn is_whole(self) -> bool {
        self.node.extent == Extent::Whole
    }

    /// The fields of a group without a name, or with the optional name `title`. Unknown and repeated fields are noted.
    pub(crate) fn group(self, title: &str, known: &'t [reference::Field]) -> Option<Fields<'t>> {
        let (name, fields) = self.named_group()?;
        if name.is_some_and(|name| name != title) {
            return self.unexpected("`(…)` without a name");
        }
        Some(self.fields(fields, known))
    }

    /// The name and the fields of `Name(…)`; the fields are to be opened with [`At::fields`].
    pub(crate) fn named_group(self) -> Option<(Option<&'t str>, &'t [Field])> {
        match &self.node.value {
            Value::Group { name, fields } => {
                Some((name.clone().map(|name| &self.source.text[name]), fields.as_slice()))
            }
            Value::Text | Value::Number | Value::Name | Value::List(_) | Value::Tuple { .. } => {
                self.unexpected("`(field: value, …)`")
            }
        }
    }

    /// Opens the fields of a group; unknown and repeated ones are noted.
    pub(crate) fn fields(self, fields: &'t [Field], known: &'t [reference::Field]) -> Fields<'t> {
        let mut found = HashMap::new();
        let mut misspelt = Vec::new();
        for field in fields {
            let name = &self.source.text[field.name.clone()];
            if !known.iter().any(|known| known.name == name) {
                let guess = || {
                    let meant = reference::meant(name, known);
                    if let [only] = meant.as_slice() {
                        misspelt.push((*only, field));
                    }
                    Some(match meant.as_slice() {
                        [] => known_here(&known.iter().map(|known| known.name).collect::<Vec<_>>()),
                        meant => did_you_mean_this(meant),
                    })
                };
                let message = format!("unknown field {}", quote(name));
                self.source.fault_with_guess(Rule::UnknownField, field.name.clone(), message, guess);
            } else if let Some(first) = found.insert(name, field) {
                let message = format!("field `{name}` stands here twice");
                let (here, first) = (field.name.clone(), first.name.clone());
                self.source.fault_beside(Rule::RepeatedField, here, message, first, "first here");
            }
        }
        // One slip is one fault: what `titel` holds is read as the title, so that no title is missed as well.
        for (meant, field) in misspelt {
            found.entry(meant).or_insert(field);
        }
        Fields { source: self.source, head: self.span(), extent: self.node.extent, known, by_name: found }
    }

    /// Lets `ron` read a value; its complaint is noted at the place within the value that it names.
    fn ron<T: DeserializeOwned>(self) -> Option<T> {
        match read_ron(self.written()) {
            Ok(value) => Some(value),
            Err(error) => {
                let at = self.start() + offset_of(self.written(), error.span.start);
                let words = error.code.to_string();
                let mut letters = words.chars();
                let first = letters.next().map(|first| first.to_lowercase().to_string());
                let message = first.unwrap_or_default() + letters.as_str();
                let hint = self.written().contains('\\').then(slips::backslash);
                self.source.fault_with_hint(Rule::Syntax, self.source.character(at), message, hint);
                None
            }
        }
    }
}

impl<'t> Fields<'t> {
    /// What to point at when the group as a whole is meant: its name or opening bracket.
    pub(crate) fn head(&self) -> Range<usize> {
        self.head.clone()
    }

    /// A field that must be there.
    pub(crate) fn required<T>(&self, name: &str, read: impl FnOnce(At<'t>) -> Option<T>) -> Option<T> {
        let Some(at) = self.at(name) else {
            // `x: None` is a field that is not there, in a place where it was meant to be.
            let place = self.by_name.get(name).map_or(self.head.clone(), |field| field.name.clone());
            if self.extent == Extent::Whole {
                let hint =
                    self.known.iter().find(|known| known.name == name).map(reference::Field::how_to_add);
                let message = format!("field `{name}` is missing");
                self.source.fault_with_hint(Rule::MissingField, place, message, hint);
            }
            return None;
        };
        read(at)
    }

    /// A field that may be absent: `None` if it is there and wrong, `Some(None)` if it is absent.
    #[expect(
        clippy::option_option,
        reason = "wrong, absent and there are three things, and `?` asks for the first"
    )]
    pub(crate) fn optional<T>(
        &self,
        name: &str,
        read: impl FnOnce(At<'t>) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.at(name) {
            Some(at) => read(at).map(Some),
            None => Some(None),
        }
    }

    /// A field with a default.
    pub(crate) fn or<T>(&self, name: &str, default: T, read: impl FnOnce(At<'t>) -> Option<T>) -> Option<T> {
        self.at(name).map_or(Some(default), read)
    }

    /// The value of a field, if it is there. With `implicit_some` nobody has to write `Some(…)` or `None`, and whoever
    /// does is understood.
    pub(crate) fn at(&self, name: &str) -> Option<At<'t>> {
        let at = At { source: self.source, node: &self.by_name.get(name)?.node };
        match &at.node.value {
            Value::Name if at.written() == "None" => None,
            Value::Tuple { name: Some(name), items } if &self.source.text[name.clone()] == "Some" => {
                match items.as_slice() {
                    [node] => Some(At { source: self.source, node }),
                    [..] => Some(at),
                }
            }
            Value::Text
            | Value::Number
            | Value::Name
            | Value::List(_)
            | Value::Group { .. }
            | Value::Tuple { .. } => Some(at),
        }
    }
}

/// All values, or nothing if one is missing.
pub(crate) fn all<T>(values: Vec<Option<T>>) -> Option<Vec<T>> {
    values.into_iter().collect()
}

fn read_ron<T: DeserializeOwned>(written: &str) -> Result<T, ron::error::SpannedError> {
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_NEWTYPES)
        .with_recursion_limit(64)
        .from_str(written)
}

/// The byte offset of a line and column of `ron`, both counted from 1, columns in characters.
fn offset_of(text: &str, position: ron::error::Position) -> usize {
    let lines = text.split_inclusive('\n').take(position.line.saturating_sub(1));
    let start: usize = lines.map(str::len).sum();
    let line = &text[start..];
    start + line.char_indices().nth(position.col.saturating_sub(1)).map_or(line.len(), |(offset, _)| offset)
}
