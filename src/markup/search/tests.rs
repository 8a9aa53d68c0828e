use proptest::prelude::*;

use super::words::Words;
use super::*;
use crate::fold::BETWEEN_PARTS;
use crate::markup::{Layout, Mark};

fn document(source: &str) -> Arc<Document> {
    Arc::new(Document::parse(source.into()))
}

fn needle(typed: &str) -> Needle {
    Needle::new(typed).expect("something to look for")
}

/// What is found, as it is shown.
fn found_in(document: &Document, needle: &Needle) -> Vec<String> {
    let mut all = Vec::new();
    for chunk in 0..document.chunks() {
        let words = Words::of(document, chunk, needle.case);
        all.extend(words.shown(&words.find(needle)).into_iter().map(str::to_owned));
    }
    all
}

fn check(source: &str, typed: &str, expected: &[&str]) {
    assert_eq!(found_in(&document(source), &needle(typed)), expected, "{typed:?} in {source:?}");
}

#[test]
fn what_is_shown_is_found_and_nothing_else() {
    check("**a** b and *a b*, `a b`", "a b", &["a b", "a b", "a b"]);
    check("See [the page](https://example.org/secret) here", "page here", &["page here"]);
    check("See [the page](https://example.org/secret) here", "secret", &[]);
    check("[ref]: https://example.org/secret\n\nA [word][ref].", "secret", &[]);
    check("one\ntwo", "one two", &["one two"]);
    check("one  \ntwo<br>three", "one two three", &["one two three"]);
    check("one\n\ntwo", "one two", &[]);
    check("- one\n- two", "one two", &[]);
    check("# Heading\n\ntext", "heading", &["Heading"]);
    check("Words[^1] go on.\n\n[^1]: A note.", "words go", &["Words go"]);
    check("Words[^1] go on.\n\n[^1]: A note.", "a note", &["A note"]);
    // Who was told to look for F058 was told that it is nowhere, beside it.
    let noted = "Words[^F1] go on[^F1][^F2], and on.\n\n[^F1]: A note.\n[^F2]: Another.";
    check(noted, "f1", &["F1", "F1", "F1"]);
    check(noted, "F2", &["F2", "F2"]);
    check(noted, "[f2", &["[F2"]);
    check(noted, "words go on, and", &["Words go on, and"]);
    check(noted, "note another", &[]);
    check("![a **map**](map.png)", "a map", &["a map"]);
    check("![a map](picture.png)", "picture", &[]);
    check("![a map](m.png \"The  *way* home\")", "the *way* home", &["The *way* home"]);
    check("![a map](m.png \"Home\")\n![a way](w.png \"Away\")", "away", &["Away"]);
    check("![a map](m.png \"Home\")", "home a map", &["Home a map"]);
    // In a line of text a title is not shown.
    check("See ![a map](m.png \"Home\")", "home", &[]);
    check("# ![a map](m.png \"Home\")", "home", &[]);
    check("H~2~O and x^2^", "h2o", &["H₂O"]);
    check("H~2~O and x^2^", "x2", &["x²"]);
    check("&lt;b&gt; &amp; &#98;", "<b> & b", &["<b> & b"]);
    check("a <b>c</b>", "<b>", &["<b>"]);
    check("<div>\nraw words\n</div>", "raw words </div>", &["raw words </div>"]);
    check("| One | Two |\n|---|---|\n| a b | c |\n| a | b |", "a b", &["a b"]);
    check("| One | Two |\n|---|---|\n| a | c |", "two", &["Two"]);
    check("```\nlet  x;\n\tgo();\n```", "let x; go", &["let  x;     go"]);
    check("    code here\n", "code here", &["code here"]);
    check("> a quote\n> of two lines", "quote of", &["quote of"]);
    check("- [ ] to do", "to do", &["to do"]);
    check("hidden\u{202e}text", "<u+202e>", &["<U+202E>"]);
}

