//! A run whose record would be larger than any reader takes: it is said, and the way out is at hand.

use std::sync::Arc;

use countersign::clock::Timestamp;
use countersign::course;
use countersign::plain::Ended;
use countersign::progress::{Change, Person};
use countersign::quiz::key;
use countersign::quiz::question::Kind;
use countersign::quiz::response::Response;
use countersign::training::{LONGEST_ANSWER, Seen, Sight, Text, Training, World as _};

use crate::course::files;
use crate::talk::talk;
use crate::world::MadeUp;

const GAPS: usize = 600;

fn read_whole(training: &mut Training, text: Text, now: Timestamp) -> Vec<Change> {
    let frontier = training.frontier(text).expect("a text").after(Sight::WHOLE);
    training.read(text, Seen { place: 0, frontier, active_seconds: 30 }, now)
}

/// Everything is done but the signature, with the longest answers that are taken.
fn done() -> MadeUp {
    let text = (0..GAPS).map(|gap| format!("{{{{g{gap}}}}} ")).collect::<Vec<_>>().concat();
    let list = (0..GAPS)
        .map(|gap| format!("Text(id: \"g{gap}\", accepted: [\"é*\"]),"))
        .collect::<Vec<_>>()
        .concat();
    let bank = format!(
        "(id: \"bank\", title: \"Bank\", questions: [
            Cloze(id: \"c\", topic: \"law\", prompt: \"Write.\", text: \"{text}\", gaps: [{list}]),
            TrueFalse(id: \"t\", topic: \"habits\", prompt: \"Is it so?\", answer: true),
        ])"
    );
    let mut files = files();
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("UTF-8");
    files.insert("course.ron".to_owned(), manifest.replace("draw: 9", "draw: 2").into_bytes());
    files.insert("quizzes/bank.ron".to_owned(), bank.into_bytes());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));

    let person = Person { number: "0042".to_owned(), name: "Ada Example".to_owned(), email: None };
    let mut training = world.introduce(&person, None).expect("introduced");
    let now = world.now();
    let mut changes = training.begin(now);
    for lesson in 0..2 {
        changes.extend(read_whole(&mut training, Text::Lesson(lesson), now));
    }
    changes.extend(training.start_check(0));
    for question in &training.course().modules[0].check.as_ref().expect("a check").questions.clone() {
        changes.extend(training.hand_in(0, &question.id, key::key(question), None, now).expect("open").1);
    }
    changes.extend(training.start_attempt(now));
    for index in 0..2 {
        let (_, sitting) = training.attempt().expect("under way");
        let question = sitting.question(index).expect("drawn");
        let response = match &question.kind {
            Kind::Cloze { .. } => {
                let long = "é".repeat(LONGEST_ANSWER);
                Response::Map((0..GAPS).map(|gap| (format!("g{gap}"), long.clone())).collect())
            }
            _ => key::key(question),
        };
        changes.extend(training.answer(index, Some(response), None, 5));
    }
    changes.extend(training.submit(now));
    changes.extend(read_whole(&mut training, Text::Policy, now));
    changes.extend(training.acknowledge(now));
    world.save(&changes).expect("in memory");
    world
}

#[test]
fn it_is_said_and_the_course_can_be_taken_again() {
    let mut world = done();
    let (said, ended) = talk(&mut world, 72, &["sign", "again", "", "again", "again", "quit"]);
    assert!(matches!(ended, Ok(Ended::Quit)), "{ended:?}");
    assert!(said.contains("larger than 1 MiB"), "{said}");
    assert!(said.contains("Type again to take the course again, or contents to go back."), "{said}");
    assert!(said.contains("Nothing has changed."), "{said}");
    assert!(said.contains("a new run through the course has begun"), "{said}");
    let progress = world.progress();
    assert_eq!(progress.run().map(|run| run.number), Some(2));
    assert!(progress.completions.is_empty());
}
