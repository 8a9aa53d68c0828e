//! The only mouth of the program outside its faces: data on stdout, talk on stderr, everything defused.

use std::fmt::Write as _;
use std::io::{self, Write as _};

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
        let mut text = String::new();
        for c in format!("{value:#}\n").chars() {
            if c == '\n' || (' '..='~').contains(&c) {
                text.push(c);
            } else {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(text, "\\u{unit:04x}");
                }
            }
        }
        self.bytes(text.as_bytes())
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
