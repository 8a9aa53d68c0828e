//! What is said while questions are asked, word by word: the knowledge check, the assessment.

use crate::screens::{begun, read, said};
use crate::talk::{parts, talk};

#[test]
#[expect(clippy::too_many_lines, reason = "a transcript is as long as the conversation")]
fn knowledge_check() {
    let mut world = begun();
    let script = [
        "check 1",
        "ids on",
        "7",
        "=type",
        "very",
        "guessing",
        "why",
        "",
        "2",
        "policy",
        "=policy",
        "",
        "",
        "review",
        "",
        "",
        "retry",
        "=open, sure",
        "",
        "help",
    ];
    insta::assert_snapshot!(said(&mut world, 72, &script), @r"
    Welcome back, Ada Example.

    Course: Phones at work. Version 1.0.0.
    Done: 0 percent. About 13 minutes left.
    Next: read lesson 1, What apps collect.

    Lesson 1, What apps collect, 1 minute: not started.
    Knowledge check of lesson 1: not started.
    Lesson 2, Two, 1 minute: not started.
    Assessment: locked, 3 things come first: type assessment to hear them.
    Policy: to be agreed to when the assessment is passed.
    Completion record: comes when everything above is done.

    Press Enter to read lesson 1, What apps collect, or type help.
    > check 1

    Knowledge check of lesson 1: What apps collect. 2 questions. You hear
    after every answer whether it was right, and can try again what was not.
    To pass: 50 percent.

    Question 1 of 2, not answered.
    A page in an app asks for your work password.
    1. Type it
    2. Wait a week
    3. Open the page in the managed browser

    Answer with one number. Press Enter to hear it again.
    > ids on
    Identifiers are said beside questions and options from now on.

    Question 1 of 2, not answered.
    [habits/first]
    A page in an app asks for your work password.
    1. [type] Type it
    2. [wait] Wait a week
    3. [open] Open the page in the managed browser

    Answer with one number. Press Enter to hear it again.
    > 7
    7 is not a number from 1 to 3. Type one number.

    Answer with one number. Press Enter to hear it again.
    > =type

    How sure are you? Type sure, fairly or guessing, or press Enter to skip.
    > very
    That is none of the three. How sure you are never changes your score.

    How sure are you? Type sure, fairly or guessing, or press Enter to skip.
    > guessing

    Saved: 1, Type it.
    Saved: you are guessing.
    Not right: 0 of 1 point.
    The app can see it.
    Right is: 3, Open the page in the managed browser.
    Why: An app can see what happens on pages that it opens itself.
    More in: lesson 1, What apps collect, section Habits.

    Press Enter for the next question. Type read to read that section.
    > why
    Why: An app can see what happens on pages that it opens itself.
    More in: lesson 1, What apps collect, section Habits.

    Press Enter for the next question. Type read to read that section.
    > 

    Question 2 of 2, not answered.
    [law/second]
    Fill the gaps.
    Article (gap 1) asks for (gap 2).
    [number] Gap 1 of 2, one of these:
    1. [nine] 9
    2. [seven] 7

    Fill gap 1 with one number. Press Enter to hear it again.
    > 2
    Saved so far: Gap 1: 2, 7.
    Around gap 2: Article (gap 1) asks for (gap 2).
    [word] Gap 2 of 2, a word or a short text.

    Fill gap 2 with words. Press Enter to hear it again.
    > policy
    policy is a command, too. Type yes if it is your answer, or press Enter
    if it is not. To give the command, type /policy
    > =policy

    How sure are you? Type sure, fairly or guessing, or press Enter to skip.
    > 

    Saved:
    Gap 1: 2, 7. Right.
    Gap 2: policy. Right.
    Right: 1 of 1 point.

    Press Enter to hear how the check went.
    > 

    Knowledge check of lesson 1: passed, 1 of 2 right.

    Press Enter to read lesson 2, Two. Type retry to try what was not right
    again. Type review to hear all answers.
    > review

    Question 1 of 2.
    [habits/first]
    A page in an app asks for your work password.
    1. [type] Type it
    2. [wait] Wait a week
    3. [open] Open the page in the managed browser
    You answered: 1, Type it.
    You were guessing.
    Not right: 0 of 1 point.
    The app can see it.
    Right is: 3, Open the page in the managed browser.
    Why: An app can see what happens on pages that it opens itself.
    More in: lesson 1, What apps collect, section Habits.

    Press Enter for question 2, the last one here. Type return to leave the
    review. Type read to read that section.
    > 

    Question 2 of 2.
    [law/second]
    Fill the gaps.
    Article (gap 1) asks for (gap 2).
    [number] Gap 1 of 2, one of these:
    1. [nine] 9
    2. [seven] 7
    [word] Gap 2 of 2, a word or a short text.
    You answered:
    Gap 1: 2, 7. Right.
    Gap 2: policy. Right.
    Right: 1 of 1 point.

    No further answer follows. Press Enter to leave the review, or type back
    for the one before.
    > 

    End of the review.
    Knowledge check of lesson 1: passed, 1 of 2 right.

    Press Enter to read lesson 2, Two. Type retry to try what was not right
    again. Type review to hear all answers.
    > retry
    Options may stand in another order than before.

    Question 1 of 2, asked again, the last one for now.
    [habits/first]
    A page in an app asks for your work password.
    1. [type] Type it
    2. [open] Open the page in the managed browser
    3. [wait] Wait a week

    Answer with one number. Press Enter to hear it again.
    > =open, sure

    Saved: 2, Open the page in the managed browser.
    Saved: you are sure.
    Right: 1 of 1 point.
    Why: An app can see what happens on pages that it opens itself.
    More in: lesson 1, What apps collect, section Habits.

    Press Enter to hear how the check went. Type read to read that section.
    > 

    Knowledge check of lesson 1: passed, 2 of 2 right.

    Press Enter to read lesson 2, Two. Type review to hear all answers.
    > help

    Here:
    Enter goes on; while the check is not passed, it tries what was not
    right again, as retry always does. review: hear all questions and
    answers.
    quit: leave. Everything said to be saved stays saved, and the next start
    goes on with what is not done yet.
    repeat, or again: hear this again.
    contents: the course at a glance. help all: everything that can be
    typed.

    Press Enter to read lesson 2, Two. Type review to hear all answers.

    The input has ended. Everything said to be saved is safe. Goodbye.
    ");
}

#[test]
fn assessment_questions() {
    let mut world = read();
    let script = ["", "start", "flag", "", "list", "go 99", "submit", "no", "quit"];
    insta::assert_snapshot!(said(&mut world, 72, &script), @"
    Welcome back, Ada Example.

    Course: Phones at work. Version 1.0.0.
    Done: 23 percent. About 10 minutes left.
    Read: all lessons. Passed: the check of lesson 1.

    Press Enter to go to the assessment. Type contents to hear how every
    part stands, or help.
    > 

    Assessment: What you know.
    9 questions are drawn; every attempt is drawn anew.
    You pass with 60 percent of the points.
    There are 2 attempts in all.
    After an attempt that does not pass, you can try again in 30 minutes.
    Until you submit, every answer can be changed; the result comes after
    that.
    There is no time limit: stop at any moment, and go on later where you
    were.
    What was right is told after an attempt that passes, or after the last
    one.
    Partly right answers earn a part; where several are right, the share of
    wrong ones chosen is taken off that of right ones, down to nothing.
    Your completion record holds every attempt and its answers, the points
    of your knowledge checks, and how long you read and answered.

    Type start to begin an attempt, or contents to go back.
    > start
    Saved: the attempt has begun.

    Question 1 of 9, not answered.
    A call comes in.
    Situation 1: They ask for your code.
    1. Give it
    2. Hang up

    Answer with the number of what you decide. Press Enter for question 2,
    or type list for all questions.
    > flag
    Saved: question 1 is flagged, to come back to it.
    Situation 1: They ask for your code.
    1. Give it
    2. Hang up

    Answer with the number of what you decide. Press Enter for question 2,
    or type list for all questions.
    > 

    Question 2 of 9, not answered.
    What belongs together?
    Left side 1. Law
    Left side 2. Tip
    Right side 1. Neither
    Right side 2. Binding
    Right side 3. Friendly

    Answer with pairs of left and right, such as 1=3 2=1. Press Enter for
    question 3, or type list for all questions.
    > list

    Question 1: not answered, flagged.
    Questions 2 to 9: not answered.
    0 of 9 questions answered.

    Press Enter for question 1. Type go 3 for question 3, or submit to hand
    in.
    > go 99
    There is no question 99. There are questions 1 to 9.

    Press Enter for question 1. Type go 3 for question 3, or submit to hand
    in.
    > submit

    About to submit: 0 of 9 questions answered.
    Not answered, and earning nothing: 1 to 9.
    Flagged, to come back to: 1.

    After this no answer can be changed. Type submit again to submit, or
    press Enter to go back.
    > no
    Not submitted.

    Press Enter for question 1. Type go 3 for question 3, or submit to hand
    in.
    > quit

    Everything said to be saved is safe. Goodbye.
    ");
}

/// Questions of ten lessons said “by the lesson”, and nothing told which.
#[test]
fn a_question_names_the_lesson_that_it_is_about_where_it_is_asked_elsewhere() {
    let mut files = crate::course::files();
    let check = files.get_mut("quizzes/1.ron").expect("the check");
    let elsewhere = String::from_utf8(check.clone()).expect("UTF-8");
    *check =
        elsewhere.replacen("lesson: \"lessons/1.md#habits\"", "lesson: \"lessons/2.md\"", 1).into_bytes();
    let mut world = read();
    let places: Vec<String> = (1..=9).map(|number| format!("go {number}")).collect();
    let script: Vec<&str> =
        ["assessment", "start"].into_iter().chain(places.iter().map(String::as_str)).collect();
    let drawn = said(&mut world, 1000, &script);
    let line = |prompt: &str| {
        let before = drawn.split_once(&format!("\n{prompt}\n")).expect("it is drawn").0;
        before.rsplit('\n').next().unwrap_or_default().to_owned()
    };
    assert!(line("Which one?").ends_with(" of 9, from lesson 1, not answered."), "{drawn}");
    assert!(line("Which ones?").ends_with(" of 9, from lesson 2, not answered."), "{drawn}");
    // It is about no lesson.
    assert!(line("Is it so?").ends_with(" of 9, not answered."), "{drawn}");
    let mixed = std::sync::Arc::new(countersign::course::parse(files).expect("a course without faults"));
    let mixed = said(&mut crate::world::MadeUp::new(&mixed), 1000, &["Ada", "7", "", "", "", "check 1"]);
    assert!(mixed.contains("\nQuestion 1 of 2, from lesson 2, not answered.\n"), "{mixed}");
}

/// It named commands without the slash that they need there.
#[test]
fn help_names_commands_as_they_are_typed_where_words_are_asked_for() {
    let script = ["check 1", "help", "=type sure", "", "=seven", "help", "/read", "return", "/review"];
    let heard = parts(&talk(&mut begun(), 1000, &script).0);
    assert!(heard[1].contains("\nType your answer. review: ") && !heard[1].contains('/'), "{heard:?}");
    let words = "\nType your answer. /review: hear what you have answered so far. /read: read the lesson; return comes back to the check.\n";
    assert!(
        heard[5].contains(words)
            && heard[5].contains("makes it a command, such as /where, /notes or /return."),
        "{heard:?}"
    );
    assert!(heard[6].starts_with("Lesson 1 of 2"), "{heard:?}");
    assert!(heard[8].contains("Question 1 of 2"), "{heard:?}");
}

/// Who wanted to hear once more what they were about to do had said no to it.
#[test]
fn what_is_asked_once_more_can_be_heard_again() {
    let mut world = read();
    let heard =
        said(&mut world, 1000, &["assessment", "start", "submit", "repeat", "width 900", "submit again"]);
    for line in ["repeat", "width 900"] {
        let again = heard.split_once(&format!("> {line}\n")).expect("it was typed").1;
        let again = again.split("\n> ").next().unwrap_or_default();
        assert!(again.contains("About to submit: 0 of 9 questions answered."), "{line}: {heard}");
        assert!(again.contains("Type submit again to submit"), "{line}: {heard}");
    }
    assert!(!heard.contains("Not submitted."), "{heard}");
    let end = heard.split_once("> submit again\n").expect("it was typed").1;
    assert!(end.starts_with("Saved: the attempt is submitted."), "{heard}");
}

/// Once an attempt had begun, nobody heard how a wrong tick counts and what is needed to pass.
#[test]
fn during_an_attempt_it_can_be_heard_how_it_is_marked() {
    let questions: Vec<String> = (1..=9).map(|number| format!("go {number}")).collect();
    let asked = questions.iter().flat_map(|go| [go.as_str(), "/help"]);
    let script: Vec<&str> =
        ["assessment", "start"].into_iter().chain(asked).chain(["contents", "assessment"]).collect();
    let heard = parts(&talk(&mut read(), 1000, &script).0);
    let told = "The share of wrong ones chosen is taken off that of right ones, down to nothing.";
    for (question, help) in heard[2..20].chunks(2).map(|pair| (&pair[0], &pair[1])) {
        let are_several = question.contains("Answer with the numbers of all that are right");
        assert_eq!(help.contains(told), are_several, "{question}: {help}");
    }
    assert!(heard.concat().contains(told));
    assert!(heard[21].contains("You hear the result after that. To pass: 60 percent."), "{heard:?}");
}

/// They work there, and nobody was told.
#[test]
fn help_tells_where_one_is_and_the_way_back_from_the_list() {
    let mut world = read();
    let heard = said(&mut world, 1000, &["assessment", "start", "list", "help", "help all", "back"]);
    let answer = |line: &str| {
        let behind = heard.split_once(&format!("> {line}\n")).expect("it was typed").1;
        behind.split("\n> ").next().unwrap_or_default().to_owned()
    };
    assert!(answer("help").contains("back: the question that you left. list: this list again."), "{heard}");
    let all = answer("help all");
    let anywhere = all.split_once("Anywhere:\n").expect("it is told").1;
    let anywhere = anywhere.split("\n\n").next().unwrap_or_default();
    let place = "where: at which page or question you are, what of it is open, and how much of an attempt is answered.";
    assert!(anywhere.contains(place), "{all}");
    assert!(answer("back").contains("Question 1 of 9"), "{heard}");
}

/// It said that the questions come one after the other, and nothing of the gap.
#[test]
fn at_a_gap_back_says_how_to_come_to_the_one_before() {
    let mut world = begun();
    let script = ["check 1", "=open sure", "", "back", "next", "1", "back", "next"];
    let (said, _) = talk(&mut world, 1000, &script);
    let told: Vec<&str> = said.split("> back\n").skip(1).collect();
    assert!(told[0].starts_with("The questions of a check come one after the other."), "{said}");
    assert!(told[1].starts_with("For the gap before, type gap 1. The questions of a check"), "{said}");
    let told: Vec<&str> = said.split("> next\n").skip(1).collect();
    assert!(told[0].starts_with("For the next gap, type gap 2. The questions of a check"), "{said}");
    assert!(told[1].starts_with("The questions of a check come one after the other."), "{said}");
}
