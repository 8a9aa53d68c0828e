//! From the events of one chunk to its lines.
//!
//! Blocks are followed with a stack of containers and never by recursion: a lesson may nest 200,000 quotes.
//! Containers indent at most half of the width; what is nested deeper stands at that depth.

mod containers;
mod directions;
mod inline;
mod page;
mod picture;

use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::bidi::{Direction, Level, may_turn, push_own};
use super::chart;
use super::events::{Located, level_number};
use super::picture::PictureRoom;
use super::table::{Shape, Table};
use super::wrap::{Paragraph, Run, RunKind, line_width, verbatim};
use super::{AlertKind, Line, Role, Span, Strain, StrainKind, Style};
use crate::printable::{Printable, width};
use containers::Container;
use directions::Directions;
pub(super) use inline::{Inline, LinkSigns, footnote_sign, with_raised};
use page::Page;
pub(super) use picture::title_of;

/// How a chunk stands in its document.
#[derive(Debug, Clone)]
pub(super) struct Setting<'a> {
    pub(super) width: usize,
    /// Text stands above, so an empty line comes first.
    pub(super) below_text: bool,
    /// The list, code or paragraph from above goes on.
    pub(super) continues: bool,
    /// The number of the first item, if the chunk goes on with a numbered list.
    pub(super) number: Option<u64>,
    /// The table from above, if the chunk goes on with its rows.
    pub(super) table: Option<&'a Shape>,
    pub(super) links: LinkSigns,
    /// Who draws pictures, if anybody does.
    pub(super) pictures: Option<Arc<dyn PictureRoom>>,
}

/// Lays out the events of a chunk.
pub(super) fn render(events: Vec<Located<'_>>, setting: &Setting<'_>) -> Vec<Line> {
    rendered(events, setting, None).page.lines
}

/// The lines of the events, and what of them does not fit into the width, lines of code apart.
pub(super) fn strained(events: Vec<Located<'_>>, setting: &Setting<'_>) -> (Vec<Line>, Vec<Strain>) {
    let page = rendered(events, setting, Some(Vec::new())).page;
    (page.lines, page.strains.unwrap_or_default())
}

/// The measures of the last table among the events, for the rows that follow in the next chunk.
pub(super) fn last_shape(events: Vec<Located<'_>>, setting: &Setting<'_>) -> Shape {
    rendered(events, setting, None).last_shape
}

fn rendered<'a>(
    events: Vec<Located<'_>>,
    setting: &'a Setting<'a>,
    strains: Option<Vec<Strain>>,
) -> Renderer<'a> {
    let mut renderer = Renderer::new(setting, &events);
    renderer.page.strains = strains;
    for (event, range) in events {
        renderer.event(event, range.start, range.end);
    }
    renderer.flush();
    renderer
}

/// Lays out lines of code that were cut off from their fence, or of raw HTML.
pub(super) fn render_verbatim(
    text: &str,
    offset: usize,
    role: Role,
    setting: &Setting<'_>,
    at_margin: bool,
) -> Vec<Line> {
    let mut page = Page::new(setting);
    page.verbatim(text, offset, role, at_margin);
    page.lines
}

/// Whether the text of a block is pictures and nothing else: in a paragraph, they stand on lines of their own.
pub(super) fn are_pictures(runs: &[Run]) -> bool {
    let is_picture = |run: &Run| matches!(run.kind, RunKind::Picture { .. });
    runs.iter().any(is_picture) && runs.iter().all(|run| is_picture(run) || run.text.trim().is_empty())
}

/// The last number of each ordered list in order of appearance, so that its items can be aligned.
fn list_ends(events: &[Located<'_>], mut number: Option<u64>) -> Vec<u64> {
    let mut ends = Vec::new();
    let mut open = Vec::new();
    for (event, _) in events {
        match event {
            Event::Start(Tag::List(start)) => {
                open.push(ends.len());
                ends.push(start.map_or(0, |start| number.take().unwrap_or(start)).saturating_sub(1));
            }
            Event::Start(Tag::Item) => {
                if let Some(&list) = open.last() {
                    let end: &mut u64 = &mut ends[list];
                    *end = end.saturating_add(1);
                }
            }
            Event::End(TagEnd::List(_)) => {
                open.pop();
            }
            _ => {}
        }
    }
    ends
}

struct Renderer<'a> {
    page: Page,
    inline: Inline,
    setting: &'a Setting<'a>,
    /// Where the block that is being collected begins.
    offset: usize,
    /// A block is open, so that its begin is known.
    open: bool,
    heading: Option<u8>,
    /// Code, raw HTML or a chart that is being collected.
    raw: Option<(Raw, chart::Lines)>,
    table: Option<Table>,
    last_shape: Shape,
    lists: Vec<List>,
    list_ends: std::vec::IntoIter<u64>,
    directions: Directions,
    /// A footnote has just ended; the next one stands right below it, because a list of sources is long.
    after_note: bool,
}

/// What stands between two fences, or is raw HTML.
#[derive(Debug, Clone, Copy)]
enum Raw {
    Code,
    Html,
    Chart,
}

