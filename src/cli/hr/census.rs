//! Which departments, roles and people there are, for names that somebody typed.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::super::error::Failure;
use super::open::of_store;
use crate::clock::Timestamp;
use crate::fold::folded;
use crate::registry::PersonNumber;
use crate::registry::change::Audience;
use crate::registry::dossier::Dossier;
use crate::shell::Wording;
use crate::store::registry::RegistryStore;

/// How many names are told where none is near.
const SHOWN: usize = 12;
/// How like a name must be to be what somebody may have meant, from 0 to 1.
const LIKE: f64 = 0.8;

/// Everybody's department, role and number.
#[derive(Debug, Default)]
pub(super) struct Census {
    groups: Groups,
    people: HashSet<PersonNumber>,
}

/// The departments and roles that people have.
#[derive(Debug, Default)]
pub(super) struct Groups {
    departments: BTreeSet<String>,
    roles: BTreeSet<String>,
}

/// A name that nobody has: what happened, and what to do next.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stranger {
    pub(super) message: String,
    pub(super) hint: Wording,
}

impl Census {
    /// Looks at everybody who is known at `at`.
    pub(super) fn of(store: &dyn RegistryStore, at: Timestamp) -> Result<Self, Failure> {
        let mut census = Self::default();
        let visited = store.dossiers(at, &mut |dossier| {
            census.groups.meet(&dossier);
            if dossier.roster.is_some() {
                census.people.insert(dossier.number);
            }
            Ok(())
        });
        visited.map(|()| census).map_err(|error| of_store(&error))
    }

    /// The audience with departments and roles as the roster spells them, in every way in which it does. What names nobody is
    /// refused: a slip there would leave people out without a word.
    pub(super) fn resolved(&self, audience: Audience) -> Result<Audience, Failure> {
        let strangers = self.groups.strangers(&audience.departments, &audience.roles);
        if let Some(Stranger { message, hint }) = strangers.into_iter().next() {
            return Err(Failure::new(message).hint(hint));
        }
        let unknown: Vec<&PersonNumber> =
            audience.people.iter().flatten().filter(|number| !self.people.contains(*number)).collect();
        if unknown.is_empty() {
            return Ok(Audience {
                departments: spelt(&audience.departments, &self.groups.departments),
                roles: spelt(&audience.roles, &self.groups.roles),
                people: audience.people,
            });
        }
        let message = match unknown.as_slice() {
            [one] => format!("{one} is not on the roster"),
            several => format!("{} of the numbers are not on the roster", several.len()),
        };
        let mut failure = Failure::new(message)
            .hint("nothing was done; mend what was typed, or import a roster with them first");
        let mut by_look: HashMap<String, Vec<&PersonNumber>> = HashMap::new();
        for number in &self.people {
            by_look.entry(number.bare()).or_default().push(number);
        }
        let told = |number: &PersonNumber| match by_look.get(&number.bare()) {
            Some(known) => format!("{number}: did you mean {}?", alternatives(known)),
            None => number.to_string(),
        };
        failure.details = unknown.into_iter().take(20).map(told).collect();
        Err(failure)
    }
}

/// `007`, or `07 or 007`: several may look alike.
fn alternatives(known: &[&PersonNumber]) -> String {
    let mut known: Vec<&str> = known.iter().map(|number| number.as_str()).collect();
    known.sort_unstable();
    let more = known.len().saturating_sub(SHOWN);
    let told = known.iter().take(SHOWN).copied().collect::<Vec<_>>().join(" or ");
    if more > 0 { format!("{told} or one of {more} more") } else { told }
}

impl Groups {
    /// Somebody is there.
    pub(super) fn meet(&mut self, dossier: &Dossier) {
        let Some(roster) = &dossier.roster else { return };
        for (name, names) in
            [(&roster.profile.department, &mut self.departments), (&roster.profile.role, &mut self.roles)]
        {
            if let Some(name) = name.as_ref().filter(|name| !names.contains(*name)) {
                names.insert(name.clone());
            }
        }
    }

    /// Those of these departments and roles that nobody has, whatever the case and the accents.
    pub(super) fn strangers(&self, departments: &[String], roles: &[String]) -> Vec<Stranger> {
        let kinds = [
            ("department", "departments", departments, &self.departments),
            ("role", "roles", roles, &self.roles),
        ];
        let of_kind = |(one, many, named, there): (&str, &str, &[String], &BTreeSet<String>)| {
            let unknown = named.iter().filter(|name| spelt(&[(*name).clone()], there).is_empty());
            unknown
                .map(|name| Stranger {
                    message: format!("nobody has the {one} {name:?}"),
                    hint: near(name, many, there),
                })
                .collect::<Vec<_>>()
        };
        kinds.into_iter().flat_map(of_kind).collect()
    }
}

/// The names that are there and the same as one of these when folded.
fn spelt(named: &[String], there: &BTreeSet<String>) -> Vec<String> {
    let named: HashSet<String> = named.iter().map(|name| folded(name)).collect();
    there.iter().filter(|name| named.contains(&folded(name))).cloned().collect()
}

