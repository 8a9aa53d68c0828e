//! The report for a person: every diagnostic with its line underlined, then how much was wrong.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::excerpt::{Excerpt, excerpt};
use super::{Region, Report, Text};
use crate::author::diagnostic::{Diagnostic, Severity};
use crate::course::Position;
use crate::phrase::counted;
use crate::printable::Printable;

/// How often the same remark is shown for a file, how many of one rule, and how many in all. What is beyond is counted
/// with its lines: who mends one of a thousand equal faults knows how to mend the others, and nobody reads them.
const SAME: usize = 3;
const OF_RULE: usize = 20;
const IN_ALL: usize = 500;
/// The most columns that a byte of a line takes: a control character is shown by its number.
const TAB_OR_SIGN: usize = 8;
/// How many lines of what is not shown are named.
const LINES_NAMED: usize = 10;

/// Stands for the place in what the renderer is handed, so that the renderer does not work out the column from an excerpt
/// that may be cut. A private character: nothing that went through [`Printable`] holds one.
const PLACE: &str = "\u{e000}";

/// Whether a report has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// With ANSI colours.
    Colours,
    /// Just letters.
    Plain,
}

/// Every diagnostic, a block of lines each, at most `columns` wide as far as lines of files go; nothing in it needs to be
/// defused. Paths begin with `prefix`, so that they lead to the files from where the person stands.
#[must_use]
pub fn human(report: &Report, prefix: &str, columns: usize, ink: Ink) -> String {
    let renderer = match ink {
        Ink::Colours => Renderer::styled(),
        Ink::Plain => Renderer::plain(),
    };
    // Lines are cut here; the renderer would cut them without knowing what a terminal makes of their characters.
    let renderer = renderer.term_width(usize::from(u16::MAX));
    let mut out = String::new();
    let mut shown = 0;
    let mut beyond = 0;
    for of_file in report.diagnostics.chunk_by(|a, b| a.file == b.file) {
        let mut counts: HashMap<(&str, Option<&str>), usize> = HashMap::new();
        let mut more: Vec<More<'_>> = Vec::new();
        for remark in of_file {
            if shown == IN_ALL {
                beyond += 1;
                continue;
            }
            let mut count = |message| {
                let count = counts.entry((remark.rule, message)).or_default();
                *count += 1;
                *count
            };
            let (same, of_rule) = (count(Some(&remark.message)), count(None));
            if same > SAME || of_rule > OF_RULE {
                More::note(&mut more, remark, report.place(remark));
                continue;
            }
            out.push_str(&drawn(report, remark, prefix, columns, &renderer));
            out.push_str("\n\n");
            shown += 1;
        }
        for more in more {
            out.push_str(&more.said(&format!("{prefix}{}", of_file[0].file)));
            out.push_str("\n\n");
        }
    }
    beyond += report.left_out;
    if beyond > 0 {
        let _ = write!(out, "note: {beyond} more are not shown; mend these first\n\n");
    }
    // Blocks stand apart from each other, and nothing stands below the last one.
    if out.ends_with("\n\n") {
        out.pop();
    }
    out
}

/// The last line: how much is wrong.
#[must_use]
pub fn summary(report: &Report) -> String {
    let minutes: u32 = report.lessons.iter().map(|lesson| lesson.minutes).fold(0, u32::saturating_add);
    // The policy and the glossary are among them, and no lessons to those who take the course.
    let lessons = format!(
        "{}, {} to read",
        counted(report.lessons.len(), "text", "texts"),
        counted(minutes as usize, "minute", "minutes")
    );
    match report.counts() {
        (0, 0) => format!("no faults; {lessons}"),
        (errors, warnings) => {
            format!(
                "{}, {}; {lessons}",
                counted(errors, "error", "errors"),
                counted(warnings, "warning", "warnings")
            )
        }
    }
}

/// Diagnostics of one rule in one file that are not shown.
struct More<'a> {
    rule: &'a str,
    count: usize,
    lines: Vec<usize>,
}

impl<'a> More<'a> {
    fn note(more: &mut Vec<Self>, remark: &'a Diagnostic, place: Option<(&Text, Region)>) {
        let index = more.iter().position(|more| more.rule == remark.rule).unwrap_or_else(|| {
            more.push(More { rule: remark.rule, count: 0, lines: Vec::new() });
            more.len() - 1
        });
        let entry = &mut more[index];
        entry.count += 1;
        if let Some((_, region)) = place
            && entry.lines.len() <= LINES_NAMED
            && entry.lines.last() != Some(&region.start.line)
        {
            entry.lines.push(region.start.line);
        }
    }

    fn said(&self, file: &str) -> String {
        let mut said = format!("note: {}: {} more of {}", Printable::new(file), self.count, self.rule);
        for (index, line) in self.lines.iter().take(LINES_NAMED).enumerate() {
            let _ = write!(said, "{}{line}", if index == 0 { ", on lines " } else { ", " });
        }
        if self.lines.len() > LINES_NAMED {
            said.push_str(" and further down");
        }
        said
    }
}

