//! What the Markdown parser says about one chunk, in the form that the rest of the room reads.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

/// An event and where in the source it comes from.
pub(super) type Located<'a> = (Event<'a>, Range<usize>);

/// Everything that lessons may use. Not the parser's superscripts and subscripts: it takes them only where a word
/// begins, so `H~2~O` and `x^2^` would not work and `~struck~` would be lost. `render::inline` has its own.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// 1 for the largest heading to 6 for the smallest.
pub(super) fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// A text to be parsed in place of a part of the source.
#[derive(Debug)]
pub(super) struct Excerpt<'a> {
    /// What the parser reads: `head`, the part of the source, then what it needs to know from elsewhere.
    text: Cow<'a, str>,
    /// How many bytes stand in front that are not at `offset` in the source.
    head: usize,
    /// How many bytes of the source there are.
    length: usize,
    /// Where they stand in the source.
    offset: usize,
}

impl<'a> Excerpt<'a> {
    /// A part of the source that begins at `offset`; with `head` before it, a table's first two lines.
    pub(super) fn new(head: &str, part: &'a str, offset: usize) -> Self {
        let notes = footnote_stubs(part);
        let text = if head.is_empty() && notes.is_empty() {
            Cow::Borrowed(part)
        } else {
            Cow::Owned([head, part, &notes].concat())
        };
        Self { text, head: head.len(), length: part.len(), offset }
    }

    /// The events of the part; `define` knows the link references of the rest of the document.
    pub(super) fn events(&self, define: &dyn Fn(&str) -> Option<(String, String)>) -> Vec<Located<'_>> {
        self.events_and_undefined(define, &mut |_, _| {})
    }

    /// The same, and `undefined` is told of every pair of brackets that would be a link if their label was defined.
    pub(super) fn events_and_undefined(
        &self,
        define: &dyn Fn(&str) -> Option<(String, String)>,
        undefined: &mut dyn FnMut(LinkType, Range<usize>),
    ) -> Vec<Located<'_>> {
        let place = |at: usize| self.offset + at.saturating_sub(self.head).min(self.length);
        let broken = |link: BrokenLink<'_>| {
            let defined = define(&link.reference);
            if defined.is_none() {
                undefined(link.link_type, place(link.span.start)..place(link.span.end));
            }
            defined.map(|(address, title)| (CowStr::from(address), CowStr::from(title)))
        };
        let parser = Parser::new_with_broken_link_callback(&self.text, options(), Some(broken));
        let mut events = Vec::new();
        let mut in_head = false;
        let end = self.head + self.length;
        for (event, range) in parser.into_offset_iter() {
            if range.start >= end || is_filled_in(&self.text, &event, &range) {
                continue;
            }
            let event = with_scheme(cut_off(event, &range, end));
            if self.head > 0 {
                match event {
                    Event::Start(Tag::TableHead) => in_head = true,
                    Event::End(TagEnd::TableHead) => {
                        in_head = false;
                        continue;
                    }
                    _ => {}
                }
            }
            if !in_head {
                push_merged(&self.text, &mut events, event, range);
            }
        }
        let mut linked = link_bare_addresses(notes_together(events));
        for (_, range) in &mut linked {
            *range = place(range.start)..place(range.end);
        }
        linked
    }
}

/// How many links `events` would give. Most chunks can be counted without collecting anything.
pub(super) fn count_links(excerpt: &Excerpt<'_>, define: &dyn Fn(&str) -> Option<(String, String)>) -> usize {
    let broken = |link: BrokenLink<'_>| {
        define(&link.reference).map(|(address, title)| (CowStr::from(address), CowStr::from(title)))
    };
    let is_link = |event: &Event<'_>| matches!(event, Event::Start(Tag::Link { .. }));
    let mut count = 0;
    let mut closed = 0;
    for event in Parser::new_with_broken_link_callback(&excerpt.text, options(), Some(broken)) {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => closed += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => closed -= 1,
            // The addresses without markup can only be found in the merged text.
            Event::Text(text) if closed == 0 && text.contains("http") => {
                return excerpt.events(define).iter().filter(|(event, _)| is_link(event)).count();
            }
            _ => {}
        }
        count += usize::from(is_link(&event));
    }
    if excerpt.head == 0 {
        return count;
    }
    excerpt.events(define).iter().filter(|(event, _)| is_link(event)).count()
}

