//! How a screen is parted into title, body and hints.

use ratatui::layout::{Rect, Size};

/// The narrowest and lowest screen that everything works on.
pub(super) const SMALLEST: Size = Size { width: 40, height: 12 };

/// From this height on the title and the hints have a line of air.
const AIRY: u16 = 16;

/// The parts of the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Areas {
    pub(super) heading: Rect,
    pub(super) body: Rect,
    /// The line of air above the hints, where there is one.
    pub(super) air: Option<Rect>,
    pub(super) footer: Rect,
}

impl Areas {
    pub(super) fn of(size: Size) -> Self {
        let (top, bottom) = if size.height >= AIRY { (2, 2) } else { (1, 1) };
        let body = size.height.saturating_sub(top + bottom);
        let footer =
            Rect { x: 0, y: size.height.saturating_sub(1), width: size.width, height: size.height.min(1) };
        Self {
            heading: Rect { x: 0, y: 0, width: size.width, height: top.min(size.height) },
            body: Rect { x: 0, y: top.min(size.height), width: size.width, height: body },
            air: (bottom > 1).then(|| Rect { y: footer.y - 1, ..footer }),
            footer,
        }
    }
}
