//! What every text can do, whichever screen it is on.

use std::sync::Arc;

use crossterm::event::MouseEventKind;
use insta::assert_snapshot;

use crate::course;
use crate::quiz::question::LessonLink;
use crate::tui::message::{Destination, Message};
use crate::tui::overlay::Overlay;
use crate::tui::screens::Screen;
use crate::tui::testing::{Stage, small_course};

/// A text with `links` links and one to its own end, as a lesson and as the policy.
fn both(links: usize) -> [Stage; 2] {
    let links = (0..links).fold(String::new(), |text, number| {
        text + &format!("[Link {number}](https://example.org/{number})\n\n")
    });
    let text =
        |title: &str| format!("# {title}\n\n[To the end](#the-end)\n\n{links}## The end\n\nSo it ends.\n");
    ["lessons/2.md", "lessons/policy.md"].map(|path| {
        let mut files = (*small_course().files).clone();
        files.insert(path.to_owned(), text("A text").into_bytes());
        let mut stage = Stage::new(80, 24, Arc::new(course::parse(files).expect("no faults")));
        stage.message(Message::LookUp(LessonLink { lesson: path.to_owned(), heading: None }));
        stage
    })
}

#[test]
fn links_are_listed_in_a_lesson_and_in_the_policy() {
    for mut stage in both(40) {
        stage.keys("l");
        let screen = stage.screen();
        assert!(screen.contains("›  1 To the end") && screen.contains("https://example.org/3"), "{screen}");
        assert!(screen.contains("Enter open") && screen.contains("Esc back"), "{screen}");
        stage.keys("j c");
        assert!(matches!(stage.model.overlay(), Some(Overlay::AskToOpen(_))), "{}", stage.screen());
        assert!(stage.session.copied.is_empty(), "not before it was asked");
        stage.keys("c");
        assert_eq!(stage.session.copied, ["https://example.org/0"]);
        assert_eq!(stage.model.overlay(), None);
        // It leads nowhere out.
        stage.keys("k c j");
        assert_eq!(stage.session.copied, ["https://example.org/0", "#the-end"]);
        stage.keys("Enter");
        assert!(matches!(stage.model.overlay(), Some(Overlay::AskToOpen(_))), "{}", stage.screen());
        stage.keys("Esc k Enter");
        assert!(stage.screen().contains("So it ends."), "{}", stage.screen());
        assert!(!stage.screen().contains("https://"), "the list is put away: {}", stage.screen());
        stage.keys("Backspace l Esc");
        assert!(stage.screen().contains("To the end[1]"), "{}", stage.screen());
    }
}

/// Nothing said that there are more, and the wheel went from link to link.
#[test]
fn the_list_of_links_is_turned_by_its_signs_and_by_the_wheel() {
    for mut stage in both(40) {
        let first = |stage: &Stage| stage.screen().lines().nth(2).unwrap_or_default().trim().to_owned();
        let before = stage.keys("l").screen();
        assert!(!before.contains('↑') && before.contains("Link 8"), "{before}");
        stage.click("↓");
        assert!(first(&stage).starts_with("› 10 Link 8 "), "{}", stage.screen());
        assert_eq!(stage.click("↑").screen(), before);
        stage.wheel(MouseEventKind::ScrollDown);
        assert!(first(&stage).starts_with("›  4 Link 2 "), "{}", stage.screen());
        stage.wheel(MouseEventKind::ScrollUp);
        assert!(first(&stage).starts_with("1 To the end"), "{}", stage.screen());
        assert!(stage.screen().contains("›  4 Link 2"), "the mark stays where it is: {}", stage.screen());
    }
}

