//! What is said where a list of people is empty.

use crate::registry::listing::Listing;
use crate::registry::row::{Rowless, Whose};

/// Why nobody is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Because {
    /// There is nobody, and nothing keeps anybody out.
    NobodyIsThere,
    /// A filter, or a bar that was opened, does.
    NothingFits,
}

/// What to do about it.
pub(super) fn words(because: Because, whose: Whose, listing: &Listing) -> &'static str {
    let known = listing.rowless() != Rowless::default();
    match (because, whose) {
        (Because::NobodyIsThere, Whose::Active) if known => {
            "nobody is asked for anything yet; e lists everybody. In a shell, countersign hr assign asks people"
        }
        (Because::NobodyIsThere, Whose::Active | Whose::Everybody) => {
            "no roster was imported by then. In a shell, countersign hr roster import brings people in"
        }
        (Because::NothingFits, Whose::Active) => {
            "nothing fits; Esc takes the filter away, e looks among everybody"
        }
        (Because::NothingFits, Whose::Everybody) => "nothing fits; Esc takes the filter away",
    }
}
