//! The only mouth of the program outside its faces: data on stdout, talk on stderr, everything defused.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{MAIN_SEPARATOR, Path};

use serde_json::Value;

use crate::plain::wrap::wrap;
use crate::printable::Printable;
use crate::shell::{Commands, Wording, option};

use super::environment;
use super::error::Failure;

/// Prints.
#[derive(Debug, Clone, Copy)]
pub(super) struct Printer {
    /// How many columns standard output and standard error have, where they are terminals.
    out: Option<usize>,
    talk: Option<usize>,
    commands: Commands,
}

/// With what a command of this program begins that somebody may copy.
const COMMAND: &str = "countersign ";

impl Printer {
    pub(super) fn new() -> Self {
        Self {
            out: environment::columns(&io::stdout().lock()),
            talk: environment::columns(&io::stderr().lock()),
            commands: Commands::default(),
        }
    }

    /// The same for somebody who has named the folder of their registry.
    pub(super) fn in_registry(self, folder: &Path) -> Self {
        // A process has one registry, and printers are copied everywhere.
        let option = String::leak(registry_option(folder));
        Self { commands: Commands::with(option), ..self }
    }

    /// How commands are told.
    pub(super) fn commands(self) -> Commands {
        self.commands
    }

    /// A line of data with a command in it, which at a terminal is left whole.
    pub(super) fn next(self, text: impl Into<Wording>) -> Result<(), Failure> {
        told(&self.commands.spelled(text), self.out).iter().try_for_each(|line| self.line(line))
    }

    /// A line of data.
    #[expect(clippy::unused_self, reason = "whoever prints was handed the right to")]
    pub(super) fn line(self, text: &str) -> Result<(), Failure> {
        writeln!(io::stdout().lock(), "{}", Printable::new(text)).map_err(Failure::stdout)
    }

    /// A sentence behind what names it. At a terminal it is broken between words, and what follows the first line begins
    /// where the sentence began; everywhere else it is one line.
    pub(super) fn sentence(self, before: &str, sentence: &str) -> Result<(), Failure> {
        broken(before, sentence, self.out).iter().try_for_each(|line| self.line(line))
    }

    /// Data that this program made itself and that needs no defusing, such as JSON or a manual page.
    #[expect(clippy::unused_self, reason = "whoever prints was handed the right to")]
    pub(super) fn bytes(self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(bytes).and_then(|()| out.flush()).map_err(Failure::stdout)
    }

    /// One JSON document. Everything beyond ASCII is written as `\u` escapes, so that not even a terminal that JSON is
    /// printed on by mistake sees what a file holds.
    pub(super) fn json(self, value: &Value) -> Result<(), Failure> {
        self.bytes(ascii(&format!("{value:#}\n")).as_bytes())
    }

    /// Data in so many lines that they are written in large pieces.
    #[expect(clippy::unused_self, reason = "whoever prints was handed the right to")]
    pub(super) fn bulk(self) -> Bulk {
        Bulk { out: BufWriter::with_capacity(1 << 16, io::stdout()) }
    }

    /// A line of talk, at a terminal broken between words. What is to be copied is left whole: a command, a path without blanks
    /// at the end, or one word.
    pub(super) fn talk(self, text: &str) {
        say(&told(text, self.talk));
    }

    /// The same with commands about the registry in it, which name it where it was named.
    pub(super) fn advise(self, text: impl Into<Wording>) {
        self.talk(&self.commands.spelled(text));
    }

    /// A line of talk that ends in a path, which is left whole whatever it holds.
    pub(super) fn talk_of(self, words: &str, path: &Path) {
        say(&kept_whole("", words, &path.display().to_string(), self.talk));
    }

    /// Why a command could not run.
    pub(super) fn failure(self, failure: &Failure) {
        self.trouble("error", failure);
    }

    /// What is wrong, above what a command shows all the same.
    pub(super) fn warning(self, failure: &Failure) {
        self.trouble("warning", failure);
    }

