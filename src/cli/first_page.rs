//! The page that the next start shows before anything is read: kept when somebody leaves, and shown again as long as all that it was
//! made of is as it was.
//!
//! It is a picture and nothing more. What is so is found out behind it, and drawn where it differs.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::files::{self, Privacy, Stamp};
use crate::tui::page::Page;

/// What the file may hold at most, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// Where the page is kept.
#[derive(Debug)]
pub(super) struct FirstPage {
    path: PathBuf,
}

/// The file.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// Whatever else it depends on.
    wanted: String,
    /// Every file and folder that it was made of; without a stamp, one that was not there.
    made_of: Vec<(PathBuf, Option<Stamp>)>,
    page: Page,
}

impl FirstPage {
    /// That in the folder of things that nobody misses.
    pub(super) fn within(cache: &Path) -> Self {
        Self { path: cache.join("first-page.json") }
    }

    /// The page, if one is kept that was made of the same.
    pub(super) fn read(&self, wanted: &str) -> Option<Page> {
        let bytes = files::read_limited(&self.path, MAX_BYTES).ok()?;
        let kept: Kept = serde_json::from_slice(&bytes).ok()?;
        let is_so =
            kept.wanted == wanted && kept.made_of.iter().all(|(path, stamp)| Stamp::of(path).ok() == *stamp);
        is_so.then_some(kept.page)
    }

    /// Keeps a page that was made of these files. Where that fails, the next start reads first and shows then.
    pub(super) fn keep(&self, wanted: &str, made_of: impl IntoIterator<Item = PathBuf>, page: Page) {
        let made_of = made_of.into_iter().map(|path| {
            let stamp = Stamp::of(&path).ok();
            (path, stamp)
        });
        let kept = Kept { wanted: wanted.to_owned(), made_of: made_of.collect(), page };
        // A path that is no Unicode cannot be written down.
        let Ok(bytes) = serde_json::to_vec(&kept) else { return };
        let folder = files::folder_of(&self.path);
        let _ = files::make_folder(folder, Privacy::Private)
            .and_then(|()| files::replace(&self.path, &bytes, Privacy::Private));
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn page() -> Page {
        Page::of_lines(["a line", "another"])
    }

    #[test]
    fn it_is_shown_as_long_as_all_that_it_was_made_of_is_as_it_was() {
        let home = files::tempdir().expect("a folder");
        let (store, log) = (home.path().join("progress"), home.path().join("progress-wal"));
        let first = FirstPage::within(&home.path().join("cache/countersign"));
        assert_eq!(first.read("as usual"), None, "none is kept");
        let write = |path: &Path, text: &str| {
            files::replace(path, text.as_bytes(), Privacy::Private).expect("written");
        };
        let keep = || {
            write(&store, "a store");
            first.keep("as usual", [store.clone(), log.clone()], page());
            assert_eq!(first.read("as usual"), Some(page()));
        };
        keep();
        assert_eq!(first.read("in other colours"), None);
        write(&store, "a longer store");
        assert_eq!(first.read("as usual"), None, "something was written");
        keep();
        write(&log, "");
        assert_eq!(first.read("as usual"), None, "something came");
        fs::remove_file(&log).expect("removed");
        assert_eq!(first.read("as usual"), Some(page()));
        fs::remove_file(&store).expect("removed");
        assert_eq!(first.read("as usual"), None, "something is gone");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_it() {
        let home = files::tempdir().expect("a folder");
        let first = FirstPage::within(&home.path().join("cache"));
        first.keep("as usual", [], page());
        for path in [&first.path, &home.path().join("cache")] {
            assert!(files::is_private(path).expect("there"), "{}", path.display());
        }
    }

    #[test]
    fn what_is_no_page_is_none() {
        let home = files::tempdir().expect("a folder");
        let first = FirstPage::within(home.path());
        first.keep("as usual", [], page());
        let bytes = fs::read(&first.path).expect("kept");
        for other in [&b""[..], b"{}", b"\xff\xfe", &bytes[..bytes.len() - 1], &vec![b' '; 1 << 21]] {
            files::replace(&first.path, other, Privacy::Private).expect("written");
            assert_eq!(first.read("as usual"), None);
        }
        fs::remove_file(&first.path).expect("removed");
        fs::create_dir(&first.path).expect("made");
        first.keep("as usual", [], page());
        assert_eq!(first.read("as usual"), None, "nobody is told");
    }
}
