//! Right-to-left text in the order in which it stands on the screen (UAX 9).
//!
//! Lines are kept in the order in which they are read, and every span knows how deep it is embedded in text of the other
//! direction. Whoever draws asks for the [visual](Line::visual) order; whoever searches, copies or speaks does not.

mod mixed;
mod typed;

use std::borrow::Cow;
use std::ops::Range;

use unicode_bidi::{ParagraphBidiInfo, get_base_direction};
use unicode_bidi_mirroring::get_mirrored;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Line, Span, Style};
use crate::printable::{Printable, cluster_width};
pub use mixed::Mixed;
pub use typed::Typed;

/// Who puts right-to-left text into the order in which it is seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Bidi {
    /// The same as [`Bidi::App`]: nobody has chosen, and nothing is known of the terminal.
    #[default]
    Auto,
    /// We do; for terminals that draw cell after cell.
    App,
    /// The terminal does: it gets every line in the order in which it is read, at the left margin.
    Terminal,
}

impl Bidi {
    /// Whether what is drawn has to be in visual order.
    #[must_use]
    pub const fn is_ours(self) -> bool {
        match self {
            Self::Auto | Self::App => true,
            Self::Terminal => false,
        }
    }
}

/// Which way a text is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Direction {
    #[default]
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// The direction of the first letter that has one (rules P2 and P3).
    pub(super) fn of(text: &str) -> Option<Self> {
        match get_base_direction(text) {
            unicode_bidi::Direction::Ltr => Some(Self::LeftToRight),
            unicode_bidi::Direction::Rtl => Some(Self::RightToLeft),
            unicode_bidi::Direction::Mixed => None,
        }
    }
}

/// How deep text is embedded in text of the other direction: what stands at an even level is read from left to right,
/// what stands at an odd one from right to left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(u8);

impl Level {
    /// Whether text of this level is read from right to left.
    #[must_use]
    pub fn is_right_to_left(self) -> bool {
        self.0 % 2 == 1
    }

    /// The level of text of `direction` within text of this level. Beyond the depth that Unicode allows for, the
    /// direction around is kept.
    pub(super) fn within(self, direction: Direction) -> Self {
        let same = self.is_right_to_left() == (direction == Direction::RightToLeft);
        if same || self.0 >= DEEPEST { self } else { Self(self.0 + 1) }
    }

    /// The level of what had this one when its text stood by itself, with `base` as its lowest.
    fn moved(self, base: Self, to: Self) -> Self {
        Self(self.0 - base.0.min(self.0) + to.0)
    }

    /// `text` of this level as it is drawn, from left to right: in one piece, or in several that must not melt into one
    /// another.
    #[must_use]
    pub fn drawn(self, text: &Printable) -> Vec<Printable> {
        if !self.is_right_to_left() {
            return vec![text.clone()];
        }
        let mut pieces: Vec<Printable> = Vec::new();
        for (at, cluster) in text.as_str().grapheme_indices(true).rev() {
            let cluster = mirrored(cluster).unwrap_or_else(|| text.slice(at..at + cluster.len()));
            match pieces.last_mut() {
                Some(piece) if !melts(piece, &cluster) => piece.push(&cluster),
                Some(_) | None => pieces.push(cluster),
            }
        }
        pieces
    }
}

/// UAX 9 goes 125 levels deep (BD 2); the levels within a paragraph come on top of those of its containers.
const DEEPEST: u8 = 64;

/// Whether two texts that were apart would have fewer clusters together: halves of flags, a skin tone behind a hand.
fn melts(one: &Printable, other: &Printable) -> bool {
    let (before, after) = (one.as_str().chars().next_back(), other.as_str().chars().next());
    let (Some(before), Some(after)) = (before, after) else { return false };
    if before.is_ascii() && after.is_ascii() {
        return false;
    }
    let last = one.as_str().graphemes(true).next_back().unwrap_or_default();
    let joined = format!("{last}{}", other.as_str());
    joined.graphemes(true).next() != Some(last)
}

