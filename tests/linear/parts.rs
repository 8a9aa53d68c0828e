//! Answers of several parts, each of which is right or not.

use std::sync::Arc;

use countersign::course;

use crate::course::files;
use crate::screens::read;
use crate::talk::{listen, talk};
use crate::world::MadeUp;

/// What is heard of `script` in a check with this question, without numbers before a comma: those of options depend on the draw.
fn heard(question: &str, script: &[&str]) -> String {
    let mut files = files();
    let check = format!(r#"(id: "one", title: "Parts", questions: [{question}])"#);
    files.insert("quizzes/1.ron".to_owned(), check.into_bytes());
    let course = Arc::new(course::parse(files).expect("a course without faults"));
    let script = [&["Ada", "7", "", "", "", "check 1"], script].concat();
    let (said, _) = talk(&mut MadeUp::new(&course), 1000, &script);
    let said = said.split_once("> check 1").expect("it was typed").1;
    ["1, ", "2, ", "3, ", "4, "].iter().fold(said.to_owned(), |said, number| said.replace(number, ""))
}

/// Whole lists were said of what was answered and of what is right, to be compared from memory; no remark said to what it belonged.
#[test]
fn every_part_is_said_with_whether_it_was_right() {
    let said = heard(
        r#"Match(id: "match", topic: "law", prompt: "What belongs together?", pairs: [
            (id: "law", left: "Law", right: "Binding"), (id: "tip", left: "Tip", right: "Friendly")])"#,
        &["=law=law tip=law"],
    );
    let parts = "Saved:\nLaw: Binding. Right.\nTip: Binding. Not right; right is: Friendly.\nPartly right: 0.5 of 1 point.\n";
    assert!(said.contains(parts) && !said.contains("Right is:"), "{said}");

    let said = heard(
        r#"Order(id: "order", topic: "habits", prompt: "In which order?",
            items: [(id: "x", text: "Report"), (id: "y", text: "Wait"), (id: "z", text: "Change it")])"#,
        &["=x z y"],
    );
    let parts = "Saved:\nPlace 1: Report. Right.\nPlace 2: Change it. Not right; right is: Wait.\n\
                 Place 3: Wait. Not right; right is: Change it.\nPartly right: 0.5 of 1 point.\n\
                 What counts is what comes before what: those in places 1 and 3 stand in the right order among themselves, which is 1 of 2 steps.\n";
    assert!(said.contains(parts) && !said.contains("Right is:"), "{said}");

    let said = heard(
        r#"Cloze(id: "cloze", topic: "law", prompt: "Fill the gaps.", text: "In {{year}}, {{word}} came {{when}}.", gaps: [
            Number(id: "year", answer: 2017, unit: "years"), Text(id: "word", accepted: ["the law"]),
            Choice(id: "when", options: [(id: "late", text: "late", right: true), (id: "soon", text: "soon", feedback: "It took long.")])])"#,
        &["2016", "the law", "=soon"],
    );
    let parts = "Saved:\nGap 1: 2016 years. Not right; right is: 2017 years.\nGap 2: the law. Right.\n\
                 Gap 3: soon. Not right. It took long.\nRight is: late.\nPartly right: 0.33 of 1 point.\n";
    assert!(said.contains(parts) && said.matches("Right is:").count() == 1, "{said}");
}

/// Remarks came in the order of the author, and nothing said on what.
#[test]
fn every_tick_is_said_with_its_remark_in_the_order_of_the_draw() {
    let question = r#"Multiple(id: "many", topic: "habits", prompt: "Which ones?", options: [
        (id: "a", text: "Alpha", right: true, feedback: "Alpha is first."), (id: "b", text: "Beta", right: true),
        (id: "c", text: "Gamma", feedback: "Not right: Gamma is third."), (id: "d", text: "Delta")])"#;
    let said = heard(question, &["=c a"]);
    let options = ["Alpha", "Beta", "Gamma"];
    let lines = [
        "Alpha. Right. Alpha is first.",
        "Beta. Not chosen, but right.",
        "Gamma. Not right: Gamma is third.",
    ];
    let place = |text: &str| said.find(text).unwrap_or_else(|| panic!("no {text}: {said}"));
    let mut shown: Vec<usize> = (0..3).collect();
    shown.sort_by_key(|option| place(&format!(". {}\n", options[*option])));
    let parts: Vec<&str> = shown.iter().map(|option| lines[*option]).collect();
    assert!(said.contains(&format!("Saved:\n{}\nNot right: 0 of 1 point.\n", parts.join("\n"))), "{said}");
}

/// Whether it was right was left out.
#[test]
fn repeat_behind_an_answer_says_all_of_it() {
    let question = r#"Single(id: "one", topic: "habits", prompt: "Which one?", why: "So it is.", options: [
        (id: "a", text: "Alpha", right: true), (id: "b", text: "Beta", feedback: "Beta is second.")])"#;
    for again in ["repeat", "again", "ids off"] {
        let said = heard(question, &["=b", again]);
        let said = said.split_once(&format!("> {again}")).expect("it was typed").1;
        for words in [
            "Which one?",
            "You answered: Beta.",
            "Not right: 0 of 1 point.",
            "Beta is second.",
            "Right is: Alpha.",
        ] {
            assert!(said.contains(words), "{again}, {words}: {said}");
        }
    }
    let said = heard(question, &["=b", "why"]);
    assert!(said.ends_with("Goodbye.\n") && !said.contains("You answered"), "{said}");
}

/// The second gap was asked for without a word of what stands around it.
#[test]
fn a_gap_is_asked_for_with_its_sentence_and_what_is_in_it() {
    let question = r#"Cloze(id: "cloze", topic: "law", prompt: "Fill the gaps.", text: "It came in {{year}}. Then {{word}} held.", gaps: [
        Number(id: "year", answer: 2017), Text(id: "word", accepted: ["the law"])])"#;
    let said = heard(question, &["2016", "gap 1"]);
    let asked = said.split_once("> 2016").expect("it was typed").1;
    let around = "Around gap 2: Then (gap 2) held.\nGap 2 of a word or a short text.\n";
    assert!(asked.contains(around), "{asked}");
    let filled = "Around gap 1: It came in (gap 1).\nIn gap 1 now: 2016.\nGap 1 of a number.\n";
    assert!(asked.contains(filled), "{asked}");
    assert!(
        !said.split_once("> 2016").expect("it was typed").0.contains("Around"),
        "the text was just said: {said}"
    );
}

/// All of the gap was said again after whatever did not fit it.
#[test]
fn what_does_not_fit_a_gap_of_an_attempt_is_told_in_a_sentence() {
    let mut script = ["assessment", "start"].into_iter();
    let (said, _) = listen(&mut read(), 1000, |said| {
        let last = said.rsplit("\n> ").next().unwrap_or_default();
        match last {
            _ if last.starts_with("such a word\n") => None,
            _ if last.contains("\nGap 1 of") => Some("such a word".to_owned()),
            _ => Some(script.next().unwrap_or_default().to_owned()),
        }
    });
    let told = said.rsplit("> such a word\n").next().expect("it was typed");
    assert!(!told.contains("Gap 1 of") && told.contains("Press Enter for "), "{told}");
}
