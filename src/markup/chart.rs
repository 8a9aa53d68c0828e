//! Bar charts: a code block of labels and numbers that is drawn as bars, said as a list and written as a table.
//!
//! The bars are characters like all other text of a lesson, not a widget of the terminal library: so they are laid out at
//! any width, stand in quotes and lists, scroll by lines, and are tested by what they say. Numbers are shown as they were
//! written; only lengths are reckoned, in whole eighths of a cell.

mod draw;

use std::fmt::Write as _;
use std::ops::Range;

use super::Style;
use super::wrap::{Run, RunKind};
use crate::printable::Printable;

/// What stands behind the fence of a chart.
const INFO: &str = "chart";
/// More bars than that are a table.
const MOST_BARS: usize = 40;
/// A longer block is no chart, in bytes.
const MOST_BYTES: usize = 8 * 1024;
/// Digits before the point. Together with those behind it a value fits into 64 bits.
const MOST_DIGITS: usize = 12;
/// Digits behind the point.
const MOST_DECIMALS: usize = 6;

/// Labels and numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Chart {
    /// What the bars are about, if that is said.
    title: String,
    /// Where these words stand in the source.
    title_at: usize,
    /// What the numbers count, if that is said.
    unit: String,
    /// At least one.
    bars: Vec<Bar>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Bar {
    label: String,
    /// The number as it was written.
    written: String,
    /// The same in units of its last possible decimal.
    size: u64,
    /// Where it begins in the source.
    offset: usize,
    /// Where its label and its number stand there.
    label_at: usize,
    value_at: usize,
}

impl Bar {
    fn label_run(&self) -> Run {
        Run::new(self.label.as_str(), Style::default(), self.label_at)
    }
}

/// How many bytes of white space a text begins with.
fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Why a block of code that is called a chart is none; it is shown as code then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartFault {
    /// Where in the source the line stands, in bytes; without its line end.
    pub place: Range<usize>,
    /// What is wrong. The text may hold anything that the line held.
    pub message: String,
    /// What to do.
    pub hint: &'static str,
}

/// The lines of a block of code, put together from the pieces that the parser gives.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines {
    text: String,
    /// Where each line begins, in the text and in the source.
    begins: Vec<(usize, usize)>,
    /// The next piece begins a line.
    open: bool,
}

impl Lines {
    /// Appends a piece that stands at `offset` in the source.
    pub(super) fn push(&mut self, piece: &str, offset: usize) {
        let mut within = 0;
        for line in piece.split_inclusive('\n') {
            if !self.open {
                self.begins.push((self.text.len(), offset + within));
            }
            self.text.push_str(line);
            self.open = !line.ends_with('\n');
            within += line.len();
        }
    }

    /// What was collected, as it is shown where it is no chart.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where the first line begins in the source.
    pub(super) fn offset(&self) -> Option<usize> {
        self.begins.first().map(|(_, offset)| *offset)
    }

    fn each(&self) -> impl Iterator<Item = (&str, usize)> {
        let ends = self.begins.iter().skip(1).map(|(start, _)| *start).chain([self.text.len()]);
        self.begins
            .iter()
            .zip(ends)
            .map(|(&(start, offset), end)| (self.text[start..end].trim_end_matches(['\n', '\r']), offset))
    }
}

/// Whether the words behind a fence call the block a chart.
pub(super) fn is_chart(info: &str) -> bool {
    info.split_whitespace().next() == Some(INFO)
}

/// Whether a block of code was meant for a chart and is none because of its capitals.
pub(super) fn is_misspelt(info: &str) -> bool {
    !is_chart(info) && info.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case(INFO))
}

/// Reads the lines of a block.
///
/// # Errors
/// With everything that is wrong with it, from top to bottom.
pub(super) fn read(lines: &Lines) -> Result<Chart, Vec<ChartFault>> {
    let whole = || {
        let (start, end) = (lines.begins.first(), lines.begins.last());
        let start = start.map_or(0, |(_, offset)| *offset);
        start..end.map_or(start, |(at, offset)| offset + lines.text[*at..].trim_end().len())
    };
    if lines.text.len() > MOST_BYTES {
        let message =
            format!("{} bytes are too many for a chart, {MOST_BYTES} is the limit", lines.text.len());
        return Err(vec![ChartFault { place: whole(), message, hint: "shorten it, or write a table" }]);
    }
    let (mut chart, mut faults) = (Chart::default(), Vec::new());
    for (line, offset) in lines.each().filter(|(line, _)| !line.trim().is_empty()) {
        if let Err((message, hint)) = chart.take(line, offset) {
            faults.push(ChartFault { place: offset..offset + line.len(), message, hint });
        }
    }
    if chart.bars.len() > MOST_BARS {
        let message = format!("{} bars are too many to compare, {MOST_BARS} is the limit", chart.bars.len());
        faults.push(ChartFault { place: whole(), message, hint: "show the longest ones, or write a table" });
    }
    if chart.bars.is_empty() && faults.is_empty() {
        let message = "this chart has no bar".to_owned();
        faults.push(ChartFault {
            place: whole(),
            message,
            hint: "write lines such as `Before the course: 12`",
        });
    }
    if faults.is_empty() { Ok(chart) } else { Err(faults) }
}