/// Whether it is a cell that the parser gives a row with fewer cells than its table has columns, behind the end of its line. A row
/// of six bytes would have thousands of them.
fn is_filled_in(text: &str, event: &Event<'_>, range: &Range<usize>) -> bool {
    matches!(event, Event::Start(Tag::TableCell) | Event::End(TagEnd::TableCell))
        && range.is_empty()
        && text[..range.start].ends_with(['\n', '\r'])
}

/// Footnotes are only recognised beside their definition, which may stand in another chunk: give it empty ones.
fn footnote_stubs(part: &str) -> String {
    let mut stubs = String::new();
    for (at, _) in part.match_indices("[^").take(256) {
        let label = &part[at + 2..];
        let Some(end) = label.find(|c: char| c == ']' || c == '[' || c.is_whitespace()) else { continue };
        let label = &label[..end];
        if (1..=64).contains(&end) && !part.contains(&format!("[^{label}]:")) && stubs.len() < 4096 {
            let opening = if stubs.is_empty() { "\n\n" } else { "\n" };
            stubs.extend([opening, "[^", label, "]: x\n"]);
        }
    }
    stubs
}

/// An unclosed code block swallows what was put behind the part: take that out again.
fn cut_off<'a>(event: Event<'a>, range: &Range<usize>, end: usize) -> Event<'a> {
    match event {
        Event::Text(CowStr::Borrowed(text)) if range.end > end && range.len() == text.len() => {
            Event::Text(CowStr::Borrowed(&text[..end - range.start]))
        }
        Event::Html(CowStr::Borrowed(text)) if range.end > end && range.len() == text.len() => {
            Event::Html(CowStr::Borrowed(&text[..end - range.start]))
        }
        event => event,
    }
}

/// An address of a mailbox between `<` and `>` has no scheme for the parser, and without one it is the name of a file.
fn with_scheme(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::Link { link_type: LinkType::Email, dest_url, title, id }) => {
            Event::Start(Tag::Link {
                link_type: LinkType::Autolink,
                dest_url: format!("mailto:{dest_url}").into(),
                title,
                id,
            })
        }
        event => event,
    }
}

/// The parser hands out text in splinters (at every `_`, `&`, `[`); what is one text in the source becomes one.
fn push_merged<'a>(text: &'a str, events: &mut Vec<Located<'a>>, event: Event<'a>, range: Range<usize>) {
    if let Event::Text(part) = &event
        && *text.get(range.clone()).unwrap_or_default() == **part
        && let Some((Event::Text(before), place)) = events.last_mut()
        && place.end == range.start
        && text[place.clone()] == **before
    {
        place.end = range.end;
        *before = CowStr::Borrowed(&text[place.clone()]);
        return;
    }
    events.push((event, range));
}

/// Stands between the labels of signs in a row.
pub(super) const BETWEEN_LABELS: &str = ", ";

/// Signs of footnotes in a row, with nothing but spaces and commas between them, become one whose labels are separated by
/// [`BETWEEN_LABELS`]: a label holds none of that.
pub(super) fn notes_together(events: Vec<Located<'_>>) -> Vec<Located<'_>> {
    let mut together = Vec::with_capacity(events.len());
    // The labels of the row under way, where it stands, and what was met behind it.
    let mut row: Option<(String, Range<usize>)> = None;
    let mut between = Vec::new();
    for (event, range) in events {
        match (event, &mut row) {
            (Event::FootnoteReference(label), Some((labels, place))) => {
                labels.push_str(BETWEEN_LABELS);
                labels.push_str(&label);
                place.end = range.end;
                between.clear();
            }
            (Event::FootnoteReference(label), None) => row = Some((label.into_string(), range)),
            (event, Some(_)) if is_between_notes(&event) => between.push((event, range)),
            (event, _) => {
                together.extend(row.take().map(note_signs));
                together.append(&mut between);
                together.push((event, range));
            }
        }
    }
    together.extend(row.map(note_signs));
    together.append(&mut between);
    together
}

fn note_signs<'a>((labels, range): (String, Range<usize>)) -> Located<'a> {
    (Event::FootnoteReference(labels.into()), range)
}

fn is_between_notes(event: &Event<'_>) -> bool {
    match event {
        Event::Text(text) => text.chars().all(|c| c == ',' || c.is_whitespace()),
        Event::SoftBreak => true,
        Event::Start(_)
        | Event::End(_)
        | Event::Code(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::Html(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_)
        | Event::HardBreak
        | Event::Rule
        | Event::TaskListMarker(_) => false,
    }
}

/// Addresses that stand in the text without any markup become links, as GitHub does it.
fn link_bare_addresses(events: Vec<Located<'_>>) -> Vec<Located<'_>> {
    let bare = |event: &Event<'_>| matches!(event, Event::Text(text) if text.contains("://"));
    if !events.iter().any(|(event, _)| bare(event)) {
        return events;
    }
    let mut linked = Vec::with_capacity(events.len() + 8);
    let mut closed = 0;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => closed += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => closed -= 1,
            _ => {}
        }
        match event {
            Event::Text(CowStr::Borrowed(text)) if closed == 0 && range.len() == text.len() => {
                split_addresses(text, range.start, &mut linked);
            }
            event => linked.push((event, range)),
        }
    }
    linked
}

fn split_addresses<'a>(text: &'a str, offset: usize, events: &mut Vec<Located<'a>>) {
    let mut done = 0;
    for Range { start, end } in bare_addresses(text) {
        if start > done {
            events.push((Event::Text(text[done..start].into()), offset + done..offset + start));
        }
        let range = offset + start..offset + end;
        let address = &text[start..end];
        let (dest_url, title, id) = (address.into(), "".into(), "".into());
        let tag = Tag::Link { link_type: LinkType::Autolink, dest_url, title, id };
        events.push((Event::Start(tag), range.clone()));
        events.push((Event::Text(address.into()), range.clone()));
        events.push((Event::End(TagEnd::Link), range));
        done = end;
    }
    if done < text.len() {
        events.push((Event::Text(text[done..].into()), offset + done..offset + text.len()));
    }
}

