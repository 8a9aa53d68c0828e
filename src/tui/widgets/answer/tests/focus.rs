//! One place of the focus: the sign and the terminal's cursor are never in two, and what has it is not cut where there is room.

use super::seen::{long_questions, on_screen, questions, room};
use super::*;

const SCREENS: [(u16, u16); 4] = [(40, 12), (60, 20), (80, 24), (120, 40)];

/// Fails when the cursor does not stand on what has the focus, or where reading begins while that is out of sight.
#[track_caller]
fn check_cursor(pad: &AnswerPad, said: &str) {
    let area = Rect::from((Position::ORIGIN, pad.window.size()));
    let mut buffer = Buffer::empty(area);
    pad.view(area, &mut buffer, Theme::PLAIN);
    let cursor = pad.cursor(area).expect("there is room");
    let signs: Vec<u16> = (0..area.height).filter(|y| buffer[(0, *y)].symbol() == "›").collect();
    let shown = || {
        let rows = buffer.content.chunks(usize::from(area.width));
        let rows = rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>());
        format!("{said}, cursor {cursor:?}:\n{}", rows.collect::<Vec<_>>().join("\n"))
    };
    assert!(signs.len() <= 1, "several signs of the focus: {}", shown());
    let in_field = pad.is_typing() && (0..cursor.x).any(|x| buffer[(x, cursor.y)].symbol() == "[");
    let on_sign = (cursor.x, cursor.y) == (0, signs.first().copied().unwrap_or(0));
    assert!(on_sign || in_field, "not on what has the focus: {}", shown());
}

#[test]
fn the_cursor_stands_on_the_sign_of_the_focus_wherever_one_scrolls() {
    let keys = [
        "pgdn", "down", "1", "pgup", "tab", "2", "pgdn", "down", "enter", "3", "up", "right", "space", "end",
        "pgup", "enter", "home", "down", "pgdn", "1", "enter", "2", "pgup", "down", "tab", "enter", "pgdn",
    ];
    let wheel = [Way::On, Way::Back].map(|way| PadMessage::ScrollLines(way, 3));
    let settings = [Setting::Check, Setting::Assessment];
    for (number, question) in questions().into_iter().chain(long_questions()).enumerate() {
        for (size, screen) in SCREENS.into_iter().enumerate() {
            let mut pad = on_screen(&question, screen, settings[(number + size) % 2]);
            let said = |after: &str| format!("{} at {screen:?} after {after}", question.id);
            check_cursor(&pad, &said("nothing"));
            for (nth, key) in keys.into_iter().enumerate() {
                press(&mut pad, key);
                pad.note_shown();
                check_cursor(&pad, &said(key));
                // Whoever scrolls all the time never has the focus in sight.
                for message in wheel.iter().filter(|_| nth % 3 == 0) {
                    pad.update(message);
                    check_cursor(&pad, &said("the wheel"));
                }
            }
        }
    }
}

/// Whether the thing with the focus begins on the screen, fits it, and is cut all the same.
fn is_cut(pad: &AnswerPad) -> bool {
    let range = pad.window.range_of(pad.focus).unwrap_or_default();
    let begins = !range.is_empty() && pad.window.shows(range.start);
    begins && range.len() <= pad.window.height() && !range.clone().all(|row| pad.window.shows(row))
}

#[test]
fn what_has_the_focus_is_whole_when_a_question_opens() {
    let mut scrolled = 0;
    for question in questions().into_iter().chain(long_questions()) {
        for screen in SCREENS {
            let pad = on_screen(&question, screen, Setting::Assessment);
            let top = pad.window.top();
            let above: Option<&Row> = pad.window.rows()[..top].iter().find(|row| row.part.is_some());
            assert!(above.is_none(), "{} at {screen:?}: the question begins above the screen", question.id);
            // "Choose all that apply." was above it.
            let is_guessed = matches!(question.kind, Kind::Single { .. } | Kind::TrueFalse { .. });
            assert!(
                is_guessed || top == 0,
                "{} at {screen:?}: what is to be done is out of sight",
                question.id
            );
            let no_further = pad.window.rows()[top].part.is_some();
            assert!(!is_cut(&pad) || no_further, "{} at {screen:?}", question.id);
            scrolled += usize::from(top > 0);
        }
    }
    assert!(scrolled > 0, "it was always whole");
}

