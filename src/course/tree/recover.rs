//! Going on after a syntax error that leaves no telling what stands behind it.

use super::{Lost, Scanner};

impl Scanner<'_> {
    /// After the thread was lost: looks for the line on which the next entry seems to begin, so that one forgotten
    /// quotation mark does not hide the faults of all the questions behind it. Only among the fields of the file and in
    /// the lists that they hold (questions, modules), and only where a line looks like the one of the first entry, with
    /// the same indentation; a line that is indented less ends the search. Inside entries there is no telling.
    pub(super) fn found_next(&mut self, close: char, first: Option<usize>) -> bool {
        let is_outermost = matches!((close, self.closers.len()), (')', 1) | (']', 2));
        let Some(first) = first.filter(|_| self.lost && is_outermost) else { return false };
        let text = &self.source.text;
        let indentation = &text[text[..first].rfind('\n').map_or(0, |at| at + 1)..first];
        if !indentation.bytes().all(|byte| matches!(byte, b' ' | b'\t')) {
            return false;
        }
        let end = if close == ')' { ':' } else { '(' };
        let shape = |entry: &str| {
            let name = &entry[..entry.find(end)?];
            let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_');
            is_name.then_some(name.is_empty())
        };
        let Some(wanted) = shape(&text[first..]) else { return false };
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
            if line.starts_with(indentation) && shape(&line[indented..]) == Some(wanted) {
                self.at = from + indented;
                self.lost = false;
                return true;
            }
        }
        false
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
