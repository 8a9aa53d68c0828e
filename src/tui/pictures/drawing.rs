//! Drawings (SVG): read without anything from outside, within limits, and drawn on white.
//!
//! A drawing may ask for files, other pictures, entities and styles, may nest as deep as it likes, and may use a part of
//! itself that uses another part twice, and so on, until a few lines are a billion. Nothing is fetched or opened, embedded pictures
//! are left out, a document type is refused with its entities, and what it comes to is counted before it is read.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use image::RgbaImage;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{self, FontResolver, ImageHrefResolver, Options, fontdb, roxmltree};

use super::Unshown;
use super::size::Pixels;

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
pub struct Drawing(usvg::Tree);

impl fmt::Debug for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Drawing({:?})", self.0.size())
    }
}

/// The most elements, with everything that is used again counted again. A map of the world has fewer.
const MOST_ELEMENTS: usize = 20_000;
/// How deep elements stand in each other. Those who read them do so by recursion.
const DEEPEST: usize = 64;
/// Elements and texts in the file.
const MOST_NODES: u32 = 100_000;

/// Reads a drawing; `fonts` are asked for where it has words.
pub(super) fn read(bytes: &[u8], fonts: &Fonts) -> Result<Drawing, Unshown> {
    let text = str::from_utf8(bytes).map_err(|_| Unshown::Broken)?;
    let reading =
        roxmltree::ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(text, reading).map_err(|_| Unshown::Broken)?;
    if !is_modest(&document) {
        return Err(Unshown::Broken);
    }
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
    Ok(Drawing(tree))
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
        let mut paper = Pixmap::new(size.width, size.height).ok_or(Unshown::TooManyPixels)?;
        paper.fill(Color::WHITE);
        let drawn = self.0.size();
        #[expect(clippy::cast_precision_loss, reason = "sides have at most 16,384 pixels")]
        let scale = (size.width as f32 / drawn.width(), size.height as f32 / drawn.height());
        resvg::render(&self.0, Transform::from_scale(scale.0, scale.1), &mut paper.as_mut());
        // On white everything is opaque, so its colours are not multiplied with anything.
        RgbaImage::from_raw(size.width, size.height, paper.take()).ok_or(Unshown::Broken)
    }
}

/// Whether it is no deeper and comes to no more than it may.
fn is_modest(document: &roxmltree::Document<'_>) -> bool {
    let mut named: HashMap<&str, Node<'_>> = HashMap::new();
    let mut styled = Vec::new();
    for node in document.descendants() {
        if node.ancestors().take(DEEPEST + 2).count() > DEEPEST + 1 {
            return false;
        }
        let name = node.tag_name().name();
        if name.starts_with("fe") && !EFFECTS.contains(&name) {
            return false;
        }
        if let Some(id) = node.attribute("id").filter(|_| !name.ends_with("Gradient")) {
            named.entry(id).or_insert(node);
        }
        if name == "style" {
            styled.extend(node.children().filter_map(|child| child.text()).flat_map(addressed));
        }
    }
    let mut reckoning = Reckoning { named, styled, known: HashMap::new() };
    reckoning.cost(document.root(), 0).is_some_and(|cost| cost <= MOST_ELEMENTS)
}

/// Effects of a shadow. Others cost more for every pixel than a whole drawing without them.
const EFFECTS: [&str; 14] = [
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feOffset",
];
/// Parts that use parts that use parts: deeper than a person would nest them, nothing is shown.
const DEEPEST_USE: usize = 8;
/// What is drawn by itself first and then laid onto the rest, such as something transparent, costs as much as so many lines.
const LAYER: usize = 100;

type Node<'a> = roxmltree::Node<'a, 'a>;

/// What parts of a drawing come to.
struct Reckoning<'a> {
    /// What can be used; colours that run into each other need not be reckoned.
    named: HashMap<&'a str, Node<'a>>,
    /// What styles name, which elements of any class may use.
    styled: Vec<&'a str>,
    known: HashMap<roxmltree::NodeId, usize>,
}

impl<'a> Reckoning<'a> {
    /// How many elements a part comes to; nothing where it uses itself or nests too deep.
    fn cost(&mut self, part: Node<'a>, depth: usize) -> Option<usize> {
        if let Some(cost) = self.known.get(&part.id()) {
            return Some(*cost);
        }
        if depth > DEEPEST_USE {
            return None;
        }
        let mut sum = 0_usize;
        for node in part.descendants().filter(Node::is_element) {
            let mut targets: Vec<Node<'a>> = Vec::new();
            let mut layered = false;
            for attribute in node.attributes() {
                let (name, value) = (attribute.name(), attribute.value());
                let whole = value.trim().strip_prefix('#').filter(|_| name == "href");
                let names = whole.into_iter().chain(addressed(value));
                targets.extend(names.filter_map(|name| self.named.get(name)));
                layered |= name == "opacity" || name == "style" && value.contains("opacity");
                if name == "class" {
                    targets.extend(self.styled.iter().filter_map(|name| self.named.get(name)));
                }
            }
            layered |= !targets.is_empty();
            sum = sum.saturating_add(if layered { LAYER } else { 1 });
            for target in targets {
                sum = sum.saturating_add(self.cost(target, depth + 1)?);
            }
            if sum > MOST_ELEMENTS {
                return None;
            }
        }
        self.known.insert(part.id(), sum);
        Some(sum)
    }
}

/// The parts that are named as `url(#name)`.
fn addressed(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(").skip(1).filter_map(|rest| {
        let name = rest.split(')').next()?.trim_matches(['"', '\'', ' ']);
        name.strip_prefix('#')
    })
}

#[cfg(test)]
mod tests;