/// Of a chart what is drawn is found, and neither the names of its lines nor its signs are.
#[test]
fn charts_are_looked_through_as_they_are_shown() {
    let chart = "```chart\ntitle: The title: of it\nunit: %\nBefore: 12\n  10:30 : 47.5\n```\n";
    check(chart, "title:", &["title:"]);
    check(chart, "unit", &[]);
    check(chart, "12 %", &["12 %"]);
    check(chart, "before 12", &["Before 12"]);
    check(chart, "%", &["%", "%"]);
    check(chart, "before:", &[]);
    check("```chart\ntitle: none\n```\n", "title: none", &["title: none"]);
    for width in [12, 16, 60] {
        let document = document(chart);
        let mut layout = Layout::new(Arc::clone(&document), width);
        for (typed, expected) in [("47.5", "47.5"), ("before", "Before"), ("of it", "of it")] {
            let mut search = Search::new(Arc::clone(&document), needle(typed), 0);
            search.advance(usize::MAX);
            let top = layout.top();
            let lines = layout.marked_lines(top, usize::MAX, &mut search, None);
            let spans = lines.iter().flat_map(|line| &line.spans);
            let marked: Vec<_> =
                spans.filter(|span| span.style.mark == Mark::Hit).map(|span| span.text.as_str()).collect();
            assert_eq!(marked.join(" "), expected, "{width}");
        }
        let mut search = Search::new(Arc::clone(&document), needle("before"), 0);
        search.advance(usize::MAX);
        let hit = search.nth(0).expect("it is there");
        assert_eq!(search.range(hit).map(|range| &chart[range]), Some("Before"));
    }
}

#[test]
fn case_accents_and_signs() {
    check("Zoë ZOE zoe\u{308} zo", "zoe", &["Zoë", "ZOE", "zoe\u{308}"]);
    check("Zoë ZOE zoe\u{308} zo", "ZOË", &["ZOE"]);
    check("Zoë ZOE zoe", "Zoe", &["Zoë"]);
    check(
        "İstanbul istanbul ISTANBUL ıstanbul",
        "istanbul",
        &["İstanbul", "istanbul", "ISTANBUL", "ıstanbul"],
    );
    check("Straße STRASSE", "strasse", &["Straße", "STRASSE"]);
    check("Straße", "as", &["aß"]);
    check("ﬁnd diﬀer", "find", &["ﬁnd"]);
    // Two letters of one sign are one place.
    check("diﬀer off", "f", &["ﬀ", "f", "f"]);
    check("한국 \u{1112}\u{1161}\u{11ab}국 하나", "한", &["한", "\u{1112}\u{1161}\u{11ab}"]);
    check("하나 한국", "하", &["하"]);
    check("don’t “say” so–so", "don't \"say\" so-so", &["don’t “say” so–so"]);
    check("a\u{a0}b", "a b", &["a\u{a0}b"]);
    check("👩‍💻 👩", "👩", &["👩‍💻", "👩"]);
    check("שָׁלוֹם", "שלום", &["שָׁלוֹם"]);
    check("क्ष", "क", &["क्ष"]);
}

#[test]
fn nothing_to_look_for() {
    for typed in ["", " ", "\t\n", "\u{301}", "\u{200d}"] {
        assert_eq!(Needle::new(typed), None, "{typed:?}");
    }
}

/// The search with everything looked through.
fn done(document: &Arc<Document>, typed: &str, offset: usize) -> Search {
    let mut search = Search::new(Arc::clone(document), needle(typed), offset);
    search.advance(usize::MAX);
    assert!(search.is_done());
    search
}

#[test]
fn hits_are_walked_in_both_directions_and_around() {
    // Chunks are two kilobytes at least.
    let part = |n: usize| format!("## Part {n}\n\nword {}\n\n", "filler ".repeat(400));
    let source: String = (0..6).map(part).collect();
    let document = document(&source);
    assert!(document.chunks() >= 5, "{}", document.chunks());
    let middle = source.find("Part 3").expect("a part");
    let mut search = done(&document, "word", middle);
    assert_eq!(search.total(), 6);
    let Reach::Hit(first, Way::Straight) = search.from(middle) else { panic!("a hit") };
    assert_eq!(search.number(first), Some(4));
    assert_eq!(&source[search.range(first).expect("a hit")], "word");
    let mut numbers = Vec::new();
    let mut hit = first;
    for _ in 0..6 {
        let Reach::Hit(next, way) = search.after(hit) else { panic!("a hit") };
        numbers.push((search.number(next).expect("known"), way));
        hit = next;
    }
    assert_eq!(hit, first);
    let straight = |number| (number, Way::Straight);
    assert_eq!(numbers, [straight(5), straight(6), (1, Way::Around), straight(2), straight(3), straight(4)]);
    for (number, way) in numbers.into_iter().rev().skip(1) {
        let Reach::Hit(before, back) = search.before(hit) else { panic!("a hit") };
        assert_eq!(search.number(before), Some(number));
        // Over the beginning it goes around between the first and the last.
        assert_eq!(back == Way::Around, number == 6, "{way:?}");
        hit = before;
    }
    assert_eq!(search.nth(3), Some(first));
    assert_eq!(search.nth(6), None);
}

