//! A course as one file: a zip archive that unpacks to the same files, and so to the same digest, as the folder it came from.
//!
//! A pack comes from anywhere. What could make two readers see different files (two entries of one name, names that
//! differ in case only, links) or write outside the course (absolute names, `..`) is refused, and so is what unpacks to
//! more than a course can be. Nothing is ever written to disk.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::CourseFiles;

/// The most bytes a pack may have.
pub const MAX_PACK: usize = 64 << 20;
/// The most entries a pack may have.
pub const MAX_ENTRIES: usize = 2_000;
/// The most bytes a pack may unpack to.
pub const MAX_UNPACKED: u64 = 256 << 20;

/// Why a pack is refused. Names come from the pack: show them as printable text only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackError {
    /// More than [`MAX_PACK`] bytes.
    TooLarge,
    /// More than [`MAX_ENTRIES`] entries.
    TooManyEntries,
    /// More than [`MAX_UNPACKED`] bytes when unpacked.
    UnpacksTooLarge,
    /// Not a zip archive, or a damaged one.
    NotAnArchive(String),
    /// Two entries have this name, or names that differ in case only.
    SameName(String),
    /// This name is absolute, leaves the course, or is not plain UTF-8 with `/` between its parts.
    BadName(String),
    /// This entry is a link, or a device.
    NotAFile(String),
    /// This entry is encrypted.
    Encrypted(String),
    /// This entry cannot be unpacked.
    Damaged {
        /// Its name.
        name: String,
        /// Why.
        reason: String,
    },
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "the pack is larger than {} MiB", MAX_PACK >> 20),
            Self::TooManyEntries => write!(f, "the pack has more than {MAX_ENTRIES} entries"),
            Self::UnpacksTooLarge => write!(f, "the pack unpacks to more than {} MiB", MAX_UNPACKED >> 20),
            Self::NotAnArchive(reason) => write!(f, "not a course pack: {reason}"),
            Self::SameName(name) => {
                write!(f, "{name}: two entries of this name, or names that differ in case only")
            }
            Self::BadName(name) => write!(f, "{name}: not a name within a course"),
            Self::NotAFile(name) => write!(f, "{name}: a link or device, not a file"),
            Self::Encrypted(name) => write!(f, "{name}: encrypted"),
            Self::Damaged { name, reason } => write!(f, "{name}: cannot be unpacked: {reason}"),
        }
    }
}

impl std::error::Error for PackError {}

/// Whether these bytes begin like a zip archive.
#[must_use]
pub fn is_pack(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The files of a pack.
///
/// # Errors
/// Whatever [`PackError`] names.
pub fn read(bytes: &[u8]) -> Result<CourseFiles, PackError> {
    if bytes.len() > MAX_PACK {
        return Err(PackError::TooLarge);
    }
    // Two readers that begin at different ends must see the same files: nothing before, between or behind.
    if !is_pack(bytes) {
        return Err(PackError::NotAnArchive("it does not begin with an entry".to_owned()));
    }
    let announced = announced_entries(bytes).ok_or_else(|| {
        PackError::NotAnArchive("its directory is missing or made for larger archives".to_owned())
    })?;
    if announced > MAX_ENTRIES {
        return Err(PackError::TooManyEntries);
    }
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| PackError::NotAnArchive(error.to_string()))?;
    // The reader keeps one entry a name, silently; which one, the next reader may decide differently.
    if archive.len() != announced {
        return Err(PackError::SameName("a file".to_owned()));
    }
    let mut files = CourseFiles::new();
    let mut known_names = BTreeSet::new();
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let damaged = |name: &str, error: &dyn fmt::Display| PackError::Damaged {
            name: name.to_owned(),
            reason: error.to_string(),
        };
        let raw = archive.by_index_raw(index).map_err(|error| damaged("entry", &error))?;
        let shown = String::from_utf8_lossy(raw.name_raw()).into_owned();
        let (encrypted, folder) = (raw.encrypted(), raw.is_dir());
        let kind = raw.unix_mode().map_or(0o100_000, |mode| mode & 0o170_000);
        drop(raw);
        let is_file = matches!(kind, 0 | 0o100_000);
        if encrypted {
            return Err(PackError::Encrypted(shown));
        }
        let name = shown.strip_suffix('/').filter(|_| folder).unwrap_or(&shown);
        if !is_plain_path(name) {
            return Err(PackError::BadName(shown));
        }
        if folder {
            continue;
        }
        if !is_file {
            return Err(PackError::NotAFile(shown));
        }
        if !known_names.insert(shown.to_lowercase()) {
            return Err(PackError::SameName(shown));
        }
        let entry = archive.by_index(index).map_err(|error| damaged(&shown, &error))?;
        let mut content = Vec::new();
        // The announced size is the pack's word; what counts is what comes out.
        entry.take(left + 1).read_to_end(&mut content).map_err(|error| damaged(&shown, &error))?;
        left = left.checked_sub(content.len() as u64).ok_or(PackError::UnpacksTooLarge)?;
        files.insert(shown, content);
    }
    Ok(files)
}

