//! Changing settings in a `config.ron` that a person wrote: nothing else in it changes, comments least of all.

use super::{Config, MAX_BYTES, Setting};
use crate::course::source::Source;
use crate::course::tree::{self, Field, Node, Value};
use crate::course::{Fault, Rule};

/// The file with what `config` says about `settings`, the rest of it as it was, byte by byte. `bytes` is empty when there
/// was no file.
///
/// # Errors
/// When a fault of syntax leaves no telling where a setting would have to stand.
pub fn edited(
    path: &str,
    bytes: &[u8],
    config: &Config,
    settings: &[Setting],
) -> Result<Vec<u8>, Box<Fault>> {
    settings.iter().try_fold(bytes.to_vec(), |bytes, setting| with(path, &bytes, config, *setting))
}

fn with(path: &str, bytes: &[u8], config: &Config, setting: Setting) -> Result<Vec<u8>, Box<Fault>> {
    let source = Source::read(path, bytes, MAX_BYTES)?;
    let entry = format!("{}: {}", setting.name(), setting.ron(config));
    let node = tree::parse(&source);
    let fault = source.take_faults().into_iter().next();
    let pieces = match (&node, fault) {
        // Nothing but comments, if anything.
        (None, Some(fault)) if fault.span.as_ref().is_some_and(|span| span.start == source.text.len()) => {
            let gap = if source.text.is_empty() || source.text.ends_with('\n') { "" } else { "\n" };
            vec![Piece::insert(source.text.len(), format!("{gap}(\n    {entry},\n)\n"))]
        }
        (_, Some(fault)) => return Err(Box::new(fault)),
        (Some(Node { value: Value::Group { fields, .. }, span, .. }), None) => {
            // Of two the reader takes the last.
            match fields.iter().rfind(|field| source.text[field.name.clone()] == *setting.name()) {
                Some(field) => vec![Piece { span: field.node.span.clone(), text: setting.ron(config) }],
                None => appended(&source.text, span.end - 1, fields, &entry),
            }
        }
        (_, None) => {
            let message = "expected `(field: value, …)`".to_owned();
            return Err(Box::new(Fault::of_file(Rule::WrongType, path, message)));
        }
    };
    Ok(spliced(bytes, &pieces))
}

/// A part of the text that becomes another.
struct Piece {
    /// In bytes of the text as it is read.
    span: std::ops::Range<usize>,
    text: String,
}

impl Piece {
    fn insert(at: usize, text: String) -> Self {
        Self { span: at..at, text }
    }
}

/// A new entry behind all `fields`, before the bracket at `close`.
fn appended(text: &str, close: usize, fields: &[Field], entry: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if let Some(last) = fields.last().map(|last| last.node.span.end)
        && !holds_comma(&text[last..close])
    {
        pieces.push(Piece::insert(last, ",".to_owned()));
    }
    let line = text[..close].rfind('\n').map(|newline| newline + 1);
    if let Some(line) = line.filter(|line| text[*line..close].trim().is_empty()) {
        let indentation = fields.first().and_then(|first| indentation(text, first)).unwrap_or("    ");
        pieces.push(Piece::insert(line, format!("{indentation}{entry},\n")));
    } else {
        let gap = if fields.is_empty() { "" } else { " " };
        pieces.push(Piece::insert(close, format!("{gap}{entry}")));
    }
    pieces
}

/// What stands before a field on its line, if that is nothing but white space.
fn indentation<'t>(text: &'t str, field: &Field) -> Option<&'t str> {
    let line = text[..field.name.start].rfind('\n')? + 1;
    Some(&text[line..field.name.start]).filter(|before| before.trim().is_empty())
}

/// Whether there is a comma outside of comments.
fn holds_comma(mut text: &str) -> bool {
    let mut open = 0_usize;
    loop {
        let Some(next) = text.chars().next() else { return false };
        if text.starts_with("/*") {
            open += 1;
            text = &text[2..];
        } else if open > 0 && text.starts_with("*/") {
            open -= 1;
            text = &text[2..];
        } else if open == 0 && text.starts_with("//") {
            text = text.split_once('\n').map_or("", |(_, rest)| rest);
        } else if open == 0 && next == ',' {
            return true;
        } else {
            text = &text[next.len_utf8()..];
        }
    }
}

/// `bytes` with the pieces put in, which stand in the order of the text.
fn spliced(bytes: &[u8], pieces: &[Piece]) -> Vec<u8> {
    let windows = bytes.windows(2).any(|pair| pair == b"\r\n");
    let mut out = Vec::with_capacity(bytes.len() + 64);
    let mut from = 0;
    for Piece { span, text } in pieces {
        let (start, end) = (offset_in_file(bytes, span.start), offset_in_file(bytes, span.end));
        out.extend_from_slice(&bytes[from..start]);
        let text = if windows { text.replace('\n', "\r\n") } else { text.clone() };
        out.extend_from_slice(text.as_bytes());
        from = end;
    }
    out.extend_from_slice(&bytes[from..]);
    out
}

/// Where an offset of the text as it is read, without byte order mark and with LF line ends, is in the file.
fn offset_in_file(bytes: &[u8], offset: usize) -> usize {
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let mut left = offset;
    let mut at = mark;
    while left > 0 && at < bytes.len() {
        at += if bytes[at..].starts_with(b"\r\n") { 2 } else { 1 };
        left -= 1;
    }
    at
}
