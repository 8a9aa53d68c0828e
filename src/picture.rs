//! How large a picture is, from the first bytes of its file, or why it is not drawn; and what a drawing may hold.
//!
//! Lines are laid out with this, on the thread that draws, so no decoder runs here: a few bytes are looked at, and they may
//! say anything. What they say is checked before a decoder gets to see the file.

pub mod drawing;

use std::fmt;

/// Why a picture is described in words alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unshown {
    /// The course has no such file.
    Missing,
    /// The file is larger than [`MOST_BYTES`].
    TooManyBytes,
    /// It says that it has more than [`MOST_PIXELS`].
    TooManyPixels,
    /// It says that a side is longer than [`LONGEST_SIDE`].
    TooLong,
    /// It is no PNG, JPEG, GIF or SVG file, whatever its name says.
    Unknown,
    /// It ends before the picture does.
    CutOff,
    /// It is damaged, or a drawing that is too involved.
    Broken,
    /// It is a drawing with words, and this computer has no font.
    NoFont,
}

impl fmt::Display for Unshown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the course has no such file"),
            Self::TooManyBytes => write!(f, "the file has more than {} MiB", MOST_BYTES >> 20),
            Self::TooManyPixels => {
                write!(f, "the picture has more than {} million pixels", MOST_PIXELS / 1_000_000)
            }
            Self::TooLong => write!(f, "a side of the picture has more than {LONGEST_SIDE} pixels"),
            Self::Unknown => f.write_str("the file is no PNG, JPEG, GIF or SVG picture"),
            Self::CutOff => f.write_str("the file ends before the picture does"),
            Self::Broken => f.write_str("the file is damaged or too involved"),
            Self::NoFont => f.write_str("the drawing has words, and this computer has no font for them"),
        }
    }
}

impl std::error::Error for Unshown {}

/// The largest file that is looked at: ten times what a picture of a screen has.
pub const MOST_BYTES: usize = 8 << 20;

/// The most pixels that are unpacked. A photograph of a good camera has as many.
pub const MOST_PIXELS: u64 = 40_000_000;

/// The longest side in pixels.
pub const LONGEST_SIDE: u32 = 16_384;

/// Width and height in pixels, at least one each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pixels {
    /// Columns of pixels.
    pub width: u32,
    /// Rows of pixels.
    pub height: u32,
}

/// What a file of pictures holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Portable Network Graphics.
    Png,
    /// A photograph.
    Jpeg,
    /// Of which the first frame is shown.
    Gif,
    /// A drawing of lines and areas.
    Svg,
}

/// How large the picture in a file is. The content says what kind of file it is, and not its name.
///
/// # Errors
/// When it is not to be shown.
pub fn size(bytes: &[u8]) -> Result<Pixels, Unshown> {
    measured(bytes).map(|(_, size)| size)
}

/// The same, with what kind of file it is.
///
/// # Errors
/// When it is not to be shown.
pub fn measured(bytes: &[u8]) -> Result<(Format, Pixels), Unshown> {
    if bytes.len() > MOST_BYTES {
        return Err(Unshown::TooManyBytes);
    }
    let (format, size) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        (Format::Png, png(bytes))
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        (Format::Jpeg, jpeg(bytes))
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        (Format::Gif, gif(bytes))
    } else {
        let text = str::from_utf8(bytes).map_err(|_| Unshown::Unknown)?;
        let tag = svg_tag(text).ok_or(Unshown::Unknown)?;
        (Format::Svg, svg(tag))
    };
    let size = size.filter(|size| size.width > 0 && size.height > 0).ok_or(Unshown::Broken)?;
    let pixels = u64::from(size.width) * u64::from(size.height);
    if pixels > MOST_PIXELS {
        return Err(Unshown::TooManyPixels);
    }
    if size.width.max(size.height) > LONGEST_SIDE {
        return Err(Unshown::TooLong);
    }
    if format == Format::Png && is_cut_off(bytes) {
        return Err(Unshown::CutOff);
    }
    Ok((format, size))
}

/// The first chunk is the header (PNG, section 11.2.1).
fn png(bytes: &[u8]) -> Option<Pixels> {
    let header = bytes.get(8..24)?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    if header.get(4..8)? != b"IHDR" {
        return None;
    }
    Some(Pixels { width: number(8)?, height: number(12)? })
}

/// Whether one of the chunks of a PNG file (section 5.3) ends behind the file, or no pixels came before its end.
fn is_cut_off(bytes: &[u8]) -> bool {
    let mut at = 8;
    let mut has_pixels = false;
    while let Some(&[a, b, c, d, ref kind @ ..]) = bytes.get(at..at + 8) {
        has_pixels |= kind == b"IDAT";
        if kind == b"IEND" {
            return !has_pixels;
        }
        let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX);
        at = at.saturating_add(length).saturating_add(12);
    }
    at != bytes.len() || !has_pixels
}

