//! Whom somebody means who has typed a number, or a name.

use super::super::super::error::Failure;
use super::super::audience::person;
use super::super::open::of_store;
use super::super::stranger::{has_words, stranger};
use crate::clock::Timestamp;
use crate::fold::folded;
use crate::registry::Dossier;
use crate::store::registry::RegistryStore;

/// How many people are told of whom one may be meant.
const SHOWN: usize = 20;

/// The person with this number; else the only one whose name has all that was typed.
pub(super) fn find(store: &dyn RegistryStore, typed: &str, at: Timestamp) -> Result<Dossier, Failure> {
    let told = |error| of_store(&error);
    let number = person(typed)?;
    if let Some(dossier) = store.dossier(&number, at).map_err(told)? {
        return Ok(dossier);
    }
    let wanted = folded(typed);
    let (mut found, mut seen) = (Vec::new(), 0_usize);
    let visited = store.dossiers(at, &mut |dossier| {
        if has_words(&dossier, &wanted) {
            seen += 1;
            if found.len() < SHOWN {
                found.push(dossier);
            }
        }
        Ok(())
    });
    visited.map_err(told)?;
    match (found.pop(), seen) {
        (Some(one), 1) => Ok(one),
        (None, _) => {
            let message = format!("nothing is known of {typed}");
            let hint = "countersign hr roster list --everybody shows who is known";
            Err(stranger(message, hint, &number, store, at))
        }
        (Some(last), _) => {
            found.push(last);
            let mut failure = Failure::new(format!("{typed} may be any of {seen} people"))
                .hint("name one by number: countersign hr person NUMBER");
            failure.details = found.iter().map(line).collect();
            if seen > SHOWN {
                failure.details.push(format!("and {} more", seen - SHOWN));
            }
            Err(failure)
        }
    }
}

fn line(dossier: &Dossier) -> String {
    let profile = dossier.roster.as_ref().map(|roster| &roster.profile);
    let name = profile.map_or("", |profile| &profile.name);
    let department = profile.and_then(|profile| profile.department.as_deref());
    let department = department.map(|department| format!("  {department}")).unwrap_or_default();
    format!("{}  {name}{department}", dossier.number)
}
