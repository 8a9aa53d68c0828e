//! What could not be saved: nothing goes past it, and nothing of it is lost.

use super::on_lesson;
use crate::training::{Trouble, TroubleKind};
use crate::tui::effect::Effect;
use crate::tui::message::{Destination, Message};
use crate::tui::overlay::Overlay;
use crate::tui::screens::Screen;
use crate::tui::testing::{Stage, ada, small_course, trouble};

#[test]
fn what_could_not_be_saved_blocks_until_it_was() {
    let mut stage = Stage::new(80, 24, small_course());
    stage.world.save_troubles.extend([trouble("disk full"), trouble("disk still full")]);
    stage.keys("Enter");
    assert!(stage.screen().contains("not saved: disk full"), "{}", stage.screen());
    assert!(stage.screen().contains("hint: free some space"), "{}", stage.screen());
    stage.keys("j Space Esc ?");
    assert!(matches!(stage.model.overlay(), Some(Overlay::NotSaved(_))), "nothing goes past it");
    stage.keys("r");
    assert!(stage.screen().contains("disk still full"), "{}", stage.screen());
    stage.keys("r");
    assert_eq!(stage.model.overlay(), None);
    assert!(stage.world.stored.lessons.contains_key("lessons/1.md"), "saved in the end");
}

#[test]
fn what_stood_behind_a_failed_save_waits_for_it() {
    let mut stage = on_lesson();
    stage.keys("j");
    stage.world.save_troubles.push_back(trouble("disk full"));
    stage.keys("Ctrl-C");
    assert!(!stage.ended, "leaving waits for the save");
    stage.keys("r");
    assert!(stage.ended);
    // And who cannot save can leave all the same.
    let mut stage = on_lesson();
    stage.keys("j");
    stage.world.save_troubles.push_back(trouble("disk full"));
    stage.keys("Ctrl-C q");
    assert!(stage.ended);
}

/// What the learner has done is what is stored.
fn assert_all_is_kept(stage: &Stage) {
    assert_eq!(stage.model.training().map(crate::training::Training::progress), Some(&stage.world.stored));
}

/// An answer to the check could not be saved.
fn with_an_unsaved_answer() -> Stage {
    let mut stage = Stage::new(80, 24, small_course());
    stage.message(Message::Go(Destination::Check(0)));
    stage.world.save_troubles.push_back(trouble("disk full"));
    stage.keys("Down Space");
    assert!(matches!(stage.model.overlay(), Some(Overlay::NotSaved(_))), "{}", stage.screen());
    assert_ne!(stage.model.training().map(crate::training::Training::progress), Some(&stage.world.stored));
    stage
}

#[test]
fn nothing_is_saved_before_what_could_not_be_saved_nor_instead_of_it() {
    // A later change used to take the place of the one that failed, or to be saved before it.
    let mut stage = with_an_unsaved_answer();
    let saves = stage.world.saves;
    let later = stage.model.training_mut().map(|training| {
        training.read_whole(
            crate::training::Text::Lesson(1),
            1,
            crate::clock::Timestamp::from_unix(1_795_338_001).expect("a time"),
        )
    });
    stage.perform(vec![Effect::Save(later.expect("somebody learns"))]);
    assert_eq!(stage.world.saves, saves, "it waits");
    assert!(matches!(stage.model.overlay(), Some(Overlay::NotSaved(_))), "{}", stage.screen());
    stage.keys("r");
    assert_eq!(stage.model.overlay(), None);
    assert_eq!(stage.world.saves, saves + 2);
    assert_all_is_kept(&stage);
}

#[test]
fn leaving_with_something_unsaved_tries_once_more() {
    let mut stage = with_an_unsaved_answer();
    stage.world.save_troubles.push_back(trouble("still full"));
    stage.keys("Ctrl-C");
    assert!(!stage.ended && stage.screen().contains("still full"), "{}", stage.screen());
    stage.keys("Ctrl-C");
    assert!(stage.ended);
    assert_all_is_kept(&stage);
}

