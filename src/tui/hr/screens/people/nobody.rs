//! What is said where a list of people is empty.

use crate::registry::listing::Listing;
use crate::registry::row::{Rowless, Whose};
use crate::tui::hr::screens::View;

/// Why nobody is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Because {
    /// There is nobody, and nothing keeps anybody out.
    NobodyIsThere,
    /// A filter, or a bar that was opened, does.
    NothingFits,
}

/// What to do about it. Nothing that is done today changes a day in the past.
pub(super) fn words(because: Because, whose: Whose, listing: &Listing, view: &View<'_>) -> String {
    let known = listing.rowless() != Rowless::default();
    let words = match (because, whose, view.past) {
        (Because::NobodyIsThere, Whose::Active, None) if known => {
            "nobody is asked for anything yet; e lists everybody. In a shell, countersign hr assign asks people"
        }
        (Because::NobodyIsThere, Whose::Active, Some(_)) if known => {
            "nobody was asked for anything by then; e lists everybody"
        }
        (Because::NobodyIsThere, Whose::Active | Whose::Everybody, None) => {
            "no roster was imported yet. In a shell, countersign hr roster import brings people in"
        }
        (Because::NobodyIsThere, Whose::Active | Whose::Everybody, Some(_)) => {
            "nobody was on the roster then; d shows another day"
        }
        (Because::NothingFits, Whose::Active, _) => {
            "nothing fits; Esc takes the filter away, e looks among everybody"
        }
        (Because::NothingFits, Whose::Everybody, _) => "nothing fits; Esc takes the filter away",
    };
    view.look.commands.spelled(words)
}
