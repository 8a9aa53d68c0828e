//! Whose a file is that was put aside, by what it says: what an erasure takes along.
//!
//! Such a file may be broken anywhere, so it is looked at as text where it cannot be read. What it says is not proved:
//! it only has to be found.

use serde_json::Value;

use super::change::PutAside;
use super::dossier::Dossier;

/// What a file says of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belonging {
    /// It is theirs: it says their number as that of the person it is about; or it says no number, and answers one of
    /// their assignments, was signed with a key that they are known by, or came under a name that begins with their number.
    Theirs,
    /// It is somebody else's by its number, and mentions their number, name, e-mail address, assignment or key.
    Mentions,
    /// It is somebody else's by its number, and mentions nothing of theirs.
    SomebodyElses,
    /// It says no number, and nothing of them.
    None,
}

/// What this file says of this person.
#[must_use]
pub fn of(file: &PutAside, dossier: &Dossier) -> Belonging {
    let number = dossier.number.as_str();
    // Written anew, so that what was spelt with escapes is found too.
    let document = serde_json::from_slice::<Value>(&file.bytes).ok();
    let text = match &document {
        Some(document) => document.to_string(),
        None => String::from_utf8_lossy(&file.bytes).into_owned(),
    };
    let claimed = document.as_ref().and_then(|document| {
        document.pointer("/credentialSubject/person/number")?.as_str().map(str::to_owned)
    });
    let numbers = claimed.map_or_else(|| numbers(&text), |number| vec![number]);
    if numbers.iter().any(|said| said.trim() == number) {
        return Belonging::Theirs;
    }
    let linked = dossier.assignments.iter().any(|assignment| text.contains(&assignment.id.to_string()))
        || dossier.keys.iter().any(|key| text.contains(key.as_str()));
    if numbers.is_empty() && (linked || is_named_after(&file.name, number)) {
        return Belonging::Theirs;
    }
    if linked || mentions(&text, dossier) || is_named_after(&file.name, number) {
        Belonging::Mentions
    } else if numbers.is_empty() {
        Belonging::None
    } else {
        Belonging::SomebodyElses
    }
}

/// The texts of all members `number`.
fn numbers(text: &str) -> Vec<String> {
    let members = text.match_indices("\"number\"");
    let values = members.filter_map(|(at, member)| {
        let value = text.get(at + member.len()..)?.trim_start().strip_prefix(':')?.trim_start();
        // The first value of what follows; what stands behind it does not matter.
        serde_json::Deserializer::from_str(value).into_iter::<String>().next()?.ok()
    });
    values.collect()
}

fn mentions(text: &str, dossier: &Dossier) -> bool {
    let profile = dossier.roster.as_ref().map(|roster| &roster.profile);
    let lower = text.to_lowercase();
    let named = profile.map(|profile| &profile.name).into_iter();
    let mut named = named.chain(profile.and_then(|profile| profile.email.as_ref()));
    text.contains(&Value::from(dossier.number.as_str()).to_string())
        || named.any(|named| lower.contains(&named.to_lowercase()))
}

/// Records are named by number, course and day.
fn is_named_after(name: &str, number: &str) -> bool {
    let starts = |part: &str| part.strip_prefix(number).is_some_and(|rest| rest.starts_with('_'));
    name.split(['/', '\\']).any(starts)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::clock::Timestamp;
    use crate::digest::Digest;
    use crate::record::verdict::Outcome;
    use crate::registry::dossier::{AssignmentState, RosterState};
    use crate::registry::person::{PersonNumber, Presence, Profile};
    use crate::registry::terms::Levels;

    fn check(name: &str, file: &str, expected: Belonging) {
        let at = Timestamp::EPOCH;
        let profile = Profile { email: Some("zoe@example.org".to_owned()), ..Profile::named("Zoë Quist") };
        let dossier = Dossier {
            number: PersonNumber::new("012345").expect("a number"),
            roster: Some(RosterState::at(at, profile, Presence::Active, at)),
            assignments: vec![AssignmentState {
                id: Uuid::from_u128(7),
                digest: Digest::of(b""),
                at,
                due: at,
                course: "a".parse().expect("an id"),
                version: Digest::of(b""),
                rule: None,
            }],
            records: Vec::new(),
            waivers: Vec::new(),
            keys: vec!["did:key:z6MkTheirs".to_owned()],
        };
        let file = PutAside {
            at,
            file: Digest::of(file.as_bytes()),
            record: None,
            name: name.to_owned(),
            bytes: file.as_bytes().to_vec(),
            levels: Levels([Outcome::Unknown; 5]),
            reasons: Vec::new(),
        };
        assert_eq!(of(&file, &dossier), expected, "{name} {file:?}");
    }

    const URN: &str = "urn:uuid:00000000-0000-0000-0000-000000000007";

    #[test]
    fn a_file_is_whose_number_it_says() {
        use Belonging::{Mentions, SomebodyElses, Theirs};
        let of = |number: &str, more: &str| {
            format!(r#"{{"credentialSubject": {{"person": {{"number": {number}}}, "more": "{more}"}}}}"#)
        };
        check("x.json", &of("\"012345\"", ""), Theirs);
        check("x.json", &of("\" 012345\"", ""), Theirs);
        check("x.json", &of("\"\\u00301\\u0032345\"", ""), Theirs);
        check("x.json", &of("\"12345\"", ""), SomebodyElses);
        check("x.json", &of("\"0123456\"", "Zoe"), SomebodyElses);
        // A colleague's, which may be about them all the same.
        check("x.json", &of("\"12345\"", "Zo\\u00eb QUIST"), Mentions);
        check("x.json", &of("\"12345\"", "Zoe@Example.org"), Mentions);
        check("x.json", &of("\"12345\"", "012345"), Mentions);
        check("x.json", &of("\"12345\"", URN), Mentions);
        check("x.json", &of("\"12345\"", "did:key:z6MkTheirs"), Mentions);
        check("inbox/012345_a_2026.completion.json", &of("\"12345\"", ""), Mentions);
    }

    #[test]
    fn what_is_broken_is_looked_at_as_text() {
        use Belonging::{Mentions, None, Theirs};
        check("x.json", r#"{"person": {"number" : "012345", "na"#, Theirs);
        check("x.json", r#"{"number": "12345", "number": "012345""#, Theirs);
        check("x.json", r#"{"number": "12345", "name": "Zoë Quist"#, Mentions);
        check("x.json", &format!(r#"{{"assignmentId": "{URN}""#), Theirs);
        check("x.json", r#"{"issuer": "did:key:z6MkTheirs"#, Theirs);
        check("mail.zip/012345_a_2026.completion.json", "", Theirs);
        check("0123456_a_2026.completion.json", "", None);
        check("x.json", r#"{"number": 012345, "number""#, None);
        check("x.json", "\u{0}\u{feff}\"number\":", None);
    }
}
