//! The course folder, looked at whenever something may have happened to it.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::author::preview::{Focus, edition};
use crate::cli::courses;
use crate::course::{self, CourseFiles, Fault, MANIFEST, Rule};
use crate::digest::Digest;
use crate::files::{self, FileError};
use crate::training::Edition;

/// An editor that replaces a file, or a tool that writes several, is given so long before anything is called wrong.
const GRACE: Duration = Duration::from_millis(150);

/// The course folder as it was seen last.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    focus: Focus,
    seen: Option<Seen>,
}

/// What was seen, to know whether it is something else now.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Seen {
    /// The course, and the focused file, which need not be a part of it.
    Files(Digest, Option<Digest>),
    Unreadable(String),
}

/// The files, or why they cannot be read.
type Read = Result<CourseFiles, Box<Fault>>;

impl Folder {
    pub(super) fn new(root: PathBuf, focus: Focus) -> Self {
        Self { root, focus, seen: None }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The file that somebody wants to see, if it is not the course.
    pub(super) fn focus(&self) -> Option<PathBuf> {
        match &self.focus {
            Focus::Course => None,
            Focus::File(path) => Some(self.root.join(path)),
        }
    }

    /// The course as it is now, whatever was seen before.
    pub(super) fn first(&mut self) -> Edition {
        let read = self.read();
        self.take(read)
    }

    /// What has become of the course since it was looked at last; `None` when it is the same.
    pub(super) fn look(&mut self) -> Option<Edition> {
        let read = self.read();
        if self.seen.as_ref() == Some(&self.name(&read)) {
            return None;
        }
        let before = self.seen.clone();
        match self.take(read) {
            good @ Edition::Good { .. } => Some(good),
            Edition::Faulty { .. } => {
                thread::sleep(GRACE);
                let read = self.read();
                if before == Some(self.name(&read)) {
                    self.seen = before;
                    return None;
                }
                Some(self.take(read))
            }
        }
    }

    fn take(&mut self, read: Read) -> Edition {
        self.seen = Some(self.name(&read));
        match read {
            Ok(files) => edition(files, &self.focus),
            Err(unreadable) => Edition::Faulty { faults: vec![*unreadable], rest: None },
        }
    }

    /// Whether the file or folder at `path` can make a difference.
    pub(super) fn concerns(&self, path: &Path) -> bool {
        let Some(within) = path.strip_prefix(&self.root).ok().and_then(Path::to_str) else { return false };
        let within = within.replace('\\', "/");
        matches!(&self.focus, Focus::File(file) if *file == within)
            || course::is_course_path(&within)
            || course::is_course_path(&format!("{within}/file"))
    }

    fn name(&self, read: &Read) -> Seen {
        let focused = |files: &CourseFiles| match &self.focus {
            Focus::Course => None,
            Focus::File(path) => files.get(path).map(|bytes| Digest::of(bytes)),
        };
        match read {
            Ok(files) => Seen::Files(course::digest(files), focused(files)),
            Err(fault) => Seen::Unreadable(fault.message.clone()),
        }
    }

    fn read(&self) -> Read {
        self.files().map_err(|error| {
            let (message, hint) = (error.to_string(), error.hint());
            Box::new(Fault { hint, ..Fault::of_file(Rule::MissingFile, MANIFEST, message) })
        })
    }

    fn files(&self) -> Result<CourseFiles, FileError> {
        let mut files = courses::files_in(&self.root)?;
        if let Focus::File(path) = &self.focus
            && !files.contains_key(path)
            && self.root.join(path).is_file()
        {
            files
                .insert(path.clone(), files::read_limited(&self.root.join(path), course::MAX_LESSON as u64)?);
        }
        Ok(files)
    }
}