/// A bare address of more bytes than this is left as text.
const ADDRESS: usize = 2048;

/// Where addresses stand in a text that has no markup, as they are taken for links where it has some.
pub fn bare_addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let (start, end) = bare_address(text, from)?;
        from = end;
        Some(start..end)
    })
}

fn bare_address(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut search = from;
    loop {
        let start = search + text[search..].find("http")?;
        let rest = &text[start..];
        let scheme = ["https://", "http://"].into_iter().find(|scheme| rest.starts_with(scheme));
        let fresh = !text[..start].ends_with(|c: char| c.is_alphanumeric());
        search = start + "http".len();
        if let Some(scheme) = scheme
            && fresh
        {
            let stops = |c: char| c.is_whitespace() || c.is_control() || "<>\"`|\\^{}".contains(c);
            let end = rest.find(stops).unwrap_or(rest.len());
            // Where it ends in words that are too long, others may still follow.
            if end > ADDRESS {
                search = start + end;
                continue;
            }
            let address = trim_address(&rest[..end]);
            if address.len() > scheme.len() {
                return Some((start, start + address.len()));
            }
        }
    }
}

/// Punctuation at the end belongs to the sentence, and a closing bracket without its opening one too.
fn trim_address(mut address: &str) -> &str {
    loop {
        let open = address.matches('(').count();
        address = match address.chars().next_back() {
            Some('.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | ']') => {
                &address[..address.len() - 1]
            }
            Some(')') if address.matches(')').count() > open => &address[..address.len() - 1],
            Some('…' | '’' | '”' | '»') => address.trim_end_matches(['…', '’', '”', '»']),
            _ => return address,
        };
    }
}

/// Where the table begins that is the last top-level block of `text` and goes up to its end.
pub(super) fn table_at_end(text: &str) -> Option<usize> {
    last_block(text).filter(|(tag, _)| matches!(tag, Tag::Table(_))).map(|(_, start)| start)
}

/// The first two lines of the table that `table` begins with, for the parser to read more `rows` of it: with as many columns
/// as one of these may have cells, because it gives as many to all of them.
pub(super) fn table_head(table: &str, rows: &str) -> String {
    let most = rows.lines().map(|row| row.matches('|').count() + 1).max().unwrap_or(1);
    let alignments = table.lines().nth(1).unwrap_or_default().trim();
    let alignments = alignments.strip_prefix('|').unwrap_or(alignments);
    let alignments: Vec<&str> =
        alignments.strip_suffix('|').unwrap_or(alignments).split('|').take(most).collect();
    format!("{}|\n|{}|\n", "|x".repeat(alignments.len()), alignments.join("|"))
}

/// Whether the last top-level block of `text`, the excerpt that ends with the line at `at` in the source, is
/// code or raw HTML that this line opens.
pub(super) fn ends_in_raw_block(text: &str) -> bool {
    let last_line = text.trim_end_matches(['\n', '\r']).rfind(['\n', '\r']).map_or(0, |end| end + 1);
    matches!(last_block(text), Some((Tag::CodeBlock(_) | Tag::HtmlBlock, start)) if start >= last_line)
}

