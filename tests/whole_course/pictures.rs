//! Pictures on terminals of every kind: what each gets, what it is asked, and that no answer is taken for keys.

use std::thread;
use std::time::{Duration, Instant};

use super::fresh_folder;
use super::terminal::Session;

/// What a terminal answers when it is asked what it can do, or how large it is; each would come among the keys.
const QUESTIONS: [&str; 11] = [
    "\x1b[c", "\x1b[0c", "\x1b[>c", "\x1b[>0c", "\x1b[6n", "\x1b[5n", "\x1b[14t", "\x1b[16t", "\x1b[18t",
    "\x1b[?u", "a=q",
];

/// The question for its name.
const NAME: &str = "\x1b[>q";

/// What a terminal does that is asked for its name.
enum Asked<'a> {
    /// It is not asked.
    Never,
    /// It says nothing.
    Silent,
    /// It sends this, in pieces among the keys that are typed.
    Says([&'a str; 2]),
}

/// Opens the first lesson of the bundled course, looks at its picture, and leaves. Gives what was written.
#[track_caller]
fn check(name: &str, says: &[(&str, &str)], cell: u16, asked: &Asked<'_>, sign: &str) -> String {
    let home = fresh_folder(&format!("pictures-{name}"));
    let mut session = Session::start_on(&home, &[], says, cell);
    session.see("Welcome to countersign");
    let asks = match asked {
        Asked::Never => 0,
        Asked::Silent | Asked::Says(_) => 1,
    };
    session.keys("Ada ");
    session.until("the question", |_| session.written().matches(NAME).count() == asks);
    if let Asked::Says([first, rest]) = asked {
        session.keys(first);
        thread::sleep(Duration::from_millis(20));
        session.keys(rest);
    }
    session.keys("Example\r0042\r");
    session.see("Ada Example");
    session.see("0042");
    session.keys("\x13");
    session.see("0 %,");
    session.keys("c");
    session.see("Space page");
    // To the picture, page by page as nobody knows how many; where something is said about it, it may take a while to come.
    let begun = Instant::now();
    let mut pages = 0;
    // What is drawn already is not written again, so words may come in pieces: they are looked for on the screen.
    let has = |session: &Session| session.written().contains(sign) || session.text().contains(sign);
    while !has(&session) {
        assert!(
            begun.elapsed() < Duration::from_mins(1) && pages < 20,
            "{name}: no picture:\n{}",
            session.text()
        );
        // Where half blocks would show nothing of it, it is described until it is enlarged.
        if session.text().contains("picture: v enlarges it") {
            session.keys("v");
            session.until("the picture", |_| has(&session));
            session.keys("\x1b");
            session.see("Space page");
            break;
        }
        let page = Instant::now();
        while !has(&session) && session.text().contains("picture:") && page.elapsed() < Duration::from_secs(8)
        {
            thread::sleep(Duration::from_millis(20));
        }
        if !has(&session) {
            session.keys(" ");
            session.settled();
            pages += 1;
        }
    }
    // No key is lost, and none is made of anything: `v` enlarges, Esc comes back, and the lesson is still there.
    session.settled();
    let text = session.text();
    session.keys("v");
    session.see("back to the text");
    session.keys("\x1b");
    session.until("the text again", |now| now.lines().next() == text.lines().next() && now.contains("page"));
    let written = session.written();
    assert_eq!(written.matches(NAME).count(), asks, "{name} is asked for its name");
    for question in QUESTIONS {
        assert!(!written.contains(question), "{name} was asked {question:?}");
    }
    for transmitted in written.split("\x1b_G").skip(1) {
        assert!(transmitted.starts_with("q=2,"), "kitty is told not to answer: {:?}", &transmitted[..20]);
    }
    session.keys("q");
    session.see("0 %,");
    session.keys("q");
    session.left()
}

/// The numbers of the pictures that kitty was given.
fn given(written: &str) -> Vec<&str> {
    let given = written.split("\x1b_Gq=2,i=").skip(1);
    given.filter_map(|behind| behind.split_once(",a=T").map(|(number, _)| number)).collect()
}

#[test]
fn kitty_shows_pictures_and_is_told_not_to_answer() {
    let written = check("kitty", &[("TERM", "xterm-kitty")], 10, &Asked::Never, "\x1b_Gq=2,");
    // None is left behind: it would take memory as long as the terminal is there.
    let (ours, _) = written.rsplit_once("\x1b[?1049l").expect("a screen of its own");
    let pictures = given(ours);
    assert!(!pictures.is_empty());
    for number in pictures {
        let removal = format!("\x1b_Gq=2,a=d,d=I,i={number}\x1b\\");
        assert_eq!(ours.matches(&removal).count(), 1, "picture {number} is thrown away once");
    }
}

/// However it ends, and whoever has the terminal then.
#[test]
fn kitty_keeps_no_picture_of_a_program_that_was_ended() {
    let home = fresh_folder("pictures-killed");
    let mut session = Session::start_on(&home, &[], &[("TERM", "xterm-kitty")], 10);
    session.see("Welcome to countersign");
    session.keys("Ada\r1\r\x13");
    session.see("0 %,");
    session.keys("c");
    session.see("Space page");
    for _ in 0..20 {
        session.settled();
        if !given(&session.written()).is_empty() {
            break;
        }
        session.keys(" ");
        thread::sleep(Duration::from_millis(200));
    }
    let written = session.signalled(rustix::process::Signal::TERM);
    let (ours, _) = written.rsplit_once("\x1b[?1049l").expect("a screen of its own");
    let number = given(ours).pop().expect("a picture was shown");
    assert!(ours.contains(&format!("\x1b_Gq=2,a=d,d=I,i={number}\x1b\\")), "{number}");
}

#[test]
fn foot_shows_sixels() {
    check("foot", &[("TERM", "foot")], 10, &Asked::Never, "\x1bP");
}

#[test]
fn iterm_shows_inline_images() {
    check(
        "iterm",
        &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")],
        10,
        &Asked::Never,
        "\x1b]1337;File=inline=1",
    );
}

#[test]
fn other_terminals_show_half_blocks() {
    check("blocks", &[("TERM", "xterm-256color")], 0, &Asked::Never, "▀");
}

#[test]
fn a_terminal_that_is_only_like_xterm_is_asked_for_its_name() {
    let far = [("TERM", "xterm-256color")];
    let answer = Asked::Says(["\x1bP>|fo", "ot(1.16.2)\x1b\\"]);
    check("far", &far, 10, &answer, "\x1bP");
    check("silent", &far, 10, &Asked::Silent, "▀");
    check("unknown", &far, 10, &Asked::Says(["\x1bP>|XTerm(390)", "\x1b\\"]), "▀");
}

#[test]
fn terminals_of_few_colours_show_words() {
    check("words", &[("TERM", "vt220")], 0, &Asked::Never, "┌ picture ");
}
