//! What a start says of what was left in its middle, and of what changed since.

use std::sync::Arc;

use countersign::course;
use countersign::markup::LineStart;
use countersign::training::{LessonState, Seen, Sight, Text, World as _};

use crate::course::{course, files};
use crate::talk::{parts, talk};
use crate::world::MadeUp;

fn said(world: &mut MadeUp, script: &[&str]) -> String {
    let (said, ended) = talk(world, 400, script);
    assert!(ended.is_ok(), "{ended:?}");
    said
}

/// Somebody who said who they are and then this.
fn after(script: &[&str]) -> MadeUp {
    let mut world = MadeUp::new(&course());
    said(&mut world, &["Ada Example", "0042", "", "", ""]);
    said(&mut world, script);
    world
}

#[test]
fn enter_goes_on_with_a_check_at_its_question() {
    let mut world = after(&["read 1", "all", "check 1", "1", ""]);
    let back = said(&mut world, &[""]);
    let (before, behind) = back.split_once("> \n").expect("Enter");
    assert!(before.contains("Press Enter to go on with the knowledge check of lesson 1"), "{before}");
    assert!(behind.contains("Question 2 of 2"), "{behind}");
    let unopened = said(&mut after(&["read 1", "all"]), &[]);
    assert!(unopened.contains("Press Enter to take the knowledge check of lesson 1"), "{unopened}");
}

/// It said "not started" of a lesson of which a page was read.
#[test]
fn a_lesson_that_changed_says_so_until_its_beginning_was_heard() {
    let long = |first: &str| {
        let mut files = files();
        let rest = "One more part.\n\n".repeat(10);
        files.insert(
            "lessons/1.md".to_owned(),
            format!("# What apps collect\n\n{first}\n\n## Habits\n\n{rest}").into(),
        );
        Arc::new(course::parse(files).expect("a course without faults"))
    };
    for (read, changed, again) in [
        (&["lines 5", "read 1"][..], "changed since you began it", "read from its beginning"),
        (&["read 1", "all"][..], "changed since you read it", "read again"),
    ] {
        let mut world = MadeUp::new(&long("Old."));
        said(&mut world, &["Ada Example", "0042", "", "", ""]);
        said(&mut world, read);
        world.course = long("New.");
        let told = said(&mut world, &["contents", "lines 5", "read 1"]);
        assert!(told.contains(&format!("New: lesson 1 has {changed}. It is to be {again}.")), "{told}");
        assert!(
            told.contains(&format!("Lesson 1, What apps collect, 1 minute: {changed}, to be {again}.")),
            "{told}"
        );
        assert!(told.contains(&format!("State: {changed}, to be {again}.")), "{told}");
        let told = said(&mut world, &["contents"]);
        assert!(!told.contains("changed"), "{told}");
        assert!(told.contains("begun"), "{told}");
    }
}

/// It led to the first lesson, and after each later check to one that was left for later.
#[test]
fn from_the_end_of_a_lesson_enter_leads_to_what_is_missing_behind_it() {
    let mut files = files();
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("UTF-8");
    let second = "(lesson: \"lessons/2.md\"),";
    assert!(manifest.contains(second), "{manifest}");
    let third = "(lesson: \"lessons/3.md\", check: \"quizzes/3.ron\"), (lesson: \"lessons/4.md\"),";
    files.insert("course.ron".to_owned(), manifest.replace(second, &format!("{second} {third}")).into());
    files.insert("lessons/3.md".to_owned(), "# Three\n\nShort.\n".into());
    files.insert("lessons/4.md".to_owned(), "# Four\n\nShort.\n".into());
    let check = r#"(id: "three", title: "Three", questions: [TrueFalse(id: "so", topic: "law", prompt: "Is it so?", answer: true)])"#;
    files.insert("quizzes/3.ron".to_owned(), check.into());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    said(&mut world, &["Ada Example", "0042", "", "", ""]);
    let read = said(&mut world, &["read 2"]);
    assert!(read.contains("Press Enter to read lesson 3, Three."), "{read}");
    let checked = said(&mut world, &["read 3", "check 3", "true", "", ""]);
    assert!(checked.contains("Press Enter to read lesson 4, Four."), "{checked}");
    let last = said(&mut world, &["read 4", ""]);
    assert!(last.contains("Press Enter to read lesson 1, What apps collect."), "{last}");
    assert!(last.contains("\nLesson 1 of 4. "), "{last}");
}

