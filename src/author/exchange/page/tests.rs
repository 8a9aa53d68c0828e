use proptest::prelude::*;

use super::*;
use crate::author::exchange::specimens;
use crate::quiz::samples;

#[test]
fn a_page_asks_answers_and_needs_nothing_else() {
    let quiz = samples::quiz(samples::every_kind());
    for (page, folded) in [(html(&quiz, "en"), 9), (pdf_ready_html(&quiz, "de"), 0)] {
        assert_eq!(page.text.matches("<details>").count(), folded);
        assert_eq!(page.text.matches("<h2>Question").count(), if folded == 0 { 18 } else { 9 });
        for stated in [
            "<title>Bank</title>",
            "Choose all that apply",
            "530 ± 5",
            "Step 1: A",
            "1–B, 2–C, 3–D",
            "article 7",
        ] {
            let shown = page.text.contains(stated)
                || stated == "1–B, 2–C, 3–D" && page.text.contains("1–A, 2–B, 3–C");
            assert!(shown, "{stated}");
        }
        assert_eq!(page.losses, []);
    }
    let printed = pdf_ready_html(&quiz, "de").text;
    let (sheet, key) = printed.split_once("<section class=\"answers\">").expect("two parts");
    assert!(sheet.contains("class=\"box round\"") && !sheet.contains("is wrong") && key.contains("is wrong"));
    assert_eq!([letter(0), letter(25), letter(26)], ["A", "Z", "A2"]);
}

proptest! {
    #[test]
    fn no_text_becomes_markup_of_its_own(quiz in specimens::quiz()) {
        for page in [html(&quiz, "e\"n"), pdf_ready_html(&quiz, "en")] {
            let text = page.text.to_lowercase();
            for open in ["<script", "<b>", "<img", "<iframe", "<!--", "<![cdata", " onclick", "javascript:"] {
                prop_assert!(!text.contains(open), "{open} in {text}");
            }
            // One language for every tag that names one: nothing broke out of the attribute.
            prop_assert!(!text.contains("lang=\"e\""));
        }
    }
}
