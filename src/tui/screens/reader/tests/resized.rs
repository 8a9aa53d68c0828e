//! What was in view stays in view, whatever sizes the window has had in between.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// Paragraphs, a table, code and a list, some pages of each.
fn mixed_text() -> String {
    let mut text = long_text();
    for part in ["## Kinds", "## More kinds"] {
        let _ = writeln!(text, "\n{part}\n\n| Kind | Example |\n|---|---|");
        for row in 1..=9 {
            let _ =
                writeln!(text, "| kind {row} | what an app of the kind {row} takes on a phone, and keeps |");
        }
        let _ = writeln!(text, "\n```\n{}```\n", "a line of code\n".repeat(9));
        for point in 1..=9 {
            let _ =
                writeln!(text, "- Point {point} is longer than one line of a narrow screen has room for.");
        }
    }
    text
}

/// The rows between title and hints, numbered, but for those that are empty.
fn body(stage: &Stage) -> Vec<(usize, String)> {
    let screen = stage.screen();
    let rows: Vec<&str> = screen.lines().collect();
    let (first, last) = if rows.len() >= 16 { (2, rows.len() - 2) } else { (1, rows.len() - 1) };
    let numbered = rows.into_iter().enumerate().take(last).skip(first);
    // Behind the last line stands how much was read, of which a larger window has shown more.
    let is_text = |row: &str| {
        !row.trim().is_empty() && !["read up to ", "Enter goes "].iter().any(|words| row.contains(words))
    };
    numbered.filter(|(_, row)| is_text(row)).map(|(number, row)| (number, row.to_owned())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A larger window shows the end of a text with more above it, and a smaller one began forty lines further up again.
    #[test]
    fn whoever_comes_back_to_a_size_comes_back_to_the_lines(
        (width, height) in (40_u16..120, 12_u16..40),
        keys in vec(select(vec!["PgDn", "Down", "G", "Up", "PgUp", "]", "["]), 1..8),
        sizes in vec((1_u16..240, 1_u16..120), 1..5),
    ) {
        let mut stage = opened(width, height, &mixed_text());
        stage.keys(&keys.join(" "));
        let before = body(&stage);
        for (width, height) in &sizes {
            stage.resize(*width, *height);
        }
        stage.resize(width, height);
        // A heading that was kept back for the next page may have come.
        let after = body(&stage);
        for row in &before {
            prop_assert!(after.contains(row), "{:?}\n{}", row, stage.screen());
        }
    }

    /// In a smaller window it had gone, and what Enter does there with it.
    #[test]
    fn whoever_is_at_the_end_stays_there(
        keys in sample_of_ways_to_the_end(),
        sizes in vec((40_u16..120, 12_u16..60), 2..6),
    ) {
        let (width, height) = sizes[0];
        let mut stage = opened(width, height, &mixed_text());
        stage.keys(keys);
        for (width, height) in &sizes {
            stage.resize(*width, *height);
            prop_assert!(stage.screen().contains("Enter goes "), "{}", stage.screen());
        }
    }
}

fn sample_of_ways_to_the_end() -> impl Strategy<Value = &'static str> {
    select(vec!["G", "PgDn G", "G Up G", "t G Enter G"])
}

/// A window that grew had shown the end beside the beginning, and one that shrank again leaves nobody at an end that they had not gone to.
#[test]
fn whoever_was_not_at_the_end_is_not_led_there() {
    let mut stage = opened(80, 24, &mixed_text());
    stage.keys("PgDn");
    let there = body(&stage);
    stage.resize(120, 200).resize(80, 24);
    assert_eq!(body(&stage), there);
    // Nor is who went to a place of the last page.
    let mut stage = opened(80, 24, &mixed_text());
    let place = first_line(stage.keys("G PgUp PgDn t End Enter"));
    stage.resize(80, 18);
    assert_eq!(first_line(&stage), place);
    // Nor is who sees all of it at once: nobody knows where in it they read.
    let mut stage = opened(120, 200, &mixed_text());
    let begin = first_line(&stage);
    stage.resize(80, 24);
    assert_eq!(first_line(&stage), begin);
}

#[test]
fn whoever_scrolls_in_the_larger_window_belongs_where_they_went() {
    let mut stage = opened(80, 24, &mixed_text());
    stage.keys("G Up Up Up");
    let there = body(&stage);
    stage.resize(80, 60);
    stage.keys("G");
    let end = body(&stage);
    stage.resize(80, 24);
    assert_ne!(body(&stage), there);
    assert_eq!(body(&stage).last().map(|(_, row)| row), end.last().map(|(_, row)| row));
    stage.resize(80, 60);
    assert_eq!(body(&stage), end);
}

/// It was kept in sight once the line for words was put away, and not before.
#[test]
fn what_is_found_while_the_words_are_typed_stays_in_sight() {
    let mut stage = opened(80, 24, &mixed_text());
    stage.keys("/ 'kind 7'");
    let is_shown =
        |stage: &Stage| stage.screen().lines().any(|row| row.contains("kind 7") && !row.contains("/ "));
    assert!(is_shown(&stage), "{}", stage.screen());
    stage.resize(40, 12);
    assert!(is_shown(&stage), "{}", stage.screen());
}

/// In memory the cells behind wide characters kept what stood there before, and it came to light when those went away.
#[test]
fn nothing_comes_to_light_from_behind_wide_characters() {
    let mut stage = opened(41, 35, &mixed_text());
    let screen = stage.keys("PgDn PgDn ] PgDn").screen();
    assert!(screen.contains(" Kind   │ Example\n"), "{screen}");
}
