//! Which format a bank has, by what stands in it.

use std::fmt;

use crate::author::exchange::{aiken, table};

/// The formats that questions come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Moodle's text format.
    Gift,
    /// One choice, options in letters.
    Aiken,
    /// Moodle's own.
    MoodleXml,
    /// A table.
    Csv,
}

/// A format and what gave it away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detected {
    /// The format.
    pub format: Format,
    /// What was seen, such as `line 3 has answers in braces`.
    pub because: String,
}

/// The format of a bank; `None` if nothing in it tells. Its name says nothing: all of them are called `.txt`.
#[must_use]
pub fn detect(text: &str) -> Option<Detected> {
    let found = |format, because: String| Some(Detected { format, because });
    let start = text.trim_start();
    if start.starts_with("<?xml") || start.starts_with("<quiz") || start.starts_with("<!--") {
        return found(Format::MoodleXml, "it begins with XML".to_owned());
    }
    if let Some(because) = table::looks_like(text) {
        return found(Format::Csv, because.to_owned());
    }
    // GIFT may hold a line `ANSWER: A` only inside a question, Aiken braces only in its texts.
    let gift = first(text, &answers_or_category).or_else(|| first(text, &name));
    let aiken = aiken::looks_like(text);
    match (gift, aiken) {
        (gift, Some((line, letter))) if gift.is_none_or(|(gift, _)| line < gift) => {
            found(Format::Aiken, format!("line {line} names {letter} as the right option"))
        }
        (Some((line, sign)), _) => found(Format::Gift, format!("line {line} has {sign}")),
        (None, _) => None,
    }
}

/// The first line that has a sign of a format, and what it is.
fn first(text: &str, sign: &dyn Fn(&str) -> Option<&'static str>) -> Option<(usize, &'static str)> {
    text.split('\n').enumerate().find_map(|(index, line)| Some((index + 1, sign(line.trim())?)))
}

fn answers_or_category(line: &str) -> Option<&'static str> {
    if line.starts_with("//") {
        None
    } else if line.starts_with("$CATEGORY:") {
        Some("a category")
    } else {
        has_answers(line).then_some("answers in braces")
    }
}

fn name(line: &str) -> Option<&'static str> {
    line.starts_with("::").then_some("a name between colons")
}

/// Whether a brace opens answers of GIFT in this line: an unescaped one that is empty, ends the line, or is followed by a
/// sign that answers begin with.
fn has_answers(line: &str) -> bool {
    line.match_indices('{').any(|(at, _)| {
        let escaped = line[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
        let after = line[at + 1..].trim_start();
        // No word of interest is longer, and a line of megabytes is not walked for every brace in it.
        let word: String = after.chars().take(6).take_while(|c| !matches!(c, '}' | '#')).collect();
        let begins = after.is_empty()
            || after.starts_with(['=', '~', '#', '}'])
            || ["T", "F", "TRUE", "FALSE"].contains(&word.trim());
        !escaped && begins
    })
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gift => "GIFT",
            Self::Aiken => "Aiken",
            Self::MoodleXml => "Moodle XML",
            Self::Csv => "CSV",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_file_tells_its_format() {
        fn check(text: &str, expected: Option<Format>) {
            assert_eq!(detect(text).map(|detected| detected.format), expected, "{text:?}");
        }
        check("Who?{=me ~you}", Some(Format::Gift));
        check("// a comment\n\n::n::Who?{\n=me\n~you\n}", Some(Format::Gift));
        check("Is it? {TRUE#no}", Some(Format::Gift));
        check("Write. {}", Some(Format::Gift));
        check("$CATEGORY: a/b\n\nText", Some(Format::Gift));
        check("::name::Only text", Some(Format::Gift));
        check("Who?\nA. me\nB. you\nANSWER: A", Some(Format::Aiken));
        check("What does {x} mean?\nA) a set\nB) a list\nANSWER: A", Some(Format::Aiken));
        check("Kind;Prompt;Option 1;Right\nsingle;a;b;1", Some(Format::Csv));
        check("\"kind\",\"prompt\"\n", Some(Format::Csv));
        check("kind\tright\tprompt", Some(Format::Csv));
        check("sep=;\nFrage;Antwort\n", Some(Format::Csv));
        check("\"SEP=\t\"\r\nkind\tprompt", Some(Format::Csv));
        check("sep=ab\nkind", None);
        check("\n <?xml version=\"1.0\"?><quiz/>", Some(Format::MoodleXml));
        check("A letter to somebody.\n\nWith \\{= nothing} in it.", None);
        check("", None);
    }
}
