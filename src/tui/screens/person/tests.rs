//! Correcting a name as a learner lives it.

use crate::record::read_completion;
use crate::tui::message::{Destination, Message};
use crate::tui::screens::Screen;
use crate::tui::screens::samples::{beginning, ready_for_the_policy};
use crate::tui::testing::{Stage, trouble};

fn about_to_sign(width: u16, height: u16) -> Stage {
    let mut stage = ready_for_the_policy(width, height);
    stage.message(Message::Go(Destination::Policy));
    stage.read_through().keys("Enter 'agree' Enter");
    assert!(stage.screen().contains("By signing you say"), "{}", stage.screen());
    stage
}

/// The claims of the record that was signed.
fn signed(stage: &Stage) -> crate::progress::Person {
    let completion = stage.world.stored.completions.last().expect("a record");
    read_completion(&completion.record).expect("a record").claims.person
}

/// A typo of the first screen went into the signed record, and nothing could be done about it.
#[test]
fn a_name_is_corrected_before_it_is_signed() {
    let mut stage = about_to_sign(80, 24);
    stage.keys("e");
    insta::assert_snapshot!(stage.screen(), @r#"
     Who you are                                                         correction
    ────────────────────────────────────────────────────────────────────────────────
        Records that you sign from now on say this. What is signed already stays
        as it was signed.

        › Name                  Ada Lovelace____________________________________
          as it stands in your record
          Employee number       0042____________________________________________
          with its zeros: 0042 is not 42
          E-mail (optional)     ________________________________________________
          may stay empty












     Ctrl-S keep  Enter next  Esc back  F1 help
    "#);
    stage.keys("'-King' Enter '1' Enter 'ada@example.org' Enter");
    assert!(stage.screen().contains("kept: who you are"), "{}", stage.screen());
    for words in ["Ada Lovelace-King", "00421", "ada@example.org", "By signing you say"] {
        assert!(stage.screen().contains(words), "{words}\n{}", stage.screen());
    }
    let stored = stage.world.person.clone().expect("known");
    assert_eq!((stored.name.as_str(), stored.number.as_str()), ("Ada Lovelace-King", "00421"));
    stage.keys("Down Enter");
    assert_eq!(signed(&stage), stored);
    assert_eq!(stored.email.as_deref(), Some("ada@example.org"));
}

/// Whoever comes back from the form by Enter may press it twice.
#[test]
fn a_correction_does_not_lead_back_to_the_button_that_signs() {
    let mut stage = about_to_sign(80, 24);
    stage.keys("Down e '-King' Enter Enter Enter");
    assert!(stage.screen().contains("By signing you say"), "{}", stage.screen());
    stage.keys("Enter");
    assert_eq!(stage.world.stored.completions.len(), 0, "{}", stage.screen());
}

#[test]
fn the_button_leads_there_too_and_esc_changes_nothing() {
    let mut stage = about_to_sign(80, 40);
    stage.click("Correct name, number or e-mail");
    assert!(matches!(stage.model.screen(), Some(Screen::Person(_))), "{}", stage.screen());
    stage.keys("'x' Esc");
    assert!(stage.screen().contains("What you changed is not kept. y leaves"), "{}", stage.screen());
    stage.keys("Esc");
    assert!(stage.screen().contains("Lovelacex"), "{}", stage.screen());
    stage.keys("Esc y");
    assert!(stage.screen().contains("By signing you say"), "{}", stage.screen());
    assert!(!stage.screen().contains("Lovelacex"), "{}", stage.screen());
    assert_eq!(stage.world.person.as_ref().map(|person| person.name.as_str()), Some("Ada Lovelace"));
    stage.keys("e F10");
    assert!(stage.screen().contains("By signing you say"), "what is the same needs no saving");
}

#[test]
fn the_rules_of_the_first_start_hold() {
    for (typed, said) in [
        (&"Backspace ".repeat(20)[..], "your name is needed"),
        (&format!("Tab {}", "Backspace ".repeat(8)), "your employee number is needed"),
        ("Tab Tab 'ada'", "that is no e-mail address"),
    ] {
        let mut stage = about_to_sign(80, 24);
        stage.keys("e").keys(typed).keys("Ctrl-S");
        assert!(stage.screen().contains(said), "{}", stage.screen());
        assert!(!stage.screen().contains("Passphrase"), "the key stays as it is: {}", stage.screen());
        assert_eq!(stage.world.person.as_ref().map(|person| person.number.as_str()), Some("0042"));
    }
}

#[test]
fn what_cannot_be_kept_is_said_and_can_be_tried_again() {
    let mut stage = about_to_sign(80, 24);
    stage.world.troubles.push_back(trouble("the assignment is for Eve (7)"));
    stage.keys("e 'y' Ctrl-S");
    assert!(stage.screen().contains("the assignment is for Eve (7)"), "{}", stage.screen());
    stage.keys("Esc");
    assert!(stage.screen().contains("Ada Lovelacey"), "the form is still there: {}", stage.screen());
    stage.keys("Ctrl-S");
    assert!(stage.screen().contains("By signing you say"), "{}", stage.screen());
    assert!(stage.screen().contains("Ada Lovelacey"), "{}", stage.screen());
}

#[test]
fn the_course_screen_leads_there_and_shows_the_new_name() {
    let mut stage = beginning(80, 24);
    stage.keys("e 'z' Ctrl-S");
    assert!(matches!(stage.model.screen(), Some(Screen::Course(_))), "{}", stage.screen());
    assert!(
        stage.screen().lines().next().is_some_and(|line| line.contains("Ada Lovelacez")),
        "{}",
        stage.screen()
    );
}

#[test]
fn a_record_that_was_signed_stays_as_it_was() {
    let mut stage = about_to_sign(80, 24);
    stage.keys("Down Enter");
    let before = stage.world.stored.completions.clone();
    assert_eq!(before.len(), 1, "{}", stage.screen());
    stage.message(Message::Go(Destination::Course));
    stage.keys("e 'z' Ctrl-S");
    assert_eq!(stage.world.stored.completions, before);
    stage.message(Message::Go(Destination::Certificate));
    assert!(stage.screen().contains("Ada Lovelace has completed"), "{}", stage.screen());
}

#[test]
fn it_works_on_the_smallest_screen() {
    let mut stage = beginning(40, 12);
    stage.keys("e Tab Tab Tab");
    assert!(stage.screen().contains("› Name"), "from the last field to the first: {}", stage.screen());
}
