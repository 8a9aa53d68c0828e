use proptest::prelude::*;

use super::*;
use crate::author::exchange::bank::Bank;
use crate::author::exchange::detect::Format as BankFormat;
use crate::author::exchange::moodle::tree::is_xml;
use crate::author::exchange::{Export, Outcome, specimens};
use crate::course::Topic;
use crate::quiz::mark;
use crate::quiz::question::GapKind;
use crate::quiz::question::Question;
use crate::quiz::response::Response;
use crate::quiz::{Quiz, key, samples};

fn imported(import: &Import) -> Vec<&Question> {
    let questions = import.entries.iter().filter_map(|entry| match &entry.outcome {
        Outcome::Imported { question, .. } => Some(&**question),
        Outcome::Refused { .. } => None,
    });
    questions.collect()
}

fn losses(import: &Import) -> Vec<String> {
    let notes = import.entries.iter().flat_map(|entry| match &entry.outcome {
        Outcome::Imported { losses, .. } => losses,
        Outcome::Refused { reasons } => reasons,
    });
    notes.map(ToString::to_string).collect()
}

/// What the reader of a course would say; every question that comes over must pass.
fn assert_sound(question: &Question) {
    let fits = |text: &str| assert!(!text.trim().is_empty(), "{question:#?}");
    fits(&question.prompt);
    let right = key::key(question);
    assert!(mark::is_well_formed(question, &right), "{question:#?}");
    match &question.kind {
        Kind::Single { options } => assert_eq!(options.iter().filter(|option| option.right).count(), 1),
        Kind::Multiple { options } => {
            assert!(options.iter().any(|option| option.right) && options.iter().any(|option| !option.right));
        }
        Kind::Match { pairs, .. } => assert!(pairs.len() >= 2),
        Kind::Order { items, .. } => assert!(items.len() >= 3),
        Kind::Cloze { text, gaps } => {
            let ids: Vec<&str> =
                text.split("{{").skip(1).map(|piece| piece.split_once("}}").expect("closed").0).collect();
            assert_eq!(ids, gaps.iter().map(|gap| gap.id.as_str()).collect::<Vec<_>>());
        }
        Kind::TrueFalse { .. } | Kind::Number(_) | Kind::Text(_) | Kind::Scenario { .. } => {}
    }
}

fn back(quiz: &Quiz) -> (Import, Vec<(String, String)>) {
    let Export { text, losses, .. } = export(quiz);
    let import = import(&text);
    assert_eq!(import.assets.len(), 0);
    (import, losses)
}

#[test]
fn every_kind_comes_back() {
    let quiz = samples::quiz(samples::every_kind());
    let (import, losses) = back(&quiz);
    assert_eq!(imported(&import), quiz.questions.iter().take(8).collect::<Vec<_>>());
    let lost: Vec<&str> = losses.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(lost, ["order", "cloze", "scenario"]);
    assert_eq!(import.topics, [Topic { id: samples::topic("law"), title: "law".to_owned() }]);
}

/// Quizzes whose texts XML can hold.
fn expressible() -> impl Strategy<Value = Quiz> {
    let held = |text: String| text.replace(|c| !is_xml(c), "?");
    let texts = specimens::text().prop_map(held).boxed();
    specimens::quiz_of(specimens::kind(texts.clone()), texts)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// All of it: a quiz that Moodle can hold is the same again, also in what Moodle does not know.
    #[test]
    fn what_we_exported_comes_back_as_it_was(quiz in expressible()) {
        let Export { text, losses: lost, left_out: missing } = export(&quiz);
        let left_out = |question: &Question| lost.iter().any(|(id, loss)| *id == question.id.to_string() && loss.starts_with("left out"));
        let mut expected = quiz;
        let all = expected.questions.len();
        expected.questions.retain(|question| !left_out(question));
        prop_assert_eq!(missing, all - expected.questions.len());
        let bank = Bank::read(BankFormat::MoodleXml, &text);
        prop_assert_eq!(losses(&bank.import), Vec::<String>::new());
        let expected = Some(expected).filter(|quiz| !quiz.questions.is_empty());
        prop_assert_eq!(bank.quiz(None, None, "another-name"), expected, "{}", text);
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let import = import(&String::from_utf8_lossy(&bytes));
        prop_assert!(!import.entries.is_empty());
    }

    #[test]
    fn any_part_of_a_bank_is_answered(quiz in expressible(), cut in 0..1000_usize, garbage in "[<>&;{}~=#/a-z\"]{0,6}") {
        let text = export(&quiz).text;
        let cut = text.floor_char_boundary(text.len() * cut / 1000);
        let _ = import(&text[..cut]);
        let import = import(&format!("{}{garbage}{}", &text[..cut], &text[cut..]));
        imported(&import).into_iter().for_each(assert_sound);
    }
}

