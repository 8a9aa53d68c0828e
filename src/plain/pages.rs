//! A text broken into lines and pages.

use super::wrap::wrap;
use crate::markup::{LineStart, Linear, Passage, PassageKind};
use crate::printable::Printable;
use crate::training::{Frontier, Sight, Text};

/// A line of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextLine {
    pub(super) text: Printable,
    /// Where in the source (in bytes) its passage begins.
    pub(super) offset: usize,
    /// Where it begins itself: of the lines of its passage, and of others that begin there, it is the one with this number.
    start: LineStart,
    /// The word of the quote in which it stands and does not begin.
    quote: Option<&'static str>,
    /// Whether no empty line belongs above it, wherever it is said.
    goes_on: bool,
}

/// The page of a text that was said last.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageSaid {
    pub(super) text: Text,
    /// Where in the source it begins.
    pub(super) begin: usize,
    /// Where in it the learner is: at its beginning, or where they left off.
    pub(super) place: usize,
    /// Where they go on another time: there, or where they left off before they looked something up.
    pub(super) left_off: usize,
    /// Where in the source what is on later pages begins.
    pub(super) end: usize,
}

/// Where a text ends, in bytes of its source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    /// What is to be read; sources behind it are looked up.
    pub(super) body: usize,
    /// All of it.
    pub(super) whole: usize,
}

/// A text in pages; there is at least one, and only an empty text has an empty page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pages {
    /// Of each page.
    lines: Vec<Vec<TextLine>>,
    /// Where passages begin (in bytes of the source), in order.
    passages: Vec<usize>,
    /// For each page how far into the source a passage begins that ends there or before, in order.
    reached: Vec<usize>,
    /// Where each page begins, in order; the end of the source behind the last.
    starts: Vec<LineStart>,
}

impl Pages {
    /// Breaks a text that ends there into lines of `width` and pages of at most `height` lines. A page ends
    /// between blocks where that leaves it at least half full, before the sources, and never behind a heading.
    pub(super) fn new(linear: &Linear, ends: Ends, width: usize, height: usize) -> Self {
        let height = height.max(1);
        let mut passages: Vec<usize> = linear.passages.iter().map(|passage| passage.offset).collect();
        passages.sort_unstable();
        let mut pages: Vec<Vec<TextLine>> = vec![Vec::new()];
        for block in blocks(linear, width) {
            let Some(page) = pages.last_mut() else { break };
            let gap = usize::from(!page.is_empty());
            let free = height.saturating_sub(page.len() + gap);
            let length = block.iter().map(Vec::len).sum::<usize>();
            let breaks_before = length > free && (page.len() * 2 >= height || length <= height);
            let is_source = block
                .first()
                .and_then(|passage| passage.first())
                .is_some_and(|line| line.offset >= ends.body);
            let begins_sources = is_source && page.last().is_some_and(|line| line.offset < ends.body);
            if (breaks_before || begins_sources) && !page.is_empty() {
                turn(&mut pages);
            } else if gap > 0 {
                page.extend(block.first().and_then(|passage| passage.first()).map(TextLine::empty_above));
            }
            for passage in block {
                let free = pages.last().map_or(0, |page| height.saturating_sub(page.len()));
                if passage.len() > free && passage.len() <= height {
                    turn(&mut pages);
                }
                for line in passage {
                    if pages.last().is_some_and(|page| page.len() >= height) {
                        turn(&mut pages);
                    }
                    // No page begins with air.
                    if let Some(page) =
                        pages.last_mut().filter(|page| !page.is_empty() || !line.text.is_empty())
                    {
                        page.push(line);
                    }
                }
            }
        }
        let mut starts = vec![LineStart::default()];
        for page in pages.iter().skip(1) {
            let before = starts.last().copied().unwrap_or_default();
            starts.push(page.first().map_or(before, |line| line.start));
        }
        starts.push(LineStart::first_at(ends.whole));
        let last_of = |page: &Vec<TextLine>| page.last().map_or(0, |line| line.offset);
        let furthest = |reached: &mut usize, page| {
            *reached = last_of(page).max(*reached);
            Some(*reached)
        };
        let reached = pages.iter().scan(0, furthest).collect();
        Self { lines: pages, passages, reached, starts }
    }

    /// What whoever hears the page at this index hears of the source.
    pub(super) fn sight(&self, page: usize) -> Sight {
        let end = self.starts.last().copied().unwrap_or_default();
        let start = |page: usize| self.starts.get(page).copied().unwrap_or(end);
        Sight { from: start(page), to: start(page + 1) }
    }

