//! What the name and the beginning of a file say of archives of other kinds than zip.

/// Whether a file of this name and beginning is an archive of another kind than zip.
#[must_use]
pub fn is_packed(name: &str, beginning: &[u8]) -> bool {
    let is_marked = |rest: &[u8]| TAR_MARKS.iter().any(|mark| rest.starts_with(mark));
    let is_tar = || beginning.get(TAR_PLACE..).is_some_and(is_marked);
    // bzip2, of whatever level.
    let is_bzip2 =
        || matches!(beginning, [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..] if rest.starts_with(b"1AY&SY"));
    is_named(name, PACKED)
        || PACKED_BEGIN.iter().any(|mark| beginning.starts_with(mark))
        || is_bzip2()
        || is_tar()
}

/// Whether the name ends with one of these, in capitals or not.
#[must_use]
pub fn is_named(name: &str, endings: &[&str]) -> bool {
    let lower = name.get(name.len().saturating_sub(LONGEST)..).unwrap_or(name).to_ascii_lowercase();
    endings.iter().any(|ending| lower.ends_with(ending))
}

/// The longest ending that is looked at, and more.
const LONGEST: usize = 16;

const PACKED: &[&str] = &[
    ".gz", ".tgz", ".tar", ".7z", ".rar", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".lz4", ".zipx", ".cab",
    ".z", ".iso", ".lzh", ".lha", ".cpio", ".ar",
];

/// gzip, 7z, RAR, xz, Zstandard, compress, ar.
const PACKED_BEGIN: &[&[u8]] = &[
    b"\x1f\x8b\x08",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\xfd7zXZ\0",
    b"\x28\xb5\x2f\xfd",
    b"\x1f\x9d",
    b"!<arch>\n",
];

/// Where the mark of a tar archive stands in the header of its first entry (POSIX.1, ustar).
const TAR_PLACE: usize = 257;

/// That mark, and GNU's. No text has it: both end with a zero.
const TAR_MARKS: [&[u8]; 2] = [b"ustar\0", b"ustar  \0"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_are_known_by_name_or_beginning() {
        #[track_caller]
        fn check(name: &str, beginning: &[u8], expected: bool) {
            assert_eq!(is_packed(name, beginning), expected, "{name}");
        }
        check("records.tar.gz", b"", true);
        check("records.TAR", b"", true);
        check("renamed", b"\x1f\x8b\x08\0", true);
        for mark in TAR_MARKS {
            check("renamed", &[&[b'x'; TAR_PLACE], mark].concat(), true);
        }
        check("record.json", &[&[b' '; TAR_PLACE], b"ustar  \"".as_slice()].concat(), false);
        check("renamed", b"BZh61AY&SY\x1d", true);
        check("renamed", b"BZh01AY&SY\x1d", false);
        check("\u{e4}", b"Rar!\x1a\x07\x01\0", true);
        check("records.Z", b"", true);
        check("records.iso", b"", true);
        check("renamed", b"!<arch>\n", true);
        check("quiz", b"", false);
        check("list.xlsx", b"PK\x03\x04", false);
        check("\u{f6}\u{f6}\u{f6}\u{f6}\u{f6}\u{f6}\u{f6}\u{f6}\u{f6}\u{f6}.tgz", b"", true);
        check("", b"", false);
    }
}
