//! What is said at the main places, word by word, at 72 and at 40 columns.

use countersign::plain::Ended;

use crate::course::course;
use crate::talk::talk;
use crate::world::MadeUp;

const INTRODUCTION: [&str; 5] = ["Ada Example", "0042", "", "", ""];

/// A world in which somebody introduced themselves and read everything, and the transcripts begin behind that.
fn begun() -> MadeUp {
    let mut world = MadeUp::new(&course());
    let (_, ended) = talk(&mut world, 72, &INTRODUCTION);
    assert!(matches!(ended, Ok(Ended::InputEnded)), "{ended:?}");
    world
}

pub(crate) fn read() -> MadeUp {
    let mut world = begun();
    let script = ["read 1", "", "", "=open sure", "", "=seven", "support", "", "", "read 2", "", "contents"];
    let (said, _) = talk(&mut world, 72, &script);
    assert!(said.contains("Assessment: ready to start"), "{said}");
    world
}

/// What is said to `script`, trailing farewell included.
fn said(world: &mut MadeUp, width: usize, script: &[&str]) -> String {
    let (said, ended) = talk(world, width, script);
    assert!(ended.is_ok(), "{ended:?}");
    for line in said.lines() {
        let width = if line.starts_with('>') { 1000 } else { width };
        assert!(line.chars().count() <= width, "too wide: {line}");
    }
    said
}