    fn trouble(self, kind: &str, failure: &Failure) {
        self.talk(&format!("{kind}: {}", failure.message));
        for detail in &failure.details {
            self.talk(&format!("  {detail}"));
        }
        for cause in &failure.causes {
            self.talk(&format!("caused by: {cause}"));
        }
        for hint in &failure.hints {
            self.advise(Wording::from("hint: ").with(hint.clone()));
        }
    }
}

/// Data in many lines. What was not ended may be missing its last lines.
#[derive(Debug)]
pub(super) struct Bulk {
    out: BufWriter<Stdout>,
}

impl Bulk {
    /// A line of data.
    pub(super) fn line(&mut self, text: &str) -> Result<(), Failure> {
        writeln!(self.out, "{}", Printable::new(text)).map_err(Failure::stdout)
    }

    /// A piece of a JSON document, without a line break behind it.
    pub(super) fn json(&mut self, piece: &str) -> Result<(), Failure> {
        self.out.write_all(ascii(piece).as_bytes()).map_err(Failure::stdout)
    }

    /// Writes what is left.
    pub(super) fn end(mut self) -> Result<(), Failure> {
        self.out.flush().map_err(Failure::stdout)
    }
}

/// For data that needs no defusing because whoever makes it has done that.
impl Write for Bulk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// How commands name the folder of a registry.
fn registry_option(folder: &Path) -> String {
    const NAME: &str = "--registry";
    // At the end of an output a shell takes a line break off.
    if folder.as_os_str().as_encoded_bytes().ends_with(b"\n") {
        option(NAME, folder.join("."))
    } else {
        option(NAME, folder)
    }
}

fn say(lines: &[String]) {
    for line in lines {
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(io::stderr().lock(), "{}", Printable::new(line));
    }
}

/// Talk in lines of at most so many columns. A command and what stands behind it, or a path at the end, begins a line of its own
/// rather than being broken.
fn told(text: &str, columns: Option<usize>) -> Vec<String> {
    let words = text.trim_start_matches(' ');
    let margin = &text[..text.len() - words.len()];
    let Some(columns) = columns.filter(|_| words.contains(' ')) else { return vec![text.to_owned()] };
    let Some(begin) = copied(words) else { return broken(margin, words, Some(columns)) };
    let (prose, command) = words.split_at(begin);
    kept_whole(margin, prose.trim_end(), command, Some(columns))
}

/// Words in lines of at most so many columns, and what is to be copied, which is left whole, behind them or on a line of its own.
fn kept_whole(margin: &str, words: &str, copied: &str, columns: Option<usize>) -> Vec<String> {
    let mut lines = if words.is_empty() { Vec::new() } else { broken(margin, words, columns) };
    let width = |text: &str| Printable::new(text).width();
    let fits = |last: &str| columns.is_none_or(|columns| width(last) + 1 + width(copied) <= columns);
    match lines.last_mut() {
        Some(last) if fits(last) => {
            last.push(' ');
            last.push_str(copied);
        }
        Some(_) => lines.push(format!("{margin}  {copied}")),
        None => lines.push(format!("{margin}{copied}")),
    }
    lines
}

/// Where a command begins, or a path at the end. A quotation mark before it belongs to it.
fn copied(words: &str) -> Option<usize> {
    let word_at = |place: usize| words[..place].rfind(' ').map_or(0, |space| space + 1);
    let last = word_at(words.len());
    let path = || words[last..].contains(MAIN_SEPARATOR).then_some(last);
    words.find(COMMAND).map(word_at).or_else(path)
}

/// A sentence behind `before`, in lines of at most so many columns.
fn broken(before: &str, sentence: &str, columns: Option<usize>) -> Vec<String> {
    let whole = format!("{before}{sentence}");
    let Some(columns) = columns.filter(|columns| Printable::new(&whole).width() > *columns) else {
        return vec![whole];
    };
    let margin = Printable::new(before).width();
    let lines = wrap(&Printable::new(sentence), columns, margin);
    // The first stands behind what names it, the others behind as many spaces.
    let first = lines.iter().take(1).map(|line| format!("{before}{}", line.as_str().trim_start_matches(' ')));
    first.chain(lines.iter().skip(1).map(|line| line.as_str().to_owned())).collect()
}