fn near(name: &str, many: &str, there: &BTreeSet<String>) -> Wording {
    let name = folded(name);
    let like = |other: &&String| strsim::jaro_winkler(&name, &folded(other));
    let nearest = there.iter().max_by(|a, b| like(a).total_cmp(&like(b)));
    if let Some(nearest) = nearest.filter(|nearest| like(nearest) > LIKE) {
        return Wording::from(format!("did you mean {nearest:?}?"));
    }
    if there.is_empty() {
        return Wording::from(format!("the roster names no {many}"))
            .then("; countersign hr roster list shows who is there");
    }
    let shown: Vec<String> = there.iter().take(SHOWN).map(|name| format!("{name:?}")).collect();
    let shown = Wording::from(format!("the {many} are: {}", shown.join(", ")));
    match there.len().saturating_sub(SHOWN) {
        0 => shown,
        more => shown.and(format!(", and {more} more (")).then("countersign hr roster list shows them)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::dossier::RosterState;
    use crate::registry::person::{Presence, Profile};

    fn groups(departments: &[&str]) -> Groups {
        let mut groups = Groups::default();
        let at = Timestamp::EPOCH;
        for department in departments {
            let profile = Profile {
                department: Some((*department).to_owned()),
                role: Some("nurse".to_owned()),
                ..Profile::named("Ada")
            };
            groups.meet(&Dossier {
                number: PersonNumber::new("1").expect("a number"),
                roster: Some(RosterState::at(at, profile, Presence::Active, at)),
                assignments: Vec::new(),
                records: Vec::new(),
                waivers: Vec::new(),
                keys: Vec::new(),
            });
        }
        groups
    }

    #[test]
    fn a_name_is_found_whatever_its_case_and_accents() {
        let census =
            Census { groups: groups(&["Sales", "SALES", "Pflege Süd", "Care"]), people: HashSet::new() };
        let check = |department: &str, expected: &[&str]| {
            let audience = Audience { departments: vec![department.to_owned()], ..Audience::default() };
            let resolved = census.resolved(audience).map(|audience| audience.departments);
            assert_eq!(resolved.ok().unwrap_or_default(), expected, "{department}");
        };
        check("sales", &["SALES", "Sales"]);
        check("pflege sud", &["Pflege Süd"]);
        check("Care", &["Care"]);
        check("Caring", &[]);
    }

    /// Of several who look alike one was told, another one at each run.
    #[test]
    fn everybody_is_told_who_may_be_meant() {
        let check = |there: &[&str], typed: &str, told: &[&str]| {
            let numbers = there.iter().map(|number| PersonNumber::new(number).expect("a number"));
            let census = Census { groups: Groups::default(), people: numbers.collect() };
            let people = Some(BTreeSet::from([PersonNumber::new(typed).expect("a number")]));
            let failure =
                census.resolved(Audience { people, ..Audience::default() }).expect_err("a stranger");
            assert_eq!(failure.details, told);
        };
        check(&["007", "8"], "7", &["7: did you mean 007?"]);
        check(&["07", "007", "0007", "8"], "7", &["7: did you mean 0007 or 007 or 07?"]);
        check(&["8"], "7", &["7"]);
        let many: Vec<String> = (1..=14).map(|zeros| format!("{:0zeros$}7", 0)).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let failure = |told: &str| told.ends_with("or one of 2 more?");
        let census = Census {
            groups: Groups::default(),
            people: many.iter().map(|number| PersonNumber::new(number).expect("a number")).collect(),
        };
        let people = Some(BTreeSet::from([PersonNumber::new("7").expect("a number")]));
        let told = census.resolved(Audience { people, ..Audience::default() }).expect_err("a stranger");
        assert!(failure(&told.details[0]), "{:?}", told.details);
    }

    #[test]
    fn what_nobody_has_is_told_with_what_there_is() {
        let check = |departments: &[&str], typed: &str, hint: &str| {
            let strangers = groups(departments).strangers(&[typed.to_owned()], &["NURSE".to_owned()]);
            let message = format!("nobody has the department {typed:?}");
            assert_eq!(strangers, [Stranger { message, hint: Wording::from(hint.to_owned()) }]);
        };
        check(&["Sales", "Care"], "slaes", "did you mean \"Sales\"?");
        check(&["Sales", "Care"], "IT", "the departments are: \"Care\", \"Sales\"");
        let many: Vec<String> = (0..20).map(|number| format!("{number:02}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let strangers = groups(&many).strangers(&["IT".to_owned()], &[]);
        assert!(
            strangers[0]
                .hint
                .to_string()
                .ends_with("\"11\", and 8 more (countersign hr roster list shows them)"),
            "{strangers:?}"
        );
        let none = Groups::default().strangers(&[], &["x".to_owned()]);
        assert_eq!(
            none[0].hint.to_string(),
            "the roster names no roles; countersign hr roster list shows who is there"
        );
    }
}
