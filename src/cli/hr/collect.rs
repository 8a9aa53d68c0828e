//! `countersign hr collect`: takes in completion files, judges them, keeps and answers them.

mod ahead;
mod judge;
mod misnamed;
mod patience;
mod progress;
mod receipts;
mod source;
mod tally;
mod watch;
mod writer;

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Mutex};
use std::thread::{self, Scope};
use std::time::Duration;

use clap::Args;

use super::super::Outcome;
use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::desk::Desk;
use super::open::{Purpose, Registry, of_store};
use super::registry::Home;
use crate::clock::Clock as _;
#[cfg(unix)]
use crate::endings::Listening;
use crate::store::StoreError;
use judge::{Again, Bench, Results};
pub(super) use misnamed::named_after;
use patience::Patience;
use progress::Progress;
use receipts::Receipts;
pub(super) use receipts::settle;
use source::{Chunk, Source};
use tally::{Dry, Ended, Tally};
use writer::Writer;

/// For how long files that were judged wait for others before they are written.
const PATIENCE: Duration = Duration::from_millis(500);
/// How many chunks a worker has under way at most, those that wait for their turn among them: with two workers more records
/// than a batch has, so that they work on while one is written and the disk is waited for.
const CHUNKS: usize = 12;

/// What is said when the first file is waited for.
const WAITING: &str = "too many files are open; waiting until some are closed, a minute at most";

#[derive(Debug, Args)]
#[command(
    after_help = "Folders are searched at any depth for completion records, zip archives, mails (.eml) and mailboxes \
                  (.mbox). Every record gets the five levels of countersign verify; your terms (hr terms) say whether it \
                  counts, waits for review or is put aside. Records are logged and answered with a receipt: in the folder of \
                  receipts those of records that count, below it those of records that wait or were refused. Files stay \
                  where they are, and collecting one again changes nothing: stop with Ctrl-C whenever you like and run the \
                  same command again. What may hold records and cannot be looked into (.msg, .gz, .tar and the like) is named \
                  with what to do, and whatever is no completion record at all is named too.\n\n\
                  The exit code is 0 when every record counts, 1 when something waits for somebody (a review, a file that \
                  was put aside or not read, now or in an earlier run; a file that is named after somebody else, or is of \
                  somebody who was erased), 2 when it could not run or was stopped before the end.\n\n\
                  Examples:\n  \
                  countersign hr collect inbox/                      a folder\n  \
                  countersign hr collect records.zip training.mbox   what came by mail\n  \
                  countersign hr collect inbox/ --dry-run            what would happen\n  \
                  countersign hr collect --watch /srv/dropfolder     until you press Ctrl-C"
)]
pub(in crate::cli) struct CollectArguments {
    /// Completion records, archives, mails, mailboxes, or folders of them
    #[arg(required_unless_present = "watch", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder where records arrive: collect what is there and what comes, until Ctrl-C
    #[arg(long, value_name = "DIR", conflicts_with_all = ["paths", "json"])]
    watch: Option<PathBuf>,
    #[command(flatten)]
    answer: ReceiptArguments,
    /// Judge again what was put aside before, by the courses, assignments and terms of today
    #[arg(long)]
    again: bool,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
    /// One JSON document on stdout
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct ReceiptArguments {
    /// Folder for the receipts; the folder receipts of the registry when left out
    #[arg(long, value_name = "DIR")]
    receipts: Option<PathBuf>,
    /// Write no receipts; hr log receipt makes one at any time
    #[arg(long, conflicts_with = "receipts")]
    no_receipts: bool,
}

pub(super) fn run(
    arguments: &CollectArguments,
    home: &Home,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    // What is not there was mistyped, and is nothing that somebody sent.
    for path in arguments.paths.iter().chain(&arguments.watch) {
        path.symlink_metadata().map_err(|error| {
            let failure = Failure::new(format!("cannot collect {}", path.display())).because(&error);
            failure.hint("check the spelling of the path; nothing was collected")
        })?;
    }
    let dry = if arguments.dry_run { Dry::Yes } else { Dry::No };
    let purpose = match dry {
        Dry::Yes => Purpose::Look,
        Dry::No => Purpose::Append,
    };
    let mut registry = Registry::open_to(purpose, home, printer)?;
    if dry == Dry::No {
        // Before the work and not in the middle of it.
        registry.unlock(printer)?;
    }
    let stop = Arc::default();
    // Ctrl-C does not end the program by itself, also when a passphrase was asked for before.
    #[cfg(unix)]
    let (_listening, ()) = Listening::begin(STOPPING, || stop_by_signal(&stop))
        .map_err(|error| Failure::new("cannot listen for Ctrl-C").because(&error))?;
    let collector = Collector {
        stop,
        again: if arguments.again { Again::Yes } else { Again::No },
        dry,
        receipts: receipts(&arguments.answer, home, dry, &mut registry)?,
        home,
        environment,
        printer,
    };
    if let Some(folder) = &arguments.watch {
        return watch::run(&collector, folder, &mut registry);
    }
    let (tally, ended) = collector.collect(&arguments.paths, &mut registry, None)?;
    // What is kept is told, whatever came after it.
    let is_told = !matches!(ended, Ended::Failed(_)) || tally.files() > 0;
    if is_told && arguments.json {
        printer.json(&tally.json(dry, &ended))?;
    } else if is_told {
        tally.print(dry, environment.calendar, printer)?;
    }
    match ended {
        Ended::Failed(failure) => Err(failure),
        Ended::ByItself if tally.has_findings() => Ok(Outcome::Findings),
        Ended::ByItself => Ok(registry.looked(Outcome::Fine)),
        Ended::Stopped => Err(Failure::new(format!("stopped after {} files", tally.files()))
            .hint("what is counted above is kept; run the same command again to go on")),
    }
}

fn receipts(
    arguments: &ReceiptArguments,
    home: &Home,
    dry: Dry,
    registry: &mut Registry,
) -> Result<Option<Receipts>, Failure> {
    if arguments.no_receipts || dry == Dry::Yes {
        return Ok(None);
    }
    let folder = arguments.receipts.clone().unwrap_or_else(|| home.receipts());
    Receipts::into(folder, registry).map(Some)
}

/// What is the same however often is collected.
struct Collector<'a> {
    /// Set by Ctrl-C.
    stop: Arc<AtomicBool>,
    again: Again,
    dry: Dry,
    receipts: Option<Receipts>,
    home: &'a Home,
    environment: &'a Environment,
    printer: Printer,
}

