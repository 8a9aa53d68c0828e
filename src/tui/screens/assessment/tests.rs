//! The assessment as a learner lives it.

mod result;
mod unseen;

use std::sync::Arc;

use crate::course;
use crate::quiz::response::Response;
use crate::training::LONGEST_PAUSE;
use crate::tui::message::{Destination, Message as FaceMessage};
use crate::tui::screens::samples::{beginning, ready_for_the_assessment, small_course, through_the_check};
use crate::tui::testing::Stage;

fn opened(width: u16, height: u16) -> Stage {
    let mut stage = ready_for_the_assessment(width, height);
    stage.message(FaceMessage::Go(Destination::Assessment));
    stage
}

/// Begins an attempt where the rules are shown.
fn begin(stage: &mut Stage) {
    while !stage.screen().contains("› [ Begin ]") {
        stage.keys("Down");
    }
    stage.keys("Enter");
}

fn begun(width: u16, height: u16) -> Stage {
    let mut stage = opened(width, height);
    begin(&mut stage);
    stage
}

/// Answers the question on the screen.
fn answer(stage: &mut Stage, rightly: bool) {
    let screen = stage.screen();
    let word = |right: &'static str, wrong: &'static str| if rightly { right } else { wrong };
    if screen.contains("Which article?") {
        stage.keys(word("Ctrl-U 'article 7'", "Ctrl-U 'article 8'"));
    } else if screen.contains("Whom do you tell?") {
        stage.click(word("The help desk", "Nobody"));
    } else {
        stage.click(word("True", "False"));
    }
}

/// Goes through the attempt and submits it.
fn submit(stage: &mut Stage, right: usize) {
    for index in 0..4 {
        let question = format!("question {} of 4", index + 1);
        assert!(stage.screen().contains(&question), "{}", stage.screen());
        answer(stage, index < right);
        // More than once where not all of it is on the screen.
        for _ in 0..10 {
            if stage.screen().contains(&question) {
                stage.keys("Ctrl-N");
            }
        }
    }
    stage.keys("s y");
}

#[test]
fn what_comes_first_is_said_and_opened() {
    let mut stage = beginning(80, 24);
    stage.message(FaceMessage::Go(Destination::Assessment));
    assert!(stage.screen().contains("read “One”"), "{}", stage.screen());
    assert!(!stage.screen().contains("Begin"));
    stage.keys("Enter");
    assert!(stage.screen().contains("Words to read."), "{}", stage.screen());
}

