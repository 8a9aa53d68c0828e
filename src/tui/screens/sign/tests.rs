//! Signing as a learner lives it.

use crate::quiz::key;
use crate::quiz::question::Kind;
use crate::quiz::response::Response;
use crate::training::{LONGEST_ANSWER, Text};
use crate::tui::message::{Destination, Message as FaceMessage};
use crate::tui::screens::samples::{
    after, beginning, ready_for_the_policy, small_course_with, through_the_assessment, through_the_check,
};
use crate::tui::testing::Stage;

/// All of the policy was read; nothing is typed under what is agreed to.
fn at_the_statement(width: u16, height: u16) -> Stage {
    let mut stage = ready_for_the_policy(width, height);
    stage.message(FaceMessage::Go(Destination::Policy));
    stage.read_through().keys("Enter");
    stage
}

fn opened(width: u16, height: u16) -> Stage {
    let mut stage = at_the_statement(width, height);
    stage.keys("'agree' Enter");
    // On a narrow screen the first one shows the rest of what is agreed to.
    if stage.screen().contains("agree?") {
        stage.keys("Enter");
    }
    stage
}

#[test]
fn it_says_what_is_signed_before_it_is() {
    let mut stage = opened(80, 24);
    assert_eq!(stage.world.stored.completions.len(), 0, "agreeing is not signing");
    insta::assert_snapshot!(stage.screen(), @"
     Completion record                                                        sign?
    ────────────────────────────────────────────────────────────────────────────────
     Everything is done. What is left is your signature.

     name          Ada Lovelace
     employee no.  0042
     e-mail        none
     course        A small course, version 1.0.0
     result        passed with 100 % (4 of 4 points), 1 attempt
     agreed to     “I have read the rules, and I will follow them.”
     written to    /home/ada/Documents/countersign

     Your completion record holds every attempt and its answers, the points of
     your knowledge checks, and how long you read and answered.

     By signing you say:
       “I took this course and gave the answers in this record myself.”

     › [ Not now ]
       [ Sign my completion record ]
       [ Correct name, number or e-mail ]


     Enter choose  e correct  Esc not now  ? help
    ");
    stage.keys("Down");
    assert!(stage.screen().contains("Enter sign"), "{}", stage.screen());
    stage.keys("Enter");
    assert_eq!(stage.world.stored.completions.len(), 1);
    assert!(stage.screen().contains("has completed"), "{}", stage.screen());
}

/// It was signed while questions were left, and nothing said that they could not become part of the record any more.
#[test]
fn a_check_that_is_being_tried_again_is_named_before_the_signature_and_its_figure_behind_it() {
    let stage = after(beginning(80, 30), |training, now| {
        let mut changes = training.read_whole(Text::Lesson(0), 30, now);
        changes.extend(training.start_check(0));
        let questions = training.course().modules[0].check.as_ref().expect("a check").questions.clone();
        for (index, question) in questions.iter().enumerate() {
            let response =
                if index == 2 { Response::Text("article 8".to_owned()) } else { key::key(question) };
            changes.extend(training.hand_in(0, &question.id, response, None, now).expect("open").1);
        }
        changes.extend(training.start_check(0));
        changes
    });
    let mut stage = after(through_the_assessment(stage), |training, now| {
        let mut changes = training.read_whole(Text::Policy, 30, now);
        changes.extend(training.acknowledge(now));
        changes
    });
    stage.message(FaceMessage::Go(Destination::Sign));
    let told = "“Check: one” is being tried again, 1 question left.\n What you answer after you have signed is not in your record.\n";
    assert!(stage.screen().contains(told), "{}", stage.screen());
    stage.keys("Down Enter");
    assert_eq!(stage.world.stored.completions.len(), 1, "{}", stage.screen());

    stage.message(FaceMessage::Go(Destination::Check(0)));
    stage.keys("'article 7' Enter Enter");
    let figures = " ✓ passed: 3 of 3 right\n Your signed record says 66 %.\n";
    assert!(stage.screen().contains(figures), "{}", stage.screen());
}

/// Sizes at which other things stand in sight, or in the same cells.
const SIZES: [(u16, u16); 6] = [(80, 24), (40, 12), (40, 24), (60, 16), (120, 40), (200, 60)];

/// Twice Enter, or a key that was held, agreed and signed, and "sign?" was on the screen for a moment.
#[test]
fn whoever_goes_on_pressing_enter_after_agreeing_signs_nothing() {
    for (width, height) in SIZES {
        let mut stage = at_the_statement(width, height);
        stage.keys("'agree'");
        for _ in 0..30 {
            stage.keys("Enter");
            assert_eq!(stage.world.stored.completions.len(), 0, "{}", stage.screen());
        }
        assert!(stage.world.stored.acknowledgement.is_some(), "{width}x{height}: agreed once");
    }
}

/// A click that came twice hit what stood in the same place on the next screen.
#[test]
fn a_double_click_on_what_leads_to_the_signature_signs_nothing() {
    for (width, height) in SIZES {
        for row in 0..height {
            let mut stage = opened(width, height);
            stage.keys("Esc");
            assert!(stage.screen().contains("› ○ Completion record"), "{}", stage.screen());
            // A row of it, whatever is above it.
            stage.click("› ○ Completion record");
            let is_asked = stage.screen().contains("sign?");
            assert!(is_asked, "{}", stage.screen());
            stage.click_at(6, row);
            assert_eq!(stage.world.stored.completions.len(), 0, "row {row}\n{}", stage.screen());
        }
        let mut stage = at_the_statement(width, height);
        stage.keys("'agree'");
        for _ in 0..4 {
            stage.click_at(2, height - 1);
            assert_eq!(stage.world.stored.completions.len(), 0, "{}", stage.screen());
        }
    }
}

#[test]
fn with_the_mouse_the_first_click_marks_and_the_second_signs() {
    let mut stage = opened(80, 24);
    stage.click("[ Sign my");
    assert_eq!(stage.world.stored.completions.len(), 0);
    assert!(stage.screen().contains("› [ Sign my completion record ]"), "{}", stage.screen());
    assert!(stage.screen().contains("click again, or press Enter, to sign"), "{}", stage.screen());
    stage.click("[ Sign my");
    assert_eq!(stage.world.stored.completions.len(), 1);
}

#[test]
fn on_a_narrow_screen_it_is_read_to_its_end_first() {
    let mut stage = opened(40, 12);
    let mut screens = 0;
    while !stage.screen().contains("Enter choose") {
        assert!(stage.screen().contains("Enter see rest"), "{}", stage.screen());
        stage.keys("Enter");
        assert_eq!(stage.world.stored.completions.len(), 0, "{}", stage.screen());
        screens += 1;
        assert!(screens < 9, "it has no end: {}", stage.screen());
    }
    assert!(screens > 1, "it does not fit");
    assert!(stage.screen().contains("› [ Not now ]"), "{}", stage.screen());
    stage.keys("Down Enter");
    if stage.world.stored.completions.is_empty() {
        assert!(
            stage.screen().contains("[ Correct name"),
            "every choice is on the screen:\n{}",
            stage.screen()
        );
        stage.keys("Enter");
    }
    assert_eq!(stage.world.stored.completions.len(), 1, "{}", stage.screen());
}

/// The first arrow passed over the button that had the focus, which nobody had seen.
#[test]
fn on_a_narrow_screen_the_first_arrow_shows_the_button_with_the_focus() {
    for arrow in ["Down", "Tab"] {
        let mut stage = opened(40, 12);
        assert!(!stage.screen().contains('›'), "{}", stage.screen());
        while !stage.screen().contains('›') {
            stage.keys(arrow);
        }
        assert!(stage.screen().contains("› [ Not now ]"), "{}", stage.screen());
    }
}

/// Everything is done, with answers so long that no record has room for them.
fn outgrown(width: u16, height: u16) -> Stage {
    let gaps = 600;
    let text = (0..gaps).map(|gap| format!("{{{{g{gap}}}}} ")).collect::<Vec<_>>().concat();
    let list = (0..gaps)
        .map(|gap| format!("Text(id: \"g{gap}\", accepted: [\"é*\"]),"))
        .collect::<Vec<_>>()
        .concat();
    let small = |id: &str, topic: &str| {
        format!("TrueFalse(id: \"{id}\", topic: \"{topic}\", prompt: \"{id}?\", answer: true),")
    };
    let bank = format!(
        "(id: \"bank\", title: \"Bank\", questions: [
            Cloze(id: \"c\", topic: \"a\", prompt: \"Write.\", text: \"{text}\", gaps: [{list}]), {}])",
        [small("t", "b"), small("u", "b"), small("v", "b")].concat()
    );
    let stage = through_the_check(Stage::new(width, height, small_course_with(&bank)));
    let mut stage = after(stage, |training, now| {
        let mut changes = training.start_attempt(now);
        for index in 0..4 {
            let (_, sitting) = training.attempt().expect("under way");
            let response = match &sitting.question(index).expect("drawn").kind {
                Kind::Cloze { .. } => {
                    let long = "é".repeat(LONGEST_ANSWER);
                    Response::Map((0..gaps).map(|gap| (format!("g{gap}"), long.clone())).collect())
                }
                _ => Response::Text("true".to_owned()),
            };
            changes.extend(training.answer(index, Some(response), None, 5));
        }
        changes.extend(training.submit(now));
        changes.extend(training.read_whole(Text::Policy, 30, now));
        changes.extend(training.acknowledge(now));
        changes
    });
    stage.message(FaceMessage::Go(Destination::Sign));
    stage
}

/// It could be signed in vain for ever.
#[test]
fn a_record_that_nobody_could_read_is_not_signed() {
    let mut stage = outgrown(80, 24);
    insta::assert_snapshot!(stage.screen(), @r"
     Completion record                                                        sign?
    ────────────────────────────────────────────────────────────────────────────────
     ✗ This record cannot be signed
     With so many attempts and such long answers the record of this run would be
     larger than 1 MiB, and no reader takes that for a record. What you did is
     kept. To have a record, take the course again and answer more briefly.

     › [ Take the course again ]
       [ Not now ]














     Enter choose  e correct  Esc not now  ? help
    ");
    stage.keys("Enter");
    assert!(stage.screen().contains("of this run nothing can be signed"), "{}", stage.screen());
    stage.keys("y");
    assert_eq!(stage.world.stored.run().map(|run| run.number), Some(2), "{}", stage.screen());
    assert_eq!(stage.world.stored.completions.len(), 0);
}

#[test]
fn it_can_wait() {
    let mut stage = opened(80, 24);
    stage.keys("Esc");
    assert!(stage.screen().contains("› ○ Completion record"), "{}", stage.screen());
    stage.keys("Enter Enter");
    assert!(stage.screen().contains("› ○ Completion record"), "{}", stage.screen());
    assert_eq!(stage.world.stored.completions.len(), 0);
}

#[test]
fn it_opens_when_everything_is_done() {
    let mut stage = beginning(80, 24);
    stage.message(FaceMessage::Go(Destination::Sign));
    assert!(!stage.screen().contains("signature"), "{}", stage.screen());
}

/// On a narrow screen the last line named no way out before all of the page was read.
#[test]
fn the_way_out_is_named_while_there_is_more_to_read() {
    let mut stage = opened(40, 12);
    let last = stage.screen().lines().last().unwrap_or_default().to_owned();
    assert!(last.contains("Enter see rest") && last.contains("Esc not now"), "{last}");
    assert!(last.contains("? help"), "{last}");
    stage.click("Esc not now");
    assert_eq!(stage.world.stored.completions.len(), 0, "{}", stage.screen());
}
