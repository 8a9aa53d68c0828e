//! The list of the links of a text, each with its whole address.

use ratatui::text::Line;

use super::{Message, OpenText};
use crate::address::Address;
use crate::markup;
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::reader::Reader;
use crate::tui::theme::Theme;
use crate::tui::widgets::rows::{Choice, Place, Step};
use crate::tui::widgets::{more, text};

impl OpenText {
    /// Selects another link of the list.
    pub(super) fn choose_link(&mut self, step: Step, context: &Context<'_>) {
        let Some(place) = self.links else { return };
        // Counted here and not for every key: in a long text, whoever turns a page does not wait for it.
        let list = self.list_of_links(context.view(), context.size.width);
        let needs = &mut |index, choice| list.rows(index, choice).len();
        let place = place.after_in_lines(step, list.links().len(), context.size.height.into(), needs);
        self.links = Some(place);
    }

    /// Draws the list of all links with their addresses.
    pub(super) fn view_links(&self, place: Place, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let area = pane.area();
        let list = self.list_of_links(*view, area.width);
        let length = list.links().len();
        // The screen may have become lower since the last step.
        let needs = &mut |index, choice| list.rows(index, choice).len();
        let place = place.within_lines(length, area.height.into(), needs);
        // Only what is in sight is laid out.
        let rows = (place.top()..length).flat_map(|index| {
            let rows = list.rows(index, place.choice(index)).into_iter().enumerate();
            rows.map(move |(nth, row)| (index, nth, row))
        });
        let border = area.width.saturating_sub(1);
        let mut rows = rows.peekable();
        for (row, (index, nth, content)) in (0..area.height).zip(rows.by_ref()) {
            pane.line(LINKS_MARGIN, row, &content);
            // In the last column the signs that there is more come and go.
            pane.hit(0..border, row, Message::OpenLinkNumber(index));
            if index == place.selected() && nth == 0 {
                pane.cursor(LINKS_MARGIN, row);
            }
        }
        let theme = view.settings.theme;
        if place.top() > 0 {
            more::above(pane, border, 0, theme);
        }
        if rows.peek().is_some() {
            more::below(pane, border, area.height.saturating_sub(1), theme);
        }
    }

    fn list_of_links<'a>(&'a self, view: View<'a>, width: u16) -> List<'a> {
        let width = width.saturating_sub(2 * LINKS_MARGIN + 5);
        List { reader: &self.reader, view, width }
    }
}

/// What is drawn of the links.
struct List<'a> {
    reader: &'a Reader,
    view: View<'a>,
    /// Of the words.
    width: u16,
}

impl List<'_> {
    fn links(&self) -> &[markup::Link] {
        self.reader.document().links()
    }

    fn rows(&self, index: usize, choice: Choice) -> Vec<Line<'static>> {
        let Some(link) = self.links().get(index) else { return Vec::new() };
        let within = self.reader.place_in_course(&link.address, self.view.training);
        link_rows(index, link, within, choice, self.width, self.view.settings.theme)
    }
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
