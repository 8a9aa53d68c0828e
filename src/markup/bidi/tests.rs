//! What right-to-left text looks like, and what must hold for text of any direction.

use std::sync::Arc;

use proptest::prelude::*;

use super::super::wrap::{Paragraph, Run};
use super::*;
use crate::markup::{Document, Layout, Role};
use crate::printable::width;

fn laid_out(markdown: &str, width: u16) -> Vec<Line> {
    let mut layout = Layout::new(Arc::new(Document::parse(markdown.into())), width);
    let top = layout.top();
    layout.lines(top, usize::MAX)
}

fn text_of(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// Compares what stands in the cells with what is expected, line by line; blanks at the right do not count.
#[track_caller]
fn check(markdown: &str, width: u16, expected: &[&str]) {
    let drawn: Vec<String> =
        laid_out(markdown, width).iter().map(|line| text_of(&line.visual()).trim_end().to_owned()).collect();
    assert_eq!(drawn, expected, "{markdown}");
}

#[test]
fn paragraphs_stand_at_the_side_where_they_begin() {
    check("שלום עולם", 12, &["   םלוע םולש"]);
    check("אבג דהו זחט", 8, &[" והד גבא", "     טחז"]);
    check("See שלום עולם there", 30, &["See םלוע םולש there"]);
    // The last line of a paragraph is ordered by its first letter, not by its own.
    check("אבג word", 5, &["  גבא", " word"]);
    check("word אבג", 5, &["word", "גבא"]);
    check("123, 45", 12, &["123, 45"]);
    check("a\n\nאב", 4, &["a", "", "  בא"]);
}

#[test]
fn numbers_brackets_and_signs_go_where_readers_expect_them() {
    check("יש 123 דברים (כן)", 20, &["   (ןכ) םירבד 123 שי"]);
    check("אב 1.5% גד", 12, &["  דג 1.5% בא"]);
    check("العربية ١٢٣ نص", 16, &["  صن ١٢٣ ةيبرعلا"]);
    check("a < א < ב", 12, &["a < ב > א"]);
    // What belongs together and has no letters is for authors to mark as code.
    check("אב C++ גד", 12, &["   דג ++C בא"]);
    check("אב `C++` גד", 12, &["   דג C++ בא"]);
    // Marks stay on their letters.
    check("שָׁלוֹם", 6, &["  םוֹלשָׁ"]);
}

#[test]
fn code_addresses_and_hidden_characters_are_ordered_as_one_piece() {
    check("הרץ `rm -rf /` עכשיו", 24, &["      וישכע rm -rf / ץרה"]);
    check("הרץ rm -rf / עכשיו", 24, &["      וישכע / rm -rf ץרה"]);
    check("א\u{202e}ב", 14, &["    ב<U+202E>א"]);
    check("\u{202e}אב", 14, &["    בא<U+202E>"]);
    check("abc\u{202e}def", 20, &["abc<U+202E>def"]);
    check("    x = 'אבג' # דהו\n", 30, &["  x = 'והד # 'גבא"]);
}

#[test]
fn signs_of_quotes_and_lists_stand_at_the_side_where_reading_begins() {
    check("- אב\n- גד", 8, &["    בא •", "    דג •"]);
    check("9. אב\n10. גד", 10, &["    בא  .9", "    דג .10"]);
    check("- [x] אב", 10, &["    בא [x]"]);
    check("> אב\n>\n> גד", 8, &["    בא │", "       │", "    דג │"]);
    check("> > אבג דהו", 9, &["  גבא │ │", "  והד │ │"]);
    // Each level by its own letters.
    check("> a\n>\n> - אב", 10, &["│ a", "│", "│     בא •"]);
    check("- אב\n\n  ab\n\n  12", 8, &["    בא •", "", "ab", "", "    12"]);
    check("# אבג\n\ntext", 8, &["     גבא", "     ═══", "", "text"]);
    check("> [!NOTE]\n> אב", 10, &["    Note ▌", "      בא ▌"]);
}

#[test]
fn tables_go_the_way_of_their_first_letter() {
    check("| שם | מה |\n|---|---|\n| אבג | 1 |", 12, &["    המ │  םש", "    ───┼────", "     1 │ גבא"]);
}

#[test]
fn styles_and_links_keep_their_letters() {
    let lines = laid_out("שלום [עולם *טוב*](x) סוף", 40);
    let spans = lines[0].visual();
    let linked: String =
        spans.iter().filter(|span| span.style.link.is_some()).map(|s| s.text.as_str()).collect();
    assert_eq!(linked, "[1]בוט םלוע");
    let emphasised = spans.iter().find(|span| span.style.emphasis).expect("there is one");
    assert_eq!(emphasised.text.as_str(), "בוט");
    let begin: usize = spans.iter().take_while(|span| !span.style.emphasis).map(|s| s.text.width()).sum();
    let hit = lines[0].clusters().into_iter().find(|cluster| cluster.columns.contains(&begin));
    let hit = hit.expect("something is drawn there");
    assert_eq!(&lines[0].spans[hit.span].text.as_str()[hit.range], "ב");
}

#[test]
fn nothing_melts_together_that_was_apart() {
    let pieces = Level(1).drawn(&Printable::new("🇫🇷 🇩🇪🇩"));
    assert_eq!(pieces.iter().map(Printable::as_str).collect::<Vec<_>>(), ["🇩", "🇩🇪 🇫🇷"]);
    let hand = Level(1).drawn(&Printable::new("🏽👍"));
    assert_eq!(hand.iter().map(Printable::as_str).collect::<Vec<_>>(), ["👍", "🏽"]);
}

#[test]
fn a_title_is_ordered_without_being_moved() {
    for (text, expected) in [
        ("Plain – title", "Plain – title"),
        ("שלום (עולם) 12", "12 (םלוע) םולש"),
        ("1. מבוא: TikTok", "TikTok :אובמ .1"),
        ("אב🇩", "🇩בא"),
        ("🏽👍א", "🏽👍א"),
    ] {
        assert_eq!(visual(&Printable::new(text)).as_str(), expected);
    }
}

#[test]
fn depth_has_an_end() {
    let mut level = Level::default();
    for _ in 0..300 {
        level = level.within(Direction::RightToLeft).within(Direction::LeftToRight);
    }
    assert_eq!(level, Level(DEEPEST));
    let nested: String = (0..500)
        .map(|depth| ["> א\n", "> a\n"][depth % 2])
        .enumerate()
        .fold(String::new(), |text, (depth, line)| {
            text + &">".repeat(depth) + line + &">".repeat(depth + 1) + "\n"
        });
    for line in laid_out(&nested, 2000) {
        assert!(width(&text_of(&line.visual())) <= 2000);
    }
}

#[test]
fn terminals_that_order_text_themselves_get_it_as_it_is_read() {
    assert!(Bidi::Auto.is_ours() && Bidi::App.is_ours() && !Bidi::Terminal.is_ours());
    let lines = laid_out("- שלום `a`", 20);
    assert_eq!(text_of(&lines[0].spans), "• שלום a");
}

#[test]
fn roles_decide_what_is_isolated() {
    let code = Style { role: Role::Code, ..Style::default() };
    let runs =
        [Run::new("א ", Style::default(), 0), Run::new("b /", code, 2), Run::new(" ג", Style::default(), 5)];
    assert_eq!(text_of(&lines_of(&runs, 20)[0].visual()), "ג b / א");
}

/// Text of every direction, with the characters that matter.
fn mixed() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "word ",
        "אב",
        "שלום ",
        "ع",
        "العربية ",
        "12",
        "3.5 ",
        "١٢",
        " ",
        "(",
        ")",
        "[",
        "]",
        "<",
        "«",
        "-",
        "+",
        "%",
        "$",
        ".",
        ",",
        "\u{301}",
        "ָ",
        "中",
        "👍🏽",
        "🇩🇪",
        "🏽",
        "می\u{200c}خ",
        "\u{202e}",
        "\u{2067}",
        "\u{200f}",
        "\u{10800}",
        "\u{1e900}",
        "\u{fb1d}",
        "/",
        ":",
        "ก",
        "क्ष",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..24).prop_map(|pieces| pieces.concat())
}

