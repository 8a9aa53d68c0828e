//! First frames of the next start, kept in the cache folder, one for each size of terminal that somebody had lately: shown by the next
//! start before it reads anything, as long as all that they were made of is as it was.
//!
//! They are pictures and nothing more. What is so is found out behind them, and drawn where it differs.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::{self, Read as _};
use std::path::{self, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::files::{self, Privacy, Stamp};
use crate::tui::Window;
use crate::tui::still::Still;

/// What a file may hold at most, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// For so many sizes of a terminal frames are kept.
const MAX_SIZES: usize = 4;

/// Where frames are kept.
#[derive(Debug)]
pub(super) struct FirstFrames {
    folder: PathBuf,
}

/// A file or folder, as it is; without a stamp, one that is not there or has nothing in it: SQLite makes its log when a store is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamped {
    path: PathBuf,
    stamp: Option<Stamp>,
}

/// A file.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// Of everything that it depends on beside the content of files.
    conditions: Digest,
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
    /// When somebody had a terminal of this size.
    pub(super) seen: Timestamp,
}

impl Stamped {
    /// The program that runs, as it is on the disk; `None` where nobody knows.
    pub(super) fn program() -> Option<Self> {
        Self::now(&env::current_exe().ok()?).ok().filter(|program| program.stamp.is_some())
    }

    fn now(path: &Path) -> io::Result<Self> {
        let path = path::absolute(path)?;
        let stamp = Stamp::of_any(&path)?;
        Ok(Self { path, stamp })
    }

    fn is_so(&self) -> bool {
        Self::now(&self.path).is_ok_and(|now| now == *self)
    }
}

/// The files and folders at `paths`, as they are.
///
/// # Errors
/// When nobody can say how one of them is.
pub(super) fn stamped<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> io::Result<Vec<Stamped>> {
    paths.into_iter().map(|path| Stamped::now(path.as_ref())).collect()
}

impl FirstFrames {
    /// Those in the cache folder.
    pub(super) fn within(cache: &Path) -> Self {
        Self { folder: cache.join("first-frames") }
    }

    /// What to show at `now` in this window, if a frame is kept that was made of the same and under the same conditions.
    pub(super) fn read(&self, window: Window, conditions: &str, now: Timestamp) -> Option<Still> {
        let Kept { conditions: made_under, frame } = kept(&self.path(&window))?;
        let is_so = made_under == Digest::of(conditions.as_bytes())
            && (frame.from..=frame.until).contains(&now)
            && frame.made_of.iter().all(Stamped::is_so);
        is_so.then_some(frame.still)
    }

    /// Those that were kept for other windows, whatever has become of what they were made of: the sizes that were seen last, and no more
    /// than are kept beside this one.
    pub(super) fn others(&self, window: Window) -> Vec<Frame> {
        let mut frames: Vec<Frame> = Vec::new();
        let read = files_in(&self.folder).filter_map(|path| Some(kept(&path)?.frame));
        for frame in read.filter(|frame| frame.still.size() != window.size) {
            frames.push(frame);
            // However many files lie there, no more of them are held than are kept.
            frames.sort_by_key(|frame| Reverse(frame.seen));
            frames.truncate(MAX_SIZES - 1);
        }
        frames
    }

    /// Keeps these frames, which were drawn under the same conditions, and no others. Where that fails, the next start reads first and
    /// shows then.
    pub(super) fn keep(&self, conditions: &str, frames: Vec<Frame>) {
        if let Some(frame) = frames.first() {
            files::remove_leftovers(&self.folder, frame.from.system_time());
        }
        let kept: BTreeSet<PathBuf> =
            frames.into_iter().filter_map(|frame| self.write(conditions, frame)).collect();
        for path in files_in(&self.folder).filter(|path| !kept.contains(path)) {
            let _ = fs::remove_file(path);
        }
    }

    /// The file that it was written to, if it was.
    fn write(&self, conditions: &str, frame: Frame) -> Option<PathBuf> {
        let path = self.path(&Window { size: frame.still.size(), cell: None });
        let conditions = Digest::of(conditions.as_bytes());
        // A path that is no Unicode cannot be written down.
        let bytes = serde_json::to_vec(&Kept { conditions, frame }).ok()?;
        if bytes.len() > MAX_BYTES {
            return None;
        }
        files::make_folder(&self.folder, Privacy::Private).ok()?;
        files::replace_unsynced(&path, &bytes, Privacy::Private).ok()?;
        Some(path)
    }