/// A bracket or another sign that looks the other way in text that goes the other way (rule L4).
fn mirrored(cluster: &str) -> Option<Printable> {
    let mut characters = cluster.chars();
    let mirrored = get_mirrored(characters.next()?)?;
    let rest = characters.as_str();
    Some(Printable::new(&format!("{mirrored}{rest}")))
}

/// The order in which pieces of these levels stand from left to right (rule L2).
#[must_use]
pub fn visual_order(levels: &[Level]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    let highest = levels.iter().map(|level| level.0).max().unwrap_or(0);
    let lowest_odd = levels.iter().filter(|level| level.is_right_to_left()).map(|level| level.0).min();
    let Some(lowest_odd) = lowest_odd else { return order };
    for level in (lowest_odd..=highest).rev() {
        let mut start = 0;
        while start < order.len() {
            let deep = order[start..].iter().take_while(|&&index| levels[index].0 >= level).count();
            order[start..start + deep].reverse();
            start += deep.max(1);
        }
    }
    order
}

/// A text in one line in the order in which it is drawn. It stays as it is where characters would melt together.
#[must_use]
pub fn visual(text: &Printable) -> Cow<'_, Printable> {
    let Some(levels) = Levels::of(text.as_str(), &[], &[], Direction::LeftToRight) else {
        return Cow::Borrowed(text);
    };
    levels.visual(text, 0..text.as_str().len()).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// A character as a reader sees it (a grapheme cluster) and where it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// The index of its span in the line.
    pub span: usize,
    /// Where it stands in the text of the span, in bytes.
    pub range: Range<usize>,
    /// The columns that it takes.
    pub columns: Range<usize>,
}

impl Line {
    /// The spans in the order in which they are drawn, from left to right, each with its text in that order too. A line
    /// that belongs to the right margin begins with the blanks that bring it there.
    #[must_use]
    pub fn visual(&self) -> Cow<'_, [Span]> {
        if self.is_straight() {
            return Cow::Borrowed(&self.spans);
        }
        let mut spans = Vec::with_capacity(self.spans.len() + 1);
        for index in self.order() {
            let Some(span) = self.spans.get(index) else {
                spans.push(Span::new(Printable::new(&" ".repeat(self.free)), Style::default()));
                continue;
            };
            let pieces = span.level.drawn(&span.text);
            spans.extend(pieces.into_iter().map(|text| Span { text, ..*span }));
        }
        Cow::Owned(spans)
    }

    /// Where every character of the line is drawn, from left to right: what a click hits, and where a word that was
    /// found has to be marked.
    #[must_use]
    pub fn clusters(&self) -> Vec<Cluster> {
        let mut drawn = Vec::new();
        let mut column = 0;
        for index in self.order() {
            let Some(span) = self.spans.get(index) else {
                column += self.free;
                continue;
            };
            let mut clusters: Vec<_> = span.text.as_str().grapheme_indices(true).collect();
            if span.level.is_right_to_left() {
                clusters.reverse();
            }
            for (at, cluster) in clusters {
                let columns = column..column + cluster_width(cluster);
                column = columns.end;
                drawn.push(Cluster { span: index, range: at..at + cluster.len(), columns });
            }
        }
        drawn
    }

    /// The order of the spans; an index beyond them stands for the free columns.
    fn order(&self) -> Vec<usize> {
        let mut levels: Vec<Level> = self.spans.iter().map(|span| span.level).collect();
        if self.free > 0 {
            levels.push(self.base);
        }
        visual_order(&levels)
    }

    /// Whether it is drawn as it is read: nothing in it goes from right to left.
    #[must_use]
    pub fn is_straight(&self) -> bool {
        self.base == Level::default() && self.spans.iter().all(|span| span.level == Level::default())
    }

    /// The line within text of level `around`: isolated from it, as if it stood by itself.
    pub(super) fn embed(&mut self, around: Level) {
        if around == Level::default() {
            return;
        }
        let own = Level(self.base.0 % 2);
        let direction = if own.is_right_to_left() { Direction::RightToLeft } else { Direction::LeftToRight };
        let to = around.within(direction);
        for span in &mut self.spans {
            span.level = span.level.moved(self.base, to);
        }
        self.base = to;
    }

    /// Leaves the rest of `width` columns free where the line or what stands around it goes from right to left.
    pub(super) fn fill(&mut self, width: usize) {
        if self.base != Level::default() {
            let used: usize = self.spans.iter().map(|span| span.text.width()).sum();
            self.free = width.saturating_sub(used);
        }
    }
}

