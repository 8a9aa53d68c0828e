//! The signs of footnotes, which are found by themselves.

use std::ops::Range;

/// Where the sign of a footnote stands, which is kept beside its block.
#[derive(Debug, Clone)]
pub(super) struct Beside {
    /// The text around it.
    pub(super) block: Range<usize>,
    /// Where in the text.
    pub(super) at: usize,
    /// Where in the source the block begins.
    pub(super) begin: usize,
}

/// The brackets that the sign of a footnote lacks to stand alone. Small digits have none.
pub(super) fn missing_brackets(sign: &str) -> [&'static str; 2] {
    let is_small = sign.chars().all(|c| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹'));
    let lacks = |bracket: char| !is_small && !sign.contains(bracket);
    [if lacks('[') { " [" } else { "" }, if lacks(']') { "]" } else { "" }]
}
