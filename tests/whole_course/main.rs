//! The bundled course, taken as a learner would in a real pseudo-terminal: killed on the way, resumed, completed, verified.
#![cfg(unix)]

mod ahead;
mod first_frame;
mod learner;
mod pictures;
mod terminal;
mod told;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use countersign::course::{self, Course};
use countersign::record::key::KeyFile;
use countersign::store::ProgressStore as _;
use countersign::store::sqlite::SqliteProgress;
use learner::{DOWN, Feedback};
use rustix::process::Signal;
use serde_json::Value;
use terminal::{PROGRAM, Session};

const ENTER: &str = "\r";

#[test]
fn the_bundled_course_ends_with_a_record_that_verifies() {
    let home = fresh_folder("whole-course");
    let course = course::parse(course::embedded()).expect("the bundled course has no faults");

    let mut session = Session::start(&home, &[]);
    session.see("Welcome to countersign");
    session.keys("Ada Example\r0042\r");
    session.see("0042");
    session.keys("\x13");
    session.see("0 %,");
    let did = device_did(&home);

    session.keys("c");
    for module in 0..course.modules.len() {
        session = read_and_check(session, &home, &course, &did, module);
    }
    session = take_assessment(session, &home, &course, &did);

    session.see("Space page");
    read_until(&mut session, "all of it was read");
    session.keys(ENTER);
    session.see("You agree to this");
    // Twice by accident: the second is no signature.
    session.keys("agree\r\r");
    session.see("By signing you say");
    session.keys(DOWN);
    session.see("Enter sign");
    session.keys(ENTER);
    session.see("Ada Example has completed");
    session.keys("q");
    session.see("100 %");
    session.keys("q");
    assert!(session.ended(), "leaving is no failure");

    let record = only_record(&home);
    let verdict = verify(&record, &[]);
    assert_eq!(verdict["failed"], 0, "{verdict:#}");
    for level in ["signature", "content", "grading"] {
        assert_eq!(verdict["records"][0]["levels"][level]["outcome"], "pass", "{verdict:#}");
    }
    for level in ["identity", "time"] {
        assert_eq!(verdict["records"][0]["levels"][level]["outcome"], "unknown", "{verdict:#}");
    }

    // Signing happens once: opened again, the same record stands there and no second file is written.
    let mut session = Session::start(&home, &[]);
    session.see("100 %");
    session.keys("c");
    session.see("Ada Example has completed");
    session.kill();
    assert_eq!(only_record(&home), record);
}

/// Every signal that ends a program which does nothing about it, but for those that nobody can live to tell of.
const ENDING: &[Signal] = &[
    Signal::TERM,
    Signal::HUP,
    Signal::INT,
    Signal::QUIT,
    Signal::ALARM,
    Signal::USR1,
    Signal::USR2,
    Signal::VTALARM,
    Signal::PROF,
    Signal::XCPU,
    Signal::ABORT,
    Signal::SYS,
    Signal::TRAP,
    #[cfg(target_os = "linux")]
    Signal::IO,
    #[cfg(target_os = "linux")]
    Signal::POWER,
];

/// A terminal stayed raw after some of them, and on the screen of the face.
#[test]
fn whatever_signal_ends_it_the_terminal_is_given_back() {
    let home = fresh_folder("signals");
    for signal in ENDING {
        let mut session = Session::start(&home, &[]);
        session.see("Welcome to countersign");
        assert!(!session.is_given_back());
        let written = session.signalled(*signal);
        let (_, behind) = written.rsplit_once("\u{1b}[?1049h").expect("a screen of its own");
        assert!(behind.contains("\u{1b}[?1049l"), "{signal:?}: {behind:?}");
        assert!(session.is_given_back(), "{signal:?}");
    }
}

