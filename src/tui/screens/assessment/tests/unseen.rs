//! What was not on the screen yet: nobody passes it over, or chooses it.

use std::sync::Arc;

use super::{begin, opened};
use crate::tui::message::{Destination, Message as FaceMessage};
use crate::tui::screens::Screen;
use crate::tui::screens::samples::{ready_for_the_assessment, small_course, through_the_check};
use crate::tui::screens::shared::PadOrSheet as _;
use crate::tui::testing::Stage;
use crate::tui::widgets::answer::AnswerPad;

#[test]
fn enter_passes_no_question_over_before_all_of_it_was_on_the_screen() {
    let has_unseen = |stage: &Stage| match stage.model.screen() {
        Some(Screen::Assessment(state)) => state.pad().is_some_and(AnswerPad::has_unseen),
        _ => false,
    };
    let number = |stage: &Stage| (1..=4).find(|at| stage.screen().contains(&format!("question {at} of 4")));
    let sitting = || {
        let mut course = (*small_course()).clone();
        for question in &mut course.assessment.quiz.questions {
            question.prompt = "Some words before it. ".repeat(20) + &question.prompt;
        }
        let mut stage = through_the_check(Stage::new(40, 12, Arc::new(course)));
        stage.message(FaceMessage::Go(Destination::Assessment));
        begin(&mut stage);
        stage
    };
    let mut stage = sitting();
    let (mut held, mut presses) = (0, 0);
    while let Some(before) = number(&stage) {
        let unseen = has_unseen(&stage);
        stage.keys("Enter");
        let stayed = number(&stage) == Some(before);
        assert_eq!(stayed, unseen, "Enter at question {before}:\n{}", stage.screen());
        held += u32::from(unseen);
        presses += 1;
        assert!(presses < 50, "Enter leads on:\n{}", stage.screen());
    }
    assert!(held > 0, "not every question fits");
    assert!(stage.screen().contains("overview"), "{}", stage.screen());
    // Whoever names the next or the previous question goes there at once, in both directions alike.
    let mut stage = sitting();
    for (key, to) in [("Ctrl-N", 2), ("Ctrl-N", 3), ("Ctrl-P", 2), ("n", 3), ("p", 2)] {
        assert!(has_unseen(&stage), "{}", stage.screen());
        stage.keys(key);
        assert_eq!(number(&stage), Some(to), "{key}:\n{}", stage.screen());
    }
    // The overview is open at any moment.
    let mut stage = sitting();
    assert!(has_unseen(&stage), "{}", stage.screen());
    stage.keys("Ctrl-O");
    assert!(stage.screen().contains("overview"), "{}", stage.screen());
}

#[test]
fn nothing_out_of_sight_is_chosen() {
    let shows_rules =
        |stage: &Stage| stage.screen().lines().next().is_some_and(|line| line.contains("rules"));
    let mut stage = opened(40, 12);
    let mut screens = 1;
    while !stage.screen().contains("› [ Not yet ]") {
        stage.keys("Enter");
        screens += 1;
        assert!(shows_rules(&stage), "Enter reads on: {}", stage.screen());
    }
    assert!(screens > 2, "the rules do not fit: {}", stage.screen());
    stage.keys("Enter");
    assert!(!shows_rules(&stage), "{}", stage.screen());
}

/// One gap of several was filled, the others and their choices were never on the screen; it was submitted, and nothing said so.
#[test]
fn what_was_never_wholly_on_the_screen_is_named_before_submitting_and_after_a_restart() {
    for kind in [crate::quiz::samples::cloze().kind, crate::quiz::samples::matching().kind] {
        let mut stage = ready_for_the_assessment(40, 12);
        let course = Arc::make_mut(&mut stage.world.course);
        for question in &mut course.assessment.quiz.questions {
            question.prompt = "Some words before it. ".repeat(20) + &question.prompt;
            question.kind = kind.clone();
        }
        let mut stage = stage.restart();
        stage.message(FaceMessage::Go(Destination::Assessment));
        begin(&mut stage);
        stage.keys("1 Ctrl-O");
        for again in [false, true] {
            if again {
                stage = stage.restart();
                stage.message(FaceMessage::Go(Destination::Assessment));
                stage.keys("Ctrl-O");
            }
            let said = whole(&mut stage);
            assert!(said.contains("… 1 answered but not wholly seen: question 1"), "{said}");
            assert!(said.contains(" 1 ◐ …") && said.contains(" 2 ○  "), "{said}");
            stage.keys("s");
            let said = whole(&mut stage);
            assert!(said.contains("… 1 answered but not wholly seen: question 1"), "{said}");
            stage.keys("n");
        }
        // Two buttons led to it.
        assert!(!whole(&mut stage).contains("See the rest"), "{}", whole(&mut stage));
        while !stage.screen().contains("› [ Finish question 1 ]") {
            stage.keys("Left");
        }
        stage.keys("Enter");
        assert!(stage.screen().contains("question 1 of 4"), "{}", stage.screen());
        // Whoever answers it to its end has seen all of it.
        for _ in 0..60 {
            if !stage.screen().contains("question 1 of 4") {
                break;
            }
            stage.keys("1 Enter");
        }
        stage.keys("Ctrl-O");
        let said = whole(&mut stage);
        assert!(said.contains("● answered, ○ open"), "{said}");
        assert!(!said.contains("wholly"), "{said}");
    }
}

/// What Enter needed was out of sight, and stayed so.
#[test]
fn enter_goes_to_the_open_gap_that_is_out_of_sight() {
    let mut stage = ready_for_the_assessment(40, 12);
    let course = Arc::make_mut(&mut stage.world.course);
    for question in &mut course.assessment.quiz.questions {
        question.prompt = "Some words before it. ".repeat(20) + &question.prompt;
        question.kind = crate::quiz::samples::cloze().kind;
    }
    let mut stage = stage.restart();
    stage.message(FaceMessage::Go(Destination::Assessment));
    begin(&mut stage);
    let see_rest = |stage: &mut Stage| {
        for _ in 0..20 {
            if stage.screen().contains("Enter see rest") {
                stage.keys("Enter");
            }
        }
    };
    see_rest(&mut stage);
    stage.keys("1 Enter");
    see_rest(&mut stage);
    assert!(stage.screen().contains("Enter needs words"), "{}", stage.screen());
    let gap = stage.screen();
    stage.keys("PgUp PgUp PgUp PgUp");
    assert!(stage.screen().contains("Enter to the gap"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("a gap is open; Ctrl-N leaves it"), "{}", stage.screen());
    let without_keys = |screen: String| screen.lines().take(11).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(without_keys(stage.screen()), without_keys(gap));
}

/// All of a page that is longer than the screen, without the breaks of its lines.
fn whole(stage: &mut Stage) -> String {
    let (width, height) = {
        let area = stage.terminal.backend().buffer().area;
        (area.width, area.height)
    };
    stage.resize(width, 60);
    let said = stage.screen().lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    stage.resize(width, height);
    let joined =
        said.replace("seen:\n  question", "seen: question").replace("not wholly\n seen", "not wholly seen");
    joined.replace("\n ", " ")
}