impl Collector<'_> {
    /// Collects everything that is named; of a drop folder what has settled.
    fn collect(
        &self,
        paths: &[PathBuf],
        registry: &mut Registry,
        settled: Option<&mut watch::Settled>,
    ) -> Result<(Tally, Ended), Failure> {
        let clock = registry.clock()?;
        let desk = Desk::load(registry.store(), clock.now(), registry.assigners())
            .map_err(|error| of_store(&error))?;
        for notice in &desk.notices {
            self.printer.talk(&format!("note: {notice}"));
        }
        let bench = Bench { desk: &desk, clock: &clock, again: self.again };
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let (total, stop) = (AtomicU64::new(0), &*self.stop);
        let (patience, mut tally) = (Patience::new(stop), Tally::default());
        let writer = Writer::new(registry, bench, self.receipts.clone(), self.dry)?;
        let watched = settled.is_some();
        let written = thread::scope(|scope| {
            // A permit a chunk: however slow one is, not more than so many are in memory.
            let (permit, permits) = mpsc::channel();
            (0..workers * CHUNKS).for_each(|_| permit.send(()).expect("both ends are here"));
            let (chunk, chunks) = mpsc::sync_channel::<Chunk>(workers);
            // Nobody waits to hand something on: there is room for as many as there are permits.
            let (result, results) = mpsc::sync_channel(workers * CHUNKS);
            let source = Source::new(chunk, permits, stop, &patience);
            beside(scope, move || source.read_all(paths, settled)).map_err(|error| no_thread(&error))?;
            let chunks = Arc::new(Mutex::new(chunks));
            for number in 0..workers {
                match self.worker(scope, bench, &chunks, &result) {
                    Ok(()) => {}
                    Err(failure) if number == 0 => return Err(failure),
                    // Those that there are do all of it.
                    Err(_) => break,
                }
            }
            drop((chunks, result));
            if !watched {
                let total = &total;
                // Without it nobody is told how long it takes.
                let _ = beside(scope, move || source::count(paths, total, stop));
            }
            let mut progress = Progress::begin(self.environment);
            let written = write(writer, &results, &permit, &mut tally, |files| {
                if patience.is_news() {
                    progress.end();
                    self.printer.talk(WAITING);
                }
                progress.at(files, total.load(Ordering::Relaxed));
            });
            // Whoever still reads or counts has nobody to do it for. Of a drop folder nobody counts, and it is looked at again.
            if written.is_err() && !watched {
                stop.store(true, Ordering::Relaxed);
            }
            progress.end();
            written
        });
        let ended = match written {
            Err(failure) => Ended::Failed(failure),
            Ok(()) if self.stop.load(Ordering::Relaxed) => Ended::Stopped,
            Ok(()) => Ended::ByItself,
        };
        Ok((tally, ended))
    }

    /// Starts a worker.
    fn worker<'scope, 'env>(
        &self,
        scope: &'scope Scope<'scope, 'env>,
        bench: Bench<'env>,
        chunks: &Arc<Mutex<Receiver<Chunk>>>,
        result: &SyncSender<Result<Results, StoreError>>,
    ) -> Result<(), Failure> {
        let store = Registry::reader(self.home).map_err(|error| of_store(&error))?;
        let (chunks, result) = (Arc::clone(chunks), result.clone());
        beside(scope, move || judge::work(bench, &store, &chunks, &result)).map_err(|error| no_thread(&error))
    }
}

