//! A passage broken into lines of a width.

use std::ops::Range;
use std::{iter, mem};

use unicode_segmentation::UnicodeSegmentation as _;

use crate::markup::{bare_addresses, line_breaks};
use crate::printable::Printable;

/// The narrowest width that is honoured; one grapheme of two cells always fits.
pub(super) const MIN_WIDTH: usize = 10;

/// The widest width that is honoured.
pub(super) const MAX_WIDTH: usize = 1000;

/// Breaks `text` where lines may break (UAX 14), every line after `indent` spaces and at most `width` cells wide. A
/// word that is wider than a line is broken between graphemes; an address is not, however long it is, because half of it cannot
/// be copied. What stands in `"` or backquotes, an option of a command, and a command of this face are to be copied or typed, and whole
/// where a line is wide enough. At least one line comes out.
pub(crate) fn wrap(text: &Printable, width: usize, indent: usize) -> Vec<Printable> {
    wrap_around_paths(text, width, indent, &[])
}

/// The same, but a path in one of `folders`, which are absolute, stands whole on its line, however long it is and whatever the
/// folder is called: it is to be copied, and a part of it is another place. It ends at the first blank behind the folder.
pub(super) fn wrap_around_paths(
    text: &Printable,
    width: usize,
    indent: usize,
    folders: &[Printable],
) -> Vec<Printable> {
    let source = text.as_str();
    let room = width.saturating_sub(indent);
    let breaks = without_hyphens(source, &line_breaks(source), room);
    let whole = unbroken(source, &breaks, folders, room);
    lay(source, breaks_around(breaks, &whole), width, indent, &whole)
}

/// The same with `value` behind the `words`, whole on its line, however long it is.
pub(super) fn wrap_before(words: &Printable, value: &Printable, width: usize) -> Vec<Printable> {
    let source = format!("{words} {value}");
    let start = source.len() - value.as_str().len();
    let whole = start..source.len();
    let whole = std::slice::from_ref(&whole);
    let breaks = without_hyphens(&source, &line_breaks(&source), width);
    lay(&source, breaks_around(breaks, whole), width, 0, whole)
}

/// The places of `breaks` without those behind a hyphen in a word that has room in a line of `room` cells: a line that begins with the
/// rest of a word makes no sense alone.
fn without_hyphens(source: &str, breaks: &[usize], room: usize) -> Vec<usize> {
    let is_within_word = |at: usize| {
        let before = source.get(..at).and_then(|before| before.strip_suffix(['-', '\u{2010}']));
        before.is_some_and(|before| before.ends_with(char::is_alphanumeric))
            && source.get(at..).is_some_and(|behind| behind.starts_with(char::is_alphanumeric))
    };
    let mut kept = Vec::with_capacity(breaks.len());
    let mut from = 0;
    for piece in breaks.split_inclusive(|at| !is_within_word(*at)) {
        let Some(end) = piece.last().copied() else { continue };
        let word = source.get(from..end).unwrap_or_default();
        let fits = piece.len() > 1 && cells(word.trim_end_matches(' ')) <= room;
        kept.extend(if fits { &piece[piece.len() - 1..] } else { piece });
        from = end;
    }
    kept
}

/// Options of commands begin so, and are to be typed: they are broken nowhere.
const TYPED: &str = "--";

/// What of `source` is not broken in lines of `room` cells, in order: words, each with the blank behind it, and addresses.
fn unbroken(source: &str, breaks: &[usize], folders: &[Printable], room: usize) -> Vec<Range<usize>> {
    let mut unbroken = Vec::new();
    let mut start = 0;
    while start < source.len() {
        let bare = source[start..].trim_start_matches(['“', '"', '(', '`']);
        let folder = folders
            .iter()
            .map(Printable::as_str)
            .filter(|folder| bare.starts_with(folder))
            .map(str::len)
            .max();
        let behind = source.len() - bare.len() + folder.unwrap_or(0);
        let mut end = source[behind..].find(' ').map_or(source.len(), |blank| behind + blank + 1);
        let mut is_typed = holds_a_value(source[start..end].trim_end()) || bare.starts_with(TYPED);
        if let Some(length) = length_of_command(bare)
            && cells(source[start..behind + length].trim_end()) <= room
        {
            (end, is_typed) = (behind + length, true);
        }
        let word = source[start..end].trim_end();
        if folder.is_some() || (is_typed && cells(word) <= room) {
            unbroken.push(start..end);
        } else {
            add_addresses(source, start..end, breaks, &mut unbroken);
        }
        start = end;
    }
    unbroken
}

