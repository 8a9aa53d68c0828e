//! The first pass: cuts a Markdown source where nothing reaches over the cut.
//!
//! Parsing 10 MB to show 24 lines would cost more than everything else together, so this pass only looks at how
//! lines begin. A line at the left margin after an empty line closes every list, quote and footnote; only a code
//! fence or a raw HTML block can still be open there, and those are followed here. Chunks of about two
//! kilobytes are the unit that is parsed and laid out later. A block that never ends gets cut by force:
//! lists between items, code between lines, tables between rows, paragraphs between words.

use super::bytes::line_ends;
use super::{chart, events};

/// Chunks are at least this long, so that even a text of one-letter paragraphs needs few of them.
const ENOUGH: usize = 2 * 1024;
/// A block longer than this is cut inside, where it hurts least.
const LONG: usize = 16 * 1024;
/// A chunk never gets longer than this.
const LIMIT: usize = 32 * 1024;
/// More headings than a person could use are not collected: the list must not outgrow the text.
const HEADINGS: usize = 1 << 16;
/// How often within one chunk the real parser is asked whether a line opens a block.
const QUESTIONS: u32 = 4;

/// A part of the source that is parsed on its own. It ends where the next one starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chunk {
    pub(super) start: usize,
    pub(super) kind: Kind,
    /// The block that the chunk before ends with goes on here.
    pub(super) continues: bool,
}

/// How a chunk has to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Markdown that stands on its own.
    Markdown,
    /// More items of a long list; the first has this number if the list has numbers.
    Items { number: u64 },
    /// More lines of a fenced code block whose fence was indented so far; `closed` if its last line is the fence.
    Code { indent: usize, closed: bool },
    /// More lines of a raw HTML block.
    Html,
    /// More rows of the table that the chunk with this index ends with; its head begins at this offset.
    Rows { first: usize, head: usize },
}

/// Where a heading may stand: its line if the line alone tells, otherwise some place in a chunk to be parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Candidate {
    Line { start: usize, end: usize },
    Within { offset: usize },
}

impl Candidate {
    pub(super) fn offset(self) -> usize {
        match self {
            Self::Line { start, .. } => start,
            Self::Within { offset } => offset,
        }
    }
}

/// What the first pass found.
#[derive(Debug)]
pub(super) struct Scan {
    pub(super) chunks: Vec<Chunk>,
    pub(super) headings: Vec<Candidate>,
}

/// Cuts `source`.
pub(super) fn scan(source: &str) -> Scan {
    scan_with(source, ENOUGH)
}

/// Cuts `source` into chunks of at least `enough` bytes.
pub(super) fn scan_with(source: &str, enough: usize) -> Scan {
    // A byte order mark is no text; in front of `#` it would hide the first heading.
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut scanner = Scanner::new(source, start, enough);
    let mut at = start;
    for end in line_ends(source, start) {
        scanner.line(at, end);
        at = end;
    }
    Scan { chunks: scanner.chunks, headings: scanner.headings }
}

/// The blocks that swallow what looks like other blocks, empty lines too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Fence { mark: u8, length: usize, indent: usize, what: Fenced },
    Html { end: &'static str },
}

/// What stands between two fences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fenced {
    Code,
    /// It is read as a whole; a chunk that is long already gets longer by it, as far as it may.
    Chart,
}

/// The outermost list that may still be open.
#[derive(Debug, Clone, Copy)]
struct List {
    /// Lines indented this far belong to its last item for sure.
    content: usize,
    /// The bullet, or the character behind the number.
    mark: u8,
    /// The number of the item that comes next.
    next: u64,
}

/// What the line before was in a block quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    None,
    Text,
    Gap,
    Fence,
}

impl Quote {
    fn after(self, line: &str) -> Self {
        let quoted = line.trim_matches([' ', '\t', '\n', '\r']);
        let fence = quoted.starts_with("```") || quoted.starts_with("~~~");
        match self {
            Self::Fence => {
                if fence {
                    Self::Text
                } else {
                    Self::Fence
                }
            }
            Self::None | Self::Text | Self::Gap => {
                if fence {
                    Self::Fence
                } else if quoted.is_empty() {
                    Self::Gap
                } else {
                    Self::Text
                }
            }
        }
    }
}

