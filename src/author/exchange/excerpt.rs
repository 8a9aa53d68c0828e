//! Pieces of a bank for messages.

/// How much of a bank is repeated in a message, in characters.
const MOST: usize = 60;

/// A piece of a bank in backquotes, in one line, cut where it gets long.
pub(super) fn quote(text: &str) -> String {
    format!("`{}`", excerpt(text))
}

/// The beginning of a text in one line.
pub(super) fn excerpt(text: &str) -> String {
    // A text of megabytes is not walked for sixty characters.
    let mut words = String::new();
    let mut length = 0;
    for c in text.trim().chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c == ' ' && words.ends_with(' ') {
            continue;
        }
        if length == MOST {
            return format!("{}…", words.trim_end());
        }
        words.push(c);
        length += 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_and_lines_are_joined() {
        assert_eq!(quote(" a\n  b\t c "), "`a b c`");
        assert_eq!(excerpt(&"x".repeat(60)), "x".repeat(60));
        assert_eq!(excerpt(&"x".repeat(61)), format!("{}…", "x".repeat(60)));
        assert_eq!(excerpt(""), "");
    }
}
