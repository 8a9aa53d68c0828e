//! Collecting records, beside the least that anybody must do for one: parse, hash and check one Ed25519 signature; beside the
//! least that anybody must do to keep one too: read its file, deflate it and add it to another file; and beside that with a
//! table of SQLite instead of the other file, which knows whether it has a record already.
//!
//! `cargo bench --bench collect` measures judging alone, and prints last what `countersign hr collect` takes for 10,000
//! records. `cargo bench --bench collect -- large 1000000 DIR` does that for any number in a folder; what is made there is
//! left there, and `make` instead of `large` only makes it. `-- more 1000000 10000 DIR` measures the last 10,000 of
//! 1,000,000 alone: those before are entered in the registry without having been files.

#![expect(clippy::print_stderr, reason = "the figures are for the person who runs it")]

use std::fs;
use std::hint::black_box;
use std::io::{BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use countersign::clock::{Clock as _, SystemClock};
use countersign::course;
use countersign::digest::Digest;
use countersign::record::read_assignment;
use countersign::record::verdict::Reading;
use countersign::registry::Terms;
use countersign::registry::change::CourseState;
use countersign::registry::collect::{Arrival, Fate, Known, KnownVersion, Stored, fate};
use countersign::registry::terms::Treatment;
use criterion::{BatchSize, Criterion, Throughput};
use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use flate2::{Compress, Compression, FlushCompress};
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use workforce::{Answer, Organisation};

#[path = "../tests/support/forge.rs"]
#[expect(dead_code, reason = "forgeries are for the tests")]
mod forge;
#[path = "../tests/support/head.rs"]
mod head;
#[path = "../tests/support/lasting.rs"]
mod lasting;
#[path = "../tests/support/learner.rs"]
mod learner;
#[path = "../tests/support/workforce.rs"]
#[expect(dead_code, reason = "other benches need other parts")]
mod workforce;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [_, what @ ("large" | "make"), records, folder, ..] => {
            let (records, folder) = (records.parse().expect("a number"), Path::new(folder));
            make(records, 0, folder);
            if what == "large" {
                collect(records, folder);
            }
        }
        [_, what @ ("more" | "make-more"), records, more, folder, ..] => {
            let records: u64 = records.parse().expect("a number");
            let (more, folder) = (more.parse().expect("a number"), Path::new(folder));
            make(records, records - more, folder);
            if what == "more" {
                collect(more, folder);
            }
        }
        _ => {
            judging();
            let folder = tempfile::tempdir().expect("a folder");
            make(10_000, 0, folder.path());
            collect(10_000, folder.path());
        }
    }
}

/// Judging without a disk.
fn judging() {
    let organisation = Organisation::new(course::embedded(), 100);
    let passes = |answer: &Answer| answer.claims.result.passed;
    let answer = (0..100).map(|index| organisation.answer(index)).find(passes).expect("most pass");
    let bytes = answer.signed.bytes;
    let known = Known {
        versions: vec![KnownVersion {
            course: Arc::clone(organisation.course()),
            state: CourseState::Approved,
        }],
        assignment: Some(read_assignment(&answer.assigned.bytes).expect("our own")),
        assigners: vec![organisation.assigner()],
        ..Known::default()
    };
    let judged = || judge(black_box(&bytes), &known);
    assert!(
        matches!(judged(), Fate::Stored(Stored { record, .. }) if record.treatment == Treatment::Accept && record.passed)
    );
    let floor = Floor::of(&bytes);

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("collect");
    group.throughput(Throughput::Elements(1));
    group.bench_function("floor: parse, hash, Ed25519", |bencher| bencher.iter(|| floor.check(&bytes)));
    let read = || Reading::of(black_box(&bytes));
    group.bench_function("read: form, types, signature", |bencher| bencher.iter(read));
    let claims = read().claims().expect("a record").clone();
    let verifier = known.verifier(&claims, SystemClock.now());
    let reading = read();
    group.bench_function("levels: the other four", |bencher| {
        bencher.iter_batched(|| reading.clone(), |reading| reading.judge(&verifier), BatchSize::SmallInput);
    });
    group.bench_function("judge: read, five levels, fate", |bencher| bencher.iter(judged));
    group.finish();
    criterion.final_summary();
}

fn judge(bytes: &[u8], known: &Known) -> Fate {
    let arrival = Arrival {
        name: String::new(),
        bytes: bytes.to_vec(),
        digest: Digest::of(bytes),
        at: SystemClock.now(),
    };
    fate(arrival, Reading::of(bytes), known, &Terms::default())
}

