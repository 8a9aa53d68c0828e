//! Courses with faults: whatever can be shown of them to their authors breaks no face.

use std::fs;
use std::path::Path;

use countersign::author::preview::{Focus, Workshop, edition};
use countersign::clock::SystemClock;
use countersign::course::{CourseFiles, Shown};
use countersign::training::Edition;

use crate::talk::listen_to_preview;

/// The files below a folder, by their paths within it.
fn read(folder: &Path, root: &Path, files: &mut CourseFiles) {
    for entry in fs::read_dir(folder).expect("a folder of the corpus") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(&path, root, files);
        } else {
            let within = path.strip_prefix(root).expect("below the root").to_str().expect("a plain name");
            files.insert(within.replace('\\', "/"), fs::read(&path).expect("a file of the corpus"));
        }
    }
}

#[test]
fn the_rest_of_every_faulty_course_is_gone_through_to_its_end() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faulty-courses");
    let mut base = CourseFiles::new();
    read(&corpus.join("base"), &corpus.join("base"), &mut base);
    let mut shown = 0;
    for entry in fs::read_dir(&corpus).expect("the corpus") {
        let folder = entry.expect("an entry").path();
        if !folder.is_dir() {
            continue;
        }
        let mut files = base.clone();
        read(&folder, &folder, &mut files);
        let first = edition(files, &Focus::Course);
        let Edition::Faulty { rest: Some(rest), faults } = &first else { continue };
        assert!(!faults.is_empty() && !rest.course.modules.is_empty(), "{}", folder.display());
        let script = "read 1\nall\nlinks\nopen 1\nno\ncheck 1\nkey\n1\n\nread\nassessment\nstart\nkey\n1\n\nlist\nsubmit\nsubmit\n\
                      policy\nall\nagree\ngo home\nfaults\nfinish\nsign\nquit";
        let mut lines = script.lines().map(str::to_owned);
        let mut world = Workshop::new(&SystemClock, || None, |_| Ok(())).expect("a key");
        let said = listen_to_preview(&mut world, 72, first.clone(), |_| lines.next());
        let words = match rest.shown {
            Shown::Whole => "All of it is shown.",
            Shown::Rest => "What of it can be shown is shown.",
        };
        assert!(said.contains(words), "{}: {said}", folder.display());
        assert!(said.contains("Saved: your completion record is signed."), "{}: {said}", folder.display());
        shown += 1;
    }
    assert!(shown > 10, "{shown}");
}