#[test]
fn a_search_under_way_says_what_it_does_not_know() {
    let part = |n: usize| format!("## Part {n}\n\nword {}\n\n", "filler ".repeat(400));
    let source: String = (0..6).map(part).collect();
    let document = document(&source);
    let middle = source.find("Part 3").expect("a part");
    let mut search = Search::new(Arc::clone(&document), needle("word"), middle);
    assert_eq!(search.from(middle), Reach::NotYet);
    search.advance(1);
    assert_eq!(search.total(), 1);
    let Reach::Hit(first, Way::Straight) = search.from(middle) else { panic!("a hit") };
    assert_eq!(
        (search.number(first), search.after(first), search.before(first)),
        (None, Reach::NotYet, Reach::NotYet)
    );
    search.advance(1);
    assert!(matches!(search.after(first), Reach::Hit(_, Way::Straight)));
    search.advance(usize::MAX);
    assert_eq!(search.number(first), Some(4));
    let mut none = done(&document, "nowhere", middle);
    assert_eq!((none.total(), none.from(middle)), (0, Reach::Nowhere));
}

/// A letter that joins the one before it was looked for where it began a paragraph, and the program broke off.
#[test]
fn what_begins_a_block_joins_nothing_before_it() {
    for (source, typed) in [
        ("अर्थात्\n\nकरना", "क"),
        ("a\n\n🏻x", "🏻"),
        ("Words.[^a]\n\n[^a]: 🏻x", "🏻"),
        ("| a |\n|---|\n| 🏻x |", "🏻"),
    ] {
        let document = document(source);
        let mut search = done(&document, typed, 0);
        assert_eq!(search.total(), 1, "{source:?}");
        let hit = search.nth(0).expect("a hit");
        let excerpt = search.excerpt(hit, 40).expect("a hit");
        assert_eq!((excerpt.before.as_str(), excerpt.hit.as_str()), ("", typed), "{source:?}");
    }
}

/// Signs in a row were shown with half their brackets, one that stood alone with the words of another paragraph, and the sign of a footnote
/// that began with code with whatever came next.
#[test]
fn a_sign_of_a_footnote_is_shown_whole_and_in_its_own_words() {
    let check = |source: &str, typed: &str, expected: &[[&str; 3]]| {
        let document = document(source);
        let mut search = done(&document, typed, 0);
        let all: Vec<[String; 3]> = (0..search.total())
            .map(|number| {
                let hit = search.nth(number).expect("a hit");
                let Excerpt { before, hit, after } = search.excerpt(hit, 40).expect("a hit");
                [before, hit, after].map(|shown| shown.as_str().to_owned())
            })
            .collect();
        assert_eq!(all, expected, "{typed:?} in {source:?}");
    };
    check("Words[^F1][^F2] on.", "f1", &[["Words [", "F1", "] on."]]);
    check("Words[^F1][^F2] on.", "f2", &[["Words [", "F2", "] on."]]);
    check("Before.\n\n[^F1]\n\nBehind.", "f1", &[["[", "F1", "]"]]);
    check("| a | [^F1] |\n|---|---|\n| b | c |", "f1", &[["[", "F1", "]"]]);
    check("[^F1]:\n\nText.", "f1", &[["[", "F1", "]"]]);
    check("[^F1]: ```\n    code\n    ```\n\nText.", "f1", &[["[", "F1", "] code"]]);
}

