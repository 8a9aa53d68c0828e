//! Answering by filling the gaps of a text.

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Size;

use crate::markup::{self, Bidi, Level};
use crate::printable::Printable;
use crate::quiz::decimal::NoNumber;
use crate::quiz::draw::in_order;
use crate::quiz::key;
use crate::quiz::question::{Gap, GapKind, Question, placeholder};
use crate::quiz::response::Response;
use crate::tui::edit::Edit;
use crate::tui::widgets::answer::choice::{Beside, ShownOption, write_beside};
use crate::tui::widgets::answer::rows::{Page, Piece, Row, Tone, number_key, space};
use crate::tui::widgets::answer::sight::Part;
use crate::tui::widgets::answer::typed::{Typing, Wanted};
use crate::tui::widgets::answer::{PadMessage, Way};
use crate::tui::widgets::text_field::TextField;

/// So many columns of what is typed into a gap have their room in the text beforehand. The right answer is not to be seen in it.
const TYPED_COLUMNS: usize = 12;

/// Behind what stands in a gap.
const CLOSING: char = '›';

/// Before what stands in the gap at `index`.
fn opening(index: usize) -> String {
    format!("‹{}:", index + 1)
}

/// A text, and what stands in its gaps.
#[derive(Debug, Clone)]
pub(super) struct Filling {
    text: String,
    gaps: Vec<Filled>,
}

#[derive(Debug, Clone)]
struct Filled {
    id: String,
    with: With,
}

#[derive(Debug, Clone)]
enum With {
    Choice { options: Vec<ShownOption>, chosen: Option<usize> },
    Typed(Typing),
}

impl Filling {
    pub(super) fn new(text: &str, gaps: &[Gap], order: &[String], response: Option<&Response>) -> Self {
        let given = |id: &str| match response {
            Some(Response::Map(map)) => map.get(id).map(String::as_str),
            Some(Response::Text(_) | Response::List(_)) | None => None,
        };
        let filled = |gap: &Gap| {
            let id = gap.id.to_string();
            let value = given(&id);
            let with = match &gap.kind {
                GapKind::Choice(options) => {
                    let options = options.iter().map(ShownOption::of_choice).collect();
                    let options =
                        in_order(options, order, |option: &ShownOption| format!("{id}/{}", option.id));
                    let chosen = value.and_then(|value| options.iter().position(|option| option.id == value));
                    With::Choice { options, chosen }
                }
                GapKind::Text(key) => With::Typed(Typing::of_gap(Wanted::Text(key.clone()), value)),
                GapKind::Number(key) => With::Typed(Typing::of_gap(Wanted::Number(key.clone()), value)),
            };
            Filled { id, with }
        };
        Self { text: text.to_owned(), gaps: gaps.iter().map(filled).collect() }
    }

    pub(super) fn items(&self) -> usize {
        self.gaps.len()
    }

    pub(super) fn first_item(&self) -> usize {
        self.first_open().unwrap_or(0)
    }

    /// The first gap that nothing stands in yet.
    pub(super) fn first_open(&self) -> Option<usize> {
        self.gaps.iter().position(Filled::is_open)
    }

    pub(super) fn is_open(&self, item: usize) -> bool {
        self.gaps.get(item).is_some_and(Filled::is_open)
    }

    pub(super) fn field(&self, item: usize) -> Option<&TextField> {
        match &self.gaps.get(item)?.with {
            With::Choice { .. } => None,
            With::Typed(typing) => Some(typing.field()),
        }
    }

