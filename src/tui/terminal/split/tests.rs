//! What was cut, what is said in strings, and what is keys.

use proptest::prelude::*;

use super::*;

fn esc() -> Event {
    Event::Key(KeyCode::Esc.into())
}

/// What crossterm makes of these bytes, if it reads them at once.
pub(in crate::tui::terminal) fn keys(bytes: &str) -> Vec<Event> {
    let mut with = KeyModifiers::NONE;
    let mut keys = Vec::new();
    for letter in bytes.chars() {
        let (code, shift) = match letter {
            '\x1b' => {
                with = KeyModifiers::ALT;
                continue;
            }
            '\x07' => ('g', KeyModifiers::CONTROL),
            letter if letter.is_uppercase() => (letter, KeyModifiers::SHIFT),
            letter => (letter, KeyModifiers::NONE),
        };
        keys.push(Event::Key(KeyEvent::new(KeyCode::Char(code), shift | with)));
        with = KeyModifiers::NONE;
    }
    if with == KeyModifiers::ALT {
        keys.push(esc());
    }
    keys
}

/// What is heard of these events, once nothing more follows; strings are no keys.
fn heard_of(events: impl IntoIterator<Item = Event>) -> (Vec<Event>, Vec<String>) {
    let mut splits = Splits::default();
    let mut heard: Vec<Heard> = events.into_iter().flat_map(|event| splits.hear(event)).collect();
    heard.extend(splits.give_up());
    let (mut events, mut strings) = (Vec::new(), Vec::new());
    for heard in heard {
        match heard {
            Heard::Event(event) => events.push(event),
            Heard::String(text) => strings.push(text),
        }
    }
    (events, strings)
}

/// What is heard of an Esc and these letters, once nothing more follows.
fn heard(text: &str) -> Vec<Event> {
    heard_of(std::iter::once(esc()).chain(keys(text))).0
}

#[test]
fn what_was_cut_behind_its_first_byte_is_put_together() {
    let check = |text: &str, code: KeyCode, modifiers: KeyModifiers| {
        assert_eq!(heard(text), [Event::Key(KeyEvent::new(code, modifiers))], "{text:?}");
    };
    check("[B", KeyCode::Down, KeyModifiers::NONE);
    check("OB", KeyCode::Down, KeyModifiers::NONE);
    check("[6~", KeyCode::PageDown, KeyModifiers::NONE);
    check("[4~", KeyCode::End, KeyModifiers::NONE);
    check("[1;5C", KeyCode::Right, KeyModifiers::CONTROL);
    check("[1;4D", KeyCode::Left, KeyModifiers::SHIFT | KeyModifiers::ALT);
    check("[Z", KeyCode::BackTab, KeyModifiers::NONE);
    check("OP", KeyCode::F(1), KeyModifiers::NONE);
}

#[test]
fn reports_of_the_mouse_are_put_together_too() {
    let check = |text: &str, kind: MouseEventKind| {
        let report = MouseEvent { kind, column: 9, row: 4, modifiers: KeyModifiers::NONE };
        assert_eq!(heard(text), [Event::Mouse(report)], "{text:?}");
    };
    check("[<65;10;5M", MouseEventKind::ScrollDown);
    check("[<64;10;5M", MouseEventKind::ScrollUp);
    check("[<0;10;5M", MouseEventKind::Down(MouseButton::Left));
    check("[<0;10;5m", MouseEventKind::Up(MouseButton::Left));
    check("[<32;10;5M", MouseEventKind::Drag(MouseButton::Left));
}

#[test]
fn what_means_nothing_here_types_nothing() {
    for text in ["[I", "[15~", "[?62;4c", "[<35;1;1M", "[<0;0;5M", "[<1M", "[999999u", "[1;1;1R"] {
        let typed = heard(text);
        assert!(typed.iter().all(|event| !keys(text).contains(event)), "{text:?}: {typed:?}");
    }
}