struct Scanner<'a> {
    source: &'a str,
    enough: usize,
    chunks: Vec<Chunk>,
    headings: Vec<Candidate>,
    open: Open,
    list: Option<List>,
    /// The line before was empty.
    blank: bool,
    /// A line since the last empty one began with `<`, so these lines may be an HTML block.
    html: bool,
    quote: Quote,
    questions: u32,
}

impl<'a> Scanner<'a> {
    fn new(source: &'a str, start: usize, enough: usize) -> Self {
        Self {
            source,
            enough,
            chunks: vec![Chunk { start, kind: Kind::Markdown, continues: false }],
            headings: Vec::new(),
            open: Open::Nothing,
            list: None,
            blank: true,
            html: false,
            quote: Quote::None,
            questions: 0,
        }
    }

    fn line(&mut self, start: usize, end: usize) {
        let line = &self.source[start..end];
        match self.open {
            Open::Fence { mark, length, indent, what } => {
                let enough = match what {
                    Fenced::Code => LONG,
                    Fenced::Chart => LIMIT,
                };
                self.cut_inside(start, end, Kind::Code { indent, closed: false }, enough);
                if closes_fence(line, mark, length) {
                    self.open = Open::Nothing;
                    if let Kind::Code { closed, .. } = &mut self.chunk().kind {
                        *closed = true;
                        self.cut(end, Kind::Markdown, false);
                    }
                }
                self.blank = false;
            }
            Open::Html { end: marker } => {
                self.cut_inside(start, end, Kind::Html, LONG);
                if contains_ignoring_case(line, marker) {
                    self.open = Open::Nothing;
                    if self.chunk().kind == Kind::Html {
                        self.cut(end, Kind::Markdown, false);
                    }
                }
                self.blank = false;
            }
            Open::Nothing => self.open_line(start, end),
        }
    }

    fn open_line(&mut self, start: usize, end: usize) {
        let line = &self.source[start..end];
        let (indent, content) = indentation(line);
        let Some(&first) = content.as_bytes().first().filter(|byte| !matches!(byte, b'\n' | b'\r')) else {
            self.blank = true;
            self.html = false;
            self.quote = Quote::None;
            return;
        };
        let marker = if indent <= 3 { list_marker(content) } else { None };
        self.cut_before(start, indent, first, content, marker.is_some());
        let chunk_start = self.chunk().start;
        if end - chunk_start > LIMIT {
            self.cut_long_line(start, end);
        }
        self.follow_list(indent, marker);
        self.find_heading(start, end, indent, first);
        if indent <= 3 {
            self.find_opening(end, indent, content);
        }
        self.quote = if first == b'>' { self.quote.after(&content[1..]) } else { Quote::None };
        self.html |= first == b'<';
        self.blank = false;
    }

    fn chunk(&mut self) -> &mut Chunk {
        self.chunks.last_mut().expect("there is a chunk from the start on")
    }

    fn cut(&mut self, at: usize, kind: Kind, continues: bool) {
        self.questions = 0;
        let chunk = self.chunk();
        if chunk.start == at {
            (chunk.kind, chunk.continues) = (kind, continues);
        } else if at < self.source.len() {
            self.chunks.push(Chunk { start: at, kind, continues });
        }
    }

    /// Code and raw HTML are cut between lines where the chunk has `enough`, and inside a line that has no end.
    fn cut_inside(&mut self, start: usize, end: usize, kind: Kind, enough: usize) {
        if start - self.chunk().start >= enough {
            self.cut(start, kind, true);
        }
        while end - self.chunk().start > LIMIT {
            let at = self.source.floor_char_boundary(self.chunk().start + LONG);
            self.cut(at, kind, true);
        }
    }

