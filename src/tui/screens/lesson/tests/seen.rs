//! What counts as read in a lesson, whichever way somebody goes through it.

use super::links::linked;
use super::*;

/// End, a search, a heading or a link counted as reading everything before it.
#[test]
fn a_jump_shows_a_part_and_reads_nothing_before_it() {
    for jump in
        ["G", "End", "n n n G", "/ 'Gamma 30' Enter", "t 4 Enter G", "n G k j", "n n n Space Space Space"]
    {
        let mut stage = opened(80, 24, long_course());
        let first_page = stored(&stage).farthest;
        stage.keys(jump).work();
        assert!(stage.screen().contains("Gamma 30."), "{jump}\n{}", stage.screen());
        stage.wait(3);
        // The first heading may still be on the first page.
        let seen = stored(&stage).farthest;
        assert!((first_page..2 * first_page).contains(&seen), "{jump}: {seen}");
        assert_eq!(stored(&stage).finished_at, None, "{jump}");
        let percent = 100 * seen / long_course().modules[0].lesson.text().len();
        assert!(
            stage.screen().contains(&format!("read up to {percent} % so far")),
            "{jump}\n{}",
            stage.screen()
        );
        assert!(
            stage.screen().contains("Enter goes to what you have not seen"),
            "{jump}\n{}",
            stage.screen()
        );
    }
}

#[test]
fn from_the_end_one_key_goes_to_what_was_not_seen_and_one_comes_back() {
    let mut stage = opened(80, 24, long_course());
    stage.keys("Space G");
    // The page before ended with 16.
    stage.keys("Enter");
    assert_eq!(first_line(&stage), "What they take 16.", "{}", stage.screen());
    stage.keys("Backspace");
    assert_eq!(first_line(&stage), "Gamma 22.", "{}", stage.screen());
    stage.click("Enter goes to what");
    assert_eq!(first_line(&stage), "What they take 26.", "{}", stage.screen());
    stage.keys("Backspace");
    assert_eq!(first_line(&stage), "Gamma 22.", "{}", stage.screen());
    stage.keys("Enter Esc");
    assert!(
        stage.screen().contains("◐ Long lesson") && stage.screen().contains("read "),
        "{}",
        stage.screen()
    );
    stage.message(Message::Go(Destination::Lesson(0)));
    stage.read_through();
    assert!(stored(&stage).finished_at.is_some());
    assert!(stage.screen().contains("Enter goes on to the check"), "{}", stage.screen());
    stage.keys("g G");
    assert!(stage.screen().contains("Enter goes on to the check"), "what was read stays read");
}

#[test]
fn every_way_on_reads_as_long_as_it_leaves_nothing_out() {
    for step in ["Space", "Enter", "j", "d", "PgDn", "Ctrl-F", "Down"] {
        for (width, height) in [(80, 24), (40, 12), (200, 60)] {
            let mut stage = opened(width, height, long_course());
            // At the very end Enter goes on to the check.
            while stored(&stage).finished_at.is_none() {
                let before = stage.screen();
                stage.keys(step);
                assert_ne!(stage.screen(), before, "{step} {width}x{height}");
            }
        }
    }
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = opened(width, height, long_course());
        for _ in 0..300 {
            stage.wheel(MouseEventKind::ScrollDown);
        }
        assert!(stored(&stage).finished_at.is_some(), "{width}x{height}\n{}", stage.screen());
    }
}

/// The strip with the address covers the lines below, and a page turned from there left them out.
#[test]
fn what_stands_behind_an_address_is_read_when_it_is_seen() {
    let mut stage = linked(60, 16);
    stage.keys("Tab j j j");
    assert!(stage.screen().contains("── link 1"), "{}", stage.screen());
    stage.read_through();
    assert!(stage.world.stored.lessons["lessons/2.md"].finished_at.is_some(), "{}", stage.screen());
}

