//! Jumps in a text: what was passed over is not read.

use std::sync::Arc;

use countersign::course::{self, Course};
use countersign::plain::Ended;

use crate::course::files;
use crate::talk::{parts, talk};
use crate::world::MadeUp;

/// The small course with a second lesson of ten paragraphs, and a policy of as many.
fn long() -> Arc<Course> {
    let mut files = files();
    let text = |title: &str| {
        let paragraphs: Vec<String> = (1..=10).map(|number| format!("{title} {number}.")).collect();
        format!("# {title}\n\n{}\n", paragraphs.join("\n\n")).into_bytes()
    };
    files.insert("lessons/2.md".to_owned(), text("Two"));
    files.insert("lessons/policy.md".to_owned(), text("Rules"));
    Arc::new(course::parse(files).expect("a course without faults"))
}

fn begun() -> MadeUp {
    let mut world = MadeUp::new(&long());
    let (_, ended) = talk(&mut world, 72, &["Ada Example", "0042", "", "", ""]);
    assert!(matches!(ended, Ok(Ended::InputEnded)), "{ended:?}");
    world
}

fn said(world: &mut MadeUp, script: &[&str]) -> String {
    let (said, ended) = talk(world, 72, script);
    assert!(ended.is_ok(), "{ended:?}");
    said
}

