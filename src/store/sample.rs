//! Changes for tests: mostly those that can follow, some that cannot.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::id::{CourseId, QuestionId, QuizId};
use crate::progress::{
    Acknowledgement, Attempt, AttemptAnswer, Bookmark, Change, CheckAnswer, Completion, Draft, ModulePart,
    Progress, Reading, Run, Shown, Submitted,
};
use crate::quiz::response::{Certainty, Response};

/// What to try next, whatever the state of affairs; small, so that failures shrink.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pick {
    kind: u8,
    which: u8,
    value: u16,
    off: bool,
}

pub(super) fn picks(length: usize) -> impl Strategy<Value = Vec<Pick>> {
    let pick = (0_u8..30, 0_u8..4, any::<u16>(), prop::bool::weighted(0.1))
        .prop_map(|(kind, which, value, off)| Pick { kind, which, value, off });
    prop::collection::vec(pick, 1..length)
}

pub(super) fn course() -> CourseId {
    "app-data".parse().unwrap()
}

pub(super) fn at(value: u16) -> Timestamp {
    Timestamp::from_unix(1_700_000_000 + i64::from(value)).unwrap()
}

pub(super) fn quiz(which: u8) -> QuizId {
    format!("quiz-{}", which % 2).parse().unwrap()
}

pub(super) fn question(which: u8) -> QuestionId {
    format!("question-{which}").parse().unwrap()
}

pub(super) fn run(number: u32) -> Change {
    Change::RunStarted(numbered(number))
}

/// A run in place of the one that has come as far as `known` says.
pub(super) fn replaced(known: &Progress, number: u32) -> Change {
    Change::RunReplaced { known: Box::new(known.clone()), run: numbered(number) }
}

fn numbered(number: u32) -> Run {
    Run { number, nonce: number.is_multiple_of(2).then(|| "a nonce".to_owned()), started_at: at(1) }
}

pub(super) fn attempt(number: u32, run: u32) -> Change {
    Change::AttemptStarted(Attempt {
        number,
        run,
        quiz: quiz(0),
        course_digest: Digest::of(b"course"),
        started_at: at(2),
        current: 0,
        active_seconds: 0,
        answers: BTreeMap::new(),
        edits: 0,
        submitted: None,
    })
}

/// An answer in an attempt that was changed `edits` times before.
pub(super) fn answered(number: u32, edits: u64, which: u8, text: &str) -> Change {
    let answer = AttemptAnswer {
        response: Some(Response::Text(text.to_owned())),
        certainty: None,
        seconds: 3,
        flagged: false,
        shown: Shown::Wholly,
    };
    Change::AttemptAnswered { number, edits, question: question(which), answer }
}

pub(super) fn submitted(number: u32, edits: u64, passed: bool) -> Change {
    Change::AttemptSubmitted {
        number,
        edits,
        submitted: Submitted { at: at(9), earned: 700, possible: 1000, passed },
    }
}

pub(super) fn completed(run: u32) -> Change {
    Change::Completed(Completion {
        run,
        record: format!("{{\"run\":{run}}}\n").into_bytes(),
        digest: Digest::of(&run.to_le_bytes()),
        at: at(11),
        file_name: format!("run-{run}.json"),
    })
}

/// A place of a lesson that is marked, with a note or without.
pub(super) fn bookmark(which: u8, value: u16) -> Bookmark {
    Bookmark {
        lesson: format!("lessons/{which}.md"),
        place: usize::from(value % 3),
        at: at(value % 2),
        note: if value.is_multiple_of(5) {
            String::new()
        } else {
            format!("'); DROP -- \u{0} {}", value % 5)
        },
        digest: Digest::of(&[which]),
        heading: "Who reads it".to_owned(),
        line: "It's \"read\".".to_owned(),
    }
}

fn response(value: u16) -> Response {
    match value % 4 {
        0 => Response::Text(format!("it's \"{value}\"; DROP TABLE run; -- \u{0} \u{202e} é")),
        1 => Response::List(vec!["b".to_owned(), format!("a-{value}")]),
        2 => Response::Map(BTreeMap::from([("gap".to_owned(), value.to_string())])),
        _ => Response::List(Vec::new()),
    }
}

fn certainty(value: u16) -> Option<Certainty> {
    [None, Some(Certainty::Sure), Some(Certainty::Fairly), Some(Certainty::Guessing)]
        [usize::from(value / 4 % 4)]
}

