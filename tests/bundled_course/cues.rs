//! Nobody passes by looks: who knows nothing and reads options cleverly earns little, marked as learners are marked.

use std::collections::{BTreeMap, BTreeSet};

use countersign::quiz::draw::{Seed, display_order};
use countersign::quiz::mark::mark;
use countersign::quiz::question::{Choice, GapKind, Kind, Question};
use countersign::quiz::response::Response;
use countersign::quiz::walk;

use crate::none;
use crate::shipped::{bank, course, one_of};

/// What a strategy may earn, in percent of what the questions that it can answer are worth; passing takes 80.
const MOST: u64 = 45;
/// How much more often than chance the longest option may be the right one, in percentage points.
const LONGEST_ABOVE_CHANCE: f64 = 10.0;
/// Equals are taken as they are shown, which differs from learner to learner.
const LEARNERS: u32 = 10;

/// How promising an option looks to somebody who knows nothing, before this prompt.
type Looks = fn(prompt: &str, option: &str) -> i64;

const ABSOLUTE: [&str; 13] = [
    "all",
    "always",
    "any",
    "certainly",
    "completely",
    "every",
    "everything",
    "impossible",
    "never",
    "nobody",
    "none",
    "nothing",
    "only",
];
const HEDGES: [&str; 17] = [
    "can",
    "could",
    "depends",
    "generally",
    "if",
    "likely",
    "may",
    "might",
    "most",
    "often",
    "partly",
    "some",
    "sometimes",
    "unless",
    "until",
    "usually",
    "yet",
];

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn number(count: usize) -> i64 {
    i64::try_from(count).expect("few")
}

fn length(_: &str, option: &str) -> i64 {
    number(option.chars().count())
}

fn shortness(prompt: &str, option: &str) -> i64 {
    -length(prompt, option)
}

fn hedging(_: &str, option: &str) -> i64 {
    number(words(option).filter(|word| HEDGES.contains(&word.as_str())).count())
}

fn measure(_: &str, option: &str) -> i64 {
    -number(words(option).filter(|word| ABSOLUTE.contains(&word.as_str())).count())
}

fn echo(prompt: &str, option: &str) -> i64 {
    let telling = |text: &str| -> BTreeSet<String> { words(text).filter(|word| word.len() > 3).collect() };
    number(telling(prompt).intersection(&telling(option)).count())
}

#[test]
fn no_look_of_an_option_gives_it_away() {
    let strategies: [(&str, Looks); 5] = [
        ("the longest option", length),
        ("the shortest option", shortness),
        ("the most hedged option", hedging),
        ("the option with the fewest absolute words", measure),
        ("the option that shares most words with the question", echo),
    ];
    let earned = strategies.map(|(name, looks)| (name, earned_by(looks)));
    let too_much = earned.iter().filter(|(_, percent)| *percent >= MOST);
    none(&too_much.map(|(name, percent)| format!("{name} earns {percent} %")).collect::<Vec<_>>());
}

/// What a strategy earns over the questions in which there is something to choose, in percent.
fn earned_by(looks: Looks) -> u64 {
    let (mut earned, mut possible) = (0, 0);
    for learner in 1..=LEARNERS {
        let quiz = &course().assessment.quiz;
        let seed = Seed::new(&course().digest, "did:key:guesser", None, &quiz.id, learner);
        for asked in bank() {
            let order = display_order(asked.question, &seed);
            if let Some(response) = guessed(asked.question, &order, looks) {
                let mark = mark(asked.question, Some(&response));
                earned += u64::from(mark.earned);
                possible += u64::from(mark.possible);
            }
        }
    }
    assert!(possible > 0);
    earned * 100 / possible
}

/// The best-looking option, the first shown of equals.
fn best<'a>(
    prompt: &str,
    options: impl Iterator<Item = &'a Choice>,
    order: &[String],
    looks: Looks,
) -> &'a Choice {
    let mut options: Vec<&Choice> = options.collect();
    options.sort_by_key(|option| place(option, order));
    let best = options.iter().copied().rev().max_by_key(|option| looks(prompt, &option.text));
    best.expect("a list has options")
}

