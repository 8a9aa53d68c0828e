//! Clicks: one acts when the button is let go where it was pressed, and a double click is one.

use std::time::{Duration, Instant};

use crossterm::event::{Event, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::Face;
use crate::tui::pane::Hits;

/// The second half of a double click is pressed this soon after the first half was let go: systems wait half a second from press to press.
/// Nobody has read by then what the first one brought.
const TOGETHER: Duration = Duration::from_millis(400);

/// The hand on the mouse.
#[derive(Debug)]
pub(super) struct Hand<M> {
    /// What is clicked if the button that is held is let go there.
    held: Option<Click<M>>,
    /// Whether something is carried as long as the button is held.
    carries: bool,
    /// The last click that was meant.
    clicked: Option<Click<M>>,
}

/// A click as it was pressed.
#[derive(Debug)]
pub(super) struct Click<M> {
    press: MouseEvent,
    when: Instant,
    /// What it was on.
    on: Option<Rect>,
    /// What it said.
    message: M,
}

/// Whether a button of the mouse is pressed or let go.
pub(super) fn is_of_button(event: &Event) -> bool {
    let Event::Mouse(mouse) = event else { return false };
    matches!(mouse.kind, MouseEventKind::Down(_) | MouseEventKind::Up(_))
}

/// Whether the button is held or let go, by which nothing happens but with what is carried.
fn is_of_drag(kind: MouseEventKind) -> bool {
    matches!(kind, MouseEventKind::Drag(_) | MouseEventKind::Up(_))
}

impl<M: Clone + PartialEq> Hand<M> {
    /// It has clicked nothing yet.
    pub(super) fn new() -> Self {
        Self { held: None, carries: false, clicked: None }
    }

    /// What `event` says, and the click that says it.
    pub(super) fn meaning_of<F: Face<Message = M>>(
        &mut self,
        event: &Event,
        face: &F,
        hits: &Hits<M>,
        now: Instant,
    ) -> Option<(M, Option<Click<M>>)> {
        let click = match event {
            Event::Mouse(mouse) if matches!(mouse.kind, MouseEventKind::Down(_)) => {
                self.forget();
                let click = Click::new(*mouse, face, hits, now)?;
                if !face.begins_when_pressed(&click.message) {
                    self.held = Some(click);
                    return None;
                }
                self.carries = true;
                click
            }
            Event::Mouse(mouse) if self.held.is_some() && matches!(mouse.kind, MouseEventKind::Up(_)) => {
                self.held.take().filter(|held| held.is_ended_by(*mouse, face, hits))?
            }
            // Where a release was lost, as outside the window, the next one lets go of nothing.
            Event::Mouse(mouse) if is_of_drag(mouse.kind) && !self.carries => return None,
            Event::Mouse(mouse) if matches!(mouse.kind, MouseEventKind::Up(_)) => {
                self.carries = false;
                return Some((face.message_for(event, hits)?, None));
            }
            _ => return Some((face.message_for(event, hits)?, None)),
        };
        if let Some(last) = self.clicked.as_mut().filter(|last| click.is_second_half_of(last)) {
            if !click.says_the_same_as(last) {
                // A third one is no more meant for it.
                last.when = click.when;
                return None;
            }
            if !face.is_step(&click.message) {
                return None;
            }
        }
        Some((click.message.clone(), Some(click)))
    }

    /// What `click` led to is there from `now` on. What comes at once behind that was not meant for it.
    pub(super) fn has_clicked(&mut self, click: Click<M>, now: Instant) {
        // Saving may have taken longer than a hand needs for two clicks.
        self.clicked = Some(Click { when: now, ..click });
    }

    /// Letting go of what is held does nothing.
    pub(super) fn forget(&mut self) {
        self.held = None;
        self.carries = false;
    }
}

impl<M: Clone + PartialEq> Click<M> {
    fn new<F: Face<Message = M>>(press: MouseEvent, face: &F, hits: &Hits<M>, when: Instant) -> Option<Self> {
        let message = face.message_for(&Event::Mouse(press), hits)?;
        let at = position(press);
        let on = hits.iter().rev().find(|(area, _)| area.contains(at)).map(|(area, _)| *area);
        Some(Self { press, when, on, message })
    }

    /// Whether the button is let go on what it was pressed on. Elsewhere somebody has thought better of it, and what was drawn beneath
    /// it since was never pressed.
    fn is_ended_by<F: Face<Message = M>>(&self, release: MouseEvent, face: &F, hits: &Hits<M>) -> bool {
        let MouseEventKind::Up(button) = release.kind else { return false };
        let there = MouseEvent { kind: MouseEventKind::Down(button), ..release };
        self.press.kind == there.kind
            && Self::new(there, face, hits, self.when).is_some_and(|there| there.says_the_same_as(self))
    }

    /// Whether it came at once behind `last`, where that was.
    fn is_second_half_of(&self, last: &Self) -> bool {
        self.when.saturating_duration_since(last.when) < TOGETHER && last.covers(position(self.press))
    }

    /// Whether what it says stood there by then, too. Otherwise it was meant for what stood there before.
    fn says_the_same_as(&self, last: &Self) -> bool {
        (last.on, &last.message) == (self.on, &self.message)
    }

    /// Whether a hand that meant to click there twice may click at `at`.
    fn covers(&self, at: Position) -> bool {
        let here = position(self.press);
        let is_beside = here.y == at.y && here.x.abs_diff(at.x) <= 1;
        is_beside || self.on.is_some_and(|on| on.contains(at))
    }
}

fn position(mouse: MouseEvent) -> Position {
    Position { x: mouse.column, y: mouse.row }
}
