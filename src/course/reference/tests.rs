//! Whether readers do what the reference says: which fields must be there, which may be left out, and what holds then.

use std::fmt::Write as _;

use super::*;
use crate::course::{Course, CourseFiles, parse};

/// A value for every field of every group; `@Group` stands for a group, with the fields that it must have.
const VALUES: &[(&str, &[(&str, &str)])] = &[
    (
        "Course",
        &[
            ("id", "\"small\""),
            ("title", "\"Small\""),
            ("version", "\"1\""),
            ("language", "\"en\""),
            ("owner", "\"Somebody\""),
            ("reviewed", "\"2026-11-22\""),
            ("review_by", "\"2027-05-22\""),
            ("validity_days", "365"),
            ("topics", "[@Topic]"),
            ("modules", "[@Module]"),
            ("check_pass_percent", "60"),
            ("assessment", "@Assessment"),
            ("policy", "@Policy"),
            ("glossary", "\"lessons/policy.md\""),
            ("controls", "[\"AT-2\"]"),
            ("deliver_to", "\"HR\""),
        ],
    ),
    ("Topic", &[("id", "\"law\""), ("title", "\"Law\"")]),
    ("Module", &[("lesson", "\"lessons/one.md\""), ("check", "\"quizzes/one.ron\"")]),
    (
        "Assessment",
        &[
            ("quiz", "\"quizzes/all.ron\""),
            ("pass_percent", "80"),
            ("draw", "1"),
            ("attempts", "3"),
            ("wait_minutes", "[0, 30]"),
        ],
    ),
    ("Policy", &[("file", "\"lessons/policy.md\""), ("statement", "\"I agree\"")]),
    (
        "Quiz",
        &[("id", "\"all\""), ("title", "\"All\""), ("ask_certainty", "true"), ("questions", "[QUESTION]")],
    ),
    (
        "Question",
        &[
            ("id", "\"q\""),
            ("revision", "2"),
            ("topic", "\"law\""),
            ("points", "3"),
            ("difficulty", "\"hard\""),
            ("mandatory", "true"),
            ("source", "\"Somewhere\""),
            ("lesson", "\"lessons/one.md#one\""),
            ("prompt", "\"What?\""),
            ("why", "\"So\""),
        ],
    ),
    ("Single", &[("options", "[@Option, (id: \"b\", text: \"B\", right: true)]")]),
    (
        "Multiple",
        &[("options", "[@Option, (id: \"b\", text: \"B\", right: true), (id: \"c\", text: \"C\")]")],
    ),
    ("Option", &[("id", "\"a\""), ("text", "\"A\""), ("right", "false"), ("feedback", "\"No\"")]),
    ("TrueFalse", &[("answer", "true")]),
    (
        "Match",
        &[
            ("pairs", "[@Pair, (id: \"y\", left: \"Y\", right: \"Yes\")]"),
            ("extra", "[(id: \"z\", text: \"Z\")]"),
        ],
    ),
    ("Pair", &[("id", "\"x\""), ("left", "\"X\""), ("right", "\"Cross\"")]),
    (
        "Order",
        &[
            ("items", "[@Item, (id: \"j\", text: \"J\"), (id: \"k\", text: \"K\")]"),
            ("all_or_nothing", "true"),
        ],
    ),
    ("Item", &[("id", "\"i\""), ("text", "\"I\"")]),
    ("Number", &[("id", "\"n\""), ("answer", "3"), ("tolerance", "1"), ("unit", "\"days\"")]),
    ("Text", &[("id", "\"t\""), ("accepted", "[\"yes\"]"), ("case_sensitive", "true")]),
    ("Cloze", &[("text", "\"It is {{c}}.\""), ("gaps", "[Choice@Choice]")]),
    ("Choice", &[("id", "\"c\""), ("options", "[@Option, (id: \"b\", text: \"B\", right: true)]")]),
    ("Scenario", &[("steps", "[@Step]")]),
    (
        "Step",
        &[
            ("id", "\"s\""),
            ("text", "\"Then?\""),
            ("options", "[@Branch, (id: \"b\", text: \"B\", right: true)]"),
        ],
    ),
    (
        "Branch",
        &[
            ("id", "\"a\""),
            ("text", "\"A\""),
            ("right", "false"),
            ("feedback", "\"No\""),
            ("next", "\"end\""),
        ],
    ),
];

/// Which fields of which group are written otherwise than usual: those that must be there.
#[derive(Clone, Copy)]
enum Written<'a> {
    Usual,
    Without(&'a Group, &'a str),
    With(&'a Group, &'a str, Option<&'a str>),
}

fn value(group: &Group, field: &str) -> &'static str {
    let (_, values) = VALUES.iter().find(|(name, _)| *name == group.name).expect("values for every group");
    let (_, value) = values.iter().find(|(name, _)| *name == field).expect("a value for every field");
    value
}

/// The fields of a group as they stand in the file.
fn fields(group: &Group, written: Written<'_>) -> String {
    let mut out = String::new();
    for field in group.fields {
        // The policy may be left out as a whole; what it must have shows where it is.
        let holds = match written {
            Written::Without(other, _) | Written::With(other, ..) => {
                same(other, &POLICY) && field.name == "policy"
            }
            Written::Usual => false,
        };
        let usual = (field.presence == Presence::Required || holds).then(|| value(group, field.name));
        let value = match written {
            Written::Without(other, name) if same(other, group) && name == field.name => None,
            Written::With(other, name, value) if same(other, group) && name == field.name => {
                Some(value.unwrap_or_else(|| self::value(group, name)))
            }
            Written::Usual | Written::Without(..) | Written::With(..) => usual,
        };
        if let Some(value) = value {
            let _ = write!(out, "{}: {}, ", field.name, filled(value, written));
        }
    }
    out
}

