//! Kills programs that write into one registry at any moment, and looks at what is left.
//!
//! `cargo test --test registry_crash` does so some dozens of times, with two writers at once: whatever was acknowledged
//! is there, batches are there whole or not at all, and the audit finds no difference between registry and log.

use std::collections::BTreeSet;
use std::error::Error;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use countersign::clock::Timestamp;
use countersign::digest::Digest;
use countersign::log::{Checkpoint, Relation, Size};
use countersign::record::verdict::Outcome;
use countersign::registry::change::{Collected, Erased, ErasureGround, PersonChange, RosterImport};
use countersign::registry::person::Presence;
use countersign::registry::terms::{Levels, Treatment};
use countersign::registry::{Change, PersonNumber, Profile};
use countersign::store::StoreError;
use countersign::store::registry::RegistryStore;
use countersign::store::registry::sqlite::SqliteRegistry;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How often the test kills the children.
const ROUNDS: u64 = 30;
/// How many records are kept at once.
const BATCH: u64 = 7;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["child", path, job, from] => child(Path::new(path), job, from.parse().unwrap_or(0)),
        // Test runners that list tests, or want only others.
        ["--list", ..] => Ok(()),
        [filter, ..] if !filter.starts_with('-') && !"registry_crash".contains(filter) => Ok(()),
        _ => kill_again_and_again(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell when this fails.
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}

/// A child that writes, and what it says.
struct Writer {
    child: Child,
    lines: mpsc::Receiver<String>,
}

fn start(path: &Path, job: &str, from: u64) -> Result<Writer> {
    let mut child = Command::new(std::env::current_exe()?)
        .args([Path::new("child"), path, Path::new(job), Path::new(&from.to_string())])
        .stdout(Stdio::piped())
        .spawn()?;
    let pipe = child.stdout.take().ok_or("no pipe")?;
    let (send, lines) = mpsc::channel();
    thread::spawn(move || {
        // A line that was cut is not an acknowledgement.
        for line in BufReader::new(pipe).lines().map_while(std::result::Result::ok) {
            if send.send(line).is_err() {
                break;
            }
        }
    });
    Ok(Writer { child, lines })
}

/// The test: children that are killed at moments that look random and are the same every time.
fn kill_again_and_again() -> Result<()> {
    let home = tempfile::tempdir()?;
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut path = PathBuf::new();
    let mut acknowledged = [0, 0];
    let mut head = None;
    let mut total = 0;
    for round in 0..ROUNDS {
        // Now and then from nothing, so that the making of the registry is disturbed too.
        if round % 6 == 0 {
            path = home.path().join(format!("{round}.db"));
            (acknowledged, head) = ([0, 0], None);
        }
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut writers = [start(&path, "a", acknowledged[0])?, start(&path, "b", acknowledged[1])?];
        // Some while they open the registry, the others after some batches, however slow the machine is.
        let wanted = if round % 3 == 0 { 0 } else { random % 12 };
        for _ in 0..wanted {
            let line = writers[0].lines.recv_timeout(Duration::from_mins(3))?;
            acknowledged[0] = number(&line)?;
        }
        thread::sleep(Duration::from_micros(random % 40_000));
        for writer in &mut writers {
            writer.child.kill()?;
        }
        for (writer, last) in writers.iter_mut().zip(&mut acknowledged) {
            let ended = writer.child.wait()?;
            if ended.success() || ended.code() == Some(2) {
                return Err(format!("round {round}: a child ended by itself: {ended}").into());
            }
            while let Ok(line) = writer.lines.recv() {
                *last = number(&line)?;
            }
        }
        total += acknowledged.iter().sum::<u64>();
        if path.exists() {
            acknowledged =
                check(&path, acknowledged, &mut head).map_err(|error| format!("round {round}: {error}"))?;
        }
    }
    // A test that disturbed nothing has shown nothing.
    if total < 100 {
        return Err(format!("only {total} batches were acknowledged").into());
    }
    writeln!(io::stdout(), "registry_crash: {ROUNDS} times two killed, nothing acknowledged was lost")?;
    Ok(())
}

fn number(line: &str) -> Result<u64> {
    Ok(line.strip_prefix("ACK ").ok_or("an odd line")?.parse()?)
}