    /// What Enter needs while the gap is open.
    pub(super) fn due(&self, item: usize) -> Option<&'static str> {
        Some(match &self.gaps.get(item)?.with {
            With::Choice { .. } => "needs a choice",
            With::Typed(typing) => typing.due(),
        })
    }

    pub(super) fn message_for(key: KeyEvent) -> Option<PadMessage> {
        match key.code {
            KeyCode::Left | KeyCode::Char('h') => Some(PadMessage::Cycle(Way::Back)),
            KeyCode::Right | KeyCode::Char('l') => Some(PadMessage::Cycle(Way::On)),
            // Whoever reads on by it fills nothing.
            KeyCode::Char(' ') => Some(PadMessage::Scroll(Way::On)),
            KeyCode::Backspace | KeyCode::Delete => Some(PadMessage::Clear),
            _ => None,
        }
    }

    pub(super) fn edit(&mut self, item: usize, edit: &Edit, bidi: Bidi) {
        if let Some(Filled { with: With::Typed(typing), .. }) = self.gaps.get_mut(item) {
            typing.edit(edit, bidi);
        }
    }

    pub(super) fn choose(&mut self, item: usize, option: usize) {
        if let Some(Filled { with: With::Choice { options, chosen }, .. }) = self.gaps.get_mut(item)
            && option < options.len()
        {
            *chosen = Some(option);
        }
    }

    pub(super) fn cycle(&mut self, item: usize, way: Way) {
        if let Some(Filled { with: With::Choice { options, chosen }, .. }) = self.gaps.get_mut(item)
            && !options.is_empty()
        {
            let count = options.len();
            *chosen = Some(match (*chosen, way) {
                (None, Way::On) => 0,
                (None, Way::Back) => count - 1,
                (Some(option), Way::On) => (option + 1) % count,
                (Some(option), Way::Back) => (option + count - 1) % count,
            });
        }
    }

    pub(super) fn clear(&mut self, item: usize) {
        if let Some(Filled { with: With::Choice { chosen, .. }, .. }) = self.gaps.get_mut(item) {
            *chosen = None;
        }
    }

    pub(super) fn response(&self) -> Option<Response> {
        let value = |gap: &Filled| Some((gap.id.clone(), gap.value()?));
        let map: BTreeMap<String, String> = self.gaps.iter().filter_map(value).collect();
        (!map.is_empty()).then_some(Response::Map(map))
    }

    pub(super) fn trouble(&self) -> Option<NoNumber> {
        self.gaps.iter().find_map(Filled::trouble)
    }

    pub(super) fn gap_in_trouble(&self) -> Option<usize> {
        self.gaps.iter().position(|gap| gap.trouble().is_some())
    }

    /// The text with every gap numbered and showing what stands in it.
    fn filled_text(&self) -> String {
        self.text_with(Filled::shown)
    }

    /// The text with every gap numbered and showing what `shown` says of it.
    fn text_with(&self, shown: impl Fn(&Filled) -> Option<String>) -> String {
        let mut text = self.text.clone();
        for (index, gap) in self.gaps.iter().enumerate() {
            let content = shown(gap).map_or_else(|| "…".to_owned(), |shown| escaped(&shown));
            text = text.replacen(&placeholder(&gap.id), &format!("{} {content}{CLOSING}", opening(index)), 1);
        }
        text
    }

    pub(super) fn write(&self, page: &mut Page) {
        let (first, most) = (page.len(), self.most_rows_of_text(page.width()));
        let rows = self.rows_of_all(page);
        let fits = page.has_room_for(most + 1 + rows);
        page.part(Part::Told(0), |page| page.markdown(Vec::new(), &self.filled_text()));
        self.lead_to_gaps(page.rows_from(first));
        page.blank();
        let begin = first + most + 1;
        if fits || self.gaps.len() == 1 {
            page.begin_at(begin, rows);
            self.write_all(page);
        } else {
            self.write_one(page, begin);
        }
    }

    /// A click on a gap in the rows of the text goes to it. In text of the other direction pieces change places, and none is looked for.
    fn lead_to_gaps(&self, rows: &mut [Row]) {
        let mut inside = None;
        for row in rows {
            if row.pieces.iter().any(|piece| piece.level != Level::default()) {
                inside = None;
                continue;
            }
            for piece in std::mem::take(&mut row.pieces) {
                let mut rest = piece.text.as_str();
                while !rest.is_empty() {
                    let next = match inside {
                        None => self.next_gap(rest).map(|(gap, at)| (Some(gap), at)),
                        Some(_) => rest.find(CLOSING).map(|at| (None, at + CLOSING.len_utf8())),
                    };
                    let end = next.map_or(rest.len(), |(_, at)| at);
                    let (part, behind) = rest.split_at(end);
                    if !part.is_empty() {
                        let click = inside.map(PadMessage::FocusOn);
                        row.pieces.push(Piece { text: Printable::new(part), click, ..piece.clone() });
                    }
                    inside = next.map_or(inside, |(gap, _)| gap);
                    rest = behind;
                }
            }
        }
    }

    /// The first gap in `text`, and where it begins.
    fn next_gap(&self, text: &str) -> Option<(usize, usize)> {
        let gaps = (0..self.gaps.len()).filter_map(|gap| Some((gap, text.find(&opening(gap))?)));
        gaps.min_by_key(|(_, at)| *at)
    }

    fn write_all(&self, page: &mut Page) {
        for (index, gap) in self.gaps.iter().enumerate() {
            page.item(index, PadMessage::FocusOn(index), |page| {
                page.part(Part::Item(index), |page| write_gap(page, index, gap));
            });
        }
    }

    /// How many rows the text has with the longest of the options in every gap, so that what stands below is not moved by
    /// whoever fills one, and the layout does not become another one.
    fn most_rows_of_text(&self, width: u16) -> usize {
        markup::lines(&self.text_with(Filled::longest), width).len()
    }

    /// How many rows all gaps need, whichever of them has the focus. Each is laid out by itself for that, and not all of them for each.
    fn rows_of_all(&self, page: &Page) -> usize {
        let height = u16::try_from(page.height()).unwrap_or(u16::MAX);
        let rows = |index: usize, gap: &Filled, focus: Option<usize>| {
            let mut alone = Page::new(Size::new(page.width(), height), focus, Bidi::default());
            write_gap(&mut alone, index, gap);
            alone.len()
        };
        let gaps = || self.gaps.iter().enumerate();
        let unfocused: usize = gaps().map(|(index, gap)| rows(index, gap, None)).sum();
        let more =
            gaps().map(|(index, gap)| rows(index, gap, Some(index)).saturating_sub(rows(index, gap, None)));
        unfocused + more.max().unwrap_or(0)
    }

    /// One gap with its options, its number over them: where there is no room for all, a number key must not choose for a
    /// gap that is out of sight.
    fn write_one(&self, page: &mut Page, begin: usize) {
        let count = self.gaps.len();
        let head = |page: &mut Page, index: usize, [before, behind]: [Piece; 2]| {
            let of = Piece::new(&format!("of {count} "), Tone::Muted);
            page.row(vec![page.focus_sign(index), before, gap_number(index), of, behind]);
        };
        page.one_of(count, begin, head, |page, index| match &self.gaps[index].with {
            With::Choice { options, chosen } => {
                for (place, option) in options.iter().enumerate() {
                    write_below(page, &beside(page, index, place, option, *chosen));
                }
            }
            With::Typed(typing) => {
                page.part(Part::Item(index), |page| typing.write(page, index, vec![space(2)]));
            }
        });
    }

    pub(super) fn write_revealed(&self, page: &mut Page, question: &Question, response: Option<&Response>) {
        page.markdown(Vec::new(), &self.filled_text());
        page.blank();
        for (index, gap) in self.gaps.iter().enumerate() {
            let part = response.and_then(|response| key::part_is_right(question, response, &gap.id));
            let is_right = part == Some(true);
            let lead = vec![space(2), gap_number(index)];
            match &gap.with {
                With::Choice { options, chosen } => {
                    let chosen = chosen.and_then(|place| options.get(place));
                    let right = options.iter().find(|option| option.right).filter(|_| !is_right);
                    let verdict = if is_right {
                        ("✓ right: ", Tone::Right)
                    } else {
                        ("✗ your answer: ", Tone::Wrong)
                    };
                    let mut lead = Some(lead);
                    let mut line = |page: &mut Page, (sign, tone): (&str, Tone), option: &ShownOption| {
                        let mut pieces = lead.take().unwrap_or_else(|| vec![space(6)]);
                        pieces.push(Piece::new(sign, tone));
                        page.markdown(pieces, &option.text);
                    };
                    if let Some(chosen) = chosen {
                        line(page, verdict, chosen);
                    }
                    if let Some(right) = right {
                        line(page, ("→ right answer: ", Tone::Right), right);
                    }
                    if let Some(feedback) = chosen.and_then(|option| option.feedback.as_ref()) {
                        page.markdown(vec![space(6)], feedback);
                    }
                }
                With::Typed(typing) => typing.write_revealed(page, is_right, lead),
            }
        }
    }
}

