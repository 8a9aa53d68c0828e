//! Who is not overdue for one reason alone: that they are not at work, which is HR's word.

use std::collections::BTreeMap;

use super::listed::roster;
use crate::id::CourseId;
use crate::phrase::named_first;
use crate::registry::dossier::Dossier;
use crate::registry::evidence::{Listed, Listing};
use crate::registry::status::{Kind, Reckoning, Status};

/// Their numbers, by what the table says of them.
#[derive(Default)]
pub(super) struct Spared(BTreeMap<String, Vec<String>>);

impl Spared {
    /// Looks at somebody, with the words of the table about them. Dates do not run for whoever is not at work.
    pub(super) fn consider(
        &mut self,
        (reckoning, course): (&Reckoning<'_>, &CourseId),
        dossier: &Dossier,
        listed: &Listed,
        (number, words): (&str, &str),
    ) {
        if listed.listing == Listing::AtWork {
            return;
        }
        let at_work = Listed { listing: Listing::AtWork, ..listed.clone() };
        let roster = Some(roster(&at_work, reckoning.at));
        let at_work = Dossier { roster, ..dossier.clone() };
        if reckoning.standing(&at_work).get(course).map(Status::kind) == Some(Kind::Overdue) {
            self.0.entry(words.to_owned()).or_default().push(number.to_owned());
        }
    }

    pub(super) fn questions(self) -> impl Iterator<Item = String> {
        self.0.into_iter().map(|(words, numbers)| {
            format!(
                "population.csv: a due date has passed, and only that HR calls them {words:?} keeps these from being overdue: {}: what \
                 shows that they were not at work?",
                named_first(&numbers)
            )
        })
    }
}
