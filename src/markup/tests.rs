//! What Markdown looks like in a terminal.

mod any;
mod minutes;

use std::fmt::Write as _;
use std::sync::Arc;

use super::*;

/// Compares the layout with what is expected, line by line; trailing spaces do not count.
#[track_caller]
fn check(markdown: &str, width: u16, expected: &str) {
    let shown = shown(&laid_out(markdown, width));
    let expected = expected.strip_prefix('\n').unwrap_or(expected);
    assert_eq!(shown.trim_end_matches('\n'), expected.trim_end_matches('\n'), "\n{shown}\n");
}

fn laid_out(markdown: &str, width: u16) -> Vec<Line> {
    let mut layout = layout(markdown, width);
    let top = layout.top();
    layout.lines(top, usize::MAX)
}

fn layout(markdown: &str, width: u16) -> Layout {
    Layout::new(Arc::new(Document::parse(markdown.into())), width)
}

fn text_of(line: &Line) -> String {
    line.spans.iter().map(|span| span.text.as_str()).collect()
}

fn shown(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        writeln!(out, "{}", text_of(line).trim_end_matches(' ')).expect("writing to a string does not fail");
    }
    out
}

fn numbered(range: std::ops::Range<usize>, part: impl Fn(usize) -> String) -> String {
    range.map(part).collect::<Vec<_>>().concat()
}

#[test]
fn paragraphs_are_filled_and_separated() {
    check("One two\nthree four.\n\n\n\nFive.", 10, "One two\nthree\nfour.\n\nFive.");
    check("Hard  \nbreak\\\nhere<br>now", 20, "Hard\nbreak\nhere\nnow");
    check("a   b\t c", 20, "a b c");
    check("", 20, "");
    check("\n\n  \n", 20, "");
    check("incomprehensibilities", 8, "incompre\nhensibil\nities");
    check("中文文本没有空格", 7, "中文文\n本没有\n空格");
    check("a 👩‍👩‍👧‍👦 b", 4, "a 👩‍👩‍👧‍👦\nb");
    check("日本", 1, "?\n?");
}

#[test]
fn line_ends_and_byte_order_marks() {
    check("\u{feff}# A\r\n\r\ntext\r\nmore\r\n", 20, "A\n═\n\ntext more");
    check("# A\r\rtext\rmore", 20, "A\n═\n\ntext more");
    let document = Document::parse("\u{feff}# A\r\n".into());
    assert_eq!(document.headings()[0].offset, 3);
}

#[test]
fn everything_is_defused_after_parsing() {
    check("&#27;]52;c;aGk=&#7;", 40, "<U+001B>]52;c;aGk=<U+0007>");
    check("a\u{202e}b `c\u{1b}d`", 40, "a<U+202E>b c<U+001B>d");
    check("    code\u{9b}31m", 40, "  code<U+009B>31m");
    check("<b\u{200b}>", 40, "<b<U+200B>>");
    check(
        "![a\u{7}](<x&#27;.png>)\n\n![](<x&#27;.png>)",
        40,
        "
┌ picture ──┐
│ a<U+0007> │
└───────────┘

┌ picture ──────┐
│ x<U+001B>.png │
└───────────────┘",
    );
    check("| a\u{1b} |\n|---|\n| b |", 40, "a<U+001B>\n─────────\nb");
}

#[test]
fn lists() {
    check(
        "- one\n- two words wrap\n  - nested\n    1. deep\n- three",
        10,
        "• one\n• two\n  words\n  wrap\n  – nested\n    1.\n    deep\n• three",
    );
    check("1. a\n\n2. b\n\n   c", 20, "1. a\n\n2. b\n\n   c");
    check("9. a\n10. b", 20, "9.  a\n10. b");
    check("- [x] done\n- [ ] open\n\n  more", 20, "[x] done\n\n[ ] open\n\n    more");
    check("-\n- b", 20, "•\n• b");
    check("- a\n\n      code", 20, "• a\n\n    code");
    check("- a\n  > b\n- c", 20, "• a\n  │ b\n• c");
    check("para\n- a", 20, "para\n\n• a");
}

#[test]
fn quotes_and_alerts() {
    check("> a\n> b\n>\n> c\n> > d", 20, "│ a b\n│\n│ c\n│\n│ │ d");
    check("> > >", 20, "│ │ │");
    check("> [!WARNING]\n> Stop here", 20, "▌ Warning\n▌ Stop here");
    check("> [!NOTE]\n> - a\n> - b\n\nafter", 20, "▌ Note\n▌ • a\n▌ • b\n\nafter");
}

#[test]
fn code_keeps_its_shape() {
    check("```rust\nfn a() {\n\tb;\n\n}\n```\ntext", 20, "  fn a() {\n      b;\n\n  }\n\ntext");
    check("```\n0123456789abcdefghij\n```", 14, "  0123456789ab\n  ↪ cdefghij");
    check("~~~\n```\n~~~", 20, "  ```");
    check("```\nunclosed &#27;", 20, "  unclosed &#27;");
}

