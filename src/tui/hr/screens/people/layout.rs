//! The columns of the list of people, as many as the screen is wide enough for.

use ratatui::text::{Line, Span};

use super::Message;
use crate::printable::Printable;
use crate::registry::listing::search::ASKED_NOTHING;
use crate::registry::listing::{Column, Direction, Listed, Order};
use crate::registry::row::Membership;
use crate::report::figures::grouped;
use crate::tui::hr::{Look, words};
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Before the first column stands the sign of the selected row.
const LEAD: u16 = 2;
/// The longest state, with its sign: `✗ overdue 1,234 d`, `… in progress unknown`.
const STATE: u16 = 21;
/// The same where the room is short.
const SHORT_STATE: u16 = 15;
const DATE: u16 = 10;

/// Columns and how wide they are; a cell stays free behind each.
#[derive(Debug, Clone)]
pub(super) struct Layout(Vec<(Column, u16)>);

impl Layout {
    pub(super) fn new(width: u16) -> Self {
        let mut columns: Vec<(Column, u16)> = match width {
            0..60 => vec![(Column::Name, 0), (Column::Course, 8), (Column::State, SHORT_STATE)],
            60..80 => vec![
                (Column::Number, 8),
                (Column::Name, 0),
                (Column::Course, 10),
                (Column::State, SHORT_STATE),
                (Column::Date, DATE),
            ],
            80..104 => vec![
                (Column::Number, 9),
                (Column::Name, 0),
                (Column::Course, 13),
                (Column::State, STATE),
                (Column::Date, DATE),
            ],
            _ => vec![
                (Column::Number, 9),
                (Column::Name, 0),
                (Column::Department, 16),
                (Column::Course, 18),
                (Column::State, STATE),
                (Column::Date, DATE),
            ],
        };
        if width >= 124 {
            columns.insert(3, (Column::Role, 14));
        }
        let taken: u16 = columns.iter().map(|(_, width)| width + 1).sum();
        let name = width.saturating_sub(LEAD + taken);
        for (column, width) in &mut columns {
            if *column == Column::Name {
                *width = name;
            }
        }
        Self(columns)
    }

    /// The columns from left to right.
    pub(super) fn columns(&self) -> Vec<Column> {
        self.0.iter().map(|(column, _)| *column).collect()
    }

    /// The names of the columns; a click sorts by one.
    pub(super) fn draw_header(&self, order: Order, row: u16, theme: Theme, pane: &mut Pane<'_, Message>) {
        let mut left = LEAD;
        for (column, width) in &self.0 {
            let sorted = order.column == *column;
            let sign = match order.direction {
                Direction::Down => "▲",
                Direction::Up => "▼",
            };
            let words = if sorted { format!("{}{sign}", column.word()) } else { column.word().to_owned() };
            let style = if sorted { theme.strong() } else { theme.muted() };
            let words = Printable::new(&words).cut((*width).into());
            pane.line(left, row, &Line::from(text::shown(&words, style)));
            pane.hit(left..left.saturating_add(*width), row, Message::SortBy(*column));
            left = left.saturating_add(width + 1);
        }
    }

    /// A row.
    pub(super) fn cells(&self, listed: &Listed<'_>, look: Look) -> Vec<Span<'static>> {
        let mut spans = Vec::with_capacity(2 * self.0.len());
        for (column, width) in &self.0 {
            let width = usize::from(*width);
            let (words, style) = match column {
                Column::Number => (listed.number().to_owned(), look.theme.text()),
                Column::Name => (name(listed), look.theme.text()),
                Column::Department => said(listed.department(), look.theme),
                Column::Role => said(listed.role(), look.theme),
                Column::Course => (listed.course().to_owned(), look.theme.text()),
                Column::State => {
                    let style = listed.kind().map(|kind| words::style(kind, look.theme));
                    (state(listed, width), style.unwrap_or(look.theme.muted()))
                }
                Column::Date => {
                    let day = listed.date().map(|at| look.calendar.day(at).to_string());
                    (day.unwrap_or_default(), look.theme.text())
                }
            };
            spans.push(text::shown(&text::fitted(&words, width), style));
            spans.push(text::own(" ", look.theme.text()));
        }
        spans
    }
}

/// The name with what somebody is, unless they are at work.
fn name(listed: &Listed<'_>) -> String {
    let name = if listed.name().is_empty() { listed.number() } else { listed.name() };
    match listed.member() {
        Membership::Active => name.to_owned(),
        // In front: behind a long name it would not be seen.
        member @ (Membership::Away | Membership::Gone | Membership::Unlisted) => {
            format!("({}) {name}", member.words())
        }
    }
}

fn said(text: Option<&str>, theme: Theme) -> (String, ratatui::style::Style) {
    (text.unwrap_or_default().to_owned(), theme.text())
}

fn state(listed: &Listed<'_>, width: usize) -> String {
    let Some(kind) = listed.kind() else { return ASKED_NOTHING.to_owned() };
    let sign = words::sign(kind);
    match listed.days_late() {
        Some(days) => format!("{sign} overdue {} d", grouped(days)),
        None if width >= usize::from(STATE) => format!("{sign} {}", kind.words()),
        None => format!("{sign} {}", words::short(kind)),
    }
}
