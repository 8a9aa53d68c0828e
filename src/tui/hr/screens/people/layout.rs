//! The columns of the list of people: as many as there is room for, each as wide as its texts need.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Message;
use crate::phrase::Phrase;
use crate::printable::Printable;
use crate::registry::listing::search::ASKED_NOTHING;
use crate::registry::listing::widths::Widths;
use crate::registry::listing::{Column, Direction, Listed, Order};
use crate::registry::row::Membership;
use crate::report::figures::grouped;
use crate::tui::hr::{Look, words};
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::{phrases, text};

/// Before the first column stands the sign of the selected row.
const LEAD: u16 = 2;
/// The longest state, with its sign: `✗ overdue 1,234 d`, `◐ in progress unknown`.
const STATE: u16 = 21;
/// The same where the room is short.
const SHORT_STATE: u16 = 15;
/// `until 2027-01-21`.
const DATE: u16 = 16;
/// Which columns are there first when the room is short.
const IMPORTANCE: [Column; 7] = [
    Column::Name,
    Column::State,
    Column::Course,
    Column::Number,
    Column::Department,
    Column::Date,
    Column::Role,
];

/// Columns and how wide they are; a cell stays free behind each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    columns: Vec<(Column, u16)>,
    left_out: Vec<Column>,
    /// Whether nothing of any row is left out or cut off.
    whole: bool,
}

/// How wide a column may be, in cells.
#[derive(Debug, Clone, Copy)]
struct Need {
    /// Less is of no use.
    least: u16,
    /// Nearly all texts fit.
    most: u16,
    /// All texts fit.
    widest: u16,
}

impl Need {
    fn of(column: Column, widths: &Widths) -> Self {
        // The word above a column with the sign of the order; below it the least that tells texts apart.
        let heading = u16::try_from(column.word().len() + 1).unwrap_or(u16::MAX);
        let least = match column {
            Column::Name => 12,
            Column::Number | Column::Department => heading,
            Column::Role | Column::Course => 8,
            Column::State => return Self { least: SHORT_STATE, most: SHORT_STATE, widest: SHORT_STATE },
            Column::Date => return Self { least: DATE, most: DATE, widest: DATE },
        };
        let width = widths.of(column).unwrap_or_default();
        let widest = width.widest.max(heading);
        Self { least: least.min(widest), most: width.most.max(heading).max(least.min(widest)), widest }
    }
}

/// Gives free cells to columns that want more, and says how many are left. Until all have three quarters of what they want,
/// the one that has the smallest part of it comes first; then the one that misses least, so that as many as can be are whole.
fn share_out(columns: &mut [(Column, u16, Need)], mut free: u16, wanted: impl Fn(Need) -> u16) -> u16 {
    let urgency = |(_, width, need): &&mut (Column, u16, Need)| {
        let part = u32::from(*width) * 100 / u32::from(wanted(*need).max(1));
        let missing = u32::from(wanted(*need) - *width);
        if part < 75 { (0, part) } else { (1, missing) }
    };
    while free > 0 {
        let wanting = columns.iter_mut().filter(|(_, width, need)| *width < wanted(*need));
        let Some((_, width, _)) = wanting.min_by_key(urgency) else { break };
        *width += 1;
        free -= 1;
    }
    free
}

impl Layout {
    /// As many columns as `width` has room for, on a list whose texts are so wide.
    pub(super) fn new(width: u16, widths: &Widths) -> Self {
        let mut free = width.saturating_sub(LEAD);
        let (mut chosen, mut left_out) = (Vec::new(), Vec::new());
        for column in IMPORTANCE {
            // Where nobody has one, there is nothing to show and nothing to miss.
            if widths.of(column).is_some_and(|width| width.widest == 0) {
                continue;
            }
            let need = Need::of(column, widths);
            // What matters least takes no room from the others.
            let wanting: u16 = chosen.iter().map(|(_, width, need): &(_, u16, Need)| need.most - width).sum();
            let spared = if column == Column::Role { wanting } else { 0 };
            if chosen.len() < 2 || need.least.saturating_add(spared) < free {
                free = free.saturating_sub(need.least + 1);
                chosen.push((column, need.least, need));
            } else {
                left_out.push(column);
            }
        }
        // First what nearly everybody needs, then what somebody needs.
        for wanted in [|need: Need| need.most, |need: Need| need.widest] {
            free = share_out(&mut chosen, free, wanted);
        }
        // Between the short and the long words there are none.
        for (_, width, _) in chosen.iter_mut().filter(|(column, ..)| *column == Column::State) {
            *width = if free >= STATE - SHORT_STATE { STATE } else { *width };
        }
        let whole = left_out.is_empty() && chosen.iter().all(|(_, width, need)| *width >= need.widest);
        chosen.sort_unstable_by_key(|(column, ..)| *column);
        left_out.sort_unstable();
        Self {
            columns: chosen.into_iter().map(|(column, width, _)| (column, width)).collect(),
            left_out,
            whole,
        }
    }

    /// The columns from left to right.
    pub(super) fn columns(&self) -> Vec<Column> {
        self.columns.iter().map(|(column, _)| *column).collect()
    }

    /// For which columns there is no room.
    pub(super) fn left_out(&self) -> &[Column] {
        &self.left_out
    }

