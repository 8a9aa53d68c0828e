use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::author::exchange::report;
use crate::author::exchange::{Outcome, write};
use crate::quiz::question::Difficulty;
use crate::quiz::samples;

fn check(text: &str, expected: &[&str]) {
    assert_eq!(report::lines(&import(text)), expected, "{text}");
}

#[test]
fn every_kind_that_fits_into_a_row() {
    let import = import(include_str!("../../../../tests/exchange/every-kind.csv"));
    let mut questions = Vec::new();
    for entry in import.entries {
        match entry.outcome {
            Outcome::Imported { question, losses } if losses.is_empty() => questions.push(*question),
            other => panic!("{}: {other:?}", entry.line),
        }
    }
    let ron = write::ron(&samples::quiz(questions), &[], &|_| None);
    insta::with_settings!({
        snapshot_path => "../../../../tests/exchange",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!("every-kind", ron) });
}

#[test]
fn delimiters_and_names_are_found() {
    let fine = |id: &str| {
        vec![
            format!("line 2: imported as `{id}`: {id}"),
            "1 imported, 0 imported with a loss, 0 refused".to_owned(),
        ]
    };
    for text in [
        "kind,id,prompt,option_1,option_2,right\nsingle,x,\"Who, then?\",a,b,1",
        "Kind;ID;Prompt;Option 1;Option2;RIGHT;;\nSingle;x;Who, then?;a;b;A;;",
        "\"kind\"\t\"id\"\tprompt\toption-01\toption_02\tright\nsingle\tx\tWho?\ta\tb\tb\n\n\t\t\t\n",
    ] {
        assert_eq!(report::lines(&import(text)), fine("x"), "{text}");
    }
}

#[test]
fn a_first_line_may_say_what_parts_the_cells() {
    fn check(first: &str, sign: &str) {
        let rows = "kind,prompt,right\ntruefalse,\"A; | or not?\",yes,\n".replace(',', sign);
        let lines = report::lines(&import(&format!("{first}\n{rows}")));
        assert_eq!(lines[0], "line 3: imported as `a-or-not`: A; | or not?", "{first}: {lines:?}");
    }
    check("sep=;", ";");
    check("SEP=,\r", ",");
    check("\"sep=|\"", "|");
    check("sep=\t", "\t");
}

#[test]
fn rows_are_told_by_their_lines_behind_empty_ones_too() {
    let lines =
        report::lines(&import("\n\nkind,prompt,right\r\n\r\n\r\ntruefalse,A?,yes\r\n\ntruefalse,B?,no"));
    assert_eq!(lines[..2], ["line 6: imported as `a`: A?", "line 8: imported as `b`: B?"]);
}

#[test]
fn a_mark_that_is_not_closed_takes_its_own_row_only() {
    check(
        "kind,prompt,option_1,option_2,right\nsingle,\"Unclosed,a,b,1\nsingle,Q,a,b,1\nsingle,\"R, then?\",a,b,1\n\
         single,\"S\" or what?,a,b,1\nsingle,T,a,b,1\n",
        &[
            "line 2: refused: single,\"Unclosed,a,b,1",
            "  line 2: the quotation mark that opens a cell here is not closed",
            "    hint: close it where the cell ends; a mark within a text is written twice: \"\"",
            "line 3: imported as `q`: Q",
            "line 4: imported as `r-then`: R, then?",
            "line 5: refused: single,\"S\" or what?,a,b,1",
            "  line 5: a cell goes on behind the quotation mark that closes it",
            "    hint: put the whole cell in quotation marks; a mark within a text is written twice: \"\"",
            "line 6: imported as `t`: T",
            "3 imported, 0 imported with a loss, 2 refused",
        ],
    );
    check(
        "kind,\"prompt,right\ntruefalse,A?,true\n",
        &[
            "line 1: refused: the header",
            "  line 1: the quotation mark that opens a cell here is not closed",
            "    hint: close it where the cell ends; a mark within a text is written twice: \"\"",
            "0 imported, 0 imported with a loss, 1 refused",
        ],
    );
}

