//! Any text as a roster: an end, no panic, and nobody who is both taken over and refused.

#![no_main]

use countersign::encoding::{Encoding, decode};
use countersign::registry::roster::{Manner, Roster};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = decode(bytes, Encoding::Unicode) else { return };
    let Ok(roster) = Roster::read(&text, &Manner::default()) else { return };
    for reject in &roster.rejects {
        assert!(!reject.reasons.is_empty());
        assert!(reject.number.as_ref().is_none_or(|number| !roster.people.contains_key(number)));
    }
});
