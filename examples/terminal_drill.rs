//! A face whose program breaks down: `main` in the face's own thread, `worker` in another one, half a second after the
//! screen is up. What the terminal looks like afterwards is what the drill is about:
//!
//! ```sh
//! cargo build --release --example terminal_drill
//! termcheck.py --only panic --panic-env DRILL=on -- target/release/examples/terminal_drill worker
//! ```

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use chrono::FixedOffset;
use countersign::clock::{Clock as _, SystemClock, Timestamp};
use countersign::course::{embedded, parse};
use countersign::progress::{Change, Completion, Person};
use countersign::record::claims::CompletionClaims;
use countersign::training::{Places, Signed, Training, Trouble, TroubleKind, World};
use countersign::tui::theme::Theme;
use countersign::tui::{Links, Options, Start, run};

/// A world in which nothing can be kept.
struct Drill;

static NOW: AtomicBool = AtomicBool::new(false);

fn refused<T>() -> Result<T, Trouble> {
    Err(Trouble { kind: TroubleKind::Other, message: "this is a drill".to_owned(), hint: None })
}

impl World for Drill {
    fn now(&self) -> Timestamp {
        assert!(!NOW.load(Ordering::SeqCst), "the drill breaks the face");
        SystemClock.now()
    }

    fn places(&self) -> Places {
        let nowhere = || PathBuf::from("nowhere");
        Places { progress: nowhere(), key: nowhere(), records: nowhere() }
    }

    fn introduce(&mut self, _person: &Person, _passphrase: Option<&str>) -> Result<Training, Trouble> {
        refused()
    }

    fn reload(&mut self) -> Result<Training, Trouble> {
        refused()
    }

    fn save(&mut self, _changes: &[Change]) -> Result<(), Trouble> {
        refused()
    }

    fn key_is_protected(&self) -> bool {
        false
    }

    fn sign(&mut self, _claims: &CompletionClaims, _passphrase: Option<&str>) -> Result<Signed, Trouble> {
        refused()
    }

    fn deliver(&mut self, _completion: &Completion) -> Result<PathBuf, Trouble> {
        refused()
    }

    fn export(&mut self, _file_name: &str, _page: &str) -> Result<PathBuf, Trouble> {
        refused()
    }

    fn open(&mut self, _address: &str) -> Result<(), Trouble> {
        refused()
    }
}

fn main() -> ExitCode {
    let worker = std::env::args().nth(1).is_some_and(|who| who == "worker");
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(500));
        NOW.store(!worker, Ordering::SeqCst);
        assert!(!worker, "the drill breaks a worker");
    });
    let Ok(course) = parse(embedded()) else { return ExitCode::from(2) };
    let start = Start { training: None, course: Arc::new(course), expected: None, notices: Vec::new() };
    let Some(zone) = FixedOffset::east_opt(0) else { return ExitCode::from(2) };
    match run(start, &mut Drill, Options { theme: Theme::COLOURED, zone, links: Links::Taken }) {
        Ok(_) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(255),
    }
}
