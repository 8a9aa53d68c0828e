//! Signing the record: the passphrase, and a file that could not be written.

use crate::tui::message::{Destination, Message};
use crate::tui::overlay::Overlay;
use crate::tui::screens::Screen;
use crate::tui::screens::samples::ready_for_the_policy;
use crate::tui::testing::{Stage, trouble};

/// The policy agreed to, about to sign.
pub(super) fn about_to_sign() -> Stage {
    let mut stage = ready_for_the_policy(80, 24);
    stage.message(Message::Go(Destination::Policy));
    stage.read_through().keys("Enter 'agree' Enter Down");
    assert!(stage.screen().contains("By signing you say"), "{}", stage.screen());
    stage
}

#[test]
fn a_protected_key_signs_when_its_passphrase_is_given() {
    let mut stage = about_to_sign();
    stage.world.passphrase = Some("correct horse".to_owned());
    stage.keys("Enter");
    assert!(stage.screen().contains("Your device key is protected"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("✗ type the passphrase"), "{}", stage.screen());
    stage.keys("F1");
    assert!(stage.screen().contains("chose at the first start"), "{}", stage.screen());
    assert!(stage.screen().contains("begin anew: leave,"), "{}", stage.screen());
    stage.keys("F1");
    assert!(!stage.screen().contains("chose at the first start"), "{}", stage.screen());
    assert_eq!(stage.world.stored.completions.len(), 0);
    stage.keys("'correct' Enter");
    assert!(stage.screen().contains("✗ the passphrase is wrong"), "{}", stage.screen());
    assert_eq!(stage.world.stored.completions.len(), 0);
    stage.keys("'correct horse'");
    assert!(!stage.screen().contains("correct"), "never on the screen\n{}", stage.screen());
    stage.keys("Enter");
    assert_eq!(stage.world.stored.completions.len(), 1);
    assert_eq!(stage.world.delivered.len(), 1);
    assert!(matches!(stage.model.screen(), Some(Screen::Certificate(_))), "{}", stage.screen());
}

/// On the smallest screen too all of it is in sight, with the key that says what to do when it is forgotten.
#[test]
fn who_typed_a_wrong_passphrase_sees_so_and_where_to_type() {
    let mut stage = about_to_sign();
    stage.world.passphrase = Some("correct horse".to_owned());
    stage.keys("Enter");
    stage.resize(40, 12);
    stage.keys("'battery' Enter");
    insta::assert_snapshot!(stage.screen(), @"
     Completion record                sign?
    ┌ passphrase ──────────────────────────┐
    │ ✗ the passphrase is wrong, or the    │
    │ key file was changed                 │
    │ hint: type the passphrase that you   │
    │ chose when you began; if you have    │
    │ forgotten it, you can only begin     │
    │ anew, and the help says how          │
    │                                      │
    │ >                                    │
    └──────────────────────────────────────┘
     Enter sign  Esc not now  F1 help
    ");
    // It opened at its end, and who has forgotten the passphrase is told what to do further above.
    stage.keys("F1");
    assert!(stage.screen().contains("It is the passphrase that you"), "{}", stage.screen());
    stage.keys("'c'");
    assert!(stage.screen().contains("> •"), "{}", stage.screen());
    stage.keys("F1");
    assert!(stage.screen().contains("✗ the passphrase is wrong"), "{}", stage.screen());
    // As everywhere, Esc leaves the help alone.
    stage.keys("F1 Esc");
    assert!(stage.screen().contains("✗ the passphrase is wrong"), "{}", stage.screen());
    assert!(stage.screen().contains("> •"), "{}", stage.screen());
}

#[test]
fn signing_can_wait() {
    let mut stage = about_to_sign();
    stage.world.passphrase = Some("correct horse".to_owned());
    stage.keys("Enter Esc");
    assert_eq!(stage.model.overlay(), None);
    assert_eq!(stage.world.stored.completions.len(), 0);
    let mut stage = stage.restart();
    assert!(stage.screen().contains("you go on here, Esc: the course"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("› ○ Completion record"), "{}", stage.screen());
    stage.keys("Enter Down Enter 'correct horse' Enter");
    assert!(matches!(stage.model.screen(), Some(Screen::Certificate(_))), "{}", stage.screen());
}

#[test]
fn a_record_that_could_not_be_kept_is_not_shown_as_signed() {
    let mut stage = about_to_sign();
    stage.world.saves_left = Some(0);
    stage.keys("Enter");
    assert!(matches!(stage.model.overlay(), Some(Overlay::NotSaved(_))), "{}", stage.screen());
    assert!(!stage.screen().contains("has completed"), "{}", stage.screen());
    assert_eq!((stage.world.stored.completions.len(), stage.world.delivered.len()), (0, 0));
    stage.world.saves_left = None;
    stage.keys("r");
    assert_eq!((stage.world.stored.completions.len(), stage.world.delivered.len()), (1, 1));
    assert!(stage.screen().contains("has completed"), "{}", stage.screen());
}

#[test]
fn a_record_whose_file_could_not_be_written_is_safe_and_can_be_written_again() {
    let mut stage = about_to_sign();
    stage.world.deliver_troubles.push_back(trouble("/media/usb: no space left on device"));
    stage.keys("Enter");
    assert!(stage.screen().contains("error: /media/usb: no space left"), "{}", stage.screen());
    assert_eq!((stage.world.stored.completions.len(), stage.world.delivered.len()), (1, 0));
    stage.keys("r");
    assert_eq!(stage.world.delivered.len(), 1);
    assert!(stage.screen().contains("has completed"), "{}", stage.screen());
}

#[test]
fn a_file_that_was_not_written_before_a_kill_is_written_when_the_certificate_is_opened() {
    // The path of a file that does not exist was shown, copied, and printed at the end.
    let mut stage = about_to_sign();
    stage.world.deliver_troubles.push_back(trouble("killed"));
    stage.keys("Enter");
    assert_eq!(stage.model.last_lines(), Vec::<String>::new());
    let mut stage = stage.restart();
    assert_eq!((stage.world.delivered.len(), stage.model.last_lines().len()), (0, 0));
    stage.world.deliver_troubles.push_back(trouble("still no space"));
    stage.message(Message::Go(Destination::Certificate));
    stage.keys("Esc");
    assert!(stage.screen().contains("not written yet"), "{}", stage.screen());
    stage.world.deliver_troubles.push_back(trouble("still no space"));
    stage.keys("c Esc");
    assert_eq!(stage.session.copied, Vec::<String>::new(), "no path of a file that is not there");
    stage.keys("w");
    assert_eq!(stage.world.delivered.len(), 1);
    assert!(!stage.screen().contains("not written yet"), "{}", stage.screen());
    let (name, goes) = (stage.world.delivered[0].clone(), "where it goes: Send this file to hr@example.com.");
    let path = format!("/home/ada/Documents/countersign/{name}");
    let whole = format!("completion record: {path}");
    let check = |stage: &mut Stage, width: u16, expected: &[&str]| {
        assert_eq!(stage.resize(width, 24).model.last_lines(), expected);
    };
    check(&mut stage, 100, &[&whole, goes]);
    // The terminal broke the name of the file in two.
    check(&mut stage, 80, &["completion record:", &path, goes]);
    let narrow = ["where it goes: Send this file to", "hr@example.com."];
    let folder = "in /home/ada/Documents/countersign";
    check(&mut stage, 50, &["completion record:", &name, folder, goes]);
    check(&mut stage, 40, &["completion record:", &name, folder, narrow[0], narrow[1]]);
}
