//! What a record, or a file that was put aside, claims, beside what the roster says of that number.

use crate::address::imitation;
use crate::clock::Calendar;
use crate::phrase::Phrase;
use crate::quiz::mark::percent;
use crate::registry::office::{Claimed, SignedBy};
use crate::tui::widgets::sheet::Sheet;

/// How wide the names of fields are.
pub(super) const NAMES: usize = 12;

/// Puts the claims onto a sheet.
pub(super) fn put<M: Clone>(sheet: &mut Sheet<M>, claimed: &Claimed, calendar: Calendar) {
    let theme = sheet.theme();
    let claimant = &claimed.claimant;
    let person = Phrase::new().value_if_any(&claimant.name).own(" (").value_if_any(&claimed.number).own(")");
    sheet.field("person", person, NAMES);
    sheet.field("roster", claimant.on_the_roster(), NAMES);
    if let Some(perhaps) = claimant.perhaps() {
        sheet.hanging("! ", perhaps, theme.bad());
    }
    if let Some(difference) = claimant.difference() {
        sheet.hanging("! ", difference, theme.bad());
    }
    // What differs in letters that look alike is seen nowhere else.
    for (what, text, known) in [
        ("name", claimant.name.as_str(), claimant.known_name()),
        ("number", claimed.number.as_str(), None),
        ("title of the course", claimed.title.as_str(), None),
    ] {
        if let Some(words) = imitation(text, known) {
            sheet.hanging("! ", Phrase::new().own(format!("the {what} {words}")), theme.bad());
        }
    }
    let course = Phrase::new().value_if_any(&claimed.title).own(", version ").value_if_any(&claimed.version);
    sheet.field("course", course, NAMES);
    let outcome = if claimed.passed { "passed" } else { "not passed" };
    let percent = percent(claimed.earned, claimed.possible);
    let result = format!("{outcome} with {percent} % (pass mark {} %)", claimed.pass_percent);
    sheet.field("result", Phrase::new().own(result), NAMES);
    if let Some(SignedBy { at, issuer }) = &claimed.signed {
        sheet.field("signed", &calendar.day_and_time(*at), NAMES);
        sheet.field("by", issuer, NAMES);
    }
}
