//! Quizzes of every kind with texts that nobody would write, for the tests of this room.

use std::num::NonZeroU32;

use proptest::collection::vec;
use proptest::prelude::*;

use crate::id::{OptionId, TopicId};
use crate::quiz::question::{
    Branch, Case, Choice, Decimal, Difficulty, Drawn, Gap, GapKind, Item, Kind, LessonLink, NumberKey,
    OrderScoring, Pair, Points, Question, Step, TextKey,
};
use crate::quiz::{AskCertainty, Quiz};

/// What formats trip over, beside whatever comes.
const TRAPS: &[&str] = &[
    "{",
    "}",
    "~",
    "=",
    "#",
    ":",
    "\\",
    "\n",
    "\n\n",
    "//",
    "->",
    "[html]",
    "[markdown]",
    "%50%",
    "####",
    "\\n",
    "\\=",
    "::",
    "$CATEGORY: x",
    "TRUE",
    "\"",
    "\"#",
    "'",
    "*",
    "_____",
    "<b>",
    "&amp;",
    "]]>",
    ",",
    ";",
    "\t",
    "\u{1b}[2J",
    "\u{202e}",
    "\u{200b}",
    "\0",
    "\u{1}",
    "\u{feff}",
    "\u{a0}",
    "\u{2028}",
    "é",
    "e\u{301}",
    "国",
    "👩‍💻",
    "`",
    "[id:x]",
    "{{x}}",
    "{1:MC:=a~b}",
    "{1:NM:=1.5e-2147483648}",
    "{{x",
    "@",
    "$",
    "</text>",
    "<![CDATA[",
    "<!--",
    "-->",
    "&",
    "&#65;",
    "&nbsp;",
    "\r",
    "\r\n",
    "\u{85}",
    "ANSWER: A",
    "A. b",
];

/// A text that is not blank, and that is the same as another one never.
pub(super) fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(TRAPS).prop_map(str::to_owned),
        2 => "[a-z]{1,4}",
        1 => " ",
        1 => "\\PC{1,3}",
    ];
    (vec(piece, 0..6), "[a-z]{1,3}", any::<bool>()).prop_map(|(pieces, word, first)| {
        let traps = pieces.concat();
        if first { format!("{word}{traps}") } else { format!("{traps}{word}") }
    })
}

/// A text without white space at its ends, which not every format can keep.
pub(super) fn trimmed() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.trim_matches(char::is_whitespace).trim_matches(['\0', '\u{b}']).to_owned())
}

type Texts = BoxedStrategy<String>;

/// A quiz of all kinds.
pub(super) fn quiz() -> impl Strategy<Value = Quiz> {
    quiz_of(kind(text().boxed()), text().boxed())
}

/// A quiz of the kinds that `kinds` makes, its texts by `texts`.
pub(super) fn quiz_of(kinds: BoxedStrategy<Kind>, texts: Texts) -> impl Strategy<Value = Quiz> {
    let id = prop::sample::select(&["specimen", "a--b-", "7"][..]);
    (vec(kinds, 1..6), id, text(), any::<bool>()).prop_flat_map(move |(kinds, id, title, ask)| {
        questions(kinds, texts.clone()).prop_map(move |questions| Quiz {
            id: id.parse().expect("an identifier"),
            title: title.clone(),
            certainty: if ask { AskCertainty::Yes } else { AskCertainty::No },
            questions,
        })
    })
}

fn questions(kinds: Vec<Kind>, texts: Texts) -> impl Strategy<Value = Vec<Question>> {
    let facts = (
        texts.clone(),
        prop::option::of(texts.clone()),
        prop::option::of(texts),
        prop::option::of("[a-z]{1,3}#?[a-z]{0,3}"),
        (1_u32..4, 1_u32..4, any::<bool>(), 0_usize..3, difficulty()),
    );
    vec(facts, kinds.len()).prop_map(move |facts| {
        let numbered = kinds.iter().zip(facts).enumerate();
        numbered
            .map(
                |(
                    index,
                    (kind, (prompt, why, source, lesson, (revision, points, always, topic, difficulty))),
                )| {
                    Question {
                        id: format!("q{index}").parse().expect("an identifier"),
                        revision: NonZeroU32::new(revision).expect("not zero"),
                        topic: ["law", "a--b-", "top"][topic].parse::<TopicId>().expect("an identifier"),
                        points: Points::new(points).expect("points"),
                        difficulty,
                        drawn: if always { Drawn::Always } else { Drawn::ByChance },
                        prompt,
                        why,
                        source,
                        lesson: lesson.map(|link| match link.split_once('#') {
                            Some((lesson, heading)) => {
                                LessonLink { lesson: lesson.to_owned(), heading: Some(heading.to_owned()) }
                            }
                            None => LessonLink { lesson: link, heading: None },
                        }),
                        kind: kind.clone(),
                    }
                },
            )
            .collect()
    })
}

fn difficulty() -> impl Strategy<Value = Option<Difficulty>> {
    prop::option::of(prop::sample::select(&Difficulty::ALL[..]))
}

/// Any kind.
pub(super) fn kind(texts: Texts) -> BoxedStrategy<Kind> {
    prop_oneof![
        3 => gradable(&texts),
        1 => order(texts.clone()),
        1 => cloze(texts.clone(), 1..4),
        1 => scenario(texts),
    ]
    .boxed()
}

