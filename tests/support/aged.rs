//! Records of so many days ago: whether one is too old does not hang on the day of a test.

use countersign::clock::{Clock as _, SystemClock, Timestamp};
use countersign::record::claims::CompletionClaims;
use serde_json::Value;

use super::forge;
use super::learner::signed_at;
use super::vectors::{LEARNER, World, pretty};

/// An honest one that answers no assignment, signed so many days ago.
pub(crate) fn self_declared(world: &World, days: i64) -> Vec<u8> {
    signed(&world.claims(false, &[9]), days)
}

/// The moment so many days ago.
pub(crate) fn ago(days: i64) -> Timestamp {
    Timestamp::from_unix(SystemClock.now().unix() - days * 86_400).expect("a time that can be written")
}

/// What the learner signed so many days ago, with the times of that day.
pub(crate) fn signed(claims: &CompletionClaims, days: i64) -> Vec<u8> {
    let mut document = World::signed(claims);
    postpone(&mut document, ago(days).unix() - signed_at(1).unix());
    forge::sign(&mut document, &LEARNER);
    pretty(&document)
}

/// Moves every time in the document by so many seconds.
fn postpone(document: &mut Value, seconds: i64) {
    match document {
        Value::String(text) => {
            if let Ok(at) = text.parse::<Timestamp>() {
                let moved = Timestamp::from_unix(at.unix() + seconds).expect("a time that can be written");
                *text = moved.to_string();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| postpone(value, seconds)),
        Value::Object(members) => members.values_mut().for_each(|value| postpone(value, seconds)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
