//! What it costs to draw a drawing, reckoned from the shapes that were made of it.
//!
//! Styles, inheritance and what parts use each other are resolved by then, so nothing can be hidden. Of every shape there are
//! its corners, each of which is sorted among the others, and the area that it covers; of everything that is drawn by itself first, the
//! pixels that are kept meanwhile.

use resvg::tiny_skia::{Path as Corners, PathSegment, Point, Rect};
use resvg::usvg::{Fill, Group, Node, Paint, Path, Stroke, Tree};

/// The most corners of one shape: where all of its edges cross each other, that many squared are sorted.
const MOST_CORNERS: usize = 20_000;
/// The most corners of all.
const MOST_STEPS: usize = 400_000;
/// A line with a width has so many times the corners of its path.
const STEPS_OF_A_LINE: usize = 4;
/// How often the area of the drawing may be painted over.
const MOST_PAINT: f64 = 1_000.0;
/// A pixel whose colour is reckoned is as much work as so many others.
const PAINT_OF_A_GRADIENT: f64 = 4.0;
/// The renderer makes nothing larger than five times the drawing in both directions.
const LARGEST: f64 = 25.0;
/// What is drawn by itself may need so many pixels for each one of the drawing.
const MOST_LAYERS: f64 = 64.0;
/// The effects of one part, each of which is kept until the last one is done.
const MOST_EFFECTS: usize = 16;

/// How many pixels are kept at the same time for each one of the drawing; nothing where it would take too long to draw, or
/// too much memory.
pub(super) fn layers(tree: &Tree) -> Option<f64> {
    let size = tree.size();
    let mut bill = Bill { area: f64::from(size.width()) * f64::from(size.height()), steps: 0, paint: 0.0 };
    bill.group(tree.root()).filter(|layers| *layers <= MOST_LAYERS)
}

struct Bill {
    /// Of the drawing.
    area: f64,
    steps: usize,
    /// In areas of the drawing.
    paint: f64,
}

impl Bill {
    /// How many pixels are kept for a group and what is in it.
    fn group(&mut self, group: &Group) -> Option<f64> {
        let mut inside: f64 = 0.0;
        for child in group.children() {
            let layers = match child {
                Node::Group(group) => self.group(group)?,
                Node::Path(path) => self.path(path)?,
                Node::Text(text) => self.group(text.flattened())?,
                // They were left out.
                Node::Image(_) => return None,
            };
            inside = inside.max(layers);
        }
        self.steps += 1;
        if !group.should_isolate() {
            return self.is_within().then_some(inside);
        }
        let effects: usize = group.filters().iter().map(|filter| filter.primitives().len()).sum();
        if effects > MOST_EFFECTS {
            return None;
        }
        let mut copies = 1 + effects;
        let mut clip = group.clip_path();
        while let Some(this) = clip {
            inside = inside.max(self.group(this.root())?);
            (clip, copies) = (this.clip_path(), copies + 1);
        }
        let mut mask = group.mask();
        while let Some(this) = mask {
            inside = inside.max(self.group(this.root())?);
            (mask, copies) = (this.mask(), copies + 1);
        }
        let area = self.share(group.abs_layer_bounding_box().to_rect());
        #[expect(clippy::cast_precision_loss, reason = "a few dozen")]
        let own = area * copies as f64;
        self.paint += own;
        self.is_within().then_some(own + inside)
    }

    fn path(&mut self, path: &Path) -> Option<f64> {
        let corners = path.data().len();
        if corners > MOST_CORNERS {
            return None;
        }
        self.steps += 1;
        let area = self.share(path.abs_stroke_bounding_box());
        let paints = path.fill().map(Fill::paint).into_iter().chain(path.stroke().map(Stroke::paint));
        for paint in paints {
            self.paint += match paint {
                Paint::Color(_) => area,
                Paint::LinearGradient(_) | Paint::RadialGradient(_) => area * PAINT_OF_A_GRADIENT,
                // It may be drawn at any size before it is laid side by side.
                Paint::Pattern(_) => return None,
            };
        }
        self.steps += corners;
        if let Some(stroke) = path.stroke() {
            let dashes = stroke.dasharray().map_or(Some(0), |lengths| dashes(path.data(), lengths))?;
            self.steps = self.steps.saturating_add((corners + dashes) * STEPS_OF_A_LINE);
        }
        self.is_within().then_some(0.0)
    }

    fn is_within(&self) -> bool {
        self.steps <= MOST_STEPS && self.paint <= MOST_PAINT
    }

    /// How many areas of the drawing this one is.
    fn share(&self, rect: Rect) -> f64 {
        let share = f64::from(rect.width()) * f64::from(rect.height()) / self.area;
        if share <= LARGEST { share } else { LARGEST }
    }
}

/// How many dashes a line has at the most; nothing where they are too many.
fn dashes(path: &Corners, lengths: &[f32]) -> Option<usize> {
    let far = |a: Point, b: Point| f64::from(a.x - b.x).hypot(f64::from(a.y - b.y));
    let (mut length, mut start, mut last) = (0.0, Point::zero(), Point::zero());
    for segment in path.segments() {
        // No curve is longer than the way over what it is drawn by.
        let end = match segment {
            PathSegment::MoveTo(to) => {
                (start, last) = (to, to);
                continue;
            }
            PathSegment::LineTo(to) => to,
            PathSegment::QuadTo(by, to) => {
                length += far(last, by);
                last = by;
                to
            }
            PathSegment::CubicTo(by, and, to) => {
                length += far(last, by) + far(by, and);
                last = and;
                to
            }
            PathSegment::Close => start,
        };
        length += far(last, end);
        last = end;
    }
    let each: f64 = lengths.iter().copied().map(f64::from).sum();
    #[expect(clippy::cast_precision_loss, reason = "there are fewer than what a file has bytes")]
    let count = length / each * lengths.len() as f64;
    #[expect(clippy::cast_precision_loss, reason = "less than a million")]
    let most = MOST_STEPS as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is less than a million")]
    (count >= 0.0 && count <= most).then_some(count as usize)
}
