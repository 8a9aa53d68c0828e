//! Whoever left off in the middle of something is there again, and nothing happens by that.

use std::sync::Arc;

use insta::assert_snapshot;

use crate::config;
use crate::course;
use crate::progress::{Attempt, Shown};
use crate::quiz::key::key;
use crate::quiz::response::Response;
use crate::training::{Text, Training};
use crate::tui::Start;
use crate::tui::message::{Destination, Message};
use crate::tui::screens::Screen;
use crate::tui::screens::samples::{
    after, beginning, policy_read, ready_for_the_assessment, ready_for_the_policy, ready_to_sign,
    small_course, small_course_with, through_the_check,
};
use crate::tui::tables;
use crate::tui::testing::Stage;
use crate::tui::theme::Theme;

const LEFT_HERE: &str = "you go on here, Esc: the course";

/// The lesson is read, and the first question of its check answered wrongly.
fn first_answered(width: u16, height: u16) -> Stage {
    let stage = after(beginning(width, height), |training, now| {
        let mut changes = training.read_whole(Text::Lesson(0), 30, now);
        changes.extend(training.start_check(0));
        let question = training.course().modules[0].check.as_ref().expect("a check").questions[0].clone();
        let wrong = Response::Text("type".to_owned());
        changes.extend(training.hand_in(0, &question.id, wrong, None, now).expect("open").1);
        changes
    });
    assert!(stage.screen().contains("question 2 of 3"), "{}", stage.screen());
    stage
}

/// An attempt is begun, and its first question answered.
fn attempt_begun(width: u16, height: u16) -> Stage {
    answered_once(ready_for_the_assessment(width, height))
}

fn answered_once(ready: Stage) -> Stage {
    after(ready, |training, now| {
        let mut changes = training.start_attempt(now);
        let question = training.attempt().and_then(|(_, sitting)| sitting.question(0)).cloned();
        changes.extend(training.answer(0, question.as_ref().map(key), None, 5));
        changes.extend(training.go_to(1, 5));
        changes
    })
}

fn is_course(stage: &Stage) -> bool {
    matches!(stage.model.screen(), Some(Screen::Course(_)))
}

fn attempt(stage: &Stage) -> &Attempt {
    stage.world.stored.attempts.last().expect("begun")
}

