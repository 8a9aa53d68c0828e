//! Drawings (SVG): read without anything from outside, within limits, and drawn on white.
//!
//! A drawing may ask for files, other pictures, entities and styles, may nest as deep as it likes, and may use a part of
//! itself that uses another part twice, and so on, until a few lines are a billion. Nothing is fetched or opened, embedded pictures
//! are left out, and a document type is refused with its entities. What the rest comes to is reckoned twice: from the file,
//! with a short list of what may stand in it, before it is made into shapes ([`drawing`]); and from the shapes, which styles
//! can say nothing about any more, before they are drawn ([`shapes`]).

mod shapes;

use std::fmt;
use std::sync::{Arc, OnceLock};

use image::RgbaImage;
use image::imageops::{FilterType, resize};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{self, FontResolver, ImageHrefResolver, Options, fontdb};

use crate::picture::{Pixels, Unshown, drawing};

/// The fonts of the system, looked for when the first drawing with words is shown: that takes as long as many frames.
#[derive(Default)]
pub struct Fonts(OnceLock<Arc<fontdb::Database>>);

impl Fonts {
    fn get(&self) -> Arc<fontdb::Database> {
        let load = || {
            let mut fonts = fontdb::Database::new();
            fonts.load_system_fonts();
            Arc::new(fonts)
        };
        Arc::clone(self.0.get_or_init(load))
    }
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fonts({:?})", self.0.get().map(|fonts| fonts.len()))
    }
}

/// A drawing that was read.
pub struct Drawing {
    tree: usvg::Tree,
    /// How many pixels it needs beside each of its own.
    layers: f64,
}

impl fmt::Debug for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Drawing({:?}, {} layers)", self.tree.size(), self.layers)
    }
}

/// What is drawn by itself before it is laid onto the rest gets so many bytes at the most; where that is not enough for all
/// pixels, the drawing is made smaller and enlarged.
const MOST_MEMORY: f64 = 256.0 * 1024.0 * 1024.0;

/// Reads a drawing; `fonts` are asked for where it has words.
pub(super) fn read(bytes: &[u8], fonts: &Fonts) -> Result<Drawing, Unshown> {
    let document = drawing::read(bytes)?;
    let words = document.descendants().any(|node| node.tag_name().name() == "text");
    let database = if words { fonts.get() } else { Arc::default() };
    if words && database.is_empty() {
        return Err(Unshown::NoFont);
    }
    let options = Options {
        resources_dir: None,
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        font_resolver: FontResolver { select_font: select_font(), ..FontResolver::default() },
        fontdb: database,
        ..Options::default()
    };
    let tree = usvg::Tree::from_xmltree(&document, &options).map_err(|_| Unshown::Broken)?;
    let layers = shapes::layers(&tree).ok_or(Unshown::Broken)?;
    Ok(Drawing { tree, layers })
}

/// The font that is asked for, or any: words in another font say the same, words that are left out do not.
fn select_font() -> usvg::FontSelectionFn<'static> {
    let named = FontResolver::default_font_selector();
    Box::new(move |font, database| {
        named(font, database).or_else(|| {
            let upright = |face: &&fontdb::FaceInfo| face.style == fontdb::Style::Normal && !face.monospaced;
            database.faces().find(upright).or_else(|| database.faces().next()).map(|face| face.id)
        })
    })
}

impl Drawing {
    pub(super) fn at(&self, size: Pixels) -> Result<RgbaImage, Unshown> {
        let pixels = f64::from(size.width) * f64::from(size.height);
        let part = (MOST_MEMORY / (pixels * 4.0 * self.layers)).sqrt();
        if self.layers == 0.0 || part >= 1.0 {
            return self.drawn(size);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a part of a side is between 0 and the side"
        )]
        let reduced = |side: u32| ((f64::from(side) * part) as u32).max(1);
        let smaller = self.drawn(Pixels { width: reduced(size.width), height: reduced(size.height) })?;
        Ok(resize(&smaller, size.width, size.height, FilterType::CatmullRom))
    }

    fn drawn(&self, size: Pixels) -> Result<RgbaImage, Unshown> {
        let mut paper = Pixmap::new(size.width, size.height).ok_or(Unshown::TooManyPixels)?;
        paper.fill(Color::WHITE);
        let drawn = self.tree.size();
        #[expect(clippy::cast_precision_loss, reason = "sides have at most 16,384 pixels")]
        let scale = (size.width as f32 / drawn.width(), size.height as f32 / drawn.height());
        resvg::render(&self.tree, Transform::from_scale(scale.0, scale.1), &mut paper.as_mut());
        // On white everything is opaque, so its colours are not multiplied with anything.
        RgbaImage::from_raw(size.width, size.height, paper.take()).ok_or(Unshown::Broken)
    }
}

#[cfg(test)]
mod tests;
