//! Places in the text of a lesson.

use std::ops::Range;

/// The line that begins at or around `offset`, without what ends it.
pub(super) fn line(text: &str, offset: usize) -> Range<usize> {
    let offset = text.floor_char_boundary(offset);
    let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |length| offset + length);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        assert_eq!(line("ab\ncd\nef", 4), 3..5);
        assert_eq!(line("ab", 99), 0..2);
        assert_eq!(line("", 0), 0..0);
        assert_eq!(line("x\n", 2), 2..2);
        assert_eq!(line("ü", 1), 0..2);
    }
}
