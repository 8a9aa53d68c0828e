//! The draw against `sha256sum`, and what every draw must keep.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::quiz::samples;

/// What follows was computed without this program:
/// ```sh
/// net() { for f in "$@"; do printf '%d:%s,' "${#f}" "$f"; done; }
/// hash() { net "$@" | sha256sum | cut -c1-64; }
/// course=sha256:$(printf abc | sha256sum | cut -c1-64)
/// seed=$(hash "countersign draw 1" "$course" did:key:z6Mk "" bank 1)
/// for q in single multiple true-false match order number text cloze scenario; do echo "$(hash "$seed" $q) $q"; done | sort
/// for o in a b c x; do echo "$(hash "$seed" match $o) $o"; done | sort      # and so on for each question
/// ```
#[test]
fn the_draw_is_what_sha256sum_says() {
    let seed = seed(1);
    let begins_with = |seed: &Seed, hex: &str| seed.0.clone().digest() == Digest::of_fields([hex]);
    assert!(begins_with(&seed, "fe1deb09c06eab9ecfd4971096c8dd37f285acbe89159016705a6e16e0a0062b"));
    let quiz = samples::quiz(samples::every_kind());
    let draw = draw(&quiz, &[samples::topic("law")], 9, &seed);
    let shown: Vec<String> = draw
        .questions
        .iter()
        .map(|drawn| format!("{}: {}", quiz.questions[drawn.index].id, drawn.order.join(" ")))
        .collect();
    assert_eq!(
        shown,
        [
            "order: c b d e a",
            "cloze: law/nine law/seven",
            "scenario: call/report call/wait late/hide late/tell after/ignore after/change",
            "number: ",
            "multiple: x c a b y",
            "text: ",
            "match: c x a b",
            "true-false: true false",
            "single: one two three",
        ]
    );
    // hash "countersign draw 1" "$course" did:key:z6Mk n0nce bank 2
    let other = Seed::new(&Digest::of(b"abc"), "did:key:z6Mk", Some("n0nce"), &quiz.id, 2);
    assert!(begins_with(&other, "897ab2c01a097b7343b012e37cf9491f3d4dd8a9240215f4437a18e91d9c3ad4"));
}

