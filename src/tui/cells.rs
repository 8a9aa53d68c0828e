//! Characters of several cells in a finished frame: none is left behind, and none hides what was drawn over half of it.

use ratatui::buffer::{Buffer, CellDiffOption};

use crate::printable::cluster_width;

/// Goes over a frame before it is compared with the one on the screen.
///
/// ratatui holds a wide character in its first cell and takes the ones behind it for blank. Two things go wrong with that.
/// What was drawn over the second half, such as the frame of an overlay, would not be written: the character gives way.
/// And a character that a terminal draws as two narrow ones (`ｶﾞ`, a Thai `คำ`, an Indic conjunct, the letters of a flag)
/// would leave its second cell behind when blanks follow, because blank cells look unchanged: they are made to differ.
pub(super) fn mend(buffer: &mut Buffer) {
    let columns = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(columns) {
        let mut column = 0;
        while column < row.len() {
            if row[column].diff_option != CellDiffOption::None {
                // A part of a picture: bytes that are no character of any width.
                column += 1;
                continue;
            }
            let symbol = row[column].symbol();
            // Also what is not ASCII is mostly one narrow character.
            let cells = if symbol.len() == 1 { 1 } else { cluster_width(symbol).max(1) };
            let next = column + cells;
            if cells > 1 {
                let in_pieces = symbol.chars().nth(1).is_some() && !symbol.contains(EMOJI_PRESENTATION);
                let behind = row.get(column + 1..next);
                match behind.map(|cells| cells.iter().all(|cell| matches!(cell.symbol(), " " | HIDDEN))) {
                    Some(true) if in_pieces => {
                        for cell in &mut row[column + 1..next] {
                            cell.set_symbol(HIDDEN);
                        }
                    }
                    Some(true) => {}
                    Some(false) | None => {
                        row[column].set_symbol(" ");
                        column += 1;
                        continue;
                    }
                }
            }
            column = next;
        }
    }
}

/// Looks like a blank and is none. It is never written: the character before it stands in its cell.
const HIDDEN: &str = "\u{a0}";

/// Behind a character with this selector ratatui does write the next cell, for terminals that make it too narrow.
const EMOJI_PRESENTATION: char = '\u{fe0f}';

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    /// A line of a screen as it is compared with the next one.
    fn frame(texts: &[(u16, &str)]) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        for (column, text) in texts {
            buffer.set_string(*column, 0, text, Style::new());
        }
        mend(&mut buffer);
        buffer
    }

    fn written(before: &Buffer, after: &Buffer) -> Vec<(u16, String)> {
        before.diff(after).into_iter().map(|(column, _, cell)| (column, cell.symbol().to_owned())).collect()
    }

    #[test]
    fn nothing_is_left_of_characters_that_terminals_draw_in_pieces() {
        let blank = frame(&[]);
        for text in ["ｶﾞ", "คำ", "क्ष", "🇩🇪", "👍🏽"] {
            let drawn = frame(&[(1, text)]);
            assert_eq!(written(&blank, &drawn), [(1, text.to_owned())], "it is written once");
            assert_eq!(written(&drawn, &drawn), []);
            let over: Vec<u16> = written(&drawn, &blank).into_iter().map(|(column, _)| column).collect();
            assert!(over.starts_with(&[1, 2]), "{text:?}: {over:?}");
        }
        // What is one character for every terminal goes with its first cell.
        assert_eq!(written(&frame(&[(1, "中")]), &blank).len(), 1);
    }

    #[test]
    fn half_a_character_gives_way_to_what_is_drawn_over_it() {
        let blank = frame(&[]);
        let cut = frame(&[(0, "中文中"), (3, "│")]);
        let expected = [(0, "中"), (3, "│"), (4, "中")].map(|(column, symbol)| (column, symbol.to_owned()));
        assert_eq!(written(&blank, &cut), expected);
    }
}
