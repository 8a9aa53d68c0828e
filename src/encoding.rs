//! Text from the bytes that office programs write.

use std::fmt;

/// How letters are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark; UTF-16 where a byte order mark says so.
    Unicode,
    /// Windows-1252 (WHATWG Encoding): what older Windows programs save in western Europe.
    Windows1252,
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecodeError {
    /// A byte that no letter begins or goes on with.
    NotUtf8 {
        /// Counted from 1.
        line: usize,
        /// Where in the line, in bytes counted from 1.
        byte: usize,
        /// The byte itself.
        value: u8,
    },
    /// Every second byte is zero, and no byte order mark says in which order to read them.
    Utf16WithoutMark,
    /// Half of a pair is missing somewhere in UTF-16.
    NotUtf16,
}

/// The text, with LF line ends and without byte order mark.
///
/// # Errors
/// When the bytes are not what they are said to be; nothing is guessed and no letter replaced.
pub fn decode(bytes: &[u8], encoding: Encoding) -> Result<String, DecodeError> {
    let text = match encoding {
        Encoding::Windows1252 => bytes.iter().copied().map(windows_1252).collect(),
        // The byte order marks (Unicode 17.0, section 23.8).
        Encoding::Unicode => match bytes {
            [0xFF, 0xFE, text @ ..] => utf16(text, u16::from_le_bytes)?,
            [0xFE, 0xFF, text @ ..] => utf16(text, u16::from_be_bytes)?,
            text => utf8(text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text))?,
        },
    };
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

/// Where it is not Latin-1: the bytes from 0x80 to 0x9F. Five of them mean nothing and stay what they are, as in browsers
/// (WHATWG Encoding, index windows-1252).
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
        latin_1 => char::from(latin_1),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, DecodeError> {
    let (units, rest) = bytes.as_chunks();
    let decoded: Result<String, _> = char::decode_utf16(units.iter().copied().map(unit)).collect();
    decoded.ok().filter(|_| rest.is_empty()).ok_or(DecodeError::NotUtf16)
}

fn utf8(bytes: &[u8]) -> Result<String, DecodeError> {
    if let [a, b, c, d, ..] = bytes
        && matches!(
            [*a != 0, *b != 0, *c != 0, *d != 0],
            [true, false, true, false] | [false, true, false, true]
        )
    {
        return Err(DecodeError::Utf16WithoutMark);
    }
    match str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let (good, bad) = bytes.split_at(error.valid_up_to());
            let line = good.split(|byte| *byte == b'\n').count();
            let byte = good.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
            Err(DecodeError::NotUtf8 { line, byte, value: bad.first().copied().unwrap_or_default() })
        }
    }
}

impl DecodeError {
    /// What to do.
    #[must_use]
    pub fn hint(self) -> &'static str {
        match self {
            Self::NotUtf8 { .. } => {
                "if the file comes from an older Windows program, try --encoding windows-1252; or save it as UTF-8"
            }
            Self::Utf16WithoutMark | Self::NotUtf16 => "save the file as UTF-8",
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 { line, byte, value } => {
                write!(f, "line {line}, byte {byte}: {value:#04x} is not UTF-8")
            }
            Self::Utf16WithoutMark => f.write_str("this looks like UTF-16 without a byte order mark"),
            Self::NotUtf16 => f.write_str("the byte order mark says UTF-16, but half of a letter is missing"),
        }
    }
}

impl std::error::Error for DecodeError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_out_as_they_were_meant() {
        fn check(bytes: &[u8], encoding: Encoding, expected: Result<&str, DecodeError>) {
            assert_eq!(decode(bytes, encoding).as_deref(), expected.as_ref().map(|text| *text), "{bytes:?}");
        }
        check("a\u{e9}\n".as_bytes(), Encoding::Unicode, Ok("a\u{e9}\n"));
        check(b"\xEF\xBB\xBFa\r\nb\rc", Encoding::Unicode, Ok("a\nb\nc"));
        check(b"\xFF\xFEa\0\r\0\n\0", Encoding::Unicode, Ok("a\n"));
        check(b"\xFE\xFF\0a\x20\xac", Encoding::Unicode, Ok("a€"));
        check(b"\xFF\xFEa\0b", Encoding::Unicode, Err(DecodeError::NotUtf16));
        check(b"\xFF\xFE\x3D\xD8\x00\xDE", Encoding::Unicode, Ok("😀"));
        check(b"\xFF\xFE\x3D\xD8a\0", Encoding::Unicode, Err(DecodeError::NotUtf16));
        check(b"\xFF\xFE", Encoding::Unicode, Ok(""));
        check(b"a\0b\0c\0", Encoding::Unicode, Err(DecodeError::Utf16WithoutMark));
        check(b"one\ntw\xe9", Encoding::Unicode, Err(DecodeError::NotUtf8 { line: 2, byte: 3, value: 0xe9 }));
        check(b"caf\xe9 \x80\r\n", Encoding::Windows1252, Ok("café €\n"));
        check(b"\x93M\xfcller\x94 \x96 \x9f\xff", Encoding::Windows1252, Ok("“Müller” – Ÿÿ"));
        check(b"\x81\x9d", Encoding::Windows1252, Ok("\u{81}\u{9d}"));
        check(b"\xEF\xBB\xBF", Encoding::Windows1252, Ok("ï»¿"));
        check(b"", Encoding::Unicode, Ok(""));
    }
}
