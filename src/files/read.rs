//! Reading a file or a folder of files, never more than was allowed.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry, File, FileType};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::FileError;

/// The content of a file, at most `limit` bytes. Links are followed; a pipe of the shell is read like a file, so that
/// `countersign author import <(…)` works; what grows while it is read, or never ends, is refused at the limit.
///
/// # Errors
/// When there is nothing to read, or more than `limit`.
pub fn read_limited(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let (file, metadata) = open(path)?;
    read_open(path, &file, &metadata, limit)
}

/// What can be read at once: neither a folder nor a pipe that nobody may be writing into.
fn open(path: &Path) -> Result<(File, fs::Metadata), FileError> {
    let fault = |source| FileError::Read { path: path.to_owned(), source };
    #[cfg(unix)]
    if is_named_pipe(path).map_err(fault)? {
        return Err(FileError::NotAFile { path: path.to_owned() });
    }
    let file = File::open(path).map_err(fault)?;
    let metadata = file.metadata().map_err(fault)?;
    if metadata.is_dir() {
        return Err(FileError::NotAFile { path: path.to_owned() });
    }
    Ok((file, metadata))
}

/// Whether opening it would wait for somebody at its other end. A pipe of the shell (`/dev/fd/63`) has somebody there, and no
/// path of its own.
#[cfg(unix)]
fn is_named_pipe(path: &Path) -> io::Result<bool> {
    let is_pipe = std::os::unix::fs::FileTypeExt::is_fifo(&fs::metadata(path)?.file_type());
    Ok(is_pipe && fs::canonicalize(path).is_ok())
}

fn read_open(path: &Path, file: &File, metadata: &fs::Metadata, limit: u64) -> Result<Vec<u8>, FileError> {
    let too_large = || FileError::TooLarge { path: path.to_owned(), limit };
    if metadata.is_file() && metadata.len() > limit {
        return Err(too_large());
    }
    // The size is only a guess at what to reserve: it may change, and a device has none.
    let expected = usize::try_from(metadata.len().min(limit)).unwrap_or(0);
    let mut bytes = Vec::with_capacity(expected);
    // One byte more than allowed tells "exactly the limit" from "more".
    let mut limited = file.take(limit.saturating_add(1));
    limited.read_to_end(&mut bytes).map_err(|source| FileError::Read { path: path.to_owned(), source })?;
    if bytes.len() as u64 > limit { Err(too_large()) } else { Ok(bytes) }
}

/// The first `limit` bytes of a file, or all of it if it has fewer.
///
/// # Errors
/// When it cannot be read or is a folder.
pub fn read_beginning(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let (file, _) = open(path)?;
    let mut bytes = Vec::new();
    let fault = |source| FileError::Read { path: path.to_owned(), source };
    file.take(limit).read_to_end(&mut bytes).map_err(fault)?;
    Ok(bytes)
}

/// How much of a folder is read at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeLimits {
    /// Files and folders.
    pub entries: usize,
    /// Bytes of one file.
    pub bytes_each: u64,
    /// Bytes of all files together.
    pub bytes_total: u64,
}

/// Folders within folders; nobody writes a course deeper than this, and a link to a folder above would never end.
const MAX_DEPTH: usize = 16;

/// What was found in a folder.
#[derive(Debug, Default)]
pub struct Tree {
    /// The files, by path relative to the folder with `/`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What is wanted and cannot be had, by path: it cannot be read, is too large, leaves the folder by a link, is neither file
    /// nor folder, or has a name that is not UTF-8.
    pub faults: Vec<FileError>,
}

/// The regular files below `root` that `keep` wants, by path relative to `root` with `/`.
///
/// # Errors
/// As [`look_through`]; and when there are faults, the first of them by path.
pub fn read_tree(
    root: &Path,
    keep: &dyn Fn(&str) -> bool,
    limits: TreeLimits,
) -> Result<BTreeMap<String, Vec<u8>>, FileError> {
    let Tree { files, faults } = look_through(root, keep, limits)?;
    faults.into_iter().next().map_or(Ok(files), Err)
}

/// The regular files below `root` that `keep` wants, and all that stands in the way of others. What is found does not depend
/// on the order of the file system.
///
/// `keep` is asked for every file as `lessons/a.md` and for every folder as `lessons/`: a folder that it refuses is
/// not entered, whatever is in there. Links to files and folders within `root` are followed.
///
/// # Errors
/// When `root` cannot be read, or all together exceeds `limits`.
pub fn look_through(root: &Path, keep: &dyn Fn(&str) -> bool, limits: TreeLimits) -> Result<Tree, FileError> {
    let home = fs::canonicalize(root).map_err(|source| FileError::Read { path: root.to_owned(), source })?;
    let mut walk = Walk { root, home, keep, limits, entries: 0, bytes: 0, tree: Tree::default() };
    let inside = walk.entries(root, "")?;
    walk.all(inside, 0)?;
    walk.tree.faults.sort_by(|a, b| a.path().cmp(b.path()));
    Ok(walk.tree)
}

struct Walk<'a> {
    root: &'a Path,
    /// `root` without links.
    home: PathBuf,
    keep: &'a dyn Fn(&str) -> bool,
    limits: TreeLimits,
    entries: usize,
    bytes: u64,
    tree: Tree,
}

