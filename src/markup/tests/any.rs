//! What must hold for any Markdown.

use proptest::prelude::*;

use super::*;
use crate::printable::width;

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
