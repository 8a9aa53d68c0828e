//! Kills a program that saves answers and writes files at any moment, and looks at what is left.
//!
//! `cargo test --test crash` does so some dozens of times. The two halves can also be driven from outside, each in
//! the current directory: `crash child` works and prints `ACK …` after whatever was saved for good; `crash check`
//! reads those lines from the file named by `KT_OUT` and fails if one of them is no longer true.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use countersign::clock::Timestamp;
use countersign::digest::Digest;
use countersign::files::{self, Privacy};
use countersign::id::{CourseId, QuestionId};
use countersign::progress::{Attempt, AttemptAnswer, Change, Progress, Run, Submitted};
use countersign::quiz::response::Response;
use countersign::store::sqlite::SqliteProgress;
use countersign::store::{ProgressStore as _, StoreError};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How many answers a child gives before it is done, unless it is told otherwise.
const ANSWERS: u64 = 40;
/// How many answers make an attempt.
const ANSWERS_AN_ATTEMPT: usize = 25;
/// How often the test kills a child.
const ROUNDS: u64 = 36;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let here = Path::new(".");
    let done = match arguments.first().map(String::as_str) {
        Some("child") => {
            let answers = arguments.get(1).and_then(|number| number.parse().ok()).unwrap_or(ANSWERS);
            child(here, &variable("KT_JOB").unwrap_or_else(|| "0".to_owned()), answers)
        }
        Some("check") => check_outside(here),
        // Test runners that list tests, or want only others.
        Some("--list") => Ok(()),
        Some(filter) if !filter.starts_with('-') && !"crash".contains(filter) => Ok(()),
        _ => kill_again_and_again(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut text = format!("error: {error}\n");
            let mut cause = error.source();
            while let Some(error) = cause {
                text = format!("{text}caused by: {error}\n");
                cause = error.source();
            }
            // Nobody is left to tell when this fails.
            let _ = io::stderr().write_all(text.as_bytes());
            ExitCode::from(2)
        }
    }
}

/// The test: children that are killed at moments that look random and are the same every time.
fn kill_again_and_again() -> Result<()> {
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut home = tempfile::tempdir()?;
    let mut acknowledged = String::new();
    let mut answers = 0;
    for round in 0..ROUNDS {
        // Now and then from nothing, so that the making of the store is disturbed too.
        if round % 6 == 0 {
            home = tempfile::tempdir()?;
            acknowledged.clear();
        }
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let before = check(home.path(), &acknowledged)?;

        let mut child = Command::new(std::env::current_exe()?)
            .args(["child", "100000"])
            .current_dir(home.path())
            .stdout(Stdio::piped())
            .spawn()?;
        let pipe = child.stdout.take().ok_or("no pipe")?;
        let (send, lines) = mpsc::channel();
        let reader =
            thread::spawn(move || BufReader::new(pipe).split(b'\n').try_for_each(|line| send.send(line)));
        // Half of them while they open the store, the others after some answers, however slow the machine is.
        let wanted = if round % 2 == 0 { 0 } else { random % 40 };
        let mut said = String::new();
        for line in lines.iter().take(usize::try_from(wanted)?) {
            said.push_str(&String::from_utf8(line?)?);
            said.push('\n');
        }
        thread::sleep(Duration::from_micros(random % if wanted == 0 { 50_000 } else { 2_000 }));
        child.kill()?;
        let ended = child.wait()?;
        if ended.success() || ended.code() == Some(2) {
            return Err(format!("round {round}: the child ended by itself: {ended}").into());
        }
        for line in lines {
            said.push_str(&String::from_utf8(line?)?);
            said.push('\n');
        }
        // It ends with the pipe; the channel is still there.
        reader.join().map_err(|_| "the reader failed")??;
        let given = said.lines().filter(|line| line.starts_with("ACK answer")).count();
        answers += given;
        acknowledged.push_str(&said);
        let after = check(home.path(), &acknowledged).map_err(|error| format!("round {round}: {error}"))?;
        // The one in flight may have arrived; more than one nobody gave.
        if !(before + given..=before + given + 1).contains(&after) {
            return Err(format!("round {round}: {before} answers, {given} more given, {after} found").into());
        }
    }
    // A test that disturbed nothing has shown nothing.
    if answers < 100 {
        return Err(format!("only {answers} answers were given").into());
    }
    writeln!(io::stdout(), "crash: {ROUNDS} killed, {answers} acknowledged answers, none lost")?;
    Ok(())
}