fn drawn(report: &Report, remark: &Diagnostic, prefix: &str, columns: usize, renderer: &Renderer) -> String {
    let level = match remark.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(Printable::new(&remark.message).to_string()).id(remark.rule);
    let mut group = Group::with_title(title);
    let path = Printable::new(&format!("{prefix}{}", remark.file)).to_string();
    let place = report.place(remark);
    match &place {
        Some((text, region)) => group = group.element(snippet(text, remark, *region, columns)),
        None => group = group.element(Origin::path(path.clone())),
    }
    if let Some(hint) = &remark.hint {
        group = group.element(Level::HELP.message(Printable::new(hint).to_string()));
    }
    let drawn = renderer.render(&[group]);
    match &place {
        Some((_, Region { start, .. })) => {
            with_place(&drawn, &format!("{path}:{}:{}", start.line, start.column))
        }
        None => drawn,
    }
}

/// Puts the place where its sign stands, instead of the line and column that the renderer thought of.
fn with_place(drawn: &str, place: &str) -> String {
    let Some((before, behind)) = drawn.split_once(PLACE) else { return drawn.to_owned() };
    let behind = behind.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
    [before, place, behind].concat()
}

/// The line that is wrong, and the other one if there is one. A span that goes on over lines is marked in its first.
fn snippet(
    text: &Text,
    remark: &Diagnostic,
    region: Region,
    columns: usize,
) -> Snippet<'static, annotate_snippets::Annotation<'static>> {
    /// Beyond so many lines, the other place is not shown; the message names it.
    const FAR: usize = 2_000;
    let span = remark.span.clone().unwrap_or_default();
    let here = region.start;
    let room = columns.saturating_sub(here.line.to_string().len() + 3);
    let beside = remark.beside.as_ref().map(|label| {
        (text.lines.position(&text.text, label.span.start), label.span.clone(), label.text.clone())
    });
    let beside = beside.filter(|(there, ..)| there.line.abs_diff(here.line) <= FAR);
    let marked = line_with(text, here, &span, room);
    let primary = |offset: usize, excerpt: &Excerpt| {
        AnnotationKind::Primary.span(offset + excerpt.span.start..offset + excerpt.span.end)
    };
    let Some((there, other, label)) = beside else {
        let annotation = primary(0, &marked);
        return Snippet::source(marked.text).line_start(here.line).path(PLACE).annotation(annotation);
    };
    let label = Printable::new(&label).to_string();
    if there.line == here.line {
        // Both in one line: what is seen of the other place depends on how much of the line is shown.
        let annotation = primary(0, &marked);
        let range = text.lines.range(&text.text, here.line);
        let same = within(&text.text[range.clone()], &other, range.start, &marked, &span);
        let mut snippet =
            Snippet::source(marked.text).line_start(here.line).path(PLACE).annotation(annotation);
        if let Some(same) = same {
            snippet = snippet.annotation(AnnotationKind::Context.span(same).label(label));
        }
        return snippet;
    }
    let context = line_with(text, there, &other, room);
    let first = here.line.min(there.line);
    let apart = here.line.abs_diff(there.line);
    // The renderer shows a single line between the two, and dots instead of several.
    let between = if apart == 2 {
        line_with(text, Position { line: first + 1, column: 1 }, &(0..0), room).text
    } else {
        String::new()
    };
    let gap = format!("\n{between}{}", "\n".repeat(apart - 1));
    let here_first = here.line < there.line;
    let (upper, lower) = if here_first { (&marked, &context) } else { (&context, &marked) };
    let source = format!("{}{gap}{}", upper.text, lower.text);
    let offset = upper.text.len() + gap.len();
    let (of_marked, of_context) = if here_first { (0, offset) } else { (offset, 0) };
    let annotation = primary(of_marked, &marked);
    let context = of_context + context.span.start..of_context + context.span.end;
    Snippet::source(source)
        .line_start(first)
        .path(PLACE)
        .annotation(annotation)
        .annotation(AnnotationKind::Context.span(context).label(label))
}

/// The line at `place` with `span` (bytes of the text) marked.
fn line_with(text: &Text, place: Position, span: &Range<usize>, room: usize) -> Excerpt {
    let range = text.lines.range(&text.text, place.line);
    let line = &text.text[range.clone()];
    let clip = |offset: usize| offset.saturating_sub(range.start).min(line.len());
    excerpt(line, &(clip(span.start)..clip(span.end)), room)
}

/// Where in an excerpt another span of its line stands, if the excerpt shows all of the line.
fn within(
    line: &str,
    other: &Range<usize>,
    start: usize,
    shown: &Excerpt,
    span: &Range<usize>,
) -> Option<Range<usize>> {
    /// More than this is cut on any screen.
    const WHOLE: usize = 1_000;
    if line.len() > WHOLE {
        return None;
    }
    let whole = |span: &Range<usize>| {
        let clip = |offset: usize| offset.saturating_sub(start).min(line.len());
        excerpt(line, &(clip(span.start)..clip(span.end)), WHOLE * TAB_OR_SIGN)
    };
    (whole(span).text == shown.text).then(|| whole(other).span)
}
