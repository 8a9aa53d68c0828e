//! Checking a large course: 5,000 questions of every kind in fifty quizzes, and 500 lessons that link to each other.
//!
//! `cargo bench --bench check` prints the time; `cargo bench --bench check -- write DIR` writes the course into a folder,
//! for the program itself (`/usr/bin/time -v countersign author check DIR`).

#![expect(clippy::print_stderr, reason = "for the person who runs it")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use chrono::NaiveDate;
use countersign::author::check::{check, json};
use countersign::course::CourseFiles;
use criterion::{Criterion, Throughput};

const LESSONS: usize = 500;
const QUIZZES: usize = 50;
const QUESTIONS: usize = 100;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, verb, folder, ..] = arguments.as_slice()
        && verb == "write"
    {
        return write(&course(), Path::new(folder));
    }
    let good = course();
    let faulty: CourseFiles = good.iter().map(|(path, bytes)| (path.clone(), spoilt(path, bytes))).collect();
    let day = NaiveDate::from_ymd_opt(2026, 11, 25).expect("a day");
    assert_eq!(check(&good, day).counts().0, 0, "{:#}", json(&check(&good, day)));
    let found = check(&faulty, day).counts().0;
    eprintln!("the faulty course has {found} faults");
    assert!(found > 5_000);

    let mut criterion =
        Criterion::default().sample_size(10).measurement_time(Duration::from_secs(10)).configure_from_args();
    let mut group = criterion.benchmark_group("check");
    group.throughput(Throughput::Bytes(good.values().map(|bytes| bytes.len() as u64).sum()));
    group.bench_function("5,000 questions, 500 lessons", |bencher| {
        bencher.iter(|| check(black_box(&good), day));
    });
    group.bench_function("the same with a fault in every question and lesson", |bencher| {
        bencher.iter(|| check(black_box(&faulty), day));
    });
    group.finish();
    criterion.final_summary();
}

/// A fault in every question and every link.
fn spoilt(path: &str, bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).expect("what we made is UTF-8");
    match path.split('/').next() {
        Some("quizzes") => text.replace("topic: \"", "topic: \"x"),
        Some("lessons") => text.replace(".md#", ".md#x"),
        _ => text,
    }
    .into_bytes()
}

fn course() -> CourseFiles {
    let mut files = CourseFiles::new();
    files.insert("course.ron".to_owned(), manifest().into_bytes());
    for number in 0..LESSONS {
        files.insert(format!("lessons/{number}.md"), lesson(number).into_bytes());
    }
    for number in 0..QUIZZES {
        files.insert(format!("quizzes/{number}.ron"), quiz(number).into_bytes());
    }
    files
}

fn manifest() -> String {
    let mut modules = String::new();
    for number in 0..LESSONS {
        let _ = write!(modules, "(lesson: \"lessons/{number}.md\"");
        if (1..QUIZZES).contains(&number) {
            let _ = write!(modules, ", check: \"quizzes/{number}.ron\"");
        }
        modules.push_str("),\n");
    }
    format!(
        "(id: \"large\", title: \"Large\", version: \"1\", language: \"en\", owner: \"Somebody\",\n\
         reviewed: \"2026-11-22\", review_by: \"2027-05-22\", validity_days: 365,\n\
         topics: [(id: \"a\", title: \"A\"), (id: \"b\", title: \"B\"), (id: \"c\", title: \"C\")],\n\
         modules: [\n{modules}],\n\
         check_pass_percent: 60,\n\
         assessment: (quiz: \"quizzes/0.ron\", pass_percent: 80, draw: 20),\n\
         deliver_to: \"Somebody\")\n"
    )
}

fn lesson(number: usize) -> String {
    let mut text = format!("# Lesson {number}\n\n");
    for section in 0..8 {
        let next = (number + section + 1) % LESSONS;
        let _ = write!(
            text,
            "## Section {section} of {number}\n\nReport what you see. [Lesson {next}]({next}.md#section-0-of-{next}) \
             says *why*, and [the web](https://example.org/{number}) says more.\n\n{}\n\n- one thing\n- another thing\n\n",
            "Words that are read at an even pace, one after the other. ".repeat(12)
        );
    }
    text
}

fn quiz(number: usize) -> String {
    let mut text =
        format!("(\n    id: \"quiz-{number}\",\n    title: \"Quiz {number}\",\n    questions: [\n");
    for question in 0..QUESTIONS {
        let topic = ["a", "b", "c"][question % 3];
        let lesson = (number * QUESTIONS + question) % LESSONS;
        let common = format!(
            "id: \"q{question}\", topic: \"{topic}\", source: \"F1\", lesson: \"lessons/{lesson}.md#section-1-of-{lesson}\",\n            \
             prompt: \"What do you do with case {number}-{question} of the *everyday* kind, see [there](../lessons/{lesson}.md)?\",\n            \
             why: \"Because case {number}-{question} is reported at once, and nobody minds a report too many.\","
        );
        let _ = writeln!(text, "        {},", kind(question, &common));
    }
    text.push_str("    ],\n)\n");
    text
}

fn kind(question: usize, common: &str) -> String {
    let options = |prefix: &str| {
        format!(
            "options: [(id: \"{prefix}a\", text: \"Report it\", right: true), (id: \"{prefix}b\", text: \"Wait for a while\", feedback: \"Do not wait.\"), \
             (id: \"{prefix}c\", text: \"Ask a friend\")]"
        )
    };
    match question % 9 {
        0 => format!("Single({common} {})", options("")),
        1 => format!("Multiple({common} {})", options("")),
        2 => format!("TrueFalse({common} answer: true)"),
        3 => format!(
            "Match({common} pairs: [(id: \"a\", left: \"A\", right: \"One\"), (id: \"b\", left: \"B\", right: \"Two\")])"
        ),
        4 => format!(
            "Order({common} items: [(id: \"a\", text: \"First\"), (id: \"b\", text: \"Then\"), (id: \"c\", text: \"Last\")])"
        ),
        5 => format!("Number({common} answer: 72, tolerance: 1, unit: \"hours\")"),
        6 => format!("Text({common} accepted: [\"report*\", \"tell *\"])"),
        7 => format!(
            "Cloze({common} text: \"Report within {{{{hours}}}} hours to {{{{whom}}}}.\", gaps: [Number(id: \"hours\", answer: 72), \
             Text(id: \"whom\", accepted: [\"the team\"])])"
        ),
        _ => format!(
            "Scenario({common} steps: [(id: \"one\", text: \"It rings.\", {}), (id: \"two\", text: \"It rings again.\", {})])",
            options("one-").replacen("right: true", "right: true, next: \"two\"", 1),
            options("two-")
        ),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a folder made anew; half a file of it is of no worth to anybody"
)]
fn write(files: &CourseFiles, folder: &Path) {
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        std::fs::write(&path, bytes).expect("a file can be written");
    }
    eprintln!("{} files in {}", files.len(), folder.display());
}
