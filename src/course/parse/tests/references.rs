//! Files that name others, and headings within them.

use super::*;

#[test]
fn faults_of_paths() {
    check_manifest(
        "\"lessons/two.md\"",
        "\"lessons/tow.md\"",
        &["course.ron:5:78: there is no file `lessons/tow.md` → did you mean `lessons/two.md`?"],
    );
    check_manifest(
        "\"lessons/two.md\"",
        "\"lessons/one.md\"",
        &["course.ron:5:78: `lessons/one.md` is used twice"],
    );
    check_manifest(
        "\"quizzes/all.ron\"",
        "\"quizzes/one.ron\"",
        &[
            "course.ron:7:24: `quizzes/one.ron` is used twice",
            "course.ron:7:67: cannot draw 2 questions of 1",
        ],
    );
    check_manifest(
        "\"lessons/policy.md\"",
        "\"/etc/passwd\"",
        &["course.ron:8:20: bad path `/etc/passwd`, paths begin at the course folder"],
    );
    check_manifest(
        "\"lessons/policy.md\"",
        "\"lessons/../../x.md\"",
        &["course.ron:8:20: bad path `lessons/../../x.md`, `.`, `..` and empty names lead nowhere"],
    );
    check_manifest(
        "\"lessons/policy.md\"",
        "\"lessons/_policy.md\"",
        &[
            "course.ron:8:20: bad path `lessons/_policy.md`, names beginning with `.` or `_` are not part of a course",
        ],
    );
    check_manifest(
        "\"lessons/policy.md\"",
        "\"policy.md\"",
        &["course.ron:8:20: bad path `policy.md`, expected a path such as lessons/name.md"],
    );
    check_file(
        "lessons/ONE.md",
        "# One",
        &["lessons/one.md: differs from `lessons/ONE.md` in capitals alone → rename one of the two"],
    );
    check_file(
        "assets/a:b",
        "",
        &[
            "assets/a:b: bad path, control characters and any of \\ : * ? \" < > | cannot stand in file names on every computer → rename the file",
        ],
    );
    assert_eq!(
        faults(CourseFiles::new()),
        [
            "course.ron: this file is missing → a course folder has a course.ron; to begin a course: countersign author new DIR",
        ]
    );
    let many = (0..2_001).map(|i| (format!("assets/{i}"), Vec::new()));
    assert_eq!(
        faults(small().into_iter().chain(many).collect()),
        ["course.ron: 2007 files are too many, 2000 is the limit",]
    );
}

#[test]
fn faults_of_lessons() {
    check_file(
        "lessons/two.md",
        "  \n",
        &["lessons/two.md:1:1: this lesson is empty → a lesson is Markdown with at least a heading"],
    );
    check_file(
        "lessons/two.md",
        "Just words.\n",
        &[
            "lessons/two.md:1:1: this lesson has no heading → the first heading is the title, such as: # What apps collect",
        ],
    );
    check_file(
        "lessons/two.md",
        "# Two\n\nTo [one](one.md#frist), [here](#tow), [nowhere](three.md), [out](../../x.md), [web](www.example.org),\n\
         [well](one.md#first), [too](#two), [mail](mailto:a@b.c), [a file](../quizzes/one.ron).\n\n## More\n",
        &[
            "lessons/two.md:3:4: `lessons/one.md` has no heading `#frist` → did you mean `first`?",
            "lessons/two.md:3:25: `lessons/two.md` has no heading `#tow` → did you mean `two`?",
            "lessons/two.md:3:39: there is no file `three.md`",
            "lessons/two.md:3:60: there is no file `../../x.md` → links within a course begin at the folder of the file that they stand in",
            "lessons/two.md:3:79: there is no file `www.example.org` → addresses on the web begin with https://",
        ],
    );
    check_file(
        "lessons/two.md",
        b"# Two\r\n\r\nna\xC3\xAFve \xFF",
        &["lessons/two.md:3:7: byte 0xff is not UTF-8 → save the file as UTF-8"],
    );
    check_file(
        "lessons/two.md",
        b"\xFF\xFE#\0",
        &["lessons/two.md:1:1: byte 0xff is not UTF-8 → save the file as UTF-8"],
    );
    check_file(
        "lessons/two.md",
        vec![b'a'; (16 << 20) + 1],
        &["lessons/two.md: 16777217 bytes are too many, 16777216 is the limit → make several files of it"],
    );
    check_file(
        "quizzes/one.ron",
        vec![b' '; (4 << 20) + 1],
        &["quizzes/one.ron: 4194305 bytes are too many, 4194304 is the limit → make several files of it"],
    );
}

