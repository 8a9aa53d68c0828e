//! The first frame of the next start, kept in the cache folder: drawn when somebody leaves, and shown by the next start before it reads
//! anything, as long as all that it was made of is as it was.
//!
//! It is a picture and nothing more. What is so is found out behind it, and drawn where it differs.

use std::env;
use std::fs;
use std::io::{self, Read as _};
use std::path::{self, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::files::{self, Privacy, Stamp};
use crate::tui::still::Still;

/// What the file may hold at most, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// Where the frame is kept.
#[derive(Debug)]
pub(super) struct FirstFrame {
    path: PathBuf,
    /// The program that runs.
    program: Stamped,
}

/// A file or folder, as it is; without a stamp, one that is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamped {
    path: PathBuf,
    stamp: Option<Stamp>,
}

/// The file.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// Of everything that it depends on beside the content of files.
    conditions: Digest,
    program: Stamped,
    frame: Frame,
}

/// A first frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Frame {
    pub(super) still: Still,
    pub(super) made_of: Vec<Stamped>,
    /// When it was drawn.
    pub(super) from: Timestamp,
    /// Until when it is the same.
    pub(super) until: Timestamp,
}

impl Stamped {
    fn now(path: &Path) -> io::Result<Self> {
        let path = path::absolute(path)?;
        let stamp = Stamp::of_any(&path)?;
        Ok(Self { path, stamp })
    }

    /// Whether there is one.
    pub(super) fn is_there(&self) -> bool {
        self.stamp.is_some()
    }

    fn is_so(&self) -> bool {
        Stamp::of_any(&self.path).is_ok_and(|stamp| stamp == self.stamp)
    }
}

/// The files and folders at `paths`, as they are.
///
/// # Errors
/// When nobody can say how one of them is.
pub(super) fn stamped<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> io::Result<Vec<Stamped>> {
    paths.into_iter().map(|path| Stamped::now(path.as_ref())).collect()
}

impl FirstFrame {
    /// That in the cache folder; `None` when the program does not know which file it is.
    pub(super) fn within(cache: &Path) -> Option<Self> {
        let program = Stamped::now(&env::current_exe().ok()?).ok().filter(Stamped::is_there)?;
        Some(Self { path: cache.join("first-frame.json"), program })
    }

    /// What to show at `now`, if a frame is kept that was made of the same and under the same conditions.
    pub(super) fn read(&self, conditions: &str, now: Timestamp) -> Option<Still> {
        let kept: Kept = serde_json::from_slice(&self.bytes()?).ok()?;
        let is_so = kept.conditions == Digest::of(conditions.as_bytes())
            && kept.program == self.program
            && (kept.frame.from..=kept.frame.until).contains(&now)
            && kept.frame.made_of.iter().all(Stamped::is_so);
        is_so.then_some(kept.frame.still)
    }

    /// What is in the file, if it is one that can be read at once.
    fn bytes(&self) -> Option<Vec<u8>> {
        let (file, metadata) = files::open_regular(&self.path).ok()?;
        let mut bytes = Vec::new();
        let is_small = metadata.len() <= MAX_BYTES as u64;
        is_small.then(|| file.take(MAX_BYTES as u64).read_to_end(&mut bytes).ok()).flatten()?;
        Some(bytes)
    }