    /// The same of what is said from the line at the index `from` of it.
    pub(super) fn sight_from(&self, page: usize, from: usize) -> Sight {
        let whole = self.sight(page);
        let from = self.lines(page).get(from).filter(|_| from > 0).map_or(whole.from, |line| line.start);
        Sight { from, ..whole }
    }

    /// The index of the line of a page with which the passage begins in which `offset` of the source stands; the first where it
    /// begins on another page.
    pub(super) fn line_at(&self, page: usize, offset: usize) -> usize {
        let passage = self.begin_of(offset);
        let begins = |line: &TextLine| line.offset == passage && !line.text.is_empty();
        self.lines(page).iter().position(begins).unwrap_or(0)
    }

    /// Where in the source the passage begins in which `offset` of it stands.
    pub(super) fn begin_of(&self, offset: usize) -> usize {
        let begun = self.passages.partition_point(|passage| *passage <= offset);
        begun.checked_sub(1).map_or(0, |last| self.passages[last])
    }

    /// The first page with something that was not heard yet, if there is one.
    pub(super) fn first_unheard(&self, heard: Frontier) -> Option<usize> {
        (0..self.count()).find(|page| heard.after(self.sight(*page)) != heard)
    }

    pub(super) fn count(&self) -> usize {
        self.lines.len()
    }

    /// The lines of the page at this index, from 0.
    pub(super) fn lines(&self, page: usize) -> &[TextLine] {
        self.lines.get(page).map_or(&[], Vec::as_slice)
    }

    /// The first page that shows the passage in which `offset` of the source stands.
    pub(super) fn page_of(&self, offset: usize) -> usize {
        let passage = self.begin_of(offset);
        let page = self.reached.partition_point(|reached| *reached < passage);
        page.min(self.lines.len().saturating_sub(1))
    }

    /// The word of the quote that goes on at this line of a page, if one does.
    pub(super) fn quote_at(&self, page: usize, line: usize) -> Option<&'static str> {
        self.lines(page).get(line)?.quote
    }

    /// Whether a page goes on with what was being said on the one before it: a paragraph, a list, a table.
    pub(super) fn goes_on(&self, page: usize) -> bool {
        self.lines(page).first().is_some_and(|line| line.goes_on)
    }

    /// The line of a page, from 1 and empty ones not counted, in which `words` stand that were found at `offset` of the
    /// source; where they are broken over two lines, the one in which their passage begins.
    pub(super) fn line_of(&self, page: usize, offset: usize, words: &str) -> usize {
        let lines: Vec<&TextLine> = self.lines(page).iter().filter(|line| !line.text.is_empty()).collect();
        let passage = lines.iter().map(|line| line.offset).filter(|begin| *begin <= offset).max();
        let of_passage = |line: &TextLine| Some(line.offset) == passage;
        let holds = |line: &&TextLine| of_passage(line) && line.text.as_str().contains(words);
        let found = lines.iter().position(holds).or_else(|| lines.iter().position(|line| of_passage(line)));
        found.map_or(1, |line| line + 1)
    }

    /// Where the first passage begins that is said on a later page.
    pub(super) fn end_of(&self, page: usize) -> usize {
        let said = self.passages.partition_point(|passage| self.page_of(*passage) <= page);
        self.passages.get(said).copied().unwrap_or(usize::MAX)
    }
}

/// Begins a page. The empty line above what now stands at its top is not needed any more, and would be taken for its beginning.
fn turn(pages: &mut Vec<Vec<TextLine>>) {
    if let Some([.., before, last]) = pages.last().map(Vec::as_slice)
        && last.text.is_empty()
        && last.offset != before.offset
    {
        pages.last_mut().and_then(Vec::pop);
    }
    pages.push(Vec::new());
}

impl TextLine {
    fn empty_above(line: &Self) -> Self {
        Self { text: Printable::default(), ..line.clone() }
    }
}

/// A passage that goes on with a quote in so few lines says whose words those are, most of the time, and is said with them.
const LINES_OF_A_SIGNATURE: usize = 2;

fn signs(passage: &Passage, lines: &[TextLine]) -> bool {
    passage.quote.is_some() && !passage.begins_quote && lines.len() <= LINES_OF_A_SIGNATURE
}

/// What a lead-in ends with; the second is that of Chinese and Japanese.
const LEADS_IN: [char; 2] = [':', '\u{ff1a}'];

