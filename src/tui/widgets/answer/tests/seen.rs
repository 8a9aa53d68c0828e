//! Nothing is handed in before all of it was on the screen, however small that is.

use std::collections::BTreeSet;

use super::*;
use crate::course;
use crate::markup::plain;
use crate::quiz::question::{Gap, GapKind, Item, Pair};
use crate::tui::areas::Areas;
use crate::tui::screens::shared::pad_size;
use crate::tui::widgets::answer::sight::Part;

const SCREENS: [(u16, u16); 3] = [(40, 12), (80, 24), (120, 40)];

/// Every question of the bundled course, and one of every kind.
pub(super) fn questions() -> Vec<Question> {
    let course = course::parse(course::embedded()).expect("the bundled course");
    let checks = course.modules.iter().filter_map(|module| module.check.as_ref());
    let quizzes = checks.chain([&course.assessment.quiz]);
    quizzes.flat_map(|quiz| quiz.questions.iter().cloned()).chain(samples::every_kind()).collect()
}

/// Questions of which every part takes more rows than a screen of 40 by 12 has.
pub(super) fn long_questions() -> Vec<Question> {
    let mut letters = (b'a'..=b'z').flat_map(|a| (b'a'..=b'z').map(move |b| [a, b])).cycle();
    let mut written = 0_usize;
    let mut words = |count: usize| -> String {
        let mut word = || {
            written += 1;
            let [a, b] = letters.next().expect("they begin again").map(char::from);
            let c = char::from(b'a' + u8::try_from(written / 676).expect("few"));
            format!("q{c}{a}{b}")
        };
        (0..count).map(|_| word()).collect::<Vec<_>>().join(" ")
    };
    let mut matching = samples::matching();
    if let Kind::Match { pairs, extra } = &mut matching.kind {
        for pair in pairs {
            (pair.left, pair.right) = (words(70), words(60));
        }
        extra[0].text = words(60);
    }
    let mut ordering = samples::order();
    if let Kind::Order { items, .. } = &mut ordering.kind {
        for item in items {
            item.text = words(70);
        }
    }
    let mut single = samples::single();
    if let Kind::Single { options } = &mut single.kind {
        for option in options {
            option.text = words(70);
        }
    }
    single.prompt = words(70);
    let mut cloze = samples::cloze();
    if let Kind::Cloze { text, gaps } = &mut cloze.kind {
        for gap in gaps.iter_mut() {
            let option = |right| crate::quiz::question::Choice {
                id: if right { "r" } else { "w" }.parse().expect("an id"),
                text: words(60),
                right,
                feedback: None,
            };
            gap.kind = GapKind::Choice([true, false].map(option).to_vec());
        }
        let places: Vec<String> =
            gaps.iter().map(|gap| format!("{{{{{}}}}} {}", gap.id, words(50))).collect();
        *text = places.join(" ");
    }
    vec![matching, ordering, single, cloze]
}

/// The room for a pad on a screen of so many columns and rows.
pub(super) fn room((width, height): (u16, u16)) -> Size {
    pad_size(Areas::of(Size::new(width, height)).body.as_size())
}

pub(super) fn on_screen(question: &Question, screen: (u16, u16), setting: Setting) -> AnswerPad {
    let mut pad = AnswerPad::new(question, &[], None, ASKED, setting);
    pad.resize(room(screen));
    pad
}

/// What is asked, apart from the prompt: everything of it must be read before it is answered.
fn asked(question: &Question) -> Vec<String> {
    let choices = |options: &[crate::quiz::question::Choice]| -> Vec<String> {
        options.iter().map(|option| option.text.clone()).collect()
    };
    match &question.kind {
        Kind::Single { options } | Kind::Multiple { options } => choices(options),
        Kind::TrueFalse { .. } => vec!["True".to_owned(), "False".to_owned()],
        Kind::Match { pairs, extra } => {
            let sides = pairs.iter().flat_map(|Pair { left, right, .. }| [left.clone(), right.clone()]);
            sides.chain(extra.iter().map(|Item { text, .. }| text.clone())).collect()
        }
        Kind::Order { items, .. } => items.iter().map(|item| item.text.clone()).collect(),
        Kind::Number(_) | Kind::Text(_) => vec!["[".to_owned()],
        Kind::Cloze { gaps, .. } => {
            let options = gaps.iter().map(|Gap { kind, .. }| match kind {
                GapKind::Choice(options) => choices(options),
                GapKind::Text(_) | GapKind::Number(_) => Vec::new(),
            });
            options.flatten().collect()
        }
        Kind::Scenario { steps } => {
            let first = &steps[0];
            let options = first.options.iter().map(|branch| branch.choice.text.clone());
            [first.text.clone()].into_iter().chain(options).collect()
        }
    }
}