#[test]
fn the_next_step_of_a_story_opens_with_a_whole_option() {
    let mut steps = 0;
    for question in questions().into_iter().filter(|question| matches!(question.kind, Kind::Scenario { .. }))
    {
        for screen in SCREENS {
            let mut pad = on_screen(&question, screen, Setting::Assessment);
            while !pad.is_complete() {
                pad.note_shown();
                while pad.has_unseen() {
                    pad.update(&PadMessage::SeeRest);
                    pad.note_shown();
                }
                press(&mut pad, "1 enter");
                let no_further = pad.window.rows()[pad.window.top()].part.is_some();
                assert!(!is_cut(&pad) || no_further, "{} at {screen:?}\n{}", question.id, text_of(&pad));
                steps += 1;
            }
        }
    }
    assert!(steps > 0, "there is a story");
}

/// A window that became smaller left the focus behind, and a key answered what nobody saw.
#[test]
fn what_has_the_focus_stays_in_sight_when_the_window_changes() {
    let mut looked = 0;
    for question in questions() {
        for downs in 0..6 {
            for (from, to) in [((80, 24), (41, 12)), ((80, 24), (80, 12)), ((120, 40), (40, 12))] {
                let mut pad = on_screen(&question, from, Setting::Check);
                pad.note_shown();
                for _ in 0..downs {
                    press(&mut pad, "down");
                }
                if pad.focus_is_seen() {
                    pad.resize(room(to));
                    let said = format!("{}: {from:?} to {to:?} after {downs}", question.id);
                    assert!(pad.focus_is_seen(), "{said}\n{}", text_of(&pad));
                    looked += 1;
                }
            }
        }
    }
    assert!(looked > 100, "{looked}");
}

/// Whoever read on to the last option was told that nothing is chosen, and no sign said what Space would tick.
#[test]
fn the_sign_of_the_focus_is_seen_when_an_answer_is_asked_for() {
    let mut left_behind = 0;
    for question in questions().into_iter().chain(long_questions()) {
        for (screen, setting) in
            SCREENS.into_iter().flat_map(|screen| [(screen, Setting::Check), (screen, Setting::Assessment)])
        {
            let mut pad = on_screen(&question, screen, setting);
            pad.note_shown();
            while pad.has_unseen() {
                pad.update(&PadMessage::SeeRest);
                pad.note_shown();
            }
            let top = pad.window.top();
            let stays =
                pad.body.points_with_focus() && (0..pad.body.items()).any(|item| pad.begins_in_sight(item));
            left_behind += usize::from(!pad.focus_is_seen());
            pad.go_to_trouble();
            let said = format!("{} at {screen:?}\n{}", question.id, text_of(&pad));
            assert!(pad.focus_is_seen(), "{said}");
            assert!(!stays || pad.window.top() >= top, "nobody is led back: {said}");
        }
    }
    assert!(left_behind > 20, "{left_behind}");
}

/// A number moved a line that was out of sight.
#[test]
fn a_line_out_of_sight_is_seen_before_it_is_moved() {
    let ordering = long_questions().remove(1);
    for key in ["3", "J"] {
        let mut pad = on_screen(&ordering, (40, 12), Setting::Check);
        pad.note_shown();
        let start = pad.window.range_of(0).expect("it is laid out").start;
        pad.window.scroll(Way::On, start + 1);
        assert!(!pad.focus_is_seen());
        press(&mut pad, key);
        assert_eq!((pad.response(), pad.focus_is_seen()), (None, true), "{key}");
        press(&mut pad, key);
        assert!(pad.response().is_some(), "{key}");
    }
}
