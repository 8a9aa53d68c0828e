//! Moodle's question types as our kinds.

use crate::author::exchange::html::{literal, shortened};
use crate::author::exchange::moodle::fraction::Fraction;
use crate::author::exchange::moodle::reading::{Format, Reading, choices, items};
use crate::author::exchange::moodle::tree::Element;
use crate::author::exchange::moodle::typed;
use crate::quiz::question::{Kind, OrderScoring, Pair};

/// As many answers as a question of ours may have.
pub(super) const MAX_ANSWERS: usize = 1_000;

/// Reads what belongs to a type, one of those that `moodle::why_not` lets through, but embedded answers.
pub(super) fn read(element: &Element, kind: &str, reading: &mut Reading<'_>) -> Option<Kind> {
    let own: &[&str] = match kind {
        "multichoice" => {
            &["single", "shuffleanswers", "answernumbering", "showstandardinstruction", "answer"]
        }
        "truefalse" => &["answer", "showstandardinstruction"],
        "shortanswer" => &["usecase", "answer"],
        "numerical" => {
            &["answer", "units", "unitgradingtype", "unitpenalty", "showunits", "unitsleft", "instructions"]
        }
        "match" | "matching" => &["shuffleanswers", "subquestion"],
        _ => &[
            "answer",
            "layouttype",
            "selecttype",
            "selectcount",
            "gradingtype",
            "showgrading",
            "numberingstyle",
            "shuffleanswers",
        ],
    };
    let known: Vec<&str> = super::COMMON.iter().chain(own).copied().collect();
    reading.unknown(element, &known);
    for answer in element.all("answer") {
        reading.unknown(answer, &["text", "feedback", "file", "tolerance", "fraction"]);
    }
    if element.children.iter().filter(|child| matches!(child.name.as_str(), "answer" | "subquestion")).count()
        > MAX_ANSWERS
    {
        return reading.refuse(
            element.line,
            format!("more than {MAX_ANSWERS} answers"),
            "split the question",
        );
    }
    match kind {
        "multichoice" => multichoice(element, reading),
        "truefalse" => truefalse(element, reading),
        "shortanswer" => typed::shortanswer(element, reading),
        "numerical" => typed::numerical(element, reading),
        "match" | "matching" => matching(element, reading),
        _ => ordering(element, reading),
    }
}

fn keeps_order(element: &Element) -> bool {
    element.child("shuffleanswers").is_some_and(|shuffle| matches!(shuffle.content(), "false" | "0"))
}

fn multichoice(element: &Element, reading: &mut Reading<'_>) -> Option<Kind> {
    let single = !matches!(element.text_of("single"), "false" | "0");
    let mut parts = Vec::new();
    let mut earned = Vec::new();
    for answer in element.all("answer") {
        let fraction = reading.fraction(answer);
        let text = reading.rich(answer);
        let feedback = reading.optional(answer.child("feedback"));
        if text.trim().is_empty() {
            if fraction != Some(Fraction::ZERO) || feedback.is_some() {
                reading.refuse::<()>(answer.line, "an option is empty", "write it, or take it out");
            }
            continue;
        }
        earned.push((answer.line, fraction?));
        parts.push((text, feedback));
    }
    if keeps_order(element) {
        reading.lose_with_hint(
            element.line,
            "its options keep their order there; here every attempt shows them in an order of its own",
            Some("write them so that none speaks of the others"),
        );
    }
    reading.distinct(
        "options",
        earned.iter().map(|(line, _)| *line).zip(parts.iter().map(|(text, _)| text.as_str())),
    )?;
    if parts.len() < 2 {
        return reading.refuse(element.line, "it has fewer than two options", "add the wrong ones");
    }
    let rights = if single {
        one_right(element, &earned, &parts, reading)?
    } else {
        some_right(element, &earned, &parts, reading)?
    };
    let texts: Vec<&str> = parts.iter().map(|(text, _)| text.as_str()).collect();
    let ids = reading.ids("ids", &texts)?;
    let parts = parts.into_iter().zip(rights).map(|((text, feedback), right)| (text, right, feedback));
    let options = choices(ids, parts.collect());
    Some(if single { Kind::Single { options } } else { Kind::Multiple { options } })
}

