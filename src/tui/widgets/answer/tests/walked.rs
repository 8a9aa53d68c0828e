//! What somebody stumbled over who took the whole course on small screens.

use super::*;
use crate::quiz::question::{Choice, Gap, GapKind};

/// A gap whose options are as long as sentences.
fn long_gap() -> Question {
    let option = |id: &str, text: &str| Choice {
        id: id.parse().expect("an id"),
        text: text.to_owned(),
        right: id == "policy",
        feedback: None,
    };
    let options = vec![
        option("policy", "what the acceptable use policy of your organisation says about private *apps*"),
        option("friend", "whatever a friend from another department remembers from the last training of all"),
    ];
    let gap = Gap { id: "what".parse().expect("an id"), kind: GapKind::Choice(options) };
    samples::question("long", Kind::Cloze { text: "Ask for {{what}}.".to_owned(), gaps: vec![gap] })
}

#[test]
fn long_options_of_a_gap_are_wrapped_and_not_cut() {
    let question = long_gap();
    for (width, height) in [(80, 21), (40, 12)] {
        let mut pad = pad(&question);
        let mut seen = screen(&mut pad, width, height);
        press(&mut pad, "pgdn");
        seen.push_str(&screen(&mut pad, width, height));
        let words: Vec<&str> =
            seen.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        let said = words.join(" ");
        for word in ["organisation says about private apps", "remembers from the last training of all"] {
            let found = word.split(' ').all(|word| said.contains(word));
            assert!(found, "{word} at {width}x{height}:\n{seen}");
        }
        assert!(!seen.contains('*'), "it is Markdown: {seen}");
    }
    // Every row of an option is the option.
    let mut pad = pad(&question);
    pad.resize(Size::new(40, 40));
    let area = Rect::new(0, 0, 40, 40);
    let row = pad.window.rows().iter().position(|row| row.text().contains("training")).expect("it is there");
    let at = Position::new(14, u16::try_from(row).expect("on the screen"));
    let message = pad.message_at(area, at).expect("a click chooses");
    pad.update(&message);
    assert_eq!(json(pad.response().as_ref()), r#"{"what":"friend"}"#);
}

#[test]
fn a_story_that_was_handed_in_begins_with_its_verdict_and_why() {
    let mut question = samples::scenario();
    question.why = Some("Because it ends well.".to_owned());
    for (width, height) in [(80, 21), (40, 9)] {
        let mut pad = AnswerPad::new(
            &question,
            &[],
            Some(&Response::List(["wait", "tell", "change"].map(str::to_owned).to_vec())),
            CertaintyLine::NotAsked,
            Setting::Check,
        );
        pad.resize(Size::new(width, height));
        pad.reveal();
        let seen = screen(&mut pad, width, height);
        assert!(seen.contains("right: ") && seen.contains("Because it ends well."), "{seen}");
        // Space reads on to the end, and is the screen's there.
        let mut pages = 0;
        while press(&mut pad, "space").is_empty() {
            pages += 1;
            assert!(pages < 9, "{}", screen(&mut pad, width, height));
        }
        assert!(!screen(&mut pad, width, height).contains('↓'), "nothing is left unread");
        assert!(height > 9 || pages > 0, "it does not fit");
    }
}
