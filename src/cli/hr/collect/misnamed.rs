//! Files that are named after somebody else than the person whose record they hold.
//!
//! The record counts for whom it names, whatever the file is called. But a file in a colleague's name is what somebody sends
//! who hopes that nobody opens it.

use memchr::memmem;

use crate::clock::Timestamp;
use crate::record::file_name;
use crate::record::verdict::Reading;
use crate::registry::PersonNumber;
use crate::store::StoreError;
use crate::store::registry::RegistryStore;

/// Whose a file is by its name, and whose by what it holds.
#[derive(Debug)]
pub(super) struct Misnamed {
    named: String,
    whose: String,
}

impl Misnamed {
    /// What is wrong, and what to do.
    pub(super) fn words(&self) -> String {
        format!(
            "its name says {}, and the record in it is that of {}: ask who sent it",
            self.named, self.whose
        )
    }
}

/// Of a file that holds a record of the person of the number `claimed`.
pub(super) fn of_record(
    store: &dyn RegistryStore,
    name: &str,
    claimed: &str,
    at: Timestamp,
) -> Result<Option<Misnamed>, StoreError> {
    let named = named_after(name).filter(|named| *named != claimed && *named != file_name::safe(claimed));
    let Some(Ok(number)) = named.map(PersonNumber::new) else { return Ok(None) };
    let roster = store.dossier(&number, at)?.and_then(|dossier| dossier.roster);
    // Of whoever was erased nothing but the name of the file is left, and it is wrong all the same.
    let named = match roster {
        Some(roster) => format!("{number} {}", roster.profile.name),
        None => format!("{number}, who is not on the roster"),
    };
    Ok(Some(Misnamed { named, whose: claimed.to_owned() }))
}

/// The same of a file that was here before, which is read only when its name is nowhere in it.
pub(super) fn of_file(
    store: &dyn RegistryStore,
    name: &str,
    bytes: &[u8],
    at: Timestamp,
) -> Result<Option<Misnamed>, StoreError> {
    let Some(named) = named_after(name) else { return Ok(None) };
    if memmem::find(bytes, format!("\"{named}\"").as_bytes()).is_some() {
        return Ok(None);
    }
    match Reading::of(bytes).claims() {
        Some(claims) => of_record(store, name, &claims.person.number, at),
        None => Ok(None),
    }
}

/// The number that a file is named after, if its name is one that this program gives. Whatever others begin with may be a year as
/// well as a number.
pub(in crate::cli::hr) fn named_after(name: &str) -> Option<&str> {
    let name = name.rsplit(['/', '\\']).next()?;
    file_name::number_of_completion(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_somebody_by_this_program_alone() {
        #[track_caller]
        fn check(name: &str, expected: Option<&str>) {
            assert_eq!(named_after(name), expected, "{name}");
        }
        let own = "00050_phishing_2026-11-26_1f0c9ab2.completion.json";
        check(own, Some("00050"));
        check(&format!("inbox/{own}"), Some("00050"));
        check(&format!("a_b\\c.zip/{own}"), Some("00050"));
        check("a_b/2026_ada.json", None);
        check(&format!("{own}/"), None);
        check("", None);
    }
}
