//! The pictures of one text: where they are, and how much room each gets.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::gallery::{Gallery, Held, Seen};
use crate::course::{self, CourseFiles};
use crate::markup::{Cells, Picture, PictureRoom, PictureSpace, PictureWords};
use crate::picture::{Pixels, Unshown, size};

/// The pictures of a text on a screen.
#[derive(Debug)]
pub struct Hung {
    gallery: Gallery,
    files: Arc<CourseFiles>,
    /// The file that the text stands in.
    from: String,
    /// The most rows that a picture gets.
    rows: u16,
    /// How large a cell was when it was laid out.
    cell: Pixels,
    /// What was looked at, by path: of one file a text may have as many addresses as it likes.
    found: Mutex<HashMap<Arc<str>, Result<Found, Unshown>>>,
}

#[derive(Debug, Clone)]
struct Found {
    held: Held,
    size: Pixels,
}

/// A picture has at least as many columns as on a terminal with cells of so many pixels: letters may be large.
const COLUMN: u32 = 8;

impl Hung {
    /// The pictures of the text in the file `from`, none of them higher than `rows`.
    #[must_use]
    pub fn new(gallery: Gallery, files: Arc<CourseFiles>, from: &str, rows: u16) -> Self {
        let cell = gallery.cell();
        Self { gallery, files, from: from.to_owned(), rows: rows.max(1), cell, found: Mutex::default() }
    }

    /// These pictures on a screen of another height.
    #[must_use]
    pub fn at_height(&self, rows: u16) -> Self {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (gallery, files) = (self.gallery.clone(), Arc::clone(&self.files));
        let cell = gallery.cell();
        Self { gallery, files, from: self.from.clone(), rows: rows.max(1), cell, found: Mutex::new(found) }
    }

    /// The most rows that a picture gets.
    #[must_use]
    pub fn rows(&self) -> u16 {
        self.rows
    }

    /// How large a cell was when this was asked.
    #[must_use]
    pub fn cell(&self) -> Pixels {
        self.cell
    }

    /// From now on pictures are asked for another frame.
    pub fn begin_frame(&self) {
        self.gallery.begin_frame();
    }

    /// The picture in the cells that were kept free for it, or in others.
    #[must_use]
    pub fn see(&self, picture: &Picture, cells: Cells) -> Seen {
        match self.find(&picture.address) {
            Ok(found) => self.gallery.see(&found.held, cells),
            Err(unshown) => Seen::Unshown(unshown),
        }
    }

    /// Why a picture is not shown, as far as that was seen by now.
    #[must_use]
    pub fn unshown(&self, picture: &Picture) -> Option<Unshown> {
        match self.find(&picture.address) {
            Ok(found) => self.gallery.unshown(&found.held),
            Err(unshown) => Some(unshown),
        }
    }

    /// How many cells a picture gets where there are at most so many and small ones are made larger.
    ///
    /// # Errors
    /// When it is not to be shown.
    pub fn largest(&self, address: &str, most: Cells) -> Result<Cells, Unshown> {
        self.find(address).map(|found| shaped(found.size, self.cell, most))
    }

    fn find(&self, address: &str) -> Result<Found, Unshown> {
        let (path, bytes) = course::linked_file(&self.files, &self.from, address).ok_or(Unshown::Missing)?;
        let mut all = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = all.get(path) {
            return found.clone();
        }
        let path: Arc<str> = path.into();
        let held = Held { files: Arc::clone(&self.files), path: Arc::clone(&path) };
        let found = size(bytes).map(|size| Found { held, size });
        all.insert(path, found.clone());
        found
    }
}

impl PictureRoom for Hung {
    fn space(&self, address: &str, columns: u16) -> PictureSpace {
        let found = match self.find(address) {
            Ok(found) => found,
            Err(unshown) => return PictureSpace::Nothing(unshown.to_string()),
        };
        let cells = fitted(found.size, self.cell, Cells { columns, rows: self.rows });
        if self.gallery.is_coarse() && is_too_small(found.size, cells) {
            PictureSpace::TooSmall(ENLARGE)
        } else {
            PictureSpace::Cells(cells)
        }
    }

    fn words(&self) -> PictureWords {
        self.gallery.words()
    }
}

/// What is said where a picture is too small.
const ENLARGE: &str = "v enlarges it";

/// Half blocks paint one dot for eight by eight pixels of a picture in its own size. What has to be shrunk to less than half of
/// that besides is a blob of colours: of a letter as high as a cell not one dot is left.
fn is_too_small(size: Pixels, cells: Cells) -> bool {
    2 * u64::from(cells.columns) * u64::from(COLUMN) < u64::from(size.width)
}

/// As many cells as a picture of this size needs, or as many as there are in its shape.
fn fitted(size: Pixels, cell: Pixels, most: Cells) -> Cells {
    let natural = u16::try_from(size.width.div_ceil(COLUMN)).unwrap_or(u16::MAX);
    shaped(size, cell, Cells { columns: natural.min(most.columns), ..most })
}

