//! Files that may hold records and cannot be looked into: what they are, and what helps.

/// What a file of this name and beginning is, and what to do with it, if it is one that people send records in and that
/// cannot be looked into here. Of a document or a picture nobody would say so.
pub(super) fn why(name: &str, beginning: &[u8]) -> Option<&'static str> {
    let named = |endings: &[&str]| is_named(name, endings);
    let begins = |marks: &[&[u8]]| marks.iter().any(|mark| beginning.starts_with(mark));
    if named(&[".msg", ".oft"]) {
        Some(
            "is a mail as Outlook saves it: open it there, save it as .eml, or save its attachment, and collect that",
        )
    } else if named(&[".pst", ".ost", ".olm"]) {
        Some("is a whole mailbox of Outlook: save the mails as .eml, or their attachments, and collect those")
    } else if named(&["winmail.dat"]) || begins(&[b"\x78\x9f\x3e\x22"]) {
        Some(
            "is what Outlook puts attachments into: ask for the record once more, as a file in a zip archive",
        )
    } else if named(&[".p7m"]) {
        Some(
            "is a mail that is encrypted or signed as a whole: open it, save its attachments, and collect those",
        )
    } else if is_packed(name, beginning) {
        Some("is an archive of a kind that is not looked into: unpack it, and collect the folder")
    } else {
        None
    }
}

/// Whether a file of this name and beginning is an archive of another kind than zip.
pub(super) fn is_packed(name: &str, beginning: &[u8]) -> bool {
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

/// Whether the name ends with one of these.
fn is_named(name: &str, endings: &[&str]) -> bool {
    let lower = name.get(name.len().saturating_sub(LONGEST)..).unwrap_or(name).to_ascii_lowercase();
    endings.iter().any(|ending| lower.ends_with(ending))
}

/// The longest ending that is looked at, and more.
const LONGEST: usize = 16;

const PACKED: &[&str] =
    &[".gz", ".tgz", ".tar", ".7z", ".rar", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".lz4", ".zipx", ".cab"];

/// gzip, 7z, RAR, xz, Zstandard.
const PACKED_BEGIN: &[&[u8]] =
    &[b"\x1f\x8b\x08", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"];

/// Where the mark of a tar archive stands in the header of its first entry (POSIX.1, ustar).
const TAR_PLACE: usize = 257;

/// That mark, and GNU's. No text has it: both end with a zero.
const TAR_MARKS: [&[u8]; 2] = [b"ustar\0", b"ustar  \0"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_helps_is_said_of_what_may_hold_a_record() {
        #[track_caller]
        fn check(name: &str, beginning: &[u8], says: &str) {
            let why = why(name, beginning).unwrap_or_default();
            assert!(why.contains(says) && why.is_empty() == says.is_empty(), "{name}: {why}");
        }
        check("in/Fwd_ record.MSG", b"\xd0\xcf\x11\xe0", "save it as .eml");
        check("archive.pst", b"!BDN", ".eml");
        check("m.eml/winmail.dat", b"", "zip archive");
        check("m.eml/part 2", b"\x78\x9f\x3e\x22\0", "zip archive");
        check("smime.p7m", b"", "encrypted");
        check("records.tar.gz", b"", "unpack it");
        check("records.tar", b"", "unpack it");
        check("renamed", b"\x1f\x8b\x08\0", "unpack it");
        for mark in TAR_MARKS {
            let header = [&[b'x'; TAR_PLACE], mark].concat();
            assert!(header.len() <= super::super::BEGINNING, "so much of it is handed in");
            check("renamed", &header, "unpack it");
        }
        check("record.json", &[&[b' '; TAR_PLACE], b"ustar  \"".as_slice()].concat(), "");
        check("renamed", b"BZh61AY&SY\x1d", "unpack it");
        check("renamed", b"BZh01AY&SY\x1d", "");
        check("ä", b"Rar!\x1a\x07\x01\0", "unpack it");
        check("smime.p7s", b"", "");
        check("certificate.pdf", b"%PDF-1.7", "");
        check("list.xlsx", b"PK\x03\x04", "");
        check("ööööööööööööööööööö.tgz", b"", "unpack it");
        check("", b"", "");
    }
}