/// The levels of a text that has both directions in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Levels {
    pub(super) base: Level,
    /// Where each part of one level ends, and its level; no cluster is in two parts.
    parts: Vec<(usize, Level)>,
}

impl Levels {
    /// The levels of a paragraph; none if all of it is on level 0. It goes the way of its first letter, and that of what is
    /// `around` it if no letter has a direction.
    ///
    /// What is `isolated` goes from left to right whatever stands beside it, and so do the signs of hidden characters:
    /// they order nothing and are ordered as one piece. At `breaks` the author ended a line.
    pub(super) fn of(
        text: &str,
        isolated: &[Range<usize>],
        breaks: &[usize],
        around: Direction,
    ) -> Option<Self> {
        if around == Direction::LeftToRight && !may_turn(text) {
            return None;
        }
        let shadow = Shadow::of(text, isolated, breaks);
        let direction = Direction::of(&shadow.text).unwrap_or(around);
        Self::resolved(text, &shadow, direction)
    }

    /// The levels of a line of code, which always begins at the left.
    pub(super) fn of_code(text: &str) -> Option<Self> {
        if !may_turn(text) {
            return None;
        }
        Self::resolved(text, &Shadow::of(text, &[], &[]), Direction::LeftToRight)
    }

    fn resolved(text: &str, shadow: &Shadow, direction: Direction) -> Option<Self> {
        let base = Level::default().within(direction);
        let known = unicode_bidi::Level::new(base.0).ok();
        let levels = ParagraphBidiInfo::new(&shadow.text, known).levels;
        let mut parts: Vec<(usize, Level)> = Vec::new();
        let mut additions = shadow.additions.iter().peekable();
        let mut shift = 0;
        for (at, cluster) in text.grapheme_indices(true) {
            while let Some((_, length)) = additions.next_if(|(place, _)| *place <= at) {
                shift += length;
            }
            let level = levels.get(at + shift).map_or(base, |level| Level(level.number()));
            match parts.last_mut() {
                Some((end, last)) if *last == level => *end = at + cluster.len(),
                Some(_) | None => parts.push((at + cluster.len(), level)),
            }
        }
        let straight = parts.iter().all(|(_, level)| *level == Level::default());
        (!straight || base != Level::default()).then_some(Self { base, parts })
    }

    /// What stands in `range` of the text in the order in which it is drawn; none where characters would melt together.
    fn visual(&self, text: &Printable, range: Range<usize>) -> Option<Printable> {
        let parts: Vec<(Range<usize>, Level)> = self.parts(range).collect();
        let order = visual_order(&parts.iter().map(|(_, level)| *level).collect::<Vec<_>>());
        let mut drawn = Printable::default();
        for index in order {
            let (part, level) = &parts[index];
            for piece in level.drawn(&text.slice(part.clone())) {
                if melts(&drawn, &piece) {
                    return None;
                }
                drawn.push(&piece);
            }
        }
        Some(drawn)
    }

    /// The parts of `range` that have one level each.
    pub(super) fn parts(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, Level)> + '_ {
        let first = self.parts.partition_point(|(end, _)| *end <= range.start);
        let mut start = range.start;
        self.parts[first..].iter().map_while(move |&(end, level)| {
            let part = start..end.min(range.end);
            start = part.end;
            (!part.is_empty()).then_some((part, level))
        })
    }
}

/// A text as the algorithm is to see it: with isolates around what stands by itself.
struct Shadow {
    text: String,
    /// What was added: before which place of the text, and how many bytes.
    additions: Vec<(usize, usize)>,
}

