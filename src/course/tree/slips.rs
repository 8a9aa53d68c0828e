//! Slips of the hand whose cause can be told: what to do about each.

use super::{Bracket, Extent, Field, Node, Scanner, Value};
use crate::course::hidden;
use crate::course::rule::Rule;

/// What to do about a character that begins no value.
pub(super) fn for_value(c: char) -> Option<String> {
    is_typographic(c).then(straight)
}

/// What to do about a character that cannot follow a value.
pub(super) fn after_value(c: char) -> String {
    if is_typographic(c) {
        return straight();
    }
    "is a quotation mark missing further up? inside a text it is written \\\"".to_owned()
}

/// The quotation marks that word processors put in the place of `"`.
fn is_typographic(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2039}' | '\u{203a}' | '\u{301d}'..='\u{301f}' | '\u{ff02}')
}

fn straight() -> String {
    "write straight quotation marks: \"…\"".to_owned()
}

impl Scanner<'_> {
    /// Says what to do about `{`. A whole file in braces is of another format, and what else is missing from it is not said.
    pub(super) fn note_brace(&self, bracket: &mut Bracket) {
        if self.closers.is_empty() {
            bracket.extent = Extent::Cut;
            let hint = "write ( ) for { }, and the names of fields without quotation marks".to_owned();
            self.wrong_with_hint(bracket.open, "this is written as JSON, expected RON", hint);
        } else {
            let hint = "lists stand in [ ], everything else in ( )".to_owned();
            self.wrong_with_hint(bracket.open, "`{` opens nothing here", hint);
        }
    }

    /// Says of a value among fields that it has no name. The rest of `2,5` is one.
    pub(super) fn note_nameless(&self, fields: &[Field], item: &Node) {
        let text = &self.source.text;
        let before = fields.iter().rev().find(|field| field.node.span.end < item.span.start);
        let whole = before
            .filter(|field| field.node.value == Value::Number && item.value == Value::Number)
            .map(|field| &field.node.span)
            .filter(|whole| &text[whole.end..item.span.start] == ",");
        let hint = whole.map(|whole| {
            format!("decimals follow a point: {}.{}", &text[whole.clone()], &text[item.span.clone()])
        });
        let place = self.source.character(item.span.start);
        self.source.fault_with_hint(Rule::Syntax, place, "this value has no field name", hint);
    }

    /// Steps over a sign of a unit that touches a number (`80%`), and says that it does not belong there.
    pub(super) fn sign_after_number(&mut self, bracket: &Bracket) {
        let last = bracket.fields.last().map(|field| &field.node).filter(|node| node.span.end == self.at);
        let Some(number) = last.filter(|node| node.value == Value::Number) else { return };
        if let Some(sign @ ('%' | '‰' | '°' | '€' | '£' | '$')) = self.peek() {
            let hint = format!("write the number alone: {}", &self.source.text[number.span.clone()]);
            self.wrong_with_hint(self.at, &format!("`{sign}` cannot follow a number"), hint);
            self.bump();
        }
    }

    /// Steps over spaces that look like one and are none to RON, and says so once.
    pub(super) fn foreign_space(&mut self) {
        let start = self.at;
        let Some(c) = self.peek() else { return };
        self.skip_while(|next| next == c);
        if start < self.spaces_seen {
            return;
        }
        self.spaces_seen = self.at;
        let message = format!("here stands {}, which is no space to RON", hidden::named(c));
        let hint = "write ordinary spaces there".to_owned();
        self.source.fault_with_hint(Rule::Syntax, start..self.at, message, hint);
    }
}
