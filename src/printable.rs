//! Text that is safe to put into a terminal cell, and the one function that makes it so.
//!
//! Whatever came from a file is hostile until it went through here: escape sequences steer the terminal,
//! bidirectional controls make a line read backwards ("Trojan Source", CVE-2021-42574), and invisible
//! characters hide text from the reader. All of them are shown as `<U+202E>`. It has to happen last, on the
//! string that goes into a cell: `&#27;` is harmless ASCII until a Markdown parser has decoded it.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation as _};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Text without anything that a terminal would obey or hide; made by defusing and in no other way.
///
/// Joining such texts keeps them safe: what needs a neighbour to be legitimate (a joiner between two emoji, a
/// combining mark on its base) is defused where the neighbour is missing at the edge of a text.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Printable(String);

impl Printable {
    /// Defuses `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(defuse(text).into_owned())
    }

    /// The safe text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many terminal cells the text takes.
    #[must_use]
    pub fn width(&self) -> usize {
        width(&self.0)
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same as HTML, where it is text or the value of an attribute in quotation marks.
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut html = String::with_capacity(self.0.len());
        for c in self.0.chars() {
            match c {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                c => html.push(c),
            }
        }
        html
    }

    /// Appends other safe text.
    pub fn push(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    /// A part of the text, cut between grapheme clusters; what lost its neighbour by a cut elsewhere is defused.
    #[must_use]
    pub(crate) fn slice(&self, range: Range<usize>) -> Self {
        let part = &self.0[range];
        match part.chars().next() {
            Some(first) if first > '~' && (is_combining_mark(first) || needs_neighbour(first)) => {
                Self::new(part)
            }
            _ => Self(part.to_owned()),
        }
    }

    /// The text in at most `width` cells: what is longer is cut between characters, and `…` stands where it goes on.
    #[must_use]
    pub fn cut(&self, width: usize) -> Self {
        if self.width() <= width {
            return self.clone();
        }
        let mut taken = 1;
        let kept = self.0.graphemes(true).take_while(|cluster| {
            taken += cluster_width(cluster);
            taken <= width
        });
        let kept: String = kept.collect();
        Self(if width == 0 { kept } else { kept + "…" })
    }

    /// Appends other safe text of another style. Where the two would melt into one cluster (a skin tone behind
    /// an emoji), the seam is made visible: each style is drawn by itself, so the widths would not add up.
    pub(crate) fn push_apart(&mut self, other: &Self) {
        let seam = self.0.len();
        self.0.push_str(&other.0);
        let Some(first) = other.0.chars().next().filter(|&first| first > '~') else { return };
        if seam > 0 && !GraphemeCursor::new(seam, self.0.len(), true).is_boundary(&self.0, 0).unwrap_or(false)
        {
            self.0.truncate(seam);
            push_sign(first, &mut self.0);
            self.push(&Self::new(&other.0[first.len_utf8()..]));
        }
    }
}

