//! HTML written anew: only what Markdown knows, properly nested, never deep.

use std::cell::RefCell;
use std::fmt::Write as _;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::elements::{is_block, is_code, is_void};
use super::signs::{CARET, TILDE, sealed, unsealed};
use super::{Address, Resolve, note_loss, shortened};

/// How many elements may be open at once; what is nested deeper keeps its text and loses its form.
const MAX_DEPTH: usize = 32;

/// The highest number that the first item of a list can have.
const MAX_FIRST: i64 = 999_999;

/// The cleaned HTML and what was lost.
pub(super) fn clean(html: &str, resolve: &mut Resolve<'_>) -> (String, Vec<String>) {
    let cleaner = Cleaner { state: RefCell::new(State::new(resolve)) };
    let tokenizer = Tokenizer::new(cleaner, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // Neither scripts nor encodings are asked for, so one call takes everything.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut state = tokenizer.sink.state.into_inner();
    state.close_to(0);
    (state.out, state.losses)
}

struct Cleaner<'a, 'r> {
    state: RefCell<State<'a, 'r>>,
}

struct State<'a, 'r> {
    out: String,
    /// The elements that are open, outermost first.
    open: Vec<Kept>,
    /// The element whose content is left out, and how many of its name are open.
    skipped: Option<(String, usize)>,
    losses: Vec<String>,
    resolve: &'a mut Resolve<'r>,
}

/// An open element: the name that it had, and what closes what was written for it.
struct Kept {
    name: String,
    close: &'static str,
}

/// What becomes of an element.
enum Fate {
    /// It is written with these tags.
    Keep(&'static str, &'static str),
    /// Its text stays.
    Text,
    /// It and everything in it goes, with this loss.
    Drop(Option<&'static str>),
}

impl TokenSink for Cleaner<'_, '_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                state.start(&tag);
                return match &*tag.name {
                    "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                    "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                        TokenSinkResult::RawData(RawKind::Rawtext)
                    }
                    "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                    _ => TokenSinkResult::Continue,
                };
            }
            Token::TagToken(tag) => state.end(&tag.name),
            Token::CharacterTokens(text) => state.text(&text),
            Token::NullCharacterToken
            | Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

impl<'a, 'r> State<'a, 'r> {
    fn new(resolve: &'a mut Resolve<'r>) -> Self {
        Self { out: String::new(), open: Vec::new(), skipped: None, losses: Vec::new(), resolve }
    }

    fn start(&mut self, tag: &Tag) {
        let name = &*tag.name;
        if let Some((skipped, count)) = &mut self.skipped {
            *count += usize::from(skipped == name && !tag.self_closing);
            return;
        }
        let fate = self.fate(name);
        if let Fate::Drop(loss) = fate {
            if let Some(loss) = loss {
                self.lose(loss);
            }
            let closed = is_void(name) || tag.self_closing && matches!(name, "svg" | "math");
            if !closed {
                self.skipped = Some((name.to_owned(), 1));
            }
            return;
        }
        self.attributes(name, tag);
        if self.in_code() {
            return self.start_in_code(tag, &fate);
        }
        self.close_implied(name);
        match name {
            "br" | "hr" => {
                let _ = write!(self.out, "<{name}>");
                return;
            }
            "img" => return self.picture(tag),
            _ => {}
        }
        let Fate::Keep(open, close) = fate else { return };
        if self.open.len() >= MAX_DEPTH {
            return self.lose("the nesting of what is nested too deep: its text stays");
        }
        let around = if is_block(name) { self.close_inline() } else { Vec::new() };
        match name {
            "a" => return self.link(tag),
            "ol" => {
                let first = number(tag, "start").unwrap_or(1).clamp(0, MAX_FIRST);
                let _ = write!(self.out, "<ol start=\"{first}\">");
            }
            _ if matches!(open, "<b>" | "<i>") && self.out.ends_with(close) => {
                // `**a****b**` is one strong text only to a person.
                self.out.truncate(self.out.len() - close.len());
            }
            _ => self.out.push_str(open),
        }
        self.open.push(Kept { name: name.to_owned(), close });
        let holds_text =
            !matches!(name, "pre" | "xmp" | "listing" | "table" | "tr" | "ul" | "ol" | "menu" | "dir");
        if !holds_text && !around.is_empty() {
            self.lose("emphasis around a list, a table or code");
        }
        let room = if holds_text { MAX_DEPTH.saturating_sub(self.open.len()) } else { 0 };
        for kept in around.into_iter().rev().take(room) {
            self.out.push_str(if kept.close == "</b>" { "<b>" } else { "<i>" });
            self.open.push(kept);
        }
    }

