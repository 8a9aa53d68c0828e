//! What was looked for last, and how far it was said.

use crate::training::{Finding, Text};

/// What was looked for last.
#[derive(Debug)]
pub(super) struct Sought {
    pub(super) words: String,
    pub(super) finding: Finding,
    /// The places that were said, one of each paragraph: nobody wants to hear a sentence once for every word in it.
    pub(super) said: Vec<usize>,
    /// The place that is looked at next.
    pub(super) next: usize,
    /// The paragraph that was said last.
    pub(super) last: Option<(Text, usize)>,
}

impl Sought {
    /// The next place in another paragraph.
    pub(super) fn go_on(&mut self) -> Option<usize> {
        loop {
            let number = self.next;
            let block = self.finding.block(number)?;
            self.next += 1;
            if self.last.replace(block) != Some(block) {
                self.said.push(number);
                return Some(number);
            }
        }
    }
}