/// Commands that are told with a number behind them.
const NUMBERED: [&str; 15] = [
    "read", "check", "go", "gap", "page", "heading", "open", "found", "notes", "address", "lines", "width",
    "again", "change", "remove",
];

/// Commands that are told with the name of a note behind them, such as F002.
const NAMING_NOTES: [&str; 2] = ["open", "note"];

/// Commands of several words, and settings, as they are told: the first word of each with those that may stand behind it.
const OF_SEVERAL_WORDS: [(&str, &[&str]); 10] = [
    ("help", &["all"]),
    ("links", &["all"]),
    ("ids", &["on", "off"]),
    ("put", &["back"]),
    ("set", &["lines", "width", "notes", "face"]),
    ("notes", &["on", "off", "change", "remove", "export"]),
    ("face", &["linear", "full-screen"]),
    ("read", &["again"]),
    ("submit", &["again"]),
    ("step", &["back"]),
];

/// How far the command goes with which `text` begins, with the blank behind it, if it has several words.
fn length_of_command(text: &str) -> Option<usize> {
    let mut words = text.split_inclusive(' ');
    let mut word = words.next()?;
    let mut length = word.len();
    for next in words {
        // A sentence that ends between them parts them.
        if !goes_on(word.trim_end_matches(' '), next.trim_end_matches(|sign: char| !sign.is_alphanumeric())) {
            break;
        }
        length += next.len();
        word = next;
    }
    (length > word.len()).then_some(length)
}

fn goes_on(word: &str, next: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = is_number(next.trim_start_matches(|sign: char| sign.is_ascii_uppercase()));
    (is_number(next) && NUMBERED.contains(&word))
        || (is_name && NAMING_NOTES.contains(&word))
        || OF_SEVERAL_WORDS.iter().any(|(first, behind)| *first == word && behind.contains(&next))
}

/// Adds the addresses in a word, each with the signs around it that no line break parts from it.
fn add_addresses(source: &str, word: Range<usize>, breaks: &[usize], unbroken: &mut Vec<Range<usize>>) {
    for address in bare_addresses(&source[word.clone()]) {
        let (start, end) = (word.start + address.start, word.start + address.end);
        let before = breaks[..breaks.partition_point(|at| *at <= start)].last().copied();
        let behind = breaks.get(breaks.partition_point(|at| *at < end)).copied();
        let done = unbroken.last().map_or(0, |last| last.end).max(word.start);
        let start = before.unwrap_or(0).max(done);
        let end = behind.unwrap_or(word.end).min(word.end);
        if start < end {
            unbroken.push(start..end);
        }
    }
}

/// Whether something in `word` stands between the marks of what is to be written as it is.
fn holds_a_value(word: &str) -> bool {
    ['"', '`'].iter().any(|mark| word.matches(*mark).count() > 1)
}

/// The places of `breaks` that are not within what is `whole`, and where that begins and ends. Both are in order.
fn breaks_around(breaks: Vec<usize>, whole: &[Range<usize>]) -> Vec<usize> {
    let mut around = Vec::with_capacity(breaks.len());
    let mut breaks = breaks.into_iter().peekable();
    for whole in whole {
        around.extend(iter::from_fn(|| breaks.next_if(|at| *at < whole.start)));
        while breaks.next_if(|at| *at <= whole.end).is_some() {}
        around.extend([whole.start, whole.end]);
    }
    around.extend(breaks);
    around
}

