//! Moodle's XML, one question at a time.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, Reader};

/// How deep elements may be nested; Moodle needs six.
const MAX_DEPTH: usize = 64;
/// How many elements a question may have: 1,000 answers with everything.
const MAX_ELEMENTS: usize = 20_000;

/// An element with all that is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub name: String,
    /// Where it begins, counted from 1.
    pub line: usize,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    /// Its text without the space around it; space that is written as a reference or in CDATA stays.
    pub text: String,
    /// How much of `text` must not be trimmed: from the first such character to the last.
    kept: Option<(usize, usize)>,
}

/// Why the file cannot be read on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub line: usize,
    pub column: usize,
    pub message: String,
    pub hint: Option<&'static str>,
}

/// The children of `<quiz>`, one after the other.
#[derive(Debug)]
pub(super) struct Questions<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Lines begin at 1, and this many bytes of them have been counted.
    line: usize,
    counted: usize,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Within,
    After,
}

impl Element {
    /// An element without anything in it, for one that is missing.
    pub(super) fn bare(line: usize) -> Self {
        Self { line, ..Self::default() }
    }

    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of this name.
    pub(super) fn all<'e>(&'e self, name: &str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of a child; empty when there is none.
    pub(super) fn text_of(&self, name: &str) -> &str {
        self.child(name).map(Element::content).unwrap_or_default()
    }

    /// What stands in `<text>`, as Moodle writes it, or else in the element itself, as it once did.
    pub(super) fn content(&self) -> &str {
        self.child("text").map_or(self.text.as_str(), |text| text.text.as_str())
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends text that is not trimmed.
    fn push_kept(&mut self, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.kept = Some((self.kept.map_or(start, |(first, _)| first), self.text.len()));
    }

    fn trim(&mut self) {
        let (first, last) = self.kept.unwrap_or((self.text.len(), 0));
        let start = (self.text.len() - self.text.trim_start().len()).min(first);
        let end = self.text.trim_end().len().max(last).max(start);
        self.text.truncate(end);
        self.text.drain(..start);
    }
}

impl<'a> Questions<'a> {
    /// Nothing read yet.
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_comments = true;
        Self { text, reader, line: 1, counted: 0, state: State::Before }
    }

