//! Quizzes of every kind with hostile texts, for properties of what is exchanged.

use std::collections::HashSet;
use std::num::NonZeroU32;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::id::OptionId;
use crate::quiz::question::{
    Case, Choice, Decimal, Drawn, Gap, GapKind, Item, Kind, LessonLink, NumberKey, OrderScoring, Pair,
    Points, Question, TextKey,
};
use crate::quiz::{AskCertainty, Quiz};

/// What the formats of other systems take for their own, and what their readers trim, fold or decode.
const HOSTILE: [&str; 44] = [
    "{1:MC:=a~b}",
    "{",
    "}",
    "{{x",
    "~",
    "=",
    "#",
    "%50%",
    "\\",
    "\\}",
    "\\n",
    "->",
    "//",
    "::",
    ":",
    "[html]",
    "$",
    "@",
    "<b>",
    "</text>",
    "]]>",
    "<![CDATA[",
    "<!--",
    "&",
    "&amp;",
    "&#65;",
    "&nbsp;",
    "\"",
    "'",
    ",",
    ";",
    "\t",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    " ",
    "\u{a0}",
    "\u{85}",
    "\u{2028}",
    "*",
    "`",
    "ANSWER: A",
    "A. b",
];

/// A text that is not blank.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![3 => "\\PC{1,8}", 2 => "[a-zA-Z0-9 ]{1,8}", 4 => prop::sample::select(&HOSTILE[..]).prop_map(str::to_owned)];
    vec(piece, 1..5).prop_map(|pieces| pieces.concat()).prop_filter("blank", |text| !text.trim().is_empty())
}

/// A text that some answers do not fit.
fn accepted() -> impl Strategy<Value = String> {
    text().prop_filter("accepts everything", |text| !text.chars().all(|c| c == '*' || c.is_whitespace()))
}

/// Texts between which a reader can tell.
fn texts(least: usize, most: usize) -> impl Strategy<Value = Vec<String>> {
    vec(text(), least..=most).prop_map(|mut texts| {
        let mut seen = HashSet::new();
        for (place, text) in texts.iter_mut().enumerate() {
            while !seen.insert(text.trim().to_owned()) {
                *text = format!("{text} {place}");
            }
        }
        texts
    })
}

/// The n-th of some identifiers; none is one of the words that records keep to themselves.
fn id(prefix: &str, place: usize) -> OptionId {
    format!("{prefix}{place}-x").parse().expect("an identifier")
}

fn choices(rights: fn(usize, usize) -> bool) -> impl Strategy<Value = Vec<Choice>> {
    (texts(2, 5), vec(option::of(text()), 5), "[a-z0-9]{1,5}").prop_map(move |(texts, feedback, prefix)| {
        let count = texts.len();
        let parts = texts.into_iter().zip(feedback).enumerate();
        let choice = |(place, (text, feedback))| Choice {
            id: id(&prefix, place),
            text,
            right: rights(place, count),
            feedback,
        };
        parts.map(choice).collect()
    })
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (-1_000_000_i64..1_000_000, 0_u32..=6).prop_map(|(digits, scale)| {
        let scale = usize::try_from(scale).expect("small");
        let padded = format!("{:0>width$}", digits.abs(), width = scale + 1);
        let (whole, decimals) = padded.split_at(padded.len() - scale);
        let sign = if digits < 0 { "-" } else { "" };
        Decimal::parse(&format!("{sign}{whole}.{decimals}")).expect("a number")
    })
}

fn number() -> impl Strategy<Value = NumberKey> {
    (decimal(), decimal(), option::of(text())).prop_map(|(answer, tolerance, unit)| {
        let tolerance = Decimal::parse(tolerance.to_string().trim_start_matches('-')).expect("a number");
        NumberKey { answer, tolerance, unit }
    })
}

fn text_key() -> impl Strategy<Value = TextKey> {
    let case = prop_oneof![Just(Case::Matters), Just(Case::Ignored)];
    (vec(accepted(), 1..4), case).prop_map(|(accepted, case)| TextKey { accepted, case })
}

