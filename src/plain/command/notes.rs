//! Words about bookmarks and notes.

use zeroize::Zeroizing;

/// What is said about bookmarks and notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::plain) enum NoteWords {
    /// Marks the page that was said, or takes the mark away.
    Bookmark,
    /// Keeps a note with it.
    Write(String),
    /// Lists all of them.
    List,
    /// Goes to the one of this number.
    Go(usize),
    /// Writes another note for it.
    Change(usize, String),
    /// Takes it away.
    Remove(usize),
    /// Puts back what was taken away last.
    PutBack,
    /// Writes all of them to a file.
    Export,
}

const WRITE: &str = "Type note and your words, such as: note ask who reads this";
const NOTES: &str = "Type notes to hear all of them, notes 2 to go to the second one, notes change 2 and other words, notes \
                     remove 2 to take it away, put back to have it again, or notes export to write them to a file.";
/// Said to who forgot the first word of a setting.
const SIGNS: &str =
    "To leave out the signs of notes in texts, type set notes off. To hear them, type set notes on.";

/// Reads a line as words about bookmarks and notes; `Err` says what is expected.
pub(super) fn parse(line: &str) -> Option<Result<NoteWords, &'static str>> {
    let (name, rest) = split(line);
    // The line may be a passphrase.
    match Zeroizing::new(name.to_lowercase()).as_str() {
        "bookmark" if rest.is_empty() => Some(Ok(NoteWords::Bookmark)),
        "bookmarks" if rest.is_empty() => Some(Ok(NoteWords::List)),
        "note" if rest.is_empty() => Some(Err(WRITE)),
        "note" => Some(Ok(NoteWords::Write(rest.to_owned()))),
        "undo" if rest.is_empty() => Some(Ok(NoteWords::PutBack)),
        "put" if rest.eq_ignore_ascii_case("back") => Some(Ok(NoteWords::PutBack)),
        "notes" if ["on", "off"].iter().any(|switch| rest.eq_ignore_ascii_case(switch)) => Some(Err(SIGNS)),
        "notes" => Some(parse_rest(rest).ok_or(NOTES)),
        _ => None,
    }
}

fn parse_rest(rest: &str) -> Option<NoteWords> {
    let number = |text: &str| text.parse().ok();
    let (what, rest) = split(rest);
    match (what.to_lowercase().as_str(), rest) {
        ("", _) => Some(NoteWords::List),
        ("export", "") => Some(NoteWords::Export),
        ("undo", "") => Some(NoteWords::PutBack),
        ("put", back) if back.eq_ignore_ascii_case("back") => Some(NoteWords::PutBack),
        ("remove", rest) => number(rest).map(NoteWords::Remove),
        ("change", rest) => {
            let (which, note) = split(rest);
            number(which)
                .filter(|_| !note.is_empty())
                .map(|number| NoteWords::Change(number, note.to_owned()))
        }
        (which, "") => number(which).map(NoteWords::Go),
        _ => None,
    }
}

/// The first word and the rest.
fn split(line: &str) -> (&str, &str) {
    let line = line.trim();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    (word, rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_about_notes_and_what_is_not() {
        let check = |line: &str, expected: Option<Result<NoteWords, &'static str>>| {
            assert_eq!(parse(line), expected, "{line:?}");
        };
        check("bookmark", Some(Ok(NoteWords::Bookmark)));
        check("Note  Ask EVE about 2 ", Some(Ok(NoteWords::Write("Ask EVE about 2".to_owned()))));
        check("note", Some(Err(WRITE)));
        check("Undo", Some(Ok(NoteWords::PutBack)));
        check("put Back", Some(Ok(NoteWords::PutBack)));
        check("notes put BACK", Some(Ok(NoteWords::PutBack)));
        check("notes undo", Some(Ok(NoteWords::PutBack)));
        check("notes", Some(Ok(NoteWords::List)));
        check("bookmarks", Some(Ok(NoteWords::List)));
        check("NOTES 2", Some(Ok(NoteWords::Go(2))));
        check("notes Export", Some(Ok(NoteWords::Export)));
        check("notes remove 3", Some(Ok(NoteWords::Remove(3))));
        check("notes change 1 Other  words", Some(Ok(NoteWords::Change(1, "Other  words".to_owned()))));
        check("notes Off", Some(Err(SIGNS)));
        for line in [
            "notes two",
            "notes 2 3",
            "notes remove",
            "notes change 1",
            "notes export now",
            "notes put",
            "notes undo 2",
        ] {
            check(line, Some(Err(NOTES)));
        }
        for line in ["bookmark 2", "", "noted", "a note", "put", "put it back", "undo that"] {
            check(line, None);
        }
    }
}
