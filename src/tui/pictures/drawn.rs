//! A picture in the bytes that a terminal shows it by.

use image::{DynamicImage, RgbaImage};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Color;
use ratatui::widgets::Widget as _;
use ratatui_image::protocol::Protocol as Bytes;
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::protocol::kitty::Kitty;
use ratatui_image::protocol::sixel::Sixel;
use ratatui_image::sliced::{SignedPosition, SlicedImage, SlicedProtocol};

use super::decode::Source;
use super::shelf::Place;
use super::{Colours, Manner, Protocol, Tmux};
use crate::markup::Cells;
use crate::picture::{Pixels, Unshown};

/// A picture that was made for one size, one terminal and one kind of cells.
///
/// The bytes are ours: they are made of pixels, never taken from a file. So they may stand in cells, which everything else
/// reaches as printable text alone.
pub struct Drawn {
    bytes: Sort,
    cells: Cells,
    /// About how much memory it takes, in bytes.
    weight: usize,
    /// Where the terminal keeps it.
    place: Place,
}

/// What of a picture can be drawn by itself.
enum Sort {
    /// Each row of cells, in bytes of its own.
    Rows(Vec<Bytes>),
    /// Each row of cells, out of bytes that the terminal keeps.
    Sliced(SlicedProtocol, Option<Colours>),
    /// All or nothing.
    Whole(Bytes),
}

impl std::fmt::Debug for Drawn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Drawn")
            .field("cells", &self.cells)
            .field("weight", &self.weight)
            .finish_non_exhaustive()
    }
}

/// Whether something was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was.
    Drawn,
    /// This terminal cannot draw a part of a picture.
    OnlyWhole,
}

impl Drawn {
    /// Makes the picture for so many cells, each as large as `cell`. The number of its `place` tells pictures of one terminal apart.
    pub(super) fn of(
        source: &Source,
        cells: Cells,
        cell: Pixels,
        manner: Manner,
        place: Place,
    ) -> Result<Self, Unshown> {
        let (columns, rows) = (u32::from(cells.columns), u32::from(cells.rows));
        let cell = match manner.protocol {
            Protocol::Kitty | Protocol::Sixel | Protocol::Iterm2 => cell,
            Protocol::Blocks(_) => Pixels { width: 1, height: 2 },
        };
        let picture = source.at(Pixels { width: columns * cell.width, height: rows * cell.height })?;
        let size = Size::new(cells.columns, cells.rows);
        let tmux = manner.tmux == Tmux::Between;
        let pixels = picture.len();
        let broken = |_| Unshown::Broken;
        let (bytes, weight) = match manner.protocol {
            Protocol::Kitty => {
                let picture = DynamicImage::ImageRgba8(picture);
                let kitty = Kitty::new(picture, size, place.number(), tmux, true).map_err(broken)?;
                (Sort::Sliced(SlicedProtocol::Kitty(kitty), None), pixels)
            }
            Protocol::Sixel => {
                let sixel = Sixel::new(DynamicImage::ImageRgba8(picture), size, tmux).map_err(broken)?;
                let weight = sixel.data.len();
                (Sort::Whole(Bytes::Sixel(sixel)), weight)
            }
            Protocol::Iterm2 => {
                let rows = rows_of(&picture, cell.height)
                    .map(|row| Iterm2::new(DynamicImage::ImageRgba8(row), Size::new(cells.columns, 1), tmux));
                let rows = rows.collect::<Result<Vec<_>, _>>().map_err(broken)?;
                let weight = rows.iter().map(|row| row.data.len()).sum();
                (Sort::Rows(rows.into_iter().map(Bytes::ITerm2).collect()), weight)
            }
            Protocol::Blocks(colours) => {
                let blocks = Halfblocks::new(DynamicImage::ImageRgba8(picture), size).map_err(broken)?;
                (Sort::Sliced(SlicedProtocol::Halfblocks(blocks), Some(colours)), pixels * 4)
            }
        };
        Ok(Self { bytes, cells, weight, place })
    }

    /// About how much memory it takes, in bytes.
    pub(super) fn weight(&self) -> usize {
        self.weight
    }

    /// Draws what of the picture stands on `area`, whose first row shows its row `first`.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, first: u16) -> Outcome {
        let left = self.cells.rows.saturating_sub(first);
        let area = Rect { width: area.width.min(self.cells.columns), height: area.height.min(left), ..area };
        let area = area.intersection(buffer.area);
        if area.is_empty() {
            return Outcome::Drawn;
        }
        let complete = area.width == self.cells.columns;
        match &self.bytes {
            Sort::Sliced(picture, colours) if complete => {
                let above = SignedPosition { x: 0, y: i16::try_from(first).map_or(i16::MIN, |first| -first) };
                SlicedImage::new(picture, above).render(area, buffer);
                if let SlicedProtocol::Kitty(_) = picture {
                    self.place.fill();
                }
                if *colours == Some(Colours::Few) {
                    few_colours(buffer, area);
                }
            }
            Sort::Rows(rows) if complete => {
                for (place, row) in area.rows().zip(rows.iter().skip(usize::from(first))) {
                    ratatui_image::Image::new(row).render(place, buffer);
                }
            }
            Sort::Whole(picture) if complete && area.height == self.cells.rows => {
                ratatui_image::Image::new(picture).render(area, buffer);
            }
            Sort::Sliced(..) | Sort::Rows(_) | Sort::Whole(_) => return Outcome::OnlyWhole,
        }
        Outcome::Drawn
    }
}

/// The rows of cells of a picture, each so many pixels high.
fn rows_of(picture: &RgbaImage, height: u32) -> impl Iterator<Item = RgbaImage> {
    let rows = picture.height() / height.max(1);
    (0..rows).map(move |row| {
        image::imageops::crop_imm(picture, 0, row * height, picture.width(), height).to_image()
    })
}

fn few_colours(buffer: &mut Buffer, area: Rect) {
    for position in area.positions() {
        let cell = &mut buffer[position];
        (cell.fg, cell.bg) = (few(cell.fg), few(cell.bg));
    }
}

/// The nearest of the 256 colours of xterm: a cube of six steps, and 24 greys.
fn few(colour: Color) -> Color {
    let Color::Rgb(red, green, blue) = colour else { return colour };
    let step = |part: u8| match part {
        0..48 => 0,
        48..115 => 1,
        _ => (part - 35) / 40,
    };
    let of_step = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    let distance = |other: [u8; 3]| -> u32 {
        [red, green, blue]
            .into_iter()
            .zip(other)
            .map(|(one, other)| u32::from(one.abs_diff(other)).pow(2))
            .sum()
    };
    let steps = [red, green, blue].map(step);
    let mean = (u16::from(red) + u16::from(green) + u16::from(blue)) / 3;
    let grey = u8::try_from(mean.saturating_sub(3) / 10).unwrap_or(23).min(23);
    if distance([8 + 10 * grey; 3]) < distance(steps.map(of_step)) {
        Color::Indexed(232 + grey)
    } else {
        Color::Indexed(16 + 36 * steps[0] + 6 * steps[1] + steps[2])
    }
}

#[cfg(test)]
mod tests;
