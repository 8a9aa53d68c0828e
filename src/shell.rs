//! Commands to type next, in words that a shell takes as they are.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt::{self, Write as _};

use crate::printable::Printable;

/// How somebody is told commands about a registry: where they have named its folder, the commands name it as well, because in
/// another folder they would be about another registry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Commands {
    /// `--registry DIR`, where it was said.
    registry: Option<&'static str>,
}

impl Commands {
    /// For somebody who has named the folder by this option, as a shell takes it.
    #[must_use]
    pub fn with(registry: &'static str) -> Self {
        Self { registry: Some(registry) }
    }

    /// What is told, with the registry named in its commands where it was named.
    #[must_use]
    pub fn spelled(self, told: impl Into<Wording>) -> String {
        let part = |part: &Part| match part {
            Part::Ours(words) => {
                self.registry.map_or(Cow::Borrowed(*words), |option| spelled(words, option)).into_owned()
            }
            Part::Other(words) => words.clone(),
        };
        told.into().parts.iter().map(part).collect()
    }

    /// A command about a registry, with the registry named where it was named; `verb` is what stands behind `countersign hr`.
    #[must_use]
    pub fn hr(self, verb: &str) -> String {
        match self.registry {
            Some(option) => format!("{HR}{option} {verb}"),
            None => format!("{HR}{verb}"),
        }
    }
}

/// What is told: words that we wrote down, and apart from them what was put between them. A command is spelled in ours alone:
/// others may have written of one as well, and what they wrote stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Ours(&'static str),
    Other(String),
}

impl Wording {
    /// Goes on with what is not ours, or holds no command.
    #[must_use]
    pub fn and(mut self, words: impl fmt::Display) -> Self {
        self.parts.push(Part::Other(words.to_string()));
        self
    }

    /// Goes on with something else that is told.
    #[must_use]
    pub fn with(mut self, other: impl Into<Self>) -> Self {
        self.parts.extend(other.into().parts);
        self
    }

    /// Goes on with our words.
    #[must_use]
    pub fn then(mut self, words: &'static str) -> Self {
        self.parts.push(Part::Ours(words));
        self
    }
}

impl From<&'static str> for Wording {
    fn from(words: &'static str) -> Self {
        Self { parts: vec![Part::Ours(words)] }
    }
}

/// Words that were put together are taken as they are.
impl From<String> for Wording {
    fn from(words: String) -> Self {
        Self { parts: vec![Part::Other(words)] }
    }
}

impl fmt::Display for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            Part::Ours(words) => f.write_str(words),
            Part::Other(words) => f.write_str(words),
        })
    }
}

/// With what commands about a registry begin.
const HR: &str = "countersign hr ";

/// Words of ours in which commands about a registry name it by this option. Those that make one name its folder themselves.
fn spelled<'a>(words: &'a str, option: &str) -> Cow<'a, str> {
    let mut spelled = String::new();
    let mut rest = words;
    while let Some(end) = rest.find(HR).map(|found| found + HR.len()) {
        let (before, verb) = rest.split_at(end);
        spelled.push_str(before);
        if !["init", "restore"].iter().any(|other| verb.starts_with(other)) {
            spelled.push_str(option);
            spelled.push(' ');
        }
        rest = verb;
    }
    if spelled.is_empty() { Cow::Borrowed(words) } else { Cow::Owned(spelled + rest) }
}

/// A path as a shell takes it: one word, and no option.
#[must_use]
pub fn quoted(path: impl AsRef<OsStr>) -> String {
    let path = path.as_ref();
    if !path.as_encoded_bytes().starts_with(b"-") {
        return word(path);
    }
    let mut here = OsStr::new("./").to_owned();
    here.push(path);
    word(&here)
}

/// An operand that is no path, as a shell takes it, whatever it begins with. The options of its command stand before it.
#[must_use]
pub fn operand(value: &str) -> String {
    let ahead = if value.starts_with('-') { "-- " } else { "" };
    format!("{ahead}{}", word(OsStr::new(value)))
}

/// An option and what it is given, as a shell takes the two, whatever that begins with.
#[must_use]
pub fn option(name: &str, value: impl AsRef<OsStr>) -> String {
    let value = value.as_ref();
    // Apart from it it would be taken for another option.
    let between = if value.as_encoded_bytes().starts_with(b"-") { '=' } else { ' ' };
    format!("{name}{between}{}", word(value))
}

