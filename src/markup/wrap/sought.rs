//! What of inline text somebody may look for.

use super::{Paragraph, Run, Sought};

/// A piece of text as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markup) struct Piece<'a> {
    pub(in crate::markup) text: &'a str,
    /// Where in the source it begins.
    pub(in crate::markup) offset: usize,
    /// The text is the same in the source, so offsets can be counted into it.
    pub(in crate::markup) literal: bool,
    /// A line ended before it because the author wanted that.
    pub(in crate::markup) after_break: bool,
    /// It is the sign of a footnote: what stands around it goes on over it.
    pub(in crate::markup) apart: bool,
}

/// Hands the pieces of inline text to `take`, each as [`Paragraph::lines`] has it.
pub(in crate::markup) fn sought(runs: &[Run], mut take: impl FnMut(Piece<'_>)) {
    let paragraph = Paragraph::gathered(runs);
    let (mut start, mut breaks) = (0, paragraph.breaks.iter().peekable());
    let mut after_break = false;
    for piece in &paragraph.pieces {
        while breaks.next_if(|at| **at <= start).is_some() {
            after_break = true;
        }
        if let Some(offset) = piece.origin().filter(|_| start < piece.end) {
            let text = &paragraph.text.as_str()[start..piece.end];
            let apart = piece.sought == Sought::Apart;
            take(Piece { text, offset, literal: piece.literal, after_break: after_break && !apart, apart });
            after_break &= apart;
        }
        start = piece.end;
    }
}