/// Enter led to the first lesson, which nobody had opened.
#[test]
fn enter_goes_on_where_somebody_left_off_though_something_before_it_is_missing() {
    let mut files = files();
    let long = format!("# Two\n\n{}", "One more part.\n\n".repeat(10));
    files.insert("lessons/2.md".to_owned(), long.into());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    said(&mut world, &["Ada Example", "0042", "", "", ""]);
    said(&mut world, &["lines 5", "read 2", ""]);
    let back = said(&mut world, &["lines 5", ""]);
    let (before, behind) = back.rsplit_once("> \n").expect("Enter");
    assert!(before.contains("Press Enter to go on with lesson 2, Two, of which "), "{before}");
    assert!(behind.contains("Page 2 of"), "{behind}");
}

/// Behind the contents, which had named it, a table or a sentence was heard, and not in which section.
#[test]
fn the_section_is_named_to_whoever_goes_on_in_its_middle() {
    let mut files = files();
    let part = |name: &str| format!("## {name}\n\n{}", "One more part.\n\n".repeat(9));
    files.insert("lessons/2.md".to_owned(), format!("# Two\n\n{}{}", part("First"), part("Second")).into());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    said(&mut world, &["Ada Example", "0042", "", "", ""]);
    let heard = said(&mut world, &["lines 9", "read 2", "", ""]);
    // Where the title is heard, or the heading itself, it is not said twice.
    assert!(heard.contains("Lesson 2 of 2. State: not started.\n\nTitle: Two\n"), "{heard}");
    let back = said(&mut world, &["lines 9", "read 2", "return", "read 2", "heading 3", "return", "read 2"]);
    let opened: Vec<&str> = back.lines().filter(|line| line.starts_with("Lesson 2 of 2")).collect();
    let read = "State: begun, 69 percent read.";
    let middle = format!("Lesson 2 of 2: Two, in section First. {read}");
    let heading = format!("Lesson 2 of 2: Two. {read}");
    assert_eq!(opened, [&middle, &middle, &heading], "{back}");
}

/// The page was said from its beginning on, and the section was named in which they had left it.
#[test]
fn of_a_page_that_is_said_again_from_its_beginning_on_the_section_is_that_of_its_beginning() {
    let mut files = files();
    let part = |name: &str| format!("## {name}\n\n{}", "One more part.\n\n".repeat(9));
    files.insert("lessons/2.md".to_owned(), format!("# Two\n\n{}{}", part("First"), part("Second")).into());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    said(&mut world, &["Ada Example", "0042", "", "", "", "lines 9", "read 2", "heading 3", "where"]);
    let heard = said(&mut world, &["lines 9", "read 2", "where"]);
    let heard = parts(&heard);
    let [.., page, place] = &heard[..] else { panic!("{heard:?}") };
    assert!(page.contains("One more part.\n\nHeading: Second"), "{page}");
    assert!(place.contains(" Sections 2 to 3 of 3, from First to Second."), "{place}");
}

/// From the end of a lesson that does not count as read, Enter led to a page that began with a sentence, and nothing said in which section.
#[test]
fn the_section_is_named_of_a_page_that_is_asked_for_by_number_or_was_passed_over() {
    let mut files = files();
    let part = |name: &str| format!("## {name}\n\n{}", "One more part.\n\n".repeat(9));
    files.insert("lessons/2.md".to_owned(), format!("# Two\n\n{}{}", part("First"), part("Why?")).into());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    let script = ["lines 9", "read 2", "page 5", "", "", "page 2", "back", "page 4"];
    let heard = said(&mut world, &[&["Ada Example", "0042", "", "", ""], &script[..]].concat());
    let heard = parts(&heard);
    let [first, last, missing, next, jump, before, other] = &heard[6..13] else { panic!("{heard:?}") };
    assert!(last.contains("Press Enter for page 2, to hear it from there on."), "{last}");
    for (page, section) in [
        (first, None),
        (last, Some("Why?")),
        (missing, Some("First.")),
        (next, None),
        (jump, Some("First.")),
        (before, None),
        (other, Some("Why?")),
    ] {
        let said = page.lines().find_map(|line| line.strip_prefix("In section "));
        assert_eq!(said, section, "{heard:?}");
    }
}

