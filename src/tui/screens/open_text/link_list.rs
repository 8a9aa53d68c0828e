//! The list of the links of a text, each with its whole address.

use std::collections::VecDeque;

use ratatui::layout::Size;
use ratatui::text::Line;

use super::{Links, Message, OpenText};
use crate::address::Address;
use crate::markup;
use crate::tui::pane::{Pane, View};
use crate::tui::theme::Theme;
use crate::tui::widgets::rows::{Place, Step};
use crate::tui::widgets::text;

/// So many rows a link has at least: its words, and its address.
const ROWS: u16 = 2;

impl OpenText {
    /// Selects another link of the list, on a body of this size.
    pub(super) fn choose_link(&mut self, step: Step, body: Size) {
        // Counted here and not for every key: in a long text, whoever turns a page does not wait for it.
        let length = self.reader.document().links().len();
        if let Some(links) = &mut self.links {
            let page = usize::from((body.height / ROWS).max(1));
            let place = Place::default().after(Step::To(links.selected), length, page);
            links.selected = place.after(step, length, page).selected();
        }
    }

    /// Draws the list of all links with their addresses.
    pub(super) fn view_links(&self, links: Links, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let theme = view.settings.theme;
        let area = pane.area();
        let height = usize::from(area.height);
        let width = area.width.saturating_sub(2 * LINKS_MARGIN + 5);
        let all = self.reader.document().links();
        let rows = |index: usize| {
            let Some(link) = all.get(index) else { return Vec::new() };
            let choice = if index == links.selected { Choice::Marked } else { Choice::Other };
            let within = self.reader.place_in_course(&link.address, view.training);
            link_rows(index, link, within, choice, width, theme)
        };
        // Only what is in sight is laid out: up from the marked one until the screen is full, then down.
        let mut list: VecDeque<(Line<'static>, usize)> = VecDeque::new();
        let mut first = links.selected;
        let marked = rows(first);
        let long = marked.len() > height;
        list.extend(marked.into_iter().map(|row| (row, first)));
        while list.len() < height && first > 0 {
            first -= 1;
            for row in rows(first).into_iter().rev() {
                list.push_front((row, first));
            }
        }
        // The marked one stands whole at the end, or from its beginning on.
        if !long {
            list.drain(..list.len().saturating_sub(height));
        }
        let below = (links.selected + 1..all.len())
            .flat_map(|index| rows(index).into_iter().map(move |row| (row, index)));
        let mut cursor = None;
        for (row, (content, index)) in (0..area.height).zip(list.into_iter().chain(below)) {
            if index == links.selected {
                cursor = cursor.or(Some(row));
            }
            pane.line(LINKS_MARGIN, row, &content);
            pane.hit(0..area.width, row, Message::OpenLinkNumber(index));
        }
        if let Some(row) = cursor {
            pane.cursor(LINKS_MARGIN, row);
        }
    }
}

/// Whether a link is the one that the next key acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Marked,
    Other,
}

/// Columns beside the list of links.
const LINKS_MARGIN: u16 = 2;

/// A link of the list: its words, and the place of the course that it leads to, `within`; else the whole address, however long, with
/// what is misleading about it: nobody should open or copy what they could not read.
fn link_rows(
    index: usize,
    link: &markup::Link,
    within: Option<String>,
    choice: Choice,
    width: u16,
    theme: Theme,
) -> Vec<Line<'static>> {
    let (mark, style) = match choice {
        Choice::Marked => ("›", theme.key()),
        Choice::Other => (" ", theme.text()),
    };
    let number = format!("{mark}{:>3} ", index + 1);
    let mut rows = Vec::new();
    for (nth, part) in text::wrapped(link.text.as_str(), width).iter().enumerate() {
        let head = if nth == 0 { text::said(&number, style) } else { text::own("     ", style) };
        rows.push(Line::from(vec![head, text::shown(part, style)]));
    }
    if let Some(place) = within {
        for part in text::wrapped(&place, width) {
            rows.push(Line::from(vec![text::own("     ", theme.text()), text::shown(&part, theme.text())]));
        }
        return rows;
    }
    for part in text::wrapped(&link.address, width) {
        rows.push(Line::from(vec![text::own("     ", theme.text()), text::shown(&part, theme.link())]));
    }
    for doubt in Address::of_link(link.text.as_str(), &link.address).doubts() {
        for part in text::hanging("! ", &doubt.sentence(), width) {
            rows.push(Line::from(vec![
                text::own("     ", theme.text()),
                text::shown(&part, theme.caution()),
            ]));
        }
    }
    rows
}