    /// Code holds text alone in Markdown; what else stands in it is told.
    fn start_in_code(&mut self, tag: &Tag, fate: &Fate) {
        let name = &*tag.name;
        match name {
            "br" => self.out.push('\n'),
            "img" => {
                if let Some(address) = attribute(tag, "src") {
                    let address = shortened(&address);
                    self.lose(&format!("the picture {address} within code: its description stays"));
                    self.text(&attribute(tag, "alt").unwrap_or_default());
                }
            }
            "a" => {
                if let Some(address) = attribute(tag, "href") {
                    self.lose(&format!("a link to {} within code: its text stays", shortened(&address)));
                }
            }
            _ => {
                let is_line = is_block(name) && !is_code(name);
                if is_line {
                    self.break_code();
                }
                let has_form = matches!(fate, Fate::Keep(open, _) if *open != "<div>" && !is_code(name));
                if has_form || name == "hr" {
                    self.lose("emphasis, raised signs, lists and the like within code: their text stays");
                }
            }
        }
    }

    /// Begins a line of code, if none has just begun.
    fn break_code(&mut self) {
        // A tag is the last that was written only where the code begins.
        if !self.out.ends_with(['\n', '>']) {
            self.out.push('\n');
        }
    }

    /// Closes what cannot go over the edge of a block in Markdown; gives the emphasis that goes on within the block,
    /// innermost first.
    fn close_inline(&mut self) -> Vec<Kept> {
        let mut around = Vec::new();
        while let Some(kept) = self.open.pop_if(|kept| !is_block(&kept.name)) {
            self.out.push_str(kept.close);
            if matches!(kept.close, "</b>" | "</i>") {
                around.push(kept);
            }
        }
        around
    }

    fn fate(&self, name: &str) -> Fate {
        match name {
            "b" | "strong" => Fate::Keep("<b>", "</b>"),
            "i" | "em" | "cite" | "var" | "dfn" => Fate::Keep("<i>", "</i>"),
            "code" | "tt" | "kbd" | "samp" => Fate::Keep("<code>", "</code>"),
            "pre" | "xmp" | "listing" => Fate::Keep("<pre><code>", "</code></pre>"),
            "sub" => Fate::Keep(mark(TILDE), mark(TILDE)),
            "sup" => Fate::Keep(mark(CARET), mark(CARET)),
            "del" | "s" | "strike" => Fate::Keep("\u{fdea}\u{fdea}", "\u{fdea}\u{fdea}"),
            "q" => Fate::Keep("“", "”"),
            "h1" => Fate::Keep("<h1>", "</h1>"),
            "h2" => Fate::Keep("<h2>", "</h2>"),
            "h3" => Fate::Keep("<h3>", "</h3>"),
            "h4" => Fate::Keep("<h4>", "</h4>"),
            "h5" => Fate::Keep("<h5>", "</h5>"),
            "h6" => Fate::Keep("<h6>", "</h6>"),
            "ul" | "menu" | "dir" => Fate::Keep("<ul>", "</ul>"),
            "ol" => Fate::Keep("<ol>", "</ol>"),
            "li" if self.is_open(&["ul", "ol", "menu", "dir"]) => Fate::Keep("<li>", "</li>"),
            "blockquote" => Fate::Keep("<blockquote>", "</blockquote>"),
            "a" => Fate::Keep("<a>", "</a>"),
            "table" if !self.is_open(&["table"]) => Fate::Keep("<table>", "</table>"),
            "tr" if self.is_within("table", "</table>") => Fate::Keep("<tr>", "</tr>"),
            "td" if self.is_within("tr", "</tr>") => Fate::Keep("<td>", "</td>"),
            "th" if self.is_within("tr", "</tr>") => Fate::Keep("<th>", "</th>"),
            "caption" if self.is_within("table", "</table>") => Fate::Keep("<caption>", "</caption>"),
            "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "aside" | "figure"
            | "figcaption" | "address" | "center" | "details" | "summary" | "dl" | "dt" | "dd" | "nav"
            | "legend" | "fieldset" | "li" | "td" | "th" | "tr" | "table" | "caption" => {
                Fate::Keep("<div>", "</div>")
            }
            "script" => Fate::Drop(Some("a script")),
            "style" => Fate::Drop(Some("a style sheet")),
            "input" | "select" | "textarea" | "button" | "option" | "datalist" | "progress" | "meter" => {
                Fate::Drop(Some("a form control"))
            }
            "iframe" | "object" | "embed" | "applet" | "frame" | "frameset" => {
                Fate::Drop(Some("an embedded page or object"))
            }
            "audio" | "video" => Fate::Drop(Some("a recording (audio or video)")),
            "canvas" | "svg" => Fate::Drop(Some("a drawing (SVG or canvas)")),
            "math" => Fate::Drop(Some("a formula (MathML)")),
            "template" | "noembed" | "noframes" | "title" | "base" | "link" | "meta" | "param" | "col"
            | "source" | "track" | "area" | "basefont" | "bgsound" => Fate::Drop(None),
            _ => Fate::Text,
        }
    }

