//! Why a file could not be read or written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::shell::quoted;

/// Why a file could not be read or written. The path is the file's own: print it as printable text only.
#[derive(Debug)]
pub enum FileError {
    /// The operating system could not read it.
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The operating system could not write it; what was there before is still there.
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There is another file of this name.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A folder that should be empty is not.
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// A folder, device or pipe where a file was expected.
    NotAFile {
        /// What is there.
        path: PathBuf,
    },
    /// The file, or all files of a folder together, have more bytes than is sensible.
    TooLarge {
        /// The file or folder.
        path: PathBuf,
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// The folder has more entries than is sensible.
    TooMany {
        /// The folder.
        path: PathBuf,
        /// The most that are read.
        limit: usize,
    },
    /// Folders within folders within folders.
    TooDeep {
        /// The innermost folder that was still looked at.
        path: PathBuf,
        /// The most levels that are read.
        limit: usize,
    },
    /// A symbolic link that leads out of the folder.
    Outside {
        /// The link.
        path: PathBuf,
    },
    /// A symbolic link to a folder that it stands in.
    Circle {
        /// The link.
        path: PathBuf,
    },
    /// A symbolic link that stands where something was found, or a folder on the way to it.
    Replaced {
        /// What was found.
        path: PathBuf,
    },
    /// A name that is not UTF-8, or that other operating systems cannot have.
    Name {
        /// The file or folder.
        path: PathBuf,
    },
    /// A secret that others may read.
    Exposed {
        /// The file or folder.
        path: PathBuf,
    },
    /// A secret that belongs to somebody else.
    NotOurs {
        /// The file or folder.
        path: PathBuf,
    },
}

impl FileError {
    /// What it is about.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Read { path, .. }
            | Self::Write { path, .. }
            | Self::Exists { path }
            | Self::NotEmpty { path }
            | Self::NotAFile { path }
            | Self::TooLarge { path, .. }
            | Self::TooMany { path, .. }
            | Self::TooDeep { path, .. }
            | Self::Outside { path }
            | Self::Circle { path }
            | Self::Replaced { path }
            | Self::Name { path }
            | Self::Exposed { path }
            | Self::NotOurs { path } => path,
        }
    }

    /// Whether too many files are open just now, by this program or all others: in a moment it may go well.
    #[must_use]
    pub fn is_shortage(&self) -> bool {
        let Self::Read { source, .. } = self else { return false };
        #[cfg(unix)]
        let short = [rustix::io::Errno::MFILE, rustix::io::Errno::NFILE].map(rustix::io::Errno::raw_os_error);
        // ERROR_TOO_MANY_OPEN_FILES
        #[cfg(not(unix))]
        let short = [4];
        source.raw_os_error().is_some_and(|code| short.contains(&code))
    }

    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Read { .. } if self.is_shortage() => {
                Some("close other programs, or allow more open files (ulimit -n), and try again".to_owned())
            }
            Self::Read { source, .. } => match source.kind() {
                io::ErrorKind::NotFound if self.path().is_symlink() => Some(
                    "it is a link to something that is not there; remove the link, or put the file where it leads".to_owned(),
                ),
                io::ErrorKind::NotFound => Some("check the spelling of the path".to_owned()),
                io::ErrorKind::PermissionDenied => Some("make it readable for you".to_owned()),
                _ => None,
            },
            Self::Write { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    Some("make room on this disk, then try again".to_owned())
                }
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    Some("make the folder writable for you, or choose another one".to_owned())
                }
                io::ErrorKind::NotFound => Some("make the folder first, or choose another one".to_owned()),
                _ => None,
            },
            Self::Exists { .. } => {
                Some("nothing was overwritten; choose another name or move that file away".to_owned())
            }
            Self::NotEmpty { .. } => Some(
                "nothing was overwritten; name a folder that is not there yet, or an empty one".to_owned(),
            ),
            Self::NotAFile { .. } => {
                Some("only files are read; name one, or take this out of the folder".to_owned())
            }
            Self::TooLarge { .. } | Self::TooMany { .. } | Self::TooDeep { .. } => {
                Some("check that this is the right file or folder".to_owned())
            }
            Self::Outside { .. } | Self::Replaced { .. } => {
                Some("put the file itself there instead of a link".to_owned())
            }
            Self::Circle { .. } => Some("take the link away".to_owned()),
            Self::Name { .. } => Some("rename it, with plain letters, digits and hyphens at best".to_owned()),
            Self::Exposed { path } => {
                let mode = if path.is_dir() { "700" } else { "600" };
                Some(format!("run: chmod {mode} {}", quoted(path)))
            }
            Self::NotOurs { .. } => Some("use a file of your own".to_owned()),
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, .. } => write!(f, "cannot read {}", path.display()),
            Self::Write { path, .. } => write!(f, "cannot write {}", path.display()),
            Self::Exists { path } => write!(f, "there is another file at {} already", path.display()),
            Self::NotEmpty { path } => write!(f, "the folder {} is not empty", path.display()),
            Self::NotAFile { path } => write!(f, "{} is not a regular file", path.display()),
            Self::TooLarge { path, limit } => {
                write!(f, "{} is larger than {}", path.display(), Size(*limit))
            }
            Self::TooMany { path, limit } => {
                write!(f, "{} holds more than {limit} files and folders", path.display())
            }
            Self::TooDeep { path, limit } => {
                write!(f, "{} holds folders more than {limit} levels deep", path.display())
            }
            Self::Outside { path } => write!(f, "{} is a link that leads out of its folder", path.display()),
            Self::Circle { path } => write!(f, "{} is a link to a folder that it stands in", path.display()),
            Self::Replaced { path } => {
                write!(
                    f,
                    "a link has taken the place of {}, or of a folder on the way, since it was found",
                    path.display()
                )
            }
            Self::Name { path } => {
                write!(f, "{} has a name that not every computer can read", path.display())
            }
            Self::Exposed { path } => write!(f, "{} can be read or changed by others", path.display()),
            Self::NotOurs { path } => write!(f, "{} belongs to somebody else", path.display()),
        }
    }
}

/// A number of bytes for people.
struct Size(u64);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const KIB: u64 = 1 << 10;
        const MIB: u64 = 1 << 20;
        match self.0 {
            bytes if bytes >= MIB && bytes % MIB == 0 => write!(f, "{} MiB", bytes / MIB),
            bytes if bytes >= KIB && bytes % KIB == 0 => write!(f, "{} KiB", bytes / KIB),
            bytes => write!(f, "{bytes} bytes"),
        }
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } | Self::Write { source, .. } => Some(source),
            Self::Exists { .. }
            | Self::NotEmpty { .. }
            | Self::NotAFile { .. }
            | Self::TooLarge { .. }
            | Self::TooMany { .. }
            | Self::TooDeep { .. }
            | Self::Outside { .. }
            | Self::Circle { .. }
            | Self::Replaced { .. }
            | Self::Name { .. }
            | Self::Exposed { .. }
            | Self::NotOurs { .. } => None,
        }
    }
}
