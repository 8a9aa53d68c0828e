//! `countersign author preview`: the learner's faces on a course that is being written.

mod folder;
mod watch;

use std::cell::Cell;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, mpsc};

use clap::Args;
use clap::builder::ArgPredicate;

use super::super::Outcome;
use super::super::config_file::{ConfigFile, Read};
use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::face::{is_linear, linear_failure, linear_width};
use super::super::interruptions::{Interruptions, Remembering};
use super::super::open_address::open_address;
use super::super::printer::Printer;
use crate::author::preview::{Focus, Workshop};
use crate::clock::SystemClock;
use crate::config::Config;
use crate::course::MANIFEST;
use crate::shell::quoted;
use crate::training::Edition;
use crate::tui::preview::Rulers;
use crate::tui::terminal::Bell;
use crate::{plain, tui};
use folder::Folder;
use watch::Watch;

#[derive(Debug, Args)]
#[command(
    after_help = "It shows what learners will see, and keeps up with what you save: your place and your answer stay. \
                  Nobody's progress is touched, nothing is saved. Everything is open: no waiting, no limit of attempts. A \
                  draft that course.ron does not name yet is shown too when you name it. Faults are shown until they \
                  are mended; meanwhile you see the last version that was whole, or what of the course can be shown. It \
                  ends with 1 if faults are left.\n\n\
                  Keys of the preview: F2 faults, F3 reading width, F4 key and why, F5 afresh, F6 to the signature, ? all \
                  keys. With --plain: reread, faults, key, afresh, finish, help.\n\n\
                  Examples:\n  \
                  countersign author preview                             the course in this folder\n  \
                  countersign author preview courses/phishing            another one\n  \
                  countersign author preview . quizzes/02.ron            every question of a quiz\n  \
                  countersign author preview lessons/_drafts/new.md      a draft; the folder is found\n  \
                  countersign author preview --rulers 40,80,100          marks where these widths end\n  \
                  countersign author preview --plain --width 40          as it is heard on a braille display\n  \
                  printf 'read 1\\nall\\n' | countersign author preview --plain    a lesson as it is heard"
)]
pub(in crate::cli) struct PreviewArguments {
    /// The course folder; without it, the one you are in
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// What to open at once, in the course folder
    #[arg(value_name = "LESSON|QUIZ")]
    part: Option<PathBuf>,
    /// Line by line, for screen readers, braille displays, dumb terminals and pipes
    // Whoever asks for lines of some width means the face that has lines.
    #[arg(long, default_value_if("width", ArgPredicate::IsPresent, "true"))]
    plain: bool,
    /// On the full screen, whatever the settings and ACCESSIBLE say
    #[arg(long, conflicts_with = "plain")]
    full_screen: bool,
    /// Mark where terminals of these widths end; F3 reads as if in each
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', conflicts_with = "plain",
          value_parser = clap::value_parser!(u16).range(i64::from(Rulers::NARROWEST)..=1000))]
    rulers: Vec<u16>,
    /// Line by line, as with --plain, and with so many columns in a line at most, such as 40 on a braille display
    #[arg(long, value_name = "COLUMNS", conflicts_with_all = ["full_screen", "rulers"],
          value_parser = clap::value_parser!(u16).range(10..=1000))]
    width: Option<u16>,
}

pub(super) fn run(
    arguments: &PreviewArguments,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let (root, focus) = place(arguments)?;
    // As it was named, so that the command that is told at the end can be typed as it stands.
    let shown = match &arguments.folder {
        Some(folder) if folder.is_dir() => folder.display().to_string(),
        Some(_) => root.display().to_string(),
        None => ".".to_owned(),
    };
    let mut settings = ConfigFile::in_folder(environment.config.as_deref());
    let Read { config, keymap, notices } = settings.read();
    let faults_left = if is_linear(arguments.plain, arguments.full_screen, environment, &config, printer) {
        for notice in notices {
            printer.talk(&format!("note: {notice}"));
        }
        let width = linear_width(arguments.width, &config);
        run_linear(Folder::new(root, focus), environment, config, width, &mut settings)?
    } else {
        let rulers = match arguments.rulers.as_slice() {
            [] => Rulers::default(),
            widths => Rulers::marked(widths.to_vec()),
        };
        let folder = Folder::new(root, focus);
        let line_by_line = format!("countersign author preview {} --plain", quoted(&shown));
        let options = tui::Options { line_by_line, ..environment.options(config, keymap) };
        run_full(folder, rulers, notices, &mut settings, options)?
    };
    match faults_left {
        0 => Ok(Outcome::Fine),
        number => {
            let faults = if number == 1 { "a fault is".to_owned() } else { format!("{number} faults are") };
            printer
                .talk(&format!("note: {faults} left; to see: countersign author check {}", quoted(&shown)));
            Ok(Outcome::Findings)
        }
    }
}

