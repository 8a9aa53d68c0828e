//! The result of an attempt, and where it leads.

use super::{answer, begin, begun, opened, submit};
use crate::tui::message::{Destination, Message as FaceMessage};
use crate::tui::screens::assessment::Message;
use crate::tui::screens::samples::ready_for_the_policy;
use crate::tui::testing::trouble;

#[test]
fn a_failed_attempt_says_why_and_when_the_next_one_opens() {
    let mut stage = begun(80, 24);
    submit(&mut stage, 2);
    assert!(stage.screen().contains("✗ not passed: 50 %"), "{}", stage.screen());
    assert!(stage.screen().contains("Read again"), "{}", stage.screen());
    assert!(!stage.screen().contains("Look at every answer"), "another attempt is to come");
    stage.keys("v");
    assert_eq!(stage.said(), "the answers can be looked at after a pass or the last attempt");
    stage.keys("n");
    assert!(stage.screen().contains("The next attempt opens at 2026-11-22 10:30"), "{}", stage.screen());
    stage.wait(30 * 60);
    assert!(stage.screen().contains("Begin"), "the screen says so by itself: {}", stage.screen());
    // What went wrong is the first thing there, and leads back to where it was looked at from.
    assert!(stage.screen().contains("[ Last time 50 %: what to read again ]"), "{}", stage.screen());
    stage.click("Begin").click("Last time");
    assert!(stage.screen().contains("→ One"), "{}", stage.screen());
    stage.keys("Esc");
    assert!(stage.screen().contains("› [ Not yet ]"), "nothing is begun by one Enter: {}", stage.screen());
    begin(&mut stage);
    submit(&mut stage, 0);
    assert!(stage.screen().contains("✗ not passed: 0 %"), "{}", stage.screen());
    let screen = stage.screen();
    assert!(screen.contains("No attempt is left."), "{screen}");
    assert!(
        screen.contains("Tell HR, or whoever gave you this course (its owner: the security team)"),
        "{screen}"
    );
    assert!(screen.contains("Worth reading again:") && !screen.contains("next attempt"), "{screen}");
    stage.keys("v");
    assert!(stage.screen().contains("review 1 of 4") && stage.screen().contains("✗"), "{}", stage.screen());
}

#[test]
fn a_pass_leads_on_and_opens_the_answers() {
    let mut stage = begun(80, 24);
    submit(&mut stage, 4);
    insta::assert_snapshot!(stage.styled(), @r#"
     [bold:Assessment]                                                 [cyan:result of attempt 1]
    [dim:────────────────────────────────────────────────────────────────────────────────]
     [green+bold:✓ passed: 100 % (4 of 4 points); 75 % are needed]

     [bold:› [ Go on: read the policy and agree to it ]]
     [bold:  [ Look at every answer, with explanations ]]

     [bold:By topic:]
     [green:✓ ██████████ 100 %  What apps take: 2 of 2 points]
     [green:✓ ██████████ 100 %  Who can reach it: 2 of 2 points]

     [bold:Your answers:]
     [bold:  ][green:1. ✓ right: A law can reach data.]
     [bold:  ][green:2. ✓ right: Apps see what you type in them.]
     [bold:  ][green:3. ✓ right: Whom do you tell?]
     [bold:  ][green:4. ✓ right: Which article?]







     [cyan+bold:Enter] [dim:choose]  [cyan+bold:v] [dim:review]  [cyan+bold:n] [dim:go on]  [cyan+bold:Esc] [dim:back]  [cyan+bold:?] [dim:help]
    "#);
    stage.keys("v");
    assert!(stage.screen().contains("✓ right: 1 of 1 point"), "{}", stage.screen());
    stage.keys("Left");
    assert!(stage.screen().contains("this is the first answer"), "{}", stage.screen());
    stage.keys("Right Right Right");
    assert!(stage.screen().contains("Enter to the result"), "{}", stage.screen());
    stage.keys("Right");
    assert!(stage.screen().contains("result of attempt 1"), "{}", stage.screen());
    stage.keys("n");
    assert!(stage.screen().contains("The rules"), "{}", stage.screen());
}

/// A cross beside a topic looked as if something had failed.
#[test]
fn in_a_passed_attempt_no_topic_failed() {
    let mut stage = begun(80, 24);
    submit(&mut stage, 3);
    assert!(stage.screen().contains("✓ passed: 75 %"), "{}", stage.screen());
    assert!(stage.screen().contains("~ █████░░░░░  50 %"), "{}", stage.screen());
    assert!(!stage.screen().contains("✗ █") && !stage.screen().contains("✗ ░"), "{}", stage.screen());
}

/// Which of twenty answers was wrong was found by looking at all of them.
#[test]
fn every_answer_of_a_result_is_led_to_and_back_from() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = begun(width, height);
        submit(&mut stage, 3);
        stage.keys("End");
        let screen = stage.screen();
        assert!(screen.contains("3. ✓ right: ") && screen.contains("4. ✗ not right: "), "{screen}");
        stage.click("✗ not right");
        assert!(stage.screen().contains("review 4 of 4"), "{}", stage.screen());
        stage.keys("Left Esc");
        assert!(stage.screen().contains("› 3. ✓ right"), "{}", stage.screen());
        stage.keys("Enter");
        assert!(stage.screen().contains("review 3 of 4"), "{}", stage.screen());
        // At the end of the look back, Enter goes on to what comes next.
        stage.keys("Enter Enter Enter");
        assert!(stage.screen().contains("The rules"), "{}", stage.screen());
    }
}

