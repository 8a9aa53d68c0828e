//! The list of people: whoever has no row is neither forgotten nor counted as complete.

use crate::registry::office::Office as _;
use crate::registry::person::Presence;
use crate::registry::terms::Treatment;
use crate::tui::hr::testing::{Stage, TestOffice, With as _, person};
use crate::tui::testing::events;
use crate::tui::theme::Theme;

#[test]
fn whoever_is_asked_for_nothing_is_counted_and_found() {
    let away = person("0011", "On Leave", "Care");
    let mut people = vec![person("0010", "Ada Byron", "Sales").asked("app-data", "2026-08-10").sent(
        "app-data",
        "2026-02-05",
        90,
        Treatment::Accept,
    )];
    people.extend((12..60).map(|number| person(&format!("00{number}"), "Idle Ida", "Stores")));
    people.insert(1, away);
    if let Some(roster) = &mut people[1].roster {
        roster.presence = Presence::Away;
    }
    let mut stage = Stage::with(90, 24, TestOffice::of(people), Theme::COLOURED);
    let screen = stage.screen();
    assert!(screen.contains("1 row, 1 person"), "{screen}");
    assert!(screen.contains("= 100 % complete of what is asked"), "{screen}");
    assert!(screen.contains("without a row: 1 on leave, 48 asked for nothing"), "{screen}");
    stage.keys("e");
    let screen = stage.screen();
    assert!(
        screen.contains("50 rows, 50 people of everybody") && screen.contains("On Leave (on leave)"),
        "{screen}"
    );
    stage.keys("End Enter");
    let screen = stage.screen();
    assert!(screen.contains("0059 Idle Ida") && screen.contains("asked for nothing"), "{screen}");
}

/// More people than are looked at before a key is answered.
fn many() -> Stage {
    let people = (10_000..20_000).map(|number| {
        person(&number.to_string(), &format!("Person {number}"), "Sales").asked("app-data", "2026-08-10")
    });
    let mut stage = Stage::with(80, 24, TestOffice::of(people.collect()), Theme::COLOURED);
    stage.keys("End Up Up");
    assert!(stage.cursor_row().contains("19997"), "{}", stage.cursor_row());
    stage
}

#[test]
fn the_list_does_not_move_when_it_is_read_anew() {
    let mut stage = many();
    let before = stage.screen();
    stage.office.read(None);
    stage.told();
    // Once more before the row was found.
    stage.office.read(None);
    stage.hear();
    assert_eq!(stage.screen(), before);
}

#[test]
fn keys_mean_the_row_that_is_not_found_yet() {
    let mut stage = many();
    stage.office.read(None);
    stage.told();
    stage.event(&events("Enter")[0]);
    assert!(stage.screen().contains("‹ 19997"), "{}", stage.screen());
    let mut stage = many();
    stage.office.read(None);
    stage.told();
    stage.event(&events("Down")[0]);
    stage.hear();
    assert!(stage.cursor_row().contains("19998"), "{}", stage.cursor_row());
}

#[test]
fn years_of_delay_are_not_cut_off() {
    let people = vec![person("0007", "Ada Byron", "Sales").asked("app-data", "2020-01-01")];
    let mut stage = Stage::with(40, 12, TestOffice::of(people), Theme::COLOURED);
    assert!(stage.cursor_row().contains("✗ late 2,343 d"), "{}", stage.screen());
}

/// By which column, nobody could see.
#[test]
fn a_list_that_is_sorted_by_a_hidden_column_says_so() {
    let mut stage = Stage::with(40, 12, TestOffice::small(), Theme::COLOURED);
    let header = |stage: &Stage| {
        stage.screen().lines().find(|line| line.contains(" +")).map(str::to_owned).unwrap_or_default()
    };
    assert_eq!(header(&stage), "  name         course   state +3▲number");
    stage.keys("S");
    assert_eq!(header(&stage), "  name         course   state +3▼number");
    stage.keys("s");
    assert_eq!(header(&stage), "  name▲        course   state        +3");
}

#[test]
fn one_day_is_a_day() {
    let people =
        vec![person("0007", "Ada Byron", "Sales").sent("phishing", "2025-06-02", 90, Treatment::Accept)];
    let mut stage = Stage::with(100, 30, TestOffice::of(people), Theme::COLOURED);
    stage.keys("Enter");
    assert!(stage.screen().contains("valid for 1 more day, until 2026-06-02"), "{}", stage.screen());
}

/// Of a day before the first roster it said that nobody was asked for anything, and how to ask people.
#[test]
fn where_nobody_is_known_a_roster_is_what_is_missing() {
    let stage = Stage::with(80, 24, TestOffice::of(Vec::new()), Theme::COLOURED);
    assert!(stage.screen().contains("no roster was imported yet"), "{}", stage.screen());
    let mut stage = Stage::with(80, 24, TestOffice::of(Vec::new()), Theme::COLOURED);
    stage.keys("d '2026-02-01' Enter");
    // No roster brings anybody into the past.
    let screen = stage.screen();
    assert!(screen.contains("nobody was on the roster then; d shows another day"), "{screen}");
    assert!(!screen.contains("roster import"), "{screen}");
    let asked_nothing = TestOffice::of(vec![person("0007", "Ada Byron", "Sales")]);
    let mut stage = Stage::with(80, 24, asked_nothing, Theme::COLOURED);
    assert!(stage.screen().contains("nobody is asked for anything yet"), "{}", stage.screen());
    stage.keys("d '2026-02-01' Enter");
    assert!(stage.screen().contains("nobody was asked for anything by then"), "{}", stage.screen());
    assert!(!stage.screen().contains("hr assign"), "{}", stage.screen());
}
