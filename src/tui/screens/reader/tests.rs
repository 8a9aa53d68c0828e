//! Reading as a learner does it.

use std::fmt::Write as _;
use std::sync::Arc;

use crossterm::event::MouseEventKind;
use insta::assert_snapshot;

use crate::course::{self, Course};
use crate::progress::Reading;
use crate::quiz::question::LessonLink;
use crate::tui::message::{Destination, Message};
use crate::tui::testing::{Stage, small_course};

mod found;
mod found_in_course;
mod headings;
mod resized;

/// The small course with this text as its first lesson.
fn course_with(text: &str) -> Arc<Course> {
    let mut files = (*small_course().files).clone();
    let needed = "\n## What they take\n\n## Who reads it\n";
    let text = if text.contains("What they take") { text.to_owned() } else { format!("{text}{needed}") };
    files.insert("lessons/1.md".to_owned(), text.into_bytes());
    Arc::new(course::parse(files).unwrap_or_else(|faults| panic!("{faults:?}")))
}

/// A lesson of several levels and some pages.
fn long_text() -> String {
    let mut text = "# Long lesson\n\nIntroduction to the **app** stores.\n".to_owned();
    for (level, part) in [
        ("##", "What they take"),
        ("###", "Contacts, calendars and whatever else stands in the address book of a phone"),
        ("##", "Who reads it"),
        ("######", "Нижний уровень и 中文标题"),
    ] {
        let _ = writeln!(text, "\n{level} {part}");
        for line in 1..=12 {
            let _ = writeln!(text, "\nLine {line} says what apps\ntake on a phone.");
        }
    }
    text
}

fn opened(width: u16, height: u16, text: &str) -> Stage {
    let mut stage = Stage::new(width, height, course_with(text));
    stage.message(Message::Go(Destination::Lesson(0)));
    stage
}

fn stored(stage: &Stage) -> &Reading {
    &stage.world.stored.lessons["lessons/1.md"]
}

/// The first line of the screen that has text of the lesson.
fn first_line(stage: &Stage) -> String {
    let screen = stage.screen();
    let mut lines = screen.lines().skip(2).map(str::trim);
    lines.find(|line| !line.is_empty()).unwrap_or_default().to_owned()
}

/// The last words of the first line of the screen.
fn status(stage: &Stage) -> String {
    let screen = stage.screen();
    let first = screen.lines().next().unwrap_or_default();
    first.rsplit("  ").find(|part| !part.is_empty()).unwrap_or_default().to_owned()
}

#[test]
fn the_policy_has_headings_and_is_searched_too() {
    let mut stage = Stage::new(80, 24, small_course());
    let lesson = small_course().policy.as_ref().expect("a policy").lesson.path.clone();
    stage.message(Message::LookUp(LessonLink { lesson, heading: None }));
    assert_snapshot!(stage.keys("/ 'a'").screen(), @r#"
     Acceptable use                                                        at 100 %
    ────────────────────────────────────────────────────────────────────────────────
      Acceptable use
      ══════════════

      Do not share work data with private apps.















     / a                                                  1 of 7  Tab: whole course

     Enter read  ↓ next  Tab whole course  Esc back  F1 help
    "#);
    assert_snapshot!(stage.keys("Esc t").screen(), @r#"
     Acceptable use                                                  heading 1 of 1
    ────────────────────────────────────────────────────────────────────────────────
    ›1 Acceptable use




















     Enter go there  Esc back  ? help
    "#);
}

/// Some pages brought half of what others did, and began anywhere: the eye had to look for its place.
#[test]
fn each_page_begins_with_the_last_line_of_the_one_before() {
    let sentence = |part: usize, sentence: usize| {
        format!("Sentence {sentence} of part {part} says what is to be known about it.\n\n")
    };
    let part = |part: usize| {
        let sentences: String = (0..part * 5 % 7 + 2).map(|number| sentence(part, number)).collect();
        format!("## Part {part}\n\n{sentences}")
    };
    let text = format!("# Pages\n\n{}", (1..12).map(part).collect::<String>());
    for (width, height) in [(40, 12), (80, 24), (61, 15)] {
        let mut stage = opened(width, height, &text);
        let body = |stage: &Stage| {
            let screen = stage.screen();
            let lines: Vec<String> = screen.lines().map(|line| line.trim().to_owned()).collect();
            let head = if height < 16 { 1 } else { 2 };
            lines[head..lines.len() - if height < 16 { 1 } else { 2 }].to_vec()
        };
        let mut pages = 1;
        let mut before = body(&stage);
        loop {
            stage.keys("Space");
            let page = body(&stage);
            if page == before || stage.screen().contains("at 100 %") {
                break;
            }
            let last = before.iter().rfind(|line| !line.is_empty()).expect("words");
            assert_eq!(page.first(), Some(last), "page {pages} at {width}×{height}:\n{}", stage.screen());
            let end = page.iter().rfind(|line| !line.is_empty()).expect("words");
            assert!(!end.starts_with("Part ") && !end.starts_with('─'), "alone: {}", stage.screen());
            (before, pages) = (page, pages + 1);
        }
        assert!(pages > 5, "{pages}");
    }
}

/// A page ended with the head of a table, of which the next page showed the rows alone.
#[test]
fn no_page_ends_with_the_head_of_a_table() {
    let rows = (1..40)
        .fold(String::new(), |rows, row| rows + &format!("| kind {row} | what a kind {row} takes |\n"));
    let mut kept = 0;
    for (width, height) in [(80, 24), (40, 12)] {
        for lines in 1..12 {
            let words = "Words.\n\n".repeat(lines);
            let mut stage =
                opened(width, height, &format!("# Kinds\n\n{words}| Kind | Example |\n|---|---|\n{rows}"));
            let screen = stage.screen();
            let has_head = screen.contains("Kind ");
            assert_eq!(has_head, screen.contains("kind 1 "), "{screen}");
            stage.keys("Space");
            kept += usize::from(
                !has_head && stage.screen().contains("Kind ") && stage.screen().contains("Words."),
            );
        }
    }
    assert!(kept > 1, "{kept}");
}
