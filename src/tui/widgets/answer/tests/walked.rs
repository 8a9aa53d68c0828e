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

/// A question as it stands on a screen of 40 by 12.
fn small(question: &Question, setting: Setting) -> AnswerPad {
    let mut pad = AnswerPad::new(question, &[], None, CertaintyLine::NotAsked, setting);
    pad.resize(Size::new(38, 9));
    pad
}

#[test]
fn enter_passes_no_open_side_and_comes_back_to_the_first() {
    let mut question = samples::matching();
    if let Kind::Match { pairs, .. } = &mut question.kind {
        for pair in pairs {
            pair.right.push_str(" in words that need a second line");
        }
    }
    let mut pad = small(&question, Setting::Check);
    for _ in 0..9 {
        press(&mut pad, "enter");
        assert_eq!(pad.focus, 0, "a number would land on another side");
    }
    assert_eq!((pad.enter(), pad.due()), (None, Some("needs a choice")));
    press(&mut pad, "down 1 down");
    assert_eq!((pad.focus, pad.enter()), (2, Some("to open side")));
    press(&mut pad, "enter");
    assert_eq!(pad.focus, 0);
    press(&mut pad, "2 enter 3");
    assert!(pad.is_complete() && pad.due().is_none());
}

/// Sides that were answered before and are looked at again had nothing more to be seen, and Enter went to the next one all the same.
#[test]
fn what_enter_does_at_answered_sides_is_named_by_where_it_goes() {
    let question = long_sides(12);
    let answered = Response::Map(["a", "b", "c"].map(|id| (id.to_owned(), id.to_owned())).into());
    let mut pad =
        AnswerPad::new(&question, &[], Some(&answered), CertaintyLine::NotAsked, Setting::Assessment);
    pad.resize(Size::new(40, 9));
    let enter = |pad: &mut AnswerPad| {
        pad.note_shown();
        pad.enter()
    };
    let mut said = Vec::new();
    while let Some(enter) = enter(&mut pad) {
        let before = pad.focus;
        press(&mut pad, "enter");
        assert_eq!(enter == "next side", pad.focus != before, "{enter}");
        said.push(enter);
    }
    assert_eq!(said.iter().filter(|enter| **enter == "next side").count(), 2, "{said:?}");
    // From the last one it goes back.
    let mut pad =
        AnswerPad::new(&question, &[], Some(&answered), CertaintyLine::NotAsked, Setting::Assessment);
    pad.resize(Size::new(40, 9));
    pad.update(&PadMessage::FocusOn(2));
    while enter(&mut pad) == Some("see rest") {
        press(&mut pad, "enter");
    }
    assert_eq!(pad.enter(), Some("to unseen side"));
}

/// It scrolled first, and the number for the second side replaced the answer of the first.
#[test]
fn down_goes_on_from_a_side_that_has_its_answer() {
    let mut question = samples::matching();
    if let Kind::Match { pairs, .. } = &mut question.kind {
        for pair in pairs {
            pair.right.push_str(" in words that need a second line, and then a third line and a fourth one");
        }
    }
    let mut pad = small(&question, Setting::Check);
    press(&mut pad, "2 down");
    assert_eq!(pad.focus, 1);
    press(&mut pad, "1");
    assert_eq!(pad.body.first_open(), Some(2), "both have an answer");
}

/// A question whose left sides take most of a small screen, and whose right sides have so many words.
fn long_sides(words: usize) -> Question {
    let mut question = samples::matching();
    if let Kind::Match { pairs, .. } = &mut question.kind {
        for pair in pairs {
            pair.left.push_str(&" and words around it".repeat(8));
            let said: Vec<String> = (0..words).map(|word| format!("{}{word}", pair.id)).collect();
            pair.right = said.join(" ");
        }
    }
    question
}

/// The left side, which stays on the screen, left half of it to what was chosen, of which the other half was hidden.
#[test]
fn what_was_chosen_is_seen_whole_below_the_side_that_it_is_for() {
    let mut pad = small(&long_sides(45), Setting::Check);
    while pad.has_unseen() {
        press(&mut pad, "enter");
        pad.note_shown();
    }
    for key in ["1", "3", "2", "left", "right", "right", "left"] {
        press(&mut pad, key);
        let seen = screen(&mut pad, 38, 9);
        let chosen = pad.window.end_of_chosen().expect("something is chosen");
        let first = pad.window.rows().iter().position(|row| row.text().contains("(•)")).expect("a sign");
        assert!((first..chosen).all(|row| pad.window.shows(row)) && chosen - first > 5, "{key}:\n{seen}");
        assert!(seen.contains("› ↑1/3↓"), "{key}:\n{seen}");
    }
}

/// What no screen holds is read to its end with the arrow before that goes on.
#[test]
fn what_was_chosen_and_fits_on_no_screen_is_read_downwards() {
    let mut pad = small(&long_sides(120), Setting::Check);
    while pad.has_unseen() {
        press(&mut pad, "enter");
        pad.note_shown();
    }
    press(&mut pad, "2");
    let end = pad.window.end_of_chosen().expect("something is chosen");
    let mut read = 0;
    while !pad.window.shows(end - 1) {
        press(&mut pad, "down");
        let seen = screen(&mut pad, 38, 9);
        assert!(pad.focus == 0 && seen.contains("› ↑1/3↓"), "{seen}");
        read += 1;
        assert!(read < 20, "{seen}");
    }
    press(&mut pad, "down");
    assert!(read > 1 && pad.focus == 1, "{}", screen(&mut pad, 38, 9));
}

