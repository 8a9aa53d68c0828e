//! Terms of the course, asked for anywhere.

use std::sync::Arc;

use countersign::course::{self, CourseFiles};
use countersign::plain::Ended;

use crate::course::files;
use crate::talk::talk;
use crate::world::MadeUp;

#[test]
fn a_term_is_told_by_any_of_its_forms() {
    let glossary = "# Words\n\n## Script, scripts\n\nSteps for a *computer*:\n\n- one\n- two\n\n## Zebra crossing\n\nStripes.\n\n## Zebra\n\nAn animal.\n";
    let files = with_glossary(glossary);
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    let script = [
        "Ada Example",
        "0042",
        "",
        "",
        "",
        "define SCRIPTS",
        "Glossary",
        "define phone",
        "define crossing",
        "define",
        "/define zebra",
    ];
    let (said, ended) = talk(&mut world, 72, &script);
    assert!(matches!(ended, Ok(Ended::InputEnded)), "{ended:?}");
    let (_, said) = said.split_once("> define SCRIPTS\n").expect("it was typed");
    insta::assert_snapshot!(said, @r#"
    Script: Steps for a computer:

    - one
    - two

    Press Enter to read lesson 1, What apps collect, or type help.
    > Glossary
    The glossary has 3 terms.
    Script.
    Zebra crossing.
    Zebra.
    Type define and one of them to hear what it means.

    Press Enter to read lesson 1, What apps collect, or type help.
    > define phone
    The glossary has no “phone”. Type glossary to hear what it has.

    Press Enter to read lesson 1, What apps collect, or type help.
    > define crossing
    The glossary has no “crossing”. It has “Zebra crossing”. Type define and
    one of them.

    Press Enter to read lesson 1, What apps collect, or type help.
    > define
    Type define and a term. Type glossary to hear all terms.

    Press Enter to read lesson 1, What apps collect, or type help.
    > /define zebra
    Zebra: An animal.

    Press Enter to read lesson 1, What apps collect, or type help.

    The input has ended. Everything said to be saved is safe. Goodbye.
    "#);
}

#[test]
fn a_course_without_a_glossary_says_so() {
    let mut world = MadeUp::new(&crate::course::course());
    let (said, _) = talk(&mut world, 72, &["Ada Example", "0042", "", "", "", "define phone", "glossary"]);
    assert_eq!(said.matches("This course has no glossary.").count(), 2, "{said}");
}

fn with_glossary(glossary: &str) -> CourseFiles {
    let mut files = files();
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("UTF-8");
    let manifest = manifest.replace("controls: [],", "glossary: \"lessons/glossary.md\", controls: [],");
    files.insert("course.ron".to_owned(), manifest.into_bytes());
    files.insert("lessons/glossary.md".to_owned(), glossary.as_bytes().to_vec());
    files
}

/// It was told as `link 1`, without its address, and `open 1` offered the lesson's first link.
#[test]
fn a_link_in_a_meaning_is_said_with_its_address() {
    let glossary = "# Words\n\n## Phish\n\nSee [the office](https://glossary.example.org/phish-and-more).\n";
    let mut world = MadeUp::new(&Arc::new(course::parse(with_glossary(glossary)).expect("no faults")));
    let script = ["Ada Example", "0042", "", "", "", "read 1", "define phish"];
    let (said, _) = talk(&mut world, 40, &script);
    let (_, said) = said.split_once("> define phish\n").expect("it was typed");
    let meaning = "Phish: See the office\n(https://glossary.example.org/phish-and-more).\n\nPage";
    assert!(said.starts_with(meaning), "{said}");
}

#[test]
fn a_link_to_a_term_says_what_it_means() {
    let glossary = "# Words\n\n## Script, scripts\n\nSteps for a *computer*.\n\n## Zebra\n\nAn animal.\n";
    let mut files = with_glossary(glossary);
    let mut lesson = files["lessons/1.md"].clone();
    lesson.extend(b"\nA [zebra](glossary.md#zebra) and [all words](glossary.md).\n");
    files.insert("lessons/1.md".to_owned(), lesson);
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    let script = ["Ada Example", "0042", "", "", "", "read 1", "links all", "open 2", "open 3"];
    let (said, _) = talk(&mut world, 72, &script);
    let (_, said) = said.split_once("> links all\n").expect("it was typed");
    assert!(said.contains("Link 2: zebra, in the glossary\n"), "{said}");
    let (_, one) = said.split_once("> open 2\n").expect("it was typed");
    let (one, all) = one.split_once("> open 3\n").expect("it was typed");
    assert!(one.starts_with("Zebra: An animal.\n\nPage"), "{one}");
    assert!(all.starts_with("Script: Steps for a computer.\n\nZebra: An animal.\n"), "{all}");
}

/// Nothing said that a word of the page has its meaning told; the whole list was offered.
#[test]
fn the_terms_of_a_page_are_told_from_those_of_others() {
    let glossary = "# Words\n\n## Phone book, phone books\n\nA list.\n\n## Zebra\n\nAn animal.\n";
    let course = Arc::new(course::parse(with_glossary(glossary)).expect("a course without faults"));
    let script = ["Ada", "7", "", "", "", "read 1", "define", "read 2", "define", "define zebra"];
    let (said, _) = talk(&mut MadeUp::new(&course), 1000, &script);
    let answers: Vec<&str> =
        said.split("\n> define\n").skip(1).filter_map(|said| said.lines().next()).collect();
    let of_lesson = "Terms on this page: Phone book. Type define and one of them to hear what it means.";
    let none = "No term of the glossary is on this page. Type glossary to hear all terms.";
    assert_eq!(answers, [of_lesson, none], "{said}");
}
