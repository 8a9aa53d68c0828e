//! What is remembered of a place of a text, by which it is found again in another version when the old one is gone.

use super::Document;
use crate::printable::Printable;

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
        let rest = source[source.floor_char_boundary(offset)..].trim_start();
        let line = rest.lines().next().unwrap_or_default();
        let line = line[..line.floor_char_boundary(LONGEST)].trim_end();
        let heading = heading_above(document, source.len() - rest.len());
        Self { heading, line: line.to_owned() }
    }

    /// The words of [`Self::line`] without markup, as far as the line tells by itself what is markup.
    #[must_use]
    pub fn words(&self) -> Printable {
        let row = self.line.strip_prefix('|').map(|row| row.strip_suffix('|').unwrap_or(row));
        // By itself a row is a table only with a second line that has as many columns.
        let row = row.filter(|row| !row.trim().is_empty());
        let columns = row.map(|row| 1 + row.matches('|').count() - row.matches("\\|").count());
        let below = columns.map_or_else(String::new, |columns| format!("\n{}", "|-".repeat(columns)));
        Document::parse(format!("{}{below}", self.line).into()).shown_from(0)
    }

    /// Where (in bytes) it is in `document`: the same words, under the same heading if they stand there, and else the
    /// heading; of several, what is nearest to the offset `near`. `None` when nothing of it is there.
    #[must_use]
    pub fn find(&self, document: &Document, near: usize) -> Option<usize> {
        self.find_words(document, near).or_else(|| {
            let headings = document.headings().iter();
            let named = headings.filter(|heading| heading.text.as_str() == self.heading);
            named.map(|heading| heading.offset).min_by_key(|at| at.abs_diff(near))
        })
    }

    /// The same for the words alone.
    #[must_use]
    pub fn find_words(&self, document: &Document, near: usize) -> Option<usize> {
        if self.line.is_empty() {
            return None;
        }
        let rest = document.source().get(near..);
        if rest.is_some_and(|rest| rest.starts_with(&self.line))
            && heading_above(document, near) == self.heading
        {
            return Some(near);
        }
        let found = document.source().match_indices(&self.line).take(MOST_TRIED).map(|(at, _)| at);
        let mut found = found.peekable();
        let first = found.next()?;
        if found.peek().is_none() {
            return Some(first);
        }
        // Of many places each needs its heading, so all are listed.
        let headings = document.headings();
        let above = |at: usize| headings.partition_point(|heading| heading.offset <= at).checked_sub(1);
        let is_elsewhere = |at| above(at).map_or("", |last| headings[last].text.as_str()) != self.heading;
        std::iter::once(first).chain(found).min_by_key(|at| (is_elsewhere(*at), at.abs_diff(near)))
    }
}

/// The heading that a place stands under; empty before the first one.
fn heading_above(document: &Document, offset: usize) -> String {
    document.heading_above(offset).unwrap_or_default().as_str().to_owned()
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

    #[test]
    fn the_line_is_told_without_its_markup() {
        let check = |line: &str, expected: &str| {
            let landmark = Landmark { heading: String::new(), line: line.to_owned() };
            assert_eq!(landmark.words().as_str(), expected, "{line}");
        };
        check("The *same*.[^F1]", "The same.");
        check("- [the guide](https://example.org)", "the guide");
        check("| a | *b*[^F1] |", "a; b");
        check("| a | b \\| c | d", "a; b | c; d");
        check("|", "|");
        check("## Two", "Two");
        check("", "");
    }

    #[test]
    fn a_place_among_thousands_of_headings_is_remembered_and_found() {
        let text: String = (0..20_000)
            .fold(String::new(), |text, part| text + &format!("## Part *{part}*\n\nWords {part}.\n\n"));
        let one = document(&text);
        let at = text.find("Words 19000.").expect("it is there");
        let landmark = Landmark::of(&one, at);
        let moved = document(&text.replace("Words 7.", "Other words."));
        let found = landmark.find(&one, at).zip(landmark.find(&moved, at));
        assert_eq!(landmark.heading, "Part 19000");
        assert_eq!(found, Some((at, at + "Other words.".len() - "Words 7.".len())));
    }

    proptest! {
        #[test]
        fn in_the_same_text_it_leads_to_the_same_words(text in "(# [a-c]\n|[a-cäß]{1,3}\n|\n){0,12}", at in 0_usize..50) {
            let document = document(&text);
            let landmark = Landmark::of(&document, at);
            if let Some(found) = landmark.find(&document, at) {
                prop_assert!(text[found..].starts_with(&landmark.line));
                prop_assert_eq!(&heading_above(&document, found), &landmark.heading);
            } else {
                prop_assert_eq!((landmark.line.as_str(), landmark.heading.as_str()), ("", ""));
            }
        }
    }
}