/// The kinds that most other systems have too.
pub(super) fn gradable(texts: &Texts) -> BoxedStrategy<Kind> {
    let options = || vec((texts.clone(), prop::option::of(texts.clone())), 2..5);
    prop_oneof![
        single(texts.clone()).prop_map(|options| Kind::Single { options }),
        (options(), 1_usize..4).prop_map(|(options, rights)| {
            let last = options.len() - 1;
            let choices = numbered(options).map(|(id, index, text, feedback)| Choice {
                id,
                text,
                right: index < rights && index < last,
                feedback,
            });
            Kind::Multiple { options: choices.collect() }
        }),
        any::<bool>().prop_map(|answer| Kind::TrueFalse { answer }),
        (vec((texts.clone(), texts.clone()), 2..5), vec(texts.clone(), 0..3)).prop_map(|(pairs, extra)| {
            let pairs: Vec<Pair> = pairs
                .into_iter()
                .enumerate()
                .map(|(index, (left, right))| Pair {
                    id: option_id("p", index),
                    left: format!("{left}{index}"),
                    right: format!("{right}{index}"),
                })
                .collect();
            let items = extra.into_iter().enumerate();
            let extra = items.map(|(index, text)| Item {
                id: option_id("e", index),
                text: format!("{text}{}", index + 5),
            });
            Kind::Match { pairs, extra: extra.collect() }
        }),
        number(texts.clone()).prop_map(Kind::Number),
        text_key(texts.clone()).prop_map(Kind::Text),
    ]
    .boxed()
}

fn single(texts: Texts) -> impl Strategy<Value = Vec<Choice>> {
    let options = vec((texts.clone(), prop::option::of(texts)), 2..5);
    (options, any::<prop::sample::Index>()).prop_map(|(options, right)| {
        let right = right.index(options.len());
        let choices = numbered(options).map(|(id, index, text, feedback)| Choice {
            id,
            text,
            right: index == right,
            feedback,
        });
        choices.collect()
    })
}

fn number(texts: Texts) -> impl Strategy<Value = NumberKey> {
    (-10_000_i32..10_000, 0_u32..400, prop::option::of(texts)).prop_map(|(answer, tolerance, unit)| {
        let decimal = |hundredths: f64| Decimal::parse(&format!("{hundredths:.2}")).expect("a number");
        NumberKey {
            answer: decimal(f64::from(answer) / 100.0),
            tolerance: decimal(f64::from(tolerance) / 100.0),
            unit,
        }
    })
}

fn text_key(texts: Texts) -> impl Strategy<Value = TextKey> {
    (vec(texts, 1..4), any::<bool>()).prop_map(|(accepted, matters)| TextKey {
        accepted,
        case: if matters { Case::Matters } else { Case::Ignored },
    })
}

fn order(texts: Texts) -> impl Strategy<Value = Kind> {
    (vec(texts, 3..6), any::<bool>()).prop_map(|(texts, all)| {
        let items = texts.into_iter().enumerate();
        let items =
            items.map(|(index, text)| Item { id: option_id("i", index), text: format!("{text}{index}") });
        let scoring = if all { OrderScoring::AllOrNothing } else { OrderScoring::Partial };
        Kind::Order { items: items.collect(), scoring }
    })
}

/// A text with gaps; no other braces stand in it.
pub(super) fn cloze(texts: Texts, gaps: std::ops::Range<usize>) -> impl Strategy<Value = Kind> {
    let gap = prop_oneof![
        single(texts.clone()).prop_map(GapKind::Choice),
        text_key(texts.clone()).prop_map(GapKind::Text),
        number(texts.clone()).prop_map(GapKind::Number),
    ];
    (vec((gap, texts.clone()), gaps), texts).prop_map(|(gaps, end)| {
        let between = |text: &str| text.replace("{{", "(").replace("}}", ")").replace(['{', '}'], "|");
        let mut text = String::new();
        let mut kinds = Vec::new();
        for (index, (kind, before)) in gaps.into_iter().enumerate() {
            let id = option_id("g", index);
            text.extend([between(&before), format!("{{{{{id}}}}}")]);
            kinds.push(Gap { id, kind });
        }
        text.push_str(&between(&end));
        Kind::Cloze { text, gaps: kinds }
    })
}

/// One step leads to the next, and every second option ends the story.
fn scenario(texts: Texts) -> impl Strategy<Value = Kind> {
    vec((texts.clone(), single(texts)), 1..4).prop_map(|steps| {
        let last = steps.len() - 1;
        let steps = steps.into_iter().enumerate().map(|(index, (text, options))| Step {
            id: option_id("s", index),
            text,
            options: options
                .into_iter()
                .enumerate()
                .map(|(place, choice)| Branch {
                    choice: Choice { id: option_id(&format!("s{index}-"), place), ..choice },
                    next: (index < last && place % 2 == 0).then(|| option_id("s", index + 1)),
                })
                .collect(),
        });
        Kind::Scenario { steps: steps.collect() }
    })
}

/// With identifiers, and texts that differ.
fn numbered(
    options: Vec<(String, Option<String>)>,
) -> impl Iterator<Item = (OptionId, usize, String, Option<String>)> {
    let numbered = options.into_iter().enumerate();
    numbered
        .map(|(index, (text, feedback))| (option_id("o", index), index, format!("{text}{index}"), feedback))
}

fn option_id(stem: &str, index: usize) -> OptionId {
    format!("{stem}{index}").parse().expect("an identifier")
}
