//! Mailboxes (mbox, RFC 4155): mails in a row, each behind a line that begins with `From `.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use super::{MAX_MAIL, Piece, Take, Within, mail};

pub(super) fn read<R: BufRead>(
    reader: &mut R,
    name: &str,
    within: Within,
    take: Take<'_>,
) -> Result<ControlFlow<()>, String> {
    let mut mails = Mails { reader, mail: Vec::new(), is_too_large: false };
    let mut number = 0_usize;
    loop {
        let ended = mails.next().map_err(|error| format!("cannot be read: {error}"))?;
        if !mails.mail.is_empty() || mails.is_too_large {
            number += 1;
            let shown = format!("{name}/mail {number}");
            let read = if mails.is_too_large {
                Err(mail::TOO_LARGE.to_owned())
            } else {
                mail::read(&mails.mail, &shown, within, take)
            };
            let flow = read.unwrap_or_else(|why| take(Piece::Unusable { name: shown, why }));
            if flow.is_break() {
                return Ok(flow);
            }
        }
        if ended == Ended::File {
            return Ok(ControlFlow::Continue(()));
        }
    }
}

/// What a mail ended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// The line before the next one.
    Separator,
    /// The end of the file.
    File,
}

/// One mail after the other; of one that is too large nothing is kept.
struct Mails<'a, R> {
    reader: &'a mut R,
    mail: Vec<u8>,
    is_too_large: bool,
}

impl<R: BufRead> Mails<'_, R> {
    /// Reads up to the next line that begins with `From `, without it.
    fn next(&mut self) -> io::Result<Ended> {
        self.mail.clear();
        self.is_too_large = false;
        let mut line = Vec::new();
        loop {
            line.clear();
            let whole = self.line(&mut line)?;
            if line.is_empty() {
                return Ok(Ended::File);
            }
            if line.starts_with(b"From ") {
                if whole == Whole::No {
                    self.skip_line()?;
                }
                return Ok(Ended::Separator);
            }
            // `>From ` at the beginning of a line of a mail was `From ` (mboxrd).
            let quoted = line.iter().take_while(|byte| **byte == b'>').count();
            let content = if quoted > 0 && line[quoted..].starts_with(b"From ") { &line[1..] } else { &line };
            self.keep(content);
            if whole == Whole::No {
                self.rest_of_line()?;
            }
        }
    }

    fn keep(&mut self, content: &[u8]) {
        if self.is_too_large || self.mail.len() + content.len() > MAX_MAIL {
            self.is_too_large = true;
            self.mail = Vec::new();
        } else {
            self.mail.extend_from_slice(content);
        }
    }

    /// The next line, or as much of it as can tell what it is.
    fn line(&mut self, line: &mut Vec<u8>) -> io::Result<Whole> {
        const ENOUGH: u64 = 1024;
        io::Read::take(&mut *self.reader, ENOUGH).read_until(b'\n', line)?;
        Ok(if line.len() as u64 == ENOUGH && !line.ends_with(b"\n") { Whole::No } else { Whole::Yes })
    }

    fn rest_of_line(&mut self) -> io::Result<()> {
        let mut part = Vec::new();
        loop {
            part.clear();
            let whole = self.line(&mut part)?;
            self.keep(&part);
            if whole == Whole::Yes {
                return Ok(());
            }
        }
    }

    fn skip_line(&mut self) -> io::Result<()> {
        let mut part = Vec::new();
        loop {
            part.clear();
            if self.line(&mut part)? == Whole::Yes {
                return Ok(());
            }
        }
    }
}

/// Whether a line was read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whole {
    Yes,
    No,
}