/// Which of the options is the right one, where one may be chosen.
fn one_right(
    element: &Element,
    earned: &[(usize, Fraction)],
    parts: &[(String, Option<String>)],
    reading: &mut Reading<'_>,
) -> Option<Vec<bool>> {
    let rights: Vec<bool> = earned.iter().map(|(_, fraction)| fraction.is_full()).collect();
    match rights.iter().filter(|right| **right).count() {
        0 => {
            let best = earned.iter().map(|(_, fraction)| *fraction).max().unwrap_or(Fraction::ZERO);
            let message = format!("no option earns everything, the best earns {best} %");
            return reading.refuse(element.line, message, "give one option 100 %");
        }
        1 => {}
        count => {
            let message = format!("{count} options earn everything, and one may be chosen");
            return reading.refuse(element.line, message, "let several be chosen, or leave one right");
        }
    }
    for ((line, fraction), (text, _)) in earned.iter().zip(parts) {
        if !fraction.is_full() && *fraction > Fraction::ZERO {
            reading.lose(*line, format!("{} earns {fraction} % there and nothing here", shortened(text)));
        } else if *fraction < Fraction::ZERO {
            let message = format!("{} earns {fraction} % there and 0 % here", shortened(text));
            reading.lose(*line, message);
        }
    }
    Some(rights)
}

/// Which of the options are right, where several may be ticked. Rule 1 gives each of R right ones 1/R and takes 1/W for
/// each of W wrong ones.
fn some_right(
    element: &Element,
    earned: &[(usize, Fraction)],
    parts: &[(String, Option<String>)],
    reading: &mut Reading<'_>,
) -> Option<Vec<bool>> {
    let rights: Vec<bool> = earned.iter().map(|(_, fraction)| *fraction > Fraction::ZERO).collect();
    let right = rights.iter().filter(|right| **right).count();
    let wrong = rights.len() - right;
    if right == 0 {
        return reading.refuse(element.line, "no option earns anything", "give the right ones their percent");
    }
    if wrong == 0 {
        let message = "every option is right, so ticking everything earns everything";
        return reading.refuse(element.line, message, "add an option that is wrong");
    }
    for (((line, fraction), is_right), (text, _)) in earned.iter().zip(&rights).zip(parts) {
        let here = if *is_right { Fraction::share(1, right) } else { Fraction::share(-1, wrong) };
        if !fraction.agrees(here) {
            let message = format!("ticking {} counts {fraction} % there and {here} % here", shortened(text));
            reading.lose(*line, message);
        }
    }
    Some(rights)
}

fn truefalse(element: &Element, reading: &mut Reading<'_>) -> Option<Kind> {
    let answers: Vec<&Element> = element.all("answer").collect();
    let [first, second] = answers.as_slice() else {
        return reading.refuse(element.line, "expected two answers, true and false", "");
    };
    // Older exports hold the words of the site's language, the true one first.
    let first_is_true = match (first.content(), second.content()) {
        ("false", _) | (_, "true") => false,
        ("true", _) | (_, "false") => true,
        _ => {
            let message = format!(
                "its answers are called {} and {}: the first is taken as true",
                shortened(first.content()),
                shortened(second.content())
            );
            reading.lose(first.line, message);
            true
        }
    };
    let (yes, no) = if first_is_true { (first, second) } else { (second, first) };
    let (true_earns, false_earns) = (reading.fraction(yes)?, reading.fraction(no)?);
    if true_earns.is_full() == false_earns.is_full() {
        let message = format!("true earns {true_earns} % and false {false_earns} %");
        return reading.refuse(element.line, message, "give one of them 100 % and the other nothing");
    }
    for (answer, earns) in [(yes, true_earns), (no, false_earns)] {
        if !earns.is_full() && earns != Fraction::ZERO {
            reading.lose(answer.line, format!("{} earns {earns} % there and nothing here", answer.content()));
        }
        reading.lose_feedback(answer);
    }
    Some(Kind::TrueFalse { answer: true_earns.is_full() })
}