/// One word as a shell of this system takes it.
fn word(text: &OsStr) -> String {
    if cfg!(windows) { word_on_windows(&text.to_string_lossy()) } else { word_on_unix(text) }
}

/// Where necessary in quotation marks in which a shell obeys nothing.
fn word_on_unix(word: &OsStr) -> String {
    match word.to_str() {
        Some(text) if is_plain(text, "") => text.to_owned(),
        Some(text) if is_shown(text) => format!("'{}'", text.replace('\'', r"'\''")),
        Some(_) | None => unseen(word.as_encoded_bytes()),
    }
}

/// A word with what is never shown as itself, or is no text at all: nobody could copy it. Every shell of POSIX has `printf`, and
/// its escapes are letters that one sees. A line break at the end would be taken off, as it stands behind an output.
fn unseen(word: &[u8]) -> String {
    let mut format = String::new();
    for chunk in word.utf8_chunks() {
        for c in chunk.valid().chars() {
            // In front, a hyphen would begin an option of `printf`.
            let is_option = c == '-' && format.is_empty();
            if is_option || matches!(c, '\'' | '\\' | '%') || !is_shown(c.encode_utf8(&mut [0; 4])) {
                escape(&mut format, c.encode_utf8(&mut [0; 4]).as_bytes());
            } else {
                format.push(c);
            }
        }
        escape(&mut format, chunk.invalid());
    }
    format!("\"$(printf '{format}')\"")
}

fn escape(format: &mut String, bytes: &[u8]) {
    for byte in bytes {
        let _ = write!(format, "\\{byte:03o}");
    }
}

/// Whether a terminal is given it as it is.
fn is_shown(text: &str) -> bool {
    Printable::new(text).as_str() == text
}

/// Where necessary in quotation marks that `cmd.exe` and PowerShell both know; `'` is a letter for the one. What PowerShell obeys
/// within them stands behind its own sign for "as it is"; `cmd.exe` obeys none of it.
fn word_on_windows(text: &str) -> String {
    if is_plain(text, r"\:") {
        return text.to_owned();
    }
    let mut word = String::from('"');
    for c in text.chars() {
        match c {
            '"' => word.push('"'),
            // PowerShell takes the typographic ones for quotation marks as well.
            '$' | '`' | '\u{201c}' | '\u{201d}' | '\u{201e}' => word.push('`'),
            _ => {}
        }
        word.push(c);
    }
    // A program takes one before the last quotation mark for a sign that the mark belongs to the text.
    let end = text.len() - text.trim_end_matches('\\').len();
    word.push_str(&"\\".repeat(end));
    word.push('"');
    word
}

