//! The way back from a text leads to where one was, and says so in a line.

use crate::course::course;
use crate::screens::{begun, read};
use crate::talk::{heard, listen, parts, talk};
use crate::whole::right_line;
use crate::world::MadeUp;

/// What was said to each line, in the order of the script.
/// All that was said to somebody who passes the assessment and types the script at the result, and what was said to each line of that.
fn heard_at_the_result(script: &[&str]) -> (String, Vec<String>) {
    let (mut script, mut first) = (script.iter(), true);
    let (said, _) = listen(&mut read(), 1000, |said| {
        if said.contains("Result: passed.") {
            return script.next().map(|line| (*line).to_owned());
        }
        let begins = !said.contains("> ");
        Some(match (begins, std::mem::take(&mut first)) {
            (true, true) => "ids on".to_owned(),
            _ => right_line(said),
        })
    });
    let parts = parts(said.split_once("Result: passed.").expect("it was passed").1);
    (said, parts)
}

/// All of the rules were said again, or all of the result.
#[test]
fn who_comes_back_from_a_section_to_read_again_hears_where_they_are() {
    let mut world = read();
    let script = ["assessment", "start", "submit", "submit", "read again 1", "return", "repeat"];
    let waiting = heard(&mut world, &script);
    let back = "You are back at the result: not passed. Type repeat to hear all of it again.";
    assert!(waiting[5].starts_with(back) && !waiting[5].contains("Worth reading again"), "{}", waiting[5]);
    assert!(waiting[6].contains("Worth reading again:"), "{}", waiting[6]);

    // It was said where they are, or that nothing comes next, and not when something does.
    let not_yet = heard(&mut world, &["assessment", "start", "", "sign"]);
    for (part, begins) in [(1, "No attempt can begin now.\n"), (2, "For now, nothing comes next.\n")] {
        assert!(
            not_yet[part].starts_with(&format!("{begins}The next attempt can begin in 30 minutes, at ")),
            "{not_yet:#?}"
        );
    }
    assert!(
        not_yet[3].starts_with(
            "There is nothing to sign yet. What comes first: wait until the next attempt can begin, at "
        ),
        "{not_yet:#?}"
    );

    world.clock.set(world.clock.get() + 31 * 60);
    let script = [
        "assessment",
        "read again 1",
        "read again",
        "read again 2",
        "return",
        "",
        "read again 1",
        "return",
        "repeat",
        "start",
        "read 1",
        "return",
    ];
    let ready = heard(&mut world, &script);
    // All of the rules stood between the list and the prompt.
    let rules = "There is no time limit";
    let offer = "Press Enter to hear its rules. Type read again and a number to read a section.";
    assert!(ready[0].contains("Worth reading again:") && !ready[0].contains(rules), "{}", ready[0]);
    assert!(ready[0].ends_with(offer), "{}", ready[0]);
    // For each of them one had to go back first.
    assert!(ready[1].starts_with("Lesson 1 of 2") && ready[3].starts_with("Lesson 2 of 2"), "{ready:#?}");
    let beside =
        "Press Enter to go back to where you came from. Type read again and a number for another section.";
    assert!(ready[1].ends_with(beside) && !ready[10].contains("another section"), "{ready:#?}");
    assert!(ready[2].starts_with("Type read again and the number of a section"), "{}", ready[2]);
    assert!(ready[4].starts_with(back) && ready[4].ends_with(offer), "{}", ready[4]);
    assert!(ready[5].contains(rules) && !ready[5].contains("Worth reading again:"), "{}", ready[5]);
    let back = "You are back before the next attempt. Type repeat to hear your result, what is worth reading again, and the rules.";
    assert!(ready[7].starts_with(back) && !ready[7].contains(rules), "{}", ready[7]);
    assert!(
        ready[7].contains("read again 1 to read the first of the sections worth reading again, or"),
        "{}",
        ready[7]
    );
    assert!(ready[8].contains("Worth reading again:") && ready[8].contains(rules), "{}", ready[8]);
    assert!(ready[11].starts_with("You are back at the assessment.\n\nQuestion 1 of 9"), "{}", ready[11]);
    // Who comes from elsewhere hears how it stands.
    let anew = heard(&mut world, &["assessment"]);
    assert!(anew[0].starts_with("Assessment, attempt 2: 0 of 9 questions answered."), "{}", anew[0]);
}

