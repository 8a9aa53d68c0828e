//! The engine on both stores: what it does is accepted, and what would overwrite another copy's work is not.

use std::sync::Arc;

use countersign::clock::Timestamp;
use countersign::course::{self, Course, CourseFiles};
use countersign::id::QuestionId;
use countersign::progress::{Change, Person};
use countersign::quiz::response::Response;
use countersign::store::memory::MemoryProgress;
use countersign::store::sqlite::SqliteProgress;
use countersign::store::{Conflict, ProgressStore, StoreError};
use countersign::training::{AssessmentState, CheckState, Learner, Missing, Seen, Sight, Text, Training};

const MANIFEST: &str = r#"(
    id: "small", title: "A small course", version: "1", language: "en", owner: "tests",
    reviewed: "2026-11-22", review_by: "2027-05-22", validity_days: 365,
    topics: [(id: "a", title: "Topic A")],
    modules: [(lesson: "lessons/1.md", check: "quizzes/1.ron")],
    check_pass_percent: 100,
    assessment: (quiz: "quizzes/bank.ron", pass_percent: 50, draw: 2, attempts: 2, wait_minutes: 30),
    controls: [],
    deliver_to: "Send it to HR.",
)"#;

const CHECK: &str = r#"(id: "one", title: "One", questions: [
    TrueFalse(id: "q1", topic: "a", prompt: "First?", answer: true),
    TrueFalse(id: "q2", topic: "a", prompt: "Second?", answer: true),
])"#;

/// The same with another first question and one more.
const NEWER_CHECK: &str = r#"(id: "one", title: "One", questions: [
    TrueFalse(id: "q1", revision: 2, topic: "a", prompt: "First, really?", answer: false),
    TrueFalse(id: "q2", topic: "a", prompt: "Second?", answer: true),
    TrueFalse(id: "q3", topic: "a", prompt: "Third?", answer: true),
])"#;

const BANK: &str = r#"(id: "bank", title: "Bank", questions: [
    TrueFalse(id: "b1", topic: "a", prompt: "1?", answer: true),
    TrueFalse(id: "b2", topic: "a", prompt: "2?", answer: true),
])"#;