#[test]
fn first_start() {
    let mut world = MadeUp::new(&course());
    let script = [
        "",
        "Ada Example",
        "0042",
        "ada",
        "ada@example.org",
        "tea",
        "tea for two",
        "coffee",
        "tea for two",
        "tea for two",
        "",
    ];
    insta::assert_snapshot!(said(&mut world, 72, &script), @r"
    Welcome to countersign. The course is: Phones at work.
    You read lessons, answer questions, and leave with a signed completion
    record. There is no time limit; how long you read and answered stands in
    the record. Every answer is saved at once, and you can leave at any
    moment with quit.

    Your progress will be kept in:
    /data/progress.db
    Your signing key will be kept in:
    /data/key
    Your completion record will be written to:
    /documents
    Nothing is sent anywhere.
    Type help to hear more about a question.

    Your name, as it should stand in the record:
    > 
    Your name is needed: the record says who learned.

    Your name, as it should stand in the record:
    > Ada Example

    Your employee number:
    > 0042

    Your e-mail address, or Enter for none:
    > ada
    That is no e-mail address. Type one such as ada@example.org, or Enter
    for none.

    Your e-mail address, or Enter for none:
    > ada@example.org

    You can protect your signing key with a passphrase, which is asked for
    when you sign. It is not needed: without one, only your account on this
    computer protects the key. It cannot be recovered: without it this
    device key signs nothing.

    A passphrase of at least 8 characters, or Enter for none. What you type
    is not shown.
    > tea
    Not taken: a passphrase has at least 8 characters; leave it empty for
    none.

    A passphrase of at least 8 characters, or Enter for none. What you type
    is not shown.
    > tea for two

    The same passphrase once more. What you type is not shown.
    > coffee
    The two were not the same. Type it again.

    A passphrase of at least 8 characters, or Enter for none. What you type
    is not shown.
    > tea for two

    The same passphrase once more. What you type is not shown.
    > tea for two

    Name: Ada Example.
    Employee number: 0042.
    E-mail: ada@example.org.
    Your key will be protected by the passphrase.
    Press Enter if this is right. Type change to enter it again.
    > 

    Saved: who you are. Your signing key is made.
    Your signing key has a passphrase.

    Course: Phones at work. Version 1.0.0.
    Done: 0 percent. About 13 minutes left.
    Next: read lesson 1, What apps collect.

    Lesson 1, What apps collect, 1 minute: not started.
    Knowledge check of lesson 1: not started.
    Lesson 2, Two, 1 minute: not started.
    Assessment: locked, read lesson 1, What apps collect, first.
    Policy: to be agreed to when the assessment is passed.
    Completion record: comes when everything above is done.

    Press Enter to read lesson 1, What apps collect, or type help.

    The input has ended. Everything said to be saved is safe. Goodbye.
    ");
    assert_eq!(world.passphrase.as_deref(), Some("tea for two"));
}

#[test]
fn contents_at_braille_width() {
    insta::assert_snapshot!(said(&mut begun(), 40, &[]), @r"
    Welcome back, Ada Example.

    Course: Phones at work. Version 1.0.0.
    Done: 0 percent. About 13 minutes left.
    Next: read lesson 1, What apps collect.

    Lesson 1, What apps collect, 1 minute:
    not started.
    Knowledge check of lesson 1: not
    started.
    Lesson 2, Two, 1 minute: not started.
    Assessment: locked, read lesson 1, What
    apps collect, first.
    Policy: to be agreed to when the
    assessment is passed.
    Completion record: comes when everything
    above is done.

    Press Enter to read lesson 1, What apps
    collect, or type help.

    The input has ended. Everything said to
    be saved is safe. Goodbye.
    ");
}

#[test]
fn reading() {
    let mut world = begun();
    insta::assert_snapshot!(said(&mut world, 72, &["", "", "headings", "links", "heading 9"]), @r"
    Welcome back, Ada Example.

    Course: Phones at work. Version 1.0.0.
    Done: 0 percent. About 13 minutes left.
    Next: read lesson 1, What apps collect.

    Lesson 1, What apps collect, 1 minute: not started.
    Knowledge check of lesson 1: not started.
    Lesson 2, Two, 1 minute: not started.
    Assessment: locked, read lesson 1, What apps collect, first.
    Policy: to be agreed to when the assessment is passed.
    Completion record: comes when everything above is done.

    Press Enter to read lesson 1, What apps collect, or type help.
    > 

    Lesson 1 of 2. State: not started.

    Title: What apps collect

    Apps take more than they need. See the source (link 1).

    Heading: The lists

    Table, 2 rows. Columns: Data; Collected.
    Row 1 of 2. Data: Phone book; Collected: if you allow it
    Row 2 of 2. Data: Battery; Collected: yes
    End of table.

    Note: Policies say what may be taken, not what was taken.

    (picture: A phone with two halves)

    Heading: Habits

    1. Ask first.
    2. Decide.
    3. Tell others.

    Saved: lesson 1 counts as read.

    Page 1 of 1. This is the end of lesson 1. Press Enter to take the
    knowledge check of lesson 1, What apps collect.
    > 

    Knowledge check of lesson 1: What apps collect. 2 questions. You hear
    after every answer whether it was right, and can try again what was not.
    To pass: 50 percent.

    Question 1 of 2, not answered.
    A page in an app asks for your work password.
    1. Type it
    2. Wait a week
    3. Open the page in the managed browser

    Answer with one number. Press Enter to hear it again.
    > headings
    That does nothing here. Type help to hear what can be typed.

    Answer with one number. Press Enter to hear it again.
    > links
    That does nothing here. Type help to hear what can be typed.

    Answer with one number. Press Enter to hear it again.
    > heading 9
    That does nothing here. Type help to hear what can be typed.

    Answer with one number. Press Enter to hear it again.

    The input has ended. Everything said to be saved is safe. Goodbye.
    ");
}

#[test]
fn reading_at_braille_width_in_short_pages() {
    let mut world = begun();
    insta::assert_snapshot!(said(&mut world, 40, &["lines 6", "", "", "all"]), @r"
    Welcome back, Ada Example.

    Course: Phones at work. Version 1.0.0.
    Done: 0 percent. About 13 minutes left.
    Next: read lesson 1, What apps collect.

    Lesson 1, What apps collect, 1 minute:
    not started.
    Knowledge check of lesson 1: not
    started.
    Lesson 2, Two, 1 minute: not started.
    Assessment: locked, read lesson 1, What
    apps collect, first.
    Policy: to be agreed to when the
    assessment is passed.
    Completion record: comes when everything
    above is done.

    Press Enter to read lesson 1, What apps
    collect, or type help.
    > lines 6
    A page has at most 6 lines from now on.

    Press Enter to read lesson 1, What apps
    collect, or type help.
    > 

    Lesson 1 of 2. State: not started.

    Title: What apps collect

    Apps take more than they need. See the
    source (link 1).

    Page 1 of 5. Press Enter for the next
    page.
    > 

    Heading: The lists

    Table, 2 rows. Columns: Data; Collected.
    Row 1 of 2. Data: Phone book; Collected:
    if you allow it

    Page 2 of 5. Press Enter for the next
    page.
    > all

    Row 2 of 2. Data: Battery; Collected:
    yes
    End of table.

    Note: Policies say what may be taken,
    not what was taken.

    (picture: A phone with two halves)

    Heading: Habits

    1. Ask first.
    2. Decide.
    3. Tell others.

    Saved: lesson 1 counts as read.

    Page 5 of 5. This is the end of lesson
    1. Press Enter to take the knowledge
    check of lesson 1, What apps collect.

    The input has ended. Everything said to
    be saved is safe. Goodbye.
    ");
}

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
    Assessment: locked, read lesson 1, What apps collect, first.
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
    That is none of the three. It never changes your score.

    How sure are you? Type sure, fairly or guessing, or press Enter to skip.
    > guessing

    Saved: 1, Type it.
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

    Press Enter to read lesson 1, What apps collect. Type retry to try what
    was not right again. Type review to hear all answers.
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

    Press Enter for question 2, the last one. Type return to leave the
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

    This was the last one. Press Enter to leave the review, or type back for
    the one before.
    > 

    End of the review.

    Press Enter to read lesson 1, What apps collect. Type retry to try what
    was not right again. Type review to hear all answers.
    > retry

    Question 1 of 2, asked again. No other one is left to try again.
    [habits/first]
    A page in an app asks for your work password.
    1. [type] Type it
    2. [open] Open the page in the managed browser
    3. [wait] Wait a week

    Answer with one number. Press Enter to hear it again.
    > =open, sure

    Saved: 2, Open the page in the managed browser.
    Right: 1 of 1 point.
    Why: An app can see what happens on pages that it opens itself.
    More in: lesson 1, What apps collect, section Habits.

    Press Enter to hear how the check went. Type read to read that section.
    > 

    Knowledge check of lesson 1: passed, 2 of 2 right.

    Press Enter to read lesson 1, What apps collect. Type review to hear all
    answers.
    > help

    Here:
    Enter goes on. retry: try what was not right again. review: hear all
    questions and answers.
    quit: leave. Everything said to be saved stays saved, and the next start
    goes on from here.
    contents: the course at a glance. help all: everything that can be
    typed.

    Press Enter to read lesson 1, What apps collect. Type review to hear all
    answers.

    The input has ended. Everything said to be saved is safe. Goodbye.
    ");
}

#[test]
fn assessment_questions() {
    let mut world = read();
    let script = ["", "start", "flag", "", "list", "go 99", "submit", "no", "quit"];
    insta::assert_snapshot!(said(&mut world, 72, &script), @r"
    Welcome back, Ada Example.

    Course: Phones at work. Version 1.0.0.
    Done: 23 percent. About 10 minutes left.
    Next: go to the assessment.

    Lesson 1, What apps collect, 1 minute: read.
    Knowledge check of lesson 1: passed, 2 of 2 right.
    Lesson 2, Two, 1 minute: read.
    Assessment: ready to start, 2 attempts left.
    Policy: to be agreed to when the assessment is passed.
    Completion record: comes when everything above is done.

    Press Enter to go to the assessment, or type help.
    > 

    Assessment: What you know.
    9 questions are drawn; every attempt is drawn anew.
    You pass with 60 percent of the points.
    You have 2 attempts.
    After an attempt that does not pass, you can try again in 30 minutes.
    Until you submit, every answer can be changed; you are told no result
    before.
    There is no time limit: stop at any moment, and go on later where you
    were.
    Where several are right, a wrong choice takes away from a right one;
    partly right answers earn part of the point.
    Every attempt and every answer stands in your completion record. How
    long you read and answered stands in the record too.

    Type start to begin an attempt, or contents to go back.
    > start
    Saved: the attempt has begun.

    Question 1 of 9, not answered.
    A call comes in.
    They ask for your code.
    1. Give it
    2. Hang up

    Answer with the number of what you decide. Press Enter for question 2,
    or type list for all questions.
    > flag
    Saved: question 1 is flagged, to come back to it.
    They ask for your code.
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
    Not answered, and earning nothing: 1, 2, 3, 4, 5, 6, 7, 8, 9.

    After this no answer can be changed. Type submit again to submit, or
    press Enter to go back.
    > no
    Not submitted.

    Question 2 of 9, not answered.
    What belongs together?
    Left side 1. Law
    Left side 2. Tip
    Right side 1. Neither
    Right side 2. Binding
    Right side 3. Friendly

    Answer with pairs of left and right, such as 1=3 2=1. Press Enter for
    question 3, or type list for all questions.
    > quit

    Everything said to be saved is safe. Goodbye.
    ");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a transcript is as long as the conversation")]
fn words_are_found_in_the_whole_course() {
    let mut world = begun();
    let script = [
        "search",
        "found 1",
        "search DATA",
        "search apps",
        "found 9",
        "found 2",
        "headings",
        "search policies say",
        "found 1",
        "return",
        "search apps",
    ];
    insta::assert_snapshot!(said(&mut world, 72, &script), @r"
    Welcome back, Ada Example.

    Course: Phones at work. Version 1.0.0.
    Done: 0 percent. About 13 minutes left.
    Next: read lesson 1, What apps collect.

    Lesson 1, What apps collect, 1 minute: not started.
    Knowledge check of lesson 1: not started.
    Lesson 2, Two, 1 minute: not started.
    Assessment: locked, read lesson 1, What apps collect, first.
    Policy: to be agreed to when the assessment is passed.
    Completion record: comes when everything above is done.

    Press Enter to read lesson 1, What apps collect, or type help.
    > search
    Type search and the words to look for, such as: search work profile

    Press Enter to read lesson 1, What apps collect, or type help.
    > found 1
    Nothing was looked for yet. Type search and words, such as: search work
    profile

    Press Enter to read lesson 1, What apps collect, or type help.
    > search DATA
    “DATA” stands nowhere in the lessons and the policy.
    Capitals count where you type one. Whatever the capitals, it is there 2
    times. Type: search data

    Press Enter to read lesson 1, What apps collect, or type help.
    > search apps
    “apps” was found 2 times, in 1 text.
    1. Lesson 1, What apps collect: What apps collect
    2. Lesson 1, What apps collect: Apps take more than they need. See the
    source.
    Type found and a number to go there, such as: found 1.

    Press Enter to read lesson 1, What apps collect, or type help.
    > found 9
    There is no place 9: 2 places were said.

    Press Enter to read lesson 1, What apps collect, or type help.
    > found 2

    Lesson 1 of 2. State: not started.
    “Apps” stands in line 2 of this page, empty lines not counted.

    Title: What apps collect

    Apps take more than they need. See the source (link 1).

    Heading: The lists

    Table, 2 rows. Columns: Data; Collected.
    Row 1 of 2. Data: Phone book; Collected: if you allow it
    Row 2 of 2. Data: Battery; Collected: yes
    End of table.

    Note: Policies say what may be taken, not what was taken.

    (picture: A phone with two halves)

    Heading: Habits

    1. Ask first.
    2. Decide.
    3. Tell others.

    Saved: lesson 1 counts as read.

    Page 1 of 1. This is the end of lesson 1. Press Enter to go on. Type
    return to go back to where you came from.
    > headings
    This text has 3 headings.
    1. What apps collect, page 1
    2. The lists, page 1
    3. Habits, page 1

    Page 1 of 1. This is the end of lesson 1. Press Enter to go on. Type
    return to go back to where you came from.
    > search policies say
    “policies say” was found 1 time, in 1 text.
    1. Lesson 1, What apps collect, section The lists: Policies say what may
    be taken, not what was taken.
    Type found and a number to go there, such as: found 1.

    Page 1 of 1. This is the end of lesson 1. Press Enter to go on. Type
    return to go back to where you came from.
    > found 1

    Lesson 1 of 2. State: read.
    “Policies say” stands in line 8 of this page, empty lines not counted.

    Title: What apps collect

    Apps take more than they need. See the source (link 1).

    Heading: The lists

    Table, 2 rows. Columns: Data; Collected.
    Row 1 of 2. Data: Phone book; Collected: if you allow it
    Row 2 of 2. Data: Battery; Collected: yes
    End of table.

    Note: Policies say what may be taken, not what was taken.

    (picture: A phone with two halves)

    Heading: Habits

    1. Ask first.
    2. Decide.
    3. Tell others.

    Page 1 of 1. This is the end of lesson 1. Press Enter to go on. Type
    return to go back to where you came from.
    > return

    Course: Phones at work. Version 1.0.0.
    Done: 7 percent. About 12 minutes left.
    Next: take the knowledge check of lesson 1, What apps collect.

    Lesson 1, What apps collect, 1 minute: read.
    Knowledge check of lesson 1: not started.
    Lesson 2, Two, 1 minute: not started.
    Assessment: locked, pass the knowledge check of lesson 1 first.
    Policy: to be agreed to when the assessment is passed.
    Completion record: comes when everything above is done.

    Press Enter to take the knowledge check of lesson 1, What apps collect,
    or type help.
    > search apps
    “apps” was found 2 times, in 1 text.
    1. Lesson 1, What apps collect: What apps collect
    2. Lesson 1, What apps collect: Apps take more than they need. See the
    source.
    Type found and a number to go there, such as: found 1.

    Press Enter to take the knowledge check of lesson 1, What apps collect,
    or type help.

    The input has ended. Everything said to be saved is safe. Goodbye.
    ");
}

#[test]
fn many_places_are_said_ten_at_a_time_and_questions_are_not_looked_through() {
    let mut world = begun();
    insta::assert_snapshot!(said(&mut world, 40, &["search e", "search", "found 12", "search managed browser"]), @r"
    Welcome back, Ada Example.

    Course: Phones at work. Version 1.0.0.
    Done: 0 percent. About 13 minutes left.
    Next: read lesson 1, What apps collect.

    Lesson 1, What apps collect, 1 minute:
    not started.
    Knowledge check of lesson 1: not
    started.
    Lesson 2, Two, 1 minute: not started.
    Assessment: locked, read lesson 1, What
    apps collect, first.
    Policy: to be agreed to when the
    assessment is passed.
    Completion record: comes when everything
    above is done.

    Press Enter to read lesson 1, What apps
    collect, or type help.
    > search e
    “e” was found 32 times, at 13 places, in
    2 texts.
    1. Lesson 1, What apps collect: What
    apps collect
    2. Lesson 1, What apps collect: Apps
    take more than they need. See the
    source.
    3. Lesson 1, What apps collect, section
    The lists: The lists
    4. Lesson 1, What apps collect, section
    The lists: Collected
    5. Lesson 1, What apps collect, section
    The lists: Phone book
    6. Lesson 1, What apps collect, section
    The lists: Battery
    7. Lesson 1, What apps collect, section
    The lists: yes
    8. Lesson 1, What apps collect, section
    The lists: Policies say what may be
    taken, not what was taken.
    9. Lesson 1, What apps collect, section
    The lists: A phone with two halves
    10. Lesson 1, What apps collect, section
    Habits: Decide.
    Type found and a number to go there,
    such as: found 1. Type search alone to
    hear more.

    Press Enter to read lesson 1, What apps
    collect, or type help.
    > search
    11. Lesson 1, What apps collect, section
    Habits: Tell others.
    12. Policy, Acceptable use: Acceptable
    use
    13. Policy, Acceptable use: Keep work
    data in its place.
    Type found and a number to go there,
    such as: found 11.

    Press Enter to read lesson 1, What apps
    collect, or type help.
    > found 12

    Policy.
    “e” stands in line 1 of this page, empty
    lines not counted.

    Title: Acceptable use

    Keep work data in its place.

    Saved: the policy counts as read.

    Page 1 of 1. This is the end of the
    policy. Press Enter to go on. Type
    return to go back to where you came
    from.
    > search managed browser
    “managed browser” stands nowhere in the
    lessons and the policy.

    Page 1 of 1. This is the end of the
    policy. Press Enter to go on. Type
    return to go back to where you came
    from.

    The input has ended. Everything said to
    be saved is safe. Goodbye.
    ");
}

#[test]
fn where_says_page_section_and_what_is_left() {
    let mut world = begun();
    let said = said(&mut world, 72, &["where", "lines 5", "read 1", "where", "next", "next", "where"]);
    let answers: Vec<&str> =
        said.split("> where\n").skip(1).map(|part| part.split("\n\n").next().unwrap_or("")).collect();
    insta::assert_snapshot!(answers.join("\n---\n"), @r"
    Done: 0 percent. About 13 minutes left.
    Next: read lesson 1, What apps collect.
    ---
    This is page 1 of 5 of lesson 1, What apps collect. Section 1 of 3, What
    apps collect. About 1 minute left in lesson 1.
    ---
    This is page 3 of 5 of lesson 1, What apps collect. Section 2 of 3, The
    lists. About 1 minute left in lesson 1.
    ");
}