/// It led to the contents.
#[test]
fn from_a_lesson_that_was_opened_at_the_certificate_one_comes_back_to_it() {
    let mut world = MadeUp::new(&course());
    let mut script = ["read 1", "return", "policy", "return", "", "quit"].into_iter();
    let mut first = true;
    let (said, _) = listen(&mut world, 1000, |said| {
        if said.contains("Certificate of completion.") {
            return script.next().map(str::to_owned);
        }
        let begun = said.contains("Press Enter to read lesson 1");
        Some(if begun && std::mem::take(&mut first) { "ids on".to_owned() } else { right_line(said) })
    });
    let parts = parts(said.split_once("Certificate of completion.").expect("a certificate").1);
    let back = "You are back at the certificate. Press Enter to hear it again.";
    assert!(parts[1].starts_with(back) && !parts[1].contains("Its fingerprint"), "{said}");
    assert!(parts[2].contains("return to go back to where you came from"), "{said}");
    assert!(parts[3].contains("Certificate of completion.") || parts[3].starts_with(back), "{said}");
    assert!(parts[4].contains("Its fingerprint is:"), "{said}");
}

/// There was no way back from the policy.
#[test]
fn from_the_policy_one_comes_back_to_the_page_of_a_lesson() {
    let mut world = begun();
    let script =
        ["lines 5", "read 1", "next", "policy", "return", "where", "policy", "read", "return", "", "where"];
    let locked = heard(&mut world, &script);
    let prompt = "Press Enter to go back to where you came from. Type read to read the policy.";
    assert!(locked[3].ends_with(prompt), "{}", locked[3]);
    for (index, part) in locked.iter().enumerate().filter(|(index, _)| [5, 10].contains(index)) {
        assert!(part.starts_with("This is page 2 of 5 of lesson 1, "), "{index}: {part}");
    }
    // From the contents it leads there.
    let (said, _) = talk(&mut world, 1000, &["contents", "policy", "return"]);
    assert!(said.contains("Press Enter to go back to the contents."), "{said}");
}

/// What is read to be agreed to leads on to the statement, and `return` from both to where one was.
#[test]
fn the_way_back_lasts_from_the_policy_to_its_statement() {
    let script = ["read 2", "policy", "return", "policy", "", "return", "where", "repeat", "return"];
    let (said, parts) = heard_at_the_result(&script);
    assert!(parts[1].contains("Keep work data in its place."), "{said}");
    assert!(parts[1].ends_with("Type return to go back to where you came from."), "{said}");
    assert!(parts[2].starts_with("Lesson 2 of 2."), "{said}");
    assert!(parts[4].ends_with("or return to go back without agreeing."), "{said}");
    assert!(parts[6].starts_with("This is page 1 of 1 of lesson 2, "), "{said}");
    assert!(parts[8].starts_with("You are back at the result: passed."), "{said}");
}

/// `read` in the policy read the lesson that was read before, and after `read 2` the contents were all there was to go back to.
#[test]
fn from_the_policy_read_reads_it_again_and_a_lesson_leads_back_to_it() {
    let script = [
        "read 1", "return", "policy", "read", "read 2", "read 1", "return", "return", "", "read", "read 2",
        "return", "",
    ];
    let (said, parts) = heard_at_the_result(&script);
    let is_policy = |part: &str| part.contains("Keep work data in its place.");
    assert!(is_policy(&parts[2]) && is_policy(&parts[3]), "{said}");
    assert!(
        parts[3].ends_with(
            "Press Enter to hear the statement to agree to. Type return to go back to where you came from."
        ),
        "{said}"
    );
    assert!(parts[4].starts_with("Lesson 2 of 2.") && parts[5].starts_with("Lesson 1 of 2."), "{said}");
    assert!(parts[6].starts_with("Lesson 2 of 2.") && is_policy(&parts[7]), "{said}");
    let statement = "The statement that you are asked to agree to:";
    assert!(parts[8].starts_with(statement), "{said}");
    // From where it is read again, too.
    assert!(is_policy(&parts[9]) && parts[10].starts_with("Lesson 2 of 2."), "{said}");
    assert!(is_policy(&parts[11]) && parts[12].starts_with(statement), "{said}");
}