/// What is on the screen, as a set of words; it counts as seen.
fn look(pad: &mut AnswerPad) -> BTreeSet<String> {
    let size = pad.window.size();
    pad.note_shown();
    let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, size)));
    pad.view(buffer.area, &mut buffer, Theme::PLAIN);
    let rows = buffer.content.chunks(usize::from(size.width));
    // The last column says only that there is more.
    let rows = rows.map(|row| row[..row.len() - 1].iter().map(ratatui::buffer::Cell::symbol).collect());
    rows.flat_map(|row: String| words(&row).collect::<Vec<_>>()).collect()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace().map(str::to_owned)
}

/// Every word that is asked, as far as `seen` lacks it. A word longer than a line is on two of them.
fn missing(question: &Question, seen: &BTreeSet<String>) -> Vec<String> {
    let texts = [question.prompt.clone()].into_iter().chain(asked(question));
    let words = texts.flat_map(|text| {
        // A table, a list and a quotation have signs of their own.
        let plain = plain(&text).to_string();
        words(&plain).filter(|word| word.chars().all(char::is_alphabetic)).collect::<Vec<_>>()
    });
    words.filter(|word| word.chars().count() < 20 && !seen.iter().any(|seen| seen.contains(word))).collect()
}

#[test]
fn enter_hands_nothing_in_before_all_of_it_was_on_the_screen() {
    let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
    for question in questions().into_iter().chain(long_questions()) {
        for screen in SCREENS {
            for setting in [Setting::Check, Setting::Assessment] {
                let mut pad = on_screen(&question, screen, setting);
                let mut seen = look(&mut pad);
                let mut screens = 1;
                while let Some(message) = pad.message_for(enter).or_else(|| answer_for_now(&pad)) {
                    if pad.window.items_elsewhere().next().is_some() && message != PadMessage::SeeRest {
                        // One after the other, and none is left open behind the focus.
                        let open = pad.body.first_open().expect("Enter is not the screen's");
                        assert!(open <= pad.focus || message == PadMessage::FocusOn(open));
                        pad.update(&message);
                        seen.extend(look(&mut pad));
                        continue;
                    }
                    assert_eq!(message, PadMessage::SeeRest, "{} at {screen:?}", question.id);
                    assert!(pad.has_unseen() && pad.enter() == Some("see rest"));
                    let before = (pad.window.top(), pad.focus);
                    assert!(!pad.update(&message), "it answers nothing");
                    assert_ne!(before, (pad.window.top(), pad.focus), "{} at {screen:?}", question.id);
                    seen.extend(look(&mut pad));
                    screens += 1;
                    assert!(screens < 30, "{} at {screen:?} has no end", question.id);
                }
                let missing = missing(&question, &seen);
                assert!(missing.is_empty(), "{} at {screen:?}: {missing:?} was not seen", question.id);
                assert!(!pad.has_unseen());
                assert!(screen.1 < 40 || screens <= 2, "{} at {screen:?}: {screens} screens", question.id);
            }
        }
    }
}

/// Whoever answered every side and gap from what was in sight handed in the rest of them unseen: its first row was enough.
#[test]
fn whoever_answers_first_sees_the_rest_before_it_is_handed_in() {
    let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
    for question in long_questions() {
        for screen in SCREENS {
            let mut pad = on_screen(&question, screen, Setting::Check);
            let mut seen = look(&mut pad);
            for _ in 0..pad.stops() {
                for message in [PadMessage::Choose(0), PadMessage::NextStop] {
                    pad.update(&message);
                    seen.extend(look(&mut pad));
                }
            }
            let mut screens = 0;
            while let Some(message) = pad.message_for(enter) {
                assert_eq!(message, PadMessage::SeeRest, "{} at {screen:?}", question.id);
                pad.update(&message);
                seen.extend(look(&mut pad));
                screens += 1;
                assert!(screens < 60, "{} at {screen:?} has no end", question.id);
            }
            let missing = missing(&question, &seen);
            assert!(missing.is_empty(), "{} at {screen:?}: {missing:?} was not seen", question.id);
            assert!(pad.is_complete() && !pad.has_unseen(), "{} at {screen:?}", question.id);
        }
    }
}

