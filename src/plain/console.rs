//! The two ends of the conversation: whole lines out, each defused and wrapped, and whole lines in.

use std::io::{self, BufRead, Read as _, Write};
use std::path::Path;

use zeroize::Zeroizing;

use super::wrap::{MAX_WIDTH, MIN_WIDTH, wrap_around_paths, wrap_before};
use super::{Fit, PlainError, Stop, Width};
use crate::printable::Printable;
use crate::training::{Places, Trouble};

/// The longest line that is read; nobody types more, and a file without line ends must not fill the memory.
const MAX_LINE: usize = 16 * 1024;

/// Speaks and listens.
pub(super) struct Console<'a> {
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
    width: Width,
    /// Where the program keeps things: a path in there is known whatever the folder is called.
    folders: Vec<Printable>,
    /// Whether the last line said was empty, or nothing was said yet.
    pausing: bool,
}

/// What came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard<L = String> {
    /// A line without its end.
    Line(L),
    /// A line that cannot be taken, and why.
    Unusable(&'static str),
    /// The input has ended.
    End,
}

impl<'a> Console<'a> {
    pub(super) fn new(input: &'a mut dyn BufRead, output: &'a mut dyn Write, width: Width) -> Self {
        Self { input, output, width, folders: Vec::new(), pausing: true }
    }

    /// Takes note of where the program keeps things, so that no path in there is broken, whatever its folders are called.
    pub(super) fn know(&mut self, places: &Places, settings: Option<&Path>) {
        let Places { progress, key, records } = places;
        let folders =
            [progress.parent(), key.parent(), Some(records.as_path()), settings.and_then(Path::parent)];
        let folders =
            folders.into_iter().flatten().filter(|folder| folder.is_absolute() && folder.parent().is_some());
        self.folders = folders.map(|folder| Printable::new(&folder.display().to_string())).collect();
    }

    /// How many columns a line has now: whoever enlarges the font has fewer.
    pub(super) fn width(&self) -> usize {
        self.width.columns().max(MIN_WIDTH)
    }

    /// Whether that is as somebody wanted it for this time.
    pub(super) fn has_width_for_now(&self) -> bool {
        self.width.fit == Fit::Whatever
    }

    /// Sets how wide lines are where the terminal has so many columns.
    pub(super) fn set_most(&mut self, most: usize) {
        self.width = self.width.with_most(most);
    }

    /// Sets the width, and says what it is now; gives whether it can be that.
    pub(super) fn say_width(&mut self, width: usize) -> Result<bool, Stop> {
        let fits = (MIN_WIDTH..=MAX_WIDTH).contains(&width);
        if fits {
            self.width = self.width.with_fixed(width);
            self.say(&format!("Lines have at most {width} columns from now on."))?;
        } else {
            self.say(&format!("Lines can have {MIN_WIDTH} to {MAX_WIDTH} columns. Nothing was changed."))?;
        }
        Ok(fits)
    }

    /// Says something in one go. No path in it is broken that is in a folder where the program keeps things.
    pub(super) fn say(&mut self, text: &str) -> Result<(), Stop> {
        self.say_after(text, 0)
    }

    /// Says something behind so many spaces.
    pub(super) fn say_after(&mut self, text: &str, indent: usize) -> Result<(), Stop> {
        for line in wrap_around_paths(&Printable::new(text), self.width(), indent, &self.folders) {
            self.line(&line)?;
        }
        self.flush()
    }

    /// Says something to be copied behind `words`, without breaking it.
    pub(super) fn say_before(&mut self, words: &str, value: &str) -> Result<(), Stop> {
        for line in wrap_before(&Printable::new(words), &Printable::new(value), self.width()) {
            self.line(&line)?;
        }
        self.flush()
    }

    /// Says something to be copied on a line of its own, which is never broken: what is longer than the screen, the terminal lays
    /// out over several lines and gives as one.
    pub(super) fn say_whole(&mut self, label: &str, value: &str) -> Result<(), Stop> {
        self.say(label)?;
        self.line(&Printable::new(value))?;
        self.flush()
    }

    /// Says what went wrong, behind what was not done, and what to do about it.
    pub(super) fn say_trouble(&mut self, undone: &str, trouble: &Trouble) -> Result<(), Stop> {
        self.say(&format!("{undone}: {}.", trouble.message))?;
        match &trouble.hint {
            Some(hint) => self.say(&format!("What to do: {hint}.")),
            None => Ok(()),
        }
    }

    /// Says a line that is wrapped already.
    pub(super) fn line(&mut self, line: &Printable) -> Result<(), Stop> {
        self.pausing = line.is_empty();
        writeln!(self.output, "{line}").map_err(|error| PlainError::Output(error).into())
    }

