//! A page of words with things to choose on it, scrolled as far as the screen needs.
//!
//! A sheet is made anew from the state for every frame and every key, so that it never shows yesterday's news. A long one that
//! changes seldom can be kept: where the learner is on it is no part of what is laid out.

mod fields;
mod focus;
mod resized;

use std::ops::Range;
use std::sync::Arc;

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, MouseEventKind};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::phrase::Phrase;
use crate::printable::Printable;
use crate::tui::keymap::{Binding, Key};
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::{more, phrases, text};
use focus::{Entry, Shape, Side, UNFOCUSED};

/// Words, and things to choose. A copy costs nothing.
#[derive(Debug, Clone)]
pub struct Sheet<M> {
    width: u16,
    theme: Theme,
    spot: Spot,
    rows: Arc<Vec<Line<'static>>>,
    entries: Arc<Vec<Entry<M>>>,
}

/// Where on a sheet the learner is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spot {
    /// Which of the things to choose.
    entry: usize,
    /// The first row that is seen.
    scroll: usize,
}

impl Spot {
    /// At the thing of this index, the beginning in sight.
    #[must_use]
    pub fn at(entry: usize) -> Self {
        Self { entry, scroll: 0 }
    }

    /// The index of that thing.
    #[must_use]
    pub fn entry(self) -> usize {
        self.entry
    }
}

/// A move on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the thing before.
    Left,
    /// To the thing behind.
    Right,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// A few lines up, the focus stays.
    WheelUp,
    /// A few lines down, the focus stays.
    WheelDown,
    /// To the beginning.
    First,
    /// To the end.
    Last,
}

impl Step {
    /// Whether it is to what stands next to it.
    #[must_use]
    pub fn is_single(self) -> bool {
        matches!(self, Self::Up | Self::Down | Self::Left | Self::Right)
    }
}

/// What choosing does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen<M> {
    /// The thing with the focus is out of sight: the learner goes there, or a screen nearer to it.
    Nearer(Spot),
    /// The thing with the focus says this.
    Says(M),
    /// There is nothing to choose.
    Nothing,
}

/// The keys for moving, for the help.
pub const KEYS: [(&str, &str); 3] = [
    ("↑ ↓ ← → Tab", "move between the things to choose"),
    ("Space PgDn PgUp", "scroll"),
    ("Home g, End G", "to the beginning, to the end"),
];

/// The key that says `message` on a screen that is a sheet. It is Enter alone: Space is for moving.
#[must_use]
pub const fn choosing<M: Clone + 'static>(message: M) -> Binding<M> {
    Binding::new(&[Key::Enter], message, "choose; goes to what has the focus where that is out of sight")
        .hint("choose")
}

/// The move that `event` asks for.
#[must_use]
pub fn step_for(event: &Event) -> Option<Step> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => {
            let plain = (key.modifiers - KeyModifiers::SHIFT).is_empty();
            let control = key.modifiers == KeyModifiers::CONTROL;
            match key.code {
                KeyCode::Up => Some(Step::Up),
                KeyCode::Down => Some(Step::Down),
                KeyCode::Char('k') if plain => Some(Step::Up),
                KeyCode::Char('j') if plain => Some(Step::Down),
                KeyCode::Char('h') if plain => Some(Step::Left),
                KeyCode::Char('l') if plain => Some(Step::Right),
                KeyCode::Char('g') if plain => Some(Step::First),
                KeyCode::Char('G') if plain => Some(Step::Last),
                KeyCode::Char('f' | 'd') if control => Some(Step::PageDown),
                KeyCode::Char('b' | 'u') if control => Some(Step::PageUp),
                KeyCode::Left | KeyCode::BackTab => Some(Step::Left),
                KeyCode::Right | KeyCode::Tab => Some(Step::Right),
                KeyCode::PageUp => Some(Step::PageUp),
                KeyCode::PageDown => Some(Step::PageDown),
                // The key that pages through the lessons: whoever holds on to it must begin, sign and send nothing.
                KeyCode::Char(' ') if plain => Some(Step::PageDown),
                KeyCode::Home => Some(Step::First),
                KeyCode::End => Some(Step::Last),
                _ => None,
            }
        }
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::ScrollUp => Some(Step::WheelUp),
            MouseEventKind::ScrollDown => Some(Step::WheelDown),
            _ => None,
        },
        Event::Key(_) | Event::FocusGained | Event::FocusLost | Event::Paste(_) | Event::Resize(..) => None,
    }
}

/// The part of a screen's body that text stands on: a comfortable width in the middle.
#[must_use]
pub fn column(body: Rect) -> Rect {
    const WIDEST: u16 = 92;
    let width = body.width.saturating_sub(1).min(WIDEST);
    let left = ((body.width - width) / 2).max(body.width.min(1));
    Rect { x: body.x + left, width: width.min(body.width - left), ..body }
}

