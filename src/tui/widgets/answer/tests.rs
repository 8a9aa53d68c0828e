//! Key scripts for every kind of question, what the screen shows, and what no key may break.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::rows::{Piece, Row};
use super::*;
use crate::printable::Printable;
use crate::quiz::key;
use crate::quiz::question::{Kind, Points};
use crate::quiz::samples;

const ASKED: CertaintyLine = CertaintyLine::Asked(None);

fn pad(question: &Question) -> AnswerPad {
    AnswerPad::new(question, &[], None, CertaintyLine::NotAsked, Setting::Assessment)
}

fn key_of(name: &str) -> KeyEvent {
    let (modifiers, name) = match name.split_once('-') {
        Some(("ctrl", name)) => (KeyModifiers::CONTROL, name),
        Some(("shift", name)) => (KeyModifiers::SHIFT, name),
        Some(("alt", name)) => (KeyModifiers::ALT, name),
        _ => (KeyModifiers::NONE, name),
    };
    let code = match name {
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "tab" => KeyCode::Tab,
        "backtab" => KeyCode::BackTab,
        "enter" => KeyCode::Enter,
        "space" => KeyCode::Char(' '),
        "back" => KeyCode::Backspace,
        "delete" => KeyCode::Delete,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        one => KeyCode::Char(one.chars().next().expect("a character")),
    };
    KeyEvent::new(code, modifiers)
}

/// Types the keys of the script; `'text'` is typed letter by letter. The keys that the pad left to the screen.
fn press(pad: &mut AnswerPad, script: &str) -> Vec<String> {
    let mut left = Vec::new();
    let mut type_key = |pad: &mut AnswerPad, key: KeyEvent, name: &str| {
        // It was drawn before the key is pressed.
        pad.note_shown();
        match pad.message_for(key) {
            Some(message) => {
                pad.update(&message);
            }
            None => left.push(name.to_owned()),
        }
    };
    for name in script.split_whitespace() {
        match name.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
            Some(text) => {
                for typed in text.chars() {
                    type_key(pad, KeyEvent::new(KeyCode::Char(typed), KeyModifiers::NONE), name);
                }
            }
            None => type_key(pad, key_of(name), name),
        }
    }
    left
}

fn json(response: Option<&Response>) -> String {
    serde_json::to_string(&response).expect("a response is JSON")
}

/// What the script answers.
fn check(question: &Question, script: &str, expected: &str) {
    let mut pad = pad(question);
    press(&mut pad, script);
    assert_eq!(json(pad.response().as_ref()), expected, "{:?} {script}", question.id);
    // What was answered looks and works the same after a restart of the program.
    let again =
        AnswerPad::new(question, &[], pad.response().as_ref(), CertaintyLine::NotAsked, Setting::Assessment);
    assert_eq!(json(again.response().as_ref()), expected, "{:?} {script} again", question.id);
}

