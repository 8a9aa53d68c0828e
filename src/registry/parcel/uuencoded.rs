//! Files that stand in the text of a mail in the old way (uuencode, POSIX.1).

use memchr::memmem;

use super::Kind;

/// Why nothing is made of a text and what helps, if a file stands in it that may be a record or hold some.
pub(super) fn why(text: &[u8]) -> Option<&'static str> {
    memmem::find_iter(text, BEGIN).any(|place| may_be_record(text, place)).then_some(
        "has a file in it in an old way (uuencode), which may be a record: save the attachment in the mail program, and \
         collect that, or ask for the record once more, in a zip archive",
    )
}

const BEGIN: &[u8] = b"begin ";

/// Whether a file begins at this place of a text, by its first two lines, that is not something else by its name and beginning. Many
/// a sentence begins with the same word.
fn may_be_record(text: &[u8], place: usize) -> bool {
    if place > 0 && text[place - 1] != b'\n' {
        return false;
    }
    let mut lines = text[place + BEGIN.len()..].split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let mode = first.iter().take_while(|byte| (b'0'..=b'7').contains(byte)).count();
    let Some(name) = first[mode..].strip_prefix(b" ").filter(|_| (3..=4).contains(&mode)) else {
        return false;
    };
    let Some(content) = line(second) else { return false };
    let kind = Kind::of(&String::from_utf8_lossy(name), &content);
    !matches!(kind, Kind::Other | Kind::Companion(_))
}

/// What a line holds: how many bytes, and these in fours of six bits each.
fn line(line: &[u8]) -> Option<Vec<u8>> {
    let six = |byte: &u8| (b' '..=b'`').contains(byte).then(|| (byte - b' ') & 0x3F);
    let (length, rest) = line.split_first()?;
    let length = usize::from(six(length)?);
    let mut bits: Vec<u8> = rest.iter().map(six).collect::<Option<_>>()?;
    // Spaces at the end are zeros, and are lost on the way.
    bits.resize(bits.len().next_multiple_of(4), 0);
    let bytes = bits
        .chunks_exact(4)
        .flat_map(|four| [four[0] << 2 | four[1] >> 4, four[1] << 4 | four[2] >> 2, four[2] << 6 | four[3]]);
    let bytes: Vec<u8> = bytes.take(length).collect();
    (length > 0 && bytes.len() == length).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_a_text_is_seen_and_a_sentence_is_none() {
        #[track_caller]
        fn check(text: &str, expected: bool) {
            assert_eq!(why(text.as_bytes()).is_some(), expected, "{text}");
        }
        let line = "+>R)A(CH@(D-A=\"(";
        let of = |name: &str, line: &str| format!("Hello\r\nbegin 644 {name}\r\n{line}\r\n`\r\nend\r\n");
        assert_eq!(super::line(line.as_bytes()).as_deref(), Some(b"{\"a\": \"Cat\"".as_slice()));
        check(&of("r.completion.json", "#0V%T"), true);
        check(&of("records.zip", "#0V%T"), true);
        check(&of("renamed.txt", line), true);
        check(&of("photo.jpg", "#0V%T"), false);
        check(&of("r.json", "we go on with words in small letters"), false);
        check("begin 644 r.json", false);
        check("Hello begin 644 r.json\n#0V%T\n", false);
        check("begin 12 r.json\n#0V%T\n", false);
        check("begin the lesson.json\n#0V%T\n", false);
    }
}