/// “In section What would you do?.” was said, and of a course, a lesson and a person whose names end in a sign of their own.
#[test]
fn what_ends_in_a_sign_of_its_own_gets_no_second_one() {
    let mut files = files();
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("UTF-8");
    files.insert("course.ron".to_owned(), manifest.replace("Phones at work", "Is it yours?").into());
    let quiz = String::from_utf8(files["quizzes/1.ron"].clone()).expect("UTF-8");
    let own = quiz.replace("title: \"What apps collect\"", "title: \"What do you know?\"");
    files.insert("quizzes/1.ron".to_owned(), own.into());
    let rest = "One more part.\n\n".repeat(10);
    let lesson =
        |title: &str| format!("# {title}\n\n## What would you do?\n\n{rest}## Habits\n\nEnd.\n").into();
    files.insert("lessons/1.md".to_owned(), lesson("Whose is it?"));
    files.insert("lessons/2.md".to_owned(), lesson("Ready!"));
    files.insert("lessons/policy.md".to_owned(), lesson("May I?"));
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    let mut heard = said(&mut world, &["Ada Example Jr.", "0042", "", "", ""]);
    let script =
        ["lines 5", "read 1", "", "where", "status", "contents", "return", "policy", "where", "check 1"];
    heard += &said(&mut world, &script);
    heard += &said(&mut world, &["return", "read 2", "all", "read 1", "all", "sign", "certificate"]);
    for sentence in [
        "The course is: Is it yours?\n",
        "\nName: Ada Example Jr.\n",
        "Welcome back, Ada Example Jr.\n",
        "Course: Is it yours? Version 1.0.0.",
        "Press Enter to read lesson 1, Whose is it? Or type help.",
        "This is page 2 of 5 of lesson 1, Whose is it? Section 2 of 3, What would you do? About 1 minute",
        "in section What would you do? Type contents to hear how every part stands",
        "Press Enter to take the knowledge check of lesson 1, Whose is it? Type return ",
        "Knowledge check of lesson 1: What do you know? 2 questions.",
    ] {
        assert!(heard.contains(sentence), "{sentence}\n{heard}");
    }
    let line = heard.lines().find(|line| ["?.", "!."].iter().any(|signs| line.contains(signs)));
    assert_eq!(line, None, "{heard}");
}

/// All that there is in the course was said at each start, before the line that asks.
#[test]
fn whoever_comes_back_hears_what_is_done_and_not_every_part() {
    let mut world = after(&[]);
    assert!(said(&mut world, &[]).contains("\nLesson 2, Two, "), "nothing is begun");
    let start = "Welcome back, Ada Example.\n\nCourse: Phones at work. Version 1.0.0.\nDone: ";
    for (script, done, next) in [
        (&["lines 5", "read 1"][..], "", "go on with lesson 1, What apps collect, of which"),
        (&["read 1", "all"], "Read: lesson 1.\n", "take the knowledge check of lesson 1, "),
        (
            &["check 1", "=open sure", "", "=seven", "support", ""],
            "Read: lesson 1. Passed: its check.\n",
            "read lesson 2, Two.",
        ),
        (&["read 2"], "Read: all lessons. Passed: the check of lesson 1.\n", "go to the assessment."),
    ] {
        said(&mut world, script);
        let back = said(&mut world, &["contents"]);
        let (brief, whole) = back.split_once("> contents\n").expect("it was typed");
        assert!(brief.starts_with(start) && !brief.contains("Lesson 2, Two, 1 minute"), "{brief}");
        assert!(brief.contains(&format!(" left.\n{done}\nPress Enter to {next}")), "{brief}");
        assert!(brief.contains(" Type contents to hear how every part stands, or help."), "{brief}");
        assert!(whole.contains("\nLesson 2, Two, ") && whole.contains(", or type help."), "{whole}");
    }
    said(&mut world, &["assessment", "start", "submit", "submit again"]);
    let failed = said(&mut world, &[]);
    assert!(
        failed.contains("\nAssessment: not passed yet, ") && failed.contains("with 0 percent, on "),
        "{failed}"
    );
}