#[test]
fn a_header_that_cannot_be_read_is_told_whole() {
    check(
        "kind,promt,option_1,Feedbak 1,right,right,nonsense\nsingle,Who?,a,b,1,1,",
        &[
            "line 1: refused: the header",
            "  line 1: unknown column `promt`",
            "    hint: did you mean `prompt`?",
            "  line 1: unknown column `Feedbak 1`",
            "    hint: did you mean `feedback_1`?",
            "  line 1: the column `right` stands there twice",
            "    hint: remove one",
            "  line 1: unknown column `nonsense`",
            "    hint: known: kind, id, topic, prompt, right, why, source, lesson, points, revision, difficulty, mandatory, \
         tolerance, unit, case_sensitive, all_or_nothing, and option_1, feedback_1 and so on",
            "  line 1: there is no column `prompt`",
            "    hint: the first line names the columns, such as kind,prompt,option_1,option_2,right,why",
            "0 imported, 0 imported with a loss, 1 refused",
        ],
    );
}

#[test]
fn a_difficulty_comes_over_and_no_other_word_does() {
    let text =
        "kind,prompt,right,difficulty\ntruefalse,A?,true,Hard\ntruefalse,B?,true,\ntruefalse,C?,true,tough\n";
    let mut read = Vec::new();
    for entry in import(text).entries {
        read.push(match entry.outcome {
            Outcome::Imported { question, .. } => Ok(question.difficulty),
            Outcome::Refused { reasons } => Err(reasons.iter().map(ToString::to_string).collect::<Vec<_>>()),
        });
    }
    let refused = vec!["line 4: `tough` in `difficulty` is none that there is".to_owned()];
    assert_eq!(read, [Ok(Some(Difficulty::Hard)), Ok(None), Err(refused)]);
}

#[test]
fn every_bad_row_is_told_and_the_good_ones_come_over() {
    let header =
        "kind;prompt;right;option_1;option_2;option_3;feedback_1;feedback_3;points;mandatory;tolerance";
    let rows = [
        "single;\"Two\nlines?\";2;a;b;;;;;;",
        "single;No such option?;4;a;b;;;;;;",
        "single;Two right?;1,2;a;b;;;;;;",
        "multiple;All right?;1 2;a;b;;;;;;",
        "essay;What?;;;;;;;;;",
        ";What?;;;;;;;;;",
        "cloze;What?;;;;;;;;;",
        "truefalse;Is it?;maybe;;;;;;;;",
        "number;How many?;1,5;;;;;;0;perhaps;",
        "number;How many?;1.5;;;;;;;;-1",
        "text;Which?;;;;;;;;;",
        "text;Which?;Bern;;;;good;;;;",
        "single;Feedback on nothing?;a;a;b;;;lost;;;3",
        "single;Too many cells?;1;a;b;;;;;;;x;y",
        "single;Which number?;2;2;1;;;;;;",
        "single;;1;a;b;;;;;;",
    ];
    check(
        &format!("{header}\n{}\n", rows.join("\n")),
        &[
            "line 2: imported as `two-lines`: Two lines?",
            "line 4: refused: No such option?",
            "  line 4: `right` says `4`, and there is no such option",
            "    hint: write the number or letter of the right option, such as 2 or B",
            "line 5: refused: Two right?",
            "  line 5: `1,2` names several options, and one is right",
            "    hint: set kind to multiple, or name one",
            "line 6: refused: All right?",
            "  line 6: every option is right, expected at least one that is wrong",
            "line 7: refused: What?",
            "  line 7: unknown kind `essay`",
            "    hint: one of single, multiple, truefalse, match, order, number, text",
            "line 8: refused: What?",
            "  line 8: there is no kind",
            "    hint: one of single, multiple, truefalse, match, order, number, text",
            "line 9: refused: What?",
            "  line 9: a cloze does not fit into a row",
            "    hint: write it in the quiz file",
            "line 10: refused: Is it?",
            "  line 10: `maybe` is neither true nor false",
            "    hint: write true or false in `right`",
            "line 11: refused: How many?",
            "  line 11: `1,5` is no number",
            "    hint: nothing separates thousands, decimals (up to 9) follow a point",
            "  line 11: `0` in `points` is no whole number from 1 to 1000",
            "    hint: leave it empty for 1",
            "  line 11: `perhaps` in `mandatory` is neither yes nor no",
            "    hint: write yes, or leave it empty",
            "line 12: refused: How many?",
            "  line 12: a tolerance is not negative",
            "line 13: refused: Which?",
            "  line 13: there is no accepted text",
            "    hint: write it in `right`, and others in option_1, option_2 and so on",
            "line 14: imported with a loss as `which`: Which?",
            "  line 14: the feedback `good` is lost",
            "    hint: it belongs to no option; say it in `why`",
            "line 15: imported with a loss as `feedback-on-nothing`: Feedback on nothing?",
            "  line 15: `3` in `tolerance` means nothing for this kind",
            "    hint: empty the cell",
            "  line 15: the feedback `lost` is lost",
            "    hint: it belongs to no option; say it in `why`",
            "line 16: refused: Too many cells?",
            "  line 16: 2 cells stand behind the last column",
            "    hint: is a delimiter in a text? put the text in double quotes",
            "line 17: refused: Which number?",
            "  line 17: `2` is the text of option 1 and names option 2",
            "    hint: write the letter of the right option",
            "line 18: refused: a row",
            "  line 18: there is no question text",
            "1 imported, 2 imported with a loss, 13 refused",
        ],
    );
}

