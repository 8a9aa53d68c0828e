//! Markdown as a sequence of things to be said: nothing drawn, nothing side by side, every passage sense by itself.

mod alone;
mod table;

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::events::{Excerpt, is_line_break};
use super::links::links_of;
use super::plain_text::list;
use super::render::LinkSigns;
use super::wrap::without_tabs;
use super::{AlertKind, Link, chart};
use crate::printable::Printable;
use alone::Before;
use table::Table;

/// The word of a quote that is no note, tip or warning.
pub const QUOTE: &str = "Quote";

/// A text as a screen reader should speak it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Linear {
    /// In the order of the text.
    pub passages: Vec<Passage>,
    /// The links of the text. Where they are said by number, `link 1` is the first.
    pub links: Vec<Link>,
    /// What each of the links (the first 65,536) is called where it is heard without its sentence.
    pub names: Vec<Printable>,
}

/// Something that is said in one breath: a paragraph, an item, a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The words.
    pub text: Printable,
    /// Where in the source (in bytes) it begins.
    pub offset: usize,
    /// How deep it stands in lists, in steps.
    pub depth: usize,
    /// What it is.
    pub kind: PassageKind,
    /// The word of the innermost quote in which it stands.
    pub quote: Option<&'static str>,
    /// Whether that quote begins with it.
    pub begins_quote: bool,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassageKind {
    /// A heading; what follows belongs to it.
    Heading,
    /// The beginning of a block: a pause comes before it.
    Block,
    /// The next item, row or line of the same block.
    Continued,
    /// Says that the block ends; by itself it would mean nothing.
    End,
}

/// Deeper lists are said as if they were this deep, because indentation costs room on a braille display.
const MAX_DEPTH: usize = 4;

/// Says a Markdown text whose links are opened by their numbers. Nesting costs no stack, whatever its depth.
#[must_use]
pub fn linear(markdown: &str) -> Linear {
    say(markdown, LinkSigns::Numbers { before: 0 }, NoteSigns::Said)
}

/// The same, but where a footnote is referred to nothing is said of it, unless nothing else would be said there. The passages are
/// those of [`linear`], with the same offsets.
#[must_use]
pub fn linear_without_note_signs(markdown: &str) -> Linear {
    say(markdown, LinkSigns::Numbers { before: 0 }, NoteSigns::LeftOut)
}

/// Says a small Markdown text: a prompt, an explanation, a term. Links are said with their addresses, because there is no list
/// in which a number could be looked up.
#[must_use]
pub fn linear_with_addresses(markdown: &str) -> Linear {
    say(markdown, LinkSigns::Addresses, NoteSigns::Said)
}

/// Whether it is said where footnotes are referred to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum NoteSigns {
    #[default]
    Said,
    LeftOut,
}

fn say(markdown: &str, signs: LinkSigns, note_signs: NoteSigns) -> Linear {
    let excerpt = Excerpt::new("", markdown, 0);
    let events = excerpt.events(&|_| None);
    let said = Linear { links: links_of(&events), ..Linear::default() };
    let mut speaker = Speaker { said, signs, note_signs, ..Speaker::default() };
    for (event, range) in events {
        speaker.take(event, &range);
    }
    speaker.flush();
    speaker.said
}