/// The logical screen (`GIF89a`, section 18).
fn gif(bytes: &[u8]) -> Option<Pixels> {
    let number = |at: usize| Some(u32::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    Some(Pixels { width: number(6)?, height: number(8)? })
}

/// The frame header comes behind segments that say how long they are (ITU-T T.81, annex B).
fn jpeg(bytes: &[u8]) -> Option<Pixels> {
    let number = |at: usize| Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let mut at = 2;
    loop {
        while *bytes.get(at)? == 0xff {
            at += 1;
        }
        let marker = *bytes.get(at)?;
        match marker {
            // Start of frame, whichever way it is coded.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let (height, width) = (number(at + 4)?, number(at + 6)?);
                return Some(Pixels { width: width.into(), height: height.into() });
            }
            // Pixels or the end, and no frame before them.
            0xd9 | 0xda => return None,
            // Markers without a segment.
            0x01 | 0xd0..=0xd8 => at += 1,
            _ => {
                let length = usize::from(number(at + 1)?);
                at = at.checked_add(1 + length.max(2))?;
            }
        }
        if *bytes.get(at)? != 0xff {
            return None;
        }
    }
}

/// So far into a drawing its first element may begin, behind comments and declarations.
const PROLOGUE: usize = 64 * 1024;

/// What stands in the first `<svg …>` of a drawing.
fn svg_tag(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{feff}');
    loop {
        rest = rest.trim_start();
        if text.len() - rest.len() > PROLOGUE {
            return None;
        }
        let (open, close) = if rest.starts_with("<!--") {
            ("<!--", "-->")
        } else if rest.starts_with("<?") {
            ("<?", "?>")
        } else if rest.starts_with("<!DOCTYPE") {
            ("<!DOCTYPE", ">")
        } else {
            break;
        };
        let end = rest[open.len()..].find(close)?;
        rest = &rest[open.len() + end + close.len()..];
    }
    let inside = rest
        .strip_prefix("<svg")
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '>'))?;
    let mut quote = None;
    let end = inside.bytes().position(|byte| {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'"' || byte == b'\'' => quote = Some(byte),
            None => return byte == b'>',
        }
        false
    })?;
    Some(&inside[..end])
}

/// Width and height where they are lengths, or what the drawing is drawn on.
fn svg(tag: &str) -> Option<Pixels> {
    let lengths = (attribute(tag, "width").and_then(length), attribute(tag, "height").and_then(length));
    let view = attribute(tag, "viewBox").and_then(|view| {
        let mut numbers = view.split([' ', ',', '\t', '\n', '\r']).filter(|word| !word.is_empty()).skip(2);
        let (width, height) = (numbers.next()?.parse::<f32>().ok()?, numbers.next()?.parse::<f32>().ok()?);
        (width > 0.0 && height > 0.0).then_some((width, height))
    });
    let (width, height) = match (lengths, view) {
        ((Some(width), Some(height)), _) => (width, height),
        ((Some(width), None), Some((w, h))) => (width, width * h / w),
        ((None, Some(height)), Some((w, h))) => (height * w / h, height),
        ((None, None), Some(view)) => view,
        ((_, _), None) => return None,
    };
    Some(Pixels { width: whole(width)?, height: whole(height)? })
}

/// A length as whole pixels; nothing where it is no length of this world.
fn whole(length: f32) -> Option<u32> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it was looked at just before"
    )]
    (length > 0.0 && length <= 1e6).then(|| length.ceil() as u32)
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once('=') {
        let value = after.trim_start();
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, next) = value[1..].split_once(quote)?;
        if before.trim() == name {
            return Some(value);
        }
        rest = next;
    }
    None
}