/// Each word of `right` was compared with each option: a row of 4 MiB took a minute.
#[test]
fn right_names_no_more_options_than_there_are() {
    fn check(options: usize, right: &str, expected: &str) {
        let joined =
            |word: &str| (1..=options).map(|number| format!("{word}{number}")).collect::<Vec<_>>().join(",");
        let (columns, texts) = (joined("option_"), joined("text "));
        let table = format!("kind,prompt,right,{columns}\nmultiple,Which?,\"{right}\",{texts}\n");
        let lines = report::lines(&import(&table));
        assert_eq!(lines.get(1).map(String::as_str), Some(expected), "{lines:?}");
    }
    check(2, "1, 1", "1 imported, 0 imported with a loss, 0 refused");
    check(2, "1 1 1", "  line 2: `right` names more options than there are");
    let many = "1000 ".repeat(800_000);
    check(1_000, many.trim(), "  line 2: `right` names more options than there are");
}

#[test]
fn options_are_named_by_their_numbers_or_letters() {
    fn check(right: &str, is_read: bool) {
        let table =
            format!("kind,prompt,option_2,right,option_26,option_27\nsingle,Which?,one,{right},two,three\n");
        let lines = report::lines(&import(&table));
        assert_eq!(lines[0].starts_with("line 2: imported"), is_read, "{right}: {lines:?}");
    }
    for right in ["2", "b", "B", "26", "Z", "27", "one"] {
        check(right, true);
    }
    for right in ["1", "A", "02", "-2", "AA", "[", "@", "0", "28", "99999999999999999999"] {
        check(right, false);
    }
}

#[test]
fn nothing_but_a_header_and_nothing_at_all() {
    check("kind,prompt,right\n", &["0 imported, 0 imported with a loss, 0 refused"]);
    check("sep=;", &["0 imported, 0 imported with a loss, 0 refused"]);
    check("", &["0 imported, 0 imported with a loss, 0 refused"]);
}

proptest! {
    /// Every good row comes over, whatever stands on the lines between; the marks of a bad row come in any number.
    #[test]
    fn no_table_panics_and_no_row_is_lost(
        rows in prop::collection::vec("[a-c1\\;{} -]{0,12}|single,a,\"[cd;]{1,3}\",[12],a,b", 0..6),
        broken in "[a-c,]{0,3}\"{0,3}[a-c]{0,3}\"{0,2}[a-c]{0,3}",
        place in 0..6_usize,
    ) {
        let mut lines = rows;
        lines.insert(place.min(lines.len()), broken);
        let text = format!("kind,prompt,option_1,right,option_2,option_3\n{}", lines.join("\n"));
        let came: BTreeMap<usize, bool> = import(&text)
            .entries
            .iter()
            .map(|entry| (entry.line, matches!(entry.outcome, Outcome::Imported { .. })))
            .collect();
        for (index, line) in lines.iter().enumerate() {
            let is_empty = line.split(',').all(|cell| cell.trim_matches(['"', ' ']).is_empty());
            let (came, is_good) = (came.get(&(index + 2)), line.starts_with("single"));
            prop_assert!(is_empty || came.is_some(), "line {} of {text:?} is lost", index + 2);
            prop_assert!(!is_good || came == Some(&true), "line {} of {text:?} is refused", index + 2);
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,60}|[a-c,;\"\n\t]{0,60}") {
        let _ = import(&text);
    }
}