#[derive(Debug, Default)]
struct Speaker {
    said: Linear,
    signs: LinkSigns,
    note_signs: NoteSigns,
    /// The signs of notes that were left out of what the passage under way has so far.
    left_out: String,
    /// How many of the links have been said.
    links: usize,
    /// What was said before the link under way.
    before: Before,
    /// What the passage under way has so far.
    text: String,
    /// Where it began.
    offset: Option<usize>,
    /// Said before the next passage: `Quote: `, `1. `.
    lead: String,
    /// What the next passage is.
    kind: Option<PassageKind>,
    /// The number of the next item of every list around, if they are numbered.
    lists: Vec<Option<u64>>,
    table: Option<Table>,
    /// Lines of the code block under way.
    code: Option<String>,
    /// Lines of the chart under way.
    chart: Option<chart::Lines>,
    /// Where the words of every picture around began in `text`, and its address.
    pictures: Vec<(usize, String)>,
    /// Every quote around: its word, and how many passages there were before it.
    quotes: Vec<(&'static str, usize)>,
}

impl Speaker {
    fn take(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match (&mut self.chart, &mut self.code) {
                (Some(chart), _) => chart.push(&text, range.start),
                (None, Some(code)) => code.push_str(&text),
                (None, None) => self.push(&text, range),
            },
            Event::InlineHtml(tag) if is_line_break(&tag) => self.line_break(range),
            Event::Code(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => self.push(&text, range),
            Event::Html(text) => {
                self.push(text.trim_end(), range);
                self.flush();
            }
            Event::FootnoteReference(names) => {
                let word = if names.contains(", ") { "notes" } else { "note" };
                self.note_sign(&format!(" ({word} {names})"), range);
            }
            Event::SoftBreak => self.push(" ", range),
            Event::HardBreak => self.line_break(range),
            // A line across the page says nothing that the pause between two blocks does not say.
            Event::Rule => self.flush(),
            Event::TaskListMarker(done) => self.lead.push_str(if done { "done: " } else { "to do: " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.kind = Some(PassageKind::Heading);
                // Where the document says that it begins: by that it is looked for.
                self.offset = Some(range.start);
                let lead = match level as usize {
                    1 => "Title: ".to_owned(),
                    2 => "Heading: ".to_owned(),
                    // “Heading, level 3” was heard where none is ever called level 2.
                    3 => "Subheading: ".to_owned(),
                    level => format!("Subheading, level {level}: "),
                };
                self.lead = self.quote_lead() + &lead;
            }
            Tag::BlockQuote(kind) => {
                self.flush();
                let word = kind.map_or(QUOTE, |kind| AlertKind::from(kind).word());
                // A quote in a quote in a quote is said once: only the innermost word matters to a listener.
                self.quotes.push((word, self.said.passages.len()));
                self.lead = self.quote_lead();
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                let language = match kind {
                    CodeBlockKind::Fenced(language) => language.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.offset = Some(range.start);
                if chart::is_chart(&language) {
                    self.chart = Some(chart::Lines::default());
                }
                self.code = Some(String::new());
                self.lead.push_str(if matches!(language.as_str(), "" | "text") { "Text" } else { "Code" });
            }
            Tag::List(first) => {
                self.flush();
                if self.lists.is_empty() {
                    self.kind = Some(PassageKind::Block);
                }
                self.lists.push(first);
            }
            Tag::Item => {
                self.flush();
                if let Some(number) = self.lists.last_mut() {
                    let lead = number.map_or("- ".to_owned(), |number| format!("{number}. "));
                    *number = number.map(|number| number.saturating_add(1));
                    self.lead = self.quote_lead() + &lead;
                }
                self.kind.get_or_insert(PassageKind::Continued);
            }
            Tag::FootnoteDefinition(name) => {
                self.flush();
                self.lead = format!("{}Note {name}: ", self.quote_lead());
            }
            Tag::DefinitionListTitle => {
                self.flush();
                self.lead = self.quote_lead() + "Term: ";
            }
            Tag::DefinitionListDefinition => {
                self.flush();
                "Meaning: ".clone_into(&mut self.lead);
                self.kind = Some(PassageKind::Continued);
            }
            Tag::Table(_) => {
                self.flush();
                self.table = Some(Table::default());
                self.offset = Some(range.start);
            }
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.begin_row(range.start);
                }
            }
            Tag::Strikethrough => self.push("(struck out: ", range),
            // What is said of it stands behind its words.
            Tag::Link { .. } => self.before = Before::of(&self.text),
            Tag::Image { dest_url, title, .. } => {
                let title = title.trim();
                let lead =
                    if title.is_empty() { "(picture: ".to_owned() } else { format!("(picture: {title}: ") };
                self.push(&lead, range);
                self.pictures.push((self.text.len(), dest_url.to_string()));
            }
            Tag::Paragraph | Tag::HtmlBlock | Tag::DefinitionList | Tag::MetadataBlock(_) => self.flush(),
            Tag::TableHead
            | Tag::TableCell
            | Tag::Emphasis
            | Tag::Strong
            // Never met: lessons are read without the parser's own.
            | Tag::Superscript
            | Tag::Subscript => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableCell => {
                let cell = self.take_words();
                let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
                if let Some(table) = &mut self.table {
                    table.push(cell);
                }
            }
            TagEnd::Table => self.say_table(),
            TagEnd::CodeBlock => self.say_code(),
            TagEnd::Strikethrough => self.text.push(')'),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => {
                if let Some((start, address)) = self.pictures.pop()
                    && self.text.get(start..).is_some_and(|words| words.trim().is_empty())
                {
                    let _ = write!(self.text, "no description, file {address}");
                }
                self.text.push(')');
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.lead.clear();
                if let Some((word, before)) = self.quotes.pop()
                    && self.said.passages.len() > before + 1
                {
                    let _ = write!(self.text, "End of {}.", word.to_lowercase());
                    self.kind = Some(PassageKind::End);
                    self.flush();
                }
            }
            TagEnd::Item => {
                self.flush();
                self.lead.clear();
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
                self.kind = None;
            }
            TagEnd::Heading(_) => {
                self.flush();
                // One without words is nothing that what follows would belong to.
                self.lead.clear();
                self.kind = None;
            }
            TagEnd::Paragraph
            | TagEnd::HtmlBlock
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => self.flush(),
            TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
        }
    }
}

impl Speaker {
    fn push(&mut self, text: &str, range: &Range<usize>) {
        self.offset.get_or_insert(range.start);
        self.text.push_str(text);
    }