/// The linear face looks at the folder itself whenever a line was heard: between two lines there is nothing to show.
fn run_linear(
    mut folder: Folder,
    environment: &Environment,
    config: Config,
    width: plain::Width,
    settings: &mut ConfigFile,
) -> Result<usize, Failure> {
    let edition = folder.first();
    let faults = FaultCount::of(&edition);
    let editions = || folder.look().inspect(|edition| faults.note(edition));
    let mut world = Workshop::new(&SystemClock, editions, open_address).map_err(no_key)?;
    let start =
        plain::PreviewStart { learner: world.learner(), edition, zone: environment.calendar, config, width };
    let (mut output, last) = Remembering::new(io::stdout().lock());
    let _interruptions = Interruptions::begin(last, || plain::PREVIEW_FAREWELL);
    plain::preview(&mut io::stdin().lock(), &mut output, &mut world, settings, start)
        .map_err(linear_failure)?;
    Ok(faults.0.get())
}

fn run_full(
    folder: Folder,
    rulers: Rulers,
    notices: Vec<String>,
    settings: &mut ConfigFile,
    options: tui::Options,
) -> Result<usize, Failure> {
    let watched = folder.root().display().to_string();
    let (tell, told) = mpsc::channel();
    let bell: Arc<OnceLock<Bell>> = Arc::default();
    let ring = {
        let bell = Arc::clone(&bell);
        move |edition: Edition| {
            let listening = tell.send(edition).is_ok();
            bell.get().into_iter().for_each(Bell::ring);
            listening
        }
    };
    // First the watch and then the first look: what is saved between the two is seen.
    let (edition, _watch) = Watch::begin(folder, ring).map_err(|error| {
        Failure::new(format!("cannot watch {watched}"))
            .because(&error)
            .hint("--plain needs no watch: it looks at the folder at every line")
    })?;
    let faults = FaultCount::of(&edition);
    let editions = || told.try_iter().last().inspect(|edition| faults.note(edition));
    let mut world = Workshop::new(&SystemClock, editions, open_address).map_err(no_key)?;
    let start = tui::preview::PreviewStart { learner: world.learner(), edition, rulers, notices };
    let listen = |ours: Bell| {
        // Something may have happened before there was a bell.
        ours.ring();
        drop(bell.set(ours));
    };
    tui::preview(start, &mut world, settings, options, listen)
        .map_err(|error| Failure::new("the full-screen face cannot run here").because(&error))?;
    Ok(faults.0.get())
}

/// How many faults the course has, as far as the face knows.
struct FaultCount(Cell<usize>);

impl FaultCount {
    fn of(edition: &Edition) -> Self {
        let count = Self(Cell::new(0));
        count.note(edition);
        count
    }

    fn note(&self, edition: &Edition) {
        self.0.set(match edition {
            Edition::Good { .. } => 0,
            Edition::Faulty { faults, .. } => faults.len(),
        });
    }
}

#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
fn no_key(error: crate::record::key::KeyError) -> Failure {
    Failure::new("the preview cannot begin").because(&error)
}

/// The course folder, and what of it is wanted.
fn place(arguments: &PreviewArguments) -> Result<(PathBuf, Focus), Failure> {
    let named = arguments.folder.as_deref().unwrap_or(Path::new("."));
    let (root, part) = match &arguments.part {
        None if named.is_file() => (course_of(named)?, Some(named)),
        part => (named.to_owned(), part.as_deref()),
    };
    let canonical = |path: &Path| {
        fs::canonicalize(path)
            .map_err(|error| Failure::new(format!("cannot open {}", path.display())).because(&error))
    };
    let folder_hint = "name the folder that holds course.ron";
    let root = canonical(&root).map_err(|failure| failure.hint(folder_hint))?;
    if !root.is_dir() {
        return Err(Failure::new(format!("{} is not a folder", named.display())).hint(folder_hint));
    }
    let Some(part) = part else { return Ok((root, Focus::Course)) };
    let hint = "name a lesson (.md) or a quiz (.ron) of the course, such as lessons/01.md";
    let inside = root.join(part);
    let file =
        canonical(if inside.exists() { &inside } else { part }).map_err(|failure| failure.hint(hint))?;
    let kind = file.extension().and_then(OsStr::to_str);
    let within = file.strip_prefix(&root).ok().and_then(Path::to_str);
    match within.filter(|_| file.is_file() && matches!(kind, Some("md" | "ron"))) {
        Some(MANIFEST) => Ok((root, Focus::Course)),
        Some(within) => Ok((root, Focus::File(within.replace('\\', "/")))),
        None => {
            Err(Failure::new(format!("{} is no lesson and no quiz in {}", part.display(), root.display()))
                .hint(hint))
        }
    }
}

/// The course that a file belongs to.
fn course_of(file: &Path) -> Result<PathBuf, Failure> {
    let file = fs::canonicalize(file)
        .map_err(|error| Failure::new(format!("cannot open {}", file.display())).because(&error))?;
    let found = file.ancestors().skip(1).find(|folder| folder.join(MANIFEST).is_file());
    found.map(Path::to_owned).ok_or_else(|| {
        Failure::new(format!("no folder above {} holds a course", file.display()))
            .hint("name the course folder first: countersign author preview DIR LESSON")
    })
}