/// Whether a shell makes of each letter nothing else, on any system or on one where these are plain, too.
fn is_plain(text: &str, too: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c) || too.contains(c);
    !text.is_empty() && text.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_names_the_registry_that_was_named() {
        const NAMED: Commands = Commands { registry: Some("--registry 'my training'") };
        fn check(words: &'static str, expected: &str) {
            assert_eq!(NAMED.spelled(words), expected);
            assert_eq!(Commands::default().spelled(words), words);
        }
        check("nothing to type", "nothing to type");
        check(
            "countersign hr log verify says what is wrong",
            "countersign hr --registry 'my training' log verify says what is wrong",
        );
        check(
            "either `countersign hr review`, or countersign hr person 7",
            "either `countersign hr --registry 'my training' review`, or countersign hr --registry 'my training' person 7",
        );
        for own in [
            "a new one: countersign hr init DIR",
            "countersign hr restore FILE DIR",
            "countersign verify FILE",
        ] {
            check(own, own);
        }
        assert_eq!(NAMED.hr("person 7"), "countersign hr --registry 'my training' person 7");
        assert_eq!(Commands::default().hr("person 7"), "countersign hr person 7");
    }

    /// A reason that somebody had typed came back with the name of the registry in it.
    #[test]
    fn words_of_others_stay_as_they_are() {
        let commands = Commands::with("--registry r");
        let reason = "see countersign hr log";
        assert_eq!(commands.spelled(reason.to_owned()), reason);
        let told = Wording::from("countersign hr review refuse 7 because ")
            .and(reason)
            .then("; countersign hr review");
        assert_eq!(
            commands.spelled(told.clone()),
            "countersign hr --registry r review refuse 7 because see countersign hr log; countersign hr --registry r review"
        );
        assert_eq!(told.to_string(), Commands::default().spelled(told));
    }

    #[cfg(not(windows))]
    #[test]
    fn paths_come_back_as_one_word() {
        fn check(path: &str, expected: &str) {
            assert_eq!(quoted(path), expected);
        }
        check("phishing", "phishing");
        check("courses/É-2.course", "courses/É-2.course");
        check("Fake Course", "'Fake Course'");
        check("it's", r"'it'\''s'");
        check("-o", "./-o");
        check("-o p", "'./-o p'");
        check("$(id)", "'$(id)'");
        check("~root", "'~root'");
    }

    /// `./` was put before what is no path: a number, a reason.
    #[cfg(not(windows))]
    #[test]
    fn operands_come_back_as_they_are() {
        fn check(value: &str, expected: &str) {
            assert_eq!(operand(value), expected);
        }
        check("007", "007");
        check("-7", "-- -7");
        check("- 7", "-- '- 7'");
        check("~root", "'~root'");
        check("", "''");
    }

    #[cfg(not(windows))]
    #[test]
    fn options_come_back_with_what_they_were_given() {
        fn check(value: &str, expected: &str) {
            assert_eq!(option("--new", value), expected);
        }
        check("007", "--new 007");
        check("\u{5f20}3", "--new \u{5f20}3");
        check("A 1", "--new 'A 1'");
        check("-7", "--new=-7");
        check("-7 b", "--new='-7 b'");
        check("~root", "--new '~root'");
        check("it's;$(id)", r"--new 'it'\''s;$(id)'");
        check("", "--new ''");
    }

    /// In single quotation marks a path is none for `cmd.exe`.
    #[test]
    fn both_shells_of_windows_take_a_word_as_it_was_meant() {
        fn check(text: &str, expected: &str) {
            assert_eq!(word_on_windows(text), expected);
        }
        check(r"C:\reg", r"C:\reg");
        check("a;b", r#""a;b""#);
        check(r"C:\my training", r#""C:\my training""#);
        check(r"C:\my training\", r#""C:\my training\\""#);
        check("it's & 100 | > more", r#""it's & 100 | > more""#);
        check("$(calc) `n", r#""`$(calc) ``n""#);
        check(r#"a "b" & c"#, r#""a ""b"" & c""#);
        check("a \u{201d}; calc", "\"a `\u{201d}; calc\"");
        check("", r#""""#);
    }

    /// What a shell makes of them is what was meant, and nothing is obeyed on the way.
    #[cfg(unix)]
    #[test]
    fn a_shell_takes_them_as_they_were_meant() {
        fn words(told: &str) -> Vec<String> {
            let script = format!("printf '%s\\0' {told}");
            let output = std::process::Command::new("sh").args(["-c", &script]).output().expect("a shell");
            let said = String::from_utf8(output.stdout).expect("text");
            said.split_terminator('\0').map(str::to_owned).collect()
        }
        let unseen = ["a\nb", "tab\t'it'", "\u{1b}[31m%s\\n", "-\u{202e}x", "\u{7f}\"$(id)`id`"];
        let texts = ["007", "-7", "- no show, see mail", "~root", "it's $(id)", "a\\b", "* ?", "#1", "", "-"];
        for text in texts.into_iter().chain(unseen) {
            assert!(is_shown(&operand(text)), "{text:?}");
            let given = words(&option("--reason", text)).join(" ");
            assert_eq!(given.strip_prefix("--reason").map(|rest| &rest[1..]), Some(text));
            assert_eq!(words(&operand(text)).last().map(String::as_str), Some(text));
        }
        assert_eq!(words(&quoted("-o p")), ["./-o p"]);
        assert_eq!(words(&quoted("~/p")), ["~/p"]);
        let bytes: &OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"bad\xff z");
        assert_eq!(quoted(bytes), r#""$(printf 'bad\377 z')""#);
        let script = format!("printf %s {} | od -An -tx1", quoted(bytes));
        let output = std::process::Command::new("sh").args(["-c", &script]).output().expect("a shell");
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "62 61 64 ff 20 7a");
    }
}