/// The program waited for the rest of the sequence, heard no signal meanwhile, and was ended without what had to be saved.
#[test]
fn a_sequence_that_never_ends_keeps_no_signal_from_being_heard() {
    let home = fresh_folder("never-ends");
    let course = course::parse(course::embedded()).expect("no faults");
    let mut session = reading(&home);
    session.keys("jj");
    session.settled();
    session.keys("\u{1b}[<65;10");
    session.settled();
    session.signalled(Signal::TERM);
    let store = SqliteProgress::open(&home.join("progress.sqlite")).expect("a sound store").store;
    let progress = store.progress(&course.id).expect("readable");
    let reading = &progress.lessons[&course.modules[0].lesson.path];
    assert!(reading.place > 0, "{reading:?}");
}

/// A slow line, or a queue that is full, left the lesson by the first byte of a key, and typed the rest.
#[test]
fn keys_that_come_byte_by_byte_are_keys() {
    let mut session = reading(&fresh_folder("byte-by-byte"));
    for sequence in ["\x1b[6~", "\x1b[<65;10;10M", "\x1bOB"] {
        let before = session.text();
        for byte in sequence.chars() {
            session.keys(&byte.to_string());
            thread::sleep(Duration::from_millis(2));
        }
        let after = session.until("another place", |text| text != before);
        assert!(after.contains("Space page"), "{sequence:?}: {after}");
        session.settled();
    }
    session.keys("\x1b");
    session.see("c go on");
}

/// The first lesson of somebody who has just introduced themselves.
fn reading(home: &Path) -> Session {
    begin_reading(Session::start(home, &[]))
}

fn begin_reading(mut session: Session) -> Session {
    session.see("Welcome to countersign");
    session.keys("Ada Example\r0042\r");
    session.see("0042");
    session.keys("\x13");
    session.see("0 %,");
    session.keys(ENTER);
    session.see("Space page");
    session.settled();
    session
}

/// A terminal that a program is the first in (`xterm -e`, `ssh -t`) has no shell that could continue it.
#[test]
fn the_key_that_suspends_stops_nothing_where_no_shell_could_continue_it() {
    let home = fresh_folder("no-shell");
    let mut session = Session::start(&home, &[]);
    session.see("Welcome to countersign");
    session.keys("\u{1a}");
    session.see("there is no shell to go back to");
    session.keys("Ada");
    session
        .until("what is typed, the sentence gone", |text| text.contains("Ada") && !text.contains("no shell"));
    assert!(!session.is_given_back());
    session.signalled(Signal::TERM);
    assert!(session.is_given_back());
}

/// The linear face said nothing: the system drops the signal there, and nobody had listened.
#[test]
fn where_no_shell_could_continue_it_the_linear_face_says_so_and_asks_again() {
    let home = fresh_folder("no-shell-linear");
    let mut session = Session::start(&home, &["learn", "--plain"]);
    session.see("Your name, as it should");
    session.keys("\u{1a}");
    session.until("why, and the question once more", |text| {
        let (_, behind) = text.split_once("There is no shell to go back to").unwrap_or_default();
        behind.contains("Your name, as it should")
    });
    session.keys("Ada Example\r");
    session.see("Your employee number:");
    session.kill();
}

/// What is typed is shown again as well, where a passphrase was not.
#[test]
fn whatever_signal_ends_it_what_is_typed_is_shown_again() {
    let home = fresh_folder("signals-unseen");
    for signal in ENDING {
        let mut session = asked_for_passphrase(&home);
        session.signalled(*signal);
        assert!(session.is_given_back(), "{signal:?}");
    }
}

/// Whoever had been asked for a passphrase could be ended by nothing but SIGKILL.
#[test]
fn after_a_passphrase_every_signal_ends_it_as_before() {
    let home = fresh_folder("signals-after");
    for signal in ENDING {
        let mut session = asked_for_passphrase(&home);
        session.keys(ENTER);
        session.until("a line with echo", |_| session.is_given_back());
        session.ended_by(*signal);
        assert!(session.is_given_back(), "{signal:?}");
    }
}