#[test]
fn the_shell_can_be_reached_while_something_is_unsaved() {
    let mut stage = with_an_unsaved_answer();
    stage.keys("Ctrl-Z");
    assert_eq!(stage.session.suspended, 1);
    assert!(matches!(stage.model.overlay(), Some(Overlay::NotSaved(_))), "{}", stage.screen());
    stage.keys("r");
    assert_all_is_kept(&stage);
}

#[test]
fn a_closed_terminal_saves_what_waits_first() {
    let mut stage = with_an_unsaved_answer();
    stage.hang_up();
    assert_all_is_kept(&stage);
    // And what builds on something that cannot be saved is not saved without it.
    let mut stage = with_an_unsaved_answer();
    let saves = stage.world.saves;
    stage.perform(vec![Effect::Save(Vec::new())]);
    stage.world.save_troubles.push_back(trouble("still full"));
    stage.hang_up();
    assert_eq!(stage.world.saves, saves);
}

#[test]
fn what_failed_and_was_closed_is_given_up() {
    let mut stage = on_lesson();
    stage.world.troubles.push_back(trouble("no printer"));
    stage.perform(vec![Effect::Introduce(Box::new(crate::tui::effect::NewLearner {
        person: ada(),
        passphrase: None,
    }))]);
    stage.keys("Esc");
    assert_eq!(stage.model.overlay(), None);
    stage.perform(vec![Effect::Retry]);
    assert!(matches!(stage.model.screen(), Some(Screen::Lesson(_))), "{}", stage.screen());
}

#[test]
fn another_copy_that_was_first_is_taken_over() {
    let mut stage = Stage::new(80, 24, small_course());
    let kind = TroubleKind::Conflict;
    stage.world.save_troubles.push_back(Trouble {
        kind,
        message: "another running copy has gone on with this check".to_owned(),
        hint: Some("what it saved is shown now".to_owned()),
    });
    stage.keys("Enter");
    assert!(matches!(stage.model.overlay(), Some(Overlay::Conflict(_))), "{}", stage.screen());
    let told = stage.screen();
    for words in [
        "This course is open twice on this computer",
        "your last step here was not saved.",
        "q leaves this copy.",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    // It was said to be shown before anybody had agreed to that.
    assert!(!told.contains("is shown now"), "{told}");
    // What to do about it was not said.
    stage.world.troubles.push_back(trouble("the key is gone"));
    // Meant for the question beneath.
    stage.keys("Enter");
    assert_eq!(stage.screen(), told);
    stage.keys("r");
    assert!(matches!(stage.model.overlay(), Some(Overlay::Conflict(_))), "{}", stage.screen());
    let told = stage.screen();
    assert!(told.contains("cannot be read: the key is gone") && told.contains("free some space"), "{told}");
    stage.keys("r");
    assert_eq!(stage.model.overlay(), None);
    assert!(stage.screen().contains("your last step here was not saved"), "{}", stage.screen());
    assert_eq!(stage.model.training().map(crate::training::Training::progress), Some(&stage.world.stored));
}

#[test]
fn a_turned_page_that_could_not_be_saved_is_saved_when_that_is_possible() {
    let mut stage = Stage::new(80, 24, crate::tui::screens::samples::small_course());
    stage.message(Message::Go(Destination::Lesson(0)));
    stage.world.save_troubles.push_back(trouble("disk full"));
    stage.keys("PgDn");
    assert!(matches!(stage.model.overlay(), Some(Overlay::NotSaved(_))), "{}", stage.screen());
    assert_eq!(stage.world.stored.lessons["lessons/1.md"].place, 0);
    stage.keys("r");
    assert_eq!(stage.model.overlay(), None);
    assert_eq!(stage.model.training().map(crate::training::Training::progress), Some(&stage.world.stored));
    assert!(stage.world.stored.lessons["lessons/1.md"].place > 0);
}

#[test]
fn suspending_saves_first() {
    let mut stage = on_lesson();
    let saves = stage.world.saves;
    stage.keys("j Ctrl-Z");
    assert_eq!((stage.session.suspended, stage.world.saves), (1, saves + 1));
}
