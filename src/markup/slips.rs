//! Markdown that is taken for something else than what was meant.
//!
//! The parser takes nothing for a mistake: what is no markup is text. So this looks at what it gave as text, where that
//! begins as markup does, and at the brackets that it could make nothing of; what is code or escaped is never looked at.

use std::mem;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::chart;
use super::events::Located;
use super::plain_text::list;

/// Markdown that is taken for something else than what was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// What it is.
    pub kind: SlipKind,
    /// Where it stands in the source, in bytes.
    pub place: Range<usize>,
}

/// What is taken for something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SlipKind {
    /// Cells of a row that its table has no columns for: they are shown nowhere.
    CellsLost,
    /// The sign of a footnote that is not there.
    NoteMissing,
    /// The label of a footnote that no sign refers to.
    NoteUnused,
    /// A link or a picture whose label is defined nowhere.
    LabelUndefined,
    /// A link or a picture with a blank in its address.
    BlankInAddress,
    /// `[!…]` that begins no box.
    BoxUnknown,
    /// The first line of what would be a table with a line of dashes below it.
    TableUnruled,
    /// A line that would be a heading with a blank behind its `#`.
    HeadingUnspaced,
    /// The fence of a block of code that would be a chart without its capitals.
    ChartCapital,
}

/// No address is longer, in bytes; a line may be.
const LONGEST_ADDRESS: usize = 2048;

/// Collects the slips of a document.
#[derive(Debug)]
pub(super) struct Slips<'a> {
    source: &'a str,
    found: Vec<Slip>,
    /// How many blocks of code and of HTML are open.
    raw: usize,
    /// What begins here.
    begins: Begins,
    /// Where the line above begins, if it looks like a row of a table.
    row_above: Option<usize>,
    /// Where the last cell ends.
    cell_end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begins {
    Nothing,
    Paragraph,
    Line,
}

impl<'a> Slips<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let begins = Begins::Nothing;
        Self { source, found: Vec::new(), raw: 0, begins, row_above: None, cell_end: 0 }
    }

    /// All slips in the order of the text.
    pub(super) fn found(mut self) -> Vec<Slip> {
        self.found.sort_by_key(|slip| (slip.place.start, slip.kind));
        self.found.dedup();
        self.found
    }

    pub(super) fn note(&mut self, kind: SlipKind, place: Range<usize>) {
        list(&mut self.found, Slip { kind, place });
    }

    /// Takes brackets in which the parser found a label that nothing defines.
    pub(super) fn take_undefined(&mut self, link: LinkType, place: Range<usize>) {
        match link {
            LinkType::Reference | LinkType::Collapsed => self.note(SlipKind::LabelUndefined, place),
            // Brackets are mostly meant as such, unless an address follows.
            LinkType::Shortcut => {
                if let Some(length) = blank_address(&self.source[place.end..]) {
                    self.note(SlipKind::BlankInAddress, place.start..place.end + length);
                }
            }
            LinkType::Inline
            | LinkType::ReferenceUnknown
            | LinkType::CollapsedUnknown
            | LinkType::ShortcutUnknown
            | LinkType::Autolink
            | LinkType::Email
            | LinkType::WikiLink { .. } => {}
        }
    }

    /// Takes the next event.
    pub(super) fn take(&mut self, (event, place): &Located<'_>) {
        let begins = mem::replace(&mut self.begins, Begins::Nothing);
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                self.raw += 1;
                if let CodeBlockKind::Fenced(info) = kind
                    && chart::is_misspelt(info)
                {
                    self.note(SlipKind::ChartCapital, self.line_at(place.start));
                }
            }
            Event::Start(Tag::HtmlBlock) => self.raw += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => self.raw = self.raw.saturating_sub(1),
            Event::Start(Tag::Paragraph | Tag::Item | Tag::DefinitionListDefinition) => {
                self.begins = Begins::Paragraph;
                self.row_above = None;
            }
            Event::SoftBreak | Event::HardBreak => self.begins = Begins::Line,
            Event::Text(_) if self.raw == 0 && begins != Begins::Nothing => {
                self.take_line(begins, place.start);
            }
            Event::End(TagEnd::TableCell) => self.cell_end = place.end,
            Event::End(TagEnd::TableRow) => self.take_row(place.end),
            _ if begins != Begins::Nothing => self.row_above = None,
            _ => {}
        }
    }

    /// Looks at a line of text that begins here.
    fn take_line(&mut self, begins: Begins, start: usize) {
        let row_above = self.row_above.take();
        if self.source[..start].ends_with('\\') {
            return;
        }
        let place = self.line_at(start);
        let line = &self.source[place.clone()];
        if begins == Begins::Paragraph
            && let Some(length) = box_sign(line)
        {
            self.note(SlipKind::BoxUnknown, start..start + length);
        } else if is_unspaced_heading(line, self.source[..start].trim().is_empty()) {
            self.note(SlipKind::HeadingUnspaced, place);
        } else if line.starts_with('|') && line.matches('|').count() > 1 {
            if let Some(above) = row_above {
                self.note(SlipKind::TableUnruled, self.line_at(above));
            }
            self.row_above = Some(row_above.unwrap_or(start));
        }
    }

    /// Looks at what stands behind the last cell of a row that ends here: the parser drops what has no column.
    fn take_row(&mut self, end: usize) {
        let is_bar = |c: char| c == '|' || c.is_whitespace();
        let dropped = self.source.get(self.cell_end..end).unwrap_or_default();
        let cells = dropped.trim_start_matches(is_bar);
        let start = end - cells.len();
        let cells = cells.trim_end_matches(is_bar);
        if !cells.is_empty() {
            self.note(SlipKind::CellsLost, start..start + cells.len());
        }
    }

    /// The line from here on, without what ends it.
    fn line_at(&self, start: usize) -> Range<usize> {
        let rest = &self.source[start..];
        start..start + rest.lines().next().unwrap_or_default().trim_end().len()
    }
}

