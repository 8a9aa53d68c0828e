//! What is clicked, and what is held and moved with the mouse.

use super::seen::{long_questions, on_screen, questions};
use super::*;

#[test]
fn clicks() {
    let area = Rect::new(3, 2, 77, 20);
    let mut pad = AnswerPad::new(&samples::single(), &[], None, ASKED, Setting::Check);
    let at = |pad: &AnswerPad, words: &str| {
        let rows: Vec<String> = pad.window.rows().iter().map(Row::text).collect();
        let (y, row) =
            rows.iter().enumerate().find(|(_, row)| row.contains(words)).expect("it is on the screen");
        let column = Printable::new(row.split(words).next().unwrap_or_default()).width();
        let narrow = |number: usize| u16::try_from(number).expect("it is on the screen");
        Position::new(area.x + narrow(column), area.y + narrow(y))
    };
    let message = pad.message_at(area, at(&pad, "The option two"));
    assert_eq!(message, Some(PadMessage::Choose(1)));
    let message = pad.message_at(area, at(&pad, "fairly"));
    assert_eq!(message, Some(PadMessage::Certainty(Certainty::Fairly)));
    assert_eq!(pad.message_at(area, at(&pad, "What about")), None);
    assert_eq!(pad.message_at(area, Position::new(0, 5)), None);
    pad.reveal();
    assert_eq!(pad.message_at(area, at(&pad, "The option two")), None);

    let gaps = self::pad(&samples::cloze());
    let message = gaps.message_at(area, at(&gaps, "The option nine"));
    assert_eq!(message, Some(PadMessage::ChooseIn(0, 1)));
    for (words, gap) in [("1: …", 0), ("‹2", 1), ("3: …›", 2)] {
        let message = gaps.message_at(area, at(&gaps, words));
        assert_eq!(message, Some(PadMessage::FocusOn(gap)), "{words}");
    }
    let mut order = self::pad(&samples::order());
    let message = order.message_at(area, at(&order, "↓ The item b")).expect("an arrow");
    order.update(&message);
    assert_eq!(json(order.response().as_ref()), r#"["a","c","b","d","e"]"#);
    let mut pairs = self::pad(&samples::matching());
    for words in ["The left b", "The item x"] {
        let message = pairs.message_at(area, at(&pairs, words)).expect("a side");
        pairs.update(&message);
    }
    assert_eq!(json(pairs.response().as_ref()), r#"{"b":"x"}"#);
}

/// The view went to the prompt, and something else lay under the pointer.
#[test]
fn what_is_clicked_stays_under_the_pointer() {
    let mut question = samples::single();
    question.prompt = "A long story comes before it. ".repeat(12);
    let mut pad = pad(&question);
    let area = Rect::new(0, 0, 38, 8);
    pad.resize(area.as_size());
    while pad.update(&PadMessage::Scroll(Way::On)) || pad.window.bottom() < pad.window.len() {}
    let line = |pad: &AnswerPad| {
        (0..8).find(|y| pad.message_at(area, Position::new(4, *y)) == Some(PadMessage::Choose(0)))
    };
    let before = line(&pad);
    assert!(before.is_some(), "it is on the screen");
    pad.update(&PadMessage::Choose(0));
    assert_eq!((line(&pad), json(pad.response().as_ref())), (before, r#""one""#.to_owned()));
}

/// Presses and lets go of the mouse on two words of a pad.
fn drag(pad: &mut AnswerPad, from: &str, to: &str) -> bool {
    let area = Rect::new(0, 0, 60, 14);
    pad.resize(area.as_size());
    let place = |pad: &AnswerPad, words: &str| {
        let row = pad.window.rows().iter().position(|row| row.text().contains(words)).expect("it is there");
        Position::new(12, u16::try_from(row).expect("few rows"))
    };
    let down = pad.message_at(area, place(pad, from)).expect("it can be clicked");
    pad.update(&down);
    let drop = pad.message_for_drag(area, place(pad, to), Drag::Ends).expect("something is held");
    pad.update(&drop)
}

/// The arrow moved away under the pointer with its line.
#[test]
fn a_line_is_moved_by_holding_it_with_the_mouse() {
    let mut pad = pad(&samples::order());
    assert!(drag(&mut pad, "The item a", "The item d"));
    assert_eq!(json(pad.response().as_ref()), r#"["b","c","d","a","e"]"#);
    assert!(drag(&mut pad, "The item e", "The item b"));
    assert_eq!(json(pad.response().as_ref()), r#"["e","b","c","d","a"]"#);
    // A click moves nothing, and the button of an arrow that is let go does no more than it did.
    assert!(!drag(&mut pad, "The item c", "The item c"));
    let area = Rect::new(0, 0, 60, 14);
    let arrow = Position::new(5, 6);
    assert_eq!(pad.message_at(area, arrow), Some(PadMessage::Shift(1, Way::Back)));
    pad.update(&PadMessage::Shift(1, Way::Back));
    assert_eq!(pad.message_for_drag(area, arrow, Drag::Ends), None);
    // Let go beside the things, it stays where it was, and is held no more.
    for beside in [Position::new(12, 0), Position::new(99, 99)] {
        pad.update(&PadMessage::Grasp(0));
        assert_eq!(pad.message_for_drag(area, beside, Drag::Ends), Some(PadMessage::LetGo));
        assert!(!pad.update(&PadMessage::LetGo));
        assert_eq!(pad.message_for_drag(area, Position::new(12, 8), Drag::Ends), None);
    }
}

/// Nothing moved before the button was let go, so that nobody saw where a line would go.
#[test]
fn it_is_seen_where_a_line_that_is_held_would_go() {
    let mut pad = pad(&samples::order());
    let area = Rect::new(0, 0, 60, 14);
    pad.resize(area.as_size());
    let at = |pad: &AnswerPad, words: &str| place_of(pad, words);
    let signs = |pad: &AnswerPad| -> Vec<String> {
        let rows = pad.window.rows().iter().map(Row::text).filter(|row| row.contains("The item"));
        rows.map(|row| row.chars().take(4).collect()).collect()
    };
    let [b, d] = ["The item b", "The item d"].map(|words| at(&pad, words));
    assert_eq!(pad.message_for_drag(area, d, Drag::Carries), None, "nothing is held");
    let press = pad.message_at(area, b).expect("it can be taken");
    pad.update(&press);
    assert_eq!(signs(&pad), ["  1 ", "› 2 ", "  3 ", "  4 ", "  5 "]);
    let carried = pad.message_for_drag(area, d, Drag::Carries).expect("it comes over another");
    assert!(!pad.update(&carried), "nothing is answered before it is let go");
    assert_eq!(signs(&pad), ["  1 ", "› 2 ", "  3 ", "→ 4 ", "  5 "]);
    assert_eq!(pad.message_for_drag(area, d, Drag::Carries), None, "it is said once");
    // Over itself and beside the things it would stay.
    for beside in [b, Position::new(12, 0)] {
        pad.update(&carried);
        let beside = pad.message_for_drag(area, beside, Drag::Carries).expect("it comes away");
        pad.update(&beside);
        assert_eq!(signs(&pad), ["  1 ", "› 2 ", "  3 ", "  4 ", "  5 "]);
    }
    // What it was over may be elsewhere when the lines have moved beneath it.
    pad.update(&carried);
    pad.update(&PadMessage::ScrollLines(Way::On, 3));
    assert_eq!(signs(&pad)[3], "  4 ");
    pad.update(&PadMessage::ScrollLines(Way::Back, 3));
    pad.update(&carried);
    let drop = pad.message_for_drag(area, d, Drag::Ends).expect("it is let go");
    assert!(pad.update(&drop));
    assert_eq!(signs(&pad), ["  1 ", "  2 ", "  3 ", "› 4 ", "  5 "]);
    assert_eq!(json(pad.response().as_ref()), r#"["a","c","d","b","e"]"#);
}

/// Whoever had a mouse alone could take the order that was dealt only by moving something and back.
#[test]
fn the_order_that_was_dealt_is_taken_by_a_click_on_what_says_so() {
    for width in [77, 38] {
        let area = Rect::new(0, 0, width, 40);
        let mut pad = pad(&samples::order());
        pad.resize(area.as_size());
        assert!(pad.keys().contains(&("Space", "answer with the order as it is")));
        let message = pad.message_at(area, place_of(&pad, "not answered yet"));
        assert_eq!(message, Some(PadMessage::TakeOrder));
        pad.update(&PadMessage::TakeOrder);
        assert_eq!(json(pad.response().as_ref()), r#"["a","b","c","d","e"]"#);
        assert!(!pad.keys().contains(&("Space", "answer with the order as it is")));
    }
}

#[test]
fn decisions_of_a_story_are_taken_back_by_clicks_on_what_says_so() {
    for width in [77, 38, 30] {
        let area = Rect::new(0, 0, width, 40);
        let mut pad = pad(&samples::scenario());
        pad.resize(area.as_size());
        for (choices, words, expected) in [
            (&[1, 0, 0][..], "one step back", r#"["wait","tell"]"#),
            // Of several decisions it is asked first, and asked anew after anything else.
            (&[], "begin again", r#"["wait","tell"]"#),
            (&[], "one step back", r#"["wait"]"#),
            (&[0], "begin again", r#"["wait","tell"]"#),
            (&[], "once more", "null"),
            (&[1], "one step back", "null"),
        ] {
            for choice in choices {
                pad.note_shown();
                pad.update(&PadMessage::Choose(*choice));
                pad.update(&PadMessage::Decide);
            }
            let message = pad.message_at(area, place_of(&pad, words)).expect("a way back");
            pad.update(&message);
            assert_eq!(json(pad.response().as_ref()), expected, "{width} {words}");
        }
    }
}

/// The sentence named Enter, and a click on it did nothing.
#[test]
fn a_story_that_ended_is_handed_in_by_a_click_on_what_says_so() {
    for width in [77, 38] {
        let area = Rect::new(0, 0, width, 40);
        let mut pad =
            AnswerPad::new(&samples::scenario(), &[], None, CertaintyLine::NotAsked, Setting::Check);
        pad.resize(area.as_size());
        press(&mut pad, "2 enter enter 1 enter 1 enter");
        for words in ["The story ends", "decisions in."] {
            let message = pad.message_at(area, place_of(&pad, words));
            assert_eq!(message, Some(PadMessage::HandIn), "{words} at {width}");
        }
    }
}

/// Where these words begin, on a pad at the corner of a screen that has room for all of it.
fn place_of(pad: &AnswerPad, words: &str) -> Position {
    let rows: Vec<String> = pad.window.rows().iter().map(Row::text).collect();
    let found = rows.iter().enumerate().find_map(|(y, row)| Some((y, row.split_once(words)?.0.to_owned())));
    let (y, before) = found.unwrap_or_else(|| panic!("{words} in {rows:?}"));
    let narrow = |number: usize| u16::try_from(number).expect("it is on the screen");
    Position::new(narrow(Printable::new(&before).width()), narrow(y))
}

/// The line named them, and nothing came of a click.
#[test]
fn the_keys_beside_what_is_to_be_done_are_clicked() {
    let area = Rect::new(0, 0, 77, 20);
    let said = |pad: &AnswerPad, words: &str| {
        let row = pad.window.rows()[0].text();
        let before = row.find(words).unwrap_or_else(|| panic!("no {words}: {row}"));
        let column = u16::try_from(Printable::new(&row[..before]).width()).expect("narrow");
        pad.message_at(area, Position::new(column, 0))
    };
    let accepted = Kind::Text(samples::text(&["abc"]));
    let mut word = pad(&samples::question("text", accepted));
    for typed in "abc".chars() {
        word.update(&PadMessage::Edit(Edit::Insert(typed)));
    }
    word.update(&PadMessage::Edit(Edit::Left));
    for words in ["Ctrl-U", "clear"] {
        assert_eq!(said(&word, words), Some(PadMessage::Edit(Edit::Clear)));
    }
    word.update(&PadMessage::Edit(Edit::Clear));
    assert_eq!(word.response(), None, "what stands behind the cursor too");
    // A line about several things is about none of them.
    for words in ["Type", "← →", "Home", "move", ", "] {
        assert_eq!(said(&word, words), None, "{words}");
    }
    let gaps = pad(&samples::cloze());
    assert_eq!(said(&gaps, "Tab next"), Some(PadMessage::NextStop));
    let story = pad(&samples::scenario());
    assert_eq!(said(&story, "Enter decide"), Some(PadMessage::Decide));
}

/// One side took a row more than the others, and the next click on the sign that leads on was one on its words.
#[test]
fn the_signs_that_lead_to_other_sides_and_gaps_stay_in_their_row() {
    let mut walked = 0;
    for question in questions().into_iter().chain(long_questions()) {
        for screen in [(40, 12), (60, 15), (80, 24)] {
            let mut pad = on_screen(&question, screen, Setting::Assessment);
            pad.note_shown();
            let area = Rect::from((Position::ORIGIN, pad.window.size()));
            let row_of_signs = |pad: &AnswerPad| {
                let leads = |y: &u16| {
                    (0..16).any(|x| match pad.window.click_at(area, Position::new(x, *y)) {
                        Some(PadMessage::FocusOn(to)) => *to != pad.focus,
                        _ => false,
                    })
                };
                // A gap leads there from the text, too.
                (0..area.height).filter(leads).find(|y| {
                    let row = &pad.window.rows()[pad.window.row_in((*y).into(), pad.window.top())];
                    row.text().contains('↓')
                })
            };
            let items = pad.body.items();
            if pad.window.items_elsewhere().next().is_none() {
                continue;
            }
            let mut rows = std::collections::BTreeSet::new();
            for item in (0..items).chain((0..items).rev()) {
                pad.update(&PadMessage::FocusOn(item));
                pad.note_shown();
                rows.insert(row_of_signs(&pad));
                walked += 1;
            }
            assert!(rows.len() == 1 && !rows.contains(&None), "{} at {screen:?}: {rows:?}", question.id);
        }
    }
    assert!(walked > 50, "{walked}");
}
