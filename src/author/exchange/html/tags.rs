//! Whether the tags of some HTML can be taken apart in a time that its length decides.

/// More attributes than any tag has.
pub(super) const MAX_ATTRIBUTES: usize = 500;

/// Whether no tag has more than [`MAX_ATTRIBUTES`]: the tokenizer compares each attribute of a tag with all before it.
///
/// Looks at every place where a tag could begin, whatever comment or script it stands in, because what is seen as a tag
/// depends on more than is known here. Where tags within tags make that long, the answer is no.
pub(super) fn are_bearable(html: &str) -> bool {
    let bytes = html.as_bytes();
    let mut work = 0_usize;
    let begins =
        |at: &usize| matches!(bytes.get(at + 1), Some(byte) if byte.is_ascii_alphabetic() || *byte == b'/');
    for (at, _) in html.match_indices('<').filter(|(at, _)| begins(at)) {
        let Some(end) = end_of_tag(bytes, at + 2) else { return false };
        work += end - at;
        if work > 8 * bytes.len() + 4096 {
            return false;
        }
    }
    true
}

/// Where the tag ends whose name goes on at `at` (HTML, sections 13.2.5.8 and 13.2.5.32 to 13.2.5.40); nothing when it
/// has too many attributes.
fn end_of_tag(bytes: &[u8], mut at: usize) -> Option<usize> {
    let skip = |from: usize, stops: fn(u8) -> bool| {
        bytes[from.min(bytes.len())..]
            .iter()
            .position(|byte| stops(*byte))
            .map_or(bytes.len(), |length| from + length)
    };
    at = skip(at, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    for _ in 0..=MAX_ATTRIBUTES {
        at = skip(at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        match bytes.get(at) {
            None | Some(b'>') => return Some(at),
            Some(_) => at += 1,
        }
        at = skip(at, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'='));
        let value = skip(at, |byte| !byte.is_ascii_whitespace());
        if bytes.get(value) != Some(&b'=') {
            continue;
        }
        at = skip(value + 1, |byte| !byte.is_ascii_whitespace());
        at = match bytes.get(at) {
            Some(b'"') => skip(at + 1, |byte| byte == b'"') + 1,
            Some(b'\'') => skip(at + 1, |byte| byte == b'\'') + 1,
            Some(_) => skip(at, |byte| byte.is_ascii_whitespace() || byte == b'>'),
            None => at,
        };
    }
    None
}
