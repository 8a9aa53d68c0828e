//! Files that may hold records and cannot be looked into: what they are, and what helps.

use super::uuencoded;
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
        Some(ENCRYPTED)
    } else if named(&[".emlx"]) {
        Some(
            "is a mail as Apple's program keeps it: save it there as a file, or save its attachment, and collect that",
        )
    } else if named(&[".uu", ".uue"]) || uuencoded::why(beginning).is_some() {
        Some("is a file in an old encoding (uuencode): decode it, and collect what comes out")
    } else if is_packed(name, beginning) {
        Some(
            "is an archive of a kind that is not looked into: look at its list of files first, and unpack it only into an empty folder; then collect that folder",
        )
    } else {
        None
    }
}

/// What helps with such a mail, be it in S/MIME or in PGP.
pub(super) const ENCRYPTED: &str =
    "is a mail that is encrypted or signed as a whole: open it, save its attachments, and collect those";

/// Why a mail or a mailbox of this beginning cannot be taken apart, and what helps: an editor or an old program has rewritten it.
pub(super) fn why_mail(beginning: &[u8]) -> Option<&'static str> {
    // Half of its bytes are zeros.
    if beginning.iter().take(4).any(|byte| *byte == 0) {
        return Some(
            "was saved anew as UTF-16, and may hold a record: save it in the mail program as it came, or save its \
             attachment, and collect that",
        );
    }
    ends_lines_with_returns(beginning).then_some(
        "has the line ends of an old Mac, and may hold a record: save it in the mail program once more, or save its \
         attachment, and collect that",
    )
}

/// Whether no line feed follows the first of these; several before one are a slip of some mail servers.
fn ends_lines_with_returns(beginning: &[u8]) -> bool {
    let mut behind = beginning.iter().skip_while(|byte| !matches!(byte, b'\r' | b'\n')).peekable();
    behind.peek() == Some(&&b'\r') && behind.find(|byte| **byte != b'\r').is_some_and(|byte| *byte != b'\n')
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
        check("4711.emlx", b"", "save its attachment");
        check("r.json.uue", b"", "decode it");
        check("mail.txt", b"Hello\nbegin 644 r.json\n#0V%T\n`\nend\n", "decode it");
        check("smime.p7s", b"", "");
        check("certificate.pdf", b"%PDF-1.7", "");
        check("list.xlsx", b"PK\x03\x04", "");
        check("", b"", "");
    }

    #[test]
    fn a_mail_that_was_rewritten_is_told_and_no_other() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let says = |beginning: &[u8]| why_mail(beginning).unwrap_or_default();
        assert!(says(&utf16("\u{feff}From: Ada")).contains("UTF-16"));
        assert!(says(&utf16("From: Ada")).contains("UTF-16"));
        assert!(says(b"From: Ada\rTo: hr\r").contains("old Mac"));
        for honest in [
            "From: Ada\r\nTo: hr\r\n",
            "From: Ada\nTo: hr\n",
            "From: Ada\r\r\nTo: hr",
            "From: Ada\r",
            "From: Ada",
            "\u{feff}From: Ada\n",
            "",
        ] {
            assert_eq!(says(honest.as_bytes()), "", "{honest:?}");
        }
    }
}
