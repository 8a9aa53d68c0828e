//! The pictures of one text: where they are, and how much room each gets.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Unshown;
use super::gallery::{Gallery, Held, Seen};
use super::size::{Pixels, size};
use crate::course::{self, CourseFiles};
use crate::digest::Digest;
use crate::markup::{Cells, Picture, PictureRoom, PictureWords};

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
    /// What was looked up, by address.
    found: Mutex<HashMap<String, Result<Found, Unshown>>>,
}

#[derive(Debug, Clone)]
struct Found {
    held: Held,
    size: Pixels,
}

/// Addresses that are remembered; a text with more looks some of them up again.
const REMEMBERED: usize = 1_024;
/// A picture has at least as many columns as on a terminal with cells of so many pixels: letters may be large.
const COLUMN: u32 = 8;

impl Hung {
    /// The pictures of the text in the file `from`, none of them higher than `rows`.
    #[must_use]
    pub fn new(gallery: Gallery, files: Arc<CourseFiles>, from: &str, rows: u16) -> Self {
        let cell = gallery.cell();
        Self { gallery, files, from: from.to_owned(), rows: rows.max(1), cell, found: Mutex::default() }
    }

    /// The same on a screen of another height.
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

    /// The picture in the cells that were kept free for it, or in others.
    #[must_use]
    pub fn see(&self, picture: &Picture, cells: Cells) -> Seen {
        match self.find(&picture.address) {
            Ok(found) => self.gallery.see(&found.held, cells),
            Err(unshown) => Seen::Unshown(unshown),
        }
    }

    /// How many cells a picture gets where there are at most so many.
    ///
    /// # Errors
    /// When it is not to be shown.
    pub fn fitted(&self, address: &str, most: Cells) -> Result<Cells, Unshown> {
        self.find(address).map(|found| fitted(found.size, self.cell, most))
    }

    /// The same with small pictures made larger.
    ///
    /// # Errors
    /// When it is not to be shown.
    pub fn largest(&self, address: &str, most: Cells) -> Result<Cells, Unshown> {
        self.find(address).map(|found| shaped(found.size, self.cell, most))
    }

    fn find(&self, address: &str) -> Result<Found, Unshown> {
        let mut all = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = all.get(address) {
            return found.clone();
        }
        let found = self.look_up(address);
        if all.len() < REMEMBERED {
            all.insert(address.to_owned(), found.clone());
        }
        found
    }

    fn look_up(&self, address: &str) -> Result<Found, Unshown> {
        let (path, bytes) = course::linked_file(&self.files, &self.from, address).ok_or(Unshown::Missing)?;
        let size = size(bytes)?;
        let digest = Digest::of(bytes);
        let held = Held { files: Arc::clone(&self.files), path: path.to_owned(), digest };
        Ok(Found { held, size })
    }
}

impl PictureRoom for Hung {
    fn cells(&self, address: &str, columns: u16) -> Option<Cells> {
        self.fitted(address, Cells { columns, rows: self.rows }).ok()
    }

    fn words(&self) -> PictureWords {
        self.gallery.words()
    }
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
