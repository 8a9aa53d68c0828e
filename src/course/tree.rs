//! The shape of a RON file: what stands where.
//!
//! The `ron` crate reads values well, but it stops at the first fault and does not say where in the file a value stood
//! once it has read it. Trainers mend files faster when they see everything at once, each at its place. So this module
//! finds the shape, [`crate::course::fields`] checks it, and `ron` reads every text and number in it.
//!
//! What common slips mean is clear (a comma forgotten, JSON braces, quoted field names): they are faults, but reading
//! goes on. The rest of RON that no course file uses (maps, characters, byte strings) is a fault.

mod recover;
mod slips;

use std::ops::Range;

use crate::course::rule::Rule;
use crate::course::source::{Source, quote};

/// How deep values may stand in one another. Reading recurses, so this also bounds the stack.
const MAX_DEPTH: usize = 64;

/// A value and where it stands (byte offsets).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub span: Range<usize>,
    pub value: Value,
    pub extent: Extent,
}

/// Whether all of a value could be made out. What is missing from a cut one is nobody's fault but the syntax's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    Whole,
    Cut,
}

/// What a value looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// `"…"` or `r#"…"#`.
    Text,
    /// Anything that begins like a number.
    Number,
    /// A name alone, such as `true`.
    Name,
    /// `[…]`.
    List(Vec<Node>),
    /// `(…)` or `Name(…)` with named fields or nothing inside.
    Group { name: Option<Range<usize>>, fields: Vec<Field> },
    /// `(…)` or `Name(…)` with values inside.
    Tuple { name: Option<Range<usize>>, items: Vec<Node> },
}

/// A named field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub name: Range<usize>,
    pub node: Node,
}

/// A bracket that was opened, and what was seen between it and its end.
struct Bracket {
    /// Where its value begins: at its name, or at the bracket itself.
    start: usize,
    open: usize,
    close: char,
    /// What stands before `start` on its line, if that is nothing but spaces and tabs.
    indentation: Option<Range<usize>>,
    /// Where its first entry begins.
    first: Option<usize>,
    fields: Vec<Field>,
    items: Vec<Node>,
    extent: Extent,
}

/// What stands between two brackets.
enum Entry {
    Field(Field),
    Item(Node),
}

impl Node {
    /// What it is, for messages.
    pub(crate) fn described(&self, source: &Source) -> String {
        match &self.value {
            Value::Text => "a text".to_owned(),
            Value::Number => format!("the number {}", quote(&source.text[self.span.clone()])),
            Value::Name => quote(&source.text[self.span.clone()]),
            Value::List(_) => "a list".to_owned(),
            Value::Group { name: Some(name), .. } | Value::Tuple { name: Some(name), .. } => {
                quote(&format!("{}(…)", &source.text[name.clone()]))
            }
            Value::Group { name: None, .. } => "`(…)`".to_owned(),
            Value::Tuple { name: None, .. } => "`(value, …)`".to_owned(),
        }
    }
}

/// Finds the shape of a file. After a fault that leaves no telling what the rest means, it is the shape of what stands
/// before; `None` if that is nothing.
pub(crate) fn parse(source: &Source) -> Option<Node> {
    let mut scanner =
        Scanner { source, at: 0, closers: Vec::new(), lost: false, spaces_seen: 0, neighbour: None };
    scanner.attributes().ok()?;
    let node = scanner.value().ok()?;
    if !scanner.lost
        && scanner.space().is_ok()
        && let Some(next) = scanner.peek()
    {
        let message = format!("nothing may follow the end, found {}", quote(&next.to_string()));
        source.fault(Rule::Syntax, source.character(scanner.at), message);
    }
    Some(node)
}

/// A fault was noted and there is no telling what the rest means.
struct Lost;

struct Scanner<'s> {
    source: &'s Source,
    at: usize,
    /// What closes each bracket that is open.
    closers: Vec<char>,
    /// The rest of the file is not looked at.
    lost: bool,
    /// Up to where spaces that RON does not know were noted: some places are read twice.
    spaces_seen: usize,
    /// Where the neighbour begins of a group that was never closed; the comma before it is behind it already.
    neighbour: Option<usize>,
}

