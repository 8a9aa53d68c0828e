//! A GIFT file cut at its blank lines.

use std::str::Split;

use crate::author::exchange::gift::piece::SPACE;

/// Lines between two blank ones.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Its lines without comments, each without white space at its ends.
    pub text: String,
    /// Where in the text every line begins, and which line of the file it is.
    lines: Vec<(usize, usize)>,
    /// The comment lines and which lines of the file they are.
    pub comments: Vec<(usize, String)>,
}

impl Block {
    /// The line of the file on which the text begins, or the comments if there is no text.
    pub(super) fn line(&self) -> usize {
        let comment = || self.comments.first().map(|(line, _)| *line);
        self.lines.first().map(|(_, line)| *line).or_else(comment).unwrap_or(1)
    }

    /// The line of the file on which this byte of the text stands.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        let at = self.lines.partition_point(|(start, _)| *start <= offset);
        self.lines.get(at.saturating_sub(1)).map_or(1, |(_, line)| *line)
    }

    /// Every line of the text and where in it it begins.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let starts = self.lines.iter().map(|(start, _)| *start);
        starts.zip(self.text.split('\n'))
    }

    fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.comments.is_empty()
    }

    fn push(&mut self, number: usize, line: &str) {
        if line.starts_with("//") {
            self.comments.push((number, line.to_owned()));
            return;
        }
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        self.lines.push((self.text.len(), number));
        self.text.push_str(line);
    }
}

/// The blocks of a text with LF line ends.
pub(super) fn blocks(text: &str) -> Blocks<'_> {
    Blocks { lines: text.split('\n'), number: 0 }
}

/// What [`blocks`] gives.
#[derive(Debug)]
pub(super) struct Blocks<'a> {
    lines: Split<'a, char>,
    number: usize,
}

impl Iterator for Blocks<'_> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        let mut block = Block::default();
        for line in self.lines.by_ref() {
            self.number += 1;
            let line = line.trim_matches(SPACE);
            if !line.is_empty() {
                block.push(self.number, line);
            } else if !block.is_empty() {
                return Some(block);
            }
        }
        (!block.is_empty()).then_some(block)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_blocks_and_comments_stand_aside() {
        let text = "\n// one\nText\n  // two\n more\n\n \t\n0\n// alone at the end";
        let found: Vec<Block> = blocks(text).collect();
        let [first, second] = found.as_slice() else { panic!("two blocks: {found:?}") };
        assert_eq!(first.text, "Text\nmore");
        assert_eq!(first.comments, [(2, "// one".to_owned()), (4, "// two".to_owned())]);
        assert_eq!((first.line(), first.line_at(0), first.line_at(5), first.line_at(8)), (3, 3, 5, 5));
        assert_eq!((second.text.as_str(), second.line()), ("0", 8));
        assert_eq!(blocks("").count(), 0);
    }
}
