//! A click acts when the button is let go. A double click is one click, and does nothing to what its first half brought.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use super::*;
use crate::quiz::key as answer_key;
use crate::training::Text;
use crate::tui::screens::samples::{after, beginning, ready_for_the_assessment};
use crate::tui::testing::{Stage, click_on, events};

/// What was typed before is looked for; a moment without anything.
fn pause() -> Occurrence {
    Occurrence::TimeOut
}

/// The face as it is when `stage` is started again and `keys` were pressed, then `words` clicked so many times at this pace.
fn clicked(stage: Stage, keys: &str, words: &str, times: usize, pace: Duration) -> Played {
    clicked_within(stage, keys, words, &vec![0; times], pace)
}

/// The same, so many columns behind their first letter each time.
fn clicked_within(stage: Stage, keys: &str, words: &str, columns: &[u16], pace: Duration) -> Played {
    let mut stage = stage.restart();
    stage.keys(keys);
    let first = place_of(&stage, words);
    let places = columns.iter().map(|on| Position { x: first.x + on, ..first });
    let clicks = places.flat_map(|at| [pause(), press(at), release(at)]);
    // Before each click there is a pause, and the button is held, which takes its time, too.
    let occurrences = keyed(keys).chain(clicks).chain([pause(), pause()]).collect();
    play_by(stage.world, Script { occurrences, pace: pace / 3, ..Script::default() })
}

/// Where `words` are clicked.
fn place_of(stage: &Stage, words: &str) -> Position {
    match click_on(stage.terminal.backend().buffer(), words) {
        Event::Mouse(mouse) => Position { x: mouse.column, y: mouse.row },
        other => panic!("a click, not {other:?}"),
    }
}

fn keyed(keys: &str) -> impl Iterator<Item = Occurrence> + use<> {
    events(keys).into_iter().flat_map(|key| [pause(), Occurrence::Input(key)])
}

fn press(at: Position) -> Occurrence {
    button(MouseEventKind::Down(MouseButton::Left), at)
}

fn release(at: Position) -> Occurrence {
    button(MouseEventKind::Up(MouseButton::Left), at)
}

fn button(kind: MouseEventKind, at: Position) -> Occurrence {
    let modifiers = crossterm::event::KeyModifiers::NONE;
    Occurrence::Input(Event::Mouse(MouseEvent { kind, column: at.x, row: at.y, modifiers }))
}

/// The face as it is after this on a stage that is started again.
fn played(stage: Stage, occurrences: impl IntoIterator<Item = Occurrence>) -> Played {
    let occurrences = occurrences.into_iter().chain([pause(), pause()]).collect();
    play_by(stage.restart().world, Script { occurrences, ..Script::default() })
}

/// A click did what it did when the button went down, and nobody could think better of it.
#[test]
fn a_click_acts_when_it_is_let_go_where_it_was_pressed() {
    let mut stage = beginning(80, 24);
    stage.keys("Enter");
    let page = place_of(&stage, "Space page");
    let beside = Position { x: page.x + 4, ..page };
    let after = |then: &[Occurrence]| {
        let before = keyed("Enter").chain([pause(), press(page)]);
        played(beginning(80, 24), before.chain(then.to_vec())).screen
    };
    let unturned = played(beginning(80, 24), keyed("Enter")).screen;
    let turned = played(beginning(80, 24), keyed("Enter Space")).screen;
    assert_ne!(turned, unturned);
    assert_eq!(after(&[]), unturned, "it is held");
    assert_eq!(after(&[release(page)]), turned);
    assert_eq!(after(&[release(beside)]), turned, "within the same words");
    let elsewhere = [Position::ORIGIN, Position { y: 3, ..page }, place_of(&stage, "Esc")];
    for at in elsewhere {
        assert_eq!(after(&[release(at)]), unturned, "{at}");
        assert_eq!(after(&[release(at), release(page)]), unturned, "{at}");
    }
    let other = button(MouseEventKind::Up(MouseButton::Right), page);
    assert_eq!(after(&[other]), unturned, "another button");
}

