//! Faults of questions, of every kind.

use super::*;
use crate::quiz::question::Difficulty;

#[test]
fn a_difficulty_is_one_of_three() {
    let question = |difficulty: &str| {
        format!(
            "TrueFalse(id: \"t\", topic: \"law\", difficulty: {difficulty}, prompt: \"So.\", answer: true)"
        )
    };
    for (written, expected) in
        [("\"easy\"", Difficulty::Easy), ("\"medium\"", Difficulty::Medium), ("\"hard\"", Difficulty::Hard)]
    {
        let mut files = small();
        let quiz = format!("(id: \"one\", title: \"One\", questions: [{}])", question(written));
        files.insert("quizzes/one.ron".to_owned(), quiz.into_bytes());
        let course = parse(files).expect("no faults");
        let quiz = course.modules[0].check.as_ref().expect("a check");
        assert_eq!(quiz.questions[0].difficulty, Some(expected));
    }
    check_question(
        &question("\"hrad\""),
        &["quizzes/one.ron:2:46: expected one of easy, medium and hard, found `hrad` → did you mean `hard`?"],
    );
    check_question(
        &question("\"Easy\""),
        &["quizzes/one.ron:2:46: expected one of easy, medium and hard, found `Easy` → did you mean `easy`?"],
    );
    check_question(
        &question("easy"),
        &["quizzes/one.ron:2:46: expected a text in double quotes, found `easy`"],
    );
    check_question(
        &question("2"),
        &["quizzes/one.ron:2:46: expected a text in double quotes, found the number `2`"],
    );
}

#[test]
fn faults_of_every_kind() {
    check_question(
        r#"Single(id: "q", topic: "law", prompt: "?", options: [(id: "a", text: "A")])"#,
        &["quizzes/one.ron:2:53: expected at least two options"],
    );
    check_question(
        r#"Single(id: "q", topic: "law", prompt: "?", options: [(id: "a", text: "A"), (id: "b", text: "B")])"#,
        &["quizzes/one.ron:2:53: no option is right → add right: true to one"],
    );
    check_question(
        r#"Single(id: "q", topic: "law", prompt: "?", options: [(id: "a", text: "A", right: true), (id: "b", text: "B", right: true)])"#,
        &["quizzes/one.ron:2:117: a second option is right, expected exactly one"],
    );
    check_question(
        r#"Single(id: "q", topic: "law", prompt: "?", options: [(id: "a", text: "A", right: true), (id: "b", text: " A")])"#,
        &["quizzes/one.ron:2:105: the option text `A` stands at 2:70 already"],
    );
    check_question(
        r#"Multiple(id: "q", topic: "law", prompt: "?", options: [(id: "a", text: "A", right: true), (id: "b", text: "B", right: true)])"#,
        &["quizzes/one.ron:2:55: every option is right, expected at least one that is wrong"],
    );
    check_question(
        r#"Multiple(id: "q", topic: "law", prompt: "?", options: [(id: "a", text: "A"), (id: "b", text: "B")])"#,
        &["quizzes/one.ron:2:55: no option is right → add right: true to one"],
    );
    check_question(
        r#"TrueFalse(id: "q", topic: "law", prompt: "?", answer: "true")"#,
        &[
            "quizzes/one.ron:2:55: expected true or false, found a text → write true, in lower case and without quotation marks",
        ],
    );
    check_question(
        r#"Match(id: "q", topic: "law", prompt: "?", pairs: [(id: "a", left: "L", right: "R")])"#,
        &["quizzes/one.ron:2:50: expected at least two pairs"],
    );
    check_question(
        r#"Match(id: "q", topic: "law", prompt: "?", pairs: [(id: "a", left: "L", right: "R"), (id: "b", left: "M", right: "S")], extra: [(id: "a", text: "R")])"#,
        &[
            "quizzes/one.ron:2:133: the identifier `a` stands at 2:56 already",
            "quizzes/one.ron:2:144: the right side `R` stands at 2:79 already",
        ],
    );
    // What becomes the name of a member in the answers of a record must not be a term of its context.
    check_question(
        r#"Match(id: "q", topic: "law", prompt: "?", pairs: [(id: "id", left: "L", right: "R"), (id: "b", left: "M", right: "S")], extra: [(id: "exp", text: "T")])"#,
        &[
            "quizzes/one.ron:2:56: a pair cannot be called `id`: the word has a meaning of its own in completion records → use another identifier, such as `id-1`",
        ],
    );
    check_question(
        r#"Number(id: "q", topic: "law", prompt: "?", answer: 1_000, tolerance: -1, unit: 5)"#,
        &[
            "quizzes/one.ron:2:52: expected a number such as 530, 12.5 or \"12.5\", found `1_000` → nothing separates thousands, decimals (up to 9) follow a point",
            "quizzes/one.ron:2:70: a tolerance is not negative",
            "quizzes/one.ron:2:80: expected a text in double quotes, found the number `5`",
        ],
    );
    check_question(
        r#"Text(id: "q", topic: "law", prompt: "?", accepted: [])"#,
        &["quizzes/one.ron:2:52: expected at least one accepted text"],
    );
    check_question(
        r#"Text(id: "q", topic: "law", prompt: "?", accepted: ["", " ", "* *"], case_sensitive: 1)"#,
        &[
            "quizzes/one.ron:2:53: this text is empty",
            "quizzes/one.ron:2:57: this text is empty",
            "quizzes/one.ron:2:62: this accepts every answer",
            "quizzes/one.ron:2:86: expected true or false, found the number `1` → write true, in lower case and without quotation marks",
        ],
    );
    check_question(
        r#"Single(id: "q", topic: "law", prompt: "?", revision: 0, mandatory: 1, option: [])"#,
        &[
            "quizzes/one.ron:2:54: expected a whole number from 1, found the number `0`",
            "quizzes/one.ron:2:68: expected true or false, found the number `1` → write true, in lower case and without quotation marks",
            "quizzes/one.ron:2:71: unknown field `option` → did you mean `options`?",
            "quizzes/one.ron:2:79: expected at least two options",
        ],
    );
    check_question(
        r#"(id: "q")"#,
        &[
            "quizzes/one.ron:2:1: a question begins with its kind → one of Single, Multiple, TrueFalse, Match, Order, Number, Text, Cloze, Scenario",
        ],
    );
    check_question("Single", &["quizzes/one.ron:2:1: expected `(field: value, …)`, found `Single`"]);
    check_question("", &["quizzes/one.ron:1:38: a quiz has at least one question"]);
}