    /// What elements say in attributes that Markdown has no words for.
    fn attributes(&mut self, name: &str, tag: &Tag) {
        if matches!(name, "font" | "u" | "ins" | "mark" | "big" | "small")
            || attribute(tag, "style").is_some()
        {
            self.lose("colours, sizes and styles of the text");
        }
        if attribute(tag, "hidden").is_some() || attribute(tag, "style").is_some_and(|style| hides(&style)) {
            self.lose("that a text is hidden: here it is seen");
        }
        let spans = |span: &str| attribute(tag, span).is_some_and(|count| !matches!(count.trim(), "" | "1"));
        if matches!(name, "td" | "th") && (spans("colspan") || spans("rowspan")) {
            self.lose("cells that span several columns or rows");
        }
        if matches!(name, "abbr" | "acronym") && attribute(tag, "title").is_some() {
            self.lose("the long form of an abbreviation");
        }
        if self.is_counted_otherwise(name, tag) {
            self.lose("the numbering of a list: here it counts 1, 2, 3 from its first number");
        }
        if name == "map" {
            self.lose("the regions of a picture that could be clicked");
        }
        if name == "table" && self.is_open(&["table"]) {
            self.lose("a table within a table: its text stays");
        }
    }

    /// Whether a list, or an item of one, counts in a way that Markdown has not.
    fn is_counted_otherwise(&self, name: &str, tag: &Tag) -> bool {
        let has_letters =
            || attribute(tag, "type").is_some_and(|kind| matches!(kind.trim(), "a" | "A" | "i" | "I"));
        match name {
            "ol" => {
                has_letters()
                    || attribute(tag, "reversed").is_some()
                    || number(tag, "start").is_some_and(|first| !(0..=MAX_FIRST).contains(&first))
            }
            "li" => {
                self.last_open(&["ol"], &["ul", "menu", "dir"]).is_some()
                    && (has_letters() || number(tag, "value").is_some())
            }
            _ => false,
        }
    }

