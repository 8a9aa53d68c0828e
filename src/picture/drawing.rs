//! What may stand in the file of a drawing, and what it comes to, before shapes are made of it.
//!
//! Whoever makes shapes copies what is used again, marks the ends of lines with drawings, matches every rule of a style with
//! every element, and cuts an arc into as many curves as its radius needs. So elements are taken from a list, the rest is
//! reckoned with everything used again counted again, and no number is larger than a drawing has use for.

mod sheet;

use std::collections::HashMap;

use resvg::usvg::roxmltree;

use super::Unshown;
use sheet::Sheets;

/// The largest file of a drawing, in bytes: a coast line of a continent has fewer.
const MOST_TEXT: usize = 2 << 20;
/// Elements and texts in the file.
pub const MOST_NODES: u32 = 100_000;
/// The most that a drawing may come to, in elements. A map of the world has fewer.
pub const MOST_ELEMENTS: usize = 20_000;
/// How deep elements stand in each other. Those who read them do so by recursion.
pub const DEEPEST: usize = 64;
/// Parts that use parts that use parts: deeper than a person would nest them, nothing is shown.
const DEEPEST_USE: usize = 8;
/// So many bytes in the attributes of an element are as much work as an element.
const BYTES_AN_ELEMENT: usize = 128;
/// Every part of a text is shaped with all of the text around it: so many letters are as much work as an element.
const LETTERS_AN_ELEMENT: usize = 10;
/// The most attributes of one element: each is compared with all of the others.
const MOST_ATTRIBUTES: usize = 256;
/// The most gradients, which may be made of each other, and the most colours of one.
const MOST_GRADIENTS: usize = 500;
const MOST_STOPS: usize = 64;
/// How many of its digits a number may have before its point.
const MOST_DIGITS: i64 = 7;
/// The most bytes that say which rules of styles an element follows.
const LONGEST_CLASS: usize = 128;
/// Rules of styles, each by each element.
const MOST_MATCHES: usize = 20_000_000;

/// What is drawn.
const DRAWN: [&str; 27] = [
    "a",
    "circle",
    "clipPath",
    "defs",
    "ellipse",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "tspan",
    "use",
    // What nobody reads, so it may be there.
    "title",
    "desc",
];
/// What nobody reads, because it moves, is a program, or is another language; whatever stands in it is looked at all the same.
const UNREAD: [&str; 12] = [
    "animate",
    "animateMotion",
    "animateTransform",
    "cursor",
    "foreignObject",
    "metadata",
    "mpath",
    "script",
    "set",
    "view",
    "font",
    "hatch",
];
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
/// What may have a sign at its beginning and its end. Anything else would hand it on to what it holds.
const SIGNED: [&str; 4] = ["path", "line", "polyline", "polygon"];
/// Attributes that hold no numbers, and may hold what looks like large ones.
const NAMES: [&str; 8] = ["id", "class", "href", "font-family", "lang", "base", "type", "result"];

const SVG: &str = "http://www.w3.org/2000/svg";

type Node<'a> = roxmltree::Node<'a, 'a>;

/// Reads the file of a drawing that may be made into shapes.
///
/// # Errors
/// When it is no drawing, or one that is too involved.
pub fn read(bytes: &[u8]) -> Result<roxmltree::Document<'_>, Unshown> {
    let text = str::from_utf8(bytes).map_err(|_| Unshown::Broken)?;
    if text.len() > MOST_TEXT || !may_be_read(text) {
        return Err(Unshown::Broken);
    }
    let reading =
        roxmltree::ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(text, reading).map_err(|_| Unshown::Broken)?;
    if is_modest(&document) { Ok(document) } else { Err(Unshown::Broken) }
}

/// Whether no element has so many attributes that reading them would take long. A value holds no `<`, so what stands between
/// two of them are the attributes of one element at the most.
fn may_be_read(text: &str) -> bool {
    text.split('<').all(|tag| {
        let values =
            tag.match_indices('=').filter(|(at, _)| tag[at + 1..].trim_start().starts_with(['"', '\'']));
        values.take(MOST_ATTRIBUTES + 1).count() <= MOST_ATTRIBUTES
    })
}

