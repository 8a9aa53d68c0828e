mod again;
mod links;
mod seen;

use std::fmt::Write as _;
use std::sync::Arc;

use crossterm::event::MouseEventKind;
use insta::assert_snapshot;
use ratatui::backend::Backend as _;

use crate::course::{self, Course};
use crate::progress::Reading;
use crate::quiz::question::LessonLink;
use crate::training::Text;
use crate::tui::Start;
use crate::tui::message::{Destination, Message};
use crate::tui::overlay::Overlay;
use crate::tui::screens::Screen;
use crate::tui::screens::samples::after;
use crate::tui::testing::{Stage, small_course, trouble};
use crate::tui::theme::Theme;

/// The small course with a first lesson of many lines.
fn long_course() -> Arc<Course> {
    let mut files = (*small_course().files).clone();
    let mut text = "# Long lesson\n\nIntroduction.\n".to_owned();
    for part in ["What they take", "Who reads it", "Gamma"] {
        let _ = writeln!(text, "\n## {part}");
        for line in 1..=30 {
            let _ = writeln!(text, "\n{part} {line}.");
        }
    }
    files.insert("lessons/1.md".to_owned(), text.into_bytes());
    files.insert("quizzes/1.ron".to_owned(), files["quizzes/1.ron"].clone());
    Arc::new(course::parse(files).unwrap_or_else(|faults| panic!("{faults:?}")))
}

/// The same with a second lesson like it.
fn two_lessons() -> Arc<Course> {
    let mut files = (*long_course().files).clone();
    let lesson = String::from_utf8(files["lessons/1.md"].clone()).expect("UTF-8");
    files.insert("lessons/2.md".to_owned(), lesson.replacen("Long lesson", "Second lesson", 1).into_bytes());
    Arc::new(course::parse(files).unwrap_or_else(|faults| panic!("{faults:?}")))
}

fn opened(width: u16, height: u16, course: Arc<Course>) -> Stage {
    let mut stage = Stage::new(width, height, course);
    stage.message(Message::Go(Destination::Lesson(0)));
    stage
}

fn stored(stage: &Stage) -> &Reading {
    &stage.world.stored.lessons["lessons/1.md"]
}

/// The first line of the text that is on the screen.
fn first_line(stage: &Stage) -> String {
    let screen = stage.screen();
    let mut lines = screen.lines().skip(2).map(str::trim);
    lines.find(|line| !line.is_empty()).unwrap_or_default().to_owned()
}