    /// Keeps a frame that was drawn under these conditions, or that there is none. Where that fails, the next start reads
    /// first and shows then.
    pub(super) fn keep(&self, conditions: &str, frame: Option<Frame>) {
        let folder = files::folder_of(&self.path);
        if let Some(frame) = &frame {
            files::remove_leftovers(folder, frame.from.system_time());
        }
        let (conditions, program) = (Digest::of(conditions.as_bytes()), self.program.clone());
        let kept = frame.map(|frame| Kept { conditions, program, frame });
        // A path that is no Unicode cannot be written down.
        let bytes = kept.and_then(|kept| serde_json::to_vec(&kept).ok());
        let Some(bytes) = bytes.filter(|bytes| bytes.len() <= MAX_BYTES) else {
            let _ = fs::remove_file(&self.path);
            return;
        };
        let _ = files::make_folder(folder, Privacy::Private)
            .and_then(|()| files::replace_unsynced(&self.path, &bytes, Privacy::Private));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn still() -> Still {
        Still::of_lines(["a line", "another"])
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_unix(1_795_338_000 + second).expect("in range")
    }

    fn frame(made_of: Vec<Stamped>) -> Frame {
        Frame { still: still(), made_of, from: at(1), until: at(9) }
    }

    fn write(path: &Path, text: &str) {
        files::replace(path, text.as_bytes(), Privacy::Private).expect("written");
    }

    fn within(cache: &Path) -> FirstFrame {
        FirstFrame::within(cache).expect("a program")
    }

    #[test]
    fn it_is_shown_as_long_as_all_that_it_was_made_of_is_as_it_was() {
        let home = files::tempdir().expect("a folder");
        let (store, log) = (home.path().join("progress"), home.path().join("progress-wal"));
        let cache = home.path().join("cache/countersign");
        let first = within(&cache);
        assert_eq!(first.read("as usual", at(5)), None, "none is kept");
        let keep = || {
            write(&store, "a store");
            let made_of = stamped([&*store, &*log]).expect("they can be looked at");
            first.keep("as usual", Some(frame(made_of)));
            assert_eq!(first.read("as usual", at(5)), Some(still()));
        };
        keep();
        assert_eq!(first.read("in other colours", at(5)), None);
        write(&store, "a longer store");
        assert_eq!(first.read("as usual", at(5)), None, "something was written");
        keep();
        write(&log, "");
        assert_eq!(first.read("as usual", at(5)), None, "something came");
        fs::remove_file(&log).expect("removed");
        assert_eq!(first.read("as usual", at(5)), Some(still()));
        fs::remove_file(&store).expect("removed");
        assert_eq!(first.read("as usual", at(5)), None, "something is gone");
        keep();
        first.keep("as usual", None);
        assert_eq!(
            (first.read("as usual", at(5)), first.path.exists()),
            (None, false),
            "nothing of it stays"
        );
    }

    #[test]
    fn it_is_shown_as_long_as_it_is_the_same() {
        let home = files::tempdir().expect("a folder");
        let first = within(home.path());
        first.keep("as usual", Some(frame(Vec::new())));
        for (second, is_shown) in [(0, false), (1, true), (9, true), (10, false)] {
            assert_eq!(first.read("as usual", at(second)).is_some(), is_shown, "{second}");
        }
    }

    #[test]
    fn another_program_shows_none() {
        let home = files::tempdir().expect("a folder");
        let first = within(home.path());
        first.keep("as usual", Some(frame(Vec::new())));
        assert_eq!(first.read("as usual", at(5)), Some(still()));
        let program = Stamped { stamp: None, ..first.program.clone() };
        assert_eq!(FirstFrame { program, ..within(home.path()) }.read("as usual", at(5)), None);
    }

    #[test]
    fn what_nobody_can_look_at_is_not_taken_for_missing() {
        let home = files::tempdir().expect("a folder");
        write(&home.path().join("file"), "");
        assert!(stamped([&*home.path().join("none")]).is_ok());
        assert!(stamped([&*home.path().join("file/below")]).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_it() {
        let home = files::tempdir().expect("a folder");
        let first = within(&home.path().join("cache"));
        first.keep("as usual", Some(frame(Vec::new())));
        for path in [&first.path, &home.path().join("cache")] {
            assert!(files::is_private(path).expect("there"), "{}", path.display());
        }
    }

    #[test]
    fn what_is_no_frame_is_none() {
        let home = files::tempdir().expect("a folder");
        let first = within(home.path());
        first.keep("as usual", Some(frame(Vec::new())));
        let text = fs::read_to_string(&first.path).expect("kept");
        let long = " ".repeat(MAX_BYTES + 1);
        for other in ["", "{}", "\u{0}", &text[..text.len() - 1], &(text.clone() + &long)] {
            write(&first.path, other);
            assert_eq!(first.read("as usual", at(5)), None);
        }
        write(&first.path, &text);
        assert_eq!(first.read("as usual", at(5)), Some(still()));
    }

    /// A link to the terminal waited for a line.
    #[cfg(unix)]
    #[test]
    fn nobody_waits_for_what_is_no_file() {
        let home = files::tempdir().expect("a folder");
        let first = within(home.path());
        for other in ["/dev/zero", "/dev/full", "/dev/tty"] {
            std::os::unix::fs::symlink(other, &first.path).expect("a link");
            assert_eq!(first.read("as usual", at(5)), None, "{other}");
            first.keep("as usual", Some(frame(Vec::new())));
            assert_eq!(first.read("as usual", at(5)), Some(still()), "the link is replaced");
            first.keep("as usual", None);
        }
    }
}
