use insta::assert_snapshot;

use crate::clock::Timestamp;
use crate::course::{self, Course};
use crate::digest::Digest;
use crate::training::Assigned;
use crate::tui::message::{Destination, Message as FaceMessage};
use crate::tui::overlay::Overlay;
use crate::tui::screens::Screen;
use crate::tui::testing::{MORNING, Stage, TestWorld, ada, small_course};
use std::sync::Arc;

/// Everything before the assessment is done.
fn ready(width: u16, height: u16) -> Stage {
    let mut stage = Stage::new(width, height, small_course());
    stage.keys("Enter").read_through().keys("Esc");
    answer_check(&mut stage);
    stage.keys("Enter Esc");
    stage
}

/// Answers both questions of the check rightly.
fn answer_check(stage: &mut Stage) {
    stage.message(FaceMessage::Go(Destination::Check(0)));
    for _ in 0..4 {
        let right = if stage.screen().contains("Who reads it?") { "Whoever owns" } else { "True" };
        if stage.screen().contains(right) {
            stage.click(right).keys("Enter Enter");
        }
    }
    let passed = stage.model.training().and_then(|training| training.check(0)).map(|check| check.state);
    assert!(passed.is_some_and(crate::training::CheckState::is_passed), "{passed:?}\n{}", stage.screen());
    stage.message(FaceMessage::Go(Destination::Course));
}