/// It led to the contents, and from there to the lesson after the one that had been left.
#[test]
fn return_leads_from_lesson_to_lesson_and_further_back() {
    let script = [
        "lines 5", "read 1", "next", "read 2", "read 2", "read 1", "return", "return", "where", "return",
        "return",
    ];
    let heard = heard(&mut begun(), &script);
    let told = "Type return to go back to where you came from.";
    assert!(heard[3].ends_with(told) && !heard[2].ends_with(told), "{heard:?}");
    assert!(heard[6].starts_with("Lesson 2 of 2."), "{}", heard[6]);
    // A lesson that is opened where one is in it already is no way.
    assert!(heard[7].contains("\n\nPage 2 of 5. ") && !heard[7].ends_with(told), "{}", heard[7]);
    assert!(heard[8].starts_with("This is page 2 of 5 of lesson 1, "), "{}", heard[8]);
    assert!(heard[10].starts_with("You are at the contents."), "{}", heard[10]);
}

/// Every page behind it named a way back to the sources, and after 64 lessons there was none any more.
#[test]
fn who_goes_on_by_the_number_of_the_next_lesson_goes_on_as_with_enter() {
    let told = "Type return to go back to where you came from.";
    let script = ["check 1", "=open sure", "", "=seven", "law", "", "contents", "read 1", "read 2"];
    let heard = heard(&mut begun(), &script);
    assert!(heard[7].contains("This is the end of lesson 1. Press Enter to read lesson 2"), "{heard:?}");
    assert!(heard[8].starts_with("Lesson 2 of 2.") && !heard[8].contains(told), "{heard:?}");
}

/// The prompt said so, and was said again behind what was heard beside it.
#[test]
fn return_goes_where_the_prompt_says_whatever_was_heard_beside_it() {
    let heard = heard(&mut begun(), &["lines 5", "read 2", "read 1", "where", "return"]);
    assert!(heard[3].ends_with("Type return to go back to where you came from."), "{heard:?}");
    assert!(heard[4].starts_with("Lesson 2 of 2."), "{heard:?}");
}

/// It led out of the text, to whoever asked for a term or a list on a page and had heard it there.
#[test]
fn return_from_what_was_heard_beside_a_page_leads_to_the_page() {
    let asides = [
        "glossary",
        "define consent",
        "define",
        "links",
        "links all",
        "notes",
        "headings",
        "where",
        "status",
        "search apps",
        "settings",
        "sources",
        "open F001",
        "open 99",
        "address 99",
        "help",
        "help all",
    ];
    for aside in asides {
        let script = ["lines 5", "read 1", "next", aside, "return", "return"];
        let heard = heard(&mut begun(), &script);
        assert!(
            heard[4].starts_with("You are still on page 2 of lesson 1.\n\nPage 2 of 5. "),
            "{aside}: {heard:?}"
        );
        assert!(heard[5].starts_with("You are at the contents."), "{aside}: {heard:?}");
    }
    // Where nothing else was heard it goes at once, and so it does behind what was done.
    for other in ["repeat", "page 1", "page 99", "bookmark", "note a word of my own"] {
        let heard = heard(&mut begun(), &["lines 5", "read 1", "next", "links", other, "return"]);
        assert!(heard[5].starts_with("You are at the contents."), "{other}: {heard:?}");
    }
    // At a question, too.
    let heard = heard(&mut begun(), &["check 1", "glossary", "return", "return"]);
    assert!(heard[2].starts_with("You are still at question 1 of 2 in the knowledge check of lesson 1, not answered.\n\nAnswer with "), "{heard:?}");
    assert!(heard[3].starts_with("You are at the contents."), "{heard:?}");
    // What comes before something that is not there yet was heard beside it, too.
    for aside in ["assessment", "certificate", "export", "verify"] {
        let heard = self::heard(&mut begun(), &["read 1", aside, "return", "return"]);
        assert!(heard[2].starts_with("You are still on page 1 of lesson 1."), "{aside}: {heard:?}");
        assert!(heard[3].starts_with("You are at the contents."), "{aside}: {heard:?}");
    }
}

