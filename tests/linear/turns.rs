//! What is said to whoever leaves something half done, types a word of another program, or presses Enter once too often.

use std::sync::Arc;

use countersign::clock::Timestamp;
use countersign::course as courses;
use countersign::digest::Digest;
use countersign::training::Assigned;

use crate::course::{course, files};
use crate::screens::read;
use crate::talk::{listen, talk};
use crate::whole::right_line;
use crate::world::MadeUp;

/// All that was heard.
pub(crate) fn said(world: &mut MadeUp, script: &[&str]) -> String {
    let (said, ended) = talk(world, 1000, script);
    assert!(ended.is_ok(), "{ended:?}");
    said
}

/// What was said to the last line of this wording.
pub(crate) fn answer<'a>(said: &'a str, line: &str) -> &'a str {
    let (_, behind) =
        said.rsplit_once(&format!("> {line}\n")).unwrap_or_else(|| panic!("{line} was not typed in\n{said}"));
    behind.trim_start().split("\n\n").next().unwrap_or_default()
}

#[test]
fn enter_leads_round_in_no_circle_and_claims_nothing() {
    let mut world = read();
    let heard = said(&mut world, &["", "", "next", ""]);
    assert_eq!(heard.matches("Course: Phones at work.").count(), 1, "{heard}");
    assert_eq!(heard.matches("Enter alone begins no attempt.").count(), 3, "{heard}");
    assert_eq!(heard.matches("You pass with").count(), 1, "{heard}");

    let mut world = MadeUp::new(&course());
    let mut first = true;
    let (heard, _) = listen(&mut world, 72, |said| {
        let prompt = said.rsplit("\n\n").next().unwrap_or_default();
        if prompt.contains("Type agree") {
            return None;
        }
        let begun = prompt.contains("Press Enter to read lesson 1");
        if begun && std::mem::take(&mut first) { Some("ids on".to_owned()) } else { Some(right_line(said)) }
    });
    assert!(heard.contains("The statement that you are asked to agree to:"), "{heard}");
    let heard = said(
        &mut world,
        &["contents", "", "", "sign", "policy", "agree", "", "", "contents", "sign", "sign", "sign"],
    );
    assert!(heard.contains("Press Enter to hear the statement to agree to, or type help."), "{heard}");
    assert_eq!(heard.matches("Only the word agree does").count(), 1, "{heard}");
    assert_eq!(heard.matches("There is nothing to sign yet").count(), 1, "{heard}");
    assert_eq!(heard.matches("Enter alone signs nothing.").count(), 2, "{heard}");
    // It was "read the policy" in one line, and the statement in the other.
    let first = heard.split("\n> ").nth(1).unwrap_or_default();
    assert!(first.contains("\nNext: hear the statement to agree to.\n"), "{heard}");
    // It was still "to be read" there.
    assert!(first.contains("\nPolicy: read, to be agreed to.\n"), "{heard}");
    assert!(answer(&heard, "policy").contains("The statement that you are asked to agree to:"), "{heard}");
    assert!(heard.contains("What comes first: agree to the policy."), "{heard}");
    assert!(heard.contains("Less than a minute left.\nNext: come to the signature."), "{heard}");
    assert!(heard.contains("Press Enter to come to the signature, or type help.\n> sign\n"), "{heard}");
    assert_eq!(heard.matches("Your completion record holds every attempt and its answers,").count(), 2);
    assert_eq!(heard.matches("Saved: your completion record is signed.").count(), 1, "{heard}");
    assert!(answer(&heard, "sign").starts_with("Your completion record is signed already."), "{heard}");
}

