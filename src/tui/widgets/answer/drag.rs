//! What is held with the mouse, and where it would go.

use ratatui::layout::{Position, Rect};

use super::{AnswerPad, PadMessage};

/// What the mouse holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grasped {
    /// The thing.
    item: usize,
    /// The thing whose place it would take if it were let go now.
    over: Option<usize>,
}

/// How the mouse moves while a button is down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drag {
    /// The button is still down.
    Carries,
    /// It is let go.
    Ends,
}

impl AnswerPad {
    /// What it means that the mouse comes to `at` in `area`, where the pad is drawn, with what it holds, or lets go of it there: it is
    /// seen where that would go, or it is put there. A click that begins and ends on one thing moves nothing.
    #[must_use]
    pub fn message_for_drag(&self, area: Rect, at: Position, drag: Drag) -> Option<PadMessage> {
        let (grasped, area) = (self.grasped?, self.area_of_question(area));
        let item = if area.contains(at) { self.window_in(area).item_at(area, at) } else { None };
        let over = item.filter(|item| *item != grasped.item && *item < self.body.items());
        match drag {
            Drag::Carries => (grasped.over != over).then_some(PadMessage::CarryOver(over)),
            Drag::Ends => Some(over.map_or(PadMessage::LetGo, PadMessage::DropAt)),
        }
    }

    /// Takes hold of something, or lets go of it.
    pub(super) fn grasp(&mut self, message: &PadMessage) {
        self.grasped = match message {
            PadMessage::Grasp(item) => Some(Grasped { item: *item, over: None }),
            PadMessage::CarryOver(over) => self.grasped.map(|grasped| Grasped { over: *over, ..grasped }),
            // Its place may stand further down.
            PadMessage::ScrollLines(..) => self.grasped.map(|grasped| Grasped { over: None, ..grasped }),
            PadMessage::Previous
            | PadMessage::Next
            | PadMessage::PreviousStop
            | PadMessage::NextStop
            | PadMessage::FocusOn(_)
            | PadMessage::DropAt(_)
            | PadMessage::LetGo
            | PadMessage::Choose(_)
            | PadMessage::ChooseIn(..)
            | PadMessage::Act
            | PadMessage::TakeOrder
            | PadMessage::Decide
            | PadMessage::Cycle(_)
            | PadMessage::Shift(..)
            | PadMessage::Edit(_)
            | PadMessage::EditIn(..)
            | PadMessage::Clear
            | PadMessage::Restart
            | PadMessage::Certainty(_)
            | PadMessage::SeeRest
            | PadMessage::ShowSource
            | PadMessage::HandIn
            | PadMessage::Scroll(_)
            | PadMessage::ScrollAll(_) => None,
        };
    }

    /// The thing that something is held over, whose place it would take.
    pub(super) fn carried_over(&self) -> Option<usize> {
        self.grasped?.over
    }
}
