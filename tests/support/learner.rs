//! A learner who takes a course honestly: the claims that a run through it leads to.

use countersign::clock::Timestamp;
use countersign::course::{Course, Lesson};
use countersign::id::OptionId;
use countersign::progress::Person;
use countersign::quiz::draw::{Seed, draw};
use countersign::quiz::mark::{self, mark};
use countersign::quiz::question::{Choice, GapKind, Kind, NumberKey, Question, TextKey};
use countersign::quiz::response::{Certainty, Response};
use countersign::record::Assignment;
use countersign::record::claims::{
    AcknowledgementClaim, AppClaim, AssignmentClaim, AttemptClaim, CheckClaim, CompletionClaims, CourseClaim,
    Face, LessonClaim, MEANING, ResponseClaim, ResultClaim,
};

/// When the first attempt begins, how long one takes, and when the next one begins, in seconds.
const FIRST_ATTEMPT: i64 = 1800;
const ATTEMPT: i64 = 600;
const PERIOD: i64 = 7200;

/// How long a lesson and a question take, in seconds; less where there are so many that the time before the first attempt,
/// or that of an attempt, would not be enough.
const LESSON: i64 = 300;
const QUESTION: i64 = 40;

/// When a run begins.
pub(crate) const BEGIN: &str = "2026-11-22T08:00:00Z";

/// When its record is signed, after one attempt; later by [`PERIOD`] for each further one.
pub(crate) fn signed_at(attempts: usize) -> Timestamp {
    after(PERIOD * i64::try_from(attempts).expect("few") + 3000)
}

/// The moment `seconds` after [`BEGIN`].
pub(crate) fn after(seconds: i64) -> Timestamp {
    let begin: Timestamp = BEGIN.parse().expect("a time");
    Timestamp::from_unix(begin.unix() + seconds).expect("within the years that can be written")
}

/// What a learner of this did:key claims after attempts with so many right answers each; the other questions are
/// answered wrongly or left open in turn.
pub(crate) fn claims(
    course: &Course,
    did: &str,
    assignment: Option<&Assignment>,
    right: &[usize],
) -> CompletionClaims {
    let nonce = assignment.map(|assignment| assignment.claims.nonce.as_str());
    let attempts: Vec<_> =
        (1..).zip(right).map(|(number, right)| attempt(course, did, nonce, number, *right)).collect();
    let last = attempts.last().expect("at least one attempt");
    let pass_percent = course.assessment.pass_percent.get();
    let result = ResultClaim {
        earned: last.earned,
        possible: last.possible,
        pass_percent,
        passed: mark::passed(last.earned, last.possible, pass_percent),
    };
    CompletionClaims {
        id: did.to_owned(),
        person: assignment.map_or_else(
            || Person { number: "012345".to_owned(), name: "Ada Byron".to_owned(), email: None },
            |assignment| assignment.claims.person.clone(),
        ),
        course: course_claim(course),
        assignment: assignment.map(|assignment| AssignmentClaim {
            assignment_id: assignment.urn(),
            digest: assignment.digest,
            nonce: assignment.claims.nonce.clone(),
        }),
        lessons: lessons(course),
        checks: course
            .modules
            .iter()
            .filter_map(|module| module.check.as_ref())
            .map(|quiz| {
                let possible =
                    quiz.questions.iter().map(|question| u64::from(mark(question, None).possible)).sum();
                CheckClaim { quiz: quiz.id.clone(), earned: possible, possible, attempts: 2 }
            })
            .collect(),
        acknowledgement: course.policy.as_ref().map(|policy| AcknowledgementClaim {
            policy: policy.lesson.path.clone(),
            digest: policy.lesson.digest,
            statement: policy.statement.clone(),
            language: course.language.clone(),
            at: signed_at(attempts.len() - 1),
            meaning: MEANING.to_owned(),
        }),
        attempts,
        result,
        face: Face::FullScreen,
        app: AppClaim { product: "countersign".to_owned(), version: "0.1.0".to_owned() },
        previous: None,
    }
}

pub(crate) fn course_claim(course: &Course) -> CourseClaim {
    CourseClaim {
        course_id: course.id.clone(),
        title: course.title.clone(),
        version: course.version.clone(),
        language: course.language.clone(),
        digest: course.digest,
    }
}

fn lessons(course: &Course) -> Vec<LessonClaim> {
    let each = share(FIRST_ATTEMPT, course.modules.len()).min(LESSON);
    let claim = |(place, lesson): (i64, &Lesson)| LessonClaim {
        lesson: lesson.path.clone(),
        digest: lesson.digest,
        first_opened_at: after(place * each),
        finished_at: after(place * each + each * 4 / 5),
        active_seconds: u64::try_from(each * 4 / 5 - 10).unwrap_or(0),
    };
    (0..).zip(course.modules.iter().map(|module| &module.lesson)).map(claim).collect()
}

/// So many seconds for so many things.
fn share(seconds: i64, among: usize) -> i64 {
    seconds / i64::try_from(among.max(1)).expect("few")
}