#[test]
fn an_esc_that_begins_nothing_is_a_key_and_so_is_what_follows() {
    for text in ["", "j", "[", "[12", "[é", "P>|foot", "x[B"] {
        assert_eq!(heard(text), [vec![esc()], keys(text)].concat(), "{text:?}");
    }
    let long = format!("[{}", "1".repeat(LONGEST + 1));
    assert_eq!(heard(&long), [vec![esc()], keys(&long)].concat());
    // Whatever comes in between is no part of it.
    let mut splits = Splits::default();
    let are = |keys: Vec<Event>| keys.into_iter().map(Heard::Event).collect::<Vec<_>>();
    assert_eq!(splits.hear(esc()), []);
    assert_eq!(splits.hear(esc()), are(vec![esc()]));
    assert_eq!(splits.hear(Event::FocusGained), are(vec![esc(), Event::FocusGained]));
    assert_eq!((splits.waits(), splits.hear(keys("[").remove(0))), (None, are(keys("["))));
}

/// The answer to somebody who had ended was read as Alt-_ and `G`, and the text jumped to its end.
#[test]
fn what_is_said_in_a_string_presses_no_keys() {
    for string in ["_Gi=31;OK", "P1+r544e=78", "]11;rgb:0000/0000/0000", "]52;c;", "^", "Xé"] {
        for end in [ST, BEL] {
            let string = format!("{ESC}{string}{end}");
            let said = (Vec::new(), vec![string.clone()]);
            assert_eq!(heard_of(keys(&string)), said, "{string:?}");
            // Cut behind the first byte, and before the last.
            let cut = std::iter::once(esc()).chain(keys(&string[1..]));
            assert_eq!(heard_of(cut), said, "{string:?}");
            if let Some(begin) = string.strip_suffix('\\') {
                assert_eq!(heard_of([keys(begin), keys("\\")].concat()), said, "{string:?}");
            }
        }
    }
}

#[test]
fn what_only_begins_like_a_string_is_keys() {
    let long = format!("{ESC}_{}", "x".repeat(LONGEST_STRING + 1));
    for typed in ["\x1b_", "\x1bP", "\x1b]", "\x1b^", "\x1bX", "\x1b]jj", "\x1b]j\x1b", "\x1bPj\x1bBj", &long]
    {
        assert_eq!(heard_of(keys(typed)), (keys(typed), Vec::new()), "{typed:?}");
    }
    // A key that ends no string, and one that begins another.
    let down = Event::Key(KeyCode::Down.into());
    let typed = [keys("\x1b]j"), vec![down]].concat();
    assert_eq!(heard_of(typed.clone()), (typed, Vec::new()));
    let string = "\x1b_Gi=1;OK\x1b\\";
    let typed = [keys("\x1b]j"), keys(string)].concat();
    assert_eq!(heard_of(typed), (keys("\x1b]j"), vec![string.to_owned()]));
}

#[test]
fn a_key_that_begins_like_a_string_is_soon_a_key() {
    let gap = |bytes| {
        let mut splits = Splits::default();
        for key in keys(bytes) {
            drop(splits.hear(key));
        }
        splits.waits()
    };
    for key in ["\x1b", "\x1b_", "\x1bP", "\x1b]", "\x1b^", "\x1bX"] {
        assert!(gap(key).is_some_and(|left| left <= GAP), "{key:?}");
    }
    assert!(gap("\x1b_G").is_some_and(|left| left <= LONG_GAP));
    assert_eq!((gap("\x1bj"), gap("j"), gap("\x07")), (None, None, None));
}

proptest! {
    #[test]
    fn no_key_around_a_string_is_lost_or_moved(
        before in "[a-z_PX^\\]\\\\\x07]{0,12}",
        said in r"[_P\]^X][ -~é漢]{0,24}",
        end in prop_oneof![Just(ST), Just(BEL)],
        after in "[a-z_PX^\\]\\\\\x07\x1b]{0,12}",
        cut in any::<bool>(),
    ) {
        let string = format!("{ESC}{said}{end}");
        let events = if cut { [vec![esc()], keys(&string[1..])].concat() } else { keys(&string) };
        let (typed, strings) = heard_of([keys(&before), events, keys(&after)].concat());
        prop_assert_eq!(&strings[0], &string);
        // What follows may hold another string.
        if strings.len() == 1 {
            prop_assert_eq!(typed, [keys(&before), keys(&after)].concat());
        }
    }

    #[test]
    fn no_key_is_lost_or_moved_without_an_end(typed in "[a-z_PX^\\]\x1b]{0,24}") {
        prop_assert_eq!(heard_of(keys(&typed)), (keys(&typed), Vec::new()));
    }
}
