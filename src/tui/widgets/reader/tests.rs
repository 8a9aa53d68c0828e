use std::fmt::Write as _;
use std::sync::Arc;

use crossterm::event::MouseEventKind;
use insta::assert_snapshot;

use crate::course::{self, Course};
use crate::progress::Reading;
use crate::quiz::question::LessonLink;
use crate::tui::message::{Destination, Message};
use crate::tui::testing::{Stage, small_course};

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
fn headings_lie_over_the_text_where_there_is_no_room_beside_it() {
    let mut stage = opened(80, 24, &long_text());
    assert_snapshot!(stage.keys("] t").styled(), @r#"
     [bold:Long lesson]                           [cyan:1 of 5 parts read  heading 2 of 5, begun]
    [dim:────────────────────────────────────────────────────────────────────────────────]
    [dim: 1 ][green:✓ ]Long lesson[green:                                                           read]
    [reversed:›2 ◐ ][bold+reversed:  What they take][reversed:                                                     begun ]
    [dim: 3 ]○     Contacts, calendars and whatever else stands in the address book of a…
    [dim: 4 ]○   Who reads it                                                    not read
    [dim: 5 ]○           Нижний уровень и 中 文 标 题                                not read
















     [cyan+bold:Enter] [dim:go there]  [cyan+bold:↓] [dim:choose]  [cyan+bold:Esc] [dim:back]  [cyan+bold:?] [dim:help]
    "#);
    assert_snapshot!(stage.keys("j j Enter").screen(), @r#"
     Long lesson                      section 4 of 5  at 67 %  about 2 minutes left
    ────────────────────────────────────────────────────────────────────────────────
      Who reads it
      ────────────

      Line 1 says what apps take on a phone.

      Line 2 says what apps take on a phone.

      Line 3 says what apps take on a phone.

      Line 4 says what apps take on a phone.

      Line 5 says what apps take on a phone.

      Line 6 says what apps take on a phone.

      Line 7 says what apps take on a phone.

      Line 8 says what apps take on a phone.

      Line 9 says what apps take on a phone.

     Space page  Enter on  Tab links  t contents  / find  Esc back  m mark  ? help
    "#);
    let mut stage = opened(40, 12, &long_text());
    assert_snapshot!(stage.keys("t G").screen(), @r#"
     Long lesson   heading 5 of 5, not read
    •1 ✓ Long lesson                   read
     2 ◐   What they take             begun
     3 ○     Contacts, calendars and whate…
     4 ○   Who reads it            not read
    ›5 ○           Нижний уровень и
                   中文标题




     Enter go there  Esc back  ? help
    "#);
}

/// Backspace said that no link had been followed to here.
#[test]
fn backspace_comes_back_from_a_heading_that_was_gone_to() {
    let mut stage = opened(80, 24, &long_text());
    stage.keys("Space");
    let before = first_line(&stage);
    stage.keys("t G Enter");
    assert_ne!(first_line(&stage), before);
    stage.keys("Backspace");
    assert_eq!(first_line(&stage), before);
    assert!(stage.keys("Backspace").screen().contains("no jump led to here"), "{}", stage.screen());
}

#[test]
fn headings_stand_beside_the_text_where_there_is_room() {
    let mut stage = opened(120, 40, &long_text());
    assert_snapshot!(stage.keys("] t j").styled(), @r#"
     [bold:Long lesson]                                                                   [cyan:2 of 5 parts read  heading 3 of 5, begun]
    [dim:────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────]
    [dim: 1 ][green:✓ ]Long lesson[green:                  read] [dim:│]  [cyan+bold:What they take]
    [dim:•2 ][green:✓ ][bold:  What they take][green:             read] [dim:│]  [cyan+bold:──────────────]
    [reversed:›3 ◐     Contacts, calendars and       ][dim:│]
    [reversed:         whatever else stands in the   ][dim:│]  Line 1 says what apps take on a phone.
    [reversed:         address book of a phone       ][dim:│]
    [dim: 4 ]○   Who reads it           not read [dim:│]  Line 2 says what apps take on a phone.
    [dim: 5 ]○          Нижний уровень и 中 文 标 … [dim:│]
                                           [dim:│]  Line 3 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 4 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 5 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 6 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 7 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 8 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 9 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 10 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 11 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 12 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  [cyan+bold:Contacts, calendars and whatever else stands in the address book of a phone]
                                           [dim:│]
                                           [dim:│]  Line 1 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 2 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 3 says what apps take on a phone.
                                           [dim:│]
                                           [dim:│]  Line 4 says what apps take on a phone.

     [cyan+bold:Enter] [dim:go there]  [cyan+bold:↓] [dim:choose]  [cyan+bold:Esc] [dim:back]  [cyan+bold:?] [dim:help]
    "#);
    // They stay, and the keys are for the text again.
    assert_snapshot!(stage.keys("Enter Space").screen(), @r#"
     Long lesson                                                               section 4 of 5  at 92 %  about 1 minute left
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     1 ✓ Long lesson                  read │  Line 4 says what apps take on a phone.
     2 ✓   What they take             read │
     3 ✓     Contacts, calendars and what… │  Line 5 says what apps take on a phone.
    •4 ✓   Who reads it               read │
     5 ◐          Нижний уровень и 中文标… │  Line 6 says what apps take on a phone.
                                           │
                                           │  Line 7 says what apps take on a phone.
                                           │
                                           │  Line 8 says what apps take on a phone.
                                           │
                                           │  Line 9 says what apps take on a phone.
                                           │
                                           │  Line 10 says what apps take on a phone.
                                           │
                                           │  Line 11 says what apps take on a phone.
                                           │
                                           │  Line 12 says what apps take on a phone.
                                           │
                                           │  Нижний уровень и 中文标题
                                           │
                                           │  Line 1 says what apps take on a phone.
                                           │
                                           │  Line 2 says what apps take on a phone.
                                           │
                                           │  Line 3 says what apps take on a phone.
                                           │
                                           │  Line 4 says what apps take on a phone.
                                           │
                                           │  Line 5 says what apps take on a phone.
                                           │
                                           │  Line 6 says what apps take on a phone.
                                           │
                                           │  Line 7 says what apps take on a phone.
                                           │
                                           │  Line 8 says what apps take on a phone.
                                           │

     Space page  Enter on  Tab links  t contents  / find  Esc back  m mark  a note  M notes  w words  l link list  ? help
    "#);
    let beside = stage.screen();
    assert!(beside.contains('│'));
    stage.keys("t Esc");
    assert!(!stage.screen().contains('│'), "put away");
}

#[test]
fn every_way_among_the_headings() {
    let mut text = "# Many\n".to_owned();
    for number in 2..=120 {
        let _ = writeln!(text, "\n## Part {number}\n\nText {number}.");
    }
    let mut stage = opened(80, 24, &text);
    // What is marked, by the keys that lead there; the list is open all the time.
    stage.keys("t");
    for (script, marked) in [
        ("", 1),
        ("j", 2),
        ("Down Down", 4),
        ("k Up", 2),
        ("Space", 21),
        ("PgUp", 2),
        ("End", 122),
        ("g", 1),
        ("4", 4),
        ("2", 42),
        // There is no 421 nor 429.
        ("1", 1),
        ("1", 11),
        ("9", 119),
        ("9", 9),
        ("0", 90),
        ("j 5", 5),
        ("0 0", 50),
    ] {
        stage.keys(script);
        let read = match marked {
            // The fifth comes with its text on the next page.
            1..5 => "read",
            _ => "not read",
        };
        assert_eq!(status(&stage), format!("heading {marked} of 122, {read}"), "after {script:?}");
        assert!(stage.screen().lines().any(|line| line.starts_with(&format!("›{marked:>3} "))), "{script:?}");
    }
    stage.wheel(MouseEventKind::ScrollDown);
    assert_eq!(status(&stage), "heading 53 of 122, not read");
    stage.keys("Enter");
    assert_eq!(first_line(&stage), "Part 53");
    stage.keys("t 7 7 Esc");
    assert_eq!(first_line(&stage), "Part 53", "nobody went anywhere");
    stage.keys("t").click("Part 49");
    assert_eq!(first_line(&stage), "Part 49");
    stage.keys("t q");
    assert_eq!(first_line(&stage), "Part 49");
}

#[test]
fn words_are_found_while_they_are_typed() {
    let mut stage = opened(80, 24, &long_text());
    assert_snapshot!(stage.keys("/ 'apps take'").styled(), @r#"
     [bold:Long lesson]                      [cyan:section 1 of 5  at 12 %  about 2 minutes left]
    [dim:────────────────────────────────────────────────────────────────────────────────]
      [cyan+bold:Long lesson]
      [cyan+bold:═══════════]

      Introduction to the [bold:app] stores.

      [cyan+bold:What they take]
      [cyan+bold:──────────────]

      Line 1 says what [bold+reversed:apps take] on a phone.

      Line 2 says what [yellow+bold+underlined:apps take] on a phone.

      Line 3 says what [yellow+bold+underlined:apps take] on a phone.

      Line 4 says what [yellow+bold+underlined:apps take] on a phone.

      Line 5 says what [yellow+bold+underlined:apps take] on a phone.

      Line 6 says what [yellow+bold+underlined:apps take] on a phone.
     [cyan+bold:/ ][underlined:apps take                                                          ]  [cyan:1 of 48]

     [cyan+bold:Enter] [dim:read]  [cyan+bold:↓] [dim:next]  [cyan+bold:Tab] [dim:whole course]  [cyan+bold:Esc] [dim:back]  [cyan+bold:F1] [dim:help]
    "#);
    assert_snapshot!(stage.keys("Enter").styled(), @r#"
     [bold:Long lesson]             [cyan:1 of 48  section 1 of 5  at 14 %  about 2 minutes left]
    [dim:────────────────────────────────────────────────────────────────────────────────]
      [cyan+bold:Long lesson]
      [cyan+bold:═══════════]

      Introduction to the [bold:app] stores.

      [cyan+bold:What they take]
      [cyan+bold:──────────────]

      Line 1 says what [bold+reversed:apps take] on a phone.

      Line 2 says what [yellow+bold+underlined:apps take] on a phone.

      Line 3 says what [yellow+bold+underlined:apps take] on a phone.

      Line 4 says what [yellow+bold+underlined:apps take] on a phone.

      Line 5 says what [yellow+bold+underlined:apps take] on a phone.

      Line 6 says what [yellow+bold+underlined:apps take] on a phone.


     [cyan+bold:n] [dim:next]  [cyan+bold:N] [dim:previous]  [cyan+bold:Space] [dim:page]  [cyan+bold:Enter] [dim:on]  [cyan+bold:Tab] [dim:links]  [cyan+bold:Esc] [dim:clear]  [cyan+bold:?] [dim:help]
    "#);
    let mut stage = opened(40, 12, &long_text());
    assert_snapshot!(stage.keys("/ 'CONT' Backspace Backspace Backspace Backspace 'address book'").screen(), @r#"
    Long lesson                    at 33 %
    phone.

    Contacts, calendars and whatever else
    stands in the address book of a phone

    Line 1 says what apps take on a phone.

    Line 2 says what apps take on a phone.

    / address book                  1 of 1
    Enter read  ↓ next  Esc back  F1 help
    "#);
    assert_snapshot!(stage.keys("Enter").screen(), @r#"
    Long lesson            1 of 1  at 33 %
    phone.

    Contacts, calendars and whatever else
    stands in the address book of a phone

    Line 1 says what apps take on a phone.

    Line 2 says what apps take on a phone.

    Line 3 says what apps take on a phone.
    n next  N previous  Esc clear  ? help
    "#);
}

#[test]
fn from_hit_to_hit_and_around() {
    let mut text = "# Text\n".to_owned();
    for number in 1..=60 {
        let word = if number % 20 == 0 { "needle" } else { "hay" };
        let _ = writeln!(text, "\n{word} {number}");
    }
    let mut stage = opened(80, 24, &text);
    stage.keys("Space Space Space / 'Needle'");
    assert!(stage.screen().contains("not found; capitals count"), "a capital makes capitals matter");
    stage.keys("Ctrl-U 'needle'");
    assert!(stage.screen().contains("2 of 3"), "the first one from where the reader was\n{}", stage.screen());
    stage.keys("Enter n");
    assert!(stage.screen().contains("needle 60"));
    assert!(stage.screen().lines().next().is_some_and(|first| first.contains("3 of 3  section")));
    stage.keys("n");
    assert!(stage.screen().contains("needle 20") && stage.screen().contains("went on from the beginning"));
    stage.keys("N");
    assert!(stage.screen().contains("needle 60") && stage.screen().contains("went on from the end"));
    stage.keys("N");
    assert!(stage.screen().contains("needle 40") && !stage.screen().contains("went on"));
    // Whoever has moved goes on from there.
    stage.keys("g n");
    assert!(stage.screen().contains("needle 20"));
    stage.keys("G N");
    assert!(stage.screen().contains("needle 60") || stage.screen().contains("needle 40"));
    // Headings have keys of their own all the time, and Esc puts the marks away before it leaves.
    stage.keys("g ]");
    assert!(stage.screen().contains("What they take") && stage.styled().contains("underlined:needle"));
    stage.keys("Esc");
    assert!(stage.screen().contains("What they take") && !stage.styled().contains("underlined:needle"));
    stage.keys("g n");
    assert!(stage.screen().contains("What they take"), "n is for headings again");
    stage.keys("Esc");
    assert!(!stage.screen().contains("What they take"), "left\n{}", stage.screen());
}

#[test]
fn esc_goes_back_to_where_they_were_and_nothing_was_read() {
    let mut text = long_text();
    text.push_str("\nThe very last words.\n");
    let mut stage = opened(80, 24, &text);
    stage.keys("j j j");
    let before = stage.screen();
    stage.wait(10);
    let saved = stored(&stage).clone();
    stage.keys("/ 'very last'");
    assert!(stage.screen().contains("The very last words."));
    stage.wait(30);
    stage.keys("Esc");
    assert_eq!(stage.screen(), before);
    stage.wait(30);
    assert_eq!((stored(&stage).place, stored(&stage).finished_at), (saved.place, saved.finished_at));
    // Whoever stays has gone there.
    stage.keys("/ 'very last' Enter");
    stage.wait(30);
    assert!(stored(&stage).place > saved.place);
}

#[test]
fn what_is_not_found_leads_nowhere() {
    let mut stage = opened(80, 24, &long_text());
    stage.keys("Space");
    let before = first_line(&stage);
    stage.keys("/ 'apps' Backspace Backspace Backspace Backspace");
    assert_eq!(first_line(&stage), before);
    stage.keys("'zebra'");
    assert!(stage.screen().contains("not found"));
    assert_eq!(first_line(&stage), before);
    stage.keys("Enter");
    assert!(stage.screen().contains("not found: zebra") && !stage.screen().contains("capitals"));
    assert_eq!(first_line(&stage), before);
    // Nothing typed is nothing found, and nothing to say.
    stage.keys("/ Enter");
    assert!(!stage.screen().contains("not found"));
}

#[test]
fn a_long_lesson_is_looked_through_between_keys() {
    let mut text = "# Long\n\nthe needle\n".to_owned();
    while text.len() < 1_200_000 {
        text.push_str("\nfiller filler filler filler filler filler filler filler filler filler filler\n");
    }
    text.push_str("\nanother needle\n");
    let mut stage = opened(80, 24, &text);
    stage.keys("/ 'needle'");
    assert!(stage.model.is_working());
    assert!(stage.screen().contains("1…"), "{}", stage.screen());
    // Keys do what they do meanwhile.
    stage.keys("Enter n");
    assert!(stage.model.is_working());
    assert!(stage.screen().contains("the needle"));
    stage.work();
    assert!(stage.screen().contains("another needle"), "n came as soon as it could\n{}", stage.screen());
    assert!(stage.screen().contains("2 of 2"));
    stage.keys("Esc / 'nothing' Enter");
    assert!(stage.model.is_working());
    assert!(stage.work().screen().contains("not found: nothing"));
}

#[test]
fn the_window_changes_while_words_are_found() {
    let mut stage = opened(80, 24, &long_text());
    stage.keys("Space / 'line 9'");
    let (before, size) = (first_line(&stage), (80, 24));
    for (width, height) in [(40, 12), (200, 60), (41, 13), size] {
        stage.resize(width, height);
        assert!(stage.screen().contains("of 4"), "{width}×{height}\n{}", stage.screen());
    }
    assert_eq!(first_line(&stage), before);
    stage.keys("Enter");
    stage.resize(40, 12);
    stage.keys("n n");
    assert!(stage.screen().contains("Line 9"));
    stage.keys("t");
    for (width, height) in [(120, 40), (40, 12), (130, 12), (80, 24)] {
        stage.resize(width, height);
        assert!(stage.screen().contains("heading"), "{width}×{height}");
    }
}

/// Where the found words stand that the reader was led to, in the first line of the screen and on the screen: the cursor is there.
#[track_caller]
fn check_found(stage: &Stage, said: &str) {
    let at = stage.terminal.backend().cursor_position();
    let buffer = stage.terminal.backend().buffer();
    let here: String = (at.x..buffer.area.width).map(|column| buffer[(column, at.y)].symbol()).collect();
    assert!(
        here.to_lowercase().starts_with("app"),
        "{said}: the cursor is at {at:?}, {here:?}\n{}",
        stage.screen()
    );
}

/// A heading in the last rows was counted and kept back for the next page; after a resize the place was out of sight.
#[test]
fn what_was_found_is_seen_wherever_it_stood() {
    let course = Arc::new(course::parse(course::embedded()).expect("the bundled course"));
    for (width, height) in [(80, 24), (40, 12)] {
        for down in 0..40 {
            let mut stage = Stage::new(width, height, Arc::clone(&course));
            stage.message(Message::Go(Destination::Lesson(0)));
            stage.keys("/ 'app' Enter g");
            (0..down).for_each(|_| drop(stage.keys("Down").screen()));
            let mut counted = String::new();
            for step in 0..3 {
                stage.keys("n");
                let said = format!("{width}x{height}, {down} lines down, {step}");
                check_found(&stage, &said);
                let screen = stage.screen();
                let first = screen.lines().next().unwrap_or_default();
                let count =
                    first.split("  ").find(|part| part.ends_with(" of 15")).unwrap_or(first).to_owned();
                assert_ne!(count, counted, "{said}: the same place again");
                counted = count;
            }
            stage.resize(120 - width, 36 - height);
            check_found(&stage, &format!("{width}x{height} resized, {down} lines down"));
        }
    }
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

      you agree to it when the assessment is passed; Enter goes back













     / a                                                                     1 of 7

     Enter read  ↓ next  Tab whole course  Esc back  F1 help
    "#);
    assert_snapshot!(stage.keys("Esc t").screen(), @r#"
     Acceptable use                                                  heading 1 of 1
    ────────────────────────────────────────────────────────────────────────────────
    ›1 Acceptable use




















     Enter go there  ↓ choose  Esc back  ? help
    "#);
}

#[test]
fn words_are_found_in_the_whole_course() {
    let mut stage = opened(80, 24, &long_text());
    stage.keys("Space / 'what apps'");
    let there = first_line(&stage);
    assert_snapshot!(stage.keys("Tab Down Down").styled(), @r#"
     [bold:Long lesson]                      [cyan:section 2 of 5  at 31 %  about 2 minutes left]
    [dim:────────────────────────────────────────────────────────────────────────────────]
     1 lesson 1, [bold:Long lesson › What they take]
        Line 1 says [yellow+bold+underlined:what apps] take on a phone.
     2 lesson 1, [bold:Long lesson › What they take]
        Line 2 says [yellow+bold+underlined:what apps] take on a phone.
    [cyan+bold:›][reversed:3 lesson 1, ][bold+reversed:Long lesson › What they take][reversed:                                      ]
        Line 3 says [yellow+bold+underlined:what apps] take on a phone.
     4 lesson 1, [bold:Long lesson › What they take]
        Line 4 says [yellow+bold+underlined:what apps] take on a phone.
     5 lesson 1, [bold:Long lesson › What they take]
        Line 5 says [yellow+bold+underlined:what apps] take on a phone.
     6 lesson 1, [bold:Long lesson › What they take]
        Line 6 says [yellow+bold+underlined:what apps] take on a phone.
     7 lesson 1, [bold:Long lesson › What they take]
        Line 7 says [yellow+bold+underlined:what apps] take on a phone.
     8 lesson 1, [bold:Long lesson › What they take]
        Line 8 says [yellow+bold+underlined:what apps] take on a phone.
     9 lesson 1, [bold:Long lesson › What they take]
        Line 9 says [yellow+bold+underlined:what apps] take on a phone.

     [cyan+bold:course / ][underlined:what apps                                                   ]  [cyan:3 of 48]

     [cyan+bold:Enter] [dim:open]  [cyan+bold:↓] [dim:next]  [cyan+bold:Tab] [dim:this text]  [cyan+bold:Esc] [dim:back]  [cyan+bold:F1] [dim:help]
    "#);
    stage.keys("Ctrl-U 'second'");
    assert_snapshot!(stage.screen(), @r#"
     Long lesson                      section 2 of 5  at 31 %  about 2 minutes left
    ────────────────────────────────────────────────────────────────────────────────
    ›1 lesson 2, Second lesson
        Second lesson

















     course / second                                                         1 of 1

     Enter open  ↓ next  Tab this text  Esc back  F1 help
    "#);
    // Enter opens it there, and Esc comes back to the list, and then to where they were.
    let list = stage.screen();
    assert_snapshot!(stage.keys("Enter").styled(), @r#"
     [bold:Second lesson]                                                 [cyan:1 of 1  at 100 %]
    [dim:────────────────────────────────────────────────────────────────────────────────]
      [cyan+bold+reversed:Second][cyan+bold: lesson]
      [cyan+bold:═════════════]

      Short.

      [dim:────────────────────]
      [cyan+bold:Enter goes back to where you were]














     [cyan+bold:n] [dim:next]  [cyan+bold:N] [dim:previous]  [cyan+bold:Space] [dim:page]  [cyan+bold:Enter] [dim:on]  [cyan+bold:Tab] [dim:links]  [cyan+bold:Esc] [dim:list]  [cyan+bold:?] [dim:help]
    "#);
    stage.keys("Esc");
    assert_eq!(stage.screen(), list);
    stage.keys("Enter Backspace");
    assert_eq!(stage.screen(), list);
    stage.keys("Esc");
    assert!(first_line(&stage) != "Second lesson" && stage.screen().contains("Long lesson"));
    stage.keys("/ 'what apps'");
    assert_eq!(first_line(&stage), there);
}

/// Neither its lesson nor its heading could be read before it was opened.
#[test]
fn the_marked_place_says_wholly_where_it_is() {
    let course = Arc::new(course::parse(course::embedded()).expect("the bundled course"));
    for (width, height) in [(40, 12), (60, 20)] {
        let mut stage = Stage::new(width, height, Arc::clone(&course));
        stage.keys("Home Enter / Tab 'password'");
        let mut longest = 0;
        for _ in 0..20 {
            let screen = stage.screen();
            let body = screen.lines().collect::<Vec<_>>();
            let body = &body[..body.len() - 2];
            let first = body.iter().position(|line| line.starts_with('›')).expect("a marked place");
            let rest = body[first..].iter();
            let last = rest.clone().position(|line| line.to_lowercase().contains("password"));
            let last = last.unwrap_or_else(|| panic!("what stands there is out of sight:\n{screen}"));
            assert!(!body[first..first + last].iter().any(|line| line.contains('…')), "{screen}");
            longest = longest.max(last);
            stage.keys("Down");
        }
        assert!(longest > 1 || width > 40, "one of them takes several lines");
    }
}

#[test]
fn the_list_of_places_is_walked_and_clicked() {
    let mut stage = opened(40, 12, &long_text());
    assert_snapshot!(stage.keys("/ Tab 'apps' PgDn").screen(), @r#"
     Long lesson                     at 3 %
     1 lesson 1, Long les… › What they take
        …1 says what apps take on a phone.
     2 lesson 1, Long les… › What they take
        …2 says what apps take on a phone.
     3 lesson 1, Long les… › What they take
        …3 says what apps take on a phone.
    ›4 lesson 1, Long lesson › What they
                 take
        …4 says what apps take on a phone.
     course / apps                  4 of 49
     Enter open  ↓ next  Esc back  F1 help
    "#);
    stage.keys("Down Down Up");
    assert!(stage.screen().contains("5 of 49"));
    stage.wheel(MouseEventKind::ScrollDown);
    assert!(stage.screen().contains("8 of 49"));
    stage.wheel(MouseEventKind::ScrollUp);
    assert!(stage.screen().contains("5 of 49"));
    stage.click("lesson 1");
    assert!(stage.screen().contains("list"), "{}", stage.screen());
    stage.keys("q");
    assert!(stage.screen().contains("course / "));
    // The other way round it is this text again.
    stage.keys("Tab");
    assert!(stage.screen().contains(" / apps") || stage.screen().contains("/ apps"));
    assert!(stage.screen().contains("1 of"));
    // What nobody wrote is nowhere.
    stage.keys("Tab 'zebra' Enter");
    assert!(stage.screen().contains("not found"));
    for (width, height) in [(120, 40), (40, 12), (80, 24)] {
        stage.keys("Ctrl-U 'a'");
        stage.resize(width, height);
        assert!(stage.screen().contains("course / a"), "{width}×{height}");
    }
}

#[test]
fn no_question_is_found() {
    let course = small_course();
    let prompt = crate::markup::plain(&course.assessment.quiz.questions[0].prompt).to_string();
    let mut stage = opened(80, 24, &long_text());
    stage.keys("/ Tab");
    stage.paste(&prompt);
    assert!(stage.screen().contains("not found"), "{}", stage.screen());
}

#[test]
fn whoever_looks_something_up_for_a_question_comes_back_to_it() {
    let mut stage = Stage::new(80, 24, small_course());
    stage.message(Message::Go(Destination::Check(0)));
    let question = stage.screen();
    let lesson = small_course().modules[0].lesson.path.clone();
    stage.message(Message::LookUp(LessonLink { lesson, heading: None }));
    stage.keys("/ Tab 'second' Enter Esc Esc");
    assert!(stage.screen().contains("First lesson"), "{}", stage.screen());
    stage.keys("Esc");
    assert_eq!(stage.screen(), question);
}

#[test]
fn links_are_marked_among_what_was_found() {
    let text =
        "# Links\n\nA needle, [a needle](https://example.org/one) and [another](https://example.org/two).\n";
    let mut stage = opened(80, 24, text);
    stage.keys("/ 'needle' Enter Tab");
    assert!(stage.screen().contains("https://example.org/one"));
    // The link that is marked has the keys until it is let go.
    stage.keys("Esc");
    assert!(!stage.screen().contains("https://example.org/one") && stage.screen().contains("n next"));
    stage.keys("n");
    assert!(stage.styled().contains("reversed:needle"), "{}", stage.styled());
    stage.keys("Tab t");
    assert!(!stage.screen().contains("https://example.org/one"), "the headings lie over it");
    stage.keys("Esc Tab / 'a'");
    assert!(!stage.screen().contains("https://example.org/one"), "words are typed");
    stage.keys("Esc");
    assert!(!stage.screen().contains("n next"), "Esc gave the search up");
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
