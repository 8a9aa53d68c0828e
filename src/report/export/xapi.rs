//! A completion as xAPI 1.0.3 statements, which a learning record store takes.

use serde_json::{Value, json};

use super::{Line, identifier};
use crate::printable::Printable;
use crate::record::Completion;

/// What the statements name: whose accounts and whose courses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The address under which employee numbers and course ids mean something, such as the organisation's. Nothing needs
    /// to answer there.
    pub home_page: String,
}

/// The statements of a record that counts: completed, and passed or failed.
#[must_use]
pub fn statements(line: &Line, record: &Completion, place: &Place) -> Vec<Value> {
    let outcome = if line.state.passed { "passed" } else { "failed" };
    ["completed", outcome].iter().map(|verb| statement(verb, line, record, place)).collect()
}

fn statement(verb: &str, line: &Line, record: &Completion, place: &Place) -> Value {
    let (state, claims) = (&line.state, &record.claims);
    let seconds: u64 = claims.attempts.iter().fold(0, |sum, one| sum.saturating_add(one.active_seconds));
    let language = language(&claims.course.language);
    let base = place.home_page.trim_end_matches('/');
    let course = state.course.as_str();
    let mut statement = json!({
        "id": identifier(&format!("countersign xapi {verb} 1"), &state.digest).to_string(),
        "version": "1.0.3",
        "actor": {
            "objectType": "Agent",
            "name": text(&claims.person.name),
            "account": { "homePage": place.home_page, "name": line.number },
        },
        "verb": {
            "id": format!("http://adlnet.gov/expapi/verbs/{verb}"),
            "display": { "en": verb },
        },
        "object": {
            "objectType": "Activity",
            "id": format!("{base}/courses/{course}"),
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/course",
                "name": { &language: text(&claims.course.title).unwrap_or_else(|| course.to_owned()) },
            },
        },
        "result": {
            "completion": true,
            "success": state.passed,
            "score": score(state.earned, state.possible),
            "duration": format!("PT{seconds}S"),
        },
        "context": {
            "platform": "countersign",
            "language": language,
            "revision": text(&claims.course.version),
            "extensions": {
                format!("{base}/xapi/record"): state.digest,
                format!("{base}/xapi/course-digest"): state.version,
                format!("{base}/xapi/received"): state.received_at,
                format!("{base}/xapi/log-entry"): state.index,
            },
        },
        "timestamp": state.signed_at,
    });
    // A member without a value makes a store refuse the statement (section 2.2 of the specification's part on data).
    for part in ["actor", "result", "context"] {
        if let Some(members) = statement[part].as_object_mut() {
            members.retain(|_, value| !value.is_null());
        }
    }
    statement
}

/// What a person wrote, unless nothing can be seen of it: stores refuse texts that are empty, and the whole list with them.
fn text(text: &str) -> Option<String> {
    let shown = Printable::new(text).to_string();
    (!shown.trim().is_empty()).then_some(shown)
}

/// As much of a language tag as every store takes: language, script, region (RFC 5646). A record that HR took in spite of its
/// content may say anything; `und` stands for what is no tag.
fn language(tag: &str) -> String {
    let letters = |part: &&str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_alphabetic());
    let mut parts = tag.split('-').peekable();
    let Some(language) = parts.next().filter(|part| letters(part, 2) || letters(part, 3)) else {
        return "und".to_owned();
    };
    let mut kept = vec![language];
    kept.extend(parts.next_if(|part| letters(part, 4)));
    let is_number = |part: &&str| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit());
    kept.extend(parts.next_if(|part| letters(part, 2) || is_number(part)));
    kept.join("-")
}

/// The marks, unless they cannot be: the least is less than the most, and what was reached not more (section 2.4.5.1 of
/// the part on data).
fn score(earned: u64, possible: u64) -> Option<Value> {
    (earned <= possible && possible > 0).then(|| {
        json!({
            "scaled": share(earned, possible),
            "raw": thousandths(earned),
            "min": 0,
            "max": thousandths(possible),
        })
    })
}