fn small_course(check: &str) -> Arc<Course> {
    let files = [
        ("course.ron", MANIFEST),
        ("lessons/1.md", "# One\n\nText.\n"),
        ("quizzes/1.ron", check),
        ("quizzes/bank.ron", BANK),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    Arc::new(course::parse(CourseFiles::from(files)).expect("a course without faults"))
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_unix(1_800_000_000 + minute * 60).expect("in range")
}

fn word(word: &str) -> Response {
    Response::Text(word.to_owned())
}

fn question(id: &str) -> QuestionId {
    id.parse().expect("an identifier")
}

/// A running copy: the engine, and a store that it saves to.
struct Copy {
    course: Arc<Course>,
    training: Training,
    store: Box<dyn ProgressStore>,
}

impl Copy {
    fn open(course: &Arc<Course>, store: Box<dyn ProgressStore>) -> Self {
        let person = Person { number: "0042".to_owned(), name: "Ada Example".to_owned(), email: None };
        let learner = Learner { person, did: "did:key:z6Mk".to_owned() };
        let progress = store.progress(&course.id).expect("a readable store");
        let training = Training::new(Arc::clone(course), Vec::new(), learner, None, progress);
        let mut copy = Self { course: Arc::clone(course), training, store };
        let changes = copy.training.begin(at(0));
        copy.saved(&changes);
        copy
    }

    fn save(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        self.store.save(&self.course.id, changes)
    }

    fn saved(&mut self, changes: &[Change]) {
        self.save(changes).unwrap_or_else(|error| panic!("{changes:?}: {error}"));
    }

    /// What another copy has changed is told as such, and is shown after.
    fn overtaken(&mut self, changes: &[Change]) {
        assert!(!changes.is_empty());
        let error = self.save(changes).expect_err("the other copy was first");
        assert!(matches!(error, StoreError::Conflict(Conflict::AttemptChanged)), "{error}");
        let progress = self.store.progress(&self.course.id).expect("a readable store");
        let learner = self.training.learner().clone();
        self.training = Training::new(Arc::clone(&self.course), Vec::new(), learner, None, progress);
    }

    /// Answers what is open, all of it rightly.
    fn finish_check(&mut self) {
        let changes = self.training.start_check(0);
        self.saved(&changes);
        while let Some(next) =
            self.training.check(0).expect("a check").open.first().map(|next| next.id.clone())
        {
            let right = if self.is_the_newer(&next) { "false" } else { "true" };
            let (mark, changes) = self.training.hand_in(0, &next, word(right), None, at(2)).expect("open");
            assert_eq!(mark.earned, mark.possible);
            self.saved(&changes);
        }
    }

    fn is_the_newer(&self, id: &QuestionId) -> bool {
        let check = self.course.modules[0].check.as_ref().expect("a check");
        check.question(id).expect("in the check").revision.get() == 2
    }

    fn open_questions(&self) -> Vec<String> {
        let check = self.training.check(0).expect("a check");
        check.open.iter().map(|question| question.id.to_string()).collect()
    }
}

/// Runs a test on both stores. Every call of what it is given opens another running copy.
fn on_both(test: impl Fn(&dyn Fn() -> Box<dyn ProgressStore>)) {
    let memory = MemoryProgress::new();
    test(&|| Box::new(memory.clone()));
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("progress.db");
    test(&|| Box::new(SqliteProgress::open(&path).expect("a store").store));
}

fn read_all(copy: &mut Copy) {
    let frontier = copy.training.frontier(Text::Lesson(0)).expect("a lesson");
    let frontier = frontier.after(Sight::WHOLE);
    let seen = Seen { place: 0, frontier, active_seconds: 30 };
    let changes = copy.training.read(Text::Lesson(0), seen, at(1));
    copy.saved(&changes);
}

/// New and changed questions could be seen and never be answered: the store did not know them as open.
#[test]
fn what_a_newer_course_asks_in_a_check_can_be_answered() {
    on_both(|store| {
        let mut copy = Copy::open(&small_course(CHECK), store());
        read_all(&mut copy);
        copy.finish_check();
        assert_eq!(copy.training.assessment(at(3)), AssessmentState::Ready { left: Some(2) });

        let mut copy = Copy::open(&small_course(NEWER_CHECK), store());
        assert_eq!(copy.open_questions(), ["q1", "q3"]);
        assert_eq!(copy.training.assessment(at(4)), AssessmentState::Locked(vec![Missing::Check(0)]));
        let changes = copy.training.start_check(0);
        copy.saved(&changes);
        assert!(copy.training.start_check(0).is_empty(), "begun once");
        let changes = copy.training.draft(0, &question("q3"), Some(word("false")), None);
        copy.saved(&changes);
        copy.finish_check();
        let finished = CheckState::Finished { right: 3, partly: 0, total: 3, percent: 100, passed: true };
        assert_eq!(copy.training.check(0).expect("a check").state, finished);
        assert_eq!(copy.training.assessment(at(5)), AssessmentState::Ready { left: Some(2) });
    });
}

/// The same in the middle of a round: what was begun on a question that is still the same stays.
#[test]
fn a_newer_course_in_the_middle_of_a_round_takes_no_draft_away() {
    on_both(|store| {
        let mut copy = Copy::open(&small_course(CHECK), store());
        let mut changes = copy.training.start_check(0);
        for id in ["q1", "q2"] {
            changes.extend(copy.training.draft(0, &question(id), Some(word("false")), None));
        }
        copy.saved(&changes);

        let mut copy = Copy::open(&small_course(NEWER_CHECK), store());
        let changes = copy.training.start_check(0);
        copy.saved(&changes);
        assert_eq!(copy.open_questions(), ["q1", "q2", "q3"]);
        let copy = Copy::open(&small_course(NEWER_CHECK), store());
        let check = copy.training.check(0).expect("a check");
        let drafts: Vec<bool> = check.open.iter().map(|question| check.draft(question).is_some()).collect();
        assert_eq!(drafts, [false, true, false], "the first question is another one now");
    });
}

/// A copy that was opened earlier wrote back what it remembered: the other one's answers were gone, and the marks it
/// submitted were not those of the answers in the record.
#[test]
fn an_idle_copy_does_not_overwrite_the_answers_of_another() {
    on_both(|store| {
        let course = small_course(CHECK);
        let mut first = Copy::open(&course, store());
        read_all(&mut first);
        first.finish_check();
        let changes = first.training.start_attempt(at(3));
        first.saved(&changes);
        let mut idle = [(); 5].map(|()| Copy::open(&course, store()));

        let changes = first.training.answer(0, Some(word("true")), None, 5);
        first.saved(&changes);
        // Every change builds on the one before it, those of one command too.
        let changes = first.training.go_to(1, 4);
        assert_eq!(changes.len(), 2);
        first.saved(&changes);
        let mut changes = first.training.answer(1, Some(word("true")), None, 3);
        changes.extend(first.training.toggle_flag(1));
        first.saved(&changes);

        let commands: [fn(&mut Training) -> Vec<Change>; 5] = [
            |training| training.answer(0, None, None, 7),
            |training| training.toggle_flag(0),
            |training| training.go_to(1, 9),
            |training| training.go_to(0, 9),
            |training| training.submit(at(4)),
        ];
        for (copy, command) in idle.iter_mut().zip(commands) {
            let changes = command(&mut copy.training);
            copy.overtaken(&changes);
            assert_eq!(copy.training.attempt(), first.training.attempt());
        }

        let [last, ..] = &mut idle;
        let changes = last.training.submit(at(5));
        last.saved(&changes);
        let result = last.training.result(1).expect("submitted");
        assert_eq!((result.earned, result.possible), (2000, 2000), "the marks are those of the answers");
        let stored = Copy::open(&course, store());
        assert_eq!(stored.training.progress(), last.training.progress());
        assert_eq!(stored.training.result(1), Some(result));
    });
}
