//! Files that stand in the text of a mail in the old way (uuencode, POSIX.1).

use mail_parser::decoders::base64::base64_decode;
use memchr::memmem;

use super::Kind;

/// Why nothing is made of a text and what helps, if a file stands in it that may be a record or hold some.
pub(super) fn why(text: &[u8]) -> Option<&'static str> {
    let places = memmem::find_iter(text, BEGIN).filter(|place| *place == 0 || text[place - 1] == b'\n');
    places.map(|place| &text[place + BEGIN.len()..]).any(may_be_record).then_some(
        "has a file in it in an old way (uuencode), which may be a record: save the attachment in the mail program, and \
         collect that, or ask for the record once more, in a zip archive",
    )
}

const BEGIN: &[u8] = b"begin";
/// What the same tool writes behind that where it makes base64 of a file.
const BASE64: &[u8] = b"-base64";

/// Whether a file begins behind this word, by its first two lines, that is not something else by its name and beginning. Many a
/// sentence begins with the same word.
fn may_be_record(text: &[u8]) -> bool {
    let in_base64 = text.strip_prefix(BASE64);
    let Some(text) = in_base64.unwrap_or(text).strip_prefix(b" ") else { return false };
    let mut lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let mode = first.iter().take_while(|byte| (b'0'..=b'7').contains(byte)).count();
    let Some(name) = first[mode..].strip_prefix(b" ").filter(|_| (3..=4).contains(&mode)) else {
        return false;
    };
    let content = if in_base64.is_some() { base64_decode(second) } else { line(second) };
    let Some(content) = content.filter(|content| !content.is_empty()) else { return false };
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
        check("Hello\nbegin-base64 644 r.completion.json\neyJhIjogIkNhdCJ9\n====\n", true);
        check("begin-base64 644 renamed.txt\neyJhIjogIkNhdCJ9\n====\n", true);
        check("begin-base64 644 photo.jpg\neyJhIjogIkNhdCJ9\n====\n".replace("eyJ", "/9j").as_str(), false);
        check("begin-base64 644 r.json\n", false);
        check("begin 644 r.json", false);
        check("Hello begin 644 r.json\n#0V%T\n", false);
        check("begin 12 r.json\n#0V%T\n", false);
        check("begin the lesson.json\n#0V%T\n", false);
    }
}
