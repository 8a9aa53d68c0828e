//! The line that was at the top of the screen before it had to move for the size of the window, or for another text.

use super::Reader;
use crate::markup::{Layout, LineStart, Place};

/// A line, as it can be found in another layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stand {
    /// Where in the source it begins.
    offset: usize,
    shift: Shift,
}

/// Where it stands beside the one that an offset leads to: so many empty lines above it, or as one of several lines that
/// begin at the same offset, as in a table or of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shift {
    Above(usize),
    Below(usize),
}

impl Stand {
    pub(super) fn of(layout: &mut Layout, place: Place) -> Self {
        let offset = layout.offset_of(place);
        let found = layout.place_of(offset);
        let shift = if place < found {
            Shift::Above(layout.lines_between(place, found))
        } else {
            Shift::Below(layout.lines_between(found, place))
        };
        Self { offset, shift }
    }

    /// The same line in another text, where `now` says where an offset has gone.
    pub(super) fn followed(self, now: impl FnOnce(usize) -> usize) -> Self {
        Self { offset: now(self.offset), ..self }
    }

    /// Which line it is. Where fewer lines begin there, the last one of them.
    pub(super) fn place(self, layout: &mut Layout) -> Place {
        match self.shift {
            Shift::Above(lines) => {
                let found = layout.place_of(self.offset);
                layout.up(found, lines)
            }
            Shift::Below(line) => layout.place_at(LineStart { offset: self.offset, line }),
        }
    }
}

/// What was at the top when somebody was last there by their own will. A larger window shows the end of a text with more above
/// it, and a smaller one again begins where the reader was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    stand: Stand,
    /// What stands at the top instead, in the layout of this turn. As soon as another line does, somebody went there.
    top: Place,
    turns: u64,
}

impl Reader {
    /// The line that belongs at the top of the screen.
    pub(super) fn held(&mut self) -> Stand {
        let layout = self.layout.get_mut();
        let is_here = |held: &Held| held.top == self.top && held.turns == layout.turns();
        match self.held.filter(is_here) {
            Some(held) => held.stand,
            None => Stand::of(layout, self.top),
        }
    }

    /// What stands at the top now stands there for that line.
    pub(super) fn hold(&mut self, stand: Stand) {
        self.held = Some(Held { stand, top: self.top, turns: self.layout.get_mut().turns() });
    }

    /// Somebody moved: from now on what stands at the top belongs there.
    pub(super) fn let_go_of_held(&mut self) {
        self.held = None;
    }
}