    /// Closes what HTML lets authors leave open.
    fn close_implied(&mut self, name: &str) {
        if is_block(name)
            && let Some(place) = self.last_open(&["p"], &["td", "th", "li", "div", "blockquote"])
        {
            self.close_to(place);
        }
        let place = match name {
            "li" => self.last_open(&["li"], &["ul", "ol", "menu", "dir"]),
            "dt" | "dd" => self.last_open(&["dt", "dd"], &["dl"]),
            "td" | "th" => self.last_open(&["td", "th", "caption"], &["tr"]),
            "tr" | "tbody" | "thead" | "tfoot" => self.last_open(&["tr", "caption"], &["table"]),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.last_open(&["h1", "h2", "h3", "h4", "h5", "h6"], &["td", "th", "li", "div"])
            }
            "a" => self.last_open(&["a"], &[]),
            _ => None,
        };
        if let Some(place) = place {
            self.close_to(place);
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((skipped, count)) = &mut self.skipped {
            *count -= usize::from(skipped == name);
            if *count == 0 {
                self.skipped = None;
            }
            return;
        }
        let barriers: &[&str] = match name {
            "table" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "caption" => &["table"],
            _ => &["td", "th", "table"],
        };
        if let Some(place) = self.last_open(&[name], barriers) {
            self.close_to(place);
        } else if is_block(name) && !is_code(name) && self.in_code() {
            self.break_code();
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped.is_some() {
            return;
        }
        if self.in_code() {
            for c in text.chars() {
                match c {
                    '<' => self.out.push_str("&lt;"),
                    '>' => self.out.push_str("&gt;"),
                    '&' => self.out.push_str("&amp;"),
                    c => self.out.push(unsealed(c)),
                }
            }
            return;
        }
        let between_cells = self.open.last().is_some_and(|last| matches!(last.name.as_str(), "table" | "tr"));
        if between_cells && text.trim().is_empty() {
            return;
        }
        // A line that begins behind a break begins without space.
        let text = if self.out.ends_with("<br>") { text.trim_start() } else { text };
        // A space that must not break was put there by an editor, and nobody would see it in a Markdown file.
        let spaced = text.chars().map(|c| if c == '\u{a0}' { ' ' } else { sealed(c) });
        self.out.extend(spaced);
    }

    fn link(&mut self, tag: &Tag) {
        let Some(address) = attribute(tag, "href") else { return };
        match (self.resolve)(Address::Link(&address)) {
            Ok(address) => {
                let _ = write!(self.out, "<a href=\"{}\">", destination(&address));
                self.open.push(Kept { name: "a".to_owned(), close: "</a>" });
            }
            Err(loss) => self.lose(&loss),
        }
    }

    fn picture(&mut self, tag: &Tag) {
        let alt = attribute(tag, "alt").unwrap_or_default();
        let alt: String = alt.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(sealed).collect();
        let Some(address) = attribute(tag, "src") else { return };
        match (self.resolve)(Address::Picture(&address)) {
            Ok(address) => {
                let alt = alt.replace('"', "&quot;");
                let _ = write!(self.out, "<img src=\"{}\" alt=\"{alt}\">", destination(&address));
            }
            Err(loss) => {
                self.lose(&loss);
                self.out.push_str(&alt);
            }
        }
    }

    fn lose(&mut self, loss: &str) {
        note_loss(&mut self.losses, loss.to_owned());
    }

    fn in_code(&self) -> bool {
        self.open.iter().any(|kept| kept.close.starts_with("</code>"))
    }

    fn is_open(&self, names: &[&str]) -> bool {
        self.open.iter().any(|kept| names.contains(&kept.name.as_str()))
    }

    /// Whether the innermost element of this name was written as what it is.
    fn is_within(&self, name: &str, close: &str) -> bool {
        self.open.iter().rev().find(|kept| kept.name == name).is_some_and(|kept| kept.close == close)
    }

    /// The place of the innermost of these elements that is not behind a barrier.
    fn last_open(&self, names: &[&str], barriers: &[&str]) -> Option<usize> {
        for (place, kept) in self.open.iter().enumerate().rev() {
            if names.contains(&kept.name.as_str()) {
                return Some(place);
            }
            if barriers.contains(&kept.name.as_str()) {
                return None;
            }
        }
        None
    }

    fn close_to(&mut self, place: usize) {
        while self.open.len() > place {
            if let Some(kept) = self.open.pop() {
                self.out.push_str(kept.close);
            }
        }
    }
}

fn mark(sign: char) -> &'static str {
    if sign == TILDE { "\u{fdea}" } else { "\u{fdeb}" }
}

/// The address as it can stand in a Markdown link and in an attribute.
fn destination(address: &str) -> String {
    let mut out = String::new();
    for c in address.trim().chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '"' | '\'' | '\\' | '`' => {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            c if c.is_control() || c.is_whitespace() => {}
            '&' => out.push(sealed('&')),
            c => out.push(unsealed(c)),
        }
    }
    out
}

/// Whether what has this style is not seen.
fn hides(style: &str) -> bool {
    let plain: String = style.to_lowercase().split_whitespace().collect();
    plain.split(';').any(|rule| rule.starts_with("display:none") || rule.starts_with("visibility:hidden"))
}

/// The whole number that an attribute is.
fn number(tag: &Tag, name: &str) -> Option<i64> {
    attribute(tag, name)?.trim().parse().ok()
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name)
        .map(|attribute| attribute.value.to_string())
}
