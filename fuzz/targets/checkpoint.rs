//! Any bytes as a checkpoint: a fault or a note, never a panic; a note is written back to the same bytes, and its text is
//! believed only if the log signed it.

#![no_main]

use std::sync::LazyLock;

use countersign::log::{Checkpoint, Note, VerifierKey};
use countersign::record::key::SecretKey;
use libfuzzer_sys::fuzz_target;

/// The log of the vectors.
static LOG: LazyLock<VerifierKey> = LazyLock::new(|| {
    let origin = "countersign.example/registry/5b1d5d2e-2c5e-4d0e-8a51-0f8d6a3c0001".parse().expect("a name");
    VerifierKey::new(origin, SecretKey::from_seed(&[2; 32]).public())
});

fuzz_target!(|bytes: &[u8]| {
    match Note::parse(bytes) {
        Ok(note) => {
            assert_eq!(note.to_string().as_bytes(), bytes);
            if let Ok(checkpoint) = Checkpoint::open(&note, &LOG) {
                assert_eq!(checkpoint.origin, *LOG.origin());
            }
        }
        Err(fault) => {
            assert_eq!(Checkpoint::read(bytes, &LOG), Err(fault.clone()));
            assert!(fault.to_string().len() < 1_000);
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(key) = text.parse::<VerifierKey>()
    {
        assert_eq!(key.to_string(), text);
    }
});
