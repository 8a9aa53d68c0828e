//! Where a reader of a text finds themselves in another version of it.

use std::ops::Range;

use super::Document;

/// How many lines above a place are looked for when the place itself is gone.
const LINES_TRIED: usize = 16;

/// The offset in `new` that shows what stood at `offset` (both in bytes) in `old`: the same words under the same heading
/// where they are still there, else what comes nearest.
#[must_use]
pub fn follow(old: &Document, offset: usize, new: &Document) -> usize {
    let offset = old.source().floor_char_boundary(offset);
    let here = section(old, offset);
    let there = here.anchor.and_then(|anchor| section_of(new, anchor));
    let (from, to) = match there {
        Some(there) => (here.range, there),
        // Before the first heading, or under one that is not there any more.
        None if here.anchor.is_none() => (here.range, section(new, 0).range),
        None => (0..old.len(), 0..new.len()),
    };
    let (start, shift) = (from.start, to.start);
    shift + within(&old.source()[from], offset - start, &new.source()[to])
}

/// The text under a heading.
struct Section<'a> {
    /// Of the heading; `None` before the first one.
    anchor: Option<&'a str>,
    range: Range<usize>,
}

fn section(document: &Document, offset: usize) -> Section<'_> {
    let headings = document.headings();
    let next = headings.partition_point(|heading| heading.offset <= offset);
    let heading = next.checked_sub(1).and_then(|last| headings.get(last));
    let end = headings.get(next).map_or(document.len(), |heading| heading.offset);
    let start = heading.map_or(0, |heading| heading.offset);
    Section { anchor: heading.map(|heading| heading.anchor.as_str()), range: start..end }
}

fn section_of(document: &Document, anchor: &str) -> Option<Range<usize>> {
    document.heading(anchor).map(|heading| section(document, heading.offset).range)
}

/// Where (in bytes) in `new` stands what stands at `offset` in `old`, two short texts without headings.
fn within(old: &str, offset: usize, new: &str) -> usize {
    let same = |(a, b): &(u8, u8)| a == b;
    let before = old.bytes().zip(new.bytes()).take_while(same).count();
    if offset < before || old == new {
        return offset;
    }
    let behind = old.bytes().rev().zip(new.bytes().rev()).take_while(same).count();
    // What is the same at both ends must not be counted twice, as in a text of which a repeated line was taken out.
    let behind = behind.min(old.len().min(new.len()) - before);
    if old.len() - offset <= behind {
        return new.len() - (old.len() - offset);
    }
    if offset == before && !new[before..].trim().is_empty() {
        // Other words stand where these stood.
        return offset;
    }
    let found = lines_up(old, offset).take(LINES_TRIED).find_map(|line| nearest(new, line, offset));
    new.floor_char_boundary(found.unwrap_or(offset))
}

/// The line that has `offset`, and those above it, that say something.
fn lines_up(text: &str, offset: usize) -> impl Iterator<Item = &str> {
    let end = text[offset..].find('\n').map_or(text.len(), |length| offset + length);
    text[..end].rsplit('\n').filter(|line| !line.trim().is_empty())
}

/// Where `line` stands as a whole line of `text`, nearest to `offset`.
fn nearest(text: &str, line: &str, offset: usize) -> Option<usize> {
    let whole = |at: &usize| {
        let ends = text[at + line.len()..].chars().next().is_none_or(|next| next == '\n');
        ends && (*at == 0 || text.as_bytes()[at - 1] == b'\n')
    };
    let found = text.match_indices(line).map(|(at, _)| at).filter(whole);
    found.min_by_key(|at| at.abs_diff(offset))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn document(text: &str) -> Document {
        Document::parse(text.into())
    }

    const OLD: &str = "Before.\n\n# One\n\nFirst.\n\nSecond.\n\n## Two\n\nThird.\n\nFourth.\n";

    /// What stands where a reader of `words` in [`OLD`] goes on.
    fn check(words: &str, new: &str, expected: &str) {
        let offset = OLD.find(words).expect("words of the old text");
        let found = follow(&document(OLD), offset, &document(new));
        assert!(new[found..].starts_with(expected), "{words:?} led to {:?}", &new[found..]);
    }

    #[test]
    fn the_same_words_are_found_again() {
        check("Second", OLD, "Second");
        check("Second", &OLD.replace("First.", "First, and much more than that."), "Second");
        check("Second", &OLD.replace("Third.", ""), "Second");
        check("Third", &OLD.replace("Second.", "").replace("Fourth.", "Last."), "Third");
        check("Before", &OLD.replace("Fourth.", ""), "Before");
        check("## Two", &format!("# New\n\nNew.\n\n{OLD}"), "## Two");
    }

    #[test]
    fn what_is_gone_leads_to_what_stood_above_it_under_the_same_heading() {
        check(
            "Second",
            &OLD.replace("Second.", "Other words.").replace("## Two", "## Two\n\nNew"),
            "Other words",
        );
        check("Fourth", &OLD.replace("Fourth.\n", "").replace("Before.", "Now."), "Third");
        // The section moved to the top, and its text changed around the place.
        check("Fourth", "## Two\n\nNew.\n\nFourth.\n\nNew.\n\n# One\n\nFirst.\n", "Fourth");
    }

    #[test]
    fn a_heading_that_was_renamed_is_followed_by_its_text() {
        check("Fourth", &OLD.replace("## Two", "## Three"), "Fourth");
        check("Fourth", &OLD.replace("## Two", "## Three").replace("First.", ""), "Fourth");
    }

    proptest! {
        #[test]
        fn wherever_it_leads_is_a_place_of_the_new_text(
            old in "(# [a-c]\n|[a-cäß]{1,3}\n|\n){0,12}", new in "(# [a-c]\n|[a-cäß]{1,3}\n|\n){0,12}", at in 0_usize..40,
        ) {
            let found = follow(&document(&old), at, &document(&new));
            prop_assert!(new.is_char_boundary(found), "{found} of {new:?}");
        }

        #[test]
        fn an_edit_elsewhere_moves_nobody(
            text in "(# [a-c]\n|[a-cäß ]{1,9}\n|\n){1,12}", at in 0_usize..40, added in "[xyz]{1,5}",
        ) {
            // At the very end, and at the very beginning, of another line.
            let at = text.floor_char_boundary(at);
            prop_assume!(at < text.len());
            let longer = format!("{text}{added}\n");
            prop_assert_eq!(follow(&document(&text), at, &document(&longer)), at);
            let later = format!("{added}\n\n{text}");
            let found = follow(&document(&text), at, &document(&later));
            prop_assert_eq!(&later[found..], &text[at..]);
        }
    }
}