/// A bank with one question of this type.
fn one(kind: &str, inner: &str) -> Import {
    import(&format!(
        "<quiz>\n<question type=\"{kind}\"><name><text>Name</text></name>\n<questiontext format=\"html\"><text>Q?</text></questiontext>\n{inner}</question></quiz>"
    ))
}

#[test]
fn marks_agree_or_are_said_in_numbers() {
    fn check(answers: &[(&str, &str)], single: bool, expected: &[&str]) {
        let answer = |(text, fraction): &(&str, &str)| {
            format!("<answer fraction=\"{fraction}\"><text>{text}</text></answer>\n")
        };
        let answers = answers.iter().map(answer).collect::<Vec<_>>().concat();
        assert_eq!(losses(&one("multichoice", &format!("<single>{single}</single>\n{answers}"))), expected);
    }
    check(&[("a", "100"), ("b", "0")], true, &[]);
    check(&[("a", "100.0000000"), ("b", "0.0")], true, &[]);
    check(
        &[("a", "100"), ("b", "50"), ("c", "-25")],
        true,
        &["line 6: “b” earns 50 % there and nothing here", "line 7: “c” earns -25 % there and 0 % here"],
    );
    check(&[("a", "90"), ("b", "0")], true, &["line 2: no option earns everything, the best earns 90 %"]);
    check(&[("a", "100"), ("b", "100")], true, &["line 2: 2 options earn everything, and one may be chosen"]);
    check(&[("a", "50"), ("b", "50"), ("c", "-100")], false, &[]);
    check(&[("a", "33.33333"), ("b", "33.333"), ("c", "33.33333"), ("d", "-50"), ("e", "-50")], false, &[]);
    check(&[("a", "100"), ("b", "0")], false, &["line 6: ticking “b” counts 0 % there and -100 % here"]);
    check(
        &[("a", "60"), ("b", "40"), ("c", "-100")],
        false,
        &[
            "line 5: ticking “a” counts 60 % there and 50 % here",
            "line 6: ticking “b” counts 40 % there and 50 % here",
        ],
    );
    check(
        &[("a", "50"), ("b", "50")],
        false,
        &["line 2: every option is right, so ticking everything earns everything"],
    );
    check(&[("a", "0"), ("b", "0")], false, &["line 2: no option earns anything"]);
    check(&[("a", "x"), ("b", "0")], true, &["line 5: what “a” earns is no number"]);
    check(&[("a", "100"), ("a ", "0")], true, &["line 6: two options read “a”"]);
}

#[test]
fn numbers_are_read_as_moodle_writes_them() {
    fn check(number: &str, tolerance: &str, typed: &str, right: bool) {
        let import = one(
            "numerical",
            &format!(
                "<answer fraction=\"100\"><text>{number}</text><tolerance>{tolerance}</tolerance></answer>"
            ),
        );
        let question = imported(&import)[0].clone();
        assert_eq!(
            mark::is_right(&question, &Response::Text(typed.to_owned())),
            right,
            "{number} {tolerance} {typed}"
        );
    }
    check("530", "5", "535", true);
    check("530", "5", "535.1", false);
    check("1.5E3", "0", "1500", true);
    check("-2.5e-3", "1e-4", "-0.0026", true);
    check("3,14", "0,01", "3.15", true);
    check("1,5e1", "1.5E0", "13.5", true);
    check("1e9", "", "1000000000", true);
    for beyond in ["1e99", "1.5e-2147483648", "1.5e2147483647"] {
        for (number, tolerance) in [(beyond, "0"), ("1", beyond)] {
            let answer = format!(
                "<answer fraction=\"100\"><text>{number}</text><tolerance>{tolerance}</tolerance></answer>"
            );
            assert_eq!(losses(&one("numerical", &answer)).len(), 1, "{answer}");
        }
    }
}

#[test]
fn html_within_markdown_is_said() {
    let bank = |text: &str| {
        import(&format!(
            "<quiz><question type=\"truefalse\"><questiontext format=\"markdown\"><text><![CDATA[{text}]]></text></questiontext>\
             <answer fraction=\"100\"><text>true</text></answer><answer fraction=\"0\"><text>false</text></answer></question></quiz>"
        ))
    };
    assert_eq!(losses(&bank("a < b *c*")), Vec::<String>::new());
    assert_eq!(
        losses(&bank("a <b>c</b>")),
        ["line 1: HTML within Markdown: learners see it as it is written"]
    );
    assert_eq!(
        losses(&bank("![a](@@PLUGINFILE@@/b.png)")),
        ["line 1: lost: the file “b.png”: the bank does not hold it"]
    );
}

