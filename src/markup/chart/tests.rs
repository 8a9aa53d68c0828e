use proptest::prelude::*;

use super::*;
use crate::markup::{Document, Line, html, linear, lines};

fn block(text: &str) -> Lines {
    let mut lines = Lines::default();
    lines.push(text, 0);
    lines
}

fn drawn(markdown: &str, width: u16) -> String {
    let row = |line: &Line| line.spans.iter().map(|span| span.text.as_str()).collect::<String>();
    let rows: Vec<String> =
        lines(markdown, width).iter().map(|line| row(line).trim_end().to_owned()).collect();
    rows.join("\n")
}

const REPORTED: &str = "```chart\ntitle: Who reported the fake message\nunit: %\nBefore the course: 12\nA month later: 47.5\nHalf a year later, without a reminder: 31\nNobody: 0\n```\n";

#[test]
fn bars_stand_beside_their_labels_where_there_is_room() {
    insta::assert_snapshot!(drawn(REPORTED, 76), @r"
    Who reported the fake message
    Before the course                      ███████▌ 12 %
    A month later                          ██████████████████████████████ 47.5 %
    Half a year later, without a reminder  ███████████████████▌ 31 %
    Nobody                                 0 %
    ");
}

#[test]
fn bars_stand_below_their_labels_on_a_narrow_screen() {
    insta::assert_snapshot!(drawn(REPORTED, 38), @r"
    Who reported the fake message
    Before the course
    ███████▊ 12 %
    A month later
    ███████████████████████████████ 47.5 %
    Half a year later, without a reminder
    ████████████████████▏ 31 %
    Nobody
    0 %
    ");
}

#[test]
fn where_no_bar_finds_room_the_numbers_stand_alone() {
    insta::assert_snapshot!(drawn(REPORTED, 12), @r"
    Who reported
    the fake
    message
    Before the
    course: 12 %
    A month
    later: 47.5
    %
    Half a year
    later,
    without a
    reminder: 31
    %
    Nobody: 0 %
    ");
}

#[test]
fn charts_stand_in_quotes_and_lists() {
    insta::assert_snapshot!(drawn("> [!NOTE]\n> ```chart\n> a: 1\n> b: 2\n> ```\n\n- ```chart\n  10:30: 4\n  ```\n", 40), @r"
    ▌ Note
    ▌ a  ████████████████▌ 1
    ▌ b  █████████████████████████████████ 2

    • 10:30  █████████████████████████████ 4
    ");
}

#[test]
fn what_is_no_chart_is_shown_as_code() {
    insta::assert_snapshot!(drawn("```chart\na: one\n```\n\n```charts\na: 1\n```\n", 40), @r"
    a: one

    a: 1
    ");
}

#[test]
fn a_chart_is_said_line_by_line() {
    let said = |markdown: &str| -> Vec<String> {
        linear(markdown).passages.iter().map(|passage| passage.text.to_string()).collect()
    };
    assert_eq!(
        said(REPORTED),
        [
            "Chart, 4 bars. Who reported the fake message:",
            "Before the course: 12 %",
            "A month later: 47.5 %",
            "Half a year later, without a reminder: 31 %",
            "Nobody: 0 %",
            "End of chart."
        ]
    );
    assert_eq!(said("```chart\na: 1\n```"), ["Chart, 1 bar:", "a: 1", "End of chart."]);
    assert_eq!(said("```chart\na\n```"), ["Code: a"]);
}

#[test]
fn a_chart_is_a_table_on_a_page() {
    assert_eq!(
        html("```chart\ntitle: <b>\nunit: %\na & \u{202e}b: 1.50\n```", 0),
        "<table class=\"chart\">\n<caption>&lt;b&gt;</caption>\n<tr><th scope=\"row\">a &amp; &lt;U+202E&gt;b</th><td>1.50 %</td></tr>\n</table>\n"
    );
    assert_eq!(html("```chart\na < b\n```", 0), "<pre><code>a &lt; b\n</code></pre>\n");
}

#[test]
fn numbers() {
    let check =
        |written: &str, expected: Option<u64>| assert_eq!(number(written).ok(), expected, "{written}");
    check("0", Some(0));
    check("12", Some(12_000_000));
    check("12.5", Some(12_500_000));
    check("0.000001", Some(1));
    check("007", Some(7_000_000));
    check("999999999999.999999", Some(999_999_999_999_999_999));
    for wrong in [
        "",
        ".5",
        "5.",
        "1.2.3",
        "1e5",
        "1,200",
        "1 200",
        "-1",
        "+1",
        "12 %",
        "١٢",
        "0.0000001",
        "1000000000000",
    ] {
        check(wrong, None);
    }
}

#[test]
fn faults_have_their_lines() {
    let check = |text: &str, expected: &[&str]| {
        let faults = read(&block(text)).err().unwrap_or_default();
        let found: Vec<_> = faults
            .iter()
            .map(|fault| format!("{} @ {}", fault.message, &text[fault.place.clone()]))
            .collect();
        assert_eq!(found, expected);
    };
    check("a: 1\n", &[]);
    check("\n a : 1 \n\n10:30: 2", &[]);
    check("title: t\nunit: u\ntitle too: 1\nunit: 2\n", &[]);
    check("", &["this chart has no bar @ "]);
    check("title: only\n", &["this chart has no bar @ title: only"]);
    check(
        "a\nb: 2\nc: x\n",
        &[
            "this line of a chart has no colon between label and number @ a",
            "`x` is no number for a bar @ c: x",
        ],
    );
    check(": 1\n", &["this bar has no label @ : 1"]);
    check("title: a\ntitle: b\nc: 1", &["this chart has a second title @ title: b"]);
    check("a: 1\nunit: %\n", &["`%` is no number for a bar @ unit: %"]);
    let many = "a: 1\n".repeat(MOST_BARS + 1);
    check(&many, &[&format!("41 bars are too many to compare, 40 is the limit @ {}", many.trim_end())]);
    let long = format!("{}: 1", "a".repeat(MOST_BYTES));
    check(&long, &[&format!("8195 bytes are too many for a chart, 8192 is the limit @ {long}")]);
}

#[test]
fn hints_say_what_is_the_matter_with_a_number() {
    let check = |written: &str, expected: &str| {
        assert!(number(written).expect_err("wrong").contains(expected), "{written}");
    };
    check("-4", "shorter than nothing");
    check("1,200", "digits alone");
    check("12 %", "unit: %");
    check("many", "`12`");
}

#[test]
fn faults_are_found_in_a_document_wherever_the_block_stands() {
    let source = "# A\n\n> ```chart\n> a: 1\n> b: two\n> ```\n\n- x\n\n  ```chart\r\n  c\r\n  ```\n";
    let survey = Document::parse(source.into()).survey();
    let found: Vec<_> = survey.chart_faults.iter().map(|fault| &source[fault.place.clone()]).collect();
    assert_eq!(found, ["b: two", "c"]);
}

proptest! {
    #[test]
    fn no_line_is_wider_than_asked_and_no_number_is_lost(
        bars in prop::collection::vec(("[a-zא-ת中 ]{0,30}[a-z]", 0_u64..2_000_000), 1..8),
        width in 1_u16..120,
    ) {
        let text: String = bars.iter().flat_map(|(label, value)| [label.clone(), format!(": {value}\n")]).collect();
        let laid_out = lines(&format!("```chart\n{text}```\n"), width);
        for line in &laid_out {
            let columns: usize = line.spans.iter().map(|span| span.text.width()).sum();
            prop_assert!(columns <= usize::from(width), "{line:?}");
        }
        let all: String = laid_out.iter().flat_map(|line| &line.spans).map(|span| span.text.as_str()).collect();
        for (_, value) in &bars {
            prop_assert!(width < 12 || all.contains(&value.to_string()), "{value} in {all}");
        }
    }

    #[test]
    fn nothing_breaks_whatever_stands_in_the_block(text in "\\PC{0,200}") {
        let mut lines = Lines::default();
        lines.push(&text, 7);
        let _ = read(&lines).map(|chart| (chart.lines(10), chart.said(), chart.html()));
    }
}