fn part(which: u8, value: u16) -> ModulePart {
    match value % 2 {
        0 => ModulePart::Lesson(format!("lessons/{which}.md")),
        _ => ModulePart::Check(quiz(which)),
    }
}

/// A change that can follow on `progress` unless the pick is off.
pub(super) fn change(progress: &Progress, pick: Pick) -> Change {
    let Pick { kind, which, value, off } = pick;
    let present = progress.runs.len().try_into().unwrap_or(0) + u32::from(off);
    let check = progress.checks.get(&quiz(which));
    let open = check.and_then(|check| check.open.get(usize::from(which))).cloned();
    let open = open.filter(|_| !off).unwrap_or_else(|| question(which));
    let round = check.map_or(0, |check| check.round);
    // What is off names an attempt that is not there, or one that has changed since.
    let (number, edits) = progress.attempts.last().map_or((1, 0), |attempt| (attempt.number, attempt.edits));
    let (number, edits) = match (off, value % 2) {
        (false, _) => (number, edits),
        (true, 0) => (number + 1, edits),
        (true, _) => (number, edits + 1),
    };
    match kind {
        0 => run(present + 1),
        1 => replaced(progress, present + 1),
        2..=4 => Change::LessonRead {
            lesson: format!("lessons/{which}.md"),
            reading: Reading {
                digest: Digest::of(&[u8::from(value % 7 == 0)]),
                place: usize::from(value),
                farthest: usize::from(value) + 500,
                first_opened_at: at(value),
                finished_at: (value % 3 == 0).then(|| at(value)),
                active_seconds: u64::from(value % 100),
            },
        },
        5..=6 => {
            let open = (0..=which).rev().map(question).collect();
            Change::CheckStarted { quiz: quiz(which), round: round + 1 + u32::from(off), open }
        }
        7..=9 => Change::CheckDrafted {
            quiz: quiz(which),
            question: open,
            draft: Draft {
                revision: u32::from(value),
                response: (value % 5 > 0).then(|| response(value)),
                certainty: certainty(value),
            },
        },
        10..=12 => Change::CheckAnswered {
            quiz: quiz(which),
            question: open,
            answer: CheckAnswer {
                revision: u32::from(value),
                response: response(value),
                certainty: certainty(value),
                earned: u32::from(value % 1000),
                possible: 1000,
                round: (round + u32::from(off)).max(1),
                at: at(value),
            },
        },
        13 => attempt(progress.attempts.len().try_into().unwrap_or(0) + 1 + u32::from(off), present.max(1)),
        14 => {
            // An attempt may arrive whole.
            let number = progress.attempts.len().try_into().unwrap_or(0) + 1;
            let Change::AttemptStarted(mut whole) = attempt(number, present.max(1)) else { unreachable!() };
            whole
                .answers
                .insert(question(which), AttemptAnswer { flagged: true, ..AttemptAnswer::default() });
            whole.edits = u64::from(value % 3);
            whole.submitted =
                (value % 2 == 0).then(|| Submitted { at: at(value), earned: 1, possible: 2, passed: false });
            Change::AttemptStarted(whole)
        }
        15..=17 => Change::AttemptAnswered {
            number,
            edits,
            question: question(which),
            answer: AttemptAnswer {
                response: (value % 5 > 0).then(|| response(value)),
                certainty: certainty(value),
                seconds: u64::from(value),
                flagged: value % 2 == 0,
                shown: if value % 3 == 0 { Shown::Wholly } else { Shown::Partly },
            },
        },
        18..=19 => Change::AttemptMoved {
            number,
            edits,
            current: usize::from(which),
            active_seconds: u64::from(value % 100),
        },
        20 => submitted(number, edits, value % 2 == 0),
        21..=22 => Change::Acknowledged(Acknowledgement {
            policy: "lessons/policy.md".to_owned(),
            digest: Digest::of(&[which]),
            statement: format!("I have read and understood {value}"),
            language: "en".to_owned(),
            at: at(value),
        }),
        23..=25 => Change::Bookmarked(bookmark(which, value)),
        26 => {
            let kept = progress.bookmarks.iter().nth(usize::from(which)).filter(|_| !off);
            Change::BookmarkRemoved(kept.cloned().unwrap_or_else(|| bookmark(which, value)))
        }
        27..=28 => Change::Visited(part(which, value)),
        _ => completed(present),
    }
}

impl Pick {
    /// A lesson read.
    pub(super) fn lesson() -> Self {
        Self { kind: 2, which: 0, value: 3, off: false }
    }
}
