//! What stands in the cells of a screen, as text.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// The cells behind wide characters: a terminal keeps nothing there. The bytes of a picture are no characters.
pub(super) fn hidden_cells(buffer: &Buffer) -> Vec<Position> {
    let cells = buffer.area.positions().filter(|at| buffer[*at].diff_option == CellDiffOption::None);
    let behind = cells.flat_map(|at| {
        let width = crate::printable::width(buffer[at].symbol());
        (1..width)
            .filter_map(move |step| Some(Position { x: at.x.checked_add(u16::try_from(step).ok()?)?, ..at }))
    });
    behind.filter(|at| buffer.area.contains(*at)).collect()
}

/// The rows of a screen, without the cells that wide characters hide.
pub(crate) fn rows(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width).max(1);
    let row = |cells: &[Cell]| {
        let mut text = String::new();
        let mut hidden = 0;
        for cell in cells {
            if hidden == 0 {
                text.push_str(cell.symbol());
                hidden = crate::printable::width(cell.symbol());
            }
            hidden = hidden.saturating_sub(1);
        }
        text.trim_end().to_owned()
    };
    buffer.content.chunks(width).map(row).collect()
}

/// A screen with `[colour+attributes:words]` wherever something does not look like running text.
pub(crate) fn styled(buffer: &Buffer) -> String {
    let mut out = String::new();
    for cells in buffer.content.chunks(usize::from(buffer.area.width).max(1)) {
        let mut line = String::new();
        let mut current = String::new();
        for cell in cells {
            let look = look(cell.fg, cell.modifier);
            if look != current {
                if !current.is_empty() {
                    line.push(']');
                }
                if !look.is_empty() {
                    let _ = write!(line, "[{look}:");
                }
                current = look;
            }
            line.push_str(cell.symbol());
        }
        if !current.is_empty() {
            line.push(']');
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn look(colour: Color, modifier: Modifier) -> String {
    let mut parts = Vec::new();
    if colour != Color::Reset {
        parts.push(format!("{colour:?}").to_lowercase());
    }
    if !modifier.is_empty() {
        parts.push(format!("{modifier:?}").to_lowercase().replace(" | ", "+"));
    }
    parts.join("+")
}