fn lines_of(runs: &[Run], room: usize) -> Vec<Line> {
    Paragraph::new(runs).lines(room)
}

/// What a line draws, column by column, has to be what its clusters say.
fn check_clusters(line: &Line) -> Result<(), TestCaseError> {
    let mut clusters = line.clusters().into_iter().peekable();
    let mut column = 0;
    for cluster in line.visual().iter().flat_map(|span| span.text.as_str().graphemes(true)) {
        let here = clusters.next_if(|next| next.columns.start == column);
        let Some(here) = here else {
            prop_assert_eq!(cluster, " ", "only free columns have no source");
            column += 1;
            continue;
        };
        let span = &line.spans[here.span];
        let source = &span.text.as_str()[here.range];
        let turned = mirrored(source).filter(|_| span.level.is_right_to_left());
        prop_assert_eq!(cluster, turned.as_ref().map_or(source, Printable::as_str));
        prop_assert_eq!(&here.columns, &(column..column + cluster_width(cluster)));
        column = here.columns.end;
    }
    prop_assert_eq!(clusters.next(), None);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 500, max_global_rejects: 10_000, failure_persistence: None, ..ProptestConfig::default()
    })]

    /// Order changes no width, loses nothing, and clusters are where they are drawn.
    #[test]
    fn what_is_drawn_is_what_is_read(
        text in mixed(),
        columns in 2_u16..60,
        container in prop::sample::select(vec!["", "> ", "- ", "1. א ", "    ", "| א | b |\n|---|:-:|\n| "]),
    ) {
        for line in laid_out(&format!("{container}{text}"), columns) {
            let drawn: usize = line.visual().iter().map(|span| span.text.width()).sum();
            let read: usize = line.spans.iter().map(|span| span.text.width()).sum();
            prop_assert!(drawn <= usize::from(columns), "{drawn}: {:?}", text_of(&line.visual()));
            prop_assert_eq!(drawn, read + line.free);
            check_clusters(&line)?;
        }
    }

    /// Where a style begins changes neither where lines end nor what stands where.
    #[test]
    fn styles_change_no_order(text in mixed(), cut in any::<prop::sample::Index>(), room in 2_usize..40) {
        let places: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        let at = if places.is_empty() { 0 } else { places[cut.index(places.len())] };
        let strong = Style { strong: true, ..Style::default() };
        let whole = lines_of(&[Run::new(text.as_str(), Style::default(), 0)], room);
        let parts =
            lines_of(&[Run::new(&text[..at], strong, 0), Run::new(&text[at..], Style::default(), at)], room);
        let read = |lines: &[Line]| lines.iter().map(|line| text_of(&line.spans)).collect::<String>();
        // What needs its neighbour (a joiner, a mark on a space) is made visible where a style begins.
        prop_assume!(read(&whole) == read(&parts));
        let drawn = |lines: &[Line]| lines.iter().map(|line| text_of(&line.visual())).collect::<Vec<_>>();
        prop_assert_eq!(drawn(&whole), drawn(&parts));
    }

    /// Where nothing is isolated, it is the order of the algorithm.
    #[test]
    fn order_is_that_of_the_algorithm(text in mixed()) {
        let seen: String = text.chars().filter(|c| !('\u{2000}'..'\u{2070}').contains(c)).collect();
        let safe = Printable::new(seen.trim_matches(' '));
        prop_assume!(signs(safe.as_str()).next().is_none());
        let lines = lines_of(&[Run::new(safe.as_str(), Style::default(), 0)], usize::MAX / 2);
        let read: String = lines.iter().map(|line| text_of(&line.spans)).collect();
        let levels = ParagraphBidiInfo::new(&read, None).reordered_levels(0..read.len());
        let clusters: Vec<(usize, &str)> = read.grapheme_indices(true).collect();
        let of_clusters: Vec<_> = clusters.iter().map(|(at, _)| levels[*at]).collect();
        let order = ParagraphBidiInfo::reorder_visual(&of_clusters);
        let expected = order.iter().map(|&index| {
            let turned = mirrored(clusters[index].1).filter(|_| of_clusters[index].is_rtl());
            turned.map_or(clusters[index].1.to_owned(), |turned| turned.to_string())
        });
        let expected: String = expected.collect();
        prop_assert_eq!(lines.iter().map(|line| text_of(&line.visual())).collect::<String>(), expected);
    }
}
