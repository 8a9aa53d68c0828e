mod charts;
mod commands;
mod decisions;
mod early;
mod leaving;
mod pages;
mod past;
mod people;
mod reach;
mod scripts;
mod seen;
mod widths;

use crossterm::event::MouseEventKind;
use insta::assert_snapshot;
use proptest::prelude::*;

use super::message::Message;
use super::testing::{Stage, TestOffice, With as _, person, time};
use crate::config::{Config, ThemeName};
use crate::registry::office::News;
use crate::tui::colour_alone::Seen;
use crate::tui::testing::events;
use crate::tui::theme::{Depth, Device, Theme};

#[test]
fn everybody_at_a_glance() {
    assert_snapshot!(Stage::new(80, 24).styled(), @r#"
     [bold:[people]] charts  review 1                                                  [cyan:now]
    [dim:────────────────────────────────────────────────────────────────────────────────]
     [cyan+bold:/ ][dim:filter by name, department, state…]                          [cyan:7 rows, 7 people]
     [green:✓ 1 complete]  [yellow:! 1 expiring]  ◐ 2 in progress unknown  [red:✗ 1 overdue]  [red:✗ 1 failed]
     [cyan:~ 1 waived]  [bold:= 28 % complete]
      [bold:number▲] [dim:name]            [dim:department]  [dim:course]   [dim:state]           [dim:due or until]
    [bold+reversed:›][reversed: 0007    Ada Byron       Sales       app-data ][green+reversed:✓ complete     ][reversed: until 2027-01-21 ]
    [bold: ] 0008    王 小 明           Sales       app-data [red:✗ overdue 111 d] due 2026-02-10
    [bold: ] 0009    Zoë <U+202E>li… Care        app-data [cyan:~ waived       ] until 2027-01-10
    [bold: ] 0010    يولعلا ميرم     Care        app-data ◐ in progress?  due 2026-08-30
    [bold: ] 0011    <U+001B>]52;c;…             app-data ◐ in progress?  due 2026-08-30
    [bold: ] 0012    Maximiliane Fr… Care        app-data [red:✗ failed       ] due 2026-08-10
    [bold: ] 0013    Grace Brewster  Stores      phishing [yellow:! expiring     ] until 2026-06-20










     [cyan+bold:Enter] [dim:open]  [cyan+bold:/] [dim:filter]  [cyan+bold:s] [dim:sort]  [cyan+bold:d] [dim:day]  [cyan+bold:r] [dim:reload]  [cyan+bold:Tab] [dim:next screen]  [cyan+bold:q] [dim:quit]  [cyan+bold:?] [dim:help]
    "#);
}