#[test]
fn where_free_text_is_expected_a_line_that_begins_like_a_command_is_asked_about() {
    let mut world = MadeUp::new(&course());
    said(&mut world, &["Ada Example", "0042", "", "", ""]);
    let script = [
        "check 1",
        "=open sure",
        "",
        "=seven",
        "quit now",
        "",
        "define it",
        "put back",
        "menu",
        "quit now",
        "yes",
        "",
    ];
    let heard = said(&mut world, &script);
    // Neither of its words is a command, and it was handed in.
    let instead = "“define it” was not taken as your answer.\nput back is a command, too.";
    assert!(answer(&heard, "put back").starts_with(instead), "{heard}");
    let asks = "That begins with quit, which is a command. Type yes if it is your answer, or press Enter if it is not. \
                To give the command, type /quit";
    assert_eq!(heard.matches(asks).count(), 2, "{heard}");
    assert!(answer(&heard, "define it").starts_with("define it is a command, too."), "{heard}");
    assert!(answer(&heard, "menu").contains("\nmenu is a command, too."), "{heard}");
    assert!(heard.contains("Gap 2: quit now."), "{heard}");
    let quit = said(&mut world, &["check 1", "retry", "=seven", "/quit"]);
    assert!(quit.ends_with("> /quit\n\nEverything said to be saved is safe. Goodbye.\n"), "{quit}");
}

/// Of a check that was passed while more of it was asked again that was heard at its end alone.
#[test]
fn that_a_check_is_passed_is_said_before_what_is_left_of_it_is_asked_again() {
    let mut world = MadeUp::new(&course());
    said(&mut world, &["Ada", "7", "", "", ""]);
    let wrong = ["check 1", "=wait sure", "", "=nine", "nothing /sure", "", "", ""];
    let heard =
        said(&mut world, &[&wrong[..], &["=open sure", "", "contents", "check 1", "=seven"]].concat());
    let now = "The check is passed now. What is left is asked again; to leave it as it is, type contents.";
    assert!(answer(&heard, "=open sure").ends_with(now), "{heard}");
    assert!(!answer(&heard, "=wait sure").contains("passed"), "{heard}");
    let again = heard.rsplit_once("> check 1\n").expect("it was typed").1;
    let already = "Knowledge check of lesson 1: What apps collect. It is passed already; what was not right is asked again.";
    assert!(again.trim_start().starts_with(already), "{heard}");
    // At its end that is the first that is said, once.
    let last = said(&mut world, &["check 1", "support", "sure", ""]);
    assert!(!last.contains("passed now"), "{last}");
    assert!(last.contains("\nKnowledge check of lesson 1: passed, 2 of 2 right."), "{last}");
}

/// “Press Enter to try again what was not right” led to how the check went, and Enter had to be pressed twice.
#[test]
fn enter_leads_back_to_a_check_that_is_not_passed_and_says_so() {
    let mut world = MadeUp::new(&course());
    said(&mut world, &["Ada", "7", "", "", ""]);
    let heard = said(
        &mut world,
        &["read 1", "all", "check 1", "=wait sure", "", "=nine", "nothing /sure", "", "contents", ""],
    );
    let (contents, check) = heard.rsplit_once("> \n").expect("Enter");
    let told = "Press Enter to go back to the knowledge check of lesson 1, What apps collect, which is not passed yet, or type help.";
    assert!(contents.ends_with(&format!("{told}\n")), "{heard}");
    assert!(check.contains("Knowledge check of lesson 1: not passed yet, 0 of 2 right"), "{heard}");
}

#[test]
fn words_of_other_programs_do_what_is_meant() {
    let mut world = read();
    let heard = said(
        &mut world,
        &["start", "begin", "overview", "go 1", "review", "blue", "go back", "agree", "home"],
    );
    assert!(heard.contains("> begin\nSaved: the attempt has begun."), "{heard}");
    assert!(answer(&heard, "overview").starts_with("Questions 1 to 9: not answered."), "{heard}");
    assert_eq!(
        answer(&heard, "review"),
        "What was right is told after an attempt that passes, or after the last one. Type list to hear how every question stands.\n\
         Situation 1: They ask for your code.\n1. Give it\n2. Hang up"
    );
    let commands = "To go elsewhere, type next, back, list for all questions, go and a number, or submit; help says more.";
    assert!(answer(&heard, "blue").contains(commands), "{heard}");
    let elsewhere = "That is for the statement of the policy: type policy to go there.";
    assert!(answer(&heard, "agree").starts_with(elsewhere), "{heard}");
    assert!(answer(&heard, "go back").starts_with("This is the first question."), "{heard}");
    assert!(answer(&heard, "home").starts_with("Course: Phones at work."), "{heard}");
    assert!(heard.contains("Press Enter for question 2, or type list for all questions."), "{heard}");
    let heard = said(&mut world, &["read 2", "again", "menu"]);
    assert_eq!(heard.matches("Title: Two").count(), 2, "{heard}");
}

