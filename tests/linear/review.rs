//! What was answered is heard again, one question at a time.

use crate::screens::{begun, read};
use crate::talk::talk;
use crate::world::MadeUp;

/// What was said between the lines of `script`, without the prompts.
fn heard(world: &mut MadeUp, script: &[&str]) -> Vec<String> {
    let (said, ended) = talk(world, 1000, script);
    assert!(ended.is_ok(), "{ended:?}\n{said}");
    let without_prompt = |part: &str| {
        part.split_once('\n')
            .and_then(|(_, said)| said.rsplit_once("\n\n"))
            .map(|(said, _)| said.trim().to_owned())
    };
    said.split("\n> ").skip(1).map(|part| without_prompt(part).unwrap_or_default()).collect()
}

/// The questions that are said, by number.
fn questions(said: &str) -> Vec<&str> {
    said.lines().filter_map(|line| line.strip_prefix("Question ")?.strip_suffix(" of 9.")).collect()
}

/// Both attempts are handed in empty, so that the answers may be heard.
fn failed() -> MadeUp {
    let mut world = read();
    heard(&mut world, &["assessment", "start", "submit", "submit"]);
    world.clock.set(world.clock.get() + 31 * 60);
    heard(&mut world, &["assessment", "start", "start", "submit", "submit"]);
    world
}

/// Three hundred lines were said in one go, and no question could be heard by itself.
#[test]
fn the_answers_of_an_attempt_are_heard_one_by_one() {
    let mut world = failed();
    let script = [
        "assessment",
        "review",
        "",
        "go 7",
        "back",
        "repeat",
        "go 10",
        "7",
        "blue",
        "ids on",
        "all",
        "back",
        "next",
        "",
        "repeat",
    ];
    let heard = heard(&mut world, &script);
    let numbers: Vec<Vec<&str>> = heard.iter().map(|said| questions(said)).collect();
    let expected: [&[&str]; 15] = [
        &[],
        &["1"],
        &["2"],
        &["7"],
        &["6"],
        &["6"],
        &[],
        &[],
        &[],
        &["6"],
        &["7", "8", "9"],
        &["8"],
        &["9"],
        &[],
        &[],
    ];
    assert_eq!(numbers, expected, "{heard:#?}");
    assert_eq!(heard[6], "There is no question 10. There are questions 1 to 9.");
    assert_eq!(heard[7], "To go to a question, type go and its number, such as: go 7");
    assert!(heard[13].starts_with("End of the review.\n"), "{heard:#?}");
    assert!(heard[14].contains("Result: not passed."), "{heard:#?}");
}

#[test]
fn the_review_can_be_left_at_any_question() {
    let mut world = failed();
    let heard = heard(&mut world, &["assessment", "review", "back", "return", "review", "contents"]);
    assert_eq!(heard[2], "This is the first question.");
    assert!(heard[3].starts_with("End of the review.\n"), "{heard:#?}");
    assert_eq!(questions(&heard[4]), ["1"]);
    assert!(heard[5].contains("Course: "), "{heard:#?}");
}

/// They were heard when the check had ended, and not before.
#[test]
fn what_was_answered_so_far_is_heard_in_a_knowledge_check() {
    let (mut world, begun) = (MadeUp::new(&crate::course::course()), ["Ada", "7", "", "", "", "check 1"]);
    heard(&mut world, &begun);
    let heard = heard(&mut world, &["check 1", "review", "=type sure", "", "review", "go 2", ""]);
    assert!(heard[1].starts_with("No answer is handed in yet."), "{heard:#?}");
    assert!(heard[4].contains("Question 1 of 2.") && heard[4].contains("You answered: "), "{heard:#?}");
    assert_eq!(heard[5], "Question 2 is not answered yet.");
    assert!(heard[6].contains("Question 2 of 2, not answered."), "{heard:#?}");
}

/// `return` went on to the next question, and what was being heard about this one was not heard again.
#[test]
fn whoever_reads_on_an_answer_comes_back_to_it() {
    let ways: [&[&str]; 5] = [
        &["read"],
        &["read 2"],
        &["search apps", "found 1"],
        &["notes 1"],
        &["read", "lines 3", "notes 1", "return"],
    ];
    for way in ways {
        let mut world = MadeUp::new(&crate::course::course());
        let script = [
            &["Ada", "7", "", "", "", "read 2", "bookmark", "check 1", "=type sure"],
            way,
            &["return", "why", ""],
        ];
        let heard = heard(&mut world, &script.concat());
        let [.., returned, why, next] = heard.as_slice() else { panic!("{heard:#?}") };
        assert!(
            returned.contains("You answered: 1, Type it.") && returned.contains("Not right: "),
            "{way:?} {heard:#?}"
        );
        assert!(why.starts_with("Why: "), "{way:?} {heard:#?}");
        assert!(next.starts_with("Question 2 of 2, not answered."), "{way:?} {heard:#?}");
    }
}

