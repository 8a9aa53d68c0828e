use super::*;
use crate::picture::MOST_BYTES;

/// A picture in a file of this kind: red at the left, blue at the right, the right half transparent where that is possible.
pub(in crate::tui::pictures) fn file(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let pixel = |x, _| if 2 * x < width { Rgba([255, 0, 0, 255]) } else { Rgba([0, 0, 255, 0]) };
    let picture = RgbaImage::from_fn(width, height, pixel);
    let mut bytes = Vec::new();
    let picture = match format {
        ImageFormat::Jpeg => DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(picture).to_rgb8()),
        _ => DynamicImage::ImageRgba8(picture),
    };
    picture.write_to(&mut Cursor::new(&mut bytes), format).expect("in memory");
    bytes
}

fn pixels(width: u32, height: u32) -> Pixels {
    Pixels { width, height }
}

#[track_caller]
fn unshown(bytes: &[u8], expected: Unshown) {
    assert_eq!(decode(bytes, &Fonts::default()).map(|_| ()), Err(expected));
}

#[test]
fn every_kind_is_unpacked_onto_white() {
    let check = |format, right: [u8; 4]| {
        let source = decode(&file(format, 40, 20), &Fonts::default()).expect("a good file");
        let drawn = source.at(pixels(8, 4)).expect("a small picture");
        let red = drawn.get_pixel(0, 0).0;
        assert!(red[0] > 240 && red[2] < 20, "{format:?}: {red:?}");
        let found = drawn.get_pixel(7, 3).0;
        let close = found.iter().zip(right).all(|(found, right)| found.abs_diff(right) < 20);
        assert!(close, "{format:?}: {found:?}");
    };
    check(ImageFormat::Png, [255; 4]);
    check(ImageFormat::Gif, [255; 4]);
    check(ImageFormat::Jpeg, [0, 0, 255, 255]);
}

#[test]
fn the_content_says_what_a_file_is() {
    // What is called `.png` and is a GIF is read as what it is.
    assert!(decode(&file(ImageFormat::Gif, 4, 4), &Fonts::default()).is_ok());
    unshown(b"RIFF\x04\0\0\0WEBPVP8 ", Unshown::Unknown);
    unshown(b"MZ", Unshown::Unknown);
    unshown(b"", Unshown::Unknown);
}

#[test]
fn files_that_end_early_or_lie_are_broken() {
    for format in [ImageFormat::Png, ImageFormat::Gif, ImageFormat::Jpeg] {
        let whole = file(format, 64, 64);
        // A JPEG that ends early has its upper part, and is shown so.
        let ends = if format == ImageFormat::Jpeg { 30 } else { whole.len() / 2 };
        for end in [12, ends] {
            assert!(decode(&whole[..end], &Fonts::default()).is_err(), "{format:?} cut at {end}");
        }
    }
    // A GIF without a frame.
    unshown(b"GIF89a\x02\x00\x02\x00\x00\x00\x00;", Unshown::Broken);
}

#[test]
fn what_would_fill_the_memory_is_refused_before_it_does() {
    let mut huge = file(ImageFormat::Png, 4, 4);
    huge[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    unshown(&huge, Unshown::TooManyPixels);
    // 39 million pixels in a few thousand bytes, which a header may ask for and the pixels then are not there.
    huge[16..24].copy_from_slice(&[0, 0, 0x18, 0x6a, 0, 0, 0x18, 0x6a]);
    unshown(&huge, Unshown::Broken);
    let mut frame = file(ImageFormat::Gif, 4, 4);
    // A frame of a GIF that is larger than its screen.
    let at = frame.iter().position(|byte| *byte == b',').expect("a frame");
    frame[at + 5..at + 9].copy_from_slice(&[0xff; 4]);
    assert!(decode(&frame, &Fonts::default()).is_err());
    unshown(&vec![0x89; MOST_BYTES + 1], Unshown::TooManyBytes);
}

#[test]
fn a_large_picture_is_kept_smaller() {
    let source = decode(&file(ImageFormat::Png, 4_000, 1_500), &Fonts::default()).expect("a good file");
    let Source::Pixels(kept) = &source else { panic!("pixels: {source:?}") };
    assert!(u64::from(kept.width()) * u64::from(kept.height()) <= KEPT_PIXELS);
    assert_eq!((kept.width() + 10) / 20, (kept.height() * 8 / 3 + 10) / 20, "its shape stays");
    assert_eq!(source.at(pixels(10, 0)).map(|_| ()), Err(Unshown::TooManyPixels));
    assert_eq!(source.at(pixels(60_000, 60_000)).map(|_| ()), Err(Unshown::TooManyPixels));
}
