//! Going from part to part of a question, and reading on.

use super::{AnswerPad, CertaintyLine, PadMessage, Way};

impl AnswerPad {
    /// How many things take the focus.
    pub(super) fn stops(&self) -> usize {
        match self.certainty {
            CertaintyLine::NotAsked => self.body.items(),
            CertaintyLine::Asked(_) => self.body.items() + 1,
        }
    }

    /// Up: first to the unseen beginning of what is focused, then to the thing before it, at last to the prompt.
    pub(super) fn previous(&mut self) {
        let start = self.window.range_of(self.focus).map_or(0, |range| range.start);
        if self.window.reach_back(start) {
            return;
        }
        if self.focus > 0 && start < self.window.bottom() {
            self.focus_on(self.focus - 1);
        } else {
            self.window.scroll_half(Way::Back);
        }
    }

    /// Down: first to the unseen end of what is focused, then to the thing behind it, at last to the end.
    pub(super) fn next(&mut self) {
        let end = self.window.range_of(self.focus).map_or(self.window.len(), |range| range.end);
        // Where one of several is shown by itself, whoever has its answer reads that to its end and goes on: the next number would
        // replace it.
        let is_done = self.window.items_elsewhere().next().is_some() && !self.body.is_open(self.focus);
        let to_read = if is_done { self.window.end_of_chosen().unwrap_or(0) } else { end };
        if self.window.reach_on(to_read) {
            return;
        }
        if end <= self.window.top() {
            // It was left behind by reading on: the arrows run along what is seen.
            match (self.focus + 1..self.stops()).find(|item| self.begins_in_sight(*item)) {
                Some(seen) => self.focus_on(seen),
                None => self.window.scroll_half(Way::On),
            }
        } else if self.focus + 1 < self.stops() {
            self.focus_on(self.focus + 1);
        } else {
            self.window.scroll_half(Way::On);
        }
    }

    /// What has the focus was left behind by reading on, and somebody is told to answer: what is seen gets it, as with the arrows, where
    /// it only points; a field, and the side or gap that a number answers, is gone back to.
    pub(super) fn bring_focus_into_sight(&mut self) {
        match self.pointed_at_in_sight() {
            Some(seen) => self.focus_on(seen),
            None => self.window.show(self.focus),
        }
    }

    /// The first thing that is seen, where the focus only points.
    fn pointed_at_in_sight(&self) -> Option<usize> {
        let mut items = (0..self.body.items()).filter(|_| self.body.points_with_focus());
        items.find(|item| self.begins_in_sight(*item))
    }

    /// Whether something can be answered where one is: nothing has to be brought into sight for it.
    pub(super) fn is_answered_in_sight(&self) -> bool {
        match self.field_in_trouble() {
            Some(field) => self.begins_in_sight(field),
            None => self.focus_is_seen() || self.pointed_at_in_sight().is_some(),
        }
    }

    pub(super) fn focus_on(&mut self, item: usize) {
        self.focus = item;
        self.lay_out();
        self.window.show(item);
    }

    pub(super) fn scroll_by(&mut self, message: &PadMessage) {
        // One line of the old screen stays, so that the eye finds its place again.
        let (way, lines) = match message {
            PadMessage::Scroll(way) => (*way, self.window.height().saturating_sub(1).max(1)),
            PadMessage::ScrollLines(way, lines) => (*way, usize::from(*lines)),
            PadMessage::ScrollAll(way) => (*way, self.window.len()),
            PadMessage::Previous => (Way::Back, 1),
            PadMessage::Next => (Way::On, 1),
            PadMessage::PreviousStop
            | PadMessage::NextStop
            | PadMessage::FocusOn(_)
            | PadMessage::Grasp(_)
            | PadMessage::CarryOver(_)
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
            | PadMessage::SeeRest
            | PadMessage::ShowSource
            | PadMessage::HandIn
            | PadMessage::Certainty(_) => return,
        };
        self.window.scroll(way, lines);
    }
}