/// Starts a thread, where the system starts one more.
fn beside<'scope>(scope: &'scope Scope<'scope, '_>, work: impl FnOnce() + Send + 'scope) -> io::Result<()> {
    thread::Builder::new().spawn_scoped(scope, work).map(drop)
}

/// One of the two threads without which nothing is collected could not be started.
fn no_thread(error: &io::Error) -> Failure {
    Failure::new("nothing was collected: the system does not let countersign start a thread")
        .because(error)
        .hint("close other programs, or allow more processes (ulimit -u), and collect again")
}

/// Writes results in the order in which the files were found.
fn write(
    mut writer: Writer<'_>,
    results: &Receiver<Result<Results, StoreError>>,
    permit: &mpsc::Sender<()>,
    tally: &mut Tally,
    mut tell: impl FnMut(u64),
) -> Result<(), Failure> {
    let mut early = BTreeMap::new();
    let (mut next, mut files) = (0, 0);
    loop {
        match results.recv_timeout(PATIENCE) {
            Ok(results) => {
                let results = results.map_err(|error| of_store(&error))?;
                early.insert(results.number, results);
            }
            Err(RecvTimeoutError::Timeout) => {
                writer.commit(tally)?;
                tell(files);
            }
            Err(RecvTimeoutError::Disconnected) => return writer.commit(tally),
        }
        while let Some(results) = early.remove(&next) {
            for judged in results.judged {
                writer.add(judged, tally)?;
            }
            next += 1;
            files += results.files;
            tell(files);
            // Nobody reads any more when everything was read.
            let _ = permit.send(());
        }
    }
}

/// The signals that ask collecting to stop.
#[cfg(unix)]
const STOPPING: &[i32] =
    &[signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP];

/// Lets Ctrl-C set `stop`; a second Ctrl-C ends the program at once, which harms nothing but the time of a batch.
#[cfg(unix)]
fn stop_by_signal(stop: &Arc<AtomicBool>) -> io::Result<()> {
    STOPPING.iter().try_for_each(|signal| {
        signal_hook::flag::register_conditional_default(*signal, Arc::clone(stop))?;
        signal_hook::flag::register(*signal, Arc::clone(stop)).map(drop)
    })
}