/// How long the sign of a box is that a line begins with.
fn box_sign(line: &str) -> Option<usize> {
    let (word, _) = line.strip_prefix("[!")?.split_once(']')?;
    let is_word = !word.is_empty() && word.chars().all(char::is_alphabetic);
    is_word.then_some("[!".len() + word.len() + "]".len())
}

/// Whether a line would be a heading if a blank stood behind its `#`. A single `#` begins many words (`#1`), so it is one
/// only where the title stands.
fn is_unspaced_heading(line: &str, is_first: bool) -> bool {
    let words = line.trim_start_matches('#');
    match line.len() - words.len() {
        1 => is_first && words.starts_with(char::is_alphabetic),
        2..=6 => words.starts_with(|c: char| c.is_alphanumeric() || "*_[`\"“".contains(c)),
        _ => false,
    }
}

/// How long an address in brackets is that the text begins with, if it is none because a blank stands in it. Whether it was
/// meant as an address is seen from a `/`, a `#` or the end of a file's name: `[sic](he and she)` was not.
fn blank_address(text: &str) -> Option<usize> {
    let text = &text[..text.floor_char_boundary(LONGEST_ADDRESS)];
    let (address, _) = text.strip_prefix('(')?.lines().next()?.split_once(')')?;
    let has_ending =
        address.split('.').skip(1).any(|ending| ending.starts_with(|c: char| c.is_ascii_alphanumeric()));
    let is_meant = has_ending || address.contains(['/', '#']);
    let has_blank = address.trim().contains(char::is_whitespace);
    (is_meant && has_blank).then_some("(".len() + address.len() + ")".len())
}