fn matching(element: &Element, reading: &mut Reading<'_>) -> Option<Kind> {
    let mut lefts = Vec::new();
    let mut rights = Vec::new();
    let mut lines = Vec::new();
    let mut extra = Vec::new();
    for part in element.all("subquestion") {
        reading.unknown(part, &["text", "answer", "file"]);
        let left = reading.rich(part);
        let Some(answer) = part.child("answer") else {
            return reading.refuse(part.line, "a left side has no answer", "give it one");
        };
        // Moodle shows answers as plain text; our own export may hold Markdown and says so.
        let format =
            if answer.attribute("format") == Some("markdown") { Format::Markdown } else { Format::Plain };
        let right = match format {
            Format::Markdown => answer.content().to_owned(),
            Format::Html | Format::Auto | Format::Plain => literal(answer.content()),
        };
        if right.trim().is_empty() {
            if !left.trim().is_empty() {
                return reading.refuse(part.line, "a left side has an empty answer", "give it one");
            }
        } else if left.trim().is_empty() {
            extra.push((part.line, right));
        } else {
            lefts.push(left);
            rights.push(right);
            lines.push(part.line);
        }
    }
    extra.retain(|(line, text)| {
        let twice = rights.iter().any(|right| right.trim() == text.trim());
        if twice {
            reading.lose(*line, format!("{} as a wrong answer: it is a right one too", shortened(text)));
        }
        !twice
    });
    if lefts.len() < 2 {
        return reading.refuse(element.line, "it has fewer than two pairs", "add a pair");
    }
    if keeps_order(element) {
        reading.lose(
            element.line,
            "its answers keep their order there; here every attempt has an order of its own",
        );
    }
    let all_rights = lines.iter().copied().zip(rights.iter().map(String::as_str));
    let all_rights: Vec<_> =
        all_rights.chain(extra.iter().map(|(line, text)| (*line, text.as_str()))).collect();
    reading.distinct("left sides", lines.iter().copied().zip(lefts.iter().map(String::as_str)))?;
    reading.distinct("answers", all_rights)?;
    let texts = lefts.iter().chain(extra.iter().map(|(_, text)| text)).map(String::as_str);
    let mut ids = reading.ids("ids", &texts.collect::<Vec<_>>())?;
    let spare = ids.split_off(lefts.len());
    let pairs =
        ids.into_iter().zip(lefts).zip(rights).map(|((id, left), right)| Pair { id, left, right }).collect();
    Some(Kind::Match { pairs, extra: items(spare, extra.into_iter().map(|(_, text)| text).collect()) })
}

fn ordering(element: &Element, reading: &mut Reading<'_>) -> Option<Kind> {
    let mut answers = Vec::new();
    for answer in element.all("answer") {
        // Moodle numbers the answers in `fraction`.
        let place = reading.fraction(answer)?;
        let text = reading.rich(answer);
        reading.lose_feedback(answer);
        if text.trim().is_empty() {
            return reading.refuse(answer.line, "an item is empty", "write it, or take it out");
        }
        answers.push((place, answer.line, text));
    }
    answers.sort_by_key(|(place, ..)| *place);
    if answers.len() < 3 {
        return reading.refuse(
            element.line,
            "it has fewer than three items",
            "add an item, or ask which comes first",
        );
    }
    reading.distinct("items", answers.iter().map(|(_, line, text)| (*line, text.as_str())))?;
    let count = answers.len();
    if let Some(select) =
        element.child("selecttype").filter(|select| !matches!(select.content(), "" | "0" | "ALL"))
    {
        let shown: usize = element.text_of("selectcount").parse().unwrap_or(0);
        if (1..count).contains(&shown) {
            reading.lose(
                select.line,
                format!("{shown} of its {count} items are shown there, and all of them here"),
            );
        }
    }
    let scoring = order_scoring(element, count, reading);
    let texts: Vec<&str> = answers.iter().map(|(_, _, text)| text.as_str()).collect();
    let ids = reading.ids("ids", &texts)?;
    Some(Kind::Order { items: items(ids, answers.into_iter().map(|(_, _, text)| text).collect()), scoring })
}

/// How a partly right order is marked. None of Moodle's ways is (L − 1) / (n − 1).
fn order_scoring(element: &Element, count: usize, reading: &mut Reading<'_>) -> OrderScoring {
    let grading = element.text_of("gradingtype");
    if matches!(grading, "ALL_OR_NOTHING" | "-1") {
        return OrderScoring::AllOrNothing;
    }
    if !reading.facts.own {
        let line = element.child("gradingtype").map_or(element.line, |grading| grading.line);
        let there = match grading {
            "LONGEST_ORDERED_SUBSET" | "5" => format!(
                "{} of {count} items in order earn {} % there",
                count - 1,
                Fraction::share(i64::try_from(count - 1).unwrap_or(0), count)
            ),
            "ABSOLUTE_POSITION" | "0" | "" => {
                "a partly right order earns the share of the items in their places there".to_owned()
            }
            other => format!("a partly right order is marked as {} there", shortened(other)),
        };
        let here = Fraction::share(i64::try_from(count - 2).unwrap_or(0), count - 1);
        reading.lose(line, format!("{there}; here {} of {count} in order earn {here} %", count - 1));
    }
    OrderScoring::Partial
}
