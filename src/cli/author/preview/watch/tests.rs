//! The watch over real files. Nothing is asserted about time: what is to come is waited for, until a deadline.

use std::any::Any;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::sync::mpsc::RecvTimeoutError;

use super::*;
use crate::author::preview::Focus;
use crate::cli::courses;
use crate::course;
use crate::files::{self, Privacy, tempdir};

/// Far longer than anything takes.
const DEADLINE: Duration = Duration::from_secs(30);

/// Long enough that somebody who does not sleep would have told something.
const REST: Duration = Duration::from_millis(600);

struct Bench {
    root: PathBuf,
    _folder: Box<dyn Any>,
    told: Receiver<Edition>,
    _watch: Watch,
}

/// The bundled course in a folder, watched.
fn bench(focus: Focus) -> Bench {
    let folder = tempdir().expect("a folder");
    let root = fs::canonicalize(folder.path()).expect("a folder");
    for (path, bytes) in course::embedded() {
        let file = root.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        files::replace(&file, &bytes, Privacy::Shared).expect("written");
    }
    fs::create_dir_all(root.join("lessons/_drafts")).expect("a folder");
    files::replace(&root.join("lessons/_drafts/new.md"), b"# New\n\nWords.\n", Privacy::Shared)
        .expect("written");
    let (tell, told) = mpsc::channel();
    let (first, watch) =
        Watch::begin(Folder::new(root.clone(), focus), move |edition| tell.send(edition).is_ok())
            .expect("a watch");
    assert!(matches!(first, Edition::Good { .. }), "{first:?}");
    Bench { root, _folder: Box::new(folder), told, _watch: watch }
}

impl Bench {
    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    fn replace(&self, path: &str, text: &str) {
        files::replace(&self.path(path), text.as_bytes(), Privacy::Shared).expect("written");
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("a text")
    }

    /// Waits until an edition comes that is as wanted; those before it may be of a half-written file.
    fn wait_for(&self, what: &str, wanted: impl Fn(&Edition) -> bool) {
        loop {
            match self.told.recv_timeout(DEADLINE) {
                Ok(edition) if wanted(&edition) => return,
                Ok(_) => {}
                Err(error) => panic!("{what}: {error}"),
            }
        }
    }

    fn wait_for_text(&self, path: &str, words: &str) {
        self.wait_for(words, |edition| match edition {
            Edition::Good { course, .. } => {
                course.files.get(path).is_some_and(|bytes| String::from_utf8_lossy(bytes).contains(words))
            }
            Edition::Faulty { .. } => false,
        });
    }

    fn assert_silence(&self) {
        assert_eq!(self.told.recv_timeout(REST), Err(RecvTimeoutError::Timeout));
    }
}

const LESSON: &str = "lessons/acceptable-use.md";

#[test]
fn a_file_that_is_written_in_place_replaced_or_moved_there_is_told() {
    let bench = bench(Focus::Course);
    bench.assert_silence();
    let mut file = OpenOptions::new().append(true).open(bench.path(LESSON)).expect("a file");
    file.write_all(b"\nWritten in place.\n").expect("written");
    drop(file);
    bench.wait_for_text(LESSON, "Written in place.");
    let text = bench.text(LESSON);
    bench.replace(LESSON, &format!("{text}\nReplaced.\n"));
    bench.wait_for_text(LESSON, "Replaced.");
    bench.replace("lessons/.unseen", &format!("{text}\nMoved.\n"));
    fs::rename(bench.path("lessons/.unseen"), bench.path(LESSON)).expect("moved");
    bench.wait_for_text(LESSON, "Moved.");
    // Looking at the files is nothing that happens to them.
    bench.assert_silence();
}

#[test]
fn what_does_not_belong_to_the_course_is_not_told() {
    let bench = bench(Focus::Course);
    bench.replace("README.md", "# Read me\n");
    bench.replace("lessons/.04.md.swp", "a leftover");
    bench.replace("lessons/_drafts/new.md", "# Other\n");
    let same = bench.text(LESSON);
    bench.replace(LESSON, &same);
    bench.assert_silence();
}

