//! The course folder, looked at whenever something may have happened to it.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::author::preview::{Focus, edition_as_far_as_read};
use crate::cli::courses;
use crate::course::{self, CourseFiles, Fault};
use crate::digest::Digest;
use crate::files;
use crate::training::Edition;

/// An editor that replaces a file, or a tool that writes several, is given so long before anything is called wrong.
const GRACE: Duration = Duration::from_millis(150);

/// The course folder as it was seen last.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    focus: Focus,
    seen: Option<Seen>,
    /// What was wrong with it then.
    faults: Vec<Fault>,
}

/// What was seen, to know whether it is something else now.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    course: Digest,
    /// The focused file where it is no part of the course.
    draft: Option<Digest>,
    unreadable: Vec<Fault>,
}

/// The files that can be read, and what is wrong with the others.
struct Read {
    files: CourseFiles,
    unreadable: Vec<Fault>,
}

impl Folder {
    pub(super) fn new(root: PathBuf, focus: Focus) -> Self {
        Self { root, focus, seen: None, faults: Vec::new() }
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
        let (seen, faults) = (self.seen.clone(), self.faults.clone());
        let read = self.read();
        if seen.as_ref() == Some(&self.name(&read)) {
            return None;
        }
        match self.take(read) {
            good @ Edition::Good { .. } => Some(good),
            // What was wrong before is not the half of a save.
            known @ Edition::Faulty { .. } if self.faults == faults => Some(known),
            Edition::Faulty { .. } => {
                thread::sleep(GRACE);
                let read = self.read();
                if seen.as_ref() == Some(&self.name(&read)) {
                    (self.seen, self.faults) = (seen, faults);
                    return None;
                }
                Some(self.take(read))
            }
        }
    }

    fn take(&mut self, read: Read) -> Edition {
        let (draft, unreadable) = (self.draft_digest(&read.files), read.unreadable.clone());
        let (edition, course) = edition_as_far_as_read(read.files, read.unreadable, &self.focus);
        self.seen = Some(Seen { course, draft, unreadable });
        self.faults = match &edition {
            Edition::Good { .. } => Vec::new(),
            Edition::Faulty { faults, .. } => faults.clone(),
        };
        edition
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
        Seen {
            course: course::digest(&read.files),
            draft: self.draft_digest(&read.files),
            unreadable: read.unreadable.clone(),
        }
    }

    fn draft_digest(&self, files: &CourseFiles) -> Option<Digest> {
        match &self.focus {
            Focus::File(path) if !course::is_course_path(path) => {
                files.get(path).map(|bytes| Digest::of(bytes))
            }
            Focus::File(_) | Focus::Course => None,
        }
    }

    fn read(&self) -> Read {
        let mut read = match courses::readable_files_in(&self.root) {
            Ok((files, unreadable)) => Read { files, unreadable },
            Err(error) => {
                Read { files: CourseFiles::new(), unreadable: vec![courses::unreadable(&self.root, &error)] }
            }
        };
        if let Focus::File(path) = &self.focus {
            self.read_focused(path, &mut read);
        }
        read
    }

    /// Reads the focused file too where it is no part of the course.
    fn read_focused(&self, path: &str, read: &mut Read) {
        let file = self.root.join(path);
        let was_read =
            read.files.contains_key(path) || read.unreadable.iter().any(|fault| fault.file == path);
        if was_read || !file.is_file() {
            return;
        }
        match files::read_limited(&file, course::MAX_LESSON as u64) {
            Ok(bytes) => drop(read.files.insert(path.to_owned(), bytes)),
            Err(error) => read.unreadable.push(courses::unreadable(&self.root, &error)),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::course::{MANIFEST, Rule};
    use crate::files::{Privacy, tempdir};

    const LESSON: &str = "lessons/acceptable-use.md";

    fn faults(edition: &Edition) -> Vec<(Rule, &str)> {
        match edition {
            Edition::Good { .. } => Vec::new(),
            Edition::Faulty { faults, .. } => {
                faults.iter().map(|fault| (fault.rule, fault.file.as_str())).collect()
            }
        }
    }

    fn titles(edition: &Edition) -> usize {
        match edition {
            Edition::Faulty { rest: Some(rest), .. } => rest.course.modules.len(),
            Edition::Good { .. } | Edition::Faulty { rest: None, .. } => 0,
        }
    }

    #[test]
    fn every_change_of_what_is_wanted_is_news_once() {
        let home = tempdir().expect("a folder");
        let root = home.path().join("course");
        files::write_tree(&root, &course::embedded()).expect("written");
        for path in ["lessons/unnamed.md", "lessons/_drafts/new.md", "notes.md", LESSON] {
            let mut folder = Folder::new(root.clone(), Focus::File(path.to_owned()));
            let written = |text: &str| {
                let file = root.join(path);
                fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
                files::replace(&file, text.as_bytes(), Privacy::Shared).expect("written");
            };
            let first = folder.first();
            assert_eq!(folder.look(), None, "{path}");
            written("# Text\n\nNew words.\n");
            let changed = folder.look().unwrap_or_else(|| panic!("news of {path}"));
            assert_ne!(changed, first, "{path}");
            assert_eq!(folder.look(), None, "{path}");
            written("# Text\n\nOther words.\n");
            assert!(folder.look().is_some(), "{path}");
            written("# Text\n\nOther words.\n");
            assert_eq!(folder.look(), None, "{path}");
            fs::remove_file(root.join(path)).expect("removed");
            assert!(folder.look().is_some(), "{path}");
            assert_eq!(folder.look(), None, "{path}");
        }
    }

    /// One link in `assets/` hid the whole course, and every other fault.
    #[test]
    fn what_can_be_read_beside_a_file_that_cannot_is_shown() {
        let home = tempdir().expect("a folder");
        let root = home.path().join("course");
        files::write_tree(&root, &course::embedded()).expect("written");
        let modules = course::parse(course::embedded()).expect("no faults").modules.len();
        let mut folder = Folder::new(root.clone(), Focus::Course);
        assert_eq!(faults(&folder.first()), []);
        fs::create_dir_all(root.join("assets")).expect("a folder");
        symlink("/etc/passwd", root.join("assets/x.txt")).expect("a link");
        let shown = folder.look().expect("news");
        assert_eq!(faults(&shown), [(Rule::PathEscape, "assets/x.txt")]);
        assert_eq!(titles(&shown), modules);
        assert_eq!(folder.look(), None);
        let text = fs::read_to_string(root.join(LESSON)).expect("a text") + "\nSee [it](#nowhere).\n";
        files::replace(&root.join(LESSON), text.as_bytes(), Privacy::Shared).expect("written");
        let shown = folder.look().expect("news");
        assert_eq!(faults(&shown), [(Rule::PathEscape, "assets/x.txt"), (Rule::DeadLink, LESSON)]);
        assert_eq!(titles(&shown), modules);
        // A file that is wanted and cannot be read is there.
        let path = "quizzes/wanted.ron";
        symlink("/etc/passwd", root.join(path)).expect("a link");
        let mut wanted = Folder::new(root.clone(), Focus::File(path.to_owned()));
        assert_eq!(
            faults(&wanted.first()),
            [(Rule::PathEscape, "assets/x.txt"), (Rule::PathEscape, path), (Rule::DeadLink, LESSON)]
        );
        // A folder that is gone has one fault, and nothing of it is shown.
        fs::remove_dir_all(&root).expect("removed");
        let gone = folder.look().expect("news");
        assert_eq!((faults(&gone).as_slice(), titles(&gone)), (&[(Rule::UnreadableFile, MANIFEST)][..], 0));
    }
}
