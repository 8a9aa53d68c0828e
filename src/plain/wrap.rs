//! A passage broken into lines of a width.

use std::mem;
use std::path::Path;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::markup::line_breaks;
use crate::printable::Printable;

/// The narrowest width that is honoured; one grapheme of two cells always fits.
pub(super) const MIN_WIDTH: usize = 10;

/// Breaks `text` where lines may break (UAX 14), every line after `indent` spaces and at most `width` cells wide. A
/// word that is wider than a line is broken between graphemes. At least one line comes out.
pub(crate) fn wrap(text: &Printable, width: usize, indent: usize) -> Vec<Printable> {
    lay(text.as_str(), line_breaks(text.as_str()).into_iter(), width, indent, |_| false)
}

/// The same, but a path stands whole on its line, however long it is: it is to be copied, and a part of it is another place.
pub(super) fn wrap_around_paths(text: &Printable, width: usize, indent: usize) -> Vec<Printable> {
    let source = text.as_str();
    let mut breaks = line_breaks(source);
    let mut start = 0;
    for word in source.split_inclusive(' ') {
        let end = start + word.len();
        if is_path(word) {
            breaks.retain(|at| *at < start || *at > end);
            breaks.extend([start, end]);
        }
        start = end;
    }
    breaks.sort_unstable();
    lay(source, breaks.into_iter(), width, indent, is_path)
}

/// Whether a word is the path of a file, in quotation marks or not.
fn is_path(word: &str) -> bool {
    Path::new(word.trim_start_matches(['“', '"', '(', '`'])).is_absolute()
}

/// Lays `source` out in pieces that end at `breaks`; what is `solid` is broken nowhere.
fn lay(
    source: &str,
    breaks: impl Iterator<Item = usize>,
    width: usize,
    indent: usize,
    solid: impl Fn(&str) -> bool,
) -> Vec<Printable> {
    let width = width.max(MIN_WIDTH);
    let indent = indent.min(width / 2);
    let room = width - indent;
    let margin = " ".repeat(indent);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    let mut finish = |line: &mut String, used: &mut usize| {
        lines.push(Printable::new(&format!("{margin}{}", mem::take(line).trim_end_matches(' '))));
        *used = 0;
    };
    let mut from = 0;
    for end in breaks {
        let Some(piece) = source.get(from..end) else { continue };
        from = end;
        let bare = cells(piece.trim_end_matches(' '));
        if used > 0 && used + bare > room {
            finish(&mut line, &mut used);
        }
        if bare > room && !solid(piece) {
            for grapheme in piece.graphemes(true) {
                let cells = cells(grapheme);
                if used > 0 && used + cells > room {
                    finish(&mut line, &mut used);
                }
                line.push_str(grapheme);
                used += cells;
            }
        } else {
            line.push_str(piece);
            used += cells(piece);
        }
    }
    if !line.trim().is_empty() || lines.is_empty() {
        lines.push(Printable::new(&format!("{margin}{}", line.trim_end_matches(' '))));
    }
    lines
}

fn cells(text: &str) -> usize {
    Printable::new(text).width()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wrapped(text: &str, width: usize, indent: usize) -> Vec<String> {
        wrap(&Printable::new(text), width, indent).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn lines_break_between_words_and_only_if_need_be_within() {
        assert_eq!(wrapped("one two three four", 10, 0), ["one two", "three four"]);
        assert_eq!(wrapped("one two three four", 12, 2), ["  one two", "  three four"]);
        assert_eq!(wrapped("abcdefghijklmnop q", 10, 0), ["abcdefghij", "klmnop q"]);
        assert_eq!(wrapped("国家情报法第七条", 10, 0), ["国家情报法", "第七条"]);
        assert_eq!(wrapped("ภาษาไทยไม่มีช่องว่าง", 10, 0), ["ภาษาไทยไม่มี", "ช่องว่าง"]);
        assert_eq!(wrapped("", 10, 0), [""]);
    }

    /// A screen reader said two things, and nobody could copy it.
    #[cfg(unix)]
    #[test]
    fn a_path_is_whole() {
        let check = |text: &str, expected: &[&str]| {
            let lines = wrap_around_paths(&Printable::new(text), 20, 0);
            assert_eq!(lines.iter().map(Printable::as_str).collect::<Vec<_>>(), expected);
        };
        check(
            "Not signed: /home/ada/device.key: wrong.",
            &["Not signed:", "/home/ada/device.key:", "wrong."],
        );
        check("It is in /home/ada/x and/or there", &["It is in /home/ada/x", "and/or there"]);
        check("It is here /home/ada/x", &["It is here", "/home/ada/x"]);
        check("“/a/long/way/to/somewhere/else” stays", &["“/a/long/way/to/somewhere/else”", "stays"]);
        check("aaaaaaaaaaaaaaaaaaaaaaaa/b", &["aaaaaaaaaaaaaaaaaaaa", "aaaa/b"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide(text in r"([a-z ]|\PC|国|👩‍💻){0,80}", width in 10_usize..60, indent in 0_usize..5) {
            for line in wrap(&Printable::new(&text), width, indent) {
                prop_assert!(line.width() <= width, "{line:?}");
            }
        }

        // Without loose combining marks: those are shown by their number when a line begins with them.
        #[test]
        fn nothing_is_lost(text in r"([a-zé0-9 .,/-]|国|👩‍💻|🇩🇪){0,80}", width in 10_usize..60, indent in 0_usize..5) {
            let text = Printable::new(&text);
            let solid = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            let lines = wrap(&text, width, indent);
            let joined: String = lines.iter().map(Printable::as_str).collect();
            prop_assert_eq!(solid(&joined), solid(text.as_str()));
        }
    }
}
