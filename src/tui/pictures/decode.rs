//! From the bytes of a file to a picture of a wanted size, within limits.

use std::io::Cursor;

use image::imageops::{FilterType, overlay, resize};
use image::{DynamicImage, ImageFormat, ImageReader, Limits, Rgba, RgbaImage};

use super::drawing::{self, Drawing, Fonts};
use crate::picture::{Format, LONGEST_SIDE, MOST_PIXELS, Pixels, Unshown, measured};

/// A picture that is unpacked and can be drawn at any size.
#[derive(Debug)]
pub enum Source {
    /// Pixels on white.
    Pixels(RgbaImage),
    /// Lines and areas.
    Drawing(Box<Drawing>),
}

/// A picture of more pixels is made smaller when it is kept: no terminal shows as many.
const KEPT_PIXELS: u64 = 4_000_000;

/// Unpacks the file: of a GIF the first frame, of a drawing (SVG) what needs nothing from outside and is not too involved.
///
/// # Errors
/// When it is not to be shown. A decoder may panic on what it was not written for; whoever calls this bears with that.
pub fn decode(bytes: &[u8], fonts: &Fonts) -> Result<Source, Unshown> {
    let (format, _) = measured(bytes)?;
    let format = match format {
        Format::Png => ImageFormat::Png,
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Gif => ImageFormat::Gif,
        Format::Svg => return drawing::read(bytes, fonts).map(|drawing| Source::Drawing(Box::new(drawing))),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST_SIDE), Some(LONGEST_SIDE));
    // Sixteen bits for each of four channels are the most; and once more as much for what a decoder needs beside it.
    limits.max_alloc = Some(MOST_PIXELS * 8);
    reader.limits(limits);
    let picture = reader.decode().map_err(|_| Unshown::Broken)?;
    Ok(Source::Pixels(on_white(&kept(picture))))
}

fn kept(picture: DynamicImage) -> DynamicImage {
    let pixels = u64::from(picture.width()) * u64::from(picture.height());
    if pixels <= KEPT_PIXELS {
        return picture;
    }
    let part = |side: u32| {
        let scaled = u128::from(side).pow(2) * u128::from(KEPT_PIXELS) / u128::from(pixels);
        u32::try_from(scaled.isqrt()).unwrap_or(1).max(1)
    };
    picture.thumbnail_exact(part(picture.width()), part(picture.height()))
}

/// Who draws for a page draws on white; black lines would vanish on a dark terminal.
fn on_white(picture: &DynamicImage) -> RgbaImage {
    if !picture.color().has_alpha() {
        return picture.to_rgba8();
    }
    let mut paper = RgbaImage::from_pixel(picture.width(), picture.height(), Rgba([255; 4]));
    overlay(&mut paper, &picture.to_rgba8(), 0, 0);
    paper
}

impl Source {
    /// The picture in exactly this size.
    ///
    /// # Errors
    /// When it cannot be drawn at that size.
    pub fn at(&self, size: Pixels) -> Result<RgbaImage, Unshown> {
        if u64::from(size.width) * u64::from(size.height) > MOST_PIXELS || size.width == 0 || size.height == 0
        {
            return Err(Unshown::TooManyPixels);
        }
        match self {
            Self::Pixels(picture) => Ok(resize(picture, size.width, size.height, FilterType::CatmullRom)),
            Self::Drawing(drawing) => drawing.at(size),
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
