//! Any bytes as a picture: its size is known before it is unpacked or it is refused, and what is unpacked can be drawn at any
//! size (the first two bytes).

#![no_main]

use countersign::picture::{MOST_PIXELS, Pixels, size};
use countersign::tui::pictures::{Fonts, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let [width, height, file @ ..] = bytes else { return };
    let said = size(file);
    if let Ok(size) = said {
        assert!(u64::from(size.width) * u64::from(size.height) <= MOST_PIXELS);
    }
    // Nothing that a header does not say is unpacked.
    let Ok(source) = decode(file, &Fonts::default()) else { return };
    assert!(said.is_ok());
    let wanted = Pixels { width: u32::from(*width).max(1), height: u32::from(*height).max(1) };
    if let Ok(picture) = source.at(wanted) {
        assert_eq!((picture.width(), picture.height()), (wanted.width, wanted.height));
    }
});
