use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::author::exchange::bank::Bank;
use crate::author::exchange::detect::Format as BankFormat;
use crate::author::exchange::report;
use crate::author::exchange::specimens;
use crate::author::exchange::write;
use crate::author::exchange::{Entry, Outcome};
use crate::quiz::question::Question;
use crate::quiz::{Quiz, samples};

/// One line an entry, one a note, and the questions as a quiz file writes them.
fn told(text: &str) -> String {
    let import = import(text);
    let mut out = String::new();
    let mut questions = Vec::new();
    for Entry { line, name, outcome } in import.entries {
        let (verdict, notes) = match outcome {
            Outcome::Imported { question, losses } => {
                questions.push(*question);
                ("imported", losses)
            }
            Outcome::Refused { reasons } => ("refused", reasons),
        };
        let _ = writeln!(out, "{line} {name}: {verdict}");
        for note in notes {
            let _ = writeln!(out, "  {note}");
            if let Some(hint) = note.hint {
                let _ = writeln!(out, "    {hint}");
            }
        }
    }
    for topic in import.topics {
        let _ = writeln!(out, "topic {} {}", topic.id, topic.title);
    }
    if questions.is_empty() { out } else { out + &body(questions) }
}

fn body(questions: Vec<Question>) -> String {
    let ron = write::ron(&samples::quiz(questions), &[], &|_| None);
    let all: Vec<&str> = ron.lines().collect();
    // Without what every quiz begins and ends with.
    let lines = all[4..all.len() - 2].iter().map(|line| line.strip_prefix("        ").unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

/// Compares with the report beside the bank in `tests/exchange/`.
macro_rules! bank {
    ($test:ident, $name:literal) => {
        #[test]
        fn $test() {
            let told = told(include_str!(concat!("../../../../tests/exchange/", $name, ".gift")));
            insta::with_settings!({
                snapshot_path => "../../../../tests/exchange",
                prepend_module_to_snapshot => false,
                omit_expression => true,
            }, { insta::assert_snapshot!($name, told) });
        }
    };
}

bank!(choices_come_over, "choices");
bank!(typed_answers_come_over, "typed");
bank!(matching_comes_over, "matching");
bank!(what_parts_questions_is_watched, "structure");
bank!(texts_become_markdown, "formats");

#[test]
fn the_bundled_quizzes_survive_the_journey() {
    for (path, bytes) in crate::course::embedded() {
        if path.starts_with("quizzes/") {
            let quiz = crate::course::parse_quiz(&path, &bytes).expect("no faults");
            let exported = export(&quiz);
            let left_out = |question: &&Question| {
                !exported
                    .losses
                    .iter()
                    .any(|(id, loss)| id == question.id.as_str() && loss.starts_with("left out"))
            };
            let expected: Vec<Question> = quiz.questions.iter().filter(left_out).cloned().collect();
            assert_eq!(questions(&exported.text), expected, "{path}");
            assert_eq!(exported.left_out, quiz.questions.len() - expected.len(), "{path}");
        }
    }
}

/// The questions of an import in which nothing was lost or refused.
fn questions(text: &str) -> Vec<Question> {
    let entries = import(text).entries;
    let question = |entry: Entry| match entry.outcome {
        Outcome::Imported { question, losses } if losses.is_empty() => *question,
        other => panic!("{} {}: {other:?}\n{text}", entry.line, entry.name),
    };
    entries.into_iter().map(question).collect()
}

/// Quizzes of what GIFT can express.
fn expressible() -> impl Strategy<Value = Quiz> {
    let texts = specimens::trimmed().prop_filter("GIFT keeps no such text, and says so", |text| {
        !text.contains(['\r'])
            && text.trim_matches(piece::SPACE) == text
            && !text.contains("->")
            && !text.contains("\\*")
    });
    let texts = texts.boxed();
    let kinds = prop_oneof![
        4 => specimens::gradable(&texts),
        1 => specimens::cloze(texts.clone(), 1..2).prop_filter("its ends are kept", |kind| match kind {
            Kind::Cloze { text, .. } => text.trim_matches(piece::SPACE) == text,
            _ => true,
        }),
    ];
    specimens::quiz_of(kinds.boxed(), texts)
}

/// They were passed over without a word.
#[test]
fn facts_of_ours_that_belong_to_no_question_are_told() {
    fn check(comment: &str, is_told: bool) {
        let lines =
            report::lines(&import(&format!("::a::A?{{=b ~c}}\n\n// {comment}\n\n::d::D?{{=e ~f}}\n")));
        let told =
            lines.contains(&"  line 3: these comments with an id or a tag belong to no question".to_owned());
        assert_eq!(told, is_told, "{comment}: {lines:?}");
    }
    check("[countersign-points=3]", true);
    check("[tag:countersign-mandatory]", true);
    check("[countersign-quiz=bank]", false);
    check("a remark", false);
}

proptest! {
    #[test]
    fn what_is_exported_is_imported_again(quiz in expressible()) {
        let exported = export(&quiz);
        let left_out = exported.losses.iter().find(|(_, loss)| loss.starts_with("left out"));
        prop_assert_eq!(left_out, None);
        prop_assert_eq!(questions(&exported.text), quiz.questions.clone(), "{}", &exported.text);
        let bank = Bank::read(BankFormat::Gift, &exported.text);
        prop_assert_eq!(bank.quiz(None, None, "another-name"), Some(quiz), "{}", exported.text);
    }

    /// Whatever is lost is said: an import without losses of an export without losses is the quiz itself.
    #[test]
    fn nothing_is_lost_in_silence(quiz in specimens::quiz()) {
        let exported = export(&quiz);
        let changed = |loss: &str| !loss.starts_with("Moodle") && !loss.starts_with("it is worth");
        let quiet: Vec<&Question> = quiz.questions.iter()
            .filter(|question| !exported.losses.iter().any(|(id, loss)| id == question.id.as_str() && changed(loss)))
            .collect();
        let entries = import(&exported.text).entries;
        for question in quiet {
            let back = entries.iter().find_map(|entry| match &entry.outcome {
                Outcome::Imported { question: back, .. } if back.id == question.id => Some(back),
                _ => None,
            });
            prop_assert_eq!(back.map(|back| &**back), Some(question), "{}", exported.text);
        }
    }

    #[test]
    fn no_text_panics(text in "[\\\\{}=~#:%>\\[\\]a1.*\n /-]{0,60}|\\PC{0,40}") {
        let import = import(&text);
        // Every line that says something is in some entry, so an empty import had nothing to say.
        if import.entries.is_empty() {
            let says_nothing = text.split('\n').all(|line| {
                let line = line.trim_matches(piece::SPACE);
                line.is_empty() || line.starts_with("//") || line.starts_with("$CATEGORY:")
            });
            prop_assert!(says_nothing);
        }
    }
}

#[test]
fn hostile_files_take_no_time() {
    // What takes quadratic time would take minutes already.
    let much = |piece: &str| piece.repeat((32 << 10) / piece.len());
    for piece in [
        "{",
        "}",
        "=",
        "~",
        "#",
        "\\",
        "{=",
        "=a ",
        "~%",
        "%",
        "{}\n\n",
        "<b>",
        "&",
        "<",
        "[",
        "//[id:",
        "::",
        "\0",
        "\u{202e}",
        "$CATEGORY: a/",
        "->",
        "=a->b ",
        "x{=a ~b}\n\n",
        "*",
    ] {
        for (before, after) in [("", ""), ("x{", "}"), ("x{=", "}"), ("x{#", "}"), ("// [tag:", "]\nx{T}")] {
            let text = format!("{before}{}{after}", much(piece));
            let import = import(&text);
            assert!(!import.entries.is_empty() || piece.starts_with(['/', '$', '\0']), "{piece}");
        }
    }
}

#[test]
fn more_questions_than_a_quiz_holds_are_refused_one_by_one() {
    let import = import(&"x{=a ~b}\n\n".repeat(Quiz::MAX_QUESTIONS + 2));
    let (taken, refused): (Vec<_>, Vec<_>) =
        import.entries.iter().partition(|entry| matches!(entry.outcome, Outcome::Imported { .. }));
    assert_eq!((taken.len(), refused.len()), (Quiz::MAX_QUESTIONS, 2));
}

#[test]
fn a_path_that_loses_a_backslash_is_said() {
    fn check(text: &str, expected: &[&str]) {
        let import = import(text);
        let Outcome::Imported { losses, .. } = &import.entries[0].outcome else { panic!("{text}") };
        assert_eq!(losses.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{text}");
    }
    let said = r"line 2: `C:\new` holds `\n`, which is a line end in GIFT";
    check("Where?{\n=C:\\new ~D:\\Users}", &[said]);
    check("Where?{\n=C:\\\\new ~D:\\Users}", &[]);
    check("Say:\\nwhere?{=a ~b}", &[]);
    check("A\\:\\nwhere?{=a ~b}", &[]);
}
