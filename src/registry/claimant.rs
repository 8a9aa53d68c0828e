//! Whose a record says that it is, beside what the roster says of that number: whoever decides must see when the two differ.

use super::dossier::RosterState;
use super::person::PersonNumber;
use super::row::Membership;
use crate::fold::folded;
use crate::phrase::Phrase;
use crate::progress::Person;

/// Whom a record names, and whom the roster has under that number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimant {
    /// The name in the record. Nobody has vouched for it.
    pub name: String,
    email: Option<String>,
    roster: Option<Listed>,
    /// Of whom it may be when nobody has that number.
    alike: Vec<(PersonNumber, String)>,
}

/// Whom the roster has.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Listed {
    name: String,
    email: Option<String>,
    department: Option<String>,
    member: Membership,
}

impl Claimant {
    /// Whom a record names, and what the roster says of the number that it names.
    #[must_use]
    pub fn of(claimed: &Person, roster: Option<&RosterState>) -> Self {
        let listed = |state: &RosterState| Listed {
            name: state.profile.name.clone(),
            email: state.profile.email.clone(),
            department: state.profile.department.clone(),
            member: Membership::from(state),
        };
        let (name, email) = (claimed.name.clone(), claimed.email.clone());
        Self { name, email, roster: roster.map(listed), alike: Vec::new() }
    }

    /// This claimant, with whom else the record may be of: a zero was dropped, or somebody typed another's number.
    #[must_use]
    pub fn with_alike(self, alike: Vec<(PersonNumber, String)>) -> Self {
        Self { alike, ..self }
    }

    /// Whether a roster names somebody whom the record may be of: one whose number looks like the one it has, or who is
    /// called as it says.
    #[must_use]
    pub fn resembles(claimed: &Person, number: &PersonNumber, name: &str) -> bool {
        let looks = PersonNumber::new(&claimed.number).is_ok_and(|claimed| claimed.bare() == number.bare());
        let named = parts(&claimed.name);
        looks || (!named.is_empty() && named == parts(name))
    }

    /// Of whom it may be when nobody has that number: `perhaps it is of 007 Kim Novák`.
    #[must_use]
    pub fn perhaps(&self) -> Option<Phrase> {
        let (first, more) = self.alike.split_first().filter(|_| self.roster.is_none())?;
        let said = |words: Phrase, (number, name): &(PersonNumber, String)| {
            words.value(number.as_str()).own(" ").value(name)
        };
        let words = said(Phrase::new().own("perhaps it is of "), first);
        Some(more.iter().fold(words, |words, other| said(words.own(", or of "), other)))
    }

    /// Whom the roster has under that number: `Kim Novák, Sales`, or `not on the roster`.
    #[must_use]
    pub fn on_the_roster(&self) -> Phrase {
        let Some(listed) = &self.roster else { return Phrase::new().own(Membership::Unlisted.words()) };
        let mut words = Phrase::new().value(&listed.name);
        if let Some(department) = &listed.department {
            words = words.own(", ").value(department);
        }
        match listed.member {
            Membership::Active | Membership::Unlisted => words,
            Membership::Away | Membership::ToCome | Membership::Gone => {
                words.own(format!(" ({})", listed.member.words()))
            }
        }
    }

    /// In what the record and the roster differ, if they do. Case, accents, signs and the order of names do not matter, and
    /// an e-mail address counts where both have one.
    #[must_use]
    pub fn difference(&self) -> Option<Phrase> {
        let listed = self.roster.as_ref()?;
        let name = (parts(&self.name) != parts(&listed.name)).then(|| {
            let named = Phrase::new().own("the record names ").value_if_any(&self.name);
            named.own(", the roster has ").value(&listed.name).own(" under this number")
        });
        let emails = self.email.as_deref().zip(listed.email.as_deref());
        let email = emails
            .filter(|(claimed, known)| claimed.trim().to_lowercase() != known.trim().to_lowercase())
            .map(|(claimed, known)| {
                Phrase::new().own("the record says ").value(claimed).own(", the roster ").value(known)
            });
        match (name, email) {
            (Some(name), Some(email)) => Some(name.own("; ").then(email)),
            (name, email) => name.or(email),
        }
    }

    /// What somebody who decides should know first: in what the record and the roster differ, or that there is nobody to
    /// compare with.
    #[must_use]
    pub fn doubt(&self) -> Option<Phrase> {
        match &self.roster {
            None => {
                let nobody = Phrase::new().own("nobody of this number is on the roster");
                Some(match self.perhaps() {
                    Some(perhaps) => nobody.own("; ").then(perhaps),
                    None => nobody,
                })
            }
            Some(_) => self.difference(),
        }
    }

    /// The name that the roster has under that number.
    #[must_use]
    pub fn known_name(&self) -> Option<&str> {
        self.roster.as_ref().map(|listed| listed.name.as_str())
    }

    /// The name for a list: `Kim Novák`, `Eva (roster: Kim Novák)`, or `mini (not on the roster)`.
    #[must_use]
    pub fn called(&self) -> Phrase {
        let named = Phrase::new().value_if_any(&self.name);
        match &self.roster {
            None => named.own(" (").then(self.on_the_roster()).own(")"),
            Some(listed) if parts(&self.name) == parts(&listed.name) => Phrase::new().value(&listed.name),
            Some(listed) => named.own(" (roster: ").value(&listed.name).own(")"),
        }
    }
}

