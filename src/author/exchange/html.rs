//! HTML of other systems as Markdown.
//!
//! `htmd` converts; it walks by recursion, pads tables to their widest cell and escapes only the commonest signs. So
//! `clean` first writes the HTML anew from its tokens: only elements that Markdown knows, properly nested, never deep,
//! and every sign of the text that Markdown could take for its own as a noncharacter (`signs`), which comes back
//! behind a backslash, where one is needed, when the Markdown stands.

mod clean;
mod elements;
mod signs;
mod tags;

use htmd::element_handler::Handlers;
use htmd::options::{BrStyle, BulletListMarker, HrStyle, Options};
use htmd::{Element, HtmlToMarkdown};

pub use signs::literal;

/// The most losses that are listed of one text.
const MOST_LOSSES: usize = 500;

/// The longest HTML that is converted, in bytes; pictures may be embedded in it.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// What some HTML became.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Converted {
    /// The text.
    pub markdown: String,
    /// What it could not keep, each once, in the order in which it was met; of very many the first.
    pub losses: Vec<String>,
}

/// Notes a loss, each once. Looking through them takes as long as there are many, so the list has an end, and says so.
pub(super) fn note_loss(losses: &mut Vec<String>, loss: String) {
    if losses.len() < MOST_LOSSES && !losses.contains(&loss) {
        losses.push(loss);
        if losses.len() == MOST_LOSSES {
            losses.push("more than can be listed".to_owned());
        }
    }
}

/// An address that the HTML names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address<'a> {
    /// Of a picture.
    Picture(&'a str),
    /// Of a link.
    Link(&'a str),
}

/// Decides about addresses: what the Markdown shall name instead, or why it shall name none.
pub type Resolve<'a> = dyn FnMut(Address<'_>) -> Result<String, String> + 'a;

/// Converts HTML. Links keep the addresses that lead somewhere without the system that they come from, pictures those of
/// the web.
///
/// # Errors
/// Says why when the HTML is larger than anybody writes.
pub fn markdown(html: &str) -> Result<Converted, String> {
    markdown_with(html, &mut |address| match address {
        Address::Picture(address) if is_web(address) => Ok(address.to_owned()),
        Address::Picture(_) => Err("a picture: its file is not at hand".to_owned()),
        Address::Link(address) => link(address),
    })
}

/// Converts HTML, asking `resolve` about every address.
///
/// # Errors
/// Says why when the HTML is larger than anybody writes.
pub fn markdown_with(html: &str, resolve: &mut Resolve<'_>) -> Result<Converted, String> {
    if html.len() > MAX_BYTES {
        return Err(format!("the HTML is larger than {} MiB", MAX_BYTES / 1024 / 1024));
    }
    if !tags::are_bearable(html) {
        return Err(format!("a tag has more than {} attributes, or tags within tags", tags::MAX_ATTRIBUTES));
    }
    let (cleaned, mut losses) = clean::clean(html, resolve);
    let converted = converter().convert(&cleaned).map_err(|error| error.to_string())?;
    let markdown = signs::restore(&converted);
    if has_formula(html) {
        note_loss(&mut losses, "a formula: it is shown as its source".to_owned());
    }
    Ok(Converted { markdown, losses })
}

/// The address of a link when it leads somewhere without the system that it comes from: `https`, `http` or `mailto`.
///
/// # Errors
/// Says what is lost.
pub fn link(address: &str) -> Result<String, String> {
    let is_mail = address.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    if is_web(address) || is_mail {
        return Ok(address.trim().to_owned());
    }
    Err(format!("a link to {}: it leads nowhere from here", shortened(address)))
}

/// Whether an address is one of the web.
#[must_use]
pub fn is_web(address: &str) -> bool {
    let starts = |scheme: &str| {
        address.trim_start().get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    starts("https://") || starts("http://")
}

/// The beginning of a text in quotation marks, for messages.
#[must_use]
pub(super) fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("“{}…”", &text[..end]),
        None => format!("“{text}”"),
    }
}

/// Whether the text holds the delimiters of `MathJax`, as Moodle's filter sets them.
fn has_formula(html: &str) -> bool {
    let pairs = [("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$")];
    pairs.iter().any(|(open, close)| html.split_once(open).is_some_and(|(_, rest)| rest.contains(close)))
}

fn converter() -> HtmlToMarkdown {
    HtmlToMarkdown::builder()
        .options(Options {
            br_style: BrStyle::Backslash,
            hr_style: HrStyle::Dashes,
            bullet_list_marker: BulletListMarker::Dash,
            ul_bullet_spacing: 1,
            ol_number_spacing: 1,
            ..Options::default()
        })
        .add_handler(vec!["td", "th"], |handlers: &dyn Handlers, element: Element<'_>| {
            Some(cell(handlers, &element).into())
        })
        .add_handler(vec!["tr"], |handlers: &dyn Handlers, element: Element<'_>| {
            Some(row(handlers, &element).into())
        })
        .add_handler(vec!["table"], |handlers: &dyn Handlers, element: Element<'_>| {
            Some(table(handlers, &element).into())
        })
        .build()
}

fn cell(handlers: &dyn Handlers, element: &Element<'_>) -> String {
    let content = handlers.walk_children(element.node).content.replace("\\\n", " ");
    let lines = content.split('\n').map(str::trim).filter(|line| !line.is_empty());
    format!("{}{}", signs::CELL, lines.collect::<Vec<_>>().join(" "))
}

fn row(handlers: &dyn Handlers, element: &Element<'_>) -> String {
    format!("{}{}", signs::ROW, handlers.walk_children(element.node).content)
}

/// A table as narrow as its cells. Its first row becomes the header: Markdown has no table without one.
fn table(handlers: &dyn Handlers, element: &Element<'_>) -> String {
    let content = handlers.walk_children(element.node).content;
    let (caption, rows) = content.split_once(signs::ROW).unwrap_or((&content, ""));
    let rows = rows.split(signs::ROW).map(|row| row.split(signs::CELL).skip(1).map(str::trim).collect());
    let rows: Vec<Vec<&str>> = rows.filter(|cells: &Vec<&str>| !cells.is_empty()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = format!("\n\n{}\n\n", caption.trim());
    for (index, cells) in rows.iter().enumerate() {
        let missing = if index == 0 { columns - cells.len() } else { 0 };
        let cells = cells.iter().copied().chain(std::iter::repeat_n("", missing));
        out.push('|');
        for cell in cells {
            out.extend([" ", cell, " |"]);
        }
        out.push('\n');
        if index == 0 {
            out.extend(["|", &" --- |".repeat(columns), "\n"]);
        }
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests;
