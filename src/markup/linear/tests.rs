use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::markup::{Document, plain};

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

/// “Heading, level 3” was said where no level 2 is ever named.
#[test]
fn headings_are_called_by_what_they_are_to_each_other() {
    let said = linear("# T\n\n## A\n\n### B\n\n#### C\n");
    let words: Vec<&str> = said.passages.iter().map(|passage| passage.text.as_str()).collect();
    assert_eq!(words, ["Title: T", "Heading: A", "Subheading: B", "Subheading, level 4: C"]);
}

#[test]
fn signs_of_notes_are_left_out_where_something_else_is_said() {
    let notes = "[^F1]: x[^F2]\n[^F2]: y\n";
    let text = format!(
        "# T[^F1]\n\nSaid[^F1], and *so*[^F1][^F2].\n\n[^F2]\n\n- In apps:[^F1]\n\n| a[^F1] | Source |\n|---|---|\n| b[^F1] | [^F2] |\n\n{notes}"
    );
    let (said, quiet) = (linear(&text), linear_without_note_signs(&text));
    let words: Vec<&str> = quiet.passages.iter().map(|passage| passage.text.as_str()).collect();
    assert_eq!(
        words,
        [
            "Title: T",
            "Said, and so.",
            "(note F2)",
            "- In apps:",
            "Table, 1 row. Columns: a; Source.",
            "Row 1 of 1. a: b; Source: (note F2)",
            "End of table.",
            "Note F1: x",
            "Note F2: y",
        ]
    );
    let rest = |linear: Linear| -> Vec<Passage> {
        let without = |passage| Passage { text: Printable::default(), ..passage };
        linear.passages.into_iter().map(without).collect()
    };
    assert_eq!(rest(said), rest(quiet));
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

/// Where a cell ended was not to be heard.
#[test]
fn a_semicolon_within_a_cell_does_not_end_it() {
    let table = said("| a | b | c |\n|---|---|---|\n| x; y | Is it? | z |\n| x | y | z |\n");
    assert!(
        table.contains("\nRow 1 of 2. a: x; y. b: Is it? c: z.\nRow 2 of 2. a: x; b: y; c: z\n"),
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

/// The reader of one face took an address without markup for a link and that of the other did not, so their numbers differed.
#[test]
fn both_faces_number_the_same_links() {
    fn check(markdown: &str) -> usize {
        let document = Document::parse(markdown.into());
        let (seen, heard) = (document.links(), linear(markdown));
        assert_eq!(heard.links, seen, "{markdown}");
        let said: String = heard.passages.iter().map(|passage| passage.text.as_str()).collect();
        // The head of a table is said with each of its cells.
        let signs: BTreeSet<&str> =
            said.split("(link ").skip(1).filter_map(|behind| behind.split(')').next()).collect();
        let numbers: Vec<String> = (1..=seen.len()).map(|number| number.to_string()).collect();
        assert_eq!(signs, numbers.iter().map(String::as_str).collect(), "{said}");
        seen.len()
    }
    let texts = [
        ("https://a.example/x and [a page](b.md), www.c.example", 2),
        ("<https://a.example> <a@b.example> mailto:a@b.example", 2),
        ("`https://a.example` ![https://b.example](c.png) [https://d.example](e.md)", 1),
        ("[![](a.png)](b.md) [![A map](a.png)](b.md) ![a [b](c.md)](d.png) [](e.md)", 4),
        ("[one\\\ntwo](a.md), [three<br>four](b.md), *[five](c.md)*\n\n# [six](d.md)<br>seven", 4),
        ("| https://a.example | [b](c.md) |\n|---|---|\n| x<br>y | d |\n| https://e.example |", 3),
        (
            "- https://a.example\n  > https://b.example\n\n    https://c.example\n\nTerm\n: https://d.example",
            4,
        ),
        ("A.[^1] [b]\n\n[^1]: https://a.example\n\n[b]: c.md", 2),
        ("<div>\nhttps://a.example\n</div>\n\nhttps://b.example[^none] http://", 1),
        ("```\nhttps://a.example\n```\n\n```chart\nhttps://b.example: 2\n```", 0),
        ("https://a.example/(b)_c*d* \\https://e.example &amp;https://f.example", 3),
    ];
    for (markdown, count) in texts {
        assert_eq!(check(markdown), count, "{markdown}");
    }
    let lessons =
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/lessons")).expect("the bundled lessons");
    let texts = lessons.map(|lesson| lesson.expect("an entry").path()).filter(|path| path.is_file());
    let links: usize = texts.map(|path| check(&std::fs::read_to_string(path).expect("a lesson"))).sum();
    assert!(links > 100, "{links}");
}

/// The tag was spoken.
#[test]
fn a_line_break_is_a_pause_and_within_one_breath_a_blank() {
    let check = |markdown: &str, expected: &str| assert_eq!(said(markdown), expected);
    check("One<br>two<BR />three", "One\ntwo\nthree\n");
    check("# One<br>two\n\nText.", "Title: One two\n\nText.\n");
    check("![one<br>two](a.png)", "(picture: one two)\n");
    check(
        "| a<br>b |\n|---|\n| c<br>d |",
        "Table, 1 row. Columns: a b.\nRow 1 of 1. a b: c d\nEnd of table.\n",
    );
    check("One <b>two</b>", "One <b>two</b>\n");
    assert_eq!(plain("Answer the message<br>and ask <b>who</b>").as_str(), "Answer the message and ask who");
}

#[test]
fn without_a_list_of_links_each_is_said_with_its_address() {
    let check = |markdown: &str, expected: &str| {
        let linear = linear_with_addresses(markdown);
        assert_eq!(linear.passages.iter().map(|said| said.text.as_str()).collect::<Vec<_>>(), [expected]);
    };
    check("See [the office](https://a.example/x) now.", "See the office (https://a.example/x) now.");
    check(
        "See https://a.example and <b@c.example>.",
        "See https://a.example and b@c.example (mailto:b@c.example).",
    );
    check("[![](a.png)](b.md) [c]()", "(picture: no description, file a.png) (b.md) c");
}

/// What followed was said to be a heading.
#[test]
fn a_heading_without_words_is_not_said() {
    assert_eq!(said("#\n\nText.\n\n##\n\n- item"), "Text.\n\n- item\n");
}

/// Joining them wrote the whole list anew for each.
#[test]
fn very_many_notes_in_a_row_are_one() {
    let labels: Vec<String> = (0..20_000).map(|number| format!("n{number}")).collect();
    let signs =
        |apart: &str| labels.iter().map(|label| format!("[^{label}]")).collect::<Vec<_>>().join(apart);
    let defined: Vec<String> = labels.iter().map(|label| format!("[^{label}]: x\n")).collect();
    let defined = defined.concat();
    for apart in ["", ", ", "\n"] {
        let linear = linear(&format!("A{}, b[^n1].\n\n{defined}", signs(apart)));
        assert_eq!(
            linear.passages[0].text.as_str(),
            format!("A (notes {}), b (note n1).", labels.join(", "))
        );
    }
}