/// Whether two names differ in nothing but case, accents, signs and the order of their parts.
#[must_use]
pub fn is_same_name(one: &str, other: &str) -> bool {
    parts(one) == parts(other)
}

/// What a name is made of, as it is compared: `Novák, Kim` is `Kim Novak`.
fn parts(name: &str) -> Vec<String> {
    let folded = folded(name);
    let mut parts: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    parts.sort_unstable();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;
    use crate::registry::person::{Presence, Profile};

    fn claimant(name: &str, email: Option<&str>, roster: Option<(Profile, Presence)>) -> Claimant {
        let email = email.map(str::to_owned);
        let claimed = Person { email, name: name.to_owned(), number: "030".to_owned() };
        let at = Timestamp::EPOCH;
        let roster = roster.map(|(profile, presence)| RosterState::at(at, profile, presence, at));
        Claimant::of(&claimed, roster.as_ref())
    }

    fn kim() -> Profile {
        let (email, department) = (Some("kim@example.org".to_owned()), Some("Sales".to_owned()));
        Profile { email, department, ..Profile::named("Kim Novák") }
    }

    #[test]
    fn the_record_and_the_roster_differ_or_do_not() {
        let check = |name: &str, email: Option<&str>, expected: Option<&str>| {
            let found = claimant(name, email, Some((kim(), Presence::Active))).difference();
            let found = found.map(|found| found.to_string());
            assert_eq!(found.as_deref(), expected, "{name} {email:?}");
        };
        check("Kim Novák", None, None);
        check("NOVAK, Kim", Some(" Kim@Example.org"), None);
        check("Eva", None, Some("the record names Eva, the roster has Kim Novák under this number"));
        check("Kim", None, Some("the record names Kim, the roster has Kim Novák under this number"));
        check(
            "Kim Novák",
            Some("eva@example.org"),
            Some("the record says eva@example.org, the roster kim@example.org"),
        );
        check(
            "Eva",
            Some("eva@example.org"),
            Some(
                "the record names Eva, the roster has Kim Novák under this number; \
                 the record says eva@example.org, the roster kim@example.org",
            ),
        );
        // Where the roster has no address, none differs.
        let bare = claimant("Kim", Some("eva@example.org"), Some((Profile::named("Kim"), Presence::Active)));
        assert_eq!(bare.difference(), None);
        let mini = claimant("mini", None, None);
        assert_eq!((mini.difference(), mini.doubt().is_some()), (None, true));
    }

    /// A record of `7 Ada Byron` was accepted, and counted for nobody on the roster.
    #[test]
    fn whom_it_may_be_of_is_said_when_nobody_has_its_number() {
        let number = |text: &str| PersonNumber::new(text).expect("a number");
        let claimed = Person { email: None, name: "Byron, Ada".to_owned(), number: "7".to_owned() };
        let check = |other: &str, name: &str, expected: bool| {
            assert_eq!(Claimant::resembles(&claimed, &number(other), name), expected, "{other} {name}");
        };
        check("007", "Kim", true);
        check("001", "Ada Byron", true);
        check("001", "Ada", false);
        check("001", "", false);
        let alike = vec![(number("007"), "Kim".to_owned()), (number("001"), "Ada Byron".to_owned())];
        let nobody = Claimant::of(&claimed, None).with_alike(alike.clone());
        assert_eq!(
            nobody.doubt().map(|words| words.to_string()).as_deref(),
            Some("nobody of this number is on the roster; perhaps it is of 007 Kim, or of 001 Ada Byron")
        );
        let known = claimant("Byron, Ada", None, Some((Profile::named("Ada Byron"), Presence::Active)));
        assert_eq!(known.with_alike(alike).doubt(), None);
    }

    #[test]
    fn a_typographic_apostrophe_is_no_other_name() {
        let ohara = (Profile::named("Siobhán O\u{2019}Hara"), Presence::Active);
        assert_eq!(claimant("Siobhan O'Hara", None, Some(ohara)).difference(), None);
    }

    #[test]
    fn whom_the_roster_has_in_words() {
        let check = |name: &str, roster: Option<(Profile, Presence)>, on_it: &str, called: &str| {
            let claimant = claimant(name, None, roster);
            let said = (claimant.on_the_roster().to_string(), claimant.called().to_string());
            assert_eq!(said, (on_it.to_owned(), called.to_owned()));
        };
        check("Kim Novak", Some((kim(), Presence::Active)), "Kim Novák, Sales", "Kim Novák");
        check("Eva", Some((kim(), Presence::Gone)), "Kim Novák, Sales (left)", "Eva (roster: Kim Novák)");
        check("Eva", Some((Profile::named("Eva"), Presence::Away)), "Eva (on leave)", "Eva");
        check("mini", None, "not on the roster", "mini (not on the roster)");
        check("", None, "not on the roster", "(empty) (not on the roster)");
    }
}
