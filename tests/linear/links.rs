//! Following links, and coming back.

use std::sync::Arc;

use countersign::course::{self, Course};
use countersign::plain::Ended;

use crate::course::files;
use crate::talk::talk;
use crate::world::MadeUp;

const INTRODUCTION: [&str; 5] = ["Ada Example", "0042", "", "", ""];

fn linked() -> Arc<Course> {
    let mut files = files();
    let lesson = "# Two\n\nSee [the source](https://example.org/s), [a bank](https://exаmple.org/s), \
                  [lists](1.md#the-lists), [the end](#the-end), [the rules](policy.md) and [odd](javascript:x).\n\n\
                  ## The end\n\nSo it ends.\n";
    files.insert("lessons/2.md".to_owned(), lesson.as_bytes().to_vec());
    Arc::new(course::parse(files).expect("a course without faults"))
}

fn begun() -> MadeUp {
    let mut world = MadeUp::new(&linked());
    let (_, ended) = talk(&mut world, 72, &INTRODUCTION);
    assert!(matches!(ended, Ok(Ended::InputEnded)), "{ended:?}");
    world
}

/// What is said to `script` after lesson 2 was opened.
fn said(world: &mut MadeUp, script: &[&str]) -> String {
    let script: Vec<&str> = ["read 2"].iter().chain(script).copied().collect();
    let (said, ended) = talk(world, 72, &script);
    assert!(ended.is_ok(), "{ended:?}");
    said.split_once("> read 2").expect("it was typed").1.to_owned()
}

