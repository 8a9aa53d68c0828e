//! What the roster says of somebody, by their row in the table of people.

use super::said::Table;
use crate::clock::Timestamp;
use crate::registry::dossier::RosterState;
use crate::registry::evidence::{Listed, Listing};
use crate::registry::person::{Presence, Profile};
use crate::report::evidence::listed_as;

/// What the roster says of somebody, as the table tells it; and the cells that cannot be read, with what is told of each.
pub(super) fn listed(table: &Table, row: &[String]) -> (Option<Listed>, Vec<(&'static str, String)>) {
    let mut wrong = Vec::new();
    let mut refuse = |column, words: &str| {
        let says = table.cell(row, column);
        let says = if says.is_empty() { "nothing".to_owned() } else { format!("{says:?}") };
        wrong.push((column, format!("{column} is {says}, which is {words}")));
    };
    let listing = listed_as(table.cell(row, "on the roster")).unwrap_or_else(|| {
        refuse("on the roster", "no word of this column");
        Some(Listing::AtWork)
    });
    let Some(listing) = listing else { return (None, wrong) };
    let optional = |column| Some(table.cell(row, column).to_owned()).filter(|text| !text.is_empty());
    let hired = optional("hired").and_then(|day| {
        let read = day.parse().ok();
        if read.is_none() {
            refuse("hired", "no day");
        }
        read
    });
    let first_seen = table.cell(row, "first seen").parse().unwrap_or_else(|_| {
        refuse("first seen", "no time in whole seconds UTC");
        Timestamp::EPOCH
    });
    let listed = Listed {
        name: table.cell(row, "name").to_owned(),
        department: optional("department"),
        role: optional("role"),
        hired,
        first_seen,
        listing,
    };
    (Some(listed), wrong)
}

/// What the roster says of somebody, as statuses are reckoned by it.
pub(super) fn roster(listed: &Listed, at: Timestamp) -> RosterState {
    let presence = match listed.listing {
        Listing::AtWork => Presence::Active,
        Listing::OnLeave => Presence::Away,
        Listing::ToCome | Listing::Over | Listing::Left | Listing::LeftBefore => Presence::Gone,
    };
    let profile = Profile {
        department: listed.department.clone(),
        role: listed.role.clone(),
        hired: listed.hired,
        ..Profile::named(&listed.name)
    };
    RosterState { profile, said: presence, presence, day: at.date(), first_seen: listed.first_seen }
}
