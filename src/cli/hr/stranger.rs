//! Whom somebody may mean who has typed what is nobody's number: one without its zeros, or a name.

use super::super::error::Failure;
use super::open::of_store;
use crate::clock::Timestamp;
use crate::fold::folded;
use crate::registry::{Dossier, PersonNumber};
use crate::shell::Wording;
use crate::store::registry::RegistryStore;

/// How many people are told of whom one may be meant.
const SHOWN: usize = 5;

/// `message`, with whom somebody may mean who typed `number`; with `hint` where it is like nobody.
pub(super) fn stranger(
    message: String,
    hint: &'static str,
    number: &PersonNumber,
    store: &dyn RegistryStore,
    at: Timestamp,
) -> Failure {
    match Meant::of(number, store, at) {
        Ok(meant) => {
            Failure::new(message).hint(meant.hint().map_or_else(|| Wording::from(hint), Wording::from))
        }
        Err(failure) => failure,
    }
}

/// Whom somebody may mean.
#[derive(Debug, Default)]
struct Meant {
    /// Whose number looks alike.
    alike: Vec<String>,
    /// Whose name has all that was typed.
    named: Vec<String>,
}

impl Meant {
    fn of(number: &PersonNumber, store: &dyn RegistryStore, at: Timestamp) -> Result<Self, Failure> {
        let mut meant = Self::default();
        let (bare, wanted) = (number.bare(), folded(number.as_str()));
        let visited = store.dossiers(at, &mut |dossier| {
            if dossier.number.bare() == bare {
                meant.alike.push(line(&dossier));
            } else if has_words(&dossier, &wanted) {
                meant.named.push(line(&dossier));
            }
            Ok(())
        });
        visited.map(|()| meant).map_err(|error| of_store(&error))
    }

    fn hint(&self) -> Option<String> {
        let (before, people, after) = match (self.alike.as_slice(), self.named.as_slice()) {
            ([], []) => return None,
            ([], named) => ("name them by number: ", named, ""),
            (alike, _) => ("did you mean ", alike, "?"),
        };
        let more = people.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" or one of {more} more") } else { String::new() };
        let told = people.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", or ");
        Some(format!("{before}{told}{more}{after}"))
    }
}

/// Whether the name of somebody has all words of a folded text.
pub(super) fn has_words(dossier: &Dossier, wanted: &str) -> bool {
    dossier.roster.as_ref().is_some_and(|roster| {
        let name = folded(&roster.profile.name);
        wanted.split_whitespace().all(|word| name.contains(word))
    })
}

fn line(dossier: &Dossier) -> String {
    match &dossier.roster {
        Some(roster) => format!("{} {}", dossier.number, roster.profile.name),
        None => dossier.number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_looks_alike_is_told_before_a_name() {
        let check = |alike: &[&str], named: &[&str], hint: Option<&str>| {
            let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
            assert_eq!(Meant { alike: owned(alike), named: owned(named) }.hint().as_deref(), hint);
        };
        check(&[], &[], None);
        check(&["007 Ada"], &["1 Seven"], Some("did you mean 007 Ada?"));
        check(&[], &["1 Ada", "2 Adam"], Some("name them by number: 1 Ada, or 2 Adam"));
        let seven = ["1", "2", "3", "4", "5", "6", "7"];
        check(&[], &seven, Some("name them by number: 1, or 2, or 3, or 4, or 5 or one of 2 more"));
    }
}