/// The address that is to be copied stood in the message, broken at a slash and with a colon behind it.
#[test]
fn an_address_that_was_not_opened_stands_whole_on_its_line() {
    let mut world = begun();
    world.no_browser = true;
    let (said, _) = talk(&mut world, 24, &["read 2", "open 1", "yes"]);
    let told = said.split_once("> yes\n").expect("it was typed").1;
    insta::assert_snapshot!(told.split("\n\n").next().unwrap_or_default(), @r"
    Not opened: no program
    opened the address:
    there may be no browser
    on this computer.
    What to do: copy the
    address and open it
    yourself.
    The address:
    https://example.org/s
    ");
}

/// It was told where it was opened alone: whoever copied it went elsewhere than they read.
#[test]
fn a_host_that_is_not_read_as_it_is_written_is_told_where_it_is_copied_from() {
    let mut files = files();
    let lesson = "# Two\n\nSee [it](https://example.com%2eexample.org/) and [wide](https://ｅxample.org/).\n";
    files.insert("lessons/2.md".to_owned(), lesson.as_bytes().to_vec());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    let (said, ended) =
        talk(&mut world, 72, &[&INTRODUCTION[..], &["read 2", "links", "address 1"]].concat());
    assert!(matches!(ended, Ok(Ended::InputEnded)), "{ended:?}");
    let (links, address) = said
        .split_once("> links\n")
        .and_then(|(_, rest)| rest.split_once("> address 1\n"))
        .expect("both were typed");
    insta::assert_snapshot!(links.split("\n\n").next().unwrap_or_default(), @r"
    Link 1: it, in “See it”, https://example.com%2eexample.org/
    Careful with link 1: this host is looked up as example.com.example.org.
    Link 2: wide, in “See it (link 1) and wide”, https://ｅxample.org/
    Careful with link 2: this host is looked up as example.org.
    ");
    insta::assert_snapshot!(address.split("\n\n").next().unwrap_or_default(), @r"
    https://example.com%2eexample.org/
    Careful with link 1: this host is looked up as example.com.example.org.
    ");
}

/// All of the text were said at a page that has none, 22 lines of them.
#[test]
fn the_links_of_a_page_are_listed_and_those_of_the_text_when_they_are_asked_for() {
    let mut files = files();
    let part = |link: &str| format!("## Part\n\n{}See {link}.\n\n", "A line.\n\n".repeat(3));
    let lesson = format!(
        "# Two\n\n{}{}{}",
        part("[lesson 1](1.md#habits)"),
        part("nothing"),
        part("[it](https://example.org/s)")
    );
    files.insert("lessons/2.md".to_owned(), lesson.into_bytes());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    let script = ["lines 11", "read 2", "links", "", "links", "", "links", "links all"];
    let (said, _) = talk(&mut world, 1000, &[&INTRODUCTION[..], &script].concat());
    let heard: Vec<String> = crate::talk::parts(&said).split_off(INTRODUCTION.len());
    let [first, last] = [
        "Link 1: Lesson 1, What apps collect, section Habits\n",
        "Link 2: it, in “See it”, https://example.org/s\n",
    ];
    let more = "To hear the links of the whole text, type links all.\n";
    assert!(heard[2].starts_with(&format!("{first}{more}")), "{heard:?}");
    assert!(
        heard[4].starts_with("This page has no links. To hear the 2 links of the text, type links all.\n"),
        "{heard:?}"
    );
    assert!(heard[6].starts_with(&format!("{last}{more}")), "{heard:?}");
    assert!(heard[7].starts_with(&format!("{first}{last}\n")), "{heard:?}");
}

/// A page had no links to whoever had just heard one with its number, in a note that the page refers to.
#[test]
fn links_in_the_notes_of_a_page_are_named_where_those_of_the_page_are_listed() {
    let mut files = files();
    let notes = "[^a]: [It](https://example.org/a).\n\n[^b]: [It](https://example.org/b).\n\n[^c]: [It](https://example.org/c).\n";
    let words = "A line.\n\n".repeat(5);
    let lesson = format!(
        "# Two\n\nSo it is[^a][^c]. See [1](1.md).\n\n{words}So it is[^b].\n\n{words}## Sources\n\n{notes}"
    );
    files.insert("lessons/2.md".to_owned(), lesson.into_bytes());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    let script = ["lines 11", "read 2", "links", "", "note b", "links", "open 99"];
    let (said, _) = talk(&mut world, 1000, &[&INTRODUCTION[..], &script].concat());
    let heard: Vec<String> = crate::talk::parts(&said).split_off(INTRODUCTION.len());
    let first = "Link 1: 1, in lesson 1, What apps collect\nTo hear the notes of this page, which have links 2 and 4, type sources. To hear \
                 the links of the whole text, type links all.\n";
    assert!(heard[2].starts_with(first), "{heard:#?}");
    assert!(heard[4].contains("(link 3)"), "{heard:#?}");
    let none = "This page has no links of its own. To hear the notes of this page, which have link 3, type sources. To hear the 4 links of \
                the text, type links all.\n";
    assert!(heard[5].starts_with(none), "{heard:#?}");
}

/// It was of the page alone on which its paragraph begins, and the one on which it was heard had none.
#[test]
fn a_link_is_listed_with_each_page_that_its_paragraph_is_on() {
    let mut files = files();
    let words = "Words to hear. ".repeat(30);
    files.insert("lessons/2.md".to_owned(), format!("# Two\n\n{words}[It](https://example.org/s).").into());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    let script = ["lines 3", "read 2", "", "", "links"];
    let heard = said(&mut world, &[&INTRODUCTION[..], &script].concat());
    let (_, listed) = heard.rsplit_once("> links\n").expect("it was typed");
    assert!(listed.starts_with("Link 1: It, https://example.org/s\n"), "{heard}");
}

#[test]
fn links_are_listed_and_opened_after_a_yes() {
    let mut world = begun();
    let script =
        ["links", "address 2", "open 1", "no", "open 2", "yes", "open 6", "open 9", "open", "open x"];
    insta::assert_snapshot!(said(&mut world, &script), @r"

    Lesson 2 of 2. State: not started.

    Title: Two

    See the source (link 1), a bank (link 2), lists (link 3), the end (link
    4), the rules (link 5) and odd (link 6).

    Heading: The end

    So it ends.

    Saved: lesson 2 counts as read.

    Page 1 of 1. This is the end of lesson 2. Press Enter to read lesson 1,
    What apps collect.
    > links
    Link 1: the source, https://example.org/s
    Link 2: a bank, https://exаmple.org/s
    Careful with link 2: this host mixes Latin and Cyrillic letters in one
    name, as hosts do that imitate others.
    Careful with link 2: this host looks like example.org and is another
    one.
    Careful with link 2: this host is looked up as xn--exmple-4nf.org.
    Link 3: lists, in lesson 1, What apps collect, section The lists
    Link 4: the end, in lesson 2, Two, section The end
    Link 5: the rules, in the policy, Acceptable use
    Link 6: odd, in “… lists (link 3), the end (link 4), the rules (link 5)
    and odd”, javascript:x

    Page 1 of 1. This is the end of lesson 2. Press Enter to read lesson 1,
    What apps collect.
    > address 2
    https://exаmple.org/s
    Careful with link 2: this host mixes Latin and Cyrillic letters in one
    name, as hosts do that imitate others.
    Careful with link 2: this host looks like example.org and is another
    one.
    Careful with link 2: this host is looked up as xn--exmple-4nf.org.

    Page 1 of 1. This is the end of lesson 2. Press Enter to read lesson 1,
    What apps collect.
    > open 1

    Link 1 leads out of the course, to this address:
    https://example.org/s
    Its host is example.org.

    Type yes to open it. Press Enter to stay here.
    > no
    Not opened.

    Page 1 of 1. This is the end of lesson 2. Press Enter to read lesson 1,
    What apps collect.
    > open 2

    Link 2 leads out of the course, to this address:
    https://exаmple.org/s
    It is opened as:
    https://xn--exmple-4nf.org/s
    Its host is exаmple.org (looked up as xn--exmple-4nf.org).
    Careful with link 2: this host mixes Latin and Cyrillic letters in one
    name, as hosts do that imitate others.
    Careful with link 2: this host looks like example.org and is another
    one.
    Careful with link 2: this host is looked up as xn--exmple-4nf.org.

    Type yes to open it. Press Enter to stay here.
    > yes
    Opened.

    Page 1 of 1. This is the end of lesson 2. Press Enter to read lesson 1,
    What apps collect.
    > open 6

    Link 6 leads out of the course, to this address:
    javascript:x
    It is not opened: only http, https and mailto are opened.

    Page 1 of 1. This is the end of lesson 2. Press Enter to read lesson 1,
    What apps collect.
    > open 9
    There is no such link. The text has links 1 to 6.

    Page 1 of 1. This is the end of lesson 2. Press Enter to read lesson 1,
    What apps collect.
    > open
    Type open and the number of a link, such as: open 3, or the name of a
    note as it is said, such as: open F002

    Page 1 of 1. This is the end of lesson 2. Press Enter to read lesson 1,
    What apps collect.
    > open x
    There is no link x, and the text has no notes.

    Page 1 of 1. This is the end of lesson 2. Press Enter to read lesson 1,
    What apps collect.

    The input has ended. Everything said to be saved is safe. Goodbye.
    ");
    assert_eq!(world.opened, ["https://xn--exmple-4nf.org/s"]);
}

#[test]
fn links_within_the_course_are_followed_and_return_comes_back() {
    let mut world = begun();
    insta::assert_snapshot!(said(&mut world, &["open 3", "return", "open 4", "return", "open 5", "return"]), @r"

    Lesson 2 of 2. State: not started.

    Title: Two

    See the source (link 1), a bank (link 2), lists (link 3), the end (link
    4), the rules (link 5) and odd (link 6).

    Heading: The end

    So it ends.

    Saved: lesson 2 counts as read.

    Page 1 of 1. This is the end of lesson 2. Press Enter to read lesson 1,
    What apps collect.
    > open 3

    Lesson 1 of 2: What apps collect. State: not started.

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

    Page 1 of 1, from its middle. This is the end of lesson 1, which does
    not count as read: what is missing begins on page 1. Press Enter to go
    back to where you came from.
    > return

    Lesson 2 of 2. State: read.

    Title: Two

    See the source (link 1), a bank (link 2), lists (link 3), the end (link
    4), the rules (link 5) and odd (link 6).

    Heading: The end

    So it ends.

    Page 1 of 1. This is the end of lesson 2. Press Enter to read lesson 1,
    What apps collect, from its beginning.
    > open 4

    Lesson 2 of 2: Two. State: read.

    Heading: The end

    So it ends.

    Page 1 of 1, from its middle. This is the end of lesson 2. Press Enter
    to go back to where you came from.
    > return

    Lesson 2 of 2. State: read.

    Title: Two

    See the source (link 1), a bank (link 2), lists (link 3), the end (link
    4), the rules (link 5) and odd (link 6).

    Heading: The end

    So it ends.

    Page 1 of 1. This is the end of lesson 2. Press Enter to read lesson 1,
    What apps collect, from its beginning.
    > open 5

    Policy.

    Title: Acceptable use

    Keep work data in its place.

    Saved: the policy counts as read.

    Page 1 of 1. This is the end of the policy. Press Enter to go back to
    where you came from.
    > return

    Lesson 2 of 2. State: read.

    Title: Two

    See the source (link 1), a bank (link 2), lists (link 3), the end (link
    4), the rules (link 5) and odd (link 6).

    Heading: The end

    So it ends.

    Page 1 of 1. This is the end of lesson 2. Press Enter to read lesson 1,
    What apps collect, from its beginning.

    The input has ended. Everything said to be saved is safe. Goodbye.
    ");
    assert_eq!(world.opened, Vec::<String>::new());
}

#[test]
fn following_links_for_ever_keeps_the_way_back_bounded() {
    let mut world = begun();
    let mut script = vec!["open 4"; 100];
    script.extend(["return"; 64]);
    let said = said(&mut world, &script);
    assert!(said.contains("You have gone on 64 times. Type return to go back first."), "{said}");
    assert_eq!(said.matches("> return").count(), 64);
    assert!(!said.rsplit("> return").next().expect("what comes last").contains("Type return"), "{said}");
}

#[test]
fn a_note_is_heard_by_its_name_without_leaving_the_page() {
    let mut files = files();
    let lesson = "# Two\n\nIt was so.[^F002][^7]\n\n## Sources\n\n[^F002]: [The page](https://example.org/s), 2026\n[^7]: Ours\n";
    files.insert("lessons/2.md".to_owned(), lesson.as_bytes().to_vec());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    let (_, ended) = talk(&mut world, 72, &INTRODUCTION);
    assert!(matches!(ended, Ok(Ended::InputEnded)), "{ended:?}");
    let said =
        said(&mut world, &["open F002", "open note 7", "open f002", "return", "open F003", "open 1", "no"]);
    let answers: Vec<&str> =
        said.split("> ").skip(1).map(|answer| answer.split("\n\n").next().unwrap_or_default()).collect();
    let expected = [
        "open F002\nNote F002: The page (link 1), 2026",
        "open note 7\nNote 7: Ours",
        "open f002\nNote F002: The page (link 1), 2026",
        // It led to the contents.
        "return\nYou are still on page 1 of lesson 2.",
        "open F003\nThere is no link or note F003. Notes are opened by their names, such as:\nopen note F002",
        "open 1",
        "no\nNot opened.",
    ];
    assert_eq!(answers[..7], expected, "{said}");
}

/// The text says `(note F002)` and `(link 1)`; who typed that kept a note "F002", and heard that a link does nothing.
#[test]
fn what_the_text_says_can_be_typed() {
    let mut files = files();
    let lesson =
        "# Two\n\nIt was so.[^F002][^7]\n\n[^F002]: [The page](https://example.org/s), 2026\n[^7]: Ours\n";
    files.insert("lessons/2.md".to_owned(), lesson.as_bytes().to_vec());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    let (_, ended) = talk(&mut world, 72, &INTRODUCTION);
    assert!(matches!(ended, Ok(Ended::InputEnded)), "{ended:?}");
    let script = [
        "read 2",
        "note F002",
        "Note 7",
        "link 1",
        "no",
        "/note f002",
        "note 8",
        "note =F002",
        "note ==F002",
        "note =7 days",
        "note F009",
        "note =F010",
        "note two",
    ];
    let said = said(&mut world, &script);
    assert_eq!(said.matches("\nNote F002: The page (link 1), 2026\n").count(), 2, "{said}");
    assert!(said.contains("> Note 7\nNote 7: Ours\n"), "{said}");
    assert!(said.contains("> link 1\n\nLink 1 leads out of the course, to this address:"), "{said}");
    let notes: Vec<String> = world.progress().bookmarks.into_iter().map(|bookmark| bookmark.note).collect();
    assert_eq!(notes, ["8", "F002", "=F002", "=7 days", "F009", "F010", "two"]);
    // They were kept without a word, and with the equals sign.
    let told =
        "The text has no note F009, so that is a note of your own. To take it away, type notes remove 5.";
    let heard = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(heard.contains(told) && heard.matches("The text has no note").count() == 1, "{heard}");
}

/// Whoever had heard all of a lesson had to go through pages of sources to come to its check.
#[test]
fn sources_that_fill_pages_of_their_own_can_be_passed_over() {
    let mut files = files();
    let numbers = (0..12).map(|number| number.to_string());
    let sources: Vec<String> = numbers.clone().map(|number| format!("[^F{number}]: A page, 2026")).collect();
    let signs: Vec<String> = numbers.map(|number| format!("[^F{number}]")).collect();
    let (sources, signs) = (sources.join("\n\n"), signs.concat());
    let lesson =
        format!("# Two\n\n{}\n\nIt was so.{signs}\n\n## Sources\n\n{sources}", "Words.\n\n".repeat(8));
    files.insert("lessons/2.md".to_owned(), lesson.into_bytes());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    let (heard, _) =
        talk(&mut world, 72, &[&INTRODUCTION[..], &["lines 8", "read 2", "", "", "read 1"]].concat());
    let heard = heard.replace('\n', " ");
    assert!(heard.contains("Page 2 of 7. Press Enter for the next page. >"), "{heard}");
    let over = "Press Enter for the next page, which has sources alone, or type read 1 to pass over them. >";
    assert!(heard.contains(over), "{heard}");
    assert!(heard.contains("Lesson 1 of 2. State: "), "{heard}");
}

/// Who wanted to hear the address once more had said no to it.
#[test]
fn an_address_that_is_about_to_be_opened_can_be_heard_again() {
    let said = said(&mut begun(), &["open 1", "repeat", "yes"]);
    let again = said.split_once("> repeat\n").expect("it was typed").1;
    let (again, end) = again.split_once("> yes\n").expect("it was typed");
    assert!(
        again.contains("Link 1 leads out of the course, to this address:\nhttps://example.org/s\n"),
        "{again}"
    );
    assert!(!said.contains("Not opened.") && end.starts_with("Opened."), "{said}");
}