impl Filled {
    fn is_open(&self) -> bool {
        self.value().is_none()
    }

    /// What is wrong with what was typed.
    fn trouble(&self) -> Option<NoNumber> {
        match &self.with {
            With::Choice { .. } => None,
            With::Typed(typing) => typing.trouble(),
        }
    }

    /// As the response keeps it.
    fn value(&self) -> Option<String> {
        match &self.with {
            With::Choice { options, chosen } => Some(options.get((*chosen)?)?.id.clone()),
            With::Typed(typing) => typing.typed().map(ToOwned::to_owned),
        }
    }

    /// The longest of what may stand in it, as far as that is known.
    fn longest(&self) -> Option<String> {
        match &self.with {
            With::Choice { options, .. } => {
                let texts = options.iter().map(|option| markup::plain(&option.text));
                texts.max_by_key(Printable::width).map(|text| text.to_string())
            }
            With::Typed(_) => Some("x".repeat(TYPED_COLUMNS)),
        }
    }

    /// As a person reads it.
    fn shown(&self) -> Option<String> {
        match &self.with {
            With::Choice { options, chosen } => {
                Some(markup::plain(&options.get((*chosen)?)?.text).to_string())
            }
            With::Typed(typing) => typing.typed().map(ToOwned::to_owned),
        }
    }
}