fn place(option: &Choice, order: &[String]) -> usize {
    let is_it = |shown: &&String| shown.rsplit('/').next() == Some(option.id.as_str());
    order.iter().position(|shown| is_it(&shown)).unwrap_or(usize::MAX)
}

fn guessed(question: &Question, order: &[String], looks: Looks) -> Option<Response> {
    let prompt = question.prompt.as_str();
    match &question.kind {
        Kind::Single { options } => {
            Some(Response::Text(best(prompt, options.iter(), order, looks).id.to_string()))
        }
        Kind::Multiple { options } => {
            // Who looks for the better half ticks it; where all look alike, the first.
            let score = |option: &Choice| looks(prompt, &option.text);
            let sum: i64 = options.iter().map(score).sum();
            let mut ticked: Vec<String> = options
                .iter()
                .filter(|option| score(option) * number(options.len()) > sum)
                .map(|option| option.id.to_string())
                .collect();
            if ticked.is_empty() {
                ticked.push(best(prompt, options.iter(), order, looks).id.to_string());
            }
            ticked.sort_unstable();
            Some(Response::List(ticked))
        }
        Kind::Match { pairs, extra } => {
            let rights = || {
                let right = pairs.iter().map(|pair| (pair.id.to_string(), pair.right.as_str()));
                right.chain(extra.iter().map(|item| (item.id.to_string(), item.text.as_str())))
            };
            let mut chosen = BTreeMap::new();
            for pair in pairs {
                let mut sides: Vec<_> = rights().collect();
                sides.sort_by_key(|(id, _)| order.iter().position(|shown| shown == id));
                let best = sides.iter().rev().max_by_key(|(_, text)| looks(&pair.left, text));
                chosen.insert(pair.id.to_string(), best.map(|(id, _)| id.clone()).unwrap_or_default());
            }
            Some(Response::Map(chosen))
        }
        Kind::Cloze { text, gaps } => {
            let filled: BTreeMap<String, String> = gaps
                .iter()
                .filter_map(|gap| match &gap.kind {
                    GapKind::Choice(options) => {
                        let option = best(text, options.iter(), order, looks);
                        Some((gap.id.to_string(), option.id.to_string()))
                    }
                    GapKind::Text(_) | GapKind::Number(_) => None,
                })
                .collect();
            (!filled.is_empty()).then_some(Response::Map(filled))
        }
        Kind::Scenario { steps } => {
            let mut chosen = Vec::new();
            while let Some(step) = walk::walk(steps, &chosen).current {
                let options = step.options.iter().map(|branch| &branch.choice);
                chosen.push(best(&step.text, options, order, looks).id.to_string());
            }
            Some(Response::List(chosen))
        }
        Kind::TrueFalse { .. } | Kind::Order { .. } | Kind::Number(_) | Kind::Text(_) => None,
    }
}

#[test]
fn the_longest_option_is_no_better_than_any_other() {
    let (mut lists, mut longest, mut chance) = (0.0, 0.0, 0.0);
    for list in bank().iter().flat_map(|asked| one_of(asked.question)) {
        let length = |choice: &Choice| choice.text.chars().count();
        let key = list.options[list.key()];
        lists += 1.0;
        chance += 1.0 / f64::from(u32::try_from(list.options.len()).expect("few"));
        if list.options.iter().all(|option| option.right || length(option) < length(key)) {
            longest += 1.0;
        }
    }
    let (share, chance) = (longest * 100.0 / lists, chance * 100.0 / lists);
    assert!(
        share <= chance + LONGEST_ABOVE_CHANCE,
        "the right option is the longest in {share:.0} % of {lists} lists, chance makes it {chance:.0} %"
    );
}

/// Whoever says that every statement holds, or that none does, must not get most of them right.
#[test]
fn about_half_of_the_statements_hold() {
    let statements: Vec<bool> = bank()
        .iter()
        .filter_map(|asked| match asked.question.kind {
            Kind::TrueFalse { answer } => Some(answer),
            _ => None,
        })
        .collect();
    let holding = statements.iter().filter(|answer| **answer).count();
    let all = statements.len();
    assert!(all == 0 || (all * 3..=all * 7).contains(&(holding * 10)), "{holding} of {all} hold");
}
