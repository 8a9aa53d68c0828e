//! What of a text belongs together, in lines.

use super::TextLine;
use crate::markup::{LineStart, Linear, Passage, PassageKind, QUOTE};
use crate::plain::wrap::wrap;

/// What belongs together: a heading or a lead-in with what is behind it, a list, a table.
pub(super) struct Block {
    /// Its passages, each in lines.
    pub(super) passages: Vec<Vec<TextLine>>,
    /// Whether it ends with a quote.
    pub(super) quoted: Quoted,
    /// Whether it begins with a heading.
    pub(super) is_headed: bool,
}

/// Whether something ends with the words of somebody, on which something may be said behind them.
pub(super) enum Quoted {
    Not,
    Begins,
    /// It goes on with those before it.
    GoesOn,
}

impl Quoted {
    /// Notes and warnings are ours, and nothing is said of them.
    fn of(passage: &Passage) -> Self {
        match (passage.quote == Some(QUOTE), passage.begins_quote) {
            (false, _) => Self::Not,
            (true, true) => Self::Begins,
            (true, false) => Self::GoesOn,
        }
    }

    /// The same of a block that goes on with this.
    fn with(&self, passage: &Passage) -> Self {
        match (self, Self::of(passage)) {
            // What leads in goes with it.
            (Self::Begins | Self::Not, Self::Begins | Self::GoesOn) => Self::Begins,
            (_, quoted) => quoted,
        }
    }
}

/// The blocks of a text, in its order.
pub(super) fn blocks(linear: &Linear, width: usize) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
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
            (PassageKind::Continued, Some(block)) => {
                block.quoted = block.quoted.with(passage);
                block.passages.push(lines);
            }
            // No page begins with it.
            (PassageKind::End, Some(block)) => match block.passages.last_mut() {
                Some(last) => last.extend(lines),
                None => block.passages.push(lines),
            },
            (PassageKind::Heading | PassageKind::Block, Some(block)) if leads || signs(passage, &lines) => {
                block.quoted = block.quoted.with(passage);
                block.passages.push(lines.first().map(TextLine::empty_above).into_iter().collect());
                block.passages.push(lines);
            }
            (PassageKind::Heading | PassageKind::Block | PassageKind::Continued | PassageKind::End, _) => {
                blocks.push(Block {
                    passages: vec![lines],
                    quoted: Quoted::of(passage),
                    is_headed: passage.kind == PassageKind::Heading,
                });
            }
        }
        // “Ask about three:” is said with what is asked about.
        leads = passage.kind == PassageKind::Heading || leads_in(passage.text.as_str());
    }
    blocks
}

/// A passage that goes on with a quote in so few lines says whose words those are, most of the time, and is said with them.
const LINES_OF_A_SIGNATURE: usize = 2;

fn signs(passage: &Passage, lines: &[TextLine]) -> bool {
    passage.quote.is_some() && !passage.begins_quote && lines.len() <= LINES_OF_A_SIGNATURE
}

/// What a lead-in ends with; the second is that of Chinese and Japanese.
const LEADS_IN: [char; 2] = [':', '\u{ff1a}'];

/// Whether a text ends as what leads in does, the signs of its footnotes left out.
fn leads_in(text: &str) -> bool {
    let is_sign = |sign: &str| [" ", "s "].iter().any(|rest| sign.starts_with(rest)) && sign.ends_with(')');
    let without = text.rsplit_once(" (note").filter(|(_, sign)| is_sign(sign));
    without.map_or(text, |(words, _)| words).ends_with(LEADS_IN)
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
