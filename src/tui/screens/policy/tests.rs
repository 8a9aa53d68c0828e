//! Agreeing to a policy as a learner lives it.

use super::confirms;
use crate::tui::message::{Destination, Message as FaceMessage};
use crate::tui::screens::samples::{ready_for_the_assessment, ready_for_the_policy};
use crate::tui::testing::Stage;

fn opened(width: u16, height: u16) -> Stage {
    let mut stage = ready_for_the_policy(width, height);
    stage.message(FaceMessage::Go(Destination::Policy));
    stage
}

/// The linear face let it be read early, and this one did not.
#[test]
fn it_can_be_read_before_it_can_be_agreed_to() {
    let mut stage = ready_for_the_assessment(80, 24);
    stage.keys("End Up Enter");
    assert!(stage.screen().contains("A rule for everybody."), "{}", stage.screen());
    stage.read_through();
    assert!(stage.screen().contains("you agree to it when the assessment is passed"), "{}", stage.screen());
    assert!(stage.screen().contains("Enter back"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("after the assessment"), "{}", stage.screen());
    assert!(stage.world.stored.acknowledgement.is_none());
    assert!(
        stage.world.stored.lessons["lessons/policy.md"].finished_at.is_some(),
        "what was read stays read"
    );
}

/// Agreeing ended with what was below the end of the screen unseen.
#[test]
fn nobody_agrees_to_what_was_not_on_the_screen() {
    let mut stage = opened(40, 12);
    stage.read_through().keys("Enter 'agree'");
    assert!(!stage.screen().contains("completion record."), "it does not fit: {}", stage.screen());
    stage.keys("Enter");
    assert!(stage.world.stored.acknowledgement.is_none(), "{}", stage.screen());
    assert!(stage.screen().contains("completion record."), "{}", stage.screen());
    stage.keys("PgUp");
    assert!(stage.screen().contains("You agree to this:"), "{}", stage.screen());
    stage.keys("PgDn Enter");
    assert!(stage.world.stored.acknowledgement.is_some(), "{}", stage.screen());
}

/// “Enter agrees” was said of an empty field, and of words that are neither.
#[test]
fn what_is_said_beside_the_rest_of_the_statement_is_what_enter_does() {
    let check = |typed: &str, said: &str, then: &str| {
        let mut stage = opened(40, 12);
        stage.read_through().keys("Enter").keys(typed).keys("Enter");
        assert!(stage.screen().contains(said), "{typed}: {}", stage.screen());
        stage.keys("Enter");
        assert!(stage.screen().contains(then), "{typed}: {}", stage.screen());
    };
    check("'agree'", "this is the rest of it; Enter agrees", "sign?");
    // By a click on what is said, too.
    let mut stage = opened(40, 12);
    stage.read_through().keys("Enter 'agree' Enter").click("Enter agrees");
    assert!(stage.world.stored.acknowledgement.is_some(), "{}", stage.screen());
    check("'ada'", "the rest of it; type agree, then Enter", "type agree, or your name as above");
    check("", "the rest of it; type agree, then Enter", "type agree, or your name as above");
}

#[test]
fn it_is_read_to_its_end_before_anybody_can_agree() {
    let mut stage = opened(80, 24);
    stage.keys("Enter");
    assert!(!stage.screen().contains("You agree to this"), "Enter turned a page: {}", stage.screen());
    assert!(!stage.screen().contains("all of it was read"), "{}", stage.screen());
    stage.read_through();
    assert!(stage.screen().contains("✓ all of it was read; Enter: agree"), "{}", stage.screen());
    stage.keys("Enter");
    insta::assert_snapshot!(stage.screen(), @r#"
     The rules                                                               agree?
    ────────────────────────────────────────────────────────────────────────────────
     You agree to this:

       “I have read the rules, and I will follow them.”

     With your agreement, your name (Ada Lovelace), the date, this statement and a
     fingerprint of the exact text of the policy stand in your signed completion
     record.

     Type agree, or your name, then Enter:
     › [                                                                         ]











     Enter needs words  Esc text  F1 help
    "#);
    stage.resize(40, 12);
    insta::assert_snapshot!(stage.screen(), @r#"
    The rules                       agree?
    You agree to this:

      “I have read the rules, and I will
      follow them.”

    With your agreement, your name (Ada
    Lovelace), the date, this statement   ↓

    Type agree, or your name, then Enter:
    › [                                 ]
    Enter see rest  Esc text  F1 help
    "#);
    // The last line said "confirm" all the time.
    stage.keys("PgDn");
    assert!(
        stage.screen().contains("completion record.") && stage.screen().contains("Enter needs words"),
        "{}",
        stage.screen()
    );
    let screen = stage.click("then Enter").screen();
    assert!(screen.contains("type agree, or your name as above"), "{screen}");
    for (typed, does) in [("'agre'", "needs words"), ("'e'", "confirm"), ("Ctrl-U", "needs words")] {
        let screen = stage.keys(typed).screen();
        assert!(screen.contains(&format!("Enter {does}")), "{typed}: {screen}");
    }
}

/// The end went out of sight, and with it what Enter does.
#[test]
fn the_end_stays_in_sight_in_a_window_of_another_size() {
    let mut stage = opened(80, 24);
    stage.read_through();
    for (width, height) in [(40, 12), (60, 16), (41, 30), (80, 24)] {
        stage.resize(width, height);
        assert!(stage.screen().contains("The last rule."), "{}", stage.screen());
        assert!(stage.screen().contains("Enter: agree"), "{}", stage.screen());
    }
}

/// Whoever pressed End was asked to agree to what they had not seen.
#[test]
fn a_jump_to_the_end_does_not_lead_to_the_statement() {
    let mut stage = opened(80, 24);
    stage.keys("G");
    assert!(stage.screen().contains("The last rule."), "{}", stage.screen());
    assert!(stage.screen().contains("Enter goes to what you have not seen"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(!stage.screen().contains("You agree to this"), "{}", stage.screen());
    assert!(!stage.screen().contains("The last rule."), "back before the gap: {}", stage.screen());
    assert!(stage.world.stored.lessons["lessons/policy.md"].finished_at.is_none());
    stage.read_through().keys("Enter");
    assert!(stage.screen().contains("You agree to this"), "{}", stage.screen());
}

#[test]
fn agreeing_is_typed_and_leads_to_signing() {
    let mut stage = opened(80, 24);
    stage.read_through().keys("Enter Enter");
    assert!(stage.model.help().iter().all(|(keys, _)| !keys.contains('?')), "it is typed here");
    assert!(stage.screen().contains("type agree, or your name"), "{}", stage.screen());
    stage.keys("'no' Enter");
    assert_eq!(stage.world.stored.acknowledgement, None);
    stage.keys("Esc");
    assert!(stage.screen().contains("The last rule."), "nothing was agreed to: {}", stage.screen());
    stage.keys("Enter 'agree' Enter");
    assert!(stage.world.stored.acknowledgement.is_some());
    assert!(stage.screen().contains("By signing you say"), "{}", stage.screen());
}

#[test]
fn what_says_yes() {
    assert!(confirms("agree", "Ada Example"));
    assert!(confirms("  AGREE ", "Ada Example"));
    assert!(confirms("ada  example", "Ada Example"));
    assert!(!confirms("", "Ada Example"));
    assert!(!confirms("", ""));
    assert!(!confirms("agreed", "Ada Example"));
    assert!(!confirms("Ada", "Ada Example"));
    assert!(!confirms("I do not agree", "Ada Example"));
}
