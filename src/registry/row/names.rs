//! Names of departments or roles that somebody typed to find people by.

use std::collections::BTreeSet;

use crate::fold::folded;

/// Names that somebody typed. Case, accents and forms that only look different do not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    typed: Vec<String>,
    folded: BTreeSet<String>,
}

impl Names {
    /// As they were typed.
    #[must_use]
    pub fn typed(&self) -> &[String] {
        &self.typed
    }

    /// Whether somebody of this name, or of none, is wanted. With no names typed everybody is.
    #[must_use]
    pub fn take(&self, name: Option<&str>) -> bool {
        self.typed.is_empty()
            || name.is_some_and(|name| {
                // Most type it as it is, and folding takes longer than comparing.
                self.typed.iter().any(|typed| typed == name) || self.folded.contains(&folded(name))
            })
    }
}

impl From<Vec<String>> for Names {
    fn from(typed: Vec<String>) -> Self {
        let folded = typed.iter().map(|name| folded(name)).collect();
        Self { typed, folded }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_whatever_their_case_and_accents() {
        let check = |typed: &[&str], name: Option<&str>, expected: bool| {
            let names: Names = typed.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>().into();
            assert_eq!(names.take(name), expected, "{typed:?} {name:?}");
        };
        check(&[], None, true);
        check(&[], Some("Sales"), true);
        check(&["sales"], Some("Sales"), true);
        check(&["PFLEGE SUD"], Some("Pflege Süd"), true);
        check(&["Care", "ｓａｌｅｓ"], Some("Sales"), true);
        check(&["sales"], Some("Sales West"), false);
        check(&["sales"], None, false);
    }
}
