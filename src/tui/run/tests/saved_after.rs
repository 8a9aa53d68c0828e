//! What is drawn first and saved after it.

use super::*;

#[test]
fn a_turned_page_is_drawn_first_and_saved_when_no_key_follows_at_once() {
    let world = reading(100);
    let journal = Rc::clone(&world.journal);
    let page = || key(KeyCode::PageDown);
    let opened = [key(KeyCode::Enter), pause(), pause()];
    let pages = [page(), pause(), pause(), page(), page(), page(), pause(), pause()];
    let played = play_in(world, opened.into_iter().chain(pages));
    let expected = [
        // The run begins.
        &["save", "frame", "wait"][..],
        // The lesson is opened.
        &["frame", "wait", "save", "wait"],
        &["frame", "wait", "save", "wait"],
        // Three pages that were turned at once are saved together.
        &["frame", "wait", "save", "wait"],
    ];
    assert_eq!(*journal.borrow(), expected.concat());
    assert_eq!(played.waits[2], Some(BREATH));
    assert!(played.world.stored.lessons["lessons/1.md"].place > 0);
}

#[test]
fn whoever_turns_pages_without_a_breath_has_them_saved_all_the_same() {
    let world = reading(1000);
    let journal = Rc::clone(&world.journal);
    let turned = (0..FRAMES_OWING).flat_map(|_| [key(KeyCode::PageDown), pause()]);
    play_in(world, [key(KeyCode::Enter), pause()].into_iter().chain(turned));
    let frames = ["frame", "wait"].repeat(FRAMES_OWING);
    assert_eq!(
        *journal.borrow(),
        [&["save", "frame", "wait"][..], &frames, &["frame", "save", "wait"]].concat()
    );
}

#[test]
fn a_key_that_nothing_seems_to_follow_is_drawn_at_once() {
    let page = || key(KeyCode::PageDown);
    let keys = [key(KeyCode::Enter), page(), page()];
    let mut script = Script { is_hasty: true, ..Script::default() };
    script.occurrences.extend(keys.clone());
    let played = play_by(reading(100), script);
    assert_eq!(played.frames, 1 + keys.len());
    assert_eq!(
        played.waits,
        [Some(REST), Some(BREATH), Some(BREATH), Some(BREATH)],
        "nobody looks for more in between"
    );
}

#[test]
fn a_lesson_that_was_read_is_saved_when_its_end_is_drawn_and_before_anything_else_is() {
    let is_read = |world: &TestWorld| world.stored.lessons["lessons/1.md"].finished_at.is_some();
    let ends = [key(KeyCode::Enter), pause(), key(KeyCode::PageDown), pause()];
    let world = reading(0);
    let journal = Rc::clone(&world.journal);
    let played = play_in(world, ends.iter().cloned().chain([pause()]));
    assert!(played.screen.contains("Enter goes on to the check"), "{}", played.screen);
    assert_eq!(journal.borrow()[4..], ["wait", "frame", "wait", "save", "wait"]);
    assert!(is_read(&played.world));
    // Whoever goes on at once has read it.
    let world = reading(0);
    let journal = Rc::clone(&world.journal);
    let played = play_in(world, ends.iter().cloned().chain([key(KeyCode::Enter), pause()]));
    assert!(played.screen.contains("question 1 of"), "{}", played.screen);
    // The second save begins the check.
    assert_eq!(journal.borrow()[4..], ["wait", "frame", "wait", "save", "save", "frame", "wait"]);
    assert!(is_read(&played.world));
    // And so has whoever goes back, which saves nothing itself.
    let world = reading(0);
    let journal = Rc::clone(&world.journal);
    let played = play_in(world, ends.iter().cloned().chain([key(KeyCode::Esc), pause()]));
    assert!(played.screen.contains("✓ First lesson"), "{}", played.screen);
    assert_eq!(journal.borrow()[4..], ["wait", "frame", "wait", "save", "frame", "wait"]);
    assert!(is_read(&played.world));
}

#[test]
fn what_was_not_drawn_yet_is_saved_before_the_end_and_before_anything_later() {
    let page = || key(KeyCode::PageDown);
    let read = |more: &[Occurrence]| {
        let keys = [key(KeyCode::Enter), pause(), page(), page()];
        let played = play_in(reading(100), keys.into_iter().chain(more.iter().cloned()));
        (played.ending, played.world.stored)
    };
    let (_, drawn) = read(&[pause()]);
    let place = drawn.lessons["lessons/1.md"].place;
    assert!(place > 0);
    for (more, ending) in [
        (vec![Occurrence::Ended(Ending::Signal(15))], Ending::Signal(15)),
        (vec![Occurrence::Ended(Ending::HungUp)], Ending::HungUp),
        (vec![key(KeyCode::Esc), key(KeyCode::Char('q'))], Ending::Left),
        // A bookmark is saved with a notice that it was.
        (vec![key(KeyCode::Char('m')), Occurrence::Ended(Ending::HungUp)], Ending::HungUp),
    ] {
        let (ended, stored) = read(&more);
        assert_eq!((ended, stored.lessons["lessons/1.md"].place), (ending, place), "{more:?}");
    }
}

#[test]
fn a_place_that_cannot_be_saved_is_told_on_the_next_frame() {
    let mut world = reading(100);
    // The run and the opening of the lesson are kept.
    world.saves_left = Some(2);
    let page = key(KeyCode::PageDown);
    let played = play_in(world, [key(KeyCode::Enter), pause(), pause(), page, pause(), pause()]);
    assert!(played.screen.contains("disk full"), "{}", played.screen);
    assert_eq!(played.frames, 4, "the course, the lesson, its next page, and what is told over that");
}