/// The attempt of this number, as the draw gives it.
pub(crate) fn attempt(
    course: &Course,
    did: &str,
    nonce: Option<&str>,
    number: u32,
    right: usize,
) -> AttemptClaim {
    let bank = &course.assessment.quiz;
    let seed = Seed::new(&course.digest, did, nonce, &bank.id, number);
    let topics: Vec<_> = course.topics.iter().map(|topic| topic.id.clone()).collect();
    let drawn = draw(bank, &topics, course.assessment.draw, &seed).questions;
    let seconds = u64::try_from(share(ATTEMPT, drawn.len()).min(QUESTION)).unwrap_or(0);
    let mut possible = 0;
    let responses: Vec<_> = drawn
        .iter()
        .enumerate()
        .map(|(place, drawn)| {
            let question = &bank.questions[drawn.index];
            let response = match (place < right, place % 2) {
                (true, _) => Some(right_answer(question)),
                (false, 0) => Some(wrong_answer(question)),
                (false, _) => None,
            };
            let mark = mark(question, response.as_ref());
            possible += u64::from(mark.possible);
            ResponseClaim {
                item: question.id.clone(),
                revision: question.revision,
                order: drawn.order.clone(),
                certainty: response.as_ref().map(|_| Certainty::Fairly),
                response,
                seconds,
                earned: mark.earned,
            }
        })
        .collect();
    let start = PERIOD * (i64::from(number) - 1) + FIRST_ATTEMPT;
    AttemptClaim {
        number,
        quiz: bank.id.clone(),
        scoring: mark::RULE,
        started_at: after(start),
        finished_at: after(start + ATTEMPT),
        active_seconds: 590,
        earned: responses.iter().map(|response| u64::from(response.earned)).sum(),
        possible,
        responses,
        course_digest: None,
    }
}

/// The answer that earns everything.
pub(crate) fn right_answer(question: &Question) -> Response {
    match &question.kind {
        Kind::Single { options } => Response::Text(right_id(options)),
        Kind::Multiple { options } => {
            let mut ids: Vec<_> =
                options.iter().filter(|option| option.right).map(|option| text(&option.id)).collect();
            ids.sort();
            Response::List(ids)
        }
        Kind::TrueFalse { answer } => Response::Text(answer.to_string()),
        Kind::Match { pairs, .. } => {
            Response::Map(pairs.iter().map(|pair| (text(&pair.id), text(&pair.id))).collect())
        }
        Kind::Order { items, .. } => Response::List(items.iter().map(|item| text(&item.id)).collect()),
        Kind::Number(key) => Response::Text(number(key)),
        Kind::Text(key) => Response::Text(typed(key)),
        Kind::Cloze { gaps, .. } => Response::Map(
            gaps.iter()
                .map(|gap| {
                    let answer = match &gap.kind {
                        GapKind::Choice(options) => right_id(options),
                        GapKind::Text(key) => typed(key),
                        GapKind::Number(key) => number(key),
                    };
                    (text(&gap.id), answer)
                })
                .collect(),
        ),
        Kind::Scenario { steps } => {
            let mut chosen = Vec::new();
            let mut step = steps.first();
            while let Some(now) = step {
                let branch = now.options.iter().find(|branch| branch.choice.right).expect("a right one");
                chosen.push(text(&branch.choice.id));
                step = branch.next.as_ref().and_then(|next| steps.iter().find(|step| step.id == *next));
            }
            Response::List(chosen)
        }
    }
}

/// An answer that fits the question and is not right.
fn wrong_answer(question: &Question) -> Response {
    match &question.kind {
        Kind::Single { options } => {
            Response::Text(text(&options.iter().find(|option| !option.right).expect("a wrong one").id))
        }
        Kind::Multiple { options } => {
            Response::List(vec![text(&options.iter().find(|option| option.right).expect("a right one").id)])
        }
        Kind::TrueFalse { answer } => Response::Text((!answer).to_string()),
        Kind::Match { pairs, .. } => {
            Response::Map(pairs.iter().map(|pair| (text(&pair.id), text(&pairs[0].id))).collect())
        }
        Kind::Order { items, .. } => Response::List(items.iter().rev().map(|item| text(&item.id)).collect()),
        Kind::Number(_) | Kind::Text(_) => Response::Text("no idea".to_owned()),
        Kind::Cloze { gaps, .. } => Response::Map(
            gaps.iter()
                .take(1)
                .map(|gap| {
                    let answer = match &gap.kind {
                        GapKind::Choice(options) => right_id(options),
                        GapKind::Text(_) | GapKind::Number(_) => "no idea".to_owned(),
                    };
                    (text(&gap.id), answer)
                })
                .collect(),
        ),
        Kind::Scenario { steps } => {
            Response::List(steps[0].options.iter().take(1).map(|branch| text(&branch.choice.id)).collect())
        }
    }
}

fn right_id(options: &[Choice]) -> String {
    text(&options.iter().find(|option| option.right).expect("a right one").id)
}

fn text(id: &OptionId) -> String {
    id.to_string()
}

fn number(key: &NumberKey) -> String {
    key.answer.to_string()
}

fn typed(key: &TextKey) -> String {
    key.accepted[0].replace('*', "")
}
