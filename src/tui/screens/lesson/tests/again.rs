//! Coming back to a lesson, at another start too.

use super::*;

#[test]
fn whoever_comes_back_reads_on_and_is_told_where_that_is() {
    let mut stage = opened(80, 24, long_course());
    stage.keys("PgDn PgDn");
    let (top, place) = (first_line(&stage), stored(&stage).place);
    let mut stage = stage.restart();
    assert_eq!(first_line(&stage), top);
    let screen = stage.screen();
    let last: Vec<&str> = screen.lines().skip(20).map(str::trim).collect();
    assert!(last[0].starts_with("── you go on here, Esc: the course ──"), "{screen}");
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
    assert!(!shown.contains("you go on here"), "{shown}");
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
        assert!(stage.screen().contains("you go on here"), "{}", stage.screen());
        stage
    };
    // The heading with its percentage too: the rows cover a few lines for a moment.
    let text = |stage: &Stage| stage.screen().lines().take(20).map(str::to_owned).collect::<Vec<_>>();
    for keys in ["F", "Z", "F10", "Ctrl-L", "7", "? Esc", "F9 Esc", "M Esc", "t t", "l"] {
        let mut stage = greeted();
        let before = text(&stage);
        stage.keys(keys);
        assert!(!stage.screen().contains("you go on here"), "{keys}: {}", stage.screen());
        assert_eq!(text(&stage), before, "{keys}");
    }
    let mut stage = greeted();
    stage.click("you go on here");
    assert!(!stage.screen().contains("you go on here"), "{}", stage.screen());
    // Nobody has done anything yet.
    let mut stage = greeted();
    stage.resize(30, 8);
    stage.keys("F");
    stage.message(Message::Tick);
    stage.resize(80, 24);
    assert!(stage.screen().contains("you go on here"), "{}", stage.screen());
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
    assert!(told.screen().contains("you go on here"), "{}", told.screen());
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

/// It began with the end of its sources, and whoever read it again had to go to the top first.
#[test]
fn a_lesson_that_was_read_to_its_end_begins_at_the_top_again() {
    let mut stage = opened(80, 24, long_course());
    let top = first_line(&stage);
    stage.keys("PgDn");
    let second = first_line(&stage);
    while !stage.screen().contains("Enter goes ") {
        stage.keys("PgDn");
    }
    stage.keys("Esc Home Enter");
    assert_eq!(first_line(&stage), top, "{}", stage.screen());
    // Whoever left it in its middle since is there.
    stage.keys("PgDn Esc Home Enter");
    assert_eq!(first_line(&stage), second, "{}", stage.screen());
}