/// As many cells as there are in the shape of the picture.
fn shaped(size: Pixels, cell: Pixels, most: Cells) -> Cells {
    let whole = |number: u64, most: u16| u16::try_from(number).unwrap_or(most).clamp(1, most.max(1));
    let (width, height) = (u64::from(size.width), u64::from(size.height));
    let (across, down) = (u64::from(cell.width.max(1)), u64::from(cell.height.max(1)));
    let columns = most.columns.max(1);
    // Rounded to the nearest row.
    let rows = (2 * u64::from(columns) * across * height + width * down) / (2 * width * down);
    if rows <= u64::from(most.rows) {
        return Cells { columns, rows: whole(rows, most.rows) };
    }
    let rows = most.rows.max(1);
    let columns = (2 * u64::from(rows) * down * width + height * across) / (2 * height * across);
    Cells { columns: whole(columns, most.columns), rows }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::MOST_BYTES;
    use crate::tui::pictures::{Colours, Manner, Protocol, Shelf, Tmux};

    /// What a layout asks for a text that names a large file in ever new ways.
    #[test]
    fn a_file_is_looked_at_once_whatever_it_is_called() {
        let mut drawing = b"<svg width='20' height='10'>".to_vec();
        drawing.resize(MOST_BYTES, b' ');
        let files = CourseFiles::from([("assets/a.svg".to_owned(), drawing)]);
        let manner = Manner { protocol: Protocol::Kitty, tmux: Tmux::Absent };
        let gallery = Gallery::new(manner, Shelf::default(), || None, || ());
        let hung = Hung::new(gallery, Arc::new(files), "lessons/1.md", 20);
        for number in 0..2_000 {
            let address = format!("{}../assets/a.svg#{number}", "./".repeat(number % 7));
            assert!(matches!(hung.space(&address, 40), PictureSpace::Cells(_)), "{address}");
            assert!(hung.largest(&address, Cells { columns: 9, rows: 9 }).is_ok());
        }
        assert_eq!(hung.found.lock().expect("no panic").len(), 1);
    }

    #[test]
    fn half_blocks_show_no_picture_that_is_too_small_to_be_made_out() {
        let drawing = |size: &str| format!("<svg {size}/>").into_bytes();
        let files = CourseFiles::from([
            ("assets/diagram.svg".to_owned(), drawing("width='1200' height='700'")),
            ("assets/icon.svg".to_owned(), drawing("width='32' height='32'")),
        ]);
        let files = Arc::new(files);
        let check = |protocol, address: &str, columns, rows, expected: Option<(u16, u16)>| {
            let manner = Manner { protocol, tmux: Tmux::Absent };
            let gallery = Gallery::new(manner, Shelf::default(), || None, || ());
            let hung = Hung::new(gallery, Arc::clone(&files), "lessons/1.md", rows);
            let expected = match expected {
                Some((columns, rows)) => PictureSpace::Cells(Cells { columns, rows }),
                None => PictureSpace::TooSmall(ENLARGE),
            };
            let space = hung.space(&format!("../assets/{address}"), columns);
            assert_eq!(space, expected, "{address} by {protocol:?} in {columns}x{rows}");
        };
        let blocks = Protocol::Blocks(Colours::All);
        // At 80x24 and 40x12; then as large as half of it, and all of it.
        check(blocks, "diagram.svg", 76, 10, None);
        check(blocks, "diagram.svg", 37, 5, None);
        check(blocks, "diagram.svg", 74, 40, None);
        check(blocks, "diagram.svg", 75, 40, Some((75, 22)));
        check(blocks, "diagram.svg", 200, 80, Some((150, 44)));
        check(blocks, "icon.svg", 37, 5, Some((4, 2)));
        check(Protocol::Kitty, "diagram.svg", 37, 5, Some((17, 5)));
        let gallery =
            Gallery::new(Manner { protocol: blocks, tmux: Tmux::Absent }, Shelf::default(), || None, || ());
        let hung = Hung::new(gallery, files, "lessons/1.md", 20);
        let missing = PictureSpace::Nothing(Unshown::Missing.to_string());
        assert_eq!(hung.space("../assets/none.svg", 76), missing);
    }

    #[test]
    fn pictures_keep_their_shape_and_stay_on_the_screen() {
        let check = |size: (u32, u32), cell: (u32, u32), most: (u16, u16), expected: (u16, u16)| {
            let pixels = |(width, height)| Pixels { width, height };
            let fitted = fitted(pixels(size), pixels(cell), Cells { columns: most.0, rows: most.1 });
            assert_eq!((fitted.columns, fitted.rows), expected, "{size:?} in {most:?}");
        };
        check((320, 160), (8, 16), (76, 20), (40, 10));
        check((1600, 900), (8, 16), (76, 30), (76, 21));
        check((1600, 900), (8, 16), (76, 18), (64, 18));
        check((1600, 900), (16, 32), (76, 30), (76, 21));
        // Twice as many pixels a cell do not make it smaller.
        check((320, 160), (16, 32), (76, 20), (40, 10));
        check((1, 1), (8, 16), (76, 20), (1, 1));
        check((16_384, 1), (8, 16), (76, 20), (76, 1));
        check((1, 16_384), (8, 16), (76, 20), (1, 20));
        check((640, 480), (0, 0), (0, 0), (1, 1));
    }
}
