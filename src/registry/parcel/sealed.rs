//! Files that may hold records and cannot be looked into: what they are, and what helps.

use crate::packed::{is_named, is_packed};

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
        Some(
            "is an archive of a kind that is not looked into: look at its list of files first, and unpack it only into an empty folder; then collect that folder",
        )
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::pack::WITH_CARE;

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
        check("records.tar.gz", b"", WITH_CARE);
        check("records.tar", b"", WITH_CARE);
        check("renamed", b"\x1f\x8b\x08\0", WITH_CARE);
        let tar = [&[b'x'; 257], b"ustar\0".as_slice()].concat();
        assert!(tar.len() <= super::super::BEGINNING, "so much of it is handed in");
        check("renamed", &tar, WITH_CARE);
        check("smime.p7s", b"", "");
        check("certificate.pdf", b"%PDF-1.7", "");
        check("list.xlsx", b"PK\x03\x04", "");
        check("", b"", "");
    }
}