/// A page of another face begins where no page of this one does: whoever listened on was led back to the beginning of the page in
/// which they were, here and on the full screen.
#[test]
fn going_on_leads_back_neither_here_nor_in_the_other_face() {
    let parts: Vec<String> = (1..=24).map(|part| format!("This is part {part}.\n\n")).collect();
    let text = format!("# Long\n\n{}", parts.concat());
    let mut files = files();
    files.insert("lessons/2.md".to_owned(), text.clone().into());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    said(&mut world, &["Ada Example", "0042", "", "", ""]);
    let at = |part: &str| text.find(&format!("part {part}.")).expect("it is there") - "This is ".len();
    let mut training = world.training().expect("introduced");
    let sight = Sight { from: LineStart::default(), to: LineStart::first_at(at("12")) };
    let frontier = training.frontier(Text::Lesson(1)).expect("a lesson").after(sight);
    let seen = Seen { place: at("8"), frontier, active_seconds: 1 };
    let changes = training.read(Text::Lesson(1), seen, world.now());
    world.save(&changes).expect("a store in memory");
    let place = |world: &MadeUp| world.progress().lessons["lessons/2.md"].place;
    let percent = |world: &MadeUp| match world.training().expect("introduced").lesson_state(1) {
        LessonState::Reading { percent, .. } => percent,
        other => panic!("{other:?}"),
    };
    let before = percent(&world);

    let heard = said(&mut world, &["lines 10", ""]);
    let (_, page) = heard.rsplit_once("> \n").expect("Enter");
    assert!(page.contains("You go on where you left off, in the middle of a page."), "{page}");
    assert!(page.contains("part 8.") && !page.contains("part 7."), "{page}");
    assert_eq!(place(&world), at("8"));
    // In lines and pages of another length it stays, too.
    said(&mut world, &["lines 16", "", "width 40", "lines 7", "repeat"]);
    assert_eq!(place(&world), at("8"));
    assert!(percent(&world) >= before, "{before}");

    let heard = said(&mut world, &["lines 10", "", "back", "next", "back", "back"]);
    let pages: Vec<&str> = heard.split("\n> ").skip(3).collect();
    let first_said =
        |page: &str| page.split("part ").nth(1).and_then(|rest| rest.split('.').next()).map(str::to_owned);
    let firsts: Vec<_> = pages.iter().filter_map(|page| first_said(page)).collect();
    assert_eq!(firsts, ["5", "10", "5", "1"], "{heard}");
    let heard = said(&mut world, &["lines 10", "", "", "", "", ""]);
    assert!(heard.contains("Saved: lesson 2 counts as read."), "{heard}");
}

/// It was where their paragraph began: the full screen, which had shown half of it, went back.
#[test]
fn whoever_left_off_within_a_paragraph_and_looks_something_up_comes_back_to_the_same_place() {
    let part = |number| format!("This is part {number}, see [it](1.md).\n\n");
    let text = format!("# Long\n\n{}", (1..=24).map(part).collect::<String>());
    let mut files = files();
    files.insert("lessons/2.md".to_owned(), text.clone().into());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    said(&mut world, &["Ada Example", "0042", "", "", ""]);
    let within = text.find("8, see").expect("it is there");
    let mut training = world.training().expect("introduced");
    let sight = Sight { from: LineStart::default(), to: LineStart::first_at(within + 40) };
    let frontier = training.frontier(Text::Lesson(1)).expect("a lesson").after(sight);
    let seen = Seen { place: within, frontier, active_seconds: 1 };
    let changes = training.read(Text::Lesson(1), seen, world.now());
    world.save(&changes).expect("a store in memory");
    for away in ["open 8", "policy", "search Apps take"] {
        let script = ["lines 10", "read 2", away, "found 1", "return", "repeat"];
        let heard = said(&mut world, &script);
        let pages: Vec<&str> = heard.split("\n> ").filter(|said| said.contains("part 8,")).collect();
        assert!(pages.len() > 2 && !heard.contains("part 7,"), "{away}: {heard}");
        assert_eq!(world.progress().lessons["lessons/2.md"].place, within, "{away}: {heard}");
    }
}

/// It said "read", as of a lesson that was not opened.
#[test]
fn of_a_lesson_that_is_begun_it_is_told_in_which_section_it_goes_on() {
    let mut world = after(&["lines 5", "read 1", "", "", ""]);
    let back = said(&mut world, &[]);
    assert!(
        back.contains("Press Enter to go on with lesson 1, What apps collect, in section The lists. Type"),
        "{back}"
    );
}

/// Behind a check that was taken before its lesson Enter led to the second lesson, and the status said the first one.
#[test]
fn the_status_and_enter_lead_to_the_same() {
    let mut world = MadeUp::new(&course());
    said(&mut world, &["Ada Example", "0042", "", "", ""]);
    let checked =
        said(&mut world, &["check 1", "=open sure", "status", "", "=seven", "support", "", "", "status"]);
    let statuses: Vec<&str> = checked.split("> status\n").skip(1).collect();
    assert!(
        statuses[0].contains("Next: go on with the knowledge check of lesson 1, What apps collect."),
        "{checked}"
    );
    assert!(
        statuses[1].contains("Next: read lesson 2, Two.")
            && statuses[1].contains("Press Enter to read lesson 2, Two."),
        "{checked}"
    );
    let read = said(&mut world, &["read 2", "status"]);
    let (_, status) = read.split_once("> status\n").expect("it was typed");
    assert!(
        status.contains("Next: read lesson 1, ") && status.contains("Press Enter to read lesson 1, "),
        "{read}"
    );
}

