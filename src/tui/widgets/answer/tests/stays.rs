//! What stands below a text stays where it is while its gaps are filled.

use super::seen::{on_screen, questions, room};
use super::*;
use crate::course;
use crate::tui::widgets::answer::sight::Part;

const SMALL: [(u16, u16); 2] = [(40, 12), (60, 16)];

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
    let mut chosen = 0;
    for (question, size) in texts().iter().flat_map(|text| SMALL.map(|size| (text, size))) {
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

/// The first key brought the head of the gap to the top, and six empty rows stood below while the text was out of sight.
#[test]
fn as_much_of_what_is_above_stays_in_sight_as_there_is_room_for() {
    let mut scrolled = 0;
    for (question, screen) in questions().iter().flat_map(|one| SMALL.map(|screen| (one, screen))) {
        let mut pad = on_screen(question, screen, Setting::Check);
        if pad.window.items_elsewhere().next().is_none() {
            continue;
        }
        // Where the longest of the sides or gaps ends, for all of them begin in the same line.
        let mut end = 0;
        for item in 0..pad.body.items() {
            for keys in ["", "1", "2"] {
                pad.update(&PadMessage::FocusOn(item));
                press(&mut pad, keys);
                let range = pad.window.range_of(item).expect("it has the focus");
                end = end.max(range.end - pad.window.top());
            }
        }
        let height = pad.window.height();
        assert!(pad.window.top() == 0 || end >= height, "{} at {screen:?}: {end} of {height}", question.id);
        scrolled += usize::from(pad.window.top() > 0);
    }
    assert!(scrolled > 10, "{scrolled}");
}

#[test]
fn a_short_text_is_seen_while_its_gaps_are_filled() {
    let mut question = samples::cloze();
    question.prompt = "Complete the summary.".to_owned();
    let mut pad = on_screen(&question, (40, 12), Setting::Check);
    for item in 0..pad.body.items() {
        pad.update(&PadMessage::FocusOn(item));
        press(&mut pad, "1");
        let rows = pad.window.rows();
        let told = (0..rows.len()).filter(|row| rows[*row].part == Some(Part::Told(0)));
        let told: Vec<usize> = told.collect();
        let are_seen = told.iter().all(|row| pad.window.shows(*row));
        assert!(!told.is_empty() && are_seen, "gap {item}\n{}", text_of(&pad));
    }
}
