//! Looking for words in a text.

use super::*;

#[test]
fn words_are_found_while_they_are_typed() {
    let mut stage = opened(80, 24, &long_text());
    assert_snapshot!(stage.keys("/ 'apps take'").styled(), @"
     [bold:Long lesson]                      [cyan:section 1 of 5  at 14 %  about 2 minutes left]
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
     [cyan+bold:/ ][underlined:apps take                                       ]  [cyan:1 of 48  Tab: whole course]

     [cyan+bold:Enter] [dim:read]  [cyan+bold:↓] [dim:next]  [cyan+bold:Tab] [dim:whole course]  [cyan+bold:Esc] [dim:back]  [cyan+bold:F1] [dim:help]
    ");
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


     [cyan+bold:n] [dim:next]  [cyan+bold:N] [dim:previous]  [cyan+bold:Space] [dim:page]  [cyan+bold:Enter] [dim:on]  [cyan+bold:t] [dim:contents]  [cyan+bold:Esc] [dim:clear]  [cyan+bold:?] [dim:help]
    "#);
    let mut stage = opened(40, 12, &long_text());
    assert_snapshot!(stage.keys("/ 'CONT' Backspace Backspace Backspace Backspace 'address book'").screen(), @r#"
    Long lesson                    at 35 %
    phone.

    Contacts, calendars and whatever else
    stands in the address book of a phone

    Line 1 says what apps take on a phone.

    Line 2 says what apps take on a phone.

    / address book     1 of 1  Tab: course
    Enter read  Esc back  F1 help
    "#);
    assert_snapshot!(stage.keys("Enter").screen(), @"
    Long lesson            1 of 1  at 35 %
    phone.

    Contacts, calendars and whatever else
    stands in the address book of a phone

    Line 1 says what apps take on a phone.

    Line 2 says what apps take on a phone.

    Line 3 says what apps take on a phone.
    Space page  Esc clear  ? help
    ");
}

/// The next place and the previous one were named where there was none; both led to the one that was in sight.
#[test]
fn one_place_alone_has_no_next_one() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = opened(width, height, &long_text());
        let hints = |stage: &Stage| stage.model.hints().iter().map(|(_, hint, _)| *hint).collect::<Vec<_>>();
        stage.keys("/ 'address book'");
        assert!(!hints(&stage).contains(&"next"), "{}", stage.screen());
        stage.keys("Enter");
        let named = |stage: &Stage| ["next", "previous"].map(|hint| hints(stage).contains(&hint));
        assert_eq!(named(&stage), [false; 2], "{}", stage.screen());
        // Whoever reads on can go back to it.
        stage.keys("G");
        assert_eq!(named(&stage), [true; 2], "{}", stage.screen());
        stage.keys("n");
        assert!(stage.screen().contains("stands in the address book"), "{}", stage.screen());
        assert_eq!(named(&stage), [false; 2], "{}", stage.screen());
        // Every one of several has another one.
        stage.keys("/ 'Line 9' Enter");
        assert_eq!(named(&stage), [true; 2], "{}", stage.screen());
    }
}

/// Only the key for the next place said so.
#[test]
fn whoever_is_led_back_before_the_place_where_they_looked_is_told() {
    for (width, height) in [(80, 24), (40, 12)] {
        let told = |keys: &str| {
            let mut stage = opened(width, height, &long_text());
            stage.keys(keys);
            ["went on from the beginning", "went on from the end"].map(|words| stage.screen().contains(words))
        };
        assert_eq!(told("G / 'address book' Enter"), [true, false]);
        assert_eq!(told("/ 'address book' Enter"), [false, false]);
        // Among what was found while the words are still typed, too.
        assert_eq!(told("/ 'Line 9' Up Enter"), [false, true]);
        assert_eq!(told("/ 'Line 9' Up Down Down Enter"), [false, false]);
        // Who is there already was led nowhere.
        assert_eq!(told("/ 'address book' Down Enter"), [false, false]);
        let mut stage = opened(width, height, &long_text());
        stage.keys("/ 'address book' Enter n");
        assert!(stage.screen().contains("this is the only place"), "{}", stage.screen());
    }
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
    stage.keys("Ctrl-U 'Zulu'");
    assert!(stage.screen().contains("not found") && !stage.screen().contains("capitals"), "no capital helps");
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
    assert!(stage.screen().contains("not found: “zebra”") && !stage.screen().contains("capitals"));
    assert_eq!(first_line(&stage), before);
    assert!(stage.screen().lines().next().is_some_and(|title| !title.contains("not found")));
    // There was nothing to go to, and the last line said how.
    let hints: Vec<&str> = stage.model.hints().iter().map(|(_, hint, _)| *hint).collect();
    assert!(
        hints.contains(&"clear") && !hints.contains(&"next") && !hints.contains(&"previous"),
        "{hints:?}"
    );
    // The next place of what is nowhere is no heading.
    for keys in ["n", "N", "N", "n", "/ 'zebra' Enter N", "N", "n"] {
        stage.keys(keys);
        assert!(stage.screen().contains("not found: “zebra”"), "{keys}: {}", stage.screen());
        assert_eq!(first_line(&stage), before, "{keys}");
    }
    stage.keys("/ 'zebra' Enter Esc");
    assert_eq!(first_line(&stage), before);
    stage.keys("/ 'Apps Take' Enter");
    assert!(stage.screen().contains("not found: “Apps Take”; capitals count"), "{}", stage.screen());
    // Nothing typed is nothing looked for.
    stage.keys("/ Enter");
    assert!(stage.screen().contains("nothing was looked for"), "{}", stage.screen());
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
    assert!(stage.work().screen().contains("not found: “nothing”"));
    for key in ["n", "N", "n"] {
        stage.keys(key);
        assert!(stage.screen().contains("not found: “nothing”"), "{key}: {}", stage.screen());
    }
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

/// Backspace said that no jump had led there.
#[test]
fn backspace_comes_back_from_what_was_found() {
    let mut text = long_text();
    text.push_str("\nThe very last words.\n");
    let mut stage = opened(80, 24, &text);
    stage.keys("Space");
    let before = first_line(&stage);
    stage.keys("/ 'very last' Enter");
    assert_ne!(first_line(&stage), before);
    stage.keys("Backspace");
    assert_eq!(first_line(&stage), before);
    assert!(stage.keys("Backspace").screen().contains("no jump led to here"), "{}", stage.screen());
}

/// What is said behind the end of a text lay over the words that were typed.
#[test]
fn the_row_of_the_words_is_theirs_at_the_end_of_a_text() {
    for (width, height) in [(80, 24), (60, 14), (40, 12)] {
        let mut stage = opened(width, height, &long_text());
        let screen = stage.keys("G / 'zz'").screen();
        let row = screen.lines().find(|line| line.trim_start().starts_with("/ zz ")).map(str::to_owned);
        assert!(row.is_some_and(|row| row.contains("not found")), "{screen}");
        assert!(!screen.contains("not seen"), "{screen}");
    }
}

/// The wheel did nothing while words were typed.
#[test]
fn the_wheel_looks_around_what_was_found_and_enter_reads_on_there() {
    let mut stage = opened(80, 24, &long_text());
    stage.keys("/ 'Line 3'");
    let found = stage.screen();
    for _ in 0..8 {
        stage.wheel(MouseEventKind::ScrollDown);
    }
    assert_ne!(stage.screen(), found);
    let there = first_line(&stage);
    stage.keys("Enter");
    assert_eq!(first_line(&stage), there);
    // Esc goes back to where they were.
    let mut stage = opened(80, 24, &long_text());
    let before = stage.screen();
    stage.keys("/ 'Line 3'").wheel(MouseEventKind::ScrollDown);
    stage.keys("PgDn Esc");
    assert_eq!(stage.screen(), before);
}

/// It fell by the line in which they are typed.
#[test]
fn whoever_types_words_is_where_they_were() {
    for (width, height) in [(40, 12), (80, 24)] {
        let mut stage = opened(width, height, &long_text());
        for _ in 0..4 {
            let before = status(&stage);
            stage.keys("/");
            assert_eq!(status(&stage), before, "{}", stage.screen());
            stage.keys("Esc");
            assert_eq!(status(&stage), before, "{}", stage.screen());
            stage.keys("PgDn");
        }
    }
}
