//! What was typed before somebody saw what it would answer.

use super::*;
use crate::digest::Digest;
use crate::training::Assigned;
use crate::tui::message::Destination;

#[test]
fn what_was_typed_before_a_question_was_seen_does_not_answer_it() {
    let type_all = |typed: &str| -> Vec<Occurrence> { typed.chars().map(KeyCode::Char).map(key).collect() };
    let mut pasted = vec![key(KeyCode::Enter)];
    pasted.extend(type_all("l1y"));
    assert_eq!(play(pasted).world.opened, Vec::<String>::new());
    let mut read = vec![key(KeyCode::Enter)];
    read.extend(type_all("l1"));
    read.push(Occurrence::TimeOut);
    read.extend(type_all("y"));
    assert_eq!(play(read).world.opened, ["https://example.com/list?a=1"]);
}

/// It was typed for the shell, or for what came after.
#[test]
fn what_was_typed_before_the_program_began_does_not_answer_what_it_asks_first() {
    let runs = |before: &[Occurrence]| {
        let mut world = TestWorld::unknown(small_course());
        world.person = Some(ada());
        let mut stage = crate::tui::testing::Stage::with_world(80, 24, world);
        stage.keys("Enter").read_through();
        stage.world.assigned = Some(Assigned {
            id: "urn:uuid:00000000-0000-4000-8000-000000000000".to_owned(),
            digest: Digest::of(b"assignment"),
            nonce: "n".repeat(22),
            due: stage.world.now,
            deliver_to: "hr@example.com".to_owned(),
            reason: None,
        });
        let yes = || key(KeyCode::Char('y'));
        let typed = before.iter().cloned().chain([yes(), pause(), yes()]);
        play_in(stage.world, typed).world.stored.runs.len()
    };
    assert_eq!(runs(&[]), 1);
    assert_eq!(runs(&[pause()]), 2);
}

/// Both in one write: the second Enter was meant for the agreement, and so was whatever stood behind it.
#[test]
fn what_was_typed_before_the_signature_was_asked_for_signs_nothing() {
    let signed = |between: &[Occurrence]| {
        let mut stage = crate::tui::screens::samples::ready_for_the_policy(80, 24);
        stage.message(Message::Go(Destination::Policy));
        stage.read_through();
        // Left and come back to by the row of the course that has the focus.
        let mut keys =
            vec![key(KeyCode::Enter), pause(), key(KeyCode::End), pause(), key(KeyCode::Enter), pause()];
        keys.extend("agree".chars().map(KeyCode::Char).map(key));
        keys.push(key(KeyCode::Enter));
        keys.extend_from_slice(between);
        keys.extend([key(KeyCode::Down), key(KeyCode::Enter)]);
        let played = play_in(stage.world, keys);
        assert!(played.world.stored.acknowledgement.is_some(), "{}", played.screen);
        played.world.stored.completions.len()
    };
    assert_eq!(signed(&[]), 0);
    assert_eq!(signed(&[key(KeyCode::Enter)]), 0);
    assert_eq!(signed(&[pause()]), 1);
}

#[test]
fn what_was_typed_before_a_save_failed_does_not_give_up_what_is_unsaved() {
    // The q of a word in an answer left the program without the answer.
    let typed = |pause: &[Occurrence]| {
        let mut world = TestWorld::unknown(small_course());
        world.person = Some(ada());
        // The first keeps that the run began.
        world.saves_left = Some(1);
        let mut keys = vec![key(KeyCode::Enter)];
        keys.extend_from_slice(pause);
        keys.push(key(KeyCode::Char('q')));
        play_in(world, keys).ending
    };
    assert_eq!(typed(&[]), Ending::HungUp);
    // It fails to be saved that the lesson was opened.
    assert_eq!(typed(&[pause(), pause()]), Ending::HungUp);
    // That is seen then, and the first key after it counts.
    assert_eq!(typed(&[pause(), pause(), pause()]), Ending::Left);
}

#[test]
fn what_was_typed_before_the_lesson_was_seen_again_turns_no_page() {
    let typed_ahead = |pause_before: bool| {
        let begun =
            play_in(reading(1000), [key(KeyCode::Enter), pause(), pause(), key(KeyCode::PageDown), pause()])
                .world;
        let place = begun.stored.lessons["lessons/1.md"].place;
        assert!(place > 0);
        let mut keys = vec![key(KeyCode::PageDown), key(KeyCode::Enter), pause()];
        if pause_before {
            keys.insert(0, pause());
        }
        let played = play_in(begun, keys);
        assert!(!played.screen.contains("Line by line") || !pause_before, "{}", played.screen);
        (place, played.world.stored.lessons["lessons/1.md"].place)
    };
    let (before, after) = typed_ahead(false);
    assert_eq!(before, after);
    let (before, after) = typed_ahead(true);
    assert!(before < after);
}

#[test]
fn what_was_typed_when_the_lesson_stood_there_before_the_face_did_turns_a_page() {
    for before in [Before::Nothing, Before::TheSame, Before::Another] {
        let keys = [key(KeyCode::Enter), pause(), pause(), key(KeyCode::PageDown), pause()];
        let begun = play_in(reading(1000), keys).world;
        let place = begun.stored.lessons["lessons/1.md"].place;
        let mut script = Script { before, ..Script::default() };
        script.occurrences.extend([key(KeyCode::PageDown), pause()]);
        let after = play_by(begun, script).world.stored.lessons["lessons/1.md"].place;
        assert_eq!(after > place, before == Before::TheSame);
    }
    // Where nobody is greeted, too, a picture of something else is not answered.
    for (before, is_opened) in [(Before::Nothing, true), (Before::TheSame, true), (Before::Another, false)] {
        let mut script = Script { before, ..Script::default() };
        script.occurrences.extend([key(KeyCode::Enter), pause()]);
        let played = play_by(reading(1000), script);
        assert_eq!(!played.world.stored.lessons.is_empty(), is_opened, "{}", played.screen);
    }
}