/// Two groups are called `Number`, and two `Text`: the kind and the gap.
fn same(one: &Group, other: &Group) -> bool {
    one.name == other.name && one.fields.len() == other.fields.len()
}

fn filled(value: &str, written: Written<'_>) -> String {
    let Some((before, rest)) = value.split_once('@') else { return value.to_owned() };
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let group = ALL.iter().find(|group| group.name == name).expect("a group of this name");
    format!("{before}({}){}", fields(group, written), filled(after, written))
}

/// The question that holds this group: a kind is its own, a part is within the kind that has it.
fn question(group: &Group, written: Written<'_>) -> String {
    let kind = match group.name {
        "Option" => &SINGLE,
        "Pair" => &MATCH,
        "Item" => &ORDER,
        "Step" | "Branch" => &SCENARIO,
        "Choice" => &CLOZE,
        "Single" | "Multiple" | "Match" | "Order" | "Cloze" | "Scenario" => group,
        "Number" | "Text" if group.names()[0] != "id" => group,
        "Number" | "Text" => {
            let gap = format!("{}({})", group.name, fields(group, written));
            let id = value(group, "id").trim_matches('"');
            let common = fields(&QUESTION, written);
            return format!("Cloze({common}text: \"It is {{{{{id}}}}}.\", gaps: [{gap}])");
        }
        _ => &TRUE_FALSE,
    };
    let own = fields(kind, written);
    let own = if group.name == "Branch" && own.contains("next: ") {
        // The step that `next` leads to.
        let step = "(id: \"end\", text: \"E\", options: [(id: \"c\", text: \"C\"), (id: \"d\", text: \"D\", right: true)])";
        let steps = own.strip_suffix("], ").expect("the steps are the last field");
        format!("{steps}, {step}], ")
    } else {
        own
    };
    format!("{}({}{own})", kind.name, fields(&QUESTION, written))
}

fn course(group: &Group, written: Written<'_>) -> CourseFiles {
    let quiz = fields(&QUIZ, written).replace("QUESTION", &question(group, written));
    let files = [
        ("course.ron", format!("({})", fields(&COURSE, written))),
        ("lessons/one.md", "# One\n".to_owned()),
        ("lessons/policy.md", "# Policy\n".to_owned()),
        ("quizzes/all.ron", format!("({quiz})")),
        (
            "quizzes/one.ron",
            "(id: \"one\", title: \"One\", questions: [TrueFalse(id: \"o\", topic: \"law\", prompt: \"?\", answer: true)])"
                .to_owned(),
        ),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect()
}

fn read(group: &Group, written: Written<'_>) -> Result<Course, String> {
    let files = course(group, written);
    let shown = format!(
        "{} {}",
        String::from_utf8_lossy(&files["course.ron"]),
        String::from_utf8_lossy(&files["quizzes/all.ron"])
    );
    parse(files).map_err(|faults| {
        let told =
            faults.iter().map(|fault| format!("{fault}, {}", fault.hint.as_deref().unwrap_or("no hint")));
        format!("{}\n{shown}", told.collect::<Vec<_>>().join("\n"))
    })
}

#[test]
fn what_must_be_there_is_enough_and_needed() {
    for group in ALL {
        if let Err(faults) = read(group, Written::Usual) {
            panic!("{}: {faults}", group.name);
        }
        for field in group.fields.iter().filter(|field| field.presence == Presence::Required) {
            let faults = read(group, Written::Without(group, field.name)).expect_err("a field is missing");
            let expected = format!("field `{}` is missing, add `{}: ", field.name, field.name);
            assert!(faults.contains(&expected), "{} without {}: {faults}", group.name, field.name);
        }
    }
}

#[test]
fn what_may_be_left_out_may_be_there() {
    for group in ALL {
        for field in group.fields.iter().filter(|field| field.presence != Presence::Required) {
            let with = read(group, Written::With(group, field.name, None));
            let with = with.unwrap_or_else(|faults| panic!("{} with {}: {faults}", group.name, field.name));
            let without = read(group, Written::Usual).expect("no faults");
            if field.name != "right" {
                assert_ne!(facts(with), facts(without), "{} with {} means nothing", group.name, field.name);
            }
        }
    }
}

#[test]
fn a_default_is_what_holds_without_the_field() {
    let mut checked = 0;
    for group in ALL {
        for field in group.fields {
            let Presence::Default(default) = field.presence else { continue };
            let with = read(group, Written::With(group, field.name, Some(default)));
            let with = with.unwrap_or_else(|faults| panic!("{} with {}: {faults}", group.name, field.name));
            let without = read(group, Written::Usual).expect("no faults");
            assert_eq!(facts(with), facts(without), "{}, {}: {default}", group.name, field.name);
            checked += 1;
        }
    }
    assert!(checked > 10);
}

/// A course apart from its bytes.
fn facts(course: Course) -> Course {
    let nothing = CourseFiles::new();
    Course { digest: crate::course::digest(&nothing), files: nothing.into(), ..course }
}