/// An entry that is wanted.
enum Entry {
    File,
    Folder,
}

impl Walk<'_> {
    /// Everything of a folder that is wanted, and of those within it. An error ends the walk, a fault does not.
    fn all(&mut self, entries: BTreeMap<String, (PathBuf, Entry)>, depth: usize) -> Result<(), FileError> {
        for (name, (path, entry)) in entries {
            match entry {
                Entry::File => self.file(name, &path)?,
                Entry::Folder if depth == MAX_DEPTH => {
                    self.tree.faults.push(FileError::TooDeep { path, limit: MAX_DEPTH });
                }
                Entry::Folder => match self.entries(&path, &format!("{name}/")) {
                    Ok(inside) => self.all(inside, depth + 1)?,
                    Err(error @ FileError::TooMany { .. }) => return Err(error),
                    Err(fault) => self.tree.faults.push(fault),
                },
            }
        }
        Ok(())
    }

    fn file(&mut self, name: String, path: &Path) -> Result<(), FileError> {
        let left = self.limits.bytes_total - self.bytes;
        match tree_file(path, left.min(self.limits.bytes_each)) {
            Ok(bytes) => {
                self.bytes += bytes.len() as u64;
                self.tree.files.insert(name, bytes);
                Ok(())
            }
            Err(FileError::TooLarge { .. }) if left < self.limits.bytes_each => {
                Err(FileError::TooLarge { path: self.root.to_owned(), limit: self.limits.bytes_total })
            }
            Err(fault) => {
                self.tree.faults.push(fault);
                Ok(())
            }
        }
    }

    /// What is wanted of one folder, in the order of names.
    fn entries(
        &mut self,
        folder: &Path,
        prefix: &str,
    ) -> Result<BTreeMap<String, (PathBuf, Entry)>, FileError> {
        let fault = |source| FileError::Read { path: folder.to_owned(), source };
        let mut wanted = BTreeMap::new();
        for entry in fs::read_dir(folder).map_err(fault)? {
            let entry = entry.map_err(fault)?;
            let path = entry.path();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            // Only a wanted name makes us look at what it is, and only a wanted odd name is a fault.
            let as_folder = (self.keep)(&format!("{name}/"));
            let as_file = (self.keep)(&name);
            if !as_folder && !as_file {
                continue;
            }
            let what = self.what(&entry, &path);
            let is_folder = what.as_ref().is_ok_and(FileType::is_dir);
            if what.is_ok() && ((is_folder && !as_folder) || (!is_folder && !as_file)) {
                continue;
            }
            self.entries += 1;
            if self.entries > self.limits.entries {
                return Err(FileError::TooMany { path: self.root.to_owned(), limit: self.limits.entries });
            }
            match what.and_then(|what| kind(&path, what)) {
                Ok(kind) => _ = wanted.insert(name, (path, kind)),
                Err(fault) => self.tree.faults.push(fault),
            }
        }
        Ok(wanted)
    }

    /// What an entry is; of a link what stands behind it, if that stays within the root.
    fn what(&self, entry: &DirEntry, path: &Path) -> Result<FileType, FileError> {
        let fault = |source| FileError::Read { path: path.to_owned(), source };
        let what = entry.file_type().map_err(fault)?;
        if !what.is_symlink() {
            return Ok(what);
        }
        let target = fs::canonicalize(path).map_err(fault)?;
        if !target.starts_with(&self.home) {
            return Err(FileError::Outside { path: path.to_owned() });
        }
        let stands_in = path.parent().map(fs::canonicalize).transpose().map_err(fault)?;
        if stands_in.is_some_and(|folder| folder.starts_with(&target)) {
            return Err(FileError::Circle { path: path.to_owned() });
        }
        fs::metadata(&target).map(|target| target.file_type()).map_err(fault)
    }
}

/// How an entry is taken, if it can be.
fn kind(path: &Path, what: FileType) -> Result<Entry, FileError> {
    let name = path.file_name().and_then(|name| name.to_str());
    // A backslash is a separator elsewhere, a control character a line of the digest's listing.
    if name.is_none_or(|name| name.contains(['\\', '\n', '\r', '\0'])) {
        return Err(FileError::Name { path: path.to_owned() });
    }
    match (what.is_dir(), what.is_file()) {
        (true, _) => Ok(Entry::Folder),
        (false, true) => Ok(Entry::File),
        (false, false) => Err(FileError::NotAFile { path: path.to_owned() }),
    }
}

/// A file of the tree, whatever has become of it since it was looked at.
fn tree_file(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let fault = |source| FileError::Read { path: path.to_owned(), source };
    let file = open_without_waiting(path).map_err(fault)?;
    let metadata = file.metadata().map_err(fault)?;
    // It may have become a pipe or a device since we looked.
    if !metadata.is_file() {
        return Err(FileError::NotAFile { path: path.to_owned() });
    }
    read_open(path, &file, &metadata, limit)
}

/// Opening a pipe would wait until somebody writes into it.
#[cfg(unix)]
pub(super) fn open_without_waiting(path: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or(0);
    fs::OpenOptions::new().read(true).custom_flags(flags).open(path)
}

#[cfg(not(unix))]
pub(super) fn open_without_waiting(path: &Path) -> io::Result<File> {
    File::open(path)
}