/// A length in pixels (CSS, 96 to the inch).
fn length(written: &str) -> Option<f32> {
    let written = written.trim();
    let split =
        written.find(|c: char| c.is_ascii_alphabetic() && c != 'e' || c == '%').unwrap_or(written.len());
    let (number, unit) = written.split_at(split);
    let factor = match unit {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        // Parts of something that a terminal has not.
        _ => return None,
    };
    Some(number.parse::<f32>().ok()? * factor).filter(|length| *length > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with chunks of the right lengths, of which none is a picture.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let (width, height) = (width.to_be_bytes(), height.to_be_bytes());
        let header = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &width[..], &height, b"\x08\0\0\0\0crc."].concat();
        [&header[..], b"\0\0\0\x03IDAT123crc.", b"\0\0\0\0IENDcrc."].concat()
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: Result<(u32, u32), Unshown>) {
        assert_eq!(size(bytes).map(|size| (size.width, size.height)), expected);
    }

    #[test]
    fn headers_say_how_large_a_picture_is() {
        check(&png(640, 360), Ok((640, 360)));
        check(b"GIF89a\x10\x00\x20\x00", Ok((16, 32)));
        check(b"GIF87a\x01\x00\x01\x00rest", Ok((1, 1)));
        check(b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc2\x00\x11\x08\x00\x20\x00\x10", Ok((16, 32)));
        check(b"<svg width=\"20\" height='10'/>", Ok((20, 10)));
        check(
            "\u{feff}<?xml version=\"1.0\"?><!-- <svg> -->\n<svg\n viewBox=\"0,0 30 15.5\" a='>'>".as_bytes(),
            Ok((30, 16)),
        );
        check(b"<svg width=\"1in\" height=\"25.4mm\">", Ok((96, 96)));
        check(b"<svg width=\"100%\" viewBox=\"0 0 2e2 1e2\">", Ok((200, 100)));
        check(b"<svg width=\"60\" viewBox=\"0 0 2 1\">", Ok((60, 30)));
        check(b"<svg height=\"60\" viewBox=\"0 0 2 1\">", Ok((120, 60)));
    }

    #[test]
    fn what_is_not_to_be_shown_is_known_before_anything_is_unpacked() {
        check(&png(65_535, 65_535), Err(Unshown::TooManyPixels));
        check(&png(u32::MAX, 1), Err(Unshown::TooManyPixels));
        check(&png(20_000, 1), Err(Unshown::TooLong));
        check(&png(1, LONGEST_SIDE + 1), Err(Unshown::TooLong));
        check(&png(1, LONGEST_SIDE), Ok((1, LONGEST_SIDE)));
        check(&png(8_000, 5_000), Ok((8_000, 5_000)));
        check(&png(8_000, 5_001), Err(Unshown::TooManyPixels));
        check(&png(0, 5), Err(Unshown::Broken));
        check(b"GIF89a\xff\xff\xff\xff", Err(Unshown::TooManyPixels));
        check(b"<svg width='99999' height='1'>", Err(Unshown::TooLong));
        check(&vec![0; MOST_BYTES + 1], Err(Unshown::TooManyBytes));
    }

    /// `author check` said nothing of it, and the learner's face kept room for it.
    #[test]
    fn a_picture_that_was_cut_off_is_told_by_its_chunks() {
        let whole = png(9, 9);
        let end = whole.len();
        check(&[&whole[..], b"and more"].concat(), Ok((9, 9)));
        // What a decoder does not need may be missing.
        check(&whole[..end - 12], Ok((9, 9)));
        for length in [24, 33, 40, 44, end - 13, end - 5] {
            check(&whole[..length], Err(Unshown::CutOff));
        }
        check(&[&whole[..33], b"\xff\xff\xff\xffIDAT1"].concat(), Err(Unshown::CutOff));
    }

    #[test]
    fn files_that_end_early_or_are_something_else() {
        for broken in [
            &b"\x89PNG\r\n\x1a\n"[..],
            b"\x89PNG\r\n\x1a\n\0\0\0\rIDAT\0\0\0\x01\0\0\0\x01",
            b"GIF89a\x01",
            b"\xff\xd8\xff",
            b"\xff\xd8\xff\xe0\xff\xff",
            b"\xff\xd8\xff\xda\x00\x02",
            b"\xff\xd8\xff\xe0\x00\x00\xff",
            b"\xff\xd8\xff\xe0\x00\x02no",
            b"<svg>",
            b"<svg width='x' height='1'>",
            b"<svg width='-1' height='1'>",
            b"<svg width='NaN' height='inf'>",
            b"<svg viewBox='0 0 0 0'>",
            b"<svg viewBox='0 0 1'>",
        ] {
            check(broken, Err(Unshown::Broken));
        }
        let late = format!("{}<svg width='1' height='1'>", " ".repeat(PROLOGUE + 1));
        for unknown in [
            &b""[..],
            b"RIFF....WEBP",
            b"BM",
            b"<svgx width='1' height='1'>",
            b"<svg",
            b"<svg width=\"1' height='1'>",
            b"<!-- <svg width='1' height='1'>",
            b"<html><svg width='1' height='1'>",
            late.as_bytes(),
            b"\xff\xfe<\0s\0v\0g\0",
        ] {
            check(unknown, Err(Unshown::Unknown));
        }
    }
}