/// What was acknowledged is there, batches are whole, the log continues its earlier self; how many batches each has.
fn check(path: &Path, acknowledged: [u64; 2], head: &mut Option<Checkpoint>) -> Result<[u64; 2]> {
    // A child that was killed before anything was in the file leaves an empty one: the next one makes it again.
    let store = match SqliteRegistry::open(path) {
        Ok(store) => store,
        Err(_) if acknowledged == [0, 0] && head.is_none() => return Ok(acknowledged),
        Err(error) => return Err(error.into()),
    };
    let mut found = Vec::new();
    let audited = store.audit(&mut |discrepancy| found.push(discrepancy.to_string()))?;
    if !found.is_empty() {
        return Err(found.join("\n").into());
    }
    let mut batches = [0, 0];
    for (job, batches) in ["a", "b"].into_iter().zip(&mut batches) {
        let dossier = store.dossier(&person(job)?, end()?)?;
        let records = dossier.map_or(0, |dossier| dossier.records.len() as u64);
        if !records.is_multiple_of(BATCH) {
            return Err(format!("{records} records of {job}: half a batch").into());
        }
        *batches = records / BATCH;
    }
    for (found, acknowledged) in batches.iter().zip(acknowledged) {
        // The batch in flight may have arrived.
        if !(acknowledged..=acknowledged + 1).contains(found) {
            return Err(format!("{acknowledged} batches were acknowledged, {found} are there").into());
        }
    }
    if let Some(head) = head
        && !matches!(store.relation(head)?, Relation::Same | Relation::Extended(_))
    {
        return Err("the log is not the one that it was".into());
    }
    let size = Size::new(audited.entries).ok_or("too many entries")?;
    *head = Some(Checkpoint { origin: "example.org/crash".parse()?, size, root: audited.root });
    Ok(batches)
}

/// Keeps batches of records, and erases a person of its own before each; says so each time.
fn child(path: &Path, job: &str, from: u64) -> Result<()> {
    let mut store = open(path)?;
    for batch in from.. {
        let mut changes = vec![roster(&format!("{job}-temporary"))?];
        changes
            .extend((0..BATCH).map(|place| record(job, batch * BATCH + place)).collect::<Result<Vec<_>>>()?);
        changes.push(Change::Erased(Erased {
            files: BTreeSet::new(),
            at: begin()?,
            person: person(&format!("{job}-temporary"))?,
            ground: ErasureGround::RetentionOver,
            by: "Chief".to_owned(),
        }));
        // The other one may be the faster one for longer than anybody waits.
        while let Err(error) = store.save(&changes) {
            if !matches!(error, StoreError::Busy { .. }) {
                return Err(error.into());
            }
        }
        let mut stdout = io::stdout().lock();
        stdout.write_all(format!("ACK {}\n", batch + 1).as_bytes())?;
        stdout.flush()?;
    }
    Ok(())
}

/// Two begin at once: whoever is second opens what the first has made.
fn open(path: &Path) -> Result<SqliteRegistry> {
    for _ in 0..200 {
        if let Ok(store) = SqliteRegistry::create(path).or_else(|_| SqliteRegistry::open(path)) {
            return Ok(store);
        }
        thread::sleep(Duration::from_millis(10));
    }
    Ok(SqliteRegistry::open(path)?)
}

fn begin() -> Result<Timestamp> {
    Ok("2026-11-26T08:00:00Z".parse()?)
}

fn end() -> Result<Timestamp> {
    Ok("2026-11-27T08:00:00Z".parse()?)
}

fn person(job: &str) -> Result<PersonNumber> {
    PersonNumber::new(job).map_err(Into::into)
}

fn roster(job: &str) -> Result<Change> {
    let profile = Profile::named("Somebody");
    let people = vec![PersonChange { number: person(job)?, profile, presence: Presence::Active }];
    Ok(Change::Roster(RosterImport { at: begin()?, file: Digest::of(job.as_bytes()), people }))
}

fn record(job: &str, number: u64) -> Result<Change> {
    let bytes = format!("{job} {number}\n").repeat(200).into_bytes();
    Ok(Change::Collected(Box::new(Collected {
        at: begin()?,
        digest: Digest::of_fields([job, &number.to_string()]),
        file: Digest::of(&bytes),
        name: format!("{job}-{number}.completion.json"),
        bytes,
        person: person(job)?,
        course: "app-data".parse()?,
        version: Digest::of(b"course"),
        assignment: None,
        key: "did:key:z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX".to_owned(),
        pins: number == 0,
        signed_at: begin()?,
        earned: 10_000,
        possible: 10_000,
        passed: true,
        levels: Levels([Outcome::Pass; 5]),
        reasons: Vec::new(),
        treatment: Treatment::Accept,
    })))
}