const LEFT_TO_RIGHT_ISOLATE: char = '\u{2066}';
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';
const LINE_SEPARATOR: char = '\u{2028}';

impl Shadow {
    fn of(text: &str, isolated: &[Range<usize>], breaks: &[usize]) -> Self {
        let stands_free = |sign: &Range<usize>| {
            let next = isolated.partition_point(|other| other.end <= sign.start);
            isolated.get(next).is_none_or(|other| sign.end <= other.start)
        };
        let signs = signs(text).filter(stands_free);
        let ranges = isolated.iter().cloned().chain(signs).map(|range| (range, LEFT_TO_RIGHT_ISOLATE));
        Self::with(text, ranges, breaks)
    }

    /// Around each of `values` an isolate that goes the way of its first letter.
    fn around(text: &str, values: &[Range<usize>]) -> Self {
        let values = values.iter().cloned().map(|range| (range, FIRST_STRONG_ISOLATE));
        Self::with(text, values.chain(signs(text).map(|range| (range, LEFT_TO_RIGHT_ISOLATE))), &[])
    }

    fn with(text: &str, isolates: impl Iterator<Item = (Range<usize>, char)>, breaks: &[usize]) -> Self {
        let mut added: Vec<(usize, char)> = breaks.iter().map(|&at| (at, LINE_SEPARATOR)).collect();
        for (range, opening) in isolates.filter(|(range, _)| !range.is_empty()) {
            added.push((range.end, POP_ISOLATE));
            added.push((range.start, opening));
        }
        // What ends at a place is closed before something else is opened there; a sign stands within a value.
        let rank =
            |c| [POP_ISOLATE, LINE_SEPARATOR, FIRST_STRONG_ISOLATE].iter().position(|other| *other == c);
        added.sort_by_key(|&(at, c)| (at, rank(c).unwrap_or(usize::MAX)));
        let mut shadow = Self { text: String::with_capacity(text.len()), additions: Vec::new() };
        let mut done = 0;
        for (at, c) in added {
            shadow.text.push_str(&text[done..at]);
            shadow.text.push(c);
            shadow.additions.push((at, c.len_utf8()));
            done = at;
        }
        shadow.text.push_str(&text[done..]);
        shadow
    }
}

/// The signs of hidden characters in a text, such as `<U+202E>`.
fn signs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices("<U+").filter_map(|(start, opening)| {
        let rest = &text.as_bytes()[start + opening.len()..];
        let digits = rest.iter().take(7).take_while(|byte| byte.is_ascii_hexdigit()).count();
        let closed = (4..=6).contains(&digits) && rest.get(digits) == Some(&b'>');
        closed.then_some(start..start + opening.len() + digits + 1)
    })
}

/// Whether anything in a text may go from right to left. Looks at the first bytes of characters: U+0590 to U+08FF,
/// U+FB1D to U+FEFC, U+10800 to U+10FFF and U+1E800 to U+1EFFF, and a few more that do no harm.
pub(super) fn may_turn(text: &str) -> bool {
    !text.is_ascii()
        && text.as_bytes().windows(2).any(|pair| {
            matches!(pair, [0xd6..=0xdf, _] | [0xe0, 0xa0..=0xa3] | [0xef, 0xac..=0xbb] | [0xf0, 0x90 | 0x9e])
        })
}

/// Appends our own short text in as many spans as it has levels, as it is read where the text around it goes the way of `around`.
pub(super) fn push_own(spans: &mut Vec<Span>, text: Printable, style: Style, around: Level) {
    let levels = || {
        let shadow = Shadow::of(text.as_str(), &[], &[]);
        Levels::resolved(text.as_str(), &shadow, Direction::RightToLeft)
    };
    let Some(levels) = around.is_right_to_left().then(levels).flatten() else {
        return spans.push(Span { level: around, ..Span::new(text, style) });
    };
    let parts = levels.parts(0..text.as_str().len());
    spans.extend(parts.map(|(part, level)| {
        let level = level.moved(levels.base, around);
        Span { level, ..Span::new(text.slice(part), style) }
    }));
}

#[cfg(test)]
mod tests;
