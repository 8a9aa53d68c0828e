//! What a width does to a text that was written for a wider one.

use super::{Line, Role};
use crate::printable::Printable;

/// A place of a text that does not fit into a width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strain {
    /// What does not fit.
    pub kind: StrainKind,
    /// What stands there: the line of code, the word; nothing for a table.
    pub text: Printable,
    /// How many columns it needs to stand as it was written, what stands around it in the same line included. For a
    /// table, the least with which it stays one.
    pub needed: usize,
    /// Where in the source (in bytes) it begins.
    pub offset: usize,
}

/// What does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StrainKind {
    /// A line of code that goes on in the next one, behind a sign.
    Code,
    /// A word that is cut.
    Word,
    /// A word that is cut in the cell of a table.
    Cell,
    /// A table that becomes a list of labels and values.
    Table,
}

/// The lines of code among laid-out lines that go on behind a sign.
pub(super) fn of_code(lines: &[Line], strains: &mut Vec<Strain>) {
    let mut start: Option<usize> = None;
    for (index, line) in lines.iter().enumerate() {
        if goes_on(line) {
            start.get_or_insert(index.saturating_sub(1));
            if !lines.get(index + 1).is_some_and(goes_on) {
                let first = start.take().unwrap_or(index);
                strains.push(whole(&lines[first..=index]));
            }
        }
    }
}

fn goes_on(line: &Line) -> bool {
    line.spans
        .iter()
        .any(|span| span.style.role == Role::Marker && span.text.as_str() == super::wrap::GOES_ON)
}

/// The line of code that was laid out in several, without the signs and bars before it.
fn whole(lines: &[Line]) -> Strain {
    let mut text = Printable::default();
    let mut indent = 0;
    for (index, line) in lines.iter().enumerate() {
        let (code, around): (Vec<_>, Vec<_>) =
            line.spans.iter().partition(|span| matches!(span.style.role, Role::Code | Role::Muted));
        for span in code {
            text.push(&span.text);
        }
        if index == 0 {
            indent = around.iter().map(|span| span.text.width()).sum();
        }
    }
    let offset = lines.first().map_or(0, |line| line.offset);
    Strain { kind: StrainKind::Code, needed: indent + text.width(), text, offset }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::markup::{Document, Layout};

    #[track_caller]
    fn check(markdown: &str, width: u16, expected: &[(StrainKind, &str, usize)]) {
        let found = Layout::new(Arc::new(Document::parse(markdown.into())), width).strains();
        let found: Vec<_> =
            found.iter().map(|strain| (strain.kind, strain.text.as_str(), strain.needed)).collect();
        assert_eq!(found, expected, "{markdown}");
    }

    #[test]
    fn what_does_not_fit() {
        use StrainKind::{Cell, Code, Table, Word};
        let code = "```\n12345678901234567\n1234567890123456789012345678901234567890\n```\n";
        check(code, 42, &[]);
        check(code, 41, &[(Code, "1234567890123456789012345678901234567890", 42)]);
        check(
            code,
            16,
            &[(Code, "12345678901234567", 19), (Code, "1234567890123456789012345678901234567890", 42)],
        );
        check("> ```\n> 1234567890123456\n> ```\n", 18, &[(Code, "1234567890123456", 20)]);
        check("a counterproductive word", 17, &[]);
        check("a counterproductive word", 16, &[(Word, "counterproductive", 17)]);
        check("- a counterproductive word", 18, &[(Word, "counterproductive", 19)]);
        check("# A counterproductive heading", 16, &[(Word, "counterproductive", 17)]);
        // A break that Unicode allows is no cut.
        check("one-two-three-four-five", 8, &[]);
        let table = "| one | two | three |\n|---|---|---|\n| counterproductive | b | c |\n";
        check(table, 31, &[]);
        check(table, 30, &[(Cell, "counterproductive", 31)]);
        check(table, 28, &[(Cell, "counterproductive", 31)]);
        check(table, 27, &[(Table, "", 28)]);
    }

    #[test]
    fn places_are_those_of_the_source() {
        let source = "# A\n\nOne counterproductive word.\n\n```\nshort\n12345678901234567890\n```\n";
        let found = Layout::new(Arc::new(Document::parse(source.into())), 12).strains();
        assert_eq!(found.len(), 2);
        assert!(source[found[0].offset..].starts_with("counter"), "{found:?}");
        assert!(source[found[1].offset..].starts_with("12345"), "{found:?}");
    }

    #[test]
    fn long_code_that_is_laid_out_in_parts_is_seen_whole() {
        let line = "x".repeat(50);
        let source = format!("```\n{}\n```\n", vec![line.as_str(); 3_000].join("\n"));
        let found = Layout::new(Arc::new(Document::parse(source.as_str().into())), 40).strains();
        assert_eq!(found.len(), 3_000);
        assert!(
            found.iter().all(|strain| strain.needed == 52),
            "{:?}",
            found.iter().find(|s| s.needed != 52)
        );
    }
}
