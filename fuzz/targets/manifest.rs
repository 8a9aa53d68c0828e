//! Any bytes as `course.ron` beside honest lessons and quizzes: faults or a course, never a panic; and a course without
//! faults can be packed and is the same course afterwards.

#![no_main]

use countersign::course::{MANIFEST, embedded, pack, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut files = embedded();
    files.insert(MANIFEST.to_owned(), bytes.to_vec());
    match parse(files) {
        Ok(course) => {
            let packed = pack::write(&course.files).expect("a course without faults can be packed");
            let again = parse(pack::read(&packed).expect("our own pack can be read"));
            assert_eq!(again.as_ref(), Ok(&course));
        }
        Err(faults) => assert!(!faults.is_empty(), "a course was refused without a reason"),
    }
});