fn cloze() -> impl Strategy<Value = Kind> {
    let kind = prop_oneof![
        choices(|place, _| place == 1).prop_map(GapKind::Choice),
        text_key().prop_map(GapKind::Text),
        number().prop_map(GapKind::Number),
    ];
    let piece = || text().prop_map(|text| text.replace('{', "("));
    (vec((piece(), kind), 1..4), piece()).prop_map(|(parts, end)| {
        let mut text = String::new();
        let mut gaps = Vec::new();
        for (place, (before, kind)) in parts.into_iter().enumerate() {
            let id = id("gap", place);
            text.extend([&before, "{{", id.as_str(), "}}"]);
            gaps.push(Gap { id, kind });
        }
        Kind::Cloze { text: text + &end, gaps }
    })
}

fn kind() -> impl Strategy<Value = Kind> {
    let matching = (texts(2, 4), texts(2, 7)).prop_map(|(lefts, rights)| {
        let count = lefts.len().min(rights.len());
        let pairs = lefts.into_iter().zip(&rights).enumerate();
        let pairs =
            pairs.map(|(place, (left, right))| Pair { id: id("pair", place), left, right: right.clone() });
        let extra = rights.iter().enumerate().skip(count);
        let extra = extra.map(|(place, text)| Item { id: id("extra", place), text: text.clone() });
        Kind::Match { pairs: pairs.collect(), extra: extra.collect() }
    });
    let order = (texts(3, 6), any::<bool>()).prop_map(|(texts, whole)| {
        let items =
            texts.into_iter().enumerate().map(|(place, text)| Item { id: id("item", place), text }).collect();
        Kind::Order { items, scoring: if whole { OrderScoring::AllOrNothing } else { OrderScoring::Partial } }
    });
    prop_oneof![
        choices(|place, _| place == 0).prop_map(|options| Kind::Single { options }),
        choices(|place, count| place * 2 < count && place + 1 < count)
            .prop_map(|options| Kind::Multiple { options }),
        any::<bool>().prop_map(|answer| Kind::TrueFalse { answer }),
        matching,
        order,
        number().prop_map(Kind::Number),
        text_key().prop_map(Kind::Text),
        cloze(),
    ]
}

fn lesson() -> impl Strategy<Value = LessonLink> {
    ("lessons/[a-z0-9 ]{1,8}\\.md", option::of("[a-z-]{1,8}"))
        .prop_map(|(lesson, heading)| LessonLink { lesson, heading })
}

fn question() -> impl Strategy<Value = Question> {
    let facts =
        (1_u32..9, prop::sample::select(&["law", "top", "data", "b-y-o-d"][..]), 1_u32..=1000, any::<bool>());
    let texts = (text(), option::of(text()), option::of(text()), option::of(lesson()));
    (facts, texts, kind()).prop_map(
        |((revision, topic, points, always), (prompt, why, source, lesson), kind)| Question {
            id: "question".parse().expect("an identifier"),
            revision: NonZeroU32::new(revision).expect("from 1"),
            topic: topic.parse().expect("an identifier"),
            points: Points::new(points).expect("from 1 to 1000"),
            drawn: if always { Drawn::Always } else { Drawn::ByChance },
            prompt,
            why,
            source,
            lesson,
            kind,
        },
    )
}

/// A quiz that a course would take, of every kind but `Scenario`.
pub(crate) fn quiz() -> impl Strategy<Value = Quiz> {
    (vec(question(), 1..5), text(), any::<bool>()).prop_map(|(mut questions, title, ask)| {
        for (place, question) in questions.iter_mut().enumerate() {
            question.id = format!("q{place}").parse().expect("an identifier");
        }
        let certainty = if ask { AskCertainty::Yes } else { AskCertainty::No };
        Quiz { id: "bank".parse().expect("an identifier"), title, certainty, questions }
    })
}