/// Earned of possible, which is more than nothing, from 0 to 1, to four decimals.
fn share(earned: u64, possible: u64) -> Value {
    let share = u128::from(earned) * 10_000 / u128::from(possible);
    number(&format!("{}.{:04}", share / 10_000, share % 10_000))
}

/// Points of thousandths of a point.
fn thousandths(points: u64) -> Value {
    number(&format!("{}.{:03}", points / 1000, points % 1000))
}

fn number(decimal: &str) -> Value {
    json!(decimal.parse::<f64>().expect("it is written as a decimal number"))
}

#[cfg(test)]
mod tests {
    use super::super::specimen;
    use super::*;

    #[test]
    fn a_store_takes_what_the_standard_says() {
        let (mut line, record) = specimen();
        let place = Place { home_page: "https://example.org/hr".to_owned() };
        let said = statements(&line, &record, &place);
        let verbs: Vec<&str> = said.iter().filter_map(|one| one["verb"]["id"].as_str()).collect();
        assert_eq!(
            verbs,
            ["http://adlnet.gov/expapi/verbs/completed", "http://adlnet.gov/expapi/verbs/passed"]
        );
        assert_ne!(said[0]["id"], said[1]["id"]);
        let passed = &said[1];
        assert_eq!(
            passed["actor"]["account"],
            json!({"homePage": "https://example.org/hr", "name": "012345"})
        );
        assert_eq!(passed["object"]["id"], "https://example.org/hr/courses/vector-course");
        assert_eq!(
            passed["result"]["score"],
            json!({"scaled": 0.9286, "raw": 13.001, "min": 0, "max": 14.0})
        );
        assert_eq!(passed["timestamp"], "2026-11-22T10:50:00Z");
        line.state.passed = false;
        assert_eq!(statements(&line, &record, &place)[1]["verb"]["display"]["en"], "failed");
    }

    /// A store refuses a list as a whole for one of these.
    #[test]
    fn what_no_store_takes_is_left_out() {
        let (mut line, mut record) = specimen();
        let place = Place { home_page: "https://example.org/hr/".to_owned() };
        (line.state.earned, line.state.possible) = (1, 0);
        let course = &mut record.claims.course;
        (course.language, course.title, course.version) =
            ("English, mostly".to_owned(), " ".to_owned(), " ".to_owned());
        record.claims.person.name = String::new();
        let said = &statements(&line, &record, &place)[0];
        assert_eq!(said["object"]["definition"]["name"], json!({"und": "vector-course"}));
        assert_eq!(said["context"]["language"], "und");
        for (part, member) in [("actor", "name"), ("result", "score"), ("context", "revision")] {
            assert_eq!(said[part].get(member), None, "{part}.{member}");
        }
    }

    #[test]
    fn a_language_is_told_as_far_as_every_store_knows_it() {
        let check = |tag, expected| assert_eq!(language(tag), expected, "{tag}");
        check("en", "en");
        check("gsw", "gsw");
        check("de-CH", "de-CH");
        check("zh-Hant-TW", "zh-Hant-TW");
        check("es-419", "es-419");
        check("de-CH-1901-x-mine", "de-CH");
        check("zh-yue-HK", "zh");
        for odd in ["", "-", "e", "English", "en\u{e9}", "12", "x-klingon"] {
            check(odd, "und");
        }
    }

    #[test]
    fn a_share_is_from_0_to_1() {
        let check = |earned, possible, expected: f64| {
            assert_eq!(score(earned, possible).expect("marks")["scaled"], json!(expected));
        };
        check(0, 14_000, 0.0);
        check(14_000, 14_000, 1.0);
        check(1, 3, 0.3333);
        check(u64::MAX, u64::MAX, 1.0);
        assert_eq!(score(5, 0), None);
        assert_eq!(score(0, 0), None);
        assert_eq!(score(15_000, 14_000), None);
    }
}