    /// Cuts before a line that is not empty, where the chunk is long enough for the harm that the cut does.
    fn cut_before(&mut self, start: usize, indent: usize, first: u8, content: &str, item: bool) {
        let size = start - self.chunk().start;
        let margin = indent == 0 && first != b':';
        if self.blank && margin && !(item && self.list.is_some()) {
            self.list = None;
            if size >= self.enough {
                self.cut(start, Kind::Markdown, false);
            }
            return;
        }
        if size < LONG {
            return;
        }
        match self.list {
            Some(list) if item && indent == 0 => {
                return self.cut(start, Kind::Items { number: list.next }, true);
            }
            Some(_) | None => {}
        }
        if first == b'>' && self.quote == Quote::Gap && indent == 0 {
            return self.cut(start, Kind::Markdown, false);
        }
        if !self.blank && self.list.is_none() && first != b'>' {
            if let kind @ Kind::Rows { .. } = self.chunk().kind {
                return self.cut(start, kind, true);
            }
            if let Some(table) = self.ask(events::table_at_end, start).flatten() {
                let (first, head) = (self.chunks.len() - 1, self.chunk().start + table);
                return self.cut(start, Kind::Rows { first, head }, true);
            }
            if content.starts_with(char::is_alphabetic) {
                return self.cut(start, Kind::Markdown, true);
            }
        }
        if size >= LIMIT - LONG / 2 {
            self.cut(start, Kind::Markdown, true);
        }
    }

    /// A line without end is cut before a word, so that the rest cannot be taken for a list or a heading.
    fn cut_long_line(&mut self, start: usize, end: usize) {
        let kind = match self.chunk().kind {
            Kind::Rows { .. } | Kind::Items { .. } | Kind::Markdown => Kind::Markdown,
            kind @ (Kind::Code { .. } | Kind::Html) => kind,
        };
        if start > self.chunk().start {
            self.cut(start, Kind::Markdown, !self.blank);
        }
        while end - self.chunk().start > LIMIT {
            let from = self.source.floor_char_boundary(self.chunk().start + LONG);
            let to = self.source.floor_char_boundary(from + LONG / 2);
            let window = &self.source[from..to];
            let word = window
                .match_indices(' ')
                .map(|(at, _)| at + 1)
                .find(|&at| window[at..].starts_with(char::is_alphabetic));
            self.cut(from + word.unwrap_or(0), kind, true);
        }
    }

    fn follow_list(&mut self, indent: usize, marker: Option<Marker>) {
        match (self.list, marker) {
            (Some(list), _) if indent >= list.content => {}
            (Some(list), Some(marker)) if list.mark == marker.mark => {
                self.list =
                    Some(List { content: indent + marker.width, next: list.next.saturating_add(1), ..list });
            }
            (_, Some(marker)) => {
                let next = marker.number.saturating_add(1);
                self.list = Some(List { content: indent + marker.width, mark: marker.mark, next });
            }
            (Some(_), None) if self.blank => self.list = None,
            (_, None) => {}
        }
    }

    fn find_heading(&mut self, start: usize, end: usize, indent: usize, first: u8) {
        if self.headings.len() >= HEADINGS {
            return;
        }
        let line = &self.source[start..end];
        if first == b'#' && indent <= 3 && (indent == 0 || self.list.is_none()) && !self.html {
            self.headings.push(Candidate::Line { start, end });
            return;
        }
        let inside = |line: &str| {
            line.trim_start_matches(|c: char| c.is_ascii_digit() || " \t>-*+.:)".contains(c)).starts_with('#')
                || line.starts_with("[^") && line.contains('#')
        };
        let possible = matches!(first, b'#' | b'=' | b'-' | b'>' | b'*' | b'+' | b':' | b'[' | b'0'..=b'9');
        if possible && (inside(line) || !self.blank && is_underline(line)) {
            self.headings.push(Candidate::Within { offset: start });
        }
    }

    fn find_opening(&mut self, end: usize, indent: usize, content: &str) {
        let open = if let Some((mark, length)) = opening_fence(content) {
            let info = content[length..].trim_end();
            let what = if chart::is_chart(info) { Fenced::Chart } else { Fenced::Code };
            Open::Fence { mark, length, indent, what }
        } else if let Some(marker) = opening_html(content) {
            if contains_ignoring_case(&content[2..], marker) {
                return;
            }
            Open::Html { end: marker }
        } else {
            return;
        };
        let certain = !self.html && (indent == 0 || self.list.is_none());
        if certain || self.ask(events::ends_in_raw_block, end) == Some(true) {
            self.open = open;
            self.list = None;
            self.html = false;
        }
    }