#[test]
fn what_a_larger_screen_shows_is_read() {
    let mut stage = opened(80, 24, long_course());
    stage.resize(80, 400);
    assert!(stage.screen().contains("Enter goes on to the check"), "{}", stage.screen());
    assert!(stored(&stage).finished_at.is_some(), "without any key");
    let stage = opened(80, 400, long_course());
    assert!(stored(&stage).finished_at.is_some(), "at once");
}

#[test]
fn what_a_larger_screen_shows_is_saved_before_it_says_so() {
    let mut stage = opened(80, 24, long_course());
    stage.world.save_troubles.push_back(trouble("disk full"));
    stage.resize(80, 400);
    assert_eq!(stored(&stage).finished_at, None);
    assert!(stage.screen().contains("disk full"), "{}", stage.screen());
}

/// A run of spaces read pages that were never on the screen.
#[test]
fn keys_that_come_all_at_once_turn_pages_and_read_none() {
    let mut stage = opened(80, 24, long_course());
    let first_page = stored(&stage).farthest;
    assert!(first_page > 0);
    stage.burst(&"Space ".repeat(200)).wait(5);
    assert_eq!((stored(&stage).farthest, stored(&stage).finished_at), (first_page, None));
    assert!(stage.screen().contains("Enter goes to what you have not seen"), "{}", stage.screen());
    stage.keys("Enter").read_through();
    assert!(stored(&stage).finished_at.is_some(), "{}", stage.screen());
}

#[test]
fn what_lies_under_something_else_is_not_seen() {
    for (keys, width, height) in
        [("?", 80, 400), (",", 80, 400), ("t", 50, 400), ("/", 80, 400), ("", 39, 400)]
    {
        let mut stage = opened(50, 24, long_course());
        let first_page = stored(&stage).farthest;
        stage.keys(keys).resize(width, height).wait(5);
        let seen = (stored(&stage).farthest, stored(&stage).finished_at);
        assert_eq!(seen, (first_page, None), "{keys} {width}\n{}", stage.screen());
        stage.keys(if keys.is_empty() { "" } else { "Esc" }).resize(80, 400);
        assert!(stored(&stage).finished_at.is_some(), "{keys} {width}\n{}", stage.screen());
    }
    let mut stage = linked(80, 24);
    let finished = |stage: &Stage| stage.world.stored.lessons["lessons/2.md"].finished_at.is_some();
    stage.keys("l").resize(80, 400).wait(5);
    assert!(!finished(&stage), "{}", stage.screen());
    stage.keys("Esc");
    assert!(finished(&stage), "{}", stage.screen());
}

#[test]
fn lines_that_break_elsewhere_leave_no_gap() {
    let words: String = (0..2000).fold(String::new(), |words, number| words + &format!("word{number} "));
    let mut files = (*long_course().files).clone();
    let text = String::from_utf8(files["lessons/1.md"].clone()).expect("UTF-8");
    files.insert("lessons/1.md".to_owned(), text.replacen("Introduction.", &words, 1).into_bytes());
    let course = Arc::new(course::parse(files).expect("no faults"));
    let mut stage = opened(80, 24, course);
    for (width, height) in [(40, 12), (200, 60), (43, 13), (80, 24), (50, 30)].into_iter().cycle().take(400) {
        if stored(&stage).finished_at.is_some() {
            break;
        }
        stage.keys("Space").resize(width, height);
    }
    assert!(stored(&stage).finished_at.is_some(), "{}", stage.screen());
}

/// The page where the learner had left off counted as seen before the heading was gone to.
#[test]
fn a_lesson_opened_in_its_middle_is_not_read_before_it() {
    let mut stage = Stage::new(80, 24, long_course());
    let link = LessonLink { lesson: "lessons/1.md".to_owned(), heading: Some("gamma".to_owned()) };
    stage.message(Message::LookUp(link));
    stage.keys("G").wait(5);
    assert_eq!((stored(&stage).farthest, stored(&stage).finished_at), (0, None));
}

