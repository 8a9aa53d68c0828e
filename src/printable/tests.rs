use proptest::prelude::*;

use super::*;

#[test]
fn what_is_shown_and_what_is_kept() {
    fn check(text: &str, expected: &str) {
        assert_eq!(defuse(text), expected, "{text:?}");
    }
    check("plain text, 100 %", "plain text, 100 %");
    check("Grüße, 你好, שלום, สวัสดี", "Grüße, 你好, שלום, สวัสดี");
    check("\u{1b}]52;c;aGk=\u{7}", "<U+001B>]52;c;aGk=<U+0007>");
    check("a\nb\tc\u{7f}\u{9b}d\0", "a<U+000A>b<U+0009>c<U+007F><U+009B>d<U+0000>");
    check("a\r\nb", "a<U+000D><U+000A>b");
    check("\u{202e}gpj.exe\u{2066}\u{200f}\u{61c}", "<U+202E>gpj.exe<U+2066><U+200F><U+061C>");
    check("a\u{200b}b\u{2060}c\u{feff}d\u{ad}e", "a<U+200B>b<U+2060>c<U+FEFF>d<U+00AD>e");
    check("\u{3164}\u{115f}\u{1160}\u{ffa0}", "<U+3164><U+115F><U+1160><U+FFA0>");
    check("a\u{2028}b\u{2029}", "a<U+2028>b<U+2029>");
    check("\u{fff9}a\u{fffa}b\u{fffb}", "<U+FFF9>a<U+FFFA>b<U+FFFB>");
    check("\u{e000}\u{10fffe}\u{fdd0}\u{ffff}", "<U+E000><U+10FFFE><U+FDD0><U+FFFF>");
    check("a\u{fe0f}b\u{fe00}\u{e0100}", "a<U+FE0F>b<U+FE00><U+E0100>");
    check("x\u{200d}y\u{200c}z", "x<U+200D>y<U+200C>z");
    check("hi\u{e0068}\u{e0069}", "hi<U+E0068><U+E0069>");
    // Emoji: families, skin tones, presentation, keycaps, flags of countries and of England.
    check("👩‍👩‍👧‍👦 👍🏽 ❤️ ✂︎ 1️⃣ 🏳️‍🌈 👨🏽‍💻 ❤️‍🔥", "👩‍👩‍👧‍👦 👍🏽 ❤️ ✂︎ 1️⃣ 🏳️‍🌈 👨🏽‍💻 ❤️‍🔥");
    check("🇩🇪 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇩🇪 🏴󠁧󠁢󠁥󠁮󠁧󠁿");
    check("🏴\u{e0061}\u{e007f}", "🏴<U+E0061><U+E007F>");
    check("👩\u{200d}", "👩<U+200D>");
    check("👩\u{200d}\u{200d}👩", "👩<U+200D><U+200D>👩");
    check("👍\u{fe0f}\u{fe0f}", "👍\u{fe0f}<U+FE0F>");
    // Joiners are spelling in Persian and Sinhala, and variation selectors in Japanese names.
    check("می\u{200c}خواهم", "می\u{200c}خواهم");
    check("می\u{200c}", "می<U+200C>");
    check("ශ්\u{200d}රී", "ශ්\u{200d}රී");
    check("葛\u{e0100}", "葛\u{e0100}");
    // Marks need a base and stay within reason.
    check("\u{301}a", "<U+0301>a");
    check("e\u{301} ệ", "e\u{301} ệ");
    let stacked = "\u{301}".repeat(12);
    check(&format!("a{stacked}"), &format!("a{}<U+0301><U+0301>", "\u{301}".repeat(10)));
}

#[test]
fn widths_are_those_of_the_cells() {
    fn check(text: &str, expected: usize) {
        assert_eq!(Printable::new(text).width(), expected, "{text:?}");
    }
    check("abc", 3);
    check("中文", 4);
    check("👩‍👩‍👧‍👦", 2);
    check("e\u{301}", 1);
    check("ｱ", 1);
    check("\u{200b}", 8);
}