/// After Ctrl-Z and `fg` the passphrase stood on the screen: shells give the terminal back as they know it.
#[test]
fn what_is_typed_stays_unseen_after_a_pause() {
    let home = fresh_folder("paused-unseen");
    let mut session = asked_for_passphrase(&home);
    session.send(Signal::STOP);
    session.show_what_is_typed();
    assert!(session.is_given_back());
    session.send(Signal::CONT);
    session.until("a line without echo", |_| !session.is_given_back());
    session.keys(ENTER);
    session.until("a line with echo", |_| session.is_given_back());
}

/// Two listen to Ctrl-C there, and either could end the program before the other had done its part.
#[test]
fn ctrl_c_at_a_passphrase_and_after_it_says_what_quit_says() {
    let home = fresh_folder("interrupted-unseen");
    for at in ["the passphrase", "what comes after it"] {
        let mut session = asked_for_passphrase(&home);
        if at != "the passphrase" {
            session.keys(ENTER);
            session.until("a line with echo", |_| session.is_given_back());
        }
        session.keys("\u{3}");
        session.see("Nothing was kept. Goodbye.");
        assert!(session.is_given_back(), "{at}");
        assert!(!session.ended(), "{at}");
    }
}

/// The linear face at the passphrase for a new key, which is not shown while it is typed.
fn asked_for_passphrase(home: &Path) -> Session {
    let mut session = Session::start(home, &["learn", "--plain"]);
    session.see("Your name");
    session.keys("Ada Example\r0042\r\r");
    session.see("A passphrase of at least 8 characters");
    session.until("a line without echo", |_| !session.is_given_back());
    session
}

#[test]
fn a_terminal_that_takes_nothing_any_more_keeps_nobody_alive() {
    let home = fresh_folder("stalled");
    let mut session = Session::start(&home, &[]);
    session.see("Welcome to countersign");
    session.stall();
    // It gets stuck in drawing, and then what it is told piles up.
    session.keys("Ada\rBabbage");
    for _ in 0..600 {
        session.send(Signal::WINCH);
        thread::sleep(Duration::from_millis(2));
    }
    session.ended_by(Signal::TERM);
    assert!(session.is_given_back());
}

/// The shell's own lines stood between the question and the answer; and whoever pressed Ctrl-C was told nothing.
#[test]
fn after_a_pause_the_linear_face_says_its_question_again_and_ctrl_c_what_quit_says() {
    let home = fresh_folder("interrupted");
    let mut session = Session::start(&home, &["learn", "--plain"]);
    let asked = |times| move |text: &str| text.matches("Your name, as it should").count() == times;
    session.until("the question", asked(1));
    session.send(Signal::STOP);
    session.send(Signal::CONT);
    session.until("the question once more", asked(2));
    session.keys("Ada Example\r");
    session.see("Your employee number:");
    session.send(Signal::CONT);
    session.until("the last question alone", |text| text.matches("Your employee number:").count() == 2);
    assert!(asked(2)(&session.text()), "{}", session.text());
    session.keys("\u{3}");
    session.see("Nothing was kept. Goodbye.");
    assert!(!session.ended(), "it ends by the signal, as any other program");
}

/// Reads a lesson to its end and answers its check, if it has one, each question rightly; in each check the program is
/// killed in the middle of an answer.
fn read_and_check(mut session: Session, home: &Path, course: &Course, did: &str, module: usize) -> Session {
    let module = &course.modules[module];
    let title: String = module.lesson.title.chars().take(24).collect();
    session.until("the lesson", |text| text.lines().next().is_some_and(|line| line.contains(&title)));
    read_until(&mut session, "Enter goes");
    session.keys(ENTER);
    // Without a check, Enter goes on to what comes next.
    let Some(check) = module.check.as_ref() else { return session };
    let total = check.questions.len();
    for (index, question) in check.questions.iter().enumerate() {
        let status = format!("question {} of {total}", index + 1);
        session.see(&status);
        let order = learner::order_in_check(course, did, &check.id, 1, question);
        for key in learner::right_keys(question, &order, Feedback::AtOnce) {
            press(&mut session, &key);
        }
        if index == 1 {
            session = killed(session, home);
            session.see(&status);
        }
        press(&mut session, ENTER);
        session.see("  l lesson");
        // The explanation is read to its end first.
        press(&mut session, ENTER);
    }
    session.see(&format!("passed: {total} of {total} right"));
    session.keys("n");
    session
}