/// Whether there is nothing in it but what may be, and no more of it than may be.
fn is_modest(document: &roxmltree::Document<'_>) -> bool {
    let mut sheets = Sheets::default();
    let mut gradients = 0;
    let mut named: HashMap<&str, Vec<Node<'_>>> = HashMap::new();
    for node in document.descendants().filter(Node::is_element) {
        if node.ancestors().take(DEEPEST + 2).count() > DEEPEST + 1 || !may_stand(node) {
            return false;
        }
        let name = node.tag_name().name();
        if name.ends_with("Gradient") {
            gradients += 1;
            if gradients > MOST_GRADIENTS || node.children().filter(Node::is_element).count() > MOST_STOPS {
                return false;
            }
        } else {
            // Of several parts of one name some readers take the first and some the last.
            for id in node.attributes().filter(|attribute| attribute.name() == "id") {
                named.entry(id.value()).or_default().push(node);
            }
        }
        if name == "style" {
            for text in node.children().filter_map(|child| child.text()) {
                if too_large(text, Letters::AreWords) || !sheets.take(text) {
                    return false;
                }
            }
        }
    }
    if sheets.named().any(|name| named.contains_key(name)) {
        return false;
    }
    let mut reckoning = Reckoning { named, known: HashMap::new() };
    reckoning
        .cost(document.root(), 0)
        .is_some_and(|cost| cost.saturating_mul(sheets.weight()) <= MOST_MATCHES)
}

/// Whether an element is one of those that may be, and has nothing that may not.
fn may_stand(node: Node<'_>) -> bool {
    let name = node.tag_name().name();
    if matches!(node.tag_name().namespace(), None | Some(SVG))
        && ![&DRAWN[..], &UNREAD, &EFFECTS].iter().any(|known| known.contains(&name))
    {
        return false;
    }
    node.attributes().all(|attribute| {
        let (property, value) = (attribute.name(), attribute.value());
        let letters =
            if matches!(property, "d" | "points") { Letters::StandBetween } else { Letters::AreWords };
        let numbers =
            NAMES.contains(&property) || property.starts_with("data-") || property.starts_with("aria-");
        match property {
            "class" if value.len() > LONGEST_CLASS => return false,
            "style"
                if !declarations(value)
                    .is_some_and(|mut all| all.all(|(of, value)| may_have(name, of, value))) =>
            {
                return false;
            }
            property if !may_have(name, property, value) => return false,
            _ => {}
        }
        numbers || !too_large(value, letters)
    })
}

/// Whether an element may have a property.
fn may_have(element: &str, property: &str, value: &str) -> bool {
    match property {
        "marker-start" | "marker-end" => SIGNED.contains(&element) && value.trim() != "inherit",
        // One for each of its corners, of which there may be a million.
        "marker" | "marker-mid" => value.trim() == "none",
        "clip-path" | "mask" | "filter" => value.trim() != "inherit",
        _ => true,
    }
}

/// The declarations of a style; nothing where a comment or an escape may hide one.
fn declarations(style: &str) -> Option<impl Iterator<Item = (&str, &str)>> {
    let is_plain = !style.contains("/*") && !style.contains(['\\', '{', '}', '@']);
    let declared = style.split(';').map(|part| {
        let (property, value) = part.split_once(':').unwrap_or((part, ""));
        // A star before a property is an old trick, and is read over.
        (property.trim().trim_start_matches('*').trim(), value.trim())
    });
    is_plain.then_some(declared)
}

/// What letters mean to somebody who looks for numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    /// Digits behind a letter are a part of a name or a colour.
    AreWords,
    /// They stand between numbers, as in a path.
    StandBetween,
}

/// Whether there is a number that is larger than a drawing has use for.
fn too_large(text: &str, letters: Letters) -> bool {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_digit() || byte == b'.' {
            let whole = digits(at);
            let zeros = bytes[at..at + whole].iter().take_while(|byte| **byte == b'0').count();
            let mut size = i64::try_from(whole - zeros).unwrap_or(i64::MAX);
            at += whole;
            if bytes.get(at) == Some(&b'.') {
                at += 1 + digits(at + 1);
            }
            if matches!(bytes.get(at), Some(b'e' | b'E')) {
                let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
                let length = digits((at + 1 + sign).min(bytes.len()));
                if length > 0 {
                    let written = text.get(at + 1..at + 1 + sign + length).unwrap_or_default();
                    let exponent =
                        written.parse::<i64>().unwrap_or(if written.starts_with('-') { 0 } else { i64::MAX });
                    size = size.saturating_add(exponent);
                    at += 1 + sign + length;
                }
            }
            if size > MOST_DIGITS {
                return true;
            }
        } else if letters == Letters::AreWords && (byte.is_ascii_alphabetic() || matches!(byte, b'#' | b'_'))
        {
            let is_word = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b'_' | b'-');
            at += bytes[at..].iter().take_while(is_word).count();
        } else {
            at += 1;
        }
    }
    false
}