/// The text broke elsewhere when a gap was filled, and what stood in a row that was not seen stood in one that was.
#[test]
fn a_text_that_breaks_elsewhere_begins_again() {
    let mut question = long_questions().remove(3);
    // The rows become no more and no fewer.
    if let Kind::Cloze { gaps, .. } = &mut question.kind
        && let GapKind::Choice(options) = &mut gaps[0].kind
    {
        for option in options {
            option.text = "ok".to_owned();
        }
    }
    let mut pad = on_screen(&question, (40, 12), Setting::Check);
    pad.note_shown();
    let told = |pad: &AnswerPad| -> Vec<bool> {
        let rows = pad.window.rows();
        let unseen = pad.sight.unseen_of(rows);
        (0..rows.len())
            .filter(|row| rows[*row].part == Some(Part::Told(0)))
            .map(|row| !unseen.contains(&row))
            .collect()
    };
    let before = told(&pad);
    assert!(before[0] && !before[before.len() - 1], "{before:?}");
    pad.update(&PadMessage::Choose(0));
    assert!(told(&pad).iter().all(|seen| !seen), "{:?}", told(&pad));
}

/// What answers a side or gap that Enter does not leave as long as it is open.
fn answer_for_now(pad: &AnswerPad) -> Option<PadMessage> {
    let is_one_by_one = pad.window.items_elsewhere().next().is_some() && !pad.on_certainty();
    (is_one_by_one && pad.body.first_open().is_some())
        .then(|| pad.message_for(KeyEvent::new(KeyCode::Char('1'), KeyModifiers::NONE)))
        .flatten()
}

#[test]
fn what_is_not_drawn_is_not_seen_however_often_enter_is_pressed() {
    let mut question = samples::single();
    question.prompt = "A long story.\n\n".repeat(20);
    let mut pad = on_screen(&question, (40, 12), Setting::Check);
    pad.note_shown();
    let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
    let mut tops = BTreeSet::new();
    for _ in 0..50 {
        let message = pad.message_for(enter).expect("it is not the screen's");
        pad.update(&message);
        tops.insert(pad.window.top());
    }
    assert_eq!(tops.len(), 1, "impatient fingers turn one page: {tops:?}");
}

#[test]
fn no_decision_of_a_story_is_made_between_options_that_were_not_seen() {
    let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
    let stories = questions().into_iter().filter(|question| matches!(question.kind, Kind::Scenario { .. }));
    for question in stories {
        for screen in SCREENS {
            let mut pad = on_screen(&question, screen, Setting::Check);
            let mut seen = look(&mut pad);
            pad.update(&PadMessage::Choose(0));
            // By the mouse neither.
            let mut clicked = pad.clone();
            if pad.has_unseen() {
                assert!(!clicked.update(&PadMessage::Decide));
                assert_eq!(clicked.response(), None, "{} at {screen:?}", question.id);
            }
            while pad.response().is_none() {
                seen.extend(look(&mut pad));
                let message = pad.message_for(enter).expect("it decides in the end");
                pad.update(&message);
            }
            let missing = missing(&question, &seen);
            assert!(missing.is_empty(), "{} at {screen:?}: {missing:?} was not seen", question.id);
        }
    }
}

