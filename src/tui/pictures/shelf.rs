//! What a terminal with the protocol of kitty keeps for us: it is told to throw away what nobody will see again.
//!
//! Such a terminal keeps every picture that it was given, whether a cell still shows it or not. ratatui-image gives them and
//! never takes one back.

use std::collections::BTreeMap;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Tmux;

/// The pictures that one terminal keeps; clones are the same shelf.
#[derive(Debug, Clone, Default)]
pub struct Shelf(Arc<Mutex<Stock>>);

#[derive(Debug, Default)]
struct Stock {
    /// By their numbers, and what is between us and the terminal.
    kept: BTreeMap<u32, Tmux>,
    /// What is to be said to the terminal, so that it throws away what is not kept any more.
    removals: String,
}

/// The place of one picture, given up with it.
#[derive(Debug)]
pub(super) struct Place {
    shelf: Shelf,
    number: u32,
    tmux: Tmux,
}

impl Shelf {
    /// A place for the picture of this number.
    pub(super) fn place(&self, number: u32, tmux: Tmux) -> Place {
        Place { shelf: self.clone(), number, tmux }
    }

    /// What is to be written, behind the cells of a frame that shows none of them, to have the terminal throw away what was given up since
    /// this was asked last.
    #[must_use]
    pub fn removals(&self) -> String {
        mem::take(&mut self.stock().removals)
    }

    /// The same for everything, when the screen is given back.
    #[must_use]
    pub fn clear(&self) -> String {
        let mut stock = self.stock();
        for (number, tmux) in mem::take(&mut stock.kept) {
            stock.removals += &removal(number, tmux);
        }
        mem::take(&mut stock.removals)
    }

    fn stock(&self) -> MutexGuard<'_, Stock> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// What the terminal knows the picture by.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// The terminal gets the picture with the next frame.
    pub(super) fn fill(&self) {
        self.shelf.stock().kept.insert(self.number, self.tmux);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut stock = self.shelf.stock();
        if let Some(tmux) = stock.kept.remove(&self.number) {
            stock.removals += &removal(self.number, tmux);
        }
    }
}

/// Removes a picture with all places where it is shown, and its bytes. By its number, for that alone reaches what cells show
/// (virtual placements), and no picture of anybody else; no answer is wanted.
fn removal(number: u32, tmux: Tmux) -> String {
    match tmux {
        Tmux::Absent => format!("\x1b_Gq=2,a=d,d=I,i={number}\x1b\\"),
        Tmux::Between => format!("\x1bPtmux;\x1b\x1b_Gq=2,a=d,d=I,i={number}\x1b\x1b\\\x1b\\"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_terminal_got_is_thrown_away_once() {
        let shelf = Shelf::default();
        let shown = shelf.place(7, Tmux::Absent);
        let never_shown = shelf.place(8, Tmux::Absent);
        shown.fill();
        shown.fill();
        assert_eq!(shelf.removals(), "", "it is seen");
        drop(never_shown);
        assert_eq!(shelf.removals(), "", "nobody has it");
        drop(shown);
        assert_eq!(shelf.removals(), "\x1b_Gq=2,a=d,d=I,i=7\x1b\\");
        assert_eq!(shelf.removals(), "");
    }

    #[test]
    fn everything_is_thrown_away_at_the_end() {
        let shelf = Shelf::default();
        let places = [3, 1, 2].map(|number| shelf.place(number, Tmux::Absent));
        places[0].fill();
        places[1].fill();
        let [seen, given_up, never_shown] = places;
        drop(given_up);
        let removed = shelf.clear();
        assert_eq!(removed, "\x1b_Gq=2,a=d,d=I,i=1\x1b\\\x1b_Gq=2,a=d,d=I,i=3\x1b\\");
        // What is given up afterwards is gone already; what is shown again is kept again.
        drop(never_shown);
        assert_eq!((shelf.removals(), shelf.clear()), (String::new(), String::new()));
        seen.fill();
        drop(seen);
        assert_eq!(shelf.removals(), "\x1b_Gq=2,a=d,d=I,i=3\x1b\\");
    }

    #[test]
    fn tmux_hands_it_on() {
        let shelf = Shelf::default();
        let place = shelf.place(9, Tmux::Between);
        place.fill();
        drop(place);
        assert_eq!(shelf.removals(), "\x1bPtmux;\x1b\x1b_Gq=2,a=d,d=I,i=9\x1b\x1b\\\x1b\\");
    }
}
