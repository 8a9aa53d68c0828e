//! Tells when a file of the course was saved. At rest it sleeps.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::folder::Folder;
use crate::training::Edition;

/// How long it must be quiet before anybody is told: an editor saves in several steps.
const QUIET: Duration = Duration::from_millis(40);

/// How long it is waited for quiet. Whoever copies a large course is told now and then how far it is.
const LONGEST: Duration = Duration::from_millis(500);

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
        watch_root(&mut watcher, folder.root())?;
        // A draft may stand anywhere in the course folder.
        let focus = folder.focus();
        let apart = focus.as_deref().and_then(Path::parent).filter(|parent| {
            *parent != folder.root()
                && FOLDERS.iter().all(|name| !parent.starts_with(folder.root().join(name)))
        });
        if let Some(parent) = apart {
            watcher.watch(parent, RecursiveMode::NonRecursive)?;
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

fn watcher(notes: Sender<Note>) -> Result<RecommendedWatcher, notify::Error> {
    notify::recommended_watcher(move |event: notify::Result<Event>| {
        let note = match event {
            // We read the course whenever something happens, and would never sleep again if that were told.
            Ok(event) if !changes_something(event.kind) => return,
            Ok(event) if !event.need_rescan() && !event.paths.is_empty() => Note::Touched(event.paths),
            // The queue of the system overflowed, or a folder is gone: only a look can tell.
            Ok(_) | Err(_) => Note::Anything,
        };
        let _ = notes.send(note);
    })
}

fn keep_watch(
    mut watcher: RecommendedWatcher,
    mut folder: Folder,
    notes: &Receiver<Note>,
    tell: impl Fn(Edition) -> bool,
) {
    let mut root = Root::Watched;
    while let Some(note) = next(notes, root) {
        let mut touched = false;
        for note in settled(note, notes) {
            match note {
                Note::Stop => return,
                Note::Anything => touched = true,
                Note::Touched(paths) => {
                    touched |= paths.iter().any(|path| folder.concerns(path));
                    if paths.iter().any(|path| path == folder.root()) {
                        root = Root::Gone;
                    }
                    watch_anew(&mut watcher, folder.root(), &paths);
                }
            }
        }
        if root == Root::Gone {
            root = watch_root_anew(&mut watcher, folder.root());
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

/// This and everything that is told until it is quiet.
fn settled(first: Note, notes: &Receiver<Note>) -> Vec<Note> {
    let (begun, mut settled) = (Instant::now(), vec![first]);
    while begun.elapsed() < LONGEST && !matches!(settled.last(), Some(Note::Stop)) {
        match notes.recv_timeout(QUIET) {
            Ok(note) => settled.push(note),
            Err(_) => break,
        }
    }
    settled
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