    fn path(&self, window: &Window) -> PathBuf {
        self.folder.join(format!("{}x{}.json", window.size.width, window.size.height))
    }
}

/// What is in a file, if it is one of these.
fn kept(path: &Path) -> Option<Kept> {
    serde_json::from_slice(&bytes(path)?).ok()
}

/// The files of frames in a folder, by their names. Behind a link, and under other names, lies what somebody else put there.
fn files_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let is_ours = fs::symlink_metadata(folder).is_ok_and(|folder| folder.is_dir());
    let entries = is_ours.then(|| fs::read_dir(folder)).into_iter().flatten().flatten().flatten();
    entries
        .filter(|entry| entry.file_name().to_str().is_some_and(is_name_of_a_frame))
        .map(|entry| entry.path())
}

fn is_name_of_a_frame(name: &str) -> bool {
    let size = name.strip_suffix(".json").and_then(|size| size.split_once('x'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    size.is_some_and(|(width, height)| is_number(width) && is_number(height))
}

/// What is in a file, if it is one that can be read at once.
fn bytes(path: &Path) -> Option<Vec<u8>> {
    let (file, metadata) = files::open_regular(path).ok()?;
    let mut bytes = Vec::new();
    let is_small = metadata.len() <= MAX_BYTES as u64;
    is_small.then(|| file.take(MAX_BYTES as u64).read_to_end(&mut bytes).ok()).flatten()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn still() -> Still {
        Still::of_lines(["a line", "another"])
    }

    /// Of a terminal that the frame fits.
    fn window() -> Window {
        of(&still())
    }

    fn of(still: &Still) -> Window {
        Window { size: still.size(), cell: None }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_unix(1_795_338_000 + second).expect("in range")
    }

    fn frame(made_of: Vec<Stamped>) -> Frame {
        Frame { still: still(), made_of, from: at(1), until: at(9), seen: at(1) }
    }

    fn write(path: &Path, text: &str) {
        files::replace(path, text.as_bytes(), Privacy::Private).expect("written");
    }

    impl FirstFrames {
        fn read_usual(&self) -> Option<Still> {
            self.read(window(), "as usual", at(5))
        }
    }

    #[test]
    fn it_is_shown_as_long_as_all_that_it_was_made_of_is_as_it_was() {
        let home = files::tempdir().expect("a folder");
        let (store, log) = (home.path().join("progress"), home.path().join("progress-wal"));
        let cache = home.path().join("cache/countersign");
        let first = FirstFrames::within(&cache);
        assert_eq!(first.read_usual(), None, "none is kept");
        let keep = || {
            write(&store, "a store");
            let made_of = stamped([&*store, &*log]).expect("they can be looked at");
            first.keep("as usual", vec![frame(made_of)]);
            assert_eq!(first.read_usual(), Some(still()));
        };
        keep();
        assert_eq!(first.read(window(), "in other colours", at(5)), None);
        write(&store, "a longer store");
        assert_eq!(first.read_usual(), None, "something was written");
        keep();
        write(&log, "");
        assert_eq!(first.read_usual(), Some(still()), "nothing is in it");
        write(&log, "a log");
        assert_eq!(first.read_usual(), None, "something came");
        fs::remove_file(&log).expect("removed");
        assert_eq!(first.read_usual(), Some(still()));
        fs::remove_file(&store).expect("removed");
        assert_eq!(first.read_usual(), None, "something is gone");
        keep();
        first.keep("as usual", Vec::new());
        assert_eq!((first.read_usual(), files_in(&first.folder).next()), (None, None), "nothing of it stays");
    }

    #[test]
    fn it_is_shown_as_long_as_it_is_the_same() {
        let home = files::tempdir().expect("a folder");
        let first = FirstFrames::within(home.path());
        first.keep("as usual", vec![frame(Vec::new())]);
        for (second, is_shown) in [(0, false), (1, true), (9, true), (10, false)] {
            assert_eq!(first.read(window(), "as usual", at(second)).is_some(), is_shown, "{second}");
        }
    }

    #[test]
    fn each_size_has_its_own_and_those_seen_last_are_kept() {
        let home = files::tempdir().expect("a folder");
        let first = FirstFrames::within(home.path());
        let frame_of = |size: usize| {
            let still = Still::of_lines([&*"w".repeat(size)]);
            let seen = at(i64::try_from(size).expect("small"));
            Frame { still, seen, ..frame(Vec::new()) }
        };
        let window_of = |size: usize| of(&frame_of(size).still);
        let read = |size: usize| first.read(window_of(size), "as usual", at(5)).is_some();
        // As if somebody came back in a wider window each time.
        for size in 1..=6 {
            let mut frames = vec![frame_of(size)];
            frames.extend(first.others(window_of(size)));
            first.keep("as usual", frames);
        }
        assert_eq!([1, 2, 3, 4, 5, 6].map(read), [false, false, true, true, true, true]);
        let others = first.others(window_of(5));
        assert_eq!(others.iter().map(|frame| frame.seen).collect::<Vec<_>>(), [at(6), at(4), at(3)]);
        first.keep("in other colours", vec![frame_of(5)]);
        assert_eq!(files_in(&first.folder).count(), 1, "whatever was not drawn anew is no longer so");
    }

    /// A frame of such a size was drawn whenever somebody rested, and took more memory than there is.
    #[test]
    fn a_size_that_a_file_says_is_not_believed() {
        let home = files::tempdir().expect("a folder");
        let first = FirstFrames::within(home.path());
        first.keep("as usual", vec![frame(Vec::new())]);
        let path = first.path(&window());
        let text = fs::read_to_string(&path).expect("kept");
        let other = of(&Still::of_lines(["another size"]));
        assert_eq!(first.others(other).len(), 1);
        for size in ["[65535,65535]", "[7,3]", "[0,0]", "[7,1]"] {
            let huge = text.replace("\"size\":[7,2]", &format!("\"size\":{size}"));
            assert_ne!(huge, text);
            write(&path, &huge);
            assert_eq!(first.others(other), [], "{size}");
        }
        first.keep("as usual", Vec::new());
        assert_eq!(files_in(&first.folder).next(), None, "and it does not stay");
    }

    /// Every file with such an ending was removed: a signed record, where the folder had been made a link.
    #[test]
    fn what_is_no_frame_of_ours_is_never_removed() {
        let home = files::tempdir().expect("a folder");
        let first = FirstFrames::within(home.path());
        first.keep("as usual", vec![frame(Vec::new())]);
        let other = first.folder.join("0042.completion.json");
        write(&other, "{}");
        first.keep("as usual", Vec::new());
        assert!(other.exists() && !first.path(&window()).exists());
        #[cfg(unix)]
        {
            let records = home.path().join("records");
            fs::rename(&first.folder, &records).expect("moved");
            write(&records.join("80x24.json"), "{}");
            std::os::unix::fs::symlink(&records, &first.folder).expect("a link");
            first.keep("as usual", Vec::new());
            assert!(records.join("80x24.json").exists());
        }
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
        let first = FirstFrames::within(&home.path().join("cache"));
        first.keep("as usual", vec![frame(Vec::new())]);
        for path in [&first.path(&window()), &first.folder, &home.path().join("cache")] {
            assert!(files::is_private(path).expect("there"), "{}", path.display());
        }
    }

    #[test]
    fn what_is_no_frame_is_none() {
        let home = files::tempdir().expect("a folder");
        let first = FirstFrames::within(home.path());
        first.keep("as usual", vec![frame(Vec::new())]);
        let path = first.path(&window());
        let text = fs::read_to_string(&path).expect("kept");
        let long = " ".repeat(MAX_BYTES + 1);
        for other in ["", "{}", "\u{0}", &text[..text.len() - 1], &(text.clone() + &long)] {
            write(&path, other);
            assert_eq!(first.read_usual(), None);
        }
        write(&path, &text);
        assert_eq!(first.read_usual(), Some(still()));
    }

    /// A link to the terminal waited for a line.
    #[cfg(unix)]
    #[test]
    fn nobody_waits_for_what_is_no_file() {
        let home = files::tempdir().expect("a folder");
        let first = FirstFrames::within(home.path());
        files::make_folder(&first.folder, Privacy::Private).expect("made");
        for other in ["/dev/zero", "/dev/full", "/dev/tty"] {
            std::os::unix::fs::symlink(other, first.path(&window())).expect("a link");
            assert_eq!(first.read_usual(), None, "{other}");
            first.keep("as usual", vec![frame(Vec::new())]);
            assert_eq!(first.read_usual(), Some(still()), "the link is replaced");
            first.keep("as usual", Vec::new());
        }
    }
}
