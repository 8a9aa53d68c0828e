//! A day in the past: what is of that day, and what is of today.

use insta::assert_snapshot;

use crate::registry::office::News;
use crate::tui::hr::testing::{Stage, time, trouble};

#[test]
fn what_waits_is_of_today_and_says_so() {
    let mut stage = Stage::new(80, 24);
    stage.keys("d '2026-05-02' Enter");
    assert!(stage.screen().contains("as of 2026-05-02"), "{}", stage.screen());
    stage.keys("3");
    let screen = stage.screen();
    assert!(screen.contains("now (people: as of 2026-05-02)"), "{screen}");
    assert!(screen.contains("of today: 1 record waits for a decision, 1 put aside"), "{screen}");
    // The five levels are of today too.
    stage.keys("Enter");
    assert!(stage.screen().contains("now (people: as of 2026-05-02)"), "{}", stage.screen());
    stage.keys("Esc 1 Home Enter");
    let screen = stage.screen();
    assert!(screen.contains("as of 2026-05-02") && !screen.contains("now ("), "{screen}");
    // The file came a day later.
    assert!(!screen.contains("put aside"), "{screen}");
    stage.keys("Esc d Enter 3");
    assert!(!stage.screen().contains("of today"), "{}", stage.screen());
    let mut stage = Stage::new(40, 12);
    stage.keys("d '2026-05-02' Enter 3");
    assert!(stage.screen().contains("of today: 1 record waits"), "{}", stage.screen());
}

#[test]
fn a_file_that_was_put_aside_is_held_against_the_roster() {
    let mut stage = Stage::new(80, 36);
    stage.office.claimed = Some("Eva");
    stage.keys("3 j Enter");
    assert_snapshot!(stage.screen(), @r#"
     ‹ put aside 71ca7d93                                                       now
    ────────────────────────────────────────────────────────────────────────────────
     came as     holiday<U+001B>[2J.jpg
     received    2026-05-03 09:00 UTC
     size        1,234 bytes
     fingerprint sha256:71ca7d932e5a9bea82b11425bc83d474727bb94ecde72145e063f8b23b
                 176ea3

     put aside, because
       grading fail: the record claims 13, it is 14

     what it says of itself
     person      Eva (0007)
     roster      Ada Byron, Sales
     ! the record names Eva, the roster has Ada Byron under this number
     course      App data at work, version 1.0.0
     result      passed with 92 % (pass mark 80 %)

     the five levels now
     ✗ signature: fail
         what was looked at for signature
         next: ask the person to send the file again as it is, as an attachment:
         something on its way, or somebody, changed it
     ✗ content: fail
         what was looked at for content
         next: if it is a version that should count, approve it, in a shell:
         countersign hr course approve, then collect again with --again; if it is
         one that is here with other content, somebody has edited the course: ask
         the person where it is from; else the course has to be assigned anew
     ✗ grading: fail
         what was looked at for grading
         next: talk to the person: the result does not follow from the answers,
         which no honest program writes; then assign the course anew
     ✗ identity: fail                                                              ↓

     q back  ? help
    "#);
}

#[test]
fn hints_are_keys_and_not_command_lines() {
    let mut stage = Stage::new(100, 40);
    stage.keys("3 Enter");
    let screen = stage.screen();
    assert!(!screen.contains("hr review"), "{screen}");
    assert!(screen.contains("then accept it (a) or refuse it (x)"), "{screen}");
}

/// Today's file stood under the day in the past.
#[test]
fn whoever_was_not_known_then_is_not_shown() {
    let mut stage = Stage::new(80, 24);
    stage.office.since = Some(time("2026-03-01"));
    stage.keys("Enter d '2026-02-01' Enter");
    let screen = stage.screen();
    assert!(screen.contains("[people]") && screen.contains("nothing was known of 0007 then"), "{screen}");
    stage.keys("d '2026-04-01' Enter Enter");
    assert!(stage.screen().contains("‹ 0007"), "{}", stage.screen());
}

/// The heading said one day and the list showed another.
#[test]
fn a_moment_that_cannot_be_read_is_not_shown() {
    let mut stage = Stage::new(80, 24);
    stage.model.reads(Some(time("2026-05-02")));
    stage.office.news.push_back(News::NotRead(trouble("cannot use the registry")));
    stage.hear();
    stage.keys("Enter");
    assert!(!stage.screen().contains("as of"), "{}", stage.screen());
    stage.keys("r");
    assert_eq!(stage.office.read, [None, None]);
}

#[test]
fn a_mistyped_day_can_be_mended() {
    let mut stage = Stage::new(80, 24);
    stage.keys("d '2026-05-0x' Enter");
    let screen = stage.screen();
    assert!(screen.contains("2026-05-0x is no day") && screen.contains("> 2026-05-0x"), "{screen}");
    stage.keys("Backspace 2 Enter");
    assert!(stage.screen().contains("as of 2026-05-02"), "{}", stage.screen());
}

/// The message stood above the part that was shown, and the hint alone in it.
#[test]
fn what_is_wrong_with_a_day_is_seen_on_a_small_screen() {
    let mut stage = Stage::new(40, 12);
    stage.keys("d '2026-05-0x' Enter");
    assert_snapshot!(stage.screen(), @r#"
     [people] charts  review 1          now
    ┌ at which moment ─────────────────────┐
    │ How it was at the end of which day?  │
    │ Such as 2026-06-30; nothing for now. │
    │ ✗ 2026-05-0x is no day               │
    │ day                                  │
    │ > 2026-05-0x                         │
    │ hint: write it as 2026-06-30, or     │
    │ name a day that is over, such as     │
    │ today or yesterday                   │
    └──────────────────────────────────────┘
     Enter show  Esc leave it
    "#);
}