#[test]
fn a_lesson_is_laid_out_for_reading() {
    let mut stage = opened(80, 24, small_course());
    assert_snapshot!(stage.styled(), @"
     [bold:First lesson]                      [cyan:section 1 of 3  at 70 %  about 1 minute left]
    [dim:────────────────────────────────────────────────────────────────────────────────]
      [cyan+bold:First lesson]
      [cyan+bold:════════════]

      Apps [italic:can] take [bold:much]. See [blue+underlined:the list][cyan:[1]] and [blue+underlined:a script][cyan:[2]].

      [cyan+bold:What they take]
      [cyan+bold:──────────────]

      One.

      Two.

      Three.

      Four.

      Five.




     [cyan+bold:Space] [dim:page]  [cyan+bold:Enter] [dim:on]  [cyan+bold:Tab] [dim:links]  [cyan+bold:t] [dim:contents]  [cyan+bold:/] [dim:find]  [cyan+bold:Esc] [dim:back]  [cyan+bold:m] [dim:mark]  [cyan+bold:?] [dim:help]
    ");
    stage.resize(40, 12);
    assert_snapshot!(stage.screen(), @"
    First lesson                   at 58 %
    First lesson
    ════════════

    Apps can take much. See the list[1]
    and a script[2].

    What they take
    ──────────────

    One.
    Space page  Enter on  Esc back  ? help
    ");
    stage.read_through();
    assert_snapshot!(stage.screen(), @r#"
    First lesson                  at 100 %
    Eight.

    Nine.

    Ten.

    Eleven, the last line.

    ────────────────────
    Enter goes on to the check
    Space page  Enter on  Esc back  ? help
    "#);
}

#[test]
fn a_wide_screen_keeps_lines_short_enough_to_read() {
    let mut files = (*small_course().files).clone();
    files.insert("lessons/1.md".to_owned(), format!("# Wide\n\n{}\n", "word ".repeat(200)).into_bytes());
    files.remove("quizzes/1.ron");
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("UTF-8");
    let manifest = manifest.replace(", check: \"quizzes/1.ron\"", "");
    files.insert("course.ron".to_owned(), manifest.into_bytes());
    let bank = String::from_utf8(files["quizzes/bank.ron"].clone()).expect("UTF-8");
    files.insert("quizzes/bank.ron".to_owned(), bank.replace("#what-they-take", "").into_bytes());
    let stage = opened(200, 24, Arc::new(course::parse(files).unwrap_or_else(|faults| panic!("{faults:?}"))));
    let screen = stage.screen();
    let text: Vec<&str> = screen.lines().filter(|line| line.contains("word word")).collect();
    assert!(!text.is_empty());
    for line in text {
        assert_eq!(line.len() - line.trim_start().len(), 55, "in the middle");
        assert!(line.trim().len() <= 90, "{line}");
    }
}

#[test]
fn every_way_through_the_text() {
    let mut stage = opened(80, 24, long_course());
    // 24 rows: title, rule, 20 of text, air, hints.
    for (script, words) in [
        ("", "Long lesson"),
        ("j j", "Introduction."),
        ("k k", "Long lesson"),
        ("]", "What they take"),
        ("n", "Who reads it"),
        ("[", "What they take"),
        ("g", "Long lesson"),
        ("n n p", "What they take"),
        ("d", "What they take 5."),
        ("u", "What they take"),
        ("Space", "What they take 9."),
        ("b", "What they take"),
        ("PgDn PgDn", "What they take 18."),
        ("Ctrl-U", "What they take 13."),
        ("Home", "Long lesson"),
        ("k PgUp b u p", "Long lesson"),
        ("End", "Gamma 22."),
        ("j PgDn Space d n", "Gamma 22."),
    ] {
        stage.keys(script);
        assert_eq!(first_line(&stage), words, "{script}\n{}", stage.screen());
    }
    stage.keys("g").wheel(MouseEventKind::ScrollDown);
    assert_eq!(first_line(&stage), "Introduction.");
    stage.wheel(MouseEventKind::ScrollUp);
    assert_eq!(first_line(&stage), "Long lesson");
}

#[test]
fn the_status_says_where_one_is() {
    let mut stage = opened(80, 24, long_course());
    assert!(
        stage.screen().lines().next().is_some_and(|line| line.contains("section 1 of 4  ")),
        "{}",
        stage.screen()
    );
    stage.keys("n n");
    assert!(
        stage.screen().lines().next().is_some_and(|line| line.contains("section 3 of 4  ")),
        "{}",
        stage.screen()
    );
    stage.keys("G");
    assert!(
        stage
            .screen()
            .lines()
            .next()
            .is_some_and(|line| line.ends_with("section 4 of 4  at 100 %  about 2 minutes left")),
        "{}",
        stage.screen()
    );
}

/// Its parts are not counted, and so nobody was told how long it takes.
#[test]
fn the_status_of_a_huge_lesson_says_what_is_left() {
    let mut files = (*small_course().files).clone();
    let lesson = files.get_mut("lessons/1.md").expect("a lesson");
    lesson.extend("\n## A part\n\nSeven words and a line end here.\n".repeat(30_000).bytes());
    assert!(lesson.len() > 1 << 20);
    let course = course::parse(files).unwrap_or_else(|faults| panic!("{faults:?}"));
    let mut stage = opened(80, 24, Arc::new(course));
    let first = |stage: &Stage| stage.screen().lines().next().unwrap_or_default().to_owned();
    assert!(first(&stage).ends_with("  at 0 %  about 1135 minutes left"), "{}", first(&stage));
    stage.keys("G");
    assert!(first(&stage).ends_with("  at 100 %  about 1135 minutes left"), "{}", first(&stage));
}

/// At the end it was the last but one, which is how far up the screen began.
#[test]
fn the_end_is_in_the_last_section() {
    let course = Arc::new(course::parse(course::embedded()).expect("the bundled course"));
    for module in 0..3 {
        let mut stage = Stage::new(80, 24, Arc::clone(&course));
        stage.message(Message::Go(Destination::Lesson(module)));
        stage.keys("G");
        // At 100 % of what is read up to 10 % so far, with minutes left: three numbers that disagree.
        let status = stage.screen().lines().next().unwrap_or_default().to_owned();
        assert!(status.contains("  sources  about") && !status.contains('%'), "{}", stage.screen());
        // One of 12 sections was open where 11 parts were counted: sources are no part.
        let parts = course.modules[module].lesson.document.headings().len() - 1;
        stage.keys("g");
        let words = format!("section 1 of {parts}  at ");
        assert!(stage.screen().contains(&words), "{words}:\n{}", stage.screen());
        stage.keys("t");
        assert!(stage.screen().contains(&format!(" of {parts} parts read")), "{}", stage.screen());
    }
}

#[test]
fn a_lesson_is_read_when_its_end_was_seen_and_not_before() {
    let mut stage = opened(80, 24, long_course());
    assert_eq!(stored(&stage).finished_at, None);
    for _ in 0..12 {
        stage.keys("Space");
        assert_eq!(
            stored(&stage).finished_at.is_some(),
            stage.screen().contains("Gamma 30."),
            "{}",
            stage.screen()
        );
    }
    assert!(stored(&stage).finished_at.is_some());
    assert!(stage.screen().contains("Enter goes on to the check"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(matches!(stage.model.screen(), Some(Screen::Check(_))));
}

#[test]
fn the_place_is_kept_over_a_kill_and_a_resize() {
    let mut stage = opened(80, 24, long_course());
    stage.keys("n n");
    assert_eq!(first_line(&stage), "Who reads it");
    assert_eq!(stage.model.wake(), None, "saved with its frame");
    stage.keys("j j j j");
    let line = first_line(&stage);
    // Saved a few seconds later by itself, without any key.
    assert!(stage.model.wake().is_some());
    stage.wait(3);
    assert_eq!(stage.model.wake(), None, "nothing left to save");
    let mut stage = stage.restart();
    stage.message(Message::Go(Destination::Lesson(0)));
    assert_eq!(first_line(&stage), line);
    stage.resize(40, 12).resize(120, 50).resize(80, 24);
    assert_eq!(first_line(&stage), line);
}

#[test]
fn leaving_saves_and_looking_again_saves_nothing() {
    let mut stage = opened(80, 24, long_course());
    stage.keys("j j j Esc");
    let saves = stage.world.saves;
    assert!(stored(&stage).place > 0);
    stage.message(Message::Go(Destination::Lesson(0)));
    stage.keys("Esc");
    assert_eq!(stage.world.saves, saves, "nothing new was seen");
}

#[test]
fn time_is_counted_as_long_as_somebody_reads() {
    let mut stage = opened(80, 24, long_course());
    stage.wait(50).keys("Space");
    assert_eq!(stored(&stage).active_seconds, 50);
    // An hour at lunch is no hour of reading.
    stage.wait(3600).keys("Space");
    assert_eq!(stored(&stage).active_seconds, 170);
    stage.wait(10).keys("Esc").wait(500);
    stage.message(Message::Go(Destination::Lesson(0)));
    stage.wait(5).keys("Esc");
    assert_eq!(stored(&stage).active_seconds, 185, "nor is what happens on other screens");
}

/// The heading stood on the last line, its text on the next page.
#[test]
fn no_heading_stands_alone_at_the_bottom_of_a_page() {
    for lines in 1..24 {
        let mut files = (*small_course().files).clone();
        let section = |name: &str| format!("## {name}\n\n{}", format!("{name} text.\n\n").repeat(lines));
        let text: String = ["A", "B", "C", "D", "E"].map(section).concat();
        files.insert("lessons/1.md".to_owned(), format!("# Long\n\n{text}").into_bytes());
        let check = String::from_utf8(files["quizzes/1.ron"].clone()).expect("a text");
        files.insert("quizzes/1.ron".to_owned(), check.replace("#who-reads-it", "").into_bytes());
        let bank = String::from_utf8(files["quizzes/bank.ron"].clone()).expect("a text");
        files.insert("quizzes/bank.ron".to_owned(), bank.replace("#what-they-take", "").into_bytes());
        let mut stage = opened(80, 24, Arc::new(course::parse(files).expect("no faults")));
        let mut read = stage.screen();
        loop {
            let before = stage.screen();
            stage.keys("Space");
            if stage.screen() == before {
                break;
            }
            let screen = stage.screen();
            let rows: Vec<&str> = screen.lines().collect();
            let last = rows[2..23].iter().map(|row| row.trim()).rfind(|row| !row.is_empty());
            // A heading is one letter here, and so is the line below it.
            assert!(last.is_some_and(|last| last.chars().count() > 1), "{lines}: {screen}");
            read.push_str(&screen);
        }
        for name in ["A", "B", "C", "D", "E"] {
            assert!(read.contains(&format!("{name} text.")), "{lines}: {name}");
        }
    }
}

/// The course whose last lesson had no check said "Enter goes back to the course" there, and left learners to find the way.
#[test]
fn lessons_without_a_check_lead_on_to_the_next_and_the_last_to_the_assessment() {
    let mut files = (*small_course().files).clone();
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("a text");
    let without = manifest.replace(", check: \"quizzes/1.ron\"", "");
    files.insert("course.ron".to_owned(), without.into_bytes());
    let mut stage = opened(80, 24, Arc::new(course::parse(files).expect("no faults")));
    stage.read_through();
    assert!(stage.screen().contains("Enter goes on to “Second lesson”"), "{}", stage.screen());
    stage.keys("Enter").read_through();
    assert!(stage.screen().contains("Enter goes on to the assessment"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("This is the part that counts."), "{}", stage.screen());
}

/// It was called the next one.
#[test]
fn the_last_lesson_leads_back_to_a_check_that_was_left_for_later() {
    let mut stage = after(Stage::new(80, 24, small_course()), |training, now| {
        training.read_whole(Text::Lesson(0), 30, now)
    });
    stage.message(Message::Go(Destination::Lesson(1)));
    stage.read_through();
    assert!(stage.screen().contains("Enter goes to a check that is not passed yet"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("question 1 of"), "{}", stage.screen());
}
