//! What other programs keep beside a file, under nearly its name: no records, whatever they are called.

use std::path::MAIN_SEPARATOR;

/// What a file of this name and beginning is. Whoever asks has seen that it does not begin like a record.
pub(super) fn of(path: &str, beginning: &[u8]) -> Option<&'static str> {
    let mut parts = path.rsplit(['/', MAIN_SEPARATOR]);
    let name = parts.next().unwrap_or_default();
    if beginning.starts_with(APPLE_DOUBLE) || name.starts_with("._") || parts.any(|part| part == "__MACOSX") {
        Some("is what a Mac keeps about a file (AppleDouble), and no record; the file itself is called alike")
    } else if name.starts_with("~$") {
        Some(
            "is what an office program keeps while a file is open, and no record; the file itself is called alike",
        )
    } else {
        None
    }
}

/// The first four bytes (RFC 1740).
const APPLE_DOUBLE: &[u8] = b"\x00\x05\x16\x07";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_known_by_beginning_or_name() {
        #[track_caller]
        fn check(path: &str, beginning: &[u8], says: &str) {
            let what = of(path, beginning).unwrap_or_default();
            assert!(what.contains(says) && what.is_empty() == says.is_empty(), "{path}: {what}");
        }
        check("renamed.completion.json", b"\x00\x05\x16\x07\0\x02", "AppleDouble");
        check("share/._1_a.completion.json", b"", "AppleDouble");
        check("all.zip/__MACOSX/inbox/1_a.completion.json", b"", "AppleDouble");
        check("share/~$1_a.completion.json", b"\x03Ada", "office program");
        check("share/__MACOSX", b"", "");
        check("a._b/~x.json", b"", "");
        check("", b"", "");
    }
}