    /// Whether nothing of any row is left out or cut off.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    /// The names of the columns; a click sorts by one. Behind them stands how many there is no room for, and by which of these
    /// the list is sorted.
    pub(super) fn draw_header(&self, order: Order, row: u16, theme: Theme, pane: &mut Pane<'_, Message>) {
        let (mut left, mut behind) = (LEAD, LEAD);
        let sign = match order.direction {
            Direction::Down => "▲",
            Direction::Up => "▼",
        };
        for (column, width) in &self.columns {
            let sorted = order.column == *column;
            let words = if sorted { format!("{}{sign}", column.word()) } else { column.word().to_owned() };
            let style = if sorted { theme.strong() } else { theme.muted() };
            let words = Printable::new(&words).cut((*width).into());
            pane.line(left, row, &Line::from(text::shown(&words, style)));
            pane.hit(left..left.saturating_add(*width), row, Message::SortBy(*column));
            behind = left.saturating_add(u16::try_from(words.width()).unwrap_or(*width) + 1);
            left = left.saturating_add(width + 1);
        }
        if !self.left_out.is_empty() {
            let number = format!("+{}", self.left_out.len());
            let sorted = self.left_out.iter().find(|column| **column == order.column);
            let words = sorted.map_or(number.clone(), |column| format!("{number}{sign}{}", column.word()));
            let room = pane.area().width.saturating_sub(1);
            let words = Printable::new(&words).cut(room.saturating_sub(behind).into());
            let column = room.saturating_sub(u16::try_from(words.width()).unwrap_or(room));
            pane.line(column, row, &Line::from(text::shown(&words, theme.muted())));
        }
    }

    /// A row.
    pub(super) fn cells(&self, listed: &Listed<'_>, look: Look) -> Vec<Span<'static>> {
        let mut spans = Vec::with_capacity(2 * self.columns.len());
        for (column, width) in &self.columns {
            let width = usize::from(*width);
            let words = said(*column, listed, look, width);
            spans.push(phrases::cell(&words, width, style(*column, listed, look.theme), look.theme));
            spans.push(text::own(" ", look.theme.text()));
        }
        spans
    }

    /// What of a row the columns do not show, or not whole.
    pub(super) fn missing(&self, listed: &Listed<'_>, look: Look) -> Phrase {
        let cut = self.columns.iter().filter(|(column, width)| {
            let width = usize::from(*width);
            // A sign before a name is not what it stands for.
            let whole = if *column == Column::Name { usize::MAX } else { width };
            phrases::width(&said(*column, listed, look, whole)) > width
        });
        let columns = cut.map(|(column, _)| *column).chain(self.left_out.iter().copied());
        let texts = columns.map(|column| said(column, listed, look, usize::MAX));
        let texts = texts.filter(|text| phrases::width(text) > 0);
        texts.enumerate().fold(
            Phrase::new(),
            |all, (place, text)| {
                if place == 0 { text } else { all.own(", ").then(text) }
            },
        )
    }
}

fn style(column: Column, listed: &Listed<'_>, theme: Theme) -> Style {
    match column {
        Column::State => listed.kind().map_or(theme.muted(), |kind| words::style(kind, theme)),
        Column::Number | Column::Name | Column::Department | Column::Role | Column::Course | Column::Date => {
            theme.text()
        }
    }
}

/// What a column says of a row in so many cells.
fn said(column: Column, listed: &Listed<'_>, look: Look, width: usize) -> Phrase {
    match column {
        Column::Number => Phrase::from(listed.number()),
        Column::Name => name(listed, width),
        Column::Department => Phrase::from(listed.department().unwrap_or_default()),
        Column::Role => Phrase::from(listed.role().unwrap_or_default()),
        Column::Course => Phrase::from(listed.course()),
        Column::State => Phrase::new().own(state(listed, width)),
        Column::Date => Phrase::new().own(words::date(listed, look.calendar)),
    }
}

/// The name with what somebody is, unless they are at work: in words behind it, or by a sign before it where there is no room
/// for them. So nothing of a name is lost to it.
fn name(listed: &Listed<'_>, width: usize) -> Phrase {
    let name = if listed.name().is_empty() { listed.number() } else { listed.name() };
    match listed.member() {
        Membership::Active => Phrase::from(name),
        member @ (Membership::Away | Membership::ToCome | Membership::Gone | Membership::Unlisted) => {
            let whole = Phrase::from(name).own(format!(" ({})", member.words()));
            if phrases::width(&whole) <= width {
                return whole;
            }
            Phrase::new().own(format!("{} ", words::member_sign(member))).value(name)
        }
    }
}

fn state(listed: &Listed<'_>, width: usize) -> String {
    let Some(kind) = listed.kind() else {
        return if width >= ASKED_NOTHING.len() { ASKED_NOTHING } else { "nothing asked" }.to_owned();
    };
    let sign = words::sign(kind);
    match listed.days_late() {
        Some(days) => {
            let words = format!("{sign} overdue {} d", grouped(days));
            // Years do not fit into a narrow column, and how many they are must not be cut off.
            if words.chars().count() <= width { words } else { format!("{sign} late {} d", grouped(days)) }
        }
        None if width >= usize::from(STATE) => format!("{sign} {}", kind.words()),
        None => format!("{sign} {}", words::short(kind)),
    }
}
