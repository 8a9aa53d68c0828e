//! The text inside a block: styles, links, pictures, notes.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Role, Run, RunKind, Style};
use crate::markup::events::{BETWEEN_LABELS, is_line_break};

/// How a link shows that it is one.
#[derive(Debug, Clone, Copy)]
pub(in crate::markup) enum LinkSigns {
    /// By its number in the document; so many links stand before.
    Numbers { before: usize },
    /// By its address, where nobody could look a number up.
    Addresses,
}

impl Default for LinkSigns {
    /// Those of a text that stands by itself.
    fn default() -> Self {
        Self::Numbers { before: 0 }
    }
}

/// Collects the inline text of a block.
#[derive(Debug)]
pub(in crate::markup) struct Inline {
    runs: Vec<Run>,
    style: Style,
    /// The styles to go back to.
    outer: Vec<Style>,
    /// Where open links and pictures began, in runs.
    begun: Vec<usize>,
    /// Their addresses and titles.
    addresses: Vec<(String, String)>,
    signs: LinkSigns,
    links: usize,
}

impl Inline {
    pub(in crate::markup) fn new(signs: LinkSigns) -> Self {
        let links = match signs {
            LinkSigns::Numbers { before } => before,
            LinkSigns::Addresses => 0,
        };
        Self {
            runs: Vec::new(),
            style: Style::default(),
            outer: Vec::new(),
            begun: Vec::new(),
            addresses: Vec::new(),
            signs,
            links,
        }
    }

    /// The style of the text that comes.
    pub(super) fn begin(&mut self, style: Style) {
        self.style = style;
    }

    /// What was collected.
    pub(in crate::markup) fn take(&mut self) -> Vec<Run> {
        std::mem::take(&mut self.runs)
    }

    pub(in crate::markup) fn event(&mut self, event: Event<'_>, offset: usize) {
        match event {
            Event::Text(text) => self.text(&text, offset),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                let role = if self.style.role == Role::Text { Role::Code } else { self.style.role };
                self.verbatim(text.to_string(), Style { role, ..self.style }, offset);
            }
            Event::InlineHtml(tag) if is_line_break(&tag) => self.line_break(offset),
            Event::InlineHtml(tag) => {
                self.verbatim(tag.to_string(), Style { role: Role::Muted, ..self.style }, offset);
            }
            Event::FootnoteReference(label) => {
                let marker = Style { role: Role::Marker, ..self.style };
                for (nth, (text, number)) in footnote_signs(&label).into_iter().enumerate() {
                    let style = Style { note: number.map(|number| offset + number), ..marker };
                    // The row is one: what stands further on in it is held by nothing but the line.
                    let kind = if nth == 0 { RunKind::Note } else { RunKind::Sign };
                    self.runs.push(Run { text, style, offset, kind });
                }
            }
            Event::SoftBreak => self.runs.push(Run::new(" ", self.style, offset)),
            Event::HardBreak => self.line_break(offset),
            Event::Start(_) | Event::End(_) | Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn text(&mut self, text: &str, offset: usize) {
        let mut done = 0;
        while let Some((range, raised)) = raised(text, done) {
            self.runs.push(Run::new(&text[done..range.start], self.style, offset + done));
            let (style, offset) = (self.style, offset + range.start);
            self.runs.push(Run { text: raised, style, offset, kind: RunKind::Rewritten });
            done = range.end;
        }
        if done < text.len() {
            self.runs.push(Run::new(&text[done..], self.style, offset + done));
        }
    }

    fn verbatim(&mut self, text: String, style: Style, offset: usize) {
        self.runs.push(Run { text, style, offset, kind: RunKind::Verbatim });
    }

    fn sign(&mut self, text: String, style: Style, offset: usize) {
        self.runs.push(Run { text, style, offset, kind: RunKind::Sign });
    }

    fn line_break(&mut self, offset: usize) {
        self.runs.push(Run { text: String::new(), style: self.style, offset, kind: RunKind::Break });
    }

    pub(in crate::markup) fn start(&mut self, tag: &Tag<'_>) {
        self.outer.push(self.style);
        match tag {
            Tag::Emphasis => self.style.emphasis = true,
            Tag::Strong => self.style.strong = true,
            Tag::Strikethrough => self.style.strike = true,
            Tag::Link { dest_url, title, .. } => {
                self.style.link = Some(self.links);
                self.links += 1;
                self.begun.push(self.runs.len());
                self.addresses.push((dest_url.to_string(), title.to_string()));
            }
            Tag::Image { dest_url, title, .. } => {
                self.begun.push(self.runs.len());
                self.addresses.push((dest_url.to_string(), title.to_string()));
            }
            _ => {}
        }
    }

    pub(in crate::markup) fn end(&mut self, tag: TagEnd, offset: usize) {
        let inner = self.style;
        self.style = self.outer.pop().unwrap_or_default();
        match tag {
            TagEnd::Link => self.end_link(inner, offset),
            TagEnd::Image => self.end_image(offset),
            _ => {}
        }
    }

    fn end_link(&mut self, inner: Style, offset: usize) {
        let (Some(from), Some((address, _))) = (self.begun.pop(), self.addresses.pop()) else { return };
        let style = Style { link: inner.link, role: Role::Marker, ..Style::default() };
        match self.signs {
            LinkSigns::Numbers { .. } => {
                let number = inner.link.map_or(0, |link| link + 1);
                self.sign(format!("[{number}]"), style, offset.saturating_sub(1));
            }
            LinkSigns::Addresses => {
                let text: String =
                    self.runs[from.min(self.runs.len())..].iter().map(|run| run.text.as_str()).collect();
                if text != address && !address.is_empty() {
                    let style = Style { role: Role::Muted, ..style };
                    self.sign(format!(" ({address})"), style, offset.saturating_sub(1));
                }
            }
        }
    }

    fn end_image(&mut self, offset: usize) {
        let (Some(from), Some((path, title))) = (self.begun.pop(), self.addresses.pop()) else { return };
        let from = from.min(self.runs.len());
        let title_at = offset.saturating_sub(1);
        let offset = self.runs.get(from).map_or(offset.saturating_sub(1), |run| run.offset);
        let text = self.runs.drain(from..).map(|run| run.text).collect();
        let style = Style { role: Role::Image, ..self.style };
        self.runs.push(Run { text, style, offset, kind: RunKind::Picture { path, title, title_at } });
    }
}

/// The sign of one footnote or of several in a row, in parts: each with the number of the label that it is of, or with none, where it parts
/// two. Numbers become small digits, because `[1]` is a link; other labels stand in brackets as they were written, and a number among them
/// behind a caret.
fn footnote_signs(labels: &str) -> Vec<(String, Option<usize>)> {
    let is_number = |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit());
    let labels: Vec<&str> = labels.split(BETWEEN_LABELS).collect();
    let are_numbers = labels.iter().all(|label| is_number(label));
    let mut parts = Vec::with_capacity(2 * labels.len());
    for (number, label) in labels.iter().enumerate() {
        let mut text = match (are_numbers, is_number(label)) {
            (true, _) => label.chars().filter_map(superscript).collect(),
            (false, true) => format!("^{label}"),
            (false, false) => (*label).to_owned(),
        };
        if !are_numbers && number == 0 {
            text.insert(0, '[');
        }
        if !are_numbers && number + 1 == labels.len() {
            text.push(']');
        }
        if number > 0 {
            parts.push((if are_numbers { "," } else { BETWEEN_LABELS }.to_owned(), None));
        }
        parts.push((text, Some(number)));
    }
    parts
}

