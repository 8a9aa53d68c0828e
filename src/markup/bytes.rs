//! Looks at every byte of a text: a whole course goes through here before anything of it is shown.

use memchr::{memchr_iter, memmem};

/// Whether `sign` stands anywhere in the text.
pub(super) fn holds(text: &str, sign: &str) -> bool {
    memmem::find(text.as_bytes(), sign.as_bytes()).is_some()
}

/// Where the lines of the text from `start` on end, in bytes of the text: each behind its line feed, the last one at the end.
pub(super) fn line_ends(text: &str, start: usize) -> impl Iterator<Item = usize> {
    let ends = memchr_iter(b'\n', &text.as_bytes()[start..]).map(move |at| start + at + 1);
    let rest = (start < text.len() && !text.ends_with('\n')).then_some(text.len());
    ends.chain(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_behind_line_feeds() {
        fn check(text: &str, start: usize, expected: &[usize]) {
            assert_eq!(line_ends(text, start).collect::<Vec<_>>(), expected, "{text:?} from {start}");
        }
        check("", 0, &[]);
        check("a", 0, &[1]);
        check("a\n", 0, &[2]);
        check("\n\nab", 0, &[1, 2, 4]);
        check("\u{feff}a\r\nb", 3, &[6, 7]);
        check("a\nb\n", 4, &[]);
    }

    #[test]
    fn signs_are_found_anywhere() {
        assert!(holds("a ![b](c)", "!["));
        assert!(holds("](", "]("));
        assert!(!holds("] (", "]("));
        assert!(!holds("", "]"));
    }
}
