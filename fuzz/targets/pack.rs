//! Any bytes as a pack: an error or files, never a panic, also where it is looked for what harms; and what can be read can be written
//! and is the same afterwards.

#![no_main]

use std::io::Cursor;

use countersign::course::{digest, is_course_path, pack};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    pack::harm(&mut Cursor::new(bytes)).expect("memory can be read");
    let Ok(files) = pack::read(bytes) else { return };
    if files.keys().any(|path| is_course_path(path)) {
        let written = pack::write(&files).expect("what was read can be written");
        let again = pack::read(&written).expect("our own pack can be read");
        assert_eq!(digest(&again), digest(&files));
    }
});
