//! Looking for words from the course.

use std::sync::Arc;

use crossterm::event::MouseEventKind;

use crate::course;
use crate::tui::screens::Screen;
use crate::tui::testing::{Stage, small_course};

fn bundled(width: u16, height: u16) -> Stage {
    Stage::new(width, height, Arc::new(course::parse(course::embedded()).expect("the bundled course")))
}

#[test]
fn words_are_found_from_the_course_and_both_ways_lead_back() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = bundled(width, height);
        let before = stage.keys("Down Down").screen();
        assert!(stage.model.help().iter().any(|(keys, _)| keys == "/"), "{:?}", stage.model.help());
        stage.keys("/ 'password' Down").work();
        let list = stage.screen();
        assert!(list.contains("course / password") && list.contains("2 of "), "{list}");
        for back in ["Esc", "q", "Backspace"] {
            stage.keys("Enter");
            let opened = stage.styled().to_lowercase();
            assert!(opened.contains("reversed:password"), "{opened}");
            assert!(matches!(stage.model.screen(), Some(Screen::Lesson(_))), "{}", stage.screen());
            assert_eq!(stage.keys(back).screen(), list, "{back}");
        }
        assert_eq!(stage.keys("Esc").screen(), before, "the mark is where it was, and nothing was read");
    }
}

#[test]
fn the_screen_of_the_search() {
    let mut stage = Stage::new(60, 12, small_course());
    let screen = stage.keys("/").screen();
    assert!(screen.contains("Find words in the whole course"), "{screen}");
    assert!(screen.contains("Enter open  ↓ next  Esc back  F1 help"), "{screen}");
    insta::assert_snapshot!(stage.keys("'lesson'").work().screen(), @"
     Find words in the whole course
    ›1 lesson 1, First lesson
        First lesson
     2 lesson 2, Second lesson
        Second lesson





     course / lesson                                     1 of 2
     Enter open  ↓ next  Esc back  F1 help
    ");
    stage.keys("Ctrl-U 'Zebra' Enter");
    assert!(stage.screen().contains("not found: “Zebra”"), "{}", stage.screen());
    stage.keys("Ctrl-U Enter");
    assert!(matches!(stage.model.screen(), Some(Screen::Search(_))), "{}", stage.screen());
}

#[test]
fn places_are_clicked_and_the_wheel_goes_among_them() {
    let mut stage = bundled(80, 24);
    stage.keys("/ 'app'").work();
    stage.wheel(MouseEventKind::ScrollDown);
    assert!(stage.screen().contains("4 of "), "{}", stage.screen());
    stage.click("6 lesson 1").keys("Esc");
    assert!(stage.screen().contains("›6 lesson 1"), "{}", stage.screen());
    for (width, height) in [(120, 40), (40, 12), (80, 24)] {
        stage.resize(width, height);
        assert!(stage.screen().contains("course / app"), "{width}×{height}\n{}", stage.screen());
    }
    stage.keys("PgUp Up Up Up");
    assert!(stage.screen().contains("1 of "), "{}", stage.screen());
}