#[cfg(test)]
mod tests {
    use super::super::Document;
    use super::SlipKind::*;
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &[(SlipKind, &str)]) {
        let slips = Document::parse(source.into()).survey().slips;
        let found: Vec<_> = slips.iter().map(|slip| (slip.kind, &source[slip.place.clone()])).collect();
        assert_eq!(found, expected, "{source}");
    }

    /// A stray bar hid the end of a row from learners, and nobody was told.
    #[test]
    fn cells_without_a_column() {
        let head = "| a | b |\n|---|---|\n";
        check(&format!("{head}| 1 | 2 | 3 | *4* |\n| 5 | 6 |\n"), &[(CellsLost, "3 | *4*")]);
        check(&format!("{head}1 | 2 | 3\n"), &[(CellsLost, "3")]);
        check(&format!("{head}| 1 |\n| 1 | 2 ||\n| 1 | 2 | | |\n| 1 \\| 2 | `3 \\| 4` |\n"), &[]);
        check("> | a |\n> |---|\n> | 1 | 2 |\n> | 3 | 4 |\n", &[(CellsLost, "2"), (CellsLost, "4")]);
        check("- | a |\n  |---|\n  | 1 | 2 |\n", &[(CellsLost, "2")]);
        let long = format!("{head}{}| 1 | 2 | 3 |\n", "| 1 | 2 |\n".repeat(5_000));
        check(&long, &[(CellsLost, "3")]);
    }

    #[test]
    fn notes_without_signs_and_signs_without_notes() {
        check("A[^1], b[^F7][^1].\n\n[^1]: One.\n", &[(NoteMissing, "[^F7]")]);
        check("A[^1].\n\n[^1]: One.\n\n[^Two]: Two.\n", &[(NoteUnused, "[^Two]")]);
        check("A[^One].\n\n[^one]: One[^2].\n\n[^2]: Two.\n", &[]);
        check("A `[^1]` and \\[^2].\n\n    [^3]\n", &[]);
    }

    #[test]
    fn links_that_are_none() {
        check(
            "See [the page][nope], [the][].",
            &[(LabelUndefined, "[the page][nope]"), (LabelUndefined, "[the]")],
        );
        check("![a *map*][nope]", &[(LabelUndefined, "![a *map*][nope]")]);
        check("[a][b] [c] `[d][e]` \\[f]\\[g]\n\n[b]: c.md\n", &[]);
        check("[a [sic] b] (see c) [he](or she) [x](a.md \"A title\") [y](<a b.md>)", &[]);
        check("See [the page](../my page.md).", &[(BlankInAddress, "[the page](../my page.md)")]);
        check("![a *map*](my map.png)", &[(BlankInAddress, "![a *map*](my map.png)")]);
        check("| a |\n|---|\n| [b](c d.md) |\n", &[(BlankInAddress, "[b](c d.md)")]);
        check("`[the page](my page.md)`\n\n```\n[a](b c.md) [a][b]\n```\n", &[]);
    }

    #[test]
    fn boxes_of_no_kind() {
        check("> [!HINT]\n> Text.\n", &[(BoxUnknown, "[!HINT]")]);
        check("> [!NOTE] Text.\n", &[(BoxUnknown, "[!NOTE]")]);
        check("[!TIP]\nText.\n", &[(BoxUnknown, "[!TIP]")]);
        check("> [!NOTE]\n> Text.\n\n> [!tip]\n> Text [!x].\n\n> \\[!HINT]\n\n> `[!HINT]`\n", &[]);
    }

    #[test]
    fn tables_without_a_line_of_dashes() {
        check("| a | b |\n| 1 | 2 |\n| 3 | 4 |\n", &[(TableUnruled, "| a | b |")]);
        check("| a | b |\n|---|\n| 3 | 4 |\n", &[(TableUnruled, "| a | b |")]);
        check("- | **a** | b |\n  | 1 | 2 |\n", &[(TableUnruled, "| **a** | b |")]);
        check("| a | b |\n|---|---|\n| 1 | 2 |\n\n|x| is a size.\n\n\\| a |\n\\| b |\n", &[]);
        check("```\n| a | b |\n| 1 | 2 |\n```\n\n    | a | b |\n    | 1 | 2 |\n", &[]);
    }

    #[test]
    fn headings_without_a_blank() {
        check(
            "# A\n\n##How many\n\nText\n###**So** many\n",
            &[(HeadingUnspaced, "##How many"), (HeadingUnspaced, "###**So** many")],
        );
        check("#Phones at work\n\n#tag\n", &[(HeadingUnspaced, "#Phones at work")]);
        check("# A\n\n#1 is it. \\##b ## c\n\n\\##d\n\n`##e`\n\n```\n##f\n```\n\n##\n\n####### g\n", &[]);
    }

    #[test]
    fn charts_with_capitals() {
        check(
            "```Chart\na: 1\n```\n\n```chart\na: 1\n```\n\n```charts\n```\n",
            &[(ChartCapital, "```Chart")],
        );
    }
}