/// The sign stands where it is shown, among its words.
#[test]
fn a_sign_of_a_footnote_is_shown_in_its_sentence_and_leads_to_its_paragraph() {
    let source = "# A\n\nSome words[^F1] go on.\n\nMore.\n\n[^F1]: A note.\n";
    let document = document(source);
    let mut search = done(&document, "f1", 0);
    let expected = [["Some words [", "F1", "] go on."], ["[", "F1", "] A note."]];
    let begins = ["Some", "[^F1]: "];
    assert_eq!(search.total(), expected.len());
    for (number, (expected, begin)) in expected.into_iter().zip(begins).enumerate() {
        let hit = search.nth(number).expect("a hit");
        let excerpt = search.excerpt(hit, 40).expect("a hit");
        assert_eq!([excerpt.before.as_str(), excerpt.hit.as_str(), excerpt.after.as_str()], expected);
        let found = search.found(hit.chunk);
        assert_eq!(Some(found.blocks[hit.nth]), source.find(begin));
    }
    // In the order of the text, too, where other words of the paragraph stand behind the sign.
    let document = self::document("A[^ab] ab. ab[^ab]\n\n[^ab]: ab\n");
    let mut search = done(&document, "ab", 0);
    let starts: Vec<usize> = (0..search.total())
        .map(|number| {
            let hit = search.nth(number).expect("a hit");
            search.found(hit.chunk).hits[hit.nth].start
        })
        .collect();
    assert_eq!(starts, [1, 7, 11, 13, 20, 27]);
}

#[test]
fn an_excerpt_is_one_line_around_the_hit() {
    let document = document("# Title\n\nOne two three\n**four** five six seven eight.\n\nNext.");
    let mut search = done(&document, "four", 0);
    let check = |search: &mut Search, around: usize, expected: [&str; 3]| {
        let excerpt = search.nth(0).and_then(|hit| search.excerpt(hit, around)).expect("a hit");
        assert_eq!([excerpt.before.as_str(), excerpt.hit.as_str(), excerpt.after.as_str()], expected);
    };
    check(&mut search, 100, ["One two three ", "four", " five six seven eight."]);
    check(&mut search, 7, ["…three ", "four", " five…"]);
    // Words were cut, and spoken so.
    check(&mut search, 8, ["…three ", "four", " five…"]);
    check(&mut search, 9, ["…three ", "four", " five six…"]);
    check(&mut search, 3, ["…", "four", "…"]);
    check(&mut search, 0, ["…", "four", "…"]);
    let block = search.nth(0).and_then(|hit| search.block(hit));
    assert_eq!(block, Some("# Title\n\n".len()));
}

#[test]
fn around_a_part_of_a_word_the_word_is_whole_and_without_blanks_characters_are() {
    let check = |source: &str, typed: &str, around: usize, expected: [&str; 3]| {
        let mut search = done(&document(source), typed, 0);
        let excerpt = search.nth(0).and_then(|hit| search.excerpt(hit, around)).expect("a hit");
        assert_eq!([excerpt.before.as_str(), excerpt.hit.as_str(), excerpt.after.as_str()], expected);
    };
    check("One two three four", "wo thr", 3, ["…t", "wo thr", "ee…"]);
    check("我们在这里学习安全", "这里", 1, ["…在", "这里", "学…"]);
}

