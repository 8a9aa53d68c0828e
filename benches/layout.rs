//! What it costs to open a lesson and to page through it, by size and by kind of block.

use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;

use countersign::markup::{Document, Layout, Needle, Search};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

const WIDTH: u16 = 90;
const HEIGHT: usize = 50;

criterion_group!(benches, open, headings, page, jump, search, typed, slice);
criterion_main!(benches);

/// Everything between the bytes of a lesson and its first screen.
fn open(c: &mut Criterion) {
    let mut group = c.benchmark_group("open and first screen");
    for (name, source) in sources() {
        group.throughput(Throughput::Bytes(source.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(name), &source, |b, source| {
            b.iter(|| {
                let mut layout = Layout::new(Arc::new(Document::parse(Arc::clone(source))), WIDTH);
                let top = layout.top();
                black_box(layout.lines(top, HEIGHT))
            });
        });
    }
    group.finish();
}

/// The table of contents, made when somebody asks for it.
fn headings(c: &mut Criterion) {
    let mut group = c.benchmark_group("headings");
    for (name, source) in sources().into_iter().take(3) {
        let open = || Document::parse(Arc::clone(&source));
        group.bench_function(name, |b| {
            b.iter_batched(open, |document| black_box(document.headings().len()), BatchSize::LargeInput);
        });
    }
    group.finish();
}

/// One page further down in the middle of the text, every page for the first time.
fn page(c: &mut Criterion) {
    let mut group = c.benchmark_group("page down");
    for (name, source) in sources() {
        let mut layout = Layout::new(Arc::new(Document::parse(Arc::clone(&source))), WIDTH);
        let last = layout.last_top(HEIGHT);
        let mut place = layout.top();
        group.bench_function(name, |b| {
            b.iter(|| {
                place = layout.down(place, HEIGHT);
                if place >= last {
                    place = layout.top();
                }
                black_box(layout.lines(place, HEIGHT))
            });
        });
    }
    group.finish();
}

/// The first jump to the end.
fn jump(c: &mut Criterion) {
    let mut group = c.benchmark_group("first jump to the end");
    for (name, source) in sources() {
        let open = || Layout::new(Arc::new(Document::parse(Arc::clone(&source))), WIDTH);
        let end = |mut layout: Layout| {
            let last = layout.last_top(HEIGHT);
            black_box(layout.lines(last, HEIGHT))
        };
        group.bench_function(name, |b| b.iter_batched(open, end, BatchSize::LargeInput));
    }
    group.finish();
}

/// Finding a word everywhere in a text, from its beginning: one that stands nowhere, and a letter that is everywhere.
fn search(c: &mut Criterion) {
    let mut group = c.benchmark_group("search");
    group.sample_size(10);
    for (name, source) in sources() {
        group.throughput(Throughput::Bytes(source.len() as u64));
        let document = Arc::new(Document::parse(source));
        for words in ["nowhere", "e"] {
            let needle = Needle::new(words).expect("a word");
            group.bench_function(format!("{name}, {words:?}"), |b| {
                b.iter(|| {
                    let mut search = Search::new(Arc::clone(&document), needle.clone(), 0);
                    search.advance(usize::MAX);
                    black_box(search.total())
                });
            });
        }
    }
    group.finish();
}

/// A word typed letter by letter, each looked for everywhere: the first letter reads the text, the others do not.
fn typed(c: &mut Criterion) {
    let mut group = c.benchmark_group("words typed on");
    group.sample_size(10);
    for (name, source) in sources() {
        let document = Arc::new(Document::parse(source));
        let needles = ["e", "em", "emp", "emph"].map(|words| Needle::new(words).expect("a word"));
        let begin = || {
            let mut search = Search::new(Arc::clone(&document), needles[0].clone(), 0);
            search.advance(usize::MAX);
            search
        };
        group.bench_function(name, |b| {
            b.iter_batched(
                begin,
                |mut search| {
                    for needle in &needles[1..] {
                        search.seek(needle.clone(), 0);
                        search.advance(usize::MAX);
                    }
                    black_box(search.total())
                },
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

/// What a key waits for at most while a search is under way.
fn slice(c: &mut Criterion) {
    const SLICE: usize = 128 * 1024;
    let mut group = c.benchmark_group("a slice of a search");
    for (name, source) in sources() {
        let document = Arc::new(Document::parse(source));
        let needle = Needle::new("e").expect("a word");
        let begin = || Search::new(Arc::clone(&document), needle.clone(), document.len() / 2);
        group.bench_function(name, |b| {
            b.iter_batched(
                begin,
                |mut search| {
                    search.advance(SLICE);
                    black_box(search.total())
                },
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

const MEGABYTES: usize = 10_000_000;

fn sources() -> Vec<(&'static str, Arc<str>)> {
    let list = |index: usize| format!("- Item {index} says something with *emphasis* and a bit of `code`.\n");
    let words = |index: usize| format!("word{index} and *others* ");
    let rows = |index: usize| format!("| row {index} | some words in a cell | {index} |\n");
    let code = |index: usize| format!("    let line_{index} = \"some code that stands there\";\n");
    vec![
        ("20 KB lesson", lesson(20_000)),
        ("205 KB lesson", lesson(205_000)),
        ("10 MB lesson", lesson(MEGABYTES)),
        ("10 MB list", repeated("", MEGABYTES, list)),
        ("10 MB paragraph", repeated("", MEGABYTES, words)),
        ("10 MB table", repeated("| A | B | C |\n|---|---|--:|\n", MEGABYTES, rows)),
        ("10 MB code", repeated("```rust\n", MEGABYTES, code)),
        ("200 KB of quotes in quotes", repeated("", 200_000, |_| ">".repeat(1000))),
    ]
}

fn repeated(head: &str, size: usize, part: impl Fn(usize) -> String) -> Arc<str> {
    let mut source = head.to_owned();
    for index in 0.. {
        source.push_str(&part(index));
        if source.len() >= size {
            break;
        }
    }
    source.into()
}

/// A lesson as trainers write them: headings, paragraphs with links, lists, a table, code, a quote.
fn lesson(size: usize) -> Arc<str> {
    repeated("# A lesson\n\n", size, |index| {
        let mut part = String::new();
        write!(
            part,
            "## Section {index}\n\n\
            An app *collects* what the **system** lets it collect, and a bit more; see [source {index}](https://example.org/{index}).\n\
            The second line of the paragraph has `code`, an entity &amp; and a few more words to fill it up.\n\n\
            - One thing that is collected\n- Another thing, with a longer text that has to be wrapped on most screens, as texts do\n  - nested\n\n\
            | What | Why |\n|---|---|\n| Location | advertising |\n| Contacts | growth |\n\n\
            ```text\nsome code\n    indented\n```\n\n> A quote that says so, by somebody who knows.\n\n"
        )
        .expect("writing to a string does not fail");
        part
    })
}