/// Makes an organisation, as far as it is not there, that has collected the first of its records already.
fn make(records: u64, collected: u64, folder: &Path) {
    let organisation = Organisation::new(course::embedded(), records);
    let (inbox, home) = (folder.join("inbox"), folder.join("registry"));
    if !inbox.exists() {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            for first in 0..threads {
                let (organisation, inbox) = (&organisation, &inbox);
                let first = collected + first as u64;
                scope.spawn(move || organisation.write_files(inbox, first, threads).expect("files"));
            }
        });
    }
    if !home.exists() {
        organisation.write_registry(&home, collected);
    }
}

/// Collects it with the program, and once more.
fn collect(records: u64, folder: &Path) {
    let (inbox, home) = (folder.join("inbox"), folder.join("registry"));
    let file = keeping(&inbox, File::new(folder.join("kept")));
    let table = keeping(&inbox, Table::new(folder.join("kept.db")));
    for (what, member) in [("new, without receipts", "accepted"), ("all here", "alreadyHere")] {
        let floor = Floor::each(&inbox);
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        command.args(["hr", "collect"]).arg(&inbox).arg("--registry").arg(&home);
        let used = Used::by(command.args(["--json", "--no-receipts", "--clock-is-right"]));
        let counted: serde_json::Value = serde_json::from_slice(&used.output).expect("JSON");
        assert_eq!(counted[member], records, "{counted:#}");
        let number = u32::try_from(records).expect("it fits");
        let each = used.cpu / number;
        eprintln!(
            "{what}: {each:?} of CPU a record ({:?} of it in the system), {:.2} times the floor of {floor:?}; {:.1?} in all, \
             {:.2} cores, {}",
            used.system / number,
            each.as_secs_f64() / floor.as_secs_f64(),
            used.elapsed,
            used.cpu.as_secs_f64() / used.elapsed.as_secs_f64(),
            used.memory,
        );
        if member == "accepted" {
            for (kept, floor) in [("a file", file), ("a table", table)] {
                let times = each.as_secs_f64() / floor.as_secs_f64();
                eprintln!(
                    "  {times:.2} times the floor that reads it, deflates it and adds it to {kept}: {floor:?}"
                );
            }
        }
    }
}

/// Where checked records are kept with nothing around them.
trait Keep {
    fn add(&mut self, digest: [u8; 32], deflated: &[u8]);
    /// Everything is on the disk; then it goes.
    fn end(self);
}

/// One behind the other.
struct File {
    path: PathBuf,
    writer: BufWriter<fs::File>,
}

impl File {
    fn new(path: PathBuf) -> Self {
        let writer = BufWriter::with_capacity(1 << 20, fs::File::create_new(&path).expect("a file"));
        Self { path, writer }
    }
}

impl Keep for File {
    fn add(&mut self, _: [u8; 32], deflated: &[u8]) {
        self.writer.write_all(deflated).expect("written");
    }

    fn end(self) {
        self.writer.into_inner().expect("written").sync_all().expect("synced");
        fs::remove_file(self.path).expect("it is ours");
    }
}

/// One row each, which its digest finds, as many in a transaction as `countersign hr collect` enters at once.
struct Table {
    path: PathBuf,
    connection: Connection,
    added: u32,
}

impl Table {
    fn new(path: PathBuf) -> Self {
        let connection = Connection::open(&path).expect("a file");
        connection.pragma_update(None, "journal_mode", "WAL").expect("a log");
        let sql = "CREATE TABLE kept (digest BLOB NOT NULL UNIQUE, file BLOB NOT NULL) STRICT; BEGIN";
        connection.execute_batch(sql).expect("a table");
        Self { path, connection, added: 0 }
    }
}

impl Keep for Table {
    fn add(&mut self, digest: [u8; 32], deflated: &[u8]) {
        let mut insert = self.connection.prepare_cached("INSERT INTO kept VALUES (?1, ?2)").expect("SQL");
        insert.execute((digest, deflated)).expect("a new one");
        self.added += 1;
        if self.added.is_multiple_of(1000) {
            self.connection.execute_batch("COMMIT; BEGIN").expect("committed");
        }
    }

    fn end(self) {
        self.connection.execute_batch("COMMIT").expect("committed");
        self.connection.close().expect("closed");
        fs::remove_file(self.path).expect("it is ours");
    }
}