#[test]
fn what_a_decision_led_to_is_read_to_its_end_before_the_story_goes_on() {
    let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
    let mut question = samples::scenario();
    if let Kind::Scenario { steps } = &mut question.kind {
        steps[0].options[1].choice.feedback = Some("It is a long story that is told here. ".repeat(20));
    }
    let mut pad = on_screen(&question, (40, 12), Setting::Check);
    press(&mut pad, "2");
    while pad.response().is_none() {
        press(&mut pad, "enter");
    }
    let mut screens = 0;
    while pad.is_pausing() {
        pad.note_shown();
        let message = pad.message_for(enter).expect("it is the story's");
        let promised = pad.enter();
        pad.update(&message);
        assert_eq!(promised, Some(if pad.is_pausing() { "see rest" } else { "read on" }));
        screens += 1;
        assert!(screens < 12, "it has no end");
    }
    assert!(screens > 2, "it does not fit one screen");
}

/// The rows of what the digit for `place` chooses.
fn rows_of_choice(pad: &AnswerPad, place: usize) -> Vec<usize> {
    let focus = pad.focus;
    let is_it = |part: Option<Part>| match (&pad.body, part) {
        (Body::Filling(_), Some(Part::Option { of, place: at })) => of == focus && at == place,
        (_, Some(Part::Option { place: at, .. })) => at == place,
        _ => false,
    };
    pad.window.rows().iter().enumerate().filter(|(_, row)| is_it(row.part)).map(|(index, _)| index).collect()
}

#[test]
fn a_number_key_shows_what_it_chose() {
    for question in questions() {
        for screen in SCREENS {
            for digit in 1..=9_usize {
                let mut pad = on_screen(&question, screen, Setting::Assessment);
                let key = char::from_digit(u32::try_from(digit).expect("small"), 10).expect("a digit");
                let key = KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE);
                let Some(message @ PadMessage::Choose(place)) = pad.message_for(key) else { continue };
                pad.update(&message);
                let rows = rows_of_choice(&pad, place);
                let seen = rows.iter().filter(|row| pad.window.shows(**row)).count();
                assert!(
                    seen == rows.len() || seen >= pad.window.height() / 2,
                    "{} at {screen:?}: {digit} chose what is on rows {rows:?}",
                    question.id
                );
            }
        }
    }
}

/// Four sides as long as those of the bundled course.
fn long_pairs() -> Question {
    let mut question = samples::matching();
    if let Kind::Match { pairs, extra } = &mut question.kind {
        for pair in pairs {
            pair.left = format!("The left side {} with words that need a second line", pair.id);
            pair.right = format!("The right side {}, which is as long as the left one", pair.id);
        }
        extra[0].text = "What belongs to none of them, and is said in some more words".to_owned();
    }
    question
}

