//! From printable text to styled lines: the only way by which text reaches a cell.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::markup::{self, AlertKind, Mark, Role};
use crate::printable::{self, Printable};
use crate::tui::theme::Theme;

/// Our own words.
#[must_use]
pub fn own(words: &'static str, style: Style) -> Span<'static> {
    Span::styled(words, style)
}

/// Words that may come from a file.
#[must_use]
pub fn shown(text: &Printable, style: Style) -> Span<'static> {
    Span::styled(text.as_str().to_owned(), style)
}

/// Words put together from our own and others.
#[must_use]
pub fn said(text: &str, style: Style) -> Span<'static> {
    shown(&Printable::new(text), style)
}

/// Words of a file that stand by themselves, such as a title or a name, in the order in which they are seen.
#[must_use]
pub fn title(text: &Printable, style: Style, theme: Theme) -> Span<'static> {
    if theme.bidi().is_ours() { shown(&markup::visual(text), style) } else { shown(text, style) }
}

/// A line of laid-out Markdown.
#[must_use]
pub fn line(line: &markup::Line, theme: Theme) -> Line<'static> {
    let spans = ordered(line, theme);
    Line::from(spans.iter().map(|span| shown(&span.text, style(span.style, theme))).collect::<Vec<_>>())
}

/// The spans of a line in the order in which they go into cells.
#[must_use]
pub fn ordered(line: &markup::Line, theme: Theme) -> Cow<'_, [markup::Span]> {
    if theme.bidi().is_ours() { line.visual() } else { Cow::Borrowed(&line.spans) }
}

/// Lines of laid-out Markdown.
#[must_use]
pub fn lines(lines: &[markup::Line], theme: Theme) -> Vec<Line<'static>> {
    lines.iter().map(|each| line(each, theme)).collect()
}

/// How a piece of Markdown looks.
#[must_use]
pub fn style(style: markup::Style, theme: Theme) -> Style {
    let base = match style.role {
        Role::Text | Role::Picture => theme.text(),
        Role::Heading(level) => theme.heading(level),
        Role::Code => theme.code(),
        Role::Quote | Role::Rule | Role::Table | Role::Muted => theme.muted(),
        Role::Alert(kind) => match kind {
            AlertKind::Note | AlertKind::Important => theme.accent(),
            AlertKind::Tip => theme.good(),
            AlertKind::Warning => theme.caution(),
            AlertKind::Caution => theme.bad(),
        }
        .add_modifier(Modifier::BOLD),
        Role::Marker | Role::Bar => theme.accent(),
        Role::TableHeader => theme.strong(),
        Role::Image => theme.caution(),
    };
    let base =
        if style.link.is_some() && style.role != Role::Marker { base.patch(theme.link()) } else { base };
    let wishes = [
        (style.strong, Modifier::BOLD),
        (style.emphasis, Modifier::ITALIC),
        (style.strike, Modifier::CROSSED_OUT),
    ];
    let base = wishes
        .into_iter()
        .filter(|(wished, _)| *wished)
        .fold(base, |base, (_, modifier)| base.add_modifier(modifier));
    match style.mark {
        Mark::None => base,
        Mark::Hit => base.patch(theme.hit()),
        Mark::Current => base.patch(theme.current_hit()),
    }
}