#[test]
fn from_the_end_enter_goes_to_what_was_passed_over() {
    let mut world = begun();
    let said = said(&mut world, &["lines 5", "read 2", "page 4", "", "", "", ""]);
    let (_, jumped) = said.split_once("> page 4").expect("it was typed");
    insta::assert_snapshot!(jumped.split("> \n").take(2).collect::<String>(), @r"

    You come from page 1.

    Two 9.

    Two 10.

    Page 4 of 4. This is the end of lesson 2, but it does not count as read:
    not all of it was said in its order. Press Enter for page 2, to hear it
    from there on.

    Two 3.

    Two 4.

    Two 5.

    Page 2 of 4. Press Enter for the next page.
    ");
    assert!(jumped.contains("Saved: lesson 2 counts as read."), "{jumped}");
}

/// “Policy. It begins here with what is missing.” sounded as if words were missing.
#[test]
fn of_a_policy_that_was_heard_from_its_middle_on_it_is_said_where_it_begins() {
    let mut world = begun();
    said(&mut world, &["lines 5", "search Rules 9", "found 1", "contents"]);
    let heard = said(&mut world, &["policy", "read"]);
    let policy = heard.rsplit_once("> read\n").expect("it was typed").1;
    let begins = "\nPolicy. Its beginning is not read yet. You hear it from there.\n\nTitle: Rules\n";
    assert!(policy.replace(".\nIts", ". Its").starts_with(begins), "{policy}");
}

/// Of a lesson it was told in which section it goes on, of a policy nothing was.
#[test]
fn of_a_policy_too_the_section_is_named_in_whose_middle_it_goes_on() {
    let mut files = files();
    let words = "One more rule.\n\n".repeat(9);
    files.insert("lessons/policy.md".to_owned(), format!("# Rules\n\n## At work\n\n{words}").into());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    said(&mut world, &["Ada Example", "0042", "", "", "", "lines 5", "policy", "read", "", ""]);
    let heard = said(&mut world, &["lines 5", "policy", "read"]);
    assert!(heard.contains("\nPolicy: Rules, in section At work.\n"), "{heard}");
}

#[test]
fn every_kind_of_jump_leaves_the_lesson_unread() {
    for jump in [
        &["page 4"][..],
        &["page 3", "page 4"],
        &["page 3", ""],
        &["page 3", "all"],
        &["search Two 10", "found 1", "return"],
    ] {
        let mut world = begun();
        let script: Vec<&str> =
            ["lines 5", "read 2"].iter().chain(jump).chain(&["contents"]).copied().collect();
        let heard = said(&mut world, &script);
        assert!(heard.contains("Two 10."), "{jump:?}\n{heard}");
        assert!(!heard.contains("it counts as read"), "{jump:?}\n{heard}");
        let (_, contents) = heard.rsplit_once("> contents").expect("it was typed");
        assert!(contents.contains("Lesson 2, Two, 1 minute: begun, "), "{jump:?}\n{contents}");
        let reading = &world.progress().lessons["lessons/2.md"];
        assert_eq!(reading.finished_at, None, "{jump:?}");
    }
}

/// `return` led to where the first search had begun, however far one had read on since.
#[test]
fn return_from_what_was_found_leads_to_the_page_where_it_was_looked_for() {
    let page = |heard: &[String], index: usize| heard[index].contains("\n\nPage 3 of 4. ");
    let mut world = begun();
    let script = ["lines 5", "read 2", "page 3", "search Two 1", "found 1", "found 2", "return"];
    let heard = parts(&talk(&mut world, 1000, &script).0);
    assert!(
        page(&heard, 2) && page(&heard, 6),
        "from one place to the next the way gets no longer: {heard:?}"
    );
    let script = [
        "lines 5",
        "read 2",
        "page 1",
        "search Two 4",
        "found 1",
        "next",
        "search Two 10",
        "found 1",
        "return",
    ];
    let heard = parts(&talk(&mut world, 1000, &script).0);
    assert!(page(&heard, 5) && page(&heard, 8), "{heard:?}");
}

#[test]
fn pages_one_after_the_other_read_it_in_any_size() {
    let check = |script: &[&str]| {
        let mut world = begun();
        let heard = said(&mut world, script);
        assert!(world.progress().lessons["lessons/2.md"].finished_at.is_some(), "{script:?}\n{heard}");
    };
    for lines in ["lines 1", "lines 2", "lines 3", "lines 7", "lines 100"] {
        check(&[&[lines, "read 2"][..], &["next"; 40]].concat());
    }
    for (first, second) in [("lines 5", "lines 3"), ("lines 3", "lines 8"), ("lines 4", "width 40")] {
        check(&[&[first, "read 2", "", second][..], &["next"; 20]].concat());
    }
    check(&["lines 2", "read 2", "", "all"]);
}

/// “Not every page was said after the one before it” was heard where each was, one of them from its middle.
#[test]
fn what_of_a_page_was_passed_over_is_told_as_that() {
    let mut world = begun();
    let script = ["lines 9", "read 1", "", "heading 3", "help", "all"];
    let heard = parts(&talk(&mut world, 1000, &script).0);
    let [section, help, again] = &heard[3..] else { panic!("{heard:?}") };
    let told = "Page 3 of 3, from its middle. This is the end of lesson 1, but it does not count as read: not all of it was said in its \
                order. Press Enter for page 3, to hear it from there on.";
    assert!(section.ends_with(told), "{section}");
    assert!(help.contains("A text counts as read when all of it was said in its order;"), "{help}");
    // From its beginning it was another text than what was asked for.
    let (came_from, section) = section.split_once("\n\n").expect("a page");
    assert_eq!(came_from, "You come from page 2.");
    assert!(again.starts_with(section), "{again}");
}

/// What was said is kept with the progress, not with the talk.
#[test]
fn what_was_passed_over_is_told_after_a_restart_too() {
    let mut world = begun();
    said(&mut world, &["lines 5", "read 2", "page 4", "quit"]);
    let heard = said(&mut world, &["lines 5", "read 2", ""]);
    assert!(heard.contains("Press Enter for page 2,"), "{heard}");
    assert!(heard.contains("Page 2 of 4."), "{heard}");
}

/// The page began with another section, and nothing said where the one that was asked for begins; or that was heard as far as there
/// was room for it behind others.
#[test]
fn a_section_that_is_looked_up_is_the_first_that_is_heard() {
    let mut world = begun();
    let script =
        ["check 1", "=open sure", "read", "back", "return", "lines 9", "read 1", "heading 2", "", "back"];
    let heard = parts(&talk(&mut world, 1000, &script).0);
    let announced = "Lesson 1 of 2: What apps collect. State: not started.\n\n";
    assert!(heard[2].starts_with(&format!("{announced}Heading: Habits\n")), "{heard:?}");
    assert!(heard[2].contains("\nPage 1 of 1, from its middle. "), "{heard:?}");
    assert!(heard[3].starts_with("Title: ") && heard[3].contains("\nHeading: Habits\n"), "{heard:?}");
    // In pages of 9 lines its table stood in the middle of one.
    assert!(
        heard[7].starts_with("You come from page 1.\n\nHeading: The lists\n\nTable, 2 rows."),
        "{heard:?}"
    );
    assert!(heard[7].contains("Note: Policies say") && heard[7].contains("Page 2 of 3."), "{heard:?}");
    assert!(heard[8].contains("\n\nHeading: Habits\n"), "{heard:?}");
    assert!(heard[9].starts_with("Heading: The lists\n"), "{heard:?}");
}

/// A page began where the section did, so the lesson had one more from then on, and the headings said another number.
#[test]
fn pages_keep_their_numbers_where_a_section_is_looked_up() {
    let mut files = files();
    let section = |name: &str| format!("## {name}\n\n{}", "One more.\n\n".repeat(5));
    let sections = ["First", "Second", "Third"].map(section).concat();
    files.insert("lessons/2.md".to_owned(), format!("# Two\n\nA line.\n\n{sections}").into());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    let script = ["lines 9", "read 2", "headings", "heading 3", "repeat", "", "page 2", "quit"];
    let (said, _) = talk(&mut world, 1000, &[&["Ada Example", "0042", "", "", ""], &script[..]].concat());
    let heard = parts(&said);
    let [listed, section, again, onward, page] = &heard[7..12] else { panic!("{said}") };
    assert!(listed.contains("\n3. Second, page 2, "), "{listed}");
    assert!(
        section.starts_with("You come from page 1.\n\nHeading: Second\n")
            && section.contains("\nPage 2 of 5, from its middle. "),
        "{section}"
    );
    assert!(section.ends_with(again.as_str()), "{again}");
    assert!(onward.contains("\nPage 3 of 5. "), "{onward}");
    assert!(page.contains("\n\nHeading: Second\n") && page.contains("\nPage 2 of 5. "), "{page}");
}

/// By its number its section was said, and by the way back to it nothing.
#[test]
fn back_names_the_section_of_a_page_that_begins_in_its_middle() {
    let mut files = files();
    let section = |name: &str| format!("## {name}\n\n{}", "One more.\n\n".repeat(8));
    files.insert(
        "lessons/2.md".to_owned(),
        format!("# Two\n\n{}{}", section("First"), section("Second")).into(),
    );
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    let script = ["lines 9", "read 2", "", "", "back", "back"];
    let (said, _) = talk(&mut world, 1000, &[&["Ada Example", "0042", "", "", ""], &script[..]].concat());
    let heard = parts(&said).split_off(5);
    assert!(heard[2].starts_with("One more."), "{heard:#?}");
    assert!(heard[4].starts_with("In section First.\n\nOne more."), "{heard:#?}");
    assert!(heard[5].starts_with("Title: Two\n"), "{heard:#?}");
}

/// The page was cut anew where the section begins, and the way back led to what stood there without that.
#[test]
fn return_leads_to_the_page_as_it_was_said() {
    let mut files = files();
    let section = |name: &str, words: &str| format!("## {name}\n\n{}{words}\n\n", "One more.\n\n".repeat(5));
    let sections =
        [section("First", "It is."), section("Second", "It is."), section("Third", "See [it](1.md).")];
    files.insert("lessons/2.md".to_owned(), format!("# Two\n\nA line.\n\n{}", sections.concat()).into());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    let script = ["lines 9", "read 2", "heading 3", "", "", "open 1", "return", "quit"];
    let (said, _) = talk(&mut world, 1000, &[&["Ada Example", "0042", "", "", ""], &script[..]].concat());
    let pages: Vec<&str> = said.split("\n> ").filter(|heard| heard.contains("See it (link 1)")).collect();
    let [left, again] = pages[..] else { panic!("{said}") };
    let text = |heard: &str| heard.split_once("One more.").map(|(_, text)| text.to_owned());
    assert_eq!(text(left), text(again), "{said}");
}

/// It was another page: said to be whole, and `repeat` said what nobody had heard.
#[test]
fn whoever_comes_back_from_a_check_is_at_what_they_heard() {
    let mut world = begun();
    let script = ["read 1", "heading 2", "check 1", "return", "repeat", "back"];
    let heard = parts(&said(&mut world, &script));
    let [_, section, _, back, again, whole] = &heard[..] else { panic!("{heard:?}") };
    assert!(section.starts_with("Heading: The lists\n"), "{heard:?}");
    let (_, prompt) = section.rsplit_once("\n\n").expect("a prompt");
    assert!(prompt.starts_with("Page 1 of 1, from its middle."), "{heard:?}");
    assert_eq!(back, &format!("You are back in lesson 1, What apps collect.\n\n{prompt}"));
    assert_eq!(again, section);
    assert!(whole.starts_with("Title: What apps collect\n"), "{heard:?}");
}