/// The screen changed while the button was held.
#[test]
fn what_came_beneath_a_button_that_is_held_was_not_clicked() {
    let leave = place_of(&beginning(80, 24), "Esc quit");
    let held =
        |keys: &str| keyed("").chain([press(leave)]).chain(keyed(keys)).chain([pause(), release(leave)]);
    assert_eq!(played(beginning(80, 24), held("")).ending, Ending::Left);
    assert_eq!(played(beginning(80, 24), held("Down")).ending, Ending::Left, "it stands there still");
    for keys in ["Enter", "?", "/"] {
        assert_eq!(played(beginning(80, 24), held(keys)).ending, Ending::HungUp, "{keys}");
    }
}

/// What is dragged is held from the moment when the button goes down.
#[test]
fn a_line_is_held_where_it_is_pressed_and_goes_where_it_is_let_go() {
    let mut files = (*small_course().files).clone();
    let order = r#"(id: "one", title: "Check", questions: [Order(id: "order", topic: "a", prompt: "In which order?",
        items: [(id: "x", text: "Report"), (id: "y", text: "Wait"), (id: "z", text: "Change")])])"#;
    files.insert("quizzes/1.ron".to_owned(), order.as_bytes().to_vec());
    let course = Arc::new(crate::course::parse(files).expect("no faults"));
    let asked = || {
        after(Stage::new(80, 24, Arc::clone(&course)), |training, now| {
            let mut changes = training.read_whole(Text::Lesson(0), 30, now);
            changes.extend(training.start_check(0));
            changes
        })
    };
    let items = ["Report", "Wait", "Change"];
    let order = |screen: &str| {
        let place = |item| screen.find(item).unwrap_or_else(|| panic!("no {item}: {screen}"));
        let mut places = items.map(|item| (place(item), item));
        places.sort_unstable();
        places.map(|(_, item)| item)
    };
    let mut stage = asked();
    stage.keys("Enter");
    let [first, second, third] = order(&stage.screen());
    let (from, to) = (place_of(&stage, first), place_of(&stage, third));
    let drag = |to| keyed("Enter").chain([pause(), press(from), pause(), release(to)]);
    assert_eq!(order(&played(asked(), drag(to)).screen), [second, third, first]);
    assert_eq!(order(&played(asked(), drag(from)).screen), [first, second, third]);
    assert_eq!(order(&played(asked(), drag(Position::ORIGIN)).screen), [first, second, third]);
    // The button was let go outside the window; what is pressed then moves nothing.
    let beside = Position { y: to.y + 4, ..to };
    let lost = [
        press(from),
        pause(),
        press(beside),
        button(MouseEventKind::Drag(MouseButton::Left), to),
        release(to),
    ];
    let lost = played(asked(), keyed("Enter").chain([pause()]).chain(lost));
    assert_eq!(order(&lost.screen), [first, second, third]);
    assert!(!lost.screen.contains('→'), "{}", lost.screen);
}

fn attempt_begun() -> Stage {
    after(ready_for_the_assessment(80, 24), |training, now| {
        let mut changes = training.start_attempt(now);
        let question = training.attempt().and_then(|(_, sitting)| sitting.question(0)).cloned();
        changes.extend(training.answer(0, question.as_ref().map(answer_key::key), None, 5));
        changes
    })
}

const AT_ONCE: Duration = Duration::from_millis(20);
const AGAIN: Duration = Duration::from_millis(900);
/// The second half of a slow hand comes as late as systems wait for it.
const SLOWLY: Duration = Duration::from_millis(460);

/// "Esc not yet" and the button stand near where "s submit" stood.
#[test]
fn an_attempt_is_submitted_by_two_clicks_that_were_meant() {
    let submitted = |keys: &str, words: &str, times: usize, pace: Duration| {
        let played = clicked(attempt_begun(), keys, words, times, pace);
        played.world.stored.attempts.last().expect("begun").submitted.is_some()
    };
    for (pace, times) in [(AT_ONCE, 2), (AT_ONCE, 3), (SLOWLY, 2), (AGAIN, 2)] {
        assert!(!submitted("Ctrl-O", "s submit", times, pace), "{pace:?} {times}");
    }
    for (pace, times, is_submitted) in [(AT_ONCE, 3, false), (SLOWLY, 2, false), (AGAIN, 2, true)] {
        assert_eq!(submitted("Ctrl-O s", "Submit ]", times, pace), is_submitted, "{pace:?} {times}");
    }
}

