//! Deciding about what waits: never by accident, always with a reason.

use crossterm::event::Event;
use insta::assert_snapshot;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::registry::Dossier;
use crate::registry::change::Decision;
use crate::registry::office::{Office as _, Ruling, WaitingRecord};
use crate::registry::terms::Treatment;
use crate::shell::Commands;
use crate::tui::hr::desk::Desk;
use crate::tui::hr::model::Model;
use crate::tui::hr::testing::{Stage, TestOffice, With as _, digest, person, trouble, utc};
use crate::tui::hr::{Look, Start};
use crate::tui::run::{Occurrence, run};
use crate::tui::testing::{Script, TestKeeper, events};
use crate::tui::theme::Theme;

fn ruling(decision: Decision) -> Ruling {
    Ruling {
        record: digest("0010 app-data 2026-05-02"),
        decision,
        by: "J. Doe".to_owned(),
        reason: "took it here".to_owned(),
    }
}

#[test]
fn a_decision_says_why_and_by_whom_before_it_is_one() {
    let mut stage = Stage::new(80, 24);
    stage.keys("3 Enter a");
    assert_snapshot!(stage.screen(), @r#"
     ‹ record 0d1029da                                                          now
    ────────────────────────────────────────────────────────────────────────────────
     it waits, because
     ? identity: what was looked at for identity

     person      يولعلا ميرم (0010)
     roster      يولعلا ميرم, Care
     cou┌ accept this record ──────────────────────────────────────────────────┐
     res│ accept 0d1029da: يولعلا ميرم (0010), App data at work                │
     sig│ An auditor will read why it was decided, and by whom. Nothing is     │
     by │ entered yet.                                                         │
     rec│ reason                                                               │
     sta│ >                                                                    │
     fin│ decided by                                                           │e8
        │                                                                      │
        └──────────────────────────────────────────────────────────────────────┘
     ✓ signature: pass
         what was looked at for signature
     ✓ content: pass
         what was looked at for content
     ✓ grading: pass
         what was looked at for grading                                            ↓

     Enter go on  Tab other field  Esc decide nothing
    "#);
    // Nothing is said: nothing is asked.
    stage.keys("Enter Enter");
    assert!(stage.screen().contains("✗ say why") && stage.office.decided.is_empty(), "{}", stage.screen());
    stage.keys("'took it here' Enter 'J. Doe' Enter");
    assert_snapshot!(stage.screen(), @r#"
     ‹ record 0d1029da                                                          now
    ────────────────────────────────────────────────────────────────────────────────
     it waits, because
     ? identity: what was looked at for identity

     person      يولعلا ميرم (0010)
     roster      يولعلا ميرم, Care
     course      App data at work, version 1.0.0
     res┌ enter this decision? ────────────────────────────────────────────────┐
     sig│ accept 0d1029da: يولعلا ميرم (0010), App data at work                │
     by │ because: took it here                                                │
     rec│ decided by: J. Doe                                                   │
     sta│                                                                      │
     fin│ It counts from now on. What is in the log stays there. y enters it,  │e8
        │ Esc does nothing.                                                    │
        └──────────────────────────────────────────────────────────────────────┘
     ✓ signature: pass
         what was looked at for signature
     ✓ content: pass
         what was looked at for content
     ✓ grading: pass
         what was looked at for grading                                            ↓

     y enter it  Esc no
    "#);
    // Enter is pressed without reading.
    stage.keys("Enter Enter Space");
    assert!(stage.office.decided.is_empty());
    stage.keys("y");
    assert_eq!(stage.office.decided, [ruling(Decision::Accepted)]);
    let screen = stage.screen();
    assert!(screen.contains("nothing waits for a decision") && screen.contains("accepted"), "{screen}");
    // It was read again, and counts.
    assert_eq!(stage.office.read.len(), 2);
    stage.keys("1 Home j j j Enter");
    assert!(stage.screen().contains("✓ complete: app-data"), "{}", stage.screen());
}

#[test]
fn whoever_thinks_again_decides_nothing() {
    let mut stage = Stage::new(80, 24);
    stage.keys("3 Enter x 'took it here' Enter 'J. Doe' Enter n");
    assert!(stage.office.decided.is_empty() && stage.screen().contains("record"), "{}", stage.screen());
    // The name and the reason are remembered; another decision has reasons of its own.
    stage.keys("a");
    assert!(!stage.screen().contains("took it here"), "{}", stage.screen());
    stage.keys("Esc x Enter");
    assert!(stage.screen().contains("enter this decision?"), "{}", stage.screen());
    stage.keys("y");
    assert_eq!(stage.office.decided, [ruling(Decision::Refused)]);
}

#[test]
fn a_paste_decides_nothing() {
    let mut stage = Stage::new(80, 24);
    stage.keys("3 Enter a");
    stage.event(&Event::Paste("because\ny\ny\n".to_owned()));
    assert!(stage.screen().contains("because y y") && stage.office.decided.is_empty(), "{}", stage.screen());
    stage.keys("Enter");
    stage.event(&Event::Paste("J. Doe\ny".to_owned()));
    stage.keys("Enter");
    stage.event(&Event::Paste("y".to_owned()));
    assert!(stage.screen().contains("enter this decision?") && stage.office.decided.is_empty());
}

#[test]
fn a_protected_key_asks_for_its_passphrase_and_shows_none_of_it() {
    let mut stage = Stage::new(80, 24);
    stage.office.passphrase = Some("horse");
    stage.keys("3 Enter a 'took it here' Enter 'J. Doe' Enter y");
    assert!(stage.screen().contains("HR's key is protected"), "{}", stage.screen());
    stage.keys("'hors'");
    assert!(stage.screen().contains("> ••••") && !stage.screen().contains("hors"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("the passphrase is wrong") && stage.office.decided.is_empty());
    stage.keys("'horse' Enter");
    assert_eq!(stage.office.decided, [ruling(Decision::Accepted)]);
}

#[test]
fn what_could_not_be_entered_still_waits() {
    let mut stage = Stage::new(80, 24);
    stage.office.trouble = Some(trouble("cannot use the registry"));
    stage.keys("3 Enter a 'took it here' Enter 'J. Doe' Enter y");
    let screen = stage.screen();
    assert!(screen.contains("error: cannot use the registry") && screen.contains("hint: free"), "{screen}");
    stage.keys("Enter");
    // The reason need not be typed again.
    stage.keys("a Enter");
    assert!(stage.screen().contains("because: took it here"), "{}", stage.screen());
    stage.keys("Esc q");
    assert!(stage.screen().contains("1 record waits for a decision"), "{}", stage.screen());
}

#[test]
fn somebody_else_was_sooner() {
    let mut stage = Stage::new(80, 24);
    stage.keys("3 Enter a 'took it here' Enter 'J. Doe' Enter");
    let other =
        Ruling { by: "Other".to_owned(), reason: "other copy".to_owned(), ..ruling(Decision::Refused) };
    stage.office.decide(other, None);
    stage.office.news.clear();
    stage.office.trouble = Some(trouble("0d1029da was decided meanwhile"));
    stage.keys("y Enter");
    let screen = stage.screen();
    assert!(screen.contains("standing    refused on 2026-06-01 by Other: other copy"), "{screen}");
    assert!(!screen.contains("a accept"), "{screen}");
}

#[test]
fn whoever_decides_is_told_whose_number_it_is() {
    let mut stage = Stage::new(80, 30);
    stage.office.claimed = Some("Eva");
    stage.keys("3 Enter");
    let doubt = "! the record names Eva, the roster has";
    let screen = stage.screen();
    assert!(screen.contains("person      Eva (0010)") && screen.contains(doubt), "{screen}");
    stage.keys("a 'took it here' Enter 'J. Doe' Enter");
    let screen = stage.screen();
    assert!(screen.contains("accept 0d1029da: Eva (0010), App data at work"), "{screen}");
    assert!(screen.contains(&format!("│ {doubt}")), "{screen}");
}

#[test]
fn a_number_on_no_roster_is_named_so() {
    let mut office = TestOffice::small();
    let mini = person("999", "mini", "").sent("app-data", "2026-05-04", 90, Treatment::Review);
    office.people.push(Dossier { roster: None, ..mini });
    let mut stage = Stage::with(80, 30, TestOffice::of(office.people), Theme::COLOURED);
    stage.keys("3");
    assert!(stage.screen().contains("999 mini (not on the roster), app-data"), "{}", stage.screen());
    stage.keys("j Enter");
    assert!(stage.screen().contains("roster      not on the roster"), "{}", stage.screen());
    stage.keys("a");
    assert!(stage.screen().contains("! nobody of this number is on the roster"), "{}", stage.screen());
}

#[test]
fn who_decided_and_why_is_seen_afterwards() {
    let mut stage = Stage::new(80, 30);
    stage.keys("3 Enter a 'rang her on 4711' Enter 'J. Doe' Enter y");
    stage.keys("1 Home j j j Enter");
    let words = "accepted on 2026-06-01 by J. Doe: rang her on 4711";
    assert!(stage.screen().contains(words), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains(&format!("standing    {words}")), "{}", stage.screen());
}

#[test]
fn a_reason_that_does_not_fit_is_not_cut_in_silence() {
    let mut stage = Stage::new(80, 24);
    stage.keys("3 Enter a");
    let said = "! 500 characters fit, what goes beyond them was not taken";
    stage.event(&Event::Paste("x".repeat(499)));
    assert!(!stage.screen().contains(said), "{}", stage.screen());
    // A line end of two characters is one space.
    stage.event(&Event::Paste("\r\nand this is gone".to_owned()));
    assert!(stage.screen().contains(said), "{}", stage.screen());
}

#[test]
fn what_was_typed_before_the_question_was_seen_does_not_answer_it() {
    // A terminal without bracketed paste types what is pasted.
    let decided = |pause: &[Occurrence]| {
        let mut office = TestOffice::small();
        let look = Look { theme: Theme::COLOURED, calendar: utc(), commands: Commands::default() };
        let Look { calendar, commands, .. } = look;
        let start = Start { at: None, calendar, commands, notices: Vec::new() };
        let mut model = Model::open(start, look, office.now());
        let typed = |script| events(script).into_iter().map(Occurrence::Input).collect::<Vec<_>>();
        let script = [
            vec![Occurrence::Called, Occurrence::TimeOut],
            typed("3 Enter a 'took it here' Enter 'J. Doe' Enter"),
            pause.to_vec(),
            typed("y"),
            vec![Occurrence::Called, Occurrence::TimeOut],
        ];
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("in memory");
        let mut desk = Desk { office: &mut office, keeper: &mut TestKeeper::default(), model: &mut model };
        let mut script = Script { occurrences: script.concat().into(), ..Script::default() };
        run(&mut terminal, &mut script, &mut desk).expect("in memory");
        office.decided
    };
    assert_eq!(decided(&[]), []);
    assert_eq!(decided(&[Occurrence::TimeOut]), [ruling(Decision::Accepted)]);
}

/// A record that came in front of it was opened in its place.
#[test]
fn what_is_selected_stays_selected_when_it_is_read_anew() {
    let mut stage = Stage::new(80, 24);
    let first = stage.office.waiting[0].clone();
    stage.keys("3 j");
    assert!(stage.cursor_row().contains("aside"), "{}", stage.cursor_row());
    let more = ["one", "two"].map(|name| WaitingRecord { digest: digest(name), ..first.clone() });
    stage.office.waiting.splice(0..0, more);
    stage.keys("r");
    assert!(stage.cursor_row().contains("aside"), "{}", stage.cursor_row());
    stage.keys("k");
    assert!(stage.cursor_row().contains("0d1029da"), "{}", stage.cursor_row());
    stage.office.waiting.remove(0);
    stage.keys("r");
    assert!(stage.cursor_row().contains("0d1029da"), "{}", stage.cursor_row());
}