/// It said "not started", and went on in the middle without a word of what is missing.
#[test]
fn of_a_lesson_that_was_heard_from_its_middle_on_the_beginning_is_missing() {
    let parts: Vec<String> =
        (1..=9).map(|part| format!("## Part {part}\n\nThe words of {part}.\n\n")).collect();
    let mut files = files();
    files.insert("lessons/2.md".to_owned(), format!("# Long\n\n{}", parts.concat()).into());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    said(&mut world, &["Ada Example", "0042", "", "", ""]);

    let heard = said(&mut world, &["lines 6", "search words of 7", "found 1", "", "", "contents"]);
    let end = "This is the end of lesson 2, which does not count as read: what is missing begins on page 1. Press Enter to go back to where \
               you came from.";
    assert!(heard.contains(end), "{heard}");
    let told = "Lesson 2, Long, 1 minute: looked into, its beginning is not read yet.";
    assert!(heard.contains(told), "{heard}");

    said(&mut world, &["lines 6", "search words of 7", "found 1", "note here", "contents"]);
    let heard = said(&mut world, &["lines 6", "notes 1", "", "contents"]);
    let told = "Lesson 2, Long, 1 minute: last heard in section Part 8, its beginning is not read yet.";
    assert!(heard.contains(told), "{heard}");

    let heard = said(
        &mut world,
        &["lines 6", "read 1", "all", "check 1", "=open sure", "", "=seven", "support", "", "contents", ""],
    );
    let (contents, lesson) = heard.rsplit_once("> \n").expect("Enter");
    assert!(
        contents.contains("Press Enter to read lesson 2, Long, from its beginning, or type help."),
        "{heard}"
    );
    assert!(contents.contains("Next: read lesson 2, Long, from its beginning."), "{heard}");
    let begins = "State: last heard in section Part 8, its beginning is not read yet.\nYou hear it from there. To go on in the \
                  section where you were, type heading 9.";
    assert!(lesson.contains(begins) && lesson.contains("Title: Long"), "{lesson}");
}

/// Enter went to the sources, and that something was missing was said behind them alone.
#[test]
fn whoever_came_past_a_gap_to_the_sources_goes_on_with_what_is_missing() {
    let parts: Vec<String> =
        (1..=9).map(|part| format!("## Part {part}\n\nThe words of {part}.\n\n")).collect();
    let mut files = files();
    let sources = "## Sources\n\n[^F1]: One source.\n\n[^F2]: Another one.\n";
    files.insert(
        "lessons/2.md".to_owned(),
        format!("# Long\n\nSo[^F1] it[^F2] is.\n\n{}{sources}", parts.concat()).into(),
    );
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    said(&mut world, &["Ada Example", "0042", "", "", ""]);
    let heard = said(&mut world, &["lines 6", "read 2", "page 10", "", "contents"]);
    let pages: Vec<&str> = heard.split("Page ").skip(1).collect();
    let told = "Lesson 2 does not count as read: what is missing begins on page 2. Type page 2 to hear it. Press Enter for the next page, \
                which has sources alone.";
    assert!(pages[1].starts_with("10 of 11. ") && pages[1].contains(told), "{heard}");
    let heard = said(&mut world, &["lines 6", ""]);
    assert!(heard.contains("Press Enter to go on with lesson 2, Long, in section Part 1."), "{heard}");
    let (_, page) = heard.rsplit_once("> \n").expect("Enter");
    assert!(page.contains("Heading: Part 1") && page.contains("Page 2 of 11."), "{page}");
}

/// It named the lesson that was begun first, and the line behind it went on with the one that was left last.
#[test]
fn what_comes_first_before_the_signature_is_where_going_on_leads() {
    let mut files = files();
    let sections = |name: &str| format!("# {name}\n\n## Habits\n\n{}", "One more.\n\n".repeat(20));
    for (path, name) in [("lessons/1.md", "One"), ("lessons/2.md", "Two")] {
        files.insert(path.to_owned(), sections(name).into());
    }
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    said(&mut world, &["Ada Example", "0042", "", "", "", "lines 5", "read 1", "", "read 2", "", ""]);
    let heard = parts(&said(&mut world, &["certificate", "sign"]));
    let onward = "go on with lesson 2, Two, in section Habits";
    for words in heard {
        assert!(words.contains(&format!("What comes first: {onward}.")), "{words}");
        assert!(words.contains(&format!("Press Enter to {onward}.")), "{words}");
    }
}