/// What an older version counted as read, by the farthest line, stays read.
#[test]
fn what_was_read_before_stays_read() {
    let mut stage = opened(80, 24, long_course());
    stage.keys("Space Esc");
    let reading = stage.world.stored.lessons.get_mut("lessons/1.md").expect("opened");
    (reading.place, reading.farthest) = (1400, 500);
    let mut stage = stage.restart();
    stage.keys("Esc");
    assert!(
        stage.screen().contains("◐ Long lesson") && stage.screen().contains("read "),
        "{}",
        stage.screen()
    );
    stage.message(Message::Go(Destination::Lesson(0)));
    stage.keys("G Esc");
    assert_eq!(stored(&stage).farthest, 500);
    stage.world.stored.lessons.get_mut("lessons/1.md").expect("opened").finished_at = Some(stage.world.now);
    let mut stage = stage.restart();
    stage.message(Message::Go(Destination::Lesson(0)));
    stage.keys("G");
    assert!(stage.screen().contains("Enter goes on to the check"), "{}", stage.screen());
}

/// The small course with a first lesson of which one row of a table is higher than the screen. Its words are numbered, and
/// behind it stand so many paragraphs.
fn high_row(behind: usize) -> Arc<Course> {
    let words: String = (1..=1200).fold(String::new(), |words, number| words + &format!("c{number} "));
    let text = format!(
        "# Long lesson\n\nIntroduction.\n\n| What | Why |\n|---|---|\n| first | {words}|\n| last | no reason |\n\n\
         ## What they take\n\n{}## Who reads it\n\nThe end.\n",
        "Data.\n\n".repeat(behind),
    );
    let mut files = (*small_course().files).clone();
    files.insert("lessons/1.md".to_owned(), text.into_bytes());
    Arc::new(course::parse(files).unwrap_or_else(|faults| panic!("{faults:?}")))
}

/// The numbers of the words on each line of the screen that has any.
fn numbers(stage: &Stage) -> Vec<Vec<usize>> {
    let number = |word: &str| word.strip_prefix('c').and_then(|number| number.parse().ok());
    let lines = stage.screen();
    let lines = lines.lines().map(|line| line.split(' ').filter_map(number).collect());
    lines.filter(|numbers: &Vec<usize>| !numbers.is_empty()).collect()
}

/// All lines of a row begin where it does: with the first and the last of them all of it counted as seen.
#[test]
fn the_middle_of_a_row_is_not_passed_over() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = opened(width, height, high_row(1));
        stage.keys("Space");
        let last = *numbers(&stage).concat().last().expect("in the row");
        assert!((20..900).contains(&last), "{last}\n{}", stage.screen());
        stage.keys("G b").wait(3);
        assert!(numbers(&stage).concat().last() > Some(&(last + 100)), "{}", stage.screen());
        stage.keys("G").wait(3);
        assert!(numbers(&stage).concat().iter().all(|number| *number > last + 1), "{}", stage.screen());
        assert_eq!(stored(&stage).finished_at, None);
        assert!(stage.screen().contains("Enter goes to what"), "{}", stage.screen());
        // Below the last line that was seen.
        stage.keys("Enter");
        let lines = numbers(&stage);
        assert_eq!(
            (lines[0].last(), lines[1].first()),
            (Some(&last), Some(&(last + 1))),
            "{}",
            stage.screen()
        );
        stage.read_through();
        assert!(stored(&stage).finished_at.is_some(), "{}", stage.screen());
    }
}

/// Which of the lines of a row was seen last means nothing in other lines.
#[test]
fn a_row_that_was_seen_in_part_begins_again_in_other_lines() {
    let begins_again = |stage: &mut Stage| {
        stage.keys("Enter");
        assert_eq!(numbers(stage)[0][0], 1, "{}", stage.screen());
        stage.read_through();
        assert!(stored(stage).finished_at.is_some(), "{}", stage.screen());
    };
    let mut stage = opened(80, 24, high_row(30));
    stage.keys("Space G").resize(60, 24);
    begins_again(&mut stage);
    let mut stage = opened(80, 24, high_row(30));
    stage.keys("Space G Esc");
    let mut stage = stage.restart();
    stage.message(Message::Go(Destination::Lesson(0)));
    begins_again(&mut stage);
}