/// Whoever copied from the list saw a host that cannot be told from another one, and nothing beside it.
#[test]
fn the_list_names_what_misleads() {
    let text = "# Second\n\n[A bank](https://exаmple.com/) and [paypal.com](https://evil.example/).\n";
    let mut stage = lesson(text, 80, 24);
    assert_snapshot!(stage.keys("l").screen(), @r#"
     Second                                                                at 100 %
    ────────────────────────────────────────────────────────────────────────────────
      ›  1 A bank
           https://exаmple.com/
           ! This host mixes Latin and Cyrillic letters in one name, as hosts do
             that imitate others.
           ! This host looks like example.com and is another one.
           ! This host is looked up as xn--exmple-4nf.com.
         2 paypal.com
           https://evil.example/
           ! The words of the link say paypal.com, but it leads to evil.example.












     Enter open  ↓ choose  c copy  Esc back  ? help
    "#);
}

/// Nobody who clicks is led where they could not read to before.
#[test]
fn a_click_marks_a_link_and_another_one_follows_it() {
    let text = "# Second\n\n[Out](https://example.org/) and [on](1.md#who-reads-it) and [down](#down).\n\n## Down\n\nWords.\n";
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = lesson(text, width, height);
        stage.click("Out[1]");
        assert!(stage.model.overlay().is_none(), "{}", stage.screen());
        assert!(stage.screen().contains("── link 1 ─"), "{}", stage.screen());
        assert!(stage.screen().contains(" https://example.org/\n"), "{}", stage.screen());
        stage.click("Out[1]");
        assert!(matches!(stage.model.overlay(), Some(Overlay::AskToOpen(_))), "{}", stage.screen());
        stage.keys("Esc").click("down[3]");
        assert!(stage.screen().contains(" #down\n"), "{}", stage.screen());
        assert!(!stage.screen().contains("Backspace goes back"), "{}", stage.screen());
        stage.click("down[3]");
        assert!(stage.screen().contains("Backspace goes back to the link"), "{}", stage.screen());
        stage.keys("Backspace").click("on[2]");
        assert!(stage.screen().contains("Lesson 1: First lesson"), "{}", stage.screen());
        // What is told about it can be clicked as well.
        stage.click("1.md#who-reads-it");
        assert!(stage.screen().contains("Who reads it"), "{}", stage.screen());
    }
}

/// A lesson of this text.
fn lesson(text: &str, width: u16, height: u16) -> Stage {
    let mut files = (*small_course().files).clone();
    files.insert("lessons/2.md".to_owned(), text.as_bytes().to_vec());
    let mut stage = Stage::new(width, height, Arc::new(course::parse(files).expect("no faults")));
    stage.message(Message::Go(Destination::Lesson(1)));
    stage
}

#[test]
fn the_list_is_paged_through() {
    for mut stage in both(40) {
        stage.keys("l");
        for (key, selected) in [
            ("G", "› 41 Link 39"),
            ("g", "›  1 To the end"),
            ("PgDn", "› 10 "),
            ("Space", "› 19 "),
            ("b", "› 10 "),
        ] {
            stage.keys(key);
            assert!(stage.screen().contains(selected), "{key}: {}", stage.screen());
        }
        stage.click("Link 9");
        assert!(matches!(stage.model.overlay(), Some(Overlay::AskToOpen(_))), "{}", stage.screen());
    }
}

/// Enter is a key of the list then.
#[test]
fn nothing_is_gone_on_to_while_the_list_lies_over_the_end() {
    for mut stage in both(0) {
        assert!(stage.screen().contains("So it ends."), "{}", stage.screen());
        stage.keys("l");
        assert!(!stage.screen().contains("Enter goes"), "{}", stage.screen());
        stage.keys("Enter");
        assert!(matches!(stage.model.screen(), Some(Screen::Lesson(_) | Screen::Policy(_))));
    }
}

#[test]
fn a_text_without_links_says_so() {
    let mut stage = Stage::new(80, 24, small_course());
    stage.message(Message::Go(Destination::Lesson(1)));
    stage.keys("l");
    assert!(stage.screen().contains("this text has no links"), "{}", stage.screen());
}

/// A lesson of two screens with notes in its text and a list of sources at its end.
fn noted(width: u16, height: u16) -> Stage {
    let text = format!(
        "# Second\n\nIt was shown.[^F002] And more.[^F003][^F004] [Here](1.md).\n\n{}## Sources\n\n\
         [^F002]: [The agency](https://example.org/2), 2026\n[^F003]: course editors\n[^F004]: [They](https://example.org/4)\n",
        "Words.\n\n".repeat(40)
    );
    lesson(&text, width, height)
}