/// What is marked as the current hit on the lines of a layout, without white space: none is drawn at the ends of lines.
fn marked(layout: &mut Layout, search: &mut Search, hit: Hit) -> String {
    let top = layout.top();
    let lines = layout.marked_lines(top, usize::MAX, search, Some(hit));
    let spans = lines.iter().flat_map(|line| &line.spans).filter(|span| span.style.mark == Mark::Current);
    spans.flat_map(|span| span.text.as_str().chars()).filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn hits_are_marked_wherever_they_are_drawn() {
    let check = |source: &str, typed: &str, width: u16, expected: &[&str]| {
        let document = document(source);
        let mut search = done(&document, typed, 0);
        let mut layout = Layout::new(Arc::clone(&document), width);
        let all: Vec<String> = (0..search.total())
            .map(|number| {
                let hit = search.nth(number).expect("a hit");
                marked(&mut layout, &mut search, hit)
            })
            .collect();
        assert_eq!(all, expected, "{typed:?} in {source:?} at {width}");
    };
    check("one two three four", "two three", 8, &["twothree"]);
    check("[**one**](a.md) two [one](b.md)", "one two", 40, &["onetwo"]);
    check("| A | B |\n|--|--|\n| one two three | four five six |", "two three", 20, &["twothree"]);
    check("| A | B |\n|--|--|\n| one two three | four five six |", "five six", 20, &["fivesix"]);
    check("| A | B |\n|--|--|\n| a longerwordhere | another longword |", "longword", 9, &["longword"]);
    check("```\nlet abcdefghijklmnop;\n```", "defghij", 10, &["defghij"]);
    check("- one\n  two\n\n  > three", "three", 10, &["three"]);
    check("![a map](m.png)", "map", 40, &["map"]);
    check("word ![a map](m.png) word", "map", 40, &["map"]);
    check("אבג דהו abc", "דהו", 40, &["דהו"]);
    check("e\u{301}te\u{301}", "t", 40, &["t"]);
    check("e\u{301}te\u{301}", "te", 40, &["te\u{301}"]);
    check("Words[^1] go.\n\n[^1]: Here.", "words go", 40, &["Wordsgo"]);
    check("Words[^F1] go[^F1][^F2].\n\n[^F1]: Here.\n[^F2]: There.", "f2", 40, &["F2", "F2"]);
    check("Words[^F1] go[^F1][^F2].\n\n[^F1]: Here.\n[^F2]: There.", "f1", 12, &["F1", "F1", "F1"]);
}

#[test]
fn a_hit_leads_to_its_own_line() {
    let source = "| A | B |\n|--|--|\n| one | a cell of many words that goes on for a while and ends here |";
    let document = document(source);
    let mut search = done(&document, "ends", 0);
    let mut layout = Layout::new(Arc::clone(&document), 30);
    let hit = search.nth(0).expect("a hit");
    let place = layout.place_of_hit(&mut search, hit).expect("a place");
    let line: String =
        layout.lines(place, 1)[0].spans.iter().map(|span| span.text.as_str().to_owned()).collect();
    assert!(line.contains("ends"), "{line}");
}

/// Markdown of all kinds, with characters that fold in odd ways.
const MARKDOWN: &str = "((# |- |> |\\[\\^ab\\]: |\\[\\^c\\]: |1\\. |\\| a \\| b \\|\n\\|--\\|--\\|\n\\| |```\n|    )?([a-c]{1,3}|[abİßﬁéΣ한\u{308}א]{1,3}|\\*\\*[ab]|\\*\\*|`a`|\\[b\\]\\(c\\)|&amp;|  \n|<br>| |\\^|\\[\\^1\\]|\\[\\^ab\\]|\\[\\^c\\]|!\\[a b\\]\\(c\\)|!\\[ab?\\]\\(c \"b a\"\\)){0,6}\n{1,2}){0,8}";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_heading_above_is_that_of_the_list(source in MARKDOWN, at in 0_usize..200) {
        let document = document(&source);
        let listed = document.headings().iter().rev().find(|heading| heading.offset <= at);
        prop_assert_eq!(document.heading_above(at), listed.map(|heading| heading.text.clone()));
    }

    #[test]
    fn what_is_found_is_what_a_plain_search_finds(source in MARKDOWN, typed in "[abcA ﬁéß한]{1,3}") {
        prop_assume!(Needle::new(&typed).is_some());
        let (document, needle) = (document(&source), needle(&typed));
        let mut expected = 0;
        for chunk in 0..document.chunks() {
            for block in Words::of(&document, chunk, Case::Ignored).blocks() {
                let mut folded = Folded::new(needle.case);
                folded.push(block, 0);
                prop_assert!(!folded.as_str().contains(BETWEEN_PARTS));
                expected += folded.as_str().matches(needle.folded.as_str()).count();
            }
        }
        let found = found_in(&document, &needle);
        // Two letters of one character are one place.
        prop_assert!(found.len() <= expected && (found.len() == expected || source.contains(['ß', 'ﬁ'])));
        for shown in &found {
            let mut folded = Folded::new(needle.case);
            folded.push(shown, 0);
            prop_assert!(folded.as_str().contains(needle.folded.as_str()), "{shown:?}");
        }
    }

    #[test]
    fn every_hit_is_marked_at_every_width(source in MARKDOWN, typed in "[abc ﬁé]{1,3}", width in 8_u16..60) {
        prop_assume!(Needle::new(&typed).is_some());
        let document = document(&source);
        let mut search = done(&document, &typed, 0);
        let found = found_in(&document, &needle(&typed));
        prop_assert_eq!(search.total(), found.len());
        let mut layout = Layout::new(Arc::clone(&document), width);
        for (number, shown) in found.iter().enumerate() {
            let hit = search.nth(number).expect("counted");
            let expected: String = shown.chars().filter(|c| !c.is_whitespace()).collect();
            let drawn = marked(&mut layout, &mut search, hit);
            // The labels of a table that became a list are not drawn from its head, and the sign of an empty footnote, or of one in too
            // little room, not before it.
            let begins = search.found(hit.chunk).hits[hit.nth].start;
            let label = source[begins..].strip_prefix("[^").and_then(|rest| rest.split_once(']'));
            let is_of_definition = label.is_some_and(|(_, rest)| rest.starts_with(':'));
            let may_be_unseen = source.contains('|') || is_of_definition;
            prop_assert!(drawn == expected || (drawn.is_empty() && may_be_unseen), "{drawn:?} for {expected:?}");
            let place = layout.place_of_hit(&mut search, hit);
            prop_assert!(place.is_some());
        }
    }

    #[test]
    fn marks_change_nothing_but_the_style(source in MARKDOWN, width in 1_u16..60) {
        let document = document(&source);
        let mut search = done(&document, "a", 0);
        let mut layout = Layout::new(Arc::clone(&document), width);
        let top = layout.top();
        let text = |lines: Vec<crate::markup::Line>| -> Vec<String> {
            lines.iter().map(|line| line.visual().iter().map(|span| span.text.to_string()).collect()).collect()
        };
        let plain = text(layout.lines(top, usize::MAX));
        prop_assert_eq!(text(layout.marked_lines(top, usize::MAX, &mut search, None)), plain);
    }

    #[test]
    fn no_needle_and_no_text_make_it_panic(source in "\\PC{0,40}", typed in "\\PC{0,4}", at in 0_usize..60) {
        let document = document(&source);
        if let Some(needle) = Needle::new(&typed) {
            let mut search = Search::new(Arc::clone(&document), needle, at);
            search.advance(usize::MAX);
            if let Reach::Hit(hit, _) = search.from(at) {
                prop_assert!(search.excerpt(hit, 5).is_some());
                let range = search.range(hit).expect("a hit");
                prop_assert!(source.is_char_boundary(range.start) && range.end <= source.len());
            }
        }
    }
}

