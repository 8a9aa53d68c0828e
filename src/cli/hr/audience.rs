//! For whom something is meant, as it is said on the command line.

use std::path::Path;

use super::super::error::Failure;
use super::census::Census;
use crate::clock::Timestamp;
use crate::encoding::{self, Encoding};
use crate::files;
use crate::registry::PersonNumber;
use crate::registry::change::Audience;
use crate::store::registry::RegistryStore;

/// The most that is read of a list of people.
const MAX_LIST: u64 = 64 << 20;

/// `department=Sales`, `role=Nurse`, `person=007` or the name of a file with a number on each line; departments and roles as
/// the roster spells them at `at`. What names nobody is refused.
pub(super) fn audience(
    said: &[String],
    store: &dyn RegistryStore,
    at: Timestamp,
) -> Result<Audience, Failure> {
    let audience = parsed(said)?;
    // Everybody is there.
    if audience == Audience::default() { Ok(audience) } else { Census::of(store, at)?.resolved(audience) }
}

fn parsed(said: &[String]) -> Result<Audience, Failure> {
    let mut audience = Audience::default();
    for text in said {
        match text.split_once('=').map(|(what, name)| (what, name.trim())) {
            Some(("department", name)) => audience.departments.push(name.to_owned()),
            Some(("role", name)) => audience.roles.push(name.to_owned()),
            Some(("person", number)) => {
                audience.people.get_or_insert_default().insert(person(number)?);
            }
            Some(_) | None => audience.people.get_or_insert_default().extend(listed(Path::new(text))?),
        }
    }
    Ok(audience)
}

/// An employee number as it was typed.
pub(super) fn person(typed: &str) -> Result<PersonNumber, Failure> {
    PersonNumber::new(typed)
        .map_err(|error| Failure::new(format!("{typed} is no employee number")).because(&error))
}

fn listed(path: &Path) -> Result<Vec<PersonNumber>, Failure> {
    let shown = path.display();
    let bytes = files::read_limited(path, MAX_LIST).map_err(|error| {
        Failure::file(format!("cannot read the list {shown}"), &error)
            .hint("--to takes department=NAME, role=NAME, person=NUMBER or a file with a number on each line")
    })?;
    let text = encoding::decode(&bytes, Encoding::Unicode)
        .map_err(|error| Failure::new(format!("cannot read the list {shown}")).because(&error))?;
    let mut people = Vec::new();
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let number = PersonNumber::new(text).map_err(|error| {
            Failure::new(format!("{shown}:{line}: {error}")).hint("write one employee number on each line")
        })?;
        people.push(number);
    }
    if people.is_empty() {
        return Err(
            Failure::new(format!("{shown} names nobody")).hint("write one employee number on each line")
        );
    }
    Ok(people)
}

/// An audience in words.
pub(super) fn words(audience: &Audience) -> String {
    let mut parts = Vec::new();
    parts.extend(audience.departments.iter().map(|name| format!("department {name}")));
    parts.extend(audience.roles.iter().map(|name| format!("role {name}")));
    if let Some(people) = &audience.people {
        match (people.first(), people.len()) {
            (None, _) => parts.push("nobody any more (whom it named was erased)".to_owned()),
            (Some(one), 1) => parts.push(format!("person {one}")),
            (Some(_), several) => parts.push(format!("{several} people")),
        }
    }
    if parts.is_empty() { "everybody".to_owned() } else { parts.join(", ") }
}