    /// The next child of `<quiz>`; nothing behind the last.
    pub(super) fn next(&mut self) -> Result<Option<Element>, Broken> {
        if self.counted == 0
            && let Some((at, c)) = self.text.char_indices().find(|(_, c)| !is_xml(*c))
        {
            let message = format!("the character U+{:04X} cannot stand in XML", u32::from(c));
            return Err(self.broken(at, message, Some("save the export again, or take the character out")));
        }
        loop {
            let at = self.at();
            let event = self.reader.read_event();
            match event.map_err(|error| self.syntax(&error))? {
                Event::Start(start) if self.state == State::Before => self.enter(at, &start)?,
                Event::Empty(start) if self.state == State::Before => {
                    self.enter(at, &start)?;
                    self.state = State::After;
                }
                Event::Start(start) if self.state == State::Within => {
                    return self.element(at, &start).map(Some);
                }
                Event::Empty(start) if self.state == State::Within => {
                    return self.opened(at, &start).map(Some);
                }
                Event::End(_) => self.state = State::After,
                Event::Text(text) if text.trim_matches('\u{feff}').trim().is_empty() => {}
                Event::DocType(_) => return Err(self.doctype(at)),
                Event::Eof if self.state == State::After => return Ok(None),
                Event::Eof if self.state == State::Before => {
                    return Err(self.broken(at, "the file has no <quiz>".to_owned(), Some(EXPORT)));
                }
                Event::Eof => {
                    let message = "the file ends within <quiz>".to_owned();
                    return Err(self.broken(at, message, Some("it was cut off: export it again")));
                }
                Event::Start(_)
                | Event::Empty(_)
                | Event::Text(_)
                | Event::CData(_)
                | Event::GeneralRef(_) => {
                    let message = "expected <question>".to_owned();
                    return Err(self.broken(at, message, Some(EXPORT)));
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn enter(&mut self, at: usize, start: &BytesStart<'_>) -> Result<(), Broken> {
        if start.name().as_ref() != "quiz" {
            let message = format!("expected <quiz>, found <{}>", start.name().as_ref());
            return Err(self.broken(at, message, Some(EXPORT)));
        }
        self.state = State::Within;
        Ok(())
    }

    /// The element that has just been opened, up to its end.
    fn element(&mut self, at: usize, start: &BytesStart<'_>) -> Result<Element, Broken> {
        let mut open = vec![self.opened(at, start)?];
        let mut elements = 1;
        loop {
            let at = self.at();
            let event = self.reader.read_event();
            let Some(last) = open.last_mut() else {
                return Err(self.broken(at, "an end without a beginning".to_owned(), None));
            };
            match event.map_err(|error| self.syntax(&error))? {
                Event::Start(start) => {
                    elements += 1;
                    self.check_size(at, open.len(), elements)?;
                    let element = self.opened(at, &start)?;
                    open.push(element);
                }
                Event::Empty(start) => {
                    elements += 1;
                    self.check_size(at, open.len(), elements)?;
                    let element = self.opened(at, &start)?;
                    if let Some(last) = open.last_mut() {
                        last.children.push(element);
                    }
                }
                Event::End(_) => {
                    let Some(mut closed) = open.pop() else { continue };
                    closed.trim();
                    match open.last_mut() {
                        Some(parent) => parent.children.push(closed),
                        None => return Ok(closed),
                    }
                }
                Event::Text(text) => last.push(&text.xml10_content()),
                Event::CData(text) => last.push_kept(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let known = match reference.resolve_char_ref() {
                        Ok(Some(c)) if is_xml(c) => Some(c.to_string()),
                        Ok(Some(_)) | Err(_) => None,
                        Ok(None) => resolve_xml_entity(&reference).map(str::to_owned),
                    };
                    let Some(text) = known else {
                        let message = format!("unknown entity `&{};`", &*reference);
                        let hint = "XML knows amp, lt, gt, quot and apos; write others as &amp;nbsp;";
                        return Err(self.broken(at, message, Some(hint)));
                    };
                    last.push_kept(&text);
                }
                Event::DocType(_) => return Err(self.doctype(at)),
                Event::Eof => {
                    let message = format!("the file ends within <{}>", last.name);
                    return Err(self.broken(at, message, Some("it was cut off: export it again")));
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn check_size(&self, at: usize, depth: usize, elements: usize) -> Result<(), Broken> {
        if depth < MAX_DEPTH && elements <= MAX_ELEMENTS {
            return Ok(());
        }
        let message =
            format!("a question with more than {MAX_ELEMENTS} elements, or nested deeper than {MAX_DEPTH}");
        Err(self.broken(at, message, None))
    }

    fn opened(&mut self, at: usize, start: &BytesStart<'_>) -> Result<Element, Broken> {
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false).take(32) {
            let attribute = attribute.map_err(|error| self.broken(at, error.to_string(), None))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|error| self.broken(at, error.to_string(), None))?;
            attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
        }
        let line = self.line_at(at);
        Ok(Element { name: start.name().as_ref().to_owned(), line, attributes, ..Element::default() })
    }

    fn at(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len())
    }

    /// The line of a place that is not before those asked about earlier.
    fn line_at(&mut self, at: usize) -> usize {
        self.line += self.text.get(self.counted..at).unwrap_or_default().matches('\n').count();
        self.counted = self.counted.max(at);
        self.line
    }

    fn syntax(&self, error: &Error) -> Broken {
        let at = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
        let words = error.to_string();
        let words = words.split_once("error: ").map_or(words.as_str(), |(_, words)| words);
        self.broken(at, format!("this is no XML: {words}"), Some("export the questions again as Moodle XML"))
    }

    fn doctype(&self, at: usize) -> Broken {
        let hint = "Moodle writes none; take <!DOCTYPE …> out if you trust the file";
        self.broken(
            at,
            "the file declares a document type, which could define entities".to_owned(),
            Some(hint),
        )
    }

    fn broken(&self, at: usize, message: String, hint: Option<&'static str>) -> Broken {
        let before = self.text.get(..at.min(self.text.len())).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        Broken { line, column: before[line_start..].chars().count() + 1, message, hint }
    }
}

const EXPORT: &str = "in Moodle's question bank: Export, Moodle XML format";

/// The characters of XML (XML 1.0, production 2).
pub(super) fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
