//! A knowledge check as a learner lives it.

use std::sync::Arc;

use crate::course;
use crate::id::QuestionId;
use crate::markup::Document;
use crate::quiz::key::key;
use crate::training::{EARLIER_IS_KEPT, SEVERAL_EARN, Text};
use crate::tui::message::{Destination, Message as FaceMessage};
use crate::tui::screens::samples::{after, beginning, small_course};
use crate::tui::screens::shared::source_words;
use crate::tui::testing::{Stage, trouble};
use crate::tui::widgets::answer::Source;

fn begun(width: u16, height: u16) -> Stage {
    let mut stage = beginning(width, height);
    stage.message(FaceMessage::Go(Destination::Check(0)));
    stage
}

/// Chooses the option that reads `words`.
fn choose(stage: &mut Stage, words: &str) {
    stage.click(words);
}

/// It seemed to be lost with the answer that was tried instead.
#[test]
fn where_an_earlier_answer_was_better_that_is_said() {
    let mut stage = begun(80, 24);
    choose(&mut stage, "Open it");
    stage.keys("Enter n");
    choose(&mut stage, "Contacts");
    stage.keys("Enter");
    assert!(!stage.screen().contains(EARLIER_IS_KEPT), "{}", stage.screen());
    stage.keys("n 'article 7' Enter n t");
    choose(&mut stage, "Your dreams");
    stage.keys("Enter");
    let mark = format!("✗ not right: 0 of 1 point\n {EARLIER_IS_KEPT}");
    assert!(stage.screen().contains(&mark), "{}", stage.screen());
    // It went with the next key, and on a low screen stood where the keys are.
    stage.keys("x");
    assert!(stage.screen().contains(&mark), "{}", stage.screen());
    stage.resize(40, 12);
    assert!(stage.screen().contains("is the one that is kept."), "{}", stage.screen());
    assert!(stage.screen().contains("Enter see rest"), "{}", stage.screen());
    stage.resize(80, 24);
    // What is looked at afterwards is the answer that counts.
    stage.keys("n v");
    assert!(!stage.screen().contains(EARLIER_IS_KEPT), "{}", stage.screen());
}

/// It seemed to begin again with all that was wrong.
#[test]
fn the_end_of_the_lesson_leads_on_with_a_try_under_way() {
    let mut stage = begun(80, 24);
    choose(&mut stage, "Type it in");
    stage.keys("Enter n");
    choose(&mut stage, "Your dreams");
    stage.keys("Enter n x Enter n");
    let end = |stage: &mut Stage| {
        stage.message(FaceMessage::Go(Destination::Lesson(0)));
        stage.keys("Home PgDn PgDn PgDn PgDn PgDn End");
        stage.screen()
    };
    let screen = end(&mut stage);
    // It said that what was wrong is repeated, and led to what was answered, some of it partly right.
    assert!(screen.contains("Enter shows what was not right in the check"), "{screen}");
    stage.keys("Enter");
    assert!(stage.screen().contains("Your answers:"), "{}", stage.screen());
    stage.keys("t");
    choose(&mut stage, "Type it in");
    stage.keys("Enter");
    let screen = end(&mut stage);
    assert!(screen.contains("Enter goes on with what is tried again, 2 left"), "{screen}");
}

/// Only the rules of the assessment said it, which are read after all checks.
#[test]
fn what_a_wrong_tick_takes_away_is_said_in_the_help_and_beside_the_mark() {
    let mut stage = begun(80, 24);
    choose(&mut stage, "Open it");
    stage.keys("Enter n ?");
    // It goes on in the next line, in a panel or not.
    let words = |stage: &Stage| {
        let screen = stage.screen();
        let lines = screen.lines().map(|line| line.split('│').nth(1).unwrap_or(line));
        lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
    };
    assert!(words(&stage).contains(SEVERAL_EARN), "{}", stage.screen());
    stage.keys("Esc");
    choose(&mut stage, "Contacts");
    choose(&mut stage, "Your dreams");
    stage.keys("Enter");
    assert!(words(&stage).contains(SEVERAL_EARN), "{}", stage.screen());
    assert!(words(&stage).contains("1 of 2 less 1 of 1."), "{}", stage.screen());
}