struct List {
    next: Option<u64>,
    /// The columns of its markers.
    marker: usize,
    loose: bool,
    first: bool,
    /// It is the list that the chunk before began.
    continues: bool,
}

impl<'a> Renderer<'a> {
    fn new(setting: &'a Setting<'a>, events: &[Located<'_>]) -> Self {
        Self {
            page: Page::new(setting),
            inline: Inline::new(setting.links),
            setting,
            offset: 0,
            open: false,
            heading: None,
            raw: None,
            table: None,
            last_shape: Shape::default(),
            lists: Vec::new(),
            list_ends: list_ends(events, setting.number).into_iter(),
            directions: Directions::of(events),
            after_note: false,
        }
    }

    fn event(&mut self, event: Event<'_>, start: usize, end: usize) {
        match event {
            Event::Start(tag) => self.start(tag, start),
            Event::End(tag) => self.end(tag, end),
            Event::Rule => {
                self.flush();
                self.page.hidden_markers(start);
                let style = Style { role: Role::Rule, ..Style::default() };
                let line = drawn(&"─".repeat(self.page.room()), style, start);
                self.page.block(vec![line], start);
            }
            Event::TaskListMarker(done) => self.page.containers.mark_task(done),
            Event::Html(text) => self.raw_text(&text, start),
            Event::Text(text) if self.raw.is_some() => self.raw_text(&text, start),
            Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak => {
                self.begin_loose_text(start);
                self.inline.event(event, start);
            }
        }
    }

    /// The text of a tight item stands in no paragraph that would say where it begins.
    fn begin_loose_text(&mut self, offset: usize) {
        if !std::mem::replace(&mut self.open, true) {
            self.offset = offset;
        }
    }

    fn raw_text(&mut self, text: &str, start: usize) {
        let (_, lines) = self.raw.get_or_insert_with(|| (Raw::Html, chart::Lines::default()));
        lines.push(text, start);
    }

    fn start(&mut self, tag: Tag<'_>, offset: usize) {
        match tag {
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. } => {
                self.begin_loose_text(offset);
                return self.inline.start(&tag);
            }
            _ => self.flush(),
        }
        (self.offset, self.open) = (offset, true);
        let after_note = std::mem::take(&mut self.after_note);
        let page = &mut self.page;
        match tag {
            Tag::Paragraph => {
                if let Some(list) = self.lists.last_mut()
                    && page.containers.in_item()
                {
                    // Only loose lists tell their paragraphs; the first one tells it about the whole list.
                    page.gap |= list.continues && page.lines.is_empty();
                    list.loose = true;
                    page.containers.loosen();
                }
            }
            Tag::Heading { level, .. } => {
                let level = level_number(level);
                self.heading = Some(level);
                self.inline.begin(Style { role: Role::Heading(level), strong: true, ..Style::default() });
            }
            Tag::BlockQuote(None) => {
                page.gap &= !page.containers.is_tight();
                page.containers.push(Container::bar("│ ", Role::Quote), self.directions.next());
            }
            Tag::BlockQuote(Some(kind)) => {
                page.gap &= !page.containers.is_tight();
                let kind = AlertKind::from(kind);
                page.containers.push(Container::bar("▌ ", Role::Alert(kind)), self.directions.next());
                let style = Style { role: Role::Alert(kind), strong: true, ..Style::default() };
                page.own_words(Run { kind: RunKind::Sign, ..Run::new(kind.word(), style, offset) });
                page.gap = false;
            }
            Tag::CodeBlock(kind) => {
                let raw = match kind {
                    CodeBlockKind::Fenced(info) if chart::is_chart(&info) => Raw::Chart,
                    CodeBlockKind::Fenced(_) | CodeBlockKind::Indented => Raw::Code,
                };
                self.raw = Some((raw, chart::Lines::default()));
            }
            Tag::HtmlBlock => self.raw = Some((Raw::Html, chart::Lines::default())),
            Tag::List(start) => {
                let continues = self.lists.is_empty() && self.setting.continues && page.lines.is_empty();
                let last = self.list_ends.next().unwrap_or(0);
                let next = if continues { start.and(self.setting.number).or(start) } else { start };
                let marker = next.map_or(2, |_| last.max(next.unwrap_or(0)).to_string().len() + 2);
                page.gap &= !page.containers.is_tight();
                self.lists.push(List { next, marker, loose: false, first: true, continues });
            }
            Tag::Item => self.item(),
            Tag::FootnoteDefinition(label) => {
                page.gap &= !after_note;
                let sign = format!("{} ", footnote_sign(&label));
                page.containers.push(Container::note(sign, offset), self.directions.next());
            }
            Tag::DefinitionListTitle => {
                self.inline.begin(Style { strong: true, ..Style::default() });
            }
            Tag::DefinitionListDefinition => {
                page.gap = false;
                let indent = Container::item("  ".to_owned(), 2, Role::Marker);
                page.containers.push(indent, self.directions.next());
            }
            Tag::Table(alignments) => {
                let direction = self.directions.next().unwrap_or(page.containers.direction());
                self.table = Some(Table { alignments, offset, direction, ..Table::default() });
            }
            Tag::TableHead => {
                self.inline.begin(Style { role: Role::TableHeader, strong: true, ..Style::default() });
            }
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push((offset, Vec::new()));
                }
            }
            Tag::TableCell
            | Tag::DefinitionList
            | Tag::MetadataBlock(_)
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. } => {}
        }
    }

    fn item(&mut self) {
        let depth = self.lists.len();
        let Some(list) = self.lists.last_mut() else { return };
        let marker = match &mut list.next {
            Some(number) => {
                let text = format!("{number}. ");
                *number = number.saturating_add(1);
                text
            }
            None => if depth % 2 == 1 { "• " } else { "– " }.to_owned(),
        };
        let width = list.marker;
        let tight = !list.loose;
        if tight && (list.continues || !list.first) {
            self.page.gap = false;
        }
        list.first = false;
        let item = Container::item(marker, width, Role::Marker).tight_item();
        self.page.containers.push(item, self.directions.next());
    }

    fn end(&mut self, tag: TagEnd, offset: usize) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => self.inline.end(tag, offset),
            TagEnd::TableCell => {
                let cell = self.inline.take();
                if let Some(table) = &mut self.table {
                    match table.rows.last_mut() {
                        Some((_, cells)) => cells.push(cell),
                        None => table.header.push(cell),
                    }
                }
            }
            TagEnd::TableHead => self.inline.begin(Style::default()),
            TagEnd::TableRow | TagEnd::DefinitionList | TagEnd::MetadataBlock(_) => {}
            TagEnd::Table => self.end_table(),
            TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::CodeBlock => self.flush(),
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
                self.inline.begin(Style::default());
            }
            TagEnd::DefinitionListTitle => {
                self.flush();
                self.inline.begin(Style::default());
                self.page.gap = true;
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.page.gap = true;
            }
            TagEnd::BlockQuote(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionListDefinition => {
                self.flush();
                self.page.paragraph(&[], offset);
                if self.page.containers.is_empty_quote() {
                    self.page.block(vec![Line { offset, ..Line::default() }], offset);
                }
                self.page.containers.pop();
                self.after_note = tag == TagEnd::FootnoteDefinition;
            }
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        self.page.hidden_markers(table.offset);
        let room = self.page.room();
        let (shape, go_on) = match self.setting.table {
            Some(shape) if self.page.lines.is_empty() && table.header.is_empty() => (shape.clone(), true),
            Some(_) | None => (table.shape(), false),
        };
        if let Some(strains) = &mut self.page.strains {
            strains.extend(table.strain(&shape, room, go_on));
        }
        let lines = table.lines(&shape, room, go_on);
        self.last_shape = shape;
        if !lines.is_empty() {
            self.page.block(lines, table.offset);
        }
    }

    /// Lays out what was collected, if anything.
    fn flush(&mut self) {
        self.open = false;
        if let Some((raw, lines)) = self.raw.take() {
            self.raw_block(raw, &lines);
        }
        let runs = self.inline.take();
        if runs.is_empty() {
            return;
        }
        if let Some(level) = self.heading {
            return self.heading(&runs, level);
        }
        if are_pictures(&runs) {
            for run in &runs {
                self.page.picture(run, self.setting.pictures.as_deref());
            }
            return;
        }
        self.page.paragraph(&runs, self.offset);
    }

    fn raw_block(&mut self, raw: Raw, lines: &chart::Lines) {
        let offset = lines.offset().unwrap_or(self.offset);
        let role = match raw {
            Raw::Chart => match chart::read(lines) {
                Ok(chart) => {
                    self.page.hidden_markers(self.offset);
                    let lines = chart.lines(self.page.room());
                    return self.page.block(lines, self.offset);
                }
                Err(_) => Role::Code,
            },
            Raw::Code => Role::Code,
            Raw::Html => Role::Muted,
        };
        self.page.verbatim(lines.text(), offset, role, true);
    }

    /// The first two levels are underlined, so that they are seen without colour too.
    fn heading(&mut self, runs: &[Run], level: u8) {
        self.page.hidden_markers(self.offset);
        let text = Paragraph::within(self.page.containers.direction(), runs);
        self.page.note_cut_word(&text);
        let mut lines = text.lines(self.page.room());
        let sign = match level {
            1 => "═",
            2 => "─",
            _ => "",
        };
        let longest = lines.iter().map(line_width).max().unwrap_or(0);
        let last = lines.last().map_or(self.offset, |line| line.offset);
        if longest > 0 && !sign.is_empty() {
            let style = Style { role: Role::Heading(level), ..Style::default() };
            let base = lines.first().map(|line| line.base).unwrap_or_default();
            let mut line = Line { base, ..drawn(&sign.repeat(longest), style, last) };
            line.spans.iter_mut().for_each(|span| span.level = base);
            lines.push(line);
        }
        self.page.block(lines, self.offset);
    }
}

fn drawn(text: &str, style: Style, offset: usize) -> Line {
    Line { spans: vec![Span::new(Printable::new(text), style)], offset, ..Line::default() }
}