/// Saves answers, writes records and settings; says so each time.
fn child(home: &Path, job: &str, answers: u64) -> Result<()> {
    let mut store = SqliteProgress::open(&home.join("progress.db"))?.store;
    let records = home.join("records");
    files::make_folder(&records, Privacy::Private)?;
    let mut progress = store.progress(&course())?;
    let mut number = last_number(&progress, job) + 1;
    let last = number + answers;
    while number < last {
        let change = next_change(&progress, job, number);
        match store.save(&course(), std::slice::from_ref(&change)) {
            Ok(()) => progress.apply(&change),
            // Another copy was faster: the face would show what it did, and go on.
            Err(StoreError::Conflict(_)) => {
                progress = store.progress(&course())?;
                continue;
            }
            Err(error) => return Err(error.into()),
        }
        let Change::AttemptAnswered { number: attempt, question, .. } = change else { continue };
        acknowledge(&format!("answer {attempt} {question} {number}"))?;
        if number.is_multiple_of(5) {
            files::write_new(
                &records.join(format!("{job}-{number}.json")),
                &content(number),
                Privacy::Private,
            )?;
            acknowledge(&format!("record {job}-{number} {number}"))?;
            files::replace(&home.join(format!("settings-{job}")), &content(number), Privacy::Shared)?;
            acknowledge(&format!("settings {job} {number}"))?;
        }
        number += 1;
    }
    Ok(())
}

/// In one piece, for the one who waits at the other end of the pipe.
fn acknowledge(what: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(format!("ACK {what}\n").as_bytes())?;
    stdout.flush()
}

fn next_change(progress: &Progress, job: &str, number: u64) -> Change {
    let now = Timestamp::EPOCH;
    let Some(run) = progress.run() else {
        return Change::RunStarted(Run { number: 1, nonce: None, started_at: now });
    };
    match progress.attempts.last() {
        Some(attempt) if attempt.submitted.is_none() && attempt.answers.len() < ANSWERS_AN_ATTEMPT => {
            let response = Some(Response::Text(number.to_string()));
            Change::AttemptAnswered {
                number: attempt.number,
                edits: attempt.edits,
                question: question(job, number),
                answer: AttemptAnswer { response, ..AttemptAnswer::default() },
            }
        }
        Some(attempt) if attempt.submitted.is_none() => Change::AttemptSubmitted {
            number: attempt.number,
            edits: attempt.edits,
            submitted: Submitted { at: now, earned: 0, possible: 1000, passed: false },
        },
        last => Change::AttemptStarted(Attempt {
            number: last.map_or(0, |attempt| attempt.number) + 1,
            run: run.number,
            quiz: "assessment".parse().expect("an identifier"),
            course_digest: Digest::of(b"course"),
            started_at: now,
            current: 0,
            active_seconds: 0,
            answers: BTreeMap::new(),
            edits: 0,
            submitted: None,
        }),
    }
}

/// Every acknowledged line is true and nothing is torn; how many answers there are.
fn check(home: &Path, acknowledged: &str) -> Result<usize> {
    let opened = SqliteProgress::open(&home.join("progress.db"))?;
    if let Some(aside) = opened.set_aside {
        return Err(format!("the store was damaged: {}", aside.display()).into());
    }
    let progress = opened.store.progress(&course())?;
    for line in acknowledged.lines() {
        match line.split(' ').collect::<Vec<_>>()[..] {
            ["ACK", "answer", attempt, question, number] => {
                let saved = saved_answer(&progress, attempt.parse()?, question);
                if saved != Some(number.parse()?) {
                    return Err(format!("lost: {line}: {saved:?} is there").into());
                }
            }
            ["ACK", "record", name, number] => {
                let written = fs::read(home.join("records").join(format!("{name}.json")))?;
                (written == content(number.parse()?)).then_some(()).ok_or_else(|| format!("torn: {line}"))?;
            }
            ["ACK", "settings", job, number] => {
                let there = fs::read_to_string(home.join(format!("settings-{job}")))?;
                let newest: u64 = there.lines().next().unwrap_or_default().parse()?;
                if newest < number.parse()? || there.as_bytes() != content(newest) {
                    return Err(format!("torn or older: {line}").into());
                }
            }
            // The last line may have been cut off, and errors are told among them.
            _ => {}
        }
    }
    check_records(home)?;
    check_leftovers(home)?;
    Ok(progress.attempts.iter().map(|attempt| attempt.answers.len()).sum())
}