/// It read all of the contents, or did nothing.
#[test]
fn return_leads_from_a_question_to_where_one_came_from_and_says_so_in_a_sentence() {
    let contents = "You are at the contents. Type repeat to hear how everything stands.\n\nPress Enter to ";
    let mut world = begun();
    let script = [
        "lines 5", "read 1", "all", "", "return", "", "3", "/return", "", "sure", "return", "contents",
        "check 1", "return", "repeat",
    ];
    let heard = heard(&mut world, &script);
    let lesson = "You are back in lesson 1, What apps collect.\n\nPage 5 of 5. This is the end of lesson 1. Press Enter to ";
    assert!(heard[3].contains("Question 1 of 2, not answered."), "{}", heard[3]);
    assert!(heard[4].starts_with(&format!("{lesson}take the knowledge check")), "{}", heard[4]);
    assert!(heard[6].starts_with("How sure are you?"), "{}", heard[6]);
    assert!(heard[7].starts_with("Your answer is not handed in yet"), "{}", heard[7]);
    // Behind an answer that was handed in, too.
    assert!(heard[10].starts_with(&format!("{lesson}go on with the knowledge check")), "{heard:?}");
    assert!(heard[13].starts_with(contents), "{}", heard[13]);
    assert!(heard[14].starts_with("Course: Phones at work."), "{}", heard[14]);
}

#[test]
fn return_leads_from_a_question_of_the_assessment_to_the_list_or_the_contents() {
    let mut world = read();
    let contents = "You are at the contents.";
    let script = [
        "assessment",
        "return",
        "",
        "start",
        "return",
        "assessment",
        "list",
        "go 3",
        "return",
        "return",
        "return",
    ];
    let heard = heard(&mut world, &script);
    for index in [1, 4, 10] {
        assert!(heard[index].starts_with(contents), "{index}: {}", heard[index]);
    }
    assert!(heard[7].starts_with("Question 3 of 9"), "{}", heard[7]);
    assert!(heard[8].starts_with("Questions 1 to 9: not answered."), "{}", heard[8]);
    assert!(heard[9].starts_with("Question 3 of 9"), "{}", heard[9]);
}

/// It led to the question from which the list had been opened.
#[test]
fn return_leads_from_a_lesson_that_was_opened_in_the_list_to_the_list() {
    let script =
        ["assessment", "start", "list", "read 1", "return", "where", "list", "go 3", "read 1", "return"];
    let heard = heard(&mut read(), &script);
    let prompt = "Press Enter for question 1. Type go 3 for question 3, or submit to hand in.";
    assert_eq!(
        heard[4],
        format!("You are back at the list of all questions. Type list to hear it again.\n\n{prompt}")
    );
    assert!(heard[5].starts_with("You are at the list of all questions of the assessment."), "{heard:?}");
    assert!(heard[6].starts_with("Questions 1 to 9: not answered."), "{heard:?}");
    assert!(heard[9].contains("Question 3 of 9"), "{heard:?}");
    // So it does from the question that was chosen in it, whatever was read from there.
    let script = ["assessment", "start", "list", "go 3", "read 1", "return", "return", "return"];
    let heard = self::heard(&mut read(), &script);
    assert!(heard[5].contains("Question 3 of 9"), "{heard:?}");
    assert!(heard[6].starts_with("Questions 1 to 9: not answered."), "{heard:?}");
    assert!(heard[7].contains("Question 3 of 9"), "{heard:?}");
    // What is said beside the list leaves one there.
    let script = ["assessment", "start", "list", "status", "return", "return"];
    let heard = self::heard(&mut read(), &script);
    let still = "You are still at the list of all questions of the assessment.";
    assert!(heard[4].starts_with(still) && heard[4].ends_with(prompt), "{heard:?}");
    assert!(heard[5].starts_with("Question 1 of 9"), "{heard:?}");
}