/// The CPU that one of the first 10,000 records takes to be checked and kept: its file is opened and read, parsed, hashed, its
/// signature checked, and its bytes are kept, deflated as the registry does. By one thread; the files were read before, as
/// those are that `make` has just written.
fn keeping(inbox: &Path, mut kept: impl Keep) -> Duration {
    let files: Vec<PathBuf> = sorted(inbox).iter().flat_map(|place| sorted(place)).take(10_000).collect();
    let floors: Vec<Floor> = files.iter().map(|path| Floor::of(&fs::read(path).expect("a file"))).collect();
    let mut deflate = Compress::new(Compression::fast(), false);
    let mut deflated = Vec::new();
    let [user, system] = cpu(OWN);
    for (path, floor) in files.iter().zip(&floors) {
        let bytes = fs::read(path).expect("a file");
        let (document, digest) = floor.check(&bytes);
        black_box(document);
        deflated.clear();
        deflated.reserve(bytes.len());
        deflate.reset();
        deflate.compress_vec(&bytes, &mut deflated, FlushCompress::Finish).expect("it shrinks");
        kept.add(digest, &deflated);
    }
    kept.end();
    let [user_after, system_after] = cpu(OWN);
    let took = user_after.saturating_sub(user) + system_after.saturating_sub(system);
    took / u32::try_from(files.len()).expect("few")
}

/// What is in a folder, by name.
fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort_unstable();
    paths
}

/// What a program took, which wrote little.
struct Used {
    elapsed: Duration,
    /// Zero where the system has no `/proc`, like the part of it that the system took.
    cpu: Duration,
    system: Duration,
    memory: String,
    output: Vec<u8>,
}

impl Used {
    fn by(command: &mut Command) -> Self {
        let [user, system] = cpu(CHILDREN);
        let begun = Instant::now();
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let mut pipe = child.stdout.take().expect("it is piped");
        // Read all the time: a program that says more than a pipe holds would wait for ever.
        let reader = thread::spawn(move || {
            let mut output = Vec::new();
            pipe.read_to_end(&mut output).map(|_| output)
        });
        let mut memory = String::from("peak memory unknown");
        let status = loop {
            if let Some(status) = child.try_wait().expect("it is ours") {
                break status;
            }
            // After its end nobody knows it any more.
            memory = peak_memory(child.id()).unwrap_or(memory);
            thread::sleep(Duration::from_millis(20));
        };
        let elapsed = begun.elapsed();
        assert!(status.success(), "{status}");
        let output = reader.join().expect("it only reads").expect("its output");
        let [user_after, system_after] = cpu(CHILDREN);
        let system = system_after.saturating_sub(system);
        let cpu = user_after.saturating_sub(user) + system;
        Self { elapsed, cpu, system, memory, output }
    }
}

/// Where `/proc/self/stat` has the time of this process (proc(5), field 14), counted behind the name of the program.
const OWN: usize = 11;
/// Where it has that of all child processes that ended.
const CHILDREN: usize = 13;

/// User and system time, in steps of 10 ms.
fn cpu(whose: usize) -> [Duration; 2] {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let mut fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(whose);
    [(); 2].map(|()| {
        let ticks: u64 = fields.next().and_then(|field| field.parse().ok()).unwrap_or_default();
        Duration::from_millis(10 * ticks)
    })
}

fn peak_memory(process: u32) -> Option<String> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find(|line| line.starts_with("VmHWM")).map(str::to_owned)
}

/// What has to be known to check one signature and nothing else.
struct Floor {
    key: [u8; 32],
    signature: Signature,
    message: Vec<u8>,
}

impl Floor {
    fn of(bytes: &[u8]) -> Self {
        let document: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
        let did = document["issuer"].as_str().expect("a text");
        let key = countersign::record::did::PublicKey::from_did(did).expect("a key");
        Self {
            key: *key.as_bytes(),
            signature: Signature::from_slice(&forge::signature(&document)).expect("64 bytes"),
            message: forge::message(&document),
        }
    }

    /// What it takes for one of the records of the first folder, by the median.
    fn each(inbox: &Path) -> Duration {
        let first = fs::read_dir(inbox).expect("a folder").map(|entry| entry.expect("an entry").path()).min();
        let files = fs::read_dir(first.expect("records")).expect("a folder");
        let files: Vec<_> =
            files.map(|entry| fs::read(entry.expect("an entry").path()).expect("a file")).collect();
        let mut times = Vec::new();
        for bytes in files.iter().chain(&files) {
            let floor = Self::of(bytes);
            let begun = Instant::now();
            black_box(floor.check(bytes));
            times.push(begun.elapsed());
        }
        times.sort_unstable();
        times[times.len() / 2]
    }

    fn check(&self, bytes: &[u8]) -> (serde_json::Value, [u8; 32]) {
        let document = serde_json::from_slice(black_box(bytes)).expect("JSON");
        let digest = Sha256::digest(bytes);
        let key = VerifyingKey::from_bytes(black_box(&self.key)).expect("a key");
        key.verify(black_box(&self.message), &self.signature).expect("a good signature");
        (document, digest.into())
    }
}
