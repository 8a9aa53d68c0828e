//! What stands below a text stays where it is while its gaps are filled.

use super::seen::{on_screen, room};
use super::*;
use crate::course;

/// The texts with gaps of the bundled course, and one of every kind of gap.
fn texts() -> Vec<Question> {
    let course = course::parse(course::embedded()).expect("a course without faults");
    let quizzes = course.modules.iter().filter_map(|module| module.check.as_ref());
    let questions = quizzes.chain([&course.assessment.quiz]).flat_map(|quiz| quiz.questions.clone());
    questions
        .chain([samples::cloze()])
        .filter(|question| matches!(question.kind, Kind::Cloze { .. }))
        .collect()
}

/// Where the gaps begin, or the one that is shown.
fn places(pad: &AnswerPad) -> Vec<Option<usize>> {
    let rows = pad.window.rows();
    let items = rows.iter().filter_map(|row| row.item).max().map_or(0, |last| last + 1);
    (0..items).map(|item| Page::range_of(rows, item).map(|range| range.start)).collect()
}

/// With each choice the text broke elsewhere, and the choices moved under the eyes of whoever chose.
#[test]
fn the_choices_stay_while_gaps_are_filled() {
    for (question, screen) in texts().iter().flat_map(|text| [(text, (80, 24)), (text, (100, 30))]) {
        let mut pad = pad(question);
        pad.resize(room(screen));
        assert!(pad.window.len() <= usize::from(room(screen).height), "{} at {screen:?}", question.id);
        while let Some(gap) = pad.body.first_open() {
            pad.update(&PadMessage::FocusOn(gap));
            let before = places(&pad);
            for number in 0..4 {
                pad.update(&PadMessage::ChooseIn(gap, number));
                assert_eq!(places(&pad), before, "{} at {screen:?}", question.id);
            }
            press(&mut pad, "'7'");
            pad.update(&PadMessage::FocusOn(gap));
            assert_eq!(places(&pad), before, "{} at {screen:?}", question.id);
        }
    }
    // Where rows are scarce, how sure one is stays in sight.
    for question in texts() {
        let pad = on_screen(&question, (80, 24), Setting::Check);
        assert!(pad.window.len() <= usize::from(room((80, 24)).height), "{}", question.id);
    }
}

/// On a small screen, where text and choices have no room beside each other, they moved by a row with each key all the same.
#[test]
fn the_choices_stay_on_small_screens_too() {
    let sizes = [(40, 12), (60, 16)];
    let mut chosen = 0;
    for (question, size) in texts().iter().flat_map(|text| sizes.map(|size| (text, size))) {
        // Begun with nothing or something in each gap, and read from there or from further up.
        for (begun, lines) in [(None, 0), (None, 3), (Some(0), 0), (Some(1), 2)] {
            let mut pad = pad(question);
            pad.resize(room(size));
            let gaps = 0..pad.body.items();
            for (gap, number) in gaps.clone().filter_map(|gap| Some((gap, begun?))) {
                pad.update(&PadMessage::ChooseIn(gap, number));
            }
            for gap in gaps {
                pad.update(&PadMessage::FocusOn(gap));
                pad.update(&PadMessage::ScrollLines(Way::Back, lines));
                let numbers = if pad.window.sees_whole(gap) { &[0, 1, 2, 1, 0][..] } else { &[] };
                for number in numbers {
                    let before = pad.window.line_of(gap);
                    pad.update(&PadMessage::Choose(*number));
                    assert_eq!(pad.window.line_of(gap), before, "{} at {size:?}, gap {gap}", question.id);
                    chosen += 1;
                }
            }
        }
    }
    assert!(chosen > 100, "{chosen}");
}
