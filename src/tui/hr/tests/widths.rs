//! Columns get what their texts need, and what has no room is told elsewhere.

use insta::assert_snapshot;

use crate::registry::office::WaitingRecord;
use crate::tui::hr::testing::{Stage, TestOffice, With as _, digest, person};
use crate::tui::theme::Theme;

fn office() -> TestOffice {
    let names = ["Ada Byron", "王小明", "Maximiliane Freifrau von Hohenstaufen-Wittelsbach"];
    let departments = ["Sales", "Office of the board and its committees", ""];
    let people = (0..30_usize).map(|index| {
        // One long name among many short ones.
        let name = if index == 3 { names[2] } else { names[index % 2] };
        person(&format!("{index:07}"), name, departments[index % 3]).asked("app-data-and-byod", "2026-02-10")
    });
    TestOffice::of(people.collect())
}

fn stage(width: u16, height: u16) -> Stage {
    let mut stage = Stage::with(width, height, office(), Theme::COLOURED);
    stage.keys("j j j");
    stage
}

#[test]
fn on_a_wide_screen_nothing_is_cut() {
    assert_snapshot!(stage(160, 12).screen(), @r#"
     [people] charts  review                                                                                                                                    now
     / filter by name, department, state…                                                                                                        30 rows, 30 people
     ✗ 30 overdue  = 0 % complete
      number▲ name                                              department                             course            state                 due or until
      0000000 Ada Byron                                         Sales                                  app-data-and-byod ✗ overdue 111 d       due 2026-02-10
      0000001 王小明                                            Office of the board and its committees app-data-and-byod ✗ overdue 111 d       due 2026-02-10
      0000002 Ada Byron                                                                                app-data-and-byod ✗ overdue 111 d       due 2026-02-10
    › 0000003 Maximiliane Freifrau von Hohenstaufen-Wittelsbach Sales                                  app-data-and-byod ✗ overdue 111 d       due 2026-02-10
      0000004 Ada Byron                                         Office of the board and its committees app-data-and-byod ✗ overdue 111 d       due 2026-02-10
      0000005 王小明                                                                                   app-data-and-byod ✗ overdue 111 d       due 2026-02-10
      0000006 Ada Byron                                         Sales                                  app-data-and-byod ✗ overdue 111 d       due 2026-02-10
     Enter open  / filter  s sort  d day  r reload  Tab next screen  q quit  ? help
    "#);
    assert_snapshot!(stage(120, 12).screen(), @r#"
     [people] charts  review                                                                                            now
     / filter by name, department, state…                                                                30 rows, 30 people
     ✗ 30 overdue  = 0 % complete
      number▲ name                department                             course            state           due or until
      0000000 Ada Byron           Sales                                  app-data-and-byod ✗ overdue 111 d due 2026-02-10
      0000001 王小明              Office of the board and its committees app-data-and-byod ✗ overdue 111 d due 2026-02-10
      0000002 Ada Byron                                                  app-data-and-byod ✗ overdue 111 d due 2026-02-10
    › 0000003 Maximiliane Freifr… Sales                                  app-data-and-byod ✗ overdue 111 d due 2026-02-10
      0000004 Ada Byron           Office of the board and its committees app-data-and-byod ✗ overdue 111 d due 2026-02-10
      0000005 王小明                                                     app-data-and-byod ✗ overdue 111 d due 2026-02-10
      Maximiliane Freifrau von Hohenstaufen-Wittelsbach
     Enter open  / filter  s sort  d day  r reload  Tab next screen  q quit  ? help
    "#);
}

#[test]
fn on_an_ordinary_screen_the_department_has_a_column() {
    assert_snapshot!(stage(80, 12).screen(), @r#"
     [people] charts  review                                                    now
     / filter by name, department, state…                        30 rows, 30 people
     ✗ 30 overdue  = 0 % complete
      number▲ name         department     course   state           due or until
      0000000 Ada Byron    Sales          app-dat… ✗ overdue 111 d due 2026-02-10
      0000001 王小明       Office of the… app-dat… ✗ overdue 111 d due 2026-02-10
      0000002 Ada Byron                   app-dat… ✗ overdue 111 d due 2026-02-10
    › 0000003 Maximiliane… Sales          app-dat… ✗ overdue 111 d due 2026-02-10
      0000004 Ada Byron    Office of the… app-dat… ✗ overdue 111 d due 2026-02-10
      0000005 王小明                      app-dat… ✗ overdue 111 d due 2026-02-10
      Maximiliane Freifrau von Hohenstaufen-Wittelsbach, app-data-and-byod
     Enter open  / filter  s sort  d day  r reload  Tab next screen  q quit  ? help
    "#);
}

#[test]
fn on_a_small_screen_the_last_line_tells_the_rest_of_the_selected_row() {
    assert_snapshot!(stage(40, 12).screen(), @r#"
     [people] charts  review            now
     / filter by name, department…  30 rows
     ✗ 30 overdue = 0 % complete
      name         course   state +3▲number
      Ada Byron    app-dat… ✗ overdue 111 d
      王小明       app-dat… ✗ overdue 111 d
      Ada Byron    app-dat… ✗ overdue 111 d
    › Maximiliane… app-dat… ✗ overdue 111 d
      Ada Byron    app-dat… ✗ overdue 111 d
      王小明       app-dat… ✗ overdue 111 d
      Maximiliane Freifrau von Hohenstaufe…
     Enter open  / filter  q quit  ? help
    "#);
    assert_snapshot!(stage(40, 20).screen(), @r#"
     [people] charts  review            now
    ────────────────────────────────────────
     / filter by name, department…  30 rows
     ✗ 30 overdue = 0 % complete
      name         course   state +3▲number
      Ada Byron    app-dat… ✗ overdue 111 d
      王小明       app-dat… ✗ overdue 111 d
      Ada Byron    app-dat… ✗ overdue 111 d
    › Maximiliane… app-dat… ✗ overdue 111 d
      Ada Byron    app-dat… ✗ overdue 111 d
      王小明       app-dat… ✗ overdue 111 d
      Ada Byron    app-dat… ✗ overdue 111 d
      王小明       app-dat… ✗ overdue 111 d
      Ada Byron    app-dat… ✗ overdue 111 d
      王小明       app-dat… ✗ overdue 111 d
      Ada Byron    app-dat… ✗ overdue 111 d
      Maximiliane Freifrau von
      Hohenstaufen-Wittelsbach, …

     Enter open  / filter  q quit  ? help
    "#);
}

#[test]
fn the_help_says_what_the_number_of_columns_means() {
    let mut stage = stage(40, 24);
    assert!(stage.screen().contains("+3"), "{}", stage.screen());
    stage.keys("? End PgDn PgDn PgDn PgDn PgDn");
    assert!(stage.screen().contains("+3"), "{}", stage.screen());
    let mut wide = Stage::with(160, 40, office(), Theme::COLOURED);
    assert!(!wide.keys("?").screen().contains("so many columns"), "{}", wide.screen());
}

/// `review 1at 2026-06-30` stood there.
#[test]
fn the_moment_that_is_shown_and_the_screens_do_not_run_into_one_another() {
    let mut office = TestOffice::small();
    let waiting = office.waiting[0].clone();
    office.waiting = (0..12)
        .map(|number| WaitingRecord { digest: digest(&format!("record {number}")), ..waiting.clone() })
        .collect();
    let mut stage = Stage::with(40, 12, office, Theme::COLOURED);
    assert!(stage.screen().contains("review 12 "), "{}", stage.screen());
    stage.keys("d '2026-05-02' Enter");
    let screen = stage.screen();
    assert!(screen.contains(" [people] charts  review  at 2026-05-02"), "{screen}");
}