    fn note_sign(&mut self, sign: &str, range: &Range<usize>) {
        match self.note_signs {
            NoteSigns::Said => self.push(sign, range),
            NoteSigns::LeftOut => {
                self.offset.get_or_insert(range.start);
                self.left_out.push_str(sign);
            }
        }
    }

    /// What has gathered; the signs that were left out where it has no other words, such as in a column of sources.
    fn take_words(&mut self) -> String {
        let (words, left_out) = (std::mem::take(&mut self.text), std::mem::take(&mut self.left_out));
        if words.trim().is_empty() { left_out } else { words }
    }

    /// Ends a line, but not what is said in one breath: a heading, a cell, the words of a picture.
    fn line_break(&mut self, range: &Range<usize>) {
        let is_heading = self.kind == Some(PassageKind::Heading);
        if is_heading || self.table.is_some() || !self.pictures.is_empty() {
            return self.push(" ", range);
        }
        self.flush();
        self.kind = Some(PassageKind::Continued);
    }

    fn end_link(&mut self) {
        let Some(link) = self.said.links.get(self.links) else { return };
        self.links += 1;
        list(&mut self.said.names, self.before.name(link));
        let sign = match self.signs {
            LinkSigns::Numbers { before } => format!(" (link {})", before + self.links),
            // Said twice it would be no clearer.
            LinkSigns::Addresses if link.text.as_str() == link.address || link.address.is_empty() => return,
            LinkSigns::Addresses => format!(" ({})", link.address),
        };
        self.text.push_str(&sign);
    }

    /// Says what has gathered, if anything.
    fn flush(&mut self) {
        if self.table.is_some() {
            return;
        }
        let words = self.take_words();
        let words = words.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        let offset = self.offset.take();
        if !words.is_empty() {
            let text = format!("{}{words}", std::mem::take(&mut self.lead));
            let kind = self.kind.take().unwrap_or(PassageKind::Block);
            self.say(&text, offset, kind);
        }
    }

    /// Whether nothing of the innermost quote was said yet.
    fn has_begun_quote(&self) -> bool {
        self.quotes.last().is_some_and(|(_, before)| *before == self.said.passages.len())
    }

    /// What is said before whatever a quote begins with.
    fn quote_lead(&self) -> String {
        let word = self.quotes.last().filter(|_| self.has_begun_quote());
        word.map_or_else(String::new, |(word, _)| format!("{word}: "))
    }

    fn say(&mut self, text: &str, offset: Option<usize>, kind: PassageKind) {
        let before = self.said.passages.last().map_or(0, |passage| passage.offset);
        let depth = self.lists.len().saturating_sub(1).min(MAX_DEPTH);
        let offset = offset.unwrap_or(before);
        let (quote, begins_quote) = (self.quotes.last().map(|(word, _)| *word), self.has_begun_quote());
        self.said.passages.push(Passage {
            text: Printable::new(text),
            offset,
            depth,
            kind,
            quote,
            begins_quote,
        });
    }

    /// Says every bar by itself, as a table says its rows.
    fn say_chart(&mut self, chart: &chart::Chart, offset: Option<usize>) {
        // The word for code stands last in what is said before.
        let lead = std::mem::take(&mut self.lead);
        let lead = lead.strip_suffix("Code").unwrap_or(&lead).to_owned();
        self.kind = None;
        let (words, bars) = chart.said();
        self.say(&format!("{lead}{words}"), offset, PassageKind::Block);
        for (bar, offset) in bars {
            self.say(&bar, Some(offset), PassageKind::Continued);
        }
        self.say("End of chart.", None, PassageKind::End);
    }

    fn say_code(&mut self) {
        let Some(mut code) = self.code.take() else { return };
        let offset = self.offset.take();
        if let Some(lines) = self.chart.take() {
            match chart::read(&lines) {
                Ok(chart) => return self.say_chart(&chart, offset),
                Err(_) => code.push_str(lines.text()),
            }
        }
        let word = std::mem::take(&mut self.lead);
        let lines: Vec<String> = code.lines().map(without_tabs).collect();
        self.kind = None;
        if let [line] = lines.as_slice() {
            return self.say(&format!("{word}: {line}"), offset, PassageKind::Block);
        }
        self.say(&format!("{word}, {} lines:", lines.len()), offset, PassageKind::Block);
        for line in lines {
            self.say(&line, None, PassageKind::Continued);
        }
        let end = word.rsplit(' ').next().unwrap_or("text").to_lowercase();
        self.say(&format!("End of {end}."), None, PassageKind::End);
    }
}

#[cfg(test)]
mod tests;
