//! Question banks as a trainer uses them: what was imported is part of a course that has no faults, and what was exported
//! is the same quiz when it comes back.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::NaiveDate;
use countersign::author::check::check;
use countersign::author::diagnostic::Severity;
use countersign::author::exchange::bank::Bank;
use countersign::author::exchange::detect::detect;
use countersign::author::exchange::write;
use countersign::course::{CourseFiles, parse, parse_quiz};
use countersign::files::{self, Privacy};
use countersign::quiz::Quiz;

/// Every bank of the corpus.
fn banks() -> Vec<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exchange");
    let entries = [corpus.join("moodle"), corpus].into_iter().flat_map(|folder| {
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path())
    });
    let is_bank = |path: &PathBuf| {
        path.extension()
            .is_some_and(|extension| ["gift", "csv", "txt", "xml"].iter().any(|bank| extension == *bank))
    };
    let mut banks: Vec<PathBuf> = entries.filter(is_bank).collect();
    banks.sort();
    banks
}

/// A course whose assessment asks every question of a bank.
fn course_of(bank: &Bank, quiz: &Quiz, path: &str) -> CourseFiles {
    let topics = bank.import.topics.iter().fold(String::new(), |mut lines, topic| {
        let _ = writeln!(lines, "(id: \"{}\", title: {:?}),", topic.id, topic.title);
        lines
    });
    let manifest = format!(
        r#"(
    id: "small", title: "Small", version: "1.0.0", language: "en", owner: "tests",
    reviewed: "2026-11-22", review_by: "2027-05-22", validity_days: 365,
    topics: [{topics}],
    modules: [(lesson: "lessons/a.md")],
    check_pass_percent: 50,
    assessment: (quiz: "{path}", pass_percent: 60, draw: {}, attempts: 2, wait_minutes: 30),
    policy: (file: "lessons/policy.md", statement: "I have read this policy."),
    controls: [],
    deliver_to: "Send the file to hr@example.org.",
)"#,
        quiz.questions.len()
    );
    let mut files: CourseFiles = [
        ("course.ron", manifest.as_str()),
        ("lessons/a.md", "# A\n\nText.\n\n## b\n\nText.\n"),
        ("lessons/policy.md", "# Policy\n\nText.\n"),
        (path, &write::ron(quiz, &[], &|_| None)),
    ]
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .into();
    files.extend(bank.import.assets.clone());
    files
}

#[test]
fn what_was_imported_is_part_of_a_course_without_faults() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 25).expect("a day");
    let (banks, mut pictures) = (banks(), 0);
    assert!(banks.len() >= 10, "{banks:?}");
    for path in banks {
        let text = fs::read_to_string(&path).expect("a bank");
        let format = detect(&text).expect("a format").format;
        let bank = Bank::read(format, &text);
        let quiz = bank.quiz(None, None, "bank").expect("a question");
        pictures += bank.import.assets.len();
        // Pictures are found from every folder that a quiz may lie in.
        for place in ["quizzes/bank.ron", "quizzes/phones/bank.ron"] {
            let files = course_of(&bank, &quiz, place);
            let said = check(&files, today).diagnostics.into_iter().filter(|remark| {
                // What is warned of is how the banks ask; an asset that nobody shows would be our doing.
                remark.severity == Severity::Error || remark.file.starts_with("assets/")
            });
            let said: Vec<String> =
                said.map(|remark| format!("{}: {}", remark.file, remark.message)).collect();
            assert_eq!(said, [""; 0], "{} in {place}", path.display());
            let course = parse(files).expect("a course");
            assert_eq!(course.assessment.quiz, quiz, "{}", path.display());
        }
    }
    assert!(pictures > 0, "no bank holds a picture");
}

/// A question of every kind that the format knows, with a title and facts that it does not know.
fn sample(orders: bool) -> String {
    let order = r#"Order(id: "o", topic: "top", prompt: "In which order?", all_or_nothing: true,
        items: [(id: "x", text: "Report"), (id: "y", text: "Wait"), (id: "z", text: "Go on")]),"#;
    format!(
        r#"(id: "a--b", title: " Phones -- \"at\" work ]]> 50 % [html] ", ask_certainty: true, questions: [
    Single(id: "s", revision: 3, topic: "law", points: 2, mandatory: true, source: "F001, [F002]", lesson: "lessons/a.md#b",
        prompt: "Which *one*: {{a}} = ~b?\n\n![The page](assets/a.png)", why: "Because.",
        options: [(id: "one", text: "C:\\new", right: true, feedback: "Yes # no"), (id: "two", text: "%50% & <b>")]),
    Multiple(id: "m", topic: "law", prompt: "Which?",
        options: [(id: "1", text: "A", right: true), (id: "2", text: "B", right: true), (id: "3", text: "C")]),
    TrueFalse(id: "t", topic: "top", prompt: "So?", answer: false),
    Match(id: "p", topic: "top", prompt: "What belongs together?",
        pairs: [(id: "l", left: "Law", right: "Binding"), (id: "r", left: "Tip", right: "Friendly")], extra: [(id: "n", text: "Neither")]),
    Number(id: "n", topic: "law", prompt: "How much?", answer: 530, tolerance: 0.5, unit: "million"),
    Text(id: "w", topic: "law", prompt: "Which word?", accepted: ["article 7", "*law*"], case_sensitive: true),
    Cloze(id: "c", topic: "law", prompt: "Fill the gap.", text: "Article {{{{number}}}} says so.", gaps: [
        Choice(id: "number", options: [(id: "seven", text: "7", right: true), (id: "nine", text: "9")])]),
    {}
])"#,
        if orders { order } else { "" }
    )
}

#[test]
fn what_was_exported_is_the_same_quiz_when_it_comes_back() {
    let folder = std::env::temp_dir().join(format!("countersign-exchange-{}", std::process::id()));
    for (format, orders) in [("gift", false), ("moodle-xml", true)] {
        let folder = folder.join(format);
        fs::create_dir_all(folder.join("quizzes")).expect("a folder");
        let written = sample(orders);
        let quiz = parse_quiz("quiz", written.as_bytes()).expect("a quiz");
        files::write_new(&folder.join("quizzes/first.ron"), written.as_bytes(), Privacy::Shared)
            .expect("a file");
        let run = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
            let output = command.arg("author").args(arguments).current_dir(&folder).output().expect("a run");
            (
                output.status.code(),
                String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(),
            )
        };
        let (code, said) = run(&["export", "quizzes/first.ron", "--format", format, "-o", "bank.txt"]);
        assert!(matches!(code, Some(0 | 1)), "{said}");
        let (code, said) = run(&["import", "bank.txt", "-o", "quizzes/second.ron"]);
        assert_eq!(code, Some(0), "{said}");
        let bytes = fs::read(folder.join("quizzes/second.ron")).expect("a quiz");
        assert_eq!(parse_quiz("quiz", &bytes).expect("no faults"), quiz, "{format}: {said}");
    }
    fs::remove_dir_all(folder).expect("a folder");
}