/// The passages of what belongs together (a heading or a lead-in with the block behind it, a list, a table), each in lines.
fn blocks(linear: &Linear, width: usize) -> Vec<Vec<Vec<TextLine>>> {
    let mut blocks: Vec<Vec<Vec<TextLine>>> = Vec::new();
    let mut leads = false;
    let mut next = LineStart::default();
    for passage in &linear.passages {
        let offset = passage.offset;
        // What is said later than it is written goes on where what was said before it began, as the lines of code do.
        next = next.max(LineStart::first_at(offset));
        let mut begins_quote = passage.begins_quote;
        let mut goes_on = matches!(passage.kind, PassageKind::Continued | PassageKind::End);
        let line = |text| {
            let start = next;
            next.line += 1;
            let quote = passage.quote.filter(|_| !std::mem::take(&mut begins_quote));
            let goes_on = std::mem::replace(&mut goes_on, true);
            TextLine { text, offset, start, quote, goes_on }
        };
        let lines: Vec<TextLine> =
            wrap(&passage.text, width, passage.depth * 2).into_iter().map(line).collect();
        match (passage.kind, blocks.last_mut()) {
            (PassageKind::Continued, Some(block)) => block.push(lines),
            // No page begins with it.
            (PassageKind::End, Some(block)) => match block.last_mut() {
                Some(last) => last.extend(lines),
                None => block.push(lines),
            },
            (PassageKind::Heading | PassageKind::Block, Some(block)) if leads || signs(passage, &lines) => {
                block.push(lines.first().map(TextLine::empty_above).into_iter().collect());
                block.push(lines);
            }
            (PassageKind::Heading | PassageKind::Block | PassageKind::Continued | PassageKind::End, _) => {
                blocks.push(vec![lines]);
            }
        }
        // “Ask about three:” is said with what is asked about.
        leads = passage.kind == PassageKind::Heading || leads_in(passage.text.as_str());
    }
    blocks
}

