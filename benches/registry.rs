//! The registry's file: keeping records with their entries, and the pass over everybody that status makes.
//!
//! `cargo bench --bench registry` measures 10,000 records. `cargo bench --bench registry -- large 1000000 DIR` fills a
//! registry in a folder and prints what it took; `-- write 1000000 DIR` writes the files of so many records, for
//! `countersign hr collect`.

#![expect(clippy::print_stderr, reason = "the figures are for the person who runs it")]

use std::path::Path;
use std::time::{Duration, Instant};

use countersign::clock::Timestamp;
use countersign::course;
use countersign::digest::Digest;
use countersign::registry::Change;
use countersign::registry::change::Collected;
use countersign::store::StoreError;
use countersign::store::registry::RegistryStore as _;
use countersign::store::registry::sqlite::SqliteRegistry;
use criterion::{BatchSize, Criterion, Throughput};
use workforce::{Answer, Organisation};

#[path = "../tests/support/learner.rs"]
mod learner;
#[path = "../tests/support/workforce.rs"]
#[expect(dead_code, reason = "other benches need other parts")]
mod workforce;

/// How many changes are kept at once.
const BATCH: usize = 4000;
const SMALL: u64 = 10_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [_, "large", records, folder, ..] => large(records.parse().expect("a number"), Path::new(folder)),
        [_, "write", records, folder, ..] => write(records.parse().expect("a number"), Path::new(folder)),
        _ => small(),
    }
}

fn small() {
    let organisation = Organisation::new(course::embedded(), SMALL);
    let changes: Vec<Change> = organisation.changes().collect();
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("registry.db");
    let mut store = SqliteRegistry::create(&path).expect("a registry");
    let (begin, rest) = changes.split_at(3 + usize::try_from(organisation.people()).expect("it fits"));
    store.save(begin).expect("kept");
    let records: Vec<Change> =
        rest.iter().filter(|change| matches!(change, Change::Collected(_))).take(BATCH).cloned().collect();
    let known: Vec<Digest> = records.iter().filter_map(digest_of).collect();

    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("registry");
    group.throughput(Throughput::Elements(SMALL * 2));
    group.bench_function("save: everything of an organisation", |bencher| {
        let mut number = 0;
        bencher.iter_batched(
            || {
                number += 1;
                SqliteRegistry::create(&home.path().join(format!("{number}.db"))).expect("a registry")
            },
            |mut store| fill(&mut store, changes.iter().cloned()),
            BatchSize::PerIteration,
        );
    });
    for batch in rest.chunks(BATCH) {
        store.save(batch).expect("kept");
    }
    group.throughput(Throughput::Elements(SMALL));
    group.bench_function("dossiers: one pass", |bencher| bencher.iter(|| pass(&store, now())));
    group.bench_function("dossiers: as of a year before", |bencher| {
        let then = Timestamp::from_unix(now().unix() - 365 * 86_400).expect("a time");
        bencher.iter(|| pass(&store, then));
    });
    group.bench_function("audit", |bencher| {
        bencher.iter(|| {
            let audited = store.audit(&mut |_| {}).expect("read");
            assert_eq!(audited.discrepancies, 0);
        });
    });
    group.throughput(Throughput::Elements(known.len() as u64));
    group.bench_function("known", |bencher| {
        bencher.iter(|| assert_eq!(store.known(&known).expect("read").len(), known.len()));
    });
    group.finish();
    criterion.final_summary();
}

fn digest_of(change: &Change) -> Option<Digest> {
    match change {
        Change::Collected(record) => Some(record.digest),
        _ => None,
    }
}

/// Long after everything.
fn now() -> Timestamp {
    "2030-01-01T00:00:00Z".parse().expect("a time")
}

/// Counts records that count, as status would.
fn pass(store: &SqliteRegistry, at: Timestamp) -> (u64, u64) {
    let (mut people, mut counting) = (0, 0);
    let mut count = |dossier: countersign::registry::Dossier| -> Result<(), StoreError> {
        people += 1;
        counting += dossier.records.iter().filter(|record| record.counts()).count() as u64;
        Ok(())
    };
    store.dossiers(at, &mut count).expect("read");
    (people, counting)
}

fn fill(store: &mut SqliteRegistry, changes: impl Iterator<Item = Change>) {
    let mut batch = Vec::with_capacity(BATCH);
    for change in changes {
        batch.push(change);
        if batch.len() == BATCH {
            store.save(&batch).expect("kept");
            batch.clear();
        }
    }
    store.save(&batch).expect("kept");
}

/// So many records in one registry. A few of them are signed and repeated under other digests: what is measured is the
/// store, and signing would take longer.
fn large(records: u64, folder: &Path) {
    let organisation = Organisation::new(course::embedded(), records);
    let signed: Vec<Answer> = (0..200).map(|index| organisation.answer(index)).collect();
    let path = folder.join("registry.db");
    let mut store = SqliteRegistry::create(&path).expect("a registry");
    let mut begin: Vec<Change> = organisation.archive().into();
    begin.push(Change::Roster(organisation.roster()));
    let start = Instant::now();
    store.save(&begin).expect("kept");
    eprintln!("roster of {} people: {:?}", organisation.people(), start.elapsed());
    drop(begin);

    let (mut kept, mut last) = (Duration::ZERO, Duration::ZERO);
    let mut batch = Vec::with_capacity(BATCH);
    for index in 0..records {
        batch.push(Change::Collected(Box::new(repeated(&organisation, &signed, index))));
        if batch.len() == BATCH || index + 1 == records {
            let start = Instant::now();
            store.save(&batch).expect("kept");
            last = start.elapsed() / u32::try_from(batch.len()).expect("small");
            kept += start.elapsed();
            batch.clear();
        }
    }
    let each = kept / u32::try_from(records).expect("it fits");
    eprintln!("{records} records kept: {kept:?}, {each:?} each, {last:?} each in the last batch");
    let bytes = path.metadata().expect("the file").len();
    eprintln!("file: {} MB, {} bytes a record", bytes / 1_000_000, bytes / records);
    for what in ["first", "second"] {
        let start = Instant::now();
        let (people, counting) = pass(&store, now());
        eprintln!("{what} pass: {people} people, {counting} records that count, {:?}", start.elapsed());
    }
    eprintln!("{}", memory());
    let start = Instant::now();
    let audited = store.audit(&mut |discrepancy| eprintln!("{discrepancy}")).expect("read");
    eprintln!("audit: {} entries, {:?}", audited.entries, start.elapsed());
    eprintln!("{}", memory());
}

/// A record of this person, with the file of another.
fn repeated(organisation: &Organisation, signed: &[Answer], index: u64) -> Collected {
    let place = usize::try_from(index).expect("it fits") % signed.len();
    Collected {
        digest: Digest::of(&index.to_le_bytes()),
        person: Organisation::person(index * 7919 % organisation.people()).number,
        assignment: None,
        pins: false,
        ..organisation.collected(index, &signed[place])
    }
}

/// The most memory that this process ever had.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("peak memory unknown").to_owned()
}

fn write(records: u64, folder: &Path) {
    let organisation = Organisation::new(course::embedded(), records);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for first in 0..threads {
            let organisation = &organisation;
            scope.spawn(move || {
                organisation.write_files(folder, first as u64, threads).expect("the files are written");
            });
        }
    });
    eprintln!("{records} records below {}", folder.display());
}