#[test]
fn faults_between_files() {
    check_file(
        "quizzes/one.ron",
        QUIZ.replace("\"one\"", "\"all\""),
        &["quizzes/all.ron:1:6: the quiz `all` is in `quizzes/one.ron` already"],
    );
    check_file(
        "quizzes/one.ron",
        QUIZ.replace("lessons/one.md#first", "lessons/three.md"),
        &["quizzes/one.ron:2:61: no lesson is called `lessons/three.md`"],
    );
    // What is wrong behind the name of the file is said in the same run.
    check_file(
        "quizzes/one.ron",
        QUIZ.replace("lessons/one.md#first", "../lessons/one.md#Frist"),
        &[
            "quizzes/one.ron:2:61: no lesson is called `../lessons/one.md` → did you mean `lessons/one.md`? `lessons/one.md` \
           has no heading `#Frist`: its headings: `#one`, `#first`",
        ],
    );
    let mut files = small();
    files.insert("lessons/three.md".to_owned(), b"# Three".to_vec());
    files.insert(
        "quizzes/one.ron".to_owned(),
        QUIZ.replace("lessons/one.md#first", "lessons/three.md").into_bytes(),
    );
    assert_eq!(
        faults(files),
        [
            "quizzes/one.ron:2:61: no lesson is called `lessons/three.md` → the file is there, but no module of course.ron uses it",
        ]
    );
    let mandatory = BANK.replace("answer: false", "answer: false, mandatory: true");
    check_file(
        "quizzes/all.ron",
        mandatory,
        &["course.ron:7:67: 2 is too few, 3 must fit in (2 mandatory, 1 of further topics)"],
    );
}

#[test]
fn backslashes_in_paths_are_one_fault() {
    // `\0` is an escape in RON, and `\t` another; `\p` is none.
    for (folder, name) in [("lessons", "01.md"), ("lessons", "two.md"), ("lessons", "policy.md")] {
        check_manifest(
            "\"lessons/two.md\"",
            &format!("\"{folder}\\{name}\""),
            &[&format!(
                "course.ron:5:78: in the path `{folder}\\{name}` stands `\\` → write `/`: {folder}/{name}"
            )],
        );
    }
    check_manifest(
        "\"lessons/two.md\"",
        "\"lessons\\\\two.md\"",
        &["course.ron:5:78: in the path `lessons\\\\two.md` stands `\\` → write `/`: lessons/two.md"],
    );
    check_file(
        "quizzes/one.ron",
        QUIZ.replace("lessons/one.md#first", "lessons\\one.md#first"),
        &[
            "quizzes/one.ron:2:61: in the path `lessons\\one.md#first` stands `\\` → write `/`: lessons/one.md#first",
        ],
    );
    // An escape that was meant is none.
    check_manifest("\"lessons/two.md\"", "\"lessons/\\u{74}wo.md\"", &[]);
    check_file(
        "lessons/two.md",
        "# Two\n\n## More\n\n[one](..\\lessons\\one.md), [none](..\\x.md)\n",
        &[
            "lessons/two.md:5:1: there is no file `..\\lessons\\one.md` → write `/` between the names of folders: ../lessons/one.md",
            "lessons/two.md:5:27: there is no file `..\\x.md` → write `/` between the names of folders",
        ],
    );
}