impl Scanner<'_> {
    fn value(&mut self) -> Result<Node, Lost> {
        self.space()?;
        let start = self.at;
        let value = match self.peek() {
            Some('"') => self.text()?,
            Some('r') if self.at_raw_text() => self.raw_text()?,
            Some('[' | '(' | '{') => return self.nested(None),
            Some(c) if begins_number(c) => {
                self.skip_while(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '_'));
                Value::Number
            }
            Some(c) if begins_name(c) => {
                let name = self.name();
                self.space()?;
                if matches!(self.peek(), Some('(' | '{')) {
                    return self.nested(Some(name));
                }
                // White space behind a name does not belong to it.
                self.at = name.end;
                Value::Name
            }
            Some('\'') => return self.lost(start, "texts stand in double quotes"),
            Some(c) => {
                let message = format!("expected a value, found {}", quote(&c.to_string()));
                self.source.fault_with_hint(
                    Rule::Syntax,
                    self.source.character(start),
                    message,
                    slips::for_value(c),
                );
                self.lost = true;
                return Err(Lost);
            }
            None => return self.lost(start, "expected a value, found the end of the file"),
        };
        Ok(Node { span: start..self.at, value, extent: Extent::Whole })
    }

    /// A list, a group or a tuple, from its opening to its closing bracket.
    fn nested(&mut self, name: Option<Range<usize>>) -> Result<Node, Lost> {
        let open = self.at;
        let start = name.as_ref().map_or(open, |name| name.start);
        if self.closers.len() == MAX_DEPTH {
            return self.lost(open, &format!("nested deeper than {MAX_DEPTH}"));
        }
        let mut bracket = Bracket {
            start,
            open,
            close: ')',
            indentation: recover::indentation(&self.source.text, start),
            first: None,
            fields: Vec::new(),
            items: Vec::new(),
            extent: Extent::Whole,
        };
        match self.bump() {
            Some('[') => bracket.close = ']',
            Some('{') => {
                bracket.close = '}';
                self.note_brace(&mut bracket);
            }
            _ => {}
        }
        self.closers.push(bracket.close);
        self.entries(&mut bracket);
        self.closers.pop();
        if self.lost {
            bracket.extent = Extent::Cut;
        }
        if bracket.close != ']'
            && !bracket.fields.is_empty()
            && let Some(item) = bracket.items.first()
        {
            // What was lost has been said.
            if !self.lost {
                self.note_nameless(&bracket.fields, item);
            }
            bracket.extent = Extent::Cut;
        }
        let Bracket { close, fields, items, extent, .. } = bracket;
        let value = match (fields.is_empty(), items.is_empty()) {
            _ if close == ']' => Value::List(items),
            (true, false) => Value::Tuple { name, items },
            (false, _) | (true, true) => Value::Group { name, fields },
        };
        Ok(Node { span: start..self.at, value, extent })
    }

    /// Everything between two brackets, the closing one included.
    fn entries(&mut self, bracket: &mut Bracket) {
        loop {
            let entry = match self.entry(bracket) {
                Ok(Some(entry)) => entry,
                Err(Lost) if self.found_next(bracket) => {
                    bracket.extent = Extent::Cut;
                    continue;
                }
                Ok(None) | Err(Lost) => break,
            };
            let (Entry::Field(Field { node, .. }) | Entry::Item(node)) = &entry;
            if node.extent == Extent::Cut {
                bracket.extent = Extent::Cut;
            }
            let start = node.span.start;
            match entry {
                Entry::Field(field) => bracket.fields.push(field),
                Entry::Item(node) => bracket.items.push(node),
            }
            if self.lost || self.separator(bracket, start).is_err() {
                if self.found_next(bracket) {
                    bracket.extent = Extent::Cut;
                    continue;
                }
                break;
            }
        }
    }

    /// The next entry between two brackets; nothing when they are closed.
    fn entry(&mut self, bracket: &mut Bracket) -> Result<Option<Entry>, Lost> {
        let Bracket { open, close, .. } = *bracket;
        loop {
            self.space()?;
            match self.peek() {
                Some(c) if c == close => {
                    self.bump();
                    return Ok(None);
                }
                Some(found @ (']' | ')' | '}')) => {
                    bracket.extent = Extent::Cut;
                    // It closes something further out, so this is where `close` was forgotten. Or it is one too many.
                    let is_forgotten = self.closers.contains(&found);
                    if is_forgotten && self.is_further_out(bracket) {
                        self.note_unclosed(bracket);
                    } else {
                        self.note_mismatch(bracket, found);
                    }
                    if is_forgotten {
                        return Ok(None);
                    }
                    self.bump();
                }
                None => return self.lost(open, &format!("never closed, expected `{close}`")),
                Some(_) if self.at_neighbour(bracket) => {
                    self.note_unclosed(bracket);
                    self.neighbour = Some(self.at);
                    return Ok(None);
                }
                Some(_) => break,
            }
        }
        bracket.first.get_or_insert(self.at);
        if let Some(name) = self.field_name(close)? {
            return Ok(Some(Entry::Field(Field { name, node: self.value()? })));
        }
        let node = self.value()?;
        if close == ']' && node.value == Value::Name {
            self.check_no_field(node.span.start)?;
        }
        Ok(Some(Entry::Item(node)))
    }

    /// The name of a field and its colon, if that is what comes next.
    fn field_name(&mut self, close: char) -> Result<Option<Range<usize>>, Lost> {
        if close == ']' {
            return Ok(None);
        }
        let start = self.at;
        let quoted = self.peek() == Some('"');
        let name = match self.peek() {
            Some('"') => {
                self.text()?;
                start + 1..self.at - 1
            }
            Some(c)
                if begins_name(c) && !self.rest().starts_with("r\"") && !self.rest().starts_with("r#") =>
            {
                self.name()
            }
            _ => return Ok(None),
        };
        self.space()?;
        match self.peek() {
            Some(':') => {}
            Some('=') if !quoted => {
                let hint = "write `:` between the name of a field and its value".to_owned();
                self.wrong_with_hint(self.at, "expected `:`, found `=`", hint);
            }
            _ => {
                self.at = start;
                return Ok(None);
            }
        }
        self.bump();
        if quoted {
            let span = start..name.end + 1;
            self.source.fault(Rule::Syntax, span, "field names stand without quotes");
        }
        Ok(Some(name))
    }

    /// The comma after an entry, which the last one may go without.
    fn separator(&mut self, bracket: &Bracket, entry: usize) -> Result<(), Lost> {
        let end = self.at;
        self.sign_after_number(bracket);
        self.space()?;
        match self.peek() {
            Some(',') => {
                self.bump();
            }
            Some(';') => {
                self.wrong(self.at, "expected a comma, found `;`");
                self.bump();
            }
            Some(':') => return self.lost(entry, "this is no field name"),
            Some(']' | ')' | '}') | None => {}
            Some(_) if self.neighbour == Some(self.at) || self.at_neighbour(bracket) => {}
            // Two values that touch are what is left when a quotation mark was forgotten: all texts are inside out now.
            Some(c)
                if self.at > end && (matches!(c, '"' | '(' | '[') || begins_name(c) || begins_number(c)) =>
            {
                self.source.fault(Rule::Syntax, end..end, "a comma is missing here");
            }
            Some(c) => {
                let message =
                    format!("expected a comma or `{}`, found {}", bracket.close, quote(&c.to_string()));
                self.wrong_with_hint(self.at, &message, slips::after_value(c));
                self.lost = true;
                return Err(Lost);
            }
        }
        Ok(())
    }

    fn text(&mut self) -> Result<Value, Lost> {
        let start = self.at;
        self.bump();
        loop {
            match self.bump() {
                Some('\\') => {
                    self.bump();
                }
                Some('"') => return Ok(Value::Text),
                Some(_) => {}
                None => return self.lost(start, "this text never ends, expected `\"`"),
            }
        }
    }

    fn at_raw_text(&self) -> bool {
        self.rest().starts_with("r\"") || self.rest().starts_with("r#")
    }

    fn raw_text(&mut self) -> Result<Value, Lost> {
        let start = self.at;
        self.bump();
        let opening = self.at;
        self.skip_while(|c| c == '#');
        let end = format!("\"{}", &self.source.text[opening..self.at]);
        if self.peek() != Some('"') {
            return self.lost(start, "a text such as r#\"…\"# must follow");
        }
        self.bump();
        let Some(length) = self.rest().find(&end) else {
            return self.lost(start, &format!("this text never ends, expected `{end}`"));
        };
        self.at += length + end.len();
        Ok(Value::Text)
    }

    /// `#![enable(…)]` at the top switches on what is on anyway.
    fn attributes(&mut self) -> Result<(), Lost> {
        self.space()?;
        while self.rest().starts_with("#!") {
            let Some(length) = self.rest().find(']') else {
                return self.lost(self.at, "never closed, expected `]`");
            };
            self.at += length + 1;
            self.space()?;
        }
        Ok(())
    }

    /// White space and comments; block comments nest.
    fn space(&mut self) -> Result<(), Lost> {
        loop {
            self.skip_while(|c| c.is_ascii_whitespace() || is_rare_space(c));
            if self.rest().starts_with("//") {
                self.skip_while(|c| c != '\n');
            } else if self.rest().starts_with("/*") {
                self.block_comment()?;
            } else if self.peek().is_some_and(char::is_whitespace) {
                self.foreign_space();
            } else {
                return Ok(());
            }
        }
    }

    fn block_comment(&mut self) -> Result<(), Lost> {
        let start = self.at;
        let mut open = 0_usize;
        loop {
            if self.rest().starts_with("/*") {
                self.at += 2;
                open += 1;
            } else if self.rest().starts_with("*/") {
                self.at += 2;
                open -= 1;
                if open == 0 {
                    return Ok(());
                }
            } else if self.bump().is_none() {
                return self.lost(start, "this comment never ends, expected `*/`");
            }
        }
    }

    fn name(&mut self) -> Range<usize> {
        let start = self.at;
        self.skip_while(|c| c.is_alphanumeric() || c == '_');
        start..self.at
    }

    fn lost<T>(&mut self, offset: usize, message: &str) -> Result<T, Lost> {
        self.wrong(offset, message);
        self.lost = true;
        Err(Lost)
    }

    fn wrong(&self, offset: usize, message: &str) {
        self.source.fault(Rule::Syntax, self.source.character(offset), message);
    }

    fn wrong_with_hint(&self, offset: usize, message: &str, hint: String) {
        self.source.fault_with_hint(Rule::Syntax, self.source.character(offset), message, hint);
    }

    fn rest(&self) -> &str {
        &self.source.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn skip_while(&mut self, belongs: impl Fn(char) -> bool) {
        self.at += self.rest().find(|c| !belongs(c)).unwrap_or(self.rest().len());
    }
}

fn begins_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '+' | '-' | '.')
}

fn begins_name(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

/// White space of RON that is not that of ASCII in Rust.
fn is_rare_space(c: char) -> bool {
    matches!(c, '\x0B' | '\u{85}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}')
}