/// It said that one was back at the contents, where one had not been.
#[test]
fn return_leads_from_the_assessment_to_the_text_from_which_it_was_opened() {
    let heard = heard(
        &mut read(),
        &[
            "read 2",
            "assessment",
            "return",
            "assessment",
            "start",
            "return",
            "contents",
            "assessment",
            "return",
        ],
    );
    for index in [2, 5] {
        assert!(heard[index].starts_with("You are back in lesson 2, "), "{index}: {}", heard[index]);
    }
    assert!(heard[8].starts_with("You are at the contents."), "{}", heard[8]);
}

/// The lesson began in the middle from then on, though nothing of it had been read.
#[test]
fn what_was_only_looked_up_leaves_where_one_was_in_a_text() {
    let script = ["lines 3", "search decide", "found 1", "where", "return", "read 1"];
    let heard = heard(&mut begun(), &script);
    assert!(heard[2].contains("Decide.") && !heard[2].contains("Title: What apps collect"), "{heard:?}");
    assert!(heard[5].contains("Title: What apps collect"), "{heard:?}");
}

/// It led to the question from which the list had been opened.
#[test]
fn whoever_does_not_submit_from_the_list_is_in_the_list() {
    let mut world = read();
    let heard = heard(&mut world, &["assessment", "start", "list", "submit", "yes", "submit", "", "quit"]);
    let prompt =
        "Not submitted.\n\nPress Enter for question 1. Type go 3 for question 3, or submit to hand in.";
    assert_eq!((heard[4].as_str(), heard[6].as_str()), (prompt, prompt));
}

/// The open questions were said, and “go 8” was dropped: what came next was taken for the question that one had left.
#[test]
fn whoever_does_not_submit_goes_where_they_say() {
    let script = [
        "assessment",
        "start",
        "go 3",
        "submit",
        "go 99",
        "8",
        "go 8",
        "/return",
        "submit",
        "go 4",
        "submit",
        "list",
    ];
    let heard = heard(&mut read(), &script);
    assert!(heard[4].starts_with("There is no question 99."), "{heard:?}");
    assert!(heard[5].starts_with("To go to a question, type go and its number, such as: go 8"), "{heard:?}");
    assert!(heard[5].contains("Type submit again"), "{heard:?}");
    assert!(heard[6].starts_with("Not submitted.\n\nQuestion 8 of 9, "), "{heard:?}");
    assert!(heard[7].starts_with("Questions 1 to 9: not answered."), "{heard:?}");
    assert!(heard[9].starts_with("Not submitted.\n\nQuestion 4 of 9, "), "{heard:?}");
    assert!(heard[11].starts_with("Not submitted.\n\nQuestions 1 to 9: not answered."), "{heard:?}");
}

/// Of a question to come back to nothing was said to whoever was about to hand it in.
#[test]
fn flagged_questions_are_named_before_they_are_handed_in() {
    let script = ["assessment", "start", "go 2", "flag", "go 9", "flag", "submit"];
    let heard = heard(&mut read(), &script);
    assert!(heard[6].contains("\nFlagged, to come back to: 2 and 9.\n"), "{heard:?}");
}

#[test]
fn return_leads_from_the_signature_to_the_contents() {
    let mut world = MadeUp::new(&course());
    let mut script = ["return", "sign", "return", "quit"].into_iter();
    let mut first = true;
    let (said, _) = listen(&mut world, 1000, |said| {
        if said.contains("Everything is done. What is left is your signature.") {
            return script.next().map(str::to_owned);
        }
        let begun = said.contains("Press Enter to read lesson 1");
        Some(if begun && std::mem::take(&mut first) { "ids on".to_owned() } else { right_line(said) })
    });
    let parts = parts(said.split_once("What is left is your signature.").expect("it is ready").1);
    let back = "You are at the contents. Type repeat to hear how everything stands.\n\nPress Enter to come to the signature";
    assert!(parts[0].starts_with(back) && parts[2].starts_with(back), "{said}");
    // The next start names all that is done.
    let (again, _) = talk(&mut world, 1000, &["quit"]);
    assert!(again.contains(" and the assessment. Agreed to: the policy.\n"), "{again}");
    assert!(parts[1].starts_with("Everything is done."), "{said}");
}

