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
    let language = claims.course.language.as_str();
    let clean = |text: &str| Printable::new(text).to_string();
    let base = place.home_page.trim_end_matches('/');
    json!({
        "id": identifier(&format!("countersign xapi {verb} 1"), &state.digest).to_string(),
        "version": "1.0.3",
        "actor": {
            "objectType": "Agent",
            "name": clean(&claims.person.name),
            "account": { "homePage": place.home_page, "name": line.number },
        },
        "verb": {
            "id": format!("http://adlnet.gov/expapi/verbs/{verb}"),
            "display": { "en": verb },
        },
        "object": {
            "objectType": "Activity",
            "id": format!("{base}/courses/{}", state.course),
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/course",
                "name": { language: clean(&claims.course.title) },
            },
        },
        "result": {
            "completion": true,
            "success": state.passed,
            "score": {
                "scaled": share(state.earned, state.possible),
                "raw": thousandths(state.earned),
                "min": 0,
                "max": thousandths(state.possible),
            },
            "duration": format!("PT{seconds}S"),
        },
        "context": {
            "platform": "countersign",
            "language": language,
            "revision": clean(&claims.course.version),
            "extensions": {
                format!("{base}/xapi/record"): state.digest,
                format!("{base}/xapi/course-digest"): state.version,
                format!("{base}/xapi/received"): state.received_at,
                format!("{base}/xapi/log-entry"): state.index,
            },
        },
        "timestamp": state.signed_at,
    })
}

/// Earned of possible, from 0 to 1, to four decimals.
fn share(earned: u64, possible: u64) -> Value {
    let share = u128::from(earned.min(possible)) * 10_000 / u128::from(possible.max(1));
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

    #[test]
    fn a_share_is_from_0_to_1() {
        let check = |earned, possible, expected: f64| assert_eq!(share(earned, possible), json!(expected));
        check(0, 14_000, 0.0);
        check(14_000, 14_000, 1.0);
        check(1, 3, 0.3333);
        check(5, 0, 0.0);
        check(u64::MAX, u64::MAX, 1.0);
    }
}
