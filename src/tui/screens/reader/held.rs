//! The line that was at the top of the screen before it had to move for the size of the window, or for another text.

use super::Reader;
use super::find::Find;
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

/// What somebody had before them when they were last there by their own will.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sought {
    /// What was at the top.
    stand: Stand,
    /// Whether they had gone on as far as the end. Of a text that is in sight from its beginning nobody knows that.
    reaches_end: bool,
}

/// The same as it is kept. A larger window shows the end of a text with more above it, and a smaller one again begins where the
/// reader was; but who was at the end stays there, because it is the end that says where one goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    sought: Sought,
    /// What stands at the top instead, in the layout of this turn. As soon as another line does, somebody went there.
    top: Place,
    turns: u64,
}

impl Reader {
    /// What belongs on the screen.
    pub(super) fn held(&mut self) -> Sought {
        let reaches_end = self.top != Place::default() && self.at_end();
        let layout = self.layout.get_mut();
        let is_here = |held: &Held| held.top == self.top && held.turns == layout.turns();
        match self.held.filter(is_here) {
            Some(held) => held.sought,
            None => Sought { stand: Stand::of(layout, self.top), reaches_end },
        }
    }

    /// Goes to what was at the top.
    pub(super) fn return_to(&mut self, sought: Sought) {
        self.top = sought.stand.place(self.layout.get_mut());
    }

    /// The end is in sight again, if it was. A line for words takes its last row for a while, and nothing moves for that.
    pub(super) fn return_to_end(&mut self, sought: Sought) {
        let is_covered = self.find.as_ref().is_some_and(Find::is_typing);
        if sought.reaches_end && !is_covered && !self.at_end() {
            self.top = self.last_top();
        }
    }

    /// Somebody went to a place, which is what they want to see, even where the end of the text is in sight below it.
    pub(super) fn hold_top(&mut self) {
        let stand = Stand::of(self.layout.get_mut(), self.top);
        self.hold(Sought { stand, reaches_end: false });
    }

    /// What stands at the top now stands there for what was sought.
    pub(super) fn hold(&mut self, sought: Sought) {
        self.held = Some(Held { sought, top: self.top, turns: self.layout.get_mut().turns() });
    }

    /// Somebody moved: from now on what stands at the top belongs there.
    pub(super) fn let_go_of_held(&mut self) {
        self.held = None;
    }
}