/// From the policy, and from wherever else somebody was, Enter led from its end back to there.
#[test]
fn a_lesson_that_is_named_is_a_new_way() {
    let script = ["policy", "search more than", "found 1", "read 1", "return", "read 1", ""];
    let heard = heard(&mut begun(), &script);
    let end = "This is the end of lesson 1. Press Enter to take the knowledge check of lesson 1, What apps collect. Type return to go back \
               to where you came from.";
    assert!(heard[3].ends_with(end), "{}", heard[3]);
    assert!(heard[4].starts_with("The policy can be agreed to when"), "{}", heard[4]);
    assert!(heard[6].starts_with("Knowledge check of lesson 1"), "{}", heard[6]);
    // From the result, Enter said that it leads to the statement, and led to the policy, which was not read.
    let (said, parts) = heard_at_the_result(&["read 1", ""]);
    assert!(parts[0].contains("Press Enter to read the policy."), "{said}");
    assert!(parts[1].starts_with("Policy."), "{said}");
}

/// It was the lesson with which Enter went on at the next start, before those in between.
#[test]
fn a_lesson_that_was_only_looked_up_by_a_link_is_not_gone_on_with() {
    let parts: Vec<String> =
        (1..=9).map(|part| format!("## Part {part}\n\nThe words of {part}.\n\n")).collect();
    let mut files = crate::course::files();
    files.insert("lessons/1.md".to_owned(), "# One\n\n## Habits\n\nSee [two](2.md).\n".into());
    files.insert("lessons/2.md".to_owned(), format!("# Long\n\n{}", parts.concat()).into());
    let course = std::sync::Arc::new(countersign::course::parse(files).expect("a course without faults"));
    let mut world = MadeUp::new(&course);
    let _ = talk(&mut world, 1000, &["Ada Example", "0042", "", "", ""]);
    heard(&mut world, &["lines 6", "read 1", "open 1", "where", "", "", "return"]);
    let (said, _) = talk(&mut world, 1000, &[]);
    assert!(said.contains("Press Enter to take the knowledge check of lesson 1, One."), "{said}");
}

/// Behind what was read, Enter led to the middle of the last lesson, and left out the check and the lessons before it.
#[test]
fn a_lesson_that_was_looked_into_ahead_waits_once_one_before_it_is_read() {
    let parts: Vec<String> =
        (1..=9).map(|part| format!("## Part {part}\n\nThe words of {part}.\n\n")).collect();
    let mut files = crate::course::files();
    files.insert("lessons/2.md".to_owned(), format!("# Long\n\n{}", parts.concat()).into());
    let course = std::sync::Arc::new(countersign::course::parse(files).expect("a course without faults"));
    let mut world = MadeUp::new(&course);
    let _ = talk(&mut world, 1000, &["Ada Example", "0042", "", "", ""]);
    let heard =
        heard(&mut world, &["lines 6", "read 2", "", "page 5", "read 1", "all", "return", "contents"]);
    assert!(heard[7].contains("Press Enter to take the knowledge check of lesson 1"), "{}", heard[7]);
}

/// It opened a lesson that had nothing to do with the question.
#[test]
fn at_a_question_of_the_assessment_read_wants_a_number() {
    let heard = heard(&mut read(), &["assessment", "read", "start", "read", "list", "read"]);
    for index in [1, 3, 5] {
        let told = "Type read and the number of a lesson, such as: read 3\n\n";
        assert!(heard[index].starts_with(told), "{index}: {}", heard[index]);
    }
}
