//! Any bytes as a completion record or an assignment: findings, never a panic, and a signature passes only for a record
//! that can be read.

#![no_main]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use countersign::course::parse;
use countersign::record::read_assignment;
use countersign::record::verdict::{Approval, CourseVersion, Outcome, Verifier, verdict};
use libfuzzer_sys::fuzz_target;

/// A verifier that has the course of the vectors, so that grading is reached too.
static VERIFIER: LazyLock<Verifier> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/course");
    let mut files = BTreeMap::new();
    for folder in ["", "lessons", "quizzes"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the course of the vectors") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let name = path.strip_prefix(&root).expect("a path below it").to_string_lossy().into_owned();
                files.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    let course = Arc::new(parse(files).expect("a course without faults"));
    Verifier { courses: vec![CourseVersion { course, approval: Approval::Approved }], ..Verifier::default() }
});

fuzz_target!(|bytes: &[u8]| {
    let verdict = verdict(bytes, &VERIFIER);
    if verdict.signature.outcome == Outcome::Pass {
        assert!(verdict.record.is_some());
    }
    let _ = read_assignment(bytes).map_err(|fault| fault.to_string());
});