/// Whether a text ends as what leads in does, the signs of its footnotes left out.
fn leads_in(text: &str) -> bool {
    let is_sign = |sign: &str| [" ", "s "].iter().any(|rest| sign.starts_with(rest)) && sign.ends_with(')');
    let without = text.rsplit_once(" (note").filter(|(_, sign)| is_sign(sign));
    without.map_or(text, |(words, _)| words).ends_with(LEADS_IN)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::course;
    use crate::markup::linear;

    impl Ends {
        /// Of a text without sources.
        fn at(whole: usize) -> Self {
            Self { body: whole, whole }
        }
    }

    fn shown(pages: &Pages) -> Vec<Vec<&str>> {
        (0..pages.count())
            .map(|page| pages.lines(page).iter().map(|line| line.text.as_str()).collect())
            .collect()
    }

    #[test]
    fn a_heading_stays_with_what_it_heads() {
        let text = linear("one\n\ntwo\n\n## H\n\nthree\n\nfour");
        let pages = Pages::new(&text, Ends::at(46), 20, 5);
        assert_eq!(shown(&pages), [vec!["one", "", "two"], vec!["Heading: H", "", "three", "", "four"]]);
        assert_eq!(pages.page_of(0), 0);
        assert_eq!(pages.page_of(text.passages[2].offset), 1);
        assert_eq!(pages.page_of(usize::MAX), 1);
        // Within a passage, too: another face may have left off anywhere.
        assert_eq!(
            (pages.page_of(text.passages[1].offset + 1), pages.page_of(text.passages[2].offset - 1)),
            (0, 0)
        );
        assert_eq!((pages.end_of(0), pages.end_of(1)), (text.passages[2].offset, usize::MAX));
    }

    #[test]
    fn a_lead_in_stays_with_its_list() {
        let text = linear("one\n\ntwo\n\nAsk about three:\n\n- a\n- b\n- c\n");
        let pages = Pages::new(&text, Ends::at(42), 20, 5);
        let list = vec!["Ask about three:", "", "- a", "- b", "- c"];
        assert_eq!(shown(&pages), [vec!["one", "", "two"], list]);
        let text = linear("one\n\ntwo\n\n请问\u{ff1a}\n\n- a\n- b\n- c\n");
        let pages = Pages::new(&text, Ends::at(42), 20, 5);
        let list = vec!["请问\u{ff1a}", "", "- a", "- b", "- c"];
        assert_eq!(shown(&pages), [vec!["one", "", "two"], list]);
    }

    /// A page began with “End of note.”
    #[test]
    fn the_end_of_a_block_stands_with_what_it_ends() {
        let items = ('a'..='h').map(|item| format!("> - {item}\n")).collect::<Vec<_>>().concat();
        let quote = format!("> one\n>\n{items}");
        let pages = Pages::new(&linear(&quote), Ends::at(quote.len()), 20, 5);
        let first = vec!["Quote: one", "", "- a", "- b", "- c"];
        assert_eq!(shown(&pages), [first, vec!["- d", "- e", "- f", "- g"], vec!["- h", "End of quote."]]);
        let text = linear("| a |\n|---|\n| b |\n| c |\n");
        let pages = Pages::new(&text, Ends::at(24), 40, 3);
        let [first, second] = [
            vec!["Table, 2 rows. Columns: a.", "Row 1 of 2. a: b"],
            vec!["Row 2 of 2. a: c", "End of table."],
        ];
        assert_eq!(shown(&pages), [first, second]);
    }

    #[test]
    fn the_sign_of_a_footnote_does_not_part_a_lead_in_from_its_list() {
        for (text, leads) in [
            ("In every app:", true),
            ("In every app: (note F005)", true),
            ("In every app (note F005):", true),
            ("In every app: (notes F005, F006)", true),
            ("In every app: (noted)", false),
            ("In every app. (note F005)", false),
            ("(see: here)", false),
        ] {
            assert_eq!(leads_in(text), leads, "{text}");
        }
    }

    #[test]
    fn sources_begin_a_page() {
        let markdown = "one\n\n## Sources\n\nwhere\n";
        let ends = Ends { body: 5, whole: markdown.len() };
        let pages = Pages::new(&linear(markdown), ends, 30, 9);
        assert_eq!(shown(&pages), [vec!["one"], vec!["Heading: Sources", "", "where"]]);
    }

    /// The empty line above it stayed on the page before, and whoever asked for the heading was led there.
    #[test]
    fn a_heading_is_found_on_the_page_where_it_is_said() {
        let text = linear("one\n\n- two\n- three\n\n## H\n\nfour words to fill\n\nfive");
        let heading = text.passages.iter().find(|passage| passage.text.as_str() == "Heading: H").unwrap();
        for height in 3..9 {
            let pages = Pages::new(&text, Ends::at(60), 12, height);
            let page = shown(&pages).into_iter().position(|page| page.contains(&"Heading: H"));
            assert_eq!(Some(pages.page_of(heading.offset)), page, "{height}");
        }
    }

    /// Asked for by where the document says that it begins, it was found on the page before.
    #[test]
    fn every_heading_of_the_course_is_found_on_the_page_where_it_is_said() {
        let course = course::parse(course::embedded()).expect("the bundled course");
        for (module, width) in course.modules.iter().flat_map(|module| [(module, 40), (module, 72)]) {
            let document = &module.lesson.document;
            let ends = Ends { body: document.body_end(), whole: document.len() };
            let pages = Pages::new(&linear(document.source()), ends, width, 20);
            for heading in document.headings() {
                let page = pages.lines(pages.page_of(heading.offset));
                let is_it = |line: &TextLine| {
                    let words = line.text.as_str().split_once(": ").map_or("", |(_, words)| words);
                    !words.is_empty() && heading.text.as_str().starts_with(words)
                };
                assert!(page.iter().any(is_it), "{} at {width}: {}", module.lesson.path, heading.text);
            }
        }
    }

    #[test]
    fn words_that_were_found_have_a_line() {
        let markdown = "# Title\n\none two three four five six\n\nseven eight\n";
        let pages = Pages::new(&linear(markdown), Ends::at(markdown.len()), 14, 20);
        // Title: Title / one two three / four five six / seven eight
        let check = |words: &str, expected: usize| {
            let offset = markdown.find(words).expect("it is there");
            assert_eq!(pages.line_of(0, offset, words), expected, "{words}");
        };
        check("one", 2);
        check("five", 3);
        check("three four", 2);
        check("eight", 4);
    }

    #[test]
    fn a_page_in_the_middle_of_code_is_a_part_of_it() {
        let markdown = format!("intro\n\n```\n{}```\n", "code\n".repeat(20));
        let pages = Pages::new(&linear(&markdown), Ends::at(markdown.len()), 40, 5);
        let sights: Vec<Sight> = (0..pages.count()).map(|page| pages.sight(page)).collect();
        assert!(pages.count() > 3 && sights.iter().all(|sight| sight.from < sight.to), "{sights:?}");
    }

    /// A row is said with the names of its columns, in more lines than it has bytes: the pages in its middle were no part of
    /// anything, and passed over.
    #[test]
    fn a_page_in_the_middle_of_a_row_is_a_part_of_it() {
        let head = "a name that is long ".repeat(12);
        let markdown = format!("| {head} |\n|---|\n| x |\n");
        let pages = Pages::new(&linear(&markdown), Ends::at(markdown.len()), 12, 2);
        let sights: Vec<Sight> = (0..pages.count()).map(|page| pages.sight(page)).collect();
        assert!(pages.count() > 12 && sights.iter().all(|sight| sight.from < sight.to), "{sights:?}");
    }

    #[test]
    fn a_block_longer_than_a_page_is_broken() {
        let items = "- item\n".repeat(12);
        let pages = Pages::new(&linear(&items), Ends::at(items.len()), 40, 5);
        assert_eq!(pages.count(), 3);
    }

    #[test]
    fn a_page_in_the_middle_of_a_long_paragraph_is_a_part_of_it() {
        let words = "word ".repeat(100);
        let pages = Pages::new(&linear(&words), Ends::at(words.len()), 20, 5);
        let starts: Vec<_> = (0..pages.count()).map(|page| pages.sight(page).from).collect();
        assert_eq!(starts, [0, 5, 10, 15, 20].map(|line| LineStart { offset: 0, line }));
        assert_eq!(pages.sight(4).to, LineStart::first_at(500));
        assert_eq!(
            (pages.begin_of(0), pages.begin_of(499)),
            (0, 0),
            "it begins again when it is laid out anew"
        );
    }

    /// Footnotes are said where they are written, and what is said late never takes a page back.
    #[test]
    fn pages_are_in_the_order_in_which_they_are_said() {
        let text = "See[^1].\n\n[^1]: A note.\n\nMore.\n\nEnd.\n";
        let pages = Pages::new(&linear(text), Ends::at(text.len()), 20, 1);
        let starts: Vec<LineStart> = (0..pages.count()).map(|page| pages.sight(page).from).collect();
        assert!(starts.is_sorted() && pages.count() > 3, "{starts:?}");
    }

    #[test]
    fn an_empty_text_is_one_empty_page() {
        assert_eq!(shown(&Pages::new(&linear(""), Ends::at(0), 20, 5)), [Vec::<&str>::new()]);
    }

    proptest! {
        #[test]
        fn no_page_is_too_long_and_nothing_is_lost(
            markdown in r"((# |- |> |1\. )?[a-z]{1,9}( [a-z]{1,9}){0,20}\n{1,2}){0,20}",
            width in 10_usize..50,
            height in 1_usize..12,
        ) {
            let text = linear(&markdown);
            let pages = Pages::new(&text, Ends::at(markdown.len()), width, height);
            let solid = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            let mut found = String::new();
            for page in 0..pages.count() {
                prop_assert!(pages.lines(page).len() <= height);
                for line in pages.lines(page) {
                    prop_assert!(line.text.width() <= width);
                    found.push_str(&solid(line.text.as_str()));
                }
            }
            let wanted: String = text.passages.iter().map(|passage| solid(passage.text.as_str())).collect();
            prop_assert_eq!(found, wanted);
            let mut heard = LineStart::default();
            for page in 0..pages.count() {
                let sight = pages.sight(page);
                prop_assert_eq!(sight.from, heard, "no gap and no overlap");
                prop_assert!(sight.from < sight.to || markdown.is_empty(), "every page counts");
                heard = sight.to;
            }
            prop_assert_eq!(heard, LineStart::first_at(markdown.len()));
            // Looking through all pages for each heading took a second where there were thousands.
            for offset in 0..=markdown.len() {
                let passage = pages.begin_of(offset);
                let shows = |page: &usize| pages.lines(*page).last().is_some_and(|line| line.offset >= passage);
                let first = (0..pages.count()).find(shows).unwrap_or(pages.count() - 1);
                prop_assert_eq!(pages.page_of(offset), first);
            }
            for passage in &text.passages {
                let page = pages.lines(pages.page_of(passage.offset));
                prop_assert!(page.iter().any(|line| line.offset == passage.offset && !line.text.is_empty()));
            }
        }
    }
}
