//! Any text as a CSV file: every part of the bank is accounted for, never a panic; and each question that comes over is one
//! that its own key answers.

#![no_main]

use countersign::author::exchange::{Outcome, table};
use countersign::quiz::{key, mark};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for entry in table::import(text).entries {
        match entry.outcome {
            Outcome::Imported { question, .. } => {
                assert!(mark::is_right(&question, &key::key(&question)), "the key of {} is wrong", entry.name);
            }
            Outcome::Refused { reasons } => assert!(!reasons.is_empty(), "{} was refused without a reason", entry.name),
        }
    }
});