#[test]
fn a_question_its_feedback_and_the_lesson_behind_it() {
    let mut stage = begun(80, 24);
    choose(&mut stage, "Type it in");
    insta::assert_snapshot!(stage.screen(), @r#"
     Check: one                                                     question 1 of 3
    ────────────────────────────────────────────────────────────────────────────────
     Choose one.  (1-9 Space choose, ↑ ↓ move)

     A page inside an app asks for your password. What do you do?

       1 ( ) Open it in the managed browser
     › 2 (•) Type it in

       How sure are you? (optional) ( ) sure ( ) fairly ( ) guessing













     Enter hand in  Esc back  ? help
    "#);
    stage.keys("Enter");
    insta::assert_snapshot!(stage.styled(), @r#"
     [bold:Check: one]                                                     [cyan:question 1 of 3]
    [dim:────────────────────────────────────────────────────────────────────────────────]
     [red:✗ not right: 0 of 1 point]

     A page [italic:inside] an app asks for your password. What do you do?

       [dim:1 ]( ) Open it in the managed browser
             [green:→ right answer]
       [dim:2 ][bold:(•) ]Type it in
             [red:✗ your answer]
             The app can see what you type.

     [bold:Why:]
     An app sees what happens on pages that it opens itself.









     [cyan+bold:Enter] [dim:next]  [cyan+bold:l] [dim:lesson]  [cyan+bold:Esc] [dim:back]  [cyan+bold:?] [dim:help]
    "#);
    stage.keys("l");
    assert!(stage.screen().contains("The browser inside"), "{}", stage.screen());
    stage.keys("Esc");
    assert!(
        stage.screen().contains("✗ your answer"),
        "the feedback stands where it stood: {}",
        stage.screen()
    );
    stage.keys("Enter");
    assert!(stage.screen().contains("question 2 of 3"), "{}", stage.screen());
}

#[test]
fn what_the_footer_says_of_enter_a_click_does() {
    let mut stage = begun(40, 12);
    choose(&mut stage, "Type it in");
    stage.click("see rest");
    assert!(stage.screen().contains("guessing"), "the mouse shows the rest, too:\n{}", stage.screen());
    // A message that was meant for another screen hands nothing in unseen, either.
    let mut hasty = begun(40, 12);
    choose(&mut hasty, "Type it in");
    hasty.message(FaceMessage::Check(super::Message::HandIn));
    assert!(!hasty.screen().contains("not right"), "{}", hasty.screen());
    stage.click("hand in");
    assert!(stage.screen().contains("✗ not right"), "{}", stage.screen());
}

/// A story told again takes many pages there, and nothing said that one can go on at once.
#[test]
fn what_was_handed_in_is_gone_past_where_it_is_long() {
    let mut stage = begun(40, 12);
    choose(&mut stage, "Type it in");
    stage.keys("Enter Enter");
    assert!(stage.screen().contains("✗ not right"), "{}", stage.screen());
    stage.click("n on");
    assert!(stage.screen().contains("question 2 of 3"), "{}", stage.screen());
    let footer = |stage: &Stage| stage.screen().lines().last().map(|line| line.trim().to_owned());
    stage.keys("Ctrl-R");
    assert_eq!(footer(&stage).as_deref(), Some("Enter see rest  → on  Esc back  ? help"));
    stage.resize(80, 40);
    assert_eq!(
        footer(&stage).as_deref(),
        Some("Enter to the question  l lesson  Esc back  ? help"),
        "all of it is in sight: {}",
        stage.screen()
    );
}

#[test]
fn feedback_on_a_narrow_screen() {
    let mut stage = begun(40, 12);
    insta::assert_snapshot!(stage.screen(), @r#"
    Check: one             question 1 of 3
    Choose one.

    A page inside an app asks for your
    password. What do you do?

    › 1 ( ) Open it in the managed
            browser
      2 ( ) Type it in

      How sure are you? (optional)        ↓
    Enter see rest  Esc back  ? help
    "#);
    choose(&mut stage, "Type it in");
    stage.keys("Enter");
    insta::assert_snapshot!(stage.screen(), @r#"
    Check: one             question 1 of 3
                                          ↑
    A page inside an app asks for your
    password. What do you do?

      1 ( ) Open it in the managed
            browser
    › 2 (•) Type it in

      How sure are you? (optional)
      ( ) sure ( ) fairly ( ) guessing
    Enter hand in  Esc back  ? help
    "#);
    stage.keys("Enter");
    insta::assert_snapshot!(stage.screen(), @r#"
    Check: one             question 1 of 3
    ✗ not right: 0 of 1 point

    A page inside an app asks for your
    password. What do you do?

      1 ( ) Open it in the managed
            browser
            → right answer
      2 (•) Type it in
            ✗ your answer                 ↓
    Enter see rest  n on  Esc back  ? help
    "#);
    stage.keys("Enter");
    insta::assert_snapshot!(stage.screen(), @r#"
    Check: one             question 1 of 3
            browser                       ↑
            → right answer
      2 (•) Type it in
            ✗ your answer
            The app can see what you
            type.

    Why:
    An app sees what happens on pages
    that it opens itself.
    Enter next  l lesson  Esc back  ? help
    "#);
}

#[test]
fn nothing_is_handed_in_before_it_is_complete() {
    let mut stage = begun(80, 24);
    stage.keys("Enter");
    assert!(stage.screen().contains("nothing is chosen yet"), "{}", stage.screen());
    assert!(stage.screen().contains("question 1 of 3"));
}

#[test]
fn the_end_what_was_wrong_again_and_the_look_back() {
    let mut stage = begun(80, 24);
    choose(&mut stage, "Open it");
    stage.keys("Enter Enter");
    choose(&mut stage, "Contacts");
    stage.keys("Enter Enter 'article 8' Enter");
    assert!(stage.screen().contains("→ right answer: article 7"), "{}", stage.screen());
    stage.keys("Enter");
    insta::assert_snapshot!(stage.screen(), @"
     Check: one                                                             summary
    ────────────────────────────────────────────────────────────────────────────────
     ✓ passed: 1 of 3 right, 1 partly; 50 %, 50 % needed

     › [ Go on ]
       [ Try the 2 that were not right again ]
         Of each question the better answer counts.

     Your answers:
       1. ✓ right: A page inside an app asks for your password. What do you do?
       2. ~ partly right: What can an app take?
       3. ✗ not right: Which article?











     Enter choose  t try again  v review  Esc back  ? help
    ");
    // A further line began below the number, and looked like an answer of its own.
    let screen = stage.resize(40, 12).screen();
    let begins: Vec<_> = screen
        .lines()
        .skip_while(|line| !line.contains("✓ right"))
        .map(|line| line.chars().position(char::is_alphabetic))
        .collect();
    assert_eq!(
        begins.first().map(|column| column.map(|column| column - 2)),
        begins.get(1).copied(),
        "{screen}"
    );
    stage.resize(80, 24).keys("v");
    assert!(stage.screen().contains("review 1 of 3"));
    assert!(stage.screen().contains("Enter next"), "{}", stage.screen());
    stage.keys("Left");
    assert!(stage.screen().contains("this is the first answer"), "{}", stage.screen());
    stage.keys("Right Right");
    assert!(stage.screen().contains("✗ your answer: article 8"), "{}", stage.screen());
    assert!(stage.screen().contains("Enter to the summary"), "{}", stage.screen());
    stage.keys("Right");
    assert!(stage.screen().contains("summary"), "behind the last stands the summary");
    stage.keys("v Left Esc t");
    assert!(stage.screen().contains("question 1 of 2"), "only what was not right: {}", stage.screen());
    choose(&mut stage, "Contacts");
    choose(&mut stage, "Your place");
    stage.keys("Enter Enter 'Article 7' Enter Enter");
    assert!(stage.screen().contains("✓ passed: 3 of 3 right"), "{}", stage.screen());
    assert!(!stage.screen().contains("Try"), "nothing is left to try");
    assert!(!stage.screen().contains("t try again"), "{}", stage.screen());
    assert!(stage.model.help().iter().all(|(keys, _)| keys != "t"), "what does nothing is not named");
}

/// It did nothing and said nothing: what comes next was this very check.
#[test]
fn where_nothing_but_a_check_is_missing_it_is_not_left_for_later() {
    let mut stage = after(beginning(80, 24), |training, now| training.read_whole(Text::Lesson(0), 30, now));
    stage.message(FaceMessage::Go(Destination::Check(0)));
    choose(&mut stage, "Type it in");
    stage.keys("Enter Enter");
    choose(&mut stage, "Your place");
    stage.keys("Enter Enter 'article 8' Enter Enter");
    assert!(stage.screen().contains("✗ not passed yet"), "{}", stage.screen());
    assert!(!stage.screen().contains("go on"), "{}", stage.screen());
    stage.keys("n");
    assert!(stage.screen().contains("this check is all that is missing"), "{}", stage.screen());
}

#[test]
fn a_power_cut_loses_nothing_that_was_chosen_or_typed() {
    let mut stage = begun(80, 24);
    choose(&mut stage, "Type it in");
    stage.keys("End 2");
    let mut stage = stage.restart();
    stage.message(FaceMessage::Go(Destination::Check(0)));
    let again = stage.screen();
    assert!(again.contains("(•) Type it in") && again.contains("(•) fairly"), "{again}");
    // In the middle of the feedback: the answer stands, the next question is asked.
    stage.keys("Enter");
    let mut stage = stage.restart();
    stage.message(FaceMessage::Go(Destination::Check(0)));
    assert!(stage.screen().contains("question 2 of 3"), "{}", stage.screen());
}

#[test]
fn letters_are_typed_where_something_is_typed() {
    let mut stage = after(begun(80, 24), |training, now| {
        let open: Vec<_> =
            training.check(0).expect("a check").open.iter().map(|each| each.id.clone()).collect();
        let mut changes = Vec::new();
        for (id, right) in
            open.iter().zip([serde_json::json!("open"), serde_json::json!(["contacts", "place"])])
        {
            let response = serde_json::from_value(right).expect("a response");
            changes.extend(training.hand_in(0, id, response, None, now).expect("open").1);
        }
        changes
    });
    stage.message(FaceMessage::Go(Destination::Check(0)));
    stage.keys("'quit?'");
    assert!(stage.screen().contains("[quit?"), "{}", stage.screen());
    stage.paste(" and\nmore");
    assert!(stage.screen().contains("[quit? and more"), "{}", stage.screen());
    stage.keys("F1");
    assert!(
        stage.screen().contains("next gap") || stage.screen().contains("hand in the answer"),
        "{}",
        stage.screen()
    );
}

#[test]
fn what_is_right_is_told_when_the_answer_is_saved() {
    // It stood around the panel of a failed save: whoever left then could answer anew.
    let mut stage = begun(80, 24);
    choose(&mut stage, "Type it in");
    stage.world.save_troubles.push_back(trouble("disk full"));
    stage.keys("Enter");
    assert!(stage.screen().contains("not saved: disk full"), "{}", stage.screen());
    assert!(stage.screen().contains("question 1 of 3"), "{}", stage.screen());
    assert!(!stage.screen().contains("right"), "{}", stage.screen());
    stage.keys("r");
    assert!(stage.screen().contains("✗ not right"), "{}", stage.screen());
    // Nothing is told of what was not handed in.
    stage.keys("Enter");
    let asked = stage.screen();
    stage.message(FaceMessage::Check(super::Message::Tell));
    assert_eq!(stage.screen(), asked);
}

/// The store takes answers only to what a round asks: without a round of its own a new question could be seen, and
/// never be answered.
#[test]
fn what_a_newer_course_asks_is_asked_in_a_round_of_its_own() {
    let mut stage = after(begun(80, 24), |training, now| {
        let questions = training.course().modules[0].check.as_ref().expect("a check").questions.clone();
        let answers =
            questions.iter().map(|each| training.hand_in(0, &each.id, key(each), None, now).expect("open").1);
        answers.flatten().collect()
    });
    let course = Arc::make_mut(&mut stage.world.course);
    let check = course.modules[0].check.as_mut().expect("a check");
    check.questions[1].revision = check.questions[1].revision.saturating_add(1);
    let mut stage = stage.restart();
    for _ in ["first", "opened again"] {
        stage.message(FaceMessage::Go(Destination::Check(0)));
        assert!(stage.screen().contains("What can an app take?"), "{}", stage.screen());
        let stored = &stage.world.stored.checks["one"];
        let open: Vec<&str> = stored.open.iter().map(QuestionId::as_str).collect();
        assert_eq!((stored.round, open), (2, vec!["takes"]));
        stage = stage.restart();
    }
}

#[test]
fn a_source_is_found_in_the_list_of_its_lesson() {
    // `Source: F005` said nothing to somebody who does not know where the sources stand.
    let check = |source: &str, expected: Source| {
        let mut course = (*small_course()).clone();
        let module = &mut course.modules[0];
        let text = format!("{}\n\nIt is so.[^F005][^F006]\n\n[^F005]: A\n[^F006]: B\n", module.lesson.text());
        module.lesson.document = Arc::new(Document::parse(text.into()));
        let questions = &mut module.check.as_mut().expect("a check").questions;
        for question in questions.iter_mut() {
            question.source = Some(source.to_owned());
        }
        let question = questions.iter().find(|question| question.id.as_str() == "password").cloned();
        assert_eq!(question.and_then(|question| source_words(&question, &course)), Some(expected));
    };
    let listed = |words: &str| Source::Listed(words.to_owned());
    check("F005", listed("Source: F005 in the list at the end of lesson 1"));
    check("F006, F005", listed("Sources: F005, F006 in the list at the end of lesson 1"));
    for words in ["F005, F007", "our guide, section 2"] {
        check(words, Source::Named(words.to_owned()));
    }
}

/// What was typed while the note lay over the question was swallowed: "I agree" had become "agree".
#[test]
fn who_goes_on_answering_closes_a_note_by_it() {
    let mut course = (*small_course()).clone();
    let check = course.modules[0].check.as_mut().expect("a check");
    check.questions.retain(|question| question.id.as_str() == "article");
    let mut stage = Stage::new(40, 12, Arc::new(course));
    stage.message(FaceMessage::Go(Destination::Check(0)));
    let note = "a note that is too long to be said in the last line of a narrow screen";
    stage.message(FaceMessage::Say(note.to_owned()));
    assert!(stage.screen().contains("please note"), "{}", stage.screen());
    stage.keys("'q is article 7'");
    assert!(!stage.screen().contains("please note"), "{}", stage.screen());
    assert!(stage.screen().contains("q is article 7"), "{}", stage.screen());
    // What is no part of an answer closes it only where it says so.
    stage.message(FaceMessage::Say(note.to_owned()));
    stage.keys("PgDn Up");
    assert!(stage.screen().contains("please note"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(!stage.screen().contains("please note"), "{}", stage.screen());
    stage.message(FaceMessage::Say(note.to_owned()));
    stage.click("Enter goes on.");
    assert!(!stage.screen().contains("please note"), "{}", stage.screen());
}

/// It said that the key works "on what was right", which nobody had seen yet.
#[test]
fn a_key_that_comes_later_says_when() {
    let mut stage = beginning(80, 24);
    stage.message(FaceMessage::Go(Destination::Check(0)));
    stage.keys("n");
    assert!(stage.screen().contains("n works after an answer was handed in: go on"), "{}", stage.screen());
    stage.resize(40, 12);
    stage.keys("n");
    assert!(stage.screen().contains("n works after an answer was handed in"), "{}", stage.screen());
}

/// The last line promised to hand in what nobody had chosen.
#[test]
fn the_last_line_says_what_is_due_before_anything_can_be_handed_in() {
    let mut stage = beginning(80, 24);
    stage.message(FaceMessage::Go(Destination::Check(0)));
    assert!(stage.screen().contains("Enter needs a choice"), "{}", stage.screen());
    stage.keys("1");
    assert!(stage.screen().contains("Enter hand in"), "{}", stage.screen());
}

/// A panel lay over the question, and had to be closed before the number could be mended.
#[test]
fn what_is_no_number_is_said_where_one_types() {
    let mut files = (*small_course().files).clone();
    let check = r#"(id: "one", title: "Check: one", questions: [
        Cloze(id: "gaps", topic: "b", prompt: "Fill the gaps.", text: "In {{year}}, after {{days}} days.", gaps: [
            Number(id: "year", answer: 2017), Number(id: "days", answer: 3)]),
        Number(id: "fine", topic: "b", prompt: "How much was the fine?", answer: 530, unit: "million euros"),
    ])"#;
    files.insert("quizzes/1.ron".to_owned(), check.as_bytes().to_vec());
    let course = Arc::new(course::parse(files).expect("a course without faults"));
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = Stage::new(width, height, Arc::clone(&course));
        stage.message(FaceMessage::Go(Destination::Check(0)));
        let is_told = |stage: &Stage| {
            let screen = stage.screen();
            assert_eq!(stage.model.overlay(), None, "{screen}");
            assert!(screen.contains("✗ not a number yet"), "{screen}");
            assert!(screen.contains("no number yet: one such as 1250.5"), "{screen}");
        };
        let mut told = 0;
        for _ in 0..12 {
            let screen = stage.screen();
            if screen.contains("How much was") {
                stage.keys("'much'");
                assert!(stage.screen().contains("Enter needs a number"), "{}", stage.screen());
                stage.keys("Enter Enter");
                is_told(&stage);
                stage.keys("Ctrl-U '5300000000000000000' Enter Enter");
                assert!(stage.screen().contains("✗ too long: at most 18 digits"), "{}", stage.screen());
                assert!(stage.screen().contains("the number has too many digits"), "{}", stage.screen());
                stage.keys("Ctrl-U '530' Enter");
                told += 1;
            } else if screen.contains("Fill the gaps.") && !screen.contains("right") {
                stage.keys("'then' Tab '3' Enter Enter");
                is_told(&stage);
                assert!(stage.screen().contains("› "), "{}", stage.screen());
                // The gap with the fault has the focus.
                stage.keys("Ctrl-U '2017' Enter Enter Enter");
                told += 1;
            } else {
                stage.keys("Enter");
            }
            if told == 2 {
                break;
            }
        }
        assert_eq!(told, 2, "{}", stage.screen());
    }
}

/// It said "to the summary", which there was none of.
#[test]
fn a_look_back_before_the_end_leads_back_to_the_question() {
    let mut stage = begun(80, 24);
    choose(&mut stage, "Type it in");
    stage.keys("Enter n v");
    assert!(stage.screen().contains("review 1 of 1") && stage.screen().contains("Enter to the question"));
    stage.keys("Enter");
    assert!(stage.screen().contains("question 2 of 3"), "{}", stage.screen());
}
