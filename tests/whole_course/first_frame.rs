//! What the next start shows before anything is read: its first frame, drawn when the learner left, until it turns out that something
//! else is so.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use countersign::course::{self, Course};
use countersign::files::{self, Privacy};
use countersign::store::ProgressStore as _;
use countersign::store::sqlite::SqliteProgress;
use rustix::fs::{FlockOperation, fcntl_lock};
use rustix::process::Signal;

use crate::terminal::{PROGRAM, Session};
use crate::{begin_reading, fresh_folder, reading};

/// Nobody can see where the kept frame ends and the program begins; so other words stand in it.
#[expect(clippy::disallowed_methods, reason = "what lies in the file is to be something else")]
fn with_other_words(frame: &Path) {
    let kept = fs::read_to_string(frame).expect("a frame is kept");
    let changed = kept.replace("Esc: the course", "ESC: THE COURSE");
    assert_ne!(kept, changed);
    fs::write(frame, changed).expect("writable");
}

/// The frame that is kept in this folder for a terminal of the usual size.
fn frame_in(cache: &Path) -> PathBuf {
    cache.join("first-frames/80x24.json")
}

/// The bundled course as a folder.
fn write_bundled(course: &Path) {
    for (path, bytes) in course::embedded() {
        let path = course.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        files::replace(&path, &bytes, Privacy::Shared).expect("writable");
    }
}

/// Where the learner is in the first lesson.
fn place(home: &Path, course: &Course) -> usize {
    let store = SqliteProgress::open(&home.join("progress.sqlite")).expect("a sound store").store;
    let progress = store.progress(&course.id).expect("readable");
    progress.lessons[&course.modules[0].lesson.path].place
}

#[test]
fn whoever_comes_back_sees_a_frame_at_once_and_behind_it_what_is_so() {
    let home = fresh_folder("first-frame");
    let frame = frame_in(&home);
    let mut session = reading(&home);
    session.keys(" ");
    session.settled();
    session.signalled(Signal::TERM);

    with_other_words(&frame);
    let mut session = Session::start(&home, &[]);
    let shown = session.see("Esc: the course");
    assert!(session.written().contains("ESC: THE COURSE"), "it was there before");
    assert!(!shown.contains("ESC"), "{shown}");
    // What is typed in the moment in which it comes is dropped, as one who types ahead wants it.
    session.settled();
    session.keys(" ");
    session.until("the next page", |text| !text.contains("you go on here"));
    session.settled();

    // What was read since then is no longer as it was when the frame was kept.
    session.kill();
    let mut session = Session::start(&home, &[]);
    session.see("Esc: the course");
    session.settled();
    assert!(!session.written().contains("ESC"));
    session.keys("qq");
    assert!(session.ended());
    assert!(!fs::read_to_string(&frame).expect("kept").contains("ESC"), "it is that of the next start now");
}

#[test]
fn what_was_typed_before_it_was_seen_turns_no_page() {
    let home = fresh_folder("first-frame-typed");
    let course = course::parse(course::embedded()).expect("no faults");
    let mut session = reading(&home);
    session.keys(" ");
    session.settled();
    session.signalled(Signal::INT);
    let before = place(&home, &course);
    assert!(before > 0);

    with_other_words(&frame_in(&home));
    let mut session = Session::start(&home, &[]);
    session.keys("  ");
    session.see("Esc: the course");
    session.settled();
    assert!(session.written().contains("ESC: THE COURSE"), "a frame was kept");
    session.signalled(Signal::TERM);
    assert_eq!(place(&home, &course), before);
}

/// A frame is a picture: what else a new program shows is drawn over it. Of what comes with the program an old picture would be another
/// course.
#[test]
fn a_new_program_shows_the_frame_of_a_course_in_a_folder_and_none_of_the_bundled_one() {
    let home = fresh_folder("first-frame-program");
    let course = home.join("course");
    write_bundled(&course);
    let folder = ["learn", course.to_str().expect("Unicode")];
    let starts: [(&str, &[&str], &str, bool); 3] = [
        ("folder", &folder, "program", true),
        ("bundled", &[], "program", false),
        // As where programs of several versions lie beside each other.
        ("beside", &[], "another", false),
    ];
    for (data, arguments, newer, is_shown) in starts {
        let [program, newer] = ["program", newer].map(|name| home.join(name));
        // By a program of its own: a file that this one writes is open in the children of tests beside it, and cannot be run.
        let install = |program: &Path| {
            let copied = Command::new("cp").args([Path::new("-f"), Path::new(PROGRAM), program]).status();
            assert!(copied.expect("cp").success());
        };
        let home = home.join(data);
        install(&program);
        let mut session = begin_reading(Session::start_of(&program, &home, arguments));
        session.keys(" ");
        session.settled();
        session.signalled(Signal::TERM);

        with_other_words(&frame_in(&home));
        install(&newer);
        let session = Session::start_of(&newer, &home, arguments);
        session.see("Esc: the course");
        assert_eq!(session.written().contains("ESC: THE COURSE"), is_shown, "{data}");
        session.kill();
    }
}

/// Its lessons are read behind it: here there is one that cannot be.
#[test]
fn whoever_was_never_here_sees_the_form_before_the_course_is_read() {
    let home = fresh_folder("first-frame-form");
    let course = home.join("course");
    write_bundled(&course);
    files::replace(&course.join("lessons/01-why-this-course.md"), &[0xff], Privacy::Shared)
        .expect("writable");
    let session = Session::start(&home, &["learn", course.to_str().expect("Unicode")]);
    session.see("is not UTF-8");
    assert!(session.written().contains("Welcome to countersign"), "it was there before");
    assert!(!session.ended());
    assert!(!home.join("progress.sqlite").exists());
}

