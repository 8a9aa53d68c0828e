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
    assert_snapshot!(stage.styled(), @r#"
     [bold:First lesson]                      [cyan:section 1 of 3  at 67 %  about 1 minute left]
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
    "#);
    stage.resize(40, 12);
    assert_snapshot!(stage.screen(), @r#"
    First lesson                   at 56 %
    First lesson
    ════════════

    Apps can take much. See the list[1]
    and a script[2].

    What they take
    ──────────────

    One.
    Space page  Enter on  Esc back  ? help
    "#);
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
        assert!(stage.screen().contains("  sources  at 100 %"), "{}", stage.screen());
        // One of 12 sections was open where 11 parts were counted: sources are no part.
        let parts = course.modules[module].lesson.document.headings().len() - 1;
        stage.keys("g");
        let words = format!("section 1 of {parts}  at ");
        assert!(stage.screen().contains(&words), "{words}:\n{}", stage.screen());
        stage.keys("t");
        assert!(stage.screen().contains(&format!(" of {parts} parts read")), "{}", stage.screen());
    }
}

/// It fell when a link was marked, because what is said of the link covers a few lines.
#[test]
fn whoever_marks_a_link_is_where_they_were() {
    let text = format!("# One\n\nSee [a page](https://example.com/a).\n\n{}", "More.\n\n".repeat(40));
    let mut files = (*small_course().files).clone();
    files.insert("lessons/2.md".to_owned(), text.into_bytes());
    let course = Arc::new(course::parse(files).expect("no faults"));
    for (width, height) in [(40, 12), (80, 24)] {
        let mut stage = Stage::new(width, height, Arc::clone(&course));
        stage.message(Message::Go(Destination::Lesson(1)));
        let at = |stage: &Stage| {
            let screen = stage.screen();
            screen
                .lines()
                .next()
                .and_then(|line| line.split_once("at "))
                .map(|(_, at)| at.split('%').next().unwrap_or_default().to_owned())
        };
        let before = at(&stage);
        assert!(before.is_some(), "{}", stage.screen());
        stage.keys("Tab");
        assert!(stage.screen().contains("https://example.com/a"), "{}", stage.screen());
        assert_eq!(at(&stage), before, "{}", stage.screen());
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

#[test]
fn links_are_shown_whole_and_opened_only_after_a_yes() {
    let mut stage = opened(80, 24, small_course());
    stage.keys("l");
    assert_snapshot!(stage.screen(), @r#"
     First lesson                      section 1 of 3  at 67 %  about 1 minute left
    ────────────────────────────────────────────────────────────────────────────────
      ›  1 the list
           https://example.com/list?a=1
         2 a script
           javascript:alert

















     Enter open  ↓ choose  c copy  Esc back  ? help
    "#);
    stage.keys("Enter");
    assert!(matches!(stage.model.overlay(), Some(Overlay::AskToOpen(_))));
    assert!(stage.screen().contains("│ https://example.com/list?a=1 "), "{}", stage.screen());
    stage.keys("n");
    assert_eq!(stage.world.opened, Vec::<String>::new());
    stage.keys("1 y");
    assert_eq!(stage.world.opened, ["https://example.com/list?a=1"]);
    stage.keys("1 c");
    assert_eq!(stage.session.copied, ["https://example.com/list?a=1"]);
    stage.keys("Down Enter");
    assert_snapshot!(stage.screen(), @r#"
     First lesson                      section 1 of 3  at 67 %  about 1 minute left
    ────────────────────────────────────────────────────────────────────────────────
         1 the list
           https://example.com/list?a=1
      ›  2 a script
           javascript:alert


        ┌ open or copy a link ─────────────────────────────────────────────────┐
        │ This address is not opened: only http, https and mailto are opened.  │
        │                                                                      │
        │ javascript:alert                                                     │
        │                                                                      │
        │ c copies it all the same, Esc closes.                                │
        └──────────────────────────────────────────────────────────────────────┘








     c copy  Esc no
    "#);
    stage.keys("y Enter c");
    assert_eq!(stage.world.opened, ["https://example.com/list?a=1"], "there is no yes to that");
    assert_eq!(stage.session.copied, ["https://example.com/list?a=1", "javascript:alert"]);
    stage.keys("Esc");
    assert!(stage.screen().contains("What they take"), "back in the text");
}

#[test]
fn looking_something_up_comes_back_and_moves_no_bookmark() {
    let mut stage = opened(80, 24, long_course());
    stage.keys("Space Esc");
    let place = stored(&stage).place;
    assert!(place > 0);
    stage.message(Message::Go(Destination::Check(0)));
    let link = LessonLink { lesson: "lessons/1.md".to_owned(), heading: Some("who-reads-it".to_owned()) };
    stage.message(Message::LookUp(link));
    assert_eq!(first_line(&stage), "Who reads it");
    stage.keys("G");
    assert!(stage.screen().contains("Enter goes back to where you were"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(matches!(stage.model.screen(), Some(Screen::Check(_))), "{}", stage.screen());
    assert_eq!(stored(&stage).place, place);
    let gone = LessonLink { lesson: "lessons/9.md".to_owned(), heading: None };
    stage.message(Message::LookUp(gone));
    assert!(stage.screen().contains("has no such lesson"), "{}", stage.screen());
}

/// The link from the last lesson to the policy was refused like a dangerous one.
#[test]
fn links_within_the_course_lead_to_its_lessons_and_to_the_policy() {
    let mut files = (*small_course().files).clone();
    let lesson = "# Second lesson\n\n[One](1.md#who-reads-it), [ours](policy.md), [end](#the-end).\n\n";
    let lesson = format!("{lesson}{}## The end\n\nSo it ends.\n", "Words.\n\n".repeat(40));
    files.insert("lessons/2.md".to_owned(), lesson.into_bytes());
    let mut stage = Stage::new(80, 24, Arc::new(course::parse(files).expect("no faults")));
    stage.message(Message::Go(Destination::Lesson(1)));
    stage.keys("l 1");
    assert!(stage.screen().contains("Eleven, the last line."), "{}", stage.screen());
    stage.keys("Esc");
    assert!(stage.screen().contains("policy.md"), "back to the links: {}", stage.screen());
    stage.keys("Down Enter");
    assert!(stage.screen().contains("Do not share work data"), "{}", stage.screen());
    assert!(stage.screen().contains("you agree to it when the assessment is passed"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("policy.md"), "{}", stage.screen());
    assert!(stage.world.stored.acknowledgement.is_none(), "nothing was agreed to");
    stage.keys("3");
    assert!(stage.screen().contains("So it ends."), "{}", stage.screen());
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

/// A lesson with links of every kind, long enough to be scrolled.
fn linked_course() -> Arc<Course> {
    let mut files = (*small_course().files).clone();
    let words = "Words.\n\n".repeat(40);
    let lesson = format!(
        "# Second lesson\n\nSee [the list](https://example.com/list?a=1) and [one](1.md#who-reads-it).\n\n{words}\
         Now [the end](#the-end), [a bank](https://exаmple.com/login) and [ours](policy.md).\n\n{words}\
         ## The end\n\nSo it ends, see [here](https://bank.example:8443@evil.example/).\n"
    );
    files.insert("lessons/2.md".to_owned(), lesson.into_bytes());
    Arc::new(course::parse(files).unwrap_or_else(|faults| panic!("{faults:?}")))
}

fn linked(width: u16, height: u16) -> Stage {
    let mut stage = Stage::new(width, height, linked_course());
    stage.message(Message::Go(Destination::Lesson(1)));
    stage
}

#[test]
fn tab_walks_over_the_links_and_says_the_whole_address() {
    let mut stage = linked(80, 24);
    stage.keys("Tab");
    assert_snapshot!(stage.styled(), @r#"
     [bold:Second lesson]                     [cyan:section 1 of 2  at 16 %  about 1 minute left]
    [dim:────────────────────────────────────────────────────────────────────────────────]
      [cyan+bold:Second lesson]
      [cyan+bold:═════════════]

      See [blue+underlined+reversed:the list][cyan+reversed:[1]] and [blue+underlined:one][cyan:[2]].

      Words.

      Words.

      Words.

      Words.

      Words.

      Words.

      Words.
      [dim:── link 1 ──────────────────────────────────────────────────────────────────]
      [blue+underlined:https://example.com/list?a=1]

     [cyan+bold:Space] [dim:page]  [cyan+bold:Enter] [dim:go]  [cyan+bold:c] [dim:copy]  [cyan+bold:Tab] [dim:links]  [cyan+bold:t] [dim:contents]  [cyan+bold:/] [dim:find]  [cyan+bold:Esc] [dim:text]  [cyan+bold:?] [dim:help]
    "#);
    // The hardware cursor stands on the link, for magnifiers and screen readers.
    let cursor = stage.terminal.backend_mut().get_cursor_position().expect("in memory");
    assert_eq!((cursor.x, cursor.y), (6, 5));
    stage.keys("Tab");
    assert!(stage.screen().contains("── link 2 ──"), "{}", stage.screen());
    assert!(
        stage.screen().contains("\n  Lesson 1: First lesson\n  1.md#who-reads-it\n"),
        "{}",
        stage.screen()
    );
    // Out of sight: it comes into sight.
    stage.keys("Tab");
    assert!(stage.screen().contains("Now the end[3], a bank[4]"), "{}", stage.screen());
    stage.keys("Tab");
    assert!(stage.screen().contains("https://exаmple.com/login"), "{}", stage.screen());
    assert!(stage.screen().contains("! This host mixes Latin and Cyrillic letters"), "{}", stage.screen());
    stage.keys("Tab Tab");
    assert!(stage.screen().contains("── link 6 ──"), "{}", stage.screen());
    assert!(stage.screen().contains("So it ends, see here[6]"), "{}", stage.screen());
    stage.keys("Tab");
    assert!(stage.screen().contains("── link 1 ──"), "{}", stage.screen());
    assert!(stage.screen().contains("from the end to the first link"), "{}", stage.screen());
    stage.keys("Shift-Tab");
    assert!(stage.screen().contains("── link 6 ──"), "{}", stage.screen());
    assert!(stage.screen().contains("from the beginning to the last link"), "{}", stage.screen());
    stage.keys("Shift-Tab");
    assert!(stage.screen().contains("── link 5 ──"), "{}", stage.screen());
    assert!(stage.screen().contains("\n  Policy: "), "{}", stage.screen());
    // Scrolled away, the mark is gone, and the next one is looked for from there.
    stage.keys("g");
    assert!(!stage.screen().contains("── link"), "{}", stage.screen());
    stage.keys("Space Tab");
    assert!(stage.screen().contains("── link 3 ──"), "{}", stage.screen());
    stage.keys("Esc");
    assert!(!stage.screen().contains("── link"), "{}", stage.screen());
    assert!(matches!(stage.model.screen(), Some(Screen::Lesson(_))));
}

#[test]
fn a_marked_link_is_seen_above_its_address_at_any_size() {
    for (width, height) in [(40, 12), (60, 16), (80, 24), (200, 50)] {
        let mut stage = linked(width, height);
        for number in 1..=6 {
            stage.keys("Tab");
            let shown = format!("── link {number} ─");
            assert!(stage.screen().contains(&shown), "{width}x{height}\n{}", stage.screen());
            let screen = stage.screen();
            let text = screen.split(&shown).next().expect("a text");
            assert!(text.contains(&format!("[{number}]")), "{width}x{height}\n{screen}");
        }
        stage.resize(40, 12);
        assert!(stage.screen().contains("[6]") && stage.screen().contains("── link 6"), "{}", stage.screen());
    }
}

#[test]
fn a_long_address_is_cut_in_the_strip_and_whole_in_the_question() {
    let mut files = (*small_course().files).clone();
    let lesson = format!("# Second\n\n[It](https://example.com/{}the-end)\n", "long/".repeat(100));
    files.insert("lessons/2.md".to_owned(), lesson.into_bytes());
    let mut stage = Stage::new(40, 12, Arc::new(course::parse(files).expect("no faults")));
    stage.message(Message::Go(Destination::Lesson(1)));
    stage.keys("Tab");
    assert!(stage.screen().contains("… Enter shows all of it"), "{}", stage.screen());
    stage.keys("Enter y");
    assert_eq!(stage.world.opened, Vec::<String>::new());
    let mut seen = String::new();
    for _ in 0..30 {
        stage.keys("Down");
        seen += &stage.screen();
    }
    assert!(seen.contains("the-end"), "{seen}");
}

#[test]
fn enter_follows_the_marked_link_and_backspace_comes_back() {
    let mut stage = linked(80, 24);
    stage.keys("Tab Enter");
    assert!(matches!(stage.model.overlay(), Some(Overlay::AskToOpen(_))));
    assert!(stage.screen().contains("Host: example.com"), "{}", stage.screen());
    stage.keys("y");
    assert_eq!(stage.world.opened, ["https://example.com/list?a=1"]);
    stage.keys("c");
    assert!(stage.session.copied.is_empty() && stage.screen().contains("Host: example.com"));
    stage.keys("c");
    assert_eq!(stage.session.copied, ["https://example.com/list?a=1"]);
    // Within the text, and back to the same link.
    stage.keys("Tab Tab");
    let before = stage.screen();
    stage.keys("Enter");
    assert!(
        stage.screen().contains("So it ends") && !stage.screen().contains("── link"),
        "{}",
        stage.screen()
    );
    assert!(stage.screen().contains("Backspace goes back to the link"), "{}", stage.screen());
    stage.keys("Backspace");
    assert_eq!(stage.screen(), before);
    // Over several texts: to the policy, to another lesson, and all the way back.
    stage.keys("Tab Tab Enter");
    assert!(stage.screen().contains("Do not share work data"), "{}", stage.screen());
    stage.keys("Backspace");
    assert!(stage.screen().contains("── link 5 ──"), "{}", stage.screen());
    stage.keys("g Tab Tab Enter");
    assert!(stage.screen().contains("Eleven, the last line."), "{}", stage.screen());
    stage.keys("Backspace Esc Backspace");
    assert!(stage.screen().contains("no jump led to here"), "{}", stage.screen());
}

#[test]
fn a_host_that_imitates_another_is_opened_at_y_alone() {
    let mut stage = linked(80, 24);
    stage.keys("Space Tab Tab Enter");
    assert_snapshot!(stage.screen(), @r#"
     Second lesson                     section 1 of 2  at 61 %  about 1 minute left
    ────────────────────────────────────────────────────────────────────────────────
      Wo┌ open or copy a link ─────────────────────────────────────────────────┐
        │ Open or copy this address? It leads out of the course.               │
      Wo│                                                                      │
        │ https://exаmple.com/login                                            │
      Wo│                                                                      │
        │ It is opened as:                                                     │
      No│ https://xn--exmple-4nf.com/login                                     │
        │                                                                      │
      Wo│ Host: exаmple.com (looked up as xn--exmple-4nf.com)                  │
        │                                                                      │
      Wo│ ! This host mixes Latin and Cyrillic letters in one name, as hosts   │
        │   do that imitate others.                                            │
      Wo│                                                                      │
        │ ! This host looks like example.com and is another one.               │
      ──│                                                                      │──
      ht│ ! This host is looked up as xn--exmple-4nf.com.                      │
      ! │                                                                      │
        │ y opens, c copies, Esc closes.                                       │
      ! └──────────────────────────────────────────────────────────────────────┘
      ! This host is looked up as xn--exmple-4nf.com.

     y open  c copy  Esc no
    "#);
    stage.keys("Enter");
    assert_eq!(stage.world.opened, Vec::<String>::new());
    stage.keys("y");
    assert_eq!(stage.world.opened, ["https://xn--exmple-4nf.com/login"]);
}

#[test]
fn a_click_on_a_marked_link_asks_the_same() {
    let mut stage = linked(80, 24);
    stage.click("the list").click("the list");
    assert!(matches!(stage.model.overlay(), Some(Overlay::AskToOpen(_))), "{}", stage.screen());
    stage.keys("Esc");
    assert!(stage.screen().contains("── link 1 ──"), "{}", stage.screen());
    stage.click("one[").click("one[");
    assert!(stage.screen().contains("Eleven, the last line."), "{}", stage.screen());
}

#[test]
fn a_text_without_links_says_so() {
    let mut stage = opened(80, 24, long_course());
    for key in ["Tab", "Shift-Tab", "l"] {
        stage.keys(key);
        assert!(stage.screen().contains("has no links"), "{key}: {}", stage.screen());
    }
}

#[test]
fn links_can_be_followed_for_ever_and_the_way_back_stays_bounded() {
    let mut files = (*small_course().files).clone();
    files.insert("lessons/2.md".to_owned(), b"# Second\n\n[On](1.md) and [here](#second)\n".to_vec());
    let first = String::from_utf8(files["lessons/1.md"].clone()).expect("UTF-8");
    files.insert(
        "lessons/1.md".to_owned(),
        first.replace("# First lesson", "# First [lesson](2.md)").into_bytes(),
    );
    let mut stage = Stage::new(80, 24, Arc::new(course::parse(files).expect("no faults")));
    stage.message(Message::Go(Destination::Lesson(1)));
    for _ in 0..100 {
        stage.keys("Tab Enter");
    }
    for _ in 0..63 {
        stage.keys("Backspace");
        assert!(matches!(stage.model.screen(), Some(Screen::Lesson(_))));
    }
    stage.keys("Backspace");
    assert!(stage.screen().contains("Second"), "the first one is kept: {}", stage.screen());
    stage.keys("Backspace");
    assert!(stage.screen().contains("no jump led to here"), "{}", stage.screen());
    for _ in 0..100 {
        stage.keys("Shift-Tab Enter");
    }
    for _ in 0..64 {
        stage.keys("Backspace");
        assert!(!stage.screen().contains("no jump led"), "{}", stage.screen());
    }
    stage.keys("Backspace");
    assert!(stage.screen().contains("no jump led to here"), "{}", stage.screen());
}

/// Only the links in sight are laid out.
#[test]
fn a_list_of_thousands_of_links_looks_like_one_of_a_few() {
    let links = |count: usize| {
        let mut files = (*small_course().files).clone();
        let links: String = (0..count).fold(String::new(), |links, number| {
            links + &format!("[Link {number}](https://example.org/{number})\n\n")
        });
        files.insert("lessons/2.md".to_owned(), format!("# Second\n\n{links}").into_bytes());
        let mut stage = Stage::new(80, 24, Arc::new(course::parse(files).expect("no faults")));
        stage.message(Message::Go(Destination::Lesson(1)));
        stage.keys("l");
        stage
    };
    let (mut few, mut many) = (links(60), links(20_000));
    few.keys(&"j ".repeat(30));
    many.keys(&"j ".repeat(30));
    let list =
        |stage: &Stage| stage.screen().lines().skip(2).map(str::to_owned).collect::<Vec<_>>().join("\n");
    assert!(list(&many).contains("› 31 Link 30") && list(&many).contains("https://example.org/30"));
    assert_eq!(list(&few), list(&many));
    many.keys(&"k ".repeat(30));
    assert!(list(&many).trim_start().starts_with("›  1 Link 0"), "{}", list(&many));
}

#[test]
fn whoever_comes_back_reads_on_and_is_told_where_that_is() {
    let mut stage = opened(80, 24, long_course());
    stage.keys("PgDn PgDn");
    let (top, place) = (first_line(&stage), stored(&stage).place);
    let mut stage = stage.restart();
    assert_eq!(first_line(&stage), top);
    let screen = stage.screen();
    let last: Vec<&str> = screen.lines().skip(20).map(str::trim).collect();
    assert!(last[0].starts_with("── you left here, Esc: the course ──"), "{screen}");
    assert!(last[1].starts_with("Line by line, for screen readers: countersign --plain."), "{screen}");
    assert!(last[3].starts_with("Space page"), "{screen}");
    assert_eq!(stored(&stage).place, place);
    // What the words stand on was not seen.
    let behind: Vec<String> = {
        stage.keys("Esc Enter");
        stage.screen().lines().skip(20).take(2).map(|line| line.trim().to_owned()).collect()
    };
    let mut stage = stage.restart();
    stage.keys("PgDn");
    let shown = stage.screen();
    assert!(!shown.contains("you left here"), "{shown}");
    let next: Vec<&str> = shown.lines().map(str::trim).collect();
    assert!(
        behind.iter().filter(|line| !line.is_empty()).all(|line| next.contains(&line.as_str())),
        "{behind:?}: {shown}"
    );
    stage.keys("Esc");
    assert!(matches!(stage.model.screen(), Some(Screen::Course(_))), "{}", stage.screen());
}

/// The rows stayed through every key without a meaning and a click on them, and stood there again behind the help.
#[test]
fn whatever_is_done_takes_away_what_is_said_to_who_comes_back() {
    let greeted = || {
        let mut stage = opened(80, 24, long_course());
        stage.keys("PgDn PgDn");
        let stage = stage.restart();
        assert!(stage.screen().contains("you left here"), "{}", stage.screen());
        stage
    };
    // The heading with its percentage too: the rows cover a few lines for a moment.
    let text = |stage: &Stage| stage.screen().lines().take(20).map(str::to_owned).collect::<Vec<_>>();
    for keys in ["F", "Z", "F10", "Ctrl-L", "7", "? Esc", "F9 Esc", "M Esc", "t t", "l"] {
        let mut stage = greeted();
        let before = text(&stage);
        stage.keys(keys);
        assert!(!stage.screen().contains("you left here"), "{keys}: {}", stage.screen());
        assert_eq!(text(&stage), before, "{keys}");
    }
    let mut stage = greeted();
    stage.click("you left here");
    assert!(!stage.screen().contains("you left here"), "{}", stage.screen());
    // Nobody has done anything yet.
    let mut stage = greeted();
    stage.resize(30, 8);
    stage.keys("F");
    stage.message(Message::Tick);
    stage.resize(80, 24);
    assert!(stage.screen().contains("you left here"), "{}", stage.screen());
}

#[test]
fn a_start_shows_the_course_where_nothing_was_left_off() {
    let is_course = |stage: &Stage| matches!(stage.model.screen(), Some(Screen::Course(_)));
    // Nothing was read, not even the first page to its end.
    assert!(is_course(&Stage::new(80, 24, long_course()).restart()));
    // All of it was read, and a check comes next.
    let mut read = opened(80, 24, small_course());
    read.keys("End");
    assert!(is_course(&read.restart()));
}

/// The start was at the course.
#[test]
fn of_two_lessons_a_start_shows_the_one_that_was_on_the_screen_last() {
    let lesson = |stage: &Stage| match stage.model.screen() {
        Some(Screen::Lesson(lesson)) => lesson.module(),
        other => panic!("{other:?}"),
    };
    let mut two = opened(80, 24, two_lessons());
    two.keys("PgDn");
    two.message(Message::Go(Destination::Lesson(1)));
    two.keys("PgDn");
    let mut two = two.restart();
    assert_eq!(lesson(&two), 1);
    let look_into_the_first = |two: &mut Stage, seconds: i64| {
        two.message(Message::Go(Destination::Lesson(0)));
        two.wait(seconds).keys("Esc");
    };
    look_into_the_first(&mut two, 1);
    let mut two = two.restart();
    assert_eq!(lesson(&two), 1, "a glance");
    look_into_the_first(&mut two, 6);
    let mut two = two.restart();
    assert_eq!(lesson(&two), 0, "though no page of it was turned");
    two.keys("Esc");
    assert_eq!(lesson(&two.restart()), 0, "from the course, too");
}

#[test]
fn what_is_to_be_told_lies_over_the_lesson_that_is_read_on() {
    let mut told = opened(80, 24, long_course());
    told.keys("PgDn");
    let (top, world) = (first_line(&told), told.world);
    let start = Start {
        training: world.training(),
        course: Arc::clone(&world.course),
        expected: None,
        notices: vec!["The clock was set back.".to_owned()],
    };
    let mut told = Stage::start(80, 24, world, start, Theme::COLOURED);
    assert!(told.screen().contains("The clock was set back."), "{}", told.screen());
    told.keys("Enter");
    assert_eq!(first_line(&told), top);
    assert!(told.screen().contains("you left here"), "{}", told.screen());
}

/// Whoever reads by half pages or headings turns pages too: three seconds later was too late for a battery.
#[test]
fn every_way_to_turn_pages_is_kept_with_its_frame() {
    for keys in ["d", "Ctrl-D", "n", "]", "G", "PgDn"] {
        let mut stage = opened(80, 24, long_course());
        let before = stored(&stage).place;
        stage.keys(keys);
        assert!(stored(&stage).place > before, "{keys}: {}", stage.screen());
    }
}
