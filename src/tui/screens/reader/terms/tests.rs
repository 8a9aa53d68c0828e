//! Terms looked up while a text is read.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::config::{Bidi, Config};
use crate::course::{self, Course};
use crate::tui::message::{Destination, Message};
use crate::tui::overlay::Overlay;
use crate::tui::testing::{Stage, TestWorld, ada, small_course};
use crate::tui::theme::Theme;
use crate::tui::widgets::panel;

const GLOSSARY: &str = "# Words\n\n## App, apps\n\nA program on a *phone*.\n\n## Script\n\nSteps for a computer.\n\n\
                        ## Zebra\n\nAn animal.\n";

fn with_glossary() -> Arc<Course> {
    let mut files = (*small_course().files).clone();
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("UTF-8");
    let manifest = manifest.replace("controls: [],", "glossary: \"lessons/glossary.md\", controls: [],");
    files.insert("course.ron".to_owned(), manifest.into_bytes());
    files.insert("lessons/glossary.md".to_owned(), GLOSSARY.as_bytes().to_vec());
    Arc::new(course::parse(files).unwrap_or_else(|faults| panic!("{faults:?}")))
}

fn reading(width: u16, height: u16, course: Arc<Course>, module: usize) -> Stage {
    let mut stage = Stage::new(width, height, course);
    stage.message(Message::Go(Destination::Lesson(module)));
    stage
}

/// Only a key told what a word means, and all in sight at once.
#[test]
fn a_click_on_a_term_tells_it_alone() {
    for (width, height) in [(80, 24), (40, 12), (120, 40)] {
        let mut stage = reading(width, height, with_glossary(), 0);
        let before = stage.screen();
        stage.click("pps can");
        assert!(matches!(stage.model.overlay(), Some(Overlay::Terms { .. })), "{}", stage.screen());
        let told = stage.screen();
        assert!(told.contains("A program on a phone.") && !told.contains("Steps for"), "{told}");
        stage.keys("Esc").click("can take");
        assert_eq!(stage.screen(), before, "it is no term");
        // A link is a link, and what lies over the text is clicked itself.
        stage.keys("t").click("First lesson");
        assert_eq!(stage.model.overlay(), None, "{}", stage.screen());
    }
    // A term that goes on in the next line.
    let mut files = (*with_glossary().files).clone();
    files.insert(
        "lessons/glossary.md".to_owned(),
        b"# Words\n\n## Much See\n\nTwo words.\n\n## Much, see\n\nOne.\n".to_vec(),
    );
    files
        .insert("lessons/2.md".to_owned(), b"# Two\n\nThose that lie in wait take very much see.\n".to_vec());
    let mut stage = reading(40, 12, Arc::new(course::parse(files).expect("no faults")), 1);
    assert!(stage.screen().contains("much\n"), "{}", stage.screen());
    stage.click("much");
    assert!(stage.screen().contains("Two words."), "{}", stage.screen());
    stage.keys("Esc").click("see.");
    assert!(stage.screen().contains("Two words."), "{}", stage.screen());
}

/// Columns were counted character by character: behind a sign that needs a neighbour every click told another word.
#[test]
fn a_click_on_a_term_tells_it_whatever_stands_before_it() {
    let reading = |before: &str, bidi: Bidi| {
        let mut files = (*with_glossary().files).clone();
        files.insert(
            "lessons/2.md".to_owned(),
            format!("# Two\n\n{before} zebra or that one.\n").into_bytes(),
        );
        let mut world = TestWorld::unknown(Arc::new(course::parse(files).expect("no faults")));
        world.person = Some(ada());
        let mut stage = Stage::configured(80, 24, world, &Config { bidi, ..Config::default() });
        stage.message(Message::Go(Destination::Lesson(1)));
        stage
    };
    for before in [
        "See",
        "\u{26a0}\u{fe0f} Warning:",
        "Cafe\u{301} \u{44d}\u{301}ta",
        "\u{1f44d}\u{1f3fd} \u{1f469}\u{200d}\u{1f680}",
        "\u{5b89}\u{5168}\u{3002}",
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd} and \u{5e9}\u{5dc}\u{5d5}\u{5dd}",
        "A \u{5e9}\u{5dc}\u{5d5}\u{5dd}",
    ] {
        let mut stage = reading(before, Bidi::Auto);
        let seen = stage.screen();
        for words in ["zebra or", "ebra or", "bra or", "ra or", "a or"] {
            stage.click(words);
            assert!(stage.screen().contains("An animal."), "{words}: {}", stage.screen());
            stage.keys("Esc");
        }
        for words in [" or", "that", "one"] {
            stage.click(words);
            assert_eq!(stage.screen(), seen, "{words} is no term");
        }
    }
    // What the terminal orders stands we do not know where.
    let hebrew = "\u{5e9}\u{5dc}\u{5d5}\u{5dd} and \u{5e9}\u{5dc}\u{5d5}\u{5dd}";
    for (before, is_told) in [(hebrew, false), ("Cafe\u{301}", true)] {
        let mut stage = reading(before, Bidi::Terminal);
        stage.click("zebra");
        assert_eq!(stage.screen().contains("An animal."), is_told, "{}", stage.screen());
    }
}

