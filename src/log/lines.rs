//! The common ground of the text formats: lines, and hashes that end at an empty line.

use super::fault::LogFault;
use super::hash::Hash;

/// A proof in a tree of at most 2^63 − 1 leaves has no more hashes (C2SP tlog-witness names the same limit).
const MOST_HASHES: usize = 63;

/// Lines that each end in a line feed, read one after the other.
pub(super) struct Lines<'a> {
    rest: &'a str,
    read: usize,
}

impl<'a> Lines<'a> {
    /// The lines of a file of at most `limit` bytes.
    pub(super) fn of(bytes: &'a [u8], limit: usize) -> Result<Self, LogFault> {
        if bytes.len() > limit {
            return Err(LogFault::TooLarge { limit });
        }
        let rest = std::str::from_utf8(bytes)
            .map_err(|error| LogFault::form(line_of(bytes, error.valid_up_to()), "is not UTF-8"))?;
        Ok(Self { rest, read: 0 })
    }

    /// The next line without its line feed.
    pub(super) fn next(&mut self) -> Result<&'a str, LogFault> {
        let (line, rest) = self
            .rest
            .split_once('\n')
            .ok_or_else(|| LogFault::form(self.read + 1, "the file ends in the middle of it"))?;
        self.rest = rest;
        self.read += 1;
        Ok(line)
    }

    /// How many lines were read, which is the number of the last one.
    pub(super) fn read(&self) -> usize {
        self.read
    }

    /// What follows the lines read.
    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    /// The hashes up to the empty line.
    pub(super) fn hashes(&mut self) -> Result<Vec<Hash>, LogFault> {
        let mut hashes = Vec::new();
        loop {
            let line = self.next()?;
            if line.is_empty() {
                return Ok(hashes);
            }
            if hashes.len() == MOST_HASHES {
                return Err(LogFault::form(self.read, "is more than a proof needs"));
            }
            hashes.push(Hash::parse(line, self.read)?);
        }
    }
}

/// The number of the line in which a byte stands.
pub(super) fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes[..at].split(|byte| *byte == b'\n').count()
}