#[test]
fn the_rules() {
    let mut stage = opened(80, 24);
    insta::assert_snapshot!(stage.screen(), @"
     Assessment                                                               rules
    ────────────────────────────────────────────────────────────────────────────────
     This is the part that counts.

     • 4 questions are drawn; every attempt is drawn anew.
     • You pass with 75 percent of the points.
     • There are 2 attempts in all.
     • After an attempt that does not pass, you can try again in 30 minutes.
     • Until you submit, every answer can be changed; the result comes after that.
     • There is no time limit: stop at any moment, and go on later where you were.
     • What was right is told after an attempt that passes, or after the last one.
     • Partly right answers earn a part; where several are right, the share of
       wrong ones chosen is taken off that of right ones, down to nothing.
     • Your completion record holds every attempt and its answers, the points of
       your knowledge checks, and how long you read and answered.

     2 attempts are left.

     › [ Not yet ]
       [ Begin ]



     Enter choose  Esc back  ? help
    ");
    stage.resize(40, 12);
    insta::assert_snapshot!(stage.screen(), @r#"
    Assessment                       rules
    This is the part that counts.

    • 4 questions are drawn; every
      attempt is drawn anew.
    • You pass with 75 percent of the
      points.
    • There are 2 attempts in all.
    • After an attempt that does not
      pass, you can try again in 30
      minutes.                            ↓
    Enter see rest  Esc back  ? help
    "#);
    begin(&mut stage);
    assert!(stage.screen().contains("question 1 of 4"), "{}", stage.screen());
}

#[test]
fn overview_flags_and_the_question_before_submitting() {
    let mut stage = begun(80, 24);
    answer(&mut stage, true);
    stage.keys("Ctrl-F Ctrl-N Ctrl-N");
    answer(&mut stage, true);
    stage.keys("Ctrl-O");
    insta::assert_snapshot!(stage.styled(), @r#"
     [bold:Assessment]                                                            [cyan:overview]
    [dim:────────────────────────────────────────────────────────────────────────────────]
     [bold:2 of 4 answered, 2 open, 1 flagged]
     [dim:● answered, ○ open, ⚑ flagged]

        1 ●⚑ [yellow:   2 ○  ][reversed:›  3 ● ‹][yellow:   4 ○  ]

     3. (you were here) Whom do you tell?


     [bold:  [ Go to the first open question ]]
     [bold:  [ Submit ]]











     [cyan+bold:Enter] [dim:choose]  [cyan+bold:s] [dim:submit]  [cyan+bold:Esc] [dim:back]  [cyan+bold:?] [dim:help]
    "#);
    let submit = |stage: &Stage| stage.screen().lines().position(|line| line.contains("[ Submit ]"));
    let row = submit(&stage);
    for keys in ["Left", "Left", "Down", "Down"] {
        stage.keys(keys);
        assert_eq!(submit(&stage), row, "the buttons stay where they are: {keys}\n{}", stage.screen());
    }
    stage.keys("s");
    insta::assert_snapshot!(stage.screen(), @r#"
     Assessment                                                             submit?
    ────────────────────────────────────────────────────────────────────────────────
     Submit this attempt? After that nothing in it can be changed.

     ○ 2 not answered, and earning nothing: questions 2 and 4
     ⚑ 1 flagged: question 1

     › [ Not yet ]
       [ Submit ]














     Enter choose  Esc not yet  ? help
    "#);
    stage.keys("Enter");
    assert!(stage.screen().contains("2 of 4 answered"), "the harmless one has the focus: {}", stage.screen());
    // Whence they came, and not the question before that.
    assert!(stage.screen().contains("› [ Submit ]"), "{}", stage.screen());
    stage.keys("4");
    assert!(stage.screen().contains("›  4 ○ ‹"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("question 4 of 4"));
    stage.keys("Ctrl-N Enter");
    assert!(
        stage.screen().contains("question 2 of 4"),
        "Enter goes to the first open one: {}",
        stage.screen()
    );
    stage.keys("Ctrl-N Ctrl-N");
    stage.keys("Ctrl-P Ctrl-P Ctrl-P Ctrl-P");
    assert!(stage.screen().contains("⚑ flagged, question 1 of 4"), "{}", stage.screen());
    stage.keys("Ctrl-F");
    assert!(!stage.screen().contains("flagged"));
    stage.resize(40, 12);
    stage.keys("Ctrl-O");
    insta::assert_snapshot!(stage.screen(), @r#"
    Assessment                    overview
    2 of 4 answered, 2 open, 0 flagged
    ● answered, ○ open, ⚑ flagged

    ›  1 ● ‹   2 ○     3 ●     4 ○

    1. (you were here) A law can reach
    data.

      [ Go to the first open question ]
      [ Submit ]
    Enter choose  Esc back  ? help
    "#);
}

/// Questions of ten lessons said “by the lesson”, and nothing told which.
#[test]
fn a_drawn_question_names_its_lesson_where_there_is_room() {
    let mut stage = begun(80, 24);
    assert!(stage.screen().contains("question 1 of 4, from lesson 1\n"), "{}", stage.screen());
    stage.keys("Ctrl-F");
    assert!(stage.screen().contains("⚑ flagged, question 1 of 4, from lesson 1\n"), "{}", stage.screen());
    stage.resize(40, 12);
    let heading = stage.screen().lines().next().map(str::to_owned);
    assert_eq!(heading.as_deref(), Some(" Assessment  ⚑ flagged, question 1 of 4"));
}

#[test]
fn nothing_is_said_about_right_or_wrong_before_the_end() {
    let mut stage = begun(80, 24);
    for index in 0..4 {
        answer(&mut stage, index % 2 == 0);
        let screen = stage.screen();
        for word in ["✗", "✓", "right answer", "They draw the page"] {
            assert!(!screen.contains(word), "{screen}");
        }
        stage.keys("Ctrl-N");
    }
}

#[test]
fn a_power_cut_ends_on_the_same_question_with_every_answer() {
    let mut stage = begun(80, 24);
    answer(&mut stage, true);
    stage.keys("Ctrl-N");
    answer(&mut stage, false);
    let before = stage.screen();
    let mut stage = stage.restart();
    stage.message(FaceMessage::Go(Destination::Assessment));
    // The hint line may say other things; question and answer are the same.
    let body = |screen: &str| screen.lines().take(20).collect::<Vec<_>>().join("\n");
    assert_eq!(body(&stage.screen()), body(&before));
    stage.keys("Ctrl-O");
    assert!(stage.screen().contains("2 of 4 answered"), "{}", stage.screen());
}

#[test]
fn time_is_counted_without_pauses() {
    let mut stage = begun(80, 24);
    stage.wait(20);
    answer(&mut stage, true);
    stage.wait(3600);
    stage.keys("Ctrl-N");
    stage.wait(7);
    stage.keys("Esc");
    let attempt = &stage.world.stored.attempts[0];
    assert_eq!(attempt.active_seconds, 20 + LONGEST_PAUSE + 7);
    let mut seconds: Vec<u64> = attempt.answers.values().map(|answer| answer.seconds).collect();
    seconds.sort_unstable();
    assert_eq!(seconds, [7, 20 + LONGEST_PAUSE]);
}

/// The first digit of 13 opened question 1, and the second changed the answer to it.
#[test]
fn no_digit_that_is_typed_on_the_overview_answers_a_question() {
    let mut stage = begun(80, 24);
    let stored = |stage: &Stage| stage.world.stored.attempts[0].answers.clone();
    let before = stored(&stage);
    stage.keys("Ctrl-O 1 3");
    assert!(stage.screen().contains("overview"), "{}", stage.screen());
    assert_eq!(stored(&stage), before);
    stage.keys("Enter");
    assert!(stage.screen().contains("question 3 of 4"), "there is no 13: {}", stage.screen());
    // Another key between them begins another number.
    stage.keys("Ctrl-O 2 Right 1 Enter");
    assert!(stage.screen().contains("question 1 of 4"), "{}", stage.screen());
}

/// A digit was kept while the help was read, and where somebody had clicked: the next one went to a question of two digits.
#[test]
fn a_number_that_is_typed_ends_with_the_help_and_with_a_click() {
    let numbers: Vec<String> = (5..=20).map(|number| format!(r#"TrueFalse(id: "b{number}", topic: "a", mandatory: true, prompt: "Is it {number}?", answer: true)"#)).collect();
    let mut files = (*small_course().files).clone();
    let bank = format!(r#"(id: "bank", title: "Assessment", questions: [{}])"#, numbers.join(", "));
    files.insert("quizzes/bank.ron".to_owned(), bank.into_bytes());
    let manifest =
        String::from_utf8(files["course.ron"].clone()).expect("UTF-8").replace("draw: 4", "draw: 16");
    files.insert("course.ron".to_owned(), manifest.into_bytes());
    let course = Arc::new(course::parse(files).expect("a course without faults"));
    let mut stage = through_the_check(Stage::new(80, 24, course));
    stage.message(FaceMessage::Go(Destination::Assessment));
    begin(&mut stage);
    stage.keys("Ctrl-O 1 3");
    assert!(stage.screen().contains("\n 13. "), "{}", stage.screen());
    for between in ["? Esc", "F9 Esc"] {
        stage.keys(&format!("1 {between} 3"));
        assert!(stage.screen().contains("\n 3. "), "{between}: {}", stage.screen());
    }
    stage.keys("1").click_at(79, 22).keys("3");
    assert!(stage.screen().contains("\n 3. "), "{}", stage.screen());
    stage.keys("1").resize(60, 20).keys("3");
    assert!(stage.screen().contains("\n 13. "), "{}", stage.screen());
}

#[test]
fn cleared_answers_are_cleared_on_disk_too() {
    let mut stage = begun(80, 24);
    while stage.screen().contains("Which article?") {
        stage.keys("Ctrl-N");
    }
    stage.keys("1");
    let stored = |stage: &Stage| -> Vec<Option<Response>> {
        stage.world.stored.attempts[0].answers.values().map(|answer| answer.response.clone()).collect()
    };
    assert!(stored(&stage).iter().any(Option::is_some));
    stage.keys("Backspace");
    assert!(stored(&stage).iter().all(Option::is_none));
}

#[test]
fn while_something_is_typed_hints_and_help_name_the_keys_that_work() {
    // The letters that they named went into the answer.
    let mut stage = begun(100, 40);
    while !stage.screen().contains("Which article?") {
        assert!(stage.screen().contains("f flag"), "{}", stage.screen());
        stage.keys("Ctrl-N");
    }
    assert!(
        stage.screen().contains("Ctrl-F flag  Ctrl-O overview  Esc leave  Ctrl-P previous"),
        "{}",
        stage.screen()
    );
    let help = stage.model.help();
    assert!(help.iter().any(|(keys, _)| keys == "Ctrl-F") && help.iter().all(|(keys, _)| keys != "f Ctrl-F"));
    stage.click("Ctrl-F flag");
    assert!(stage.screen().contains("⚑ flagged"), "{}", stage.screen());
}

#[test]
fn enter_goes_on_and_answers_nothing() {
    let mut stage = begun(80, 24);
    for number in 2..=4 {
        stage.keys("Enter");
        assert!(stage.screen().contains(&format!("question {number} of 4")), "{}", stage.screen());
    }
    stage.keys("Enter");
    assert!(stage.screen().contains("0 of 4 answered"), "{}", stage.screen());
}

#[test]
fn a_number_and_enter_decide_one_step_of_a_story() {
    // The Enter behind the number decided the next step with its option 1.
    let mut stage = ready_for_the_assessment(80, 24);
    let course = Arc::make_mut(&mut stage.world.course);
    for question in &mut course.assessment.quiz.questions {
        question.kind = crate::quiz::samples::scenario().kind;
    }
    let mut stage = stage.restart();
    stage.message(FaceMessage::Go(Destination::Assessment));
    begin(&mut stage);
    stage.click("The option wait");
    assert!(stage.screen().contains("Enter decide"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("The step late"), "{}", stage.screen());
    stage.keys("Enter");
    let screen = stage.screen();
    assert!(screen.contains("the story goes on; n leaves it"), "{screen}");
    assert!(screen.contains("The step late") && !screen.contains("The step after"), "{screen}");
    stage.click("The option tell");
    stage.click("[ Decide ]");
    stage.keys("Space Enter");
    assert!(stage.screen().contains("The story ends here"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("question 2 of 4"), "{}", stage.screen());
    stage.keys("2 Enter Ctrl-N");
    assert!(stage.screen().contains("question 3 of 4"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("question 4 of 4"), "nothing was decided: {}", stage.screen());
}

/// Enter pressed twice at the end of the last lesson went through the rules and began attempt 1.
#[test]
fn neither_enter_nor_a_click_of_a_hurry_begins_an_attempt() {
    for (width, height) in [(80, 24), (40, 12), (120, 40)] {
        let mut stage = opened(width, height);
        for _ in 0..12 {
            stage.keys("Enter");
            assert_eq!(stage.world.stored.attempts.len(), 0, "{}", stage.screen());
        }
        for row in 0..height {
            let mut stage = opened(width, height);
            stage.click_at(4, row);
            assert_eq!(stage.world.stored.attempts.len(), 0, "row {row}\n{}", stage.screen());
        }
    }
    let mut stage = opened(80, 24);
    stage.click("[ Begin ]");
    assert!(stage.screen().contains("click again, or press Enter, to begin"), "{}", stage.screen());
    stage.click("[ Begin ]");
    assert!(stage.screen().contains("question 1 of 4"), "{}", stage.screen());
}

/// One decision of two was said to be nothing, though it earns.
#[test]
fn what_is_partly_answered_is_told_apart() {
    let mut stage = ready_for_the_assessment(80, 24);
    let course = Arc::make_mut(&mut stage.world.course);
    for question in &mut course.assessment.quiz.questions {
        question.kind = crate::quiz::samples::scenario().kind;
    }
    let mut stage = stage.restart();
    stage.message(FaceMessage::Go(Destination::Assessment));
    begin(&mut stage);
    stage.click("The option wait");
    stage.keys("Enter Ctrl-O");
    let screen = stage.screen();
    assert!(screen.contains("0 of 4 answered, 1 partly, 3 open, 0 flagged"), "{screen}");
    assert!(screen.contains("● answered, ◐ partly, ○ open, ⚑ flagged"), "{screen}");
    assert!(screen.contains(" 1 ◐") && screen.contains(" 2 ○"), "{screen}");
    assert!(screen.contains("[ Finish question 1 ]"), "it is not open\n{screen}");
    stage.keys("s");
    let screen = stage.screen();
    assert!(screen.contains("○ 3 not answered, and earning nothing: questions 2 to 4"), "{screen}");
    assert!(screen.contains("◐ 1 partly answered: question 1; what is there counts"), "{screen}");
}

/// The second click of a double click on [ Submit ] hit the [ Submit ] of the question, which stood in the same cells.
#[test]
fn a_double_click_on_submit_hands_nothing_in_before_it_was_asked() {
    let asked = |width: u16, height: u16| {
        let mut stage = begun(width, height);
        stage.keys("Ctrl-O s");
        assert!(stage.screen().contains("submit?"), "{}", stage.screen());
        stage
    };
    for (width, height) in [(80, 24), (40, 12), (120, 40)] {
        for row in 0..height {
            let mut stage = asked(width, height);
            stage.click_at(4, row);
            assert!(!stage.screen().contains("result of attempt"), "row {row}\n{}", stage.screen());
        }
    }
    let mut stage = asked(80, 24);
    stage.click("[ Submit ]");
    assert!(stage.screen().contains("click again, or press Enter, to submit"), "{}", stage.screen());
    stage.click("[ Submit ]");
    assert!(stage.screen().contains("result of attempt 1"), "{}", stage.screen());
}
