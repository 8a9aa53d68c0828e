//! Where something is answered.

use super::*;
use crate::course::CourseFiles;

/// Only the key beside it opened the lesson.
#[test]
fn a_source_that_a_lesson_lists_is_shown_there_by_a_click_and_by_a_key() {
    let mut files = (*small_course().files).clone();
    let change = |files: &mut CourseFiles, path: &str, from: &str, to: &str| {
        let text = String::from_utf8(files[path].clone()).expect("text");
        assert!(text.contains(from), "{text}");
        files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    };
    let sources =
        "It sees everything.[^F005][^F113]\n\n## Sources\n\n[^F005]: The first.\n[^F113]: The second.\n";
    change(&mut files, "lessons/1.md", "It sees everything.\n", sources);
    change(&mut files, "quizzes/1.ron", "lesson: \"", "source: \"F113\", lesson: \"");
    let course = std::sync::Arc::new(crate::course::parse(files.clone()).expect("no faults"));
    for (width, height) in [(80, 24), (120, 40)] {
        let mut stage = Stage::new(width, height, std::sync::Arc::clone(&course));
        stage.message(Message::Go(Destination::Check(0)));
        stage.keys("1 s Enter");
        let told = stage.screen();
        assert!(told.contains("Source: F113 in the list at the end of lesson 1"), "{told}");
        stage.click("in the list at");
        let shown = stage.screen();
        assert!(shown.contains("The second."), "{shown}");
        assert!(shown.contains("the source is F113"), "nothing told which of them: {shown}");
        let signed = |screen: &str| -> Vec<String> {
            screen
                .lines()
                .filter(|line| line.trim().starts_with('›'))
                .map(|line| line.trim().to_owned())
                .collect()
        };
        assert_eq!(signed(&shown), ["›[F113] The second."], "{shown}");
        stage.keys("Esc");
        assert_eq!(stage.screen(), told, "from {shown}");
        assert_eq!(stage.keys("s").screen(), shown);
        stage.keys("Esc").click("s source");
        assert_eq!(stage.screen(), shown);
        stage.keys("Esc");
        // What was answered stays.
        stage.click("Type it in");
        assert_eq!(stage.screen(), told);
        stage.keys("Enter");
        assert!(!stage.screen().contains("s source"), "at the next question: {}", stage.screen());
        stage.keys("v").click("s source");
        assert_eq!(stage.screen(), shown, "from the review");
    }
    // Several are signed each.
    change(&mut files, "quizzes/1.ron", "source: \"F113\"", "source: \"F113, F005\"");
    let mut stage =
        Stage::new(40, 12, std::sync::Arc::new(crate::course::parse(files.clone()).expect("no faults")));
    stage.message(Message::Go(Destination::Check(0)));
    stage.keys("1 Enter Enter s");
    let screen = stage.screen();
    assert!(screen.contains("›[F005] The first.") && screen.contains("›[F113] The second."), "{screen}");
    // The cursor is at the first one until somebody looks for words.
    let row = |stage: &Stage| {
        let row = usize::from(stage.terminal.backend().cursor_position().y);
        stage.screen().lines().nth(row).unwrap_or_default().to_owned()
    };
    assert!(row(&stage).contains("[F005]"), "{}", stage.screen());
    stage.keys("/ 'sees'");
    assert!(row(&stage).contains("/ sees"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(row(&stage).contains("It sees everything."), "{}", stage.screen());
}

fn attempt_begun(width: u16, height: u16) -> Stage {
    after(ready_for_the_assessment(width, height), Training::start_attempt)
}

/// They chose the option in whose row they stood, and wrote over the answer.
#[test]
fn the_signs_beside_a_question_scroll_it() {
    let mut stage = beginning(40, 12);
    stage.message(Message::Go(Destination::Check(0)));
    let shows = |stage: &Stage, above: bool, below: bool| {
        let screen = stage.screen();
        let signs = (screen.contains('↑'), screen.contains('↓'));
        assert_eq!((signs, screen.contains("(•)")), ((above, below), false), "{screen}");
    };
    shows(&stage, false, true);
    stage.click("↓");
    shows(&stage, true, false);
    stage.click("↑");
    shows(&stage, false, true);
}

/// They did nothing where the answer stood fast.
#[test]
fn the_signs_beside_feedback_scroll_it() {
    for review in [false, true] {
        let mut stage = beginning(40, 12);
        stage.message(Message::Go(Destination::Check(0)));
        stage.keys("1 s Enter");
        if review {
            stage.keys("Enter v");
        }
        let mut turned = 0;
        for sign in ["↓", "↑", "↓"] {
            while stage.screen().contains(sign) {
                let before = stage.screen();
                stage.click(sign);
                assert_ne!(stage.screen(), before, "{sign}");
                turned += 1;
            }
        }
        assert!(turned > 1, "{}", stage.screen());
    }
}

/// The key stood in a sentence that could not be clicked, on a narrow screen in a box whose Enter went on only in name.
#[test]
fn a_question_left_half_done_is_left_by_a_click() {
    use crate::quiz::samples::{cloze, matching, scenario};
    for (width, height) in [(80, 24), (40, 12)] {
        for (sample, script, said) in [
            (matching(), "1 Down 2", "a left side is open; n leaves it"),
            (cloze(), "1 Down 'secret'", "a gap is open; Ctrl-N leaves it"),
            (scenario(), "2 Enter", "the story goes on; n leaves it"),
        ] {
            let mut stage = ready_for_the_assessment(width, height);
            for question in &mut std::sync::Arc::make_mut(&mut stage.world.course).assessment.quiz.questions {
                question.kind = sample.kind.clone();
            }
            let mut stage = after(stage, Training::start_attempt);
            stage.keys(script);
            for _ in 0..9 {
                if stage.screen().contains(said) {
                    break;
                }
                stage.keys("Enter");
            }
            assert!(stage.screen().contains(said), "{}", stage.screen());
            stage.click("leaves it");
            assert!(stage.screen().contains("question 2 of"), "{}", stage.screen());
        }
    }
}

/// A click elsewhere, which takes the sentence about it away, left the button with the focus, and the next click submitted.
#[test]
fn a_click_elsewhere_takes_back_what_was_marked() {
    let submitted = |stage: &Stage| stage.screen().contains("result of attempt");
    let mut stage = attempt_begun(80, 24);
    stage.keys("Ctrl-O s").click("Submit ]");
    assert!(stage.screen().contains("click again, or press Enter, to submit"), "{}", stage.screen());
    stage.click_at(60, 18);
    assert!(stage.screen().contains("› [ Not yet ]"), "{}", stage.screen());
    stage.click("Submit ]").keys("Up Down");
    assert!(stage.screen().contains("Enter submit"), "Enter does that: {}", stage.screen());
    assert!(!submitted(&stage));
    stage.click("Submit ]");
    assert!(submitted(&stage), "{}", stage.screen());
}
