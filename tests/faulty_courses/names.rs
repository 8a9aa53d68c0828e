//! Faults that no file in a repository can hold: of names that some computers cannot store, and of size.

use chrono::NaiveDate;
use countersign::author::check::check_as_far_as_read;
use countersign::course::{Fault, Rule};

use super::{folder, report, said};

fn check_with(path: &str, content: &[u8]) -> String {
    let mut files = folder("base");
    files.insert(path.to_owned(), content.to_vec());
    said(&report(&files))
}

fn check_without(path: &str) -> String {
    let mut files = folder("base");
    files.remove(path).expect("a file of the base");
    said(&report(&files))
}

#[test]
fn course_ron_is_missing() {
    insta::assert_snapshot!(check_without("course.ron"), @r#"
    error[missing-file]: this file is missing
    --> course.ron
     = help: a course folder has a course.ron; to begin a course: countersign author new DIR
    "#);
}

#[test]
fn a_quiz_is_missing() {
    insta::assert_snapshot!(check_without("quizzes/bank.ron"), @r#"
    error[missing-file]: there is no file `quizzes/bank.ron`
      --> course.ron:19:24
       |
    19 |     assessment: (quiz: "quizzes/bank.ron", pass_percent: 80, draw: 2),
       |                        ^^^^^^^^^^^^^^^^^^
    "#);
}

/// Both names look the same: whoever was asked "did you mean" saw no difference.
#[test]
fn accents_that_are_stored_differently() {
    let mut files = folder("base");
    let mail = files.remove("lessons/mail.md").expect("a file of the base");
    files.insert("lessons/ma\u{302}il.md".to_owned(), mail);
    let course = String::from_utf8(files["course.ron"].clone()).expect("it is text");
    files.insert("course.ron".to_owned(), course.replace("lessons/mail.md", "lessons/m\u{e2}il.md").into());
    let said = said(&report(&files));
    let (_, missed) = said.split_once("there is no file `lessons/m\u{e2}il.md`").expect("it is missed");
    let help = missed.lines().find(|line| line.contains("help:")).expect("there is help");
    insta::assert_snapshot!(help, @"   = help: a file of this name is there, but its accents are stored differently, for Unicode knows two ways: rename it and type its name anew");
}

/// The same of a link, and of the lesson of a question.
#[test]
fn links_whose_accents_are_stored_differently() {
    let mut files = folder("base");
    files.insert("assets/pho\u{302}ne.txt".to_owned(), b"x".to_vec());
    files.insert(
        "lessons/phones.md".to_owned(),
        "# Phones\n\n## Lost phones\n\nSee [the list](../assets/ph\u{f4}ne.txt).\n".into(),
    );
    let said = said(&report(&files));
    assert_eq!(said.matches("its accents are stored differently").count(), 1, "{said}");
}

/// Whoever reads the folder says so; what can be read is checked all the same.
#[test]
fn a_file_that_cannot_be_read() {
    let unreadable = Fault {
        rule: Rule::UnreadableFile,
        file: "assets/pipe.png".to_owned(),
        at: None,
        span: None,
        message: "assets/pipe.png is not a regular file".to_owned(),
        hint: None,
        beside: None,
    };
    let mut files = folder("base");
    files.remove("lessons/mail.md");
    let report =
        check_as_far_as_read(&files, vec![unreadable], NaiveDate::from_ymd_opt(2026, 11, 25).expect("a day"));
    let said = said(&report);
    assert!(said.contains("error[unreadable-file]: assets/pipe.png is not a regular file\n"), "{said}");
    assert!(said.contains("there is no file `lessons/mail.md`"), "{said}");
}

#[test]
fn names_that_differ_in_capitals() {
    insta::assert_snapshot!(check_with("lessons/Mail.md", b"# Mail\n"), @r#"
    warning[unused-file]: no module of course.ron uses this file
    --> lessons/Mail.md
     = help: use it, delete it, or put `_` in front of its name while it is a draft

    error[name-clash]: differs from `lessons/Mail.md` in capitals alone
    --> lessons/mail.md
     = help: rename one of the two
    "#);
}

#[test]
fn a_name_that_windows_cannot_store() {
    insta::assert_snapshot!(check_with("assets/a:b.txt", b"x"), @r#"
    error[bad-path]: bad path, control characters and any of \ : * ? " < > | cannot stand in file names on every computer
    --> assets/a:b.txt
     = help: rename the file

    warning[unused-file]: no lesson and no question shows or links to this file
    --> assets/a:b.txt
     = help: use it or delete it
    "#);
}

#[test]
fn a_name_that_reads_backwards() {
    insta::assert_snapshot!(check_with("assets/\u{202e}gpj.txt", b"x"), @r#"
    error[hidden-character]: the name of this file holds U+202E (right-to-left override)
    --> assets/<U+202E>gpj.txt
     = help: rename the file

    warning[unused-file]: no lesson and no question shows or links to this file
    --> assets/<U+202E>gpj.txt
     = help: use it or delete it
    "#);
}

#[test]
fn an_asset_that_is_too_large() {
    let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
    picture.resize(11 << 20, 0);
    insta::assert_snapshot!(check_with("assets/address.png", &picture), @r#"
    error[asset-too-large]: 11534336 bytes are too many for an asset, 10485760 is the limit
    --> assets/address.png
     = help: make it smaller, or link to it

    warning[unused-file]: no lesson and no question shows or links to this file
    --> assets/address.png
     = help: use it or delete it
    "#);
}

#[test]
fn a_quiz_that_is_too_large() {
    insta::assert_snapshot!(check_with("quizzes/mail.ron", &vec![b' '; (4 << 20) + 1]), @r#"
    error[too-large]: 4194305 bytes are too many, 4194304 is the limit
    --> quizzes/mail.ron
     = help: make several files of it
    "#);
}

#[test]
fn too_many_entries() {
    let options = "(id: \"a\", text: \"A\"),".repeat(1_001);
    let quiz = format!(
        "(id: \"mail\", title: \"Mail\", questions: [Single(id: \"q\", topic: \"mail\", prompt: \"?\", options: [{options}])])"
    );
    insta::assert_snapshot!(check_with("quizzes/mail.ron", quiz.as_bytes()), @r#"
    error[too-many]: 1001 entries are too many, 1000 is the limit
     --> quizzes/mail.ron:1:21095
      |
    1 | … "A"),(id: "a", text: "A"),(id: "a", text: "A"),(id: "a", text: "A"),(id: "a", text: "A"),])])
      |                                                                       ^
    "#);
}
