//! The lines above the list of people: how many there are of each state, and who stands beside the list.

use ratatui::text::{Line, Span};

use crate::printable::Printable;
use crate::registry::row::{Membership, Rowless};
use crate::registry::status::Kind;
use crate::registry::summary::counts::Counts;
use crate::report::figures::{counted, grouped, percent};
use crate::tui::hr::words;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Below so many columns words are shorter.
pub(super) const NARROW: u16 = 60;

/// Who is told of beside people at work.
#[derive(Debug, Clone, Copy)]
pub(super) enum Beside {
    /// Nobody.
    Nobody,
    /// Those who have no row on the list.
    WithoutRow(Rowless),
    /// Those who stand on the list with a sign before their name.
    Among(Rowless),
}

/// How many there are of each state that anybody has, how much of all is complete, who has no row or which sign, and how many
/// rows found no room in memory, in lines.
pub(super) fn lines(
    counts: &Counts,
    beside: Beside,
    left_out: u64,
    width: u16,
    theme: Theme,
) -> Vec<Line<'static>> {
    let narrow = width < NARROW;
    let (word, gap): (fn(Kind) -> &'static str, _) =
        if narrow { (words::short, " ") } else { (Kind::words, "  ") };
    // Not of all people: most may be asked for nothing.
    let asked_nothing = match beside {
        Beside::WithoutRow(rowless) => rowless.asked_nothing,
        Beside::Nobody | Beside::Among(_) => 0,
    };
    let of = if asked_nothing > 0 { " of what is asked" } else { "" };
    let share = format!("= {} complete{of}", percent(counts.complete(), counts.total()));
    let parts = counts
        .each()
        .filter(|(_, number)| *number > 0)
        .map(|(kind, number)| {
            let words = format!("{} {} {}", words::sign(kind), grouped(number), word(kind));
            (words, words::style(kind, theme))
        })
        .chain((counts.total() > 0).then_some((share, theme.strong())));
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut used = 0;
    let mut spans: Vec<Span<'static>> = Vec::new();
    for (words, style) in parts {
        let words = Printable::new(&words).cut(width.into());
        if !spans.is_empty() && used + gap.len() + words.width() > usize::from(width) {
            lines.push(Line::from(std::mem::take(&mut spans)));
            used = 0;
        }
        if !spans.is_empty() {
            spans.push(text::own(gap, theme.text()));
            used += gap.len();
        }
        used += words.width();
        spans.push(text::shown(&words, style));
    }
    lines.push(Line::from(spans));
    let said = match beside {
        Beside::Nobody => Vec::new(),
        Beside::WithoutRow(rowless) => {
            rowless.each().map(|(number, words)| format!("{} {words}", grouped(number))).collect()
        }
        Beside::Among(rowless) => rowless.members().map(|(member, _)| with_sign(member)).collect::<Vec<_>>(),
    };
    let lead = match beside {
        Beside::WithoutRow(_) => "without a row: ",
        Beside::Nobody | Beside::Among(_) => "",
    };
    let not_held =
        (left_out > 0).then(|| format!("{} more than can be held", counted(left_out, "row", "rows")));
    let told = (!said.is_empty()).then(|| format!("{lead}{}", said.join(", ")));
    for words in told.into_iter().chain(not_held) {
        // Where the room is short, rows are worth more than the rest of the sentence.
        let most = if narrow { 1 } else { usize::MAX };
        let wrapped = text::wrapped(&words, width).into_iter().take(most);
        lines.extend(wrapped.map(|line| Line::from(text::shown(&line, theme.text()))));
    }
    lines
}

/// `« left`
fn with_sign(member: Membership) -> String {
    format!("{} {}", words::member_sign(member), member.words())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// They were counted and told to nobody.
    #[test]
    fn rows_that_found_no_room_are_told() {
        let told = |left_out| {
            let lines = lines(&Counts::default(), Beside::Nobody, left_out, 80, Theme::PLAIN);
            lines.iter().map(ToString::to_string).collect::<String>()
        };
        assert_eq!(told(0), "");
        assert_eq!(told(1_200), "1,200 rows more than can be held");
    }
}
