//! The registry's file: keeping records with their entries, and the pass over everybody that status makes.
//!
//! `cargo bench --bench registry` measures 10,000 records. `cargo bench --bench registry -- large 1000000 DIR` fills a
//! registry in a folder and prints what it took; `-- write 1000000 DIR` writes the files of so many records, for
//! `countersign hr collect`; `-- migrate 1000000 DIR` turns such a registry into one of the first version and prints what it
//! takes to bring it up to date, and what is there after that was killed halfway.

#![expect(clippy::print_stderr, reason = "the figures are for the person who runs it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread;
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
use rusqlite::Connection;
use workforce::{Answer, Organisation};

#[path = "../tests/support/head.rs"]
mod head;
#[path = "../tests/support/lasting.rs"]
mod lasting;
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
        [_, "migrate", records, folder, ..] => migrate(records.parse().expect("a number"), Path::new(folder)),
        [_, "open", path, ..] => open(Path::new(path)),
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
        // Long after the roster: the clock of a registry never goes back.
        at: "2029-01-01T00:00:00Z".parse().expect("a time"),
        digest: Digest::of(&index.to_le_bytes()),
        person: Organisation::person(index * 7919 % organisation.people()).number,
        assignment: None,
        pins: false,
        ..organisation.collected(index, &signed[place])
    }
}

/// The most memory that this process ever had.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("peak memory unknown").to_owned()
}

fn write(records: u64, folder: &Path) {
    let organisation = Organisation::new(course::embedded(), records);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for first in 0..threads {
            let organisation = &organisation;
            scope.spawn(move || {
                organisation.write_files(folder, first as u64, threads).expect("the files are written");
            });
        }
    });
    eprintln!("{records} records below {}", folder.display());
}

/// What it takes to bring a registry of the first version up to date, and whether whoever was interrupted may begin again.
fn migrate(records: u64, folder: &Path) {
    let [present, old, killed] = ["registry.db", "old.db", "killed.db"].map(|name| folder.join(name));
    if !present.exists() {
        large(records, folder);
    }
    of_the_first_version(&present, &old);
    fs::copy(&old, &killed).expect("copied");
    let begun = Instant::now();
    let mut child = opening(&old);
    let mut log = 0;
    while child.try_wait().expect("it is ours").is_none() {
        log = log.max(beside(&old, "-wal").metadata().map_or(0, |metadata| metadata.len()));
        thread::sleep(Duration::from_millis(5));
    }
    let took = begun.elapsed();
    eprintln!(
        "{records} records brought up to date in {took:.1?}; the log beside the file had {} MB",
        log / 1_000_000
    );

    let mut child = opening(&killed);
    thread::sleep(took / 2);
    child.kill().expect("it is ours");
    assert!(!child.wait().expect("it is ours").success(), "it was done before it was killed");
    eprintln!("killed halfway: the file is of version {}", version(&killed));
    assert_eq!(version(&killed), 1);
    assert!(opening(&killed).wait().expect("it is ours").success());
    assert_eq!(version(&killed), version(&present));
    for path in [old, killed] {
        let store = SqliteRegistry::open(&path).expect("a registry");
        let audited = store.audit(&mut |discrepancy| eprintln!("{discrepancy}")).expect("read");
        assert_eq!(audited.discrepancies, 0);
        assert_eq!(pass(&store, now()), pass(&SqliteRegistry::open(&present).expect("a registry"), now()));
        drop(store);
        fs::remove_file(path).expect("ours");
    }
}

/// A registry as the first version made it, with everything that is in another one.
fn of_the_first_version(present: &Path, path: &Path) {
    let connection = Connection::open(path).expect("a file");
    connection
        .execute_batch(include_str!("../src/store/registry/sqlite/schema/0001.sql"))
        .expect("the first step");
    connection.execute("ATTACH ?1 AS new", [present.to_str().expect("text")]).expect("attached");
    let sql = "PRAGMA foreign_keys = off; BEGIN; PRAGMA main.user_version = 1";
    connection.execute_batch(sql).expect("begun");
    let owner: i64 =
        connection.pragma_query_value(Some("new"), "application_id", |row| row.get(0)).expect("read");
    connection.pragma_update(Some("main"), "application_id", owner).expect("written");
    let tables: Vec<String> = connection
        .prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name <> 'registry'")
        .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
        .expect("read");
    for table in tables {
        let sql = format!("INSERT INTO main.{table} SELECT * FROM new.{table}");
        connection.execute(&sql, []).expect("copied");
    }
    connection.execute_batch("COMMIT").expect("kept");
}

/// Another process that opens the registry and says what it took, in which nothing else was done before.
fn opening(path: &Path) -> Child {
    let program = std::env::current_exe().expect("this one");
    Command::new(program).arg("open").arg(path).spawn().expect("it starts")
}

fn open(path: &Path) {
    let start = Instant::now();
    drop(SqliteRegistry::open(path).expect("a registry"));
    eprintln!("opened in {:.1?}, {}", start.elapsed(), memory());
}

fn version(path: &Path) -> i64 {
    let connection = Connection::open(path).expect("a file");
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).expect("read")
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