#[test]
fn words_for_embedded_answers() {
    let cloze = |text: &str| {
        import(&format!(
            "<quiz><question type=\"cloze\"><name><text>N</text></name><questiontext format=\"html\"><text><![CDATA[{text}]]></text></questiontext></question></quiz>"
        ))
    };
    let bank = cloze(
        "<p>Say.</p><p>a {1:MC:=x \\} \\# y#good &amp; <b>well</b>~%0%z} b {1:SAC:=Law*~%50%law#half} c {1:NUMERICAL:=5:0.5~%0%*#no}</p>",
    );
    let question = imported(&bank)[0];
    assert_sound(question);
    assert_eq!(question.prompt, "Say.");
    let Kind::Cloze { text, gaps } = &question.kind else { panic!("a cloze") };
    assert_eq!(text, "a {{gap-1}} b {{gap-2}} c {{gap-3}}");
    let GapKind::Choice(options) = &gaps[0].kind else { panic!("a choice") };
    assert_eq!(
        (options[0].text.as_str(), options[0].feedback.as_deref()),
        ("x } # y", Some("good & **well**"))
    );
    assert_eq!(question.points.get(), 3);
    assert_eq!(losses(&bank).len(), 4, "{:?}", losses(&bank));
    let refused = |text: &str| {
        let bank = cloze(text);
        assert!(imported(&bank).is_empty(), "{text}");
        losses(&bank)
    };
    assert!(refused("{1:MULTIRESPONSE:=a~=b~c}")[0].contains("takes several options"));
    assert!(refused("no gap {1:FOO:=a}")[0].contains("no answer is embedded"));
    assert!(refused("<code>{{ x }}</code> {1:SA:=a}")[0].contains("holds {{"));
    assert!(refused("<img src=\"https://x/{1:SA:=a}\">")[0].contains("no text is shown"));
    assert_eq!(
        losses(&cloze("{1:FOO:=a} {1:SA:=b} {1:mc:=a~b}\n{1:SA:=c")),
        [
            "line 1: “FOO” is no type of embedded answers: the braces stay as they are written",
            "line 1: “mc” is no type of embedded answers: the braces stay as they are written",
            "line 2: the embedded answer “{1:SA:=c” never ends: it stays as it is written",
        ]
    );
    assert_eq!(losses(&cloze("{a: b} {1:SA:=b} {12:30} {:x}")), Vec::<String>::new());
    assert_eq!(
        losses(&cloze("{2:SA:=a} {1:SA:=b}")),
        ["line 1: the gaps count 2, 1 of 3 points there; here each counts 1 of 2"]
    );
}

/// A bank with one question of embedded answers, with these files beside its text.
fn with_files(text: &str, files: &str) -> Import {
    import(&format!(
        "<quiz><question type=\"cloze\"><name><text>N</text></name><questiontext format=\"html\">\
         <text><![CDATA[{text}]]></text>{files}</questiontext></question></quiz>"
    ))
}

/// Each option of a gap noted the files that it does not show, before those notes were taken out again: so many said that more
/// is lost than can be listed.
#[test]
fn files_belong_to_a_text_and_all_its_gaps() {
    let file = |name: &str| format!("<file name=\"{name}\" encoding=\"base64\">iVBORw0KGgo=</file>");
    let picture = |name: &str| format!("<img src=\"@@PLUGINFILE@@/{name}\" alt=\"a\">");
    let names: Vec<String> = (0..600).map(|number| format!("f{number}.png")).collect();
    let files = names.iter().map(|name| file(name)).collect::<Vec<_>>().concat();
    let pictures = names.iter().map(|name| picture(name)).collect::<Vec<_>>().concat();
    let bank = with_files(&format!("{pictures} {{1:MCS:=a~b}}"), &files);
    assert_eq!(losses(&bank), Vec::<String>::new());
    let bank =
        with_files(&format!("{{1:MCS:={}~b}}", picture("x.png")), &[file("x.png"), file("y.png")].concat());
    assert_eq!(losses(&bank), ["line 1: the attached file “y.png” is lost: no text shows it"]);
}

/// For every option all files were looked through: half a megabyte took hours.
#[test]
fn many_options_beside_many_files_end() {
    let options = |count: usize| (1..count).map(|number| format!("~b{number}")).collect::<Vec<_>>().concat();
    let files = (0..19_000).map(|number| format!("<file name=\"x{number}\"/>")).collect::<Vec<_>>().concat();
    for kind in ["MC", "SA", "NM"] {
        let bank = with_files(&format!("{{1:{kind}:=a{}}}", options(100_000)), &files);
        assert_eq!(losses(&bank), ["line 1: a gap has more than 1000 answers"]);
    }
    let bank = with_files(&format!("{{1:MC:=a{}}}", options(1_000)), &files);
    assert_eq!(imported(&bank).len(), 1);
}

