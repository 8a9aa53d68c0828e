//! Making a pack: the same files give the same bytes, on every machine and with every version of this program.

use super::layout;
use super::{MAX_ENTRIES, MAX_PACK, PackError};
use crate::course::{CourseFiles, is_course_path};

/// A pack of the files that belong to a course; all others are left aside.
///
/// Entries are stored as they are. What a compressor writes depends on its version and, with the one in this program, on
/// the processor, and then two trainers could not compare their packs by a checksum. Courses are small, pictures are
/// compressed already, and whoever sends a pack can compress it on the way.
///
/// # Errors
/// When there is no such file, or the pack would not be read again: too many files, too many bytes, or a name that cannot
/// stand in a course.
pub fn write(files: &CourseFiles) -> Result<Vec<u8>, PackError> {
    // A BTreeMap is in bytewise order already, the order of the digest.
    let files: Vec<_> = files.iter().filter(|(path, _)| is_course_path(path)).collect();
    if files.len() > MAX_ENTRIES {
        return Err(PackError::TooManyEntries);
    }
    // Headers included.
    let size: usize = files.iter().map(|(path, content)| 2 * path.len() + content.len() + 76).sum();
    if size + 22 > MAX_PACK {
        return Err(PackError::TooLarge);
    }
    let pack = archive(files)?;
    // Whatever would not be read again is refused here, and not on somebody else's machine.
    let entries = layout::read(&pack)?;
    super::check_names(&entries)?;
    super::check_spelling(&entries)?;
    Ok(pack)
}

/// A zip archive of these files (paths with `/`) in their order, stored as they are: the same files give the same bytes. It
/// need not be a course.
///
/// # Errors
/// When there are more files or bytes than an archive without extensions holds (65,535 and 4 GiB), or a path is longer than
/// 65,535 bytes.
pub fn archive<'a>(files: impl IntoIterator<Item = (&'a String, &'a Vec<u8>)>) -> Result<Vec<u8>, PackError> {
    let (mut pack, mut directory, mut number) = (Vec::new(), Vec::new(), 0_u16);
    for (path, content) in files {
        number = number.checked_add(1).ok_or(PackError::TooManyEntries)?;
        let name_length =
            u16::try_from(path.len()).map_err(|_| PackError::bad_name(path, "it is too long"))?;
        let (offset, length) = (field(pack.len())?, field(content.len())?);
        let mut shared = Vec::with_capacity(26);
        // Version 2.0 reads it; the name is UTF-8; stored; 1980-01-01 00:00, the first moment that an archive can name.
        for number in [20_u16, 1 << 11, 0, 0, 0x0021] {
            shared.extend(number.to_le_bytes());
        }
        for number in [crc32fast::hash(content), length, length] {
            shared.extend(number.to_le_bytes());
        }
        // The length of the name; no extra field.
        for number in [name_length, 0] {
            shared.extend(number.to_le_bytes());
        }
        pack.extend(b"PK\x03\x04");
        pack.extend(&shared);
        pack.extend(path.as_bytes());
        pack.extend(content);
        directory.extend(b"PK\x01\x02");
        // Made on Unix (3) by version 2.0 of the format, so that unpacking gives files that everybody may read.
        directory.extend(0x0314_u16.to_le_bytes());
        directory.extend(&shared);
        // No comment, the first disk, no internal attributes.
        directory.extend([0; 6]);
        directory.extend((0o100_644_u32 << 16).to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(path.as_bytes());
    }
    let (start, length) = (field(pack.len())?, field(directory.len())?);
    pack.extend(&directory);
    pack.extend(b"PK\x05\x06\0\0\0\0");
    pack.extend([number.to_le_bytes(), number.to_le_bytes()].concat());
    pack.extend([length.to_le_bytes(), start.to_le_bytes()].concat());
    pack.extend([0; 2]);
    Ok(pack)
}

fn field(number: usize) -> Result<u32, PackError> {
    u32::try_from(number).map_err(|_| PackError::TooLarge)
}