/// Lays `source` out in pieces that end at `breaks`; those that are `whole`, in order, are broken nowhere.
fn lay(
    source: &str,
    breaks: Vec<usize>,
    width: usize,
    indent: usize,
    whole: &[Range<usize>],
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
    let mut whole = whole.iter().peekable();
    let mut from = 0;
    for end in breaks {
        let Some(piece) = source.get(from..end) else { continue };
        let is_whole = whole.next_if(|whole| **whole == (from..end)).is_some();
        from = end;
        let bare = cells(piece.trim_end_matches(' '));
        if used > 0 && used + bare > room {
            finish(&mut line, &mut used);
        }
        if bare > room && !is_whole {
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
    use crate::plain::command;

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
    #[test]
    fn what_is_to_be_copied_is_whole() {
        let check = |words: &str, value: &str, expected: &[&str]| {
            let lines = wrap_before(&Printable::new(words), &Printable::new(value), 20);
            assert_eq!(lines.iter().map(Printable::as_str).collect::<Vec<_>>(), expected);
        };
        let long = "https://example.org/a-long-way/to-go";
        check("Link 1: a case,", long, &["Link 1: a case,", long]);
        check("Link 1: a case that goes on,", "a-b", &["Link 1: a case that", "goes on, a-b"]);
        check("Link 1:", "x y-z and the rest", &["Link 1:", "x y-z and the rest"]);
    }

    /// A word of a course that begins with a slash was taken for a path, and was wider than any line.
    #[test]
    fn what_looks_like_a_path_is_broken_like_any_word() {
        let lines = wrap_around_paths(&Printable::new("Say /abcdefghij/klm"), 10, 0, &[]);
        assert!(lines.iter().all(|line| line.width() <= 10), "{lines:?}");
    }

    /// A value of a setting and the path of a picture were broken at their hyphen and their slash.
    #[test]
    fn what_is_to_be_written_as_it_is_stays_whole_where_a_line_is_wide_enough() {
        let check = |text: &str, expected: &[&str]| {
            let lines = wrap_around_paths(&Printable::new(text), 20, 0, &[]);
            assert_eq!(lines.iter().map(Printable::as_str).collect::<Vec<_>>(), expected);
        };
        check("one of \"high-contrast\", \"dark\"", &["one of", "\"high-contrast\",", "\"dark\""]);
        check("the file `../assets/a.png` is not", &["the file", "`../assets/a.png` is", "not"]);
        check("It is opened by (--full-screen)", &["It is opened by", "(--full-screen)"]);
        check("Type set face full-screen.", &["Type set", "face full-screen."]);
        check("wide (`a-word-that-is-wider`)", &["wide (`a-word-", "that-is-wider`)"]);
    }

    /// “set lines” stood at the end of a line, and “10” at the beginning of the next.
    #[test]
    fn a_command_that_is_to_be_typed_stays_whole_where_a_line_is_wide_enough() {
        let check = |text: &str, expected: &[&str]| assert_eq!(wrapped(text, 20, 0), expected, "{text}");
        check("Lines: 3. Type set lines 10.", &["Lines: 3. Type", "set lines 10."]);
        check(
            "For the first type read again 1, or go 3.",
            &["For the first type", "read again 1, or", "go 3."],
        );
        check("Go to the second: (go 2)", &["Go to the second:", "(go 2)"]);
        check("To hear it, type open F002.", &["To hear it, type", "open F002."]);
        check("They read. 30 of them go", &["They read. 30 of", "them go"]);
        check("What nobody read again", &["What nobody", "read again"]);
        assert_eq!(wrapped("set face full-screen", 12, 0), ["set face", "full-screen"]);
        check("To take it away: notes remove 1.", &["To take it away:", "notes remove 1."]);
        check("To hear one, type: note F002", &["To hear one, type:", "note F002"]);
        check("contents and help all: everything", &["contents and", "help all: everything"]);
        // Nothing is held that no command begins with.
        let numbered = NUMBERED.map(|word| match word {
            "again" => "read again 2".to_owned(),
            "change" | "remove" => format!("notes {word} 2"),
            word => format!("{word} 2"),
        });
        let naming = NAMING_NOTES.map(|word| format!("{word} F002"));
        let several = OF_SEVERAL_WORDS.iter().flat_map(|(first, behind)| {
            behind.iter().map(move |next| match (*first, *next) {
                ("set", next) => format!("set {next} {}", if next == "notes" { "on" } else { "40" }),
                ("face", next) => format!("set face {next}"),
                ("notes", "change" | "remove") => format!("notes {next} 2"),
                (first, next) => format!("{first} {next}"),
            })
        });
        for line in numbered.into_iter().chain(naming).chain(several) {
            assert_ne!(command::parse(&line), command::Parsed::Other, "{line}");
        }
    }

    /// “in section Three set-”, and the next line said “ups.”
    #[test]
    fn no_line_begins_with_the_rest_of_a_word_that_has_room_in_one() {
        let check = |text: &str, expected: &[&str]| assert_eq!(wrapped(text, 20, 0), expected, "{text}");
        check("in section Three set-ups.", &["in section Three", "set-ups."]);
        check("the Counter-Espionage Law", &["the", "Counter-Espionage", "Law"]);
        check("a state-of-the-art-of-all lock", &["a state-of-the-", "art-of-all lock"]);
        check("from 2017 to-day - or 2018", &["from 2017 to-day -", "or 2018"]);
        check("第七条a-b第七条第七条第七条第七条", &["第七条a-b第七条第七", "条第七条第七条"]);
        assert_eq!(wrapped("one set-ups", 12, 4), ["    one", "    set-ups"]);
    }

    /// The address of a link was broken at a hyphen, in a lesson and behind an explanation.
    #[test]
    fn an_address_is_whole_with_what_no_break_parts_from_it() {
        let check = |text: &str, expected: &[&str]| assert_eq!(wrapped(text, 20, 0), expected);
        let address = "https://example.org/so-that-it-is-long";
        check(&format!("Open {address} and read"), &["Open", address, "and read"]);
        check(&format!("See a-b (it, {address}). Go"), &["See a-b (it,", &format!("{address})."), "Go"]);
        check(&format!("{address}|{address}"), &[&format!("{address}|"), address]);
        check(
            "请看：https://example.org/a-b-c 请看第七条",
            &["请看：", "https://example.org/a-b-c", "请看第七条"],
        );
        check("no https:// high-contrast", &["no https://", "high-contrast"]);
    }

    /// `Library/Application Support` is where macOS keeps what programs write.
    #[test]
    fn a_path_in_a_folder_that_is_known_is_whole_with_its_blanks() {
        let folders = ["/Users/Ada L/Application Support/countersign", r"C:\Users\Ada L"].map(Printable::new);
        let check = |text: &str, expected: &[&str]| {
            let lines = wrap_around_paths(&Printable::new(text), 20, 0, &folders);
            assert_eq!(lines.iter().map(Printable::as_str).collect::<Vec<_>>(), expected);
        };
        let key = "/Users/Ada L/Application Support/countersign/device.key:";
        check(&format!("Not signed: {key} wrong."), &["Not signed:", key, "wrong."]);
        check(
            r"In C:\Users\Ada L\countersign\a.json or not",
            &["In", r"C:\Users\Ada L\countersign\a.json", "or not"],
        );
        check(
            "“/Users/Ada L/Application Support/countersign” it is",
            &["“/Users/Ada L/Application Support/countersign”", "it is"],
        );
        check("Ada L has Application Support", &["Ada L has", "Application Support"]);
        check(r"It is in C:\Users\Ada L\x and/or there", &["It is in", r"C:\Users\Ada L\x", "and/or there"]);
    }

    proptest! {
        /// Each place was looked for in the whole list, which took a second for a prompt of 32,000 words.
        #[test]
        fn breaks_are_those_outside_of_what_is_whole(
            breaks in proptest::collection::btree_set(0_usize..60, 0..30),
            ends in proptest::collection::btree_set(0_usize..60, 0..12),
        ) {
            let ends: Vec<usize> = ends.into_iter().collect();
            let whole: Vec<Range<usize>> = ends.chunks_exact(2).map(|ends| ends[0]..ends[1]).collect();
            let is_outside = |at: &&usize| !whole.iter().any(|whole| whole.start <= **at && **at <= whole.end);
            let bounds = whole.iter().flat_map(|whole| [whole.start, whole.end]);
            let mut expected: Vec<usize> = breaks.iter().filter(is_outside).copied().chain(bounds).collect();
            expected.sort_unstable();
            prop_assert_eq!(breaks_around(breaks.into_iter().collect(), &whole), expected);
        }

        #[test]
        fn paths_lose_nothing_and_are_whole(text in r#"([a-z "(]|/a b|/x/|/|国){0,40}"#, width in 10_usize..30) {
            let folder = Printable::new("/a b");
            let lines = wrap_around_paths(&Printable::new(&text), width, 0, std::slice::from_ref(&folder));
            let solid = |text: &str| text.replace(' ', "");
            let joined: String = lines.iter().map(Printable::as_str).collect();
            prop_assert_eq!(solid(&joined), solid(&text));
            let heard: usize = lines.iter().map(|line| line.as_str().matches("/a b").count()).sum();
            let starts = text.match_indices("/a b").filter(|(at, _)| *at == 0 || text[..*at].ends_with(' ')).count();
            prop_assert!(heard >= starts, "{lines:?}");
        }

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
