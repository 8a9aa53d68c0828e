//! The only mouth of the program outside its faces: data on stdout, talk on stderr, everything defused.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Stdout, Write};

use serde_json::Value;

use crate::printable::Printable;

use super::error::Failure;

/// Prints.
#[derive(Debug, Clone, Copy)]
pub(super) struct Printer;

impl Printer {
    pub(super) fn new() -> Self {
        Self
    }

    /// A line of data.
    #[expect(clippy::unused_self, reason = "whoever prints was handed the right to")]
    pub(super) fn line(self, text: &str) -> Result<(), Failure> {
        writeln!(io::stdout().lock(), "{}", Printable::new(text)).map_err(Failure::stdout)
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

    /// A line of talk.
    #[expect(clippy::unused_self, reason = "whoever prints was handed the right to")]
    pub(super) fn talk(self, text: &str) {
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(io::stderr().lock(), "{}", Printable::new(text));
    }

    /// Why a command could not run.
    pub(super) fn failure(self, failure: &Failure) {
        self.talk(&format!("error: {}", failure.message));
        for detail in &failure.details {
            self.talk(&format!("  {detail}"));
        }
        for cause in &failure.causes {
            self.talk(&format!("caused by: {cause}"));
        }
        for hint in &failure.hints {
            self.talk(&format!("hint: {hint}"));
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