/// What parts of a drawing come to.
struct Reckoning<'a> {
    /// What can be used; colours that run into each other need not be reckoned.
    named: HashMap<&'a str, Vec<Node<'a>>>,
    known: HashMap<roxmltree::NodeId, usize>,
}

impl<'a> Reckoning<'a> {
    /// How many elements a part comes to; nothing where it uses itself, nests too deep, or comes to too many.
    fn cost(&mut self, part: Node<'a>, depth: usize) -> Option<usize> {
        if let Some(cost) = self.known.get(&part.id()) {
            return Some(*cost);
        }
        if depth > DEEPEST_USE {
            return None;
        }
        let mut sum = 0_usize;
        for node in part.descendants().filter(Node::is_element) {
            let mut bytes = 0;
            for attribute in node.attributes() {
                let value = attribute.value();
                bytes += value.len();
                let whole = value.trim().strip_prefix('#').filter(|_| attribute.name() == "href");
                for name in whole.into_iter().chain(addressed(value)) {
                    for target in self.named.get(name).cloned().unwrap_or_default() {
                        sum = sum.saturating_add(self.cost(target, depth + 1)?);
                    }
                }
            }
            sum = sum.saturating_add(1 + bytes / BYTES_AN_ELEMENT).saturating_add(shaping(node));
            if sum > MOST_ELEMENTS {
                return None;
            }
        }
        self.known.insert(part.id(), sum);
        Some(sum)
    }
}

/// What it comes to to make shapes of a text.
fn shaping(node: Node<'_>) -> usize {
    if node.tag_name().name() != "text" {
        return 0;
    }
    let (mut letters, mut parts) = (0_usize, 0_usize);
    for inner in node.descendants() {
        parts += usize::from(inner.is_element());
        letters += inner.text().filter(|_| inner.is_text()).map_or(0, str::len);
    }
    letters.saturating_mul(parts) / LETTERS_AN_ELEMENT
}

/// The parts that are named as `url(#name)`, as those read it who make shapes.
fn addressed(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(").skip(1).filter_map(|rest| {
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''));
        match quote {
            Some(quote) => {
                let name = rest[1..].trim_start().strip_prefix('#')?;
                name.split(quote).next().map(str::trim_end)
            }
            None => rest.strip_prefix('#')?.split([' ', ')']).next(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_no_drawing_has_use_for_are_found() {
        let check = |text: &str, letters: Letters, expected: bool| {
            assert_eq!(too_large(text, letters), expected, "{text:?}");
        };
        let words = |text: &str, expected: bool| check(text, Letters::AreWords, expected);
        words("9999999", false);
        words("10000000", true);
        words("00000000012", false);
        words("-1e7", true);
        words("1e6px", false);
        words("1e-300", false);
        words("0.1e99999999999999999999", true);
        words(".5E+8", true);
        words("12345e-3", false);
        words("translate(1 2) scale(3e9)", true);
        words("1e", false);
        words("1em", false);
        words("#1e9999", false);
        words("fill:#123456789;font-size:1e30", true);
        words("url(#a12345678)", false);
        words("matrix12345678", false);
        check("M0 0a1e30,1 0 11 5 5", Letters::StandBetween, true);
        check("M1e6-1e9", Letters::StandBetween, true);
        check("m1.5.5l12345678z", Letters::StandBetween, true);
        check("M10 20l1 1h5.125", Letters::StandBetween, false);
        check("", Letters::StandBetween, false);
        check("1e", Letters::StandBetween, false);
    }

    #[test]
    fn names_are_read_as_those_read_them_who_make_shapes() {
        let check = |value: &str, expected: &[&str]| {
            assert_eq!(addressed(value).collect::<Vec<_>>(), expected, "{value:?}");
        };
        check("url(#a)", &["a"]);
        check("url(\n\t#a ) none", &["a"]);
        check("url( ' #a)b ' )", &["a)b"]);
        check("url(\"#a\") url(#b)", &["a", "b"]);
        check("url(a) url( url(#", &[""]);
        check("#a", &[]);
    }

    #[test]
    fn attributes_are_counted_before_they_are_read() {
        let tag = |count: usize| {
            let numbers = 0..count;
            let all = numbers.fold(String::new(), |all, number| all + &format!(" a{number} = '> b'"));
            format!("<svg><g{all}/></svg>")
        };
        assert!(may_be_read(&tag(MOST_ATTRIBUTES)));
        assert!(!may_be_read(&tag(MOST_ATTRIBUTES + 1)));
        assert!(may_be_read(&"<!-- ======== -->".repeat(1_000)));
    }
}
