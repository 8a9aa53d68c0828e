//! Answering by typing a text or a number.

use crate::markup::Bidi;
use crate::quiz::decimal::NoNumber;
use crate::quiz::question::{Decimal, NumberKey, TextKey};
use crate::quiz::response::Response;
use crate::training::LONGEST_ANSWER;
use crate::tui::edit::Edit;
use crate::tui::widgets::answer::rows::{Page, Piece, Tone, space, width_of};
use crate::tui::widgets::text_field::TextField;

/// What was typed.
#[derive(Debug, Clone)]
pub(super) struct Typing {
    field: TextField,
    wanted: Wanted,
}

/// What is to be typed.
#[derive(Debug, Clone)]
pub(super) enum Wanted {
    Number(NumberKey),
    Text(TextKey),
}

impl Typing {
    pub(super) fn new(wanted: Wanted, response: Option<&Response>) -> Self {
        let typed = match response {
            Some(Response::Text(typed)) => typed.as_str(),
            Some(Response::List(_) | Response::Map(_)) | None => "",
        };
        Self { field: TextField::with_text(LONGEST_ANSWER, typed), wanted }
    }

    pub(super) fn of_gap(wanted: Wanted, typed: Option<&str>) -> Self {
        Self { field: TextField::with_text(LONGEST_ANSWER, typed.unwrap_or_default()), wanted }
    }

    pub(super) fn field(&self) -> &TextField {
        &self.field
    }

    pub(super) fn edit(&mut self, edit: &Edit, bidi: Bidi) {
        self.field.edit(edit, bidi);
    }

    /// What was typed, without the unit that stands behind the field anyhow: `72 hours` is 72 where hours are asked.
    pub(super) fn typed(&self) -> Option<&str> {
        if self.field.is_blank() {
            return None;
        }
        let typed = self.field.text();
        let number = self.unit().and_then(|unit| typed.trim_end().strip_suffix(unit)).map(str::trim);
        Some(number.filter(|number| Decimal::parse(number).is_some()).unwrap_or(typed))
    }

    pub(super) fn response(&self) -> Option<Response> {
        self.typed().map(|typed| Response::Text(typed.to_owned()))
    }

    pub(super) fn instruction(&self) -> &'static str {
        match self.wanted {
            Wanted::Number(_) => "Type a number.",
            Wanted::Text(_) => "Type the answer.",
        }
    }

    /// What Enter needs while nothing is typed.
    pub(super) fn due(&self) -> &'static str {
        match self.wanted {
            Wanted::Number(_) => "needs a number",
            Wanted::Text(_) => "needs words",
        }
    }

    pub(super) fn unit(&self) -> Option<&str> {
        match &self.wanted {
            Wanted::Number(key) => key.unit.as_deref(),
            Wanted::Text(_) => None,
        }
    }

    /// What is wrong with what was typed, before it is marked: `1,500` is one and a half to one reader and fifteen
    /// hundred to another, and must not fail for that.
    pub(super) fn trouble(&self) -> Option<NoNumber> {
        let typed = self.typed()?;
        match self.wanted {
            Wanted::Number(_) => Decimal::read(typed).err(),
            Wanted::Text(_) => None,
        }
    }

    pub(super) fn write(&self, page: &mut Page, item: usize, lead: Vec<Piece>) {
        page.field(item, lead, &self.field, self.unit());
        if let Some(trouble) = self.trouble() {
            page.words(vec![space(4)], wrong(trouble), Tone::Wrong);
        }
    }

    /// What was typed and what was right; the first line stands behind `lead`.
    pub(super) fn write_revealed(&self, page: &mut Page, is_right: bool, lead: Vec<Piece>) {
        let unit = self.unit().map(|unit| format!(" {unit}")).unwrap_or_default();
        let indent = vec![space(width_of(&lead))];
        let key = format!("→ right answer: {}", self.wanted.shown());
        match self.typed() {
            Some(typed) if is_right => page.words(lead, &format!("✓ right: {typed}{unit}"), Tone::Right),
            Some(typed) => {
                page.words(lead, &format!("✗ your answer: {typed}{unit}"), Tone::Wrong);
                page.words(indent, &key, Tone::Right);
            }
            None => page.words(lead, &key, Tone::Right),
        }
    }
}

/// What is said below the field.
fn wrong(trouble: NoNumber) -> &'static str {
    match trouble {
        NoNumber::Unreadable => {
            "✗ not a number yet: write digits, with a point for decimals and nothing between thousands, as in 1250.5"
        }
        NoNumber::TooLong => "✗ too long: at most 18 digits before the point and 9 after it are taken",
    }
}

impl Wanted {
    /// The key as a person would say it.
    fn shown(&self) -> String {
        match self {
            Self::Number(key) => {
                let unit = key.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
                let tolerance = if key.tolerance == Decimal::ZERO {
                    String::new()
                } else {
                    format!(" (up to {} more or less)", key.tolerance)
                };
                format!("{}{unit}{tolerance}", key.answer)
            }
            // A spelling without wildcards reads best; a wildcard stands for anything.
            Self::Text(key) => {
                let exact = key.accepted.iter().find(|accepted| !accepted.contains('*'));
                exact.or(key.accepted.first()).map(|accepted| accepted.replace('*', "…")).unwrap_or_default()
            }
        }
    }
}