#[test]
fn behind_the_last_answer_enter_still_leads_to_how_the_check_went() {
    let mut world = MadeUp::new(&crate::course::course());
    let answered =
        ["Ada", "7", "", "", "", "check 1", "=type sure", "", "=number=seven", "=policy", "fairly"];
    heard(&mut world, &[&answered[..], &["read 2", "ids on", "return", ""]].concat());
    let (said, _) = talk(&mut world, 72, &["check 1", "retry", "=open sure", "read", "return", "", "check"]);
    insta::assert_snapshot!(said.rsplit_once("> return").expect("it was typed").1, @r"


    Question 1 of 2.
    A page in an app asks for your work password.
    1. Type it
    2. Open the page in the managed browser
    3. Wait a week
    You answered: 2, Open the page in the managed browser.
    You were sure.
    Right: 1 of 1 point.
    Why: An app can see what happens on pages that it opens itself.
    More in: lesson 1, What apps collect, section Habits.

    Press Enter to hear how the check went. Type read to read that section.
    > 

    Knowledge check of lesson 1: passed, 2 of 2 right.

    Press Enter to read lesson 1, What apps collect, from its beginning.
    Type review to hear all answers.
    > check

    Knowledge check of lesson 1: passed, 2 of 2 right.

    Press Enter to read lesson 1, What apps collect, from its beginning.
    Type review to hear all answers.

    The input has ended. Everything said to be saved is safe. Goodbye.
    ");
}

/// The lesson that was opened last was read instead, and `return` led to the result.
#[test]
fn whoever_reads_on_a_reviewed_answer_comes_back_to_it() {
    let of_attempt = (failed(), &["assessment", "review"][..]);
    let mut of_check = MadeUp::new(&crate::course::course());
    let answered = ["Ada", "7", "", "", "", "check 1", "=type sure", "read 2"];
    heard(&mut of_check, &answered);
    for (mut world, to_review) in [of_attempt, (of_check, &["check 1", "review"])] {
        let heard = heard(&mut world, &[to_review, &["read", "return", "return"]].concat());
        let [.., reviewed, read, returned, left] = heard.as_slice() else { panic!("{heard:#?}") };
        assert!(read.contains("Heading: Habits") || !reviewed.contains("section Habits"), "{heard:#?}");
        assert_eq!(returned, reviewed);
        assert!(left.starts_with("End of the review."), "{heard:#?}");
    }
}

/// All of them had to be heard to find those that were not right.
#[test]
fn the_questions_of_a_result_that_are_not_right_are_named_and_gone_to() {
    let mut world = failed();
    let script = ["assessment", "go 7", "return", "go 10", "go 1", "back", "go 7", "read", "return"];
    let said = heard(&mut world, &script);
    let named = "Not answered: questions 1 to 9. Type go 1 to hear question 1 with its explanation.";
    assert!(said[0].contains(named), "{said:#?}");
    let numbers: Vec<Vec<&str>> = said.iter().map(|said| questions(said)).collect();
    assert_eq!(numbers[1], ["7"], "{said:#?}");
    assert!(said[2].contains("You are back at the result: not passed."), "{said:#?}");
    assert_eq!(said[3], "There is no question 10. There are questions 1 to 9.");
    for malformed in ["go", "go x", "go 0", "go 99999999999999999999"] {
        let said = heard(&mut world, &["assessment", malformed, "quit"]);
        assert!(said[1].contains("such as: go 7") || said[1].contains("There is no question"), "{said:#?}");
    }
    assert_eq!(numbers[4], ["1"], "{said:#?}");
    assert_eq!(said[5], "This is the first question.");
    assert_eq!(numbers[6], ["7"], "{said:#?}");
    assert_eq!(numbers[8], ["7"], "whoever reads on comes back to the answer: {said:#?}");

    // Another attempt draws from the same questions.
    let mut world = read();
    let script = ["assessment", "start", "submit", "submit", "go 7"];
    let said = heard(&mut world, &script);
    let result = said.last().map_or("", String::as_str);
    assert!(!said.concat().contains("Not answered: question"), "{said:#?}");
    assert!(result.contains("Another attempt draws from the same questions."), "{said:#?}");
}

/// What is wrong, what is partly right and what is open were one heap, and what is right stood among them.
#[test]
fn a_result_tells_wrong_answers_from_partly_right_and_open_ones() {
    let mut world = read();
    heard(&mut world, &["assessment", "start", "submit", "submit"]);
    world.clock.set(world.clock.get() + 31 * 60);
    let places: Vec<String> = (1..=9).map(|number| format!("go {number}")).collect();
    let visits = ["assessment", "start", "start"].into_iter().chain(places.iter().map(String::as_str));
    let begun = heard(&mut world, &visits.collect::<Vec<_>>());
    let number = |words: &str| {
        let place = begun[3..].iter().position(|said| said.contains(words));
        place.unwrap_or_else(|| panic!("{words}: {begun:#?}")) + 1
    };
    let go = |words: &str| format!("go {}", number(words));
    let (fine, order, story) = (go("How much was the fine?"), go("In which order?"), go("A call comes in."));
    let script = ["assessment", &fine, "530", &order, "=y x z", &story, "=give", "=hide", "submit", "submit"];
    let said = heard(&mut world, &script);
    let result = said.last().map_or("", String::as_str);
    assert!(result.contains(&format!("Not right: question {}", number("A call comes in."))), "{said:#?}");
    assert!(result.contains(&format!("Partly right: question {}", number("In which order?"))), "{said:#?}");
    assert!(result.contains("Not answered: questions "), "{said:#?}");
    let told = result.split("Type go").next().unwrap_or_default();
    assert!(!told.contains(&format!(" {},", number("How much was the fine?"))), "{said:#?}");
}

/// They were named, and nothing went there.
#[test]
fn what_is_worth_reading_again_is_gone_to_by_its_number() {
    let mut world = failed();
    let heard = heard(&mut world, &["assessment", "read again 1", "return", "read again 9", "read again"]);
    let [result, read, returned, beyond, bare] = heard.as_slice() else { panic!("{heard:#?}") };
    assert!(
        result.contains("Worth reading again:\n1. Lesson 1, What apps collect, section Habits.\n"),
        "{result}"
    );
    assert!(read.contains("Heading: Habits"), "{read}");
    assert!(returned.starts_with("You are back at the result: not passed."), "{returned}");
    assert!(beyond.starts_with("There is no number 9. There are numbers 1 to "), "{beyond}");
    assert!(bare.starts_with("Type read again and the number of a section"), "{bare}");
}

/// It offered to go back to the one before, and there was none.
#[test]
fn of_one_answer_no_other_one_is_offered() {
    let (mut world, begun) = (MadeUp::new(&crate::course::course()), ["Ada", "7", "", "", "", "check 1"]);
    heard(&mut world, &begun);
    let heard = heard(&mut world, &["check 1", "=type sure", "review"]);
    assert!(
        heard[2].contains(
            "There is no other question to look back at. Press Enter to leave the review. Type read"
        ),
        "{heard:#?}"
    );
}

/// It was said to be saved, and what was heard when it was said again was another answer.
#[test]
fn an_answer_that_is_worse_than_the_one_before_is_not_said_to_be_saved() {
    let mut world = begun();
    let first = ["check 1", "=open", "sure", "", "2", "=rules", "sure", ""];
    let said =
        heard(&mut world, &[&first[..], &["retry", "1", "=rules", "sure", "repeat", "", "review"]].concat());
    let at = |index: usize| said.get(first.len() + index).map_or("", String::as_str);
    assert!(said[first.len() - 1].contains("passed, 1 of 2 right, 1 partly"), "{said:#?}");
    let tried_again = at(3);
    assert!(tried_again.contains("You answered:\nGap 1: 1, 9."), "{tried_again}");
    assert!(tried_again.contains("Not right: 0 of 1 point."), "{tried_again}");
    assert!(
        tried_again.ends_with("Your earlier answer was better, so it is the one that is kept."),
        "{tried_again}"
    );
    let repeated = at(4);
    assert!(repeated.starts_with("This is your earlier answer, which is kept."), "{repeated}");
    assert!(repeated.contains("Gap 1: 2, 7. Right."), "{repeated}");
    assert!(at(5).contains("passed, 1 of 2 right, 1 partly"), "{}", at(5));
}

/// "That section" was that of the question whose answer was heard before all the others.
#[test]
fn behind_the_review_of_a_check_the_section_is_named_by_its_question() {
    let mut world = MadeUp::new(&crate::course::course());
    let script = ["Ada", "7", "", "", "", "check 1", "=type sure", "review", "", "read"];
    let (said, _) = talk(&mut world, 1000, &script);
    let heard = crate::talk::parts(&said);
    let section = "Press Enter for the next question. Type read to read ";
    assert!(heard[6].ends_with(&format!("{section}that section.")), "{heard:#?}");
    let named = format!("End of the review.\n\n{section}the section that question 1 is about.");
    assert!(heard[8].ends_with(&named), "{heard:#?}");
    assert!(heard[9].contains("Heading: Habits"), "{heard:#?}");
}

/// Behind the review of a check nothing was said of how it went, and behind that of the assessment all of it again.
#[test]
fn behind_a_review_it_is_said_in_short_how_it_went() {
    let mut world = failed();
    let mut script = ["assessment", "review", "return", "review", "read", "return", "return", "contents"];
    let said = heard(&mut world, &script);
    let went = "You are back at the result: not passed. Type repeat to hear all of it again.";
    assert_eq!(said[2], format!("End of the review.\n{went}"), "{said:#?}");
    assert_eq!(said[6], format!("End of the review.\n\n{went}"), "{said:#?}");
    script[0] = "check 1";
    let said = heard(&mut world, &script);
    let went = "Knowledge check of lesson 1: passed, 2 of 2 right.";
    assert_eq!(said[2], format!("End of the review.\n{went}"), "{said:#?}");
    assert_eq!(said[6], format!("End of the review.\n\n{went}"), "{said:#?}");
}