#[test]
fn tables_shrink_wrap_and_become_lists() {
    let table = "| Name | What it does | n |\n|:--|:-:|--:|\n| Location | where you are all day | 12 |\n| Contacts | names | 3 |";
    check(
        table,
        60,
        "
Name     │     What it does      │  n
─────────┼───────────────────────┼───
Location │ where you are all day │ 12
Contacts │         names         │  3",
    );
    check(
        table,
        31,
        "
Name     │  What it does   │  n
─────────┼─────────────────┼───
Location │  where you are  │ 12
         │     all day     │
─────────┼─────────────────┼───
Contacts │      names      │  3",
    );
    check(
        "[a](b) and <http://c.d> or https://e.f/g_h, ok",
        60,
        "a[1] and http://c.d[2] or https://e.f/g_h[3], ok",
    );
    check(
        "Text[^1], more[^note].\n\n[^1]: The note\n[^note]: Other",
        40,
        "
Text¹, more [note].

¹ The note
[note] Other",
    );
    check(
        "[^1]: The note\n\n    goes on\n[^2]: Other\n\nText[^1][^2]",
        40,
        "
¹ The note

  goes on
² Other

Text¹,²",
    );
    check(
        "![A phone](a.png)",
        30,
        "
┌ picture ──┐
│ A phone   │
└───────────┘",
    );
    check("![A phone](a.png)", 9, "picture:\nA phone");
    check("see ![it](x.png)", 30, "see [picture: it]");
    check("H~2~O, x^2^, e^iπ^, ~old~", 30, "H₂O, x², e^(iπ), old");
    check("---", 5, "─────");
    check("Term\n: one\n: two\n\nOther\n: x", 20, "Term\n  one\n  two\n\nOther\n  x");
    check("<div>\n<b>x</b>\n</div>\n\na <i>b</i>", 20, "<div>\n<b>x</b>\n</div>\n\na <i>b</i>");
}

#[test]
fn small_texts_show_addresses() {
    let shown = |markdown: &str| shown(&lines(markdown, 60));
    assert_eq!(shown("[the law](https://x.y/z)"), "the law (https://x.y/z)\n");
    assert_eq!(shown("<https://x.y/z>"), "https://x.y/z\n");
    assert_eq!(plain("# A *b*\n\n`c` [d](e)&#27;").as_str(), "A b c d<U+001B>");
}

#[test]
fn headings_have_anchors() {
    let document = Document::parse(
        "# A *b*\n\n## A b\n\nSet `up`\n---\n\n> ## Quoted\n\n- # Item\n\n# Own {#a-b}\n\n```\n# code\n```\n\n# [x]\n\n[x]: y".into(),
    );
    let found: Vec<_> =
        document.headings().iter().map(|h| (h.level, h.text.as_str(), h.anchor.as_str())).collect();
    let expected = [
        (1, "A b", "a-b-1"),
        (2, "A b", "a-b-2"),
        (2, "Set up", "set-up"),
        (2, "Quoted", "quoted"),
        (1, "Item", "item"),
        (1, "Own", "a-b"),
        (1, "x", "x"),
    ];
    assert_eq!(found, expected);
    assert_eq!(document.title().map(Printable::as_str), Some("A b"));
    assert_eq!(document.heading("a-b").map(|heading| heading.text.as_str()), Some("Own"));
    assert_eq!(document.heading("code"), None);
}

#[test]
fn links_are_numbered_through_the_document() {
    let mut source = String::new();
    for index in 0..400 {
        write!(source, "Paragraph {index} with [link {index}](https://e.x/{index}) and some words.\n\n")
            .unwrap();
    }
    let document = Arc::new(Document::parse(source.as_str().into()));
    assert!(document.chunks() > 5);
    let mut layout = Layout::new(Arc::clone(&document), 80);
    let last = layout.last_top(1);
    let line = layout.lines(last, 1);
    assert!(text_of(&line[0]).contains("link 399[400]"), "{line:?}");
    assert_eq!(document.links().len(), 400);
    assert_eq!(document.links()[399].address, "https://e.x/399");
    assert_eq!(document.link(250), Some(document.links()[250].clone()));
    assert_eq!(&source[document.links()[7].offset..][..7], "[link 7");
}

#[test]
fn references_and_notes_reach_over_chunks() {
    let filler = "Some words to fill the chunk.\n\n".repeat(200);
    let source = format!("See [Foo  Bar] and[^1].\n\n{filler}[foo bar]: https://e.x\n\n[^1]: Note\n");
    let document = Document::parse(source.as_str().into());
    assert!(document.chunks() > 2);
    assert_eq!(document.links()[0].address, "https://e.x");
    assert!(shown(&laid_out(&source, 40)).starts_with("See Foo Bar[1] and¹.\n"));
}