/// Whether a name is a relative path of plain parts, the same on every file system.
fn is_plain_path(name: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    !name.contains(['\\', ':', '\0', char::REPLACEMENT_CHARACTER]) && name.split('/').all(plain)
}

/// How many entries the end of the central directory announces (APPNOTE 4.3.16); `None` without such an end, or when it
/// says that the numbers stand elsewhere (ZIP64), which no course needs.
fn announced_entries(bytes: &[u8]) -> Option<usize> {
    const END: usize = 22;
    let at = bytes.len().checked_sub(END)?;
    let end = bytes.get(at..)?;
    let number = |at: usize| u32::from_le_bytes([end[at], end[at + 1], end[at + 2], end[at + 3]]);
    let directory = u64::from(number(12)) + u64::from(number(16));
    let entries = u16::from_le_bytes([end[10], end[11]]);
    // No comment, and the directory ends where its end begins, counted from the first byte of the file.
    let tiled = end.starts_with(b"PK\x05\x06") && directory == at as u64;
    (tiled && entries != u16::MAX).then_some(usize::from(entries))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    use super::*;

    fn pack(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
            writer.start_file(*name, options).expect("a new entry");
            writer.write_all(content).expect("memory");
        }
        writer.finish().expect("memory").into_inner()
    }

    #[test]
    fn gives_back_what_was_packed() {
        let bytes = pack(&[("course.ron", b"()"), ("lessons/a.md", b"# A\n"), ("quizzes/\u{e4}.ron", b"")]);
        let files = read(&bytes).expect("a sound pack");
        assert_eq!(files.len(), 3);
        assert_eq!(files["lessons/a.md"], b"# A\n");
        assert!(is_pack(&bytes));
    }

    #[test]
    fn refuses_names_that_leave_the_course_or_hide_another_file() {
        fn check(names: &[&str], expected: &PackError) {
            let entries: Vec<_> = names.iter().map(|name| (*name, b"x".as_slice())).collect();
            assert_eq!(read(&pack(&entries)).as_ref(), Err(expected), "{names:?}");
        }
        for name in ["../course.ron", "/etc/passwd", "lessons/../../x", "a\\b", "C:x", "a//b", "./a"] {
            check(&[name], &PackError::BadName(name.to_owned()));
        }
        check(&["course.ron", "COURSE.ron"], &PackError::SameName("COURSE.ron".to_owned()));
    }

    #[test]
    fn refuses_two_entries_of_one_name() {
        // No writer makes such a pack; two equally long names become one by patching the bytes.
        let mut bytes = pack(&[("lessons/a.md", b"shown"), ("lessons/b.md", b"hidden")]);
        for at in 0..bytes.len() - 12 {
            if bytes[at..].starts_with(b"lessons/b.md") {
                bytes[at + 8] = b'a';
            }
        }
        assert!(matches!(read(&bytes), Err(PackError::SameName(_))));
    }

    #[test]
    fn refuses_what_two_readers_would_read_differently() {
        let (one, other) = (pack(&[("course.ron", b"shown")]), pack(&[("course.ron", b"hidden")]));
        assert!(read(&one).is_ok());
        for strange in [
            [one.clone(), other].concat(),
            [b"PK\x03\x04 rubbish ".to_vec(), one.clone()].concat(),
            [one.clone(), b"rubbish".to_vec()].concat(),
        ] {
            assert!(matches!(read(&strange), Err(PackError::NotAnArchive(_))));
        }
    }

    #[test]
    fn refuses_links() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.add_symlink("lessons/a.md", "/etc/passwd", SimpleFileOptions::default()).expect("memory");
        let bytes = writer.finish().expect("memory").into_inner();
        assert_eq!(read(&bytes), Err(PackError::NotAFile("lessons/a.md".to_owned())));
    }

    #[test]
    fn a_bomb_is_defused_before_memory_is_gone() {
        let zeros = vec![0; 90 << 20];
        let bytes = pack(&[("a", &zeros), ("b", &zeros), ("c", &zeros)]);
        assert!(bytes.len() < 1 << 20, "a bomb is small");
        assert_eq!(read(&bytes), Err(PackError::UnpacksTooLarge));
    }

    #[test]
    fn any_damage_is_an_error_and_no_panic() {
        let bytes = pack(&[("course.ron", b"()"), ("lessons/a.md", b"# A\n")]);
        for cut in 0..bytes.len() {
            assert!(read(&bytes[..cut]).is_err(), "cut at {cut}");
        }
        for at in 0..bytes.len() {
            let mut broken = bytes.clone();
            broken[at] ^= 0xff;
            // Some bytes (times, comments) do not matter; what does must not panic.
            let _ = read(&broken);
        }
    }
}