#[test]
fn a_left_side_stands_over_its_right_sides_where_there_is_no_room_for_all() {
    let mut pad = pad(&long_pairs());
    insta::assert_snapshot!(screen(&mut pad, 38, 10), @r#"
    "Find the right side of every left     "
    "side. (↑ ↓ left, 1-9 right)           "
    "                                      "
    "What about match?                     "
    "                                      "
    "› ↑1/3↓ The left side a with words    "
    "        that need a second line       "
    "  1 ( ) The right side a, which is    "
    "        as long as the left one       "
    "  2 ( ) The right side b, which is   ↓"
    cursor 0,5
    "#);
    // What was in sight is enough to choose; the rest comes at Enter, and the left side stays. The end of an option right under
    // it was read as its own.
    press(&mut pad, "enter");
    insta::assert_snapshot!(screen(&mut pad, 38, 10), @r#"
    "› ↑1/3↓ The left side a with words   ↑"
    "        that need a second line       "
    "      … as long as the left one       "
    "  2 ( ) The right side b, which is    "
    "        as long as the left one       "
    "  3 ( ) The right side c, which is    "
    "        as long as the left one       "
    "  4 ( ) What belongs to none of       "
    "        them, and is said in some     "
    "        more words                    "
    cursor 0,0
    "#);
    press(&mut pad, "4");
    insta::assert_snapshot!(screen(&mut pad, 38, 10), @r#"
    "› ↑1/3↓ The left side a with words   ↑"
    "        that need a second line       "
    "      … as long as the left one       "
    "  2 ( ) The right side b, which is    "
    "        as long as the left one       "
    "  3 ( ) The right side c, which is    "
    "        as long as the left one       "
    "  4 (•) What belongs to none of       "
    "        them, and is said in some     "
    "        more words                    "
    cursor 0,0
    "#);
    assert_eq!(pad.enter(), Some("next side"));
    press(&mut pad, "enter");
    insta::assert_snapshot!(screen(&mut pad, 38, 10), @r#"
    "› ↑2/3↓ The left side b with words   ↑"
    "        that need a second line       "
    "  1 ( ) The right side a, which is    "
    "        as long as the left one       "
    "  2 ( ) The right side b, which is    "
    "        as long as the left one       "
    "  3 ( ) The right side c, which is    "
    "        as long as the left one       "
    "  4 ( ) • What belongs to none of     "
    "          them, and is said in some  ↓"
    cursor 0,0
    "#);
    press(&mut pad, "2 up");
    assert_eq!(pad.focus, 0);
    // The mouse has the arrows beside the number.
    let area = Rect::new(0, 0, 38, 10);
    let column = |pad: &AnswerPad, sign: &str| {
        let row = pad.window.rows().iter().find(|row| row.text().contains(sign)).expect("a heading");
        Printable::new(row.text().split(sign).next().unwrap_or_default()).width()
    };
    let x = u16::try_from(column(&pad, "↓ The left")).expect("on the screen");
    let y = (0..10).find(|y| pad.message_at(area, Position::new(x, *y)) == Some(PadMessage::FocusOn(1)));
    let message = y.and_then(|y| pad.message_at(area, Position::new(x, y))).expect("an arrow");
    pad.update(&message);
    assert_eq!(pad.focus, 1);
    press(&mut pad, "enter 1 enter");
    assert_eq!(json(pad.response().as_ref()), r#"{"a":"x","b":"b","c":"a"}"#);
}

#[test]
fn the_layout_of_pairs_stays_what_it_is_while_they_are_found() {
    for question in questions().into_iter().filter(|question| matches!(question.kind, Kind::Match { .. })) {
        for screen in SCREENS {
            let mut pad = on_screen(&question, screen, Setting::Assessment);
            let is_one_by_one = |pad: &AnswerPad| pad.window.items_elsewhere().next().is_some();
            let before = is_one_by_one(&pad);
            // No number chooses what nobody sees.
            let is_seen_whole = |pad: &AnswerPad| pad.window.len() <= pad.window.height();
            assert!(screen.1 < 24 || is_seen_whole(&pad), "{} at {screen:?}", question.id);
            press(&mut pad, "1 enter 2 enter 3 enter 4 enter left right down up");
            assert_eq!(is_one_by_one(&pad), before, "{} at {screen:?}", question.id);
            assert!(screen.1 < 24 || is_seen_whole(&pad), "{} at {screen:?}", question.id);
        }
    }
}

/// Whoever turned pages by Space joined and filled what had the focus, and handed it in.
#[test]
fn space_reads_on_where_pairs_are_joined_and_gaps_filled() {
    for mut question in [samples::matching(), samples::cloze()] {
        question.prompt = "A long story.\n\n".repeat(40);
        let mut pad = pad(&question);
        pad.resize(Size::new(40, 10));
        pad.note_shown();
        let told: Vec<&str> =
            pad.keys().iter().filter(|(_, does)| *does == "scroll").map(|(keys, _)| *keys).collect();
        assert_eq!(told, ["PgUp PgDn Space"]);
        for _ in 0..30 {
            press(&mut pad, "space");
        }
        assert_eq!(pad.response(), None, "{:?}", question.id);
        press(&mut pad, "1");
        assert!(pad.response().is_some(), "{:?}", question.id);
    }
}

#[test]
fn the_keys_of_gaps_and_stories_are_all_told() {
    let mut gaps = pad(&samples::cloze());
    let keys = |pad: &AnswerPad| pad.keys_to_answer().iter().map(|(keys, _)| *keys).collect::<Vec<_>>();
    assert_eq!(keys(&gaps), ["Tab", "1-9 ← →", "↑ ↓ Home End", "Backspace"]);
    press(&mut gaps, "1 down");
    assert_eq!(keys(&gaps), ["Tab", "Ctrl-U", "↑ ↓", "← → Home End"]);
    assert_eq!(keys(&pad(&samples::scenario())), ["1-9 Space", "Enter", "↑ ↓"]);
}
