//! Keys, clicks and stored answers of any kind, and texts that do harm.

use super::*;

#[test]
fn hostile_texts_are_shown_defused() {
    let mut question = samples::single();
    question.prompt = "Safe &#27;]52;c;eA==&#7; \u{202e}reversed".to_owned();
    question.why = Some("\u{200b}hidden".to_owned());
    let mut pad = pad(&question);
    pad.reveal();
    let seen = text_of(&pad);
    assert!(seen.contains("<U+001B>") && seen.contains("<U+202E>") && seen.contains("<U+200B>"), "{seen}");
    assert!(!seen.contains(['\u{1b}', '\u{202e}', '\u{200b}']));
}

fn any_key() -> impl Strategy<Value = KeyEvent> {
    let codes = prop_oneof![
        4 => prop::sample::select(vec![
            KeyCode::Up, KeyCode::Down, KeyCode::Left, KeyCode::Right, KeyCode::Tab, KeyCode::BackTab,
            KeyCode::Enter, KeyCode::Backspace, KeyCode::Delete, KeyCode::Home, KeyCode::End, KeyCode::PageUp,
            KeyCode::PageDown, KeyCode::Esc, KeyCode::Insert, KeyCode::F(5), KeyCode::Null,
        ]),
        4 => prop::sample::select("123456789 KJr-+jkhl.,{}*".chars().collect::<Vec<_>>()).prop_map(KeyCode::Char),
        1 => any::<char>().prop_map(KeyCode::Char),
    ];
    let modifiers = prop_oneof![
        4 => Just(KeyModifiers::NONE),
        1 => any::<u8>().prop_map(KeyModifiers::from_bits_truncate),
    ];
    (codes, modifiers).prop_map(|(code, modifiers)| KeyEvent::new(code, modifiers))
}

fn any_pad() -> impl Strategy<Value = AnswerPad> {
    let certainty = prop::sample::select(vec![CertaintyLine::NotAsked, ASKED]);
    let setting = prop::sample::select(vec![Setting::Check, Setting::Assessment]);
    let question = prop::sample::select(samples::every_kind());
    (question, certainty, setting, ".{0,80}", 0u32..3).prop_map(
        |(mut question, certainty, setting, prompt, points)| {
            question.prompt = prompt.repeat(8);
            question.points = Points::new(points).unwrap_or(Points::ONE);
            question.why = Some("Because.".to_owned());
            AnswerPad::new(&question, &[], None, certainty, setting)
        },
    )
}

proptest! {
    #[test]
    fn no_key_breaks_a_pad(
        mut pad in any_pad(),
        width in 0u16..90,
        height in 0u16..30,
        keys in prop::collection::vec(any_key(), 0..60),
    ) {
        pad.resize(Size::new(width, height));
        let area = Rect::new(1, 1, width, height);
        let mut buffer = Buffer::empty(Rect::new(0, 0, width + 2, height + 2));
        for key in keys {
            let Some(message) = pad.message_for(key) else { continue };
            let before = pad.response();
            let changed = pad.update(&message);
            let response = pad.response();
            prop_assert!(changed || response == before);
            if let Some(response) = &response {
                prop_assert!(mark::is_well_formed(pad.question(), response), "{:?}", response);
            }
            prop_assert!(!pad.is_complete() || response.is_some());
            prop_assert!(pad.focus < pad.stops().max(1));
            prop_assert!(pad.cursor(area).is_none_or(|cursor| area.contains(cursor)));
            pad.view(area, &mut buffer, Theme::PLAIN);
        }
        let response = pad.response();
        pad.reveal();
        pad.view(area, &mut buffer, Theme::COLOURED);
        // Of the frame around the pad nothing was touched.
        let frame = |x: u16, y: u16| x == 0 || y == 0 || x > width || y > height;
        for y in 0..height + 2 {
            for x in (0..width + 2).filter(|x| frame(*x, y)) {
                prop_assert_eq!(buffer[(x, y)].symbol(), " ");
            }
        }
        prop_assert_eq!(pad.response(), response);
    }

    #[test]
    fn every_cell_can_be_clicked(mut pad in any_pad(), clicks in prop::collection::vec((0u16..44, 0u16..14), 0..40)) {
        let area = Rect::new(2, 1, 40, 12);
        pad.resize(area.as_size());
        for (x, y) in clicks {
            if let Some(message) = pad.message_at(area, Position::new(x, y)) {
                pad.update(&message);
            }
            let response = pad.response();
            prop_assert!(response.is_none_or(|response| mark::is_well_formed(pad.question(), &response)));
        }
    }

    #[test]
    fn any_stored_answer_is_taken_or_left(
        question in prop::sample::select(samples::every_kind()),
        response in prop_oneof![
            ".{0,10}".prop_map(Response::Text),
            prop::collection::vec("[a-z]{1,6}|report|wait|a|b|c", 0..6).prop_map(Response::List),
            prop::collection::btree_map("[a-z]{1,6}|a|b|law|word", "[a-z]{1,6}|a|b", 0..4).prop_map(Response::Map),
        ],
    ) {
        let pad = AnswerPad::new(&question, &[], Some(&response), ASKED, Setting::Check);
        let kept = pad.response();
        prop_assert!(kept.is_none_or(|kept| mark::is_well_formed(&question, &kept)));
    }
}