#[test]
fn a_new_learner_sees_the_way() {
    let mut stage = Stage::new(80, 24, small_course());
    assert_snapshot!(stage.styled(), @r#"
     [bold:A small course]                                                    [cyan:Ada Lovelace]
    [dim:────────────────────────────────────────────────────────────────────────────────]
      [dim:░░░░░░░░░░░░░░░░░░░░░░░░░░░░░] 0 %, 0 of 2 lessons read, about 7 minutes left
      [dim:Line by line, for screen readers: countersign --plain. Settings: F9.]

      [reversed:› ○ First lesson                                          not started, 1 min]
        ○   Check: first lesson                                        not started
        ○ Second lesson                                         not started, 1 min

      [dim:  –] Assessment                                      [dim:after 2 lessons, 1 check]
      [dim:  –] Acceptable use                                      [dim:after the assessment]
      [dim:  –] Completion record                                             [dim:at the end]











     [cyan+bold:Enter] [dim:open]  [cyan+bold:↓] [dim:choose]  [cyan+bold:c] [dim:go on]  [cyan+bold:Esc] [dim:quit]  [cyan+bold:M] [dim:notes]  [cyan+bold:e] [dim:name]  [cyan+bold:,] [dim:settings]  [cyan+bold:?] [dim:help]
    "#);
    stage.resize(40, 12);
    assert_snapshot!(stage.screen(), @r#"
    A small course            Ada Lovelace
    ░░░░░░░░░░░░ 0 %, about 7 minutes left
    Line by line: countersign --plain
    › ○ First lesson    not started, 1 min
      ○   Check: first lesson  not started
      ○ Second lesson   not started, 1 min
      – Assessment
          after 2 lessons, 1 check
      – Acceptable use
          after the assessment
      – Completion record       at the end↓
    Enter open  ↓ choose  Esc quit  ? help
    "#);
}

#[test]
fn every_start_says_first_how_else_the_course_can_be_taken() {
    let told =
        |stage: &Stage| stage.screen().contains("Line by line, for screen readers: countersign --plain.");
    let mut stage = Stage::new(80, 24, small_course());
    assert!(told(&stage), "{}", stage.screen());
    stage.keys("Down Up");
    assert!(told(&stage), "it can be read at leisure\n{}", stage.screen());
    stage.keys("Enter").read_through().keys("Esc");
    assert!(!told(&stage), "{}", stage.screen());
    let stage = stage.restart();
    assert!(stage.screen().contains("1 of 2 lessons read") && told(&stage), "{}", stage.screen());
}

/// On the smallest screen it was said behind everything else, and on any as soon as somebody was far into a long course.
#[test]
fn a_start_says_how_else_the_course_can_be_taken_without_scrolling() {
    let course = Arc::new(course::parse(course::embedded()).expect("the bundled course"));
    for (width, height) in [(40, 12), (80, 24), (60, 15)] {
        let mut stage = Stage::new(width, height, Arc::clone(&course));
        for key in ["Home", "PgDn", "j j j j j j j j j j j j j", "End"] {
            let screen = stage.keys(key).screen();
            assert!(
                screen.contains("Line by line") && screen.contains("countersign --plain"),
                "{key}:\n{screen}"
            );
            assert!(screen.contains("›"), "what comes next:\n{screen}");
        }
        let told = stage.screen().contains("Settings: F9.");
        assert!(told, "with the settings, if need be at the end:\n{}", stage.screen());
    }
}

/// A short course on a screen of no great width said it twice.
#[test]
fn how_else_the_course_can_be_taken_is_said_once_where_all_is_in_sight() {
    let mut stage = Stage::new(60, 24, small_course());
    let said = |stage: &Stage| stage.screen().matches("Line by line").count();
    assert_eq!(said(&stage), 1, "{}", stage.screen());
    assert!(stage.screen().contains("Settings:"), "the longer one: {}", stage.screen());
    stage.resize(60, 12);
    assert_eq!(said(&stage), 1, "{}", stage.screen());
}

#[test]
fn enter_goes_where_the_learner_left_off() {
    let mut stage = Stage::new(80, 24, small_course());
    stage.keys("Enter");
    assert!(matches!(stage.model.screen(), Some(Screen::Lesson(_))), "{}", stage.screen());
    stage.read_through().keys("Esc");
    assert_snapshot!(stage.screen(), @r#"
     A small course                                                    Ada Lovelace
    ────────────────────────────────────────────────────────────────────────────────
      ███░░░░░░░░░░░░░░░░░░░░░░░░░ 14 %, 1 of 2 lessons read, about 6 minutes left

        ✓ First lesson                                                        read
      › ○   Check: first lesson                                        not started
        ○ Second lesson                                         not started, 1 min

        – Assessment                                       after 1 lesson, 1 check
        – Acceptable use                                      after the assessment
        – Completion record                                             at the end












     Enter open  ↓ choose  c go on  Esc quit  M notes  e name  , settings  ? help
    "#);
    stage.keys("Enter");
    assert!(matches!(stage.model.screen(), Some(Screen::Check(_))), "{}", stage.screen());
}

#[test]
fn what_is_locked_says_why() {
    let mut stage = Stage::new(80, 24, small_course());
    stage.keys("G k k Enter");
    assert!(stage.screen().contains("locked: first read “First lesson”"), "{}", stage.screen());
    stage.keys("End Enter");
    assert!(stage.screen().contains("signed when everything above is done"), "{}", stage.screen());
    assert!(matches!(stage.model.screen(), Some(Screen::Course(_))));
}

#[test]
fn the_marked_line_stays_in_sight() {
    let mut stage = Stage::new(40, 12, small_course());
    for (script, words) in
        [("G", "› – Completion record"), ("g", "› ○ First lesson"), ("j j", "› ○ Second lesson")]
    {
        stage.keys(script);
        assert!(stage.screen().contains(words), "{script}\n{}", stage.screen());
    }
}

/// An attempt that was handed in with nothing answered; the course at a glance after it.
fn after_a_failed_attempt(mut stage: Stage) -> Stage {
    let training = stage.model.training_mut().expect("known");
    let now = stage.world.now;
    let mut changes = training.start_attempt(now);
    changes.extend(training.submit(now));
    crate::training::World::save(&mut stage.world, &changes).expect("in memory");
    stage.restart()
}

/// The end of the line was cut off, with the zone.
#[test]
fn a_wait_until_another_day_is_told_whole_at_any_width() {
    for width in [40, 43, 46, 80] {
        let mut stage = ready(width, 12);
        // Half an hour before midnight where the learner is.
        stage.world.now = stage.world.now.plus_seconds(13 * 3600 + 1800);
        let stage = after_a_failed_attempt(stage);
        let screen = stage.screen();
        let words: Vec<_> = screen.split_whitespace().collect();
        assert!(words.join(" ").contains("waiting until 2026-11-23 00:00 UTC+01:00"), "{width}\n{screen}");
    }
}

#[test]
fn a_failed_attempt_makes_wait_and_the_line_wakes_when_it_is_over() {
    let stage = ready(80, 24);
    assert!(stage.screen().contains("ready, 2 attempts left"), "{}", stage.screen());
    let mut stage = after_a_failed_attempt(stage);
    assert!(stage.screen().contains("waiting until 10:30"), "in the learner's time zone\n{}", stage.screen());
    stage.wait(1799);
    assert!(stage.screen().contains("waiting until 10:30"), "{}", stage.screen());
    stage.wait(1);
    assert!(stage.screen().contains("0 % last time, 1 attempt left"), "{}", stage.screen());
    assert_eq!(stage.model.wake(), None, "nothing to wait for any more");
}

fn assigned(course: &Course, due: i64) -> Assigned {
    Assigned {
        id: "urn:uuid:00000000-0000-4000-8000-000000000000".to_owned(),
        digest: Digest::of(course.title.as_bytes()),
        nonce: "n".repeat(22),
        due: Timestamp::from_unix(MORNING + due).expect("in range"),
        deliver_to: "hr@example.com".to_owned(),
        reason: None,
    }
}

#[test]
fn an_assignment_has_a_day_by_which() {
    let stage = |due: i64| {
        let mut world = TestWorld::unknown(small_course());
        world.assigned = Some(assigned(&world.course, due));
        world.person = Some(ada());
        Stage::with_world(80, 24, world)
    };
    assert!(stage(86_400).screen().contains("due 2026-11-23"));
    assert!(stage(-86_400).screen().contains("overdue: was due 2026-11-21"));
}

/// HR was told that the learner reads it.
#[test]
fn why_it_was_assigned_is_told_beside_the_day() {
    let stage = |width, height, reason: &str| {
        let mut world = TestWorld::unknown(small_course());
        let reason = Some(reason.to_owned());
        world.assigned = Some(Assigned { reason, ..assigned(&world.course, 86_400) });
        world.person = Some(ada());
        Stage::with_world(width, height, world)
    };
    let screen = stage(80, 24, "incident \u{1b}[31m42").screen();
    assert!(
        screen.contains("due 2026-11-23") && screen.contains("  why: incident <U+001B>[31m42"),
        "{screen}"
    );
    // A long one leaves the day in sight.
    let long = "a phone with all that was in it was left in a taxi last week";
    let mut stage = stage(40, 12, long);
    assert!(stage.screen().contains("due 2026-11-23"), "{}", stage.screen());
    let screen = stage.keys("End").screen();
    let told = screen.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    assert!(told.contains(&format!("why: {long}")), "{screen}");
}

#[test]
fn hostile_titles_are_shown_defused() {
    let mut files = (*small_course().files).clone();
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("UTF-8");
    let manifest = manifest.replace("A small course", "A \\u{1b}[2Jsmall\\u{202e} course");
    files.insert("course.ron".to_owned(), manifest.into_bytes());
    files.insert("lessons/2.md".to_owned(), b"# Two &#27;]52;c;eA==&#7;\n\nText.\n".to_vec());
    let stage = Stage::new(80, 24, Arc::new(course::parse(files).expect("without faults")));
    assert!(stage.screen().contains("A <U+001B>[2Jsmall<U+202E> course"), "{}", stage.screen());
    assert!(stage.screen().contains("Two <U+001B>]52;c;eA==<U+0007>"), "{}", stage.screen());
}

/// Its bytes were counted as columns.
#[test]
fn a_title_that_begins_with_a_wide_blank_stands_where_it_says() {
    let mut files = (*small_course().files).clone();
    let quiz = String::from_utf8(files["quizzes/1.ron"].clone()).expect("a text");
    let quiz = quiz.replacen("title: \"", "title: \"\u{3000}Wide ", 1);
    files.insert("quizzes/1.ron".to_owned(), quiz.into_bytes());
    let stage = Stage::new(80, 24, Arc::new(course::parse(files).expect("without faults")));
    let screen = stage.screen();
    let line = screen.lines().find(|line| line.contains("Wide")).expect("the check");
    // The margin, the sign, the step in, and the two columns of the blank.
    assert_eq!(line.split_once("Wide").expect("there").0.chars().count(), 2 + 4 + 2 + 2, "{screen}");
}

/// With ten lessons the progress and the sign of more were off the screen, and the mark stood on its last line.
#[test]
fn a_long_course_shows_progress_the_mark_and_that_there_is_more() {
    let mut files = (*small_course().files).clone();
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("a text");
    let more: Vec<String> = (3..=10).map(|number| format!("(lesson: \"lessons/{number}.md\")")).collect();
    let more = more.join(", ");
    let manifest =
        manifest.replace("(lesson: \"lessons/2.md\")", &format!("(lesson: \"lessons/2.md\"), {more}"));
    files.insert("course.ron".to_owned(), manifest.into_bytes());
    for number in 3..=10 {
        let text = format!("# The lesson number {number} of this rather long course\n\nWords.\n");
        files.insert(format!("lessons/{number}.md"), text.into_bytes());
    }
    let course = Arc::new(course::parse(files).expect("no faults"));
    for (width, height) in [(80, 16), (40, 12)] {
        let mut stage = Stage::new(width, height, Arc::clone(&course));
        for (keys, above, below) in
            [("Home", false, true), ("j j j j j j j", true, true), ("End", true, false)]
        {
            stage.keys(keys);
            let screen = stage.screen();
            let body: Vec<&str> = screen.lines().collect();
            assert!(screen.contains(" 0 %, "), "the progress stays: {screen}");
            assert_eq!(
                (screen.contains('↑'), body[..body.len() - 1].concat().contains('↓')),
                (above, below),
                "{screen}"
            );
            let marked = body.iter().position(|line| line.contains('›')).expect("a marked line");
            let cursor = stage.terminal.get_cursor_position().expect("in memory");
            assert_eq!(usize::from(cursor.y), marked, "{screen}");
            if above && below {
                assert!(marked + 3 < body.len() && marked > 4, "both ways are seen: {screen}");
            }
        }
        // The signs turn pages, and open nothing.
        stage.keys("Home");
        let bottom = row_that_ends_with(&stage, '↓');
        stage.click_at(width - 1, bottom);
        assert!(stage.screen().contains('↑') && is_course(&stage), "{}", stage.screen());
        let further = marked_line(&stage);
        stage.keys("PgUp PgDn");
        assert_eq!(marked_line(&stage), further);
        let top = row_that_ends_with(&stage, '↑');
        stage.click_at(width - 1, top);
        assert!(marked_line(&stage) != further && is_course(&stage), "{}", stage.screen());
    }
}

fn row_that_ends_with(stage: &Stage, sign: char) -> u16 {
    let row = stage.screen().lines().position(|line| line.ends_with(sign));
    u16::try_from(row.expect("it is there")).expect("on the screen")
}

fn is_course(stage: &Stage) -> bool {
    matches!(stage.model.screen(), Some(Screen::Course(_)))
}

fn marked_line(stage: &Stage) -> String {
    let screen = stage.screen();
    screen.lines().find(|line| line.contains('›')).map(str::to_owned).unwrap_or_default()
}

#[test]
fn half_an_answer_is_a_beginning() {
    let mut stage = Stage::new(80, 24, small_course());
    stage.message(FaceMessage::Go(Destination::Check(0)));
    stage.keys("Esc");
    assert!(
        stage.screen().contains("Check: first lesson                                        not started")
    );
    stage.message(FaceMessage::Go(Destination::Check(0)));
    stage.keys("1 Esc");
    assert!(stage.screen().contains("◐   Check: first lesson"), "{}", stage.screen());
    assert!(stage.screen().contains("answered 0/"), "{}", stage.screen());
    // Who has begun has found a way, and needs to be told of no other.
    assert!(!stage.screen().contains("countersign --plain"), "{}", stage.screen());
}

/// They did nothing and said nothing.
#[test]
fn keys_of_a_lesson_say_where_they_work() {
    let mut stage = Stage::new(80, 24, small_course());
    for (key, words) in [
        ("t", "t works in a lesson: headings of this text"),
        ("w", "w works in a lesson: what the words in sight mean; or click one"),
        ("m", "m works in a lesson: bookmark the top line, or take the bookmark away"),
        // That it does something on the certificate, too, was not said.
        ("o", "o works at a question of the assessment and on the certificate"),
    ] {
        stage.keys(key);
        assert_eq!(stage.said(), words);
    }
    let before = stage.keys("Down Up").screen();
    // What was said of another key stayed, and looked like the answer to it.
    for words in ["x", "t x", "t y", "t Tab"] {
        assert_eq!(stage.keys(words).screen(), before, "a key of no screen: {words}");
    }
    stage.resize(40, 12);
    stage.keys("m");
    assert!(stage.screen().contains("m works in a lesson"), "{}", stage.screen());
    stage.keys("t");
    assert!(stage.screen().contains("t works in a lesson and elsewhere"), "{}", stage.screen());
    // It came in a box that had to be closed.
    stage.keys("f");
    let screen = stage.screen();
    assert!(screen.lines().last().is_some_and(|last| last.starts_with(" f works elsewhere ")), "{screen}");
}

/// Nothing that could be clicked on led to them.
#[test]
fn the_settings_are_reached_with_the_mouse_alone() {
    let mut stage = Stage::new(80, 24, small_course());
    stage.click(", settings");
    assert!(matches!(stage.model.overlay(), Some(Overlay::Settings(_))), "{}", stage.screen());
    for (width, height) in [(40, 12), (80, 24)] {
        let mut stage = Stage::new(width, height, small_course());
        stage.message(FaceMessage::Go(Destination::Lesson(0)));
        stage.click("? help");
        stage.click(", settings");
        assert!(matches!(stage.model.overlay(), Some(Overlay::Settings(_))), "{}", stage.screen());
    }
}

/// Whoever came back from a part that was not the next one found the mark somewhere else.
#[test]
fn who_comes_back_from_a_part_finds_the_mark_on_it_until_it_is_done() {
    let mut stage = Stage::new(40, 12, small_course());
    stage.message(FaceMessage::Go(Destination::Check(0)));
    stage.keys("Esc");
    assert!(marked_line(&stage).contains("Check: first"), "{}", stage.screen());
    stage.message(FaceMessage::Go(Destination::Policy));
    stage.keys("Esc");
    assert!(marked_line(&stage).contains("Acceptable use"), "it was only looked at: {}", stage.screen());
    stage.message(FaceMessage::Go(Destination::Lesson(1)));
    stage.read_through().keys("Esc");
    assert!(marked_line(&stage).contains("First lesson"), "what comes next: {}", stage.screen());
    // Whoever opens once more what is done is at its line again, and Enter leads back there and nowhere else.
    stage.click("Second lesson").keys("Esc");
    assert!(marked_line(&stage).contains("Second lesson"), "it was done before: {}", stage.screen());
    stage.keys("Enter Esc");
    assert!(marked_line(&stage).contains("Second lesson"), "{}", stage.screen());
}

#[test]
fn a_long_name_leaves_room_for_the_course() {
    let mut world = TestWorld::unknown(small_course());
    world.person = Some(crate::progress::Person { name: "Ada ".repeat(49) + "Lovelace", ..ada() });
    let stage = Stage::with_world(80, 24, world);
    let title = stage.screen().lines().next().unwrap_or_default().to_owned();
    assert!(title.contains("A small course  Ada Ada") && title.ends_with("Ada A…"), "{title}");
}

/// At 60x20 the title of the marked line ended in `…`, and nothing told the rest; at the end of the list the state of a title stood
/// alone on top.
#[test]
fn every_title_is_whole_and_no_state_stands_without_one() {
    let course = Arc::new(course::parse(course::embedded()).expect("the bundled course"));
    for (width, height) in [(40, 12), (60, 20), (80, 24), (120, 40)] {
        let mut stage = Stage::new(width, height, Arc::clone(&course));
        stage.keys("Home");
        let mut seen = String::new();
        for row in 0..22 {
            let screen = stage.screen();
            let list = screen.lines().skip_while(|line| !line.contains("Line by line"));
            let first = list.skip(1).find(|line| !line.trim().is_empty()).unwrap_or_default();
            let alone = ["read", "not started", "not passed", "at the end"];
            assert!(!alone.iter().any(|state| first.trim().starts_with(state)), "at {row}:\n{screen}");
            let marked = screen.lines().skip_while(|line| !line.contains('›')).take(3);
            let words: Vec<&str> = marked.flat_map(str::split_whitespace).collect();
            seen.push_str(&words.join(" "));
            stage.keys("Down");
        }
        assert!(!seen.contains('…'), "{width}x{height}: {seen}");
        let said: String = seen.split(" not started").collect();
        assert!(said.contains("Where data goes, and who can"), "{width}x{height}: {seen}");
    }
}

/// Rows of several lines were counted as one: at 40 by 12 every page passed over two lessons.
#[test]
fn page_by_page_every_row_comes_in_sight() {
    let course = Arc::new(course::parse(course::embedded()).expect("no faults"));
    for (width, height) in [(40, 12), (80, 24), (120, 40)] {
        for (start, key) in [("Home", "PgDn"), ("End", "PgUp")] {
            let mut stage = Stage::new(width, height, Arc::clone(&course));
            stage.keys(start);
            let mut seen = String::new();
            for _ in 0..20 {
                seen.push_str(&stage.screen());
                stage.keys(key);
            }
            for module in &course.modules {
                let title = module.lesson.document.title().expect("a title").as_str();
                let beginning: String = title.chars().take(20).collect();
                assert!(seen.contains(&beginning), "{width}x{height} {key}: {title}");
            }
        }
    }
}

/// The line said how the check stood before, and nothing of the try.
#[test]
fn a_check_that_is_being_tried_again_says_so() {
    let mut stage = crate::tui::screens::samples::beginning(80, 24);
    let line = |stage: &mut Stage| {
        stage.message(FaceMessage::Go(Destination::Course));
        let screen = stage.screen();
        let line = screen.lines().find(|line| line.contains("Check: one")).expect("it has a line");
        line.trim_end().to_owned()
    };
    stage.message(FaceMessage::Go(Destination::Check(0)));
    stage.click("Type it in").keys("Enter n");
    stage.click("Contacts").keys("Enter n 'nothing' Enter n");
    let before = line(&mut stage);
    assert!(before.ends_with("not passed 16 %, 50 % needed"), "{before}");
    stage.message(FaceMessage::Go(Destination::Check(0)));
    stage.keys("t");
    stage.click("Type it in").keys("Enter n");
    let again = line(&mut stage);
    assert!(again.ends_with("not passed, trying again, 2 left"), "{again}");
}
