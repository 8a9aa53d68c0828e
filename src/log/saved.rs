//! Files of the log as they were signed, out of what a mail program or an editor saved.

/// What Windows puts before a text that is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A file of the log as it was signed: without a byte order mark at its beginning, and with a line feed alone at the end of each
/// line if all of them had a carriage return before it. No such file has either when it is signed, and what is left is checked
/// by its signature, so nothing can hide in what is left out. Anything else stays as it is, to be refused.
#[must_use]
pub fn as_signed(bytes: Vec<u8>) -> Vec<u8> {
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&bytes);
    let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    let Some((last, ended)) = lines.split_last() else { return bytes };
    let without: Option<Vec<&[u8]>> = ended.iter().map(|line| line.strip_suffix(b"\r")).collect();
    let is_plain = |line: &&[u8]| !line.contains(&b'\r');
    match without {
        Some(lines) if lines.iter().chain([last]).all(is_plain) => {
            lines.into_iter().chain([*last]).collect::<Vec<_>>().join(&b'\n')
        }
        Some(_) | None => text.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_editor_puts_into_every_line_is_left_out_and_nothing_else() {
        fn check(text: &[u8], expected: &[u8]) {
            assert_eq!(as_signed(text.to_vec()), expected);
        }
        for (text, expected) in [
            (&b"a\n\nb\n"[..], &b"a\n\nb\n"[..]),
            (b"a\r\n\r\nb\r\n", b"a\n\nb\n"),
            (b"\xef\xbb\xbfa\nb\n", b"a\nb\n"),
            (b"\xef\xbb\xbfa\r\nb\r\n", b"a\nb\n"),
            (b"a\r\nb", b"a\nb"),
            // What is not so throughout was changed by more than that.
            (b"a\r\nb\n", b"a\r\nb\n"),
            (b"a\r\r\nb\r\n", b"a\r\r\nb\r\n"),
            (b"a\rb\r\n", b"a\rb\r\n"),
            (b"a\r\nb\r", b"a\r\nb\r"),
            (b"\xef\xbb\xbf\xef\xbb\xbfa\n", b"\xef\xbb\xbfa\n"),
            (b"a\n\xef\xbb\xbf\n", b"a\n\xef\xbb\xbf\n"),
            (b"", b""),
        ] {
            check(text, expected);
        }
    }
}