    /// Asks the real parser about the chunk so far. Text that is made to be unclear has to do with a guess.
    fn ask<T>(&mut self, question: impl Fn(&str) -> T, end: usize) -> Option<T> {
        self.questions += 1;
        let start = self.chunk().start;
        (self.questions <= QUESTIONS).then(|| question(&self.source[start..end]))
    }
}

/// The columns of white space at the beginning of a line, and the rest of it.
fn indentation(line: &str) -> (usize, &str) {
    let mut columns = 0;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4 - columns % 4,
            _ => return (columns, &line[at..]),
        }
    }
    (columns, "")
}

#[derive(Debug, Clone, Copy)]
struct Marker {
    mark: u8,
    /// Columns up to the text.
    width: usize,
    number: u64,
}

fn list_marker(content: &str) -> Option<Marker> {
    let bytes = content.as_bytes();
    let digits = bytes.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    let mark = *bytes.get(digits)?;
    let fits = if digits == 0 {
        matches!(mark, b'-' | b'*' | b'+')
    } else {
        digits < 10 && matches!(mark, b'.' | b')')
    };
    if !fits
        || !matches!(bytes.get(digits + 1), None | Some(b' ' | b'\t' | b'\n' | b'\r'))
        || is_rule(content)
    {
        return None;
    }
    let number = content[..digits].parse().unwrap_or(0);
    Some(Marker { mark, width: digits + 2, number })
}

fn is_rule(content: &str) -> bool {
    let mark = content.as_bytes()[0];
    matches!(mark, b'-' | b'*')
        && content.bytes().filter(|&byte| byte == mark).count() >= 3
        && content.bytes().all(|byte| byte == mark || matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}

fn is_underline(line: &str) -> bool {
    let marks = line.trim_matches([' ', '\t', '>', '\n', '\r']);
    !marks.is_empty() && (marks.bytes().all(|byte| byte == b'=') || marks.bytes().all(|byte| byte == b'-'))
}

fn opening_fence(content: &str) -> Option<(u8, usize)> {
    let mark = *content.as_bytes().first()?;
    if !matches!(mark, b'`' | b'~') {
        return None;
    }
    let length = content.bytes().take_while(|&byte| byte == mark).count();
    let opens = length >= 3 && (mark == b'~' || !content[length..].contains('`'));
    opens.then_some((mark, length))
}

fn closes_fence(line: &str, mark: u8, length: usize) -> bool {
    let (indent, content) = indentation(line);
    let marks = content.bytes().take_while(|&byte| byte == mark).count();
    indent <= 3 && marks >= length && content[marks..].bytes().all(|byte| byte.is_ascii_whitespace())
}

const TAGS: [(&str, &str); 4] =
    [("script", "</script>"), ("pre", "</pre>"), ("style", "</style>"), ("textarea", "</textarea>")];

/// The HTML blocks that go on over empty lines, by what ends them (the kinds 1 to 5 of the standard).
fn opening_html(content: &str) -> Option<&'static str> {
    let rest = content.strip_prefix('<')?;
    if rest.starts_with("!--") {
        return Some("-->");
    }
    if rest.starts_with('?') {
        return Some("?>");
    }
    if rest.starts_with("![CDATA[") {
        return Some("]]>");
    }
    if rest.starts_with('!') && rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
        return Some(">");
    }
    TAGS.into_iter().find_map(|(tag, end)| {
        let name = rest.as_bytes().get(..tag.len())?;
        let stops =
            matches!(rest.as_bytes().get(tag.len()), None | Some(b' ' | b'\t' | b'\n' | b'\r' | b'>'));
        (name.eq_ignore_ascii_case(tag.as_bytes()) && stops).then_some(end)
    })
}

fn contains_ignoring_case(line: &str, marker: &str) -> bool {
    line.as_bytes().windows(marker.len()).any(|window| window.eq_ignore_ascii_case(marker.as_bytes()))
}