#[test]
fn help_says_what_is_of_use_here_and_help_all_the_rest() {
    let mut world = read();
    let heard = said(&mut world, &["", "start", "help", "help all"]);
    let help = answer(&heard, "help");
    assert!(help.contains("flag: mark the question") && help.contains("A story: one decision"), "{help}");
    assert!(!help.contains("True or false: its number, or t or f.") && !help.contains("=open"), "{help}");
    assert!(help.lines().count() < 12, "{help}");
    assert!(
        help.contains("quit: leave.") && help.contains("help all: everything that can be typed."),
        "{help}"
    );
    let (_, all) = heard.rsplit_once("> help all\n").expect("it was typed");
    for words in [
        "flag: mark the question",
        "True or false: its number, or t or f.",
        "id:open",
        "width 40",
        "quit: leave.",
        // It was said to be everything, and was what can be typed here and anywhere.
        "\nWhile you read:\n",
        "note and your words",
        "headings: list the headings.",
        "\nAt the statement of the policy:\nagree agrees",
        "\nAt the signature:\nsign signs",
        "export writes a certificate to print. verify:",
    ] {
        assert!(all.contains(words), "{words}: {all}");
    }
}

#[test]
fn the_question_about_certainty_takes_commands() {
    let mut world = MadeUp::new(&course());
    said(&mut world, &["Ada Example", "0042", "", "", ""]);
    let heard = said(&mut world, &["check 1", "=open", "back", "", "help", "skip"]);
    let back = answer(&heard, "back");
    assert!(back.starts_with("Your answer is not handed in yet, and can still be changed."), "{heard}");
    assert!(answer(&heard, "help").starts_with("Here:\nsure, fairly or guessing."), "{heard}");
    assert!(answer(&heard, "skip").contains("Right: 1 of 1 point."), "{heard}");
}