#[test]
fn footnotes_in_a_row_are_one_sign_that_stays_with_its_word() {
    const NOTES: &str = "\n\n[^F1]: x\n[^F2]: x\n[^F3]: x\n[^1]: x\n[^22]: x\n";
    #[track_caller]
    fn check(text: &str, width: u16, expected: &str) {
        let shown = shown(&laid_out(&format!("{text}{NOTES}"), width));
        let (text, _) = shown.split_once("\n\n").expect("the notes stand apart");
        assert_eq!(text, expected, "{width}");
    }
    for row in ["[^F1][^F2]", " [^F1] [^F2]", "[^F1],[^F2]", "[^F1], [^F2]", "\n[^F1]\n[^F2]"] {
        check(&format!("A word.{row} Next."), 40, "A word. [F1, F2] Next.");
    }
    check("Said[^F1], and[^F2].", 40, "Said [F1], and [F2].");
    check("Small.[^1][^22] Next.", 40, "Small.¹,²² Next.");
    check("Mixed.[^1][^F2]", 40, "Mixed. [^1, F2]");
    check("[^F1] first", 40, "[F1] first");
    check("**Bold.**[^F1]\\\n[^F2] then", 40, "Bold. [F1]\n[F2] then");
    // The word goes to the next line with its sign, as far as a line has room for both.
    check("Some words here.[^F1] Next.", 18, "Some words\nhere. [F1] Next.");
    check("Some words here.[^F1][^F2][^F3]", 18, "Some words\nhere. [F1, F2, F3]");
    check("Some words here.[^F1][^F2][^F3]", 14, "Some words\nhere. [F1, F2,\nF3]");
    check("Extraordinarily.[^F1]", 18, "Extraordinarily.\n[F1]");
    check("Small words.[^1] Next", 12, "Small\nwords.¹ Next");
}

#[test]
fn long_blocks_are_cut_and_still_look_whole() {
    let list = numbered(1..5001, |index| format!("{index}. item {index}\n"));
    let expected: String = (1..=5000).map(|index| format!("item {index}")).collect::<Vec<_>>().join("\n");
    let shown_list = shown(&laid_out(&list, 40));
    let items: Vec<_> =
        shown_list.lines().map(|line| line.split_once(". ").map_or(line, |(_, item)| item.trim())).collect();
    assert!(items.join("\n") == expected);
    assert!(shown_list.contains("\n4999. item 4999\n"));

    let code = numbered(1..5001, |index| format!("    line {index}\n"));
    let shown_code = shown(&laid_out(&format!("```\n{code}```\nafter\n"), 40));
    assert_eq!(shown_code.lines().count(), 5002);
    assert!(shown_code.ends_with("      line 5000\n\nafter\n"));

    let rows = numbered(1..3001, |index| format!("| a{index} | b{index} |\n"));
    let shown_table = shown(&laid_out(&format!("| A | B |\n|---|---|\n{rows}"), 40));
    assert_eq!(shown_table.lines().count(), 3002);
    assert!(shown_table.ends_with("a3000 │ b3000\n"), "{}", &shown_table[shown_table.len() - 100..]);

    let words = numbered(0..20000, |index| format!("word{index} "));
    let shown_words = shown(&laid_out(&words, 80));
    assert_eq!(shown_words.split_whitespace().count(), 20_000);
    assert!(shown_words.lines().all(|line| !line.is_empty()));
}

#[test]
fn nesting_has_no_bottom() {
    for opening in [">", "> ", "- ", "1. ", "*", "[", "![", "(", "<", "_", "**a", "> - ", "[^1]: ", "|"] {
        let markdown = format!("{}text", opening.repeat(200_000 / opening.len()));
        let mut layout = layout(&markdown, 80);
        let top = layout.top();
        assert!(!layout.lines(top, 24).is_empty(), "{opening}");
        let end = layout.last_top(24);
        let text = shown(&layout.lines(end, 24));
        assert!(text.contains("text"), "{opening}: {text}");
    }
}

#[test]
fn places() {
    let source = numbered(0..600, |index| format!("# H{index}\n\nText of it.\n\n"));
    let mut layout = layout(&source, 40);
    let top = layout.top();
    let heading = layout.document().headings()[500].offset;
    let place = layout.place_of(heading);
    assert_eq!(text_of(&layout.lines(place, 1)[0]), "H500");
    assert_eq!(layout.offset_of(place), heading);
    let up = layout.up(place, 1234);
    assert_eq!(layout.down(up, 1234), place);
    let last_top = layout.last_top(24);
    assert_eq!(layout.lines(last_top, 100).len(), 24);
    let bottom = layout.down(last_top, 23);
    assert_eq!(layout.start_below(last_top, 24).offset, source.len());
    assert_eq!(layout.down(bottom, 1), bottom);
    assert_eq!(layout.up(bottom, usize::MAX), top);
    assert_eq!(layout.place_of(0), top);
    let offset = layout.offset_of(place);
    layout.set_width(10);
    let place = layout.place_of(offset);
    assert_eq!(text_of(&layout.lines(place, 1)[0]), "H500");
    let beyond = layout.place_of(usize::MAX);
    assert!(layout.offset_of(beyond) <= source.len());
    assert_eq!(self::layout("one line", 40).last_top(24), top);
}