#[test]
fn what_was_not_answered_is_told_from_what_is_wrong() {
    let mut stage = begun(80, 24);
    for right in [true, false] {
        answer(&mut stage, right);
        stage.keys("Ctrl-N");
    }
    stage.keys("Ctrl-O s y");
    stage.wait(30 * 60);
    stage.keys("n");
    begin(&mut stage);
    submit(&mut stage, 1);
    let screen = stage.keys("End").screen();
    assert_eq!(screen.matches("✗ not right: ").count(), 3, "{screen}");
    let mut empty = begun(80, 24);
    empty.keys("Ctrl-O s y").wait(30 * 60).keys("n");
    begin(&mut empty);
    let screen = empty.keys("Ctrl-O s y End").screen();
    assert_eq!(screen.matches("✗ not answered: ").count(), 4, "{screen}");
}

/// In a window of another size somebody saw another part of the list, and no sign of the line where they had been.
#[test]
fn the_line_of_an_answer_stays_in_sight_in_another_size() {
    let mut stage = begun(40, 12);
    submit(&mut stage, 4);
    assert!(stage.screen().contains("✓ passed"), "{}", stage.screen());
    stage.resize(80, 24).resize(40, 12);
    assert!(stage.screen().contains("✓ passed"), "the beginning stays: {}", stage.screen());
    stage.keys("End Up");
    for (width, height) in [(80, 24), (40, 12), (52, 14), (120, 12), (40, 12)] {
        stage.resize(width, height);
        assert!(stage.screen().contains("› 3. ✓ right"), "{width}x{height}: {}", stage.screen());
    }
}

#[test]
fn a_result_on_a_narrow_screen_leads_to_what_to_re_read() {
    let mut stage = begun(40, 12);
    submit(&mut stage, 1);
    insta::assert_snapshot!(stage.screen(), @r#"
    Assessment         result of attempt 1
    ✗ not passed: 25 % (1 of 4 points);
    75 % are needed

    The next attempt opens at 2026-11-22
    10:30 UTC+01:00.
    One attempt is left.

    By topic:
    ✗ ░░░░░░░░░░   0 %  What apps take: 0
                        of 2 points       ↓
    Enter see rest  Esc back  ? help
    "#);
    stage.keys("End");
    insta::assert_snapshot!(stage.screen(), @"
    Assessment         result of attempt 1
    ✗ █████░░░░░  50 %  Who can reach it: ↑
                        1 of 2 points

    Read again before the next attempt:
      → One
    › → One: The browser inside

    What was right is told after an
    attempt that passes, or after the
    last one.
    Enter choose  Esc back  ? help
    ");
    stage.keys("Enter");
    assert!(stage.screen().contains("The browser inside"), "{}", stage.screen());
    stage.keys("Esc");
    assert!(stage.screen().contains("result of attempt 1"), "{}", stage.screen());
}

#[test]
fn after_a_pass_it_opens_on_the_result() {
    let mut stage = ready_for_the_policy(80, 24);
    stage.message(FaceMessage::Go(Destination::Assessment));
    assert!(stage.screen().contains("✓ passed: 100 %"), "{}", stage.screen());
}

#[test]
fn the_result_is_shown_when_the_attempt_is_saved() {
    // It stood around the panel of a failed save: whoever left then could submit anew.
    let mut stage = begun(80, 24);
    for index in 0..4 {
        answer(&mut stage, index < 2);
        stage.keys("Enter");
    }
    stage.message(FaceMessage::Assessment(Message::AskToSubmit));
    stage.world.save_troubles.push_back(trouble("disk full"));
    stage.keys("y");
    assert!(stage.screen().contains("not saved: disk full"), "{}", stage.screen());
    assert!(!stage.screen().contains("passed") && !stage.screen().contains('%'), "{}", stage.screen());
    stage.keys("r");
    assert!(stage.screen().contains("✗ not passed: 50 %"), "{}", stage.screen());
}

#[test]
fn space_reads_a_result_and_the_rules_and_begins_nothing() {
    // Space, the key that pages through the lessons, went from a failed result to the rules and began the next attempt.
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = opened(width, height);
        stage.keys("Space Space Space Space Space Space");
        assert_eq!(stage.world.stored.attempts.len(), 0, "Begin wants Enter: {}", stage.screen());
        begin(&mut stage);
        submit(&mut stage, 1);
        stage.wait(30 * 60);
        stage.keys("Home");
        assert!(stage.screen().contains("To the next attempt"), "{}", stage.screen());
        let mut pages = 0;
        while stage.screen().contains("↓ more") {
            stage.keys("Space");
            pages += 1;
        }
        assert!(stage.screen().contains("last one."), "{}", stage.screen());
        assert_eq!(pages > 0, height == 12, "the footer says when there is more: {}", stage.screen());
        stage.keys("Space Space");
        assert!(stage.screen().contains("result of attempt 1"), "{}", stage.screen());
        stage.keys("Home Down Enter");
        assert!(stage.screen().contains("Words to read."), "what is to be read again: {}", stage.screen());
        stage.keys("Esc n Space Space Space Space Space Space");
        assert_eq!(stage.world.stored.attempts.len(), 1, "{}", stage.screen());
    }
}
