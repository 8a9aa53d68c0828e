//! What is said at the start, in the contents and while reading, word by word, at 72 and at 40 columns.

use countersign::plain::Ended;

use crate::course::course;
use crate::talk::talk;
use crate::world::MadeUp;

const INTRODUCTION: [&str; 5] = ["Ada Example", "0042", "", "", ""];

/// A world in which somebody introduced themselves and read everything, and the transcripts begin behind that.
pub(crate) fn begun() -> MadeUp {
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
pub(crate) fn said(world: &mut MadeUp, width: usize, script: &[&str]) -> String {
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
    Your signing key is being made. With a passphrase that takes a moment.

    Saved: who you are. Your signing key is made.
    Your signing key has a passphrase.

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
    Assessment: locked, 3 things come first:
    type assessment to hear them.
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
    Assessment: locked, 3 things come first: type assessment to hear them.
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
    That is for a text, and none is read here. Open one first, such as with:
    read 1

    Answer with one number. Press Enter to hear it again.
    > links
    That is for a text, and none is read here. Open one first, such as with:
    read 1

    Answer with one number. Press Enter to hear it again.
    > heading 9
    That is for a text, and none is read here. Open one first, such as with:
    read 1

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
    Assessment: locked, 3 things come first:
    type assessment to hear them.
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
fn where_says_page_section_and_what_is_left() {
    let mut world = begun();
    let said = said(&mut world, 72, &["where", "lines 5", "read 1", "where", "next", "next", "where"]);
    let answers: Vec<&str> =
        said.split("> where\n").skip(1).map(|part| part.split("\n\n").next().unwrap_or("")).collect();
    insta::assert_snapshot!(answers.join("\n---\n"), @r"
    You are at the contents.
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

/// A failed attempt left no trace there.
#[test]
fn the_contents_say_how_the_last_attempt_ended() {
    let mut world = read();
    let failed = said(&mut world, 1000, &["assessment", "start", "submit", "submit", "contents"]);
    let last = " The last attempt was not passed, with 0 percent, on 2027-01-15 ";
    let line = |said: &str| {
        let contents = said.rsplit("Course: Phones at work.").next().unwrap_or_default();
        contents.lines().find(|line| line.starts_with("Assessment:")).unwrap_or_default().to_owned()
    };
    assert!(line(&failed).contains("the next attempt opens at") && line(&failed).contains(last), "{failed}");
    world.clock.set(world.clock.get() + 31 * 60);
    let ready = said(&mut world, 1000, &["contents", "assessment", "", "start", "contents"]);
    let before = ready.split("> assessment").next().unwrap_or_default();
    assert!(
        line(before).starts_with(&format!("Assessment: ready to start, 1 attempt left.{last}")),
        "{ready}"
    );
    assert!(
        line(&ready).starts_with("Assessment: attempt 2 under way, ")
            && line(&ready).contains(" The attempt before was not passed, with 0 percent, on "),
        "{ready}"
    );
}