#[test]
fn faults_of_gaps() {
    let cloze = |text: &str, gaps: &str| {
        format!("Cloze(id: \"q\", topic: \"law\", prompt: \"?\", text: \"{text}\",\n  gaps: [{gaps}])")
    };
    let (a, b) = (r#"Text(id: "a", accepted: ["x"])"#, r#"Number(id: "b", answer: 7)"#);
    check_question(&cloze("An {{a}} and {{b}}.", &format!("{a}, {b}")), &[]);
    for term in [
        "aud",
        "cnf",
        "description",
        "exp",
        "iat",
        "id",
        "iss",
        "jku",
        "kid",
        "name",
        "nbf",
        "sub",
        "type",
        "x5u",
    ] {
        let gap = format!("Text(id: \"{term}\", accepted: [\"x\"])");
        check_question(
            &cloze(&format!("A {{{{{term}}}}}."), &gap),
            &[&format!(
                "quizzes/one.ron:3:19: a gap cannot be called `{term}`: the word has a meaning of its own in completion records → use another identifier, such as `{term}-1`"
            )],
        );
    }
    check_question(
        &cloze("An {{a}}.", &format!("{a}, {b}")),
        &["quizzes/one.ron:3:53: the text has no `{{b}}`"],
    );
    check_question(
        &cloze("An {{a}} {{a}} {{aa}}.", a),
        &[
            "quizzes/one.ron:2:59: gap `a` stands in the text twice",
            "quizzes/one.ron:2:65: no gap is called `aa` → did you mean `a`?",
        ],
    );
    check_question(
        &cloze("An {{b}} {{a}}.", &format!("{a}, {b}")),
        &[
            "quizzes/one.ron:3:19: gap `a` stands elsewhere in the text than in this list → list the gaps in the order of the text",
        ],
    );
    check_question(&cloze("An {{a}} {{.", a), &["quizzes/one.ron:2:59: `{{` without `}}`"]);
    check_question(
        &cloze("An {{a}}", r#"Text(id: "a", accepted: [])"#),
        &["quizzes/one.ron:3:34: expected at least one accepted text"],
    );
    check_question(
        &cloze("An {{a}}", r#"Single(id: "a")"#),
        &["quizzes/one.ron:3:10: a gap is a Choice(…), a Text(…) or a Number(…)"],
    );
    check_question(
        &cloze("An {{a}}", r#"Choice(id: "a", options: [(id: "x", text: "X"), (id: "y", text: "Y")])"#),
        &["quizzes/one.ron:3:35: no option is right → add right: true to one"],
    );
    check_question(&cloze("None.", ""), &["quizzes/one.ron:3:9: expected at least one gap"]);
}

#[test]
fn faults_of_stories() {
    let story =
        |steps: &str| format!("Scenario(id: \"q\", topic: \"law\", prompt: \"?\", steps: [\n{steps}\n])");
    let step = |id: &str, right: &str, wrong: &str| {
        format!(
            "(id: \"{id}\", text: \"T\", options: [(id: \"{id}-r\", text: \"R\", right: true{right}), (id: \"{id}-w\", text: \"W\"{wrong})])"
        )
    };
    let next = |id: &str| format!(", next: \"{id}\"");
    check_question(&story(&[step("a", &next("b"), ""), step("b", "", "")].join(",\n")), &[]);
    check_question(&story(""), &["quizzes/one.ron:2:53: expected at least one step"]);
    check_question(
        &story(&[step("a", &next("c"), ""), step("b", "", "")].join(",\n")),
        &["quizzes/one.ron:3:74: no step is called `c`"],
    );
    check_question(
        &story(&[step("a", "", ""), step("b", "", "")].join(",\n")),
        &[
            "quizzes/one.ron:4:1: nothing leads to step `b` → name it as next of some option; the story begins with the first step",
        ],
    );
    check_question(
        &story(&[step("a", &next("b"), ""), step("b", "", &next("a"))].join(",\n")),
        &["quizzes/one.ron:4:98: this leads back to `a`, so the story might never end"],
    );
    check_question(
        &story(&step("a", &next("a"), "")),
        &["quizzes/one.ron:3:74: this leads back to `a`, so the story might never end"],
    );
    check_question(
        &story(&step("a", "", ", right: true")),
        &["quizzes/one.ron:3:99: a second option is right, expected exactly one"],
    );
    // Two ways to the same step are no circle.
    check_question(
        &story(
            &[step("a", &next("b"), &next("c")), step("b", &next("c"), ""), step("c", "", "")].join(",\n"),
        ),
        &[],
    );
    check_question(
        &story(&[step("a", &next("b"), ""), step("b", "", "").replace("b-r", "a-r")].join(",\n")),
        &["quizzes/one.ron:4:37: the option `a-r` stands at 3:37 already"],
    );
}