/// Turns page after page until the screen says `end`. What was never on the screen was not read: every page is waited for.
fn read_until(session: &mut Session, end: &str) {
    session.settled();
    for _ in 0..100 {
        if session.text().contains(end) {
            return;
        }
        session.press(" ");
    }
    session.see(end);
}

/// Answers every drawn question rightly, is killed after some of them, and submits.
fn take_assessment(mut session: Session, home: &Path, course: &Course, did: &str) -> Session {
    session.see("› [ Not yet ]");
    for _ in 0..20 {
        session.settled();
        if session.text().contains("› [ Begin ]") {
            break;
        }
        session.keys(DOWN);
    }
    session.keys(ENTER);
    let bank = &course.assessment.quiz.questions;
    let drawn = learner::drawn(course, did, 1).questions;
    let total = drawn.len();
    for (index, drawn) in drawn.iter().enumerate() {
        let status = format!("{} of {total}", index + 1);
        session.see(&status);
        for key in learner::right_keys(&bank[drawn.index], &drawn.order, Feedback::Afterwards) {
            press(&mut session, &key);
        }
        if index == total / 2 {
            session = killed(session, home);
            session.see(&status);
        }
        press(&mut session, ENTER);
    }
    session.keys("s");
    session.see("not yet");
    session.keys("y");
    session.see("100 %");
    session.keys("n");
    session
}

/// Presses a key as somebody does who looks at the screen: Enter hands in and decides only what was drawn, and shows first what
/// stands below the end of the screen, or the sides and gaps that were gone past before they were drawn.
fn press(session: &mut Session, key: &str) {
    if key == ENTER {
        for _ in 0..20 {
            let text = session.text();
            let leads_on = |words: &&str| text.contains(&format!("Enter {words}"));
            if !["see rest", "next side", "next gap", "to unseen"].iter().any(leads_on) {
                break;
            }
            session.press(ENTER);
        }
    }
    session.press(key);
}

/// A power cut as soon as everything typed is on the screen, and the next start, which shows the same question.
fn killed(session: Session, home: &Path) -> Session {
    session.settled();
    session.kill();
    let session = Session::start(home, &[]);
    session.see("you go on here, Esc: the course");
    // That stands on the frame that was kept, too, on which nothing can be done yet.
    session.settled();
    session
}

fn device_did(home: &Path) -> String {
    let key = fs::read(home.join("device.key")).expect("the device key");
    KeyFile::parse(&key).expect("a key file").did().to_owned()
}

fn only_record(home: &Path) -> PathBuf {
    let records = fs::read_dir(home.join("records")).expect("the folder of records");
    let mut records: Vec<PathBuf> = records.map(|entry| entry.expect("an entry").path()).collect();
    assert_eq!(records.len(), 1, "{records:?}");
    records.remove(0)
}

fn verify(record: &Path, more: &[&str]) -> Value {
    let output = Command::new(PROGRAM)
        .args(["verify", "--json"])
        .arg(record)
        .args(more)
        .output()
        .expect("the program runs");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// An empty folder that stays after the test, for the verifiers that are not ours.
fn fresh_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    match fs::remove_dir_all(&folder) {
        Ok(()) => {}
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{error}"),
    }
    fs::create_dir_all(&folder).expect("writable");
    folder
}
