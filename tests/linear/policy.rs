//! At the policy, before it can be agreed to and once it is: what is told is what can be done then.

use crate::screens::{begun, read};
use crate::talk::{heard, listen};
use crate::whole::right_line;
use crate::world::MadeUp;

/// Everything is done up to the statement.
fn asked_to_agree() -> MadeUp {
    let mut world = read();
    let mut first = true;
    let (said, ended) = listen(&mut world, 1000, |said| {
        if said.trim_end().rsplit("\n\n").next().is_some_and(|prompt| prompt.contains("Type agree")) {
            return None;
        }
        Some(if std::mem::take(&mut first) { "ids on".to_owned() } else { right_line(said) })
    });
    assert!(ended.is_ok(), "{ended:?}\n{said}");
    world
}

const LOCKED: &str = "The policy can be agreed to when the assessment is passed.";

/// Help said that agree agrees, and agree that it does nothing and that help says what can be typed.
#[test]
fn while_the_policy_is_locked_nothing_is_said_to_agree_to_it() {
    let said = heard(&mut read(), &["policy", "help", "agree", "help all"]);
    assert!(
        said[1].contains(&format!("Here:\n{LOCKED} Enter goes back. read: read the policy.\n")),
        "{said:#?}"
    );
    assert!(!said[1].contains("agrees"), "{said:#?}");
    assert!(said[2].starts_with(LOCKED), "{said:#?}");
    assert!(said[3].contains("At the statement of the policy:\nagree agrees to the statement."), "{said:#?}");
}

#[test]
fn once_the_policy_is_agreed_to_nothing_is_said_to_agree_to_it() {
    let said = heard(&mut asked_to_agree(), &["policy", "help", "agree", "policy", "help", "agree"]);
    assert!(said[1].contains("Here:\nagree agrees to the statement."), "{said:#?}");
    let agreed = "You agreed to the policy on ";
    assert!(said[3].starts_with(agreed), "{said:#?}");
    assert!(
        said[4].contains("Here:\nYou agreed to the policy. Enter goes on. read: read the policy again.\n"),
        "{said:#?}"
    );
    assert!(said[5].starts_with(agreed), "{said:#?}");
}

/// It was said to type assessment to go there, and that led nowhere.
#[test]
fn where_no_attempt_can_begin_nobody_is_sent_to_begin_one() {
    let mut world = begun();
    let said = heard(&mut world, &["policy", "start", "assessment"]);
    assert!(
        said[1].starts_with("The assessment is locked: type assessment to hear what comes first."),
        "{said:#?}"
    );
    assert!(said[2].starts_with("Assessment: locked. This comes first:\n"), "{said:#?}");
    let said = heard(&mut read(), &["policy", "start", "assessment", "start", "policy", "start"]);
    assert!(
        said[1].starts_with("An attempt begins at the assessment: type assessment to go there."),
        "{said:#?}"
    );
    assert!(said[5].starts_with("Your attempt at the assessment is under way:"), "{said:#?}");
    let said = heard(&mut asked_to_agree(), &["read 1", "start"]);
    assert!(said[1].starts_with("The assessment is passed, so there is no attempt to begin."), "{said:#?}");
}