#[test]
fn topics_come_before_the_first_in_line() {
    let mut quiz = samples::quiz(samples::every_kind());
    // The last two of the line above are of a topic of their own each; one more is of a topic the course lacks.
    for (id, topic) in [("single", "phones"), ("true-false", "apps"), ("order", "elsewhere")] {
        let question = quiz.questions.iter_mut().find(|question| question.id.as_str() == id);
        question.expect("of the samples").topic = samples::topic(topic);
    }
    let topics = ["law", "phones", "apps"].map(samples::topic);
    let drawn = |quiz: &Quiz, count| {
        let draw = draw(quiz, &topics, count, &seed(1));
        draw.questions.iter().map(|drawn| quiz.questions[drawn.index].id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(drawn(&quiz, 3), ["cloze", "true-false", "single"]);
    assert_eq!(drawn(&quiz, 4), ["order", "cloze", "true-false", "single"]);
    // A mandatory question covers its topic.
    quiz.questions.iter_mut().find(|q| q.id.as_str() == "match").expect("of the samples").drawn =
        Drawn::Always;
    assert_eq!(drawn(&quiz, 3), ["match", "true-false", "single"]);
    assert_eq!(drawn(&quiz, 4), ["order", "match", "true-false", "single"]);
    assert_eq!(drawn(&quiz, 100).len(), 9);
}

fn seed(attempt: u32) -> Seed {
    let quiz = "bank".parse().expect("an identifier");
    Seed::new(&Digest::of(b"abc"), "did:key:z6Mk", None, &quiz, attempt)
}

fn any_quiz() -> impl Strategy<Value = Quiz> {
    let question = (0..9_usize, 0..4_u32, prop::bool::weighted(0.1));
    prop::collection::vec(question, 1..40).prop_map(|questions| {
        let kinds = samples::every_kind();
        let questions = questions.into_iter().enumerate().map(|(i, (kind, topic, mandatory))| {
            let mut question = samples::question(&format!("q{i}"), kinds[kind].kind.clone());
            question.topic = samples::topic(&format!("t{topic}"));
            question.drawn = if mandatory { Drawn::Always } else { Drawn::ByChance };
            question
        });
        samples::quiz(questions.collect())
    })
}

proptest! {
    #[test]
    fn every_draw_keeps_its_promises(quiz in any_quiz(), count in 0_usize..50, attempt in 1_u32..50) {
        let topics = ["t0", "t1", "t2", "t3"].map(samples::topic);
        let drawn = draw(&quiz, &topics, count, &seed(attempt));
        prop_assert_eq!(&drawn, &draw(&quiz, &topics, count, &seed(attempt)));

        let indices: BTreeSet<usize> = drawn.questions.iter().map(|drawn| drawn.index).collect();
        prop_assert_eq!(indices.len(), drawn.questions.len(), "no question twice");
        let mandatory: Vec<usize> =
            (0..quiz.questions.len()).filter(|i| quiz.questions[*i].drawn == Drawn::Always).collect();
        prop_assert!(mandatory.iter().all(|index| indices.contains(index)));
        let topics_of = |indices: &[usize]| -> BTreeSet<TopicId> {
            indices.iter().map(|index| quiz.questions[*index].topic.clone()).collect()
        };
        let all = topics_of(&(0..quiz.questions.len()).collect::<Vec<_>>());
        prop_assert_eq!(&topics_of(&indices.iter().copied().collect::<Vec<_>>()), &all);
        let needed = mandatory.len() + all.len() - topics_of(&mandatory).len();
        prop_assert_eq!(drawn.questions.len(), count.max(needed).min(quiz.questions.len()));
    }

    /// Where questions and options stand in the file is the trainer's affair and nobody's draw.
    #[test]
    fn moving_questions_never_changes_a_draw(quiz in any_quiz(), count in 1_usize..50) {
        let topics = ["t0", "t1", "t2", "t3"].map(samples::topic);
        let ids = |quiz: &Quiz| -> Vec<(String, Vec<String>)> {
            let drawn = draw(quiz, &topics, count, &seed(1)).questions;
            drawn.into_iter().map(|d| (quiz.questions[d.index].id.to_string(), d.order)).collect()
        };
        let mut moved = quiz.clone();
        moved.questions.reverse();
        for question in &mut moved.questions {
            if let Kind::Single { options } | Kind::Multiple { options } = &mut question.kind {
                options.reverse();
            }
        }
        prop_assert_eq!(ids(&quiz), ids(&moved));
    }

    #[test]
    fn options_are_shown_once_each_and_never_in_the_order_asked_for(attempt in 1_u32..2000) {
        for question in samples::every_kind() {
            let shown = display_order(&question, &seed(attempt));
            let distinct: BTreeSet<&String> = shown.iter().collect();
            prop_assert_eq!(distinct.len(), shown.len());
            let is_shown = |order: &[String]| is_display_order(order, &question, &seed(attempt));
            prop_assert!(is_shown(&shown));
            for place in 0..shown.len() {
                let mut other = shown.clone();
                other.remove(place);
                prop_assert!(!is_shown(&other));
                other.insert(place, format!("{}/", shown[place]));
                prop_assert!(!is_shown(&other));
                other.rotate_left(1);
                prop_assert!(!is_shown(&other));
                other[(place + shown.len() - 1) % shown.len()].pop();
                prop_assert_eq!(is_shown(&other), shown.len() == 1);
            }
            prop_assert!(!is_shown(&[shown.as_slice(), &[String::new()]].concat()));
            match &question.kind {
                Kind::Order { items, .. } => {
                    prop_assert_eq!(shown.len(), items.len());
                    prop_assert!(!items.iter().zip(&shown).all(|(item, shown)| item.id.as_str() == shown));
                },
                Kind::Single { options } | Kind::Multiple { options } => prop_assert_eq!(shown.len(), options.len()),
                Kind::Match { pairs, extra } => prop_assert_eq!(shown.len(), pairs.len() + extra.len()),
                Kind::TrueFalse { .. } => prop_assert_eq!(shown, ["true", "false"]),
                Kind::Number(_) | Kind::Text(_) => prop_assert!(shown.is_empty()),
                Kind::Cloze { .. } => prop_assert_eq!(shown.len(), 2),
                Kind::Scenario { steps } => {
                    prop_assert_eq!(shown.len(), steps.iter().map(|step| step.options.len()).sum::<usize>());
                },
            }
        }
    }
}
