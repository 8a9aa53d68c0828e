use proptest::prelude::*;

use super::*;

fn key(code: KeyCode, modifiers: KeyModifiers) -> Option<Edit> {
    TextField::edit_for(KeyEvent::new(code, modifiers))
}

/// The text with `|` at the cursor, after `edits` from `before` (the same notation).
fn check(before: &str, edits: &[Edit], after: &str) {
    let cursor = before.find('|').expect("the case marks its cursor");
    let mut field = TextField::with_text(100, &before.replace('|', ""));
    field.edit(&Edit::MoveTo(cursor));
    for edit in edits {
        field.edit(edit);
    }
    let mut seen = field.text().to_owned();
    seen.insert(field.cursor, '|');
    assert_eq!(seen, after, "{before:?} {edits:?}");
}

#[test]
fn what_is_typed_is_in_no_dump() {
    let mut field = TextField::secret(100);
    field.edit(&Edit::Paste("correct horse".to_owned()));
    let dump = format!("{field:?} {:?} {:?}", Edit::Paste("correct".to_owned()), Edit::Insert('Q'));
    assert!(!dump.contains("correct") && !dump.contains('Q'), "{dump}");
}

#[test]
fn a_secret_never_moves_in_memory() {
    let mut field = TextField::secret(300);
    let place = field.text().as_ptr();
    for _ in 0..400 {
        field.edit(&Edit::Insert('\u{1f40e}'));
    }
    assert_eq!(field.text().as_ptr(), place);
}

#[test]
fn moves_by_what_a_person_calls_a_character() {
    check("a|", &[Edit::Insert('b')], "ab|");
    check("e\u{301}x|", &[Edit::Left, Edit::Left], "|e\u{301}x");
    check("👩‍💻!|", &[Edit::Left, Edit::Backspace], "|!");
    check("a|b", &[Edit::Insert('\u{301}')], "a\u{301}|b");
    check("|ab", &[Edit::Delete], "|b");
    check("one two|", &[Edit::WordLeft], "one |two");
    check("one| two", &[Edit::WordRight], "one two|");
    check("one, two|", &[Edit::WordLeft, Edit::WordLeft], "|one, two");
    check("one two|", &[Edit::DeleteWordLeft], "one |");
    check("one| two", &[Edit::DeleteToEnd], "one|");
    check("one| two", &[Edit::DeleteToHome], "| two");
    check("one| two", &[Edit::DeleteWordRight], "one|");
    check("one| two", &[Edit::End, Edit::Home], "|one two");
    // Without the letter between them two halves of a flag become one: the cursor must not stand inside.
    check("🇩x|🇪", &[Edit::Backspace], "|🇩🇪");
}

#[test]
fn a_paste_is_one_line_without_controls() {
    check("|", &[Edit::Paste("Ada\r\nLovelace\n".to_owned())], "Ada Lovelace|");
    check("|", &[Edit::Paste("a\tb\u{1b}[31mc\u{9b}".to_owned())], "a b[31mc|");
    let mut field = TextField::new(3);
    assert!(field.edit(&Edit::Paste("abcdef".to_owned())));
    assert_eq!(field.text(), "abc");
    assert!(!field.edit(&Edit::Insert('d')), "it is full");
}

#[test]
fn keys_for_typing_and_keys_for_the_screen() {
    assert_eq!(key(KeyCode::Char('q'), KeyModifiers::NONE), Some(Edit::Insert('q')));
    assert_eq!(key(KeyCode::Char('Q'), KeyModifiers::SHIFT), Some(Edit::Insert('Q')));
    assert_eq!(key(KeyCode::Char('c'), KeyModifiers::CONTROL), None);
    assert_eq!(key(KeyCode::Char('@'), KeyModifiers::CONTROL | KeyModifiers::ALT), Some(Edit::Insert('@')));
    assert_eq!(key(KeyCode::Left, KeyModifiers::CONTROL), Some(Edit::WordLeft));
    assert_eq!(key(KeyCode::Enter, KeyModifiers::NONE), None);
    assert_eq!(key(KeyCode::Tab, KeyModifiers::NONE), None);
    assert_eq!(key(KeyCode::Up, KeyModifiers::NONE), None);
}

#[test]
fn shows_what_stands_around_the_cursor() {
    fn shown(text: &str, width: u16, edits: &[Edit]) -> (String, u16) {
        let mut field = TextField::with_text(100, text);
        for edit in edits {
            field.edit(edit);
        }
        let shown = field.shown(width);
        (shown.text.as_str().to_owned(), shown.cursor)
    }
    assert_eq!(shown("", 5, &[]), (String::new(), 0));
    assert_eq!(shown("abc", 5, &[]), ("abc".to_owned(), 3));
    assert_eq!(shown("abcdefgh", 6, &[]), ("…fgh".to_owned(), 4));
    assert_eq!(shown("abcdefgh", 6, &[Edit::Home]), ("abcd…".to_owned(), 0));
    assert_eq!(shown("漢字漢字", 6, &[]), ("…字".to_owned(), 3));
    assert_eq!(shown("a\u{202e}b", 20, &[]), ("a<U+202E>b".to_owned(), 10));
    assert_eq!(shown("a\u{202e}b", 20, &[Edit::Left, Edit::Left]), ("a<U+202E>b".to_owned(), 1));
}

fn edits() -> impl Strategy<Value = Edit> {
    prop_oneof![
        any::<char>().prop_map(Edit::Insert),
        ".{0,12}".prop_map(Edit::Paste),
        any::<String>().prop_map(Edit::Paste),
        (0usize..40).prop_map(Edit::MoveTo),
        prop::sample::select(vec![
            Edit::Left,
            Edit::Right,
            Edit::WordLeft,
            Edit::WordRight,
            Edit::Home,
            Edit::End,
            Edit::Backspace,
            Edit::Delete,
            Edit::DeleteWordLeft,
            Edit::DeleteWordRight,
            Edit::DeleteToHome,
            Edit::DeleteToEnd,
        ]),
    ]
}

proptest! {
    #[test]
    fn no_edit_breaks_it(edits in prop::collection::vec(edits(), 0..40), width in 0u16..30) {
        let mut field = TextField::new(60);
        for edit in edits {
            let before = field.text.clone();
            let changed = field.edit(&edit);
            prop_assert!(changed || field.text == before);
            prop_assert!(field.text.chars().count() <= 60);
            prop_assert!(!field.text.contains(char::is_control));
            prop_assert!(field.edges().any(|edge| edge == field.cursor), "{:?} at {}", field.text, field.cursor);
            let shown = field.shown(width);
            prop_assert!(shown.text.width() <= usize::from(width), "{:?} in {width}", shown.text);
            prop_assert!(width == 0 || shown.cursor < width);
        }
    }

    #[test]
    fn a_click_on_the_cursor_leaves_it_there(text in "[a-z ]{0,40}", at in 0usize..40, width in 4u16..30) {
        let mut field = TextField::with_text(60, &text);
        field.edit(&Edit::MoveTo(at));
        let edit = field.edit_at(width, field.shown(width).cursor);
        prop_assert_eq!(edit, Edit::MoveTo(field.cursor));
    }
}
