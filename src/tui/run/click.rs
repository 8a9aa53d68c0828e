//! Two clicks that were meant as one, or of which the second was meant for what stood there before the first.

use std::time::{Duration, Instant};

use crossterm::event::{Event, MouseEventKind};
use ratatui::layout::{Position, Rect};

use crate::tui::pane::Hits;

/// The second half of a double click comes this soon after the first, as systems have it that say nothing else: nobody has read by then
/// what the first one brought.
const TOGETHER: Duration = Duration::from_millis(500);

/// A click as it was made.
#[derive(Debug)]
pub(super) struct Click<M> {
    at: Position,
    when: Instant,
    /// What it was on.
    on: Option<Rect>,
    /// What it said.
    message: M,
}

/// Where the mouse is pressed, if this is that.
pub(super) fn pressed(event: &Event) -> Option<Position> {
    match event {
        Event::Mouse(mouse) if matches!(mouse.kind, MouseEventKind::Down(_)) => {
            Some(Position { x: mouse.column, y: mouse.row })
        }
        _ => None,
    }
}

impl<M: PartialEq> Click<M> {
    pub(super) fn new(at: Position, when: Instant, message: M, hits: &Hits<M>) -> Self {
        let on = hits.iter().rev().find(|(area, _)| area.contains(at)).map(|(area, _)| *area);
        Self { at, when, on, message }
    }

    /// Whether it came at once behind `last`, where that was.
    pub(super) fn is_second_half_of(&self, last: &Self) -> bool {
        self.when.saturating_duration_since(last.when) < TOGETHER && last.covers(self.at)
    }

    /// Whether what it says stood there by then, too. Otherwise it was meant for what stood there before.
    pub(super) fn says_the_same_as(&self, last: &Self) -> bool {
        (last.on, &last.message) == (self.on, &self.message)
    }

    /// Whether a hand that meant to click there twice may click at `at`.
    fn covers(&self, at: Position) -> bool {
        let is_beside = self.at.y == at.y && self.at.x.abs_diff(at.x) <= 1;
        is_beside || self.on.is_some_and(|on| on.contains(at))
    }

    /// What it led to is there from `now` on. What comes at once behind that was not meant for it.
    pub(super) fn done(&mut self, now: Instant) {
        self.when = now;
    }
}