impl<M: Clone> Sheet<M> {
    /// An empty sheet on `column`, the learner at `spot`.
    #[must_use]
    pub fn new(column: u16, spot: Spot, theme: Theme) -> Self {
        // The last two columns are kept for the signs that there is more.
        let width = column.saturating_sub(2).max(1);
        Self { width, theme, spot, rows: Arc::default(), entries: Arc::default() }
    }

    /// This sheet with the learner at `spot`.
    #[must_use]
    pub fn at_spot(&self, spot: Spot) -> Self {
        Self { spot, ..self.clone() }
    }

    /// How things look.
    #[must_use]
    pub fn theme(&self) -> Theme {
        self.theme
    }

    /// How many columns a row has.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.width
    }

    /// How many rows there are.
    #[must_use]
    pub fn height(&self) -> u16 {
        u16::try_from(self.rows.len()).unwrap_or(u16::MAX)
    }

    /// An empty row, unless there is one.
    pub fn blank(&mut self) {
        if self.rows.last().is_some_and(|row| !row.spans.is_empty()) {
            self.push(Line::default());
        }
    }

    fn push(&mut self, row: Line<'static>) {
        Arc::make_mut(&mut self.rows).push(row);
    }

    fn offer(&mut self, entry: Entry<M>) {
        Arc::make_mut(&mut self.entries).push(entry);
    }

    /// Words in one style. They may come from anywhere.
    pub fn words(&mut self, words: impl Into<Phrase>, style: Style) {
        self.hanging("", words, style);
    }

    /// Words behind `lead`; further lines begin below their first.
    pub fn hanging(&mut self, lead: &str, words: impl Into<Phrase>, style: Style) {
        let indent = Printable::new(lead).width();
        let room = self.width.saturating_sub(u16::try_from(indent).unwrap_or(u16::MAX)).max(1);
        for (index, part) in phrases::wrapped(&words.into(), room, self.theme).iter().enumerate() {
            let lead = if index == 0 { lead.to_owned() } else { " ".repeat(indent) };
            self.push(Line::from(vec![text::said(&lead, style), text::shown(part, style)]));
        }
    }

    /// Words in exactly so many rows: what is longer is cut off, and what is shorter filled up, so that nothing below moves when
    /// others stand here.
    pub fn words_in(&mut self, rows: usize, words: impl Into<Phrase>, style: Style) {
        let parts = phrases::wrapped(&words.into(), self.width, self.theme);
        let mut parts = text::beginning(parts, rows, self.width);
        parts.resize_with(rows, Printable::default);
        for part in &parts {
            self.push(Line::from(text::shown(part, style)));
        }
    }

    /// Something to choose, in a row of its own: `[ words ]`.
    pub fn button(&mut self, words: impl Into<Phrase>, message: M) {
        self.choosable(usize::MAX, "[ ", &words.into().own(" ]"), self.theme.strong(), message);
    }

    /// The same for what cannot be taken back: a click where it has no focus may have been meant for what stood there before,
    /// and says `mark` with its index instead.
    pub fn grave_button(&mut self, words: impl Into<Phrase>, message: M, mark: fn(usize) -> M) {
        let index = self.entries.len();
        self.button(words, message);
        if let Some(entry) = Arc::make_mut(&mut self.entries).get_mut(index) {
            entry.mark = Some(mark(index));
        }
    }

    /// Something to choose that looks like a line of text.
    pub fn link(&mut self, words: impl Into<Phrase>, style: Style, message: M) {
        self.link_behind("", words, style, message);
    }

    /// The same behind `lead`; further lines begin below its first word.
    pub fn link_behind(&mut self, lead: &str, words: impl Into<Phrase>, style: Style, message: M) {
        self.choosable(usize::MAX, lead, &words.into(), style, message);
    }

    /// The same in at most so many rows: what is longer is cut off.
    pub fn link_in(&mut self, rows: usize, lead: &str, words: impl Into<Phrase>, style: Style, message: M) {
        self.choosable(rows, lead, &words.into(), style, message);
    }

    /// What was added behind the last thing to choose belongs to it: a click there says the same.
    pub fn extend_choice(&mut self) {
        let end = self.rows.len();
        if let Some(entry) = Arc::make_mut(&mut self.entries).last_mut() {
            entry.reach = end - entry.row;
        }
    }

    fn choosable(&mut self, most: usize, before: &str, words: &Phrase, style: Style, message: M) {
        let lead = format!("{UNFOCUSED}{before}");
        let indent = u16::try_from(Printable::new(&lead).width()).unwrap_or(u16::MAX);
        let room = self.width.saturating_sub(indent).max(1);
        let first = self.rows.len();
        let parts = text::beginning(phrases::wrapped(words, room, self.theme), most, room);
        for (index, part) in parts.iter().enumerate() {
            let sign = if index == 0 { UNFOCUSED.to_owned() } else { " ".repeat(usize::from(indent)) };
            let before = if index == 0 { before } else { "" };
            let lead = [text::said(&sign, self.theme.strong()), text::said(before, style)];
            self.push(lead.into_iter().chain([text::shown(part, style)]).collect());
        }
        let count = self.rows.len() - first;
        let shape = Shape::Rows { count, indent };
        self.offer(Entry { row: first, reach: count, columns: 0..self.width, message, mark: None, shape });
    }

    /// Things to choose side by side in as many rows as they need; all texts are equally wide.
    pub fn grid(&mut self, cells: Vec<(String, Style, M)>) {
        let mut row: Vec<Span<'static>> = Vec::new();
        let mut column = 0_u16;
        for (words, style, message) in cells {
            let span = text::said(&format!(" {words} "), style);
            let width = u16::try_from(span.width()).unwrap_or(u16::MAX);
            if column > 0 && column.saturating_add(width) > self.width {
                self.push(Line::from(std::mem::take(&mut row)));
                column = 0;
            }
            row.push(span);
            let columns = column..column.saturating_add(width);
            let row = self.rows.len();
            self.offer(Entry { row, reach: 1, columns, message, mark: None, shape: Shape::Cell(style) });
            column = column.saturating_add(width);
        }
        if !row.is_empty() {
            self.push(Line::from(row));
        }
    }

    /// What the focused thing says when it is chosen.
    #[must_use]
    pub fn chosen(&self) -> Option<M> {
        self.entries.get(self.spot.entry).map(|entry| entry.message.clone())
    }

    /// The index of a thing that can be taken back, where the focus is on one that cannot.
    #[must_use]
    pub fn harmless(&self) -> Option<usize> {
        self.entries.get(self.spot.entry)?.mark.as_ref()?;
        self.entries.iter().position(|entry| entry.mark.is_none())
    }

    /// What choosing does on a screen of `height` rows.
    #[must_use]
    pub fn choose(&self, height: u16) -> Chosen<M> {
        match (self.nearer_to_focus(height), self.chosen()) {
            (Some(nearer), _) => Chosen::Nearer(nearer),
            (None, Some(message)) => Chosen::Says(message),
            (None, None) => Chosen::Nothing,
        }
    }

    /// Which of the things to choose has the focus.
    #[must_use]
    pub fn focus(&self) -> usize {
        self.spot.entry
    }

    /// Where the learner is nearer to the thing with the focus, on a screen of `height` rows: a screen further down, where what
    /// stands between is to be read, or back at it; `None` when it is in sight or there is none. Nobody should choose what they cannot
    /// see.
    #[must_use]
    pub fn nearer_to_focus(&self, height: u16) -> Option<Spot> {
        let rows = usize::from(height);
        let top = self.spot.scroll.min(self.rows.len().saturating_sub(rows));
        Some(match self.focus_beyond(top, rows)? {
            Side::Above => self.at(self.spot.entry, height),
            Side::Below => self.after(Step::PageDown, height),
        })
    }

    /// What Enter does on a screen of `height` rows, in a word, while the thing with the focus is out of sight.
    #[must_use]
    pub fn enter(&self, height: u16) -> Option<&'static str> {
        let rows = usize::from(height);
        let top = self.spot.scroll.min(self.rows.len().saturating_sub(rows));
        Some(match self.focus_beyond(top, rows)? {
            Side::Above => "to the choice",
            Side::Below => "see rest",
        })
    }

    /// Whether there is more below on a screen of `height` rows.
    #[must_use]
    pub fn has_more(&self, height: u16) -> bool {
        let rows = usize::from(height);
        self.spot.scroll.min(self.rows.len().saturating_sub(rows)) + rows < self.rows.len()
    }

    /// Where the learner is after `step` on a screen of `height` rows.
    #[must_use]
    pub fn after(&self, step: Step, height: u16) -> Spot {
        let height = usize::from(height).max(1);
        let last_top = self.rows.len().saturating_sub(height);
        let Spot { mut entry, mut scroll } = self.spot;
        scroll = scroll.min(last_top);
        let page = height.saturating_sub(1).max(1);
        let half = (height / 2).max(1);
        match step {
            Step::Left | Step::Right if self.focus_beyond(scroll, height).is_some() => {}
            Step::Left if entry > 0 => entry -= 1,
            Step::Right if entry + 1 < self.entries.len() => entry += 1,
            Step::Left | Step::Right => {}
            Step::Up => match self.next(Side::Above, scroll, height) {
                // What stands between is read first.
                Some(above) if self.entries[above].row + half >= scroll => entry = above,
                _ => return Spot { entry, scroll: scroll.saturating_sub(half) },
            },
            Step::Down => match self.next(Side::Below, scroll, height) {
                Some(below) if self.entries[below].row < scroll + height + half => entry = below,
                _ => return Spot { entry, scroll: (scroll + half).min(last_top) },
            },
            Step::PageUp => return Spot { entry, scroll: scroll.saturating_sub(page) },
            Step::PageDown => {
                let scroll = (scroll + page).min(last_top);
                return Spot { entry, scroll: self.with_next(entry, scroll, height) };
            }
            Step::WheelUp => return Spot { entry, scroll: scroll.saturating_sub(3) },
            Step::WheelDown => return Spot { entry, scroll: (scroll + 3).min(last_top) },
            Step::First => return Spot { entry: 0, scroll: 0 },
            Step::Last => return Spot { entry: self.entries.len().saturating_sub(1), scroll: last_top },
        }
        self.in_sight(Spot { entry, scroll }, height)
    }

    /// Where the learner is with the thing of the index `entry`, or else the last one, in sight on a screen of `height`
    /// rows.
    #[must_use]
    pub fn at(&self, entry: usize, height: u16) -> Spot {
        let entry = entry.min(self.entries.len().saturating_sub(1));
        self.in_sight(Spot { entry, ..self.spot }, usize::from(height).max(1))
    }

    /// Where the learner is with these rows, counted from the first, in sight on a screen of `height` rows; with their
    /// beginning where there is no room for all.
    #[must_use]
    pub fn with_rows(&self, rows: Range<u16>, height: u16) -> Spot {
        let (begin, end) = (usize::from(rows.start), usize::from(rows.end));
        let height = usize::from(height);
        let last_top = self.rows.len().saturating_sub(height);
        let scroll = self.spot.scroll.min(last_top);
        let are_in_sight = scroll <= begin && end <= scroll + height;
        let scroll = if are_in_sight { scroll } else { begin.saturating_sub(1).min(last_top) };
        Spot { scroll, ..self.spot }
    }

    fn in_sight(&self, spot: Spot, height: usize) -> Spot {
        let Spot { entry, mut scroll } = spot;
        if let Some(focused) = self.entries.get(entry) {
            // With a line of what stands above, and the beginning where it fits.
            let above = if entry == 0 && focused.row < height { 0 } else { focused.row.saturating_sub(1) };
            let end = focused.row + focused.rows().min(height);
            scroll = scroll.min(above).max(end.saturating_sub(height));
        }
        scroll = scroll.min(self.rows.len().saturating_sub(height));
        Spot { entry, scroll: self.with_next(entry, scroll, height) }
    }

    /// The first row that is seen, one further down where the thing `entry` would be the last in sight and another stands right below:
    /// nobody should take it for the only one.
    fn with_next(&self, entry: usize, scroll: usize, height: usize) -> usize {
        let Some(focused) = self.entries.get(entry) else { return scroll };
        let below = focused.row + focused.rows();
        let is_cut_off = below == scroll + height && self.entries.iter().any(|other| other.row == below);
        if is_cut_off && scroll < focused.row { scroll + 1 } else { scroll }
    }

    /// Draws it on `area`, a part of the pane.
    pub fn draw(&self, pane: &mut Pane<'_, M>, area: Rect) {
        let (left, top) = (area.x.saturating_sub(pane.area().x), area.y.saturating_sub(pane.area().y));
        let height = usize::from(area.height);
        let scroll = self.spot.scroll.min(self.rows.len().saturating_sub(height));
        for (row, line) in (top..top.saturating_add(area.height)).zip(self.rows.iter().skip(scroll)) {
            pane.line(left, row, line);
        }
        let place =
            |row: usize| u16::try_from(row.checked_sub(scroll)?).ok().filter(|row| *row < area.height);
        for (index, entry) in self.entries.iter().enumerate() {
            for row in (entry.row..entry.row + entry.reach).filter_map(place) {
                let columns = left + entry.columns.start..left + entry.columns.end;
                pane.hit(columns, top + row, entry.clicked(index == self.spot.entry).clone());
            }
        }
        let focused = self.entries.get(self.spot.entry);
        if let Some(entry) = focused {
            for nth in 0..entry.rows() {
                if let Some(row) = place(entry.row + nth) {
                    self.draw_focus(entry, nth, left, top + row, pane);
                }
            }
        }
        match focused.and_then(|entry| Some((entry.columns.start, place(entry.row)?))) {
            Some((column, row)) => pane.cursor(left + column, top + row),
            None => pane.cursor(left, top),
        }
        let right = left + area.width.saturating_sub(1);
        if scroll > 0 {
            more::above(pane, right, top, self.theme);
        }
        if scroll + height < self.rows.len() && height > 0 {
            more::below(pane, right, top + area.height - 1, self.theme);
        }
    }
}

#[cfg(test)]
mod tests;