/// The same as a whole.
pub(in crate::markup) fn footnote_sign(labels: &str) -> String {
    footnote_signs(labels).into_iter().map(|(part, _)| part).collect()
}

/// The next `x^2^` or `H~2~O` from `from` on: small digits and letters where Unicode has them all, otherwise `^(…)`.
fn raised(text: &str, from: usize) -> Option<(Range<usize>, String)> {
    let mut search = from;
    while let Some(at) = text[search..].find(['^', '~']) {
        let start = search + at;
        let inner = &text[start + 1..];
        let mark = text.as_bytes()[start];
        let length = inner.chars().take(RAISED).take_while(|c| !c.is_whitespace() && !matches!(c, '^' | '~'));
        let length = length.map(char::len_utf8).sum::<usize>();
        let closed = length > 0 && inner.as_bytes().get(length) == Some(&mark);
        if closed && text[from..start].ends_with(|c: char| c.is_alphanumeric() || c == ')') {
            let inner = &inner[..length];
            let sign = if mark == b'^' { superscript } else { subscript };
            let small = inner.chars().map(sign).collect::<Option<String>>();
            let raised =
                small.unwrap_or_else(|| format!("{}({inner})", if mark == b'^' { "^" } else { "_" }));
            return Some((start..start + length + 2, raised));
        }
        search = start + 1;
    }
    None
}

/// Longer texts between two carets are an accident.
const RAISED: usize = 24;

/// The text with every `x^2^` and `H~2~O` raised or lowered.
pub(in crate::markup) fn with_raised(text: &str) -> String {
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    while let Some((range, small)) = raised(text, done) {
        out.extend([&text[done..range.start], &small]);
        done = range.end;
    }
    out + &text[done..]
}

fn superscript(c: char) -> Option<char> {
    lookup(c, "0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
}

fn subscript(c: char) -> Option<char> {
    lookup(c, "0123456789+-−=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ")
}

fn lookup(c: char, from: &str, to: &str) -> Option<char> {
    from.chars().zip(to.chars()).find(|&(plain, _)| plain == c).map(|(_, small)| small)
}
