//! Two clicks of which the second was meant for what stood there before the first.

use std::time::{Duration, Instant};

use crossterm::event::{Event, MouseEventKind};
use ratatui::layout::{Position, Rect};

use crate::tui::pane::Hits;

/// The second half of a double click comes this soon after the first: nobody has read by then what the first one brought.
const TOGETHER: Duration = Duration::from_millis(400);

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

    /// Takes this as the last click, and says whether it is meant: not if it came at once behind the one before it, at the same place, and
    /// something else is there by now.
    pub(super) fn is_meant_after(self, last: &mut Option<Self>) -> bool {
        let before = last.as_mut().filter(|before| {
            before.at == self.at && self.when.saturating_duration_since(before.when) < TOGETHER
        });
        match before {
            Some(before) if (before.on, &before.message) != (self.on, &self.message) => {
                // A third one is no more meant for it than the second.
                before.when = self.when;
                false
            }
            Some(_) | None => {
                *last = Some(self);
                true
            }
        }
    }
}