/// Whoever was killed saw nothing before all was read.
#[test]
fn whoever_rests_has_one_kept_before_anything_ends_the_program() {
    let home = fresh_folder("first-frame-rest");
    let written = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    let mut session = reading(&home);
    session.keys(" ");
    session.settled();
    let log = home.join("progress.sqlite-wal");
    session.until("a frame", |_| written(&frame_in(&home)) > written(&log).map(Some).expect("a log"));
    session.kill();
    assert!(log.exists(), "what was done is in it");

    with_other_words(&frame_in(&home));
    let session = Session::start(&home, &[]);
    session.see("Esc: the course");
    assert!(session.written().contains("ESC: THE COURSE"), "it was there before");
}

#[test]
fn each_size_of_a_terminal_has_its_own() {
    let home = fresh_folder("first-frame-sizes");
    let mut session = reading(&home);
    session.keys(" ");
    session.settled();
    session.signalled(Signal::TERM);
    let mut session = Session::start_in(&home, 100, 30);
    session.see("Esc: the course");
    session.keys(" ");
    session.settled();
    session.signalled(Signal::TERM);
    assert!(home.join("first-frames/100x30.json").exists());

    // That of the other size was drawn anew.
    with_other_words(&frame_in(&home));
    let session = Session::start(&home, &[]);
    session.see("Esc: the course");
    assert!(session.written().contains("ESC: THE COURSE"), "it was there before");
}

/// As long as the store is locked, nothing is there but the frame that was kept.
#[test]
fn what_is_typed_while_it_stands_alone_counts_if_it_is_what_the_face_begins_with() {
    let home = fresh_folder("first-frame-alone");
    let course = course::parse(course::embedded()).expect("no faults");
    let mut session = reading(&home);
    session.keys(" ");
    session.settled();
    session.signalled(Signal::INT);
    for is_so in [false, true] {
        let before = place(&home, &course);
        // What is so is kept anew by whoever leaves.
        if !is_so {
            with_other_words(&frame_in(&home));
        }
        let store = File::options().write(true).open(home.join("progress.sqlite")).expect("a store");
        fcntl_lock(&store, FlockOperation::LockExclusive).expect("nobody has it open");
        let mut session = Session::start(&home, &[]);
        session.see(if is_so { "Esc: the course" } else { "ESC: THE COURSE" });
        session.see("opening your progress: one moment");
        session.keys(" ");
        drop(store);
        if is_so {
            session.until("the next page", |text| !text.contains("you go on here"));
        } else {
            session.see("Esc: the course");
        }
        session.settled();
        session.signalled(Signal::TERM);
        assert_eq!(place(&home, &course) > before, is_so);
    }
}

/// An empty terminal was all that there was to be seen.
#[test]
fn where_no_frame_is_kept_it_is_said_that_the_progress_is_being_opened() {
    let home = fresh_folder("first-frame-none");
    let mut session = reading(&home);
    session.signalled(Signal::INT);
    fs::remove_dir_all(home.join("first-frames")).expect("kept");
    let store = File::options().write(true).open(home.join("progress.sqlite")).expect("a store");
    fcntl_lock(&store, FlockOperation::LockExclusive).expect("nobody has it open");
    let session = Session::start(&home, &[]);
    session.see("Opening your progress: one moment.");
    drop(store);
    session.see("Esc: the course");
}

#[test]
fn a_program_that_is_ended_by_a_signal_ends_by_it_though_a_frame_is_kept() {
    let home = fresh_folder("first-frame-signals");
    for signal in [Signal::TERM, Signal::INT, Signal::HUP] {
        let mut session = if signal == Signal::TERM { reading(&home) } else { Session::start(&home, &[]) };
        session.settled();
        session.ended_by(signal);
        assert!(session.is_given_back(), "{signal:?}");
        assert!(frame_in(&home).exists(), "{signal:?}");
    }
}

/// With `COUNTERSIGN_HOME` all that is kept is in one folder.
#[cfg(target_os = "linux")]
#[test]
fn it_is_kept_in_the_cache_folder_and_is_that_of_one_data_folder() {
    let folder = fresh_folder("first-frame-apart");
    let path = |name: &str| folder.join(name).to_str().expect("Unicode").to_owned();
    let start = |data: &str| {
        let folders = [
            ("COUNTERSIGN_HOME", String::new()),
            ("HOME", path("")),
            ("XDG_CONFIG_HOME", path("config")),
            ("XDG_CACHE_HOME", path("cache")),
            ("XDG_DATA_HOME", path(data)),
            ("TERM", "xterm-256color".to_owned()),
        ];
        Session::start_on(&folder, &[], &folders.each_ref().map(|(name, value)| (*name, value.as_str())), 0)
    };
    let mut session = begin_reading(start("data"));
    session.keys(" ");
    session.settled();
    session.signalled(Signal::TERM);
    let frame = frame_in(&folder.join("cache/countersign"));
    assert!(frame.exists());
    assert!(folder.join("data/countersign/progress.sqlite").exists());

    with_other_words(&frame);
    let other = start("other");
    other.see("Welcome to countersign");
    assert!(!other.written().contains("ESC"), "it is somebody else's");
    other.kill();
    let session = start("data");
    session.see("Esc: the course");
    assert!(session.written().contains("ESC: THE COURSE"), "it was there before");
}
