//! Cells as bytes: where they stand, how they look (ECMA-48, SGR), what is in them.
//!
//! crossterm writes the sixteen colours of a terminal as the first of 256, `38;5;6`. A terminal that has sixteen may take
//! that for 38, which it does not know, 5, which blinks slowly, and 6, which blinks fast.

use std::io::{self, Write};

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    ink: Color,
    ground: Color,
    modifier: Modifier,
}

impl Look {
    /// As after every attribute is off.
    const PLAIN: Self = Self { ink: Color::Reset, ground: Color::Reset, modifier: Modifier::empty() };
}

/// What is written in another way than plain, and its number.
const WAYS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// Writes cells with their column and row, from 0. Before and after it every attribute is off.
///
/// # Errors
/// When `out` takes nothing.
pub(super) fn write_cells<'a>(
    out: &mut impl Write,
    cells: impl Iterator<Item = (u16, u16, &'a Cell)>,
) -> io::Result<()> {
    let mut look = Look::PLAIN;
    let mut cursor = None;
    for (x, y, cell) in cells {
        if cursor != Some((x, y)) {
            write!(out, "\x1b[{};{}H", u32::from(y) + 1, u32::from(x) + 1)?;
        }
        // How far the terminal goes on for a wide character is its own affair.
        cursor = Some((x.saturating_add(1), y));
        let wanted = Look { ink: cell.fg, ground: cell.bg, modifier: cell.modifier };
        if wanted != look {
            write_look(out, wanted)?;
            look = wanted;
        }
        out.write_all(cell.symbol().as_bytes())?;
    }
    if look == Look::PLAIN { Ok(()) } else { write_look(out, Look::PLAIN) }
}

/// All of a look, whatever was before: no terminal has to know how one attribute alone is taken back.
fn write_look(out: &mut impl Write, look: Look) -> io::Result<()> {
    out.write_all(b"\x1b[0")?;
    for (_, number) in WAYS.iter().filter(|(way, _)| look.modifier.contains(*way)) {
        write!(out, ";{number}")?;
    }
    write_colour(out, look.ink, Layer::Ink)?;
    write_colour(out, look.ground, Layer::Ground)?;
    out.write_all(b"m")
}

/// What a colour is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    Ink,
    Ground,
}

fn write_colour(out: &mut impl Write, colour: Color, layer: Layer) -> io::Result<()> {
    let further = match layer {
        Layer::Ink => 0,
        Layer::Ground => 10,
    };
    let own = match colour {
        Color::Reset => return Ok(()),
        Color::Indexed(index) => return write!(out, ";{};5;{index}", 38 + further),
        Color::Rgb(red, green, blue) => return write!(out, ";{};2;{red};{green};{blue}", 38 + further),
        Color::Black => 30,
        Color::Red => 31,
        Color::Green => 32,
        Color::Yellow => 33,
        Color::Blue => 34,
        Color::Magenta => 35,
        Color::Cyan => 36,
        Color::Gray => 37,
        // Not of the standard; from aixterm, and taken over everywhere.
        Color::DarkGray => 90,
        Color::LightRed => 91,
        Color::LightGreen => 92,
        Color::LightYellow => 93,
        Color::LightBlue => 94,
        Color::LightMagenta => 95,
        Color::LightCyan => 96,
        Color::White => 97,
    };
    write!(out, ";{}", own + further)
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::*;

    fn written(cells: &[(u16, u16, &str, Style)]) -> String {
        let cell = |(x, y, symbol, style): &(u16, u16, &str, Style)| {
            let mut cell = Cell::default();
            cell.set_symbol(symbol).set_style(*style);
            (*x, *y, cell)
        };
        let cells: Vec<_> = cells.iter().map(cell).collect();
        let mut out = Vec::new();
        write_cells(&mut out, cells.iter().map(|(x, y, cell)| (*x, *y, cell))).expect("in memory");
        String::from_utf8(out).expect("text")
    }

    #[track_caller]
    fn check(style: Style, expected: &str) {
        assert_eq!(written(&[(0, 0, "a", style)]), format!("\x1b[1;1H\x1b[{expected}ma\x1b[0m"));
    }

    #[test]
    fn the_colours_of_the_terminal_are_told_by_their_old_numbers() {
        check(Style::new().fg(Color::Cyan), "0;36");
        check(Style::new().fg(Color::Black).bg(Color::Gray), "0;30;47");
        check(Style::new().fg(Color::DarkGray).bg(Color::White), "0;90;107");
        check(Style::new().fg(Color::LightRed).bg(Color::Black), "0;91;40");
        check(Style::new().fg(Color::Indexed(254)).bg(Color::Indexed(234)), "0;38;5;254;48;5;234");
        check(Style::new().fg(Color::Rgb(1, 2, 3)), "0;38;2;1;2;3");
    }

    #[test]
    fn ways_of_writing_are_told_with_the_colours() {
        let bold = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
        check(bold, "0;1;4;31");
        check(Style::new().add_modifier(Modifier::REVERSED), "0;7");
    }

    #[test]
    fn where_nothing_changes_nothing_is_told() {
        let (plain, red) = (Style::new(), Style::new().fg(Color::Red));
        assert_eq!(written(&[]), "");
        assert_eq!(written(&[(2, 0, "a", plain), (3, 0, "b", plain)]), "\x1b[1;3Hab");
        let moved =
            written(&[(2, 0, "a", red), (3, 0, "b", red), (0, 1, "c", plain), (65_534, 1, "d", plain)]);
        assert_eq!(moved, "\x1b[1;3H\x1b[0;31mab\x1b[2;1H\x1b[0mc\x1b[2;65535Hd");
    }
}