#[test]
fn the_terms_in_sight_are_told_and_no_others() {
    let mut stage = reading(80, 24, with_glossary(), 0);
    let before = stage.screen();
    stage.keys("w");
    insta::assert_snapshot!(stage.screen(), @"
     First lesson                      section 1 of 3  at 70 %  about 1 minute left
    ────────────────────────────────────────────────────────────────────────────────
      First lesson
      ════════════

      Apps can take much. See the list[1] and a script[2].
        ┌ terms in sight ──────────────────────────────────────────────────────┐
      Wh│ App                                                                  │
      ──│ ───                                                                  │
        │                                                                      │
      On│ A program on a phone.                                                │
        │                                                                      │
      Tw│ Script                                                               │
        │ ──────                                                               │
      Th│                                                                      │
        │ Steps for a computer.                                                │
      Fo└──────────────────────────────────────────────────────────────────────┘

      Five.




     Esc text
    ");
    stage.keys("Esc");
    assert_eq!(stage.screen(), before);
}

/// A heading that comes with the next page was told as if it were on this one.
#[test]
fn what_comes_with_the_next_page_is_not_in_sight() {
    let mut hidden = 0;
    for lines in 1..12 {
        let text =
            format!("# Apps\n\n{}## Zebra\n\n{}", "Words.\n\n".repeat(lines), "Stripes.\n\n".repeat(30));
        let mut files = (*with_glossary().files).clone();
        files.insert("lessons/2.md".to_owned(), text.into_bytes());
        let course = Arc::new(course::parse(files).expect("no faults"));
        let mut stage = reading(80, 24, course, 1);
        let is_seen = stage.screen().contains("Zebra");
        hidden += usize::from(!is_seen);
        stage.keys("w");
        assert_eq!(stage.screen().contains("An animal."), is_seen, "{lines}: {}", stage.screen());
    }
    assert!(hidden > 1);
}

#[test]
fn where_none_is_in_sight_all_are_told() {
    let mut stage = reading(80, 24, with_glossary(), 1);
    stage.keys("w");
    for words in ["all terms; none is in sight", "App ", "An animal."] {
        assert!(stage.screen().contains(words), "{words}: {}", stage.screen());
    }
}

#[test]
fn what_does_not_fit_is_scrolled_to() {
    let mut stage = reading(40, 12, with_glossary(), 1);
    stage.keys("w");
    assert!(!stage.screen().contains("An animal."), "{}", stage.screen());
    stage.keys("Space Space");
    assert!(stage.screen().contains("An animal."), "{}", stage.screen());
}

#[test]
fn a_course_without_a_glossary_says_so() {
    let mut stage = reading(80, 24, small_course(), 0);
    stage.keys("w");
    assert!(stage.screen().contains("this course has no glossary"), "{}", stage.screen());
}

/// A key laid the terms out three times, however many there were.
#[test]
fn the_terms_are_laid_out_once_for_a_size() {
    let mut stage = reading(80, 24, with_glossary(), 0);
    stage.keys("w j");
    for (width, height) in [(80, 24), (40, 12)] {
        stage.resize(width, height);
        let Some(Overlay::Terms { lines, .. }) = stage.model.overlay() else { panic!("{}", stage.screen()) };
        let columns = panel::text_width(Rect { x: 0, y: 0, width, height });
        let kept = lines.get((columns, Theme::COLOURED), || panic!("they were not kept"));
        assert!(kept.len() > 5);
    }
}
