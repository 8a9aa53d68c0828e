//! Key scripts for every kind of question.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::rows::{Page, Piece, Row};
use super::*;
use crate::printable::Printable;
use crate::quiz::key;
use crate::quiz::question::{Kind, Points};
use crate::quiz::samples;

mod drawn;
mod focus;
mod hostile;
mod mouse;
mod seen;
mod stays;
mod walked;

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
    assert_eq!(whole.left_half_done(), None, "who has not begun it may go on");
    assert!(press(&mut whole, "1 down 2").is_empty());
    assert!(!whole.is_complete());
    assert_eq!(whole.left_half_done(), Some(HalfDone::Side));
    assert_eq!(
        press(&mut whole, "enter enter 3 enter"),
        ["enter", "enter"],
        "on the one left open Enter is the screen's"
    );
    assert!(whole.is_complete());
    assert_eq!(whole.left_half_done(), None);
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
    check(&number, "'53' left 'x' ctrl-u '7'", r#""7""#);
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
    assert_eq!(typing.trouble(), Some(NoNumber::Unreadable));
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
    press(&mut pad, "1");
    assert_eq!(pad.left_half_done(), Some(HalfDone::Gap));
    assert_eq!(press(&mut pad, "enter 'secrets' enter '2,017' enter"), ["enter"]);
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
    // What was decided before stays marked, so that it is seen and can be decided again.
    check(&question, "2 enter back enter", r#"["wait"]"#);
    check(&question, "2 enter 1 enter back enter", r#"["wait","tell"]"#);
    check(&question, "2 enter 1 enter back back enter", r#"["wait"]"#);
    check(&question, "2 enter 1 enter r", r#"["wait","tell"]"#);
    check(&question, "2 enter 1 enter r r", "null");
    check(&question, "2 enter 1 enter r 1 r", r#"["wait","tell"]"#);
    check(&question, "2 enter r", "null");
    check(&question, "down space enter space enter space enter", r#"["wait","tell","change"]"#);
    check(&question, "2 enter enter", r#"["wait"]"#);
    // Nothing but Enter decides, and only what is marked.
    for undecided in ["1", "2 1", "space", "down space space", "enter", "down enter", "2 back"] {
        check(&question, undecided, "null");
    }
    check(&question, "1 2 enter", r#"["wait"]"#);
    let mut whole = pad(&question);
    press(&mut whole, "2 enter");
    assert!(whole.left_half_done().is_some());
    press(&mut whole, "back");
    assert_eq!(whole.left_half_done(), None);
    assert_eq!(press(&mut whole, "1 enter 1 enter enter 1"), ["enter"], "the story has ended");
    assert_eq!(whole.left_half_done(), None);
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
