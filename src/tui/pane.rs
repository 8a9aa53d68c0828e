//! The part of the screen that a view draws on, and what it is told.

use std::ops::Range;

use crossterm::event::Event;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;
use ratatui::text::Line;

use crate::clock::Timestamp;
use crate::training::Training;
use crate::tui::keymap::Key;
use crate::tui::settings::Settings;

/// What a view looks at.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// What the learner has done.
    pub training: &'a Training,
    /// The present moment.
    pub now: Timestamp,
    /// The learner's surroundings.
    pub settings: &'a Settings,
}

/// What an update works with.
#[derive(Debug)]
pub struct Context<'a> {
    /// What the learner has done.
    pub training: &'a mut Training,
    /// The present moment.
    pub now: Timestamp,
    /// How large the screen's part between title and hints is.
    pub size: Size,
    /// The learner's surroundings.
    pub settings: &'a Settings,
}

impl Context<'_> {
    /// What a view would look at.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View { training: self.training, now: self.now, settings: self.settings }
    }
}

/// Where things on the screen are that can be clicked. What was drawn last lies on top.
pub type Hits<M> = Vec<(Rect, M)>;

/// Where a click presses a key, whatever that does on the screen: the first of these that does anything.
pub type Presses = Vec<(Rect, &'static [Key])>;

/// The same with what the keys do: `does` says that of what comes in for one.
pub fn pressed<M>(presses: Presses, does: impl Fn(&Event) -> Option<M>) -> Hits<M> {
    let hit = |(area, keys): (Rect, &[Key])| Some((area, keys.iter().find_map(|key| does(&key.event()))?));
    presses.into_iter().filter_map(hit).collect()
}

/// A part of the screen to draw on. Everything stays within its area, whatever a view asks for.
#[derive(Debug)]
pub struct Pane<'a, M> {
    buffer: &'a mut Buffer,
    area: Rect,
    hits: Hits<M>,
    presses: Presses,
    cursor: Option<Position>,
}

impl<'a, M> Pane<'a, M> {
    /// The part `area` of `buffer`.
    pub fn new(buffer: &'a mut Buffer, area: Rect) -> Self {
        let area = area.intersection(buffer.area);
        Self { buffer, area, hits: Vec::new(), presses: Vec::new(), cursor: None }
    }

    /// Its place on the screen.
    #[must_use]
    pub fn area(&self) -> Rect {
        self.area
    }

    /// What lies under the pane, for widgets that draw themselves.
    pub fn buffer(&mut self) -> &mut Buffer {
        self.buffer
    }

    /// Writes `line` into `row` (from 0) beginning at `column` (from 0).
    pub fn line(&mut self, column: u16, row: u16, line: &Line<'_>) {
        if let Some(place) = self.part(column, row, self.area.width, 1) {
            self.buffer.set_line(place.x, place.y, line, place.width);
        }
    }

    /// Writes `lines` one below the other beginning in `row`.
    pub fn lines(&mut self, column: u16, row: u16, lines: &[Line<'_>]) {
        for (row, line) in (row..self.area.height).zip(lines) {
            self.line(column, row, line);
        }
    }

    /// Draws a rule over the whole of `row`.
    pub fn rule(&mut self, row: u16, style: Style) {
        let place = self.part(0, row, self.area.width, 1);
        for cell in place.into_iter().flat_map(Rect::positions) {
            self.buffer[cell].set_symbol("─").set_style(style);
        }
    }

    /// Gives `columns` of `row` a style.
    pub fn style(&mut self, columns: Range<u16>, row: u16, style: Style) {
        if let Some(place) = self.part(columns.start, row, columns.end.saturating_sub(columns.start), 1) {
            self.buffer.set_style(place, style);
        }
    }

    /// A click on `columns` of `row` says `message`.
    pub fn hit(&mut self, columns: Range<u16>, row: u16, message: M) {
        if let Some(place) = self.part(columns.start, row, columns.end.saturating_sub(columns.start), 1) {
            self.hits.push((place, message));
        }
    }

    /// A click on `columns` of `row` presses the first of `keys` that does anything; this lies on top of all that says a message.
    pub fn press(&mut self, columns: Range<u16>, row: u16, keys: &'static [Key]) {
        if let Some(place) = self.part(columns.start, row, columns.end.saturating_sub(columns.start), 1) {
            self.presses.push((place, keys));
        }
    }

    /// Where keys are pressed by clicks.
    pub fn take_presses(&mut self) -> Presses {
        std::mem::take(&mut self.presses)
    }

    /// Shows the cursor there.
    pub fn cursor(&mut self, column: u16, row: u16) {
        if let Some(place) = self.part(column, row, 1, 1) {
            self.cursor = Some(place.as_position());
        }
    }

    /// Shows the cursor at a place of the whole screen.
    pub fn cursor_at(&mut self, position: Option<Position>) {
        self.cursor = position.filter(|position| self.area.contains(*position));
    }

    /// Has something drawn here that has messages of its own, which `wrap` makes messages of this pane.
    pub fn drawn_by<N, R>(&mut self, wrap: fn(N) -> M, draw: impl FnOnce(&mut Pane<'_, N>) -> R) -> R {
        let mut inner = Pane::new(self.buffer, self.area);
        let drawn = draw(&mut inner);
        let presses = inner.take_presses();
        let (hits, cursor) = inner.finish();
        self.hits.extend(hits.into_iter().map(|(area, message)| (area, wrap(message))));
        self.presses.extend(presses);
        self.cursor = cursor.or(self.cursor);
        drawn
    }

    /// What can be clicked, and where the cursor is.
    #[must_use]
    pub fn finish(self) -> (Hits<M>, Option<Position>) {
        (self.hits, self.cursor)
    }

    /// A place within the area in coordinates of the screen; `None` when nothing of it is inside.
    fn part(&self, column: u16, row: u16, width: u16, height: u16) -> Option<Rect> {
        let x = self.area.x.checked_add(column)?;
        let y = self.area.y.checked_add(row)?;
        let place = Rect { x, y, width, height }.intersection(self.area);
        (!place.is_empty()).then_some(place)
    }
}