impl fmt::Display for Printable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Printable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl AsRef<str> for Printable {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Printable {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// Shows control, bidirectional and invisible characters of `text` as `<U+202E>`; line breaks and tabs too,
/// because a cell has no room for them. Safe text comes back borrowed.
///
/// What a joiner, variation selector or tag does for an emoji, an Indic or an Arabic word is kept.
#[must_use]
pub fn defuse(text: &str) -> Cow<'_, str> {
    let Some((safe, _)) = text.char_indices().find(|(_, c)| !stands_alone(*c)) else {
        return Cow::Borrowed(text);
    };
    // A mark right behind them belongs to the last of them.
    let start = text[..safe].char_indices().next_back().map_or(0, |(last, _)| last);
    let mut defused = String::new();
    let mut changed = false;
    for (index, cluster) in text[start..].grapheme_indices(true) {
        let after = &text[start + index + cluster.len()..];
        let length = defused.len();
        defuse_cluster(cluster, after.chars().next(), &mut defused);
        changed |= defused[length..] != *cluster;
    }
    if !changed {
        return Cow::Borrowed(text);
    }
    defused.insert_str(0, &text[..start]);
    Cow::Owned(defused)
}

/// Whether it is a character as most are: seen, one cell wide, and a cluster of its own between any two like it. That is looked at first,
/// because whatever else may be so takes long to find out.
fn stands_alone(c: char) -> bool {
    matches!(c,
        ' '..='~'
        // Letters of Europe.
        | '\u{c0}'..='\u{24f}'
        // Dashes, quotation marks, bullets and dots.
        | '\u{2010}'..='\u{2027}'
        // Lines and blocks.
        | '\u{2500}'..='\u{259f}'
    )
}

/// The characters of a line that [`defuse`] would show as signs, with their places in bytes.
#[must_use]
pub(crate) fn hidden(line: &str) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    for (index, cluster) in line.grapheme_indices(true) {
        if matches!(cluster.as_bytes(), [0x20..=0x7e]) {
            continue;
        }
        let mut shown = String::new();
        defuse_cluster(cluster, line[index + cluster.len()..].chars().next(), &mut shown);
        // A character stands in what is shown as itself or as its sign; no hidden character begins like a sign.
        let mut rest = shown.as_str();
        for (at, c) in cluster.char_indices() {
            if let Some(behind) = rest.strip_prefix(c) {
                rest = behind;
            } else {
                found.push((index + at, c));
                let sign = rest.find('>').map_or(rest.len(), |end| end + 1);
                rest = &rest[sign..];
            }
        }
    }
    found
}

/// How many terminal cells `text` takes, counted as ratatui does when it writes the cells.
#[must_use]
pub(crate) fn width(text: &str) -> usize {
    if text.chars().all(stands_alone) {
        return text.chars().count();
    }
    text.graphemes(true).map(cluster_width).sum()
}

/// The cells of one grapheme cluster. Terminals give halfwidth sound marks a cell of their own although
/// Unicode makes them part of the cluster before them; ratatui counts them, and so must we.
#[must_use]
pub(crate) fn cluster_width(cluster: &str) -> usize {
    if cluster.len() == 1 {
        return 1;
    }
    cluster.width() + cluster.chars().filter(|&c| is_halfwidth_sound_mark(c)).count()
}

fn is_halfwidth_sound_mark(c: char) -> bool {
    matches!(c, '\u{ff9e}' | '\u{ff9f}')
}

/// Marks stacked on one character beyond this many are shown one by one: they would paint over the lines
/// above, and a cluster cannot be broken over lines. Vietnamese needs 2, Hebrew and Tibetan up to 6 or so.
const MARKS: usize = 10;

fn defuse_cluster(cluster: &str, after: Option<char>, out: &mut String) {
    let begin = out.len();
    let mut previous: Option<char> = None;
    let mut marks = 0;
    let mut rest = cluster.chars();
    while let Some(c) = rest.next() {
        if c == BLACK_FLAG
            && let Some(tags) = subdivision_flag(rest.as_str())
        {
            out.push(c);
            out.push_str(tags);
            rest = rest.as_str()[tags.len()..].chars();
            previous = Some(c);
            continue;
        }
        let next = rest.clone().next();
        let shown = match c {
            ZWJ => previous.is_some_and(|p| is_virama(p) || is_emoji_part(p)) && joins(previous, next),
            ZWNJ => {
                previous.is_some_and(|p| is_virama(p) || is_cursive(p))
                    && next.or(after).is_some_and(is_seen_letter)
            }
            '\u{fe0f}' | '\u{fe0e}' => previous.is_some_and(|p| is_pictographic(p) || is_keycap(p, next)),
            '\u{fe00}'..='\u{fe02}' | '\u{e0100}'..='\u{e01ef}' => previous.is_some_and(is_ideograph),
            '\u{180b}'..='\u{180f}' => previous.is_some_and(|p| matches!(p, '\u{1820}'..='\u{18aa}')),
            _ if is_hidden(c) => false,
            _ if is_combining_mark(c) => {
                marks += 1;
                previous.is_some() && marks <= MARKS
            }
            // A lone Hangul vowel, say: nothing would be seen of it.
            _ => previous.is_some() || c.width() != Some(0),
        };
        if shown {
            out.push(c);
            previous = Some(c);
        } else {
            push_sign(c, out);
            previous = None;
        }
    }
    // Still nothing to see, for a reason that is not known here: say what it is.
    if out.len() > begin && width(&out[begin..]) == 0 {
        out.truncate(begin);
        for c in cluster.chars() {
            push_sign(c, out);
        }
    }
}