#[test]
fn a_gap_stands_over_its_options_where_there_is_no_room_for_all() {
    let Kind::Cloze { gaps, .. } = long_gap().kind else { panic!("it has a gap") };
    let named = |id: &str| Gap { id: id.parse().expect("an id"), ..gaps[0].clone() };
    let kind = Kind::Cloze { text: "Ask {{a}} or {{b}}.".to_owned(), gaps: vec![named("a"), named("b")] };
    let mut pad = small(&samples::question("gaps", kind), Setting::Check);
    for _ in 0..9 {
        press(&mut pad, "enter");
        assert_eq!(pad.focus, 0);
        if screen(&mut pad, 38, 9).contains("( )") {
            assert!(screen(&mut pad, 38, 9).contains("› ↑‹1› of 2 ↓"), "{}", screen(&mut pad, 38, 9));
        }
    }
    assert_eq!((pad.enter(), pad.due()), (None, Some("needs a choice")));
    press(&mut pad, "tab 2");
    let seen = screen(&mut pad, 38, 9);
    assert!(seen.contains("› ↑‹2› of 2 ↓") && seen.contains("2 (•)"), "{seen}");
    assert_eq!(pad.enter(), Some("to empty gap"), "it lies before");
    press(&mut pad, "enter 1");
    assert_eq!(json(pad.response().as_ref()), r#"{"a":"policy","b":"friend"}"#);
}

#[test]
fn a_step_of_a_story_begins_with_what_was_decided_and_is_read_downwards() {
    let mut question = samples::scenario();
    if let Kind::Scenario { steps } = &mut question.kind {
        for step in steps {
            step.text = "What happens now is told in many words. ".repeat(4);
            let texts = step.options.iter_mut().map(|branch| &mut branch.choice.text);
            texts.for_each(|text| text.push_str(" and all that belongs to it, in words for two lines"));
        }
    }
    let mut pad = small(&question, Setting::Assessment);
    press(&mut pad, "1");
    while pad.response().is_none() {
        press(&mut pad, "enter");
    }
    let top = pad.window.top();
    assert!(pad.window.rows()[top].text().contains("You: "), "{}", screen(&mut pad, 38, 9));
    assert_eq!(pad.enter(), Some("see rest"));
    press(&mut pad, "enter");
    assert!(pad.window.top() > top, "Enter reads downwards");
}

#[test]
fn enter_reads_the_explanation_to_its_end_before_it_is_the_screens() {
    let mut question = samples::single();
    question.why = Some("It is explained in many words. ".repeat(20));
    let mut pad = small(&question, Setting::Check);
    pad.reveal();
    let mut screens = 0;
    while pad.can_read_on() {
        assert_eq!(pad.enter(), Some("see rest"));
        assert!(press(&mut pad, "enter").is_empty());
        screens += 1;
        assert!(screens < 20, "it has no end");
    }
    assert!(screens > 1, "it does not fit");
    assert_eq!((pad.enter(), press(&mut pad, "enter")), (None, vec!["enter".to_owned()]));
}

/// Enter was said to need a choice where none could be seen, and went to where it could.
#[test]
fn what_is_out_of_sight_is_gone_to_before_it_is_due() {
    let mut gone_to = 0;
    for mut question in samples::every_kind() {
        question.prompt = "A question of many words. ".repeat(20);
        let mut pad = small(&question, Setting::Check);
        while enter(&mut pad).is_some_and(|enter| enter == "see rest") {
            press(&mut pad, "enter");
        }
        let Some(due) = pad.due().filter(|_| pad.enter().is_none()) else { continue };
        assert!(due.starts_with("needs "), "{due}: {}", screen(&mut pad, 38, 9));
        pad.update(&PadMessage::ScrollAll(Way::Back));
        let way = pad.due().expect("it is still open");
        assert!(way.starts_with("to "), "{way}: {}", screen(&mut pad, 38, 9));
        pad.go_to_trouble();
        assert_eq!(pad.due(), Some(due), "{way}: {}", screen(&mut pad, 38, 9));
        gone_to += 1;
    }
    assert!(gone_to > 5, "{gone_to}");
}

/// What Enter does there once that was drawn.
fn enter(pad: &mut AnswerPad) -> Option<&'static str> {
    pad.note_shown();
    pad.enter()
}

/// What a question wants is said in its own words: a number is no word, and an order no choice.
#[test]
fn what_is_due_fits_the_kind() {
    for question in samples::every_kind() {
        let expected = match &question.kind {
            Kind::Order { .. } => Some("needs an order"),
            Kind::Number(_) => Some("needs a number"),
            Kind::Text(_) => Some("needs words"),
            Kind::Scenario { .. } => None,
            Kind::Single { .. }
            | Kind::Multiple { .. }
            | Kind::TrueFalse { .. }
            | Kind::Match { .. }
            | Kind::Cloze { .. } => Some("needs a choice"),
        };
        assert_eq!(pad(&question).due(), expected, "{:?}", question.id);
    }
    let mut gaps = pad(&samples::cloze());
    press(&mut gaps, "1 down");
    assert_eq!(gaps.due(), Some("needs words"));
    press(&mut gaps, "'secret' down");
    assert_eq!(gaps.due(), Some("needs a number"));
}