fn write_gap(page: &mut Page, index: usize, gap: &Filled) {
    let lead = vec![page.focus_sign(index), gap_number(index)];
    match &gap.with {
        With::Choice { options, chosen } => {
            let beside = |(place, option)| beside(page, index, place, option, *chosen);
            let options: Vec<Beside<'_>> = options.iter().enumerate().map(beside).collect();
            write_beside(page, lead, &options);
        }
        With::Typed(typing) => typing.write(page, index, lead),
    }
}

/// An option on rows of its own.
fn write_below(page: &mut Page, option: &Beside<'_>) {
    let lead = std::iter::once(space(2)).chain(option.sign.iter().cloned()).collect();
    let write = |page: &mut Page| {
        page.option(option.click.clone(), |page| {
            page.part(option.part, |page| page.markdown(lead, option.text));
        });
    };
    if option.chosen { page.chosen(write) } else { write(page) }
}

fn beside<'a>(
    page: &Page,
    gap: usize,
    place: usize,
    option: &'a ShownOption,
    chosen: Option<usize>,
) -> Beside<'a> {
    let chosen = chosen == Some(place);
    let (sign, tone) = if chosen { ("(•) ", Tone::Strong) } else { ("( ) ", Tone::Plain) };
    let number = Piece::new(&format!("{} ", number_key(place)), Tone::Muted);
    Beside {
        sign: vec![number, Piece::new(sign, tone)],
        text: &option.text,
        tone,
        click: PadMessage::ChooseIn(gap, place),
        part: Part::Option { of: gap, place },
        chosen: chosen && page.has_focus(gap),
    }
}

fn gap_number(index: usize) -> Piece {
    Piece::new(&format!("‹{}› ", index + 1), Tone::Strong)
}

/// What was typed goes into the trainer's Markdown, and must not become Markdown there: `*` is a star.
/// Braces are spelt out, so that a learner who types `{{word}}` does not fill the next gap.
fn escaped(typed: &str) -> String {
    let mut escaped = String::new();
    for character in typed.chars() {
        match character {
            '{' => escaped.push_str("&#123;"),
            '}' => escaped.push_str("&#125;"),
            mark if mark.is_ascii_punctuation() => escaped.extend(['\\', mark]),
            other => escaped.push(other),
        }
    }
    escaped
}
