//! How many minutes a text is read.

use super::*;

#[test]
fn footnotes_are_not_read_through() {
    let minutes = |text: &str| Document::parse(text.into()).minutes();
    let note = "[^F1]: ".to_owned() + &"word ".repeat(300);
    let text = "word ".repeat(238);
    assert_eq!(minutes(&format!("{text}\n\n{note}\n")), 1);
    assert_eq!(minutes(&format!("{text}\n\n{note}\nmore {note}\n")), 1);
    assert_eq!(minutes(&format!("{text}\n\n  [^F1]: a\n\n    {note}\n\n\t{note}\n")), 1);
    assert_eq!(minutes(&format!("{note}\n\n{text} and more\n")), 2);
    assert_eq!(minutes(&format!("{text}\n\n[F1]: more\n")), 2);
    assert_eq!(minutes(&format!("{text}\n\n[^F 1]: more\n")), 2);
    assert_eq!(minutes(&format!("{text}\n\n    [^F1]: more\n")), 2);
}

#[test]
fn minutes_of_reading() {
    let minutes = |text: &str| Document::parse(text.into()).minutes();
    assert_eq!(minutes(""), 1);
    assert_eq!(minutes(&"word ".repeat(238)), 1);
    assert_eq!(minutes(&"word ".repeat(239)), 2);
    assert_eq!(minutes(&"| - # ".repeat(2000)), 1);
    // Long enough to be counted while it is cut.
    assert_eq!(minutes(&"seven words and a line end here\n".repeat(34_000)), 1000);
}

#[test]
fn minutes_left_from_a_place() {
    let check = |text: &str, offset: usize, expected: u32| {
        assert_eq!(
            Document::parse(text.into()).minutes_from(offset),
            expected,
            "{} from {offset}",
            text.len()
        );
    };
    check("", 0, 1);
    check("", 9, 1);
    // 238 words of five bytes a minute: lines, and one line.
    for text in ["word\n".repeat(2380), "word ".repeat(2380)] {
        check(&text, 0, 10);
        check(&text, 238 * 5, 9);
        check(&text, 238 * 5 + 30, 9);
        check(&text, 238 * 5 - 30, 10);
        check(&text, 9 * 238 * 5, 1);
        check(&text, text.len(), 1);
        check(&text, usize::MAX, 1);
    }
    // Whoever reads up to the footnotes is nearly done.
    let notes = "[^F1]: ".to_owned() + &"word ".repeat(3000);
    check(&format!("{}\n\n{notes}\n", "word\n".repeat(476)), 476 * 5, 1);
}
