//! What a learner waits for in the full-screen face: the first frame of a lesson, and a key until its frame is drawn.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::FixedOffset;
use countersign::clock::Timestamp;
use countersign::course::{self, Course, CourseFiles};
use countersign::progress::{Person, Progress};
use countersign::training::{Learner, Places, Training};
use countersign::tui::message::{Destination, Message};
use countersign::tui::model::Model;
use countersign::tui::settings::Settings;
use countersign::tui::theme::{Depth, Device};
use countersign::tui::{Options, Start};
use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

const SIZE: Size = Size { width: 80, height: 24 };
const SIZES: [(&str, usize); 3] = [("20 KB", 20_000), ("205 KB", 205_000), ("10 MB", 10_000_000)];

criterion_group!(benches, read_course, first_frame, key_to_frame, key_among_links);
criterion_main!(benches);

/// From the files of a course to a course without faults, digest and links included.
fn read_course(c: &mut Criterion) {
    let mut group = c.benchmark_group("read a course");
    group.sample_size(20);
    for (name, bytes) in SIZES {
        let files = files(bytes);
        group.bench_function(BenchmarkId::from_parameter(name), |b| {
            b.iter_batched(|| files.clone(), course::parse, BatchSize::LargeInput);
        });
    }
    group.finish();
}

/// From a course in memory to the first screen of its lesson.
fn first_frame(c: &mut Criterion) {
    let mut group = c.benchmark_group("first frame");
    group.sample_size(20);
    for (name, bytes) in SIZES {
        let course = Arc::new(course::parse(files(bytes)).expect("a course without faults"));
        group.bench_function(BenchmarkId::from_parameter(name), |b| b.iter(|| lesson(&course)));
    }
    group.finish();
}

/// A page down in the lesson, from the key to the finished frame.
fn key_to_frame(c: &mut Criterion) {
    let mut group = c.benchmark_group("key to frame");
    for (name, bytes) in SIZES {
        let course = Arc::new(course::parse(files(bytes)).expect("a course without faults"));
        let (mut model, mut terminal) = lesson(&course);
        group.bench_function(BenchmarkId::from_parameter(name), |b| {
            b.iter(|| {
                press(&mut model, &mut terminal, KeyCode::PageDown);
            });
        });
    }
    group.finish();
}

/// A line down and the next link in a paragraph of so many links, from the key to the finished frame.
fn key_among_links(c: &mut Criterion) {
    let mut group = c.benchmark_group("key to frame among links");
    for links in [100_usize, 100_000] {
        let paragraph: String = (0..links).fold("# Links\n\n".to_owned(), |text, number| {
            text + &format!("[w](https://example.org/{number}) ")
        });
        let mut files = files(1);
        files.insert("lessons/1.md".to_owned(), paragraph.into_bytes());
        let course = Arc::new(course::parse(files).expect("a course without faults"));
        for (name, key) in [("line down", KeyCode::Down), ("next link", KeyCode::Tab)] {
            let (mut model, mut terminal) = lesson(&course);
            group.bench_function(BenchmarkId::new(name, links), |b| {
                b.iter(|| press(&mut model, &mut terminal, key));
            });
        }
    }
    group.finish();
}

type Face = (Model, Terminal<TestBackend>);

fn lesson(course: &Arc<Course>) -> Face {
    let now = Timestamp::from_unix(1_800_000_000).expect("in range");
    let person = Person { number: "1".to_owned(), name: "Ada Example".to_owned(), email: None };
    let learner =
        Learner { person, did: "did:key:z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd".to_owned() };
    let training = Training::new(Arc::clone(course), Vec::new(), learner, None, Progress::default());
    let start =
        Start { training: Some(training), course: Arc::clone(course), expected: None, notices: Vec::new() };
    let places = Places { progress: PathBuf::new(), key: PathBuf::new(), records: PathBuf::new() };
    let zone = FixedOffset::east_opt(0).expect("in range").into();
    let (mut model, _) = Model::open(
        start,
        Settings::new(&Options::new(Device::with(Depth::Full), zone), places, None),
        SIZE,
        now,
    );
    let _ = model.update(Message::Go(Destination::Lesson(0)));
    let mut terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).expect("in memory");
    terminal.draw(|frame| drop(model.view(frame))).expect("in memory");
    (model, terminal)
}

fn press(model: &mut Model, terminal: &mut Terminal<TestBackend>, key: KeyCode) {
    let event = Event::Key(KeyEvent::new(key, KeyModifiers::NONE));
    let mut hits = None;
    terminal.draw(|frame| hits = Some(model.view(frame))).expect("in memory");
    let message = hits.and_then(|hits| model.message_for(&event, &hits)).expect("a key of this screen");
    let _ = model.update(message);
}

/// A course with one lesson of about this many bytes.
fn files(bytes: usize) -> CourseFiles {
    let manifest = r#"(
        id: "bench", title: "Bench", version: "1", language: "en", owner: "benches",
        reviewed: "2026-11-22", review_by: "2027-05-22", validity_days: 365,
        topics: [(id: "a", title: "A")],
        modules: [(lesson: "lessons/1.md")],
        check_pass_percent: 60,
        assessment: (quiz: "quizzes/bank.ron", pass_percent: 80, draw: 1),
        deliver_to: "HR",
    )"#;
    let bank = r#"(id: "bank", title: "Bank", questions: [TrueFalse(id: "q", topic: "a", prompt: "So?", answer: true)])"#;
    let mut text = "# A long lesson\n\n".to_owned();
    let mut section = 0;
    while text.len() < bytes {
        section += 1;
        let _ = write!(
            text,
            "## Section {section}\n\nA phone holds *work mail* next to games, and **every app** on it asks for something. \
             Read what it asks for, then decide; the [policy](https://example.org/{section}) says who decides with you.\n\n\
             - contacts, with the names of customers\n- location, which shows where the office is\n\n\
             | what | who |\n|---|---|\n| contacts | sales |\n| location | everybody |\n\n"
        );
    }
    let files = [("course.ron", manifest), ("quizzes/bank.ron", bank), ("lessons/1.md", &text)];
    files.map(|(path, content)| (path.to_owned(), content.as_bytes().to_vec())).into()
}
