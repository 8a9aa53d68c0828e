//! The remarks so far: collected, counted, put in order.

use std::collections::HashMap;
use std::ops::Range;

use crate::author::diagnostic::{Diagnostic, Severity};

/// So many remarks of one rule a file gets. Whoever has more of them has one problem, not a thousand, and a hostile
/// course must not fill the memory with complaints.
const OF_ONE_RULE: usize = 100;
/// How much of a file is repeated in a message, in characters.
const QUOTED: usize = 60;

/// Remarks about a course.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    found: Vec<Diagnostic>,
    counts: HashMap<(String, &'static str), usize>,
}

impl Remarks {
    /// Notes a remark.
    pub(super) fn note(
        &mut self,
        rule: &'static str,
        (file, span): (&str, Range<usize>),
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let count = self.counts.entry((file.to_owned(), rule)).or_insert(0);
        *count += 1;
        if *count <= OF_ONE_RULE {
            self.found.push(Diagnostic {
                severity: Severity::Warning,
                rule,
                file: file.to_owned(),
                span: Some(span),
                message: message.into(),
                hint: Some(hint.into()),
                beside: None,
            });
        }
    }

    /// All remarks: files in this order, each from top to bottom.
    pub(super) fn in_order<'a>(mut self, files: impl Iterator<Item = &'a str>) -> Vec<Diagnostic> {
        for ((file, rule), count) in self.counts {
            if let Some(more) = count.checked_sub(OF_ONE_RULE).filter(|more| *more > 0) {
                self.found.push(Diagnostic {
                    severity: Severity::Warning,
                    rule,
                    file,
                    span: None,
                    message: format!("{more} more of this kind are not listed"),
                    hint: None,
                    beside: None,
                });
            }
        }
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (place, file) in files.enumerate() {
            places.entry(file).or_insert(place);
        }
        self.found.sort_by_cached_key(|found| {
            let start = found.span.as_ref().map_or(usize::MAX, |span| span.start);
            (places.get(found.file.as_str()).copied(), start, found.rule)
        });
        self.found
    }
}

/// A piece of a file for a message: in backquotes, cut where it gets long.
pub(super) fn quote(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((cut, _)) => format!("`{}…`", &text[..cut]),
        None => format!("`{text}`"),
    }
}

/// `1 question`, `3 questions`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_places_are_in_order_and_a_flood_is_counted() {
        let mut remarks = Remarks::default();
        for start in (0..250).rev() {
            remarks.note("missing-why", ("b", start..start + 1), "m", "h");
        }
        remarks.note("missing-why", ("a", 5..6), "m", "h");
        remarks.note("similar-options", ("b", 0..1), "m", "h");
        let found = remarks.in_order(["a", "b"].into_iter());
        assert_eq!((found[0].file.as_str(), found.len()), ("a", 103));
        assert_eq!((found[1].rule, &found[1].span), ("similar-options", &Some(0..1)));
        assert_eq!(found[102].message, "150 more of this kind are not listed");
        assert!(found[1..102].is_sorted_by_key(|remark| remark.span.as_ref().map(|span| span.start)));
    }

    #[test]
    fn words() {
        assert_eq!(
            (counted(1, "question"), counted(2, "question")),
            ("1 question".to_owned(), "2 questions".to_owned())
        );
        assert_eq!(quote(&"ä".repeat(61)), format!("`{}…`", "ä".repeat(60)));
    }
}