/// The text was taken out of its markup and folded again for each letter: seconds a letter in ten megabytes.
#[test]
fn a_letter_more_reads_nothing_again_and_passes_over_what_had_nothing() {
    let part = |n: usize| {
        format!("## Part {n}\n\n{} {}\n\n", if n == 4 { "wording" } else { "work" }, "Füller ".repeat(400))
    };
    let source: String = (0..6).map(part).collect();
    let document = document(&source);
    let mut search = done(&document, "w", 0);
    let texts = |search: &mut Search| -> Vec<usize> {
        let Search { texts, document, .. } = search;
        let address = |chunk| std::ptr::from_ref(texts.of(document, chunk, Case::Ignored)).addr();
        (0..document.chunks()).map(address).collect()
    };
    let before = texts(&mut search);
    let mut cost = source.len();
    for (typed, total) in [("wo", 6), ("wor", 6), ("word", 1), ("wordi", 1), ("wordx", 0), ("wor", 6)] {
        search.seek(needle(typed), 0);
        assert_eq!((search.total(), search.is_done()), (0, false));
        cost = cost.min(search.advance(usize::MAX));
        assert_eq!(search.total(), total, "{typed}");
    }
    assert_eq!(texts(&mut search), before, "nothing was read again");
    assert!(cost < source.len() / FASTER, "{cost}: after “word” one part alone is looked through");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn typing_on_finds_what_a_new_search_finds(
        source in MARKDOWN, typed in "[abcA ﬁéß]{1,4}", steps in 0_usize..40, room in prop_oneof![Just(0), Just(200), Just(ROOM)],
    ) {
        // Of several parts, so that another letter comes when some of them were looked through and others were not.
        let document = document(&format!("{source}\n\n").repeat(1 + 8_000 / (source.len() + 2)));
        let mut search: Option<Search> = None;
        for (end, letter) in typed.char_indices().chain(typed.char_indices().rev()) {
            let Some(needle) = Needle::new(&typed[..end + letter.len_utf8()]) else { continue };
            let search = match &mut search {
                Some(search) => {
                    search.seek(needle.clone(), 0);
                    search
                }
                None => search.insert(Search::with_room(Arc::clone(&document), needle.clone(), 0, room)),
            };
            search.advance(steps);
            let mut fresh = Search::new(Arc::clone(&document), needle, 0);
            fresh.advance(usize::MAX);
            if !search.is_done() {
                continue;
            }
            prop_assert_eq!(search.total(), fresh.total());
            for number in 0..fresh.total() {
                let hits = (search.nth(number).expect("counted"), fresh.nth(number).expect("counted"));
                prop_assert_eq!(search.range(hits.0), fresh.range(hits.1));
            }
        }
    }
}