fn last_block(text: &str) -> Option<(Tag<'_>, usize)> {
    let mut depth = 0_usize;
    let mut last = None;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                if depth == 0 {
                    last = Some((tag, range.start));
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    last
}

/// The link reference definitions of a text.
pub(super) fn definitions(text: &str) -> Vec<(String, String, String)> {
    let parser = Parser::new_ext(text, options());
    let found = parser.reference_definitions().iter();
    found
        .map(|(label, link)| {
            let title = link.title.as_deref().unwrap_or_default();
            (normalised(label), link.dest.to_string(), title.to_owned())
        })
        .collect()
}

/// Labels match whatever their case and spacing.
pub(super) fn normalised(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether raw HTML is the tag of a line break, the only one that does what it says.
pub(super) fn is_line_break(tag: &str) -> bool {
    let name: String = tag.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    name.eq_ignore_ascii_case("<br>") || name.eq_ignore_ascii_case("<br/>")
}

/// Whether running text ends where this begins or ends: blocks stand apart from each other, inline markup does not.
pub(super) fn is_block(tag: TagEnd) -> bool {
    match tag {
        TagEnd::Emphasis
        | TagEnd::Strong
        | TagEnd::Strikethrough
        | TagEnd::Superscript
        | TagEnd::Subscript
        | TagEnd::Link
        | TagEnd::Image => false,
        TagEnd::Paragraph
        | TagEnd::Heading(_)
        | TagEnd::BlockQuote(_)
        | TagEnd::CodeBlock
        | TagEnd::HtmlBlock
        | TagEnd::List(_)
        | TagEnd::Item
        | TagEnd::FootnoteDefinition
        | TagEnd::DefinitionList
        | TagEnd::DefinitionListTitle
        | TagEnd::DefinitionListDefinition
        | TagEnd::Table
        | TagEnd::TableHead
        | TagEnd::TableRow
        | TagEnd::TableCell
        | TagEnd::MetadataBlock(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of a few bytes below a head of thousands of columns became millions of cells.
    #[test]
    fn cells_that_no_row_has_are_no_events() {
        let cells = |text: &str| {
            let excerpt = Excerpt::new("", text, 0);
            let events = excerpt.events(&|_| None);
            events.iter().filter(|(event, _)| *event == Event::End(TagEnd::TableCell)).count()
        };
        let head = format!("{}|\n{}|\n", "| a ".repeat(100), "|---".repeat(100));
        assert_eq!(cells(&head), 100);
        assert_eq!(cells(&format!("{head}{}", "| b |\n".repeat(50))), 150);
        assert_eq!(cells(&format!("{head}{}", "| b |\r\n".repeat(50))), 150);
        // What stands between two bars is a cell of the row, with nothing in it.
        assert_eq!(cells(&format!("{head}||| b |\n")), 103);
    }

    /// One that is too long ended the search, and an address of other letters was measured in letters and in bytes.
    #[test]
    fn an_address_that_is_too_long_hides_no_other() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(bare_addresses(text).map(|place| &text[place]).collect::<Vec<_>>(), expected);
        };
        for letter in ["a", "é", "国"] {
            let long = format!("https://a.example/{}", letter.repeat(ADDRESS));
            check(
                &format!("{long} and https://b.example, {long}<https://c.example>"),
                &["https://b.example", "https://c.example"],
            );
        }
        let longest = format!("https://{}", "a".repeat(ADDRESS - "https://".len()));
        check(&longest, &[&longest]);
        check(&format!("{longest}a"), &[]);
    }

    #[test]
    fn a_head_has_as_many_columns_as_rows_may_have_cells_and_no_more_than_its_table() {
        let table = "a | b | c | d\r\n:-: | --: | :-- | ---\r\n1 | 2 | 3 | 4\r\n";
        let check = |rows: &str, expected: &str| assert_eq!(table_head(table, rows), expected, "{rows}");
        check("5\r\n", "|x|\n|:-: |\n");
        check("| 5 |\n| 6 \\| 7 |\n", "|x|x|x|x|\n|:-: | --: | :-- | ---|\n");
        check("5 | 6\n\n", "|x|x|\n|:-: | --: |\n");
        check("", "|x|\n|:-: |\n");
        check(&"|".repeat(9), "|x|x|x|x|\n|:-: | --: | :-- | ---|\n");
    }
}