type Wrong = (String, &'static str);

impl Chart {
    fn take(&mut self, line: &str, offset: usize) -> Result<(), Wrong> {
        // A label may have colons of its own: `10:30`.
        let Some((label, value)) = line.rsplit_once(':') else {
            let message = "this line of a chart has no colon between label and number".to_owned();
            return Err((message, "write it as `label: 12`"));
        };
        let label_at = offset + blanks(label);
        let value_at = offset + label.len() + 1 + blanks(value);
        let (label, value) = (label.trim(), value.trim());
        if self.bars.is_empty()
            && let Some((name, words)) = heading(line)
        {
            if name == "title" {
                self.title_at =
                    offset + line.find(':').map_or(0, |colon| colon + 1 + blanks(&line[colon + 1..]));
            }
            let field = if name == "title" { &mut self.title } else { &mut self.unit };
            if !std::mem::replace(field, words.to_owned()).is_empty() {
                return Err((format!("this chart has a second {name}"), "leave one of the two out"));
            }
            return Ok(());
        }
        if label.is_empty() {
            return Err(("this bar has no label".to_owned(), "say before the colon what the number counts"));
        }
        let size = number(value).map_err(|hint| (format!("`{value}` is no number for a bar"), hint))?;
        let (label, written) = (label.to_owned(), value.to_owned());
        self.bars.push(Bar { label, written, size, offset, label_at, value_at });
        Ok(())
    }

    /// The number of a bar with what it counts.
    fn value(&self, bar: &Bar) -> String {
        if self.unit.is_empty() { bar.written.clone() } else { format!("{} {}", bar.written, self.unit) }
    }

    /// What is shown of it and looked for: its title, then of each bar label and number.
    pub(super) fn texts(&self) -> Vec<Vec<Run>> {
        let title = (!self.title.is_empty()).then(|| vec![self.title_run()]);
        let bars = self.bars.iter().map(|bar| vec![bar.label_run(), self.value_run(bar)]);
        title.into_iter().chain(bars).collect()
    }

    fn title_run(&self) -> Run {
        let style = Style { strong: true, ..Style::default() };
        Run::new(self.title.as_str(), style, self.title_at)
    }

    fn value_run(&self, bar: &Bar) -> Run {
        let kind = if self.unit.is_empty() { RunKind::Text } else { RunKind::Rewritten };
        let style = Style { strong: true, ..Style::default() };
        Run { kind, ..Run::new(self.value(bar), style, bar.value_at) }
    }

    /// What it is, in words, and then every bar.
    pub(super) fn said(&self) -> (String, Vec<(String, usize)>) {
        let bars =
            if self.bars.len() == 1 { "1 bar".to_owned() } else { format!("{} bars", self.bars.len()) };
        let mut lead = format!("Chart, {bars}");
        if !self.title.is_empty() {
            let _ = write!(lead, ". {}", self.title);
        }
        lead.push(if lead.ends_with(['.', '!', '?']) { ' ' } else { ':' });
        let bars = self.bars.iter().map(|bar| (format!("{}: {}", bar.label, self.value(bar)), bar.offset));
        (lead.trim_end().to_owned(), bars.collect())
    }

    /// As a table for a page.
    pub(super) fn html(&self) -> String {
        let text = |words: &str| Printable::new(words).to_html();
        let mut out = String::from("<table class=\"chart\">\n");
        if !self.title.is_empty() {
            let _ = writeln!(out, "<caption>{}</caption>", text(&self.title));
        }
        for bar in &self.bars {
            let (label, value) = (text(&bar.label), text(&self.value(bar)));
            let _ = writeln!(out, "<tr><th scope=\"row\">{label}</th><td>{value}</td></tr>");
        }
        out + "</table>\n"
    }
}

/// `title: words` or `unit: words`, as they stand above the bars.
fn heading(line: &str) -> Option<(&str, &str)> {
    let (name, words) = line.split_once(':')?;
    let (name, words) = (name.trim(), words.trim());
    (matches!(name, "title" | "unit") && !words.is_empty()).then_some((name, words))
}

/// What a number comes to in its smallest units, or what to do about it.
fn number(written: &str) -> Result<u64, &'static str> {
    let (whole, decimals) = written.split_once('.').unwrap_or((written, "0"));
    let digits =
        |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole, MOST_DIGITS) || !digits(decimals, MOST_DECIMALS) {
        let begins = written.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit());
        return Err(if written.starts_with('-') {
            "a bar cannot be shorter than nothing; write such numbers in a table"
        } else if begins && written.contains(',') {
            "write digits alone, with a point before decimals: `1200`, `12.5`"
        } else if begins && written.trim_end().ends_with(|c: char| !c.is_ascii_digit()) {
            "name what the numbers count once, in a line `unit: %` above the bars"
        } else {
            "write digits, with a point before decimals: `12`, `12.5`; at most 12 before it and 6 behind"
        });
    }
    let scaled = format!("{whole}{decimals:0<MOST_DECIMALS$}");
    Ok(scaled.parse().expect("18 digits fit into 64 bits"))
}

#[cfg(test)]
mod tests;
