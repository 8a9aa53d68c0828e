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
    assert!(!screen.contains("Enter"), "nothing is found that could be opened: {screen}");
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
    assert!(stage.screen().contains("›  6 lesson 1"), "{}", stage.screen());
    for (width, height) in [(120, 40), (40, 12), (80, 24)] {
        stage.resize(width, height);
        assert!(stage.screen().contains("course / app"), "{width}×{height}\n{}", stage.screen());
    }
    stage.keys("PgUp Up Up Up");
    assert!(stage.screen().contains("1 of "), "{}", stage.screen());
}

/// The sign marked the last place in sight, and the list moved by a line or two.
#[test]
fn the_signs_beside_the_list_turn_a_page() {
    for (width, height, first, last) in [(80, 24, 2, 20), (40, 12, 1, 9)] {
        let mut stage = bundled(width, height);
        stage.keys("/ 'report'").work();
        let numbers_in_sight = |stage: &Stage| -> Vec<usize> {
            let number = |line: &str| {
                let (number, place) = line.trim_start_matches(['›', ' ']).split_once(' ')?;
                let begins = place.starts_with("lesson ") || place.starts_with("policy,");
                number.parse().ok().filter(|_| begins)
            };
            stage.screen().lines().filter_map(number).collect()
        };
        let has = |stage: &Stage, sign: char, row: u16| {
            stage.screen().lines().nth(row.into()).is_some_and(|line| line.ends_with(sign))
        };
        let (mut seen, mut pages) = (numbers_in_sight(&stage), 1);
        while has(&stage, '↓', last) {
            let before = *seen.last().expect("places");
            stage.click_at(width - 1, last);
            let page = numbers_in_sight(&stage);
            assert!(page[0] + 1 >= before || !has(&stage, '↓', last), "{}", stage.screen());
            seen.extend(page);
            pages += 1;
        }
        let total = *seen.last().expect("places");
        assert!((1..=total).all(|number| seen.contains(&number)), "{seen:?}");
        assert!(total > 30 && pages <= total / 2, "{pages} pages of {total}");
        while has(&stage, '↑', first) {
            stage.click_at(width - 1, first);
        }
        assert_eq!(numbers_in_sight(&stage)[0], 1, "{}", stage.screen());
    }
}