#[test]
fn a_narrow_screen_keeps_name_course_and_state() {
    assert_snapshot!(Stage::new(40, 12).styled(), @r#"
     [bold:[people]] charts  review 1          [cyan:now]
     [cyan+bold:/ ][dim:filter by name, department,…]  [cyan:7 rows]
     [green:✓ 1 complete] [yellow:! 1 expiring]
     ◐ 2 in progress? [red:✗ 1 overdue]
     [red:✗ 1 failed] [cyan:~ 1 waived] [bold:= 28 % complete]
      [dim:name]         [dim:course]   [dim:state] [dim:+3▲number]
    [bold+reversed:›][reversed: Ada Byron    app-data ][green+reversed:✓ complete     ][reversed: ]
    [bold: ] 王 小 明        app-data [red:✗ overdue 111 d]
    [bold: ] Zoë <U+202E… app-data [cyan:~ waived       ]
    [bold: ] يولعلا ميرم  app-data ◐ in progress?
      [bold:0007, Sales, until 2027-01-21]
     [cyan+bold:Enter] [dim:open]  [cyan+bold:/] [dim:filter]  [cyan+bold:q] [dim:quit]  [cyan+bold:?] [dim:help]
    "#);
}

#[test]
fn the_list_is_filtered_while_somebody_types() {
    let mut stage = Stage::new(80, 24);
    stage.keys("/ 'over'");
    assert!(stage.screen().contains("1 row, 1 person"), "{}", stage.screen());
    assert!(stage.screen().contains("王小明") && !stage.screen().contains("Ada Byron"));
    // Enter leaves the field, and the letters are keys again.
    stage.keys("Enter j");
    assert!(stage.screen().contains("/ over"), "{}", stage.screen());
    stage.keys("Esc");
    assert!(stage.screen().contains("7 rows, 7 people"), "{}", stage.screen());
}

#[test]
fn what_is_selected_is_under_the_cursor() {
    let mut stage = Stage::new(80, 24);
    stage.keys("j j");
    assert!(stage.cursor_row().contains("0009"), "{}", stage.cursor_row());
    stage.wheel(MouseEventKind::ScrollDown);
    assert!(stage.cursor_row().contains("0012"), "{}", stage.cursor_row());
    stage.keys("End");
    assert!(stage.cursor_row().contains("0013"), "{}", stage.cursor_row());
    stage.keys("/");
    assert!(stage.cursor_row().contains("/ "), "{}", stage.cursor_row());
}

#[test]
fn a_key_or_a_click_on_a_column_sorts() {
    let order = |stage: &Stage| {
        let screen = stage.screen();
        let place = |number: &str| screen.find(number).expect(number);
        place("0008") < place("0007")
    };
    let mut stage = Stage::new(80, 24);
    assert!(!order(&stage));
    // What is overdue presses more than what is complete.
    stage.click("state   ");
    assert!(order(&stage) && stage.screen().contains("state▲"), "{}", stage.screen());
    stage.click("state▲");
    assert!(!order(&stage) && stage.screen().contains("state▼"), "{}", stage.screen());
    stage.keys("s s");
    assert!(stage.screen().contains("number▲"), "{}", stage.screen());
    stage.keys("S");
    assert!(order(&stage) && stage.screen().contains("number▼"), "{}", stage.screen());
}

#[test]
fn a_person_with_everything_that_is_known() {
    let mut stage = Stage::new(80, 24);
    stage.keys("Enter");
    assert_snapshot!(stage.screen(), @r#"
     ‹ 0007 Ada Byron                                                           now
    ────────────────────────────────────────────────────────────────────────────────
     number      0007
     counted as  at work
     name        Ada Byron
     department  Sales

     courses
     ✓ complete: app-data (App data at work)
         record 4aac8a9d was received on 2026-01-21; valid until 2027-01-21

     assignments
     assigned 2026-01-10: app-data, due 2026-02-10

     records
     › received 2026-01-21: app-data, passed with 90 %, accepted at receipt,
       4aac8a9d
       received 2026-05-03, put aside: holiday<U+001B>[2J.jpg
         grading fail: the record claims 13, it is 14




     Enter choose  q back  ? help
    "#);
    stage.keys("q");
    assert!(stage.screen().contains("[people]"));
}

#[test]
fn a_record_with_its_five_levels() {
    let mut stage = Stage::new(80, 42);
    stage.keys("3 Enter");
    assert_snapshot!(stage.screen(), @r#"
     ‹ record 0d1029da                                                          now
    ────────────────────────────────────────────────────────────────────────────────
     it waits, because
     ? identity: what was looked at for identity

     person      يولعلا ميرم (0010)
     roster      يولعلا ميرم, Care
     course      App data at work, version 1.0.0
     result      passed with 95 % (pass mark 80 %)
     signed      2026-05-02 09:00 UTC
     by          did:key:z6Mk
     received    2026-05-02 09:00 UTC
     standing    waits for a decision
     fingerprint sha256:0d1029da960e72feff374a3f4129c2f03764c37eeb75232006862a8fe8
                 00feca

     ✓ signature: pass
         what was looked at for signature
     ✓ content: pass
         what was looked at for content
     ✓ grading: pass
         what was looked at for grading
     ? identity: unknown
         what was looked at for identity
         next: ask the person whether the record is theirs, then accept it (a) or
         refuse it (x)
     ✓ time: pass
         what was looked at for time

     log         entry 7 (the first is 0)
     entry       21 bytes of JSON; o shows them
     receipt     written in a shell: countersign hr log receipt 0d1029da

     A record shows that the holder of this key gave these answers to this
     content. It does not show who sat at the keyboard, that nobody helped, or
     that the program was unmodified.

     › [ Accept this record … ]
       [ Refuse this record … ]


     a accept  x refuse  Enter choose  o log entry  q back  ? help
    "#);
}

#[test]
fn why_each_stands_as_they_do() {
    let mut stage = Stage::new(100, 30);
    let mut why = |keys: &str| {
        stage.keys(keys).keys("Enter");
        let screen = stage.screen();
        stage.keys("Esc");
        let at = screen.find("courses").expect("the courses");
        let lines: Vec<&str> = screen[at..].lines().skip(1).take(2).map(str::trim).collect();
        lines.join(" / ")
    };
    assert_snapshot!([why("Home"), why("j"), why("j"), why("j"), why("j"), why("j"), why("j")].join("\n"), @r#"
    ✓ complete: app-data (App data at work) / record 4aac8a9d was received on 2026-01-21; valid until 2027-01-21
    ✗ overdue: app-data (App data at work) / assigned on 2026-01-10, was due on 2026-02-10, 111 days ago; nothing that counts has
    ~ waived: app-data (App data at work) / excepted until 2027-01-10, approved by Grace Brewster: parental leave
    ◐ in progress unknown: app-data (App data at work) / assigned on 2026-01-10, due on 2026-08-30; a record waits for a decision
    ◐ in progress unknown: app-data (App data at work) / assigned on 2026-01-10, due on 2026-08-30; nothing that counts has come back
    ✗ failed: app-data (App data at work) / record e29c876c did not reach the pass mark (40 %); due on 2026-08-10
    ! expiring: phishing / record 4ef60211 was received on 2025-06-20; valid for 19 more days, until 2026-06-20
    "#);
}

#[test]
fn completion_over_time_and_by_department() {
    let mut stage = Stage::new(80, 24);
    stage.keys("Tab");
    assert_snapshot!(stage.screen(), @r#"
      people [charts] review 1                                                  now
    ────────────────────────────────────────────────────────────────────────────────
     [over time] by department  by course
     2 of 7 complete (28 %): all rows
     7 ┤
       │
       │
       │
       │
       │
       │
     3 ┤
       │
       │
       │                               ▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂
       │                               ████████████████████
       │▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁████████████████████
       │███████████████████████████████████████████████████
     0 ┤███████████████████████████████████████████████████
                                                          ▲
     2025-06-16 to 2026-06-01, by week
     from 2026-06-01: 2 of 7, 28 %; 0 new

     v next chart  c course  p period  ← move  d day  r reload  q quit  ? help
    "#);
    stage.keys("v");
    assert_snapshot!(stage.screen(), @r#"
      people [charts] review 1                                                  now
    ────────────────────────────────────────────────────────────────────────────────
      over time [by department] by course
     2 of 7 complete (28 %): all courses, each person once
     › Care            ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0 of 3   0 %
       Sales           ███████████████████████▌░░░░░░░░░░░░░░░░░░░░░░░ 1 of 2  50 %
       Stores          ███████████████████████████████████████████████ 1 of 1 100 %
       (no department) ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0 of 1   0 %













     Care: 1 in progress unknown, 1 failed, 1 waived

     Enter people  v next chart  c course  ↓ next  ↑ previous  q quit  ? help
    "#);
    stage.resize(40, 12).keys("v");
    assert_snapshot!(stage.screen(), @r#"
     people [charts] review 1          now
     over time  by department [by course]
    2 of 7 complete (28 %): all rows
    › app-data ██▎░░░░░░░░░░░ 1 of 6  16 %
      phishing ██████████████ 1 of 1 100 %




    app-data: 1 complete, 2 in progress
    unknown, 1 overdue, 1 failed, 1 waived
    Enter people  q quit  ? help
    "#);
}

#[test]
fn the_marked_time_is_said_in_words() {
    let mut stage = Stage::new(80, 24);
    stage.keys("2 p Left");
    assert!(stage.screen().contains("2026-05: 2 of 7, 28 %; 0 new"), "{}", stage.screen());
    stage.keys("Home");
    assert!(stage.screen().contains("2025-06: 1 of 7, 14 %; 1 new"), "{}", stage.screen());
}

#[test]
fn what_waits_with_its_reasons() {
    let mut stage = Stage::new(80, 24);
    stage.keys("3");
    assert_snapshot!(stage.screen(), @r#"
      people  charts [review 1]                                                 now
    ────────────────────────────────────────────────────────────────────────────────
     1 record waits for a decision, 1 put aside
    › ? waits  0d1029da  0010 يولعلا ميرم, app-data, received 2026-05-02
      ✗ aside: grading  71ca7d93  says: 0007 Ada Byron, holiday<U+001B>[2J.jpg, re…

     identity: self-declared: the record answers no assignment
















     Enter look  d day  r reload  Tab next screen  q quit  ? help
    "#);
    stage.resize(80, 40).keys("j Enter");
    let screen = stage.screen();
    assert!(screen.contains("holiday<U+001B>[2J.jpg") && screen.contains("it is 14"), "{screen}");
    assert!(screen.contains("✗ grading: fail"), "{screen}");
}

#[test]
fn another_day_is_read_and_a_wrong_one_asked_again() {
    let mut stage = Stage::new(80, 24);
    stage.keys("d '2026-01-15' Enter");
    assert_eq!(stage.office.read.last(), Some(&Some(time("2026-01-15"))));
    let screen = stage.screen();
    assert!(screen.contains("as of 2026-01-15") && !screen.contains("overdue"), "{screen}");
    stage.keys("d 'soon' Enter");
    assert!(stage.screen().contains("✗ soon is no day"), "{}", stage.screen());
    stage.keys("Backspace Backspace Backspace Backspace Enter");
    assert_eq!(stage.office.read.last(), Some(&None));
    assert!(stage.screen().contains("now") && stage.screen().contains("overdue"), "{}", stage.screen());
}

#[test]
fn what_is_read_again_keeps_what_is_selected() {
    let mut stage = Stage::new(80, 24);
    stage.keys("j j j");
    assert!(stage.cursor_row().contains("0010"));
    stage.office.people.insert(0, person("0001", "New Nora", "Sales").asked("app-data", "2026-08-01"));
    stage.office.news.push_back(News::Changed);
    stage.hear();
    assert!(stage.screen().contains("changed since: r"), "{}", stage.screen());
    stage.keys("r");
    assert!(stage.screen().contains("New Nora") && !stage.screen().contains("changed"), "{}", stage.screen());
    assert!(stage.cursor_row().contains("0010"), "{}", stage.cursor_row());
}

#[test]
fn the_help_names_every_key_that_does_something() {
    for (keys, width) in [("", 100), ("2", 100), ("3", 100), ("Enter", 100), ("3 Enter", 100)] {
        let mut stage = Stage::new(width, 50);
        stage.keys(keys);
        let known: String = stage.model.help().into_iter().map(|(keys, _)| keys + " ").collect();
        for key in ["1", "d", "r", "q", "?", "Enter", "a", "s", "c", "v", "p", "e"] {
            let says = |event| stage.model.message_for(&event, &Vec::new());
            // Of the others it is said where they do something.
            let does = events(key).into_iter().any(|key| !matches!(says(key), None | Some(Message::Say(_))));
            assert_eq!(does, known.split(' ').any(|name| name == key), "{key} after {keys:?}: {known}");
        }
    }
}

#[test]
fn q_leaves_the_screens_and_goes_back_from_the_pages() {
    let mut stage = Stage::new(80, 24);
    stage.keys("Enter Enter q q");
    assert!(!stage.ended);
    stage.keys("q");
    assert!(stage.ended);
    let mut stage = Stage::new(80, 24);
    stage.keys("/ 'q'");
    assert!(!stage.ended);
    stage.keys("Ctrl-C");
    assert!(stage.ended);
    let mut stage = Stage::new(80, 24);
    stage.keys("Ctrl-Z");
    assert!(!stage.ended && stage.session.suspended == 1);
}

/// The ways to every screen.
const SCRIPTS: [&str; 16] = [
    "",
    "/ 'over'",
    "Enter",
    "j j Enter",
    "?",
    "2",
    "2 v",
    "2 v v",
    "2 p p",
    "3",
    "3 Enter",
    "3 j Enter",
    "3 Enter a",
    "3 Enter a 'x' Enter 'y' Enter",
    "d",
    "e",
];

#[test]
fn a_registry_without_people_says_what_to_do() {
    let mut stage = Stage::with(80, 24, TestOffice::of(Vec::new()), Theme::COLOURED);
    assert!(stage.screen().contains("no roster was imported yet"), "{}", stage.screen());
    for keys in ["Enter", "j", "s", "/ 'x' Enter", "2", "v", "p", "c", "Left", "3", "Enter", "Enter", "q"] {
        stage.keys(keys);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is pressed on a terminal of whatever size, it is drawn, and the cursor is on it.
    #[test]
    fn drawing_never_panics(
        width in 0_u16..140,
        height in 0_u16..50,
        keys in prop::collection::vec(prop::sample::select(&[
            "Enter", "Esc", "Tab", "j", "k", "PgDn", "PgUp", "End", "Home", "/", "'a'", "s", "S", "e", "1", "2", "3", "v",
            "c", "p", "Left", "Right", "d", "?", "a", "x", "y", "r", "Backspace", "Space",
        ][..]), 0..25),
    ) {
        let mut stage = Stage::new(80, 24);
        stage.resize(width, height);
        for key in keys {
            stage.keys(key);
        }
        stage.resize(height, width);
    }
}