/// What the killed writers left is removed once nobody can be writing it, and nothing else is.
fn check_leftovers(home: &Path) -> Result<()> {
    let later = UNIX_EPOCH + Duration::from_hours(2_500_000);
    for folder in [home, &home.join("records")] {
        let names = || -> Result<Vec<String>> {
            let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
            let mut names = Vec::new();
            for entry in entries {
                names.push(entry?.file_name().to_string_lossy().into_owned());
            }
            names.sort();
            Ok(names)
        };
        let mut wanted = names()?;
        wanted.retain(|name| !name.starts_with(".countersign-"));
        files::remove_leftovers(folder, later);
        if names()? != wanted {
            return Err(format!("{:?} instead of {wanted:?} in {}", names()?, folder.display()).into());
        }
    }
    Ok(())
}

/// Whatever bears a final name is whole.
fn check_records(home: &Path) -> Result<()> {
    let Ok(records) = fs::read_dir(home.join("records")) else { return Ok(()) };
    for entry in records {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(".countersign-") {
            continue;
        }
        let number = name.trim_end_matches(".json").split('-').nth(1).unwrap_or_default().parse()?;
        if fs::read(entry.path())? != content(number) {
            return Err(format!("torn: {name}").into());
        }
    }
    Ok(())
}

/// The same for the harness outside, on a copy: the disk may be full or read-only.
fn check_outside(home: &Path) -> Result<()> {
    let acknowledged =
        variable("KT_OUT").ok_or("KT_OUT does not name the file with the acknowledged lines")?;
    let copy = tempfile::tempdir()?;
    fs::create_dir(copy.path().join("records"))?;
    for folder in [home, &home.join("records")] {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for entry in entries {
            let path = entry?.path();
            // Nothing is promised about SQLite's index of its log, which it makes anew.
            if path.is_file() && !path.ends_with("progress.db-shm") {
                fs::copy(&path, copy.path().join(path.strip_prefix(home)?))?;
            }
        }
    }
    check(copy.path(), &String::from_utf8_lossy(&fs::read(acknowledged)?)).map(drop)
}

fn saved_answer(progress: &Progress, attempt: u32, question: &str) -> Option<u64> {
    let attempt = progress.attempts.iter().find(|other| other.number == attempt)?;
    number_of(attempt.answers.get(question)?)
}

fn number_of(answer: &AttemptAnswer) -> Option<u64> {
    match &answer.response {
        Some(Response::Text(text)) => text.parse().ok(),
        Some(Response::List(_) | Response::Map(_)) | None => None,
    }
}

/// The highest number that a job has saved.
fn last_number(progress: &Progress, job: &str) -> u64 {
    let answers = progress.attempts.iter().flat_map(|attempt| &attempt.answers);
    let own = answers.filter(|(question, _)| question.as_str().split('-').nth(1) == Some(job));
    own.filter_map(|(_, answer)| number_of(answer)).max().unwrap_or(0)
}

/// A file that shows when it is torn.
fn content(number: u64) -> Vec<u8> {
    format!("{number}\n").repeat(2000).into_bytes()
}

fn course() -> CourseId {
    "app-data".parse().expect("an identifier")
}

fn question(job: &str, number: u64) -> QuestionId {
    format!("q-{job}-{number}").parse().expect("an identifier")
}

#[expect(
    clippy::disallowed_methods,
    reason = "how the harness outside tells where the acknowledged lines are"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
