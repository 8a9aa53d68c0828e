//! What may change any day stands in dated boxes and decides nothing.

use crate::none;
use crate::shipped::{cited, facts, lessons, questions};

/// Facts that are still moving (courts, inquiries, deals), and statements that rest on them.
const VOLATILE: [&str; 12] = [
    "F028", // the court case over the EUR 530 million decision
    "F029", // the second Irish inquiry
    "F072", // the US joint venture
    "F073", // the doubts about it
    "F074", // what its policy says
    "F075", // Canada's orders
    "F087", // the Commission's preliminary findings on design
    "F137", // rests on F028
    "F141", // rests on F072
    "F142", // rests on F074
    "F144", // rests on F075
    "F157", // rests on F087
];

#[test]
fn no_question_rests_on_what_may_change() {
    let mut wrong = Vec::new();
    for asked in questions() {
        let facts = asked.facts();
        wrong.extend(
            VOLATILE
                .iter()
                .filter(|fact| facts.contains(*fact))
                .map(|fact| format!("{}: {fact}", asked.name())),
        );
    }
    none(&wrong);
}

#[test]
fn what_may_change_is_told_in_dated_boxes_alone() {
    let mut wrong = Vec::new();
    for taught in lessons() {
        wrong.extend(undated(taught.body).into_iter().map(|said| format!("{}: {said}", taught.lesson.path)));
        // Who follows such a sign finds the same facts behind those that are inferred from them.
        for (label, said) in &taught.sources {
            let resting = facts(said).into_iter().any(|fact| VOLATILE.contains(&fact));
            if resting && !VOLATILE.contains(label) {
                wrong.push(format!("{}: [^{label}] rests on what may change: {said}", taught.lesson.path));
            }
        }
    }
    none(&wrong);
}

/// The lines that cite something volatile and stand in no box that says when it was checked.
fn undated(body: &str) -> Vec<&str> {
    let mut undated = Vec::new();
    let mut dated = false;
    let mut in_box = false;
    for line in body.lines() {
        let quoted = line.strip_prefix('>').map(str::trim);
        match quoted {
            None => (in_box, dated) = (false, false),
            Some(said) => {
                let is_sign = said.is_empty() || said.starts_with("[!");
                if !in_box && !is_sign {
                    (in_box, dated) = (true, is_dated(said));
                }
            }
        }
        if !dated && cited(line).iter().any(|label| VOLATILE.contains(label)) {
            undated.push(line);
        }
    }
    undated
}

/// Whether a box begins with `As of <date>; checked up to <date>`.
fn is_dated(said: &str) -> bool {
    let Some((date, checked)) =
        said.strip_prefix("As of ").and_then(|rest| rest.split_once("; checked up to "))
    else {
        return false;
    };
    let has_year = |text: &str| text.split(|c: char| !c.is_ascii_digit()).any(|year| year.len() == 4);
    date.len() < 30 && has_year(date) && has_year(checked.split('.').next().unwrap_or_default())
}

#[test]
fn an_undated_citation_is_found() {
    let dated = "> [!NOTE]\n> As of 22 November 2026; checked up to July 2026. A court said so.[^F028]\n>\n> More.[^F029]\n";
    assert_eq!(undated(dated), [""; 0]);
    for bad in [
        "A court said so.[^F028]",
        "> A court said so.[^F028]",
        "> As of today; checked up to now. A court said so.[^F028]",
        "> As of 22 November 2026; checked up to July 2026.\n\nA court said so.[^F028]",
        "> [!NOTE]\n> News.\n> As of 22 November 2026; checked up to July 2026. A court said so.[^F001][^F028]",
    ] {
        assert_eq!(undated(bad).len(), 1, "{bad}");
    }
}
