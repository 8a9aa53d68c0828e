//! Going on after a syntax error that leaves no telling what stands behind it.

use std::ops::Range;

use super::{Bracket, Lost, Scanner};
use crate::course::rule::Rule;

impl Scanner<'_> {
    /// After the thread was lost: looks for the line on which the next entry seems to begin, so that one forgotten
    /// quotation mark does not hide the faults of all the questions behind it. Only among the fields of the file and in
    /// the lists that they hold (questions, modules), and only where a line looks like the one of the first entry, with
    /// the same indentation; a line that is indented less ends the search. Inside entries there is no telling.
    pub(super) fn found_next(&mut self, bracket: &Bracket) -> bool {
        let is_outermost = matches!((bracket.close, self.closers.len()), (')', 1) | (']', 2));
        let Some(first) = bracket.first.filter(|_| self.lost && is_outermost) else { return false };
        let text = &self.source.text;
        let Some(indentation) = indentation(text, first).map(|before| &text[before]) else { return false };
        let end = if bracket.close == ')' { ':' } else { '(' };
        let Some(wanted) = shape(&text[first..], end) else { return false };
        let mut from = self.at;
        while let Some(length) = text[from..].find('\n') {
            from += length + 1;
            let line = text[from..].lines().next().unwrap_or_default();
            let indented = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            if indented == line.len() || indented > indentation.len() {
                continue;
            }
            if indented < indentation.len() {
                return false;
            }
            if line.starts_with(indentation) && shape(&line[indented..], end) == Some(wanted) {
                self.at = from + indented;
                self.lost = false;
                return true;
            }
        }
        false
    }

    /// Whether what comes next cannot be meant to stand in this group of a list: it begins a line as its neighbour in the
    /// list would, at most as far in as the group itself. So the end of the group was forgotten.
    pub(super) fn at_neighbour(&self, bracket: &Bracket) -> bool {
        let [.., ']', ')'] = self.closers.as_slice() else { return false };
        // Between values without names, a value without a name would be one more of them.
        if bracket.fields.is_empty() {
            return false;
        }
        self.is_further_out(bracket) && shape(self.rest(), '(') == Some(bracket.start == bracket.open)
    }

    /// Whether what comes next begins a line, at most as far in as what the bracket opened.
    pub(super) fn is_further_out(&self, bracket: &Bracket) -> bool {
        let text = &self.source.text;
        let own = bracket.indentation.clone().map(|before| &text[before]);
        let next = indentation(text, self.at).map(|before| &text[before]);
        own.zip(next).is_some_and(|(own, next)| own.starts_with(next))
    }

    /// Says that a bracket is closed by a sign that does not close it.
    pub(super) fn note_mismatch(&self, bracket: &Bracket, found: char) {
        let Bracket { open, close, .. } = *bracket;
        let opened = self.source.position(open);
        let message = format!(
            "`{found}` does not close what was opened at {}:{}, expected `{close}`",
            opened.line, opened.column
        );
        let (here, there) = (self.source.character(self.at), self.source.character(open));
        self.source.fault_beside(Rule::Syntax, here, message, there, "opened here");
    }

    /// Says of a group that its end is missing, when what comes next stands behind it.
    pub(super) fn note_unclosed(&self, bracket: &Bracket) {
        let Bracket { start, open, close, .. } = *bracket;
        let opened = self.source.position(start);
        let of = match self.source.text[start..open].trim_end() {
            "" => String::new(),
            name => format!(" of `{name}`"),
        };
        let message = format!("the `{close}`{of} opened at {}:{} is missing", opened.line, opened.column);
        let end = self.source.text[..self.at].trim_end().len();
        let there = self.source.character(open);
        self.source.fault_beside(Rule::Syntax, end..end, message, there, "opened here");
    }

    /// A field in a list: most likely the list was never closed, and what stands here is its neighbour.
    pub(super) fn check_no_field(&mut self, entry: usize) -> Result<(), Lost> {
        let end = self.at;
        self.space()?;
        if self.peek() != Some(':') {
            self.at = end;
            return Ok(());
        }
        let hint = "is `]` missing before this?".to_owned();
        self.wrong_with_hint(entry, "a list has no fields", hint);
        // Reading goes on at the line of this field, if that is where a field can stand. Going back over anything else
        // of the line would read it again, and again.
        let before = &self.source.text[..entry];
        if let Some(newline) = before.rfind('\n')
            && self.closers.len() == 2
            && before[newline..].trim().is_empty()
        {
            self.at = newline;
        }
        self.lost = true;
        Err(Lost)
    }
}

/// What stands before `at` on its line, if that is nothing but spaces and tabs.
pub(super) fn indentation(text: &str, at: usize) -> Option<Range<usize>> {
    let line = text[..at].trim_end_matches([' ', '\t']);
    (line.is_empty() || line.ends_with('\n')).then_some(line.len()..at)
}

/// Whether an entry that begins with a name and `end` has no name before it; nothing if it begins with anything else.
fn shape(entry: &str, end: char) -> Option<bool> {
    let rest = entry.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
    rest.starts_with(end).then_some(rest.len() == entry.len())
}