#[test]
fn a_check_is_opened_at_its_question() {
    let mut stage = first_answered(80, 24);
    assert_snapshot!(stage.screen(), @"
     Check: one                                                     question 2 of 3
    ────────────────────────────────────────────────────────────────────────────────
     Choose all that apply.  (1-9 Space tick, ↑ ↓ move)

     What can an app take?

     › 1 [ ] Your place
       2 [ ] Contacts
       3 [ ] Your dreams

       How sure are you? (optional) ( ) sure ( ) fairly ( ) guessing








     ── you go on here, Esc: the course ──────────────────────────────────────────
     v: your answers so far
     Line by line, for screen readers: countersign --plain. Settings: F9.

     Enter needs a choice  Esc back  ? help
    ");
    stage.keys("Down");
    assert!(!stage.screen().contains(LEFT_HERE), "{}", stage.screen());
    let mut stage = stage.restart();
    stage.keys("Esc");
    assert!(is_course(&stage), "{}", stage.screen());
    assert!(stage.screen().contains("› ◐   Check: one"), "{}", stage.screen());
}

#[test]
fn an_answer_that_was_begun_is_there_again() {
    let mut stage = first_answered(80, 24);
    stage.keys("2");
    let mut stage = stage.restart();
    assert!(stage.screen().contains("2 [x]"), "{}", stage.screen());
    assert!(stage.screen().contains(LEFT_HERE), "{}", stage.screen());
    stage.keys("1 Enter");
    assert!(stage.screen().contains("of 1 point"), "{}", stage.screen());
}

/// What the words stand on is still to be seen before an answer is handed in.
#[test]
fn on_the_smallest_screen_the_words_hide_nothing_that_counts_as_seen() {
    let mut stage = first_answered(40, 12);
    assert_snapshot!(stage.screen(), @"
    Check: one             question 2 of 3
    Choose all that apply.

    What can an app take?

    › 1 [ ] Your place
      2 [ ] Contacts
      3 [ ] Your dreams
                                          ↓
    ── you go on here, Esc: the course ──
    v: your answers so far
    Enter see rest  Esc back  ? help
    ");
    // Nobody saw the last rows of it before both keys were there.
    stage.burst("1 Enter");
    assert!(!stage.screen().contains("of 1 point"), "{}", stage.screen());
    assert!(stage.screen().contains("guessing"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("of 1 point"), "{}", stage.screen());
}

#[test]
fn what_was_told_stands_without_the_words() {
    let mut stage = first_answered(80, 24);
    stage.keys("1");
    let mut stage = stage.restart();
    stage.keys("Enter");
    assert!(stage.screen().contains("of 1 point"), "{}", stage.screen());
    assert!(!stage.screen().contains(LEFT_HERE), "{}", stage.screen());
}

#[test]
fn an_attempt_is_opened_at_its_question_and_nothing_is_counted_by_that() {
    for leaving in ["Esc", "Ctrl-C"] {
        let before = attempt_begun(80, 24);
        let (known, saves) = (attempt(&before).clone(), before.world.saves);
        let mut stage = before.restart();
        assert!(stage.screen().contains("question 2 of 4"), "{}", stage.screen());
        assert!(stage.screen().contains(LEFT_HERE), "{}", stage.screen());
        stage.wait(60).keys(leaving);
        assert!(is_course(&stage) || stage.ended);
        assert_eq!((attempt(&stage), stage.world.saves), (&known, saves), "{leaving}");
    }
    let mut hung_up = attempt_begun(80, 24);
    let known = attempt(&hung_up).clone();
    hung_up.wait(60).hang_up();
    assert_eq!(attempt(&hung_up), &known);
}

#[test]
fn what_is_done_in_an_attempt_counts_from_its_question_on() {
    let stage = attempt_begun(80, 24);
    let before = attempt(&stage).active_seconds;
    let id = stage.model.training().and_then(Training::attempt).and_then(|(_, sitting)| sitting.question(1));
    let id = id.expect("drawn").id.clone();
    let mut stage = stage.restart();
    stage.wait(20).keys("Ctrl-N");
    assert!(stage.screen().contains("question 3 of 4"), "{}", stage.screen());
    assert_eq!(attempt(&stage).active_seconds, before + 20);
    let answer = &attempt(&stage).answers[&id];
    assert_eq!((answer.seconds, answer.shown), (20, Shown::Wholly));
}

/// Lesson 1 has not been opened; the start was on its line.
#[test]
fn a_lesson_is_opened_though_one_before_it_was_never_read() {
    let mut files = (*small_course().files).clone();
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("UTF-8");
    let more = "modules: [(lesson: \"lessons/1.md\"), (lesson: \"lessons/2.md\", ";
    let manifest = manifest.replacen("modules: [(lesson: \"lessons/1.md\", ", more, 1);
    files.insert("course.ron".to_owned(), manifest.into_bytes());
    files.insert(
        "lessons/2.md".to_owned(),
        format!("# Two\n\n{}", "More to read.\n\n".repeat(30)).into_bytes(),
    );
    let mut stage = Stage::new(80, 24, Arc::new(course::parse(files).expect("a course without faults")));
    stage.message(Message::Go(Destination::Lesson(1)));
    stage.keys("PgDn PgDn");
    let mut stage = stage.restart();
    assert!(stage.screen().contains("More to read."), "{}", stage.screen());
    assert!(stage.screen().contains(LEFT_HERE), "{}", stage.screen());
    stage.keys("Esc");
    let line = stage.screen().lines().find(|line| line.contains('›')).map(str::to_owned);
    assert!(line.as_deref().is_some_and(|line| line.contains("› ◐ Two")), "{}", stage.screen());
    stage.keys("Home c");
    assert!(stage.screen().contains("More to read."), "{}", stage.screen());
}

#[test]
fn a_story_goes_on_where_it_was() {
    let bank = r#"(id: "bank", title: "Assessment", questions: [
        Scenario(id: "story", topic: "a", mandatory: true, prompt: "A call comes in.", lesson: "lessons/1.md", steps: [
            (id: "start", text: "Somebody asks for a code.", options: [
                (id: "give", text: "Read it out", next: "after"), (id: "no", text: "Hang up", right: true, next: "after")]),
            (id: "after", text: "They call again.", options: [
                (id: "tell", text: "Tell the help desk", right: true), (id: "wait", text: "Wait")]),
        ]),
        TrueFalse(id: "b2", topic: "b", mandatory: true, prompt: "A law can reach data.", answer: true, lesson: "lessons/1.md"),
        TrueFalse(id: "b3", topic: "b", mandatory: true, prompt: "Another law can.", answer: true, lesson: "lessons/1.md"),
        TrueFalse(id: "b4", topic: "a", mandatory: true, prompt: "No law can.", answer: false, lesson: "lessons/1.md"),
    ])"#;
    let ready = through_the_check(Stage::new(80, 24, small_course_with(bank)));
    let stage = after(ready, |training, now| {
        let mut changes = training.start_attempt(now);
        let (_, sitting) = training.attempt().expect("under way");
        let story = sitting.questions().position(|(question, _)| question.id.as_str() == "story");
        let story = story.expect("drawn");
        changes.extend(training.go_to(story, 0));
        changes.extend(training.answer(story, Some(Response::List(vec!["no".to_owned()])), None, 5));
        changes
    });
    let mut stage = stage.restart();
    assert!(stage.screen().contains("They call again."), "{}", stage.screen());
    assert!(stage.screen().contains(LEFT_HERE), "{}", stage.screen());
    stage.click("Tell the help desk").keys("Enter");
    assert!(stage.screen().contains("question"), "{}", stage.screen());
    let answered = attempt(&stage).answers.values().find_map(|answer| answer.response.clone());
    assert_eq!(answered, Some(Response::List(vec!["no".to_owned(), "tell".to_owned()])));
}

#[test]
fn the_policy_is_read_on() {
    let mut stage = ready_for_the_policy(80, 24);
    stage.message(Message::Go(Destination::Policy));
    stage.keys("PgDn");
    let mut stage = stage.restart();
    assert!(matches!(stage.model.screen(), Some(Screen::Policy(_))), "{}", stage.screen());
    assert!(stage.screen().contains(LEFT_HERE), "{}", stage.screen());
    stage.read_through().keys("Enter");
    assert!(stage.screen().contains("You agree to this"), "{}", stage.screen());
}

/// The start was on the course.
#[test]
fn a_policy_that_was_read_leads_to_its_statement() {
    let mut stage = policy_read(80, 24);
    assert!(matches!(stage.model.screen(), Some(Screen::Policy(_))), "{}", stage.screen());
    assert!(stage.screen().contains("You agree to this"), "{}", stage.screen());
    assert!(stage.model.has_greeting(), "what was typed before agrees to nothing");
    stage.keys("Esc End");
    assert!(stage.screen().contains("✓ all of it was read; Enter: agree"), "{}", stage.screen());
    stage.keys("Enter 'agree' Enter");
    assert!(stage.world.stored.acknowledgement.is_some(), "{}", stage.screen());
}

#[test]
fn the_signature_is_asked_for_again() {
    let mut stage = ready_to_sign(80, 24);
    let screen = stage.screen();
    assert!(matches!(stage.model.screen(), Some(Screen::Sign(_))), "{screen}");
    assert!(screen.contains(LEFT_HERE), "{screen}");
    let all = ["› [ Not now ]", "[ Sign my completion record ]", "[ Correct name, number or e-mail ]"];
    assert!(all.iter().all(|button| screen.contains(button)), "all of them are in sight: {screen}");
    stage.keys("Up Esc");
    assert!(is_course(&stage), "{}", stage.screen());
    assert!(stage.screen().contains("› ○ Completion record"), "{}", stage.screen());
    let mut stage = ready_to_sign(40, 12);
    assert_snapshot!(stage.screen(), @"
    Completion record                sign?
    Everything is done. What is left is
    your signature.

    name          Ada Lovelace
    employee no.  0042
    e-mail        none
    course        A small course, version
                  1.0.0
    result        passed with 100 % (4 of ↓
    ── you go on here, Esc: the course ────
    Enter see rest  Esc not now  ? help
    ");
    // What stands beneath the words is read before anything is signed.
    for _ in 0..20 {
        if stage.screen().contains("Enter sign") {
            break;
        }
        stage.keys(if stage.screen().contains("Enter see rest") { "Enter" } else { "Down" });
    }
    stage.keys("Enter");
    assert!(stage.world.stored.completions.len() == 1, "{}", stage.screen());
}

/// `X` goes into the answer.
#[test]
fn no_key_is_told_that_only_types() {
    let config = config::read("config.ron", br#"(keys: (leave: ["X"]))"#, &tables::actions()).config;
    let at_choice = first_answered(80, 24);
    let told = Stage::configured(80, 24, at_choice.world, &config);
    assert!(told.screen().contains("── you go on here, X: the course ──"), "{}", told.screen());
    let at_text = after(told, |training, now| {
        let question = training.check(0).expect("a check").open[0].clone();
        training.hand_in(0, &question.id, key(&question), None, now).expect("open").1
    });
    let told = Stage::configured(80, 24, at_text.world, &config);
    assert!(told.screen().contains("Which article?"), "{}", told.screen());
    assert!(told.screen().contains("── you go on here ──"), "{}", told.screen());
}

/// The program was killed while what was said on an answer was read, and the next question came without a word of it.
#[test]
fn what_was_said_on_the_answers_is_a_key_away() {
    let mut stage = first_answered(80, 24);
    stage.click("your answers so far");
    assert!(stage.screen().contains("not right"), "{}", stage.screen());
    let at_text = after(first_answered(80, 24), |training, now| {
        let question = training.check(0).expect("a check").open[0].clone();
        training.hand_in(0, &question.id, key(&question), None, now).expect("open").1
    });
    // `v` goes into the answer there.
    let mut stage = at_text.restart();
    assert!(stage.screen().contains("Ctrl-R: your answers so far"), "{}", stage.screen());
    stage.keys("Ctrl-r");
    assert!(stage.screen().contains("not right"), "{}", stage.screen());
    // Before the first answer there is nothing to look at.
    let mut begun = beginning(80, 24);
    begun.message(Message::Go(Destination::Check(0)));
    begun.keys("1");
    let begun = begun.restart();
    assert!(begun.screen().contains("question 1 of 3"), "{}", begun.screen());
    assert!(begun.screen().contains(LEFT_HERE), "{}", begun.screen());
    assert!(!begun.screen().contains("your answers so far"), "{}", begun.screen());
}

/// A key for the panel answered the question beneath it, which nobody had seen.
#[test]
fn behind_a_notice_nothing_is_answered() {
    let world = first_answered(80, 24).world;
    let start = Start {
        training: world.training(),
        course: Arc::clone(&world.course),
        expected: None,
        notices: vec!["The clock was set back.".to_owned()],
    };
    let mut stage = Stage::start(80, 24, world, start, Theme::COLOURED);
    let saves = stage.world.saves;
    stage.keys("1");
    assert!(stage.screen().contains("The clock was set back."), "{}", stage.screen());
    assert_eq!(stage.world.saves, saves);
    stage.keys("Enter 1");
    assert!(stage.screen().contains("1 [x]"), "{}", stage.screen());
    assert!(stage.world.saves > saves);
}

#[test]
fn a_check_without_an_open_question_is_on_the_course() {
    let failed = after(beginning(80, 24), |training, now| {
        let mut changes = training.read_whole(Text::Lesson(0), 30, now);
        changes.extend(training.start_check(0));
        let questions = training.course().modules[0].check.as_ref().expect("a check").questions.clone();
        for (question, wrong) in questions.iter().zip(["type", "dreams", "none"]) {
            let response = match wrong {
                "dreams" => Response::List(vec![wrong.to_owned()]),
                _ => Response::Text(wrong.to_owned()),
            };
            changes.extend(training.hand_in(0, &question.id, response, None, now).expect("open").1);
        }
        changes
    });
    assert!(is_course(&failed), "{}", failed.screen());
    assert!(failed.screen().contains("› ✗   Check: one"), "{}", failed.screen());
    let mut again = failed;
    again.keys("Enter t");
    assert!(again.screen().contains("question 1 of 3"), "{}", again.screen());
    let again = again.restart();
    assert!(again.screen().contains("question 1 of 3"), "{}", again.screen());
    assert!(again.screen().contains(LEFT_HERE), "{}", again.screen());
}

/// The course said "not started", and the next start "you go on here" at the beginning of the lesson.
#[test]
fn a_lesson_that_changed_since_it_was_begun_says_so() {
    for (pages, state, opened) in [
        ("PgDn", "changed, read from its beginning", "changed since you began it"),
        ("End Enter PgDn PgDn PgDn PgDn", "changed, read again", "changed since you read it"),
    ] {
        let mut stage = beginning(80, 24);
        stage.keys("Enter").keys(pages);
        let mut files = (*small_course().files).clone();
        let lesson = String::from_utf8(files["lessons/1.md"].clone()).expect("UTF-8");
        files.insert("lessons/1.md".to_owned(), lesson.replacen("Words", "Other words", 1).into_bytes());
        stage.world.course = Arc::new(course::parse(files).expect("a course without faults"));
        let mut stage = stage.restart();
        assert!(is_course(&stage), "{}", stage.screen());
        assert!(stage.screen().contains(state), "{}", stage.screen());
        assert!(stage.screen().contains("“One” is to be read"), "{}", stage.screen());
        stage.resize(40, 12).keys("Enter");
        assert!(stage.screen().contains(opened), "{}", stage.screen());
        assert!(stage.screen().contains("Other words to read."), "{}", stage.screen());
        stage.keys("PgDn");
        assert!(!stage.screen().contains(opened), "{}", stage.screen());
    }
}

/// The next start went on in the lesson that a link had led to.
#[test]
fn what_was_looked_up_is_not_where_one_left_off() {
    let mut files = (*small_course().files).clone();
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("UTF-8");
    let more = "modules: [(lesson: \"lessons/0.md\"), (lesson: \"lessons/1.md\", ";
    let manifest = manifest.replacen("modules: [(lesson: \"lessons/1.md\", ", more, 1);
    files.insert("course.ron".to_owned(), manifest.into_bytes());
    let words = "More to read.\n\n".repeat(40);
    files.insert("lessons/0.md".to_owned(), format!("# Zero\n\nSee [one](1.md).\n\n{words}").into_bytes());
    let mut stage = Stage::new(80, 24, Arc::new(course::parse(files).expect("a course without faults")));
    stage.message(Message::Go(Destination::Lesson(0)));
    stage.keys("PgDn PgUp Tab Enter");
    assert!(stage.screen().contains("Words to read."), "{}", stage.screen());
    stage.keys("PgDn").wait(60).keys("Esc PgDn PgDn").wait(60);
    assert!(stage.screen().contains("More to read."), "{}", stage.screen());
    let stage = stage.restart();
    assert!(stage.screen().contains("More to read."), "{}", stage.screen());
    assert!(stage.screen().contains(LEFT_HERE), "{}", stage.screen());
    let mut stage = stage;
    stage.keys("Home Tab Enter").wait(60);
    let stage = stage.restart();
    assert!(stage.screen().contains("More to read."), "it was only looked up: {}", stage.screen());
}

/// It led to the first of what is missing, and line by line to what was left off.
#[test]
fn going_on_from_the_course_leads_to_what_was_left_off() {
    let mut stage = after(beginning(80, 24), |training, now| {
        let mut changes = training.start_check(0);
        let question = training.course().modules[0].check.as_ref().expect("a check").questions[0].clone();
        let wrong = Response::Text("type".to_owned());
        changes.extend(training.hand_in(0, &question.id, wrong, None, now).expect("open").1);
        changes
    });
    stage.message(Message::Go(Destination::Course));
    stage.keys("Enter");
    assert!(matches!(stage.model.screen(), Some(Screen::Check(_))), "{}", stage.screen());
    stage.keys("Esc Home c");
    assert!(matches!(stage.model.screen(), Some(Screen::Check(_))), "{}", stage.screen());
}
