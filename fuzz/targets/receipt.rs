//! Any bytes as a receipt, an extension or an entry: a fault or what it says, never a panic; and whatever is read is
//! written back to the same bytes, so that nothing has two spellings.

#![no_main]

use std::sync::LazyLock;

use countersign::log::{Checkpoint, Entry, Extension, Hash, LogFault, Receipt, Size, VerifierKey};
use countersign::record::key::SecretKey;
use libfuzzer_sys::fuzz_target;

/// The log of the vectors.
static LOG: LazyLock<VerifierKey> = LazyLock::new(|| {
    let origin = "countersign.example/registry/5b1d5d2e-2c5e-4d0e-8a51-0f8d6a3c0001".parse().expect("a name");
    VerifierKey::new(origin, SecretKey::from_seed(&[2; 32]).public())
});

fuzz_target!(|bytes: &[u8]| {
    let told = |fault: LogFault| assert!(fault.to_string().len() < 1_000);
    match Receipt::parse(bytes) {
        Ok(receipt) => {
            assert_eq!(receipt.to_string().as_bytes(), bytes);
            match receipt.open(&LOG) {
                Ok(shown) => assert!(shown.index.get() < shown.checkpoint.size.get()),
                Err(fault) => told(fault),
            }
        }
        Err(fault) => told(fault),
    }
    match Extension::parse(bytes) {
        Ok(extension) => {
            assert_eq!(extension.to_string().as_bytes(), bytes);
            let older = Checkpoint { origin: LOG.origin().clone(), size: Size::ZERO, root: Hash::of_nothing() };
            let _ = extension.open(&older, &LOG).map_err(told);
        }
        Err(fault) => told(fault),
    }
    match Entry::parse(bytes) {
        Ok(entry) => assert_eq!(entry.bytes(), bytes),
        Err(fault) => told(fault),
    }
});
