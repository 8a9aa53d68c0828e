//! What the next start shows before anything is read: the page that was left, until it turns out that something else is so.

use std::fs;
use std::path::Path;

use rustix::process::Signal;

use crate::terminal::Session;
use crate::{fresh_folder, reading};

/// Nobody can see where the page ends and the program begins; so other words stand in it.
#[expect(clippy::disallowed_methods, reason = "what lies in the file is to be something else")]
fn with_other_words(page: &Path) {
    let kept = fs::read_to_string(page).expect("a page is kept");
    let changed = kept.replace("Esc: the course", "ESC: THE COURSE");
    assert_ne!(kept, changed);
    fs::write(page, changed).expect("writable");
}

#[test]
fn whoever_comes_back_sees_the_page_at_once_and_behind_it_what_is_so() {
    let home = fresh_folder("first-page");
    let page = home.join("first-page.json");
    let mut session = reading(&home);
    session.keys(" ");
    session.settled();
    assert!(!page.exists(), "nobody has left");
    session.signalled(Signal::TERM);

    with_other_words(&page);
    let mut session = Session::start(&home, &[]);
    let shown = session.until("what is so", |text| text.contains("Esc: the course"));
    assert!(session.written().contains("ESC: THE COURSE"), "it was there before");
    assert!(!shown.contains("ESC"), "{shown}");
    session.keys(" ");
    session.until("the next page", |text| !text.contains("you left here"));
    session.settled();

    // What was read since then is no longer as it was when the page was kept.
    session.kill();
    let mut session = Session::start(&home, &[]);
    session.see("Esc: the course");
    session.settled();
    assert!(!session.written().contains("ESC"));
    session.keys("qq");
    assert!(session.ended());
    assert!(!fs::read_to_string(&page).expect("kept").contains("ESC"), "it is the page that was left now");
}

#[test]
fn what_was_typed_before_the_page_was_seen_turns_none_and_what_is_typed_then_does() {
    let home = fresh_folder("first-page-typed");
    let mut session = reading(&home);
    session.signalled(Signal::INT);
    let mut session = Session::start(&home, &[]);
    session.see("you left here");
    session.keys(" ");
    session.until("the next page", |text| !text.contains("you left here"));
    session.kill();
}
