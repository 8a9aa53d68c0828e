//! Tells when a file of the course was saved. At rest it sleeps.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{
    Config, Event, EventHandler, EventKind, RecommendedWatcher, RecursiveMode, Watcher, WatcherKind,
};
use notify_debouncer_mini::{DebounceEventResult, Debouncer, new_debouncer_opt};

use super::folder::Folder;
use crate::training::Edition;

/// How long it must be quiet before anybody is told: an editor saves in several steps.
const QUIET: Duration = Duration::from_millis(40);

/// How often somebody looks for a course folder that is gone: nothing tells that it is there again.
const RETURN: Duration = Duration::from_millis(500);

/// The folders of a course, which are watched with everything in them. The folder above may hold a whole repository, so
/// only what stands in it directly is watched.
const FOLDERS: [&str; 3] = ["lessons", "quizzes", "assets"];

/// A watch over a course folder. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Watch {
    stop: Sender<Note>,
}

/// What the thread of the watch is told.
#[derive(Debug)]
enum Note {
    /// Something happened to these paths.
    Touched(Vec<PathBuf>),
    /// Something happened, and nobody knows to what.
    Anything,
    Stop,
}

impl Watch {
    /// Begins to watch and then looks for the first time; from then on `tell` is told every edition, until it says that
    /// nobody listens any more.
    pub(super) fn begin(
        mut folder: Folder,
        tell: impl Fn(Edition) -> bool + Send + 'static,
    ) -> Result<(Edition, Self), notify::Error> {
        let (stop, notes) = mpsc::channel();
        let mut watcher = watcher(stop.clone())?;
        watch_root(watcher.watcher(), folder.root())?;
        // A draft may stand anywhere in the course folder.
        let focus = folder.focus();
        let apart = focus.as_deref().and_then(Path::parent).filter(|parent| {
            *parent != folder.root()
                && FOLDERS.iter().all(|name| !parent.starts_with(folder.root().join(name)))
        });
        if let Some(parent) = apart {
            watcher.watcher().watch(parent, RecursiveMode::NonRecursive)?;
        }
        let edition = folder.first();
        thread::Builder::new()
            .name("course watch".to_owned())
            .spawn(move || keep_watch(watcher, folder, &notes, tell))
            .map_err(notify::Error::io)?;
        Ok((edition, Self { stop }))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // The thread may have ended by itself.
        let _ = self.stop.send(Note::Stop);
    }
}

fn watcher(notes: Sender<Note>) -> Result<Debouncer<Saves>, notify::Error> {
    let config = notify_debouncer_mini::Config::default().with_timeout(QUIET).with_batch_mode(false);
    new_debouncer_opt(config, move |result: DebounceEventResult| {
        let note = match result {
            Ok(events) => Note::Touched(events.into_iter().map(|event| event.path).collect()),
            // The queue of the system overflowed, or a folder is gone: only a look can tell.
            Err(_) => Note::Anything,
        };
        let _ = notes.send(note);
    })
}

fn keep_watch(
    mut watcher: Debouncer<Saves>,
    mut folder: Folder,
    notes: &Receiver<Note>,
    tell: impl Fn(Edition) -> bool,
) {
    let mut root = Root::Watched;
    while let Some(note) = next(notes, root) {
        let mut touched = false;
        for note in std::iter::once(note).chain(notes.try_iter()) {
            match note {
                Note::Stop => return,
                Note::Anything => touched = true,
                Note::Touched(paths) => {
                    touched |= paths.iter().any(|path| folder.concerns(path));
                    if paths.iter().any(|path| path == folder.root()) {
                        root = Root::Gone;
                    }
                    watch_anew(watcher.watcher(), folder.root(), &paths);
                }
            }
        }
        if root == Root::Gone {
            root = watch_root_anew(watcher.watcher(), folder.root());
            touched = true;
        }
        if touched
            && let Some(edition) = folder.look()
            && !tell(edition)
        {
            return;
        }
    }
}

/// What is known of the course folder itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Root {
    Watched,
    /// It was removed or moved away: a tool that writes a folder anew does so.
    Gone,
}

/// What happened next; `None` when nobody can tell any more.
fn next(notes: &Receiver<Note>, root: Root) -> Option<Note> {
    match root {
        Root::Watched => notes.recv().ok(),
        Root::Gone => match notes.recv_timeout(RETURN) {
            Ok(note) => Some(note),
            Err(RecvTimeoutError::Timeout) => Some(Note::Anything),
            Err(RecvTimeoutError::Disconnected) => None,
        },
    }
}

fn watch_root(watcher: &mut dyn Watcher, root: &Path) -> Result<(), notify::Error> {
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    FOLDERS.iter().try_for_each(|name| watch_folder(watcher, &root.join(name)))
}

/// A course folder of the same name may be another folder by now, and so are those in it.
fn watch_root_anew(watcher: &mut dyn Watcher, root: &Path) -> Root {
    for path in FOLDERS.map(|name| root.join(name)).iter().map(PathBuf::as_path).chain([root]) {
        let _ = watcher.unwatch(path);
    }
    if watch_root(watcher, root).is_ok() { Root::Watched } else { Root::Gone }
}

/// A folder that was replaced is another folder under the same name.
fn watch_anew(watcher: &mut dyn Watcher, root: &Path, touched: &[PathBuf]) {
    for path in FOLDERS.map(|name| root.join(name)) {
        if touched.contains(&path) {
            let _ = watcher.unwatch(&path);
            // It may be gone again; then its next coming is told like this one.
            let _ = watch_folder(watcher, &path);
        }
    }
}

fn watch_folder(watcher: &mut dyn Watcher, path: &Path) -> Result<(), notify::Error> {
    if path.is_dir() { watcher.watch(path, RecursiveMode::Recursive) } else { Ok(()) }
}

/// The system's watcher, which here does not tell that a file was opened or read: we read the course whenever something
/// happens, and would never sleep again.
#[derive(Debug)]
struct Saves(RecommendedWatcher);

impl Watcher for Saves {
    fn new<F: EventHandler>(mut handler: F, config: Config) -> notify::Result<Self> {
        let handle = move |event: notify::Result<Event>| {
            if event.as_ref().map_or(true, |event| changes_something(event.kind)) {
                handler.handle_event(event);
            }
        };
        RecommendedWatcher::new(handle, config).map(Self)
    }

    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
        self.0.watch(path, mode)
    }

    fn unwatch(&mut self, path: &Path) -> notify::Result<()> {
        self.0.unwatch(path)
    }

    fn kind() -> WatcherKind {
        RecommendedWatcher::kind()
    }
}

fn changes_something(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    }
}

#[cfg(test)]
mod tests;
