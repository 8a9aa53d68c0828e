//! `docs/authoring.md` and `docs/course-format.md` hold what they say: every field stands in the reference as the reader
//! knows it, and every example is read without a fault.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use countersign::author::scaffold::{self, Wishes};
use countersign::course::reference::{self, Group, Presence};
use countersign::course::{CourseFiles, parse};

const PAGES: [&str; 2] = ["docs/authoring.md", "docs/course-format.md"];

fn page(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a page")
}

/// The table of a group as it stands on the page.
fn table(group: &Group) -> String {
    let mut out = String::from("| field | value | without it | meaning |\n|---|---|---|---|\n");
    for field in group.fields {
        let without = match field.presence {
            Presence::Required => "a fault".to_owned(),
            Presence::Optional => "nothing".to_owned(),
            Presence::Default(value) => format!("`{value}`"),
        };
        let _ = writeln!(out, "| `{}` | {} | {without} | {} |", field.name, field.value, field.meaning);
    }
    out
}

#[test]
fn the_reference_has_every_field_and_no_other() {
    let page = page("docs/course-format.md");
    let tables: Vec<String> = page
        .split("| field | value | without it | meaning |")
        .skip(1)
        .map(|rest| {
            let rows: Vec<&str> =
                rest.trim_start_matches('\n').lines().take_while(|line| line.starts_with('|')).collect();
            format!("| field | value | without it | meaning |\n{}\n", rows.join("\n"))
        })
        .collect();
    for (place, group) in reference::ALL.iter().enumerate() {
        let expected = table(group);
        assert_eq!(
            tables.get(place).map(String::as_str),
            Some(expected.as_str()),
            "{}:\n{expected}",
            group.name
        );
    }
    assert_eq!(tables.len(), reference::ALL.len(), "a table of a group that no reader knows");
}

/// The blocks of code in this language, with the line on which each begins.
fn blocks(page: &str, language: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(fence) = line.strip_suffix(language).filter(|fence| is_fence(fence)) else { continue };
        let mut block = String::new();
        for (_, line) in lines.by_ref().take_while(|(_, line)| *line != fence) {
            block += line;
            block.push('\n');
        }
        found.push((number + 1, block));
    }
    found
}

fn is_fence(line: &str) -> bool {
    line.len() >= 3 && line.chars().all(|c| c == '`')
}

/// A new course, in which examples stand.
fn course() -> CourseFiles {
    let wishes = Wishes { id: None, title: None, owner: None, language: None };
    let today = NaiveDate::from_ymd_opt(2026, 11, 25).expect("a day");
    let id = "phishing".parse().expect("an identifier");
    scaffold::new(&id, &wishes, today).expect("no faults").files
}

#[track_caller]
fn check(page: &str, line: usize, path: &str, content: &str) {
    let mut files = course();
    files.insert(path.to_owned(), content.as_bytes().to_vec());
    if let Err(faults) = parse(files) {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{page}:{line}: {}\n{content}", faults.join("\n"));
    }
}

#[test]
fn every_example_in_ron_is_read() {
    let mut count = 0;
    for path in PAGES {
        for (line, block) in blocks(&page(path), "ron") {
            let begin = block.lines().find(|line| !line.starts_with("//")).unwrap_or_default();
            if block.contains("modules:") {
                check(path, line, "course.ron", &block);
            } else if begin.starts_with('(') {
                check(path, line, "quizzes/01-fake-messages.ron", &block);
            } else {
                // Questions.
                let quiz = format!("(id: \"example\", title: \"Example\", questions: [\n{block}])");
                check(path, line, "quizzes/01-fake-messages.ron", &quiz);
            }
            count += 1;
        }
    }
    assert!(count >= 10, "{count} examples are too few to be all of them");
}

#[test]
fn every_example_in_markdown_is_read() {
    let mut count = 0;
    for path in PAGES {
        for (line, block) in blocks(&page(path), "markdown") {
            check(path, line, "lessons/02-what-a-lesson-can-show.md", &block);
            count += 1;
        }
    }
    assert!(count >= 1);
}
