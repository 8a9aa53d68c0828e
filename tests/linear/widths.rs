//! A terminal whose columns change while the course is taken.

use std::cell::Cell;
use std::sync::Arc;

use countersign::course as courses;
use countersign::plain::Width;

use crate::course::{course, files};
use crate::talk::{listen_in, talk};
use crate::world::MadeUp;

thread_local! {
    /// How many columns the terminal has.
    static COLUMNS: Cell<usize> = const { Cell::new(72) };
}

/// The terminal, and lines of at most 72 columns in it.
fn in_it() -> Width {
    Width::at_most(72, || Some(COLUMNS.get()))
}

/// What is said to each line of `script`, which is typed in a terminal of so many columns.
fn answers(world: &mut MadeUp, width: Width, script: &[(usize, &str)]) -> Vec<String> {
    let mut lines = script.iter();
    let (said, _) = listen_in(world, width, |_| {
        let (columns, line) = lines.next()?;
        COLUMNS.set(*columns);
        Some((*line).to_owned())
    });
    let answers: Vec<String> = said.split("\n> ").skip(1).map(str::to_owned).collect();
    assert_eq!(answers.len(), script.len(), "{said}");
    answers
}

/// How many columns the widest line has.
fn widest(answer: &str) -> usize {
    answer.lines().map(|line| line.chars().count()).max().unwrap_or_default()
}

fn introduced() -> MadeUp {
    let mut world = MadeUp::new(&course());
    drop(talk(&mut world, 72, &["Ada Example", "0042", "", "", ""]));
    world
}

/// Who is taking a course with a lesson of eight parts, each in three lines at 20 columns and in one at 70.
fn before_long_lesson() -> MadeUp {
    let mut files = files();
    let part = |number| {
        format!(
            "## H{number}\n\nP{number}a word word word word word P{number}b word word word P{number}c\n\n"
        )
    };
    let lesson = format!("# Long\n\n{}", (1..=8).map(part).collect::<Vec<_>>().concat());
    files.insert("lessons/2.md".to_owned(), lesson.into_bytes());
    let course = Arc::new(courses::parse(files).expect("a course without faults"));
    let mut world = MadeUp::new(&course);
    drop(talk(&mut world, 72, &["Ada Example", "0042", "", "", ""]));
    world
}

/// Whoever enlarged the font had every line broken in the middle of words.
#[test]
fn lines_are_as_wide_as_the_terminal_is_when_they_are_said() {
    let mut world = introduced();
    // The columns while a line is typed, the line, and how wide what is said to it is at most.
    let script = [
        (40, "contents", 40),
        (100, "read 1", 72),
        (30, "repeat", 30),
        (35, "", 35),
        (100, "set width 60", 60),
        (100, "contents", 60),
        (25, "contents", 25),
        (90, "width 50", 50),
        (20, "contents", 50),
        // It was taken for 10.
        (90, "width 5", 50),
    ];
    let typed = script.map(|(columns, line, _)| (columns, line));
    for ((columns, line, most), answer) in script.iter().zip(answers(&mut world, in_it(), &typed)) {
        let found = widest(&answer);
        assert!(found <= *most && found + 12 > *most, "{line} at {columns}: {found} in {answer}");
    }
}

/// A wider page held more than the one that was said, and that was left out because it was said.
#[test]
fn everything_from_here_on_is_said_in_a_window_that_became_wider() {
    let mut world = before_long_lesson();
    let script = [(20, "lines 6"), (20, "read 2"), (70, "all")];
    let answers = answers(&mut world, in_it(), &script);
    for number in 1..=8 {
        for word in ["a", "b", "c"].map(|place| format!("P{number}{place}")) {
            assert!(answers[1..].iter().any(|answer| answer.contains(&word)), "{word}: {answers:?}");
        }
    }
    assert!(answers[2].contains("Saved: lesson 2 counts as read."), "{answers:?}");
}

/// Its page was looked up in the pages of the wider window.
#[test]
fn a_heading_is_found_in_a_window_that_became_narrower() {
    let mut world = before_long_lesson();
    let script = [(70, "lines 12"), (70, "read 2"), (20, "heading 5")];
    let answers = answers(&mut world, in_it(), &script);
    assert!(answers[2].contains("Heading: H4"), "{answers:?}");
}

/// A width that was once given held for good, and what was asked for later ran over the edge.
#[test]
fn the_most_that_is_asked_for_follows_the_terminal_whatever_was_asked_for_before() {
    let script = [(100, "width 100"), (100, "set width 60"), (25, "contents")];
    assert!(widest(&answers(&mut introduced(), in_it(), &script)[2]) <= 25);
    // Who was asked who they are, and could not read that.
    let course = course();
    let mut script = vec![(100, "set width 60")];
    script.extend(["Ada Example", "0042", "", "", ""].map(|line| (25, line)));
    script.push((25, "contents"));
    let answers = answers(&mut MadeUp::new(&course), in_it(), &script);
    assert!(answers[0].contains("Lines have at most 60 columns"), "{answers:?}");
    assert!(widest(answers.last().expect("the contents")) <= 25, "{answers:?}");
}

