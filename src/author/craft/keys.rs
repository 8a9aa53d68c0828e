//! What the key of a single question gives away.

use crate::author::craft::remarks::Remarks;
use crate::author::craft::study::{Asked, OptionSet, SetKind, Studied};
use crate::course::draft::Part;
use crate::quiz::question::{Kind, OrderScoring};

/// A key is much longer than the next option when it is more than half as long again …
const MUCH_LONGER: (usize, usize) = (3, 2);
/// … and by so many characters: `Yes` is no longer than `No` in any way that matters.
const LONGER_BY: usize = 20;
/// A `Multiple` with one wrong option and so many right ones asks for the wrong one.
const RIGHT_BESIDE_ONE_WRONG: usize = 3;

/// Checks every question of a quiz.
pub(super) fn check(quiz: &Studied<'_>, remarks: &mut Remarks) {
    for asked in &quiz.asked {
        guessable(quiz, asked, remarks);
        one_wrong(quiz, asked, remarks);
        for set in &asked.sets {
            longest(quiz, asked, set, remarks);
        }
    }
}

/// Ticking everything earns nothing by our rule for marks, so it needs no warning. What remains is chance: from three
/// options on, no number of blind ticks in a `Multiple` earns more than a third on average; with two, one tick earns
/// half. Two pairs without a further right side, and three items where half right earns half, give as much away.
fn guessable(quiz: &Studied<'_>, asked: &Asked<'_>, remarks: &mut Remarks) {
    let (what, hint) = match &asked.question.kind {
        Kind::Multiple { options } if options.len() == 2 => {
            ("one of two ticks", "add wrong options that somebody might believe")
        }
        Kind::Match { pairs, extra } if pairs.len() == 2 && extra.is_empty() => {
            ("two pairs matched blindly", "add a pair, or an `extra` that belongs to neither")
        }
        Kind::Order { items, scoring: OrderScoring::Partial } if items.len() == 3 => {
            ("three items in any order", "add an item, or `all_or_nothing: true`")
        }
        Kind::Single { .. }
        | Kind::Multiple { .. }
        | Kind::TrueFalse { .. }
        | Kind::Match { .. }
        | Kind::Order { .. }
        | Kind::Number(_)
        | Kind::Text(_)
        | Kind::Cloze { .. }
        | Kind::Scenario { .. } => return,
    };
    let message = format!("guessing earns half of the points: {what}");
    remarks.note("guessable", quiz.of(asked), message, hint);
}

fn one_wrong(quiz: &Studied<'_>, asked: &Asked<'_>, remarks: &mut Remarks) {
    let Kind::Multiple { options } = &asked.question.kind else { return };
    let mut wrong = options.iter().enumerate().filter(|(_, option)| !option.right);
    if let (Some((place, _)), None) = (wrong.next(), wrong.next())
        && options.len() > RIGHT_BESIDE_ONE_WRONG
    {
        remarks.note(
            "one-wrong-option",
            quiz.at(asked, &[Part::Field("options"), Part::Entry(place), Part::Field("text")]),
            "this is the only wrong option, so ticking it costs everything that the right ones earned",
            "add wrong options, or ask for the one that is wrong with a Single",
        );
    }
}

