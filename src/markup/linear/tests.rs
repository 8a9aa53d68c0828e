use proptest::prelude::*;

use super::*;

fn said(markdown: &str) -> String {
    let mut out = String::new();
    for passage in linear(markdown).passages {
        if !matches!(passage.kind, PassageKind::Continued | PassageKind::End) && !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&"  ".repeat(passage.depth));
        out.push_str(passage.text.as_str());
        out.push('\n');
    }
    out
}

#[test]
fn everything_is_said_in_words() {
    let markdown = "# Top\n\nSome *soft*\ntext with `code`, [a page](https://example.org/x) and ~~old~~.\n\n\
        ## Lists\n\n- one\n- two\n  1. first\n  2. second\n\n- [x] tick\n- [ ] open\n\n\
        > [!WARNING]\n> Do not.\n>\n> Really.\n\n> Short.\n\n\
        | Data | Law |\n| --- | --- |\n| Phone *book* | yes |\n| Place | |\n\n\
        ![A chart of apps](a.png) ![](b.png)\n\n```text\n+--+\n| x|\n```\n\n    one line\n\n\
        Ten^2^ is 100.[^1]\n\n[^1]: A fact.\n";
    insta::assert_snapshot!(said(markdown), @r"
    Title: Top

    Some soft text with code, a page (link 1) and (struck out: old).

    Heading: Lists

    - one
    - two
      1. first
      2. second
    - done: tick
    - to do: open

    Warning: Do not.

    Really.
    End of warning.

    Quote: Short.

    Table, 2 rows. Columns: Data; Law.
    Row 1 of 2. Data: Phone book; Law: yes
    Row 2 of 2. Data: Place; Law: empty
    End of table.

    (picture: A chart of apps) (picture: no description, file b.png)

    Text, 2 lines:
    +--+
    | x|
    End of text.

    Text: one line

    Ten^2^ is 100. (note 1)

    Note 1: A fact.
    ");
}

/// As the full screen takes them: one sign or two strike out, and raised and lowered text is said as it is written.
#[test]
fn what_is_struck_out_is_said() {
    fn check(markdown: &str, expected: &str) {
        assert_eq!(said(markdown), format!("{expected}\n"));
    }
    check("You may ~not~ share it.", "You may (struck out: not) share it.");
    check("You may ~~not~~ share it.", "You may (struck out: not) share it.");
    check("H~2~O and ^a^ b", "H~2~O and ^a^ b");
}

#[test]
fn footnotes_in_a_row_are_said_as_one() {
    let notes = "\n\n[^F1]: x\n[^F2]: x\n[^F3]: x\n";
    for row in ["[^F1][^F2][^F3]", " [^F1] [^F2] [^F3]", "[^F1], [^F2],[^F3]", "\n[^F1]\n[^F2][^F3]"] {
        assert!(
            said(&format!("A word.{row} Next.{notes}")).starts_with("A word. (notes F1, F2, F3) Next.\n"),
            "{row}"
        );
    }
    let apart =
        said(&format!("Said[^F1], and[^F2]\n\n[^F3]\n\n| a[^F1] | b |\n|---|---|\n| [^F2] | [^F3] |{notes}"));
    let expected = "Said (note F1), and (note F2)\n\n(note F3)\n\n\
                    Table, 1 row. Columns: a (note F1); b.\nRow 1 of 1. a (note F1): (note F2); b: (note F3)\n";
    assert!(apart.starts_with(expected), "{apart}");
}

#[test]
fn a_column_without_a_title_is_said_to_have_none() {
    let table = said("| | Work profile |\n|---|---|\n| Seen by IT | apps |\n");
    assert!(
        table.starts_with(
            "Table, 1 row. Columns: (no title); Work profile.\nRow 1 of 1. Seen by IT; Work profile: apps\n"
        ),
        "{table}"
    );
}

/// A row of six bytes below two thousand columns was two thousand times "empty".
#[test]
fn empty_cells_at_the_end_of_a_row_are_counted_and_not_listed() {
    let table = said("| a | b | c | d |\n|---|---|---|---|\n| 1 | | 3 |\n| 1 |\n| | 2 | | |\n||||\n");
    let expected = "Row 1 of 4. a: 1; b: empty; c: 3; d: empty\nRow 2 of 4. a: 1; the last 3 columns: empty\n\
                    Row 3 of 4. a: empty; b: 2; the last 2 columns: empty\nRow 4 of 4. the last 4 columns: empty\n";
    assert!(table.contains(expected), "{table}");
    let wide = format!("{}|\n{}|\n{}", "| a ".repeat(2000), "|---".repeat(2000), "| 1 |\n".repeat(100));
    let longest = linear(&wide).passages.iter().skip(1).map(|row| row.text.as_str().len()).max();
    assert!(longest.is_some_and(|longest| longest < 60), "{longest:?}");
}

#[test]
fn links_are_listed_with_their_addresses() {
    let links = linear("[one](https://a.example) and <https://b.example>").links;
    let found: Vec<_> = links.iter().map(|link| (link.text.as_str(), link.address.as_str())).collect();
    assert_eq!(found, [("one", "https://a.example"), ("https://b.example", "https://b.example")]);
}

#[test]
fn deep_nesting_costs_no_stack() {
    assert!(!linear(&format!("{} deep", ">".repeat(100_000))).passages.is_empty());
    assert!(!linear(&format!("{}deep", "- ".repeat(10_000))).passages.is_empty());
}

#[test]
fn entities_are_defused_after_parsing() {
    assert_eq!(said("a &#27;]52;c;x&#7; b"), "a <U+001B>]52;c;x<U+0007> b\n");
}

proptest! {
    #[test]
    fn any_text_is_said_without_control_characters(markdown in r"([-#>*|`\[\]()!~\^_ \n\t]|[a-z]|\PC|\x1b){0,200}") {
        let linear = linear(&markdown);
        for passage in &linear.passages {
            prop_assert!(!passage.text.as_str().chars().any(char::is_control));
            prop_assert!(passage.offset <= markdown.len());
        }
    }
}

/// A mailbox in brackets was taken for a file of the course.
#[test]
fn a_mailbox_is_a_link_to_a_mailbox() {
    let said = linear("Write to <it@example.org>.");
    assert_eq!(said.links[0].address, "mailto:it@example.org");
}

#[test]
fn the_title_of_a_picture_is_said_before_its_words() {
    assert_eq!(said("![A map](a.png \"Where it goes\")"), "(picture: Where it goes: A map)\n");
    assert_eq!(said("![](a.png \"Title\")"), "(picture: Title: no description, file a.png)\n");
}

/// Columns that line up on the full screen did not line up in what is spoken or on a braille display.
#[test]
fn tabs_in_code_go_to_the_next_multiple_of_four() {
    let spoken = said("```\na\tb\tc\nabc\td\n日本\tx\n```\n");
    assert!(
        spoken.contains("a   b   c\n") && spoken.contains("abc d\n") && spoken.contains("日本    x\n"),
        "{spoken}"
    );
}