/// `[F014]` could be read, and nobody could go to the source.
#[test]
fn a_note_is_told_at_its_sign_and_followed_to_its_source_and_back() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = noted(width, height);
        stage.keys("Tab");
        let cited = stage.screen();
        assert!(cited.contains("── note F002"), "{cited}");
        assert!(cited.contains("The agency, 2026"), "{cited}");
        stage.keys("Enter");
        // Its link is marked, so that Enter goes on to the source itself.
        assert!(stage.screen().contains("https://example.org/2"), "{}", stage.screen());
        assert!(stage.screen().contains("Backspace goes back to the text"), "{}", stage.screen());
        stage.keys("Enter");
        assert!(matches!(stage.model.overlay(), Some(Overlay::AskToOpen(_))), "{}", stage.screen());
        stage.keys("Esc Backspace");
        assert_eq!(stage.screen(), cited);
        stage.keys("Tab");
        assert!(stage.screen().contains("── note F003, Enter"), "{}", stage.screen());
        assert!(stage.screen().contains("\n  course editors") || width < 60, "{}", stage.screen());
        stage.keys("Enter");
        assert!(stage.screen().contains("course editors"), "{}", stage.screen());
        // Each note of a row is one of its own.
        stage.keys("Backspace Tab");
        assert!(stage.screen().contains("── note F004, Enter"), "{}", stage.screen());
        stage.keys("Enter");
        assert!(stage.screen().contains("https://example.org/4"), "{}", stage.screen());
        stage.keys("Backspace Tab");
        assert!(stage.screen().contains("── link 1 ──"), "{}", stage.screen());
        stage.keys("Shift-Tab Shift-Tab Shift-Tab");
        assert!(stage.screen().contains("── note F002"), "{}", stage.screen());
    }
}

#[test]
fn a_click_on_the_sign_of_a_note_goes_to_its_source() {
    let mut stage = noted(80, 24);
    stage.click("[F002]");
    assert!(stage.screen().contains("https://example.org/2"), "{}", stage.screen());
    stage.keys("Backspace");
    assert!(stage.screen().contains("It was shown."), "{}", stage.screen());
}

/// A click on the second of a row went to the first.
#[test]
fn a_click_on_one_of_several_signs_in_a_row_goes_to_its_own_source() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = noted(width, height);
        stage.click("F004");
        assert!(stage.screen().contains("── link 3 ─"), "{}", stage.screen());
        assert!(stage.screen().contains("https://example.org/4"), "{}", stage.screen());
        stage.keys("Backspace").click("[F003");
        assert!(stage.screen().contains("course editors"), "{}", stage.screen());
        assert!(!stage.screen().contains("── link"), "the first has no link: {}", stage.screen());
    }
}

/// The hint for Tab goes first where the last line is short.
#[test]
fn the_way_to_the_whole_course_is_said_beside_the_words() {
    let mut stage = noted(40, 12);
    stage.keys("/");
    assert!(stage.screen().contains("Tab: whole course"), "{}", stage.screen());
    stage.click("Tab: whole course");
    assert!(
        stage.screen().contains("course / ") && stage.screen().contains("Tab: this text"),
        "{}",
        stage.screen()
    );
    stage.keys("Tab 'shown'");
    assert!(stage.screen().contains("1 of 1  Tab: course"), "{}", stage.screen());
    assert!(stage.screen().contains("Enter read"), "{}", stage.screen());
}

/// It left the lesson, though one came there by a link, and the last line had just said "text".
#[test]
fn esc_at_a_source_goes_back_to_the_text_first() {
    for (width, height) in [(80, 24), (40, 12)] {
        for (tabs, is_linked) in [("Tab", true), ("Tab Tab", false)] {
            let mut stage = noted(width, height);
            stage.keys(tabs);
            let cited = stage.screen();
            // What is said above the keys is taken away.
            stage.keys("Enter").click_at(0, 0);
            assert_eq!(stage.screen().contains("── link"), is_linked, "{}", stage.screen());
            assert!(stage.screen().contains("Esc text"), "{}", stage.screen());
            stage.keys("Esc");
            assert_eq!(stage.screen(), cited);
            stage.keys("Esc Esc");
            assert!(matches!(stage.model.screen(), Some(Screen::Course(_))), "{}", stage.screen());
        }
        // Whoever has left the source has left it.
        let mut stage = noted(width, height);
        stage.keys("Tab Enter g");
        assert!(stage.screen().contains("Esc back"), "{}", stage.screen());
        stage.keys("Esc");
        assert!(matches!(stage.model.screen(), Some(Screen::Course(_))), "{}", stage.screen());
    }
}