#[test]
fn hostile_files_are_refused_at_their_place() {
    fn check(text: &str, expected: &str) {
        let import = import(text);
        let losses = losses(&import);
        assert!(losses.last().is_some_and(|loss| loss.starts_with(expected)), "{losses:?}");
    }
    check("", "line 1: the file has no <quiz> (column 1)");
    check("x", "line 1: expected <question> (column 1)");
    check("<html></html>", "line 1: expected <quiz>, found <html>");
    check("<quiz>\n<question", "line 2: this is no XML");
    check("<quiz>\n<question type='x'></quiz>", "line 2: this is no XML");
    check("<quiz>\n<question type='x'>", "line 2: the file ends within <question>");
    check("<quiz><question type='description'/>", "line 1: the file ends within <quiz>");
    check("<!DOCTYPE quiz [<!ENTITY a 'b'>]><quiz>&a;</quiz>", "line 1: the file declares a document type");
    check("<quiz><question type='essay'>&a;</question></quiz>", "line 1: unknown entity `&a;`");
    check("<quiz><question type='essay'>&#1;</question></quiz>", "line 1: unknown entity `&#1;`");
    check("<quiz>\n \u{1}</quiz>", "line 2: the character U+0001 cannot stand in XML (column 2)");
    let deep = format!("<quiz><question>{}", "<a>".repeat(100_000));
    check(&deep, "line 1: a question with more than 20000 elements, or nested deeper than 64");
    let wide = format!("<quiz><question>{}", "<a/>".repeat(100_000));
    check(&wide, "line 1: a question with more than");
    check(&" ".repeat(MAX_BYTES + 1), "line 1: the file is larger than 16 MiB");
}

#[test]
fn many_braces_end() {
    // So many that work by the square of them would take hours.
    for text in [
        "{1:MC:".repeat(200_000),
        "{".repeat(1_000_000),
        "{1:MC:=a~b} ".repeat(3_000),
        "{1:SA:=\\".repeat(100_000),
    ] {
        let import = import(&format!(
            "<quiz><question type=\"cloze\"><questiontext><text>{text}</text></questiontext></question></quiz>"
        ));
        assert_eq!(import.entries.len(), 1, "{text:.20}");
    }
}

/// What a bank became, as a reader would want to check it.
fn told(import: &Import) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for topic in &import.topics {
        let _ = writeln!(out, "topic {}: {}", topic.id, topic.title);
    }
    for (path, bytes) in &import.assets {
        let _ = writeln!(out, "picture {path}: {} bytes", bytes.len());
    }
    for entry in &import.entries {
        let (word, notes) = match &entry.outcome {
            Outcome::Imported { losses, .. } => ("imported", losses),
            Outcome::Refused { reasons } => ("refused", reasons),
        };
        let _ = writeln!(out, "\nline {}: {}: {word}", entry.line, entry.name);
        for note in notes {
            let hint = note.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
            let _ = writeln!(out, "  {note}{hint}");
        }
        if let Outcome::Imported { question, .. } = &entry.outcome {
            let _ = writeln!(out, "{question:#?}");
        }
    }
    out
}

#[test]
fn whole_banks() {
    for (name, text) in [
        ("choices", include_str!("../../../../tests/exchange/moodle/choices.xml")),
        ("typed", include_str!("../../../../tests/exchange/moodle/typed.xml")),
        ("sorted", include_str!("../../../../tests/exchange/moodle/sorted.xml")),
    ] {
        let import = import(text);
        imported(&import).into_iter().for_each(assert_sound);
        insta::with_settings!({ snapshot_path => "../../../../tests/exchange/moodle", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, told(&import));
        });
    }
}

/// For every address all files were looked through: 2 MB took 11 seconds.
#[test]
fn many_addresses_of_many_files_are_found_soon() {
    let files = (0..19_000)
        .map(|i| format!("<file name=\"f{i}.png\" encoding=\"base64\"/>"))
        .collect::<Vec<_>>()
        .concat();
    let addresses = (0..100_000)
        .map(|i| format!("![](@@PLUGINFILE@@/f{}.png)", 18_000 + i % 2_000))
        .collect::<Vec<_>>()
        .concat();
    let import = import(&format!(
        "<quiz><question type=\"truefalse\"><name><text>N</text></name><questiontext format=\"markdown\"><text>{addresses}</text>{files}</questiontext>\
         <answer fraction=\"100\"><text>true</text></answer><answer fraction=\"0\"><text>false</text></answer></question></quiz>"
    ));
    let losses = losses(&import);
    assert!(losses[0].contains("“f18000.png”"), "{}", losses[0]);
    assert!(
        losses.last().is_some_and(|loss| loss.contains("more is lost than can be listed")),
        "{}",
        losses.len()
    );
}
