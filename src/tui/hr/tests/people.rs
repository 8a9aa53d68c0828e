//! The list of people: whoever has no row is neither forgotten nor counted as complete.

use crate::registry::person::Presence;
use crate::registry::terms::Treatment;
use crate::tui::hr::testing::{Stage, TestOffice, With as _, person};
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
        screen.contains("1 row, 50 people of everybody") && screen.contains("(on leave) On Leave"),
        "{screen}"
    );
    stage.keys("End Enter");
    let screen = stage.screen();
    assert!(screen.contains("0059 Idle Ida") && screen.contains("asked for nothing"), "{screen}");
}