/// No hand holds still between the halves of a double click.
#[test]
fn the_second_half_may_come_beside_the_first() {
    for columns in [[0, 1], [1, 0], [0, 4]] {
        let played = clicked_within(attempt_begun(), "Ctrl-O", "s submit", &columns, AT_ONCE);
        assert!(
            played.world.stored.attempts.iter().all(|attempt| attempt.submitted.is_none()),
            "{columns:?}"
        );
        let played = clicked_within(ready_for_the_assessment(80, 24), "Enter Up", "Begin", &columns, AT_ONCE);
        assert_eq!(played.world.stored.attempts.len(), 0, "{columns:?}: {}", played.screen);
    }
}

/// "click again" was read by nobody within a tenth of a second.
#[test]
fn an_attempt_is_begun_by_two_clicks_that_were_meant() {
    for (pace, begun) in [(AT_ONCE, 0), (AGAIN, 1)] {
        let played = clicked(ready_for_the_assessment(80, 24), "Enter Up", "Begin", 2, pace);
        assert_eq!(played.world.stored.attempts.len(), begun, "{pace:?}: {}", played.screen);
    }
}

/// They stand at the same place.
#[test]
fn leaving_a_lesson_opens_nothing_else() {
    for (pace, notes) in [(AT_ONCE, false), (AGAIN, true)] {
        let played = clicked(beginning(80, 24), "Enter", "Esc", 2, pace);
        assert_eq!(played.screen.contains("Bookmarks and notes"), notes, "{pace:?}: {}", played.screen);
    }
}

/// The page between was gone within a fifth of a second, and counted as read; an option was ticked and was not.
#[test]
fn a_double_click_is_one() {
    let is_once = |what: &str, shown: &dyn Fn(usize, Duration) -> String| {
        let once = shown(1, AT_ONCE);
        for pace in [AT_ONCE, SLOWLY] {
            assert_eq!(shown(2, pace), once, "{what}, {pace:?}");
        }
        assert_ne!(shown(2, AGAIN), once, "{what}");
    };
    is_once("a page", &|times, pace| clicked(beginning(80, 24), "Enter", "Space page", times, pace).screen);
    for (what, words) in [("a question", "Enter next"), ("a flag", "f flag")] {
        is_once(what, &|times, pace| clicked(attempt_begun(), "", words, times, pace).screen);
    }
}

/// Whoever goes on clicking goes on.
#[test]
fn what_is_clicked_on_and_on_is_not_clicked_once() {
    let place = |times, pace| {
        let played = clicked(beginning(80, 24), "Enter", "Space page", times, pace);
        played.screen
    };
    assert_eq!(place(4, Duration::from_millis(260)), place(2, AGAIN));
}

/// What is a step of many is done as often as it is clicked.
#[test]
fn one_goes_on_as_fast_as_one_clicks() {
    let marked = |screen: &str| {
        let (_, row) = screen.split_once('›').expect("a marked row");
        row.trim_start().chars().take(20).collect::<String>()
    };
    let mut by_keys = beginning(80, 24);
    by_keys.keys("Down Down");
    let played = clicked(beginning(80, 24), "", "↓ choose", 2, AT_ONCE);
    assert_eq!(marked(&played.screen), marked(&by_keys.screen()), "{}", played.screen);
}

/// "Enter next" stood there by the second, and the feedback was passed over.
#[test]
fn what_became_of_an_answer_is_seen() {
    for (pace, question) in [(AT_ONCE, "question 1 of 3"), (AGAIN, "question 2 of 3")] {
        let asked = after(beginning(80, 24), |training, now| {
            let mut changes = training.read_whole(Text::Lesson(0), 30, now);
            changes.extend(training.start_check(0));
            let question = training.check(0).expect("a check").open[0].clone();
            changes.extend(training.draft(0, &question.id, Some(answer_key::key(&question)), None));
            changes
        });
        let played = clicked(asked, "Down", "Enter", 2, pace);
        assert!(played.screen.contains(question), "{pace:?}: {}", played.screen);
        assert_eq!(played.world.stored.checks.values().next().expect("begun").answers.len(), 1);
    }
}