/// JSON with everything beyond ASCII as `\u` escapes.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '\n' || (' '..='~').contains(&c) {
            text.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_folder_that_ends_in_a_line_break_is_told_as_that_folder() {
        let told = |folder: &str| registry_option(Path::new(folder));
        assert_eq!(told("a\n"), r#"--registry "$(printf 'a\012/.')""#);
        assert_eq!(told("a b"), "--registry 'a b'");
    }

    #[test]
    fn a_command_is_left_whole_and_what_leads_to_it_is_broken_between_words() {
        fn check(text: &str, columns: Option<usize>, expected: &[&str]) {
            assert_eq!(told(text, columns), expected, "{text:?} in {columns:?}");
        }
        let hint = "hint: if all of it is whole: countersign hr log verify";
        check(hint, None, &[hint]);
        check(hint, Some(54), &[hint]);
        check(hint, Some(53), &["hint: if all of it is whole:", "  countersign hr log verify"]);
        check(hint, Some(20), &["hint: if all of it", "is whole:", "  countersign hr log verify"]);
        check("  countersign hr log verify", Some(9), &["  countersign hr log verify"]);
        let counted = "        1 put aside: countersign hr quarantine list";
        check(counted, Some(40), &["        1 put aside:", "          countersign hr quarantine list"]);
        check("  say `countersign hr review`", Some(20), &["  say", "    `countersign hr review`"]);
        if MAIN_SEPARATOR == '/' {
            let receipt = "its receipt: ./receipts/007_app-data-and-byod.tlog-proof";
            check(receipt, Some(40), &["its receipt:", "  ./receipts/007_app-data-and-byod.tlog-proof"]);
            check(receipt, Some(80), &[receipt]);
        }
        check("a wordthatiswhole", Some(10), &["a", "wordthatis", "whole"]);
        check("wordthatiswhole", Some(10), &["wordthatiswhole"]);
    }

    /// At a blank in it, it was broken.
    #[test]
    fn a_path_is_left_whole_whatever_it_holds() {
        fn check(columns: Option<usize>, expected: &[&str]) {
            let path = "/home/J Doe/receipts/007.tlog-proof";
            assert_eq!(kept_whole("", "its receipt:", path, columns), expected, "{columns:?}");
        }
        check(None, &["its receipt: /home/J Doe/receipts/007.tlog-proof"]);
        check(Some(48), &["its receipt: /home/J Doe/receipts/007.tlog-proof"]);
        check(Some(47), &["its receipt:", "  /home/J Doe/receipts/007.tlog-proof"]);
        check(Some(8), &["its", "receipt:", "  /home/J Doe/receipts/007.tlog-proof"]);
    }

    #[test]
    fn a_sentence_is_broken_between_words_where_there_is_a_terminal() {
        fn check(before: &str, sentence: &str, columns: Option<usize>, expected: &[&str]) {
            assert_eq!(broken(before, sentence, columns), expected, "{sentence:?} in {columns:?}");
        }
        let sentence = "the draw gives another question";
        check("  grading  ", sentence, None, &["  grading  the draw gives another question"]);
        check("  grading  ", sentence, Some(42), &["  grading  the draw gives another question"]);
        check(
            "  grading  ",
            sentence,
            Some(41),
            &["  grading  the draw gives another", "           question"],
        );
        check("", "王小明 王小明 ok", Some(10), &["王小明 王", "小明 ok"]);
        // A word that is wider than the terminal is broken all the same, and so is what names it left whole.
        check("12345678", "abcdefghijkl", Some(10), &["12345678abcde", "     fghij", "     kl"]);
    }
}
