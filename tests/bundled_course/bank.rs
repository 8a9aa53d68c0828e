//! The bank of the assessment is large, mixed and even, and the draw keeps its promises.

use std::collections::{BTreeMap, BTreeSet};

use countersign::quiz::draw::{Seed, draw};
use countersign::quiz::question::{Drawn, Kind};

use crate::shipped::{bank, course, one_of, questions};

#[test]
fn it_is_large_and_mixed() {
    let bank = bank();
    assert!(bank.len() >= 110, "{} questions", bank.len());
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for asked in &bank {
        *kinds.entry(asked.question.kind.name()).or_default() += 1;
    }
    assert_eq!(kinds.len(), 9, "{kinds:?}");
    assert!(kinds["Single"] * 100 <= bank.len() * 45, "{kinds:?} of {}", bank.len());
    let difficulties: BTreeSet<_> = bank.iter().filter_map(|asked| asked.question.difficulty).collect();
    assert_eq!(difficulties.len(), 3, "{difficulties:?}");
}

/// Stories teach what to do next: one for every three lessons at least.
#[test]
fn there_are_stories_enough() {
    let all = questions();
    let stories = all.iter().filter(|asked| matches!(asked.question.kind, Kind::Scenario { .. })).count();
    assert!(stories * 3 >= course().modules.len(), "{stories} stories");
}

#[test]
fn the_assessment_has_the_agreed_rules() {
    let assessment = &course().assessment;
    assert_eq!((assessment.draw, assessment.pass_percent.get(), assessment.attempts), (20, 80, Some(3)));
    let waits: Vec<u32> = (1..=2).map(|failed| assessment.waits.after(failed)).collect();
    assert_eq!(waits, [0, 24 * 60], "minutes after the first and the second failed attempt");
}

#[test]
fn fairness_to_people_is_asked_in_every_attempt_and_every_topic_too() {
    let quiz = &course().assessment.quiz;
    let always: Vec<_> = bank().into_iter().filter(|asked| asked.question.drawn == Drawn::Always).collect();
    assert!(always.iter().any(|asked| asked.facts().contains("F149")), "no mandatory question of F149");
    let topics: Vec<_> = course().topics.iter().map(|topic| topic.id.clone()).collect();
    for attempt in 1..=50 {
        let seed = Seed::new(&course().digest, "did:key:somebody", None, &quiz.id, attempt);
        let draw = draw(quiz, &topics, course().assessment.draw, &seed);
        let drawn: Vec<_> = draw.questions.iter().map(|drawn| &quiz.questions[drawn.index]).collect();
        assert_eq!(drawn.len(), 20);
        let asked: BTreeSet<_> = drawn.iter().map(|question| &question.topic).collect();
        assert_eq!(asked, topics.iter().collect(), "attempt {attempt}");
        assert!(always.iter().all(|asked| drawn.iter().any(|question| question.id == asked.question.id)));
    }
}

/// The 1 % points of the chi-squared distribution for one to five degrees of freedom (for example Abramowitz and Stegun,
/// table 26.8): an honest shuffle is beyond them once in a hundred banks.
const CHI_SQUARED: [f64; 5] = [6.63, 9.21, 11.34, 13.28, 15.09];

/// Learners see options shuffled; banks that are exported and reviewers' pages keep the order of the file.
#[test]
fn right_options_stand_in_every_place_of_the_file() {
    let mut places: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for list in bank().iter().flat_map(|asked| one_of(asked.question)) {
        let counts = places.entry(list.options.len()).or_insert_with(|| vec![0; list.options.len()]);
        counts[list.key()] += 1;
    }
    for (options, counts) in places {
        let all: u32 = counts.iter().sum();
        let expected = f64::from(all) / f64::from(u32::try_from(options).expect("few"));
        let statistic: f64 =
            counts.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
        let bound = CHI_SQUARED[options - 2];
        assert!(statistic <= bound, "lists of {options}: {counts:?}, {statistic:.1} > {bound}");
    }
}
