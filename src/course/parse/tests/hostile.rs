//! Whatever bytes a course is made of: an answer, soon, and no panic.

use proptest::prelude::*;

use super::*;

#[test]
fn hostile_shapes_end() {
    // So much that a quadratic reader would need hours.
    let limit = 1 << 20;
    for piece in ["(", "[", "{", "/*", "\"", "[,", "\\", "a(", "\n;", ")", "((\n", "a:", "[1,", "r#", "(a:1 "]
    {
        let mut files = small();
        files.insert("quizzes/one.ron".to_owned(), piece.repeat(limit / piece.len()).into_bytes());
        assert!(!faults(files).is_empty(), "{piece}");
    }
    for (open, piece, close) in [
        ("(id: \"one\", questions: [", "S(),", "])"),
        ("(id: \"one\", questions: [", "0 ", "])"),
        ("(", "a: 1,", ")"),
        ("(id: \"one\", title: \"One\", questions: [Text(accepted: [", "\"a\",", "])])"),
    ] {
        let mut files = small();
        let text = format!("{open}{}{close}", piece.repeat(limit / piece.len() - 20));
        files.insert("quizzes/one.ron".to_owned(), text.into_bytes());
        let faults = faults(files);
        assert!((1..=1_001).contains(&faults.len()), "{} {:?}", faults.len(), faults.first());
    }
}

/// What was meant was once looked for beside every slip: for minutes, and for faults that nobody was told.
#[test]
fn many_slips_end_soon() {
    let mut files = small();
    let headings = (0..500).map(|i| format!("## A heading like others {i}\n\n")).collect::<Vec<_>>().concat();
    let links = (0..50_000).map(|i| format!("[a](#a-heading-unlike-others-{i})\n"));
    let lesson = format!("# First\n\n{headings}{}", links.collect::<String>());
    files.insert("lessons/one.md".to_owned(), lesson.into_bytes());
    assert_eq!(faults(files).len(), 1_001);

    let mut files = small();
    let gaps = (0..500)
        .map(|i| format!("Text(id: \"gap-like-others-{i}\", accepted: [\"a\"]),"))
        .collect::<Vec<_>>()
        .concat();
    let text = (0..50_000).map(|i| format!("{{{{gap-unlike-others-{i}}}}}")).collect::<Vec<_>>().concat();
    let quiz = format!(
        "(id: \"one\", title: \"One\", questions: [Cloze(id: \"c\", topic: \"law\", prompt: \"?\", text: \"{text}\", gaps: [{gaps}])])"
    );
    files.insert("quizzes/one.ron".to_owned(), quiz.into_bytes());
    assert_eq!(faults(files).len(), 1_001);
}

/// Going on after a syntax error once read the same line for ever.
#[test]
fn going_on_never_goes_back() {
    for list in [
        "    S(), x: 1,\n",
        "    S(),\n    x: 1,\n",
        "    S() x:\n",
        "    x: [\n    x: [\n",
        "    (), x :\n    ()",
    ] {
        let mut files = small();
        let text = format!("(\n    id: \"one\",\n    questions: [\n{}", list.repeat(50));
        files.insert("quizzes/one.ron".to_owned(), text.into_bytes());
        assert!(!faults(files).is_empty(), "{list}");
    }
}

#[test]
fn ten_thousand_questions_and_one_more() {
    let quiz = |count: usize| {
        let questions = (0..count)
            .map(|i| format!("TrueFalse(id: \"q{i}\", topic: \"law\", prompt: \"Number {i}?\", answer: true, lesson: \"lessons/one.md#first\"),\n"));
        format!("(id: \"one\", title: \"One\", questions: [\n{}])", questions.collect::<String>())
    };
    check_file("quizzes/one.ron", quiz(10_000), &[]);
    check_file(
        "quizzes/one.ron",
        quiz(10_001),
        &[
            "quizzes/one.ron:10002:1: 10001 questions are too many, 10000 is the limit → make several quizzes of it",
        ],
    );
}

/// The richest quiz at hand, shortened a little to keep the properties quick.
fn rich() -> String {
    String::from_utf8(embedded()["quizzes/assessment.ron"].clone()).expect("UTF-8")
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), name in prop::sample::select(vec![
        "course.ron", "quizzes/one.ron", "lessons/one.md",
    ])) {
        let mut files = small();
        files.insert(name.to_owned(), bytes);
        let _ = parse(files);
    }

    #[test]
    fn nothing_made_of_pieces_panics(pieces in prop::collection::vec(prop::sample::select(vec![
        "(", ")", "[", "]", "{", "}", ",", ":", "\"", "'", "id", " id: \"a\"", "Single", "Cloze(", "options: [", "true",
        "{{a}}", "\\", "r#\"", "\"#", "//", "/*", "*/", "\n", "1.5", "-", "é", "questions: [", "Some(", "None", "#![",
    ]), 0..60)) {
        let mut files = small();
        files.insert("quizzes/one.ron".to_owned(), pieces.concat().into_bytes());
        let _ = parse(files);
    }

    /// Half a quiz is never taken for a whole one.
    #[test]
    fn any_truncation_is_a_fault(cut in any::<prop::sample::Index>()) {
        let quiz = rich();
        let end = quiz.trim_end().len();
        let at = cut.index(end);
        prop_assume!(quiz.is_char_boundary(at));
        let source = Source::read("quizzes/one.ron", &quiz.as_bytes()[..at], MAX_RON_BYTES).expect("UTF-8");
        let quiz = bank::read(&source).into_quiz();
        prop_assert!(quiz.is_none() || !source.take_faults().is_empty());
    }

    /// Whatever we take, `ron` takes: one wrong character in a good quiz is refused by us or by nobody.
    #[test]
    fn we_are_never_laxer_than_ron(
        place in any::<prop::sample::Index>(),
        put in prop::sample::select(vec!["", "\"", "(", ")", "[", "]", ",", ":", "\\", "x", "1", "/", "#", " ", "\u{a0}"]),
        cut in 0_usize..3,
    ) {
        let mut quiz = QUIZ.replace("prompt: \"Which?\"", "prompt: r#\"Wh\"ich\"#, points: 3, why: Some(\"a\\n\\u{e9}\")");
        let at = place.index(quiz.len());
        quiz.replace_range(at..(at + cut).min(quiz.len()), put);
        let source = Source::read("quizzes/one.ron", quiz.as_bytes(), MAX_RON_BYTES).expect("UTF-8");
        let bank = bank::read(&source);
        if source.take_faults().is_empty() {
            prop_assert!(bank.into_quiz().is_some());
            let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
            let read = options.from_str::<serde::de::IgnoredAny>(&quiz);
            prop_assert!(read.is_ok(), "{:?}\n{}", read, quiz);
        }
    }
}
