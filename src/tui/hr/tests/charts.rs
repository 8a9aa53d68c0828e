//! The charts: where growth begins, and the people behind a bar.

use insta::assert_snapshot;

use crate::registry::terms::Treatment;
use crate::tui::hr::testing::{Stage, TestOffice, With as _, person};
use crate::tui::theme::Theme;

#[test]
fn growth_begins_at_zero_when_the_first_person_was_asked() {
    // Asked in January; the first record came in May.
    let people = ["0007", "0008"].map(|number| {
        let asked = person(number, "Ada Byron", "Sales").asked("app-data", "2026-08-10");
        if number == "0007" { asked.sent("app-data", "2026-05-04", 90, Treatment::Accept) } else { asked }
    });
    let mut stage = Stage::with(60, 16, TestOffice::of(people.into()), Theme::COLOURED);
    stage.keys("2 p Home");
    assert_snapshot!(stage.screen(), @r#"
      people [charts] review                                now
    ────────────────────────────────────────────────────────────
     [over time] by department  by course
     1 of 2 complete (50 %): all rows
     2 ┤
       │
       │
     1 ┤                ▄▄▄ ▄▄▄
       │                ███ ███
       │                ███ ███
     0 ┤                ███ ███
        ▲
     2026-01-01 to 2026-06-01, by month
     2026-01: 0 of 2, 0 %; 0 new

     v next chart  c course  p period  ← move  q quit  ? help
    "#);
}

#[test]
fn a_bar_leads_to_its_people_and_to_nobody_else() {
    let mut office = TestOffice::small();
    office.people.push(person("0020", "Kim Novák", "Salesforce").asked("app-data", "2026-08-10"));
    office.people.push(person("0021", "Eva Lee", "Care").asked("phishing", "2026-08-10"));
    for (chart, course) in [("v", ""), ("v v", ""), ("v", "c"), ("v", "c c")] {
        let mut bar = 0;
        loop {
            let people = std::mem::take(&mut office.people);
            let mut stage = Stage::with(100, 30, TestOffice::of(people.clone()), Theme::COLOURED);
            office.people = people;
            stage.keys(&format!("2 {chart} {course} {}", "j ".repeat(bar)));
            let row = stage.cursor_row();
            // `Care ███░░░ 1 of 4 25 %`
            let figures =
                row.split(" of ").nth(1).and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
            let figures = figures.unwrap_or_else(|| panic!("{}", stage.screen()));
            stage.keys("Enter");
            let screen = stage.screen();
            // Of all courses a department counts each person once.
            let people = chart == "v" && course.is_empty();
            let rows = match (people, figures) {
                (true, 1) => "1 person".to_owned(),
                (true, _) => format!("{figures} people"),
                (false, 1) => "1 row,".to_owned(),
                (false, _) => format!("{figures} rows,"),
            };
            assert!(screen.contains("[people]") && screen.contains(&rows), "{rows} {row}\n{screen}");
            // Back to the chart, and the whole list is there again.
            stage.keys(if bar % 2 == 0 { "Esc" } else { "q" });
            assert_eq!((stage.cursor_row(), stage.screen().contains("[charts]")), (row.clone(), true));
            stage.keys("1");
            assert!(stage.screen().contains("9 rows, 9 people"), "{}", stage.screen());
            // The last bar is the last.
            stage.keys("2 End");
            if stage.cursor_row() == row {
                break;
            }
            bar += 1;
        }
    }
}

#[test]
fn what_part_of_the_list_is_shown_is_said_and_can_be_searched() {
    let mut stage = Stage::new(80, 24);
    stage.keys("2 v c Enter");
    let screen = stage.screen();
    assert!(screen.contains("/ [Care, app-data] Esc goes back"), "{screen}");
    let keys = screen.lines().last().expect("the keys");
    assert!(keys.contains("q back") && !keys.contains("quit"), "{keys}");
    stage.keys("/ 'waived'");
    assert!(stage.screen().contains("/ [Care, app-data] waived") && stage.screen().contains("1 row,"));
    // Everybody else is not beside a part of the list.
    assert!(!stage.screen().contains("without a row"), "{}", stage.screen());
    // The filter goes first, then the part.
    stage.keys("Esc");
    assert!(stage.screen().contains("/ [Care, app-data] Esc goes back"), "{}", stage.screen());
    stage.keys("Esc");
    assert!(stage.screen().contains("[charts]"), "{}", stage.screen());
    // Whoever has no department is a part too.
    stage.keys("2 End Enter");
    assert!(stage.screen().contains("[(no department), app-data]"), "{}", stage.screen());
    assert!(stage.screen().contains("Esc Aped") || stage.screen().contains("U+001B"), "{}", stage.screen());
}

#[test]
fn the_last_line_names_the_keys_that_move_and_open() {
    let mut stage = Stage::new(80, 24);
    stage.keys("2 v");
    let screen = stage.screen();
    let keys = screen.lines().last().expect("the keys");
    assert!(keys.contains("Enter people") && keys.contains("↓ next  ↑ previous"), "{keys}");
    stage.click("Sales");
    assert!(stage.cursor_row().contains("Sales") && stage.screen().contains("[charts]"));
    stage.click("Sales");
    assert!(stage.screen().contains("[Sales]"), "{}", stage.screen());
}

/// The chart was gone when there was room for fewer steps than when one was marked.
#[test]
fn a_marked_step_stays_on_the_chart() {
    let mut stage = Stage::new(80, 24);
    stage.keys("2 Home");
    assert!(stage.screen().contains('▲'), "{}", stage.screen());
    stage.resize(40, 24);
    assert!(stage.screen().contains('▲'), "{}", stage.screen());
}

/// There were empty lines below, and no sign that there was more.
#[test]
fn on_a_small_screen_as_many_bars_are_seen_as_there_is_room_for_and_that_there_are_more() {
    let departments = ["Care", "Finance", "HR", "IT", "Legal", "Sales", "Stores", "Ward"];
    let people = departments.iter().enumerate().map(|(number, department)| {
        person(&format!("{number:04}"), "Ada Byron", department).asked("app-data", "2026-08-10")
    });
    let mut stage = Stage::with(40, 12, TestOffice::of(people.collect()), Theme::COLOURED);
    stage.keys("2 v");
    assert_snapshot!(stage.screen(), @r#"
     people [charts] review            now
     over time [by department] by course
    0 of 8 complete (0 %): all courses, e…
    › Care     ░░░░░░░░░░░░░░ 0 of 1   0 %
      Finance  ░░░░░░░░░░░░░░ 0 of 1   0 %
      HR       ░░░░░░░░░░░░░░ 0 of 1   0 %
      IT       ░░░░░░░░░░░░░░ 0 of 1   0 %
      Legal    ░░░░░░░░░░░░░░ 0 of 1   0 %
      Sales    ░░░░░░░░░░░░░░ 0 of 1   0 %
      Stores   ░░░░░░░░░░░░░░ 0 of 1   0 %↓
    Care: 1 in progress unknown
    Enter people  q quit  ? help
    "#);
    stage.keys("End");
    let screen = stage.screen();
    assert!(screen.contains("%↑") && !screen.contains('↓') && screen.contains("› Ward"), "{screen}");
    let mut stage = Stage::with(80, 24, TestOffice::small(), Theme::COLOURED);
    stage.keys("2 v");
    assert!(stage.screen().lines().all(|row| !row.ends_with(['↑', '↓'])), "{}", stage.screen());
}