/// The longest option is a cue that test-wise readers know (HDR 24a, NBME "long correct answer").
fn longest(quiz: &Studied<'_>, asked: &Asked<'_>, set: &OptionSet<'_>, remarks: &mut Remarks) {
    let Some(key) = set.key().filter(|_| set.kind != SetKind::Gap) else { return };
    let lengths: Vec<usize> = set.options.iter().map(|option| option.plain.chars().count()).collect();
    let others = lengths.iter().enumerate().filter(|(place, _)| *place != key).map(|(_, length)| *length);
    let (length, next) = (lengths[key], others.max().unwrap_or(0));
    let (times, of) = MUCH_LONGER;
    if length * of > next * times && length >= next + LONGER_BY {
        remarks.note(
            "longest-option",
            quiz.at(asked, &set.to(key, "text")),
            format!(
                "the right option is much longer than every other ({length} characters, the next has {next})"
            ),
            "shorten it, or move the explanation into `why`",
        );
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::author::craft::tests::{check, single};
    use crate::quiz::mark;
    use crate::quiz::question::{Choice, Kind, Question};
    use crate::quiz::response::Response;
    use crate::quiz::samples;

    fn multiple(rights: &str) -> String {
        let options: Vec<String> = rights
            .chars()
            .enumerate()
            .map(|(place, c)| {
                let right = if c == 'r' { ", right: true" } else { "" };
                format!(
                    "(id: \"o{place}\", text: \"Option {}\"{right})",
                    ["one", "two", "three", "four", "five"][place]
                )
            })
            .collect();
        format!(r#"Multiple({{COMMON}} prompt: "Which hold?", options: [{}])"#, options.join(", "))
    }

    #[test]
    fn guesses_that_pay() {
        check(&multiple("rw"), &["guessable: \"q0\""]);
        check(&multiple("rww"), &[]);
        check(&multiple("rrw"), &[]);
        let pairs = r#"(id: "a", left: "L", right: "R"), (id: "b", left: "M", right: "S")"#;
        check(&format!(r#"Match({{COMMON}} prompt: "Match.", pairs: [{pairs}])"#), &["guessable: \"q0\""]);
        check(
            &format!(
                r#"Match({{COMMON}} prompt: "Match.", pairs: [{pairs}], extra: [(id: "x", text: "X")])"#
            ),
            &[],
        );
        let items = r#"(id: "a", text: "First"), (id: "b", text: "Then"), (id: "c", text: "Last")"#;
        check(&format!(r#"Order({{COMMON}} prompt: "Order.", items: [{items}])"#), &["guessable: \"q0\""]);
        check(&format!(r#"Order({{COMMON}} prompt: "Order.", all_or_nothing: true, items: [{items}])"#), &[]);
    }

    /// What the doc comment of the rule claims, by the rule for marks itself.
    #[test]
    fn blind_ticks_earn_a_third_at_most_from_three_options_on() {
        let question = samples::single();
        for (options, right) in (2..=7).flat_map(|options| (1..options).map(move |right| (options, right))) {
            let choices: Vec<Choice> = (0..options)
                .map(|place| Choice {
                    id: format!("o{place}").parse().expect("this is an identifier"),
                    text: String::new(),
                    right: place < right,
                    feedback: None,
                })
                .collect();
            let question = Question { kind: Kind::Multiple { options: choices }, ..question.clone() };
            let mut earned: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
            for ticks in 1_u32..1 << options {
                let ids =
                    (0..options).filter(|place| ticks & (1 << place) != 0).map(|place| format!("o{place}"));
                let mark = mark::mark(&question, Some(&Response::List(ids.collect())));
                let share = f64::from(mark.earned) / f64::from(mark.possible);
                let (sum, count) = earned.entry(ticks.count_ones()).or_insert((0.0, 0.0));
                *sum += share;
                *count += 1.0;
            }
            let best = earned.values().map(|(sum, count)| sum / count).fold(0.0, f64::max);
            let limit = if options == 2 { 0.5 } else { 0.334 };
            assert!(best <= limit, "{right} of {options}: {best}");
            assert!(earned[&u32::try_from(options).expect("few")].0 < 0.001, "ticking everything");
        }
    }

    #[test]
    fn the_only_wrong_option() {
        check(&multiple("rrrw"), &["one-wrong-option: \"Option four\""]);
        check(&multiple("rrww"), &[]);
        check(&multiple("rrw"), &[]);
    }

    #[test]
    fn keys_that_are_much_longer() {
        let long = "Report it to the service desk and leave the message where it is";
        check(
            &single("What now?", &["Delete it", "Forward it to all", &format!("+{long}")]),
            &[&format!("longest-option: \"{long}\"")],
        );
        // A wrong one may be long, and so may two.
        check(&single("What now?", &["+Delete it", "Forward it to all", long]), &[]);
        check(
            &single(
                "What now?",
                &["Send it to the whole team and ask what they think of it", &format!("+{long}"), "No"],
            ),
            &[],
        );
        // Short texts differ by a word.
        check(&single("Is it so?", &["No", "+Yes, always"]), &[]);
    }
}
