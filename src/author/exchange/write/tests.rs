use proptest::prelude::*;

use super::*;
use crate::author::exchange::specimens;
use crate::course::parse_quiz;
use crate::quiz::samples;

fn written(quiz: &Quiz) -> String {
    ron(quiz, &[], &|_| None)
}

#[test]
fn it_reads_like_the_work_of_a_trainer() {
    let mut questions = samples::every_kind();
    questions[0].revision = std::num::NonZeroU32::new(2).expect("not zero");
    questions[0].points = Points::new(3).expect("points");
    questions[0].drawn = Drawn::Always;
    questions[0].source = Some("F001".to_owned());
    questions[0].why = Some("Because \"two\" is two.".to_owned());
    let quiz = samples::quiz(questions);
    let remark = |question: &Question| {
        (question.id.as_str() == "single").then(|| "bank.gift:3\nnext \u{202e}line".to_owned())
    };
    insta::with_settings!({
        snapshot_path => "../../../../tests/exchange",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!("written", ron(&quiz, &["Imported.".to_owned()], &remark)) });
}

#[test]
fn texts_are_written_so_that_all_of_them_is_seen() {
    fn check(given: &str, expected: &str) {
        assert_eq!(text(given), expected, "{given:?}");
    }
    check("plain", "\"plain\"");
    check("say \"yes\"", "\"say \\\"yes\\\"\"");
    check("one\ntwo", "r\"one\ntwo\"");
    check("C:\\dir", "r\"C:\\dir\"");
    check("\\ \"# \"##", "r###\"\\ \"# \"##\"###");
    check("\\ \"#####", "\"\\\\ \\\"#####\"");
    check("ends here \nnot", "\"ends here \\nnot\"");
    check("a\u{202e}b\u{1b}[2J\0\r\t", "\"a\\u{202e}b\\u{1b}[2J\\u{0}\\r\\t\"");
    check("naïve 国 👩‍💻", "\"naïve 国 👩‍💻\"");
}

#[test]
fn the_bundled_quizzes_come_back() {
    for (path, bytes) in crate::course::embedded() {
        if path.starts_with("quizzes/") {
            let quiz = parse_quiz(&path, &bytes).expect("no faults");
            assert_eq!(parse_quiz(&path, written(&quiz).as_bytes()), Ok(quiz), "{path}");
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(quiz in specimens::quiz()) {
        let text = written(&quiz);
        prop_assert_eq!(parse_quiz("quizzes/a.ron", text.as_bytes()), Ok(quiz));
        // Not even a terminal that the file is printed on sees what its texts hide.
        prop_assert!(text.lines().all(|line| Printable::new(line).as_str() == line), "{}", text);
    }
}
