//! Which keys a learner presses who knows the answers: looked up in the course by question, found on the screen by the draw.

use countersign::course::Course;
use countersign::id::{OptionId, QuizId};
use countersign::quiz::draw::{Draw, Seed, display_order, draw};
use countersign::quiz::question::{Choice, GapKind, Kind, NumberKey, Question, TextKey};

use crate::ENTER;

const TAB: &str = "\t";
const HOME: &str = "\x1b[H";
pub(super) const DOWN: &str = "\x1b[B";

/// Whether a story tells what a decision led to before it goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feedback {
    AtOnce,
    Afterwards,
}

/// The questions of an attempt, as the record's verifier derives them.
pub(crate) fn drawn(course: &Course, did: &str, attempt: u32) -> Draw {
    let seed = Seed::new(&course.digest, did, None, &course.assessment.quiz.id, attempt);
    let topics: Vec<_> = course.topics.iter().map(|topic| topic.id.clone()).collect();
    draw(&course.assessment.quiz, &topics, course.assessment.draw, &seed)
}

/// How a knowledge check shows the parts of a question in a round.
pub(crate) fn order_in_check(
    course: &Course,
    did: &str,
    check: &QuizId,
    round: u32,
    question: &Question,
) -> Vec<String> {
    display_order(question, &Seed::new(&course.digest, did, None, check, round))
}

/// The keys that give the right answer to a question whose parts are shown in `order`, one press after the other.
pub(crate) fn right_keys(question: &Question, order: &[String], feedback: Feedback) -> Vec<String> {
    match &question.kind {
        Kind::Single { options } => vec![digit_of(order, &right_of(options))],
        Kind::Multiple { options } => {
            let right = options.iter().filter(|option| option.right);
            right.map(|option| digit_of(order, option.id.as_str())).collect()
        }
        Kind::TrueFalse { answer } => vec![if *answer { "1" } else { "2" }.to_owned()],
        Kind::Match { pairs, .. } => {
            // A number stays on its row.
            let mut keys = vec![HOME.to_owned()];
            for (row, pair) in pairs.iter().enumerate() {
                keys.extend((row > 0).then(|| DOWN.to_owned()));
                keys.push(digit_of(order, pair.id.as_str()));
            }
            keys
        }
        Kind::Order { items, .. } => {
            let key: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
            order_keys(&key, order)
        }
        Kind::Number(key) => vec![number(key)],
        Kind::Text(key) => vec![text(key)],
        Kind::Cloze { gaps, .. } => {
            let mut keys = Vec::new();
            for gap in gaps {
                keys.push(match &gap.kind {
                    GapKind::Choice(options) => digit_within(order, &gap.id, &right_of(options)),
                    GapKind::Text(key) => text(key),
                    GapKind::Number(key) => number(key),
                });
                keys.push(TAB.to_owned());
            }
            keys
        }
        Kind::Scenario { steps } => {
            let mut keys = Vec::new();
            let mut step = steps.first();
            while let Some(current) = step {
                let right = current.options.iter().find(|branch| branch.choice.right).expect("one is right");
                // A number marks, Enter decides.
                keys.push(digit_within(order, &current.id, right.choice.id.as_str()));
                keys.push(ENTER.to_owned());
                step = right.next.as_ref().and_then(|next| steps.iter().find(|step| step.id == *next));
                if step.is_some() && feedback == Feedback::AtOnce && right.choice.feedback.is_some() {
                    keys.push(ENTER.to_owned());
                }
            }
            keys
        }
    }
}

/// Brings the items into the order of the key, place by place.
fn order_keys(key: &[&str], shown: &[String]) -> Vec<String> {
    let mut shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    let mut keys = Vec::new();
    for (place, item) in key.iter().enumerate() {
        let at = shown.iter().position(|shown| shown == item).expect("shown");
        keys.push(HOME.to_owned());
        keys.extend(std::iter::repeat_n(TAB.to_owned(), at));
        keys.push((place + 1).to_string());
        let item = shown.remove(at);
        shown.insert(place, item);
    }
    keys
}

fn right_of(options: &[Choice]) -> String {
    options.iter().find(|option| option.right).expect("one is right").id.to_string()
}

fn digit_of(order: &[String], id: &str) -> String {
    (order.iter().position(|shown| shown == id).expect("shown") + 1).to_string()
}

/// The digit of an option among those of its gap or step.
fn digit_within(order: &[String], part: &OptionId, id: &str) -> String {
    let mine: Vec<String> = order
        .iter()
        .filter_map(|shown| Some(shown.strip_prefix(part.as_str())?.strip_prefix('/')?.to_owned()))
        .collect();
    digit_of(&mine, id)
}

fn number(key: &NumberKey) -> String {
    key.answer.to_string()
}

fn text(key: &TextKey) -> String {
    key.accepted[0].replace('*', "")
}
