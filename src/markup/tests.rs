//! What Markdown looks like in a terminal, and what must hold for any Markdown.

use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::printable::width;

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

/// Pieces that Markdown is made of, and some that attack it.
fn fragment() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "word ",
        "two words ",
        "\n",
        "\n\n",
        "\n\n",
        "- ",
        "1. ",
        "2) ",
        "> ",
        ">",
        "# ",
        "## ",
        "    ",
        "  ",
        "\t",
        "```",
        "```\n",
        "~~~\n",
        "`",
        "``",
        "*",
        "**",
        "_",
        "~~",
        "~",
        "^",
        "[",
        "]",
        "](x)",
        "[a](b)",
        "![i](p)",
        "[^1]",
        "[^1]: ",
        "[r]: /u\n",
        "<",
        ">",
        "<div>\n",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<br>",
        "|",
        "|---|---|\n",
        "| a | b |\n",
        "---\n",
        "===\n",
        "***\n",
        ": ",
        "[x] ",
        "[!NOTE]\n",
        "&#27;",
        "&amp;",
        "\\",
        "\r\n",
        "\r",
        "\u{202e}",
        "\u{200b}",
        "\u{1b}[31m",
        "\u{301}",
        "👩‍👩‍👧",
        "👍🏽",
        "🇩🇪",
        "中文",
        "ｶﾞ",
        "\u{fe0f}",
        "\u{1160}",
        "\u{feff}",
        "https://e.x/a_b ",
        "{#id}",
        "क्ष",
        "\u{200d}",
        "longwordwithoutanyplacetobreakitanywhere",
        "\0",
    ];
    prop_oneof![
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..60)
            .prop_map(|pieces| pieces.concat()),
        prop::collection::vec(
            prop_oneof![prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), ".{0,12}"],
            0..30
        )
        .prop_map(|pieces| pieces.concat()),
    ]
}

/// What the property below found.
#[test]
fn places_never_go_back_and_wide_clusters_fit() {
    for (markdown, columns) in [
        ("  <!--\u{202e}", 1),
        ("  <!--\n\n", 1),
        ("1. ```\n  <script>longwordwithoutanyplacetobreakitanywhere\u{fe0f}", 27),
        ("```\nabcｶ\u{ff9e}ｶ\u{ff9e}\n```", 4),
    ] {
        let mut before = 0;
        for line in laid_out(markdown, columns) {
            assert!(width(&text_of(&line)) <= usize::from(columns), "{:?}", text_of(&line));
            assert!((before..=markdown.len()).contains(&line.offset), "{markdown:?}");
            before = line.offset;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, max_shrink_iters: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_line_is_wider_and_nothing_is_hidden(markdown in fragment(), columns in 1_u16..=120) {
        let mut before = 0;
        for line in laid_out(&markdown, columns) {
            let sum: usize = line.spans.iter().map(|span| span.text.width()).sum();
            prop_assert!(sum <= usize::from(columns), "{sum} of {columns}: {:?}", text_of(&line));
            prop_assert!(width(&text_of(&line)) <= usize::from(columns), "{:?}", text_of(&line));
            prop_assert!(line.offset >= before && line.offset <= markdown.len());
            before = line.offset;
            let hidden = |c: char| c.is_control() || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
            prop_assert!(!text_of(&line).contains(hidden), "{:?}", text_of(&line));
        }
    }

    #[test]
    fn any_bytes_can_be_shown(bytes in prop::collection::vec(any::<u8>(), 0..2000), columns in 1_u16..=40) {
        let markdown = String::from_utf8_lossy(&bytes);
        for line in laid_out(&markdown, columns) {
            prop_assert!(width(&text_of(&line)) <= usize::from(columns));
        }
        let document = Document::parse(markdown.as_ref().into());
        prop_assert!(document.minutes() >= 1);
        prop_assert!(document.headings().iter().all(|heading| heading.offset < markdown.len()));
        prop_assert!(document.links().iter().enumerate().all(|(number, link)| document.link(number).as_ref() == Some(link)));
        let _ = (plain(&markdown), lines(&markdown, columns));
    }

    #[test]
    fn blank_lines_are_never_doubled(markdown in fragment(), columns in 20_u16..=80) {
        let verbatim = ["```", "~~~", "    ", "\t", "<"];
        let markdown = verbatim.iter().fold(markdown, |text, piece| text.replace(piece, "x"));
        let lines = laid_out(&markdown, columns);
        let empty = |line: &Line| line.spans.is_empty();
        prop_assert!(!lines.windows(2).any(|pair| empty(&pair[0]) && empty(&pair[1])), "{}", shown(&lines));
        prop_assert!(!lines.first().is_some_and(empty));
        prop_assert!(!lines.last().is_some_and(empty));
    }

    #[test]
    fn all_words_are_there(words in prop::collection::vec("[a-zé中]{1,30}", 1..40), columns in 1_u16..=100) {
        let text: String = shown(&laid_out(&words.join(" "), columns)).split_whitespace().collect();
        if columns > 1 {
            prop_assert_eq!(text, words.concat());
        }
    }

    #[test]
    fn places_go_there_and_back(markdown in fragment(), columns in 1_u16..=80, steps in 0_usize..40) {
        let mut layout = layout(&markdown.repeat(20), columns);
        let top = layout.top();
        let place = layout.down(top, steps);
        let back = layout.up(place, steps);
        prop_assert_eq!(back, top);
        let all = layout.lines(top, usize::MAX).len();
        prop_assert_eq!(layout.lines(place, usize::MAX).len(), all - steps.min(all.saturating_sub(1)));
        let offset = layout.offset_of(place);
        let found = layout.place_of(offset);
        let again = layout.offset_of(found);
        prop_assert_eq!(layout.place_of(again), found);
    }

    /// Cutting is only allowed where the parser would see the same blocks without the cut.
    #[test]
    fn cuts_change_nothing(parts in prop::collection::vec(fragment(), 1..6)) {
        let markdown = parts.join("\n\n");
        // Not line ends and marks that are taken out before the scan, nor `: ` behind a definition, which the
        // parser gives to the paragraph above it.
        let markdown = markdown.replace(['\r', '\u{feff}', ':'], "");
        let whole = blocks(&events::Excerpt::new("", &markdown, 0).events(&|_| None));
        let scan = scan::scan_with(&markdown, 1);
        let mut cut = Vec::new();
        for (index, chunk) in scan.chunks.iter().enumerate() {
            let end = scan.chunks.get(index + 1).map_or(markdown.len(), |next| next.start);
            cut.extend(blocks(&events::Excerpt::new("", &markdown[chunk.start..end], chunk.start).events(&|_| None)));
        }
        prop_assert_eq!(cut, whole, "{:?}", scan.chunks);
    }
}

/// The top-level blocks: what they are and where they begin.
fn blocks(events: &[events::Located<'_>]) -> Vec<(String, usize)> {
    use pulldown_cmark::{Event, Tag};
    let mut depth = 0;
    let mut blocks = Vec::new();
    for (event, range) in events {
        match event {
            Event::Start(tag) => {
                // Definition lists are one list over empty lines and several after a cut; they look the same.
                if depth == 0 && !matches!(tag, Tag::DefinitionList) {
                    blocks.push((format!("{:?}", std::mem::discriminant(tag)), range.start));
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            Event::Rule if depth == 0 => blocks.push(("rule".to_owned(), range.start)),
            _ => {}
        }
    }
    blocks
}