/// `text` in lines of at most `width` columns, broken at spaces, but not before a percent sign, and within words that
/// are wider.
#[must_use]
pub fn wrapped(text: &str, width: u16) -> Vec<Printable> {
    let text = Printable::new(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    breaks(&text, width).into_iter().map(|range| text.slice(range)).collect()
}

/// The first `rows` of a text in lines of at most `width` columns; where it goes on, `…` stands at the end of the last one.
#[must_use]
pub fn beginning(mut lines: Vec<Printable>, rows: usize, width: u16) -> Vec<Printable> {
    let goes_on = lines.len() > rows;
    lines.truncate(rows);
    if let Some(last) = lines.last_mut().filter(|_| goes_on) {
        *last = Printable::new(&format!("{last} …")).cut(width.into());
    }
    lines
}

/// How many of `height` rows what is said below a text or a question may take: that stays in sight.
#[must_use]
pub fn most_rows_below(height: usize) -> usize {
    height / 2
}

/// A rule of this width with words on it.
#[must_use]
pub fn rule(words: &str, width: u16) -> Printable {
    let begin = format!("── {words} ");
    let rest = usize::from(width).saturating_sub(printable::width(&begin));
    Printable::new(&(begin + &"─".repeat(rest)))
}

/// A path, a fingerprint or the like in lines of at most `width` columns, broken between folders, or else between the parts of a name,
/// and within parts that are wider.
#[must_use]
pub fn parted(value: &str, width: u16) -> Vec<Printable> {
    const FOLDERS: [char; 3] = ['/', '\\', ' '];
    const PARTS: [char; 5] = ['_', '-', '.', ':', ','];
    let is_wide = |part: &str| printable::width(part) > width.into();
    let mut lines: Vec<String> = Vec::new();
    for name in value.split_inclusive(FOLDERS) {
        let parts = if is_wide(name) { name.split_inclusive(PARTS).collect() } else { vec![name] };
        for (nth, part) in parts.into_iter().enumerate() {
            // A name with more than one line begins one; a part of it that is broken anyhow begins where the one before it ends.
            let goes_on = |line: &&mut String| {
                let begins = nth == 0 && is_wide(name);
                !begins && (is_wide(part) || printable::width(line) + printable::width(part) <= width.into())
            };
            match lines.last_mut().filter(goes_on) {
                Some(line) => line.push_str(part),
                None => lines.push(part.to_owned()),
            }
        }
    }
    lines.iter().flat_map(|line| broken(&Printable::new(line), width)).collect()
}

/// A text as it is, in pieces of at most `width` columns.
fn broken(text: &Printable, width: u16) -> Vec<Printable> {
    let mut pieces: Vec<Printable> = Vec::new();
    for grapheme in text.as_str().graphemes(true).map(Printable::new) {
        let fits = |piece: &&mut Printable| piece.width() + grapheme.width() <= width.into();
        match pieces.last_mut().filter(fits) {
            Some(piece) => piece.push(&grapheme),
            None => pieces.push(grapheme),
        }
    }
    pieces
}

/// Where lines of at most `width` columns begin and end in a text with no more than one space between its words; the space
/// at which a line is broken is in none of them. There is at least one line.
pub(super) fn breaks(text: &Printable, width: u16) -> Vec<Range<usize>> {
    let room = usize::from(width.max(1));
    let whole = text.as_str();
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut line = 0..0;
    let mut used = 0;
    for word in words(whole) {
        let wide = printable::width(&whole[word.clone()]);
        if used > 0 && used + 1 + wide <= room {
            line.end = word.end;
            used += 1 + wide;
            continue;
        }
        if used > 0 {
            lines.push(line);
        }
        (line, used) = (word.start..word.start, 0);
        for (at, grapheme) in whole[word.clone()].grapheme_indices(true) {
            let wide = printable::width(grapheme);
            if used + wide > room && !line.is_empty() {
                lines.push(line.clone());
                (line, used) = (word.start + at..word.start + at, 0);
            }
            line.end = word.start + at + grapheme.len();
            used += wide;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The words of a text; a percent sign belongs to its number.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices(' ').chain([(text.len(), "")]) {
        let start = words.last().map_or(0, |last| last.end + 1);
        match words.last_mut() {
            Some(number) if text[start..at].starts_with('%') => number.end = at,
            Some(_) | None => words.push(start..at),
        }
    }
    words
}

/// The same behind `sign` (ASCII), with the lines below the first as far in as that one.
#[must_use]
pub fn hanging(sign: &'static str, text: &str, width: u16) -> Vec<Printable> {
    let indent = u16::try_from(sign.len()).unwrap_or(width);
    let lines = wrapped(text, width.saturating_sub(indent));
    let lead = |nth: usize| if nth == 0 { sign.to_owned() } else { " ".repeat(sign.len()) };
    lines.iter().enumerate().map(|(nth, line)| Printable::new(&(lead(nth) + line.as_str()))).collect()
}

/// `text` in exactly `width` columns: cut off, or filled up with spaces.
#[must_use]
pub fn fitted(text: &str, width: usize) -> Printable {
    let mut fitted = Printable::new(text).cut(width);
    let missing = width.saturating_sub(fitted.width());
    fitted.push(&Printable::new(&" ".repeat(missing)));
    fitted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_to_left_text_is_turned_round_by_us_or_by_the_terminal() {
        let check = |bidi: markup::Bidi, expected: [&str; 2]| {
            let theme = Theme::PLAIN.with_bidi(bidi);
            let laid_out = markup::lines("אבג (1)", 10);
            let drawn: String = line(&laid_out[0], theme).spans.iter().map(|span| &*span.content).collect();
            let title = title(&Printable::new("אבג (1)"), Style::new(), theme);
            assert_eq!([drawn.as_str(), &title.content], expected);
        };
        check(markup::Bidi::Auto, ["   (1) גבא", "(1) גבא"]);
        check(markup::Bidi::App, ["   (1) גבא", "(1) גבא"]);
        check(markup::Bidi::Terminal, ["אבג (1)", "אבג (1)"]);
    }

    #[test]
    fn what_is_to_be_copied_is_broken_between_its_parts() {
        let check = |value: &str, width: u16, expected: &[&str]| {
            let lines: Vec<String> = parted(value, width).iter().map(ToString::to_string).collect();
            assert_eq!(lines, expected, "{value:?} at {width}");
        };
        check("/home/ada/My  Files/a_2026.json", 13, &["/home/ada/My ", " Files/", "a_2026.json"]);
        check("/home/E-0042_2026.json", 12, &["/home/", "E-0042_2026.", "json"]);
        check("sha256:0123456789", 12, &["sha256:", "0123456789"]);
        check("sha256:0123456789", 8, &["sha256:0", "12345678", "9"]);
        check("a:b", 80, &["a:b"]);
        check("", 80, &[]);
    }

    #[test]
    fn words_are_kept_whole_and_a_percent_sign_stays_with_its_number() {
        let check = |text: &str, width: u16, expected: &[&str]| {
            let lines: Vec<String> = wrapped(text, width).iter().map(ToString::to_string).collect();
            assert_eq!(lines, expected, "{text:?} at {width}");
        };
        check("", 10, &[""]);
        check("one  two three", 7, &["one two", "three"]);
        check("unbreakable", 4, &["unbr", "eaka", "ble"]);
        check("16 points; 80 % are needed", 13, &["16 points;", "80 % are", "needed"]);
        check("80 %", 3, &["80 ", "%"]);
        check("% of all", 10, &["% of all"]);
    }
}