#[test]
fn a_manifest_that_is_gone_or_faulty_is_told_until_it_is_back() {
    let bench = bench(Focus::Course);
    let manifest = bench.text("course.ron");
    fs::remove_file(bench.path("course.ron")).expect("removed");
    bench.wait_for("gone", |edition| matches!(edition, Edition::Faulty { .. }));
    bench.replace("course.ron", &manifest[..manifest.len() / 2]);
    bench.wait_for(
        "half",
        |edition| matches!(edition, Edition::Faulty { faults, .. } if faults[0].at.is_some()),
    );
    bench.replace("course.ron", &manifest);
    bench.wait_for("back", |edition| matches!(edition, Edition::Good { .. }));
}

#[test]
fn a_folder_that_was_replaced_is_still_watched() {
    let bench = bench(Focus::Course);
    fs::rename(bench.path("lessons"), bench.path("old")).expect("moved");
    bench.wait_for("gone", |edition| matches!(edition, Edition::Faulty { .. }));
    fs::create_dir(bench.path("lessons")).expect("a folder");
    for entry in fs::read_dir(bench.path("old")).expect("a folder") {
        let entry = entry.expect("an entry");
        if entry.path().is_file() {
            fs::copy(entry.path(), bench.path("lessons").join(entry.file_name())).expect("copied");
        }
    }
    bench.wait_for("back", |edition| matches!(edition, Edition::Good { .. }));
    let text = bench.text(LESSON);
    bench.replace(LESSON, &format!("{text}\nIn the new folder.\n"));
    bench.wait_for_text(LESSON, "In the new folder.");
}

/// The preview showed that the folder was gone, and never that it was back.
#[test]
fn a_course_folder_that_was_made_anew_is_still_watched() {
    let bench = bench(Focus::Course);
    let aside = tempdir().expect("a folder");
    let (root, kept) = (bench.root.clone(), aside.path().join("course"));
    for round in 0..2 {
        files::write_tree(&kept, &courses::files_in(&root).expect("a course")).expect("written");
        fs::remove_dir_all(&root).expect("removed");
        bench.wait_for("gone", |edition| matches!(edition, Edition::Faulty { .. }));
        files::write_tree(&root, &courses::files_in(&kept).expect("a course")).expect("written");
        bench.wait_for("back", |edition| matches!(edition, Edition::Good { .. }));
        let words = format!("In the new folder, {round}.");
        bench.replace(LESSON, &format!("{}\n{words}\n", bench.text(LESSON)));
        bench.wait_for_text(LESSON, &words);
        fs::remove_dir_all(&kept).expect("removed");
    }
    bench.assert_silence();
}

#[test]
fn a_draft_that_is_looked_at_is_watched_too() {
    let bench = bench(Focus::File("lessons/_drafts/new.md".to_owned()));
    bench.replace("lessons/_drafts/new.md", "# New\n\nOther words.\n");
    bench.wait_for_text("lessons/_drafts/new.md", "Other words.");
    bench.replace("lessons/_drafts/new.md", "No heading.\n");
    bench.wait_for("faulty", |edition| matches!(edition, Edition::Faulty { .. }));
}

#[test]
fn reading_wakes_nobody() {
    let folder = tempdir().expect("a folder");
    let root = fs::canonicalize(folder.path()).expect("a folder");
    let file = root.join("file");
    files::replace(&file, b"one", Privacy::Shared).expect("written");
    let (tell, notes) = mpsc::channel();
    let mut watcher = watcher(tell).expect("a watcher");
    watcher.watch(&root, RecursiveMode::Recursive).expect("watched");
    assert_eq!(fs::read(&file).expect("read"), b"one");
    assert_eq!(fs::read_dir(&root).expect("read").count(), 1);
    assert!(notes.recv_timeout(REST).is_err(), "reading was told");
    files::replace(&file, b"two", Privacy::Shared).expect("written");
    assert!(notes.recv_timeout(DEADLINE).is_ok(), "writing was not told");
}