#[test]
fn one_option() {
    let question = samples::single();
    check(&question, "", "null");
    check(&question, "2", r#""two""#);
    check(&question, "2 3", r#""three""#);
    check(&question, "down space", r#""two""#);
    check(&question, "down down down down space", r#""three""#);
    check(&question, "end space", r#""three""#);
    check(&question, "end enter", "null");
    check(&question, "j j k space", r#""two""#);
    check(&question, "9", "null");
    check(&question, "2 back", "null");
    check(&samples::true_false(), "1", r#""true""#);
    check(&samples::true_false(), "down space", r#""false""#);
}

#[test]
fn enter_answers_nothing() {
    // On an untouched question the first Enter chose option 1, and the second went on.
    for question in samples::every_kind() {
        for setting in [Setting::Check, Setting::Assessment] {
            let mut pad = AnswerPad::new(&question, &[], None, CertaintyLine::NotAsked, setting);
            assert_eq!(press(&mut pad, "enter enter"), ["enter", "enter"], "{}", question.id);
            assert_eq!(pad.response(), None, "{}", question.id);
        }
    }
    let mut one = pad(&samples::single());
    assert_eq!(press(&mut one, "2 up enter"), ["enter"]);
    assert_eq!(json(one.response().as_ref()), r#""two""#, "what was chosen stays");
    let mut several = pad(&samples::multiple());
    assert_eq!(
        press(&mut several, "enter space enter f q ? ctrl-c"),
        ["enter", "enter", "f", "q", "?", "ctrl-c"]
    );
}

#[test]
fn several_options() {
    let question = samples::multiple();
    check(&question, "2 1", r#"["a","b"]"#);
    check(&question, "2 1 2", r#"["a"]"#);
    check(&question, "space down down space", r#"["a","c"]"#);
    check(&question, "1 1", "null");
    check(&question, "1 2 3 back", "null");
}

#[test]
fn pairs() {
    let question = samples::matching();
    check(&question, "2", r#"{"a":"b"}"#);
    check(&question, "2 down 4 down 1", r#"{"a":"b","b":"x","c":"a"}"#);
    check(&question, "2 enter 4 enter 1", r#"{"a":"b","b":"x","c":"a"}"#);
    check(&question, "down 4 down 1 home 2", r#"{"a":"b","b":"x","c":"a"}"#);
    check(&question, "right down left", r#"{"a":"a","b":"x"}"#);
    check(&question, "right right left", r#"{"a":"a"}"#);
    check(&question, "right enter right enter left", r#"{"a":"a","b":"a","c":"x"}"#);
    check(&question, "1 2", r#"{"a":"b"}"#);
    check(&question, "1 down 2", r#"{"a":"a","b":"b"}"#);
    check(&question, "1 back", "null");
    check(&question, "9", "null");
    let mut whole = pad(&question);
    assert!(press(&mut whole, "1 down 2").is_empty());
    assert!(!whole.is_complete());
    assert_eq!(
        press(&mut whole, "enter enter 3 enter"),
        ["enter", "enter"],
        "on the one left open Enter is the screen's"
    );
    assert!(whole.is_complete());
}

#[test]
fn an_order() {
    let question = samples::order();
    check(&question, "", "null");
    check(&question, "space", r#"["a","b","c","d","e"]"#);
    check(&question, "J", r#"["b","a","c","d","e"]"#);
    check(&question, "J J K", r#"["b","a","c","d","e"]"#);
    check(&question, "end ctrl-up", r#"["a","b","c","e","d"]"#);
    check(&question, "shift-down", r#"["b","a","c","d","e"]"#);
    check(&question, "down - ", r#"["b","a","c","d","e"]"#);
    check(&question, "+ +", r#"["b","c","a","d","e"]"#);
    check(&question, "5", r#"["b","c","d","e","a"]"#);
    check(&question, "9 -", "null");
    check(&question, "1", r#"["a","b","c","d","e"]"#);
    check(&question, "J back", "null");
    let order: Vec<String> = ["c", "a", "b", "e", "d"].map(ToOwned::to_owned).into();
    let mut dealt = AnswerPad::new(&question, &order, None, CertaintyLine::NotAsked, Setting::Check);
    assert_eq!(press(&mut dealt, "enter space enter"), ["enter", "enter"]);
    assert_eq!(dealt.response(), Some(Response::List(order)));
}

#[test]
fn a_number_and_a_text() {
    let number = samples::question("number", Kind::Number(samples::number("530", "5")));
    check(&number, "'530'", r#""530""#);
    check(&number, "'53' left 'x' ctrl-u '7'", r#""73""#);
    check(&number, "space space", "null");
    let Kind::Number(key) = number.kind.clone() else { panic!("a number") };
    let key = crate::quiz::question::NumberKey { unit: Some("hours".to_owned()), ..key };
    let hours = samples::question("hours", Kind::Number(key));
    check(&hours, "'72' space 'hours'", r#""72""#);
    check(&hours, "'72hours' space", r#""72""#);
    check(&hours, "'hours'", r#""hours""#);
    check(&hours, "'72' space 'days'", r#""72 days""#);
    let mut typing = pad(&number);
    assert!(typing.is_typing());
    assert_eq!(press(&mut typing, "'1,5' q enter tab"), ["enter"], "letters are typed, not commands");
    assert_eq!(typing.trouble().map(|trouble| trouble.contains("point for decimals")), Some(true));
    assert!(!typing.is_complete(), "a comma must be noticed before it costs the mark");
    press(&mut typing, "ctrl-u '1.5'");
    assert!(typing.is_complete() && typing.trouble().is_none());
    let text = samples::question("text", Kind::Text(samples::text(&["article 7"])));
    check(&text, "'Artikel' back back 'le' space '7'", r#""Artikle 7""#);
}

#[test]
fn gaps() {
    let question = samples::cloze();
    check(&question, "1", r#"{"law":"seven"}"#);
    check(&question, "right right", r#"{"law":"nine"}"#);
    check(&question, "left tab 'secrets' tab '2017'", r#"{"law":"nine","word":"secrets","year":"2017"}"#);
    check(&question, "tab tab '20' backtab 'x' backtab 2", r#"{"law":"nine","word":"x","year":"20"}"#);
    check(&question, "1 back", "null");
    let mut pad = pad(&question);
    assert_eq!(press(&mut pad, "1 enter 'secrets' enter '2,017' enter"), ["enter"]);
    assert!(!pad.is_complete(), "the year is no number");
    press(&mut pad, "ctrl-u '2017'");
    assert!(pad.is_complete());
    assert!(mark::is_right(&question, &pad.response().expect("everything is filled")));
}

#[test]
fn a_story() {
    let question = samples::scenario();
    check(&question, "1 enter", r#"["report"]"#);
    check(&question, "2 enter 1 enter 1 enter", r#"["wait","tell","change"]"#);
    check(&question, "2 enter back 1 enter", r#"["report"]"#);
    check(&question, "2 enter 1 enter r", "null");
    check(&question, "down space enter space enter space enter", r#"["wait","tell","change"]"#);
    check(&question, "2 enter enter", r#"["wait"]"#);
    // Nothing but Enter decides, and only what is marked.
    for undecided in ["1", "2 1", "space", "down space space", "enter", "down enter", "2 back"] {
        check(&question, undecided, "null");
    }
    check(&question, "1 2 enter", r#"["wait"]"#);
    let mut whole = pad(&question);
    press(&mut whole, "2 enter");
    assert!(whole.is_under_way());
    press(&mut whole, "back");
    assert!(!whole.is_under_way());
    assert_eq!(press(&mut whole, "1 enter 1 enter enter 1"), ["enter"], "the story has ended");
    assert!(!whole.is_under_way());
    assert!(whole.is_complete());
}

#[test]
fn a_story_in_a_check_says_what_a_decision_led_to_before_it_goes_on() {
    let question = samples::scenario();
    let mut pad = AnswerPad::new(&question, &[], None, CertaintyLine::NotAsked, Setting::Check);
    press(&mut pad, "2 enter");
    let seen = text_of(&pad);
    assert!(seen.contains("wait is wrong") && seen.contains("Go on"), "{seen}");
    assert!(!seen.contains("The step late"), "{seen}");
    press(&mut pad, "1");
    assert_eq!(json(pad.response().as_ref()), r#"["wait"]"#, "nothing is decided while reading");
    press(&mut pad, "enter");
    assert!(text_of(&pad).contains("The step late"));
    // Its verdict was seen: who could decide anew would get the full mark.
    for key in ["back", "r", "delete"] {
        press(&mut pad, key);
        assert_eq!(json(pad.response().as_ref()), r#"["wait"]"#, "{key}");
    }
    pad.update(&PadMessage::Clear);
    pad.update(&PadMessage::Restart);
    assert_eq!(json(pad.response().as_ref()), r#"["wait"]"#);
    assert!(pad.keys().iter().all(|(keys, _)| *keys != "Backspace" && *keys != "r"), "{:?}", pad.keys());
    let mut silent = self::pad(&question);
    press(&mut silent, "2 enter");
    assert!(!text_of(&silent).contains("wrong"), "an assessment says nothing before its end");
}

#[test]
fn certainty_is_asked_beside_any_answer() {
    for question in samples::every_kind() {
        let mut pad = AnswerPad::new(&question, &[], None, ASKED, Setting::Check);
        while !pad.on_certainty() {
            press(&mut pad, "tab");
        }
        assert!(!pad.is_typing());
        press(&mut pad, "2");
        assert_eq!(pad.certainty(), Some(Certainty::Fairly), "{}", question.id);
        press(&mut pad, "right");
        assert_eq!(pad.certainty(), Some(Certainty::Guessing));
        press(&mut pad, "right left back");
        assert_eq!(pad.certainty(), None, "what was said can be taken back");
        let open = pad.body.first_open();
        let left = press(&mut pad, "enter");
        match open {
            Some(open) => assert!(left.is_empty() && pad.focus == open, "{}", question.id),
            None => assert_eq!(left, ["enter"]),
        }
        assert_eq!(pad.response(), None, "saying how sure answers nothing");
    }
}

#[test]
fn what_has_changed_is_what_must_be_saved() {
    let mut pad = AnswerPad::new(&samples::single(), &[], None, ASKED, Setting::Check);
    assert!(!pad.update(&PadMessage::Next), "the focus is not saved");
    assert!(pad.update(&PadMessage::Choose(1)));
    assert!(!pad.update(&PadMessage::Choose(1)), "it was chosen already");
    assert!(pad.update(&PadMessage::Certainty(Certainty::Sure)));
    pad.reveal();
    assert!(!pad.update(&PadMessage::Choose(0)), "what was marked stays");
    assert_eq!(pad.response(), Some(Response::Text("two".to_owned())));
}

#[test]
fn keys_held_down_and_keys_let_go() {
    let pad = pad(&samples::multiple());
    let event = |code, kind| KeyEvent { kind, ..KeyEvent::new(code, KeyModifiers::NONE) };
    assert_eq!(pad.message_for(event(KeyCode::Char('1'), KeyEventKind::Release)), None);
    assert_eq!(pad.message_for(event(KeyCode::Char(' '), KeyEventKind::Repeat)), None);
    assert_eq!(pad.message_for(event(KeyCode::Down, KeyEventKind::Repeat)), Some(PadMessage::Next));
}

#[test]
fn an_option_that_is_not_seen_is_not_chosen() {
    let mut question = samples::single();
    question.prompt = "A long story.\n\n".repeat(40);
    let mut pad = pad(&question);
    pad.resize(Size::new(40, 10));
    press(&mut pad, "space");
    assert_eq!(pad.response(), None, "the first Space shows the options");
    assert!(pad.window.sees(pad.focus));
    press(&mut pad, "space");
    assert_eq!(pad.response(), Some(Response::Text("one".to_owned())));
}

#[test]
fn the_arrows_read_a_long_prompt_before_they_move_on() {
    let mut question = samples::single();
    question.prompt = "A long story.\n\n".repeat(40);
    let mut pad = pad(&question);
    pad.resize(Size::new(40, 10));
    let mut tops = vec![pad.window.top()];
    while !pad.window.sees(pad.focus) {
        press(&mut pad, "down");
        assert_eq!(pad.focus, 0, "the focus waits until it is seen");
        assert!(
            pad.window.top() > tops[tops.len() - 1] && pad.window.top() - tops[tops.len() - 1] < 10,
            "no line is skipped"
        );
        tops.push(pad.window.top());
    }
    press(&mut pad, "down");
    assert_eq!(pad.focus, 1);
    press(&mut pad, "up");
    while pad.window.top() > 0 {
        let before = pad.window.top();
        press(&mut pad, "up");
        assert!(pad.window.top() < before, "up leads back to the beginning of the prompt");
    }
}

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

#[test]
fn a_paste_goes_into_the_field() {
    let mut pad = pad(&samples::question("text", Kind::Text(samples::text(&["x"]))));
    let message = pad.message_for_paste("two\nlines").expect("a field");
    assert!(pad.update(&message));
    assert_eq!(pad.response(), Some(Response::Text("two lines".to_owned())));
    assert_eq!(self::pad(&samples::single()).message_for_paste("x"), None);
}

#[test]
fn what_is_typed_into_a_gap_is_no_markdown_and_fills_no_other_gap() {
    let mut pad = pad(&samples::cloze());
    press(&mut pad, "tab '{{year}}*a*'");
    let seen = text_of(&pad);
    assert!(seen.contains("‹2: {{year}}*a*›"), "{seen}");
    assert!(seen.contains("‹3: …›"), "{seen}");
}

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

#[test]
fn the_right_answer_is_said_to_be_right_in_every_kind() {
    for question in samples::every_kind() {
        let right = key::key(&question);
        let mut pad =
            AnswerPad::new(&question, &[], Some(&right), CertaintyLine::NotAsked, Setting::Assessment);
        // The key of a text may hold a wildcard, which is no number of letters that one could type.
        pad.reveal();
        let seen = text_of(&pad);
        assert!(seen.contains("✓ right: 1 of 1 point"), "{seen}");
        assert!(!seen.contains('✗') && !seen.contains("→ right answer"), "{seen}");
        let mut empty = self::pad(&question);
        empty.reveal();
        let seen = text_of(&empty);
        assert!(seen.contains("✗ not answered: 0 of 1 point"), "{seen}");
        assert!(seen.contains("→ "), "{seen}");
    }
}

#[test]
fn the_source_is_said_below_the_why_and_only_afterwards() {
    let mut question = samples::single();
    question.why = Some("So it is.".to_owned());
    question.source = Some("F005\u{1b}[31m".to_owned());
    let mut pad = pad(&question);
    assert!(!text_of(&pad).contains("F005"));
    pad.reveal();
    let text = text_of(&pad);
    let (why, source) = (text.find("So it is."), text.find("Source: F005"));
    assert!(why.is_some() && why < source, "{text}");
    assert!(!text.contains('\u{1b}'), "{text:?}");
}

/// Everything on the pad, scrolled or not.
fn text_of(pad: &AnswerPad) -> String {
    pad.window.rows().iter().map(|row| row.text() + "\n").collect()
}

fn screen(pad: &mut AnswerPad, width: u16, height: u16) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a test backend");
    pad.resize(Size::new(width, height));
    terminal
        .draw(|frame| {
            pad.view(frame.area(), frame.buffer_mut(), Theme::COLOURED);
            if let Some(cursor) = pad.cursor(frame.area()) {
                frame.set_cursor_position(cursor);
            }
        })
        .expect("a test backend");
    pad.note_shown();
    let cursor = terminal.backend().cursor_position();
    format!("{}cursor {},{}", terminal.backend(), cursor.x, cursor.y)
}

/// What is not plain text on the first row that holds `words`: each run with its look.
fn looks(pad: &AnswerPad, words: &str) -> String {
    let row = pad.window.rows().iter().find(|row| row.text().contains(words)).expect("it is on the pad");
    let look = |piece: &Piece| format!("{:?} {:?}", piece.text.as_str(), piece.tone.style(Theme::COLOURED));
    row.pieces.iter().map(look).collect::<Vec<_>>().join("\n")
}

fn life_like() -> Question {
    let mut question = samples::single();
    question.prompt =
        "A page opens inside a social app and asks for your work password. What do you do?".to_owned();
    question.why = Some("An app can see what happens on pages that it opens itself.".to_owned());
    if let Kind::Single { options } = &mut question.kind {
        options[0].text = "Type it: the padlock shows that the page is safe".to_owned();
        options[0].feedback = Some("The padlock says nothing about the app around the page.".to_owned());
        options[1].text = "Open the page in the managed browser first".to_owned();
        options[2].text = "Type it once and change it next week".to_owned();
    }
    question
}

#[test]
fn looks_on_a_wide_and_on_a_narrow_screen() {
    let mut pad = AnswerPad::new(&life_like(), &[], None, ASKED, Setting::Check);
    press(&mut pad, "1 down");
    insta::assert_snapshot!(screen(&mut pad, 80, 14), @r#"
    "Choose one.  (1-9 Space choose, ↑ ↓ move)                                       "
    "                                                                                "
    "A page opens inside a social app and asks for your work password. What do you   "
    "do?                                                                             "
    "                                                                                "
    "  1 (•) Type it: the padlock shows that the page is safe                        "
    "› 2 ( ) Open the page in the managed browser first                              "
    "  3 ( ) Type it once and change it next week                                    "
    "                                                                                "
    "  How sure are you? (optional) ( ) sure ( ) fairly ( ) guessing                 "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    cursor 0,6
    "#);
    insta::assert_snapshot!(screen(&mut pad, 40, 12), @r#"
    "Choose one.                             "
    "                                        "
    "A page opens inside a social app and    "
    "asks for your work password. What do    "
    "you do?                                 "
    "                                        "
    "  1 (•) Type it: the padlock shows      "
    "        that the page is safe           "
    "› 2 ( ) Open the page in the managed    "
    "        browser first                   "
    "  3 ( ) Type it once and change it      "
    "        next week                      ↓"
    cursor 0,8
    "#);
    pad.reveal();
    insta::assert_snapshot!(screen(&mut pad, 80, 17), @r#"
    "✗ not right: 0 of 1 point                                                       "
    "                                                                                "
    "A page opens inside a social app and asks for your work password. What do you   "
    "do?                                                                             "
    "                                                                                "
    "  1 (•) Type it: the padlock shows that the page is safe                        "
    "        ✗ your answer                                                           "
    "        The padlock says nothing about the app around the page.                 "
    "  2 ( ) Open the page in the managed browser first                              "
    "        → right answer                                                          "
    "  3 ( ) Type it once and change it next week                                    "
    "                                                                                "
    "Why:                                                                            "
    "An app can see what happens on pages that it opens itself.                      "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    cursor 0,0
    "#);
    insta::assert_snapshot!(screen(&mut pad, 40, 12), @r#"
    "✗ not right: 0 of 1 point               "
    "                                        "
    "A page opens inside a social app and    "
    "asks for your work password. What do    "
    "you do?                                 "
    "                                        "
    "  1 (•) Type it: the padlock shows      "
    "        that the page is safe           "
    "        ✗ your answer                   "
    "        The padlock says nothing about  "
    "        the app around the page.        "
    "  2 ( ) Open the page in the managed   ↓"
    cursor 0,0
    "#);
    insta::assert_snapshot!(looks(&pad, "✗ your answer"), @r#"
    "        " Style::new()
    "✗ your answer" Style::new().red()
    "#);
    insta::assert_snapshot!(looks(&pad, "right answer"), @r#"
    "        " Style::new()
    "→ right answer" Style::new().green()
    "#);
    insta::assert_snapshot!(looks(&pad, "Why:"), @r#""Why:" Style::new().bold()"#);
}

#[test]
fn pairs_on_the_screen() {
    let mut pad = pad(&samples::matching());
    press(&mut pad, "2 down");
    insta::assert_snapshot!(screen(&mut pad, 80, 12), @r#"
    "Find the right side of every left side.  (↑ ↓ left side, 1-9 ← → right side)    "
    "                                                                                "
    "What about match?                                                               "
    "                                                                                "
    "  The left a                   = 2 The right b                                  "
    "› The left b                   = ? press ← → or a number                        "
    "  The left c                   = ?                                              "
    "                                                                                "
    "  1   The right a                                                               "
    "  2 • The right b                                                               "
    "  3   The right c                                                               "
    "  4   The item x                                                                "
    cursor 0,5
    "#);
    insta::assert_snapshot!(screen(&mut pad, 40, 12), @r#"
    "Find the right side of every left       "
    "side. (↑ ↓ left, 1-9 right)             "
    "                                        "
    "What about match?                       "
    "                                        "
    "  The left a                            "
    "    = 2 The right b                     "
    "› The left b                            "
    "    = ? press ← → or a number           "
    "  The left c                            "
    "    = ?                                 "
    "                                       ↓"
    cursor 0,7
    "#);
    pad.reveal();
    insta::assert_snapshot!(screen(&mut pad, 80, 14), @r#"
    "✗ not right: 0 of 1 point                                                       "
    "                                                                                "
    "What about match?                                                               "
    "                                                                                "
    "  The left a                                                                    "
    "    ✗ your answer: The right b                                                  "
    "    → right answer: The right a                                                 "
    "  The left b                                                                    "
    "    → right answer: The right b                                                 "
    "  The left c                                                                    "
    "    → right answer: The right c                                                 "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    cursor 0,0
    "#);
}

#[test]
fn an_order_on_the_screen() {
    let mut pad = pad(&samples::order());
    insta::assert_snapshot!(screen(&mut pad, 40, 12), @r#"
    "Put these in order, the first on top.   "
    "(K J move, Space as it is)              "
    "                                        "
    "What about order?                       "
    "                                        "
    "› 1 K↑J↓ The item a                     "
    "  2  ↑ ↓ The item b                     "
    "  3  ↑ ↓ The item c                     "
    "  4  ↑ ↓ The item d                     "
    "  5  ↑ ↓ The item e                     "
    "  not answered yet: move something, or  "
    "  press Space if this is the order      "
    cursor 0,5
    "#);
    press(&mut pad, "2");
    insta::assert_snapshot!(screen(&mut pad, 80, 10), @r#"
    "Put these in order, the first on top.  (↑ ↓ go to, K J - + move it)             "
    "                                                                                "
    "What about order?                                                               "
    "                                                                                "
    "  1  ↑ ↓ The item b                                                             "
    "› 2 K↑J↓ The item a                                                             "
    "  3  ↑ ↓ The item c                                                             "
    "  4  ↑ ↓ The item d                                                             "
    "  5  ↑ ↓ The item e                                                             "
    "                                                                                "
    cursor 0,5
    "#);
    pad.reveal();
    insta::assert_snapshot!(screen(&mut pad, 80, 22), @r#"
    "~ partly right: 0.75 of 1 point                                                 "
    "                                                                                "
    "What about order?                                                               "
    "                                                                                "
    "  1 The item b                                                                  "
    "    ✗ belongs in place 2                                                        "
    "  2 The item a                                                                  "
    "    ✗ belongs in place 1                                                        "
    "  3 The item c                                                                  "
    "    ✓ right                                                                     "
    "  4 The item d                                                                  "
    "    ✓ right                                                                     "
    "  5 The item e                                                                  "
    "    ✓ right                                                                     "
    "                                                                                "
    "  → right answer:                                                               "
    "  1 The item a                                                                  "
    "  2 The item b                                                                  "
    "  3 The item c                                                                  "
    "  4 The item d                                                                  "
    "  5 The item e                                                                  "
    "                                                                                "
    cursor 0,0
    "#);
}

#[test]
fn a_number_on_the_screen() {
    let mut key = samples::number("530", "5");
    key.unit = Some("million euros".to_owned());
    let mut pad = pad(&samples::question("number", Kind::Number(key)));
    press(&mut pad, "'1,5'");
    insta::assert_snapshot!(screen(&mut pad, 80, 8), @r#"
    "Type a number.  (← → Home End move, Ctrl-U clear)                               "
    "                                                                                "
    "What about number?                                                              "
    "                                                                                "
    "› [1,5                                         ] million euros                  "
    "    ✗ not a number yet: write digits, with a point for decimals and nothing     "
    "    between thousands, as in 1250.5                                             "
    "                                                                                "
    cursor 6,4
    "#);
    insta::assert_snapshot!(screen(&mut pad, 40, 12), @r#"
    "Type a number.                          "
    "                                        "
    "What about number?                      "
    "                                        "
    "› [1,5                 ] million euros  "
    "    ✗ not a number yet: write digits,   "
    "    with a point for decimals and       "
    "    nothing between thousands, as in    "
    "    1250.5                              "
    "                                        "
    "                                        "
    "                                        "
    cursor 6,4
    "#);
    pad.reveal();
    insta::assert_snapshot!(screen(&mut pad, 80, 8), @r#"
    "✗ not right: 0 of 1 point                                                       "
    "                                                                                "
    "What about number?                                                              "
    "                                                                                "
    "  ✗ your answer: 1,5 million euros                                              "
    "  → right answer: 530 million euros (up to 5 more or less)                      "
    "                                                                                "
    "                                                                                "
    cursor 0,0
    "#);
}

#[test]
fn gaps_on_the_screen() {
    let mut pad = pad(&samples::cloze());
    press(&mut pad, "2 tab 'secrets'");
    insta::assert_snapshot!(screen(&mut pad, 80, 12), @r#"
    "Fill the gaps.  (Tab next gap, Ctrl-U clear)                                    "
    "                                                                                "
    "What about cloze?                                                               "
    "                                                                                "
    "Article ‹1: The option nine› asks for ‹2: secrets› since ‹3: …›.                "
    "                                                                                "
    "  ‹1› 1 ( ) The option seven  2 (•) The option nine                             "
    "› ‹2› [secrets                                     ]                            "
    "  ‹3› [                                            ]                            "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    cursor 14,7
    "#);
    insta::assert_snapshot!(screen(&mut pad, 40, 12), @r#"
    "Fill the gaps. (Tab next gap, 1-9 ← →)  "
    "                                        "
    "What about cloze?                       "
    "                                        "
    "Article ‹1: The option nine› asks for   "
    "‹2: secrets› since ‹3: …›.              "
    "                                        "
    "  ‹1› 1 ( ) The option seven            "
    "      2 (•) The option nine             "
    "› ‹2› [secrets                       ]  "
    "  ‹3› [                              ]  "
    "                                        "
    cursor 14,9
    "#);
    pad.reveal();
    insta::assert_snapshot!(screen(&mut pad, 80, 16), @r#"
    "~ partly right: 0.33 of 1 point                                                 "
    "                                                                                "
    "What about cloze?                                                               "
    "                                                                                "
    "Article ‹1: The option nine› asks for ‹2: secrets› since ‹3: …›.                "
    "                                                                                "
    "  ‹1› ✗ your answer: The option nine                                            "
    "      → right answer: The option seven                                          "
    "      nine is wrong                                                             "
    "  ‹2› ✓ right: secrets                                                          "
    "  ‹3› → right answer: 2017                                                      "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    cursor 0,0
    "#);
}

#[test]
fn a_story_on_the_screen() {
    let mut pad = AnswerPad::new(&samples::scenario(), &[], None, CertaintyLine::NotAsked, Setting::Check);
    pad.resize(Size::new(80, 14));
    press(&mut pad, "2 enter");
    insta::assert_snapshot!(screen(&mut pad, 80, 14), @r#"
    "Decide what to do next, step by step.  (Enter Space read on, PgUp PgDn scroll)  "
    "                                                                                "
    "What about scenario?                                                            "
    "                                                                                "
    "1. The step call                                                                "
    "   You: The option wait                                                         "
    "   ✗ not right                                                                  "
    "   wait is wrong                                                                "
    "                                                                                "
    "› [ Go on with the story ]                                                      "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    cursor 0,9
    "#);
    press(&mut pad, "enter");
    insta::assert_snapshot!(screen(&mut pad, 80, 14), @r#"
    "Decide what to do next, step by step.  (1-9 Space mark, Enter decide)           "
    "                                                                                "
    "What about scenario?                                                            "
    "                                                                                "
    "1. The step call                                                                "
    "   You: The option wait                                                         "
    "   ✗ not right                                                                  "
    "   wait is wrong                                                                "
    "                                                                                "
    "2. The step late                                                                "
    "                                                                                "
    "› 1 ( ) The option tell                                                         "
    "  2 ( ) The option hide                                                         "
    "                                                                                "
    cursor 0,11
    "#);
    pad.resize(Size::new(40, 12));
    press(&mut pad, "1 enter 1 enter");
    insta::assert_snapshot!(screen(&mut pad, 40, 12), @r#"
    "   wait is wrong                       ↑"
    "                                        "
    "2. The step late                        "
    "   You: The option tell                 "
    "   ✓ right                              "
    "                                        "
    "3. The step after                       "
    "   You: The option change               "
    "   ✓ right                              "
    "                                        "
    "The story ends here. Enter hands your   "
    "decisions in.                           "
    cursor 0,0
    "#);
    pad.reveal();
    insta::assert_snapshot!(screen(&mut pad, 80, 24), @r#"
    "~ partly right: 0.67 of 1 point                                                 "
    "                                                                                "
    "What about scenario?                                                            "
    "                                                                                "
    "1. The step call                                                                "
    "   You: The option wait                                                         "
    "   ✗ not right                                                                  "
    "   wait is wrong                                                                "
    "   → right answer: The option report                                            "
    "                                                                                "
    "2. The step late                                                                "
    "   You: The option tell                                                         "
    "   ✓ right                                                                      "
    "                                                                                "
    "3. The step after                                                               "
    "   You: The option change                                                       "
    "   ✓ right                                                                      "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    "                                                                                "
    cursor 0,0
    "#);
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

mod focus;
mod seen;
mod walked;

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
    match pad.message_for_drop(area, place(pad, to)) {
        Some(drop) => pad.update(&drop),
        None => false,
    }
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
    assert_eq!(pad.message_for_drop(area, arrow), None);
    // Beside the things nothing is taken or let go.
    pad.update(&PadMessage::Grasp(0));
    assert_eq!(pad.message_for_drop(area, Position::new(12, 0)), None);
    assert_eq!(pad.message_for_drop(area, Position::new(99, 99)), None);
}

/// The mark went to what came into sight, and Space would have chosen that.
#[test]
fn reading_on_moves_no_mark() {
    let mut pad = pad(&samples::multiple());
    pad.resize(Size::new(40, 4));
    pad.note_shown();
    let focus = pad.focus;
    for _ in 0..20 {
        if !pad.has_unseen() {
            break;
        }
        press(&mut pad, "enter");
        pad.note_shown();
        assert_eq!(pad.focus, focus);
    }
    assert!(!pad.window.sees(focus), "it is out of sight");
    press(&mut pad, "space");
    assert_eq!(pad.response(), None, "nothing that is out of sight is chosen");
    // The arrows go on from what is seen.
    let mut pad = self::pad(&samples::multiple());
    pad.resize(Size::new(40, 4));
    pad.update(&PadMessage::ScrollAll(Way::On));
    press(&mut pad, "down");
    assert!(pad.window.sees(pad.focus) && pad.focus > focus, "{}", pad.focus);
}