/// Asked for alone it was said to be saved, typed with the answer it was not.
#[test]
fn a_certainty_that_is_typed_with_the_answer_is_said_to_be_saved() {
    let mut files = files();
    let bank = files.get_mut("quizzes/bank.ron").expect("the assessment");
    let asked = String::from_utf8(bank.clone()).expect("UTF-8");
    *bank = asked.replacen("questions:", "ask_certainty: true, questions:", 1).into_bytes();
    let mut world = MadeUp::new(&Arc::new(courses::parse(files).expect("a course without faults")));
    said(&mut world, &["Ada Example", "0042", "", "", ""]);
    said(&mut world, &["read 1", "", "", "=open sure", "", "=seven", "support", "", "", "read 2", ""]);
    let answers = (1..=9).flat_map(|number| [format!("go {number}"), "1 guessing".to_owned()]);
    let script: Vec<String> = ["assessment", "start"].map(str::to_owned).into_iter().chain(answers).collect();
    let heard = said(&mut world, &script.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(heard.contains(".\nSaved: you are guessing.\n"), "{heard}");
}

#[test]
fn what_came_of_decisions_is_said_with_their_numbers() {
    let mut world = read();
    said(&mut world, &["assessment", "start", "submit", "submit"]);
    world.clock.set(world.clock.get() + 31 * 60);
    let (heard, _) = listen(&mut world, 1000, |said| {
        let lines: Vec<&str> = said.lines().collect();
        let begun = said.contains("Saved: the attempt has begun.");
        let number = lines.iter().rev().find_map(|line| line.strip_suffix(". Give it"));
        Some(match number {
            _ if said.contains("End of the review.") => return None,
            _ if said.contains("> review") => String::new(),
            _ if said.contains("No attempt is left.") => "review".to_owned(),
            _ if !said.contains("> assessment") => "assessment".to_owned(),
            _ if !begun => "start".to_owned(),
            Some(number) if said.contains("Saved so far") => {
                assert!(!number.is_empty());
                "submit".to_owned()
            }
            Some(number) => number.to_owned(),
            None => String::new(),
        })
    });
    let review = heard.split_once("> review").expect("it was typed").1;
    // What was asked was not said any more.
    let decided = "\nSituation 1: They ask for your code.\nDecision 1: Give it. Not right. Never.\nRight is: Hang up.\n\
                   Situation 2: It is over.\nDecision 2: nothing. Right is: Report it.\n";
    assert!(review.contains(decided) && review.contains("\nGap 2 of 2, "), "{heard}");
}

#[test]
fn what_somebody_may_try_is_answered_in_words() {
    let mut world = read();
    let submitted = said(&mut world, &["", "start", "submit", "help", "submit", "submit"]);
    assert!(submitted.contains("Here:\nsubmit again, or submit, hands in the attempt."), "{submitted}");
    world.clock.set(world.clock.get() + 3600);
    let next_attempt = said(&mut world, &["assessment", "review"]);
    let later =
        "What was right is told after an attempt that passes, or after the last one. Another attempt draws";
    assert!(answer(&next_attempt, "review").starts_with(later), "{next_attempt}");

    let mut world = read();
    let list = ["", "start", "2", "", "list", "go 99", "go 2", "gap 2"];
    let said_at_questions = said(&mut world, &list);
    // Once for the list, and not again for whoever goes to the next one from there.
    assert_eq!(
        said_at_questions.matches("Question 1 stays partly answered").count(),
        1,
        "{said_at_questions}"
    );
    assert_eq!(answer(&said_at_questions, "gap 2"), "This question has no gaps.");

    let everywhere: Vec<String> =
        (1..=9).flat_map(|number| [format!("go {number}"), "gap 9".to_owned()]).collect();
    let everywhere: Vec<&str> = [""].into_iter().chain(everywhere.iter().map(String::as_str)).collect();
    let gaps = said(&mut world, &everywhere);
    assert_eq!(gaps.matches("There is no gap 9. There are gaps 1 to 2.").count(), 1, "{gaps}");

    let found = said(&mut world, &["search \"apps take\"", "search “nowhere at all”"]);
    let without =
        "Quotation marks are looked for, too. Without them, it is there 1 time. Type: search apps take";
    assert!(answer(&found, "search \"apps take\"").ends_with(without), "{found}");
    assert_eq!(found.matches("Quotation marks").count(), 1, "{found}");
}

/// "For the learner to read", and no learner heard it.
#[test]
fn why_somebody_was_asked_is_said_with_the_day() {
    let mut world = MadeUp::new(&course());
    said(&mut world, &["Ada", "7", "", "", ""]);
    world.assigned = Some(Assigned {
        id: "urn:uuid:00000000-0000-4000-8000-000000000000".to_owned(),
        digest: Digest::of(b"assignment"),
        nonce: "n".repeat(22),
        due: Timestamp::from_unix(1_900_000_000).expect("in range"),
        deliver_to: "hr@example.org".to_owned(),
        reason: Some("You have a new phone".to_owned()),
    });
    let said = said(&mut world, &["status"]);
    assert_eq!(
        said.matches("Due on 2030-03-17 (here until 2030-03-17 17:46 UTC).\nWhy you were asked: You have a new phone.\n").count(),
        2,
        "{said}"
    );
}

/// What was read from the statement led to the contents, and nobody was told a way back.
#[test]
fn from_the_statement_the_policy_is_read_and_come_back_from_and_a_yes_signs_nothing() {
    let mut world = read();
    let mut told = Vec::new();
    let (said, ended) = listen(&mut world, 1000, |said| {
        let last = said.trim_end().lines().last().unwrap_or_default().to_owned();
        let typed = |line: &str| said.contains(&format!("> {line}\n"));
        let line = if !typed("ids on") {
            "ids on".to_owned()
        } else if last.starts_with("Type agree") && !typed("read") {
            "read".to_owned()
        } else if last.contains("This is the end of the policy") && typed("read") {
            told.push(last);
            "return".to_owned()
        } else if last.starts_with("Type sign") && !typed("yes") {
            "yes".to_owned()
        } else {
            right_line(said)
        };
        Some(line)
    });
    assert!(ended.is_ok(), "{ended:?}\n{said}");
    assert!(
        told.iter().any(|prompt| prompt.ends_with("Type return to go back to where you came from.")),
        "{told:?}"
    );
    assert!(answer(&said, "return").starts_with("The statement that you are asked to agree to:"), "{said}");
    assert!(answer(&said, "yes").starts_with("That does not sign. Only the word sign does"), "{said}");
}

/// A page that was pasted by mistake was said back, two hundred lines of it.
#[test]
fn of_what_was_typed_a_few_words_are_said_back() {
    let mut world = read();
    let long = "x".repeat(9_000);
    let line = |before: &str, behind: &str| format!("{before}{long}{behind}");
    let script = [
        line("", ""),
        line("search ", ""),
        line("define ", ""),
        "read 1".to_owned(),
        line("open ", ""),
        "assessment".to_owned(),
        "start".to_owned(),
        // A question of every kind.
        line("", ""),
        line("=", ""),
        "list".to_owned(),
        line("go 0", ""),
        format!("{}7", "0".repeat(9_000)),
    ];
    let every =
        (2..=9).flat_map(|number| [format!("go {number}"), line("", ""), line("=", ""), line("1=", "")]);
    let script: Vec<String> = script.into_iter().chain(every).collect();
    let said = said(&mut world, &script.iter().map(String::as_str).collect::<Vec<_>>());
    let longest = said.lines().filter(|line| !line.starts_with('>')).map(str::len).max();
    assert!(longest.is_some_and(|longest| longest < 500), "{longest:?}");
    assert!(said.contains("“xxx") && said.contains("x… is not a number from 1 to "), "nothing was said back");
}

/// With long pages, a whole lesson was said again, which has no identifiers.
#[test]
fn identifiers_are_not_said_beside_a_lesson_so_nothing_of_it_is_said_again() {
    let mut world = read();
    let heard = said(&mut world, &["read 1", "ids on", "ids off", "assessment", "start", "ids on"]);
    assert_eq!(heard.matches("Title: What apps collect").count(), 1, "{heard}");
    assert_eq!(heard.matches("Question 1 of 9, ").count(), 2, "{heard}");
    assert!(heard.ends_with('\n') && heard.contains("\n[habits/"), "{heard}");
}

/// "For now, nothing comes next" was said for ever, and no word of the attempt that could begin.
#[test]
fn who_waits_for_the_next_attempt_is_told_when_it_can_begin() {
    let mut world = read();
    let mut script = vec!["assessment", "start", "submit", "submit", "help", ""];
    // Half an hour goes by.
    script.extend(["status"; 950]);
    script.extend(["repeat", ""]);
    let heard = said(&mut world, &script);
    let waits = heard.find("For now, nothing comes next.");
    let begins = heard.find("The next attempt can begin. Press Enter to hear its rules.");
    assert!(waits.is_some() && waits < begins, "{heard}");
    let (_, rules) = heard.rsplit_once("> \n").expect("Enter");
    assert!(
        rules.contains("You pass with 60 percent") && rules.contains("Type start to begin an attempt"),
        "{heard}"
    );
    // The result was heard before.
    assert!(!rules.contains("Result: not passed."), "{heard}");
}

/// Each way back from the lesson said how a check goes, four lines of it.
#[test]
fn how_a_check_goes_is_said_when_it_begins() {
    let mut world = MadeUp::new(&course());
    let said =
        said(&mut world, &["Ada", "7", "", "", "", "check 1", "read", "return", "contents", "check 1"]);
    assert_eq!(said.matches("You hear after every answer whether it was right").count(), 1, "{said}");
    let title = "Knowledge check of lesson 1: What apps collect.";
    assert!(
        said.rsplit("> check 1").next().is_some_and(|last| last.trim_start().starts_with(title)),
        "{said}"
    );
    assert_eq!(said.matches(title).count(), 3, "{said}");
}

/// It was said that something does nothing here, or that something was taken back that nobody had begun.
#[test]
fn in_a_check_it_is_said_how_its_questions_come() {
    let mut world = MadeUp::new(&course());
    said(&mut world, &["Ada", "7", "", "", ""]);
    for typed in ["next", "back", "list", "go 2", "retry"] {
        let heard = said(&mut world, &["check 1", typed]);
        assert!(
            answer(&heard, typed).starts_with("The questions of a check come one after the other."),
            "{heard}"
        );
    }
    let heard = said(&mut world, &["check 1", "clear"]);
    assert!(answer(&heard, "clear").starts_with("Nothing is begun here"), "{heard}");
    let heard = said(&mut world, &["check 1", "=open fairly sure", "", "=seven", "clear"]);
    assert!(heard.contains("You were") || heard.contains("Right: 1 of 1 point."), "{heard}");
    assert!(answer(&heard, "clear").starts_with("Saved: what you began is taken back."), "{heard}");
    let mut world = read();
    let heard = said(&mut world, &["assessment", "start", "clear"]);
    assert!(answer(&heard, "clear").starts_with("Question 1 is not answered, so there"), "{heard}");
}

/// Whoever asked for it while reading was taken to the contents.
#[test]
fn a_locked_assessment_leads_nowhere() {
    let mut world = MadeUp::new(&course());
    let heard = said(&mut world, &["Ada", "7", "", "", "", "read 2", "assessment"]);
    let locked = answer(&heard, "assessment");
    assert!(
        locked.starts_with("Assessment: locked. This comes first:\n- Read")
            || locked.contains("\n- read lesson 1"),
        "{heard}"
    );
    assert!(!locked.contains("Course: ") && heard.trim_end().contains("Page 1 of 1."), "{heard}");
}

/// They were told to type go and the number of a question, which they had.
#[test]
fn of_a_number_that_does_not_exist_it_is_said_which_there_are() {
    let mut world = read();
    let script = [
        "read 0",
        "check 0",
        "read 1",
        "page 0",
        "page 7",
        "heading 0",
        "heading 9",
        "open 0",
        "assessment",
        "start",
        "go 0",
        "go 10",
        "list",
        "go 0",
    ];
    let heard = said(&mut world, &script);
    let check = |line: &str, expected: &str| {
        let found = heard.split(&format!("> {line}\n")).nth(1).unwrap_or_default();
        assert!(found.starts_with(expected), "{line}: {heard}");
    };
    check("read 0", "There is no lesson 0. The course has lessons 1 to 2.");
    check("check 0", "There is no check 0. The course has lessons 1 to 2.");
    check("page 0", "There is no page 0: there is page 1 alone.");
    check("page 7", "There is no page 7: there is page 1 alone.");
    check("heading 0", "There is no heading 0. There are headings 1 to 3.");
    check("heading 9", "There is no heading 9. There are headings 1 to 3.");
    check("open 0", "There is no such link. The text has one link.");
    check("go 0", "There is no question 0. There are questions 1 to 9.");
    check("go 10", "There is no question 10. There are questions 1 to 9.");
    assert_eq!(heard.matches("There is no question 0.").count(), 2, "{heard}");
}
