use proptest::prelude::*;

use super::*;

/// The text with `|` at the cursor, after `edits` from `before` (the same notation).
fn check(before: &str, edits: &[Edit], after: &str) {
    let cursor = before.find('|').expect("the case marks its cursor");
    let mut field = TextField::with_text(100, &before.replace('|', ""));
    field.edit(&Edit::MoveTo(cursor), Bidi::App);
    for edit in edits {
        field.edit(edit, Bidi::App);
    }
    let mut seen = field.text().to_owned();
    seen.insert(field.cursor, '|');
    assert_eq!(seen, after, "{before:?} {edits:?}");
}

#[test]
fn what_is_typed_is_in_no_dump() {
    let mut field = TextField::secret(100);
    field.edit(&Edit::Paste("correct horse".to_owned()), Bidi::App);
    let dump = format!("{field:?} {:?} {:?}", Edit::Paste("correct".to_owned()), Edit::Insert('Q'));
    assert!(!dump.contains("correct") && !dump.contains('Q'), "{dump}");
}

#[test]
fn a_secret_never_moves_in_memory() {
    let mut field = TextField::secret(300);
    let place = field.text().as_ptr();
    for _ in 0..400 {
        field.edit(&Edit::Insert('\u{1f40e}'), Bidi::App);
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
    check("one| two", &[Edit::Clear], "|");
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
    assert!(field.edit(&Edit::Paste("abcdef".to_owned()), Bidi::App));
    assert_eq!(field.text(), "abc");
    assert!(!field.edit(&Edit::Insert('d'), Bidi::App), "it is full");
}

#[test]
fn shows_what_stands_around_the_cursor() {
    fn shown(text: &str, width: u16, edits: &[Edit]) -> (String, u16) {
        let mut field = TextField::with_text(100, text);
        for edit in edits {
            field.edit(edit, Bidi::App);
        }
        let shown = field.shown(width, Bidi::App);
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
        "[א-ת(1-3 a-c]{0,12}".prop_map(Edit::Paste),
        any::<String>().prop_map(Edit::Paste),
        (0usize..40).prop_map(Edit::MoveTo),
        prop::sample::select(vec![
            Edit::Left,
            Edit::Right,
            Edit::WordLeft,
            Edit::WordRight,
            Edit::WordBack,
            Edit::WordOn,
            Edit::Home,
            Edit::End,
            Edit::Backspace,
            Edit::Delete,
            Edit::DeleteWordLeft,
            Edit::DeleteWordRight,
            Edit::Clear,
            Edit::DeleteToEnd,
        ]),
    ]
}

fn orders() -> impl Strategy<Value = Bidi> {
    prop::sample::select(vec![Bidi::App, Bidi::Terminal])
}

/// What stands in the cells of a field of this width, `_` where it is free, with the cursor's column.
fn cells(text: &str, width: u16, edits: &[Edit], bidi: Bidi) -> (String, u16) {
    let mut field = TextField::with_text(100, text);
    for edit in edits {
        field.edit(edit, bidi);
    }
    let shown = field.shown(width, bidi);
    let free = |columns: u16| "_".repeat(columns.into());
    (format!("{}{}{}", free(shown.before), shown.text, free(shown.after)), shown.cursor)
}

#[test]
fn right_to_left_text_begins_at_the_right_and_the_cursor_stands_where_typing_goes_on() {
    let check = |text: &str, edits: &[Edit], expected: &str, cursor: u16| {
        assert_eq!(cells(text, 10, edits, Bidi::App), (expected.to_owned(), cursor), "{text:?} {edits:?}");
    };
    check("אבג", &[], "_______גבא", 6);
    check("אבג", &[Edit::Home], "_______גבא", 9);
    check("אבג", &[Edit::Right], "_______גבא", 7);
    check("אבג", &[Edit::Left], "_______גבא", 6);
    check("אבג", &[Edit::Home, Edit::Left], "_______גבא", 8);
    // A line in the other direction keeps it, and so does a number in this one.
    check("ab אבג", &[], "ab גבא____", 6);
    check("ab אבג", &[Edit::Home, Edit::Right, Edit::Right, Edit::Right], "ab גבא____", 3);
    check("אב 12", &[], "_____12 בא", 4);
    check("(אב)", &[], "______(בא)", 5);
    // What goes on unseen goes on at the side where its reader would look.
    check("אבגדהוזחטיכל", &[], "__לכיטחזו…", 1);
    check("אבגדהוזחטיכל", &[Edit::Home], "_…חזוהדגבא", 9);
    assert_eq!(cells("אבג", 10, &[], Bidi::Terminal), ("אבג_______".to_owned(), 3));
    assert_eq!(cells("אבג", 10, &[Edit::Left], Bidi::Terminal), ("אבג_______".to_owned(), 2));
}

#[test]
fn an_arrow_goes_to_the_next_cell_and_through_all_of_them() {
    for text in ["abc", "אבג", "ab אבג (12) c", "אב ab 12", "שָׁלוֹם!", "א\u{202e}ב"] {
        let mut field = TextField::with_text(100, text);
        let column = |field: &TextField| field.shown(40, Bidi::App).cursor;
        field.edit(&Edit::Home, Bidi::App);
        let places = field.edges().count();
        for _ in 0..places {
            field.edit(&Edit::Left, Bidi::App);
        }
        let mut columns = vec![column(&field)];
        for _ in 1..places {
            field.edit(&Edit::Right, Bidi::App);
            columns.push(column(&field));
        }
        assert!(columns.is_sorted_by(|one, next| one < next), "{text:?}: {columns:?}");
        field.edit(&Edit::Right, Bidi::App);
        assert_eq!(column(&field), *columns.last().unwrap(), "{text:?}");
    }
}

#[test]
fn words_are_stepped_over_in_the_direction_that_is_seen() {
    let steps = |edit: Edit, bidi: Bidi| {
        let mut field = TextField::with_text(100, "אבג דהו");
        field.edit(&Edit::Home, bidi);
        field.edit(&edit, bidi);
        field.cursor
    };
    let word = "אבג".len();
    assert_eq!(steps(Edit::WordLeft, Bidi::App), word);
    assert_eq!(steps(Edit::WordRight, Bidi::App), 0);
    assert_eq!(steps(Edit::WordOn, Bidi::App), word);
    assert_eq!(steps(Edit::WordRight, Bidi::Terminal), word);
}

#[test]
fn what_takes_out_takes_out_what_was_typed_last() {
    check("אבג|", &[Edit::Backspace], "אב|");
    check("|אבג", &[Edit::Delete], "|בג");
    check("אבג|", &[Edit::Insert('ד')], "אבגד|");
}

#[test]
fn dots_go_from_left_to_right_whatever_stands_behind_them() {
    let mut field = TextField::secret(100);
    field.edit(&Edit::Paste("אבג".to_owned()), Bidi::App);
    field.edit(&Edit::Left, Bidi::App);
    assert_eq!(field.cursor, "אב".len());
}

proptest! {
    #[test]
    fn no_edit_breaks_it(edits in prop::collection::vec(edits(), 0..40), width in 0u16..30, bidi in orders()) {
        let mut field = TextField::new(60);
        for edit in edits {
            let before = field.text.clone();
            let changed = field.edit(&edit, bidi);
            prop_assert!(changed || field.text == before);
            prop_assert!(field.text.chars().count() <= 60);
            prop_assert!(!field.text.contains(char::is_control));
            prop_assert!(field.edges().any(|edge| edge == field.cursor), "{:?} at {}", field.text, field.cursor);
            let shown = field.shown(width, bidi);
            prop_assert_eq!(usize::from(shown.before + shown.after) + shown.text.width(), usize::from(width));
            prop_assert!(shown.text.width() <= usize::from(width), "{:?} in {width}", shown.text);
            prop_assert!(width == 0 || shown.cursor < width);
        }
    }

    #[test]
    fn a_click_on_the_cursor_leaves_it_there(text in "[a-cא-ת(1 ]{0,40}", at in 0usize..40, width in 4u16..30) {
        let mut field = TextField::with_text(60, &text);
        field.edit(&Edit::MoveTo(at), Bidi::App);
        let edit = field.edit_at(width, field.shown(width, Bidi::App).cursor, Bidi::App);
        prop_assert_eq!(edit, Edit::MoveTo(field.cursor));
    }
}
