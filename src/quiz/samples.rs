//! One small question of every kind, for tests in any room.

use std::num::NonZeroU32;

use crate::id::{OptionId, TopicId};
use crate::quiz::question::{
    Branch, Case, Choice, Decimal, Drawn, Gap, GapKind, Item, Kind, NumberKey, OrderScoring, Pair, Points,
    Question, Step, TextKey,
};
use crate::quiz::{AskCertainty, Quiz};

pub(crate) fn option_id(text: &str) -> OptionId {
    text.parse().expect("an identifier")
}

pub(crate) fn topic(text: &str) -> TopicId {
    text.parse().expect("an identifier")
}

pub(crate) fn question(id: &str, kind: Kind) -> Question {
    Question {
        id: id.parse().expect("an identifier"),
        revision: NonZeroU32::MIN,
        topic: topic("law"),
        points: Points::ONE,
        difficulty: None,
        drawn: Drawn::ByChance,
        prompt: format!("What about {id}?"),
        why: None,
        source: None,
        lesson: None,
        kind,
    }
}

pub(crate) fn choice(id: &str, right: bool) -> Choice {
    Choice {
        id: option_id(id),
        text: format!("The option {id}"),
        right,
        feedback: (!right).then(|| format!("{id} is wrong")),
    }
}

pub(crate) fn item(id: &str) -> Item {
    Item { id: option_id(id), text: format!("The item {id}") }
}

pub(crate) fn number(answer: &str, tolerance: &str) -> NumberKey {
    let decimal = |text| Decimal::parse(text).expect("a number");
    NumberKey { answer: decimal(answer), tolerance: decimal(tolerance), unit: None }
}

pub(crate) fn text(accepted: &[&str]) -> TextKey {
    TextKey { accepted: accepted.iter().map(ToString::to_string).collect(), case: Case::Ignored }
}

pub(crate) fn single() -> Question {
    let options = vec![choice("one", false), choice("two", true), choice("three", false)];
    question("single", Kind::Single { options })
}

/// Right: a, b, c. Wrong: x, y.
pub(crate) fn multiple() -> Question {
    let right = ["a", "b", "c"].map(|id| choice(id, true));
    let wrong = ["x", "y"].map(|id| choice(id, false));
    question("multiple", Kind::Multiple { options: right.into_iter().chain(wrong).collect() })
}

pub(crate) fn true_false() -> Question {
    question("true-false", Kind::TrueFalse { answer: false })
}

/// Pairs a, b, c and the extra right side x.
pub(crate) fn matching() -> Question {
    let pair = |id: &str| Pair {
        id: option_id(id),
        left: format!("The left {id}"),
        right: format!("The right {id}"),
    };
    question("match", Kind::Match { pairs: vec![pair("a"), pair("b"), pair("c")], extra: vec![item("x")] })
}

/// Items a, b, c, d, e in this order.
pub(crate) fn order() -> Question {
    let items = ["a", "b", "c", "d", "e"].map(item).into();
    question("order", Kind::Order { items, scoring: OrderScoring::Partial })
}

pub(crate) fn cloze() -> Question {
    let gaps = vec![
        Gap {
            id: option_id("law"),
            kind: GapKind::Choice(vec![choice("seven", true), choice("nine", false)]),
        },
        Gap { id: option_id("word"), kind: GapKind::Text(text(&["secret*"])) },
        Gap { id: option_id("year"), kind: GapKind::Number(number("2017", "0")) },
    ];
    let text = "Article {{law}} asks for {{word}} since {{year}}.".to_owned();
    question("cloze", Kind::Cloze { text, gaps })
}

/// call: report → after, wait → late; late: tell → after, hide → end; after: change → end, ignore → end.
pub(crate) fn scenario() -> Question {
    let branch =
        |id: &str, right, next: Option<&str>| Branch { choice: choice(id, right), next: next.map(option_id) };
    let step = |id: &str, options| Step { id: option_id(id), text: format!("The step {id}"), options };
    let steps = vec![
        step("call", vec![branch("report", true, Some("after")), branch("wait", false, Some("late"))]),
        step("late", vec![branch("tell", true, Some("after")), branch("hide", false, None)]),
        step("after", vec![branch("change", true, None), branch("ignore", false, None)]),
    ];
    question("scenario", Kind::Scenario { steps })
}

pub(crate) fn every_kind() -> Vec<Question> {
    vec![
        single(),
        multiple(),
        true_false(),
        matching(),
        order(),
        question("number", Kind::Number(number("530", "5"))),
        question("text", Kind::Text(text(&["article 7", "art* 7"]))),
        cloze(),
        scenario(),
    ]
}

pub(crate) fn quiz(questions: Vec<Question>) -> Quiz {
    Quiz {
        id: "bank".parse().expect("an identifier"),
        title: "Bank".to_owned(),
        certainty: AskCertainty::No,
        questions,
    }
}
