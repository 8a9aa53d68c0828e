use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::*;

#[test]
fn what_looks_different_and_is_the_same() {
    fn check(text: &str, expected: &str) {
        assert_eq!(folded(text), expected, "{text:?}");
    }
    check("Ada BYRON", "ada byron");
    check("Zoë", "zoe");
    check("Zoe\u{308}", "zoe");
    check("ŁUKASZ Øystein Weiß STRAẞE", "lukasz oystein weiss strasse");
    check("İstanbul ırmak", "istanbul irmak");
    check("Ὑπατία ΟΔΥΣΣΕΥΣ", "υπατια οδυσσευσ");
    check("ＡＤＡ ﬁnd ﬃ ﬅ", "ada find ffi st");
    check("王小明", "王小明");
    check("O\u{2019}Hara O\u{2bc}Hara O\u{b4}Hara O`Hara", "o'hara o'hara o'hara o'hara");
    check("Lloyd\u{2010}Smith\u{2011}Bee\u{2013}C\u{ff0d}d", "lloyd-smith-bee-c-d");
    check("“so” «so» …", "\"so\" \"so\" ...");
    check("a\nb\u{85}c \t d\u{a0}\u{3000}e", "a b c d e");
    check("x² H₂O ½", "x2 h2o 1⁄2");
    check("ſ ŉ ǰ", "s 'n j");
}

#[test]
fn other_scripts_lose_their_accents_and_keep_their_vowels() {
    fn check(text: &str, expected: &str) {
        assert_eq!(folded(text), expected, "{text:?}");
    }
    // Points, short vowels, hamza, and what draws a word out.
    check("שָׁלוֹם", "שלום");
    check("مُحَمَّد أحمد مـــد", "محمد احمد مد");
    check("می\u{200c}خواهم", "میخواهم");
    // A vowel is a letter there.
    check("कि की कु", "कि की कु");
    check("ค่ำ", "คํา");
    check("น้ำ นำ", "นํา นํา");
    // Syllables stay whole, however they are encoded.
    check("한국", "한국");
    check("\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}", "한국");
    check("ガ が", "カ か");
    check("❤\u{fe0f} 👩\u{200d}💻", "❤ 👩💻");
}

#[test]
fn where_capitals_matter_accents_still_do_not() {
    let check = |text: &str, expected: &str| {
        let mut folded = Folded::new(Case::Kept);
        folded.push(text, 0);
        assert_eq!(folded.as_str(), expected, "{text:?}");
    };
    check("Zoë ÉTÉ Straße ŁÓDŹ", "Zoe ETE Strasse LODZ");
    check("İ I ı i", "I I i i");
}

#[test]
fn places_lead_back_to_whole_characters() {
    let check = |text: &str, found: &str, expected: &str| {
        let mut folded = Folded::new(Case::Ignored);
        folded.push("before ", 0);
        folded.end_part();
        folded.push(text, 100);
        let at = folded.as_str().rfind(found).expect("it is there");
        let place = folded.place_of(at..at + found.len());
        assert_eq!(&text[place.start - 100..place.end - 100], expected, "{found:?} in {text:?}");
    };
    check("one two", "two", "two");
    check("one  \n two", "e t", "e  \n t");
    check("Straße", "ss", "ß");
    check("Straße", "as", "aß");
    check("aﬃx", "f", "ﬃ");
    check("aﬃx", "ix", "ﬃx");
    check("İzmir", "i", "i");
    check("İzmir", "iz", "İz");
    check("Zoe\u{308}!", "e!", "e\u{308}!");
    check("한국어", "국", "국");
    check("\u{1112}\u{1161}\u{11ab}x", "x", "x");
    check("\u{1112}\u{1161}\u{11ab}x", "한", "\u{1112}\u{1161}\u{11ab}");
}

#[test]
fn folding_again_changes_nothing() {
    // Composed syllables apart, every character is folded by itself, so this is all there is: behind plane 3 are the tags and selectors of
    // plane 14, planes without a character, and those for private use, of which one stands for all.
    let all =
        ('\0'..='\u{3ffff}').chain('\u{e0000}'..='\u{e0fff}').chain(['\u{40000}', '\u{f0000}', char::MAX]);
    for c in all {
        let once = folded(&c.to_string());
        assert_eq!(folded(&once), once, "{c:?}");
        let lower = c.to_lowercase().to_string();
        assert_eq!(folded(&lower), once, "{c:?} and {lower:?}");
        // Below a Greek letter an iota is an accent, and a capital has it beside itself.
        if !c.nfd().any(|part| part == '\u{345}') {
            let upper = c.to_uppercase().to_string();
            assert_eq!(folded(&upper), once, "{c:?} and {upper:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_place_is_between_characters(
        text in "([a-zA-Z ]{0,3}|[éßﬁİΣς한\u{1112}\u{1161}\u{11ab}\u{308} \t]{0,3}|\\PC){0,8}", base in 0_usize..50,
    ) {
        let mut folded = Folded::new(Case::Ignored);
        folded.push(&text, base);
        let edges: Vec<usize> =
            folded.as_str().char_indices().map(|(at, _)| at).chain([folded.as_str().len()]).collect();
        for (index, start) in edges.iter().enumerate() {
            for end in &edges[index + 1..] {
                let place = folded.place_of(*start..*end);
                prop_assert!(place.start < place.end && place.start >= base);
                // What is there folds to something that has the range in it.
                let original = text.get(place.start - base..place.end - base);
                let original = original.ok_or_else(|| TestCaseError::fail("in the middle of a character"))?;
                prop_assert!(super::folded(original).contains(&folded.as_str()[*start..*end]));
            }
        }
    }
}