/// They are passed over without a look at the tables that say so of every character.
#[test]
fn what_stands_alone_is_what_the_tables_say_of_it() {
    let alone: Vec<char> = ('\0'..=char::MAX).filter(|c| stands_alone(*c)).collect();
    assert!(alone.len() > 600);
    for &c in &alone {
        let mut shown = String::new();
        defuse_cluster(c.encode_utf8(&mut [0; 4]), None, &mut shown);
        assert_eq!((shown, c.width(), is_pictographic(c)), (c.to_string(), Some(1), false), "{c:?}");
    }
    // No rule of clusters knows them: neither before a letter nor behind one, nor doubled.
    for &c in &alone {
        let text = String::from_iter(['a', c, c, 'a']);
        assert_eq!(text.graphemes(true).count(), 4, "{c:?}");
    }
}

#[test]
fn what_is_too_long_is_cut_between_characters() {
    fn check(text: &str, width: usize, expected: &str) {
        assert_eq!(Printable::new(text).cut(width).as_str(), expected, "{text:?} in {width}");
    }
    check("Ada Byron", 9, "Ada Byron");
    check("Ada Byron", 8, "Ada Byr…");
    check("王小明先生", 6, "王小…");
    check("安全培訓", 5, "安全…");
    check("a👩‍👩‍👧‍👦b", 3, "a…");
    check("ab", 1, "…");
    check("ab", 0, "");
    check("", 0, "");
}

#[test]
fn seams_are_safe() {
    let mut text = Printable::new("👍");
    text.push_apart(&Printable::new("🏽x"));
    assert_eq!(text.as_str(), "👍<U+1F3FD>x");
    let mut listed = Printable::new("a, ");
    listed.push(&Printable::new("\u{301}b"));
    assert_eq!(listed.as_str(), "a, <U+0301>b");
    assert_eq!(Printable::new("👩\u{200d}👩").slice(4..11).as_str(), "<U+200D>👩");
}

/// Any text, with the characters that matter far more often than chance would have them.
fn text() -> impl Strategy<Value = String> {
    let special = "\0\u{7}\n\u{1b}\u{7f}\u{9b}\u{ad}\u{301}\u{34f}\u{61c}\u{94d}कषمی\u{1160}\u{180b}\u{200b}\u{200c}\u{200d}\u{200e}\
        \u{2028}\u{202e}\u{2060}\u{2069}\u{20e3}\u{3164}\u{fe0e}\u{fe0f}\u{feff}\u{ff9e}\u{1f3f4}\u{1f3fd}👩❤🇩🇪1a葛\u{e0067}\u{e007f}\u{e0100}\u{e000}";
    let special: Vec<char> = special.chars().collect();
    let character = prop_oneof![prop::sample::select(special), any::<char>()];
    prop::collection::vec(character, 0..24).prop_map(|characters| characters.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_dangerous_is_left(text in text()) {
        let safe = defuse(&text);
        let never = |c: char| c.is_control() || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{1160}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}');
        prop_assert!(!safe.contains(never), "{safe:?}");
        for cluster in safe.graphemes(true) {
            prop_assert!(cluster_width(cluster) > 0, "{cluster:?} in {safe:?}");
            let alone = matches!(cluster.chars().next(), Some(ZWJ | ZWNJ | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}'));
            prop_assert!(!alone, "{safe:?}");
        }
    }

    /// What is found and what is shown agree: nothing else is changed, and everything that is changed is found.
    #[test]
    fn hidden_characters_are_those_that_are_shown(text in text()) {
        let (mut expected, mut done) = (String::new(), 0);
        for (at, c) in hidden(&text) {
            expected.push_str(&text[done..at]);
            push_sign(c, &mut expected);
            done = at + c.len_utf8();
        }
        expected.push_str(&text[done..]);
        prop_assert_eq!(defuse(&text), expected);
    }

    #[test]
    fn safe_text_stays_as_it_is(text in text()) {
        let safe = defuse(&text).into_owned();
        prop_assert!(matches!(defuse(&safe), Cow::Borrowed(same) if same == safe), "{safe:?}");
    }

    #[test]
    fn joining_keeps_it_safe(one in text(), other in text()) {
        let mut both = Printable::new(&one);
        both.push(&Printable::new(&other));
        let hidden = |c: char| c.is_control() || is_hidden(c) && !matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}' | '\u{180b}'..='\u{180f}' | ZWJ | ZWNJ);
        prop_assert!(!both.as_str().contains(hidden));
    }
}
