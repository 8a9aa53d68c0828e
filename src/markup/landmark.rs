//! What is remembered of a place of a text, by which it is found again in another version when the old one is gone.

use super::Document;
use super::follow::boundary;

/// The most of a line that is remembered, in bytes: enough for no other line to begin like it.
const LONGEST: usize = 240;

/// So many places that read like the one that is looked for are compared.
const MOST_TRIED: usize = 1 << 16;

/// What is remembered of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landmark {
    /// The heading above it, without markup; empty before the first one.
    pub heading: String,
    /// What the source says from there on, to the end of the line at most; empty at the end of the text.
    pub line: String,
}

impl Landmark {
    /// Of the place at `offset` (in bytes) of `document`.
    #[must_use]
    pub fn of(document: &Document, offset: usize) -> Self {
        let source = document.source();
        let rest = source[boundary(source, offset)..].trim_start();
        let line = rest.lines().next().unwrap_or_default();
        let line = line[..boundary(line, LONGEST)].trim_end();
        let heading = heading_above(document, source.len() - rest.len()).to_owned();
        Self { heading, line: line.to_owned() }
    }

    /// Where (in bytes) it is in `document`: the same words, under the same heading if they stand there, and else the
    /// heading; of several, what is nearest to the offset `near`. `None` when nothing of it is there.
    #[must_use]
    pub fn find(&self, document: &Document, near: usize) -> Option<usize> {
        let words = (!self.line.is_empty()).then_some(self.line.as_str());
        let found =
            words.into_iter().flat_map(|words| document.source().match_indices(words)).take(MOST_TRIED);
        let found = found.map(|(at, _)| at);
        found.min_by_key(|at| (heading_above(document, *at) != self.heading, at.abs_diff(near))).or_else(
            || {
                let headings = document.headings().iter();
                let named = headings.filter(|heading| heading.text.as_str() == self.heading);
                named.map(|heading| heading.offset).min_by_key(|at| at.abs_diff(near))
            },
        )
    }
}

/// The heading that `offset` of `document` stands under, itself included; empty before the first one.
#[must_use]
pub fn heading_above(document: &Document, offset: usize) -> &str {
    let headings = document.headings();
    let above = headings.partition_point(|heading| heading.offset <= offset).checked_sub(1);
    above.and_then(|last| headings.get(last)).map_or("", |heading| heading.text.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OLD: &str = "Before.\n\n# One\n\nThe *same*.\n\n## Two\n\nThe *same*.\n\nLast words.\n";

    fn document(text: &str) -> Document {
        Document::parse(text.into())
    }

    /// Where the `nth` place that says `words` in [`OLD`] is in `new`; what stands there begins with `expected`.
    fn check(words: &str, nth: usize, new: &str, expected: Option<&str>) {
        let (offset, _) = OLD.match_indices(words).nth(nth).expect("words of the old text");
        let new = document(new);
        let found = Landmark::of(&document(OLD), offset).find(&new, offset);
        let found = found.map(|at| &new.source()[at..]);
        assert_eq!(found.is_some(), expected.is_some(), "{words:?}: {found:?}");
        assert!(
            found.zip(expected).is_none_or(|(found, words)| found.starts_with(words)),
            "{words:?}: {found:?}"
        );
    }

    #[test]
    fn the_same_words_are_found_under_their_heading_wherever_that_is_now() {
        check("The *same*", 0, OLD, Some("The *same*.\n\n## Two"));
        check("The *same*", 1, OLD, Some("The *same*.\n\nLast"));
        let moved = "## Two\n\nThe *same*.\n\nNew.\n\n# One\n\nThe *same*.\n";
        check("The *same*", 0, moved, Some("The *same*.\n"));
        check("The *same*", 1, moved, Some("The *same*.\n\nNew"));
        check("Last words", 0, "# Three\n\nNew.\n\n- Last words.\n", Some("Last words"));
        check("Before", 0, "New.\n\nBefore.\n", Some("Before"));
        check("## Two", 0, &OLD.replace("Before.", "Much more before."), Some("## Two"));
    }

    #[test]
    fn words_that_are_gone_lead_to_their_heading_if_that_is_there() {
        check("Last words", 0, &OLD.replace("Last words.", "Other words."), Some("## Two"));
        check("Last words", 0, "# Three\n\nNothing of it.\n", None);
        check("Before", 0, "New.\n", None);
    }

    #[test]
    fn an_empty_line_stands_for_what_is_below_it_and_a_long_one_for_its_beginning() {
        let text = format!("# One\n\n{}\n", "ä".repeat(LONGEST));
        let landmark = Landmark::of(&document(&text), 6);
        assert_eq!(landmark, Landmark { heading: "One".to_owned(), line: "ä".repeat(LONGEST / 2) });
        let end = Landmark::of(&document(&text), text.len());
        assert_eq!(end, Landmark { heading: "One".to_owned(), line: String::new() });
        assert_eq!(end.find(&document(&text), text.len()), Some(0));
    }

    proptest! {
        #[test]
        fn in_the_same_text_it_leads_to_the_same_words(text in "(# [a-c]\n|[a-cäß]{1,3}\n|\n){0,12}", at in 0_usize..50) {
            let document = document(&text);
            let landmark = Landmark::of(&document, at);
            if let Some(found) = landmark.find(&document, at) {
                prop_assert!(text[found..].starts_with(&landmark.line));
                prop_assert_eq!(heading_above(&document, found), &landmark.heading);
            } else {
                prop_assert_eq!((landmark.line.as_str(), landmark.heading.as_str()), ("", ""));
            }
        }
    }
}