/// A letter that will stand as it is, not one that is shown as a sign because nobody would see it.
pub(crate) fn is_seen_letter(c: char) -> bool {
    c.is_alphabetic() && !is_hidden(c) && c.width() != Some(0)
}

/// What is only shown because of the character before it.
fn needs_neighbour(c: char) -> bool {
    is_hidden(c) || matches!(c, ZWJ | ZWNJ)
}

fn push_sign(c: char, out: &mut String) {
    write!(out, "<U+{:04X}>", u32::from(c)).expect("writing to a string does not fail");
}

const ZWJ: char = '\u{200d}';
const ZWNJ: char = '\u{200c}';
const BLACK_FLAG: char = '\u{1f3f4}';

/// The characters that a terminal obeys, that change the order of what is read, or that show nothing. Unicode's
/// `Default_Ignorable_Code_Point` (reserved ones too), the controls, and what is blank or different in each font.
#[must_use]
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{70f}'
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'
        | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffc}'
        | '\u{13430}'..='\u{1345f}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{10ffff}'
    ) || u32::from(c) & 0xfffe == 0xfffe
}

/// The three flags that Unicode recommends for interchange (England, Scotland, Wales): region letters as tags
/// behind a black flag. Any other run of tags would carry text that nobody sees.
fn subdivision_flag(text: &str) -> Option<&str> {
    const FLAGS: [&str; 3] = [
        "\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
        "\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
    ];
    FLAGS.into_iter().find(|tags| text.starts_with(tags)).map(|tags| &text[..tags.len()])
}

/// Whether a joiner between the two does something: it makes one emoji of two, or shapes an Indic cluster.
fn joins(previous: Option<char>, next: Option<char>) -> bool {
    previous.is_some_and(is_virama) || next.is_some_and(is_pictographic)
}

/// What may stand before a joiner inside an emoji: the picture, its skin tone or its presentation selector.
fn is_emoji_part(c: char) -> bool {
    matches!(c, '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}') || is_pictographic(c)
}

/// `Extended_Pictographic`, asked of the segmentation rules (GB11): only such a character is kept together with
/// itself by a joiner, so we carry no table of our own that would grow old. Marks stay together with anything;
/// the letter in front tells them apart.
fn is_pictographic(c: char) -> bool {
    if c < '\u{a9}' {
        return false;
    }
    let mut buffer = [b'a'; 12];
    let length = c.encode_utf8(&mut buffer[1..]).len();
    ZWJ.encode_utf8(&mut buffer[1 + length..]);
    c.encode_utf8(&mut buffer[4 + length..]);
    std::str::from_utf8(&buffer[..4 + 2 * length]).is_ok_and(|probe| probe.graphemes(true).count() == 2)
}

fn is_keycap(previous: char, next: Option<char>) -> bool {
    matches!(previous, '0'..='9' | '#' | '*') && next == Some('\u{20e3}')
}

/// Viramas are the combining class of their own (UAX 44); joiners after them are spelling (UAX 31, A2 and B).
fn is_virama(c: char) -> bool {
    canonical_combining_class(c) == 9
}

/// Letters of scripts that join; a non-joiner between them is spelling, as in Persian (UAX 31, A1).
fn is_cursive(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{8ff}' | '\u{1820}'..='\u{18aa}' | '\u{fb50}'..='\u{fdcf}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10d00}'..='\u{10d23}' | '\u{1e900}'..='\u{1e943}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests;