/// A page in the middle of a quote sounded as if the lesson said it.
#[test]
fn a_quote_that_goes_on_over_pages_says_so() {
    let mut files = files();
    let quoted: Vec<String> = (1..=9).map(|line| format!("> Line {line} of it.\n>\n")).collect();
    files.insert(
        "lessons/2.md".to_owned(),
        format!("# Two\n\nThey wrote:\n\n{}\nSo they did.\n", quoted.concat()).into(),
    );
    let mut world = MadeUp::new(&Arc::new(courses::parse(files).expect("a course without faults")));
    let script = ["Ada Example", "0042", "", "", "", "lines 8", "read 2", "", "", ""];
    let (said, _) = talk(&mut world, 72, &script);
    assert_eq!(said.matches("\nQuote: Line 1 of it.\n").count(), 1, "{said}");
    let page = said.split("> \n").nth(4).expect("a second page").trim_start();
    assert!(page.starts_with("The quote goes on:\nLine "), "{said}");
    assert!(said.contains("\nEnd of quote.\n"), "{said}");
    assert!(!said.contains("goes on:\nSo they did."), "{said}");
    // All at once from its middle on.
    let (said, _) = talk(&mut world, 72, &["read 2", "page 2", "all"]);
    let rest = said.split("\n> all\n").nth(1).expect("the rest").trim_start();
    assert!(rest.starts_with("The quote goes on:\n"), "{said}");
    // The line that says so is a line of the page.
    let (said, _) = talk(&mut world, 72, &["lines 8", "search Line 6", "found 1"]);
    let found = said.split("\n> found 1\n").nth(1).expect("it is found");
    let (told, page) = found.split_once("The quote goes on:\n").expect("a quote goes on");
    let lines = page.lines().filter(|line| !line.is_empty());
    let at = lines.take_while(|line| !line.contains("Line 6")).count() + 2;
    let line = format!("“Line 6” stands in line {at} from here; ");
    assert!(told.contains(&line), "{said}");
}

/// Its word was lost, and at its first line it was said to go on.
#[test]
fn a_quote_that_begins_with_a_list_begins_with_its_word() {
    let mut files = files();
    let warning = "> [!WARNING]\n> - one\n> - two\n>\n> Note: three\n\n> # Four\n";
    files.insert("lessons/2.md".to_owned(), format!("# Two\n\n## A\n\n{warning}").into());
    let mut world = MadeUp::new(&Arc::new(courses::parse(files).expect("a course without faults")));
    let (said, _) =
        talk(&mut world, 72, &["Ada Example", "0042", "", "", "", "read 2", "lines 3", "", "", ""]);
    assert!(said.contains("\nWarning: - one\n") && said.contains("\nQuote: Title: Four\n"), "{said}");
    assert!(!said.contains("goes on:\nWarning:") && !said.contains("goes on:\nQuote:"), "{said}");
}

/// Whose words they are stood alone on the next page.
#[test]
fn whose_words_a_quote_has_is_said_with_it() {
    let mut files = files();
    let text = "# Two\n\nOne.\n\nTwo.\n\nThree.\n\n> The words of the law.\n>\n> Article 8\n\nSo it is.\n";
    files.insert("lessons/2.md".to_owned(), text.into());
    let mut world = MadeUp::new(&Arc::new(courses::parse(files).expect("a course without faults")));
    let script = ["Ada Example", "0042", "", "", "", "lines 9", "read 2", ""];
    let (said, _) = talk(&mut world, 72, &script);
    assert!(said.contains("\nThree.\n\nPage 1 of 2."), "{said}");
    assert!(
        said.contains("\n> \n\nQuote: The words of the law.\n\nArticle 8\nEnd of quote.\n\nSo it is.\n"),
        "{said}"
    );
}

/// An empty line stood in the middle of a list, as if another one began.
#[test]
fn all_the_rest_is_said_without_the_ends_of_its_pages() {
    let mut files = files();
    let items: Vec<String> = (1..=9).map(|item| format!("- item {item}\n")).collect();
    files.insert("lessons/2.md".to_owned(), format!("# Two\n\n{}\nSo it is.\n", items.concat()).into());
    let mut world = MadeUp::new(&Arc::new(courses::parse(files).expect("a course without faults")));
    let script = ["Ada Example", "0042", "", "", "", "lines 4", "read 2", "page 1", "all"];
    let (said, _) = talk(&mut world, 72, &script);
    let rest = said.split("\n> all\n").nth(1).expect("the rest");
    assert!(rest.contains("- item 5\n- item 6\n- item 7\n- item 8\n- item 9\n\nSo it is.\n"), "{rest}");
}
