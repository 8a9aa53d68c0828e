//! Sentences with names and other words of strangers in them, in the order in which they are seen: each of them goes its own
//! way, the sentence from left to right.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::markup::Mixed;
use crate::phrase::{Part, Phrase};
use crate::printable::Printable;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// A phrase in lines of at most `width` columns.
#[must_use]
pub fn wrapped(phrase: &Phrase, width: u16, theme: Theme) -> Vec<Printable> {
    let Joined { text, values } = Joined::of(phrase);
    let lines = text::breaks(&text, width);
    if !theme.bidi().is_ours() {
        return lines.into_iter().map(|line| text.slice(line)).collect();
    }
    let mixed = Mixed::new(text, &values);
    lines.into_iter().map(|line| mixed.visual(line)).collect()
}

/// The same in one style.
#[must_use]
pub fn lines(phrase: &Phrase, width: u16, style: Style, theme: Theme) -> Vec<Line<'static>> {
    wrapped(phrase, width, theme).iter().map(|part| Line::from(text::shown(part, style))).collect()
}

/// A phrase in at most `width` columns of one line, cut off where it is longer.
#[must_use]
pub fn cut(phrase: &Phrase, width: usize, theme: Theme) -> Printable {
    let Joined { text, mut values } = Joined::of(phrase);
    let text = if text.width() <= width {
        text
    } else {
        let kept = text.cut(width);
        // `…` belongs to what goes on there.
        let end = kept.as_str().strip_suffix('…').map_or(0, str::len);
        values.retain(|value| value.start < end);
        values.iter_mut().filter(|value| value.end > end).for_each(|value| value.end = kept.as_str().len());
        kept
    };
    if !theme.bidi().is_ours() {
        return text;
    }
    let end = text.as_str().len();
    Mixed::new(text, &values).visual(0..end)
}

/// The same in one style.
#[must_use]
pub fn line(phrase: &Phrase, width: usize, style: Style, theme: Theme) -> Line<'static> {
    Line::from(text::shown(&cut(phrase, width, theme), style))
}

/// A phrase in exactly `width` columns: cut off, or filled up with spaces.
#[must_use]
pub fn cell(phrase: &Phrase, width: usize, style: Style, theme: Theme) -> Span<'static> {
    let mut words = cut(phrase, width, theme);
    let missing = width.saturating_sub(words.width());
    words.push(&Printable::new(&" ".repeat(missing)));
    text::shown(&words, style)
}

/// How many columns a phrase takes in one line.
#[must_use]
pub fn width(phrase: &Phrase) -> usize {
    Joined::of(phrase).text.width()
}

/// A phrase as one text, in which the words of others have no more than one space between them and none at their ends.
struct Joined {
    text: Printable,
    /// Where the words of others stand.
    values: Vec<Range<usize>>,
}

impl Joined {
    fn of(phrase: &Phrase) -> Self {
        let mut joined = Self { text: Printable::default(), values: Vec::new() };
        for part in phrase.parts() {
            let start = joined.text.as_str().len();
            match part {
                Part::Own(words) => joined.text.push(&Printable::new(words)),
                Part::Value(words) => {
                    // Spaces alone: what else is white (a line break, a tab, U+0085) is shown as what it is.
                    let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
                    let words = words.join(" ");
                    joined.text.push(&Printable::new(&words));
                    joined.values.push(start..joined.text.as_str().len());
                }
            }
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Bidi;

    fn person(name: &str, number: &str) -> Phrase {
        Phrase::new().value(name).own(" (").value(number).own(")")
    }

    fn shown(lines: &[Printable]) -> Vec<String> {
        lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_name_does_not_turn_what_stands_beside_it() {
        let theme = Theme::PLAIN;
        assert_eq!(shown(&wrapped(&person("אבג", "0007"), 40, theme)), ["גבא (0007)"]);
        assert_eq!(cut(&person("אבג", "0007"), 40, theme).as_str(), "גבא (0007)");
        // Where the terminal orders text itself, it gets what is read.
        let theme = theme.with_bidi(Bidi::Terminal);
        assert_eq!(shown(&wrapped(&person("אבג", "0007"), 40, theme)), ["אבג (0007)"]);
        assert_eq!(cut(&person("אבג", "0007"), 40, theme).as_str(), "אבג (0007)");
    }

    #[test]
    fn a_name_over_two_lines_is_read_from_its_side_in_both() {
        let phrase = Phrase::new().own("by ").value("אבג דהו").own(": yes");
        assert_eq!(shown(&wrapped(&phrase, 6, Theme::PLAIN)), ["by גבא", "והד:", "yes"]);
    }

    #[test]
    fn what_is_cut_off_goes_on_where_its_reader_would_look() {
        let check = |phrase: Phrase, width: usize, expected: &str| {
            let cell = cell(&phrase, width, Style::new(), Theme::PLAIN);
            assert_eq!(cell.content, expected);
        };
        check(Phrase::from("אבגדה"), 4, "…גבא");
        check(Phrase::from("abcde"), 4, "abc…");
        check(Phrase::new().value("אבג").own(" (on leave)"), 6, "גבא (…");
        check(Phrase::from("אבג"), 5, "גבא  ");
        check(Phrase::from("אבג"), 0, "");
    }

    #[test]
    fn what_strangers_wrote_is_defused_and_kept_apart() {
        let check = |name: &str, number: &str, expected: &str| {
            assert_eq!(cut(&person(name, number), 80, Theme::PLAIN).as_str(), expected);
        };
        check("a\u{2068}\u{1b}[2J", "\u{301}\u{2069}7", "a<U+2068><U+001B>[2J (<U+0301><U+2069>7)");
        // They were blanks, and `Ada\nByron` was `Ada Byron`.
        check("Ada\nByron", "\t7", "Ada<U+000A>Byron (<U+0009>7)");
        check("Ada\u{85}Byron\u{2028}", "7\r", "Ada<U+0085>Byron<U+2028> (7<U+000D>)");
        check("  Ada   Byron ", "7", "Ada Byron (7)");
    }
}