    /// An empty line, unless there is one already.
    pub(super) fn pause(&mut self) -> Result<(), Stop> {
        if self.pausing { Ok(()) } else { self.line(&Printable::default()) }
    }

    pub(super) fn flush(&mut self) -> Result<(), Stop> {
        self.output.flush().map_err(|error| PlainError::Output(error).into())
    }

    /// Waits for a line, and takes the blanks at its ends away.
    pub(super) fn hear(&mut self) -> Result<Heard, Stop> {
        Ok(match self.hear_as_typed()? {
            Heard::Line(line) => Heard::Line(line.trim().to_owned()),
            Heard::Unusable(why) => Heard::Unusable(why),
            Heard::End => Heard::End,
        })
    }

    /// Waits for a line; blanks at its ends may be meant. It may be a secret, so all that is made of it here is wiped from memory.
    pub(super) fn hear_as_typed(&mut self) -> Result<Heard<Zeroizing<String>>, Stop> {
        self.flush()?;
        let failed = |error: io::Error| Stop::from(PlainError::Input(error));
        // With room for the longest line: one that grows leaves what it held behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_LINE));
        let limit = u64::try_from(MAX_LINE).unwrap_or(u64::MAX);
        let count = (&mut *self.input).take(limit).read_until(b'\n', &mut bytes).map_err(failed)?;
        if count == 0 {
            return Ok(Heard::End);
        }
        // What the learner typed ended in Enter, so the next thing said stands on a line of its own.
        self.pausing = false;
        if bytes.last() != Some(&b'\n') && count == MAX_LINE {
            skip_line(self.input).map_err(failed)?;
            return Ok(Heard::Unusable("That line was too long to take. Type a shorter one."));
        }
        let Ok(text) = std::str::from_utf8(&bytes) else {
            return Ok(Heard::Unusable("That line was not UTF-8 text. Type it again."));
        };
        // Editors put a byte order mark in front of a script.
        let typed = text.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
        let mut text = Zeroizing::new(String::with_capacity(typed.len()));
        text.extend(typed.chars().map(|c| if c == '\t' { ' ' } else { c }));
        if text.chars().any(char::is_control) {
            return Ok(Heard::Unusable(
                "That line held a control character, perhaps from an arrow key. Type it again.",
            ));
        }
        Ok(Heard::Line(text))
    }
}

/// Reads on to the end of the line, keeping nothing.
fn skip_line(input: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_cannot_be_taken_are_named_and_the_next_one_is_heard() {
        let mut script = b"plain\r\n\xff\xfe\n\x1b[A\n\ttabs\tare spaces \n".to_vec();
        script.extend(vec![b'x'; 3 * MAX_LINE]);
        script.extend(b"\nlast");
        let (mut input, mut output) = (script.as_slice(), Vec::new());
        let mut console = Console::new(&mut input, &mut output, Width::fixed(72, || None));
        let mut heard = || console.hear().expect("a readable input");
        assert_eq!(heard(), Heard::Line("plain".to_owned()));
        assert!(matches!(heard(), Heard::Unusable(why) if why.contains("UTF-8")));
        assert!(matches!(heard(), Heard::Unusable(why) if why.contains("control character")));
        assert_eq!(heard(), Heard::Line("tabs are spaces".to_owned()));
        assert!(matches!(heard(), Heard::Unusable(why) if why.contains("too long")));
        assert_eq!(heard(), Heard::Line("last".to_owned()));
        assert_eq!(heard(), Heard::End);
    }
    /// Until then it was broken at the blanks, and each part was another place.
    #[cfg(unix)]
    #[test]
    fn no_path_where_the_program_keeps_things_is_broken() {
        let place = |name: &str| Path::new("/Users/Ada/Library/Application Support/countersign").join(name);
        let (mut input, mut output) = (&b""[..], Vec::new());
        let mut console = Console::new(&mut input, &mut output, Width::fixed(30, || None));
        let records = "/Users/Ada/My Documents".into();
        let places = Places { progress: place("progress.db"), key: "nowhere".into(), records };
        console.know(&places, Some(Path::new("/Users/Ada/Own Settings/config.ron")));
        console
            .say("Not read: /Users/Ada/Library/Application Support/countersign/a.db: gone.")
            .expect("said");
        console
            .say("Not written: /Users/Ada/My Documents/a.json, nor /Users/Ada/Own Settings/x")
            .expect("said");
        let expected = [
            "Not read:",
            "/Users/Ada/Library/Application Support/countersign/a.db:",
            "gone.",
            "Not written:",
            "/Users/Ada/My Documents/a.json,",
            "nor /Users/Ada/Own Settings/x\n",
        ];
        assert_eq!(String::from_utf8(output).expect("words"), expected.join("\n"));
    }
}
