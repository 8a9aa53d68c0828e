//! What must hold for lines of any script at any width.

use proptest::prelude::*;

use super::*;

/// Pieces of the scripts of the world, and what attacks a line.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "word ",
        "hyphen-ated ",
        "a/b ",
        "https://e.org/x?y=z ",
        "«quoted» ",
        "10 km ",
        "Überprüfung ",
        "العربية لغة ",
        "مرحبًا",
        "می\u{200c}خواهم ",
        "שָׁלוֹם עולם ",
        "हिन्दी में ",
        "क्षत्रिय",
        "ไม่มีช่องว่าง",
        "ภาษาไทย",
        "ພາສາລາວ",
        "ភាសាខ្មែរ",
        "မြန်မာဘာသာ",
        "中文文本，没有空格。",
        "「日本語」",
        "ｶﾞｷﾞ",
        "한국어 ",
        "\u{1112}\u{1161}\u{11ab}",
        "\u{1100}\u{1161}",
        "👩‍👩‍👧‍👦",
        "👍🏽",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "❤️‍🔥",
        "🇩🇪",
        "🇫",
        "1️⃣",
        "e\u{301}",
        "a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}",
        "\u{301}",
        "\u{200d}",
        "\u{202e}",
        "\t",
        "\n",
        "  ",
        "\u{a0}",
        "\u{3000}",
        "(",
        ")",
        "…",
        "—",
    ];
    prop_oneof![
        20 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => "[a-z]{1,60}",
    ]
}

/// Runs of changing style, so that words, clusters and places to break lie across their borders.
fn runs() -> impl Strategy<Value = Vec<Run>> {
    prop::collection::vec((piece(), any::<bool>(), prop::bool::weighted(0.1)), 0..24).prop_map(|pieces| {
        let run = |(text, strong, verbatim): (String, bool, bool)| {
            let kind = if verbatim { RunKind::Verbatim } else { RunKind::Text };
            Run { kind, ..Run::new(text, Style { strong, ..Style::default() }, 0) }
        };
        pieces.into_iter().map(run).collect()
    })
}

fn text_of(line: &Line) -> String {
    line.spans.iter().map(|span| span.text.as_str()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_are_the_text_cut_where_it_may_be(runs in runs(), room in 2_usize..=80) {
        let paragraph = Paragraph::new(&runs);
        let text = paragraph.text();
        let places = line_breaks(&text);
        let lines = paragraph.lines(room);
        prop_assume!(text.graphemes(true).all(|cluster| cluster_width(cluster) <= room));
        let mut at = 0;
        for (index, line) in lines.iter().enumerate() {
            let shown = text_of(line);
            prop_assert!(line_width(line) <= room && width(&shown) <= room, "{shown:?}");
            prop_assert!(!shown.ends_with(' ') || room < 2, "{shown:?}");
            // Nothing is lost: what lies between two lines is the blanks where the text was cut.
            prop_assert!(text[at..].starts_with(&shown), "{:?} is not at {at} of {text:?}", shown);
            at += shown.len();
            let end = at;
            let blanks = text[at..].len() - text[at..].trim_start_matches(' ').len();
            at += blanks;
            let cut_in_word = !places.contains(&at);
            if index + 1 == lines.len() {
                break;
            }
            // No character of a reader is torn, wherever a style begins.
            let whole = |place| place == text.len() || text.grapheme_indices(true).any(|(start, _)| start == place);
            prop_assert!(whole(at), "torn at {at}: {text:?}");
            // Words are cut only if no line holds them, and a line ends only where the next word finds no room.
            let before = places.iter().rev().find(|&&place| place <= end).map_or(0, |&place| place);
            let after = places.iter().find(|&&place| place > end).map_or(text.len(), |&place| place);
            if cut_in_word {
                let word = text[before..after].trim_end_matches(' ');
                prop_assert!(width(word) > room, "{word:?} was cut at {room}");
            } else {
                let next = places.iter().find(|&&place| place > at).map_or(text.len(), |&place| place);
                let start = end - shown.len();
                prop_assert!(width(text[start..next].trim_end_matches(' ')) > room, "{shown:?} ends too early");
            }
        }
        prop_assert_eq!(text[at..].trim_matches(' '), "");
    }

    #[test]
    fn code_is_cut_between_characters(text in prop::collection::vec(piece(), 0..12), room in 2_usize..=60) {
        let text = text.concat().replace('\n', " ");
        let lines = verbatim(&text, 0, Style::default(), room, true);
        let whole: String = verbatim_texts(&text, 0).map(|(line, _)| line.to_string()).collect();
        let mut shown = String::new();
        for line in &lines {
            prop_assert!(line_width(line) <= room, "{:?}", text_of(line));
            let code = line.spans.iter().filter(|span| span.style.role != Role::Marker);
            shown.extend(code.map(|span| span.text.as_str()));
        }
        prop_assume!(whole.graphemes(true).all(|cluster| cluster_width(cluster) <= room));
        prop_assert_eq!(shown, whole);
    }
}

/// Places to break are judged on the joined text, wherever one style ends and another begins.
#[test]
fn styles_make_no_places_to_break() {
    #[track_caller]
    fn check(parts: &[&str], room: usize, expected: &[&str]) {
        let runs: Vec<Run> = parts
            .iter()
            .enumerate()
            .map(|(index, part)| Run::new(*part, Style { strong: index % 2 == 1, ..Style::default() }, 0))
            .collect();
        let lines: Vec<String> = Paragraph::new(&runs).lines(room).iter().map(text_of).collect();
        assert_eq!(lines, expected);
    }
    check(&["one un", "broken", " word"], 9, &["one", "unbroken", "word"]);
    check(&["one (", "two", ")."], 7, &["one", "(two)."]);
    check(&["国家", "。"], 4, &["国", "家。"]);
    check(&["ภาษาไ", "ทย"], 6, &["ภาษา", "ไทย"]);
    check(&["10\u{a0}", "km"], 3, &["10\u{a0}", "km"]);
    check(&["word ", ")"], 5, &["word", ")"]);
    check(&["a-", "b"], 2, &["a-", "b"]);
    check(&["👩", "\u{200d}", "👩"], 20, &["👩<U+200D>👩"]);
}
